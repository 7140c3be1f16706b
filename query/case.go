package query

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

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

	rank int                         // of the finding, the most telling first
	node uint32                      // its number
	fill func(*inquiry, *Case) error // what is left until the case is known to be shown; nil if nothing is
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

	edge uint32   // its number and one; 0 if it is no edge
	node uint32   // likewise of the other end
	doc  graph.ID // of the evidence that counts; any if empty
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
	in := &inquiry{asker: ask(ctx, r), o: o, answer: &CaseAnswer{Query: o}, held: map[graph.ID][]*source{}, cases: newLeast(o.Limit, compareCases), at: map[graph.EdgeType]int{}, ranks: map[uint32]int8{}}
	var err error
	if in.numbered, err = number(ctx, r); err != nil {
		return nil, err
	}
	if in.rows, err = in.numbered.Rows(); err != nil {
		return nil, err
	}
	in.read = in.numbered.EdgeReader()
	var claimed error
	err = inParallel(2, func(from, to int) error {
		if from == 0 {
			in.claims, claimed = in.numbered.Claims()
		}
		if to == 2 {
			return in.prepare()
		}
		return nil
	})
	if err = cmp.Or(claimed, err); err != nil {
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
	numbered numbered
	rows     *graph.Rows
	read     func(edge uint32, to *graph.Edge, evidence bool) error // see numbered.EdgeReader
	o        CaseOptions
	answer   *CaseAnswer
	cases    *least[Case]
	areas    []graph.ID             // that are asked about; all if empty
	entity   graph.ID               // that is asked about, if one is
	node     uint32                 // its number
	sources  []source               // all documents, by number from first on
	first    uint32                 // the number of the first document
	held     map[graph.ID][]*source // by the area that they speak for
	buffer   []claim                // of built and amounts
	edge     graph.Edge             // that was read last
	kinds    []uint32               // where the nodes of each kind end
	claims   *graph.Claims
	at       map[graph.EdgeType]int    // where the claims of a type were read last
	ranks    map[uint32]int8           // of words that are states, see stageRank
	quotes   []Quote                   // memory for those to come
	part     struct{ from, to uint32 } // of the nodes, half open, all that is looked at; all of them if to is 0
}

// source is a document without its text, and what it speaks for.
type source struct {
	graph.Document
	id   graph.ID
	area graph.ID // empty if it is not known
	node uint32   // the number of the area
}

// source returns the document of a node; nil if it is none.
func (in *inquiry) source(n uint32) *source {
	if n -= in.first; int(n) < len(in.sources) {
		return &in.sources[n]
	}
	return nil
}

// sourceOf returns the document of an id; one of which nothing is known if there is none.
func (in *inquiry) sourceOf(id graph.ID) *source {
	n, ok := slices.BinarySearchFunc(in.sources, id, func(s source, id graph.ID) int { return cmp.Compare(s.id, id) })
	if !ok {
		return &source{id: id}
	}
	return &in.sources[n]
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
		in.node, _ = in.numbered.NodeNumber(e.ID)
	}
	if err := in.readSources(); err != nil {
		return err
	}
	held, err := coverage(in.ctx, in.Reader, func(yield func(graph.Document, error) bool) {
		for i := range in.sources {
			if s := &in.sources[i]; s.ID != "" && !yield(s.Document, nil) {
				return
			}
		}
	}, func(id graph.ID) (graph.ID, error) { return in.sourceOf(id).area, nil })
	if err != nil {
		return err
	}
	in.answer.Coverage = held.Areas
	return nil
}

func (in *inquiry) readSources() error {
	first, end := kindSpan(in.numbered, graph.KindDocument)
	in.first, in.sources = first, make([]source, end-first)
	reports := in.rows.TypeNumber(graph.ReportsOn)
	for n := first; n < end; n++ {
		s := &in.sources[n-first]
		s.id = in.numbered.NodeID(n)
		var err error
		if s.Document, err = in.numbered.NodeDocument(n); errors.Is(err, graph.ErrNotFound) {
			s.Document = graph.Document{}
			continue // the end of an edge that is none
		}
		if err != nil {
			return err
		}
		in.heads[s.id] = &s.Document
		from, to := in.rows.LeavingOf(n, reports)
		for ; from < to; from++ {
			s.node = in.rows.To[from]
			s.area = in.numbered.NodeID(s.node)
			in.held[s.area] = append(in.held[s.area], s)
		}
	}
	return in.ctx.Err()
}

