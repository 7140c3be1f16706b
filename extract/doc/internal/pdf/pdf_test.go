package pdf

import (
	"bytes"
	"compress/zlib"
	"encoding/ascii85"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
)

var wide = Limits{Decoded: 1 << 24, Stream: 1 << 22, Pages: 100, Steps: 1_000_000}

func TestObjects(t *testing.T) {
	for _, c := range []struct {
		text string
		want object
	}{
		{"12", 12.0},
		{"-0.5", -0.5},
		{"+3.", 3.0},
		{".25", 0.25},
		{"--7", -7.0},
		{"12-34", 12.0},
		{"1.2.3", 1.2},
		{"true", true},
		{"null", nil},
		{"/Name#20a", name("Name a")},
		{"/A/B", name("A")},
		{"(a(b)c\\)\\\\\\101\\n)", "a(b)c)\\A\n"},
		{"(a\\\r\nb\rc)", "ab\nc"},
		{"<48 65 6C6c 6>", "Hell`"},
		{"[1 (a) /b [2] null]", array{1.0, "a", name("b"), array{2.0}, nil}},
		{"<</A 1 /B<</C (d)>>>>", dict{"A": 1.0, "B": dict{"C": "d"}}},
		{"12 0 R", ref{12, 0}},
		{"[12 0 R 5]", array{ref{12, 0}, 5.0}},
		{"% comment\n 7", 7.0},
		{"(never closed", "never closed"},
		{"[1 2", array{1.0, 2.0}},
		{"<</A 1", dict{"A": 1.0}},
		{"", end{}},
		{"BT", keyword("BT")},
	} {
		l := lexer{data: []byte(c.text), refs: true}
		if got := l.next(0); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%q: %#v, want %#v", c.text, got, c.want)
		}
	}
	deep := lexer{data: []byte(strings.Repeat("[", 100_000) + strings.Repeat("<</A", 100_000))}
	for {
		if _, done := deep.next(0).(end); done {
			break
		}
	}
}

func TestFilters(t *testing.T) {
	f := &File{limits: wide, steps: 1000}
	var flate, base85 bytes.Buffer
	z := zlib.NewWriter(&flate)
	if _, err := z.Write([]byte("报告")); err != nil || z.Close() != nil {
		t.Fatal(err)
	}
	a := ascii85.NewEncoder(&base85)
	if _, err := a.Write([]byte("报告")); err != nil || a.Close() != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		filter name
		params dict
		data   string
		want   string
		bad    bool
	}{
		{"FlateDecode", nil, flate.String(), "报告", false},
		{"FlateDecode", nil, flate.String()[:flate.Len()-4], "报告", false}, // without its checksum
		{"FlateDecode", nil, flate.String()[:flate.Len()-1] + "\x00", "", true},
		{"FlateDecode", nil, flate.String()[:6], "", true},
		{"FlateDecode", nil, "no zlib", "", true},
		{"ASCII85Decode", nil, "<~" + base85.String() + "~>", "报告", false},
		{"ASCIIHexDecode", nil, "41 42 4>", "AB@", false},
		{"RunLengthDecode", nil, "\x02abc\xFEd\x80", "abcddd", false},
		{"RunLengthDecode", nil, "\x05abc", "", true},
		// The example of ISO 32000-1, 7.4.4.2.
		{"LZWDecode", nil, "\x80\x0B\x60\x50\x22\x0C\x0C\x85\x01", "-----A---B", false},
		{"LZWDecode", nil, "\x80\x0B\xFF\xFF", "", true},
		{"LZWDecode", dict{"Predictor": 12.0, "Columns": 5.0}, "\x80\x00\x00", "", false},
		{"Unheard", nil, "x", "", true},
		{"DCTDecode", nil, "x", "", true},
	} {
		got, err := f.filter(c.filter, c.params, []byte(c.data))
		if (err != nil) != c.bad || err == nil && string(got) != c.want {
			t.Errorf("%s of %q: %q, %v", c.filter, c.data, got, err)
		}
	}
	rows := []byte("\x02abc\x02\x01\x01\x01\x01d\x01\x01\x00xyz\x04\x01\x01\x01\x03\x01\x01\x01")
	got, err := f.predict(dict{"Predictor": 15.0, "Columns": 3.0}, rows)
	if want := "abcbcddefxyzyz{=\\l"; err != nil || string(got) != want {
		t.Errorf("predicted %q, %v", got, err)
	}
}

