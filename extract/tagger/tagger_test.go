package tagger_test

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tupu-kg/tupu/extract/tagger"
	"pgregory.net/rapid"
)

const (
	letter tagger.Family = iota
	pair
)

// sequence observes the letters of a word and the pairs of them.
func sequence(s string) tagger.Sequence {
	q := tagger.Sequence{Len: len(s)}
	for i := range len(s) {
		q.Observations = append(q.Observations, tagger.Observation{Start: int32(i), End: int32(i + 1), Family: letter, Key: tagger.Hash(s[i : i+1])})
		if i+1 < len(s) {
			q.Observations = append(q.Observations, tagger.Observation{Start: int32(i), End: int32(i + 2), Family: pair, Key: tagger.Hash(s[i : i+2])})
		}
	}
	return q
}

// example reads a text in which <x> marks spans of kind 0 and [x] of kind 1.
func example(s string) tagger.Example {
	var plain strings.Builder
	var gold []tagger.Span
	start := 0
	for _, r := range s {
		switch r {
		case '<', '[':
			start = plain.Len()
		case '>':
			gold = append(gold, tagger.Span{Start: start, End: plain.Len(), Kind: 0})
		case ']':
			gold = append(gold, tagger.Span{Start: start, End: plain.Len(), Kind: 1})
		default:
			plain.WriteRune(r)
		}
	}
	return tagger.Example{Sequence: sequence(plain.String()), Gold: gold}
}

var texts = []string{
	"at <acme corp> in [paris]", "near [rome] the <bolt corp> grew", "<zenith corp> left [oslo]", "in [lima] and in [rome]",
	"the <acme corp> of [oslo] grew", "no name here at all", "and <k> too", "at [paris] <bolt corp> grew", "the end of it",
}

func train(t testing.TB, o tagger.Options) *tagger.Model {
	t.Helper()
	var examples []tagger.Example
	for _, s := range texts {
		examples = append(examples, example(s))
	}
	if o.Epochs == 0 {
		o.Epochs = 40
	}
	m, err := tagger.Train(context.Background(), []string{"firm", "city"}, examples, o)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func tag(m *tagger.Model, s string) string {
	q := sequence(s)
	var out []string
	for _, span := range m.NewTagger(0).Tag(&q) {
		out = append(out, fmt.Sprintf("%s %s", m.Kinds[span.Kind], s[span.Start:span.End]))
	}
	return strings.Join(out, ", ")
}

func TestLearnsWhatItIsShown(t *testing.T) {
	m := train(t, tagger.Options{})
	for text, want := range map[string]string{
		"at acme corp in paris":        "firm acme corp, city paris",
		"and k too":                    "firm k",
		"no name here at all":          "",
		"in oslo the zenith corp grew": "city oslo, firm zenith corp",
		"":                             "",
	} {
		if got := tag(m, text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestConfidenceIsAProbability(t *testing.T) {
	m := train(t, tagger.Options{Epochs: 3})
	for _, s := range texts {
		e := example(s)
		for _, span := range m.NewTagger(-2).Tag(&e.Sequence) {
			if !(span.Confidence > 0 && span.Confidence <= 1) {
				t.Errorf("%q: confidence %v of %d to %d", s, span.Confidence, span.Start, span.End)
			}
		}
	}
}

func TestBiasTradesPrecisionForRecall(t *testing.T) {
	m := train(t, tagger.Options{Epochs: 2})
	last := math.MaxInt
	for _, bias := range []float64{-8, 0, 8} {
		found := 0
		for _, s := range texts {
			e := example(s)
			found += len(m.NewTagger(bias).Tag(&e.Sequence))
		}
		if found > last {
			t.Errorf("bias %v finds %d spans, a lower one %d", bias, found, last)
		}
		last = found
	}
}

func written(t testing.TB, m *tagger.Model) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := m.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestSameExamplesGiveTheSameModel(t *testing.T) {
	o := tagger.Options{Drop: map[tagger.Family]float64{pair: 0.3}}
	first := written(t, train(t, o))
	if !bytes.Equal(first, written(t, train(t, o))) {
		t.Error("two trainings on the same examples differ")
	}
	o.Seed = 1
	if bytes.Equal(first, written(t, train(t, o))) {
		t.Error("another seed changes nothing")
	}
}

func TestWrittenModelTagsAlike(t *testing.T) {
	m := train(t, tagger.Options{})
	data := written(t, m)
	back, err := tagger.Read(data)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(m.Kinds, back.Kinds); diff != "" {
		t.Error(diff)
	}
	if !bytes.Equal(data, written(t, back)) {
		t.Error("a model that is read and written again differs")
	}
	rapid.Check(t, func(t *rapid.T) {
		q := sequence(rapid.StringMatching(`[a-z ]{0,40}`).Draw(t, "text"))
		if diff := cmp.Diff(m.NewTagger(0).Tag(&q), back.NewTagger(0).Tag(&q)); diff != "" {
			t.Error(diff)
		}
	})
}

func TestSpansLieWithin(t *testing.T) {
	m := train(t, tagger.Options{Epochs: 2})
	tagger := m.NewTagger(-3)
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching(`[a-z ]{0,60}`).Draw(t, "text")
		q := sequence(s)
		last := 0
		for _, span := range tagger.Tag(&q) {
			if span.Start < last || span.End <= span.Start || span.End > len(s) || span.Kind < 0 || span.Kind > 1 {
				t.Fatalf("span %+v after %d in a sequence of %d", span, last, len(s))
			}
			last = span.End
		}
	})
}

func TestOneModelServesManyGoroutines(t *testing.T) {
	m := train(t, tagger.Options{})
	want := tag(m, "at acme corp in paris")
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 50 {
				if got := tag(m, "at acme corp in paris"); got != want {
					t.Errorf("%q, want %q", got, want)
				}
			}
		})
	}
	all.Wait()
}

