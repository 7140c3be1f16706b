package store

import (
	"fmt"
	"iter"

	"github.com/tupu-kg/tupu/graph"
)

// EdgesWithEvidence yields the edges that keep wants, in ascending order of key, as AllEdges does, each with its evidence and
// quotes: those that leave a node from first on and before end, to the last node if end is empty. It is one pass over the edges,
// where asking Evidence for each edge would be a search for each. Several stretches may be read side by side.
func (s *Snapshot) EdgesWithEvidence(first, end graph.ID, keep func(from graph.ID, t graph.EdgeType, to graph.ID) bool) iter.Seq2[graph.Edge, error] {
	return func(yield func(graph.Edge, error) bool) {
		rows, err := s.columns.Rows()
		if err != nil {
			yield(graph.Edge{}, err)
			return
		}
		from, to := uint32(0), uint32(s.columns.nodes())
		if first != "" {
			from, _ = s.columns.number(first)
		}
		if end != "" {
			to, _ = s.columns.number(end)
		}
		scan := s.newScan(rows)
		for at := rows.Leaving[from]; at < rows.Leaving[to]; at++ {
			if at%letAfter == 0 {
				s.let()
			}
			e := graph.Edge{From: scan.id(rows.From[at]), Type: rows.Types[rows.Type[at]], To: scan.id(rows.To[at])}
			if !keep(e.From, e.Type, e.To) {
				continue
			}
			err := s.columns.whole(&scan.d, at, &e)
			if err != nil {
				err = fmt.Errorf("edge %s -%s-> %s: %w", e.From, e.Type, e.To, err)
			}
			for i := 0; i < len(e.Evidence) && err == nil; i++ {
				err = s.quote(&e.Evidence[i])
			}
			if !yield(e, err) || err != nil {
				return
			}
		}
	}
}
