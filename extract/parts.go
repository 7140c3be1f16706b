package extract

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/extract/gazetteer"
	"github.com/tupu-kg/tupu/extract/text"
	"github.com/tupu-kg/tupu/graph"
)

// maxParts bounds the parts of one mention.
const maxParts = 12

// writer turns what was found into mentions and statements.
type writer struct {
	*Extractor
	*reading
	facts     *graph.Facts
	positions *graph.Positions
	firms     map[string]bool            // of the document; nil before they are asked for
	sites     map[string]graph.PlaceKind // likewise
}

// write fills the facts with mentions, their parts, and statements.
func (w *writer) write() {
	w.passagewise(func(p *passage, taken []Candidate, mentions []graph.Mention) {
		for i := range mentions {
			mentions[i].Parts = w.parts(p, taken[i], &mentions[i])
		}
		w.statements(p, mentions)
	})
	sortStatements(w.facts.Statements)
}

// writeMentions fills the facts with mentions alone.
func (w *writer) writeMentions() {
	w.passagewise(func(*passage, []Candidate, []graph.Mention) {})
}

// passagewise adds the mentions of each passage to the facts, and calls f with them and the candidates that they are made of.
func (w *writer) passagewise(f func(*passage, []Candidate, []graph.Mention)) {
	names := 0
	for i := range w.passages {
		names += len(w.passages[i].won)
	}
	w.facts.Mentions = slices.Grow(w.facts.Mentions, min(names, maxMentions))
	var taken []Candidate
	for i := range w.passages {
		p := &w.passages[i]
		first := len(w.facts.Mentions)
		taken = taken[:0]
		full := false
		for _, c := range p.won {
			if full = len(w.facts.Mentions) == maxMentions; full {
				w.facts.Notes = append(w.facts.Notes, "only the first 200000 names were kept")
				break
			}
			m, ok := w.mention(p, c)
			if !ok || first > 0 && m.ByteStart < w.facts.Mentions[len(w.facts.Mentions)-1].ByteEnd {
				continue
			}
			w.facts.Mentions, taken = append(w.facts.Mentions, m), append(taken, c)
		}
		f(p, taken, w.facts.Mentions[first:])
		if full {
			return
		}
	}
}

// mention makes a mention of a candidate; it fails if folding left nothing of it.
func (w *writer) mention(p *passage, c Candidate) (graph.Mention, bool) {
	start, end := w.folded.Source(p.base+c.Start, p.base+c.End)
	if start >= end {
		return graph.Mention{}, false
	}
	end = w.pinyin(end)
	m := graph.Mention{
		Span: w.positions.Span(start, end), Kind: c.Kind, Confidence: c.Confidence, By: c.By,
		Text: w.facts.Document.Text[start:end],
	}
	if name := w.memo.call(p.Text[c.Start:c.End]).name; name != m.Text {
		m.Name = name
	}
	if c.Kind == graph.KindPlace {
		m.Place = c.Place
		if m.Place == "" {
			m.Place = graph.Other
		}
		w.locate(p, c, &m)
	}
	w.generic(p, c, &m)
	if c.listed != nil && (!m.Generic || m.Scope != "") { // a name that many areas have is no one's own
		m.Listed = &graph.Listing{Name: c.listed.Name, ID: c.listed.ID, Ref: c.listed.Ref}
	}
	return m, true
}

// pinyin moves the end of a span over the pinyin that a scraper stuck behind its last character (豐澤區(qū)): folding drops it,
// and to a reader it belongs to the character.
func (w *writer) pinyin(end int) int {
	const longest = 16 // bytes
	s := w.facts.Document.Text[end:]
	for _, b := range []string{"()", "（）"} {
		open, shut := b[:len(b)/2], b[len(b)/2:]
		if !strings.HasPrefix(s, open) {
			continue
		}
		i := strings.Index(s[:min(len(s), longest)], shut)
		if i > 0 && w.folded.At(end) == w.folded.At(end+i+len(shut)) {
			return end + i + len(shut)
		}
	}
	return end
}

