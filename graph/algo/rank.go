package algo

import "math"

// Degree returns the number of neighbours of each node.
func Degree(r *Rows) []float64 {
	out := make([]float64, r.Len())
	for i := range out {
		out[i] = float64(r.Offsets[i+1] - r.Offsets[i])
	}
	return out
}

// Strength returns the sum of the weights of the edges of each node (weighted degree).
func Strength(r *Rows) []float64 {
	if r.Weights == nil {
		return Degree(r)
	}
	out := make([]float64, r.Len())
	each(len(out), func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			for _, w := range r.weights(i) {
				out[i] += w
			}
		}
	})
	return out
}

// maxSteps bounds power iterations. PageRank with a damping of 0.85 is far below any tolerance by then.
const maxSteps = 1000

// Walk says how PageRank walks.
type Walk struct {
	Damping   float64   // share of steps that follow an edge; 0.85 if 0
	Tolerance float64   // the sum of changes below which a step is the last; 1e-12 if 0
	Start     []float64 // where a step that follows no edge leads (personalised); everywhere alike if nil. Only proportions count

	Stop func() bool // asked before each step: the ranks as they are then are returned; never if nil
}

// PageRank returns the PageRank of each node (Page, Brin, Motwani, Winograd 1999), a walk following edges in proportion to
// their weights. Nodes without edges hand on as other steps do that follow no edge.
//
// Without directions the ranks solve a symmetric positive definite system, (D - damping·A) z = (1-damping)·start with ranks D·z for
// the weights A and the strengths D (Del Corso, Gullì, Romani 2005 for the system, Hestenes, Stiefel 1952 for conjugate gradients, here
// with D as preconditioner), which takes a third of the steps of a power iteration. Its residual is what a step of the walk would
// change, so that the tolerance means the same. A step costs the edges.
//
// Nodes are taken in order of degree: most edges then lead to a few nodes whose values lie together, in the processor's cache.
func PageRank(r *Rows, w Walk) []float64 {
	n := r.Len()
	node, place := byDegree(r, func(degree, most int32) int32 { return most - degree })
	rows := r.split(node, place)
	damping, tolerance := w.terms()
	jump := proportions(w.Start, n)
	if w.Start != nil {
		jump = permuted(jump, node)
	}
	linked := rows.Len() // the others have no edges and come after them
	// Nodes without edges pass what they have on to everybody: all ranks are larger by a factor, which the sum of 1 tells.
	held := make([]float64, pieces(n))
	each(n, func(p, lo, hi int) {
		for i := lo; i < hi; i++ {
			if i < linked {
				held[p] += jump[i]
			} else {
				held[p] += (1 - damping) * jump[i]
			}
		}
	})
	factor := 1.0
	if total := sum(held); total > 0 {
		factor = (1 - damping) / total
	}
	strength, inverse := permuted(Strength(r), node[:linked]), make([]float64, linked)
	z, left, way, across := make([]float64, linked), make([]float64, linked), make([]float64, linked), make([]float64, linked) // z is the rank by strength
	dots, change := make([]float64, pieces(linked)), make([]float64, pieces(linked))
	each(linked, func(p, lo, hi int) {
		for i := lo; i < hi; i++ {
			inverse[i] = 1 / strength[i]
			left[i] = factor * jump[i]
			way[i] = left[i] * inverse[i]
			dots[p] += left[i] * way[i]
		}
	})
	square := sum(dots)
	steep := make([]float64, rows.parts())
	for range maxSteps {
		if square == 0 || w.Stop != nil && w.Stop() {
			break
		}
		rows.gather(way, across, func(p, lo, hi int) {
			steep[p] = 0
			for i := lo; i < hi; i++ {
				across[i] = strength[i]*way[i] - damping*across[i]
				steep[p] += way[i] * across[i]
			}
		})
		step := square / sum(steep)
		each(linked, func(p, lo, hi int) {
			dots[p], change[p] = 0, 0
			for i := lo; i < hi; i++ {
				z[i] += step * way[i]
				left[i] -= step * across[i]
				change[p] += math.Abs(left[i])
				dots[p] += left[i] * left[i] * inverse[i]
			}
		})
		if sum(change) < tolerance {
			break
		}
		next := sum(dots)
		turn := next / square
		square = next
		each(linked, func(_, lo, hi int) {
			for i := lo; i < hi; i++ {
				way[i] = left[i]*inverse[i] + turn*way[i]
			}
		})
	}
	rank := make([]float64, n)
	for i, u := range node {
		if i < linked {
			rank[u] = z[i] * strength[i]
		} else {
			rank[u] = factor * jump[i]
		}
	}
	return rank
}

// terms are the damping and the tolerance, or the usual ones.
func (w Walk) terms() (damping, tolerance float64) {
	damping, tolerance = w.Damping, w.Tolerance
	if damping == 0 {
		damping = 0.85
	}
	if tolerance == 0 {
		tolerance = 1e-12
	}
	return damping, tolerance
}

// PageRankOf is PageRank along the direction of the edges, by power iteration.
func PageRankOf(a *Arcs, w Walk) []float64 { return walk(a.In, Strength(a.Out), w) }

