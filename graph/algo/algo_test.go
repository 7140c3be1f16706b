package algo_test

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
	"reflect"
	"runtime"
	"slices"
	"testing"

	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/graph/algo"
	gonum "gonum.org/v1/gonum/graph"
	"gonum.org/v1/gonum/graph/community"
	"gonum.org/v1/gonum/graph/network"
	"gonum.org/v1/gonum/graph/path"
	"gonum.org/v1/gonum/graph/simple"
	"gonum.org/v1/gonum/graph/topo"
	"gonum.org/v1/gonum/mat"
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

// pairs draws edges between numbers, for directed and undirected graphs without weights.
func pairs(t *rapid.T) (n int, from, to []int32) {
	n = rapid.IntRange(1, 14).Draw(t, "nodes")
	for range rapid.IntRange(0, 40).Draw(t, "edges") {
		from = append(from, int32(rapid.IntRange(0, n-1).Draw(t, "from")))
		to = append(to, int32(rapid.IntRange(0, n-1).Draw(t, "to")))
	}
	return n, from, to
}

func undirected(t interface{ Fatal(...any) }, n int, from, to []int32) *algo.Rows {
	r, err := algo.Undirected(n, from, to, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// plain copies rows into gonum's own graph of maps.
func plain(r *algo.Rows) *simple.WeightedUndirectedGraph {
	g := simple.NewWeightedUndirectedGraph(0, math.Inf(1))
	for i := range r.Len() {
		g.AddNode(simple.Node(i))
	}
	for i := range r.Len() {
		for k, to := range r.Row(i) {
			g.SetWeightedEdge(simple.WeightedEdge{F: simple.Node(i), T: simple.Node(to), W: r.WeightAt(int(r.Offsets[i]) + k)})
		}
	}
	return g
}

func near(t interface{ Fatalf(string, ...any) }, what string, got []float64, want func(i int) float64) {
	for i, g := range got {
		if w := want(i); math.Abs(g-w) > 1e-9*math.Max(1, math.Abs(w)) {
			t.Fatalf("%s of node %d: %.12g, and %.12g is right", what, i, g, w)
		}
	}
}

func of(m map[int64]float64) func(int) float64 { return func(i int) float64 { return m[int64(i)] } }

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

func TestWeightsMustBePositive(t *testing.T) {
	for _, w := range []float64{0, -1, math.NaN(), math.Inf(1)} {
		if _, err := algo.NewRows(links([]algo.Link{{From: "a", To: "b", Weight: w}})); err == nil {
			t.Errorf("a link of weight %g was taken", w)
		}
	}
}

func TestWeightedAgainstGonum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rows(t, random(t))
		if r.Len() == 0 {
			return
		}
		g := plain(r)
		both := simple.NewWeightedDirectedGraph(0, 0)
		for i := range r.Len() {
			for k, to := range r.Row(i) {
				both.SetWeightedEdge(simple.WeightedEdge{F: simple.Node(i), T: simple.Node(to), W: r.WeightAt(int(r.Offsets[i]) + k)})
			}
		}
		// gonum's PageRank stops when no digit above its tolerance moves in the largest change.
		near(t, "PageRank", algo.PageRank(r, algo.Walk{}), of(network.PageRank(both, 0.85, 1e-13)))
		near(t, "degree", algo.Degree(r), func(i int) float64 { return float64(g.From(int64(i)).Len()) })
		near(t, "strength", algo.Strength(r), func(i int) float64 {
			total := 0.0
			for _, e := range gonum.WeightedEdgesOf(g.WeightedEdges()) {
				if e.From().ID() == int64(i) || e.To().ID() == int64(i) {
					total += e.Weight()
				}
			}
			return total
		})
		for from := range r.Len() {
			tree := path.DijkstraFrom(simple.Node(from), g)
			for to := range r.Len() {
				_, want := tree.To(int64(to))
				got, ok := algo.Shortest(r, int32(from), int32(to))
				if ok == math.IsInf(want, 1) || ok && math.Abs(got.Cost-want) > 1e-9 {
					t.Fatalf("from %d to %d: %v %v, gonum says %g", from, to, got, ok, want)
				}
			}
		}
		want := math.Min(path.Kruskal(simple.NewWeightedUndirectedGraph(0, 0), g), math.Inf(1))
		got := 0.0
		for _, e := range algo.SpanningForest(r, false) {
			w, _ := r.Weight(int64(e[0]), int64(e[1]))
			got += w
		}
		if math.Abs(got-want) > 1e-9 {
			t.Fatalf("spanning forest of weight %g, gonum says %g", got, want)
		}
		c, err := algo.Louvain(t.Context(), r, 1)
		if err != nil {
			t.Fatal(err)
		}
		groups := make([][]gonum.Node, c.Count)
		for i, k := range c.Of {
			groups[k] = append(groups[k], simple.Node(i))
		}
		if want := community.Q(g, groups, 1); math.Abs(want-c.Modularity) > 1e-9 {
			t.Fatalf("modularity %g, gonum says %g", c.Modularity, want)
		}
		// Communities hang together.
		for _, group := range groups {
			part := simple.NewUndirectedGraph()
			for _, a := range group {
				part.AddNode(a)
			}
			for _, a := range group {
				for _, b := range group {
					if a.ID() < b.ID() && g.HasEdgeBetween(a.ID(), b.ID()) {
						part.SetEdge(simple.Edge{F: a, T: b})
					}
				}
			}
			if len(topo.ConnectedComponents(part)) > 1 {
				t.Fatalf("community %v falls apart", group)
			}
		}
	})
}

