package resolve_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/tupu-kg/tupu/extract/gazetteer"
	"github.com/tupu-kg/tupu/extract/resolve"
	"github.com/tupu-kg/tupu/graph"
	"pgregory.net/rapid"
)

// failer is what *testing.T and *rapid.T share.
type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

var opened = sync.OnceValues(gazetteer.Open)

func places(t failer) *gazetteer.Gazetteer {
	t.Helper()
	g, err := opened()
	if err != nil {
		t.Fatalf("gazetteer: %v", err)
	}
	return g
}

// codes of the areas that the documents of these tests speak for: two of 泉州市, one of 漳州市, one of 厦门市, one of another
// province, and one that the gazetteer does not know.
var codes = map[string]string{"泉港区": "350505", "惠安县": "350521", "芗城区": "350602", "思明区": "350203", "番禺区": "440113", "云岭新区": ""}

// writer makes a text of sentences in which names stand in square brackets behind their kind and what else is known of them:
// [place,code=350505 泉港区], [project [enterprise 岚桥化工]一期], [organization,generic,scope=泉港区 泉港区第二小学].
type writer struct {
	t    failer
	text strings.Builder
}

// names writes s up to the end of the name that it is in, and returns what follows, with the names in it.
func (w *writer) names(s string) (rest string, found []graph.Mention) {
	for {
		i := strings.IndexAny(s, "[]")
		if i < 0 {
			w.text.WriteString(s)
			return "", found
		}
		w.text.WriteString(s[:i])
		if s[i] == ']' {
			return s[i+1:], found
		}
		head, tail, _ := strings.Cut(s[i+1:], " ")
		kind, fields, _ := strings.Cut(head, ",")
		m := graph.Mention{Kind: graph.Kind(kind), Confidence: 0.9, By: "test", Span: graph.Span{ByteStart: w.text.Len()}}
		for field := range strings.SplitSeq(fields, ",") {
			switch name, value, _ := strings.Cut(field, "="); name {
			case "code":
				m.Code = value
			case "place":
				m.Place = graph.PlaceKind(value)
			case "scope":
				m.Scope = value
			case "name":
				m.Name = value
			case "generic":
				m.Generic = true
			case "":
			default:
				w.t.Fatalf("field %q of %q", field, s)
			}
		}
		s, m.Parts = w.names(tail)
		m.ByteEnd = w.text.Len()
		found = append(found, m)
	}
}

// paper makes the facts of a document that speaks for an area, if one is given, and looks back on 2024.
func paper(t failer, id, area string, sentences ...string) *graph.Facts {
	t.Helper()
	doc := graph.ID("document:" + id)
	f := &graph.Facts{Document: graph.Document{ID: doc, Area: area, AreaCode: codes[area], Year: 2024}}
	w := &writer{t: t}
	for _, s := range sentences {
		start := w.text.Len()
		_, found := w.names(s)
		f.Mentions = append(f.Mentions, found...)
		f.Sentences = append(f.Sentences, graph.Sentence{Span: graph.Span{ByteStart: start, ByteEnd: w.text.Len()}, Role: graph.Body})
		w.text.WriteString("\n")
	}
	f.Document.Text = w.text.String()
	positions := graph.NewPositions(doc, f.Document.Text)
	settle := func(s *graph.Span) { *s = positions.Span(s.ByteStart, s.ByteEnd) }
	for i := range f.Sentences {
		settle(&f.Sentences[i].Span)
	}
	for _, m := range mentions(f) {
		settle(&m.Span)
		m.Text = f.Document.Text[m.ByteStart:m.ByteEnd]
	}
	if area != "" {
		f.Document.Origins = map[string]graph.Evidence{"area": {Source: graph.FromManifest, Span: graph.Span{Doc: doc}, By: "manifest", Ref: "m.csv:2", Score: 1}}
	}
	return f
}

// mentions lists the mentions of a document and their parts.
func mentions(f *graph.Facts) []*graph.Mention {
	var list []*graph.Mention
	for i := range f.Mentions {
		list = append(list, &f.Mentions[i])
		for j := range f.Mentions[i].Parts {
			list = append(list, &f.Mentions[i].Parts[j])
		}
	}
	return list
}

// named is the n-th mention or part of a text, from 0.
func named(t failer, f *graph.Facts, text string, n int) graph.Mention {
	t.Helper()
	for _, m := range mentions(f) {
		if m.Text == text {
			if n--; n < 0 {
				return *m
			}
		}
	}
	t.Fatalf("%s does not name %s", f.Document.ID, text)
	return graph.Mention{}
}

// state adds what the sentence that a name is in says of it and of another; without a tail, of it alone.
func state(t failer, f *graph.Facts, kind graph.EdgeType, head, tail string, fill func(*graph.Statement)) {
	t.Helper()
	s := graph.Statement{Type: kind, Head: named(t, f, head, 0), Confidence: 0.8, By: "test"}
	if tail != "" {
		s.Tail = named(t, f, tail, 0)
	}
	for _, in := range f.Sentences {
		if in.Contains(s.Head.Span) {
			s.Span = in.Span
		}
	}
	if fill != nil {
		fill(&s)
	}
	f.Statements = append(f.Statements, s)
}

// declare says that one name is short for another.
func declare(t failer, f *graph.Facts, short, full string) *graph.Facts {
	t.Helper()
	state(t, f, graph.ShortFor, short, full, nil)
	return f
}

// outcome is all that resolving makes of documents.
type outcome struct {
	readings []*resolve.Reading
	entities []resolve.Resolved               // ascending by id
	ids      map[graph.ID]map[string]graph.ID // by document and ref of the group
	leads    []graph.Edge                     // MAYBE_SAME and SAME_STEM
}

// resolved reads documents and resolves each component of their groups, as whoever keeps an index of keys does.
func resolved(t failer, js []graph.Judgement, papers ...*graph.Facts) *outcome {
	t.Helper()
	for _, j := range js {
		if err := j.Check(); err != nil {
			t.Fatalf("judgement %+v: %v", j, err)
		}
	}
	g, prepared := places(t), resolve.NewJudgements(graph.EffectiveJudgements(js))
	out := &outcome{ids: map[graph.ID]map[string]graph.ID{}}
	var groups []resolve.Group
	for _, f := range papers {
		r := resolve.Read(g, f, prepared)
		out.readings = append(out.readings, r)
		out.ids[f.Document.ID] = map[string]graph.ID{}
		groups = append(groups, r.Groups...)
	}
	gather := index(g, out.readings)
	stems := map[string][]resolve.Stemmed{}
	for _, group := range groups {
		_, component, err := gather.Component(group.Keys[0])
		if err != nil {
			t.Fatalf("%v", err)
		}
		if len(component) == 0 {
			continue
		}
		entities, leads, err := resolve.Component(g, component)
		if err != nil {
			t.Fatalf("%v", err)
		}
		out.entities, out.leads = append(out.entities, entities...), append(out.leads, leads...)
		for brand, firms := range resolve.Stems(g, entities, leads) {
			stems[brand] = append(stems[brand], firms...)
		}
	}
	for brand, firms := range stems {
		slices.SortFunc(firms, func(a, b resolve.Stemmed) int { return cmp.Compare(a.ID, b.ID) })
		leads, err := resolve.SameStem(brand, firms)
		if err != nil {
			t.Fatalf("%v", err)
		}
		out.leads = append(out.leads, leads...)
	}
	slices.SortFunc(out.entities, func(a, b resolve.Resolved) int {
		return cmp.Or(cmp.Compare(a.Entity.ID, b.Entity.ID), cmp.Compare(a.Members[0].Doc, b.Members[0].Doc))
	})
	for _, e := range out.entities {
		for _, m := range e.Members {
			out.ids[m.Doc][m.Ref] = e.Entity.ID
		}
	}
	return out
}

// index gathers the groups of components from documents.
func index(g *gazetteer.Gazetteer, readings []*resolve.Reading) *resolve.Gatherer {
	groups, shelves := map[string][]resolve.Group{}, map[string][]string{}
	for _, r := range readings {
		for key, list := range r.Index() {
			groups[key] = append(groups[key], list...)
		}
		for shelf, names := range r.Shelves() {
			shelves[shelf] = append(shelves[shelf], names...)
		}
	}
	return resolve.NewGatherer(g,
		func(key string, yield func([]resolve.Group)) error {
			if list := groups[key]; len(list) > 0 {
				yield(list)
			}
			return nil
		},
		func(shelf string, yield func([]string)) error {
			yield(shelves[shelf])
			return nil
		})
}

// who says who is who: for each entity its id and the names that it has in documents. Areas that are not named are left out.
func (o *outcome) who() []string {
	var lines []string
	for _, e := range o.entities {
		var names []string
		for _, m := range e.Members {
			if m.Mentions+m.Inside > 0 {
				names = append(names, strings.TrimPrefix(string(m.Doc), "document:")+" "+m.Name)
			}
		}
		if len(names) > 0 {
			lines = append(lines, string(e.Entity.ID)+" = "+strings.Join(names, ", "))
		}
	}
	return lines
}

func (o *outcome) is(t *testing.T, want ...string) {
	t.Helper()
	if diff := gocmp.Diff(want, o.who()); diff != "" {
		t.Errorf("who is who (-want +got):\n%s", diff)
	}
}

// entity is the one of an id.
func (o *outcome) entity(t *testing.T, id graph.ID) graph.Entity {
	t.Helper()
	for _, e := range o.entities {
		if e.Entity.ID == id {
			return e.Entity
		}
	}
	t.Fatalf("no %s in %q", id, o.who())
	return graph.Entity{}
}

