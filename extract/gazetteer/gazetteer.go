package gazetteer

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/graph"
)

//go:embed divisions.gz
var divisions []byte

//go:embed zones.csv
var zones string

//go:embed words.txt
var words string

// dataVersion changes with the embedded data; a test holds it to them.
const dataVersion = "divisions-2023-06-30/zones-1"

// Version names the embedded data and the rules of matching. It costs nothing.
func Version() string { return dataVersion }

// Country is the code of the country.
const Country = "0"

// Place is one entry of the gazetteer.
type Place struct {
	Code       string          // of the statistical divisions (2, 4, 6 or 9 digits); ours for zones (350500Z01)
	Name       string          // official: 泉港区
	Short      string          // 泉港; empty if the name cannot be cut short
	Kind       graph.PlaceKind // country, province, city, county, township or zone
	Parent     string          // code of the place that it lies in; empty for the country
	Government bool            // of a zone: it has a management of its own and counts like a county

	aliases []string // of a zone, safe in context only
}

// Gazetteer is the loaded data.
type Gazetteer struct {
	places  []Place          // ascending by code
	byCode  map[string]int32 // index into places
	byName  map[string]int32 // index into entries, of the first place that bears the name
	entries []entry
	longest map[pair]uint8 // by their first two characters, the length in bytes of the longest name
}

// entry is one name of one place. Those that share a name are chained.
type entry struct {
	place int32
	next  int32  // index into entries; 0 ends the chain
	wide  bool   // safe to match anywhere
	near  string // code of the city or county in whose documents it is safe to match; empty if in none
}

// Open decodes the embedded data: about 44,000 places in some 40 ms.
func Open() (*Gazetteer, error) {
	g := &Gazetteer{}
	if err := g.load(); err != nil {
		return nil, fmt.Errorf("gazetteer: %w", err)
	}
	ordinary := map[string]bool{}
	for _, line := range strings.Split(words, "\n") {
		if !strings.HasPrefix(line, "#") {
			for _, w := range strings.Fields(line) {
				ordinary[w] = true
			}
		}
	}
	g.byCode, g.byName = make(map[string]int32, len(g.places)), make(map[string]int32, 2*len(g.places))
	g.longest, g.entries = make(map[pair]uint8, len(g.places)), make([]entry, 1, 2*len(g.places))
	for i := range g.places {
		g.index(int32(i), ordinary)
	}
	return g, nil
}

func (g *Gazetteer) load() error {
	g.places = append(make([]Place, 0, 45000), Place{Code: Country, Name: "中国", Kind: graph.Country})
	z, err := gzip.NewReader(bytes.NewReader(divisions))
	if err != nil {
		return err
	}
	list, err := io.ReadAll(z)
	if err != nil {
		return err
	}
	known := make(map[string]bool, 4000)
	for line := range strings.Lines(string(list)) {
		code, name, ok := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		if !ok {
			return fmt.Errorf("line %q has no name", line)
		}
		if len(code) == 4 && (name == "市辖区" || name == "县" || strings.HasSuffix(name, "行政区划")) {
			continue // a heading of the list, no place
		}
		p := Place{Code: code, Name: name}
		switch len(code) {
		case 2:
			p.Kind, p.Parent = graph.Province, Country
		case 4:
			p.Kind, p.Parent = graph.City, code[:2]
		case 6:
			p.Kind, p.Parent = graph.County, code[:4]
		case 9:
			p.Kind, p.Parent = graph.Township, code[:6]
			if code[6] >= '4' {
				p.Kind = graph.Zone // what the list calls similar to a township: parks, farms, forest bureaus
			}
		default:
			return fmt.Errorf("code %q has no level", code)
		}
		if len(code) < 9 {
			known[code] = true // above what comes later, as the list ascends
		}
		if len(code) == 6 && !known[p.Parent] {
			p.Parent = code[:2]
		}
		p.Short = shortOf(p)
		g.places = append(g.places, p)
	}
	return g.loadZones()
}

func (g *Gazetteer) loadZones() error {
	r := csv.NewReader(strings.NewReader(zones))
	r.Comment, r.FieldsPerRecord = '#', 5
	for {
		row, err := r.Read()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("zones: %w", err)
		}
		p := Place{Code: row[0], Name: row[1], Kind: graph.Zone, Parent: row[3], Government: row[4] == "yes"}
		for _, alias := range strings.Split(row[2], ";") {
			if alias != "" {
				p.aliases = append(p.aliases, alias)
			}
		}
		g.places = append(g.places, p)
	}
}

