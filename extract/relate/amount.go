package relate

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/extract/text"
	"github.com/tupu-kg/tupu/graph"
)

// figure is a number with its unit.
type figure struct {
	text.Range
	value float64
	unit  string
	kind  unitKind
	vague bool // 多, 余, 以上: more than it says
	span  bool // from … to …: the value is the lower end
}

type unitKind int

const (
	money unitKind = iota + 1
	surface
	mass
	power
	volume
	pieces
	extent
	lines // of production, and works: only with their noun
)

// units, longer ones first where one begins another.
var units = []struct {
	text string
	unit string
	kind unitKind
	mult float64
}{
	{"元人民币", "元", money, 1},
	{"人民币", "元", money, 1},
	{"美元", "美元", money, 1},
	{"美金", "美元", money, 1},
	{"日元", "日元", money, 1},
	{"欧元", "欧元", money, 1},
	{"港元", "港元", money, 1},
	{"港币", "港元", money, 1},
	{"英镑", "英镑", money, 1},
	{"澳元", "澳元", money, 1},
	{"澳大利亚元", "澳元", money, 1},
	{"新西兰元", "新西兰元", money, 1},
	{"加元", "加元", money, 1},
	{"加拿大元", "加元", money, 1},
	{"新加坡元", "新加坡元", money, 1},
	{"新元", "新加坡元", money, 1},
	{"瑞士法郎", "瑞士法郎", money, 1},
	{"卢布", "卢布", money, 1},
	{"卢比", "卢比", money, 1},
	{"泰铢", "泰铢", money, 1},
	{"韩元", "韩元", money, 1},
	{"新台币", "新台币", money, 1},
	{"元", "元", money, 1},
	{"平方公里", "平方米", surface, 1e6},
	{"平方米", "平方米", surface, 1},
	{"平米", "平方米", surface, 1},
	{"公顷", "平方米", surface, 1e4},
	{"亩", "亩", surface, 1},
	{"吨/年", "吨/年", mass, 1},
	{"吨/天", "吨/天", mass, 1},
	{"吨/日", "吨/天", mass, 1},
	{"吨", "吨", mass, 1},
	{"千升", "千升", mass, 1},
	{"千瓦时", "千瓦时", mass, 1},
	{"千瓦", "千瓦", power, 1},
	{"兆瓦", "千瓦", power, 1e3},
	{"MW", "千瓦", power, 1e3},
	{"GW", "千瓦", power, 1e6},
	{"KW", "千瓦", power, 1},
	{"kW", "千瓦", power, 1},
	{"立方米", "立方米", volume, 1},
	{"辆", "辆", pieces, 1},
	{"台", "台", pieces, 1},
	{"套", "套", pieces, 1},
	{"张床位", "床", pieces, 1},
	{"床", "床", pieces, 1},
	{"公里", "公里", extent, 1},
	{"千米", "公里", extent, 1},
	{"人次", "人次", pieces, 1},
	{"标箱", "标箱", pieces, 1},
	{"条", "条", lines, 1},
	{"座", "座", lines, 1},
	{"个", "个", lines, 1},
	{"家", "家", lines, 1},
}

var scales = []struct {
	text string
	mult float64
}{{"万亿", 1e12}, {"千亿", 1e11}, {"百亿", 1e10}, {"亿", 1e8}, {"千万", 1e7}, {"百万", 1e6}, {"万", 1e4}, {"千", 1e3}}

// figures finds the figures with units of money or size in a stretch of the text.
func (v *view) figures(from, to int) []figure {
	var out []figure
	s := v.Text
	for i := from; i < to; {
		if s[i] < '0' || s[i] > '9' || i > 0 && (s[i-1] >= '0' && s[i-1] <= '9' || s[i-1] == '.') {
			i++
			continue
		}
		f, ok := figureAt(s[:to], i)
		if ok && !v.named(f) && !v.converted(f) && !endsIn(strings.TrimRight(s[:f.Start], "约达超近可为"), []string{"时速", "每小时", "小时速度"}) {
			out = append(out, f)
		}
		i = max(f.End, i+1)
	}
	return out
}

// named reports whether a figure is part of a name: 年产7万台电机项目.
func (v *view) named(f figure) bool {
	i, found := slices.BinarySearchFunc(v.Names, f.Start, func(n Name, at int) int { return cmp.Compare(n.Start, at) })
	return found || i > 0 && v.Names[i-1].End >= f.End
}

// converted reports whether a figure only says a sum again, in another currency or unit: 3亿美元（约合21亿元人民币）.
func (v *view) converted(f figure) bool {
	lead := strings.TrimRight(v.Text[max(0, f.Start-len("（约合人民币")):f.Start], "约近")
	return containsAny(lead, []string{"(", "（"}) && endsIn(lead, []string{"合", "合人民币", "折合", "相当于"})
}

