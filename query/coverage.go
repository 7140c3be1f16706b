package query

import (
	"cmp"
	"context"
	"iter"
	"slices"

	"github.com/tupu-kg/tupu/graph"
)

// CoverageAnswer says which documents are held: of which areas, about which years. What is not held cannot be answered.
type CoverageAnswer struct {
	Areas []CoveredArea `json:"areas"` // by name
	// Years are all from the first to the last that a document looks back on or plans for.
	Years   []int        `json:"years"`
	Unknown []CoveredDoc `json:"unknown"` // documents whose area or year could not be inferred, by path
	Copies  []CoveredDoc `json:"copies"`  // near copies of others, which are not counted, by path
	Total   int          `json:"documents"`
}

// CoveredArea is what is held of one area.
type CoveredArea struct {
	ID    graph.ID      `json:"id"`
	Name  string        `json:"name"`
	Years []CoveredYear `json:"years"` // as many as the answer has, in their order
}

// CoveredYear is what is held of one area about one year.
type CoveredYear struct {
	Year    int          `json:"year"`
	Reviews []CoveredDoc `json:"reviews"` // documents that look back on it
	Plans   []CoveredDoc `json:"plans"`   // documents that plan for it
}

// CoveredDoc names a document.
type CoveredDoc struct {
	ID    graph.ID `json:"id"`
	Path  string   `json:"path"`
	Paths []string `json:"paths,omitempty"` // all of them, where the same content lies at several
	Title string   `json:"title,omitempty"`
	Date  string   `json:"date,omitempty"`
	Area  string   `json:"area,omitempty"`
	Year  int      `json:"year,omitempty"`
	Plan  int      `json:"plan_year,omitempty"`
	Of    graph.ID `json:"copy_of,omitempty"`
}

// maxYears bounds the width of the table; years further back than that from the last one are left out of Years.
const maxYears = 60

// Coverage lists the documents held by area and year.
func Coverage(ctx context.Context, r Reader) (*CoverageAnswer, error) {
	return coverage(ctx, r, r.Documents(), func(id graph.ID) (area graph.ID, err error) {
		for e, err := range r.Edges(id, graph.Outgoing, graph.ReportsOn) {
			if err != nil {
				return "", err
			}
			area = e.To
		}
		return area, nil
	})
}

// coverage is Coverage of documents, of which areaOf tells the area that they speak for.
func coverage(ctx context.Context, r Reader, documents iter.Seq2[graph.Document, error], areaOf func(graph.ID) (graph.ID, error)) (*CoverageAnswer, error) {
	answer := &CoverageAnswer{}
	areas := map[graph.ID][]CoveredDoc{}
	first, last := 0, 0
	for d, err := range documents {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, err
		}
		doc := CoveredDoc{ID: d.ID, Title: d.Title, Date: d.Date, Area: d.Area, Year: d.Year, Plan: d.PlanYear, Of: d.CopyOf}
		if len(d.Paths) > 0 {
			doc.Path = d.Paths[0]
		}
		if len(d.Paths) > 1 {
			doc.Paths = d.Paths
		}
		if d.CopyOf != "" {
			answer.Copies = append(answer.Copies, doc)
			continue
		}
		answer.Total++
		area, err := areaOf(d.ID)
		if err != nil {
			return nil, err
		}
		if area == "" || d.Year == 0 && d.PlanYear == 0 {
			answer.Unknown = append(answer.Unknown, doc)
		}
		if area != "" {
			areas[area] = append(areas[area], doc)
		}
		for _, year := range []int{d.Year, d.PlanYear} {
			widen(&first, &last, year, year)
		}
	}
	for year := max(first, last-maxYears+1); year <= last && last > 0; year++ {
		answer.Years = append(answer.Years, year)
	}
	byPath := func(x, y CoveredDoc) int { return cmp.Or(cmp.Compare(x.Path, y.Path), cmp.Compare(x.ID, y.ID)) }
	slices.SortFunc(answer.Unknown, byPath)
	slices.SortFunc(answer.Copies, byPath)
	for id, docs := range areas {
		slices.SortFunc(docs, byPath)
		place, err := r.Entity(id)
		if err != nil {
			return nil, err
		}
		row := CoveredArea{ID: id, Name: place.Name}
		for _, year := range answer.Years {
			cell := CoveredYear{Year: year}
			for _, d := range docs {
				if d.Year == year {
					cell.Reviews = append(cell.Reviews, d)
				}
				if d.Plan == year {
					cell.Plans = append(cell.Plans, d)
				}
			}
			row.Years = append(row.Years, cell)
		}
		answer.Areas = append(answer.Areas, row)
	}
	slices.SortFunc(answer.Areas, func(x, y CoveredArea) int { return cmp.Or(cmp.Compare(x.Name, y.Name), cmp.Compare(x.ID, y.ID)) })
	return answer, nil
}
