package cypher

import (
	"strings"
	"unicode/utf8"
)

// DidYouMean guesses at what a misspelt name was to be; it is empty where nothing is near.
func DidYouMean(name string, known []string) string {
	best := nearest(name, known, 1+utf8.RuneCountInString(name)/3)
	if best == "" {
		return ""
	}
	return "did you mean " + best + "?"
}

// nearest is the first of the known names that are least far from a name, in any case; empty if all are further away than most.
func nearest(name string, known []string, most int) string {
	best, least := "", most
	for _, k := range known {
		if d := distance(strings.ToLower(name), strings.ToLower(k), least); d < least || d == least && best == "" {
			best, least = k, d
		}
	}
	return best
}

// distance is the number of characters to insert, delete, change or swap (Damerau, optimal string alignment); above most it
// may be any number above it.
func distance(a, b string, most int) int {
	x, y := []rune(a), []rune(b)
	if d := len(x) - len(y); d > most || -d > most {
		return most + 1
	}
	before, last, now := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(x); i++ {
		now[0] = i
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			now[j] = min(last[j]+1, now[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				now[j] = min(now[j], before[j-2]+1)
			}
		}
		before, last, now = last, now, before
	}
	return last[len(y)]
}
