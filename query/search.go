package query

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/extract/text"
	"github.com/tupu-kg/tupu/graph"
)

// SearchOptions narrow a search in the sentences.
type SearchOptions struct {
	Text  string `json:"text"`
	Area  string `json:"area,omitempty"` // of the document, as it names it
	Year  int    `json:"year,omitempty"` // that the document looks back on
	Limit int    `json:"limit,omitempty"`
}

// SearchAnswer lists the sentences found, by document's date and path, then position.
type SearchAnswer struct {
	Query     SearchOptions `json:"query"`
	Sentences []Quote       `json:"sentences"` // Text is what was found
	Total     int           `json:"total"`
	Documents int           `json:"documents"` // that were looked through
}

// Search finds the sentences that hold a text, in traditional or simplified script and any width, also through the dirt that
// scrapers leave; those without any name too, those of page furniture not. It reads all texts.
func Search(ctx context.Context, r Reader, o SearchOptions) (*SearchAnswer, error) {
	a := ask(ctx, r)
	answer := &SearchAnswer{Query: o}
	want := text.Name(o.Text)
	if want == "" {
		return answer, nil
	}
	docs, err := collect(r.Documents())
	if err != nil {
		return nil, err
	}
	slices.SortFunc(docs, func(x, y graph.Document) int {
		return cmp.Or(cmp.Compare(x.Date, y.Date), slices.Compare(x.Paths, y.Paths), cmp.Compare(x.ID, y.ID))
	})
	for _, d := range docs {
		if d.CopyOf != "" {
			continue // what it says is found in the document that counts for it
		}
		if o.Year != 0 && d.Year != o.Year || o.Area != "" && !strings.Contains(text.Key(d.Area), text.Key(o.Area)) {
			continue
		}
		answer.Documents++
		if err := a.searchIn(d.ID, want, answer); err != nil {
			return nil, err
		}
	}
	return answer, nil
}

func (a *asker) searchIn(id graph.ID, want string, answer *SearchAnswer) error {
	d, err := a.open(id)
	if err != nil {
		return err
	}
	folded := text.Fold(d.Text)
	for at := 0; ; {
		i := strings.Index(folded.Text[at:], want)
		if i < 0 {
			return nil
		}
		i += at
		at = i + len(want)
		from, to := folded.Source(i, at)
		if a.furniture(d, from) {
			continue
		}
		answer.Total++
		if answer.Query.Limit > 0 && len(answer.Sentences) >= answer.Query.Limit {
			continue
		}
		start := utf8.RuneCountInString(d.Text[:from])
		found := d.Text[from:to]
		q, err := a.quote(graph.Evidence{
			Source: graph.FromText, By: "search", Score: 1, Quote: found,
			Span: graph.Span{Doc: id, ByteStart: from, ByteEnd: to, Start: start, End: start + utf8.RuneCountInString(found)},
		})
		if err != nil {
			return err
		}
		answer.Sentences = append(answer.Sentences, q)
	}
}

// furniture reports whether a byte of a document belongs to the page and not to the report.
func (a *asker) furniture(d *opened, offset int) bool {
	i, _ := slices.BinarySearchFunc(d.sentences, offset, func(s graph.Sentence, at int) int {
		if s.ByteEnd <= at {
			return -1
		}
		return 1
	})
	return i < len(d.sentences) && d.sentences[i].ByteStart <= offset && d.sentences[i].Role == graph.Chrome
}
