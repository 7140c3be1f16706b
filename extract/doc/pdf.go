package doc

import (
	"errors"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/extract/doc/internal/pdf"
	"github.com/tupu-kg/tupu/graph"
)

// Bounds of a PDF file.
const (
	maxDecoded = 512 << 20  // bytes of all streams unpacked
	maxStream  = 64 << 20   // bytes of one
	maxSteps   = 20_000_000 // operators and characters
)

const (
	advicePicture = "recognise its text (ocrmypdf -l chi_sim) and give that, or let tesseract do it: --convert"
	adviceDamaged = "get it again, or print it into a new PDF, or let Poppler save what is left: --convert"
)

// readPDF reads a PDF file: the stored text is its paragraphs, a paragraph a line, however the file breaks it, and its tables,
// a row a line, in the order in which a page is read. What repeats at the top or the bottom of pages, page numbers and tables
// of contents are left out.
func readPDF(data []byte, l Limits) (*Page, error) {
	f, err := pdf.Open(data, pdf.Limits{Decoded: maxDecoded, Stream: maxStream, Pages: l.MaxPages, Steps: maxSteps})
	if err != nil {
		return nil, pdfReason(err)
	}
	d := &pdfLayout{writer: writer{limit: l.MaxText}}
	more, err := f.Pages(func(p *pdf.Page) bool {
		d.add(p)
		return true
	})
	if err != nil {
		return nil, pdfReason(err)
	}
	switch {
	case d.chars < 10*len(d.pages) && d.pictures > 0 && d.pictures*2 >= len(d.pages):
		return nil, &Unreadable{Reason: "a scan: its pages are pictures without text", Advice: advicePicture}
	case d.chars == 0:
		return nil, &Unreadable{Reason: "a PDF without text", Advice: "get it again, or remove it"}
	case d.unknown*4 > d.chars:
		return nil, &Unreadable{Reason: "its fonts do not tell which characters they show", Advice: advicePicture}
	}
	d.furniture()
	d.write()
	p := d.page(FormatPDF, pdfReader, data)
	p.Truncated = p.Truncated || more
	p.Pictures = d.scans
	if blank(p.Document.Text) {
		return nil, &Unreadable{Reason: "a PDF without text", Advice: "get it again, or remove it"}
	}
	return p, nil
}

// pdfReason says why a PDF cannot become a document.
func pdfReason(err error) *Unreadable {
	switch {
	case errors.Is(err, pdf.ErrPassword):
		return &Unreadable{Reason: "protected with a password", Advice: "open it with its password and print it into a new PDF"}
	case errors.Is(err, pdf.ErrEncrypted):
		return &Unreadable{Reason: "encrypted in a way that is not read", Advice: "open it in a reader of PDF and print it into a new PDF"}
	case errors.Is(err, pdf.ErrLimit):
		return &Unreadable{Reason: "too large: it unpacks to more than is read", Advice: adviceSplit}
	}
	return &Unreadable{Reason: err.Error(), Advice: adviceDamaged}
}

// piece is a run of characters on one base line, without a wide gap in it.
type piece struct {
	text   string
	x0, x1 float64
	y      float64
	size   float64
	chars  int
	bold   bool // all of it
}

// level is the pieces on one base line, from left to right.
type level struct {
	pieces []piece
	y      float64
	size   float64 // of the largest
}

func (l level) x0() float64 { return l.pieces[0].x0 }
func (l level) x1() float64 { return l.pieces[len(l.pieces)-1].x1 }

// text joins the pieces of a level with blanks.
func (l level) text() string {
	parts := make([]string, len(l.pieces))
	for i, p := range l.pieces {
		parts[i] = p.text
	}
	return strings.Join(parts, " ")
}

func (l level) bold() bool {
	for _, p := range l.pieces {
		if !p.bold {
			return false
		}
	}
	return true
}

func (l level) chars() int {
	n := 0
	for _, p := range l.pieces {
		n += p.chars
	}
	return n
}

// pdfPage is a page cut into levels and tables.
type pdfPage struct {
	width, height float64
	levels        []level // from the top
	tables        []pdfTable
}

// pdfLayout puts the pages of a file together.
type pdfLayout struct {
	writer
	pages    []pdfPage
	chars    int
	unknown  int
	pictures int   // pages with pictures
	scans    []int // pages that are pictures without text
	sizes    map[int]int
	body     float64 // size of most of the text
	pitch    float64 // distance of most lines of that size, as a share of it
	left     float64 // edges of most of the text
	right    float64

	open     paragraph // that may go on
	notes    []footnote
	head     [][]string // first rows of the last table
	wasTable bool       // the last page ended in a table
}

// maxCharacters bounds the characters of a file that are laid out.
const maxCharacters = 10_000_000

