package resolve

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/extract/company"
	"github.com/tupu-kg/tupu/extract/gazetteer"
	"github.com/tupu-kg/tupu/extract/text"
	"github.com/tupu-kg/tupu/graph"
)

// Group is all mentions, and all parts of mentions, of one name in one document: they are taken to be one thing.
type Group struct {
	Doc        graph.ID        `json:"doc"`
	Ref        string          `json:"ref"` // identifies the group within its document
	Kind       graph.Kind      `json:"kind"`
	Name       string          `json:"name"`     // folded
	Surfaces   []string        `json:"surfaces"` // as written, sorted
	Place      graph.PlaceKind `json:"place,omitempty"`
	Code       string          `json:"code,omitempty"`
	Area       string          `json:"area,omitempty"` // that the document speaks for
	AreaCode   string          `json:"area_code,omitempty"`
	Scope      string          `json:"scope,omitempty"` // that the primary key holds in
	Mentions   int             `json:"mentions"`        // not counting Inside
	Inside     int             `json:"inside,omitempty"`
	Confidence float64         `json:"confidence"`
	First      graph.Span      `json:"first"`             // of the first of them, without the document
	Written    string          `json:"written,omitempty"` // the stored text there, where it is not the name
	Keys       []string        `json:"keys"`              // the primary one first
	Posts      []string        `json:"posts,omitempty"`   // of a person: where, and as what, as far as the document says
	Full       string          `json:"full,omitempty"`    // ref of the full name that this is short for in the document
	Renamed    string          `json:"renamed,omitempty"` // by a judgement
	Listed     string          `json:"listed,omitempty"`  // name in a list of the user's
	OwnIDs     []string        `json:"own_ids,omitempty"` // there, sorted
	Common     bool            `json:"common,omitempty"`  // many are called so, or a judgement sets it apart: no short name of anything
	Apart      []string        `json:"apart,omitempty"`   // judgements of "different", each with the side that this group is on
}

// Reading is a document's facts seen as groups.
type Reading struct {
	Facts  *graph.Facts
	Groups []Group // ascending by Ref
	Stamp  string  // of the judgements that touch the document, empty if none does
	Area   string  // ref of the group of the area that the document speaks for, or empty

	at    map[place]int           // group of a mention or part
	firms map[string]company.Name // names of firms, taken apart
}

type place struct {
	start, end int
	kind       graph.Kind
}

// Judgements are those in force, prepared for reading documents.
type Judgements struct {
	byName    map[string][]subject   // by NameKey
	byMention map[graph.ID][]subject // by document
}

type subject struct {
	graph.Judgement
	side  int
	hash  string
	order int // among the judgements in force, a later one after an earlier
}

// NewJudgements prepares the judgements in force.
func NewJudgements(effective []graph.Judgement) *Judgements {
	js := &Judgements{byName: map[string][]subject{}, byMention: map[graph.ID][]subject{}}
	for order, j := range effective {
		for side, about := range j.About {
			s := subject{j, side, j.Hash(), order}
			if about.Doc != "" {
				js.byMention[about.Doc] = append(js.byMention[about.Doc], s)
			} else {
				key := NameKey(about.Type, about.Surface)
				js.byName[key] = append(js.byName[key], s)
			}
		}
	}
	return js
}

// of lists what the judgements say of a mention in a document that speaks for area, in their order.
func (js *Judgements) of(d *graph.Document, m *graph.Mention, kind graph.Kind) []subject {
	var out []subject
	for _, s := range js.byMention[d.ID] {
		if about := s.About[s.side]; about.Start == m.Start && about.End == m.End {
			out = append(out, s)
		}
	}
	kinds := []graph.Kind{kind}
	if m.Kind != kind {
		kinds = append(kinds, m.Kind)
	}
	for _, k := range kinds {
		for _, s := range js.byName[NameKey(k, m.FoldedName())] {
			if area := s.About[s.side].Area; area == "" || text.Key(area) == text.Key(d.Area) {
				out = append(out, s)
			}
		}
	}
	return out
}

