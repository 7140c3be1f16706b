package relate

import (
	"regexp"
	"regexp/syntax"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/graph"
)

// A form is a rule over a sentence in which each name is one sign. Its expression is that of package regexp, with
//
//	<h:EO>   a list of names, each an enterprise or organisation, as heads (t: tails; h1, h2, t1: a single one; all: partners)
//	~8       at most 8 characters without a name or the end of a clause
//	…8       likewise, but names may stand among them
//
// and E enterprise, P project, L place, O organization, N person.
type form struct {
	relation graph.EdgeType
	need     string // words, separated by |, of which the sentence must have one; looked for first, because it is cheap
	expr     string
	example  string // the sentence that it is for, names in brackets
	want     string // what is read from the example: "head → tail", separated by ；
	check    func(*match) bool
}

// match is what a form found.
type match struct {
	*view
	heads, tails []int // indexes of names
	before       string
	after        string
	groups       map[string]string
}

const kindsOrder = "EPLON"

var kindOf = map[byte]graph.Kind{'E': graph.KindEnterprise, 'P': graph.KindProject, 'L': graph.KindPlace, 'O': graph.KindOrganization, 'N': graph.KindPerson}

// Signs of names are characters of the private use area: a block of 256 for each kind.
const firstSign = 0xE000

func sign(n *Name, i int) rune {
	for k := range len(kindsOrder) {
		if kindOf[kindsOrder[k]] == n.Kind {
			return firstSign + rune(k)<<8 + rune(i)
		}
	}
	return ' '
}

func signed(r rune) (int, bool) {
	if r < firstSign || r >= firstSign+rune(len(kindsOrder))<<8 {
		return 0, false
	}
	return int(r & 0xFF), true
}

const (
	anySign   = `\x{E000}-\x{E4FF}`
	placeSign = `\x{E200}-\x{E2FF}`
)

var (
	slot  = regexp.MustCompile(`<(\w+):([A-Z]+)>`)
	short = regexp.MustCompile(`~(\d+)`)
	wide  = regexp.MustCompile(`…(\d+)`)
)

// expression is that of the form, as package regexp reads it.
func (f *form) expression() string {
	expr := slot.ReplaceAllStringFunc(f.expr, func(s string) string {
		m := slot.FindStringSubmatch(s)
		var class strings.Builder
		for _, k := range []byte(m[2]) {
			at := firstSign + strings.IndexByte(kindsOrder, k)<<8
			class.WriteString(`\x{` + strconv.FormatInt(int64(at), 16) + `}-\x{` + strconv.FormatInt(int64(at+255), 16) + `}`)
		}
		one := `["“「『]*[` + class.String() + `]["”」』]*(?:[（(](?:以下|下)?简?称?[：:“"]*[` + class.String() + `]["”]*[）)])?`
		if strings.TrimRight(m[1], "0123456789") == m[1] { // not a single one
			one += `(?:(?:、|以及|和|及|与|暨)` + one + `)*`
		}
		return `(?P<` + m[1] + `>` + one + `)`
	})
	expr = short.ReplaceAllString(expr, `[^，。；：！？`+anySign+`]{0,$1}?`)
	return wide.ReplaceAllString(expr, `[^，。；：！？]{0,$1}?`)
}

type compiled struct {
	*form
	re    func() *regexp.Regexp
	quick func() *automaton // tells what surely does not match; nil if there is none
	need  []int             // numbers of the words of which one must be there; none if any text will do
	slots []kindSet         // of each slot, the kinds that it takes
}

// formSet is all forms, with what is found out once for all of them.
type formSet struct {
	forms []compiled
	*alphabet
	needed wordSet
}

// kindSet is a set of kinds, a bit for each of kindsOrder.
type kindSet uint8

func kindSetOf(kinds string) kindSet {
	var s kindSet
	for _, k := range []byte(kinds) {
		s |= 1 << strings.IndexByte(kindsOrder, k)
	}
	return s
}

