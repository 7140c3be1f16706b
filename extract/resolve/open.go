package resolve

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/extract/company"
	"github.com/tupu-kg/tupu/extract/gazetteer"
	"github.com/tupu-kg/tupu/extract/text"
	"github.com/tupu-kg/tupu/graph"
)

// Bearer is a firm as it is looked for across components: by a full name, which others may be short for, or by a short name
// for which its own component found no firm. Pairs of characters find them: a short name shares one of its pairs with every
// full name that it may be short for.
type Bearer struct {
	ID    graph.ID       `json:"id"`
	Full  bool           `json:"full,omitempty"`
	Names []string       `json:"names"`           // folded, ascending
	Codes []string       `json:"codes,omitempty"` // of the areas whose documents name it, ascending
	Apart []string       `json:"apart,omitempty"` // judgements of "different", each with the side that it is on
	At    graph.Evidence `json:"at"`              // its first mention
	Keys  []string       `json:"keys"`            // the pairs it is found by, ascending
	Weak  []string       `json:"weak,omitempty"`  // pairs of a short name that are places or trades: it is found by them where nothing else finds it
}

// What bounds the search: the full names that a pair may have and say something alone; those that it may have and say something
// together with another; the names and areas of a firm that are looked at; and how many firms are proposed for one short name,
// the best first.
const (
	FewBear   = 60
	SomeBear  = 500
	maxNames  = 4
	maxCodes  = 16
	maxOpen   = 5
	pairReach = 3
)

// Bearers lists the firms among the entities of a component that leads are looked for between, in their order. Edges are those
// of the component: a short name that leads to a full one there needs no other.
func Bearers(g *gazetteer.Gazetteer, entities []Resolved, edges []graph.Edge) []Bearer {
	whole := map[graph.ID]bool{}
	for i := range entities {
		whole[entities[i].Entity.ID] = slices.ContainsFunc(entities[i].Members, full)
	}
	led := map[graph.ID]bool{}
	for _, e := range edges {
		if e.Type == graph.MaybeSame {
			led[e.From], led[e.To] = led[e.From] || whole[e.To], led[e.To] || whole[e.From]
		}
	}
	var out []Bearer
	for i := range entities {
		e := &entities[i]
		if e.Entity.Kind != graph.KindEnterprise {
			continue
		}
		b := Bearer{ID: e.Entity.ID, Full: whole[e.Entity.ID]}
		if !b.Full && led[b.ID] {
			continue
		}
		for _, m := range e.Members {
			b.Apart = append(b.Apart, m.Apart...)
			if b.Full && !full(m) {
				continue
			}
			b.Codes = append(b.Codes, m.AreaCode)
			if m.First.ByteEnd == 0 || m.Common {
				continue
			}
			name := m.Name
			if !b.Full {
				name, _ = unlisted(name)
			}
			b.Names = append(b.Names, text.Key(name))
			if b.At.Quote == "" {
				span := m.First
				span.Doc = m.Doc
				b.At = graph.Evidence{Source: graph.FromText, Span: span, Quote: cmp.Or(m.Written, m.Name), By: "rule:open"}
			}
		}
		b.Names, b.Codes, b.Apart = first(b.Names, maxNames), first(b.Codes, maxCodes), first(b.Apart, len(b.Apart))
		for _, name := range b.Names {
			if b.Full {
				b.Keys = append(b.Keys, offered(g, name)...)
			} else {
				own, weak := asked(g, name)
				b.Keys, b.Weak = append(b.Keys, own...), append(b.Weak, weak...)
			}
		}
		b.Weak = first(b.Weak, len(b.Weak))
		if b.Keys = first(b.Keys, len(b.Keys)); len(b.Keys) > 0 {
			out = append(out, b)
		}
	}
	return out
}

// first is the first of the different strings of a list, ascending and without the empty one; nil if there is none, as it comes
// back from a store.
func first(list []string, most int) []string {
	slices.Sort(list)
	list = slices.DeleteFunc(slices.Compact(list), func(s string) bool { return s == "" })
	if len(list) == 0 {
		return nil
	}
	return list[:min(len(list), most)]
}

// stripped is a full name without brackets and without its legal form.
func stripped(name string) string {
	name = strings.NewReplacer("(", "", ")", "", "（", "", "）", "").Replace(name)
	for _, form := range []string{"有限责任公司", "责任有限公司", "股份有限公司", "有限公司", "股份公司", "有限合伙", "公司"} {
		if cut, ok := strings.CutSuffix(name, form); ok && cut != "" {
			return cut
		}
	}
	return name
}

// telling divides a short name into what tells it from others and its form.
func telling(name string) (rest, form string) {
	for _, form := range []string{"股份", "集团", "控股", "公司"} {
		if cut, ok := strings.CutSuffix(name, form); ok && utf8.RuneCountInString(cut) >= 2 {
			return cut, form
		}
	}
	return name, ""
}

