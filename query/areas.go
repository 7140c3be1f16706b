package query

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tupu-kg/tupu/extract/text"
	"github.com/tupu-kg/tupu/graph"
)

// NoAreaError says that no document speaks for an area, with those that documents speak for. It is a graph.ErrNotFound.
type NoAreaError struct {
	Name  string
	Areas []string // ascending
}

func (e *NoAreaError) Error() string {
	if len(e.Areas) == 0 {
		return fmt.Sprintf("no document held speaks for %s, or for any other area", e.Name)
	}
	return fmt.Sprintf("no document held speaks for %s: there are documents of %s", e.Name, strings.Join(e.Areas, ", "))
}

// Is makes a NoAreaError a graph.ErrNotFound.
func (e *NoAreaError) Is(target error) bool { return target == graph.ErrNotFound }

// spokenFor returns the areas that people mean by a name or an id, ascending: the one that documents speak for, or all such in
// a city or province. Of all others that bear the name, a bridge for instance, it knows nothing. It returns a *NoAreaError if
// there is no such area, and an *AmbiguousError if the name can mean several.
func (a *asker) spokenFor(name string) ([]graph.ID, error) {
	within := map[graph.ID][]graph.ID{} // the areas that are a place or lie in it
	places := map[graph.ID]graph.Entity{}
	var held []string
	ids, err := a.reportedOn()
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		place, err := a.Entity(id)
		if err != nil {
			return nil, err
		}
		held = append(held, place.Name)
		above, err := a.containers(id)
		if err != nil {
			return nil, err
		}
		for _, p := range append(above, place) {
			places[p.ID] = p
			within[p.ID] = append(within[p.ID], id)
		}
	}
	if areas := within[graph.ID(name)]; areas != nil {
		slices.Sort(areas)
		return areas, nil
	}
	var exact, part []hit
	key := text.Key(name)
	for id, p := range places {
		names := append([]string{p.Name}, p.Aliases...)
		for i := range names {
			names[i] = text.Key(names[i])
		}
		switch {
		case slices.Contains(names, key):
			exact = append(exact, hit{id: id, key: key})
		case key != "" && strings.Contains(names[0], key):
			part = append(part, hit{id: id, key: key, fit: holds})
		}
	}
	if len(exact) == 0 {
		exact = part
	}
	switch len(exact) {
	case 0:
		slices.Sort(held)
		return nil, &NoAreaError{name, slices.Compact(held)}
	case 1:
		areas := within[exact[0].id]
		slices.Sort(areas)
		return areas, nil
	}
	candidates, err := a.weighed(exact)
	if err != nil {
		return nil, err
	}
	return nil, &AmbiguousError{name, candidates[:min(len(candidates), maxNear)]}
}
