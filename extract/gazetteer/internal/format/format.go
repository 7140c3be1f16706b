// Package format is the layout of the gazetteer's data: tables of fixed width and one text with all names, read in place. The
// generator writes it and package gazetteer reads it; no other package may.
package format

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
)

// Kind is the kind of a place.
type Kind uint8

// The kinds of places, from the highest level to the lowest.
const (
	Country Kind = iota
	Province
	City
	County
	Township
	Zone
)

// Place is one place; names are positions in Tables.Names, places positions in Tables.Places.
type Place struct {
	Key        uint32 // see ParseCode
	Name       int    // official
	Short      int    // -1 if it has none that is safe
	Parent     int    // itself for the country
	Kind       Kind
	Government bool // a zone with a management of its own
	Near       bool // the official name may be matched where the document speaks for a place around
}

// Name is one name.
type Name struct {
	Text   string
	Wide   bool  // may be matched anywhere
	Places []int // that bear it, ascending
}

// Near is a further name of a place that may be matched where the document speaks for a place around.
type Near struct{ Place, Name int }

// Tables is the whole of the data: places ascending by key, names ascending by text, near ascending by place.
type Tables struct {
	Places []Place
	Names  []Name
	Near   []Near
}

// The layout: the magic number, the four numbers of entries and the length of the texts as uint32, then the tables in that
// order, all little endian:
//
//	places   key uint32, name and flags uint32, short uint32, parent uint16
//	names    start of the text and flag uint32, start of the bearers uint32; one more entry marks the ends
//	bearers  place uint16
//	near     place uint16, name uint32
//	texts
const (
	magic      = 0x31475054 // TPG1
	headerSize = 6 * 4
	placeSize  = 14
	nameSize   = 8
	nearSize   = 6
	nameBits   = 20
	noName     = 1<<nameBits - 1
	wideFlag   = 1 << 31
)

// Hash identifies encoded data.
func Hash(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:6])
}

// ParseCode turns a code into a number that orders as codes do as strings: six digits, six digits and three more for a
// township, or six digits and Z with two more for a zone of ours.
func ParseCode(code string) (key uint32, ok bool) {
	if len(code) != 6 && len(code) != 9 {
		return 0, false
	}
	digits := func(s string) (uint32, bool) {
		for i := 0; i < len(s); i++ {
			if s[i] < '0' || s[i] > '9' {
				return 0, false
			}
		}
		n, err := strconv.ParseUint(s, 10, 32)
		return uint32(n), err == nil
	}
	six, ok := digits(code[:6])
	if !ok {
		return 0, false
	}
	key = six * 2000
	switch {
	case len(code) == 6:
		return key, true
	case code[6] == 'Z':
		n, ok := digits(code[7:])
		return key + 1000 + n, ok && n > 0
	}
	n, ok := digits(code[6:])
	return key + n, ok && n > 0
}

// Code is the code of a key.
func Code(key uint32) string {
	var b [9]byte
	six, rest := key/2000, key%2000
	for i := 5; i >= 0; i-- {
		b[i] = byte('0' + six%10)
		six /= 10
	}
	if rest == 0 {
		return string(b[:6])
	}
	if rest >= 1000 {
		rest -= 1000
		b[6], b[7], b[8] = 'Z', byte('0'+rest/10%10), byte('0'+rest%10)
	} else {
		b[6], b[7], b[8] = byte('0'+rest/100), byte('0'+rest/10%10), byte('0'+rest%10)
	}
	return string(b[:])
}

