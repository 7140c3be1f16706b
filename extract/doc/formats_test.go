package doc_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/tupu-kg/tupu/extract/doc"
	"github.com/tupu-kg/tupu/extract/text"
	"github.com/tupu-kg/tupu/graph"
)

const formats = "../../testdata/formats"

// wanted is what must be read from a file of testdata/formats: sentences in their order with their places, and texts that must
// not be read.
type wanted struct {
	at, sentences []string
	never         []string
}

// expectations reads what the generator of the files wrote about one.
func expectations(t testing.TB, path string) (w wanted, ok bool) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(formats, "expected", strings.ReplaceAll(path, "/", "__")+".txt"))
	if os.IsNotExist(err) {
		return w, false
	}
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		at, s, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		switch {
		case !ok:
			t.Fatalf("%s: a line without a tab: %q", path, line)
		case at == "!":
			w.never = append(w.never, s)
		default:
			w.at, w.sentences = append(w.at, at), append(w.sentences, s)
		}
	}
	return w, true
}

// place says where a sentence stands, as the expectations have it.
func place(l graph.Locator) string {
	switch {
	case l.Sheet != "":
		return fmt.Sprintf("%s!%d", l.Sheet, l.Row)
	case l.Page > 0:
		return fmt.Sprintf("p%d", l.Page)
	case l.Line > 0:
		return fmt.Sprintf("l%d", l.Line)
	}
	return fmt.Sprintf("¶%d", l.Paragraph)
}

// sentencesOf cuts a stored text into sentences, each row of a sheet one.
func sentencesOf(d *graph.Document) (list, at []string) {
	cuts := text.Sentences(d.Text)
	if d.Format == doc.FormatXLSX || d.Format == doc.FormatCSV {
		cuts = nil
		for start := 0; start < len(d.Text); {
			end := start + strings.IndexByte(d.Text[start:], '\n') + 1
			cuts = append(cuts, text.Range{Start: start, End: end})
			start = end
		}
	}
	for _, r := range cuts {
		s := d.Text[r.Start:r.End]
		if trimmed := strings.Trim(s, " \n\r\u3000"); trimmed != "" {
			list = append(list, trimmed)
			at = append(at, place(d.Locate(r.Start+strings.Index(s, trimmed))))
		}
	}
	return list, at
}

// common is the longest common subsequence of two lists, as pairs of indices.
func common(a, b []string) (pairs [][2]int) {
	best := make([][]int, len(a)+1)
	for i := range best {
		best[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				best[i][j] = best[i+1][j+1] + 1
			} else {
				best[i][j] = max(best[i+1][j], best[i][j+1])
			}
		}
	}
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			pairs = append(pairs, [2]int{i, j})
			i++
			j++
		case best[i+1][j] >= best[i][j+1]:
			i++
		default:
			j++
		}
	}
	return pairs
}

// TestFormats reads a folder of files as offices publish them: nearly every sentence is found as it was written, in order and
// with its place, and nothing of headers, footers and menus. Poppler, where it is installed, does no better on any PDF.
func TestFormats(t *testing.T) {
	poppler, _ := exec.LookPath("pdftotext")
	if poppler == "" {
		t.Log("pdftotext is not installed: no comparison with Poppler")
	}
	files, found, all, placed, places := 0, 0, 0, 0, 0
	root := filepath.Join(formats, "files")
	err := doc.Walk(context.Background(), []string{root}, doc.Limits{}, func(f doc.File) error {
		path := strings.TrimPrefix(filepath.ToSlash(f.Path), filepath.ToSlash(root)+"/")
		w, ok := expectations(t, path)
		if !ok {
			t.Errorf("%s: nothing is expected of it", path)
			return nil
		}
		files++
		page, err := doc.Read(f, doc.Limits{})
		if err != nil {
			t.Errorf("%s: %v", path, err)
			all += len(w.sentences)
			return nil
		}
		got, at := sentencesOf(&page.Document)
		pairs := common(w.sentences, got)
		have := map[int]bool{}
		for _, p := range pairs {
			have[p[0]] = true
			if w.at[p[0]] == "-" {
				continue
			}
			places++
			if w.at[p[0]] == at[p[1]] {
				placed++
			} else {
				t.Errorf("%s: %q stands at %s, want %s", path, w.sentences[p[0]], at[p[1]], w.at[p[0]])
			}
		}
		found += len(pairs)
		all += len(w.sentences)
		if len(pairs) < len(w.sentences) {
			var b strings.Builder
			taken := map[int]bool{}
			for _, p := range pairs {
				taken[p[1]] = true
			}
			for i, s := range w.sentences {
				if !have[i] {
					fmt.Fprintf(&b, "\n  - %s", s)
				}
			}
			for j, s := range got {
				if !taken[j] {
					fmt.Fprintf(&b, "\n  + %s", s)
				}
			}
			t.Logf("%s: %d of %d sentences%s", path, len(pairs), len(w.sentences), b.String())
		}
		for _, s := range w.never {
			if strings.Contains(page.Document.Text, s) {
				t.Errorf("%s: %q is stored, and belongs to the page", path, s)
			}
		}
		if poppler != "" && f.Format == doc.FormatPDF {
			peer := peerSentences(t, poppler, f.Path, w)
			if ours := matched(w.sentences, page.Document.Text); ours < peer {
				t.Errorf("%s: %d sentences in order, Poppler %d", path, ours, peer)
			}
		}
		return nil
	}, func(s doc.Skipped) { t.Errorf("skipped %s", s) })
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d files, %d of %d sentences (%.4f), %d of %d places", files, found, all, float64(found)/float64(all), placed, places)
	if files < 40 {
		t.Errorf("%d files: the folder must hold at least 40", files)
	}
	if found*100 < all*99 {
		t.Errorf("%d of %d sentences, want 99 of 100", found, all)
	}
}

// matched counts the sentences that stand in a text in their order, white space aside: the measure that is fair to a program
// that keeps the lines of the page.
func matched(sentences []string, text string) int {
	squeeze := func(s string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsSpace(r) {
				return -1
			}
			return r
		}, s)
	}
	rest, n := squeeze(text), 0
	for _, s := range sentences {
		s = squeeze(s)
		if i := strings.Index(rest, s); i >= 0 {
			rest = rest[i+len(s):]
			n++
		}
	}
	return n
}

func peerSentences(t *testing.T, poppler, path string, w wanted) int {
	t.Helper()
	out, err := exec.Command(poppler, "-enc", "UTF-8", "-nopgbrk", path, "-").Output()
	if err != nil {
		return 0 // it cannot read the file
	}
	return matched(w.sentences, string(out))
}
