package doc

import (
	"strings"
	"unicode"

	"github.com/tupu-kg/tupu/graph"
)

// writer gathers the stored text of a file, a line at a time, with a locator for each.
type writer struct {
	b         strings.Builder
	locators  []graph.Locator
	limit     int64 // bytes of text
	truncated bool  // a line was left out because the limit was reached
}

// line adds a line, unless it is blank or the text is full.
func (w *writer) line(text string, at graph.Locator) {
	if text == "" {
		return
	}
	if int64(w.b.Len()+len(text)) >= w.limit {
		w.truncated = true
	}
	if w.truncated {
		return
	}
	w.mark(0, at)
	w.b.WriteString(text)
	w.b.WriteByte('\n')
}

// mark adds a locator at so many bytes behind the end of what is written.
func (w *writer) mark(ahead int, at graph.Locator) {
	at.Start = w.b.Len() + ahead
	switch n := len(w.locators); {
	case n < maxLocators-1:
		w.locators = append(w.locators, at)
	case n == maxLocators-1:
		w.locators = append(w.locators, graph.Locator{Start: at.Start})
	}
}

// page makes a page of what was written.
func (w *writer) page(format, reader string, data []byte) *Page {
	p := newPage(format, reader, "", data, w.b.String(), w.locators)
	p.Truncated = w.truncated
	return p
}

// tidy makes one line of a text out of a file that has no lines of its own: control characters go, and white space is one
// blank, and none at the ends.
func tidy(s string) string {
	clean := true
	blank := true
	for _, r := range s {
		if r < 0x20 || r == 0x7F || r == '\uFEFF' || r == '\uFFFE' || r == '\uFFFF' || r != ' ' && unicode.IsSpace(r) || r == ' ' && blank {
			clean = false
			break
		}
		blank = r == ' '
	}
	if clean && !blank {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			gap = b.Len() > 0
			continue
		case r < 0x20, r == 0x7F, r == '\uFEFF', r == '\uFFFE', r == '\uFFFF':
			continue
		}
		if gap {
			b.WriteByte(' ')
			gap = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

// row joins the cells of a row with tabs; empty ones at its end go. A row with one cell is that cell.
func row(cells []string) string {
	last, filled := -1, 0
	for i, c := range cells {
		if c != "" {
			last = i
			filled++
		}
	}
	if filled == 1 {
		return cells[last]
	}
	return strings.Join(cells[:last+1], "\t")
}
