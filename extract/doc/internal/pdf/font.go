package pdf

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// glyph is one code of a text: what it says, and how far the pen goes, in thousandths of the size.
type glyph struct {
	text  string // empty if it cannot be told
	width float64
	blank bool // the code 32 of one byte, to which word spacing applies
}

// font tells what the codes of a text say.
type font struct {
	bold      bool
	unicode   *cmap           // ToUnicode, or nil
	composite bool            // codes of several bytes
	scheme    scheme          // of a composite font's encoding
	encoding  *cmap           // of a composite font, to CIDs, or nil
	cids      func() []rune   // characters of the collection by CID, or nil
	gids      map[int]rune    // characters of an embedded font by glyph, or nil
	toGID     []byte          // CIDs to glyphs, two bytes each; nil if they are the same
	widths    map[int]float64 // by CID, or by code of a simple font
	width     float64         // of all others
	scale     float64         // of widths, to thousandths: Type 3 fonts have a scale of their own
	simple    [256]string
}

// scheme is how the codes of a predefined encoding are characters in themselves.
type scheme int

const (
	noScheme scheme = iota
	identity        // codes of two bytes that are CIDs
	ucs2
	utf16BE
	utf32BE
	utf8Codes
	gbk
	gb7 // GB 2312 in seven bits
	big5
	cidCodes // an encoding in the file
)

// schemeOf goes by the name of a predefined encoding.
func schemeOf(n name) scheme {
	s := string(n)
	has := func(words ...string) bool {
		for _, w := range words {
			if strings.Contains(s, w) {
				return true
			}
		}
		return false
	}
	switch {
	case s == "Identity-H" || s == "Identity-V":
		return identity
	case has("UCS2"):
		return ucs2
	case has("UTF16"):
		return utf16BE
	case has("UTF32"):
		return utf32BE
	case has("UTF8"):
		return utf8Codes
	case s == "GB-H" || s == "GB-V" || s == "GBT-H" || s == "GBT-V":
		return gb7
	case strings.HasPrefix(s, "GB"):
		return gbk
	case has("B5", "Big5"):
		return big5
	}
	return noScheme
}

// maxWidths bounds the table of widths.
const maxWidths = 70_000

// font reads a font, once for each object.
func (f *File) font(o object) *font {
	r, isRef := o.(ref)
	if isRef {
		if known, ok := f.fonts[r]; ok {
			return known
		}
	}
	made := f.readFont(f.dict(o))
	if isRef {
		f.fonts[r] = made
	}
	return made
}

func (f *File) readFont(d dict) *font {
	t := &font{widths: map[int]float64{}, scale: 1}
	base := string(f.name(d["BaseFont"]))
	descriptor := f.dict(d["FontDescriptor"])
	if s, ok := f.resolve(d["ToUnicode"]).(*stream); ok {
		if data, err := f.decode(s, false); err == nil {
			t.unicode = readCMap(data)
		}
	}
	if f.name(d["Subtype"]) == "Type0" {
		t.composite = true
		descendants := f.array(d["DescendantFonts"])
		var child dict
		if len(descendants) > 0 {
			child = f.dict(descendants[0])
		}
		descriptor = f.dict(child["FontDescriptor"])
		f.readComposite(t, d, child, descriptor)
	} else {
		f.readSimple(t, d, descriptor)
	}
	flags := int(f.num(descriptor["Flags"], 0))
	t.bold = flags&(1<<18) != 0 || boldName(base) || f.num(descriptor["StemV"], 0) > 140
	return t
}

// boldName goes by the name of a font: bold, or one of the black faces that Chinese texts set headings in.
func boldName(s string) bool {
	s = strings.ToLower(s)
	for _, w := range []string{"bold", "heavy", "black", "simhei", "stheiti", "heiti", "xbs", "小标宋", "黑体", "xiaobiaosong", "fzdbsjw"} {
		if strings.Contains(s, w) {
			return true
		}
	}
	return strings.Contains(s, "\xBA\xDA\xCC\xE5") // 黑体 in GBK
}

