package query_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/query"
	"github.com/tupu-kg/tupu/query/querytest"
)

func firm(surface, area string) graph.Subject {
	return graph.Subject{Type: graph.KindEnterprise, Surface: surface, Area: area}
}

func mention(s graph.Subject, e graph.Evidence) graph.Subject {
	s.Doc, s.Start, s.End = e.Doc, e.Start, e.End
	return s
}

// namesakes is a graph of firms with the same short name: the documents of one area name two of them, those of another one.
func namesakes(t *testing.T) (*graph.Memory, func(path, words string) graph.Evidence) {
	b := querytest.NewBuilder(t)
	east := b.Document("东区2023年报告", 2023, "东区", "海川机械有限公司投产。海川扩产。")
	west := b.Document("西区2023年报告", 2023, "西区", "海川水产获奖。海川出口。", "南海機械簽約。")
	more := b.Document("西区2024年报告", 2024, "西区", "海川机械有限公司与海川水产签约。海川在建。")
	machines := b.Entity(graph.Entity{ID: "enterprise:海川机械有限公司", Kind: graph.KindEnterprise, Name: "海川机械有限公司", Aliases: []string{"海川", "没有人这么写"}})
	fish := b.Entity(graph.Entity{ID: "enterprise:海川水产", Kind: graph.KindEnterprise, Name: "海川水产", Aliases: []string{"海川"}})
	other := b.Entity(graph.Entity{ID: "enterprise:南海机械", Kind: graph.KindEnterprise, Name: "海川南海机械厂", Aliases: []string{"南海机械"}})
	school := b.Entity(graph.Entity{ID: "organization:海川@东区", Kind: graph.KindOrganization, Name: "海川", Area: "东区"})
	docs := map[string]graph.ID{"east": east, "west": west, "more": more}
	at := func(doc, words string) graph.Evidence { return b.At(docs[doc], words) }
	b.Edge(machines, graph.MentionedIn, east, nil, at("east", "海川机械有限公司"), b.Inside(east, "海川扩产", "海川"))
	b.Edge(machines, graph.MentionedIn, more, nil, at("more", "海川机械有限公司"))
	b.Edge(fish, graph.MentionedIn, west, nil, at("west", "海川水产"), b.Inside(west, "海川出口", "海川"))
	b.Edge(fish, graph.MentionedIn, more, nil, at("more", "海川水产"), b.Inside(more, "海川在建", "海川"))
	b.Edge(other, graph.MentionedIn, west, nil, at("west", "南海機械"))
	b.Edge(school, graph.MentionedIn, east, nil, b.Inside(east, "海川扩产", "海川"))
	b.Edge(machines, graph.MaybeSame, fish, func(e *graph.Edge) { e.Score, e.Reason = 0.4, "one short name" }, at("more", "海川机械有限公司"))
	b.Edge(machines, graph.MaybeSame, other, func(e *graph.Edge) { e.Score, e.Reason = 0.7, "one trade" }, at("west", "南海機械"))
	b.Edge(machines, graph.CoMentioned, fish, func(e *graph.Edge) { e.Sentences = 1 }, at("more", "海川机械有限公司"))
	return b.Graph(), func(doc, words string) graph.Evidence { return b.Inside(docs[doc], words, "海川") }
}

func TestSubjectsMeanTheEntityAndNoOther(t *testing.T) {
	m, at := namesakes(t)
	for _, c := range []struct {
		name   string
		entity graph.ID
		as     string
		want   []graph.Subject
	}{
		{"its own name first; the shared one by area", "enterprise:海川机械有限公司", "", []graph.Subject{firm("海川机械有限公司", ""), firm("海川", "东区")}},
		{"as it was called", "enterprise:海川机械有限公司", "海 川", []graph.Subject{firm("海川", "东区")}},
		{"a name that nobody writes is none", "enterprise:南海机械", "", []graph.Subject{firm("南海机械", "")}},
		{"a scoped name has its area though nobody shares it", "organization:海川@东区", "", []graph.Subject{{Type: graph.KindOrganization, Surface: "海川", Area: "东区"}}},
		{"two documents of one area", "enterprise:海川水产", "海川", []graph.Subject{firm("海川", "西区")}},
	} {
		e, err := m.Entity(c.entity)
		if err != nil {
			t.Fatal(err)
		}
		got, err := query.Subjects(ctx, m, e, c.as)
		if diff := cmp.Diff(c.want, got); diff != "" || err != nil {
			t.Errorf("%s: %v %s", c.name, err, diff)
		}
		for _, s := range got {
			ids, err := query.Meant(ctx, m, s)
			if err != nil || len(ids) != 1 || ids[0] != c.entity {
				t.Errorf("%s: %v means %v, %v", c.name, s, ids, err)
			}
		}
	}
	e, err := m.Entity("enterprise:海川机械有限公司")
	if err != nil {
		t.Fatal(err)
	}
	_, err = query.Subjects(ctx, m, e, "没有人这么写")
	var not *query.NotWrittenError
	if !errors.As(err, &not) || len(not.Written) != 2 {
		t.Errorf("a name that no document has: %v", err)
	}
	spot := mention(firm("海川", ""), at("more", "海川在建"))
	if ids, err := query.Meant(ctx, m, spot); err != nil || len(ids) != 1 || ids[0] != "enterprise:海川水产" {
		t.Errorf("the mention means %v, %v", ids, err)
	}
	if ids, err := query.Meant(ctx, m, firm("海川", "")); err != nil || len(ids) != 2 {
		t.Errorf("a name of two means %v, %v", ids, err)
	}
	if ids, err := query.Meant(ctx, m, graph.Subject{Type: graph.KindProject, Surface: "海川水产"}); err != nil || len(ids) != 1 {
		t.Errorf("one that was given another type is %v, %v", ids, err)
	}
}