func TestStructureAgainstGonum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, from, to := pairs(t)
		r := undirected(t, n, from, to)
		g := plain(r)

		label, count := algo.Components(r)
		if want := len(topo.ConnectedComponents(g)); want != count {
			t.Fatalf("%d components, gonum says %d", count, want)
		}
		for u := range n {
			for _, v := range r.Row(u) {
				if label[u] != label[v] {
					t.Fatalf("neighbours %d and %d in components %d and %d", u, v, label[u], label[v])
				}
			}
		}
		cores := algo.Cores(r)
		_, parts := topo.DegeneracyOrdering(g)
		for k, part := range parts {
			for _, v := range part {
				if int(cores[v.ID()]) != k {
					t.Fatalf("core %d of node %d, gonum says %d", cores[v.ID()], v.ID(), k)
				}
			}
		}

		between, err := algo.Betweenness(t.Context(), r, 0)
		if err != nil || !between.Exact {
			t.Fatal(between, err)
		}
		counted := network.Betweenness(g) // each pair from both ends
		near(t, "betweenness", between.Scores, func(i int) float64 { return counted[int64(i)] / 2 })
		d, err := algo.Closeness(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		all := path.DijkstraAllPaths(unit{g})
		near(t, "harmonic", d.Harmonic, of(network.Harmonic(g, all)))
		near(t, "closeness", d.Closeness, func(i int) float64 {
			reached, far := 0.0, 0.0
			for j := range n {
				if w := all.Weight(int64(i), int64(j)); i != j && !math.IsInf(w, 1) {
					reached++
					far += w
				}
			}
			if far == 0 {
				return 0
			}
			return reached / float64(n-1) * reached / far
		})
		finder := algo.NewFinder(r)
		for a := range n {
			hops := algo.Hops(r, a)
			for b := range n {
				w := all.Weight(int64(a), int64(b))
				way := finder.Path(int32(a), int32(b))
				if math.IsInf(w, 1) {
					if hops[b] != -1 || way != nil {
						t.Fatalf("a way from %d to %d: %d %v", a, b, hops[b], way)
					}
					continue
				}
				if float64(hops[b]) != w || len(way)-1 != int(w) || way[0] != int32(a) || way[len(way)-1] != int32(b) {
					t.Fatalf("from %d to %d: %d hops, way %v, gonum says %g", a, b, hops[b], way, w)
				}
				for i := range len(way) - 1 {
					if !r.HasEdgeBetween(int64(way[i]), int64(way[i+1])) {
						t.Fatalf("way %v has no edge at %d", way, i)
					}
				}
			}
		}

		triangles := algo.Triangles(r)
		cliques := make([]int64, n)
		for a := range n {
			for b := range a {
				for c := range b {
					if r.HasEdgeBetween(int64(a), int64(b)) && r.HasEdgeBetween(int64(b), int64(c)) && r.HasEdgeBetween(int64(a), int64(c)) {
						cliques[a]++
						cliques[b]++
						cliques[c]++
					}
				}
			}
		}
		if !slices.Equal(triangles, cliques) {
			t.Fatalf("triangles %v, counted %v", triangles, cliques)
		}
		checkCuts(t, r, g)
	})
}

