package doc

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/graph"
)

// sheetRow is a row of a sheet that is not empty.
type sheetRow struct {
	number int // as the sheet counts, from 1
	line   int // of the file, from 1; 0 if it has no lines
	cells  []string
	above  []bool // cells that stand for one that reaches down from above; nil if none does
	wide   []int  // for a cell that reaches over several columns, how many; nil if none does
}

// over reports whether the cell at c stands for one that reaches down from above.
func (r sheetRow) over(c int) bool { return c < len(r.above) && r.above[c] }

// reach is over how many columns the cell at c reaches; 0 if that is not known.
func (r sheetRow) reach(c int) int {
	if c < len(r.wide) {
		return r.wide[c]
	}
	return 0
}

// filled counts the cells that are not empty.
func (r sheetRow) filled() int {
	n := 0
	for _, c := range r.cells {
		if c != "" {
			n++
		}
	}
	return n
}

// Bounds of what a header is.
const (
	headerWithin = 30 // rows from the top in which it is looked for
	headerChars  = 40 // characters of a column's name
)

// table writes the rows of a sheet. Where the header is recognised, a row is one line in which each cell follows the name of its
// column: 项目名称：…，建设单位：…。 Other rows are written as they are, cells parted by tabs.
func (w *writer) table(sheet string, rows []sheetRow) {
	at := func(r sheetRow, heading int) graph.Locator {
		return graph.Locator{Sheet: sheet, Row: r.number, Line: r.line, Heading: heading}
	}
	first, names, header := findHeader(rows)
	for i, r := range rows {
		switch {
		case i < first || names == nil:
			heading := 0
			if r.filled() == 1 && i == 0 && names != nil {
				heading = 1 // what stands alone above a table is its title
			}
			w.line(row(r.cells), at(r, heading))
		case i < first+header: // its names stand in every row
		case repeats(r, rows[first:first+header]):
		case r.filled() == 1 && len(names) > 1:
			w.line(row(r.cells), at(r, 3)) // 一、工业项目
		default:
			w.line(named(names, r), at(r, 0))
		}
	}
}

// findHeader finds the row that names the columns: the first with at least two names, all different, no figures, that names at
// least half of the columns that the rows below it fill. Its names may stand in two rows, where the upper one reaches over several columns. It
// gives the row's index, the names by column, and how many rows they take; names is nil if there is no header.
func findHeader(rows []sheetRow) (first int, names []string, height int) {
	for i := range rows[:min(len(rows), headerWithin)] {
		r := rows[i]
		if !namesColumns(r) || r.named()*2 < mostFilled(rows[i+1:min(len(rows), i+6)]) {
			continue
		}
		if i+1 == len(rows) {
			return 0, nil, 0
		}
		height = 1
		if second, ok := belowHeader(r, rows[i+1]); ok && i+2 < len(rows) {
			return i, second, 2
		}
		if rows[i+1].filled() < 2 && (i+2 == len(rows) || rows[i+2].filled() < 2) {
			continue
		}
		names = make([]string, len(r.cells))
		for c, s := range r.cells {
			names[c] = squeeze(s)
		}
		return i, names, height
	}
	return 0, nil, 0
}

// named counts the columns over which the cells of a row reach.
func (r sheetRow) named() int {
	n := 0
	for c, s := range r.cells {
		if s != "" {
			n += max(r.reach(c), 1)
		}
	}
	return n
}

// mostFilled is how many cells the fullest of some rows has.
func mostFilled(rows []sheetRow) int {
	most := 0
	for _, r := range rows {
		most = max(most, r.filled())
	}
	return most
}

// sayingCell is a cell that says something about the table (单位：亿元) and names no column.
var sayingCell = regexp.MustCompile(`[：:]\s*[^\s（(]`)

func namesColumns(r sheetRow) bool {
	if r.filled() < 2 {
		return false
	}
	seen := map[string]bool{}
	han := false
	for c, s := range r.cells {
		if s == "" {
			continue
		}
		s = squeeze(s)
		if seen[s] && r.reach(c) == 0 || figure(s) || utf8.RuneCountInString(s) > headerChars || strings.ContainsAny(s, "。；") || sayingCell.MatchString(s) {
			return false
		}
		seen[s] = true
		for _, x := range s {
			han = han || unicode.Is(unicode.Han, x)
		}
	}
	return han
}

// belowHeader joins the names in two rows: 投资（万元） over 总投资 and 年度计划. The second row names columns if it only fills those
// that the first leaves empty or reaches over.
func belowHeader(upper, lower sheetRow) ([]string, bool) {
	if lower.filled() == 0 {
		return nil, false
	}
	width := max(len(upper.cells), len(lower.cells))
	names := make([]string, width)
	parent, reach, parted := "", 0, false
	for c := range width {
		over, under := cellAt(upper, c), cellAt(lower, c)
		if lower.over(c) {
			under = ""
		}
		if over != "" {
			parent = squeeze(over)
			reach = max(upper.reach(c), 1)
		} else if upper.wide == nil && under != "" {
			reach = 1 // without word on what reaches where, a name reaches over the empty cells behind it
		}
		under = squeeze(under)
		switch {
		case under == "" && reach > 0:
			names[c] = parent
		case under == "":
		case figure(under) || utf8.RuneCountInString(under) > headerChars:
			return nil, false
		case over != "" && reach < 2 && cellAt(upper, c+1) != "":
			return nil, false // a name below a name that does not reach over others: that is a row of data
		case reach > 0 && parent != "":
			names[c] = parent + "·" + under
			parted = true
		default:
			names[c] = under
			parted = true
		}
		reach--
	}
	return names, parted && (upper.wide != nil || hasGap(upper))
}

func cellAt(r sheetRow, c int) string {
	if c < len(r.cells) {
		return r.cells[c]
	}
	return ""
}

// hasGap reports whether a row has an empty cell between others.
func hasGap(r sheetRow) bool {
	gap, begun := false, false
	for _, s := range r.cells {
		if s == "" {
			gap = begun
		} else if begun = true; gap {
			return true
		}
	}
	return gap
}

// repeats reports whether a row says the header again, as printed sheets do on every page.
func repeats(r sheetRow, header []sheetRow) bool {
	for _, h := range header {
		if len(h.cells) != len(r.cells) {
			continue
		}
		same := true
		for c := range h.cells {
			same = same && squeeze(h.cells[c]) == squeeze(r.cells[c])
		}
		if same {
			return true
		}
	}
	return false
}

// named is a row with the names of its columns. Of cells that reach over several rows, words are said in each, and figures in
// the first alone, so that no sum is counted twice.
func named(names []string, r sheetRow) string {
	var b strings.Builder
	for c, s := range r.cells {
		if s == "" || r.over(c) && figure(s) {
			continue
		}
		if b.Len() > 0 {
			b.WriteString("，")
		}
		if c < len(names) && names[c] != "" {
			b.WriteString(names[c])
			b.WriteString("：")
		}
		b.WriteString(strings.TrimRight(s, "。；;，, "))
	}
	if b.Len() > 0 {
		b.WriteString("。")
	}
	return b.String()
}

// figure reports whether a cell holds a number or a date and no words.
func figure(s string) bool {
	digits := false
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9' || r >= '０' && r <= '９':
			digits = true
		case strings.ContainsRune(" .,，-—/:+%％年月日()（）￥¥$", r):
		default:
			return false
		}
	}
	return digits
}
