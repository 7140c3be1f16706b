package extract

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// names finds many names in a text at once: by the first two characters, the names that begin so. Most characters of a text begin no
// name, so a set of bits, by hash, of the first two is asked before. Names of one character are not taken. It is safe for concurrent
// use once filled.
type names struct {
	pairs [1 << pairBits / 64]uint64
	with  map[uint64][]string // by the first two characters, longest first
	first map[rune]bool
}

const pairBits = 15 // 4 KB, of which five thousand names fill a seventh

// pairBit is the place of two characters in the set of bits.
func pairBit(a, b rune) uint32 {
	return (uint32(a)*0x9E3779B1 ^ uint32(b)*0x85EBCA6B) >> (32 - pairBits)
}

// pairOf is the first two characters of s; the second is utf8.RuneError if there is none.
func pairOf(s string) (a, b rune) {
	a, n := utf8.DecodeRuneInString(s)
	b, _ = utf8.DecodeRuneInString(s[n:])
	return a, b
}

func newNames() *names { return &names{with: make(map[uint64][]string), first: make(map[rune]bool)} }

// pairKey is the key of two characters.
func pairKey(a, b rune) uint64 { return uint64(a)<<32 | uint64(b) }

// add takes a name in; it says whether the name was new and long enough.
func (n *names) add(name string) bool {
	if firstTwo(name) == "" {
		return false
	}
	a, b := pairOf(name)
	with := n.with[pairKey(a, b)]
	if slices.Contains(with, name) {
		return false
	}
	at, _ := slices.BinarySearchFunc(with, len(name), func(w string, size int) int { return cmp.Compare(size, len(w)) })
	n.with[pairKey(a, b)] = slices.Insert(with, at, name)
	n.first[a] = true
	bit := pairBit(a, b)
	n.pairs[bit/64] |= 1 << (bit % 64)
	return true
}

// mayBeginWith reports whether a name may begin with two characters.
func (n *names) mayBeginWith(a, b rune) bool {
	bit := pairBit(a, b)
	return n.pairs[bit/64]&(1<<(bit%64)) != 0
}

// at yields the ends of the names that begin at byte i of s, longest first.
func (n *names) at(s string, i int) func(yield func(end int) bool) {
	return func(yield func(int) bool) {
		a, b := pairOf(s[i:])
		if !n.mayBeginWith(a, b) {
			return
		}
		for _, name := range n.with[pairKey(a, b)] {
			if strings.HasPrefix(s[i:], name) && !yield(i+len(name)) {
				return
			}
		}
	}
}

// mayBegin reports whether a name may begin with a text, if it is no shorter than the text, or with the first characters of it.
func (n *names) mayBegin(s string) bool {
	if firstTwo(s) != "" {
		return n.with[pairKey(pairOf(s))] != nil
	}
	r, _ := utf8.DecodeRuneInString(s)
	return n.first[r]
}

// firstTwo is the first two characters of s, "" if it has fewer.
func firstTwo(s string) string {
	_, a := utf8.DecodeRuneInString(s)
	if a == 0 || a == len(s) {
		return ""
	}
	_, b := utf8.DecodeRuneInString(s[a:])
	return s[:a+b]
}