// unit is a graph without its weights.
type unit struct{ gonum.Undirected }

// checkCuts takes every node and edge out and looks whether anything falls apart.
func checkCuts(t *rapid.T, r *algo.Rows, g *simple.WeightedUndirectedGraph) {
	cuts := algo.CutsOf(r)
	parts := func(g gonum.Undirected) int { return len(topo.ConnectedComponents(g)) }
	sizes := func(g gonum.Undirected, among []int32) []int32 { // of the components that some nodes are in, ascending
		var out []int32
		for _, c := range topo.ConnectedComponents(g) {
			if slices.ContainsFunc(c, func(n gonum.Node) bool { return slices.Contains(among, int32(n.ID())) }) {
				out = append(out, int32(len(c)))
			}
		}
		slices.Sort(out)
		return out
	}
	sum := func(sizes []int32) (total int32) {
		for _, s := range sizes {
			total += s
		}
		return total
	}
	whole := parts(g)
	for i := range r.Len() {
		without := simple.NewWeightedUndirectedGraph(0, 0)
		gonum.CopyWeighted(without, g)
		without.RemoveNode(int64(i))
		// Taking out a node by itself leaves a component less.
		more := parts(without) > whole
		at := slices.IndexFunc(cuts.Points, func(p algo.CutPoint) bool { return p.Node == int32(i) })
		if got := at >= 0; got != more {
			t.Fatalf("node %d is an articulation point: %v, and without it %d components of %d are left", i, got, parts(without), whole)
		}
		if left := sizes(without, r.Row(i)); at >= 0 && cuts.Points[at].Apart != sum(left[:len(left)-1]) {
			t.Fatalf("node %d cuts %d off, and leaves parts of %v", i, cuts.Points[at].Apart, left)
		}
		for _, j := range r.Row(i) {
			if int(j) < i {
				continue
			}
			without := simple.NewWeightedUndirectedGraph(0, 0)
			gonum.CopyWeighted(without, g)
			without.RemoveEdge(int64(i), int64(j))
			at := slices.IndexFunc(cuts.Bridges, func(b algo.Bridge) bool { return b.Ends == [2]int32{int32(i), j} })
			if got, more := at >= 0, parts(without) > whole; got != more {
				t.Fatalf("edge %d–%d is a bridge: %v, and taking it out makes more components: %v", i, j, got, more)
			}
			if left := sizes(without, []int32{int32(i), j}); at >= 0 && cuts.Bridges[at].Apart != left[0] {
				t.Fatalf("bridge %d–%d cuts %d off, and leaves parts of %v", i, j, cuts.Bridges[at].Apart, left)
			}
		}
	}
}

// skewed makes a graph in which few nodes have most of the edges.
func skewed(n, m int) (from, to []int32) {
	r := rand.New(rand.NewPCG(1, 2))
	one := func() int32 { return int32(float64(n) * math.Pow(r.Float64(), 4)) }
	for range m {
		from, to = append(from, one()), append(to, one())
	}
	return from, to
}

