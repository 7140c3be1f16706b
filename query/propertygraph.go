package query

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"math"
	"slices"
	"sort"
	"sync"
	"sync/atomic"

	"github.com/tupu-kg/tupu/extract/text"
	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/query/engine"
)

// PropertyGraph shows a graph as the property graph that Cypher runs on: entities and documents are nodes, edges are relationships,
// each by its number. Properties are read when they are asked for, and those that are unknown are absent (null). It holds indexes
// that queries have asked for and some names, so a shell keeps it from one query to the next.
type PropertyGraph struct {
	*propertyIndex
	as *asker
	mu sync.Mutex // of the asker, which remembers documents
}

// propertyIndex is what does not depend on who asks.
type propertyIndex struct {
	r       numbered
	rows    *graph.Rows
	types   []string             // names of the types of rows
	spans   map[string][2]uint32 // the nodes of a label, half open
	stats   *engine.Stats
	ordered sync.Map // label and key to *ordered, once asked for
	unique  sync.Map // label to whether no two nodes of it have one name
	names   [nameSlots]atomic.Pointer[nodeName]

	mu     sync.Mutex
	props  recent
	titles map[string][]graph.ID // documents by title, once asked for
}

// nameSlots bounds the names that are kept at hand: queries ask for the name of one node again and again.
const nameSlots = 1 << 12

type nodeName struct {
	node uint32
	name engine.Value
}

var (
	_ engine.RangeSource  = (*PropertyGraph)(nil)
	_ engine.LabelSource  = (*PropertyGraph)(nil)
	_ engine.DegreeSource = (*PropertyGraph)(nil)
	_ engine.UniqueSource = (*PropertyGraph)(nil)
)

// NewPropertyGraph shows a graph to Cypher. A store is shown as it lies on the disk; any other graph is read as a whole. The context
// bounds the reading of evidence.
func NewPropertyGraph(ctx context.Context, r Reader) (*PropertyGraph, error) {
	n, err := number(ctx, r)
	if err != nil {
		return nil, err
	}
	g := &propertyIndex{r: n, spans: map[string][2]uint32{}, stats: &engine.Stats{
		Labels: map[string]float64{}, Types: map[string]float64{}, Keys: propertyNames, Indexed: map[string]bool{"id": true, "name": true},
	}}
	if g.rows, err = n.Rows(); err != nil {
		return nil, err
	}
	for label, kind := range labelKinds {
		from, to := kindSpan(n, kind)
		g.spans[label] = [2]uint32{from, to}
		g.stats.Labels[label] = float64(to - from)
	}
	for _, t := range graph.EdgeTypes {
		g.stats.Types[string(t)] = 0
	}
	for t, n := range g.rows.Counts() {
		g.types = append(g.types, string(g.rows.Types[t]))
		g.stats.Types[g.types[t]] = float64(n)
	}
	g.stats.Nodes, g.stats.Rels = float64(g.rows.Nodes()), float64(g.rows.Edges())
	return (&PropertyGraph{propertyIndex: g}).In(ctx), nil
}

// In is the same graph with another context.
func (g *PropertyGraph) In(ctx context.Context) *PropertyGraph {
	return &PropertyGraph{propertyIndex: g.propertyIndex, as: ask(ctx, g.r)}
}

// recent are the properties of documents that were read of late: up to maxRecent, and as many from before.
type recent struct {
	now, before map[uint32]map[string]engine.Value
}

const maxRecent = 4096

func (c *recent) get(n uint32) (map[string]engine.Value, bool) {
	p, ok := c.now[n]
	if !ok {
		if p, ok = c.before[n]; ok {
			c.put(n, p)
		}
	}
	return p, ok
}

func (c *recent) put(n uint32, p map[string]engine.Value) {
	if c.now == nil || len(c.now) >= maxRecent {
		c.now, c.before = make(map[uint32]map[string]engine.Value), c.now
	}
	c.now[n] = p
}

// nodeOf is the node of a number.
func nodeOf(n uint32) engine.NodeID { return engine.NodeID{N: int64(n)} }

// NodeOf is the node of an id, which must exist.
func (g *PropertyGraph) NodeOf(id graph.ID) engine.NodeID {
	n, _ := g.r.NodeNumber(id)
	return nodeOf(n)
}

