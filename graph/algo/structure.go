package algo

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
)

// Components returns for each node the number of the connected component that it belongs to, and how many there are. They are
// numbered in the order of their first nodes. It joins every node with its first neighbours, and then needs to look further
// only outside the component that has become the largest (Sutton, Ben-Nun, Barak 2018).
func Components(r *Rows) (of []int32, count int) {
	n := r.Len()
	of = make([]int32, n) // a node of the same component with a smaller number, or the node itself
	for i := range of {
		of[i] = int32(i)
	}
	root := func(u int32) int32 {
		for of[u] != u {
			of[u] = of[of[u]]
			u = of[u]
		}
		return u
	}
	join := func(u, v int32) {
		if a, b := root(u), root(v); a != b {
			of[max(a, b)] = min(a, b)
		}
	}
	const firsts = 2
	for u := range n {
		row := r.Row(u)
		for _, v := range row[:min(firsts, len(row))] {
			join(int32(u), v)
		}
	}
	size := make([]int32, n)
	largest := int32(0)
	for u := range of {
		a := root(int32(u))
		if size[a]++; size[a] > size[largest] {
			largest = a
		}
	}
	for u := range n {
		// An edge is seen from both ends, so that one into the largest is seen from outside.
		if row := r.Row(u); len(row) > firsts && root(int32(u)) != root(largest) {
			for _, v := range row[firsts:] {
				join(int32(u), v)
			}
		}
	}
	for u, before := range of {
		if int(before) == u {
			of[u] = ^int32(count) // numbers below 0 mark what is done, which all smaller nodes are
			count++
		} else {
			of[u] = of[before]
		}
	}
	for u := range of {
		of[u] = ^of[u]
	}
	return of, count
}

// Cores returns for each node the largest k such that it lies in a part in which everybody has k neighbours (Seidman 1983), by
// taking away, for growing k, whoever has no more than k. It costs the edges.
func Cores(r *Rows) []int32 {
	core := make([]int32, r.Len()) // what is left of the degrees, until a node is taken away
	left := make([]int32, r.Len())
	for i := range core {
		core[i] = int32(len(r.Row(i)))
		left[i] = int32(i)
	}
	var going []int32
	for k := int32(0); len(left) > 0; k++ {
		kept := left[:0]
		least := int32(math.MaxInt32)
		going = going[:0]
		for _, u := range left {
			switch d := core[u]; {
			case d > k:
				kept = append(kept, u)
				least = min(least, d)
			case d == k:
				going = append(going, u)
			}
		}
		left = kept
		if len(going) == 0 {
			k = least - 1 // nobody has so few
			continue
		}
		for len(going) > 0 {
			u := going[len(going)-1]
			going = going[:len(going)-1]
			for _, v := range r.Row(int(u)) {
				if core[v] > k {
					if core[v]--; core[v] == k {
						going = append(going, v)
					}
				}
			}
		}
	}
	return core
}

// Cuts are the nodes and edges without which a component falls apart.
type Cuts struct {
	Points  []CutPoint // ascending
	Bridges []Bridge   // ascending
}

// CutPoint is an articulation point.
type CutPoint struct {
	Node  int32
	Apart int32 // nodes that are cut off from the largest part that is left without it
}

// Bridge is an edge that alone joins two parts.
type Bridge struct {
	Ends  [2]int32 // smaller number first
	Apart int32    // nodes in the smaller of the parts
}

// CutsOf finds articulation points and bridges (Tarjan 1974). It costs the edges.
func CutsOf(r *Rows) Cuts {
	s := cutSearch{
		r: r, seen: make([]int32, r.Len()), low: make([]int32, r.Len()), below: make([]int32, r.Len()),
		off: make([]int32, r.Len()), largest: make([]int32, r.Len()),
	}
	for root := range s.seen {
		if s.seen[root] == 0 {
			s.component(int32(root))
		}
	}
	slices.SortFunc(s.cuts.Points, func(a, b CutPoint) int { return cmp.Compare(a.Node, b.Node) })
	slices.SortFunc(s.cuts.Bridges, func(a, b Bridge) int { return slices.Compare(a.Ends[:], b.Ends[:]) })
	return s.cuts
}

type cutSearch struct {
	r            *Rows
	seen, low    []int32 // when a node was first seen, and the earliest that is reached from below it
	below        []int32 // nodes below it, itself counted
	off, largest []int32 // nodes in the parts below it that only it joins to the rest, and in the largest of these
	clock        int32
	stack        []cutFrame
	order        []int32 // of the component, as they were seen
	cuts         Cuts
}

