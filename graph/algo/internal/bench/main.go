// Command bench measures the algorithms on R-MAT graphs; testdata/bench/algo.sh runs it beside its peers.
//
//	bench make FILE NODES EDGES     writes an R-MAT graph as pairs of 32-bit numbers
//	bench run FILE DIR WHAT         runs one algorithm, with a line "what wall cpu MB", and leaves the results in DIR
//	bench gonum FILE DIR WHAT       the same with gonum's algorithm over the same rows, for a minute at most
//	bench compare DIR PEER          says how far apart the results in two folders are
package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"time"

	"github.com/tupu-kg/tupu/graph/algo"
	gonum "gonum.org/v1/gonum/graph"
	"gonum.org/v1/gonum/graph/community"
	"gonum.org/v1/gonum/graph/network"
	"gonum.org/v1/gonum/graph/path"
	"gonum.org/v1/gonum/graph/topo"
	"gonum.org/v1/gonum/graph/traverse"
)

// limit is how long an algorithm of gonum may take.
const limit = 60 * time.Second

// exactly is the number of nodes up to which betweenness is counted from all of them. The peer in C has the same.
const exactly = 20000

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	switch {
	case len(args) == 4 && args[0] == "make":
		return rmat(args[1], args[2], args[3])
	case len(args) == 4 && args[0] == "run":
		return measure(args[1], args[2], args[3], ours)
	case len(args) == 4 && args[0] == "gonum":
		time.AfterFunc(limit, func() {
			fmt.Printf("%-12s %9s %9s %9d\n", args[3], "over", limit, peak()>>20)
			os.Exit(0)
		})
		return measure(args[1], args[2], args[3], gonums)
	case len(args) == 3 && args[0] == "compare":
		return compare(args[1], args[2])
	}
	return fmt.Errorf("use make FILE NODES EDGES, run FILE DIR WHAT, gonum FILE DIR WHAT or compare DIR PEER")
}

// rmat draws edges by R-MAT (Chakrabarti, Zhan, Faloutsos 2004) until there are as many different ones as asked for.
func rmat(file, nodes, edges string) error {
	n, err := strconv.Atoi(nodes)
	if err != nil {
		return err
	}
	m, err := strconv.Atoi(edges)
	if err != nil {
		return err
	}
	r := rand.New(rand.NewPCG(1, 2))
	all := make([]uint64, 0, m+m/2)
	for len(all) < m {
		for range m - len(all) + m/8 {
			u, v := 0, 0
			for bit := 1; bit < n; bit <<= 1 {
				switch x := r.Float64(); {
				case x < 0.57:
				case x < 0.76:
					v |= bit
				case x < 0.95:
					u |= bit
				default:
					u, v = u|bit, v|bit
				}
			}
			if u != v && u < n && v < n {
				all = append(all, uint64(min(u, v))<<32|uint64(max(u, v)))
			}
		}
		slices.Sort(all)
		all = slices.Compact(all)
	}
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	all = all[:m]
	slices.Sort(all)
	var b bytes.Buffer
	for _, x := range append([]uint64{uint64(n)<<32 | uint64(m)}, all...) {
		_ = binary.Write(&b, binary.LittleEndian, [2]uint32{uint32(x >> 32), uint32(x)})
	}
	return os.WriteFile(file, b.Bytes(), 0o644)
}

func read(file string) (n int, from, to []int32, err error) {
	f, err := os.Open(file)
	if err != nil {
		return 0, nil, nil, err
	}
	defer f.Close()
	b := bufio.NewReader(f)
	var pair [8]byte
	if _, err := io.ReadFull(b, pair[:]); err != nil {
		return 0, nil, nil, err
	}
	n, m := int(binary.LittleEndian.Uint32(pair[:])), int(binary.LittleEndian.Uint32(pair[4:]))
	from, to = make([]int32, m), make([]int32, m)
	for i := range from {
		if _, err := io.ReadFull(b, pair[:]); err != nil {
			return 0, nil, nil, err
		}
		from[i], to[i] = int32(binary.LittleEndian.Uint32(pair[:])), int32(binary.LittleEndian.Uint32(pair[4:]))
	}
	return n, from, to, nil
}

// measure runs one algorithm, leaves what it found in a file of its name, and prints how long it took: wall and user+system seconds,
// best of some runs if it is quick, and the peak of the memory in MB, the graph and what it was read from included.
func measure(file, dir, what string, of func(*algo.Rows, string) func() []float64) error {
	n, from, to, err := read(file)
	if err != nil {
		return err
	}
	r, err := algo.Undirected(n, from, to, nil)
	if err != nil {
		return err
	}
	f := of(r, what)
	if what == "build" {
		r, f = nil, func() []float64 {
			r, err = algo.Undirected(n, from, to, nil)
			if err != nil {
				return nil
			}
			return []float64{float64(r.Edges())}
		}
	}
	if f == nil {
		return nil
	}
	best, bestCPU := math.Inf(1), math.Inf(1)
	var out []float64
	for range 5 {
		runtime.GC() // what the run before left is none of this one's
		start, cpu := time.Now(), cpuTime()
		out = f()
		wall := time.Since(start).Seconds()
		best, bestCPU = min(best, wall), min(bestCPU, (cpuTime()-cpu).Seconds())
		if wall > 2 {
			break
		}
	}
	fmt.Printf("%-12s %9.4f %9.4f %9d\n", what, best, bestCPU, peak()>>20)
	f2, err := os.Create(filepath.Join(dir, what))
	if err != nil {
		return err
	}
	defer f2.Close()
	w := bufio.NewWriter(f2)
	for _, v := range out {
		_ = binary.Write(w, binary.LittleEndian, v)
	}
	return w.Flush()
}

