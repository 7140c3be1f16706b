package text

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// Folded is a text folded for matching (see the package comment for its form), with a way back to its source. It is
// read-only.
type Folded struct {
	Text   string
	pieces []piece // ascending; none if Text is the source itself
	length int     // bytes of the source
}

// piece says where a stretch of the folded text comes from; it ends where the next one begins. In most stretches every
// character has as many bytes as in the source (each and every are 0); in the others, every character has each bytes in the
// folded text and every bytes in the source, as the digits of ２０２４ have 1 and 3.
type piece struct {
	fold, source int
	each, every  uint8
}

// Fold folds a text. It costs one pass, two where lines may be broken inside sentences; text that is clean already is
// neither copied nor mapped. Bytes that are not UTF-8 are left out.
func Fold(source string) *Folded {
	f := folder{table: folding(), src: source}
	f.run()
	if f.out == nil {
		return &Folded{Text: source, length: len(source)}
	}
	return &Folded{Text: string(f.out), pieces: f.pieces, length: len(source)}
}

// Source returns the bytes of the source that the bytes [start, end) of f.Text stand for: from the first byte of the first
// character to the end of the last. What was left out between two characters lies inside, what was left out behind the last
// one, also its reading in brackets, lies outside. Offsets within a character count for all of it, those outside the text
// for its ends.
func (f *Folded) Source(start, end int) (int, int) {
	start, end = min(max(start, 0), len(f.Text)), min(max(end, 0), len(f.Text))
	if len(f.pieces) == 0 {
		empty := end <= start
		for start > 0 && start < len(f.Text) && !utf8.RuneStart(f.Text[start]) {
			start--
		}
		if empty {
			return start, start
		}
		return start, f.boundary(end)
	}
	from := f.length
	if start < len(f.Text) {
		from, _ = f.character(start)
	}
	if end <= start {
		return from, from
	}
	_, to := f.character(end - 1)
	return from, to
}

// character is the stretch of the source of the character that the byte of f.Text at offset belongs to.
func (f *Folded) character(offset int) (start, end int) {
	k := sort.Search(len(f.pieces), func(i int) bool { return f.pieces[i].fold > offset }) - 1
	p := f.pieces[k]
	if p.each > 0 {
		start = p.source + (offset-p.fold)/int(p.each)*int(p.every)
		return start, start + int(p.every)
	}
	for !utf8.RuneStart(f.Text[offset]) {
		offset--
	}
	_, n := utf8.DecodeRuneInString(f.Text[offset:])
	start = p.source + offset - p.fold
	return start, start + n
}

// At returns the byte of f.Text at which the first character stands that was kept at or after a byte of the source;
// len(f.Text) if there is none.
func (f *Folded) At(offset int) int {
	offset = min(max(offset, 0), f.length)
	if len(f.pieces) == 0 {
		return f.boundary(min(offset, len(f.Text))) // nothing was kept, or everything
	}
	k := sort.Search(len(f.pieces), func(i int) bool { return f.pieces[i].source > offset }) - 1
	if k < 0 {
		return f.pieces[0].fold
	}
	p, limit := f.pieces[k], len(f.Text)
	if k+1 < len(f.pieces) {
		limit = f.pieces[k+1].fold
	}
	if p.each > 0 {
		n := (offset - p.source + int(p.every) - 1) / int(p.every)
		return min(p.fold+n*int(p.each), limit)
	}
	return f.boundary(min(p.fold+offset-p.source, limit))
}

// boundary is the first start of a character of f.Text at or after offset.
func (f *Folded) boundary(offset int) int {
	for offset < len(f.Text) && !utf8.RuneStart(f.Text[offset]) {
		offset++
	}
	return offset
}

// folder is the state of one Fold. Characters that need nothing done are left to stand between done and the reader, and
// copied when one comes that does.
type folder struct {
	*table
	src    string
	out    []byte // nil as long as nothing has changed
	pieces []piece
	done   int // bytes of src that are in out or left out

	brackets [8]bool // of the open brackets, whether they are of full width
	depth    int

	script    scriptOf // of the line that ends at scriptEnd
	scriptEnd int
	whole     scriptOf // of the whole text, unknown until asked
	damaged   damage
	lines     lineShape
}

type damage uint8

const (
	notLooked damage = iota
	clean
	showing
)

