package algo

import (
	"errors"
	"fmt"
	"iter"
	"math"
	"slices"

	"github.com/tupu-kg/tupu/graph"
)

// Rows is an undirected graph in compressed rows: the neighbours of node i are Targets[Offsets[i]:Offsets[i+1]], ascending,
// with Weights beside them. There are no loops, and parallel edges are one, with the sum of their weights. As the Out or In
// of Arcs it holds one direction only.
type Rows struct {
	IDs     []graph.ID // ascending; a node's number is its index. Nil for rows made of numbers
	Offsets []uint32   // one more than there are nodes
	Targets []int32
	Weights []float64 // nil if every edge weighs 1
}

// Arcs is a directed graph: the edges that leave each node, and those that enter it.
type Arcs struct {
	Out, In *Rows
}

// Link is one edge for NewRows.
type Link struct {
	From, To graph.ID
	Weight   float64
}

// ErrTooLarge says that a graph has more edges than 32-bit numbers can count.
var ErrTooLarge = errors.New("graph too large for compressed rows: 2^31 edges at most")

// NewRows compresses links. Nodes are the ends of the links; loops are left out. Weights must be positive and finite.
func NewRows(links iter.Seq2[Link, error]) (*Rows, error) {
	number := map[graph.ID]int32{}
	var ids []graph.ID
	of := func(id graph.ID) int32 {
		n, ok := number[id]
		if !ok {
			n = int32(len(ids))
			number[id] = n
			ids = append(ids, id)
		}
		return n
	}
	var from, to []int32
	var weights []float64
	for l, err := range links {
		if err != nil {
			return nil, err
		}
		if !(l.Weight > 0) || math.IsInf(l.Weight, 0) {
			return nil, fmt.Errorf("link %s to %s: weight %g is not a positive number", l.From, l.To, l.Weight)
		}
		if l.From == l.To {
			continue
		}
		from, to, weights = append(from, of(l.From)), append(to, of(l.To)), append(weights, l.Weight)
	}
	sorted, place := inOrder(ids)
	for i := range from {
		from[i], to[i] = place[from[i]], place[to[i]]
	}
	r, err := Undirected(len(ids), from, to, weights)
	if err != nil {
		return nil, err
	}
	r.IDs = sorted
	return r, nil
}

// inOrder sorts ids, and says for each where it went.
func inOrder(ids []graph.ID) (sorted []graph.ID, place []int32) {
	order := make([]int32, len(ids))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int {
		if ids[a] < ids[b] {
			return -1
		}
		return 1
	})
	sorted, place = make([]graph.ID, len(ids)), make([]int32, len(ids))
	for i, o := range order {
		sorted[i], place[o] = ids[o], int32(i)
	}
	return sorted, place
}

// Undirected makes rows of n nodes and the edges from[i] – to[i]. Weights may be nil. It costs time and memory in proportion to
// the edges.
func Undirected(n int, from, to []int32, weights []float64) (*Rows, error) {
	if len(from) > math.MaxInt32 {
		return nil, ErrTooLarge
	}
	r := scatter(n, from, to, weights, true)
	return r.transpose().joined(), nil
}

// Directed makes arcs of n nodes and the edges from[i] → to[i]. Weights may be nil.
func Directed(n int, from, to []int32, weights []float64) (*Arcs, error) {
	if len(from) > math.MaxInt32 {
		return nil, ErrTooLarge
	}
	in := scatter(n, to, from, weights, false)
	out := in.transpose().joined()
	return &Arcs{Out: out, In: out.transpose()}, nil
}

// scatter puts each edge into the row of its first end (and of its second), in the order given. Loops are left out.
func scatter(n int, from, to []int32, weights []float64, both bool) *Rows {
	r := &Rows{Offsets: make([]uint32, n+1)}
	for i, f := range from {
		if t := to[i]; f != t {
			r.Offsets[f+1]++
			if both {
				r.Offsets[t+1]++
			}
		}
	}
	r.add()
	next := slices.Clone(r.Offsets[:n])
	r.Targets = make([]int32, r.Offsets[n])
	if weights != nil {
		r.Weights = make([]float64, r.Offsets[n])
	}
	put := func(f, t int32, i int) {
		at := next[f]
		next[f]++
		r.Targets[at] = t
		if weights != nil {
			r.Weights[at] = weights[i]
		}
	}
	for i, f := range from {
		if t := to[i]; f != t {
			put(f, t, i)
			if both {
				put(t, f, i)
			}
		}
	}
	return r
}

