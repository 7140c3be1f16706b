package query

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/tupu-kg/tupu/graph"
)

// SharedOptions narrow the question which names several areas share.
type SharedOptions struct {
	Kind   graph.Kind `json:"type,omitempty"`  // all kinds if empty
	Level  string     `json:"level"`           // of the areas that are counted: county (also zones; the default), city or province
	Area   string     `json:"area,omitempty"`  // only what appears in this area, by name or id
	Year   int        `json:"year,omitempty"`  // only documents that look back on this year
	Least  int        `json:"least"`           // areas; 2 if 0
	Limit  int        `json:"limit,omitempty"` // rows of each list; no limit if 0
	Quotes int        `json:"quotes"`          // for each area; 1 if 0, all if negative
}

// SharedAnswer says which entities are named in documents of several areas.
type SharedAnswer struct {
	Query  SharedOptions `json:"query"`
	Shared []SharedRow   `json:"shared"` // by areas, then documents, then name
	// Inside holds what only longer names hold in all but one area (泉州师范学院 in 泉州师范学院附属小学).
	Inside []SharedRow `json:"inside"`
	// Hubs holds what every district has reason to name: places that contain one of the areas, the areas, persons of higher office.
	Hubs      []SharedRow `json:"hubs"`
	Areas     []string    `json:"areas"` // that the documents held speak for, at this level
	Truncated bool        `json:"truncated"`
}

// SharedRow is one entity with the areas that name it.
type SharedRow struct {
	ID        graph.ID     `json:"id"`
	Kind      graph.Kind   `json:"type"`
	Name      string       `json:"name"`
	Aliases   []string     `json:"aliases,omitempty"`
	Areas     []SharedArea `json:"areas"` // by name
	Documents int          `json:"documents"`
	Mentions  int          `json:"mentions"`
	FirstYear int          `json:"first_year,omitempty"`
	LastYear  int          `json:"last_year,omitempty"`
	Hub       string       `json:"hub,omitempty"` // why it is set apart
}

// SharedArea is what one area's documents say of it.
type SharedArea struct {
	ID        graph.ID `json:"id"`
	Name      string   `json:"name"`
	Documents int      `json:"documents"`
	Mentions  int      `json:"mentions"`
	FirstYear int      `json:"first_year,omitempty"`
	LastYear  int      `json:"last_year,omitempty"`
	Inside    bool     `json:"inside,omitempty"` // named only as part of longer names
	Evidence  []Quote  `json:"evidence"`
}

// Levels lists the levels at which areas can be counted.
var Levels = []string{"county", "city", "province"}

