package resolve

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/extract/company"
	"github.com/tupu-kg/tupu/extract/gazetteer"
	"github.com/tupu-kg/tupu/extract/text"
	"github.com/tupu-kg/tupu/graph"
)

// Resolved is one entity that came out of a component, with the groups that it was made of.
type Resolved struct {
	Entity  graph.Entity
	Keys    []string // names to look it up by, folded, ascending
	Members []Group  // ascending by document and ref
	Why     []Reason // why its names are one, the entity's own name first; one of them if nothing had to be merged
}

// Component resolves groups that are linked by keys, directly or through others, and says what entities of it may be the same
// or share a stem. The order of the groups does not matter. It costs the square of the number of different names of firms
// whose brands begin alike, else the logarithm of the groups.
func Component(g *gazetteer.Gazetteer, groups []Group) ([]Resolved, []graph.Edge, error) {
	groups = slices.Clone(groups)
	slices.SortFunc(groups, byPlace)
	u := newClusters(groups)
	byKey := map[string][]int{}
	var keys []string
	for i, group := range groups {
		for _, key := range group.Keys {
			if strings.HasPrefix(key, firmFamily) {
				continue
			}
			if byKey[key] == nil {
				keys = append(keys, key)
			}
			byKey[key] = append(byKey[key], i)
		}
	}
	ranks := make(map[string]int, len(keys))
	for _, key := range keys {
		ranks[key] = u.rank(key, byKey[key])
	}
	slices.SortFunc(keys, func(a, b string) int {
		return cmp.Or(cmp.Compare(ranks[a], ranks[b]), cmp.Compare(len(byKey[b]), len(byKey[a])), cmp.Compare(a, b))
	})
	var shorts []class
	for _, key := range keys {
		if ranks[key] == byShortName {
			shorts = append(shorts, class{key: key, members: byKey[key]})
			continue
		}
		if ranks[key] == byName && u.groups[byKey[key][0]].Kind == graph.KindPerson {
			u.persons(byKey[key], key)
			continue
		}
		if strings.HasPrefix(key, schoolFamily) {
			u.school(byKey[key], key)
			continue
		}
		if ranks[key] == byJudgement {
			u.link(u.withFulls(byKey[key]), byJudgement, key)
			continue
		}
		u.link(byKey[key], ranks[key], key)
	}
	u.firms(g, shorts)
	entities, of := u.entities(g)
	edges, err := u.leads(entities, of)
	return entities, edges, err
}

// school joins what a college is called when its last word is left out to the one college of the city that it can be.
func (u *clusters) school(members []int, key string) {
	cut, _, _ := strings.Cut(strings.TrimPrefix(key, schoolFamily), "@")
	whole := map[string]bool{}
	for _, i := range members {
		if name := text.Key(u.groups[i].Name); name != cut {
			whole[name] = true
		}
	}
	if len(whole) == 1 {
		u.together(members, byName, key)
	}
}

// withFulls adds to groups that a person says are one the full names that their documents have them short for: who says so of
// two short names says it of the firms. A name that is short for several firms says it of none of them.
func (u *clusters) withFulls(members []int) []int {
	of := map[string]map[string]bool{}
	var fulls []int
	for _, i := range members {
		m := &u.groups[i]
		if m.Full == "" {
			continue
		}
		k, ok := slices.BinarySearchFunc(u.groups, Group{Doc: m.Doc, Ref: m.Full}, byPlace)
		if !ok || !full(u.groups[k]) {
			continue
		}
		if of[m.Name] == nil {
			of[m.Name] = map[string]bool{}
		}
		of[m.Name][u.groups[k].Keys[0]] = true
		fulls = append(fulls, k)
	}
	several := func(i int) bool { return u.groups[i].Full != "" && len(of[u.groups[i].Name]) > 1 }
	if !slices.ContainsFunc(members, several) {
		return slices.Concat(members, fulls)
	}
	if !slices.ContainsFunc(members, func(i int) bool { return u.groups[i].Name != u.groups[members[0]].Name }) {
		return members // one name in several areas: which of its bearers are one is what the person says
	}
	return slices.DeleteFunc(slices.Clone(members), several)
}

