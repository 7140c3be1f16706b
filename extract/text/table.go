package text

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// class says what Fold does with a character.
type class uint8

const (
	plain       class = iota // copied
	dropped                  // stands for nothing: invisible, control
	replaced                 // always the value: width, radicals, look-alikes
	traditional              // the value, being written only in traditional text
	ambiguous                // the value, unless the text is simplified: 乾, 著
	space                    // white space within a line
	newline                  // end of a line
	opening                  // ( and （
	closing                  // ) and ）
	mark                     // , ; : ? ! of half width
	wideMark                 // ， ： of full width, which may stand within a number of full-width digits
	bullet                   // •, the dot of a foreign name or the bullet of a list
)

// entry is what the table says of one character: its value in the low 21 bits, its class above, and whether phrases begin
// with it.
type entry uint32

const (
	valueBits          = 21
	startsStrict entry = 1 << 30 // begins a phrase that has a character of traditional text alone
	startsPhrase entry = 1 << 31 // begins any phrase
)

func (e entry) value() rune  { return rune(e & (1<<valueBits - 1)) }
func (e entry) class() class { return class(e >> valueBits & 0x3f) }

func newEntry(c class, value rune) entry { return entry(c)<<valueBits | entry(value) }

// phrase is a phrase that is not converted character by character; key and value have as many characters.
type phrase struct {
	key, value string
	strict     bool // has a character of traditional text alone
}

const pages = 0x324 // of 256 characters: planes 0 to 2 and the ideographs of plane 3, all that may change

// table is the folding table, read-only once made. Characters are looked up in two steps; pages on which nothing changes
// share one.
type table struct {
	page    [pages]*[256]entry
	phrases map[rune][]phrase // by first character, longest first
	simple  [pages]*[4]uint64 // characters of simplified text alone, as sets of bits; nil for none
}

//go:embed folding.txt
var foldingData string

var folding = sync.OnceValue(loadTable)

func (t *table) lookup(r rune) entry {
	if p := r >> 8; p < pages {
		return t.page[p][r&0xff]
	}
	return beyond(r)
}

// beyond is the entry of a character outside the table.
func beyond(r rune) entry {
	if 0xE0000 <= r && r <= 0xE0FFF { // tags and variation selectors
		return newEntry(dropped, 0)
	}
	return 0
}

func (t *table) onlySimplified(r rune) bool {
	p := r >> 8
	return p < pages && t.simple[p] != nil && t.simple[p][r>>6&3]&(1<<(r&63)) != 0
}

// widths are characters that only stand for another, beside those of the data.
const widths = "｡。｢“｣”､、･·・·‧·∙·⋅·「“」”『‘』’〝“〞”〟”﹁“﹂”﹃‘﹄’﹏_‐-‑-﹣-﹐，﹑、﹔；﹕：﹖？﹗！﹙（﹚）﹒。︵（︶）︰：" +
	"﹪%﹟#﹠&﹡*﹢+﹤<﹥>﹦=﹨\\﹩$﹫@｟（｠）￠¢￡£￢¬￣¯￤¦￥¥￦₩￨│￩←￪↑￫→￬↓￭■￮○"

func loadTable() *table {
	t := &table{phrases: map[rune][]phrase{}}
	empty := new([256]entry)
	for i := range t.page {
		t.page[i] = empty
	}
	set := func(r rune, e entry) {
		if t.page[r>>8] == empty {
			t.page[r>>8] = new([256]entry)
		}
		t.page[r>>8][r&0xff] |= e
	}
	pairs := func(s string, c class) {
		var key rune
		for _, r := range s {
			if key == 0 {
				key = r
				continue
			}
			set(key, newEntry(c, r))
			key = 0
		}
	}

	var phrases []string
	for line := range strings.Lines(foldingData) {
		line = strings.TrimSuffix(line, "\n")
		kind, rest, _ := strings.Cut(line, " ")
		switch kind {
		case "t":
			pairs(rest, traditional)
		case "a":
			pairs(rest, ambiguous)
		case "e":
			pairs(rest, replaced)
		case "s":
			for _, r := range rest {
				if t.simple[r>>8] == nil {
					t.simple[r>>8] = new([4]uint64)
				}
				t.simple[r>>8][r>>6&3] |= 1 << (r & 63)
			}
		case "p":
			phrases = append(phrases, rest)
		}
	}
	for _, s := range phrases {
		half := utf8.RuneCountInString(s) / 2
		cut := 0
		strict := false
		for range half {
			r, n := utf8.DecodeRuneInString(s[cut:])
			strict = strict || t.lookup(r).class() == traditional
			cut += n
		}
		first, _ := utf8.DecodeRuneInString(s)
		t.phrases[first] = append(t.phrases[first], phrase{key: s[:cut], value: s[cut:], strict: strict})
		set(first, startsPhrase)
		if strict {
			set(first, startsStrict)
		}
	}
	for _, list := range t.phrases {
		slices.SortFunc(list, func(a, b phrase) int {
			if len(a.key) != len(b.key) {
				return len(b.key) - len(a.key)
			}
			return strings.Compare(a.key, b.key)
		})
	}

	pairs(widths, replaced)
	for r := rune(0xFF01); r <= 0xFF5E; r++ { // full-width ASCII
		set(r, wide(r))
	}
	setRange := func(from, to rune, c class) {
		for r := from; r <= to; r++ {
			set(r, newEntry(c, 0))
		}
	}
	setRange(0, 0x08, dropped)
	setRange(0x0E, 0x1F, dropped)
	setRange(0x7F, 0x84, dropped)
	setRange(0x86, 0x9F, dropped)
	setRange(0xAD, 0xAD, dropped)     // soft hyphen
	setRange(0x034F, 0x034F, dropped) // grapheme joiner
	setRange(0x061C, 0x061C, dropped) // direction
	setRange(0x180B, 0x180F, dropped) // Mongolian selectors
	setRange(0x200B, 0x200F, dropped) // zero width, direction
	setRange(0x202A, 0x202E, dropped) // direction
	setRange(0x2060, 0x206F, dropped) // joiners, direction
	setRange(0xFE00, 0xFE0F, dropped) // variation selectors
	setRange(0xFEFF, 0xFEFF, dropped) // byte order mark
	setRange(0xFFF9, 0xFFFC, dropped) // annotations, objects
	for _, r := range "\t \u00a0\u1680\u202f\u205f\u3000" {
		set(r, newEntry(space, 0))
	}
	setRange(0x2000, 0x200A, space)
	for _, r := range "\n\v\f\r\u0085\u2028\u2029" {
		set(r, newEntry(newline, 0))
	}
	set('(', newEntry(opening, 0))
	set(')', newEntry(closing, 0))
	for _, r := range ",;:?!" {
		set(r, newEntry(mark, r-'!'+'！'))
	}
	set('•', newEntry(bullet, '·'))
	return t
}

// wide is the entry of a full-width form of ASCII. Punctuation that ends or joins parts of sentences stays as it is: the
// canonical form of Chinese text is the wide one.
func wide(r rune) entry {
	switch r {
	case '！', '；', '？':
		return 0
	case '（':
		return newEntry(opening, 0)
	case '）':
		return newEntry(closing, 0)
	case '，', '：':
		return newEntry(wideMark, r-'！'+'!')
	}
	return newEntry(replaced, r-'！'+'!')
}
