package query

import (
	"cmp"
	"context"
	"slices"

	"github.com/tupu-kg/tupu/graph"
)

// Pair is two entities that are likely the same, and were not merged.
type Pair struct {
	Left   graph.ID `json:"-"`
	Right  graph.ID `json:"-"`
	Score  float64  `json:"score"` // 0 to 1
	Reason string   `json:"reason,omitempty"`
}

// PairOptions narrow a list of pairs.
type PairOptions struct {
	Kind  graph.Kind `json:"type,omitempty"`      // all kinds if empty
	Least float64    `json:"min_score,omitempty"` // of the pairs listed
}

// PairsAnswer lists the pairs that nobody has judged yet.
type PairsAnswer struct {
	Query  PairOptions
	Pairs  []Pair // the likeliest first
	Judged int    // pairs left out, as they are judged
}

// Pairs lists the pairs that MAYBE_SAME joins, without those that a judgement in force is about, whatever it says.
func Pairs(ctx context.Context, r Reader, inForce []graph.Judgement, o PairOptions) (*PairsAnswer, error) {
	judged := map[[2]graph.ID]bool{}
	for _, j := range inForce {
		if len(j.About) != 2 {
			continue
		}
		left, err := Meant(ctx, r, j.About[0])
		if err != nil {
			return nil, err
		}
		right, err := Meant(ctx, r, j.About[1])
		if err != nil {
			return nil, err
		}
		for _, x := range left {
			for _, y := range right {
				judged[[2]graph.ID{min(x, y), max(x, y)}] = true
			}
		}
	}
	answer := &PairsAnswer{Query: o}
	for e, err := range r.AllEdges(graph.MaybeSame) {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, err
		}
		switch {
		case o.Kind != "" && e.From.Kind() != o.Kind && e.To.Kind() != o.Kind, e.Score < o.Least:
		case judged[[2]graph.ID{e.From, e.To}]:
			answer.Judged++
		default:
			answer.Pairs = append(answer.Pairs, Pair{Left: e.From, Right: e.To, Score: e.Score, Reason: e.Reason})
		}
	}
	slices.SortStableFunc(answer.Pairs, func(x, y Pair) int {
		return cmp.Or(cmp.Compare(y.Score, x.Score), cmp.Compare(x.Left, y.Left), cmp.Compare(x.Right, y.Right))
	})
	return answer, nil
}

// Comparison is a pair with all that one needs to judge it.
type Comparison struct {
	Pair
	About     [2]graph.Subject `json:"about"` // what a judgement of the pair is about
	LeftSide  *Dossier         `json:"left"`
	RightSide *Dossier         `json:"right"`
	// Both is what the two have in common.
	Both struct {
		Areas     []string `json:"areas,omitempty"`     // whose reports name both
		Documents int      `json:"documents,omitempty"` // that name both: they seldom do so if the two are one
		Sentences int      `json:"sentences,omitempty"` // likewise
		Evidence  []Quote  `json:"evidence,omitempty"`  // one of these sentences
		Near      []string `json:"near,omitempty"`      // named in one sentence with the one and with the other
	} `json:"both"`
}

// Compare gathers the dossiers of a pair, with the given number of quotes for each document and relation (all if negative).
func Compare(ctx context.Context, r Reader, p Pair, quotes int) (*Comparison, error) {
	c := &Comparison{Pair: p}
	for i, id := range []graph.ID{p.Left, p.Right} {
		d, err := Show(ctx, r, ShowOptions{Name: string(id), Quotes: quotes})
		if err != nil {
			return nil, err
		}
		subjects, err := Subjects(ctx, r, d.Entity, "")
		if err != nil {
			return nil, err
		}
		c.About[i] = subjects[0]
		if i == 0 {
			c.LeftSide = d
		} else {
			c.RightSide = d
		}
	}
	l, rt := c.LeftSide, c.RightSide
	for _, x := range l.Areas {
		if slices.ContainsFunc(rt.Areas, func(y SharedArea) bool { return x.ID == y.ID }) {
			c.Both.Areas = append(c.Both.Areas, x.Name)
		}
	}
	for _, x := range l.Documents {
		if slices.ContainsFunc(rt.Documents, func(y NamedIn) bool { return x.ID == y.ID }) {
			c.Both.Documents++
		}
	}
	beside, err := near(r, p.Right)
	if err != nil {
		return nil, err
	}
	theirs, err := near(r, p.Left)
	if err != nil {
		return nil, err
	}
	if c.Both.Sentences = theirs[p.Right]; c.Both.Sentences > 0 {
		together := graph.Edge{From: min(p.Left, p.Right), Type: graph.CoMentioned, To: max(p.Left, p.Right)}
		if c.Both.Evidence, _, err = ask(ctx, r).quotes(together, 1); err != nil {
			return nil, err
		}
	}
	var common []graph.ID
	for id := range theirs {
		if beside[id] > 0 {
			common = append(common, id)
		}
	}
	slices.SortFunc(common, func(x, y graph.ID) int {
		return cmp.Or(cmp.Compare(beside[y]+theirs[y], beside[x]+theirs[x]), cmp.Compare(x, y))
	})
	for _, id := range common[:min(len(common), maxCommon)] {
		e, err := r.Entity(id)
		if err != nil {
			return nil, err
		}
		c.Both.Near = append(c.Both.Near, e.Name)
	}
	return c, nil
}

// maxCommon bounds the neighbours that two entities are said to have in common.
const maxCommon = 10

// near says in how many sentences an entity is named with each other.
func near(r Reader, id graph.ID) (map[graph.ID]int, error) {
	out := map[graph.ID]int{}
	for e, err := range r.Edges(id, graph.Both, graph.CoMentioned) {
		if err != nil {
			return nil, err
		}
		out[e.Other(id)] += e.Sentences
	}
	return out, nil
}
