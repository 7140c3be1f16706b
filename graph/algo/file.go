package algo

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/tupu-kg/tupu/graph"
)

// The file of a snapshot is its magic, then every array as its length (64 bits) and its values, all little endian, then the
// checksum (CRC-32C) of what went before. Ids are one text with the ends of each in an array.
const fileMagic = "tuPuROW1"

// ErrFile says that a file holds no snapshot that this version can read: it is to be made anew.
var ErrFile = errors.New("no snapshot that this version reads")

// block is the number of bytes that are coded at a time.
const block = 1 << 18

// most bounds what a file may claim of an array.
const most = math.MaxUint32

type fileWriter struct {
	w   *bufio.Writer
	sum hash.Hash32
	buf []byte
	err error
}

func (f *fileWriter) write(b []byte) {
	if f.err == nil {
		f.sum.Write(b)
		_, f.err = f.w.Write(b)
	}
}

func put[T any](f *fileWriter, values []T, size int, one func([]byte, T)) {
	var head [8]byte
	binary.LittleEndian.PutUint64(head[:], uint64(len(values)))
	f.write(head[:])
	for len(values) > 0 {
		n := min(len(values), block/size)
		b := f.buf[:n*size]
		for i, v := range values[:n] {
			one(b[i*size:], v)
		}
		f.write(b)
		values = values[n:]
	}
}

func (f *fileWriter) bytes(v []uint8) { put(f, v, 1, func(b []byte, v uint8) { b[0] = v }) }
func (f *fileWriter) int16s(v []int16) {
	put(f, v, 2, func(b []byte, v int16) { binary.LittleEndian.PutUint16(b, uint16(v)) })
}

func (f *fileWriter) int32s(v []int32) {
	put(f, v, 4, func(b []byte, v int32) { binary.LittleEndian.PutUint32(b, uint32(v)) })
}

func (f *fileWriter) uint32s(v []uint32) { put(f, v, 4, binary.LittleEndian.PutUint32) }

func (f *fileWriter) floats(v []float64) {
	put(f, v, 8, func(b []byte, v float64) { binary.LittleEndian.PutUint64(b, math.Float64bits(v)) })
}

func texts[T ~string](f *fileWriter, all []T) {
	ends := make([]uint32, len(all))
	total := 0
	for i, t := range all {
		total += len(t)
		ends[i] = uint32(total)
	}
	if total > most {
		f.err = ErrTooLarge
		return
	}
	f.uint32s(ends)
	var b strings.Builder
	b.Grow(total)
	for _, t := range all {
		b.WriteString(string(t))
	}
	f.write([]byte(b.String()))
}

// Write writes the snapshot for ReadSnapshot. The same snapshot gives the same bytes.
func (s *Snapshot) Write(w io.Writer) error {
	f := &fileWriter{w: bufio.NewWriterSize(w, block), sum: crc32.New(crc32.MakeTable(crc32.Castagnoli)), buf: make([]byte, block)}
	f.write([]byte(fileMagic))
	texts(f, s.IDs)
	texts(f, s.Types)
	f.uint32s(s.Offsets)
	f.int32s(s.Targets)
	f.bytes(s.Type)
	f.int16s(s.Years)
	f.floats(s.Weights)
	f.uint32s(s.InOffsets)
	f.int32s(s.Sources)
	f.uint32s(s.InEdges)
	ids, years, areas := make([]graph.ID, len(s.Documents)), make([]int16, len(s.Documents)), make([]int32, len(s.Documents))
	for i, d := range s.Documents {
		ids[i], years[i], areas[i] = d.ID, d.Year, d.Area
	}
	texts(f, ids)
	f.int16s(years)
	f.int32s(areas)
	f.uint32s(s.RestOffsets)
	f.int32s(s.Rests)
	if f.err != nil {
		return f.err
	}
	if err := binary.Write(f.w, binary.LittleEndian, f.sum.Sum32()); err != nil {
		return err
	}
	return f.w.Flush()
}

type fileReader struct {
	r   io.Reader
	sum hash.Hash32
	buf []byte
	err error
}

func (f *fileReader) read(b []byte) bool {
	if f.err != nil {
		return false
	}
	if _, err := io.ReadFull(f.r, b); err != nil {
		f.err = fmt.Errorf("%w: %w", ErrFile, err)
		return false
	}
	f.sum.Write(b)
	return true
}

// get reads an array, a block at a time by decode. What the file claims of its length is believed as far as values come.
func get[T any](f *fileReader, size int, decode func(to []T, b []byte)) []T {
	var head [8]byte
	if !f.read(head[:]) {
		return nil
	}
	n := binary.LittleEndian.Uint64(head[:])
	if n > most {
		f.err = fmt.Errorf("%w: %d values", ErrFile, n)
		return nil
	}
	return values(f, n, size, decode)
}

// believed is the number of values for which memory is taken before any has come.
const believed = 1 << 25

