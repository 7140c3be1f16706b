package query_test

import (
	"context"
	"fmt"
	"runtime"
	"sort"
	"testing"

	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/query"
	"github.com/tupu-kg/tupu/query/engine"
)

// ring is a graph of any number of firms, each named with the next, of which only the rows take memory.
type ring struct {
	*graph.Memory
	rows *graph.Rows
}

func newRing(n int) ring {
	from, to := make([]uint32, n), make([]uint32, n)
	for i := range from {
		from[i], to[i] = uint32(i), uint32((i+1)%n)
	}
	rows, err := graph.NewRows(n, []graph.EdgeType{graph.CoMentioned}, from, to, make([]uint8, n))
	if err != nil {
		panic(err)
	}
	return ring{graph.NewMemory(), rows}
}

func (r ring) Rows() (*graph.Rows, error) { return r.rows, nil }

func (r ring) NodeID(n uint32) graph.ID { return graph.ID(fmt.Sprintf("enterprise:企业%08d", n)) }

func (r ring) NodeNumber(id graph.ID) (uint32, bool) {
	n := sort.Search(r.rows.Nodes(), func(i int) bool { return r.NodeID(uint32(i)) >= id })
	return uint32(n), n < r.rows.Nodes() && r.NodeID(uint32(n)) == id
}

func (r ring) NodeName(n uint32) (string, error) { return r.NodeID(n).Name(), nil }

func (r ring) NodeEntity(n uint32) (graph.Entity, error) {
	return graph.Entity{ID: r.NodeID(n), Kind: graph.KindEnterprise, Name: r.NodeID(n).Name()}, nil
}

func (r ring) NodeDocument(uint32) (graph.Document, error) {
	return graph.Document{}, graph.ErrNotFound
}

func (r ring) EdgeProperties(edge uint32, to *graph.Edge) error {
	to.Sentences = int(edge)
	return nil
}

func (r ring) EdgeEvidence(uint32) ([]graph.Evidence, error) { return nil, nil }

func (r ring) EdgeReader() func(edge uint32, to *graph.Edge, evidence bool) error {
	return func(edge uint32, to *graph.Edge, _ bool) error { return r.EdgeProperties(edge, to) }
}

func (r ring) Claims() (*graph.Claims, error) { return &graph.Claims{}, nil }

// heldAtTheEnd is the memory in use when the last row comes.
func heldAtTheEnd(t *testing.T, rows int) int64 {
	t.Helper()
	g := shown(t, newRing(rows))
	var before runtime.MemStats
	runtime.GC() // what making the graph left would hide what the rows hold
	runtime.ReadMemStats(&before)
	plan, err := query.Cypher(g, "MATCH (a:Enterprise)-[r]->(b) WHERE b.name <> 'x' RETURN a, r, r.sentences, b.name", query.CypherOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var held int64
	n := 0
	err = plan.Run(context.Background(), func([]engine.Value) bool {
		if n++; n == rows {
			runtime.GC()
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			held = int64(m.HeapAlloc) - int64(before.HeapAlloc)
		}
		return true
	})
	if err != nil || n != rows {
		t.Fatalf("%d rows of %d: %v", n, rows, err)
	}
	return held
}

// TestStreamsHoldNoRows: what a streamed result holds does not grow with its rows.
func TestStreamsHoldNoRows(t *testing.T) {
	few, many := heldAtTheEnd(t, 10_000), heldAtTheEnd(t, 1_000_000)
	if many > few+(256<<10) {
		t.Errorf("%d KB are held at the end of 10,000 rows, %d KB at the end of 1,000,000", few>>10, many>>10)
	}
	t.Logf("%d KB, %d KB", few>>10, many>>10)
}
