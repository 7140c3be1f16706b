package querytest_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/tupu-kg/tupu/query/cypher"
	"github.com/tupu-kg/tupu/query/engine"
)

// propertyGraph is a graph in memory whose nodes have any labels and properties. Its CREATE, and a DELETE of
// relationships, serve the setups of tests alone.
type propertyGraph struct {
	nodes []propertyNode
	rels  []propertyRel
	out   map[int64][]engine.Hop
	in    map[int64][]engine.Hop
}

type propertyNode struct {
	labels []string
	props  map[string]engine.Value
}

type propertyRel struct {
	engine.RelInfo
	props map[string]engine.Value
}

var _ engine.Source = (*propertyGraph)(nil)

// counting is the graph with what a Source may know besides: whether a node has a label, and how many hops it has.
type counting struct{ *propertyGraph }

var (
	_ engine.LabelSource  = counting{}
	_ engine.DegreeSource = counting{}
)

func (g counting) LabelTest(label string) func(engine.NodeID) bool {
	return func(n engine.NodeID) bool { return slices.Contains(g.nodes[n.N].labels, label) }
}

func (g counting) Degree(dir engine.Direction, types []string, label string, ends bool) func(engine.NodeID) int64 {
	return func(n engine.NodeID) int64 {
		hops, _ := g.Expand(nil, n, dir, types) // which has no error to tell
		count, met := int64(0), map[int64]bool{}
		for _, h := range hops {
			if label != "" && !slices.Contains(g.nodes[h.Node.N].labels, label) || ends && met[h.Node.N] {
				continue
			}
			met[h.Node.N] = true
			count++
		}
		return count
	}
}

func newPropertyGraph() *propertyGraph {
	return &propertyGraph{out: map[int64][]engine.Hop{}, in: map[int64][]engine.Hop{}}
}

func (g *propertyGraph) Nodes(label string) (engine.Cursor, error) {
	c := &sliceCursor{}
	for i, n := range g.nodes {
		if label == "" || slices.Contains(n.labels, label) {
			c.all = append(c.all, engine.NodeID{N: int64(i)})
		}
	}
	return c, nil
}

type sliceCursor struct{ all []engine.NodeID }

func (c *sliceCursor) Next(buf []engine.NodeID) (int, error) {
	n := copy(buf, c.all)
	c.all = c.all[n:]
	return n, nil
}
func (c *sliceCursor) Close() {}

func (g *propertyGraph) Find(string, string, engine.Value) ([]engine.NodeID, bool, error) {
	return nil, false, nil
}

func (g *propertyGraph) Expand(buf []engine.Hop, n engine.NodeID, dir engine.Direction, types []string) ([]engine.Hop, error) {
	take := func(hops []engine.Hop, loops bool) {
		for _, h := range hops {
			if (len(types) == 0 || slices.Contains(types, g.rels[h.Rel.N].Type)) && (loops || !h.Node.Is(n)) {
				buf = append(buf, h)
			}
		}
	}
	if dir != engine.In {
		take(g.out[n.N], true)
	}
	if dir != engine.Out {
		take(g.in[n.N], dir == engine.In)
	}
	return buf, nil
}

func (g *propertyGraph) Labels(n engine.NodeID) ([]string, error) { return g.nodes[n.N].labels, nil }

func (g *propertyGraph) NodeProperty(n engine.NodeID, key string) (engine.Value, error) {
	return g.nodes[n.N].props[key], nil
}

func (g *propertyGraph) NodeProperties(n engine.NodeID) (map[string]engine.Value, error) {
	return g.nodes[n.N].props, nil
}

func (g *propertyGraph) Rel(r engine.RelID) (engine.RelInfo, error) { return g.rels[r.N].RelInfo, nil }

func (g *propertyGraph) RelProperty(r engine.RelID, key string) (engine.Value, error) {
	return g.rels[r.N].props[key], nil
}

func (g *propertyGraph) RelProperties(r engine.RelID) (map[string]engine.Value, error) {
	return g.rels[r.N].props, nil
}

func (g *propertyGraph) Stats() *engine.Stats {
	s := &engine.Stats{Nodes: float64(len(g.nodes)), Rels: float64(len(g.rels)), Labels: map[string]float64{}, Types: map[string]float64{}}
	for _, n := range g.nodes {
		for _, l := range n.labels {
			s.Labels[l]++
		}
	}
	for _, r := range g.rels {
		s.Types[r.Type]++
	}
	return s
}

