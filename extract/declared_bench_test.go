package extract_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tupu-kg/tupu/extract"
	"github.com/tupu-kg/tupu/extract/text"
)

// TestDeclared measures the declared short names of a corpus that is not in this repository: 404 sentences, of which the second
// half was not looked at when the rules were written.
func TestDeclared(t *testing.T) {
	shared := os.Getenv("TUPU_SHARED")
	if shared == "" {
		t.Skip("TUPU_SHARED does not name the folder of the corpora")
	}
	b, err := os.ReadFile(filepath.Join(shared, "corpus/aliases/declared.json"))
	if err != nil {
		t.Fatal(err)
	}
	var sentences []struct {
		Sentence []string    `json:"sentence"`
		Gold     [][2]string `json:"golden_answer"`
	}
	if err := json.Unmarshal(b, &sentences); err != nil {
		t.Fatal(err)
	}
	x, err := extract.New(extract.Options{})
	if err != nil {
		t.Fatal(err)
	}
	plain := func(s string) string { return strings.ToLower(strings.ReplaceAll(text.Fold(s).Text, " ", "")) }
	half := len(sentences) / 2
	measured := sentences[half:]
	if os.Getenv("TUPU_DEVELOP") != "" {
		measured = sentences[:half]
	}
	gold, found, short, full := 0, 0, 0, 0
	for n, s := range measured {
		folded := text.Fold(strings.Join(s.Sentence, "")).Text
		left := map[string][]string{}
		var got []string
		for _, d := range x.Declarations(folded) {
			f, s := folded[d.Full.Start:d.Full.End], folded[d.Short.Start:d.Short.End]
			left[plain(s)] = append(left[plain(s)], plain(f))
			got = append(got, f+" = "+s)
			found++
		}
		miss := false
		for _, g := range s.Gold {
			gold++
			fulls := left[plain(g[1])]
			if len(fulls) == 0 {
				miss = true
				continue
			}
			short++
			left[plain(g[1])] = fulls[1:]
			if fulls[0] == plain(g[0]) {
				full++
			} else {
				miss = true
			}
		}
		if os.Getenv("TUPU_DEVELOP") != "" && (miss || len(got) != len(s.Gold)) {
			t.Logf("%d %s\n  want %q\n  got  %q", n, folded, s.Gold, got)
		}
	}
	recall, precision, exact := float64(short)/float64(gold), float64(short)/float64(found), float64(full)/float64(gold)
	t.Logf("declared short names: recall %.4f, precision %.4f; full name exact %.4f, of %d", recall, precision, exact, gold)
	if os.Getenv("TUPU_DEVELOP") == "" && (recall < 0.97 || precision < 0.98 || exact < 0.85) {
		t.Errorf("below 0.97, 0.98, 0.85")
	}
}