// figureAt reads the figure that begins at a digit.
func figureAt(s string, at int) (figure, bool) {
	if at >= len(s) || s[at] < '0' || s[at] > '9' {
		return figure{Range: text.Range{Start: at, End: at}}, false
	}
	f := figure{Range: text.Range{Start: at, End: at}}
	n, value, ok := number(s[at:])
	if !ok {
		return figure{Range: text.Range{Start: at, End: at + max(n, 1)}}, false
	}
	i := at + n
	f.value = value
	mult := 1.0
	scaled := func() {
		for _, sc := range scales {
			if strings.HasPrefix(s[i:], sc.text) {
				mult, i = sc.mult, i+len(sc.text)
				return
			}
		}
	}
	more := func() {
		for _, w := range []string{"多", "余", "来"} {
			if strings.HasPrefix(s[i:], w) {
				f.vague, i = true, i+len(w)
			}
		}
	}
	more()
	scaled()
	more()
	for _, dash := range []string{"-", "~", "—", "至", "到", "～"} {
		rest, ok := strings.CutPrefix(s[i:], dash)
		if !ok {
			continue
		}
		if n, _, ok := number(rest); ok {
			f.span = true
			i += len(dash) + n
			low := mult
			mult = 1
			scaled()
			if low != 1 {
				mult = low
			}
		}
		break
	}
	for _, u := range units {
		if strings.HasPrefix(s[i:], u.text) {
			f.unit, f.kind, f.End = u.unit, u.kind, i+len(u.text)
			if u.kind == lines && !containsAny(within(s[f.End:]), facilities[u.text]) {
				return figure{Range: text.Range{Start: at, End: f.End}}, false
			}
			if u.unit == "元" && strings.HasPrefix(s[f.End:], "人民币") {
				f.End += len("人民币")
			}
			if strings.HasPrefix(s[f.End:], "/") && u.kind != mass { // 元/平方米 is a price
				return figure{Range: text.Range{Start: at, End: f.End}}, false
			}
			f.value = round(f.value * mult * u.mult)
			for _, dash := range []string{"至", "到", "-", "~"} { // 1.21亿元至3.63亿元
				if rest, ok := strings.CutPrefix(s[f.End:], dash); ok && !f.span {
					if upper, ok := figureAt(s, len(s)-len(rest)); ok && upper.kind == f.kind && !upper.span {
						f.span, f.End = true, upper.End
					}
				}
			}
			return f, true
		}
	}
	if (mult >= 1e8 || mult >= 1e4 && endsIn(strings.TrimRight(s[:at], "约近超逾"), []string{"资金", "支出", "支出了"})) && f.value != 0 && (i == len(s) || endsHere(s[i:]) || endsIn(strings.TrimRight(s[:at], "约近超逾"), []string{"资金"}) || strings.HasSuffix(s[:at], "投资")) { // 资产超75亿: money is meant
		f.unit, f.kind, f.End, f.value = "元", money, i, round(f.value*mult)
		return f, true
	}
	if mult >= 1e8 && !f.span { // 20.8亿营收
		for _, noun := range []string{"营收", "净利润", "净利", "利润", "收入", "产值", "投资"} {
			if strings.HasPrefix(s[i:], noun) {
				f.unit, f.kind, f.End, f.value = "元", money, i+len(noun), round(f.value*mult)
				return f, true
			}
		}
	}
	return figure{Range: text.Range{Start: at, End: i}}, false
}

// facilities are what a firm has a number of, by the word that counts them.
var facilities = map[string][]string{
	"条": {"生产线", "产线"}, "座": {"工厂", "电站", "接收站", "水厂"},
	"个": {"子公司", "分公司"}, "家": {"子公司", "分公司", "零售店", "门店", "专卖店"},
}

// within is the beginning of a stretch, up to the first mark and no longer than a noun with its attributes.
func within(s string) string {
	n := 0
	for i, r := range s {
		if strings.ContainsRune("，。；：！？,;（(", r) || n == 12 {
			return s[:i]
		}
		n++
	}
	return s
}

func endsHere(s string) bool { return startsAny(s, []string{"，", "。", "；", "、", ",", ";"}) }

func round(x float64) float64 { return math.Round(x*1e4) / 1e4 }

// number reads digits with separators and a point: its length and value.
func number(s string) (int, float64, bool) {
	n := 0
	for n < len(s) && n < 24 && (s[n] >= '0' && s[n] <= '9' || n > 0 && (s[n] == ',' || s[n] == '.') && n+1 < len(s) && s[n+1] >= '0' && s[n+1] <= '9') {
		n++
	}
	value, err := strconv.ParseFloat(strings.ReplaceAll(s[:n], ",", ""), 64)
	return n, value, err == nil
}

