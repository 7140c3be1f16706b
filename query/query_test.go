package query_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/query"
	"github.com/tupu-kg/tupu/query/querytest"
)

var ctx = context.Background()

func TestMemoryConforms(t *testing.T) {
	querytest.Reader(t, func(_ *testing.T, m *graph.Memory) query.Reader { return m })
}

func names(rows []query.SharedRow) []string {
	var out []string
	for _, r := range rows {
		var areas []string
		for _, a := range r.Areas {
			areas = append(areas, a.Name)
		}
		out = append(out, r.Name+": "+strings.Join(areas, ", "))
	}
	return out
}

func TestShared(t *testing.T) {
	m := querytest.Sample(t)
	for _, c := range []struct {
		name         string
		o            query.SharedOptions
		shared, hubs []string
	}{
		{"all kinds", query.SharedOptions{}, []string{"天辰化工: 丰泽区, 泉港区", "金屿大桥: 丰泽区, 泉港区"}, nil},
		{"enterprises", query.SharedOptions{Kind: graph.KindEnterprise}, []string{"天辰化工: 丰泽区, 泉港区"}, nil},
		{"one year", query.SharedOptions{Year: 2024}, nil, nil},
		{"in one area", query.SharedOptions{Area: "豐澤", Kind: graph.KindPlace}, []string{"金屿大桥: 丰泽区, 泉港区"}, nil},
		{"a single city", query.SharedOptions{Level: "city"}, nil, nil},
		{"one area is enough", query.SharedOptions{Level: "city", Least: 1, Kind: graph.KindPlace}, []string{"金屿大桥: 泉州市"}, []string{"泉港区: 泉州市"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, err := query.Shared(ctx, m, c.o)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.shared, names(a.Shared)); diff != "" {
				t.Errorf("shared: %s", diff)
			}
			if diff := cmp.Diff(c.hubs, names(a.Hubs)); diff != "" {
				t.Errorf("hubs: %s", diff)
			}
			for _, row := range a.Shared {
				for _, area := range row.Areas {
					if len(area.Evidence) == 0 {
						t.Errorf("%s in %s has no evidence", row.Name, area.Name)
					}
				}
			}
		})
	}
	if _, err := query.Shared(ctx, m, query.SharedOptions{Level: "village"}); err == nil {
		t.Error("a level that does not exist was taken")
	}
}

func TestQuotesShowTheSentenceAndThePlaceInIt(t *testing.T) {
	a, err := query.Shared(ctx, querytest.Sample(t), query.SharedOptions{Kind: graph.KindPlace, Quotes: -1})
	if err != nil {
		t.Fatal(err)
	}
	for _, area := range a.Shared[0].Areas {
		for _, q := range area.Evidence {
			in := []rune(q.Sentence)
			if got := string(in[q.From:q.To]); got != q.Text || q.Line != 3 || !strings.HasSuffix(q.Sentence, "。") && !strings.Contains(q.Sentence, q.Text) {
				t.Errorf("quote %q stands in %q as %q, line %d", q.Text, q.Sentence, got, q.Line)
			}
		}
	}
}

func TestResolve(t *testing.T) {
	m := querytest.Sample(t)
	for _, c := range []struct{ name, want string }{
		{"天辰化工", "enterprise:天辰化工"},
		{"enterprise:天辰化工", "enterprise:天辰化工"},
		{"enterprise:天辰", "enterprise:天辰化工"},
		{"天辰", "enterprise:天辰化工"},
		{"金嶼大橋", "place:金屿大桥"},
		{" 福海 ", "enterprise:福海粮油"},
		{"金屿", "place:金屿大桥"},
	} {
		e, err := query.Resolve(ctx, m, c.name)
		if err != nil || string(e.ID) != c.want {
			t.Errorf("%q is %s, %v; want %s", c.name, e.ID, err, c.want)
		}
	}
	var ambiguous *query.AmbiguousError
	if _, err := query.Resolve(ctx, m, "化工"); !errors.As(err, &ambiguous) || len(ambiguous.Candidates) != 2 || ambiguous.Candidates[0].ID != "enterprise:天辰化工" {
		t.Errorf("化工: %v", err)
	}
	if _, err := query.Resolve(ctx, m, "天晨化工"); !errors.Is(err, graph.ErrNotFound) || !strings.Contains(err.Error(), "天辰化工") {
		t.Errorf("a misspelt name: %v", err)
	}
	if _, err := query.Resolve(ctx, m, ""); !errors.Is(err, graph.ErrNotFound) {
		t.Errorf("no name: %v", err)
	}
}

func TestShow(t *testing.T) {
	d, err := query.Show(ctx, querytest.Sample(t), query.ShowOptions{Name: "天辰化工"})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, in := range d.Documents {
		got = append(got, in.Path)
	}
	for _, r := range d.Relations {
		got = append(got, string(r.Type)+" "+r.Name+" "+r.Quotes[0].Text)
	}
	for _, n := range d.Near {
		got = append(got, "near "+n.Name)
	}
	want := []string{"泉港区2023年政府工作报告.txt", "豐澤區2024年報告.txt", "UNDERTAKES 天辰化工一期 天辰化工一期建成投产。", "near 福海粮油"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("dossier: %s", diff)
	}
	if diff := cmp.Diff([]int{2023, 2024}, d.Years); diff != "" {
		t.Errorf("years: %s", diff)
	}
}

