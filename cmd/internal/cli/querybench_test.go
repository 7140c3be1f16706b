package cli

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/tupu-kg/tupu/extract/text"
	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/store"
)

// TestBenchStore puts the graph that TestBenchData of package query wrote into a store, tupu.db in the folder that TUPU_BENCH_OUT
// names, for measuring whole processes.
func TestBenchStore(t *testing.T) {
	dir := os.Getenv("TUPU_BENCH_OUT")
	if dir == "" {
		t.Skip("TUPU_BENCH_OUT names no folder: no store is made for the benchmark")
	}
	db := filepath.Join(dir, "tupu.db")
	if err := os.MkdirAll(db, 0o755); err != nil {
		t.Fatal(err)
	}
	g, err := store.NewGeneration(db, nil)
	if err != nil {
		t.Fatal(err)
	}
	var entities []store.EntityPart
	eachLine(t, filepath.Join(dir, "nodes.csv"), func(cells []string) {
		confidence, err := strconv.ParseFloat(cells[3], 64)
		if err != nil {
			t.Fatal(err)
		}
		id := graph.ID(cells[0])
		e := graph.Entity{ID: id, Kind: id.Kind(), Name: cells[2], Confidence: confidence}
		entities = append(entities, store.EntityPart{Entity: e, Keys: []string{text.Key(e.Name)}, Whole: true})
	})
	const most = 1000 // edges and entities of a document
	for i := 0; i < len(entities); i += most {
		if err := g.SetOwner(fmt.Sprintf("component:%06d", i), nil, entities[i:min(i+most, len(entities))], nil); err != nil {
			t.Fatal(err)
		}
	}
	var edges []graph.Edge
	documents := 0
	put := func() {
		body := fmt.Sprintf("第%d号报告。多家企业签约。", documents)
		documents++
		d := graph.Document{
			ID: graph.DocumentID("text", []byte(body)), Text: body, TextHash: graph.HashText(body), Format: "text", Title: fmt.Sprintf("第%d号报告", documents), Reader: "test",
			Locators: []graph.Locator{{Line: 1}},
		}
		span := graph.NewPositions(d.ID, body).Span(0, len(body))
		if err := g.SetDocument(d, []graph.Sentence{{Span: span, Role: graph.Body}}, "stamp"); err != nil {
			t.Fatal(err)
		}
		for i := range edges {
			edges[i].Evidence = []graph.Evidence{{Source: graph.FromText, Span: span, By: "test", Score: 0.9}}
		}
		if err := g.SetOwner(string(d.ID), nil, nil, edges); err != nil {
			t.Fatal(err)
		}
		edges = nil
	}
	eachLine(t, filepath.Join(dir, "edges.csv"), func(cells []string) {
		edges = append(edges, graph.Edge{From: graph.ID(cells[0]), To: graph.ID(cells[1]), Type: graph.EdgeType(cells[2]), Confidence: 0.9, Sentences: 1, Documents: 1})
		if len(edges) == most {
			put()
		}
	})
	put()
	if err := g.Commit(store.Meta{}); err != nil {
		t.Fatal(err)
	}
}

func eachLine(t *testing.T, name string, each func(cells []string)) {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		each(strings.Split(lines.Text(), ","))
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
}