// add turns the lengths of rows, each standing one place late, into offsets.
func (r *Rows) add() {
	for i := 1; i < len(r.Offsets); i++ {
		r.Offsets[i] += r.Offsets[i-1]
	}
}

// transpose returns the rows of the edges turned round. Its rows are ascending, whatever the order in r's rows.
func (r *Rows) transpose() *Rows {
	n := r.Len()
	t := &Rows{IDs: r.IDs, Offsets: make([]uint32, n+1), Targets: make([]int32, len(r.Targets))}
	if r.Weights != nil {
		t.Weights = make([]float64, len(r.Weights))
	}
	for _, to := range r.Targets {
		t.Offsets[to+1]++
	}
	t.add()
	next := slices.Clone(t.Offsets[:n])
	for i := range n {
		for at := r.Offsets[i]; at < r.Offsets[i+1]; at++ {
			to := r.Targets[at]
			t.Targets[next[to]] = int32(i)
			if r.Weights != nil {
				t.Weights[next[to]] = r.Weights[at]
			}
			next[to]++
		}
	}
	return t
}

// joined makes one edge of parallel ones, in place. Without weights they stay without: what is joined then still weighs 1.
func (r *Rows) joined() *Rows {
	at := uint32(0)
	for i := range r.Len() {
		from, to := r.Offsets[i], r.Offsets[i+1]
		r.Offsets[i] = at
		start := at
		for k := from; k < to; k++ {
			if at > start && r.Targets[at-1] == r.Targets[k] {
				if r.Weights != nil {
					r.Weights[at-1] += r.Weights[k]
				}
				continue
			}
			r.Targets[at] = r.Targets[k]
			if r.Weights != nil {
				r.Weights[at] = r.Weights[k]
			}
			at++
		}
	}
	r.Offsets[r.Len()] = at
	r.Targets = r.Targets[:at]
	if r.Weights != nil {
		r.Weights = r.Weights[:at]
	}
	return r
}

// Len is the number of nodes.
func (r *Rows) Len() int { return len(r.Offsets) - 1 }

// Edges is the number of edges of an undirected graph.
func (r *Rows) Edges() int { return len(r.Targets) / 2 }

// Row returns the neighbours of a node.
func (r *Rows) Row(i int) []int32 { return r.Targets[r.Offsets[i]:r.Offsets[i+1]] }

// weights returns the weights of the edges of a node, nil if every edge weighs 1.
func (r *Rows) weights(i int) []float64 {
	if r.Weights == nil {
		return nil
	}
	return r.Weights[r.Offsets[i]:r.Offsets[i+1]]
}

// WeightAt returns the weight of the edge that stands at a place of Targets.
func (r *Rows) WeightAt(at int) float64 {
	if r.Weights == nil {
		return 1
	}
	return r.Weights[at]
}

// Find returns the number of an id, if it is there.
func (r *Rows) Find(id graph.ID) (int, bool) { return slices.BinarySearch(r.IDs, id) }

// byDegree orders nodes by degree, as key says of it and of the largest: node has them in that order, and place is where each went.
// Nodes of one key keep their order.
func byDegree(r *Rows, key func(degree, most int32) int32) (node, place []int32) {
	n := r.Len()
	keys := make([]int32, n)
	most := int32(0)
	for i := range keys {
		keys[i] = int32(r.Offsets[i+1] - r.Offsets[i])
		most = max(most, keys[i])
	}
	order := make([]uint32, n)
	for i := range order {
		order[i] = uint32(i)
		keys[i] = key(keys[i], most)
	}
	order, _ = sortBy(order, keys, int(most)+1)
	node, place = make([]int32, n), keys
	for at, o := range order {
		place[o], node[at] = int32(at), int32(o)
	}
	return node, place
}

// renumbered returns the rows with node[i] as node i. What a row holds keeps its order.
func (r *Rows) renumbered(node, place []int32) *Rows {
	n := r.Len()
	out := &Rows{Offsets: make([]uint32, n+1), Targets: make([]int32, len(r.Targets))}
	if r.Weights != nil {
		out.Weights = make([]float64, len(r.Weights))
	}
	for i, u := range node {
		out.Offsets[i+1] = out.Offsets[i] + r.Offsets[u+1] - r.Offsets[u]
	}
	each(n, func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			to := out.Row(i)
			for k, v := range r.Row(int(node[i])) {
				to[k] = place[v]
			}
			copy(out.weights(i), r.weights(int(node[i])))
		}
	})
	return out
}

