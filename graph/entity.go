package graph

import (
	"errors"
	"fmt"
	"sort"
)

// ErrNotFound says that a graph holds no such node, edge or document.
var ErrNotFound = errors.New("not found")

// Entity is one thing of the world, as far as the documents tell.
type Entity struct {
	ID         ID        `json:"id"`
	Kind       Kind      `json:"type"`
	Name       string    `json:"name"`              // the fullest name written, folded
	Aliases    []string  `json:"aliases,omitempty"` // all other surfaces, folded and as written, sorted
	Confidence float64   `json:"confidence"`        // that of its best mention
	Place      PlaceKind `json:"kind,omitempty"`    // of a place
	Code       string    `json:"code,omitempty"`    // of a place, in the gazetteer
	Area       string    `json:"area,omitempty"`    // the area that a generic name belongs to
	Posts      []string  `json:"posts,omitempty"`   // of a person, sorted
	OwnIDs     []string  `json:"own_ids,omitempty"` // in the user's own lists, sorted
	Level      string    `json:"level,omitempty"`   // of an honour
	Hub        string    `json:"hub,omitempty"`     // why it is set apart in questions about connections, or empty
}

// Source says what an evidence is.
type Source string

// The sources of evidence.
const (
	FromText      Source = "text"      // the words of a document, at a span
	FromManifest  Source = "manifest"  // a row of the user's manifest
	FromRegister  Source = "register"  // a register such as the administrative hierarchy
	FromJudgement Source = "judgement" // a person's decision
)

// Evidence is what an edge stands on: a place in a text, or a reference to a manifest, a register or a judgement.
type Evidence struct {
	Source Source  `json:"source"`
	Span           // of text evidence; Doc is set for every evidence that one document brought
	Quote  string  `json:"quote,omitempty"` // the stored text at the span; text evidence only
	By     string  `json:"by"`              // who read it there
	Score  float64 `json:"score"`           // 0 to 1, comparable only within one By
	Ref    string  `json:"ref,omitempty"`   // file:line, code or id; never with a quote
}

// Compare orders evidence by place, source, reference and reader.
func (e Evidence) Compare(o Evidence) int {
	for _, c := range []int{e.Span.Compare(o.Span), compare(string(e.Source), string(o.Source)), compare(e.Ref, o.Ref), compare(e.By, o.By)} {
		if c != 0 {
			return c
		}
	}
	return compare(e.Score, o.Score)
}

// Check reports what is wrong with the evidence in itself.
func (e Evidence) Check() error {
	switch e.Source {
	case FromText:
		if e.Doc == "" || e.ByteEnd <= e.ByteStart || e.End <= e.Start {
			return fmt.Errorf("text evidence without a span: %+v", e)
		}
		if e.Ref != "" {
			return fmt.Errorf("text evidence with a reference %q", e.Ref)
		}
	case FromManifest, FromRegister, FromJudgement:
		if e.Ref == "" {
			return fmt.Errorf("%s evidence without a reference", e.Source)
		}
		if e.Quote != "" {
			return fmt.Errorf("%s evidence with a quote", e.Source)
		}
	default:
		return fmt.Errorf("unknown source of evidence %q", e.Source)
	}
	if e.By == "" {
		return fmt.Errorf("evidence that nobody read")
	}
	return nil
}

// SortEvidence sorts evidence and drops what stands twice.
func SortEvidence(evidence []Evidence) []Evidence {
	sort.SliceStable(evidence, func(i, j int) bool { return evidence[i].Compare(evidence[j]) < 0 })
	out := evidence[:0]
	for i, e := range evidence {
		if i == 0 || e.Compare(out[len(out)-1]) != 0 {
			out = append(out, e)
		}
	}
	return out
}
