package relate

import (
	"cmp"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/extract/text"
	"github.com/tupu-kg/tupu/graph"
)

// Name is a name in a sentence, or inside another name.
type Name struct {
	text.Range
	Kind       graph.Kind // "" for a tail that is text as written (AMOUNT), honour for an award
	Place      graph.PlaceKind
	Confidence float64
	Near       bool   // a place that lies in the city that the document speaks for
	Parts      []Name // names inside it, ascending; they may lie inside each other
}

// Sentence is a sentence with its names and the tense of its section.
type Sentence struct {
	Text     string // folded
	Names    []Name // ascending, not overlapping
	Modality graph.Modality
	Year     int // that the section speaks of, 0 if unknown
}

// Statement is what a sentence states. Its ends are names of the sentence, parts of them, or stretches inside them that only
// the statement needs (闽投 in 闽投深海牧场); the tail of a STATUS is the head again.
type Statement struct {
	Type       graph.EdgeType
	Head, Tail Name
	State      string
	Post       string
	Role       string
	Share      string
	Quantity   *graph.Quantity
	Modality   graph.Modality
	Year       int
	Date       string
	Basis      graph.Basis
	Confidence float64
	By         string
}

// Bounds beyond which a sentence is a table or a roll, of which only the names themselves are read.
const (
	maxNames = 120
	maxBytes = 4000
)

// Read returns the statements of a sentence, ordered by type and position. Its cost is proportional to the length of the
// sentence times the number of names.
func Read(s *Sentence) []Statement {
	v := &view{Sentence: s}
	for i := range s.Names {
		v.anatomy(&s.Names[i])
	}
	if line := dateline.FindString(s.Text); line != "" { // who brings the news takes no part in it
		told := *s
		told.Names = slices.Clone(s.Names[named(s.Names, len(line)):])
		s, v.Sentence = &told, &told
	}
	if len(s.Names) > 0 && len(s.Names) <= maxNames && len(s.Text) <= maxBytes {
		v.segment()
		if v.row() {
			return v.sorted()
		}
		v.headed()
		v.forms()
		v.stages()
		v.honours()
		v.amounts()
	}
	return v.sorted()
}

// dateline is what stands in front of a report of a news agency: 海国社消息（记者 王明远）：.
var dateline = newPattern(`^[^，。；：]{0,24}(?:消息|讯|电|报道)(?:[（(][^）)]{0,24}[）)])?[：:]`)

// named is how many names end at or before a position.
func named(names []Name, at int) int {
	return sort.Search(len(names), func(i int) bool { return names[i].End > at })
}

// view is a sentence being read.
type view struct {
	*Sentence
	clauses []text.Range
	lists   []list
	pairs   []int // see otherwisePaired
	out     []Statement
}

// list is a run of names that share what is said of them: A、B和C.
type list struct {
	names []int
	text.Range
	clause int
	aside  int // where the brackets end that stand behind its last name and hold others; 0 without them
}

// closers and openers are marks that stand around names.
const (
	closers = "”’」』》）)\"'"
	openers = "“‘「『《（(\"'"
)

var connectors = []string{"以及", "及其", "、", "和", "及", "与", "暨", "或"}

// segment cuts the sentence into clauses and its names into lists.
func (v *view) segment() {
	start := 0
	for i, r := range v.Text {
		switch r {
		case '，', '。', '；', '：', '！', '？', '\n', ',', ';':
			if i > start {
				v.clauses = append(v.clauses, text.Range{Start: start, End: i})
			}
			start = i + utf8.RuneLen(r)
		}
	}
	if start < len(v.Text) {
		v.clauses = append(v.clauses, text.Range{Start: start, End: len(v.Text)})
	}
	for i := range v.Names {
		n := &v.Names[i]
		if l := len(v.lists); l > 0 {
			last := v.lists[l-1].names[len(v.lists[l-1].names)-1]
			if end := v.aside(&v.lists[l-1], n); end > 0 { // A（B至C）、D
				v.lists[l-1].aside = end
				continue
			}
			if v.joined(&v.Names[last], n, v.lists[l-1].aside) {
				v.lists[l-1].names = append(v.lists[l-1].names, i)
				v.lists[l-1].End = v.past(n.End)
				v.lists[l-1].aside = 0
				continue
			}
			v.lists[l-1].End = max(v.lists[l-1].End, v.lists[l-1].aside)
		}
		v.lists = append(v.lists, list{names: []int{i}, Range: text.Range{Start: n.Start, End: v.past(n.End)}, clause: v.clauseOf(n.Start)})
	}
}

// aside is where the brackets end that open right behind a list and hold a name, with which the list does not end; 0 if the name
// stands in none. The other name of what stands in front is a member of the list.
func (v *view) aside(l *list, n *Name) int {
	const longest = 120 // bytes
	if l.aside > 0 && n.End <= l.aside {
		return l.aside
	}
	if l.aside > 0 {
		return 0
	}
	gap := v.Text[min(l.End, n.Start):n.Start]
	if !strings.HasPrefix(gap, "（") && !strings.HasPrefix(gap, "(") || len(gap) > longest {
		return 0
	}
	rest := v.Text[l.End:min(len(v.Text), l.End+2*longest)]
	shut := strings.IndexAny(rest, "）)")
	if shut < 0 || l.End+shut < n.End || alias(gap) && l.End+shut <= v.past(n.End) {
		return 0
	}
	_, size := utf8.DecodeRuneInString(rest[shut:])
	if end := l.End + shut + size; strings.HasPrefix(v.Text[end:], "、") || strings.HasPrefix(v.Text[end:], "等") || strings.HasPrefix(v.Text[end:], "和") {
		return end
	}
	return 0
}

