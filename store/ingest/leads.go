package ingest

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"

	"github.com/tupu-kg/tupu/extract/resolve"
	"github.com/tupu-kg/tupu/graph"
)

// A generation remembers the firms that leads are looked for between, and for each pair of characters who has it, so that a
// change looks again at nothing but the short names which share a pair with what changed.
const (
	bearerOwner = "lead:"
	pairOwner   = "pair:"
)

// holders are the firms that have a pair of characters, ascending.
type holders struct {
	Full  []graph.ID `json:"full,omitempty"`
	Short []graph.ID `json:"short,omitempty"`

	told    bool // a full name came, went or changed
	changed bool
}

// set puts a firm among the holders or takes it out.
func (h *holders) set(id graph.ID, full, in bool) {
	list := &h.Short
	if full {
		list, h.told = &h.Full, true
	}
	h.changed = true
	at, held := slices.BinarySearch(*list, id)
	switch {
	case in && !held:
		*list = slices.Insert(*list, at, id)
	case !in && held:
		*list = slices.Delete(*list, at, at+1)
	}
}

// leads looks for the full names that open short names may be short for, wherever one of either came, went or changed.
func (d *derivation) leads() error {
	pairs := map[string]*holders{}
	pair := func(key string) (*holders, error) {
		h, ok := pairs[key]
		if !ok {
			h = &holders{}
			if err := d.remembered(pairOwner+key, h); err != nil {
				return nil, err
			}
			pairs[key] = h
		}
		return h, nil
	}
	dirty := map[graph.ID]bool{}
	var stay []graph.ID // full names that came or changed
	ids := map[graph.ID]bool{}
	maps.Copy(ids, d.went)
	for id := range d.came {
		ids[id] = true
	}
	for _, id := range slices.Sorted(maps.Keys(ids)) {
		var was resolve.Bearer
		if err := d.remembered(bearerOwner+string(id), &was); err != nil {
			return err
		}
		now, came := d.came[id]
		if reflect.DeepEqual(was, now) {
			continue
		}
		for _, change := range []struct {
			b  *resolve.Bearer
			in bool
		}{{&was, false}, {&now, true}} {
			for _, key := range change.b.Keys {
				h, err := pair(key)
				if err != nil {
					return err
				}
				h.set(id, change.b.Full, change.in)
			}
		}
		switch {
		case !came:
			if err := d.generation.DropOwner(bearerOwner + string(id)); err != nil {
				return err
			}
		case now.Full:
			stay = append(stay, id)
		default:
			dirty[id] = true
		}
	}
	for key, h := range pairs {
		if err := d.ctx.Err(); err != nil {
			return err
		}
		if !h.changed {
			continue
		}
		if h.told {
			for _, id := range h.Short {
				dirty[id] = true
			}
		}
		if err := d.remember(pairOwner+key, h, len(h.Full)+len(h.Short) == 0, nil); err != nil {
			return err
		}
	}
	for _, id := range stay {
		if err := d.remember(bearerOwner+string(id), d.came[id], false, nil); err != nil {
			return err
		}
	}
	for _, id := range slices.Sorted(maps.Keys(dirty)) {
		if err := d.ctx.Err(); err != nil {
			return err
		}
		short, err := d.bearer(id)
		if err != nil {
			return err
		}
		fulls, err := d.bearing(short, pair)
		if err != nil {
			return err
		}
		edges, err := resolve.Open(d.g, short, fulls)
		if err != nil {
			return err
		}
		d.report.Leads++
		if err := d.remember(bearerOwner+string(id), short, false, edges); err != nil {
			return err
		}
	}
	return nil
}

// bearing lists the full names that share a pair with a short name, where few have that pair, or else two.
func (d *derivation) bearing(short *resolve.Bearer, pair func(string) (*holders, error)) ([]*resolve.Bearer, error) {
	weight := map[graph.ID]int{}
	for _, key := range short.Keys {
		h, err := pair(key)
		if err != nil {
			return nil, err
		}
		for _, id := range h.Full {
			switch {
			case len(h.Full) <= resolve.FewBear:
				weight[id] += 2
			case len(h.Full) <= resolve.SomeBear:
				weight[id]++
			}
		}
	}
	var ids []graph.ID
	for id, w := range weight {
		if w > 1 {
			ids = append(ids, id)
		}
	}
	slices.SortFunc(ids, func(a, b graph.ID) int { return cmp.Or(cmp.Compare(weight[b], weight[a]), cmp.Compare(a, b)) })
	var fulls []*resolve.Bearer
	for _, id := range ids[:min(len(ids), resolve.MaxOpen)] {
		f, err := d.bearer(id)
		if err != nil {
			return nil, err
		}
		fulls = append(fulls, f)
	}
	return fulls, nil
}

// bearer returns a firm as it is now.
func (d *derivation) bearer(id graph.ID) (*resolve.Bearer, error) {
	if b, ok := d.came[id]; ok {
		return &b, nil
	}
	var b resolve.Bearer
	err := d.remembered(bearerOwner+string(id), &b)
	return &b, err
}

// remembered reads what the old generation remembers under an owner's name; it leaves what it is given as it is if that is
// nothing.
func (d *derivation) remembered(owner string, into any) error {
	if d.old == nil {
		return nil
	}
	owned, err := d.old.Owned(owner)
	if errors.Is(err, graph.ErrNotFound) {
		return nil
	}
	if err == nil {
		err = json.Unmarshal(owned.Data, into)
	}
	if err != nil {
		return fmt.Errorf("what the graph remembers as %s: %w; delete the store and build again", owner, err)
	}
	return nil
}

func (d *derivation) remember(owner string, what any, nothing bool, edges []graph.Edge) error {
	if nothing {
		return d.generation.DropOwner(owner)
	}
	b, err := json.Marshal(what)
	if err != nil {
		return err
	}
	return d.generation.SetOwner(owner, b, nil, edges)
}
