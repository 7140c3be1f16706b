package query

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/tupu-kg/tupu/graph"
)

// CaseOptions narrow a question about single things: projects, firms, places.
type CaseOptions struct {
	Name   string     `json:"name,omitempty"` // one entity, by name or id
	Kind   graph.Kind `json:"type,omitempty"`
	Area   string     `json:"area,omitempty"` // by name or id: only what its documents say
	Year   int        `json:"year,omitempty"`
	Years  int        `json:"years,omitempty"` // phantoms: without a start for at least so many; 1 if 0
	Limit  int        `json:"limit,omitempty"` // cases; no limit if 0
	Quotes int        `json:"quotes"`          // for each thing said; 1 if 0, all if negative
}

// CaseAnswer is the answer to such a question.
type CaseAnswer struct {
	Query     CaseOptions   `json:"query"`
	Cases     []Case        `json:"cases"`
	Coverage  []CoveredArea `json:"coverage"` // what is held: what is not cannot be answered
	Truncated bool          `json:"truncated"`
}

// Case is one thing with what was found out about it and all that says so.
type Case struct {
	ID      graph.ID   `json:"id"`
	Kind    graph.Kind `json:"type"`
	Name    string     `json:"name"`
	Finding string     `json:"finding"`
	Detail  string     `json:"detail,omitempty"`
	Said    []Said     `json:"said"` // by year, then area, then document

	rank int               // of the finding, the most telling first
	fill func(*Case) error // what is left until the case is known to be shown; nil if nothing is
}

// Said is one statement about a thing.
type Said struct {
	Relation graph.EdgeType `json:"relation"`
	What     string         `json:"what"` // state, amount, role or share
	Other    graph.ID       `json:"other,omitempty"`
	Name     string         `json:"name,omitempty"` // of the other end
	Year     int            `json:"year,omitempty"` // that is meant
	Date     string         `json:"date,omitempty"`
	Modality graph.Modality `json:"modality,omitempty"`
	Area     string         `json:"area,omitempty"` // that the document speaks for
	Reported int            `json:"reported,omitempty"`
	Value    float64        `json:"value,omitempty"`
	Unit     string         `json:"unit,omitempty"`
	Counted  bool           `json:"counted,omitempty"` // money: part of the sum
	Why      string         `json:"why,omitempty"`     // money: why it is not; delivery: what became of it
	Evidence []Quote        `json:"evidence"`

	edge *graph.Edge
	doc  graph.ID
	area graph.ID
}

// Question is one of the ready-made questions about single things.
type Question struct {
	Name string
	ask  func(*inquiry) error
}

// Questions lists them in the order in which they are shown.
var Questions = []Question{
	{"status", (*inquiry).status},
	{"promises", (*inquiry).promises},
	{"repeated", (*inquiry).repeated},
	{"phantoms", (*inquiry).phantoms},
	{"delivery", (*inquiry).delivery},
	{"timeline", (*inquiry).timeline},
	{"who-builds", (*inquiry).whoBuilds},
	{"money", (*inquiry).money},
	{"changed-amounts", (*inquiry).changedAmounts},
	{"conflicts", (*inquiry).conflicts},
	{"shared-projects", (*inquiry).sharedProjects},
	{"parks", (*inquiry).parks},
	{"new", (*inquiry).new},
	{"gone", (*inquiry).gone},
	{"families", (*inquiry).families},
	{"responsible", (*inquiry).responsible},
	{"denied", (*inquiry).denied},
	{"wording", (*inquiry).wording},
	{"lone-source", (*inquiry).loneSource},
}