// ID is the id of a node.
func (g *PropertyGraph) ID(n engine.NodeID) graph.ID { return g.r.NodeID(uint32(n.N)) }

// edge reads the edge that a relationship is, without its evidence.
func (g *PropertyGraph) edge(r engine.RelID) (*graph.Edge, error) {
	e, err := numberedEdge(g.r, g.rows, uint32(r.N))
	return &e, err
}

func (g *PropertyGraph) reader() Reader { return g.r }

// labelKinds are the kinds by their labels.
var labelKinds = func() map[string]graph.Kind {
	m := map[string]graph.Kind{graph.KindDocument.Label(): graph.KindDocument}
	for _, k := range graph.Kinds {
		m[k.Label()] = k
	}
	return m
}()

// Nodes lists entities in ascending order of id, then documents.
func (g *PropertyGraph) Nodes(label string) (engine.Cursor, error) {
	if label != "" {
		s := g.spans[label]
		return &nodeCursor{spans: [][2]uint32{s}}, nil
	}
	documents, all := g.spans[graph.KindDocument.Label()], uint32(g.rows.Nodes())
	return &nodeCursor{spans: [][2]uint32{{0, documents[0]}, {documents[1], all}, documents}}, nil
}

// nodeCursor counts.
type nodeCursor struct{ spans [][2]uint32 }

// Next gives the next nodes.
func (c *nodeCursor) Next(buf []engine.NodeID) (int, error) {
	n := 0
	for n < len(buf) && len(c.spans) > 0 {
		s := &c.spans[0]
		if s[0] == s[1] {
			c.spans = c.spans[1:]
			continue
		}
		buf[n] = nodeOf(s[0])
		s[0]++
		n++
	}
	return n, nil
}

// Close does nothing.
func (c *nodeCursor) Close() {}

// Find knows ids and names.
func (g *PropertyGraph) Find(label, key string, value engine.Value) ([]engine.NodeID, bool, error) {
	if key != "id" && key != "name" {
		return nil, false, nil
	}
	if value.Kind() != engine.KindString {
		return nil, true, nil
	}
	kind, known := labelKinds[label]
	if label != "" && !known {
		return nil, true, nil
	}
	fits := func(id graph.ID) bool { return label == "" || id.Kind() == kind }
	if key == "id" {
		id := graph.ID(value.Str())
		if n, ok := g.r.NodeNumber(id); ok && fits(id) {
			return []engine.NodeID{nodeOf(n)}, true, nil
		}
		return nil, true, nil
	}
	found, err := g.named(value.Str(), fits)
	if err != nil {
		return nil, true, err
	}
	out := make([]engine.NodeID, 0, len(found))
	for _, id := range found {
		if n, ok := g.r.NodeNumber(id); ok {
			out = append(out, nodeOf(n))
		}
	}
	return out, true, nil
}

func (g *PropertyGraph) named(name string, fits func(graph.ID) bool) ([]graph.ID, error) {
	var found []graph.ID
	key := text.Key(name)
	for n, err := range g.r.Names(key) {
		if err != nil {
			return nil, err
		}
		if n.Key != key {
			break
		}
		if !fits(n.ID) {
			continue
		}
		e, err := g.r.Entity(n.ID)
		if err != nil {
			return nil, err
		}
		if e.Name == name {
			found = append(found, n.ID)
		}
	}
	if fits("document:") {
		titled, err := g.titled(name)
		if err != nil {
			return nil, err
		}
		found = append(found, titled...)
	}
	slices.Sort(found)
	return slices.Compact(found), nil
}

// titled are the documents of a title.
func (g *propertyIndex) titled(title string) ([]graph.ID, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.titles == nil {
		titles := map[string][]graph.ID{}
		for d, err := range g.r.Documents() {
			if err != nil {
				return nil, err
			}
			titles[d.Title] = append(titles[d.Title], d.ID)
		}
		g.titles = titles
	}
	return g.titles[title], nil
}

// ordered is an index of a property that is a number, ascending.
type ordered struct {
	values []float64
	nodes  []uint32
	exact  bool // no number lost anything as a float64
}

