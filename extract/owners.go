package extract

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/extract/company"
	"github.com/tupu-kg/tupu/extract/relate"
	"github.com/tupu-kg/tupu/extract/text"
	"github.com/tupu-kg/tupu/graph"
)

// products are words of projects' names that say that a firm makes or runs something, beside those of what is made.
var products = strings.Fields(`LNG 接收站 储罐 空分 机组 风电 光氢 调峰 热电 产线 智能化 技改 工厂 新型 技术 研发 电驱 总装 冷链 仓储 保税仓 一体化 烯烃 煤化工 合成氨 尿素 焦化 水泥 啤酒 白酒 冷轧 炼化 炼油 电解铝 氧化铝 多晶硅
	农产品 采购中心 物流中心 物流园 综合体 重卡 农机 电炉 池窑 玻纤 凝胶 基板 硅片 车灯 电器 家电 服装 食品 制药 酒厂 数据中心 超算 算力`)

// wellKnown are short names of firms so large that a project is named for them wherever it is.
var wellKnown = wordsOf(`华润 国电 华能 大唐 华电 神华 中石化 中石油 中海油 中国石化 中国石油 中铝 中粮 中铁 中建 中交 中冶 中核 中广核 保利 国投 中煤 中化 中车 浪潮 奇瑞 比亚迪 宝钢 鞍钢 武钢 首钢 海尔 海信 格力 华为 联想 万科 万达 恒大
	京东 阿里巴巴 腾讯 百度 富士康 三一 徐工 潍柴 一汽 东风 上汽 广汽 北汽 吉利 宁德时代 隆基 通威 京东方 雨润 娃哈哈 蒙牛 伊利 招商 正大 宜家 麦德龙 红星美凯龙 绿地 碧桂园 融创 龙湖`)

// everywhere are those of them that are no word and no place, whatever follows them.
var everywhere = wordsOf(`华能 华电 国电投 国能 神华 中石化 中石油 中海油 中国石化 中国石油 中国海油 中核 中广核 中节能 中能建 中电建 中国电建 中国能建 中粮 中煤 中车 中冶 比亚迪 富士康 京东方 百度 腾讯 华为 韵达 顺丰 英利 金隅 晶科 晶澳 隆基 通威
	华润 国网 上海电气 东方电气`)

// knownFirms are the names by which a document calls its firms, with the brands of their full names, and whether a name is no
// more than a brand.
func (w *writer) knownFirms() map[string]bool {
	if w.firms != nil {
		return w.firms
	}
	w.firms = map[string]bool{}
	for i := range w.passages {
		p := &w.passages[i]
		for _, c := range p.won {
			if c.Kind != graph.KindEnterprise {
				continue
			}
			name := p.Text[c.Start:c.End]
			if _, ok := w.firms[name]; ok || len(w.firms) > maxMentions {
				continue
			}
			w.firms[name] = false
			n := company.Parse(w.gaz, name)
			if core := n.Core(); n.Brand != "" && n.Trade != "" && firmTrades[n.Trade] {
				w.firms[core] = false
			}
			if size := utf8.RuneCountInString(n.Brand); size >= 2 && size <= 4 && len(w.gaz.ByName(n.Brand)) == 0 {
				if _, ok := w.firms[n.Brand]; !ok {
					w.firms[n.Brand] = true
				}
			}
		}
	}
	return w.firms
}

// knownPlaces are the places that a document names, by their names and by those of towns and villages without their kind: 双溪 of
// 双溪镇.
func (w *writer) knownPlaces() map[string]graph.PlaceKind {
	if w.sites != nil {
		return w.sites
	}
	w.sites = map[string]graph.PlaceKind{}
	for i := range w.passages {
		p := &w.passages[i]
		for _, c := range p.won {
			if c.Kind != graph.KindPlace || len(w.sites) > maxMentions {
				continue
			}
			name := p.Text[c.Start:c.End]
			w.sites[name] = c.Place
			for _, end := range []string{"街道", "镇", "乡"} {
				if bare, _, ok := strings.Cut(name, end); ok && utf8.RuneCountInString(bare) == 2 { // also 双溪 of 双溪镇柳塘村
					w.sites[bare] = graph.Township
				}
			}
		}
	}
	return w.sites
}

// site adds the place of the document with which a name begins, or which follows the place with which it begins.
func (w *writer) site(p *passage, n *relate.Name, sites map[string]graph.PlaceKind) {
	const shortest, longest = 2, 8 // characters
	if n.Kind == graph.KindPerson {
		return
	}
	at := n.Start
	for _, o := range n.Parts {
		if o.Kind == graph.KindPlace && o.Place.Level() > 0 && o.Start == at && o.End < n.End {
			at = o.End
		}
	}
	name := p.Text[at:n.End]
	best, count := 0, 0
	for i := range name {
		if count++; count > shortest && count <= longest+1 {
			if _, ok := sites[name[:i]]; ok && utf8.RuneCountInString(name[i:]) > 1 {
				best = i
			}
		}
	}
	if best == 0 {
		return
	}
	found := relate.Name{Range: text.Range{Start: at, End: at + best}, Kind: graph.KindPlace, Place: sites[name[:best]], Confidence: fairName}
	for i := range n.Parts {
		if o := &n.Parts[i]; o.Range == found.Range || o.Start < found.End && found.Start < o.End && o.Kind != graph.KindPlace {
			return
		}
	}
	n.Parts = append(n.Parts, found)
	slices.SortStableFunc(n.Parts, func(a, b relate.Name) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End)) })
}