// What an amount is of, by the words in front of it.
var amountsOf = []struct{ of, words string }{
	{"annual plan", "年度计划投资|年计划投资|年度计划完成|年度投资"},
	{"done so far", "完成投资|已投资|累计投资|累计完成|到位"},
	{"total", "总投资|投资额|投资|斥资|出资|耗资|造价|总额"},
	{"area", "建筑面积|占地|用地|面积|厂房|方圆|规划"},
	{"capacity", "产能|年产|装机|接收能力|处理能力|产量|消耗量|需求量|生产|规模"},
	{"capital", "注册资本|注册资金"},
	{"revenue", "产值|营业收入|收入|销售|营收|净利|利润|税金|税收|纳税"},
}

func amountOf(lead string, k unitKind) string {
	if strings.HasPrefix(lead, "年内完成投资") {
		return "annual plan"
	}
	for _, o := range amountsOf {
		switch o.of {
		case "area":
			if k != surface {
				continue
			}
		case "capacity":
			if k == money || k == surface {
				continue
			}
		default:
			if k != money {
				continue
			}
		}
		if containsAny(lead, strings.Split(o.words, "|")) {
			return o.of
		}
	}
	switch k {
	case surface:
		return "area"
	case mass, power, volume, pieces:
		return "capacity"
	}
	return "other"
}

// amounts attaches figures to the one name that they are said of: the subject of their clause, or of the sentence where the
// clause has none; a figure right in front of a project, or one that a list shares out with 分别, to its own.
func (v *view) amounts() {
	topic := -1 // the list that the sentence speaks of
	next := 0
	for c := range v.clauses {
		clause := v.clauses[c]
		var here []int
		for ; next < len(v.lists) && v.lists[next].clause == c; next++ {
			here = append(here, next)
		}
		figures := v.figures(clause.Start, clause.End)
		if len(figures) > 0 {
			v.shareOut(here, figures, topic, clause)
		}
		found := false
		for _, l := range here { // a place in front of the subject only says where it is from
			if v.subject(l, clause) && (!found || v.division(topic) && !v.division(l)) {
				topic, found = l, true
			}
		}
	}
}

// subject reports whether a list may be what a clause is about: one name that no preposition makes an adjunct.
func (v *view) subject(l int, clause text.Range) bool {
	list := &v.lists[l]
	if list.Start < clause.Start || list.End > len(v.Text) {
		return false
	}
	n := &v.Names[list.names[0]]
	if !v.single(list) || n.Kind == graph.KindPerson {
		return false
	}
	lead := strings.TrimRight(v.Text[min(clause.Start, list.Start):list.Start], openers)
	if n.Kind == graph.KindPlace && containsAny(lead[strings.LastIndex(lead, "的")+1:], seatVerbs) {
		return false // 项目位于甲村南侧、乙湾北侧
	}
	if l+1 < len(v.lists) {
		if gap := v.Text[min(list.End, v.lists[l+1].Start):v.lists[l+1].Start]; strings.HasSuffix(gap, "的") && runes(gap) <= 4 || strings.HasPrefix(gap, "的") && runes(gap) <= 6 && v.Names[v.lists[l+1].names[0]].Kind != graph.KindPlace {
			return false // 甲开发区的乙公司 is about the firm
		}
	}
	bracketed := endsIn(v.Text[:list.Start], []string{"（", "("}) && startsAny(v.Text[n.End:], []string{"）", ")"}) // 明川中心项目(海棠国际): another name
	return !bracketed && !endsIn(lead, adjuncts) && !startsAny(v.Text[list.End:], []string{"等"})
}

// seatVerbs say where something lies.
var seatVerbs = []string{"位于", "坐落", "地处", "选址"}

// division reports whether a list is of divisions, in which things happen.
func (v *view) division(l int) bool {
	n := &v.Names[v.lists[l].names[0]]
	return n.Kind == graph.KindPlace && n.Place.Level() > 0
}

// settings reports whether all that a clause names in front of a figure is where something happens: 在甲、乙等地的面积.
func (v *view) settings(here []int, f figure) bool {
	for _, l := range here {
		list := &v.lists[l]
		if list.End <= f.Start && !(v.division(l) && endsIn(v.Text[:list.Start], []string{"在", "于"})) {
			return false
		}
	}
	return true
}

// single reports whether a list is one name, or one with its other name in brackets.
func (v *view) single(l *list) bool {
	return len(l.names) == 1 || len(l.names) == 2 && alias(v.Text[v.Names[l.names[0]].End:v.Names[l.names[1]].Start])
}

var adjuncts = []string{"在", "对", "向", "从", "与", "于", "和", "由", "被", "为", "给", "到", "至", "同", "据", "经", "把", "距", "及", "是", "以", "落户", "位于", "入驻", "来自", "投资", "收购", "据", "向"}