// kinds are those of the names of the sentence.
func (v *view) kinds() kindSet {
	var s kindSet
	for i := range v.Names {
		if r := sign(&v.Names[i], 0); r != ' ' {
			s |= 1 << ((r - firstSign) >> 8)
		}
	}
	return s
}

// required are the kinds of the slots of an expression that stand in no group, so that each must be there.
func required(expr string) []kindSet {
	var slots []kindSet
	depth := 0
	for i := 0; i < len(expr); i++ {
		switch expr[i] {
		case '(':
			depth++
		case ')':
			depth--
		case '|':
			if depth == 0 {
				return nil
			}
		case '<':
			if m := slot.FindStringSubmatch(expr[i:]); depth == 0 && m != nil && strings.HasPrefix(expr[i:], m[0]) {
				slots = append(slots, kindSetOf(m[2]))
			}
		}
	}
	return slots
}

// fits reports whether a sentence with names of some kinds has one for each slot.
func (f *compiled) fits(kinds kindSet) bool {
	for _, slot := range f.slots {
		if slot&kinds == 0 {
			return false
		}
	}
	return true
}

var compiledForms = sync.OnceValue(func() *formSet {
	all := &formSet{forms: make([]compiled, len(forms)), needed: wordSet{ids: make(map[string]int)}}
	programs := make([]*syntax.Prog, len(forms))
	var automata []*syntax.Prog
	for i := range forms {
		f, expr := &all.forms[i], forms[i].expression()
		f.form, f.slots = &forms[i], required(forms[i].expr)
		f.re = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
		if programs[i] = program(expr); programs[i] != nil {
			automata = append(automata, programs[i])
		}
		if f.form.need == "" {
			continue
		}
		for w := range strings.SplitSeq(f.form.need, "|") {
			f.need = append(f.need, all.needed.add(w))
		}
	}
	all.alphabet = newAlphabet(automata, all.needed.firsts(), true)
	all.needed.index(all.alphabet)
	for i, p := range programs {
		all.forms[i].quick = func() *automaton { return nil }
		if p != nil {
			all.forms[i].quick = sync.OnceValue(func() *automaton { return newAutomaton(p, all.alphabet) })
		}
	}
	return all
})

// maxMatches bounds what one form finds in a sentence.
const maxMatches = 16

// forms applies all forms to the sentence, and again to the sentence without what stands in brackets.
func (v *view) forms() {
	if len(v.Names) < 2 {
		return
	}
	v.pairUp()
	all, kinds := compiledForms(), v.kinds()
	plain := all.text(v.skeleton())
	needed := all.needed.in(plain.string, plain.classes)
	var bare, resumed classed
	begun := false
	for i := range all.forms {
		f := &all.forms[i]
		if !f.fits(kinds) || f.need != nil && !needed.hasAny(f.need) {
			continue
		}
		if !begun {
			begun = true
			if without := brackets.ReplaceAllString(plain.string, ""); without != plain.string {
				bare = all.text(without)
			}
			resumed = all.text(v.resumed())
		}
		v.apply(f, plain)
		if bare.string != "" {
			v.apply(f, bare)
		}
		if resumed.string != "" {
			v.apply(f, resumed)
		}
	}
}

// classed is a text with the classes of its characters.
type classed struct {
	string
	classes []uint16
}

func (f *formSet) text(s string) classed {
	if s == "" {
		return classed{}
	}
	return classed{s, f.classes(make([]uint16, 0, len(s)/2), s)}
}

var brackets = newPattern(`[（(][^（()）]{0,120}[）)]`)

// skeleton is the sentence with each name as its sign.
func (v *view) skeleton() string { return v.signed(nil) }

// resumption puts the sign of what a sentence speaks of where a clause resumes it: 公司, 其, or nothing at all.
type resumption struct {
	at, drop int // bytes of the text
	name     int
}

