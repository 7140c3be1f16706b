package doc

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"
)

// line is one line of a page: a paragraph, what stands between two breaks, or a row of a table.
type line struct {
	text    string
	node    *node // the innermost block that it stands in
	heading *node // the heading element that it stands in, or nil
	row     int   // of its table, from 1; 0 outside of tables
	chars   int   // characters that are no blanks; all counts are of these
	links   int   // in links
	bolds   int   // in bold
	stops   int   // ，。；！？ outside of links
	center  bool

	kept bool // part of the stored text
}

// unshown elements hold controls, readings of characters (rt) and what takes the place of plug-ins.
var unshown = atoms(atom.Select, atom.Button, atom.Input, atom.Datalist, atom.Template, atom.Object, atom.Svg, atom.Math, atom.Canvas,
	atom.Audio, atom.Video, atom.Map, atom.Rt, atom.Rp, atom.Applet, atom.Progress, atom.Meter)

// liner writes a page down in lines, as a browser would show it, except that white space between two Chinese characters
// disappears where it only comes from the page's source.
type liner struct {
	page   *page
	all    bool // also hidden elements
	lines  []line
	buf    []byte
	now    line
	gap    gap
	prev   rune  // the last character of buf
	block  *node // innermost
	head   *node
	center int // centring elements around
	pre    int
}

// gap is the white space seen since the last character.
type gap int

const (
	gapNone  gap = iota
	gapSoft      // between elements, or a line end of the source
	gapPlain     // blanks within one run of text
	gapHard      // no-break or full-width blanks, which someone typed
)

func newLines(p *page, all bool) []line {
	w := &liner{page: p, all: all, block: p.root}
	w.children(p.root)
	w.flush()
	return w.lines
}

func (w *liner) children(n *node) {
	for c := n.first; c != nil; c = c.next {
		w.element(c)
	}
}

func (w *liner) element(n *node) {
	switch {
	case n.tag == 0:
		w.text(n)
		return
	case unshown[n.tag], n.hidden && !w.all:
		return
	case n.tag == atom.Br:
		w.flush()
		return
	case n.tag == atom.Table && w.page.dataTable(n):
		w.table(n)
		return
	}
	if n.center {
		w.center++
		defer func() { w.center-- }()
	}
	if !block[n.tag] {
		if w.gap == gapPlain {
			w.gap = gapSoft
		}
		w.children(n)
		if w.gap == gapPlain {
			w.gap = gapSoft
		}
		return
	}
	w.flush()
	outer, head := w.block, w.head
	w.block = n
	if headingTags[n.tag] {
		w.head = n
	}
	if n.tag == atom.Pre {
		w.pre++
	}
	w.children(n)
	w.flush()
	if n.tag == atom.Pre {
		w.pre--
	}
	w.block, w.head = outer, head
}

func (w *liner) text(n *node) {
	first := true
	for _, r := range n.text {
		switch r {
		case ' ', '\t', '\r', '\f', '\n':
			switch {
			case r == '\n' && w.pre > 0:
				w.flush()
			case r == '\n' || first:
				w.gap = max(w.gap, gapSoft)
			default:
				w.gap = max(w.gap, gapPlain)
			}
			continue
		case '\u00A0', '\u2002', '\u2003', '\u2009', '\u3000':
			w.gap = gapHard
			continue
		}
		first = false
		if r < 0x20 || r == 0x7F || r == '\uFEFF' {
			continue
		}
		w.rune(r, n)
	}
	if w.gap == gapPlain {
		w.gap = gapSoft // at the end of an element, a blank is one of the source
	}
}

func (w *liner) rune(r rune, n *node) {
	if len(w.buf) > 0 && w.gap != gapNone {
		if w.gap >= gapPlain || !wide(w.prev) && !wide(r) {
			w.buf = append(w.buf, ' ')
		}
	}
	w.gap = gapNone
	w.buf = utf8.AppendRune(w.buf, r)
	w.prev = r
	if !unicode.IsGraphic(r) {
		return
	}
	w.now.chars++
	if n.link {
		w.now.links++
	}
	if n.bold {
		w.now.bolds++
	}
	switch r {
	case '，', '。', '；', '！', '？':
		if !n.link {
			w.now.stops++
		}
	}
}

// wide reports whether a character is of a script that puts no blanks between words.
func wide(r rune) bool {
	return r >= 0x2E80 && r <= 0x9FFF || r >= 0xF900 && r <= 0xFAFF || r >= 0xFE30 && r <= 0xFE4F || r >= 0xFF00 && r <= 0xFFEF ||
		r >= 0x20000 && r <= 0x3FFFF || r >= 0x2014 && r <= 0x2026
}

