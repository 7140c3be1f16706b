package extract

import (
	"cmp"
	"slices"
	"strings"

	"github.com/tupu-kg/tupu/graph"
)

// statements reads what the parts of names say, and which short names a sentence declares.
func (w *writer) statements(p *passage, mentions []graph.Mention) {
	s := &w.facts.Sentences[p.sentence]
	state := func(t graph.EdgeType, head, tail graph.Mention, basis graph.Basis, confidence float64, by string) {
		head.Parts, tail.Parts = nil, nil
		w.facts.Statements = append(w.facts.Statements, graph.Statement{
			Span: s.Span, Type: t, Head: head, Tail: tail,
			Basis: basis, Confidence: confidence, By: by, Modality: s.Modality, Year: s.Year,
		})
	}
	for i := range mentions {
		m := &mentions[i]
		for n := range m.Parts {
			part := &m.Parts[n]
			confidence := min(m.Confidence, part.Confidence)
			switch {
			case part.Kind == graph.KindPlace && division(part.Place) && m.Kind != graph.KindPerson:
				state(graph.LocatedIn, *m, *part, graph.BasisName, confidence, "rule:part")
			case m.Kind == graph.KindProject && part.Kind == graph.KindProject && part.ByteStart == m.ByteStart && phase(m.FoldedName(), part.FoldedName()):
				state(graph.PartOf, *m, *part, graph.BasisName, confidence, "rule:phase")
			case m.Kind == part.Kind && (m.Kind == graph.KindOrganization || m.Kind == graph.KindEnterprise) && part.ByteStart == m.ByteStart && branch(m.FoldedName()):
				state(graph.PartOf, *m, *part, graph.BasisName, confidence, "rule:branch")
			case m.Kind == graph.KindProject && part.Kind == graph.KindEnterprise && part.ByteStart == m.ByteStart:
				state(graph.Undertakes, *part, *m, graph.BasisName, confidence, "rule:owner")
			}
		}
	}
	w.shortFor(p, mentions, state)
}

// division reports whether a place inside a name says where the thing is: an administrative area or a zone does, a road that
// a project is named for need not.
func division(k graph.PlaceKind) bool { return rank(k) > 1 }

// phase reports whether a name is that of a project with the number of a phase behind it.
func phase(name, base string) bool {
	rest, ok := strings.CutPrefix(name, base)
	rest = strings.TrimSuffix(strings.TrimSuffix(rest, "工程"), "项目")
	number, ok2 := strings.CutSuffix(rest, "期")
	return ok && ok2 && ordinal(number)
}

// branch reports whether a name says that it is a part of what stands in front of it.
func branch(name string) bool {
	for _, w := range []string{"校区", "分校", "分院", "院区", "分公司", "子公司", "分行", "支行", "分局", "分中心", "分指挥部", "分会", "分部"} {
		if strings.HasSuffix(name, w) {
			return true
		}
	}
	return false
}

// shortFor states the short names that a sentence declares.
func (w *writer) shortFor(p *passage, mentions []graph.Mention,
	state func(t graph.EdgeType, head, tail graph.Mention, basis graph.Basis, confidence float64, by string),
) {
	if !strings.Contains(p.Text, "称") {
		return
	}
	for _, d := range declarations(p.Text) {
		fullEnd := p.base + d.full
		var full, short *graph.Mention
		for i := range mentions {
			m := &mentions[i]
			start, end := w.folded.At(m.ByteStart), w.folded.At(m.ByteEnd)
			if end >= fullEnd && start < fullEnd {
				full = m
			}
			if start == p.base+d.short.Start {
				short = m
			}
		}
		if full != nil && short != nil && full != short && full.Kind == short.Kind {
			state(graph.ShortFor, *short, *full, graph.BasisSentence, min(full.Confidence, short.Confidence), "rule:declared")
		}
	}
}

// sortStatements orders them by sentence, type, head and tail, and drops repetitions.
func sortStatements(all []graph.Statement) {
	slices.SortStableFunc(all, func(a, b graph.Statement) int {
		return cmp.Or(a.Span.Compare(b.Span), cmp.Compare(a.Type, b.Type), a.Head.Span.Compare(b.Head.Span), a.Tail.Span.Compare(b.Tail.Span))
	})
}
