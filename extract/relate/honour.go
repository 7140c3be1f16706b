package relate

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/extract/text"
	"github.com/tupu-kg/tupu/graph"
)

// Verbs by which something is awarded, longer ones first.
var awarding = []string{
	"被评定为", "被认定为", "被授予", "被命名为", "被评为", "被列为", "被确定为", "被列入", "被定为", "获批设立", "获批建设", "荣获", "荣膺", "荣登", "获评", "当选", "创成", "获得", "获批",
	"获授", "获颁", "摘得", "斩获", "夺得", "入选", "入围", "跻身", "评为", "获", "荣列", "上榜", "晋升为", "新晋", "纳入", "获准", "授予", "喜获",
}

// plainAwards are verbs behind which nothing but an award stands.
var plainAwards = []string{"被评定为", "被授予", "授予", "被评为", "荣获", "荣膺", "获评", "入选", "跻身", "评为", "荣列", "上榜", "新晋"}

// awardMarks are words of which an award, a title or a ranking has at least one.
var awardMarks = []string{
	"奖", "称号", "名单", "示范", "先进", "百强", "十强", "十佳", "企业", "园区", "基地", "试点", "品牌", "文明", "模范", "优秀", "一级", "二级", "三级", "甲", "强", "标杆",
	"典型", "案例", "“", "第一", "第二", "第三", "前列", "TOP", "单位", "派出所", "工地", "冠军", "金牌", "目录", "项目", "工程", "最", "十大", "小巨人", "名录", "县", "村", "镇", "城市", "中心",
}

// gains are what one gets that is no award: money, permission, news.
var gains = []string{"获悉", "获得了解", "获利", "获取", "获益", "获批准", "获通过", "获国务院批准", "获得通过", "收入", "融资", "投资", "贷款", "批复", "批准", "同意", "认可", "肯定", "青睐", "支持", "关注", "好评", "利润", "资金", "亿元", "万元", "亿美元", "股权", "股份", "最终", "指标", "配额", "订单", "授信", "许可"}

// honours states what names were awarded.
func (v *view) honours() {
	for i := range v.lists {
		l := &v.lists[i]
		before, after, rest := v.window(i)
		if from := l.End + len("为"); endsIn(before, []string{"命名", "认定", "评定"}) && strings.HasPrefix(rest, "为") { // 省农业厅命名甲为示范园区
			v.award(l, from, l.End+len(rest), v.Text[v.clauses[l.clause].Start:from], false)
			continue
		}
		at, verb := firstOf(after, awarding)
		if at < 0 || containsAny(after[:at], []string{"第一个", "首个", "首家", "首座"}) || runes(after[:at]) > 14 || containsAny(after[:at], []string{"，", "的", "获悉", "争创", "力争", "争取", "申报", "创建"}) {
			v.ranked(i)
			continue
		}
		start := l.End + at + len(verb)
		award := v.Text[start:max(start, v.ownEnd(i, l.End+len(rest)))]
		if containsAny(award, gains) || strings.HasPrefix(verb+award, "获悉") || verb == "纳入" && strings.Contains(award, "计划") && !containsAny(award, []string{"试点", "示范", "名单", "目录"}) {
			continue
		}
		if verb == "授予" && !endsIn(strings.TrimRight(v.Text[:l.Start], openers), []string{"被", "由"}) { // who awards is not awarded
			continue
		}
		if l = v.awarded(i); l == nil {
			continue
		}
		v.award(l, start, start+len(award), v.Text[v.clauses[l.clause].Start:start], slices.Contains(plainAwards, verb))
	}
}

// awarded is the list that is awarded something, where the list i stands in front of the verb: itself, unless it is who awards
// (被甲评为), so that what the sentence was about is meant, or stands in brackets behind another; nil if nobody can tell.
func (v *view) awarded(i int) *list {
	l := &v.lists[i]
	lead := v.Text[:l.Start]
	if endsIn(lead, []string{"（", "("}) && i > 0 && v.lists[i-1].clause == l.clause {
		return v.awarded(i - 1)
	}
	if !endsIn(strings.TrimRight(lead, openers), []string{"被", "经", "由", "获"}) {
		return l
	}
	for j := i - 1; j >= 0; j-- {
		if front := &v.lists[j]; v.subject(j, v.clauses[front.clause]) {
			return front
		}
	}
	return nil
}