// Read groups the names of a document and gives every group its keys.
func Read(g *gazetteer.Gazetteer, f *graph.Facts, js *Judgements) *Reading {
	r := &Reading{Facts: f, at: map[place]int{}, firms: map[string]company.Name{}}
	b := builder{g: g, js: js, r: r, byRef: map[string]int{}, split: map[string]bool{}, generic: map[string]bool{}, touched: map[string]bool{}}
	for i := range f.Mentions {
		m := &f.Mentions[i]
		b.add(m, false)
		for j := range m.Parts {
			b.add(&m.Parts[j], true)
		}
	}
	for i := range f.Statements { // an award is named nowhere but where it is given
		if tail := &f.Statements[i].Tail; tail.Kind == graph.KindHonour {
			b.add(tail, true)
		}
	}
	if d := &f.Document; d.Area != "" {
		m := graph.Mention{Kind: graph.KindPlace, Text: d.Area, Code: d.AreaCode, Confidence: 1, Place: graph.Other}
		if p, ok := g.ByCode(d.AreaCode); ok {
			m.Place = p.Kind
		}
		r.Area = b.group(&m, graph.KindPlace, "", js.of(d, &m, graph.KindPlace))
	}
	b.linked()
	b.finish()
	return r
}

type builder struct {
	g       *gazetteer.Gazetteer
	js      *Judgements
	r       *Reading
	byRef   map[string]int
	split   map[string]bool // refs of groups that a judgement sets apart: nothing but a judgement links them
	generic map[string]bool // refs of groups with a name that many areas have: it is no short name anywhere else
	touched map[string]bool // hashes of the judgements that touch the document
}

// add puts a mention or part into its group, as the judgements will have it.
func (b *builder) add(m *graph.Mention, inside bool) {
	d := &b.r.Facts.Document
	kind, apart := m.Kind, ""
	said := ofSplit(b.js.of(d, m, kind))
	for i, last := 0, -1; i < len(said); i++ {
		s := said[i]
		b.touched[s.hash] = true
		switch s.Verdict {
		case graph.Drop:
			return
		case graph.Retype:
			// What one judgement made of a mention, a later one may be about.
			if about := s.About[s.side]; s.order > last && (about.Doc != "" || about.Type == kind) {
				kind, last = s.Type, s.order
				said, i = ofSplit(b.js.of(d, m, kind)), -1
			}
		case graph.Split:
			apart = "#" + strconv.Itoa(m.Start)
		}
	}
	ref := b.group(m, kind, apart, said)
	group := &b.r.Groups[b.byRef[ref]]
	if inside {
		group.Inside++
	} else {
		group.Mentions++
	}
	b.r.at[place{m.ByteStart, m.ByteEnd, m.Kind}] = b.byRef[ref]
}

// ofSplit leaves of what is said of a mention that a judgement sets apart what is said of the mention itself, and what was made
// of its namesakes before it was: from then on it is none of them.
func ofSplit(said []subject) []subject {
	split := -1
	for _, s := range said {
		if s.Verdict == graph.Split {
			split = s.order
		}
	}
	if split < 0 {
		return said
	}
	return slices.DeleteFunc(said, func(s subject) bool {
		return s.About[s.side].Doc == "" && (s.order > split || s.Verdict != graph.Retype && s.Verdict != graph.Drop)
	})
}