// maker adds the firm to a project's name that begins with it: a firm of the document, or of all the country, or characters
// that are no word, no place and no known firm, where what follows is something that firms make: 澄睿 in 澄睿接收站三期.
func (w *writer) maker(p *passage, n *relate.Name, known map[string]bool) {
	if n.Kind != graph.KindProject && (n.Kind != graph.KindPlace || n.Place != graph.Park) {
		return
	}
	at, other := n.Start, false
	for _, o := range n.Parts {
		switch {
		case o.Kind == graph.KindPlace && o.Place.Level() > 0 && o.Start == at && p.Text[o.Start:o.End] != "中国":
			at = o.End
		case o.Start == at && o.Kind == graph.KindEnterprise:
			return
		case o.Start == at && o.Kind != graph.KindPlace:
			other = true // begins with a body or another project: only a firm that is known says otherwise
		}
	}
	end := w.namesake(p, at, n.End, known)
	if end == 0 && at > n.Start {
		if end = w.namesake(p, n.Start, n.End, known); end > at {
			at = n.Start // the place belongs to the firm's name
		} else {
			end = 0
		}
	}
	if end == 0 && n.Kind == graph.KindProject && !other {
		if end = w.coined(p, at, n.End); end > at && at > n.Start && firmTrades[p.Text[at:end]] {
			at = n.Start // 青榆钛业
		}
	}
	if end == 0 {
		return
	}
	for _, t := range brandTrades { // 澄睿太阳能 in 澄睿太阳能组件项目
		if rest, ok := strings.CutPrefix(p.Text[end:n.End], t); ok && utf8.RuneCountInString(trimTails(rest)) >= 2 && !strings.HasPrefix(rest, "发电") {
			end += len(t)
			break
		}
	}
	if rest := p.Text[end:n.End]; len(rest) > len("热电") && firmTrades[rest[:len("热电")]] && onlyPhase(trimTails(rest[len("热电"):])) {
		end += len("热电") // 澄睿热电 in 澄睿热电三期工程
	}
	n.Parts = append(n.Parts, relate.Name{Range: text.Range{Start: at, End: end}, Kind: graph.KindEnterprise, Confidence: weakName})
	slices.SortStableFunc(n.Parts, func(a, b relate.Name) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End)) })
}

// brandTrades are trades behind a brand that are the firm's more than what it makes.
var brandTrades = strings.Fields(`太阳能 电器 电气 能源 科技 化学 重工 药业 集团 股份`)

// namesake is where the name of a known firm ends with which a stretch begins, 0 without one. A brand alone needs more, because
// it may be a word as well: 长城 of 长城汽车 is not in 长城公园.
func (w *writer) namesake(p *passage, from, to int, known map[string]bool) int {
	const shortest, longest = 2, 12 // characters
	name := p.Text[from:to]
	best, n := 0, 0
	for i := range name {
		if n++; n <= shortest || n > longest+1 {
			continue
		}
		front, rest := name[:i], trimTails(name[i:])
		brand, ok := known[front]
		switch k := w.lex.known[front]; {
		case ok:
		case k.kind == graph.KindEnterprise && n > shortest+1 || everywhere[front] || n > shortest+2 && w.isListed(front):
			ok = true
		case wellKnown[front] && w.wordEnds(p, from, from+i):
			brand, ok = true, true
		}
		switch {
		case !ok || rest == "" && !strings.HasSuffix(name, "项目"):
		case brand && (containsOne(rest, publicWorks) || firstWord(rest, publicFronts)):
		default:
			best = i
		}
	}
	if best == 0 {
		return 0
	}
	return from + best
}

// isListed reports whether a name is the short name of a listed company.
func (w *writer) isListed(name string) bool {
	for end := range w.lex.firms.at(name, 0) {
		if end == len(name) {
			return true
		}
	}
	return false
}

// publicFronts begin what follows a word that is no brand there.
var publicFronts = []string{"国家", "文化", "生态", "旅游", "大", "新城", "新区"}

func firstWord(s string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(s, w) })
}

// wordEnds reports whether a word of the sentence ends at a position, before another word and not before loose characters.
func (w *writer) wordEnds(p *passage, from, at int) bool {
	i, j := w.rules.span(p, Candidate{Range: text.Range{Start: from, End: at}})
	return j > i && p.Words[i].Start == from && p.Words[j-1].End == at && (j == len(p.Words) || p.Words[j].class != classChar)
}

