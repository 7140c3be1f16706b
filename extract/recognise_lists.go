package extract

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/extract/text"
	"github.com/tupu-kg/tupu/graph"
)

// Lists give their members a type, and a number that checks how they were cut:
//
//	推动 | 华悦和信科技产业园、甲、乙 | 等 | 3 个 工业 项目
//	verb   members                    mark  number, class
//
// The members' own heads outrank the class of the list. A list without 等 (海江、高铁、秀涂三大城市片区) needs its number to agree.

// maxMembers bounds a list.
const maxMembers = 40

// lists finds lists and adds their members.
func (v *sentence) lists() {
	for i := range v.Words {
		switch {
		case v.role(i, roleEtc):
			if c, ok := v.listClass(i+1, false); ok {
				v.members(i, c, false)
			}
		case i > 0 && v.role(i-1, roleEtc):
			// the list ended before 等
		case v.class(i) == classNumber || v.class(i) == classNumeral || v.class(i) == classStop && v.Words[i].runes == 2:
			if c, ok := v.listClass(i, true); ok {
				v.members(i, c, true)
			}
		}
	}
}

// siblings lends the type of a name to its neighbours in a list that end with a head of the same kind: 梅岭村、山内村;
// 立亚新材、精准机械.
func (v *sentence) siblings() {
	for n := 0; n < len(v.found) && n < 4*len(v.Words); n++ {
		c := v.found[n]
		if c.Kind == "" || c.Kind == graph.KindPerson || c.Confidence < weakName || c.Place.Level() > 0 && c.By == "gazetteer" {
			continue
		}
		if i := v.at(c.Start); i > 1 && v.is(i-1, "、") {
			if first, _ := v.member(i-1, false, listed{}); first < i-1 {
				v.sibling(text.Range{Start: first, End: i - 1}, c)
			}
		}
		if i := v.at(c.End); i > 0 && (v.is(i, "、") || v.is(i, "和", "及", "与") && v.is(v.inside(c.Start)-1, "、")) {
			end := i + 2
			for end < len(v.Words) && v.class(end) != classPunct && v.class(end) != classStop && v.class(end) != classVerb &&
				v.class(end) != classTagVerb && v.class(end) != classSpace && end-i < 8 {
				end++
			}
			v.sibling(text.Range{Start: i + 1, End: end}, c)
		}
	}
}

// sibling adds the words of a span as a name like c, if they end with such a head and nothing else is known of them.
func (v *sentence) sibling(span text.Range, c Candidate) {
	span.End = min(span.End, len(v.Words))
	if span.Start >= span.End {
		return
	}
	from, to := v.Words[span.Start].Start, v.Words[span.End-1].End
	if n := utf8.RuneCountInString(v.Text[from:to]); n < 3 || n > 12 || v.class(span.Start) == classStop {
		return
	}
	kind, place, ok := v.ownHead(from, to)
	if !ok || kind != c.Kind || place != c.Place || !v.alike(v.Text[c.Start:c.End], v.Text[from:to]) {
		return
	}
	for _, o := range v.found {
		if o.Start <= from && to <= o.End || from <= o.Start && o.End <= to && o.Kind != "" && o.Confidence >= weakName {
			return
		}
	}
	v.add(from, to, kind, place, weakName, "rule:enumeration")
}

// alike reports whether two names end alike: with the same character, or both with trades.
func (v *sentence) alike(a, b string) bool {
	x, _ := utf8.DecodeLastRuneInString(a)
	y, _ := utf8.DecodeLastRuneInString(b)
	return x == y || v.traded(a) && v.traded(b)
}

func (v *sentence) traded(s string) bool {
	for i := range s {
		if v.lex.trades[s[i:]] {
			return true
		}
	}
	return false
}

// listed is what stands behind the members of a list.
type listed struct {
	listHead
	number   int  // 0 if none, or none that can be read (一批, 多家)
	numbered bool // a number or a word like 一批 stands there
}

// mostCounted is the largest number that a list without 等 may have.
const mostCounted = 12

