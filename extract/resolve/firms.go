package resolve

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/extract/company"
	"github.com/tupu-kg/tupu/extract/gazetteer"
	"github.com/tupu-kg/tupu/graph"
)

// class is all groups of a component that share a short name of a firm.
type class struct {
	key     string
	members []int
	name    company.Name
}

// firm is a cluster that bears the full name of a firm.
type firm struct {
	at    int // a group in it
	names []company.Name
	homes []string          // codes of the places that its names name, and of the areas whose documents name it in full
	docs  map[graph.ID]bool // that name it in full
}

// maybe is a pair of groups whose entities may be one.
type maybe struct {
	a, b   int
	score  float64
	reason string
}

// nearness says how near an area is to a place: the higher the nearer.
type nearness int

const (
	elsewhere nearness = iota - 1
	unknown
	sameProvince
	sameCity
	sameCounty
)

// firms decides, for each short name, which firm of the component it is short for. It is joined where one firm alone can have
// it and its place or its trade agrees; what is only likely is noted.
func (u *clusters) firms(g *gazetteer.Gazetteer, shorts []class) {
	names := map[string]company.Name{}
	of := func(group *Group) company.Name {
		n, ok := names[group.Name]
		if !ok {
			n = parse(g, group.Name)
			names[group.Name] = n
		}
		return n
	}
	fulls := u.fulls(g, of)
	shorts = slices.DeleteFunc(shorts, func(c class) bool {
		common := slices.ContainsFunc(c.members, func(i int) bool { return u.groups[i].Common })
		if common {
			u.link(c.members, byName, c.key)
		}
		return common
	})
	for i := range shorts {
		shorts[i].name = of(&u.groups[shorts[i].members[0]])
	}
	// Names without a trade come later, a brand alone last: then it is known which firms have it.
	slices.SortFunc(shorts, func(a, b class) int {
		return cmp.Or(cmp.Compare(vague(a.name), vague(b.name)), cmp.Compare(len(b.members), len(a.members)), cmp.Compare(a.key, b.key))
	})
	for _, c := range shorts {
		// What stands inside a full name, and is the firm's in its document, says nothing about others that are called so.
		c.members = slices.DeleteFunc(slices.Clone(c.members), func(i int) bool { return u.groups[i].Mentions == 0 && len(u.anchor[u.root(i)]) > 0 })
		if len(c.members) == 0 {
			continue
		}
		u.settle(c, shorts, fulls)
	}
	u.alike(fulls)
	u.variants(shorts)
}

// variants notes short names that differ in nothing but the place or a word for the form, and are no firm's that is known.
func (u *clusters) variants(shorts []class) {
	for i := range shorts {
		for k := range shorts[:i] {
			a, b := shorts[k].members[0], shorts[i].members[0]
			reason := variants(shorts[k].name, shorts[i].name)
			if reason == "" || len(u.anchor[u.root(a)]) > 0 || len(u.anchor[u.root(b)]) > 0 {
				continue
			}
			score := 0.4
			if x, y := u.groups[a].AreaCode, u.groups[b].AreaCode; x != "" && y != "" && between(x, y) == elsewhere {
				score, reason = 0.2, reason+", but they are named in different provinces"
			}
			u.maybe = append(u.maybe, maybe{min(a, b), max(a, b), score, reason})
		}
	}
}

// variants says in what alone two short names of one brand and one trade differ; nothing if they are the same, or differ in more.
func variants(x, y company.Name) string {
	switch {
	case x.Core() != y.Core() || x.Stem() != y.Stem() || !tells(x.Brand) || x.Brand != y.Brand || x.Branch() || y.Branch():
		return ""
	case x.Form == y.Form && x.Place != y.Place && (x.Place == "" || y.Place == "" || x.Placed(y) || y.Placed(x)):
		return "the names differ only in the place"
	case x.Place == y.Place && x.Form != y.Form && (x.Form == "" || y.Form == ""):
		return "the names differ only in the word for the form"
	}
	return ""
}

