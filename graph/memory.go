package graph

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"strings"
)

// Direction says which of a node's edges are meant.
type Direction int

// The directions.
const (
	Both Direction = iota
	Outgoing
	Incoming
)

// Name is one of the names under which an entity can be found.
type Name struct {
	Key string // folded for look-up: simplified, half width, lower case, without spaces
	ID  ID
}

// Memory is a graph in memory. Fill it with its Add methods, then read it from as many goroutines as you like.
type Memory struct {
	entities  map[ID]Entity
	documents map[ID]Document
	sentences map[ID][]Sentence
	names     []Name // ascending by Key, then ID
	edges     map[string]Edge
	keys      []string // of edges, ascending
	incoming  map[ID][]string
	outgoing  map[ID][]string
}

// NewMemory returns an empty graph.
func NewMemory() *Memory {
	return &Memory{
		entities: map[ID]Entity{}, documents: map[ID]Document{}, sentences: map[ID][]Sentence{},
		edges: map[string]Edge{}, incoming: map[ID][]string{}, outgoing: map[ID][]string{},
	}
}

// AddDocument adds a document with its sentences, replacing one of the same id.
func (m *Memory) AddDocument(d Document, sentences []Sentence) {
	m.documents[d.ID], m.sentences[d.ID] = d, sentences
}

// AddEntity adds an entity, to be found under the given look-up keys, replacing one of the same id.
func (m *Memory) AddEntity(e Entity, keys ...string) {
	m.entities[e.ID] = e
	for _, key := range keys {
		m.names = append(m.names, Name{key, e.ID})
	}
}

// AddEdge adds an edge, replacing one of the same key. Its ends need not be there yet.
func (m *Memory) AddEdge(e Edge) error {
	if err := e.Check(); err != nil {
		return err
	}
	key := e.Key()
	if _, there := m.edges[key]; !there {
		m.keys = append(m.keys, key)
		m.outgoing[e.From] = append(m.outgoing[e.From], key)
		m.incoming[e.To] = append(m.incoming[e.To], key)
	}
	m.edges[key] = e
	return nil
}

// Seal sorts what was added. It must be called after the last Add and before the first read.
func (m *Memory) Seal() {
	slices.Sort(m.keys)
	for _, index := range []map[ID][]string{m.incoming, m.outgoing} {
		for _, keys := range index {
			slices.Sort(keys)
		}
	}
	slices.SortFunc(m.names, func(a, b Name) int {
		return cmp.Or(cmp.Compare(a.Key, b.Key), cmp.Compare(a.ID, b.ID))
	})
	m.names = slices.Compact(m.names)
}

// Entity returns the entity of an id, or ErrNotFound.
func (m *Memory) Entity(id ID) (Entity, error) {
	e, ok := m.entities[id]
	if !ok {
		return Entity{}, fmt.Errorf("entity %s: %w", id, ErrNotFound)
	}
	return e, nil
}

// Entities yields the entities of a kind (of all kinds if it is empty) in ascending order of id.
func (m *Memory) Entities(kind Kind) iter.Seq2[Entity, error] {
	return func(yield func(Entity, error) bool) {
		ids := make([]ID, 0, len(m.entities))
		for id := range m.entities {
			if kind == "" || id.Kind() == kind {
				ids = append(ids, id)
			}
		}
		slices.Sort(ids)
		for _, id := range ids {
			if !yield(m.entities[id], nil) {
				return
			}
		}
	}
}

// Edges yields a node's edges of the given types (of all types if none is given), without their evidence: first those that
// leave it, then those that enter it, each in ascending order of key.
func (m *Memory) Edges(id ID, dir Direction, types ...EdgeType) iter.Seq2[Edge, error] {
	return func(yield func(Edge, error) bool) {
		var keys []string
		if dir != Incoming {
			keys = append(keys, m.outgoing[id]...)
		}
		if dir != Outgoing {
			keys = append(keys, m.incoming[id]...)
		}
		for _, key := range keys {
			e := m.edges[key]
			if len(types) > 0 && !slices.Contains(types, e.Type) {
				continue
			}
			e.Evidence = nil
			if !yield(e, nil) {
				return
			}
		}
	}
}

// AllEdges yields every edge of the given types (of all types if none is given) in ascending order of key, without evidence.
func (m *Memory) AllEdges(types ...EdgeType) iter.Seq2[Edge, error] {
	return func(yield func(Edge, error) bool) {
		for _, key := range m.keys {
			e := m.edges[key]
			if len(types) > 0 && !slices.Contains(types, e.Type) {
				continue
			}
			e.Evidence = nil
			if !yield(e, nil) {
				return
			}
		}
	}
}

// Evidence returns what an edge stands on, with quotes, in ascending order; ErrNotFound if there is no such edge.
func (m *Memory) Evidence(e Edge) ([]Evidence, error) {
	held, ok := m.edges[e.Key()]
	if !ok {
		return nil, fmt.Errorf("edge %s -%s-> %s: %w", e.From, e.Type, e.To, ErrNotFound)
	}
	return held.Evidence, nil
}

// Document returns a document with its text, or ErrNotFound.
func (m *Memory) Document(id ID) (Document, error) {
	d, ok := m.documents[id]
	if !ok {
		return Document{}, fmt.Errorf("document %s: %w", id, ErrNotFound)
	}
	return d, nil
}

// Documents yields the documents without texts and locators, in ascending order of id.
func (m *Memory) Documents() iter.Seq2[Document, error] {
	return func(yield func(Document, error) bool) {
		ids := make([]ID, 0, len(m.documents))
		for id := range m.documents {
			ids = append(ids, id)
		}
		slices.Sort(ids)
		for _, id := range ids {
			d := m.documents[id]
			d.Text, d.Locators = "", nil
			if !yield(d, nil) {
				return
			}
		}
	}
}

// Sentences returns the sentences of a document, ascending, or ErrNotFound.
func (m *Memory) Sentences(doc ID) ([]Sentence, error) {
	if _, ok := m.documents[doc]; !ok {
		return nil, fmt.Errorf("document %s: %w", doc, ErrNotFound)
	}
	return m.sentences[doc], nil
}

// Names yields the look-up names that start with prefix, in ascending order of key and id.
func (m *Memory) Names(prefix string) iter.Seq2[Name, error] {
	return func(yield func(Name, error) bool) {
		i, _ := slices.BinarySearchFunc(m.names, prefix, func(n Name, p string) int { return cmp.Compare(n.Key, p) })
		for ; i < len(m.names) && strings.HasPrefix(m.names[i].Key, prefix); i++ {
			if !yield(m.names[i], nil) {
				return
			}
		}
	}
}
