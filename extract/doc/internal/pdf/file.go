package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"slices"
)

// Errors of Open and Text, besides others that say what is damaged.
var (
	ErrPassword  = errors.New("protected with a password")
	ErrEncrypted = errors.New("encrypted in a way that is not read")
	ErrLimit     = errors.New("too much to read")
)

// Limits bound what a file may cost.
type Limits struct {
	Decoded int64 // bytes that all streams together may unpack to
	Stream  int64 // bytes that one stream may unpack to
	Pages   int
	Steps   int // operators and characters
}

const (
	maxObjects = 8_388_607 // the highest number of an object
	maxXref    = 2_000_000 // objects
	maxChain   = 1_000     // tables of objects, each naming the one before
)

// entry tells where an object is: at an offset, or in a stream of objects.
type entry struct {
	offset int
	stream int // number of the stream, 0 for none
	index  int
}

// File is an open PDF file. It is not safe for concurrent use.
type File struct {
	data    []byte
	limits  Limits
	xref    map[int]entry
	cache   map[int]object
	loading map[int]bool
	packed  map[int]*objectStream
	trailer dict
	crypt   *crypt
	rebuilt bool
	streams []int // of objects, found by rebuild
	repairs bool  // a table of objects was made anew
	steps   int
	fonts   map[ref]*font
}

// stop carries an error through the reader to its door.
type stop struct{ err error }

func (f *File) spend(n int64) {
	if f.limits.Decoded -= n; f.limits.Decoded < 0 {
		panic(stop{ErrLimit})
	}
}

func (f *File) step(n int) {
	if f.steps -= n; f.steps < 0 {
		panic(stop{ErrLimit})
	}
}

// catch turns what stopped the reader into an error.
func catch(err *error) {
	switch x := recover().(type) {
	case nil:
	case stop:
		*err = x.err
	default:
		*err = fmt.Errorf("damaged: %v", x)
	}
}

// Open reads the table of objects. The data must not change while the file is in use.
func Open(data []byte, limits Limits) (f *File, err error) {
	defer catch(&err)
	f = &File{
		data: data, limits: limits, steps: limits.Steps, xref: map[int]entry{}, cache: map[int]object{}, loading: map[int]bool{},
		packed: map[int]*objectStream{}, trailer: dict{}, fonts: map[ref]*font{},
	}
	if !f.readTables() || f.catalog() == nil {
		f.rebuild()
	}
	if f.trailer["Encrypt"] != nil {
		if err := f.decrypt(); err != nil {
			return nil, err
		}
		f.unpackAll()
	}
	if f.catalog() == nil && !f.rebuilt {
		f.rebuild()
	}
	if f.catalog() == nil {
		return nil, errors.New("damaged or truncated: it has no list of pages")
	}
	return f, nil
}

// catalog is the root of the document, or nil.
func (f *File) catalog() dict {
	root, _ := f.resolve(f.trailer["Root"]).(dict)
	if root == nil {
		return nil
	}
	if pages, ok := f.resolve(root["Pages"]).(dict); !ok || pages == nil {
		return nil
	}
	return root
}

// readTables reads the tables of objects, from the last one back. It is false if one of them is damaged.
func (f *File) readTables() bool {
	tail := f.data[max(0, len(f.data)-2048):]
	i := bytes.LastIndex(tail, []byte("startxref"))
	if i < 0 {
		return false
	}
	l := lexer{data: tail, pos: i + len("startxref")}
	at, ok := l.integer()
	seen := map[int]bool{}
	for first := true; ok; first = false {
		if seen[at] || len(seen) >= maxChain {
			return len(seen) < maxChain
		}
		seen[at] = true
		t, good := f.readTable(at)
		if !good {
			return false
		}
		for k, v := range t {
			if _, known := f.trailer[k]; !known && (first || k != "XRefStm" && k != "Prev") {
				f.trailer[k] = v
			}
		}
		if hidden, is := t["XRefStm"].(float64); is && !seen[int(hidden)] {
			seen[int(hidden)] = true
			if _, good := f.readTable(int(hidden)); !good {
				return false
			}
		}
		var prev float64
		if prev, ok = t["Prev"].(float64); ok {
			if prev < 0 || prev > float64(len(f.data)) {
				return false
			}
			at = int(prev)
		}
	}
	return len(seen) > 0
}

