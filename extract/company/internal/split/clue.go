package split

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Clue is a character or two at an end of a brand or at the beginning of the trade behind it. What they weigh is learnt like the
// weights of features: a lexicon never has all trades, but most begin with characters that trades begin with.
type Clue struct {
	Kind   ClueKind
	Length uint8 // of the brand in characters, for the kinds that go by it
	A, B   rune
}

// ClueKind says where the characters of a clue stand.
type ClueKind uint8

// The kinds of clues.
const (
	Bare          ClueKind = iota // a trade without a brand begins with A,
	BareTwo                       // or with A and B
	BrandFirst                    // a brand begins with A,
	BrandLast                     // ends with A,
	BrandLastLong                 // is of a length and ends with A
	Across                        // a brand ends with A and the trade begins with B
	TradeFirst                    // the trade begins with A,
	TradeTwo                      // or with A and B,
	TradeTwoLong                  // behind a brand of a length
	clueKinds
)

var clueNames = [clueKinds]string{"bare", "bare-two", "brand-first", "brand-last", "brand-last-long", "across", "trade-first", "trade-two", "trade-two-long"}

// none stands for the character that a name does not have: it ends before.
const none = '-'

// clues appends those of a brand and its trade.
func clues(list []Clue, brand, trade string) []Clue {
	one, rest := next(trade)
	two, _ := next(rest)
	if brand == "" {
		return append(list, Clue{Kind: Bare, A: one, B: none}, Clue{Kind: BareTwo, A: one, B: two})
	}
	first, _ := utf8.DecodeRuneInString(brand)
	last, _ := utf8.DecodeLastRuneInString(brand)
	long := uint8(min(utf8.RuneCountInString(brand), longestBrand))
	return append(list,
		Clue{Kind: BrandFirst, A: first, B: none}, Clue{Kind: BrandLast, A: last, B: none}, Clue{BrandLastLong, long, last, none}, Clue{Kind: Across, A: last, B: one},
		Clue{Kind: TradeFirst, A: one, B: none}, Clue{Kind: TradeTwo, A: one, B: two}, Clue{TradeTwoLong, long, one, two})
}

// next is the first character of a string, and what follows it.
func next(s string) (r rune, rest string) {
	if s == "" {
		return none, ""
	}
	r, size := utf8.DecodeRuneInString(s)
	return r, s[size:]
}

// leastClue is the least weight that is worth to be kept.
const leastClue = 0.05

// FormatClues writes what clues weigh, a clue a line, without those that weigh little.
func FormatClues(weights map[Clue]float64) string {
	var list []Clue
	for c, w := range weights {
		if w >= leastClue || w <= -leastClue {
			list = append(list, c)
		}
	}
	slices.SortFunc(list, func(a, b Clue) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Length, b.Length), cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
	})
	var b strings.Builder
	for _, c := range list {
		fmt.Fprintf(&b, "%s %d %c%c %.2f\n", clueNames[c.Kind], c.Length, c.A, c.B, weights[c])
	}
	return b.String()
}

// parseClues reads what FormatClues wrote.
func parseClues(text string) map[Clue]float64 {
	weights := make(map[Clue]float64, strings.Count(text, "\n"))
	for line := range strings.Lines(text) {
		f := strings.Fields(line)
		if len(f) != 4 {
			continue
		}
		kind := slices.Index(clueNames[:], f[0])
		long, err := strconv.ParseUint(f[1], 10, 8)
		weight, err2 := strconv.ParseFloat(f[3], 64)
		a, rest := next(f[2])
		b, _ := next(rest)
		if kind >= 0 && err == nil && err2 == nil { // the file is ours: a test reads it back
			weights[Clue{ClueKind(kind), uint8(long), a, b}] = weight
		}
	}
	return weights
}
