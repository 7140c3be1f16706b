// Package querytest is the conformance suite for graphs that questions are asked of: whatever implements query.Reader must
// answer as the graph in memory does.
package querytest

import (
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/query"
)

// Sample is a small graph with every kind of thing a reader must get right: names in two scripts, an edge of several
// evidences, edges that differ by state or year only, symmetric edges, register evidence, a document without area.
func Sample(t testing.TB) *graph.Memory {
	t.Helper()
	b := &builder{t: t, m: graph.NewMemory()}
	quangang := b.document("泉港区2023年政府工作报告", 2023, "泉港区", "天辰化工一期建成投产。天辰化工与福海粮油签约。", "金屿大桥开工。")
	fengze := b.document("豐澤區2024年報告", 2024, "丰泽区", "天辰化工設立研發中心。", "金嶼大橋通車。泉港區企業參會。")
	b.document("没有来历的一页", 0, "", "福海粮油获奖。")
	place := func(name string, kind graph.PlaceKind, code string) graph.ID {
		return b.entity(graph.Entity{ID: graph.NewID(graph.KindPlace, name, ""), Kind: graph.KindPlace, Name: name, Place: kind, Code: code, Confidence: 1})
	}
	province, city := place("福建省", graph.Province, "35"), place("泉州市", graph.City, "3505")
	one, two := place("泉港区", graph.County, "350505"), place("丰泽区", graph.County, "350503")
	bridge := b.entity(graph.Entity{ID: "place:金屿大桥", Kind: graph.KindPlace, Name: "金屿大桥", Aliases: []string{"金嶼大橋"}, Place: graph.Bridge, Confidence: 0.9})
	firm := b.entity(graph.Entity{ID: "enterprise:天辰化工", Kind: graph.KindEnterprise, Name: "天辰化工", Aliases: []string{"天辰"}, Confidence: 0.8})
	grain := b.entity(graph.Entity{ID: "enterprise:福海粮油", Kind: graph.KindEnterprise, Name: "福海粮油", Confidence: 0.7})
	phase := b.entity(graph.Entity{ID: "project:天辰化工一期", Kind: graph.KindProject, Name: "天辰化工一期", Confidence: 0.8})
	register := func(from, to graph.ID, code string) {
		b.edge(from, graph.LocatedIn, to, nil, graph.Evidence{Source: graph.FromRegister, By: "gazetteer", Score: 1, Ref: "division:" + code})
	}
	register(one, city, "350505")
	register(two, city, "350503")
	register(city, province, "3505")
	for doc, area := range map[graph.ID]graph.ID{quangang: one, fengze: two} {
		b.edge(doc, graph.ReportsOn, area, func(e *graph.Edge) { e.Year = b.docs[doc].Year }, b.at(doc, area.Name()))
	}
	appears := func(id, doc, area graph.ID, surfaces ...string) {
		var evidence []graph.Evidence
		for _, s := range surfaces {
			evidence = append(evidence, b.at(doc, s))
		}
		year := b.docs[doc].Year
		b.edge(id, graph.MentionedIn, doc, func(e *graph.Edge) { e.Count, e.First = len(evidence), evidence[0].Start }, evidence...)
		if area != "" {
			b.edge(id, graph.AppearsIn, area, func(e *graph.Edge) {
				e.Documents, e.Mentions, e.FirstYear, e.LastYear = 1, len(evidence), year, year
			}, evidence[0])
		}
	}
	appears(firm, quangang, one, "天辰化工与", "天辰化工一")
	appears(firm, fengze, two, "天辰化工")
	appears(bridge, quangang, one, "金屿大桥")
	appears(bridge, fengze, two, "金嶼大橋")
	appears(grain, quangang, one, "福海粮油")
	appears(phase, quangang, one, "天辰化工一期")
	appears(one, fengze, two, "泉港區")
	b.edge(firm, graph.CoMentioned, grain, func(e *graph.Edge) { e.Sentences, e.Weight = 1, 1 }, b.at(quangang, "天辰化工与福海粮油签约。"))
	b.edge(firm, graph.Undertakes, phase, func(e *graph.Edge) { e.Basis = graph.BasisName }, b.at(quangang, "天辰化工一期建成投产。"))
	b.edge(bridge, graph.LocatedIn, one, func(e *graph.Edge) { e.Basis = graph.BasisSentence }, b.at(quangang, "金屿大桥开工。"))
	b.edge(bridge, graph.LocatedIn, two, func(e *graph.Edge) { e.Basis = graph.BasisSentence }, b.at(fengze, "金嶼大橋通車。"))
	b.edge(bridge, graph.Status, quangang, func(e *graph.Edge) { e.State, e.Year, e.Modality = "started", 2023, graph.Reported }, b.at(quangang, "金屿大桥开工。"))
	b.edge(bridge, graph.Status, quangang, func(e *graph.Edge) { e.State, e.Year, e.Modality = "operating", 2024, graph.Planned }, b.at(quangang, "金屿大桥开工。"))
	b.m.Seal()
	return b.m
}

type builder struct {
	t    testing.TB
	m    *graph.Memory
	docs map[graph.ID]graph.Document
}

