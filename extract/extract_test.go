package extract

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/tupu-kg/tupu/extract/doc"
	"github.com/tupu-kg/tupu/graph"
)

var shipped = sync.OnceValues(func() (*Extractor, error) { return New(Options{}) })

func openExtractor(t testing.TB) *Extractor {
	t.Helper()
	x, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// found lists the mentions of a text as type and name, "type name".
func found(t testing.TB, s string) []string {
	t.Helper()
	facts, err := openExtractor(t).Extract(textPage(t, s), Override{})
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for i := range facts.Mentions {
		m := &facts.Mentions[i]
		all = append(all, string(m.Kind)+" "+m.FoldedName())
	}
	return all
}

// What the shipped model and the mending around it must find, and must not.
func TestMentions(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"a list and its count", "榕屿食品、惠松家居、途衍供应链等3家企业完成技术改造。", []string{"enterprise 榕屿食品", "enterprise 惠松家居", "enterprise 途衍供应链"}},
		{
			"full name, short name, everywhere", "福建泽澜机械有限公司（以下简称“泽澜机械”）落户园区。泽澜机械产值增长一成。",
			[]string{"enterprise 福建泽澜机械有限公司", "enterprise 泽澜机械", "enterprise 泽澜机械"},
		},
		{"slogans lend a place's name", "建设美丽江西、平安江西、法治江西。", nil},
		{"titles and laws hold no names", "落实重庆市停车管理条例，学习《福建日报》评论。", nil},
		{"awards begin with a place", "海山村获评2023年福建省优秀案例。", []string{"place 海山村"}},
		{"a clause is no name", "啟豐源紙業由中心城區整體搬遷而來。", []string{"enterprise 启丰源纸业"}},
		{"who founds a body is no part of its name", "引导时晷钟表与瑞士合作方共建钟表研究院。", []string{"enterprise 时晷钟表"}},
		{"verbs in front are no part", "确保城东污水处理厂扩建工程年内竣工。", []string{"project 城东污水处理厂扩建工程"}},
		{"what shall be built begins with its own name", "云州公司将建明川冷链物流园。", []string{"enterprise 云州公司", "place 明川冷链物流园"}},
		{"events hold no names", "成功举办闽江国际电影节、长三角经济发展论坛，承办闽台茶文化年会。", nil},
		{"nor do laws with verbs in their names", "推动出台福建省公平竞争审查条例，修订海南自由贸易港法。", nil},
		{"a bracket begins no name", "加快推进西部（成都）科学城建设。", []string{"place 西部（成都）科学城"}},
		{"words of Latin letters", "该公司CEO、COO介绍，LPG价格上涨。", nil},
		{"what only the speaker's listeners know", "省第九人民医院南院建成投用，做强省纺织集团。", nil},
		{"a list of brands", "重点扶持“景川”、“吉岭”、“荣岫”等企业。", []string{"enterprise 景川", "enterprise 吉岭", "enterprise 荣岫"}},
		{"places side by side", "华南广西、广东等地价格上涨。", []string{"place 华南", "place 广西", "place 广东"}},
		{"a dash joins the ends of a line", "泉州——梅州高速公路德化段昨日放行。", []string{"place 泉州——梅州高速公路德化段"}},
		{"lines are named for their ends", "加快龙岩至漳平、安溪至长泰等高速公路建设。", []string{"place 龙岩至漳平", "place 安溪至长泰"}},
		{
			"a foreign person's last name", "公司首席执行官蒂姆·韦森到访园区。韦森表示满意，韦森计划再来。",
			[]string{"person 蒂姆·韦森", "person 韦森", "person 韦森"},
		},
		{"a park is not the firm that it is named for", "禾漫食品深加工产业园建成两座万吨级冷库。", []string{"place 禾漫食品深加工产业园"}},
		{
			"a list with prices", "投资3.2亿元的鲜果颗粒、1.2亿元的双岭蓄电池、投资4.5亿元的东岭公司特种车等7个过亿元项目投产。",
			[]string{"project 鲜果颗粒", "project 双岭蓄电池", "project 东岭公司特种车"},
		},
		{"prices of other things", "完成投资3.2亿元，税收1.2亿元的目标如期实现，实施项目7个。", nil},
		{"a step is no project", "城南大道芦岭段征收基本完成。", nil},
		{"what a plant makes is no part of its name", "先期投产的榕屿食品分厂日产冷冻面团60吨。", []string{"enterprise 榕屿食品"}},
		{"a count begins no name", "三所农村小学完成改造。", nil},
		{"a numeral may begin one", "三一重工与两家医院签约。", []string{"enterprise 三一重工"}},
		{"pinyin behind characters", "推動豐澤區(qū)與晉江聯(lián)動。", []string{"place 丰泽区", "place 晋江"}},
		{"chrome is no text", "下载 打印 全屏 收藏\n扫一扫在手机上查看当前页面\n", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, found(t, c.text)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", c.text, diff)
			}
		})
	}
}

