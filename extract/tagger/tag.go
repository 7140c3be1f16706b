package tagger

import (
	"math"
	"math/bits"
)

// Tagger tags sequences with a model. It reuses its memory, so it serves one goroutine; a Model may have many.
type Tagger struct {
	m       *Model
	lattice *lattice
	// From margin before the first position to margin behind the last, 2·words each: of each eight labels the even ones and the
	// odd ones, 16 bits each.
	sums   []uint64
	scores []int32 // positions × 8·words, in units of the model
	other  []int32 // by position, the best score but that of outside, less that of outside
	path   []uint8
	bias   int32 // added to outside, in units of the model
	limit  int32 // the lead of outside that counts as sure

	exps []float64 // see exponentials

	best  []int32 // positions × bestRow, in units of the model: the score of outside, and the best of each part of a span
	near  *bounds // as if all kinds were one
	bound *bounds

	keys    []uint64 // of a block of observations, mixed
	which   []uint8  // of the observations they are of
	entries []uint64 // of the table, where these keys are looked for first
	touched uint64   // see sumBlock
}

// block is how many observations are looked up together. Looking up one after the other would wait for memory at each; in a
// block the processor fetches many at once.
const block = 256

// cacheLine is how many numbers come from memory together.
const cacheLine = 8

// NewTagger makes a tagger. Bias is added to the score of being outside of spans, in natural logarithms of odds: below zero it
// finds more and errs more.
func (m *Model) NewTagger(bias float64) *Tagger {
	gains := m.gains()
	t := &Tagger{
		m: m, lattice: newLattice(len(m.Kinds)), exps: m.exponentials(), bias: int32(bias / float64(m.unit)),
		limit: -int32(sure / m.unit), near: newBounds(m, kindest(gains)), bound: newBounds(m, gains),
	}
	t.lattice.setTransitions(m.transitions)
	return t
}

const (
	maxAdded = 250 // slot rows at a position; more would overflow 16 bits
	raise    = 128 // what each adds to a label's sum beside its weight
	lanes    = 0x00FF00FF00FF00FF
)

// Tag returns the spans of a sequence, ascending. Observations must lie within it.
func (t *Tagger) Tag(s *Sequence) []Span {
	if s.Len == 0 {
		return nil
	}
	t.sum(s)
	t.lead(s.Len)
	var spans []Span
	t.runs(s.Len, false, func(from, to, base int, possible uint64) {
		if possible != 0 {
			spans = t.search(from, to, base, s.Len, spans)
		}
	})
	return spans
}

// runs calls f with each run of positions in which spans are likely, which is part of the stretch last bound, which begins at base, and
// with the kinds that the best labeling may have there: all such runs, or those with neighbours that have any.
func (t *Tagger) runs(n int, all bool, f func(from, to, base int, possible uint64)) {
	for p := 0; p < n; p++ {
		start := p
		for p < n && t.other[p] >= t.limit {
			p++
		}
		if start == p {
			continue
		}
		t.near.find(t.best, bestRow, start, p, n)
		t.near.runs(func(from, to int, possible uint64) {
			if base := start + from; possible != 0 || all {
				t.unpack(base, start+to)
				t.bound.find(t.scores, 8*t.m.words, base, start+to, n)
				t.bound.runs(func(from, to int, possible uint64) { f(base+from, base+to, base, possible) })
			}
		})
	}
}

// sum adds up the weights of all observations.
func (t *Tagger) sum(s *Sequence) {
	size := (s.Len + 2*margin) * 2 * t.m.words
	if cap(t.sums) < size {
		t.sums = make([]uint64, 2*size)
	}
	t.sums = t.sums[:size]
	clear(t.sums)
	if t.keys == nil {
		t.keys, t.entries, t.which = make([]uint64, block+1), make([]uint64, block+1), make([]uint8, block+1)
	}
	for at := 0; at < len(s.Observations); at += block {
		t.sumBlock(s.Observations[at:min(at+block, len(s.Observations))])
	}
	touched := uint64(0) // as in sumBlock
	for _, placed := range s.Sums {
		for i := 0; i < len(placed.Sums); i += cacheLine {
			touched ^= placed.Sums[i]
		}
	}
	t.touched ^= touched
	for _, placed := range s.Sums {
		t.addSums(placed)
	}
}

