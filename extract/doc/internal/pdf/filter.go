package pdf

import (
	"bytes"
	"compress/flate"
	"encoding/ascii85"
	"errors"
	"fmt"
	"hash/adler32"
	"io"
)

// errPicture is the error of a stream that holds a picture in a format of pictures.
var errPicture = errors.New("a picture")

// decode unpacks a stream. If strict is false, what could be unpacked of a damaged stream is given without an error.
func (f *File) decode(s *stream, strict bool) ([]byte, error) {
	data := s.data
	if f.crypt != nil && s.dict["Type"] != name("XRef") {
		var err error
		if data, err = f.crypt.stream(s); err != nil {
			return nil, err
		}
	}
	filters := array{}
	switch v := f.resolve(s.dict["Filter"]).(type) {
	case name:
		filters = array{v}
	case array:
		filters = v
	}
	params := s.dict["DecodeParms"]
	if params == nil {
		params = s.dict["DP"]
	}
	if len(filters) > 8 {
		return nil, errors.New("too many filters")
	}
	for i, filter := range filters {
		p := f.dict(params)
		if list, ok := f.resolve(params).(array); ok {
			p = nil
			if i < len(list) {
				p = f.dict(list[i])
			}
		}
		var err error
		data, err = f.filter(f.name(filter), p, data)
		if err != nil && (strict || errors.Is(err, errPicture)) {
			return nil, err
		}
	}
	return data, nil
}

func (f *File) filter(kind name, p dict, data []byte) ([]byte, error) {
	most := min(f.limits.Stream, f.limits.Decoded)
	var out []byte
	var err error
	switch kind {
	case "FlateDecode", "Fl":
		out, err = inflate(data, most)
	case "LZWDecode", "LZW":
		early := f.num(p["EarlyChange"], 1) != 0
		out, err = lzw(data, early, most)
	case "ASCII85Decode", "A85":
		out, err = decode85(data)
	case "ASCIIHexDecode", "AHx":
		l := lexer{data: data}
		out = []byte(l.hex())
	case "RunLengthDecode", "RL":
		out, err = runLength(data, most)
	case "Crypt":
		return data, nil
	case "DCTDecode", "DCT", "JPXDecode", "CCITTFaxDecode", "CCF", "JBIG2Decode":
		return nil, errPicture
	default:
		return nil, fmt.Errorf("an unknown filter %q", string(kind))
	}
	if errors.Is(err, ErrLimit) {
		panic(stop{ErrLimit})
	}
	f.spend(int64(len(out)))
	if kind == "FlateDecode" || kind == "Fl" || kind == "LZWDecode" || kind == "LZW" {
		undone, bad := f.predict(p, out)
		if bad != nil {
			return nil, bad
		}
		out = undone
	}
	return out, err
}

var errDamaged = errors.New("damaged data")

// inflate unpacks a zlib stream. A checksum that is wrong is an error; one that is cut off is none, since some programs write
// none.
func inflate(data []byte, most int64) ([]byte, error) {
	for len(data) > 0 && (data[0] == '\r' || data[0] == '\n') {
		data = data[1:]
	}
	if len(data) < 2 || data[0]&0x0F != 8 || (int(data[0])<<8|int(data[1]))%31 != 0 {
		if len(data) == 0 {
			return nil, nil
		}
		return nil, errDamaged
	}
	in := bytes.NewReader(data[2:])
	r := flate.NewReader(in)
	var out bytes.Buffer
	n, err := io.Copy(&out, io.LimitReader(r, most+1))
	if n > most {
		return nil, ErrLimit
	}
	if err != nil {
		return out.Bytes(), errDamaged
	}
	var sum [4]byte
	if _, err := io.ReadFull(in, sum[:]); err == nil {
		want := uint32(sum[0])<<24 | uint32(sum[1])<<16 | uint32(sum[2])<<8 | uint32(sum[3])
		if want != adler32.Checksum(out.Bytes()) {
			return out.Bytes(), errDamaged
		}
	}
	return out.Bytes(), nil
}

func decode85(data []byte) ([]byte, error) {
	data = bytes.TrimPrefix(bytes.TrimLeft(data, " \t\r\n"), []byte("<~"))
	if i := bytes.IndexByte(data, '~'); i >= 0 {
		data = data[:i]
	}
	out := make([]byte, 4*len(data)+8)
	n, _, err := ascii85.Decode(out, data, true)
	if err != nil {
		return out[:n], errDamaged
	}
	return out[:n], nil
}

