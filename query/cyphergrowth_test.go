package query_test

import (
	"context"
	"iter"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/query"
	"github.com/tupu-kg/tupu/query/engine"
)

// ring is a graph of any number of firms, each named with the next, that takes no memory.
type ring struct {
	*graph.Memory
	n int
}

func (r ring) at(i int) graph.Entity {
	name := "企业" + strconv.Itoa(i%r.n)
	return graph.Entity{ID: graph.ID("enterprise:" + name), Kind: graph.KindEnterprise, Name: name}
}

func (r ring) Entity(id graph.ID) (graph.Entity, error) {
	return graph.Entity{ID: id, Kind: graph.KindEnterprise, Name: string(id[len("enterprise:"):])}, nil
}

func (r ring) Entities(graph.Kind) iter.Seq2[graph.Entity, error] {
	return func(yield func(graph.Entity, error) bool) {
		for i := range r.n {
			if !yield(r.at(i), nil) {
				return
			}
		}
	}
}

func (r ring) Edges(id graph.ID, dir graph.Direction, _ ...graph.EdgeType) iter.Seq2[graph.Edge, error] {
	return func(yield func(graph.Edge, error) bool) {
		if dir == graph.Incoming {
			return
		}
		i, _ := strconv.Atoi(strings.TrimPrefix(string(id), "enterprise:企业"))
		yield(graph.Edge{From: id, Type: graph.CoMentioned, To: r.at(i + 1).ID, Sentences: i}, nil)
	}
}

// heldAtTheEnd is the memory in use when the last row comes.
func heldAtTheEnd(t *testing.T, rows int) int64 {
	t.Helper()
	g := query.NewPropertyGraph(context.Background(), ring{graph.NewMemory(), rows})
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
			held = int64(m.HeapAlloc)
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
	if many > few+(2<<20) {
		t.Errorf("%d KB are held at the end of 10,000 rows, %d KB at the end of 1,000,000", few>>10, many>>10)
	}
	t.Logf("%d KB, %d KB", few>>10, many>>10)
}
