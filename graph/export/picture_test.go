package export

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image/png"
	"math/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/store"
	"github.com/tupu-kg/tupu/store/ingest"
	"pgregory.net/rapid"
)

// written is what a text of a scene takes up: its ink, not the room around it.
func written(s shape) (low, high point) {
	return point{s.a.x, s.a.y - 0.86*s.size}, point{s.a.x + s.wide, s.a.y + 0.1*s.size}
}

// clashes lists the texts of a scene that run into each other, into a node or out of the picture.
func clashes(s *scene) []string {
	var out []string
	for i, a := range s.shapes {
		if a.kind != 't' {
			continue
		}
		low, high := written(a)
		if low.x < 0 || low.y < 0 || high.x > s.width || high.y > s.height {
			out = append(out, fmt.Sprintf("%q runs out of the picture", a.text))
		}
		for _, b := range s.shapes[:i] {
			switch b.kind {
			case 't':
				l, h := written(b)
				if low.x < h.x && l.x < high.x && low.y < h.y && l.y < high.y {
					out = append(out, fmt.Sprintf("%q runs into %q", a.text, b.text))
				}
			case 'c':
				if low.x < b.a.x+b.size && b.a.x-b.size < high.x && low.y < b.a.y+b.size && b.a.y-b.size < high.y {
					out = append(out, fmt.Sprintf("%q runs into the node %q", a.text, b.about))
				}
			}
		}
	}
	return out
}

// TestPicturesOfTheExamplesAreReadable draws the neighbourhood of every entity of the example reports, one step and two steps far.
func TestPicturesOfTheExamplesAreReadable(t *testing.T) {
	reports, err := filepath.Abs("../../testdata/reports")
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "demo.db")
	if _, err := ingest.Build(context.Background(), ingest.Options{Store: dir, Paths: []string{reports}}); err != nil {
		t.Fatal(err)
	}
	s := inMemory(t, dir)
	f, err := newFace()
	if err != nil {
		t.Fatal(err)
	}
	drawn := 0
	for e, err := range s.Entities("") {
		if err != nil {
			t.Fatal(err)
		}
		for hops := 1; hops <= 2; hops++ {
			if hops == 2 && e.Kind != graph.KindEnterprise {
				continue
			}
			v, err := look(context.Background(), s, Options{Around: []graph.ID{e.ID}, Hops: hops, NoDocuments: true})
			if err != nil {
				t.Fatal(err)
			}
			picture, err := v.picture(f)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range clashes(picture) {
				t.Errorf("%s, %d steps: %s", e.ID, hops, c)
			}
			drawn++
		}
	}
	if drawn < 200 {
		t.Errorf("only %d pictures", drawn)
	}
	for _, p := range Plots {
		picture, err := plot(context.Background(), s, Options{Plot: p}, f)
		if errors.Is(err, ErrNothingToDraw) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range clashes(picture) {
			t.Errorf("plot %s: %s", p, c)
		}
	}
}

// inMemory reads a store once, because many pictures are drawn of it.
func inMemory(t *testing.T, dir string) *graph.Memory {
	t.Helper()
	s, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	m := graph.NewMemory()
	for e, err := range s.Entities("") {
		if err != nil {
			t.Fatal(err)
		}
		m.AddEntity(e)
	}
	for d, err := range s.Documents() {
		if err != nil {
			t.Fatal(err)
		}
		m.AddDocument(d, nil)
	}
	for e, err := range s.EdgesWithEvidence("", "", func(graph.ID, graph.EdgeType, graph.ID) bool { return true }) {
		if err == nil {
			err = m.AddEdge(e)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	m.Seal()
	return m
}

// TestSeparate gives nodes of all sizes any places, also the same ones.
func TestSeparate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 40).Draw(t, "n")
		at, boxes := make([]point, n), make([]box, n)
		for i := range n {
			at[i] = point{rapid.Float64Range(-50, 50).Draw(t, "x"), rapid.Float64Range(-50, 50).Draw(t, "y")}
			w := rapid.Float64Range(1, 80).Draw(t, "w")
			boxes[i] = box{w, w, rapid.Float64Range(1, 20).Draw(t, "up"), rapid.Float64Range(1, 50).Draw(t, "down")}
		}
		separate(at, boxes)
		for i := range n {
			for j := range i {
				if x, y := overlap(at[i], boxes[i], at[j], boxes[j]); x > 0 && y > 0 {
					t.Errorf("%d and %d overlap by %v, %v", i, j, x, y)
				}
			}
		}
	})
}