// create runs queries that read and CREATE.
func (g *propertyGraph) create(text string) error {
	pieces, _ := cypher.Statements(text)
	for _, piece := range pieces {
		q, err := cypher.Parse(piece)
		if err != nil {
			return err
		}
		if err := g.createOne(q.Parts[0].Clauses); err != nil {
			return err
		}
	}
	return nil
}

// rowSet is rows of named values.
type rowSet []map[string]engine.Value

func (g *propertyGraph) createOne(clauses []cypher.Clause) error {
	rows := rowSet{{}}
	for len(clauses) > 0 {
		if w, ok := clauses[0].(*cypher.Write); ok {
			for _, row := range rows {
				for _, e := range w.Exprs { // of DELETE
					v, err := g.eval(e, row)
					if err != nil || v.Kind() != engine.KindRel {
						return fmt.Errorf("a setup cannot delete %v: %w", e, err)
					}
					g.deleteRel(v.Rel())
				}
				for _, p := range w.Pattern {
					if err := g.createPath(p, row); err != nil {
						return err
					}
				}
			}
			clauses = clauses[1:]
			continue
		}
		n := 0
		for n < len(clauses) {
			if _, ok := clauses[n].(*cypher.Write); ok {
				break
			}
			n++
		}
		var err error
		if rows, err = g.read(clauses[:n], rows); err != nil {
			return err
		}
		clauses = clauses[n:]
	}
	return nil
}

// read runs clauses over rows.
func (g *propertyGraph) read(clauses []cypher.Clause, rows rowSet) (rowSet, error) {
	if last, ok := clauses[len(clauses)-1].(*cypher.Project); ok && last.Return {
		return nil, nil
	}
	all := slices.Clone(clauses)
	if names := slices.Sorted(maps.Keys(rows[0])); len(names) > 0 {
		w := &cypher.Project{}
		for _, name := range names {
			w.Items = append(w.Items, cypher.Item{Expr: &cypher.Prop{Expr: &cypher.Var{Name: "a row"}, Key: name}, Alias: &cypher.Name{Text: name}})
		}
		all = append([]cypher.Clause{&cypher.Unwind{List: &cypher.Param{Name: "rows"}, Name: cypher.Name{Text: "a row"}}, w}, all...)
	}
	all = append(all, &cypher.Project{Return: true, All: true})
	var list []engine.Value
	for _, row := range rows {
		list = append(list, engine.OfMap(row))
	}
	text := cypher.Print(&cypher.Query{Parts: []*cypher.Single{{Clauses: all}}})
	plan, err := engine.Compile(text, g, engine.Options{Params: map[string]engine.Value{"rows": engine.OfList(list)}})
	if err != nil {
		return nil, err
	}
	var out rowSet
	err = plan.Run(context.Background(), func(values []engine.Value) bool {
		next := map[string]engine.Value{}
		for i, c := range plan.Columns {
			next[c] = values[i]
		}
		out = append(out, next)
		return true
	})
	return out, err
}

// with makes variables of parameters.
func with(row map[string]engine.Value) []cypher.Clause {
	if len(row) == 0 {
		return nil
	}
	w := &cypher.Project{}
	for _, name := range slices.Sorted(maps.Keys(row)) {
		w.Items = append(w.Items, cypher.Item{Expr: &cypher.Param{Name: name}, Alias: &cypher.Name{Text: name}})
	}
	return []cypher.Clause{w}
}

func (g *propertyGraph) props(e cypher.Expr, row map[string]engine.Value) (map[string]engine.Value, error) {
	if e == nil {
		return nil, nil
	}
	v, err := g.eval(e, row)
	if err != nil {
		return nil, err
	}
	out := map[string]engine.Value{}
	for k, p := range v.Map() {
		if !p.IsNull() {
			out[k] = p
		}
	}
	return out, nil
}

func (g *propertyGraph) eval(e cypher.Expr, row map[string]engine.Value) (engine.Value, error) {
	clauses := append(with(row), &cypher.Project{Return: true, Items: []cypher.Item{{Expr: e, Alias: &cypher.Name{Text: "v"}}}})
	plan, err := engine.Compile(cypher.Print(&cypher.Query{Parts: []*cypher.Single{{Clauses: clauses}}}), g, engine.Options{Params: row})
	if err != nil {
		return engine.Null, err
	}
	var out engine.Value
	err = plan.Run(context.Background(), func(row []engine.Value) bool { out = row[0]; return true })
	return out, err
}