// abbreviations are the one-character names of countries and provinces: two of them are no brand (中韩, 川渝).
const abbreviations = "中美日韩俄德法英意印澳欧亚非京津沪渝冀豫云滇辽黑湘皖鲁新苏浙赣鄂桂甘陇晋蒙陕秦吉闽贵黔粤川蜀青藏琼宁港台"

// coined is where the coined name of a firm ends with which a stretch begins, with its trade if that is the firm's; 0 if none does.
func (w *writer) coined(p *passage, at, to int) int {
	name := p.Text[at:to]
	if end := w.placedTrade(name); end > 0 {
		return at + end
	}
	if containsOne(name, powerWorks) {
		for _, t := range []string{"新能源", "能源", "电力"} { // 澄睿新能源 in 澄睿新能源储能电站项目
			if i := strings.Index(name, t); i > 0 && utf8.RuneCountInString(name[i+len(t):]) >= 2 && w.brand(p, at, at+i) {
				return at + i + len(t)
			}
		}
		if digit := strings.IndexAny(name, "0123456789"); digit > 0 && w.brand(p, at, at+digit) { // 澄光35兆瓦光伏发电
			return at + digit
		}
		return 0
	}
	from, end := w.rules.span(p, Candidate{Range: text.Range{Start: at, End: to}})
	if containsOne(name, publicWorks) || !containsOne(name, makings) && !containsOne(name, products) && !traded(p, from, end) {
		return 0
	}
	runes, rare, abbreviated, second := 0, false, true, 0
	for i := from; i < end; i++ {
		word := &p.Words[i]
		surface := p.Text[word.Start:word.End]
		if word.Start < at || word.End > to {
			return 0
		}
		if (word.class == classChar || word.class == classOdd || word.class == classSoft && runes > 0) && runes < 4 {
			rare = rare || word.class == classOdd || !isCommon(surface)
			abbreviated = abbreviated && strings.Contains(abbreviations, surface)
			if runes += word.runes; runes == 2 && word.class == classSoft {
				second = word.End
			}
			if runes == 4 && second > 0 && !abbreviated {
				return second // 澄能 in 澄能光氢站
			}
			if runes == 4 && len(w.gaz.ByName(p.Text[word.End-2*len("榆"):word.End])) > 0 {
				return 0 // the second half is where it is
			}
			continue
		}
		made := trimTails(p.Text[word.Start:to])
		if runes < 2 || runes > 4 || !rare || abbreviated || word.class == classStop || word.class == classPunct || len(w.gaz.ByName(p.Text[at:word.Start])) > 0 ||
			utf8.RuneCountInString(made) < 3 && len(made) == to-word.Start {
			return 0
		}
		trade := firmTrades[surface] || word.facts != nil && word.facts.trade
		switch rest := trimTails(p.Text[word.End:to]); {
		case trade && (rest == "" || onlyPhase(rest)):
			return word.End // 澄睿玻璃 in 澄睿玻璃二期
		case firmTrades[surface] && utf8.RuneCountInString(rest) >= 2 && !firmTrades[rest]:
			return word.End // 澄睿化学 in 澄睿化学高端聚酯, but 澄睿 in 澄睿食品机械
		}
		return word.Start
	}
	return 0
}

// powerWorks are named for where they are: what stands in front of them is no firm unless it is known as one.
var powerWorks = strings.Fields(`风电 光伏 水电 核电 抽水蓄能 抽蓄 电站 风光 火电 输变电 特高压`)

// brand reports whether a stretch may be the coined name of a firm: two or three characters that are no word and no place.
func (w *writer) brand(p *passage, at, to int) bool {
	surface := p.Text[at:to]
	if size := utf8.RuneCountInString(surface); size < 2 || size > 3 || len(w.gaz.ByName(surface)) > 0 || !hanOnly(surface) {
		return false
	}
	from, end := w.rules.span(p, Candidate{Range: text.Range{Start: at, End: to}})
	for i := from; i < end; i++ {
		if word := &p.Words[i]; word.class != classChar && word.class != classOdd {
			return false
		}
	}
	return true
}

// hanOnly reports whether all of a text is Chinese characters.
func hanOnly(s string) bool {
	for _, r := range s {
		if r < 0x4E00 || r > 0x9FFF {
			return false
		}
	}
	return true
}

// placedTrade is where a trade ends with which a stretch behind a place begins, and behind which a figure or a phase stands: 钛业 in
// 青榆钛业3万吨生产线; 0 without one.
func (w *writer) placedTrade(name string) int {
	for _, size := range []int{3 * len("业"), 2 * len("业")} {
		if size >= len(name) || !strings.HasSuffix(name[:size], "业") || !utf8.RuneStart(name[size]) || !firmTrades[name[:size]] {
			continue
		}
		if rest := name[size:]; rest[0] >= '0' && rest[0] <= '9' || onlyPhase(trimTails(rest)) {
			return size
		}
	}
	return 0
}

// onlyPhase reports whether a stretch says no more than which phase of a project is meant.
func onlyPhase(rest string) bool {
	front, ok := strings.CutSuffix(rest, "期")
	return ok && strings.Trim(front, numerals+"首0123456789") == ""
}
