package cli

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/query"
)

const (
	usualWidth  = 80 // of a screen, where the terminal does not say
	widestSides = 140
	betweenCols = " | " // no line of a box: under a Chinese locale terminals disagree about its width
	mostTelling = 2     // sentences beside each other, so that a pair fits a screen of 24 lines
	mostSaid    = 2
)

// comparison shows a pair side by side.
func (p *page) comparison(c *query.Comparison, title string) {
	whole := &page{width: p.width, color: p.color, words: p.words}
	if whole.width == 0 {
		whole.width = usualWidth
	}
	whole.width = min(whole.width, widestSides)
	side := (whole.width - len(betweenCols)) / 2
	title += "; likely " + decimal(c.Score)
	if c.Reason != "" {
		title += ": " + c.Reason
	}
	for i, l := range whole.wrapped(0, title) {
		if l = strings.TrimRight(l, " "); i == 0 {
			l = whole.strong(l)
		}
		whole.lines(0, []string{l})
	}
	left, right := c.LeftSide, c.RightSide
	row := func(most int, say func(*query.Dossier) string) {
		whole.beside(side, clipped(p.words.tell(say(left)), side, most), clipped(p.words.tell(say(right)), side, most), nil, nil)
	}
	row(2, func(d *query.Dossier) string { return d.Entity.Name })
	row(2, func(d *query.Dossier) string {
		kind := string(d.Entity.Kind)
		if d.Entity.Place != "" {
			kind = string(d.Entity.Place)
		}
		return kind + ", " + count(len(d.Documents), "document")
	})
	row(2, func(d *query.Dossier) string { return labelled("also", d.Entity.Aliases) })
	row(2, func(d *query.Dossier) string { return labelled("posts", d.Entity.Posts) })
	row(2, func(d *query.Dossier) string {
		areas := make([]string, len(d.Areas))
		for i, in := range d.Areas {
			areas[i] = strings.TrimSpace(in.Name + " " + years(in.FirstYear, in.LastYear))
		}
		return labelled("in", areas)
	})
	for i := range mostSaid {
		row(1, func(d *query.Dossier) string { return p.words.saidOf(d, i) })
	}
	row(1, func(d *query.Dossier) string {
		names := make([]string, len(d.Near))
		for i, n := range d.Near {
			names[i] = n.Name
		}
		return labelled("with", names)
	})
	one, two := telling(left, mostTelling), telling(right, mostTelling)
	for i := range max(len(one), len(two)) {
		l, lname := evidenceCell(one, i, side)
		r, rname := evidenceCell(two, i, side)
		whole.beside(side, l, r, lname, rname)
	}
	whole.paragraph(0, "both: "+inCommon(c))
	if len(c.Both.Evidence) > 0 {
		q := c.Both.Evidence[0]
		sentence, inside := cell(q)
		whole.lines(2, []string{clipTop(visible(where(q), false), whole.width-2)})
		whole.lines(2, clipped(around(sentence, inside, 2*(whole.width-2)-3), whole.width-2, 2))
	}
	p.Write(whole.Bytes())
}

func labelled(label string, names []string) string {
	if len(names) == 0 {
		return ""
	}
	return label + ": " + strings.Join(names, ", ")
}

// saidOf is the nth relation of an entity, without those that make the pair.
func (w words) saidOf(d *query.Dossier, n int) string {
	for _, r := range d.Relations {
		if r.Type == graph.MaybeSame || r.Type == graph.SameStem {
			continue
		}
		if n == 0 {
			relation := arrow(r)
			if w != nil {
				relation = w.relation(r.Type, r.Outgoing || r.Type.Symmetric())
			}
			return strings.Join(strings.Fields(strings.Join([]string{relation, r.Name, w.tell(r.Qualifier()), w.tell(string(r.Modality)), number(r.Year)}, " ")), " ")
		}
		n--
	}
	return ""
}

// telling are the quotes that tell most of an entity: where it is named by itself, in the later documents, a quote from each.
func telling(d *query.Dossier, most int) []query.Quote {
	docs := slices.Clone(d.Documents)
	slices.SortStableFunc(docs, func(x, y query.NamedIn) int {
		if x.Inside != y.Inside {
			if y.Inside {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(y.Year, x.Year), cmp.Compare(y.Date, x.Date))
	})
	var out []query.Quote
	for _, in := range docs {
		if len(in.Evidence) > 0 && len(out) < most {
			out = append(out, in.Evidence[0])
		}
	}
	return out
}

// evidenceCell is the nth quote in the lines of a side, and what in it names the entity.
func evidenceCell(quotes []query.Quote, n, width int) (lines, names []string) {
	if n >= len(quotes) {
		return nil, nil
	}
	q := quotes[n]
	sentence, inside := cell(q)
	lines = []string{clipTop(visible(where(q), false), width)}
	// Two wide characters may each leave a column unused at the end of a line.
	return append(lines, clipped(around(sentence, inside, 2*width-3), width, 2)...), []string{inside}
}

// clipped wraps text to a width and cuts it after so many lines.
func clipped(s string, width, most int) []string {
	if s == "" {
		return nil
	}
	lines := strings.Split(wrapCell(visible(s, false), width), "\n")
	if len(lines) > most {
		lines = lines[:most]
		lines[most-1] = clip(lines[most-1], width-1) // and room for the mark, where it is not there yet
		if !strings.HasSuffix(lines[most-1], "…") {
			lines[most-1] += "…"
		}
	}
	return lines
}

// beside writes two columns of lines side by side; the names stand out.
func (p *page) beside(width int, left, right, leftNames, rightNames []string) {
	for i := range max(len(left), len(right)) {
		l, r := "", ""
		if i < len(left) {
			l = left[i]
		}
		if i < len(right) {
			r = right[i]
		}
		l = text.Pad(l, width, ' ')
		line := p.strongIn(l, leftNames) + betweenCols + p.strongIn(r, rightNames)
		p.WriteString(strings.TrimRight(line, " ") + "\n")
	}
}

// strongIn makes names in a line stand out; one that is broken over two lines does not.
func (p *page) strongIn(s string, names []string) string {
	if !p.color {
		return s
	}
	for _, n := range names {
		if n != "" {
			s = strings.ReplaceAll(s, n, p.strong(n))
		}
	}
	return s
}

// inCommon says what both have in common, and what speaks against their being one.
func inCommon(c *query.Comparison) string {
	var parts []string
	if len(c.Both.Areas) > 0 {
		parts = append(parts, "in "+strings.Join(c.Both.Areas, ", "))
	}
	if len(c.Both.Near) > 0 {
		parts = append(parts, "with "+strings.Join(c.Both.Near, ", "))
	}
	switch {
	case c.Both.Sentences > 0:
		parts = append(parts, fmt.Sprintf("named together in %s, as two are", count(c.Both.Sentences, "sentence")))
	case c.Both.Documents > 0:
		parts = append(parts, "named by "+strconv.Itoa(c.Both.Documents)+" of the same documents")
	}
	if len(parts) == 0 {
		return "nothing in common but the names"
	}
	return strings.Join(parts, "; ")
}