func (g *propertyGraph) createPath(p *cypher.Path, row map[string]engine.Value) error {
	var last engine.NodeID
	for i, np := range p.Nodes {
		id := engine.NodeID{N: -1}
		if np.Var != nil {
			if v, ok := row[np.Var.Text]; ok {
				id = v.Node()
			}
		}
		if id.N < 0 {
			n := propertyNode{}
			for _, l := range np.Labels {
				if !slices.Contains(n.labels, l.Text) {
					n.labels = append(n.labels, l.Text)
				}
			}
			var err error
			if n.props, err = g.props(np.Props, row); err != nil {
				return err
			}
			id = engine.NodeID{N: int64(len(g.nodes))}
			g.nodes = append(g.nodes, n)
			if np.Var != nil {
				row[np.Var.Text] = engine.OfNode(id)
			}
		}
		if i > 0 {
			if err := g.createRel(p.Rels[i-1], last, id, row); err != nil {
				return err
			}
		}
		last = id
	}
	return nil
}

func (g *propertyGraph) createRel(p *cypher.RelPattern, from, to engine.NodeID, row map[string]engine.Value) error {
	if p.Dir == cypher.Left {
		from, to = to, from
	}
	props, err := g.props(p.Props, row)
	if err != nil {
		return err
	}
	id := engine.RelID{N: int64(len(g.rels))}
	g.rels = append(g.rels, propertyRel{engine.RelInfo{From: from, To: to, Type: p.Types[0].Text}, props})
	g.out[from.N] = append(g.out[from.N], engine.Hop{Rel: id, Node: to})
	g.in[to.N] = append(g.in[to.N], engine.Hop{Rel: id, Node: from})
	if p.Var != nil {
		row[p.Var.Text] = engine.OfRel(id)
	}
	return nil
}

func (g *propertyGraph) deleteRel(r engine.RelID) {
	gone := func(h engine.Hop) bool { return h.Rel.Is(r) }
	info := g.rels[r.N]
	g.out[info.From.N] = slices.DeleteFunc(g.out[info.From.N], gone)
	g.in[info.To.N] = slices.DeleteFunc(g.in[info.To.N], gone)
}

// value reads a parameter.
func (g *propertyGraph) value(text string) (engine.Value, error) {
	q, err := cypher.Parse("RETURN " + text)
	if err != nil {
		return engine.Null, err
	}
	return g.eval(q.Parts[0].Clauses[0].(*cypher.Project).Items[0].Expr, nil)
}

var procedureTypes = map[string]engine.Type{
	"STRING": engine.Text, "INTEGER": engine.Integer, "FLOAT": engine.Float, "NUMBER": engine.Number, "BOOLEAN": engine.Boolean,
}

// procedure makes a procedure that answers from a table.
func (g *propertyGraph) procedure(signature string, rows [][]string) (*engine.Procedure, error) {
	name, rest, _ := strings.Cut(signature, "(")
	args, rest, _ := strings.Cut(rest, ")")
	_, yields, _ := strings.Cut(rest, "(")
	yields, _, _ = strings.Cut(yields, ")")
	params := func(s string) []engine.Param {
		var out []engine.Param
		for _, p := range strings.Split(s, ",") {
			if name, kind, ok := strings.Cut(p, "::"); ok {
				out = append(out, engine.Param{Name: strings.TrimSpace(name), Type: procedureTypes[strings.Trim(kind, " ?")]})
			}
		}
		return out
	}
	p := &engine.Procedure{Name: strings.TrimSpace(name), Args: params(args), Yield: params(yields)}
	var table [][]engine.Value
	if len(rows) > 0 && len(p.Args)+len(p.Yield) > 0 {
		for _, row := range rows[1:] {
			var values []engine.Value
			for _, c := range row {
				v, err := g.value(c)
				if err != nil {
					return nil, err
				}
				values = append(values, v)
			}
			table = append(table, values)
		}
	}
	p.Run = func(_ *engine.Context, args []engine.Value, yield func([]engine.Value) bool) error {
	rows:
		for _, row := range table {
			for i, a := range args {
				x, _ := engine.Format(a, g)
				y, _ := engine.Format(row[i], g)
				if x != y && !(row[i].Kind() == engine.KindInt && a.Kind() == engine.KindFloat && row[i].Float() == a.Float()) {
					continue rows
				}
			}
			if !yield(row[len(args):]) {
				return nil
			}
		}
		return nil
	}
	return p, nil
}