// listed reports whether a zone comes from the list of divisions (a park, a farm) and not from ours.
func (p *Place) listed() bool { return p.Kind == graph.Zone && !strings.Contains(p.Code, "Z") }

// Endings of official names, the longer before those that they end in.
var endings = map[graph.PlaceKind][]string{
	graph.Province: {"维吾尔自治区", "壮族自治区", "回族自治区", "特别行政区", "自治区", "省", "市"},
	graph.City:     {"自治州", "地区", "盟", "市"},
	graph.County:   {"自治县", "自治旗", "特区", "林区", "县", "区", "市", "旗"},
	graph.Township: {"民族乡", "地区办事处", "街道办事处", "街道", "镇", "乡", "苏木"},
}

// peoples stand in front of 自治州, 自治县 and 族乡.
var peoples = []string{"维吾尔", "哈萨克", "柯尔克孜", "蒙古族", "蒙古", "回族", "藏族", "苗族", "彝族", "壮族", "布依族", "侗族", "瑶族", "白族", "土家族", "哈尼族",
	"傣族", "黎族", "傈僳族", "佤族", "畲族", "拉祜族", "水族", "东乡族", "纳西族", "景颇族", "土族", "达斡尔族", "仫佬族", "羌族", "布朗族", "撒拉族", "毛南族", "仡佬族",
	"锡伯", "阿昌族", "普米族", "朝鲜族", "满族", "塔吉克", "怒族", "独龙族", "鄂温克族", "裕固族", "保安族", "鄂伦春", "各族"}

// shortOf cuts the ending off an official name, and the peoples of an autonomous division. What is left has at least two
// characters, or nothing is.
func shortOf(p Place) string {
	for _, ending := range endings[p.Kind] {
		cut, ok := strings.CutSuffix(p.Name, ending)
		if !ok {
			continue
		}
		if strings.HasPrefix(ending, "自治") || ending == "乡" {
			for again := true; again; {
				again = false
				for _, people := range peoples {
					if rest, ok := strings.CutSuffix(cut, people); ok && rest != "" {
						cut, again = rest, true
					}
				}
			}
		}
		if utf8.RuneCountInString(cut) >= 2 {
			return cut
		}
		return ""
	}
	return ""
}

// index files a place under its names, and says where each is safe to match.
func (g *Gazetteer) index(i int32, ordinary map[string]bool) {
	p := &g.places[i]
	g.byCode[p.Code] = i
	city := p.Code[:min(4, len(p.Code))]
	length := utf8.RuneCountInString(p.Name)
	name := entry{place: i}
	switch {
	case ordinary[p.Name]:
	case p.listed() && length < 6:
		name.near = city
	default:
		name.wide = length >= 3 || p.Kind == graph.Country || p.Kind == graph.County && length == 2 && !strings.HasSuffix(p.Name, "区")
	}
	g.add(p.Name, name)
	if p.Short != "" {
		short := entry{place: i}
		switch district := strings.HasSuffix(p.Name, "区"); {
		case ordinary[p.Short]:
		case p.Kind == graph.Province || p.Kind == graph.City, p.Kind == graph.County && !district:
			short.wide = true
		case p.Kind == graph.County:
			short.near = city
		case p.Kind == graph.Township:
			short.near = p.Code[:6]
		}
		g.add(p.Short, short)
	}
	for _, alias := range p.aliases {
		g.add(alias, entry{place: i, near: p.Parent[:min(4, len(p.Parent))]})
	}
}

func (g *Gazetteer) add(name string, e entry) {
	e.next = g.byName[name]
	g.byName[name] = int32(len(g.entries))
	g.entries = append(g.entries, e)
	if key := pairOf(name); e.wide || e.near != "" {
		g.longest[key] = max(g.longest[key], uint8(min(len(name), math.MaxUint8)))
	}
}

// ByCode returns the place of a code.
func (g *Gazetteer) ByCode(code string) (Place, bool) {
	i, ok := g.byCode[code]
	if !ok {
		return Place{}, false
	}
	return g.places[i], true
}

