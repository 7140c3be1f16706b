package text

import (
	"slices"
	"unicode"
)

// Sketch is a small sample of a text's runs of characters, by which texts are compared without reading them again: the
// lowest hashes, ascending, of all runs of letters and digits (Broder, "On the resemblance and containment of documents",
// 1997). Equal texts have equal sketches on every machine.
type Sketch []uint64

// Of a run and of a sketch.
const (
	runLength  = 8  // characters
	sketchSize = 96 // hashes
)

// MinSketch is how many characters a text must have to be compared: short texts are alike because of their form.
const MinSketch = 400

// NewSketch samples folded texts that belong together, such as the sentences of a document; blanks, punctuation and the cuts
// between the texts do not count. It is nil for less than MinSketch characters. It costs one pass.
func NewSketch(texts ...string) Sketch {
	var window [runLength]rune
	n := 0
	var lowest []uint64
	for _, s := range texts {
		for _, r := range s {
			if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
				continue
			}
			window[n%runLength] = r
			if n++; n < runLength {
				continue
			}
			h := uint64(14695981039346656037) // FNV-1a over the characters, then mixed
			for k := range runLength {
				h = (h ^ uint64(window[(n+k)%runLength])) * 1099511628211
			}
			h ^= h >> 30
			h *= 0xBF58476D1CE4E5B9
			h ^= h >> 27
			h *= 0x94D049BB133111EB
			h ^= h >> 31
			if lowest = append(lowest, h); len(lowest) >= 64*sketchSize {
				lowest = lowestOf(lowest)
			}
		}
	}
	if n < MinSketch {
		return nil
	}
	return slices.Clip(lowestOf(lowest))
}

func lowestOf(hashes []uint64) []uint64 {
	slices.Sort(hashes)
	hashes = slices.Compact(hashes)
	return hashes[:min(len(hashes), sketchSize)]
}

// Likeness is which share of the runs of two texts is in both, as their sketches tell: 0 to 1, right to about 0.04.
func (s Sketch) Likeness(o Sketch) float64 {
	both, all := 0, 0
	for i, j := 0, 0; all < sketchSize && (i < len(s) || j < len(o)); all++ {
		switch {
		case j == len(o) || i < len(s) && s[i] < o[j]:
			i++
		case i == len(s) || o[j] < s[i]:
			j++
		default:
			both++
			i++
			j++
		}
	}
	if all == 0 {
		return 0
	}
	return float64(both) / float64(all)
}

// Marks are hashes of which texts that are much alike have at least one in common, and others hardly ever: those of three
// neighbours in the sketch.
func (s Sketch) Marks() []uint64 {
	var marks []uint64
	for i := 0; i+2 < len(s) && i < sketchSize/2; i += 3 {
		marks = append(marks, (s[i]*3+s[i+1])*5+s[i+2])
	}
	return marks
}
