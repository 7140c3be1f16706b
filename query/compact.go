package query

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"sort"
	"sync"

	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/query/engine"
)

// CompactGraph is a whole graph in memory as Cypher runs on it fastest: nodes and relationships are numbered in ascending order of
// id and key, and each node's relationships lie side by side by type. It takes some 500 bytes for each relationship, and the
// reading of all once; a server that answers many queries wants it, a single query does not. Evidence is read from the graph
// beneath when it is asked for.
type CompactGraph struct {
	lazy    *PropertyGraph      // evidence and texts
	start   map[string][2]int32 // nodes of a label, half open: ids begin with their kind
	out, in rows
	types   []string
	stats   *engine.Stats
	ordered sync.Map // label and key to *ordered, once asked for
	ids     []graph.ID
	unique  map[string]bool // labels of which each node has a name of its own
	byID    map[graph.ID]int32
	byName  map[string][]int32
	nodeMap []map[string]engine.Value
	names   []engine.Value // of nodes: what is asked for most
	labels  [][]string
	edges   []graph.Edge
	ends    []end
}

// end is what a relationship joins, by number.
type end struct {
	from, to int32
	kind     uint8
}

// rows are adjacent relationships in compressed form, sorted by node, type and neighbour.
type rows struct {
	offsets []int32
	hops    []struct{ rel, node int32 }
	types   []uint8
}

var (
	_ engine.RangeSource  = (*CompactGraph)(nil)
	_ engine.LabelSource  = (*CompactGraph)(nil)
	_ engine.DegreeSource = (*CompactGraph)(nil)
	_ engine.UniqueSource = (*CompactGraph)(nil)
)

// maxCompact bounds the nodes and the relationships that can be numbered.
const maxCompact = math.MaxInt32

// NewCompactGraph reads a whole graph.
func NewCompactGraph(ctx context.Context, r Reader) (*CompactGraph, error) {
	g := &CompactGraph{
		lazy: NewPropertyGraph(ctx, r), start: map[string][2]int32{}, byID: map[graph.ID]int32{}, unique: map[string]bool{}, byName: map[string][]int32{},
	}
	g.stats = &engine.Stats{
		Labels: map[string]float64{}, Types: map[string]float64{}, Keys: propertyNames, Indexed: map[string]bool{"id": true, "name": true},
	}
	add := func(id graph.ID, props map[string]engine.Value) error {
		if len(g.ids) >= maxCompact {
			return fmt.Errorf("the graph has more than %d nodes", maxCompact)
		}
		n := int32(len(g.ids))
		g.ids = append(g.ids, id)
		label := id.Kind().Label()
		span, ok := g.start[label]
		if !ok {
			span[0] = n
		}
		span[1] = n + 1
		g.start[label] = span
		g.nodeMap = append(g.nodeMap, props)
		g.names = append(g.names, props["name"])
		g.labels = append(g.labels, labelList[label])
		g.byID[id] = n
		if !ok {
			g.unique[label] = true
		}
		if name := props["name"]; name.IsNull() {
			g.unique[label] = false
		} else {
			for _, other := range g.byName[name.Str()] {
				if g.ids[other].Kind() == id.Kind() {
					g.unique[label] = false
				}
			}
			g.byName[name.Str()] = append(g.byName[name.Str()], n)
		}
		g.stats.Labels[label]++
		g.stats.Nodes++
		return ctx.Err()
	}
	for e, err := range r.Entities("") {
		if err == nil {
			err = add(e.ID, entityProps(e))
		}
		if err != nil {
			return nil, err
		}
	}
	for d, err := range r.Documents() {
		if err == nil {
			err = add(d.ID, documentProps(d))
		}
		if err != nil {
			return nil, err
		}
	}
	if err := g.readEdges(ctx, r); err != nil {
		return nil, err
	}
	return g, nil
}

