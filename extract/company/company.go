// Package company takes the names of firms apart: 福建天辰化工有限公司 is 福建 (where), 天辰 (the brand, by which people tell it from
// other firms), 化工 (its trade) and 有限公司 (its legal form). Brands are what firms are recognised and confused by, so who is who
// rests on them.
//
// The parts are found by known places, by known trades (trades.txt) and by what is left: a brand is short, stands before the
// trade, and is the only part that no list can know. A name without a brand (东莞市铝业有限公司) has none, and is told from others by
// nothing but its place and its trade.
package company

import (
	_ "embed"
	"math"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/extract/gazetteer"
	"github.com/tupu-kg/tupu/graph"
)

// Name is a firm's name, taken apart. A part that the name does not have is empty.
type Name struct {
	Place string // where: in front of the brand, 江苏无锡, or behind it, in brackets or alone
	At    string // the last, the nearest, of the places: 无锡
	Brand string
	Trade string // all of it: 汽车零部件
	Form  string // legal form with what belongs to it: 集团股份有限公司; empty in a short name
}

// Core is brand and trade: what the firm is called by others who leave out where it is and its legal form.
func (n Name) Core() string { return n.Brand + n.Trade }

// forms close names of firms, longest first where one ends another.
var forms = []string{
	"集团股份有限公司", "集团有限责任公司", "控股集团有限公司", "控股股份有限公司", "(集团)股份有限公司", "(集团)有限责任公司", "(集团)有限公司", "(控股)有限公司", "(控股)股份有限公司",
	"股份有限公司", "责任有限公司", "有限责任公司", "集团有限公司", "控股有限公司", "有限公司", "有限合伙", "集团公司", "(集团)公司", "总公司", "分公司", "子公司", "股份公司", "公司",
	"股份", "(集团)", "集团", "控股", "(有限合伙)", "(普通合伙)", "合伙企业", "(合伙)", "股份合作社", "专业合作社", "合作社", "联社", "有限责任商行", "株式会社", "会社", "企业",
	"经营部", "经销部", "门市部", "营业部", "批发部", "维修部", "服务部", "销售部", "供应部", "代理处", "办事处", "分理处", "经营处", "服务处", "分店", "分厂", "总店", "总厂", "分行", "支行", "服务社", "工作室", "商行", "商号", "商店", "厂", "店",
}

// branches close names of what is only a part of a firm.
var branches = []string{"分公司", "子公司", "分行", "支行", "分店", "分厂", "办事处", "营业部", "分理处", "经营部", "服务部", "销售部"}

// Branch reports whether the name is that of a part of a firm (北京分公司): it is not the firm.
func (n Name) Branch() bool {
	return slices.ContainsFunc(branches, func(b string) bool { return strings.HasSuffix(n.Form, b) })
}

// legal are the forms that only full names have.
var legal = []string{"有限公司", "责任公司", "股份公司", "集团公司", "有限合伙", "责任有限公司"}

// Full reports whether a folded name ends as the full, registered name of a firm does.
func Full(name string) bool {
	name = strings.TrimRight(name, "）)")
	before := strings.TrimSpace(name)
	for _, form := range forms {
		before = strings.TrimSuffix(before, form)
	}
	return strings.Trim(before, "()（）") != "" && slices.ContainsFunc(legal, func(form string) bool { return strings.HasSuffix(name, form) })
}

//go:embed trades.txt
var tradesText string

//go:embed brands.txt
var brandsText string

// trades knows the words that say what a firm does. It is safe for concurrent use.
type trades struct {
	words   map[string]bool
	longest int              // bytes
	brandly map[rune]float64 // of a character, the logarithm of how much likelier it stands in a brand than in a trade
}

// How often the characters of each line of brands.txt stand in brands, how many those of all brands were, and the bounds of
// what is concluded from that.
var brandTiers = [...]float64{100, 40, 15, 6}

const (
	brandTotal  = 13_000
	unseen      = 0.7
	mostBrandly = 2.5
)

