package query

import (
	"context"
	"errors"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/tupu-kg/tupu/extract/text"
	"github.com/tupu-kg/tupu/graph"
)

// CiteOptions say what to cite.
type CiteOptions struct {
	What  string `json:"what"`            // a document (path, end of a path, title or id), with a place if need be (report.txt:15, page.html:¶4, a.pdf:p3); or a name or id
	Quote string `json:"quote,omitempty"` // the sentence that holds this text
	Limit int    `json:"limit,omitempty"` // documents of a name; all if 0
}

// Citation is a document as people cite it, with the words that they cite.
type Citation struct {
	Document  graph.ID `json:"document"`
	Path      string   `json:"path"`
	Title     string   `json:"title,omitempty"`
	Issuer    string   `json:"issuer,omitempty"`
	Date      string   `json:"date,omitempty"` // YYYY-MM-DD, or a prefix of it
	Area      string   `json:"area,omitempty"`
	Year      int      `json:"year,omitempty"` // that it looks back on
	URL       string   `json:"url,omitempty"`
	Page      int      `json:"page,omitempty"`
	Sheet     string   `json:"sheet,omitempty"`
	Row       int      `json:"row,omitempty"`
	Line      int      `json:"line,omitempty"`
	Paragraph int      `json:"paragraph,omitempty"`
	Quote     string   `json:"quote,omitempty"`
}

// CiteAnswer lists citations, by date, then path.
type CiteAnswer struct {
	Query     CiteOptions `json:"query"`
	Citations []Citation  `json:"citations"`
	Total     int         `json:"total"`
}

// placeAt is a place in a document as tables of answers print it, at the end of its path.
var placeAt = regexp.MustCompile(`^(.+):(p|¶|)([0-9]{1,9})$`)

// Cite cites a document, the words at a place in it or those that hold a text, or, of a name, each document with a sentence
// that names it. It returns an *UnknownError or an *AmbiguousError for what is neither a document nor a name.
func Cite(ctx context.Context, r Reader, o CiteOptions) (*CiteAnswer, error) {
	a := ask(ctx, r)
	answer := &CiteAnswer{Query: o}
	docs, err := a.documentsAt(o.What)
	if err != nil {
		return nil, err
	}
	mark, number := "", 0
	if m := placeAt.FindStringSubmatch(o.What); len(docs) == 0 && m != nil {
		if docs, err = a.documentsAt(m[1]); err != nil {
			return nil, err
		}
		mark = m[2]
		number, _ = strconv.Atoi(m[3])
	}
	if len(docs) == 0 {
		return answer, a.citeName(answer)
	}
	for _, id := range docs {
		d, err := a.open(id)
		if err != nil {
			return nil, err
		}
		c, found := d.cite(o.Quote, mark, number)
		if !found && len(docs) == 1 {
			return nil, d.nothingThere(o, mark, number)
		}
		if found {
			answer.Citations = append(answer.Citations, c)
		}
	}
	answer.sort()
	return answer, nil
}

// documentsAt lists the documents that somebody means: by id, path, title, or the end of a path.
func (a *asker) documentsAt(name string) ([]graph.ID, error) {
	clean := path.Clean(strings.ReplaceAll(name, `\`, "/"))
	var exact, ends []graph.ID
	for d, err := range a.Documents() {
		if err != nil {
			return nil, err
		}
		switch {
		case string(d.ID) == name || slices.Contains(d.Paths, clean) || d.Title != "" && text.Key(d.Title) == text.Key(name):
			exact = append(exact, d.ID)
		case slices.ContainsFunc(d.Paths, func(p string) bool { return strings.HasSuffix(p, "/"+clean) }):
			ends = append(ends, d.ID)
		}
	}
	if len(exact) > 0 {
		return exact, nil
	}
	return ends, nil
}

// cite cites the words that begin at a place, or those that hold a text; with neither, the document.
func (d *opened) cite(quote, mark string, number int) (Citation, bool) {
	c := Citation{Document: d.ID, Title: d.Title, Issuer: d.Issuer, Date: d.Date, Area: d.Area, Year: d.Year, URL: d.URL}
	if len(d.Paths) > 0 {
		c.Path = d.Paths[0]
	}
	if quote == "" && number == 0 {
		return c, true
	}
	want := text.Key(quote)
	from, to := -1, -1
	for _, s := range d.sentences {
		l := d.Locate(s.ByteStart)
		at := map[string]int{"": l.Line, "p": l.Page, "¶": l.Paragraph}[mark]
		if number != 0 && at != number || want != "" && !strings.Contains(text.Key(d.Text[s.ByteStart:s.ByteEnd]), want) {
			continue
		}
		if from < 0 {
			from = s.ByteStart
		}
		to = s.ByteEnd
		if want != "" || mark == "p" { // one sentence; of a page the number says enough
			break
		}
	}
	if from < 0 {
		return c, false
	}
	l := d.Locate(from)
	c.Page, c.Sheet, c.Row, c.Line, c.Paragraph = l.Page, l.Sheet, l.Row, l.Line, l.Paragraph
	if mark != "p" || want != "" {
		from, to = cut(d.Text, from, to, from, from)
		c.Quote = strings.TrimSpace(d.Text[from:to])
	}
	return c, true
}

func (d *opened) nothingThere(o CiteOptions, mark string, number int) error {
	place := ""
	if number != 0 {
		place = fmt.Sprintf(" at %s%d", mark, number)
	}
	if o.Quote != "" {
		return fmt.Errorf("%s: no sentence%s holds %q: `tupu search %s` shows where it stands", d.Paths[0], place, o.Quote, o.Quote)
	}
	return fmt.Errorf("%s: no sentence begins%s: write the place as `tupu search` and other answers print it", d.Paths[0], place)
}

// citeName cites every document that names an entity, with the first sentence that does.
func (a *asker) citeName(answer *CiteAnswer) error {
	o := answer.Query
	e, err := Resolve(a.ctx, a.Reader, o.What)
	if err != nil {
		return err
	}
	want := text.Key(o.Quote)
	for edge, err := range a.Edges(e.ID, graph.Outgoing, graph.MentionedIn) {
		if err != nil {
			return err
		}
		quotes, _, err := a.quotes(edge, 0)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(quotes, func(q Quote) bool { return q.Sentence != "" && strings.Contains(text.Key(q.Sentence), want) })
		if i < 0 {
			continue
		}
		q := quotes[i]
		d, err := a.open(edge.To)
		if err != nil {
			return err
		}
		answer.Citations = append(answer.Citations, Citation{
			Document: d.ID, Path: q.Path, Title: d.Title, Issuer: d.Issuer, Date: d.Date, Area: d.Area, Year: d.Year, URL: d.URL,
			Page: q.Page, Line: q.Line, Paragraph: q.Para, Quote: q.Sentence,
		})
	}
	if len(answer.Citations) == 0 && want != "" {
		return errors.New("no sentence that names " + e.Name + " holds " + strconv.Quote(o.Quote))
	}
	answer.sort()
	return nil
}

func (a *CiteAnswer) sort() {
	slices.SortFunc(a.Citations, func(x, y Citation) int {
		return strings.Compare(x.Date+"\x00"+x.Path, y.Date+"\x00"+y.Path)
	})
	a.Total = len(a.Citations)
	if limit := a.Query.Limit; limit > 0 && a.Total > limit {
		a.Citations = a.Citations[:limit]
	}
}
