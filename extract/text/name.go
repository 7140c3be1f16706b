package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Name folds a name for display: as Fold does, and without the spaces and line ends inside that stand beside Chinese. Other
// runs of them become one space. A name that is clean already is returned as it is.
func Name(s string) string {
	s = strings.TrimSpace(Fold(s).Text)
	if !strings.ContainsAny(s, " \n") {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	before := rune(0)
	for i, r := range s {
		if r == ' ' || r == '\n' {
			after, _ := utf8.DecodeRuneInString(s[i+1:])
			if isWide(before) || isWide(after) {
				continue
			}
			r = ' '
		}
		b.WriteRune(r)
		before = r
	}
	return b.String()
}

// Simplify converts the characters of a folded text that both scripts have (乾, 昇, 濛) as if the text had been traditional.
// Fold leaves them alone in simplified text, where they mostly stand for themselves.
func Simplify(folded string) string {
	t := folding()
	return strings.Map(t.simplify, folded)
}

func (t *table) simplify(r rune) rune {
	if e := t.lookup(r); e.class() == ambiguous {
		return e.value()
	}
	return r
}

// Key folds a name for looking it up: as Name does, in lower case, without spaces and quotation marks, with all brackets
// round, all punctuation of half width, and one script (Simplify). Two writings of one name have one key; the key is not for
// display.
func Key(s string) string {
	t := folding()
	return strings.Map(func(r rune) rune { return keyRune(t.simplify(r)) }, Name(s))
}

// keyRune is what a character is in a key; -1 leaves it out.
func keyRune(r rune) rune {
	switch r {
	case ' ', '\n', '"', '\'', '“', '”', '‘', '’', '《', '》', '〈', '〉', '`':
		return -1
	case '【', '〔', '[', '{', '〖', '［', '｛':
		return '('
	case '】', '〕', ']', '}', '〗', '］', '｝':
		return ')'
	case '—', '–', '−', '─':
		return '-'
	}
	switch {
	case '！' <= r && r <= '～':
		r -= '！' - '!'
	case 'Ⅰ' <= r && r <= 'Ⅿ':
		r += 'ⅰ' - 'Ⅰ'
	}
	return unicode.ToLower(r)
}
