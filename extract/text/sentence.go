package text

import (
	"strings"
	"unicode/utf8"
)

// Range is a stretch of a text in bytes, half open.
type Range struct{ Start, End int }

// MaxSentence is the longest sentence that Sentences gives, in bytes. Longer ones are cut at a comma or a space, or at any
// character where there is none.
const MaxSentence = 64 << 10

// Sentences cuts a text after 。；！？ and at line ends. Closing quotation marks and brackets behind the cut, further marks of
// the same kind (？！, 。……), blanks at the end of the line and empty lines belong to the sentence before, blanks before a
// visible character to the one that it begins; the marks of half width count where they stand beside Chinese. The ranges are
// not empty and joined give the text back; none is longer than MaxSentence. It costs one pass.
func Sentences(s string) []Range {
	var list []Range
	start := 0
	end := func(i int) {
		for i-start > MaxSentence {
			cut := breakBefore(s, start, start+MaxSentence)
			list = append(list, Range{start, cut})
			start = cut
		}
		if i > start {
			list = append(list, Range{start, i})
			start = i
		}
	}
	for i := 0; i < len(s); {
		n, stop := stopAt(s, i)
		if !stop {
			i += n
			continue
		}
		i = tail(s, i+n, s[i] == '\n')
		end(i)
	}
	end(len(s))
	return list
}

// stopAt reports whether the character at s[i:] ends a sentence, and how many bytes it has (or may be skipped).
func stopAt(s string, i int) (n int, stop bool) {
	switch c := s[i]; c {
	case '\n':
		return 1, true
	case ';', '!', '?':
		before, _ := utf8.DecodeLastRuneInString(s[:i])
		after, _ := utf8.DecodeRuneInString(s[i+1:])
		return 1, isWide(before) || isWide(after)
	case 0xE3: // 。
		if strings.HasPrefix(s[i:], "。") {
			return 3, true
		}
	case 0xEF: // ；！？
		if strings.HasPrefix(s[i:], "；") || strings.HasPrefix(s[i:], "！") || strings.HasPrefix(s[i:], "？") {
			return 3, true
		}
	}
	return 1, false
}

// tail returns where the sentence ends whose last mark ends before s[i:]; line says that the mark was a line end.
func tail(s string, i int, line bool) int {
	for i < len(s) && !line {
		r, n := utf8.DecodeRuneInString(s[i:])
		if !strings.ContainsRune("。；！？!?…”’」』）》】)\"", r) {
			break
		}
		i += n
	}
	// Blanks only if nothing visible follows them in the line: those before a word are its indent.
	for k := i; k < len(s); {
		r, n := utf8.DecodeRuneInString(s[k:])
		if r == '\n' {
			i = k + n
		} else if r != ' ' && r != '\t' && r != '\r' && r != '\u3000' && r != '\u00a0' && r != '\ufeff' {
			break
		}
		if k += n; k == len(s) {
			i = k
		}
	}
	return i
}

// breakBefore is the best place to cut s[start:limit] near its end.
func breakBefore(s string, start, limit int) int {
	for limit > start && !utf8.RuneStart(s[limit]) {
		limit--
	}
	near := s[start+(limit-start)/2 : limit]
	for _, mark := range []string{"，", ",", "、", " "} {
		if k := strings.LastIndex(near, mark); k >= 0 {
			return start + (limit-start)/2 + k + len(mark)
		}
	}
	if limit == start { // not a text: bytes that begin no character
		return start + MaxSentence
	}
	return limit
}
