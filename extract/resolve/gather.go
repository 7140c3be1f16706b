package resolve

import (
	"slices"
	"strings"

	"github.com/tupu-kg/tupu/extract/company"
	"github.com/tupu-kg/tupu/extract/gazetteer"
	"github.com/tupu-kg/tupu/extract/text"
	"github.com/tupu-kg/tupu/graph"
)

// Gatherer finds the groups of components in an index. Groups that share a key are of one component, and so are those of two names
// of firms of which one may be short for the other, or says something about what a third is short for. Firms that have nothing
// but a brand in common are of different ones: what names a firm anew costs little more than what may be that firm.
type Gatherer struct {
	g       *gazetteer.Gazetteer
	groups  func(key string, yield func([]Group)) error
	names   func(shelf string, yield func([]string)) error
	visited map[string]bool
	shelves map[string][]*firmName
	firms   map[string]*firmName // by name
	held    int                  // names on shelves
}

// maxHeld bounds the names that a gatherer keeps in memory.
const maxHeld = 200_000

// NewGatherer makes a gatherer on an index, which yields the groups of each document that bear a key, and the names of firms that
// it keeps on a shelf.
func NewGatherer(g *gazetteer.Gazetteer, groups func(key string, yield func([]Group)) error, names func(shelf string, yield func([]string)) error) *Gatherer {
	return &Gatherer{g: g, groups: groups, names: names, visited: map[string]bool{}, shelves: map[string][]*firmName{}, firms: map[string]*firmName{}}
}

// Component returns the keys, ascending, and the groups of the component that a key is of. It returns nothing for a key that links
// nothing or that it has returned before; a key that no group bears is a component without groups.
func (c *Gatherer) Component(key string) (keys []string, groups []Group, err error) {
	if c.visited[key] || !Linking(key) {
		return nil, nil, nil
	}
	type where struct {
		doc graph.ID
		ref string
	}
	known := map[where]bool{}
	visit := func(key string) {
		if !c.visited[key] {
			c.visited[key] = true
			keys = append(keys, key)
		}
	}
	visit(key)
	for i := 0; i < len(keys); i++ {
		borne := false
		err := c.groups(keys[i], func(found []Group) {
			borne = true
			for _, g := range found {
				if at := (where{g.Doc, g.Ref}); !known[at] {
					known[at] = true
					groups = append(groups, g)
					for _, k := range g.Keys {
						visit(k)
					}
				}
			}
		})
		if err != nil {
			return nil, nil, err
		}
		name, ofFirm := strings.CutPrefix(keys[i], firmFamily)
		if !borne || !ofFirm {
			continue
		}
		if err := c.related(name, func(other string) { visit(firmFamily + other) }); err != nil {
			return nil, nil, err
		}
	}
	slices.Sort(keys)
	return keys, groups, nil
}

// related calls yield with the names that have to do with a name.
func (c *Gatherer) related(name string, yield func(string)) error {
	f := c.firm(name)
	for _, shelf := range f.shelves() {
		others, err := c.shelf(shelf)
		if err != nil {
			return err
		}
		for _, o := range others {
			if o.name != name && !c.visited[firmFamily+o.name] && f.related(o) {
				yield(o.name)
			}
		}
	}
	return nil
}

// shelf lists the names on a shelf, each once.
func (c *Gatherer) shelf(key string) ([]*firmName, error) {
	if list, ok := c.shelves[key]; ok {
		return list, nil
	}
	seen := map[string]bool{}
	list := []*firmName{}
	err := c.names(key, func(names []string) {
		for _, name := range names {
			if !seen[name] {
				seen[name] = true
				list = append(list, c.firm(name))
			}
		}
	})
	if err != nil {
		return nil, err
	}
	if c.held += len(list); c.held > maxHeld {
		clear(c.shelves)
		clear(c.firms)
		c.held = len(list)
	}
	c.shelves[key] = list
	return list, nil
}

func (c *Gatherer) firm(name string) *firmName {
	f, ok := c.firms[name]
	if !ok {
		f = &firmName{name, company.Full(text.Key(name)), parse(c.g, name)}
		c.firms[name] = f
	}
	return f
}

// firmName is the name of a firm as it is compared with others.
type firmName struct {
	name  string
	full  bool
	parts company.Name
}

// shelves lists the keys of the shelves that the name stands on.
func (f *firmName) shelves() []string {
	list := f.parts.Shelves(f.full)
	for i := range list {
		list[i] = shelfFamily + list[i]
	}
	return list
}

// related reports whether what becomes of one of two names may depend on the other: one may be short for the other, they are like
// each other, or one is a brand that the other tells to be of another firm too.
func (f *firmName) related(o *firmName) bool {
	switch {
	case f.full && o.full:
		score, _ := likeness(f.parts, o.parts)
		return score > 0
	case f.full:
		return o.parts.Short(f.parts) > company.NoFit
	case o.full:
		return f.parts.Short(o.parts) > company.NoFit
	}
	return rival(f.parts, o.parts) || rival(o.parts, f.parts) || variants(f.parts, o.parts) != ""
}

// rival reports whether a name says that a brand alone may be that of another firm.
func rival(brand, o company.Name) bool {
	return brandOnly(brand) == 1 && brandOnly(o) == 0 && o.Brand == brand.Brand && brand.Stem() != "" && o.Stem() == brand.Stem()
}

// Shelves lists the shelves for the names of firms in the document, with the names, which stand there once for each document.
func (r *Reading) Shelves() map[string][]string {
	out := map[string][]string{}
	for i := range r.Groups {
		group := &r.Groups[i]
		if !slices.Contains(group.Keys, firmFamily+group.Name) {
			continue
		}
		f := firmName{group.Name, full(*group), r.firms[group.Name]}
		for _, shelf := range f.shelves() {
			if !slices.Contains(out[shelf], f.name) {
				out[shelf] = append(out[shelf], f.name)
			}
		}
	}
	return out
}
