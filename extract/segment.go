package extract

import (
	"fmt"
	"math"
	"math/bits"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/go-ego/gse"
)

// segmenter cuts Chinese characters into the words that gse.Segmenter would: it takes the shortest path by gse's distances over the
// words of gse's dictionary. Six in ten of these have two characters, and most characters begin no longer word, so that a table says
// of two characters what they are and what could follow; gse's trie is asked only for the longer ones. Segmenter.Segment itself
// allocates for each stretch and each word of it, and needs a first run over the dictionary (CalcToken) that cuts all words once
// more for searching. It is safe for concurrent use.
type segmenter struct {
	dict    *gse.Dictionary
	entries []entry     // by number
	singles []shortWord // by character from firstHan on
	// Of the first two characters of the words that have as many, a set of bits by hash: behind most characters of a text, none does.
	// Then the words of two characters, and what longer words begin with: a table by hash.
	pairs   []uint64
	table   []wordPair
	shift   uint8
	triples []wordTriple // likewise of three characters: most words of three or more have no more
}

// entry is a word of the dictionary.
type entry struct {
	distance float32 // as gse has it: log2(total frequency) - log2(frequency)
	runes    int32
	tag      string
}

// shortWord is a word of at most three characters; its number is noEntry if they are none.
type shortWord struct {
	number   int32
	distance float32
}

// wordTriple is three characters that words begin with.
type wordTriple struct {
	characters [3]uint16 // 0 in a slot that is not taken
	fourths    uint16    // a set of bits by the fourth characters of longer words
	shortWord
}

// wordPair is two characters that words begin with.
type wordPair struct {
	characters uint32 // of 16 bits each; 0 in a slot that is not taken
	thirds     uint32 // a set of bits by the third characters of longer words
	shortWord
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

// usual reports whether a character is one of those that the tables hold; words with others among their first two are left to gse.
func usual(r rune) bool { return r >= firstHan && r <= lastHan }

// third is the bit of a third character.
func third(r rune) uint32 { return 1 << (uint32(r) * 0x9E3779B1 >> 27) }

// fourth is the bit of a fourth character.
func fourth(r rune) uint16 { return 1 << (uint32(r) * 0x9E3779B1 >> 28) }

// newSegmenter loads our own words and the dictionary's; of two that are the same, the first counts.
func newSegmenter(own []string, dictionary string) (*segmenter, error) {
	most := len(own) + strings.Count(dictionary, "\n") + 1
	s := &segmenter{
		dict: gse.NewDict(), entries: make([]entry, 0, most), pairs: make([]uint64, 1<<segmentPairBits/64),
		singles: make([]shortWord, lastHan-firstHan+1),
	}
	s.dict.Tokens = make([]gse.Token, 0, most)
	for i := range s.singles {
		s.singles[i].number = noEntry
	}
	size := bits.Len(uint(most))
	s.table, s.shift = make([]wordPair, 1<<size), uint8(32-size)
	s.triples = make([]wordTriple, 1<<size)
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
		s.index(w.text, runes, int32(number))
	}
	total := float32(math.Log2(all))
	for i := range s.entries {
		s.entries[i].distance = total - s.entries[i].distance
	}
	for i := range s.singles {
		s.measure(&s.singles[i])
	}
	for i := range s.table {
		s.measure(&s.table[i].shortWord)
	}
	for i := range s.triples {
		s.measure(&s.triples[i].shortWord)
	}
	return s, nil
}

// index enters a word into the tables.
func (s *segmenter) index(word string, runes int, number int32) {
	first, n := utf8.DecodeRuneInString(word)
	second, m := utf8.DecodeRuneInString(word[n:])
	switch {
	case runes == 1 && usual(first):
		s.singles[first-firstHan].number = number
	case runes > 1:
		h := segmentPair(first, second) >> (32 - segmentPairBits)
		s.pairs[h/64] |= 1 << (h % 64)
		if !usual(first) || !usual(second) {
			return
		}
		p := s.pair(first, second)
		if p.characters == 0 {
			*p = wordPair{characters: uint32(first)<<16 | uint32(second), shortWord: shortWord{number: noEntry}}
		}
		if runes == 2 {
			p.number = number
			return
		}
		next, l := utf8.DecodeRuneInString(word[n+m:])
		p.thirds |= third(next)
		if !usual(next) {
			return
		}
		t := s.triple(first, second, next)
		if t.characters[0] == 0 {
			*t = wordTriple{characters: [3]uint16{uint16(first), uint16(second), uint16(next)}, shortWord: shortWord{number: noEntry}}
		}
		if runes == 3 {
			t.number = number
			return
		}
		next, _ = utf8.DecodeRuneInString(word[n+m+l:])
		t.fourths |= fourth(next)
	}
}

// measure gives a word of the tables its distance.
func (s *segmenter) measure(w *shortWord) {
	if w.number != noEntry {
		w.distance = s.entries[w.number].distance
	}
}

