package text

import (
	"strings"
	"unicode/utf8"
)

// Which script a line is in decides about the characters that both have: 乾 is 干 in 乾燥設備, and itself in 乾县. A line with
// no character of either script alone is judged by the whole text, and a text with none counts as traditional, because there
// the phrases know the exceptions (乾隆, 著名) and nothing else is at hand.

type scriptOf uint8

const (
	unknown scriptOf = iota
	undecided
	isSimplified
	isTraditionalScript
)

// isTraditional reports whether the line around src[i] is in traditional script. Each line is counted once.
func (f *folder) isTraditional(i int) bool {
	if i >= f.scriptEnd {
		start := strings.LastIndexByte(f.src[f.scriptEnd:i], '\n') + 1 + f.scriptEnd
		f.scriptEnd = len(f.src)
		if n := strings.IndexByte(f.src[i:], '\n'); n >= 0 {
			f.scriptEnd = i + n + 1
		}
		f.script = f.scriptOf(f.src[start:f.scriptEnd])
		if start == 0 && f.scriptEnd == len(f.src) {
			f.whole = f.script
		}
	}
	if f.script != undecided {
		return f.script == isTraditionalScript
	}
	if f.whole == unknown {
		f.whole = f.scriptOf(f.src)
	}
	return f.whole != isSimplified
}

// scriptOf counts the characters that only one of the scripts has.
func (t *table) scriptOf(s string) scriptOf {
	balance := 0
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := rune(0), 3
		if c := s[i]; 0xE1 <= c && c <= 0xEC && i+2 < len(s) && s[i+1]&0xC0 == 0x80 && s[i+2]&0xC0 == 0x80 {
			r = rune(c&0x0F)<<12 | rune(s[i+1]&0x3F)<<6 | rune(s[i+2]&0x3F)
		} else {
			r, n = utf8.DecodeRuneInString(s[i:])
		}
		if t.lookup(r).class() == traditional {
			balance++
		} else if t.onlySimplified(r) {
			balance--
		}
		i += n
	}
	switch {
	case balance > 0:
		return isTraditionalScript
	case balance < 0:
		return isSimplified
	}
	return undecided
}