// labelList is the one-element list of each label, shared by all nodes.
var labelList = func() map[string][]string {
	m := map[string][]string{}
	for label := range labelKinds {
		m[label] = []string{label}
	}
	return m
}()

func (g *CompactGraph) readEdges(ctx context.Context, r Reader) error {
	number := map[string]uint8{}
	for e, err := range r.AllEdges() {
		if err == nil && len(g.ends)%1024 == 0 {
			if err = ctx.Err(); len(g.ends) >= maxCompact-1024 {
				err = fmt.Errorf("the graph has more than %d relationships", maxCompact)
			}
		}
		if err != nil {
			return err
		}
		from, ok := g.byID[e.From]
		to, also := g.byID[e.To]
		if !ok || !also {
			continue // an end that is not held
		}
		t, ok := number[string(e.Type)]
		if !ok {
			t = uint8(len(g.types))
			number[string(e.Type)] = t
			g.types = append(g.types, string(e.Type))
		}
		g.ends = append(g.ends, end{from, to, t})
		g.edges = append(g.edges, e)
		g.stats.Types[string(e.Type)]++
		g.stats.Rels++
	}
	g.out = g.compress(func(e end) (at, other int32) { return e.from, e.to })
	g.in = g.compress(func(e end) (at, other int32) { return e.to, e.from })
	return nil
}

func (g *CompactGraph) compress(ends func(end) (at, other int32)) rows {
	r := rows{offsets: make([]int32, len(g.ids)+1), hops: make([]struct{ rel, node int32 }, len(g.ends)), types: make([]uint8, len(g.ends))}
	for _, e := range g.ends {
		at, _ := ends(e)
		r.offsets[at+1]++
	}
	for i := range g.ids {
		r.offsets[i+1] += r.offsets[i]
	}
	order := make([]int32, len(g.ends))
	fill := slices.Clone(r.offsets)
	for rel, e := range g.ends {
		at, _ := ends(e)
		order[fill[at]] = int32(rel)
		fill[at]++
	}
	for n := range g.ids {
		row := order[r.offsets[n]:r.offsets[n+1]]
		slices.SortStableFunc(row, func(a, b int32) int { return int(g.ends[a].kind) - int(g.ends[b].kind) })
	}
	for i, rel := range order {
		_, other := ends(g.ends[rel])
		r.hops[i].rel, r.hops[i].node = rel, other
		r.types[i] = g.ends[rel].kind
	}
	return r
}

// Nodes lists nodes in ascending order of id, documents last.
func (g *CompactGraph) Nodes(label string) (engine.Cursor, error) {
	if label == "" {
		return &span{0, int32(len(g.ids))}, nil
	}
	s := g.start[label]
	return &span{s[0], s[1]}, nil
}

// numbered is the node of a number.
func numbered(n int32) engine.NodeID { return engine.NodeID{N: int64(n)} }

type span struct{ at, end int32 }

// Next gives the next nodes.
func (s *span) Next(buf []engine.NodeID) (int, error) {
	n := 0
	for n < len(buf) && s.at < s.end {
		buf[n] = numbered(s.at)
		s.at++
		n++
	}
	return n, nil
}

// Close does nothing.
func (s *span) Close() {}

// Find knows ids and names.
func (g *CompactGraph) Find(label, key string, value engine.Value) ([]engine.NodeID, bool, error) {
	if key != "id" && key != "name" {
		return nil, false, nil
	}
	if value.Kind() != engine.KindString {
		return nil, true, nil
	}
	found := g.byName[value.Str()]
	if key == "id" {
		found = nil
		if n, ok := g.byID[graph.ID(value.Str())]; ok {
			found = []int32{n}
		}
	}
	s := [2]int32{0, int32(len(g.ids))}
	if label != "" {
		s = g.start[label]
	}
	out := make([]engine.NodeID, 0, len(found))
	for _, n := range found {
		if n >= s[0] && n < s[1] {
			out = append(out, numbered(n))
		}
	}
	return out, true, nil
}

