package query

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/extract/text"
	"github.com/tupu-kg/tupu/graph"
)

// Some questions are about words that no statement keeps: who is to see to a thing, what was not done, what is promised in the
// words of last year. They are answered from the sentences, and from the names that stand in them.

// spoken is a sentence of a report.
type spoken struct {
	doc   *source
	at    graph.Sentence
	text  string
	fold  *text.Folded // of the sentence
	names []namedAt    // the longest names in it, by where they begin
}

// namedAt is a name in a sentence, in bytes of its folded text.
type namedAt struct {
	id       graph.ID
	from, to int
}

// spokenWith yields the sentences that hold one of some words, of the documents that speak for the areas asked about. Copies of
// documents are left out, as is what belongs to pages and not to reports.
func (in *inquiry) spokenWith(words []string, yield func(s *spoken) error) error {
	sieve := text.NewSieve(words)
	for _, doc := range in.reports() {
		sentences, err := in.excerpts().Spoken(doc.id)
		if err = cmp.Or(err, in.ctx.Err()); err != nil {
			return err
		}
		var names []graph.Evidence
		var ids []graph.ID
		for at, source := range sentences {
			if at.Role == graph.Chrome || !sieve.Passes(source) {
				continue
			}
			fold := text.Fold(strings.Clone(source))
			if !slices.ContainsFunc(words, func(w string) bool { return strings.Contains(fold.Text, w) }) {
				continue
			}
			if names == nil {
				if names, ids, err = in.namesIn(doc.id); err != nil {
					return err
				}
			}
			if err := yield(&spoken{doc, at, strings.Clone(source), fold, namesAt(at, fold, names, ids)}); err != nil {
				return err
			}
		}
	}
	return nil
}

// reports are the documents that speak for the areas asked about, without copies, by area, year, date and id.
func (in *inquiry) reports() []*source {
	var docs []*source
	for i := range in.sources {
		if s := &in.sources[i]; s.ID != "" && s.CopyOf == "" && in.asked(s.area) {
			docs = append(docs, s)
		}
	}
	slices.SortFunc(docs, func(x, y *source) int {
		return cmp.Or(cmp.Compare(x.Area, y.Area), cmp.Compare(x.Year, y.Year), cmp.Compare(x.Date, y.Date), cmp.Compare(x.ID, y.ID))
	})
	return docs
}

// namesIn lists where a document names something, by position, the longer first, and what.
func (in *inquiry) namesIn(doc graph.ID) ([]graph.Evidence, []graph.ID, error) {
	type at struct {
		graph.Evidence
		id graph.ID
	}
	var all []at
	for e, err := range in.Edges(doc, graph.Incoming, graph.MentionedIn) {
		if err != nil {
			return nil, nil, err
		}
		evidence, err := in.Evidence(e)
		if err != nil {
			return nil, nil, err
		}
		for _, ev := range evidence {
			all = append(all, at{ev, e.From})
		}
	}
	slices.SortFunc(all, func(x, y at) int {
		return cmp.Or(cmp.Compare(x.ByteStart, y.ByteStart), cmp.Compare(y.ByteEnd, x.ByteEnd), cmp.Compare(x.id, y.id))
	})
	names, ids := make([]graph.Evidence, len(all)), make([]graph.ID, len(all))
	for i, a := range all {
		names[i], ids[i] = a.Evidence, a.id
	}
	return names, ids, nil
}

// namesAt are the names in a sentence that no longer one holds.
func namesAt(s graph.Sentence, fold *text.Folded, names []graph.Evidence, ids []graph.ID) []namedAt {
	var out []namedAt
	end := 0
	first, _ := slices.BinarySearchFunc(names, s.ByteStart, func(e graph.Evidence, at int) int { return cmp.Compare(e.ByteStart, at) })
	for i := first; i < len(names) && names[i].ByteStart < s.ByteEnd; i++ {
		if names[i].ByteEnd > s.ByteEnd || names[i].ByteEnd <= end {
			continue
		}
		end = names[i].ByteEnd
		out = append(out, namedAt{ids[i], fold.At(names[i].ByteStart - s.ByteStart), fold.At(names[i].ByteEnd - s.ByteStart)})
	}
	return out
}

// clause is a part of a sentence between commas, in bytes of the folded text.
type clause struct {
	from, to int
	text     string
}

// clauses cuts a sentence at commas, colons and semicolons, not at 、.
func (s *spoken) clauses() []clause {
	var out []clause
	from := 0
	for i, r := range s.fold.Text {
		if strings.ContainsRune("，,；;：:。！？!?\n", r) {
			if i > from {
				out = append(out, clause{from, i, s.fold.Text[from:i]})
			}
			from = i + utf8.RuneLen(r)
		}
	}
	if from < len(s.fold.Text) {
		out = append(out, clause{from, len(s.fold.Text), s.fold.Text[from:]})
	}
	return out
}

// quoted is what [from, to) of the folded sentence says, with its quote.
func (in *inquiry) quoted(s *spoken, from, to int, by string, score float64) (Said, error) {
	a, b := s.fold.Source(from, to)
	a, b = a+s.at.ByteStart, b+s.at.ByteStart
	found := s.text[a-s.at.ByteStart : b-s.at.ByteStart]
	start := s.at.Start + utf8.RuneCountInString(s.text[:a-s.at.ByteStart])
	q, err := in.quote(graph.Evidence{
		Source: graph.FromText, By: by, Score: score, Quote: found,
		Span: graph.Span{Doc: s.doc.ID, ByteStart: a, ByteEnd: b, Start: start, End: start + utf8.RuneCountInString(found)},
	})
	return Said{
		Year: cmp.Or(s.at.Year, s.doc.Year), Modality: s.at.Modality, Area: s.doc.Area, Reported: s.doc.Year, Evidence: []Quote{q},
		doc: s.doc.ID,
	}, err
}

// isThing reports whether an entity is something that is built: a project, a body, or a place that is no division.
func (in *inquiry) isThing(id graph.ID) (bool, error) {
	switch id.Kind() {
	case graph.KindProject, graph.KindOrganization:
		return true, nil
	case graph.KindPlace:
		e, err := in.Entity(id)
		if err != nil {
			return false, err
		}
		switch e.Place {
		case graph.Country, graph.Province, graph.City, graph.County, graph.Township, graph.Village:
			return false, nil
		}
		return len(in.held[id]) == 0, nil
	}
	return false, nil
}
