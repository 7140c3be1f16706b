package split

import (
	"strings"
	"testing"

	"github.com/tupu-kg/tupu/extract/gazetteer"
)

// TestWeights: the embedded weights have a number for every feature, and they and the clues are read as they were written.
func TestWeights(t *testing.T) {
	w := Known().Weights()
	for _, name := range featureNames {
		if !strings.Contains(weightsText, "\n"+name+" ") {
			t.Errorf("weights.txt lacks %s", name)
		}
	}
	if got := parseWeights(w.String()); got != w {
		t.Errorf("read %v, want %v", got, w)
	}
	if _, written, _ := strings.Cut(cluesText, "\n"); FormatClues(Known().clues) != written {
		t.Error("clues.txt is read otherwise than it was written")
	}
}

// TestDivisionsCover: every division is one of its name, and its score is what its features weigh.
func TestDivisionsCover(t *testing.T) {
	g, err := gazetteer.Open()
	if err != nil {
		t.Fatal(err)
	}
	l := Known()
	weights := l.Weights()
	for _, name := range []string{"江苏无锡泓谷汽车零部件", "岚桥南通重工", "LG电子", "a\xff岚桥", "", "中国", "佛山市南海岚桥五金"} {
		seen := 0
		l.Divisions(g, name, false, Registered, func(d *Division) {
			seen++
			if d.Start > d.Brand || d.Brand > len(name) || d.InnerEnd > len(name) || d.InnerStart > d.InnerEnd {
				t.Errorf("%q: %+v", name, d)
			}
			weigh := d.Features.Dot(&weights)
			for _, c := range d.Clues {
				weigh += l.clues[c]
			}
			if diff := d.Score - weigh; diff > 1e-9 || diff < -1e-9 {
				t.Errorf("%q: score %v, features and clues weigh %v", name, d.Score, weigh)
			}
		})
		if seen == 0 {
			t.Errorf("%q: no division", name)
		}
	}
}
