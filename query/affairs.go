package query

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/tupu-kg/tupu/graph"
)

// whoBuilds lists firms and bodies with what they undertake: the place, the stage and the sums of each.
func (in *inquiry) whoBuilds() error {
	return in.each(graph.Undertakes, []graph.Kind{graph.KindEnterprise, graph.KindOrganization}, func(id graph.ID, edges []graph.Edge) error {
		projects := map[graph.ID]bool{}
		if len(in.areas) > 0 || in.o.Year != 0 {
			said, err := in.statements(nil, edges)
			if err != nil {
				return err
			}
			for _, s := range in.ofArea(said) {
				projects[s.Other] = true
			}
		} else {
			for _, e := range edges {
				projects[e.To] = true
			}
		}
		if len(projects) == 0 {
			return nil
		}
		in.add(id, -len(projects), plural(len(projects), "project"), "", nil)
		in.answer.Cases[len(in.answer.Cases)-1].fill = func(c *Case) error {
			said, err := in.said(id, graph.Undertakes)
			if err != nil {
				return err
			}
			c.Said = in.ofArea(said)
			for i := range c.Said {
				if c.Said[i].What, err = in.about(c.Said[i].Other); err != nil {
					return err
				}
			}
			return nil
		}
		return nil
	})
}

// about says in a line where a project lies, its last stage and its sums.
func (in *inquiry) about(id graph.ID) (string, error) {
	var parts []string
	var stage graph.Edge
	seen := map[string]bool{}
	for e, err := range in.Edges(id, graph.Outgoing, graph.LocatedIn, graph.Status, graph.Amount) {
		if err != nil {
			return "", err
		}
		switch {
		case e.Type == graph.LocatedIn:
			parts = append(parts, "in "+in.name(e.To))
		case e.Type == graph.Status && (e.Year > stage.Year || e.Year == stage.Year && stageRank(e.State) >= stageRank(stage.State)):
			stage = e
		case e.Type == graph.Amount && e.Of == "total" && !seen[e.Raw]:
			seen[e.Raw] = true
			parts = append(parts, e.Raw)
		}
	}
	if s := stage; s.State != "" {
		word := s.State
		if s.Modality == graph.Planned {
			word = "planned: " + word
		}
		parts = append(parts, strings.TrimSpace(word+" "+yearText(s.Year)))
	}
	return strings.Join(parts, "; "), nil
}

func yearText(y int) string {
	if y == 0 {
		return ""
	}
	return strconv.Itoa(y)
}

func plural(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return strconv.Itoa(n) + " " + thing + "s"
}

func (in *inquiry) ofArea(said []Said) []Said {
	return slices.DeleteFunc(said, func(s Said) bool {
		return !in.asked(s.area) || in.o.Year != 0 && s.Year != in.o.Year
	})
}

// amounts yields the entities that sums and sizes are said of, ascending by id, with these, which are not kept.
func (in *inquiry) amounts(yield func(id graph.ID, said []Said) error) error {
	return in.each(graph.Amount, nil, func(id graph.ID, edges []graph.Edge) error {
		said, err := in.statements(in.buffer[:0], edges)
		in.buffer = said
		if err != nil {
			return err
		}
		if said = in.ofArea(said); len(said) == 0 {
			return nil
		}
		return yield(id, said)
	})
}

