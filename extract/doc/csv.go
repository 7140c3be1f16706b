package doc

import (
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode"
)

// Bounds of tables.
const (
	maxSheetRows    = 200_000
	maxSheetColumns = 512
	maxCell         = 32 << 10 // bytes; Excel's own bound is 32,767 characters
)

// readCSV reads a table as text, cells parted by commas, semicolons or tabs: the stored text is a row a line, see writer.table.
func readCSV(data []byte, l Limits) (*Page, error) {
	text, charset, err := decode(data, "", l.MaxText)
	if err != nil {
		return nil, err
	}
	w := &writer{limit: l.MaxText}
	rows, whole, err := csvRows(text)
	if err != nil {
		return nil, err
	}
	w.table("", rows)
	w.truncated = w.truncated || !whole
	if blank(w.b.String()) {
		return nil, &Unreadable{Reason: "a table without text", Advice: "get it again, or remove it"}
	}
	p := w.page(FormatCSV, csvReader, data)
	p.Document.Charset = charset
	return p, nil
}

// csvRows takes a table apart; whole is false if it has more rows than are read.
func csvRows(text string) (rows []sheetRow, whole bool, err error) {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord, r.ReuseRecord = separator(text), true, -1, true
	for n := 1; ; n++ {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows, true, nil
		}
		if err != nil {
			return nil, false, &Unreadable{Reason: "damaged: a quotation mark in it is never closed", Advice: "open it in a spreadsheet program and save it anew"}
		}
		line, _ := r.FieldPos(0)
		if n > maxSheetRows {
			return rows, false, nil
		}
		cells := make([]string, 0, min(len(record), maxSheetColumns))
		for _, s := range record[:min(len(record), maxSheetColumns)] {
			cells = append(cells, tidy(cut(s, maxCell)))
		}
		if row := (sheetRow{number: n, line: line, cells: cells}); row.filled() > 0 {
			rows = append(rows, row)
		}
	}
}

// separator is what parts the cells of a table: what is most frequent in its first lines, a comma if none is.
func separator(text string) rune {
	head := text
	for n, i := 0, 0; n < 8; n++ {
		j := strings.IndexByte(text[i:], '\n')
		if j < 0 {
			break
		}
		i += j + 1
		head = text[:i]
	}
	best, most := ',', strings.Count(head, ",")
	for _, r := range "\t;" {
		if n := strings.Count(head, string(r)); n > most {
			best, most = r, n
		}
	}
	return best
}

// chineseTable reports whether a table as text has a header in Chinese, as those of reports do; other tables in a folder are
// data of programs.
func chineseTable(data []byte) bool {
	head, _, err := decode(data, "", 64<<20)
	if err != nil {
		return true // Read says what is wrong
	}
	head = cut(head, 64<<10)
	if i := strings.LastIndexByte(head, '\n'); i > 0 {
		head = head[:i]
	}
	rows, _, err := csvRows(head)
	if err != nil {
		return true
	}
	_, names, _ := findHeader(rows)
	for _, s := range names {
		if strings.EqualFold(s, "path") {
			return false // a manifest
		}
	}
	for _, s := range names {
		for _, r := range s {
			if unicode.Is(unicode.Han, r) {
				return true
			}
		}
	}
	return false
}