// group returns the ref of the group of a mention, making it if need be.
func (b *builder) group(m *graph.Mention, kind graph.Kind, apart string, said []subject) string {
	d := &b.r.Facts.Document
	typed := *m
	if typed.Kind = kind; kind != m.Kind {
		typed.Code, typed.Place, typed.Generic, typed.Scope = "", "", false, ""
	}
	if apart == "" {
		b.nationality(&typed)
	}
	key, scope := primary(b.g, d, &typed)
	if apart != "" {
		typed.Code = "" // the gazetteer's entry is one of the namesakes
		scope = string(d.ID) + apart
		key = keyOf(kind, text.Key(m.FoldedName()), scope)
	}
	ref := key + "|" + text.Key(m.FoldedName())
	if apart != "" {
		b.split[ref] = true
	}
	if typed.Generic {
		b.generic[ref] = true
	}
	i, ok := b.byRef[ref]
	if !ok {
		i = len(b.r.Groups)
		b.byRef[ref] = i
		b.r.Groups = append(b.r.Groups, Group{
			Doc: d.ID, Ref: ref, Kind: kind, Name: text.Name(m.FoldedName()), Place: typed.Place, Code: typed.Code,
			Area: d.Area, AreaCode: d.AreaCode, Scope: scope, Keys: []string{key},
		})
	}
	g := &b.r.Groups[i]
	if m.ByteEnd > m.ByteStart && (g.First.ByteEnd == 0 || m.ByteStart < g.First.ByteStart) {
		g.First, g.Written = m.Span, ""
		if g.First.Doc = ""; m.Text != g.Name {
			g.Written = m.Text
		}
	}
	g.Confidence = max(g.Confidence, m.Confidence)
	if !slices.Contains(g.Surfaces, m.Text) {
		g.Surfaces = append(g.Surfaces, m.Text)
	}
	if l := m.Listed; l != nil && kind == m.Kind && apart == "" {
		g.link(listFamily + string(kind) + "|" + text.Key(l.Name))
		if g.Listed = l.Name; l.ID != "" && !slices.Contains(g.OwnIDs, l.ID) {
			g.OwnIDs = append(g.OwnIDs, l.ID)
		}
	}
	for _, s := range said {
		b.touched[s.hash] = true
		switch s.Verdict {
		case graph.Same:
			g.link(judgementFamily + s.hash)
		case graph.Different:
			if side := s.hash + strconv.Itoa(s.side); !slices.Contains(g.Apart, side) {
				g.Apart = append(g.Apart, side)
			}
		case graph.Rename:
			g.Renamed = s.Judgement.Name
		}
	}
	return ref
}

// nationality gives a township of a nationality its code where a document leaves the nationality out: 百崎乡 is 百崎回族乡.
func (b *builder) nationality(m *graph.Mention) {
	stem, ok := strings.CutSuffix(text.Key(m.FoldedName()), "乡")
	if !ok || m.Kind != graph.KindPlace || m.Code != "" || utf8.RuneCountInString(stem) < 2 {
		return
	}
	p, ok := b.g.Resolve(stem, b.r.Facts.Document.AreaCode)
	if ok && p.Kind == graph.Township && strings.HasPrefix(p.Name, stem) && strings.HasSuffix(p.Name, "族乡") {
		m.Code, m.Place, m.Generic, m.Scope = p.Code, p.Kind, false, ""
	}
}

func (g *Group) link(key string) {
	if !slices.Contains(g.Keys, key) {
		g.Keys = append(g.Keys, key)
	}
}

// linked links the names that are one thing in this document, whatever they are elsewhere: full names and the short names that
// the document declares for them, a firm with and without its place, short names that only one of the document's firms or
// bodies can bear. Firms of one name are gathered across documents.
func (b *builder) linked() {
	b.declared()
	b.prefixed()
	b.shortened()
	b.clipped()
	b.villages()
	b.posts()
	for i := range b.r.Groups {
		g := &b.r.Groups[i]
		if g.Kind != graph.KindEnterprise {
			continue
		}
		if g.Common = b.split[g.Ref] || b.generic[g.Ref]; g.Common {
			continue
		}
		if len(b.company(g).Shelves(full(*g))) > 0 {
			g.link(firmFamily + g.Name)
		}
	}
}

// company takes the name of a firm apart.
func (b *builder) company(g *Group) company.Name {
	n, ok := b.r.firms[g.Name]
	if !ok {
		n = parse(b.g, g.Name)
		b.r.firms[g.Name] = n
	}
	return n
}

