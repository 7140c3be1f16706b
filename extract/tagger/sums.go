package tagger

// margin is how far beyond its stretch an observation speaks.
const margin = 2

// Sums is what a group of observations adds to the positions of a stretch and around it. A word that is seen again and again
// brings a dozen observations each time; their sum is one, and needs no look-up. It is read-only, and belongs to the model of the
// Tagger that made it.
type Sums struct {
	rows []uint8  // by position, from margin before the stretch to margin behind it, how many slot rows were added
	sums []uint64 // as a Tagger's
}

// Sum adds up the weights of observations within a stretch of n positions, the first of which is 0. It takes 49 bytes a position
// where a model has five kinds.
func (t *Tagger) Sum(n int, observations []Observation) *Sums {
	size := n + 2*margin
	own := make([]Observation, len(observations))
	for i, o := range observations {
		o.Start, o.End = o.Start+margin, o.End+margin
		own[i] = o
	}
	t.sum(&Sequence{Len: size, Observations: own})
	s := &Sums{rows: make([]uint8, size), sums: make([]uint64, len(t.sums))}
	copy(s.rows, t.rows)
	copy(s.sums, t.sums)
	return s
}

// addSums adds sums where they are placed; what lies beyond the sequence is left out.
func (t *Tagger) addSums(s Placed) {
	W := 2 * t.m.words
	first := int(s.Start) - margin
	for i, n := range s.rows {
		p := first + i
		if p < 0 || p >= len(t.rows) || int(t.rows[p])+int(n) > maxAdded {
			continue
		}
		t.rows[p] += n
		if W == 6 { // five kinds, the usual number
			from, to := (*[6]uint64)(s.sums[i*6:]), (*[6]uint64)(t.sums[p*6:])
			to[0] += from[0]
			to[1] += from[1]
			to[2] += from[2]
			to[3] += from[3]
			to[4] += from[4]
			to[5] += from[5]
			continue
		}
		to := t.sums[p*W : (p+1)*W]
		for k, v := range s.sums[i*W : (i+1)*W] {
			to[k] += v
		}
	}
}
