package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"strings"
)

// Glyph is a character on a page. Coordinates are in points from the lower left corner of the page as it is shown.
type Glyph struct {
	Text     string  // one character, or several where one glyph shows several; U+FFFD if the file does not tell
	X, Y     float64 // where its base line begins
	Width    float64
	Size     float64 // height of the type
	Bold     bool
	Artifact bool // the file says that it is no content: a header, a footer, a watermark
}

// Rule is a line that is drawn, upright or level; a thin rectangle is one too.
type Rule struct{ X0, Y0, X1, Y1 float64 } // X0 ≤ X1, Y0 ≤ Y1

// Page is what a page shows.
type Page struct {
	Width, Height float64
	Glyphs        []Glyph
	Rules         []Rule
	Pictures      int // drawn on it
	Unknown       int // glyphs whose text the file does not tell
}

// Bounds of a page.
const (
	maxGlyphs = 400_000
	maxRules  = 20_000
	maxForms  = 16 // forms within forms
	maxStates = 1_000
	maxKids   = 200_000
)

// Pages calls page for each page in order, until it returns false. A page whose content is damaged is an error that names it.
// It reports whether the file has more pages than the limits allow.
func (f *File) Pages(page func(*Page) bool) (more bool, err error) {
	defer catch(&err)
	n := 0
	seen := map[int]bool{}
	kids := 0
	goOn := true
	var walk func(o object, inherited dict, deep int)
	walk = func(o object, inherited dict, deep int) {
		if !goOn || more {
			return
		}
		if r, ok := o.(ref); ok {
			if seen[r.num] {
				return
			}
			seen[r.num] = true
		}
		if kids++; kids > maxKids || deep > maxDeep {
			more = true
			return
		}
		d, ok := f.resolve(o).(dict)
		if !ok {
			panic(stop{fmt.Errorf("damaged: page %d is missing", n+1)})
		}
		own := dict{}
		for _, k := range []name{"Resources", "MediaBox", "CropBox", "Rotate"} {
			if own[k] = d[k]; d[k] == nil {
				own[k] = inherited[k]
			}
		}
		if list, ok := f.resolve(d["Kids"]).(array); ok && f.name(d["Type"]) != "Page" {
			for _, kid := range list {
				walk(kid, own, deep+1)
			}
			return
		}
		if n++; n > f.limits.Pages {
			more = true
			return
		}
		goOn = page(f.page(d, own, n))
	}
	walk(f.catalog()["Pages"], dict{}, 0)
	if n == 0 {
		return false, errors.New("damaged or truncated: it has no pages")
	}
	return more, nil
}

func (f *File) page(d, inherited dict, number int) *Page {
	box := f.box(inherited["CropBox"])
	media := f.box(inherited["MediaBox"])
	if media == nil {
		media = []float64{0, 0, 595, 842}
	}
	if box == nil {
		box = media
	}
	turn := ((int(f.num(inherited["Rotate"], 0))/90)%4 + 4) % 4
	p := &Page{Width: box[2] - box[0], Height: box[3] - box[1]}
	m := matrix{1, 0, 0, 1, -box[0], -box[1]}
	switch turn {
	case 1:
		m = m.then(matrix{0, -1, 1, 0, 0, p.Width})
	case 2:
		m = m.then(matrix{-1, 0, 0, -1, p.Width, p.Height})
	case 3:
		m = m.then(matrix{0, 1, -1, 0, p.Height, 0})
	}
	if turn%2 == 1 {
		p.Width, p.Height = p.Height, p.Width
	}
	var content []byte
	parts := array{d["Contents"]}
	if list, ok := f.resolve(d["Contents"]).(array); ok {
		parts = list
	}
	for i, part := range parts {
		if i > 10_000 {
			panic(stop{ErrLimit})
		}
		s, ok := f.resolve(part).(*stream)
		if !ok {
			if part == nil || f.resolve(part) == nil && i > 0 {
				continue
			}
			if _, lost := part.(ref); !lost {
				continue
			}
			panic(stop{fmt.Errorf("damaged: the content of page %d is missing", number)})
		}
		data, err := f.decode(s, true)
		if err != nil {
			panic(stop{fmt.Errorf("damaged: page %d cannot be unpacked", number)})
		}
		content = append(append(content, data...), '\n')
	}
	c := &canvas{file: f, page: p, number: number}
	c.state = state{matrix: m, scale: 1, size: 1}
	c.run(content, f.dict(inherited["Resources"]), 0)
	c.upright()
	return p
}

