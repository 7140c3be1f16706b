package relate

import (
	"slices"
	"strings"

	"github.com/tupu-kg/tupu/extract/text"
	"github.com/tupu-kg/tupu/graph"
)

// A row of a table says by its columns what a sentence says by its verbs:
//
//	3 青榆电路板二期 青榆电路科技公司 柳塘电子园 新建厂房11万平方米 21.5亿元    no heads: the kinds of the cells tell
//	项目名称：青榆电路板二期，建设单位：青榆电路科技公司，建设地点：柳塘电子园      the head in front of each cell

// minCells is how many cells a line without heads has at least, beside its number, to be a row.
const minCells = 4

// Heads of columns, by what they say of the thing that a row is about.
var (
	headsOfSubject = []string{"项目名称", "工程名称", "项目", "名称"}
	headsOfOwner   = []string{"建设单位", "业主单位", "业主", "项目单位", "项目业主", "实施单位", "实施主体", "投资主体", "投资方", "投资单位", "建设主体", "企业名称", "承建单位"}
	headsOfSite    = []string{"建设地点", "项目地点", "实施地点", "地点", "所在地", "选址", "建设地址"}
)

// ordinal is the number that a row begins with.
var ordinal = newPattern(`^[（(]?[0-9]{1,4}[)）.、]?$`)

// cell is a cell of a row, without its head.
type cell struct {
	text.Range
	head  string
	names []int // if it is nothing but names
}

// row reads a line that is a row of a table without heads, and reports whether it is one: then nothing else is read from it.
func (v *view) row() bool {
	cells := v.cells()
	if len(cells) > 0 && ordinal.MatchString(v.Text[cells[0].Start:cells[0].End]) {
		cells = cells[1:]
	} else if len(cells) < minCells+1 {
		return false
	}
	if len(cells) < minCells || len(cells[0].names) != 1 || !v.subjectOfRow(cells[0].names[0]) {
		return false
	}
	subject := cells[0].names[0]
	owned := false
	for _, c := range cells[1:] {
		switch {
		case len(c.names) > 0 && v.all(c.names, graph.KindEnterprise, graph.KindOrganization):
			if !owned {
				owned = true
				for _, n := range c.names {
					v.columns(graph.Undertakes, n, subject)
				}
			}
		case len(c.names) > 0 && v.all(c.names, graph.KindPlace):
			for _, n := range c.names {
				v.columns(graph.LocatedIn, subject, n)
			}
		default:
			v.sizes(subject, c)
		}
	}
	return true
}

// headed reads what the heads of columns say of the thing that a row is about.
func (v *view) headed() {
	if strings.Count(v.Text, "：") < 2 {
		return
	}
	subject := -1
	for _, clause := range v.clausesWithHeads() {
		switch {
		case subject < 0 && slices.Contains(headsOfSubject, clause.head) && len(clause.names) == 1 && v.subjectOfRow(clause.names[0]):
			subject = clause.names[0]
		case subject < 0 || len(clause.names) == 0:
		case slices.Contains(headsOfOwner, clause.head) && v.all(clause.names, graph.KindEnterprise, graph.KindOrganization):
			for _, n := range clause.names {
				v.columns(graph.Undertakes, n, subject)
			}
		case slices.Contains(headsOfSite, clause.head) && v.all(clause.names, graph.KindPlace):
			for _, n := range clause.names {
				v.columns(graph.LocatedIn, subject, n)
			}
		}
	}
}

// cells cuts the sentence at its spaces; nil if it has sentence marks or too few spaces.
func (v *view) cells() []cell {
	if strings.Count(v.Text, " ") < minCells-1 || strings.ContainsAny(v.Text, "。；！？") {
		return nil
	}
	var out []cell
	start := 0
	for i := 0; i <= len(v.Text); i++ {
		if i < len(v.Text) && (v.Text[i] != ' ' && v.Text[i] != '\n' || v.inName(i)) {
			continue
		}
		if i > start {
			out = append(out, v.cell(start, i, ""))
		}
		start = i + 1
	}
	return out
}