func (v *view) shareOut(here []int, figures []figure, topic int, clause text.Range) {
	if len(here) > 0 {
		last := &v.lists[here[len(here)-1]]
		// A、B产量分别为4028万吨、560万吨
		if first := figures[0]; len(last.names) == len(figures) && len(figures) > 1 && last.End <= first.Start {
			if lead := v.Text[last.End:first.Start]; strings.Contains(lead, "分别") {
				for i, f := range figures {
					v.amount(&v.Names[last.names[i]], f, f.Start, lead, "amount:each")
				}
				return
			}
		}
	}
	for i := 0; i < len(figures); i++ {
		f := figures[i]
		if v.fused(here, f) || i+1 < len(figures) && v.outdated(f, figures[i+1]) {
			continue
		}
		if strings.HasPrefix(v.Text[f.End:], "的") && strings.HasSuffix(v.Text[clause.Start:f.Start], "投资") && strings.Contains(v.Text[clause.Start:f.Start], "、") { // 甲、投资3亿元的乙: of a name behind, known or not
			continue
		}
		if i+1 < len(figures) && v.rises(f, figures[i+1]) {
			f.End, f.value = figures[i+1].End, figures[i+1].value
			figures[i].Range, figures[i+1] = text.Range{Start: clause.Start, End: clause.Start}, f
			i++
		}
		subject := -1
		for _, l := range here {
			if v.lists[l].End <= f.Start && v.subject(l, clause) && !(subject >= 0 && v.division(l) && !v.division(subject)) {
				subject = l
			}
			if v.lists[l].End <= f.Start && !v.single(&v.lists[l]) && !(subject >= 0 && v.division(l)) && !endsIn(strings.TrimRight(v.Text[clause.Start:v.lists[l].Start], openers), adjuncts) {
				subject = -2 // a sum over several
			}
		}
		if last := len(here) - 1; subject == -2 && v.lists[here[last]].End <= f.Start && containsAny(v.Text[v.lists[here[last]].End:f.Start], []string{"均", "各"}) {
			for _, n := range v.lists[here[last]].names { // A和B收入也均近20亿元
				v.amount(&v.Names[n], f, v.lists[here[last]].End, v.Text[v.lists[here[last]].End:f.Start], "amount:each")
			}
			continue
		}
		if lead := v.Text[clause.Start:f.Start]; subject < 0 && v.settings(here, f) && runes(lead) <= 20+8*len(here) && !elsewhere(lead) {
			if topic >= 0 && (!v.division(topic) || v.measuredBefore(f) && v.lists[topic].clause >= v.clauseOf(f.Start)-2) {
				subject = topic
			}
			if containsAny(v.Text[clause.Start:f.Start], []string{"总投资", "占地", "建筑面积", "募集资金", "拟投入", "全长", "总长", "总库容", "装机"}) {
				subject = v.lastProject(f.Start, topic)
			}
			if strings.HasPrefix(lead, "注册资") && len(here) == 0 { // 甲办妥子公司乙的设立，注册资本800万元
				subject = v.lastFirm(f.Start, subject)
			}
		}
		if lead := v.Text[clause.Start:f.Start]; subject < 0 && len(here) == 0 && topic >= 0 && v.division(topic) && v.lists[topic].clause == v.clauseOf(f.Start)-1 && elliptic(whenFirst.ReplaceAllString(lead, "")) {
			// 甲产量将增长，到2013年达到1亿吨
			if before := v.Text[v.lists[topic].End:v.clauses[v.lists[topic].clause].End]; containsAny(before, measured) && !elsewhere(before) {
				from := f.Start - len(whenFirst.ReplaceAllString(lead, ""))
				v.amountAt(&v.Names[v.lists[topic].names[0]], f, text.Range{Start: from, End: f.End}, before, "amount:elliptic")
			}
			continue
		}
		if subject < 0 {
			continue
		}
		l := &v.lists[subject]
		from := clause.Start
		if l.clause == v.clauseOf(f.Start) {
			from = l.End
		}
		for _, h := range here {
			if v.lists[h].End <= f.Start {
				from = max(from, v.lists[h].End)
			}
		}
		if i > 0 && !v.outdated(figures[i-1], f) {
			from = max(from, figures[i-1].End)
		}
		if from > f.Start { // a figure in the name itself: 石林166MW太阳能电站
			continue
		}
		v.amount(&v.Names[l.names[0]], f, from, v.Text[from:f.Start], "amount:subject")
	}
}

// elsewhere reports whether a clause speaks of more than what the sentence spoke of before.
func elsewhere(lead string) bool {
	return startsAny(lead, []string{"全县", "全区", "全市", "全省", "全国", "全州", "全旗", "全镇", "我国", "我省", "我市", "我县", "我区", "全球", "世界"}) || containsAny(lead, []string{"国内", "全国", "全球", "行业", "将其", "使其"})
}