func walk(in *Rows, strength []float64, w Walk) []float64 {
	n := in.Len()
	if n == 0 {
		return nil
	}
	damping, tolerance := w.terms()
	jump := proportions(w.Start, n)
	now, share, next := make([]float64, n), make([]float64, n), make([]float64, n)
	lost, change := make([]float64, pieces(n)), make([]float64, pieces(n))
	hand := func(p, i int, rank float64, share []float64) {
		now[i] = rank
		if strength[i] > 0 {
			share[i] = rank / strength[i]
		} else {
			share[i] = 0
			lost[p] += rank
		}
	}
	each(n, func(p, lo, hi int) {
		for i := lo; i < hi; i++ {
			hand(p, i, jump[i], share)
		}
	})
	for range maxSteps {
		if w.Stop != nil && w.Stop() {
			break
		}
		base := 1 - damping + damping*sum(lost)
		each(n, func(p, lo, hi int) {
			lost[p], change[p] = 0, 0
			for i := lo; i < hi; i++ {
				rank := base*jump[i] + damping*gather(in, i, share)
				change[p] += math.Abs(rank - now[i])
				hand(p, i, rank, next)
			}
		})
		share, next = next, share
		if sum(change) < tolerance {
			break
		}
	}
	return now
}

// proportions makes shares of 1 of what is there, equal ones of nothing.
func proportions(of []float64, n int) []float64 {
	out := make([]float64, n)
	total := sum(of)
	for i := range out {
		if total > 0 {
			out[i] = of[i] / total
		} else {
			out[i] = 1 / float64(n)
		}
	}
	return out
}

// gather adds what the neighbours of a node hold, in proportion to the weights.
func gather(r *Rows, i int, of []float64) float64 {
	if r.Weights == nil {
		return total(r.Row(i), of)
	}
	return weighed(r.Row(i), r.weights(i), of)
}

// total adds the values of some nodes.
func total[N uint16 | int32](nodes []N, of []float64) float64 {
	// Two sums hide the time that an addition takes.
	a, b := 0.0, 0.0
	for len(nodes) >= 4 {
		a += of[nodes[0]]
		b += of[nodes[1]]
		a += of[nodes[2]]
		b += of[nodes[3]]
		nodes = nodes[4:]
	}
	for _, i := range nodes {
		a += of[i]
	}
	return a + b
}

// weighed adds the values of some nodes in proportion to weights.
func weighed[N uint16 | int32](nodes []N, weights, of []float64) float64 {
	weights = weights[:len(nodes)]
	total := 0.0
	for k, i := range nodes {
		total += of[i] * weights[k]
	}
	return total
}

// Eigenvector returns the eigenvector centrality of each node (Bonacich 1972), of length 1, by power iteration on the matrix
// plus the identity (which keeps graphs in two parts from swinging), and whether it came to rest within tolerance. Of several
// components only that with the largest eigenvalue keeps weight.
func Eigenvector(r *Rows, tolerance float64) (scores []float64, rest bool) {
	n := r.Len()
	now, next := make([]float64, n), make([]float64, n)
	for i := range now {
		now[i] = 1 / math.Sqrt(float64(n))
	}
	squares, change := make([]float64, pieces(n)), make([]float64, pieces(n))
	for range maxSteps {
		each(n, func(p, lo, hi int) {
			squares[p] = 0
			for i := lo; i < hi; i++ {
				next[i] = now[i] + gather(r, i, now)
				squares[p] += next[i] * next[i]
			}
		})
		scale(next, now, 1/math.Sqrt(sum(squares)), change)
		now, next = next, now
		if sum(change) < tolerance {
			return now, true
		}
	}
	return now, n == 0
}

// scale multiplies values by a factor and says for each piece how far they are from what was before.
func scale(values, before []float64, factor float64, change []float64) {
	each(len(values), func(p, lo, hi int) {
		change[p] = 0
		for i := lo; i < hi; i++ {
			values[i] *= factor
			change[p] += math.Abs(values[i] - before[i])
		}
	})
}

// HITS returns how good a hub (pointing to authorities) and how good an authority (pointed to by hubs) each node is (Kleinberg
// 1999), each list of length 1, and whether they came to rest within tolerance.
func HITS(a *Arcs, tolerance float64) (hubs, authorities []float64, rest bool) {
	n := a.Out.Len()
	hubs, authorities = make([]float64, n), make([]float64, n)
	before := make([]float64, n)
	for i := range hubs {
		hubs[i] = 1 / math.Sqrt(float64(n))
	}
	squares, change := make([]float64, pieces(n)), make([]float64, pieces(n))
	half := func(rows *Rows, from, to []float64) float64 {
		copy(before, to)
		each(n, func(p, lo, hi int) {
			squares[p] = 0
			for i := lo; i < hi; i++ {
				to[i] = gather(rows, i, from)
				squares[p] += to[i] * to[i]
			}
		})
		norm := sum(squares)
		if norm > 0 {
			norm = 1 / math.Sqrt(norm)
		}
		scale(to, before, norm, change)
		return sum(change)
	}
	for range maxSteps {
		moved := half(a.In, hubs, authorities)
		moved += half(a.Out, authorities, hubs)
		if moved < tolerance {
			return hubs, authorities, true
		}
	}
	return hubs, authorities, n == 0
}
