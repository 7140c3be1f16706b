package resolve_test

import (
	"fmt"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/tupu-kg/tupu/extract/resolve"
	"github.com/tupu-kg/tupu/graph"
)

func TestFirmsElsewhere(t *testing.T) {
	p := func(id, area, sentence string) *graph.Facts { return paper(t, id, area, sentence) }
	check(t, []whoCase{
		{
			what:   "trade agrees and no place is known",
			papers: []*graph.Facts{p("a", "", "[enterprise 福建岚桥精密机械股份有限公司]投产。"), p("b", "", "[enterprise 岚桥机械]签约。"), p("c", "", "[enterprise 岚桥股份]签约。")},
			want:   []string{"enterprise:福建岚桥精密机械股份有限公司 = a 福建岚桥精密机械股份有限公司, b 岚桥机械, c 岚桥股份"},
		},
		{
			what:   "another trade, another form, another place",
			papers: []*graph.Facts{p("a", "", "[enterprise 福建岚桥化工有限公司]投产。"), p("b", "", "[enterprise 岚桥食品]签约。"), p("c", "", "[enterprise 岚桥集团]签约。"), p("d", "", "[enterprise 漳州岚桥化工]签约。")},
			want: []string{
				"enterprise:岚桥集团 = c 岚桥集团", "enterprise:岚桥食品 = b 岚桥食品", "enterprise:漳州岚桥化工 = d 漳州岚桥化工", "enterprise:福建岚桥化工有限公司 = a 福建岚桥化工有限公司",
			},
		},
		{
			what:   "a brand alone: within the city, not within the province, nor where no place is known",
			papers: []*graph.Facts{p("a", "泉港区", "[enterprise 泉州岚桥化工有限公司]投产。"), p("b", "惠安县", "[enterprise 岚桥]签约。"), p("c", "", "[enterprise 岚桥]签约。")},
			want:   []string{"enterprise:岚桥@document:c = c 岚桥", "enterprise:泉州岚桥化工有限公司 = a 泉州岚桥化工有限公司, b 岚桥"},
		},
		{
			what:   "a brand alone, of which another firm is known by a short name",
			papers: []*graph.Facts{p("a", "泉港区", "[enterprise 泉州岚桥化工有限公司]投产，[enterprise 岚桥食品]开工。"), p("b", "惠安县", "[enterprise 岚桥]签约。")},
			want:   []string{"enterprise:岚桥@福建省 = b 岚桥", "enterprise:岚桥食品 = a 岚桥食品", "enterprise:泉州岚桥化工有限公司 = a 泉州岚桥化工有限公司"},
		},
		{
			what:   "a brand of three characters",
			papers: []*graph.Facts{p("a", "", "[enterprise 厦门狄岚桥智能科技股份有限公司]投产。"), p("b", "", "[enterprise 狄岚桥]签约。")},
			want:   []string{"enterprise:厦门狄岚桥智能科技股份有限公司 = a 厦门狄岚桥智能科技股份有限公司, b 狄岚桥"},
		},
		{
			what:   "the place in the short name decides",
			papers: []*graph.Facts{p("a", "", "[enterprise 上海岚桥企业（集团）股份有限公司]投产。"), p("b", "", "[enterprise 江苏岚桥置业股份有限公司]投产。"), p("c", "", "[enterprise 上海岚桥]签约。"), p("d", "", "[enterprise 岚桥股份]签约。")},
			want: []string{
				"enterprise:上海岚桥企业(集团)股份有限公司 = a 上海岚桥企业（集团）股份有限公司, c 上海岚桥", "enterprise:岚桥股份 = d 岚桥股份", "enterprise:江苏岚桥置业股份有限公司 = b 江苏岚桥置业股份有限公司",
			},
		},
		{
			what:   "marks of an exchange",
			papers: []*graph.Facts{p("a", "", "[enterprise 深圳市岚桥（集团）股份有限公司]投产。"), p("b", "", "[enterprise *ST岚桥]签约。"), p("c", "", "[enterprise 深岚桥A]签约。")},
			want:   []string{"enterprise:深圳岚桥(集团)股份有限公司 = a 深圳市岚桥（集团）股份有限公司, b *ST岚桥", "enterprise:深岚桥a = c 深岚桥A"},
		},
		{
			what:   "what stands inside other names alone may be the owner",
			papers: []*graph.Facts{p("a", "", "[enterprise 福建岚桥机电集团股份有限公司]投产。"), p("b", "", "[project [enterprise 岚桥集团]建材基地]开工。")},
			want:   []string{"enterprise:岚桥集团 = b 岚桥集团", "enterprise:福建岚桥机电集团股份有限公司 = a 福建岚桥机电集团股份有限公司", "project:岚桥集团建材基地 = b 岚桥集团建材基地"},
		},
		{
			what:   "a part of a firm is not the firm",
			papers: []*graph.Facts{p("a", "", "[enterprise 岚桥保险股份有限公司]投产。"), p("b", "", "[enterprise 岚桥保险泉州分公司]签约。")},
			want:   []string{"enterprise:岚桥保险泉州分公司 = b 岚桥保险泉州分公司", "enterprise:岚桥保险股份有限公司 = a 岚桥保险股份有限公司"},
		},
		{
			what:   "full names that say nothing are their documents' own",
			papers: []*graph.Facts{p("a", "", "[enterprise 建材股份有限公司]投产。"), p("b", "", "[enterprise 建材股份有限公司]投产。")},
			want:   []string{"enterprise:建材股份有限公司@document:a = a 建材股份有限公司", "enterprise:建材股份有限公司@document:b = b 建材股份有限公司"},
		},
		{
			what:   "with and without the word company",
			papers: []*graph.Facts{p("a", "", "[enterprise 岚桥彩印]投产。"), p("b", "", "[enterprise 岚桥彩印公司]投产。"), p("c", "", "[enterprise 岚桥彩印分公司]投产。")},
			want:   []string{"enterprise:岚桥彩印 = a 岚桥彩印, b 岚桥彩印公司", "enterprise:岚桥彩印分公司 = c 岚桥彩印分公司"},
		},
	})
}