// edges of all documents, by document, ascending.
func (o *outcome) edges(t failer) map[graph.ID][]graph.Edge {
	t.Helper()
	all := map[graph.ID][]graph.Edge{}
	for _, r := range o.readings {
		edges, err := resolve.Edges(r, o.ids[r.Facts.Document.ID])
		if err != nil {
			t.Fatalf("%v", err)
		}
		all[r.Facts.Document.ID] = edges
	}
	return all
}

// whoCase is a handful of documents, and who is who in them.
type whoCase struct {
	what       string
	judgements []graph.Judgement
	papers     []*graph.Facts
	want       []string
}

func check(t *testing.T, cases []whoCase) {
	for _, c := range cases {
		t.Run(c.what, func(t *testing.T) {
			resolved(t, c.judgements, c.papers...).is(t, c.want...)
			slices.Reverse(c.papers)
			slices.Reverse(c.judgements)
			resolved(t, c.judgements, c.papers...).is(t, c.want...)
		})
	}
}

func TestFullNames(t *testing.T) {
	check(t, []whoCase{
		{
			what: "one name in two provinces",
			papers: []*graph.Facts{
				paper(t, "a", "泉港区", "[enterprise 福建岚桥化工有限公司]投产。"), paper(t, "b", "番禺区", "[enterprise 福建岚桥化工有限公司]签约。"),
			},
			want: []string{"enterprise:福建岚桥化工有限公司 = a 福建岚桥化工有限公司, b 福建岚桥化工有限公司"},
		},
		{
			what: "the place in front in full and short",
			papers: []*graph.Facts{
				paper(t, "a", "泉港区", "[enterprise 福建省岚桥化工有限公司]投产。"), paper(t, "b", "番禺区", "[enterprise 福建岚桥化工有限公司]签约。"),
			},
			want: []string{"enterprise:福建岚桥化工有限公司 = a 福建省岚桥化工有限公司, b 福建岚桥化工有限公司"},
		},
		{
			what: "traditional and simplified, brackets of both widths",
			papers: []*graph.Facts{
				paper(t, "a", "泉港区", "[enterprise 德泓（泉州）機電有限公司]投产。"), paper(t, "b", "番禺区", "[enterprise 德泓(泉州)机电有限公司]签约。"),
			},
			want: []string{"enterprise:德泓(泉州)机电有限公司 = a 德泓（泉州）机电有限公司, b 德泓（泉州）机电有限公司"},
		},
		{
			what: "different places in front",
			papers: []*graph.Facts{
				paper(t, "a", "泉港区", "[enterprise 泉州岚桥化工有限公司]投产。"), paper(t, "b", "惠安县", "[enterprise 漳州岚桥化工有限公司]签约。"),
			},
			want: []string{"enterprise:泉州岚桥化工有限公司 = a 泉州岚桥化工有限公司", "enterprise:漳州岚桥化工有限公司 = b 漳州岚桥化工有限公司"},
		},
		{
			what: "different legal forms", // and nothing is merged by likeness
			papers: []*graph.Facts{
				paper(t, "a", "泉港区", "[enterprise 岚桥化工有限公司]与[enterprise 岚桥化工股份有限公司]、[enterprise 岚侨化工有限公司]并存。"),
			},
			want: []string{
				"enterprise:岚侨化工有限公司 = a 岚侨化工有限公司", "enterprise:岚桥化工有限公司 = a 岚桥化工有限公司",
				"enterprise:岚桥化工股份有限公司 = a 岚桥化工股份有限公司",
			},
		},
		{
			what:   "with and without the place, in a document of that place",
			papers: []*graph.Facts{paper(t, "a", "泉港区", "[enterprise 泉州岚桥化工有限公司]投产。", "[enterprise 岚桥化工有限公司]增资。")},
			want:   []string{"enterprise:泉州岚桥化工有限公司 = a 岚桥化工有限公司, a 泉州岚桥化工有限公司"},
		},
	})
}

func TestShortNames(t *testing.T) {
	declared := func(id, area, full, short string) *graph.Facts {
		return declare(t, paper(t, id, area, "[enterprise "+full+"]（以下简称[enterprise "+short+"]）投产。"), short, full)
	}
	check(t, []whoCase{
		{
			what:   "declared in its document",
			papers: []*graph.Facts{declared("a", "泉港区", "福建岚桥化工有限公司", "岚桥公司")},
			want:   []string{"enterprise:福建岚桥化工有限公司 = a 岚桥公司, a 福建岚桥化工有限公司"},
		},
		{
			what: "declared, and long enough to be known elsewhere",
			papers: []*graph.Facts{
				declared("a", "泉港区", "福建岚桥化工有限公司", "岚桥新材"), paper(t, "b", "番禺区", "[enterprise 岚桥新材]签约。"),
			},
			want: []string{"enterprise:福建岚桥化工有限公司 = a 岚桥新材, a 福建岚桥化工有限公司, b 岚桥新材"},
		},
		{
			what: "declared, of two characters: one within the city, another one in another province",
			papers: []*graph.Facts{
				declared("a", "泉港区", "福建岚桥化工有限公司", "岚桥"), paper(t, "b", "惠安县", "[enterprise 岚桥]签约。"), paper(t, "c", "番禺区", "[enterprise 岚桥]签约。"),
			},
			want: []string{"enterprise:岚桥@广东省 = c 岚桥", "enterprise:福建岚桥化工有限公司 = a 岚桥, a 福建岚桥化工有限公司, b 岚桥"},
		},
		{
			what: "a brand that is known everywhere stays so where it is declared",
			papers: []*graph.Facts{
				declared("a", "泉港区", "华为技术有限公司", "华为"), paper(t, "b", "番禺区", "[enterprise 华为]签约。"), declared("c", "芗城区", "福建岚桥化工有限公司", "LQ"), paper(t, "d", "番禺区", "[enterprise LQ]签约。"),
			},
			want: []string{"enterprise:华为技术有限公司 = a 华为, a 华为技术有限公司, b 华为", "enterprise:福建岚桥化工有限公司 = c LQ, c 福建岚桥化工有限公司, d LQ"},
		},
		{
			what:   "not declared, but plainly the full name clipped",
			papers: []*graph.Facts{paper(t, "a", "泉港区", "[enterprise 德泓（泉州）机电有限公司]投产。", "[enterprise 德泓机电]增资。", "[enterprise 岚桥]签约。", "[enterprise 福建岚桥有限公司]落户。")},
			want: []string{
				"enterprise:德泓(泉州)机电有限公司 = a 德泓（泉州）机电有限公司, a 德泓机电", "enterprise:福建岚桥有限公司 = a 岚桥, a 福建岚桥有限公司",
			},
		},
		{
			what: "clipped in another document of the province, and in one of another",
			papers: []*graph.Facts{
				paper(t, "a", "泉港区", "[enterprise 福建岚桥化工有限公司]投产。"), paper(t, "b", "芗城区", "[enterprise 岚桥化工]签约。"),
				paper(t, "c", "泉港区", "[enterprise 福建泓谷能源有限公司]投产。"), paper(t, "d", "番禺区", "[enterprise 泓谷能源]签约。"),
			},
			want: []string{
				"enterprise:泓谷能源 = d 泓谷能源",
				"enterprise:福建岚桥化工有限公司 = a 福建岚桥化工有限公司, b 岚桥化工",
				"enterprise:福建泓谷能源有限公司 = c 福建泓谷能源有限公司",
			},
		},
		{
			what: "traditional and simplified",
			papers: []*graph.Facts{
				paper(t, "a", "泉港区", "[enterprise 嵐橋化工]投產。"), paper(t, "b", "番禺区", "[enterprise,name=岚桥化工 岚桥 化工]签约。"), paper(t, "c", "泉港区", "[enterprise 岚桥化工]增资。"),
			},
			want: []string{"enterprise:岚桥化工 = a 岚桥化工, b 岚桥化工, c 岚桥化工"},
		},
	})
}

