package extract

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/tupu-kg/tupu/extract/tagger"
	"github.com/tupu-kg/tupu/extract/text"
)

// leastCandidate is the probability that the first stage gives a span at least for the second to look at it.
const leastCandidate = 0.02

// rescored finds spans in two stages: the tagger proposes, and the model's second stage picks.
func (g *tagging) rescored(v *sentence, s *tagger.Sequence, second *tagger.Rescorer) []tagger.Span {
	cases := g.observer.cases(v, g.tagger.Candidates(s, leastCandidate))
	spans := make([]tagger.Span, len(cases))
	for i := range cases {
		spans[i] = cases[i].Span
		spans[i].Confidence = second.Score(&cases[i])
	}
	return tagger.Choose(spans, s.Len)
}

// cases lists what is seen of candidate spans, once their sentence has been observed.
func (o *observer) cases(v *sentence, spans []tagger.Span) []tagger.Case {
	cases := make([]tagger.Case, len(spans))
	for i := range spans {
		cases[i].Span = spans[i]
		f := spanFeatures{observer: o, sentence: v, rivals: spans, kind: strconv.Itoa(spans[i].Kind)}
		f.see(&spans[i])
		cases[i].Features = f.keys
	}
	return cases
}

// spanFeatures gathers the features of a span.
type spanFeatures struct {
	*observer
	*sentence
	rivals []tagger.Span
	kind   string
	keys   []uint64
}

// any adds a feature that means the same for all kinds, own one of the kind at hand.
func (f *spanFeatures) any(parts ...string) { f.keys = append(f.keys, tagger.Hash(parts...)) }
func (f *spanFeatures) own(parts ...string) { f.any(append(parts, f.kind)...) }

// level is a probability in steps of half a unit of log-odds.
func level(p float64) string { return strconv.Itoa(tagger.Level(p)) }

func (f *spanFeatures) see(s *tagger.Span) {
	f.any("bias")
	f.own("bias")
	f.any("level", level(s.Confidence))
	f.own("level", level(s.Confidence))
	f.seeRivals(s)
	f.seeWords(s)
	f.seeCharacters(s)
}

// seeRivals sees what else the first stage would have where the span stands.
func (f *spanFeatures) seeRivals(s *tagger.Span) {
	overlap, other := 0.0, 0.0
	for _, r := range f.rivals {
		switch {
		case r.Start >= s.End || s.Start >= r.End || r == *s:
			continue
		case r.Start == s.Start && r.End == s.End:
			other = max(other, r.Confidence)
			f.own("type", strconv.Itoa(r.Kind), strconv.Itoa(tagger.Level(r.Confidence)/2))
		default:
			overlap = max(overlap, r.Confidence)
		}
		if r.Start <= s.Start && s.End <= r.End && r.End-r.Start > s.End-s.Start {
			f.own("within", f.character(s.End), strconv.Itoa(tagger.Level(r.Confidence)/2))
		}
	}
	f.own("overlap", level(overlap))
	f.any("overlap", level(overlap), level(s.Confidence))
	f.any("other", level(other), level(s.Confidence))
}

// seeWords sees the words of the span and around it.
func (f *spanFeatures) seeWords(s *tagger.Span) {
	r := text.Range{Start: int(f.offsets[s.Start]), End: int(f.offsets[s.End])}
	first, last := f.inside(r.Start), f.inside(r.End-1)
	word := func(i int) string {
		if i < 0 || i >= len(f.Words) {
			return "#"
		}
		return f.sentence.word(i)
	}
	sort := func(i int) string { // cluster and part of speech
		if i < 0 || i >= len(f.Words) {
			return "#"
		}
		return strconv.Itoa(int(f.Words[i].facts.coarse)) + f.Words[i].Tag
	}
	f.own("aligned", fmt.Sprint(f.Words[first].Start == r.Start, f.Words[last].End == r.End))
	f.own("words", strconv.Itoa(last-first+1))
	f.own("first word", word(first))
	f.own("last word", word(last))
	f.own("first sort", sort(first))
	f.own("last sort", sort(last))
	f.own("left sort", sort(first-1))
	f.own("right sort", sort(last+1))
	f.own("left word", word(first-1))
	f.own("right word", word(last+1))
	f.own("both sorts", sort(first-1), sort(last+1))
	f.own("left words", word(first-2), word(first-1))
	f.own("right words", word(last+1), word(last+2))
	var tags strings.Builder
	for i := first; i <= last && i < first+8; i++ {
		tags.WriteString(f.Words[i].Tag)
		tags.WriteByte(' ')
	}
	f.own("tags", tags.String())
}

