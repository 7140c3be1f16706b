package export

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"

	"github.com/tupu-kg/tupu/graph"
)

// LinesFormat is the name of tupu's own complete form.
const LinesFormat = "jsonl"

// linesVersion is raised when a reader of today could misread what is written.
const linesVersion = 1

// Read is what was read from one document, with the rows of the manifest that applied to its paths.
type Read struct {
	Facts *graph.Facts // with the document's text
	Rows  map[string]json.RawMessage
}

// line is one line of the complete form. Record says which of the other fields are set.
type line struct {
	Record  string `json:"record"` // tupu, document, facts, judgement, entity, edge, end
	Version int    `json:"version,omitempty"`

	Document *graph.Document            `json:"document,omitempty"`
	Text     *string                    `json:"text,omitempty"`
	Rows     map[string]json.RawMessage `json:"rows,omitempty"`

	Doc        graph.ID          `json:"doc,omitempty"` // of the facts
	Key        string            `json:"key,omitempty"`
	Sentences  []graph.Sentence  `json:"sentences,omitempty"`
	Mentions   []graph.Mention   `json:"mentions,omitempty"`
	Statements []graph.Statement `json:"statements,omitempty"`
	Notes      []string          `json:"notes,omitempty"`

	Judgement *graph.Judgement `json:"judgement,omitempty"`
	Entity    *graph.Entity    `json:"entity,omitempty"`
	Edge      *graph.Edge      `json:"edge,omitempty"`
	Counts    *Counts          `json:"counts,omitempty"`
}

// Counts says how many records of each kind a file of the complete form holds; its last line has them, so that a file that was
// cut short is noticed.
type Counts struct {
	Documents  int `json:"documents"`
	Judgements int `json:"judgements"`
	Entities   int `json:"entities"`
	Edges      int `json:"edges"`
}

// Lines writes everything that tupu knows as JSON lines: each document with its text and then its facts, the judgements by
// time, and last the graph that follows from them, with all evidence. Reading the first three gives the graph again, so the
// same graph always has the same lines. The documents must come in ascending order of id.
func Lines(ctx context.Context, w io.Writer, documents iter.Seq2[Read, error], judgements []graph.Judgement, s Source) error {
	b := bufio.NewWriterSize(w, 1<<16)
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	var n Counts
	if err := enc.Encode(line{Record: "tupu", Version: linesVersion}); err != nil {
		return err
	}
	for r, err := range documents {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
		n.Documents++
		f := r.Facts
		if err := enc.Encode(line{Record: "document", Document: &f.Document, Text: &f.Document.Text, Rows: r.Rows}); err != nil {
			return err
		}
		err = enc.Encode(line{
			Record: "facts", Doc: f.Document.ID, Key: f.Key,
			Sentences: f.Sentences, Mentions: f.Mentions, Statements: f.Statements, Notes: f.Notes,
		})
		if err != nil {
			return err
		}
	}
	for _, j := range SortJudgements(judgements) {
		n.Judgements++
		if err := enc.Encode(line{Record: "judgement", Judgement: &j}); err != nil {
			return err
		}
	}
	v, err := look(ctx, s, Options{})
	if err != nil {
		return err
	}
	for e, err := range v.entities() {
		if err != nil {
			return err
		}
		n.Entities++
		if err := enc.Encode(line{Record: "entity", Entity: &e}); err != nil {
			return err
		}
	}
	for e, err := range v.edges(stretch{}) {
		if err != nil {
			return err
		}
		n.Edges++
		e.Edge.Evidence = e.all
		if err := enc.Encode(line{Record: "edge", Edge: &e.Edge}); err != nil {
			return err
		}
	}
	if err := enc.Encode(line{Record: "end", Counts: &n}); err != nil {
		return err
	}
	return b.Flush()
}

// SortJudgements orders judgements by time, author and hash, without repeats.
func SortJudgements(judgements []graph.Judgement) []graph.Judgement {
	type hashed struct {
		graph.Judgement
		hash string
	}
	all := make([]hashed, len(judgements))
	for i, j := range judgements {
		all[i] = hashed{j, j.Hash()}
	}
	slices.SortFunc(all, func(a, b hashed) int {
		return cmp.Or(cmp.Compare(a.Time, b.Time), cmp.Compare(a.Author, b.Author), cmp.Compare(a.hash, b.hash))
	})
	all = slices.CompactFunc(all, func(a, b hashed) bool { return a.hash == b.hash })
	out := make([]graph.Judgement, len(all))
	for i, j := range all {
		out[i] = j.Judgement
	}
	return out
}

// Item is one thing read from the complete form; one of its fields is set.
type Item struct {
	Read      *Read
	Judgement *graph.Judgement
	Entity    *graph.Entity
	Edge      *graph.Edge // with its evidence
	Counts    *Counts     // at the end
}

// LineError is a line that cannot be used; those after it can.
type LineError struct {
	Line int
	Err  error
}

func (e *LineError) Error() string { return fmt.Sprintf("line %d: %v", e.Line, e.Err) }
func (e *LineError) Unwrap() error { return e.Err }

// maxLine bounds a line of the complete form in bytes: it must hold the longest text that is read.
const maxLine = 256 << 20

// ErrNotLines says that a file is not of tupu's complete form, or of a later version of it.
var ErrNotLines = errors.New("not a file that tupu export --format jsonl wrote")

