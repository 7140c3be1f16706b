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
	Kinds    []string
	Rescorer *Rescorer // the second stage; nil without

	labels      int
	families    []Slots
	unit        float32 // a weight of 1 in weights stands for so much
	transitions []float32

	keys []uint64 // mixed, ascending
	rows []rowRef // by key

	// An open-addressing table of entries, and slot rows of one weight a label, raised by 128, eight labels a word. Labels are odd
	// in number: no label has the last byte of a row, which is 128.
	table  []uint64
	shift  uint8
	filter []uint64 // a bit for each key, by hash: half of what is looked up is not there, and the filter is near where the table is not
	packed []uint64
	words  int // of a slot row
}

func newModel(kinds []string, families []Slots, unit float32) *Model {
	labels := 1 + 4*len(kinds)
	return &Model{Kinds: kinds, labels: labels, families: families, unit: unit, transitions: make([]float32, labels*labels), words: (labels + 7) / 8}
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

func firstRow(entry uint64) int { return int(entry >> 8 & (maxRows - 1)) }

// filterBits is the logarithm of the bits of the filter: 128 kB.
const filterBits = 20

// index builds the table.
func (m *Model) index() {
	size := bits.Len(uint(2*len(m.keys) + 1))
	m.table = make([]uint64, 1<<size)
	m.shift = uint8(64 - size)
	m.filter = make([]uint64, 1<<filterBits/64)
	for i, key := range m.keys {
		m.filter[key>>6%(1<<filterBits/64)] |= 1 << (key % 64)
		for at := m.slot(key); ; at = (at + 1) & (len(m.table) - 1) {
			if m.table[at] == 0 {
				m.table[at] = entryOf(key, m.rows[i])
				break
			}
		}
	}
}

// pack packs the weights of some slot rows, given by columns: those of one label after those of another.
func (m *Model) pack(columns []byte, rows int) {
	const raised = 0x8080808080808080 // weights are signed: to raise one by 128 is to turn its highest bit
	m.packed = make([]uint64, rows*m.words)
	for i := range m.packed {
		m.packed[i] = raised
	}
	const some = 1024 // rows, for which a word is written again while it is near
	for from := 0; from < rows; from += some {
		to := min(from+some, rows)
		for k := range m.labels {
			word, shift := m.packed[k/8:], 8*(k%8)
			for r, w := range columns[k*rows+from : k*rows+to] {
				word[(from+r)*m.words] ^= uint64(w) << shift
			}
		}
	}
}

// weight is that of a label in a slot row.
func (m *Model) weight(row, label int) int8 {
	return int8(m.packed[row*m.words+label/8]>>(8*(label%8)) ^ 0x80)
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
	for row := range len(m.packed) / m.words {
		for label := range m.labels {
			if m.weight(row, label) != 0 {
				n++
			}
		}
	}
	return len(m.keys), n
}
