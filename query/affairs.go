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
	return in.each(graph.Undertakes, []graph.Kind{graph.KindEnterprise, graph.KindOrganization}, func(node, from, to uint32) error {
		projects := 0
		if len(in.areas) > 0 || in.o.Year != 0 {
			said := in.weighed(in.buffer[:0], graph.Undertakes, from, to)
			in.buffer = said
			seen := map[uint32]bool{}
			for _, c := range in.ofArea(said) {
				seen[in.rows.To[c.Edge]] = true
			}
			projects = len(seen)
		} else {
			for e := from; e < to; e++ {
				if e == from || in.rows.To[e] != in.rows.To[e-1] { // they ascend
					projects++
				}
			}
		}
		if projects == 0 || !in.wants(node, -projects) {
			return nil
		}
		in.add(node, -projects, plural(projects, "project"), "", func(in *inquiry, c *Case) error {
			c.Said = in.sayings(in.ofArea(in.claimsOf(node, graph.Undertakes)))
			for i := range c.Said {
				var err error
				if c.Said[i].What, err = in.about(c.Said[i].Other); err != nil {
					return err
				}
			}
			return nil
		})
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

// ofArea leaves of what is said what is asked about, in the same memory.
func (in *inquiry) ofArea(said []claim) []claim {
	return slices.DeleteFunc(said, func(c claim) bool {
		return !in.asked(c.doc.area) || in.o.Year != 0 && c.year != in.o.Year
	})
}

// amounts yields the nodes that sums and sizes are said of, ascending, with these, which are not kept.
func (in *inquiry) amounts(yield func(node uint32, said []claim) error) error {
	return in.each(graph.Amount, nil, func(node, from, to uint32) error {
		said := in.weighed(in.buffer[:0], graph.Amount, from, to)
		in.buffer = said
		if said = in.ofArea(said); len(said) == 0 {
			return nil
		}
		return yield(node, said)
	})
}

// figure is a sum that was weighed.
type figure struct {
	of    sums
	node  uint32
	claim *graph.Claim
	why   string // it is not counted; empty if it is
}

// sums are what money adds up into one: their area, year, kind and unit, the last two as words.
type sums struct {
	area     uint32
	year     int32
	of, unit uint32
}

// money adds up the money of each area and year by kind. A sum is counted once: not again when another document repeats it,
// not where the project is part of another whose sum is counted, not where it is a target or no exact figure.
func (in *inquiry) money() error {
	above, word := in.wholes(), in.claims.Word
	all, err := parted(in, func(in *inquiry) ([]figure, error) { return in.weighedFigures(above) })
	if err != nil {
		return err
	}
	rows := grouped(all, func(f *figure) sums { return f.of })
	slices.SortFunc(rows, func(a, b []figure) int {
		x, y := a[0].of, b[0].of
		return cmp.Or(cmp.Compare(x.area, y.area), cmp.Compare(x.year, y.year), cmp.Compare(word(x.of), word(y.of)), cmp.Compare(word(x.unit), word(y.unit)))
	})
	for n, figures := range rows {
		k := figures[0].of
		sum, count := 0.0, 0
		for _, f := range figures {
			if f.why == "" {
				sum += f.claim.Value
				count++
			}
		}
		finding := fmt.Sprintf("%s %s: %s from %s", yearText(int(k.year)), word(k.of), Money(sum, word(k.unit)), plural(count, "figure"))
		if count == 0 {
			finding = yearText(int(k.year)) + " " + word(k.of) + ": nothing counted"
		}
		detail := ""
		if rest := len(figures) - count; rest > 0 {
			detail = plural(rest, "figure") + " not counted"
		}
		in.add(k.area, n, strings.TrimSpace(finding), detail, func(in *inquiry, c *Case) error {
			c.Said = in.figures(figures)
			return nil
		})
	}
	return nil
}

// weighedFigures are all sums of money, by node; above says what each entity is part of.
func (in *inquiry) weighedFigures(above map[uint32][]uint32) ([]figure, error) {
	var out []figure
	word := in.claims.Word
	var spans [][2]uint32
	for _, kind := range []graph.Kind{graph.KindProject, graph.KindEnterprise, graph.KindOrganization, graph.KindPlace} {
		from, to := kindSpan(in.numbered, kind)
		spans = append(spans, [2]uint32{from, to})
	}
	whole, counted := map[sums]bool{}, map[sums]float64{}
	err := in.amounts(func(node uint32, said []claim) error {
		if !slices.ContainsFunc(spans, func(s [2]uint32) bool { return node >= s[0] && node < s[1] }) {
			return nil
		}
		clear(whole)
		for _, above := range above[node] {
			for _, s := range in.claimsOf(above, graph.Amount) {
				whole[sums{s.doc.node, 0, s.Of, s.Unit}] = true
			}
		}
		clear(counted)
		id := graph.ID("")
		for i := range said {
			s := &said[i]
			if !isMoney(word(s.Unit)) || word(s.Of) == "other" || s.doc.area == "" {
				continue
			}
			if id == "" {
				id = in.numbered.NodeID(node)
			}
			once := sums{s.doc.node, 0, s.Of, s.Unit}
			if of := word(s.Of); of != "total" && of != "capital" {
				once.year = int32(s.year)
			}
			held, again := counted[once]
			f := figure{of: sums{s.doc.node, int32(s.year), s.Of, s.Unit}, node: node, claim: s.Claim}
			switch {
			case id == s.doc.area || in.contains(id):
				f.why = "said of an area, not of a project"
			case s.Bits&graph.ClaimCounts == 0:
				f.why = cmp.Or(word(s.Reason), "not exact")
			case in.modality(s.Claim) == graph.Target:
				f.why = "a target"
			case whole[once]:
				f.why = "part of what is counted"
			case again && held == s.Value:
				f.why = "the same sum again"
			case again:
				f.why = "another figure for the same: see changed-amounts"
			default:
				counted[once] = s.Value
			}
			out = append(out, f)
		}
		return nil
	})
	return out, err
}

// figures are sums that were weighed, as they are shown.
func (in *inquiry) figures(all []figure) []Said {
	out := make([]Said, len(all))
	for i, f := range all {
		out[i] = in.saying(f.claim)
		in.also(&out[i], f.node)
		out[i].Counted, out[i].Why = f.why == "", f.why
	}
	return out
}

// wholes says by number what each entity is part of.
func (in *inquiry) wholes() map[uint32][]uint32 {
	out := map[uint32][]uint32{}
	if kind := in.rows.TypeNumber(graph.PartOf); kind >= 0 {
		for e, t := range in.rows.Type {
			if t == uint8(kind) {
				out[in.rows.From[e]] = append(out[in.rows.From[e]], in.rows.To[e])
			}
		}
	}
	return out
}

// number is the number of an entity that is there.
func (in *inquiry) number(id graph.ID) uint32 {
	n, _ := in.numbered.NodeNumber(id)
	return n
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
	return in.amounts(func(node uint32, said []claim) error {
		if !in.wants(node, 0) {
			return nil
		}
		byKind := map[string][]claim{}
		for _, c := range said {
			of := in.claims.Word(c.Of)
			if of == "annual plan" || of == "done so far" || of == "revenue" || of == "other" {
				continue // these change by their nature
			}
			k := of + "|" + in.claims.Word(c.Unit)
			byKind[k] = append(byKind[k], c)
		}
		for _, k := range slices.Sorted(maps.Keys(byKind)) {
			list := byKind[k]
			moved := slices.IndexFunc(list, func(c claim) bool { return replaced(in.claims.Word(c.Says)) })
			if (!slices.ContainsFunc(list, func(c claim) bool { return c.doc != list[0].doc }) || !differ(list)) && moved < 0 {
				continue
			}
			var values []string
			for _, c := range list {
				if text := in.claims.Word(c.Says); !slices.ContainsFunc(list, func(o claim) bool {
					return o.doc == c.doc && o.Value == c.Value && in.claims.Word(o.Says) < text
				}) && (len(values) == 0 || values[len(values)-1] != text) {
					values = append(values, text)
				}
			}
			of, _, _ := strings.Cut(k, "|")
			in.add(node, 0, of+": "+strings.Join(values, " → "), "", func(in *inquiry, c *Case) error {
				c.Said = in.sayings(list)
				return nil
			})
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

func differ(said []claim) bool {
	for _, c := range said[1:] {
		if c.Value != said[0].Value {
			return true
		}
	}
	return false
}

// conflicts lists projects that several areas claim, and stages that contradict each other. What crosses borders by its nature
// (roads, waters, bridges) may be claimed by all.
func (in *inquiry) conflicts() error {
	firms, end := kindSpan(in.numbered, graph.KindEnterprise)
	return in.built(0, func(node uint32, said []claim) error {
		if pair := contradiction(said); pair != nil {
			in.add(node, 0, fmt.Sprintf("%s says %s, %s says %s", pair[0].doc.Area, in.says(pair[0].Claim), pair[1].doc.Area, in.says(pair[1].Claim)), "", func(in *inquiry, c *Case) error {
				c.Said = in.sayings(pair)
				return nil
			})
		}
		if node >= firms && node < end || !in.wants(node, 1) {
			return nil
		}
		areas := areasOf(said)
		if len(areas) < 2 {
			return nil
		}
		if e, err := in.numbered.NodeEntity(node); err != nil || crossing(e) {
			return err
		}
		names := make([]string, len(areas))
		for i, a := range areas {
			names[i] = in.name(a)
		}
		slices.Sort(names)
		in.addSaid(node, 1, "claimed by "+strings.Join(names, " and "), "", graph.Status)
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
func contradiction(said []claim) []claim {
	for i := range said {
		x := &said[i]
		if x.planned || x.rank < int8(stageRank("completed")) {
			continue
		}
		for j := range said {
			y := &said[j]
			if i == j || x.doc == y.doc {
				continue
			}
			behind := !y.planned && y.rank >= int8(stageRank("preparing")) && y.rank < int8(stageRank("completed"))
			ahead := y.planned && y.year > x.year && y.Says == x.Says
			if behind && y.year > x.year || (behind || ahead) && y.reported == x.reported && y.doc.area != x.doc.area && x.doc.area != "" && y.doc.area != "" {
				return []claim{*x, *y}
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
		in.add(n, -int(to-from), "", "", (*inquiry).fillShared)
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
	from, to := in.rows.LeavingOf(c.node, in.rows.TypeNumber(graph.AppearsIn))
	for ; from < to; from++ {
		if err := in.read(from, &in.edge, false); err != nil {
			return err
		}
		name, err := in.numbered.NodeName(in.rows.To[from])
		if err != nil {
			return err
		}
		areas = append(areas, name)
		c.Said = append(c.Said, Said{
			Relation: graph.AppearsIn, What: plural(in.edge.Documents, "document"), Other: in.numbered.NodeID(in.rows.To[from]), Name: name, Area: name,
			Year: in.edge.FirstYear, edge: from + 1,
		})
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
	var firms, home []uint32
	return in.nodes([]graph.Kind{graph.KindPlace}, func(n uint32) error {
		if in.entity != "" && n != in.node {
			return nil
		}
		firms = firms[:0]
		add := func(firm uint32) {
			if firm >= first && firm < end {
				firms = append(firms, firm)
			}
		}
		for _, kind := range []int{located, named} {
			from, to := in.rows.LeavingOf(n, kind)
			for _, firm := range in.rows.To[from:to] {
				add(firm)
			}
			from, to = in.rows.EnteringOf(n, kind)
			for _, e := range in.rows.Entering[from:to] {
				add(in.rows.From[e])
			}
		}
		slices.Sort(firms)
		if firms = slices.Compact(firms); len(firms) < 2 || !in.wants(n, -len(firms)) {
			return nil
		}
		home = home[:0]
		for _, firm := range firms {
			from, to := in.rows.LeavingOf(firm, appears)
			home = append(home, in.rows.To[from:to]...)
		}
		slices.Sort(home)
		if home = slices.Compact(home); len(home) < 2 {
			return nil
		}
		p, err := in.numbered.NodeEntity(n)
		if err != nil || p.Place != graph.Park && p.Place != graph.Zone {
			return err
		}
		in.add(n, -len(firms), fmt.Sprintf("%s that reports of %s name", plural(len(firms), "firm"), plural(len(home), "area")), "", (*inquiry).fillPark)
		return nil
	})
}

// fillPark lists the firms of a park.
func (in *inquiry) fillPark(c *Case) error {
	first, end := kindSpan(in.numbered, graph.KindEnterprise)
	tenants := map[uint32]Said{}
	for _, t := range []graph.EdgeType{graph.LocatedIn, graph.CoMentioned} {
		how := "named in one sentence with it"
		if t == graph.LocatedIn {
			how = "lies there"
		}
		add := func(firm, edge uint32) {
			if _, ok := tenants[firm]; !ok && firm >= first && firm < end {
				tenants[firm] = Said{Relation: t, What: how, Other: in.numbered.NodeID(firm), edge: edge + 1}
			}
		}
		kind := in.rows.TypeNumber(t)
		from, to := in.rows.LeavingOf(c.node, kind)
		for ; from < to; from++ {
			add(in.rows.To[from], from)
		}
		from, to = in.rows.EnteringOf(c.node, kind)
		entering := slices.Clone(in.rows.Entering[from:to])
		slices.Sort(entering)
		for _, e := range entering {
			add(in.rows.From[e], e)
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
				in.add(in.number(area), 1, fmt.Sprintf("%d: unknown, no report on %d is held", year, year-1), "", nil)
			}
		}
	}
	return in.turn(years, kind, entering)
}

// turn compares the years in which the documents of areas name the entities of a kind.
func (in *inquiry) turn(years map[graph.ID][]int, kind graph.Kind, entering bool) error {
	appears, mentioned := in.rows.TypeNumber(graph.AppearsIn), in.rows.TypeNumber(graph.MentionedIn)
	type area struct {
		id   graph.ID
		name string
	}
	areas := map[uint32]area{}
	for id := range years {
		if n, ok := in.numbered.NodeNumber(id); ok {
			areas[n] = area{id, in.name(id)}
		}
	}
	one := func(n uint32) error {
		if !in.wants(n, 0) {
			return nil
		}
		first, last := in.rows.LeavingOf(n, mentioned)
		// direct reports whether a document of an area about a year names the entity itself, and not only a longer name that holds its own,
		// as a project's holds its firm's.
		direct := func(area graph.ID, year int) (bool, error) {
			for e := first; e < last; e++ {
				if d := in.source(in.rows.To[e]); d == nil || d.area != area || d.Year != year {
					continue
				}
				if err := in.read(e, &in.edge, false); err != nil || !in.edge.Inside {
					return err == nil, err
				}
			}
			return false, nil
		}
		from, to := in.rows.LeavingOf(n, appears)
		for ; from < to; from++ {
			area, ok := areas[in.rows.To[from]]
			if !ok {
				continue
			}
			for _, year := range years[area.id] {
				before, after, then := false, false, false
				for _, to := range in.rows.To[first:last] {
					if d := in.source(to); d != nil && d.area == area.id {
						before, after, then = before || d.Year < year, after || d.Year > year, then || d.Year == year
					}
				}
				when := year
				if !entering {
					when = year - 1
				}
				if entering && (before || !then) || !entering && (after || then || !before) {
					continue
				}
				named, err := direct(area.id, when)
				if err != nil {
					return err
				}
				if !named {
					continue
				}
				finding := fmt.Sprintf("new in %s in %d", area.name, year)
				if !entering {
					finding = fmt.Sprintf("in %s in %d, not in the reports held on %d", area.name, year-1, year)
				}
				edge := from + 1
				in.add(n, 0, finding, "", func(in *inquiry, c *Case) error {
					c.Said = []Said{{Relation: graph.AppearsIn, What: "named", Year: year, Area: area.name, edge: edge}}
					return nil
				})
			}
		}
		return nil
	}
	if in.entity == "" {
		return in.nodes([]graph.Kind{kind}, one)
	}
	if in.entity.Kind() != kind {
		return nil
	}
	return one(in.node)
}

// families lists firms with their subsidiaries, and apart from these, as leads, firms that share a stem.
func (in *inquiry) families() error {
	firms, end := kindSpan(in.numbered, graph.KindEnterprise)
	isFirm := func(n uint32) bool { return n >= firms && n < end }
	part, stem := in.rows.TypeNumber(graph.PartOf), in.rows.TypeNumber(graph.SameStem)
	type kin struct {
		edge, other uint32
		about       string
	}
	parts, stems := map[uint32][]kin{}, map[uint32][]kin{}
	one := func(e uint32) {
		from, to := in.rows.From[e], in.rows.To[e]
		firm, other := to, from
		if in.entity != "" && from == in.node {
			firm, other = from, to
		}
		switch {
		case !isFirm(firm):
		case int(in.rows.Type[e]) == stem && in.entity != "":
			stems[firm] = append(stems[firm], kin{e, other, ""})
		case int(in.rows.Type[e]) == stem:
			stems[from] = append(stems[from], kin{e, to, ""})
		case to == firm && isFirm(other):
			parts[firm] = append(parts[firm], kin{e, other, ""})
		case in.entity != "":
			parts[firm] = append(parts[firm], kin{e, other, "part of "})
		}
	}
	if in.entity == "" {
		for e, t := range in.rows.Type {
			if int(t) == part || int(t) == stem {
				one(uint32(e))
			}
		}
	} else {
		var entering []uint32
		for _, t := range []int{part, stem} {
			from, to := in.rows.LeavingOf(in.node, t)
			for ; from < to; from++ {
				one(from)
			}
			from, to = in.rows.EnteringOf(in.node, t)
			entering = append(entering, in.rows.Entering[from:to]...)
		}
		slices.Sort(entering)
		for _, e := range entering {
			one(e)
		}
	}
	fill := func(list []kin) func(*inquiry, *Case) error {
		return func(in *inquiry, c *Case) error {
			for _, k := range list {
				if err := in.read(k.edge, &in.edge, false); err != nil {
					return err
				}
				c.Said = append(c.Said, Said{
					Relation: in.rows.Types[in.rows.Type[k.edge]], Other: in.numbered.NodeID(k.other), edge: k.edge + 1,
					What: strings.TrimSpace(k.about + cmp.Or(in.edge.Share, in.edge.Stem)),
				})
			}
			return nil
		}
	}
	for firm, list := range parts {
		in.add(firm, 0, plural(len(list), "part"), "", fill(list))
	}
	for firm, list := range stems {
		in.add(firm, 1, "a lead, not a fact: others share a stem", "", fill(list))
	}
	return in.ctx.Err()
}

// loneSource lists relations between firms, bodies and projects that rest on a single sentence of a single document.
func (in *inquiry) loneSource() error {
	var wanted [256]graph.EdgeType
	for _, t := range []graph.EdgeType{graph.Undertakes, graph.PartnersWith, graph.PartOf, graph.Receives, graph.HoldsPost} {
		if n := in.rows.TypeNumber(t); n >= 0 {
			wanted[n] = t
		}
	}
	var lone []*graph.Claim // of one entity
	put := func() {
		if len(lone) == 0 {
			return
		}
		if from := in.rows.From[lone[0].Edge]; in.wants(from, -len(lone)) {
			claims := slices.Clone(lone)
			in.add(from, -len(lone), plural(len(lone), "relation")+" on a single sentence", "", func(in *inquiry, c *Case) error {
				for _, claim := range claims {
					c.Said = append(c.Said, in.saying(claim))
				}
				return nil
			})
		}
		lone = lone[:0]
	}
	for at, t := range in.rows.Type {
		e := uint32(at)
		if wanted[t] == "" || in.entity != "" && in.rows.From[e] != in.node && in.rows.To[e] != in.node {
			continue
		}
		if err := in.ctx.Err(); err != nil {
			return err
		}
		claims := in.weighed(in.buffer[:0], wanted[t], e, e+1)
		in.buffer = claims
		if len(claims) != 1 || claims[0].Bits&graph.ClaimAlone == 0 || len(in.areas) > 0 && !in.asked(claims[0].doc.area) {
			continue
		}
		if len(lone) > 0 && in.rows.From[lone[0].Edge] != in.rows.From[e] {
			put()
		}
		lone = append(lone, claims[0].Claim)
	}
	put()
	return nil
}
