package extract

import (
	"strings"

	"github.com/tupu-kg/tupu/graph"
)

// findYears finds the year that a document looks back on and the year that it plans for. It asks, in this order: the manifest;
// a title that names both (2023年…执行情况与2024年…计划草案) or whose kind says which it names (公报, 要点); the headings (一、2023年
// 工作回顾; 2024年工作安排); the text's own words (2024年是…之年 with 过去一年). A report that names one of the two has the other
// beside it. A work report's title and date name them together, because such reports are given between November and spring.
// News look back on the year of their date.
//
// A date without a year is completed here, when the two years leave one possible: a meeting in December belongs to the year
// looked back on, one in January to the year planned for.
func (a *profile) findYears(o Override) {
	report := a.isReport()
	review, plan, kind := a.titleYears()
	if review.year == 0 || plan.year == 0 {
		r, p := a.headingYears()
		if review.year == 0 {
			review = r
		}
		if plan.year == 0 && kind != looksBack {
			plan = p
		}
	}
	if review.year == 0 && plan.year == 0 && kind == doesBoth && report {
		if review, plan = a.datedYears(); review.year == 0 {
			review = a.openingYear()
		}
	}
	if report && kind == doesBoth {
		switch {
		case review.year == 0 && plan.year > 0:
			review = plan.beside(plan.year-1, "rule:year-before-plan")
		case plan.year == 0 && review.year > 0 && a.plans():
			plan = review.beside(review.year+1, "rule:year-after-review")
		}
	}
	if review.year == 0 && plan.year == 0 && !report && len(a.doc.Date) >= 4 {
		if origin, ok := a.doc.Origins["date"]; ok {
			origin.By, origin.Score = "rule:date", 0.7
			review = yearMark{year: atoi(a.doc.Date[:4]), origin: origin}
		}
	}
	if review.year == 0 && plan.year == 0 && o.FileName != "" {
		review, plan, _ = readTitleYears(o.FileName, func(y yearFound) yearMark { return yearMark{y.year, fileName(o, "rule:file-name", 0.6)} })
	}
	a.doc.Year, a.doc.PlanYear = review.year, plan.year
	if review.year > 0 {
		a.doc.Origins["year"] = review.origin
	}
	if plan.year > 0 {
		a.doc.Origins["plan_year"] = plan.origin
	}
	if o.Year > 0 {
		a.doc.Year = o.Year
		a.doc.Origins["year"] = manifest(o)
	}
	if o.PlanYear > 0 {
		a.doc.PlanYear = o.PlanYear
		a.doc.Origins["plan_year"] = manifest(o)
	}
	a.completeDate()
	if a.doc.Year == 0 && a.doc.Date != "" && !report && plan.year == 0 {
		a.doc.Year = atoi(a.doc.Date[:4])
		origin := a.doc.Origins["date"]
		origin.By, origin.Score = "rule:date", 0.7
		a.doc.Origins["year"] = origin
	}
	if a.doc.Date == "" {
		a.note("date: no line, meeting, lead or signature gives a whole date")
	}
	if a.doc.Year == 0 && kind != looksAhead {
		a.note("year: no title, heading or date tells the year looked back on; give it in a manifest")
	}
	if a.doc.PlanYear == 0 && report && kind != looksBack && a.plans() {
		a.note("plan_year: no title, heading or date tells the year planned for; give it in a manifest")
	}
	if a.doc.Year > 0 && a.fiveYears() {
		a.note("year: the report looks back on five years; %d is the last of them", a.doc.Year)
	}
}

// yearMark is a year and where it was read.
type yearMark struct {
	year   int
	origin graph.Evidence
}

// beside is a year that follows from this one.
func (m yearMark) beside(year int, by string) yearMark {
	m.year = year
	m.origin.By, m.origin.Score = by, m.origin.Score*0.9
	return m
}

func atoi(s string) int {
	n := 0
	for i := range len(s) {
		n = n*10 + int(s[i]-'0')
	}
	return n
}

// isReport reports whether the document is a report on work to a meeting or an office, by its title or its greeting.
func (a *profile) isReport() bool {
	for _, w := range []string{"工作报告", "情况的报告", "情况报告", "执行情况", "草案", "工作总结", "工作要点", "统计公报", "工作情况", "工作计划"} {
		if strings.Contains(a.doc.Title, w) {
			return true
		}
	}
	l := a.layout
	for i := range min(l.head+3, len(l.lines)) {
		s := head(l.text(i), 200)
		for _, w := range []string{"各位代表", "向大会报告", "请予审议", "报告工作", "报告政府工作", "政府工作报告", "作工作报告"} {
			if strings.Contains(s, w) {
				return true
			}
		}
	}
	return false
}

