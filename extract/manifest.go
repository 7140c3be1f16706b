package extract

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/extract/doc"
	"github.com/tupu-kg/tupu/extract/text"
)

// Bounds of a manifest, and of the errors reported for one.
const (
	maxManifest       = 64 << 20 // bytes
	maxManifestErrors = 100
)

// column is a column of a manifest.
type column int

const (
	pathColumn column = iota
	titleColumn
	areaColumn
	yearColumn
	planYearColumn
	urlColumn
	noteColumn // for people: not read
)

// columnNames are the names that a manifest's header may use, folded to lower case without blanks and underscores.
var columnNames = map[string]column{
	"path": pathColumn, "file": pathColumn, "filename": pathColumn, "路径": pathColumn, "文件": pathColumn, "文件名": pathColumn, "文件路径": pathColumn,
	"title": titleColumn, "标题": titleColumn, "题名": titleColumn, "名称": titleColumn,
	"area": areaColumn, "地区": areaColumn, "区域": areaColumn, "行政区": areaColumn, "行政区划": areaColumn,
	"year": yearColumn, "年份": yearColumn, "年度": yearColumn, "回顾年份": yearColumn,
	"planyear": planYearColumn, "计划年份": planYearColumn, "计划年度": planYearColumn, "计划年": planYearColumn,
	"url": urlColumn, "link": urlColumn, "网址": urlColumn, "链接": urlColumn,
	"note": noteColumn, "notes": noteColumn, "comment": noteColumn, "备注": noteColumn, "说明": noteColumn,
}

// ReadManifest reads a manifest: a CSV file with a header row and the columns path, title, area, year, plan_year and url, in
// any order and case, or by their Chinese names (路径, 标题, 地区, 年份, 计划年份, 网址); all but path may be missing, and a
// column note is not read. Commas, semicolons or tabs separate the cells. The charset is detected as that of a text file is.
// At most 64 MiB are read.
//
// The keys are cleaned paths with forward slashes. Name is that of the file, for errors and references. Every problem is
// reported as an error that begins with name:line:column, columns in code points from 1, at most 100 of them; rows without a
// problem are returned all the same, and of several rows for one path the first counts.
func ReadManifest(name string, r io.Reader) (map[string]Override, []error) {
	data, err := io.ReadAll(io.LimitReader(r, maxManifest+1))
	if err != nil {
		return nil, []error{fmt.Errorf("%s: %w", name, err)}
	}
	if len(data) > maxManifest {
		return nil, []error{fmt.Errorf("%s: manifest is larger than %d MiB: split it", name, maxManifest>>20)}
	}
	if strings.TrimSpace(string(data)) == "" {
		return nil, []error{fmt.Errorf("%s:1:1: manifest is empty: its first line must name the columns, at least path", name)}
	}
	page, err := doc.Read(doc.File{Path: name, Format: doc.FormatText, Data: data}, doc.Limits{})
	if err != nil {
		return nil, []error{fmt.Errorf("%s: %w", name, err)}
	}
	m := &manifestReader{name: name, text: page.Document.Text, rows: map[string]Override{}, lines: map[string]int{}}
	m.read()
	if m.more > 0 {
		m.errs = append(m.errs, fmt.Errorf("%s: and %d more problems", name, m.more))
	}
	return m.rows, m.errs
}

// manifestReader is a manifest while it is read.
type manifestReader struct {
	name    string
	text    string
	columns []column
	rows    map[string]Override
	lines   map[string]int // line of the first row for a path
	errs    []error
	more    int // errors beyond the bound

	line, lineStart int // where the last column in code points was looked up, to go on from there
}

func (m *manifestReader) fail(line, bytes int, format string, args ...any) {
	if len(m.errs) == maxManifestErrors {
		m.more++
		return
	}
	m.errs = append(m.errs, fmt.Errorf("%s:%d:%d: "+format, append([]any{m.name, line, m.column(line, bytes)}, args...)...))
}

// column turns a column of a line from bytes into code points, both from 1.
func (m *manifestReader) column(line, bytes int) int {
	if m.line == 0 || line < m.line {
		m.line, m.lineStart = 1, 0
	}
	for m.line < line {
		i := strings.IndexByte(m.text[m.lineStart:], '\n')
		if i < 0 {
			return bytes
		}
		m.line, m.lineStart = m.line+1, m.lineStart+i+1
	}
	end := min(m.lineStart+max(bytes-1, 0), len(m.text))
	return utf8.RuneCountInString(m.text[m.lineStart:end]) + 1
}

