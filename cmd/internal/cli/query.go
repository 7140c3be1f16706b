package cli

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/tupu-kg/tupu/query"
	"github.com/tupu-kg/tupu/query/cypher"
	"github.com/tupu-kg/tupu/query/engine"
)

type queryOptions struct {
	file    string
	params  []string
	timeout time.Duration
	limit   int
	memory  int
}

// tableRows is how many rows a table shows unless --limit says otherwise: more are for programs.
const tableRows = 1000

func newQuery(a *app) *cobra.Command {
	var o queryOptions
	c := &cobra.Command{
		Use:   "query [CYPHER]",
		Short: "ask anything in Cypher, the language of graph databases",
		Long: `Asks the graph in openCypher. Without a query it opens a shell on a terminal, and reads standard input elsewhere.

Labels: Enterprise, Project, Place, Organization, Person, Honour, Document. Relationships and entities carry their evidence as a
property (r.evidence). The graph is only read. ` + "`tupu help cypher`" + ` shows an investigator's queries. -f reads the query from a file, --param gives it values.`,
		Example: `  tupu query "MATCH (e:Enterprise)-[:APPEARS_IN]->(p:Place) RETURN e.name, count(p) AS places ORDER BY places DESC LIMIT 10"
  tupu query "MATCH (e:Enterprise {name: $name}) RETURN e.name, e.aliases" --param name=屿辰集团
  tupu query "EXPLAIN MATCH (n:Enterprise) RETURN n"`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			switch {
			case len(args) == 1 && o.file != "":
				return usagef(c, "give a query or -f, not both")
			case o.timeout < 0 || o.memory < 0 || o.limit < -1:
				return usagef(c, "--timeout, --memory and --limit want no negative numbers")
			}
			params, err := queryParams(o.params)
			if err != nil {
				return usagef(c, "%w", err)
			}
			text := ""
			switch {
			case len(args) == 1:
				text = args[0]
			case o.file != "" && o.file != "-":
				b, err := os.ReadFile(o.file)
				if err != nil {
					return err
				}
				text = string(b)
			case o.file == "" && a.InTerminal():
				return a.shell(c.Context(), o, params)
			default:
				b, err := io.ReadAll(io.LimitReader(a.In, cypher.MaxLength+1))
				if err != nil {
					return err
				}
				text = string(b)
			}
			err = a.query(c.Context(), o, text, params)
			if err != nil && o.file != "" && o.file != "-" {
				err = fmt.Errorf("%s: %w", o.file, err)
			}
			return err
		},
	}
	f := c.Flags()
	f.StringVarP(&o.file, "file", "f", "", "read the queries from a `file`, separated by semicolons; - is standard input")
	f.StringArrayVar(&o.params, "param", nil, "`name=value` of a parameter $name: a number, true, false, null, a JSON list or object, or else text")
	f.DurationVar(&o.timeout, "timeout", 0, "end a query after this `time` (30s, 2m); 0 for never")
	f.IntVar(&o.limit, "limit", -1, "most rows to show; 0 for all (default: 1000 in a table, else all)")
	f.IntVar(&o.memory, "memory", 1024, "most `MB` that sorting, grouping and joining may hold; 0 for the usual 1024")
	return c
}

// queryParams reads the values of parameters.
func queryParams(all []string) (map[string]engine.Value, error) {
	params := map[string]engine.Value{}
	for _, p := range all {
		name, text, ok := strings.Cut(p, "=")
		if !ok || name == "" {
			return nil, fmt.Errorf("--param %q: write it as name=value", p)
		}
		d := json.NewDecoder(strings.NewReader(text))
		d.UseNumber()
		var v any
		if err := d.Decode(&v); err != nil || d.More() {
			v = text
		}
		params[strings.TrimPrefix(name, "$")] = paramValue(v)
	}
	return params, nil
}

func paramValue(v any) engine.Value {
	switch v := v.(type) {
	case bool:
		return engine.OfBool(v)
	case string:
		return engine.OfString(v)
	case json.Number:
		if n, err := strconv.ParseInt(v.String(), 10, 64); err == nil {
			return engine.OfInt(n)
		}
		f, err := v.Float64()
		if err != nil {
			return engine.OfString(v.String())
		}
		return engine.OfFloat(f)
	case []any:
		out := make([]engine.Value, len(v))
		for i, x := range v {
			out[i] = paramValue(x)
		}
		return engine.OfList(out)
	case map[string]any:
		out := map[string]engine.Value{}
		for k, x := range v {
			out[k] = paramValue(x)
		}
		return engine.OfMap(out)
	}
	return engine.Null
}

