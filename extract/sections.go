package extract

import (
	"strings"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/extract/doc"
	"github.com/tupu-kg/tupu/extract/text"
	"github.com/tupu-kg/tupu/graph"
)

// sections cuts the whole stored text into sentences and gives each its role and the tense of its section: reported, with
// the year looked back on, in a review; planned, with the year planned for, in a plan; background in notes; nothing before
// the first section and where no heading says. In sections on a five-year plan the year is the plan's last, but no later
// than the year looked back on in a review.
//
// Spans are of the source text, ascending, not overlapping, on character boundaries and without blanks at their ends; every
// character that is kept by folding and is no blank lies in exactly one sentence. The document gives the years, the title,
// and its id for the spans. Headings are numbered (一、 (一) 1.), bold (Locator.Heading) or short lines of their own; what
// stands under a heading inherits its tense unless its own heading says otherwise.
func sections(l *pageLayout, d *graph.Document) []graph.Sentence {
	f := l.folded
	positions := graph.NewPositions(d.ID, d.Text)
	outline := newOutline(l, d)
	cuts := text.Sentences(f.Text)
	if d.Format == doc.FormatXLSX || d.Format == doc.FormatCSV {
		cuts = joinRows(f.Text, cuts)
	}
	sentences := make([]graph.Sentence, 0, len(cuts))
	line := -1
	add := func(start, end int) {
		start, end = trimmed(f.Text, start, end)
		if start >= end {
			return
		}
		for line+1 < len(l.lines) && l.lines[line+1].start <= start {
			line++
			outline.enter(line)
		}
		from, to := f.Source(start, end)
		if n := len(sentences); n > 0 {
			from = max(from, sentences[n-1].ByteEnd)
		}
		if from >= to {
			return
		}
		s := graph.Sentence{Span: positions.Span(from, to), Role: outline.role, Modality: outline.now.modality, Year: outline.now.year}
		if s.Role != graph.Chrome && isSpam(f.Text[start:end]) {
			s.Role = graph.Chrome
		}
		if s.Role == graph.Chrome {
			s.Modality, s.Year = "", 0
		}
		sentences = append(sentences, s)
	}
	for _, cut := range cuts {
		start := cut.Start
		for next := line + 1; next < len(l.lines) && l.lines[next].start < cut.End; next++ { // a title that folding joined to the line before
			if at := l.lines[next].start; at > start {
				add(start, at)
				start = at
			}
		}
		add(start, cut.End)
	}
	return sentences
}

// joinRows makes one sentence of each row of a table, whatever stops its cells hold: what a row says is said of its name.
func joinRows(s string, cuts []text.Range) []text.Range {
	rows := cuts[:0]
	for _, cut := range cuts {
		if n := len(rows); n > 0 && s[rows[n-1].End-1] != '\n' && cut.End-rows[n-1].Start <= text.MaxSentence {
			rows[n-1].End = cut.End
			continue
		}
		rows = append(rows, cut)
	}
	return rows
}

// sectionTense is what a heading says about the tense of its section.
type sectionTense struct {
	modality graph.Modality
	year     int
	spans    bool // it announces several spans of time: its paragraphs tell which
	torn     bool // it announces a review and a plan: likewise
}

// outline follows the headings of a document, line by line.
type outline struct {
	layout *pageLayout
	years  reportYears
	title  int // the line of the title, and -1 without
	first  int // no line before it is a heading: the document's head

	now   sectionTense
	role  graph.Role
	stack []outlineLevel // headings above the current line, from the outermost, of rising level
	notes bool           // within 注释 or 名词解释
}

type outlineLevel struct {
	level int
	tense sectionTense
}

// plainLevel is the level of an unnumbered heading that names a year: it opens a part, above 一、.
const plainLevel = 1

