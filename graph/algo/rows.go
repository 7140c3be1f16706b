package algo

import (
	"cmp"
	"fmt"
	"iter"
	"slices"

	"github.com/tupu-kg/tupu/graph"
	gonum "gonum.org/v1/gonum/graph"
	"gonum.org/v1/gonum/graph/iterator"
)

// Rows is an undirected, weighted graph of at most 2^31 nodes in compressed rows: the neighbours of node i are
// Targets[Offsets[i]:Offsets[i+1]], ascending, with Weights beside them. Parallel edges are one, with the sum of weights.
type Rows struct {
	IDs     []graph.ID // ascending; a node's number is its index
	Offsets []int
	Targets []int32
	Weights []float64
}

// Link is one edge for NewRows.
type Link struct {
	From, To graph.ID
	Weight   float64
}

// NewRows compresses links. Nodes are the ends of the links; loops are left out. It costs memory for every link twice and a
// sort of them.
func NewRows(links iter.Seq2[Link, error]) (*Rows, error) {
	type half struct {
		from, to int32
		weight   float64
	}
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
	var halves []half
	for l, err := range links {
		if err != nil {
			return nil, err
		}
		if l.Weight <= 0 {
			return nil, fmt.Errorf("link %s to %s: weight %g is not positive", l.From, l.To, l.Weight)
		}
		if l.From == l.To {
			continue
		}
		from, to := of(l.From), of(l.To)
		halves = append(halves, half{from, to, l.Weight}, half{to, from, l.Weight})
	}
	r := &Rows{IDs: slices.Sorted(slices.Values(ids)), Offsets: make([]int, len(ids)+1)}
	place := make([]int32, len(ids))
	for i, id := range r.IDs {
		place[number[id]] = int32(i)
	}
	for i := range halves {
		halves[i].from, halves[i].to = place[halves[i].from], place[halves[i].to]
	}
	slices.SortStableFunc(halves, func(a, b half) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to)) })
	last := half{from: -1}
	for _, h := range halves {
		if h.from == last.from && h.to == last.to {
			r.Weights[len(r.Weights)-1] += h.weight
			continue
		}
		r.Targets = append(r.Targets, h.to)
		r.Weights = append(r.Weights, h.weight)
		r.Offsets[h.from+1] = len(r.Targets)
		last = h
	}
	for i := 1; i < len(r.Offsets); i++ {
		r.Offsets[i] = max(r.Offsets[i], r.Offsets[i-1])
	}
	return r, nil
}

// Len is the number of nodes.
func (r *Rows) Len() int { return len(r.IDs) }

// Row returns the neighbours of a node and the weights of the edges to them.
func (r *Rows) Row(i int) ([]int32, []float64) {
	from, to := r.Offsets[i], r.Offsets[i+1]
	return r.Targets[from:to], r.Weights[from:to]
}

// The following methods make Rows a gonum graph. A gonum id is the node's number.
var (
	_ gonum.Undirected         = (*Rows)(nil)
	_ gonum.WeightedUndirected = (*Rows)(nil)
)

type node int64

// ID is the node's number.
func (n node) ID() int64 { return int64(n) }

type edge struct {
	from, to node
	weight   float64
}

func (e edge) From() gonum.Node         { return e.from }
func (e edge) To() gonum.Node           { return e.to }
func (e edge) ReversedEdge() gonum.Edge { return edge{e.to, e.from, e.weight} }
func (e edge) Weight() float64          { return e.weight }

// Node returns the node of a number, nil if there is none.
func (r *Rows) Node(id int64) gonum.Node {
	if id < 0 || id >= int64(len(r.IDs)) {
		return nil
	}
	return node(id)
}

// Nodes returns all nodes, ascending.
func (r *Rows) Nodes() gonum.Nodes {
	all := make([]gonum.Node, len(r.IDs))
	for i := range all {
		all[i] = node(i)
	}
	return iterator.NewOrderedNodes(all)
}

// From returns a node's neighbours, ascending.
func (r *Rows) From(id int64) gonum.Nodes {
	if r.Node(id) == nil {
		return gonum.Empty
	}
	targets, _ := r.Row(int(id))
	all := make([]gonum.Node, len(targets))
	for i, t := range targets {
		all[i] = node(t)
	}
	return iterator.NewOrderedNodes(all)
}

func (r *Rows) find(x, y int64) (int, bool) {
	if r.Node(x) == nil || r.Node(y) == nil {
		return 0, false
	}
	targets, _ := r.Row(int(x))
	i, ok := slices.BinarySearch(targets, int32(y))
	return r.Offsets[x] + i, ok
}

// HasEdgeBetween reports whether two nodes are neighbours.
func (r *Rows) HasEdgeBetween(x, y int64) bool { _, ok := r.find(x, y); return ok }

// Edge returns the edge between two nodes, nil if there is none.
func (r *Rows) Edge(u, v int64) gonum.Edge {
	if e := r.WeightedEdge(u, v); e != nil {
		return e
	}
	return nil
}

// EdgeBetween is Edge.
func (r *Rows) EdgeBetween(x, y int64) gonum.Edge { return r.Edge(x, y) }

// WeightedEdge returns the edge between two nodes with its weight, nil if there is none.
func (r *Rows) WeightedEdge(u, v int64) gonum.WeightedEdge {
	i, ok := r.find(u, v)
	if !ok {
		return nil
	}
	return edge{node(u), node(v), r.Weights[i]}
}

// WeightedEdgeBetween is WeightedEdge.
func (r *Rows) WeightedEdgeBetween(x, y int64) gonum.WeightedEdge { return r.WeightedEdge(x, y) }

// Weight returns the weight of the edge between two nodes, and whether there is one.
func (r *Rows) Weight(x, y int64) (float64, bool) {
	if x == y {
		return 0, true
	}
	i, ok := r.find(x, y)
	if !ok {
		return 0, false
	}
	return r.Weights[i], true
}
