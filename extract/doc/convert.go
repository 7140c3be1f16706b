package doc

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/tupu-kg/tupu/graph"
)

// The formats that only other programs read, and only where Limits.Convert asks for it.
const (
	FormatOffice  = "office"  // word processor files and slides of other programs and times
	FormatSheet   = "sheet"   // spreadsheets likewise
	FormatPicture = "picture" // scans
)

// convertible are the extensions that other programs can help with, by format.
var convertible = map[string]string{
	".doc": FormatOffice, ".dot": FormatOffice, ".wps": FormatOffice, ".wpt": FormatOffice, ".rtf": FormatOffice, ".odt": FormatOffice,
	".ppt": FormatOffice, ".pptx": FormatOffice, ".dps": FormatOffice, ".odp": FormatOffice,
	".xls": FormatSheet, ".xlsb": FormatSheet, ".et": FormatSheet, ".ods": FormatSheet,
	".png": FormatPicture, ".jpg": FormatPicture, ".jpeg": FormatPicture, ".bmp": FormatPicture, ".tif": FormatPicture, ".tiff": FormatPicture,
	".webp": FormatPicture,
}

// conversion is the format in which a file is handed on to be converted; empty if it is not.
func (w *walker) conversion(name string) string {
	if !w.limits.Convert {
		return ""
	}
	return convertible[strings.ToLower(path.Ext(name))]
}

// Bounds of what other programs may take. They are not ours to bound in memory.
const (
	converterTime = 3 * time.Minute // for one call
	maxScanned    = 200             // pages of a scan
)

// converted reads a file with the help of another program. The stored text then depends on that program too, whose name is in
// Document.Reader.
func converted(f File, l Limits) (*Page, error) {
	dir, err := os.MkdirTemp("", "tupu-convert-")
	if err != nil {
		return nil, unconverted(err)
	}
	defer os.RemoveAll(dir)
	switch f.Format {
	case FormatOffice, FormatSheet:
		to, in, read, reader := "docx", "in.doc", readDOCX, docxReader
		if f.Format == FormatSheet {
			to, in, read, reader = "xlsx", "in.xls", readXLSX, xlsxReader
		}
		if err := os.WriteFile(filepath.Join(dir, in), f.Data, 0o600); err != nil {
			return nil, unconverted(err)
		}
		// A profile of its own, so that several can run at once and an open window of LibreOffice is left alone.
		profile := "-env:UserInstallation=file://" + filepath.ToSlash(filepath.Join(dir, "profile"))
		if _, err := program(dir, "soffice", profile, "--headless", "--convert-to", to, in); err != nil {
			return nil, err
		}
		data, err := readRegular(filepath.Join(dir, "in."+to), l.MaxFile)
		if err != nil {
			return nil, &Unreadable{Reason: "LibreOffice could not convert it", Advice: adviceOpenOffice}
		}
		p, err := read(data, l)
		if err != nil {
			return nil, err
		}
		return p.of(f.Format, reader+" soffice", f.Data), nil
	case FormatPicture:
		if err := os.WriteFile(filepath.Join(dir, "in"), f.Data, 0o600); err != nil {
			return nil, unconverted(err)
		}
		w := &writer{limit: l.MaxText}
		if err := recognise(w, dir, "in", 0); err != nil {
			return nil, err
		}
		return recognised(w, f)
	}
	return nil, &Unreadable{Reason: fmt.Sprintf("format %q is not known", f.Format), Advice: "give one of the formats that package doc names"}
}

