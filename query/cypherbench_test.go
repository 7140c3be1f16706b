package query_test

import (
	"context"
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/query"
	"github.com/tupu-kg/tupu/query/engine"
)

// generated is a knowledge graph of any size, made by a fixed rule: firms and places, the places they appear in, and whom they are
// named with. Few of them have many edges, as in reports.
type generated struct {
	*graph.Memory
	firms, places int
	edges         []graph.Edge
}

func firmID(i int) graph.ID  { return graph.ID(fmt.Sprintf("enterprise:企业%06d", i)) }
func placeID(i int) graph.ID { return graph.ID(fmt.Sprintf("place:地区%04d", i)) }

func generate(nodes, edges int) *generated {
	g := &generated{firms: nodes * 97 / 100, places: nodes * 3 / 100}
	rng := rand.New(rand.NewPCG(1, 2))
	skewed := func(n int) int { return int(float64(n) * rng.Float64() * rng.Float64() * rng.Float64()) }
	seen := map[string]bool{}
	for len(g.edges) < edges {
		e := graph.Edge{Type: graph.CoMentioned, Sentences: 1 + rng.IntN(5), Weight: 1, Confidence: 0.9}
		if len(g.edges)%10 < 3 {
			e = graph.Edge{From: firmID(rng.IntN(g.firms)), Type: graph.AppearsIn, To: placeID(skewed(g.places)), Documents: 1 + rng.IntN(9), Mentions: 1 + rng.IntN(20), FirstYear: 2015 + rng.IntN(10), Confidence: 0.9}
		} else {
			a, b := skewed(g.firms), rng.IntN(g.firms)
			if a == b {
				continue
			}
			e.From, e.To = firmID(min(a, b)), firmID(max(a, b))
		}
		if key := e.Key(); !seen[key] {
			seen[key] = true
			g.edges = append(g.edges, e)
		}
	}
	slices.SortFunc(g.edges, func(a, b graph.Edge) int { return strings.Compare(a.Key(), b.Key()) })
	return g
}

func (g *generated) Entities(kind graph.Kind) iter.Seq2[graph.Entity, error] {
	return func(yield func(graph.Entity, error) bool) {
		for i := range g.firms {
			e := graph.Entity{ID: firmID(i), Kind: graph.KindEnterprise, Name: fmt.Sprintf("企业%06d", i), Confidence: float64(i%1000) / 1000}
			if !yield(e, nil) {
				return
			}
		}
		for i := range g.places {
			if !yield(graph.Entity{ID: placeID(i), Kind: graph.KindPlace, Name: fmt.Sprintf("地区%04d", i), Place: graph.County, Confidence: 1}, nil) {
				return
			}
		}
	}
}

func (g *generated) Documents() iter.Seq2[graph.Document, error] {
	return func(func(graph.Document, error) bool) {}
}

func (g *generated) Entity(id graph.ID) (graph.Entity, error) {
	return graph.Entity{ID: id, Kind: id.Kind(), Name: id.Name()}, nil
}

func (g *generated) Names(prefix string) iter.Seq2[graph.Name, error] {
	return func(yield func(graph.Name, error) bool) { // of firms, each with one
		yield(graph.Name{Key: prefix, ID: graph.ID("enterprise:" + prefix)}, nil)
	}
}

func (g *generated) AllEdges(...graph.EdgeType) iter.Seq2[graph.Edge, error] {
	return func(yield func(graph.Edge, error) bool) {
		for _, e := range g.edges {
			if !yield(e, nil) {
				return
			}
		}
	}
}

var graphs sync.Map // by number of edges: making one takes seconds

func compact(b *testing.B, edges int) *query.PropertyGraph {
	b.Helper()
	if g, ok := graphs.Load(edges); ok {
		return g.(*query.PropertyGraph)
	}
	g := shown(b, generate(edges/10, edges))
	graphs.Store(edges, g)
	return g
}

// BenchmarkCypherGrows asks for neighbours in graphs of growing size: the time must not grow with them.
func BenchmarkCypherGrows(b *testing.B) {
	for _, edges := range []int{10_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprint(edges), func(b *testing.B) {
			g := compact(b, edges)
			name := fmt.Sprintf("企业%06d", edges/20)
			q := "MATCH (a {name: '" + name + "'})-[:CO_MENTIONED]-(b) RETURN b.name"
			for b.Loop() {
				if _, err := countRows(context.Background(), g, q); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func countRows(ctx context.Context, g *query.PropertyGraph, text string) (int, error) {
	rows, err := query.Cypher(g, text, query.CypherOptions{})
	if err != nil {
		return 0, err
	}
	n := 0
	err = rows.Run(ctx, func(row []engine.Value) bool {
		n++
		return true
	})
	return n, err
}

// benchEdges is the size of the graph that engines are compared on; TUPU_BENCH_EDGES sets another.
func benchEdges() int {
	if n, err := strconv.Atoi(os.Getenv("TUPU_BENCH_EDGES")); err == nil && n >= 1000 {
		return n
	}
	return 1_000_000
}

// TestBenchData writes the graph of the benchmarks for other engines, into the folder that TUPU_BENCH_OUT names.
func TestBenchData(t *testing.T) {
	dir := os.Getenv("TUPU_BENCH_OUT")
	if dir == "" {
		t.Skip("TUPU_BENCH_OUT names no folder: the benchmark's graph is not written")
	}
	g := generate(benchEdges()/10, benchEdges())
	var nodes, edges strings.Builder
	for e := range g.Entities("") {
		fmt.Fprintf(&nodes, "%s,%s,%s,%g\n", e.ID, e.Kind.Label(), e.Name, e.Confidence)
	}
	for _, e := range g.edges {
		fmt.Fprintf(&edges, "%s,%s,%s\n", e.From, e.To, e.Type)
	}
	for name, b := range map[string]*strings.Builder{"nodes.csv": &nodes, "edges.csv": &edges} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
