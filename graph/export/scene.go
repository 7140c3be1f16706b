package export

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"
	"maps"
	"math"
	"slices"
	"strconv"

	"golang.org/x/image/vector"
)

// scene is a drawing: shapes in the order in which they are painted, in pixels from the upper left.
type scene struct {
	title         string
	width, height float64
	shapes        []shape
	face          *face
	err           error // the first
}

// ink is a colour.
type ink [3]uint8

func (c ink) String() string { return fmt.Sprintf("#%02x%02x%02x", c[0], c[1], c[2]) }

var (
	black = ink{34, 34, 34}
	grey  = ink{120, 120, 120}
	pale  = ink{220, 220, 220}
	white = ink{255, 255, 255}
)

// shape is a thing that is drawn; one of its kinds is set.
type shape struct {
	kind   byte // c circle, l line, r rectangle, a arrowhead, t text
	a, b   point
	size   float64 // radius, width of the line, height of the text
	colour ink
	edge   ink  // of circles and rectangles
	edged  bool // has an edge
	dashed []float64
	text   string
	about  string // what people read when they point at it
	wide   float64
}

func (s *scene) circle(at point, radius float64, fill ink, about string) {
	s.shapes = append(s.shapes, shape{kind: 'c', a: at, size: radius, colour: fill, edge: white, edged: true, about: about})
}

func (s *scene) line(a, b point, width float64, colour ink, dashes []float64, about string) {
	s.shapes = append(s.shapes, shape{kind: 'l', a: a, b: b, size: width, colour: colour, dashed: dashes, about: about})
}

func (s *scene) rectangle(a, b point, fill ink, about string) {
	s.shapes = append(s.shapes, shape{kind: 'r', a: a, b: b, colour: fill, about: about})
}

// outline is a rectangle with a dashed edge and a pale filling.
func (s *scene) outline(a, b point, edge ink, about string) {
	fill := ink{}
	for i := range fill {
		fill[i] = uint8((int(edge[i]) + 3*255) / 4)
	}
	s.shapes = append(s.shapes, shape{kind: 'r', a: a, b: b, colour: fill, edge: edge, edged: true, about: about})
}

// arrow is the head of an arrow at b that comes from a.
func (s *scene) arrow(a, b point, size float64, colour ink) {
	s.shapes = append(s.shapes, shape{kind: 'a', a: a, b: b, size: size, colour: colour})
}

// text writes a line; align is 0 for text that begins at the point, 0.5 for text around it, 1 for text that ends there. It
// returns the text's width.
func (s *scene) text(at point, align, size float64, colour ink, text string) float64 {
	w, err := s.face.width(text, size)
	if err != nil && s.err == nil {
		s.err = err
	}
	at.x -= float64(w * align)
	s.shapes = append(s.shapes, shape{kind: 't', a: at, size: size, colour: colour, text: text, wide: w})
	return w
}

// move shifts all shapes.
func (s *scene) move(by point) {
	for i := range s.shapes {
		p := &s.shapes[i]
		p.a, p.b = point{p.a.x + by.x, p.a.y + by.y}, point{p.b.x + by.x, p.b.y + by.y}
	}
}

// head is the triangle of an arrowhead.
func (p shape) head() [3]point {
	dx, dy := p.b.x-p.a.x, p.b.y-p.a.y
	d := math.Sqrt(float64(dx*dx) + float64(dy*dy))
	if d == 0 {
		d = 1
	}
	dx, dy = float64(dx*p.size)/d, float64(dy*p.size)/d
	return [3]point{p.b, {p.b.x - dx - float64(dy*0.5), p.b.y - dy + float64(dx*0.5)}, {p.b.x - dx + float64(dy*0.5), p.b.y - dy - float64(dx*0.5)}}
}

