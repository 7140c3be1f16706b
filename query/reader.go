package query

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/graph"
)

// Reader is a graph that questions are asked of. Its iterators yield in the order that graph.Memory documents, and stop
// after an error. Implementations must be safe for concurrent use.
type Reader interface {
	Entity(id graph.ID) (graph.Entity, error)                                                     // graph.ErrNotFound if absent
	Entities(kind graph.Kind) iter.Seq2[graph.Entity, error]                                      // ascending by id; of all kinds if empty
	Edges(id graph.ID, dir graph.Direction, types ...graph.EdgeType) iter.Seq2[graph.Edge, error] // without evidence
	AllEdges(types ...graph.EdgeType) iter.Seq2[graph.Edge, error]                                // ascending by key, without evidence
	Evidence(e graph.Edge) ([]graph.Evidence, error)                                              // with quotes; graph.ErrNotFound if there is no such edge
	Document(id graph.ID) (graph.Document, error)                                                 // with text and locators
	Documents() iter.Seq2[graph.Document, error]                                                  // without them, ascending by id
	Sentences(doc graph.ID) ([]graph.Sentence, error)                                             // ascending
	Names(prefix string) iter.Seq2[graph.Name, error]                                             // ascending by key and id
}

var _ Reader = (*graph.Memory)(nil)

// excerpter is a Reader that tells of a place in a document without reading all of the document.
type excerpter interface {
	DocumentHead(id graph.ID) (graph.Document, error)               // without text and locators
	SentenceAt(doc graph.ID, at int) (graph.Sentence, bool, error)  // that holds a byte of the text
	Locate(doc graph.ID, at int) (graph.Locator, error)             // as graph.Document.Locate
	TextBetween(doc graph.ID, from, to int) (string, error)         // bytes, half open
	Spoken(doc graph.ID) (iter.Seq2[graph.Sentence, string], error) // its sentences with their texts, which are only valid until the next
}

// Quote is evidence as people read it: the sentence, and where it can be looked up. For evidence that is no text only Source
// and Ref are set.
type Quote struct {
	Source   graph.Source `json:"source"`
	Document graph.ID     `json:"document,omitempty"`
	Path     string       `json:"path,omitempty"` // the first of the document's paths
	Title    string       `json:"title,omitempty"`
	Date     string       `json:"date,omitempty"`
	Area     string       `json:"area,omitempty"` // that the document speaks for
	Year     int          `json:"year,omitempty"` // that it looks back on
	URL      string       `json:"url,omitempty"`
	Line     int          `json:"line,omitempty"`
	Page     int          `json:"page,omitempty"`
	Para     int          `json:"paragraph,omitempty"`
	Sheet    string       `json:"sheet,omitempty"`
	Row      int          `json:"row,omitempty"`
	Start    int          `json:"start"` // code points of the stored text that are meant, half open
	End      int          `json:"end"`
	Text     string       `json:"quote,omitempty"`    // the stored text there
	Sentence string       `json:"sentence,omitempty"` // the sentence around it
	From     int          `json:"from"`               // where Text stands in Sentence, code points, half open
	To       int          `json:"to"`
	Modality string       `json:"modality,omitempty"` // of the section that it stands in
	By       string       `json:"by"`
	Score    float64      `json:"score"`
	Ref      string       `json:"ref,omitempty"`
}

// asker answers one question; it remembers the documents that it has opened.
type asker struct {
	ctx context.Context
	Reader
	docs   map[graph.ID]*opened
	heads  map[graph.ID]*graph.Document
	areaOf map[graph.ID]string // of documents, once they were asked for
}

type opened struct {
	graph.Document
	sentences []graph.Sentence
}

func ask(ctx context.Context, r Reader) *asker {
	return &asker{ctx: ctx, Reader: r, docs: map[graph.ID]*opened{}, heads: map[graph.ID]*graph.Document{}}
}

// maxOpened bounds the documents that one question keeps at hand, maxHeads those without their text.
const (
	maxOpened = 256
	maxHeads  = 1 << 14
)

func (a *asker) open(id graph.ID) (*opened, error) {
	if d := a.docs[id]; d != nil {
		return d, nil
	}
	if err := a.ctx.Err(); err != nil {
		return nil, err
	}
	d, err := a.Document(id)
	if err != nil {
		return nil, err
	}
	sentences, err := a.Sentences(id)
	if err != nil {
		return nil, err
	}
	if len(a.docs) >= maxOpened {
		clear(a.docs)
	}
	a.docs[id] = &opened{d, sentences}
	return a.docs[id], nil
}

// maxSentence bounds the sentence that a quote shows, in bytes; a longer one is cut around what is meant.
const maxSentence = 1200

// excerpts are the places of documents that quotes are made of.
func (a *asker) excerpts() excerpter {
	if e, ok := a.Reader.(excerpter); ok {
		return e
	}
	return whole{a}
}

// whole reads all of the documents that are quoted, and keeps some.
type whole struct{ *asker }

func (w whole) DocumentHead(id graph.ID) (graph.Document, error) {
	d, err := w.open(id)
	if err != nil {
		return graph.Document{}, err
	}
	return d.Document, nil
}

func (w whole) SentenceAt(doc graph.ID, at int) (graph.Sentence, bool, error) {
	d, err := w.open(doc)
	if err != nil {
		return graph.Sentence{}, false, err
	}
	i := sort.Search(len(d.sentences), func(i int) bool { return d.sentences[i].ByteEnd > at })
	if i < len(d.sentences) && d.sentences[i].ByteStart <= at {
		return d.sentences[i], true, nil
	}
	return graph.Sentence{}, false, nil
}