// near is how many nodes have numbers of 16 bits.
const near = 1 << 16

// split is rows of nodes in order of degree, those without edges left out. Most edges lead to the first nodes: these neighbours stand
// apart, in half the memory, and what is known of them stays in the processor's cache while they are gone through.
type split struct {
	nearAt, farAt []uint32 // where the rows begin in near and in far, and those of weights
	near          []uint16
	far           []int32
	nearWeights   []float64 // nil if every edge weighs 1
	farWeights    []float64
	cuts          []int32
}

// split returns the rows with node[i] as node i, the nodes without edges last.
func (r *Rows) split(node, place []int32) *split {
	n := len(node)
	for n > 0 && r.Offsets[node[n-1]] == r.Offsets[node[n-1]+1] {
		n--
	}
	s := &split{nearAt: make([]uint32, n+1), farAt: make([]uint32, n+1)}
	each(n, func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			for _, v := range r.Row(int(node[i])) {
				if place[v] < near {
					s.nearAt[i+1]++
				} else {
					s.farAt[i+1]++
				}
			}
		}
	})
	for i := range n {
		s.nearAt[i+1] += s.nearAt[i]
		s.farAt[i+1] += s.farAt[i]
	}
	s.near, s.far = make([]uint16, s.nearAt[n]), make([]int32, s.farAt[n])
	if r.Weights != nil {
		s.nearWeights, s.farWeights = make([]float64, s.nearAt[n]), make([]float64, s.farAt[n])
	}
	each(n, func(_, lo, hi int) {
		a, b := s.nearAt[lo], s.farAt[lo]
		for i := lo; i < hi; i++ {
			from := int(r.Offsets[node[i]])
			for k, v := range r.Row(int(node[i])) {
				if to := place[v]; to < near {
					s.near[a] = uint16(to)
					if r.Weights != nil {
						s.nearWeights[a] = r.Weights[from+k]
					}
					a++
				} else {
					s.far[b] = to
					if r.Weights != nil {
						s.farWeights[b] = r.Weights[from+k]
					}
					b++
				}
			}
		}
	})
	s.cuts = stretches(n, func(i int) uint32 { return s.nearAt[i] + s.farAt[i] })
	return s
}

// Len is the number of nodes with edges.
func (s *split) Len() int { return len(s.nearAt) - 1 }

// parts is the number of stretches of nodes for which gather calls.
func (s *split) parts() int { return len(s.cuts) - 1 }

// gather adds for each node what its neighbours hold, in proportion to the weights, and calls then for each stretch that is done.
func (s *split) gather(of, to []float64, then func(p, lo, hi int)) {
	first := of[:min(near, len(of))]
	many(s.parts(), func(_, p int) {
		for i := s.cuts[p]; i < s.cuts[p+1]; i++ {
			from, end := s.nearAt[i], s.nearAt[i+1]
			if s.nearWeights == nil {
				to[i] = total(s.near[from:end], first)
			} else {
				to[i] = weighed(s.near[from:end], s.nearWeights[from:end], first)
			}
		}
	})
	many(s.parts(), func(_, p int) {
		for i := s.cuts[p]; i < s.cuts[p+1]; i++ {
			from, end := s.farAt[i], s.farAt[i+1]
			if s.farWeights == nil {
				to[i] += total(s.far[from:end], of)
			} else {
				to[i] += weighed(s.far[from:end], s.farWeights[from:end], of)
			}
		}
		then(p, int(s.cuts[p]), int(s.cuts[p+1]))
	})
}

// stretches cuts n nodes into stretches that cost about the same to go through with their edges, of which there are at(i) before
// those of node i.
func stretches(n int, at func(i int) uint32) []int32 {
	const nodes, edges = piece, 1 << 16
	cuts := []int32{0}
	for i := 0; i < n; {
		from := i
		for i++; i < n && i-from < nodes && at(i+1)-at(from) <= edges; i++ {
		}
		cuts = append(cuts, int32(i))
	}
	return cuts
}
