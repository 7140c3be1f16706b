package doc_test

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tupu-kg/tupu/extract/doc"
	"github.com/tupu-kg/tupu/graph"
)

// programs puts programs on the PATH that do what is said, and no others.
func programs(t *testing.T, scripts map[string]string) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("the programs of this test are shell scripts")
	}
	dir := t.TempDir()
	for name, script := range scripts {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\nPATH=/bin:/usr/bin\n"+script), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", dir)
}

func TestConvertNeedsPrograms(t *testing.T) {
	programs(t, nil)
	scan, err := os.ReadFile(filepath.Join(formats, "bad", "扫描件.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ format, data, want string }{
		{doc.FormatOffice, "{\\rtf1 x}", "needs the program soffice, which is not on the PATH: install LibreOffice, or convert the file by hand"},
		{doc.FormatSheet, "x", "needs the program soffice, which is not on the PATH: install LibreOffice, or convert the file by hand"},
		{doc.FormatPicture, "x", "needs the program tesseract, which is not on the PATH: install tesseract with Chinese (tesseract-ocr-chi-sim), or convert the file by hand"},
		{doc.FormatPDF, string(scan), "needs the program pdftoppm, which is not on the PATH: install Poppler (poppler-utils), or convert the file by hand"},
		{doc.FormatPDF, "%PDF-1.4\n", "needs the program pdftotext, which is not on the PATH: install Poppler (poppler-utils), or convert the file by hand"},
	} {
		_, err := doc.Read(doc.File{Path: "a", Format: c.format, Data: []byte(c.data)}, doc.Limits{Convert: true})
		if err == nil || err.Error() != c.want {
			t.Errorf("%s: %v\nwant %s", c.format, err, c.want)
		}
	}
}

func TestConvert(t *testing.T) {
	word, err := filepath.Abs(filepath.Join(formats, "files/word/段落.docx"))
	if err != nil {
		t.Fatal(err)
	}
	book, err := filepath.Abs(filepath.Join(formats, "files/sheet/导出.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	programs(t, map[string]string{
		"soffice":   "case \"$*\" in *docx*) cp '" + word + "' in.docx;; *) cp '" + book + "' in.xlsx;; esac",
		"pdftoppm":  "touch page-1.png page-2.png",
		"tesseract": "printf '%s 工 作\\n报告\\n\\n第二段\\n' $1",
		"pdftotext": "printf '第一页\\n\\f第二页\\n'",
	})
	scan, err := os.ReadFile(filepath.Join(formats, "bad", "扫描件.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	read := func(format, data string) *doc.Page {
		t.Helper()
		p, err := doc.Read(doc.File{Path: "a", Format: format, Data: []byte(data)}, doc.Limits{Convert: true})
		if err != nil {
			t.Fatalf("%s: %v", format, err)
		}
		if p.Document.ID != graph.DocumentID(format, []byte(data)) {
			t.Errorf("%s: the document is not that of the file", format)
		}
		return p
	}
	if p := read(doc.FormatOffice, "{\\rtf1 x}"); p.Document.Reader != "docx/2 soffice" || len(p.Document.Text) < 1000 {
		t.Errorf("reader %q, %d bytes", p.Document.Reader, len(p.Document.Text))
	}
	if p := read(doc.FormatSheet, "x"); p.Document.Reader != "xlsx/2 soffice" || p.Document.Locators[0].Sheet != "导出" {
		t.Errorf("reader %q, locators %+v", p.Document.Reader, p.Document.Locators)
	}
	p := read(doc.FormatPDF, string(scan))
	if want := "page-1.png 工作报告\n第二段\npage-2.png 工作报告\n第二段\n"; p.Document.Text != want || !p.Recognised {
		t.Errorf("text %q, want %q", p.Document.Text, want)
	}
	if l := p.Document.Locators; len(l) != 4 || l[0].Page != 1 || l[2].Page != 2 {
		t.Errorf("locators %+v", l)
	}
	if diff := cmp.Diff([]string{"its text was recognised from pictures: compare what matters with the original"}, p.Warnings()); diff != "" {
		t.Errorf("warnings (-want +got):\n%s", diff)
	}
	p = read(doc.FormatPDF, "%PDF-1.4\n")
	if p.Document.Text != "第一页\n\f第二页\n" || p.Document.Reader != "text/1 pdftotext" || !p.Salvaged {
		t.Errorf("text %q by %q", p.Document.Text, p.Document.Reader)
	}
}

// TestFormatsRefused reads files that cannot become documents: each is named with what is wrong and what can be done.
func TestFormatsRefused(t *testing.T) {
	got := walkAndRead(t, filepath.Join(formats, "bad"))
	want := []string{
		"坏内容.pdf: damaged: page 1 cannot be unpacked: get it again, or print it into a new PDF, or let Poppler save what is left: --convert",
		"密码.pdf: protected with a password: open it with its password and print it into a new PDF",
		"富文本.rtf: an RTF file: save it as .docx or .pdf, or let LibreOffice do it: --convert",
		"开放文档.odt: an OpenDocument file: save it as .docx or .pdf, or let LibreOffice do it: --convert",
		"截断.pdf: damaged: page 1 cannot be unpacked: get it again, or print it into a new PDF, or let Poppler save what is left: --convert",
		"扫描件.pdf: a scan: its pages are pictures without text: recognise its text (ocrmypdf -l chi_sim) and give that, or let tesseract do it: --convert",
		"旧格式.doc: a word processor file of the old kind: save it as .docx or .pdf, or let LibreOffice do it: --convert",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("skipped (-want +got):\n%s", diff)
	}
}
