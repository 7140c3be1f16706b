package gazetteer_test

import (
	"encoding/csv"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tupu-kg/tupu/extract/gazetteer"
	"github.com/tupu-kg/tupu/extract/gazetteer/internal/format"
	"github.com/tupu-kg/tupu/extract/text"
	"github.com/tupu-kg/tupu/graph"
)

func open(t testing.TB) *gazetteer.Gazetteer {
	t.Helper()
	g, err := gazetteer.Open()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// tables reads the data with the reader below the package, for tests that must see every place.
func tables(t testing.TB) *format.Data {
	t.Helper()
	data, err := os.ReadFile("places.bin")
	if err != nil {
		t.Fatal(err)
	}
	d, err := format.Open(string(data))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestVersionIsThatOfTheData(t *testing.T) {
	data, err := os.ReadFile("places.bin")
	if err != nil {
		t.Fatal(err)
	}
	if want := format.Hash(data); !strings.HasSuffix(gazetteer.Version(), "/"+want) {
		t.Errorf("Version() = %s, but the data are %s: run the generator", gazetteer.Version(), want)
	}
}

func TestByCode(t *testing.T) {
	g := open(t)
	for _, c := range []struct {
		code string
		want gazetteer.Place
	}{
		{"100000", gazetteer.Place{Code: "100000", Name: "中国", Kind: graph.Country}},
		{"350000", gazetteer.Place{Code: "350000", Name: "福建省", Short: "福建", Kind: graph.Province, Parent: "100000"}},
		{"35", gazetteer.Place{Code: "350000", Name: "福建省", Short: "福建", Kind: graph.Province, Parent: "100000"}},
		{"3505", gazetteer.Place{Code: "350500", Name: "泉州市", Short: "泉州", Kind: graph.City, Parent: "350000"}},
		{"350505", gazetteer.Place{Code: "350505", Name: "泉港区", Short: "泉港", Kind: graph.County, Parent: "350500"}},
		{"350505000000", gazetteer.Place{Code: "350505", Name: "泉港区", Short: "泉港", Kind: graph.County, Parent: "350500"}},
		{"350505100", gazetteer.Place{Code: "350505100", Name: "南埔镇", Short: "南埔", Kind: graph.Township, Parent: "350505"}},
		{"350505100000", gazetteer.Place{Code: "350505100", Name: "南埔镇", Short: "南埔", Kind: graph.Township, Parent: "350505"}},
		{"350500Z01", gazetteer.Place{Code: "350500Z01", Name: "泉州台商投资区", Short: "泉州台商区", Kind: graph.Zone, Parent: "350500", Government: true}},
		{"350521104", gazetteer.Place{Code: "350521104", Name: "洛阳镇", Short: "洛阳", Kind: graph.Township, Parent: "350500Z01"}},
		{"350521200", gazetteer.Place{Code: "350521200", Name: "百崎回族乡", Short: "百崎", Kind: graph.Township, Parent: "350500Z01"}},
		{"110105", gazetteer.Place{Code: "110105", Name: "朝阳区", Kind: graph.County, Parent: "110000"}}, // 朝阳 is a word
		{"620171", gazetteer.Place{Code: "620171", Name: "兰州新区", Kind: graph.Zone, Parent: "620100", Government: true}},
		{"441900", gazetteer.Place{Code: "441900", Name: "东莞市", Short: "东莞", Kind: graph.City, Parent: "440000"}},
		{"422800", gazetteer.Place{Code: "422800", Name: "恩施土家族苗族自治州", Short: "恩施", Kind: graph.City, Parent: "420000"}},
		{"622927", gazetteer.Place{Code: "622927", Name: "积石山保安族东乡族撒拉族自治县", Short: "积石山", Kind: graph.County, Parent: "622900"}},
		{"419001", gazetteer.Place{Code: "419001", Name: "济源市", Short: "济源", Kind: graph.County, Parent: "410000"}},
		{"710000", gazetteer.Place{Code: "710000", Name: "台湾省", Short: "台湾", Kind: graph.Province, Parent: "100000"}},
	} {
		got, ok := g.ByCode(c.code)
		if !ok {
			t.Errorf("ByCode(%s) finds nothing", c.code)
		}
		if c.code == "622927" { // a name that is part of others is no short name
			c.want.Short = got.Short
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("ByCode(%s): %s", c.code, diff)
		}
	}
	for _, code := range []string{"", "0", "999999", "110100", "35050", "350500Z99", "35050510x", "Z35050001", "350505000", "泉港区"} {
		if p, ok := g.ByCode(code); ok {
			t.Errorf("ByCode(%q) finds %v", code, p)
		}
	}
}

func codes(places []gazetteer.Place) string {
	var list []string
	for _, p := range places {
		list = append(list, p.Code)
	}
	return strings.Join(list, " ")
}

func TestByName(t *testing.T) {
	g := open(t)
	for _, c := range []struct{ name, want string }{
		{"泉港区", "350505"},
		{"泉港", "350505 360981124"}, // and 泉港镇 in 江西

		{"泉港區(qū)", "350505"},
		{"台商區", "320800Z01 350100Z06 350200Z04 350211Z01 350211Z02 350500Z01 350600Z03"},
		{"鼓楼区", "320106 320302 350102 410204"},
		{"中华人民共和国", "100000"},
		{"亦庄经济技术开发区", "110000Z01"},
		{"北京亦庄", "110000Z01"},
		{"没有的地方", ""},
		{"", ""},
	} {
		got := codes(g.ByName(c.name))
		if c.name == "台商區" { // the list of zones may grow
			if !strings.Contains(got, "350500Z01") || !strings.Contains(got, "350600Z0") {
				t.Errorf("ByName(%s) = %s; want the zones of both Quanzhou and Zhangzhou among them", c.name, got)
			}
			continue
		}
		if got != c.want {
			t.Errorf("ByName(%s) = %s; want %s", c.name, got, c.want)
		}
	}
}

func TestResolve(t *testing.T) {
	g := open(t)
	for _, c := range []struct{ name, area, want string }{
		// in the area, and the area itself
		{"泉港区", "350505", "350505"},
		{"鼓楼区", "320100", "320106"},
		{"鼓楼区", "3201", "320106"},
		{"鼓楼区", "350000", "350102"},
		{"鼓楼区", "", ""},
		{"鼓楼区", "320000", ""}, // Nanjing and Xuzhou
		{"朝阳区", "110000", "110105"},
		{"朝阳区", "", ""},
		{"城关镇", "610921", "610921100"},
		{"城关镇", "", ""},
		{"城关镇", "350000", "350426100"},
		{"城区", "140300", "140302"},
		{"和平", "441624", "441624"},
		// townships by their short names: in their county only
		{"洛阳镇", "350521", "350521104"},
		{"洛阳镇", "350500Z01", "350521104"},
		{"洛阳镇", "350500", "350521104"},
		{"洛阳镇", "", ""},
		{"洛阳", "350521", "350521104"},
		{"洛阳", "350500Z01", "350521104"},
		{"洛阳", "350521105", "350521104"}, // a township's document knows the townships around
		{"洛阳", "350500", "410300"},
		{"洛阳", "", "410300"},
		{"张坂", "350500Z01", "350521106"},
		{"张坂", "350505", ""},
		// above the area, then beside it
		{"福建", "350505", "350000"},
		{"泉州", "350505", "350500"},
		{"中国", "350505", "100000"},
		{"惠安", "350505", "350521"},
		{"惠安", "350500Z01", "350521"},
		{"惠安", "", "350521"},
		{"鼓楼", "350505", "350102"},
		// zones
		{"台商区", "350500", "350500Z01"},
		{"台商区", "350505", "350500Z01"},
		{"台商投资区", "350505", "350500Z01"},
		{"台商区", "350600", "350600Z03"},
		{"台商区", "350000", ""},
		{"台商区", "", ""},
		{"泉州台商区", "", "350500Z01"},
		{"泉州台商投资区", "110000", "350500Z01"},
		{"经开区", "350500", "350500Z02"},
		{"雄安新区", "", "130000Z01"},
		// levels
		{"吉林", "", "220000"},
		{"吉林市", "", "220200"},
		{"海南", "", "460000"},
		{"海南", "632500", "632500"},
		{"朝阳", "", "211300"},
		// folded where it has to be, and what is not there
		{"豐澤區", "350500", "350503"},
		{"泉港", "999999", "350505"},
		{"无此地", "350505", ""},
		{"", "350505", ""},
	} {
		p, ok := g.Resolve(c.name, c.area)
		if ok != (c.want != "") || p.Code != c.want {
			t.Errorf("Resolve(%s, %q) = %s %s, %v; want %q", c.name, c.area, p.Code, p.Name, ok, c.want)
		}
	}
}

func found(g *gazetteer.Gazetteer, text, area string) []string {
	var list []string
	for _, m := range g.In(area).Matches(text) {
		list = append(list, text[m.Start:m.End])
	}
	return list
}

func TestMatches(t *testing.T) {
	g := open(t)
	for _, c := range []struct{ area, text, want string }{
		{"", "中华人民共和国福建省泉州市惠安县东园镇", "中华人民共和国 福建省 泉州市 惠安县 东园镇"},
		{"", "内蒙古自治区、广西壮族自治区与积石山保安族东乡族撒拉族自治县", "内蒙古自治区 广西壮族自治区 积石山保安族东乡族撒拉族自治县"},
		{"", "泉州台商投资区、厦门火炬高新区和中国（福建）自由贸易试验区", "泉州台商投资区 厦门火炬高新区 中国（福建）自由贸易试验区"},
		{"", "晋江与石狮、泉港", "晋江 石狮 泉港"},
		// words and parts of words
		{"", "各位来宾,在和平安定的环境里友好合作,开发资源,建设新城区", ""},
		{"", "河南和山东,创新和发展,普惠安全,沿海城市,提高城镇化水平,部分乡镇,示范县", "河南 山东"},
		{"", "长沙市场、惠安县域经济、安溪乡村、徐州市民", "长沙 惠安 安溪 徐州市"},
		{"", "工业园区、经济开发区、高新区、城区、台商区、东园", ""},
		// what the area makes safe
		{"350505", "泉港、丰泽、南安、台商区、后龙、峰尾镇、东园", "泉港 丰泽 南安 台商区 后龙 峰尾镇"},
		{"350505100", "后龙、台商区", "后龙 台商区"},
		{"350500Z01", "东园、张坂、百崎、螺城、台商区", "东园 张坂 百崎 螺城 台商区"},
		{"350500", "南安、台商区、经开区、后龙", "南安 台商区 经开区"},
		{"350600", "台商区、古雷、龙文", "台商区 古雷 龙文"},
		{"450000", "来宾、北海、南安", "来宾 北海"},
		{"110000", "亦庄、朝阳区、朝阳产业、海淀", "亦庄 朝阳区 海淀"},
		{"999999", "南安、泉港", "泉港"},
		{"350505", "", ""},
		{"350505", "泉", ""},
		{"350505", "abc 123", ""},
	} {
		if got := strings.Join(found(g, c.text, c.area), " "); got != c.want {
			t.Errorf("in %q, %s: %s; want %s", c.area, c.text, got, c.want)
		}
	}
}

// TestMatchesAreTheLongest compares with the plain way to do it, name by name.
func TestMatchesAreTheLongest(t *testing.T) {
	g, d := open(t), tables(t)
	wide := map[string]bool{}
	for i := range d.Names() {
		if d.Wide(i) {
			wide[d.Text(i)] = true
		}
	}
	text := "" // all names, in an order that puts them beside strangers, with and without something between
	for i := range 6000 {
		k := (i * 7919) % d.Names()
		text += d.Text(k)
		if i%3 == 0 {
			text += "与"
		}
	}
	const longest = 30 * 3
	var want []gazetteer.Match
	for i := 0; i < len(text); {
		n := 0
		for k := 6; k <= min(longest, len(text)-i); k++ {
			if wide[text[i:i+k]] && !strings.Contains("区域区间区别区块区位区划市场市值市价市面县域县城县级县志省会省级镇静镇定镇痛镇压乡村乡亲乡愁乡土乡间旗帜旗舰旗袍",
				text[i+k-3:min(len(text), i+k+3)]) {
				n = k
			}
		}
		if n == 0 {
			i++
			continue
		}
		want = append(want, gazetteer.Match{Start: i, End: i + n})
		i += n
	}
	got := g.Matches(text)
	for k := range min(len(got), len(want)) {
		if got[k] != want[k] {
			t.Fatalf("match %d is %s at %d; want %s at %d", k, text[got[k].Start:got[k].End], got[k].Start, text[want[k].Start:want[k].End], want[k].Start)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d matches, want %d", len(got), len(want))
	}
}

func TestHierarchy(t *testing.T) {
	g, d := open(t), tables(t)
	level := map[graph.PlaceKind]int{graph.Country: 0, graph.Province: 1, graph.City: 2, graph.County: 3, graph.Township: 4, graph.Zone: 5}
	counts := map[graph.PlaceKind]int{}
	labels := map[[2]string]string{}
	for i := range d.Len() {
		code := format.Code(d.Key(i))
		p, ok := g.ByCode(code)
		if !ok || p.Code != code {
			t.Fatalf("ByCode(%s) = %v, %v", code, p, ok)
		}
		counts[p.Kind]++
		above := g.Ancestors(code)
		if p.Kind == graph.Country {
			if len(above) != 0 {
				t.Errorf("the country lies in %v", above)
			}
		} else if len(above) == 0 || above[0].Code != p.Parent || above[len(above)-1].Code != gazetteer.Country {
			t.Errorf("%s %s: the places above are %v", code, p.Name, above)
		}
		for _, up := range above {
			if !g.Within(code, up.Code) {
				t.Errorf("%s %s is not within %s %s", code, p.Name, up.Code, up.Name)
			}
			if up.Kind != graph.Zone && level[up.Kind] >= level[p.Kind] {
				t.Errorf("%s %s lies in %s %s, which is no higher", code, p.Name, up.Code, up.Name)
			}
		}
		if !g.Within(code, code) {
			t.Errorf("%s is not within itself", code)
		}
		name, scope := g.Label(code)
		if other, taken := labels[[2]string{name, scope}]; taken {
			t.Errorf("%s and %s are both labelled %s@%s", other, code, name, scope)
		}
		labels[[2]string{name, scope}] = code
		if name != p.Name {
			t.Errorf("%s is labelled %s, not %s", code, name, p.Name)
		}
	}
	if counts[graph.Country] != 1 || counts[graph.Province] != 34 || counts[graph.City] < 330 || counts[graph.County] < 2800 || counts[graph.Township] < 38000 {
		t.Errorf("the places are %v", counts)
	}
}

func TestWithin(t *testing.T) {
	g := open(t)
	for _, c := range []struct {
		code, area string
		want       bool
	}{
		{"350505", "350505", true},
		{"350505", "350500", true},
		{"350505", "35", true},
		{"350505", "100000", true},
		{"350500", "350505", false},
		{"350521104", "350500Z01", true},
		{"350521104", "350521", true}, // run by the zone, but in the county all the same
		{"350521107", "350500Z01", false},
		{"350500Z01", "350521", false},
		{"350500Z01", "350500", true},
		{"999999", "999999", false},
		{"", "", false},
	} {
		if got := g.Within(c.code, c.area); got != c.want {
			t.Errorf("Within(%s, %s) = %v", c.code, c.area, got)
		}
	}
}

func TestLabel(t *testing.T) {
	g := open(t)
	for _, c := range []struct{ code, name, scope string }{
		{"350505", "泉港区", ""},
		{"320106", "鼓楼区", "南京市"},
		{"110105", "朝阳区", "北京市"},
		{"610921100", "城关镇", "汉阴县"},
		{"350500Z01", "泉州台商投资区", ""},
		{"999999", "", ""},
	} {
		if name, scope := g.Label(c.code); name != c.name || scope != c.scope {
			t.Errorf("Label(%s) = %s@%s; want %s@%s", c.code, name, scope, c.name, c.scope)
		}
	}
}

// TestZones holds the data to the hand-kept list.
func TestZones(t *testing.T) {
	g := open(t)
	f, err := os.Open("gen/zones.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	r := csv.NewReader(f)
	r.Comment = '#'
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		p, ok := g.ByCode(row[0])
		if !ok || p.Kind != graph.Zone || p.Parent != row[4] || p.Government != (row[5] == "yes") {
			t.Errorf("%s %s is %v, %v in the data", row[0], row[1], p, ok)
		}
		for _, name := range append([]string{row[1]}, strings.Split(row[2]+";"+row[3], ";")...) {
			if name != "" && !strings.Contains(codes(g.ByName(name)), row[0]) {
				t.Errorf("%s is not known as %s", row[0], name)
			}
		}
		for _, alias := range strings.Split(row[2], ";") {
			alias = text.Name(alias)
			if alias != "" && strings.Join(found(g, alias, ""), " ") != alias {
				t.Errorf("%s is not matched", alias)
			}
		}
	}
}

func TestConcurrentUse(t *testing.T) {
	g := open(t)
	const text = "福建省泉州市惠安县东园镇、台商区、晋江"
	want := found(g, text, "350505")
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 100 {
				if diff := cmp.Diff(want, found(g, text, "350505")); diff != "" {
					t.Error(diff)
				}
				if p, ok := g.Resolve("台商区", "350505"); !ok || p.Code != "350500Z01" {
					t.Errorf("台商区 is %v", p)
				}
			}
		})
	}
	wg.Wait()
}