// TestContestedShortNames: a short name that two full firms could bear merges with neither across areas.
func TestContestedShortNames(t *testing.T) {
	full := func(id, area, place string) *graph.Facts {
		return paper(t, id, area, "[enterprise "+place+"岚桥化工有限公司]投产。")
	}
	short := func(id, area string) *graph.Facts { return paper(t, id, area, "[enterprise 岚桥化工]签约。") }
	check(t, []whoCase{
		{
			what:   "in a third area",
			papers: []*graph.Facts{full("a", "泉港区", "泉州"), full("b", "芗城区", "漳州"), short("c", "思明区")},
			want: []string{
				"enterprise:岚桥化工 = c 岚桥化工",
				"enterprise:泉州岚桥化工有限公司 = a 泉州岚桥化工有限公司",
				"enterprise:漳州岚桥化工有限公司 = b 漳州岚桥化工有限公司",
			},
		},
		{
			what:   "in the areas of both, a third and a fourth",
			papers: []*graph.Facts{full("a", "泉港区", "泉州"), full("b", "芗城区", "漳州"), short("c", "思明区"), short("d", "泉港区"), short("e", "芗城区"), short("f", "番禺区")},
			want: []string{
				"enterprise:岚桥化工@思明区 = c 岚桥化工",
				"enterprise:岚桥化工@番禺区 = f 岚桥化工",
				"enterprise:泉州岚桥化工有限公司 = a 泉州岚桥化工有限公司, d 岚桥化工",
				"enterprise:漳州岚桥化工有限公司 = b 漳州岚桥化工有限公司, e 岚桥化工",
			},
		},
		{
			what:   "in the area of one and a third",
			papers: []*graph.Facts{full("b", "芗城区", "漳州"), full("a", "泉港区", "泉州"), short("c", "思明区"), short("d", "泉港区")},
			want: []string{
				"enterprise:岚桥化工 = c 岚桥化工",
				"enterprise:泉州岚桥化工有限公司 = a 泉州岚桥化工有限公司, d 岚桥化工",
				"enterprise:漳州岚桥化工有限公司 = b 漳州岚桥化工有限公司",
			},
		},
		{
			what:   "where one document names both",
			papers: []*graph.Facts{paper(t, "a", "泉港区", "[enterprise 泉州岚桥化工有限公司]与[enterprise 漳州岚桥化工有限公司]签约。", "[enterprise 岚桥化工]增资。")},
			want: []string{
				"enterprise:岚桥化工 = a 岚桥化工", "enterprise:泉州岚桥化工有限公司 = a 泉州岚桥化工有限公司", "enterprise:漳州岚桥化工有限公司 = a 漳州岚桥化工有限公司",
			},
		},
		{
			what: "declared for one firm here and for another one there",
			papers: []*graph.Facts{
				declare(t, paper(t, "a", "泉港区", "[enterprise 泉州岚桥化工有限公司]（以下简称[enterprise 岚桥集团]）投产。"), "岚桥集团", "泉州岚桥化工有限公司"),
				declare(t, paper(t, "b", "芗城区", "[enterprise 漳州岚桥食品有限公司]（以下简称[enterprise 岚桥集团]）投产。"), "岚桥集团", "漳州岚桥食品有限公司"),
				paper(t, "c", "番禺区", "[enterprise 岚桥集团]签约。"),
			},
			want: []string{
				"enterprise:岚桥集团 = c 岚桥集团",
				"enterprise:泉州岚桥化工有限公司 = a 岚桥集团, a 泉州岚桥化工有限公司",
				"enterprise:漳州岚桥食品有限公司 = b 岚桥集团, b 漳州岚桥食品有限公司",
			},
		},
		{
			what:   "in two provinces, each with its firm",
			papers: []*graph.Facts{full("a", "泉港区", "福建"), short("b", "惠安县"), full("c", "番禺区", "广东"), paper(t, "d", "番禺区", "[enterprise 岚桥化工]增资。")},
			want: []string{
				"enterprise:广东岚桥化工有限公司 = c 广东岚桥化工有限公司, d 岚桥化工",
				"enterprise:福建岚桥化工有限公司 = a 福建岚桥化工有限公司, b 岚桥化工",
			},
		},
	})
}

func TestGenericNames(t *testing.T) {
	check(t, []whoCase{
		{
			what: "a school of each area",
			papers: []*graph.Facts{
				paper(t, "a", "泉港区", "[organization,generic 第二实验小学]招生。"),
				paper(t, "b", "惠安县", "[organization,generic 第二实验小学]招生。"),
				paper(t, "c", "芗城区", "[organization,generic,scope=泉港区 [place,code=350505 泉港区]第二实验小学]来访。"),
				paper(t, "d", "芗城区", "[organization,generic,scope=泉港区 泉港区第二实验小学]来访。"),
				paper(t, "e", "", "[organization,generic 第二实验小学]招生。"),
			},
			want: []string{
				"organization:第二实验小学@document:e = e 第二实验小学",
				"organization:第二实验小学@惠安县 = b 第二实验小学",
				"organization:第二实验小学@泉港区 = a 第二实验小学, c 泉港区第二实验小学, d 泉港区第二实验小学",
				"place:泉港区 = c 泉港区",
			},
		},
		{
			what: "a short name of each school",
			papers: []*graph.Facts{
				declare(t, paper(t, "a", "泉港区", "[organization,generic,scope=泉港区 泉港区第二小学]（以下简称[organization 二小]）招生。"), "二小", "泉港区第二小学"),
				declare(t, paper(t, "b", "惠安县", "[organization,generic,scope=惠安县 惠安县第二小学]（以下简称[organization 二小]）招生。"), "二小", "惠安县第二小学"),
				declare(t, paper(t, "c", "芗城区", "[place,code=350602,place=county 芗城区]（以下简称[place,code=350602,place=county 芗城]）招生。"), "芗城", "芗城区"),
			},
			want: []string{
				"organization:第二小学@惠安县 = b 二小, b 惠安县第二小学", "organization:第二小学@泉港区 = a 二小, a 泉港区第二小学", "place:芗城区 = c 芗城, c 芗城区",
			},
		},
		{
			what: "what is not generic is one everywhere",
			papers: []*graph.Facts{
				paper(t, "a", "泉港区", "[organization 岚溪理工学院]招生。"), paper(t, "b", "番禺区", "[organization 嵐溪理工學院]招生。"),
			},
			want: []string{"organization:岚溪理工学院 = a 岚溪理工学院, b 岚溪理工学院"},
		},
		{
			what: "projects with and without the word, firms and places",
			papers: []*graph.Facts{
				paper(t, "a", "泉港区", "[project 岚溪大桥改造项目]和[project,generic 二期项目]开工，[enterprise,generic 城投公司]承建[place,place=village 后坂村]的路。"),
				paper(t, "b", "惠安县", "[project 岚溪大桥改造]和[project,generic 二期项目]开工，[enterprise,generic 城投公司]承建[place,place=village 后坂村]的路。"),
			},
			want: []string{
				"enterprise:城投公司@惠安县 = b 城投公司", "enterprise:城投公司@泉港区 = a 城投公司",
				"place:后坂村@惠安县 = b 后坂村", "place:后坂村@泉港区 = a 后坂村",
				"project:二期项目@惠安县 = b 二期项目", "project:二期项目@泉港区 = a 二期项目",
				"project:岚溪大桥改造 = a 岚溪大桥改造项目, b 岚溪大桥改造",
			},
		},
	})
}

func TestPersons(t *testing.T) {
	check(t, []whoCase{
		{
			what: "of one name in two areas are two",
			papers: []*graph.Facts{
				paper(t, "a", "泉港区", "[person 方砚秋]到会。"), paper(t, "b", "惠安县", "[person 方砚秋]出诊。"), paper(t, "c", "泉港区", "[person 方硯秋]讲话。"), paper(t, "d", "", "[person 方砚秋]来信。"),
			},
			want: []string{"person:方砚秋@document:d = d 方砚秋", "person:方砚秋@惠安县 = b 方砚秋", "person:方砚秋@泉港区 = a 方砚秋, c 方砚秋"},
		},
		{
			what:   "of an office above all areas are one",
			papers: []*graph.Facts{paper(t, "a", "泉港区", "[person 习近平]讲话。"), paper(t, "b", "番禺区", "[person 習近平]来信。")},
			want:   []string{"person:习近平 = a 习近平, b 习近平"},
		},
	})
	o := resolved(t, nil, paper(t, "a", "泉港区", "[person 习近平]讲话，[person 方砚秋]到会。"))
	if hub := o.entity(t, "person:习近平").Hub; hub != "person of higher office" {
		t.Errorf("hub %q", hub)
	}
	want := graph.Entity{ID: "person:方砚秋@泉港区", Kind: graph.KindPerson, Name: "方砚秋", Confidence: 0.9, Area: "泉港区"}
	if diff := gocmp.Diff(want, o.entity(t, want.ID)); diff != "" {
		t.Errorf("entity (-want +got):\n%s", diff)
	}
}

func TestPlaces(t *testing.T) {
	check(t, []whoCase{
		{
			what: "of one code, however they are written",
			papers: []*graph.Facts{
				paper(t, "a", "芗城区", "[place,code=350505 泉港区]来访。"), paper(t, "b", "番禺区", "[place,code=350505 泉港]来访。"), paper(t, "c", "泉港区", "[place,code=350505 泉港區]投产。"),
			},
			want: []string{"place:泉港区 = a 泉港区, b 泉港, c 泉港区"},
		},
		{
			what:   "of one name and two codes",
			papers: []*graph.Facts{paper(t, "a", "芗城区", "[place,code=110105 朝阳区]与[place,code=220104 朝阳区]签约。")},
			want:   []string{"place:朝阳区@北京市 = a 朝阳区", "place:朝阳区@长春市 = a 朝阳区"},
		},
		{
			what:   "without a code",
			papers: []*graph.Facts{paper(t, "a", "芗城区", "[place,place=bridge 岚溪大桥]通车。"), paper(t, "b", "番禺区", "[place,place=bridge 嵐溪大橋]通车。")},
			want:   []string{"place:岚溪大桥 = a 岚溪大桥, b 岚溪大桥"},
		},
	})

	o := resolved(t, nil, paper(t, "a", "云岭新区", "[place,code=350505,place=county 泉港]来访[place,place=other 岚洲]。"), paper(t, "b", "芗城区", "[place,place=park 岚洲]开园。"))
	for _, want := range []graph.Entity{
		{ID: "place:泉港区", Kind: graph.KindPlace, Name: "泉港区", Aliases: []string{"泉港"}, Confidence: 0.9, Place: graph.County, Code: "350505"},
		{ID: "place:岚洲", Kind: graph.KindPlace, Name: "岚洲", Confidence: 0.9, Place: graph.Park}, // what is known wins over what is not
		{ID: "place:云岭新区", Kind: graph.KindPlace, Name: "云岭新区", Confidence: 1, Place: graph.Other},
		{ID: "place:芗城区", Kind: graph.KindPlace, Name: "芗城区", Confidence: 1, Place: graph.County, Code: "350602"},
	} {
		if diff := gocmp.Diff(want, o.entity(t, want.ID)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", want.ID, diff)
		}
	}
}