// pairsOf draws the pairs between which paths are sought. The peer in C draws the same.
func pairsOf(n int) [][2]int32 {
	var out [][2]int32
	x := uint64(1)
	for range 300 {
		var p [2]int32
		for i := range p {
			x = x*6364136223846793005 + 1442695040888963407
			p[i] = int32(x >> 33 % uint64(n))
		}
		out = append(out, p)
	}
	return out
}

func floats[T int32 | int64](values []T) []float64 {
	out := make([]float64, len(values))
	for i, v := range values {
		out[i] = float64(v)
	}
	return out
}

func ours(r *algo.Rows, what string) func() []float64 {
	ctx, hub := context.Background(), int(hubOf(r))
	return map[string]func() []float64{
		"pagerank":   func() []float64 { return algo.PageRank(r, algo.Walk{Tolerance: 1e-10}) }, // igraph's
		"components": func() []float64 { _, count := algo.Components(r); return []float64{float64(count)} },
		"cores":      func() []float64 { return floats(algo.Cores(r)) },
		"triangles":  func() []float64 { return floats(algo.Triangles(r)) },
		"bfs":        func() []float64 { return floats(algo.Hops(r, hub)) },
		"paths": func() []float64 {
			f := algo.NewFinder(r)
			var out []float64
			for _, p := range pairsOf(r.Len()) {
				out = append(out, float64(len(f.Path(p[0], p[1]))-1))
			}
			return out
		},
		"communities": func() []float64 {
			c, err := algo.Louvain(ctx, r, 1)
			if err != nil {
				return nil
			}
			return []float64{c.Modularity}
		},
		"betweenness": func() []float64 {
			sources := 0
			if r.Len() > exactly {
				sources = 50
			}
			b, err := algo.Betweenness(ctx, r, sources)
			if err != nil {
				return nil
			}
			return b.Scores
		},
	}[what]
}

// hubOf is the first of the nodes with the most neighbours.
func hubOf(r *algo.Rows) int32 {
	hub := int32(0)
	for i := range r.Len() {
		if len(r.Row(i)) > len(r.Row(int(hub))) {
			hub = int32(i)
		}
	}
	return hub
}

func gonums(r *algo.Rows, what string) func() []float64 {
	n, hub := r.Len(), r.Node(int64(hubOf(r)))
	byNode := func(m map[int64]float64, factor float64) []float64 {
		out := make([]float64, n)
		for i, v := range m {
			out[i] = v * factor
		}
		return out
	}
	return map[string]func() []float64{
		"pagerank": func() []float64 {
			return byNode(network.PageRankSparse(struct{ gonum.Directed }{&algo.Arcs{Out: r, In: r}}, 0.85, 1e-10), 1)
		},
		"components": func() []float64 { return []float64{float64(len(topo.ConnectedComponents(r)))} },
		"cores": func() []float64 {
			out := make([]float64, n)
			_, parts := topo.DegeneracyOrdering(r)
			for k, part := range parts {
				for _, v := range part {
					out[v.ID()] = float64(k)
				}
			}
			return out
		},
		"bfs": func() []float64 {
			out := make([]float64, n)
			for i := range out {
				out[i] = -1
			}
			var b traverse.BreadthFirst
			b.Walk(r, hub, func(v gonum.Node, depth int) bool { out[v.ID()] = float64(depth); return false })
			return out
		},
		"paths": func() []float64 {
			var out []float64
			for _, p := range pairsOf(n) {
				_, w := path.DijkstraFrom(r.Node(int64(p[0])), r).To(int64(p[1]))
				if math.IsInf(w, 1) {
					w = -1
				}
				out = append(out, w)
			}
			return out
		},
		"communities": func() []float64 {
			found := community.Modularize(r, 1, rand.NewPCG(1, 2)).Communities()
			return []float64{community.Q(r, found, 1)}
		},
		"betweenness": func() []float64 { return byNode(network.Betweenness(r), 0.5) },
	}[what]
}

func compare(dir, peer string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		a, err := values(filepath.Join(dir, e.Name()))
		if err != nil {
			return err
		}
		b, err := values(filepath.Join(peer, e.Name()))
		if err != nil || len(a) == 0 || len(b) == 0 {
			continue
		}
		if len(a) != len(b) {
			fmt.Printf("%-12s %d and %d values\n", e.Name(), len(a), len(b))
			continue
		}
		worst := 0.0
		for i := range a {
			worst = max(worst, math.Abs(a[i]-b[i])/max(1, math.Abs(b[i])))
		}
		fmt.Printf("%-12s %d values, furthest apart %.3g", e.Name(), len(a), worst)
		if len(a) == 1 {
			fmt.Printf(" (%.6g and %.6g)", a[0], b[0])
		}
		fmt.Println()
	}
	return nil
}

func values(file string) ([]float64, error) {
	b, err := os.ReadFile(file)
	var out []float64
	for ; len(b) >= 8; b = b[8:] {
		out = append(out, math.Float64frombits(binary.LittleEndian.Uint64(b)))
	}
	return out, err
}
