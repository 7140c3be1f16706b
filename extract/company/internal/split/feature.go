package split

import (
	"fmt"
	"strconv"
	"strings"
)

// Feature is something that speaks for or against a way to divide a name.
type Feature int

// What a trade is read as comes first: those are summed over its words.
const (
	TradeWord Feature = iota // a known word of trades
	TwoWord                  // another common word, by its characters
	ThreeWord
	FourWord
	Unknown        // a run of characters that no word is known to be,
	UnknownChar    // each of its characters,
	UnknownBrandly // by how much each is one that brands are made of,
	UnknownTradely // or trades,
	UnknownSingle  // and if it has but one
	Business       // an unknown word in 业,
	BusinessBrandly

	NoBrand // the length of the brand in characters
	OneChar
	TwoChars
	ThreeChars
	FourChars
	FiveChars
	SixChars
	ManyChars
	EachMore
	BrandTradely  // by how much its characters are those that trades are made of
	BrandOfTrades // it is made of trades,
	BrandEndsTrade
	BrandBeginsTrade
	BrandForeign // its characters are those that foreign names are written with, each over two
	BrandIsWord  // it is a common word
	BrandDigit
	BrandGrand // it ends as brands do: 伟业
	BrandIsPlace
	BrandEndsPlace
	CutsTrade // a word stands across its end
	CutsWord

	PlaceSure // places in front of the brand: those that are surely one,
	PlaceCity // and those whose names may be words or brands
	PlaceCounty
	PlaceTown
	PlaceInner // a place between brand and trade, or behind both
	NoPlace
	NothingInFront // neither brand nor place
	NoBrandBehind  // no brand, behind a place that may be one
	NoBrandTown
	NoBrandLoose // no brand, and a form that no registered name ends with
	NoTrade

	Features int = iota
)

// tradeFeatures is how many features are of what the trade is read as.
const tradeFeatures = NoBrand

var featureNames = [Features]string{
	"trade-word", "two-word", "three-word", "four-word", "unknown", "unknown-char", "unknown-brandly", "unknown-tradely", "unknown-single", "business", "business-brandly",
	"no-brand", "one-char", "two-chars", "three-chars", "four-chars", "five-chars", "six-chars", "many-chars", "each-more",
	"brand-tradely", "brand-of-trades", "brand-ends-trade", "brand-begins-trade", "brand-foreign", "brand-is-word", "brand-digit", "brand-grand", "brand-is-place", "brand-ends-place",
	"cuts-trade", "cuts-word", "place-sure", "place-city", "place-county", "place-town", "place-inner", "no-place", "nothing-in-front", "no-brand-behind", "no-brand-town", "no-brand-loose", "no-trade",
}

// Vector holds a number for every feature.
type Vector [Features]float64

// Dot is the sum of the products of two vectors' numbers.
func (v *Vector) Dot(w *Vector) (sum float64) {
	for i := range v {
		sum += v[i] * w[i]
	}
	return sum
}

// String writes weights, a feature a line.
func (v *Vector) String() string {
	var b strings.Builder
	for i, name := range featureNames {
		fmt.Fprintf(&b, "%s %.3f\n", name, v[i])
	}
	return b.String()
}

// parseWeights reads what String wrote.
func parseWeights(text string) (v Vector) {
	at := map[string]int{}
	for i, name := range featureNames {
		at[name] = i
	}
	for line := range strings.Lines(text) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), " ")
		if i, ok := at[name]; ok {
			v[i], _ = strconv.ParseFloat(value, 64) // the file is ours: a test reads it back
		}
	}
	return v
}
