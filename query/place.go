package query

import (
	"cmp"
	"context"
	"slices"

	"github.com/tupu-kg/tupu/graph"
)

// PlaceOptions narrow the question what is in a place.
type PlaceOptions struct {
	Name   string     `json:"name"` // or an id
	Kind   graph.Kind `json:"type,omitempty"`
	Limit  int        `json:"limit,omitempty"` // rows of each list; no limit if 0
	Quotes int        `json:"quotes"`          // for each row; 1 if 0, all if negative
}

// PlaceAnswer is what the documents say of a place.
type PlaceAnswer struct {
	Query     PlaceOptions `json:"query"`
	Place     graph.Entity `json:"place"`
	Within    []string     `json:"within"`    // the places that it lies in, the nearest first
	Documents []CoveredDoc `json:"documents"` // that speak for it, by path
	Located   []PlaceRow   `json:"located"`   // what lies in it as the documents say, by kind and name
	Appearing []PlaceRow   `json:"appearing"` // what the documents that speak for it name, the most often first
	Truncated bool         `json:"truncated"`
}

// PlaceRow is an entity in a place.
type PlaceRow struct {
	ID        graph.ID   `json:"id"`
	Kind      graph.Kind `json:"type"`
	Name      string     `json:"name"`
	Documents int        `json:"documents,omitempty"`
	Mentions  int        `json:"mentions,omitempty"`
	FirstYear int        `json:"first_year,omitempty"`
	LastYear  int        `json:"last_year,omitempty"`
	Inside    bool       `json:"inside,omitempty"`
	Evidence  []Quote    `json:"evidence"`
}

// Place gathers what is known about a place: what lies in it, and what the documents that speak for it name.
func Place(ctx context.Context, r Reader, o PlaceOptions) (*PlaceAnswer, error) {
	o.Quotes = cmp.Or(o.Quotes, 1)
	place, err := Resolve(ctx, r, o.Name, graph.KindPlace)
	if err != nil {
		return nil, err
	}
	a := ask(ctx, r)
	answer := &PlaceAnswer{Query: o, Place: place}
	above, err := a.containers(place.ID)
	if err != nil {
		return nil, err
	}
	for _, p := range above {
		answer.Within = append(answer.Within, p.Name)
	}
	for e, err := range r.Edges(place.ID, graph.Incoming, graph.ReportsOn, graph.LocatedIn, graph.AppearsIn) {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, err
		}
		if e.Type == graph.ReportsOn {
			d, err := a.open(e.From)
			if err != nil {
				return nil, err
			}
			doc := CoveredDoc{ID: d.ID, Title: d.Title, Date: d.Date, Area: d.Area, Year: d.Year, Plan: d.PlanYear}
			if len(d.Paths) > 0 {
				doc.Path = d.Paths[0]
			}
			answer.Documents = append(answer.Documents, doc)
			continue
		}
		if o.Kind != "" && e.From.Kind() != o.Kind {
			continue
		}
		row := PlaceRow{
			ID: e.From, Kind: e.From.Kind(), Name: a.name(e.From), Documents: e.Documents, Mentions: e.Mentions,
			FirstYear: e.FirstYear, LastYear: e.LastYear, Inside: e.Inside,
		}
		if e.Type == graph.LocatedIn {
			if row.Evidence, _, err = a.quotes(e, max(o.Quotes, 0)); err != nil {
				return nil, err
			}
			answer.Located = append(answer.Located, row)
		} else {
			answer.Appearing = append(answer.Appearing, row)
		}
	}
	slices.SortFunc(answer.Documents, func(x, y CoveredDoc) int { return cmp.Or(cmp.Compare(x.Path, y.Path), cmp.Compare(x.ID, y.ID)) })
	rank := func(k graph.Kind) int { return slices.Index(graph.Kinds, k) }
	slices.SortFunc(answer.Located, func(x, y PlaceRow) int {
		return cmp.Or(cmp.Compare(rank(x.Kind), rank(y.Kind)), cmp.Compare(x.Name, y.Name), cmp.Compare(x.ID, y.ID))
	})
	slices.SortFunc(answer.Appearing, func(x, y PlaceRow) int {
		return cmp.Or(cmp.Compare(rank(x.Kind), rank(y.Kind)), cmp.Compare(y.Mentions, x.Mentions), cmp.Compare(x.Name, y.Name), cmp.Compare(x.ID, y.ID))
	})
	for _, list := range []*[]PlaceRow{&answer.Located, &answer.Appearing} {
		if o.Limit > 0 && len(*list) > o.Limit {
			*list, answer.Truncated = (*list)[:o.Limit], true
		}
	}
	for i := range answer.Appearing {
		row := &answer.Appearing[i]
		for e, err := range r.Edges(row.ID, graph.Outgoing, graph.AppearsIn) {
			if err == nil && e.To == place.ID {
				row.Evidence, _, err = a.quotes(e, max(o.Quotes, 0))
			}
			if err != nil {
				return nil, err
			}
		}
	}
	return answer, nil
}
