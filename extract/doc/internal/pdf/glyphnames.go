package pdf

import (
	"sync"

	"golang.org/x/text/encoding/charmap"
)

// glyphNames are the names that glyphs of simple fonts have beside letters, as annex D of ISO 32000-1 lists them.
var glyphNames = map[string]rune{
	"space": 0x0020, "exclam": 0x0021, "quotedbl": 0x0022, "numbersign": 0x0023, "dollar": 0x0024, "percent": 0x0025,
	"ampersand": 0x0026, "quotesingle": 0x0027, "parenleft": 0x0028, "parenright": 0x0029, "asterisk": 0x002A, "plus": 0x002B,
	"comma": 0x002C, "hyphen": 0x002D, "period": 0x002E, "slash": 0x002F, "zero": 0x0030, "one": 0x0031,
	"two": 0x0032, "three": 0x0033, "four": 0x0034, "five": 0x0035, "six": 0x0036, "seven": 0x0037,
	"eight": 0x0038, "nine": 0x0039, "colon": 0x003A, "semicolon": 0x003B, "less": 0x003C, "equal": 0x003D,
	"greater": 0x003E, "question": 0x003F, "at": 0x0040, "bracketleft": 0x005B, "backslash": 0x005C, "bracketright": 0x005D,
	"asciicircum": 0x005E, "underscore": 0x005F, "grave": 0x0060, "braceleft": 0x007B, "bar": 0x007C, "braceright": 0x007D,
	"asciitilde": 0x007E, "exclamdown": 0x00A1, "cent": 0x00A2, "sterling": 0x00A3, "currency": 0x00A4, "yen": 0x00A5,
	"brokenbar": 0x00A6, "section": 0x00A7, "dieresis": 0x00A8, "copyright": 0x00A9, "ordfeminine": 0x00AA, "guillemotleft": 0x00AB,
	"logicalnot": 0x00AC, "registered": 0x00AE, "macron": 0x00AF, "degree": 0x00B0, "plusminus": 0x00B1, "twosuperior": 0x00B2,
	"threesuperior": 0x00B3, "acute": 0x00B4, "mu": 0x00B5, "paragraph": 0x00B6, "periodcentered": 0x00B7, "cedilla": 0x00B8,
	"onesuperior": 0x00B9, "ordmasculine": 0x00BA, "guillemotright": 0x00BB, "onequarter": 0x00BC, "onehalf": 0x00BD, "threequarters": 0x00BE,
	"questiondown": 0x00BF, "multiply": 0x00D7, "divide": 0x00F7, "bullet": 0x2022, "dagger": 0x2020, "daggerdbl": 0x2021,
	"ellipsis": 0x2026, "emdash": 0x2014, "endash": 0x2013, "fi": 0xFB01, "fl": 0xFB02, "florin": 0x0192,
	"fraction": 0x2044, "guilsinglleft": 0x2039, "guilsinglright": 0x203A, "minus": 0x2212, "perthousand": 0x2030, "quotedblbase": 0x201E,
	"quotedblleft": 0x201C, "quotedblright": 0x201D, "quoteleft": 0x2018, "quoteright": 0x2019, "quotesinglbase": 0x201A, "trademark": 0x2122,
	"Euro": 0x20AC, "nbspace": 0x00A0, "eacute": 0x00E9, "egrave": 0x00E8, "ecircumflex": 0x00EA, "aacute": 0x00E1,
	"agrave": 0x00E0, "udieresis": 0x00FC, "odieresis": 0x00F6, "adieresis": 0x00E4, "ccedilla": 0x00E7, "ntilde": 0x00F1,
	"germandbls": 0x00DF, "Udieresis": 0x00DC, "Odieresis": 0x00D6, "Adieresis": 0x00C4, "Eacute": 0x00C9,
}

// winAnsi and macRoman are the encodings of simple fonts.
var (
	winAnsi  = sync.OnceValue(func() map[byte]rune { return charmapTable(charmap.Windows1252) })
	macRoman = sync.OnceValue(func() map[byte]rune { return charmapTable(charmap.Macintosh) })
)

func charmapTable(c *charmap.Charmap) map[byte]rune {
	m := map[byte]rune{}
	for b := 0x20; b < 0x100; b++ {
		if r := c.DecodeByte(byte(b)); r != 0xFFFD && r >= 0x20 && !(r >= 0x7F && r < 0xA0) {
			m[byte(b)] = r
		}
	}
	return m
}
