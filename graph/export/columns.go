package export

import (
	"iter"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/tupu-kg/tupu/graph"
)

// field is what a column holds.
type field string

// The fields: all readers know the first four; lists are values joined with semicolons.
const (
	text    field = "string"
	integer field = "int"
	real    field = "double"
	boolean field = "boolean"
	lists   field = "list"
)

// scalar is the field as formats without lists declare it.
func (f field) scalar() string {
	if f == lists {
		return string(text)
	}
	return string(f)
}

// column is one property, as the formats that have columns write it. An empty value is left out where the format allows.
type column[T any] struct {
	name  string
	field field
	value func(*T) string
}

// node is an entity or a document that is written.
type node struct {
	id       graph.ID
	kind     graph.Kind
	name     string
	entity   graph.Entity   // of kind document: zero
	document graph.Document // of other kinds: zero
	named    int            // documents that name it
	states   []string
}

func (n *node) key() string { return nodeID(n.id) }

// size is what it is drawn at: it grows with the logarithm of the documents that name it.
func (n *node) size() float64 { return 10 + math.Round(40*math.Log2(1+float64(n.named)))/10 }

// nodeColumns are the properties of nodes. "type" is avoided, because readers use it.
var nodeColumns = []column[node]{
	{"label", text, func(n *node) string { return clip(n.name, 24) }},
	{"name", text, func(n *node) string { return n.name }},
	{"schema", text, func(n *node) string { return n.kind.Label() }},
	{"tupu_id", text, func(n *node) string { return string(n.id) }},
	{"aliases", lists, func(n *node) string { return list(n.entity.Aliases) }},
	{"kind", text, func(n *node) string { return string(n.entity.Place) }},
	{"code", text, func(n *node) string { return n.entity.Code }},
	{"area", text, func(n *node) string {
		if n.kind == graph.KindDocument {
			return n.document.Area
		}
		return n.entity.Area
	}},
	{"posts", lists, func(n *node) string { return list(n.entity.Posts) }},
	{"level", text, func(n *node) string { return n.entity.Level }},
	{"hub", text, func(n *node) string { return oneLine(n.entity.Hub) }},
	{"confidence", real, func(n *node) string {
		if n.kind == graph.KindDocument {
			return ""
		}
		return float(n.entity.Confidence)
	}},
	{"documents", integer, func(n *node) string { return number(n.named) }},
	{"status_by_year", lists, func(n *node) string { return n.status() }},
	{"path", lists, func(n *node) string { return list(n.document.Paths) }},
	{"issuer", text, func(n *node) string { return oneLine(n.document.Issuer) }},
	{"date", text, func(n *node) string { return n.document.Date }},
	{"year", integer, func(n *node) string { return number(n.document.Year) }},
	{"plan_year", integer, func(n *node) string { return number(n.document.PlanYear) }},
	{"url", text, func(n *node) string { return oneLine(n.document.URL) }},
	{"text_hash", text, func(n *node) string { return n.document.TextHash }},
}

// nodeColumns are nodeColumns and the scores asked for.
func (v *view) nodeColumns() []column[node] {
	out := slices.Clone(nodeColumns)
	for _, s := range v.o.Scores {
		out = append(out, column[node]{"score_" + s.By, real, func(n *node) string {
			if x, ok := s.Of[n.id]; ok {
				return strconv.FormatFloat(x, 'g', -1, 64)
			}
			return ""
		}})
	}
	return out
}

// everyNode yields the entities and then the documents that are written, each in ascending order of id.
func (v *view) everyNode() iter.Seq2[*node, error] {
	return func(yield func(*node, error) bool) {
		for n, err := range ahead(v.entityNodes()) {
			if !yield(n, err) || err != nil {
				return
			}
		}
		for d, err := range v.documents() {
			if !yield(documentNode(d), err) || err != nil {
				return
			}
		}
	}
}

func documentNode(d graph.Document) *node {
	return &node{id: d.ID, kind: graph.KindDocument, name: documentName(&d), document: d}
}