func values[T any](f *fileReader, n uint64, size int, decode func(to []T, b []byte)) []T {
	out := make([]T, 0, min(n, believed))
	for n > 0 {
		k := min(n, block/uint64(size))
		b := f.buf[:k*uint64(size)]
		if !f.read(b) {
			return nil
		}
		at := len(out)
		out = slices.Grow(out, int(k))[:at+int(k)]
		decode(out[at:], b)
		n -= k
	}
	return out
}

func toBytes(to []uint8, b []byte) { copy(to, b) }

func toInt16s(to []int16, b []byte) {
	for i := range to {
		to[i] = int16(binary.LittleEndian.Uint16(b[2*i:]))
	}
}

func toInt32s(to []int32, b []byte) {
	for i := range to {
		to[i] = int32(binary.LittleEndian.Uint32(b[4*i:]))
	}
}

func toUint32s(to []uint32, b []byte) {
	for i := range to {
		to[i] = binary.LittleEndian.Uint32(b[4*i:])
	}
}

func toFloats(to []float64, b []byte) {
	for i := range to {
		to[i] = math.Float64frombits(binary.LittleEndian.Uint64(b[8*i:]))
	}
}

func getTexts[T ~string](f *fileReader) []T {
	ends := get(f, 4, toUint32s)
	if f.err != nil || len(ends) == 0 {
		return nil
	}
	all := string(values(f, uint64(ends[len(ends)-1]), 1, toBytes))
	out := make([]T, len(ends))
	at := uint32(0)
	for i, end := range ends {
		if end < at || int(end) > len(all) {
			f.err = fmt.Errorf("%w: ids out of order", ErrFile)
			return nil
		}
		out[i] = T(all[at:end])
		at = end
	}
	return out
}

// ReadSnapshot reads what Write wrote. It returns ErrFile for anything else, a damaged file too.
func ReadSnapshot(r io.Reader) (*Snapshot, error) {
	f := &fileReader{r: r, sum: crc32.New(crc32.MakeTable(crc32.Castagnoli)), buf: make([]byte, block)}
	magic := make([]byte, len(fileMagic))
	if f.read(magic) && string(magic) != fileMagic {
		return nil, fmt.Errorf("%w: it begins with %q", ErrFile, magic)
	}
	s := &Snapshot{}
	s.IDs, s.Types = getTexts[graph.ID](f), getTexts[graph.EdgeType](f)
	s.Offsets, s.Targets = get(f, 4, toUint32s), get(f, 4, toInt32s)
	s.Type, s.Years, s.Weights = get(f, 1, toBytes), get(f, 2, toInt16s), get(f, 8, toFloats)
	s.InOffsets, s.Sources, s.InEdges = get(f, 4, toUint32s), get(f, 4, toInt32s), get(f, 4, toUint32s)
	ids, years, areas := getTexts[graph.ID](f), get(f, 2, toInt16s), get(f, 4, toInt32s)
	s.RestOffsets, s.Rests = get(f, 4, toUint32s), get(f, 4, toInt32s)
	sum := f.sum.Sum32()
	var held [4]byte
	if f.read(held[:]) && binary.LittleEndian.Uint32(held[:]) != sum {
		f.err = fmt.Errorf("%w: damaged", ErrFile)
	}
	if f.err != nil {
		return nil, f.err
	}
	if len(years) != len(ids) || len(areas) != len(ids) {
		return nil, fmt.Errorf("%w: documents do not fit", ErrFile)
	}
	s.Documents = make([]Document, len(ids))
	for i, id := range ids {
		s.Documents[i] = Document{id, years[i], areas[i]}
	}
	return s, s.check()
}

// check reports arrays that do not fit each other.
func (s *Snapshot) check() error {
	n, m := len(s.IDs), len(s.Targets)
	for _, l := range [][2]int{
		{len(s.Offsets), n + 1},
		{len(s.InOffsets), n + 1},
		{len(s.RestOffsets), m + 1},
		{len(s.Type), m},
		{len(s.Years), m},
		{len(s.Weights), m},
		{len(s.Sources), m},
		{len(s.InEdges), m},
	} {
		if l[0] != l[1] {
			return fmt.Errorf("%w: %d values where %d belong", ErrFile, l[0], l[1])
		}
	}
	if !ascending(s.Offsets, m) || !ascending(s.InOffsets, m) || !ascending(s.RestOffsets, len(s.Rests)) {
		return fmt.Errorf("%w: offsets do not fit", ErrFile)
	}
	areas := make([]int32, len(s.Documents))
	for i, d := range s.Documents {
		areas[i] = d.Area + 1
	}
	if !within(s.Targets, n) || !within(s.Sources, n) || !within(s.InEdges, m) || !within(s.Type, len(s.Types)) ||
		!within(s.Rests, len(s.Documents)) || !within(areas, n+1) {
		return fmt.Errorf("%w: numbers out of range", ErrFile)
	}
	return nil
}

func ascending(offsets []uint32, last int) bool {
	return slices.IsSorted(offsets) && offsets[0] == 0 && int(offsets[len(offsets)-1]) == last
}

func within[T ~int32 | ~uint32 | ~uint8](values []T, n int) bool {
	for _, v := range values {
		if int(v) < 0 || int(v) >= n {
			return false
		}
	}
	return true
}
