package gazetteer

import (
	"slices"
	"unicode/utf8"
)

// Match is a known name in a folded text, in bytes, half open.
type Match struct{ Start, End int }

type pair struct{ first, second rune }

func pairOf(s string) pair {
	first, size := utf8.DecodeRuneInString(s)
	second, _ := utf8.DecodeRuneInString(s[size:])
	return pair{first, second}
}

// Matches returns the names in a folded text that are safe to take for places anywhere, leftmost and longest.
func (g *Gazetteer) Matches(folded string) []Match { return g.match(folded, nil) }

// MatchesIn returns also the names that are safe in a document that speaks for the place of the code area: short names of
// the districts of its city, of the townships of its county, and of zones.
func (g *Gazetteer) MatchesIn(folded, area string) []Match {
	circles := []string{area}
	for _, a := range g.Ancestors(area) {
		circles = append(circles, a.Code)
	}
	return g.match(folded, circles)
}

// smallestHan is the first of the characters that names begin with.
const smallestHan = 0x2e80

func (g *Gazetteer) match(s string, circles []string) []Match {
	var out []Match
	for i := 0; i < len(s); {
		first, size := utf8.DecodeRuneInString(s[i:])
		if first < smallestHan {
			i += size
			continue
		}
		end := g.longestAt(s[i:], circles)
		if end == 0 {
			i += size
			continue
		}
		out = append(out, Match{i, i + end})
		i += end
	}
	return out
}

// longestAt returns the length of the longest safe name that s starts with, 0 if there is none.
func (g *Gazetteer) longestAt(s string, circles []string) int {
	for n := min(int(g.longest[pairOf(s)]), len(s)); n > 0; n-- {
		if n < len(s) && !utf8.RuneStart(s[n]) {
			continue
		}
		for e := g.byName[s[:n]]; e != 0; e = g.entries[e].next {
			if g.entries[e].wide || g.entries[e].near != "" && slices.Contains(circles, g.entries[e].near) {
				return n
			}
		}
	}
	return 0
}