func (f *File) readComposite(t *font, d, child, descriptor dict) {
	switch e := f.resolve(d["Encoding"]).(type) {
	case name:
		t.scheme = schemeOf(e)
	case *stream:
		if data, err := f.decode(e, false); err == nil {
			t.encoding, t.scheme = readCMap(data), cidCodes
			if base := schemeOf(f.name(e.dict["UseCMap"])); len(t.encoding.ranges) == 0 && base != noScheme {
				t.scheme = base
			} else if base := schemeOf(f.name(e.dict["CMapName"])); len(t.encoding.ranges) == 0 && base != noScheme {
				t.scheme = base
			}
		}
	}
	info := f.dict(child["CIDSystemInfo"])
	ordering, _ := f.resolve(info["Ordering"]).(string)
	switch ordering {
	case "GB1":
		t.cids = gb1
	case "CNS1":
		t.cids = cns1
	}
	if t.cids == nil && t.unicode == nil {
		t.gids = f.fontGlyphs(descriptor)
		if s, ok := f.resolve(child["CIDToGIDMap"]).(*stream); ok {
			if data, err := f.decode(s, false); err == nil {
				t.toGID = data
			}
		}
	}
	t.width = f.num(child["DW"], 1000)
	w := f.array(child["W"])
	for i := 0; i+1 < len(w); {
		first := int(f.num(w[i], -1))
		if list, ok := f.resolve(w[i+1]).(array); ok {
			for k, o := range list {
				if len(t.widths) < maxWidths {
					t.widths[first+k] = f.num(o, t.width)
				}
			}
			i += 2
			continue
		}
		if i+2 >= len(w) {
			break
		}
		last, width := int(f.num(w[i+1], -1)), f.num(w[i+2], t.width)
		for c := first; c <= last && c >= 0 && len(t.widths) < maxWidths; c++ {
			t.widths[c] = width
		}
		i += 3
	}
}

func (f *File) readSimple(t *font, d, descriptor dict) {
	var base map[byte]rune
	differences := array{}
	encodingName := name("")
	switch e := f.resolve(d["Encoding"]).(type) {
	case name:
		encodingName = e
	case dict:
		encodingName = f.name(e["BaseEncoding"])
		differences = f.array(e["Differences"])
	}
	switch encodingName {
	case "MacRomanEncoding":
		base = macRoman()
	default:
		base = winAnsi()
	}
	for c := range 256 {
		if r, ok := base[byte(c)]; ok {
			t.simple[c] = string(r)
		} else if c >= 0x20 && c < 0x7F {
			t.simple[c] = string(rune(c))
		}
	}
	code := 0
	for _, o := range differences {
		switch v := f.resolve(o).(type) {
		case float64:
			code = int(v)
		case name:
			if code >= 0 && code < 256 {
				t.simple[code] = glyphText(string(v))
			}
			code++
		}
	}
	if f.name(d["Subtype"]) == "Type3" {
		if m := f.array(d["FontMatrix"]); len(m) == 6 {
			t.scale = 1000 * f.num(m[0], 0.001)
		}
	}
	first := int(f.num(d["FirstChar"], 0))
	t.width = f.num(descriptor["MissingWidth"], 0)
	for i, o := range f.array(d["Widths"]) {
		if i > 255 {
			break
		}
		t.widths[first+i] = f.num(o, 0)
	}
	if len(t.widths) == 0 {
		t.width = 500 // one of the fonts that every reader has
	}
}

// glyphs takes a text apart.
func (t *font) glyphs(s string, emit func(glyph)) {
	if !t.composite {
		for i := range len(s) {
			c := s[i]
			g := glyph{blank: c == ' ', width: t.width}
			if w, ok := t.widths[int(c)]; ok {
				g.width = w
			}
			g.width *= t.scale
			ok := false
			if t.unicode != nil {
				g.text, ok = t.unicode.text(uint32(c))
			}
			if !ok || private(g.text) {
				if plain := t.simple[c]; plain != "" || !ok {
					g.text = plain
				}
			}
			emit(g)
		}
		return
	}
	for len(s) > 0 {
		c, n := t.next(s)
		code := s[:n]
		s = s[n:]
		g := glyph{blank: n == 1 && c == ' '}
		cid, known := t.cid(c, n)
		text, ok := "", false
		if t.unicode != nil {
			text, ok = t.unicode.text(c)
		}
		if !ok || private(text) {
			if plain := t.plain(code); plain != "" {
				text = plain
			} else if known {
				if r := t.character(cid); r != 0 {
					text = string(r)
				}
			}
		}
		g.text = text
		g.width = t.width
		if known {
			if w, ok := t.widths[cid]; ok {
				g.width = w
			}
		} else if c < 0x80 && t.scheme != identity && t.scheme != cidCodes && t.scheme != gb7 {
			g.width = 500 // half-width letters of predefined encodings
		}
		emit(g)
	}
}

