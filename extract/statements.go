package extract

import (
	"cmp"
	"slices"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/extract/relate"
	"github.com/tupu-kg/tupu/extract/text"
	"github.com/tupu-kg/tupu/graph"
)

// statements reads what a passage states about its names, and which short names it declares.
func (w *writer) statements(p *passage, mentions []graph.Mention) {
	if len(mentions) == 0 {
		return
	}
	s := &w.facts.Sentences[p.sentence]
	known, sites := w.knownFirms(), w.knownPlaces()
	names := make([]relate.Name, len(mentions))
	for i := range mentions {
		names[i] = w.name(p, &mentions[i])
		for n := range mentions[i].Parts {
			names[i].Parts = append(names[i].Parts, w.name(p, &mentions[i].Parts[n]))
		}
		w.seat(p, &names[i])
		w.site(p, &names[i], sites)
		w.maker(p, &names[i], known)
	}
	for _, r := range relate.Read(&relate.Sentence{Text: p.Text, Names: names, Modality: s.Modality, Year: s.Year}) {
		st := graph.Statement{
			Span: s.Span, Type: r.Type, State: r.State, Post: r.Post, Role: r.Role, Share: r.Share, Quantity: r.Quantity,
			Modality: r.Modality, Year: r.Year, Date: r.Date, Basis: r.Basis, Confidence: r.Confidence, By: r.By,
		}
		var ok, ok2 bool
		if st.Head, ok = w.end(p, mentions, &r.Head); !ok {
			continue
		}
		if st.Tail, ok2 = w.end(p, mentions, &r.Tail); !ok2 {
			continue
		}
		w.facts.Statements = append(w.facts.Statements, st)
	}
	w.shortFor(p, mentions, func(t graph.EdgeType, head, tail graph.Mention, basis graph.Basis, confidence float64, by string) {
		head.Parts, tail.Parts = nil, nil
		w.facts.Statements = append(w.facts.Statements, graph.Statement{
			Span: s.Span, Type: t, Head: head, Tail: tail,
			Basis: basis, Confidence: confidence, By: by, Modality: s.Modality, Year: s.Year,
		})
	})
}

// name is a mention, or a part of one, by bytes of the passage.
func (w *writer) name(p *passage, m *graph.Mention) relate.Name {
	return relate.Name{
		Range: text.Range{Start: w.folded.At(m.ByteStart) - p.base, End: w.folded.At(m.ByteEnd) - p.base},
		Kind:  m.Kind, Place: m.Place, Confidence: m.Confidence,
		Near: w.near(m.Code),
	}
}

// wordy are cities whose short names open names that have nothing to do with them.
var wordy = wordsOf(`中山 安康 平安 和田 东方 大同 吉安 安庆 安顺 来宾 三明 黄山 保定 阿里 普洱`)

// seat adds the city or province with which a name begins to its parts, where it is too much of a word to be looked for in
// running text (海口, 鞍山) but plain enough in front of a body's name.
func (w *writer) seat(p *passage, n *relate.Name) {
	if n.Kind == graph.KindPerson || n.Kind == graph.KindPlace {
		return
	}
	for _, o := range n.Parts {
		if o.Kind == graph.KindPlace && o.Start == n.Start {
			return
		}
	}
	name := p.Text[n.Start:n.End]
	for _, end := range prefixes(name) {
		if end >= len(name) || wordy[name[:end]] || onlyForm(name[end:]) {
			continue
		}
		for _, place := range w.gaz.ByName(name[:end]) {
			if level := place.Kind.Level(); level == 2 || level == 3 || level == 4 && place.Name == name[:end] && utf8.RuneCountInString(name[:end]) > 2 {
				n.Parts = slices.Insert(n.Parts, 0, relate.Name{
					Range: text.Range{Start: n.Start, End: n.Start + end}, Kind: graph.KindPlace, Place: place.Kind, Confidence: fairName,
				})
				return
			}
		}
	}
}

// onlyForm reports whether what stands behind a place is no more than a legal form: the place is the firm's own name then.
func onlyForm(rest string) bool {
	return legalForm(rest) || utf8.RuneCountInString(rest) < 2
}

// end is an end of a statement as a mention: one of those of the passage, a part of one, or a stretch inside one, which becomes
// a part of it. An end of no kind, or an honour, is text as written. It fails for a stretch that is not in a mention.
func (w *writer) end(p *passage, mentions []graph.Mention, n *relate.Name) (graph.Mention, bool) {
	if n.Kind == "" || n.Kind == graph.KindHonour {
		return w.mention(p, Candidate{Range: n.Range, Kind: n.Kind, Confidence: n.Confidence, By: "statement"})
	}
	for i := range mentions {
		m := &mentions[i]
		start, end := w.folded.At(m.ByteStart)-p.base, w.folded.At(m.ByteEnd)-p.base
		if n.End <= start || end <= n.Start {
			continue
		}
		if start == n.Start && end == n.End && m.Kind == n.Kind {
			found := *m
			found.Parts = nil
			return found, true
		}
		part, ok := w.mention(p, Candidate{Range: n.Range, Kind: n.Kind, Place: n.Place, Confidence: n.Confidence, By: "rule:part"})
		if !ok || start > n.Start || n.End > end {
			return part, false
		}
		for _, held := range m.Parts {
			if held.Span == part.Span && held.Kind == part.Kind {
				return held, true
			}
		}
		if len(m.Parts) >= maxParts {
			return part, false
		}
		m.Parts = append(m.Parts, part)
		slices.SortStableFunc(m.Parts, func(a, b graph.Mention) int {
			return cmp.Or(cmp.Compare(a.ByteStart, b.ByteStart), cmp.Compare(b.ByteEnd, a.ByteEnd))
		})
		return part, true
	}
	return graph.Mention{}, false
}

// sortStatements orders them by sentence, type, head and tail, and drops repetitions.
func sortStatements(all []graph.Statement) {
	slices.SortStableFunc(all, func(a, b graph.Statement) int {
		return cmp.Or(a.Span.Compare(b.Span), cmp.Compare(a.Type, b.Type), a.Head.Span.Compare(b.Head.Span), a.Tail.Span.Compare(b.Tail.Span))
	})
}