// asked lists the pairs of neighbouring characters by which a short name is looked for. Places and trades, which many firms
// share, are weak where anything else is left.
func asked(g *gazetteer.Gazetteer, name string) (own, weak []string) {
	rest, _ := telling(name)
	runes := []rune(rest)
	var all []string
	for i := range len(runes) - 1 {
		pair := string(runes[i : i+2])
		if all = append(all, pair); shared(g, pair) {
			weak = append(weak, pair)
		} else {
			own = append(own, pair)
		}
	}
	if len(own) == 0 || len(own) == 1 && own[0] == all[0] && initialOf[string(runes[:1])] != "" { // 粤传媒
		return all, nil
	}
	return own, weak
}

// offered lists the pairs under which a full name is found: characters that stand near each other, in their order, as those
// who shorten it may pick them.
func offered(g *gazetteer.Gazetteer, name string) []string {
	runes := []rune(stripped(name))
	var out []string
	for i := range runes {
		for j := i + 1; j < min(i+1+pairReach, len(runes)); j++ {
			out = append(out, string([]rune{runes[i], runes[j]}))
		}
	}
	// And what is far apart: 泉钢 of 泉州市岚桥钢铁股份有限公司, 岚钢 of it.
	n := company.Parse(g, name)
	most := maxTradeInitials
	if n.Brand == "" {
		most = maxBrandlessInitials
	}
	for _, first := range []string{firstRunes(n.Place), firstRunes(n.At), firstRunes(n.Brand)} {
		for i, r := range []rune(n.Trade) {
			if first != "" && i < most {
				out = append(out, first+string(r))
			}
		}
	}
	return out
}

// How many of the characters of a trade may stand for it behind the first of the place or the brand, and of a name without a brand.
const (
	maxTradeInitials     = 4
	maxBrandlessInitials = 8
)

// shared reports whether a pair of characters is the name of a place or a word for a trade.
func shared(g *gazetteer.Gazetteer, pair string) bool {
	return pair == "中国" || company.Trade(pair) || slices.ContainsFunc(g.ByName(pair), func(p gazetteer.Place) bool {
		return p.Kind == graph.Province || p.Kind == graph.City
	})
}

// Leads looks for what short names may be short for. It takes a name apart once, however many it is held against. It is not for several
// goroutines.
type Leads struct {
	g     *gazetteer.Gazetteer
	apart map[string]company.Name
}

// mostApart bounds the names that are kept taken apart.
const mostApart = 1 << 16

// NewLeads makes Leads.
func NewLeads(g *gazetteer.Gazetteer) *Leads {
	return &Leads{g: g, apart: map[string]company.Name{}}
}

func (l *Leads) parse(name string) company.Name {
	n, ok := l.apart[name]
	if !ok {
		if len(l.apart) == mostApart {
			clear(l.apart)
		}
		n = company.Parse(l.g, name)
		l.apart[name] = n
	}
	return n
}

// Open lists the firms that a short name may be short for, as MAYBE_SAME, the likeliest first and not more than five, given
// those that share a pair with it.
func (l *Leads) Open(short *Bearer, fulls []*Bearer) ([]graph.Edge, error) {
	type lead struct {
		of     *Bearer
		score  float64
		reason string
	}
	var leads []lead
	for _, f := range fulls {
		if f.ID == short.ID || opposed(short.Apart, f.Apart) {
			continue
		}
		best := lead{of: f}
		if best.score, best.reason = l.Plausible(short, f); best.score == 0 {
			continue
		}
		near := unknown
		if len(short.Codes) > 0 && len(f.Codes) > 0 {
			near = elsewhere
			for _, a := range short.Codes {
				for _, b := range f.Codes {
					near = max(near, between(a, b))
				}
			}
		}
		switch near {
		case elsewhere:
			best.score, best.reason = best.score-0.1, best.reason+", but it is named in another province"
		case sameProvince:
			best.score, best.reason = best.score+0.05, best.reason+", and it is named in the province"
		case sameCity, sameCounty:
			best.score, best.reason = best.score+0.1, best.reason+", and it is named in the city"
		}
		leads = append(leads, best)
	}
	slices.SortFunc(leads, func(a, b lead) int { return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.of.ID, b.of.ID)) })
	var edges []graph.Edge
	for _, found := range leads[:min(len(leads), maxOpen)] {
		score := math.Round(max(found.score, 0.05)*100) / 100
		from, to := short.At, found.of.At
		from.Score, to.Score = score, score
		e, err := graph.NewEdge(short.ID, graph.MaybeSame, found.of.ID, from, to)
		if err != nil {
			return nil, err
		}
		if e.Score, e.Reason = score, found.reason; len(leads) > 1 {
			e.Reason += "; other firms can have this short name too"
		}
		edges = append(edges, e)
	}
	slices.SortFunc(edges, func(a, b graph.Edge) int { return cmp.Compare(a.Key(), b.Key()) })
	return edges, nil
}

// Plausible says how likely a short name is short for a firm's full names, before places are compared, and why; 0 if nothing
// speaks for it.
func (l *Leads) Plausible(short, of *Bearer) (best float64, why string) {
	for _, s := range short.Names {
		for _, name := range of.Names {
			if score, reason := l.plausible(s, name); score > best {
				best, why = score, reason
			}
		}
	}
	return best, why
}

