package graph_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tupu-kg/tupu/graph"
)

// TestClaims: each edge claims something once in each document that says so, under its own type.
func TestClaims(t *testing.T) {
	if !slices.IsSorted(graph.Claimed) {
		t.Errorf("%v do not ascend", graph.Claimed)
	}
	docs := []graph.ID{"document:a", "document:b"}
	number := func(id graph.ID) uint32 {
		if n := slices.Index(docs, id); n >= 0 {
			return uint32(n)
		}
		return graph.NoNode
	}
	in := func(docs ...graph.ID) (out []graph.Evidence) {
		for _, d := range docs {
			out = append(out, graph.Evidence{Span: graph.Span{Doc: d}})
		}
		return out
	}
	var b graph.ClaimsBuilder
	for n, e := range []graph.Edge{
		{Type: graph.Amount, To: "document:a", Of: "total", Raw: "3亿元", Value: 3e8, Unit: "元", Countable: true, Evidence: in("document:a")},
		{Type: graph.MentionedIn, To: "document:a", Evidence: in("document:a")},
		{Type: graph.PartOf, To: "project:a", Share: "51%", Evidence: in("document:b", "document:a", "document:b")},
		{Type: graph.PartnersWith, To: "enterprise:a", Role: "invests", Evidence: in("document:z")},
		{Type: graph.Status, To: "document:b", State: "started", Year: 2020, Evidence: in("document:b", "document:b")},
		{Type: graph.Undertakes, To: "project:a", Evidence: in("")},
	} {
		b.Add(uint32(n), &e, number)
	}
	c := b.Claims()
	if !c.Check(6) || c.Check(4) {
		t.Error("Check does not tell which edges there are")
	}
	type claim struct {
		Type  graph.EdgeType
		Edge  uint32
		Doc   uint32
		Says  string
		Of    string
		Alone bool
	}
	var got []claim
	for _, kind := range graph.Claimed {
		for _, x := range c.Of(kind) {
			got = append(got, claim{kind, x.Edge, x.Doc, c.Word(x.Says), c.Word(x.Of), x.Bits&graph.ClaimAlone != 0})
		}
	}
	want := []claim{
		{graph.Amount, 0, 0, "3亿元", "total", true},
		{graph.PartnersWith, 3, graph.NoNode, "invests", "", true},
		{graph.PartOf, 2, 1, "51%", "", false},
		{graph.PartOf, 2, 0, "51%", "", false},
		{graph.Status, 4, 1, "started", "", false},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if c.Of(graph.MentionedIn) != nil || c.Word(99) != "" {
		t.Error("what is not claimed is there")
	}
}