func TestFindAndSearch(t *testing.T) {
	m := querytest.Sample(t)
	f, err := query.Find(ctx, m, query.FindOptions{Text: "天辰", Limit: 1})
	if err != nil || f.Total != 2 || len(f.Found) != 1 || f.Found[0].Name != "天辰化工" {
		t.Errorf("find: %+v, %v", f, err)
	}
	s, err := query.Search(ctx, m, query.SearchOptions{Text: "金屿大桥通车"})
	if err != nil || s.Total != 1 || s.Sentences[0].Text != "金嶼大橋通車" {
		t.Errorf("search across scripts: %+v, %v", s, err)
	}
	s, err = query.Search(ctx, m, query.SearchOptions{Text: "获奖"})
	if err != nil || s.Total != 1 || s.Sentences[0].Path != "没有来历的一页.txt" {
		t.Errorf("search in a document without area: %+v, %v", s, err)
	}
}

func TestCoverageSaysWhatIsNotKnown(t *testing.T) {
	c, err := query.Coverage(ctx, querytest.Sample(t))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, area := range c.Areas {
		for _, y := range area.Years {
			for range y.Reviews {
				got = append(got, area.Name+" "+string(rune('0'+y.Year-2020)))
			}
		}
	}
	if diff := cmp.Diff([]string{"丰泽区 4", "泉港区 3"}, got); diff != "" || c.Total != 3 || len(c.Unknown) != 1 {
		t.Errorf("coverage %s, %d documents, unknown %v", diff, c.Total, c.Unknown)
	}
}

func TestPlace(t *testing.T) {
	p, err := query.Place(ctx, querytest.Sample(t), query.PlaceOptions{Name: "泉港"})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"泉州市", "福建省"}, p.Within); diff != "" {
		t.Errorf("within: %s", diff)
	}
	if len(p.Documents) != 1 || len(p.Located) != 1 || p.Located[0].Name != "金屿大桥" || len(p.Appearing) != 4 {
		t.Errorf("documents %v, located %v, appearing %v", p.Documents, p.Located, p.Appearing)
	}
}

func TestPathsKeepOffHubsUnlessAsked(t *testing.T) {
	m := querytest.Sample(t)
	a, err := query.Path(ctx, m, query.PathOptions{From: "福海粮油", To: "天辰化工一期"})
	if err != nil || len(a.Hops) != 2 || a.Hops[0].EndName != "天辰化工" || a.Hops[1].Quotes[0].Text == "" {
		t.Fatalf("path: %+v, %v", a, err)
	}
	a, err = query.Path(ctx, m, query.PathOptions{From: "金屿大桥", To: "泉州市"})
	if err != nil || a.Found {
		t.Errorf("through the areas without being asked: %+v, %v", a, err)
	}
	a, err = query.Path(ctx, m, query.PathOptions{From: "金屿大桥", To: "泉州市", Hubs: true})
	if err != nil || len(a.Hops) != 2 {
		t.Errorf("through the areas: %+v, %v", a, err)
	}
	a, err = query.Path(ctx, m, query.PathOptions{From: "福海粮油", To: "天辰化工一期", Avoid: []string{"天辰化工"}})
	if err != nil || a.Found {
		t.Errorf("through what was to be avoided: %+v, %v", a, err)
	}
	if _, err = query.Path(ctx, m, query.PathOptions{From: "福海粮油", To: "天辰化工一期", Visited: 1}); !errors.Is(err, query.ErrTooWide) {
		t.Errorf("a search over its bound: %v", err)
	}
}

func TestRank(t *testing.T) {
	m := querytest.Sample(t)
	for _, by := range query.Measures() {
		a, err := query.Rank(ctx, m, query.RankOptions{By: by.Name, Kind: graph.KindEnterprise})
		first := "天辰化工"
		if by.Name == "authority" {
			first = "福海粮油" // it is named with a firm that points to more
		}
		if err != nil || len(a.Rows) != 2 || a.Rows[0].Name != first || a.Rows[0].Documents != 1 || a.Rows[0].Areas != 1 || a.Sampled != "" {
			t.Errorf("by %s: %+v, %v", by.Name, a, err)
		}
	}
	if _, err := query.Rank(ctx, m, query.RankOptions{By: "beauty"}); err == nil {
		t.Error("a measure that does not exist was taken")
	}
}

func TestHubs(t *testing.T) {
	h, err := query.Hubs(ctx, querytest.Sample(t))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range h.Hubs {
		got = append(got, r.Name)
	}
	if diff := cmp.Diff([]string{"丰泽区", "泉州市", "泉港区", "福建省"}, slices.Sorted(slices.Values(got))); diff != "" {
		t.Errorf("hubs: %s", diff)
	}
}

func TestQuestionsStopWhenCancelled(t *testing.T) {
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	m := querytest.Sample(t)
	for name, ask := range map[string]func() error{
		"shared":   func() error { _, err := query.Shared(cancelled, m, query.SharedOptions{}); return err },
		"search":   func() error { _, err := query.Search(cancelled, m, query.SearchOptions{Text: "天"}); return err },
		"coverage": func() error { _, err := query.Coverage(cancelled, m); return err },
		"find":     func() error { _, err := query.Find(cancelled, m, query.FindOptions{Text: "天"}); return err },
		"rank":     func() error { _, err := query.Rank(cancelled, m, query.RankOptions{}); return err },
	} {
		if err := ask(); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