// fulls lists the clusters that bear full names, in the order of their first groups.
func (u *clusters) fulls(g *gazetteer.Gazetteer, of func(*Group) company.Name) []firm {
	at := map[int]int{}
	var out []firm
	for i := range u.groups {
		group := &u.groups[i]
		if !full(*group) || group.Common {
			continue
		}
		r := u.root(i)
		n, ok := at[r]
		if !ok {
			n = len(out)
			at[r] = n
			out = append(out, firm{at: i, docs: map[graph.ID]bool{}})
		}
		f := &out[n]
		f.docs[group.Doc] = true
		f.home(group.AreaCode)
		if name := of(group); !slices.Contains(f.names, name) {
			f.names = append(f.names, name)
			if p, ok := g.Resolve(name.At, group.AreaCode); ok {
				f.home(p.Code)
			}
		}
	}
	return out
}

func (f *firm) home(code string) {
	if code != "" && code != gazetteer.Country && !slices.Contains(f.homes, code) {
		f.homes = append(f.homes, code)
	}
}

// fit is how well a short name suits the firm.
func (f *firm) fit(n company.Name) (best company.Fit, placed bool) {
	for _, name := range f.names {
		best, placed = max(best, n.Short(name)), placed || n.Placed(name)
	}
	return best, placed
}

// bare reports whether the firm's name has no trade, so that it is the brand's own: 比亚迪股份有限公司.
func (f *firm) bare() bool {
	return slices.ContainsFunc(f.names, func(n company.Name) bool { return n.Trade == "" })
}

// owned reports whether the short name is all of the firm's brand but its owner's.
func (f *firm) owned(n company.Name) bool { return slices.ContainsFunc(f.names, n.Owned) }

// near says how near the firm is to the areas that name it by a short name.
func (f *firm) near(groups []Group, members []int) nearness {
	best := elsewhere
	for _, i := range members {
		code := groups[i].AreaCode
		if code == "" || code == gazetteer.Country || len(f.homes) == 0 {
			best = max(best, unknown)
		}
		for _, home := range f.homes {
			best = max(best, between(code, home))
		}
	}
	return best
}

// between compares two codes of places: they share the first two digits within a province, four within a city.
func between(a, b string) nearness {
	switch {
	case len(a) < 6 || len(b) < 6 || a[:2] != b[:2]:
		return elsewhere
	case a[:6] == b[:6] && a[4:6] != "00":
		return sameCounty
	case a[:4] == b[:4] && a[2:4] != "00":
		return sameCity
	}
	return sameProvince
}

// settle decides about one short name.
func (u *clusters) settle(c class, shorts []class, fulls []firm) {
	var of []candidate // by place in fulls
	declared := []int{}
	for n := range fulls {
		f := &fulls[n]
		fit, placed := f.fit(c.name)
		if r := u.root(f.at); slices.ContainsFunc(c.members, func(i int) bool { return u.root(i) == r }) {
			declared = append(declared, n)
			fit = max(fit, company.ByBrand)
		}
		of = propose(of, candidate{n, strconv.Itoa(n), fit, placed})
	}
	best, ok := only(c.name, of)
	if len(declared) == 1 && !slices.ContainsFunc(of, func(o candidate) bool { return o.at != declared[0] && o.fit == company.Exact }) {
		best, ok = candidate{at: declared[0], fit: company.ByBrand}, true
	}
	switch {
	case len(of) == 0:
		u.link(c.members, byName, c.key)
		return
	case !ok || !best.placed && u.rivals(c, shorts):
		u.contested(c, fulls, of)
		return
	}
	u.link(c.members, byName, c.key)
	f := &fulls[best.at]
	fit, placed := f.fit(c.name)
	near := f.near(u.groups, c.members)
	for _, i := range c.members {
		if u.root(i) == u.root(f.at) {
			continue
		}
		// What stands inside other names alone may be whoever owns the firm: 北新集团 in 北新集团建材.
		inside := u.groups[i].Mentions == 0 && fit <= company.ByForm
		if !inside && agrees(c.name, fit, placed, f.owned(c.name), f.bare(), near) && u.together([]int{f.at, i}, byShortName, c.key) {
			continue
		}
		u.perhaps(i, f, fit, near, "")
	}
}

// vague orders short names by how little they say: 0 with a trade, 1 with a form alone (严牌股份), 2 a brand alone.
func vague(n company.Name) int {
	switch {
	case n.Trade != "":
		return 0
	case n.Form != "":
		return 1
	}
	return 2
}