func TestTrianglesWithHubs(t *testing.T) {
	for _, size := range [][2]int{{300, 9000}, {3000, 12000}, {5000, 60000}} {
		from, to := skewed(size[0], size[1])
		r := undirected(t, size[0], from, to)
		want := make([]int64, r.Len())
		for u := range r.Len() {
			row := r.Row(u)
			for i, v := range row {
				for _, x := range row[:i] {
					if r.HasEdgeBetween(int64(v), int64(x)) {
						want[u]++
					}
				}
			}
		}
		if got := algo.Triangles(r); !slices.Equal(got, want) {
			t.Errorf("%d nodes: %v triangles, by looking at every pair of neighbours %v", size[0], got, want)
		}
	}
}

func TestDirectedAgainstGonum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, from, to := pairs(t)
		a, err := algo.Directed(n, from, to, nil)
		if err != nil {
			t.Fatal(err)
		}
		g := simple.NewDirectedGraph()
		for i := range n {
			g.AddNode(simple.Node(i))
		}
		for i := range from {
			if from[i] != to[i] {
				g.SetEdge(simple.Edge{F: simple.Node(from[i]), T: simple.Node(to[i])})
			}
		}
		near(t, "PageRank", algo.PageRankOf(a, algo.Walk{}), of(network.PageRank(g, 0.85, 1e-13)))
		near(t, "PageRank over the interfaces", algo.PageRankOf(a, algo.Walk{}), of(network.PageRank(struct{ gonum.Directed }{a}, 0.85, 1e-13)))
		if g.Edges().Len() == 0 {
			return
		}
		// With two largest eigenvalues there is no one answer: gonum and we must both have come to rest.
		hubs, authorities, rest := algo.HITS(a, 1e-13)
		if gap := singularGap(n, from, to); !rest || gap < 0.2 {
			return
		}
		want := network.HITS(g, 1e-13)
		near(t, "hub", hubs, func(i int) float64 { return want[int64(i)].Hub })
		near(t, "authority", authorities, func(i int) float64 { return want[int64(i)].Authority })
	})
}

// singularGap is how far the two largest singular values of the adjacency matrix are apart.
func singularGap(n int, from, to []int32) float64 {
	m := mat.NewDense(n, n, nil)
	for i := range from {
		if from[i] != to[i] {
			m.Set(int(from[i]), int(to[i]), 1)
		}
	}
	var svd mat.SVD
	svd.Factorize(m, mat.SVDNone)
	values := svd.Values(nil)
	if len(values) < 2 {
		return 1
	}
	return values[0] - values[1]
}

func TestEigenvectorAgainstGonum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, from, to := pairs(t)
		r := undirected(t, n, from, to)
		if _, parts := algo.Components(r); parts != 1 || n < 2 {
			return
		}
		m := mat.NewSymDense(n, nil)
		for i := range n {
			for _, j := range r.Row(i) {
				m.SetSym(i, int(j), 1)
			}
		}
		var eigen mat.EigenSym
		eigen.Factorize(m, true)
		var vectors mat.Dense
		eigen.VectorsTo(&vectors)
		got, rest := algo.Eigenvector(r, 1e-13)
		if !rest {
			t.Fatal("no rest")
		}
		near(t, "eigenvector centrality", got, func(i int) float64 { return math.Abs(vectors.At(i, n-1)) })
	})
}