// signed is the sentence with each name as its sign, and with some resumed.
func (v *view) signed(resumed []resumption) string {
	var b strings.Builder
	b.Grow(len(v.Text))
	at := 0
	text := func(to int) {
		for ; len(resumed) > 0 && resumed[0].at <= to; resumed = resumed[1:] {
			if r := resumed[0]; r.at >= at && r.at+r.drop <= to {
				b.WriteString(v.Text[at:r.at])
				b.WriteRune(sign(&v.Names[r.name], r.name))
				at = r.at + r.drop
			}
		}
		b.WriteString(v.Text[at:max(at, to)])
	}
	for i := range v.Names {
		text(v.Names[i].Start)
		b.WriteRune(sign(&v.Names[i], i))
		at = v.Names[i].End
	}
	text(len(v.Text))
	return b.String()
}

// Words with which a clause takes up again what the sentence speaks of: as a firm, as a project, as whatever it is; and those
// before which it is left out.
var (
	firmAgain    = []string{"该公司", "该集团", "该企业", "公司", "集团", "企业"}
	projectAgain = []string{"该项目", "该工程", "项目", "工程"}
	again        = []string{"它", "其"}
	leftOut      = []string{
		"并", "还", "也", "又", "再", "先后", "已", "将", "拟", "计划", "正", "现", "目前", "与", "同", "携手", "联合", "联手", "注册地", "起点", "终点", "投资", "出资", "斥资", "承建", "参建", "参与", "建成", "建设", "新建", "收购", "在", "位于", "由", "旗下",
		"下属", "成功", "日前", "近日", "今年", "去年", "总投资",
		"是", "全新", "成立", "设立", "承诺", "宣布",
	}
	between = []string{"目前", "现", "同时", "此外", "另外", "其中", "预计", "今年", "去年", "当时", "随后", "而", "但", "据悉", "至今"} // in front of these words
)

// dateFirst is a date with which a clause begins.
var dateFirst = regexp.MustCompile(`^(?:[0-9]{4}年)?(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?`)

// resumed is the sentence with what its clauses leave out; "" if they leave out nothing.
func (v *view) resumed() string {
	var all []resumption
	firm, project := -1, -1
	next := 0
	for c, clause := range v.clauses {
		words := v.Text[clause.Start:clause.End]
		first := len(v.lists)
		for ; next < len(v.lists) && v.lists[next].clause <= c; next++ {
			first = min(first, next)
		}
		if c > 0 && (first == len(v.lists) || v.lists[first].Start > clause.Start) {
			at := clause.Start
			if date := dateFirst.FindString(words); date != "" && startsAny(words[len(date):], leftOut) {
				words, at = words[len(date):], at+len(date)
			}
			for _, w := range between {
				if rest, ok := strings.CutPrefix(words, w); ok && startsAny(rest, slices.Concat(firmAgain, projectAgain, again)) {
					words, at = rest, at+len(w)
					break
				}
			}
			subject := firm
			if project > firm {
				subject = project
			}
			switch {
			case firm >= 0 && startsAny(words, firmAgain):
				all = append(all, resumption{at, len(prefixOf(words, firmAgain)), firm})
			case project >= 0 && startsAny(words, projectAgain):
				all = append(all, resumption{at, len(prefixOf(words, projectAgain)), project})
			case subject >= 0 && startsAny(words, again):
				all = append(all, resumption{at, len(prefixOf(words, again)), subject})
			case subject >= 0 && startsAny(words, leftOut):
				all = append(all, resumption{at, 0, subject})
			}
		}
		for l := first; l < next; l++ {
			n := v.lists[l].names[0]
			if !v.subject(l, clause) || startsAny(v.Text[clause.Start:clause.End], []string{"与", "同", "跟"}) { // 与建成的甲相连，终点位于乙
				continue
			}
			lead := strings.TrimRight(v.Text[min(clause.Start, v.lists[l].Start):v.lists[l].Start], openers)
			if _, _, end := lastVerb(lead); end >= 0 && end == len(lead) { // 启动甲建设，新建乙: nobody says who does
				continue
			}
			switch name := &v.Names[n]; {
			case name.Kind == graph.KindEnterprise || name.Kind == graph.KindOrganization:
				firm = n
			case name.Kind == graph.KindProject || name.Kind == graph.KindPlace && name.Place.Level() == 0 && projectLike(name):
				project = n
			default:
				continue
			}
			break
		}
	}
	if len(all) == 0 {
		return ""
	}
	return v.signed(all)
}