type cutFrame struct {
	node, parent int32
	next         uint32
}

func (s *cutSearch) enter(u, parent int32) {
	s.clock++
	s.seen[u], s.low[u], s.below[u] = s.clock, s.clock, 1
	s.stack = append(s.stack, cutFrame{u, parent, s.r.Offsets[u]})
	s.order = append(s.order, u)
}

func (s *cutSearch) component(root int32) {
	s.order = s.order[:0]
	bridges := len(s.cuts.Bridges)
	s.enter(root, -1)
	for len(s.stack) > 0 {
		f := &s.stack[len(s.stack)-1]
		u := f.node
		if f.next < s.r.Offsets[u+1] {
			v := s.r.Targets[f.next]
			f.next++
			switch {
			case v == f.parent:
			case s.seen[v] != 0:
				s.low[u] = min(s.low[u], s.seen[v])
			default:
				s.enter(v, u)
			}
			continue
		}
		p := f.parent
		s.stack = s.stack[:len(s.stack)-1]
		if p < 0 {
			continue
		}
		s.low[p] = min(s.low[p], s.low[u])
		s.below[p] += s.below[u]
		if s.low[u] > s.seen[p] {
			s.cuts.Bridges = append(s.cuts.Bridges, Bridge{[2]int32{min(u, p), max(u, p)}, s.below[u]})
		}
		if s.low[u] >= s.seen[p] {
			s.off[p] += s.below[u]
			s.largest[p] = max(s.largest[p], s.below[u])
		}
	}
	all := int32(len(s.order))
	for _, u := range s.order {
		rest := all - 1 - s.off[u] // what lies above it
		if s.off[u] > 0 && (rest > 0 || s.off[u] > s.largest[u]) {
			s.cuts.Points = append(s.cuts.Points, CutPoint{u, all - 1 - max(rest, s.largest[u])})
		}
	}
	for i := range s.cuts.Bridges[bridges:] {
		b := &s.cuts.Bridges[bridges+i]
		b.Apart = min(b.Apart, all-b.Apart)
	}
}

// Triangles returns for each node how many pairs of its neighbours are neighbours (Chiba, Nishizeki 1985, over nodes in
// order of degree, with a matrix of bits for those of high degree). It costs the edges times the square root of their number at most.
func Triangles(r *Rows) []int64 {
	n := r.Len()
	up, node := upward(r)
	hubs := hubsOf(r, up, node)
	// Small pieces: the nodes of high degree stand together.
	const size = 64
	parts := (n + size - 1) / size
	searches := make([]*triangleSearch, workers(parts))
	many(parts, func(w, p int) {
		s := searches[w]
		if s == nil {
			s = &triangleSearch{up: up, hubs: hubs, mark: make([]uint64, n/64+1), counts: make([]int32, n), among: make([]int64, n-hubs.first)}
			searches[w] = s
		}
		for u := p * size; u < min(n, (p+1)*size); u++ {
			if u < hubs.first {
				s.from(u)
			} else {
				s.fromHub(u)
			}
		}
	})
	counts := make([]int64, n)
	for _, s := range searches {
		if s == nil {
			continue
		}
		for i, c := range s.among {
			counts[hubs.first+i] += c
		}
	}
	for i := hubs.first; i < n; i++ {
		counts[i] /= 2 // a hub has seen its triangles from both of its edges
	}
	out := make([]int64, n)
	for _, s := range searches {
		if s != nil {
			for i, c := range s.counts {
				counts[i] += int64(c)
			}
		}
	}
	for i, c := range counts {
		out[node[i]] = c
	}
	return out
}

// hubs says which of the nodes of highest degree are neighbours, a bit for each pair of them.
type hubs struct {
	first int // the number of the first of them; they are the last nodes by degree
	words int // of 64 bits, in a row
	bits  []uint64
}

// neighboursPerWord is how many neighbours a hub has for every word of its row: with fewer, going through the row costs more than
// going through the neighbours. It keeps the rows smaller than the edges.
const neighboursPerWord = 4

// hubsOf takes as many nodes as have enough neighbours.
func hubsOf(r, up *Rows, node []int32) *hubs {
	n := r.Len()
	h := &hubs{first: n}
	for h.first > 0 && len(r.Row(int(node[h.first-1]))) > neighboursPerWord*(n-h.first)/64 {
		h.first--
	}
	h.words = (n - h.first + 63) / 64
	h.bits = make([]uint64, (n-h.first)*h.words)
	for u := h.first; u < n; u++ {
		for _, v := range up.Row(u) {
			i, k := u-h.first, int(v)-h.first
			h.bits[i*h.words+k>>6] |= 1 << (k & 63)
			h.bits[k*h.words+i>>6] |= 1 << (i & 63)
		}
	}
	return h
}

