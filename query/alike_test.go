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
		x := rapid.StringOfN(rapid.SampledFrom(letters), 2, 30, -1).Draw(t, "x")
		y := rapid.StringOfN(rapid.SampledFrom(letters), 2, 30, -1).Draw(t, "y")
		if rapid.Bool().Draw(t, "alike") {
			y = x + "等"
		}
		one, other := newPhrased(spoken{text: x}), newPhrased(spoken{text: y})
		left := map[uint64]int{}
		for _, pair := range one.pairs {
			left[pair]++
		}
		shared := 0
		for _, pair := range other.pairs {
			if left[pair] > 0 {
				left[pair]--
				shared++
			}
		}
		all := len(one.pairs) + len(other.pairs)
		if all == 0 {
			return
		}
		want := 2 * float64(shared) / float64(all)
		p, o := newPromise(&source{}, 0, 0, x), newPromise(&source{}, 0, 0, y)
		if want >= leastAlike && len(p.mayRepeat([]promise{o}, nil)) == 0 {
			t.Errorf("%q and %q are alike by %f and passed over", x, y, want)
		}
		if got := one.alike(other); math.Abs(got-want) > 1e-12 {
			t.Errorf("%q and %q are alike by %f, not %f", x, y, want, got)
		}
	})
}