// query runs the queries of a text one after another.
func (a *app) query(ctx context.Context, o queryOptions, text string, params map[string]engine.Value) error {
	s, err := a.open()
	if err != nil {
		return err
	}
	defer s.Close()
	g, err := query.NewPropertyGraph(ctx, s)
	if err != nil {
		return err
	}
	pieces, at := cypher.Statements(text)
	if len(pieces) == 0 {
		pieces, at = []string{text}, []int{0}
	}
	for i, piece := range pieces {
		// Spaces keep the places of errors those of the whole text.
		before := strings.Map(func(r rune) rune {
			if r == '\n' {
				return r
			}
			return ' '
		}, text[:at[i]])
		if err := a.queryOne(ctx, g, o, before+piece, params); err != nil {
			return err
		}
	}
	return nil
}

func (a *app) queryOne(ctx context.Context, g *query.PropertyGraph, o queryOptions, text string, params map[string]engine.Value) error {
	plan, err := query.Cypher(g, text, query.CypherOptions{Params: params, Memory: int64(o.memory) << 20})
	if err != nil {
		return queryError(err)
	}
	for _, note := range plan.Notes {
		a.hint("note: " + note)
	}
	if plan.Mode == cypher.Explain {
		return a.printQueryPlan(plan, false)
	}
	if o.timeout > 0 {
		var stop context.CancelFunc
		ctx, stop = context.WithTimeout(ctx, o.timeout)
		defer stop()
	}
	out := a.rowWriter(ctx, g, plan, text, params)
	most := o.limit
	if most < 0 {
		most = 0
		if a.format == table {
			most = tableRows
		}
	}
	rows, more := 0, false
	var failed error
	err = plan.Run(ctx, func(row []engine.Value) bool {
		if most > 0 && rows == most {
			more = true
			return false
		}
		rows++
		if plan.Mode == cypher.Profile {
			return true
		}
		failed = out.row(row)
		return failed == nil
	})
	err = errors.Join(err, failed)
	if errors.Is(err, context.DeadlineExceeded) {
		err = fmt.Errorf("the query took longer than %s: narrow it (a bound on *, more labels, a LIMIT), or raise --timeout", o.timeout)
	}
	if err != nil {
		_ = out.close(false, false)
		return queryError(err)
	}
	if plan.Mode == cypher.Profile {
		return a.printQueryPlan(plan, true)
	}
	if err := out.close(more, true); err != nil {
		return err
	}
	switch {
	case more:
		a.hint(fmt.Sprintf("the first %d rows; --limit 0 gives all", rows))
	case rows == 0 && len(plan.Columns) > 0:
		a.hint("no rows")
	}
	return nil
}

// queryError shows where in the text an error is.
func queryError(err error) error {
	var e *cypher.Error
	if !errors.As(err, &e) || e.At.Line == 0 {
		return err
	}
	runes := []rune(e.At.Source)
	before := displayWidth(string(runes[:min(e.At.Column-1, len(runes))]))
	source := strings.ReplaceAll(e.At.Source, "\t", " ")
	// Of a long line what is near the place is enough.
	if len(runes) > 120 {
		from := max(0, min(e.At.Column-1, len(runes))-60)
		to := min(len(runes), from+120)
		source = strings.ReplaceAll(string(runes[from:to]), "\t", " ")
		before = displayWidth(string(runes[from:min(e.At.Column-1, len(runes))]))
	}
	return fmt.Errorf("%w\n      %s\n      %s^", err, source, strings.Repeat(" ", before))
}

// rowWriter writes rows in the form that was asked for, as they come where the form allows.
type rowWriter struct {
	a       *app
	ctx     context.Context
	g       *query.PropertyGraph
	plan    *engine.Plan
	out     *bufio.Writer
	csv     *csv.Writer
	cells   [][]string
	query   any
	rows    int
	started bool
}

func (a *app) rowWriter(ctx context.Context, g *query.PropertyGraph, plan *engine.Plan, text string, params map[string]engine.Value) *rowWriter {
	w := &rowWriter{a: a, ctx: ctx, g: g, plan: plan, out: bufio.NewWriter(a.Out)}
	plain := map[string]any{}
	for name, v := range params {
		plain[name], _ = query.Plain(ctx, g, v)
	}
	w.query = struct {
		Cypher string         `json:"cypher"`
		Params map[string]any `json:"params,omitempty"`
	}{strings.TrimSpace(text), plain}
	if a.format == asCSV {
		w.csv = csv.NewWriter(w.out)
	}
	return w
}

// orderedRow is a row as JSON: an object with the columns in their order.
type orderedRow struct {
	columns []string
	values  []any
}

