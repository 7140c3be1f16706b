package algo

import (
	"context"
	"math"
	"math/bits"
	"slices"
)

// Hops returns the number of edges on the shortest way from a node to every other, -1 where there is none. It goes up from the
// unreached nodes when they have fewer edges than the reached ones (Beamer, Asanović, Patterson 2012).
func Hops(r *Rows, from int) []int32 {
	n := r.Len()
	hops := make([]int32, n)
	for i := range hops {
		hops[i] = -1
	}
	hops[from] = 0
	front, next := []int32{int32(from)}, []int32(nil)
	left := len(r.Targets)
	for level := int32(1); len(front) > 0; level++ {
		out := 0
		for _, u := range front {
			out += int(r.Offsets[u+1] - r.Offsets[u])
		}
		left -= out
		next = next[:0]
		if out > left/8 && len(front) > n/64 {
			for v := range hops {
				if hops[v] < 0 && slices.ContainsFunc(r.Row(v), func(t int32) bool { return hops[t] == level-1 }) {
					hops[v] = level
					next = append(next, int32(v))
				}
			}
		} else {
			for _, u := range front {
				for _, v := range r.Row(int(u)) {
					if hops[v] < 0 {
						hops[v] = level
						next = append(next, v)
					}
				}
			}
		}
		front, next = next, front
	}
	return hops
}

// Distances says how near each node is to the others.
type Distances struct {
	Closeness []float64 // (reached/(n-1)) · (reached/sum of hops), after Wasserman and Faust 1994, so that small components do not win
	Harmonic  []float64 // sum of 1/hops
}

// together is the number of searches that run at once, a bit each.
const together = 64

// Closeness measures hops from every node to every other, 64 searches at a time (Then et al. 2014). It costs nodes times
// edges, and stops when the context ends.
func Closeness(ctx context.Context, r *Rows) (*Distances, error) {
	n := r.Len()
	d := &Distances{make([]float64, n), make([]float64, n)}
	batches := (n + together - 1) / together
	states := make([]*manySearch, workers(batches))
	many(batches, func(w, b int) {
		if ctx.Err() != nil {
			return
		}
		if states[w] == nil {
			states[w] = &manySearch{seen: make([]uint64, n), front: make([]uint64, n), next: make([]uint64, n)}
		}
		states[w].run(r, b*together, min(n, (b+1)*together), d)
	})
	return d, ctx.Err()
}

type manySearch struct {
	seen, front, next []uint64 // by node: which searches reached it before, at the last step, at this one
	planes            [32]uint64
}

func (s *manySearch) run(r *Rows, lo, hi int, d *Distances) {
	clear(s.seen)
	clear(s.front)
	for i := lo; i < hi; i++ {
		s.seen[i] |= 1 << (i - lo)
		s.front[i] |= 1 << (i - lo)
	}
	var reached, far [together]int64
	for level := 1; ; level++ {
		clear(s.next)
		for u, f := range s.front {
			if f != 0 {
				for _, v := range r.Row(u) {
					s.next[v] |= f
				}
			}
		}
		s.planes = [32]uint64{}
		some := uint64(0)
		for v := range s.next {
			fresh := s.next[v] &^ s.seen[v]
			s.front[v] = fresh
			if fresh == 0 {
				continue
			}
			s.seen[v] |= fresh
			some |= fresh
			// Counts for 64 searches are held with a bit of each in a word: adding is a ripple of carries.
			for p := 0; fresh != 0; p++ {
				s.planes[p], fresh = s.planes[p]^fresh, s.planes[p]&fresh
			}
		}
		if some == 0 {
			break
		}
		for rest := some; rest != 0; rest &= rest - 1 {
			k := bits.TrailingZeros64(rest)
			count := int64(0)
			for p, plane := range s.planes {
				count |= int64(plane>>k&1) << p
			}
			reached[k] += count
			far[k] += count * int64(level)
			d.Harmonic[lo+k] += float64(count) / float64(level)
		}
	}
	for i := lo; i < hi; i++ {
		if k := i - lo; far[k] > 0 {
			got := float64(reached[k])
			d.Closeness[i] = got / float64(r.Len()-1) * got / float64(far[k])
		}
	}
}