// byPlace orders groups by document and ref.
func byPlace(a, b Group) int { return cmp.Or(cmp.Compare(a.Doc, b.Doc), cmp.Compare(a.Ref, b.Ref)) }

// What keys link by, the surest first. Short names of firms come last: by then it is known which firms could bear them.
const (
	byJudgement = iota
	byList      // the user's own
	byFullName
	byDocument
	byName
	byShortName
)

func (u *clusters) rank(key string, members []int) int {
	switch {
	case strings.HasPrefix(key, judgementFamily):
		return byJudgement
	case strings.HasPrefix(key, listFamily):
		return byList
	case strings.HasPrefix(key, documentFamily):
		return byDocument
	case u.anchored(members):
		return byFullName
	case u.groups[members[0]].Kind == graph.KindEnterprise:
		return byShortName
	}
	return byName
}

// clusters joins groups into entities under what forbids it: two full names of firms, and judgements of "different".
type clusters struct {
	groups []Group
	parent []int
	anchor [][]string        // of a root: the full name of a firm that its groups bear; several only where a person says so
	apart  []map[string]bool // of a root: judgements of "different", with the side
	joints [][]joint         // of a group: what joined it to others
	maybe  []maybe
}

// joint is what made one of the clusters of two groups.
type joint struct {
	with int
	by   int
	key  string
}

func newClusters(groups []Group) *clusters {
	u := &clusters{
		groups: groups, parent: make([]int, len(groups)), anchor: make([][]string, len(groups)), apart: make([]map[string]bool, len(groups)),
		joints: make([][]joint, len(groups)),
	}
	for i, g := range groups {
		u.parent[i] = i
		if full(g) {
			u.anchor[i] = []string{g.Keys[0]}
		}
		for _, side := range g.Apart {
			if u.apart[i] == nil {
				u.apart[i] = map[string]bool{}
			}
			u.apart[i][side] = true
		}
	}
	return u
}

// full reports whether a group bears the full name of a firm.
func full(g Group) bool {
	return g.Kind == graph.KindEnterprise && company.Full(text.Key(g.Name))
}

func (u *clusters) root(i int) int {
	for u.parent[i] != i {
		u.parent[i] = u.parent[u.parent[i]]
		i = u.parent[i]
	}
	return i
}

// anchored reports whether all the groups bear one full name.
func (u *clusters) anchored(members []int) bool {
	for _, i := range members {
		if len(u.anchor[i]) == 0 || !slices.Equal(u.anchor[i], u.anchor[members[0]]) {
			return false
		}
	}
	return true
}

// contrary reports whether two clusters must not be one. A person's word overrules differing full names, not another
// person's word.
func (u *clusters) contrary(a, b int, judged bool) bool {
	if u.judgedApart(a, b) {
		return true
	}
	if judged || len(u.anchor[a]) == 0 || len(u.anchor[b]) == 0 {
		return false
	}
	return !slices.ContainsFunc(u.anchor[b], func(full string) bool { return slices.Contains(u.anchor[a], full) })
}

// judgedApart reports whether a person says that two clusters, given by their roots, are different.
func (u *clusters) judgedApart(a, b int) bool {
	for side := range u.apart[a] {
		if u.apart[b][side[:len(side)-1]+string('0'+'1'-side[len(side)-1])] {
			return true
		}
	}
	return false
}

// join makes one of the clusters of two groups.
func (u *clusters) join(i, k, by int, key string) {
	a, b := u.root(i), u.root(k)
	if a == b {
		return
	}
	u.joints[i] = append(u.joints[i], joint{k, by, key})
	u.joints[k] = append(u.joints[k], joint{i, by, key})
	if b < a {
		a, b = b, a
	}
	u.parent[b] = a
	for _, full := range u.anchor[b] {
		if !slices.Contains(u.anchor[a], full) {
			u.anchor[a] = append(u.anchor[a], full)
		}
	}
	for side := range u.apart[b] {
		if u.apart[a] == nil {
			u.apart[a] = map[string]bool{}
		}
		u.apart[a][side] = true
	}
}

