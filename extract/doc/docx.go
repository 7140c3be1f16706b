package doc

import (
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/graph"
)

// Bounds of a word processor file. Honest ones nest some 20 elements.
const (
	maxXMLDeep   = 200
	maxXMLTokens = 20_000_000
	maxCells     = 1_000_000
)

// readDOCX reads a Word file: the stored text is its paragraphs and its tables in their order, a paragraph a line and a row of
// a table a line, with the numbers that Word would show in front of paragraphs, and its notes at the end. Headers, footers,
// comments, tables of contents, and what was deleted or hidden are left out.
func readDOCX(data []byte, l Limits) (*Page, error) {
	o, err := openOffice(data, l)
	if err != nil {
		return nil, err
	}
	main, err := o.related("", "officeDocument")
	if err != nil {
		return nil, err
	}
	if o.parts[main] == nil {
		main = "word/document.xml"
	}
	if o.parts[main] == nil {
		return nil, &Unreadable{Reason: "no Word file: it has no text part", Advice: adviceOpenOffice}
	}
	d := &docx{writer: writer{limit: l.MaxText}}
	if err := d.support(o, main); err != nil {
		return nil, err
	}
	if err := d.read(o, main, true); err != nil {
		return nil, err
	}
	for _, notes := range []string{"footnotes", "endnotes"} {
		part, err := o.related(main, notes)
		if err != nil {
			return nil, err
		}
		if o.parts[part] == nil {
			continue
		}
		if err := d.read(o, part, false); err != nil {
			return nil, err
		}
	}
	p := d.page(FormatDOCX, docxReader, data)
	if blank(p.Document.Text) {
		return nil, &Unreadable{Reason: "a Word file without text: it may hold pictures only", Advice: adviceImage}
	}
	p.Document.Title = d.title
	return p, nil
}

// docx writes down a Word file.
type docx struct {
	writer
	styles    map[string]docxStyle
	numbering *numbering
	tokens    int // read so far
	cells     int
	paragraph int // numbers what was written
	title     string
}

// docxStyle is what a style says of its paragraphs, with what it inherits.
type docxStyle struct {
	based   string
	heading int // as graph.Locator.Heading, 0 for none
	toc     bool
	bold    bool
	center  bool
	number  paragraphNumber
	level   bool // it says for itself which level of its list it has
}

// support reads styles and numbering. A file without them is read all the same.
func (d *docx) support(o *office, main string) error {
	d.styles = map[string]docxStyle{}
	for _, kind := range []string{"styles", "numbering"} {
		part, err := o.related(main, kind)
		if err != nil {
			return err
		}
		data, err := o.part(part)
		if err != nil {
			return err
		}
		if kind == "styles" {
			d.readStyles(data)
		} else {
			d.numbering = readNumbering(data)
		}
	}
	return nil
}

func (d *docx) readStyles(data []byte) {
	x := xmlReader(data)
	var id string
	var s docxStyle
	for range maxXMLTokens {
		t, err := x.Token()
		if err != nil {
			break
		}
		switch e := t.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "style":
				id, s = attr(e, "styleId"), docxStyle{}
			case "basedOn":
				s.based = attr(e, "val")
			case "name":
				name := strings.ToLower(attr(e, "val"))
				switch level, ok := strings.CutPrefix(name, "heading "); {
				case ok:
					n, _ := strconv.Atoi(level)
					s.heading = headingOf(n)
				case name == "title":
					s.heading = 1
				case strings.HasPrefix(name, "toc ") || name == "toc heading":
					s.toc = true
				}
			case "outlineLvl":
				if n, err := strconv.Atoi(attr(e, "val")); err == nil && n < 9 && s.heading == 0 {
					s.heading = headingOf(n + 1)
				}
			case "b":
				s.bold = on(e)
			case "rFonts":
				s.bold = s.bold || blackFace(attr(e, "eastAsia"))
			case "jc":
				s.center = attr(e, "val") == "center"
			case "ilvl":
				s.number.level, _ = strconv.Atoi(attr(e, "val"))
				s.level = true
			case "numId":
				s.number.list = attr(e, "val")
			}
		case xml.EndElement:
			if e.Name.Local == "style" && id != "" && len(d.styles) < 10_000 {
				d.styles[id] = s
			}
		}
	}
}

// headingOf is Locator.Heading of a heading of level n, from 1.
func headingOf(n int) int { return min(max(n, 1), 3) + 1 }

