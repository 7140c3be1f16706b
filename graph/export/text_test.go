package export

import (
	"encoding/xml"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

// Text that is written as it stands needs no change: whatever bytes it is made of, the slow way gives the same.
func TestPlainText(t *testing.T) {
	bytes := rapid.SampledFrom([]string{
		"厂", "（", "·", "“", "A", " ", "  ", "\n", "\x00", "\x7f", "\u0085", "\u00a0", "\u1680", "\u2003", "\u2028", "\u3000", "<", "&", "\"", "'",
		"\ufffd", "\ufffe", "\uffff", "𠮷", "\xed\xa0\x80", "\xe3", "\x80", "\xc2", "\xe0\x80\x80", "\xf5",
	})
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOfN(bytes, 0, 6).Draw(t, "s"), "")
		var escaped strings.Builder
		if err := xml.EscapeText(&escaped, []byte(s)); err != nil {
			t.Fatal(err)
		}
		if got := escapeXML(s); got != escaped.String() {
			t.Errorf("%q escaped: %q, want %q", s, got, escaped.String())
		}
		words := strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) })
		if got := oneLine(s); got != strings.Join(words, " ") {
			t.Errorf("%q in one line: %q, want %q", s, got, words)
		}
	})
}