// FindRange knows all properties that are numbers. The first question about one reads and sorts it.
func (g *PropertyGraph) FindRange(label, key, op string, bound float64) (found []engine.NodeID, known, exact bool, err error) {
	name := label + "\x00" + key
	held, ok := g.ordered.Load(name)
	if !ok {
		o, err := g.sortBy(label, key)
		if err != nil {
			return nil, false, false, err
		}
		held, _ = g.ordered.LoadOrStore(name, o)
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
		found[i] = nodeOf(n)
	}
	return found, true, o.exact, nil
}

func (g *PropertyGraph) sortBy(label, key string) (*ordered, error) {
	type at struct {
		value float64
		node  uint32
	}
	var all []at
	o := &ordered{exact: true}
	cursor, err := g.Nodes(label)
	if err != nil {
		return nil, err
	}
	buf := make([]engine.NodeID, 256)
	for {
		n, err := cursor.Next(buf)
		if err == nil {
			err = g.as.ctx.Err()
		}
		if err != nil {
			return nil, err
		}
		if n == 0 {
			break
		}
		for _, node := range buf[:n] {
			v, err := g.NodeProperty(node, key)
			if err != nil {
				return nil, err
			}
			if v.Kind() == engine.KindInt || v.Kind() == engine.KindFloat && !math.IsNaN(v.Float()) {
				all = append(all, at{v.Float(), uint32(node.N)})
				if v.Kind() == engine.KindInt && (v.Int() <= -1<<53 || v.Int() >= 1<<53) {
					o.exact = false
				}
			}
		}
	}
	slices.SortStableFunc(all, func(a, b at) int { return cmp.Compare(a.value, b.value) })
	o.values, o.nodes = make([]float64, len(all)), make([]uint32, len(all))
	for i, a := range all {
		o.values[i], o.nodes[i] = a.value, a.node
	}
	return o, nil
}

// Expand lists hops by type, and in the order of the edges' keys within one; those that leave come first.
func (g *PropertyGraph) Expand(buf []engine.Hop, n engine.NodeID, dir engine.Direction, types []string) ([]engine.Hop, error) {
	node, r := uint32(n.N), g.rows
	if dir != engine.In {
		if len(types) == 0 {
			buf = g.leaving(buf, r.Leaving[node], r.Leaving[node+1])
		}
		for _, t := range types {
			from, to := r.LeavingOf(node, slices.Index(g.types, t))
			buf = g.leaving(buf, from, to)
		}
	}
	if dir != engine.Out {
		if len(types) == 0 {
			buf = g.entering(buf, r.Entered[node], r.Entered[node+1])
		}
		for _, t := range types {
			from, to := r.EnteringOf(node, slices.Index(g.types, t))
			buf = g.entering(buf, from, to)
		}
	}
	return buf, nil
}

func (g *PropertyGraph) leaving(buf []engine.Hop, from, to uint32) []engine.Hop {
	for e := from; e < to; e++ {
		buf = append(buf, engine.Hop{Rel: engine.RelID{N: int64(e)}, Node: nodeOf(g.rows.To[e])})
	}
	return buf
}

func (g *PropertyGraph) entering(buf []engine.Hop, from, to uint32) []engine.Hop {
	for _, e := range g.rows.Entering[from:to] {
		buf = append(buf, engine.Hop{Rel: engine.RelID{N: int64(e)}, Node: nodeOf(g.rows.From[e])})
	}
	return buf
}

// Degree counts hops from where the rows of nodes begin and end, and walks the numbers of the other ends where it must.
func (g *PropertyGraph) Degree(dir engine.Direction, types []string, label string, ends bool) func(engine.NodeID) int64 {
	c := &hopCounter{rows: g.rows, dir: dir, all: len(types) == 0, walks: ends || label != "", distinct: ends, span: [2]uint32{0, math.MaxUint32}}
	if label != "" {
		c.span = g.spans[label]
	}
	for _, t := range types {
		c.types = append(c.types, slices.Index(g.types, t))
	}
	if c.all && ends { // the ends of one type are in order, those of a whole row are not
		c.all = false
		for t := range g.types {
			c.types = append(c.types, t)
		}
	}
	return c.count
}