// link joins the groups that share a key. Where that would join what must stay apart, only the groups of one area are joined,
// if nothing keeps these apart.
func (u *clusters) link(members []int, by int, key string) {
	if len(members) == 0 || u.together(members, by, key) {
		return
	}
	for _, same := range u.byArea(members) {
		u.together(same, by, key)
	}
}

// together joins groups, if nothing keeps any two of them apart. One that bears a full name is in the middle.
func (u *clusters) together(members []int, by int, key string) bool {
	if !u.compatible(members, by == byJudgement || by == byList) {
		return false
	}
	middle := members[0]
	for _, i := range members {
		if full(u.groups[i]) {
			middle = i
			break
		}
	}
	for _, i := range members {
		u.join(middle, i, by, key)
	}
	return true
}

// byArea divides groups by the areas that their documents speak for; a document without one stands alone.
func (u *clusters) byArea(members []int) [][]int {
	at := map[string]int{}
	var out [][]int
	for _, i := range members {
		area := u.groups[i].Area
		if area == "" {
			area = string(u.groups[i].Doc)
		}
		n, ok := at[area]
		if !ok {
			n = len(out)
			at[area] = n
			out = append(out, nil)
		}
		out[n] = append(out[n], i)
	}
	return out
}

// compatible reports whether all the groups may be one entity.
func (u *clusters) compatible(members []int, judged bool) bool {
	var roots []int
	for _, i := range members {
		if r := u.root(i); !slices.Contains(roots, r) && (len(u.anchor[r]) > 0 || len(u.apart[r]) > 0) {
			for _, other := range roots {
				if u.contrary(other, r, judged) {
					return false
				}
			}
			roots = append(roots, r)
		}
	}
	return true
}

// entities makes an entity of every cluster, and says which one each group is in.
func (u *clusters) entities(g *gazetteer.Gazetteer) (entities []Resolved, of []int) {
	members := map[int][]int{}
	var roots []int
	for i := range u.groups {
		r := u.root(i)
		if members[r] == nil {
			roots = append(roots, r)
		}
		members[r] = append(members[r], i)
	}
	out := make([]Resolved, 0, len(roots))
	of = make([]int, len(u.groups))
	for n, r := range roots {
		list := make([]Group, len(members[r]))
		for k, i := range members[r] {
			list[k], of[i] = u.groups[i], n
		}
		e := resolved(g, list)
		e.Why = u.reasons(members[r])
		out = append(out, e)
	}
	// Several entities of one component can claim one id, when a name is contested: their areas tell them apart, and where
	// not even these do, numbers in the order of their first document.
	claims := map[graph.ID]int{}
	for _, e := range out {
		claims[e.Entity.ID]++
	}
	taken := map[graph.ID]bool{}
	for i := range out {
		e := &out[i].Entity
		if claims[e.ID] > 1 {
			if area := out[i].Members[0].Area; area != "" && !strings.Contains(string(e.ID), "@") {
				e.ID = graph.ID(string(e.ID) + "@" + area)
			}
		}
		id := e.ID
		for n := 2; taken[e.ID]; n++ {
			e.ID = graph.ID(string(id) + "~" + strconv.Itoa(n))
		}
		taken[e.ID] = true
	}
	return out, of
}