// style is what a style says, with what it inherits.
func (d *docx) style(id string) docxStyle {
	s := d.styles[id]
	for range 16 {
		base, ok := d.styles[s.based]
		if !ok {
			break
		}
		s.based = base.based
		if s.heading == 0 {
			s.heading = base.heading
		}
		if s.number.list == "" {
			s.number.list = base.number.list
			if !s.level {
				s.number.level, s.level = base.number.level, base.level
			}
		}
		s.bold, s.center, s.toc = s.bold || base.bold, s.center || base.center, s.toc || base.toc
	}
	return s
}

// on reads a switch: <w:b/> and <w:b w:val="1"/> are on.
func on(e xml.StartElement) bool {
	switch attr(e, "val") {
	case "0", "false", "off", "none":
		return false
	}
	return true
}

var errTooDeep = errors.New("too deep")

// read writes down a part of text: the body, or notes.
func (d *docx) read(o *office, name string, body bool) error {
	data, err := o.part(name)
	if err != nil {
		return err
	}
	x := &docxWalk{docx: d, x: xmlReader(data), body: body}
	if err := x.content(x.emit); err != nil && !errors.Is(err, io.EOF) {
		if errors.Is(err, errTooDeep) {
			return &Unreadable{Reason: "damaged: its elements are nested without end", Advice: adviceOpenOffice}
		}
		return officeDamage(name, err)
	}
	return nil
}

// docxWalk goes through one part of text.
type docxWalk struct {
	*docx
	x     *xml.Decoder
	body  bool
	deep  int
	field []bool // fields that are open, true while their instruction is being read
}

// docxBlock is a paragraph or a row of a table.
type docxBlock struct {
	lines   []string // of a paragraph, more than one where it has line breaks
	row     int
	heading int
	chars   int
}

func (w *docxWalk) token() (xml.Token, error) {
	if w.tokens++; w.tokens > maxXMLTokens {
		return nil, errTooDeep
	}
	return w.x.Token()
}

// inside calls visit with each element that begins inside of the one that was begun, up to its end; visit reads what it is
// called with to its end.
func (w *docxWalk) inside(visit func(e xml.StartElement) error) error {
	if w.deep++; w.deep > maxXMLDeep {
		return errTooDeep
	}
	defer func() { w.deep-- }()
	for {
		t, err := w.token()
		if err != nil {
			return err
		}
		switch e := t.(type) {
		case xml.StartElement:
			if err := visit(e); err != nil {
				return err
			}
		case xml.EndElement:
			return nil
		}
	}
}

// all reads to the end of the element that was begun. It calls begin with each element in it, however deep, and text with the
// text in these; a nil function is not called.
func (w *docxWalk) all(begin func(e xml.StartElement), text func(s []byte)) error {
	for deep := 1; deep > 0; {
		t, err := w.token()
		if err != nil {
			return err
		}
		switch e := t.(type) {
		case xml.StartElement:
			deep++
			if begin != nil {
				begin(e)
			}
		case xml.EndElement:
			deep--
		case xml.CharData:
			if text != nil {
				text(e)
			}
		}
	}
	return nil
}

// skip passes over the element that was begun.
func (w *docxWalk) skip() error { return w.all(nil, nil) }

// emit stores a block.
func (w *docxWalk) emit(b docxBlock) {
	if len(b.lines) == 0 {
		return
	}
	w.paragraph++
	if b.heading == 1 && w.title == "" {
		w.title = strings.Join(b.lines, "")
	}
	for _, l := range b.lines {
		w.line(l, graph.Locator{Paragraph: w.paragraph, Row: b.row, Heading: b.heading})
	}
}

// content reads paragraphs and tables up to the end of the element that was begun, whatever stands around them.
func (w *docxWalk) content(emit func(docxBlock)) error {
	return w.inside(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "p":
			return w.para(emit)
		case "tbl":
			return w.table(emit)
		case "del", "moveFrom", "Fallback", "sectPr", "sdtPr", "pPr", "tcPr", "tblPr", "trPr":
			return w.skip()
		case "sdt":
			return w.sdt(emit)
		case "footnote", "endnote":
			if kind := attr(e, "type"); kind != "" && kind != "normal" {
				return w.skip()
			}
		}
		return w.content(emit)
	})
}

// sdt reads a content control, unless it holds a table of contents.
func (w *docxWalk) sdt(emit func(docxBlock)) error {
	contents := false
	return w.inside(func(e xml.StartElement) error {
		switch {
		case e.Name.Local == "sdtPr":
			return w.all(func(e xml.StartElement) {
				contents = contents || e.Name.Local == "docPartGallery" && strings.EqualFold(attr(e, "val"), "Table of Contents")
			}, nil)
		case e.Name.Local == "sdtContent" && !contents:
			return w.content(emit)
		}
		return w.skip()
	})
}