// locate gives a mention of a division its code, if one only fits: that of its last part, within those in front.
func (w *writer) locate(p *passage, c Candidate, m *graph.Mention) {
	from, to := w.rules.span(p, c)
	area := w.area
	for n := from; n < to; n++ {
		word := p.Words[n]
		if word.class != className || word.kind != graph.KindPlace {
			return
		}
		place, ok := w.memo.resolve(w.gaz, p.Text[word.Start:word.End], area)
		switch {
		case n < to-1 && ok:
			area = place.Code
		case n == to-1 && ok && n == from && w.farther(p, p.Text[word.Start:word.End], place):
			m.Generic = true // a village of the area, or a street; it is that of the document
		case n == to-1 && ok && (n == from || area == w.area || w.gaz.Within(place.Code, area)):
			m.Code, m.Place = place.Code, place.Kind
		}
	}
}

// farther reports whether a place that is called by its short name is a county or district of another province than the one
// that the document speaks in, without a word of where it lies: 竹溪 in a report of 漳州 is no county of 湖北. Cities of a county's
// level are known by their short names, 义乌.
func (w *writer) farther(p *passage, name string, place gazetteer.Place) bool {
	here, ok := w.gaz.ByCode(w.area)
	if !ok || here.Kind == graph.Country || here.Kind == graph.Province || place.Kind != graph.County || name == place.Name || strings.HasSuffix(place.Name, "市") ||
		len(place.Code) < 2 || len(here.Code) < 2 || place.Code[:2] == here.Code[:2] || strings.Contains(w.folded.Text, place.Name) {
		return false
	}
	for _, above := range w.gaz.Ancestors(place.Code) {
		if above.Kind != graph.Country && (strings.Contains(p.Text, above.Name) || above.Short != "" && strings.Contains(p.Text, above.Short)) {
			return false
		}
	}
	return true
}

// span is the range of words that a candidate covers.
func (r *rules) span(p *passage, c Candidate) (from, to int) {
	v := &sentence{rules: r, Context: &p.Context}
	return v.inside(c.Start), v.inside(c.End-1) + 1
}

// generic marks a name that many areas have, and the area that is written in front of it.
func (w *writer) generic(p *passage, c Candidate, m *graph.Mention) {
	if m.Code != "" || m.Generic || c.Kind == graph.KindPerson {
		return
	}
	from, to := w.rules.span(p, c)
	n, area, scope := from, w.area, ""
	for n < to && p.Words[n].class == className && p.Words[n].kind == graph.KindPlace && p.Words[n].Start >= c.Start && p.Words[n].End < c.End {
		name := p.Text[p.Words[n].Start:p.Words[n].End]
		scope = name
		if place, ok := w.memo.resolve(w.gaz, name, area); ok {
			scope, area = place.Name, place.Code
		}
		n++
	}
	rest := p.Text[max(c.Start, p.Words[n].Start):c.End]
	if w.memo.call(rest).generic {
		m.Generic, m.Scope = true, scope
	}
}

// genericTails are what names of parts, phases and works add to the name of what they belong to.
var genericTails = strings.Fields(`建设项目 建设工程 项目 工程 东校区 西校区 南校区 北校区 新校区 老校区 分校区 校区 东院区 西院区 南院区 北院区 新院区 院区 分校 分院
	一期 二期 三期 四期 五期 扩容 扩建 改造 改扩建 提升 迁建 新建 重建 建设 修缮 改造提升 综合楼 教学楼 门诊楼 住院楼 新门诊楼`)

// isGeneric reports whether many areas have something of this name.
func (l *lexicon) isGeneric(name string) bool {
	for cut := true; cut; { // 第二实验小学东校区扩建工程 is of 第二实验小学
		cut = false
		for _, tail := range genericTails {
			if rest, ok := strings.CutSuffix(name, tail); ok && rest != "" {
				name, cut = rest, true
			}
		}
	}
	if l.genericSet[name] {
		return true
	}
	// 第七实验小学 and 七中 are listed as 第N实验小学 and N中.
	rest, ordinal := strings.CutPrefix(name, "第")
	digits := 0
	for digits < len(rest) {
		r, size := utf8.DecodeRuneInString(rest[digits:])
		if !strings.ContainsRune(numerals+"0123456789", r) {
			break
		}
		digits += size
	}
	if digits == 0 {
		return false
	}
	pattern := "N" + rest[digits:]
	if ordinal {
		pattern = "第" + pattern
	}
	return l.genericSet[pattern]
}

// home are names of the country that reports are about: in a body's name they say what it is, not where.
var home = wordsOf(`中国 我国 全国`)