// opposed reports whether a person says that two firms are different.
func opposed(a, b []string) bool {
	return slices.ContainsFunc(a, func(side string) bool {
		return slices.Contains(b, side[:len(side)-1]+string('0'+'1'-side[len(side)-1]))
	})
}

// What the means of shortening score: the more the closer together its characters stand in the full name.
const (
	otherFormScore = 0.15
	pickedScore    = 0.15
	closeScore     = 0.2
	placedScore    = 0.3
	initialScore   = 0.33
	brandScore     = 0.2
	plainestName   = 2
)

// plausible says how likely a short name is short for a full name, and why; 0 if nothing speaks for it, or its form against it:
// no 岚桥集团 is a 岚桥物流有限公司.
func (l *Leads) plausible(short, name string) (float64, string) {
	whole := stripped(name)
	s, form := telling(short)
	n := utf8.RuneCountInString(s)
	if n < plainestName {
		return 0, ""
	}
	formed := strings.Contains(name, form)
	g, full, own := l.g, l.parse(name), l.parse(s)
	p, placed := g.Resolve(full.At, "")
	initials := func() (known, here bool) { // whether it begins with a place's abbreviation, and the full name with that place
		rest := strings.TrimPrefix(s, firstRunes(s))
		if n <= plainestName || stretch(rest, whole) == 0 {
			return false, false
		}
		for _, code := range strings.Fields(initialOf[firstRunes(s)]) {
			known, here = known || full.Place == "" || !placed || strings.HasPrefix(p.Code, code), here || placed && full.Place != "" && strings.HasPrefix(p.Code, code)
		}
		return known, here
	}
	known, here := false, false
	if formed {
		known, here = initials()
	}
	if span := stretch(s, whole); formed && span > 0 {
		score, why := pickedScore+closeScore*float64(n)/float64(span), "its characters stand in the full name in their order"
		if here && score < initialScore {
			return initialScore, "it is the place's abbreviation and characters of the full name in their order"
		}
		return score, why
	}
	if !formed {
		if own.Brand == full.Brand && tells(own.Brand) && form != "集团" {
			return otherFormScore, "both names have the brand, but they differ in the legal form"
		}
		return 0, ""
	}
	switch {
	case here:
		return initialScore, "it is the place's abbreviation and characters of the full name in their order"
	case known:
		return placedScore, "it may be a place's abbreviation, and characters of the full name in their order"
	}
	if at, ok := g.Resolve(own.At, ""); ok && placed && g.Within(p.Code, at.Code) && utf8.RuneCountInString(own.Core()) > 1 && stretch(own.Core(), whole) > 0 {
		return placedScore, "it names a place around the firm's, and its characters stand in the full name in their order"
	}
	brands := []string{full.Brand, own.Brand}
	if stem := full.Stem(); utf8.RuneCountInString(full.Brand) > 1 && stem != "" && !shared(g, stem) {
		brands = append(brands, stem)
	}
	for _, brand := range brands {
		if tells(brand) && strings.Contains(s, brand) && strings.Contains(whole, brand) {
			return brandScore, "both names have the brand"
		}
	}
	return 0, ""
}

// tells reports whether a brand tells a firm from others.
func tells(brand string) bool {
	return utf8.RuneCountInString(brand) > 1 && !commonStems[brand] && !nationalBrands[brand]
}

func firstRunes(s string) string {
	_, size := utf8.DecodeRuneInString(s)
	return s[:size]
}

// initialOf gives the codes of provinces and cities, divided by blanks, by the character that stands for them in names of firms: 粤水电.
var initialOf = map[string]string{
	"京": "11", "津": "12", "冀": "13", "晋": "14", "蒙": "15", "辽": "21", "吉": "22", "黑": "23", "沪": "31", "申": "31", "苏": "32", "浙": "33", "皖": "34", "闽": "35",
	"赣": "36", "鲁": "37", "豫": "41", "鄂": "42", "湘": "43", "粤": "44", "桂": "45", "琼": "46", "渝": "50", "川": "51", "蜀": "51", "贵": "52", "黔": "52", "云": "53", "滇": "53",
	"藏": "54", "陕": "61", "秦": "61", "甘": "62", "陇": "62", "宁": "64 3201", "新": "65",
	"深": "4403", "穗": "4401", "厦": "3502", "榕": "3501", "甬": "3302", "杭": "3301", "汉": "4201", "蓉": "5101", "沈": "2101", "哈": "2301", "济": "3701", "郑": "4101", "昆": "5301", "筑": "5201", "洪": "3601", "邕": "4501", "青": "63 3702",
}

// stretch returns over how many characters of b those of a are spread, in their order, at the fewest; 0 if they are not there.
func stretch(a, b string) int {
	x, y := []rune(a), []rune(b)
	best := 0
	for i := range y {
		if y[i] != x[0] {
			continue
		}
		k, j := 0, i
		for ; j < len(y) && k < len(x); j++ {
			if y[j] == x[k] {
				k++
			}
		}
		if k == len(x) && (best == 0 || j-i < best) {
			best = j - i
		}
	}
	return best
}
