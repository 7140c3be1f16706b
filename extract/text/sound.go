package text

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// readingData holds the pinyin of characters; extract/text/gen/readings makes it.
//
//go:embed readings.txt
var readingData string

// firstHan and lastHan bound the characters whose readings are known.
const (
	firstHan     = 0x4E00
	lastHan      = 0x9FFF
	mostReadings = 3
)

// readings are syllables without tones, and for each character the numbers of its syllables, from 1; 0 is none.
type readings struct {
	syllables []string
	of        [lastHan - firstHan + 1][mostReadings]uint16
}

var readingTable = sync.OnceValue(func() *readings {
	t := &readings{syllables: []string{""}}
	for line := range strings.Lines(readingData) {
		syllable, chars, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		n := uint16(len(t.syllables))
		t.syllables = append(t.syllables, syllable)
		for _, r := range chars {
			held := &t.of[r-firstHan]
			for i := range held {
				if held[i] == 0 {
					held[i] = n
					break
				}
			}
		}
	}
	return t
})

func (t *readings) at(r rune) *[mostReadings]uint16 {
	if r < firstHan || r > lastHan {
		return nil
	}
	return &t.of[r-firstHan]
}

// Spelling says how loosely a Sound is compared.
type Spelling int

// The spellings, each of which takes what the one before takes, but that Loose takes no initials.
const (
	Spelled  Spelling = iota // characters as they are, and whole syllables; the last may be cut off: rongyus for 榕屿食品
	Initials                 // first letters too: ryshp, rongysp
	Loose                    // other characters of the same sound, and what is often mixed up: zh and z, ng and n, l and n
)

// MaxSound is the number of characters of a text from which on nothing is compared by sound.
const MaxSound = 60

// Sound is a text to look for by its sound in names. It is safe for concurrent use.
type Sound struct {
	begins [lastHan - firstHan + 1]bool // whether the text may begin with a character
	table  *readings
	end    uint64                // the bit that says that all of the text was found
	ascii  [utf8.RuneSelf]uint64 // places in the text where a letter stands
	other  map[rune]uint64       // and any other character; nil if there is none
	step   [][]step              // for each syllable
	cut    []uint64              // for each syllable, places from which the text goes on to its end as the syllable begins
}

// step says that from some places of a text a syllable leads so many characters on.
type step struct {
	from uint64
	by   int
}

// NewSound prepares the search for a text: letters of pinyin, with or without tones, Chinese characters, or both. It returns
// nil where sounds do not help: for a text that is too long, or too short to mean anything.
func NewSound(s string, how Spelling) *Sound {
	table := readingTable()
	var query []rune
	letters, han := 0, 0
	for _, r := range Key(s) {
		if base, _ := unaccent(r); base != 0 {
			r = rune(base)
		}
		switch {
		case 'a' <= r && r <= 'z':
			letters++
		case table.at(r) != nil:
			han++
		}
		query = append(query, r)
	}
	if len(query) < 2 || len(query) > MaxSound || letters == 0 && (how != Loose || han == 0) {
		return nil
	}
	sound := &Sound{table: table, end: 1 << len(query), step: make([][]step, len(table.syllables)), cut: make([]uint64, len(table.syllables))}
	for i, r := range query {
		switch {
		case r < utf8.RuneSelf:
			sound.ascii[r] |= 1 << i
		case sound.other == nil:
			sound.other = map[rune]uint64{r: 1 << i}
		default:
			sound.other[r] |= 1 << i
		}
	}
	for n, syllable := range table.syllables {
		if n > 0 {
			sound.prepare(n, syllable, query, how)
		}
	}
	var begins [1 << 10]bool
	for n := range table.syllables {
		begins[n] = sound.cut[n]&1 != 0 || slices.ContainsFunc(sound.step[n], func(s step) bool { return s.from&1 != 0 })
	}
	for i, held := range table.of {
		sound.begins[i] = begins[held[0]] || begins[held[1]] || begins[held[2]]
	}
	if first := query[0]; first >= firstHan && first <= lastHan {
		sound.begins[first-firstHan] = true
	}
	return sound
}