// factsOf extracts from a text.
func factsOf(t *testing.T, text string) *graph.Facts {
	t.Helper()
	facts, err := openExtractor(t).Extract(textPage(t, text), Override{})
	if err != nil {
		t.Fatal(err)
	}
	return facts
}

// TestOwners reads off the names of projects whose they are.
func TestOwners(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"榕屿农产品物流有限公司去年营收2亿元。\n推进榕屿农产品采购中心项目建设。", "榕屿 → 榕屿农产品采购中心项目"},
		{"澄睿锅炉余热装备、禾漫封装材料生产线等项目开工。", "澄睿锅炉 → 澄睿锅炉余热装备；禾漫 → 禾漫封装材料生产线"},
		{"澄睿玻璃二期项目开工建设。", "澄睿玻璃 → 澄睿玻璃二期项目"},
		{"华能35兆瓦储能示范项目开工建设。", "华能 → 华能35兆瓦储能示范项目"},
		{"澄睿新能源储能电站项目开工建设。", "澄睿新能源 → 澄睿新能源储能电站项目"},
		{"禾漫嘎风电项目开工建设。", ""},
		{"加快红岭水库扩建工程建设。", ""},
	} {
		var got []string
		facts := factsOf(t, c.text)
		for i := range facts.Statements {
			s := &facts.Statements[i]
			if s.Type == graph.Undertakes {
				got = append(got, s.Head.FoldedName()+" → "+s.Tail.FoldedName())
			}
		}
		slices.Sort(got)
		if diff := cmp.Diff(c.want, strings.Join(got, "；")); diff != "" {
			t.Errorf("%s: %s", c.text, diff)
		}
	}
}

// TestFirmsBegin: a firm's full name begins where it is a name, and not before.
func TestFirmsBegin(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"泓谷科技（厦门）股份有限公司发布了年度报告。", "泓谷科技（厦门）股份有限公司"},
		{"泓谷软件与技术服务股份有限公司发布了年度报告。", "泓谷软件与技术服务股份有限公司"},
		{"昆山东桥科技股份有限公司发布了年度报告。", "昆山东桥科技股份有限公司"},
		{"福建岚桥民用爆破器材股份有限公司发布了年度报告。", "福建岚桥民用爆破器材股份有限公司"},
		{"近日，我市与泓谷科技股份有限公司签约。", "泓谷科技股份有限公司"},
		{"泉州和泓谷科技股份有限公司签约。", "泓谷科技股份有限公司"},
		{"引进福建泓谷科技股份有限公司。", "福建泓谷科技股份有限公司"},
	} {
		var got []string
		facts := factsOf(t, c.text)
		for _, m := range facts.Mentions {
			if m.Kind == graph.KindEnterprise {
				got = append(got, facts.Document.Text[m.ByteStart:m.ByteEnd])
			}
		}
		if diff := cmp.Diff(c.want, strings.Join(got, "；")); diff != "" {
			t.Errorf("%s: %s", c.text, diff)
		}
	}
}

// TestListsSayWhatTheyList: what a list of firms has for members are firms, whatever else is called so, but no divisions; so is
// what an exchange marks.
func TestListsSayWhatTheyList(t *testing.T) {
	for _, c := range []struct {
		text, name string
		want       graph.Kind
	}{
		{"全市上市公司包括惠岭高速、泓谷化工等企业。", "惠岭高速", graph.KindEnterprise},
		{"惠岭高速建成通车。", "惠岭高速", graph.KindPlace},
		{"引进日本、德国等企业。", "日本", graph.KindPlace},
		{"*ST九桥与多家单位签约。", "ST九桥", graph.KindEnterprise},
	} {
		var got graph.Kind
		facts, err := openExtractor(t).Extract(textPage(t, c.text), Override{})
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range facts.Mentions {
			if m.FoldedName() == c.name {
				got = m.Kind
			}
		}
		if got != c.want {
			t.Errorf("%s: %s is %q, want %q", c.text, c.name, got, c.want)
		}
	}
}

// TestFiguresInNames: a figure that stands in the name of what it could be said of is said of nothing.
func TestFiguresInNames(t *testing.T) {
	for _, s := range []string{
		"总投资91亿元的福建岚岭166MW太阳能电站建设已启动，前期20MW已投产。",
		"另外，总投资12亿元的漳州岚岭30MW光伏电站已开工，前期5MW已并网。",
	} {
		if len(found(t, s)) == 0 {
			t.Errorf("no names in %s", s)
		}
	}
}