// next cuts a code off the front of a text.
func (t *font) next(s string) (c uint32, n int) {
	b := s[0]
	switch t.scheme {
	case cidCodes:
		return t.encoding.next(s)
	case gbk, big5:
		n = 1
		if b > 0x80 && b < 0xFF {
			n = 2
			if t.scheme == gbk && len(s) > 3 && s[1] >= 0x30 && s[1] <= 0x39 {
				n = 4
			}
		}
	case utf16BE:
		n = 2
		if b >= 0xD8 && b < 0xDC {
			n = 4
		}
	case utf32BE:
		n = 4
	case utf8Codes:
		_, n = utf8.DecodeRuneInString(s)
	case noScheme:
		if t.unicode != nil && len(t.unicode.spaces) > 0 {
			return t.unicode.next(s)
		}
		n = 2
	default:
		n = 2
	}
	n = min(n, len(s))
	for i := range n {
		c = c<<8 | uint32(s[i])
	}
	return c, n
}

// cid is the CID of a code, where that can be told.
func (t *font) cid(c uint32, n int) (int, bool) {
	switch t.scheme {
	case identity, noScheme:
		return int(c), true
	case cidCodes:
		if r, ok := t.encoding.find(c); ok && r.text == "" {
			return r.cid + int(c-r.first), true
		}
	}
	return 0, false
}

// plain is the text of a code that is a character in itself.
func (t *font) plain(code string) string {
	decode := func(e encoding.Encoding, s string) string {
		out, err := e.NewDecoder().String(s)
		if err != nil || strings.ContainsRune(out, utf8.RuneError) {
			return ""
		}
		return out
	}
	switch t.scheme {
	case ucs2, utf16BE:
		units := make([]uint16, len(code)/2)
		for i := range units {
			units[i] = uint16(code[2*i])<<8 | uint16(code[2*i+1])
		}
		return valid(string(utf16.Decode(units)))
	case utf32BE:
		if len(code) == 4 {
			return valid(string(rune(code[0])<<24 | rune(code[1])<<16 | rune(code[2])<<8 | rune(code[3])))
		}
	case utf8Codes:
		return valid(code)
	case gbk:
		return decode(simplifiedchinese.GB18030, code)
	case gb7:
		if len(code) == 2 {
			return decode(simplifiedchinese.GB18030, string([]byte{code[0] | 0x80, code[1] | 0x80}))
		}
	case big5:
		return decode(traditionalchinese.Big5, code)
	}
	return ""
}

func valid(s string) string {
	if !utf8.ValidString(s) || strings.ContainsRune(s, utf8.RuneError) || strings.ContainsRune(s, 0) {
		return ""
	}
	return s
}

// character is that of a CID: by its collection, or by the embedded font's own table; 0 if neither tells.
func (t *font) character(cid int) rune {
	if t.cids != nil {
		if table := t.cids(); cid >= 0 && cid < len(table) && table[cid] != utf8.RuneError {
			return table[cid]
		}
		return 0
	}
	gid := cid
	if t.toGID != nil {
		if 2*cid+1 >= len(t.toGID) || cid < 0 {
			return 0
		}
		gid = int(t.toGID[2*cid])<<8 | int(t.toGID[2*cid+1])
	}
	return t.gids[gid]
}

// private reports whether a text has characters that mean nothing outside of their font.
func private(s string) bool {
	for _, r := range s {
		if r >= 0xE000 && r <= 0xF8FF || r >= 0xF0000 || r < 0x20 && !unicode.IsSpace(r) {
			return true
		}
	}
	return false
}

// glyphText is the character that a glyph's name means: by the list of names, or as uni4E00 and u4E00 say.
func glyphText(n string) string {
	n, _, _ = strings.Cut(n, ".")
	if r, ok := glyphNames[n]; ok {
		return string(r)
	}
	if len(n) == 1 {
		return n
	}
	digits, ok := strings.CutPrefix(n, "uni")
	if !ok || len(digits) != 4 {
		digits, ok = strings.CutPrefix(n, "u")
		if len(digits) < 4 || len(digits) > 6 {
			ok = false
		}
	}
	if ok {
		if v, err := strconv.ParseUint(digits, 16, 32); err == nil {
			return valid(string(rune(v)))
		}
	}
	return ""
}