// parse takes the name of a firm apart, without the marks of an exchange.
func parse(g *gazetteer.Gazetteer, called string) company.Name {
	name, listed := unlisted(called)
	n := company.Parse(g, text.Key(name))
	if listed && n.Form == "" {
		n.Form = company.Listed
	}
	return n
}

// declared ties the short names that sentences declare. One that is declared for several names is tied to none.
func (b *builder) declared() {
	full := map[string]*Group{}
	several := map[string]bool{}
	var order []*Group
	for _, s := range b.r.Facts.Statements {
		if s.Type != graph.ShortFor {
			continue
		}
		short, long := b.of(&s.Head), b.of(&s.Tail)
		if short == nil || long == nil || short == long || short.Kind != long.Kind || b.split[short.Ref] || b.split[long.Ref] {
			continue
		}
		if held := full[short.Ref]; held == nil {
			order = append(order, short)
			full[short.Ref] = long
		} else if held != long {
			several[short.Ref] = true
		}
	}
	for _, short := range order {
		if !several[short.Ref] {
			b.tie(short, full[short.Ref], inDeclared)
		}
	}
}

// prefixed makes one of a firm's full name with and without the place in front (漳州榕屿食品有限公司, 榕屿食品有限公司), where the
// place is the document's own area or one around it and the document has no other firm of that name.
func (b *builder) prefixed() {
	d := &b.r.Facts.Document
	with := map[string][]int{}
	for i := range b.r.Groups {
		g := &b.r.Groups[i]
		name := text.Key(g.Name)
		if g.Kind != graph.KindEnterprise || !company.Full(name) || b.split[g.Ref] {
			continue
		}
		if end := placeInFront(b.g, name); end > 0 {
			with[name[end:]] = append(with[name[end:]], i)
		}
	}
	for i := range b.r.Groups {
		g := &b.r.Groups[i]
		name := text.Key(g.Name)
		of := with[name]
		if g.Kind != graph.KindEnterprise || len(of) != 1 || b.split[g.Ref] {
			continue
		}
		full := &b.r.Groups[of[0]]
		key := text.Key(full.Name)
		if p, ok := b.g.Resolve(key[:placeInFront(b.g, key)], d.AreaCode); ok && b.g.Within(d.AreaCode, p.Code) {
			g.Keys[0] = full.Keys[0]
		}
	}
}

// shortened ties the short names of firms that only one of the full names in the document can have, and no other firm there.
func (b *builder) shortened() {
	type firm struct {
		at   int
		name company.Name
	}
	var fulls, shorts []firm
	for i := range b.r.Groups {
		g := &b.r.Groups[i]
		switch {
		case g.Kind != graph.KindEnterprise || b.split[g.Ref]:
		case company.Full(text.Key(g.Name)):
			fulls = append(fulls, firm{i, b.company(g)})
		case !b.generic[g.Ref]:
			shorts = append(shorts, firm{i, b.company(g)})
		}
	}
	if len(fulls) == 0 {
		return
	}
	// Names with words of a trade go first: a brand alone may then be that of a firm that is none of the full names.
	slices.SortStableFunc(shorts, func(x, y firm) int { return cmp.Compare(brandOnly(x.name), brandOnly(y.name)) })
	for _, s := range shorts {
		g := &b.r.Groups[s.at]
		if g.Full != "" {
			continue
		}
		var of []candidate
		for _, f := range fulls {
			of = propose(of, candidate{f.at, b.r.Groups[f.at].Keys[0], s.name.Short(f.name), s.name.Placed(f.name)})
		}
		best, ok := only(s.name, of)
		if !ok {
			continue
		}
		rival := false
		for _, o := range shorts {
			if other := &b.r.Groups[o.at]; brandOnly(s.name) > 0 && brandOnly(o.name) == 0 && o.name.Brand == s.name.Brand && other.Full != b.r.Groups[best.at].Ref {
				rival = true
			}
		}
		if !rival {
			b.tie(g, &b.r.Groups[best.at], inShortened)
		}
	}
}

