package algo

import (
	"cmp"
	"context"
	"fmt"
	"hash/maphash"
	"iter"
	"math"
	"slices"
	"strings"

	"github.com/tupu-kg/tupu/graph"
)

// Snapshot is a whole graph in a few arrays: a directed graph in which several edges may join two nodes. The edges that leave
// node i stand at the places Offsets[i] to Offsets[i+1] of Targets, Type, Years and Weights, ascending by target; those that enter
// it at InOffsets[i] to InOffsets[i+1] of Sources and InEdges, ascending by source.
type Snapshot struct {
	IDs     []graph.ID // ascending; a node's number is its index
	Offsets []uint32
	Targets []int32
	Type    []uint8   // index into Types
	Years   []int16   // the edge's own year, 0 if it has none
	Weights []float64 // that of CO_MENTIONED; 1 for edges without

	InOffsets []uint32
	Sources   []int32
	InEdges   []uint32 // the place of the edge among those that leave

	Types []graph.EdgeType // ascending

	// The documents, and for each edge those that it rests on: Rests[RestOffsets[e]:RestOffsets[e+1]], ascending numbers of
	// documents.
	Documents   []Document
	RestOffsets []uint32
	Rests       []int32
}

// Document is what a snapshot knows of a document.
type Document struct {
	ID   graph.ID
	Year int16 // that it looks back on; 0 if not known
	Area int32 // the node that it reports on; -1 if none
}

// NewSnapshot takes edges in one scan, in whatever order, and keeps none of them; the documents of their evidence are what they rest
// on. Years tells the year that a document looks back on. Nodes are the ends of edges; loops are left out. It costs about 60 bytes
// an edge.
func NewSnapshot(edges iter.Seq2[*graph.Edge, error], years map[graph.ID]int) (*Snapshot, error) {
	b := builder{nodes: newNumbers(), docs: newNumbers(), types: map[graph.EdgeType]uint8{}, rests: []uint32{0}}
	for e, err := range edges {
		if err != nil {
			return nil, err
		}
		if err := b.add(e); err != nil {
			return nil, err
		}
	}
	return b.snapshot(years), nil
}

// Numbered is a graph whose nodes and edges have numbers, as graph.Rows tells. Its methods may be called side by side.
type Numbered interface {
	NodeID(n uint32) graph.ID // ascending
	// EdgeSupport gives of the edges from number first on and before end, in order, their year, weight and documents, which are only
	// valid until the next.
	EdgeSupport(first, end uint32, give func(year int, weight float64, docs []graph.ID)) error
}