// add cuts a page into levels.
func (d *pdfLayout) add(p *pdf.Page) {
	number := len(d.pages) + 1
	if d.sizes == nil {
		d.sizes = map[int]int{}
	}
	marked, old := 0, 0
	for _, g := range p.Glyphs {
		if g.Artifact {
			marked++
		}
		if r, _ := utf8.DecodeRuneInString(g.Text); isTraditional(r) {
			old++
		}
	}
	simplified := !traditional(old, len(p.Glyphs))
	glyphs := make([]pdf.Glyph, 0, len(p.Glyphs))
	chars := 0
	for _, g := range p.Glyphs {
		if g.Artifact && marked < len(p.Glyphs) {
			continue
		}
		if g.X < -1 || g.X > p.Width+1 || g.Y < -1 || g.Y > p.Height+1 || g.Size < 1 {
			continue // outside of what is shown
		}
		g.Text = foldRadicals(g.Text, simplified)
		if strings.TrimSpace(g.Text) != "" {
			chars++
			d.sizes[int(math.Round(g.Size*4))]++
			if strings.ContainsRune(g.Text, utf8.RuneError) {
				d.unknown++
			}
		}
		glyphs = append(glyphs, g)
	}
	if d.chars += chars; d.chars > maxCharacters {
		glyphs, d.truncated = nil, true
	}
	if p.Pictures > 0 {
		d.pictures++
		if chars < 10 {
			d.scans = append(d.scans, number)
		}
	}
	out := pdfPage{width: p.Width, height: p.Height}
	grids := findGrids(p.Rules)
	out.levels = cutLevels(glyphs, grids)
	for _, g := range grids {
		t, rest := g.take(out.levels)
		if t == nil {
			continue
		}
		out.levels = rest
		out.tables = append(out.tables, *t)
	}
	d.pages = append(d.pages, out)
}

// Distances, in sizes of the type.
const (
	sameLine   = 0.35 // base lines nearer than this are one
	wideGap    = 1.15 // parts pieces of a level
	cutOff     = 0.3  // a character that reaches this far into the next one is cut off at the edge of its cell; stops may
	blankGap   = 0.75 // a blank, beside an ideograph
	blankLatin = 0.18 // a blank between letters
)

// cutLevels sorts the characters of a page into base lines, and cuts these where they have wide gaps or lines of tables.
func cutLevels(glyphs []pdf.Glyph, grids []grid) []level {
	sorted := slices.Clone(glyphs)
	slices.SortStableFunc(sorted, func(a, b pdf.Glyph) int {
		switch {
		case a.Y > b.Y:
			return -1
		case a.Y < b.Y:
			return 1
		}
		return 0
	})
	var lines [][]pdf.Glyph
	for i := 0; i < len(sorted); {
		y, size := sorted[i].Y, sorted[i].Size
		j := i
		for j < len(sorted) && y-sorted[j].Y < sameLine*max(size, sorted[j].Size) {
			if sorted[j].Size > size {
				y, size = sorted[j].Y, sorted[j].Size // a small sign in front stands higher
			}
			j++
		}
		lines = append(lines, sorted[i:j:j])
		i = j
	}
	var levels []level
	for i, line := range lines {
		if i+1 < len(lines) && raised(line, lines[i+1]) {
			lines[i+1] = append(lines[i+1], line...)
			continue
		}
		slices.SortStableFunc(line, func(a, b pdf.Glyph) int {
			switch {
			case a.X < b.X:
				return -1
			case a.X > b.X:
				return 1
			}
			return 0
		})
		if l := (level{pieces: cutPieces(line, grids), y: baseOf(line)}); len(l.pieces) > 0 {
			for _, p := range l.pieces {
				l.size = max(l.size, p.size)
			}
			levels = append(levels, l)
		}
	}
	return levels
}

// largest is the size of the largest type in a line.
func largest(line []pdf.Glyph) float64 {
	size := 0.0
	for _, g := range line {
		size = max(size, g.Size)
	}
	return size
}

// baseOf is the base line of the largest type in a line.
func baseOf(line []pdf.Glyph) float64 {
	size := largest(line)
	for _, g := range line {
		if g.Size > 0.9*size {
			return g.Y
		}
	}
	return line[0].Y
}

// raisedMark is what marks of notes are written with. Behind an ideograph or a stop they are no exponents.
var raisedMark = regexp.MustCompile(`^[\d\[\]［］〔〕*＊]+$`)

// raised reports whether a few small characters are raised signs of the line below: marks of notes, exponents.
func raised(line, below []pdf.Glyph) bool {
	small, size := largest(line), largest(below)
	if len(line) > 8 || small > 0.8*size || line[0].Y-below[0].Y > 0.75*size {
		return false
	}
	x0, x1 := math.Inf(1), math.Inf(-1)
	for _, g := range below {
		x0, x1 = min(x0, g.X), max(x1, g.X+g.Width)
	}
	for _, g := range line {
		if g.X < x0-small || g.X > x1+small {
			return false
		}
	}
	return true
}

