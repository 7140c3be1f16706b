package query

import (
	"context"
	"fmt"
	"slices"

	"github.com/tupu-kg/tupu/graph"
)

// numbered is a Reader whose nodes and edges have numbers, which Cypher runs on.
type numbered interface {
	Reader
	Rows() (*graph.Rows, error)
	NodeID(n uint32) graph.ID
	NodeNumber(id graph.ID) (uint32, bool)              // if there is none of that id, the number of the first after it
	NodeName(n uint32) (string, error)                  // of an entity, or a document's title; empty if it has none
	NodeEntity(n uint32) (graph.Entity, error)          // graph.ErrNotFound if it is none
	NodeDocument(n uint32) (graph.Document, error)      // without text and locators; graph.ErrNotFound if it is none
	EdgeProperties(edge uint32, to *graph.Edge) error   // all but its ends, its type and its evidence
	EdgeEvidence(edge uint32) ([]graph.Evidence, error) // as Evidence, without quotes
	// EdgeReader returns a function that reads what EdgeProperties does, and with evidence what EdgeEvidence does, into the memory of
	// the evidence that is there. It is for one goroutine, and for many edges in ascending order.
	EdgeReader() func(edge uint32, to *graph.Edge, evidence bool) error
	Claims() (*graph.Claims, error)
}

// number numbers the nodes and edges of any Reader: it reads all of it, at once, and keeps it. Edges of which an end is not held are
// left out.
func number(ctx context.Context, r Reader) (numbered, error) {
	if n, ok := r.(numbered); ok {
		return n, nil
	}
	g := &counted{Reader: r, documents: map[uint32]graph.Document{}}
	add := func(id graph.ID) error {
		g.ids = append(g.ids, id)
		if len(g.ids) > 1 && g.ids[len(g.ids)-2] >= id {
			return fmt.Errorf("%s comes after %s: a graph must yield its nodes in ascending order of id", id, g.ids[len(g.ids)-2])
		}
		return ctx.Err()
	}
	for d, err := range r.Documents() {
		if err == nil {
			g.documents[uint32(len(g.ids))] = d
			err = add(d.ID)
		}
		if err != nil {
			return nil, err
		}
	}
	g.first = len(g.ids)
	for e, err := range r.Entities("") {
		if err == nil {
			g.entities = append(g.entities, e)
			err = add(e.ID)
		}
		if err != nil {
			return nil, err
		}
	}
	var err error
	g.rows, err = g.readEdges(ctx)
	return g, err
}

func (g *counted) readEdges(ctx context.Context) (*graph.Rows, error) {
	numbers := make(map[graph.ID]uint32, len(g.ids))
	for n, id := range g.ids {
		numbers[id] = uint32(n)
	}
	var from, to []uint32
	var kinds []uint8
	types := slices.Sorted(slices.Values(graph.EdgeTypes))
	for e, err := range g.AllEdges() {
		if err == nil && len(from)%1024 == 0 {
			err = ctx.Err()
		}
		if err != nil {
			return nil, err
		}
		a, ok := numbers[e.From]
		b, also := numbers[e.To]
		t, known := slices.BinarySearch(types, e.Type)
		if ok && also && known {
			from, to, kinds = append(from, a), append(to, b), append(kinds, uint8(t))
			g.edges = append(g.edges, e)
		}
	}
	return graph.NewRows(len(g.ids), types, from, to, kinds)
}

// counted is a Reader that has been read and numbered.
type counted struct {
	Reader
	ids       []graph.ID // documents, then entities
	first     int        // the number of documents
	documents map[uint32]graph.Document
	entities  []graph.Entity
	edges     []graph.Edge
	rows      *graph.Rows
}

// Rows says how nodes and edges hang together.
func (g *counted) Rows() (*graph.Rows, error) { return g.rows, nil }

// NodeID is the id of a node.
func (g *counted) NodeID(n uint32) graph.ID { return g.ids[n] }

// NodeNumber is the number of a node.
func (g *counted) NodeNumber(id graph.ID) (uint32, bool) {
	n, ok := slices.BinarySearch(g.ids, id)
	return uint32(n), ok
}