func TestBombsStop(t *testing.T) {
	var bomb bytes.Buffer
	z := zlib.NewWriter(&bomb)
	for range 64 {
		if _, err := z.Write(make([]byte, 1<<20)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	file := document(fmt.Sprintf("<</Length %d/Filter/FlateDecode>>\nstream\n%s\nendstream", bomb.Len(), bomb.String()))
	f, err := Open(file, wide)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Pages(func(*Page) bool { return true }); !errors.Is(err, ErrLimit) {
		t.Errorf("a bomb: %v", err)
	}
	endless := document("<</Length 9>>\nstream\n/Fm Do q \nendstream")
	f, err = Open(endless, Limits{Decoded: 1 << 20, Stream: 1 << 20, Pages: 1, Steps: 2})
	if err == nil {
		_, err = f.Pages(func(*Page) bool { return true })
	}
	if !errors.Is(err, ErrLimit) {
		t.Errorf("no steps left: %v", err)
	}
}

// document is a PDF file of one page, without a table of objects, with the given object as its content.
func document(content string) []byte {
	return []byte("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R 3 0 R]/Count 1>>endobj\n" +
		"3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>/MediaBox[0 0 200 100]>>endobj\n" +
		"4 0 obj" + content + "endobj\ntrailer<</Root 1 0 R>>")
}

func TestPages(t *testing.T) {
	page := func(t *testing.T, content string) *Page {
		t.Helper()
		f, err := Open(document(fmt.Sprintf("<</Length %d>>\nstream\n%s\nendstream", len(content), content)), wide)
		if err != nil {
			t.Fatal(err)
		}
		var pages []*Page
		if _, err := f.Pages(func(p *Page) bool { pages = append(pages, p); return true }); err != nil {
			t.Fatal(err)
		}
		if len(pages) != 1 {
			t.Fatalf("%d pages", len(pages))
		}
		return pages[0]
	}
	texts := func(p *Page) string {
		var b strings.Builder
		for _, g := range p.Glyphs {
			fmt.Fprintf(&b, "%s@%.0f,%.0f ", g.Text, g.X, g.Y)
		}
		return strings.TrimSpace(b.String())
	}
	for _, c := range []struct{ what, content, want string }{
		{"a line", "BT /F1 10 Tf 20 50 Td (ab) Tj ET", "a@20,50 b@25,50"},
		{"moved", "BT /F1 10 Tf 20 50 Td (a) Tj 0 -12 TD (b) Tj T* (c) Tj ET", "a@20,50 b@20,38 c@20,26"},
		{"spaced", "BT /F1 10 Tf 2 Tc 20 50 Td [(a) -1000 (b)] TJ ET", "a@20,50 b@37,50"},
		{"a matrix around", "q 2 0 0 2 10 10 cm BT /F1 10 Tf 5 5 Td (a) Tj ET Q BT /F1 10 Tf 1 1 Td (b) Tj ET", "a@20,20 b@1,1"},
		{"an upright page", "BT /F1 10 Tf 0 1 -1 0 50 20 Tm (ab) Tj ET", "a@20,150 b@25,150"},
		{"a watermark across", "BT /F1 10 Tf 20 50 Td (abc) Tj 0.7 0.7 -0.7 0.7 10 10 Tm (x) Tj ET", "a@20,50 b@25,50 c@30,50"},
		{"a picture in the content", "BI /W 2 /H 1 ID \x01 EI\x02 EI BT /F1 10 Tf 20 50 Td (a) Tj ET", "a@20,50"},
		{"no font", "BT 20 50 Td (a) Tj ET", ""},
	} {
		if got := texts(page(t, c.content)); got != c.want {
			t.Errorf("%s: %s, want %s", c.what, got, c.want)
		}
	}
	p := page(t, "0 0 m 100 0 l S 10 10 50 40 re S 5 5 80 1 re f 0 0 m 50 50 l S")
	if len(p.Rules) != 6 {
		t.Errorf("%d lines: %v", len(p.Rules), p.Rules)
	}
}