// TestArrange lays out a path, a star, groups without a way between them, and a large random graph: no two nodes in one place, linked
// ones nearer to each other than others are on the whole, and the same places each time.
func TestArrange(t *testing.T) {
	random := rand.New(rand.NewSource(1))
	for _, c := range []struct {
		name  string
		n     int
		links func() []link
	}{
		{"path", 30, func() (l []link) {
			for i := range 29 {
				l = append(l, link{i, i + 1})
			}
			return l
		}},
		{"star", 60, func() (l []link) {
			for i := 1; i < 60; i++ {
				l = append(l, link{0, i})
			}
			return l
		}},
		{"pairs", 20, func() (l []link) {
			for i := 0; i < 20; i += 2 {
				l = append(l, link{i, i + 1})
			}
			return l
		}},
		{"nobody", 5, func() []link { return nil }},
		{"large", 3000, func() (l []link) {
			for i := 1; i < 3000; i++ {
				l = append(l, link{random.Intn(i), i})
			}
			return l
		}},
	} {
		links := c.links()
		at, again := arrange(c.n, links, 100), arrange(c.n, links, 100)
		far := func(p, q point) float64 { return (p.x-q.x)*(p.x-q.x) + (p.y-q.y)*(p.y-q.y) }
		seen := map[point]bool{}
		for i, p := range at {
			if p != p || seen[p] || p != again[i] {
				t.Fatalf("%s: node %d at %v, and then at %v", c.name, i, p, again[i])
			}
			seen[p] = true
		}
		if len(links) == 0 {
			continue
		}
		near, all := 0.0, 0.0
		for _, l := range links {
			near += far(at[l.a], at[l.b]) / float64(len(links))
		}
		for i := range 1000 {
			all += far(at[i%c.n], at[(i*7919+1)%c.n]) / 1000
		}
		if near >= all {
			t.Errorf("%s: linked nodes are %v apart, any two %v", c.name, near, all)
		}
	}
}

// TestPNGShowsInk reads a picture back: its background is white, and there is ink of the kinds' colours.
func TestPNGShowsInk(t *testing.T) {
	m := graph.NewMemory()
	e, err := graph.NewEdge("enterprise:甲", graph.PartnersWith, "enterprise:乙", graph.Evidence{Source: graph.FromRegister, By: "test", Score: 1, Ref: "1"})
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []graph.ID{"enterprise:甲", "enterprise:乙"} {
		m.AddEntity(graph.Entity{ID: id, Kind: graph.KindEnterprise, Name: id.Name(), Confidence: 1})
	}
	if err := m.AddEdge(e); err != nil {
		t.Fatal(err)
	}
	m.Seal()
	var b bytes.Buffer
	if err := PNG(context.Background(), &b, m, Options{}); err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(&b)
	if err != nil {
		t.Fatal(err)
	}
	count := map[ink]int{}
	for y := range img.Bounds().Dy() {
		for x := range img.Bounds().Dx() {
			r, g, b, _ := img.At(x, y).RGBA()
			count[ink{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8)}]++
		}
	}
	pixels := img.Bounds().Dx() * img.Bounds().Dy()
	if count[white] < pixels/2 || count[ink(colours[graph.KindEnterprise])] < 200 || count[black] < 50 {
		t.Errorf("of %d pixels %d are white, %d of the kind's colour, %d black", pixels, count[white], count[ink(colours[graph.KindEnterprise])], count[black])
	}
}

// TestNothingToDraw says so.
func TestNothingToDraw(t *testing.T) {
	m := graph.NewMemory()
	m.Seal()
	for _, p := range append([]PlotKind{""}, Plots...) {
		if err := SVG(context.Background(), &strings.Builder{}, m, Options{Plot: p}); !errors.Is(err, ErrNothingToDraw) {
			t.Errorf("plot %q of nothing: %v", p, err)
		}
	}
	if err := SVG(context.Background(), &strings.Builder{}, m, Options{Plot: "pie"}); err == nil || !strings.Contains(err.Error(), "use status, money, degrees") {
		t.Errorf("a plot that there is not: %v", err)
	}
}

// TestFontHasTheNamesOfPlaces looks for the characters of the texts in this repository.
func TestFontHasTheNamesOfPlaces(t *testing.T) {
	f, err := newFace()
	if err != nil {
		t.Fatal(err)
	}
	for _, list := range []string{"../../extract/data/firms.txt", "../../extract/data/surnames.txt", "../../extract/data/dictionary.txt"} {
		b, err := os.ReadFile(list)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range string(b) {
			if r < 0x4E00 {
				continue
			}
			if g, err := f.glyph(r); err != nil || g.missing && r < 0x20000 {
				t.Errorf("%s: no %c (U+%04X): %v", list, r, r, err)
			}
		}
	}
}
