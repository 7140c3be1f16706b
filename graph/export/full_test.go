package export_test

import (
	"strings"
	"testing"

	"github.com/tupu-kg/tupu/graph"
)

// full is a graph that has an edge of every type, every property of edges, every modality, evidence of every source, a locator
// of every kind, and texts that formats stumble over: quotes, commas, semicolons, tabs, formulas, characters beyond the basic
// plane, and a form feed as PDF files bring it.
func full(t testing.TB) *graph.Memory {
	t.Helper()
	b := &maker{t: t, m: graph.NewMemory(), docs: map[graph.ID]graph.Document{}}
	report := b.document(graph.Document{
		Format: "pdf", Reader: "pdf 1", Paths: []string{"报告/芗城区2024.pdf"}, Title: "芗城区2024年政府工作报告", Issuer: "芗城区人民政府", Date: "2024-12-31",
		Year: 2024, PlanYear: 2025, Area: "芗城区", AreaCode: "350602", URL: "https://example.org/报告?id=1&x=<2>",
	}, "芗城区2024年政府工作报告",
		"漳州榕屿食品有限公司（以下简称“榕屿食品”）与屿辰集团合作建设榕屿食品中央厨房项目，总投资3.2亿元。",
		"榕屿食品中央厨房项目一期已开工；计划2025年8月建成，达产后年产值\"10亿元\", 税收1千万元。\f",
		"林砚秋任漳州榕屿食品有限公司董事长。", "漳州榕屿食品有限公司获评省级龙头企业。", "=𠮷田精工持有榕屿冷链51%股权。", "金屿大桥工程将于2025年通车。")
	news := b.document(graph.Document{
		Format: "xlsx", Reader: "xlsx 1", Paths: []string{"表/项目;清单.xlsx", "备份/项目清单.xlsx"}, Title: "", Year: 2023, Area: "龙海区",
	}, "榕屿食品中央厨房项目\t签约", "榕屿冷链、榕屿食品参会")
	b.document(graph.Document{Format: "text", Reader: "text 1", Paths: []string{"未具名.txt"}}, "没有人提到的一页")

	entity := func(kind graph.Kind, name string, fill func(*graph.Entity)) graph.ID {
		e := graph.Entity{ID: graph.NewID(kind, name, ""), Kind: kind, Name: name, Confidence: 0.9}
		if fill != nil {
			fill(&e)
		}
		b.m.AddEntity(e, e.Name)
		return e.ID
	}
	firm := entity(graph.KindEnterprise, "漳州榕屿食品有限公司", func(e *graph.Entity) { e.Aliases = []string{"榕屿;食品", "榕屿食品"} })
	cold := entity(graph.KindEnterprise, "榕屿冷链", nil)
	group := entity(graph.KindEnterprise, "屿辰集团", nil)
	odd := entity(graph.KindEnterprise, "=𠮷田精工", func(e *graph.Entity) { e.Confidence = 0.4 })
	kitchen := entity(graph.KindProject, "榕屿食品中央厨房项目", nil)
	phase := entity(graph.KindProject, "榕屿食品中央厨房项目一期", nil)
	works := entity(graph.KindProject, "金屿大桥工程", nil)
	district := entity(graph.KindPlace, "芗城区", func(e *graph.Entity) { e.Place, e.Code, e.Confidence = graph.County, "350602", 1 })
	other := entity(graph.KindPlace, "龙海区", func(e *graph.Entity) { e.Place, e.Code, e.Confidence = graph.County, "350604", 1 })
	city := entity(graph.KindPlace, "漳州市", func(e *graph.Entity) {
		e.Place, e.Code, e.Confidence, e.Hub = graph.City, "3506", 1, "it contains the areas"
	})
	bridge := entity(graph.KindPlace, "金屿大桥", func(e *graph.Entity) { e.Place = graph.Bridge })
	school := graph.NewID(graph.KindOrganization, "第二实验小学", "芗城区")
	b.m.AddEntity(graph.Entity{ID: school, Kind: graph.KindOrganization, Name: "第二实验小学", Area: "芗城区", Confidence: 0.8}, "第二实验小学")
	person := entity(graph.KindPerson, "林砚秋", func(e *graph.Entity) { e.Posts = []string{"董事长"} })
	honour := entity(graph.KindHonour, "省级龙头企业", func(e *graph.Entity) { e.Level = "省级" })

	register := graph.Evidence{Source: graph.FromRegister, By: "gazetteer", Score: 1, Ref: "division:3506"}
	manifest := graph.Evidence{Source: graph.FromManifest, By: "manifest", Score: 1, Ref: "资料.csv:3", Span: graph.Span{Doc: news}}
	judged := graph.Evidence{Source: graph.FromJudgement, By: "user", Score: 1, Ref: "00112233aabbccdd"}
	at := b.at
	b.edge(report, graph.ReportsOn, district, func(e *graph.Edge) { e.Year = 2024 }, at(report, "芗城区"))
	b.edge(news, graph.ReportsOn, other, func(e *graph.Edge) { e.Year = 2023 }, manifest)
	for _, id := range []graph.ID{firm, group, kitchen, phase, person, honour, odd, cold, works, bridge} {
		words := id.Name()
		b.edge(id, graph.MentionedIn, report, func(e *graph.Edge) { e.Count, e.First, e.Inside = 2, 10, id == bridge || id == cold }, at(report, words), at(report, words))
		b.edge(id, graph.AppearsIn, district, func(e *graph.Edge) {
			e.Documents, e.Mentions, e.FirstYear, e.LastYear, e.Inside = 1, 2, 2024, 2024, id == bridge || id == cold
		}, at(report, words))
	}
	b.edge(kitchen, graph.MentionedIn, news, func(e *graph.Edge) { e.Count = 1 }, at(news, "榕屿食品中央厨房项目"))
	b.edge(cold, graph.MentionedIn, news, func(e *graph.Edge) { e.Count = 1 }, at(news, "榕屿冷链"))
	b.edge(kitchen, graph.AppearsIn, other, func(e *graph.Edge) { e.Documents, e.Mentions, e.FirstYear, e.LastYear = 1, 1, 2023, 2023 }, at(news, "榕屿食品中央厨房项目"))
	b.edge(district, graph.LocatedIn, city, nil, register)
	b.edge(other, graph.LocatedIn, city, nil, register)
	b.edge(firm, graph.LocatedIn, district, func(e *graph.Edge) { e.Basis = graph.BasisName }, at(report, "漳州榕屿食品有限公司"))
	b.edge(phase, graph.PartOf, kitchen, func(e *graph.Edge) { e.Basis = graph.BasisName }, at(report, "榕屿食品中央厨房项目一期"))
	b.edge(cold, graph.PartOf, odd, func(e *graph.Edge) { e.Share, e.Basis = "51%", graph.BasisSentence }, at(report, "=𠮷田精工持有榕屿冷链51%股权。"))
	b.edge(works, graph.Concerns, bridge, func(e *graph.Edge) { e.Basis, e.Modality, e.Year = graph.BasisName, graph.Planned, 2025 }, at(report, "金屿大桥工程"))
	b.edge(firm, graph.Undertakes, kitchen, func(e *graph.Edge) { e.Basis, e.Role, e.Modality = graph.BasisName, "建设", graph.Reported }, at(report, "建设榕屿食品中央厨房项目"))
	b.edge(group, graph.Undertakes, kitchen, func(e *graph.Edge) { e.Basis, e.Modality, e.Year = graph.BasisSentence, graph.Planned, 2025 }, at(report, "屿辰集团"))
	b.edge(firm, graph.PartnersWith, group, func(e *graph.Edge) { e.Modality = graph.Reported }, at(report, "漳州榕屿食品有限公司（以下简称“榕屿食品”）与屿辰集团合作"))
	b.edge(firm, graph.Receives, honour, func(e *graph.Edge) { e.Year, e.Modality = 2024, graph.Reported }, at(report, "获评省级龙头企业"))
	b.edge(kitchen, graph.Status, news, func(e *graph.Edge) { e.State, e.Year, e.Modality = "signed", 2023, graph.Reported }, at(news, "榕屿食品中央厨房项目\t签约"))
	b.edge(phase, graph.Status, report, func(e *graph.Edge) { e.State, e.Year, e.Modality = "started", 2024, graph.Reported }, at(report, "榕屿食品中央厨房项目一期已开工"))
	b.edge(phase, graph.Status, report, func(e *graph.Edge) {
		e.State, e.Year, e.Modality, e.Date = "completed", 2025, graph.Planned, "2025-08"
	}, at(report, "计划2025年8月建成"))
	b.edge(bridge, graph.Status, report, func(e *graph.Edge) { e.State, e.Year, e.Modality = "operating", 2025, graph.Planned }, at(report, "金屿大桥工程将于2025年通车"))
	b.edge(kitchen, graph.Amount, report, func(e *graph.Edge) {
		e.Of, e.Value, e.Unit, e.Raw, e.Countable, e.Year, e.Modality = "total", 3.2e8, "元", "总投资3.2亿元", true, 2024, graph.Reported
	}, at(report, "总投资3.2亿元"))
	b.edge(phase, graph.Amount, report, func(e *graph.Edge) {
		e.Of, e.Value, e.Unit, e.Raw, e.Reason, e.Modality = "capacity", 1e9, "元", "年产值\"10亿元\"", "it is not said of which year", graph.Target
	}, at(report, "年产值\"10亿元\""))
	b.edge(person, graph.HoldsPost, firm, func(e *graph.Edge) { e.Post, e.Year = "董事长", 2024 }, at(report, "林砚秋任漳州榕屿食品有限公司董事长"))
	b.edge(person, graph.HoldsPost, district, func(e *graph.Edge) { e.Post, e.Modality = "副区长", graph.Background }, at(report, "林砚秋"))
	b.edge(firm, graph.CoMentioned, group, func(e *graph.Edge) { e.Sentences, e.Weight = 1, 0.5 }, at(report, "漳州榕屿食品有限公司"))
	b.edge(cold, graph.CoMentioned, firm, func(e *graph.Edge) { e.Sentences, e.Weight = 1, 1 }, at(news, "榕屿冷链、榕屿食品参会"))
	b.edge(firm, graph.SameStem, cold, func(e *graph.Edge) { e.Stem = "榕屿" }, at(report, "榕屿"))
	b.edge(group, graph.MaybeSame, cold, func(e *graph.Edge) { e.Score, e.Reason = 0.35, "names share 屿" }, judged)
	b.m.Seal()
	return b.m
}