// asked reports whether the question is about an area.
func (in *inquiry) asked(area graph.ID) bool {
	return len(in.areas) == 0 || slices.Contains(in.areas, area)
}

// finish orders and cuts the cases, and reads what only those need that are left: names, and quotes of what they rest on.
func (in *inquiry) finish() error {
	a := in.answer
	a.Cases, a.Truncated = in.cases.all()
	err := in.inPieces(len(a.Cases), 1, func(in *inquiry, _, at, _ int) error {
		c := &a.Cases[at]
		e, err := in.Entity(c.ID)
		if err != nil {
			return err
		}
		c.Kind, c.Name = e.Kind, e.Name
		if c.fill != nil {
			return c.fill(in, c)
		}
		return nil
	})
	if err != nil {
		return err
	}
	var said []*Said
	for i := range a.Cases {
		for j := range a.Cases[i].Said {
			said = append(said, &a.Cases[i].Said[j])
		}
	}
	return in.inPieces(len(said), 256, func(in *inquiry, _, from, to int) error {
		for _, s := range said[from:to] {
			if err := in.support(s); err != nil {
				return err
			}
		}
		return nil
	})
}

func compareCases(x, y Case) int {
	if x.rank != y.rank {
		return cmp.Compare(x.rank, y.rank)
	}
	return cmp.Or(cmp.Compare(x.ID.Name(), y.ID.Name()), cmp.Compare(x.ID, y.ID))
}

// inParallel does stretches of n things, half open, on all processors, and returns the first error in their order.
func inParallel(n int, do func(from, to int) error) error {
	errs := make([]error, max(1, min(runtime.GOMAXPROCS(0), n)))
	var wait sync.WaitGroup
	for w := range errs {
		wait.Go(func() { errs[w] = do(n*w/len(errs), n*(w+1)/len(errs)) })
	}
	wait.Wait()
	return cmp.Or(errs...)
}

// inPieces does n things in pieces of a size on all processors, each of which has an inquiry of its own: piece is the number of the
// piece of [from, to). It returns the first error in their order.
func (in *inquiry) inPieces(n, size int, do func(in *inquiry, piece, from, to int) error) error {
	pieces := (n + size - 1) / size
	errs := make([]error, pieces)
	var next atomic.Int64
	err := inParallel(min(runtime.GOMAXPROCS(0), pieces), func(_, _ int) error {
		worker := in.beside()
		for {
			piece := int(next.Add(1)) - 1
			if piece >= pieces {
				return nil
			}
			if errs[piece] = do(worker, piece, piece*size, min(n, (piece+1)*size)); errs[piece] != nil {
				next.Store(int64(pieces)) // those before it are being done
				return nil
			}
		}
	})
	return cmp.Or(err, cmp.Or(errs...))
}

// parted weighs all nodes on all processors, each of which looks at a part of them at a time, and returns what was found in the parts, in
// their order. A question about one entity is one part.
func parted[T any](in *inquiry, weigh func(in *inquiry) ([]T, error)) ([][]T, error) {
	if in.entity != "" {
		all, err := weigh(in)
		return [][]T{all}, err
	}
	const size = 1 << 12
	nodes := in.rows.Nodes()
	parts := make([][]T, (nodes+size-1)/size)
	err := in.inPieces(nodes, size, func(in *inquiry, piece, from, to int) error {
		in.part.from, in.part.to = uint32(from), uint32(to)
		var err error
		parts[piece], err = weigh(in)
		return err
	})
	return parts, err
}

// grouped are the things of some parts by key, of each key in their order; the keys are in the order in which they come first.
func grouped[T any, K comparable](parts [][]T, key func(*T) K) [][]T {
	group := map[K]int32{}
	var of, size []int32
	for _, part := range parts {
		for i := range part {
			k := key(&part[i])
			n, ok := group[k]
			if !ok {
				n = int32(len(size))
				group[k], size = n, append(size, 0)
			}
			of = append(of, n)
			size[n]++
		}
	}
	out, memory := make([][]T, len(size)), make([]T, len(of))
	for n, size := range size {
		out[n], memory = memory[:0:size], memory[size:]
	}
	for _, part := range parts {
		for i := range part {
			out[of[0]] = append(out[of[0]], part[i])
			of = of[1:]
		}
	}
	return out
}