func TestAbove(t *testing.T) {
	g := places(t)
	edge := func(from graph.ID, to graph.ID, code string) graph.Edge {
		return graph.Edge{From: from, Type: graph.LocatedIn, To: to, Confidence: 1, Evidence: []graph.Evidence{{Source: graph.FromRegister, By: "gazetteer", Score: 1, Ref: "division:" + code}}}
	}
	place := func(name string, kind graph.PlaceKind, code string) graph.Entity {
		return graph.Entity{ID: graph.ID("place:" + name), Kind: graph.KindPlace, Name: name, Confidence: 1, Place: kind, Code: code}
	}
	above, edges, err := resolve.Above(g, resolved(t, nil, paper(t, "a", "芗城区", "[place,code=350505 泉港]来访。")).entity(t, "place:泉港区"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := gocmp.Diff([]graph.Entity{place("泉州市", graph.City, "350500"), place("福建省", graph.Province, "350000"), place("中国", graph.Country, "100000")}, above); diff != "" {
		t.Errorf("places above (-want +got):\n%s", diff)
	}
	want := []graph.Edge{edge("place:泉港区", "place:泉州市", "350505"), edge("place:泉州市", "place:福建省", "350500"), edge("place:福建省", "place:中国", "350000")}
	if diff := gocmp.Diff(want, edges); diff != "" {
		t.Errorf("edges (-want +got):\n%s", diff)
	}
	for _, e := range []graph.Entity{
		place("中国", graph.Country, "100000"), place("岚洲", graph.Park, ""), place("某地", graph.County, "999999"),
		{ID: "enterprise:岚桥", Kind: graph.KindEnterprise, Name: "岚桥", Code: "350505"},
	} {
		if above, edges, err := resolve.Above(g, e); len(above)+len(edges) > 0 || err != nil {
			t.Errorf("above %s: %v, %v, error %v", e.ID, above, edges, err)
		}
	}
}

// by makes a judgement of the n-th minute.
func by(n int, verdict graph.Verdict, about ...graph.Subject) graph.Judgement {
	return graph.Judgement{Time: fmt.Sprintf("2025-03-01T09:%02d:00Z", n), Author: "方木", Verdict: verdict, About: about}
}

func retype(n int, to graph.Kind, about graph.Subject) graph.Judgement {
	j := by(n, graph.Retype, about)
	j.Type = to
	return j
}

func rename(n int, to string, about graph.Subject) graph.Judgement {
	j := by(n, graph.Rename, about)
	j.Name = to
	return j
}

// firm, project and the like are all mentions of a surface; in, those in documents that speak for an area.
func firm(surface string) graph.Subject {
	return graph.Subject{Type: graph.KindEnterprise, Surface: surface}
}

func subject(kind graph.Kind, surface string) graph.Subject {
	return graph.Subject{Type: kind, Surface: surface}
}

func in(area string, s graph.Subject) graph.Subject {
	s.Area = area
	return s
}

// at is the n-th mention of a text in a document.
func at(t failer, f *graph.Facts, text string, n int) graph.Subject {
	t.Helper()
	m := named(t, f, text, n)
	return graph.Subject{Doc: f.Document.ID, Start: m.Start, End: m.End}
}

func TestJudgements(t *testing.T) {
	papers := func() []*graph.Facts {
		return []*graph.Facts{
			paper(t, "a", "泉港区", "[enterprise 岚桥化工]与[enterprise 泓谷能源]签约。", "[person 方砚秋]到会。"),
			paper(t, "b", "惠安县", "[enterprise 岚桥化工]开工，[enterprise 嵐橋化工]增资。", "[person 方砚秋]出诊。"),
			paper(t, "c", "芗城区", "[project [enterprise 岚桥化工]二期]竣工。"),
		}
	}
	fulls := func() []*graph.Facts {
		return []*graph.Facts{
			paper(t, "a", "泉港区", "[enterprise 泉州岚桥化工有限公司]投产，[enterprise 漳州岚桥化工有限公司]签约。"),
			paper(t, "b", "惠安县", "[enterprise 泉州岚桥化工有限公司]投产。"),
			paper(t, "c", "芗城区", "[enterprise 漳州岚桥化工有限公司]投产。"),
		}
	}
	shorts := func() []*graph.Facts {
		return []*graph.Facts{
			declare(t, paper(t, "a", "泉港区", "[enterprise 福建岚桥化工有限公司]（以下简称[enterprise 岚桥]）投产。"), "岚桥", "福建岚桥化工有限公司"),
			declare(t, paper(t, "b", "惠安县", "[enterprise 福建泓谷能源有限公司]（以下简称[enterprise 泓谷]）投产。"), "泓谷", "福建泓谷能源有限公司"),
		}
	}
	p, f := papers(), fulls()
	const (
		lan  = "enterprise:岚桥化工 = a 岚桥化工, b 岚桥化工, c 岚桥化工"
		hong = "enterprise:泓谷能源 = a 泓谷能源"
		fang = "person:方砚秋@泉港区 = a 方砚秋"
		yan  = "person:方砚秋@惠安县 = b 方砚秋"
		erqi = "project:岚桥化工二期 = c 岚桥化工二期"
	)
	check(t, []whoCase{
		{what: "none", papers: papers(), want: []string{lan, hong, yan, fang, erqi}},
		{
			what: "same joins names", papers: papers(), judgements: []graph.Judgement{by(1, graph.Same, firm("岚桥化工"), firm("泓谷能源"))},
			want: []string{"enterprise:岚桥化工 = a 岚桥化工, a 泓谷能源, b 岚桥化工, c 岚桥化工", yan, fang, erqi},
		},
		{
			what: "same joins persons of two areas", papers: papers(), judgements: []graph.Judgement{by(1, graph.Same, in("泉港区", subject(graph.KindPerson, "方砚秋")), in("惠安县", subject(graph.KindPerson, "方砚秋")))},
			want: []string{lan, hong, "person:方砚秋@惠安县 = a 方砚秋, b 方砚秋", erqi},
		},
		{
			what: "same joins two mentions", papers: papers(), judgements: []graph.Judgement{by(1, graph.Same, at(t, p[0], "方砚秋", 0), at(t, p[1], "方砚秋", 0))},
			want: []string{lan, hong, "person:方砚秋@惠安县 = a 方砚秋, b 方砚秋", erqi},
		},
		{
			what: "same overrules full names", papers: fulls(), judgements: []graph.Judgement{by(1, graph.Same, firm("泉州岚桥化工有限公司"), firm("漳州岚桥化工有限公司"))},
			want: []string{"enterprise:泉州岚桥化工有限公司 = a 泉州岚桥化工有限公司, a 漳州岚桥化工有限公司, b 泉州岚桥化工有限公司, c 漳州岚桥化工有限公司"},
		},
		{
			what: "same of two mentions takes their namesakes along", papers: fulls(), judgements: []graph.Judgement{by(1, graph.Same, at(t, f[0], "泉州岚桥化工有限公司", 0), at(t, f[0], "漳州岚桥化工有限公司", 0))},
			want: []string{"enterprise:泉州岚桥化工有限公司 = a 泉州岚桥化工有限公司, a 漳州岚桥化工有限公司, b 泉州岚桥化工有限公司, c 漳州岚桥化工有限公司"},
		},
		{
			what: "same of two short names joins the firms", papers: shorts(), judgements: []graph.Judgement{by(1, graph.Same, firm("岚桥"), firm("泓谷"))},
			want: []string{"enterprise:福建岚桥化工有限公司 = a 岚桥, a 福建岚桥化工有限公司, b 泓谷, b 福建泓谷能源有限公司"},
		},
		{
			what: "same of a short name that two firms have joins neither of them", papers: append(shorts(), declare(t, paper(t, "c", "惠安县", "[enterprise 广东岚桥食品有限公司]（以下简称[enterprise 岚桥]）投产。"), "岚桥", "广东岚桥食品有限公司")),
			judgements: []graph.Judgement{by(1, graph.Same, firm("岚桥"), firm("泓谷"))},
			want: []string{
				"enterprise:广东岚桥食品有限公司 = c 岚桥, c 广东岚桥食品有限公司", "enterprise:福建岚桥化工有限公司 = a 岚桥, a 福建岚桥化工有限公司",
				"enterprise:福建泓谷能源有限公司 = b 泓谷, b 福建泓谷能源有限公司",
			},
		},
		{
			what: "same of one short name in two areas, where two firms have it", judgements: []graph.Judgement{by(1, graph.Same, in("泉港区", firm("岚桥")), in("惠安县", firm("岚桥")))},
			papers: []*graph.Facts{shorts()[0], declare(t, paper(t, "c", "惠安县", "[enterprise 广东岚桥食品有限公司]（以下简称[enterprise 岚桥]）投产。"), "岚桥", "广东岚桥食品有限公司")},
			want:   []string{"enterprise:广东岚桥食品有限公司 = c 广东岚桥食品有限公司", "enterprise:福建岚桥化工有限公司 = a 岚桥, a 福建岚桥化工有限公司, c 岚桥"},
		},
		{
			what: "same of two short names that two firms have each", judgements: []graph.Judgement{by(1, graph.Same, firm("岚桥"), firm("岚桥化工"))},
			papers: []*graph.Facts{
				declare(t, paper(t, "a", "泉港区", "[enterprise 福建岚桥化工有限公司]（以下简称[enterprise 岚桥]）投产。"), "岚桥", "福建岚桥化工有限公司"),
				declare(t, paper(t, "b", "惠安县", "[enterprise 广东岚桥食品有限公司]（以下简称[enterprise 岚桥]）投产。"), "岚桥", "广东岚桥食品有限公司"),
				declare(t, paper(t, "c", "泉港区", "[enterprise 福建泓谷化工有限公司]（以下简称[enterprise 岚桥化工]）投产。"), "岚桥化工", "福建泓谷化工有限公司"),
				declare(t, paper(t, "d", "惠安县", "[enterprise 广东泓谷食品有限公司]（以下简称[enterprise 岚桥化工]）投产。"), "岚桥化工", "广东泓谷食品有限公司"),
			},
			want: []string{
				"enterprise:广东岚桥食品有限公司 = b 岚桥, b 广东岚桥食品有限公司", "enterprise:广东泓谷食品有限公司 = d 岚桥化工, d 广东泓谷食品有限公司",
				"enterprise:福建岚桥化工有限公司 = a 岚桥, a 福建岚桥化工有限公司", "enterprise:福建泓谷化工有限公司 = c 岚桥化工, c 福建泓谷化工有限公司",
			},
		},
		{
			what: "different parts what a name joins", papers: papers(), judgements: []graph.Judgement{by(1, graph.Different, in("泉港区", firm("岚桥化工")), in("惠安县", firm("岚桥化工")))},
			want: []string{
				"enterprise:岚桥化工@惠安县 = b 岚桥化工", "enterprise:岚桥化工@泉港区 = a 岚桥化工", "enterprise:岚桥化工@芗城区 = c 岚桥化工", hong, yan, fang, erqi,
			},
		},
		{
			what: "a later word about the same two retires an earlier one", papers: papers(), judgements: []graph.Judgement{
				by(1, graph.Same, firm("岚桥化工"), firm("泓谷能源")), by(2, graph.Different, firm("泓谷能源"), firm("岚桥化工")),
			},
			want: []string{lan, hong, yan, fang, erqi},
		},
		{
			what: "different stands against a way round", papers: papers(), judgements: []graph.Judgement{
				by(1, graph.Same, firm("岚桥化工"), firm("泓谷能源")), by(2, graph.Same, firm("泓谷能源"), subject(graph.KindProject, "岚桥化工二期")),
				by(3, graph.Different, firm("岚桥化工"), subject(graph.KindProject, "岚桥化工二期")),
			},
			want: []string{"enterprise:岚桥化工 = a 岚桥化工, a 泓谷能源, b 岚桥化工, c 岚桥化工", yan, fang, erqi},
		},
		{what: "unsure does nothing", papers: papers(), judgements: []graph.Judgement{by(1, graph.Unsure, firm("岚桥化工"), firm("泓谷能源"))}, want: []string{lan, hong, yan, fang, erqi}},
		{what: "rename leaves who is who", papers: papers(), judgements: []graph.Judgement{rename(1, "岚桥", firm("岚桥化工"))}, want: []string{lan, hong, yan, fang, erqi}},
		{
			what: "retype", papers: papers(), judgements: []graph.Judgement{retype(1, graph.KindOrganization, firm("泓谷能源"))},
			want: []string{lan, "organization:泓谷能源 = a 泓谷能源", yan, fang, erqi},
		},
		{
			what: "retype in one area", papers: papers(), judgements: []graph.Judgement{retype(1, graph.KindProject, in("惠安县", firm("嵐橋化工")))},
			want: []string{"enterprise:岚桥化工 = a 岚桥化工, c 岚桥化工", hong, yan, fang, "project:岚桥化工 = b 岚桥化工", erqi},
		},
		{
			what: "retype of one mention", papers: papers(), judgements: []graph.Judgement{retype(1, graph.KindProject, at(t, p[1], "岚桥化工", 0))},
			want: []string{lan, hong, yan, fang, "project:岚桥化工 = b 岚桥化工", erqi},
		},
		{
			what: "retype, and a later word about what it made", papers: papers(), judgements: []graph.Judgement{
				retype(1, graph.KindProject, firm("泓谷能源")), retype(2, graph.KindOrganization, subject(graph.KindProject, "泓谷能源")),
			},
			want: []string{lan, "organization:泓谷能源 = a 泓谷能源", yan, fang, erqi},
		},
		{
			what: "retype and back", papers: papers(), judgements: []graph.Judgement{
				retype(1, graph.KindProject, firm("泓谷能源")), retype(2, graph.KindEnterprise, subject(graph.KindProject, "泓谷能源")),
			},
			want: []string{lan, hong, yan, fang, erqi},
		},
		{
			what: "retype, and drop of what it made", papers: papers(), judgements: []graph.Judgement{
				retype(1, graph.KindProject, firm("泓谷能源")), by(2, graph.Drop, subject(graph.KindProject, "泓谷能源")),
			},
			want: []string{lan, yan, fang, erqi},
		},
		{what: "drop", papers: papers(), judgements: []graph.Judgement{by(1, graph.Drop, firm("岚桥化工"))}, want: []string{hong, yan, fang, erqi}},
		{
			what: "drop in one area", papers: papers(), judgements: []graph.Judgement{by(1, graph.Drop, in("惠安县", firm("岚桥化工")))},
			want: []string{"enterprise:岚桥化工 = a 岚桥化工, c 岚桥化工", hong, yan, fang, erqi},
		},
		{
			what: "drop of a part", papers: papers(), judgements: []graph.Judgement{by(1, graph.Drop, at(t, p[2], "岚桥化工", 0))},
			want: []string{"enterprise:岚桥化工 = a 岚桥化工, b 岚桥化工", hong, yan, fang, erqi},
		},
		{
			what: "split sets a mention apart", papers: papers(), judgements: []graph.Judgement{by(1, graph.Split, at(t, p[1], "嵐橋化工", 0))},
			want: []string{lan, "enterprise:岚桥化工@document:b#7 = b 岚桥化工", hong, yan, fang, erqi},
		},
		{
			what: "split, and the same as another", papers: papers(), judgements: []graph.Judgement{
				by(1, graph.Split, at(t, p[1], "嵐橋化工", 0)), by(2, graph.Same, at(t, p[1], "嵐橋化工", 0), firm("泓谷能源")),
			},
			want: []string{lan, "enterprise:岚桥化工@document:b#7 = a 泓谷能源, b 岚桥化工", yan, fang, erqi},
		},
		{
			what: "split of a full name", papers: fulls(), judgements: []graph.Judgement{by(1, graph.Split, at(t, f[1], "泉州岚桥化工有限公司", 0))},
			want: []string{
				"enterprise:泉州岚桥化工有限公司 = a 泉州岚桥化工有限公司", "enterprise:泉州岚桥化工有限公司@document:b#0 = b 泉州岚桥化工有限公司",
				"enterprise:漳州岚桥化工有限公司 = a 漳州岚桥化工有限公司, c 漳州岚桥化工有限公司",
			},
		},
	})
}

// TestSplitLinks: a mention that is set apart is linked by nothing that links its namesakes.
func TestSplitLinks(t *testing.T) {
	declared := declare(t, paper(t, "a", "泉港区", "[enterprise 福建岚桥化工有限公司]（以下简称[enterprise 岚桥]）投产。", "[enterprise 岚桥]与[enterprise 岚桥化工]签约。"), "岚桥", "福建岚桥化工有限公司")
	place := paper(t, "b", "芗城区", "[place,code=350505,place=county 泉港区]来访。", "[place,code=350505,place=county 泉港区]回访。")
	check(t, []whoCase{
		{
			what: "a declared short name", papers: []*graph.Facts{declared}, judgements: []graph.Judgement{by(1, graph.Split, at(t, declared, "岚桥", 0))},
			want: []string{
				"enterprise:岚桥@document:a#15 = a 岚桥", "enterprise:福建岚桥化工有限公司 = a 岚桥, a 岚桥化工, a 福建岚桥化工有限公司",
			},
		},
		{
			what: "a short name that would be clipped", papers: []*graph.Facts{declared}, judgements: []graph.Judgement{by(1, graph.Split, at(t, declared, "岚桥化工", 0))},
			want: []string{"enterprise:岚桥化工@document:a#25 = a 岚桥化工", "enterprise:福建岚桥化工有限公司 = a 岚桥, a 福建岚桥化工有限公司"},
		},
		{
			what: "a place of the gazetteer", papers: []*graph.Facts{place}, judgements: []graph.Judgement{by(1, graph.Split, at(t, place, "泉港区", 1))},
			want: []string{"place:泉港区 = b 泉港区", "place:泉港区@document:b#7 = b 泉港区"},
		},
	})
	two := paper(t, "c", "泉港区", "[enterprise 岚桥化工]与[enterprise 泓谷能源]签约。", "[enterprise 岚桥化工]增资。")
	apart := by(2, graph.Split, at(t, two, "岚桥化工", 1))
	const left = "enterprise:岚桥化工@document:c#13 = c 岚桥化工"
	check(t, []whoCase{
		{
			what: "what is said of the name is not said of it", papers: []*graph.Facts{two},
			judgements: []graph.Judgement{by(1, graph.Same, firm("岚桥化工"), firm("泓谷能源")), apart, by(3, graph.Drop, firm("岚桥化工"))},
			want:       []string{left, "enterprise:泓谷能源 = c 泓谷能源"},
		},
		{
			what: "what the name was made before stays", papers: []*graph.Facts{two},
			judgements: []graph.Judgement{retype(1, graph.KindProject, firm("岚桥化工")), apart},
			want:       []string{"enterprise:泓谷能源 = c 泓谷能源", "project:岚桥化工 = c 岚桥化工", "project:岚桥化工@document:c#13 = c 岚桥化工"},
		},
	})
	if e := resolved(t, []graph.Judgement{rename(1, "岚桥集团", firm("岚桥化工")), apart}, two).entity(t, "enterprise:岚桥化工@document:c#13"); e.Name != "岚桥化工" {
		t.Errorf("renamed with its namesakes: %s", e.Name)
	}
	o := resolved(t, []graph.Judgement{by(1, graph.Split, at(t, place, "泉港区", 1))}, place)
	want := graph.Entity{ID: "place:泉港区@document:b#7", Kind: graph.KindPlace, Name: "泉港区", Confidence: 0.9, Place: graph.County}
	if diff := gocmp.Diff(want, o.entity(t, want.ID)); diff != "" {
		t.Errorf("entity (-want +got):\n%s", diff)
	}
}

func TestVillages(t *testing.T) {
	const village = "place,place=village "
	check(t, []whoCase{
		{
			what: "with its town, without, and bare", papers: []*graph.Facts{paper(t, "a", "惠安县", "["+village+"辋桥镇岚头社区]、["+village+"岚头社区]、[place 岚头]改造。")},
			want: []string{"place:辋桥镇岚头社区@惠安县 = a 岚头, a 岚头社区, a 辋桥镇岚头社区"},
		},
		{
			what: "two towns have one", papers: []*graph.Facts{paper(t, "a", "惠安县", "["+village+"辋桥镇岚头村]、["+village+"泓湾镇岚头村]、["+village+"岚头村]改造。")},
			want: []string{"place:岚头村@惠安县 = a 岚头村", "place:泓湾镇岚头村@惠安县 = a 泓湾镇岚头村", "place:辋桥镇岚头村@惠安县 = a 辋桥镇岚头村"},
		},
		{
			what: "a village and a community", papers: []*graph.Facts{paper(t, "a", "惠安县", "["+village+"岚头村]、["+village+"岚头社区]、[place 岚头]改造。")},
			want: []string{"place:岚头 = a 岚头", "place:岚头村@惠安县 = a 岚头村", "place:岚头社区@惠安县 = a 岚头社区"},
		},
		{
			what: "a township of a nationality", papers: []*graph.Facts{paper(t, "a", "惠安县", "[place,code=350521200,place=township 百崎回族乡]、[place,place=township 百崎乡]改造。")},
			want: []string{"place:百崎回族乡 = a 百崎乡, a 百崎回族乡"},
		},
	})
}

func TestColleges(t *testing.T) {
	short := paper(t, "a", "泉港区", "[organization 岚溪职业]招生。")
	whole := paper(t, "b", "惠安县", "[organization 岚溪职业大学]扩建。")
	check(t, []whoCase{
		{what: "of one city", papers: []*graph.Facts{short, whole}, want: []string{"organization:岚溪职业大学 = a 岚溪职业, b 岚溪职业大学"}},
		{
			what: "of another city", papers: []*graph.Facts{short, paper(t, "c", "芗城区", "[organization 岚溪职业大学]扩建。")},
			want: []string{"organization:岚溪职业 = a 岚溪职业", "organization:岚溪职业大学 = c 岚溪职业大学"},
		},
		{
			what: "two that begin alike", papers: []*graph.Facts{short, whole, paper(t, "c", "惠安县", "[organization 岚溪职业学院]扩建。")},
			want: []string{"organization:岚溪职业 = a 岚溪职业", "organization:岚溪职业大学 = b 岚溪职业大学", "organization:岚溪职业学院 = c 岚溪职业学院"},
		},
	})
}

func TestRename(t *testing.T) {
	o := resolved(t, []graph.Judgement{rename(1, "岚桥集团", firm("岚桥化工")), rename(2, "岚桥新材", firm("岚桥化工")), rename(3, "云岭开发区", subject(graph.KindPlace, "云岭新区"))},
		paper(t, "a", "泉港区", "[enterprise 嵐橋化工]签约。"), paper(t, "b", "云岭新区", "[enterprise 岚桥化工]签约。"))
	for _, want := range []graph.Entity{
		{ID: "enterprise:岚桥化工", Kind: graph.KindEnterprise, Name: "岚桥新材", Aliases: []string{"岚桥化工", "嵐橋化工"}, Confidence: 0.9},
		{ID: "place:云岭新区", Kind: graph.KindPlace, Name: "云岭开发区", Aliases: []string{"云岭新区"}, Confidence: 1, Place: graph.Other},
	} {
		if diff := gocmp.Diff(want, o.entity(t, want.ID)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", want.ID, diff)
		}
	}
	for _, e := range o.entities {
		if e.Entity.ID == "enterprise:岚桥化工" {
			if diff := gocmp.Diff([]string{"岚桥化工", "岚桥新材"}, e.Keys); diff != "" {
				t.Errorf("names to look it up by (-want +got):\n%s", diff)
			}
		}
	}
}

// TestJudgementsOfAreas: the area that a document speaks for need not be named in it to be what a judgement is about.
func TestJudgementsOfAreas(t *testing.T) {
	o := resolved(t, []graph.Judgement{by(1, graph.Same, subject(graph.KindPlace, "云岭新区"), subject(graph.KindPlace, "云岭开发区"))},
		paper(t, "a", "云岭新区", "[enterprise 岚桥化工]签约。"), paper(t, "b", "泉港区", "[place,place=zone 云岭开发区]来访。"))
	want := graph.Entity{ID: "place:云岭开发区", Kind: graph.KindPlace, Name: "云岭开发区", Aliases: []string{"云岭新区"}, Confidence: 1, Place: graph.Zone}
	if diff := gocmp.Diff(want, o.entity(t, want.ID)); diff != "" {
		t.Errorf("entity (-want +got):\n%s", diff)
	}
}

func TestStamp(t *testing.T) {
	j := by(1, graph.Drop, in("惠安县", firm("嵐橋化工")))
	k := rename(2, "泓谷", firm("泓谷能源"))
	js := resolve.NewJudgements(graph.EffectiveJudgements([]graph.Judgement{j, k}))
	both := []string{j.Hash(), k.Hash()}
	slices.Sort(both)
	for _, c := range []struct{ area, sentence, want string }{
		{"泉港区", "[enterprise 岚桥化工]签约。", ""},
		{"惠安县", "[enterprise 岚桥化工]签约。", j.Hash()},
		{"惠安县", "[project 岚桥化工]签约。", ""},
		{"泉港区", "[project [enterprise 泓谷能源]二期]签约。", k.Hash()},
		{"惠安县", "[enterprise 泓谷能源]与[enterprise 岚桥化工]签约。", strings.Join(both, ",")},
	} {
		if got := resolve.Read(places(t), paper(t, "a", c.area, c.sentence), js).Stamp; got != c.want {
			t.Errorf("%s: %s: stamp %q, want %q", c.area, c.sentence, got, c.want)
		}
	}
}

func TestIndex(t *testing.T) {
	f := paper(t, "a", "泉港区", "[enterprise 嵐橋化工]与[person 方砚秋]签约[project [enterprise 泓谷能源]二期]。")
	r := resolve.Read(places(t), f, resolve.NewJudgements([]graph.Judgement{retype(1, graph.KindProject, firm("岚桥化工"))}))
	index := r.Index()
	var got []string
	for _, key := range slices.Sorted(maps.Keys(index)) {
		var refs []string
		for _, g := range index[key] {
			refs = append(refs, g.Ref)
		}
		if resolve.Linking(key) != (len(refs) > 0) {
			t.Errorf("key %q: linking %v, but groups %q", key, resolve.Linking(key), refs)
		}
		got = append(got, strings.TrimSpace(key+" "+strings.Join(refs, " ")))
	}
	want := []string{
		"enterprise|泓谷能源 enterprise|泓谷能源|泓谷能源",
		"firm|泓谷能源 enterprise|泓谷能源|泓谷能源",
		"name|enterprise|岚桥化工",
		"name|enterprise|泓谷能源",
		"name|person|方砚秋",
		"name|place|泉港区",
		"name|project|岚桥化工",
		"name|project|泓谷能源二期",
		"person|方砚秋@泉港区 person|方砚秋@泉港区|方砚秋",
		"place|#350505 place|#350505|泉港区",
		"project|岚桥化工 project|岚桥化工|岚桥化工",
		"project|泓谷能源二期 project|泓谷能源二期|泓谷能源二期",
	}
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("index (-want +got):\n%s", diff)
	}
	if key := resolve.NameKey(graph.KindEnterprise, "“嵐橋”化工"); key != "name|enterprise|岚桥化工" {
		t.Errorf("name key %q", key)
	}
}

// shown is an edge with all its properties, and the quotes or references that it stands on.
func shown(t *testing.T, e graph.Edge) string {
	t.Helper()
	var evidence []string
	for _, ev := range e.Evidence {
		evidence = append(evidence, ev.Quote+ev.Ref)
	}
	e.Evidence = nil
	b, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	return string(b) + " " + strings.Join(evidence, " / ")
}

func TestEdges(t *testing.T) {
	f := paper(t, "a", "泉港区",
		"[enterprise 岚桥化工]与[enterprise 泓谷能源]在[place,code=350505 泉港]签约。",
		"[project [enterprise 嵐橋化工]二期]竣工，投资3亿元，[person 方砚秋]到会。",
		"下载[enterprise 岚洲软件]和[enterprise 岚桥化工]")
	f.Sentences[2].Role = graph.Chrome
	at2024 := func(s *graph.Statement) { s.Year, s.Modality = 2024, graph.Reported }
	state(t, f, graph.PartnersWith, "岚桥化工", "泓谷能源", at2024)
	state(t, f, graph.LocatedIn, "泓谷能源", "泉港", at2024)
	state(t, f, graph.LocatedIn, "泓谷能源", "泉港", func(s *graph.Statement) { s.Year, s.Basis = 2025, graph.BasisSentence })
	state(t, f, graph.PartOf, "嵐橋化工二期", "嵐橋化工", func(s *graph.Statement) { s.Basis = graph.BasisName })
	state(t, f, graph.Status, "嵐橋化工二期", "", func(s *graph.Statement) {
		s.State, s.Date, s.Year, s.Modality = "completed", "2024-08", 2024, graph.Reported
	})
	state(t, f, graph.Amount, "嵐橋化工二期", "", func(s *graph.Statement) {
		s.Quantity = &graph.Quantity{Value: 3e8, Unit: "元", Of: "total", Raw: "3亿元", Countable: true}
	})
	state(t, f, graph.HoldsPost, "方砚秋", "嵐橋化工", func(s *graph.Statement) { s.Post = "董事长" })
	state(t, f, graph.PartOf, "嵐橋化工", "岚桥化工", nil)  // both ends are one
	state(t, f, graph.ShortFor, "岚桥化工", "方砚秋", nil) // merges nothing, being of two kinds, and is no edge
	const (
		first  = "岚桥化工与泓谷能源在泉港签约。"
		second = "嵐橋化工二期竣工，投资3亿元，方砚秋到会。"
	)
	want := []string{
		`{"from":"document:a","type":"REPORTS_ON","to":"place:泉港区","year":2024,"confidence":1} m.csv:2`,
		`{"from":"enterprise:岚桥化工","type":"APPEARS_IN","to":"place:泉港区","confidence":0.9,"documents":1,"mentions":3,"first_year":2024,"last_year":2024} 岚桥化工`,
		`{"from":"enterprise:岚桥化工","type":"CO_MENTIONED","to":"enterprise:泓谷能源","confidence":1,"sentences":1,"weight":0.5} ` + first,
		`{"from":"enterprise:岚桥化工","type":"CO_MENTIONED","to":"place:泉港区","confidence":1,"sentences":1,"weight":0.5} ` + first,
		`{"from":"enterprise:岚桥化工","type":"MENTIONED_IN","to":"document:a","confidence":0.9,"count":3} 岚桥化工 / 嵐橋化工 / 岚桥化工`,
		`{"from":"enterprise:岚桥化工","type":"PARTNERS_WITH","to":"enterprise:泓谷能源","year":2024,"modality":"reported","confidence":0.8} ` + first,
		`{"from":"enterprise:岚洲软件","type":"APPEARS_IN","to":"place:泉港区","confidence":0.9,"documents":1,"mentions":1,"first_year":2024,"last_year":2024} 岚洲软件`,
		`{"from":"enterprise:岚洲软件","type":"MENTIONED_IN","to":"document:a","confidence":0.9,"count":1,"first":40} 岚洲软件`,
		`{"from":"enterprise:泓谷能源","type":"APPEARS_IN","to":"place:泉港区","confidence":0.9,"documents":1,"mentions":1,"first_year":2024,"last_year":2024} 泓谷能源`,
		`{"from":"enterprise:泓谷能源","type":"CO_MENTIONED","to":"place:泉港区","confidence":1,"sentences":1,"weight":0.5} ` + first,
		`{"from":"enterprise:泓谷能源","type":"LOCATED_IN","to":"place:泉港区","confidence":0.8,"basis":"sentence"} ` + first,
		`{"from":"enterprise:泓谷能源","type":"MENTIONED_IN","to":"document:a","confidence":0.9,"count":1,"first":5} 泓谷能源`,
		`{"from":"person:方砚秋@泉港区","type":"APPEARS_IN","to":"place:泉港区","confidence":0.9,"documents":1,"mentions":1,"first_year":2024,"last_year":2024} 方砚秋`,
		`{"from":"person:方砚秋@泉港区","type":"CO_MENTIONED","to":"project:岚桥化工二期","confidence":1,"sentences":1,"weight":1} ` + second,
		`{"from":"person:方砚秋@泉港区","type":"HOLDS_POST","to":"enterprise:岚桥化工","post":"董事长","confidence":0.8} ` + second,
		`{"from":"person:方砚秋@泉港区","type":"MENTIONED_IN","to":"document:a","confidence":0.9,"count":1,"first":31} 方砚秋`,
		`{"from":"place:泉港区","type":"MENTIONED_IN","to":"document:a","confidence":0.9,"count":1,"first":10} 泉港`,
		`{"from":"project:岚桥化工二期","type":"AMOUNT","to":"document:a","of":"total","confidence":0.8,"value":300000000,"unit":"元","raw":"3亿元","countable":true} ` + second,
		`{"from":"project:岚桥化工二期","type":"APPEARS_IN","to":"place:泉港区","confidence":0.9,"documents":1,"mentions":1,"first_year":2024,"last_year":2024} 嵐橋化工二期`,
		`{"from":"project:岚桥化工二期","type":"MENTIONED_IN","to":"document:a","confidence":0.9,"count":1,"first":16} 嵐橋化工二期`,
		`{"from":"project:岚桥化工二期","type":"PART_OF","to":"enterprise:岚桥化工","confidence":0.8,"basis":"name"} ` + second,
		`{"from":"project:岚桥化工二期","type":"STATUS","to":"document:a","state":"completed","year":2024,"modality":"reported","confidence":0.8,"date":"2024-08"} ` + second,
	}
	if diff := gocmp.Diff(want, edgesOf(t, resolved(t, nil, f))); diff != "" {
		t.Errorf("edges (-want +got):\n%s", diff)
	}
}

// edgesOf shows the edges of one document.
func edgesOf(t *testing.T, o *outcome) []string {
	t.Helper()
	var list []string
	for _, e := range o.edges(t)[o.readings[0].Facts.Document.ID] {
		list = append(list, shown(t, e))
	}
	return list
}

func TestEdgesOfNamesWithinNames(t *testing.T) {
	f := paper(t, "a", "", "[project [enterprise 岚桥化工]二期]竣工，[place,code=350505 泉港区]祝贺。", "[project [enterprise 岚桥化工]二期]满产。")
	want := []string{
		`{"from":"enterprise:岚桥化工","type":"MENTIONED_IN","to":"document:a","confidence":0.9,"count":2,"inside":true} 岚桥化工 / 岚桥化工`,
		`{"from":"place:泉港区","type":"CO_MENTIONED","to":"project:岚桥化工二期","confidence":1,"sentences":1,"weight":1} 岚桥化工二期竣工，泉港区祝贺。`,
		`{"from":"place:泉港区","type":"MENTIONED_IN","to":"document:a","confidence":0.9,"count":1,"first":9} 泉港区`,
		`{"from":"project:岚桥化工二期","type":"MENTIONED_IN","to":"document:a","confidence":0.9,"count":2} 岚桥化工二期 / 岚桥化工二期`,
	}
	if diff := gocmp.Diff(want, edgesOf(t, resolved(t, nil, f))); diff != "" {
		t.Errorf("edges of a document that speaks for no area (-want +got):\n%s", diff)
	}
}

func TestEdgesOfDroppedNames(t *testing.T) {
	f := paper(t, "a", "", "[enterprise 岚桥化工]与[enterprise 泓谷能源]签约。")
	state(t, f, graph.PartnersWith, "岚桥化工", "泓谷能源", nil)
	want := []string{`{"from":"enterprise:岚桥化工","type":"MENTIONED_IN","to":"document:a","confidence":0.9,"count":1} 岚桥化工`}
	if diff := gocmp.Diff(want, edgesOf(t, resolved(t, []graph.Judgement{by(1, graph.Drop, firm("泓谷能源"))}, f))); diff != "" {
		t.Errorf("edges (-want +got):\n%s", diff)
	}
}

// TestEdgesOfRolls: forty names in a sentence are named together, forty-one are a roll.
func TestEdgesOfRolls(t *testing.T) {
	for n, want := range map[int]int{1: 0, 2: 1, 40: 780, 41: 0} {
		var s strings.Builder
		for i := range n {
			fmt.Fprintf(&s, "[enterprise 岚桥%d号公司]、", i)
		}
		together := 0
		for _, e := range resolved(t, nil, paper(t, "a", "", s.String())).edges(t)["document:a"] {
			if e.Type == graph.CoMentioned {
				together++
			}
		}
		if together != want {
			t.Errorf("%d names: %d pairs, want %d", n, together, want)
		}
	}
}

func TestEdgesNeedTheOriginOfTheArea(t *testing.T) {
	f := paper(t, "a", "泉港区", "[enterprise 岚桥化工]投产。")
	f.Document.Origins = nil
	o := resolved(t, nil, f)
	const want = "edges of document:a: the area 泉港区 has no origin"
	if _, err := resolve.Edges(o.readings[0], o.ids["document:a"]); err == nil || err.Error() != want {
		t.Errorf("error %v, want %s", err, want)
	}
}

// anyPaper is a document of a few sentences with names that tempt to be merged.
func anyPaper(t *rapid.T, id string) *graph.Facts {
	areas := []string{"", "泉港区", "惠安县", "芗城区", "番禺区", "云岭新区"}
	names := []string{
		"[enterprise 福建岚桥化工有限公司]", "[enterprise 泉州岚桥化工有限公司]", "[enterprise 岚桥化工有限公司]", "[enterprise 岚桥化工]", "[enterprise 嵐橋化工]",
		"[enterprise 岚桥]", "[enterprise 华为]", "[enterprise 泓谷能源]", "[enterprise 福建泓谷能源有限公司]", "[enterprise,generic 城投公司]",
		"[project [enterprise 岚桥化工]二期]", "[project 岚溪大桥项目]", "[project 岚溪大桥]", "[person 方砚秋]", "[person 习近平]",
		"[organization,generic 第二小学]", "[organization,generic,scope=泉港区 泉港区第二小学]", "[place,code=350505,place=county 泉港区]",
		"[place,code=350505 泉港]", "[place,place=other 岚洲]", "[place,place=park 岚洲]", "[place,place=village 后坂村]",
	}
	var sentences []string
	for range rapid.IntRange(1, 3).Draw(t, "sentences") {
		sentences = append(sentences, strings.Join(rapid.SliceOfN(rapid.SampledFrom(names), 1, 4).Draw(t, "names"), "、")+"。")
	}
	f := paper(t, id, rapid.SampledFrom(areas).Draw(t, "area"), sentences...)
	for range rapid.IntRange(0, 2).Draw(t, "statements") {
		all := mentions(f)
		head, tail := rapid.SampledFrom(all).Draw(t, "head"), rapid.SampledFrom(all).Draw(t, "tail")
		state(t, f, rapid.SampledFrom([]graph.EdgeType{graph.ShortFor, graph.ShortFor, graph.PartnersWith, graph.PartOf, graph.Status}).Draw(t, "type"), head.Text, tail.Text, nil)
	}
	return f
}

func anyJudgement(t *rapid.T, n int, papers []*graph.Facts) graph.Judgement {
	about := func(i int) graph.Subject {
		f := rapid.SampledFrom(papers).Draw(t, "document")
		m := rapid.SampledFrom(mentions(f)).Draw(t, "mention")
		switch s := (graph.Subject{Type: m.Kind, Surface: m.Text}); rapid.IntRange(i, 2).Draw(t, "about") {
		case 0:
			return s
		case 1:
			s.Area = f.Document.Area
			return s
		}
		return graph.Subject{Doc: f.Document.ID, Start: m.Start, End: m.End}
	}
	verdict := rapid.SampledFrom([]graph.Verdict{graph.Same, graph.Different, graph.Unsure, graph.Retype, graph.Rename, graph.Drop, graph.Split}).Draw(t, "verdict")
	j := by(n, verdict)
	switch verdict {
	case graph.Same, graph.Different, graph.Unsure:
		j.About = []graph.Subject{about(0), about(0)}
	case graph.Split:
		j.About = []graph.Subject{about(2)}
	default:
		j.About = []graph.Subject{about(0)}
	}
	switch verdict {
	case graph.Retype:
		j.Type = rapid.SampledFrom(graph.Kinds).Draw(t, "kind")
	case graph.Rename:
		j.Name = "岚桥新名"
	}
	return j
}

// TestOrderDoesNotMatter: in whatever order documents, judgements and groups come, the entities and the edges are the same, and
// every edge stands on evidence that is in its document.
func TestOrderDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var papers []*graph.Facts
		for i := range rapid.IntRange(1, 6).Draw(t, "documents") {
			papers = append(papers, anyPaper(t, fmt.Sprintf("%c%d", "kfpazx"[i], i)))
		}
		var js []graph.Judgement
		for i := range rapid.IntRange(0, 4).Draw(t, "judgements") {
			js = append(js, anyJudgement(t, i, papers))
		}
		one := resolved(t, js, papers...)
		edges := one.edges(t)
		for range 2 {
			shuffled := rapid.Permutation(papers).Draw(t, "order of documents")
			two := resolved(t, rapid.Permutation(js).Draw(t, "order of judgements"), shuffled...)
			if diff := gocmp.Diff(one.entities, two.entities); diff != "" {
				t.Fatalf("entities in another order:\n%s", diff)
			}
			if diff := gocmp.Diff(edges, two.edges(t)); diff != "" {
				t.Fatalf("edges in another order:\n%s", diff)
			}
		}
		var groups []resolve.Group
		for _, r := range one.readings {
			groups = append(groups, r.Groups...)
		}
		before := fmt.Sprint(groups)
		all, leads, err := resolve.Component(places(t), groups)
		if err != nil {
			t.Fatalf("%v", err)
		}
		again, leadsAgain, err := resolve.Component(places(t), rapid.Permutation(groups).Draw(t, "order of groups"))
		if err != nil {
			t.Fatalf("%v", err)
		}
		if diff := gocmp.Diff(all, again) + gocmp.Diff(leads, leadsAgain); diff != "" {
			t.Fatalf("groups in another order:\n%s", diff)
		}
		for _, e := range leads {
			if err := e.Check(); err != nil {
				t.Fatalf("%v", err)
			}
		}
		if fmt.Sprint(groups) != before {
			t.Fatalf("the groups given were changed")
		}
		members := 0
		for _, e := range one.entities {
			members += len(e.Members)
			if !slices.IsSorted(e.Keys) || !slices.IsSorted(e.Entity.Aliases) || slices.Contains(e.Entity.Aliases, e.Entity.Name) || e.Entity.ID.Kind() != e.Entity.Kind {
				t.Fatalf("entity %+v", e)
			}
		}
		if members != len(groups) {
			t.Fatalf("%d groups are in entities, of %d", members, len(groups))
		}
		for _, r := range one.readings {
			d := r.Facts.Document
			last := ""
			for _, e := range edges[d.ID] {
				if err := e.Check(); err != nil {
					t.Fatalf("%v", err)
				}
				if e.Key() <= last {
					t.Fatalf("edge %q after %q", e.Key(), last)
				}
				last = e.Key()
				for _, ev := range e.Evidence {
					if ev.Doc != d.ID || ev.Source == graph.FromText && ev.Quote != d.Text[ev.ByteStart:ev.ByteEnd] {
						t.Fatalf("edge %q stands on %+v", e.Key(), ev)
					}
				}
			}
		}
		for _, e := range one.entities {
			_, above, err := resolve.Above(places(t), e.Entity)
			if err != nil {
				t.Fatalf("%v", err)
			}
			for _, edge := range above {
				if err := edge.Check(); err != nil {
					t.Fatalf("%v", err)
				}
			}
		}
	})
}

