package store

import (
	"encoding/json"
	"fmt"
	"iter"
	"strings"

	"github.com/tupu-kg/tupu/graph"
)

// EdgesWithEvidence yields the edges that keep wants, in ascending order of key, as AllEdges does, each with its evidence and
// quotes. It is one pass over the store, where asking Evidence for each edge would be a search for each.
func (s *Snapshot) EdgesWithEvidence(keep func(from graph.ID, t graph.EdgeType, to graph.ID) bool) iter.Seq2[graph.Edge, error] {
	return func(yield func(graph.Edge, error) bool) {
		var parts []graph.Edge // of the edge under key
		key, wanted := "", false
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
		for part, err := range s.scan(edgePartKey, "", true) {
			if err != nil {
				yield(graph.Edge{}, err)
				return
			}
			now := part.key()[len(edgePartKey):]
			if !strings.HasPrefix(now, key) || key == "" {
				if !give() {
					return
				}
				from, t, to, end := splitEdgeKey(now)
				if end < 0 {
					yield(graph.Edge{}, fmt.Errorf("part of an edge under %q, which is no key of an edge", now))
					return
				}
				key, wanted = now[:end], keep(from, t, to)
			}
			if !wanted {
				continue
			}
			var e graph.Edge
			if err := part.value(func(b []byte) error { return json.Unmarshal(b, &e) }); err != nil {
				yield(graph.Edge{}, fmt.Errorf("part of edge %q: %w", key, err))
				return
			}
			parts = append(parts, e)
		}
		give()
	}
}

// splitEdgeKey reads the ends and the type from graph.Edge.Key followed by NUL, and says where what comes after begins; it is
// negative if the key is none.
func splitEdgeKey(key string) (from graph.ID, t graph.EdgeType, to graph.ID, end int) {
	var at [6]int
	for i, n := 0, 0; n < 6; n++ {
		next := strings.IndexByte(key[i:], 0)
		if next < 0 {
			return "", "", "", -1
		}
		at[n] = i + next
		i += next + 1
	}
	return graph.ID(key[:at[0]]), graph.EdgeType(key[at[0]+1 : at[1]]), graph.ID(key[at[1]+1 : at[2]]), at[5] + 1
}