// rises reports whether two figures say from what to what a quantity went: 产能从30万辆提升到70万辆.
func (v *view) rises(f, next figure) bool {
	between := v.Text[f.End:max(f.End, next.Start)]
	lead := v.Text[max(0, f.Start-len("从上世纪80年代末")):f.Start]
	return f.kind == next.kind && !v.outdated(f, next) && containsAny(lead, []string{"从", "由"}) && runes(between) <= 12 &&
		containsAny(between, []string{"增加到", "提升到", "提高到", "扩大到", "追加到", "增至", "升至", "降至", "下降到", "降到", "升到", "增长到", "上升到", "减少到", "提升至", "提高至", "扩大至", "增加至", "减至"})
}

// outdated reports whether a figure is the one that the next took the place of: 总投资由30亿元追加到50亿元.
func (v *view) outdated(f, next figure) bool {
	between := v.Text[f.End:max(f.End, next.Start)]
	return endsIn(v.Text[:f.Start], []string{"由", "从"}) && endsIn(between, []string{"到", "至", "为"}) && runes(between) <= 6
}

// lastProject is the last list before a position if it is one project, what an investment or an area is said of before all.
func (v *view) lastProject(at, otherwise int) int {
	for l := len(v.lists) - 1; l >= 0; l-- {
		list := &v.lists[l]
		if list.Start > at {
			continue
		}
		n := &v.Names[list.names[0]]
		if n.Place == graph.Country { // 这是海国头一条线，工程总投资71亿元
			continue
		}
		if len(list.names) == 1 && !strings.HasPrefix(v.Text[list.End:], "等") && (n.Kind == graph.KindProject || n.Place == graph.Park) {
			return l
		}
		break
	}
	return otherwise
}

// lastFirm is the last list before a position if it is one firm that has been founded, which is what has a capital.
func (v *view) lastFirm(at, otherwise int) int {
	for l := len(v.lists) - 1; l >= 0; l-- {
		if list := &v.lists[l]; list.End <= at {
			if n := &v.Names[list.names[0]]; len(list.names) == 1 && n.Kind == graph.KindEnterprise && (startsAny(v.Text[list.End:], []string{"的注册", "的设立", "，", "（", "("}) || endsIn(v.Text[:list.Start], []string{"成立", "设立", "组建"})) {
				return l
			}
			break
		}
	}
	return otherwise
}

// fused attaches a figure that stands right in front of the project it is of: 22亿元明川家电, 总投资3亿元的明川项目.
func (v *view) fused(here []int, f figure) bool {
	for _, l := range here {
		list := &v.lists[l]
		n := &v.Names[list.names[0]]
		gap := v.Text[f.End:max(f.End, list.Start)]
		if attributeGap.MatchString(gap) || slices.Contains(worksOn, gap) && here[0] == l && endsIn(strings.TrimRight(v.Text[:f.Start], "约近超"), []string{"投资", "投入", "投入资金", "斥资"}) {
			gap = "的"
		}
		if list.Start < f.End || gap != "" && gap != "的" || n.Kind != graph.KindProject && n.Kind != graph.KindEnterprise && (n.Kind != graph.KindPlace || !projectLike(n)) {
			continue
		}
		lead := v.Text[max(0, f.Start-24):f.Start]
		if gap == "" && f.kind != money {
			continue
		}
		if gap == "的" && (len(list.names) > 1 || !containsAny(lead, []string{"投资", "投入", "斥资", "占地", "面积", "全长", "总长", "装机", "库容", "估值", "产值", "市值", "年产", "产能", "年销售", "注册资本", "总资产"})) {
			return true // an umbrella over several: nobody's own
		}
		from := f.Start
		for _, w := range []string{"总投资超过", "总投资超", "总投资约", "总投资达", "总投资", "投资约", "投资", "投入资金", "投入", "斥资", "占地约", "占地面积", "占地", "建筑面积", "全长约", "全长", "总长", "总装机", "装机容量", "装机", "总库容", "库容", "估值达到", "估值达", "估值", "年产值超", "年产值达", "年产值", "产值", "市值", "年产能", "产能", "年产", "年销售额超", "年销售额达", "年销售额", "年销售收入", "注册资本", "总资产"} {
			if strings.HasSuffix(v.Text[:f.Start], w) {
				from = f.Start - len(w)
				break
			}
		}
		v.amountAt(n, f, text.Range{Start: from, End: f.End}, cmp.Or(v.Text[from:f.Start], "总投资"), "amount:fused")
		return true
	}
	return false
}

// worksOn are verbs between what is spent and what it is spent on: 投入1700万元实施甲.
var worksOn = []string{"实施", "建设", "新建", "兴建", "改造", "修建", "实施了", "建设了", "新建了"}

