package doc

import (
	"bytes"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// charset is an encoding that text comes in, by the name that Document.Charset holds.
type charset struct {
	name     string
	encoding encoding.Encoding // nil for UTF-8
}

// candidates in the order in which equal scores are settled.
var candidates = []charset{
	{"utf-8", nil},
	{"gb18030", simplifiedchinese.GB18030},
	{"big5", traditionalchinese.Big5},
	{"utf-16le", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)},
	{"utf-16be", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)},
}

const (
	utf8Charset = iota
	gb18030Charset
	big5Charset
	utf16LECharset
	utf16BECharset
)

// labels are the names by which pages call the candidates. GB 2312 and GBK are parts of GB18030. Names that servers and
// editors put in unasked (iso-8859-1, windows-1252) are no word to go by, and a label in ASCII is not UTF-16.
var labels = map[string]int{
	"utf-8": utf8Charset, "utf8": utf8Charset,
	"gb2312": gb18030Charset, "gb_2312-80": gb18030Charset, "gbk": gb18030Charset, "x-gbk": gb18030Charset, "gb18030": gb18030Charset,
	"gb-2312": gb18030Charset, "cp936": gb18030Charset, "ms936": gb18030Charset, "euc-cn": gb18030Charset, "hz-gb-2312": gb18030Charset,
	"big5": big5Charset, "big5-hkscs": big5Charset, "x-x-big5": big5Charset, "cn-big5": big5Charset, "cp950": big5Charset,
}

// byteOrderMarks by charset.
var byteOrderMarks = []struct {
	mark    string
	charset int
}{
	{"\xEF\xBB\xBF", utf8Charset}, {"\xFF\xFE", utf16LECharset}, {"\xFE\xFF", utf16BECharset}, {"\x84\x31\x95\x33", gb18030Charset},
}

// sampleSize is how many bytes are read in every charset to choose one; from the first byte that is not ASCII.
const sampleSize = 32 << 10

// decode gives the text of data and the name of its charset. Label is what the page says of itself, or empty. Bytes that the
// charset does not allow become U+FFFD; a text that is mostly that is an *Unreadable.
func decode(data []byte, label string, limit int64) (text, name string, err error) {
	c, mark := choose(data, label)
	if c < 0 {
		return "", "", &Unreadable{Reason: "binary, or in an encoding that is not known", Advice: "save it as plain text in UTF-8"}
	}
	data = data[mark:]
	if (c == utf16LECharset || c == utf16BECharset) && len(data)%2 != 0 {
		return "", "", &Unreadable{Reason: "truncated: UTF-16 with an odd number of bytes", Advice: "get it again, or save it in UTF-8"}
	}
	text, ok := convert(data, candidates[c], limit)
	if !ok {
		return "", "", &Unreadable{Reason: "too large: more than " + bytesText(limit) + " of text in UTF-8", Advice: adviceSplit}
	}
	if garbled(text) {
		return "", "", &Unreadable{Reason: "binary, not text", Advice: "save it as plain text in UTF-8"}
	}
	if strings.HasSuffix(text, "\uFFFD") && !bytes.HasSuffix(data, []byte("\uFFFD")) {
		return "", "", &Unreadable{Reason: "truncated: it ends within a character", Advice: "get it again"}
	}
	return text, candidates[c].name, nil
}

// choose finds the charset of data, as an index of candidates, and the length of its byte order mark. It is -1 if data reads
// as Chinese or plain text in none of them.
func choose(data []byte, label string) (c, mark int) {
	for _, m := range byteOrderMarks {
		if bytes.HasPrefix(data, []byte(m.mark)) {
			return m.charset, len(m.mark)
		}
	}
	valid := utf8.Valid(data)
	suspect := controls(data[:min(len(data), sampleSize)]) || bytes.IndexByte(data, 0) >= 0
	if valid && !suspect {
		// A few GBK characters can be valid UTF-8, but only as letters of two bytes. Chinese in UTF-8 has three.
		wide, letters := false, 0
		for _, b := range data {
			if b >= 0xE0 {
				wide = true
				break
			}
			if b >= 0x80 {
				letters++
			}
		}
		short := len(data) <= sampleSize
		if wide || letters == 0 || !short || score(data, gb18030Charset, false)-(len(data)-letters) < letters*3 {
			return utf8Charset, 0
		}
		return gb18030Charset, 0
	}
	said, labelled := labels[strings.ToLower(strings.TrimSpace(label))]
	best, bestScore, saidScore := -1, 0, 0
	sample := data
	for i, b := range data {
		if b >= 0x80 || b == 0 {
			sample = data[i&^1:]
			break
		}
	}
	for i := range candidates {
		from := sample
		if i != utf16LECharset && i != utf16BECharset {
			from = trimASCII(sample)
		}
		s := score(from[:min(len(from), sampleSize)], i, len(from) > sampleSize)
		if i == utf8Charset && mostlyUTF8(data) {
			s = max(s, 1) * 4 // a few broken bytes in a text that is UTF-8 otherwise
		}
		if best < 0 || s > bestScore {
			best, bestScore = i, s
		}
		if labelled && i == said {
			saidScore = s
		}
	}
	if labelled && said != best && saidScore > 0 && saidScore*3 >= bestScore*2 {
		return said, 0 // near enough to take the page's word
	}
	if bestScore <= 0 {
		return -1, 0
	}
	return best, 0
}

