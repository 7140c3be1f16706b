package query

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/tupu-kg/tupu/graph"
)

// What became of a promise, the most telling first. The words say what the documents held say, and no more.
const (
	notSeen   = "not in the reports held since"
	named     = "named since, without a stage"
	again     = "promised again"
	underWay  = "under way"
	late      = "delivered later than promised"
	delivered = "delivered"
	unknown   = "no later report is held"
	stopped   = "stopped"
)

var outcomes = []string{notSeen, named, stopped, again, underWay, late, delivered, unknown}

// outcome says what became of the last promise about a thing: of its furthest stage for that year.
func (in *inquiry) outcome(id graph.ID, said []Said) (finding string, year int, promised string, err error) {
	for i := range said { // by year
		s := &said[i]
		if s.Modality == graph.Planned && stageRank(s.edge.State) > 0 && (year == 0 || in.o.Year == 0 && s.Year >= year || s.Year == in.o.Year) {
			if in.o.Year != 0 && s.Year != in.o.Year {
				continue
			}
			if s.Year > year || stageRank(s.edge.State) > stageRank(promised) {
				year, promised = s.Year, s.edge.State
			}
		}
	}
	if promised == "" {
		return "", 0, "", nil
	}
	// The document that promises something for the year it looks back on does not tell what became of it.
	by := in.promisers[:0]
	for i := range said {
		if s := &said[i]; s.Modality == graph.Planned && s.Year == year {
			by = append(by, s.doc)
		}
	}
	in.promisers = by
	want := stageRank(promised)
	begun, reached, later := false, 0, false
	for i := range said {
		s := &said[i]
		switch {
		case s.Modality == graph.Planned && s.Year > year:
			later = true
		case s.Modality == graph.Planned:
		case (s.edge.State == "suspended" || s.edge.State == "cancelled") && s.Year >= year:
			return stopped, year, promised, nil
		case s.Year >= year && s.Reported >= year:
			begun = begun || stageRank(s.edge.State) > 0
			if stageRank(s.edge.State) >= want && (reached == 0 || s.Year < reached) {
				reached = s.Year
			}
		}
	}
	switch {
	case reached > year:
		return late, year, promised, nil
	case reached != 0:
		return delivered, year, promised, nil
	case later:
		return again, year, promised, nil
	case begun:
		return underWay, year, promised, nil
	case !in.reviewed(areasOf(said), year, by):
		return unknown, year, promised, nil
	}
	since, err := in.namedSince(id, areasOf(said), year, by)
	if err == nil && since {
		return named, year, promised, nil
	}
	return notSeen, year, promised, err
}

// namedSince reports whether documents of the areas that look back on a year or a later one, but for some, name an entity.
func (in *inquiry) namedSince(id graph.ID, areas []graph.ID, year int, but []graph.ID) (bool, error) {
	for e, err := range in.Edges(id, graph.Outgoing, graph.MentionedIn) {
		if err != nil {
			return false, err
		}
		// A plan is no report: what stands only in the sections on the year after says nothing of what became of it.
		if slices.Contains(areas, in.areaOf[e.To]) && in.head(e.To).Year >= year && !slices.Contains(but, e.To) && in.reportedIn(e) {
			return true, nil
		}
	}
	return false, nil
}

// reportedIn reports whether one of the sentences of a document that name something is not about plans.
func (in *inquiry) reportedIn(e graph.Edge) bool {
	evidence, err := in.Evidence(e)
	if err != nil {
		return false
	}
	for _, ev := range evidence {
		q, err := in.quote(ev)
		if err == nil && q.Modality != string(graph.Planned) {
			return true
		}
	}
	return false
}

// promises lists what was promised and what became of it.
func (in *inquiry) promises() error {
	return in.built(func(id graph.ID, said []Said) error {
		finding, year, promised, err := in.outcome(id, said)
		if finding == "" || err != nil {
			return err
		}
		in.addSaid(id, slices.Index(outcomes, finding), finding, "promised for "+strconv.Itoa(year)+": "+promised, graph.Status)
		return nil
	})
}

