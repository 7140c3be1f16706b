package query

import (
	"cmp"
	"fmt"
	"math/bits"
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/extract/text"
	"github.com/tupu-kg/tupu/graph"
)

// Promises are held against those of the year before by the pairs of neighbouring characters that they share (Dice, 1945). From
// leastAlike on, one repeats the other; shorter ones than leastWording, in characters, say too little to be compared.
const (
	leastAlike   = 0.8
	leastWording = 16
)

// promise is a sentence about plans, as far as it is held against others.
type promise struct {
	doc   *source
	at    int       // byte of the text where it begins
	year  int32     // that it plans for
	place int32     // among those of its area and year
	size  int       // the number of its pairs of neighbouring characters
	marks [4]uint64 // a bit for each pair; several may share one
}

// newPromise counts and marks the pairs of a sentence.
func newPromise(doc *source, at, year int, source string) promise {
	p := promise{doc: doc, at: at, year: int32(year)}
	pairsIn(text.Fold(source).Text, func(pair uint64) {
		p.size++
		mark := pair * 0x9E3779B97F4A7C15 >> 56
		p.marks[mark>>6] |= 1 << (mark & 63)
	})
	return p
}

// pairsIn yields the pairs of neighbouring characters of a folded text, without signs and white space.
func pairsIn(folded string, yield func(pair uint64)) {
	last := rune(0)
	for i := 0; i < len(folded); {
		r, n := rune(0), 3
		if c := folded[i]; 0xE4 <= c && c <= 0xE9 && i+2 < len(folded) { // most of what is folded: it is valid, so this is a character of three bytes
			r = rune(c&0x0F)<<12 | rune(folded[i+1]&0x3F)<<6 | rune(folded[i+2]&0x3F)
		} else {
			r, n = utf8.DecodeRuneInString(folded[i:])
		}
		i += n
		if han := 0x4E00 <= r && r <= 0x9FFF; !han && (unicode.IsPunct(r) || unicode.IsSpace(r)) {
			continue
		}
		if last != 0 {
			yield(uint64(last)<<32 | uint64(r))
		}
		last = r
	}
}

// mayRepeat appends the places of those promises that this one can be as like as one that repeats them, as far as sizes and marks
// tell. They come ordered by size.
func (p *promise) mayRepeat(bySize []promise, near []int32) []int32 {
	at, _ := slices.BinarySearchFunc(bySize, (2*p.size+2)/3, func(o promise, size int) int { return cmp.Compare(o.size, size) })
	m := &p.marks
	for at < len(bySize) {
		size := bySize[at].size
		least := (2*(p.size+size) + 4) / 5 // pairs that both must have, for leastAlike
		if least > p.size {
			break
		}
		for ; at < len(bySize) && bySize[at].size == size; at++ {
			o := &bySize[at]
			missing := bits.OnesCount64(m[0]&^o.marks[0]) + bits.OnesCount64(m[1]&^o.marks[1]) // pairs that the other has not, at least
			if p.size-missing < least {
				continue
			}
			if missing += bits.OnesCount64(m[2]&^o.marks[2]) + bits.OnesCount64(m[3]&^o.marks[3]); p.size-missing >= least && p.doc != o.doc {
				near = append(near, o.place)
			}
		}
	}
	return near
}

// phrased is a promise with its words.
type phrased struct {
	spoken
	pairs []uint64 // sorted
}

func newPhrased(s spoken) *phrased {
	w := &phrased{spoken: s}
	w.fold = text.Fold(w.text)
	pairsIn(w.fold.Text, func(pair uint64) { w.pairs = append(w.pairs, pair) })
	slices.Sort(w.pairs)
	return w
}

// alike is how many of their pairs two promises share (Dice).
func (w *phrased) alike(o *phrased) float64 {
	shared := 0
	for i, j := 0, 0; i < len(w.pairs) && j < len(o.pairs); {
		switch x, y := w.pairs[i], o.pairs[j]; {
		case x < y:
			i++
		case x > y:
			j++
		default:
			shared, i, j = shared+1, i+1, j+1
		}
	}
	return 2 * float64(shared) / float64(len(w.pairs)+len(o.pairs))
}

