package export

import (
	"bufio"
	"context"
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"unicode"

	"github.com/tupu-kg/tupu/graph"
)

// tableWriter writes one CSV file.
type tableWriter struct {
	file  io.WriteCloser
	csv   *csv.Writer
	excel bool
}

// newTable begins a CSV file. For Excel it has a byte order mark, without which it takes the characters for another charset
// and which others take for a part of the first header.
func newTable(files Files, name string, excel bool) (*tableWriter, error) {
	f, err := files(name)
	if err != nil {
		return nil, err
	}
	b := bufio.NewWriterSize(f, 1<<16)
	t := &tableWriter{f, csv.NewWriter(b), excel}
	if excel {
		_, err = b.WriteString("\uFEFF")
		t.csv.UseCRLF = true
	}
	t.file = flushing{f, b}
	return t, err
}

// flushing is a file behind a buffer.
type flushing struct {
	io.WriteCloser
	b *bufio.Writer
}

func (f flushing) Close() error {
	err := f.b.Flush()
	if closing := f.WriteCloser.Close(); err == nil {
		err = closing
	}
	return err
}

func (t *tableWriter) row(cells []string) error {
	if t.excel {
		for i, c := range cells {
			cells[i] = disarm(c)
		}
	}
	return t.csv.Write(cells)
}

// disarm puts a quote in front of what a spreadsheet would run as a formula. Numbers are left alone.
func disarm(cell string) string {
	if cell == "" || !strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return cell
	}
	if _, err := strconv.ParseFloat(cell, 64); err == nil {
		return cell
	}
	return "'" + cell
}

func (t *tableWriter) close(err error) error {
	t.csv.Flush()
	if err == nil {
		err = t.csv.Error()
	}
	if closing := t.file.Close(); err == nil {
		err = closing
	}
	return err
}

// header is the names of the first cells and of the columns.
func header[T any](first []string, columns []column[T]) []string {
	for _, c := range columns {
		first = append(first, c.name)
	}
	return first
}

func values[T any](cells []string, columns []column[T], of *T) []string {
	for _, c := range columns {
		cells = append(cells, c.value(of))
	}
	return cells
}

// without leaves columns out.
func without[T any](columns []column[T], names ...string) []column[T] {
	var out []column[T]
next:
	for _, c := range columns {
		for _, name := range names {
			if c.name == name {
				continue next
			}
		}
		out = append(out, c)
	}
	return out
}

// CSV writes nodes.csv, edges.csv and evidence.csv: UTF-8 without a byte order mark, cells of several values joined with
// semicolons, one row for each edge and each evidence. With Excel set the files are for spreadsheets.
func CSV(ctx context.Context, files Files, s Source, o Options) error {
	v, err := look(ctx, s, o)
	if err != nil {
		return err
	}
	if err := v.nodeTable(files, o.Excel); err != nil {
		return err
	}
	edges, err := newTable(files, "edges.csv", o.Excel)
	if err != nil {
		return err
	}
	columns := without(edgeColumns, "label", "interaction")
	err = edges.row(header([]string{"id", "source", "target", "type"}, columns))
	for r, each := range v.relations(false) {
		if err == nil {
			err = each
		}
		if err != nil {
			break
		}
		err = edges.row(values([]string{r.id, r.source, r.target, string(r.kind)}, columns, r))
	}
	if err := edges.close(err); err != nil {
		return err
	}
	evidence, err := newTable(files, "evidence.csv", o.Excel)
	if err != nil {
		return err
	}
	err = evidence.row([]string{"edge", "source", "document", "path", "page", "sheet", "row", "paragraph", "line", "start", "end", "quote", "by", "score", "ref"})
	for p, each := range v.proofs() {
		if err == nil {
			err = each
		}
		if err != nil {
			break
		}
		l := p.at
		err = evidence.row([]string{
			p.edge, string(p.Source), p.doc, p.path, number(l.Page), l.Sheet, number(l.Row), number(l.Paragraph), number(l.Line),
			p.start(), p.end(), p.quote(), p.By, float(p.Score), p.Ref,
		})
	}
	return evidence.close(err)
}