func TestInOneDocument(t *testing.T) {
	check(t, []whoCase{
		{
			what:   "a short name declared for two firms is neither's",
			papers: []*graph.Facts{declare(t, declare(t, paper(t, "a", "泉港区", "[enterprise 泉州岚桥化工有限公司]和[enterprise 泉州泓谷食品有限公司]（以下简称[enterprise 双雄]）投产。"), "双雄", "泉州岚桥化工有限公司"), "双雄", "泉州泓谷食品有限公司")},
			want: []string{
				"enterprise:双雄@福建省 = a 双雄", "enterprise:泉州岚桥化工有限公司 = a 泉州岚桥化工有限公司", "enterprise:泉州泓谷食品有限公司 = a 泉州泓谷食品有限公司",
			},
		},
		{
			what:   "short names that one firm alone can have",
			papers: []*graph.Facts{paper(t, "a", "番禺区", "[enterprise 泉州岚桥精密机械有限公司]投产，[enterprise 岚桥机械]增资，[enterprise 岚桥]签约，[enterprise 岚侨]到会。")},
			want:   []string{"enterprise:岚侨@广东省 = a 岚侨", "enterprise:泉州岚桥精密机械有限公司 = a 岚桥, a 岚桥机械, a 泉州岚桥精密机械有限公司"},
		},
		{
			what:   "a short name undeclared, where the firm is named with and without its place",
			papers: []*graph.Facts{paper(t, "a", "泉港区", "[enterprise 泉州岚桥化工有限公司]投产，[enterprise 岚桥化工有限公司]增资，[enterprise 岚桥化工]签约。")},
			want:   []string{"enterprise:泉州岚桥化工有限公司 = a 岚桥化工, a 岚桥化工有限公司, a 泉州岚桥化工有限公司"},
		},
		{
			what: "the beginning of a school's name, and a contracted one",
			papers: []*graph.Facts{
				paper(t, "a", "泉港区", "[organization 岚溪职业大学]招生，[organization 岚溪职业]扩建。", "[organization 泓谷师范学院]招生，[organization 泓谷师院]扩建。"),
				paper(t, "b", "泉港区", "[organization 岚桥职业大学]与[organization 岚桥职业学院]招生，[organization 岚桥职业]扩建。"),
			},
			want: []string{
				"organization:岚桥职业 = b 岚桥职业", "organization:岚桥职业大学 = b 岚桥职业大学", "organization:岚桥职业学院 = b 岚桥职业学院",
				"organization:岚溪职业大学 = a 岚溪职业, a 岚溪职业大学", "organization:泓谷师范学院 = a 泓谷师范学院, a 泓谷师院",
			},
		},
		{
			what:   "works and a place in short in front of a generic name",
			papers: []*graph.Facts{paper(t, "a", "泉港区", "[project 岚溪大桥扩建]与[project 岚溪大桥扩建工程]、[project 岚溪防洪工程]开工。", "[organization,generic,scope=后坂街道 后坂小学]与[organization,generic,scope=后坂街道 后坂街道小学]招生。")},
			want: []string{
				"organization:小学@后坂街道 = a 后坂小学, a 后坂街道小学", "project:岚溪大桥扩建 = a 岚溪大桥扩建, a 岚溪大桥扩建工程", "project:岚溪防洪工程 = a 岚溪防洪工程",
			},
		},
	})
}