func cutPieces(line []pdf.Glyph, grids []grid) []piece {
	var pieces []piece
	var b strings.Builder
	var p piece
	var prev pdf.Glyph
	var last rune
	spaced := false
	bolds := 0
	sizes := 0.0
	end := func() {
		if b.Len() > 0 {
			p.text, p.bold, p.size = b.String(), bolds*10 >= p.chars*9, sizes/float64(max(p.chars, 1))
			pieces = append(pieces, p)
		}
		b.Reset()
		p, bolds, sizes, spaced = piece{}, 0, 0, false
	}
	size, base := largest(line), baseOf(line)
	for _, g := range line {
		if strings.TrimSpace(g.Text) == "" {
			spaced = spaced || b.Len() > 0
			continue
		}
		if wide(last) && b.Len() > 0 && g.Size < 0.75*size && g.Y > base+0.15*size && raisedMark.MatchString(g.Text) {
			continue // of a note
		}
		if b.Len() > 0 {
			size := max(g.Size, prev.Size)
			if g.Text == prev.Text && g.X-prev.X < 0.4*prev.Width && math.Abs(g.Y-prev.Y) < 0.3*size {
				bolds++ // printed twice to look bold
				continue
			}
			gap := g.X - p.x1
			first, _ := utf8.DecodeRuneInString(g.Text)
			if gap > wideGap*size || gap < -cutOff*size && !stop(last) && !stop(first) || gap < -0.6*size || crossed(grids, p.x1, g.X, g.Y, size) {
				end()
			} else if spaced && (gap > 0.1*size || !wide(last) && !wide(first)) || gap > blankGap*size && !stop(last) && !stop(first) || gap > blankLatin*size && !wide(last) && !wide(first) {
				b.WriteByte(' ')
			}
		}
		spaced = false
		if b.Len() == 0 {
			p = piece{x0: g.X, y: g.Y}
		}
		b.WriteString(g.Text)
		last, _ = utf8.DecodeLastRuneInString(g.Text)
		width := g.Width
		if width <= 0 {
			width = g.Size / 2
		}
		p.x1 = max(p.x1, g.X+width)
		p.y = min(p.y, g.Y)
		p.chars++
		sizes += g.Size
		if g.Bold {
			bolds++
		}
		prev = g
	}
	end()
	return pieces
}

// stop reports whether a character is a Chinese stop or quotation mark, at which lines are stretched.
func stop(r rune) bool {
	return strings.ContainsRune("，。、；：！？“”‘’（）《》「」『』", r)
}

// crossed reports whether an upright line of a table stands between two characters.
func crossed(grids []grid, from, to, y, size float64) bool {
	for _, g := range grids {
		if y < g.y0-1 || y > g.y1+1 {
			continue
		}
		for _, v := range g.uprights {
			if x := (v.X0 + v.X1) / 2; x > from-0.2*size && x < to+0.2*size && v.Y0 <= y+0.5*size && v.Y1 >= y {
				return true
			}
		}
	}
	return false
}

// furniture finds the sizes and edges of the text, and drops what repeats at the top and the bottom of pages.
func (d *pdfLayout) furniture() {
	most := 0
	for size, n := range d.sizes {
		if s := float64(size) / 4; n > most || n == most && s > d.body {
			d.body, most = s, n
		}
	}
	drop := make([]map[int]bool, len(d.pages))
	for i := range d.pages {
		drop[i] = map[int]bool{}
	}
	for _, top := range []bool{true, false} {
		for deep := range 3 {
			d.repeated(drop, top, deep)
		}
	}
	for i := range d.pages {
		p := &d.pages[i]
		kept := p.levels[:0]
		for n, l := range p.levels {
			switch {
			case drop[i][n]:
			case contentsLine.MatchString(l.text()):
				if k := len(kept); k > 0 && contentsTitle.MatchString(kept[k-1].text()) {
					kept = kept[:k-1]
				}
			default:
				kept = append(kept, l)
			}
		}
		p.levels = kept
	}
	d.measure()
}

var (
	pageNumber    = regexp.MustCompile(`^[-—–－_~·•|\s\[\](（〔［【]*([Pp第]\s*)?[\dＯ０-９]{1,4}(\s*[页頁])?([\s/／,，、共of]*([共总總]\s*)?[\d０-９]{1,4}(\s*[页頁])?)?[-—–－_~·•|\s\])）〕］】]*$|^(?i)page\s*\d+(\s*of\s*\d+)?$|^[-—–－\s]*[ivxIVXⅰ-ⅻⅠ-Ⅻ]{1,5}[-—–－\s]*$|^第\s*[一二三四五六七八九十百〇]+\s*[页頁]([\s,，]*共\s*[一二三四五六七八九十百〇]+\s*[页頁])?$`)
	printedBy     = regexp.MustCompile(`^(https?|file)://\S+(\s+\d+/\d+)?$|^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4},?\s+\d{1,2}:\d{2}`)
	contentsLine  = regexp.MustCompile(`(…\s*){2,}[-—\s(（]*\d{1,4}[-—\s)）]*$|([.．·・]\s*){5,}[-—\s(（]*\d{1,4}[-—\s)）]*$`)
	contentsTitle = regexp.MustCompile(`^\s*目\s*[录錄次]\s*$`)
)