// NewNumberedSnapshot is NewSnapshot of a graph that has numbers, where no id need be looked up. It stops when the context ends.
func NewNumberedSnapshot(ctx context.Context, rows *graph.Rows, g Numbered, years map[graph.ID]int) (*Snapshot, error) {
	const part = 1 << 15
	m := rows.Edges()
	own := make([]int32, len(rows.Leaving)-1) // by node: whether it is an end of an edge, then its number here
	b := builder{docs: newNumbers(), types: map[graph.EdgeType]uint8{}, rests: make([]uint32, 1, m+1)}
	b.from, b.to, b.typ, b.years, b.weights = make([]int32, 0, m), make([]int32, 0, m), make([]uint8, 0, m), make([]int16, 0, m), make([]float64, 0, m)
	for i, t := range rows.Types {
		b.types[t] = uint8(i)
	}
	parts := (m + part - 1) / part
	errs := make([]error, parts)
	turn := newTurnstile()
	readers := make([]*supportReader, workers(parts))
	many(parts, func(w, p int) {
		first, end := uint32(p*part), uint32(min(m, (p+1)*part))
		r := readers[w]
		if r == nil {
			r = &supportReader{numbers: newNumbers()}
			readers[w] = r
		}
		if errs[p] = ctx.Err(); errs[p] == nil {
			errs[p] = r.read(g, first, end)
		}
		turn.pass(p, func() {
			if len(b.restDocs)+len(r.docs) > math.MaxInt32 {
				errs[p] = ErrTooLarge
			}
			if errs[p] != nil {
				return
			}
			for _, id := range r.numbers.ids[len(r.number):] {
				r.number = append(r.number, b.docs.of(id))
			}
			for i, doc := range r.docs {
				r.docs[i] = r.number[doc]
			}
			from := 0
			for i := range r.ends {
				e := first + uint32(i)
				of := r.docs[from:r.ends[i]]
				from = r.ends[i]
				u, v := rows.From[e], rows.To[e]
				if u == v {
					continue
				}
				own[u], own[v] = 1, 1
				b.from, b.to = append(b.from, int32(u)), append(b.to, int32(v))
				b.typ, b.years, b.weights = append(b.typ, rows.Type[e]), append(b.years, r.years[i]), append(b.weights, r.weights[i])
				b.rest(of)
				if rows.Types[rows.Type[e]] == graph.ReportsOn {
					b.areas = append(b.areas, [2]int32{b.docs.of(g.NodeID(u)), int32(v)})
				}
			}
		})
	})
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	b.nodes = &numbers{}
	for n, used := range own {
		if used != 0 {
			own[n] = int32(len(b.nodes.ids))
			b.nodes.ids = append(b.nodes.ids, g.NodeID(uint32(n)))
		}
	}
	for i := range b.from {
		b.from[i], b.to[i] = own[b.from[i]], own[b.to[i]]
	}
	for i := range b.areas {
		b.areas[i][1] = own[b.areas[i][1]]
	}
	return b.snapshot(years), nil
}

// supportReader is what one worker has read of edges that follow each other.
type supportReader struct {
	years   []int16
	weights []float64
	docs    []int32 // of all of them, one after the other
	ends    []int   // where those of each end in docs

	numbers *numbers // of documents, its own
	number  []int32  // and what they are for all workers
}

func (r *supportReader) read(g Numbered, first, end uint32) error {
	r.years, r.weights, r.docs, r.ends = r.years[:0], r.weights[:0], r.docs[:0], r.ends[:0]
	return g.EdgeSupport(first, end, func(year int, weight float64, docs []graph.ID) {
		r.years, r.weights = append(r.years, small(year)), append(r.weights, positive(weight))
		for _, doc := range docs {
			r.docs = append(r.docs, r.numbers.of(doc))
		}
		r.ends = append(r.ends, len(r.docs))
	})
}

// builder holds edges in the order in which they came, with numbers in the order in which ids were first seen.
type builder struct {
	nodes, docs *numbers
	types       map[graph.EdgeType]uint8
	from, to    []int32
	typ         []uint8
	years       []int16
	weights     []float64
	rests       []uint32
	restDocs    []int32
	areas       [][2]int32 // a document and the node that it reports on
	held        []int32    // the documents of the edge at hand
	last        [2]int32   // the ends of the edge before
	lastType    graph.EdgeType
	lastNumber  uint8
}

// numbers numbers ids in the order in which they were first seen. It does what a map does in a third of the time, because a look
// touches one slot of 8 bytes and one text: there is one look for every edge, and the ids are more than a processor's cache holds.
type numbers struct {
	seed  maphash.Seed
	slots []numberSlot // a power of two, at most half of them taken
	ids   []graph.ID
}

type numberSlot struct {
	hash uint32 // upper half
	next int32  // the number and one; 0 if free
}

func newNumbers() *numbers {
	return &numbers{seed: maphash.MakeSeed(), slots: make([]numberSlot, 1024)}
}

func (n *numbers) of(id graph.ID) int32 {
	h := maphash.String(n.seed, string(id))
	for at := h; ; at++ {
		s := &n.slots[at&uint64(len(n.slots)-1)]
		if s.next == 0 {
			return n.add(s, h, id)
		}
		if s.hash == uint32(h>>32) && n.ids[s.next-1] == id {
			return s.next - 1
		}
	}
}