func (f *folder) run() {
	s := f.src
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if e := f.page[0][c]; e != 0 {
				i = f.special(i, rune(c), 1, e)
			} else {
				i++
			}
			continue
		}
		r, n := rune(0), 3
		if 0xE1 <= c && c <= 0xEC && i+2 < len(s) && s[i+1]&0xC0 == 0x80 && s[i+2]&0xC0 == 0x80 {
			r = rune(c&0x0F)<<12 | rune(s[i+1]&0x3F)<<6 | rune(s[i+2]&0x3F)
		} else if r, n = utf8.DecodeRuneInString(s[i:]); r == utf8.RuneError && n == 1 {
			f.drop(i, i+1)
			i++
			continue
		}
		if e := f.lookup(r); e != 0 {
			i = f.special(i, r, n, e)
		} else {
			i += n
		}
	}
	if f.out != nil {
		f.flush(len(s))
	}
}

// special does what the table says of the character r of n bytes at src[i:], and returns where to go on.
func (f *folder) special(i int, r rune, n int, e entry) int {
	if e&startsPhrase != 0 && (e&startsStrict != 0 || f.isTraditional(i)) {
		if next := f.phrase(i, r); next > i {
			return next
		}
	}
	switch e.class() {
	case dropped:
		f.drop(i, i+n)
	case replaced:
		v := e.value()
		if a := f.lookup(v); a.class() == ambiguous && f.isTraditional(i) {
			v = a.value() // U+F9D5 is 崙, and that is 仑
		}
		f.put(i, n, v)
	case traditional:
		f.put(i, n, e.value())
	case ambiguous:
		if f.isTraditional(i) {
			f.put(i, n, e.value())
		}
	case space, newline:
		return f.white(i)
	case opening:
		return f.open(i, r, n)
	case closing:
		f.close(i, r, n)
	case mark:
		if isWide(f.last(i)) || isWide(f.next(i+n)) {
			f.put(i, n, e.value())
		}
	case wideMark:
		// １，２３４ and １２：３０ are numbers; everywhere else these marks are the canonical ones.
		before, _ := utf8.DecodeLastRuneInString(f.src[:i])
		after, _ := utf8.DecodeRuneInString(f.src[i+n:])
		if isWideDigit(before) && isWideDigit(after) {
			f.put(i, n, e.value())
		}
	case bullet:
		if isHan(f.last(i)) && isHan(f.next(i+n)) {
			f.put(i, n, e.value())
		}
	}
	return i + n
}

// phrase converts the longest phrase that stands at src[i:] and begins with r, and returns where it ends; i if there is none.
func (f *folder) phrase(i int, r rune) int {
	for _, p := range f.phrases[r] {
		if !strings.HasPrefix(f.src[i:], p.key) || !p.strict && !f.isTraditional(i) {
			continue
		}
		k := 0
		for _, v := range p.value {
			_, n := utf8.DecodeRuneInString(f.src[i+k:])
			if f.src[i+k:i+k+n] != string(v) {
				f.put(i+k, n, v)
			}
			k += n
		}
		return i + k
	}
	return i
}

// flush brings what is left to stand before i into out.
func (f *folder) flush(i int) {
	if f.done < i {
		f.piece(f.done, 0, 0)
		f.out = append(f.out, f.src[f.done:i]...)
		f.done = i
	}
}

// drop leaves src[i:j] out.
func (f *folder) drop(i, j int) {
	f.begin()
	f.flush(i)
	f.done = j
}

// put writes v for the character of n bytes at src[i:].
func (f *folder) put(i, n int, v rune) {
	f.begin()
	f.flush(i)
	if size := utf8.RuneLen(v); size == n {
		f.piece(i, 0, 0)
	} else {
		f.piece(i, uint8(size), uint8(n))
	}
	f.out = utf8.AppendRune(f.out, v)
	f.done = i + n
}

func (f *folder) begin() {
	if f.out == nil {
		f.out = make([]byte, 0, len(f.src))
	}
}

// piece begins a piece at the end of out for src[source:], unless the last one goes on there.
func (f *folder) piece(source int, each, every uint8) {
	if n := len(f.pieces); n > 0 {
		p := f.pieces[n-1]
		along := len(f.out) - p.fold
		if p.each == each && p.every == every {
			if each == 0 && p.source+along == source || each > 0 && p.source+along/int(each)*int(every) == source {
				return
			}
		}
	}
	f.pieces = append(f.pieces, piece{fold: len(f.out), source: source, each: each, every: every})
}

