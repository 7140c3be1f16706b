package store

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tupu-kg/tupu/graph"
)

// The edges of a generation and of the one that changes it, with their evidence, are those that AllEdges and Evidence give.
func TestEdgesWithEvidence(t *testing.T) {
	dir := t.TempDir()
	doc := func(text string) (graph.Document, graph.Evidence) {
		d := graph.Document{ID: graph.DocumentID("text", []byte(text)), Text: text, TextHash: graph.HashText(text), Format: "text", Paths: []string{text}}
		span := graph.NewPositions(d.ID, text).Span(0, len(text))
		return d, graph.Evidence{Source: graph.FromText, Span: span, Quote: text, By: "test", Score: 0.5}
	}
	edge := func(from graph.ID, of graph.EdgeType, to graph.ID, ev graph.Evidence) graph.Edge {
		e, err := graph.NewEdge(from, of, to, ev)
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	one, evOne := doc("甲在乙")
	two, evTwo := doc("甲在乙和丙")
	var old *Snapshot
	for _, step := range []struct {
		doc   graph.Document
		edges []graph.Edge
	}{
		{one, []graph.Edge{edge("project:甲", graph.LocatedIn, "place:乙", evOne), edge("project:甲", graph.MentionedIn, one.ID, evOne)}},
		{two, []graph.Edge{
			edge("project:甲", graph.LocatedIn, "place:丙", evTwo), edge("project:甲", graph.LocatedIn, "place:乙", evTwo), edge("project:甲", graph.MentionedIn, two.ID, evTwo),
			edge("project:甲丙", graph.LocatedIn, "place:乙", evTwo), edge("project:甲乙", graph.LocatedIn, "place:乙", evTwo),
		}},
	} {
		g, err := NewGeneration(dir, old)
		if err != nil {
			t.Fatal(err)
		}
		if err := g.SetDocument(step.doc, nil, "stamp"); err != nil {
			t.Fatal(err)
		}
		if err := g.SetOwner(string(step.doc.ID), nil, nil, step.edges); err != nil {
			t.Fatal(err)
		}
		if err := g.Commit(Meta{}); err != nil {
			t.Fatal(err)
		}
		if old != nil {
			_ = old.Close()
		}
		if old, err = Open(dir); err != nil {
			t.Fatal(err)
		}
		for _, only := range []graph.EdgeType{"", graph.LocatedIn} {
			keep := func(_ graph.ID, of graph.EdgeType, to graph.ID) bool {
				return only == "" || of == only && to != "place:丙"
			}
			var want, got []graph.Edge
			for e, err := range old.AllEdges() {
				if err == nil && keep(e.From, e.Type, e.To) {
					e.Evidence, err = old.Evidence(e)
					want = append(want, e)
				}
				if err != nil {
					t.Fatal(err)
				}
			}
			for e, err := range old.EdgesWithEvidence("", "", keep) {
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, e)
			}
			if diff := cmp.Diff(want, got); len(want) == 0 || diff != "" {
				t.Errorf("%d edges; %s", len(want), diff)
			}
			got = nil
			for _, stretch := range [][2]graph.ID{{"", "project:甲"}, {"project:甲", "project:甲乙"}, {"project:甲乙", ""}} {
				for e, err := range old.EdgesWithEvidence(stretch[0], stretch[1], keep) {
					if err != nil {
						t.Fatal(err)
					}
					got = append(got, e)
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("stretch by stretch: %s", diff)
			}
		}
		for range old.EdgesWithEvidence("", "", func(graph.ID, graph.EdgeType, graph.ID) bool { return true }) {
			break
		}
	}
	_ = old.Close()
}
