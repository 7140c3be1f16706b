package export

import (
	"context"
	"iter"
	"slices"
	"strings"
	"sync"

	"github.com/tupu-kg/tupu/graph"
)

// view is a source seen through options.
type view struct {
	Source
	ctx   context.Context
	o     Options
	nodes map[uint64]struct{} // that are written; nil if all are
	of    int                 // entities that there are
	years map[graph.ID]int    // of documents, where they are known

	mu   sync.RWMutex // of what follows
	docs map[graph.ID]*graph.Document
	held int // locators in docs, and some for each document
}

func look(ctx context.Context, s Source, o Options) (*view, error) {
	v := &view{Source: s, ctx: ctx, o: o, years: map[graph.ID]int{}, docs: map[graph.ID]*graph.Document{}}
	in, err := v.narrow()
	if err != nil {
		return nil, err
	}
	if in == nil && len(o.Kinds) == 0 && o.MinConfidence <= 0 {
		return v, nil
	}
	v.nodes = map[uint64]struct{}{}
	for e, err := range s.Entities("") {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, err
		}
		v.of++
		if (len(o.Kinds) == 0 || slices.Contains(o.Kinds, e.Kind)) && in.has(e.ID) && e.Confidence >= o.MinConfidence {
			v.nodes[hash(e.ID)] = struct{}{}
		}
	}
	if !o.NoDocuments {
		for d, err := range s.Documents() {
			if err != nil {
				return nil, err
			}
			if in.has(d.ID) {
				v.nodes[hash(d.ID)] = struct{}{}
			}
		}
	}
	return v, nil
}

func (v *view) has(id graph.ID) bool {
	if v.nodes == nil {
		return !v.o.NoDocuments || id.Kind() != graph.KindDocument
	}
	_, ok := v.nodes[hash(id)]
	return ok
}

// more reports whether more than n nodes are written.
func (v *view) more(n int) (bool, error) {
	if v.nodes != nil {
		return len(v.nodes) > n, nil
	}
	for _, err := range v.entities() {
		if err != nil {
			return false, err
		}
		if n--; n < 0 {
			return true, nil
		}
	}
	for _, err := range v.documents() {
		if err != nil {
			return false, err
		}
		if n--; n < 0 {
			return true, nil
		}
	}
	return false, nil
}

// set is a set of nodes; nil holds all.
type set map[graph.ID]bool

func (s set) has(id graph.ID) bool { return s == nil || s[id] }

// and keeps what is in both.
func (s set) and(t set) set {
	if s == nil || t == nil {
		if s == nil {
			return t
		}
		return s
	}
	both := set{}
	for id := range s {
		if t[id] {
			both[id] = true
		}
	}
	return both
}

// narrow gathers the nodes that areas, years and neighbourhoods leave, or nil if they leave all.
func (v *view) narrow() (set, error) {
	for d, err := range v.Documents() {
		if err != nil {
			return nil, err
		}
		if year := documentYear(&d); year != 0 {
			v.years[d.ID] = year
		}
	}
	var in set
	if len(v.o.Areas) > 0 {
		in = set{}
		for _, area := range v.o.Areas {
			in[area] = true
			for e, err := range v.Edges(area, graph.Incoming, graph.AppearsIn, graph.ReportsOn) {
				if err != nil {
					return nil, err
				}
				in[e.From] = true
			}
		}
	}
	if v.dated() {
		said, err := v.saidInYears()
		if err != nil {
			return nil, err
		}
		in = in.and(said)
	}
	if len(v.o.Only) > 0 {
		only := set{}
		for _, id := range v.o.Only {
			only[id] = true
		}
		in = in.and(only)
	}
	if len(v.o.Around) > 0 {
		near, err := v.around(in)
		if err != nil {
			return nil, err
		}
		in = in.and(near)
	}
	return in, nil
}

// documentYear is the year that a document looks back on, or else the one that it plans for.
func documentYear(d *graph.Document) int {
	if d.Year != 0 {
		return d.Year
	}
	return d.PlanYear
}

func (v *view) dated() bool { return v.o.FromYear != 0 || v.o.ToYear != 0 }

func (v *view) within(year int) bool {
	return year != 0 && year >= v.o.FromYear && (v.o.ToYear == 0 || year <= v.o.ToYear)
}

