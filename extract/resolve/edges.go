package resolve

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"sort"

	"github.com/tupu-kg/tupu/graph"
)

// maxNamed is the number of entities in one sentence above which being named together says nothing: a sentence that long is
// a roll, and its pairs would be thousands.
const maxNamed = 40

// Edges returns the document's part of every edge: what it says of the entities that its groups are in, by ref. Its own area
// must be among them.
func Edges(r *Reading, entity map[string]graph.ID) ([]graph.Edge, error) {
	b := edgeBuilder{r: r, entity: entity, edges: map[string]graph.Edge{}}
	b.named()
	b.stated()
	b.together()
	if b.err != nil {
		return nil, fmt.Errorf("edges of %s: %w", r.Facts.Document.ID, b.err)
	}
	out := make([]graph.Edge, 0, len(b.edges))
	for _, e := range b.edges {
		out = append(out, e)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Key() < out[j].Key() })
	return out, nil
}

type edgeBuilder struct {
	r      *Reading
	entity map[string]graph.ID
	edges  map[string]graph.Edge
	err    error
}

// add adds an edge, or more evidence to one of the same key.
func (b *edgeBuilder) add(from graph.ID, t graph.EdgeType, to graph.ID, fill func(*graph.Edge), evidence ...graph.Evidence) {
	e, err := graph.NewEdge(from, t, to, evidence...)
	if err != nil {
		if b.err == nil {
			b.err = err
		}
		return
	}
	if fill != nil {
		fill(&e)
	}
	key := e.Key()
	if held, ok := b.edges[key]; ok {
		e = graph.MergeEdges([]graph.Edge{held, e})
	}
	b.edges[key] = e
}

func (b *edgeBuilder) of(m *graph.Mention) (graph.ID, bool) {
	g := b.r.Group(m)
	if g == nil {
		return "", false
	}
	id, ok := b.entity[g.Ref]
	return id, ok
}

func textEvidence(span graph.Span, text, by string, score float64) graph.Evidence {
	return graph.Evidence{Source: graph.FromText, Span: span, Quote: text[span.ByteStart:span.ByteEnd], By: by, Score: score}
}

// named builds MENTIONED_IN, REPORTS_ON and APPEARS_IN.
func (b *edgeBuilder) named() {
	f := b.r.Facts
	d := &f.Document
	type found struct {
		evidence []graph.Evidence
		direct   []graph.Evidence
		listed   []graph.Evidence // by lists of the user's
	}
	names := map[graph.ID]*found{}
	see := func(m *graph.Mention, inside bool) {
		id, ok := b.of(m)
		if !ok {
			return
		}
		n := names[id]
		if n == nil {
			n = &found{}
			names[id] = n
		}
		e := textEvidence(m.Span, d.Text, m.By, m.Confidence)
		n.evidence = append(n.evidence, e)
		if !inside {
			n.direct = append(n.direct, e)
		}
		if m.Listed != nil {
			n.listed = append(n.listed, listed(d.ID, m.Listed))
		}
	}
	for i := range f.Mentions {
		see(&f.Mentions[i], false)
		for j := range f.Mentions[i].Parts {
			see(&f.Mentions[i].Parts[j], true)
		}
	}
	for i := range f.Statements {
		if tail := &f.Statements[i].Tail; tail.Kind == graph.KindHonour {
			see(tail, false)
		}
	}
	area, known := b.entity[b.r.Area]
	if known {
		origin, ok := d.Origins["area"]
		if !ok {
			b.err = fmt.Errorf("the area %s has no origin", d.Area)
			return
		}
		b.add(d.ID, graph.ReportsOn, area, func(e *graph.Edge) { e.Year = d.Year }, origin)
	}
	for id, n := range names {
		first := n.evidence[0]
		if len(n.direct) > 0 {
			first = n.direct[0]
		}
		b.add(id, graph.MentionedIn, d.ID, func(e *graph.Edge) {
			e.Count, e.First, e.Inside = len(n.evidence), first.Start, len(n.direct) == 0
		}, append(n.evidence, n.listed...)...)
		if known && id != area {
			b.add(id, graph.AppearsIn, area, func(e *graph.Edge) {
				e.Documents, e.Mentions, e.Inside, e.FirstYear, e.LastYear = 1, len(n.evidence), len(n.direct) == 0, d.Year, d.Year
			}, first)
		}
	}
}

// listed is the evidence that a list of the user's holds a name.
func listed(d graph.ID, l *graph.Listing) graph.Evidence {
	ref := l.Ref
	if l.ID != "" {
		ref += " " + l.ID
	}
	return graph.Evidence{Source: graph.FromRegister, Span: graph.Span{Doc: d}, By: "names", Score: 1, Ref: ref}
}

// stated builds the edges that statements say.
func (b *edgeBuilder) stated() {
	f := b.r.Facts
	d := &f.Document
	for i := range f.Statements {
		s := &f.Statements[i]
		from, ok := b.of(&s.Head)
		if !ok || s.Type == graph.ShortFor {
			continue
		}
		to := d.ID
		if s.Type != graph.Status && s.Type != graph.Amount {
			if to, ok = b.of(&s.Tail); !ok || to == from {
				continue
			}
		}
		b.add(from, s.Type, to, func(e *graph.Edge) {
			e.State, e.Post, e.Role, e.Share, e.Date, e.Basis = s.State, s.Post, s.Role, s.Share, s.Date, s.Basis
			e.Year, e.Modality = s.Year, s.Modality
			if lasting(s.Type) {
				// Where a thing lies and what it belongs to is no event of a year: one edge, whatever the section.
				e.Year, e.Modality = 0, ""
			}
			if q := s.Quantity; q != nil {
				e.Of, e.Value, e.Unit, e.Raw, e.Countable, e.Reason = q.Of, q.Value, q.Unit, q.Raw, q.Countable, q.Why
			}
		}, textEvidence(s.Span, d.Text, s.By, s.Confidence))
	}
}

func lasting(t graph.EdgeType) bool {
	return t == graph.LocatedIn || t == graph.PartOf || t == graph.Concerns
}

// together builds CO_MENTIONED from the sentences. Names inside longer names do not count.
func (b *edgeBuilder) together() {
	f := b.r.Facts
	at := 0
	for _, s := range f.Sentences {
		if s.Role == graph.Chrome {
			continue
		}
		for at < len(f.Mentions) && f.Mentions[at].ByteStart < s.ByteStart {
			at++
		}
		var ids []graph.ID
		for i := at; i < len(f.Mentions) && f.Mentions[i].ByteEnd <= s.ByteEnd; i++ {
			if id, ok := b.of(&f.Mentions[i]); ok && !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
		if len(ids) < 2 || len(ids) > maxNamed {
			continue
		}
		slices.SortFunc(ids, func(x, y graph.ID) int { return cmp.Compare(x, y) })
		weight := math.Round(1e6/float64(len(ids)-1)) / 1e6
		evidence := textEvidence(s.Span, f.Document.Text, "sentence", 1)
		for i, from := range ids {
			for _, to := range ids[i+1:] {
				b.add(from, graph.CoMentioned, to, func(e *graph.Edge) { e.Sentences, e.Weight = 1, weight }, evidence)
			}
		}
	}
}
