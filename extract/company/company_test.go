package company_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/tupu-kg/tupu/extract/company"
	"github.com/tupu-kg/tupu/extract/gazetteer"
)

var opened = sync.OnceValues(gazetteer.Open)

func places(t testing.TB) *gazetteer.Gazetteer {
	t.Helper()
	g, err := opened()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestParse(t *testing.T) {
	for _, c := range []struct {
		name string
		want company.Name
	}{
		{"福建岚桥化工有限公司", company.Name{Place: "福建", At: "福建", Brand: "岚桥", Trade: "化工", Form: "有限公司"}},
		{"江苏无锡泓谷汽车零部件股份有限公司", company.Name{Place: "江苏无锡", At: "无锡", Brand: "泓谷", Trade: "汽车零部件", Form: "股份有限公司"}},
		{"德泓（泉州）机电有限公司", company.Name{Place: "泉州", At: "泉州", Brand: "德泓", Trade: "机电", Form: "有限公司"}},
		{"泓谷医药集团(天津)股份有限公司", company.Name{Place: "天津", At: "天津", Brand: "泓谷", Trade: "医药", Form: "集团股份有限公司"}},
		{"岚桥机械工业厦门有限公司", company.Name{Place: "厦门", At: "厦门", Brand: "岚桥", Trade: "机械工业", Form: "有限公司"}},
		{"岚桥泓谷国际物流有限公司", company.Name{Brand: "岚桥泓谷", Trade: "国际物流", Form: "有限公司"}},
		{"东莞市铝业有限公司", company.Name{Place: "东莞市", At: "东莞市", Trade: "铝业", Form: "有限公司"}},
		{"岚桥保险泉州分公司", company.Name{Place: "泉州", At: "泉州", Brand: "岚桥", Trade: "保险", Form: "分公司"}},
		{"岚桥银行股份有限公司北京分行", company.Name{Brand: "岚桥", Trade: "银行", Form: "股份有限公司北京分行"}},
		{"同鹏伟业电子有限公司", company.Name{Brand: "同鹏伟业", Trade: "电子", Form: "有限公司"}},
		{"株式会社岚桥制作所", company.Name{Brand: "岚桥", Trade: "制作所", Form: "株式会社"}},
		{"岚桥株式会社", company.Name{Brand: "岚桥", Form: "株式会社"}},
		{"宁波梅山保税港区岚桥股权投资合伙企业（有限合伙）", company.Name{Place: "宁波梅山保税港区", At: "宁波", Brand: "岚桥", Trade: "股权投资", Form: "合伙企业(有限合伙)"}},
		{"上海岚桥投资中心（有限合伙）", company.Name{Place: "上海", At: "上海", Brand: "岚桥", Trade: "投资", Form: "中心(有限合伙)"}},
		{"岚桥会计师事务所（特殊普通合伙）", company.Name{Brand: "岚桥", Trade: "会计师事务所", Form: "(特殊普通合伙)"}},
		{"东莞市石排岚桥模具厂", company.Name{Place: "东莞市石排", At: "石排", Brand: "岚桥", Trade: "模具厂"}},
		{"泉州岚桥大酒店有限公司", company.Name{Place: "泉州", At: "泉州", Brand: "岚桥", Trade: "大酒店", Form: "有限公司"}},
		{"横店集团控股有限公司", company.Name{Brand: "横店", Form: "集团控股有限公司"}},
		{"岚桥东方控股股份有限公司", company.Name{Brand: "岚桥东方", Form: "控股股份有限公司"}},
		{"日本岚桥化工公司", company.Name{Place: "日本", At: "日本", Brand: "岚桥", Trade: "化工", Form: "公司"}},
		{"岚桥(新加坡)化工有限公司", company.Name{Place: "新加坡", At: "新加坡", Brand: "岚桥", Trade: "化工", Form: "有限公司"}},
		{"岚桥股份", company.Name{Brand: "岚桥", Form: "股份"}},
		{"德国Lanqiaott化工有限公司", company.Name{Place: "德国", At: "德国", Brand: "Lanqiaott", Trade: "化工", Form: "有限公司"}},
		{"Internationale化工", company.Name{Brand: "Internationale", Trade: "化工"}},
		{"厦门网站设计公司", company.Name{Place: "厦门", At: "厦门", Trade: "网站设计", Form: "公司"}},
		{"岚桥化工", company.Name{Brand: "岚桥", Trade: "化工"}},
		{"岚桥", company.Name{Brand: "岚桥"}},
		{"", company.Name{}},
	} {
		if diff := gocmp.Diff(c.want, company.Parse(places(t), c.name)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

func TestFull(t *testing.T) {
	for name, want := range map[string]bool{
		"岚桥化工有限公司": true, "岚桥化工股份公司": true, "岚桥创业投资合伙企业（有限合伙）": true, "岚桥化工": false, "岚桥公司": false, "岚桥集团": false,
		"股份有限公司": false, "集团股份有限公司": false, "有限公司": false, "": false,
	} {
		if got := company.Full(name); got != want {
			t.Errorf("%q is a full name: %v", name, got)
		}
	}
}

func TestShort(t *testing.T) {
	for _, c := range []struct {
		short, full string
		want        company.Fit
		placed      bool
	}{
		{"岚桥化工", "福建岚桥化工有限公司", company.Exact, false},
		{"泉州岚桥化工", "福建泉州岚桥化工有限公司", company.Exact, true},
		{"漳州岚桥化工", "福建泉州岚桥化工有限公司", company.NoFit, false},
		{"岚桥文化", "北京岚桥世纪文化传媒股份有限公司", company.Skipping, false},
		{"岚桥传媒", "北京岚桥文化传媒股份有限公司", company.ByTrade, false},
		{"岚桥食品", "福建岚桥化工有限公司", company.NoFit, false},
		{"岚桥股份", "福建岚桥化工股份有限公司", company.ByForm, false},
		{"岚桥股份", "福建岚桥股份有限公司", company.Exact, false},
		{"岚桥股份", "福建岚桥化工有限公司", company.NoFit, false},
		{"岚桥集团", "福建岚桥化工集团有限公司", company.ByForm, false},
		{"岚桥控股", "岚桥控股集团有限公司", company.Exact, false},
		{"岚桥集团", "福建岚桥集团股份有限公司", company.Exact, false},
		{"岚桥集团", "岚桥集团泓谷化工股份有限公司", company.NoFit, false}, // a firm of the group
		{"岚桥", "福建岚桥化工有限公司", company.ByBrand, false},
		{"岚桥微", "福建岚桥微电子有限公司", company.Extended, false},
		{"岚桥", "福建岚桥泓谷化工有限公司", company.Clipped, false},
		{"泓谷化工", "岚桥泓谷化工有限公司", company.Loose, false},
		{"泓谷工业", "岚桥泓谷化学工业有限公司", company.Loose, false},
		{"泓谷", "岚桥泓谷化工有限公司", company.Loose, false},
		{"福建水务", "福建泉州水务有限公司", company.Exact, true},
		{"福建泉州水务", "泉州水务有限公司", company.Exact, true},
		{"福建泉州水务", "福建水务有限公司", company.NoFit, false},
		{"桥化", "福建岚桥化工有限公司", company.NoFit, false},
		{"宁波水表", "宁波水表股份有限公司", company.Exact, true},
		{"建设机械", "陕西建设机械股份有限公司", company.NoFit, false},
		{"岚桥保险泉州分公司", "岚桥保险股份有限公司", company.NoFit, false},
	} {
		short, full := company.Parse(places(t), c.short), company.Parse(places(t), c.full)
		if fit, placed := short.Short(full), short.Placed(full); fit != c.want || placed != c.placed {
			t.Errorf("%s for %s: %v, placed %v, want %v, %v; %+v, %+v", c.short, c.full, fit, placed, c.want, c.placed, short, full)
		}
		if fit := short.Short(full); fit > company.NoFit && short.Stem() != "" && !slices.ContainsFunc(short.Shelves(false), func(s string) bool { return slices.Contains(full.Shelves(true), s) }) {
			t.Errorf("%s and %s share no shelf: %q, %q", c.short, c.full, short.Shelves(false), full.Shelves(true))
		}
	}
}

// TestShelves: names of one brand find each other, and few others stand between them.
func TestShelves(t *testing.T) {
	for _, c := range []struct {
		name string
		want []string
	}{
		{"岚桥化工", []string{"岚桥", "岚桥|化"}},
		{"岚桥", []string{"岚桥", "岚桥|"}},
		{"福建岚桥化工有限公司", []string{"岚桥"}},
		{"岚桥泓谷化工有限公司", []string{"岚桥", "泓谷|", "泓谷|化", "泓谷|工"}},
		{"福建泉州水务有限公司", []string{"泉州", "福建|", "福建|水", "福建|务"}},
		{"岚有限公司", nil},
	} {
		if got := company.Parse(places(t), c.name).Shelves(company.Full(c.name)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// FuzzParse: the parts of a name are stretches of it, whatever it is.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{"福建岚桥化工有限公司", "德泓（泉州）机电有限公司", "()集团公司", "有限公司有限公司a", "中国中国", "岚桥\xff化工", "\xe6\xb1", "\xff\xff", "岚桥\xff", "（（（", strings.Repeat("化工", 99)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, name string) {
		n := company.Parse(places(t), name)
		for _, part := range []string{n.Brand, n.Trade, n.At} {
			if len(part) > len(name) {
				t.Errorf("%q is longer than %q", part, name)
			}
		}
		if n.Short(n) > company.Exact {
			t.Errorf("fit of %q with itself", name)
		}
	})
}

// TestNames: most of the names from which weights are learnt are divided as they were by hand.
func TestNames(t *testing.T) {
	b, err := os.ReadFile("testdata/names.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(b)), "\n")
	if right := brands(t, lines, false); right < len(lines)*85/100 {
		t.Errorf("%d of %d brands are right", right, len(lines))
	}
}

// TestAnatomy measures brands on names that are not in this repository. The last 500 were not looked at when trades and weights
// were chosen.
func TestAnatomy(t *testing.T) {
	shared := os.Getenv("TUPU_SHARED")
	if shared == "" {
		t.Skip("TUPU_SHARED does not name the folder of the corpora")
	}
	b, err := os.ReadFile(filepath.Join(shared, "corpus/aliases/anatomy.json"))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(b)), "\n")
	for _, half := range []struct {
		what  string
		lines []string
		least float64
	}{{"the last 500", lines[len(lines)-500:], 0.88}, {"the others", lines[:len(lines)-500], 0.97}} {
		right := brands(t, half.lines, half.what == "the others")
		score := float64(right) / float64(len(half.lines))
		t.Logf("brands right: %.4f of %s", score, half.what)
		if score < half.least {
			t.Errorf("below %v", half.least)
		}
	}
}

// brands counts the names of which the right brand is found.
func brands(t *testing.T, lines []string, show bool) (right int) {
	t.Helper()
	for _, line := range lines {
		var a struct {
			Text  string
			Label struct{ Brand [][]any }
		}
		if err := json.Unmarshal([]byte(line), &a); err != nil {
			t.Fatal(err)
		}
		brand := ""
		for _, part := range a.Label.Brand {
			brand += part[0].(string)
		}
		if n := company.Parse(places(t), a.Text); n.Brand == brand {
			right++
		} else if show && os.Getenv("TUPU_DEVELOP") != "" {
			t.Logf("%s: want %q, got %+v", a.Text, brand, n)
		}
	}
	return right
}
