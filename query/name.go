package query

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/extract/text"
	"github.com/tupu-kg/tupu/graph"
)

// Candidate is an entity that a name may mean.
type Candidate struct {
	ID        graph.ID   `json:"id"`
	Kind      graph.Kind `json:"type"`
	Name      string     `json:"name"`
	Matched   string     `json:"matched"` // the folded name that was found
	Aliases   []string   `json:"aliases,omitempty"`
	Documents int        `json:"documents"` // that name it
	Areas     int        `json:"areas"`     // that its documents speak for
}

// AmbiguousError says that a name means several entities.
type AmbiguousError struct {
	Name       string
	Candidates []Candidate // the likelier ones first
}

func (e *AmbiguousError) Error() string {
	ids := make([]string, 0, len(e.Candidates))
	for _, c := range e.Candidates {
		ids = append(ids, string(c.ID))
	}
	return fmt.Sprintf("%q can mean %s; name one by its id", e.Name, strings.Join(ids, ", "))
}

// UnknownError says that no entity has a name, with those that have similar ones. It is a graph.ErrNotFound.
type UnknownError struct {
	Name string
	Near []Candidate
}

func (e *UnknownError) Error() string {
	if len(e.Near) == 0 {
		return fmt.Sprintf("nothing is named %q in the documents held; `tupu search %s` looks in the sentences", e.Name, e.Name)
	}
	names := make([]string, 0, len(e.Near))
	for _, c := range e.Near {
		names = append(names, c.Name)
	}
	return fmt.Sprintf("nothing is named %q in the documents held; similar: %s", e.Name, strings.Join(names, ", "))
}

// Is makes an UnknownError a graph.ErrNotFound.
func (e *UnknownError) Is(target error) bool { return target == graph.ErrNotFound }

// Resolve returns the entity that people mean by a name: an id, a name in any script and width, or a part of a name that only
// one entity has; of the given kinds, if any. It returns an *AmbiguousError or an *UnknownError otherwise.
func Resolve(ctx context.Context, r Reader, name string, kinds ...graph.Kind) (graph.Entity, error) {
	if e, err := r.Entity(graph.ID(name)); err == nil {
		return e, nil
	} else if !errors.Is(err, graph.ErrNotFound) {
		return e, err
	}
	a := ask(ctx, r)
	// An id whose entity goes by another name now still leads to it.
	if kind := graph.ID(name).Kind(); slices.Contains(graph.Kinds, kind) {
		bare, _, _ := strings.Cut(graph.ID(name).Name(), "@")
		name, kinds = bare, []graph.Kind{kind}
	}
	key := text.Key(name)
	if key == "" {
		return graph.Entity{}, &UnknownError{Name: name}
	}
	found, err := a.candidates(key, kinds, func(n string) bool { return n == key }, true)
	if err != nil {
		return graph.Entity{}, err
	}
	if len(found) == 0 {
		if found, err = a.candidates(key, kinds, func(n string) bool { return strings.Contains(n, key) }, false); err != nil {
			return graph.Entity{}, err
		}
	}
	switch {
	case len(found) == 1:
		return r.Entity(found[0].ID)
	case len(found) > 1:
		return graph.Entity{}, &AmbiguousError{name, found[:min(len(found), maxNear)]}
	}
	near, err := a.near(key, kinds)
	if err != nil {
		return graph.Entity{}, err
	}
	return graph.Entity{}, &UnknownError{name, near}
}

// maxNear bounds the candidates that an error lists.
const maxNear = 12

