package tagger

import "math"

// Most positions of a text are outside of spans whatever the transitions, but for few of them the scores of the position alone tell.
// Before the best labeling is searched, each stretch is asked which kinds of spans could still be worth their while where: what a
// span gains over being outside is at most the sum of what its positions gain, in the best roles, with the kindest transitions
// into it, within it and out of it. What does not reach zero is no part of the best labeling.

// gains are bounds, in units of the model, of what transitions of a kind of spans give beyond those of being outside.
type gains struct {
	open, close, single int32 // into a span and out of it; both, for a span of one position
	first, last, inner  int32 // between two positions of which the first has no end behind, the last no begin before; any two
}

// slack is what a bound may be below zero, in natural logarithms: more than the search errs by rounding.
const slack = 0.5

func (m *Model) gains() []gains {
	T, L := m.transitions, m.labels
	most := func(value func(label int) float32, part ...int) float32 {
		best := value(outside)
		for k := range m.Kinds {
			for _, p := range part {
				best = max(best, value(labelOf(k, p)))
			}
		}
		return best
	}
	units := func(v float32) int32 {
		return int32(max(-1<<20, min(1<<20, math.Ceil(float64(v)/float64(m.unit)))))
	}
	all := make([]gains, len(m.Kinds))
	for k := range all {
		b, i, e, s := labelOf(k, begin), labelOf(k, inside), labelOf(k, end), labelOf(k, single)
		into := func(to int) float32 {
			return most(func(x int) float32 { return T[x*L+to] - T[x*L+outside] }, end, single)
		}
		from := func(label int) float32 {
			return most(func(y int) float32 { return T[label*L+y] - T[outside*L+y] }, begin, single)
		}
		stay := T[outside*L+outside]
		bi, be, ii, ie := T[b*L+i]-stay, T[b*L+e]-stay, T[i*L+i]-stay, T[i*L+e]-stay
		all[k] = gains{
			open: units(into(b)), close: units(from(e)), single: units(into(s) + from(s)),
			first: units(max(bi, ii)), last: units(max(ii, ie)), inner: units(max(bi, be, ii, ie)),
		}
	}
	return all
}

// bound sets possible: by position of the stretch, the kinds of spans that the best labeling may have there. It reports whether there
// are any.
func (t *Tagger) bound(from, to int) bool {
	K, n, row := len(t.gains), to-from, 8*t.m.words
	if cap(t.possible) < n {
		t.possible = make([]uint64, 2*n)
	}
	if cap(t.ahead) < n*K {
		t.ahead = make([]int32, 2*n*K)
	}
	t.possible, t.ahead = t.possible[:n], t.ahead[:n*K]
	clear(t.possible)
	for k := range t.behind {
		t.behind[k], t.tops[k] = -1<<24, -1<<24
	}
	// What a span gains up to a position at which it goes on.
	for p := range n {
		scores, ahead := t.scores[(from+p)*row:(from+p)*row+1+4*K], t.ahead[p*K:(p+1)*K]
		out := scores[outside]
		for k := range ahead {
			g, of := &t.gains[k], scores[1+4*k:5+4*k]
			gain := max(of[begin]-out+g.open, t.behind[k]+g.first+of[inside]-out)
			ahead[k], t.behind[k] = gain, gain
			t.tops[k] = max(t.tops[k], max(of[begin], of[inside], of[end], of[single])-out)
		}
	}
	// What it gains from a position on.
	some := uint64(0)
	for k := range t.behind {
		t.behind[k] = -1 << 24
	}
	for p := n - 1; p >= 0; p-- {
		scores, ahead := t.scores[(from+p)*row:(from+p)*row+1+4*K], t.ahead[p*K:(p+1)*K]
		out := scores[outside]
		for k := range ahead {
			g, of := &t.gains[k], scores[1+4*k:5+4*k]
			bit := uint64(1) << k
			if ahead[k]+g.inner+t.behind[k] >= -t.slack { // p and p+1 are of one span
				t.possible[p] |= bit
				t.possible[p+1] |= bit
				some |= bit
			} else if of[single]-out+g.single >= -t.slack {
				t.possible[p] |= bit
				some |= bit
			}
			t.behind[k] = max(of[end]-out+g.close, t.behind[k]+g.last+of[inside]-out)
		}
	}
	// Kinds that are nowhere near outside are left out of the stretch, see likelyKind.
	unlikely := uint64(0)
	for k, top := range t.tops {
		if some>>k&1 != 0 && top < t.limit+t.slack && !t.likelyKind(k, from, to) {
			unlikely |= 1 << k
		}
	}
	if some &^= unlikely; unlikely != 0 && some != 0 {
		for p := range t.possible {
			t.possible[p] &^= unlikely
		}
	}
	return some != 0
}