// saidInYears gathers the documents of the years asked for, what they name, and what something is said of for these years.
func (v *view) saidInYears() (set, error) {
	in := set{}
	for id, year := range v.years {
		if v.within(year) {
			in[id] = true
		}
	}
	for e, err := range v.AllEdges() {
		if err == nil {
			err = v.ctx.Err()
		}
		if err != nil {
			return nil, err
		}
		switch {
		case e.Year != 0 && v.within(e.Year), e.Year == 0 && e.Type == graph.MentionedIn && v.within(v.years[e.To]):
			in[e.From], in[e.To] = true, true
		}
	}
	return in, nil
}

// mostAround bounds what is taken around a node.
const mostAround = 100_000

// around gathers what can be reached from the given nodes over edges that are written. Documents and hubs are reached, but
// not passed through: by way of a report or a province everything is connected with everything.
func (v *view) around(in set) (set, error) {
	near := set{}
	level := v.o.Around
	for _, id := range level {
		near[id] = true
	}
	for hop := 0; hop < max(1, v.o.Hops) && len(near) < mostAround; hop++ {
		var next []graph.ID
		for _, id := range level {
			if hop > 0 && !v.passable(id) {
				continue
			}
			for e, err := range v.Edges(id, graph.Both, v.o.Types...) {
				if err == nil {
					err = v.ctx.Err()
				}
				if err != nil {
					return nil, err
				}
				other := e.Other(id)
				if near[other] || !in.has(other) || e.Confidence < v.o.MinConfidence || v.o.NoDocuments && other.Kind() == graph.KindDocument ||
					len(v.o.Kinds) > 0 && other.Kind() != graph.KindDocument && !slices.Contains(v.o.Kinds, other.Kind()) {
					continue
				}
				near[other] = true
				next = append(next, other)
			}
		}
		level = next
	}
	return near, nil
}

func (v *view) passable(id graph.ID) bool {
	if id.Kind() == graph.KindDocument {
		return false
	}
	e, err := v.Entity(id)
	return err == nil && e.Hub == ""
}

// entities yields the entities that are written, documents the documents.
func (v *view) entities() iter.Seq2[graph.Entity, error] {
	return func(yield func(graph.Entity, error) bool) {
		for e, err := range v.Entities("") {
			if err == nil {
				err = v.ctx.Err()
			}
			if (err != nil || v.has(e.ID)) && !yield(e, err) || err != nil {
				return
			}
		}
	}
}

func (v *view) documents() iter.Seq2[graph.Document, error] {
	return func(yield func(graph.Document, error) bool) {
		if v.o.NoDocuments {
			return
		}
		for d, err := range v.Documents() {
			if (err != nil || v.has(d.ID)) && !yield(d, err) || err != nil {
				return
			}
		}
	}
}

// told is an edge with what it stands on.
type told struct {
	graph.Edge
	all   []graph.Evidence
	years []int // that it is about: its own, or those of the documents that it stands in; ascending
}

// evidenced is a source that gives edges and what they stand on in one pass, of all that leave a node from first on and before end; to
// the last if end is empty. Several may be asked side by side.
type evidenced interface {
	EdgesWithEvidence(first, end graph.ID, keep func(from graph.ID, t graph.EdgeType, to graph.ID) bool) iter.Seq2[graph.Edge, error]
}

// stretch is the edges that leave a node from first on and before end; to the last if end is empty.
type stretch struct{ first, end graph.ID }

// stretches cuts the edges at some nodes into pieces that may be read side by side; one if the source gives all edges at once.
func (v *view) stretches(at []graph.ID) []stretch {
	out := []stretch{{}}
	if _, ok := v.Source.(evidenced); !ok {
		return out
	}
	for _, id := range slices.Sorted(slices.Values(at)) {
		out[len(out)-1].end = id
		out = append(out, stretch{first: id})
	}
	return out
}

// edges yields the edges of a stretch between nodes that are written, with their evidence.
func (v *view) edges(in stretch) iter.Seq2[told, error] {
	return func(yield func(told, error) bool) {
		for e, err := range v.evidencedEdges(in) {
			if err == nil {
				err = v.ctx.Err()
			}
			if err != nil {
				yield(told{}, err)
				return
			}
			if e.Confidence < v.o.MinConfidence || !v.wanted(&e) {
				continue
			}
			t := v.tell(e)
			if v.dated() && !v.timely(t) {
				continue
			}
			if !yield(t, nil) {
				return
			}
		}
	}
}