// documentName is the title of a document, or else where it lies.
func documentName(d *graph.Document) string {
	if d.Title != "" {
		return oneLine(d.Title)
	}
	return oneLine(path(d))
}

// manyNodes is the share of all entities above which their edges are read in one pass rather than entity by entity: a search costs
// as much as passing by some dozens of edges.
const manyNodes = 16

// entityNodes yields the entities that are written, in ascending order of id, with what their edges to documents say of them.
func (v *view) entityNodes() iter.Seq2[*node, error] {
	if v.nodes != nil && v.of > manyNodes*len(v.nodes) {
		return func(yield func(*node, error) bool) {
			for e, err := range v.entities() {
				var n *node
				if err == nil {
					n, err = v.entityNode(e)
				}
				if !yield(n, err) || err != nil {
					return
				}
			}
		}
	}
	return func(yield func(*node, error) bool) {
		next, stop := iter.Pull2(ahead(v.AllEdges(graph.MentionedIn, graph.Status)))
		defer stop()
		edge, err, more := next()
		for e, failed := range v.entities() {
			if failed != nil {
				yield(nil, failed)
				return
			}
			n := newNode(e)
			for more && err == nil && edge.From <= e.ID { // both ascend
				if edge.From == e.ID {
					n.said(&edge)
				}
				edge, err, more = next()
			}
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(n, nil) {
				return
			}
		}
	}
}

func (v *view) entityNode(e graph.Entity) (*node, error) {
	n := newNode(e)
	for edge, err := range v.Edges(e.ID, graph.Outgoing, graph.MentionedIn, graph.Status) {
		if err != nil {
			return nil, err
		}
		n.said(&edge)
	}
	return n, nil
}

func newNode(e graph.Entity) *node {
	return &node{id: e.ID, kind: e.Kind, name: oneLine(e.Name), entity: e}
}

// said takes an edge to a document into account.
func (n *node) said(edge *graph.Edge) {
	if edge.Type == graph.MentionedIn {
		n.named++
		return
	}
	s := edge.State
	if edge.Modality != "" && edge.Modality != graph.Reported {
		s += " (" + string(edge.Modality) + ")"
	}
	if edge.Year != 0 {
		s = strconv.Itoa(edge.Year) + ":" + s
	}
	if s = wide(s); !slices.Contains(n.states, s) {
		n.states = append(n.states, s)
	}
}

// status joins the states.
func (n *node) status() string {
	slices.Sort(n.states)
	return strings.Join(n.states, ";")
}

// relation is a bundle that is written, with what is said about it as a whole.
type relation struct {
	bundle
	id, source, target string // in exports
	kind               graph.EdgeType
	cited              string // some of what it stands on
	count              int    // of all that it stands on
}