// clausesWithHeads are the clauses of the sentence whose first words are a head of a column.
func (v *view) clausesWithHeads() []cell {
	var out []cell
	for at := 0; at < len(v.Text); {
		colon := strings.Index(v.Text[at:], "：")
		if colon < 0 {
			break
		}
		head := v.Text[at : at+colon]
		if i := strings.LastIndexAny(head, "，。；"); i >= 0 {
			head = strings.TrimLeft(head[i:], "，。；")
		}
		from := at + colon + len("：")
		to := len(v.Text)
		if next := strings.Index(v.Text[from:], "："); next >= 0 {
			if comma := strings.LastIndex(v.Text[from:from+next], "，"); comma >= 0 {
				to = from + comma
			}
		}
		to = from + len(strings.TrimRight(v.Text[from:to], "。，；"))
		out = append(out, v.cell(from, to, strings.TrimSpace(head)))
		at = from
	}
	return out
}

// inName reports whether a position is inside a name.
func (v *view) inName(at int) bool {
	return slices.ContainsFunc(v.Names, func(n Name) bool { return n.Start < at && at < n.End })
}

// cell is a stretch with its names, if they and what joins them are all that it holds.
func (v *view) cell(from, to int, head string) cell {
	c := cell{Range: text.Range{Start: from, End: to}, head: head}
	at := from
	for i := range v.Names {
		n := &v.Names[i]
		if n.Start < from || n.End > to {
			continue
		}
		if gap := strings.Trim(v.Text[at:n.Start], openers+"”’」』》）)"); gap != "" && !(len(c.names) > 0 && slices.Contains(connectors, gap)) {
			c.names = nil
			return c
		}
		c.names = append(c.names, i)
		at = n.End
	}
	if strings.Trim(v.Text[at:to], closers) != "" {
		c.names = nil
	}
	return c
}

func (v *view) all(names []int, kinds ...graph.Kind) bool {
	return !slices.ContainsFunc(names, func(n int) bool { return !slices.Contains(kinds, v.Names[n].Kind) })
}

// subjectOfRow reports whether a row may be about a name: a project, or something built.
func (v *view) subjectOfRow(n int) bool {
	name := &v.Names[n]
	return name.Kind == graph.KindProject || name.Kind == graph.KindOrganization || name.Kind == graph.KindPlace && name.Place.Level() == 0
}

func (v *view) columns(t graph.EdgeType, h, n int) {
	head, tail := v.Names[h], v.Names[n]
	v.state(Statement{
		Type: t, Head: head, Tail: tail, Modality: v.tense(""), Year: v.Year, Basis: graph.BasisSentence,
		Confidence: 0.8 * min(head.Confidence, tail.Confidence), By: "row",
	})
}

// sizes reads the figures of a cell: of money the whole investment, else what stands in front of each.
func (v *view) sizes(subject int, c cell) {
	for _, f := range v.figures(c.Start, c.End) {
		from := c.Start
		if i := strings.LastIndex(v.Text[from:f.Start], "、"); i >= 0 {
			from += i + len("、")
		}
		if i := strings.LastIndex(v.Text[from:f.Start], "，"); i >= 0 {
			from += i + len("，")
		}
		lead := v.Text[from:f.Start]
		for _, verb := range []string{"新建", "建设", "扩建", "购置", "租赁", "更新", "新增", "改造"} {
			if rest, ok := strings.CutPrefix(lead, verb); ok {
				lead = rest
			}
		}
		from = f.Start - len(lead)
		if runes(lead) > maxLead || f.kind == money && lead != "" && !containsAny(lead, measured) {
			continue
		}
		what := lead
		if f.kind == money && lead == "" {
			what = "总投资"
		}
		v.amountAt(&v.Names[subject], f, text.Range{Start: from, End: f.End}, what, "row")
	}
}
