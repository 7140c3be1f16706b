package extract

import (
	"strings"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/graph"
)

// How a name is found by its head:
//
//	加快 推进 | 惠 南 污水处理厂 扩建 | 工程
//	    verb  ←  the name reaches back over words that may stand in one, to a stop word, a verb or punctuation …
//	              … and begins at its first proper part: 惠南 is no word, so it is a name
//
// A stretch without a proper part (高标准农田建设工程) is no name.

// maxNameRunes bounds a name, in characters without its head.
const maxNameRunes = 26

// heads finds names by their heads.
func (v *sentence) heads() {
	for i := range v.Words {
		switch v.Words[i].class {
		case classPunct, classSpace, classNumber, classOther:
			continue
		}
		if lengths := v.Words[i].facts.ending; lengths != 0 {
			v.headEnding(v.Words[i].End, lengths)
		}
	}
}

// headEnding tries the heads that end at a byte, of some lengths, longest first, until one makes a name.
func (v *sentence) headEnding(end int, lengths uint32) {
	start := end
	starts := make([]int, 0, 8)
	for lengths >>= 1; start > 0 && lengths != 0; lengths >>= 1 {
		_, size := utf8.DecodeLastRuneInString(v.Text[:start])
		start -= size
		if lengths&1 == 0 {
			continue
		}
		if _, ok := v.lex.heads[v.Text[start:end]]; ok {
			starts = append(starts, start)
		}
	}
	for n := len(starts) - 1; n >= 0; n-- {
		h := v.lex.heads[v.Text[starts[n]:end]]
		if v.headed(h, starts[n], end) {
			return
		}
	}
}

// headed adds the name that a head at [start, end) closes, if there is one.
func (v *sentence) headed(h nameHead, start, end int) bool {
	i := v.at(start)
	if i < 0 { // the head begins inside a word
		i = v.inside(start)
		w := v.Words[i]
		_, first := utf8.DecodeRuneInString(h.word)
		switch {
		case h.reach == reachBody && w.class == className && w.End == start+first: // 山东省 + 省委
			if v.is(i-1, "中共") {
				i--
			}
			v.add(v.Words[i].Start, end, h.kind, h.place, firmName, "rule:suffix")
			return true
		case w.class == classNumeral && h.reach == reachNear && w.End == end: // 东纬一路
		case w.End == end && w.runes > 2 && h.kind == graph.KindPlace && v.class(i-1) != classChar &&
			(w.class == classOdd || w.class == classWord && h.place == graph.Road): // 东平湖, 学府路
			v.add(w.Start, end, h.kind, h.place, fairName, "rule:suffix")
			return true
		case h.reach == reachNear && w.End == end && start == w.Start+first && v.class(i-1) == classChar && !isCommon(v.word(i-1)): // 浮山村 cut as 浮 山村
		default:
			return false
		}
	}
	var begin int
	var confidence float64
	switch h.reach {
	case reachMask, reachEvent:
		begin = v.mask(i)
		if begin >= start {
			return false
		}
		by, confidence := "rule:mask", weakName
		if h.reach == reachEvent {
			by, confidence = "rule:event", 1
		}
		v.add(begin, end, "", "", confidence, by)
		return true
	case reachNear:
		begin, confidence = v.near(i, start, h)
	case reachBody:
		begin, confidence = v.body(i)
	default:
		begin, confidence = v.long(i, h)
	}
	if confidence == 0 {
		return false
	}
	v.add(begin, end, h.kind, h.place, confidence, "rule:suffix")
	return true
}