var known = sync.OnceValue(func() *trades {
	t := &trades{words: map[string]bool{}}
	for line := range strings.Lines(tradesText) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for w := range strings.FieldsSeq(line) {
			t.words[w] = true
			t.longest = max(t.longest, len(w))
		}
	}
	inTrades, total := map[rune]float64{}, 0.0
	for w := range t.words {
		for _, r := range w {
			inTrades[r]++
			total++
		}
	}
	inBrands, tier := map[rune]float64{}, 0
	for line := range strings.Lines(brandsText) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for _, r := range strings.TrimSpace(line) {
			inBrands[r] = brandTiers[tier]
		}
		tier++
	}
	t.brandly = map[rune]float64{}
	for _, counts := range []map[rune]float64{inTrades, inBrands} {
		for r := range counts {
			odds := math.Log(max(inBrands[r], unseen)/brandTotal) - math.Log(max(inTrades[r], unseen)/total)
			t.brandly[r] = min(max(odds, -mostBrandly), mostBrandly)
		}
	}
	return t
})

// Trade reports whether a word says what a firm does.
func Trade(word string) bool { return known().words[word] }

// maxName bounds the length in bytes of what is looked at: longer strings are no names.
const maxName = 180

// Parse takes a folded name apart.
func Parse(g *gazetteer.Gazetteer, name string) Name {
	var n Name
	if len(name) > maxName {
		n.Brand = name
		return n
	}
	name = strings.NewReplacer("（", "(", "）", ")").Replace(name)
	rest := name
	for _, form := range []string{"有限公司", "有限责任公司"} {
		// 某某银行股份有限公司北京分行: what follows is which part of the firm.
		if before, after, ok := strings.Cut(rest, form); ok && before != "" && after != "" && !strings.HasPrefix(after, "(") {
			rest, n.Form = before+form, after
		}
	}
	for {
		cut := rest
		for _, form := range forms {
			if before, ok := strings.CutSuffix(rest, form); ok && before != "" {
				rest, n.Form = before, form+n.Form
				break
			}
		}
		if cut == rest {
			break
		}
	}
	rest = n.brackets(g, rest)
	for _, form := range []string{"集团", "控股"} { // 甲医药集团(天津)股份有限公司
		if before, ok := strings.CutSuffix(rest, form); ok && before != "" && n.Form != "" {
			rest, n.Form = before, form+n.Form
		}
	}
	best := division{cost: math.Inf(1)}
	for _, f := range fronts(g, rest) {
		if d := divide(rest[f.end:], f.end > 0 || n.Place != ""); d.cost+f.cost < best.cost {
			best = d.after(f)
		}
	}
	if n.Place == "" && best.start == 0 && n.Form != "" || strings.HasPrefix(n.Form, "分") {
		// 惠生南通重工, 雷诺德传动机械杭州: a place between brand and trade, or behind both.
		for _, m := range inner(g, rest) {
			if m.Start <= best.start+3 {
				continue
			}
			if d := divide(rest[best.start:m.Start]+rest[m.End:], true); d.brand > 0 && best.start+d.brand < len(rest)-(m.End-m.Start) && d.cost+innerCost < best.cost-best.front {
				n.Place = rest[m.Start:m.End]
				rest = rest[:m.Start] + rest[m.End:]
				best = d.after(front{best.start, best.front})
				break
			}
		}
	}
	n.Place = rest[:best.start] + n.Place
	n.Brand, n.Trade = rest[best.start:best.brand], rest[best.brand:]
	n.At = nearest(g, n.Place)
	return n
}

// nearest is the last of the places that stand in a row: 无锡 of 江苏无锡.
func nearest(g *gazetteer.Gazetteer, places string) string {
	if m := g.Matches(places); len(m) > 1 && m[len(m)-1].End == len(places) {
		return places[m[len(m)-1].Start:]
	}
	for i := range places {
		if i > 0 && len(places)-i >= 6 && len(g.ByName(places[i:])) > 0 {
			return places[i:]
		}
	}
	return places
}

