package doc_test

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/tupu-kg/tupu/extract/doc"
)

// walkAndRead walks and reads a folder and lists what was skipped, sorted, with paths relative to it.
func walkAndRead(t testing.TB, root string) (skipped []string) {
	t.Helper()
	skip := func(s doc.Skipped) {
		s.Path = strings.TrimPrefix(s.Path, filepath.ToSlash(filepath.Clean(root))+"/")
		skipped = append(skipped, s.String())
	}
	err := doc.Walk(context.Background(), []string{root}, doc.Limits{}, func(f doc.File) error {
		_, err := doc.Read(f, doc.Limits{})
		var u *doc.Unreadable
		if errors.As(err, &u) {
			skip(u.Skipped(f.Path))
			return nil
		}
		return err
	}, skip)
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(skipped)
	return skipped
}

// mutable are the formats of which damaged files are made, by extension.
var mutable = []string{".pdf", ".docx", ".xlsx", ".html", ".zip"}

// samples are good files of testdata/formats by extension, the small ones.
func samples(t testing.TB) map[string][]string {
	t.Helper()
	list := map[string][]string{}
	err := filepath.WalkDir(filepath.Join(formats, "files"), func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		ext := filepath.Ext(path)
		if err == nil && info.Size() < 90<<10 && slices.Contains(mutable, ext) && !strings.Contains(path, "框架") {
			list[ext] = append(list[ext], path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// mutate damages data in one of the ways in which files come damaged, or are damaged on purpose.
func mutate(r *rand.Rand, data []byte) []byte {
	out := slices.Clone(data)
	for range 1 + r.IntN(4) {
		if len(out) < 16 {
			return out
		}
		at := r.IntN(len(out))
		switch r.IntN(8) {
		case 0: // cut off
			out = out[:at]
		case 1: // a bit
			out[at] ^= 1 << r.IntN(8)
		case 2: // a run of noise
			for i := at; i < min(at+1+r.IntN(64), len(out)); i++ {
				out[i] = byte(r.Uint32())
			}
		case 3: // a piece missing
			out = slices.Delete(out, at, min(at+1+r.IntN(512), len(out)))
		case 4: // a piece twice
			end := min(at+1+r.IntN(2048), len(out))
			out = slices.Insert(out, at, slices.Clone(out[at:end])...)
		case 5: // a number made large
			for i := at; i < len(out); i++ {
				if out[i] >= '0' && out[i] <= '9' {
					out = slices.Insert(out, i, []byte("99999999")...)
					break
				}
			}
		case 6: // a size made large
			if at+4 <= len(out) {
				binary.LittleEndian.PutUint32(out[at:], []uint32{0, 1, 0x7FFFFFFF, 0xFFFFFFFF}[r.IntN(4)])
			}
		case 7: // zeros, as a bad disk leaves them
			clear(out[at:min(at+1+r.IntN(4096), len(out))])
		}
	}
	return out
}

// mutated writes n damaged files, and the good ones, into a folder, and gives the names of the good ones.
func mutated(t testing.TB, dir string, n int) (good []string) {
	t.Helper()
	list := samples(t)
	r := rand.New(rand.NewPCG(5, 2026))
	for i := range n {
		ext := mutable[i%len(mutable)]
		from := list[ext][r.IntN(len(list[ext]))]
		data, err := os.ReadFile(from)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("bad-%04d%s", i, ext)), mutate(r, data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, ext := range mutable {
		for i, from := range list[ext] {
			data, err := os.ReadFile(from)
			if err != nil {
				t.Fatal(err)
			}
			name := fmt.Sprintf("good-%02d%s", i, ext)
			if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
				t.Fatal(err)
			}
			good = append(good, name)
		}
	}
	return good
}

// TestMutated reads damaged files: each is read or named with its reason and with advice, and the good ones among them are read
// as ever.
func TestMutated(t *testing.T) {
	n := 300
	if testing.Short() {
		n = 60
	}
	dir := t.TempDir()
	if to := os.Getenv("TUPU_MUTATED"); to != "" { // to build a batch of them with the command
		dir, n = to, 1000
	}
	good := mutated(t, dir, n)
	seen := map[string]bool{}
	name := func(path string) string {
		name, _, _ := strings.Cut(strings.TrimPrefix(path, filepath.ToSlash(dir)+"/"), "!/")
		return name
	}
	reasons := map[string]int{}
	skip := func(s doc.Skipped) {
		seen[name(s.Path)] = true
		reasons[s.Reason]++
		if s.Reason == "" || s.Advice == "" {
			t.Errorf("%s: reason %q, advice %q", s.Path, s.Reason, s.Advice)
		}
		if strings.HasPrefix(name(s.Path), "good") {
			t.Errorf("%s was skipped", s)
		}
	}
	read := map[string]bool{}
	err := doc.Walk(context.Background(), []string{dir}, doc.Limits{}, func(f doc.File) error {
		p, err := doc.Read(f, doc.Limits{})
		var u *doc.Unreadable
		switch {
		case errors.As(err, &u):
			skip(u.Skipped(f.Path))
		case err != nil:
			return err
		default:
			checkPage(t, f, p)
			read[name(f.Path)], seen[name(f.Path)] = true, true
		}
		return nil
	}, skip)
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range good {
		if !read[g] {
			t.Errorf("%s was not read", g)
		}
	}
	for i := range n {
		if name := fmt.Sprintf("bad-%04d%s", i, mutable[i%len(mutable)]); !seen[name] {
			t.Errorf("%s was neither read nor named", name)
		}
	}
	t.Logf("%d files, %d read, reasons %v", n+len(good), len(read), reasons)
}

// checkPage holds a page to what is promised of every page.
func checkPage(t testing.TB, f doc.File, p *doc.Page) {
	t.Helper()
	d := &p.Document
	if d.Text == "" || d.Reader == "" || d.Format == "" {
		t.Fatalf("%s: %d bytes of text, reader %q, format %q", f.Path, len(d.Text), d.Reader, d.Format)
	}
	last := -1
	for _, l := range d.Locators {
		if l.Start <= last || l.Start >= len(d.Text) {
			t.Fatalf("%s: locator at %d behind %d in %d bytes", f.Path, l.Start, last, len(d.Text))
		}
		last = l.Start
	}
	again, err := doc.Read(f, doc.Limits{})
	if err != nil || again.Document.TextHash != d.TextHash {
		t.Fatalf("%s: read twice, it is not the same: %v", f.Path, err)
	}
}

// fuzzFormat fuzzes the reader of one format.
func fuzzFormat(f *testing.F, format string, extensions ...string) {
	err := filepath.WalkDir(formats, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil && info.Size() < 40<<10 && slices.Contains(extensions, filepath.Ext(path)) {
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			f.Add(data)
		}
		return err
	})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		file := doc.File{Path: "a", Format: format, Data: data}
		p, err := doc.Read(file, doc.Limits{MaxFile: 1 << 20, MaxText: 1 << 20})
		var u *doc.Unreadable
		switch {
		case errors.As(err, &u):
			if u.Reason == "" || u.Advice == "" {
				t.Fatalf("reason %q, advice %q", u.Reason, u.Advice)
			}
		case err != nil:
			t.Fatal(err)
		default:
			checkPage(t, file, p)
		}
	})
}

func FuzzPDF(f *testing.F)   { fuzzFormat(f, doc.FormatPDF, ".pdf") }
func FuzzDOCX(f *testing.F)  { fuzzFormat(f, doc.FormatDOCX, ".docx") }
func FuzzXLSX(f *testing.F)  { fuzzFormat(f, doc.FormatXLSX, ".xlsx") }
func FuzzHTML(f *testing.F)  { fuzzFormat(f, doc.FormatHTML, ".html", ".htm") }
func FuzzCSV(f *testing.F)   { fuzzFormat(f, doc.FormatCSV, ".csv") }
func FuzzMHTML(f *testing.F) { fuzzFormat(f, doc.FormatMHTML, ".mht", ".mhtml") }
func FuzzEmail(f *testing.F) { fuzzFormat(f, doc.FormatEmail, ".eml") }
