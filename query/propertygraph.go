package query

import (
	"context"
	"errors"
	"iter"
	"slices"
	"sync"

	"github.com/tupu-kg/tupu/extract/text"
	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/query/engine"
)

// PropertyGraph shows a Reader as the property graph that Cypher runs on: entities and documents are nodes, edges are
// relationships. It reads what a query touches, when it is touched, so that a cold process answers at once; values carry what
// they are, and it remembers no more than some properties of late. Properties that are unknown are absent (null).
type PropertyGraph struct {
	r  Reader
	as *asker

	mu     sync.Mutex
	props  recent
	titles map[string][]graph.ID // documents by title, once asked for
}

var _ engine.Source = (*PropertyGraph)(nil)

// NewPropertyGraph shows a graph to Cypher. The context bounds the reading of evidence.
func NewPropertyGraph(ctx context.Context, r Reader) *PropertyGraph {
	return &PropertyGraph{r: r, as: ask(ctx, r)}
}

// recent are the properties of nodes that were read of late: up to maxRecent, and as many from before.
type recent struct {
	now, before map[graph.ID]map[string]engine.Value
}

const maxRecent = 4096

func (c *recent) get(id graph.ID) (map[string]engine.Value, bool) {
	p, ok := c.now[id]
	if !ok {
		if p, ok = c.before[id]; ok {
			c.put(id, p)
		}
	}
	return p, ok
}

func (c *recent) put(id graph.ID, p map[string]engine.Value) {
	if c.now == nil || len(c.now) >= maxRecent {
		c.now, c.before = make(map[graph.ID]map[string]engine.Value, maxRecent), c.now
	}
	c.now[id] = p
}

// number makes a number of a key (FNV-1a), above those that graphs are counted with.
func number(key string) int64 {
	h := uint64(14695981039346656037)
	for i := range len(key) {
		h = (h ^ uint64(key[i])) * 1099511628211
	}
	return int64(h>>2 | 1<<62)
}

// NodeOf is the node of an id; it need not exist.
func (g *PropertyGraph) NodeOf(id graph.ID) engine.NodeID {
	return engine.NodeID{N: number(string(id)), Held: &engine.Held{Key: string(id)}}
}

// ID is the id of a node.
func (g *PropertyGraph) ID(n engine.NodeID) graph.ID { return graph.ID(n.Held.Key) }

// edgeBytes is what an edge takes, roughly.
const edgeBytes = 400

func (g *PropertyGraph) rel(e *graph.Edge) engine.RelID {
	key := e.Key()
	return engine.RelID{N: number(key), Held: &engine.Held{Key: key, Data: e, Bytes: edgeBytes}}
}

func (g *PropertyGraph) edge(r engine.RelID) *graph.Edge { return r.Held.Data.(*graph.Edge) }

func (g *PropertyGraph) reader() Reader { return g.r }

// labelKinds are the kinds by their labels.
var labelKinds = func() map[string]graph.Kind {
	m := map[string]graph.Kind{graph.KindDocument.Label(): graph.KindDocument}
	for _, k := range graph.Kinds {
		m[k.Label()] = k
	}
	return m
}()

// Nodes lists entities and documents in ascending order of id, documents last.
func (g *PropertyGraph) Nodes(label string) (engine.Cursor, error) {
	kind, known := labelKinds[label]
	if label != "" && !known {
		return noNodes{}, nil
	}
	c := &nodeCursor{g: g}
	if kind != graph.KindDocument {
		next, stop := iter.Pull2(g.r.Entities(kind))
		c.parts = append(c.parts, cursorPart{func() (engine.NodeID, bool, error) {
			e, err, ok := next()
			if !ok || err != nil {
				return engine.NodeID{}, false, err
			}
			g.keep(e.ID, entityProps(e))
			return g.NodeOf(e.ID), true, nil
		}, stop})
	}
	if label == "" || kind == graph.KindDocument {
		next, stop := iter.Pull2(g.r.Documents())
		c.parts = append(c.parts, cursorPart{func() (engine.NodeID, bool, error) {
			d, err, ok := next()
			if !ok || err != nil {
				return engine.NodeID{}, false, err
			}
			g.keep(d.ID, documentProps(d))
			return g.NodeOf(d.ID), true, nil
		}, stop})
	}
	return c, nil
}