// readTable reads one table of objects, in either form, and gives its trailer.
func (f *File) readTable(at int) (dict, bool) {
	if at < 0 || at >= len(f.data) {
		return nil, false
	}
	l := lexer{data: f.data, pos: at, refs: true}
	if !l.word("xref") {
		return f.readTableStream(at)
	}
	for {
		if l.word("trailer") {
			t, ok := l.next(0).(dict)
			return t, ok
		}
		first, ok1 := l.integer()
		count, ok2 := l.integer()
		if !ok1 || !ok2 || first > maxObjects || count > maxXref {
			return nil, false
		}
		for i := range count {
			offset, ok1 := l.integer()
			_, ok2 := l.integer()
			l.blanks()
			if !ok1 || !ok2 || l.pos >= len(l.data) {
				return nil, false
			}
			kind := l.data[l.pos]
			l.pos++
			if _, known := f.xref[first+i]; kind == 'n' && !known && offset > 0 && len(f.xref) < maxXref {
				f.xref[first+i] = entry{offset: offset}
			} else if kind == 'f' && !known && len(f.xref) < maxXref {
				f.xref[first+i] = entry{offset: -1}
			} else if kind != 'n' && kind != 'f' {
				return nil, false
			}
		}
	}
}

func (f *File) readTableStream(at int) (dict, bool) {
	o, _, ok := f.objectAt(at, nil)
	s, is := o.(*stream)
	if !ok || !is || s.dict["Type"] != name("XRef") {
		return nil, false
	}
	data, err := f.decode(s, true)
	if err != nil {
		return nil, false
	}
	widths, _ := s.dict["W"].(array)
	if len(widths) < 3 {
		return nil, false
	}
	var w [3]int
	for i := range w {
		n, _ := widths[i].(float64)
		if n < 0 || n > 8 {
			return nil, false
		}
		w[i] = int(n)
	}
	size := w[0] + w[1] + w[2]
	index, ok := s.dict["Index"].(array)
	if !ok {
		n, _ := s.dict["Size"].(float64)
		index = array{0.0, n}
	}
	for i := 0; i+1 < len(index) && size > 0; i += 2 {
		first, _ := index[i].(float64)
		count, _ := index[i+1].(float64)
		for n := 0; n < int(count) && len(data) >= size; n++ {
			field := func(k int) int {
				v := 0
				for range w[k] {
					v = v<<8 | int(data[0])
					data = data[1:]
				}
				return v
			}
			kind := 1
			if w[0] > 0 {
				kind = field(0)
			}
			a, b := field(1), field(2)
			num := int(first) + n
			if _, known := f.xref[num]; known || num < 0 || num > maxObjects || len(f.xref) >= maxXref {
				continue
			}
			switch kind {
			case 0:
				f.xref[num] = entry{offset: -1}
			case 1:
				f.xref[num] = entry{offset: a}
			case 2:
				f.xref[num] = entry{stream: a, index: b}
			}
		}
	}
	return s.dict, true
}

// objectAt reads the object whose definition begins at an offset. Where its length is a reference, key resolves it.
func (f *File) objectAt(at int, length func(ref) (int, bool)) (object, ref, bool) {
	if at < 0 || at >= len(f.data) {
		return nil, ref{}, false
	}
	l := lexer{data: f.data, pos: at, refs: true}
	num, ok1 := l.integer()
	gen, ok2 := l.integer()
	if !ok1 || !ok2 || !l.word("obj") {
		return nil, ref{}, false
	}
	id := ref{num, gen}
	o := l.next(0)
	switch v := o.(type) {
	case end:
		return nil, id, false
	case keyword:
		return nil, id, v == "endobj"
	case dict:
		if !l.word("stream") {
			return o, id, true
		}
		if l.pos < len(l.data) && l.data[l.pos] == '\r' {
			l.pos++
		}
		if l.pos < len(l.data) && l.data[l.pos] == '\n' {
			l.pos++
		}
		return &stream{dict: v, data: f.streamData(v, l.pos, length), ref: id}, id, true
	}
	return o, id, true
}