// svg writes the scene with its characters as outlines, so that it looks the same where there is no Chinese font; what each
// text says stands beside it for readers and search. A character that the font does not have is left to the viewer's fonts.
func (s *scene) svg(w io.Writer) error {
	if s.err != nil {
		return s.err
	}
	x := newXML(w)
	x.raw(xml.Header, `<svg xmlns="http://www.w3.org/2000/svg" width="`, tenth(s.width), `" height="`, tenth(s.height), `" viewBox="0 0 `, tenth(s.width), " ",
		tenth(s.height), `" role="img">`, "\n<title>", escapeXML(s.title), "</title>\n", `<rect width="100%" height="100%" fill="#ffffff"/>`, "\n<defs>\n")
	used := map[rune]bool{}
	for _, p := range s.shapes {
		for _, r := range p.text {
			used[r] = true
		}
	}
	for _, r := range slices.Sorted(maps.Keys(used)) {
		g, err := s.face.glyph(r)
		if err != nil {
			return err
		}
		if !g.missing && len(g.outline) > 0 {
			x.raw(`<path id="g`, strconv.FormatInt(int64(r), 16), `" d="`, g.path(), `"/>`, "\n")
		}
	}
	x.raw("</defs>\n")
	for _, p := range s.shapes {
		if err := s.svgShape(x, p); err != nil {
			return err
		}
	}
	x.raw("</svg>\n")
	return x.flush()
}

func (s *scene) svgShape(x *xmlWriter, p shape) error {
	end := "/>\n"
	about := func(tag string) {
		if p.about != "" {
			end = "><title>" + escapeXML(p.about) + "</title></" + tag + ">\n"
		}
	}
	edge := ""
	if p.edged {
		edge = `" stroke="` + p.edge.String()
	}
	switch p.kind {
	case 'c':
		about("circle")
		x.raw(`<circle cx="`, tenth(p.a.x), `" cy="`, tenth(p.a.y), `" r="`, tenth(p.size), `" fill="`, p.colour.String(), edge, `"`, end)
	case 'l':
		about("line")
		dashes := ""
		for i, d := range p.dashed {
			if i > 0 {
				dashes += " "
			}
			dashes += float(d)
		}
		if dashes != "" {
			dashes = `" stroke-dasharray="` + dashes
		}
		x.raw(`<line x1="`, tenth(p.a.x), `" y1="`, tenth(p.a.y), `" x2="`, tenth(p.b.x), `" y2="`, tenth(p.b.y), `" stroke="`, p.colour.String(),
			`" stroke-width="`, float(p.size), dashes, `"`, end)
	case 'r':
		about("rect")
		if p.edged {
			edge += `" stroke-dasharray="4 2`
		}
		x.raw(`<rect x="`, tenth(p.a.x), `" y="`, tenth(p.a.y), `" width="`, tenth(p.b.x-p.a.x), `" height="`, tenth(p.b.y-p.a.y), `" fill="`, p.colour.String(), edge, `"`, end)
	case 'a':
		h := p.head()
		x.raw(`<path d="M`, tenth(h[0].x), " ", tenth(h[0].y), "L", tenth(h[1].x), " ", tenth(h[1].y), "L", tenth(h[2].x), " ", tenth(h[2].y), `Z" fill="`, p.colour.String(), `"/>`, "\n")
	case 't':
		x.raw(`<g role="text" aria-label="`, escapeXML(p.text), `" fill="`, p.colour.String(), `" stroke="#ffffff" stroke-width="`, float(math.Round(em*3/p.size)),
			`" stroke-linejoin="round" paint-order="stroke" transform="translate(`, tenth(p.a.x), " ", tenth(p.a.y), ") scale(", strconv.FormatFloat(p.size/em, 'f', 5, 64), `)">`)
		at := 0.0
		for _, r := range p.text {
			g, err := s.face.glyph(r)
			if err != nil {
				return err
			}
			switch {
			case g.missing:
				x.raw(`<text x="`, float(at), `" font-size="1000" font-family="'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC',sans-serif">`, escapeXML(string(r)), "</text>")
			case len(g.outline) > 0:
				x.raw(`<use href="#g`, strconv.FormatInt(int64(r), 16), `" x="`, float(at), `"/>`)
			}
			at += g.advance
		}
		x.raw("</g>\n")
	}
	return nil
}

