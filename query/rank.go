package query

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"

	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/graph/algo"
)

// RankOptions say by what, and among what, to rank.
type RankOptions struct {
	By    string           `json:"by"`              // one of Measures; degree if empty
	Kind  graph.Kind       `json:"type,omitempty"`  // of the rows; all if empty
	Types []graph.EdgeType `json:"edges,omitempty"` // that count; what is stated and CO_MENTIONED if empty
	Area  string           `json:"area,omitempty"`  // only rows that appear in it, by name or id
	Limit int              `json:"limit,omitempty"`
}

// RankAnswer lists entities by a measure.
type RankAnswer struct {
	Query RankOptions `json:"query"`
	Rows  []RankRow   `json:"rows"`
	Total int         `json:"total"`
}

// RankRow is one entity with its score and what that rests on.
type RankRow struct {
	Rank      int        `json:"rank"` // equal scores share one
	ID        graph.ID   `json:"id"`
	Kind      graph.Kind `json:"type"`
	Name      string     `json:"name"`
	Score     float64    `json:"score"`
	Documents int        `json:"documents"`
	Areas     int        `json:"areas"`
}

// Measures lists what can be ranked by: the number of neighbours, the sum of the weights of the edges to them, and the share
// of a random walk's time.
var Measures = []string{"degree", "strength", "pagerank"}

// The usual constants of PageRank; the tolerance is far below the digits shown.
const (
	damping   = 0.85
	tolerance = 1e-12
)

// Rank ranks the entities of the whole graph and lists those asked for. It costs all edges of the types that count.
func Rank(ctx context.Context, r Reader, o RankOptions) (*RankAnswer, error) {
	o.By = cmp.Or(o.By, "degree")
	if !slices.Contains(Measures, o.By) {
		return nil, fmt.Errorf("rank by %q: use degree, strength or pagerank", o.By)
	}
	a := ask(ctx, r)
	in := graph.ID("")
	if o.Area != "" {
		place, err := Resolve(ctx, r, o.Area, graph.KindPlace)
		if err != nil {
			return nil, err
		}
		in = place.ID
	}
	rows, err := algo.NewRows(a.links(o.Types))
	if err != nil {
		return nil, err
	}
	var scores []float64
	switch o.By {
	case "degree":
		scores = algo.Degree(rows)
	case "strength":
		scores = algo.Strength(rows)
	default:
		scores = algo.PageRank(rows, damping, tolerance)
	}
	answer := &RankAnswer{Query: o}
	for i, id := range rows.IDs {
		if o.Kind != "" && id.Kind() != o.Kind {
			continue
		}
		if in != "" {
			there, err := a.appears(id, in)
			if err != nil {
				return nil, err
			}
			if !there {
				continue
			}
		}
		answer.Rows = append(answer.Rows, RankRow{ID: id, Kind: id.Kind(), Score: scores[i]})
	}
	answer.Total = len(answer.Rows)
	slices.SortFunc(answer.Rows, func(x, y RankRow) int { return cmp.Or(cmp.Compare(y.Score, x.Score), cmp.Compare(x.ID, y.ID)) })
	if o.Limit > 0 && len(answer.Rows) > o.Limit {
		answer.Rows = answer.Rows[:o.Limit]
	}
	for i := range answer.Rows {
		row := &answer.Rows[i]
		row.Rank = i + 1
		if i > 0 && row.Score == answer.Rows[i-1].Score {
			row.Rank = answer.Rows[i-1].Rank
		}
		row.Name = a.name(row.ID)
		if row.Documents, row.Areas, err = a.weight(row.ID); err != nil {
			return nil, err
		}
	}
	return answer, nil
}

// links yields the edges between entities as links; what is stated weighs 1, what is named together its weight.
func (a *asker) links(types []graph.EdgeType) iter.Seq2[algo.Link, error] {
	if len(types) == 0 {
		types = append(slices.Clone(statedTypes), graph.CoMentioned)
	}
	return func(yield func(algo.Link, error) bool) {
		for e, err := range a.AllEdges(types...) {
			if err == nil {
				err = a.ctx.Err()
			}
			if err == nil && (e.From.Kind() == graph.KindDocument || e.To.Kind() == graph.KindDocument) {
				continue
			}
			weight := 1.0
			if e.Type == graph.CoMentioned {
				weight = e.Weight
			}
			if !yield(algo.Link{From: e.From, To: e.To, Weight: weight}, err) || err != nil {
				return
			}
		}
	}
}

// appears reports whether documents that speak for an area name the entity.
func (a *asker) appears(id, area graph.ID) (bool, error) {
	for e, err := range a.Edges(id, graph.Outgoing, graph.AppearsIn) {
		if err != nil {
			return false, err
		}
		if e.To == area {
			return true, nil
		}
	}
	return false, nil
}