// edgeColumns are the properties of relations.
var edgeColumns = []column[relation]{
	{"label", text, func(r *relation) string { return string(r.kind) }},
	{"interaction", text, func(r *relation) string { return string(r.kind) }},
	{"weight", real, func(r *relation) string { return strconv.Itoa(max(1, r.count)) }},
	{"confidence", real, func(r *relation) string {
		c := 0.0
		for i := range r.bundle {
			c = max(c, r.bundle[i].Confidence)
		}
		return float(c)
	}},
	{"symmetric", boolean, func(r *relation) string { return strconv.FormatBool(r.kind.Symmetric()) }},
	{"inside", boolean, func(r *relation) string {
		for i := range r.bundle {
			if !r.bundle[i].Inside {
				return ""
			}
		}
		return "true"
	}},
	{"years", lists, (*relation).years},
	{"modality", lists, func(r *relation) string {
		return r.fold(func(e *graph.Edge) string { return string(e.Modality) })
	}},
	{"state", lists, func(r *relation) string { return r.fold(func(e *graph.Edge) string { return e.State }) }},
	{"post", lists, func(r *relation) string { return r.fold(func(e *graph.Edge) string { return e.Post }) }},
	{"role", lists, func(r *relation) string { return r.fold(func(e *graph.Edge) string { return e.Role }) }},
	{"share", lists, func(r *relation) string { return r.fold(func(e *graph.Edge) string { return e.Share }) }},
	{"of", lists, func(r *relation) string { return r.fold(func(e *graph.Edge) string { return e.Of }) }},
	{"amount", lists, func(r *relation) string { return r.fold(func(e *graph.Edge) string { return oneLine(e.Raw) }) }},
	{"value", lists, func(r *relation) string { return r.fold(func(e *graph.Edge) string { return amount(e.Value) }) }},
	{"unit", lists, func(r *relation) string { return r.fold(func(e *graph.Edge) string { return e.Unit }) }},
	{"countable", lists, func(r *relation) string {
		if r.kind != graph.Amount {
			return ""
		}
		return r.fold(func(e *graph.Edge) string { return strconv.FormatBool(e.Countable) })
	}},
	{"date", lists, func(r *relation) string { return r.fold(func(e *graph.Edge) string { return e.Date }) }},
	{"basis", lists, func(r *relation) string { return r.fold(func(e *graph.Edge) string { return string(e.Basis) }) }},
	{"reason", lists, func(r *relation) string { return r.fold(func(e *graph.Edge) string { return oneLine(e.Reason) }) }},
	{"stem", lists, func(r *relation) string { return r.fold(func(e *graph.Edge) string { return e.Stem }) }},
	{"score", real, func(r *relation) string { return amount(r.bundle[0].Score) }},
	{"sentences", integer, func(r *relation) string { return number(r.bundle[0].Sentences) }},
	{"closeness", real, func(r *relation) string { return amount(r.bundle[0].Weight) }},
	{"documents", integer, func(r *relation) string { return number(r.bundle[0].Documents) }},
	{"mentions", integer, func(r *relation) string { return number(r.bundle[0].Mentions + r.bundle[0].Count) }},
	{"evidence", text, func(r *relation) string { return r.cited }},
	{"evidence_count", integer, func(r *relation) string { return number(r.count) }},
}

// years joins the years that the relation is about, in the order of its edges.
func (r *relation) years() string {
	var out []int
	for i := range r.bundle {
		for _, y := range r.bundle[i].years {
			if !slices.Contains(out, y) {
				out = append(out, y)
			}
		}
	}
	var b strings.Builder
	for i, y := range out {
		if i > 0 {
			b.WriteByte(';')
		}
		b.WriteString(strconv.Itoa(y))
	}
	return b.String()
}

// relations yields the edges that are written, those of one pair and type as one if fold is set. What is yielded is valid
// until the next.
func (v *view) relations(fold bool) iter.Seq2[*relation, error] {
	return v.related(v.bundles(fold), fold)
}

// relationsIn is relations for a stretch of the edges.
func (v *view) relationsIn(in stretch, fold bool) iter.Seq2[*relation, error] {
	return v.related(bundled(v.edges(in), fold), fold)
}

func (v *view) related(bundles iter.Seq2[bundle, error], fold bool) iter.Seq2[*relation, error] {
	return func(yield func(*relation, error) bool) {
		r := &relation{}
		var from graph.ID
		var buffer []byte
		for b, err := range bundles {
			if err == nil {
				r.bundle, r.kind = b, b[0].Type
				if b[0].From != from {
					from, r.source = b[0].From, nodeID(b[0].From)
				}
				r.target = nodeID(b[0].To)
				if fold {
					buffer = append(append(append(append(append(buffer[:0], b[0].From...), 0), b[0].Type...), 0), b[0].To...)
					r.id = digest("e", string(buffer))
				} else {
					r.id = digest("e", b[0].Key())
				}
				buffer, r.count, err = v.evidence(buffer[:0], b)
				r.cited = string(buffer)
			}
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(r, nil) {
				return
			}
		}
	}
}
