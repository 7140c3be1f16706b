package cli

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/query"
)

func newCoverage(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "coverage",
		Short: "which documents are held: of which areas, about which years",
		Long: `Coverage lists for every area the years that the documents held look back on and plan for. What is not in them cannot be
answered: absent from the documents is not absent from the world.`,
		Example: `  tupu ask coverage
  tupu ask coverage -o tsv`,
		Args: exactly(0, "no arguments"),
		RunE: func(c *cobra.Command, _ []string) error { return a.coverage(c.Context()) },
	}
}

// areaItem and documentItem are the items of the answer: an area, or a document of which area or years are not known.
type areaItem struct {
	Group string `json:"group"` // area
	query.CoveredArea
}

type documentItem struct {
	Group string `json:"group"` // unknown, or copy: a near copy of another document, which is not counted
	query.CoveredDoc
}

func (a *app) coverage(ctx context.Context) error {
	empty := result{kind: "coverage", query: struct{}{}, columns: []string{"group", "area", "year", "role", "path", "title", "date", "document"}}
	return reply(a, empty, func(r query.Reader) (*query.CoverageAnswer, error) {
		return query.Coverage(ctx, r)
	}, func(answer *query.CoverageAnswer) result {
		r := empty
		for _, area := range answer.Areas {
			r.items = append(r.items, areaItem{"area", area})
			for _, y := range area.Years {
				r.addCovered(area.Name, y.Year, "review", y.Reviews)
				r.addCovered(area.Name, y.Year, "plan", y.Plans)
			}
		}
		for _, d := range answer.Unknown {
			r.items = append(r.items, documentItem{"unknown", d})
			r.rows = append(r.rows, []string{"unknown", d.Area, number(d.Year), "", d.Path, d.Title, d.Date, string(d.ID)})
		}
		for _, d := range answer.Copies {
			r.items = append(r.items, documentItem{"copy", d})
			r.rows = append(r.rows, []string{"copy", d.Area, number(d.Year), "", d.Path, d.Title, d.Date, string(d.ID)})
		}
		r.people = func(p *page) { p.coverage(answer) }
		if answer.Total == 0 {
			r.note = "the graph holds no documents: run `tupu build FOLDER`"
		}
		return r
	})
}

func (r *result) addCovered(area string, year int, role string, docs []query.CoveredDoc) {
	for _, d := range docs {
		r.rows = append(r.rows, []string{"area", area, number(year), role, d.Path, d.Title, d.Date, string(d.ID)})
	}
}

// yearWidth is that of a column of a year, with the gap before it.
const yearWidth = 6 + gap

func (p *page) coverage(answer *query.CoverageAnswer) {
	if len(answer.Areas) > 0 {
		p.held(answer.Areas)
		p.faintly(0, fmt.Sprintf("R looks back on the year, P plans for it, . is not held; %s in all", count(answer.Total, "document")))
	}
	p.copies(answer)
	if len(answer.Unknown) > 0 {
		p.heading("Area or years not known (a manifest can give them: tupu help build)")
		rows := make([][]string, len(answer.Unknown))
		for i, d := range answer.Unknown {
			rows[i] = []string{d.Path, d.Area, years(d.Year, d.Plan), d.Title}
		}
		p.table([]column{{name: "path", clip: clipsTop}, {name: "area"}, {name: "years", spare: 4}, {name: "title", clip: clipsEnd}}, rows)
	}
}

// held is a table of areas by years; all areas have the same years.
func (p *page) held(areas []query.CoveredArea) {
	years := areas[0].Years
	if most := (p.width - 16) / yearWidth; p.width > 0 && len(years) > most {
		years = years[len(years)-max(most, 1):]
	}
	columns := []column{{name: "area"}}
	for _, y := range years {
		columns = append(columns, column{name: strconv.Itoa(y.Year)})
	}
	rows := make([][]string, len(areas))
	for i, area := range areas {
		rows[i] = []string{area.Name}
		for _, y := range area.Years[len(area.Years)-len(years):] {
			rows[i] = append(rows[i], held(y))
		}
	}
	p.table(columns, rows)
}

// copies lists near copies with what counts for them.
func (p *page) copies(answer *query.CoverageAnswer) {
	if len(answer.Copies) == 0 {
		return
	}
	paths := map[graph.ID]string{}
	for _, area := range answer.Areas {
		for _, y := range area.Years {
			for _, d := range slices.Concat(y.Reviews, y.Plans) {
				paths[d.ID] = d.Path
			}
		}
	}
	for _, d := range answer.Unknown {
		paths[d.ID] = d.Path
	}
	p.heading("Near copies, which are not counted")
	rows := make([][]string, len(answer.Copies))
	for i, d := range answer.Copies {
		rows[i] = []string{d.Path, paths[d.Of]}
	}
	p.table([]column{{name: "path", clip: clipsTop}, {name: "copy of", clip: clipsTop}}, rows)
}

// held says in a few letters what is held about a year: 2R P.
func held(y query.CoveredYear) string {
	var parts []string
	for _, role := range []struct {
		letter string
		n      int
	}{{"R", len(y.Reviews)}, {"P", len(y.Plans)}} {
		switch {
		case role.n == 1:
			parts = append(parts, role.letter)
		case role.n > 1:
			parts = append(parts, strconv.Itoa(role.n)+role.letter)
		}
	}
	if parts == nil {
		return "."
	}
	return strings.Join(parts, " ")
}