// paraState is a paragraph that is being read.
type paraState struct {
	style   string
	number  paragraphNumber
	outline int // level from 1, 0 for none
	center  bool
	text    strings.Builder
	lines   []string
	chars   int // that are no blanks
	bolds   int
	boxes   []docxBlock // text boxes that are anchored here
	level   bool        // the paragraph says for itself which level of its list it has
}

func (p *paraState) write(s string, bold bool) {
	p.text.WriteString(s)
	for _, r := range s {
		if r != ' ' && r != '\u3000' && r != '\t' {
			p.chars++
			if bold {
				p.bolds++
			}
		}
	}
}

func (p *paraState) newline() {
	if s := tidy(p.text.String()); s != "" {
		p.lines = append(p.lines, s)
	}
	p.text.Reset()
}

// para reads a paragraph.
func (w *docxWalk) para(emit func(docxBlock)) error {
	p := &paraState{}
	if err := w.runs(p); err != nil {
		return err
	}
	p.newline()
	s := w.style(p.style)
	if !s.toc {
		b := docxBlock{lines: p.lines, chars: p.chars}
		number := p.number
		if number.list == "" { // "0" takes the style's number away
			number.list = s.number.list
			if !p.level {
				number.level = s.number.level
			}
		}
		if mark := w.numbering.next(number); mark != "" && len(b.lines) > 0 {
			b.lines[0] = mark + b.lines[0]
		}
		switch {
		case s.heading > 0:
			b.heading = s.heading
		case p.outline > 0:
			b.heading = headingOf(p.outline)
		case p.chars > 0 && (p.bolds*10 >= p.chars*9 || s.bold) && p.chars <= 60:
			b.heading = 3
			if p.center || s.center {
				b.heading = 2
			}
		}
		if len(b.lines) > 0 {
			emit(b)
		}
	}
	for _, b := range p.boxes {
		emit(b)
	}
	return nil
}

// runs reads what stands in a paragraph, up to the end of the element that was begun.
func (w *docxWalk) runs(p *paraState) error {
	return w.inside(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "pPr":
			return w.paraProperties(p)
		case "r":
			return w.run(p)
		case "del", "moveFrom", "Fallback", "rPr", "instrText", "rt", "sdtPr", "annotation":
			return w.skip()
		case "txbxContent":
			return w.box(p)
		case "t": // of formulas
			s, err := w.chars()
			p.write(s, false)
			return err
		}
		return w.runs(p)
	})
}

func (w *docxWalk) paraProperties(p *paraState) error {
	return w.inside(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "pStyle":
			p.style = attr(e, "val")
		case "jc":
			p.center = attr(e, "val") == "center"
		case "numPr":
			return w.all(func(e xml.StartElement) {
				switch e.Name.Local {
				case "ilvl":
					p.number.level, _ = strconv.Atoi(attr(e, "val"))
					p.level = true
				case "numId":
					p.number.list = attr(e, "val")
				}
			}, nil)
		case "outlineLvl":
			if n, err := strconv.Atoi(attr(e, "val")); err == nil && n >= 0 && n < 9 {
				p.outline = n + 1
			}
		}
		return w.skip()
	})
}

// run reads a run of text of one look.
func (w *docxWalk) run(p *paraState) error {
	bold, hidden := false, false
	return w.inside(func(e xml.StartElement) error {
		shown := !hidden && !slices.Contains(w.field, true)
		write := func(s string) {
			if shown {
				p.write(s, bold)
			}
		}
		switch e.Name.Local {
		case "rPr":
			return w.all(func(e xml.StartElement) {
				switch e.Name.Local {
				case "b":
					bold = on(e)
				case "rFonts":
					bold = bold || blackFace(attr(e, "eastAsia"))
				case "vanish":
					hidden = on(e)
				}
			}, nil)
		case "t":
			s, err := w.chars()
			write(s)
			return err
		case "tab", "ptab":
			write(" ")
		case "br", "cr":
			if kind := attr(e, "type"); shown && (kind == "" || kind == "textWrapping") {
				p.newline()
			}
		case "noBreakHyphen":
			write("-")
		case "sym":
			if n, bad := strconv.ParseUint(attr(e, "char"), 16, 32); bad == nil && n < 0xE000 && n >= 0x20 {
				write(string(rune(n)))
			}
		case "fldChar":
			w.fieldChar(attr(e, "fldCharType"))
		case "txbxContent":
			return w.box(p)
		case "drawing", "pict", "object", "AlternateContent", "Choice", "ruby", "rubyBase":
			return w.runs(p)
		}
		return w.skip()
	})
}