// hopCounter counts the hops of nodes.
type hopCounter struct {
	rows            *graph.Rows
	dir             engine.Direction
	types           []int
	all             bool // hops of any type
	walks, distinct bool
	span            [2]uint32 // of the nodes that count, half open
	found           []uint32  // the ends of the hops of one node
}

func (c *hopCounter) count(n engine.NodeID) int64 {
	node, r := uint32(n.N), c.rows
	hops, stretches := int64(0), 0
	c.found = c.found[:0]
	add := func(of []uint32, from, to uint32, entering bool) {
		if from == to {
			return
		}
		hops += int64(to - from)
		if c.walks {
			stretches++
			c.walk(of[from:to], entering)
		}
	}
	side := func(of, begins []uint32, typed func(node uint32, t int) (from, to uint32), entering bool) {
		if c.all {
			add(of, begins[node], begins[node+1], entering)
		}
		for _, t := range c.types {
			from, to := typed(node, t)
			add(of, from, to, entering)
		}
	}
	if c.dir != engine.In {
		side(r.To, r.Leaving, r.LeavingOf, false)
	}
	if c.dir != engine.Out {
		side(r.Entering, r.Entered, r.EnteringOf, true)
	}
	if !c.walks {
		return hops
	}
	if c.distinct && stretches > 1 {
		slices.Sort(c.found)
		c.found = slices.Compact(c.found)
	}
	return int64(len(c.found))
}

// walk finds the ends that count in a stretch of a row: nodes that edges enter, or edges, by the nodes that they leave. Where all are
// of one type, equal ends stand together.
func (c *hopCounter) walk(stretch []uint32, entering bool) {
	first := len(c.found)
	for _, end := range stretch {
		if entering {
			end = c.rows.From[end]
		}
		if end >= c.span[0] && end < c.span[1] && !(c.distinct && len(c.found) > first && c.found[len(c.found)-1] == end) {
			c.found = append(c.found, end)
		}
	}
}

// Unique knows ids, and names: the first question about the names of a label reads them.
func (g *PropertyGraph) Unique(label, key string) bool {
	if key != "name" || label == "" || label == graph.KindDocument.Label() {
		return key == "id"
	}
	held, ok := g.unique.Load(label)
	if !ok {
		held, _ = g.unique.LoadOrStore(label, g.differ(label))
	}
	return held.(bool)
}

// differ reports whether all nodes of a label have a name, and surely each another one: names that share a hash are taken for one.
func (g *PropertyGraph) differ(label string) bool {
	s := g.spans[label]
	hashes := make([]uint64, 0, s[1]-s[0])
	seed := maphash.MakeSeed()
	for n := s[0]; n < s[1]; n++ {
		name, err := g.r.NodeName(n)
		if err != nil || name == "" || g.as.ctx.Err() != nil {
			return false
		}
		hashes = append(hashes, maphash.String(seed, name))
	}
	slices.Sort(hashes)
	for i := range hashes {
		if i > 0 && hashes[i] == hashes[i-1] {
			return false
		}
	}
	return true
}

// LabelTest is a comparison of numbers: the nodes of a label are numbered in one stretch.
func (g *PropertyGraph) LabelTest(label string) func(engine.NodeID) bool {
	s := g.spans[label]
	return func(n engine.NodeID) bool { return n.N >= int64(s[0]) && n.N < int64(s[1]) }
}

// Labels are a node's labels: one.
func (g *PropertyGraph) Labels(n engine.NodeID) ([]string, error) {
	for label, s := range g.spans {
		if n.N >= int64(s[0]) && n.N < int64(s[1]) {
			return labelLists[label], nil
		}
	}
	return nil, nil
}

// labelLists holds the one-element list of each label.
var labelLists = func() map[string][]string {
	m := map[string][]string{}
	for label := range labelKinds {
		m[label] = []string{label}
	}
	return m
}()

func (g *PropertyGraph) isDocument(n uint32) bool {
	s := g.spans[graph.KindDocument.Label()]
	return n >= s[0] && n < s[1]
}

// evidenceKey is the property that holds quotes. It is read when it is asked for.
const evidenceKey = "evidence"

