package split

import (
	"strings"
	"testing"

	"github.com/tupu-kg/tupu/extract/gazetteer"
)

// TestWeights: the embedded weights have a number for every feature, and are read as they were written.
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
		l.Divisions(g, name, false, true, func(d *Division) {
			seen++
			if d.Start > d.Brand || d.Brand > len(name) || d.InnerEnd > len(name) || d.InnerStart > d.InnerEnd {
				t.Errorf("%q: %+v", name, d)
			}
			if diff := d.Score - d.Features.Dot(&weights); diff > 1e-9 || diff < -1e-9 {
				t.Errorf("%q: score %v, features weigh %v", name, d.Score, d.Features.Dot(&weights))
			}
		})
		if seen == 0 {
			t.Errorf("%q: no division", name)
		}
	}
}