// wording lists promises of an area that repeat the words of one of the year before, with both sentences.
func (in *inquiry) wording() error {
	docs := in.reports()
	found := make([][]promise, len(docs))
	err := in.inPieces(len(docs), 1, func(in *inquiry, at, _, _ int) error {
		var err error
		found[at], err = in.promisesIn(docs[at])
		return err
	})
	if err != nil {
		return err
	}
	type plan struct {
		area uint32
		year int
	}
	plans := grouped(found, func(p *promise) plan { return plan{p.doc.node, int(p.year)} })
	slices.SortFunc(plans, func(x, y []promise) int {
		return cmp.Or(cmp.Compare(x[0].doc.node, y[0].doc.node), cmp.Compare(x[0].year, y[0].year))
	})
	type repeated struct {
		promise *promise
		near    []*promise // that it may repeat
	}
	repeats := make([][]repeated, len(plans))
	err = in.inPieces(len(plans), 1, func(in *inquiry, at, _, _ int) error {
		plan := plans[at]
		if at == 0 || in.o.Year != 0 && int(plan[0].year) != in.o.Year {
			return nil
		}
		before := plans[at-1]
		if before[0].doc.node != plan[0].doc.node || before[0].year != plan[0].year-1 {
			return nil
		}
		bySize := slices.Clone(before)
		for i := range bySize {
			bySize[i].place = int32(i)
		}
		slices.SortFunc(bySize, func(x, y promise) int { return cmp.Compare(x.size, y.size) })
		var near []int32
		for i := range plan {
			r := repeated{promise: &plan[i]}
			near = plan[i].mayRepeat(bySize, near[:0])
			slices.Sort(near)
			for _, at := range near {
				r.near = append(r.near, &before[at])
			}
			if r.near != nil {
				repeats[at] = append(repeats[at], r)
			}
		}
		return in.ctx.Err()
	})
	if err != nil {
		return err
	}
	words := map[*promise]*phrased{}
	for _, r := range slices.Concat(repeats...) {
		if err := in.repeats(r.promise, r.near, words); err != nil {
			return err
		}
	}
	return nil
}

// promisesIn are the promises of a report that can be compared.
func (in *inquiry) promisesIn(doc *source) ([]promise, error) {
	if doc.area == "" {
		return nil, in.ctx.Err()
	}
	sentences, err := in.excerpts().Spoken(doc.id)
	if err != nil {
		return nil, err
	}
	var out []promise
	for at, source := range sentences {
		if at.Modality != graph.Planned || at.Year == 0 || at.Role != graph.Body || in.o.Year != 0 && at.Year != in.o.Year && at.Year != in.o.Year-1 {
			continue
		}
		if p := newPromise(doc, at.ByteStart, at.Year, source); p.size+1 >= leastWording {
			out = append(out, p)
		}
	}
	return out, in.ctx.Err()
}

// phrase reads the words of a promise, which it keeps.
func (in *inquiry) phrase(p *promise, words map[*promise]*phrased) (*phrased, error) {
	if w := words[p]; w != nil {
		return w, nil
	}
	at, _, err := in.excerpts().SentenceAt(p.doc.id, p.at)
	if err != nil {
		return nil, err
	}
	source, err := in.excerpts().TextBetween(p.doc.id, at.ByteStart, at.ByteEnd)
	if err != nil {
		return nil, err
	}
	words[p] = newPhrased(spoken{doc: p.doc, at: at, text: source})
	return words[p], nil
}

// repeats adds a promise that repeats one of some of the year before, with the most like.
func (in *inquiry) repeats(p *promise, near []*promise, words map[*promise]*phrased) error {
	said, err := in.phrase(p, words)
	if err != nil {
		return err
	}
	var best *phrased
	like := 0.0
	for _, o := range near {
		w, err := in.phrase(o, words)
		if err != nil {
			return err
		}
		if alike := said.alike(w); alike >= leastAlike && alike > like {
			best, like = w, alike
		}
	}
	if best == nil {
		return nil
	}
	similarity := fmt.Sprintf("similarity %.2f", like)
	in.add(p.doc.node, -int(like*1000), fmt.Sprintf("the plan for %d repeats that for %d", p.year, p.year-1), similarity, func(in *inquiry, c *Case) error {
		for _, s := range []*phrased{best, said} {
			q, err := in.quoted(&s.spoken, 0, len(s.fold.Text), "words:alike", like)
			if err != nil {
				return err
			}
			q.What = similarity
			c.Said = append(c.Said, q)
		}
		return nil
	})
	return nil
}
