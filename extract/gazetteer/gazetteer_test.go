package gazetteer_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tupu-kg/tupu/extract/gazetteer"
)

func open(t testing.TB) *gazetteer.Gazetteer {
	t.Helper()
	g, err := gazetteer.Open()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestResolve(t *testing.T) {
	g := open(t)
	for _, c := range []struct{ name, area, want string }{
		{"泉港", "", "350505"}, {"泉港区", "350505", "350505"}, {"福建", "", "35"}, {"泉州", "350505", "3505"},
		{"鼓楼区", "320100", ""}, {"鼓楼区", "3201", "320106"}, {"鼓楼区", "", ""}, {"鼓楼", "350102", "350102"},
		{"洛阳镇", "350500Z01", "350521104"}, {"洛阳镇", "350521", "350521104"}, {"洛阳", "", "4103"}, {"洛阳", "350521", "350521104"},
		{"台商区", "350500Z01", "350500Z01"}, {"台商投资区", "350500Z01", "350500Z01"}, {"台商投资区", "350600Z01", "350600Z01"}, {"台商投资区", "", ""},
		{"泉州台商投资区", "", "350500Z01"}, {"惠安", "350500Z01", "350521"}, {"朝阳区", "11", "110105"}, {"朝阳区", "", ""},
		{"吉林", "", "22"}, {"中国", "350505", "0"}, {"北京", "350505", "11"}, {"无此地", "", ""},
	} {
		p, ok := g.Resolve(c.name, c.area)
		if ok != (c.want != "") || p.Code != c.want && ok {
			t.Errorf("Resolve(%s, %q) = %s %s, %v; want %q", c.name, c.area, p.Code, p.Name, ok, c.want)
		}
	}
}

func TestMatches(t *testing.T) {
	g := open(t)
	for _, c := range []struct {
		area, text string
		want       []string
	}{
		{"", "福建省泉州市惠安县东园镇", []string{"福建省", "泉州市", "惠安县", "东园镇"}},
		{"", "加快建设和平安定的新城区", nil},
		{"", "晋江与石狮", []string{"晋江", "石狮"}},
		{"350505", "泉港与丰泽合作，后龙和台商区", []string{"泉港", "丰泽", "后龙", "台商区"}},
		{"", "内蒙古自治区、广西壮族自治区", []string{"内蒙古自治区", "广西壮族自治区"}},
	} {
		var got []string
		for _, m := range g.MatchesIn(c.text, c.area) {
			got = append(got, c.text[m.Start:m.End])
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s in %q: %s", c.text, c.area, diff)
		}
	}
}

func TestLabelsAreUnique(t *testing.T) {
	g := open(t)
	seen := map[[2]string]string{}
	for _, name := range []string{"鼓楼区", "泉港区", "洛阳镇", "城关镇", "朝阳区", "泉州台商投资区", "福建省"} {
		for _, p := range g.ByName(name) {
			name, scope := g.Label(p.Code)
			if other, taken := seen[[2]string{name, scope}]; taken && other != p.Code {
				t.Errorf("%s and %s are both %s@%s", other, p.Code, name, scope)
			}
			seen[[2]string{name, scope}] = p.Code
		}
	}
	if name, scope := g.Label("350505"); name != "泉港区" || scope != "" {
		t.Errorf("泉港区 is labelled %s@%s", name, scope)
	}
}

func TestAncestors(t *testing.T) {
	g := open(t)
	for code, want := range map[string][]string{
		"350521104": {"惠安县", "泉州市", "福建省", "中国"},
		"110105":    {"北京市", "中国"},
		"350500Z01": {"泉州市", "福建省", "中国"},
	} {
		var got []string
		for _, p := range g.Ancestors(code) {
			got = append(got, p.Name)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("above %s: %s", code, diff)
		}
	}
}

func BenchmarkOpen(b *testing.B) {
	for b.Loop() {
		if _, err := gazetteer.Open(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkMatches(b *testing.B) {
	g := open(b)
	text := ""
	for range 200 {
		text += "福建省泉州市惠安县东园镇推进重点项目建设，晋江市与石狮市签订合作协议，全年完成投资二百亿元。"
	}
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		g.MatchesIn(text, "350505")
	}
}
