package query

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"math/bits"
	"slices"
	"strings"
	"unicode"

	"github.com/tupu-kg/tupu/extract/text"
	"github.com/tupu-kg/tupu/graph"
)

// Promises are held against those of the year before by the pairs of neighbouring characters that they share (Dice, 1945). From
// leastAlike on, one repeats the other; shorter ones than leastWording, in characters, say too little to be compared.
const (
	leastAlike   = 0.8
	leastWording = 16
)

// promise is a sentence about plans, by its pairs of characters.
type promise struct {
	spoken
	pairs  []uint64  // sorted once they are compared
	marks  [4]uint64 // a bit for each pair; several may share one
	sorted bool
	near   []*promise // of the year before
}

// read finds the pairs of neighbouring characters, without signs and white space.
func (p *promise) read() {
	p.fold = text.Fold(p.text)
	p.pairs = make([]uint64, 0, len(p.fold.Text)/3)
	last := rune(0)
	for _, r := range p.fold.Text {
		if han := 0x4E00 <= r && r <= 0x9FFF; !han && (unicode.IsPunct(r) || unicode.IsSpace(r)) {
			continue
		}
		if last != 0 {
			pair := uint64(last)<<32 | uint64(r)
			p.pairs = append(p.pairs, pair)
			mark := pair * 0x9E3779B97F4A7C15 >> 56
			p.marks[mark>>6] |= 1 << (mark & 63)
		}
		last = r
	}
}

// mayRepeat reports whether a promise can be as like another as one that repeats it, as far as the marks tell.
func (p *promise) mayRepeat(o *promise) bool {
	missing := 0 // pairs that the other has not, at least
	for i := range p.marks {
		missing += bits.OnesCount64(p.marks[i] &^ o.marks[i])
	}
	return p.doc != o.doc && 2*float64(min(len(p.pairs)-missing, len(o.pairs))) >= leastAlike*float64(len(p.pairs)+len(o.pairs))
}

// alike is how many of their pairs two promises share (Dice).
func (p *promise) alike(o *promise) float64 {
	for _, x := range []*promise{p, o} {
		if !x.sorted {
			slices.Sort(x.pairs)
			x.sorted = true
		}
	}
	shared := 0
	for i, j := 0, 0; i < len(p.pairs) && j < len(o.pairs); {
		switch x, y := p.pairs[i], o.pairs[j]; {
		case x < y:
			i++
		case x > y:
			j++
		default:
			shared, i, j = shared+1, i+1, j+1
		}
	}
	return 2 * float64(shared) / float64(len(p.pairs)+len(o.pairs))
}

// wording lists promises of an area that repeat the words of one of the year before, with both sentences.
func (in *inquiry) wording() error {
	var all []*promise
	err := in.sentences(func(doc *source, sentences iter.Seq2[graph.Sentence, string]) error {
		for at, source := range sentences {
			if at.Modality == graph.Planned && at.Year != 0 && at.Role == graph.Body && doc.area != "" {
				all = append(all, &promise{spoken: spoken{doc: doc, at: at, text: strings.Clone(source)}})
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	err = inParallel(len(all), func(from, to int) error {
		for _, p := range all[from:to] {
			p.read()
		}
		return in.ctx.Err()
	})
	if err != nil {
		return err
	}
	type plan struct {
		area uint32
		year int
	}
	plans := map[plan][]*promise{}
	for _, p := range all {
		if len(p.pairs)+1 >= leastWording {
			k := plan{p.doc.node, p.at.Year}
			plans[k] = append(plans[k], p)
		}
	}
	keys := slices.SortedFunc(maps.Keys(plans), func(x, y plan) int { return cmp.Or(cmp.Compare(x.area, y.area), cmp.Compare(x.year, y.year)) })
	all = all[:0]
	for _, k := range keys {
		for _, p := range plans[k] {
			if before := plans[plan{k.area, k.year - 1}]; len(before) > 0 && (in.o.Year == 0 || k.year == in.o.Year) {
				p.near = before
				all = append(all, p)
			}
		}
	}
	err = inParallel(len(all), func(from, to int) error {
		for _, p := range all[from:to] {
			before := p.near
			p.near = nil
			for _, o := range before {
				if p.mayRepeat(o) {
					p.near = append(p.near, o)
				}
			}
		}
		return in.ctx.Err()
	})
	for _, p := range all {
		in.repeats(p)
	}
	return err
}

// repeats adds a promise that repeats one of the year before, with the most like.
func (in *inquiry) repeats(p *promise) {
	var best *promise
	like := 0.0
	for _, o := range p.near {
		if alike := p.alike(o); alike >= leastAlike && alike > like {
			best, like = o, alike
		}
	}
	if best == nil {
		return
	}
	similarity := fmt.Sprintf("similarity %.2f", like)
	in.add(p.doc.node, -int(like*1000), fmt.Sprintf("the plan for %d repeats that for %d", p.at.Year, p.at.Year-1), similarity, func(c *Case) error {
		for _, s := range []*promise{best, p} {
			q, err := in.quoted(&s.spoken, 0, len(s.fold.Text), "words:alike", like)
			if err != nil {
				return err
			}
			q.What = similarity
			c.Said = append(c.Said, q)
		}
		return nil
	})
}
