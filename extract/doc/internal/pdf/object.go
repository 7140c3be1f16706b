package pdf

import (
	"bytes"
	"math"
	"strconv"
)

// An object is nil, bool, float64, string (bytes), name, dict, array, *stream or ref.
type (
	object any
	name   string
	dict   map[name]object
	array  []object
	ref    struct{ num, gen int }
)

// stream is a dictionary with data behind it, which are still encoded.
type stream struct {
	dict dict
	data []byte
	ref  ref // the object that it is, for its key
}

// keyword is a word of the syntax or an operator.
type keyword string

// maxDeep bounds the nesting of arrays and dictionaries.
const maxDeep = 64

// lexer reads objects from bytes.
type lexer struct {
	data []byte
	pos  int
	refs bool // "1 0 R" is a reference; in content it is none
}

func space(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

func delimiter(c byte) bool {
	switch c {
	case '(', ')', '<', '>', '[', ']', '{', '}', '/', '%':
		return true
	}
	return false
}

// blanks steps over white space and comments.
func (l *lexer) blanks() {
	for l.pos < len(l.data) {
		c := l.data[l.pos]
		switch {
		case space(c):
			l.pos++
		case c == '%':
			for l.pos < len(l.data) && l.data[l.pos] != '\n' && l.data[l.pos] != '\r' {
				l.pos++
			}
		default:
			return
		}
	}
}

// end is what next gives at the end of the data.
type end struct{}

// next reads an object or a keyword; stray closing marks are keywords.
func (l *lexer) next(deep int) object {
	l.blanks()
	if l.pos >= len(l.data) {
		return end{}
	}
	c := l.data[l.pos]
	switch c {
	case '/':
		l.pos++
		return l.name()
	case '(':
		l.pos++
		return l.literal()
	case '[':
		l.pos++
		return l.array(deep)
	case '<':
		if l.pos+1 < len(l.data) && l.data[l.pos+1] == '<' {
			l.pos += 2
			return l.dict(deep)
		}
		l.pos++
		return l.hex()
	case '>':
		if l.pos+1 < len(l.data) && l.data[l.pos+1] == '>' {
			l.pos += 2
			return keyword(">>")
		}
		l.pos++
		return keyword(">")
	case ']', ')', '{', '}':
		l.pos++
		return keyword(c)
	}
	start := l.pos
	for l.pos < len(l.data) && !space(l.data[l.pos]) && !delimiter(l.data[l.pos]) {
		l.pos++
	}
	word := l.data[start:l.pos]
	if n, ok := number(word); ok {
		if l.refs && c >= '0' && c <= '9' {
			if r, ok := l.reference(n); ok {
				return r
			}
		}
		return n
	}
	switch string(word) {
	case "true":
		return true
	case "false":
		return false
	case "null":
		return nil
	}
	return keyword(word)
}

// number reads a number, also as careless programs write them: "--1", "1.2.3", "4.".
func number(b []byte) (float64, bool) {
	if len(b) == 0 || len(b) > 64 {
		return 0, false
	}
	c := b[0]
	if !(c >= '0' && c <= '9' || c == '-' || c == '+' || c == '.') {
		return 0, false
	}
	whole, neg := 0.0, false
	i := 0
	for i < len(b) && (b[i] == '-' || b[i] == '+') {
		neg = neg || b[i] == '-'
		i++
	}
	digits, scale := 0, 0.0
	for ; i < len(b); i++ {
		switch c := b[i]; {
		case c >= '0' && c <= '9':
			digits++
			if scale == 0 {
				whole = whole*10 + float64(c-'0')
			} else {
				whole += float64(c-'0') * scale
				scale /= 10
			}
		case c == '.':
			if scale != 0 {
				i = len(b)
				break
			}
			scale = 0.1
		case c == '-' && digits > 0:
			i = len(b) // 12-34, as some write
		default:
			return 0, false
		}
	}
	if digits == 0 && scale == 0 {
		return 0, false
	}
	if neg {
		whole = -whole
	}
	return whole, true
}

// reference looks whether a number begins a reference.
func (l *lexer) reference(n float64) (ref, bool) {
	at := l.pos
	gen, i := 0, at
	for i < len(l.data) && space(l.data[i]) {
		i++
	}
	from := i
	for i < len(l.data) && i-from < 6 && l.data[i] >= '0' && l.data[i] <= '9' {
		gen = gen*10 + int(l.data[i]-'0')
		i++
	}
	if i == from || i == at {
		return ref{}, false
	}
	from = i
	for i < len(l.data) && space(l.data[i]) {
		i++
	}
	if i == from || i >= len(l.data) || l.data[i] != 'R' || i+1 < len(l.data) && !space(l.data[i+1]) && !delimiter(l.data[i+1]) {
		return ref{}, false
	}
	if n != math.Trunc(n) || n < 0 || n > maxObjects {
		return ref{}, false
	}
	l.pos = i + 1
	return ref{int(n), gen}, true
}

func (l *lexer) name() name {
	start := l.pos
	plain := true
	for l.pos < len(l.data) && !space(l.data[l.pos]) && !delimiter(l.data[l.pos]) {
		plain = plain && l.data[l.pos] != '#'
		l.pos++
	}
	raw := l.data[start:l.pos]
	if plain {
		return name(raw)
	}
	out := make([]byte, 0, len(raw))
	for i := 0; i < len(raw); i++ {
		if raw[i] == '#' && i+2 < len(raw) {
			hi, lo := unhex(raw[i+1]), unhex(raw[i+2])
			if hi >= 0 && lo >= 0 {
				out = append(out, byte(hi<<4|lo))
				i += 2
				continue
			}
		}
		out = append(out, raw[i])
	}
	return name(out)
}

func unhex(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

func (l *lexer) literal() string {
	var out []byte
	deep := 1
	for l.pos < len(l.data) {
		c := l.data[l.pos]
		l.pos++
		switch c {
		case '(':
			deep++
		case ')':
			if deep--; deep == 0 {
				return string(out)
			}
		case '\\':
			if l.pos >= len(l.data) {
				return string(out)
			}
			c = l.data[l.pos]
			l.pos++
			switch c {
			case 'n':
				c = '\n'
			case 'r':
				c = '\r'
			case 't':
				c = '\t'
			case 'b':
				c = '\b'
			case 'f':
				c = '\f'
			case '\r':
				if l.pos < len(l.data) && l.data[l.pos] == '\n' {
					l.pos++
				}
				continue
			case '\n':
				continue
			default:
				if c >= '0' && c <= '7' {
					v := int(c - '0')
					for i := 0; i < 2 && l.pos < len(l.data) && l.data[l.pos] >= '0' && l.data[l.pos] <= '7'; i++ {
						v = v*8 + int(l.data[l.pos]-'0')
						l.pos++
					}
					c = byte(v)
				}
			}
		case '\r':
			if l.pos < len(l.data) && l.data[l.pos] == '\n' {
				l.pos++
			}
			c = '\n'
		}
		out = append(out, c)
	}
	return string(out)
}

func (l *lexer) hex() string {
	var out []byte
	half := -1
	for l.pos < len(l.data) {
		c := l.data[l.pos]
		l.pos++
		if c == '>' {
			break
		}
		v := unhex(c)
		if v < 0 {
			continue
		}
		if half < 0 {
			half = v
		} else {
			out = append(out, byte(half<<4|v))
			half = -1
		}
	}
	if half >= 0 {
		out = append(out, byte(half<<4))
	}
	return string(out)
}

func (l *lexer) array(deep int) object {
	a := array{}
	for {
		o := l.next(deep + 1)
		switch o := o.(type) {
		case end:
			return a
		case keyword:
			if o == "]" {
				return a
			}
			if o == "endobj" || o == "endstream" {
				l.pos -= len(o)
				return a
			}
			continue
		}
		if deep < maxDeep {
			a = append(a, o)
		}
	}
}

func (l *lexer) dict(deep int) object {
	d := dict{}
	for {
		key := l.next(deep + 1)
		switch k := key.(type) {
		case end:
			return d
		case keyword:
			if k == ">>" {
				return d
			}
			if k == "endobj" || k == "stream" {
				l.pos -= len(k)
				return d
			}
		case name:
			value := l.next(deep + 1)
			switch v := value.(type) {
			case end:
				return d
			case keyword:
				if v == ">>" {
					return d
				}
				continue
			}
			if deep < maxDeep {
				d[k] = value
			}
		}
	}
}

// integer reads a run of digits at pos, after blanks.
func (l *lexer) integer() (int, bool) {
	l.blanks()
	start := l.pos
	for l.pos < len(l.data) && l.data[l.pos] >= '0' && l.data[l.pos] <= '9' && l.pos-start < 12 {
		l.pos++
	}
	n, err := strconv.Atoi(string(l.data[start:l.pos]))
	return n, err == nil
}

// word reports whether a keyword stands at pos, after blanks, and steps over it.
func (l *lexer) word(w string) bool {
	l.blanks()
	if bytes.HasPrefix(l.data[l.pos:], []byte(w)) {
		l.pos += len(w)
		return true
	}
	return false
}