// fieldChar notes where a field and its result begin and end.
func (w *docxWalk) fieldChar(kind string) {
	n := len(w.field)
	switch {
	case kind == "begin" && n < maxXMLDeep:
		w.field = append(w.field, true)
	case kind == "separate" && n > 0:
		w.field[n-1] = false
	case kind == "end" && n > 0:
		w.field = w.field[:n-1]
	}
}

// chars reads the text of an element.
func (w *docxWalk) chars() (string, error) {
	var b strings.Builder
	err := w.all(nil, func(s []byte) {
		if int64(b.Len()+len(s)) <= w.limit {
			b.Write(s)
		}
	})
	return b.String(), err
}

// box keeps the text of a box, which comes behind the paragraph that it is anchored in.
func (w *docxWalk) box(p *paraState) error {
	field := w.field
	w.field = nil
	err := w.content(func(b docxBlock) { p.boxes = append(p.boxes, b) })
	w.field = field
	return err
}

// cell of a table: its paragraphs, or the rows of a table in it.
type cell struct {
	blocks  []docxBlock
	columns int
	below   bool // part of the cell above
	chars   int
	parts   int
}

// table reads a table. One that only says where things stand is written as what stands in it.
func (w *docxWalk) table(emit func(docxBlock)) error {
	var rows [][]cell
	var visit func(e xml.StartElement) error
	visit = func(e xml.StartElement) error {
		switch e.Name.Local {
		case "tr":
			cells, err := w.tableRow()
			rows = append(rows, cells)
			return err
		case "sdt", "sdtContent", "ins", "customXml": // rows stand within
			return w.inside(visit)
		}
		return w.skip()
	}
	if err := w.inside(visit); err != nil {
		return err
	}
	if !dataRows(rows) {
		for _, cells := range rows {
			for _, c := range cells {
				for _, b := range c.blocks {
					emit(b)
				}
			}
		}
		return nil
	}
	for i, cells := range rows {
		var texts []string
		chars := 0
		for _, c := range cells {
			var parts []string
			for _, b := range c.blocks {
				parts = append(parts, b.lines...)
			}
			texts = append(texts, strings.ReplaceAll(strings.Join(parts, " "), "\t", " "))
			for range min(c.columns, maxColumns) - 1 {
				texts = append(texts, "")
			}
			chars += c.chars
		}
		if s := row(texts); s != "" {
			emit(docxBlock{lines: []string{s}, row: i + 1, chars: chars})
		}
	}
	return nil
}

// dataRows reports whether a table shows data: some row has several cells that are filled, and none has running text.
func dataRows(rows [][]cell) bool {
	data := false
	for _, cells := range rows {
		filled := 0
		for _, c := range cells {
			if c.chars > 0 {
				filled++
			}
			if c.chars > 300 && (c.parts > 3 || c.chars > 1500) {
				return false
			}
		}
		data = data || filled > 1
	}
	return data
}

func (w *docxWalk) tableRow() (cells []cell, err error) {
	var visit func(e xml.StartElement) error
	visit = func(e xml.StartElement) error {
		switch e.Name.Local {
		case "tc":
			if w.cells++; w.cells > maxCells {
				return errTooDeep
			}
			c, err := w.tableCell()
			cells = append(cells, c)
			return err
		case "gridBefore":
			n, _ := strconv.Atoi(attr(e, "val"))
			for range min(n, maxColumns) {
				cells = append(cells, cell{columns: 1})
			}
		case "trPr", "sdt", "sdtContent", "ins", "customXml":
			return w.inside(visit)
		}
		return w.skip()
	}
	return cells, w.inside(visit)
}

func (w *docxWalk) tableCell() (cell, error) {
	c := cell{columns: 1}
	keep := func(b docxBlock) {
		c.blocks = append(c.blocks, b)
		c.parts += len(b.lines)
		c.chars += b.chars
		if b.chars == 0 {
			for _, l := range b.lines {
				c.chars += utf8.RuneCountInString(l)
			}
		}
	}
	var visit func(e xml.StartElement) error
	visit = func(e xml.StartElement) error {
		switch e.Name.Local {
		case "tcPr", "ins", "customXml", "smartTag":
			return w.inside(visit)
		case "gridSpan":
			n, _ := strconv.Atoi(attr(e, "val"))
			c.columns = min(max(n, 1), maxColumns)
		case "vMerge":
			c.below = attr(e, "val") != "restart"
		case "p":
			return w.para(keep)
		case "tbl":
			return w.table(keep)
		case "sdt":
			return w.sdt(keep)
		}
		return w.skip()
	}
	err := w.inside(visit)
	if c.below {
		c.blocks, c.chars, c.parts = nil, 0, 0
	}
	return c, err
}