// last is the last character kept before src[i]; 0 if there is none.
func (f *folder) last(i int) rune {
	before := f.out
	if f.done < i {
		r, _ := utf8.DecodeLastRuneInString(f.src[f.done:i])
		return r
	}
	if len(before) == 0 {
		return 0
	}
	r, _ := utf8.DecodeLastRune(before)
	return r
}

// next is the first character at or after src[i] that is not white or left out, within a few characters, as it is written in
// the folded text; 0 if there is none.
func (f *folder) next(i int) rune {
	for range 8 {
		if i >= len(f.src) {
			return 0
		}
		r, n := utf8.DecodeRuneInString(f.src[i:])
		c := f.lookup(r).class()
		switch {
		case c == space || f.isNothing(r, n):
			i += n
		case c == newline:
			return 0
		default:
			return f.written(r)
		}
	}
	return 0
}

// isNothing reports whether r, decoded from n bytes, is invisible or a byte that is not UTF-8.
func (t *table) isNothing(r rune, n int) bool {
	return t.lookup(r).class() == dropped || r == utf8.RuneError && n == 1
}

// written is what r becomes if it only stands for another character. What is decided by a neighbour must not depend on
// whether that is a radical or a form of another width.
func (t *table) written(r rune) rune {
	if e := t.lookup(r); e.class() == replaced {
		return e.value()
	}
	return r
}

// open does an opening bracket: a reading is left out with all that it holds, and other brackets become full where they
// stand beside Chinese or hold it.
func (f *folder) open(i int, r rune, n int) int {
	before := f.last(i)
	if isHan(before) && f.done <= i {
		switch kind, end := readingAt(f.src, i); kind {
		case toned:
			f.drop(i, end)
			return end
		case toneless:
			if f.isDamaged() {
				f.drop(i, end)
				return end
			}
		}
	}
	full := r == '（' || isWide(before) || f.holdsWide(i+n)
	if full && r == '(' {
		f.put(i, n, '（')
	}
	if f.depth < len(f.brackets) {
		f.brackets[f.depth] = full
		f.depth++
	}
	return i + n
}

func (f *folder) close(i int, r rune, n int) {
	full := isWide(f.last(i)) || isWide(f.next(i+n))
	if f.depth > 0 {
		f.depth--
		full = f.brackets[f.depth]
	}
	if full && r == ')' {
		f.put(i, n, '）')
	}
}

// holdsWide reports whether a character of Chinese stands in the bracket that is open at src[i:], or right behind it.
func (f *folder) holdsWide(i int) bool {
	const reach = 64
	for end := min(len(f.src), i+reach); i < end; {
		r, n := utf8.DecodeRuneInString(f.src[i:])
		switch {
		case r == '(' || r == '\n':
			return false
		case r == ')':
			return isHan(f.next(i + n))
		case isWide(f.written(r)):
			return true
		}
		i += n
	}
	return false
}

func (f *folder) isDamaged() bool {
	if f.damaged == notLooked {
		f.damaged = clean
		if showsReadings(f.src) {
			f.damaged = showing
		}
	}
	return f.damaged == showing
}

// isHan reports whether r is a Chinese character.
func isHan(r rune) bool {
	return 0x4E00 <= r && r <= 0x9FFF || 0x3400 <= r && r <= 0x4DBF || r == '〇' || r == '々' || 0xF900 <= r && r <= 0xFAFF ||
		0x20000 <= r && r <= 0x323AF
}

// isWide reports whether r is a Chinese character or a punctuation mark of Chinese text.
func isWide(r rune) bool {
	return isHan(r) || 0x3001 <= r && r <= 0x3020 || 0xFF01 <= r && r <= 0xFF5E && !isWideAlnum(r) ||
		r == '“' || r == '”' || r == '‘' || r == '’' || r == '…' || r == '—'
}

func isWideDigit(r rune) bool { return '０' <= r && r <= '９' }

func isWideAlnum(r rune) bool {
	return isWideDigit(r) || 'Ａ' <= r && r <= 'Ｚ' || 'ａ' <= r && r <= 'ｚ'
}
