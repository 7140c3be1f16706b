package gazetteer

import (
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/extract/gazetteer/internal/format"
)

// Match is a name in a folded text, in bytes, half open.
type Match struct{ Start, End int }

// Most places of a text begin no name. So the first two characters are looked up in a set of bits first, which answers "no"
// for nine in ten; only then the names that begin with the first character, which are sorted, are searched.

const (
	pairBits   = 18 // 32 KB
	firstRunes = 0xA000
)

func pairHash(a, b rune) uint32 {
	return (uint32(a)*0x9E3779B1 ^ uint32(b)*0x85EBCA6B) >> (32 - pairBits)
}

func (g *Gazetteer) indexNames() {
	g.pairs = make([]uint64, 1<<pairBits/64)
	g.first = make([]uint32, firstRunes+1)
	next := rune(0)
	for i := range g.d.Names() {
		name := g.d.Text(i)
		a, n := utf8.DecodeRuneInString(name)
		for ; next <= min(a, firstRunes); next++ {
			g.first[next] = uint32(i)
		}
		if g.d.Wide(i) {
			b, _ := utf8.DecodeRuneInString(name[n:])
			h := pairHash(a, b)
			g.pairs[h/64] |= 1 << (h % 64)
		}
	}
	for ; next <= firstRunes; next++ {
		g.first[next] = uint32(g.d.Names())
	}
}

// Matches finds the names in a folded text that are safe anywhere: leftmost, longest, not overlapping, ascending.
func (g *Gazetteer) Matches(folded string) []Match { return g.match(folded, nil) }

// Matcher finds names in a document that speaks for an area.
type Matcher struct {
	g    *Gazetteer
	near map[pair][]string
}

// In prepares a Matcher for the documents of an area (a code). It collects some dozens of names for a county and some hundreds
// for a province, so make one for a document and not one for a sentence.
func (g *Gazetteer) In(area string) *Matcher { return &Matcher{g, g.namesNear(area)} }

// Matches finds what Gazetteer.Matches finds, and the names that are safe in a document of the area: short names of the
// counties of its city and of the townships of its county, names of the zones around it, and short names of the cities of its
// province.
func (m *Matcher) Matches(folded string) []Match { return m.g.match(folded, m.near) }

type pair struct{ a, b rune }

// namesNear collects the names that are safe in a document that speaks for the area, by their first two characters, longest
// first: some dozens for a county, some hundreds for a province.
func (g *Gazetteer) namesNear(area string) map[pair][]string {
	at, ok := g.find(area)
	if !ok {
		return nil
	}
	names := map[pair][]string{}
	add := func(id int) {
		name := g.d.Text(id)
		a, n := utf8.DecodeRuneInString(name)
		b, _ := utf8.DecodeRuneInString(name[n:])
		names[pair{a, b}] = append(names[pair{a, b}], name)
	}
	// A township's document speaks for its county, a zone's for the counties that its townships come from.
	circles := append([]int{at, g.register(at)}, g.above(at)...)
	for _, town := range g.managed[at] {
		circles = append(circles, g.register(town))
	}
	seen := map[int]bool{}
	for _, circle := range circles {
		if seen[circle] {
			continue
		}
		seen[circle] = true
		c := g.d.Place(circle)
		low, high := c.Key, c.Key
		switch c.Kind {
		case format.Country, format.Township:
			continue
		case format.Province:
			high += 10000*2000 - 1
		case format.City:
			high += 100*2000 - 1
		default:
			high += 2000 - 1
		}
		for i := sort.Search(g.d.Len(), func(i int) bool { return g.d.Key(i) >= low }); i < g.d.Len() && g.d.Key(i) <= high; i++ {
			p := g.d.Place(i)
			if !spokenOf(c, p, circle) {
				continue
			}
			if p.Short >= 0 {
				add(p.Short)
			}
			if p.Near {
				add(p.Name)
			}
			k := sort.Search(g.d.NearLen(), func(k int) bool { return g.d.NearAt(k).Place >= i })
			for ; k < g.d.NearLen() && g.d.NearAt(k).Place == i; k++ {
				add(g.d.NearAt(k).Name)
			}
		}
	}
	for key, list := range names {
		sort.Slice(list, func(i, j int) bool {
			return len(list[i]) > len(list[j]) || len(list[i]) == len(list[j]) && list[i] < list[j]
		})
		names[key] = list
	}
	return names
}