func (f *File) box(o object) []float64 {
	a := f.array(o)
	if len(a) != 4 {
		return nil
	}
	b := make([]float64, 4)
	for i := range b {
		b[i] = f.num(a[i], 0)
	}
	b[0], b[2] = min(b[0], b[2]), max(b[0], b[2])
	b[1], b[3] = min(b[1], b[3]), max(b[1], b[3])
	if b[2]-b[0] < 1 || b[3]-b[1] < 1 || b[2]-b[0] > 1e5 || b[3]-b[1] > 1e5 {
		return nil
	}
	return b
}

// matrix maps (x, y) to (ax+cy+e, bx+dy+f).
type matrix [6]float64

// then is m followed by n.
func (m matrix) then(n matrix) matrix {
	return matrix{
		m[0]*n[0] + m[1]*n[2], m[0]*n[1] + m[1]*n[3],
		m[2]*n[0] + m[3]*n[2], m[2]*n[1] + m[3]*n[3],
		m[4]*n[0] + m[5]*n[2] + n[4], m[4]*n[1] + m[5]*n[3] + n[5],
	}
}

func (m matrix) at(x, y float64) (float64, float64) {
	return m[0]*x + m[2]*y + m[4], m[1]*x + m[3]*y + m[5]
}

// state is the graphics state, as far as text needs it.
type state struct {
	matrix  matrix
	font    *font
	size    float64
	char    float64 // spacing
	word    float64
	scale   float64 // horizontal
	leading float64
	rise    float64
	mode    int
}

// canvas runs the content of one page.
type canvas struct {
	file   *File
	page   *Page
	number int
	state  state
	states []state
	text   matrix // of text, and of the line
	line   matrix
	path   []Rule // level and upright pieces since the path began
	rects  []Rule
	start  [2]float64
	pen    [2]float64
	marks  []bool // marked content that is open: whether it is an artifact
	angles []float64
}

// artifact reports whether what is drawn now is marked as no content.
func (c *canvas) artifact() bool {
	for _, m := range c.marks {
		if m {
			return true
		}
	}
	return false
}

// run carries out operators.
func (c *canvas) run(data []byte, resources dict, deep int) {
	l := lexer{data: data}
	var args []object
	bottom := len(c.states)
	for {
		o := l.next(0)
		if _, done := o.(end); done {
			break
		}
		op, ok := o.(keyword)
		if !ok {
			if len(args) < 64 {
				args = append(args, o)
			}
			continue
		}
		c.file.step(1)
		if op == "BI" {
			c.inlinePicture(&l)
		} else {
			c.operator(string(op), args, resources, deep, bottom)
		}
		args = args[:0]
	}
	if len(c.states) > bottom {
		c.state = c.states[bottom]
		c.states = c.states[:bottom]
	}
}

// inlinePicture steps over a picture in the content.
func (c *canvas) inlinePicture(l *lexer) {
	c.page.Pictures++
	for {
		switch o := l.next(0).(type) {
		case end:
			return
		case keyword:
			if o != "ID" {
				continue
			}
			at := l.pos
			for {
				i := bytes.Index(l.data[at:], []byte("EI"))
				if i < 0 {
					l.pos = len(l.data)
					return
				}
				i += at
				at = i + 2
				if i > 0 && space(l.data[i-1]) && (at >= len(l.data) || space(l.data[at])) {
					l.pos = at
					return
				}
			}
		}
	}
}

// numbers reads n numbers off the end of the arguments.
func numbers(args []object, n int) ([6]float64, bool) {
	var out [6]float64
	if len(args) < n {
		return out, false
	}
	for i, o := range args[len(args)-n:] {
		v, ok := o.(float64)
		if !ok || math.Abs(v) > 1e9 {
			return out, false
		}
		out[i] = v
	}
	return out, true
}

