package doc_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/tupu-kg/tupu/extract/doc"
	"github.com/tupu-kg/tupu/graph"
)

func TestReadTextLocators(t *testing.T) {
	line := func(start, line int) graph.Locator { return graph.Locator{Start: start, Line: line} }
	paged := func(start, line, page int) graph.Locator {
		return graph.Locator{Start: start, Line: line, Page: page}
	}
	for _, c := range []struct {
		what, text string
		want       []graph.Locator
	}{
		{"one line", "岚溪区", []graph.Locator{line(0, 1)}},
		{"LF", "一\n二\n三", []graph.Locator{line(0, 1), line(4, 2), line(8, 3)}},
		{"LF at the end", "一\n二\n", []graph.Locator{line(0, 1), line(4, 2)}},
		{"empty lines", "\n一\n\n二", []graph.Locator{line(0, 1), line(1, 2), line(5, 3), line(6, 4)}},
		{"CR LF", "一\r\n二\r\n\r\n三\r\n", []graph.Locator{line(0, 1), line(5, 2), line(10, 3), line(12, 4)}},
		{"CR", "一\r二\r\r三\r", []graph.Locator{line(0, 1), line(4, 2), line(8, 3), line(9, 4)}},
		{"all three", "一\r二\n三\r\n四", []graph.Locator{line(0, 1), line(4, 2), line(8, 3), line(13, 4)}},
		{"other line ends are text", "一\v二\u0085三\u2028四\u2029五", []graph.Locator{line(0, 1)}},
		{"pages at line ends", "一\n\f二\n三\n\f四", []graph.Locator{paged(0, 1, 1), paged(4, 2, 2), paged(9, 3, 2), paged(13, 4, 3)}},
		{"a page within a line", "一\f二\n三", []graph.Locator{paged(0, 1, 1), paged(4, 1, 2), paged(8, 2, 2)}},
		{"a form feed in front", "\f一\n二", []graph.Locator{paged(0, 1, 2), paged(5, 2, 2)}},
		{"empty pages", "一\n\f\f二", []graph.Locator{paged(0, 1, 1), paged(4, 2, 2), paged(6, 2, 3)}},
		{"a form feed at the end", "一\n二\f", []graph.Locator{paged(0, 1, 1), paged(4, 2, 1)}},
		{"pages with CR LF", "一\r\n\f二", []graph.Locator{paged(0, 1, 1), paged(5, 2, 2)}},
	} {
		t.Run(c.what, func(t *testing.T) {
			p, err := read("text", c.text)
			if err != nil {
				t.Fatal(err)
			}
			if p.Document.Text != c.text {
				t.Errorf("text %q, want %q", p.Document.Text, c.text)
			}
			if diff := cmp.Diff(c.want, p.Document.Locators); diff != "" {
				t.Errorf("locators (-want +got):\n%s", diff)
			}
		})
	}
}

// TestReadTextIsTheFile: of a text, what is stored is the decoded file and nothing is said that only a page could say.
func TestReadTextIsTheFile(t *testing.T) {
	const text = "\t岚溪区 \r\n\r\n<b>一、回顾</b>\u200B\u0007 \n"
	p, err := read("text", "\uFEFF"+text)
	if err != nil {
		t.Fatal(err)
	}
	want := &doc.Page{Document: graph.Document{
		ID: graph.DocumentID("text", []byte("\uFEFF"+text)), Text: text, TextHash: graph.HashText(text), Format: "text", Charset: "utf-8",
		Reader: "text/1", Size: int64(len(text)) + 3,
		Locators: []graph.Locator{{Start: 0, Line: 1}, {Start: 13, Line: 2}, {Start: 15, Line: 3}},
	}}
	if diff := cmp.Diff(want, p); diff != "" {
		t.Errorf("page (-want +got):\n%s", diff)
	}
	if w := p.Warnings(); len(w) > 0 {
		t.Errorf("warnings %q", w)
	}
}