// TestBarePlacesFarAway: a county of another province is meant only where the text says so.
func TestBarePlacesFarAway(t *testing.T) {
	for _, c := range []struct{ text, area, name, want string }{
		{"推动竹溪、后坂、上坪三个片区更新改造。", "350602", "竹溪", ""},
		{"深化与湖北竹溪的协作。", "350602", "湖北竹溪", "420324"},
		{"赴湖北十堰考察，竹溪的茶园值得学习。", "350602", "竹溪", "420324"},
		{"深化与竹溪县的协作，竹溪的茶园值得学习。", "350602", "竹溪", "420324"},
		{"推动竹溪片区更新改造，竹溪旧貌换新颜。", "420300", "竹溪", "420324"},
		{"学习义乌经验。", "350602", "义乌", "330782"},
	} {
		facts, err := openExtractor(t).Extract(textPage(t, c.text), Override{Area: c.area})
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, m := range facts.Mentions {
			if m.FoldedName() != c.name {
				continue
			}
			if n++; m.Code != c.want || (m.Code == "") != m.Generic {
				t.Errorf("%s: code %q, generic %v, want code %q", c.text, m.Code, m.Generic, c.want)
			}
		}
		if n == 0 {
			t.Errorf("%s: no %s in %v", c.text, c.name, found(t, c.text))
		}
	}
}

func TestSameTextSameFactsWhateverTheWorkers(t *testing.T) {
	x := openExtractor(t)
	text := strings.Repeat("榕屿食品、惠松家居等2家企业落户芗城区，泽澜机械二期项目开工建设，锦渚大桥通车。\n", 40)
	want, err := x.Extract(textPage(t, text), Override{})
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for n := range 4 {
		all.Go(func() {
			if _, err := x.Extract(textPage(t, strings.Repeat("别的文本，云帆科技投产。\n", n+1)), Override{}); err != nil {
				t.Error(err)
			}
			got, err := x.Extract(textPage(t, text), Override{})
			if err != nil {
				t.Error(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
	all.Wait()
}

func TestMentionsAreThoseOfExtract(t *testing.T) {
	x := openExtractor(t)
	page := textPage(t, "福建泽澜机械有限公司（以下简称“泽澜机械”）落户芗城区，锦渚大桥扩建工程开工。泽澜机械产值增长一成。")
	all, err := x.Extract(page, Override{})
	if err != nil {
		t.Fatal(err)
	}
	alone, err := x.Mentions(page, Override{})
	if err != nil {
		t.Fatal(err)
	}
	if len(all.Statements) == 0 || len(alone.Statements) != 0 {
		t.Errorf("%d statements from Extract, %d from Mentions", len(all.Statements), len(alone.Statements))
	}
	if diff := cmp.Diff(all.Mentions, alone.Mentions, cmpopts.IgnoreFields(graph.Mention{}, "Parts")); diff != "" {
		t.Error(diff)
	}
}

func FuzzExtract(f *testing.F) {
	for _, s := range []string{
		"泉港区2023年政府工作报告\n一、2023年工作回顾\n福建天辰化工有限公司（以下简称“天辰化工”）一期建成投产。",
		"豐澤區(qū)“發(fā)展”（甲、乙等3家企業）", "ABC公司\x00\u200b、。；\r\n\f　１２３", "习近平新时代中国特色社会主义思想", "（(“”「」）)《》",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		page, err := doc.Read(doc.File{Path: "a.txt", Format: doc.FormatText, Data: []byte(s)}, doc.Limits{})
		if err != nil {
			return
		}
		x := openExtractor(t)
		facts, err := x.Extract(page, Override{})
		if err != nil {
			var unreadable *doc.Unreadable
			if !errors.As(err, &unreadable) {
				t.Fatal(err)
			}
			return
		}
		text := page.Document.Text
		last := 0
		check := func(m *graph.Mention) {
			if m.ByteStart < 0 || m.ByteEnd > len(text) || m.ByteStart >= m.ByteEnd || text[m.ByteStart:m.ByteEnd] != m.Text || !utf8.ValidString(m.Text) {
				t.Fatalf("mention %q at bytes %d to %d of %q", m.Text, m.ByteStart, m.ByteEnd, text)
			}
			if n := utf8.RuneCountInString(text[:m.ByteStart]); n != m.Start || n+utf8.RuneCountInString(m.Text) != m.End {
				t.Fatalf("mention %q at code points %d to %d, which begins at %d", m.Text, m.Start, m.End, n)
			}
		}
		for i := range facts.Mentions {
			m := &facts.Mentions[i]
			check(m)
			if m.ByteStart < last {
				t.Fatalf("mention %q overlaps the one before", m.Text)
			}
			last = m.ByteEnd
			for j := range m.Parts {
				check(&m.Parts[j])
				if !m.Contains(m.Parts[j].Span) {
					t.Fatalf("part %q lies outside of %q", m.Parts[j].Text, m.Text)
				}
			}
		}
		again, err := x.Extract(page, Override{})
		if err != nil {
			t.Fatal(err)
		}
		a, _ := json.Marshal(facts)
		b, _ := json.Marshal(again)
		if string(a) != string(b) {
			t.Fatalf("the same text gives %s, then %s", a, b)
		}
	})
}
