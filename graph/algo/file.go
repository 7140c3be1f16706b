package algo

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math"
	"slices"

	"github.com/tupu-kg/tupu/graph"
)

// The file of a snapshot is its magic, the lengths of all arrays (64 bits each), and the arrays, each from a multiple of 8 bytes on; then
// the checksums (CRC-32C) of all blocks of what went before, and the checksum of these. All is little endian. As values do not lie
// across blocks, blocks are read side by side. Ids are one text with the ends of each in an array.
const fileMagic = "tuPuROW2"

// ErrFile says that a file holds no snapshot that this version can read: it is to be made anew.
var ErrFile = errors.New("no snapshot that this version reads")

// block is the number of bytes that are read at a time.
const block = 1 << 18

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// array is one of the arrays of a file, whatever its values are.
type array struct {
	size int // of a value, in bytes
	len  func() int
	make func(n int)
	put  func(b []byte, from int) // writes the values from one on
	take func(b []byte, from int)
}

func arrayOf[T any](v *[]T, size int, put func([]byte, []T), take func([]T, []byte)) array {
	return array{
		size: size,
		len:  func() int { return len(*v) },
		make: func(n int) { *v = make([]T, n) },
		put:  func(b []byte, from int) { put(b, (*v)[from:from+len(b)/size]) },
		take: func(b []byte, from int) { take((*v)[from:from+len(b)/size], b) },
	}
}

func bytes8(v *[]uint8) array {
	return arrayOf(v, 1, func(b, v []byte) { copy(b, v) }, func(v, b []byte) { copy(v, b) })
}

func ints16(v *[]int16) array {
	return arrayOf(v, 2, func(b []byte, v []int16) {
		for i, x := range v {
			binary.LittleEndian.PutUint16(b[2*i:], uint16(x))
		}
	}, func(v []int16, b []byte) {
		for i := range v {
			v[i] = int16(binary.LittleEndian.Uint16(b[2*i:]))
		}
	})
}

func ints32[T int32 | uint32](v *[]T) array {
	return arrayOf(v, 4, func(b []byte, v []T) {
		for i, x := range v {
			binary.LittleEndian.PutUint32(b[4*i:], uint32(x))
		}
	}, func(v []T, b []byte) {
		for i := range v {
			v[i] = T(binary.LittleEndian.Uint32(b[4*i:]))
		}
	})
}

func floats64(v *[]float64) array {
	return arrayOf(v, 8, func(b []byte, v []float64) {
		for i, x := range v {
			binary.LittleEndian.PutUint64(b[8*i:], math.Float64bits(x))
		}
	}, func(v []float64, b []byte) {
		for i := range v {
			v[i] = math.Float64frombits(binary.LittleEndian.Uint64(b[8*i:]))
		}
	})
}

// texts are several as one.
type texts struct {
	ends []uint32
	all  []byte
}

func joined[T ~string](of []T) (texts, error) {
	var t texts
	total := 0
	for _, s := range of {
		total += len(s)
	}
	if total > math.MaxUint32 {
		return t, ErrTooLarge
	}
	t.ends, t.all = make([]uint32, 0, len(of)), make([]byte, 0, total)
	for _, s := range of {
		t.all = append(t.all, s...)
		t.ends = append(t.ends, uint32(len(t.all)))
	}
	return t, nil
}

func apart[T ~string](t texts) ([]T, error) {
	if len(t.ends) == 0 {
		return nil, nil
	}
	all := string(t.all)
	out := make([]T, len(t.ends))
	at := uint32(0)
	for i, end := range t.ends {
		if end < at || int(end) > len(all) {
			return nil, fmt.Errorf("%w: ids out of order", ErrFile)
		}
		out[i] = T(all[at:end])
		at = end
	}
	return out, nil
}

// filed is a snapshot as a file holds it.
type filed struct {
	*Snapshot
	ids, types, documents texts
	years                 []int16 // of the documents
	areas                 []int32
}

// arrays lists what a file holds, in its order.
func (f *filed) arrays() []array {
	return []array{
		ints32(&f.ids.ends), bytes8(&f.ids.all), ints32(&f.types.ends), bytes8(&f.types.all),
		ints32(&f.Offsets), ints32(&f.Targets), bytes8(&f.Type), ints16(&f.Years), floats64(&f.Weights),
		ints32(&f.InOffsets), ints32(&f.Sources), ints32(&f.InEdges),
		ints32(&f.documents.ends), bytes8(&f.documents.all), ints16(&f.years), ints32(&f.areas),
		ints32(&f.RestOffsets), ints32(&f.Rests),
	}
}

// aligned is the first multiple of 8 from a place on.
func aligned(at int64) int64 { return (at + 7) &^ 7 }

