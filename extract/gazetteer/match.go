package gazetteer

import (
	"math/bits"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/extract/gazetteer/internal/format"
)

// Match is a name in a folded text, in bytes, half open.
type Match struct{ Start, End int }

// Most places of a text begin no name. So the first two characters are looked up in a set of bits first, which answers "no"
// for nine in ten; only then the names that begin with both are found, which stand together, as names are sorted.

const pairBits = 18 // 32 KB

type pair struct{ a, b rune }

func (p pair) hash() uint32 { return uint32(p.a)*0x9E3779B1 ^ uint32(p.b)*0x85EBCA6B }

func (p pair) bit() uint32 { return p.hash() >> (32 - pairBits) }

// run is the names [from, to) that begin with a pair of characters; empty in a slot that is not taken.
type run struct {
	pair
	from, to uint32
}

func (g *Gazetteer) indexNames() {
	g.pairs = make([]uint64, 1<<pairBits/64)
	runs := make([]run, 0, g.d.Names()/2)
	for i := range g.d.Names() {
		p := firstPair(g.d.Text(i))
		if g.d.Wide(i) {
			h := p.bit()
			g.pairs[h/64] |= 1 << (h % 64)
		}
		if len(runs) == 0 || runs[len(runs)-1].pair != p {
			runs = append(runs, run{pair: p, from: uint32(i)})
		}
		runs[len(runs)-1].to = uint32(i) + 1
	}
	size := bits.Len(uint(2 * len(runs)))
	g.runs, g.shift = make([]run, 1<<size), uint8(32-size)
	for _, r := range runs {
		at := int(r.hash() >> g.shift)
		for g.runs[at].to != 0 {
			at = (at + 1) & (len(g.runs) - 1)
		}
		g.runs[at] = r
	}
}

// firstPair is the first two characters of a name; the second is utf8.RuneError if there is none.
func firstPair(name string) pair {
	a, n := utf8.DecodeRuneInString(name)
	b, _ := utf8.DecodeRuneInString(name[n:])
	return pair{a, b}
}

// beginning is the range of the names that begin with a pair of characters.
func (g *Gazetteer) beginning(p pair) (from, to int) {
	for at := int(p.hash() >> g.shift); ; at = (at + 1) & (len(g.runs) - 1) {
		if r := &g.runs[at]; r.to == 0 || r.pair == p {
			return int(r.from), int(r.to)
		}
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
		names[firstPair(name)] = append(names[firstPair(name)], name)
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
	p, start, free := pair{}, -1, 0 // the last two characters, where the first begins if a name may, and where the last match ended
	for at, r := range s {
		// No name holds a letter, a digit or a mark of half width in its first two characters.
		p = pair{p.b, r}
		i := start
		if start = at; s[at] < 0xE0 {
			start = -1
		}
		if i < free || start < 0 {
			continue
		}
		size := 0
		if h := p.bit(); g.pairs[h/64]&(1<<(h%64)) != 0 {
			size = g.longest(s, i, p)
		}
		if near != nil {
			for _, name := range near[p] {
				if len(name) <= size {
					break
				}
				if strings.HasPrefix(s[i:], name) && !misread(s, i, len(name)) {
					size = len(name)
					break
				}
			}
		}
		if size > 0 {
			list = append(list, Match{i, i + size})
			free = i + size
		}
	}
	return list
}

// longest returns the length of the longest name that text[i:] begins with and that is safe anywhere; p is what it begins with.
func (g *Gazetteer) longest(text string, i int, p pair) int {
	s := text[i:]
	// The names that are prefixes of s lie, the shorter before the longer, before the place where s itself would stand. Each
	// step halves the names that share what is known to be shared.
	low, high := g.beginning(p)
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
