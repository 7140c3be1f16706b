package tagger

// margin is how far beyond its stretch an observation speaks.
const margin = 2

// Sums is what a group of observations adds to the positions of a stretch and around it. A word that is seen again and again
// brings a dozen observations each time; their sum is one, and needs no look-up. It is read-only, belongs to the model of the
// Tagger that made it, and is nil where there is none. It holds what a Tagger's sums do, from margin before the stretch to margin
// behind it.
type Sums []uint64

// Sum adds up the weights of observations within a stretch of n positions, the first of which is 0. It takes 48 bytes a position
// where a model has five kinds.
func (t *Tagger) Sum(n int, observations []Observation) Sums {
	t.sum(&Sequence{Len: n, Observations: observations})
	return append(Sums(nil), t.sums...)
}

// addSums adds sums where they are placed.
func (t *Tagger) addSums(s Placed) {
	W := 2 * t.m.words
	to := t.sums[int(s.Start)*W:]
	if W == 6 { // five kinds, the usual number
		for i := 0; i+6 <= len(s.Sums); i += 6 {
			from, to := (*[6]uint64)(s.Sums[i:]), (*[6]uint64)(to[i:])
			if added(from[5])+added(to[5]) > maxAdded*raise {
				continue
			}
			to[0] += from[0]
			to[1] += from[1]
			to[2] += from[2]
			to[3] += from[3]
			to[4] += from[4]
			to[5] += from[5]
		}
		return
	}
	for i := 0; i+W <= len(s.Sums); i += W {
		from, to := s.Sums[i:i+W], to[i:i+W]
		if added(from[W-1])+added(to[W-1]) > maxAdded*raise {
			continue
		}
		for k, v := range from {
			to[k] += v
		}
	}
}