// planYears are the years for which a thing was promised to begin, to be signed, completed or opened.
func planYears(said []Said) []int {
	var years []int
	for _, s := range said {
		if s.Modality == graph.Planned && s.Year != 0 && !slices.Contains(years, s.Year) {
			years = append(years, s.Year)
		}
	}
	slices.Sort(years)
	return years
}

// repeated lists what was promised again for a later year because the first promise was not kept, as far as the documents say.
func (in *inquiry) repeated() error {
	return in.built(func(id graph.ID, said []Said) error {
		var years []int
		var first Said
		for i, x := range said {
			if x.Modality != graph.Planned || stageRank(x.edge.State) <= 0 {
				continue
			}
			kept := slices.ContainsFunc(said, func(y Said) bool {
				return y.Modality != graph.Planned && y.Reported >= x.Year && y.Year <= x.Year && stageRank(y.edge.State) >= stageRank(x.edge.State)
			})
			next := slices.IndexFunc(said[i+1:], func(y Said) bool { return y.Modality == graph.Planned && y.Year > x.Year && y.Reported > x.Reported })
			if kept || next < 0 {
				continue
			}
			if len(years) == 0 {
				first = x
			}
			for _, year := range []int{x.Year, said[i+1+next].Year} {
				if !slices.Contains(years, year) {
					years = append(years, year)
				}
			}
		}
		if len(years) < 2 {
			return nil
		}
		in.addSaid(id, -len(years), "promised for "+join(years), first.edge.State+" not reported for "+strconv.Itoa(first.Year), graph.Status)
		return nil
	})
}

func join(years []int) string {
	words := make([]string, len(years))
	for i, y := range years {
		words[i] = strconv.Itoa(y)
	}
	return strings.Join(words, ", ")
}

// phantoms lists candidates: promised at least twice, and no start reported though later reports of the area are held.
func (in *inquiry) phantoms() error {
	return in.built(func(id graph.ID, said []Said) error {
		docs := map[graph.ID]bool{}
		for _, s := range said {
			if s.Modality == graph.Planned {
				docs[s.doc] = true
				if s.edge.State == "topped_out" {
					return nil // that is promised of what stands
				}
			} else if r := stageRank(s.edge.State); r >= stageRank("started") {
				return nil
			}
		}
		years := planYears(said)
		if len(docs) < 2 || len(years) == 0 {
			return nil
		}
		last, searched := years[len(years)-1], 0
		for _, area := range areasOf(said) {
			for _, d := range in.held[area] {
				if d.Year >= years[0] {
					searched++
				}
			}
		}
		if !in.reviewed(areasOf(said), years[0]+in.o.Years-1, nil) {
			return nil
		}
		detail := fmt.Sprintf("last promised for %d; %d reports on %d and later searched", last, searched, years[0])
		in.addSaid(id, 0, "candidate: promised "+strconv.Itoa(len(docs))+" times, no start in the reports held", detail, graph.Status)
		return nil
	})
}

