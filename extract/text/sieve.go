package text

import "unicode/utf8"

// Sieve tells quickly that a text, folded, holds none of some words: it looks only for their characters, in whatever way Fold would
// have read them. A text that has all characters of a word passes, whether it holds the word or not.
type Sieve struct {
	bits  [1 << 16]uint8 // of the characters that Fold may read as one that counts: the number of its bit and one
	rare  map[rune]uint8 // likewise of those beyond
	words []uint64
}

// NewSieve makes a sieve for words of folded text that have at most 64 different characters together; words are left out from
// there on, and all texts pass.
func NewSieve(words []string) *Sieve {
	s := &Sieve{rare: map[rune]uint8{}}
	number := map[rune]uint8{}
	for _, word := range words {
		set := uint64(0)
		for _, r := range word {
			if number[r] == 0 {
				number[r] = uint8(len(number) + 1)
			}
			set |= 1 << (number[r] - 1)
		}
		if len(number) > 64 {
			set = 0
		}
		s.words = append(s.words, set)
	}
	put := func(source, folded rune) {
		if n := number[folded]; n == 0 {
			return
		} else if int(source) < len(s.bits) {
			s.bits[source] = n
		} else {
			s.rare[source] = n
		}
	}
	t := folding()
	for r := rune(0); r < pages<<8; r++ {
		e := t.lookup(r)
		switch e.class() {
		case replaced, traditional, ambiguous, mark, wideMark, bullet:
			v := e.value()
			put(r, v)
			if a := t.lookup(v); a.class() == ambiguous {
				put(r, a.value())
			}
		}
	}
	for _, list := range t.phrases {
		for _, p := range list {
			key := []rune(p.key)
			for i, v := range []rune(p.value) {
				put(key[i], v)
			}
		}
	}
	for r := range number {
		put(r, r)
	}
	return s
}

// Passes reports whether the folded text may hold one of the words.
func (s *Sieve) Passes(source string) bool {
	seen := uint64(0)
	for i := 0; i < len(source); {
		r, n := rune(source[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(source[i:])
		}
		i += n
		bit := uint8(0)
		if int(r) < len(s.bits) {
			bit = s.bits[r]
		} else {
			bit = s.rare[r]
		}
		if bit != 0 {
			seen |= 1 << (bit - 1)
		}
	}
	for _, word := range s.words {
		if seen&word == word {
			return true
		}
	}
	return false
}
