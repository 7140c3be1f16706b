package gazetteer

import "github.com/tupu-kg/tupu/extract/gazetteer/internal/format"

// Resolve says which place a name means in a document that speaks for area (a code; empty or unknown if none is known). It
// takes, in this order: what lies in the area or is the area; a place above it; what lies in the same county, city, province;
// and anywhere, where only one place of county level or above bears the name. Among several the highest level wins, where it
// is alone there. It reports false where nothing fits or several do.
//
// Short names of townships count only within their county, and contextual names of zones (台商区) not across the country.
func (g *Gazetteer) Resolve(name, area string) (Place, bool) {
	candidates := g.candidates(name)
	if len(candidates) == 0 {
		return Place{}, false
	}
	if at, ok := g.find(area); ok {
		above := g.above(at)
		for k, circle := range append([]int{at}, above...) {
			if k == 1 { // before the siblings, what the area lies in
				for _, up := range above {
					for _, c := range candidates {
						if c.place == up {
							return g.place(up), true
						}
					}
				}
			}
			kind := g.d.Place(circle).Kind
			if kind == format.Country {
				break
			}
			if p, found, ok := choose(candidates, func(c *candidate) bool {
				return g.within(c.place, circle) && (c.official || c.kind != format.Township || kind >= format.County)
			}); found {
				return g.answer(p, ok)
			}
		}
	}
	p, _, ok := choose(candidates, func(c *candidate) bool {
		return c.kind != format.Township && (c.kind != format.Zone || c.official || c.wide)
	})
	return g.answer(p, ok)
}

func (g *Gazetteer) answer(c *candidate, ok bool) (Place, bool) {
	if !ok {
		return Place{}, false
	}
	return g.place(c.place), true
}

// candidate is a place that bears the name asked for.
type candidate struct {
	place    int
	kind     format.Kind
	official bool // the name is its official one
	wide     bool // the name may be matched anywhere
	rank     int  // lower wins
}

func (g *Gazetteer) candidates(name string) []candidate {
	var list []candidate
	for _, i := range g.bearers(name) {
		p := g.d.Place(i)
		c := candidate{place: i, kind: p.Kind, official: g.d.Text(p.Name) == name}
		if id, ok := g.name(name); ok {
			c.wide = g.d.Wide(id)
		}
		switch {
		case p.Kind == format.Zone && p.Government:
			c.rank = 2 * int(format.County)
		default:
			c.rank = 2 * int(p.Kind)
		}
		if !c.official {
			c.rank++
		}
		list = append(list, c)
	}
	return list
}

// choose returns the candidate of the lowest rank that fits; ok only if it is alone there.
func choose(candidates []candidate, fits func(*candidate) bool) (best *candidate, found, ok bool) {
	for i := range candidates {
		c := &candidates[i]
		if !fits(c) {
			continue
		}
		switch {
		case best == nil || c.rank < best.rank:
			best, ok = c, true
		case c.rank == best.rank:
			ok = false
		}
	}
	return best, best != nil, ok
}