// Cases answers one of Questions. It returns an error for another name, and what Resolve returns for a name or an area that is
// not clear.
func Cases(ctx context.Context, r Reader, question string, o CaseOptions) (*CaseAnswer, error) {
	at := slices.IndexFunc(Questions, func(q Question) bool { return q.Name == question })
	if at < 0 {
		return nil, fmt.Errorf("no question %q", question)
	}
	o.Quotes, o.Years = cmp.Or(o.Quotes, 1), cmp.Or(o.Years, 1)
	in := &inquiry{
		asker: ask(ctx, r), o: o, answer: &CaseAnswer{Query: o},
		held: map[graph.ID][]graph.Document{}, heads: map[graph.ID]*graph.Document{}, areaOf: map[graph.ID]graph.ID{},
	}
	var err error
	if in.numbered, err = number(ctx, r); err != nil {
		return nil, err
	}
	if in.rows, err = in.numbered.Rows(); err != nil {
		return nil, err
	}
	if err := in.prepare(); err != nil {
		return nil, err
	}
	if err := Questions[at].ask(in); err != nil {
		return nil, err
	}
	return in.answer, in.finish()
}

// inquiry is a question being answered.
type inquiry struct {
	*asker
	numbered  numbered
	rows      *graph.Rows
	o         CaseOptions
	answer    *CaseAnswer
	areas     []graph.ID                    // that are asked about; all if empty
	entity    graph.ID                      // that is asked about, if one is
	held      map[graph.ID][]graph.Document // by the area that they speak for
	heads     map[graph.ID]*graph.Document  // all documents, without text
	areaOf    map[graph.ID]graph.ID         // of documents
	buffer    []Said                        // of built
	promisers []graph.ID                    // of outcome
}

// head is a document without its text; an empty one if it is not held.
func (in *inquiry) head(id graph.ID) *graph.Document {
	if d := in.heads[id]; d != nil {
		return d
	}
	return &graph.Document{}
}

func (in *inquiry) prepare() error {
	if in.o.Area != "" {
		var err error
		if in.areas, err = in.spokenFor(in.o.Area); err != nil {
			return err
		}
	}
	if in.o.Name != "" {
		var kinds []graph.Kind
		if in.o.Kind != "" {
			kinds = []graph.Kind{in.o.Kind}
		}
		e, err := Resolve(in.ctx, in.Reader, in.o.Name, kinds...)
		if err != nil {
			return err
		}
		in.entity = e.ID
	}
	documents, err := collect(in.Documents())
	if err != nil {
		return err
	}
	for i := range documents {
		d := documents[i]
		in.heads[d.ID] = &documents[i]
		for e, err := range in.Edges(d.ID, graph.Outgoing, graph.ReportsOn) {
			if err != nil {
				return err
			}
			in.areaOf[d.ID] = e.To
			in.held[e.To] = append(in.held[e.To], d)
		}
	}
	held, err := coverage(in.ctx, in.Reader, func(yield func(graph.Document, error) bool) {
		for _, d := range documents {
			if !yield(d, nil) {
				return
			}
		}
	})
	if err != nil {
		return err
	}
	in.answer.Coverage = held.Areas
	return nil
}

// asked reports whether the question is about an area.
func (in *inquiry) asked(area graph.ID) bool {
	return len(in.areas) == 0 || slices.Contains(in.areas, area)
}

// finish orders and cuts the cases, and reads what only those need that are left: names, and quotes of what they rest on.
func (in *inquiry) finish() error {
	a := in.answer
	a.Truncated = in.o.Limit > 0 && len(a.Cases) > in.o.Limit
	a.Cases = leastOf(a.Cases, in.o.Limit, func(x, y Case) int {
		if x.rank != y.rank {
			return cmp.Compare(x.rank, y.rank)
		}
		return cmp.Or(cmp.Compare(x.ID.Name(), y.ID.Name()), cmp.Compare(x.ID, y.ID))
	})
	for i := range a.Cases {
		c := &a.Cases[i]
		e, err := in.Entity(c.ID)
		if err != nil {
			return err
		}
		c.Kind, c.Name = e.Kind, e.Name
		if c.fill != nil {
			if err := c.fill(c); err != nil {
				return err
			}
		}
		for j := range c.Said {
			if err := in.support(&c.Said[j]); err != nil {
				return err
			}
		}
	}
	return nil
}

