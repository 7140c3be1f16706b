package cli

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"unicode"
	"unicode/utf8"
)

// format is the form in which an answer is printed.
type format string

// The forms. table is for people, the others are for programs.
const (
	table  format = "table"
	asJSON format = "json"
	jsonl  format = "jsonl"
	asCSV  format = "csv"
	tsv    format = "tsv"
)

// String, Set and Type make a format a flag.
func (f *format) String() string { return "" }

// Type is the placeholder in help texts.
func (f *format) Type() string { return "FORM" }

// Set takes one of the forms.
func (f *format) Set(s string) error {
	switch format(s) {
	case table, asJSON, jsonl, asCSV, tsv:
		*f = format(s)
		return nil
	}
	return fmt.Errorf("use table, json, jsonl, csv or tsv")
}

// schemaVersion is that of the JSON envelope. Keys are added without raising it; they are never renamed or removed.
const schemaVersion = 1

// result is what a command found out, before it has a form.
type result struct {
	kind      string                                    // of the items, for programs that read several
	query     any                                       // what was asked, with defaults filled in
	items     []any                                     // for JSON
	truncated bool                                      // there is more than the limit let through
	columns   []string                                  // for CSV and TSV
	rows      [][]string                                // for CSV and TSV: as many cells as columns
	more      func(piece int, yield func(row []string)) // rows after these, made in pieces where there may be thousands; safe for concurrent use
	pieces    int                                       // of more
	people    func(p *page)                             // for a table; nil prints columns and rows
	note      string                                    // for people, on standard error whatever the form: nothing found, more there
}

// print writes a result to standard output in the form that was asked for, and its note to standard error.
func (a *app) print(r result) error {
	if err := a.printData(r); err != nil {
		return err
	}
	if r.note != "" {
		a.hint(r.note)
	}
	return nil
}

func (a *app) printData(r result) error {
	if a.excel {
		a.format = asCSV
	}
	switch a.format {
	case asJSON:
		return writeJSON(a.Out, r)
	case jsonl:
		return writeLines(a.Out, r.items)
	case asCSV:
		if a.excel {
			if _, err := io.WriteString(a.Out, "\ufeff"); err != nil {
				return err
			}
		}
		return writeRows(a.Out, r, withCommas(a.excel))
	case tsv:
		return writeRows(a.Out, r, withTabs)
	}
	p := &page{width: a.Width, color: a.Color, words: a.words}
	if r.people != nil {
		r.people(p)
	} else {
		columns := make([]column, len(r.columns))
		for i, name := range r.columns {
			columns[i] = column{name: name}
		}
		p.table(columns, r.rows)
	}
	_, err := a.Out.Write(p.Bytes())
	return err
}

// writeJSON writes the envelope and what is in it, indented.
func writeJSON(w io.Writer, r result) error {
	items := r.items
	if items == nil {
		items = []any{} // an answer without items is an empty list, not null
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(struct {
		SchemaVersion int    `json:"schema_version"`
		Kind          string `json:"kind"`
		Query         any    `json:"query"`
		Items         []any  `json:"items"`
		Truncated     bool   `json:"truncated"`
	}{schemaVersion, r.kind, r.query, items, r.truncated})
}

// writeLines writes one item a line.
func writeLines(w io.Writer, items []any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	for _, item := range items {
		if err := e.Encode(item); err != nil {
			return err
		}
	}
	return nil
}

// piece yields the header with the rows that are there (0), or the rows of a piece. The memory of a row is used again for the next.
func (r *result) piece(n int, yield func(row []string)) {
	if n > 0 {
		r.more(n-1, yield)
		return
	}
	yield(r.columns)
	for _, row := range r.rows {
		yield(row)
	}
}

// writeRows writes the header and the rows. Pieces of them are made on all processors, some at a time, and written in their order.
func writeRows(w io.Writer, r result, render func(r *result, piece int, to *bytes.Buffer) error) error {
	atOnce := 4 * runtime.GOMAXPROCS(0)
	made, errs := make([]bytes.Buffer, atOnce), make([]error, atOnce)
	for done := 0; done <= r.pieces; done += atOnce {
		n := min(atOnce, r.pieces+1-done)
		var next atomic.Int64
		var wait sync.WaitGroup
		for range min(n, runtime.GOMAXPROCS(0)) {
			wait.Go(func() {
				for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
					made[i].Reset()
					errs[i] = render(&r, done+i, &made[i])
				}
			})
		}
		wait.Wait()
		for i := range n {
			if errs[i] != nil {
				return errs[i]
			}
			if _, err := w.Write(made[i].Bytes()); err != nil {
				return err
			}
		}
	}
	return nil
}