// TestPersonsWithPosts: people of one name in one area are two where their posts have nothing in common.
func TestPersonsWithPosts(t *testing.T) {
	post := func(id, sentence, body, as string) *graph.Facts {
		f := paper(t, id, "泉港区", sentence)
		state(t, f, graph.HoldsPost, "方砚秋", body, func(s *graph.Statement) { s.Post = as })
		return f
	}
	head := func(id string) *graph.Facts {
		return post(id, "[place,code=350505 泉港区]区长[person 方砚秋]讲话。", "泉港区", "区长")
	}
	doctor := post("c", "[organization 岚溪医院]院长[person 方砚秋]出诊。", "岚溪医院", "院长")
	mayor := post("d", "[organization 泉港区人民政府]副区长[person 方砚秋]讲话。", "泉港区人民政府", "副区长")
	bare := paper(t, "e", "泉港区", "[person 方砚秋]到会。")
	o := resolved(t, nil, head("a"), head("b"), doctor, mayor, bare)
	var got []string
	for _, e := range o.entities {
		if e.Entity.Kind == graph.KindPerson {
			got = append(got, fmt.Sprint(e.Entity.ID, " in ", len(e.Members)))
		}
	}
	want := []string{"person:方砚秋@泉港区 in 3", "person:方砚秋@泉港区~2 in 1", "person:方砚秋@泉港区~3 in 1"}
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("persons (-want +got):\n%s", diff)
	}
	if n := len(o.leads); n != 3 {
		t.Errorf("%d leads: %v", n, leads(o))
	}
	resolved(t, nil, head("a"), bare).is(t, "person:方砚秋@泉港区 = a 方砚秋, e 方砚秋", "place:泉港区 = a 泉港区")
}

// TestPersonsOfFirms: the head of one firm is one person in whatever area.
func TestPersonsOfFirms(t *testing.T) {
	head := func(id, area, firm string) *graph.Facts {
		f := paper(t, id, area, "[enterprise "+firm+"]董事长[person 方砚秋]到会。")
		state(t, f, graph.HoldsPost, "方砚秋", firm, func(s *graph.Statement) { s.Post = "董事长" })
		return f
	}
	resolved(t, nil, head("a", "泉港区", "岚桥智能"), head("b", "芗城区", "岚桥智能"), head("c", "番禺区", "泓谷智能")).is(t,
		"enterprise:岚桥智能 = a 岚桥智能, b 岚桥智能", "enterprise:泓谷智能 = c 泓谷智能",
		"person:方砚秋@泉港区 = a 方砚秋, b 方砚秋", "person:方砚秋@番禺区 = c 方砚秋")
}

func leads(o *outcome) []string {
	var list []string
	for _, e := range o.leads {
		list = append(list, fmt.Sprintf("%s %s %s: %v %s%s", e.From, e.Type, e.To, e.Score, e.Stem, e.Reason))
	}
	slices.Sort(list)
	return list
}