// NodeProperty reads one property; evidence is that of the edges that name the entity, text is a document's.
func (g *PropertyGraph) NodeProperty(node engine.NodeID, key string) (engine.Value, error) {
	n := uint32(node.N)
	switch {
	case key == "id":
		return engine.OfString(string(g.r.NodeID(n))), nil
	case key == "name":
		return g.name(n)
	case key == evidenceKey:
		return g.nodeEvidence(g.r.NodeID(n))
	case !g.isDocument(n):
		e, err := g.r.NodeEntity(n)
		if err != nil {
			return engine.Null, unlessMissing(err)
		}
		return entityProp(&e, key), nil
	case key == "text":
		d, err := g.r.Document(g.r.NodeID(n))
		return engine.OfString(d.Text), err
	}
	p, err := g.NodeProperties(node)
	return p[key], err
}

// unlessMissing makes no error of what a node does not have because it is only the end of an edge.
func unlessMissing(err error) error {
	if errors.Is(err, graph.ErrNotFound) {
		return nil
	}
	return err
}

func (g *PropertyGraph) name(n uint32) (engine.Value, error) {
	slot := &g.names[n%nameSlots]
	if held := slot.Load(); held != nil && held.node == n {
		return held.name, nil
	}
	name, err := g.r.NodeName(n)
	if err != nil {
		return engine.Null, err
	}
	v := engine.Null
	if name != "" {
		v = engine.OfString(name)
	}
	slot.Store(&nodeName{n, v})
	return v, nil
}

// NodeProperties reads all properties but evidence and text.
func (g *PropertyGraph) NodeProperties(node engine.NodeID) (map[string]engine.Value, error) {
	n := uint32(node.N)
	if !g.isDocument(n) {
		e, err := g.r.NodeEntity(n)
		if err != nil {
			return nil, unlessMissing(err)
		}
		return entityProps(&e), nil
	}
	g.propertyIndex.mu.Lock()
	p, ok := g.props.get(n)
	g.propertyIndex.mu.Unlock()
	if ok {
		return p, nil
	}
	d, err := g.r.NodeDocument(n)
	if err != nil {
		return nil, unlessMissing(err)
	}
	p = documentProps(d)
	g.propertyIndex.mu.Lock()
	g.props.put(n, p)
	g.propertyIndex.mu.Unlock()
	return p, nil
}

// Rel says what a relationship is.
func (g *PropertyGraph) Rel(r engine.RelID) (engine.RelInfo, error) {
	return engine.RelInfo{From: nodeOf(g.rows.From[r.N]), To: nodeOf(g.rows.To[r.N]), Type: g.types[g.rows.Type[r.N]]}, nil
}

func (g *PropertyGraph) typeOf(r engine.RelID) string { return g.types[g.rows.Type[r.N]] }

// RelProperty reads one property.
func (g *PropertyGraph) RelProperty(r engine.RelID, key string) (engine.Value, error) {
	if key == evidenceKey {
		e, err := g.edge(r)
		if err != nil {
			return engine.Null, err
		}
		return g.relEvidence(*e)
	}
	e := graph.Edge{Type: g.rows.Types[g.rows.Type[r.N]]}
	if err := g.r.EdgeProperties(uint32(r.N), &e); err != nil {
		return engine.Null, err
	}
	return edgeProp(&e, key), nil
}

// RelProperties reads all properties but evidence.
func (g *PropertyGraph) RelProperties(r engine.RelID) (map[string]engine.Value, error) {
	e := graph.Edge{Type: g.rows.Types[g.rows.Type[r.N]]}
	if err := g.r.EdgeProperties(uint32(r.N), &e); err != nil {
		return nil, err
	}
	return edgeProps(&e), nil
}

func (g *PropertyGraph) relEvidence(e graph.Edge) (engine.Value, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	quotes, _, err := g.as.quotes(e, 0)
	if err != nil {
		return engine.Null, err
	}
	out := make([]engine.Value, len(quotes))
	for i, q := range quotes {
		out[i] = quoteValue(&q)
	}
	return engine.OfList(out), nil
}

