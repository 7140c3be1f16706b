package query

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/graph/algo"
)

// DiffOptions say what to compare.
type DiffOptions struct {
	Old   string           `json:"old"`             // a year or an area
	New   string           `json:"new"`             // likewise
	Kind  graph.Kind       `json:"type,omitempty"`  // names of this type and their edges; all if empty
	Types []graph.EdgeType `json:"edges,omitempty"` // that count; what is stated and CO_MENTIONED if empty
	Area  string           `json:"area,omitempty"`  // of both sides, as in RankOptions
	Year  int              `json:"year,omitempty"`  // of both sides, as in RankOptions
	Limit int              `json:"limit,omitempty"` // rows of names and of edges; no limit if 0
}

// DiffAnswer says what one side has and the other has not. Absent from the documents is not absent from the world: OldDocuments and
// NewDocuments say how much there is to be absent from.
type DiffAnswer struct {
	Query        DiffOptions `json:"query"`
	Changes      []Change    `json:"changes"` // names first, then edges; what is new before what is gone; by documents, then id
	NewNames     int         `json:"new_names"`
	GoneNames    int         `json:"gone_names"`
	NewEdges     int         `json:"new_edges"`
	GoneEdges    int         `json:"gone_edges"`
	OldDocuments int         `json:"old_documents"`
	NewDocuments int         `json:"new_documents"`
	Truncated    bool        `json:"truncated"`
}

// Change is a name or an edge that one side has and the other has not.
type Change struct {
	What      string         `json:"what"`   // name or edge
	Change    string         `json:"change"` // new or gone
	ID        graph.ID       `json:"id"`     // the name, or where the edge starts
	Kind      graph.Kind     `json:"type"`
	Name      string         `json:"name"`
	Relation  graph.EdgeType `json:"relation,omitempty"`
	Other     graph.ID       `json:"other,omitempty"` // where the edge ends
	OtherName string         `json:"other_name,omitempty"`
	Documents int            `json:"documents"` // of that side, that name it or state the edge
}

// ErrNoSide says that a side of a comparison is neither a year nor an area.
var ErrNoSide = errors.New("neither a year nor an area")

// ErrSides says that one side of a comparison is a year and the other an area.
var ErrSides = errors.New("one side is a year and the other an area: name two years or two areas")

// side is what one side of a comparison has.
type side struct {
	names map[graph.ID]int // documents
	edges map[tie]int
	docs  map[graph.ID]bool
}

type tie struct {
	from graph.ID
	typ  graph.EdgeType
	to   graph.ID
}

// Diff compares two years, or two areas, of one graph; or with old given, the graph that it reads with r (Old and New may then
// be empty, which means all of either).
func Diff(ctx context.Context, r Reader, old Reader, o DiffOptions) (*DiffAnswer, error) {
	if err := checkYear(o.Year); err != nil {
		return nil, err
	}
	if old == nil {
		old = r
		if o.Old == o.New {
			return nil, fmt.Errorf("%q on both sides: name two years, two areas, or another graph", o.Old)
		}
	}
	before, err := sideOf(ask(ctx, old), o.Old, o)
	if err != nil {
		return nil, err
	}
	after, err := sideOf(ask(ctx, r), o.New, o)
	if err != nil {
		return nil, err
	}
	if o.Old != "" && o.New != "" && isYear(o.Old) != isYear(o.New) {
		return nil, ErrSides
	}
	answer := &DiffAnswer{Query: o, OldDocuments: len(before.docs), NewDocuments: len(after.docs)}
	newNames, goneNames := missing("new", after, before), missing("gone", before, after)
	newEdges, goneEdges := missingEdges("new", after, before), missingEdges("gone", before, after)
	answer.NewNames, answer.GoneNames, answer.NewEdges, answer.GoneEdges = len(newNames), len(goneNames), len(newEdges), len(goneEdges)
	for _, list := range [][]Change{newNames, goneNames, newEdges, goneEdges} {
		if o.Limit > 0 && len(list) > o.Limit {
			list = list[:o.Limit]
			answer.Truncated = true
		}
		answer.Changes = append(answer.Changes, list...)
	}
	a, b := ask(ctx, r), ask(ctx, old)
	for i := range answer.Changes {
		c := &answer.Changes[i]
		from := a
		if c.Change == "gone" {
			from = b
		}
		c.Name = from.name(c.ID)
		if c.Other != "" {
			c.OtherName = from.name(c.Other)
		}
	}
	return answer, nil
}

// isYear reports whether a side of a comparison is a year.
func isYear(side string) bool {
	_, err := strconv.ParseUint(side, 10, 16)
	return err == nil && len(side) == 4
}

// sideOf gathers what one side has.
func sideOf(a *asker, what string, o DiffOptions) (*side, error) {
	area, year := o.Area, o.Year
	if what != "" {
		if isYear(what) {
			year, _ = strconv.Atoi(what)
		} else if _, err := a.spokenFor(what); err != nil {
			var none *NoAreaError
			if errors.As(err, &none) {
				return nil, fmt.Errorf("%q is %w: use four digits, or the name of an area that `tupu ask coverage` lists", what, ErrNoSide)
			}
			return nil, err
		} else {
			area = what
		}
	}
	sc, err := a.look(o.Types, area, year, false)
	if err != nil {
		return nil, err
	}
	s := &side{map[graph.ID]int{}, map[tie]int{}, map[graph.ID]bool{}}
	snap := sc.snapshot
	mentions := snap.Select(algo.Filter{Types: []graph.EdgeType{graph.MentionedIn}, Year: year, Areas: sc.areas})
	for _, id := range snap.IDs {
		if id.Kind() == graph.KindDocument {
			continue
		}
		named := mentions.NamedIn(id)
		for _, d := range named {
			s.docs[snap.Documents[d].ID] = true
		}
		if len(named) > 0 && (o.Kind == "" || id.Kind() == o.Kind) {
			s.names[id] = len(named)
		}
	}
	for u, e := range sc.selection.Edges() {
		t := tie{snap.IDs[u], snap.Types[snap.Type[e]], snap.IDs[snap.Targets[e]]}
		if o.Kind == "" || t.from.Kind() == o.Kind || t.to.Kind() == o.Kind {
			s.edges[t] += len(sc.selection.Docs(e))
		}
	}
	return s, nil
}

// missing lists the names that one side has and the other has not.
func missing(change string, has, lacks *side) []Change {
	var out []Change
	for id, docs := range has.names {
		if _, there := lacks.names[id]; !there {
			out = append(out, Change{What: "name", Change: change, ID: id, Kind: id.Kind(), Documents: docs})
		}
	}
	sortChanges(out)
	return out
}

// missingEdges lists the edges that one side has and the other has not.
func missingEdges(change string, has, lacks *side) []Change {
	var out []Change
	for t, docs := range has.edges {
		if _, there := lacks.edges[t]; !there {
			out = append(out, Change{What: "edge", Change: change, ID: t.from, Kind: t.from.Kind(), Relation: t.typ, Other: t.to, Documents: docs})
		}
	}
	sortChanges(out)
	return out
}

func sortChanges(all []Change) {
	slices.SortFunc(all, func(x, y Change) int {
		return cmp.Or(cmp.Compare(y.Documents, x.Documents), strings.Compare(string(x.ID), string(y.ID)),
			strings.Compare(string(x.Relation), string(y.Relation)), strings.Compare(string(x.Other), string(y.Other)))
	})
}