// document adds a document whose lines are its title and the paragraphs, each a sentence.
func (b *builder) document(title string, year int, area string, paragraphs ...string) graph.ID {
	text := title + "\n" + strings.Join(paragraphs, "\n")
	d := graph.Document{
		ID: graph.DocumentID("text", []byte(text)), Text: text, TextHash: graph.HashText(text), Format: "text", Reader: "sample",
		Paths: []string{title + ".txt"}, Title: title, Year: year, Area: area,
	}
	p := graph.NewPositions(d.ID, text)
	var sentences []graph.Sentence
	for at, n := 0, 1; at < len(text); n++ {
		end := at + len(text[at:])
		if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
			end = at + i + 1
		}
		d.Locators = append(d.Locators, graph.Locator{Start: at, Line: n})
		role := graph.Body
		if n == 1 {
			role = graph.Heading
		}
		sentences = append(sentences, graph.Sentence{Span: p.Span(at, end), Role: role, Modality: graph.Reported, Year: year})
		at = end
	}
	if b.docs == nil {
		b.docs = map[graph.ID]graph.Document{}
	}
	b.docs[d.ID] = d
	b.m.AddDocument(d, sentences)
	return d.ID
}

func (b *builder) entity(e graph.Entity) graph.ID {
	b.m.AddEntity(e, append([]string{e.Name}, e.Aliases...)...)
	return e.ID
}

// at is the evidence of the first place at which a document says something, in its own script or with other characters.
func (b *builder) at(doc graph.ID, words string) graph.Evidence {
	b.t.Helper()
	d := b.docs[doc]
	i := strings.Index(d.Text, words)
	if i < 0 {
		i, words = 0, d.Title
	}
	return graph.Evidence{Source: graph.FromText, Span: graph.NewPositions(doc, d.Text).Span(i, i+len(words)), Quote: words, By: "sample", Score: 0.8}
}

func (b *builder) edge(from graph.ID, t graph.EdgeType, to graph.ID, fill func(*graph.Edge), evidence ...graph.Evidence) {
	b.t.Helper()
	e, err := graph.NewEdge(from, t, to, evidence...)
	if err != nil {
		b.t.Fatal(err)
	}
	if fill != nil {
		fill(&e)
	}
	if err := b.m.AddEdge(e); err != nil {
		b.t.Fatal(err)
	}
}

// Reader checks that a reader made of a graph in memory answers as that graph does: order, filters, missing things,
// evidence with quotes.
func Reader(t *testing.T, open func(t *testing.T, m *graph.Memory) query.Reader) {
	t.Helper()
	m := Sample(t)
	r := open(t, m)
	if diff := cmp.Diff(Dump(t, m), Dump(t, r)); diff != "" {
		t.Errorf("the reader differs from the graph in memory: %s", diff)
	}
	for what, err := range map[string]error{
		"entity":    second(r.Entity("enterprise:无")),
		"document":  second(r.Document("document:0000000000000000")),
		"sentences": second(r.Sentences("document:0000000000000000")),
		"evidence":  second(r.Evidence(graph.Edge{From: "enterprise:天辰化工", Type: graph.PartOf, To: "enterprise:无"})),
	} {
		if !errors.Is(err, graph.ErrNotFound) {
			t.Errorf("%s that is not there: %v, want ErrNotFound", what, err)
		}
	}
	for range r.Edges("enterprise:无", graph.Both) {
		t.Error("a node that is not there has an edge")
	}
	stopped := 0
	for range r.AllEdges() {
		if stopped++; stopped == 2 {
			break
		}
	}
	if stopped != 2 {
		t.Errorf("iteration went on to %d after it was left", stopped)
	}
}

func second[V any](_ V, err error) error { return err }

// T is what Dump needs of a test.
type T interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

// Dump lists all that a reader gives, one line each.
func Dump(t T, r query.Reader) []string {
	t.Helper()
	var out []string
	line := func(what string, v any, err error) {
		t.Helper()
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		b, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, what+" "+string(b))
	}
	for _, kind := range append([]graph.Kind{""}, graph.Kinds...) {
		each(t, r.Entities(kind), func(e graph.Entity) { line("entity of "+string(kind), e, nil) })
	}
	nodes := []graph.ID{}
	each(t, r.Entities(""), func(e graph.Entity) { nodes = append(nodes, e.ID) })
	each(t, r.Documents(), func(d graph.Document) {
		nodes = append(nodes, d.ID)
		line("document", d, nil)
		full, err := r.Document(d.ID)
		line("text", fmt.Sprint(full.Text, full.Locators), err)
		sentences, err := r.Sentences(d.ID)
		line("sentences", sentences, err)
	})
	for _, id := range nodes {
		for _, dir := range []graph.Direction{graph.Both, graph.Outgoing, graph.Incoming} {
			for _, types := range [][]graph.EdgeType{nil, {graph.CoMentioned}, {graph.Status, graph.MentionedIn, graph.LocatedIn}} {
				each(t, r.Edges(id, dir, types...), func(e graph.Edge) { line(fmt.Sprint("edge of ", id, dir, types), e, nil) })
			}
		}
	}
	for _, types := range [][]graph.EdgeType{nil, {graph.AppearsIn, graph.Status}} {
		each(t, r.AllEdges(types...), func(e graph.Edge) {
			line(fmt.Sprint("edge", types), e, nil)
			evidence, err := r.Evidence(e)
			line("evidence", evidence, err)
		})
	}
	for _, prefix := range []string{"", "天", "金嶼", "无"} {
		each(t, r.Names(prefix), func(n graph.Name) { line("name "+prefix, n, nil) })
	}
	return out
}

func each[V any](t T, all iter.Seq2[V, error], do func(V)) {
	t.Helper()
	for v, err := range all {
		if err != nil {
			t.Fatal(err)
		}
		do(v)
	}
}
