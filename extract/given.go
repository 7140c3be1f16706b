package extract

import (
	"fmt"
	"slices"

	"github.com/tupu-kg/tupu/extract/doc"
	"github.com/tupu-kg/tupu/extract/text"
	"github.com/tupu-kg/tupu/graph"
)

// Given is a name that somebody marked in a document: it is taken as it is, whatever the recogniser thinks of it.
type Given struct {
	Start, End int // code points of the stored text; End is exclusive
	Kind       graph.Kind
}

// ExtractGiven is Extract with the names given instead of those recognised; what stands inside them is recognised as ever. It
// returns an error for a name that does not lie in the text. Names that cross the end of a sentence, or lie in what is no
// text of the report, are left out, and the facts say so in a note.
func (x *Extractor) ExtractGiven(p *doc.Page, o Override, names []Given) (*graph.Facts, error) {
	length := 0
	offsets := make([]int, 0, len(p.Document.Text)+1)
	for at := range p.Document.Text {
		offsets = append(offsets, at)
		length++
	}
	offsets = append(offsets, len(p.Document.Text))
	spans := make([]Candidate, len(names))
	for i, n := range names {
		if n.Start < 0 || n.Start >= n.End || n.End > length {
			return nil, fmt.Errorf("name %d, [%d, %d): the document has %d characters", i+1, n.Start, n.End, length)
		}
		if !slices.Contains(Kinds, string(n.Kind)) {
			return nil, fmt.Errorf("name %d: unknown type %q", i+1, n.Kind)
		}
		spans[i] = Candidate{Range: text.Range{Start: offsets[n.Start], End: offsets[n.End]}, Kind: n.Kind, Confidence: 1, By: "given"}
	}
	return x.extract(p, o, func(r *reading) { r.give(spans) }, (*writer).write)
}

// give puts names, by bytes of the source, in the place of those recognised.
func (r *reading) give(names []Candidate) {
	r.recognise()
	lost := len(names)
	for i := range r.passages {
		p := &r.passages[i]
		p.won = p.won[:0]
		v := &sentence{rules: r.rules, Context: &p.Context}
		for _, c := range names {
			c.Start, c.End = r.folded.At(c.Start)-p.base, r.folded.At(c.End)-p.base
			if c.Start < 0 || c.End > len(p.Text) || c.Start >= c.End {
				continue
			}
			lost--
			for _, o := range p.candidates {
				if o.Range == c.Range && o.Kind == c.Kind && c.Place == "" {
					c.Place = o.Place
				}
			}
			if c.Kind == graph.KindPlace && c.Place == "" {
				if kind, place, ok := v.ownHead(c.Start, c.End); ok && kind == graph.KindPlace {
					c.Place = place
				}
			}
			p.won = append(p.won, c)
		}
	}
	given := make([][]Candidate, len(r.passages))
	for i := range r.passages {
		given[i] = r.passages[i].won
	}
	r.learn()
	for i := range r.passages {
		r.passages[i].won = given[i]
	}
	r.lost = lost
}