func (v *view) nodeTable(files Files, excel bool) error {
	t, err := newTable(files, "nodes.csv", excel)
	if err != nil {
		return err
	}
	columns := v.nodeColumns()
	err = t.row(header([]string{"id"}, columns))
	for n, each := range v.everyNode() {
		if err == nil {
			err = each
		}
		if err != nil {
			break
		}
		err = t.row(values([]string{n.key()}, columns, n))
	}
	return t.close(err)
}

// proof is one evidence of one edge.
type proof struct {
	graph.Evidence
	edge string // id in exports
	doc  string // likewise; empty where no document brought it
	path string
	at   graph.Locator
}

func (p *proof) start() string { return p.offset(p.Start) }
func (p *proof) end() string   { return p.offset(p.End) }

func (p *proof) offset(n int) string {
	if p.Source != graph.FromText {
		return ""
	}
	return strconv.Itoa(n)
}

// quote is the stored text with its control characters as spaces, one for one, so that a row is a line.
func (p *proof) quote() string { return sameLength(p.Quote) }

// sameLength replaces each white space and control character by a space, so that offsets stay.
func sameLength(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, s)
}

// proofs yields the evidence of all edges that are written. What is yielded is valid until the next.
func (v *view) proofs() func(yield func(*proof, error) bool) {
	return func(yield func(*proof, error) bool) {
		for e, err := range v.edges(stretch{}) {
			if err != nil {
				yield(nil, err)
				return
			}
			p := proof{edge: digest("e", e.Key())}
			for _, ev := range e.all {
				p.Evidence, p.doc, p.path, p.at = ev, "", "", graph.Locator{}
				if ev.Doc != "" {
					d, err := v.document(ev.Doc)
					if err != nil {
						yield(nil, err)
						return
					}
					p.doc, p.path = nodeID(ev.Doc), path(d)
					if ev.Source == graph.FromText {
						p.at = d.Locate(ev.ByteStart)
					}
				}
				if !yield(&p, nil) {
					return
				}
			}
		}
	}
}

// GephiCSV writes nodes.csv and edges.csv with the headers that Gephi's import of spreadsheets looks for. It merges parallel
// edges of one kind, so there is one for each pair and kind. A cell of Timeset lists the years, as for GEXF.
func GephiCSV(ctx context.Context, files Files, s Source, o Options) error {
	v, err := look(ctx, s, o)
	if err != nil {
		return err
	}
	life, err := v.lives()
	if err != nil {
		return err
	}
	nodes, err := newTable(files, "nodes.csv", o.Excel)
	if err != nil {
		return err
	}
	columns := without(v.nodeColumns(), "label")
	err = nodes.row(header([]string{"Id", "Label", "Timeset"}, columns))
	for n, each := range v.everyNode() {
		if err == nil {
			err = each
		}
		if err != nil {
			break
		}
		err = nodes.row(values([]string{n.key(), clip(n.name, 24), timeset(life[hash(n.id)])}, columns, n))
	}
	if err := nodes.close(err); err != nil {
		return err
	}
	edges, err := newTable(files, "edges.csv", o.Excel)
	if err != nil {
		return err
	}
	relations := without(edgeColumns, "label", "weight", "interaction")
	err = edges.row(header([]string{"Source", "Target", "Type", "Kind", "Id", "Label", "Weight", "Timeset"}, relations))
	for r, each := range v.relations(true) {
		if err == nil {
			err = each
		}
		if err != nil {
			break
		}
		var years span
		for i := range r.bundle {
			years.add(r.bundle[i].years...)
		}
		err = edges.row(values([]string{
			r.source, r.target, "Directed", string(r.kind), r.id, string(r.kind), strconv.Itoa(max(1, r.count)), timeset(years),
		}, relations, r))
	}
	return edges.close(err)
}

// timeset writes years as Gephi reads them from a cell.
func timeset(s span) string {
	runs := s.runs()
	if s.always || len(runs) == 0 {
		return ""
	}
	parts := make([]string, len(runs))
	for i, r := range runs {
		parts[i] = "[" + strconv.Itoa(r[0]) + ".0, " + strconv.Itoa(r[1]) + ".99]"
	}
	return "<" + strings.Join(parts, "; ") + ">"
}
