package resolve

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/extract/gazetteer"
	"github.com/tupu-kg/tupu/extract/text"
	"github.com/tupu-kg/tupu/graph"
)

// Stemmed is a firm as it is set beside others of its brand.
type Stemmed struct {
	ID    graph.ID       `json:"id"`
	Name  string         `json:"name"`            // folded
	Maybe []graph.ID     `json:"maybe,omitempty"` // that it may be the same as, ascending
	At    graph.Evidence `json:"at"`              // its first mention
}

// Stems lists, by brand, the firms among the entities of a component whose brands tell them from others. Edges are those of the
// component: firms that may be one share more than a stem.
func Stems(g *gazetteer.Gazetteer, entities []Resolved, edges []graph.Edge) map[string][]Stemmed {
	maybe := map[graph.ID][]graph.ID{}
	for _, e := range edges {
		if e.Type == graph.MaybeSame {
			maybe[e.From], maybe[e.To] = append(maybe[e.From], e.To), append(maybe[e.To], e.From)
		}
	}
	out := map[string][]Stemmed{}
	for _, e := range entities {
		if e.Entity.Kind != graph.KindEnterprise {
			continue
		}
		own := e.Members[fullest(e.Members)].Keys[0]
		at := slices.IndexFunc(e.Members, func(m Group) bool {
			return m.Keys[0] == own && m.First.ByteEnd > 0 && slices.ContainsFunc(m.Keys, func(k string) bool { return strings.HasPrefix(k, firmFamily) })
		})
		if at < 0 {
			continue
		}
		m := &e.Members[at]
		n := parse(g, m.Name)
		if utf8.RuneCountInString(n.Brand) < 2 || commonStems[n.Brand] || nationalBrands[n.Brand] || n.Branch() || len(g.ByName(n.Brand)) > 0 {
			continue
		}
		of := maybe[e.Entity.ID]
		slices.Sort(of)
		span := m.First
		span.Doc = m.Doc
		out[n.Brand] = append(out[n.Brand], Stemmed{e.Entity.ID, text.Key(m.Name), of, graph.Evidence{Source: graph.FromText, Span: span, Quote: cmp.Or(m.Written, m.Name), By: "rule:stem", Score: stemScore}})
	}
	return out
}

// stemScore is how much a stem that two firms share says about them.
const stemScore = 0.5

// SameStem makes the edges SAME_STEM between the firms of one brand, ascending. There are none between firms that may be one or that
// have one name, nor where so many share the brand that it says nothing.
func SameStem(brand string, firms []Stemmed) ([]graph.Edge, error) {
	if len(firms) > maxLeads {
		return nil, nil
	}
	var edges []graph.Edge
	for i := range firms {
		for k := range firms[:i] {
			a, b := &firms[k], &firms[i]
			if a.Name == b.Name || slices.Contains(a.Maybe, b.ID) {
				continue
			}
			e, err := graph.NewEdge(a.ID, graph.SameStem, b.ID, a.At, b.At)
			if err != nil {
				return nil, err
			}
			e.Stem = brand
			edges = append(edges, e)
		}
	}
	slices.SortFunc(edges, func(a, b graph.Edge) int { return cmp.Compare(a.Key(), b.Key()) })
	return edges, nil
}
