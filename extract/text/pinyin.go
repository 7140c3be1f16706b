package text

import (
	"strings"
	"unicode/utf8"
)

// Scrapers leave the reading of a character behind it, in brackets: 網(wǎng), 發(fā), sometimes without its tone: 過(guo).
// With a tone it cannot be anything else; without one it may be a unit or a foreign word, so it counts only where the text
// shows the damage elsewhere.

// maxPinyin bounds the bytes between the brackets.
const maxPinyin = 48

type reading uint8

const (
	noReading reading = iota
	toneless          // 過(guo)
	toned             // 網(wǎng)
)

// readingAt tells whether a reading in brackets begins at s[i:], and where it ends. It does not look at what stands before.
func readingAt(s string, i int) (kind reading, end int) {
	width := 1
	if s[i] != '(' {
		width = len("（")
	}
	i += width
	var letters [maxPinyin]byte
	n, tones, words := 0, 0, 1
	for start := i; i < len(s) && i-start < maxPinyin; {
		r, size := utf8.DecodeRuneInString(s[i:])
		base, tone := byte(0), false
		switch {
		case 'a' <= r && r <= 'z':
			base = byte(r)
		case r == ')' || r == '）':
			if n == 0 {
				return noReading, 0
			}
			count, ok := syllables(string(letters[:n]))
			switch {
			case !ok || count > 4:
				return noReading, 0
			case tones >= count: // more where two syllables read as one without their mark: xī'ān
				return toned, i + size
			case tones == 0 && words == 1 && count == 1 && n > 1:
				return toneless, i + size
			}
			return noReading, 0
		case (r == ' ' || r == '\'' || r == '’' || r == '-') && n > 0:
			words++
			i += size
			continue
		case r == 0x0304 || r == 0x0301 || r == 0x030C || r == 0x0300: // combining tones
			tones++
			i += size
			continue
		case r == 0x0308: // combining diaeresis of ü
			i += size
			continue
		default:
			base, tone = unaccent(r)
		}
		if base == 0 {
			return noReading, 0
		}
		if tone {
			tones++
		}
		letters[n] = base
		n++
		i += size
	}
	return noReading, 0
}

// unaccent is the plain letter of a letter of pinyin, and whether it bears a tone; 0 if it is none.
func unaccent(r rune) (base byte, tone bool) {
	if r < 0x80 {
		return 0, false
	}
	const letters = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
	const bases = "aaaaeeeeiiiioooouuuuvvvvnnnm"
	k := 0
	for _, l := range letters {
		if l == r {
			return bases[k], true
		}
		k++
	}
	switch r {
	case 'ü':
		return 'v', false
	case 'ɡ': // script g, as old input methods write it
		return 'g', false
	case 'ɑ':
		return 'a', false
	case 'ă': // breve for caron
		return 'a', true
	case 'ĕ':
		return 'e', true
	case 'ĭ':
		return 'i', true
	case 'ŏ':
		return 'o', true
	case 'ŭ':
		return 'u', true
	}
	return 0, false
}

// syllables counts the fewest syllables of pinyin that s is made of, at most 5.
func syllables(s string) (count int, ok bool) {
	const none = 6
	best := [maxPinyin + 1]uint8{}
	for end := 1; end <= len(s); end++ {
		best[end] = none
		for n := 1; n <= min(6, end); n++ {
			if best[end-n] < best[end]-1 && isSyllable(s[end-n:end]) {
				best[end] = best[end-n] + 1
			}
		}
	}
	return int(best[len(s)]), best[len(s)] < none
}

// finals lists for each initial the finals that it joins with; ü is written v or u.
var finals = map[string]string{
	"":   " a ai an ang ao e ei en eng er o ou m n ng ",
	"b":  " a ai an ang ao ei en eng i ian iao ie in ing o u ",
	"p":  " a ai an ang ao ei en eng i ian iao ie in ing o ou u ",
	"m":  " a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u ",
	"f":  " a an ang ei en eng o ou u ",
	"d":  " a ai an ang ao e ei en eng i ia ian iao ie ing iu ong ou u uan ui un uo ",
	"t":  " a ai an ang ao e ei eng i ian iao ie ing ong ou u uan ui un uo ",
	"n":  " a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan un uo v ve ue ",
	"l":  " a ai an ang ao e ei eng i ia ian iang iao ie in ing iu o ong ou u uan un uo v ve ue ",
	"g":  " a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo ",
	"k":  " a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo ",
	"h":  " a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo ",
	"j":  " i ia ian iang iao ie in ing iong iu u uan ue un v van ve vn ",
	"q":  " i ia ian iang iao ie in ing iong iu u uan ue un v van ve vn ",
	"x":  " i ia ian iang iao ie in ing iong iu u uan ue un v van ve vn ",
	"zh": " a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo ",
	"ch": " a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo ",
	"sh": " a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo ",
	"r":  " an ang ao e en eng i ong ou u ua uan ui un uo ",
	"z":  " a ai an ang ao e ei en eng i ong ou u uan ui un uo ",
	"c":  " a ai an ang ao e en eng i ong ou u uan ui un uo ",
	"s":  " a ai an ang ao e en eng i ong ou u uan ui un uo ",
	"y":  " a an ang ao e i in ing o ong ou u uan ue un ",
	"w":  " a ai an ang ei en eng o u ",
}

func isSyllable(s string) bool {
	cut := 0
	for cut < len(s) && !strings.ContainsRune("aeiouv", rune(s[cut])) {
		cut++
	}
	if cut == len(s) || cut > 2 {
		return s == "m" || s == "n" || s == "ng"
	}
	list, ok := finals[s[:cut]]
	return ok && strings.Contains(list, " "+s[cut:]+" ")
}

// showsReadings reports whether some character of s has a reading with a tone behind it. It costs one pass.
func showsReadings(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] != '(' && (s[i] != 0xEF || !strings.HasPrefix(s[i:], "（")) {
			continue
		}
		if before, _ := utf8.DecodeLastRuneInString(s[:i]); isHan(before) {
			if kind, _ := readingAt(s, i); kind == toned {
				return true
			}
		}
	}
	return false
}
