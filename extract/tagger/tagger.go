package tagger

import "strconv"

// Observation is something seen at a stretch [Start, End) of a sequence.
type Observation struct {
	Start, End int32
	Family     Family
	Key        uint64 // a hash; Hash makes them
}

// Family is a sort of observations. It is part of the key, says which slots are used, and is what Options.Drop speaks of.
type Family uint8

// Slots are the positions that an observation speaks for, relative to its stretch.
type Slots uint8

// The slots. A stretch of one position has Single instead of First and Last.
const (
	Before2 Slots = 1 << iota // two before the first
	Before1
	Single
	First
	Inner
	Last
	After1
	After2

	AllSlots = Slots(0xFF)
	Within   = Single | First | Inner | Last
	Near     = Within | Before1 | After1
)

const (
	slotCount = 8
	innerSlot = 4
)

// Sequence is what is known of a sequence of positions.
type Sequence struct {
	Len          int
	Observations []Observation
	Sums         []Placed // further observations, added up; for tagging alone
}

// Placed are sums at the position where their stretch begins.
type Placed struct {
	Start int32
	Sums
}

// Span is a stretch [Start, End) of a kind, which is an index of Model.Kinds.
type Span struct {
	Start, End int
	Kind       int
	Confidence float64 // the probability that just this stretch is of just this kind, 0 to 1; 1 in training data
}

// Example is a sequence with the spans that are right, ascending and not overlapping.
type Example struct {
	Sequence
	Gold []Span
}

// Hash makes a key of the parts of what is seen. It is stable across versions, because models hold keys (FNV-1a, 64 bits).
func Hash(parts ...string) uint64 {
	h := NewHasher()
	for _, p := range parts {
		h = h.Part(p)
	}
	return uint64(h)
}

// Hasher makes the key that Hash does, part by part; it is a key itself.
type Hasher uint64

// NewHasher is the key of no parts.
func NewHasher() Hasher { return 14695981039346656037 }

const hashPrime = 1099511628211

// Part adds a part.
func (h Hasher) Part(s string) Hasher { return h.Text(s).End() }

// Text adds text to a part, which End ends.
func (h Hasher) Text(s string) Hasher {
	for i := range len(s) {
		h = (h ^ Hasher(s[i])) * hashPrime
	}
	return h
}

// Number adds a number to a part as strconv.Itoa writes it.
func (h Hasher) Number(n int) Hasher {
	var digits [20]byte
	for _, c := range strconv.AppendInt(digits[:0], int64(n), 10) {
		h = (h ^ Hasher(c)) * hashPrime
	}
	return h
}

// End ends a part.
func (h Hasher) End() Hasher { return (h ^ 0xFF) * hashPrime }

// mix spreads a key and its family over 64 bits (the finaliser of SplitMix64).
func mix(key uint64, family Family) uint64 {
	x := key + 0x9E3779B97F4A7C15*uint64(family+1)
	x = (x ^ x>>30) * 0xBF58476D1CE4E5B9
	x = (x ^ x>>27) * 0x94D049BB133111EB
	return x ^ x>>31
}

// Labels of kind k begin at 1+4k.
const (
	outside = 0
	begin   = 0
	inside  = 1
	end     = 2
	single  = 3
)

func labelOf(kind, part int) int { return 1 + 4*kind + part }

// slots calls f with each position of a sequence of n that an observation speaks for, and its slot, of those that mask has.
func (o *Observation) slots(n int32, mask Slots, f func(position int32, slot int)) {
	a, b := o.Start, o.End
	if mask&Before2 != 0 && a >= 2 {
		f(a-2, 0)
	}
	if mask&Before1 != 0 && a >= 1 {
		f(a-1, 1)
	}
	if b-a == 1 {
		if mask&Single != 0 {
			f(a, 2)
		}
	} else {
		if mask&First != 0 {
			f(a, 3)
		}
		if mask&Inner != 0 {
			for p := a + 1; p < b-1; p++ {
				f(p, 4)
			}
		}
		if mask&Last != 0 {
			f(b-1, 5)
		}
	}
	if mask&After1 != 0 && b < n {
		f(b, 6)
	}
	if mask&After2 != 0 && b+1 < n {
		f(b+1, 7)
	}
}