// ReadLines reads the complete form. A line that cannot be used is yielded as a LineError, and reading goes on; any other error
// is the last. A text that does not have its hash, and a mention that is not what the text says at its place, cannot be used.
func ReadLines(r io.Reader) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		b := bufio.NewReaderSize(r, 1<<16)
		var open *line // a document whose facts come next
		var seen Counts
		ended := false
		for n := 1; ; n++ {
			raw, err := readLine(b)
			if err == io.EOF {
				break
			}
			if err != nil {
				yield(Item{}, fmt.Errorf("line %d: %w", n, err))
				return
			}
			if raw = bytes.TrimSpace(raw); len(raw) == 0 {
				continue
			}
			var l line
			if err := json.Unmarshal(raw, &l); err != nil {
				if n == 1 {
					yield(Item{}, ErrNotLines)
					return
				}
				if !yield(Item{}, &LineError{n, err}) {
					return
				}
				continue
			}
			if n == 1 {
				if l.Record != "tupu" {
					yield(Item{}, ErrNotLines)
					return
				}
				if l.Version > linesVersion {
					yield(Item{}, fmt.Errorf("version %d, this tupu reads up to %d: %w; use the tupu that wrote it, or a later one", l.Version, linesVersion, ErrNotLines))
					return
				}
				continue
			}
			item, err := l.item(&open, &seen)
			if err != nil {
				err = &LineError{n, err}
			} else if item == (Item{}) {
				continue
			}
			ended = ended || item.Counts != nil
			if !yield(item, err) {
				return
			}
		}
		if !ended {
			yield(Item{}, fmt.Errorf("the file ends after %d documents without its last line: it was cut short; write it again", seen.Documents))
		}
	}
}

// item is what a line says, or nothing yet.
func (l *line) item(open **line, seen *Counts) (Item, error) {
	switch {
	case l.Record == "document" && l.Document != nil && l.Text != nil:
		*open = nil
		if graph.HashText(*l.Text) != l.Document.TextHash {
			return Item{}, fmt.Errorf("document %s: the text is not the one that was read: its hash differs", l.Document.ID)
		}
		*open = l
		return Item{}, nil
	case l.Record == "facts":
		if *open == nil || (*open).Document.ID != l.Doc {
			return Item{}, fmt.Errorf("facts of %s without their document before them", l.Doc)
		}
		d := *open
		*open = nil
		f := &graph.Facts{Key: l.Key, Document: *d.Document, Sentences: l.Sentences, Mentions: l.Mentions, Statements: l.Statements, Notes: l.Notes}
		f.Document.Text = *d.Text
		if err := checkFacts(f); err != nil {
			return Item{}, err
		}
		seen.Documents++
		return Item{Read: &Read{f, d.Rows}}, nil
	case l.Record == "judgement" && l.Judgement != nil:
		seen.Judgements++
		return Item{Judgement: l.Judgement}, l.Judgement.Check()
	case l.Record == "entity" && l.Entity != nil:
		seen.Entities++
		return Item{Entity: l.Entity}, nil
	case l.Record == "edge" && l.Edge != nil:
		seen.Edges++
		if err := l.Edge.Check(); err != nil {
			return Item{}, err
		}
		return Item{Edge: l.Edge}, nil
	case l.Record == "end" && l.Counts != nil:
		if *l.Counts != *seen {
			return Item{Counts: l.Counts}, fmt.Errorf("%+v were written, and %+v could be read", *l.Counts, *seen)
		}
		return Item{Counts: l.Counts}, nil
	}
	return Item{}, fmt.Errorf("unknown record %q", l.Record)
}

// checkFacts reports spans that the text does not have.
func checkFacts(f *graph.Facts) error {
	text := f.Document.Text
	inside := func(s graph.Span) bool {
		return s.ByteStart >= 0 && s.ByteStart <= s.ByteEnd && s.ByteEnd <= len(text)
	}
	for _, s := range f.Sentences {
		if !inside(s.Span) {
			return fmt.Errorf("document %s: a sentence at bytes %d to %d, and the text has %d", f.Document.ID, s.ByteStart, s.ByteEnd, len(text))
		}
	}
	for _, m := range f.Mentions {
		if !inside(m.Span) || text[m.ByteStart:m.ByteEnd] != m.Text {
			return fmt.Errorf("document %s: %q does not stand at bytes %d to %d", f.Document.ID, m.Text, m.ByteStart, m.ByteEnd)
		}
	}
	for _, s := range f.Statements {
		if !inside(s.Span) {
			return fmt.Errorf("document %s: a statement at bytes %d to %d, and the text has %d", f.Document.ID, s.ByteStart, s.ByteEnd, len(text))
		}
	}
	return nil
}

// readLine reads one line of at most maxLine bytes, without its end.
func readLine(b *bufio.Reader) ([]byte, error) {
	var out []byte
	for {
		piece, err := b.ReadSlice('\n')
		if err == nil && out == nil {
			return piece, nil
		}
		out = append(out, piece...)
		switch {
		case err == nil:
			return out, nil
		case err == io.EOF && len(out) > 0:
			return out, nil
		case !errors.Is(err, bufio.ErrBufferFull):
			return nil, err
		case len(out) > maxLine:
			return nil, fmt.Errorf("longer than %d MiB", maxLine>>20)
		}
	}
}
