package doc_test

import (
	"errors"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/tupu-kg/tupu/extract/doc"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

var (
	gb18030 = simplifiedchinese.GB18030
	gbk     = simplifiedchinese.GBK
	big5    = traditionalchinese.Big5
	utf16le = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	utf16be = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
)

func encode(t testing.TB, e encoding.Encoding, text string) string {
	t.Helper()
	s, err := e.NewEncoder().String(text)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return s
}

func read(format, data string) (*doc.Page, error) {
	return doc.Read(doc.File{Path: "file", Format: format, Data: []byte(data)}, doc.Limits{})
}

const (
	simplified  = "岚溪区工作报告\n过去一年，全区投资增长百分之六，云桥电子二期投产。\n"
	traditional = "嵐溪區工作報告\n過去一年，全區投資增長百分之六，雲橋電子二期投產。\n"
)

func TestReadCharsets(t *testing.T) {
	gbPage := "<html><head><meta charset=%><title>岚溪</title></head><body><p>过去一年，全区投资增长百分之六，云桥电子二期投产。</p></body></html>"
	bigPage := "<html><head><meta http-equiv=Content-Type content='text/html; charset=%'></head><body><p>過去一年，全區投資增長百分之六，雲橋電子二期投產。</p></body></html>"
	labelled := func(page, label string) string { return strings.ReplaceAll(page, "%", label) }
	const gbText = "过去一年，全区投资增长百分之六，云桥电子二期投产。\n"
	const bigText = "過去一年，全區投資增長百分之六，雲橋電子二期投產。\n"
	for _, c := range []struct {
		what, format, data, text, charset string
	}{
		{"UTF-8", "text", simplified, simplified, "utf-8"},
		{"UTF-8 with a mark", "text", "\uFEFF" + simplified, simplified, "utf-8"},
		{"UTF-8, traditional", "text", traditional, traditional, "utf-8"},
		{"UTF-8 with a mark within", "text", simplified + "\uFEFF" + simplified, simplified + "\uFEFF" + simplified, "utf-8"},
		{"ASCII", "text", "Annual report, 12 pages.\r\n", "Annual report, 12 pages.\r\n", "utf-8"},
		{"UTF-8 with accents only", "text", "Café Zürich, señor.", "Café Zürich, señor.", "utf-8"},
		{"GB18030 with a character of four bytes", "text", encode(t, gb18030, simplified+"𣗋树"), simplified + "𣗋树", "gb18030"},
		{"GB18030 with a mark", "text", "\x84\x31\x95\x33" + encode(t, gb18030, simplified), simplified, "gb18030"},
		{"GBK", "text", encode(t, gbk, simplified), simplified, "gb18030"},
		{"GBK, traditional", "text", encode(t, gbk, traditional), traditional, "gb18030"},
		{"Big5", "text", encode(t, big5, traditional), traditional, "big5"},
		{"UTF-16LE with a mark", "text", "\xFF\xFE" + encode(t, utf16le, simplified), simplified, "utf-16le"},
		{"UTF-16BE with a mark", "text", "\xFE\xFF" + encode(t, utf16be, simplified), simplified, "utf-16be"},
		{"UTF-16LE", "text", encode(t, utf16le, simplified), simplified, "utf-16le"},
		{"UTF-16BE", "text", encode(t, utf16be, simplified), simplified, "utf-16be"},
		{"UTF-16LE with a surrogate pair", "text", "\xFF\xFE" + encode(t, utf16le, "岚溪𥔲"), "岚溪𥔲", "utf-16le"},
		{"UTF-16LE in ASCII", "text", encode(t, utf16le, "Annual report."), "Annual report.", "utf-16le"},
		{"UTF-16BE in ASCII", "text", encode(t, utf16be, "Annual report."), "Annual report.", "utf-16be"},
		{"UTF-16LE that begins in ASCII", "text", encode(t, utf16le, "2024 "+simplified), "2024 " + simplified, "utf-16le"},
		{"UTF-16BE that begins in ASCII", "text", encode(t, utf16be, "2024 "+simplified), "2024 " + simplified, "utf-16be"},

		{"a page in GBK, labelled so", "html", encode(t, gbk, labelled(gbPage, "gb2312")), gbText, "gb18030"},
		{"a page in GBK without a label", "html", encode(t, gbk, labelled(gbPage, "")), gbText, "gb18030"},
		{"a page in GBK, labelled UTF-8", "html", encode(t, gbk, labelled(gbPage, "utf-8")), gbText, "gb18030"},
		{"a page in GBK, labelled Big5", "html", encode(t, gbk, labelled(gbPage, "big5")), gbText, "gb18030"},
		{"a page in GBK, labelled Latin-1", "html", encode(t, gbk, labelled(gbPage, "iso-8859-1")), gbText, "gb18030"},
		{"a page in UTF-8, labelled GBK", "html", labelled(gbPage, "gbk"), gbText, "utf-8"},
		{"a page in UTF-8 with a mark, labelled GBK", "html", "\uFEFF" + labelled(gbPage, "gbk"), gbText, "utf-8"},
		{"a page in Big5, labelled so", "html", encode(t, big5, labelled(bigPage, "Big5")), bigText, "big5"},
		{"a page in Big5, labelled GB2312", "html", encode(t, big5, labelled(bigPage, "gb2312")), bigText, "big5"},
		{"a page in UTF-16, labelled UTF-8", "html", "\xFF\xFE" + encode(t, utf16le, labelled(gbPage, "utf-8")), gbText, "utf-16le"},
		{"a page with an XML declaration", "html", encode(t, gbk, "<?xml version='1.0' encoding='GBK'?><html><body><p>岚溪区修路三条，建桥一座，种树两万棵。</p></body></html>"), "岚溪区修路三条，建桥一座，种树两万棵。\n", "gb18030"},
	} {
		t.Run(c.what, func(t *testing.T) {
			p, err := read(c.format, c.data)
			if err != nil {
				t.Fatal(err)
			}
			if p.Document.Text != c.text || p.Document.Charset != c.charset || p.Damaged != 0 {
				t.Errorf("%s, damaged %d: %q\nwant %s: %q", p.Document.Charset, p.Damaged, p.Document.Text, c.charset, c.text)
			}
			if int(p.Document.Size) != len(c.data) {
				t.Errorf("size %d, want %d", p.Document.Size, len(c.data))
			}
		})
	}
}

// TestReadShortNames: a name or two must be enough to tell the charsets apart.
func TestReadShortNames(t *testing.T) {
	for _, name := range []string{
		"泉港区", "福建", "泉州市", "政府工作报告", "第二实验小学", "王小明", "联通", "云桥电子", "厦门", "漳浦县\n", "2024年", "龙海区2023年", "附件1", "报告", "李强", "一、总体要求",
	} {
		for _, e := range []struct {
			charset string
			data    string
		}{
			{"utf-8", name},
			{"utf-8", "\uFEFF" + name},
			{"gb18030", encode(t, gbk, name)},
			{"utf-16le", "\xFF\xFE" + encode(t, utf16le, name)},
			{"utf-16be", "\xFE\xFF" + encode(t, utf16be, name)},
		} {
			p, err := read("text", e.data)
			if err != nil {
				t.Errorf("%q in %s: %v", name, e.charset, err)
				continue
			}
			if p.Document.Text != name || p.Document.Charset != e.charset {
				t.Errorf("%q in %s: read as %s: %q", name, e.charset, p.Document.Charset, p.Document.Text)
			}
		}
	}
	for _, name := range []string{"泉港區", "福建省", "政府工作報告", "第二實驗小學", "王小明", "龍海區", "廈門市", "漳浦縣\n", "龍海區2023年", "報告"} {
		if p, err := read("text", encode(t, big5, name)); err != nil {
			t.Errorf("%q in Big5: %v", name, err)
		} else if p.Document.Text != name || p.Document.Charset != "big5" {
			t.Errorf("%q in Big5: read as %s: %q", name, p.Document.Charset, p.Document.Text)
		}
	}
}

func TestReadDamaged(t *testing.T) {
	gb := encode(t, gb18030, simplified)
	for _, c := range []struct {
		what, data, text, charset string
		damaged                   int
	}{
		{"UTF-8, a byte within", strings.Replace(simplified, "全区", "全\xFF区", 1), strings.Replace(simplified, "全区", "全\uFFFD区", 1), "utf-8", 1},
		{"UTF-8, lost before", strings.Replace(simplified, "全区", "全\uFFFD\uFFFD区", 1), strings.Replace(simplified, "全区", "全\uFFFD\uFFFD区", 1), "utf-8", 2},
		{"GB18030, a byte within", strings.Replace(gb, "\n", "\n\xFF", 1), strings.Replace(simplified, "\n", "\n\uFFFD", 1), "gb18030", 1},
		{"UTF-16LE, half a surrogate pair", "\xFF\xFE" + encode(t, utf16le, simplified) + "\x00\xD8" + encode(t, utf16le, "完"), simplified + "\uFFFD完", "utf-16le", 1},
	} {
		t.Run(c.what, func(t *testing.T) {
			p, err := read("text", c.data)
			if err != nil {
				t.Fatal(err)
			}
			if p.Document.Text != c.text || p.Document.Charset != c.charset || p.Damaged != c.damaged {
				t.Errorf("%s, damaged %d: %q\nwant %s, damaged %d: %q", p.Document.Charset, p.Damaged, p.Document.Text, c.charset, c.damaged, c.text)
			}
		})
	}
}

func TestReadRefuses(t *testing.T) {
	noise := make([]byte, 4000)
	random := rand.New(rand.NewPCG(1, 2))
	for i := range noise {
		noise[i] = byte(random.Uint32())
	}
	noise[0] = 0 // no first bytes that mean anything
	for _, c := range []struct{ what, format, data, want string }{
		{"nothing", "text", "", "empty: get it again, or remove it"},
		{"nothing, as a page", "html", "", "empty: get it again, or remove it"},
		{"blanks", "text", " \t\r\n\u3000\u200B\f", "nothing but blanks: get it again, or remove it"},
		{"a mark alone", "text", "\uFEFF", "nothing but blanks: get it again, or remove it"},
		{"noise", "text", string(noise), "binary, or in an encoding that is not known: save it as plain text in UTF-8"},
		{"zeros", "text", strings.Repeat("\x00", 64), "binary, or in an encoding that is not known: save it as plain text in UTF-8"},
		{"noise behind a mark", "text", "\xEF\xBB\xBF" + string(noise), "binary, not text: save it as plain text in UTF-8"},
		{"UTF-8, cut off after one byte of the last character", "text", simplified + "岚\xE6", "truncated: it ends within a character: get it again"},
		{"UTF-8, cut off after two bytes of the last character", "text", simplified + "岚\xE6\xBA", "truncated: it ends within a character: get it again"},
		{"GB18030, cut off within the last character", "text", encode(t, gb18030, simplified) + "\xE1", "truncated: it ends within a character: get it again"},
		{"half of UTF-16", "text", "\xFF\xFE\x9A\x5C\x1A", "truncated: UTF-16 with an odd number of bytes: get it again, or save it in UTF-8"},
		{"a PDF", "text", "%PDF-1.7\n1 0 obj", "a PDF, not text: name it .pdf"},
		{"a picture as a page", "html", "\x89PNG\r\n\x1A\n\x00", "a picture, not text: recognise its text (tesseract -l chi_sim) and save that as .txt, or let tesseract do it: --convert"},
		{"an office file", "text", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\x00\x00", "an office file, not text: save it as .docx or .pdf, or let LibreOffice do it: --convert"},
		{"a ZIP archive", "text", "PK\x03\x04\x14\x00", "a ZIP archive or an office file, not text: name it .zip, or save its text as .txt"},
		{"another format", "ofd", "岚溪", `format "ofd" is not known: give one of the formats that package doc names`},
		{"text as a PDF", "pdf", "岚溪", "damaged or truncated: it has no list of pages: get it again, or print it into a new PDF, or let Poppler save what is left: --convert"},
		{"text as a Word file", "docx", "岚溪", "damaged or truncated: get it again, or open it in an office program, save it anew, and give that"},
		{"text as a workbook", "xlsx", "岚溪", "damaged or truncated: get it again, or open it in an office program, save it anew, and give that"},
		{"a protected office file", "xlsx", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00", "protected with a password: open it with its password and save it without one"},
	} {
		t.Run(c.what, func(t *testing.T) {
			p, err := read(c.format, c.data)
			var unreadable *doc.Unreadable
			if !errors.As(err, &unreadable) {
				t.Fatalf("page %+v, error %v, want an *Unreadable", p, err)
			}
			if err.Error() != c.want {
				t.Errorf("error %q\nwant  %q", err, c.want)
			}
			if got, want := unreadable.Skipped("a/b.txt").String(), "a/b.txt: "+c.want; got != want {
				t.Errorf("skipped %q, want %q", got, want)
			}
		})
	}
}

func TestReadLimits(t *testing.T) {
	for _, c := range []struct {
		what, format, data string
		limits             doc.Limits
		want               string
	}{
		{"a file at the limit", "text", "岚溪区", doc.Limits{MaxFile: 9}, ""},
		{"a file beyond it", "text", "岚溪区", doc.Limits{MaxFile: 8}, "too large: 9 bytes, at most 8 bytes are read: split it, one report a file"},
		{"text that grows with decoding", "text", encode(t, gbk, simplified), doc.Limits{MaxText: 60}, "too large: more than 60 bytes of text in UTF-8: split it, one report a file"},
		{"broken text that grows", "text", simplified + "\xFF", doc.Limits{MaxText: int64(len(simplified)) + 2}, "too large: more than 100 bytes of text in UTF-8: split it, one report a file"},
		{"a page", "html", "<p>" + simplified, doc.Limits{MaxHTML: 64}, "too large: 101 bytes, at most 64 bytes are read: split it, one report a file"},
	} {
		t.Run(c.what, func(t *testing.T) {
			_, err := doc.Read(doc.File{Format: c.format, Data: []byte(c.data)}, c.limits)
			if c.want == "" && err != nil || c.want != "" && (err == nil || err.Error() != c.want) {
				t.Errorf("error %v\nwant  %s", err, c.want)
			}
		})
	}
}
