package store

import (
	"bytes"
	"fmt"
	"iter"

	"github.com/tupu-kg/tupu/graph"
)

// EdgesWithEvidence yields the edges that keep wants, in ascending order of key, as AllEdges does, each with its evidence and
// quotes: those that leave a node from first on and before end, to the last node if end is empty. It is one pass over the store,
// where asking Evidence for each edge would be a search for each. Several stretches may be read side by side.
func (s *Snapshot) EdgesWithEvidence(first, end graph.ID, keep func(from graph.ID, t graph.EdgeType, to graph.ID) bool) iter.Seq2[graph.Edge, error] {
	return func(yield func(graph.Edge, error) bool) {
		var parts []graph.Edge // of the edge under key
		var key []byte
		wanted := false
		give := func() bool {
			if len(parts) == 0 {
				return true
			}
			e := graph.MergeEdges(parts)
			parts = parts[:0]
			for i := range e.Evidence {
				if err := s.quote(&e.Evidence[i]); err != nil {
					return yield(graph.Edge{}, err) && false
				}
			}
			return yield(e, nil)
		}
		var d decoder
		for part, err := range s.scan(edgePartKey, edgePartKey+string(first)) {
			if err != nil {
				yield(graph.Edge{}, err)
				return
			}
			now := part.item.Key()[len(edgePartKey):]
			if end != "" && string(now) >= string(end) {
				break
			}
			if len(key) == 0 || !bytes.HasPrefix(now, key) {
				if !give() {
					return
				}
				from, t, to, end := splitEdgeKey(now)
				if end < 0 {
					yield(graph.Edge{}, fmt.Errorf("part of an edge under %q, which is no key of an edge", now))
					return
				}
				key, wanted = append(key[:0], now[:end]...), keep(graph.ID(d.share(from)), graph.EdgeType(d.share(t)), graph.ID(to))
			}
			if !wanted {
				continue
			}
			err = part.value(func(b []byte) error {
				e, err := d.edge(now, b)
				parts = append(parts, e)
				return err
			})
			if err != nil {
				yield(graph.Edge{}, err)
				return
			}
		}
		give()
	}
}

// splitEdgeKey reads the ends and the type from graph.Edge.Key followed by NUL, and says where what comes after begins; it is
// negative if the key is none.
func splitEdgeKey(key []byte) (from, t, to []byte, end int) {
	var at [6]int
	for i, n := 0, 0; n < 6; n++ {
		next := bytes.IndexByte(key[i:], 0)
		if next < 0 {
			return nil, nil, nil, -1
		}
		at[n] = i + next
		i += next + 1
	}
	return key[:at[0]], key[at[0]+1 : at[1]], key[at[1]+1 : at[2]], at[5] + 1
}
