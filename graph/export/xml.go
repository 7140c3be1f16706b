package export

import (
	"bufio"
	"encoding/xml"
	"io"
	"strings"
	"unicode/utf8"
)

// xmlWriter writes elements and keeps the first error.
type xmlWriter struct {
	w   *bufio.Writer
	err error
}

func newXML(w io.Writer) *xmlWriter { return &xmlWriter{w: bufio.NewWriterSize(w, 1<<16)} }

func (x *xmlWriter) raw(parts ...string) {
	for _, s := range parts {
		if x.err == nil {
			_, x.err = x.w.WriteString(s)
		}
	}
}

// element writes a value, or nothing if it is empty.
func (x *xmlWriter) element(t tag, value string) {
	if value != "" {
		x.raw(t.open, escapeXML(value), t.close)
	}
}

func (x *xmlWriter) flush() error {
	if x.err != nil {
		return x.err
	}
	return x.w.Flush()
}

// plainXML reports whether text needs no escaping and no replacing in XML.
func plainXML(s string) bool {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c < 0x20, c == '<', c == '>', c == '&', c == '"', c == '\'':
			return false
		case c == 0xEF && i+2 < len(s) && s[i+1] == 0xBF && s[i+2] >= 0xBE: // U+FFFE and U+FFFF
			return false
		}
	}
	return utf8.ValidString(s)
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
