package algo

import (
	"context"
	"math"
	"slices"
)

// Communities says which nodes belong together.
type Communities struct {
	Of         []int32 // for each node, numbered by falling size, then by the first node
	Count      int
	Modularity float64
}

// pollEvery is how many nodes are moved between two looks at whether somebody waits.
const pollEvery = 4096

// maxLevels and maxSweeps bound what Louvain does; neither is reached before it has come to rest on graphs of any use.
const (
	maxLevels = 64
	maxSweeps = 1000
)

// leastGain is the modularity below which a move is not worth making; it stops two communities from swapping a node for ever.
const leastGain = 1e-10

// Louvain finds communities of high modularity by moving nodes and joining communities (Blondel et al. 2008), over nodes in
// an order fixed by a seed, visiting again only those whose neighbourhood changed (Ozaki et al. 2016). A community that does not hang
// together, which the method can leave behind (Traag et al. 2019), is cut into its parts, which only raises the modularity.
// Resolution above 1 gives smaller communities; 0 means 1. It costs some sweeps over the edges and stops when the context ends.
func Louvain(ctx context.Context, r *Rows, resolution float64) (*Communities, error) {
	if resolution == 0 {
		resolution = 1
	}
	n := r.Len()
	of := make([]int32, n)
	for i := range of {
		of[i] = int32(i)
	}
	level := &weighted{Rows: r, loops: make([]float64, n)}
	for range maxLevels {
		own, count, moved := level.move(ctx, resolution)
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		for i, c := range of {
			of[i] = own[c]
		}
		if !moved || count == level.Len() {
			break
		}
		level = level.join(own, count)
	}
	of = coherent(r, of)
	c := &Communities{Of: of}
	c.Count = numbered(of)
	c.Modularity = Modularity(r, of, resolution)
	return c, nil
}

// weighted is a graph of communities; loops holds twice the weight within each.
type weighted struct {
	*Rows
	loops []float64
}

// move gives every node a community, and numbers these from 0.
func (g *weighted) move(ctx context.Context, resolution float64) (of []int32, count int, moved bool) {
	n := g.Len()
	of = make([]int32, n)
	strength := Strength(g.Rows)
	total := 0.0
	for i := range of {
		of[i] = int32(i)
		strength[i] += g.loops[i]
		total += strength[i]
	}
	if total == 0 {
		return of, n, false
	}
	within := slices.Clone(strength) // by community
	to := make([]float64, n)         // weight from the node at hand to each community
	var near []int32
	queue := make([]int32, n)
	for i := range queue {
		queue[i] = int32(i)
	}
	shuffle(queue)
	waiting := make([]bool, n)
	for i := range waiting {
		waiting[i] = true
	}
	var next []int32
	for sweep := 0; len(queue) > 0 && sweep < maxSweeps && ctx.Err() == nil; sweep++ {
		next = next[:0]
		for i, u := range queue {
			if i%pollEvery == 0 && ctx.Err() != nil {
				break
			}
			waiting[u] = false
			row, weights := g.Row(int(u)), g.weights(int(u))
			near = near[:0]
			own := of[u]
			for k, v := range row {
				c := of[v]
				if to[c] == 0 {
					near = append(near, c)
				}
				if weights == nil {
					to[c]++
				} else {
					to[c] += weights[k]
				}
			}
			k := strength[u] * resolution / total
			within[own] -= strength[u]
			best, gain := own, to[own]-k*within[own]
			least := gain + leastGain*total
			for _, c := range near {
				if g := to[c] - k*within[c]; g > least && (g > gain || g == gain && c < best) {
					best, gain = c, g
				}
			}
			within[best] += strength[u]
			for _, c := range near {
				to[c] = 0
			}
			if best == own {
				continue
			}
			of[u], moved = best, true
			for _, v := range row {
				if !waiting[v] && of[v] != best {
					waiting[v] = true
					next = append(next, v)
				}
			}
		}
		queue, next = next, queue
	}
	return of, compact(of), moved
}

// compact numbers communities from 0, in the order of their first nodes.
func compact(of []int32) int {
	to := make([]int32, len(of))
	count := int32(0)
	for i, c := range of {
		if to[c] == 0 {
			count++
			to[c] = count
		}
		of[i] = to[c] - 1
	}
	return int(count)
}

