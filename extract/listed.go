package extract

import (
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/extract/doc"
	"github.com/tupu-kg/tupu/extract/text"
	"github.com/tupu-kg/tupu/graph"
)

// ByNames is who found a mention that a list of the user's holds.
const ByNames = "names"

// Listed is a thing that the user has a list of: it is recognised wherever one of its names stands exactly, in any script and
// width.
type Listed struct {
	Kind    graph.Kind `json:"type"`
	Name    string     `json:"name"`
	Aliases []string   `json:"aliases,omitempty"`
	ID      string     `json:"id,omitempty"` // the user's own
	Ref     string     `json:"ref"`          // file:line
}

// Bounds of a list of names.
const (
	maxListed      = 500_000 // rows
	maxListedName  = 200     // bytes
	maxListedFails = 100
)

// listedColumns are the names that the header of a list may use.
var listedColumns = map[string]string{
	"name": "name", "名称": "name", "全称": "name", "企业名称": "name", "单位名称": "name",
	"type": "type", "类型": "type", "类别": "type",
	"aliases": "aliases", "alias": "aliases", "简称": "aliases", "别名": "aliases", "曾用名": "aliases",
	"id": "id", "编号": "id", "代码": "id", "统一社会信用代码": "id",
	"note": "note", "notes": "note", "备注": "note", "说明": "note",
}

// listedKinds are the types as a list may write them.
var listedKinds = map[string]graph.Kind{
	"enterprise": graph.KindEnterprise, "企业": graph.KindEnterprise, "公司": graph.KindEnterprise, "": graph.KindEnterprise,
	"project": graph.KindProject, "项目": graph.KindProject,
	"place": graph.KindPlace, "地点": graph.KindPlace, "地名": graph.KindPlace,
	"organization": graph.KindOrganization, "机构": graph.KindOrganization, "单位": graph.KindOrganization,
	"person": graph.KindPerson, "人物": graph.KindPerson, "人名": graph.KindPerson,
}

// ReadNames reads a list of names: a CSV file with a header row and the columns name, type, aliases and id, in any order, or by
// their Chinese names (名称, 类型, 别名, 编号). All but name may be missing; a row without a type is an enterprise; several
// aliases are separated by semicolons or 、. Charset and separator are found out as those of a manifest are. File is the name
// in references and errors. A row that cannot be used is reported as an error that begins with file:line, and left out: names
// of one character, and those that another row has for another thing.
func ReadNames(file string, r io.Reader) ([]Listed, []error) {
	data, err := io.ReadAll(io.LimitReader(r, maxManifest+1))
	if err == nil && len(data) > maxManifest {
		err = fmt.Errorf("larger than %d MiB: split it", maxManifest>>20)
	}
	if err == nil && strings.TrimSpace(string(data)) == "" {
		err = errors.New("empty: its first line must name the columns, at least name")
	}
	var page *doc.Page
	if err == nil {
		page, err = doc.Read(doc.File{Path: file, Format: doc.FormatText, Data: data}, doc.Limits{})
	}
	if err != nil {
		return nil, []error{fmt.Errorf("%s: %w", file, err)}
	}
	l := listReader{file: file, taken: map[string]string{}}
	l.read(page.Document.Text)
	return l.rows, l.errs
}

type listReader struct {
	file    string
	columns []string
	rows    []Listed
	taken   map[string]string // where a name stands already, by kind and name
	errs    []error
}

func (l *listReader) fail(line int, format string, args ...any) {
	if len(l.errs) < maxListedFails {
		l.errs = append(l.errs, fmt.Errorf("%s:%d: "+format, append([]any{l.file, line}, args...)...))
	}
}

func (l *listReader) read(s string) {
	r := csv.NewReader(strings.NewReader(s))
	r.Comma, r.FieldsPerRecord, r.TrimLeadingSpace = separator(s), -1, true
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return
		}
		if parse := (*csv.ParseError)(nil); errors.As(err, &parse) {
			l.fail(parse.StartLine, "%w: double the quotes inside a quoted cell, and close it", parse.Err)
			return
		} else if err != nil {
			l.errs = append(l.errs, fmt.Errorf("%s: %w", l.file, err))
			return
		}
		line, _ := r.FieldPos(0)
		switch {
		case blank(record):
		case l.columns == nil:
			if !l.header(line, record) {
				return
			}
		case len(l.rows) == maxListed:
			l.fail(line, "more than %d rows: split the list", maxListed)
			return
		default:
			l.row(line, record)
		}
	}
}

