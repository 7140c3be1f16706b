package algo

import (
	"cmp"
	"container/heap"
	"context"
	"math"
	"slices"
)

// Finder finds ways between nodes, one question at a time, without touching more of the graph than it must.
type Finder struct {
	r     *Rows
	seen  [2][]int32 // from either end: the number of the question that reached a node last
	from  [2][]int32 // the node before
	front [2][]int32
	next  []int32
	asked int32
}

// NewFinder makes a finder. It costs memory for every node.
func NewFinder(r *Rows) *Finder {
	f := &Finder{r: r}
	for side := range 2 {
		f.seen[side], f.from[side] = make([]int32, r.Len()), make([]int32, r.Len())
	}
	return f
}

// Path returns the nodes of a shortest way (in hops), both ends included; nil if there is none. It searches from both ends,
// always on the side with fewer edges ahead.
func (f *Finder) Path(from, to int32) []int32 {
	if from == to {
		return []int32{from}
	}
	f.asked++
	var ahead [2]int
	for side, at := range [2]int32{from, to} {
		f.seen[side][at], f.from[side][at] = f.asked, -1
		f.front[side] = append(f.front[side][:0], at)
		ahead[side] = len(f.r.Row(int(at)))
	}
	for len(f.front[0]) > 0 && len(f.front[1]) > 0 {
		side := 0
		if ahead[1] < ahead[0] {
			side = 1
		}
		if a, b := f.grow(side, &ahead[side]); a >= 0 {
			return f.way(side, a, b)
		}
	}
	return nil
}

// grow takes one step on a side. If it meets the other, it returns the nodes on either side of the step that does: all steps that
// meet in one round make ways of the same length.
func (f *Finder) grow(side int, ahead *int) (a, b int32) {
	seen, from, other := f.seen[side], f.from[side], f.seen[1-side]
	f.next = f.next[:0]
	*ahead = 0
	for _, u := range f.front[side] {
		for _, v := range f.r.Row(int(u)) {
			if other[v] == f.asked {
				return u, v
			}
			if seen[v] != f.asked {
				seen[v], from[v] = f.asked, u
				f.next = append(f.next, v)
				*ahead += len(f.r.Row(int(v)))
			}
		}
	}
	f.front[side], f.next = f.next, f.front[side]
	return -1, -1
}

// way joins the two halves of a way at the step from a (found on the given side) to b.
func (f *Finder) way(side int, a, b int32) []int32 {
	var out []int32
	for at := a; at >= 0; at = f.from[side][at] {
		out = append(out, at)
	}
	slices.Reverse(out)
	for at := b; at >= 0; at = f.from[1-side][at] {
		out = append(out, at)
	}
	if side == 1 {
		slices.Reverse(out)
	}
	return out
}

// Route is a way through a graph.
type Route struct {
	Nodes []int32 // both ends included
	Cost  float64 // sum of the weights of its edges
}

// Shortest returns the way between two nodes whose weights sum up to least (Dijkstra 1959), and whether there is one. Of equal
// ones it takes that over smaller numbers.
func Shortest(r *Rows, from, to int32) (Route, bool) {
	s := newDijkstra(r)
	return s.run(from, to)
}

// KShortest returns up to k ways without loops between two nodes, cheapest first, then by their nodes (Yen 1971). It costs k times
// the nodes of a way searches, and stops when the context ends.
func KShortest(ctx context.Context, r *Rows, from, to int32, k int) ([]Route, error) {
	s := newDijkstra(r)
	first, ok := s.run(from, to)
	if !ok || k < 1 {
		return nil, ctx.Err()
	}
	found := []Route{first}
	var waiting []Route
	for len(found) < k {
		last := found[len(found)-1]
		cost := 0.0
		for i := range len(last.Nodes) - 1 {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			root := last.Nodes[:i+1]
			s.clear()
			for _, u := range root[:i] {
				s.shut[u] = true
			}
			for _, f := range found {
				if len(f.Nodes) > i+1 && slices.Equal(f.Nodes[:i+1], root) {
					s.cut = append(s.cut, f.Nodes[i+1])
				}
			}
			if rest, ok := s.run(root[i], to); ok {
				way := Route{append(slices.Clone(root), rest.Nodes[1:]...), cost + rest.Cost}
				if !slices.ContainsFunc(waiting, func(w Route) bool { return slices.Equal(w.Nodes, way.Nodes) }) {
					waiting = append(waiting, way)
				}
			}
			at, _ := r.at(int64(last.Nodes[i]), int64(last.Nodes[i+1]))
			cost += r.WeightAt(at)
		}
		if len(waiting) == 0 {
			break
		}
		best := slices.MinFunc(waiting, compareRoutes)
		waiting = slices.DeleteFunc(waiting, func(w Route) bool { return slices.Equal(w.Nodes, best.Nodes) })
		found = append(found, best)
	}
	return found, nil
}