func (n *numbers) add(s *numberSlot, hash uint64, id graph.ID) int32 {
	n.ids = append(n.ids, graph.ID(strings.Clone(string(id))))
	*s = numberSlot{uint32(hash >> 32), int32(len(n.ids))}
	if 2*len(n.ids) > len(n.slots) {
		n.grow()
	}
	return int32(len(n.ids)) - 1
}

func (n *numbers) grow() {
	slots := make([]numberSlot, 2*len(n.slots))
	for i, id := range n.ids {
		h := maphash.String(n.seed, string(id))
		at := h & uint64(len(slots)-1)
		for slots[at].next != 0 {
			at = (at + 1) & uint64(len(slots)-1)
		}
		slots[at] = numberSlot{uint32(h >> 32), int32(i + 1)}
	}
	n.slots = slots
}

func (b *builder) add(e *graph.Edge) error {
	if e.From == e.To {
		return nil
	}
	if len(b.from) == math.MaxInt32 || len(b.restDocs)+len(e.Evidence) > math.MaxInt32 {
		return ErrTooLarge
	}
	if e.Type != b.lastType || len(b.types) == 0 {
		t, ok := b.types[e.Type]
		if !ok {
			if len(b.types) > math.MaxUint8 {
				return fmt.Errorf("edge %s -%s-> %s: more than %d types of edges", e.From, e.Type, e.To, math.MaxUint8+1)
			}
			t = uint8(len(b.types))
			b.types[e.Type] = t
		}
		b.lastType, b.lastNumber = e.Type, t
	}
	for i, id := range [2]graph.ID{e.From, e.To} {
		if len(b.from) == 0 || b.nodes.ids[b.last[i]] != id {
			b.last[i] = b.nodes.of(id)
		}
	}
	b.from, b.to = append(b.from, b.last[0]), append(b.to, b.last[1])
	b.typ, b.years, b.weights = append(b.typ, b.lastNumber), append(b.years, small(e.Year)), append(b.weights, positive(e.Weight))
	b.held = b.held[:0]
	for i := range e.Evidence {
		if doc := e.Evidence[i].Doc; doc != "" && (i == 0 || doc != e.Evidence[i-1].Doc) {
			b.held = append(b.held, b.docs.of(doc))
		}
	}
	b.rest(b.held)
	if e.Type == graph.ReportsOn {
		b.areas = append(b.areas, [2]int32{b.docs.of(e.From), b.last[1]})
	}
	return nil
}

// rest notes the documents that the last edge rests on.
func (b *builder) rest(docs []int32) {
	start := len(b.restDocs)
	b.restDocs = append(b.restDocs, docs...)
	if len(docs) > 1 {
		slices.Sort(b.restDocs[start:])
		b.restDocs = b.restDocs[:start+len(slices.Compact(b.restDocs[start:]))]
	}
	b.rests = append(b.rests, uint32(len(b.restDocs)))
}

// positive is a weight as the arrays hold it; what is none is 1.
func positive(weight float64) float64 {
	if weight > 0 && !math.IsInf(weight, 0) {
		return weight
	}
	return 1
}

// small is a year as the arrays hold it; what is no year is none.
func small(year int) int16 {
	if year < 0 || year > math.MaxInt16 {
		return 0
	}
	return int16(year)
}

