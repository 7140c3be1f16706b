package tagger

import "math"

// Most positions of a text are outside of spans whatever the transitions, but for few of them the scores of the position alone tell.
// Before the best labeling is searched, each stretch is asked which kinds of spans could still be worth their while where. Spans that
// stand side by side with nothing outside between them, an island, are part of the best labeling only if they gain something over
// being outside all along: what lies in no island that does is no part of it. What islands gain at best is found from both ends:
// first as if all kinds were one, which has the best scores and the kindest transitions of any, then by kind, where only what leads
// from one span to the next is the kindest of any kind.

// gains are what transitions of a kind of spans give beyond those of being outside, in units of the model, rounded up.
type gains struct {
	open, openOne              int32 // from outside to the begin of a span, and to one of a single position
	endBegin, endOne           int32 // to these from the end of a span of any kind
	oneBegin, oneOne           int32 // to these from a span of a single position
	close, closeOne            int32 // to outside
	beginAfter, oneAfter       int32 // from the end to what begins next, of any kind
	beginAfterOne, oneAfterOne int32 // the same from a single position
	bi, be, ii, ie             int32 // within a span: from begin and inside to inside and end
}

// What a bound may be below zero, in natural logarithms.
const (
	slack = 0.5 // more than the search errs by rounding
	sure  = 5   // what is further below is left out where probabilities are summed up; so is a position that is so sure to be outside by itself
)

// toUnits rounds up to units of the model.
func (m *Model) toUnits(v float32) int32 {
	return int32(max(-1<<20, min(1<<20, math.Ceil(float64(v)/float64(m.unit)))))
}

func (m *Model) gains() []gains {
	T, L := m.transitions, m.labels
	gain := func(from, to int) int32 { return m.toUnits(T[from*L+to] - T[outside*L+outside]) }
	most := func(part int, gain func(label int) int32) int32 {
		best := gain(labelOf(0, part))
		for k := range m.Kinds {
			best = max(best, gain(labelOf(k, part)))
		}
		return best
	}
	all := make([]gains, len(m.Kinds))
	for k := range all {
		b, i, e, s := labelOf(k, begin), labelOf(k, inside), labelOf(k, end), labelOf(k, single)
		into := func(part, to int) int32 { return most(part, func(from int) int32 { return gain(from, to) }) }
		from := func(label, part int) int32 { return most(part, func(to int) int32 { return gain(label, to) }) }
		all[k] = gains{
			open: gain(outside, b), openOne: gain(outside, s), close: gain(e, outside), closeOne: gain(s, outside),
			endBegin: into(end, b), endOne: into(end, s), oneBegin: into(single, b), oneOne: into(single, s),
			beginAfter: from(e, begin), oneAfter: from(e, single), beginAfterOne: from(s, begin), oneAfterOne: from(s, single),
			bi: gain(b, i), be: gain(b, e), ii: gain(i, i), ie: gain(i, e),
		}
	}
	return all
}

// kindest are the gains of all kinds as if they were one.
func kindest(all []gains) []gains {
	best := all[0]
	for _, g := range all[1:] {
		best = gains{
			open: max(best.open, g.open), openOne: max(best.openOne, g.openOne), close: max(best.close, g.close), closeOne: max(best.closeOne, g.closeOne),
			endBegin: max(best.endBegin, g.endBegin), endOne: max(best.endOne, g.endOne), oneBegin: max(best.oneBegin, g.oneBegin), oneOne: max(best.oneOne, g.oneOne),
			beginAfter: max(best.beginAfter, g.beginAfter), oneAfter: max(best.oneAfter, g.oneAfter),
			beginAfterOne: max(best.beginAfterOne, g.beginAfterOne), oneAfterOne: max(best.oneAfterOne, g.oneAfterOne),
			bi: max(best.bi, g.bi), be: max(best.be, g.be), ii: max(best.ii, g.ii), ie: max(best.ie, g.ie),
		}
	}
	return []gains{best}
}

// prefix is what an island gains at best up to a position: if the inside or the end of a span follows there, and if a span of one
// position stands there.
type prefix struct{ inside, end, single int32 }

// suffix is what an island gains at best from a position on that is the inside or the end of a span.
type suffix struct{ inside, end int32 }

// never is less than any gain.
const never = -1 << 24