func compareRoutes(a, b Route) int {
	return cmp.Or(cmp.Compare(a.Cost, b.Cost), cmp.Compare(len(a.Nodes), len(b.Nodes)), slices.Compare(a.Nodes, b.Nodes))
}

// dijkstra is a search that may not use the nodes that are shut, nor lead from its start to those that are cut off.
type dijkstra struct {
	r    *Rows
	cost []float64
	from []int32
	done []bool
	shut []bool
	cut  []int32
	heap costHeap
	used []int32
}

func newDijkstra(r *Rows) *dijkstra {
	n := r.Len()
	s := &dijkstra{r: r, cost: make([]float64, n), from: make([]int32, n), done: make([]bool, n), shut: make([]bool, n)}
	for i := range s.cost {
		s.cost[i] = math.Inf(1)
	}
	return s
}

func (s *dijkstra) clear() {
	clear(s.shut)
	s.cut = s.cut[:0]
}

func (s *dijkstra) run(from, to int32) (Route, bool) {
	for _, u := range s.used {
		s.cost[u], s.done[u] = math.Inf(1), false
	}
	s.used, s.heap = append(s.used[:0], from), append(s.heap[:0], costed{from, 0})
	s.cost[from], s.from[from] = 0, -1
	for len(s.heap) > 0 {
		u := heap.Pop(&s.heap).(costed).node
		if s.done[u] {
			continue
		}
		s.done[u] = true
		if u == to {
			return s.route(to), true
		}
		for k, v := range s.r.Row(int(u)) {
			if s.shut[v] || u == from && slices.Contains(s.cut, v) {
				continue
			}
			c := s.cost[u] + s.r.WeightAt(int(s.r.Offsets[u])+k)
			if math.IsInf(s.cost[v], 1) {
				s.used = append(s.used, v)
			}
			if c < s.cost[v] || c == s.cost[v] && !s.done[v] && u < s.from[v] {
				if c < s.cost[v] {
					heap.Push(&s.heap, costed{v, c})
				}
				s.cost[v], s.from[v] = c, u
			}
		}
	}
	return Route{}, false
}

func (s *dijkstra) route(to int32) Route {
	r := Route{Cost: s.cost[to]}
	for at := to; at >= 0; at = s.from[at] {
		r.Nodes = append(r.Nodes, at)
	}
	slices.Reverse(r.Nodes)
	return r
}

type costed struct {
	node int32
	cost float64
}

type costHeap []costed

// Len, Less, Swap, Push and Pop are heap.Interface.
func (h costHeap) Len() int { return len(h) }

func (h costHeap) Less(i, j int) bool {
	return h[i].cost < h[j].cost || h[i].cost == h[j].cost && h[i].node < h[j].node
}
func (h costHeap) Swap(i, j int) { h[i], h[j] = h[j], h[i] }

// Push is heap.Interface.
func (h *costHeap) Push(x any) { *h = append(*h, x.(costed)) }

// Pop is heap.Interface.
func (h *costHeap) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}

// SpanningForest returns the edges of a forest that joins each component with the least sum of weights, or the greatest with
// heaviest (Kruskal 1956): the skeleton of a graph. They are ascending, the smaller number first; of equal ones it takes the smaller.
func SpanningForest(r *Rows, heaviest bool) [][2]int32 {
	type link struct {
		weight float64
		ends   [2]int32
	}
	var links []link
	for u := range r.Len() {
		for k, v := range r.Row(u) {
			if int(v) > u {
				w := r.WeightAt(int(r.Offsets[u]) + k)
				if heaviest {
					w = -w
				}
				links = append(links, link{w, [2]int32{int32(u), v}})
			}
		}
	}
	slices.SortFunc(links, func(a, b link) int {
		return cmp.Or(cmp.Compare(a.weight, b.weight), slices.Compare(a.ends[:], b.ends[:]))
	})
	parent := make([]int32, r.Len())
	for i := range parent {
		parent[i] = int32(i)
	}
	root := func(u int32) int32 {
		for parent[u] != u {
			parent[u] = parent[parent[u]]
			u = parent[u]
		}
		return u
	}
	var out [][2]int32
	for _, l := range links {
		if a, b := root(l.ends[0]), root(l.ends[1]); a != b {
			parent[max(a, b)] = min(a, b)
			out = append(out, l.ends)
		}
	}
	slices.SortFunc(out, func(a, b [2]int32) int { return slices.Compare(a[:], b[:]) })
	return out
}