// repeated marks the lines of headers or footers that lie so deep in: those whose words repeat at the same height on several
// pages, page numbers, and small print set apart.
func (d *pdfLayout) repeated(drop []map[int]bool, top bool, deep int) {
	at := func(i int) int {
		n := len(d.pages[i].levels)
		if deep >= n {
			return -1
		}
		k := deep
		if !top {
			k = n - 1 - deep
		}
		// Only what stands outside of all that was dropped so far.
		for j := range deep {
			outer := j
			if !top {
				outer = n - 1 - j
			}
			if !drop[i][outer] {
				return -1
			}
		}
		return k
	}
	margin := func(i int, l level) bool {
		p := d.pages[i]
		if top {
			return l.y > p.height*0.86
		}
		return l.y < p.height*0.14
	}
	type place struct {
		words string
		y     int
	}
	count := map[place]int{}
	mask := func(l level) string {
		return strings.Map(func(r rune) rune {
			switch {
			case unicode.IsSpace(r):
				return -1
			case unicode.IsDigit(r):
				return '#'
			}
			return r
		}, l.text())
	}
	for i := range d.pages {
		if k := at(i); k >= 0 {
			l := d.pages[i].levels[k]
			y := int(math.Round(l.y / 4))
			for dy := -1; dy <= 1; dy++ {
				count[place{mask(l), y + dy}]++
			}
		}
	}
	enough := max(2, (len(d.pages)*3+9)/10)
	for i := range d.pages {
		k := at(i)
		if k < 0 {
			continue
		}
		l := d.pages[i].levels[k]
		s := l.text()
		switch {
		case !margin(i, l):
		case pageNumber.MatchString(s), printedBy.MatchString(s):
			drop[i][k] = true
		case count[place{mask(l), int(math.Round(l.y / 4))}] >= enough:
			drop[i][k] = true
		case l.size < 0.95*d.body && d.apart(i, k, top):
			drop[i][k] = true
		}
	}
}

// apart reports whether a line at the edge of a page is further from the text than its lines are from each other.
func (d *pdfLayout) apart(i, k int, top bool) bool {
	p := d.pages[i]
	next := k + 1
	if !top {
		next = k - 1
	}
	nearest := math.Inf(1)
	if next >= 0 && next < len(p.levels) {
		nearest = math.Abs(p.levels[next].y - p.levels[k].y)
	}
	for _, t := range p.tables {
		nearest = min(nearest, max(math.Abs(t.y1-p.levels[k].y), 0), math.Abs(t.y0-p.levels[k].y))
	}
	return nearest > 2.6*d.body && p.levels[k].chars() <= 60
}

// measure finds the edges and the pitch of most of the text.
func (d *pdfLayout) measure() {
	pitches := map[int]int{}
	lefts, rights := map[int]int{}, map[int]int{}
	for _, p := range d.pages {
		for i, l := range p.levels {
			if math.Abs(l.size-d.body) > 0.1*d.body {
				continue
			}
			lefts[int(math.Round(l.x0()))] += l.chars()
			rights[int(math.Round(l.x1()))] += l.chars()
			if i > 0 && math.Abs(p.levels[i-1].size-d.body) <= 0.1*d.body {
				if gap := (p.levels[i-1].y - l.y) / d.body; gap > 0.9 && gap < 4 {
					pitches[int(math.Round(gap*20))]++
				}
			}
		}
	}
	best := 0
	for _, k := range slices.Sorted(keys(pitches)) {
		if n := pitches[k] + pitches[k-1] + pitches[k+1]; n > best {
			best, d.pitch = n, float64(k)/20
		}
	}
	if d.pitch == 0 {
		d.pitch = 1.6
	}
	d.left, d.right = mode(lefts), mode(rights)
}