// delivery counts for each area and year how many promises became what, with those of which nothing can be known.
func (in *inquiry) delivery() error {
	type key struct {
		area graph.ID
		year int
	}
	type tally struct {
		counts map[string]int
		said   []Said
	}
	of := map[key]*tally{}
	var order []key
	var seen []graph.ID
	err := in.built(func(id graph.ID, all []Said) error {
		o := in.o
		defer func() { in.o = o }()
		for _, year := range planYears(all) {
			if o.Year != 0 && year != o.Year {
				continue
			}
			in.o.Year = year
			finding, _, _, err := in.outcome(id, all)
			if err != nil {
				return err
			}
			seen = seen[:0]
			for i := range all {
				s := &all[i]
				if s.Modality != graph.Planned || s.Year != year || s.area == "" || slices.Contains(seen, s.area) || !in.asked(s.area) {
					continue
				}
				seen = append(seen, s.area)
				k := key{s.area, year}
				t := of[k]
				if t == nil {
					t = &tally{counts: map[string]int{}}
					of[k] = t
					order = append(order, k)
				}
				t.counts[finding]++
				t.said = append(t.said, *s)
				last := &t.said[len(t.said)-1]
				last.Other, last.Why = id, finding
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, k := range order {
		n, said := of[k].counts, of[k].said
		total, known := 0, 0
		var parts []string
		for _, o := range outcomes {
			total += n[o]
			if o != unknown {
				known += n[o]
			}
			if n[o] > 0 {
				parts = append(parts, fmt.Sprintf("%d %s", n[o], o))
			}
		}
		done := n[delivered] + n[late]
		slices.SortStableFunc(said, func(x, y Said) int {
			return cmp.Or(cmp.Compare(slices.Index(outcomes, x.Why), slices.Index(outcomes, y.Why)), cmp.Compare(x.Other.Name(), y.Other.Name()))
		})
		finding := fmt.Sprintf("%d: %d of %d delivered", k.year, done, known)
		if known == 0 {
			finding, parts = fmt.Sprintf("%d: %d promised, no later report is held", k.year, total), nil
		} else if total > known {
			finding += fmt.Sprintf(", %d unknown", total-known)
		}
		in.add(k.area, k.year, finding, strings.Join(parts, "; "), said)
	}
	return nil
}

// status lists what is built with the last stage that was reported.
func (in *inquiry) status() error {
	return in.built(func(id graph.ID, said []Said) error {
		best := Said{edge: &graph.Edge{}}
		for _, s := range said {
			if s.Modality != graph.Planned && (in.o.Year == 0 || s.Year <= in.o.Year) && (s.Year > best.Year || s.Year == best.Year && stageRank(s.edge.State) >= stageRank(best.edge.State)) {
				best = s
			}
		}
		finding := "planned only"
		if best.edge.State != "" {
			finding = best.edge.State
			if best.Year != 0 {
				finding += " in " + strconv.Itoa(best.Year)
			}
		}
		in.addSaid(id, len(stages)-stageRank(best.edge.State), finding, "", graph.Status)
		return nil
	})
}

// timeline lists all that is said of one thing, or of everything that has a stage, with the years of which nothing is said.
func (in *inquiry) timeline() error {
	one := func(id graph.ID, said []Said, types ...graph.EdgeType) error {
		var gaps []string
		for i := 1; i < len(said); i++ {
			for year := said[i-1].Year + 1; said[i-1].Year != 0 && year < said[i].Year && year < said[i-1].Year+maxYears; year++ {
				gap := strconv.Itoa(year)
				if !in.reviewed(areasOf(said), year, nil) {
					gap += " (no report is held)"
				}
				gaps = append(gaps, gap)
			}
		}
		first, last := yearsSpoken(said)
		finding := "nothing dated"
		if first != 0 {
			finding = fmt.Sprintf("%d to %d", first, last)
		}
		detail := ""
		if len(gaps) > 0 {
			detail = "nothing said of " + strings.Join(gaps, ", ")
		}
		in.addSaid(id, 0, finding, detail, types...)
		return nil
	}
	if in.entity != "" {
		types := []graph.EdgeType{graph.Status, graph.Amount, graph.Receives, graph.PartnersWith, graph.Undertakes}
		said, err := in.said(in.entity, types...)
		if err != nil || len(said) == 0 {
			return err
		}
		return one(in.entity, said, types...)
	}
	return in.built(func(id graph.ID, said []Said) error {
		if len(said) < 2 {
			return nil
		}
		return one(id, said, graph.Status)
	})
}

func yearsSpoken(said []Said) (first, last int) {
	for _, s := range said {
		widen(&first, &last, s.Year, s.Year)
	}
	return first, last
}