// withTabs writes rows with tabs between the cells.
func withTabs(r *result, piece int, to *bytes.Buffer) error {
	r.piece(piece, func(row []string) {
		for i, cell := range row {
			if i > 0 {
				to.WriteByte('\t')
			}
			to.WriteString(visible(cell, false))
		}
		to.WriteByte('\n')
	})
	return nil
}

// withCommas writes rows as CSV, every cell on one line and without tabs; for Excel, without what it would run.
func withCommas(excel bool) func(r *result, piece int, to *bytes.Buffer) error {
	return func(r *result, piece int, to *bytes.Buffer) error {
		w := csv.NewWriter(to)
		var safe []string
		var err error
		r.piece(piece, func(row []string) {
			safe = safe[:0]
			for _, cell := range row {
				safe = append(safe, visible(cell, false))
			}
			if excel {
				defuse(safe)
			}
			err = cmp.Or(err, w.Write(safe))
		})
		w.Flush()
		return cmp.Or(err, w.Error())
	}
}

// defuse marks cells that a spreadsheet would run as a formula as text, with a quotation mark before them; plain numbers stay.
func defuse(row []string) {
	for i, cell := range row {
		first, _ := utf8.DecodeRuneInString(cell)
		if cell == "" || !strings.ContainsRune("=+-@＝＋－＠", first) {
			continue
		}
		if _, err := strconv.ParseFloat(cell, 64); err != nil {
			row[i] = "'" + cell
		}
	}
}

// visible makes text safe to print: control characters, which could break lines and columns or command the terminal, become
// spaces, and characters that only turn the direction of writing go. Line feeds stay if lines is set.
func visible(s string, lines bool) string {
	unsafe := func(r rune) bool {
		return unicode.IsControl(r) && !(lines && r == '\n') || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029'
	}
	if !suspect(s) || strings.IndexFunc(s, unsafe) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case !unsafe(r):
			return r
		case unicode.Is(unicode.Bidi_Control, r):
			return -1
		}
		return ' '
	}, s)
}

// suspect reports whether a text may hold a character that visible takes out: it looks at their first bytes, which is much faster than
// at the characters of a Chinese text.
func suspect(s string) bool {
	for i := 0; i < len(s); i++ {
		if !suspects[s[i]] {
			continue
		}
		switch s[i] {
		case 0xC2: // · is none
			if i+1 == len(s) || s[i+1] > 0x9F {
				continue
			}
		case 0xE2: // nor are “, ” and —
			if i+2 >= len(s) || s[i+1] > 0x81 || s[i+2]&0xF0 != 0xA0 && s[i+2]&0xFE != 0x8E {
				continue
			}
		}
		return true
	}
	return false
}

// suspects are the first bytes of ASCII and Latin-1 controls, of the Arabic letter mark, and of general punctuation among others.
var suspects = [256]bool{
	true, true, true, true, true, true, true, true, true, true, true, true, true, true, true, true,
	true, true, true, true, true, true, true, true, true, true, true, true, true, true, true, true,
	0x7F: true, 0xC2: true, 0xD8: true, 0xE2: true,
}

// toItems makes the items of a result from a slice of any type.
func toItems[T any](all []T) []any {
	items := make([]any, len(all))
	for i := range all {
		items[i] = all[i]
	}
	return items
}

// decimal writes a confidence or a score.
func decimal(f float64) string { return strconv.FormatFloat(f, 'f', 2, 64) }

// plainDecimal is a number with the digits that it has, never in the form of an exponent.
func plainDecimal(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

// number writes a count or a year; nought, which stands for unknown, is empty.
func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// years writes a span of years; an unknown one is empty.
func years(first, last int) string {
	switch {
	case first == 0 || first == last:
		return number(last)
	case last == 0:
		return number(first)
	}
	return strconv.Itoa(first) + "–" + strconv.Itoa(last)
}

// yes writes a flag that is set, for programs.
func yes(b bool) string {
	if b {
		return "true"
	}
	return ""
}

// count writes a number of things.
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return strconv.Itoa(n) + " " + thing + "s"
}