// Encode lays the tables out.
func (t *Tables) Encode() ([]byte, error) {
	if len(t.Places) > 1<<16 || len(t.Names) >= noName {
		return nil, fmt.Errorf("%d places and %d names are too many for the layout", len(t.Places), len(t.Names))
	}
	le := binary.LittleEndian
	var places, names, bearers, near, texts []byte
	for i, p := range t.Places {
		if i > 0 && t.Places[i-1].Key >= p.Key {
			return nil, fmt.Errorf("place %s does not follow %s", Code(p.Key), Code(t.Places[i-1].Key))
		}
		flags := uint32(p.Kind) << nameBits
		if p.Government {
			flags |= 1 << (nameBits + 4)
		}
		if p.Near {
			flags |= 1 << (nameBits + 5)
		}
		short := uint32(noName)
		if p.Short >= 0 {
			short = uint32(p.Short)
		}
		places = le.AppendUint32(places, p.Key)
		places = le.AppendUint32(places, uint32(p.Name)|flags)
		places = le.AppendUint32(places, short)
		places = le.AppendUint16(places, uint16(p.Parent))
	}
	for i, n := range t.Names {
		if i > 0 && t.Names[i-1].Text >= n.Text {
			return nil, fmt.Errorf("name %s does not follow %s", n.Text, t.Names[i-1].Text)
		}
		start := uint32(len(texts))
		if n.Wide {
			start |= wideFlag
		}
		names = le.AppendUint32(names, start)
		names = le.AppendUint32(names, uint32(len(bearers)/2))
		texts = append(texts, n.Text...)
		for _, p := range n.Places {
			bearers = le.AppendUint16(bearers, uint16(p))
		}
	}
	names = le.AppendUint32(names, uint32(len(texts)))
	names = le.AppendUint32(names, uint32(len(bearers)/2))
	for _, n := range t.Near {
		near = le.AppendUint16(near, uint16(n.Place))
		near = le.AppendUint32(near, uint32(n.Name))
	}
	var out []byte
	for _, n := range []int{magic, len(t.Places), len(t.Names), len(bearers) / 2, len(t.Near), len(texts)} {
		out = le.AppendUint32(out, uint32(n))
	}
	for _, section := range [][]byte{places, names, bearers, near, texts} {
		out = append(out, section...)
	}
	return out, nil
}

// Data is encoded data, read in place. It may be used by several goroutines at once.
type Data struct {
	places, names, bearers, near, texts string
}

var errFormat = errors.New("the data are not those of this version; run the generator again")

// Open checks the length of the data and finds its tables. It copies nothing.
func Open(data string) (*Data, error) {
	if len(data) < headerSize || u32(data, 0) != magic {
		return nil, errFormat
	}
	size := func(i, each, more int) int { return (int(u32(data, 4*i)) + more) * each }
	d := &Data{}
	rest := data[headerSize:]
	for _, s := range []struct {
		section *string
		size    int
	}{
		{&d.places, size(1, placeSize, 0)},
		{&d.names, size(2, nameSize, 1)},
		{&d.bearers, size(3, 2, 0)},
		{&d.near, size(4, nearSize, 0)},
		{&d.texts, size(5, 1, 0)},
	} {
		if s.size > len(rest) {
			return nil, errFormat
		}
		*s.section, rest = rest[:s.size], rest[s.size:]
	}
	if rest != "" {
		return nil, errFormat
	}
	return d, nil
}

func u16(s string, i int) uint16 { return uint16(s[i]) | uint16(s[i+1])<<8 }

func u32(s string, i int) uint32 {
	s = s[i : i+4]
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
}

// Len is the number of places.
func (d *Data) Len() int { return len(d.places) / placeSize }

// Key is the key of place i.
func (d *Data) Key(i int) uint32 { return u32(d.places, i*placeSize) }

// Place is place i.
func (d *Data) Place(i int) Place {
	at := i * placeSize
	name, short := u32(d.places, at+4), u32(d.places, at+8)
	p := Place{
		Key: u32(d.places, at), Name: int(name & noName), Short: int(short), Parent: int(u16(d.places, at+12)),
		Kind: Kind(name >> nameBits & 0xf), Government: name>>(nameBits+4)&1 == 1, Near: name>>(nameBits+5)&1 == 1,
	}
	if short == noName {
		p.Short = -1
	}
	return p
}

// Names is the number of names.
func (d *Data) Names() int { return len(d.names)/nameSize - 1 }

// Text is name i.
func (d *Data) Text(i int) string {
	return d.texts[u32(d.names, i*nameSize)&^uint32(wideFlag) : u32(d.names, (i+1)*nameSize)&^uint32(wideFlag)]
}

// Wide reports whether name i may be matched anywhere.
func (d *Data) Wide(i int) bool { return u32(d.names, i*nameSize)&wideFlag != 0 }

// Bearers is the range of the places, as positions for Bearer, that bear name i.
func (d *Data) Bearers(i int) (from, to int) {
	return int(u32(d.names, i*nameSize+4)), int(u32(d.names, (i+1)*nameSize+4))
}

// Bearer is the place at a position within a range that Bearers gave.
func (d *Data) Bearer(at int) int { return int(u16(d.bearers, 2*at)) }

// NearLen is the number of further names that may be matched near their places, ascending by place.
func (d *Data) NearLen() int { return len(d.near) / nearSize }

// NearAt is one of them.
func (d *Data) NearAt(i int) Near {
	return Near{Place: int(u16(d.near, i*nearSize)), Name: int(u32(d.near, i*nearSize+2))}
}