// candidate is a firm that a short name may be short for.
type candidate struct {
	at   int
	firm string // two of one firm are one candidate
	fit  company.Fit

	placed bool // the short name names the firm's place
}

// propose adds a candidate, if it is one.
func propose(list []candidate, c candidate) []candidate {
	if c.fit == company.NoFit {
		return list
	}
	for i := range list {
		if list[i].firm == c.firm {
			list[i].fit = max(list[i].fit, c.fit)
			return list
		}
	}
	return append(list, c)
}

// only returns the one candidate that there is; of several the only one that lies in the place which the short name names
// (上海凤凰), the only one of which the short name is all of brand and trade, if the trade is a telling one, the only one of
// which it has the whole brand and words of the trade, or is the whole brand, if that is long.
func only(n company.Name, list []candidate) (candidate, bool) {
	if len(list) == 1 {
		return list[0], true
	}
	ofGroup := 0 // 岚桥集团 can be 岚桥集团股份有限公司 and 岚桥化工集团有限公司 alike
	if n.Trade == "" && n.Form != "股份" {
		for _, c := range list {
			if c.fit >= company.ByForm {
				ofGroup++
			}
		}
	}
	for _, better := range []func(candidate) bool{
		func(c candidate) bool { return c.placed && c.fit == company.Exact }, // 泉州银行 beside 泉州农村商业银行
		func(c candidate) bool { return c.placed },
		func(c candidate) bool {
			return c.fit == company.Exact && ofGroup < 2 && (n.Telling() || n.Trade == "" && !commonStems[n.Brand])
		},
		func(c candidate) bool { return c.fit >= company.ByTrade && n.Trade != "" },
		func(c candidate) bool { return c.fit == company.ByBrand && utf8.RuneCountInString(n.Brand) > 2 },
	} {
		best, count := candidate{}, 0
		for _, c := range list {
			if better(c) {
				best, count = c, count+1
			}
		}
		if count > 0 {
			return best, count == 1
		}
	}
	return candidate{}, false
}

// brandOnly is 1 for a name that has nothing but a brand, else 0.
func brandOnly(n company.Name) int {
	if n.Trade == "" && n.Form == "" {
		return 1
	}
	return 0
}

// bodies close the names of schools, hospitals and the like, which are called by what stands before: 黎明职业 for 黎明职业大学.
var bodies = []string{
	"大学", "学院", "学校", "中学", "小学", "幼儿园", "医院", "卫生院", "研究院", "研究所", "实验室", "博物馆", "图书馆", "美术馆", "体育馆", "基金会", "协会", "商会",
	"研究中心", "服务中心", "委员会", "管委会", "集团",
}

// contracted are words in the names of bodies as they are shortened: 泉州师院.
var contracted = [][2]string{
	{"师院", "师范学院"},
	{"师大", "师范大学"},
	{"职院", "职业技术学院"},
	{"理工", "理工大学"},
	{"医大", "医科大学"},
	{"农大", "农业大学"},
	{"工大", "工业大学"},
	{"科大", "科技大学"},
	{"附小", "附属小学"},
	{"附中", "附属中学"},
	{"实小", "实验小学"},
}

// clipped ties the beginning of a body's name to the name, where the document has only one that begins so, and a name with a
// contracted word to the one that has it in full.
func (b *builder) clipped() {
	whole := map[string][]int{}
	for i := range b.r.Groups {
		g := &b.r.Groups[i]
		if g.Kind != graph.KindOrganization || b.split[g.Ref] {
			continue
		}
		for _, head := range bodies {
			if cut, ok := strings.CutSuffix(text.Key(g.Name), head); ok && utf8.RuneCountInString(cut) >= distinctive {
				whole[cut] = append(whole[cut], i)
			}
		}
	}
	for i := range b.r.Groups {
		g := &b.r.Groups[i]
		if g.Kind != graph.KindOrganization || b.split[g.Ref] {
			continue
		}
		for _, c := range contracted {
			if name := text.Key(g.Name); strings.Contains(name, c[1]) {
				short := strings.Replace(name, c[1], c[0], 1)
				whole[short] = append(whole[short], i)
			}
		}
	}
	for i := range b.r.Groups {
		g := &b.r.Groups[i]
		if of := whole[text.Key(g.Name)]; g.Kind == graph.KindOrganization && len(of) == 1 && of[0] != i && !b.split[g.Ref] && !b.generic[g.Ref] && g.Full == "" {
			b.tie(g, &b.r.Groups[of[0]], inClipped)
		}
	}
	b.schools()
}