func TestTrainRefuses(t *testing.T) {
	good := example("at <acme corp> in [paris]")
	beyond := good
	beyond.Gold = []tagger.Span{{Start: 3, End: 99}}
	twice := good
	twice.Gold = []tagger.Span{{Start: 3, End: 8}, {Start: 7, End: 9}}
	loose := good
	loose.Observations = append(slices.Clone(good.Observations), tagger.Observation{Start: 5, End: 50})
	for name, c := range map[string]struct {
		kinds    []string
		examples []tagger.Example
		want     string
	}{
		"no kinds":              {nil, []tagger.Example{good}, "train: 0 kinds: give 1 to 60"},
		"nothing marked":        {[]string{"firm", "city"}, []tagger.Example{example("no name")}, "train: no example has a marked span"},
		"a span beyond the end": {[]string{"firm", "city"}, []tagger.Example{good, beyond}, "train: example 1: span 3 to 99 of kind 0 does not fit a sequence of 21, or overlaps the one before"},
		"overlapping spans":     {[]string{"firm", "city"}, []tagger.Example{twice}, "train: example 0: span 7 to 9 of kind 0 does not fit a sequence of 21, or overlaps the one before"},
		"an unknown kind":       {[]string{"firm"}, []tagger.Example{good}, "train: example 0: span 16 to 21 of kind 1 does not fit a sequence of 21, or overlaps the one before"},
		"a loose observation":   {[]string{"firm", "city"}, []tagger.Example{loose}, "train: example 0: observation 5 to 50 does not fit a sequence of 21"},
	} {
		_, err := tagger.Train(context.Background(), c.kinds, c.examples, tagger.Options{})
		if err == nil || err.Error() != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := tagger.Train(ctx, []string{"firm", "city"}, []tagger.Example{good}, tagger.Options{}); err != context.Canceled {
		t.Errorf("cancelled: %v", err)
	}
}

func FuzzRead(f *testing.F) {
	data := written(f, train(f, tagger.Options{Epochs: 2}))
	f.Add(data)
	f.Add(data[:len(data)/2])
	f.Add([]byte("tupu model 1\n"))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := tagger.Read(data)
		if err != nil {
			return
		}
		q := sequence("at acme corp in paris")
		m.NewTagger(0).Tag(&q)
	})
}

func BenchmarkTag(b *testing.B) {
	m := train(b, tagger.Options{})
	q := sequence(strings.Join([]string{"at acme corp in paris", "near rome the bolt corp grew", "no name here at all"}, " "))
	g := m.NewTagger(0)
	b.SetBytes(int64(q.Len))
	for b.Loop() {
		g.Tag(&q)
	}
}

// Observations that are added up beforehand, wherever their stretch stands, weigh what they weigh one by one.
func TestSumsTagAsTheirObservationsDo(t *testing.T) {
	m := train(t, tagger.Options{})
	plain, summed := m.NewTagger(0), m.NewTagger(0)
	rapid.Check(t, func(t *rapid.T) {
		q := sequence(rapid.StringMatching(`[a-z ]{0,40}`).Draw(t, "text"))
		start := int32(rapid.IntRange(0, q.Len).Draw(t, "start"))
		end := int32(rapid.IntRange(int(start), q.Len).Draw(t, "end"))
		p := tagger.Sequence{Len: q.Len}
		var own []tagger.Observation
		for _, o := range q.Observations {
			if start <= o.Start && o.End <= end {
				o.Start, o.End = o.Start-start, o.End-start
				own = append(own, o)
			} else {
				p.Observations = append(p.Observations, o)
			}
		}
		p.Sums = []tagger.Placed{{Start: start, Sums: summed.Sum(int(end-start), own)}}
		if diff := cmp.Diff(plain.Tag(&q), summed.Tag(&p)); diff != "" {
			t.Error(diff)
		}
	})
}