// plans reports whether some heading or, without headings that have a tense, some paragraph announces a plan.
func (a *profile) plans() bool {
	l := a.layout
	for i := max(l.head, a.titleLine+1); i < len(l.lines); i++ {
		if l.lines[i].chrome {
			continue
		}
		s := l.text(i)
		h, _ := headingOf(s, l.lines[i])
		if h == "" {
			h = firstClause(s)
		}
		if strings.HasPrefix(h, "今年工作") || strings.HasPrefix(h, "今年的工作") {
			return true
		}
		if t, _, ok := tenseOf(h, reportYears{}); ok && (t.modality == graph.Planned || t.torn) {
			return true
		}
	}
	return false
}

func firstClause(s string) string {
	s = head(s, 30)
	if i := strings.IndexAny(s, ",，。:："); i >= 0 {
		s = s[:i]
	}
	return s
}

// reportKind says what a title lets one expect.
type reportKind int

const (
	doesBoth   reportKind = iota // a report looks back and may plan
	looksBack                    // a bulletin or yearbook looks back
	looksAhead                   // a work plan plans
)

// titleYears reads the title, which need not be part of the text.
func (a *profile) titleYears() (review, plan yearMark, kind reportKind) {
	if !a.title.empty() {
		return readTitleYears(a.folded.Text[a.title.start:a.title.end], func(y yearFound) yearMark {
			return yearMark{y.year, a.quote(byteRange{a.title.start + y.start, a.title.start + y.end}, "rule:title", 0.95)}
		})
	}
	origin := a.doc.Origins["title"]
	return readTitleYears(a.doc.Title, func(y yearFound) yearMark { return yearMark{y.year, origin} })
}

func readTitleYears(s string, mark func(yearFound) yearMark) (review, plan yearMark, kind reportKind) {
	years := yearsIn(s)
	if strings.Contains(s, "上半年") && strings.Contains(s, "下半年") && len(years) > 0 {
		return mark(years[0]), mark(years[len(years)-1]), doesBoth
	}
	bulletin := false
	for _, c := range clausesOf(s) {
		clause := s[c.start:c.end]
		t, _, _, ok := clauseTense(clause, reportYears{})
		for _, w := range []string{"公报", "年鉴", "年报", "概况", "综述", "回眸", "决算"} {
			if strings.HasSuffix(strings.TrimRight(clause, ")） "), w) {
				t.modality, ok, bulletin = graph.Reported, true, true
			}
		}
		for _, y := range years {
			if !ok || y.start < c.start || y.end > c.end {
				continue
			}
			switch t.modality {
			case graph.Reported:
				review = mark(y)
			case graph.Planned:
				plan = mark(y)
			}
		}
	}
	switch {
	case bulletin && plan.year == 0:
		kind = looksBack
	case plan.year > 0 && review.year == 0 && titleTense(s, reportYears{}).modality == graph.Planned:
		kind = looksAhead
	}
	return review, plan, kind
}

// headingYears reads the headings: the year of the first review, and the year of the first plan that comes after it. Two
// headings that name a year and the next, with no word of review or plan, are a review and a plan.
func (a *profile) headingYears() (review, plan yearMark) {
	l := a.layout
	var bare []yearMark
	for i := range l.lines {
		if l.lines[i].chrome || i == a.titleLine || l.lines[i].level > 3 {
			continue
		}
		s := l.text(i)
		h, _ := headingOf(s, l.lines[i])
		if h == "" || i < l.head && (documentName(s) || meetingLine(s) || i < a.titleLine) {
			continue
		}
		years := yearsIn(h)
		if len(years) == 0 {
			continue
		}
		base := l.lines[i].start + strings.Index(s, h)
		mark := func(y yearFound, score float64) yearMark {
			return yearMark{y.year, a.quote(byteRange{base + y.start, base + y.end}, "rule:heading", score)}
		}
		said := false
		for _, c := range clausesOf(h) {
			t, _, _, ok := clauseTense(h[c.start:c.end], reportYears{})
			if !ok {
				continue
			}
			for _, y := range years {
				if y.start < c.start || y.end > c.end {
					continue
				}
				said = true
				if t.modality == graph.Reported && review.year == 0 {
					review = mark(y, 0.95)
				}
				if t.modality == graph.Planned && plan.year == 0 && y.year > review.year {
					plan = mark(y, 0.95)
				}
			}
		}
		if !said && years[0].start <= len("关于“") {
			bare = append(bare, mark(years[0], 0.8))
		}
	}
	for i, b := range bare {
		switch {
		case review.year == 0 && plan.year == 0 && i+1 < len(bare) && bare[i+1].year == b.year+1:
			return b, bare[i+1]
		case review.year == 0 && plan.year == b.year+1:
			review = b
		case plan.year == 0 && review.year > 0 && b.year == review.year+1:
			plan = b
		case review.year == 0 && plan.year == 0 && a.opensWith("过去一年"):
			review = b
		}
	}
	return review, plan
}