func FuzzMatches(f *testing.F) {
	f.Add("福建省泉州市惠安县东园镇", "350505")
	f.Add("长沙市场\xff区", "3505")
	f.Add("城", "350500Z01")
	f.Add("内蒙古自治区\x00壮族", "")
	g := open(f)
	f.Fuzz(func(t *testing.T, text, area string) {
		last := 0
		for _, m := range g.In(area).Matches(text) {
			if m.Start < last || m.End <= m.Start || m.End > len(text) {
				t.Fatalf("match %v after %d in %q", m, last, text)
			}
			if len(g.ByName(text[m.Start:m.End])) == 0 {
				t.Fatalf("%q is matched but not known", text[m.Start:m.End])
			}
			last = m.End
		}
		if p, ok := g.Resolve(text, area); ok && !g.Within(p.Code, gazetteer.Country) {
			t.Fatalf("Resolve(%q, %q) = %v", text, area, p)
		}
		g.Label(area)
	})
}

func BenchmarkOpen(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := gazetteer.Open(); err != nil {
			b.Fatal(err)
		}
	}
}

var sample = strings.Repeat("福建省泉州市惠安县东园镇推进重点项目建设,晋江市与石狮市签订合作协议,全年完成投资二百亿元。"+
	"着力提升产业能级,规模以上工业增加值同比增长百分之七,新增专精特新企业一百二十家,居民人均可支配收入稳步提高。", 200)

func BenchmarkMatches(b *testing.B) {
	g := open(b)
	b.SetBytes(int64(len(sample)))
	for b.Loop() {
		g.Matches(sample)
	}
}

func BenchmarkMatcher(b *testing.B) {
	m := open(b).In("350505")
	b.SetBytes(int64(len(sample)))
	for b.Loop() {
		m.Matches(sample)
	}
}

func BenchmarkResolve(b *testing.B) {
	g := open(b)
	for b.Loop() {
		g.Resolve("洛阳镇", "350500Z01")
	}
}
