package query

import (
	"context"
	"errors"
	"fmt"

	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/query/cypher"
	"github.com/tupu-kg/tupu/query/engine"
)

// Subgraph is what a query found of a graph.
type Subgraph struct {
	IDs   map[graph.ID]bool // entities and documents
	Edges map[string]bool   // relationships, by graph.Edge.Key; their ends are among the ids
}

// CypherSubgraph runs a query and gathers the nodes, relationships and paths in its rows, those in lists and maps too. Other
// values are passed over. An error of the query is a *cypher.Error with its place.
func CypherSubgraph(ctx context.Context, r Reader, text string, o CypherOptions) (*Subgraph, error) {
	g, err := NewPropertyGraph(ctx, r)
	if err != nil {
		return nil, err
	}
	plan, err := Cypher(g, text, o)
	if err != nil {
		return nil, err
	}
	if plan.Mode == cypher.Explain || plan.Mode == cypher.Profile {
		return nil, fmt.Errorf("a query that only explains itself finds no part of the graph: leave EXPLAIN and PROFILE out")
	}
	found := &Subgraph{IDs: map[graph.ID]bool{}, Edges: map[string]bool{}}
	var failed error
	err = plan.Run(ctx, func(row []engine.Value) bool {
		for _, v := range row {
			failed = errors.Join(failed, found.take(g, v))
		}
		return failed == nil
	})
	return found, errors.Join(err, failed)
}

func (s *Subgraph) take(g *PropertyGraph, v engine.Value) error {
	var errs []error
	switch v.Kind() {
	case engine.KindNode:
		s.IDs[g.ID(v.Node())] = true
	case engine.KindRel:
		return s.edge(g, v.Rel())
	case engine.KindPath:
		for _, n := range v.Path().Nodes {
			s.IDs[g.ID(n)] = true
		}
		for _, r := range v.Path().Rels {
			errs = append(errs, s.edge(g, r))
		}
	case engine.KindList:
		for _, x := range v.List() {
			errs = append(errs, s.take(g, x))
		}
	case engine.KindMap:
		for _, x := range v.Map() {
			errs = append(errs, s.take(g, x))
		}
	}
	return errors.Join(errs...)
}

func (s *Subgraph) edge(g *PropertyGraph, r engine.RelID) error {
	e, err := g.edge(r)
	if err != nil {
		return err
	}
	s.Edges[e.Key()] = true
	s.IDs[e.From], s.IDs[e.To] = true, true
	return nil
}