// resolved makes the entity of a cluster. Its name is the fullest that is written, its id the key of that name.
func resolved(g *gazetteer.Gazetteer, members []Group) Resolved {
	best := members[fullest(members)]
	e := graph.Entity{ID: idOf(best), Kind: best.Kind, Name: best.Name, Area: best.Scope}
	if strings.HasPrefix(e.Area, string(graph.KindDocument)+":") {
		e.Area = ""
	}
	surfaces, listed := map[string]bool{}, ""
	for _, m := range members {
		e.Confidence = max(e.Confidence, m.Confidence)
		surfaces[m.Name] = true
		for _, s := range m.Surfaces {
			surfaces[presentable(s)] = true
		}
		if m.Code != "" && (e.Code == "" || m.Code < e.Code) {
			e.Code = m.Code
		}
		if e.Place == "" || m.Place != "" && e.Place == graph.Other {
			e.Place = m.Place
		}
		if m.Listed != "" {
			surfaces[m.Listed] = true
			if listed == "" || m.Listed < listed {
				listed = m.Listed
			}
		}
		for _, id := range m.OwnIDs {
			if !slices.Contains(e.OwnIDs, id) {
				e.OwnIDs = append(e.OwnIDs, id)
			}
		}
		if m.Renamed != "" {
			surfaces[e.Name] = true
			e.Name = m.Renamed
		}
	}
	if p, ok := g.ByCode(e.Code); ok && e.Kind == graph.KindPlace {
		e.ID, e.Place = placeID(g, p), p.Kind
		if e.Name == best.Name {
			surfaces[p.Name] = true
			e.Name = p.Name
		}
	}
	if listed != "" && e.Name == best.Name { // as the user's list has it, unless a judgement says otherwise
		surfaces[e.Name] = true
		e.Name = listed
	}
	slices.Sort(e.OwnIDs)
	if e.Kind == graph.KindPerson && higherOffice[text.Key(e.Name)] {
		e.Hub = "person of higher office"
	}
	for s := range surfaces {
		if s != e.Name {
			e.Aliases = append(e.Aliases, s)
		}
	}
	slices.Sort(e.Aliases)
	return Resolved{Entity: e, Keys: LookUp(e), Members: members}
}

// presentable is a written name as people may be shown it: as it stands, or folded if it holds blanks, characters that nobody
// sees, or a scraper's pinyin.
func presentable(surface string) string {
	name := text.Name(surface)
	if strings.ContainsFunc(surface, func(r rune) bool { return !unicode.IsGraphic(r) || unicode.IsSpace(r) }) ||
		strings.ContainsAny(surface, "(（") && !strings.ContainsAny(name, "(（") {
		return name
	}
	return surface
}

// LookUp lists the folded names under which an entity is found, ascending.
func LookUp(e graph.Entity) []string {
	keys := make([]string, 0, len(e.Aliases)+1)
	for _, name := range slices.Concat([]string{e.Name}, e.Aliases, e.OwnIDs) {
		if key := text.Key(name); key != "" {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// fuller orders groups for naming their entity: longer names first, then by name, so that it does not depend on the order of
// documents.
func fuller(a, b Group) bool {
	return cmp.Or(cmp.Compare(utf8.RuneCountInString(b.Name), utf8.RuneCountInString(a.Name)), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Ref, b.Ref)) < 0
}

// fullest is the group whose name is the entity's.
func fullest(members []Group) int {
	best := 0
	for i := range members {
		if fuller(members[i], members[best]) {
			best = i
		}
	}
	return best
}

// idOf turns the primary key of a group into an id.
func idOf(g Group) graph.ID {
	_, name, _ := strings.Cut(g.Keys[0], "|")
	return graph.NewID(g.Kind, name, "")
}

// placeID is the id of a place of the gazetteer.
func placeID(g *gazetteer.Gazetteer, p gazetteer.Place) graph.ID {
	name, scope := g.Label(p.Code)
	return graph.NewID(graph.KindPlace, name, scope)
}

// Above returns the places that a place of the gazetteer lies in, up to the country, and the edges between them, with the
// register as evidence.
func Above(g *gazetteer.Gazetteer, e graph.Entity) ([]graph.Entity, []graph.Edge, error) {
	p, ok := g.ByCode(e.Code)
	if !ok || e.Kind != graph.KindPlace {
		return nil, nil, nil
	}
	var places []graph.Entity
	var edges []graph.Edge
	from := e.ID
	for _, a := range g.Ancestors(p.Code) {
		to := placeID(g, a)
		edge, err := graph.NewEdge(from, graph.LocatedIn, to, graph.Evidence{Source: graph.FromRegister, By: "gazetteer", Score: 1, Ref: "division:" + p.Code})
		if err != nil {
			return nil, nil, err
		}
		places = append(places, graph.Entity{ID: to, Kind: graph.KindPlace, Name: a.Name, Confidence: 1, Place: a.Kind, Code: a.Code})
		edges = append(edges, edge)
		from, p = to, a
	}
	return places, edges, nil
}
