package algo

import (
	"slices"

	gonum "gonum.org/v1/gonum/graph"
	"gonum.org/v1/gonum/graph/iterator"
)

// Rows, Arcs and Snapshot are gonum graphs. A gonum id is the node's number.
var (
	_ gonum.Undirected         = (*Rows)(nil)
	_ gonum.WeightedUndirected = (*Rows)(nil)
	_ gonum.Directed           = (*Arcs)(nil)
	_ gonum.WeightedDirected   = (*Arcs)(nil)
	_ gonum.Directed           = (*Snapshot)(nil)
)

type node int64

// ID is the node's number.
func (n node) ID() int64 { return int64(n) }

type edge struct {
	from, to node
	weight   float64
}

// From, To, ReversedEdge and Weight are gonum's WeightedEdge.
func (e edge) From() gonum.Node         { return e.from }
func (e edge) To() gonum.Node           { return e.to }
func (e edge) ReversedEdge() gonum.Edge { return edge{e.to, e.from, e.weight} }
func (e edge) Weight() float64          { return e.weight }

func nodeOf(id int64, n int) gonum.Node {
	if id < 0 || id >= int64(n) {
		return nil
	}
	return node(id)
}

func nodesTo(n int) gonum.Nodes {
	all := make([]gonum.Node, n)
	for i := range all {
		all[i] = node(i)
	}
	return iterator.NewOrderedNodes(all)
}

func nodesOf(numbers []int32) gonum.Nodes {
	all := make([]gonum.Node, len(numbers))
	for i, t := range numbers {
		all[i] = node(t)
	}
	return iterator.NewOrderedNodes(all)
}

// Node returns the node of a number, nil if there is none.
func (r *Rows) Node(id int64) gonum.Node { return nodeOf(id, r.Len()) }

// Nodes returns all nodes, ascending.
func (r *Rows) Nodes() gonum.Nodes { return nodesTo(r.Len()) }

// From returns a node's neighbours, ascending.
func (r *Rows) From(id int64) gonum.Nodes {
	if r.Node(id) == nil {
		return gonum.Empty
	}
	return nodesOf(r.Row(int(id)))
}

// at returns the place in Targets of the edge from x to y.
func (r *Rows) at(x, y int64) (int, bool) {
	if r.Node(x) == nil || r.Node(y) == nil {
		return 0, false
	}
	i, ok := slices.BinarySearch(r.Row(int(x)), int32(y))
	return int(r.Offsets[x]) + i, ok
}

// HasEdgeBetween reports whether two nodes are neighbours.
func (r *Rows) HasEdgeBetween(x, y int64) bool { _, ok := r.at(x, y); return ok }

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
	at, ok := r.at(u, v)
	if !ok {
		return nil
	}
	return edge{node(u), node(v), r.WeightAt(at)}
}

// WeightedEdgeBetween is WeightedEdge.
func (r *Rows) WeightedEdgeBetween(x, y int64) gonum.WeightedEdge { return r.WeightedEdge(x, y) }

// Weight returns the weight of the edge between two nodes, and whether there is one.
func (r *Rows) Weight(x, y int64) (float64, bool) {
	if x == y {
		return 0, true
	}
	at, ok := r.at(x, y)
	if !ok {
		return 0, false
	}
	return r.WeightAt(at), true
}

// Node returns the node of a number, nil if there is none.
func (a *Arcs) Node(id int64) gonum.Node { return a.Out.Node(id) }

// Nodes returns all nodes, ascending.
func (a *Arcs) Nodes() gonum.Nodes { return a.Out.Nodes() }

// From returns the nodes that edges lead to from a node, ascending.
func (a *Arcs) From(id int64) gonum.Nodes { return a.Out.From(id) }

// To returns the nodes from which edges lead to a node, ascending.
func (a *Arcs) To(id int64) gonum.Nodes { return a.In.From(id) }

// HasEdgeFromTo reports whether an edge leads from one node to another.
func (a *Arcs) HasEdgeFromTo(u, v int64) bool { return a.Out.HasEdgeBetween(u, v) }

// HasEdgeBetween reports whether an edge joins two nodes, in either direction.
func (a *Arcs) HasEdgeBetween(x, y int64) bool {
	return a.Out.HasEdgeBetween(x, y) || a.Out.HasEdgeBetween(y, x)
}

// Edge returns the edge from one node to another, nil if there is none.
func (a *Arcs) Edge(u, v int64) gonum.Edge { return a.Out.Edge(u, v) }

// WeightedEdge returns the edge from one node to another with its weight, nil if there is none.
func (a *Arcs) WeightedEdge(u, v int64) gonum.WeightedEdge { return a.Out.WeightedEdge(u, v) }

// Weight returns the weight of the edge from one node to another, and whether there is one.
func (a *Arcs) Weight(x, y int64) (float64, bool) { return a.Out.Weight(x, y) }

// Node returns the node of a number, nil if there is none.
func (s *Snapshot) Node(id int64) gonum.Node { return nodeOf(id, len(s.IDs)) }

// Nodes returns all nodes, ascending.
func (s *Snapshot) Nodes() gonum.Nodes { return nodesTo(len(s.IDs)) }

// From returns the nodes that edges of any type lead to from a node, ascending, each once.
func (s *Snapshot) From(id int64) gonum.Nodes {
	if s.Node(id) == nil {
		return gonum.Empty
	}
	return nodesOf(slices.Compact(slices.Clone(s.Targets[s.Offsets[id]:s.Offsets[id+1]])))
}

// To returns the nodes from which edges of any type lead to a node, ascending, each once.
func (s *Snapshot) To(id int64) gonum.Nodes {
	if s.Node(id) == nil {
		return gonum.Empty
	}
	return nodesOf(slices.Compact(slices.Clone(s.Sources[s.InOffsets[id]:s.InOffsets[id+1]])))
}

// HasEdgeFromTo reports whether an edge of any type leads from one node to another.
func (s *Snapshot) HasEdgeFromTo(u, v int64) bool {
	if s.Node(u) == nil || s.Node(v) == nil {
		return false
	}
	_, ok := slices.BinarySearch(s.Targets[s.Offsets[u]:s.Offsets[u+1]], int32(v))
	return ok
}

// HasEdgeBetween reports whether an edge of any type joins two nodes, in either direction.
func (s *Snapshot) HasEdgeBetween(x, y int64) bool {
	return s.HasEdgeFromTo(x, y) || s.HasEdgeFromTo(y, x)
}

// Edge returns an edge from one node to another that stands for all types, nil if there is none.
func (s *Snapshot) Edge(u, v int64) gonum.Edge {
	if !s.HasEdgeFromTo(u, v) {
		return nil
	}
	return edge{node(u), node(v), 1}
}