// ByName returns the places that a folded name can mean, official or short, ascending by code.
func (g *Gazetteer) ByName(name string) []Place {
	var out []Place
	for _, i := range g.named(name) {
		out = append(out, g.places[i])
	}
	return out
}

// named lists the places that a name can mean, ascending by code.
func (g *Gazetteer) named(name string) []int32 {
	var out []int32
	for e := g.byName[name]; e != 0; e = g.entries[e].next {
		out = append(out, g.entries[e].place)
	}
	slices.SortFunc(out, func(a, b int32) int { return strings.Compare(g.places[a].Code, g.places[b].Code) })
	return slices.Compact(out)
}

// Ancestors returns the places that the place of a code lies in, the nearest first, up to the country.
func (g *Gazetteer) Ancestors(code string) []Place {
	var out []Place
	p, ok := g.ByCode(code)
	for ok && p.Parent != "" {
		if p, ok = g.ByCode(p.Parent); ok {
			out = append(out, p)
		}
	}
	return out
}

// Within reports whether the place of a code is the area or lies in it.
func (g *Gazetteer) Within(code, area string) bool {
	if code == area {
		return code != ""
	}
	for _, a := range g.Ancestors(code) {
		if a.Code == area {
			return true
		}
	}
	return false
}

// Label returns a name for the place of a code that no other place has: the official name and, where several places bear it,
// the name of the place above as scope (or the code, where not even that tells them apart).
func (g *Gazetteer) Label(code string) (name, scope string) {
	p, ok := g.ByCode(code)
	if !ok {
		return code, ""
	}
	namesakes, siblings := 0, 0
	for _, i := range g.named(p.Name) {
		if o := &g.places[i]; o.Name == p.Name {
			namesakes++
			if o.Parent == p.Parent {
				siblings++
			}
		}
	}
	if namesakes == 1 {
		return p.Name, ""
	}
	if above, ok := g.ByCode(p.Parent); ok && siblings == 1 && !g.ambiguous(above.Name) {
		return p.Name, above.Name
	}
	return p.Name, p.Code
}

// ambiguous reports whether several places bear the official name.
func (g *Gazetteer) ambiguous(name string) bool {
	n := 0
	for _, i := range g.named(name) {
		if g.places[i].Name == name {
			n++
		}
	}
	return n > 1
}

// Resolve says which place a folded name means in a document that speaks for area (a code, or empty): one in the area, else
// one that the area lies in, else one under the same city, then under the same province, and else the only one of county
// level and above there is, where provinces and cities win over lower ones. It reports false where none fits or several do.
func (g *Gazetteer) Resolve(name, area string) (Place, bool) {
	candidates := g.named(name)
	if len(candidates) == 0 {
		return Place{}, false
	}
	if area != "" {
		circles := []string{area}
		for _, a := range g.Ancestors(area) {
			if a.Kind == graph.Province || a.Kind == graph.City || a.Kind == graph.County {
				circles = append(circles, a.Code)
			}
			for _, i := range candidates {
				if g.places[i].Code == a.Code {
					return a, true
				}
			}
		}
		for _, circle := range circles {
			if p, found, ok := g.only(candidates, func(p *Place) bool { return g.Within(p.Code, circle) }); found {
				return p, ok
			}
		}
	}
	p, _, ok := g.only(candidates, func(p *Place) bool {
		return p.Kind == graph.Country || p.Kind == graph.Province || p.Kind == graph.City || p.Kind == graph.County ||
			p.Kind == graph.Zone && p.Name == name && !p.listed()
	})
	return p, ok
}

// only returns the candidate that fits: the one of the highest level, if it is alone there.
func (g *Gazetteer) only(candidates []int32, fits func(*Place) bool) (p Place, found, ok bool) {
	for _, i := range candidates {
		c := &g.places[i]
		if !fits(c) {
			continue
		}
		switch {
		case !found || level(c) < level(&p):
			p, found, ok = *c, true, true
		case level(c) == level(&p):
			ok = false
		}
	}
	return p, found, ok
}

func level(p *Place) int {
	switch p.Kind {
	case graph.Country:
		return 0
	case graph.Province:
		return 1
	case graph.City:
		return 2
	case graph.County:
		return 3
	case graph.Zone:
		if p.Government {
			return 3
		}
		return 5
	}
	return 4
}