// ordered is an index of a property that is a number, ascending.
type ordered struct {
	values []float64
	nodes  []int32
	exact  bool // no number lost anything as a float64
}

// FindRange knows all properties that are numbers. The first question about one sorts it.
func (g *CompactGraph) FindRange(label, key, op string, bound float64) (found []engine.NodeID, known, exact bool, err error) {
	name := label + "\x00" + key
	held, ok := g.ordered.Load(name)
	if !ok {
		held, _ = g.ordered.LoadOrStore(name, g.sortBy(label, key))
	}
	o := held.(*ordered)
	if math.IsNaN(bound) {
		return nil, true, true, nil
	}
	from := sort.Search(len(o.values), func(i int) bool { return o.values[i] >= bound })
	after := sort.Search(len(o.values), func(i int) bool { return o.values[i] > bound })
	lo, hi := 0, len(o.values)
	switch {
	case op == "<" && o.exact:
		hi = from
	case op[0] == '<': // what looks like the bound may be less
		hi = after
	case op == ">" && o.exact:
		lo = after
	default:
		lo = from
	}
	nodes := slices.Clone(o.nodes[lo:hi])
	slices.Sort(nodes)
	found = make([]engine.NodeID, len(nodes))
	for i, n := range nodes {
		found[i] = numbered(n)
	}
	return found, true, o.exact, nil
}

func (g *CompactGraph) sortBy(label, key string) *ordered {
	first, end := int32(0), int32(len(g.ids))
	if label != "" {
		first, end = g.start[label][0], g.start[label][1]
	}
	o := &ordered{exact: true}
	for n := first; n < end; n++ {
		if v := g.nodeMap[n][key]; v.Kind() == engine.KindInt || v.Kind() == engine.KindFloat && !math.IsNaN(v.Float()) {
			o.nodes = append(o.nodes, n)
			if v.Kind() == engine.KindInt && (v.Int() <= -1<<53 || v.Int() >= 1<<53) {
				o.exact = false
			}
		}
	}
	slices.SortStableFunc(o.nodes, func(a, b int32) int { return cmp.Compare(g.nodeMap[a][key].Float(), g.nodeMap[b][key].Float()) })
	for _, n := range o.nodes {
		o.values = append(o.values, g.nodeMap[n][key].Float())
	}
	return o
}

// Expand lists hops by type, and in the order of the edges' keys within one.
func (g *CompactGraph) Expand(buf []engine.Hop, n engine.NodeID, dir engine.Direction, types []string) ([]engine.Hop, error) {
	if dir != engine.In {
		buf = g.out.hopsOf(buf, int(n.N), g.types, types)
	}
	if dir != engine.Out {
		buf = g.in.hopsOf(buf, int(n.N), g.types, types)
	}
	return buf, nil
}

func (r *rows) hopsOf(buf []engine.Hop, n int, names, types []string) []engine.Hop {
	from, to := r.offsets[n], r.offsets[n+1]
	if len(types) == 0 {
		return r.append(buf, int(from), int(to))
	}
	for _, t := range types {
		lo, hi := r.span(int(from), int(to), slices.Index(names, t))
		buf = r.append(buf, lo, hi)
	}
	return buf
}

// Degree counts hops without walking them.
func (g *CompactGraph) Degree(n engine.NodeID, dir engine.Direction, types []string) (int64, error) {
	d := 0
	if dir != engine.In {
		d += g.out.degree(int(n.N), g.types, types)
	}
	if dir != engine.Out {
		d += g.in.degree(int(n.N), g.types, types)
	}
	return int64(d), nil
}

func (r *rows) degree(n int, names, types []string) int {
	from, to := int(r.offsets[n]), int(r.offsets[n+1])
	if len(types) == 0 {
		return to - from
	}
	d := 0
	for _, t := range types {
		lo, hi := r.span(from, to, slices.Index(names, t))
		d += hi - lo
	}
	return d
}