// brackets takes brackets out of a name: the place in them is its place, other words are left out.
func (n *Name) brackets(g *gazetteer.Gazetteer, name string) string {
	before, rest, ok := strings.Cut(name, "(")
	inside, after, closed := strings.Cut(rest, ")")
	if !ok || !closed || before == "" {
		return name
	}
	if f := fronts(g, inside); f[len(f)-1].end == len(inside) || slices.Contains(abroad, inside) {
		n.Place = inside
	}
	return before + after
}

// inner lists the places that may stand between brand and trade, or behind both.
func inner(g *gazetteer.Gazetteer, rest string) []gazetteer.Match {
	list := g.Matches(rest)
	for i := range rest {
		if size := len(rest) - i; size >= 6 && size <= 15 && len(list) == 0 && slices.ContainsFunc(g.ByName(rest[i:]), func(p gazetteer.Place) bool { return p.Kind != graph.Township }) {
			return []gazetteer.Match{{Start: i, End: len(rest)}}
		}
	}
	return list
}

// front is a way to read the places that a name begins with.
type front struct {
	end  int // bytes
	cost float64
}

// fronts lists the ways to read places in front: none, the known names that are safe anywhere (江苏无锡), and behind or instead
// of them the name of a county that is a word or a brand as well (佛山市南海). Each must lie in the one before.
func fronts(g *gazetteer.Gazetteer, name string) []front {
	end, code := 0, ""
	for _, country := range []string{"中国", "中华"} {
		if strings.HasPrefix(name, country) {
			end, code = len(country), gazetteer.Country
		}
	}
	for _, country := range abroad {
		if strings.HasPrefix(name, country) && len(name) > len(country)+3 {
			return []front{{0, wordPlaceCost}, {len(country), 0}}
		}
	}
	for {
		m := g.Matches(name[end:])
		if len(m) == 0 || m[0].Start != 0 {
			break
		}
		p, ok := g.Resolve(name[end:end+m[0].End], code)
		if end > 0 && (!ok || !g.Within(p.Code, code)) {
			break
		}
		end, code = end+m[0].End, p.Code
		if strings.HasPrefix(name[end:], "市") || strings.HasPrefix(name[end:], "县") { // 吴江市, which is a district now
			end += len("市")
		}
	}
	list := []front{{end, 0}}
	for cost := 0.0; len(list) < 6; {
		next, sure, at := end, false, code
		for i := range name[end:] {
			if i < 6 || i > 30 {
				continue
			}
			word := name[end : end+i]
			for _, p := range g.ByName(word) {
				if official := p.Name == word; (official && code != "" || p.Kind != graph.Township) && (code == "" || g.Within(p.Code, code)) {
					next, sure, at = end+i, official, p.Code
				}
			}
		}
		for _, zone := range zones {
			if end > 0 && strings.HasPrefix(name[end:], zone) && end+len(zone) > next {
				next, sure = end+len(zone), true
			}
		}
		if next == end {
			return list
		}
		if end, code = next, at; !sure {
			cost += wordPlaceCost
		} else {
			cost += innerCost
		}
		list = append(list, front{end, cost})
	}
	return list
}

// abroad are countries and regions in front of the names of firms from there.
var abroad = strings.Fields(`日本 韩国 美国 英国 法国 德国 俄罗斯 意大利 西班牙 加拿大 澳大利亚 新加坡 马来西亚 泰国 越南 印度尼西亚 印度 菲律宾 巴西 阿根廷 墨西哥 瑞士 瑞典 荷兰 丹麦 挪威 芬兰 比利时
	奥地利 土耳其 以色列 南非 新西兰 葡萄牙 波兰 匈牙利 沙特 阿联酋 哈萨克斯坦 巴基斯坦 柬埔寨 缅甸 欧洲 亚洲 北美`)

