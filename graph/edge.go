package graph

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Edge is a typed relation between two nodes. It is identified by its ends, its type, its qualifier (state, post or what an
// amount is of), its year and its modality. Properties that a type does not have are zero.
type Edge struct {
	From ID       `json:"from"`
	Type EdgeType `json:"type"`
	To   ID       `json:"to"`

	State    string   `json:"state,omitempty"` // STATUS
	Post     string   `json:"post,omitempty"`  // HOLDS_POST
	Of       string   `json:"of,omitempty"`    // AMOUNT: total, annual plan, done so far, area, capacity
	Year     int      `json:"year,omitempty"`
	Modality Modality `json:"modality,omitempty"`

	Confidence float64 `json:"confidence"` // that of the best evidence

	Count     int     `json:"count,omitempty"`      // MENTIONED_IN: mentions in the document, parts counted too
	First     int     `json:"first,omitempty"`      // MENTIONED_IN: code point at which the first of them starts
	Inside    bool    `json:"inside,omitempty"`     // MENTIONED_IN, APPEARS_IN: named only as part of longer names
	Documents int     `json:"documents,omitempty"`  // APPEARS_IN
	Mentions  int     `json:"mentions,omitempty"`   // APPEARS_IN
	FirstYear int     `json:"first_year,omitempty"` // APPEARS_IN: of the documents' years that are known
	LastYear  int     `json:"last_year,omitempty"`
	Sentences int     `json:"sentences,omitempty"` // CO_MENTIONED
	Weight    float64 `json:"weight,omitempty"`    // CO_MENTIONED: sum over the sentences of 1/(entities named - 1)
	Basis     Basis   `json:"basis,omitempty"`     // LOCATED_IN, PART_OF, CONCERNS, UNDERTAKES
	Role      string  `json:"role,omitempty"`      // UNDERTAKES
	Share     string  `json:"share,omitempty"`     // PART_OF of firms, as written: 50%
	Date      string  `json:"date,omitempty"`      // STATUS: more exact than Year, where the text says so
	Value     float64 `json:"value,omitempty"`     // AMOUNT
	Unit      string  `json:"unit,omitempty"`      // AMOUNT
	Raw       string  `json:"raw,omitempty"`       // AMOUNT, as written
	Countable bool    `json:"countable,omitempty"` // AMOUNT: may be summed
	Reason    string  `json:"reason,omitempty"`    // AMOUNT that is not countable, MAYBE_SAME: why
	Stem      string  `json:"stem,omitempty"`      // SAME_STEM
	Score     float64 `json:"score,omitempty"`     // MAYBE_SAME

	Evidence []Evidence `json:"evidence,omitempty"` // ascending, without repeats; never empty in a graph
}

// NewEdge builds an edge of the given ends and evidence, with the confidence of the best evidence. It returns an error
// without evidence (an edge that nobody can check is not added) and for a type that edges cannot have. A symmetric edge is
// turned so that it starts at the smaller id.
func NewEdge(from ID, t EdgeType, to ID, evidence ...Evidence) (Edge, error) {
	if !t.Valid() {
		return Edge{}, fmt.Errorf("edge %s -%s-> %s: unknown type", from, t, to)
	}
	if len(evidence) == 0 {
		return Edge{}, fmt.Errorf("edge %s -%s-> %s: no evidence", from, t, to)
	}
	if from == "" || to == "" || from == to {
		return Edge{}, fmt.Errorf("edge %q -%s-> %q: needs two different ends", from, t, to)
	}
	if t.Symmetric() && to < from {
		from, to = to, from
	}
	e := Edge{From: from, Type: t, To: to, Evidence: SortEvidence(evidence)}
	for _, ev := range e.Evidence {
		if err := ev.Check(); err != nil {
			return Edge{}, fmt.Errorf("edge %s -%s-> %s: %w", from, t, to, err)
		}
		e.Confidence = math.Max(e.Confidence, ev.Score)
	}
	return e, nil
}

// Qualifier is the part of the identity that tells several edges of one type between the same ends apart: the state, the
// post, or what the amount is of.
func (e *Edge) Qualifier() string {
	switch e.Type {
	case Status:
		return e.State
	case HoldsPost:
		return e.Post
	case Amount:
		return e.Of
	}
	return ""
}

// Key is the identity of the edge, and sorts as edges are ordered: by from, type, to, qualifier, year and modality. Its
// parts are separated by NUL.
func (e *Edge) Key() string {
	var b strings.Builder
	b.Grow(len(e.From) + len(e.To) + 32)
	b.WriteString(string(e.From))
	b.WriteByte(0)
	b.WriteString(string(e.Type))
	b.WriteByte(0)
	b.WriteString(string(e.To))
	b.WriteByte(0)
	b.WriteString(e.Qualifier())
	b.WriteByte(0)
	if e.Year != 0 {
		b.WriteString(strconv.Itoa(e.Year))
	}
	b.WriteByte(0)
	b.WriteString(string(e.Modality))
	return b.String()
}

// Other is the end of the edge that is not id.
func (e *Edge) Other(id ID) ID {
	if e.From == id {
		return e.To
	}
	return e.From
}

// Check reports what is wrong with the edge in itself.
func (e *Edge) Check() error {
	if _, err := NewEdge(e.From, e.Type, e.To, e.Evidence...); err != nil {
		return err
	}
	if e.Type.Symmetric() && e.To < e.From {
		return fmt.Errorf("edge %s -%s-> %s: symmetric, but does not start at the smaller id", e.From, e.Type, e.To)
	}
	return nil
}

// MergeEdges joins the parts of one edge that several documents brought. The parts must have one Key and come in ascending
// order of document; the result then depends on nothing but the set of parts.
func MergeEdges(parts []Edge) Edge {
	e := parts[0]
	if len(parts) == 1 {
		return e
	}
	n := 0
	for _, p := range parts {
		n += len(p.Evidence)
	}
	evidence := make([]Evidence, 0, n)
	evidence = append(evidence, e.Evidence...)
	for _, p := range parts[1:] {
		evidence = append(evidence, p.Evidence...)
		e.Confidence = math.Max(e.Confidence, p.Confidence)
		e.Count += p.Count
		e.Inside = e.Inside && p.Inside
		e.Documents += p.Documents
		e.Mentions += p.Mentions
		e.Sentences += p.Sentences
		e.Weight += p.Weight
		e.Score = math.Max(e.Score, p.Score)
		if p.FirstYear != 0 && (e.FirstYear == 0 || p.FirstYear < e.FirstYear) {
			e.FirstYear = p.FirstYear
		}
		e.LastYear = max(e.LastYear, p.LastYear)
		if p.Basis == BasisSentence {
			e.Basis = p.Basis
		}
		for _, f := range []struct {
			to   *string
			from string
		}{{&e.Role, p.Role}, {&e.Share, p.Share}, {&e.Date, p.Date}, {&e.Unit, p.Unit}, {&e.Raw, p.Raw}, {&e.Reason, p.Reason}, {&e.Stem, p.Stem}} {
			if *f.to == "" {
				*f.to = f.from
			}
		}
		if e.Value == 0 {
			e.Value, e.Countable = p.Value, p.Countable
		}
	}
	e.Weight = math.Round(e.Weight*1e6) / 1e6
	e.Evidence = SortEvidence(evidence)
	return e
}