func TestKShortestAgainstAllWays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var all []algo.Link
		for range rapid.IntRange(1, 16).Draw(t, "links") {
			id := func(label string) graph.ID { return graph.ID(fmt.Sprint(rapid.IntRange(0, 6).Draw(t, label))) }
			all = append(all, algo.Link{From: id("from"), To: id("to"), Weight: float64(rapid.IntRange(1, 4).Draw(t, "weight"))})
		}
		r := rows(t, all)
		if r.Len() < 2 {
			return
		}
		var costs []float64
		var walk func(at int32, seen []int32, cost float64)
		walk = func(at int32, seen []int32, cost float64) {
			if int(at) == r.Len()-1 {
				costs = append(costs, cost)
				return
			}
			for k, v := range r.Row(int(at)) {
				if !slices.Contains(seen, v) {
					walk(v, append(slices.Clone(seen), v), cost+r.WeightAt(int(r.Offsets[at])+k))
				}
			}
		}
		walk(0, []int32{0}, 0)
		slices.Sort(costs)
		k := rapid.IntRange(1, 12).Draw(t, "k")
		ways, err := algo.KShortest(t.Context(), r, 0, int32(r.Len()-1), k)
		if err != nil || len(ways) != min(k, len(costs)) {
			t.Fatalf("%d ways of %d, %v", len(ways), len(costs), err)
		}
		for i, w := range ways {
			if w.Cost != costs[i] {
				t.Fatalf("way %d costs %g, and %g is right: %v", i, w.Cost, costs[i], ways)
			}
			if i > 0 && slices.Equal(w.Nodes, ways[i-1].Nodes) {
				t.Fatalf("the same way twice: %v", ways)
			}
		}
	})
}

func TestSameDigitsWhateverTheNumberOfWorkers(t *testing.T) {
	// Several pieces of nodes, and weights whose sums depend on their order.
	n := 9000
	var from, to []int32
	var weights []float64
	x := uint64(1)
	for range 30000 {
		x = x*6364136223846793005 + 1442695040888963407
		from, to = append(from, int32(x>>33)%int32(n)), append(to, int32(x>>13&0xffff)%int32(n))
		weights = append(weights, 0.1+float64(x>>40&0xff)/7)
	}
	before := runtime.GOMAXPROCS(0)
	defer runtime.GOMAXPROCS(before)
	var want string
	for _, workers := range []int{1, 2, 3, 8} {
		runtime.GOMAXPROCS(workers)
		r, err := algo.Undirected(n, slices.Clone(from), slices.Clone(to), weights)
		if err != nil {
			t.Fatal(err)
		}
		a, err := algo.Directed(n, from, to, weights)
		if err != nil {
			t.Fatal(err)
		}
		eigen, _ := algo.Eigenvector(r, 1e-10)
		hubs, authorities, _ := algo.HITS(a, 1e-10)
		between, err1 := algo.Betweenness(t.Context(), r, 200)
		d, err2 := algo.Closeness(t.Context(), r)
		c, err3 := algo.Louvain(t.Context(), r, 1)
		if err := errors.Join(err1, err2, err3); err != nil {
			t.Fatal(err)
		}
		if between.Exact || between.Error <= 0 || between.Sources != 200 {
			t.Fatalf("a sample that does not say so: exact %v, error %g, %d sources", between.Exact, between.Error, between.Sources)
		}
		got := fmt.Sprint(algo.PageRank(r, algo.Walk{}), algo.PageRankOf(a, algo.Walk{}), eigen, hubs, authorities, between.Scores, d.Closeness,
			d.Harmonic, c.Of, c.Modularity, algo.Brokers(r, c.Of), algo.Triangles(r), algo.Strength(r))
		if want == "" {
			want = got
		} else if got != want {
			t.Fatalf("%d workers give other digits", workers)
		}
	}
}

// TestSampleKeepsItsBound compares sampled with exact betweenness.
func TestSampleKeepsItsBound(t *testing.T) {
	r := undirected(t, 34, karateFrom(), karateTo())
	exact, err := algo.Betweenness(t.Context(), r, 0)
	if err != nil {
		t.Fatal(err)
	}
	sample, err := algo.Betweenness(t.Context(), r, 20)
	if err != nil {
		t.Fatal(err)
	}
	n := float64(r.Len())
	for i := range exact.Scores {
		if off := math.Abs(exact.Scores[i]-sample.Scores[i]) / ((n - 1) * (n - 2) / 2); off > sample.Error {
			t.Errorf("node %d is off by %g, bound %g", i, off, sample.Error)
		}
	}
}