// TestComponentsAreWhole: what comes out of components is what comes out of all groups at once: no firm that matters to a short name
// is left out of its component.
func TestComponentsAreWhole(t *testing.T) {
	parts := [][]string{{"", "泉州", "福建", "福建泉州", "漳州", "惠安"}, {"岚桥", "岚桥泓谷", "泓谷", "岚", ""}, {"", "化工", "食品", "化学工业", "投资", "钢铁"}, {"有限公司", "股份有限公司", "集团有限公司", "", "", "股份", "集团"}}
	areas := []string{"", "泉港区", "惠安县", "芗城区", "番禺区"}
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.Custom(func(t *rapid.T) string {
			var b strings.Builder
			for _, part := range parts {
				b.WriteString(rapid.SampledFrom(part).Draw(t, "part"))
			}
			if b.Len() < 6 {
				return "[enterprise 岚桥]"
			}
			return "[enterprise " + b.String() + "]"
		})
		var papers []*graph.Facts
		for i := range rapid.IntRange(2, 8).Draw(t, "documents") {
			names := strings.Join(rapid.SliceOfN(name, 1, 3).Draw(t, "names"), "、")
			papers = append(papers, paper(t, fmt.Sprint(i), rapid.SampledFrom(areas).Draw(t, "area"), names+"签约。"))
		}
		var js []graph.Judgement
		for i := range rapid.IntRange(0, 2).Draw(t, "judgements") {
			js = append(js, anyJudgement(t, i, papers))
		}
		o := resolved(t, js, papers...)
		var groups []resolve.Group
		for _, r := range o.readings {
			groups = append(groups, r.Groups...)
		}
		entities, edges, err := resolve.Component(places(t), groups)
		if err != nil {
			t.Fatalf("%v", err)
		}
		slices.SortFunc(entities, func(a, b resolve.Resolved) int {
			return cmp.Or(cmp.Compare(a.Entity.ID, b.Entity.ID), cmp.Compare(a.Members[0].Doc, b.Members[0].Doc))
		})
		leads := []graph.Edge{}
		for _, e := range o.leads {
			if e.Type == graph.MaybeSame {
				leads = append(leads, e)
			}
		}
		slices.SortFunc(leads, func(a, b graph.Edge) int { return cmp.Compare(a.Key(), b.Key()) })
		if diff := gocmp.Diff(entities, o.entities) + gocmp.Diff(edges, leads); diff != "" {
			t.Fatalf("all at once (-), by components (+):\n%s", diff)
		}
	})
}

// TestFullFirmsStayApart: whatever short names say, an entity has one full name of a firm, with and without its place.
func TestFullFirmsStayApart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var papers []*graph.Facts
		for i := range rapid.IntRange(1, 6).Draw(t, "documents") {
			papers = append(papers, anyPaper(t, fmt.Sprint(i)))
		}
		for _, e := range resolved(t, nil, papers...).entities {
			full := map[string]bool{}
			for _, m := range e.Members {
				if strings.HasSuffix(m.Name, "有限公司") {
					full[m.Keys[0]] = true
				}
			}
			if len(full) > 1 {
				t.Fatalf("%s is %v", e.Entity.ID, full)
			}
		}
	})
}