// streamData finds the end of a stream: where its length says, if it ends there, and else where the word stands.
func (f *File) streamData(d dict, start int, length func(ref) (int, bool)) []byte {
	n := -1
	switch v := d["Length"].(type) {
	case float64:
		if v >= 0 && v <= float64(len(f.data)) {
			n = int(v)
		}
	case ref:
		if length != nil {
			if m, ok := length(v); ok {
				n = m
			}
		}
	}
	if n >= 0 && start+n <= len(f.data) {
		l := lexer{data: f.data[:min(len(f.data), start+n+32)], pos: start + n}
		if l.word("endstream") || l.word("endobj") {
			return f.data[start : start+n]
		}
	}
	rest := f.data[min(start, len(f.data)):]
	f.step(len(rest) / 1024)
	i := bytes.Index(rest, []byte("endstream"))
	if i < 0 {
		return rest
	}
	rest = rest[:i]
	rest = bytes.TrimSuffix(rest, []byte("\n"))
	return bytes.TrimSuffix(rest, []byte("\r"))
}

// resolve follows references.
func (f *File) resolve(o object) object {
	for range 16 {
		r, ok := o.(ref)
		if !ok {
			return o
		}
		o = f.load(r)
	}
	return nil
}

// load reads the object that a reference means; it is nil if there is none.
func (f *File) load(r ref) object {
	if o, ok := f.cache[r.num]; ok {
		return o
	}
	e, ok := f.xref[r.num]
	if !ok || e.offset < 0 || f.loading[r.num] || len(f.loading) > maxDeep {
		return nil
	}
	f.step(1)
	f.loading[r.num] = true
	defer delete(f.loading, r.num)
	var o object
	if e.stream > 0 {
		o = f.loadPacked(r.num, e)
	} else {
		got, id, ok := f.objectAt(e.offset, f.lengthOf)
		if !ok || id.num != r.num {
			if !f.rebuilt {
				f.rebuild()
				if e, ok = f.xref[r.num]; ok && e.stream == 0 {
					got, id, ok = f.objectAt(e.offset, f.lengthOf)
				}
			}
			if !ok || id.num != r.num {
				got = nil
			}
		}
		o = got
		if f.crypt != nil {
			o = f.crypt.object(o, id)
		}
	}
	f.cache[r.num] = o
	return o
}

func (f *File) lengthOf(r ref) (int, bool) {
	n, ok := f.resolve(r).(float64)
	return int(n), ok && n >= 0 && n <= float64(len(f.data))
}

// objectStream is a stream of objects that was unpacked.
type objectStream struct {
	data    []byte
	numbers []int
	offsets []int
}

func (f *File) loadPacked(num int, e entry) object {
	s := f.objects(e.stream)
	if s == nil {
		return nil
	}
	i := e.index
	if i < 0 || i >= len(s.numbers) || s.numbers[i] != num {
		i = -1
		for k, n := range s.numbers {
			if n == num {
				i = k
			}
		}
		if i < 0 {
			return nil
		}
	}
	l := lexer{data: s.data, pos: s.offsets[i], refs: true}
	o := l.next(0)
	switch o.(type) {
	case end, keyword:
		return nil
	}
	return o
}

// objects unpacks a stream of objects.
func (f *File) objects(num int) *objectStream {
	if s, ok := f.packed[num]; ok {
		return s
	}
	f.packed[num] = nil
	s, ok := f.load(ref{num: num}).(*stream)
	if !ok {
		return nil
	}
	data, err := f.decode(s, true)
	if err != nil {
		return nil
	}
	n, _ := f.resolve(s.dict["N"]).(float64)
	first, _ := f.resolve(s.dict["First"]).(float64)
	if first < 0 || first > float64(len(data)) {
		return nil
	}
	p := &objectStream{data: data}
	l := lexer{data: data[:int(first)]}
	for range int(min(n, float64(len(data)))) {
		number, ok1 := l.integer()
		offset, ok2 := l.integer()
		if !ok1 || !ok2 {
			break
		}
		if at := int(first) + offset; at < len(data) {
			p.numbers, p.offsets = append(p.numbers, number), append(p.offsets, at)
		}
	}
	f.packed[num] = p
	return p
}