func TestStopsWithTheContext(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	r := undirected(t, 34, karateFrom(), karateTo())
	if _, err := algo.Betweenness(ctx, r, 0); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if _, err := algo.Closeness(ctx, r); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if _, err := algo.Louvain(ctx, r, 1); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if _, err := algo.KShortest(ctx, r, 0, 33, 5); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestFileHoldsTheSnapshot(t *testing.T) {
	s := snapshot(t)
	file := written(t, s)
	back, err := read(file)
	if err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(*back) != fmt.Sprint(*s) {
		t.Errorf("%v\n%v", *back, *s)
	}
	for i := range file {
		broken := slices.Clone(file)
		broken[i] ^= 0x40
		if _, err := read(broken); !errors.Is(err, algo.ErrFile) {
			t.Errorf("byte %d broken: %v", i, err)
		}
		if _, err := read(file[:i]); !errors.Is(err, algo.ErrFile) {
			t.Errorf("cut at %d: %v", i, err)
		}
	}
}

// TestFileOfManyBlocks writes a snapshot whose arrays lie across the blocks that are read side by side.
func TestFileOfManyBlocks(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	s, err := algo.NewSnapshot(func(yield func(*graph.Edge, error) bool) {
		for i := range 50001 {
			e := graph.Edge{
				From: graph.ID(fmt.Sprintf("enterprise:%d", r.IntN(7000))), Type: graph.CoMentioned, To: graph.ID(fmt.Sprintf("project:%d", i%5000)), Year: i % 3000, Weight: r.Float64() + 1,
				Evidence: []graph.Evidence{{Span: graph.Span{Doc: graph.ID(fmt.Sprintf("document:%d", r.IntN(300)))}}},
			}
			if !yield(&e, nil) {
				return
			}
		}
	}, map[graph.ID]int{"document:7": 2024})
	if err != nil {
		t.Fatal(err)
	}
	file := written(t, s)
	back, err := read(file)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(back, s) {
		t.Error("what was read is not what was written")
	}
	for range 50 {
		broken := slices.Clone(file)
		broken[r.IntN(len(broken))] ^= 1
		if _, err := read(broken); !errors.Is(err, algo.ErrFile) {
			t.Error(err)
		}
	}
}

// written is the file of a snapshot.
func written(t *testing.T, s *algo.Snapshot) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := s.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func read(b []byte) (*algo.Snapshot, error) {
	return algo.ReadSnapshot(bytes.NewReader(b), int64(len(b)))
}

func FuzzReadSnapshot(f *testing.F) {
	var b bytes.Buffer
	if err := snapshot(f).Write(&b); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Fuzz(func(t *testing.T, data []byte) {
		if s, err := read(data); err == nil {
			if _, err := s.Select(algo.Filter{}).Rows(); err != nil {
				t.Error(err)
			}
		}
	})
}

func snapshot(t testing.TB) *algo.Snapshot {
	t.Helper()
	e := func(from graph.ID, typ graph.EdgeType, to graph.ID, year int, weight float64, docs ...graph.ID) graph.Edge {
		out := graph.Edge{From: from, Type: typ, To: to, Year: year, Weight: weight}
		for _, d := range docs {
			out.Evidence = append(out.Evidence, graph.Evidence{Span: graph.Span{Doc: d}})
		}
		return out
	}
	all := []graph.Edge{
		e("document:1", graph.ReportsOn, "place:芗城区", 2023, 0, "document:1"),
		e("document:2", graph.ReportsOn, "place:龙文区", 2024, 0, "document:2"),
		e("enterprise:甲", graph.CoMentioned, "enterprise:乙", 0, 0.5, "document:1", "document:1", "document:2"),
		e("enterprise:甲", graph.MentionedIn, "document:1", 0, 0, "document:1"),
		e("enterprise:甲", graph.PartnersWith, "enterprise:乙", 2022, 0, "document:2"),
		e("enterprise:乙", graph.Undertakes, "project:丙", 0, 0, "document:2"),
		e("place:芗城区", graph.LocatedIn, "place:漳州市", 0, 0),
	}
	var want string
	var s *algo.Snapshot
	for range 2 {
		var err error
		s, err = algo.NewSnapshot(func(yield func(*graph.Edge, error) bool) {
			for _, e := range all {
				if !yield(&e, nil) {
					return
				}
			}
		}, map[graph.ID]int{"document:1": 2023, "document:2": 2024})
		if err != nil {
			t.Fatal(err)
		}
		if want != "" && fmt.Sprint(*s) != want {
			t.Fatalf("the order of edges shows:\n%s\n%v", want, *s)
		}
		want = fmt.Sprint(*s)
		slices.Reverse(all)
	}
	return s
}

// numberedEdges are edges in ascending order of key, with the ids of all nodes.
type numberedEdges struct {
	ids   []graph.ID
	edges []graph.Edge
	fails uint32 // the edge that cannot be read; none if 0
}

var errUnread = errors.New("unread")

func (g *numberedEdges) NodeID(n uint32) graph.ID { return g.ids[n] }

func (g *numberedEdges) EdgeSupport(first, end uint32, give func(int, float64, []graph.ID)) error {
	for n := first; n < end; n++ {
		if n > 0 && n == g.fails {
			return errUnread
		}
		var docs []graph.ID
		for _, ev := range g.edges[n].Evidence {
			docs = append(docs, ev.Doc)
		}
		give(g.edges[n].Year, g.edges[n].Weight, docs)
	}
	return nil
}

func (g *numberedEdges) all(yield func(*graph.Edge, error) bool) {
	for i := range g.edges {
		if !yield(&g.edges[i], nil) {
			return
		}
	}
}

func TestNumberedSnapshotIsTheSame(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	g := &numberedEdges{}
	years := map[graph.ID]int{}
	for i := range 40 {
		g.ids = append(g.ids, graph.ID(fmt.Sprintf("document:%02d", i)))
		years[g.ids[i]] = 2020 + i%3
	}
	for i := range 400 { // the last ones have no edge
		g.ids = append(g.ids, graph.ID(fmt.Sprintf("enterprise:%03d", i)))
	}
	types := []graph.EdgeType{graph.CoMentioned, graph.ReportsOn, graph.Undertakes}
	var from, to []uint32
	var kinds []uint8
	for range 100000 { // several stretches, read side by side
		u, v, kind := 40+r.IntN(300), 40+r.IntN(300), r.IntN(3)
		if kind == 1 {
			u = r.IntN(40)
		}
		if u == v {
			continue
		}
		e := graph.Edge{From: g.ids[u], Type: types[kind], To: g.ids[v], Year: 2010 + r.IntN(9), Weight: float64(r.IntN(3))}
		for range r.IntN(4) {
			e.Evidence = append(e.Evidence, graph.Evidence{Span: graph.Span{Doc: g.ids[r.IntN(40)]}})
		}
		g.edges = append(g.edges, e)
	}
	slices.SortStableFunc(g.edges, func(a, b graph.Edge) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.Type, b.Type), cmp.Compare(a.To, b.To))
	})
	for _, e := range g.edges {
		u, _ := slices.BinarySearch(g.ids, e.From)
		v, _ := slices.BinarySearch(g.ids, e.To)
		from, to, kinds = append(from, uint32(u)), append(to, uint32(v)), append(kinds, uint8(slices.Index(types, e.Type)))
	}
	rows, err := graph.NewRows(len(g.ids), types, from, to, kinds)
	if err != nil {
		t.Fatal(err)
	}
	want, err := algo.NewSnapshot(g.all, years)
	if err != nil {
		t.Fatal(err)
	}
	before := runtime.GOMAXPROCS(0)
	defer runtime.GOMAXPROCS(before)
	for _, workers := range []int{1, 2, 5} {
		runtime.GOMAXPROCS(workers)
		got, err := algo.NewNumberedSnapshot(t.Context(), rows, g, years)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("with %d workers it is another, or fails: %v", workers, err)
		}
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if _, err := algo.NewNumberedSnapshot(stopped, rows, g, years); !errors.Is(err, context.Canceled) {
		t.Errorf("nobody waits: %v", err)
	}
	g.fails = 70000
	if _, err := algo.NewNumberedSnapshot(t.Context(), rows, g, years); !errors.Is(err, errUnread) {
		t.Errorf("an edge that cannot be read: %v", err)
	}
}