func keys[V any](m map[int]V) func(func(int) bool) {
	return func(yield func(int) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// mode is the most frequent of some numbers, the smallest of several.
func mode(counts map[int]int) float64 {
	best, at := 0, 0
	for _, k := range slices.Sorted(keys(counts)) {
		if counts[k] > best {
			best, at = counts[k], k
		}
	}
	return float64(at)
}

// paragraph is text that belongs together, with the pages that it lies on.
type paragraph struct {
	text    strings.Builder
	breaks  []pageBreak
	last    level
	right   float64 // edge of its column
	heading int
	lines   int
	page    int
}

// pageBreak is where a paragraph goes on on another page, in bytes of its text.
type pageBreak struct{ at, page int }

// write writes the pages down.
func (d *pdfLayout) write() {
	for i := range d.pages {
		d.writePage(i+1, &d.pages[i])
	}
	d.flush()
}

// block of a page: lines of a column, or a table.
type pdfBlock struct {
	levels []level
	table  *pdfTable
	rows   bool // lines are rows of a table without lines
	// Edges of the column, where others above or below on the page tell them; 0 and 0 if none do.
	left, right float64
}

// columnSet is the columns of a part of a page: the gaps between them, and their edges.
type columnSet struct{ gaps, left, right []float64 }

func columnsOf(sides [][]level, gaps []float64) columnSet {
	set := columnSet{gaps: gaps}
	for _, side := range sides {
		x0, x1 := edgesOf(side)
		set.left, set.right = append(set.left, x0), append(set.right, x1)
	}
	return set
}

func (d *pdfLayout) writePage(number int, p *pdfPage) {
	var notes []level
	p.levels, notes = d.footnotes(p.levels)
	for at, b := range d.blocks(p) {
		if at > 0 || b.table == nil {
			d.wasTable = false
		}
		switch {
		case b.table != nil:
			d.flush()
			rows := b.table.rows()
			again := 0
			if at == 0 {
				again = d.again(rows)
			}
			if again == 0 {
				d.head = rows[:min(len(rows), maxHead)]
			}
			for i, cells := range rows[again:] {
				if s := row(cells); s != "" {
					d.line(tidyCells(s), graph.Locator{Page: number, Row: again + i + 1})
				}
			}
			d.wasTable = true
		case b.rows:
			d.flush()
			for i, l := range b.levels {
				cells := make([]string, len(l.pieces))
				for k, p := range l.pieces {
					cells[k] = tidy(p.text)
				}
				d.line(row(cells), graph.Locator{Page: number, Row: i + 1})
			}
		default:
			d.column(number, p, b)
		}
	}
	for _, l := range notes {
		text := tidy(l.text())
		if n := len(d.notes); n > 0 && d.notes[n-1].page == number && !noteMark.MatchString(text) {
			d.notes[n-1].text += text
			continue
		}
		d.notes = append(d.notes, footnote{text, number})
	}
}

// maxHead is how many rows of a table may be its header.
const maxHead = 3

// again counts the rows at the top of a table that say the header of the table at the end of the page before once more.
func (d *pdfLayout) again(rows [][]string) int {
	n := 0
	for d.wasTable && n < len(rows) && n < len(d.head) && slices.Equal(rows[n], d.head[n]) {
		n++
	}
	return n
}

// footnote is a note at the foot of a page, which is written behind the paragraph that goes on over the page's end.
type footnote struct {
	text string
	page int
}

var noteMark = regexp.MustCompile(`^([①-⑳]|[\[〔［(（]?\d{1,3}[\]〕］)）]?|[*＊※]+|注\s*\d*[：:])`)

// footnotes parts the lines of a page from the notes at its foot: the last ones, in type smaller than that of the text, of which
// the first has a mark.
func (d *pdfLayout) footnotes(levels []level) (text, notes []level) {
	at := len(levels)
	for i := len(levels) - 1; i > 0; i-- {
		if l := levels[i]; l.size > 0.85*d.body || len(l.pieces) > 2 {
			break
		}
		if noteMark.MatchString(levels[i].text()) {
			at = i
		}
	}
	return levels[:at], levels[at:]
}

// tidyCells is tidy for a row, whose tabs stay.
func tidyCells(s string) string {
	cells := strings.Split(s, "\t")
	for i := range cells {
		cells[i] = tidy(cells[i])
	}
	return strings.Join(cells, "\t")
}

// blocks puts the lines and tables of a page into the order in which they are read.
func (d *pdfLayout) blocks(p *pdfPage) []pdfBlock {
	var blocks []pdfBlock
	tables := slices.Clone(p.tables)
	slices.SortStableFunc(tables, func(a, b pdfTable) int { return int(math.Round(b.y1 - a.y1)) })
	rest := p.levels
	for t := range tables {
		n := 0
		for n < len(rest) && rest[n].y > tables[t].y1-1 {
			n++
		}
		blocks = append(blocks, d.columns(rest[:n], columnSet{}, 0)...)
		blocks = append(blocks, pdfBlock{table: &tables[t]})
		rest = rest[n:]
	}
	return append(blocks, d.columns(rest, columnSet{}, 0)...)
}

// columns finds lines that stand in columns, and rows of tables without lines: both leave a gap at the same place in many
// lines one below the other. Columns hold running text. known are columns above or below on the page.
func (d *pdfLayout) columns(levels []level, known columnSet, deep int) []pdfBlock {
	if len(levels) == 0 {
		return nil
	}
	if deep > 8 {
		return []pdfBlock{{levels: levels}}
	}
	around := func(from, to int, set columnSet, middle ...pdfBlock) []pdfBlock {
		return slices.Concat(d.columns(levels[:from], set, deep+1), middle, d.columns(levels[to:], set, deep+1))
	}
	voted, votes := vote(levels)
	for _, gaps := range gutters(levels, voted, votes) {
		from, to := free(levels, gaps)
		sides := split(levels[from:to], gaps)
		if !slices.ContainsFunc(sides, func(side []level) bool { return !prose(side) }) {
			var columns []pdfBlock
			for _, side := range sides {
				columns = slices.Concat(columns, d.columns(side, columnSet{}, deep+1))
			}
			return around(from, to, columnsOf(sides, gaps), columns...)
		}
	}
	if len(known.gaps) > 0 {
		if from, to := free(levels, known.gaps); to > from {
			var columns []pdfBlock
			for i, side := range split(levels[from:to], known.gaps) {
				columns = append(columns, pdfBlock{levels: side, left: known.left[i], right: known.right[i]})
			}
			return around(from, to, known, columns...)
		}
	}
	if votes < 3 {
		return []pdfBlock{{levels: levels}}
	}
	from, to := free(levels, []float64{voted})
	both := func(l level) bool { return l.x0() < voted && l.x1() > voted }
	for from < to && !both(levels[from]) {
		from++
	}
	for from < to && !both(levels[to-1]) {
		to--
	}
	if to-from < 3 {
		return []pdfBlock{{levels: levels}}
	}
	return around(from, to, columnSet{}, pdfBlock{levels: levels[from:to], rows: true})
}

// vote finds the place where the most lines have a gap, and how many have it.
func vote(levels []level) (x float64, votes int) {
	count := map[int]int{}
	for _, l := range levels {
		for i := 1; i < len(l.pieces); i++ {
			a, b := int(math.Ceil(l.pieces[i-1].x1)), int(math.Floor(l.pieces[i].x0))
			for v := a; v <= b && v-a < 2000; v++ {
				count[v]++
			}
		}
	}
	at, run := 0, 0
	for _, v := range slices.Sorted(keys(count)) {
		if count[v] > votes {
			votes, at, run = count[v], v, 1
		} else if count[v] == votes && v == at+run {
			run++
		}
	}
	return float64(at) + float64(run-1)/2, votes
}

// gutters are the places where the gaps between columns may be, most columns first: where lines have gaps, and, since the lines
// of columns need not be level with each other, in the middle and at thirds.
func gutters(levels []level, voted float64, votes int) [][]float64 {
	if len(levels) < 6 {
		return nil
	}
	x0, x1 := edgesOf(levels)
	third := (x1 - x0) / 3
	var list [][]float64
	if votes > 0 {
		for _, other := range []float64{x0 + x1 - voted, x0 + third, x1 - third} { // the other gap of three columns, even ones first
			if math.Abs(other-voted) > third/2 {
				list = append(list, []float64{min(voted, other), max(voted, other)})
			}
		}
	}
	list = append(list, []float64{x0 + third, x1 - third})
	if votes > 0 {
		list = append(list, []float64{voted})
	}
	return append(list, []float64{(x0 + x1) / 2}, []float64{x0 + third}, []float64{x1 - third})
}

// edgesOf are the outermost edges of some lines.
func edgesOf(levels []level) (x0, x1 float64) {
	x0, x1 = math.Inf(1), math.Inf(-1)
	for _, l := range levels {
		x0, x1 = min(x0, l.x0()), max(x1, l.x1())
	}
	return x0, x1
}

// free is the longest run of lines of which no piece lies across a gap, by the lines between each two of them. A line that
// stands alone in the middle of a page with an odd number of columns is a heading across them.
func free(levels []level, gaps []float64) (from, to int) {
	x0, x1 := edgesOf(levels)
	clear := func(i int, top bool) bool {
		l := levels[i]
		for _, p := range l.pieces {
			for _, x := range gaps {
				if p.x0 < x-0.5 && p.x1 > x+0.5 {
					return false
				}
			}
		}
		if len(gaps)%2 == 1 || len(l.pieces) > 1 {
			return true
		}
		p, middle := l.pieces[0], len(gaps)/2
		apart := func(a, b level) bool { return a.y-b.y > 1.2*min(a.size, b.size) }
		alone := (top || apart(levels[i-1], l)) && (i+1 == len(levels) || apart(l, levels[i+1]))
		return !alone || math.Abs(p.x0+p.x1-x0-x1) > 3*l.size || !top && p.x1-p.x0 > 0.8*(gaps[middle]-gaps[middle-1])
	}
	best := 0
	for i := 0; i < len(levels); {
		if !clear(i, true) {
			i++
			continue
		}
		j := i
		lines := make([]int, len(gaps)+1)
		for ; j < len(levels) && clear(j, j == i); j++ {
			seen := -1
			for _, p := range levels[j].pieces {
				if side := sideOf(p, gaps); side != seen {
					lines[side]++
					seen = side
				}
			}
		}
		if n := slices.Min(lines); n > best {
			from, to, best = i, j, n
		}
		i = j
	}
	return from, to
}

// sideOf is the number of the column that a piece stands in.
func sideOf(p piece, gaps []float64) int {
	side := 0
	for side < len(gaps) && p.x1 > gaps[side]+0.5 {
		side++
	}
	return side
}

// prose reports whether lines are those of a column of running text: several, most of them long enough to fill it.
func prose(side []level) bool {
	if len(side) < 3 {
		return false
	}
	x0, x1 := edgesOf(side)
	filled, chars := 0, 0
	for _, l := range side {
		if l.x1()-l.x0() > 0.8*(x1-x0) {
			filled++
		}
		chars += l.chars()
	}
	return filled*2 >= len(side) && chars >= 9*len(side)
}

// split parts lines at gaps.
func split(band []level, gaps []float64) [][]level {
	sides := make([][]level, len(gaps)+1)
	for _, l := range band {
		parts := make([]level, len(sides))
		for _, p := range l.pieces {
			part := &parts[sideOf(p, gaps)]
			part.pieces, part.size = append(part.pieces, p), max(part.size, p.size)
		}
		for side, part := range parts {
			if part.y = l.y; len(part.pieces) > 0 {
				sides[side] = append(sides[side], part)
			}
		}
	}
	return sides
}

// column writes lines that stand below each other.
func (d *pdfLayout) column(number int, p *pdfPage, b pdfBlock) {
	levels, left, right := b.levels, b.left, b.right
	if right == 0 {
		left, right = d.edges(levels, p.width)
	}
	for i, l := range levels {
		if !d.goesOn(levels, i, left, right, number) {
			d.flush()
		}
		text := tidy(l.text())
		if text == "" {
			continue
		}
		o := &d.open
		if o.lines == 0 {
			o.page, o.heading = number, d.heading(l, left, right)
		} else {
			if n := len(o.breaks); n == 0 && o.page != number || n > 0 && o.breaks[n-1].page != number {
				o.breaks = append(o.breaks, pageBreak{o.text.Len(), number})
			}
			if between(o.text.String(), text) {
				o.text.WriteByte(' ')
			}
		}
		o.text.WriteString(text)
		o.last, o.right = l, right
		o.lines++
	}
}

// edges are those of the lines of a column; of few lines, those of the whole text where they fit. Where no two lines reach as
// far to the right, the margin is as wide as that on the left.
func (d *pdfLayout) edges(levels []level, width float64) (left, right float64) {
	left, right = edgesOf(levels)
	if left >= d.left-2 && left < d.left+4*d.body && right <= d.right+2*d.body && right > d.left+0.55*(d.right-d.left) || len(levels) < 4 && left >= d.left-2 && right <= d.right+d.body {
		left, right = min(left, d.left), max(right, d.right)
	}
	reach := 0
	for _, l := range levels {
		if l.x1() > right-1.3*l.size {
			reach++
		}
	}
	if mirrored := width - left; reach < 2 && right > width/2 && mirrored > right {
		right = mirrored
	}
	return left, right
}

// heading is Locator.Heading of a paragraph that begins with a line.
func (d *pdfLayout) heading(l level, left, right float64) int {
	centred := l.x0()-left > 1.5*l.size && math.Abs((l.x0()-left)-(right-l.x1())) < 1.5*l.size
	switch {
	case l.chars() > 60:
		return 0
	case l.size > 1.15*d.body:
		return 2
	case l.bold() && centred:
		return 2
	case l.bold():
		return 3
	}
	return 0
}

var listMark = regexp.MustCompile(`^([（(]?([一二三四五六七八九十]+|\d{1,3})[)）、.．]|[①-⑳•●◆■▪·]|第[一二三四五六七八九十百\d]+[条章部])`)

// goesOn reports whether line i of a column goes on with the paragraph that is open.
func (d *pdfLayout) goesOn(levels []level, i int, left, right float64, number int) bool {
	o := &d.open
	if o.lines == 0 {
		return false
	}
	a, b := o.last, levels[i]
	size := max(a.size, b.size)
	if math.Abs(a.size-b.size) > 0.15*size || a.bold() != b.bold() && (a.bold() || b.bold()) && o.lines == 1 && o.heading > 0 {
		return false
	}
	ended := strings.HasSuffix(o.text.String(), "。") || strings.HasSuffix(o.text.String(), "！") || strings.HasSuffix(o.text.String(), "？") || strings.HasSuffix(o.text.String(), "；") || strings.HasSuffix(o.text.String(), "：")
	page := o.page
	if n := len(o.breaks); n > 0 {
		page = o.breaks[n-1].page
	}
	first := i == 0 // of a column or a page
	if first && ended {
		return false
	}
	if !first || page == number && a.y > b.y && a.x0() < right && b.x0() < o.right {
		pitch := d.pitch
		if size > 1.15*d.body {
			pitch = max(pitch, 1.6)
		}
		if a.y-b.y > 1.3*pitch*size && a.y-b.y > 0.5*size || a.y <= b.y && !first {
			return false
		}
	}
	text := b.text()
	// Two centred lines of large type are one title.
	if size > 1.15*d.body && !first {
		mid := (left + right) / 2
		if math.Abs((a.x0()+a.x1())/2-mid) < size && math.Abs((b.x0()+b.x1())/2-mid) < size && b.x0()-left > size && !ended &&
			!strings.HasPrefix(text, "—") && !strings.HasPrefix(text, "（") && !strings.HasPrefix(text, "(") && listMark.FindString(text) == "" {
			return true
		}
	}
	full := o.right-a.x1() <= unbroken(b)+1.25*size
	if mid := (left + right) / 2; !first && bracketOpen(o.text.String()) && (full || math.Abs((a.x0()+a.x1())/2-mid) < size && math.Abs((b.x0()+b.x1())/2-mid) < size) {
		return true
	}
	if !full {
		return false // it ends before the edge, though more would have fitted
	}
	if o.lines == 1 && a.x0()-left > 0.35*(right-left) {
		return false // a signature or a date, set to the right
	}
	indent := b.x0() - left
	if indent < 0.8*size {
		return listMark.FindString(text) == "" || !ended && !strings.HasSuffix(o.text.String(), "、")
	}
	// What hangs below a mark is indented, and a paragraph that begins is too.
	return !first && indent < 4*size && b.x0() > a.x0()+0.5*size && listMark.FindString(o.text.String()) != "" && o.lines == 1 && listMark.FindString(text) == "" && !ended ||
		!first && o.lines > 1 && math.Abs(a.x0()-b.x0()) < 0.3*size && listMark.FindString(text) == ""
}

// bracketOpen reports whether a text has a bracket that is not closed, near its end.
func bracketOpen(s string) bool {
	s = s[max(0, len(s)-300):]
	return strings.Count(s, "（") > strings.Count(s, "）") || strings.Count(s, "《") > strings.Count(s, "》") || strings.Count(s, "(") > strings.Count(s, ")")
}

// unbroken is the width of what a line begins with and that may not be broken: a character, or a word of letters or digits.
func unbroken(l level) float64 {
	p := l.pieces[0]
	n := 0
	for _, r := range p.text {
		if wide(r) || r == ' ' {
			if n == 0 {
				n = 1
			} else if strings.ContainsRune("，。、；：！？）》”’％", r) {
				n += 2
			}
			break
		}
		n++
	}
	return float64(n) * (p.x1 - p.x0) / float64(max(utf8.RuneCountInString(p.text), 1))
}

// figureOpen is a number that goes on: 5. and 1,
var figureOpen = regexp.MustCompile(`\d[.,]$`)

// between reports whether a blank stands between two lines that belong together.
func between(a, b string) bool {
	last, _ := utf8.DecodeLastRuneInString(a)
	first, _ := utf8.DecodeRuneInString(b)
	switch {
	case wide(last) || wide(first), last == '-', last == '/', unicode.IsDigit(last) && unicode.IsDigit(first), figureOpen.MatchString(a[max(0, len(a)-4):]) && unicode.IsDigit(first):
		return false
	case unicode.IsPunct(first) && first != '(' && first != '"':
		return false
	}
	return true
}

// flush writes the paragraph that is open.
func (d *pdfLayout) flush() {
	o := &d.open
	if o.lines > 0 {
		text := o.text.String()
		at := graph.Locator{Page: o.page, Heading: o.heading}
		if utf8.RuneCountInString(text) > 60 {
			at.Heading = 0
		}
		n := d.b.Len()
		d.line(text, at)
		if d.b.Len() > n {
			for _, b := range o.breaks {
				d.mark(n+b.at-d.b.Len(), graph.Locator{Page: b.page, Heading: at.Heading})
			}
		}
	}
	*o = paragraph{}
	for _, n := range d.notes {
		d.line(n.text, graph.Locator{Page: n.page})
	}
	d.notes = nil
}

// pageList lists numbers of pages.
func pageList(pages []int) string {
	list := make([]string, 0, 10)
	for i, p := range pages {
		if i == 10 {
			list = append(list, "…")
			break
		}
		list = append(list, fmt.Sprint(p))
	}
	return strings.Join(list, ", ")
}
