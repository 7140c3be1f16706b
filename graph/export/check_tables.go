package export

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/parquet-go/parquet-go"
)

// csv checks a table; its header says who is to read it.
func (c *checker) csv(r io.Reader) (string, error) {
	marked := newMarkReader(r)
	d := csv.NewReader(marked)
	d.FieldsPerRecord, d.ReuseRecord = -1, true
	head, err := d.Read()
	if err == io.EOF {
		c.add(0, "readers find no columns", "empty")
		return "csv", nil
	}
	if err != nil {
		c.add(1, "readers stop here", "%v", err)
		return "csv", nil
	}
	head = append([]string{}, head...)
	format := tableOf(head)
	if marked.mark {
		if format == "neo4j" {
			c.add(1, "Neo4j takes it for a part of the first column's name: write without --excel", "byte order mark")
		}
	}
	t := &tableCheck{checker: c, format: format, excel: marked.mark, head: head, ids: map[string]int{}}
	t.columns()
	for {
		row, err := d.Read()
		if err == io.EOF {
			return format, nil
		}
		var syntax *csv.ParseError
		if errors.As(err, &syntax) {
			c.add(syntax.StartLine, "readers take the rest of the file for one cell, or stop", "%v", syntax.Err)
			if errors.Is(syntax.Err, csv.ErrQuote) {
				return format, nil
			}
			continue
		}
		if err != nil {
			return format, err
		}
		line, _ := d.FieldPos(0)
		t.row(line, row)
	}
}

// markReader takes a byte order mark away.
type markReader struct {
	io.Reader
	mark bool
}

func newMarkReader(r io.Reader) *markReader {
	first := make([]byte, 3)
	n, _ := io.ReadFull(r, first)
	m := &markReader{}
	if m.mark = bytes.Equal(first[:n], []byte("\uFEFF")); m.mark {
		n = 0
	}
	m.Reader = io.MultiReader(bytes.NewReader(first[:n]), r)
	return m
}

// tableOf tells who a table is for.
func tableOf(head []string) string {
	for _, h := range head {
		switch {
		case strings.Contains(h, ":ID") || strings.Contains(h, ":START_ID") || h == ":TYPE" || h == ":LABEL":
			return "neo4j"
		case h == "Id" || h == "Source" || h == "Target" || h == "Kind":
			return "gephi"
		}
	}
	return "csv"
}

// tableCheck is what has been seen of a table.
type tableCheck struct {
	*checker
	format string
	excel  bool
	head   []string
	ids    map[string]int
	id     int // the column of ids, or -1
	rows   int
	pairs  map[string]bool
}

func (t *tableCheck) column(names ...string) int {
	for _, name := range names {
		for i, h := range t.head {
			if h == name {
				return i
			}
		}
	}
	return -1
}

func (t *tableCheck) columns() {
	seen := map[string]bool{}
	for _, h := range t.head {
		name := strings.ToLower(h)
		if seen[name] {
			t.add(1, "readers keep one of them", "two columns %q", h)
		}
		seen[name] = true
		if strings.TrimSpace(h) == "" {
			t.add(1, "readers leave it out, or stop", "a column without a name")
		}
	}
	t.id = t.column("id:ID", ":ID", "Id", "id")
	if t.format == "neo4j" {
		for i, h := range t.head {
			if strings.HasSuffix(h, ":ID") {
				t.id = i
			}
		}
		if t.column(":START_ID") >= 0 && t.column(":TYPE") < 0 {
			t.add(1, "neo4j-admin stops: relationships have no type", "no column :TYPE")
		}
	}
	if t.format == "gephi" && t.column("Source") >= 0 {
		t.pairs = map[string]bool{}
		if t.column("Target") < 0 {
			t.add(1, "Gephi takes the file for a list of neighbours", "Source without Target")
		}
	}
}

func (t *tableCheck) row(line int, row []string) {
	t.rows++
	if len(row) != len(t.head) {
		t.add(line, "neo4j-admin stops, others shift or leave cells out", "%d cells under %d columns", len(row), len(t.head))
	}
	if t.id >= 0 && t.id < len(row) {
		switch id := row[t.id]; {
		case id == "":
			t.add(line, "neo4j-admin stops, Gephi makes an id up", "no id")
		case t.ids[id] > 0:
			t.add(line, "neo4j-admin stops, others merge both rows", "id %q stands in line %d, too", id, t.ids[id])
		default:
			t.ids[id] = line
		}
	}
	for i, cell := range row {
		if i >= len(t.head) {
			break
		}
		t.cell(line, t.head[i], cell)
	}
	if t.pairs != nil {
		t.pair(line, row)
	}
}