// convertedPDF reads a PDF that cannot be read otherwise, for the reason that is given: what is shown on its pages is recognised
// if they are pictures, and Poppler tries its luck if the file is damaged.
func convertedPDF(f File, l Limits, reason error) (*Page, error) {
	var why *Unreadable
	if !errors.As(reason, &why) || why.Advice != advicePicture && why.Advice != adviceDamaged {
		return nil, reason
	}
	dir, err := os.MkdirTemp("", "tupu-convert-")
	if err != nil {
		return nil, unconverted(err)
	}
	defer os.RemoveAll(dir)
	if err := os.WriteFile(filepath.Join(dir, "in.pdf"), f.Data, 0o600); err != nil {
		return nil, unconverted(err)
	}
	if why.Advice == adviceDamaged {
		out, err := program(dir, "pdftotext", "-enc", "UTF-8", "in.pdf", "-")
		if err != nil {
			return nil, err
		}
		if int64(len(out)) > l.MaxText || blank(string(out)) {
			return nil, reason
		}
		text := strings.ToValidUTF8(string(out), "\uFFFD")
		p := newPage(FormatPDF, textReader+" pdftotext", "", f.Data, text, lines(text))
		p.Salvaged = true
		return p, nil
	}
	if _, err := program(dir, "pdftoppm", "-r", "300", "-gray", "-png", "-l", fmt.Sprint(min(l.MaxPages, maxScanned)), "in.pdf", "page"); err != nil {
		return nil, err
	}
	names, err := filepath.Glob(filepath.Join(dir, "page*.png"))
	if err != nil {
		return nil, unconverted(err)
	}
	slices.Sort(names) // their numbers have equally many digits
	w := &writer{limit: l.MaxText}
	for i, name := range names {
		if err := recognise(w, dir, filepath.Base(name), i+1); err != nil {
			return nil, err
		}
	}
	return recognised(w, f)
}

// unconverted says that this machine could not do it, not that the file is bad.
func unconverted(err error) *Unreadable {
	return &Unreadable{Reason: "cannot be converted: " + cause(err).Error(), Advice: "see to the folder for temporary files, or convert the file by hand"}
}

func recognised(w *writer, f File) (*Page, error) {
	if blank(w.b.String()) {
		return nil, &Unreadable{Reason: "a picture in which no text was recognised", Advice: "type its text, and save that as .txt"}
	}
	p := w.page(f.Format, "ocr/1 tesseract", f.Data)
	p.Recognised = true
	return p, nil
}

// recognise lets tesseract read a picture, and writes its paragraphs.
func recognise(w *writer, dir, name string, page int) error {
	out, err := program(dir, "tesseract", name, "-", "-l", "chi_sim", "--psm", "3", "-c", "preserve_interword_spaces=1")
	if err != nil {
		return err
	}
	n := 0
	for paragraph := range strings.SplitSeq(strings.ToValidUTF8(string(out), "\uFFFD"), "\n\n") {
		var b strings.Builder
		for line := range strings.Lines(paragraph) {
			if line = tight(tidy(line)); line == "" {
				continue
			}
			if b.Len() > 0 && between(b.String(), line) {
				b.WriteByte(' ')
			}
			b.WriteString(line)
		}
		if b.Len() > 0 {
			n++
			w.line(b.String(), graph.Locator{Page: page, Paragraph: n})
		}
	}
	return nil
}

// tight takes out blanks between two ideographs, which tesseract puts there.
func tight(s string) string {
	runes := []rune(s)
	out := runes[:0]
	for i, r := range runes {
		if r == ' ' && i > 0 && i+1 < len(runes) && wide(runes[i-1]) && wide(runes[i+1]) {
			continue
		}
		out = append(out, r)
	}
	return string(out)
}

// programs says for each program what to install where it is missing.
var programs = map[string]string{
	"soffice":   "install LibreOffice",
	"pdftotext": "install Poppler (poppler-utils)",
	"pdftoppm":  "install Poppler (poppler-utils)",
	"tesseract": "install tesseract with Chinese (tesseract-ocr-chi-sim)",
}

// program runs another program in a folder and gives what it prints.
func program(dir, name string, args ...string) ([]byte, error) {
	if _, err := exec.LookPath(name); err != nil {
		return nil, &Unreadable{Reason: "needs the program " + name + ", which is not on the PATH", Advice: programs[name] + ", or convert the file by hand"}
	}
	ctx, cancel := context.WithTimeout(context.Background(), converterTime)
	defer cancel()
	c := exec.CommandContext(ctx, name, args...)
	c.Dir = dir
	c.WaitDelay = 10 * time.Second
	c.Env = append(os.Environ(), "OMP_THREAD_LIMIT=1")
	var out bytes.Buffer
	c.Stdout = &out
	if err := c.Run(); err != nil {
		if ctx.Err() != nil {
			return nil, &Unreadable{Reason: fmt.Sprintf("%s did not finish within %v", name, converterTime), Advice: "convert the file by hand"}
		}
		return nil, &Unreadable{Reason: name + " could not read it", Advice: "convert the file by hand"}
	}
	return out.Bytes(), nil
}
