package pdf

import "encoding/binary"

// fontGlyphs reads which character each glyph of an embedded TrueType or OpenType font shows, from the font's own table. It is
// nil if the font is not embedded or has no table.
func (f *File) fontGlyphs(descriptor dict) map[int]rune {
	for _, key := range []name{"FontFile2", "FontFile3"} {
		s, ok := f.resolve(descriptor[key]).(*stream)
		if !ok {
			continue
		}
		data, err := f.decode(s, false)
		if err != nil {
			return nil
		}
		return glyphCharacters(data)
	}
	return nil
}

// glyphCharacters inverts the table cmap of a font.
func glyphCharacters(data []byte) map[int]rune {
	u16 := func(at int) int {
		if at < 0 || at+2 > len(data) {
			return 0
		}
		return int(binary.BigEndian.Uint16(data[at:]))
	}
	u32 := func(at int) int {
		if at < 0 || at+4 > len(data) {
			return 0
		}
		return int(binary.BigEndian.Uint32(data[at:]))
	}
	table := 0
	for i := range min(u16(4), 64) {
		at := 12 + 16*i
		if at+16 <= len(data) && string(data[at:at+4]) == "cmap" {
			table = u32(at + 8)
		}
	}
	if table == 0 {
		return nil
	}
	best, rank := 0, 0
	for i := range min(u16(table+2), 64) {
		at := table + 4 + 8*i
		r := 0
		switch platform, encoding := u16(at), u16(at+2); {
		case platform == 3 && encoding == 10, platform == 0 && encoding >= 4:
			r = 3
		case platform == 3 && encoding == 1, platform == 0:
			r = 2
		}
		if r > rank {
			best, rank = table+u32(at+4), r
		}
	}
	if best == 0 {
		return nil
	}
	m := map[int]rune{}
	left := 300_000 // characters that are looked at
	add := func(gid int, r rune) {
		left--
		if gid == 0 || r == 0 {
			return
		}
		if old, ok := m[gid]; !ok || better(r, old) {
			m[gid] = r
		}
	}
	switch u16(best) {
	case 4:
		n := u16(best+6) / 2
		for i := range n {
			last, first := u16(best+14+2*i), u16(best+16+2*n+2*i)
			delta, offset := u16(best+16+4*n+2*i), u16(best+16+6*n+2*i)
			for c := first; c <= last && c < 0xFFFF && left > 0; c++ {
				gid := 0
				if offset == 0 {
					gid = (c + delta) & 0xFFFF
				} else if gid = u16(best + 16 + 6*n + 2*i + offset + 2*(c-first)); gid != 0 {
					gid = (gid + delta) & 0xFFFF
				}
				add(gid, rune(c))
			}
		}
	case 6:
		first := u16(best + 6)
		for i := range u16(best + 8) {
			add(u16(best+10+2*i), rune(first+i))
		}
	case 12:
		for i := range min(u32(best+12), 20_000) {
			at := best + 16 + 12*i
			first, last, gid := u32(at), u32(at+4), u32(at+8)
			for c := first; c <= last && left > 0 && c < 0x40000; c++ {
				add(gid+c-first, rune(c))
			}
		}
	}
	return m
}

// better reports whether a character is the plainer of two that share a glyph: an ideograph, not its radical or compatibility
// form.
func better(r, old rune) bool {
	plain := func(r rune) bool {
		return !(r >= 0x2E80 && r <= 0x2FDF || r >= 0xF900 && r <= 0xFAFF || r >= 0xE000 && r <= 0xF8FF)
	}
	return plain(r) && (!plain(old) || r < old)
}