// schools gives colleges, and what stands in front of the word for one, a key by which they find each other in other documents
// of their city: 黎明职业 there is 黎明职业大学 here, unless the city has 黎明职业学院 as well.
func (b *builder) schools() {
	city := circle(b.g, &b.r.Facts.Document, graph.City)
	if b.r.Facts.Document.AreaCode == "" {
		return
	}
	for i := range b.r.Groups {
		g := &b.r.Groups[i]
		if g.Kind != graph.KindOrganization || b.split[g.Ref] || b.generic[g.Ref] {
			continue
		}
		cut := text.Key(g.Name)
		for _, head := range []string{"技术大学", "技术学院", "大学", "学院"} {
			cut = strings.TrimSuffix(cut, head)
		}
		if utf8.RuneCountInString(cut) >= distinctive && slices.ContainsFunc(colleges, func(c string) bool { return strings.HasSuffix(cut, c) }) {
			g.link(schoolFamily + cut + "@" + city)
		}
	}
}

// colleges end what is left of a college's name when its last word is left out.
var colleges = []string{"职业", "师范", "理工", "医科", "幼儿师范", "医学高等专科", "高等专科"}

// villages makes one of a village with and without its town in front, and without the word for what it is (东园镇龙苍社区, 龙苍社区,
// 龙苍), where the document has only one that can be meant.
func (b *builder) villages() {
	var places []int
	for i := range b.r.Groups {
		if g := &b.r.Groups[i]; g.Kind == graph.KindPlace && g.Code == "" && !b.split[g.Ref] {
			places = append(places, i)
		}
	}
	village := func(i int) string { // without the town in front
		name := text.Key(b.r.Groups[i].Name)
		rest := name
		for _, town := range []string{"街道", "镇", "乡"} {
			if _, behind, ok := strings.Cut(name, town); ok && len(behind) < len(rest) {
				rest = behind
			}
		}
		return rest
	}
	join := func(called func(i int) string) {
		of := map[string][]int{}
		for _, i := range places {
			name := called(i)
			if utf8.RuneCountInString(name) > 1 && name != text.Key(b.r.Groups[i].Name) &&
				!slices.ContainsFunc(of[name], func(k int) bool { return b.r.Groups[k].Keys[0] == b.r.Groups[i].Keys[0] }) {
				of[name] = append(of[name], i)
			}
		}
		for _, i := range places {
			g := &b.r.Groups[i]
			if whole := of[text.Key(g.Name)]; len(whole) == 1 && whole[0] != i {
				g.Keys[0], g.Scope = b.r.Groups[whole[0]].Keys[0], b.r.Groups[whole[0]].Scope
			}
		}
	}
	join(func(i int) string {
		if rest := village(i); strings.HasSuffix(rest, "社区") || strings.HasSuffix(rest, "村") {
			return rest
		}
		return ""
	})
	join(func(i int) string {
		rest := village(i)
		for _, sort := range []string{"社区", "村"} {
			if cut, ok := strings.CutSuffix(rest, sort); ok {
				return cut
			}
		}
		return ""
	})
}

