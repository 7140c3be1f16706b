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
	Ways    int              `json:"ways"`                   // how many paths, no two through the same nodes; 1 if 0
	Weigh   bool             `json:"by_evidence,omitempty"`  // what rests on more documents is nearer
	Quotes  int              `json:"quotes"`                 // for each hop; 1 if 0, all if negative
	Visited int              `json:"visited,omitempty"`      // bound on the nodes looked at; 200,000 if 0
}

// PathAnswer is the best paths, if there are any.
type PathAnswer struct {
	Query PathOptions  `json:"query"`
	From  graph.Entity `json:"from"`
	To    graph.Entity `json:"to"`
	Found bool         `json:"found"`
	Hops  []Hop        `json:"hops"` // of the best path
	Ways  [][]Hop      `json:"ways"` // all paths found, the best first
	// Cut says that more paths may be there, but the bound on the nodes looked at was reached.
	Cut bool `json:"cut,omitempty"`
}

// Hop is one edge of a path.
type Hop struct {
	graph.Edge
	Way       int      `json:"way"`   // the path that it belongs to; 1 is the best
	Start     graph.ID `json:"start"` // where the hop begins, which is From or To of the edge
	End       graph.ID `json:"end"`
	StartName string   `json:"start_name"`
	EndName   string   `json:"end_name"`
	Quotes    []Quote  `json:"quotes"`
	Total     int      `json:"total"` // evidence there is
}

// ErrAvoidEnd says that a path is not to go through where it begins or ends.
var ErrAvoidEnd = errors.New("a path cannot avoid where it begins or ends")

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

// maxWays bounds the paths that one question may ask for: every path costs as many searches as the one before has steps.
const maxWays = 100