type maker struct {
	t    testing.TB
	m    *graph.Memory
	docs map[graph.ID]graph.Document
}

// document adds a document whose lines are sentences; its locators are of the kind that its format has.
func (b *maker) document(d graph.Document, lines ...string) graph.ID {
	d.Text = strings.Join(lines, "\n")
	d.ID, d.TextHash, d.Size = graph.DocumentID(d.Format, []byte(d.Text)), graph.HashText(d.Text), int64(len(d.Text))
	p := graph.NewPositions(d.ID, d.Text)
	var sentences []graph.Sentence
	at := 0
	for i, line := range lines {
		l := graph.Locator{Start: at, Line: i + 1}
		switch d.Format {
		case "pdf":
			l = graph.Locator{Start: at, Page: 1 + i/3}
		case "xlsx":
			l = graph.Locator{Start: at, Sheet: "项目", Row: i + 1}
		}
		d.Locators = append(d.Locators, l)
		sentences = append(sentences, graph.Sentence{Span: p.Span(at, at+len(line)), Role: graph.Body, Modality: graph.Reported, Year: d.Year})
		at += len(line) + 1
	}
	b.docs[d.ID] = d
	b.m.AddDocument(d, sentences)
	return d.ID
}

// at is the evidence of the first place at which a document says something.
func (b *maker) at(doc graph.ID, words string) graph.Evidence {
	b.t.Helper()
	d := b.docs[doc]
	i := strings.Index(d.Text, words)
	if i < 0 {
		b.t.Fatalf("%s does not say %q", doc, words)
	}
	return graph.Evidence{Source: graph.FromText, Span: graph.NewPositions(doc, d.Text).Span(i, i+len(words)), Quote: words, By: "rule:test", Score: 0.8}
}

func (b *maker) edge(from graph.ID, t graph.EdgeType, to graph.ID, fill func(*graph.Edge), evidence ...graph.Evidence) {
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
