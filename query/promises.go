package query

import (
	"cmp"
	"fmt"
	"math"
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

// outcome is what became of a promise.
type outcome struct {
	finding  string // empty if nothing was promised
	year     int    // for which it was promised
	promised string // the stage
	open     bool   // nothing is said of it since: finding is notSeen, and may be named
}

// outcome says what became of the last promise about a thing, or, with a year, of that for this year: of its furthest stage for that
// year. Whether it was named since, namedSince tells.
func (in *inquiry) outcome(said []claim, only int) outcome {
	year, promised := 0, ""
	for i := range said { // by year
		s := &said[i]
		if s.planned && s.rank > 0 && (year == 0 || only == 0 && s.year >= year || s.year == only) {
			if only != 0 && s.year != only {
				continue
			}
			if s.year > year || int(s.rank) > stageRank(promised) {
				year, promised = s.year, in.claims.Word(s.Says)
			}
		}
	}
	if promised == "" {
		return outcome{}
	}
	want := int8(stageRank(promised))
	begun, reached, later := false, 0, false
	for i := range said {
		s := &said[i]
		switch {
		case s.planned && s.year > year:
			later = true
		case s.planned:
		case s.year >= year && s.rank < 0 && slices.Contains(halts, in.claims.Word(s.Says)):
			return outcome{stopped, year, promised, false}
		case s.year >= year && s.reported >= year:
			begun = begun || s.rank > 0
			if s.rank >= want && (reached == 0 || s.year < reached) {
				reached = s.year
			}
		}
	}
	switch {
	case reached > year:
		return outcome{late, year, promised, false}
	case reached != 0:
		return outcome{delivered, year, promised, false}
	case later:
		return outcome{again, year, promised, false}
	case begun:
		return outcome{underWay, year, promised, false}
	case !in.reviewed(areasOf(said), year, func(d *source) bool { return promises(said, d, year) }):
		return outcome{unknown, year, promised, false}
	}
	return outcome{notSeen, year, promised, true}
}

// promises reports whether a document promises something for a year: where it also looks back on it, it does not tell what became of
// that.
func promises(said []claim, doc *source, year int) bool {
	return slices.ContainsFunc(said, func(c claim) bool { return c.doc == doc && c.planned && c.year == year })
}

// namedSince reports whether documents of the areas of what is said that look back on a year or a later one, but for those that promise
// something for it, name a node.
func (in *inquiry) namedSince(node uint32, said []claim, year int) (bool, error) {
	areas := areasOf(said)
	from, to := in.rows.LeavingOf(node, in.rows.TypeNumber(graph.MentionedIn))
	for ; from < to; from++ {
		// A plan is no report: what stands only in the sections on the year after says nothing of what became of it.
		d := in.source(in.rows.To[from])
		if d == nil || d.Year < year || !slices.Contains(areas, d.area) || promises(said, d, year) {
			continue
		}
		if reported, err := in.reportedIn(from); reported || err != nil {
			return reported, err
		}
	}
	return false, nil
}

// reportedIn reports whether one of the sentences of a document that name something is not about plans.
func (in *inquiry) reportedIn(edge uint32) (bool, error) {
	if err := in.read(edge, &in.edge, true); err != nil {
		return false, err
	}
	for _, ev := range in.edge.Evidence {
		if ev.Source != graph.FromText {
			return true, nil
		}
		s, found, err := in.excerpts().SentenceAt(ev.Doc, ev.ByteStart)
		if err != nil {
			return false, err
		}
		if !found || s.Modality != graph.Planned {
			return true, nil
		}
	}
	return false, nil
}

// promises lists what was promised and what became of it.
func (in *inquiry) promises() error {
	return in.built(0, func(node uint32, said []claim) error {
		o := in.outcome(said, in.o.Year)
		if o.finding == "" {
			return nil
		}
		if o.open {
			since, err := in.namedSince(node, said, o.year)
			if err != nil {
				return err
			}
			if since {
				o.finding = named
			}
		}
		if rank := slices.Index(outcomes, o.finding); in.wants(node, rank) {
			in.addSaid(node, rank, o.finding, fmt.Sprintf("promised for %d: %s", o.year, o.promised), graph.Status)
		}
		return nil
	})
}

// planYears are the years for which a thing was promised to begin, to be signed, completed or opened.
func planYears(said []claim) []int {
	var years []int
	for i := range said {
		if s := &said[i]; s.planned && s.year != 0 && !slices.Contains(years, s.year) {
			years = append(years, s.year)
		}
	}
	slices.Sort(years)
	return years
}

// repeated lists what was promised again for a later year because the first promise was not kept, as far as the documents say.
func (in *inquiry) repeated() error {
	return in.built(math.MinInt, func(node uint32, said []claim) error {
		var years []int
		var first *claim
		for i := range said {
			x := &said[i]
			if !x.planned || x.rank <= 0 {
				continue
			}
			next := slices.IndexFunc(said[i+1:], func(y claim) bool { return y.planned && y.year > x.year && y.reported > x.reported })
			if next < 0 || slices.ContainsFunc(said, func(y claim) bool {
				return !y.planned && y.reported >= x.year && y.year <= x.year && y.rank >= x.rank
			}) {
				continue
			}
			if len(years) == 0 {
				first = x
			}
			for _, year := range []int{x.year, said[i+1+next].year} {
				if !slices.Contains(years, year) {
					years = append(years, year)
				}
			}
		}
		if len(years) < 2 || !in.wants(node, -len(years)) {
			return nil
		}
		in.addSaid(node, -len(years), "promised for "+join(years), in.claims.Word(first.Says)+" not reported for "+strconv.Itoa(first.year), graph.Status)
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
	return in.built(0, func(node uint32, said []claim) error {
		var docs []*source
		for i := range said {
			s := &said[i]
			if s.planned {
				if !slices.Contains(docs, s.doc) {
					docs = append(docs, s.doc)
				}
				if s.rank == int8(stageRank("topped_out")) {
					return nil // that is promised of what stands
				}
			} else if int(s.rank) >= stageRank("started") {
				return nil
			}
		}
		if len(docs) < 2 {
			return nil
		}
		years := planYears(said)
		if len(years) == 0 {
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
		in.addSaid(node, 0, "candidate: promised "+strconv.Itoa(len(docs))+" times, no start in the reports held", detail, graph.Status)
		return nil
	})
}

// promised is what a document promises for a year, and what became of it.
type promised struct {
	area    uint32 // of the document
	year    int32
	node    uint32
	outcome int8 // an index into outcomes; negative if nothing was promised
	claim   *graph.Claim
}

// delivery counts for each area and year how many promises became what, with those of which nothing can be known.
func (in *inquiry) delivery() error {
	all, err := parted(in, (*inquiry).promised)
	if err != nil {
		return err
	}
	for _, kept := range grouped(all, func(p *promised) [2]uint32 { return [2]uint32{p.area, uint32(p.year)} }) {
		area, year := kept[0].area, int(kept[0].year)
		var n [16]int
		total, known := 0, 0
		for _, p := range kept {
			if p.outcome >= 0 {
				n[p.outcome]++
			}
		}
		var parts []string
		for i, o := range outcomes {
			total += n[i]
			if o != unknown {
				known += n[i]
			}
			if n[i] > 0 {
				parts = append(parts, fmt.Sprintf("%d %s", n[i], o))
			}
		}
		done := n[slices.Index(outcomes, delivered)] + n[slices.Index(outcomes, late)]
		finding := fmt.Sprintf("%d: %d of %d delivered", year, done, known)
		if known == 0 {
			finding, parts = fmt.Sprintf("%d: %d promised, no later report is held", year, total), nil
		} else if total > known {
			finding += fmt.Sprintf(", %d unknown", total-known)
		}
		in.add(area, year, finding, strings.Join(parts, "; "), func(in *inquiry, c *Case) error {
			c.Said = in.delivered(kept)
			return nil
		})
	}
	return nil
}

// promised are all promises, by node.
func (in *inquiry) promised() ([]promised, error) {
	var out []promised
	var seen []uint32
	err := in.built(math.MinInt, func(node uint32, all []claim) error {
		for _, year := range planYears(all) {
			if in.o.Year != 0 && year != in.o.Year {
				continue
			}
			o := in.outcome(all, year)
			if o.open {
				since, err := in.namedSince(node, all, year)
				if err != nil {
					return err
				}
				if since {
					o.finding = named
				}
			}
			seen = seen[:0]
			for i := range all {
				s := &all[i]
				if !s.planned || s.year != year || s.doc.area == "" || slices.Contains(seen, s.doc.node) || !in.asked(s.doc.area) {
					continue
				}
				seen = append(seen, s.doc.node)
				out = append(out, promised{s.doc.node, int32(year), node, int8(slices.Index(outcomes, o.finding)), s.Claim})
			}
		}
		return nil
	})
	return out, err
}

// delivered are promises as they are shown: by what became of them, then by name.
func (in *inquiry) delivered(all []promised) []Said {
	slices.SortStableFunc(all, func(x, y promised) int {
		if x.outcome != y.outcome {
			return cmp.Compare(x.outcome, y.outcome)
		}
		if x.node == y.node || in.kindOf(x.node) == in.kindOf(y.node) { // of one kind, by name
			return cmp.Compare(x.node, y.node)
		}
		return cmp.Compare(in.numbered.NodeID(x.node).Name(), in.numbered.NodeID(y.node).Name())
	})
	out := make([]Said, len(all))
	for i, p := range all {
		out[i] = in.saying(p.claim)
		in.also(&out[i], p.node)
		if p.outcome >= 0 {
			out[i].Why = outcomes[p.outcome]
		}
	}
	return out
}

// status lists what is built with the last stage that was reported.
func (in *inquiry) status() error {
	return in.built(0, func(node uint32, said []claim) error {
		var best claim
		for i := range said {
			s := &said[i]
			if !s.planned && (in.o.Year == 0 || s.year <= in.o.Year) && (s.year > best.year || s.year == best.year && s.rank >= best.rank) {
				best = *s
			}
		}
		rank := len(stages) - int(best.rank)
		if !in.wants(node, rank) {
			return nil
		}
		finding := "planned only"
		if best.Claim != nil {
			finding = in.claims.Word(best.Says)
			if best.year != 0 {
				finding += " in " + strconv.Itoa(best.year)
			}
		}
		in.addSaid(node, rank, finding, "", graph.Status)
		return nil
	})
}

// timeline lists all that is said of one thing, or of everything that has a stage, with the years of which nothing is said.
func (in *inquiry) timeline() error {
	one := func(node uint32, said []claim, types ...graph.EdgeType) error {
		var gaps []string
		for i := 1; i < len(said); i++ {
			for year := said[i-1].year + 1; said[i-1].year != 0 && year < said[i].year && year < said[i-1].year+maxYears; year++ {
				gap := strconv.Itoa(year)
				if !in.reviewed(areasOf(said), year, nil) {
					gap += " (no report is held)"
				}
				gaps = append(gaps, gap)
			}
		}
		first, last := 0, 0
		for i := range said {
			widen(&first, &last, said[i].year, said[i].year)
		}
		finding := "nothing dated"
		if first != 0 {
			finding = fmt.Sprintf("%d to %d", first, last)
		}
		detail := ""
		if len(gaps) > 0 {
			detail = "nothing said of " + strings.Join(gaps, ", ")
		}
		in.addSaid(node, 0, finding, detail, types...)
		return nil
	}
	if in.entity != "" {
		types := []graph.EdgeType{graph.Status, graph.Amount, graph.Receives, graph.PartnersWith, graph.Undertakes}
		said := in.claimsOf(in.node, types...)
		if len(said) == 0 {
			return nil
		}
		return one(in.node, said, types...)
	}
	return in.built(0, func(node uint32, said []claim) error {
		if len(said) < 2 {
			return nil
		}
		return one(node, said, graph.Status)
	})
}