func (w whole) Locate(doc graph.ID, at int) (graph.Locator, error) {
	d, err := w.open(doc)
	if err != nil {
		return graph.Locator{}, err
	}
	return d.Locate(at), nil
}

func (w whole) TextBetween(doc graph.ID, from, to int) (string, error) {
	d, err := w.open(doc)
	if err != nil {
		return "", err
	}
	if from < 0 || from > to || to > len(d.Text) {
		return "", fmt.Errorf("evidence in %s: bytes %d to %d: outside its text of %d bytes", doc, from, to, len(d.Text))
	}
	return d.Text[from:to], nil
}

func (w whole) Spoken(doc graph.ID) (iter.Seq2[graph.Sentence, string], error) {
	d, err := w.open(doc)
	return func(yield func(graph.Sentence, string) bool) {
		for _, s := range d.sentences {
			if !yield(s, d.Text[s.ByteStart:s.ByteEnd]) {
				return
			}
		}
	}, err
}

// head is a document without its text and locators.
func (a *asker) head(id graph.ID) (*graph.Document, error) {
	if d := a.heads[id]; d != nil {
		return d, nil
	}
	if err := a.ctx.Err(); err != nil {
		return nil, err
	}
	d, err := a.excerpts().DocumentHead(id)
	if err != nil {
		return nil, err
	}
	if len(a.heads) >= maxHeads {
		clear(a.heads)
	}
	a.heads[id] = &d
	return &d, nil
}

// quote makes a quote of an evidence, also where its Quote is still to be filled in.
func (a *asker) quote(e graph.Evidence) (Quote, error) {
	q := Quote{Source: e.Source, By: e.By, Score: e.Score, Ref: e.Ref}
	if e.Doc == "" {
		return q, nil
	}
	d, err := a.head(e.Doc)
	if err != nil {
		return q, err
	}
	q.Document, q.Title, q.Date, q.Area, q.Year, q.URL = d.ID, d.Title, d.Date, d.Area, d.Year, d.URL
	if len(d.Paths) > 0 {
		q.Path = d.Paths[0]
	}
	if e.Source != graph.FromText {
		return q, nil
	}
	if e.ByteStart > e.ByteEnd {
		return q, fmt.Errorf("evidence in %s: it ends at byte %d, before it starts at %d", e.Doc, e.ByteEnd, e.ByteStart)
	}
	q.Start, q.End = e.Start, e.End
	x := a.excerpts()
	s, found, err := x.SentenceAt(e.Doc, e.ByteStart)
	if err != nil {
		return q, err
	}
	base, end := e.ByteStart, e.ByteEnd
	if found {
		q.Modality = string(s.Modality)
		base, end = s.ByteStart, max(end, s.ByteEnd)
	}
	text, err := x.TextBetween(e.Doc, base, end)
	if err != nil {
		return q, err
	}
	at := e.ByteStart - base
	q.Text = text[at : e.ByteEnd-base]
	from, to := cut(text, 0, len(text), at, e.ByteEnd-base)
	for from < at && strings.ContainsRune(" \t\r\n\u3000", firstRune(text[from:])) {
		from += utf8.RuneLen(firstRune(text[from:]))
	}
	l, err := x.Locate(e.Doc, base+from) // where the sentence begins, so that one sentence has one place whoever cites it
	if err != nil {
		return q, err
	}
	q.Line, q.Page, q.Para, q.Sheet, q.Row = l.Line, l.Page, l.Paragraph, l.Sheet, l.Row
	q.Sentence = strings.TrimRight(text[from:to], " \t\r\n\u3000")
	q.From = utf8.RuneCountInString(text[from:at])
	q.To = q.From + (e.End - e.Start)
	if n := utf8.RuneCountInString(q.Sentence); q.To > n {
		q.To = n
	}
	return q, nil
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// cut shortens [from, to) of the text to about maxSentence around [start, end), on character boundaries.
func cut(text string, from, to, start, end int) (int, int) {
	if to-from <= maxSentence {
		return from, to
	}
	from, to = max(from, start-maxSentence/2), min(to, end+maxSentence/2)
	for from > 0 && !utf8.RuneStart(text[from]) {
		from--
	}
	for to < len(text) && !utf8.RuneStart(text[to]) {
		to++
	}
	return from, to
}

// sorted is the evidence of an edge, first what is text: people want the sentence before the register.
func (a *asker) sorted(e graph.Edge) ([]graph.Evidence, error) {
	evidence, err := a.Evidence(e)
	slices.SortStableFunc(evidence, func(x, y graph.Evidence) int {
		return cmp.Compare(min(len(x.Quote), 1), min(len(y.Quote), 1)) * -1
	})
	return evidence, err
}

// quotes makes quotes of an edge's evidence, at most limit of them (all if 0), and says how many there are.
func (a *asker) quotes(e graph.Edge, limit int) ([]Quote, int, error) {
	evidence, err := a.sorted(e)
	if err != nil {
		return nil, 0, err
	}
	total := len(evidence)
	if limit > 0 && total > limit {
		evidence = evidence[:limit]
	}
	out := make([]Quote, len(evidence))
	for i, ev := range evidence {
		if out[i], err = a.quote(ev); err != nil {
			return nil, 0, err
		}
	}
	return out, total, nil
}

// name is the name to show for an id, or the id itself where there is no such entity.
func (a *asker) name(id graph.ID) string {
	if id.Kind() == graph.KindDocument {
		if d, err := a.head(id); err == nil && d.Title != "" {
			return d.Title
		}
		return string(id)
	}
	e, err := a.Entity(id)
	if err != nil {
		return string(id)
	}
	return e.Name
}

// collect gathers what an iterator yields.
func collect[T any](all iter.Seq2[T, error]) ([]T, error) {
	var out []T
	for v, err := range all {
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}
