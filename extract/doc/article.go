package doc

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/net/html/atom"
)

// minWeight is the weight from which a page counts as having text; it is that of one sentence.
const minWeight = 20

// stopWeight is what a full stop or comma of running text weighs, in characters: menus have none.
const stopWeight = 10

// article finds the main text of a page. Every line weighs what it has of running text: characters outside of links, and
// stops. The main text is what stands below the innermost element that content systems name as theirs and that has half of
// the page's weight, or else below the element at which the weight parts: from the body downwards, the child with nearly all
// of its parent's weight is followed for as long as there is one.
type article struct {
	page    *page
	lines   []line
	weights []int // by node.order, of all lines below
	weight  int   // of the page
	main    *node
	title   int // the line of the title, or -1
}

func newArticle(p *page, all bool) *article {
	a := &article{page: p, lines: newLines(p, all), title: -1, main: p.root}
	a.weights = make([]int, len(p.nodes))
	for i := range a.lines {
		l := &a.lines[i]
		w := l.weight()
		if w == 0 || a.aside(l.node) {
			continue
		}
		a.weight += w
		for n := l.node; n != nil; n = n.parent {
			a.weights[n.order] += w
		}
	}
	return a
}

// weight tells how much running text a line has. A line that is mostly links has none.
func (l *line) weight() int {
	if l.links*2 > l.chars {
		return 0
	}
	return l.chars - l.links + stopWeight*l.stops
}

// containers are the classes and ids under which content systems put the text of an article, and the elements of theirs: TRS,
// UCAP, 大汉, 拓尔思 and the hands of many.
var containers = set(`trs_editor trs_ueditor trs_paper_default ucap-content ucapcontent pages_content zoom zoomcon zoomtext articlebody
	article-content article_content articlecontent article-body article_body articletext article-text article_text content-text content_text contenttext news_content newscontent
	news-content newstext news_text con_text context bt_content bt-content xl-content xl_content xlcontent view-content maintext main-text main_text
	detail-content detail_content detailcontent txt_content info-content info_content contentbody content-body content_body post-content entry-content
	rich_media_content js_content j-content wz_content text_content nr_content printcontent print_content`)

// furnished are the words in classes and ids of what surrounds an article.
var furnished = set(`nav navbar navi navigation menu submenu header head-top topbar top-bar topnav footer foot bottom copyright copy share sharebox share-box bdsharebuttonbox
	related relate relevant recommend recommended comment comments crumb crumbs breadcrumb breadcrumbs position location curpos sidebar side aside hot rank ranking toplist
	friendlink friendlinks links pager pagination page-nav prev-next prenext qrcode ewm erweima weixin toolbar tools tool search searchbox login banner ad ads advert
	sitemap siteinfo site-info lang language barrierfree-toolbar xgxw xglj xgwz hotnews tjyd related-news xl-tools print-box`)

// furnishedTags likewise.
var furnishedTags = atoms(atom.Nav, atom.Footer, atom.Aside)

// aside reports whether a node lies in what surrounds an article: menus, footers, links to other articles.
func (a *article) aside(n *node) bool {
	for ; n != nil && n.parent != nil; n = n.parent {
		if furnishedTags[n.tag] {
			return true
		}
		for name := range strings.FieldsSeq(n.names) {
			if containers[name] {
				return false
			}
			if furnished[name] {
				return true
			}
		}
	}
	return false
}

// find decides which lines are kept.
func (a *article) find() {
	a.main = a.container()
	if a.main == nil {
		a.main = a.densest()
	}
	first := -1
	for i := range a.lines {
		if l := &a.lines[i]; l.node.under(a.main) {
			if first < 0 {
				first = i
			}
			l.kept = !a.aside(l.node) && (l.links*2 <= l.chars || l.stops > 0) && (l.links == 0 || !buttons(l.text))
		}
	}
	a.title = a.findTitle(max(first, 0))
	if a.title >= 0 {
		a.lines[a.title].kept = true
		for i := a.title + 1; i < first; i++ {
			l := &a.lines[i]
			l.kept = l.chars <= 200 && sourceLine(l.text) && (l.links*2 <= l.chars || l.chars <= 60) && !a.aside(l.node)
		}
	}
}

// keepAll keeps every line.
func (a *article) keepAll() {
	for i := range a.lines {
		a.lines[i].kept = true
	}
}

// container is the innermost element that a content system names as that of the text, if it has half of the page's weight.
func (a *article) container() *node {
	var found *node
	for _, n := range a.page.nodes {
		if n.names == "" || a.weights[n.order] < minWeight || a.weights[n.order]*2 < a.weight {
			continue
		}
		for name := range strings.FieldsSeq(n.names) {
			if containers[name] {
				found = n // children come after their parents
			}
		}
	}
	return found
}

// leaves are elements that hold one paragraph, one heading, one item: the text never lies in one of them alone.
var leaves = atoms(atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Li, atom.Dt, atom.Dd, atom.Span, atom.Font, atom.B, atom.Strong,
	atom.I, atom.Em, atom.U, atom.A, atom.Label, atom.Blockquote, atom.Ul, atom.Ol)

// densest follows the weight downwards.
func (a *article) densest() *node {
	n := a.page.root
	for {
		var heaviest *node
		for c := n.first; c != nil; c = c.next {
			if heaviest == nil || a.weights[c.order] > a.weights[heaviest.order] {
				heaviest = c
			}
		}
		if heaviest == nil || a.weights[heaviest.order]*100 < a.weights[n.order]*85 || a.weights[heaviest.order] < minWeight {
			return n
		}
		if leaves[heaviest.tag] && !a.holdsBlocks(heaviest) || heaviest.tag == atom.Table && a.page.dataTable(heaviest) {
			return n
		}
		n = heaviest
	}
}