// attributeGap is what stands between a figure in front of a name and the name: 总投资超过9亿元的“云上”.
var attributeGap = newPattern(`^的[“"][^，。；、：”"]{1,10}[”"]$|^、[^，。；、：的]{2,16}的$`)

// Words after which what a figure is of begins, and those that no amount has in front: rates, ranks, prices, times.
var (
	leadEnds  = []string{"分别", "将", "拟", "已经", "已", "月", "日", "宣布", "预计", "计划", "披露", "上半年", "目前", "其", "该", "公司", "集团", "企业", "对应", "其中", "还", "则", "仅", "有", "每年", "的", "是", "了", "，", "、", "和", "与"}
	noAmounts = []string{"试图", "企图", "同比", "增长", "下降", "每吨", "每千瓦时", "每度", "电价", "每股", "均价", "单价", "票面", "跌", "涨", "比上年", "相比", "人均", "缴纳", "罚款", "收盘价", "报价", "股价", "区间"}
)

// measured are words for what a figure measures: without one of them nobody can tell what it is.
var measured = []string{
	"投资", "产值", "收入", "利润", "净利", "营收", "面积", "占地", "方圆", "产能", "产量", "销售", "装机", "资产", "资本", "规模", "订单", "合同", "融资", "出资", "斥资", "消耗", "需求",
	"进口", "出口", "生产", "税", "现金", "市值", "募", "金额", "厂房", "能力", "损失", "采购", "销量", "管理", "年产", "储量", "造价", "总额", "商品价值", "项目", "市场", "成本", "床位", "电", "生产线", "工厂", "补贴", "吞吐量", "资金",
	"运量", "接收量", "处理量", "交易额", "价值", "中标", "全长", "桥长", "线长", "线路长", "总长", "保有量", "产销", "用量", "消费量", "价格", "库存", "订货量", "新增", "缺口", "节省", "节约", "支出", "额度", "亏损", "净亏", "净赚", "负债", "债券", "公司债", "贷款", "库容", "GDP",
}

// measures are the words for what a figure may measure: 电 only where it is counted, and not in 8万吨电解铝产能.
func measures(f figure) []string {
	if f.kind == power || f.unit == "千瓦时" {
		return measured
	}
	return slices.DeleteFunc(slices.Clone(measured), func(w string) bool { return w == "电" })
}

// elliptic reports whether nothing but a copula stands in front of a figure, whose measure the clause before named: 华电为931万吨.
func elliptic(lead string) bool {
	switch strings.TrimRight(lead, "约近超逾") {
	case "为", "达", "达到", "则为", "是", "仅为":
		return true
	}
	return false
}

// measuredBefore reports whether an amount of the same unit was read before in the sentence.
func (v *view) measuredBefore(f figure) bool {
	for i := range v.out {
		if o := &v.out[i]; o.Type == graph.Amount && o.Quantity.Unit == f.unit && o.Tail.End < f.Start {
			return true
		}
	}
	return false
}

// chained reports whether a figure goes on with the one before, which measured the same: 生产稀土6万吨、功能材料7749吨.
func (v *view) chained(f figure, from int, lead string) bool {
	return strings.HasPrefix(lead, "、") && runes(lead) <= 9 && slices.ContainsFunc(v.out, func(o Statement) bool {
		return o.Type == graph.Amount && o.Tail.End == from && o.Quantity.Unit == f.unit
	})
}

const maxLead = 14 // characters in front of a figure that say what it is of