// inside is the index of the word that holds a byte.
func (v *sentence) inside(offset int) int {
	lo, hi := 0, len(v.Words)
	for lo < hi {
		mid := (lo + hi) / 2
		if v.Words[mid].End <= offset {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// properRun measures the single characters from word j on, up to word end: how many, and how many of them say something. Two
// or more with something to say are an unknown name.
func (v *sentence) properRun(j, end int) (runes, telling int) {
	for ; j < end; j++ {
		if !v.charLike(j) {
			return runes, telling
		}
		runes++
		if v.class(j) == classChar && !isCommon(v.word(j)) {
			telling++
		}
	}
	return runes, telling
}

// between reports whether word j, a single character, stands between single characters and so may be part of an unknown name
// (达 in 鑫达辉).
func (v *sentence) between(j int) bool {
	return v.Words[j].runes == 1 && v.class(j-1) == classChar && (v.class(j+1) == classChar || j+1 < len(v.Words) && v.Words[j+1].facts.trade)
}

// charLike reports whether word j is a single character that may be part of an unknown name: 百 in 百崎, 达 in 鑫达辉.
func (v *sentence) charLike(j int) bool {
	switch v.class(j) {
	case classChar:
		return true
	case classNumeral, classMeasure:
		return v.Words[j].runes == 1 && !v.counted(j) && (v.class(j+1) == classChar || v.class(j-1) == classChar)
	case classSoft:
		return v.between(j)
	}
	return false
}

// counted reports whether word j, a measure word, follows a number.
func (v *sentence) counted(j int) bool {
	c := v.class(j - 1)
	return c == classNumber || c == classNumeral
}

// edge reports whether word j begins a phrase: punctuation, a verb, a stop word or a name stands before it.
func (v *sentence) edge(j int) bool {
	switch v.class(j - 1) {
	case classPunct, classSpace, classStop, classVerb, className:
		return true
	}
	return false
}

// relative reports whether the word before j says of whom the speaker speaks: 市 in 市第一医院.
func (v *sentence) relative(j int) bool {
	return v.is(j-1, "省", "市", "区", "县", "镇", "乡", "村", "州", "旗")
}

// bare are heads that a place alone does not make a name: 泉州社区 is any community of 泉州.
var bare = wordsOf(`社区 街道 村 镇 乡 公园 酒店 大学 学院 公路 通道 景区 园区 片区 学校 中学 小学 幼儿园
	医院 公司 集团公司 总公司 分公司 子公司 企业 项目 工程 生产线 产线 扩建 扩容 改造 技改
	产业园区 工业园区 产业园 工业园 示范区 集聚区 先行区 试验区 产业基地 生产基地 示范基地
	制造基地 大厦 大楼 广场 专业市场 批发市场 交易市场 协会 学会 联盟 研究院 研究所 研究中心
	服务中心 技术中心 创新中心 检测中心 培训中心 活动中心 工作站 工作室 俱乐部 中心 基地 市场
	大市场 实验区 老城 商贸城 局 事务所 合作社 信用社 产业基金 投资基金 股份 控股 村寨 街区
	高速公路 高速 铁路 高铁 港区 渔港 口岸 灌区 库区 酒厂 药厂 遗址 景点 旅游区 度假区 保护区
	走廊 综合体 乐园 营地 专用线 校区 卫生院 养老院 敬老院 孵化器`)

func wordsOf(s string) map[string]bool {
	m := make(map[string]bool)
	for w := range strings.FieldsSeq(s) {
		m[w] = true
	}
	return m
}

// avenues are heads of roads that are named for any word: 世纪大道, 文化北路.
var avenues = wordsOf(`大道 大街 东路 西路 南路 北路 中路`)

// campaigns are words that make a campaign of a 工程: 人才兴皖工程.
var campaigns = wordsOf(`人才 树人 育人 工匠 文化 精品 职教 提质 稳价 保供 强省 惠民 富民 素质 消费 思政 党建 健康 培训 就业 名师 名医 青年 春蕾 希望 温暖 助学 助残 扶贫 创作 传承`)

// own reports whether the place that is word j has but one of what a head names, so that its name alone tells which: 南埔中学,
// but not 福建中学.
func (v *sentence) own(j int, h nameHead) bool {
	return v.Words[j].place.Level() > 3 && owned[h.word]
}

var owned = wordsOf(`医院 中学 小学 幼儿园 卫生院 敬老院 养老院 水库 大桥 公园 码头 海关`)

// near finds the beginning of a name whose proper part stands right before its head, in at most four characters. i is the
// word that the head begins with, or that holds its beginning, start.
func (v *sentence) near(i, start int, h nameHead) (begin int, confidence float64) {
	road := h.place == graph.Road || h.place == graph.Railway
	j, runes, telling, odd, words := i, 0, 0, 0, 0
	if v.Words[i].Start < start { // 一 of 一路, 山 of 山村
		runes = utf8.RuneCountInString(v.Text[v.Words[i].Start:start])
	}
walk:
	for j > 0 {
		w := v.Words[j-1]
		if w.class == className || runes+w.runes > 4 {
			break
		}
		switch w.class {
		case classChar:
			if !isCommon(v.word(j - 1)) {
				telling++
			}
		case classOdd:
			odd++
		case classMeasure, classSoft:
			if !v.charLike(j - 1) {
				break walk
			}
		case classNumeral:
			if !road && !v.charLike(j-1) && !strings.HasPrefix(v.word(j-1), "第") && h.kind != graph.KindOrganization {
				break walk
			}
		case classWord:
			if words > 0 || w.runes != 2 {
				break walk
			}
			words++
		case classLatin:
			if !road {
				break walk
			}
			telling += 2
		default:
			break walk
		}
		j--
		runes += w.runes
	}
	cut := j > 0 && (v.class(j-1) == classChar || v.class(j-1) == classOdd) // the name is longer than four characters
	begin = v.Words[j].Start
	short := utf8.RuneCountInString(h.word) == 1
	named := j > 0 && v.class(j-1) == className && v.Words[j-1].kind == graph.KindPlace
	switch {
	case runes == 0 && named && road && !short && v.is(j-2, "至", "到", "—", "-") && v.class(j-3) == className: // 泉港至仙游高速公路
		return v.Words[j-3].Start, firmName
	case runes == 0 && named && h.word == "村" && v.Words[j-1].place.Level() < 5 && v.Words[j-1].runes == 2:
		return v.Words[j-1].Start, fairName // 凤山村: the name of a far county is also that of a village
	case runes == 0 && named && (!bare[h.word] || v.own(j-1, h)):
		return v.Words[j-1].Start, firmName
	case runes == 0 || cut || h.word == "网" && !v.is(i+1, "记者", "讯", "消息"):
		return 0, 0
	case v.Words[i].Start < start && v.class(i) == classNumeral && j == i && v.class(j-1) == classPlain && v.Words[j-1].runes == 2 && road:
		begin, confidence = v.Words[j-1].Start, fairName // 南北三路
	case v.class(j) == classPlain:
		return 0, 0
	case telling >= 2 || telling == 1 && runes-words*2 >= 2:
		confidence = firmName
	case odd > 0 && runes >= 2:
		confidence = fairName
	case telling == 1 && runes >= 2:
		confidence = weakName
	case words == 1 && avenues[h.word]:
		confidence = weakName
	case named && runes >= 2 && h.place == graph.Village && v.Words[j-1].place.Level() > 3 && v.Words[j-1].place.Level() < 6:
		confidence = fairName // 山腰街道上西村
	default:
		return 0, 0
	}
	if short && confidence < fairName && !(h.place == graph.Village && v.edge(j)) && !(h.place == graph.Township && named) {
		return 0, 0
	}
	if named && v.Words[j-1].place != graph.Country && h.kind != graph.KindPlace {
		begin = v.Words[j-1].Start // places in front of places are joined by stack
	}
	return begin, confidence
}

// classNouns end a name to the left: what follows 龙头企业 is a name of its own.
var classNouns = wordsOf(`企业 龙头企业 项目 单位 行业 产品 品牌 商户 客户 高校 院校 部门 机构 地区 城市 乡镇 县城 市场主体 旗下 集团旗下 板块 赛道 领域 产业 职工 员工 学生 教师 师生 游客 市民
	农户 业主 股东 债权人 子公司 上市公司 竞争对手 供应商 代理商 经销商 开发商 运营商 承包商 制造商 合资公司 全资子公司 控股子公司`)

// openers are words that may begin a name though they name nothing, right after a verb or punctuation: 世界闽南文化博览园.
var openers = wordsOf(`世界 国际 国家 中华 亚洲 东方 环球 海上 新 数字 智慧 未来 蓝色 绿色 滨海 滨江 环岛`)

// back walks from word i to the left over words that may stand in a name of the given head, and returns the first of them.
func (v *sentence) back(i int, h nameHead) int {
	project := h.kind == graph.KindProject
	j, runes := i, 0
	for j > 0 {
		w := v.Words[j-1]
		if runes += w.runes; runes > maxNameRunes {
			return j
		}
		switch w.class {
		case className:
			if w.kind == "" {
				return j
			}
		case classChar, classOdd, classLatin:
		case classWord, classPlain:
			if classNouns[v.word(j-1)] || v.lex.titles[v.word(j-1)] && j < i {
				return j
			}
		case classNumber:
			if !project {
				return j
			}
		case classNumeral:
			if !project && !v.charLike(j-1) && v.Words[j-1].runes > 1 && !strings.HasPrefix(v.word(j-1), "第") && !(j == i && h.kind == graph.KindOrganization) {
				return j
			}
		case classMeasure:
			if v.counted(j-1) && !project {
				return j
			}
		case classSoft:
			if !v.between(j - 1) {
				return j
			}
		case classAmbi:
			if (project || h.kind == graph.KindPlace) && v.proper(j, i) || !project && h.reach == reachLong && v.predicate(j-1) {
				return j
			}
			if h.reach == reachForm && v.lex.titles[v.word(j-1)] {
				return j
			}
		case classStop:
			title := adjectives[v.word(j-1)] && j < i && (v.class(j-2) == className || v.class(j-2) == classChar || v.class(j-2) == classOdd) // 黄岩岛国家级自然保护区
			if !title && (!v.between(j-1) || !v.is(j-1, "和", "之", "与")) {
				return j
			}
		case classPunct:
			switch {
			case v.is(j-1, ")", "）"):
				open := v.opened(j - 1)
				if open < 1 || v.class(open-1) == classPunct {
					return j
				}
				for n := open; n < j-1; n++ {
					runes += v.Words[n].runes
				}
				j = open + 1
			case !v.is(j-1, "·", "—", "-", "–", "－", "."):
				return j
			}
		default:
			return j
		}
		j--
	}
	return j
}

// predicate reports whether word j, of two readings, is a verb because a whole name stands before it: 遵义建设副中心.
func (v *sentence) predicate(j int) bool {
	if !v.is(j, "建设", "新建", "启动", "提升", "销售", "参观", "访问", "考察", "调研", "收购", "投资", "举办") || j < 1 {
		return false
	}
	_, whole := v.lex.heads[v.word(j-1)]
	return whole || v.class(j-1) == className && v.Words[j-1].kind == graph.KindPlace
}

// opened is the index of the bracket that the one at word j closes, -1 if there is none within a few words.
func (v *sentence) opened(j int) int {
	for n := j - 1; n >= 0 && n > j-8; n-- {
		if v.is(n, "(", "（") {
			return n
		}
		if v.class(n) == classPunct {
			return -1
		}
	}
	return -1
}

// proper reports whether a name can begin at word j, before word end.
func (v *sentence) proper(j, end int) bool {
	if v.firms[j] {
		return true
	}
	switch v.class(j) {
	case className, classOdd:
		return true
	case classLatin:
		return v.Words[j].runes > 1
	case classChar:
		runes, telling := v.properRun(j, end)
		return runes > 1 && (telling > 0 || v.edge(j)) || telling > 0 && v.lex.surnames[v.word(j)]
	case classMeasure, classNumeral:
		if v.Words[j].runes > 1 {
			return strings.HasPrefix(v.word(j), "第")
		}
		runes, telling := v.properRun(j, end)
		return runes > 1 && telling > 0
	}
	return false
}

// long finds the beginning of a name that may have words between its proper part and its head.
func (v *sentence) long(i int, h nameHead) (begin int, confidence float64) {
	from := v.back(i, h)
	j := from
	for j < i && (!v.proper(j, i) || v.class(j) == classNumeral && v.Words[j].runes > 1 && h.kind != graph.KindOrganization) {
		j++
	}
	if j == i {
		return 0, 0
	}
	if v.class(j) == classLatin && h.kind != graph.KindEnterprise {
		return 0, 0
	}
	if placed[h.word] && v.class(j) != className {
		return 0, 0
	}
	switch v.class(j) {
	case className:
		confidence = firmName
		if v.Words[j].place == graph.Country && h.kind != graph.KindOrganization && h.kind != graph.KindEnterprise && v.class(j+1) != classPunct {
			return 0, 0 // but 中国（福建）自由贸易试验区
		}
	case classChar:
		confidence = firmName
		if runes, telling := v.properRun(j, i); telling == 0 {
			confidence = weakName
		} else if runes < 2 || telling < 2 {
			confidence = fairName
		}
	case classNumeral:
		confidence = weakName
		if v.Words[j].runes > 1 && (h.place != "" || !v.school(i, h)) {
			return 0, 0
		}
	default:
		confidence = weakName
	}
	// What stands between the places in front and the head must tell this one from others of its area.
	rest := j
	for rest < i && v.class(rest) == className && v.Words[rest].kind == graph.KindPlace {
		rest++
	}
	if rest > j || v.class(j) == classOdd {
		specific := false
		abroad := h.kind == graph.KindEnterprise && v.Words[j].place.Level() < 2 // 美国太阳能公司 is any of them
		for n := rest; n < i; n++ {
			switch v.class(n) {
			case classWord:
				specific = specific || n > j && !abroad
			case classChar, className, classOdd, classLatin, classNumeral:
				specific = specific || n > j
			case classPlain, classAmbi:
				specific = specific || h.kind == graph.KindEnterprise && v.lex.trades[v.word(n)] || h.kind != graph.KindProject && h.kind != graph.KindEnterprise && !classNouns[v.word(n)]
			}
		}
		if !specific && bare[h.word] && !(rest > j && v.own(rest-1, h)) {
			return 0, 0
		}
	}
	if v.relative(j) && h.kind == graph.KindOrganization {
		return 0, 0
	}
	if h.word == "工程" {
		for n := j; n < i; n++ {
			if campaigns[v.word(n)] {
				return 0, 0
			}
		}
	}
	if j > from && openers[v.word(j-1)] && j-1 == from && h.kind == graph.KindPlace {
		j--
	}
	return v.Words[j].Start, confidence
}

// placed are heads so common that only a known name in front makes a name of them.
var placed = wordsOf(`中心 基地 市场 局 司 厅 署`)

// school reports whether a head is one that numbers tell apart: 第七实验小学.
func (v *sentence) school(i int, h nameHead) bool {
	for _, w := range []string{"小学", "中学", "医院", "幼儿园", "学校", "校区", "附小"} {
		if strings.HasSuffix(h.word, w) {
			return true
		}
	}
	return false
}

// body finds the beginning of a public body's name: the first place, or the nation, before its head; 和 may stand inside
// (发展和改革局).
func (v *sentence) body(i int) (begin int, confidence float64) {
	j, runes, best := i, 0, -1
	for j > 0 {
		w := v.Words[j-1]
		if runes += w.runes; runes > maxNameRunes {
			break
		}
		ok := false
		switch w.class {
		case className:
			ok = w.kind != ""
		case classChar, classOdd, classWord, classPlain, classAmbi:
			ok = true
		case classMeasure:
			ok = !v.counted(j - 1)
		case classStop:
			ok = v.is(j-1, "和", "与", "及", "家") && j < i
		}
		if !ok {
			break
		}
		j--
		if w.class == className && (w.kind == graph.KindPlace || w.kind == graph.KindOrganization) || v.is(j, "国家", "中央", "中共") {
			best = j
		}
	}
	if best >= 0 {
		return v.Words[best].Start, firmName
	}
	return 0, 0
}

// mask finds the beginning of an event, an award, a plan: anything up to a stop word, quotations included.
func (v *sentence) mask(i int) int {
	j, runes := i, 0
	for j > 0 && runes < maxNameRunes {
		w := v.Words[j-1]
		switch w.class {
		case className, classChar, classOdd, classWord, classPlain, classLatin, classNumeral, classMeasure, classAmbi, classNumber:
		case classPunct:
			if q := v.quoteEnding(w.End); q >= 0 {
				j = q
				continue
			}
			if open := v.opened(j - 1); open > 0 && v.is(j-1, ")", "）") && v.class(open-1) != classPunct {
				j = open
				continue
			}
			if !v.is(j-1, "·", "—", "-") {
				return v.Words[j].Start
			}
		case classStop:
			if !adjectives[v.word(j-1)] {
				return v.Words[j].Start
			}
		default:
			return v.Words[j].Start
		}
		runes += w.runes
		j--
	}
	return v.Words[j].Start
}

// adjectives are stop words that may stand in an award's or an event's name, and in front of the class of a list.
var adjectives = wordsOf(`优秀 重点 重大 重要 先进 优质 主要 核心 著名 知名 骨干 龙头 头部 规上 规模以上 大型 中型 小型 国有 本土 省级 市级 国家级 区级 县级 世界级 省内 国内 国内外 全国 全省 全市 年度`)

// quoteEnding is the index of the word that opens the short quotation ending at a byte, -1 if there is none.
func (v *sentence) quoteEnding(end int) int {
	for _, q := range v.quoted {
		if q.End == end {
			return v.at(q.Start)
		}
	}
	return -1
}

// strongTrades are trades that make a firm's short name even with a place in front (江西铜业); 泉州旅游 is none.
var strongTrades = wordsOf(`水泥 证券 重工 股份 高科 控股 啤酒 石化 钢铁 特钢 机械 电气 电器 电信 铜业 铝业 药业 制药 钨业 锂业 矿业 纸业 酒业 乳业 水务 燃气 港务 粮油 建工 传媒`)

// goods are strong trades that are goods as well: 落后水泥 is no firm.
var goods = wordsOf(`水泥 啤酒 钢铁 特钢 机械 电气 电器 电信 粮油 燃气 传媒 股份 控股`)

// weakTrades are trades that are said of more than firms: a brand must be plain to see in front of them.
var weakTrades = wordsOf(`科创 文旅 种业 物流 信息 食品 创投 医疗 影视 农业 航空 水产 海产 饲料 石材 新能源汽车 集成电路 激光 数控 仪器 仪表 电商 餐饮 包装 网络 软件 租赁`)

// trades finds short names of firms: a brand, which is no word, and a trade right behind it.
func (v *sentence) trades() {
	for i := 1; i < len(v.Words); i++ {
		if !v.Words[i].facts.trade || v.Words[i-1].facts.trade {
			continue
		}
		last := i
		for last+1 < len(v.Words) && v.Words[last+1].facts.trade {
			last++
		}
		if !v.ends(last+1) && v.class(last+1) == classPlain && !v.is(last+1, "集团", "公司", "项目", "工程") {
			continue
		}
		j, confidence := v.brand(i)
		if confidence == 0 {
			continue
		}
		if v.firms == nil {
			v.firms = make(map[int]bool)
		}
		v.firms[j] = true
		v.add(v.Words[j].Start, v.Words[last].End, graph.KindEnterprise, "", confidence, "rule:trade")
	}
}

// brand is the first word of the brand right before word i, a trade: two or three characters that are no words, perhaps with
// a place in front; or a firm that everybody knows; or a place, if the trade is one that firms are named for.
func (v *sentence) brand(i int) (first int, confidence float64) {
	if w := v.Words[i-1]; w.class == className {
		last := i
		for v.class(last+1) == classPlain && v.lex.trades[v.word(last+1)] {
			last++
		}
		if w.kind == graph.KindEnterprise || w.kind == graph.KindPlace && w.place.Level() > 1 && strongTrades[v.word(i)] && v.ends(last+1) {
			if w.kind == graph.KindEnterprise {
				return i - 1, firmName
			}
			return i - 1, weakName
		}
		return 0, 0
	}
	if v.class(i-1) == classWord && v.Words[i-1].runes == 2 && strongTrades[v.word(i)] && !goods[v.word(i)] && v.edge(i-1) && v.ends(i+1) || v.is(i-1, "联合") && v.is(i, "石化") {
		return i - 1, weakName // 东方药业
	}
	j, runes, telling := i, 0, 0
	for j > 0 && runes+v.Words[j-1].runes <= 3 {
		odd := v.class(j-1) == classOdd && runes == 0
		if !odd && !v.charLike(j-1) {
			break
		}
		if odd || v.class(j-1) == classChar && !isCommon(v.word(j-1)) {
			telling++
		}
		j--
		runes += v.Words[j].runes
	}
	if runes < 2 || telling == 0 || v.class(j-1) == classChar || telling == 1 && weakTrades[v.word(i)] && !v.edge(j) {
		return 0, 0
	}
	confidence = firmName
	if telling == 1 {
		confidence = weakName
	}
	if v.class(j-1) == className && v.Words[j-1].place.Level() > 1 {
		j--
	}
	return j, confidence
}

// phases finds phases of what is named: 天辰化工一期, 国能热电三期工程.
func (v *sentence) phases() {
	for n := 0; n < len(v.Words); n++ {
		if !v.role(n, rolePhase) || v.class(n) == className {
			continue
		}
		start := n // the word that the number begins with
		if v.Words[n].runes == 1 {
			start = n - 1
		}
		if start < 1 || !ordinal(strings.TrimSuffix(v.Text[v.Words[start].Start:v.Words[n].End], "期")) {
			continue
		}
		end := n
		if v.is(end+1, "扩建", "改造", "建设", "主体", "技改", "骨干") && v.is(end+2, "工程", "项目") {
			end++
		}
		if v.is(end+1, "工程", "项目", "扩建") {
			end++
		}
		// The longest name that ends here, or a stretch that begins like one.
		begin, confidence := -1, 0.0
		for _, c := range v.found {
			if c.End == v.Words[start].Start && c.Kind != "" && c.Kind != graph.KindPerson && (begin < 0 || c.Start < begin) {
				begin, confidence = c.Start, min(c.Confidence, firmName)
			}
		}
		if begin < 0 {
			begin, confidence = v.long(start, nameHead{kind: graph.KindProject})
		}
		if confidence > 0 && begin >= 0 {
			v.add(begin, v.Words[end].End, graph.KindProject, "", confidence, "rule:phase")
		}
	}
}

// ordinal reports whether s is the number of a phase: 一, 2, 二三, Ⅱ.
func ordinal(s string) bool {
	s = strings.TrimPrefix(s, "第")
	if s == "" || utf8.RuneCountInString(s) > 3 {
		return false
	}
	for _, r := range s {
		if !strings.ContainsRune("一二三四五六七八九十0123456789IVⅠⅡⅢⅣ、", r) {
			return false
		}
	}
	return true
}