// spokenOf reports whether p is known by its short names in a document that speaks for the circle, where it lies: townships
// in their county, counties and zones in their city, cities and the zones beside them in their province.
func spokenOf(circle, p format.Place, at int) bool {
	switch circle.Kind {
	case format.Province:
		return p.Kind == format.City || p.Parent == at
	case format.City:
		return p.Kind != format.Township && (p.Kind != format.Zone || p.Key%2000 == 0 || p.Key%2000 > 1000)
	}
	return true
}

func (g *Gazetteer) match(s string, near map[pair][]string) []Match {
	var list []Match
	for i := 0; i < len(s); {
		if s[i] < 0xE0 { // no name begins with a letter, a digit or a mark of half width
			i++
			continue
		}
		a, n := utf8.DecodeRuneInString(s[i:])
		if i+n >= len(s) || s[i+n] < 0xE0 {
			i += n
			continue
		}
		b, _ := utf8.DecodeRuneInString(s[i+n:])
		size := 0
		if h := pairHash(a, b); g.pairs[h/64]&(1<<(h%64)) != 0 {
			size = g.longest(s, i, a)
		}
		if near != nil {
			for _, name := range near[pair{a, b}] {
				if len(name) <= size {
					break
				}
				if strings.HasPrefix(s[i:], name) && !misread(s, i, len(name)) {
					size = len(name)
					break
				}
			}
		}
		if size == 0 {
			i += n
			continue
		}
		list = append(list, Match{i, i + size})
		i += size
	}
	return list
}

// longest returns the length of the longest name that text[i:] begins with and that is safe anywhere; a is its first
// character.
func (g *Gazetteer) longest(text string, i int, a rune) int {
	s := text[i:]
	if a >= firstRunes {
		return 0
	}
	// The names that are prefixes of s lie, the shorter before the longer, before the place where s itself would stand. Each
	// step halves the names that share what is known to be shared.
	low, high := int(g.first[a]), int(g.first[a+1])
	at := low + sort.Search(high-low, func(k int) bool { return g.d.Text(low+k) > s })
	for at--; at >= low; {
		name := g.d.Text(at)
		n := common(name, s)
		if n == len(name) {
			if g.d.Wide(at) && !misread(text, i, n) {
				return n
			}
			at--
			continue
		}
		if n < 6 { // not even two characters
			return 0
		}
		// No name behind the one that is s[:n] can be a prefix of s, so go on there.
		at = low + sort.Search(at-low, func(k int) bool { return g.d.Text(low+k) > s[:n] }) - 1
	}
	return 0
}

// common is the number of bytes that a and b begin with alike.
func common(a, b string) int {
	n := min(len(a), len(b))
	for i := range n {
		if a[i] != b[i] {
			return i
		}
	}
	return n
}

// begins has characters with which the last character of an official name forms a word: in 长沙市场 stands 长沙, in 惠安县域
// 惠安.
var begins = map[rune]string{
	'区': "域间别块位划", '市': "场值价面", '县': "域城级志", '省': "会级", '镇': "静定痛压", '乡': "村亲愁土间", '旗': "帜舰袍",
}

// ends has, by names, the characters that form a word with the first of a name: in 普惠安全 stands no 惠安.
var ends = map[string]string{
	"惠安": "普优实互受施", "天津": "当每春夏秋冬今明后昨",
}

// misread reports whether the name text[i:i+n] is part of other words there.
func misread(text string, i, n int) bool {
	name := text[i : i+n]
	if before, ok := ends[name]; ok && i > 0 {
		if r, _ := utf8.DecodeLastRuneInString(text[:i]); strings.ContainsRune(before, r) {
			return true
		}
	}
	last, _ := utf8.DecodeLastRuneInString(name)
	next, ok := begins[last]
	if !ok || i+n == len(text) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(text[i+n:])
	return strings.ContainsRune(next, r)
}
