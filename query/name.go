package query

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/tupu-kg/tupu/extract/text"
	"github.com/tupu-kg/tupu/graph"
)

// Candidate is an entity that a name may mean.
type Candidate struct {
	ID        graph.ID   `json:"id"`
	Kind      graph.Kind `json:"type"`
	Name      string     `json:"name"`
	Matched   string     `json:"matched"` // the folded name that was found
	How       How        `json:"how,omitempty"`
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
	found, err := a.exact(key, kinds)
	if err != nil {
		return graph.Entity{}, err
	}
	if len(found) == 0 {
		hits, _, err := a.search(key, kinds, mostWeighed)
		if err != nil {
			return graph.Entity{}, err
		}
		certain := len(hits) > 0 && hits[0].fit <= holds
		if found, err = a.weighed(closest(hits)); err != nil {
			return graph.Entity{}, err
		}
		if !certain { // what is spelled so, or nearly so, is proposed and never taken
			return graph.Entity{}, &UnknownError{name, found[:min(len(found), fewNear)]}
		}
	}
	if len(found) == 1 {
		return r.Entity(found[0].ID)
	}
	return graph.Entity{}, &AmbiguousError{name, found[:min(len(found), maxNear)]}
}

// maxNear bounds the candidates that an error lists for a name that can mean several, fewNear those for one that nobody has.
const (
	maxNear = 12
	fewNear = 5
)

// closest keeps the hits that fit literally, if there are any, and no more than are weighed.
func closest(hits []hit) []hit {
	if len(hits) > 0 && hits[0].fit <= holds {
		hits = slices.DeleteFunc(hits, func(h hit) bool { return h.fit > holds })
	}
	return hits[:min(len(hits), mostWeighed)]
}

// exact lists the entities with a name of the very key.
func (a *asker) exact(key string, kinds []graph.Kind) ([]Candidate, error) {
	var hits []hit
	for n, err := range a.Names(key) {
		if err != nil {
			return nil, err
		}
		if n.Key != key { // they come in order
			break
		}
		if len(kinds) == 0 || slices.Contains(kinds, n.ID.Kind()) {
			hits = append(hits, hit{id: n.ID, key: key, fit: exactly})
		}
	}
	return a.weighed(hits)
}

// weight says in how many documents an entity is named and how many areas these speak for.
func (a *asker) weight(id graph.ID) (documents, areas int, err error) {
	if g, ok := a.Reader.(numbered); ok {
		rows, err := g.Rows()
		n, found := g.NodeNumber(id)
		if err != nil || !found {
			return 0, 0, err
		}
		count := func(t graph.EdgeType) int {
			from, to := rows.LeavingOf(n, rows.TypeNumber(t))
			return int(to - from)
		}
		return count(graph.MentionedIn), count(graph.AppearsIn), nil
	}
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

// Guessed reports whether no name fits and those found only sound or look like the text.
func (a *FindAnswer) Guessed() bool {
	return len(a.Found) > 0 && (a.Found[0].How == Sound || a.Found[0].How == Similar)
}

// Find finds entities by what is typed of a name, in any script and width: a part of it, its pinyin or the initials of that,
// and where nothing fits, what sounds like it or differs by a typing mistake (see How). The closest come first, then those in
// more documents. It reads all names; where more than 200 entities fit and the limit is not higher, the shortest names among
// those that fit alike are kept.
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
	most := 0
	if o.Limit > 0 {
		most = max(o.Limit, mostWeighed)
	}
	hits, total, err := a.search(key, kinds, most)
	if err != nil {
		return nil, err
	}
	answer.Total = total
	if answer.Found, err = a.weighed(hits); err != nil {
		return nil, err
	}
	if o.Limit > 0 && len(answer.Found) > o.Limit {
		answer.Found = answer.Found[:o.Limit]
	}
	return answer, nil
}

// Complete lists the entities whose names fit what has been typed so far, the closest first and at most limit, without guesses
// and without counting documents. It reads all names.
func Complete(ctx context.Context, r Reader, typed string, limit int) ([]Candidate, error) {
	key := text.Key(typed)
	if key == "" {
		return nil, nil
	}
	return ask(ctx, r).complete(key, limit)
}
