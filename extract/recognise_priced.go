package extract

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/extract/text"
	"github.com/tupu-kg/tupu/graph"
)

// A list whose members each have a price in front and that a count of projects closes has projects for members, which often look
// like nothing that is built:
//
//	总投资3.2亿元的恒益水性漆、2.1亿元的鲜果颗粒、投资1.2亿元的东岭公司特种车 7个过亿元项目
//
// Where such a member is just what the tagger takes for a firm or a place, it stays that.

// prices are the units that a price ends with.
var prices = [...]string{"亿元", "万元", "亿美元", "万美元"}

// leastPriced is how many members a priced list has at least: one price alone may stand before anything.
const leastPriced = 2

// priced makes the members of priced lists projects that are no names yet. What was found inside or across them becomes a part at
// most.
func (v *sentence) priced(out []Candidate) []Candidate {
	for at := 0; at < len(v.Text); {
		members, next := v.pricedList(at)
		at = next
		for _, r := range members {
			if slices.ContainsFunc(out, func(c Candidate) bool { return c.Range == r && !c.Part }) {
				continue
			}
			for i := range out {
				out[i].Part = out[i].Part || out[i].Start < r.End && r.Start < out[i].End
			}
			out = append(out, Candidate{Range: r, Kind: graph.KindProject, Confidence: fairName, By: "rule:priced"})
		}
	}
	return out
}

// pricedList returns the members of the priced list that begins with the first price at or behind a byte, none if there is no
// such list, and where to look on.
func (v *sentence) pricedList(at int) (members []text.Range, next int) {
	start := afterPrice(v.Text, at)
	if start < 0 {
		return nil, len(v.Text)
	}
	next = start
	for len(members) < maxMembers {
		end, follows := v.pricedEnd(start)
		if end < 0 || !v.memberName(start, end) {
			return nil, next
		}
		members = append(members, text.Range{Start: start, End: end})
		if follows < 0 {
			break
		}
		start, next = follows, follows
	}
	if len(members) < leastPriced {
		return nil, next
	}
	return members, next
}

// afterPrice is the first byte behind the first price at or behind a byte, and behind its 的; -1 if there is none.
func afterPrice(s string, at int) int {
	first := -1
	for _, unit := range prices {
		if n := strings.Index(s[at:], unit); n > 0 && digitBefore(s, at+n) && (first < 0 || at+n+len(unit) < first) {
			first = at + n + len(unit)
		}
	}
	if first < 0 {
		return -1
	}
	return first + len(s[first:]) - len(strings.TrimPrefix(s[first:], "的"))
}

func digitBefore(s string, at int) bool { return at > 0 && s[at-1] >= '0' && s[at-1] <= '9' }

// pricedEnd is where the member that begins at a byte ends, and where the next begins, -1 if it is the last; the end is -1 if no
// priced member and no count of projects follows.
func (v *sentence) pricedEnd(start int) (end, follows int) {
	rest := v.Text[start:]
	for i, r := range rest {
		if i > 3*(maxNameRunes+4) {
			return -1, -1
		}
		switch {
		case r == '、' || r == '，' || r == ',':
			after := start + i + utf8.RuneLen(r)
			follows := afterPrice(v.Text, after)
			if follows < 0 || !priceAlone(v.Text[after:follows]) {
				return -1, -1
			}
			return start + i, follows
		case r == '等' || r >= '0' && r <= '9':
			if ofProjects(rest[i:]) {
				return start + i, -1
			}
		case strings.ContainsRune("。；;：:！!？?\n", r):
			return -1, -1
		}
	}
	return -1, -1
}

// priceAlone reports whether nothing but a price stands in a stretch that ends with one: 总投资约3.2亿元的.
func priceAlone(s string) bool {
	for _, word := range [...]string{"计划", "预计", "总", "投资", "额", "约", "近", "超", "逾", "过", "达", "的", "亿", "万", "美", "元"} {
		s = strings.ReplaceAll(s, word, "")
	}
	return s != "" && strings.Trim(s, "0123456789.") == ""
}

// ofProjects reports whether a stretch begins with a count of projects, as lists end: 等7个过亿元项目, 11个项目, 等一批重大项目.
func ofProjects(s string) bool {
	s, etc := strings.CutPrefix(s, "等")
	s, many := strings.CutPrefix(s, "一批")
	digits := len(s) - len(strings.TrimLeft(s, "0123456789"))
	s = s[digits:]
	if digits > 0 {
		counted := false
		if s, counted = strings.CutPrefix(s, "个"); !counted {
			return false
		}
	}
	n := strings.Index(s, "项目")
	if n < 0 || strings.ContainsAny(s[:n], "，。、；：") {
		return false
	}
	const attributes = 8 // characters of what is said of the projects: 亿元以上产业
	return (etc || many || digits > 0) && utf8.RuneCountInString(s[:n]) <= attributes
}

// memberName reports whether a stretch may be the name of a project.
func (v *sentence) memberName(start, end int) bool {
	name := v.Text[start:end]
	n := utf8.RuneCountInString(name)
	return n >= 2 && n <= maxNameRunes+4 && !strings.HasSuffix(name, "公司") && !strings.ContainsAny(name, "的，；")
}
