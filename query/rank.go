package query

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/graph/algo"
)

// RankOptions say by what, and among what, to rank.
type RankOptions struct {
	By      string           `json:"by"`                // one of Measures; degree if empty
	Kind    graph.Kind       `json:"type,omitempty"`    // of the rows; all if empty
	Types   []graph.EdgeType `json:"edges,omitempty"`   // that count; what is stated and CO_MENTIONED if empty
	Area    string           `json:"area,omitempty"`    // only what rests on documents that report on it or a place in it, by name or id
	Year    int              `json:"year,omitempty"`    // only what rests on documents that look back on it, or is itself of it
	From    string           `json:"from,omitempty"`    // a name or id where the walk of pagerank begins anew (personalised)
	Sources int              `json:"sources,omitempty"` // from how many nodes betweenness follows paths in a large graph; 1000 if 0
	Limit   int              `json:"limit,omitempty"`
}

// RankAnswer lists entities by a measure.
type RankAnswer struct {
	Query RankOptions `json:"query"`
	Rows  []RankRow   `json:"rows"`
	Total int         `json:"total"`
	// Sampled says that the scores are estimates, and how good ones; empty if they are exact.
	Sampled string `json:"sampled,omitempty"`
}

// RankRow is one entity with its score and what that rests on.
type RankRow struct {
	Rank      int        `json:"rank"` // equal scores share one
	ID        graph.ID   `json:"id"`
	Kind      graph.Kind `json:"type"`
	Name      string     `json:"name"`
	Score     float64    `json:"score"`
	Documents int        `json:"documents"` // that the edges which count rest on
	Areas     int        `json:"areas"`     // that these report on
}

// Measure is something to rank by.
type Measure struct {
	Name  string
	About string
}

// measures are all there are, the usual one first.
var measures = []Measure{
	{"degree", "different names that one is connected with"},
	{"strength", "the same, weighted: a sentence that names many counts little"},
	{"pagerank", "who is connected with the well connected"},
	{"eigenvector", "the same without an end to it: the heart of the largest crowd"},
	{"hub", "who points to what many point to: firms with the projects that many undertake"},
	{"authority", "who is pointed to by such"},
	{"closeness", "who is few steps from everybody"},
	{"harmonic", "the same, for graphs in many pieces"},
	{"betweenness", "who lies on the shortest ways between others"},
	{"cut", "without whom others fall apart from the rest: how many names hang on one alone"},
	{"core", "how deep in the thicket: everybody there has as many connections there"},
	{"triangles", "pairs of one's acquaintances that know each other"},
	{"clustering", "the share of such pairs"},
	{"broker", "whose connections are spread over several communities"},
}

// Measures lists what can be ranked by.
func Measures() []Measure { return slices.Clone(measures) }

// restless says that a power iteration was cut off.
const restless = "the scores have not come to rest; their last digits mean nothing"

// tolerance is below the digits that are shown. Grain is below it, and above what the order of a sum does to the last digits:
// names that are connected alike share a rank.
const (
	tolerance = 1e-12
	grain     = 1e-14
)

// Above as many nodes betweenness is sampled from so many, and closeness, which has no good sample, refused beyond its bound: it
// costs nodes times edges.
const (
	exactBetween = 20000
	usualSources = 1000
	exactClose   = 500000
)

// Rank ranks the entities of the graph and lists those asked for. It costs what the measure costs on all edges that count;
// the first question about a graph reads it all once.
func Rank(ctx context.Context, r Reader, o RankOptions) (*RankAnswer, error) {
	o.By = cmp.Or(o.By, measures[0].Name)
	if err := checkMeasure(o.By); err != nil {
		return nil, err
	}
	if o.From != "" && o.By != "pagerank" {
		return nil, fmt.Errorf("rank by %s from %q: only pagerank begins somewhere", o.By, o.From)
	}
	if err := checkYear(o.Year); err != nil {
		return nil, err
	}
	sc, err := ask(ctx, r).look(o.Types, o.Area, o.Year, false)
	if err != nil {
		return nil, err
	}
	answer := &RankAnswer{Query: o}
	rows, scores, err := sc.score(&answer.Query, &answer.Sampled)
	if err != nil {
		return nil, err
	}
	for i, id := range rows.IDs {
		if o.Kind == "" || id.Kind() == o.Kind {
			answer.Rows = append(answer.Rows, RankRow{ID: id, Kind: id.Kind(), Score: scores[i]})
		}
	}
	answer.Total = len(answer.Rows)
	slices.SortFunc(answer.Rows, func(x, y RankRow) int { return byScore(x.Score, y.Score, x.ID, y.ID) })
	if o.Limit > 0 && len(answer.Rows) > o.Limit {
		answer.Rows = answer.Rows[:o.Limit]
	}
	for i := range answer.Rows {
		row := &answer.Rows[i]
		row.Rank = i + 1
		if i > 0 && row.Score == answer.Rows[i-1].Score {
			row.Rank = answer.Rows[i-1].Rank
		}
		row.Name = sc.name(row.ID)
		row.Documents, row.Areas = sc.selection.Support(row.ID)
	}
	return answer, nil
}