type noNodes struct{}

func (noNodes) Next([]engine.NodeID) (int, error) { return 0, nil }
func (noNodes) Close()                            {}

type cursorPart struct {
	next func() (engine.NodeID, bool, error)
	stop func()
}

type nodeCursor struct {
	g     *PropertyGraph
	parts []cursorPart
	many  bool
}

// Next reads one node at first, so that a LIMIT 1 reads one, and then as many as there is room for.
func (c *nodeCursor) Next(buf []engine.NodeID) (int, error) {
	if !c.many {
		buf = buf[:1]
	}
	c.many = true
	n := 0
	for n < len(buf) && len(c.parts) > 0 {
		id, ok, err := c.parts[0].next()
		if err != nil {
			return n, err
		}
		if !ok {
			c.parts[0].stop()
			c.parts = c.parts[1:]
			continue
		}
		buf[n] = id
		n++
	}
	return n, nil
}

// Close ends the reading.
func (c *nodeCursor) Close() {
	for _, p := range c.parts {
		p.stop()
	}
	c.parts = nil
}

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
	var found []graph.ID
	if key == "id" {
		if id := graph.ID(value.Str()); fits(id) {
			ok, err := g.exists(id)
			if err != nil {
				return nil, true, err
			}
			if ok {
				found = append(found, id)
			}
		}
	} else {
		byName, err := g.named(value.Str(), fits)
		if err != nil {
			return nil, true, err
		}
		found = byName
	}
	out := make([]engine.NodeID, len(found))
	for i, id := range found {
		out[i] = g.NodeOf(id)
	}
	return out, true, nil
}

func (g *PropertyGraph) exists(id graph.ID) (bool, error) {
	var err error
	if id.Kind() == graph.KindDocument {
		_, err = g.r.Document(id)
	} else {
		_, err = g.r.Entity(id)
	}
	if errors.Is(err, graph.ErrNotFound) {
		return false, nil
	}
	return err == nil, err
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
		if err := g.readTitles(); err != nil {
			return nil, err
		}
		found = append(found, g.titles[name]...)
	}
	slices.Sort(found)
	return slices.Compact(found), nil
}

func (g *PropertyGraph) readTitles() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.titles != nil {
		return nil
	}
	titles := map[string][]graph.ID{}
	for d, err := range g.r.Documents() {
		if err != nil {
			return err
		}
		titles[d.Title] = append(titles[d.Title], d.ID)
	}
	g.titles = titles
	return nil
}

// Expand lists hops in the order of the edges' keys, those that leave first.
func (g *PropertyGraph) Expand(buf []engine.Hop, n engine.NodeID, dir engine.Direction, types []string) ([]engine.Hop, error) {
	id := g.ID(n)
	var want []graph.EdgeType
	for _, t := range types {
		if graph.EdgeType(t).Valid() {
			want = append(want, graph.EdgeType(t))
		}
	}
	if len(types) > 0 && len(want) == 0 {
		return buf, nil
	}
	d := [...]graph.Direction{graph.Both, graph.Outgoing, graph.Incoming}[dir]
	read := 0
	for e, err := range g.r.Edges(id, d, want...) {
		if read++; err == nil && read%256 == 0 {
			err = g.as.ctx.Err()
		}
		if err != nil {
			return buf, err
		}
		buf = append(buf, g.hop(id, &e))
	}
	return buf, nil
}

// hop is the step over an edge from one of its ends.
func (g *PropertyGraph) hop(from graph.ID, e *graph.Edge) engine.Hop {
	other := e.To
	if e.To == from {
		other = e.From
	}
	return engine.Hop{Rel: g.rel(e), Node: g.NodeOf(other)}
}

// Labels are a node's labels: one.
func (g *PropertyGraph) Labels(n engine.NodeID) ([]string, error) {
	return []string{g.ID(n).Kind().Label()}, nil
}

// evidenceKey is the property that holds quotes. It is read when it is asked for.
const evidenceKey = "evidence"