// Write writes the snapshot for ReadSnapshot. The same snapshot gives the same bytes.
func (s *Snapshot) Write(w io.Writer) error {
	f := &filed{Snapshot: s}
	ids := make([]graph.ID, len(s.Documents))
	for i, d := range s.Documents {
		ids[i], f.years, f.areas = d.ID, append(f.years, d.Year), append(f.areas, d.Area)
	}
	var errs [3]error
	f.ids, errs[0] = joined(s.IDs)
	f.types, errs[1] = joined(s.Types)
	f.documents, errs[2] = joined(ids)
	if err := errors.Join(errs[:]...); err != nil {
		return err
	}
	arrays := f.arrays()
	buf := append(make([]byte, 0, block), fileMagic...)
	for _, a := range arrays {
		buf = binary.LittleEndian.AppendUint64(buf, uint64(a.len()))
	}
	var sums []byte
	flush := func() error {
		sums = binary.LittleEndian.AppendUint32(sums, crc32.Checksum(buf, castagnoli))
		_, err := w.Write(buf)
		buf = buf[:0]
		return err
	}
	for _, a := range arrays {
		buf = append(buf, make([]byte, aligned(int64(len(buf)))-int64(len(buf)))...)
		for from, n := 0, a.len(); from < n; {
			if len(buf) == block {
				if err := flush(); err != nil {
					return err
				}
			}
			at, k := len(buf), min(n-from, (block-len(buf))/a.size)
			buf = buf[:at+k*a.size]
			a.put(buf[at:], from)
			from += k
		}
	}
	if err := flush(); err != nil {
		return err
	}
	_, err := w.Write(binary.LittleEndian.AppendUint32(sums, crc32.Checksum(sums, castagnoli)))
	return err
}

// ReadSnapshot reads what Write wrote, of so many bytes, on all processors. It returns ErrFile for anything else, a damaged file too.
func ReadSnapshot(r io.ReaderAt, size int64) (*Snapshot, error) {
	f := &filed{Snapshot: &Snapshot{}}
	arrays := f.arrays()
	head := make([]byte, len(fileMagic)+8*len(arrays))
	blocks := (size - 4 + block + 3) / (block + 4)
	body := size - 4 - 4*blocks
	if body < int64(len(head)) || (body+block-1)/block != blocks {
		return nil, fmt.Errorf("%w: %d bytes", ErrFile, size)
	}
	if err := readAt(r, head, 0); err != nil {
		return nil, err
	}
	if magic := head[:len(fileMagic)]; string(magic) != fileMagic {
		return nil, fmt.Errorf("%w: it begins with %q", ErrFile, magic)
	}
	sums := make([]byte, size-body)
	if err := readAt(r, sums, body); err != nil {
		return nil, err
	}
	last := len(sums) - 4
	if binary.LittleEndian.Uint32(sums[last:]) != crc32.Checksum(sums[:last], castagnoli) {
		return nil, fmt.Errorf("%w: damaged", ErrFile)
	}
	at, begin := int64(len(head)), make([]int64, len(arrays))
	for i, a := range arrays {
		begin[i] = aligned(at)
		n := binary.LittleEndian.Uint64(head[len(fileMagic)+8*i:])
		if n > uint64(body) || begin[i]+int64(n)*int64(a.size) > body {
			return nil, fmt.Errorf("%w: %d values", ErrFile, n)
		}
		at = begin[i] + int64(n)*int64(a.size)
		a.make(int(n))
	}
	if at != body {
		return nil, fmt.Errorf("%w: %d bytes too many", ErrFile, body-at)
	}
	errs := make([]error, blocks)
	buffers := make([][]byte, workers(int(blocks)))
	many(int(blocks), func(w, p int) {
		if buffers[w] == nil {
			buffers[w] = make([]byte, block)
		}
		from := int64(p) * block
		b := buffers[w][:min(block, body-from)]
		if errs[p] = readAt(r, b, from); errs[p] != nil {
			return
		}
		if binary.LittleEndian.Uint32(sums[4*p:]) != crc32.Checksum(b, castagnoli) {
			errs[p] = fmt.Errorf("%w: damaged", ErrFile)
			return
		}
		for i, a := range arrays {
			lo, hi := max(from, begin[i]), min(from+int64(len(b)), begin[i]+int64(a.len()*a.size))
			if lo < hi {
				a.take(b[lo-from:hi-from], int(lo-begin[i])/a.size)
			}
		}
	})
	if i := slices.IndexFunc(errs, func(err error) bool { return err != nil }); i >= 0 {
		return nil, errs[i]
	}
	return f.snapshot()
}

func readAt(r io.ReaderAt, b []byte, at int64) error {
	if n, err := r.ReadAt(b, at); n < len(b) {
		return fmt.Errorf("%w: %w", ErrFile, err)
	}
	return nil
}

// snapshot takes the texts apart and reports arrays that do not fit each other.
func (f *filed) snapshot() (*Snapshot, error) {
	s := f.Snapshot
	var errs [3]error
	s.IDs, errs[0] = apart[graph.ID](f.ids)
	s.Types, errs[1] = apart[graph.EdgeType](f.types)
	ids, err := apart[graph.ID](f.documents)
	if err := errors.Join(errs[0], errs[1], err); err != nil {
		return nil, err
	}
	if len(f.years) != len(ids) || len(f.areas) != len(ids) {
		return nil, fmt.Errorf("%w: documents do not fit", ErrFile)
	}
	s.Documents = make([]Document, len(ids))
	for i, id := range ids {
		s.Documents[i] = Document{id, f.years[i], f.areas[i]}
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
	checks := []func() bool{
		func() bool { return within(s.Targets, n) },
		func() bool { return within(s.Sources, n) },
		func() bool { return within(s.InEdges, m) },
		func() bool { return within(s.Rests, len(s.Documents)) },
		func() bool { return within(s.Type, len(s.Types)) },
		func() bool { return ascending(s.RestOffsets, len(s.Rests)) },
		func() bool { return ascending(s.Offsets, m) && ascending(s.InOffsets, m) },
		func() bool {
			return !slices.ContainsFunc(s.Documents, func(d Document) bool { return d.Area < -1 || int(d.Area) >= n })
		},
	}
	fits := make([]bool, len(checks))
	many(len(checks), func(_, i int) { fits[i] = checks[i]() })
	if slices.Contains(fits, false) {
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