// prepare fills in what a syllable does to the text.
func (s *Sound) prepare(n int, syllable string, query []rune, how Spelling) {
	add := func(written string, whole bool) {
		var from uint64
		for i := range query {
			rest := query[i:]
			k := 0
			for k < len(rest) && k < len(written) && rest[k] == rune(written[k]) {
				k++
			}
			switch {
			case k == len(written):
				from |= 1 << i
			case k == len(rest) && whole:
				s.cut[n] |= 1 << i
			}
		}
		if from != 0 {
			s.step[n] = append(s.step[n], step{from, len(written)})
		}
	}
	add(syllable, true)
	initial := syllable[:1]
	switch how {
	case Initials:
		if len(syllable) > 1 {
			add(initial, false)
			if syllable[1] == 'h' {
				add(syllable[:2], false)
			}
		}
	case Loose:
		like := mixedUp(syllable)
		for _, v := range like {
			add(v, true)
		}
		like = append(like, syllable)
		var from uint64
		for i, r := range query {
			if held := s.table.at(r); held != nil {
				for _, k := range held {
					if k != 0 && slices.Contains(like, s.table.syllables[k]) {
						from |= 1 << i
					}
				}
			}
		}
		if from != 0 {
			s.step[n] = append(s.step[n], step{from, 1})
		}
	}
}

// mixedUp lists the other spellings of a syllable by people who do not hear the difference.
func mixedUp(syllable string) []string {
	heads, tails := []string{syllable}, []string{}
	switch {
	case len(syllable) > 1 && syllable[1] == 'h' && strings.ContainsRune("zcs", rune(syllable[0])):
		heads = append(heads, syllable[:1]+syllable[2:])
	case strings.ContainsRune("zcs", rune(syllable[0])):
		heads = append(heads, syllable[:1]+"h"+syllable[1:])
	case syllable[0] == 'l':
		heads = append(heads, "n"+syllable[1:])
	case syllable[0] == 'n' && len(syllable) > 1:
		heads = append(heads, "l"+syllable[1:])
	case syllable[0] == 'f' && len(syllable) > 1:
		heads = append(heads, "h"+syllable[1:])
	}
	for _, h := range heads {
		switch {
		case strings.HasSuffix(h, "ang"), strings.HasSuffix(h, "eng"), strings.HasSuffix(h, "ing"):
			tails = append(tails, h[:len(h)-1])
		case strings.HasSuffix(h, "an"), strings.HasSuffix(h, "en"), strings.HasSuffix(h, "in"):
			tails = append(tails, h+"g")
		case strings.HasSuffix(h, "v"): // lü is typed lu as well
			tails = append(tails, h[:len(h)-1]+"u")
		}
	}
	return append(heads[1:], tails...)
}

// In reports whether the text is heard in a key (see Key), and whether from its beginning on. It costs one pass.
func (s *Sound) In(key string) (found, first bool) {
	if s.from(key, false) {
		return true, s.from(key, true)
	}
	return false, false
}

// from reports whether the text is heard in a key, anywhere or from its beginning on only.
func (s *Sound) from(key string, anchored bool) bool {
	at := uint64(1) // places of the text that have been reached: bit i says that i characters of it were heard
	for i := 0; i < len(key); {
		r, size := utf8.DecodeRuneInString(key[i:])
		i += size
		if at == 1 && r >= firstHan && r <= lastHan && !s.begins[r-firstHan] { // most characters, most of the time
			if anchored {
				return false
			}
			continue
		}
		var next uint64
		switch {
		case r < utf8.RuneSelf:
			next = (at & s.ascii[r]) << 1
		case s.other != nil:
			next = (at & s.other[r]) << 1
		}
		if held := s.table.at(r); held != nil {
			for _, n := range held {
				if n == 0 {
					break
				}
				if at&s.cut[n] != 0 {
					return true
				}
				for _, st := range s.step[n] {
					next |= (at & st.from) << st.by
				}
			}
		}
		if next&s.end != 0 {
			return true
		}
		if !anchored {
			next |= 1
		} else if next == 0 {
			return false
		}
		at = next
	}
	return false
}