// Path finds the paths between two entities that are cheapest by what their hops stand on (Yen 1971). Documents are never on
// them. It returns ErrTooWide when it has looked at o.Visited nodes in vain.
func Path(ctx context.Context, r Reader, o PathOptions) (*PathAnswer, error) {
	o.Most, o.Quotes, o.Visited, o.Ways = cmp.Or(o.Most, 6), cmp.Or(o.Quotes, 1), cmp.Or(o.Visited, 200000), cmp.Or(o.Ways, 1)
	if o.Ways < 1 || o.Ways > maxWays {
		return nil, fmt.Errorf("%d paths: ask for 1 to %d", o.Ways, maxWays)
	}
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
		if e.ID == answer.From.ID || e.ID == answer.To.ID {
			return nil, fmt.Errorf("%w: %s", ErrAvoidEnd, e.ID)
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
	s := search{asker: a, o: o, avoid: avoid, origin: answer.From.ID, target: answer.To.ID, shut: map[graph.ID]bool{}, cut: map[graph.ID]bool{}, edges: map[graph.ID][]graph.Edge{}}
	if s.types = o.Types; len(s.types) == 0 {
		s.types = append(slices.Clone(statedTypes), graph.CoMentioned)
	}
	found, err := s.ways()
	if err != nil && (len(found) == 0 || !errors.Is(err, ErrTooWide)) {
		return nil, err
	}
	answer.Cut = err != nil
	for i, w := range found {
		hops := make([]Hop, len(w.edges))
		for k, e := range w.edges {
			h := Hop{Edge: e, Way: i + 1, Start: w.nodes[k], End: w.nodes[k+1]}
			h.StartName, h.EndName = a.name(h.Start), a.name(h.End)
			if h.Quotes, h.Total, err = a.quotes(e, max(o.Quotes, 0)); err != nil {
				return nil, err
			}
			hops[k] = h
		}
		answer.Ways = append(answer.Ways, hops)
	}
	if answer.Found = len(found) > 0; answer.Found {
		answer.Hops = answer.Ways[0]
	}
	return answer, nil
}

// way is a path with its cost.
type way struct {
	nodes []graph.ID // one more than there are edges
	edges []graph.Edge
	cost  float64
}

// ways finds the paths asked for, the best first: each next one leaves one of those before at some node, by another step.
func (s *search) ways() ([]way, error) {
	first, err := s.run(s.origin, s.o.Most)
	if err != nil || first == nil {
		return nil, err
	}
	found := []way{*first}
	var waiting []way
	for len(found) < s.o.Ways {
		last := found[len(found)-1]
		cost := 0.0
		for i, e := range last.edges {
			clear(s.shut)
			clear(s.cut)
			for _, id := range last.nodes[:i] {
				s.shut[id] = true
			}
			for _, f := range found {
				if len(f.edges) > i && slices.Equal(f.nodes[:i+1], last.nodes[:i+1]) {
					s.cut[f.nodes[i+1]] = true
				}
			}
			rest, err := s.run(last.nodes[i], s.o.Most-i)
			if err != nil {
				return found, err
			}
			if rest != nil {
				next := way{append(slices.Clone(last.nodes[:i]), rest.nodes...), append(slices.Clone(last.edges[:i]), rest.edges...), cost + rest.cost}
				if !slices.ContainsFunc(waiting, func(w way) bool { return slices.Equal(w.nodes, next.nodes) }) {
					waiting = append(waiting, next)
				}
			}
			c, err := s.cost(&e)
			if err != nil {
				return found, err
			}
			cost += c
		}
		if len(waiting) == 0 {
			break
		}
		best := slices.MinFunc(waiting, func(a, b way) int {
			return cmp.Or(cmp.Compare(a.cost, b.cost), cmp.Compare(len(a.nodes), len(b.nodes)), slices.Compare(a.nodes, b.nodes))
		})
		waiting = slices.DeleteFunc(waiting, func(w way) bool { return slices.Equal(w.nodes, best.nodes) })
		found = append(found, best)
	}
	return found, nil
}

// cost is what a step costs: costOf, or, when documents count, less the more of them it rests on.
func (s *search) cost(e *graph.Edge) (float64, error) {
	if !s.o.Weigh {
		return costOf(e), nil
	}
	evidence, err := s.Evidence(*e)
	if err != nil {
		return 0, err
	}
	docs := map[graph.ID]bool{}
	for _, ev := range evidence {
		docs[ev.Doc] = true
	}
	base := 1.0
	if e.Type == graph.CoMentioned {
		base = 2
	}
	return base + 1/float64(max(len(docs), 1)), nil
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
	o              PathOptions
	types          []graph.EdgeType
	origin, target graph.ID
	avoid          map[graph.ID]bool
	shut           map[graph.ID]bool // likewise, for this search
	cut            map[graph.ID]bool // not from its start
	edges          map[graph.ID][]graph.Edge
	visited        int
	best           map[reached]float64
	came           map[reached]step
}

// run finds the best path of at most so many hops, nil if there is none.
func (s *search) run(from graph.ID, most int) (*way, error) {
	start := reached{from, 0}
	front := &frontier{{start, 0}}
	s.best, s.came = map[reached]float64{start: 0}, map[reached]step{}
	for ; front.Len() > 0; s.visited++ {
		at := heap.Pop(front).(waiting)
		if at.cost > s.best[at.reached] {
			continue
		}
		if at.id == s.target {
			return s.back(at.reached, start, at.cost), nil
		}
		if at.hops == most {
			continue
		}
		if s.visited >= s.o.Visited {
			return nil, fmt.Errorf("%w: looked at %d; narrow the edges, or name what to avoid", ErrTooWide, s.visited)
		}
		if err := s.expand(front, at, from); err != nil {
			return nil, err
		}
	}
	return nil, nil
}

// around returns the edges of a node, none if it is too crowded to go through.
func (s *search) around(id graph.ID) ([]graph.Edge, error) {
	if held, ok := s.edges[id]; ok {
		return held, nil
	}
	var edges []graph.Edge
	for e, err := range s.Edges(id, graph.Both, s.types...) {
		if err == nil {
			err = s.ctx.Err()
		}
		if err != nil {
			return nil, err
		}
		edges = append(edges, e)
		if len(edges) > crowded && id != s.origin && !s.o.Hubs {
			edges = nil
			break
		}
	}
	if s.o.Ways > 1 {
		s.edges[id] = edges
	}
	return edges, nil
}

func (s *search) expand(front *frontier, at waiting, from graph.ID) error {
	edges, err := s.around(at.id)
	if err != nil {
		return err
	}
	for i := range edges {
		next := reached{edges[i].Other(at.id), at.hops + 1}
		if next.id.Kind() == graph.KindDocument || s.avoid[next.id] && next.id != s.target || s.shut[next.id] || at.id == from && s.cut[next.id] {
			continue
		}
		cost, err := s.cost(&edges[i])
		if err != nil {
			return err
		}
		cost += at.cost
		if held, ok := s.best[next]; ok && held <= cost {
			continue
		}
		s.best[next] = cost
		s.came[next] = step{at.reached, edges[i]}
		heap.Push(front, waiting{next, cost})
	}
	return nil
}

func (s *search) back(at, start reached, cost float64) *way {
	w := &way{nodes: []graph.ID{at.id}, cost: cost}
	for at != start {
		step := s.came[at]
		w.edges = append(w.edges, step.edge)
		at = step.from
		w.nodes = append(w.nodes, at.id)
	}
	slices.Reverse(w.nodes)
	slices.Reverse(w.edges)
	return w
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