func newOutline(l *pageLayout, d *graph.Document) *outline {
	o := &outline{layout: l, years: reportYears{d.Year, d.PlanYear}, title: -1}
	o.now = titleTense(text.Name(d.Title), o.years)
	o.stack = []outlineLevel{{0, o.now}}
	key, near := text.Key(d.Title), -1
	for i := range l.lines[:l.head] {
		s := l.text(i)
		switch k := text.Key(s); {
		case key == "" || o.title >= 0 || l.lines[i].chrome:
		case k == key:
			o.title = i
		case near < 0 && strings.Contains(k, key):
			near = i
		}
		if o.title < 0 && documentName(s) || i == o.title+1 && documentName(s) || meetingLine(s) || key != "" && text.Key(s) == key {
			o.first = i + 1
		}
	}
	if o.title < 0 {
		o.title = near
	}
	o.first = max(o.first, o.title+1)
	return o
}

// enter moves to the next line.
func (o *outline) enter(i int) {
	n := &o.layout.lines[i]
	s := o.layout.text(i)
	switch {
	case n.chrome:
		o.role = graph.Chrome
		return
	case i < o.first:
		o.role = graph.Body
		if i == o.title || n.heading > 0 {
			o.role = graph.Heading
		}
		return
	}
	o.role = graph.Body
	heading, whole := headingOf(s, *n)
	if whole && (n.level < 4 || !o.listed(i)) {
		o.role = graph.Heading
	}
	if heading == "" {
		o.paragraph(s)
		return
	}
	o.open(heading, n.level, whole)
}

// listed reports whether a numbered line stands in a list of such lines: it is an item then, and no heading.
func (o *outline) listed(i int) bool {
	level := o.layout.lines[i].level
	return i > 0 && o.layout.lines[i-1].level == level || i+1 < len(o.layout.lines) && o.layout.lines[i+1].level == level
}

// open enters the section under a heading. A numbered heading closes those of its level and below; an unnumbered one opens a
// section only if it says of what time it speaks.
func (o *outline) open(heading string, level int, whole bool) {
	if whole && level == 0 && notesHeading(heading) {
		o.notes = true
		o.stack = append(o.stack[:0], outlineLevel{0, sectionTense{modality: graph.Background}})
		o.now = o.stack[0].tense
		return
	}
	if o.notes && level > 2 {
		return // numbers within notes are those of the notes
	}
	t, timed, ok := tenseOf(heading, o.years)
	if level == 0 {
		if !ok || !timed && (o.now.modality != "" || !partName(heading)) {
			return
		}
		level = plainLevel
	}
	inherited, outermost := sectionTense{}, true
	for n := len(o.stack); n > 0 && o.stack[n-1].level >= level; n-- {
		inherited = o.stack[n-1].tense // in the end that of the sibling before, which counts without a parent
		o.stack = o.stack[:n-1]
	}
	if n := len(o.stack); n > 0 && (o.stack[n-1].level > 0 || o.stack[n-1].tense.modality != "") {
		inherited, outermost = o.stack[n-1].tense, o.stack[n-1].level == 0
	} else if inherited.modality == graph.Planned && o.years.plan > 0 {
		inherited = sectionTense{modality: graph.Planned, year: o.years.plan} // the year's plan goes on after a five-year plan
	}
	// Deep in a section, words such as 任务 at a heading's end belong to its subject; a year, or 下一步, does not.
	if ok && (timed || outermost || inherited.modality == "" || inherited.torn) {
		inherited = t
	}
	o.notes = false
	o.stack = append(o.stack, outlineLevel{level, inherited})
	o.now = inherited
}