// zones follow the name of a place and belong to it.
var zones = []string{"新区", "开发区", "经济开发区", "经济技术开发区", "高新区", "高新技术开发区", "高新技术产业开发区", "工业园区", "工业园", "保税区", "自贸区", "新城区", "城区"}

// division is a way to divide what is left of a name.
type division struct {
	start, brand int // where the brand starts and ends, bytes
	cost, front  float64
}

func (d division) after(f front) division {
	return division{f.end, f.end + d.brand, d.cost + f.cost, f.cost}
}

// Costs of a division, tuned on names taken apart by hand. A brand has two characters, or three or four; each word of a trade
// costs a little, each character that no trade is known to have a lot.
var brandCost = [...]float64{0: 0.6, 1: 4, 2: 0, 3: 0.7, 4: 1.2, 5: 3, 6: 4.5}

const (
	wordCost        = 0.1
	businessCost    = 1.8 // of a word in 业 that is not known,
	businessBrand   = 0.5 // the more, the more its first character is one that brands are made of: 伟业 is no trade
	strangeCost     = 1.5 // of a word of a trade that is not known,
	strangeCharCost = 0.6 // and of each of its characters,
	singleCost      = 0.8 // more if it has only one,
	brandlyCost     = 0.2 // the more, the more it is one that brands are made of
	tradelyCost     = 0.8 // of each character of a brand, the more it is one that trades are made of; as much less in a trade
	tradeBrand      = 2   // of a brand that is made of words of trades
	strangeTrade    = 1.0 // of no brand, before words that no trade is known to have
	noPlace         = 0.5 // of neither place nor brand
	wordPlaceCost   = 1.1
	innerCost       = 0.3
)

// divide finds the cheapest way to divide what stands behind the place into brand and trade.
func divide(s string, placed bool) division {
	// What it costs to read s[i:] as trades: tail in all, strange where s[i:] begins with a word that no trade is known to be.
	tail, strange := make([]float64, len(s)+1), make([]float64, len(s)+1)
	strange[len(s)] = strangeCost
	t := known()
	for i := len(s) - 1; i >= 0; i-- {
		if !utf8.RuneStart(s[i]) {
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		char := max(0.1, strangeCharCost+brandlyCost*max(0, t.brandly[r])+tradelyCost*min(0, t.brandly[r]))
		strange[i] = char + min(strange[i+size], strangeCost+tail[i+size])
		tail[i] = char + min(strange[i+size], singleCost+strangeCost+tail[i+size])
		if rest := s[i+size:]; strings.HasPrefix(rest, "业") {
			tail[i] = min(tail[i], businessCost+businessBrand*max(0, t.brandly[r])+tail[i+size+len("业")])
		}
		for j := i + 3; j <= min(len(s), i+t.longest); j += 3 {
			if t.words[s[i:j]] {
				tail[i] = min(tail[i], wordCost+tail[j])
			}
		}
	}
	trade := make([]bool, len(s)+1) // s[:i] is made of words of trades
	trade[0] = true
	for i := range s {
		for j := i + 3; trade[i] && j <= min(len(s), i+t.longest); j += 3 {
			trade[j] = trade[j] || t.words[s[i:j]]
		}
	}
	best := division{cost: brandCost[0] + tail[0]}
	if !placed {
		best.cost += noPlace
	}
	if !trade[len(s)] {
		best.cost += strangeTrade
	}
	n, tradely := 0, 0.0
	for i := range s + " " {
		if i == 0 {
			continue
		}
		r, _ := utf8.DecodeLastRuneInString(s[:i])
		n, tradely = n+1, tradely+tradelyCost*max(0, -t.brandly[r])
		cost := tail[i] + tradely + brandCost[min(n, len(brandCost)-1)] + float64(max(0, n-len(brandCost)+1))
		if trade[i] {
			cost += tradeBrand
		}
		if cost < best.cost {
			best = division{brand: i, cost: cost}
		}
	}
	return best
}
