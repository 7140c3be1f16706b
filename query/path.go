package query

import (
	"cmp"
	"container/heap"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/tupu-kg/tupu/graph"
)

// PathOptions narrow the question how two names are connected.
type PathOptions struct {
	From    string           `json:"from"` // names or ids
	To      string           `json:"to"`
	Most    int              `json:"most"`                   // hops; 6 if 0
	Hubs    bool             `json:"through_hubs,omitempty"` // also through areas, the places above them, persons of higher office and nodes with very many edges
	Avoid   []string         `json:"avoid,omitempty"`        // names or ids that the path must not go through
	Types   []graph.EdgeType `json:"edges,omitempty"`        // only over these; what is stated and CO_MENTIONED if empty
	Quotes  int              `json:"quotes"`                 // for each hop; 1 if 0, all if negative
	Visited int              `json:"visited,omitempty"`      // bound on the nodes looked at; 200,000 if 0
}

// PathAnswer is the best path, if there is one.
type PathAnswer struct {
	Query PathOptions  `json:"query"`
	From  graph.Entity `json:"from"`
	To    graph.Entity `json:"to"`
	Found bool         `json:"found"`
	Hops  []Hop        `json:"hops"`
}

// Hop is one edge of a path.
type Hop struct {
	graph.Edge
	Start     graph.ID `json:"start"` // where the hop begins, which is From or To of the edge
	End       graph.ID `json:"end"`
	StartName string   `json:"start_name"`
	EndName   string   `json:"end_name"`
	Quotes    []Quote  `json:"quotes"`
	Total     int      `json:"total"` // evidence there is
}

// ErrTooWide says that a search looked at more nodes than it may.
var ErrTooWide = errors.New("too many nodes lie around these names")

// crowded is the number of edges from which on a path does not go through a node unless it is asked to: whoever is named with
// so many is connected with everybody.
const crowded = 1000

// statedTypes are the edges that connect two entities because a text or register says so.
var statedTypes = []graph.EdgeType{graph.LocatedIn, graph.PartOf, graph.Concerns, graph.Undertakes, graph.PartnersWith, graph.Receives, graph.HoldsPost}

// costOf makes what is stated nearer than what is merely named together, and that the nearer the more often it is.
func costOf(e *graph.Edge) float64 {
	if e.Type != graph.CoMentioned {
		return 1
	}
	return 2 - min(e.Weight, 1)/2
}

// Path finds the path between two entities that is cheapest by what its hops stand on. Documents are never on it. It returns
// ErrTooWide when it has looked at o.Visited nodes in vain.
func Path(ctx context.Context, r Reader, o PathOptions) (*PathAnswer, error) {
	o.Most, o.Quotes, o.Visited = cmp.Or(o.Most, 6), cmp.Or(o.Quotes, 1), cmp.Or(o.Visited, 200000)
	answer := &PathAnswer{Query: o}
	var err error
	if answer.From, err = Resolve(ctx, r, o.From); err != nil {
		return nil, err
	}
	if answer.To, err = Resolve(ctx, r, o.To); err != nil {
		return nil, err
	}
	if answer.From.ID == answer.To.ID {
		return nil, fmt.Errorf("%q and %q are the same: %s", o.From, o.To, answer.From.ID)
	}
	a := ask(ctx, r)
	avoid := map[graph.ID]bool{}
	for _, name := range o.Avoid {
		e, err := Resolve(ctx, r, name)
		if err != nil {
			return nil, err
		}
		avoid[e.ID] = true
	}
	if !o.Hubs {
		hubs, err := a.hubs()
		if err != nil {
			return nil, err
		}
		for id := range hubs {
			avoid[id] = true
		}
	}
	delete(avoid, answer.To.ID)
	s := search{asker: a, o: o, avoid: avoid, best: map[reached]float64{}, came: map[reached]step{}}
	hops, err := s.run(answer.From.ID, answer.To.ID)
	if err != nil {
		return nil, err
	}
	answer.Found = len(hops) > 0
	at := answer.From.ID
	for _, e := range hops {
		h := Hop{Edge: e, Start: at, End: e.Other(at)}
		h.StartName, h.EndName = a.name(h.Start), a.name(h.End)
		if h.Quotes, h.Total, err = a.quotes(e, max(o.Quotes, 0)); err != nil {
			return nil, err
		}
		answer.Hops = append(answer.Hops, h)
		at = h.End
	}
	return answer, nil
}

