package export

import (
	_ "embed"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

//go:embed font/noto-sans-sc.otf
var notoSansSC []byte

// face is the font of pictures. It may be used from one goroutine at a time.
type face struct {
	*sfnt.Font
	buffer sfnt.Buffer
	glyphs map[rune]*glyph
}

// glyph is the outline of a character at a size of one em of 1000 units, y downwards from the base line.
type glyph struct {
	missing bool // the font does not have it; the outline is that of a box
	advance float64
	outline []curve
}

// curve is a piece of an outline: a move (1 point), a line (1), a quadratic (2) or a cubic curve (3).
type curve struct {
	op     byte // M, L, Q, C
	points [3]point
}

const em = 1000

// openFont parses the font once; faces share it.
var openFont = sync.OnceValues(func() (*sfnt.Font, error) { return sfnt.Parse(notoSansSC) })

func newFace() (*face, error) {
	f, err := openFont()
	if err != nil {
		return nil, err
	}
	return &face{Font: f, glyphs: map[rune]*glyph{}}, nil
}

func (f *face) glyph(r rune) (*glyph, error) {
	if g := f.glyphs[r]; g != nil {
		return g, nil
	}
	index, err := f.GlyphIndex(&f.buffer, r)
	if err != nil {
		return nil, err
	}
	advance, err := f.GlyphAdvance(&f.buffer, index, fixed.I(em), font.HintingNone)
	if err != nil {
		return nil, err
	}
	segments, err := f.LoadGlyph(&f.buffer, index, fixed.I(em), nil)
	if err != nil {
		return nil, err
	}
	g := &glyph{missing: index == 0, advance: units(advance)}
	for _, s := range segments {
		c := curve{op: "MLQC"[s.Op]}
		for i, p := range s.Args {
			c.points[i] = point{units(p.X), units(p.Y)}
		}
		g.outline = append(g.outline, c)
	}
	f.glyphs[r] = g
	return g, nil
}

func units(v fixed.Int26_6) float64 { return float64(v) / 64 }

// width is how wide text is, in the unit of size.
func (f *face) width(s string, size float64) (float64, error) {
	w := 0.0
	for _, r := range s {
		g, err := f.glyph(r)
		if err != nil {
			return 0, err
		}
		w += g.advance
	}
	return float64(w*size) / em, nil
}

// count is the number of points of a curve.
func (c curve) count() int {
	switch c.op {
	case 'Q':
		return 2
	case 'C':
		return 3
	}
	return 1
}