// posts notes what posts people hold and where: two of one name in one area are told apart by nothing else. All of an area's
// government and party is one place to hold posts in.
func (b *builder) posts() {
	note := func(g *Group, post string) {
		if post != "" && !slices.Contains(g.Posts, post) {
			g.Posts = append(g.Posts, post)
		}
	}
	for _, s := range b.r.Facts.Statements {
		if s.Type != graph.HoldsPost {
			continue
		}
		person, body := b.of(&s.Head), b.of(&s.Tail)
		if person == nil || body == nil || person.Kind != graph.KindPerson {
			continue
		}
		where := body.Keys[0]
		if body.Kind == graph.KindPlace || slices.ContainsFunc(offices, func(w string) bool { return strings.Contains(body.Name, w) }) {
			where = "government"
		}
		note(person, where)
		note(person, s.Post)
		if body.Kind == graph.KindEnterprise && body.Scope == "" && !b.split[person.Ref] && !b.split[body.Ref] {
			person.link(postFamily + text.Key(person.Name) + "|" + body.Keys[0]) // the head of one firm is one man, whoever names him
		}
	}
}

// offices are in the names of the bodies that govern an area.
var offices = []string{"政府", "区委", "县委", "市委", "省委", "党委", "党工委", "管委会", "人大", "政协", "纪委", "监委"}

// tie links a short name to its full name in this document. A short name too short to single out one firm everywhere then
// holds in the document's city only, and one of anything else (二小) in its area.
func (b *builder) tie(short, full *Group, by string) {
	d := &b.r.Facts.Document
	key := documentFamily + by + "|" + string(d.ID) + "|" + full.Ref
	full.link(key)
	short.Full = full.Ref
	if name := text.Key(short.Name); short.Code == "" && !b.generic[short.Ref] && ambiguous(name) {
		if short.Scope = areaOf(d); short.Kind == graph.KindEnterprise {
			short.Scope = circle(b.g, d, graph.City)
		}
		short.Keys[0] = keyOf(short.Kind, name, short.Scope)
	}
	short.link(key)
}

func (b *builder) of(m *graph.Mention) *Group {
	i, ok := b.r.at[place{m.ByteStart, m.ByteEnd, m.Kind}]
	if !ok {
		return nil
	}
	return &b.r.Groups[i]
}

// finish sorts the groups and all they hold.
func (b *builder) finish() {
	order := make([]int, len(b.r.Groups))
	for i := range order {
		order[i] = i
		g := &b.r.Groups[i]
		slices.Sort(g.Surfaces)
		slices.Sort(g.Keys[1:])
		slices.Sort(g.OwnIDs)
		slices.Sort(g.Apart)
		slices.Sort(g.Posts)
	}
	slices.SortFunc(order, func(x, y int) int { return cmp.Compare(b.r.Groups[x].Ref, b.r.Groups[y].Ref) })
	sorted, to := make([]Group, len(order)), make([]int, len(order))
	for i, from := range order {
		sorted[i], to[from] = b.r.Groups[from], i
	}
	b.r.Groups = sorted
	for p, i := range b.r.at {
		b.r.at[p] = to[i]
	}
	hashes := make([]string, 0, len(b.touched))
	for h := range b.touched {
		hashes = append(hashes, h)
	}
	slices.Sort(hashes)
	b.r.Stamp = strings.Join(hashes, ",")
}

// Index lists the keys of the document for the index of names: every linking key with the groups that bear it, and every
// name, so that judgements find their documents.
func (r *Reading) Index() map[string][]Group {
	out := map[string][]Group{}
	for _, g := range r.Groups {
		for _, key := range g.Keys {
			out[key] = append(out[key], g)
		}
		out[NameKey(g.Kind, g.Name)] = nil
	}
	for i := range r.Facts.Mentions {
		m := &r.Facts.Mentions[i]
		out[NameKey(m.Kind, m.FoldedName())] = nil
		for j := range m.Parts {
			out[NameKey(m.Parts[j].Kind, m.Parts[j].FoldedName())] = nil
		}
	}
	return out
}

// Group returns the group that a mention, a part or a statement's end is in, or nil.
func (r *Reading) Group(m *graph.Mention) *Group {
	i, ok := r.at[place{m.ByteStart, m.ByteEnd, m.Kind}]
	if !ok {
		return nil
	}
	return &r.Groups[i]
}

func (g *Group) String() string { return fmt.Sprintf("%s in %s", g.Ref, g.Doc) }