// listClass reads a list's number and class from word i on: 19个工业项目, 3批共96个项目, 星级酒店项目, 园区. Of a list without 等, which
// is counted, there must be a small number.
func (v *sentence) listClass(i int, counted bool) (listed, bool) {
	var c listed
	for n := 0; n < 4 && i < len(v.Words); n++ { // numbers
		if v.is(i, "共", "共计", "合计", "近", "约", "超", "逾", "余", "大", "重点", "重大") && n > 0 || v.is(i, "近", "共", "一批", "多", "多家", "多个", "一系列", "两", "若干") {
			c.numbered = true
			i++
			continue
		}
		k := v.Words[i].facts.number
		if k < 0 {
			break
		}
		c.number, c.numbered = int(k), true
		i++
		if strings.HasSuffix(v.word(i-1), "大") && v.Words[i-1].runes > 1 {
			break
		}
		if v.is(i, "多", "余") {
			c.number = 0
			i++
		}
		if i < len(v.Words) && (strings.Contains(measures, v.word(i)) || v.is(i, "大", "类")) {
			i++
		}
	}
	if counted && (c.number < 2 || c.number > mostCounted) {
		return c, false
	}
	if i < len(v.Words) && v.class(i) == classPunct { // 96个“抓城建提品质”项目
		for _, q := range v.quoted {
			if q.Start == v.Words[i].Start {
				for i < len(v.Words) && v.Words[i].Start < q.End {
					i++
				}
				break
			}
		}
	}
	found := false
	for n := 0; n < 7 && i < len(v.Words); n++ {
		h, last := v.listHeadAt(i)
		if last > i {
			c.listHead, found = h, true
			i = last
			continue
		}
		switch v.class(i) {
		case classPlain, classWord, classAmbi, classMeasure, classLatin:
			if found && v.class(i) != classAmbi {
				return c, c.numbered // 园区招商率: the class is an adjective, unless things were counted
			}
		case classStop:
			if found || !adjectives[v.word(i)] {
				return c, found
			}
		case classChar:
			if found || v.class(i+1) == classChar && v.class(i+2) == classChar {
				return c, found
			}
		default:
			return c, found
		}
		i++
	}
	return c, found
}

// listHeadAt is the class of lists that begins at word i, and the word after it; 项目 may be two words.
func (v *sentence) listHeadAt(i int) (listHead, int) {
	for n := min(3, len(v.Words)-i); n > 0; n-- {
		if h, ok := v.lex.lists[v.Text[v.Words[i].Start:v.Words[i+n-1].End]]; ok {
			return h, i + n
		}
	}
	return listHead{}, i
}

// count reads a small number: 19, 三, 十二, 三大.
func count(s string) (int, bool) {
	if s == "" || s[0] < utf8.RuneSelf { // an error costs memory
		n, err := strconv.Atoi(s)
		return n, err == nil && n > 0
	}
	if utf8.RuneCountInString(s) > 1 { // 三大, 三个
		if last, size := utf8.DecodeLastRuneInString(s); last == '大' || strings.ContainsRune(measures, last) {
			s = s[:len(s)-size]
		}
	}
	digits := "零一二三四五六七八九"
	n, unit := 0, -1
	for _, r := range s {
		switch d := strings.IndexRune(digits, r); {
		case r == '十':
			n += 10 * max(1, unit)
			unit = 0
		case r == '两':
			unit = 2
		case d >= 0:
			unit = d / 3
		default:
			return 0, false
		}
	}
	return n + max(unit, 0), s != ""
}

