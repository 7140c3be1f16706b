package cli

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	prettytable "github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
)

// page is a buffer that answers for people are laid out in.
type page struct {
	bytes.Buffer
	width int // display columns, 0 for any
	color bool
	words words
}

// column is how a column of a table is shown.
type column struct {
	name   string
	right  bool // numbers
	clip   clipping
	asIs   bool     // the name is shown as it is written
	spare  int      // on a page too narrow for all, columns of 1 are left out first, then those of 2 and so on; 0 stays
	inside []string // for each row, what stays visible of a cell that is cut at its end
	source bool     // file:place; where the page is too narrow the files are numbered and listed under the table
}

// clipping is what happens to a cell that finds no room.
type clipping int

const (
	wraps    clipping = iota // it is broken into lines
	clipsEnd                 // it is cut at its end
	clipsTop                 // it is cut at its beginning: of a path the end matters
)

const (
	gap       = 2 // spaces between columns
	leastWide = 8 // a column is never made narrower than this
)

// narrow is what columns are made narrower than only if the page leaves no choice.
var narrow = map[clipping]int{wraps: 14, clipsTop: 14, clipsEnd: 20}

// heading writes a title over what follows, with an empty line before it unless it is the first.
func (p *page) heading(s string) {
	if p.Len() > 0 {
		p.WriteByte('\n')
	}
	p.WriteString(p.strong(visible(p.words.tell(p.words.say(s)), false)))
	p.WriteByte('\n')
}

// title begins a block about one thing: its name, and faintly what else identifies it.
func (p *page) title(name string, more ...string) {
	p.WriteString(p.strong(visible(name, false)))
	for _, s := range more {
		if s != "" {
			p.WriteString("  " + p.faint(visible(p.words.tell(s), false)))
		}
	}
	p.WriteByte('\n')
}

// facts writes labels with what they say beside them; those that say nothing are left out.
func (p *page) facts(rows [][]string) {
	widest := 0
	for _, row := range rows {
		if row[1] != "" {
			widest = max(widest, displayWidth(p.words.tell(row[0])))
		}
	}
	for _, row := range rows {
		if row[1] == "" {
			continue
		}
		lines := p.wrapped(widest+gap, row[1])
		p.WriteString(p.faint(text.Pad(p.words.tell(row[0]), widest, ' ')) + strings.Repeat(" ", gap) + strings.TrimRight(lines[0], " ") + "\n")
		p.lines(widest+gap, lines[1:])
	}
}

// paragraph writes text at an indent of so many spaces, wrapped to the width.
func (p *page) paragraph(indent int, s string) { p.lines(indent, p.wrapped(indent, s)) }

// faintly is a paragraph that stands back.
func (p *page) faintly(indent int, s string) {
	lines := p.wrapped(indent, s)
	for i := range lines {
		lines[i] = p.faint(lines[i])
	}
	p.lines(indent, lines)
}

// wrapped breaks text into the lines that fit beside an indent.
func (p *page) wrapped(indent int, s string) []string {
	s = visible(p.words.tell(s), false)
	if p.width > 0 {
		s = wrap(s, max(p.width-indent, leastWide))
	}
	return strings.Split(s, "\n")
}

func (p *page) lines(indent int, lines []string) {
	for _, l := range lines {
		p.WriteString(strings.TrimRight(strings.Repeat(" ", indent)+l, " "))
		p.WriteByte('\n')
	}
}

func (p *page) strong(s string) string {
	if !p.color || s == "" {
		return s
	}
	return text.Bold.EscapeSeq() + s + text.EscapeReset
}

func (p *page) faint(s string) string {
	if !p.color || s == "" {
		return s
	}
	return text.Faint.EscapeSeq() + s + text.EscapeReset
}

// rows writes rows without column names; the columns whose numbers are given are aligned to the right.
func (p *page) rows(rows [][]string, right ...int) {
	if len(rows) == 0 {
		return
	}
	columns := make([]column, len(rows[0]))
	for _, i := range right {
		columns[i].right = true
	}
	p.table(columns, rows)
}