// front adds what a name begins with and no rule looked for, because the whole was known as a name: the place in 青岛啤酒.
func (w *writer) front(p *passage, c Candidate, inside []Candidate) []Candidate {
	if c.Kind == graph.KindPerson {
		return inside
	}
	name := p.Text[c.Start:c.End]
	first := func(kind graph.Kind) bool {
		return slices.ContainsFunc(inside, func(o Candidate) bool { return o.Start == c.Start && o.Kind == kind })
	}
	add := func(from, to int, kind graph.Kind, place graph.PlaceKind, confidence float64, by string) {
		inside = append(inside, Candidate{Range: text.Range{Start: c.Start + from, End: c.Start + to}, Kind: kind, Place: place, Confidence: confidence, By: by})
	}
	party := 0
	if strings.HasPrefix(name, "中共") {
		party = len("中共")
	}
	{
		for _, end := range prefixes(name[party:]) {
			end += party
			place, ok := w.gaz.Resolve(name[party:end], w.area)
			place, ok = w.rules.place(name[party:end], place, ok)
			safe := w.places.Matches(name[party:end])
			near := w.near(place.Code)
			if ok && len(safe) == 1 && safe[0].Start == 0 && safe[0].End == end-party && (place.Kind.Level() <= 3 || near && place.Kind.Level() == 4 || divisionEnds(name[:end])) {
				if slices.ContainsFunc(inside, func(o Candidate) bool {
					return o.Start == c.Start+party && o.End == c.Start+end && o.Kind == graph.KindPlace
				}) {
					break
				}
				add(party, end, graph.KindPlace, place.Kind, firmName, "gazetteer")
				// 海阳 in 山东海阳核电站
				for _, next := range prefixes(name[end:]) {
					if inner, ok := w.gaz.Resolve(name[end:end+next], place.Code); ok && place.Code != "" && w.gaz.Within(inner.Code, place.Code) {
						add(end, end+next, graph.KindPlace, inner.Kind, firmName, "gazetteer")
						break
					}
				}
				break
			}
		}
	}
	if !first(graph.KindPlace) {
		for end := range w.lex.names.at(name, 0) {
			if k := w.lex.known[name[:end]]; k.kind == graph.KindPlace && end < len(name) && !home[name[:end]] {
				add(0, end, graph.KindPlace, k.place, firmName, "rule:known")
				break
			}
		}
	}
	if c.Kind == graph.KindProject && !first(graph.KindEnterprise) {
		for _, known := range []*names{w.lex.names, w.lex.firms} {
			for end := range known.at(name, 0) {
				if k := w.lex.known[name[:end]]; end < len(name) && (known == w.lex.firms || k.kind == graph.KindEnterprise) && utf8.RuneCountInString(name[:end]) > 2 {
					add(0, end, graph.KindEnterprise, "", fairName, "rule:known")
					break
				}
			}
			if first(graph.KindEnterprise) {
				break
			}
		}
	}
	return inside
}

// near reports whether a division lies in the city, or in the province, that the document speaks for.
func (w *writer) near(code string) bool {
	size := min(len(w.area), 4)
	return size >= 2 && len(code) >= size && code[:size] == w.area[:size]
}

// prefixes are where the fronts of a name end that may be a division, longest first.
func prefixes(name string) []int {
	const longest, shortest = 8, 2 // characters
	var ends []int
	n := 0
	for i := range name {
		if n > longest {
			break
		}
		if n >= shortest {
			ends = append(ends, i)
		}
		n++
	}
	slices.Reverse(ends)
	return ends
}

func divisionEnds(name string) bool {
	return slices.ContainsFunc([]string{"省", "市", "县", "区", "镇", "乡", "州", "旗"}, func(e string) bool { return strings.HasSuffix(name, e) })
}

// firmTrades are trades that belong to a firm's name when more follows them: others (新材料, 电子) say as often what is made.
var firmTrades = wordsOf(`化学 化工 科技 实业 集团 食品 医药 药业 制药 重工 石化 纸业 鞋业 服饰 股份 控股 农业 物流 水产 机械 装备 建材 环保 矿业 铝业 钢铁 水泥 陶瓷 卫浴 家居 纺织 化纤 电气 电器 精密 农机 电梯 特钢 风电 锅炉 光学 光伏 光电 电驱 锁业 新材 太阳能 车业 铸造 轮胎 船舶 锂业 铜业 硅业 煤业 酒业 乳业 药机 电机 钛业 农牧 牧业 汽配 锂电 水漆 索具 热电`)

// legalForm reports whether a stretch is a firm's legal form and nothing else.
func legalForm(s string) bool {
	for _, w := range []string{"（集团）", "(集团)", "集团", "股份", "有限", "责任", "控股", "总公司", "公司"} {
		s = strings.ReplaceAll(s, w, "")
	}
	return s == ""
}