// ownEnd is where what is said of a list ends in its clause: where the next list begins that has an award of its own.
func (v *view) ownEnd(i, end int) int {
	for j := i + 1; j < len(v.lists) && v.lists[j].Start < end; j++ {
		_, after, _ := v.window(j)
		if at, _ := firstOf(after, awarding); at >= 0 && runes(after[:at]) <= 14 {
			return v.lists[j].Start
		}
	}
	return end
}

// ranked reads titles that something is: 是全国百强县之一.
func (v *view) ranked(i int) {
	l := &v.lists[i]
	if len(l.names) != 1 {
		return
	}
	n := &v.Names[l.names[0]]
	_, _, rest := v.window(i)
	body, ok := strings.CutPrefix(rest, "是")
	if !ok {
		if body, ok = strings.CutPrefix(rest, "也是"); !ok {
			return
		}
	}
	title, ok := strings.CutSuffix(body, "之一")
	if !ok || n.Kind == graph.KindPerson || !startsAny(title, []string{"全国", "全省", "国家", "省", "全市", "中国", "首批", "世界", "全球"}) && !strings.Contains(title, "省") {
		return
	}
	if !containsAny(title, []string{"百强", "十大", "首批", "示范", "基地", "试点", "500强", "强"}) {
		return
	}
	start := l.End + len(rest) - len(body)
	v.award(l, start, start+len(title), "", true)
}

// award adds what stands at [from, to) as an honour of each member of a list.
func (v *view) award(l *list, from, to int, lead string, plain bool) {
	for strings.HasPrefix(v.Text[from:to], "了") || strings.HasPrefix(v.Text[from:to], "为") {
		from += len("了")
	}
	// A title may hold a comma only inside quotation marks.
	title := v.Text[from:to]
	if open := strings.Index(title, "“"); open >= 0 && !strings.Contains(title[open:], "”") {
		if shut := strings.Index(v.Text[to:], "”"); shut >= 0 && shut < 60 {
			to += shut + len("”")
			title = v.Text[from:to]
		}
	}
	if all := severalTitles.FindAllStringIndex(title, -1); len(all) > 1 && all[0][0] == 0 { // 获评“甲”“乙”
		at := 0
		for _, r := range all {
			if strings.Trim(title[at:r[0]], "、和 ") != "" {
				break
			}
			at = r[1]
			v.award(l, from+r[0], from+r[1], lead, plain)
		}
		return
	}
	trimmed := strings.TrimRight(title, "、 ")
	if strings.HasPrefix(trimmed, "“") && strings.Count(trimmed, "“") == 1 && strings.HasSuffix(trimmed, "”") {
		from += len("“")
		trimmed = strings.TrimSuffix(strings.TrimPrefix(trimmed, "“"), "”")
	}
	trimmed = strings.TrimSuffix(trimmed, "之列")
	if n := utf8.RuneCountInString(trimmed); n < 2 || n > 40 || !plain && !containsAny(trimmed, awardMarks) {
		return
	}
	to = from + len(trimmed)
	modality := v.tense(lead)
	for _, i := range l.names {
		n := v.Names[i]
		honour := Name{Range: text.Range{Start: from, End: to}, Kind: graph.KindHonour, Confidence: 0.8}
		s := Statement{
			Type: graph.Receives, Head: n, Tail: honour, Modality: modality, Year: v.Year, Basis: graph.BasisSentence,
			Confidence: 0.8 * n.Confidence, By: "honour",
		}
		if year, _, ok := dateIn(trimmed); ok {
			s.Year = year
		}
		v.state(s)
	}
}

// severalTitles are titles in quotation marks.
var severalTitles = newPattern(`“[^”]{2,40}”`)

// firstOf is where the first of some words stands, the longest of those at one place; -1 without one.
func firstOf(s string, words []string) (int, string) {
	best, found := -1, ""
	for _, w := range words {
		if at := strings.Index(s, w); at >= 0 && (best < 0 || at < best || at == best && len(w) > len(found)) {
			best, found = at, w
		}
	}
	return best, found
}