func (v *view) amount(n *Name, f figure, from int, lead, by string) {
	around := lead + v.Text[f.Start:v.behind(f.End)]
	if by != "amount:each" && v.unowned(n, f) {
		return
	}
	switch {
	case containsAny(lead, noAmounts) || strings.HasPrefix(v.Text[f.End:], "兑") || strings.HasSuffix(lead, "兑"):
		return
	case n.Place != graph.Park && n.Place != graph.Zone && strings.Contains(lead, "业") && containsAny(lead, []string{"行业", "产业", "制造业", "工业", "加工业", "企业"}) && n.Kind == graph.KindPlace:
		return
	case !containsAny(around, measures(f)) && f.kind != lines && !(v.measuredBefore(f) && elliptic(lead)) && !v.chained(f, from, lead):
		return
	case n.Kind == graph.KindOrganization && !containsAny(around, []string{"面积", "占地", "总投资", "床位"}):
		return
	}
	start := from
	for at := f.Start; at > from; {
		// The last word that ends what is in front, unless it stands behind what the figure measures.
		cut := 0
		for _, w := range leadEnds {
			if i := strings.LastIndex(v.Text[from:at], w); i >= 0 && !(w == "计划" && (endsIn(v.Text[from:from+i], []string{"年", "年度"}) || strings.HasPrefix(v.Text[from+i+len(w):], "安排"))) && !(w == "有" && strings.HasSuffix(v.Text[from:from+i], "保")) {
				cut = max(cut, i+len(w))
			}
		}
		if cut == 0 {
			break
		}
		if start = from + cut; containsAny(v.Text[start:f.Start], measured) || !containsAny(v.Text[from:start], measured) {
			break
		}
		_, size := utf8.DecodeLastRuneInString(v.Text[from:start])
		at, start = start-size, from
	}
	start = f.Start - len(strings.TrimLeft(v.Text[start:f.Start], "(（：: "))
	start = f.Start - len(whenFirst.ReplaceAllString(v.Text[start:f.Start], ""))
	if m := counted.FindAllStringIndex(v.Text[start:f.Start], -1); len(m) > 0 { // 定增4450万股募资13亿元
		start += m[len(m)-1][1]
	}
	for utf8.RuneCountInString(v.Text[start:f.Start]) > maxLead {
		_, size := utf8.DecodeRuneInString(v.Text[start:])
		start += size
	}
	if open, shut := strings.IndexAny(v.Text[start:f.Start], "（("), strings.IndexAny(v.Text[start:f.Start], "）)"); shut >= 0 && (open < 0 || shut < open) { // 利润（EBIT）为: the bracket goes with the noun in front of it
		if open := strings.LastIndexAny(v.Text[from:start], "（("); open >= 0 {
			for start = from + open; start > from && runes(v.Text[start:from+open]) < maxLead/2; {
				_, size := utf8.DecodeLastRuneInString(v.Text[from:start])
				start -= size
			}
		}
	}
	if f.kind == lines {
		start = f.Start
	}
	end := f.End
	if noun := nounBehind.FindString(v.Text[f.End:]); noun != "" && !containsAny(v.Text[start:f.Start], measured) {
		start, end = f.Start, f.End+len(noun) // 释放出9万辆的产能
	} else if runes(v.Text[start:f.Start]) < 2 { // nothing in front: what stands behind says it, up to the word for what it measures
		end = v.behind(f.End)
		if at, w := firstOf(v.Text[f.End:end], measures(f)); at >= 0 {
			end = f.End + at + len(w)
		}
	}
	v.amountAt(n, f, text.Range{Start: start, End: end}, lead+v.Text[f.Start:end], by)
}

// severalThings is a number of projects, whose sum a figure is: 新开工项目15项, 40个项目.
var severalThings = newPattern(`(?:项目|工程)(?:共|约|达)?[0-9一二三四五六七八九十百余多]+(?:个|项|宗|件)|[0-9一二三四五六七八九十百余多]+(?:个|项|宗)[^，。；：]{0,12}?(?:项目|工程)`)

// thing is what a figure of size is an attribute of, right behind it: 年产3000台水泵项目.
var thing = newPattern(`^(?:级|[^，。；：、的]{0,12}?(?:项目|工程|生产线|基地|工厂|装置|电站|机组|示范线))`)

// Words in front of a figure by which it is of several unnamed things, of a deal, or of work on something else.
var (
	sharedOut = []string{"均为", "分别是", "分别为", "分别计划", "分别约", "涉及项目", "涉及金额"}
	ofDeals   = []string{"交易价", "交易额", "交易金额", "成交", "收购价", "转让价", "对价", "整个交易"}
	ofWorks   = []string{"造林", "绿化", "街路", "亮化", "线路", "管网", "植树", "种植"}
	builds    = []string{"建设", "新建", "建", "实施", "启动", "开工", "打造", "项目——", "工程——", "投资的"}
	bonds     = []string{"企业债", "公司债", "债券"}
)

// Words behind a figure that make it a bound of what is counted, and those behind a name that make it only where the most of something
// is: 青榆最大的20万吨级项目.
var (
	bounds       = []string{"以上项目", "以上的项目", "以上企业", "以上的企业", "以上工业", "以上产业"}
	superlatives = []string{"最大", "首个", "首座", "首家", "首条", "第一", "唯一", "规模最大", "单体"}
)