func (h *hubs) row(u int) []uint64 {
	i := (u - h.first) * h.words
	return h.bits[i : i+h.words]
}

// triangleSearch is what one worker needs and has found.
type triangleSearch struct {
	up     *Rows
	hubs   *hubs
	mark   []uint64 // the neighbours of the node at hand, a bit each
	counts []int32  // by node, of which none has more triangles than the graph has edges
	among  []int64  // by hub, twice the triangles among hubs
	found  []int32  // by place in a row
}

// from finds the triangles of which u, not a hub, has the smallest number.
func (s *triangleSearch) from(u int) {
	row := s.up.Row(u)
	if len(row) < 2 {
		return
	}
	far, _ := slices.BinarySearch(row, int32(s.hubs.first))
	if far > 0 {
		s.marked(u, row, row[:far])
	}
	row = row[far:]
	if cap(s.found) < len(row) {
		s.found = make([]int32, 2*len(row))
	}
	found := s.found[:len(row)]
	clear(found)
	first := s.hubs.first
	own := int32(0)
	for i, v := range row {
		bits, at := s.hubs.row(int(v)), int32(0)
		for k, x := range row[:i] {
			hub := int(x) - first
			b := int32(bits[hub>>6] >> (hub & 63) & 1)
			found[k] += b
			at += b
		}
		found[i] += at
		own += at
	}
	s.counts[u] += own
	for i, v := range row {
		s.counts[v] += found[i]
	}
}

// marked finds those triangles over some neighbours of u in which they have the second number, by looking through their rows.
func (s *triangleSearch) marked(u int, row, over []int32) {
	mark := s.mark
	for _, v := range row {
		mark[v>>6] |= 1 << (v & 63)
	}
	own := int32(0)
	for _, v := range over {
		at := int32(0)
		for _, x := range s.up.Row(int(v)) {
			if mark[x>>6]>>(x&63)&1 != 0 {
				at++
				s.counts[x]++
			}
		}
		s.counts[v] += at
		own += at
	}
	s.counts[u] += own
	for _, v := range row {
		mark[v>>6] = 0
	}
}

// fromHub counts, for each edge from a hub to a later one, the hubs that are neighbours of both.
func (s *triangleSearch) fromHub(u int) {
	a := s.hubs.row(u)
	own := int64(0)
	for _, v := range s.up.Row(u) {
		b := s.hubs.row(int(v))[:len(a)]
		at := 0
		for i, w := range a {
			at += bits.OnesCount64(w & b[i])
		}
		s.among[int(v)-s.hubs.first] += int64(at)
		own += int64(at)
	}
	s.among[u-s.hubs.first] += own
}

// upward numbers nodes by degree and keeps of each edge the direction from the smaller to the larger number; node says who
// has a number.
func upward(r *Rows) (up *Rows, node []int32) {
	n := r.Len()
	node, place := byDegree(r, func(degree, _ int32) int32 { return degree })
	up = &Rows{Offsets: make([]uint32, n+1)}
	each(n, func(_, lo, hi int) {
		for at := lo; at < hi; at++ {
			larger := uint32(0)
			for _, v := range r.Row(int(node[at])) {
				if int(place[v]) > at {
					larger++
				}
			}
			up.Offsets[at+1] = larger
		}
	})
	up.add()
	up.Targets = make([]int32, up.Offsets[n])
	each(n, func(_, lo, hi int) {
		for at := lo; at < hi; at++ {
			to := up.Offsets[at]
			for _, v := range r.Row(int(node[at])) {
				if int(place[v]) > at {
					up.Targets[to] = place[v]
					to++
				}
			}
			slices.Sort(up.Row(at))
		}
	})
	return up, node
}

// Clustering returns for each node the share of the pairs of its neighbours that are neighbours (Watts, Strogatz 1998), 0
// with less than two neighbours.
func Clustering(r *Rows) []float64 {
	out := make([]float64, r.Len())
	for i, t := range Triangles(r) {
		if d := len(r.Row(i)); d > 1 {
			out[i] = 2 * float64(t) / float64(d) / float64(d-1)
		}
	}
	return out
}
