package extract

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/tupu-kg/tupu/extract/tagger"
	"github.com/tupu-kg/tupu/extract/text"
)

// leastCandidate is the probability that the first stage gives a span at least for the second to look at it.
const leastCandidate = 0.02

// rescored finds spans in two stages: the tagger proposes, and the model's second stage picks.
func (g *tagging) rescored(v *sentence, s *tagger.Sequence, second *tagger.Rescorer) []tagger.Span {
	spans := g.tagger.Candidates(s, leastCandidate)
	g.scores = g.scores[:0]
	g.observer.cases(v, spans, &g.spanFeatures, func(c *tagger.Case) { g.scores = append(g.scores, second.Score(c)) })
	for i, score := range g.scores {
		spans[i].Confidence = math.Round(score*1e6) / 1e6 // as those of the first stage
	}
	return tagger.Choose(spans, s.Len)
}

// cases calls f with each of candidate spans, ascending by start, and what is seen of it, once their sentence has been observed. A
// case holds until the next.
func (o *observer) cases(v *sentence, spans []tagger.Span, f *spanFeatures, each func(*tagger.Case)) {
	f.observer, f.sentence = o, v
	from := 0 // no span before it reaches beyond where the one at hand begins
	for i := range spans {
		s := &spans[i]
		for from < i && spans[from].End <= s.Start {
			from++
		}
		f.rivals, f.kind, f.keys = spans[from:], s.Kind, f.keys[:0]
		f.see(s)
		each(&tagger.Case{Span: *s, Features: f.keys})
	}
}

// spanFeatures gathers the features of a span.
type spanFeatures struct {
	*observer
	*sentence
	rivals []tagger.Span // ascending by start
	kind   int
	keys   []uint64
}

// seen begins a feature.
func seen(name string) tagger.Hasher { return tagger.NewHasher().Part(name) }

// any adds a feature that means the same for all kinds, own one of the kind at hand.
func (f *spanFeatures) any(h tagger.Hasher) { f.keys = append(f.keys, uint64(h)) }
func (f *spanFeatures) own(h tagger.Hasher) { f.any(h.Number(f.kind).End()) }

// of adds a feature of the kind at hand that has the parts given.
func (f *spanFeatures) of(name string, parts ...string) {
	h := seen(name)
	for _, p := range parts {
		h = h.Part(p)
	}
	f.own(h)
}

// at adds a probability in steps of half a unit of log-odds.
func at(h tagger.Hasher, level int) tagger.Hasher { return h.Number(level).End() }

func (f *spanFeatures) see(s *tagger.Span) {
	level := tagger.Level(s.Confidence)
	f.any(seen("bias"))
	f.of("bias")
	f.any(at(seen("level"), level))
	f.own(at(seen("level"), level))
	f.seeRivals(s, level)
	f.seeWords(s)
	f.seeCharacters(s)
}

// seeRivals sees what else the first stage would have where the span stands.
func (f *spanFeatures) seeRivals(s *tagger.Span, level int) {
	overlap, other := 0.0, 0.0
	for i := range f.rivals {
		r := &f.rivals[i]
		if r.Start >= s.End {
			break
		}
		switch {
		case s.Start >= r.End || *r == *s:
			continue
		case r.Start == s.Start && r.End == s.End:
			other = max(other, r.Confidence)
			f.own(seen("type").Number(r.Kind).End().Number(tagger.Level(r.Confidence) / 2).End())
		default:
			overlap = max(overlap, r.Confidence)
		}
		if r.Start <= s.Start && s.End <= r.End && r.End-r.Start > s.End-s.Start {
			f.own(seen("within").Part(f.character(s.End)).Number(tagger.Level(r.Confidence) / 2).End())
		}
	}
	overlapping := at(seen("overlap"), tagger.Level(overlap))
	f.own(overlapping)
	f.any(at(overlapping, level))
	f.any(at(at(seen("other"), tagger.Level(other)), level))
}

// wordAt is a word by its number, "#" beyond the ends.
func (f *spanFeatures) wordAt(i int) string {
	if i < 0 || i >= len(f.Words) {
		return "#"
	}
	return f.sentence.word(i)
}

// sort adds the cluster and the part of speech of a word.
func (f *spanFeatures) sort(h tagger.Hasher, i int) tagger.Hasher {
	if i < 0 || i >= len(f.Words) {
		return h.Part("#")
	}
	return h.Number(int(f.Words[i].facts.coarse)).Part(f.Words[i].Tag)
}

// seeWords sees the words of the span and around it.
func (f *spanFeatures) seeWords(s *tagger.Span) {
	r := text.Range{Start: int(f.offsets[s.Start]), End: int(f.offsets[s.End])}
	first, last := f.inside(r.Start), f.inside(r.End-1)
	f.of("aligned", aligns[f.Words[first].Start == r.Start][f.Words[last].End == r.End])
	f.own(seen("words").Number(last - first + 1).End())
	f.of("first word", f.wordAt(first))
	f.of("last word", f.wordAt(last))
	f.own(f.sort(seen("first sort"), first))
	f.own(f.sort(seen("last sort"), last))
	f.own(f.sort(seen("left sort"), first-1))
	f.own(f.sort(seen("right sort"), last+1))
	f.of("left word", f.wordAt(first-1))
	f.of("right word", f.wordAt(last+1))
	f.own(f.sort(f.sort(seen("both sorts"), first-1), last+1))
	f.of("left words", f.wordAt(first-2), f.wordAt(first-1))
	f.of("right words", f.wordAt(last+1), f.wordAt(last+2))
	tags := seen("tags")
	for i := first; i <= last && i < first+8; i++ {
		tags = tags.Text(f.Words[i].Tag).Text(" ")
	}
	f.own(tags.End())
}

// aligns says whether a span begins where a word does, and ends where one does.
var aligns = map[bool]map[bool]string{
	false: {false: "false false", true: "false true"},
	true:  {false: "true false", true: "true true"},
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
	f.own(seen("length").Number(min(s.End-s.Start, 12)).End())
	f.of("name", f.Text[f.offsets[s.Start]:f.offsets[s.End]])
	f.of("left 1", at(s.Start-1))
	f.of("right 1", at(s.End))
	f.of("left 2", at(s.Start-2), at(s.Start-1))
	f.of("right 2", at(s.End), at(s.End+1))
	f.of("around", at(s.Start-1), at(s.End))
	f.of("last 1", at(s.End-1))
	f.of("last 2", at(s.End-2), at(s.End-1))
	f.of("last 3", at(s.End-3), at(s.End-2), at(s.End-1))
	f.of("first 1", at(s.Start))
	f.of("first 2", at(s.Start), at(s.Start+1))
	f.of("left and last", at(s.Start-1), at(s.End-1))
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
				g.observer.cases(v, g.tagger.Candidates(&e.Sequence, leastCandidate), &g.spanFeatures, func(c *tagger.Case) {
					for _, gold := range e.Gold {
						c.Right = c.Right || gold.Start == c.Start && gold.End == c.End && gold.Kind == c.Kind
					}
					c.Features = slices.Clone(c.Features)
					all = append(all, *c)
				})
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