// path is the outline as a path of SVG, in units of the font.
func (g *glyph) path() string {
	var b []byte
	for i, c := range g.outline {
		if c.op == 'M' && i > 0 {
			b = append(b, 'Z')
		}
		b = append(b, c.op)
		for j, p := range c.points[:c.count()] {
			if j > 0 {
				b = append(b, ' ')
			}
			b = strconv.AppendFloat(b, math.Round(p.x), 'f', -1, 64)
			b = append(b, ' ')
			b = strconv.AppendFloat(b, math.Round(p.y), 'f', -1, 64)
		}
	}
	return string(append(b, 'Z'))
}

// mostPixels bounds the longer side of a PNG.
const mostPixels = 6000

// png writes the scene as PNG at twice its size, less where it would be too large.
func (s *scene) png(w io.Writer) error {
	if s.err != nil {
		return s.err
	}
	scale := min(2, mostPixels/max(s.width, s.height))
	p := &painter{scale: scale, img: image.NewRGBA(image.Rect(0, 0, int(math.Ceil(s.width*scale)), int(math.Ceil(s.height*scale)))), face: s.face}
	draw.Draw(p.img, p.img.Bounds(), image.White, image.Point{}, draw.Src)
	for _, shape := range s.shapes {
		if err := p.paint(shape); err != nil {
			return err
		}
	}
	b := bufio.NewWriter(w)
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(b, p.img); err != nil {
		return err
	}
	return b.Flush()
}

// painter turns shapes into pixels.
type painter struct {
	scale float64
	img   *image.RGBA
	face  *face
	r     vector.Rasterizer
}

func (p *painter) at(q point) point { return point{float64(q.x * p.scale), float64(q.y * p.scale)} }

// fill paints closed outlines, in pixels, that lie within the given corners.
func (p *painter) fill(low, high point, colour ink, trace func(pen)) {
	left, top := int(math.Floor(low.x))-1, int(math.Floor(low.y))-1
	w, h := int(math.Ceil(high.x))+1-left, int(math.Ceil(high.y))+1-top
	if w <= 0 || h <= 0 || w > 2*mostPixels || h > 2*mostPixels {
		return
	}
	p.r.Reset(w, h)
	trace(pen{&p.r, point{float64(left), float64(top)}})
	p.r.Draw(p.img, image.Rect(left, top, left+w, top+h), image.NewUniform(color.RGBA{colour[0], colour[1], colour[2], 255}), image.Point{})
}

// pen draws outlines relative to the corner of what is being filled.
type pen struct {
	r      *vector.Rasterizer
	corner point
}

func (t pen) to(p point) (float32, float32) {
	return float32(p.x - t.corner.x), float32(p.y - t.corner.y)
}

func (t pen) polygon(points ...point) {
	t.r.MoveTo(t.to(points[0]))
	for _, p := range points[1:] {
		t.r.LineTo(t.to(p))
	}
	t.r.ClosePath()
}

func (t pen) circle(c point, radius float64) {
	k := radius * 0.5522847498307936 // of a quarter as a cubic curve
	t.r.MoveTo(t.to(point{c.x + radius, c.y}))
	for _, q := range [4][3]point{
		{{radius, k}, {k, radius}, {0, radius}},
		{{-k, radius}, {-radius, k}, {-radius, 0}},
		{{-radius, -k}, {-k, -radius}, {0, -radius}},
		{{k, -radius}, {radius, -k}, {radius, 0}},
	} {
		ax, ay := t.to(point{c.x + q[0].x, c.y + q[0].y})
		bx, by := t.to(point{c.x + q[1].x, c.y + q[1].y})
		cx, cy := t.to(point{c.x + q[2].x, c.y + q[2].y})
		t.r.CubeTo(ax, ay, bx, by, cx, cy)
	}
	t.r.ClosePath()
}

