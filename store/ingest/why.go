package ingest

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/tupu-kg/tupu/extract/resolve"
	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/store"
)

// Why returns the names that were merged into an entity and the rules that merged them, the entity's own name first; nothing if
// it has one name, or if the graph holds no such entity. It is what the build that made the generation found: readers have
// neither the facts nor the language part to find it anew.
func Why(s *store.Snapshot, id graph.ID) ([]resolve.Reason, error) {
	owners, err := s.Owners(id)
	if err != nil {
		return nil, err
	}
	var why []resolve.Reason
	for _, owner := range owners {
		if !strings.HasPrefix(owner, componentOwner) {
			continue
		}
		owned, err := s.Owned(owner)
		if err != nil {
			return nil, err
		}
		var c componentData
		if err := json.Unmarshal(owned.Data, &c); err != nil {
			return nil, fmt.Errorf("what the graph remembers of %s: %w; delete the store and build again", id, err)
		}
		why = append(why, c.Why[id]...)
	}
	return why, nil
}
