package extract

import (
	"os"
	"path/filepath"
	"testing"

	"pgregory.net/rapid"

	"github.com/tupu-kg/tupu/extract/text"
)

// TestSegmentAsGse cuts stretches of Chinese characters as gse's own segmenter does: those of the reports in testdata, and words
// and characters in any order.
func TestSegmentAsGse(t *testing.T) {
	lex, err := newLexicon()
	if err != nil {
		t.Fatal(err)
	}
	gse := gseSegment(t, lex)
	var m segmentation
	same := func(s string) bool {
		want, got := gse([]byte(s)), lex.segmenter.segment([]byte(s), &m)
		if len(want) != len(got) {
			return false
		}
		for i, w := range want {
			tag := unknownTag
			if got[i].number != noEntry {
				tag = lex.segmenter.entries[got[i].number].tag
			}
			if w.Start() != got[i].start || w.End() != got[i].end || w.Token().Pos() != tag {
				return false
			}
		}
		return true
	}
	files, err := filepath.Glob("../testdata/reports/*/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no reports: %v", err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		stretch := ""
		for _, r := range text.Fold(string(data)).Text + "\n" {
			if han(r) {
				stretch += string(r)
				continue
			}
			if stretch != "" && !same(stretch) {
				t.Fatalf("%s: %q is cut otherwise", file, stretch)
			}
			stretch = ""
		}
	}
	var words []string
	for w := range dictionaryWords(lex.ownWords(), dictionaryData) {
		if words = append(words, w.text); len(words) == 20_000 {
			break
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s := ""
		for _, piece := range rapid.SliceOfN(rapid.SampledFrom(append(words[:len(words):len(words)], "〇", "㐀", "𠀀", "龘", "镕")), 1, 12).Draw(t, "words") {
			if cut := rapid.IntRange(0, 3).Draw(t, "cut"); cut > 0 && len(piece) > 3*cut {
				piece = piece[3*cut:]
			}
			s += piece
		}
		stretch := ""
		for _, r := range s {
			if han(r) {
				stretch += string(r)
			}
		}
		if stretch != "" && !same(stretch) {
			t.Fatalf("%q is cut otherwise", stretch)
		}
	})
}