// join makes a graph whose nodes are the communities.
func (g *weighted) join(of []int32, count int) *weighted {
	members := &Rows{Offsets: make([]uint32, count+1), Targets: make([]int32, len(of))}
	for _, c := range of {
		members.Offsets[c+1]++
	}
	members.add()
	at := slices.Clone(members.Offsets[:count])
	for i, c := range of {
		members.Targets[at[c]] = int32(i)
		at[c]++
	}
	out := &weighted{Rows: &Rows{Offsets: make([]uint32, count+1)}, loops: make([]float64, count)}
	to := make([]float64, count)
	var near []int32
	for c := range count {
		near = near[:0]
		for _, u := range members.Row(c) {
			out.loops[c] += g.loops[u]
			row, weights := g.Row(int(u)), g.weights(int(u))
			for k, v := range row {
				w := 1.0
				if weights != nil {
					w = weights[k]
				}
				d := of[v]
				if d == int32(c) {
					out.loops[c] += w
					continue
				}
				if to[d] == 0 {
					near = append(near, d)
				}
				to[d] += w
			}
		}
		slices.Sort(near)
		for _, d := range near {
			out.Targets, out.Weights = append(out.Targets, d), append(out.Weights, to[d])
			to[d] = 0
		}
		out.Offsets[c+1] = uint32(len(out.Targets))
	}
	return out
}

// coherent cuts communities that do not hang together into their parts.
func coherent(r *Rows, of []int32) []int32 {
	out := make([]int32, len(of))
	for i := range out {
		out[i] = -1
	}
	var stack []int32
	count := int32(0)
	for i := range of {
		if out[i] >= 0 {
			continue
		}
		out[i] = count
		stack = append(stack[:0], int32(i))
		for len(stack) > 0 {
			u := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			for _, v := range r.Row(int(u)) {
				if out[v] < 0 && of[v] == of[u] {
					out[v] = count
					stack = append(stack, v)
				}
			}
		}
		count++
	}
	return out
}

// numbered numbers communities by falling size, then by their first nodes, and counts them.
func numbered(of []int32) int {
	count := compact(of)
	size := make([]int32, count)
	for _, c := range of {
		size[c]++
	}
	order := make([]int32, count)
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortStableFunc(order, func(a, b int32) int { return int(size[b] - size[a]) })
	to := make([]int32, count)
	for at, c := range order {
		to[c] = int32(at)
	}
	for i, c := range of {
		of[i] = to[c]
	}
	return count
}

// Modularity is the share of the weight that lies within communities, less what would lie there by chance (Newman 2004).
func Modularity(r *Rows, of []int32, resolution float64) float64 {
	strength := Strength(r)
	total, within := 0.0, 0.0
	by := make([]float64, len(of))
	for i, c := range of {
		total += strength[i]
		by[c] += strength[i]
		for k, v := range r.Row(i) {
			if of[v] == c {
				within += r.WeightAt(int(r.Offsets[i]) + k)
			}
		}
	}
	if total == 0 {
		return 0
	}
	chance := 0.0
	for _, s := range by {
		chance += s / total * s / total
	}
	return within/total - resolution*chance
}

// Brokers returns how evenly the edges of each node are spread over communities (participation coefficient, Guimerà, Amaral
// 2005): 0 if all lead into one, near 1 if they lead into many alike.
func Brokers(r *Rows, of []int32) []float64 {
	n := r.Len()
	out := make([]float64, n)
	strength := Strength(r)
	to := make([]float64, n)
	for i := range out {
		if strength[i] == 0 {
			continue
		}
		weights := r.weights(i)
		for k, v := range r.Row(i) {
			if weights == nil {
				to[of[v]]++
			} else {
				to[of[v]] += weights[k]
			}
		}
		rest := 1.0
		for _, v := range r.Row(i) {
			share := to[of[v]] / strength[i]
			rest -= share * share
			to[of[v]] = 0
		}
		out[i] = math.Max(rest, 0)
	}
	return out
}

// Assortativity says how far edges join nodes of one class rather than of different ones (Newman 2003, equation 2): 1 if all
// do, 0 as by chance, below 0 if they avoid their own. Nodes of class -1, and the edges at them, do not count. It is NaN if
// there is nothing to compare: no edge, or one class only.
func Assortativity(r *Rows, class []int32) float64 {
	total, same := 0.0, 0.0
	ends := map[int32]float64{}
	var classes []int32
	for i, c := range class {
		for k, v := range r.Row(i) {
			if c < 0 || class[v] < 0 {
				continue
			}
			w := r.WeightAt(int(r.Offsets[i]) + k)
			total += w
			if _, ok := ends[c]; !ok {
				classes = append(classes, c)
			}
			ends[c] += w
			if class[v] == c {
				same += w
			}
		}
	}
	chance := 0.0
	for _, c := range classes {
		chance += ends[c] / total * ends[c] / total
	}
	if len(classes) < 2 {
		return math.NaN()
	}
	return (same/total - chance) / (1 - chance)
}
