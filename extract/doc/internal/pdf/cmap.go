package pdf

import (
	"slices"
	"unicode/utf16"
)

// cmap maps codes of text to characters (a ToUnicode map) or to CIDs (an encoding).
type cmap struct {
	spaces []codeSpace
	chars  map[uint32]string // code to text
	ranges []codeRange       // ascending by first, as far as the file has them so
}

// codeSpace is a range of codes of one length.
type codeSpace struct {
	bytes       int
	first, last uint32
}

// codeRange maps consecutive codes to consecutive characters or CIDs.
type codeRange struct {
	first, last uint32
	text        string // of the first code; its last unit counts up
	cid         int    // of the first code, in an encoding
}

// maxMappings bounds the entries of a map.
const maxMappings = 200_000

// readCMap reads a map from the data of a stream.
func readCMap(data []byte) *cmap {
	m := &cmap{chars: map[uint32]string{}}
	l := lexer{data: data}
	var stack []object
	code := func(o object) (uint32, int, bool) {
		s, ok := o.(string)
		if !ok || len(s) == 0 || len(s) > 4 {
			return 0, 0, false
		}
		v := uint32(0)
		for i := range len(s) {
			v = v<<8 | uint32(s[i])
		}
		return v, len(s), true
	}
	for {
		o := l.next(0)
		if _, done := o.(end); done {
			break
		}
		word, ok := o.(keyword)
		if !ok {
			if len(stack) < 4096 {
				stack = append(stack, o)
			}
			continue
		}
		switch word {
		case "endcodespacerange":
			for i := 0; i+1 < len(stack) && len(m.spaces) < 256; i += 2 {
				a, n, ok1 := code(stack[i])
				b, _, ok2 := code(stack[i+1])
				if ok1 && ok2 {
					m.spaces = append(m.spaces, codeSpace{n, a, b})
				}
			}
		case "endbfchar":
			for i := 0; i+1 < len(stack) && len(m.chars) < maxMappings; i += 2 {
				c, _, ok := code(stack[i])
				text, is := stack[i+1].(string)
				if ok && is {
					m.chars[c] = text
				}
			}
		case "endbfrange", "endcidrange":
			for i := 0; i+2 < len(stack) && len(m.ranges) < maxMappings; i += 3 {
				a, _, ok1 := code(stack[i])
				b, _, ok2 := code(stack[i+1])
				if !ok1 || !ok2 || b < a {
					continue
				}
				switch to := stack[i+2].(type) {
				case string:
					m.ranges = append(m.ranges, codeRange{first: a, last: b, text: to})
				case float64:
					m.ranges = append(m.ranges, codeRange{first: a, last: b, cid: int(to)})
				case array:
					for k, o := range to {
						if text, is := o.(string); is && uint32(k) <= b-a && len(m.chars) < maxMappings {
							m.chars[a+uint32(k)] = text
						}
					}
				}
			}
		case "endcidchar":
			for i := 0; i+1 < len(stack) && len(m.ranges) < maxMappings; i += 2 {
				c, _, ok := code(stack[i])
				if cid, is := stack[i+1].(float64); ok && is {
					m.ranges = append(m.ranges, codeRange{first: c, last: c, cid: int(cid)})
				}
			}
		}
		stack = stack[:0]
	}
	slices.SortStableFunc(m.ranges, func(a, b codeRange) int { return int(int64(a.first) - int64(b.first)) })
	return m
}

// find gives the range that holds a code.
func (m *cmap) find(c uint32) (codeRange, bool) {
	i, found := slices.BinarySearchFunc(m.ranges, c, func(r codeRange, c uint32) int { return int(int64(r.first) - int64(c)) })
	if !found {
		i--
	}
	for k := i; k >= 0 && k > i-4; k-- { // ranges of careless files overlap
		if r := m.ranges[k]; r.first <= c && c <= r.last {
			return r, true
		}
	}
	return codeRange{}, false
}

// text gives the characters for a code in a ToUnicode map.
func (m *cmap) text(c uint32) (string, bool) {
	raw, ok := m.chars[c]
	add := uint16(0)
	if !ok {
		r, found := m.find(c)
		if !found || r.text == "" {
			return "", false
		}
		raw, add = r.text, uint16(c-r.first)
	}
	if len(raw) == 1 {
		return string(rune(raw[0]) + rune(add)), raw[0]+byte(add) != 0
	}
	units := make([]uint16, len(raw)/2)
	for i := range units {
		units[i] = uint16(raw[2*i])<<8 | uint16(raw[2*i+1])
	}
	if len(units) == 0 || len(units) > 32 {
		return "", false
	}
	units[len(units)-1] += add
	for _, r := range utf16.Decode(units) {
		if r == 0 || r == 0xFFFD {
			return "", false
		}
	}
	return string(utf16.Decode(units)), true
}

// next cuts a code off the front of a text: by the ranges of codes, or two bytes where there are none.
func (m *cmap) next(s string) (c uint32, n int) {
	for n = 1; n <= 4 && n <= len(s); n++ {
		c = c<<8 | uint32(s[n-1])
		for _, r := range m.spaces {
			if r.bytes == n && r.holds(c) {
				return c, n
			}
		}
	}
	if len(m.spaces) > 0 {
		n = m.spaces[0].bytes
		for _, r := range m.spaces {
			n = min(n, r.bytes)
		}
	} else {
		n = 2
	}
	n = min(n, len(s))
	c = 0
	for i := range n {
		c = c<<8 | uint32(s[i])
	}
	return c, n
}

// holds compares byte by byte, as the ranges of codes are rectangles.
func (r codeSpace) holds(c uint32) bool {
	for shift := 0; shift < 8*r.bytes; shift += 8 {
		b := byte(c >> shift)
		if b < byte(r.first>>shift) || b > byte(r.last>>shift) {
			return false
		}
	}
	return true
}