func (c *canvas) operator(op string, args []object, resources dict, deep, bottom int) {
	s := &c.state
	one := func(to *float64) {
		if v, ok := numbers(args, 1); ok {
			*to = v[0]
		}
	}
	switch op {
	case "q":
		if len(c.states) < maxStates {
			c.states = append(c.states, *s)
		}
	case "Q":
		if n := len(c.states); n > bottom {
			c.state = c.states[n-1]
			c.states = c.states[:n-1]
		}
	case "cm":
		if v, ok := numbers(args, 6); ok {
			s.matrix = matrix(v).then(s.matrix)
		}
	case "BT":
		c.text, c.line = matrix{1, 0, 0, 1, 0, 0}, matrix{1, 0, 0, 1, 0, 0}
	case "Tf":
		if len(args) >= 2 {
			n, _ := args[len(args)-2].(name)
			s.font = c.file.font(c.file.dict(resources["Font"])[n])
			one(&s.size)
		}
	case "Tc":
		one(&s.char)
	case "Tw":
		one(&s.word)
	case "Tz":
		one(&s.scale)
		s.scale /= 100
	case "TL":
		one(&s.leading)
	case "Ts":
		one(&s.rise)
	case "Tr":
		if v, ok := numbers(args, 1); ok {
			s.mode = int(v[0])
		}
	case "Td", "TD":
		if v, ok := numbers(args, 2); ok {
			if op == "TD" {
				s.leading = -v[1]
			}
			c.move(v[0], v[1])
		}
	case "Tm":
		if v, ok := numbers(args, 6); ok {
			c.text, c.line = matrix(v), matrix(v)
		}
	case "T*":
		c.move(0, -s.leading)
	case "Tj", "'", "\"":
		if op == "\"" && len(args) >= 3 {
			s.word, _ = args[len(args)-3].(float64)
			s.char, _ = args[len(args)-2].(float64)
		}
		if op != "Tj" {
			c.move(0, -s.leading)
		}
		if len(args) > 0 {
			if t, ok := args[len(args)-1].(string); ok {
				c.show(t)
			}
		}
	case "TJ":
		if len(args) == 0 {
			return
		}
		list, _ := args[len(args)-1].(array)
		for _, o := range list {
			switch v := o.(type) {
			case string:
				c.show(v)
			case float64:
				c.text = matrix{1, 0, 0, 1, -v / 1000 * s.size * s.scale, 0}.then(c.text)
			}
		}
	case "Do":
		if len(args) > 0 {
			n, _ := args[len(args)-1].(name)
			c.draw(c.file.dict(resources["XObject"])[n], resources, deep)
		}
	case "BMC", "BDC":
		if len(c.marks) < maxStates {
			artifact := len(args) > 0 && args[0] == name("Artifact")
			c.marks = append(c.marks, artifact)
		}
	case "EMC":
		c.marks = c.marks[:max(len(c.marks)-1, 0)]
	case "gs":
		if len(args) > 0 {
			n, _ := args[len(args)-1].(name)
			if pair := c.file.array(c.file.dict(c.file.dict(resources["ExtGState"])[n])["Font"]); len(pair) == 2 {
				s.font, s.size = c.file.font(pair[0]), c.file.num(pair[1], s.size)
			}
		}
	default:
		c.drawing(op, args)
	}
}

// drawing follows paths, for the lines of tables.
func (c *canvas) drawing(op string, args []object) {
	switch op {
	case "m":
		if v, ok := numbers(args, 2); ok {
			c.pen[0], c.pen[1] = c.state.matrix.at(v[0], v[1])
			c.start = c.pen
		}
	case "l":
		if v, ok := numbers(args, 2); ok {
			x, y := c.state.matrix.at(v[0], v[1])
			c.piece(c.pen[0], c.pen[1], x, y)
			c.pen = [2]float64{x, y}
		}
	case "c":
		if v, ok := numbers(args, 6); ok {
			c.pen[0], c.pen[1] = c.state.matrix.at(v[4], v[5])
		}
	case "v", "y":
		if v, ok := numbers(args, 4); ok {
			c.pen[0], c.pen[1] = c.state.matrix.at(v[2], v[3])
		}
	case "h":
		c.piece(c.pen[0], c.pen[1], c.start[0], c.start[1])
		c.pen = c.start
	case "re":
		if v, ok := numbers(args, 4); ok && len(c.rects) < maxRules {
			x0, y0 := c.state.matrix.at(v[0], v[1])
			x1, y1 := c.state.matrix.at(v[0]+v[2], v[1]+v[3])
			c.rects = append(c.rects, Rule{min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)})
		}
	case "S", "s", "B", "B*", "b", "b*":
		if op == "s" || op == "b" || op == "b*" {
			c.piece(c.pen[0], c.pen[1], c.start[0], c.start[1])
		}
		for _, r := range c.rects {
			c.piece(r.X0, r.Y0, r.X1, r.Y0)
			c.piece(r.X0, r.Y1, r.X1, r.Y1)
			c.piece(r.X0, r.Y0, r.X0, r.Y1)
			c.piece(r.X1, r.Y0, r.X1, r.Y1)
		}
		c.keep(c.path)
		c.endPath()
	case "f", "F", "f*":
		// A filled shape is a line if it is thin.
		c.keep(c.rects)
		if len(c.path) > 1 {
			around := c.path[0]
			for _, r := range c.path[1:] {
				around = Rule{min(around.X0, r.X0), min(around.Y0, r.Y0), max(around.X1, r.X1), max(around.Y1, r.Y1)}
			}
			c.keep([]Rule{around})
		}
		c.endPath()
	case "n":
		c.endPath()
	}
}

func (c *canvas) endPath() { c.path, c.rects = c.path[:0], c.rects[:0] }