func TestLeads(t *testing.T) {
	for _, c := range []struct {
		what       string
		judgements []graph.Judgement
		papers     []*graph.Facts
		want       []string
	}{
		{
			what: "firms that share a stem", papers: []*graph.Facts{paper(t, "a", "泉港区", "[enterprise 岚桥化学]投产。"), paper(t, "b", "惠安县", "[enterprise 岚桥新材]开工，[enterprise 泓谷新材]签约。")},
			want: []string{"enterprise:岚桥化学 SAME_STEM enterprise:岚桥新材: 0 岚桥"},
		},
		{
			what: "names that many firms begin with, brands known everywhere, towns", papers: []*graph.Facts{
				paper(t, "a", "泉港区", "[enterprise 东方化学]、[enterprise 华为技术有限公司]、[enterprise 惠安化工]投产。"), paper(t, "b", "惠安县", "[enterprise 东方新材]、[enterprise 华为软件]、[enterprise 惠安食品]开工。"),
			},
		},
		{
			what: "short names with and without the place, and the form", papers: []*graph.Facts{
				paper(t, "a", "泉港区", "[enterprise 泓谷集团]投产。"), paper(t, "b", "惠安县", "[enterprise 台湾泓谷集团]开工。"), paper(t, "c", "番禺区", "[enterprise 泓谷]签约。"),
			},
			want: []string{
				"enterprise:台湾泓谷集团 MAYBE_SAME enterprise:泓谷集团: 0.4 the names differ only in the place",
				"enterprise:台湾泓谷集团 SAME_STEM enterprise:泓谷@广东省: 0 泓谷",
				"enterprise:泓谷@广东省 MAYBE_SAME enterprise:泓谷集团: 0.2 the names differ only in the word for the form, but they are named in different provinces",
			},
		},
		{
			what: "brand and trade agree, the province does not", papers: []*graph.Facts{paper(t, "a", "泉港区", "[enterprise 福建岚桥化工有限公司]投产。"), paper(t, "b", "番禺区", "[enterprise 岚桥化工]开工。")},
			want: []string{"enterprise:岚桥化工 MAYBE_SAME enterprise:福建岚桥化工有限公司: 0.5 brand and trade are the same, but it is named in another province"},
		},
		{
			what: "two firms can have the name", papers: []*graph.Facts{paper(t, "a", "泉港区", "[enterprise 泉州岚桥化工有限公司]投产。"), paper(t, "b", "芗城区", "[enterprise 漳州岚桥化工有限公司]投产。"), paper(t, "c", "思明区", "[enterprise 岚桥化工]开工。")},
			want: []string{
				"enterprise:岚桥化工 MAYBE_SAME enterprise:泉州岚桥化工有限公司: 0.5 brand and trade are the same, and so is the province; other firms can have this short name too",
				"enterprise:岚桥化工 MAYBE_SAME enterprise:漳州岚桥化工有限公司: 0.5 brand and trade are the same, and so is the province; other firms can have this short name too",
				"enterprise:泉州岚桥化工有限公司 SAME_STEM enterprise:漳州岚桥化工有限公司: 0 岚桥",
			},
		},
	} {
		t.Run(c.what, func(t *testing.T) {
			o := resolved(t, c.judgements, c.papers...)
			if diff := gocmp.Diff(c.want, leads(o)); diff != "" {
				t.Errorf("leads (-want +got):\n%s", diff)
			}
			for _, e := range o.leads {
				if len(e.Evidence) != 2 {
					t.Errorf("%s stands on %+v", e.Key(), e.Evidence)
				}
			}
		})
	}
}

// TestLeadsAreBounded: what forty-one firms share says nothing.
func TestLeadsAreBounded(t *testing.T) {
	for n, want := range map[int]int{3: 3, 40: 780, 41: 0} {
		var papers []*graph.Facts
		for i := range n {
			trade := []string{"化工", "食品", "机械", "物流", "纺织", "电子", "服装"}[i%7] + []string{"科技", "设备", "贸易", "材料", "工程", "管理"}[i/7]
			papers = append(papers, paper(t, fmt.Sprint("d", i), "", "[enterprise 岚桥"+trade+"]投产。"))
		}
		if found := len(resolved(t, nil, papers...).leads); found != want {
			t.Errorf("%d firms: %d pairs, want %d", n, found, want)
		}
	}
}

func TestWhy(t *testing.T) {
	same := by(1, graph.Same, firm("岚桥化工"), firm("泓谷能源"))
	o := resolved(t, []graph.Judgement{same},
		declare(t, paper(t, "a", "泉港区", "[enterprise 福建岚桥化工有限公司]（以下简称[enterprise 岚桥]）投产，[enterprise 岚桥化工公司]增资。"), "岚桥", "福建岚桥化工有限公司"),
		paper(t, "b", "惠安县", "[enterprise 嵐橋化工]签约。"), paper(t, "c", "芗城区", "[enterprise 岚桥化工]与[enterprise 泓谷能源]签约。"),
		paper(t, "d", "惠安县", "[enterprise 福建省岚桥化工有限公司]投产。"),
	)
	if len(o.entities) != 1+3 { // and three areas
		t.Fatalf("%q", o.who())
	}
	var got []string
	for _, r := range o.entities[0].Why {
		got = append(got, fmt.Sprintf("%s: %s %s %s %d %v", r.Name, r.Rule, r.With, r.Judgement, r.Documents, r.In))
	}
	want := []string{
		"福建省岚桥化工有限公司: own name   1 [document:d]",
		"岚桥: declared short 福建岚桥化工有限公司  1 [document:a]",
		"岚桥化工: same name 岚桥化工公司  2 [document:b document:c]",
		"岚桥化工公司: short in document 福建岚桥化工有限公司  1 [document:a]",
		"泓谷能源: judgement 岚桥化工 " + same.Hash() + " 1 [document:c]",
		"福建岚桥化工有限公司: same name 福建省岚桥化工有限公司  1 [document:a]",
	}
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("why (-want +got):\n%s", diff)
	}
	if rule := resolved(t, nil, paper(t, "a", "", "[organization 岚溪职业大学]招生，[organization 岚溪职业]扩建。")).entities[0].Why[1].Rule; rule != resolve.RuleClipped {
		t.Errorf("rule %q", rule)
	}
}