// trimASCII drops one byte of ASCII that only keeps the sample on a boundary of UTF-16.
func trimASCII(sample []byte) []byte {
	if len(sample) > 0 && sample[0] < 0x80 && sample[0] != 0 {
		return sample[1:]
	}
	return sample
}

// controls reports whether there are control characters that text does not have. Chinese text in UTF-16 always has some, when
// its bytes are looked at one by one: those of 。 are 30 02.
func controls(data []byte) bool {
	for _, b := range data {
		if b < 0x20 && !(b >= '\t' && b <= '\r') && b != 0x1A && b != 0x1B {
			return true
		}
	}
	return false
}

// mostlyUTF8 reports whether data has far more characters of several bytes as UTF-8 makes them than bytes that cannot be
// UTF-8. In other encodings it is the other way round.
func mostlyUTF8(data []byte) bool {
	good, bad := 0, 0
	for len(data) > 0 {
		if data[0] < utf8.RuneSelf {
			data = data[1:]
			continue
		}
		r, n := utf8.DecodeRune(data)
		if r == utf8.RuneError && n == 1 {
			bad++
		} else if n >= 3 {
			good++
		}
		data = data[n:]
	}
	return good > 4*bad
}

// score tells how much a sample reads like Chinese text in a charset: common characters and punctuation count for it;
// replacement characters, control characters, private use, rare scripts and rare characters against it.
func score(sample []byte, c int, cut bool) int {
	if c >= utf16LECharset {
		sample = sample[:len(sample)&^1]
	}
	text, _ := convert(sample, candidates[c], 1<<62)
	if cut || len(sample)%2 != 0 {
		text = strings.TrimRight(text, "\uFFFD") // the cut went through a character
	}
	common := commonCharacters()
	sum := 0
	for _, r := range text {
		switch {
		case r < 0x80:
			switch {
			case r == '\n' || r == '\r' || r == '\t' || r == '\f':
			case r < 0x20 || r == 0x7F:
				sum -= 30
			default:
				sum++
			}
		case r >= 0x4E00 && r <= 0x9FFF:
			if i := r - 0x4E00; common[i/64]>>(i%64)&1 != 0 {
				sum += 10
			} else {
				sum -= 2
			}
		case strings.ContainsRune("，。、；：？！（）《》“”‘’—…·「」『』【】　％", r):
			sum += 10
		case r == utf8.RuneError, r < 0xA0, r >= 0xE000 && r <= 0xF8FF, r >= 0xF0000:
			sum -= 30
		case r >= 0xFF00 && r <= 0xFF5E:
		default:
			sum -= 6
		}
	}
	return sum
}

// convert decodes data; ok is false if the text would be longer than limit.
func convert(data []byte, c charset, limit int64) (text string, ok bool) {
	var b strings.Builder
	if c.encoding == nil {
		if int64(len(data)) > limit {
			return "", false
		}
		if utf8.Valid(data) {
			return string(data), true
		}
		b.Grow(len(data) + len(data)/8)
		for len(data) > 0 {
			r, n := utf8.DecodeRune(data)
			if r == utf8.RuneError && n == 1 && !utf8.FullRune(data) {
				n = len(data) // the last character is cut off
			}
			b.WriteRune(r)
			data = data[n:]
			if int64(b.Len()) > limit {
				return "", false
			}
		}
		return b.String(), true
	}
	decoder := c.encoding.NewDecoder()
	b.Grow(int(min(int64(len(data))+int64(len(data))/2+4, limit+4)))
	chunk := make([]byte, min(64<<10, 3*len(data)+16))
	for {
		n, used, err := decoder.Transform(chunk, data, true)
		b.Write(chunk[:n])
		data = data[used:]
		if int64(b.Len()) > limit {
			return "", false
		}
		if err != transform.ErrShortDst { // the decoders of x/text give no other errors: they write U+FFFD
			return b.String(), true
		}
	}
}

// garbled reports whether a tenth of a text is what no text has: control characters and characters that were not decoded.
func garbled(text string) bool {
	bad, all := 0, 0
	for _, r := range text {
		all++
		if r == utf8.RuneError || r < 0x20 && !(r >= '\t' && r <= '\r') && r != 0x1A && r != 0x1B || r >= 0x7F && r < 0xA0 {
			bad++
		}
	}
	return bad > 4 && bad*10 > all
}

// decodeName reads a file name that need not be UTF-8.
func decodeName(name string) string {
	c, mark := choose([]byte(name), "")
	if c < 0 || c >= utf16LECharset {
		c, mark = utf8Charset, 0
	}
	s, _ := convert([]byte(name)[mark:], candidates[c], 1<<62)
	return s
}

// commonCharacters is the set of the characters of common, by code point from U+4E00.
var commonCharacters = sync.OnceValue(func() *[(0xA000 - 0x4E00) / 64]uint64 {
	var set [(0xA000 - 0x4E00) / 64]uint64
	for _, r := range commonSimplified + commonTraditional {
		set[(r-0x4E00)/64] |= 1 << ((r - 0x4E00) % 64)
	}
	return &set
})