func (b *builder) snapshot(years map[graph.ID]int) *Snapshot {
	s := &Snapshot{}
	var place, docPlace []int32
	s.IDs, place = inOrder(b.nodes.ids)
	b.nodes = nil
	var docIDs []graph.ID
	docIDs, docPlace = inOrder(b.docs.ids)
	s.Documents = make([]Document, len(docIDs))
	for i, id := range docIDs {
		s.Documents[i] = Document{ID: id, Year: small(years[id]), Area: -1}
	}
	for _, a := range b.areas {
		s.Documents[docPlace[a[0]]].Area = place[a[1]]
	}
	for i := range b.from {
		b.from[i], b.to[i] = place[b.from[i]], place[b.to[i]]
	}
	for i, d := range b.restDocs {
		b.restDocs[i] = docPlace[d]
	}
	for i := range b.from {
		if b.rests[i+1]-b.rests[i] > 1 {
			slices.Sort(b.restDocs[b.rests[i]:b.rests[i+1]])
		}
	}
	b.sortTypes(s)

	n, m := len(s.IDs), len(b.from)
	order := make([]uint32, m)
	for i := range order {
		order[i] = uint32(i)
	}
	order, _ = sortBy(order, b.to, n)
	order, s.Offsets = sortBy(order, b.from, n)
	b.sortParallel(order)
	s.Targets, s.Type = permuted(b.to, order), permuted(b.typ, order)
	s.Years, s.Weights = permuted(b.years, order), permuted(b.weights, order)
	sources := permuted(b.from, order)
	s.RestOffsets, s.Rests = make([]uint32, m+1), make([]int32, 0, len(b.restDocs))
	for i, o := range order {
		s.Rests = append(s.Rests, b.restDocs[b.rests[o]:b.rests[o+1]]...)
		s.RestOffsets[i+1] = uint32(len(s.Rests))
	}
	for i := range order {
		order[i] = uint32(i)
	}
	s.InEdges, s.InOffsets = sortBy(order, s.Targets, n)
	s.Sources = permuted(sources, s.InEdges)
	return s
}

// sortParallel sorts the edges between the same two nodes, which stand together, by type, year, weight and documents.
func (b *builder) sortParallel(order []uint32) {
	for from := 0; from < len(order); {
		to := from + 1
		for to < len(order) && b.from[order[to]] == b.from[order[from]] && b.to[order[to]] == b.to[order[from]] {
			to++
		}
		if to-from > 1 {
			slices.SortFunc(order[from:to], func(x, y uint32) int {
				return cmp.Or(cmp.Compare(b.typ[x], b.typ[y]), cmp.Compare(b.years[x], b.years[y]), cmp.Compare(b.weights[x], b.weights[y]),
					slices.Compare(b.restDocs[b.rests[x]:b.rests[x+1]], b.restDocs[b.rests[y]:b.rests[y+1]]))
			})
		}
		from = to
	}
}

// sortTypes numbers the types in their own order, so that a snapshot does not tell in which order the edges came.
func (b *builder) sortTypes(s *Snapshot) {
	for t := range b.types {
		s.Types = append(s.Types, t)
	}
	slices.Sort(s.Types)
	var to [math.MaxUint8 + 1]uint8
	for i, t := range s.Types {
		to[b.types[t]] = uint8(i)
	}
	for i, t := range b.typ {
		b.typ[i] = to[t]
	}
}

// sortBy sorts what order lists by key, keeping the order of equals, and says where each of the n keys begins.
func sortBy(order []uint32, key []int32, n int) (sorted, offsets []uint32) {
	offsets = make([]uint32, n+1)
	for _, k := range key {
		offsets[k+1]++
	}
	for i := range n {
		offsets[i+1] += offsets[i]
	}
	next := slices.Clone(offsets[:n])
	sorted = make([]uint32, len(order))
	for _, o := range order {
		k := key[o]
		sorted[next[k]] = o
		next[k]++
	}
	return sorted, offsets
}

func permuted[T any, N int32 | uint32](of []T, order []N) []T {
	out := make([]T, len(order))
	for i, o := range order {
		out[i] = of[o]
	}
	return out
}

// Find returns the number of an id, if it is there.
func (s *Snapshot) Find(id graph.ID) (int32, bool) {
	i, ok := slices.BinarySearch(s.IDs, id)
	return int32(i), ok
}

// Filter says which edges of a snapshot count. Documents are never nodes of what it selects.
type Filter struct {
	Types []graph.EdgeType // all if empty
	Kinds []graph.Kind     // of both ends; all if empty
	Areas []graph.ID       // only edges that rest on a document that reports on one of them; all if empty
	Year  int              // only edges of this year, or, of those without a year, such as rest on a document that looks back on it
	Docs  bool             // weigh an edge by the documents that it rests on, 1 if none is known
}

// Selection is the part of a snapshot that a filter lets through.
type Selection struct {
	s       *Snapshot
	f       Filter
	types   []bool
	nodes   []bool
	inAreas []bool // by document; nil for all
}

