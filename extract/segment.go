package extract

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/go-ego/gse"
)

// segmenter cuts Chinese characters into the words that gse.Segmenter would: it looks words up in gse's dictionary, and takes the
// shortest path by gse's distances. Segmenter.Segment itself allocates for each stretch and each word of it, and needs a first
// run over the dictionary (CalcToken) that cuts all words once more for searching. It is safe for concurrent use.
type segmenter struct {
	dict    *gse.Dictionary
	entries []entry // by number
	// Of the first two characters of the words that have as many, a set of bits by hash: behind most characters of a text, none does.
	pairs  []uint64
	single []int32 // by character from firstHan on, the number of the word that it is; noEntry if it is none
}

// entry is a word of the dictionary.
type entry struct {
	distance float32 // as gse has it: log2(total frequency) - log2(frequency)
	runes    int32
	tag      string
}

const (
	noEntry  = -1
	firstHan = 0x4E00
	lastHan  = 0x9FFF
	// unknownDistance and unknownTag are what gse gives a character that is no word.
	unknownDistance = 32
	unknownTag      = "x"
	segmentPairBits = 18 // 32 kB, of which the words fill a seventh
)

// newSegmenter loads our own words and the dictionary's; of two that are the same, the first counts.
func newSegmenter(own []string, dictionary string) (*segmenter, error) {
	most := len(own) + strings.Count(dictionary, "\n") + 1
	s := &segmenter{
		dict: gse.NewDict(), entries: make([]entry, 0, most), pairs: make([]uint64, 1<<segmentPairBits/64),
		single: make([]int32, lastHan-firstHan+1),
	}
	s.dict.Tokens = make([]gse.Token, 0, most)
	for i := range s.single {
		s.single[i] = noEntry
	}
	// A token that the dictionary finds says its word only as a list of its characters. It is given its number for its frequency,
	// which the distances do not need then.
	var split gse.Segmenter
	all := 0.0 // frequencies
	for w, err := range dictionaryWords(own, dictionary) {
		if err != nil {
			return nil, fmt.Errorf("load the dictionary: %w", err)
		}
		number := len(s.entries)
		if err := s.dict.AddToken(split.ToToken(w.text, float64(number))); err != nil {
			return nil, fmt.Errorf("load the dictionary: %s: %w", w.text, err)
		}
		if s.dict.NumTokens() == number {
			continue // known
		}
		all += w.frequency
		runes := utf8.RuneCountInString(w.text)
		s.entries = append(s.entries, entry{distance: float32(math.Log2(w.frequency)), runes: int32(runes), tag: w.tag})
		r, size := utf8.DecodeRuneInString(w.text)
		switch {
		case size < len(w.text):
			second, _ := utf8.DecodeRuneInString(w.text[size:])
			h := segmentPair(r, second)
			s.pairs[h/64] |= 1 << (h % 64)
		case r >= firstHan && r <= lastHan:
			s.single[r-firstHan] = int32(number)
		}
	}
	total := float32(math.Log2(all))
	for i := range s.entries {
		s.entries[i].distance = total - s.entries[i].distance
	}
	return s, nil
}

func segmentPair(a, b rune) uint32 {
	return (uint32(a)*0x9E3779B1 ^ uint32(b)*0x85EBCA6B) >> (32 - segmentPairBits)
}

// dictionaryWord is a word as the segmenter is given it.
type dictionaryWord struct {
	text      string
	frequency float64
	tag       string
}

// dictionaryWords yields our own words and those of the dictionary.
func dictionaryWords(own []string, dictionary string) func(yield func(dictionaryWord, error) bool) {
	return func(yield func(dictionaryWord, error) bool) {
		for _, w := range own {
			// 1000 is the frequency of a common word; the segmenter's weights are logarithms, so that more would change little.
			if !yield(dictionaryWord{w, 1000, "n"}, nil) {
				return
			}
		}
		for line := range strings.Lines(dictionary) {
			w, rest, _ := strings.Cut(line, " ")
			number, tag, _ := strings.Cut(rest, " ")
			frequency, err := strconv.ParseFloat(number, 64)
			if err != nil {
				err = fmt.Errorf("%q: %w", line, err)
			}
			if _, size := utf8.DecodeRuneInString(w); size == len(w) {
				frequency = 2 // the segmenter prefers longer words
			}
			if !yield(dictionaryWord{w, frequency, strings.TrimSpace(tag)}, err) {
				return
			}
		}
	}
}

// segmentation is the memory in which stretches are cut; a stretch holds until the next.
type segmentation struct {
	runes  []rune
	starts []int      // by character, its byte; one more at the end
	units  []gse.Text // the characters
	tokens []*gse.Token
	steps  []segmentStep
	words  []segmented
}

// segmentStep is the shortest way from the beginning to the end of a character.
type segmentStep struct {
	distance float32 // 0 if none is known
	number   int32   // of its last word
}

// segmented is a word: its bytes, and its number in the dictionary, noEntry for a character that is no word.
type segmented struct {
	start, end int
	runes      int
	number     int32
}

// segment cuts a stretch of Chinese characters.
func (s *segmenter) segment(text []byte, m *segmentation) []segmented {
	m.index(text)
	if m.tokens == nil {
		m.tokens = make([]*gse.Token, s.dict.MaxTokenLen())
	}
	n := len(m.units)
	m.steps = append(m.steps[:0], make([]segmentStep, n)...)
	for at := range n {
		base := float32(0)
		if at > 0 {
			base = m.steps[at-1].distance
		}
		r := m.runes[at]
		more := false
		if at+1 < n {
			h := segmentPair(r, m.runes[at+1])
			more = s.pairs[h/64]&(1<<(h%64)) != 0
		}
		known := false
		switch {
		case more || r < firstHan || r > lastHan:
			found := s.dict.LookupTokens(m.units[at:min(at+len(m.tokens), n)], m.tokens)
			for _, token := range m.tokens[:found] {
				number := int(token.Freq())
				e := &s.entries[number]
				known = known || e.runes == 1
				m.steps[at+int(e.runes)-1].reach(base+e.distance, int32(number))
			}
		case s.single[r-firstHan] != noEntry:
			known = true
			number := s.single[r-firstHan]
			m.steps[at].reach(base+s.entries[number].distance, number)
		}
		if !known {
			m.steps[at].reach(base+unknownDistance, noEntry)
		}
	}
	words := 0
	for at := n - 1; at >= 0; words++ {
		at -= s.runes(m.steps[at].number)
	}
	if cap(m.words) < words {
		m.words = make([]segmented, 2*words)
	}
	m.words = m.words[:words]
	for at := n - 1; at >= 0; {
		words--
		number := m.steps[at].number
		runes := s.runes(number)
		m.words[words] = segmented{start: m.starts[at-runes+1], end: m.starts[at+1], runes: runes, number: number}
		at -= runes
	}
	return m.words
}

// reach takes a way that is shorter than what is known. As gse does, it takes the first of equal ones, and no distance for none.
func (s *segmentStep) reach(distance float32, number int32) {
	if s.distance == 0 || s.distance > distance {
		s.distance, s.number = distance, number
	}
}

func (s *segmenter) runes(number int32) int {
	if number == noEntry {
		return 1
	}
	return int(s.entries[number].runes)
}

// index takes a text apart into characters.
func (m *segmentation) index(text []byte) {
	m.runes, m.starts, m.units = m.runes[:0], m.starts[:0], m.units[:0]
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		m.runes, m.starts, m.units = append(m.runes, r), append(m.starts, i), append(m.units, text[i:i+size])
		i += size
	}
	m.starts = append(m.starts, len(text))
}