// beside is an inquiry that works on the same answer at the same time; it adds no cases.
func (in *inquiry) beside() *inquiry {
	a, w := *in.asker, *in
	a.heads, a.docs, a.areaOf = maps.Clone(a.heads), map[graph.ID]*opened{}, nil
	w.asker, w.read, w.buffer, w.edge, w.at, w.ranks = &a, in.numbered.EdgeReader(), nil, graph.Edge{}, map[graph.EdgeType]int{}, map[uint32]int8{}
	return &w
}

// support names the other end of a statement and quotes what it rests on.
func (in *inquiry) support(s *Said) error {
	if s.Name == "" && s.node != 0 {
		var err error
		if s.Name, err = in.numbered.NodeName(s.node - 1); err != nil {
			return err
		}
	}
	if s.Name == "" && s.Other != "" {
		s.Name = in.name(s.Other)
	}
	if s.Evidence != nil || s.edge == 0 {
		return nil
	}
	if err := in.read(s.edge-1, &in.edge, true); err != nil {
		return err
	}
	from := len(in.quotes)
	for _, e := range in.edge.Evidence {
		if s.doc != "" && e.Doc != s.doc || in.o.Quotes > 0 && len(in.quotes)-from >= in.o.Quotes {
			continue
		}
		q, err := in.quote(e)
		if err != nil {
			return err
		}
		if len(in.quotes) == cap(in.quotes) {
			in.quotes, from = append(make([]Quote, 0, max(64, 2*(len(in.quotes)-from))), in.quotes[from:]...), 0
		}
		in.quotes = append(in.quotes, q)
	}
	if to := len(in.quotes); to > from {
		s.Evidence = in.quotes[from:to:to]
	}
	return nil
}

// add adds a case about a node; fill, if there is one, says the rest of it once it is known to be shown.
func (in *inquiry) add(node uint32, rank int, finding, detail string, fill func(*inquiry, *Case) error) {
	if in.wants(node, rank) {
		in.cases.add(Case{ID: in.numbered.NodeID(node), Finding: finding, Detail: detail, rank: rank, node: node, fill: fill})
	}
}

// wants reports whether a case about a node could still be shown: none is that comes after as many others as are.
func (in *inquiry) wants(node uint32, rank int) bool {
	if !in.cases.cut {
		return true
	}
	last := &in.cases.held[in.o.Limit-1]
	if rank != last.rank {
		return rank < last.rank
	}
	if node > last.node && in.kindOf(node) == in.kindOf(last.node) { // of one kind, by name
		return false
	}
	return in.cases.wants(Case{ID: in.numbered.NodeID(node), rank: rank})
}

// kindOf numbers the kind of a node.
func (in *inquiry) kindOf(node uint32) int {
	if in.kinds == nil {
		for _, kind := range graph.Kinds {
			_, end := kindSpan(in.numbered, kind)
			in.kinds = append(in.kinds, end)
		}
		slices.Sort(in.kinds)
	}
	i := 0
	for i < len(in.kinds) && in.kinds[i] <= node {
		i++
	}
	return i
}

// addSaid adds a case of which all that is said is what some types of edges that leave it say, read once it is known to be shown.
func (in *inquiry) addSaid(node uint32, rank int, finding, detail string, types ...graph.EdgeType) {
	in.add(node, rank, finding, detail, func(in *inquiry, c *Case) error {
		c.Said = in.sayings(in.claimsOf(node, types...))
		return nil
	})
}

// nodes yields the numbers of the nodes of some kinds (of all if none is given), ascending.
func (in *inquiry) nodes(kinds []graph.Kind, yield func(n uint32) error) error {
	return in.spans(kinds, func(from, to uint32) error {
		for n := from; n < to; n++ {
			if n%1024 == 0 {
				if err := in.ctx.Err(); err != nil {
					return err
				}
			}
			if err := yield(n); err != nil {
				return err
			}
		}
		return nil
	})
}

