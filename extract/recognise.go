package extract

import (
	"cmp"
	"slices"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/extract/text"
	"github.com/tupu-kg/tupu/graph"
)

// A Recognizer finds names in one sentence. It may be asked from several goroutines at once, and must answer the same
// context with the same candidates in the same order. Candidates may overlap: which of them become mentions is decided
// afterwards, for all recognisers together.
type Recognizer interface {
	Recognize(s *Context) []Candidate
}

// Context is a sentence as recognisers see it.
type Context struct {
	Text     string     // the sentence, folded
	Words    []Word     // the words of Text, which cover it
	Role     graph.Role // body or heading; nothing is recognised in chrome
	AreaCode string     // of the area that the document speaks for, "" if unknown
	Repeats  repeats    // of the document
}

// Candidate is a stretch of a sentence that may be a name.
type Candidate struct {
	text.Range                 // bytes of Context.Text
	Kind       graph.Kind      // "" for a mask: the stretch is no name, nor is anything inside it
	Place      graph.PlaceKind // of a place, where known
	Confidence float64         // 0 to 1
	By         string          // "gazetteer", "rule:suffix", …
	Part       bool            // a part of a mention at most, never one itself

	listed *Listed // what a list of the user's says it is
}

// arbitrate picks the candidates that become mentions: none overlaps another, none is a mask or inside one. The weightiest
// wins, by characters times confidence, so that a long name beats the names inside it unless it is very doubtful. The result
// is ascending; it does not depend on the order of the candidates.
func arbitrate(s string, candidates []Candidate) []Candidate {
	return arbitrateInto(make([]Candidate, 0, min(len(candidates), 16)), s, candidates)
}

// arbitrateInto is arbitrate with the memory for the result, which is empty.
func arbitrateInto(won []Candidate, s string, candidates []Candidate) []Candidate {
	type weighed struct {
		Candidate
		weight float64
	}
	candidates = yieldToListed(candidates)
	var few [16]weighed // most sentences have no more
	all := few[:0]
	for _, c := range candidates {
		if c.Part {
			continue
		}
		all = append(all, weighed{c, float64(utf8.RuneCountInString(s[c.Start:c.End])) * c.Confidence})
	}
	slices.SortFunc(all, func(a, b weighed) int {
		if a.weight != b.weight { // as most are
			return cmp.Compare(b.weight, a.weight)
		}
		return cmp.Or(cmp.Compare(b.Confidence, a.Confidence), cmp.Compare(a.Start, b.Start),
			cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Place, b.Place), cmp.Compare(a.By, b.By))
	})
	// The result is kept ascending.
	for _, c := range all {
		i, found := slices.BinarySearchFunc(won, c.Start, func(w Candidate, start int) int { return cmp.Compare(w.Start, start) })
		if found || i > 0 && won[i-1].End > c.Start || i < len(won) && won[i].Start < c.End {
			continue
		}
		won = slices.Insert(won, i, c.Candidate)
	}
	return slices.DeleteFunc(won, func(c Candidate) bool { return c.Kind == "" })
}