// Between says on how many shortest paths each node lies.
type Between struct {
	Scores  []float64 // for each pair of others, the share of its shortest paths that lead through the node
	Sources int       // from how many nodes paths were followed: all of them if it is exact
	Exact   bool
	// Error bounds, if not exact, how far any score may be off, as a share of (n-1)(n-2)/2, the score of the middle of a
	// star, with a probability of 0.9 (Hoeffding's bound without replacement after Serfling 1974, over all nodes).
	Error float64
}

// Betweenness counts shortest paths (in hops) through each node (Brandes 2001). With more nodes than sources it follows paths
// from that many nodes only, drawn by a fixed seed (Brandes, Pich 2007), and says so; sources 0 means all. A source costs the
// edges.
func Betweenness(ctx context.Context, r *Rows, sources int) (*Between, error) {
	n := r.Len()
	b := &Between{Scores: make([]float64, n), Sources: n, Exact: true}
	from := make([]int32, n)
	for i := range from {
		from[i] = int32(i)
	}
	if sources > 0 && sources < n {
		shuffle(from)
		from = from[:sources]
		slices.Sort(from)
		b.Sources, b.Exact = sources, false
		k := float64(sources)
		b.Error = math.Sqrt((1 - (k-1)/float64(n)) * math.Log(2*float64(n)/0.1) / (2 * k))
	}
	// Nodes are taken in order of degree, as in PageRank.
	node, place := byDegree(r, func(degree, most int32) int32 { return most - degree })
	r = r.renumbered(node, place)
	// Dependencies are added up over pieces of sources, and the pieces in their order, whoever does them.
	const size = 32
	parts := (len(from) + size - 1) / size
	states := make([]*brandes, workers(parts))
	turn := newTurnstile()
	many(parts, func(w, p int) {
		if states[w] == nil {
			states[w] = newBrandes(n)
		}
		s := states[w]
		for _, source := range from[p*size : min(len(from), (p+1)*size)] {
			if ctx.Err() == nil {
				s.run(r, place[source])
			}
		}
		turn.pass(p, func() {
			for i, d := range s.total {
				b.Scores[node[i]] += d
			}
		})
		clear(s.total)
	})
	factor := 0.5 // every pair was counted from both ends
	if !b.Exact {
		factor *= float64(n) / float64(b.Sources)
	}
	for i := range b.Scores {
		b.Scores[i] *= factor
	}
	return b, ctx.Err()
}

// brandes is the state of one search. hops and paths lie together because they are read together.
type brandes struct {
	at    []reach
	order []int32
	total []float64
}

type reach struct {
	paths float64 // shortest ones from the source; on the way back, what a nearer neighbour gets for each of its paths
	hops  int32
}

func newBrandes(n int) *brandes {
	b := &brandes{at: make([]reach, n), order: make([]int32, 0, n), total: make([]float64, n)}
	for i := range b.at {
		b.at[i].hops = -1
	}
	return b
}

func (b *brandes) run(r *Rows, source int32) {
	at := b.at
	order := append(b.order[:0], source)
	at[source] = reach{1, 0}
	for i := 0; i < len(order); i++ {
		u := order[i]
		near := at[u]
		for _, v := range r.Row(int(u)) {
			switch a := &at[v]; {
			case a.hops < 0:
				*a = reach{near.paths, near.hops + 1}
				order = append(order, v)
			case a.hops == near.hops+1:
				a.paths += near.paths
			}
		}
	}
	for i := len(order) - 1; i > 0; i-- {
		u := order[i]
		paths, further := at[u].paths, at[u].hops+1
		handed := 0.0
		for _, v := range r.Row(int(u)) {
			if a := &at[v]; a.hops == further {
				handed += a.paths
			}
		}
		// What u passes on: handed · paths is its dependency.
		b.total[u] += handed * paths
		at[u].paths = 1/paths + handed
	}
	for _, u := range order {
		at[u].hops = -1
	}
	b.order = order
}

// seed is the one that every choice of ours begins with, so that the same graph gives the same digits.
const seed = 0x9e3779b97f4a7c15

// random is a generator of its own (SplitMix64, Steele, Lea, Flood 2014), so that no library's change moves a digit.
type random uint64

func (s *random) next() uint64 {
	*s += 0x9e3779b97f4a7c15
	z := uint64(*s)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// below returns a number of [0, n).
func (s *random) below(n int) int {
	hi, _ := bits.Mul64(s.next(), uint64(n))
	return int(hi)
}

func shuffle(values []int32) {
	s := random(seed)
	for i := len(values) - 1; i > 0; i-- {
		j := s.below(i + 1)
		values[i], values[j] = values[j], values[i]
	}
}
