package query

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"sync"

	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/query/engine"
)

// CompactGraph is a whole graph in memory as Cypher runs on it fastest: nodes and relationships are numbered in ascending order of
// id and key, each node's relationships lie side by side by type, and properties stand in a slot of their own. It takes some 500
// bytes for each relationship, and the reading of all once; a server that answers many queries wants it, a single query does not.
// Evidence is read from the graph beneath when it is asked for.
type CompactGraph struct {
	*PropertyGraph                             // what is read when it is asked for
	start          map[string][2]engine.NodeID // nodes of a label, half open: ids begin with their kind
	out, in        rows
	types          []string
	stats          *engine.Stats
	ordered        sync.Map // label and key to *ordered, once asked for
	byID           map[string]engine.NodeID
	byName         map[string][]engine.NodeID
	nodeMap        []map[string]engine.Value
	labels         [][]string
	ends           []engine.RelInfo
	relMap         []map[string]engine.Value
}

// rows are adjacent relationships in compressed form, sorted by node, type and neighbour.
type rows struct {
	offsets []int32
	hops    []engine.Hop
	types   []uint8
}

var (
	_ engine.RangeSource = (*CompactGraph)(nil)
	_ engine.LabelSource = (*CompactGraph)(nil)
)

// maxCompact bounds the nodes and the relationships that can be numbered.
const maxCompact = 1 << 31