func (p *painter) paint(s shape) error {
	a, b, size := p.at(s.a), p.at(s.b), s.size*p.scale
	switch s.kind {
	case 'c':
		disc := func(radius float64, colour ink) {
			p.fill(point{a.x - radius, a.y - radius}, point{a.x + radius, a.y + radius}, colour, func(t pen) { t.circle(a, radius) })
		}
		disc(size+p.scale/2, s.edge)
		disc(size-p.scale/2, s.colour)
	case 'l':
		p.line(a, b, size, s.colour, s.dashed)
	case 'r':
		p.fill(a, b, s.colour, func(t pen) { t.polygon(a, point{b.x, a.y}, b, point{a.x, b.y}) })
		if s.edged {
			corners := []point{a, {b.x, a.y}, b, {a.x, b.y}, a}
			for i := range 4 {
				p.line(corners[i], corners[i+1], p.scale, s.edge, []float64{4, 2})
			}
		}
	case 'a':
		h := s.head()
		x, y, z := p.at(h[0]), p.at(h[1]), p.at(h[2])
		p.fill(point{min(x.x, y.x, z.x), min(x.y, y.y, z.y)}, point{max(x.x, y.x, z.x), max(x.y, y.y, z.y)}, s.colour, func(t pen) { t.polygon(x, y, z) })
	case 't':
		halo := 1.5 * p.scale
		for _, by := range [8]point{{halo, 0}, {-halo, 0}, {0, halo}, {0, -halo}, {halo * 0.7, halo * 0.7}, {-halo * 0.7, halo * 0.7}, {halo * 0.7, -halo * 0.7}, {-halo * 0.7, -halo * 0.7}} {
			if err := p.text(point{a.x + by.x, a.y + by.y}, size, white, s.text); err != nil {
				return err
			}
		}
		return p.text(a, size, s.colour, s.text)
	}
	return nil
}

// line paints a line in strokes; an open pattern of dashes is one stroke.
func (p *painter) line(a, b point, width float64, colour ink, dashes []float64) {
	dx, dy := b.x-a.x, b.y-a.y
	length := math.Hypot(dx, dy)
	if length == 0 {
		return
	}
	dx, dy = dx/length, dy/length
	stroke := func(from, to float64) {
		half := max(width, 0.5) / 2
		s, e := point{a.x + float64(dx*from), a.y + float64(dy*from)}, point{a.x + float64(dx*to), a.y + float64(dy*to)}
		nx, ny := float64(-dy*half), float64(dx*half)
		p.fill(point{min(s.x, e.x) - half, min(s.y, e.y) - half}, point{max(s.x, e.x) + half, max(s.y, e.y) + half}, colour, func(t pen) {
			t.polygon(point{s.x + nx, s.y + ny}, point{e.x + nx, e.y + ny}, point{e.x - nx, e.y - ny}, point{s.x - nx, s.y - ny})
		})
	}
	if len(dashes) == 0 {
		stroke(0, length)
		return
	}
	for at, i := 0.0, 0; at < length; i++ {
		end := at + dashes[i%len(dashes)]*p.scale
		if i%2 == 0 {
			stroke(at, min(end, length))
		}
		at = end
	}
}

// text paints text that begins at a point on its base line.
func (p *painter) text(at point, size float64, colour ink, text string) error {
	scale := size / em
	for _, r := range text {
		g, err := p.face.glyph(r)
		if err != nil {
			return err
		}
		place := func(q point) point { return point{at.x + float64(q.x*scale), at.y + float64(q.y*scale)} }
		if len(g.outline) > 0 {
			p.fill(point{at.x - 0.2*size, at.y - 1.2*size}, point{at.x + 1.3*size, at.y + 0.5*size}, colour, func(t pen) {
				for i, c := range g.outline {
					ax, ay := t.to(place(c.points[0]))
					bx, by := t.to(place(c.points[1]))
					cx, cy := t.to(place(c.points[2]))
					switch c.op {
					case 'M':
						if i > 0 {
							t.r.ClosePath()
						}
						t.r.MoveTo(ax, ay)
					case 'L':
						t.r.LineTo(ax, ay)
					case 'Q':
						t.r.QuadTo(ax, ay, bx, by)
					case 'C':
						t.r.CubeTo(ax, ay, bx, by, cx, cy)
					}
				}
				t.r.ClosePath()
			})
		}
		at.x += float64(g.advance * scale)
	}
	return nil
}