// added is how many slot rows a position has, times raise: no label has the last of its sums.
func added(last uint64) int { return int(last >> 48) }

// bestRow is how many numbers best has of a position.
const bestRow = 5

// lead finds, at each of n positions, the best score of each part of a span, and compares the best of all with outside.
func (t *Tagger) lead(n int) {
	W := t.m.words
	if cap(t.other) < n {
		t.other, t.scores, t.best = make([]int32, 2*n), make([]int32, 2*n*8*W), make([]int32, 2*n*bestRow)
	}
	t.other, t.scores, t.best = t.other[:n], t.scores[:n*8*W], t.best[:n*bestRow]
	for p := range t.other {
		all := t.sums[(p+margin)*2*W : (p+margin+1)*2*W]
		best := (*[bestRow]int32)(t.best[p*bestRow:])
		best[outside] = int32(all[0]&0xFFFF) + t.bias
		// Parts of spans stand by turns: begins and ends in the odd sums, insides and singles in the even ones.
		if s := all; W == 3 && (s[0]|s[1]|s[2]|s[3]|s[4]|s[5])&high == 0 { // five kinds, the usual number
			even, odd := larger(larger(s[0]&^0xFFFF, s[2]), s[4]&0xFFFFFFFFFFFF), larger(larger(s[1], s[3]), s[5]&0xFFFFFFFF)
			best[1+begin], best[1+end] = int32(max(odd&0xFFFF, odd>>32&0xFFFF)), int32(max(odd>>16&0xFFFF, odd>>48))
			best[1+single], best[1+inside] = int32(max(even&0xFFFF, even>>32&0xFFFF)), int32(max(even>>16&0xFFFF, even>>48))
		} else {
			for part := begin; part <= single; part++ {
				best[1+part] = 0
				for label := 1 + part; label < t.m.labels; label += 4 {
					best[1+part] = max(best[1+part], int32(all[label/8*2+label%2]>>(label%8/2*16)&0xFFFF))
				}
			}
		}
		t.other[p] = max(best[1+begin], best[1+inside], best[1+end], best[1+single]) - best[outside]
	}
}

// high is the highest bit of each of four numbers.
const high = 0x8000800080008000

// larger is the larger of each two of four numbers below 32768.
func larger(a, b uint64) uint64 {
	not := ((a | high) - b) & high // set where a is not smaller
	mask := not<<1 - not>>15
	return a&mask | b&^mask
}

// unpack takes the sums of positions apart into scores.
func (t *Tagger) unpack(start, end int) {
	W := t.m.words
	for p := start; p < end; p++ {
		all := t.sums[(p+margin)*2*W : (p+margin+1)*2*W]
		zero := int32(added(all[2*W-1]))
		scores := t.scores[p*8*W : (p+1)*8*W]
		for w, sums := range all { // each second label of eight
			of := scores[w&^1*4+w&1:]
			_ = of[6]
			of[0], of[2] = int32(sums&0xFFFF)-zero, int32(sums>>16&0xFFFF)-zero
			of[4], of[6] = int32(sums>>32&0xFFFF)-zero, int32(sums>>48)-zero
		}
		scores[outside] += t.bias
	}
}

// sumBlock adds up the weights of at most a block of observations.
func (t *Tagger) sumBlock(observations []Observation) {
	m, W := t.m, t.m.words
	if len(m.packed) == 0 {
		return
	}
	n := 0 // of those that may be known
	for i := range observations {
		key := mix(observations[i].Key, observations[i].Family)
		t.keys[n], t.which[n] = key, uint8(i)
		n += int(m.filter[key>>6%(1<<filterBits/64)] >> (key % 64) & 1)
	}
	keys, entries := t.keys[:n], t.entries[:n]
	for i, key := range keys {
		entries[i] = m.table[m.slot(key)]
	}
	touched := uint64(0)
	for i, key := range keys {
		e := entries[i]
		if e != 0 && (e^key)&keyBits != 0 {
			e = m.find(key)
			entries[i] = e
		}
		touched ^= m.packed[firstRow(e)*W] // of row 0 if there is none: the rows come near while others are looked for
	}
	t.touched = touched // or the compiler would leave the touching out
	for i, e := range entries {
		if e == 0 {
			continue
		}
		o := &observations[t.which[i]]
		a, b := o.Start, o.End
		held, use := Slots(e), Slots(e)
		if b-a == 1 {
			use &^= First | Inner | Last
		} else {
			use &^= Single
		}
		at := [slotCount]int32{a, a + 1, a + 2, a + 2, a + 3, b + 1, b + 2, b + 3} // the positions of the slots, counted from margin before the first
		for ; use != 0; use &= use - 1 {
			slot := bits.TrailingZeros8(uint8(use))
			row := (firstRow(e) + bits.OnesCount8(uint8(held)&(1<<slot-1))) * W
			if slot != innerSlot {
				t.add(int(at[slot%slotCount]), row)
				continue
			}
			for p := a + 3; p < b+1; p++ {
				t.add(int(p), row)
			}
		}
	}
}