// money adds up the money of each area and year by kind. A sum is counted once: not again when another document repeats it,
// not where the project is part of another whose sum is counted, not where it is a target or no exact figure.
func (in *inquiry) money() error {
	type key struct {
		area     graph.ID
		year     int
		of, unit string
	}
	rows := map[key][]Said{}
	above, err := in.wholes()
	if err != nil {
		return err
	}
	err = in.amounts(func(id graph.ID, said []Said) error {
		if id.Kind() != graph.KindProject && id.Kind() != graph.KindEnterprise && id.Kind() != graph.KindOrganization && id.Kind() != graph.KindPlace {
			return nil
		}
		whole := map[key]bool{}
		for _, above := range above[id] {
			said, err := in.said(above, graph.Amount)
			if err != nil {
				return err
			}
			for _, s := range said {
				whole[key{s.area, 0, s.edge.Of, s.Unit}] = true
			}
		}
		counted := map[key]float64{}
		for _, s := range said {
			if !isMoney(s.Unit) || s.edge.Of == "other" || s.area == "" {
				continue
			}
			k := key{s.area, s.Year, s.edge.Of, s.Unit}
			once := key{s.area, 0, s.edge.Of, s.Unit}
			if s.edge.Of != "total" && s.edge.Of != "capital" {
				once.year = s.Year
			}
			held, again := counted[once]
			s.Other = id
			switch {
			case id == s.area || in.contains(id):
				s.Why = "said of an area, not of a project"
			case !s.edge.Countable:
				s.Why = cmp.Or(s.edge.Reason, "not exact")
			case s.Modality == graph.Target:
				s.Why = "a target"
			case whole[once]:
				s.Why = "part of what is counted"
			case again && held == s.Value:
				s.Why = "the same sum again"
			case again:
				s.Why = "another figure for the same: see changed-amounts"
			default:
				s.Counted = true
				counted[once] = s.Value
			}
			rows[k] = append(rows[k], s)
		}
		return nil
	})
	if err != nil {
		return err
	}
	keys := slices.SortedFunc(maps.Keys(rows), func(x, y key) int {
		return cmp.Or(cmp.Compare(x.area, y.area), cmp.Compare(x.year, y.year), cmp.Compare(x.of, y.of), cmp.Compare(x.unit, y.unit))
	})
	for n, k := range keys {
		said := rows[k]
		sum, count := 0.0, 0
		for _, s := range said {
			if s.Counted {
				sum += s.Value
				count++
			}
		}
		finding := fmt.Sprintf("%s %s: %s from %s", yearText(k.year), k.of, Money(sum, k.unit), plural(count, "figure"))
		if count == 0 {
			finding = yearText(k.year) + " " + k.of + ": nothing counted"
		}
		detail := ""
		if rest := len(said) - count; rest > 0 {
			detail = plural(rest, "figure") + " not counted"
		}
		in.add(k.area, n, strings.TrimSpace(finding), detail, said)
	}
	return nil
}

// wholes says what each entity is part of.
func (in *inquiry) wholes() (map[graph.ID][]graph.ID, error) {
	out := map[graph.ID][]graph.ID{}
	for e, err := range in.AllEdges(graph.PartOf) {
		if err != nil {
			return nil, err
		}
		out[e.From] = append(out[e.From], e.To)
	}
	return out, nil
}

// contains reports whether documents speak for a place, so that a sum said of it is one over many.
func (in *inquiry) contains(id graph.ID) bool {
	return id.Kind() == graph.KindPlace && len(in.held[id]) > 0
}

func isMoney(unit string) bool {
	switch unit {
	case "元", "美元", "日元", "欧元", "港元", "英镑", "韩元", "新台币":
		return true
	}
	return false
}