// piece adds a straight piece of a path.
func (c *canvas) piece(x0, y0, x1, y1 float64) {
	if len(c.path) < maxRules && (math.Abs(x0-x1) < 1 || math.Abs(y0-y1) < 1) {
		c.path = append(c.path, Rule{min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)})
	}
}

// thin is how thick a line may be, in points.
const thin = 3

func (c *canvas) keep(rules []Rule) {
	for _, r := range rules {
		w, h := r.X1-r.X0, r.Y1-r.Y0
		if len(c.page.Rules) < maxRules && (w < thin || h < thin) && max(w, h) >= 4 {
			c.page.Rules = append(c.page.Rules, r)
		}
	}
}

func (c *canvas) move(x, y float64) {
	c.line = matrix{1, 0, 0, 1, x, y}.then(c.line)
	c.text = c.line
}

// draw runs a form, or counts a picture.
func (c *canvas) draw(o object, resources dict, deep int) {
	s, ok := c.file.resolve(o).(*stream)
	if !ok {
		return
	}
	if c.file.name(s.dict["Subtype"]) != "Form" {
		c.page.Pictures++
		return
	}
	if deep >= maxForms {
		return
	}
	data, err := c.file.decode(s, true)
	if err != nil {
		panic(stop{fmt.Errorf("damaged: a part of page %d cannot be unpacked", c.number)})
	}
	if own := c.file.dict(s.dict["Resources"]); own != nil {
		resources = own
	}
	outer, text, line := c.state, c.text, c.line
	if m := c.file.array(s.dict["Matrix"]); len(m) == 6 {
		var v matrix
		for i := range v {
			v[i] = c.file.num(m[i], 0)
		}
		c.state.matrix = v.then(c.state.matrix)
	}
	marks := len(c.marks)
	c.run(data, resources, deep+1)
	c.marks = c.marks[:min(marks, len(c.marks))]
	c.state, c.text, c.line = outer, text, line
}

// show places the glyphs of a text.
func (c *canvas) show(t string) {
	s := &c.state
	if s.font == nil {
		return
	}
	artifact := c.artifact()
	s.font.glyphs(t, func(g glyph) {
		c.file.step(1)
		m := matrix{s.size * s.scale, 0, 0, s.size, 0, s.rise}.then(c.text).then(s.matrix)
		advance := g.width/1000*s.size + s.char
		if g.blank {
			advance += s.word
		}
		advance *= s.scale
		wide := g.width / 1000 * math.Hypot(m[0], m[1])
		size := math.Hypot(m[2], m[3])
		if size < 0.5 {
			size = math.Hypot(m[0], m[1])
		}
		c.text = matrix{1, 0, 0, 1, advance, 0}.then(c.text)
		if len(c.page.Glyphs) >= maxGlyphs || math.IsNaN(m[4]) || math.IsNaN(m[5]) || size > 1e5 {
			return
		}
		text := g.text
		if text == "" {
			text = "\uFFFD"
			c.page.Unknown++
		}
		c.page.Glyphs = append(c.page.Glyphs, Glyph{
			Text: text, X: m[4], Y: m[5], Width: wide, Size: size, Artifact: artifact,
			Bold: s.font.bold || s.mode == 2,
		})
		c.angles = append(c.angles, math.Atan2(m[1], m[0]))
	})
}

// upright turns the page so that most of its text is level, and drops text at other angles: stamps and watermarks.
func (c *canvas) upright() {
	var count [4]int
	quarter := func(a float64) int {
		q := a / (math.Pi / 2)
		near := math.Round(q)
		if math.Abs(q-near) > 0.06 {
			return -1
		}
		return (int(near)%4 + 4) % 4
	}
	for i, a := range c.angles {
		if q := quarter(a); q >= 0 && strings.TrimSpace(c.page.Glyphs[i].Text) != "" {
			count[q]++
		}
	}
	best := 0
	for q := range count {
		if count[q] > count[best] {
			best = q
		}
	}
	kept := c.page.Glyphs[:0]
	p := c.page
	turn := func(x, y float64) (float64, float64) {
		switch best {
		case 1: // text runs upwards
			return y, p.Width - x
		case 2:
			return p.Width - x, p.Height - y
		case 3:
			return p.Height - y, x
		}
		return x, y
	}
	for i, g := range p.Glyphs {
		if quarter(c.angles[i]) != best {
			continue
		}
		g.X, g.Y = turn(g.X, g.Y)
		kept = append(kept, g)
	}
	p.Glyphs = kept
	if best == 0 {
		return
	}
	for i, r := range p.Rules {
		x0, y0 := turn(r.X0, r.Y0)
		x1, y1 := turn(r.X1, r.Y1)
		p.Rules[i] = Rule{min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)}
	}
	if best%2 == 1 {
		p.Width, p.Height = p.Height, p.Width
	}
}