func checkMeasure(name string) error {
	var names []string
	for _, m := range measures {
		if m.Name == name {
			return nil
		}
		names = append(names, m.Name)
	}
	return fmt.Errorf("rank by %q: use %s", name, strings.Join(names, ", "))
}

// Scores are what all names score by a measure.
type Scores struct {
	By      string
	Of      map[graph.ID]float64
	Sampled string // as in RankAnswer
}

// Score measures all names by some of Measures, as Rank does without options. It costs what these cost together.
func Score(ctx context.Context, r Reader, by ...string) ([]Scores, error) {
	for _, name := range by {
		if err := checkMeasure(name); err != nil {
			return nil, err
		}
	}
	sc, err := ask(ctx, r).look(nil, "", 0, false)
	if err != nil {
		return nil, err
	}
	out := make([]Scores, len(by))
	for i, name := range by {
		out[i] = Scores{By: name, Of: map[graph.ID]float64{}}
		rows, scores, err := sc.score(&RankOptions{By: name}, &out[i].Sampled)
		if err != nil {
			return nil, err
		}
		for k, id := range rows.IDs {
			out[i].Of[id] = scores[k]
		}
	}
	return out, nil
}

// score measures every node of the selection.
func (sc *scope) score(o *RankOptions, sampled *string) (*algo.Rows, []float64, error) {
	if o.By == "hub" || o.By == "authority" {
		arcs, err := sc.selection.Arcs()
		if err != nil {
			return nil, nil, err
		}
		hubs, authorities, rest := algo.HITS(arcs, tolerance)
		if !rest {
			*sampled = restless
		}
		if o.By == "hub" {
			return arcs.Out, hubs, nil
		}
		return arcs.Out, authorities, nil
	}
	rows, err := sc.selection.Rows()
	if err != nil {
		return nil, nil, err
	}
	scores, err := sc.measure(rows, o, sampled)
	return rows, scores, err
}

func (sc *scope) measure(rows *algo.Rows, o *RankOptions, sampled *string) ([]float64, error) {
	switch o.By {
	case "strength":
		return algo.Strength(rows), nil
	case "pagerank":
		walk := algo.Walk{Tolerance: tolerance, Stop: func() bool { return sc.ctx.Err() != nil }}
		if o.From != "" {
			e, err := Resolve(sc.ctx, sc, o.From)
			if err != nil {
				return nil, err
			}
			i, ok := rows.Find(e.ID)
			if !ok {
				return nil, fmt.Errorf("%s has no edges among those that count: name others with --edges, or another --from", e.ID)
			}
			walk.Start = make([]float64, rows.Len())
			walk.Start[i] = 1
		}
		scores := algo.PageRank(rows, walk)
		if err := sc.ctx.Err(); err != nil {
			return nil, err
		}
		for i, s := range scores {
			scores[i] = math.Round(s/grain) * grain
		}
		return scores, nil
	case "eigenvector":
		scores, rest := algo.Eigenvector(rows, tolerance)
		if !rest {
			*sampled = restless
		}
		for i, s := range scores {
			if s < 1000*tolerance {
				scores[i] = 0 // what is left of nodes outside the largest crowd
			}
		}
		return scores, nil
	case "closeness", "harmonic":
		if rows.Len() > exactClose {
			return nil, fmt.Errorf("%s of %d names costs too much (%d at most): narrow them by an area, a year or types of edges", o.By, rows.Len(), exactClose)
		}
		d, err := algo.Closeness(sc.ctx, rows)
		if o.By == "harmonic" {
			return d.Harmonic, err
		}
		return d.Closeness, err
	case "betweenness":
		sources := 0
		if rows.Len() > exactBetween || o.Sources > 0 {
			sources = cmp.Or(o.Sources, usualSources)
			o.Sources = sources
		}
		b, err := algo.Betweenness(sc.ctx, rows, sources)
		if err == nil && !b.Exact {
			n := float64(rows.Len())
			*sampled = fmt.Sprintf("estimated from the paths of %d of %d names; each score is within ±%.3g (%.3g of the most that is possible) with a probability of 0.9",
				b.Sources, rows.Len(), b.Error*(n-1)*(n-2)/2, b.Error)
		}
		return b.Scores, err
	case "cut":
		out := make([]float64, rows.Len())
		for _, p := range algo.CutsOf(rows).Points {
			out[p.Node] = float64(p.Apart)
		}
		return out, nil
	case "core":
		return floats(algo.Cores(rows)), nil
	case "triangles":
		return floats(algo.Triangles(rows)), nil
	case "clustering":
		return algo.Clustering(rows), nil
	case "broker":
		c, err := algo.Louvain(sc.ctx, rows, 1)
		if err != nil {
			return nil, err
		}
		return algo.Brokers(rows, c.Of), nil
	}
	return algo.Degree(rows), nil
}

func floats[T int32 | int64](of []T) []float64 {
	out := make([]float64, len(of))
	for i, v := range of {
		out[i] = float64(v)
	}
	return out
}