// pair is the slot of two usual characters, or the free one where they belong. There are more slots than words.
func (s *segmenter) pair(a, b rune) *wordPair {
	for at := segmentPair(a, b) >> s.shift; ; at = (at + 1) & uint32(len(s.table)-1) {
		if p := &s.table[at]; p.characters == uint32(a)<<16|uint32(b) || p.characters == 0 {
			return p
		}
	}
}

// triple is the slot of three usual characters, or the free one where they belong.
func (s *segmenter) triple(a, b, c rune) *wordTriple {
	for at := (segmentPair(a, b) ^ uint32(c)*0xC2B2AE35) >> s.shift; ; at = (at + 1) & uint32(len(s.triples)-1) {
		if t := &s.triples[at]; t.characters == [3]uint16{uint16(a), uint16(b), uint16(c)} || t.characters[0] == 0 {
			return t
		}
	}
}

func segmentPair(a, b rune) uint32 { return uint32(a)*0x9E3779B1 ^ uint32(b)*0x85EBCA6B }

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
	text   []byte
	runes  []rune
	starts []int      // by character, its byte; one more at the end
	units  []gse.Text // the characters; none before gse is asked
	tokens []*gse.Token
	steps  []segmentStep
	words  []segmented
}

// segmentStep is the shortest way from the beginning to the end of a character.
type segmentStep struct {
	distance float32 // 0 if none is known
	number   int32   // of its last word
	runes    int32   // of its last word
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
	n := len(m.runes)
	m.steps = append(m.steps[:0], make([]segmentStep, n)...)
	base := float32(0)
	for at, r := range m.runes {
		next := rune(0)
		if at+1 < n {
			next = m.runes[at+1]
		}
		h := segmentPair(r, next) >> (32 - segmentPairBits)
		more := next != 0 && s.pairs[h/64]&(1<<(h%64)) != 0
		known := false
		switch {
		case !usual(r):
			known = s.ask(m, at, 1, base)
		default:
			if w := &s.singles[r-firstHan]; w.number != noEntry {
				m.steps[at].reach(base+w.distance, w.number, 1)
				known = true
			}
			if !more {
				break
			}
			if !usual(next) {
				s.ask(m, at, 2, base)
				break
			}
			p := s.pair(r, next)
			if p.characters != 0 && p.number != noEntry {
				m.steps[at+1].reach(base+p.distance, p.number, 2)
			}
			if at+2 == n || p.thirds&third(m.runes[at+2]) == 0 {
				break
			}
			if !usual(m.runes[at+2]) {
				s.ask(m, at, 3, base)
				break
			}
			t := s.triple(r, next, m.runes[at+2])
			if t.characters[0] == 0 {
				break
			}
			if t.number != noEntry {
				m.steps[at+2].reach(base+t.distance, t.number, 3)
			}
			if at+3 < n && t.fourths&fourth(m.runes[at+3]) != 0 {
				s.ask(m, at, 4, base)
			}
		}
		if !known {
			m.steps[at].reach(base+unknownDistance, noEntry, 1)
		}
		base = m.steps[at].distance
	}
	words := 0
	for at := n - 1; at >= 0; words++ {
		at -= int(m.steps[at].runes)
	}
	if cap(m.words) < words {
		m.words = make([]segmented, 2*words)
	}
	m.words = m.words[:words]
	for at := n - 1; at >= 0; {
		words--
		step := &m.steps[at]
		runes := int(step.runes)
		m.words[words] = segmented{start: m.starts[at-runes+1], end: m.starts[at+1], runes: runes, number: step.number}
		at -= runes
	}
	return m.words
}

// ask takes the words of at least some characters that gse finds at one, and reports whether one of a single character is among
// them.
func (s *segmenter) ask(m *segmentation, at int, least int32, base float32) (single bool) {
	if len(m.units) == 0 {
		for i := range m.runes {
			m.units = append(m.units, m.text[m.starts[i]:m.starts[i+1]])
		}
	}
	if m.tokens == nil {
		m.tokens = make([]*gse.Token, s.dict.MaxTokenLen())
	}
	found := s.dict.LookupTokens(m.units[at:min(at+len(m.tokens), len(m.units))], m.tokens)
	for _, token := range m.tokens[:found] {
		number := int32(token.Freq())
		if e := &s.entries[number]; e.runes >= least {
			m.steps[at+int(e.runes)-1].reach(base+e.distance, number, e.runes)
			single = single || e.runes == 1
		}
	}
	return single
}

// reach takes a way that is shorter than what is known. As gse does, it takes the first of equal ones, and no distance for none.
func (s *segmentStep) reach(distance float32, number, runes int32) {
	if s.distance == 0 || s.distance > distance {
		*s = segmentStep{distance, number, runes}
	}
}

// index takes a text apart into characters.
func (m *segmentation) index(text []byte) {
	m.text, m.runes, m.starts, m.units = text, m.runes[:0], m.starts[:0], m.units[:0]
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		m.runes, m.starts = append(m.runes, r), append(m.starts, i)
		i += size
	}
	m.starts = append(m.starts, len(text))
}
