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
	stemOwner   = "stem:" // and of each brand, which firms have it
)

// holders are the firms that have a pair of characters, ascending.
type holders struct {
	Full  []graph.ID `json:"full,omitempty"`
	Short []graph.ID `json:"short,omitempty"`

	before  int               // full names in the old generation
	told    []*resolve.Bearer // full names that came, went or changed, as they were and as they are
	changed bool
}

// weight is what it says for a full name that it has the pair: nothing, something together with another pair, or enough.
func weight(full int) int {
	switch {
	case full <= resolve.FewBear:
		return 2
	case full <= resolve.SomeBear:
		return 1
	}
	return 0
}

// set puts a firm among the holders or takes it out.
func (h *holders) set(b *resolve.Bearer, in bool) {
	list := &h.Short
	if b.Full {
		list, h.told = &h.Full, append(h.told, b)
	}
	h.changed = true
	id := b.ID
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
	d.look = resolve.NewLeads(d.g)
	pairs := map[string]*holders{}
	pair := func(key string) (*holders, error) {
		h, ok := pairs[key]
		if !ok {
			h = &holders{}
			if err := d.remembered(pairOwner+key, h); err != nil {
				return nil, err
			}
			h.before = len(h.Full)
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
			for _, key := range slices.Concat(change.b.Keys, change.b.Weak) {
				h, err := pair(key)
				if err != nil {
					return err
				}
				h.set(change.b, change.in)
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
		if err := d.spread(h, dirty); err != nil {
			return err
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
		edges, err := d.proposed(short, pair)
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

// stems sets the firms of a brand beside each other, for each brand of which a firm came, went or changed.
func (d *derivation) stems() error {
	for _, brand := range slices.Sorted(maps.Keys(d.brands)) {
		var was []resolve.Stemmed
		if err := d.remembered(stemOwner+brand, &was); err != nil {
			return err
		}
		now := slices.Concat(slices.DeleteFunc(slices.Clone(was), func(s resolve.Stemmed) bool { return d.went[s.ID] }), d.brands[brand])
		slices.SortFunc(now, func(a, b resolve.Stemmed) int { return cmp.Compare(a.ID, b.ID) })
		if len(now) == len(was) && (len(was) == 0 || reflect.DeepEqual(was, now)) {
			continue
		}
		edges, err := resolve.SameStem(brand, now)
		if err != nil {
			return err
		}
		if err := d.remember(stemOwner+brand, now, len(now) == 0, edges); err != nil {
			return err
		}
	}
	return nil
}

// spread marks the short names of a pair whose leads may be others now: those that a full name which came, went or changed is
// plausible for, or all where the pair says more or less than before.
func (d *derivation) spread(h *holders, dirty map[graph.ID]bool) error {
	if len(h.told) == 0 || weight(h.before) == 0 && weight(len(h.Full)) == 0 {
		return nil
	}
	all := weight(h.before) != weight(len(h.Full))
	for _, id := range h.Short {
		for i := 0; i < len(h.told) && !dirty[id]; i++ {
			f := h.told[i]
			if all {
				dirty[id] = true
				continue
			}
			short, err := d.bearer(id)
			if err != nil {
				return err
			}
			score, _ := d.look.Plausible(short, f)
			if score > 0 {
				dirty[id] = true
			}
		}
	}
	return nil
}

// proposed looks for the firms of a short name among the full names that share a pair with it which few have, or else two; where
// these are none, among all that share one, be it a place or a trade.
func (d *derivation) proposed(short *resolve.Bearer, pair func(string) (*holders, error)) ([]graph.Edge, error) {
	for _, search := range []struct {
		keys  []string
		least int
	}{{short.Keys, 2}, {slices.Concat(short.Keys, short.Weak), 1}} {
		fulls, err := d.bearing(search.keys, search.least, pair)
		if err != nil {
			return nil, err
		}
		edges, err := d.look.Open(short, fulls)
		if err != nil || len(edges) > 0 {
			return edges, err
		}
	}
	return nil, nil
}

// bearing lists the full names for which pairs say so much at least.
func (d *derivation) bearing(keys []string, least int, pair func(string) (*holders, error)) ([]*resolve.Bearer, error) {
	says := map[graph.ID]int{}
	for _, key := range keys {
		h, err := pair(key)
		if err != nil {
			return nil, err
		}
		if w := weight(len(h.Full)); w > 0 {
			for _, id := range h.Full {
				says[id] += w
			}
		}
	}
	var fulls []*resolve.Bearer
	for _, id := range slices.Sorted(maps.Keys(says)) {
		if says[id] < least {
			continue
		}
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
