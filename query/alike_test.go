package query

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// TestPromisesAlike: promises are as alike as a count of their pairs says, and none that repeats another is passed over.
func TestPromisesAlike(t *testing.T) {
	letters := []rune("建设改造小学道路，。 a")
	rapid.Check(t, func(t *rapid.T) {
		draw := func(label string) *promise {
			p := &promise{spoken: spoken{doc: &source{}, text: rapid.StringOfN(rapid.SampledFrom(letters), 2, 30, -1).Draw(t, label)}}
			p.read()
			return p
		}
		x, y := draw("x"), draw("y")
		if rapid.Bool().Draw(t, "alike") {
			y = &promise{spoken: spoken{doc: &source{id: "document:b"}, text: x.text + "等"}}
			y.read()
		}
		left := map[uint64]int{}
		for _, pair := range x.pairs {
			left[pair]++
		}
		shared := 0
		for _, pair := range y.pairs {
			if left[pair] > 0 {
				left[pair]--
				shared++
			}
		}
		all := len(x.pairs) + len(y.pairs)
		if all == 0 {
			return
		}
		want := 2 * float64(shared) / float64(all)
		if want >= leastAlike && !x.mayRepeat(y) {
			t.Errorf("%q and %q are alike by %f and passed over", x.text, y.text, want)
		}
		if got := x.alike(y); math.Abs(got-want) > 1e-12 {
			t.Errorf("%q and %q are alike by %f, not %f", x.text, y.text, want, got)
		}
	})
}
