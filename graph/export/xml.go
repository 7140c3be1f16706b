package export

import (
	"encoding/xml"
	"io"
	"strings"
	"unicode/utf8"
)

// xmlWriter writes elements and keeps the first error.
type xmlWriter struct {
	w   io.Writer
	b   []byte // not yet written
	err error
}

// xmlBytes is about how much is written at once.
const xmlBytes = 1 << 16

func newXML(w io.Writer) *xmlWriter { return &xmlWriter{w: w} }

func (x *xmlWriter) raw(parts ...string) {
	for _, s := range parts {
		x.b = append(x.b, s...)
	}
	if len(x.b) >= xmlBytes {
		x.pass()
	}
}

// element writes a value, or nothing if it is empty.
func (x *xmlWriter) element(t tag, value string) {
	if value != "" {
		x.b = append(append(append(x.b, t.open...), escapeXML(value)...), t.close...)
	}
}

// pass hands on what is held.
func (x *xmlWriter) pass() {
	if x.err == nil {
		_, x.err = x.w.Write(x.b)
	}
	x.b = x.b[:0]
}

func (x *xmlWriter) flush() error {
	x.pass()
	return x.err
}

// plainXML reports whether text needs no escaping and no replacing in XML. It may say no of some that does not.
func plainXML(s string) bool {
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if c < 0x20 || c == '<' || c == '>' || c == '&' || c == '"' || c == '\'' {
				return false
			}
			i++
			continue
		}
		switch {
		case c >= 0xE1 && c <= 0xEF && c != 0xED && i+2 < len(s) && s[i+1]&0xC0 == 0x80 && s[i+2]&0xC0 == 0x80 && (c != 0xEF || s[i+1] != 0xBF):
			i += 3 // of which none is a surrogate or has no character
		case c >= 0xC2 && c <= 0xDF && i+1 < len(s) && s[i+1]&0xC0 == 0x80:
			i += 2
		default:
			return false
		}
	}
	return true
}

// escapeXML escapes text for elements and attributes; what XML cannot hold becomes U+FFFD, one for one.
func escapeXML(s string) string {
	if plainXML(s) {
		return s
	}
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder takes all
	return b.String()
}