// NewCompactGraph reads a whole graph.
func NewCompactGraph(ctx context.Context, r Reader) (*CompactGraph, error) {
	g := &CompactGraph{
		PropertyGraph: NewPropertyGraph(ctx, r), start: map[string][2]engine.NodeID{}, byID: map[string]engine.NodeID{}, byName: map[string][]engine.NodeID{},
	}
	g.stats = &engine.Stats{
		Labels: map[string]float64{}, Types: map[string]float64{}, Keys: propertyNames, Indexed: map[string]bool{"id": true, "name": true},
	}
	add := func(id graph.ID, props map[string]engine.Value) error {
		if len(g.nodes) >= maxCompact {
			return fmt.Errorf("the graph has more than %d nodes", maxCompact)
		}
		n := g.node(id)
		label := id.Kind().Label()
		span, ok := g.start[label]
		if !ok {
			span[0] = n
		}
		span[1] = n + 1
		g.start[label] = span
		g.nodeMap = append(g.nodeMap, props)
		g.labels = append(g.labels, labelList[label])
		g.byID[string(id)] = n
		if name := props["name"]; !name.IsNull() {
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
	var types []uint8
	for e, err := range r.AllEdges() {
		if err == nil && len(g.ends)%1024 == 0 {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
		from, ok := g.number[e.From]
		to, also := g.number[e.To]
		if !ok || !also {
			continue // an end that is not held
		}
		t, ok := number[string(e.Type)]
		if !ok {
			t = uint8(len(g.types))
			number[string(e.Type)] = t
			g.types = append(g.types, string(e.Type))
		}
		types = append(types, t)
		g.ends = append(g.ends, engine.RelInfo{From: from, To: to, Type: g.types[t]})
		g.rels = append(g.rels, relation{edge: e, info: g.ends[len(g.ends)-1]})
		g.relMap = append(g.relMap, edgeProps(&e))
		g.stats.Types[string(e.Type)]++
		g.stats.Rels++
	}
	g.out = g.compress(types, func(i engine.RelInfo) (engine.NodeID, engine.NodeID) { return i.From, i.To })
	g.in = g.compress(types, func(i engine.RelInfo) (engine.NodeID, engine.NodeID) { return i.To, i.From })
	return nil
}

func (g *CompactGraph) compress(types []uint8, ends func(engine.RelInfo) (at, other engine.NodeID)) rows {
	r := rows{offsets: make([]int32, len(g.nodes)+1), hops: make([]engine.Hop, len(g.ends)), types: make([]uint8, len(g.ends))}
	for _, i := range g.ends {
		at, _ := ends(i)
		r.offsets[at+1]++
	}
	for i := range g.nodes {
		r.offsets[i+1] += r.offsets[i]
	}
	order := make([]int32, len(g.ends))
	fill := slices.Clone(r.offsets)
	for rel, i := range g.ends {
		at, _ := ends(i)
		order[fill[at]] = int32(rel)
		fill[at]++
	}
	for n := range g.nodes {
		row := order[r.offsets[n]:r.offsets[n+1]]
		slices.SortStableFunc(row, func(a, b int32) int { return int(types[a]) - int(types[b]) })
	}
	for i, rel := range order {
		_, other := ends(g.ends[rel])
		r.hops[i] = engine.Hop{Rel: engine.RelID(rel), Node: other}
		r.types[i] = types[rel]
	}
	return r
}

// Nodes lists nodes in ascending order of id, documents last.
func (g *CompactGraph) Nodes(label string) (engine.Cursor, error) {
	if label == "" {
		return &span{0, engine.NodeID(len(g.nodeMap))}, nil
	}
	s := g.start[label]
	return &span{s[0], s[1]}, nil
}

type span struct{ at, end engine.NodeID }

// Next gives the next nodes.
func (s *span) Next(buf []engine.NodeID) (int, error) {
	n := 0
	for n < len(buf) && s.at < s.end {
		buf[n] = s.at
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
		if n, ok := g.byID[value.Str()]; ok {
			found = []engine.NodeID{n}
		}
	}
	if label == "" {
		return found, true, nil
	}
	s := g.start[label]
	out := make([]engine.NodeID, 0, len(found))
	for _, n := range found {
		if n >= s[0] && n < s[1] {
			out = append(out, n)
		}
	}
	return out, true, nil
}

// ordered is an index of a property that is a number, ascending.
type ordered struct {
	values []float64
	nodes  []engine.NodeID
}

// FindRange knows all properties that are numbers. The first question about one sorts it.
func (g *CompactGraph) FindRange(label, key, op string, bound float64) ([]engine.NodeID, bool, error) {
	name := label + "\x00" + key
	held, ok := g.ordered.Load(name)
	if !ok {
		held, _ = g.ordered.LoadOrStore(name, g.sortBy(label, key))
	}
	o := held.(*ordered)
	lo, hi := 0, len(o.values)
	from, _ := slices.BinarySearch(o.values, bound) // the first that is not less
	switch op {
	case "<", "<=":
		for hi = from; hi < len(o.values) && o.values[hi] == bound; hi++ {
		}
	default:
		lo = from
	}
	found := slices.Clone(o.nodes[lo:hi])
	slices.Sort(found)
	return found, true, nil
}

func (g *CompactGraph) sortBy(label, key string) *ordered {
	first, end := engine.NodeID(0), engine.NodeID(len(g.nodeMap))
	if label != "" {
		first, end = g.start[label][0], g.start[label][1]
	}
	o := &ordered{}
	for n := first; n < end; n++ {
		if v := g.nodeMap[n][key]; v.Kind() == engine.KindInt || v.Kind() == engine.KindFloat && !math.IsNaN(v.Float()) {
			o.nodes = append(o.nodes, n)
		}
	}
	slices.SortStableFunc(o.nodes, func(a, b engine.NodeID) int { return cmp.Compare(g.nodeMap[a][key].Float(), g.nodeMap[b][key].Float()) })
	for _, n := range o.nodes {
		o.values = append(o.values, g.nodeMap[n][key].Float())
	}
	return o
}

// Expand lists hops by type, and in the order of the edges' keys within one.
func (g *CompactGraph) Expand(buf []engine.Hop, n engine.NodeID, dir engine.Direction, types []string) ([]engine.Hop, error) {
	if int(n) >= len(g.nodeMap) {
		return buf, nil
	}
	if dir != engine.In {
		buf = g.out.hopsOf(buf, n, g.types, types)
	}
	if dir != engine.Out {
		buf = g.in.hopsOf(buf, n, g.types, types)
	}
	return buf, nil
}

func (r *rows) hopsOf(buf []engine.Hop, n engine.NodeID, names, types []string) []engine.Hop {
	from, to := r.offsets[n], r.offsets[n+1]
	if len(types) == 0 {
		return append(buf, r.hops[from:to]...)
	}
	for _, t := range types {
		at := slices.Index(names, t)
		if at < 0 {
			continue
		}
		row := r.types[from:to]
		lo, _ := slices.BinarySearch(row, uint8(at))
		hi := lo
		if at == 255 {
			hi = len(row)
		} else {
			hi, _ = slices.BinarySearch(row, uint8(at)+1)
		}
		buf = append(buf, r.hops[int(from)+lo:int(from)+hi]...)
	}
	return buf
}

// LabelTest is a comparison of numbers: the nodes of a label are numbered in one stretch.
func (g *CompactGraph) LabelTest(label string) func(engine.NodeID) bool {
	s := g.start[label]
	return func(n engine.NodeID) bool { return n >= s[0] && n < s[1] }
}

// Labels are a node's labels: one.
func (g *CompactGraph) Labels(n engine.NodeID) ([]string, error) {
	if int(n) < len(g.labels) {
		return g.labels[n], nil
	}
	return g.PropertyGraph.Labels(n)
}

// NodeProperty reads one property.
func (g *CompactGraph) NodeProperty(n engine.NodeID, key string) (engine.Value, error) {
	if int(n) < len(g.nodeMap) {
		if v, ok := g.nodeMap[n][key]; ok {
			return v, nil
		}
		if key != evidenceKey && key != "text" {
			return engine.Null, nil
		}
	}
	return g.PropertyGraph.NodeProperty(n, key)
}

// NodeProperties reads all properties but evidence and text.
func (g *CompactGraph) NodeProperties(n engine.NodeID) (map[string]engine.Value, error) {
	if int(n) < len(g.nodeMap) {
		return g.nodeMap[n], nil
	}
	return g.PropertyGraph.NodeProperties(n)
}

// Rel says what a relationship is.
func (g *CompactGraph) Rel(r engine.RelID) (engine.RelInfo, error) {
	if int(r) < len(g.ends) {
		return g.ends[r], nil
	}
	return g.PropertyGraph.Rel(r)
}

// RelProperty reads one property.
func (g *CompactGraph) RelProperty(r engine.RelID, key string) (engine.Value, error) {
	if int(r) < len(g.relMap) && key != evidenceKey {
		return g.relMap[r][key], nil
	}
	return g.PropertyGraph.RelProperty(r, key)
}

// RelProperties reads all properties but evidence.
func (g *CompactGraph) RelProperties(r engine.RelID) (map[string]engine.Value, error) {
	if int(r) < len(g.relMap) {
		return g.relMap[r], nil
	}
	return g.PropertyGraph.RelProperties(r)
}

// Stats are exact.
func (g *CompactGraph) Stats() *engine.Stats { return g.stats }