// holdsBlocks reports whether lines begin and end below a node, as they do in a <font> or <span> around a whole text.
func (a *article) holdsBlocks(n *node) bool {
	lines := 0
	for i := n.order; i < n.end; i++ {
		if tag := a.page.nodes[i].tag; i > n.order && (block[tag] || tag == atom.Br) {
			if lines++; lines > 1 {
				return true
			}
		}
	}
	return false
}

// findTitle finds the line of the title: what the page's header says its title is; else the last heading element before the
// text; else the last line before it that its class calls a title. It is -1 if there is none.
func (a *article) findTitle(first int) int {
	before := min(first+4, len(a.lines)) // the title may stand within
	for _, said := range a.saidTitles() {
		for i := before - 1; i >= 0; i-- {
			if squeeze(a.lines[i].text) == said {
				return i
			}
		}
	}
	for i := first - 1; i >= 0; i-- {
		l := &a.lines[i]
		if l.heading != nil && l.links == 0 && l.chars >= 4 && !a.aside(l.node) {
			return i
		}
	}
	for i := first - 1; i >= 0; i-- {
		l := &a.lines[i]
		if l.links == 0 && l.chars >= 4 && l.chars <= 100 && !sourceLine(l.text) && !a.aside(l.node) && calledTitle(l.node) {
			return i
		}
	}
	if i := a.typesetTitle(first); i >= 0 {
		return i
	}
	for i := first; i < before; i++ {
		if l := &a.lines[i]; l.kept && l.heading != nil && (l.heading.tag == atom.H1 || l.heading.tag == atom.H2) {
			return i
		}
	}
	return -1
}

// typesetTitle finds the line before the text that is set as a title is, in bold or centred, on pages that have no other sign of it.
func (a *article) typesetTitle(first int) int {
	for i := first - 1; i >= max(first-8, 0); i-- {
		l := &a.lines[i]
		if l.row > 0 || l.links > 0 || l.stops > 0 || l.chars < 6 || l.chars > 60 || a.aside(l.node) || sourceLine(l.text) || buttons(l.text) || strings.ContainsAny(l.text, "：:>|》") && !strings.Contains(l.text, "《") {
			continue
		}
		if l.bolds*10 >= l.chars*9 || l.center && i+1 < len(a.lines) && a.lines[i+1].node != l.node {
			return i
		}
	}
	return -1
}

// saidTitles are the titles that the header gives, squeezed, the most trusted first; those of the title element also without
// the site's name behind them.
func (a *article) saidTitles() []string {
	var list []string
	add := func(s string) {
		if s = squeeze(s); len(s) >= len("报告") {
			list = append(list, s)
		}
	}
	add(a.page.meta["articletitle"])
	add(a.page.meta["og:title"])
	add(a.page.title)
	for _, mark := range []string{"_", "|", "--", " - ", "-", "—", "–"} {
		if before, _, ok := strings.Cut(a.page.title, mark); ok {
			add(before)
		}
	}
	return list
}

func (a *article) titleText() string {
	if a.title < 0 {
		return ""
	}
	return a.lines[a.title].text
}

// calledTitle reports whether a block or the one around it has a class or id that says title.
func calledTitle(n *node) bool {
	for range 2 {
		if n == nil {
			return false
		}
		for name := range strings.FieldsSeq(n.names) {
			if name == "tit" || name == "tt" || name == "bt" || strings.Contains(name, "title") || strings.Contains(name, "biaoti") {
				return true
			}
		}
		n = n.parent
	}
	return false
}

// squeeze takes all blanks out of a line.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

var (
	sourceField = regexp.MustCompile(`来\s*源|來\s*源|时\s*间\s*[：:]|時\s*間\s*[：:]|日\s*期\s*[：:]|作\s*者|发布机构|發佈機構|发文机关|责任编辑|责编|记者`)
	fullDate    = regexp.MustCompile(`(19|20)\d\d\s*[-年./]\s*\d{1,2}\s*[-月./]\s*\d{1,2}`)
)

// sourceLine reports whether a line between title and text gives the date or the source.
func sourceLine(s string) bool { return sourceField.MatchString(s) || fullDate.MatchString(s) }

var button = regexp.MustCompile(`^[\s\[\]【】()（）|｜/·,，、:：-]*((打印|关闭|收藏|返回|分享|下载|全屏|复制|字号|字体|大|中|小|本页|窗口|顶部|上一篇|下一篇|纠错|推荐|转发|评论|举报|点赞|朗读|无障碍)[\s\[\]【】()（）|｜/·,，、:：-]*)+$`)

// buttons reports whether a line has nothing but the names of a page's buttons.
func buttons(s string) bool { return button.MatchString(s) }

// level is Locator.Heading of a line: 1 the title, 2 and more headings by weight, 0 running text.
func (a *article) level(i int) int {
	l := &a.lines[i]
	switch {
	case i == a.title:
		return 1
	case l.row > 0:
		return 0
	case l.heading != nil:
		switch l.heading.tag {
		case atom.H1, atom.H2:
			return 2
		case atom.H3:
			return 3
		}
		return 4
	case l.bolds*10 >= l.chars*9 && l.chars <= 60:
		if l.center {
			return 2
		}
		return 3
	}
	return 0
}
