package tagger

import "math"

// Most positions of a text are outside of spans whatever the transitions, but for few of them the scores of the position alone tell.
// Before the best labeling is searched, each stretch is asked which kinds of spans could still be worth their while where. Spans that
// stand side by side with nothing outside between them, an island, are part of the best labeling only if they gain something over
// being outside all along: what lies in no island that does is no part of it. What islands gain at best is found in two ways, each
// from both ends: of a position, with the best label and the kindest transitions (near); of a position and a kind, where only what
// leads from one span to the next is the kindest of any kind (bound).

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

// kindest are the best gains of any kind: into an island, within it and out of it.
type kindest struct{ open, within, close int32 }

func kindestOf(all []gains) kindest {
	k := kindest{never, never, never}
	for _, g := range all {
		k.open, k.close = max(k.open, g.open, g.openOne), max(k.close, g.close, g.closeOne)
		k.within = max(k.within, g.bi, g.be, g.ii, g.ie, g.beginAfter, g.oneAfter, g.beginAfterOne, g.oneAfterOne)
	}
	return k
}

// prefix is what an island gains at best up to a position: if the inside or the end of a span follows there, and if a span of one
// position stands there.
type prefix struct{ inside, end, single int32 }

// suffix is what an island gains at best from a position on that is the inside or the end of a span.
type suffix struct{ inside, end int32 }

// never is less than any gain.
const never = -1 << 24

// near sets gain: by position, what an island that it is part of gains at most, by other alone. No island has a position that is sure to
// be outside by itself.
func (t *Tagger) near(n int) {
	if cap(t.gain) < n {
		t.gain = make([]int32, 2*n)
	}
	t.gain = t.gain[:n]
	best, k := int32(never), t.kindest
	for p, own := range t.other {
		open := k.open
		if p == 0 { // no transition leads here
			open = 0
		}
		best = max(open, best+k.within) + own
		t.gain[p] = best
		if own < t.limit {
			best = never
		}
	}
	best = never
	for p := n - 1; p >= 0; p-- {
		close := k.close
		if p == n-1 {
			close = 0
		}
		best = max(close, best+k.within)
		t.gain[p] += best
		if best += t.other[p]; t.other[p] < t.limit {
			best, t.gain[p] = never, never
		}
	}
}

// stretches calls f with each run of positions of which none is sure to be outside, by near, and some may be in the best labeling.
func (t *Tagger) stretches(n int, least int32, f func(start, end int)) {
	t.near(n)
	for p := 0; p < n; p++ {
		start, top := p, int32(never)
		for p < n && t.gain[p] >= -t.sure {
			top = max(top, t.gain[p])
			p++
		}
		if top >= least {
			f(start, p)
		}
	}
}

// bound sets possible and likely, by position of the stretch [from, to) of a sequence of n positions: the kinds of spans that the best
// labeling may have there, and those that are not sure to be none.
func (t *Tagger) bound(from, to, n int) {
	K, size, row := len(t.gains), to-from, 8*t.m.words
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
		scores, ahead := t.scores[(from+p)*row:(from+p)*row+1+4*K], t.ahead[p*K:(p+1)*K]
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
		scores, ahead := t.scores[(from+p)*row:(from+p)*row+1+4*K], t.ahead[p*K:(p+1)*K]
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
func (t *Tagger) mark(p, kind int, gain int32) {
	t.likely[p] |= 1 << kind
	if gain >= -t.slack {
		t.possible[p] |= 1 << kind
	}
}