func runLength(data []byte, most int64) ([]byte, error) {
	var out []byte
	for i := 0; i < len(data); {
		n := int(data[i])
		i++
		switch {
		case n == 128:
			return out, nil
		case n < 128:
			if i+n+1 > len(data) {
				return append(out, data[i:]...), errDamaged
			}
			out = append(out, data[i:i+n+1]...)
			i += n + 1
		default:
			if i >= len(data) {
				return out, errDamaged
			}
			out = append(out, bytes.Repeat(data[i:i+1], 257-n)...)
			i++
		}
		if int64(len(out)) > most {
			return nil, ErrLimit
		}
	}
	return out, nil
}

// lzw unpacks LZW as TIFF and PDF have it: codes of 9 to 12 bits, the highest first. With early the width grows one code
// early.
func lzw(data []byte, early bool, most int64) ([]byte, error) {
	const clear, eod = 256, 257
	type link struct {
		prefix int
		last   byte
		size   int
	}
	table := make([]link, 258, 4096)
	for i := range 256 {
		table[i] = link{-1, byte(i), 1}
	}
	var out []byte
	width, bits, have, prev := 9, 0, 0, -1
	write := func(code int) byte {
		n := table[code].size
		at := len(out)
		out = append(out, make([]byte, n)...)
		for i := at + n - 1; i >= at; i-- {
			out[i] = table[code].last
			code = table[code].prefix
		}
		return out[at]
	}
	off := 0
	if early {
		off = 1
	}
	for _, b := range data {
		bits, have = bits<<8|int(b), have+8
		if have < width {
			continue
		}
		code := bits >> (have - width) & (1<<width - 1)
		have -= width
		bits &= 1<<have - 1
		switch {
		case code == eod:
			return out, nil
		case code == clear:
			table, width, prev = table[:258], 9, -1
			continue
		case prev < 0:
			if code > 255 {
				return out, errDamaged
			}
			write(code)
		case code < len(table):
			first := write(code)
			if len(table) < 4096 {
				table = append(table, link{prev, first, table[prev].size + 1})
			}
		case code == len(table) && len(table) < 4096:
			first := prev
			for table[first].prefix >= 0 {
				first = table[first].prefix
			}
			table = append(table, link{prev, byte(first), table[prev].size + 1})
			write(code)
		default:
			return out, errDamaged
		}
		prev = code
		for width < 12 && len(table)+off >= 1<<width {
			width++
		}
		if int64(len(out)) > most {
			return nil, ErrLimit
		}
	}
	return out, nil
}

// predict undoes the prediction of rows that pictures and tables of objects are packed with.
func (f *File) predict(p dict, data []byte) ([]byte, error) {
	kind := int(f.num(p["Predictor"], 1))
	if kind < 2 {
		return data, nil
	}
	colors, bits, columns := int(f.num(p["Colors"], 1)), int(f.num(p["BitsPerComponent"], 8)), int(f.num(p["Columns"], 1))
	if colors < 1 || colors > 64 || bits < 1 || bits > 32 || columns < 1 || columns > 1<<20 {
		return nil, errDamaged
	}
	pixel := max((colors*bits+7)/8, 1)
	size := (colors*bits*columns + 7) / 8
	if kind == 2 {
		if bits != 8 {
			return data, nil
		}
		for start := 0; start < len(data); start += size {
			line := data[start:min(start+size, len(data))]
			for i := pixel; i < len(line); i++ {
				line[i] += line[i-pixel]
			}
		}
		return data, nil
	}
	out := make([]byte, 0, len(data))
	above := make([]byte, size)
	for len(data) > 1 {
		how := data[0]
		n := min(size, len(data)-1)
		line := make([]byte, size)
		copy(line, data[1:1+n])
		data = data[1+n:]
		for i := range line {
			var left, corner byte
			if i >= pixel {
				left, corner = line[i-pixel], above[i-pixel]
			}
			switch how {
			case 0:
			case 1:
				line[i] += left
			case 2:
				line[i] += above[i]
			case 3:
				line[i] += byte((int(left) + int(above[i])) / 2)
			case 4:
				line[i] += paeth(left, above[i], corner)
			default:
				return nil, errDamaged
			}
		}
		out = append(out, line[:n]...)
		above = line
	}
	return out, nil
}

func paeth(a, b, c byte) byte {
	p := int(a) + int(b) - int(c)
	pa, pb, pc := abs(p-int(a)), abs(p-int(b)), abs(p-int(c))
	switch {
	case pa <= pb && pa <= pc:
		return a
	case pb <= pc:
		return b
	}
	return c
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