// opensWith reports whether one of the first lines of the running text begins with words that hold a phrase.
func (a *profile) opensWith(phrase string) bool {
	l := a.layout
	for i := l.head; i < min(l.head+6, len(l.lines)); i++ {
		if strings.Contains(head(l.text(i), 60), phrase) {
			return true
		}
	}
	return false
}

// datedYears reads the title's year and the date of a work report together: one given from January to July plans for the year
// of its date, one given from October on looks back on it. Without a date a title's year says too little.
func (a *profile) datedYears() (review, plan yearMark) {
	if len(a.doc.Date) < len("2024-01") {
		return review, plan
	}
	year, month := atoi(a.doc.Date[:4]), atoi(a.doc.Date[5:7])
	origin := a.doc.Origins["date"]
	origin.By, origin.Score = "rule:date-of-report", 0.7
	m := yearMark{year: year, origin: origin}
	title := 0
	if years := yearsIn(a.doc.Title); len(years) > 0 {
		title = years[0].year
	}
	switch {
	case title > year+1 || title > 0 && title < year-1: // published long after
		return review, plan
	case month >= 10:
		return m, m.beside(year+1, m.origin.By)
	case month <= 7:
		return m.beside(year-1, m.origin.By), m
	}
	return review, plan
}

// openingYear reads what the opening paragraphs say of the year looked back on: 2023年是…之年, 刚刚过去的2023年.
func (a *profile) openingYear() yearMark {
	l := a.layout
	for i := l.head; i < min(l.head+12, len(l.lines)); i++ {
		s := head(l.text(i), 80)
		for _, y := range yearsIn(s) {
			rest := s[y.end:]
			if strings.HasPrefix(rest, "是") && strings.Contains(rest, "之年") || strings.HasSuffix(s[:y.start], "过去的") || strings.HasPrefix(rest, "以来") ||
				strings.Contains(s, "一年来") {
				return yearMark{y.year, a.quote(byteRange{l.lines[i].start + y.start, l.lines[i].start + y.end}, "rule:opening", 0.6)}
			}
		}
	}
	return yearMark{}
}

// completeDate gives a date without a year the year that the document leaves possible.
func (a *profile) completeDate() {
	if a.partial.month == 0 || len(a.doc.Date) == len("2024-12-27") {
		return
	}
	d := a.partial
	switch {
	case d.month >= 9 && a.doc.Year > 0 && (a.doc.PlanYear == a.doc.Year+1 || a.doc.PlanYear == 0):
		d.year = a.doc.Year
	case d.month <= 7 && a.doc.PlanYear > 0 && a.doc.Year < a.doc.PlanYear:
		d.year = a.doc.PlanYear
	default:
		return
	}
	if !validDay(d.year, d.month, d.day) || len(a.doc.Date) >= 4 && atoi(a.doc.Date[:4]) != d.year {
		return
	}
	a.doc.Date = d.String()
	a.doc.Origins["date"] = a.quote(a.partialAt, "rule:lead-in-year", 0.75)
}

// fiveYears reports whether a heading looks back on the whole term of a government.
func (a *profile) fiveYears() bool {
	l := a.layout
	for i := l.head; i < len(l.lines); i++ {
		if l.lines[i].level > 2 || l.lines[i].chrome {
			continue
		}
		h, _ := headingOf(l.text(i), l.lines[i])
		if strings.Contains(h, "过去五年") || strings.Contains(h, "五年来") || strings.Contains(h, "五年工作回顾") || strings.Contains(h, "本届政府") {
			return true
		}
	}
	return false
}
