package doc

import (
	"math"
	"slices"
	"strings"

	"github.com/tupu-kg/tupu/extract/doc/internal/pdf"
)

// near is how far lines of a table may miss each other, in points.
const near = 3

// Bounds of a grid.
const (
	maxGrids = 100
	maxGrid  = 400 // lines in one direction
)

// grid is a set of lines that cross: those of a table.
type grid struct {
	x0, y0, x1, y1 float64
	levels         []pdf.Rule // level lines
	uprights       []pdf.Rule
	xs, ys         []float64 // where lines are, from the left and from the top
}

// findGrids finds the tables that are drawn with lines: sets of level and upright lines that touch, with more than one cell.
func findGrids(rules []pdf.Rule) []grid {
	var flat, up []pdf.Rule
	for _, r := range rules {
		if r.X1-r.X0 >= r.Y1-r.Y0 {
			flat = append(flat, r)
		} else {
			up = append(up, r)
		}
	}
	flat, up = join(flat, true), join(up, false)
	if len(flat) < 2 || len(up) < 2 || len(flat)+len(up) > 4000 {
		return nil
	}
	// Lines that touch get one name.
	parent := make([]int, len(flat)+len(up))
	for i := range parent {
		parent[i] = i
	}
	find := func(i int) int {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	for i, h := range flat {
		for j, v := range up {
			if h.X0-near <= v.X1 && v.X0 <= h.X1+near && v.Y0-near <= h.Y1 && h.Y0 <= v.Y1+near {
				parent[find(i)] = find(len(flat) + j)
			}
		}
	}
	groups := map[int]*grid{}
	var order []int
	group := func(i int) *grid {
		root := find(i)
		if groups[root] == nil {
			groups[root] = &grid{x0: math.Inf(1), y0: math.Inf(1), x1: math.Inf(-1), y1: math.Inf(-1)}
			order = append(order, root)
		}
		return groups[root]
	}
	extend := func(g *grid, r pdf.Rule) {
		g.x0, g.y0, g.x1, g.y1 = min(g.x0, r.X0), min(g.y0, r.Y0), max(g.x1, r.X1), max(g.y1, r.Y1)
	}
	for i, h := range flat {
		g := group(i)
		g.levels = append(g.levels, h)
		extend(g, h)
	}
	for j, v := range up {
		g := group(len(flat) + j)
		g.uprights = append(g.uprights, v)
		extend(g, v)
	}
	var grids []grid
	for _, root := range order {
		g := groups[root]
		for _, v := range g.uprights {
			g.xs = append(g.xs, (v.X0+v.X1)/2)
		}
		for _, h := range g.levels {
			g.ys = append(g.ys, (h.Y0+h.Y1)/2)
		}
		g.xs, g.ys = distinct(g.xs), distinct(g.ys)
		slices.Reverse(g.ys)
		if len(g.xs) >= 2 && len(g.ys) >= 2 && len(g.xs)+len(g.ys) > 4 && len(g.xs) <= maxGrid && len(g.ys) <= maxGrid && len(g.xs) > 2 && len(grids) < maxGrids {
			grids = append(grids, *g)
		}
	}
	return grids
}

// join joins lines that lie on one line and touch: tables are often drawn cell by cell.
func join(rules []pdf.Rule, flat bool) []pdf.Rule {
	across := func(r pdf.Rule) float64 {
		if flat {
			return (r.Y0 + r.Y1) / 2
		}
		return (r.X0 + r.X1) / 2
	}
	along := func(r pdf.Rule) (float64, float64) {
		if flat {
			return r.X0, r.X1
		}
		return r.Y0, r.Y1
	}
	sorted := slices.Clone(rules)
	slices.SortStableFunc(sorted, func(a, b pdf.Rule) int {
		x, y := math.Round(across(a)), math.Round(across(b))
		if x == y {
			x, _ = along(a)
			y, _ = along(b)
		}
		switch {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return 0
	})
	var out []pdf.Rule
	for _, r := range sorted {
		if n := len(out); n > 0 {
			last := &out[n-1]
			_, end := along(*last)
			if start, _ := along(r); math.Abs(across(*last)-across(r)) < 1.5 && start <= end+near {
				last.X0, last.Y0, last.X1, last.Y1 = min(last.X0, r.X0), min(last.Y0, r.Y0), max(last.X1, r.X1), max(last.Y1, r.Y1)
				continue
			}
		}
		out = append(out, r)
	}
	return out
}

// distinct sorts numbers and joins those that are near each other.
func distinct(v []float64) []float64 {
	slices.Sort(v)
	var out []float64
	for _, x := range v {
		if n := len(out); n > 0 && x-out[n-1] < near {
			continue
		}
		out = append(out, x)
	}
	return out
}

// pdfTable is a table with lines and the text in its cells.
type pdfTable struct {
	y0, y1 float64
	cells  [][]tableCell // by row and column
}

type tableCell struct {
	root [2]int // the first row and column of the cell that this is a part of
	text strings.Builder
}

// take takes the pieces that lie in a grid out of the lines of a page. The table is nil if it has no text in several cells: a
// frame around text, or a drawing.
func (g *grid) take(levels []level) (*pdfTable, []level) {
	rows, columns := len(g.ys)-1, len(g.xs)-1
	t := &pdfTable{y0: g.y0, y1: g.y1, cells: make([][]tableCell, rows)}
	for r := range t.cells {
		t.cells[r] = make([]tableCell, columns)
	}
	g.merge(t)
	rest := make([]level, 0, len(levels))
	filled := map[[2]int]bool{}
	most := 0
	chars := map[[2]int]int{}
	for _, l := range levels {
		kept := level{y: l.y, size: l.size}
		for _, p := range l.pieces {
			mid := p.y + 0.35*p.size
			c := between2(g.xs, (p.x0+p.x1)/2)
			r := -1
			for i := range rows {
				if mid <= g.ys[i]+1 && mid > g.ys[i+1]-1 {
					r = i
					break
				}
			}
			if r < 0 || c < 0 {
				kept.pieces = append(kept.pieces, p)
				continue
			}
			root := t.cells[r][c].root
			cell := &t.cells[root[0]][root[1]]
			if cell.text.Len() > 0 && between(cell.text.String(), p.text) {
				cell.text.WriteByte(' ')
			}
			cell.text.WriteString(p.text)
			filled[root] = true
			chars[root] += p.chars
			most = max(most, chars[root])
		}
		if len(kept.pieces) > 0 {
			rest = append(rest, kept)
		}
	}
	if len(filled) < 2 || most > 1500 {
		return nil, levels
	}
	return t, rest
}

// between2 finds the column that a place lies in, or -1.
func between2(xs []float64, x float64) int {
	for i := 0; i+1 < len(xs); i++ {
		if x >= xs[i] && x <= xs[i+1] {
			return i
		}
	}
	return -1
}

// merge finds the cells that reach over several rows or columns: there is no line between their parts.
func (g *grid) merge(t *pdfTable) {
	covers := func(rules []pdf.Rule, flat bool, at, from, to float64) bool {
		mid := (from + to) / 2
		for _, r := range rules {
			if flat && math.Abs((r.Y0+r.Y1)/2-at) <= near && r.X0-near <= mid && mid <= r.X1+near {
				return true
			}
			if !flat && math.Abs((r.X0+r.X1)/2-at) <= near && r.Y0-near <= mid && mid <= r.Y1+near {
				return true
			}
		}
		return false
	}
	for r := range t.cells {
		for c := range t.cells[r] {
			root := [2]int{r, c}
			switch {
			case c > 0 && !covers(g.uprights, false, g.xs[c], g.ys[r+1], g.ys[r]):
				root = t.cells[r][c-1].root
			case r > 0 && !covers(g.levels, true, g.ys[r], g.xs[c], g.xs[c+1]):
				root = t.cells[r-1][c].root
			}
			t.cells[r][c].root = root
		}
	}
}

// rows gives the texts of the cells, row by row.
func (t *pdfTable) rows() [][]string {
	out := make([][]string, len(t.cells))
	for r := range t.cells {
		out[r] = make([]string, len(t.cells[r]))
		for c := range t.cells[r] {
			out[r][c] = tidy(t.cells[r][c].text.String())
		}
	}
	return out
}