// past is the end of the marks that close behind a name.
func (v *view) past(end int) int {
	for end < len(v.Text) {
		r, size := utf8.DecodeRuneInString(v.Text[end:])
		if !strings.ContainsRune(closers, r) {
			break
		}
		end += size
	}
	return end
}

func (v *view) clauseOf(offset int) int {
	i, _ := slices.BinarySearchFunc(v.clauses, offset, func(c text.Range, at int) int {
		switch {
		case c.End <= at:
			return -1
		case c.Start > at:
			return 1
		}
		return 0
	})
	return min(i, len(v.clauses)-1)
}

// maxUnknown bounds, in characters, the members of a list that are no recognised names.
const maxUnknown = 14

// joined reports whether two neighbouring names are members of one list: nothing but a connector stands between them, or
// further members that were not recognised, or the second is the first's other name in brackets. What stands
// in brackets behind the first, up to aside, is left out.
func (v *view) joined(a, b *Name, aside int) bool {
	gap := v.Text[min(max(a.End, aside), b.Start):b.Start]
	if gap == "" && a.Kind == graph.KindPlace && a.Place.Level() == 0 && strings.HasPrefix(v.Text[b.End:], "段") {
		return true // 滨海大道丰南段
	}
	if len(gap) > 3*maxUnknown+12 {
		return false
	}
	if alias(gap) && strings.IndexAny(v.Text[b.End:], "）)") == strings.Index(v.Text[b.End:], strings.TrimLeft(v.Text[b.End:], "”\"’")) {
		return a.Kind == b.Kind
	}
	gap = strings.TrimRight(strings.TrimLeft(gap, closers), openers)
	for _, w := range worked { // A建设、B改造等
		if rest, ok := strings.CutPrefix(gap, w); ok && connectorAt(rest, strings.HasPrefix) != "" {
			gap = rest
			break
		}
	}
	for _, c := range connectors {
		if gap == c {
			return true
		}
	}
	if more := listTail.FindString(gap); more != "" && connectorAt(gap[len(more):], strings.HasPrefix) == gap[len(more):] && len(more) < len(gap) {
		return true // A等19个项目和B
	}
	first := connectorAt(gap, strings.HasPrefix)
	last := connectorAt(gap, strings.HasSuffix)
	if first == "" || last == "" || len(first)+len(last) >= len(gap) || utf8.RuneCountInString(gap) > maxUnknown {
		return false
	}
	middle := gap[len(first) : len(gap)-len(last)]
	return !strings.ContainsAny(middle, "，。；：,;（()） ") && !containsAny(middle, verbsInside)
}

// worked are nouns that may stand behind a member of a list, before the next.
var worked = []string{"除险加固", "提升改造", "改造提升", "改扩建", "建设", "改造", "修缮", "提升", "工程", "项目", "二期", "一期", "三期", "扩建", "核心区", "起步区", "启动区", "先导区", "主体"}

// verbsInside are words that no member of a list contains, so that what holds one is a clause.
var verbsInside = []string{"推进", "加快", "建成", "投产", "投用", "开工", "竣工", "完成", "签约", "落地", "实施", "启动", "的", "在", "了", "是", "将", "对", "由", "等"}

func connectorAt(s string, has func(s, part string) bool) string {
	for _, c := range connectors {
		if has(s, c) {
			return c
		}
	}
	return ""
}

// alias reports whether what stands before a name says that it is another name of the one in front.
func alias(gap string) bool {
	rest, ok := strings.CutPrefix(strings.Replace(gap, "(", "（", 1), "（")
	if !ok {
		return false
	}
	rest = strings.Trim(rest, "“\"‘：:")
	switch rest {
	case "", "简称", "以下简称", "下称", "以下称", "又称":
		return true
	}
	return false
}

func containsAny(s string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(s, w) })
}

func (v *view) name(n *Name) string { return v.Text[n.Start:n.End] }

// state adds a statement, unless the sentence has said it already.
func (v *view) state(s Statement) {
	if s.Type != graph.Status && v.Text[s.Head.Start:s.Head.End] == v.Text[s.Tail.Start:s.Tail.End] {
		return
	}
	s.Head.Parts, s.Tail.Parts = nil, nil
	for i := range v.out {
		o := &v.out[i]
		if o.Type != s.Type {
			continue
		}
		same := v.name(&o.Head) == v.name(&s.Head) && v.name(&o.Tail) == v.name(&s.Tail)
		if s.Type.Symmetric() {
			same = same || v.name(&o.Head) == v.name(&s.Tail) && v.name(&o.Tail) == v.name(&s.Head)
		}
		switch {
		case !same:
		case s.Type == graph.Status && (o.State != s.State || o.Modality != s.Modality):
		case s.Basis == graph.BasisSentence && o.Basis == graph.BasisName: // words outweigh the parts of a name
			*o = s
			return
		default:
			return
		}
	}
	v.out = append(v.out, s)
}

func (v *view) sorted() []Statement {
	var kept []Statement
	for i := range v.out { // what a thing is part of is not where it lies besides, nor what it is about
		s := &v.out[i]
		if (s.Type == graph.LocatedIn || s.Type == graph.Concerns) && s.Basis == graph.BasisName && slices.ContainsFunc(v.out, func(o Statement) bool {
			return o.Type == graph.PartOf && o.Head.Range == s.Head.Range && o.Tail.Range == s.Tail.Range
		}) {
			continue
		}
		kept = append(kept, *s)
	}
	v.out = kept
	slices.SortStableFunc(v.out, func(a, b Statement) int {
		return cmp.Or(cmp.Compare(a.Type, b.Type), cmp.Compare(a.Head.Start, b.Head.Start), cmp.Compare(a.Tail.Start, b.Tail.Start),
			cmp.Compare(a.State, b.State))
	})
	return v.out
}
