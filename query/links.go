package query

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/graph/algo"
)

// LinkOptions say which connections to list.
type LinkOptions struct {
	By    string           `json:"by"`                     // one of LinkMeasures; bridge if empty
	Types []graph.EdgeType `json:"edges,omitempty"`        // that count; what is stated and CO_MENTIONED if empty
	Area  string           `json:"area,omitempty"`         // as in RankOptions
	Year  int              `json:"year,omitempty"`         // as in RankOptions
	Hubs  bool             `json:"through_hubs,omitempty"` // with what everybody is connected with
	Least int              `json:"least"`                  // bridge: names on either side; surprise: documents that name both. 2 if 0
	Limit int              `json:"limit,omitempty"`
}

// LinksAnswer lists connections between two names.
type LinksAnswer struct {
	Query LinkOptions `json:"query"`
	Links []Link      `json:"links"`
	Total int         `json:"total"`
	Parts int         `json:"parts"` // groups that nothing connects with each other
}

// Link is all that connects two names.
type Link struct {
	From      graph.ID         `json:"from"` // the smaller id
	To        graph.ID         `json:"to"`
	FromName  string           `json:"from_name"`
	ToName    string           `json:"to_name"`
	Relations []graph.EdgeType `json:"relations"` // ascending
	Documents int              `json:"documents"`
	Areas     int              `json:"areas"`
	Apart     int              `json:"apart,omitempty"` // bridge: names on the smaller side, which it alone connects with the others
	Both      int              `json:"both,omitempty"`  // surprise: documents that name both
	PMI       float64          `json:"pmi,omitempty"`   // surprise: log2 of how many times as often as by chance
	// LogLikelihood says how surprising that is; above 10.8 chance would bring it in one case of a thousand.
	LogLikelihood float64 `json:"log_likelihood,omitempty"`
	Quotes        []Quote `json:"quotes"` // one, of what is stated if there is such
}

// linkMeasures are all there are, the usual one first.
var linkMeasures = []Measure{
	{"bridge", "connections that alone join two parts, by how many names hang on each"},
	{"skeleton", "the fewest connections that hold every part together, those that most documents show"},
	{"surprise", "names that stand together in documents more often than chance would have it"},
}

// LinkMeasures lists what connections can be listed by.
func LinkMeasures() []Measure { return slices.Clone(linkMeasures) }

// Links lists the connections that hold the graph together, or that stand out. It costs some sweeps over the edges.
func Links(ctx context.Context, r Reader, o LinkOptions) (*LinksAnswer, error) {
	o.By, o.Least = cmp.Or(o.By, linkMeasures[0].Name), cmp.Or(o.Least, 2)
	var names []string
	for _, m := range linkMeasures {
		names = append(names, m.Name)
	}
	if !slices.Contains(names, o.By) {
		return nil, fmt.Errorf("links by %q: use %s", o.By, strings.Join(names, ", "))
	}
	if err := checkYear(o.Year); err != nil {
		return nil, err
	}
	a := ask(ctx, r)
	sc, err := a.look(o.Types, o.Area, o.Year, true)
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
	answer := &LinksAnswer{Query: o}
	_, answer.Parts = algo.Components(rows)
	switch o.By {
	case "bridge":
		for _, b := range algo.CutsOf(rows).Bridges {
			if int(b.Apart) >= o.Least {
				answer.Links = append(answer.Links, Link{From: rows.IDs[b.Ends[0]], To: rows.IDs[b.Ends[1]], Apart: int(b.Apart)})
			}
		}
		slices.SortStableFunc(answer.Links, func(x, y Link) int { return cmp.Compare(y.Apart, x.Apart) })
	case "skeleton":
		weight := map[[2]int32]float64{}
		forest := algo.SpanningForest(rows, true)
		for _, ends := range forest {
			weight[ends], _ = rows.Weight(int64(ends[0]), int64(ends[1]))
		}
		slices.SortStableFunc(forest, func(x, y [2]int32) int { return cmp.Compare(weight[y], weight[x]) })
		for _, ends := range forest {
			answer.Links = append(answer.Links, Link{From: rows.IDs[ends[0]], To: rows.IDs[ends[1]]})
		}
	case "surprise":
		if answer.Links, err = sc.surprising(rows, o.Least); err != nil {
			return nil, err
		}
	}
	answer.Total = len(answer.Links)
	if o.Limit > 0 && len(answer.Links) > o.Limit {
		answer.Links = answer.Links[:o.Limit]
	}
	for i := range answer.Links {
		if err := sc.describe(&answer.Links[i]); err != nil {
			return nil, err
		}
	}
	return answer, nil
}

// surprising lists the pairs that are connected and named together in more documents than by chance, the most surprising first.
func (sc *scope) surprising(rows *algo.Rows, least int) ([]Link, error) {
	mentions := sc.snapshot.Select(algo.Filter{Types: []graph.EdgeType{graph.MentionedIn}})
	named := make([][]int32, rows.Len())
	for i, id := range rows.IDs {
		named[i] = mentions.NamedIn(id)
	}
	var out []Link
	for u := range rows.Len() {
		if err := sc.ctx.Err(); err != nil {
			return nil, err
		}
		for _, v := range rows.Row(u) {
			if int(v) < u {
				continue
			}
			both := common(named[u], named[v])
			if both < max(least, 1) {
				continue
			}
			s := algo.Associate(both, len(named[u]), len(named[v]), len(sc.snapshot.Documents))
			if s.PMI > 0 {
				out = append(out, Link{From: rows.IDs[u], To: rows.IDs[v], Both: both, PMI: s.PMI, LogLikelihood: s.LogLikelihood})
			}
		}
	}
	slices.SortStableFunc(out, func(x, y Link) int {
		return cmp.Or(cmp.Compare(y.LogLikelihood, x.LogLikelihood), cmp.Compare(y.Both, x.Both))
	})
	return out, nil
}

// common counts what two ascending lists have in common.
func common(a, b []int32) int {
	n := 0
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			a = a[1:]
		case a[0] > b[0]:
			b = b[1:]
		default:
			n++
			a, b = a[1:], b[1:]
		}
	}
	return n
}

// describe fills in what a connection consists of and rests on.
func (sc *scope) describe(l *Link) error {
	l.FromName, l.ToName = sc.name(l.From), sc.name(l.To)
	tie := sc.selection.Ties(l.From)[l.To]
	l.Relations, l.Documents, l.Areas = tie.Types, tie.Documents, tie.Areas
	var best *graph.Edge
	for e, err := range sc.Edges(l.From, graph.Both, tie.Types...) {
		if err != nil {
			return err
		}
		if e.Other(l.From) == l.To && (best == nil || best.Type == graph.CoMentioned && e.Type != graph.CoMentioned) {
			best = &e
		}
	}
	if best == nil {
		return nil
	}
	var err error
	l.Quotes, _, err = sc.quotes(*best, 1)
	return err
}