// TestReadManyLines: behind the last locator that is kept, no line is named rather than a wrong one.
func TestReadManyLines(t *testing.T) {
	p, err := read("text", strings.Repeat("岚\n", 200_500))
	if err != nil {
		t.Fatal(err)
	}
	locators := p.Document.Locators
	if len(locators) != 200_000 {
		t.Fatalf("%d locators", len(locators))
	}
	want := []graph.Locator{{Start: 4 * 199_997, Line: 199_998}, {Start: 4 * 199_998, Line: 199_999}, {Start: 4 * 199_999}}
	if diff := cmp.Diff(want, locators[199_997:]); diff != "" {
		t.Errorf("last locators (-want +got):\n%s", diff)
	}
	if got := p.Document.Locate(4 * 200_400); got != want[2] {
		t.Errorf("locator of a line beyond: %+v, want %+v", got, want[2])
	}
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		simplified, traditional, "\uFEFF" + simplified, encode(f, gb18030, simplified), encode(f, big5, traditional),
		"\xFF\xFE" + encode(f, utf16le, simplified), encode(f, utf16be, simplified), "\x84\x31\x95\x33\x84", "\xFF\xFE\x00\xD8", "一\r\n\f二\r三",
		"<!doctype html><meta charset=gbk><title>岚溪_网</title><h1>岚溪</h1><div class=TRS_Editor><p>修路三条，建桥一座。<b>一</p>二</b></div>",
		"<table><tr><td rowspan=3 colspan=9999>一<td>二<tr><th>三</table><frame src=a><iframe src=b></iframe><pre>\n一\n</pre>",
		"<div style='display:none'>修路三条，建桥一座，种树两万棵。</div><script>x</script><a href=x><a><p><li></p></br></h1><h2>",
		"<textarea><title></textarea><!-- saved from url=(0007)http://x --><meta name=a content=b><link rel=canonical href=http://y>",
	} {
		f.Add([]byte(seed), false)
		f.Add([]byte(seed), true)
	}
	f.Fuzz(func(t *testing.T, data []byte, html bool) {
		format := doc.FormatText
		if html {
			format = doc.FormatHTML
		}
		p, err := read(format, string(data))
		again, errAgain := read(format, string(data))
		if diff := cmp.Diff(p, again); diff != "" || (err == nil) != (errAgain == nil) {
			t.Fatalf("read again (errors %v, %v):\n%s", err, errAgain, diff)
		}
		if err != nil {
			if p != nil {
				t.Fatalf("a page and an error: %v", err)
			}
			return
		}
		d := p.Document
		if !utf8.ValidString(d.Text) || !utf8.ValidString(d.Title) || !utf8.ValidString(p.Furniture) || !utf8.ValidString(d.URL) {
			t.Fatalf("not UTF-8: %q, %q, %q, %q", d.Text, d.Title, p.Furniture, d.URL)
		}
		for name, value := range p.Meta {
			if !utf8.ValidString(name) || !utf8.ValidString(value) {
				t.Fatalf("not UTF-8: meta %q is %q", name, value)
			}
		}
		if d.ID != graph.DocumentID(format, data) || d.TextHash != graph.HashText(d.Text) || d.Size != int64(len(data)) || d.Format != format {
			t.Fatalf("document %+v", d)
		}
		if p.Damaged != strings.Count(d.Text, "\uFFFD") || len(p.Furniture) > 16<<10 || len(p.Frames) > 16 {
			t.Fatalf("damaged %d, furniture %d bytes, %d frames", p.Damaged, len(p.Furniture), len(p.Frames))
		}
		if len(d.Locators) == 0 || d.Locators[0].Start != 0 {
			t.Fatalf("the text's first byte has no locator: %+v", d.Locators)
		}
		for i, l := range d.Locators {
			if l.Start >= len(d.Text) || i > 0 && l.Start <= d.Locators[i-1].Start || !utf8.RuneStart(d.Text[l.Start]) {
				t.Fatalf("locator %d of %+v, in a text of %d bytes", i, d.Locators, len(d.Text))
			}
			if html && l.Start > 0 && d.Text[l.Start-1] != '\n' {
				t.Fatalf("locator %d at %d is within a line of %q", i, l.Start, d.Text)
			}
		}
		if html && !strings.HasSuffix(d.Text, "\n") {
			t.Fatalf("text %q has no end of line", d.Text)
		}
		if d.Title != "" && !strings.Contains(d.Text, d.Title+"\n") {
			t.Fatalf("title %q is no line of %q", d.Title, d.Text)
		}
	})
}