// spans yields the stretches of numbers of the nodes of some kinds (of all if none is given), ascending.
func (in *inquiry) spans(kinds []graph.Kind, yield func(from, to uint32) error) error {
	if len(kinds) == 0 {
		if in.part.to > 0 {
			return yield(in.part.from, in.part.to)
		}
		return yield(0, uint32(in.rows.Nodes()))
	}
	for _, kind := range slices.Sorted(slices.Values(kinds)) {
		from, to := kindSpan(in.numbered, kind)
		if in.part.to > 0 {
			from, to = max(from, in.part.from), min(to, in.part.to)
		}
		if from >= to {
			continue
		}
		if err := yield(from, to); err != nil {
			return err
		}
	}
	return nil
}

// each yields the nodes that edges of a type leave, ascending, with the numbers of these edges, half open: of some kinds (of all if
// none is given), and only the kind and the entity that are asked about.
func (in *inquiry) each(t graph.EdgeType, kinds []graph.Kind, yield func(node, from, to uint32) error) error {
	if in.o.Kind != "" {
		if len(kinds) > 0 && !slices.Contains(kinds, in.o.Kind) {
			return nil
		}
		kinds = []graph.Kind{in.o.Kind}
	}
	kind := in.rows.TypeNumber(t)
	if kind < 0 {
		return nil
	}
	if in.entity != "" {
		from, to := in.rows.LeavingOf(in.node, kind)
		if from == to || len(kinds) > 0 && !slices.Contains(kinds, in.entity.Kind()) {
			return nil
		}
		return yield(in.node, from, to)
	}
	return in.spans(kinds, func(first, last uint32) error {
		e, end := in.rows.Leaving[first], in.rows.Leaving[last]
		for count := 0; e < end; count++ {
			next := bytes.IndexByte(in.rows.Type[e:end], uint8(kind))
			if next < 0 {
				break
			}
			e += uint32(next)
			from, node := e, in.rows.From[e]
			for e < end && in.rows.From[e] == node && in.rows.Type[e] == uint8(kind) {
				e++
			}
			if count%1024 == 0 {
				if err := in.ctx.Err(); err != nil {
					return err
				}
			}
			if err := yield(node, from, e); err != nil {
				return err
			}
		}
		return nil
	})
}

// claim is a graph.Claim with what is often weighed of it; those that are shown become Said.
type claim struct {
	*graph.Claim
	doc            *source // never nil
	year, reported int     // that is meant, and that the document looks back on
	rank           int8    // of the state, see stageRank
	planned        bool
}

// unheld is a document of which nothing is known.
var unheld = &source{}

// claim weighs a claim of a type of edges.
func (in *inquiry) claim(c *graph.Claim, status bool) claim {
	doc := in.source(c.Doc)
	if doc == nil {
		doc = unheld
	}
	out := claim{c, doc, cmp.Or(int(c.Year), doc.Year), doc.Year, 0, in.modality(c) == graph.Planned}
	if status {
		out.rank = in.rankOf(c.Says)
	}
	return out
}

func (in *inquiry) rankOf(state uint32) int8 {
	rank, ok := in.ranks[state]
	if !ok {
		rank = int8(stageRank(in.claims.Word(state)))
		in.ranks[state] = rank
	}
	return rank
}

func (in *inquiry) modality(c *graph.Claim) graph.Modality {
	return graph.Modality(in.claims.Word(c.Modality))
}

// weighed appends the claims of edges of a type, half open, by what is meant: the year, then the date of the document.
func (in *inquiry) weighed(out []claim, t graph.EdgeType, from, to uint32) []claim {
	all, sorted := in.claims.Of(t), len(out)
	at := in.at[t] // edges are mostly asked in ascending order
	if at > len(all) || at > 0 && all[at-1].Edge >= from || at < len(all) && all[at].Edge < from {
		at, _ = slices.BinarySearchFunc(all, from, func(c graph.Claim, edge uint32) int { return cmp.Compare(c.Edge, edge) })
	}
	for ; at < len(all) && all[at].Edge < to; at++ {
		out = append(out, in.claim(&all[at], t == graph.Status))
	}
	if in.at[t] = at; len(out) > sorted+1 {
		slices.SortStableFunc(out[sorted:], in.compareClaims)
	}
	return out
}