// support names the other end of a statement and quotes what it rests on.
func (in *inquiry) support(s *Said) error {
	if s.Name == "" && s.Other != "" {
		s.Name = in.name(s.Other)
	}
	if s.Evidence != nil || s.edge == nil {
		return nil
	}
	evidence, err := in.Evidence(*s.edge)
	if err != nil {
		return err
	}
	for _, e := range evidence {
		if s.doc != "" && e.Doc != s.doc || in.o.Quotes > 0 && len(s.Evidence) >= in.o.Quotes {
			continue
		}
		q, err := in.quote(e)
		if err != nil {
			return err
		}
		s.Evidence = append(s.Evidence, q)
	}
	return nil
}

func (in *inquiry) add(id graph.ID, rank int, finding, detail string, said []Said) {
	in.answer.Cases = append(in.answer.Cases, Case{ID: id, Finding: finding, Detail: detail, Said: said, rank: rank})
}

// addSaid adds a case of which all that is said is what some types of edges that leave it say, read once it is known to be shown.
func (in *inquiry) addSaid(id graph.ID, rank int, finding, detail string, types ...graph.EdgeType) {
	in.add(id, rank, finding, detail, nil)
	in.answer.Cases[len(in.answer.Cases)-1].fill = func(c *Case) (err error) {
		c.Said, err = in.said(id, types...)
		return err
	}
}

// nodes yields the numbers of the nodes of some kinds (of all if none is given), ascending.
func (in *inquiry) nodes(kinds []graph.Kind, yield func(n uint32) error) error {
	spans := [][2]uint32{{0, uint32(in.rows.Nodes())}}
	if len(kinds) > 0 {
		spans = nil
		for _, kind := range slices.Sorted(slices.Values(kinds)) {
			from, to := kindSpan(in.numbered, kind)
			spans = append(spans, [2]uint32{from, to})
		}
	}
	for _, s := range spans {
		for n := s[0]; n < s[1]; n++ {
			if n%1024 == 0 {
				if err := in.ctx.Err(); err != nil {
					return err
				}
			}
			if err := yield(n); err != nil {
				return err
			}
		}
	}
	return nil
}

// each yields the entities that edges of a type leave, ascending by id, with these edges: of some kinds (of all if
// none is given), and only the kind and the entity that are asked about.
func (in *inquiry) each(t graph.EdgeType, kinds []graph.Kind, yield func(id graph.ID, edges []graph.Edge) error) error {
	if in.o.Kind != "" {
		if len(kinds) > 0 && !slices.Contains(kinds, in.o.Kind) {
			return nil
		}
		kinds = []graph.Kind{in.o.Kind}
	}
	first, end := kindSpan(in.numbered, graph.KindDocument)
	ids := make([]graph.ID, end-first) // of documents, where most of these edges lead
	kind := in.rows.TypeNumber(t)
	const slab = 256
	var of []graph.Edge
	one := func(n uint32) error {
		from, to := in.rows.LeavingOf(n, kind)
		if from == to {
			return nil
		}
		id := in.numbered.NodeID(n)
		if of = of[len(of):]; cap(of) < int(to-from) { // statements point into it, so it is not used again
			of = make([]graph.Edge, 0, max(slab, int(to-from)))
		}
		for e := from; e < to; e++ {
			other := in.rows.To[e]
			of = append(of, graph.Edge{From: id, Type: t})
			edge := &of[len(of)-1]
			if other >= first && other < end {
				if ids[other-first] == "" {
					ids[other-first] = in.numbered.NodeID(other)
				}
				edge.To = ids[other-first]
			} else {
				edge.To = in.numbered.NodeID(other)
			}
			if err := in.numbered.EdgeProperties(e, edge); err != nil {
				return err
			}
		}
		return yield(id, of)
	}
	if in.entity == "" {
		return in.nodes(kinds, one)
	}
	n, ok := in.numbered.NodeNumber(in.entity)
	if !ok || len(kinds) > 0 && !slices.Contains(kinds, in.entity.Kind()) {
		return nil
	}
	return one(n)
}