// span is where the relationships of a type stand among those of a node.
func (r *rows) span(from, to, t int) (lo, hi int) {
	if t < 0 || from == to {
		return from, from
	}
	row := r.types[from:to]
	if row[0] == uint8(t) && row[len(row)-1] == uint8(t) { // of one type, as often
		return from, to
	}
	lo, _ = slices.BinarySearch(row, uint8(t))
	hi = len(row)
	if t < 255 {
		hi, _ = slices.BinarySearch(row, uint8(t)+1)
	}
	return from + lo, from + hi
}

func (r *rows) append(buf []engine.Hop, from, to int) []engine.Hop {
	for _, h := range r.hops[from:to] {
		buf = append(buf, engine.Hop{Rel: engine.RelID{N: int64(h.rel)}, Node: numbered(h.node)})
	}
	return buf
}

// Unique knows ids, and names.
func (g *CompactGraph) Unique(label, key string) bool {
	return key == "id" || key == "name" && g.unique[label]
}

// LabelTest is a comparison of numbers: the nodes of a label are numbered in one stretch.
func (g *CompactGraph) LabelTest(label string) func(engine.NodeID) bool {
	s := g.start[label]
	return func(n engine.NodeID) bool { return n.N >= int64(s[0]) && n.N < int64(s[1]) }
}

// Labels are a node's labels: one.
func (g *CompactGraph) Labels(n engine.NodeID) ([]string, error) { return g.labels[n.N], nil }

// NodeProperty reads one property.
func (g *CompactGraph) NodeProperty(n engine.NodeID, key string) (engine.Value, error) {
	if key == "name" {
		return g.names[n.N], nil
	}
	if v, ok := g.nodeMap[n.N][key]; ok {
		return v, nil
	}
	if key != evidenceKey && key != "text" {
		return engine.Null, nil
	}
	return g.lazy.NodeProperty(g.lazy.NodeOf(g.ID(n)), key)
}

// NodeProperties reads all properties but evidence and text.
func (g *CompactGraph) NodeProperties(n engine.NodeID) (map[string]engine.Value, error) {
	return g.nodeMap[n.N], nil
}

// Rel says what a relationship is.
func (g *CompactGraph) Rel(r engine.RelID) (engine.RelInfo, error) {
	e := g.ends[r.N]
	return engine.RelInfo{From: numbered(e.from), To: numbered(e.to), Type: g.types[e.kind]}, nil
}

// RelProperty reads one property.
func (g *CompactGraph) RelProperty(r engine.RelID, key string) (engine.Value, error) {
	if key == evidenceKey {
		return g.lazy.relEvidence(*g.edge(r))
	}
	return edgeProp(g.edge(r), key), nil
}

// RelProperties reads all properties but evidence.
func (g *CompactGraph) RelProperties(r engine.RelID) (map[string]engine.Value, error) {
	return edgeProps(g.edge(r)), nil
}

// Stats are exact.
func (g *CompactGraph) Stats() *engine.Stats { return g.stats }

// ID is the id of a node.
func (g *CompactGraph) ID(n engine.NodeID) graph.ID { return g.ids[n.N] }

// NodeOf is the node of an id, which must exist.
func (g *CompactGraph) NodeOf(id graph.ID) engine.NodeID { return numbered(g.byID[id]) }

func (g *CompactGraph) edge(r engine.RelID) *graph.Edge { return &g.edges[r.N] }

func (g *CompactGraph) reader() Reader { return g.lazy.r }

func (g *CompactGraph) hop(from graph.ID, e *graph.Edge) engine.Hop {
	key := e.Key()
	for _, h := range g.out.hopsOf(nil, int(g.byID[e.From]), g.types, []string{string(e.Type)}) {
		if g.edge(h.Rel).Key() == key {
			if e.To == from {
				h.Node = g.NodeOf(e.From)
			}
			return h
		}
	}
	return engine.Hop{}
}
