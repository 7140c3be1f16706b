package query

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/graph/algo"
)

// CommunityOptions say what to group.
type CommunityOptions struct {
	Types      []graph.EdgeType `json:"edges,omitempty"`      // that count; what is stated and CO_MENTIONED if empty
	Area       string           `json:"area,omitempty"`       // as in RankOptions
	Year       int              `json:"year,omitempty"`       // as in RankOptions
	Hubs       bool             `json:"hubs,omitempty"`       // with what everybody is connected with
	Parts      bool             `json:"parts,omitempty"`      // groups that nothing connects with each other, instead of communities
	Resolution float64          `json:"resolution,omitempty"` // above 1 for smaller communities; 1 if 0
	Least      int              `json:"least"`                // members; 3 if 0
	Members    int              `json:"members"`              // listed of each; 10 if 0, all if negative
	Limit      int              `json:"limit,omitempty"`
}

// CommunitiesAnswer says which names belong together by their connections.
type CommunitiesAnswer struct {
	Query       CommunityOptions `json:"query"`
	Communities []Community      `json:"communities"` // the largest first
	Total       int              `json:"total"`       // with as many members as asked for
	Modularity  float64          `json:"modularity"`  // share of connections within communities, less what chance gives
	// Assortativity says how far names are connected with names of their own district: 1 only so, 0 as by chance. Nil if there
	// is nothing to compare.
	Assortativity *float64 `json:"assortativity,omitempty"`
}

// Community is a group of names with many connections among them.
type Community struct {
	Number    int      `json:"community"` // 1 is the largest
	Size      int      `json:"size"`
	Members   []Member `json:"members"` // by strength within, then id
	Areas     []string `json:"areas"`   // that the documents report on which its inner edges rest on, by name
	Documents int      `json:"documents"`
}

// Member is a name in a community.
type Member struct {
	ID       graph.ID   `json:"id"`
	Kind     graph.Kind `json:"type"`
	Name     string     `json:"name"`
	Strength float64    `json:"strength"` // of the edges to other members
	Broker   float64    `json:"broker"`   // how evenly its edges are spread over communities, 0 to 1
}

// Communities groups names by their connections (Louvain, or connected components). It costs some sweeps over the edges.
func Communities(ctx context.Context, r Reader, o CommunityOptions) (*CommunitiesAnswer, error) {
	if o.Least == 0 {
		o.Least = 3
	}
	if o.Members == 0 {
		o.Members = 10
	}
	if o.Resolution < 0 || math.IsNaN(o.Resolution) || math.IsInf(o.Resolution, 0) {
		return nil, fmt.Errorf("resolution %g: use a number above 0", o.Resolution)
	}
	if err := checkYear(o.Year); err != nil {
		return nil, err
	}
	a := ask(ctx, r)
	sc, err := a.look(o.Types, o.Area, o.Year, false)
	if err != nil {
		return nil, err
	}
	if !o.Hubs {
		if err := sc.withoutHubs(); err != nil {
			return nil, err
		}
	}
	rows, err := sc.selection.Rows()
	if err != nil {
		return nil, err
	}
	var found *algo.Communities
	if o.Parts {
		found = parts(rows)
	} else if found, err = algo.Louvain(ctx, rows, o.Resolution); err != nil {
		return nil, err
	}
	answer := &CommunitiesAnswer{Query: o, Modularity: found.Modularity}
	if x := algo.Assortativity(rows, sc.districts(rows)); !math.IsNaN(x) {
		answer.Assortativity = &x
	}
	members := make([][]int32, found.Count)
	for i, c := range found.Of {
		members[c] = append(members[c], int32(i))
	}
	for len(members) > 0 && len(members[len(members)-1]) < o.Least {
		members = members[:len(members)-1]
	}
	answer.Total = len(members)
	if o.Limit > 0 && len(members) > o.Limit {
		members = members[:o.Limit]
	}
	support := sc.within(rows, found.Of, len(members))
	brokers := algo.Brokers(rows, found.Of)
	for c, nodes := range members {
		community := Community{Number: c + 1, Size: len(nodes), Documents: len(support[c].docs)}
		for area := range support[c].areas {
			community.Areas = append(community.Areas, sc.name(sc.snapshot.IDs[area]))
		}
		slices.Sort(community.Areas)
		for _, u := range nodes {
			m := Member{ID: rows.IDs[u], Kind: rows.IDs[u].Kind(), Broker: brokers[u]}
			for k, v := range rows.Row(int(u)) {
				if int(found.Of[v]) == c {
					m.Strength += rows.WeightAt(int(rows.Offsets[u]) + k)
				}
			}
			community.Members = append(community.Members, m)
		}
		slices.SortFunc(community.Members, func(x, y Member) int { return byScore(x.Strength, y.Strength, x.ID, y.ID) })
		if o.Members > 0 && len(community.Members) > o.Members {
			community.Members = community.Members[:o.Members]
		}
		for i := range community.Members {
			community.Members[i].Name = sc.name(community.Members[i].ID)
		}
		answer.Communities = append(answer.Communities, community)
	}
	return answer, nil
}

// parts are the connected components, the largest first, then by their first nodes.
func parts(rows *algo.Rows) *algo.Communities {
	of, count := algo.Components(rows)
	size, order, place := make([]int, count), make([]int32, count), make([]int32, count)
	for i := range order {
		order[i] = int32(i)
	}
	for _, c := range of {
		size[c]++
	}
	slices.SortStableFunc(order, func(a, b int32) int { return size[b] - size[a] })
	for i, c := range order {
		place[c] = int32(i)
	}
	for i, c := range of {
		of[i] = place[c]
	}
	return &algo.Communities{Of: of, Count: count, Modularity: algo.Modularity(rows, of, 1)}
}

// support is what a group of edges rests on.
type support struct{ docs, areas map[int32]bool }

// within gathers what the edges within each of the first communities rest on.
func (sc *scope) within(rows *algo.Rows, of []int32, count int) []support {
	out := make([]support, count)
	for c := range out {
		out[c] = support{map[int32]bool{}, map[int32]bool{}}
	}
	community := func(node int32) int32 {
		if i, ok := rows.Find(sc.snapshot.IDs[node]); ok {
			return of[i]
		}
		return -1
	}
	for u, e := range sc.selection.Edges() {
		c := community(u)
		if c < 0 || int(c) >= count || community(sc.snapshot.Targets[e]) != c {
			continue
		}
		for _, d := range sc.selection.Docs(e) {
			out[c].docs[d] = true
			if area := sc.snapshot.Documents[d].Area; area >= 0 {
				out[c].areas[area] = true
			}
		}
	}
	return out
}
