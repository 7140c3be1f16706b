package tagger_test

import (
	"bytes"
	"context"
	"slices"
	"testing"

	"github.com/tupu-kg/tupu/extract/tagger"
	"pgregory.net/rapid"
)

// cases are right if they have one feature, whatever the first stage thinks.
func cases() []tagger.Case {
	var all []tagger.Case
	for i := range 2000 {
		c := tagger.Case{Span: tagger.Span{Start: 0, End: 1, Confidence: 0.4 + float64(i%10)/50}, Right: i%3 == 0}
		c.Features = []uint64{tagger.Hash("bias"), tagger.Hash("number", string(rune('a'+i%3)))}
		all = append(all, c)
	}
	return all
}

func TestRescorerLearnsAndIsWritten(t *testing.T) {
	all := cases()
	r, err := tagger.FitRescorer(context.Background(), all)
	if err != nil {
		t.Fatal(err)
	}
	m := train(t, tagger.Options{Epochs: 4, Least: 1})
	m.Rescorer = r
	var file bytes.Buffer
	if err := m.Write(&file); err != nil {
		t.Fatal(err)
	}
	again, err := tagger.Read(file.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	for i := range all {
		p := r.Score(&all[i])
		if p > 0.5 != all[i].Right {
			t.Fatalf("case %d: probability %.3f, right %v", i, p, all[i].Right)
		}
		if q := again.Rescorer.Score(&all[i]); q != p {
			t.Fatalf("case %d: probability %v before it was written, %v after", i, p, q)
		}
	}
	if _, err := tagger.Read(file.Bytes()[:file.Len()-9]); err == nil {
		t.Error("a file that was cut short was read")
	}
}

func TestCandidatesHoldWhatIsTagged(t *testing.T) {
	m := train(t, tagger.Options{Epochs: 12, Least: 1})
	for _, s := range texts {
		q := example(s).Sequence
		all := m.NewTagger(0).Candidates(&q, 0.02)
		for _, span := range m.NewTagger(0).Tag(&q) {
			if !slices.ContainsFunc(all, func(c tagger.Span) bool { return c.Start == span.Start && c.End == span.End && c.Kind == span.Kind }) {
				t.Errorf("%s: %v is tagged and no candidate of %v", s, span, all)
			}
		}
	}
}

// Choose picks what an exhaustive search picks.
func TestChoose(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		length := rapid.IntRange(1, 6).Draw(t, "length")
		var spans []tagger.Span
		for range rapid.IntRange(0, 7).Draw(t, "spans") {
			start := rapid.IntRange(0, length-1).Draw(t, "start")
			end := rapid.IntRange(start+1, length).Draw(t, "end")
			spans = append(spans, tagger.Span{Start: start, End: end, Confidence: rapid.Float64Range(0, 1).Draw(t, "confidence")})
		}
		const least = 0.36
		worth := func(of []tagger.Span) (sum float64) {
			for _, s := range of {
				sum += s.Confidence - least
			}
			return sum
		}
		best := 0.0
		for set := range 1 << len(spans) {
			var of []tagger.Span
			for i, s := range spans {
				if set>>i&1 == 1 && !slices.ContainsFunc(of, func(o tagger.Span) bool { return o.Start < s.End && s.Start < o.End }) {
					of = append(of, s)
				}
			}
			best = max(best, worth(of))
		}
		got := tagger.Choose(spans, length)
		for i := 1; i < len(got); i++ {
			if got[i].Start < got[i-1].End {
				t.Fatalf("%v overlap", got)
			}
		}
		if sum := worth(got); sum < best-1e-9 {
			t.Fatalf("chose %v of %v, worth %.3f; the best is %.3f", got, spans, sum, best)
		}
	})
}
