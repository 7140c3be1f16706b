package doc

import (
	"bytes"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Bounds of a page's tree. Trees of honest pages are some 30 deep.
const (
	maxElements = 400_000
	maxTreeDeep = 200
	maxToken    = 1 << 20 // bytes; larger tags hold pictures
	maxMeta     = 64
	maxMetaSize = 2 << 10 // bytes of one value
	maxFrames   = 16
)

// node is an element or, without a tag, a run of text. Only what the search for the main text asks for is kept.
type node struct {
	tag                       atom.Atom
	text                      string
	names                     string // class and id, lower case, parted by blanks, and the tag where it is unknown
	parent, first, last, next *node
	rows, columns             int // rowspan and colspan of a cell
	order, end                int // the node's number, and the number after the last one below it

	link   bool // text within a link
	bold   bool // text in bold, or in the black letters (黑体) that stand for it
	center bool // an element that centres its text
	hidden bool // an element that is not shown
}

// under reports whether n is a or lies below it.
func (n *node) under(a *node) bool { return a.order <= n.order && n.order < a.end }

// page is an HTML page taken apart.
type page struct {
	root      *node
	nodes     []*node // in the order of the page
	title     string  // of the title element
	meta      map[string]string
	canonical string
	saved     string // where a browser says that it saved the page from
	records   []string
	frames    []string
	truncated bool
}

// treeBuilder makes a tree of tags and text. It follows the rules of HTML for what closes what, as far as these matter for the
// text: paragraphs, items, rows and cells end where the next begins; a formatting element may overlap others. Unlike a
// browser it repeats no formatting element, so that a tree is never larger than its page.
type treeBuilder struct {
	page
	stack []*node
	open  map[atom.Atom]int // how many of a tag are on the stack
	links int               // link elements on the stack
	bolds []bool            // for each of the stack, whether text in it is bold
	slab  []node
}

// parse takes a page apart, in time and memory linear in its size.
func parse(text string) *page {
	b := &treeBuilder{open: map[atom.Atom]int{}}
	b.meta = map[string]string{}
	b.root = b.node(nil, atom.Body)
	b.stack, b.bolds = []*node{b.root}, []bool{false}
	b.tokens(text)
	b.number()
	return &b.page
}

func (b *treeBuilder) node(parent *node, tag atom.Atom) *node {
	if len(b.slab) == 0 {
		b.slab = make([]node, 256)
	}
	n := &b.slab[0]
	b.slab = b.slab[1:]
	n.tag, n.parent, n.order = tag, parent, len(b.nodes)
	b.nodes = append(b.nodes, n)
	if parent != nil {
		if parent.last == nil {
			parent.first = n
		} else {
			parent.last.next = n
		}
		parent.last = n
	}
	return n
}

// number sets the end of each node: children come after their parents, so one pass from the back will do.
func (b *treeBuilder) number() {
	for i := len(b.nodes) - 1; i >= 0; i-- {
		n := b.nodes[i]
		n.end = max(n.end, n.order+1)
		if n.parent != nil {
			n.parent.end = max(n.parent.end, n.end)
		}
	}
}

// tokens reads the page. The tokenizer cuts off a token beyond maxToken, which is a picture within a tag, a script, or a text
// without tags: it is stepped over, and a text kept.
func (b *treeBuilder) tokens(text string) {
	for text != "" && !b.truncated {
		z := html.NewTokenizer(strings.NewReader(text))
		z.SetMaxBuf(maxToken)
		used, raw, cutOff := 0, atom.Atom(0), false // raw: the element whose content is no markup
		t := html.TextToken
		for !b.truncated {
			t = z.Next()
			if cutOff = len(z.Raw()) > maxToken-16; cutOff || t == html.ErrorToken {
				break
			}
			used += len(z.Raw())
			switch t {
			case html.TextToken:
				b.rawText(string(z.Text()), raw)
				raw = 0
			case html.StartTagToken, html.SelfClosingTagToken:
				raw = b.tag(z, t == html.SelfClosingTagToken)
			case html.EndTagToken:
				name, _ := z.TagName()
				b.endTag(tagOf(name))
				raw = 0
			case html.CommentToken:
				b.comment(z.Text())
			}
		}
		if !cutOff {
			return
		}
		text = b.stepOver(text[used:], t == html.TextToken, raw)
	}
}

// stepOver passes a token of about maxToken bytes or more, which is text or a tag, and returns what follows it.
func (b *treeBuilder) stepOver(text string, isText bool, raw atom.Atom) string {
	from := min(maxToken-32, len(text))
	rest := func(mark string, keep bool) string {
		i := strings.Index(text[from:], mark)
		if i < 0 {
			return ""
		}
		if keep {
			return text[from+i:]
		}
		return text[from+i+len(mark):]
	}
	switch {
	case isText && raw != 0:
		for tail := rest("</", true); tail != ""; tail = rest("</", true) {
			if name := tail[len("</"):]; len(name) >= len(raw.String()) && strings.EqualFold(name[:len(raw.String())], raw.String()) {
				return tail
			}
			from = len(text) - len(tail) + len("</")
		}
		return ""
	case isText:
		tail := rest("<", true)
		b.rawText(html.UnescapeString(text[:len(text)-len(tail)]), 0)
		return tail
	case strings.HasPrefix(text, "<!--"):
		return rest("-->", false)
	}
	return rest(">", false)
}

// rawText adds text, unless it is the content of an element whose content is not shown.
func (b *treeBuilder) rawText(text string, raw atom.Atom) {
	switch raw {
	case 0:
		b.text(text)
	case atom.Title:
		if b.title == "" {
			b.title = cut(strings.Join(strings.Fields(text), " "), maxMetaSize)
		}
	}
}

func (b *treeBuilder) text(text string) {
	top := b.stack[len(b.stack)-1]
	if (top.last == nil || block[top.last.tag]) && strings.Trim(text, " \t\r\n\f") == "" {
		return // white space between blocks
	}
	if len(b.nodes) >= maxElements {
		b.truncated = true
		return
	}
	n := b.node(top, 0)
	n.text, n.link, n.bold = text, b.links > 0, b.bolds[len(b.bolds)-1]
}

// comment notes where a browser saved the page from: <!-- saved from url=(0040)http://… -->.
func (b *treeBuilder) comment(text []byte) {
	if _, after, ok := bytes.Cut(text[:min(len(text), maxMetaSize)], []byte("saved from url=(")); ok && b.saved == "" {
		if _, url, ok := bytes.Cut(after, []byte(")")); ok {
			b.saved = strings.TrimSpace(string(url))
		}
	}
}

// attributes are those of a tag that matter here.
type attributes struct {
	tag, class, id, style, href, src, name, content, rel, face, align string // tag: only if unknown
	rows, columns                                                     int
	hidden, link                                                      bool
}

func readAttributes(z *html.Tokenizer, a *attributes) {
	for more := true; more; {
		var key, value []byte
		key, value, more = z.TagAttr()
		if len(value) > 16<<10 {
			continue // a picture
		}
		switch string(key) {
		case "class":
			a.class = strings.ToLower(string(value))
		case "id":
			a.id = strings.ToLower(string(value))
		case "style":
			a.style = strings.ToLower(string(value))
		case "href":
			a.href, a.link = string(value), true
		case "src":
			a.src = string(value)
		case "name", "property", "itemprop":
			if a.name == "" || string(key) == "name" {
				a.name = strings.ToLower(strings.TrimSpace(string(value)))
			}
		case "content":
			a.content = string(value)
		case "rel":
			a.rel = strings.ToLower(string(value))
		case "face":
			a.face = strings.ToLower(string(value))
		case "align":
			a.align = strings.ToLower(string(value))
		case "hidden":
			a.hidden = true
		case "rowspan":
			a.rows, _ = strconv.Atoi(string(value))
		case "colspan":
			a.columns, _ = strconv.Atoi(string(value))
		}
	}
}

// tagOf is the atom of a tag's name. Tags of content systems and of office programs (ucapcontent, o:p) count as span.
func tagOf(name []byte) atom.Atom {
	if tag := atom.Lookup(name); tag != 0 {
		return tag
	}
	return atom.Span
}

// tag handles a start tag and returns the element, if its content is no markup.
func (b *treeBuilder) tag(z *html.Tokenizer, selfClosing bool) (raw atom.Atom) {
	name, more := z.TagName()
	tag := tagOf(name)
	var a attributes
	if tag == atom.Span && string(name) != "span" {
		a.tag = string(name[:min(len(name), 64)])
	}
	if more {
		readAttributes(z, &a)
	}
	switch tag {
	case atom.Script, atom.Style, atom.Textarea, atom.Title, atom.Noscript, atom.Noembed, atom.Noframes, atom.Xmp:
		return tag
	case atom.Iframe, atom.Frame:
		if a.src != "" && len(b.frames) < maxFrames && !strings.HasPrefix(a.src, "about:") && !strings.HasPrefix(a.src, "javascript:") {
			b.frames = append(b.frames, cut(a.src, maxMetaSize))
		}
		if tag == atom.Iframe {
			return tag
		}
		return 0
	case atom.Meta:
		b.metaTag(a)
		return 0
	case atom.Link:
		if a.rel == "canonical" && b.canonical == "" {
			b.canonical = cut(a.href, maxMetaSize)
		}
		return 0
	case atom.Html, atom.Head, atom.Form, atom.Base:
		return 0 // forms wrap whole pages, and begin and end anywhere
	case atom.Body:
		b.root.names += " " + a.class + " " + a.id
		return 0
	}
	if len(b.nodes) >= maxElements {
		b.truncated = true
		return 0
	}
	b.close(tag)
	n := b.node(b.stack[len(b.stack)-1], tag)
	if a.class != "" || a.id != "" || a.tag != "" {
		n.names = a.class + " " + a.id + " " + a.tag
	}
	if a.name == "articlebody" {
		n.names += " articlebody"
	}
	n.rows, n.columns = a.rows, a.columns
	style := strings.ReplaceAll(a.style, " ", "")
	n.hidden = a.hidden || strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden")
	n.center = tag == atom.Center || a.align == "center" || a.align == "middle" || strings.Contains(style, "text-align:center")
	if i := strings.Index(a.href, "recordcode="); tag == atom.A && i >= 0 && len(b.records) < maxFrames {
		b.records = append(b.records, digits(a.href[i+len("recordcode="):]))
	}
	if selfClosing && !closing[tag] || void[tag] || len(b.stack) >= maxTreeDeep {
		return 0 // beyond the depth, elements stand beside each other instead of in each other
	}
	b.push(n, boldOf(tag, a.face, style))
	if tag == atom.A && a.link {
		n.link = true
		b.links++
	}
	return 0
}

// closing elements are not void and written as <div/> by XHTML tools that mean an empty element; browsers take them for start
// tags, and so must we, or the rest of the page would lie outside.
var closing = atoms(atom.Div, atom.P, atom.Td, atom.Th, atom.Tr, atom.Table, atom.Section, atom.Article, atom.Main, atom.Li, atom.Ul, atom.Ol)

var void = atoms(atom.Area, atom.Base, atom.Br, atom.Col, atom.Embed, atom.Hr, atom.Img, atom.Input, atom.Link, atom.Meta, atom.Param,
	atom.Source, atom.Track, atom.Wbr, atom.Keygen, atom.Frame)

func atoms(list ...atom.Atom) map[atom.Atom]bool {
	m := make(map[atom.Atom]bool, len(list))
	for _, a := range list {
		m[a] = true
	}
	return m
}

// boldOf tells what a start tag says of the weight of its text: 1 bold, -1 not, 0 nothing.
func boldOf(tag atom.Atom, face, style string) int {
	switch tag {
	case atom.B, atom.Strong, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Th:
		if !strings.Contains(style, "font-weight:normal") {
			return 1
		}
	}
	if i := strings.Index(style, "font-weight:"); i >= 0 {
		switch w := style[i+len("font-weight:"):]; {
		case strings.HasPrefix(w, "bold"), len(w) >= 3 && w[0] >= '6' && w[0] <= '9' && w[1:3] == "00":
			return 1
		case strings.HasPrefix(w, "normal"), strings.HasPrefix(w, "400"), strings.HasPrefix(w, "500"):
			return -1
		}
	}
	if i := strings.Index(style, "font-family:"); i >= 0 {
		face, _, _ = strings.Cut(style[i+len("font-family:"):], ";")
	}
	face = strings.TrimLeft(face, `"'& `)
	face = strings.TrimPrefix(face, "quot;")
	if blackFace(face) {
		return 1
	}
	return 0
}

// blackFace reports whether a font is one of those that Chinese texts set headings in instead of bold.
func blackFace(face string) bool {
	face = strings.ToLower(face)
	for _, black := range []string{"黑体", "黑體", "simhei", "方正黑体", "小标宋", "方正小标宋", "stheiti", "heiti"} {
		if strings.HasPrefix(face, black) {
			return true
		}
	}
	return false
}

func (b *treeBuilder) push(n *node, bold int) {
	was := b.bolds[len(b.bolds)-1]
	b.stack = append(b.stack, n)
	b.bolds = append(b.bolds, bold > 0 || bold == 0 && was)
	b.open[n.tag]++
}

// pop closes the innermost elements down to and including the one at depth i of the stack.
func (b *treeBuilder) pop(i int) {
	for len(b.stack) > i {
		b.left(b.stack[len(b.stack)-1])
		b.stack, b.bolds = b.stack[:len(b.stack)-1], b.bolds[:len(b.bolds)-1]
	}
}

func (b *treeBuilder) left(n *node) {
	b.open[n.tag]--
	if n.link {
		b.links--
	}
}

// boundary elements keep what is in them from closing what is around them.
var boundary = atoms(atom.Table, atom.Td, atom.Th, atom.Caption, atom.Object, atom.Marquee, atom.Template, atom.Button)

// findOne gives the depth on the stack of the innermost element tag that is not outside an element of stop, or 0.
func (b *treeBuilder) findOne(tag atom.Atom, stop map[atom.Atom]bool) int {
	for i := len(b.stack) - 1; i > 0; i-- {
		if b.stack[i].tag == tag {
			return i
		}
		if stop[b.stack[i].tag] {
			return 0
		}
	}
	return 0
}

// find does so for any of several tags.
func (b *treeBuilder) find(tags, stop map[atom.Atom]bool) int {
	for i := len(b.stack) - 1; i > 0; i-- {
		if tags[b.stack[i].tag] {
			return i
		}
		if stop[b.stack[i].tag] {
			return 0
		}
	}
	return 0
}

var (
	headingTags = atoms(atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6)
	itemTags    = atoms(atom.Li)
	termTags    = atoms(atom.Dt, atom.Dd)
	rowTags     = atoms(atom.Tr)
	cellTags    = atoms(atom.Td, atom.Th, atom.Caption)
	sectionTags = atoms(atom.Tbody, atom.Thead, atom.Tfoot, atom.Caption, atom.Colgroup)
	anchorTags  = atoms(atom.A)
	optionTags  = atoms(atom.Option, atom.Optgroup)
	tableTags   = atoms(atom.Table)
	listTags    = atoms(atom.Ul, atom.Ol, atom.Dl, atom.Menu, atom.Table, atom.Td, atom.Th)
)

// closedBy tells what a start tag ends, and within what.
type closedBy struct{ tags, stop map[atom.Atom]bool }

var closes = map[atom.Atom]closedBy{
	atom.Li: {itemTags, listTags}, atom.Dt: {termTags, listTags}, atom.Dd: {termTags, listTags},
	atom.Tr: {rowTags, tableTags}, atom.Td: {cellTags, tableTags}, atom.Th: {cellTags, tableTags},
	atom.Tbody: {sectionTags, tableTags}, atom.Thead: {sectionTags, tableTags}, atom.Tfoot: {sectionTags, tableTags},
	atom.Option: {optionTags, boundary}, atom.A: {anchorTags, boundary},
}

// close ends the elements that the start of tag ends.
func (b *treeBuilder) close(tag atom.Atom) {
	if block[tag] && b.open[atom.P] > 0 {
		if i := b.findOne(atom.P, boundary); i > 0 {
			b.pop(i)
		}
	}
	if headingTags[tag] && headingTags[b.stack[len(b.stack)-1].tag] {
		b.pop(len(b.stack) - 1)
	}
	c, ok := closes[tag]
	if !ok {
		return
	}
	some := false
	for t := range c.tags {
		some = some || b.open[t] > 0
	}
	if !some {
		return
	}
	if i := b.find(c.tags, c.stop); i > 0 {
		if tag == atom.A {
			b.remove(i)
			return
		}
		b.pop(i)
	}
}

// remove takes an element off the stack that others overlap: <b><p>…</b>…</p>.
func (b *treeBuilder) remove(i int) {
	b.left(b.stack[i])
	if b.bolds[i] && !b.bolds[i-1] {
		for j := i; j < len(b.bolds); j++ {
			if headingTags[b.stack[j].tag] {
				break
			}
			b.bolds[j] = false
		}
	}
	b.stack = append(b.stack[:i], b.stack[i+1:]...)
	b.bolds = append(b.bolds[:i], b.bolds[i+1:]...)
}

// block elements stand on lines of their own.
var block = atoms(atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Caption, atom.Center, atom.Dd, atom.Details,
	atom.Dialog, atom.Dir, atom.Div, atom.Dl, atom.Dt, atom.Fieldset, atom.Figcaption, atom.Figure, atom.Footer, atom.H1, atom.H2, atom.H3,
	atom.H4, atom.H5, atom.H6, atom.Header, atom.Hr, atom.Legend, atom.Li, atom.Main, atom.Menu, atom.Nav, atom.Ol, atom.P, atom.Pre,
	atom.Section, atom.Summary, atom.Table, atom.Tbody, atom.Td, atom.Tfoot, atom.Th, atom.Thead, atom.Tr, atom.Ul)

// endTag handles an end tag. One without its start tag is passed over.
func (b *treeBuilder) endTag(tag atom.Atom) {
	switch {
	case tag == atom.Br:
		if len(b.nodes) < maxElements {
			b.node(b.stack[len(b.stack)-1], atom.Br)
		}
		return
	case headingTags[tag]:
		if i := b.find(headingTags, boundary); i > 0 {
			b.pop(i)
		}
		return
	case b.open[tag] == 0:
		return
	}
	switch tag {
	case atom.Table, atom.Td, atom.Th, atom.Tr, atom.Tbody, atom.Thead, atom.Tfoot, atom.Caption:
		if i := b.findOne(tag, tableTags); i > 0 {
			b.pop(i)
		}
		return
	}
	i := b.findOne(tag, boundary)
	switch {
	case i == 0:
	case block[tag] || boundary[tag]:
		b.pop(i)
	default:
		for j := len(b.stack) - 1; j > i; j-- {
			if block[b.stack[j].tag] {
				b.remove(i)
				return
			}
		}
		b.pop(i)
	}
}

func (b *treeBuilder) metaTag(a attributes) {
	content := strings.TrimSpace(a.content)
	if a.name == "" || content == "" || len(a.name) > 64 || len(b.meta) >= maxMeta {
		return
	}
	if _, ok := b.meta[a.name]; !ok {
		b.meta[a.name] = cut(strings.Join(strings.Fields(content), " "), maxMetaSize)
	}
}

// cut shortens a text to at most size bytes, at a character boundary.
func cut(s string, size int) string {
	if len(s) <= size {
		return s
	}
	for size > 0 && s[size]&0xC0 == 0x80 {
		size--
	}
	return s[:size]
}

// digits is the number that s begins with.
func digits(s string) string {
	n := 0
	for n < len(s) && n < 20 && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return s[:n]
}
