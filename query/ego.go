package query

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/graph/algo"
)

// EgoOptions say whose surroundings to list, and how far.
type EgoOptions struct {
	Name  string           `json:"name"`            // or an id
	Steps int              `json:"steps"`           // 1 if 0, at most 3
	Types []graph.EdgeType `json:"edges,omitempty"` // that count; what is stated and CO_MENTIONED if empty
	Area  string           `json:"area,omitempty"`  // as in RankOptions
	Year  int              `json:"year,omitempty"`  // as in RankOptions
	Hubs  bool             `json:"through_hubs,omitempty"`
	Limit int              `json:"limit,omitempty"`
}

// EgoAnswer lists who is around one entity.
type EgoAnswer struct {
	Query  EgoOptions   `json:"query"`
	Entity graph.Entity `json:"entity"`
	Around []Around     `json:"around"` // by steps, then documents, then strength, then id
	Total  int          `json:"total"`
	Edges  int          `json:"edges"` // among all of them, the entity included
	Likely []MaybeTied  `json:"likely"`
}

// Around is an entity near another.
type Around struct {
	ID        graph.ID         `json:"id"`
	Kind      graph.Kind       `json:"type"`
	Name      string           `json:"name"`
	Steps     int              `json:"steps"`
	Relations []graph.EdgeType `json:"relations,omitempty"` // of the edges that join it with the entity; none if it is further off
	Strength  float64          `json:"strength,omitempty"`  // sum of their weights
	Documents int              `json:"documents"`           // that these edges rest on; of what is further off, all its edges that count
	Areas     int              `json:"areas"`               // that these report on
	Hub       string           `json:"hub,omitempty"`       // why the search did not go on from it
	// How the two stand together in documents, against chance. Only of what is named with the entity.
	Both          int     `json:"both,omitempty"`           // documents that name both
	Named         int     `json:"named,omitempty"`          // documents that name it
	PMI           float64 `json:"pmi,omitempty"`            // log2 of how many times more often than by chance
	LogLikelihood float64 `json:"log_likelihood,omitempty"` // above 10.8 it is hardly chance
}

// MaybeTied is an entity that has no edge with another, but acquaintances in common: where to look, not a fact.
type MaybeTied struct {
	ID         graph.ID   `json:"id"`
	Kind       graph.Kind `json:"type"`
	Name       string     `json:"name"`
	Common     int        `json:"common"`
	AdamicAdar float64    `json:"adamic_adar"`
}

const (
	maxSteps  = 3
	maxLikely = 10
)

// Ego lists who is around an entity, how strongly, on what that rests, and who else may belong there. It reads the whole graph.
func Ego(ctx context.Context, r Reader, o EgoOptions) (*EgoAnswer, error) {
	o.Steps = cmp.Or(o.Steps, 1)
	if o.Steps < 1 || o.Steps > maxSteps {
		return nil, fmt.Errorf("%d steps: use 1 to %d; beyond that lies nearly everything", o.Steps, maxSteps)
	}
	if err := checkYear(o.Year); err != nil {
		return nil, err
	}
	answer := &EgoAnswer{Query: o, Around: []Around{}, Likely: []MaybeTied{}}
	var err error
	if answer.Entity, err = Resolve(ctx, r, o.Name); err != nil {
		return nil, err
	}
	a := ask(ctx, r)
	sc, err := a.look(o.Types, o.Area, o.Year, false)
	if err != nil {
		return nil, err
	}
	hubs := map[graph.ID]string{}
	if !o.Hubs {
		if hubs, err = a.hubs(); err != nil {
			return nil, err
		}
	}
	rows, err := sc.selection.Rows()
	if err != nil {
		return nil, err
	}
	self, ok := rows.Find(answer.Entity.ID)
	if !ok {
		return answer, nil
	}
	steps := map[int32]int{int32(self): 0}
	level := []int32{int32(self)}
	for step := 1; step <= o.Steps; step++ {
		var next []int32
		for _, u := range level {
			if int(u) != self && hubs[rows.IDs[u]] != "" {
				continue
			}
			for _, v := range rows.Row(int(u)) {
				if _, seen := steps[v]; !seen {
					steps[v] = step
					next = append(next, v)
				}
			}
		}
		level = next
	}
	for u := range steps {
		for _, v := range rows.Row(int(u)) {
			if _, near := steps[v]; near && v > u {
				answer.Edges++
			}
		}
	}
	if answer.Around, err = sc.around(rows, self, steps, hubs); err != nil {
		return nil, err
	}
	answer.Total = len(answer.Around)
	if o.Limit > 0 && len(answer.Around) > o.Limit {
		answer.Around = answer.Around[:o.Limit]
	}
	for i := range answer.Around {
		answer.Around[i].Name = sc.name(answer.Around[i].ID)
	}
	for _, l := range algo.Predict(rows, int32(self), 0) {
		id := rows.IDs[l.Node]
		if hubs[id] != "" || l.Common < 2 {
			continue
		}
		answer.Likely = append(answer.Likely, MaybeTied{id, id.Kind(), sc.name(id), l.Common, l.AdamicAdar})
		if len(answer.Likely) == maxLikely {
			break
		}
	}
	return answer, nil
}

// around describes the nodes that were reached.
func (sc *scope) around(rows *algo.Rows, self int, steps map[int32]int, hubs map[graph.ID]string) ([]Around, error) {
	mentions := sc.snapshot.Select(algo.Filter{Types: []graph.EdgeType{graph.MentionedIn}})
	own := mentions.NamedIn(rows.IDs[self])
	ties := sc.selection.Ties(rows.IDs[self])
	var out []Around
	for u, step := range steps {
		if int(u) == self {
			continue
		}
		id := rows.IDs[u]
		x := Around{ID: id, Kind: id.Kind(), Steps: step, Hub: hubs[id]}
		if t, ok := ties[id]; ok {
			x.Relations, x.Strength, x.Documents, x.Areas = t.Types, t.Weight, t.Documents, t.Areas
			named := mentions.NamedIn(id)
			both := 0
			for _, d := range named {
				if _, there := slices.BinarySearch(own, d); there {
					both++
				}
			}
			if both > 0 {
				s := algo.Associate(both, len(own), len(named), len(sc.snapshot.Documents))
				x.Both, x.Named, x.PMI, x.LogLikelihood = both, len(named), s.PMI, s.LogLikelihood
			}
		} else {
			x.Documents, x.Areas = sc.selection.Support(id)
		}
		out = append(out, x)
		if len(out)%1024 == 0 && sc.ctx.Err() != nil {
			return nil, sc.ctx.Err()
		}
	}
	slices.SortFunc(out, func(x, y Around) int {
		return cmp.Or(cmp.Compare(x.Steps, y.Steps), cmp.Compare(y.Documents, x.Documents), byScore(x.Strength, y.Strength, x.ID, y.ID))
	})
	return out, nil
}
