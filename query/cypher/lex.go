package cypher

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Pos is a byte offset in the text of a query.
type Pos int

type kind uint8

const (
	tEnd       kind = iota
	tName           // a word that may be a keyword, or a name between backticks
	tQuoted         // a name between backticks
	tInt            // digits, hexadecimal or octal, as written
	tFloat          // as written
	tBadNumber      // digits that run into letters
	tString         // text holds the value
	tParam          // text holds the name
	tSymbol         // text holds the symbol
)

type token struct {
	kind kind
	text string
	pos  Pos
	end  Pos
}

// describe is the token as a message shows it.
func (t token) describe() string {
	switch t.kind {
	case tEnd:
		return "the end of the query"
	case tString:
		return "a string"
	case tParam:
		return "$" + t.text
	}
	return fmt.Sprintf("%q", t.text)
}

// pairs are the symbols of two characters. Arrows are not among them: in a pattern < and - stand for themselves.
var pairs = []string{"<=", ">=", "<>", "=~", "+=", "..", "||"}

// lex cuts text into tokens. A bad character ends it.
func lex(text string) ([]token, *Error) {
	tokens := make([]token, 0, len(text)/4+8)
	for at := 0; at < len(text); {
		c := text[at]
		start := Pos(at)
		add := func(k kind, value string, end int) {
			tokens = append(tokens, token{k, value, start, Pos(end)})
			at = end
		}
		switch {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f':
			at++
		case strings.HasPrefix(text[at:], "//"):
			if n := strings.IndexByte(text[at:], '\n'); n >= 0 {
				at += n
			} else {
				at = len(text)
			}
		case strings.HasPrefix(text[at:], "/*"):
			n := strings.Index(text[at+2:], "*/")
			if n < 0 {
				return nil, errorf(start, "UnexpectedSyntax", "the comment that begins here does not end")
			}
			at += n + 4
		case c >= '0' && c <= '9' || c == '.' && at+1 < len(text) && digit(text[at+1]):
			k, end := number(text, at)
			add(k, text[at:end], end)
		case c == '\'' || c == '"':
			value, end, err := stringLiteral(text, at)
			if err != nil {
				return nil, err
			}
			add(tString, value, end)
		case c == '`':
			name, end, err := quoted(text, at)
			if err != nil {
				return nil, err
			}
			add(tQuoted, name, end)
		case c == '$':
			if at+1 < len(text) && text[at+1] == '`' {
				name, end, err := quoted(text, at+1)
				if err != nil {
					return nil, err
				}
				add(tParam, name, end)
				continue
			}
			end := at + 1
			for end < len(text) {
				r, n := utf8.DecodeRuneInString(text[end:])
				if !inName(r) {
					break
				}
				end += n
			}
			if end == at+1 {
				return nil, errorf(start, "UnexpectedSyntax", "a parameter needs a name after $")
			}
			add(tParam, text[at+1:end], end)
		default:
			r, n := utf8.DecodeRuneInString(text[at:])
			switch {
			case r == utf8.RuneError && n <= 1:
				return nil, errorf(start, "InvalidUnicodeCharacter", "the query is not UTF-8 here")
			case startsName(r):
				end := at + n
				for end < len(text) {
					r, n := utf8.DecodeRuneInString(text[end:])
					if !inName(r) {
						break
					}
					end += n
				}
				add(tName, text[at:end], end)
			case unicode.IsSpace(r) || r == '\ufeff':
				at += n
			case r >= utf8.RuneSelf:
				e := errorf(start, "InvalidUnicodeCharacter", "%q cannot stand here", string(r))
				if half, ok := fullWidth[r]; ok {
					e.Hint = fmt.Sprintf("write %q", half)
				}
				return nil, e
			case strings.ContainsRune("()[]{}<>=+-*/%^.,:;|&!", r):
				for _, p := range pairs {
					if strings.HasPrefix(text[at:], p) {
						add(tSymbol, p, at+2)
						break
					}
				}
				if Pos(at) == start {
					add(tSymbol, text[at:at+1], at+1)
				}
			default:
				return nil, errorf(start, "UnexpectedSyntax", "%q cannot stand here", string(r))
			}
		}
	}
	return append(tokens, token{kind: tEnd, pos: Pos(len(text)), end: Pos(len(text))}), nil
}