func (m *manifestReader) read() {
	r := csv.NewReader(strings.NewReader(m.text))
	r.Comma = separator(m.text)
	r.FieldsPerRecord = -1
	r.TrimLeadingSpace = true
	r.ReuseRecord = true
	for first := true; ; {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if parse := (*csv.ParseError)(nil); errors.As(err, &parse) {
			line, col := parse.Line, parse.Column
			if parse.StartLine < line { // a quote left open has swallowed lines
				line, col = parse.StartLine, 1
			}
			m.fail(line, col, "%w: double the quotes inside a quoted cell, and close it", parse.Err)
			return
		} else if err != nil {
			m.errs = append(m.errs, fmt.Errorf("%s: %w", m.name, err))
			return
		}
		if blank(record) {
			continue
		}
		if first {
			first = false
			if !m.header(r, record) {
				return
			}
			continue
		}
		m.row(r, record)
	}
}

// separator is the one of comma, semicolon and tab that the header has most of.
func separator(s string) rune {
	header, _, _ := strings.Cut(strings.TrimLeft(s, "\r\n"), "\n")
	best := ','
	for _, mark := range []rune{'\t', ';'} {
		if strings.Count(header, string(mark)) > strings.Count(header, string(best)) {
			best = mark
		}
	}
	return best
}

func blank(record []string) bool {
	for _, cell := range record {
		if strings.TrimSpace(cell) != "" {
			return false
		}
	}
	return true
}

// header reads the names of the columns.
func (m *manifestReader) header(r *csv.Reader, record []string) bool {
	seen := map[column]bool{}
	for i, cell := range record {
		line, col := r.FieldPos(i)
		key := strings.NewReplacer("_", "", "-", "", " ", "").Replace(strings.ToLower(text.Name(cell)))
		c, known := columnNames[key]
		switch {
		case key == "":
			c = noteColumn
		case !known:
			m.fail(line, col, "column %q is not known: use path, title, area, year, plan_year, url or note", strings.TrimSpace(cell))
			c = noteColumn
		case seen[c] && c != noteColumn:
			m.fail(line, col, "column %q stands twice", strings.TrimSpace(cell))
			c = noteColumn
		}
		seen[c] = true
		m.columns = append(m.columns, c)
	}
	if !seen[pathColumn] {
		line, col := r.FieldPos(0)
		m.fail(line, col, "no column path: the first line must name the columns")
		return false
	}
	return true
}

func (m *manifestReader) row(r *csv.Reader, record []string) {
	line, _ := r.FieldPos(0)
	o := Override{Ref: m.name + ":" + strconv.Itoa(line)}
	key, good := "", true
	for i, cell := range record {
		cell = strings.TrimSpace(cell)
		if cell == "" {
			continue
		}
		at, col := r.FieldPos(i)
		if i >= len(m.columns) {
			m.fail(at, col, "cell %q has no column: quote cells that contain a separator", cell)
			good = false
			break
		}
		var err error
		switch m.columns[i] {
		case pathColumn:
			key = path.Clean(strings.ReplaceAll(cell, `\`, "/"))
		case titleColumn:
			o.Title = cell
		case areaColumn:
			o.Area = cell
		case yearColumn:
			o.Year, err = manifestYear(cell)
		case planYearColumn:
			o.PlanYear, err = manifestYear(cell)
		case urlColumn:
			o.URL = cell
		}
		if err != nil {
			m.fail(at, col, "%w", err)
			good = false
		}
	}
	if key == "" {
		m.fail(line, 1, "row without a path")
		return
	}
	if !good {
		return
	}
	if before, twice := m.lines[key]; twice {
		m.fail(line, 1, "path %q stands in line %d already: keep one of the rows", key, before)
		return
	}
	m.lines[key] = line
	m.rows[key] = o
}

func manifestYear(cell string) (int, error) {
	s := strings.TrimSuffix(strings.TrimSuffix(text.Name(cell), "度"), "年")
	year, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil || !validYear(year) {
		return 0, fmt.Errorf("%q is no year: write it as 2023", cell)
	}
	return year, nil
}
