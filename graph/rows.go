package graph

import (
	"fmt"
	"math"
	"slices"
)

// Rows says how the nodes and edges of a graph hang together, by numbers: nodes are numbered in ascending order of id, edges in
// ascending order of key. So the edges that leave a node stand together, by type, then by the node that they enter. It costs 18
// bytes an edge.
type Rows struct {
	Types   []EdgeType // ascending
	Leaving []uint32   // the edges that leave node n are those from Leaving[n] up to Leaving[n+1]
	From    []uint32   // of each edge
	To      []uint32
	Type    []uint8 // index into Types

	Entered       []uint32 // the edges that enter node n stand from Entered[n] up to Entered[n+1] in Entering, by type, then number
	Entering      []uint32
	EnteringTypes []uint8
}

// MaxRows bounds the nodes and the edges that Rows can number.
const MaxRows = math.MaxInt32

// NewRows makes rows of edges in ascending order of key.
func NewRows(nodes int, types []EdgeType, from, to []uint32, edgeTypes []uint8) (*Rows, error) {
	if nodes > MaxRows || len(from) > MaxRows {
		return nil, fmt.Errorf("%d nodes and %d edges: more than the %d that can be numbered", nodes, len(from), MaxRows)
	}
	r := &Rows{Types: types, From: from, To: to, Type: edgeTypes}
	r.Leaving = starts(nodes, from)
	// Two stable passes, by type and then by node, are as good as one that compares.
	byType := make([]uint32, len(types)+1)
	for _, t := range edgeTypes {
		byType[t+1]++
	}
	for t := range types {
		byType[t+1] += byType[t]
	}
	order := make([]uint32, len(from))
	for e, t := range edgeTypes {
		order[byType[t]] = uint32(e)
		byType[t]++
	}
	r.Entered = starts(nodes, to)
	next := slices.Clone(r.Entered)
	r.Entering, r.EnteringTypes = make([]uint32, len(from)), make([]uint8, len(from))
	for _, e := range order {
		at := next[to[e]]
		next[to[e]]++
		r.Entering[at], r.EnteringTypes[at] = e, edgeTypes[e]
	}
	return r, nil
}

// starts says where the edges of each node begin when they are sorted by it.
func starts(nodes int, of []uint32) []uint32 {
	out := make([]uint32, nodes+1)
	for _, n := range of {
		out[n+1]++
	}
	for n := range nodes {
		out[n+1] += out[n]
	}
	return out
}

// Nodes is the number of nodes.
func (r *Rows) Nodes() int { return len(r.Leaving) - 1 }

// Edges is the number of edges.
func (r *Rows) Edges() int { return len(r.To) }

// Counts are the numbers of edges by type.
func (r *Rows) Counts() []int {
	out := make([]int, math.MaxUint8+1)
	for _, t := range r.Type {
		out[t]++
	}
	return out[:len(r.Types)]
}

// TypeNumber is the index of a type in Types, or negative if no edge has it.
func (r *Rows) TypeNumber(t EdgeType) int {
	if i, ok := slices.BinarySearch(r.Types, t); ok {
		return i
	}
	return -1
}

// LeavingOf says between which numbers the edges of a type (an index into Types) lie that leave a node.
func (r *Rows) LeavingOf(node uint32, t int) (from, to uint32) {
	return span(r.Type, r.Leaving[node], r.Leaving[node+1], t)
}

// EnteringOf says between which places of Entering the edges of a type (an index into Types) lie that enter a node.
func (r *Rows) EnteringOf(node uint32, t int) (from, to uint32) {
	return span(r.EnteringTypes, r.Entered[node], r.Entered[node+1], t)
}

// span is where a type stands among those of a row.
func span(types []uint8, from, to uint32, t int) (lo, hi uint32) {
	if t < 0 || from >= to {
		return from, from
	}
	row, want := types[from:to], uint8(t)
	if row[0] == want && row[len(row)-1] == want { // of one type, as often
		return from, to
	}
	at, _ := slices.BinarySearch(row, want)
	end := at
	if len(row)-at > 16 {
		end = len(row)
		if want < math.MaxUint8 {
			end, _ = slices.BinarySearch(row, want+1)
		}
	} else {
		for end < len(row) && row[end] == want {
			end++
		}
	}
	return from + uint32(at), from + uint32(end)
}

// Check reports rows that do not fit each other, as those of a damaged file.
func (r *Rows) Check() error {
	nodes, edges := len(r.Leaving)-1, len(r.To)
	for _, l := range [...]int{len(r.From), len(r.Type), len(r.Entering), len(r.EnteringTypes)} {
		if l != edges {
			return fmt.Errorf("%d edges, but %d values", edges, l)
		}
	}
	if nodes < 0 || len(r.Entered) != nodes+1 || !slices.IsSorted(r.Types) {
		return fmt.Errorf("%d nodes with edges that leave them, %d with edges that enter", nodes, len(r.Entered)-1)
	}
	for _, starts := range [][]uint32{r.Leaving, r.Entered} {
		if !slices.IsSorted(starts) || starts[0] != 0 || int(starts[nodes]) != edges {
			return fmt.Errorf("the edges of the nodes are not all edges")
		}
	}
	for n := range uint32(nodes) {
		for e := r.Leaving[n]; e < r.Leaving[n+1]; e++ {
			if r.From[e] != n || int(r.To[e]) >= nodes || int(r.Type[e]) >= len(r.Types) {
				return fmt.Errorf("edge %d does not leave node %d", e, n)
			}
			if e > r.Leaving[n] && (r.Type[e-1] > r.Type[e] || r.Type[e-1] == r.Type[e] && r.To[e-1] > r.To[e]) {
				return fmt.Errorf("edge %d is out of order", e)
			}
		}
		for i := r.Entered[n]; i < r.Entered[n+1]; i++ {
			e := r.Entering[i]
			if int(e) >= edges || r.To[e] != n || r.Type[e] != r.EnteringTypes[i] {
				return fmt.Errorf("edge %d does not enter node %d", e, n)
			}
			if i > r.Entered[n] && (r.EnteringTypes[i-1] > r.EnteringTypes[i] || r.EnteringTypes[i-1] == r.EnteringTypes[i] && r.Entering[i-1] >= e) {
				return fmt.Errorf("edge %d enters out of order", e)
			}
		}
	}
	return nil
}
