package algo

import (
	"cmp"
	"math"
	"slices"
)

// Likely is a node that another has no edge with, and what speaks for one.
type Likely struct {
	Node       int32
	Common     int     // neighbours of both
	AdamicAdar float64 // sum over these of 1/log(degree) (Adamic, Adar 2003): a rare acquaintance says more
}

// Predict lists the nodes that have neighbours in common with a node and no edge with it, the likeliest first, at most limit
// of them (all if 0). It costs the edges of its neighbours.
func Predict(r *Rows, node int32, limit int) []Likely {
	score := map[int32]*Likely{}
	for _, u := range r.Row(int(node)) {
		weight := 1 / math.Log(float64(len(r.Row(int(u))))) // u has at least two neighbours where it counts
		for _, v := range r.Row(int(u)) {
			if v == node {
				continue
			}
			if score[v] == nil {
				score[v] = &Likely{Node: v}
			}
			score[v].Common++
			score[v].AdamicAdar += weight
		}
	}
	for _, u := range r.Row(int(node)) {
		delete(score, u)
	}
	out := make([]Likely, 0, len(score))
	for _, l := range score {
		out = append(out, *l)
	}
	slices.SortFunc(out, func(a, b Likely) int {
		return cmp.Or(cmp.Compare(b.AdamicAdar, a.AdamicAdar), cmp.Compare(b.Common, a.Common), cmp.Compare(a.Node, b.Node))
	})
	if limit > 0 && len(out) > limit {
		out = out[:limit]
	}
	return out
}

// Association says how far two names stand together more often than by chance.
type Association struct {
	Both, A, B, All int     // documents that name both, each, and all there are
	PMI             float64 // log2 of how many times more often than by chance (Church, Hanks 1990); 0 as by chance
	// LogLikelihood is how surprising the counts are (Dunning 1993). Above 10.8, chance would bring it in one case of a
	// thousand; with few documents PMI is high easily, and this is not.
	LogLikelihood float64
}

// Associate compares counts. Both is at most A and B, and these at most All.
func Associate(both, a, b, all int) Association {
	x := Association{Both: both, A: a, B: b, All: all}
	if both > 0 && all > 0 {
		x.PMI = math.Log2(float64(both) * float64(all) / float64(a) / float64(b))
	}
	for _, cell := range [4][3]int{{both, a, b}, {a - both, a, all - b}, {b - both, all - a, b}, {all - a - b + both, all - a, all - b}} {
		if cell[0] > 0 {
			seen := float64(cell[0])
			x.LogLikelihood += 2 * seen * math.Log(seen*float64(all)/float64(cell[1])/float64(cell[2]))
		}
	}
	x.LogLikelihood = max(x.LogLikelihood, 0)
	return x
}
