package extract

import (
	"fmt"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/extract/doc"
	"github.com/tupu-kg/tupu/extract/gazetteer"
	"github.com/tupu-kg/tupu/extract/text"
	"github.com/tupu-kg/tupu/graph"
)

// Override is what a manifest's row says of one document. Empty fields are inferred from the document.
type Override struct {
	Title    string
	Area     string // name or code of the area that the document speaks for
	URL      string
	Year     int    // looked back on
	PlanYear int    // planned for
	Ref      string // where the row stands, file:line
	// FileName is what the name of the document's file says, see FileTitle. It is no row's: it is asked last, where the text
	// itself says nothing.
	FileName string
}

// FileTitle is the name of a document's file without its ending, if it reads like the name of a report (2023年芗城区政府工作报告);
// empty otherwise.
func FileTitle(name string) string {
	base := path.Base(strings.ReplaceAll(name, `\`, "/"))
	base = text.Name(strings.TrimSuffix(base, path.Ext(base)))
	if copied := strings.LastIndexAny(base, "(（"); copied > 0 && strings.Trim(base[copied:], "()（）0123456789") == "" { // of a second download
		base = strings.TrimSpace(base[:copied])
	}
	if !longer(base, 4) || !genre(base) {
		return ""
	}
	return base
}

// fileName is the evidence that a file's name is.
func fileName(o Override, by string, score float64) graph.Evidence {
	return graph.Evidence{Source: graph.FromRegister, Ref: "file name " + o.FileName, By: by, Score: score}
}

// about finds out what a document is: title, issuer, date, the year that it looks back on, the year that it plans for, and the
// area that it speaks for. It returns the page's document with these properties, where each was read (Origins), and notes on
// what could not be inferred. What is given in the manifest's row is taken from there.
//
// Nothing is guessed: a property that nothing in the document names, or that it names in two ways, stays empty and is noted.
// The order in which places of a document are asked is told at each finder.
func about(g *gazetteer.Gazetteer, p *doc.Page, l *pageLayout, o Override) (graph.Document, []string) {
	a := &profile{
		gazetteer: g, page: p, folded: l.folded,
		layout:    l,
		positions: graph.NewPositions(p.Document.ID, p.Document.Text),
		doc:       p.Document,
		titleLine: -1,
	}
	a.doc.Origins = map[string]graph.Evidence{}
	a.findURL(o)
	a.findTitle(o)
	a.findIssuer()
	a.findDate()
	a.findYears(o)
	a.findArea(o)
	a.findSpeaker()
	if a.doc.Issuer == "" {
		a.note("issuer: no line, title or signature names one")
	}
	return a.doc, a.notes
}

// profile is a document while about reads it.
type profile struct {
	gazetteer *gazetteer.Gazetteer
	page      *doc.Page
	folded    *text.Folded
	layout    *pageLayout
	positions *graph.Positions

	doc   graph.Document
	notes []string

	titleLine int       // the line of the title, -1 without
	title     byteRange // of the folded text; empty if the title stands elsewhere
	issuer    byteRange // likewise
	press     bool      // the issuer is a paper that printed the document
	partial   dateFound // a date without a year, from a news lead
	partialAt byteRange
	around    map[string]int // places that the document names, once counted
}

// byteRange is a stretch of the folded text.
type byteRange struct{ start, end int }

func (r byteRange) empty() bool { return r.end <= r.start }

func (a *profile) note(format string, args ...any) {
	a.notes = append(a.notes, fmt.Sprintf(format, args...))
}

// quote is the evidence that the stored text at a stretch of the folded text is.
func (a *profile) quote(r byteRange, by string, score float64) graph.Evidence {
	start, end := a.folded.Source(r.start, r.end)
	return graph.Evidence{Span: a.positions.Span(start, end), Source: graph.FromText, Quote: a.doc.Text[start:end], By: by, Score: score}
}

// manifest is the evidence that a row of the manifest is.
func manifest(o Override) graph.Evidence {
	return graph.Evidence{Source: graph.FromManifest, Ref: o.Ref, By: "manifest", Score: 1}
}

// meta is the evidence that a page's header is, which is no part of the stored text.
func meta(name, value, by string, score float64) graph.Evidence {
	return graph.Evidence{Source: graph.FromRegister, Ref: "html meta " + name + "=" + value, By: by, Score: score}
}

// genres are the words that names of documents end with.
var genres = []string{
	"报告", "公报", "方案", "通知", "意见", "规划", "总结", "要点", "决定", "办法", "公告", "致辞", "讲话", "简报", "综述", "计划", "纲要", "草案", "年鉴", "年报", "概况", "通报", "规定", "条例", "决算", "预算", "情况", "公示",
	"快报", "纪实", "解读", "安排", "思路", "细则", "措施",
}

// genre reports whether a line ends with a word that names of documents end with, brackets behind it aside.
func genre(s string) bool {
	s = strings.TrimRight(s, " 》】")
	if i := strings.LastIndexAny(s, "(（"); i > 0 && (strings.HasSuffix(s, ")") || strings.HasSuffix(s, "）")) {
		if w := s[i:]; genre(strings.TrimRight(w, ")）")) {
			return true
		}
		s = strings.TrimRight(s[:i], " 》")
	}
	for _, w := range []string{"全文", "摘要", "摘登", "(全文", "解读稿"} {
		s = strings.TrimRight(strings.TrimSuffix(s, w), " (（[-—:：")
	}
	for _, w := range genres {
		if strings.HasSuffix(s, w) {
			return true
		}
	}
	return false
}

// findTitle asks, in this order: the manifest; a field 标题; the page's own title, where a line of the head has it; the best
// line of the head; the page's own title elsewhere; the file's name. A news lead (闽南网12月27日讯) is no title.
func (a *profile) findTitle(o Override) {
	l := a.layout
	for i := range min(l.head, len(l.lines)) {
		for _, f := range fieldsOf(l.text(i)) {
			if f.label.about != titleField || f.start == f.end || a.doc.Title != "" {
				continue
			}
			r := byteRange{l.lines[i].start + f.start, l.lines[i].start + f.end}
			if s := a.folded.Text[r.start:r.end]; longer(s, 4) && (genre(s) || f.label.strict) {
				a.setTitle(r, -1, "rule:field", 0.95)
			}
		}
	}
	own := a.ownTitle()
	if best, last, by, ok := a.titleLines(own); ok && a.title.empty() {
		a.setTitle(byteRange{l.lines[best].start, l.lines[last].end}, best, by, 0.9)
	}
	if a.title.empty() {
		if own != "" {
			a.doc.Title = own
			a.doc.Origins["title"] = meta("title", own, "rule:page-title", 0.7)
		} else {
			a.doc.Title = ""
		}
	}
	if o.Title != "" {
		a.doc.Title = o.Title
		a.doc.Origins["title"] = manifest(o)
	}
	if a.doc.Title == "" && o.FileName != "" {
		a.doc.Title = o.FileName
		a.doc.Origins["title"] = fileName(o, "rule:file-name", 0.6)
	}
	if a.doc.Title == "" {
		a.note("title: the text begins without a heading; give it in a manifest")
	}
}

func (a *profile) setTitle(r byteRange, line int, by string, score float64) {
	a.title, a.titleLine = r, line
	a.doc.Title = oneLine(a.folded.Text[r.start:r.end])
	a.doc.Origins["title"] = a.quote(r, by, score)
}

// oneLine is a stretch of folded text for display.
func oneLine(s string) string { return text.Name(strings.Join(strings.Fields(s), " ")) }

// ownTitle is the title that an HTML page gives itself, without the site's name.
func (a *profile) ownTitle() string {
	for _, s := range []string{a.page.Meta["articletitle"], a.page.Document.Title, a.page.Meta["og:title"], a.page.Meta["title"]} {
		s = text.Name(s)
		for _, mark := range []string{"_", "|", " - ", "--", " – ", "-"} {
			if before, after, ok := strings.Cut(s, mark); ok && longer(before, 5) && !genre(after) {
				s = before
			}
		}
		if s = strings.TrimSpace(s); longer(s, 3) && !longer(s, 100) {
			return s
		}
	}
	return ""
}

// titleLines finds the lines [first, last] of the head that are the title: the one that the page's own title equals, or the
// first that names a document, or the first that could be a title at all.
func (a *profile) titleLines(own string) (first, last int, by string, ok bool) {
	l := a.layout
	key := text.Key(own)
	candidate := -1
	end := min(l.head+1, len(l.lines)) // a title may be long, and then counts as running text
	for i := range end {
		s := l.text(i)
		if l.lines[i].chrome || newsLead(s) {
			continue
		}
		if key != "" && text.Key(s) == key {
			return i, i, "rule:page-title", true
		}
		if i == l.head && l.head > 0 && !longer(s, 100) && l.lines[i].level == 0 && !salutation(s) && candidate < 0 && genre(s) {
			return i, i, "rule:heading", true
		}
		if !titleLike(s) || l.lines[i].level > 0 || i >= l.head {
			continue
		}
		if genre(s) {
			if key == "" || first < 0 || !ok {
				return a.joinTitle(i)
			}
		}
		if candidate < 0 || l.lines[i].heading == 1 && l.lines[candidate].heading != 1 {
			candidate = i
		}
	}
	if candidate >= 0 && (own == "" || l.lines[candidate].heading == 1) {
		return a.joinTitle(candidate)
	}
	return 0, 0, "", false
}

// joinTitle takes in the line before or behind that a title was broken into.
func (a *profile) joinTitle(i int) (first, last int, by string, ok bool) {
	l := a.layout
	first, last = i, i
	if i > 0 && !l.lines[i-1].chrome && titleLike(l.text(i-1)) && brokenTitle(l.text(i-1)) {
		first = i - 1
	}
	if i+1 < l.head && brokenTitle(l.text(i)) && !l.lines[i+1].chrome && titleLike(l.text(i+1)) {
		last = i + 1
	}
	return first, last, "rule:heading", true
}

// brokenTitle reports whether a line is the beginning of a title that goes on in the next.
func brokenTitle(s string) bool {
	if strings.HasPrefix(s, "关于") && !genre(s) {
		return true
	}
	for _, w := range []string{"与", "和", "及", "的", "年", "、"} {
		if strings.HasSuffix(s, w) {
			return true
		}
	}
	return false
}

// titleLike reports whether a line could be a title: short, no sentence, no greeting, no caption, no name of an office, no
// line about a meeting, no date.
func titleLike(s string) bool {
	if !longer(s, 3) || longer(s, 100) || ended(s) || salutation(s) || onlyDate(s) || meetingLine(s) || strings.TrimRight(s, ":：,，") != s {
		return false
	}
	for _, w := range []string{"摄", "图为", "资料图", "记者", "通讯员", "摄影"} {
		if strings.HasSuffix(s, w) || strings.HasPrefix(s, w) {
			return false
		}
	}
	if dates := datesIn(s); len(dates) > 0 && dates[0].start <= len("——(") && dates[0].month > 0 && !genre(s) {
		return false
	}
	if strings.Contains(s, "。") || officeHolder(s) || body(s) {
		return false
	}
	letters := 0
	for _, r := range s {
		if unicode.Is(unicode.Han, r) {
			letters++
		}
	}
	return letters >= 4
}

// officeHolder reports whether a line gives a speaker: 省长 卢东亮, 海南省省长 刘小明, 泉港区人民政府区长 某某.
func officeHolder(s string) bool {
	if longer(s, 40) {
		return false
	}
	for _, w := range []string{"省长", "市长", "县长", "区长", "旗长", "州长", "镇长", "乡长", "主席", "主任", "局长", "厅长", "书记", "院长", "检察长", "总理", "部长", "行长", "盟长", "专员", "处长"} {
		i := strings.LastIndex(s, w)
		if i < 0 || strings.HasPrefix(s[i+len(w):], "的") {
			continue
		}
		name := strings.ReplaceAll(strings.TrimSpace(s[i+len(w):]), " ", "")
		if name == "" && i > 0 || !longer(name, 4) && longer(name, 1) && (s[i+len(w)] == ' ' || !longer(s, 9)) || strings.Contains(name, "·") {
			return true
		}
	}
	return false
}

// bodies are the words that names of public bodies end with.
var bodies = []string{"人民政府", "管委会", "管理委员会", "委员会", "政府办公室", "办公室", "政府", "局", "厅", "部", "院", "委", "协会", "商会", "学会", "工会", "联合会", "基金会", "理事会", "常委会", "中心", "署", "处", "党委", "党工委", "集团", "公司", "银行", "办事处", "支行", "调查队", "调查总队"}

// body reports whether a line is the name of a public body and nothing else.
func body(s string) bool {
	if longer(s, 40) || !longer(s, 2) || strings.ContainsAny(s, "0123456789,，。:：;、“\"") {
		return false
	}
	return endsWith(s, bodies)
}

func endsWith(s string, endings []string) bool {
	for _, w := range endings {
		if strings.HasSuffix(s, w) {
			return true
		}
	}
	return false
}

// papers are what names of newspapers, agencies and their pages contain.
var papers = []string{"日报", "晚报", "早报", "晨报", "时报", "商报", "都市报", "导报", "周刊", "新闻", "新华", "通讯社", "电视", "广播", "记者", "融媒", "客户端", "传媒", "杂志", "在线", "头条", "出版", "人民网", "中新", "央视", "经济报", "公众号", "发布"}

// offices end the names of public bodies whatever these contain: 新闻办公室.
var offices = []string{"人民政府", "政府", "政府网", "管委会", "委员会", "局", "厅", "办公室", "新闻办", "管理处"}

// press reports whether a name is that of a newspaper, an agency or a site of news.
func press(s string) bool {
	if endsWith(s, offices) || strings.Contains(s, "政府") {
		return false
	}
	for _, w := range papers {
		if strings.Contains(s, w) {
			return true
		}
	}
	return endsWith(s, []string{"网", "报", "通讯社", "中新社", "报社", "电台"}) && !strings.HasSuffix(s, "电网")
}

// nobody are values of 来源 that name no issuer.
var nobody = wordSet("本站 本网 本网站 原创 转载 网络 互联网 管理员 admin 佚名 未知 其他 本站原创 网站")

// findIssuer asks, in this order: a field 发布机构; a body on a line of its own under the title; a field 来源, unless it is a paper;
// the body that the title begins with; the body that the speaker speaks for; the signature; the page's header; the paper.
func (a *profile) findIssuer() {
	l := a.layout
	near := l.ends()
	for _, kind := range []fieldKind{issuerField, sourceField} {
		if kind == sourceField {
			if a.bodyUnderTitle() {
				return
			}
		}
		for _, i := range near {
			if r, ok := l.field(i, kind); ok {
				s := a.folded.Text[r.start:r.end]
				if longer(s, 1) && !longer(s, 40) && !numeric(s) && !press(s) && !nobody[s] {
					a.setIssuer(r, "rule:field", 0.95)
					return
				}
			}
		}
	}
	if r, ok := a.bodyInTitle(); ok {
		a.setIssuer(r, "rule:title", 0.85)
		return
	}
	if r, ok := a.spokenFor(); ok {
		a.setIssuer(r, "rule:speaker", 0.8)
		return
	}
	for i := len(l.lines) - 1; i >= max(l.tail, 1) && i >= len(l.lines)-maxTail; i-- {
		if s := l.text(i); onlyDate(s) && body(l.text(i-1)) {
			a.setIssuer(byteRange{l.lines[i-1].start, l.lines[i-1].end}, "rule:signature", 0.8)
			return
		}
	}
	for _, name := range []string{"contentsource", "source", "author", "sitename"} {
		if s := text.Name(a.page.Meta[name]); longer(s, 2) && !longer(s, 40) && !press(s) {
			a.doc.Issuer = s
			a.doc.Origins["issuer"] = meta(name, s, "rule:page-header", 0.7)
			return
		}
	}
	for _, i := range near {
		if r, ok := l.field(i, sourceField); ok && press(a.folded.Text[r.start:r.end]) && !longer(a.folded.Text[r.start:r.end], 40) {
			a.press = true
			a.setIssuer(r, "rule:press", 0.6)
			return
		}
	}
	if len(l.lines) > 0 && newsLead(l.text(0)) {
		s := l.text(0)
		if d := datesIn(s); len(d) > 0 {
			paper := s[:d[0].start]
			for _, w := range []string{"网", "报", "社", "台", "客户端"} {
				if i := strings.LastIndex(paper, w); i > 0 { // 新华社福州1月15日电
					a.press = true
					a.setIssuer(byteRange{l.lines[0].start, l.lines[0].start + i + len(w)}, "rule:lead", 0.6)
					return
				}
			}
		}
	}
}

// findSpeaker makes an issuer of what the speaker calls its government (我代表省人民政府) and the area, where only a paper or
// nothing is known.
func (a *profile) findSpeaker() {
	if a.doc.Area == "" || a.doc.Issuer != "" && !a.press {
		return
	}
	l := a.layout
	for i := l.head; i < min(l.head+8, len(l.lines)); i++ {
		s := head(l.text(i), 60)
		at := strings.Index(s, "我代表")
		if at < 0 {
			continue
		}
		at += len("我代表")
		for _, w := range []string{"省", "市", "县", "区", "自治区", "州", "自治州", "自治县", "旗", "镇", "乡", ""} {
			for _, b := range []string{"人民政府", "政府", "管委会"} {
				if strings.HasPrefix(s[at:], w+b) && strings.HasSuffix(a.doc.Area, w) {
					a.doc.Issuer = a.doc.Area + strings.Replace("人民"+b, "人民人民", "人民", 1)
					if b == "管委会" {
						a.doc.Issuer = a.doc.Area + b
					}
					start := l.lines[i].start + at
					a.doc.Origins["issuer"] = a.quote(byteRange{start, start + len(w) + len(b)}, "rule:speaker-of-area", 0.75)
					return
				}
			}
		}
	}
}

func (a *profile) setIssuer(r byteRange, by string, score float64) {
	r.start, r.end = trimmed(a.folded.Text, r.start, r.end)
	a.issuer = r
	a.doc.Issuer = oneLine(a.folded.Text[r.start:r.end])
	a.doc.Origins["issuer"] = a.quote(r, by, score)
}

// ends lists the lines of head and tail, in which a page's metadata stand.
func (l *pageLayout) ends() []int {
	var near []int
	for i := range min(l.head+1, len(l.lines)) {
		near = append(near, i)
	}
	for i := max(l.tail, l.head+1); i < len(l.lines); i++ {
		near = append(near, i)
	}
	return near
}

// field finds the value of a field of one kind in a line, or in the next line where the label stands alone.
func (l *pageLayout) field(i int, kind fieldKind) (byteRange, bool) {
	for _, f := range fieldsOf(l.text(i)) {
		if f.label.about != kind {
			continue
		}
		if f.start < f.end {
			r := byteRange{l.lines[i].start + f.start, l.lines[i].start + f.end}
			if space := strings.IndexByte(l.folded.Text[r.start:r.end], ' '); space > 0 && (kind == issuerField || kind == sourceField) {
				r.end = r.start + space // the next cell of a table
			}
			return r, true
		}
		if i+1 < len(l.lines) && len(fieldsOf(l.text(i+1))) == 0 && !longer(l.text(i+1), 60) {
			return byteRange{l.lines[i+1].start, l.lines[i+1].end}, true
		}
	}
	return byteRange{}, false
}

// bodyUnderTitle takes a body's name on one of the lines under the title.
func (a *profile) bodyUnderTitle() bool {
	l := a.layout
	for i := a.titleLine + 1; a.titleLine >= 0 && i < min(a.titleLine+7, l.head); i++ {
		if s := l.text(i); !l.lines[i].chrome && body(s) && !officeHolder(s) && !meetingLine(s) {
			a.setIssuer(byteRange{l.lines[i].start, l.lines[i].end}, "rule:under-title", 0.9)
			return true
		}
	}
	return false
}

// bodyInTitle finds the body that a title begins with: 泉州台商投资区管委会 in 2024年泉州台商投资区管委会工作报告.
func (a *profile) bodyInTitle() (byteRange, bool) {
	if a.title.empty() {
		return byteRange{}, false
	}
	start := a.title.start + titleLead(a.folded.Text[a.title.start:a.title.end])
	c, ok := a.firstPlaces(byteRange{start, a.title.end})
	if !ok || c.start > start {
		return byteRange{}, false
	}
	rest := a.folded.Text[c.end:a.title.end]
	best := 0
	for _, w := range bodies {
		if utf8.RuneCountInString(w) == 1 {
			continue // see below
		}
		if i := strings.Index(rest, w); i >= 0 && !longer(rest[:i], 14) && plainWords(rest[:i]) && i+len(w) > best {
			best = i + len(w)
		}
	}
	for _, w := range []string{"局", "厅", "委", "院"} { // one character says little by itself: 教育局, but also 格局
		if i := strings.Index(rest, w); best == 0 && i > 0 && !longer(rest[:i], 14) && plainWords(rest[:i]) {
			next := rest[i+len(w):]
			if next == "" || strings.HasPrefix(next, "关于") || startsWithDigit(next) || strings.HasPrefix(next, "工作") {
				best = i + len(w)
			}
		}
	}
	if best == 0 {
		return byteRange{}, false
	}
	return byteRange{c.start, c.end + best}, true
}

// plainWords reports whether a stretch of a title can be part of a body's name.
func plainWords(s string) bool {
	return !strings.ContainsAny(s, "0123456789,，。:：;《》“”\"()（）") && !strings.Contains(s, "关于") && !strings.Contains(s, "工作") && !strings.Contains(s, "年")
}

func startsWithDigit(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

// titleLead is the length of what may stand in a title before its subject: years, 关于, 中共, marks.
func titleLead(s string) int {
	at := 0
	for again := true; again; {
		again = false
		rest := strings.TrimLeft(s[at:], " 0123456789-—―《“\"(（【[·")
		if years := yearsIn(head(rest, 8)); len(years) > 0 && years[0].start == 0 {
			rest, again = rest[years[0].end:], true
		}
		for _, w := range []string{"中国共产党", "中共", "政协", "关于", "印发", "年度", "年"} {
			if cut, ok := strings.CutPrefix(rest, w); ok {
				rest, again = cut, true
				break
			}
		}
		at = len(s) - len(rest)
	}
	return at
}

// speakers are the words that a report's speaker says before the name of the body that it speaks for.
var speakers = []string{"我代表", "受", "现将"}

// spokenFor finds the body that a report speaks for in its first lines: 我代表泉港区人民政府,向大会报告工作.
func (a *profile) spokenFor() (byteRange, bool) {
	l := a.layout
	for i := l.head; i < min(l.head+8, len(l.lines)); i++ {
		s := head(l.text(i), 120)
		for _, w := range speakers {
			at := strings.Index(s, w)
			if at < 0 {
				continue
			}
			from := at + len(w)
			for _, b := range []string{"人民政府", "管委会", "管理委员会", "政府"} {
				n := strings.Index(s[from:], b)
				if n <= 0 || longer(s[from:from+n], 16) || !plainWords(s[from:from+n]) {
					continue
				}
				r := byteRange{l.lines[i].start + from, l.lines[i].start + from + n + len(b)}
				if c, ok := a.firstPlaces(r); ok && c.start == r.start {
					return r, true
				}
			}
		}
	}
	return byteRange{}, false
}

// newsLead reports whether a line begins as news do: 闽南网12月27日讯(记者…), 新华社福州1月15日电, 本报讯.
func newsLead(s string) bool {
	s = head(s, 60)
	for _, w := range []string{"本报讯", "本网讯", "本站讯", "本台讯"} {
		if strings.HasPrefix(strings.TrimLeft(s, "(（【"), w) {
			return true
		}
	}
	for _, d := range datesIn(s) {
		rest := strings.TrimLeft(s[d.end:], " ")
		for _, w := range []string{"讯", "电", "消息", "上午消息", "下午消息", "晚间消息"} {
			if strings.HasPrefix(rest, w) && !longer(s[:d.start], 24) {
				return true
			}
		}
	}
	return false
}

// findDate asks, in this order: fields of the day on which the document was made (成文日期), then of its publication (发布时间,
// 时间); a date alone on a line of the head; the meeting at which it was given; a news lead; the page's header; the signature;
// the page's address. A date without a year is completed by findYears. Complete dates go before incomplete ones.
func (a *profile) findDate() {
	l := a.layout
	near := l.ends()
	var best dateFound
	var origin graph.Evidence
	take := func(r byteRange, d dateFound, by string, score float64) bool {
		if d.year == 0 {
			return false
		}
		if len(d.String()) > len(best.String()) {
			best = d
			origin = a.quote(byteRange{r.start + d.start, r.start + d.end}, by, score)
		}
		return best.complete()
	}
	first := func(r byteRange, by string, score float64) bool {
		for _, d := range datesIn(a.folded.Text[r.start:r.end]) {
			return take(r, d, by, score)
		}
		return false
	}
	find := func() {
		for _, kind := range []fieldKind{madeField, dateField} {
			for _, i := range near {
				if r, ok := l.field(i, kind); ok && first(r, "rule:field", 0.95) {
					return
				}
			}
		}
		for i := range min(l.head+1, len(l.lines)) {
			r := byteRange{l.lines[i].start, l.lines[i].end}
			if s := l.text(i); (onlyDate(s) || dateWithSource(s)) && first(r, "rule:date-line", 0.9) {
				return
			}
		}
		for i := range min(l.head+3, len(l.lines)) {
			r := byteRange{l.lines[i].start, l.lines[i].end}
			if s := l.text(i); meetingLine(s) && first(r, "rule:meeting", 0.85) {
				return
			}
		}
		if len(l.lines) > 0 {
			i := max(a.titleLine+1, 0)
			for ; i < min(l.head+1, len(l.lines)); i++ {
				if s := l.text(i); newsLead(s) {
					r := byteRange{l.lines[i].start, l.lines[i].start + len(head(s, 60))}
					if first(r, "rule:lead", 0.85) {
						return
					}
					for _, d := range datesIn(a.folded.Text[r.start:r.end]) {
						if d.year == 0 && d.month > 0 && a.partial.month == 0 {
							a.partial, a.partialAt = d, byteRange{r.start + d.start, r.start + d.end}
						}
					}
				}
			}
		}
		for _, name := range []string{"pubdate", "publishdate", "article:published_time", "publish_time", "others"} {
			value := text.Name(a.page.Meta[name])
			for _, d := range datesIn(value) {
				if d.year > 0 && len(d.String()) > len(best.String()) {
					best, origin = d, meta(name, value, "rule:page-header", 0.9)
				}
				break
			}
			if best.complete() {
				return
			}
		}
		for i := len(l.lines) - 1; i >= max(l.tail, 1); i-- {
			r := byteRange{l.lines[i].start, l.lines[i].end}
			if onlyDate(l.text(i)) && first(r, "rule:signature", 0.8) {
				return
			}
		}
		if d, ok := dateOfURL(a.doc.URL); ok && len(d.String()) > len(best.String()) {
			best, origin = d, graph.Evidence{Source: graph.FromRegister, Ref: "address " + a.doc.URL, By: "rule:address", Score: 0.6}
		}
	}
	find()
	if a.doc.Date = best.String(); a.doc.Date != "" {
		a.doc.Origins["date"] = origin
	}
}

// dateWithSource reports whether a short line of the head begins or ends with a date beside the name of a paper: 2024-01-11 泉州网.
func dateWithSource(s string) bool {
	if longer(s, 60) || ended(s) || meetingLine(s) || genre(s) {
		return false
	}
	for _, d := range datesIn(s) {
		return d.complete() && (d.start == 0 || strings.Contains(s, "来源"))
	}
	return false
}

// dateOfURL finds the date in the address of an article: /202401/t20240111_123.htm, /2024-01/11/content_1.htm.
func dateOfURL(url string) (dateFound, bool) {
	for i := range len(url) {
		if url[i] != 't' && url[i] != '/' {
			continue
		}
		for _, d := range datesIn(head(url[i+1:], 12)) {
			if d.start == 0 && d.complete() {
				return d, true
			}
			break
		}
	}
	return dateFound{}, false
}

// findURL takes the manifest's address, the reader's, or the page header's.
func (a *profile) findURL(o Override) {
	if o.URL != "" {
		a.doc.URL = o.URL
		a.doc.Origins["url"] = manifest(o)
		return
	}
	for _, name := range []string{"url", "og:url", "canonical"} {
		if a.doc.URL == "" && strings.HasPrefix(a.page.Meta[name], "http") && utf8.ValidString(a.page.Meta[name]) {
			a.doc.URL = a.page.Meta[name]
		}
	}
	if a.doc.URL != "" {
		a.doc.Origins["url"] = graph.Evidence{Source: graph.FromRegister, Ref: "address of the page", By: "rule:page-header", Score: 0.9}
	}
}