// said are the statements of some types that leave an entity, one for each document that says so, by what is meant: the year,
// then the date of the document.
func (in *inquiry) said(id graph.ID, types ...graph.EdgeType) ([]Said, error) {
	edges, err := collect(in.Edges(id, graph.Outgoing, types...))
	if err != nil {
		return nil, err
	}
	return in.statements(nil, edges)
}

// statements appends what edges say, as said has it.
func (in *inquiry) statements(out []Said, edges []graph.Edge) ([]Said, error) {
	for i := range edges {
		e := &edges[i]
		if e.To.Kind() == graph.KindDocument {
			out = append(out, in.statement(e, e.To, ""))
			continue
		}
		evidence, err := in.Evidence(*e)
		if err != nil {
			return nil, err
		}
		var docs []graph.ID
		for _, ev := range evidence {
			if ev.Doc != "" && !slices.Contains(docs, ev.Doc) {
				docs = append(docs, ev.Doc)
			}
		}
		for _, id := range docs {
			out = append(out, in.statement(e, id, e.To))
		}
	}
	if len(out) > 1 {
		slices.SortStableFunc(out, compareSaid)
	}
	return out, nil
}

func compareSaid(x, y Said) int {
	if x.Year != y.Year {
		return cmp.Compare(x.Year, y.Year)
	}
	if x.Reported != y.Reported {
		return cmp.Compare(x.Reported, y.Reported)
	}
	return cmp.Or(cmp.Compare(x.Date, y.Date), cmp.Compare(x.Area, y.Area),
		cmp.Compare(stageRank(x.edge.State), stageRank(y.edge.State)), cmp.Compare(x.doc, y.doc), cmp.Compare(x.What, y.What))
}

// statement is what an edge says in a document.
func (in *inquiry) statement(e *graph.Edge, doc, other graph.ID) Said {
	d := in.head(doc)
	return Said{
		Relation: e.Type, What: what(e), Other: other, Year: cmp.Or(e.Year, d.Year), Date: e.Date, Modality: e.Modality,
		Area: d.Area, Reported: d.Year, Value: e.Value, Unit: e.Unit, edge: e, doc: doc, area: in.areaOf[doc],
	}
}

// what says in a few words what an edge says.
func what(e *graph.Edge) string {
	switch e.Type {
	case graph.Status:
		return e.State
	case graph.Amount:
		return strings.TrimSpace(e.Of + ": " + e.Raw)
	case graph.HoldsPost:
		return e.Post
	case graph.PartOf:
		return e.Share
	}
	return e.Role
}

// stages of what is built, in their order; those by which it ends come last.
var stages = []string{"", "preparing", "signed", "started", "building", "topped_out", "completed", "operating"}

func stageRank(state string) int { return slices.Index(stages, state) }

// built yields the entities that somebody says a stage of, ascending by id, with what is said, which is not kept: projects, and places
// and bodies that are spoken of as projects.
func (in *inquiry) built(yield func(id graph.ID, said []Said) error) error {
	kinds := []graph.Kind{graph.KindProject, graph.KindPlace, graph.KindOrganization, graph.KindEnterprise}
	return in.each(graph.Status, kinds, func(id graph.ID, edges []graph.Edge) error {
		said, err := in.statements(in.buffer[:0], edges)
		in.buffer = said
		if err != nil || len(in.areas) > 0 && !slices.ContainsFunc(said, func(s Said) bool { return in.asked(s.area) }) {
			return err
		}
		return yield(id, said)
	})
}

// reviewed reports whether a document is held, but for some, that looks back on a year or a later one and speaks for one of the
// areas.
func (in *inquiry) reviewed(areas []graph.ID, year int, but []graph.ID) bool {
	for _, area := range areas {
		for _, d := range in.held[area] {
			if d.Year >= year && !slices.Contains(but, d.ID) {
				return true
			}
		}
	}
	return false
}

func areasOf(said []Said) []graph.ID {
	var out []graph.ID
	for i := range said {
		if area := said[i].area; area != "" && !slices.Contains(out, area) {
			out = append(out, area)
		}
	}
	return out
}