func (l *listReader) header(line int, record []string) bool {
	for _, cell := range record {
		column, known := listedColumns[strings.ToLower(text.Name(cell))]
		if !known && strings.TrimSpace(cell) != "" {
			l.fail(line, "column %q is not known: use name, type, aliases, id or note", strings.TrimSpace(cell))
		}
		l.columns = append(l.columns, column)
	}
	if !slices.Contains(l.columns, "name") {
		l.fail(line, "no column name: the first line must name the columns")
		return false
	}
	return true
}

func (l *listReader) row(line int, record []string) {
	row := Listed{Ref: fmt.Sprintf("%s:%d", l.file, line)}
	kind := ""
	for i, cell := range record {
		if i >= len(l.columns) {
			break
		}
		switch cell = strings.TrimSpace(cell); l.columns[i] {
		case "name":
			row.Name = text.Name(cell)
		case "type":
			kind = strings.ToLower(cell)
		case "id":
			row.ID = cell
		case "aliases":
			for alias := range strings.FieldsFuncSeq(cell, func(r rune) bool { return strings.ContainsRune(";；、|", r) }) {
				if alias = text.Name(alias); alias != "" && alias != row.Name && !slices.Contains(row.Aliases, alias) {
					row.Aliases = append(row.Aliases, alias)
				}
			}
		}
	}
	var known bool
	if row.Kind, known = listedKinds[kind]; !known {
		l.fail(line, "type %q: use %s", kind, strings.Join(Kinds, ", "))
		return
	}
	if !l.free(line, row, row.Name) {
		return
	}
	row.Aliases = slices.DeleteFunc(row.Aliases, func(alias string) bool { return !l.free(line, row, alias) })
	l.rows = append(l.rows, row)
}

// free reports whether a name can be used, and takes it.
func (l *listReader) free(line int, row Listed, name string) bool {
	key := string(row.Kind) + "|" + name
	switch n := utf8.RuneCountInString(name); {
	case n < 2 || len(name) > maxListedName:
		l.fail(line, "name %q: write names of 2 to %d characters", name, maxListedName/3)
		return false
	case l.taken[key] != "":
		l.fail(line, "name %q stands at %s already: keep it in one of the rows", name, l.taken[key])
		return false
	}
	l.taken[key] = row.Ref
	return true
}

// list finds the names of the user's lists.
type list struct {
	names *names
	of    map[string][]*Listed // by folded name
}

func newList(rows []Listed) *list {
	l := &list{newNames(), map[string][]*Listed{}}
	for i := range rows {
		for _, name := range append([]string{rows[i].Name}, rows[i].Aliases...) {
			l.names.add(name)
			l.of[name] = append(l.of[name], &rows[i])
		}
	}
	return l
}

// in finds the names in a folded sentence: leftmost, longest, not overlapping.
func (l *list) in(s string) []Candidate {
	var out []Candidate
	for i := 0; i < len(s); {
		end := 0
		for e := range l.names.at(s, i) {
			if !cutsWord(s, i, e) {
				end = e
				break
			}
		}
		if end == 0 {
			_, size := utf8.DecodeRuneInString(s[i:])
			i += size
			continue
		}
		for _, of := range l.of[s[i:end]] {
			out = append(out, Candidate{Range: text.Range{Start: i, End: end}, Kind: of.Kind, Confidence: 1, By: ByNames, listed: of})
		}
		i = end
	}
	return out
}

// cutsWord reports whether a name begins or ends within a word or number of letters: CBD in CBDs.
func cutsWord(s string, start, end int) bool {
	letter := func(i int) bool {
		return i >= 0 && i < len(s) && (s[i] >= '0' && s[i] <= '9' || s[i] >= 'a' && s[i] <= 'z' || s[i] >= 'A' && s[i] <= 'Z')
	}
	return letter(start-1) && letter(start) || letter(end-1) && letter(end)
}

// yieldToListed takes out what a listed name forbids: any other name that is the same stretch, lies inside one or crosses one. What
// holds a listed name whole may be the longer name of another thing.
func yieldToListed(candidates []Candidate) []Candidate {
	var known []Candidate
	for _, c := range candidates {
		if c.listed != nil {
			known = append(known, c)
		}
	}
	if len(known) == 0 {
		return candidates
	}
	return slices.DeleteFunc(slices.Clone(candidates), func(c Candidate) bool {
		if c.listed != nil {
			return false
		}
		return slices.ContainsFunc(known, func(k Candidate) bool {
			return c.Start < k.End && k.Start < c.End && !(c.Kind != "" && c.Start <= k.Start && k.End <= c.End && c.Range != k.Range)
		})
	})
}

// hashNames is part of the version of an extractor that knows lists.
func hashNames(rows []Listed) string {
	data, err := json.Marshal(rows)
	if err != nil {
		panic(err) // a struct of strings always marshals
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:6])
}
