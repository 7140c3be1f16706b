package algo

import "math"

// Degree returns the number of neighbours of each node.
func Degree(r *Rows) []float64 {
	out := make([]float64, r.Len())
	for i := range out {
		out[i] = float64(r.Offsets[i+1] - r.Offsets[i])
	}
	return out
}

// Strength returns the sum of the weights of the edges of each node (weighted degree).
func Strength(r *Rows) []float64 {
	out := make([]float64, r.Len())
	for i := range out {
		_, weights := r.Row(i)
		for _, w := range weights {
			out[i] += w
		}
	}
	return out
}

// maxSteps bounds the power iteration; with a damping of 0.85 the error after it is below 1e-14.
const maxSteps = 200

// PageRank returns the PageRank of each node (Page, Brin, Motwani, Winograd 1999, section 2), a walk following edges in
// proportion to their weights, by power iteration from the uniform vector until no two steps differ by more than tolerance in
// sum. gonum's begins at a random vector, which moves the last digits from run to run. A step costs the edges.
func PageRank(r *Rows, damping, tolerance float64) []float64 {
	n := r.Len()
	if n == 0 {
		return nil
	}
	strength := Strength(r)
	now, next := make([]float64, n), make([]float64, n)
	for i := range now {
		now[i] = 1 / float64(n)
	}
	for range maxSteps {
		lost := 0.0
		for i, s := range strength {
			if s == 0 {
				lost += now[i]
			}
		}
		base := (1 - damping + damping*lost) / float64(n)
		change := 0.0
		for i := range next {
			targets, weights := r.Row(i)
			sum := 0.0
			for k, t := range targets {
				sum += now[t] * weights[k] / strength[t]
			}
			next[i] = base + damping*sum
			change += math.Abs(next[i] - now[i])
		}
		now, next = next, now
		if change < tolerance {
			break
		}
	}
	return now
}