// prefixOf is the first of some words with which a stretch begins.
func prefixOf(s string, words []string) string {
	for _, w := range words {
		if strings.HasPrefix(s, w) {
			return w
		}
	}
	return ""
}

func (v *view) apply(f *compiled, text classed) {
	if quick := f.quick(); quick != nil && !quick.may(text.classes) {
		return
	}
	skeleton, re := text.string, f.re()
	labels := re.SubexpNames()
	for _, at := range re.FindAllStringSubmatchIndex(skeleton, maxMatches) {
		m := match{view: v, before: skeleton[:at[0]], after: skeleton[at[1]:], groups: map[string]string{}}
		for g, label := range labels {
			if label == "" || at[2*g] < 0 {
				continue
			}
			part := skeleton[at[2*g]:at[2*g+1]]
			m.groups[label] = part
			switch strings.TrimRight(label, "0123456789") {
			case "h":
				m.heads = append(m.heads, signs(part, f.relation == graph.LocatedIn || f.relation == graph.PartOf)...)
			case "t":
				m.tails = append(m.tails, signs(part, false)...)
			case "all":
				m.heads = signs(part, false)
			}
		}
		m.groups["all"] = skeleton[at[0]:at[1]]
		if denied(m.groups["all"]) || f.check != nil && !f.check(&m) {
			continue
		}
		if slices.Contains(labels, "all") {
			for i, a := range m.heads {
				for _, b := range m.heads[i+1:] {
					v.fill(f.form, &m, a, b)
				}
			}
			continue
		}
		for _, h := range m.heads {
			for _, t := range m.tails {
				v.fill(f.form, &m, h, t)
			}
		}
	}
}

func (v *view) fill(f *form, m *match, h, t int) {
	if h == t || f.relation == graph.PartnersWith && v.otherwisePaired(h, t) {
		return
	}
	head, tail := v.Names[h], v.Names[t]
	s := Statement{
		Type: f.relation, Head: head, Tail: tail, Modality: v.tense(m.groups["all"]), Year: v.Year, Basis: graph.BasisSentence,
		Confidence: 0.8 * min(head.Confidence, tail.Confidence), By: "form:" + f.example,
		Share: m.groups["share"], Post: clean(m.groups["post"]),
	}
	v.state(s)
}

// otherwisePaired reports whether two names stand in a list of pairs and in different ones: 甲与乙、丙与丁签约.
func (v *view) otherwisePaired(x, y int) bool {
	return v.pairs != nil && v.pairs[x] != v.pairs[y]
}

// pairUp numbers the pairs of lists in which 与 and 、 take turns, and states those that a word of cooperation follows. Names in no
// such list have the number 0.
func (v *view) pairUp() {
	v.pairs = make([]int, len(v.Names))
	number := 0
	for first := 0; first < len(v.Names); {
		last, sides := first, []int{first} // where each side begins
		for ; last+1 < len(v.Names); last++ {
			gap := strings.TrimRight(strings.TrimLeft(v.Text[v.Names[last].End:v.Names[last+1].Start], closers), openers)
			if gap == "" { // 海国“明川”: one side
				continue
			}
			if with := slices.Contains(withs, gap); with != (len(sides)%2 == 1) || !with && gap != "、" {
				break
			}
			sides = append(sides, last+1)
		}
		if len(sides) >= 4 && len(sides)%2 == 0 {
			sides = append(sides, last+1)
			behind := within(v.Text[v.Names[last].End:])
			for i := 0; i+2 < len(sides); i += 2 {
				number++
				for n := sides[i]; n < sides[i+2]; n++ {
					v.pairs[n] = number
				}
				if cooperation.MatchString(behind) && !denied(behind) {
					v.fill(&pairForm, &match{view: v, groups: map[string]string{"all": behind}}, sides[i+1]-1, sides[i+2]-1)
				}
			}
		}
		first = last + 1
	}
}

