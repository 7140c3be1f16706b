package extract

import (
	"slices"
	"unicode/utf8"
)

// names finds many names in a text at once: a map from the first two characters to the lengths of the names that begin so,
// and a set of the names. Most characters of a text begin no name, so a set of bits, by hash, of the first two is asked before.
// Names of one character are not taken. It is safe for concurrent use once filled.
type names struct {
	pairs   [1 << pairBits / 64]uint64
	lengths map[string][]int // bytes, longest first
	set     map[string]bool
	first   map[rune]bool
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

func newNames() *names {
	return &names{lengths: make(map[string][]int), set: make(map[string]bool), first: make(map[rune]bool)}
}

// add takes a name in; it says whether the name was new and long enough.
func (n *names) add(name string) bool {
	k := firstTwo(name)
	if k == "" || n.set[name] {
		return false
	}
	n.set[name] = true
	first, _ := utf8.DecodeRuneInString(k)
	n.first[first] = true
	bit := pairBit(pairOf(k))
	n.pairs[bit/64] |= 1 << (bit % 64)
	if l := n.lengths[k]; !slices.Contains(l, len(name)) {
		l = append(l, len(name))
		slices.Sort(l)
		slices.Reverse(l)
		n.lengths[k] = l
	}
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
		if !n.mayBeginWith(pairOf(s[i:])) {
			return
		}
		k := firstTwo(s[i:])
		for _, size := range n.lengths[k] {
			if i+size <= len(s) && n.set[s[i:i+size]] && !yield(i+size) {
				return
			}
		}
	}
}

// mayBegin reports whether a name may begin with a text, if it is no shorter than the text, or with the first characters of it.
func (n *names) mayBegin(s string) bool {
	if k := firstTwo(s); k != "" {
		return n.lengths[k] != nil
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