// rebuild searches the whole file for objects, as they stand, the last of a number first.
func (f *File) rebuild() {
	if f.rebuilt {
		return
	}
	f.rebuilt, f.repairs = true, true
	f.xref, f.cache, f.packed = map[int]entry{}, map[int]object{}, map[int]*objectStream{}
	f.streams = nil
	for at := 0; ; {
		i := bytes.Index(f.data[at:], []byte("obj"))
		if i < 0 {
			break
		}
		i += at
		at = i + 3
		if i > 2 && string(f.data[i-3:i]) == "end" {
			continue
		}
		start, num := definition(f.data, i)
		if start < 0 || len(f.xref) >= maxXref {
			continue
		}
		f.xref[num] = entry{offset: start}
		head := f.data[i:min(len(f.data), i+300)]
		if bytes.Contains(head, []byte("ObjStm")) {
			f.streams = append(f.streams, num)
		}
	}
	trailer := dict{}
	for at := 0; ; {
		i := bytes.Index(f.data[at:], []byte("trailer"))
		if i < 0 {
			break
		}
		at += i + len("trailer")
		l := lexer{data: f.data, pos: at, refs: true}
		if t, ok := l.next(0).(dict); ok {
			f.step(1)
			for k, v := range t {
				trailer[k] = v
			}
		}
	}
	for k, v := range trailer {
		f.trailer[k] = v
	}
	if f.trailer["Encrypt"] == nil || f.crypt != nil {
		f.unpackAll()
	}
	if f.catalog() != nil {
		return
	}
	for _, num := range f.numbers() {
		switch o := f.load(ref{num: num}).(type) {
		case dict:
			if o["Type"] == name("Catalog") {
				f.trailer["Root"] = ref{num: num}
			}
		case *stream:
			if o.dict["Type"] == name("XRef") {
				for _, k := range []name{"Root", "Encrypt", "ID", "Info"} {
					if v := o.dict[k]; v != nil && (k != "Root" || f.trailer["Root"] == nil) {
						f.trailer[k] = v
					}
				}
			}
		}
	}
}

// unpackAll enters what stands in streams of objects; what stands in the file itself is known already and counts.
func (f *File) unpackAll() {
	for _, num := range f.streams {
		s := f.objects(num)
		if s == nil {
			continue
		}
		for i, n := range s.numbers {
			if _, known := f.xref[n]; !known && n <= maxObjects && len(f.xref) < maxXref {
				f.xref[n] = entry{stream: num, index: i}
			}
		}
	}
}

// numbers lists the objects, ascending.
func (f *File) numbers() []int {
	list := make([]int, 0, len(f.xref))
	for n := range f.xref {
		list = append(list, n)
	}
	slices.Sort(list)
	return list
}

// definition finds "12 0 " before the word obj at i, and gives where it begins and the number; start is -1 if there is none.
func definition(data []byte, i int) (start, num int) {
	back := func(j int, is func(byte) bool) int {
		for j > 0 && is(data[j-1]) {
			j--
		}
		return j
	}
	digit := func(c byte) bool { return c >= '0' && c <= '9' }
	gen := back(i, space)
	genStart := back(gen, digit)
	numEnd := back(genStart, space)
	numStart := back(numEnd, digit)
	if gen == genStart || numEnd == genStart || numStart == numEnd || numEnd-numStart > 8 {
		return -1, 0
	}
	for _, c := range data[numStart:numEnd] {
		num = num*10 + int(c-'0')
	}
	if num > maxObjects {
		return -1, 0
	}
	return numStart, num
}

// num is a number of a dictionary.
func (f *File) num(o object, otherwise float64) float64 {
	if n, ok := f.resolve(o).(float64); ok && !math.IsNaN(n) && !math.IsInf(n, 0) {
		return n
	}
	return otherwise
}

func (f *File) dict(o object) dict {
	switch d := f.resolve(o).(type) {
	case dict:
		return d
	case *stream:
		return d.dict
	}
	return nil
}

func (f *File) array(o object) array {
	a, _ := f.resolve(o).(array)
	return a
}

func (f *File) name(o object) name {
	n, _ := f.resolve(o).(name)
	return n
}