// reached is a node and the number of hops to it: a dearer way of fewer hops must not be lost to the bound on hops.
type reached struct {
	id   graph.ID
	hops int
}

// step is how a node was reached.
type step struct {
	from reached
	edge graph.Edge
}

// search is Dijkstra's algorithm over nodes and hops.
type search struct {
	*asker
	o     PathOptions
	avoid map[graph.ID]bool
	best  map[reached]float64
	came  map[reached]step
}

func (s *search) run(from, to graph.ID) ([]graph.Edge, error) {
	types := s.o.Types
	if len(types) == 0 {
		types = append(slices.Clone(statedTypes), graph.CoMentioned)
	}
	start := reached{from, 0}
	front := &frontier{{start, 0}}
	s.best[start] = 0
	for visited := 0; front.Len() > 0; visited++ {
		at := heap.Pop(front).(waiting)
		if at.cost > s.best[at.reached] {
			continue
		}
		if at.id == to {
			return s.back(at.reached, start), nil
		}
		if at.hops == s.o.Most {
			continue
		}
		if visited >= s.o.Visited {
			return nil, fmt.Errorf("%w: looked at %d; narrow the edges, or name what to avoid", ErrTooWide, visited)
		}
		if err := s.expand(front, at, from, to, types); err != nil {
			return nil, err
		}
	}
	return nil, nil
}

func (s *search) expand(front *frontier, at waiting, from, to graph.ID, types []graph.EdgeType) error {
	var edges []graph.Edge
	for e, err := range s.Edges(at.id, graph.Both, types...) {
		if err == nil {
			err = s.ctx.Err()
		}
		if err != nil {
			return err
		}
		edges = append(edges, e)
		if len(edges) > crowded && at.id != from && !s.o.Hubs {
			return nil
		}
	}
	for i := range edges {
		next := reached{edges[i].Other(at.id), at.hops + 1}
		if next.id.Kind() == graph.KindDocument || s.avoid[next.id] && next.id != to {
			continue
		}
		cost := at.cost + costOf(&edges[i])
		if held, ok := s.best[next]; ok && held <= cost {
			continue
		}
		s.best[next] = cost
		s.came[next] = step{at.reached, edges[i]}
		heap.Push(front, waiting{next, cost})
	}
	return nil
}

func (s *search) back(at, start reached) []graph.Edge {
	var out []graph.Edge
	for at != start {
		step := s.came[at]
		out = append(out, step.edge)
		at = step.from
	}
	slices.Reverse(out)
	return out
}

// waiting is a node on the frontier of the search; frontier yields the cheapest, then the fewest hops, then the smallest id.
type waiting struct {
	reached
	cost float64
}

type frontier []waiting

func (f frontier) Len() int { return len(f) }
func (f frontier) Less(i, j int) bool {
	return cmp.Or(cmp.Compare(f[i].cost, f[j].cost), cmp.Compare(f[i].hops, f[j].hops), cmp.Compare(f[i].id, f[j].id)) < 0
}
func (f frontier) Swap(i, j int) { f[i], f[j] = f[j], f[i] }

// Push and Pop are heap.Interface.
func (f *frontier) Push(x any) { *f = append(*f, x.(waiting)) }

// Pop is heap.Interface.
func (f *frontier) Pop() any {
	last := (*f)[len(*f)-1]
	*f = (*f)[:len(*f)-1]
	return last
}