func (t *tableCheck) pair(line int, row []string) {
	key := ""
	for _, name := range []string{"Source", "Target", "Kind"} {
		if i := t.column(name); i >= 0 && i < len(row) {
			key += row[i] + "\x00"
		}
	}
	if t.pairs[key] {
		t.add(line, "Gephi merges both", "a second edge of this kind between this pair")
	}
	t.pairs[key] = true
}

func (t *tableCheck) cell(line int, column, cell string) {
	if !utf8.ValidString(cell) {
		t.add(line, "readers stop or show other characters: save as UTF-8", "%s is not UTF-8", column)
		return
	}
	if t.excel && cell != disarm(cell) {
		t.add(line, "Excel runs it as a formula: write with --excel", "%s begins with %q", column, cell[:1])
	}
	switch t.format {
	case "neo4j":
		t.neo4j(line, column, cell)
	case "gephi":
		if column == "Weight" {
			if w, err := strconv.ParseFloat(cell, 64); err != nil || w <= 0 {
				t.add(line, "Gephi removes edges of weight 0", "weight %q", cell)
			}
		}
		if column == "Type" && cell != "" && cell != "Directed" && cell != "Undirected" {
			t.add(line, "Gephi takes Type for the direction and falls back to Directed: relations belong into Kind", "Type %q", cell)
		}
	}
}

func (t *tableCheck) neo4j(line int, column, cell string) {
	if strings.ContainsAny(cell, "\r\n") {
		t.add(line, "neo4j-admin stops without --multiline-fields, and is slow with it", "%s has several lines", column)
	}
	if cell == "" {
		if column == ":TYPE" || strings.HasSuffix(column, ":START_ID") || strings.HasSuffix(column, ":END_ID") {
			t.add(line, "neo4j-admin stops", "no %s", column)
		}
		return
	}
	_, kind, typed := strings.Cut(column, ":")
	if !typed {
		return
	}
	values := []string{cell}
	if strings.HasSuffix(kind, "[]") {
		kind, values = strings.TrimSuffix(kind, "[]"), strings.Split(cell, ";")
	}
	for _, v := range values {
		bad := false
		switch kind {
		case "boolean":
			bad = v != "true" && v != "false"
		case "int", "long":
			_, err := strconv.ParseInt(v, 10, 64)
			bad = err != nil
		case "double", "float":
			_, err := strconv.ParseFloat(v, 64)
			bad = err != nil
		}
		if bad {
			t.add(line, "neo4j-admin stops, or takes it for false", "%s is %q", column, v)
		}
	}
}

// parquet opens a table and reads it to its end.
// atRandom is a file to read here and there: as it is, if it can be, and else held as a whole.
func atRandom(r io.Reader) (io.ReaderAt, int64, error) {
	if f, ok := r.(interface {
		io.ReaderAt
		io.Seeker
	}); ok {
		size, err := f.Seek(0, io.SeekEnd)
		return f, size, err
	}
	b, err := wholeOf(r)
	return bytes.NewReader(b), int64(len(b)), err
}

func (c *checker) parquet(r io.Reader) error {
	file, size, err := atRandom(r)
	if err != nil {
		return err
	}
	f, err := parquet.OpenFile(file, size)
	if err != nil {
		c.add(0, "no reader opens it: write it again", "%v", err)
		return nil
	}
	rows := int64(0)
	buffer := make([]parquet.Row, 256)
	for _, group := range f.RowGroups() {
		reader := group.Rows()
		for {
			n, err := reader.ReadRows(buffer)
			rows += int64(n)
			if err == io.EOF {
				break
			}
			if err != nil {
				c.add(0, "readers stop there: write it again", "after row %d: %v", rows, err)
				return reader.Close()
			}
		}
		if err := reader.Close(); err != nil {
			return err
		}
	}
	if rows != f.NumRows() {
		c.add(0, "readers disagree about the number of rows", "%d rows, and %d are announced", rows, f.NumRows())
	}
	return nil
}