// add adds a slot row to a position, counted from margin before the first.
func (t *Tagger) add(p, at int) {
	W := t.m.words
	if W == 3 { // five kinds, the usual number
		row := (*[3]uint64)(t.m.packed[at:])
		sums := (*[6]uint64)(t.sums[p*6:])
		if added(sums[5]) >= maxAdded*raise {
			return
		}
		sums[0] += row[0] & lanes
		sums[1] += row[0] >> 8 & lanes
		sums[2] += row[1] & lanes
		sums[3] += row[1] >> 8 & lanes
		sums[4] += row[2] & lanes
		sums[5] += row[2] >> 8 & lanes
		return
	}
	row := t.m.packed[at : at+W]
	sums := t.sums[p*2*W:]
	sums = sums[:2*len(row)]
	if added(sums[2*W-1]) >= maxAdded*raise {
		return
	}
	for i, x := range row {
		sums[2*i] += x & lanes
		sums[2*i+1] += x >> 8 & lanes
	}
}

// outside is the score of being outside at a position.
func (t *Tagger) outside(p int) float32 {
	return float32(t.scores[p*8*t.m.words]-t.bias)*t.m.unit + float32(t.bias)*t.m.unit
}

// search finds the spans of [start, end), where all around is outside, of the stretch last bound, which begins at base.
func (t *Tagger) search(start, end, base, n int, spans []Span) []Span {
	m, L, W := t.m, t.m.labels, t.m.words
	l := t.lattice
	l.reset(end - start)
	possible := t.bound.possible[start-base : end-base]
	for p := start; p < end; p++ {
		scores, e := t.scores[p*8*W:p*8*W+L], l.emit[(p-start)*L:(p-start+1)*L]
		e[outside] = t.outside(p)
		for kinds := possible[p-start]; kinds != 0; kinds &= kinds - 1 {
			i := 1 + 4*bits.TrailingZeros64(kinds)
			e[i], e[i+1], e[i+2], e[i+3] = float32(scores[i])*m.unit, float32(scores[i+1])*m.unit, float32(scores[i+2])*m.unit, float32(scores[i+3])*m.unit
		}
	}
	t.edges(start, end, n)
	t.path = l.viterbi(t.path, possible)
	found := len(spans)
	spansOf(t.path, func(a, b, kind int) { spans = append(spans, Span{Start: start + a, End: start + b, Kind: kind}) })
	if len(spans) > found {
		t.weigh(start, end, base, n, spans[found].End-1)
		for i := found; i < len(spans); i++ {
			s := &spans[i]
			s.Confidence = millionths(min(1, l.confidence(Span{Start: s.Start - start, End: s.End - start, Kind: s.Kind})))
		}
	}
	return spans
}

// millionths rounds a probability: what lies behind depends on the order in which processors add and multiply.
func millionths(p float64) float64 { return math.Round(p*1e6) / 1e6 }

// edges adds the transitions between a stretch and what is outside around it.
func (t *Tagger) edges(start, end, n int) {
	l, T, L := t.lattice, t.m.transitions, t.m.labels
	if start > 0 {
		l.opening(func(to int) { l.emit[to] += T[to] })
	}
	if end < n {
		last := l.emit[(end-start-1)*L:]
		l.closing(func(from int) { last[from] += T[from*L] })
	}
}