// fullWidth are the marks that a Chinese keyboard writes where Cypher wants others.
var fullWidth = map[rune]string{
	'（': "(", '）': ")", '，': ",", '：': ":", '；': ";", '“': "\"", '”': "\"", '‘': "'", '’': "'", '【': "[", '】': "]",
	'｛': "{", '｝': "}", '＝': "=", '＜': "<", '＞': ">", '—': "-", '–': "-", '－': "-", '。': ".", '、': ",", '＊': "*", '｜': "|",
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

func startsName(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.Is(unicode.Nl, r) }

func inName(r rune) bool {
	return startsName(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Mc, r) || unicode.Is(unicode.Pc, r)
}

// number reads a number at text[at:]; it never takes a dot that another follows, as in *1..3.
func number(text string, at int) (kind, int) {
	end := at
	digits := func(ok func(byte) bool) int {
		from := end
		for end < len(text) && ok(text[end]) {
			end++
		}
		return end - from
	}
	k := tInt
	if strings.HasPrefix(text[at:], "0x") || strings.HasPrefix(text[at:], "0X") || strings.HasPrefix(text[at:], "0o") {
		octal := text[at+1] == 'o'
		end += 2
		if digits(func(c byte) bool { return !octal && hex(c) || octal && c >= '0' && c <= '7' }) == 0 {
			k = tBadNumber
		}
	} else {
		digits(digit)
		if end+1 < len(text) && text[end] == '.' && digit(text[end+1]) {
			k = tFloat
			end++
			digits(digit)
		}
		if end < len(text) && (text[end] == 'e' || text[end] == 'E') {
			mark := end
			end++
			if end < len(text) && (text[end] == '-' || text[end] == '+') {
				end++
			}
			if digits(digit) == 0 {
				end = mark
			} else {
				k = tFloat
			}
		}
	}
	for end < len(text) {
		r, n := utf8.DecodeRuneInString(text[end:])
		if !inName(r) {
			break
		}
		k = tBadNumber
		end += n
	}
	return k, end
}

func hex(c byte) bool { return digit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F' }

// quoted reads a name between backticks; two stand for one.
func quoted(text string, at int) (string, int, *Error) {
	var b strings.Builder
	for i := at + 1; i < len(text); i++ {
		if text[i] != '`' {
			b.WriteByte(text[i])
			continue
		}
		if i+1 < len(text) && text[i+1] == '`' {
			b.WriteByte('`')
			i++
			continue
		}
		if !utf8.ValidString(b.String()) {
			return "", 0, errorf(Pos(at), "InvalidUnicodeCharacter", "this name is not UTF-8")
		}
		return b.String(), i + 1, nil
	}
	return "", 0, errorf(Pos(at), "UnexpectedSyntax", "the name that begins here does not end: a backtick is missing")
}

func stringLiteral(text string, at int) (string, int, *Error) {
	mark := text[at]
	var b strings.Builder
	for i := at + 1; i < len(text); i++ {
		c := text[i]
		switch {
		case c == mark:
			if !utf8.ValidString(b.String()) {
				return "", 0, errorf(Pos(at), "InvalidUnicodeCharacter", "this string is not UTF-8")
			}
			return b.String(), i + 1, nil
		case c != '\\':
			b.WriteByte(c)
			continue
		}
		i++
		if i == len(text) {
			break
		}
		switch text[i] {
		case '\\', '\'', '"', '`':
			b.WriteByte(text[i])
		case 'b':
			b.WriteByte('\b')
		case 'f':
			b.WriteByte('\f')
		case 'n':
			b.WriteByte('\n')
		case 'r':
			b.WriteByte('\r')
		case 't':
			b.WriteByte('\t')
		case 'u', 'U':
			n := 4
			if text[i] == 'U' {
				n = 8
			}
			r, ok := codePoint(text[i+1:], n)
			if !ok {
				return "", 0, errorf(Pos(i-1), "InvalidUnicodeLiteral", "\\%c needs %d hexadecimal digits of a character", text[i], n)
			}
			b.WriteRune(r)
			i += n
		default:
			e := errorf(Pos(i-1), "UnexpectedSyntax", "\\%c means nothing in a string", text[i])
			e.Hint = `write \\ for a backslash`
			return "", 0, e
		}
	}
	return "", 0, errorf(Pos(at), "UnexpectedSyntax", "the string that begins here does not end: %c is missing", mark)
}

func codePoint(s string, n int) (rune, bool) {
	if len(s) < n {
		return 0, false
	}
	r := int64(0)
	for i := range n {
		c := s[i]
		switch {
		case digit(c):
			r = r<<4 | int64(c-'0')
		case hex(c):
			r = r<<4 | int64(c|0x20-'a'+10)
		default:
			return 0, false
		}
	}
	return rune(r), r <= unicode.MaxRune && utf8.ValidRune(rune(r))
}
