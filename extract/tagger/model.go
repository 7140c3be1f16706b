package tagger

import (
	"math/bits"
)

// rowRef says where the weights of an observation lie: the number of its first slot row, and which slots have one.
type rowRef struct {
	first uint32
	held  Slots
}

// Model is what was learnt. It is read-only and safe for concurrent use; Tag it through a Tagger.
type Model struct {
	Kinds []string

	labels      int
	families    []Slots
	unit        float32 // a weight of 1 in weights stands for so much
	transitions []float32

	keys    []uint64 // mixed, ascending
	rows    []rowRef // by key
	weights []int8   // slot rows of one weight a label

	// For tagging: an open-addressing table of entries, and the weights, raised by 128, eight labels a word.
	table  []uint64
	shift  uint8
	packed []uint64
	words  int // of a slot row
}

func newModel(kinds []string, families []Slots, unit float32) *Model {
	labels := 1 + 4*len(kinds)
	return &Model{Kinds: kinds, labels: labels, families: families, unit: unit, transitions: make([]float32, labels*labels)}
}

// An entry of the table holds 34 bits of the key, 22 of the first slot row and 8 of the slots; 0 is empty, since no row has no
// slots.
const (
	firstBits = 22
	maxRows   = 1 << firstBits
)

func entryOf(key uint64, r rowRef) uint64 {
	return key&keyBits | uint64(r.first)<<8 | uint64(r.held)
}

// index builds the table and packs the weights.
func (m *Model) index() {
	size := bits.Len(uint(2*len(m.keys) + 1))
	m.table = make([]uint64, 1<<size)
	m.shift = uint8(64 - size)
	for i, key := range m.keys {
		for at := m.slot(key); ; at = (at + 1) & (len(m.table) - 1) {
			if m.table[at] == 0 {
				m.table[at] = entryOf(key, m.rows[i])
				break
			}
		}
	}
	m.words = (m.labels + 7) / 8
	count := len(m.weights) / m.labels
	m.packed = make([]uint64, count*m.words)
	for r := range count {
		for k, w := range m.weights[r*m.labels : (r+1)*m.labels] {
			m.packed[r*m.words+k/8] |= uint64(int(w)+128) << (8 * (k % 8))
		}
		for k := m.labels; k < 8*m.words; k++ {
			m.packed[r*m.words+k/8] |= 128 << (8 * (k % 8))
		}
	}
}

// slot is where a key is looked for first. The table uses other bits of the key than entries hold.
func (m *Model) slot(key uint64) int {
	return int(key * 0x9E3779B97F4A7C15 >> m.shift)
}

// keyBits are those of an entry that hold the key.
const keyBits = ^uint64(1<<(firstBits+8) - 1)

// find returns the entry of a key, 0 if there is none.
func (m *Model) find(key uint64) uint64 {
	for at := m.slot(key); ; at = (at + 1) & (len(m.table) - 1) {
		e := m.table[at]
		if e == 0 || (e^key)&keyBits == 0 {
			return e
		}
	}
}

// Size is the number of observations and of weights that the model holds.
func (m *Model) Size() (observations, weights int) {
	n := 0
	for _, w := range m.weights {
		if w != 0 {
			n++
		}
	}
	return len(m.keys), n
}
