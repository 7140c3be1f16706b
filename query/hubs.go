package query

import (
	"cmp"
	"context"
	"slices"

	"github.com/tupu-kg/tupu/graph"
)

// HubsAnswer lists what is set apart in questions about connections, and why.
type HubsAnswer struct {
	Hubs []HubRow `json:"hubs"` // by the number of entities they touch, then name
}

// HubRow is one entity that is set apart.
type HubRow struct {
	ID        graph.ID   `json:"id"`
	Kind      graph.Kind `json:"type"`
	Name      string     `json:"name"`
	Reason    string     `json:"reason"`
	Degree    int        `json:"degree"` // different entities that it has an edge with
	Documents int        `json:"documents"`
	Areas     int        `json:"areas"`
	Evidence  []Quote    `json:"evidence"` // one mention
}

// Hubs lists what is set apart: the areas that documents speak for, the places that contain one, persons of higher office.
// That two others are both connected with one of these says nothing about them.
func Hubs(ctx context.Context, r Reader) (*HubsAnswer, error) {
	a := ask(ctx, r)
	hubs, err := a.hubs()
	if err != nil {
		return nil, err
	}
	g, err := number(ctx, r)
	if err != nil {
		return nil, err
	}
	rows, err := g.Rows()
	if err != nil {
		return nil, err
	}
	first, end := kindSpan(g, graph.KindDocument)
	var others []uint32
	answer := &HubsAnswer{}
	for id, reason := range hubs {
		e, err := a.Entity(id)
		if err != nil {
			return nil, err
		}
		row := HubRow{ID: id, Kind: e.Kind, Name: e.Name, Reason: reason}
		n, _ := g.NodeNumber(id)
		others = others[:0]
		from, to := rows.Leaving[n], rows.Leaving[n+1]
		others = append(others, rows.To[from:to]...)
		for _, e := range rows.Entering[rows.Entered[n]:rows.Entered[n+1]] {
			others = append(others, rows.From[e])
		}
		slices.Sort(others)
		for _, other := range slices.Compact(others) {
			if other < first || other >= end {
				row.Degree++
			}
		}
		for from, to = rows.LeavingOf(n, rows.TypeNumber(graph.MentionedIn)); from < to && len(row.Evidence) == 0; from++ {
			edge, err := numberedEdge(g, rows, from)
			if err != nil {
				return nil, err
			}
			if row.Evidence, _, err = a.quotes(edge, 1); err != nil {
				return nil, err
			}
		}
		if row.Documents, row.Areas, err = a.weight(id); err != nil {
			return nil, err
		}
		answer.Hubs = append(answer.Hubs, row)
	}
	slices.SortFunc(answer.Hubs, func(x, y HubRow) int {
		return cmp.Or(cmp.Compare(y.Degree, x.Degree), cmp.Compare(x.Name, y.Name), cmp.Compare(x.ID, y.ID))
	})
	return answer, nil
}

// hubs says of everything that is set apart why it is.
func (a *asker) hubs() (map[graph.ID]string, error) {
	var areas []area
	for _, level := range []string{"county", "city", "province"} {
		at, err := a.areas(level)
		if err != nil {
			return nil, err
		}
		areas = append(areas, at...)
	}
	out, err := a.above(areas)
	if err != nil {
		return nil, err
	}
	for e, err := range a.Entities(graph.KindPerson) {
		if err != nil {
			return nil, err
		}
		if e.Hub != "" {
			out[e.ID] = e.Hub
		}
	}
	return out, nil
}