func TestFilter(t *testing.T) {
	s := snapshot(t)
	for name, c := range map[string]struct {
		f         algo.Filter
		edges     string
		documents int // that 乙 rests on
		areas     int
	}{
		"all":     {algo.Filter{}, "[乙 甲 1.5 乙 丙 1 漳州市 芗城区 1]", 2, 2},
		"type":    {algo.Filter{Types: []graph.EdgeType{graph.CoMentioned}}, "[乙 甲 0.5]", 2, 2},
		"kind":    {algo.Filter{Kinds: []graph.Kind{graph.KindEnterprise}}, "[乙 甲 1.5]", 2, 2},
		"area":    {algo.Filter{Areas: []graph.ID{"place:芗城区"}}, "[乙 甲 0.5]", 1, 1},
		"year":    {algo.Filter{Year: 2024}, "[乙 甲 0.5 乙 丙 1]", 1, 1},
		"own":     {algo.Filter{Year: 2022}, "[乙 甲 1]", 1, 1},
		"both":    {algo.Filter{Areas: []graph.ID{"place:龙文区"}, Year: 2022}, "[乙 甲 1]", 1, 1},
		"neither": {algo.Filter{Areas: []graph.ID{"place:芗城区"}, Year: 2022}, "[]", 0, 0},
		"weight":  {algo.Filter{Docs: true}, "[乙 甲 3 乙 丙 1 漳州市 芗城区 1]", 2, 2},
	} {
		sel := s.Select(c.f)
		r, err := sel.Rows()
		if err != nil {
			t.Fatal(err)
		}
		var got []any
		for u := range r.Len() {
			for k, v := range r.Row(u) {
				if int(v) > u {
					got = append(got, r.IDs[u].Name(), r.IDs[v].Name(), r.WeightAt(int(r.Offsets[u])+k))
				}
			}
		}
		docs, areas := sel.Support("enterprise:乙")
		if fmt.Sprint(got) != c.edges || docs != c.documents || areas != c.areas {
			t.Errorf("%s: %v on %d documents of %d areas; want %s on %d of %d", name, got, docs, areas, c.edges, c.documents, c.areas)
		}
	}
	if a, err := s.Select(algo.Filter{}).Arcs(); err != nil || !a.HasEdgeFromTo(0, 4) || a.HasEdgeFromTo(4, 0) || !a.HasEdgeFromTo(0, 1) || !a.HasEdgeFromTo(1, 0) {
		t.Errorf("directions are lost: %v %v", a, err)
	}
	at := func(id graph.ID) int64 { i, _ := s.Find(id); return int64(i) }
	if !s.HasEdgeFromTo(at("enterprise:甲"), at("enterprise:乙")) || s.HasEdgeFromTo(at("enterprise:乙"), at("enterprise:甲")) ||
		!topo.PathExistsIn(s, s.Node(at("enterprise:甲")), s.Node(at("project:丙"))) || len(gonum.NodesOf(s.To(at("enterprise:乙")))) != 1 {
		t.Error("a snapshot is no gonum graph")
	}
}
