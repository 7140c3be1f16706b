package algo_test

import (
	"math"
	"slices"
	"testing"

	"github.com/tupu-kg/tupu/graph/algo"
)

// karate is Zachary's karate club (1977), 34 members and 78 ties. What is said of it here are published figures, to the digits
// that another program (networkx 2.8) computes.
var karate = []int32{
	0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8, 0, 10, 0, 11, 0, 12, 0, 13, 0, 17,
	0, 19, 0, 21, 0, 31, 1, 2, 1, 3, 1, 7, 1, 13, 1, 17, 1, 19, 1, 21, 1, 30, 2, 3, 2, 7,
	2, 8, 2, 9, 2, 13, 2, 27, 2, 28, 2, 32, 3, 7, 3, 12, 3, 13, 4, 6, 4, 10, 5, 6, 5, 10,
	5, 16, 6, 16, 8, 30, 8, 32, 8, 33, 9, 33, 13, 33, 14, 32, 14, 33, 15, 32, 15, 33, 18, 32, 18, 33,
	19, 33, 20, 32, 20, 33, 22, 32, 22, 33, 23, 25, 23, 27, 23, 29, 23, 32, 23, 33, 24, 25, 24, 27, 24, 31,
	25, 31, 26, 29, 26, 33, 27, 33, 28, 31, 28, 33, 29, 32, 29, 33, 30, 32, 30, 33, 31, 32, 31, 33, 32, 33,
}

// officers are the members who went with the officer when the club split.
var officers = []int32{9, 14, 15, 18, 20, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33}

func every2(from int) []int32 {
	var out []int32
	for i := from; i < len(karate); i += 2 {
		out = append(out, karate[i])
	}
	return out
}

func karateFrom() []int32 { return every2(0) }
func karateTo() []int32   { return every2(1) }

func TestKarateClub(t *testing.T) {
	r := undirected(t, 34, karateFrom(), karateTo())
	is := func(what string, got, want float64) {
		t.Helper()
		if math.Abs(got-want) > 1e-9 {
			t.Errorf("%s is %.12f, and %.12f is right", what, got, want)
		}
	}
	rank, between := algo.PageRank(r, algo.Walk{}), must(algo.Betweenness(t.Context(), r, 0)).Scores
	near, eigen := must(algo.Closeness(t.Context(), r)), first(algo.Eigenvector(r, 1e-14))
	for node, want := range map[int][4]float64{
		0:  {0.096997285388, 231.071428571429, 0.568965517241, 0.355491444525},
		2:  {0.057078509488, 75.850793650794, 0.559322033898, 0.317192504486},
		33: {0.100919182333, 160.551587301587, 0.550000000000, 0.373363470291},
	} {
		is("PageRank", rank[node], want[0])
		is("betweenness", between[node], want[1])
		is("closeness", near.Closeness[node], want[2])
		is("eigenvector", eigen[node], want[3])
	}
	is("harmonic", near.Harmonic[0], 23.0+1.0/6)
	start := make([]float64, 34)
	start[0] = 3 // only proportions count
	personal := algo.PageRank(r, algo.Walk{Start: start})
	is("personalised PageRank", personal[0], 0.266373603148)
	is("personalised PageRank", personal[33], 0.051199989203)

	triangles, clustering := int64(0), 0.0
	for _, n := range algo.Triangles(r) {
		triangles += n
	}
	for _, c := range algo.Clustering(r) {
		clustering += c / 34
	}
	is("triangles", float64(triangles), 3*45)
	is("clustering", clustering, 0.570638478208)
	inner := 0
	for _, k := range algo.Cores(r) {
		if k == 4 {
			inner++
		}
	}
	is("members of the 4-core", float64(inner), 10)
	cuts := algo.CutsOf(r)
	if !slices.Equal(cuts.Points, []algo.CutPoint{{Node: 0, Apart: 6}}) || !slices.Equal(cuts.Bridges, []algo.Bridge{{Ends: [2]int32{0, 11}, Apart: 1}}) {
		t.Errorf("cuts are %v", cuts)
	}

	class := make([]int32, 34)
	for _, o := range officers {
		class[o] = 1
	}
	is("assortativity", algo.Assortativity(r, class), 0.717530864198)
	best := must(algo.Louvain(t.Context(), r, 1))
	// 0.41979 is the highest modularity that there is (Brandes et al. 2008).
	if best.Modularity < 0.4155 || best.Modularity > 0.41979 || best.Count != 4 {
		t.Errorf("%d communities of modularity %g", best.Count, best.Modularity)
	}
	// Zachary's split is a good one too.
	is("modularity of the split", algo.Modularity(r, class, 1), 0.358234714004)

	likely := algo.Predict(r, 33, 2)
	if len(likely) != 2 || likely[0].Node != 2 || likely[0].Common != 6 {
		t.Fatalf("most likely acquaintances: %+v", likely)
	}
	is("Adamic-Adar", likely[0].AdamicAdar, 4.719381261461351)
	is("Adamic-Adar", likely[1].AdamicAdar, 2.7110197222973085)
}

// TestBrokers: who is tied to two groups alike stands between them, and who is tied to one does not.
func TestBrokers(t *testing.T) {
	r := undirected(t, 5, []int32{0, 0, 1, 1, 2, 2}, []int32{1, 2, 2, 0, 3, 4})
	got := algo.Brokers(r, []int32{0, 0, 0, 1, 1})
	for i, want := range []float64{0, 0, 0.5, 0, 0} {
		if math.Abs(got[i]-want) > 1e-12 {
			t.Errorf("node %d: %g, want %g", i, got[i], want)
		}
	}
}

// TestAssociate compares counts with figures worked out by hand, and with a text book's: Manning and Schütze (1999, p. 174)
// give 1291.42 for "most powerful": 150 together, of 12,593 and 932, in 14,307,668.
func TestAssociate(t *testing.T) {
	if a := algo.Associate(150, 12593, 932, 14307668); math.Abs(a.LogLikelihood-1291.42) > 0.5 {
		t.Errorf("log likelihood %g", a.LogLikelihood)
	}
	if a := algo.Associate(2, 4, 5, 10); a.PMI != 0 || a.LogLikelihood > 1e-9 {
		t.Errorf("as by chance: %+v", a)
	}
	if a := algo.Associate(4, 4, 4, 16); a.PMI != 2 {
		t.Errorf("four times as often as by chance: %+v", a)
	}
	if a := algo.Associate(0, 4, 4, 16); a.PMI != 0 || math.IsNaN(a.LogLikelihood) {
		t.Errorf("never together: %+v", a)
	}
}

func TestAssortativityOfNothing(t *testing.T) {
	r := undirected(t, 3, []int32{0, 1}, []int32{1, 2})
	for _, class := range [][]int32{{0, 0, 0}, {-1, -1, -1}, {0, -1, 1}} {
		if got := algo.Assortativity(r, class); !math.IsNaN(got) {
			t.Errorf("%v: %g", class, got)
		}
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func first[T any](v T, _ bool) T { return v }