// candidates lists the entities with a name that fits, exact names first, then names that begin with the key, then by
// documents and name. With exact only names equal to the key are read.
func (a *asker) candidates(key string, kinds []graph.Kind, fits func(string) bool, exact bool) ([]Candidate, error) {
	prefix := ""
	if exact {
		prefix = key
	}
	best := map[graph.ID]string{}
	for n, err := range a.Names(prefix) {
		if err == nil {
			err = a.ctx.Err()
		}
		if err != nil {
			return nil, err
		}
		if len(kinds) > 0 && !slices.Contains(kinds, n.ID.Kind()) || !fits(n.Key) {
			continue
		}
		if held, ok := best[n.ID]; !ok || rankName(n.Key, key) < rankName(held, key) {
			best[n.ID] = n.Key
		}
	}
	out := make([]Candidate, 0, len(best))
	for id, matched := range best {
		e, err := a.Entity(id)
		if err != nil {
			return nil, err
		}
		c := Candidate{ID: id, Kind: e.Kind, Name: e.Name, Matched: matched, Aliases: e.Aliases}
		if c.Documents, c.Areas, err = a.weight(id); err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	slices.SortFunc(out, func(x, y Candidate) int {
		return cmp.Or(cmp.Compare(rankName(x.Matched, key), rankName(y.Matched, key)), cmp.Compare(y.Documents, x.Documents),
			cmp.Compare(x.Name, y.Name), cmp.Compare(x.ID, y.ID))
	})
	return out, nil
}

func rankName(name, key string) int {
	switch {
	case name == key:
		return 0
	case strings.HasPrefix(name, key):
		return 1
	}
	return 2
}

// weight says in how many documents an entity is named and how many areas these speak for.
func (a *asker) weight(id graph.ID) (documents, areas int, err error) {
	for e, err := range a.Edges(id, graph.Outgoing, graph.MentionedIn, graph.AppearsIn) {
		if err != nil {
			return 0, 0, err
		}
		if e.Type == graph.MentionedIn {
			documents++
		} else {
			areas++
		}
	}
	return documents, areas, nil
}

// alike is the share of characters that a name must have in common with a key that nobody has, to be proposed for it.
const alike = 0.7

// near lists the entities whose names have most characters in common with a key that nobody has.
func (a *asker) near(key string, kinds []graph.Kind) ([]Candidate, error) {
	likeness := map[graph.ID]float64{}
	for n, err := range a.Names("") {
		if err == nil {
			err = a.ctx.Err()
		}
		if err != nil {
			return nil, err
		}
		if len(kinds) > 0 && !slices.Contains(kinds, n.ID.Kind()) {
			continue
		}
		if l := dice(n.Key, key); l >= alike && l > likeness[n.ID] {
			likeness[n.ID] = l
		}
	}
	ids := slices.Collect(maps.Keys(likeness))
	slices.SortFunc(ids, func(x, y graph.ID) int { return cmp.Or(cmp.Compare(likeness[y], likeness[x]), cmp.Compare(x, y)) })
	var out []Candidate
	for _, id := range ids[:min(len(ids), 5)] {
		e, err := a.Entity(id)
		if err != nil {
			return nil, err
		}
		out = append(out, Candidate{ID: id, Kind: e.Kind, Name: e.Name, Aliases: e.Aliases})
	}
	return out, nil
}

// dice is the share of characters that two names have in common (Dice's coefficient over characters).
func dice(a, b string) float64 {
	left := []rune(b)
	total, shared := utf8.RuneCountInString(a)+len(left), 0
	for _, r := range a {
		if i := slices.Index(left, r); i >= 0 {
			left = slices.Delete(left, i, i+1)
			shared++
		}
	}
	return 2 * float64(shared) / float64(max(total, 1))
}

// FindOptions narrow a search for names.
type FindOptions struct {
	Text  string     `json:"text"`
	Kind  graph.Kind `json:"type,omitempty"` // all kinds if empty
	Limit int        `json:"limit,omitempty"`
}

// FindAnswer lists the entities found.
type FindAnswer struct {
	Query FindOptions `json:"query"`
	Found []Candidate `json:"found"`
	Total int         `json:"total"`
}

// Find finds entities by a part of a name, in traditional or simplified script and any width: exact names first, then names
// that begin with the text, then by the number of documents. It reads all names.
func Find(ctx context.Context, r Reader, o FindOptions) (*FindAnswer, error) {
	a := ask(ctx, r)
	key := text.Key(o.Text)
	answer := &FindAnswer{Query: o}
	if key == "" {
		return answer, nil
	}
	var kinds []graph.Kind
	if o.Kind != "" {
		kinds = []graph.Kind{o.Kind}
	}
	found, err := a.candidates(key, kinds, func(n string) bool { return strings.Contains(n, key) }, false)
	if err != nil {
		return nil, err
	}
	answer.Found, answer.Total = found, len(found)
	if o.Limit > 0 && len(found) > o.Limit {
		answer.Found = found[:o.Limit]
	}
	return answer, nil
}