// Money writes a sum as reports do: 12.5亿元.
func Money(value float64, unit string) string {
	format := func(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
	switch {
	case value >= 1e8:
		return format(roundTo(value/1e8)) + "亿" + unit
	case value >= 1e4:
		return format(roundTo(value/1e4)) + "万" + unit
	}
	return format(value) + unit
}

func roundTo(x float64) float64 {
	n, _ := strconv.ParseFloat(strconv.FormatFloat(x, 'f', 4, 64), 64)
	return n
}

// changedAmounts lists things of which different documents give different figures for the same.
func (in *inquiry) changedAmounts() error {
	return in.amounts(func(id graph.ID, said []Said) error {
		byKind := map[string][]Said{}
		for _, s := range said {
			if s.edge.Of == "annual plan" || s.edge.Of == "done so far" || s.edge.Of == "revenue" || s.edge.Of == "other" {
				continue // these change by their nature
			}
			k := s.edge.Of + "|" + s.Unit
			byKind[k] = append(byKind[k], s)
		}
		for _, k := range slices.Sorted(maps.Keys(byKind)) {
			list := byKind[k]
			var values []string
			docs := map[graph.ID]bool{}
			for _, s := range list {
				docs[s.doc] = true
				if text := s.edge.Raw; !slices.ContainsFunc(list, func(o Said) bool { return o.doc == s.doc && o.Value == s.Value && o.edge.Raw < text }) && (len(values) == 0 || values[len(values)-1] != text) {
					values = append(values, text)
				}
			}
			moved := slices.IndexFunc(list, func(s Said) bool { return replaced(s.edge.Raw) })
			if (len(docs) < 2 || !differ(list)) && moved < 0 {
				continue
			}
			of, _, _ := strings.Cut(k, "|")
			in.add(id, 0, of+": "+strings.Join(values, " → "), "", list)
		}
		return nil
	})
}

// replaced reports whether a figure says itself which one it took the place of: 由30亿元追加到50亿元.
func replaced(raw string) bool {
	_, behind, ok := strings.Cut(raw, "由")
	if !ok {
		_, behind, ok = strings.Cut(raw, "从")
	}
	return ok && (strings.Contains(behind, "到") || strings.Contains(behind, "至") || strings.Contains(behind, "为"))
}

func differ(said []Said) bool {
	for _, s := range said[1:] {
		if s.Value != said[0].Value {
			return true
		}
	}
	return false
}

// conflicts lists projects that several areas claim, and stages that contradict each other. What crosses borders by its nature
// (roads, waters, bridges) may be claimed by all.
func (in *inquiry) conflicts() error {
	return in.built(func(id graph.ID, said []Said) error {
		if pair := contradiction(said); pair != nil {
			in.add(id, 0, fmt.Sprintf("%s says %s, %s says %s", pair[0].Area, pair[0].What, pair[1].Area, pair[1].What), "", pair)
		}
		areas := areasOf(slices.DeleteFunc(slices.Clone(said), func(s Said) bool { return s.area == "" }))
		if id.Kind() == graph.KindEnterprise || len(areas) < 2 {
			return nil
		}
		if e, err := in.Entity(id); err != nil || crossing(e) {
			return err
		}
		names := make([]string, len(areas))
		for i, a := range areas {
			names[i] = in.name(a)
		}
		slices.Sort(names)
		in.addSaid(id, 1, "claimed by "+strings.Join(names, " and "), "", graph.Status)
		return nil
	})
}

// crossing reports whether a thing crosses borders by its nature: a line, a water, a bridge, or works on one.
func crossing(e graph.Entity) bool {
	switch e.Place {
	case graph.Road, graph.Railway, graph.Bridge, graph.Water:
		return true
	}
	name := strings.TrimSuffix(strings.TrimSuffix(e.Name, "项目"), "工程")
	return slices.ContainsFunc([]string{"桥", "路", "大道", "高速", "线", "河", "江", "湖", "流域", "隧道"}, func(end string) bool { return strings.HasSuffix(name, end) })
}

// contradiction is a pair of statements about one year or a later one of which the later document is behind the earlier, or two
// areas that differ about what is finished; nil without one.
func contradiction(said []Said) []Said {
	for i, x := range said {
		if x.Modality == graph.Planned || stageRank(x.edge.State) < stageRank("completed") {
			continue
		}
		for j, y := range said {
			if i == j || x.doc == y.doc {
				continue
			}
			behind := y.Modality != graph.Planned && stageRank(y.edge.State) >= stageRank("preparing") && stageRank(y.edge.State) < stageRank("completed")
			ahead := y.Modality == graph.Planned && y.Year > x.Year && y.edge.State == x.edge.State
			if behind && y.Year > x.Year || (behind || ahead) && y.Reported == x.Reported && y.area != x.area && x.area != "" && y.area != "" {
				return []Said{x, y}
			}
		}
	}
	return nil
}

// sharedProjects lists projects of which documents of several areas state something.
func (in *inquiry) sharedProjects() error {
	asked := in.askedNumbers()
	kind := in.rows.TypeNumber(graph.AppearsIn)
	return in.nodes([]graph.Kind{graph.KindProject}, func(n uint32) error {
		from, to := in.rows.LeavingOf(n, kind)
		if to-from < 2 || asked != nil && !slices.ContainsFunc(in.rows.To[from:to], func(area uint32) bool { return asked[area] }) {
			return nil
		}
		in.add(in.numbered.NodeID(n), -int(to-from), "", "", nil)
		in.answer.Cases[len(in.answer.Cases)-1].fill = in.fillShared
		return nil
	})
}

// askedNumbers are the numbers of the areas that are asked about; nil if all are.
func (in *inquiry) askedNumbers() map[uint32]bool {
	if len(in.areas) == 0 {
		return nil
	}
	asked := map[uint32]bool{}
	for _, id := range in.areas {
		if n, ok := in.numbered.NodeNumber(id); ok {
			asked[n] = true
		}
	}
	return asked
}

// fillShared says of a project which areas name it.
func (in *inquiry) fillShared(c *Case) error {
	var areas []string
	for edge, err := range in.Edges(c.ID, graph.Outgoing, graph.AppearsIn) {
		if err != nil {
			return err
		}
		place, err := in.Entity(edge.To)
		if err != nil {
			return err
		}
		areas = append(areas, place.Name)
		c.Said = append(c.Said, Said{Relation: graph.AppearsIn, What: plural(edge.Documents, "document"), Other: edge.To, Name: place.Name, Area: place.Name, Year: edge.FirstYear, edge: &edge, area: edge.To})
	}
	slices.Sort(areas)
	slices.SortStableFunc(c.Said, func(x, y Said) int { return cmp.Compare(x.Area, y.Area) })
	c.Finding = "named in " + strings.Join(areas, ", ")
	return nil
}

// parks lists parks and zones that host firms from several districts.
func (in *inquiry) parks() error {
	located, named, appears := in.rows.TypeNumber(graph.LocatedIn), in.rows.TypeNumber(graph.CoMentioned), in.rows.TypeNumber(graph.AppearsIn)
	first, end := kindSpan(in.numbered, graph.KindEnterprise)
	return in.nodes([]graph.Kind{graph.KindPlace}, func(n uint32) error {
		if in.entity != "" && in.numbered.NodeID(n) != in.entity {
			return nil
		}
		p, err := in.numbered.NodeEntity(n)
		if err != nil || p.Place != graph.Park && p.Place != graph.Zone {
			return err
		}
		tenants := map[uint32]bool{}
		for _, kind := range []int{located, named} {
			from, to := in.rows.LeavingOf(n, kind)
			for _, firm := range in.rows.To[from:to] {
				tenants[firm] = tenants[firm] || firm >= first && firm < end
			}
			from, to = in.rows.EnteringOf(n, kind)
			for _, e := range in.rows.Entering[from:to] {
				firm := in.rows.From[e]
				tenants[firm] = tenants[firm] || firm >= first && firm < end
			}
		}
		home, firms := map[uint32]bool{}, 0
		for firm, is := range tenants {
			if !is {
				continue
			}
			firms++
			from, to := in.rows.LeavingOf(firm, appears)
			for _, area := range in.rows.To[from:to] {
				home[area] = true
			}
		}
		if firms < 2 || len(home) < 2 {
			return nil
		}
		in.add(p.ID, -firms, fmt.Sprintf("%s that reports of %s name", plural(firms, "firm"), plural(len(home), "area")), "", nil)
		in.answer.Cases[len(in.answer.Cases)-1].fill = in.fillPark
		return nil
	})
}

// fillPark lists the firms of a park.
func (in *inquiry) fillPark(c *Case) error {
	tenants := map[graph.ID]Said{}
	for _, t := range []graph.EdgeType{graph.LocatedIn, graph.CoMentioned} {
		how := "named in one sentence with it"
		if t == graph.LocatedIn {
			how = "lies there"
		}
		for e, err := range in.Edges(c.ID, graph.Both, t) {
			if err != nil {
				return err
			}
			firm := e.Other(c.ID)
			if _, ok := tenants[firm]; firm.Kind() == graph.KindEnterprise && !ok {
				tenants[firm] = Said{Relation: t, What: how, Other: firm, edge: &e}
			}
		}
	}
	for _, firm := range slices.Sorted(maps.Keys(tenants)) {
		c.Said = append(c.Said, tenants[firm])
	}
	return nil
}

// new lists what an area's documents name for the first time in a year; gone what they name for the last time in the year
// before. Both need a document about the other year: without one nothing can be said.
func (in *inquiry) new() error { return in.turnover(true) }

func (in *inquiry) gone() error { return in.turnover(false) }

func (in *inquiry) turnover(entering bool) error {
	kind := cmp.Or(in.o.Kind, graph.KindEnterprise)
	years := map[graph.ID][]int{} // of the areas: those of which something can be said, ascending
	for _, area := range slices.Sorted(maps.Keys(in.held)) {
		if !in.asked(area) {
			continue
		}
		held := map[int]bool{}
		for _, d := range in.held[area] {
			held[d.Year] = true
		}
		all := slices.Sorted(maps.Keys(held))
		for _, year := range all {
			switch {
			case year == 0 || in.o.Year != 0 && year != in.o.Year:
			case held[year-1]:
				years[area] = append(years[area], year)
			case in.o.Year != 0 || year != all[0]:
				in.add(area, 1, fmt.Sprintf("%d: unknown, no report on %d is held", year, year-1), "", nil)
			}
		}
	}
	return in.turn(years, kind, entering)
}

// turn compares the years in which the documents of areas name the entities of a kind.
func (in *inquiry) turn(years map[graph.ID][]int, kind graph.Kind, entering bool) error {
	areas := map[uint32]graph.ID{}
	for area := range years {
		if n, ok := in.numbered.NodeNumber(area); ok {
			areas[n] = area
		}
	}
	// A document's area and year, by number.
	first, end := kindSpan(in.numbered, graph.KindDocument)
	spokenFor, about := make([]graph.ID, end-first), make([]int, end-first)
	for n := first; n < end; n++ {
		id := in.numbered.NodeID(n)
		spokenFor[n-first], about[n-first] = in.areaOf[id], in.head(id).Year
	}
	appears, mentioned := in.rows.TypeNumber(graph.AppearsIn), in.rows.TypeNumber(graph.MentionedIn)
	type naming struct {
		area   graph.ID
		year   int
		inside bool // as part of a longer name, as a project's name holds its firm's
	}
	var namings []naming
	var edge graph.Edge
	names := map[graph.ID]string{}
	for area := range years {
		names[area] = in.name(area)
	}
	one := func(n uint32) error {
		from, to := in.rows.LeavingOf(n, appears)
		if from == to {
			return nil
		}
		namings = namings[:0]
		for e, end := in.rows.LeavingOf(n, mentioned); e < end; e++ {
			edge = graph.Edge{}
			if err := in.numbered.EdgeProperties(e, &edge); err != nil {
				return err
			}
			doc := in.rows.To[e] - first
			if int(doc) < len(about) {
				namings = append(namings, naming{spokenFor[doc], about[doc], edge.Inside})
			}
		}
		for ; from < to; from++ {
			area, ok := areas[in.rows.To[from]]
			if !ok {
				continue
			}
			for _, year := range years[area] {
				before, after, now, last, lately := false, false, false, false, false
				for _, m := range namings {
					if m.area != area {
						continue
					}
					before = before || m.year < year
					after = after || m.year > year
					lately = lately || m.year == year
					now = now || m.year == year && !m.inside
					last = last || m.year == year-1 && !m.inside
				}
				finding := ""
				switch {
				case entering && now && !before:
					finding = "new in " + names[area] + " in " + strconv.Itoa(year)
				case !entering && last && !lately && !after:
					finding = fmt.Sprintf("in %s in %d, not in the reports held on %d", names[area], year-1, year)
				default:
					continue
				}
				in.add(in.numbered.NodeID(n), 0, finding, "", nil)
				at := from
				in.answer.Cases[len(in.answer.Cases)-1].fill = func(c *Case) error {
					e, err := numberedEdge(in.numbered, in.rows, at)
					c.Said = []Said{{Relation: graph.AppearsIn, What: "named", Year: year, Area: in.name(area), edge: &e, area: area}}
					return err
				}
			}
		}
		return nil
	}
	if in.entity == "" {
		return in.nodes([]graph.Kind{kind}, one)
	}
	n, ok := in.numbered.NodeNumber(in.entity)
	if !ok || in.entity.Kind() != kind {
		return nil
	}
	return one(n)
}

// families lists firms with their subsidiaries, and apart from these, as leads, firms that share a stem.
func (in *inquiry) families() error {
	parts, stems := map[graph.ID][]Said{}, map[graph.ID][]Said{}
	add := func(to map[graph.ID][]Said, firm, other graph.ID, e graph.Edge, what string) {
		to[firm] = append(to[firm], Said{Relation: e.Type, Other: other, What: what, edge: &e})
	}
	all := in.AllEdges(graph.PartOf, graph.SameStem)
	if in.entity != "" {
		all = in.Edges(in.entity, graph.Both, graph.PartOf, graph.SameStem)
	}
	for e, err := range all {
		if err == nil {
			err = in.ctx.Err()
		}
		if err != nil {
			return err
		}
		firm, other := e.To, e.From
		if in.entity != "" {
			firm, other = in.entity, e.Other(in.entity)
		}
		switch {
		case firm.Kind() != graph.KindEnterprise:
		case e.Type == graph.SameStem && in.entity != "":
			add(stems, firm, other, e, cmp.Or(e.Share, e.Stem))
		case e.Type == graph.SameStem:
			add(stems, e.From, e.To, e, cmp.Or(e.Share, e.Stem))
		case e.To == firm && other.Kind() == graph.KindEnterprise:
			add(parts, firm, other, e, cmp.Or(e.Share, e.Stem))
		case in.entity != "":
			add(parts, firm, other, e, strings.TrimSpace("part of "+cmp.Or(e.Share, e.Stem)))
		}
	}
	for firm, said := range parts {
		in.add(firm, 0, plural(len(said), "part"), "", said)
	}
	for firm, said := range stems {
		in.add(firm, 1, "a lead, not a fact: others share a stem", "", said)
	}
	return nil
}

// loneSource lists relations between firms, bodies and projects that rest on a single sentence of a single document.
func (in *inquiry) loneSource() error {
	var wanted [256]bool
	for _, t := range []graph.EdgeType{graph.Undertakes, graph.PartnersWith, graph.PartOf, graph.Receives, graph.HoldsPost} {
		if n := in.rows.TypeNumber(t); n >= 0 {
			wanted[n] = true
		}
	}
	entity, known := in.numbered.NodeNumber(in.entity)
	var lone []uint32 // of one entity
	put := func() {
		if len(lone) == 0 {
			return
		}
		edges := slices.Clone(lone)
		in.add(in.numbered.NodeID(in.rows.From[lone[0]]), -len(lone), plural(len(lone), "relation")+" on a single sentence", "", nil)
		in.answer.Cases[len(in.answer.Cases)-1].fill = func(c *Case) error { return in.fillLone(c, edges) }
		lone = lone[:0]
	}
	for at, t := range in.rows.Type {
		e := uint32(at)
		if !wanted[t] || in.entity != "" && !(known && (in.rows.From[e] == entity || in.rows.To[e] == entity)) {
			continue
		}
		if err := in.ctx.Err(); err != nil {
			return err
		}
		evidence, err := in.numbered.EdgeEvidence(e)
		if err != nil {
			return err
		}
		if len(evidence) != 1 || evidence[0].Doc == "" || !in.asked(in.areaOf[evidence[0].Doc]) {
			continue
		}
		if len(lone) > 0 && in.rows.From[lone[0]] != in.rows.From[e] {
			put()
		}
		lone = append(lone, e)
	}
	put()
	return nil
}

// fillLone says what edges that rest on a single sentence say.
func (in *inquiry) fillLone(c *Case, edges []uint32) error {
	for _, n := range edges {
		e, err := numberedEdge(in.numbered, in.rows, n)
		if err != nil {
			return err
		}
		evidence, err := in.numbered.EdgeEvidence(n)
		if err != nil {
			return err
		}
		d := in.head(evidence[0].Doc)
		c.Said = append(c.Said, Said{
			Relation: e.Type, What: what(&e), Other: e.To, Year: cmp.Or(e.Year, d.Year), Modality: e.Modality,
			Area: d.Area, Reported: d.Year, edge: &e, doc: d.ID, area: in.areaOf[d.ID],
		})
	}
	return nil
}