// NodeName is the name of a node.
func (g *counted) NodeName(n uint32) (string, error) {
	if int(n) < g.first {
		return g.documents[n].Title, nil
	}
	return g.entities[int(n)-g.first].Name, nil
}

// NodeEntity is the entity of a number.
func (g *counted) NodeEntity(n uint32) (graph.Entity, error) {
	if int(n) < g.first {
		return graph.Entity{}, graph.ErrNotFound
	}
	return g.entities[int(n)-g.first], nil
}

// NodeDocument is the document of a number.
func (g *counted) NodeDocument(n uint32) (graph.Document, error) {
	d, ok := g.documents[n]
	if !ok {
		return d, graph.ErrNotFound
	}
	return d, nil
}

// EdgeProperties reads an edge.
func (g *counted) EdgeProperties(edge uint32, to *graph.Edge) error {
	from, t, other := to.From, to.Type, to.To
	*to = g.edges[edge]
	to.From, to.Type, to.To = from, t, other
	return nil
}

// EdgeEvidence is what an edge stands on.
func (g *counted) EdgeEvidence(edge uint32) ([]graph.Evidence, error) {
	return g.Evidence(g.edges[edge])
}

// EdgeReader reads edges.
func (g *counted) EdgeReader() func(edge uint32, to *graph.Edge, evidence bool) error {
	return func(edge uint32, to *graph.Edge, evidence bool) error {
		if err := g.EdgeProperties(edge, to); err != nil || !evidence {
			to.Evidence = nil
			return err
		}
		var err error
		to.Evidence, err = g.EdgeEvidence(edge)
		return err
	}
}

// Claims are what the edges claim.
func (g *counted) Claims() (*graph.Claims, error) {
	var b graph.ClaimsBuilder
	for n, e := range g.edges {
		var err error
		if e.Evidence, err = g.Evidence(e); err != nil {
			return nil, err
		}
		b.Add(uint32(n), &e, func(id graph.ID) uint32 {
			if n, ok := g.NodeNumber(id); ok {
				return n
			}
			return graph.NoNode
		})
	}
	return b.Claims(), nil
}

// kindSpan is the stretch of numbers of the nodes of a kind, half open.
func kindSpan(g numbered, kind graph.Kind) (from, to uint32) {
	from, _ = g.NodeNumber(graph.ID(kind + ":"))
	to, _ = g.NodeNumber(graph.ID(kind + ";")) // which comes next
	return from, to
}

// numberedEdge reads the edge of a number, without its evidence.
func numberedEdge(g numbered, rows *graph.Rows, n uint32) (graph.Edge, error) {
	e := graph.Edge{From: g.NodeID(rows.From[n]), Type: rows.Types[rows.Type[n]], To: g.NodeID(rows.To[n])}
	return e, g.EdgeProperties(n, &e)
}

// least keeps of many the n least; all of them if n is 0. Of such as are equal it keeps those that came first.
type least[T any] struct {
	n       int
	compare func(x, y T) int
	held    []T
	cut     bool // some were dropped: none is wanted that does not come before held[n-1]
}

func newLeast[T any](n int, compare func(x, y T) int) *least[T] {
	return &least[T]{n: n, compare: compare}
}

// wants reports whether x could still be one of them.
func (l *least[T]) wants(x T) bool { return !l.cut || l.compare(x, l.held[l.n-1]) < 0 }

// add adds one that is wanted.
func (l *least[T]) add(x T) {
	if l.held = append(l.held, x); l.n > 0 && len(l.held) >= 2*l.n+64 {
		slices.SortStableFunc(l.held, l.compare)
		clear(l.held[l.n:])
		l.held, l.cut = l.held[:l.n], true
	}
}

// all returns them, sorted, and whether there were more.
func (l *least[T]) all() ([]T, bool) {
	slices.SortStableFunc(l.held, l.compare)
	if l.n > 0 && len(l.held) > l.n {
		return l.held[:l.n], true
	}
	return l.held, l.cut
}