// unowned reports whether a figure is of something else than the name that its sentence is about: of several unnamed things, of
// a deal, of works that stand behind it, or no more than a bound.
func (v *view) unowned(n *Name, f figure) bool {
	start := v.clauses[v.clauseOf(f.Start)].Start
	since, lead := v.Text[start:f.Start], v.Text[start:f.Start] // the name, and in the clause of the figure
	if n.End <= f.Start {
		since, lead = v.Text[n.End:f.Start], v.Text[max(n.End, start):f.Start]
	}
	after, firm, place := v.Text[f.End:], n.Kind == graph.KindEnterprise, n.Kind == graph.KindPlace
	switch f.kind {
	case money:
		switch {
		case severalThings.MatchString(since):
			return true
		case place && containsAny(lead+v.Text[f.End:v.behind(f.End)], bonds):
			return true
		}
	case extent, surface:
		if containsAny(strings.NewReplacer("线路全长", "", "线路总长", "", "线路长", "").Replace(lead), ofWorks) && !strings.Contains(lead, "面积") {
			return true
		}
	}
	if strings.HasPrefix(after, "级") && f.kind == mass || firm && f.kind == power && thing.MatchString(after) { // 50吨级炉, 6兆瓦风电机组
		return true
	}
	if f.kind != money && f.kind != surface && f.kind != lines && n.Kind != graph.KindProject && thing.MatchString(after) && containsAny(lead, builds) {
		return true
	}
	return !place && containsAny(lead, sharedOut) ||
		firm && (containsAny(lead, ofDeals) || containsAny(since, []string{"下属公司", "下属企业", "子公司的", "其子公司"})) ||
		firm && containsAny(lead, []string{"项目", "工程"}) && !strings.Contains(v.ahead(f.Start), "其") ||
		strings.Contains(lead, "力争全年") || strings.HasSuffix(lead, "投资的") ||
		startsAny(after, bounds) || startsAny(since, superlatives) || ownWorks.MatchString(since)
}

// ownWorks is a project that is not named but by where it is and whose: 在柳塘的风电项目.
var ownWorks = newPattern(`^在[^，。；：]{1,16}的[^，。；：]{0,10}(?:项目|工程|基地|工厂|公司)`)

// counted is a figure of something that no unit of size counts.
var counted = regexp.MustCompile(`[0-9][0-9.,]*(?:万|亿)?(?:元/股|股|%|名|人|户|只|次|点)`)

// nounBehind is what a figure is of, behind it.
var nounBehind = newPattern(`^(?:左右)?的(?:[^，。；：、的]{0,6}?)(?:生产能力|产能|产量|产值|销量|市场|价格|价值|收入|利润|订单|规模|投资|资金|需求|合同|贷款|授信额度|面积)`)

// whenFirst is what says when, or only how, in front of what a figure measures.
var whenFirst = regexp.MustCompile(`^(?:(?:在|到|至)?[0-9]{4}年(?:底|末)?|[0-9]{1,2}月|上半年|下半年|今年|去年|明年|就|也|又|会|在|以)+`)

// behind is where the noun ends that a figure stands in front of: 1000万吨左右的钢铁产能.
func (v *view) behind(at int) int {
	end := at
	for i, r := range v.Text[at:] {
		if strings.ContainsRune("，。；：、！？,;（()“” \n", r) || i > 36 {
			break
		}
		end = at + i + utf8.RuneLen(r)
	}
	return end
}

// ahead is the clause of a position up to it, with a clause in front that says no more than what is expected: 预计，….
func (v *view) ahead(at int) string {
	c := v.clauseOf(at)
	from := v.clauses[c].Start
	if c > 0 && runes(v.Text[v.clauses[c-1].Start:v.clauses[c-1].End]) <= 4 {
		from = v.clauses[c-1].Start
	}
	for _, l := range v.lists { // what stands behind the name of an owner or of a place, not in front of it
		if l.clause == c && l.Start < at && strings.HasSuffix(v.Text[:l.Start], "的") {
			from = max(from, l.Start)
		}
	}
	return v.Text[min(from, at):at]
}

func (v *view) amountAt(n *Name, f figure, r text.Range, lead, by string) {
	q := &graph.Quantity{Value: f.value, Unit: f.unit, Of: amountOf(lead, f.kind), Raw: v.Text[r.Start:r.End], Countable: true}
	modality := v.tense(v.ahead(f.Start) + lead)
	switch {
	case f.span:
		q.Countable, q.Why = false, "a range: the value is its lower end"
	case f.vague || containsAny(lead, []string{"约", "近", "超", "逾", "突破", "以上", "左右"}):
		q.Countable, q.Why = f.kind == money, ""
		if !q.Countable {
			q.Why = "not exact"
		}
	}
	if containsAny(lead, []string{"力争", "目标", "达到", "争取"}) && v.Modality == graph.Planned {
		modality = graph.Target
	}
	s := Statement{
		Type: graph.Amount, Head: *n, Tail: Name{Range: r}, Quantity: q, Modality: modality, Year: v.Year,
		Basis: graph.BasisSentence, Confidence: 0.75 * n.Confidence, By: by,
	}
	if year, date, ok := dateIn(lead); ok {
		s.Year, s.Date = year, date
	}
	if year, _, ok := dateIn(v.ahead(f.Start)); ok && v.Year > 0 && year > v.Year && s.Modality == graph.Reported { // 到2035年，产能达到3万吨
		s.Modality = graph.Planned
	}
	v.state(s)
}