// withs stand between the two sides of a pair.
var withs = []string{"与", "和", "同", "跟"}

// cooperation is a word of cooperation.
var cooperation = newPattern(cooperate)

// pairForm is what lists of pairs are stated by.
var pairForm = form{relation: graph.PartnersWith, example: "[E 明川]与[E 永泽]、[E 海棠]与[E 林溪]签约"}

// denials are words that make a clause say that something is not, or only if.
var denials = []string{"尚未", "并未", "没有", "未能", "未与", "不再", "不与", "拒绝", "否认", "终止", "如果", "假如", "倘若", "一旦", "是否", "传闻", "谣言"}

func denied(s string) bool { return containsAny(s, denials) }

// hopes are words by which a clause says what shall be and is not yet.
var hopes = []string{"将", "拟", "计划", "预计", "争取", "力争", "力促", "有望", "有意", "打算", "希望", "即将", "规划", "筹备", "拟建", "欲"}

// tense is that of a clause: that of its section, unless its own words say that it speaks of what shall be.
func (v *view) tense(clause string) graph.Modality {
	if containsAny(clause, hopes) {
		return graph.Planned
	}
	if v.Modality == "" {
		return graph.Reported
	}
	return v.Modality
}

// signs are the names that a slot took, with or without their other names in brackets.
func signs(s string, others bool) []int {
	var out []int
	depth := 0
	for _, r := range s {
		switch r {
		case '（', '(':
			depth++
		case '）', ')':
			depth--
		}
		if i, ok := signed(r); ok && (others || depth == 0) {
			out = append(out, i)
		}
	}
	return out
}

// clean is a stretch without the marks and particles at its ends.
func clean(s string) string {
	return strings.Trim(strings.TrimPrefix(strings.TrimSpace(s), "的"), "“”\"、— ")
}

// projectLike reports whether a place is something that is built.
func projectLike(n *Name) bool {
	switch n.Place {
	case graph.Park, graph.Road, graph.Railway, graph.Bridge, graph.Building, graph.Scenic, graph.Water, graph.Other, "":
		return true
	}
	return false
}

// area reports whether a place is one that things lie in.
func area(n *Name) bool {
	return n.Kind == graph.KindPlace && n.Place != graph.Building && n.Place != graph.Bridge
}

func (m *match) built() bool {
	for _, t := range m.tails {
		if n := &m.Names[t]; n.Kind == graph.KindPlace && !projectLike(n) {
			return false
		}
	}
	return true
}

func (m *match) apart() bool {
	return !slices.ContainsFunc(m.heads, func(h int) bool { return slices.Contains(m.tails, h) })
}

// majority reports whether what follows names no minority share.
func (m *match) majority() bool {
	percent := shareOf.FindStringSubmatch(m.after)
	if percent == nil {
		return true
	}
	share, err := strconv.ParseFloat(percent[1], 64)
	return err == nil && share > 50
}

var shareOf = newPattern(`^["”]?(?:的)?(?:约)?([0-9.]+)[%％]`)

// inAreas reports whether all tails are areas, and no head contains a tail.
func (m *match) inAreas() bool {
	for _, t := range m.tails {
		if !area(&m.Names[t]) {
			return false
		}
	}
	return m.apart()
}

func runes(s string) int { return utf8.RuneCountInString(s) }