// TestSubjectsByMention: where the documents of one area give one name to two, only the place in the text tells them apart.
func TestSubjectsByMention(t *testing.T) {
	b := querytest.NewBuilder(t)
	doc := b.Document("东区2023年报告", 2023, "东区", "海川投产。海川获奖。")
	first, second := b.Inside(doc, "海川投产", "海川"), b.Inside(doc, "海川获奖", "海川")
	one := b.Entity(graph.Entity{ID: "enterprise:海川", Kind: graph.KindEnterprise, Name: "海川"})
	two := b.Entity(graph.Entity{ID: "enterprise:海川~2", Kind: graph.KindEnterprise, Name: "海川"})
	b.Edge(one, graph.MentionedIn, doc, nil, first)
	b.Edge(two, graph.MentionedIn, doc, nil, second)
	m := b.Graph()
	for id, at := range map[graph.ID]graph.Evidence{one: first, two: second} {
		e, err := m.Entity(id)
		if err != nil {
			t.Fatal(err)
		}
		got, err := query.Subjects(ctx, m, e, "")
		if diff := cmp.Diff([]graph.Subject{mention(firm("海川", ""), at)}, got); diff != "" || err != nil {
			t.Errorf("%s: %v %s", id, err, diff)
		}
	}
}

func TestPairsLeaveOutWhatIsJudged(t *testing.T) {
	m, _ := namesakes(t)
	unsure := graph.Judgement{Verdict: graph.Unsure, About: []graph.Subject{firm("海川", "西区"), firm("海川机械有限公司", "")}}
	drop := graph.Judgement{Verdict: graph.Drop, About: []graph.Subject{firm("南海机械", "")}}
	for _, c := range []struct {
		name   string
		judged []graph.Judgement
		o      query.PairOptions
		want   []graph.ID
		left   int
	}{
		{"the likelier first", nil, query.PairOptions{}, []graph.ID{"enterprise:南海机械", "enterprise:海川水产"}, 0},
		{"judged by another of their names", []graph.Judgement{unsure, drop}, query.PairOptions{}, []graph.ID{"enterprise:南海机械"}, 1},
		{"likely ones", nil, query.PairOptions{Least: 0.5}, []graph.ID{"enterprise:南海机械"}, 0},
		{"of another kind", nil, query.PairOptions{Kind: graph.KindPlace}, nil, 0},
	} {
		a, err := query.Pairs(ctx, m, c.judged, c.o)
		if err != nil {
			t.Fatal(err)
		}
		var got []graph.ID
		for _, p := range a.Pairs {
			got = append(got, p.Left)
			if p.Left == "enterprise:海川机械有限公司" {
				got[len(got)-1] = p.Right
			}
		}
		if diff := cmp.Diff(c.want, got); diff != "" || a.Judged != c.left {
			t.Errorf("%s: %d judged, %s", c.name, a.Judged, diff)
		}
	}
}

func TestCompareSaysWhatTheTwoHaveInCommon(t *testing.T) {
	m, _ := namesakes(t)
	c, err := query.Compare(ctx, m, query.Pair{Left: "enterprise:海川机械有限公司", Right: "enterprise:海川水产"}, 1)
	if err != nil {
		t.Fatal(err)
	}
	if c.Both.Documents != 1 || c.Both.Sentences != 1 || len(c.Both.Evidence) != 1 || c.About != [2]graph.Subject{firm("海川机械有限公司", ""), firm("海川水产", "")} {
		t.Errorf("in common %+v, about %v", c.Both, c.About)
	}
	if len(c.LeftSide.Documents) != 2 || len(c.RightSide.Documents) != 2 {
		t.Errorf("the dossiers are of %d and %d documents", len(c.LeftSide.Documents), len(c.RightSide.Documents))
	}
}