// Select applies a filter.
func (s *Snapshot) Select(f Filter) *Selection {
	sel := &Selection{s: s, f: f, types: make([]bool, len(s.Types)), nodes: make([]bool, len(s.IDs))}
	for i, t := range s.Types {
		sel.types[i] = len(f.Types) == 0 || slices.Contains(f.Types, t)
	}
	for i, id := range s.IDs {
		kind := id.Kind()
		sel.nodes[i] = kind != graph.KindDocument && (len(f.Kinds) == 0 || slices.Contains(f.Kinds, kind))
	}
	if len(f.Areas) > 0 {
		sel.inAreas = make([]bool, len(s.Documents))
		for i, d := range s.Documents {
			sel.inAreas[i] = d.Area >= 0 && slices.Contains(f.Areas, s.IDs[d.Area])
		}
	}
	return sel
}

// rests reports whether a document is one that makes an edge count.
func (sel *Selection) rests(edge int, doc int32) bool {
	if sel.inAreas != nil && !sel.inAreas[doc] {
		return false
	}
	return sel.f.Year == 0 || sel.s.Years[edge] != 0 || int(sel.s.Documents[doc].Year) == sel.f.Year
}

// weight returns what an edge between two nodes that count weighs, 0 if it does not count.
func (sel *Selection) weight(edge int) float64 {
	s := sel.s
	if !sel.types[s.Type[edge]] {
		return 0
	}
	if year := int(s.Years[edge]); sel.f.Year != 0 && year != 0 && year != sel.f.Year {
		return 0
	}
	needed := sel.inAreas != nil || sel.f.Year != 0 && s.Years[edge] == 0
	if !needed && !sel.f.Docs {
		return s.Weights[edge]
	}
	docs := 0
	for _, d := range s.Rests[s.RestOffsets[edge]:s.RestOffsets[edge+1]] {
		if sel.rests(edge, d) {
			docs++
		}
	}
	switch {
	case docs == 0 && needed:
		return 0
	case sel.f.Docs:
		return float64(max(docs, 1))
	}
	return s.Weights[edge]
}

// links lists the edges that count, and the nodes that they join, which get numbers of their own.
func (sel *Selection) links() (ids []graph.ID, from, to []int32, weights []float64) {
	s := sel.s
	own := make([]int32, len(s.IDs))
	for u, e := range sel.Edges() {
		v := s.Targets[e]
		from, to, weights = append(from, u), append(to, v), append(weights, sel.weight(e))
		own[u], own[v] = 1, 1
	}
	for i, id := range s.IDs {
		if own[i] != 0 {
			own[i] = int32(len(ids))
			ids = append(ids, id)
		}
	}
	for i := range from {
		from[i], to[i] = own[from[i]], own[to[i]]
	}
	return ids, from, to, weights
}

// Rows joins the edges that count without regard to their direction. Its nodes are their ends.
func (sel *Selection) Rows() (*Rows, error) {
	ids, from, to, weights := sel.links()
	r, err := Undirected(len(ids), from, to, weights)
	if err != nil {
		return nil, err
	}
	r.IDs = ids
	return r, nil
}

// Arcs is Rows with directions. Edges of a type that reads the same from both ends lead both ways.
func (sel *Selection) Arcs() (*Arcs, error) {
	ids, from, to, weights := sel.links()
	i := 0
	for _, e := range sel.Edges() {
		if sel.s.Types[sel.s.Type[e]].Symmetric() {
			from, to, weights = append(from, to[i]), append(to, from[i]), append(weights, weights[i])
		}
		i++
	}
	a, err := Directed(len(ids), from, to, weights)
	if err != nil {
		return nil, err
	}
	a.Out.IDs, a.In.IDs = ids, ids
	return a, nil
}

// Edges yields the places of the edges that count, by the number of the node that they leave.
func (sel *Selection) Edges() iter.Seq2[int32, int] {
	return func(yield func(int32, int) bool) {
		for u := range sel.s.IDs {
			if !sel.nodes[u] {
				continue
			}
			for e := int(sel.s.Offsets[u]); e < int(sel.s.Offsets[u+1]); e++ {
				if sel.nodes[sel.s.Targets[e]] && sel.weight(e) > 0 && !yield(int32(u), e) {
					return
				}
			}
		}
	}
}