// members adds the members of a list that ends before word end.
func (v *sentence) members(end int, c listed, exact bool) {
	var spans []text.Range // of words, from the last member to the first
	j := end
	for len(spans) < maxMembers {
		first, joint := v.member(j, len(spans) == 0, c)
		if first == j {
			return
		}
		spans = append(spans, text.Range{Start: first, End: j})
		if !joint {
			break
		}
		j = first - 1
	}
	v.hint(spans, c)
	if c.goods != "" {
		return
	}
	if len(spans) == maxMembers || exact && (len(spans) != c.number || len(spans) < 2) || c.number > 0 && len(spans) > c.number {
		return
	}
	proper, shaped := 0, 0
	found := make([]Candidate, 0, len(spans))
	for n, span := range spans {
		cand, own := v.typed(span, c, n == len(spans)-1)
		if cand.Kind == "" {
			if cand.End > 0 {
				proper++ // a place that everybody knows
			}
			continue
		}
		switch {
		case v.named(cand.Range):
			proper++
		case own && !v.plainStretch(cand.Range):
			shaped++
			cand.Confidence = weakName
		default:
			cand.Confidence = leastNamed
		}
		found = append(found, cand)
	}
	if proper == 0 && (shaped == 0 || len(spans) > 1) || (proper+shaped)*2 < len(spans) {
		return
	}
	for _, cand := range found {
		if cand.Confidence == leastNamed && (proper*2 < len(spans) && !c.numbered || v.plainStretch(cand.Range) && !exact) {
			continue
		}
		v.add(cand.Start, cand.End, cand.Kind, cand.Place, cand.Confidence, cand.By)
	}
}

// hint notes the members of a list.
func (v *sentence) hint(spans []text.Range, c listed) {
	for _, span := range spans {
		r := text.Range{Start: v.Words[span.Start].Start, End: v.Words[span.End-1].End}
		by := "rule:enumeration"
		if c.goods != "" {
			by = c.goods
		}
		v.hints = append(v.hints, Candidate{Range: r, Kind: c.kind, Place: c.place, By: by})
	}
}

// member walks left from word j over one member and returns its first word, and whether another member stands before it.
func (v *sentence) member(j int, last bool, c listed) (first int, joint bool) {
	runes := 0
	for i := j; i > 0; i-- {
		w := v.Words[i-1]
		if runes += w.runes; runes > maxNameRunes+8 {
			return j, false
		}
		switch w.class {
		case classPunct:
			switch {
			case v.is(i-1, "、"):
				return i, true
			case v.is(i-1, ")", "）"):
				if open := v.opened(i - 1); open > 0 {
					i = open + 1
					continue
				}
				return i, false
			case v.is(i-1, "·", "—", "-", "–"):
				continue
			}
			if q := v.quoteEnding(w.End); q >= 0 && i == j { // “甲”、“乙”等
				if q > 0 && v.is(q-1, "、", "和", "及") {
					return q, true
				}
				return q, false
			}
			return i, false
		case classSpace, classOther:
			return i, false
		case classStop:
			if v.is(i-1, "及", "以及", "和", "与") && !v.between(i-1) {
				if last && v.listBefore(i-1) {
					return i, true
				}
				return i, false
			}
			if v.between(i - 1) {
				continue
			}
			if v.middle(i - 1) {
				continue
			}
			return i, false
		case classVerb, classTagVerb:
			if v.middle(i - 1) {
				continue
			}
			return i, false
		case classSoft:
			if v.between(i-1) || v.middle(i-1) {
				continue
			}
			return i, false
		case classAmbi:
			if v.proper(i, j) && !v.middle(i-1) {
				return i, false
			}
		case classMeasure:
			if v.counted(i-1) && !v.middle(i-1) {
				return i, false
			}
		case classWord, classPlain:
			if classNouns[v.word(i-1)] && i < j && !v.middle(i-1) {
				return i, false
			}
		}
	}
	return 0, false
}

// middle reports whether word j stands between two marks of a list in one clause, so that even a verb or an adjective is part
// of a member's name (嘉能新型生物技术).
func (v *sentence) middle(j int) bool {
	for n := j - 1; n >= 0 && n > j-8; n-- {
		switch {
		case v.is(n, "、"):
			return j-n > 2 && v.class(n+1) == classChar
		case v.class(n) == classPunct, v.class(n) == classSpace:
			return false
		}
	}
	return false
}

// listBefore reports whether the clause that word j stands in has a list before it, so that 和 at j joins its last member. A
// list of two is joined by nothing else.
func (v *sentence) listBefore(j int) bool {
	return j > 0 && v.class(j-1) != classPunct && v.class(j+1) != classPunct
}