// table writes rows under their column names, without borders, no wider than the page. Columns that are empty throughout
// are left out.
func (p *page) table(columns []column, rows [][]string) {
	rows, sources := p.numbered(columns, p.told(columns, rows))
	var shown []int
	var widths []int
	for i, c := range columns {
		widest := 0
		for _, row := range rows {
			widest = max(widest, displayWidth(visible(row[i], false)))
		}
		if widest > 0 {
			shown = append(shown, i)
			widths = append(widths, max(widest, displayWidth(p.words.say(c.name))))
		}
	}
	if len(shown) == 0 {
		return
	}
	shown, widths = p.spare(columns, shown, widths)
	p.fit(columns, shown, widths)

	t := prettytable.NewWriter()
	t.SetStyle(plain)
	t.SuppressTrailingSpaces()
	names := make(prettytable.Row, len(shown))
	configs := make([]prettytable.ColumnConfig, len(shown))
	named := false
	for at, i := range shown {
		named = named || columns[i].name != ""
		names[at] = columns[i].name
		if !columns[i].asIs {
			names[at] = strings.ToUpper(p.words.say(columns[i].name))
		}
		configs[at] = prettytable.ColumnConfig{Number: at + 1, WidthMax: widths[at], WidthMaxEnforcer: wrapCell}
		if columns[i].right {
			configs[at].Align, configs[at].AlignHeader = text.AlignRight, text.AlignRight
		}
	}
	if named {
		t.AppendHeader(names)
	}
	t.SetColumnConfigs(configs)
	for n, row := range rows {
		cells := make(prettytable.Row, len(shown))
		for at, i := range shown {
			cell := visible(row[i], false)
			switch c := columns[i]; {
			case c.clip == clipsTop:
				cell = clipTop(cell, widths[at])
			case c.clip == clipsEnd && c.inside != nil:
				cell = around(cell, visible(c.inside[n], false), widths[at])
			case c.clip == clipsEnd:
				cell = clip(cell, widths[at])
			}
			cells[at] = cell
		}
		t.AppendRow(cells)
	}
	header, rest, _ := strings.Cut(t.Render(), "\n")
	if named {
		header = p.faint(header) // not by the table's style, which would draw the spaces at the line's end too
	}
	p.WriteString(header + "\n")
	if rest != "" {
		p.WriteString(rest + "\n")
	}
	for i, path := range sources {
		p.faintly(0, "["+strconv.Itoa(i+1)+"] "+path)
	}
}

// told puts the cells of rows into the user's language, those of paths aside.
func (p *page) told(columns []column, rows [][]string) [][]string {
	if p.words == nil {
		return rows
	}
	out := make([][]string, len(rows))
	for i, row := range rows {
		out[i] = slices.Clone(row)
		for c := range out[i] {
			if !columns[c].source || !strings.Contains(row[c], ".") { // a register, or the manifest
				out[i][c] = p.words.tell(row[c])
			}
		}
	}
	return out
}

// numbered puts numbers in place of the files in the column of sources, if the page is too narrow for their paths, and returns
// the files in their order: a path that is cut cannot be looked up.
func (p *page) numbered(columns []column, rows [][]string) (short [][]string, files []string) {
	at := slices.IndexFunc(columns, func(c column) bool { return c.source })
	if at < 0 || p.width == 0 {
		return rows, nil
	}
	widest := 0
	for _, row := range rows {
		widest = max(widest, displayWidth(row[at]))
	}
	if widest <= p.width/5 {
		return rows, nil
	}
	number := map[string]int{}
	short = make([][]string, len(rows))
	for i, row := range rows {
		short[i] = slices.Clone(row)
		file, place := row[at], ""
		if colon := strings.LastIndexByte(file, ':'); colon > 0 && !strings.Contains(file[colon:], "/") {
			file, place = file[:colon], file[colon:]
		}
		if file == "" || !strings.Contains(file, ".") { // a register or the manifest
			continue
		}
		if number[file] == 0 {
			files = append(files, file)
			number[file] = len(files)
		}
		short[i][at] = "[" + strconv.Itoa(number[file]) + "]" + place
	}
	return short, files
}

// spare leaves columns out until the others have room when they are narrow.
func (p *page) spare(columns []column, shown, widths []int) (show, width []int) {
	for rank := 1; p.width > 0 && rank <= len(columns); rank++ {
		least := -gap
		for at, w := range widths {
			least += gap + min(w, narrow[columns[shown[at]].clip])
		}
		if least <= p.width {
			break
		}
		at := slices.IndexFunc(shown, func(i int) bool { return columns[i].spare == rank })
		if at >= 0 {
			shown, widths = slices.Delete(shown, at, at+1), slices.Delete(widths, at, at+1)
		}
	}
	return shown, widths
}

