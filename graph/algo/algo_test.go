package algo_test

import (
	"fmt"
	"iter"
	"math"
	"slices"
	"testing"

	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/graph/algo"
	"gonum.org/v1/gonum/graph/network"
	"gonum.org/v1/gonum/graph/simple"
	"gonum.org/v1/gonum/graph/topo"
	"pgregory.net/rapid"
)

func links(all []algo.Link) iter.Seq2[algo.Link, error] {
	return func(yield func(algo.Link, error) bool) {
		for _, l := range all {
			if !yield(l, nil) {
				return
			}
		}
	}
}

func random(t *rapid.T) []algo.Link {
	var out []algo.Link
	for range rapid.IntRange(1, 60).Draw(t, "links") {
		id := func(label string) graph.ID {
			return graph.ID(fmt.Sprintf("e:%02d", rapid.IntRange(0, 15).Draw(t, label)))
		}
		out = append(out, algo.Link{From: id("from"), To: id("to"), Weight: float64(rapid.IntRange(1, 4).Draw(t, "weight"))})
	}
	return out
}

func rows(t interface{ Fatal(...any) }, all []algo.Link) *algo.Rows {
	r, err := algo.NewRows(links(all))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestRowsDoNotDependOnTheOrderOfLinks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := random(t)
		a := rows(t, all)
		slices.Reverse(all)
		b := rows(t, all)
		if fmt.Sprint(*a) != fmt.Sprint(*b) {
			t.Fatalf("%v\n%v", *a, *b)
		}
	})
}

// TestAgainstGonum compares PageRank and components with gonum's on random graphs.
func TestAgainstGonum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rows(t, random(t))
		if r.Len() == 0 {
			return
		}
		g := simple.NewWeightedDirectedGraph(0, 0)
		plain := simple.NewUndirectedGraph()
		for i := range r.Len() {
			g.AddNode(simple.Node(i))
			plain.AddNode(simple.Node(i))
		}
		for i := range r.Len() {
			targets, weights := r.Row(i)
			for k, to := range targets {
				g.SetWeightedEdge(simple.WeightedEdge{F: simple.Node(i), T: simple.Node(to), W: weights[k]})
				plain.SetEdge(simple.Edge{F: simple.Node(i), T: simple.Node(to)})
			}
		}
		// gonum's PageRank follows the weights of a weighted graph too.
		want := network.PageRank(g, 0.85, 1e-12)
		for i, got := range algo.PageRank(r, 0.85, 1e-12) {
			if math.Abs(got-want[int64(i)]) > 1e-6 {
				t.Fatalf("PageRank of %s: %g, gonum says %g", r.IDs[i], got, want[int64(i)])
			}
		}
		if a, b := len(topo.ConnectedComponents(r)), len(topo.ConnectedComponents(plain)); a != b {
			t.Fatalf("%d components over rows, %d over gonum's own graph", a, b)
		}
		for i, d := range algo.Degree(r) {
			if int(d) != plain.From(int64(i)).Len() {
				t.Fatalf("degree of %s: %g", r.IDs[i], d)
			}
		}
	})
}

func TestWeightsMustBePositive(t *testing.T) {
	if _, err := algo.NewRows(links([]algo.Link{{From: "a", To: "b"}})); err == nil {
		t.Error("a link without weight was taken")
	}
}