// MarshalJSON writes the columns in their order.
func (r orderedRow) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	b.WriteByte('{')
	for i, c := range r.columns {
		if i > 0 {
			b.WriteByte(',')
		}
		if err := e.Encode(c); err != nil {
			return nil, err
		}
		b.WriteByte(':')
		if err := e.Encode(r.values[i]); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

func (w *rowWriter) row(row []engine.Value) error {
	if w.a.format == asJSON || w.a.format == jsonl {
		item := orderedRow{w.plan.Columns, make([]any, len(row))}
		for i, v := range row {
			var err error
			if item.values[i], err = query.Plain(w.ctx, w.g, v); err != nil {
				return err
			}
		}
		if w.a.format == asJSON {
			return w.item(item)
		}
		return writeLines(w.out, []any{item})
	}
	cells := make([]string, len(row))
	for i, v := range row {
		s, err := query.Short(w.ctx, w.g, v)
		if err != nil {
			return err
		}
		cells[i] = visible(s, false)
	}
	if w.a.format == table {
		w.cells = append(w.cells, cells)
		return nil
	}
	w.header()
	return w.line(cells)
}

// item writes a row into the envelope of JSON, which begins with the first.
func (w *rowWriter) item(item orderedRow) error {
	const indent = "    "
	before := ",\n" + indent
	if w.rows++; w.rows == 1 {
		head, _, err := w.envelope(false)
		if err != nil {
			return err
		}
		before = head + "[\n" + indent
	}
	b, err := item.MarshalJSON()
	if err != nil {
		return err
	}
	out := bytes.NewBufferString(before)
	if err := json.Indent(out, b, indent, "  "); err != nil {
		return err
	}
	_, err = w.out.Write(out.Bytes())
	return err
}

// envelope is what stands before and after the items.
func (w *rowWriter) envelope(more bool) (head, tail string, err error) {
	var b bytes.Buffer
	if err := writeJSON(&b, result{kind: "rows", query: w.query, truncated: more}); err != nil {
		return "", "", err
	}
	const none = `"items": []` // within a string, the quotes would be escaped
	at := strings.LastIndex(b.String(), none) + len(none) - len("[]")
	return b.String()[:at], b.String()[at+len("[]"):], nil
}

func (w *rowWriter) header() {
	if !w.started {
		w.started = true
		_ = w.line(w.plan.Columns) // an error comes again with the next line
	}
}

func (w *rowWriter) line(cells []string) error {
	if w.csv != nil {
		return w.csv.Write(cells)
	}
	_, err := w.out.WriteString(strings.Join(cells, "\t") + "\n")
	return err
}

// close writes what is left; whole is false after an error, when to end an object of JSON would be a lie.
func (w *rowWriter) close(more, whole bool) error {
	switch {
	case w.a.format == asJSON && whole:
		head, tail, err := w.envelope(more)
		if err != nil {
			return err
		}
		items := "\n  ]"
		if w.rows == 0 {
			items = head + "[]"
		}
		if _, err := w.out.WriteString(items + tail); err != nil {
			return err
		}
	case w.a.format == table && len(w.cells) > 0 && whole:
		p := &page{width: w.a.Width, color: w.a.Color}
		columns := make([]column, len(w.plan.Columns))
		for i, name := range w.plan.Columns {
			columns[i] = column{name: name, asIs: true, right: numeric(w.cells, i)}
		}
		p.table(columns, w.cells)
		if _, err := w.out.Write(p.Bytes()); err != nil {
			return err
		}
	case (w.a.format == tsv || w.a.format == asCSV) && len(w.plan.Columns) > 0 && whole:
		w.header()
	}
	if w.csv != nil {
		w.csv.Flush()
	}
	return w.out.Flush()
}

// numeric reports whether a column holds numbers alone.
func numeric(rows [][]string, i int) bool {
	some := false
	for _, r := range rows {
		if r[i] == "" {
			continue
		}
		if _, err := strconv.ParseFloat(r[i], 64); err != nil {
			return false
		}
		some = true
	}
	return some
}

// printPlan shows a plan, and of one that has run the rows that its steps gave.
func (a *app) printQueryPlan(plan *engine.Plan, ran bool) error {
	if a.format == asJSON || a.format == jsonl {
		r := result{kind: "plan", items: []any{plan.Root}}
		if a.format == jsonl {
			return writeLines(a.Out, r.items)
		}
		return writeJSON(a.Out, r)
	}
	var rows [][]string
	var walk func(n *engine.PlanNode, depth int)
	walk = func(n *engine.PlanNode, depth int) {
		row := []string{strings.Repeat("  ", depth) + n.Name, n.Detail, strconv.FormatFloat(n.Est, 'f', 0, 64)}
		if ran {
			row = append(row, strconv.FormatInt(n.Rows, 10))
		}
		rows = append(rows, row)
		for i, in := range n.In {
			d := depth
			if i > 0 || n.Name == "Union" {
				d++
			}
			walk(in, d)
		}
	}
	walk(plan.Root, 0)
	columns := []column{{name: "operator"}, {name: "detail"}, {name: "estimated", right: true}}
	names := []string{"operator", "detail", "estimated"}
	if ran {
		columns, names = append(columns, column{name: "rows", right: true}), append(names, "rows")
	}
	r := result{columns: names, rows: rows, people: func(p *page) { p.table(columns, rows) }}
	return a.printData(r)
}