func (g *PropertyGraph) nodeEvidence(id graph.ID) (engine.Value, error) {
	out := []engine.Value{}
	for e, err := range g.r.Edges(id, graph.Outgoing, graph.MentionedIn) {
		if err != nil {
			return engine.Null, err
		}
		v, err := g.relEvidence(e)
		if err != nil {
			return engine.Null, err
		}
		out = append(out, v.List()...)
	}
	return engine.OfList(out), nil
}

// Stats are exact.
func (g *PropertyGraph) Stats() *engine.Stats { return g.stats }

// hop is the step over an edge from one of its ends.
func (g *PropertyGraph) hop(from graph.ID, e *graph.Edge) (engine.Hop, error) {
	a, ok := g.r.NodeNumber(e.From)
	b, also := g.r.NodeNumber(e.To)
	if !ok || !also {
		return engine.Hop{}, fmt.Errorf("edge %s -%s-> %s: %w", e.From, e.Type, e.To, graph.ErrNotFound)
	}
	end := b
	if e.To == from {
		end = a
	}
	key := e.Key()
	for at, to := g.rows.LeavingOf(a, g.rows.TypeNumber(e.Type)); at < to; at++ {
		if g.rows.To[at] != b {
			continue
		}
		rel := engine.RelID{N: int64(at)}
		held, err := g.edge(rel)
		if err != nil {
			return engine.Hop{}, err
		}
		if held.Key() == key {
			return engine.Hop{Rel: rel, Node: nodeOf(end)}, nil
		}
	}
	return engine.Hop{}, fmt.Errorf("edge %s -%s-> %s: %w", e.From, e.Type, e.To, graph.ErrNotFound)
}

// props gathers properties and leaves out those that are unknown.
type props map[string]engine.Value

func (p props) text(key, s string) {
	if s != "" {
		p[key] = engine.OfString(s)
	}
}

func (p props) number(key string, n int) {
	if n != 0 {
		p[key] = engine.OfInt(int64(n))
	}
}

func (p props) texts(key string, all []string) {
	if len(all) > 0 {
		p[key] = engine.OfStrings(all)
	}
}

// entityKeys are the properties that entities can have.
var entityKeys = []string{"id", "name", "confidence", "aliases", "kind", "code", "area", "posts", "level", "hub"}

// entityProps are an entity's properties.
func entityProps(e *graph.Entity) map[string]engine.Value {
	p := map[string]engine.Value{}
	for _, key := range entityKeys {
		if v := entityProp(e, key); !v.IsNull() {
			p[key] = v
		}
	}
	return p
}

// entityProp is one property of an entity.
func entityProp(e *graph.Entity, key string) engine.Value {
	s := ""
	switch key {
	case "confidence":
		return engine.OfFloat(e.Confidence)
	case "aliases":
		return engine.OfStrings(e.Aliases)
	case "posts":
		if len(e.Posts) > 0 {
			return engine.OfStrings(e.Posts)
		}
	case "id":
		s = string(e.ID)
	case "name":
		s = e.Name
	case "kind":
		s = string(e.Place)
	case "code":
		s = e.Code
	case "area":
		s = e.Area
	case "level":
		s = e.Level
	case "hub":
		s = e.Hub
	}
	if s == "" {
		return engine.Null
	}
	return engine.OfString(s)
}

func documentProps(d graph.Document) map[string]engine.Value {
	p := props{"size": engine.OfInt(d.Size)}
	p.text("id", string(d.ID))
	p.text("name", d.Title)
	p.text("title", d.Title)
	p.text("issuer", d.Issuer)
	p.text("date", d.Date)
	p.number("year", d.Year)
	p.number("plan_year", d.PlanYear)
	p.text("area", d.Area)
	p.text("area_code", d.AreaCode)
	p.text("url", d.URL)
	p.text("format", d.Format)
	p.texts("paths", d.Paths)
	return p
}

// edgeKeys are the properties that edges can have.
var edgeKeys = []string{
	"confidence", "count", "first", "inside", "documents", "mentions", "sentences", "weight", "value", "countable", "score", "state", "post", "of",
	"year", "modality", "first_year", "last_year", "basis", "role", "share", "date", "unit", "raw", "reason", "stem",
}