// typed gives a member its type, that of its own head, if it has one (own), else the list's. Only the first member of a list
// may have words in front of it that are no part of it. The candidate has no kind if the member is no candidate of the list,
// and then a span only if it is a place that everybody knows.
func (v *sentence) typed(span text.Range, c listed, first bool) (cand Candidate, own bool) {
	from, to := v.Words[span.Start].Start, v.Words[span.End-1].End
	if q := v.quoteEnding(to); q == span.Start { // “梦回刺桐港”
		_, open := utf8.DecodeRuneInString(v.Text[from:])
		_, shut := utf8.DecodeLastRuneInString(v.Text[:to])
		from, to = from+open, to-shut
	}
	for span.Start < span.End && v.class(span.Start) == classSpace {
		span.Start++
		from = v.Words[min(span.Start, len(v.Words)-1)].Start
	}
	if first && span.Start < span.End {
		from = max(from, v.Words[v.firstWord(span)].Start)
	}
	if from >= to {
		return Candidate{}, false
	}
	if n := utf8.RuneCountInString(v.Text[from:to]); n < 2 || n > maxNameRunes+4 {
		return Candidate{}, false
	}
	cand = Candidate{Range: text.Range{Start: from, End: to}, Kind: c.kind, Place: c.place, Confidence: fairName, By: "rule:enumeration"}
	for n := span.Start; n < span.End; n++ {
		if v.class(n) != className {
			continue
		}
		if v.Words[n].kind == "" {
			return Candidate{}, false
		}
		if span.End == span.Start+1 {
			cand.Kind = "" // places has it already, with its own type
			return cand, false
		}
	}
	kind, place, ok := v.ownHead(from, to)
	if ok && kind == "" {
		return Candidate{}, false
	}
	if ok && !(c.kind == graph.KindProject && kind == graph.KindPlace && undecided[place]) {
		cand.Kind, cand.Place = kind, place
	}
	return cand, ok
}

// undecided are kinds of places whose heads do not outrank a list of projects: a theme park in 等2个项目 is a project, a bridge
// stays a place.
var undecided = map[graph.PlaceKind]bool{graph.Scenic: true, graph.Building: true, graph.Water: true, graph.Other: true}

// firstWord skips what stands in front of the first member's name: adjectives and nouns of its class, up to a proper part.
func (v *sentence) firstWord(span text.Range) int {
	for j := span.Start; j < span.End; j++ {
		if v.proper(j, span.End) && (v.class(j) != classNumeral || v.Words[j].runes == 1) {
			if j > span.Start && openers[v.word(j-1)] {
				return j - 1
			}
			return j
		}
	}
	return span.Start
}

// ownHead is the type that the head of a name decides, if it has one.
func (v *sentence) ownHead(from, to int) (graph.Kind, graph.PlaceKind, bool) {
	runes := 0
	var best *nameHead
	trade := false
	for start := to; start > from && runes < v.lex.headRunes; {
		_, size := utf8.DecodeLastRuneInString(v.Text[:start])
		start -= size
		runes++
		if start == from {
			break
		}
		w := v.Text[start:to]
		if h, ok := v.lex.heads[w]; ok && (v.at(start) >= 0 || v.class(v.inside(start)) == classNumeral) {
			best, trade = &h, false
		}
		if v.lex.trades[w] && v.at(start) >= 0 && utf8.RuneCountInString(v.Text[from:start]) <= 6 {
			best, trade = &nameHead{kind: graph.KindEnterprise}, true
		}
	}
	if best == nil || trade && utf8.RuneCountInString(v.Text[from:to]) > 9 {
		return "", "", false
	}
	return best.kind, best.place, true
}

// named reports whether a span has a proper part.
func (v *sentence) named(span text.Range) bool {
	to := v.inside(span.End - 1)
	for j := v.inside(span.Start); j <= to; j++ {
		if v.proper(j, to+1) {
			return true
		}
	}
	return false
}

// plainStretch reports whether a span holds only words that name nothing.
func (v *sentence) plainStretch(span text.Range) bool {
	for j := v.inside(span.Start); j < len(v.Words) && v.Words[j].Start < span.End; j++ {
		switch v.class(j) {
		case classChar, classOdd, className, classLatin, classWord:
			return false
		}
	}
	return true
}
