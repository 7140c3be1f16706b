package tagger

import (
	"bufio"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
)

// magic begins a model's file; the digit is the version of the format.
const magic = "tupu model 1\n"

// maxModel bounds what Read unpacks, in bytes.
const maxModel = 1 << 30

// Write writes the model as Read reads it: kinds, families, transitions, keys and weights, and the second stage if there is one,
// packed with DEFLATE.
func (m *Model) Write(w io.Writer) error {
	if _, err := io.WriteString(w, magic); err != nil {
		return err
	}
	z, err := flate.NewWriter(w, flate.BestCompression)
	if err != nil {
		return err
	}
	b := bufio.NewWriter(z)
	var buf []byte
	number := func(n int) { buf = binary.AppendUvarint(buf, uint64(n)) }
	number(len(m.Kinds))
	for _, k := range m.Kinds {
		number(len(k))
		buf = append(buf, k...)
	}
	number(len(m.families))
	for _, f := range m.families {
		buf = append(buf, byte(f))
	}
	buf = binary.LittleEndian.AppendUint32(buf, math.Float32bits(m.unit))
	for _, t := range m.transitions {
		buf = binary.LittleEndian.AppendUint32(buf, math.Float32bits(t))
	}
	number(len(m.keys))
	for _, r := range m.rows {
		buf = append(buf, byte(r.held))
	}
	last := uint64(0)
	for _, k := range m.keys {
		buf = binary.AppendUvarint(buf, k-last)
		last = k
	}
	rows := len(m.packed) / m.words
	number(rows * m.labels)
	if _, err := b.Write(buf); err != nil {
		return err
	}
	// Column by column: the weights of one label are alike, and pack better together.
	for k := range m.labels {
		for r := range rows {
			if err := b.WriteByte(byte(m.weight(r, k))); err != nil {
				return err
			}
		}
	}
	if m.Rescorer != nil {
		if _, err := b.Write(m.Rescorer.append(nil)); err != nil {
			return err
		}
	}
	return errors.Join(b.Flush(), z.Close())
}

// append writes a second stage, which stands behind all else: the weight of the log-odds, then of each feature that has a weight the
// distance from the one before, and the weight.
func (r *Rescorer) append(buf []byte) []byte {
	buf = binary.LittleEndian.AppendUint32(buf, math.Float32bits(float32(r.odds)))
	count, last := 0, 0
	var entries []byte
	for i, w := range r.weights {
		if w != 0 {
			entries = binary.AppendUvarint(entries, uint64(i-last))
			entries = append(entries, byte(int8(w/rescorerUnit)))
			count, last = count+1, i
		}
	}
	return append(binary.AppendUvarint(buf, uint64(count)), entries...)
}

func readRescorer(r *reader) *Rescorer {
	s := &Rescorer{odds: float64(math.Float32frombits(r.word())), weights: make([]float32, rescorerFeatures)}
	at := uint64(0)
	for range r.count(rescorerFeatures) {
		at += r.uvarint()
		w := r.bytes(1)
		if r.bad || at >= rescorerFeatures {
			r.bad = true
			return nil
		}
		s.weights[at] = float32(int8(w[0])) * rescorerUnit
	}
	r.bad = r.bad || math.IsNaN(s.odds) || math.IsInf(s.odds, 0)
	return s
}

// Read reads a model that Write wrote. Damaged data give an error, never a panic.
func Read(data []byte) (*Model, error) {
	rest, ok := bytes.CutPrefix(data, []byte(magic))
	if !ok {
		return nil, fmt.Errorf("read model: the file does not begin with %q: it is none, or one of another version", magic)
	}
	var unpacked bytes.Buffer
	unpacked.Grow(5 * min(len(rest), maxModel/64)) // weights pack to a quarter: nothing is copied as they come
	if _, err := unpacked.ReadFrom(io.LimitReader(flate.NewReader(bytes.NewReader(rest)), maxModel)); err != nil {
		return nil, fmt.Errorf("read model: damaged: %w", err)
	}
	r := reader{data: unpacked.Bytes()}
	kinds := make([]string, 0, 8)
	for range r.count(60) {
		kinds = append(kinds, string(r.bytes(r.count(1000))))
	}
	var families []Slots
	for _, f := range r.bytes(r.count(256)) {
		families = append(families, Slots(f))
	}
	if len(kinds) == 0 {
		r.bad = true
	}
	m := newModel(kinds, families, math.Float32frombits(r.word()))
	for i := range m.transitions {
		m.transitions[i] = math.Float32frombits(r.word())
	}
	n := r.count(maxRows)
	held := r.bytes(n)
	m.keys, m.rows = make([]uint64, len(held)), make([]rowRef, len(held))
	first, last := 0, uint64(0)
	for i, h := range held {
		m.rows[i] = rowRef{uint32(first), Slots(h)}
		for ; h != 0; h &= h - 1 {
			first++
		}
		last += r.uvarint()
		m.keys[i] = last
		r.bad = r.bad || m.rows[i].held == 0 || i > 0 && last <= m.keys[i-1]
	}
	columns := r.bytes(r.count(maxModel))
	if !r.bad && len(r.data) > 0 {
		m.Rescorer = readRescorer(&r)
	}
	if r.bad || len(columns) != first*m.labels || len(r.data) != 0 || first > maxRows || !(m.unit > 0) {
		return nil, errors.New("read model: damaged: train it again, or get the file again")
	}
	m.index()
	m.pack(columns, first)
	return m, nil
}

// reader takes values off the front of data; past the end it gives zeros and sets bad.
type reader struct {
	data []byte
	bad  bool
}

func (r *reader) uvarint() uint64 {
	v, n := binary.Uvarint(r.data)
	if n <= 0 {
		r.bad = true
		r.data = nil
		return 0
	}
	r.data = r.data[n:]
	return v
}

func (r *reader) count(most int) int {
	v := r.uvarint()
	if v > uint64(most) {
		r.bad = true
		return 0
	}
	return int(v)
}

func (r *reader) bytes(n int) []byte {
	if n > len(r.data) {
		r.bad = true
		return nil
	}
	b := r.data[:n]
	r.data = r.data[n:]
	return b
}

func (r *reader) word() uint32 {
	b := r.bytes(4)
	if b == nil {
		return 0
	}
	return binary.LittleEndian.Uint32(b)
}
