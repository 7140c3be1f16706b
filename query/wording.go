package query

import (
	"fmt"
	"maps"
	"slices"
	"unicode"

	"github.com/tupu-kg/tupu/graph"
)

// Promises are held against those of the year before by the pairs of neighbouring characters that they share (Dice, 1945). From
// leastAlike on, one repeats the other; shorter ones than leastWording, in characters, say too little to be compared.
const (
	leastAlike   = 0.8
	leastWording = 16
)

// promise is a sentence about plans, by its pairs of characters.
type promise struct {
	spoken *spoken
	pairs  map[[2]rune]int
	length int // of the pairs
}

// wording lists promises of an area that repeat the words of one of the year before, with both sentences.
func (in *inquiry) wording() error {
	plans := map[graph.ID]map[int][]promise{}
	err := in.spokenWith(nil, func(s *spoken) error {
		area := in.sourceOf(s.doc.ID).area
		if s.at.Modality != graph.Planned || s.at.Year == 0 || s.at.Role != graph.Body || area == "" {
			return nil
		}
		p := promise{spoken: s, pairs: map[[2]rune]int{}}
		var last rune
		for _, r := range s.fold.Text {
			if unicode.IsPunct(r) || unicode.IsSpace(r) {
				continue
			}
			if last != 0 {
				p.pairs[[2]rune{last, r}]++
				p.length++
			}
			last = r
		}
		if p.length+1 < leastWording {
			return nil
		}
		if plans[area] == nil {
			plans[area] = map[int][]promise{}
		}
		plans[area][s.at.Year] = append(plans[area][s.at.Year], p)
		return nil
	})
	if err != nil {
		return err
	}
	for _, area := range slices.Sorted(maps.Keys(plans)) {
		for _, year := range slices.Sorted(maps.Keys(plans[area])) {
			before := plans[area][year-1]
			if in.o.Year != 0 && year != in.o.Year || len(before) == 0 {
				continue
			}
			if err := in.repeats(area, year, before, plans[area][year]); err != nil {
				return err
			}
		}
	}
	return nil
}

// repeats adds the promises that repeat one of the year before, each with the most like.
func (in *inquiry) repeats(area graph.ID, year int, before, now []promise) error {
	holding := map[[2]rune][]int{}
	for i, p := range before {
		for pair := range p.pairs {
			holding[pair] = append(holding[pair], i)
		}
	}
	for _, p := range now {
		shared := make([]int, len(before))
		for pair, n := range p.pairs {
			for _, i := range holding[pair] {
				shared[i] += min(n, before[i].pairs[pair])
			}
		}
		best, like := -1, 0.0
		for i, n := range shared {
			if alike := 2 * float64(n) / float64(p.length+before[i].length); alike >= leastAlike && alike > like && before[i].spoken.doc.ID != p.spoken.doc.ID {
				best, like = i, alike
			}
		}
		if best < 0 {
			continue
		}
		var said []Said
		for _, s := range []*spoken{before[best].spoken, p.spoken} {
			q, err := in.quoted(s, 0, len(s.fold.Text), "words:alike", like)
			if err != nil {
				return err
			}
			q.What = fmt.Sprintf("similarity %.2f", like)
			said = append(said, q)
		}
		in.add(in.number(area), -int(like*1000), fmt.Sprintf("the plan for %d repeats that for %d", year, year-1), fmt.Sprintf("similarity %.2f", like), func(c *Case) error {
			c.Said = said
			return nil
		})
	}
	return nil
}