// Support says on how many documents the edges of a node that count rest, and on how many areas these report.
func (sel *Selection) Support(id graph.ID) (documents, areas int) {
	u, ok := sel.s.Find(id)
	if !ok || !sel.nodes[u] {
		return 0, 0
	}
	docs, of := map[int32]bool{}, map[int32]bool{}
	add := func(edge int, other int32) {
		if sel.nodes[other] && sel.weight(edge) > 0 {
			for _, d := range sel.Docs(edge) {
				docs[d] = true
				if area := sel.s.Documents[d].Area; area >= 0 {
					of[area] = true
				}
			}
		}
	}
	for e := sel.s.Offsets[u]; e < sel.s.Offsets[u+1]; e++ {
		add(int(e), sel.s.Targets[e])
	}
	for k := sel.s.InOffsets[u]; k < sel.s.InOffsets[u+1]; k++ {
		add(int(sel.s.InEdges[k]), sel.s.Sources[k])
	}
	return len(docs), len(of)
}

// Docs returns the numbers of the documents that make an edge count, ascending.
func (sel *Selection) Docs(edge int) []int32 {
	var out []int32
	for _, d := range sel.s.Rests[sel.s.RestOffsets[edge]:sel.s.RestOffsets[edge+1]] {
		if sel.rests(edge, d) {
			out = append(out, d)
		}
	}
	return out
}

// Without takes nodes out of the selection.
func (sel *Selection) Without(out func(graph.ID) bool) {
	for i, id := range sel.s.IDs {
		if sel.nodes[i] && out(id) {
			sel.nodes[i] = false
		}
	}
}

// Tie is all that joins a node with another, in either direction.
type Tie struct {
	Types     []graph.EdgeType // ascending
	Weight    float64
	Documents int
	Areas     int // that the documents report on
}

// Ties describes the edges of a node that count, by the node at their other end.
func (sel *Selection) Ties(id graph.ID) map[graph.ID]Tie {
	out := map[graph.ID]Tie{}
	u, ok := sel.s.Find(id)
	if !ok || !sel.nodes[u] {
		return out
	}
	docs := map[graph.ID][]int32{}
	add := func(edge int, other int32) {
		if w := sel.weight(edge); sel.nodes[other] && w > 0 {
			id := sel.s.IDs[other]
			t := out[id]
			t.Weight += w
			t.Types = append(t.Types, sel.s.Types[sel.s.Type[edge]])
			out[id] = t
			docs[id] = append(docs[id], sel.Docs(edge)...)
		}
	}
	for e := sel.s.Offsets[u]; e < sel.s.Offsets[u+1]; e++ {
		add(int(e), sel.s.Targets[e])
	}
	for k := sel.s.InOffsets[u]; k < sel.s.InOffsets[u+1]; k++ {
		add(int(sel.s.InEdges[k]), sel.s.Sources[k])
	}
	for id, t := range out {
		slices.Sort(t.Types)
		t.Types = slices.Compact(t.Types)
		slices.Sort(docs[id])
		areas := map[int32]bool{}
		of := slices.Compact(docs[id])
		for _, d := range of {
			if a := sel.s.Documents[d].Area; a >= 0 {
				areas[a] = true
			}
		}
		t.Documents, t.Areas = len(of), len(areas)
		out[id] = t
	}
	return out
}

// NamedIn returns the numbers of the documents that the edges of the chosen types which leave a node rest on, ascending.
func (sel *Selection) NamedIn(id graph.ID) []int32 {
	u, ok := sel.s.Find(id)
	if !ok {
		return nil
	}
	var out []int32
	for e := sel.s.Offsets[u]; e < sel.s.Offsets[u+1]; e++ {
		if sel.types[sel.s.Type[e]] {
			out = append(out, sel.Docs(int(e))...)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