// wanted reports whether an edge is one of those asked for, where these are named one by one.
func (v *view) wanted(e *graph.Edge) bool { return v.o.OnlyEdges == nil || v.o.OnlyEdges[e.Key()] }

// evidencedEdges yields the edges of a stretch that are of the types asked for and between nodes that are written, with their evidence.
func (v *view) evidencedEdges(in stretch) iter.Seq2[graph.Edge, error] {
	var last graph.ID // whether a node is written is asked once for all edges from it
	lastIn := false
	keep := func(from graph.ID, t graph.EdgeType, to graph.ID) bool {
		if len(v.o.Types) > 0 && !slices.Contains(v.o.Types, t) {
			return false
		}
		if from != last {
			last, lastIn = from, v.has(from)
		}
		return lastIn && v.has(to)
	}
	if s, ok := v.Source.(evidenced); ok {
		return s.EdgesWithEvidence(in.first, in.end, keep)
	}
	return func(yield func(graph.Edge, error) bool) {
		for e, err := range v.AllEdges(v.o.Types...) {
			if err == nil {
				if !keep(e.From, e.Type, e.To) {
					continue
				}
				e.Evidence, err = v.Evidence(e)
			}
			if !yield(e, err) || err != nil {
				return
			}
		}
	}
}

// tell says which years an edge with its evidence is about.
func (v *view) tell(e graph.Edge) told {
	t := told{Edge: e, all: e.Evidence}
	t.Edge.Evidence = nil
	add := func(year int) {
		if year != 0 && !slices.Contains(t.years, year) {
			t.years = append(t.years, year)
		}
	}
	switch {
	case e.Year != 0:
		add(e.Year)
	case e.Type == graph.MentionedIn:
		add(v.years[e.To])
	default:
		add(e.FirstYear)
		add(e.LastYear)
		for _, ev := range t.all {
			add(v.years[ev.Doc])
		}
		slices.Sort(t.years)
	}
	return t
}

// now reports whether an edge that was read without its evidence is about one of the years asked for.
func (v *view) now(e graph.Edge) (bool, error) {
	if !v.dated() {
		return true, nil
	}
	var err error
	if e.Evidence, err = v.Evidence(e); err != nil {
		return false, err
	}
	return v.timely(v.tell(e)), nil
}

// timely reports whether an edge is about one of the years asked for. What stands in a register is about all.
func (v *view) timely(t told) bool {
	for _, year := range t.years {
		if v.within(year) {
			return true
		}
	}
	return len(t.years) == 0 && !slices.ContainsFunc(t.all, func(e graph.Evidence) bool { return e.Source == graph.FromText })
}

// bundle is all edges of one type from one node to another. Formats that allow one edge a pair and type fold them into text,
// the others take bundles of one.
type bundle []told

// bundles yields the edges that are written, those of one pair and type together if fold is set.
func (v *view) bundles(fold bool) iter.Seq2[bundle, error] {
	return bundled(ahead(v.edges(stretch{})), fold)
}

func bundled(edges iter.Seq2[told, error], fold bool) iter.Seq2[bundle, error] {
	return func(yield func(bundle, error) bool) {
		var held bundle
		for e, err := range edges {
			if err != nil {
				yield(nil, err)
				return
			}
			if len(held) > 0 && (!fold || held[0].From != e.From || held[0].Type != e.Type || held[0].To != e.To) {
				if !yield(held, nil) {
					return
				}
				held = held[:0]
			}
			held = append(held, e)
		}
		if len(held) > 0 {
			yield(held, nil)
		}
	}
}

// fold joins a property of the edges of a bundle, each value once, in the order of the edges.
func (b bundle) fold(value func(*graph.Edge) string) string {
	if len(b) == 1 {
		return wide(value(&b[0].Edge))
	}
	var out []string
	for i := range b {
		if s := value(&b[i].Edge); s != "" && !slices.Contains(out, s) {
			out = append(out, wide(s))
		}
	}
	return strings.Join(out, ";")
}

// wide puts full-width semicolons for semicolons, at which readers of lists split.
func wide(s string) string {
	if strings.IndexByte(s, ';') < 0 {
		return s
	}
	return strings.ReplaceAll(s, ";", "；")
}
