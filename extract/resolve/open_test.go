package resolve_test

import (
	"fmt"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/tupu-kg/tupu/extract/resolve"
	"github.com/tupu-kg/tupu/graph"
)

// bearers are the firms of a document that leads are looked for between.
func bearers(t *testing.T, js []graph.Judgement, f *graph.Facts) []resolve.Bearer {
	t.Helper()
	r := resolve.Read(places(t), f, resolve.NewJudgements(js))
	entities, edges, err := resolve.Component(places(t), r.Groups)
	if err != nil {
		t.Fatal(err)
	}
	return resolve.Bearers(places(t), entities, edges)
}

func TestOpenNamesGetLeads(t *testing.T) {
	for _, c := range []struct {
		what, short, area string
		fulls             []string
		different         string // from the short name, as a person says
		want              []string
	}{
		{what: "characters in their order", short: "泓谷能建", area: "惠安县", fulls: []string{"福建泓谷能源建设股份有限公司"}, want: []string{
			"福建泓谷能源建设股份有限公司 0.41 its characters stand in the full name in their order, and it is named in the city",
		}},
		{what: "far away", short: "泓谷能建", area: "番禺区", fulls: []string{"福建泓谷能源建设股份有限公司"}, want: []string{
			"福建泓谷能源建设股份有限公司 0.21 its characters stand in the full name in their order, but it is named in another province",
		}},
		{what: "with the mark of an exchange", short: "*ST泓建", area: "惠安县", fulls: []string{"福建泓谷建设股份有限公司"}, want: []string{
			"福建泓谷建设股份有限公司 0.38 its characters stand in the full name in their order, and it is named in the city",
		}},
		{what: "the first of place and trade, far apart", short: "*ST泉钢", area: "惠安县", fulls: []string{"泉州岚桥泓谷钢铁股份有限公司"}, want: []string{
			"泉州岚桥泓谷钢铁股份有限公司 0.31 its characters stand in the full name in their order, and it is named in the city",
		}},
		{what: "initials of the place and the trade", short: "泉钢股份", area: "惠安县", fulls: []string{"泉州特种钢铁股份有限公司"}, want: []string{
			"泉州特种钢铁股份有限公司 0.33 its characters stand in the full name in their order, and it is named in the city",
		}},
		{what: "the first of brand and trade, far apart", short: "S岚药B退", area: "惠安县", fulls: []string{"岚桥泓谷药业股份有限公司"}, want: []string{
			"岚桥泓谷药业股份有限公司 0.33 its characters stand in the full name in their order, and it is named in the city",
		}},
		{what: "two marks of an exchange", short: "S泓建B退", area: "惠安县", fulls: []string{"福建泓谷建设股份有限公司"}, want: []string{
			"福建泓谷建设股份有限公司 0.38 its characters stand in the full name in their order, and it is named in the city",
		}},
		{what: "the place's abbreviation", short: "闽岚桥", area: "惠安县", fulls: []string{"福建岚桥化工有限公司"}, want: []string{
			"福建岚桥化工有限公司 0.43 it is the place's abbreviation and characters of the full name in their order, and it is named in the city",
		}},
		{what: "the firm that names the place of the abbreviation", short: "闽版传媒", fulls: []string{"泓谷出版传媒股份有限公司", "福建出版传媒股份有限公司"}, want: []string{
			"泓谷出版传媒股份有限公司 0.3 it may be a place's abbreviation, and characters of the full name in their order; other firms can have this short name too",
			"福建出版传媒股份有限公司 0.33 it is the place's abbreviation and characters of the full name in their order; other firms can have this short name too",
		}},
		{what: "another place's abbreviation", short: "粤岚桥", area: "惠安县", fulls: []string{"福建岚桥化工有限公司"}, want: []string{
			"福建岚桥化工有限公司 0.3 both names have the brand, and it is named in the city",
		}},
		{what: "the brand alone", short: "智慧岚桥", area: "惠安县", fulls: []string{"岚桥智慧装备股份有限公司"}, want: []string{
			"岚桥智慧装备股份有限公司 0.3 both names have the brand, and it is named in the city",
		}},
		{what: "the likeliest five, best first", short: "泓谷能建", area: "惠安县", fulls: []string{
			"泓谷能源一建有限公司", "泓谷能源二建有限公司", "泓谷能源三建有限公司", "泓谷能源四建有限公司", "泓谷能源五建有限公司", "泓谷能建投资有限公司",
		}, want: []string{
			"泓谷能建投资有限公司 0.45 its characters stand in the full name in their order, and it is named in the city; other firms can have this short name too",
			"泓谷能源一建有限公司 0.38 its characters stand in the full name in their order, and it is named in the city; other firms can have this short name too",
			"泓谷能源三建有限公司 0.38 its characters stand in the full name in their order, and it is named in the city; other firms can have this short name too",
			"泓谷能源二建有限公司 0.38 its characters stand in the full name in their order, and it is named in the city; other firms can have this short name too",
			"泓谷能源五建有限公司 0.38 its characters stand in the full name in their order, and it is named in the city; other firms can have this short name too",
		}},
		{what: "another form", short: "泓谷集团", area: "惠安县", fulls: []string{"福建泓海谷地物流有限公司"}},
		{what: "the brand in another form", short: "泓谷控股", area: "惠安县", fulls: []string{"泓谷能源股份有限公司"}, want: []string{
			"泓谷能源股份有限公司 0.25 both names have the brand, but they differ in the legal form, and it is named in the city",
		}},
		{what: "a place around the firm's", short: "福建岚化", area: "惠安县", fulls: []string{"泉州岚桥化工厂股份有限公司"}, want: []string{
			"泉州岚桥化工厂股份有限公司 0.4 it names a place around the firm's, and its characters stand in the full name in their order, and it is named in the city",
		}},
		{what: "another order", short: "建能泓谷", area: "惠安县", fulls: []string{"福建谷泓能源建设股份有限公司"}},
		{what: "a person's word", short: "泓谷能建", area: "惠安县", fulls: []string{"福建泓谷能源建设股份有限公司"}, different: "福建泓谷能源建设股份有限公司"},
	} {
		t.Run(c.what, func(t *testing.T) {
			var js []graph.Judgement
			if c.different != "" {
				js = append(js, by(1, graph.Different, firm(c.short), firm(c.different)))
			}
			short := bearers(t, js, paper(t, "a", c.area, "[enterprise "+c.short+"]开工。"))
			var fulls []*resolve.Bearer
			for i, name := range c.fulls {
				b := bearers(t, js, paper(t, fmt.Sprint("b", i), "泉港区", "[enterprise "+name+"]投产。"))
				fulls = append(fulls, &b[0])
				if !slices.ContainsFunc(short[0].Keys, func(key string) bool { return slices.Contains(b[0].Keys, key) }) && c.want != nil {
					t.Errorf("%s shares no pair with %s", c.short, name)
				}
			}
			edges, err := resolve.NewLeads(places(t)).Open(&short[0], fulls)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, e := range edges {
				of := e.From
				if of == short[0].ID {
					of = e.To
				}
				got = append(got, fmt.Sprintf("%s %v %s", of.Name(), e.Score, e.Reason))
				if len(e.Evidence) != 2 {
					t.Errorf("%s stands on %+v", e.Key(), e.Evidence)
				}
			}
			if diff := gocmp.Diff(c.want, got); diff != "" {
				t.Errorf("leads (-want +got):\n%s", diff)
			}
		})
	}
}
