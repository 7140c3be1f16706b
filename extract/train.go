package extract

import (
	"context"
	"fmt"
	"slices"

	"github.com/tupu-kg/tupu/extract/doc"
	"github.com/tupu-kg/tupu/extract/tagger"
	"github.com/tupu-kg/tupu/extract/text"
	"github.com/tupu-kg/tupu/graph"
)

// Kinds are the types of names that tupu knows, in the order of its models.
var Kinds = []string{"enterprise", "project", "place", "organization", "person"}

// TrainOptions say how a model is learnt. The zero value is what the shipped model was made with.
type TrainOptions struct {
	Tagger tagger.Options
	Kinds  []string // the types to learn; Kinds if empty
	Drop   float64  // share of the observations that are left out at each step; 0.3 if 0
	Second bool     // learn a second stage that weighs whole spans, which takes as long as three models
}

// Train learns a model from marked texts. The extractor must be one without a model, or its model is passed over.
func (x *Extractor) Train(ctx context.Context, texts []Labelled, o TrainOptions) (*tagger.Model, error) {
	if len(o.Kinds) == 0 {
		o.Kinds = Kinds
	}
	if o.Tagger.Families == nil {
		o.Tagger.Families = slotsOf[:]
	}
	if o.Drop == 0 {
		o.Drop = 0.3
	}
	if o.Tagger.Drop == nil {
		o.Tagger.Drop = map[tagger.Family]float64{}
		for f := range families {
			o.Tagger.Drop[f] = o.Drop
		}
		o.Tagger.Drop[seenWord] = min(0.9, o.Drop+0.2) // whole words are learnt by heart the soonest
	}
	if o.Tagger.Epochs == 0 {
		o.Tagger.Epochs = 16
	}
	if o.Tagger.Penalty == 0 {
		o.Tagger.Penalty = 0.06
	}
	if o.Tagger.Rate == 0 {
		o.Tagger.Rate = 0.1
	}
	var examples []tagger.Example
	for i := range texts {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		e, err := x.examples(&texts[i], o.Kinds)
		if err != nil {
			return nil, err
		}
		examples = append(examples, e...)
	}
	m, err := tagger.Train(ctx, o.Kinds, examples, o.Tagger)
	if err != nil || !o.Second {
		return m, err
	}
	m.Rescorer, err = x.trainSecond(ctx, texts, o)
	return m, err
}

// readLabelled cuts a marked text into passages.
func (x *Extractor) readLabelled(l *Labelled) (*reading, *graph.Positions, error) {
	d := graph.Document{ID: graph.DocumentID(doc.FormatText, []byte(l.Text)), Text: l.Text}
	folded := text.Fold(l.Text)
	positions := graph.NewPositions(d.ID, l.Text)
	if l.Plain {
		sentences := []graph.Sentence{{Span: positions.Span(0, len(l.Text)), Role: graph.Body}}
		return x.read(folded, sentences, ""), positions, nil
	}
	page, err := doc.Read(doc.File{Path: l.Path, Format: doc.FormatText, Data: []byte(l.Text)}, doc.Limits{})
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", l.Path, err)
	}
	layout := newPageLayout(folded, page.Document.Text, page.Document.Locators)
	document, _ := about(x.gaz, page, layout, Override{})
	return x.read(folded, sections(layout, &document), document.AreaCode), positions, nil
}

// byteOffsets are the byte offsets of all code points of s, and its length.
func byteOffsets(s string) []int {
	offsets := make([]int, 0, len(s)/2+1)
	for i := range s {
		offsets = append(offsets, i)
	}
	return append(offsets, len(s))
}

// examples makes an example of each passage of a text, see eachExample.
func (x *Extractor) examples(l *Labelled, kinds []string) ([]tagger.Example, error) {
	var o observer
	var examples []tagger.Example
	err := x.eachExample(l, kinds, &o, func(_ *sentence, e tagger.Example) {
		e.Observations = slices.Clone(e.Observations)
		examples = append(examples, e)
	})
	return examples, err
}

// eachExample yields an example for each passage of a text, with observations that hold until the next. Passages in which a marked
// name is cut, or lies partly, are left out, and so are those with stretches to be ignored.
func (x *Extractor) eachExample(l *Labelled, kinds []string, o *observer, yield func(*sentence, tagger.Example)) error {
	r, _, err := x.readLabelled(l)
	if err != nil {
		return err
	}
	offsets := byteOffsets(l.Text)
	next := 0
	for i := range r.passages {
		p := &r.passages[i]
		v := x.rules.look(&p.Context, &sentence{})
		e := tagger.Example{Sequence: *o.observe(v)}
		whole := true
		for ; next < len(l.Names); next++ {
			name := l.Names[next]
			start, end := r.folded.At(offsets[name.Start])-p.base, r.folded.At(offsets[name.End])-p.base
			if start >= len(p.Text) {
				break
			}
			if end <= 0 {
				continue
			}
			kind := slices.Index(kinds, name.Type)
			if start < 0 || end > len(p.Text) || name.Type == "ignore" {
				whole = false
				continue
			}
			if kind < 0 || start >= end {
				continue
			}
			e.Gold = append(e.Gold, tagger.Span{Start: int(o.at[start]), End: int(o.at[end]), Kind: kind, Confidence: 1})
		}
		if whole {
			yield(v, e)
		}
	}
	return nil
}