// flush ends the line.
func (w *liner) flush() {
	if w.now.chars > 0 {
		w.now.text = string(w.buf)
		w.now.node, w.now.heading, w.now.center = w.block, w.head, w.center > 0 || w.block.center
		w.lines = append(w.lines, w.now)
	}
	w.buf, w.now, w.gap = w.buf[:0], line{}, gapNone
}

// Bounds of tables of data; what is larger is no column.
const (
	maxColumns = 64
	maxRows    = 1000
)

// dataTable reports whether a table shows data, and not only where things stand on the page. A table of data holds no other
// table, no headings and no list, has rows of several cells, no cell with paragraphs of running text, and is no list of links.
func (p *page) dataTable(t *node) bool {
	rows, cells, chars, links := 0, 0, 0, 0 // cells: of this row, that are not empty
	cell, breaks, in := 0, 0, false         // of this cell
	endCell := func() bool {
		if in && cell > 0 {
			cells++
		}
		fits := cell <= 300 || breaks < 3 && cell <= 1500
		cell, breaks, in = 0, 0, false
		return fits
	}
	for _, n := range p.nodes[t.order+1 : t.end] {
		switch n.tag {
		case 0:
			c := utf8.RuneCountInString(strings.TrimSpace(n.text))
			cell += c
			chars += c
			if n.link {
				links += c
			}
		case atom.Table, atom.H1, atom.H2, atom.H3, atom.Ul, atom.Ol:
			return false
		case atom.Tr, atom.Td, atom.Th:
			if !endCell() {
				return false
			}
			if n.tag == atom.Tr {
				if cells > 1 {
					rows++
				}
				cells = 0
			} else {
				in = true
			}
		case atom.Br, atom.P, atom.Div:
			breaks++
		}
	}
	if !endCell() {
		return false
	}
	if cells > 1 {
		rows++
	}
	return rows > 0 && links*2 <= chars
}

// table writes a table of data, a row a line and the cells parted by tabs. Where a cell reaches over several rows or columns,
// the places that it covers are empty cells, so that columns stay columns.
func (w *liner) table(t *node) {
	w.flush()
	outer := w.block
	row := 0
	var over [maxColumns]int // rows that a cell above still covers, by column
	var visit func(n *node)
	visit = func(n *node) {
		for c := n.first; c != nil; c = c.next {
			switch {
			case c.hidden && !w.all:
			case c.tag == atom.Tr:
				row++
				w.row(c, row, &over)
			case c.tag == atom.Tbody, c.tag == atom.Thead, c.tag == atom.Tfoot:
				visit(c)
			case c.tag == atom.Td, c.tag == atom.Th: // a cell without a row
				w.element(c)
			default:
				w.element(c)
			}
		}
	}
	visit(t)
	w.flush()
	w.block = outer
}

func (w *liner) row(tr *node, number int, over *[maxColumns]int) {
	w.flush()
	begin := len(w.lines)
	var text strings.Builder
	total := line{node: tr, row: number, center: w.center > 0}
	column, cells, pending := 0, 0, 0
	empty := func() {
		for column < maxColumns && over[column] > 0 {
			over[column]--
			column++
			pending++
		}
	}
	for c := tr.first; c != nil; c = c.next {
		if c.hidden && !w.all {
			continue
		}
		empty()
		w.element(c)
		w.flush()
		var cell []string
		for _, l := range w.lines[begin:] {
			cell = append(cell, l.text)
			total.chars, total.links, total.bolds, total.stops = total.chars+l.chars, total.links+l.links, total.bolds+l.bolds, total.stops+l.stops
		}
		w.lines = w.lines[:begin]
		if c.tag != atom.Td && c.tag != atom.Th && len(cell) == 0 {
			continue
		}
		if len(cell) > 0 {
			text.WriteString(strings.Repeat("\t", pending))
			pending = 0
			text.WriteString(strings.Join(cell, " "))
			cells++
		}
		for range min(max(c.columns, 1), maxColumns) {
			if column < maxColumns {
				over[column] = min(max(c.rows, 1), maxRows) - 1
				column++
			}
			pending++
		}
	}
	empty()
	if cells == 0 {
		return
	}
	total.text = text.String()
	if cells == 1 {
		total.text = strings.TrimLeft(total.text, "\t")
	}
	w.lines = append(w.lines, total)
}