// partName reports whether a short line of its own is what parts of reports are called: 工作回顾, 主要目标, 存在的问题.
func partName(s string) bool {
	if longer(s, 16) {
		return false
	}
	for _, w := range []string{"工作", "主要", "总体", "重点", "目标", "预期", "存在", "基本", "发展", "面临", "取得"} {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

// paragraph enters a line of running text: under a heading that announces several times its first words may say of which it
// speaks from here on.
func (o *outline) paragraph(s string) {
	top := &o.stack[len(o.stack)-1].tense
	if !top.spans && !top.torn {
		return
	}
	t, dated, ok := opening(s, o.years)
	if !ok || t.modality != o.now.modality && !top.torn || t.modality == o.now.modality && !dated {
		return
	}
	o.now.modality, o.now.year = t.modality, t.year
	*top = o.now
}

// opening is the tense that the first clause of a paragraph announces: 2025年，…; “十五五”时期，…; 过去五年，…. It is dated if the
// clause names a year or a five-year plan.
func opening(s string, years reportYears) (t sectionTense, dated, ok bool) {
	s = head(s, 24)
	if i := strings.IndexAny(s, "。;；"); i >= 0 {
		s = s[:i]
	}
	if i := strings.IndexAny(s, ",，"); i >= 0 {
		s = s[:i]
	}
	t, timed, ok := tenseOf(s, years)
	return t, len(yearsIn(s)) > 0 || len(planSpansIn(s)) > 0 || strings.HasPrefix(s, "今年"), ok && timed && !t.torn
}

// head is the first n characters of s.
func head(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// headingOf is the heading that a line is or begins with, without its number, and whether it is the whole line. It is empty
// for running text.
func headingOf(s string, n pageLine) (heading string, whole bool) {
	if n.level > 0 {
		if !longer(s, 60) && !strings.ContainsAny(strings.TrimRight(s, "。"), "。;；") && strings.TrimRight(s, ":：") == s {
			return unnumbered(s), n.level < 4 || !ended(s)
		}
		if n.level > 3 {
			return "", false
		}
		clause := s[:min(len(s), utf8.UTFMax*51)]      // what follows is not looked at
		for _, mark := range []string{"。", ":", "："} { // the first clause is the heading of a paragraph that runs on
			if i := strings.Index(clause, mark); i >= 0 {
				clause = clause[:i]
			}
		}
		if longer(clause, 50) {
			return "", false
		}
		return unnumbered(clause), false
	}
	if longer(s, 40) && (n.heading == 0 || longer(s, 60)) || ended(s) || strings.Contains(s, "。") || strings.TrimRight(s, ":：,，、") != s {
		return "", false
	}
	return s, true
}

// unnumbered takes the number off a heading.
func unnumbered(s string) string {
	if numbering(s) == 0 {
		return s
	}
	if strings.HasPrefix(s, "第") {
		for _, mark := range []string{"部分", "章", "篇"} {
			if i := strings.Index(s, mark); i >= 0 {
				return strings.TrimLeft(s[i+len(mark):], " :：、")
			}
		}
	}
	i := strings.IndexFunc(s, func(r rune) bool {
		return strings.ContainsRune("、.．)）〕", r) || r >= '①' && r <= '⒇' || r >= '㈠' && r <= '㈩'
	})
	_, width := utf8.DecodeRuneInString(s[i:])
	return strings.TrimLeft(s[i+width:], " ")
}

// notesHeading reports whether a heading opens the notes behind a report: 注释, 名词解释, 《政府工作报告》有关用语说明.
func notesHeading(s string) bool {
	s = strings.Trim(s, " :：【】[]()（）")
	for _, w := range []string{"注释", "名词解释", "名词说明", "用语说明", "用语解释", "术语解释", "附注"} {
		if strings.HasSuffix(s, w) {
			return !longer(s, 30)
		}
	}
	return false
}

// documentName reports whether a line of a document's head names a document, as titles do.
func documentName(s string) bool {
	s = strings.TrimRight(s, ")）】] 》")
	if i := strings.LastIndexAny(s, "(（"); i > 0 && !genre(s) {
		s = s[:i] // (审议稿), (书面)
	}
	for _, w := range []string{"报告", "公报", "纲要", "方案", "通知", "意见", "摘要", "全文", "草案", "总结", "要点", "计划", "规划"} {
		if strings.HasSuffix(s, w) {
			return !longer(s, 100)
		}
	}
	return false
}

// meetingLine reports whether a line says at which meeting a report was given.
func meetingLine(s string) bool {
	if longer(s, 80) || strings.Contains(s, "。") {
		return false
	}
	return (strings.Contains(s, "会议") || strings.Contains(s, "大会")) &&
		(strings.Contains(s, "届") || strings.Contains(s, "会议上") || strings.HasPrefix(s, "—") || strings.HasPrefix(s, "--"))
}

// reportYears are the years that a document looks back on and plans for; 0 where unknown.
type reportYears struct {
	review, plan int
}

// Words that say of which time a heading speaks. reviewTimes and planTimes do so wherever they stand in a clause; the nouns
// only at its end (工作回顾, 主要目标), because in front of it they are a verb's object or an adjective.
var (
	reviewTimes = []string{"去年", "过去的", "过去一年", "过去五年", "过去三年", "过去5年", "一年来", "五年来", "三年来", "两年来", "以来的", "上半年", "前三季度", "本届政府", "上一年", "上年度", "回顾"}
	planTimes   = []string{"下一步", "下一阶段", "下阶段", "下半年", "今后", "未来五年", "未来三年", "未来几年", "未来一个时期", "明年", "来年", "新一年", "新的一年", "下一年", "下年度", "展望"}
	reviewNouns = []string{
		"总结", "执行情况", "完成情况", "进展情况", "落实情况", "开展情况", "实施情况", "运行情况", "履职情况", "推进情况", "发展情况", "工作情况", "基本情况", "建设情况",
		"办理情况", "主要情况", "主要工作情况", "成就", "主要成效", "工作成效", "取得的成效", "取得成效", "取得的成绩", "取得成绩", "主要成绩", "工作成绩", "主要做法", "工作亮点", "经验启示", "主要经验", "存在问题",
		"存在的问题", "存在的主要问题", "主要问题", "存在的困难", "存在的不足", "存在不足", "问题和不足", "困难和问题", "概况", "统计公报", "年报", "决算",
	}
	planNouns = []string{
		"安排", "打算", "计划", "思路", "要点", "目标", "任务", "要求", "重点工作", "主要举措", "工作举措", "重大举措", "战略举措", "主要考虑", "草案", "民生实事", "实事项目", "为民办实事",
		"努力方向", "部署", "工作建议", "对策建议", "措施建议", "规划建议", "工作措施", "对策措施", "预算", "工作重点", "行动方案", "实施方案",
	}
)

// clauseTime is the kind of time that a clause names.
type clauseTime int

const (
	noTime clauseTime = iota
	severalYears
	oneYear
)

// tenseOf reads the tense from a heading. Its clauses (2025年工作回顾 | 2026年工作安排) are read one by one; timed says that a
// year or a word of time, and not a noun alone, told it; ok is false if nothing did.
func tenseOf(heading string, years reportYears) (t sectionTense, timed, ok bool) {
	has := noTime
	for _, clause := range clausesOf(heading) {
		c, clauseTimed, clauseHas, found := clauseTense(heading[clause.start:clause.end], years)
		if !found {
			continue
		}
		timed = timed || clauseTimed
		switch {
		case !ok || c.modality == t.modality && has == noTime:
			t, ok, has = c, true, clauseHas
		case c.modality != t.modality:
			t.torn = true
		case clauseHas == noTime: // 目标任务 behind “十五五”时期总体要求和
		case clauseHas != has: // “十五五”目标任务和2026年工作安排: the plain year counts unless a paragraph says otherwise
			if clauseHas == oneYear {
				t.year = c.year
			}
			has, t.spans = oneYear, true
		default:
			t.year, t.spans = max(t.year, c.year), t.spans || c.spans
		}
	}
	return t, timed, ok
}

// clausesOf cuts a heading into clauses, at conjunctions, commas and dashes behind a word that tells a tense: 2023年国民经济和社会发展计划
// 执行情况 | 2024年计划草案.
func clausesOf(s string) []byteRange {
	var clauses []byteRange
	start := 0
	for i, r := range s {
		if !strings.ContainsRune("与和及暨、,，;；|/—", r) || i <= start {
			continue
		}
		if t, _ := wordTense(s[start:i]); t != "" {
			clauses = append(clauses, byteRange{start, i})
			start = i + utf8.RuneLen(r)
		}
	}
	if start < len(s) {
		clauses = append(clauses, byteRange{start, len(s)})
	}
	return clauses
}

// wordTense reads the tense from the words of a clause, of which the last one counts (目标任务完成情况 is a review), and whether a
// word of time told it.
func wordTense(s string) (modality graph.Modality, timed bool) {
	core := strings.TrimRight(s, "()（）《》“”\"。:：[]【】 ")
	core = strings.TrimSuffix(core, "的说明")
	core = strings.TrimSuffix(core, "的报告")
	core = strings.TrimRight(core, "()（）《》“”\" ")
	last := -1
	mark := func(m graph.Modality, words []string, atEnd bool) {
		for _, w := range words {
			if atEnd && !strings.HasSuffix(core, w) {
				continue
			}
			i := strings.LastIndex(core, w)
			if i < 0 {
				continue
			}
			timed = timed || !atEnd
			if i+len(w) > last {
				last, modality = i+len(w), m
			}
		}
	}
	mark(graph.Reported, reviewTimes, false)
	mark(graph.Planned, planTimes, false)
	mark(graph.Reported, reviewNouns, true)
	mark(graph.Planned, planNouns, true)
	return modality, timed
}

// clauseTense is tenseOf for one clause; has says what time it names.
func clauseTense(s string, years reportYears) (t sectionTense, timed bool, has clauseTime, ok bool) {
	t.modality, timed = wordTense(s)
	year, first := 0, false // first: the clause begins with the time that it names
	lead := len(s) - len(strings.TrimLeft(strings.TrimPrefix(strings.TrimLeft(s, "“\""), "关于"), "“\""))
	for _, y := range yearsIn(s) {
		year, first = y.year, first || y.start == lead
	}
	end := 0
	for _, p := range planSpansIn(s) {
		end, first = p.last, first || p.start == lead
	}
	if this := strings.HasPrefix(s, "今年"); this && !strings.Contains(s, "以来") && year == 0 {
		year, first = years.plan, true
	}
	five := strings.Contains(s, "五年") || strings.Contains(s, "5年")
	switch {
	case year > 0:
		has = oneYear
	case end > 0 || five:
		has = severalYears
	}
	t.spans = year > 0 && end > 0 && year != end
	timed = timed || year > 0 || end > 0
	switch {
	case year > 0 && years.review > 0 && year <= years.review && years.plan != year && (first || t.modality != ""):
		t.modality = graph.Reported // what a document looks back on it does not plan
	case t.modality != "":
	case !first:
		return t, timed, has, false
	case year > 0 && years.plan > 0 && year >= years.plan:
		t.modality = graph.Planned
	case year == 0 && end > 0 && years.review > 0:
		t.modality = graph.Planned
		if end <= years.review {
			t.modality = graph.Reported
		}
	default:
		return t, timed, has, false
	}
	switch {
	case year > 0:
		t.year = year
	case t.modality == graph.Reported:
		t.year = years.review
		if end > 0 && (t.year == 0 || end < t.year) {
			t.year = end
		}
	case end > 0:
		t.year = end
	case five && years.plan > 0:
		t.year = years.plan + 4
	default:
		t.year = years.plan
	}
	return t, timed, has, true
}

// titleTense is the tense that a title gives to a whole document: a yearbook reports, a work plan plans; a work report does
// both, and its headings say where.
func titleTense(title string, years reportYears) sectionTense {
	for _, w := range []string{"工作报告", "情况的报告", "情况报告", "草案"} {
		if strings.Contains(title, w) && !strings.Contains(title, "决算") {
			return sectionTense{}
		}
	}
	t, _, ok := tenseOf(title, years)
	if !ok || t.torn {
		return sectionTense{}
	}
	return t
}