// agrees reports whether a short name that only one firm of the component can have is that firm's: the trade or the place must
// agree with it, and no place may disagree. A brand alone needs the place, unless it is so long that it is one firm's.
func agrees(n company.Name, fit company.Fit, placed, owned, bare bool, near nearness) bool {
	runes := utf8.RuneCountInString(n.Core())
	if !placed {
		runes += utf8.RuneCountInString(n.Place) // it is no place, but a brand that is called like one
	}
	switch {
	case placed && fit >= company.Extended:
		return true
	case n.Brand == "" && n.Place == "" && fit <= company.ByForm:
		return false // 通用股份: a word for a trade, which one firm has for its brand
	case fit == company.Loose && owned && (runes > 2 || n.Form != ""), fit == company.Clipped && n.Form == "股份":
		return near >= unknown
	case fit == company.Loose && !n.Telling(), nationalBrands[n.Brand] && fit == company.ByBrand && !bare:
		return false
	case fit >= company.ByForm, runes > 2:
		return near >= unknown
	}
	return fit >= company.ByBrand && near >= sameCity
}

// rivals reports whether a brand alone could be that of another firm, of which no full name is known.
func (u *clusters) rivals(c class, shorts []class) bool {
	return slices.ContainsFunc(shorts, func(o class) bool {
		return rival(c.name, o.name) && len(u.anchor[u.root(o.members[0])]) == 0
	})
}

// contested settles a short name that several firms can have: the groups of each area are joined to the one firm that is
// nearest, unless their own documents name several.
func (u *clusters) contested(c class, fulls []firm, of []candidate) {
	for _, same := range u.byArea(c.members) {
		if !u.together(same, byName, c.key) {
			continue
		}
		if len(u.anchor[u.root(same[0])]) > 0 {
			continue
		}
		nearest, alone := -1, false
		best := unknown
		for _, o := range of {
			f := &fulls[o.at]
			switch near := f.near(u.groups, same); {
			case near > best:
				best, nearest, alone = near, o.at, true
			case near == best:
				alone = false
			}
		}
		named := 0
		for _, o := range of {
			if slices.ContainsFunc(same, func(i int) bool { return fulls[o.at].docs[u.groups[i].Doc] }) {
				named++
			}
		}
		if alone && best >= sameCity && named < 2 && brandOnly(c.name) == 0 && u.together([]int{fulls[nearest].at, same[0]}, byShortName, c.key) {
			continue
		}
		for _, o := range of {
			f := &fulls[o.at]
			u.perhaps(same[0], f, o.fit, f.near(u.groups, same), "other firms can have this short name too")
		}
	}
}

// maxLeads bounds the pairs that one name or one stem leads to: what so many firms share says nothing.
const maxLeads = 40

// perhaps notes that a short name may be a firm's, with the reason why it is not certain.
func (u *clusters) perhaps(i int, f *firm, fit company.Fit, near nearness, why string) {
	score := map[company.Fit]float64{company.Clipped: 0.2, company.Loose: 0.3, company.Skipping: 0.4, company.Extended: 0.4, company.ByBrand: 0.4, company.ByForm: 0.5, company.ByTrade: 0.6, company.Exact: 0.7}[fit]
	agree := map[company.Fit]string{
		company.Clipped: "the brand begins alike", company.Loose: "brand and trade agree in part", company.Skipping: "brand and trade agree in part", company.Extended: "the brand begins alike", company.ByBrand: "the brand is the same", company.ByForm: "the brand is the same",
		company.ByTrade: "brand and trade agree", company.Exact: "brand and trade are the same",
	}[fit]
	switch {
	case near == elsewhere:
		score -= 0.2
		agree += ", but it is named in another province"
	case near == unknown:
		agree += ", but no place says so"
	case near >= sameCity:
		score += 0.1
		agree += ", and so is the city"
	default:
		agree += ", and so is the province"
	}
	if why != "" {
		score -= 0.2
		agree += "; " + why
	}
	u.maybe = append(u.maybe, maybe{i, f.at, math.Round(max(score, 0.05)*100) / 100, agree})
}