// NodeProperty reads one property; evidence is that of the edges that name the entity, text is a document's.
func (g *PropertyGraph) NodeProperty(n engine.NodeID, key string) (engine.Value, error) {
	switch id := g.ID(n); {
	case key == "id":
		return engine.OfString(string(id)), nil
	case key == evidenceKey:
		return g.nodeEvidence(id)
	case key == "text" && id.Kind() == graph.KindDocument:
		d, err := g.r.Document(id)
		return engine.OfString(d.Text), err
	}
	p, err := g.NodeProperties(n)
	return p[key], err
}

// NodeProperties reads all properties but evidence and text.
func (g *PropertyGraph) NodeProperties(n engine.NodeID) (map[string]engine.Value, error) {
	id := g.ID(n)
	g.mu.Lock()
	p, ok := g.props.get(id)
	g.mu.Unlock()
	if ok {
		return p, nil
	}
	if id.Kind() == graph.KindDocument {
		d, err := g.r.Document(id)
		if err != nil {
			return nil, err
		}
		p = documentProps(d)
	} else {
		e, err := g.r.Entity(id)
		if err != nil {
			return nil, err
		}
		p = entityProps(e)
	}
	g.keep(id, p)
	return p, nil
}

func (g *PropertyGraph) keep(id graph.ID, p map[string]engine.Value) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.props.put(id, p)
}

// Rel says what a relationship is.
func (g *PropertyGraph) Rel(r engine.RelID) (engine.RelInfo, error) {
	e := g.edge(r)
	return engine.RelInfo{From: g.NodeOf(e.From), To: g.NodeOf(e.To), Type: string(e.Type)}, nil
}

// RelProperty reads one property.
func (g *PropertyGraph) RelProperty(r engine.RelID, key string) (engine.Value, error) {
	e := g.edge(r)
	if key == evidenceKey {
		return g.relEvidence(*e)
	}
	return edgeProp(e, key), nil
}

// RelProperties reads all properties but evidence.
func (g *PropertyGraph) RelProperties(r engine.RelID) (map[string]engine.Value, error) {
	return edgeProps(g.edge(r)), nil
}

func (g *PropertyGraph) relEvidence(e graph.Edge) (engine.Value, error) {
	g.mu.Lock()
	defer g.mu.Unlock() // the asker remembers documents
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

func entityProps(e graph.Entity) map[string]engine.Value {
	p := props{"confidence": engine.OfFloat(e.Confidence), "aliases": engine.OfStrings(e.Aliases)}
	p.text("id", string(e.ID))
	p.text("name", e.Name)
	p.text("kind", string(e.Place))
	p.text("code", e.Code)
	p.text("area", e.Area)
	p.texts("posts", e.Posts)
	p.text("level", e.Level)
	p.text("hub", e.Hub)
	return p
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

// Guesses about a graph that has not been counted, for the planner: only their order matters.
var (
	usualNodes = map[graph.Kind]float64{
		graph.KindEnterprise: 20_000, graph.KindProject: 30_000, graph.KindPlace: 30_000, graph.KindOrganization: 15_000,
		graph.KindPerson: 4_000, graph.KindHonour: 1_000, graph.KindDocument: 1_000,
	}
	usualEdges = map[graph.EdgeType]float64{graph.MentionedIn: 300_000, graph.AppearsIn: 200_000, graph.CoMentioned: 400_000, graph.ReportsOn: 1_000}
)

const usualRest = 20_000 // of any other type

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

// Stats guesses: counting would read every key of the graph.
func (g *PropertyGraph) Stats() *engine.Stats {
	s := &engine.Stats{
		Labels: map[string]float64{}, Types: map[string]float64{}, Keys: propertyNames, Indexed: map[string]bool{"id": true, "name": true},
	}
	for k, n := range usualNodes {
		s.Labels[k.Label()] = n
		s.Nodes += n
	}
	for _, t := range graph.EdgeTypes {
		n, ok := usualEdges[t]
		if !ok {
			n = usualRest
		}
		s.Types[string(t)] = n
		s.Rels += n
	}
	return s
}