func (in *inquiry) compareClaims(x, y claim) int {
	if x.year != y.year {
		return cmp.Compare(x.year, y.year)
	}
	if x.reported != y.reported {
		return cmp.Compare(x.reported, y.reported)
	}
	if x.Date != y.Date {
		return cmp.Compare(in.claims.Word(x.Date), in.claims.Word(y.Date))
	}
	if x.doc != y.doc {
		if c := cmp.Compare(x.doc.Area, y.doc.Area); c != 0 {
			return c
		}
	}
	if x.rank != y.rank {
		return cmp.Compare(x.rank, y.rank)
	}
	return cmp.Or(cmp.Compare(x.doc.id, y.doc.id), cmp.Compare(in.says(x.Claim), in.says(y.Claim)))
}

// says says in a few words what a claim says.
func (in *inquiry) says(c *graph.Claim) string {
	words := in.claims.Word(c.Says)
	if c.Of != 0 || words != "" && in.rows.Types[in.rows.Type[c.Edge]] == graph.Amount {
		return strings.TrimSpace(in.claims.Word(c.Of) + ": " + words)
	}
	return words
}

// saying is a claim as it is shown.
func (in *inquiry) saying(c *graph.Claim) Said {
	w := in.claim(c, false)
	s := Said{
		Relation: in.rows.Types[in.rows.Type[c.Edge]], What: in.says(c), Year: w.year, Date: in.claims.Word(c.Date), Modality: in.modality(c),
		Area: w.doc.Area, Reported: w.reported, Value: c.Value, Unit: in.claims.Word(c.Unit), edge: c.Edge + 1, doc: w.doc.id,
	}
	if other := in.rows.To[c.Edge]; in.source(other) == nil {
		in.also(&s, other)
	}
	return s
}

// also names the other end of a statement.
func (in *inquiry) also(s *Said, node uint32) {
	s.Other, s.node = in.numbered.NodeID(node), node+1
}

func (in *inquiry) sayings(claims []claim) []Said {
	out := make([]Said, len(claims))
	for i := range claims {
		out[i] = in.saying(claims[i].Claim)
	}
	return out
}

// claimsOf are the claims of some types of edges that leave a node.
func (in *inquiry) claimsOf(node uint32, types ...graph.EdgeType) []claim {
	var out []claim
	for _, t := range slices.Sorted(slices.Values(types)) { // as the edges of a node are
		from, to := in.rows.LeavingOf(node, in.rows.TypeNumber(t))
		out = in.weighed(out, t, from, to)
	}
	slices.SortStableFunc(out, in.compareClaims)
	return out
}

// stages of what is built, in their order, and those by which it ends early.
var (
	stages = []string{"", "preparing", "signed", "started", "building", "topped_out", "completed", "operating"}
	halts  = []string{"suspended", "cancelled"}
)

func stageRank(state string) int { return slices.Index(stages, state) }

// built yields the nodes that somebody says a stage of, ascending, with what is said, which is not kept: projects, and places and
// bodies that are spoken of as projects. Those that could not be shown whatever is said of them are left out: best is the rank of
// the most telling that a case about one can have.
func (in *inquiry) built(best int, yield func(node uint32, said []claim) error) error {
	kinds := []graph.Kind{graph.KindProject, graph.KindPlace, graph.KindOrganization, graph.KindEnterprise}
	return in.each(graph.Status, kinds, func(node, from, to uint32) error {
		if !in.wants(node, best) {
			return nil
		}
		said := in.weighed(in.buffer[:0], graph.Status, from, to)
		in.buffer = said
		if len(in.areas) > 0 && !slices.ContainsFunc(said, func(c claim) bool { return in.asked(c.doc.area) }) {
			return nil
		}
		return yield(node, said)
	})
}

// reviewed reports whether a document is held, but for those that but tells, that looks back on a year or a later one and
// speaks for one of the areas.
func (in *inquiry) reviewed(areas []graph.ID, year int, but func(*source) bool) bool {
	for _, area := range areas {
		for _, d := range in.held[area] {
			if d.Year >= year && (but == nil || !but(d)) {
				return true
			}
		}
	}
	return false
}

func areasOf(said []claim) []graph.ID {
	var out []graph.ID
	for i := range said {
		if area := said[i].doc.area; area != "" && !slices.Contains(out, area) {
			out = append(out, area)
		}
	}
	return out
}