// edgeProps are an edge's properties.
func edgeProps(e *graph.Edge) map[string]engine.Value {
	p := map[string]engine.Value{}
	for _, key := range edgeKeys {
		if v := edgeProp(e, key); !v.IsNull() {
			p[key] = v
		}
	}
	return p
}

// edgeProp is one property of an edge. What a type of edges always has is there, also where it is nought or false.
func edgeProp(e *graph.Edge, key string) engine.Value {
	number := func(n int, always graph.EdgeType) engine.Value {
		if n == 0 && e.Type != always {
			return engine.Null
		}
		return engine.OfInt(int64(n))
	}
	text := func(s string) engine.Value {
		if s == "" {
			return engine.Null
		}
		return engine.OfString(s)
	}
	only := func(v engine.Value, types ...graph.EdgeType) engine.Value {
		if !slices.Contains(types, e.Type) {
			return engine.Null
		}
		return v
	}
	switch key {
	case "confidence":
		return engine.OfFloat(e.Confidence)
	case "count":
		return number(e.Count, graph.MentionedIn)
	case "first":
		return only(engine.OfInt(int64(e.First)), graph.MentionedIn)
	case "inside":
		return only(engine.OfBool(e.Inside), graph.MentionedIn, graph.AppearsIn)
	case "documents":
		return number(e.Documents, graph.AppearsIn)
	case "mentions":
		return number(e.Mentions, graph.AppearsIn)
	case "sentences":
		return number(e.Sentences, graph.CoMentioned)
	case "weight":
		return only(engine.OfFloat(e.Weight), graph.CoMentioned)
	case "value":
		return only(engine.OfFloat(e.Value), graph.Amount)
	case "countable":
		return only(engine.OfBool(e.Countable), graph.Amount)
	case "score":
		return only(engine.OfFloat(e.Score), graph.MaybeSame)
	case "state":
		return text(e.State)
	case "post":
		return text(e.Post)
	case "of":
		return text(e.Of)
	case "year":
		return number(e.Year, "")
	case "modality":
		return text(string(e.Modality))
	case "first_year":
		return number(e.FirstYear, "")
	case "last_year":
		return number(e.LastYear, "")
	case "basis":
		return text(string(e.Basis))
	case "role":
		return text(e.Role)
	case "share":
		return text(e.Share)
	case "date":
		return text(e.Date)
	case "unit":
		return text(e.Unit)
	case "raw":
		return text(e.Raw)
	case "reason":
		return text(e.Reason)
	case "stem":
		return text(e.Stem)
	}
	return engine.Null
}

func quoteValue(q *Quote) engine.Value {
	p := props{"source": engine.OfString(string(q.Source)), "score": engine.OfFloat(q.Score)}
	p.text("document", string(q.Document))
	p.text("path", q.Path)
	p.text("title", q.Title)
	p.text("date", q.Date)
	p.text("area", q.Area)
	p.number("year", q.Year)
	p.text("url", q.URL)
	p.number("line", q.Line)
	p.number("page", q.Page)
	p.number("paragraph", q.Para)
	if q.End > q.Start {
		p["start"], p["end"] = engine.OfInt(int64(q.Start)), engine.OfInt(int64(q.End))
	}
	p.text("quote", q.Text)
	p.text("sentence", q.Sentence)
	p.text("modality", q.Modality)
	p.text("by", q.By)
	p.text("ref", q.Ref)
	return engine.OfMap(p)
}

// propertyNames are the names of all properties.
var propertyNames = func() map[string]bool {
	m := map[string]bool{}
	for _, k := range []string{
		"id", "name", "aliases", "confidence", "kind", "code", "area", "posts", "level", "hub", "evidence", "text", "size", "title", "issuer",
		"date", "year", "plan_year", "area_code", "url", "format", "paths", "count", "first", "inside", "documents", "mentions", "sentences",
		"weight", "value", "countable", "score", "state", "post", "of", "modality", "first_year", "last_year", "basis", "role", "share", "unit",
		"raw", "reason", "stem", "source", "document", "path", "line", "page", "paragraph", "start", "end", "quote", "sentence", "by", "ref",
	} {
		m[k] = true
	}
	return m
}()
