package ingest

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"github.com/tupu-kg/tupu/graph"
)

// Change says what became of entities that were resolved anew: several that became one were merged, one that became several
// was parted, one that became nothing is gone. One that became itself has another name or other aliases.
type Change struct {
	Before []graph.Entity `json:"before"` // ascending by id
	After  []graph.Entity `json:"after"`  // likewise
}

// changes gathers which entities became which. A nil one gathers nothing.
type changes struct {
	after map[graph.ID]graph.Entity
	links map[[2]graph.ID]bool // from what was to what is; an empty id is nothing
}

func newChanges(wanted bool) *changes {
	if !wanted {
		return nil
	}
	return &changes{map[graph.ID]graph.Entity{}, map[[2]graph.ID]bool{}}
}

func (c *changes) came(e graph.Entity) {
	if c != nil {
		c.after[e.ID] = e
	}
}

func (c *changes) link(before, after graph.ID) {
	if c != nil {
		c.links[[2]graph.ID{before, after}] = true
	}
}

// compare links who was who in the documents with who is now, and reports what changed.
func (d *derivation) compare() error {
	if d.changes == nil {
		return nil
	}
	changed := map[graph.ID]bool{}
	for _, doc := range d.changed {
		changed[doc] = true
	}
	docs := slices.Clone(d.changed)
	for doc := range d.recheck {
		if !changed[doc] {
			docs = append(docs, doc)
		}
	}
	for _, doc := range docs {
		before, err := d.before(doc)
		if err != nil {
			return err
		}
		if before != nil { // a document that is new changes nobody
			n, narrow := d.narrow[doc]
			d.compareIn(doc, before, func(ref string) bool { return changed[doc] && (!narrow || n.refs[ref]) })
		}
	}
	var err error
	d.report.Changes, err = d.changes.list(d.entityBefore)
	return err
}

// compareIn links who was who in one document with who is now. In one that changed, what a judgement gave another type, set
// apart, or let go has another ref, but the same name.
func (d *derivation) compareIn(doc graph.ID, before []placed, changed func(ref string) bool) {
	now := d.assign[doc]
	held, known := map[string]bool{}, map[string]bool{}
	for _, p := range before {
		held[p.Ref], known[nameOf(p.Ref)] = true, true
	}
	fresh := map[string][]graph.ID{} // by name
	alike := map[string][]graph.ID{} // by kind and name
	for ref, p := range now {
		alike[kindOf(ref)+nameOf(ref)] = append(alike[kindOf(ref)+nameOf(ref)], p.Entity)
		if held[ref] {
			continue
		}
		if name := nameOf(ref); known[name] {
			fresh[name] = append(fresh[name], p.Entity)
		} else {
			d.changes.link("", p.Entity)
		}
	}
	for _, p := range before {
		q, stayed := now[p.Ref]
		if stayed {
			d.changes.link(p.Entity, q.Entity)
		}
		to := fresh[nameOf(p.Ref)]
		if !stayed && changed(p.Ref) && len(to) == 0 {
			to = alike[kindOf(p.Ref)+nameOf(p.Ref)]
			if len(to) == 0 {
				to = []graph.ID{""}
			}
		}
		for _, id := range to {
			d.changes.link(p.Entity, id)
		}
	}
}

// A ref begins with the kind of its group and ends with its name.
func kindOf(ref string) string { return ref[:strings.IndexByte(ref, '|')+1] }
func nameOf(ref string) string { return ref[strings.LastIndexByte(ref, '|')+1:] }

func (d *derivation) entityBefore(id graph.ID) (graph.Entity, error) {
	e, err := d.old.Entity(id)
	if errors.Is(err, graph.ErrNotFound) {
		return graph.Entity{ID: id, Kind: id.Kind(), Name: id.Name()}, nil
	}
	return e, err
}

// list sorts the links into changes, and leaves out what stayed as it was.
func (c *changes) list(before func(graph.ID) (graph.Entity, error)) ([]Change, error) {
	type node struct {
		id  graph.ID
		now bool
	}
	parent := map[node]node{}
	var root func(node) node
	root = func(n node) node {
		if p, ok := parent[n]; !ok || p == n {
			parent[n] = n
			return n
		}
		parent[n] = root(parent[n])
		return parent[n]
	}
	for link := range c.links {
		was, is := node{link[0], false}, node{link[1], true}
		switch {
		case was.id == "":
			root(is)
		case is.id == "":
			root(was)
		default:
			parent[root(was)] = root(is)
		}
	}
	sets := map[node]*Change{}
	for n := range parent {
		r := root(n)
		if sets[r] == nil {
			sets[r] = &Change{}
		}
		if n.now {
			sets[r].After = append(sets[r].After, c.after[n.id])
			continue
		}
		e, err := before(n.id)
		if err != nil {
			return nil, err
		}
		sets[r].Before = append(sets[r].Before, e)
	}
	var out []Change
	for _, s := range sets {
		if len(s.Before) == 1 && len(s.After) == 1 && sameEntity(s.Before[0], s.After[0]) {
			continue
		}
		slices.SortFunc(s.Before, func(a, b graph.Entity) int { return cmp.Compare(a.ID, b.ID) })
		slices.SortFunc(s.After, func(a, b graph.Entity) int { return cmp.Compare(a.ID, b.ID) })
		out = append(out, *s)
	}
	slices.SortFunc(out, func(a, b Change) int { return cmp.Compare(a.first(), b.first()) })
	return out, nil
}

func sameEntity(a, b graph.Entity) bool {
	return a.ID == b.ID && a.Name == b.Name && slices.Equal(a.Aliases, b.Aliases)
}

func (c *Change) first() graph.ID {
	if len(c.Before) > 0 {
		return c.Before[0].ID
	}
	return c.After[0].ID
}