// bounds are what islands of some kinds can gain.
type bounds struct {
	gains       []gains // by kind
	slack, sure int32
	// Of the stretch last looked at, by position: the kinds of spans that the best labeling may have there, and those that are not sure to
	// be none.
	possible, likely []uint64

	before []prefix // by kind
	behind []suffix
	ahead  []prefix // by position and kind
}

func newBounds(m *Model, of []gains) *bounds {
	return &bounds{gains: of, slack: m.toUnits(slack), sure: m.toUnits(sure), before: make([]prefix, len(of)), behind: make([]suffix, len(of))}
}

// runs calls f with each run of positions of the stretch last looked at in which spans are likely, and with the kinds that are
// possible there.
func (t *bounds) runs(f func(from, to int, possible uint64)) {
	for p := 0; p < len(t.likely); p++ {
		from, possible := p, uint64(0)
		for p < len(t.likely) && t.likely[p] != 0 {
			possible |= t.possible[p]
			p++
		}
		if p > from {
			f(from, p, possible)
		}
	}
}

// find looks at the stretch [from, to) of a sequence of n positions. It is given the scores of each position of the sequence: row by
// row, that of being outside first, and then four of each kind.
func (t *bounds) find(all []int32, row, from, to, n int) {
	K, size := len(t.gains), to-from
	if cap(t.possible) < size {
		t.possible, t.likely = make([]uint64, 2*size), make([]uint64, 2*size)
	}
	if cap(t.ahead) < size*K {
		t.ahead = make([]prefix, 2*size*K)
	}
	t.possible, t.likely, t.ahead = t.possible[:size], t.likely[:size], t.ahead[:size*K]
	clear(t.possible)
	clear(t.likely)
	before, behind := t.before, t.behind
	for k := range before {
		before[k], behind[k] = prefix{never, never, never}, suffix{never, never}
	}
	afterSpan, afterOne := int32(never), int32(never) // up to right before, with a span at the end, and with a single position
	for p := range size {
		scores, ahead := all[(from+p)*row:(from+p)*row+1+4*K], t.ahead[p*K:(p+1)*K]
		out, first := scores[outside], from+p == 0
		span, one := int32(never), int32(never)
		for k := range ahead {
			g, of, a := &t.gains[k], (*[4]int32)(scores[1+4*k:]), &before[k]
			open, openOne := g.open, g.openOne
			if first {
				open, openOne = 0, 0
			}
			b := max(open, afterSpan+g.endBegin, afterOne+g.oneBegin) + of[begin] - out
			i := a.inside + of[inside] - out
			span = max(span, a.end+of[end]-out)
			*a = prefix{max(b+g.bi, i+g.ii), max(b+g.be, i+g.ie), max(openOne, afterSpan+g.endOne, afterOne+g.oneOne) + of[single] - out}
			one = max(one, a.single)
			ahead[k] = *a
		}
		afterSpan, afterOne = span, one
	}
	toSpan, toOne := int32(never), int32(never) // from right behind on, with a span at the begin, and with a single position
	for p := size - 1; p >= 0; p-- {
		scores, ahead := all[(from+p)*row:(from+p)*row+1+4*K], t.ahead[p*K:(p+1)*K]
		out, last := scores[outside], from+p == n-1
		span, one := int32(never), int32(never)
		for k := range ahead {
			g, of, a, b := &t.gains[k], (*[4]int32)(scores[1+4*k:]), &ahead[k], &behind[k]
			close, closeOne := g.close, g.closeOne
			if last {
				close, closeOne = 0, 0
			}
			closeOne = max(closeOne, toSpan+g.beginAfterOne, toOne+g.oneAfterOne)
			both := max(a.inside+b.inside, a.end+b.end) // p and p+1 are of one span
			own := max(both, a.single+closeOne)
			if own >= -t.sure {
				t.mark(p, k, own)
				if both >= -t.sure {
					t.mark(p+1, k, both)
				}
			}
			span = max(span, max(b.inside+g.bi, b.end+g.be)+of[begin]-out)
			one = max(one, closeOne+of[single]-out)
			*b = suffix{max(b.inside+g.ii, b.end+g.ie) + of[inside] - out, max(close, toSpan+g.beginAfter, toOne+g.oneAfter) + of[end] - out}
		}
		toSpan, toOne = span, one
	}
}

// mark enters a kind that gains so much at a position.
func (t *bounds) mark(p, kind int, gain int32) {
	t.likely[p] |= 1 << kind
	if gain >= -t.slack {
		t.possible[p] |= 1 << kind
	}
}