// alike notes full names that differ in nothing but what may be left out or change: the place in front, the legal form.
func (u *clusters) alike(fulls []firm) {
	byCore := map[string][]int{}
	var cores []string
	for n := range fulls {
		for _, name := range fulls[n].names {
			core := name.Core()
			if name.Brand == "" || name.Branch() || slices.Contains(byCore[core], n) {
				continue
			}
			if byCore[core] == nil {
				cores = append(cores, core)
			}
			byCore[core] = append(byCore[core], n)
		}
	}
	at := func(f *firm, core string) company.Name {
		return f.names[slices.IndexFunc(f.names, func(n company.Name) bool { return n.Core() == core })]
	}
	for _, core := range cores {
		same := byCore[core]
		if len(same) > maxLeads {
			continue
		}
		for k, n := range same {
			for _, m := range same[k+1:] {
				a, b := &fulls[n], &fulls[m]
				if score, reason := likeness(at(a, core), at(b, core)); score > 0 {
					u.maybe = append(u.maybe, maybe{a.at, b.at, score, reason})
				}
			}
		}
	}
}

// likeness compares two full names, and says why they are alike; 0 if they are not of one brand and one trade, or name two places.
func likeness(x, y company.Name) (float64, string) {
	if x.Brand == "" || y.Brand == "" || x.Branch() || y.Branch() || x.Core() != y.Core() {
		return 0, ""
	}
	form, placed := x.Form == y.Form, x.Placed(y) || y.Placed(x)
	switch {
	case x.Place == y.Place && !form, placed && !form:
		return 0.6, "the full names differ in their legal form alone"
	case placed:
		return 0.6, "the full names differ only in how they name the place"
	case x.Place == "" || y.Place == "":
		if form {
			return 0.5, "the full names differ only in the place, which one of them leaves out"
		}
		return 0.3, "the full names differ in the place, which one of them leaves out, and in their legal form"
	}
	return 0, ""
}

// commonStems begin the names of firms that have nothing to do with each other.
var commonStems = map[string]bool{
	"东方": true, "南方": true, "北方": true, "西部": true, "东部": true, "中部": true, "华东": true, "华南": true, "华北": true, "华中": true, "西南": true, "西北": true, "东北": true, "东南": true,
	"中国": true, "中华": true, "新华": true, "国际": true, "长江": true, "黄河": true, "长城": true, "太平洋": true, "阳光": true, "海峡": true, "两岸": true, "天地": true, "大地": true, "世纪": true,
	"第一": true, "第二": true, "第三": true, "新世纪": true, "新时代": true, "人民": true, "百姓": true, "现代": true, "未来": true, "创新": true, "科技": true, "农业": true,
}

// leads makes the edges MAYBE_SAME between the entities of the component.
func (u *clusters) leads(entities []Resolved, of []int) ([]graph.Edge, error) {
	edges := map[string]graph.Edge{}
	count := map[int]int{}
	for _, m := range u.maybe {
		if of[m.a] == of[m.b] || u.judgedApart(u.root(m.a), u.root(m.b)) || u.groups[m.a].First.ByteEnd == 0 || u.groups[m.b].First.ByteEnd == 0 {
			continue
		}
		if count[m.a]++; count[m.a] > maxLeads {
			continue
		}
		e, err := graph.NewEdge(entities[of[m.a]].Entity.ID, graph.MaybeSame, entities[of[m.b]].Entity.ID, u.evidence(m.a, m.score), u.evidence(m.b, m.score))
		if err != nil {
			return nil, err
		}
		e.Score, e.Reason = m.score, m.reason
		if held, ok := edges[e.Key()]; !ok || held.Score < e.Score || held.Score == e.Score && e.Reason < held.Reason {
			edges[e.Key()] = e
		}
	}
	out := make([]graph.Edge, 0, len(edges))
	for _, e := range edges {
		out = append(out, e)
	}
	slices.SortFunc(out, func(a, b graph.Edge) int { return cmp.Compare(a.Key(), b.Key()) })
	return out, nil
}

// evidence is the first mention of a group.
func (u *clusters) evidence(i int, score float64) graph.Evidence {
	g := &u.groups[i]
	span := g.First
	span.Doc = g.Doc
	return graph.Evidence{Source: graph.FromText, Span: span, Quote: cmp.Or(g.Written, g.Name), By: "rule:maybe", Score: score}
}