// Shared finds the entities that are named in documents of several areas. It looks at all edges from entities to areas, and reads
// the names and quotes of what it shows.
func Shared(ctx context.Context, r Reader, o SharedOptions) (*SharedAnswer, error) {
	o.Level, o.Least, o.Quotes = cmp.Or(o.Level, "county"), cmp.Or(o.Least, 2), cmp.Or(o.Quotes, 1)
	if !slices.Contains(Levels, o.Level) {
		return nil, fmt.Errorf("level %q: use county, city or province", o.Level)
	}
	a := ask(ctx, r)
	g, err := number(ctx, r)
	if err != nil {
		return nil, err
	}
	areas, err := a.areas(o.Level)
	if err != nil {
		return nil, err
	}
	var only []graph.ID
	if o.Area != "" {
		if only, err = a.spokenFor(o.Area); err != nil {
			return nil, err
		}
		for _, area := range areas {
			if slices.Contains(only, area.place.ID) {
				only = append(only, area.counted.ID)
			}
		}
	}
	answer := &SharedAnswer{Query: o}
	counted := map[graph.ID]bool{}
	for _, area := range areas {
		answer.Areas = append(answer.Areas, area.counted.Name)
		counted[area.counted.ID] = true
	}
	slices.Sort(answer.Areas)
	answer.Areas = slices.Compact(answer.Areas)
	above, err := a.above(areas)
	if err != nil {
		return nil, err
	}
	shared, inside, hubs := newLeast(o.Limit, compareShared), newLeast(o.Limit, compareShared), newLeast(o.Limit, compareShared)
	reasons := map[uint32]string{}
	for id, reason := range above {
		if n, ok := g.NodeNumber(id); ok {
			reasons[n] = reason
		}
	}
	err = a.appearances(g, areas, o, func(n uint32, row *SharedRow) error {
		direct := 0
		for _, area := range row.Areas {
			if !area.Inside {
				direct++
			}
		}
		if only != nil && !slices.ContainsFunc(row.Areas, func(s SharedArea) bool { return slices.Contains(only, s.ID) }) {
			return nil
		}
		row.Hub = reasons[n]
		if row.Hub == "" && row.Kind == graph.KindPerson { // some are set apart
			e, err := g.NodeEntity(n)
			if err != nil {
				return err
			}
			row.Hub = e.Hub
		}
		list := inside
		if row.Hub != "" {
			list = hubs
		} else if direct >= o.Least {
			list = shared
		}
		if !list.wants(*row) { // whatever its name is
			return nil
		}
		row.ID = g.NodeID(n)
		if row.Name, err = g.NodeName(n); err != nil {
			return err
		}
		if !list.wants(*row) {
			return nil
		}
		kept := *row
		kept.Areas = slices.Clone(row.Areas)
		slices.SortFunc(kept.Areas, func(x, y SharedArea) int { return cmp.Or(cmp.Compare(x.Name, y.Name), cmp.Compare(x.ID, y.ID)) })
		list.add(kept)
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, l := range []struct {
		from *least[SharedRow]
		to   *[]SharedRow
	}{{shared, &answer.Shared}, {inside, &answer.Inside}, {hubs, &answer.Hubs}} {
		list, cut := l.from.all()
		answer.Truncated = answer.Truncated || cut
		for i := range list {
			if err := a.evidence(&list[i], o); err != nil {
				return nil, err
			}
		}
		*l.to = list
	}
	return answer, nil
}

// compareShared orders by areas, then documents, then name. A row whose name is not known yet comes before all that are as much
// shared.
func compareShared(x, y SharedRow) int {
	if d := cmp.Or(cmp.Compare(len(y.Areas), len(x.Areas)), cmp.Compare(y.Documents, x.Documents)); d != 0 {
		return d
	}
	return cmp.Or(cmp.Compare(x.Name, y.Name), cmp.Compare(x.ID, y.ID))
}

// area is a place that documents speak for, and the place of the level at hand that it counts as.
type area struct {
	place, counted graph.Entity
}

// areas lists the places that documents speak for, at the given level or below it, ascending by id.
func (a *asker) areas(level string) ([]area, error) {
	ids, err := a.reportedOn()
	if err != nil {
		return nil, err
	}
	var out []area
	for _, id := range ids {
		place, err := a.Entity(id)
		if err != nil {
			return nil, err
		}
		counted, ok, err := a.atLevel(place, level)
		if err != nil {
			return nil, err
		}
		if ok {
			out = append(out, area{place, counted})
		}
	}
	return out, nil
}

// reportedOn lists the places that documents speak for, ascending.
func (a *asker) reportedOn() ([]graph.ID, error) {
	var out []graph.ID
	if g, ok := a.Reader.(numbered); ok { // the documents themselves need not be read
		rows, err := g.Rows()
		if err != nil {
			return nil, err
		}
		var numbers []uint32
		first, end := kindSpan(g, graph.KindDocument)
		for n, kind := first, rows.TypeNumber(graph.ReportsOn); n < end; n++ {
			from, to := rows.LeavingOf(n, kind)
			numbers = append(numbers, rows.To[from:to]...)
		}
		slices.Sort(numbers)
		for _, n := range slices.Compact(numbers) {
			out = append(out, g.NodeID(n))
		}
		return out, a.ctx.Err()
	}
	for d, err := range a.Documents() {
		if err != nil {
			return nil, err
		}
		for e, err := range a.Edges(d.ID, graph.Outgoing, graph.ReportsOn) {
			if err != nil {
				return nil, err
			}
			out = append(out, e.To)
		}
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

// atLevel returns the place of a level that a place is or lies in.
func (a *asker) atLevel(place graph.Entity, level string) (graph.Entity, bool, error) {
	fits := func(k graph.PlaceKind) bool {
		switch level {
		case "county":
			return k != graph.City && k != graph.Province && k != graph.Country
		case "city":
			return k == graph.City
		}
		return k == graph.Province
	}
	if fits(place.Place) {
		return place, true, nil
	}
	if level == "county" {
		return place, false, nil
	}
	above, err := a.containers(place.ID)
	if err != nil {
		return place, false, err
	}
	for _, p := range above {
		if fits(p.Place) {
			return p, true, nil
		}
	}
	return place, false, nil
}

// maxDepth bounds the hierarchy of places.
const maxDepth = 12

// containers lists the places that a place lies in by the register, the nearest first.
func (a *asker) containers(id graph.ID) ([]graph.Entity, error) {
	var out []graph.Entity
	for range maxDepth {
		next := graph.ID("")
		for e, err := range a.Edges(id, graph.Outgoing, graph.LocatedIn) {
			if err != nil {
				return nil, err
			}
			evidence, err := a.Evidence(e)
			if err != nil {
				return nil, err
			}
			if slices.ContainsFunc(evidence, func(ev graph.Evidence) bool { return ev.Source == graph.FromRegister }) {
				next = e.To
				break
			}
		}
		if next == "" {
			return out, nil
		}
		place, err := a.Entity(next)
		if err != nil {
			return nil, err
		}
		out = append(out, place)
		id = next
	}
	return out, nil
}

// above says of the areas and of all places that contain one why they are set apart.
func (a *asker) above(areas []area) (map[graph.ID]string, error) {
	out := map[graph.ID]string{}
	for _, area := range areas {
		containers, err := a.containers(area.place.ID)
		if err != nil {
			return nil, err
		}
		for _, p := range containers {
			if out[p.ID] == "" {
				out[p.ID] = "contains " + area.place.Name
			}
		}
	}
	for _, area := range areas {
		out[area.place.ID] = "an area that documents speak for"
	}
	return out, nil
}

// appearances yields the entities of a kind that the documents of enough areas name, ascending by number, with their kind and areas, in
// memory that is used again.
func (a *asker) appearances(g numbered, areas []area, o SharedOptions, yield func(n uint32, row *SharedRow) error) error {
	rows, err := g.Rows()
	if err != nil {
		return err
	}
	counted := make([]*graph.Entity, rows.Nodes())
	for i := range areas {
		if n, ok := g.NodeNumber(areas[i].place.ID); ok {
			counted[n] = &areas[i].counted
		}
	}
	read, kind := g.EdgeReader(), rows.TypeNumber(graph.AppearsIn)
	var row SharedRow
	var e graph.Edge
	kinds := slices.Clone(graph.Kinds)
	slices.Sort(kinds)
	for _, k := range kinds {
		if o.Kind != "" && k != o.Kind {
			continue
		}
		for n, end := kindSpan(g, k); n < end; n++ {
			if n%1024 == 0 {
				if err := a.ctx.Err(); err != nil {
					return err
				}
			}
			from, to := rows.LeavingOf(n, kind)
			if int(to-from) < o.Least {
				continue
			}
			row = SharedRow{Kind: k, Areas: row.Areas[:0]}
			for ; from < to; from++ {
				area := counted[rows.To[from]]
				if area == nil {
					continue
				}
				if err := read(from, &e, false); err != nil {
					return err
				}
				if o.Year != 0 && (e.FirstYear > o.Year || e.LastYear < o.Year) {
					continue
				}
				row.add(SharedArea{
					ID: area.ID, Name: area.Name, Documents: e.Documents, Mentions: e.Mentions,
					FirstYear: e.FirstYear, LastYear: e.LastYear, Inside: e.Inside,
				})
			}
			if len(row.Areas) < o.Least {
				continue
			}
			if err := yield(n, &row); err != nil {
				return err
			}
		}
	}
	return nil
}

// add adds an appearance in an area, joining it with another one in the same.
func (row *SharedRow) add(in SharedArea) {
	row.Documents += in.Documents
	row.Mentions += in.Mentions
	widen(&row.FirstYear, &row.LastYear, in.FirstYear, in.LastYear)
	for i := range row.Areas {
		if held := &row.Areas[i]; held.ID == in.ID {
			held.Documents += in.Documents
			held.Mentions += in.Mentions
			held.Inside = held.Inside && in.Inside
			widen(&held.FirstYear, &held.LastYear, in.FirstYear, in.LastYear)
			return
		}
	}
	row.Areas = append(row.Areas, in)
}

// widen stretches a span of years; 0 is unknown.
func widen(first, last *int, from, to int) {
	if from != 0 && (*first == 0 || from < *first) {
		*first = from
	}
	*last = max(*last, to)
}

// evidence fills in the aliases and quotes of a row.
func (a *asker) evidence(row *SharedRow, o SharedOptions) error {
	named, err := a.Entity(row.ID)
	if err != nil {
		return err
	}
	row.Aliases = named.Aliases
	for e, err := range a.Edges(row.ID, graph.Outgoing, graph.AppearsIn) {
		if err != nil {
			return err
		}
		place, err := a.Entity(e.To)
		if err != nil {
			return err
		}
		counted, ok, err := a.atLevel(place, o.Level)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		at := slices.IndexFunc(row.Areas, func(in SharedArea) bool { return in.ID == counted.ID })
		if at < 0 {
			continue
		}
		evidence, err := a.sorted(e)
		if err != nil {
			return err
		}
		for _, ev := range evidence {
			area := &row.Areas[at]
			if o.Quotes >= 0 && len(area.Evidence) >= o.Quotes {
				break
			}
			if o.Year != 0 {
				if ev.Doc == "" {
					continue
				}
				if d, err := a.head(ev.Doc); err != nil || d.Year != o.Year {
					if err != nil {
						return err
					}
					continue
				}
			}
			q, err := a.quote(ev)
			if err != nil {
				return err
			}
			area.Evidence = append(area.Evidence, q)
		}
	}
	return nil
}
