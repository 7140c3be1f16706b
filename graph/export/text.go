package export

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/graph"
)

// shown is the number of quotes that an edge carries as text; the number of all stands beside them.
const shown = 3

// evidence appends what a bundle stands on as text, and says how many there are.
func (v *view) evidence(to []byte, b bundle) (text []byte, n int, err error) {
	quotes := 0
	for i := range b {
		n += len(b[i].all)
		for k := range b[i].all {
			if quotes == shown {
				break
			}
			if quotes++; quotes > 1 {
				to = append(to, " | "...)
			}
			if to, err = v.cite(to, &b[i].all[k]); err != nil {
				return nil, 0, err
			}
		}
	}
	return to, n, nil
}

// maxLocators bounds the locators of the documents kept at hand for citing: about 60 MB.
const maxLocators = 800_000

// document returns a document with its locators, without its text.
func (v *view) document(id graph.ID) (*graph.Document, error) {
	v.mu.RLock()
	d := v.docs[id]
	v.mu.RUnlock()
	if d != nil {
		return d, nil
	}
	doc, err := v.Document(id)
	if err != nil {
		return nil, err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.held += len(doc.Locators) + 20; v.held > maxLocators {
		clear(v.docs)
		v.held = len(doc.Locators) + 20
	}
	doc.Text = ""
	v.docs[id] = &doc
	return &doc, nil
}

// cite appends one evidence as a line: path:line “quote”.
func (v *view) cite(to []byte, e *graph.Evidence) ([]byte, error) {
	if e.Source != graph.FromText {
		return append(append(append(to, e.Source...), ' '), e.Ref...), nil
	}
	d, err := v.document(e.Doc)
	if err != nil {
		return nil, err
	}
	to = append(append(append(to, path(d)...), where(d.Locate(e.ByteStart))...), " “"...)
	return append(append(to, clip(oneLine(e.Quote), 160)...), "”"...), nil
}

// path is what a document is called in citations: the first of its paths, or its id.
func path(d *graph.Document) string {
	if len(d.Paths) > 0 {
		return d.Paths[0]
	}
	return string(d.ID)
}

// where is a place in a document after its path, as citations of tupu write it.
func where(l graph.Locator) string {
	switch {
	case l.Page > 0:
		return ":p" + strconv.Itoa(l.Page)
	case l.Row > 0:
		return ":" + l.Sheet + "!" + strconv.Itoa(l.Row)
	case l.Line > 0:
		return ":" + strconv.Itoa(l.Line)
	case l.Paragraph > 0:
		return ":¶" + strconv.Itoa(l.Paragraph)
	}
	return ""
}

// clip cuts text after n characters.
func clip(s string, n int) string {
	if len(s) <= n || utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n]) + "…"
}

// oneLine replaces each run of white space and control characters by a space.
func oneLine(s string) string {
	if s == "" || isOneLine(s) {
		return s
	}
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
}

// isOneLine reports whether text holds neither control characters nor white space other than single spaces between words. Of most
// characters the first byte tells that they are neither.
func isOneLine(s string) bool {
	space := true // at the start, or after a space
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case c == ' ':
			if space {
				return false
			}
			space = true
			i++
			continue
		case c < ' ', c == 0x7F:
			return false
		case c == 0xC2, c >= 0xE1 && c <= 0xE3: // white space and control characters begin so
			r, size := utf8.DecodeRuneInString(s[i:])
			if unicode.IsSpace(r) || unicode.IsControl(r) {
				return false
			}
			i += size
		default:
			i++
		}
		space = false
	}
	return !space
}

// list joins values with semicolons; one inside a value becomes its full-width form, as readers split at it.
func list(values []string) string {
	if len(values) == 0 {
		return ""
	}
	safe := make([]string, len(values))
	for i, v := range values {
		safe[i] = wide(oneLine(v))
	}
	return strings.Join(safe, ";")
}

func year(n int) string { return number(n) }

// number writes a number, and nought as nothing.
func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func float(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

// amount writes a number, and nought as nothing.
func amount(f float64) string {
	if f == 0 {
		return ""
	}
	return float(f)
}