// trimTails cuts what the names of works close with.
func trimTails(name string) string {
	for _, tail := range []string{"建设项目", "建设工程", "项目", "工程"} {
		if rest, ok := strings.CutSuffix(name, tail); ok {
			return rest
		}
	}
	return name
}

// traded reports whether one of the words [from, to) is of a trade.
func traded(p *passage, from, to int) bool {
	for n := from; n < to; n++ {
		if f := p.Words[n].facts; f != nil && f.trade {
			return true
		}
	}
	return false
}

// Words of projects' names: publicWorks are of what places and offices build, makings of what firms make.
var (
	publicWorks = strings.Fields(`水库 流域 河道 湖 公路 大道 大桥 路 镇 乡 村 片区 小区 学校 小学 中学 医院 卫生院 公园 铁路 高铁 渔港 古城 老城 街区 治理 修复 管网 污水 灌区 水厂 供水
		排水 防洪 堤 泵站 景区 景观 步道 文化馆 博物馆 图书馆 敬老院 养老 康养 幼儿园 安置 棚户区 社区 农田 土地 矿山 林 湿地 隧道 机场 口岸 车站 输变电 垃圾 街道 书院 石窟 遗址 互补 分布式 源网荷储 充电`)
	makings = strings.Fields(`生产线 产线 车间 扩产 技改 智能工厂 数字工厂 深加工 万吨 万台 万套 万件 电池 芯片 玻璃 薄膜 涂料 印染 面料 果汁 饲料 蛋白 树脂 聚酯 切片 磷酸 铁锂 负极 正极
		铜箔 钢管 钢板 铝材 电缆 模块 激光 雷达 轴承 阀门 齿轮 电机 车身 模具 封测 封装 半导体 光伏 组件 逆变器 制品 仓储 加工 材料 设备 装备 配件 零部件 机器人 传感器 显示 面板 纤维 纺织 制剂 晶圆 碳化硅 铸造 锅炉 锻件 炼钢 轧线 钢铁 棒材 新能源 显示
		胶囊 原料药 饮片 试剂 器械 化纤 尼龙 乙烯 丙烯 甲醇 氢能 储能`)
)

func containsOne(s string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(s, w) })
}

// parts finds the names inside a mention: what was found there and lost to the longer name. Places are parts wherever they
// stand, also inside other parts; of the other names the longest are, and none overlaps another.
func (w *writer) parts(p *passage, c Candidate, m *graph.Mention) []graph.Mention {
	var inside []Candidate
	for _, o := range yieldToListed(p.candidates) {
		if o.Start < c.Start || o.End > c.End || o.Range == c.Range || o.Kind == "" || o.Kind == graph.KindPerson && c.Kind == graph.KindPerson ||
			o.Confidence < weakName || o.Place == graph.Country && o.By == "rule:known" && home[p.Text[o.Start:o.End]] {
			continue
		}
		if o.Kind == c.Kind && o.End == c.End && o.Kind != graph.KindProject && o.listed == nil {
			continue // 龙苍社区 in 东园镇龙苍社区 is the same thing, not a part of it
		}
		if o.Kind == graph.KindEnterprise && c.Kind == o.Kind && o.Start == c.Start && legalForm(p.Text[o.End:c.End]) {
			continue // nor is 比亚迪汽车 in 比亚迪汽车有限公司
		}
		inside = append(inside, o)
	}
	inside = w.front(p, c, inside)
	slices.SortFunc(inside, func(a, b Candidate) int {
		return cmp.Or(cmp.Compare(b.End-b.Start, a.End-a.Start), cmp.Compare(b.Confidence, a.Confidence), cmp.Compare(a.Start, b.Start),
			cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.By, b.By))
	})
	var kept []Candidate
	for _, o := range inside {
		clash := false
		for _, k := range kept {
			overlap := o.Start < k.End && k.Start < o.End
			within := k.Start <= o.Start && o.End <= k.End && o.Range != k.Range
			clash = clash || overlap && !(within && o.Kind == graph.KindPlace)
		}
		if !clash && len(kept) < maxParts {
			kept = append(kept, o)
		}
	}
	slices.SortFunc(kept, func(a, b Candidate) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End)) })
	var parts []graph.Mention
	for _, o := range kept {
		if part, ok := w.mention(p, o); ok {
			parts = append(parts, part)
		}
	}
	return parts
}