// character is the character of a number, "#" beyond the ends.
func (f *spanFeatures) character(i int) string {
	if i < 0 || i+1 >= len(f.offsets) {
		return "#"
	}
	return f.Text[f.offsets[i]:f.offsets[i+1]]
}

// seeCharacters sees the characters of the span's ends and around it.
func (f *spanFeatures) seeCharacters(s *tagger.Span) {
	at := f.character
	f.own("length", strconv.Itoa(min(s.End-s.Start, 12)))
	f.own("name", f.Text[f.offsets[s.Start]:f.offsets[s.End]])
	f.own("left 1", at(s.Start-1))
	f.own("right 1", at(s.End))
	f.own("left 2", at(s.Start-2), at(s.Start-1))
	f.own("right 2", at(s.End), at(s.End+1))
	f.own("around", at(s.Start-1), at(s.End))
	f.own("last 1", at(s.End-1))
	f.own("last 2", at(s.End-2), at(s.End-1))
	f.own("last 3", at(s.End-3), at(s.End-2), at(s.End-1))
	f.own("first 1", at(s.Start))
	f.own("first 2", at(s.Start), at(s.Start+1))
	f.own("left and last", at(s.Start-1), at(s.End-1))
}

// folds is how many parts the texts are cut into: the second stage learns on each from a first stage that has learnt from the others.
const folds = 5

// trainSecond learns the second stage of a model. It trains a first stage for each of the folds, with half as many members.
func (x *Extractor) trainSecond(ctx context.Context, texts []Labelled, o TrainOptions) (*tagger.Rescorer, error) {
	if len(texts) < folds {
		return nil, fmt.Errorf("train a second stage: %d texts: give at least %d, for it learns from texts that the first stage has not seen", len(texts), folds)
	}
	o.Tagger.Members = (o.Tagger.Members + 1) / 2
	o.Tagger.Progress = nil
	foldOf := foldsOf(texts)
	var all []tagger.Case
	for fold := range folds {
		var rest []tagger.Example
		for i := range texts {
			if foldOf[i] == fold {
				continue
			}
			e, err := x.examples(&texts[i], o.Kinds)
			if err != nil {
				return nil, err
			}
			rest = append(rest, e...)
		}
		first, err := tagger.Train(ctx, o.Kinds, rest, o.Tagger)
		if err != nil {
			return nil, err
		}
		g := newTrained(x.rules, first).pool.Get().(*tagging)
		for i := range texts {
			if foldOf[i] != fold {
				continue
			}
			err := x.eachExample(&texts[i], o.Kinds, &g.observer, func(v *sentence, e tagger.Example) {
				for _, c := range g.observer.cases(v, g.tagger.Candidates(&e.Sequence, leastCandidate)) {
					for _, gold := range e.Gold {
						c.Right = c.Right || gold.Start == c.Start && gold.End == c.End && gold.Kind == c.Kind
					}
					all = append(all, c)
				}
			})
			if err != nil {
				return nil, err
			}
		}
	}
	return tagger.FitRescorer(ctx, all)
}

// foldsOf gives each text its fold. A text that is given several times, to count more, is always in the same: otherwise the first
// stage would have seen it.
func foldsOf(texts []Labelled) []int {
	first := make(map[string]int)
	all := make([]int, len(texts))
	for i := range texts {
		fold, seen := first[texts[i].Text]
		if !seen {
			fold = len(first) % folds
			first[texts[i].Text] = fold
		}
		all[i] = fold
	}
	return all
}