// fit narrows columns until they fit the page, always the widest of those that can still give: first long names, which wrap,
// and paths, then quotes, and only then what hurts.
func (p *page) fit(columns []column, shown, widths []int) {
	if p.width == 0 {
		return
	}
	total := gap * (len(widths) - 1)
	for _, w := range widths {
		total += w
	}
	long, short := max(p.width*3/10, narrow[wraps]), p.width/5
	for _, least := range []map[clipping]int{
		{wraps: long, clipsTop: short, clipsEnd: p.width},
		{wraps: long, clipsTop: short, clipsEnd: short},
		narrow,
		{wraps: leastWide, clipsTop: leastWide, clipsEnd: leastWide},
	} {
		for total > p.width {
			widest := -1
			for at, i := range shown {
				if widths[at] > max(least[columns[i].clip], displayWidth(p.words.say(columns[i].name))) && (widest < 0 || widths[at] > widths[widest]) {
					widest = at
				}
			}
			if widest < 0 {
				break
			}
			widths[widest]--
			total--
		}
	}
}

// plain is a table without lines: under a Chinese locale terminals disagree about their width.
var plain = prettytable.Style{
	Name:    "plain",
	Box:     prettytable.BoxStyle{PaddingRight: strings.Repeat(" ", gap)},
	Format:  prettytable.FormatOptions{},
	Options: prettytable.OptionsNoBordersAndSeparators,
}

// wrap breaks s into lines of at most a display width: after a space where the line has one, else between any two
// characters, as Chinese is broken. Without its line ends the result is s again; spaces may hang over the edge.
func wrap(s string, width int) string {
	var lines []string
	for _, l := range strings.Split(s, "\n") {
		for displayWidth(l) > width {
			head := text.Trim(l, width)
			if head == "" { // not even one character fits
				break
			}
			if l[len(head)] == ' ' { // it hangs over the edge unseen
				head = l[:len(head)+1]
			} else if space := strings.LastIndexByte(head, ' '); space > 0 {
				head = head[:space+1]
			}
			lines, l = append(lines, head), l[len(head):]
		}
		lines = append(lines, l)
	}
	return strings.Join(lines, "\n")
}

// wrapCell wraps s for a table, where nothing may hang over.
func wrapCell(s string, width int) string {
	lines := strings.Split(wrap(s, width), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n")
}

// clipTop cuts s at its beginning to a display width and marks the cut; width 0 is any.
func clipTop(s string, width int) string {
	if width <= 0 || displayWidth(s) <= width {
		return s
	}
	runes := []rune(s)
	from, w := len(runes), 1
	for from > 0 && w+text.RuneWidth(runes[from-1]) <= width {
		from--
		w += text.RuneWidth(runes[from])
	}
	return "…" + string(runes[from:])
}

// clip cuts s to a display width and marks the cut; width 0 is any.
func clip(s string, width int) string {
	if width <= 0 || displayWidth(s) <= width {
		return s
	}
	return text.Trim(s, width-1) + "…"
}

// around cuts s to a display width so that what is inside stays visible, and marks the cuts; width 0 is any.
func around(s, inside string, width int) string {
	if width <= 0 || displayWidth(s) <= width {
		return s
	}
	at := strings.Index(s, inside)
	if at <= 0 || displayWidth(s[:at+len(inside)]) < width {
		return clip(s, width)
	}
	// Keep as much before the name as there is after it, and begin where a clause begins if one does nearby.
	lead := max((width-displayWidth(inside))/3, 0)
	before := []rune(s[:at])
	from, w := len(before), 0
	for from > 0 && w+text.RuneWidth(before[from-1]) <= lead {
		from--
		w += text.RuneWidth(before[from])
	}
	for i := from; i < len(before) && i < from+8; i++ {
		if strings.ContainsRune("，、；：。", before[i]) {
			from = i + 1
			break
		}
	}
	return "…" + clip(string(before[from:])+s[at:], width-1)
}

// displayWidth is the number of columns that a terminal shows s in.
func displayWidth(s string) int { return text.StringWidthWithoutEscSequences(s) }
