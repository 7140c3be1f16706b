package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/dgraph-io/badger/v4"
	"github.com/tupu-kg/tupu/graph"
)

// Snapshot is one generation of the graph, for reading. It does not change while builds go on, and any number of goroutines
// and processes may read at once.
type Snapshot struct {
	layers
	dir     string
	current current

	textFiles [2]*os.File // of the layers, the top first

	mu     sync.Mutex
	places map[graph.ID]place // of texts that were read of late
}

// The first letters of the keys of a generation, each followed by a slash:
//
//	d/DOC  document        l/DOC  its locators     t/DOC  where its text lies (see texts.go)      s/DOC  its sentences
//	n/ID   entity, keys    p/ID NUL OWNER  the owner's part of it        a/KEY NUL ID  names
//	e/EDGE edge            v/EDGE NUL OWNER  the owner's part of it      i/TO NUL EDGE  edge, by its end
//	x/OWNER what it owns   g/DOC stamp           m/… meta
//
// EDGE is graph.Edge.Key, which holds five NULs.
const (
	documentKey   = "d/"
	locatorsKey   = "l/"
	bodyKey       = "t/"
	sentencesKey  = "s/"
	entityKey     = "n/"
	entityPartKey = "p/"
	nameKey       = "a/"
	edgeKey       = "e/"
	edgePartKey   = "v/"
	incomingKey   = "i/"
	ownerKey      = "x/"
	stampKey      = "g/"
	metaKey       = "m/meta"
)

// Info says what a generation is and holds.
type Info struct {
	Format     int                    `json:"format"`
	Generation string                 `json:"generation"`
	Base       string                 `json:"base,omitempty"`
	Extractor  string                 `json:"extractor"`
	Judgements int                    `json:"judgements"`
	Documents  int                    `json:"documents"`
	Entities   map[graph.Kind]int     `json:"entities"`
	Edges      map[graph.EdgeType]int `json:"edges"`
}

// Meta is what a build says of the generation that it makes.
type Meta struct {
	Extractor  string `json:"extractor"`
	Judgements int    `json:"judgements"` // in force
	Changes    int    `json:"changes"`    // entries in the top layer, when it lies over a base
}

// Open opens the newest generation of the store in dir. It returns ErrNoStore before the first build has finished and
// ErrFormat for a store of another version.
func Open(dir string) (*Snapshot, error) {
	var err error
	// A build may flip the pointer and sweep the generation just read from it: then the pointer names a newer one.
	for range 5 {
		var c current
		if c, err = readCurrent(dir); err != nil {
			return nil, err
		}
		s := &Snapshot{dir: dir, current: c}
		if err = s.open(); err == nil {
			return s, nil
		}
		_ = s.Close()
	}
	return nil, fmt.Errorf("open %s: %w; `tupu verify` says more, and building anew mends it", dir, err)
}

// open opens the layers.
func (s *Snapshot) open() error {
	var err error
	for i, layer := range []struct {
		name string
		db   **badger.DB
	}{{s.current.Top, &s.top}, {s.current.Base, &s.base}} {
		if layer.name == "" {
			continue
		}
		if *layer.db, err = openGeneration(s.dir, layer.name); err != nil {
			return err
		}
		if s.textFiles[i], err = os.Open(filepath.Join(s.dir, layer.name, textsFile)); err != nil {
			return err
		}
	}
	return nil
}

func openGeneration(dir, name string) (*badger.DB, error) {
	path := filepath.Join(dir, name)
	if _, err := os.Stat(path); err != nil {
		return nil, err
	}
	return badger.Open(options(path).WithReadOnly(true).WithBypassLockGuard(false))
}

// Close ends the reading.
func (s *Snapshot) Close() error {
	errs := []error{s.close()}
	for _, f := range s.textFiles {
		if f != nil {
			errs = append(errs, f.Close())
		}
	}
	return errors.Join(errs...)
}

func (s *Snapshot) getJSON(key string, to any) error {
	b, err := s.get(key)
	if err != nil {
		return err
	}
	return json.Unmarshal(b, to)
}

// Meta returns what the build said of the generation.
func (s *Snapshot) Meta() (Meta, error) {
	var m Meta
	err := s.getJSON(metaKey, &m)
	return m, err
}

// Info counts what the generation holds. It reads keys alone.
func (s *Snapshot) Info() (Info, error) {
	meta, err := s.Meta()
	if err != nil {
		return Info{}, err
	}
	info := Info{
		Format: Format, Generation: s.current.Top, Base: s.current.Base, Extractor: meta.Extractor, Judgements: meta.Judgements,
		Entities: map[graph.Kind]int{}, Edges: map[graph.EdgeType]int{},
	}
	for e, err := range s.scan(documentKey, "") {
		if err != nil {
			return info, err
		}
		_ = e
		info.Documents++
	}
	for e, err := range s.scan(entityKey, "") {
		if err != nil {
			return info, err
		}
		info.Entities[graph.ID(e.key()[len(entityKey):]).Kind()]++
	}
	for e, err := range s.scan(edgeKey, "") {
		if err != nil {
			return info, err
		}
		info.Edges[typeOf(e.key()[len(edgeKey):])]++
	}
	return info, nil
}

// typeOf reads the type out of an edge's key.
func typeOf(edge string) graph.EdgeType {
	_, rest, _ := strings.Cut(edge, "\x00")
	t, _, _ := strings.Cut(rest, "\x00")
	return graph.EdgeType(t)
}

type heldEntity struct {
	graph.Entity
	Keys []string `json:"keys,omitempty"` // look-up names
}

// Entity returns the entity of an id, or graph.ErrNotFound.
func (s *Snapshot) Entity(id graph.ID) (graph.Entity, error) {
	var e heldEntity
	if err := s.getJSON(entityKey+string(id), &e); err != nil {
		return graph.Entity{}, fmt.Errorf("entity %s: %w", id, err)
	}
	return e.Entity, nil
}

// Owners returns who has a part in an entity, ascending.
func (s *Snapshot) Owners(id graph.ID) ([]string, error) {
	prefix := entityPartKey + string(id) + "\x00"
	var owners []string
	for e, err := range s.scan(prefix, "") {
		if err != nil {
			return nil, err
		}
		owners = append(owners, strings.TrimPrefix(e.key(), prefix))
	}
	return owners, nil
}

// Entities yields the entities of a kind (of all kinds if it is empty) in ascending order of id.
func (s *Snapshot) Entities(kind graph.Kind) iter.Seq2[graph.Entity, error] {
	prefix := entityKey
	if kind != "" {
		prefix += string(kind) + ":"
	}
	return func(yield func(graph.Entity, error) bool) {
		for e, err := range decoded[heldEntity](s.scan(prefix, "")) {
			if !yield(e.Entity, err) {
				return
			}
		}
	}
}

// decoded decodes the values of a scan.
func decoded[T any](entries iter.Seq2[entry, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for e, err := range entries {
			var v T
			if err == nil {
				err = e.value(func(b []byte) error { return json.Unmarshal(b, &v) })
			}
			if !yield(v, err) || err != nil {
				return
			}
		}
	}
}

// Edges yields a node's edges of the given types (of all types if none is given), without their evidence: first those that
// leave it, then those that enter it, each in ascending order of key. It costs what it yields, and for entering edges of
// other types their keys.
func (s *Snapshot) Edges(id graph.ID, dir graph.Direction, types ...graph.EdgeType) iter.Seq2[graph.Edge, error] {
	return func(yield func(graph.Edge, error) bool) {
		if dir != graph.Incoming {
			for _, prefix := range outgoingPrefixes(id, types) {
				for e, err := range decodedEdges(s.scan(prefix, ""), len(edgeKey), nil) {
					if !yield(e, err) {
						return
					}
				}
			}
		}
		if dir == graph.Outgoing {
			return
		}
		prefix := incomingKey + string(id) + "\x00"
		decodedEdges(s.scan(prefix, ""), len(prefix), types)(yield)
	}
}

// decodedEdges decodes the edges of a scan that are of one of the types (of any if none is given); their own keys begin at an offset
// of those of the entries.
func decodedEdges(entries iter.Seq2[entry, error], at int, types []graph.EdgeType) iter.Seq2[graph.Edge, error] {
	return func(yield func(graph.Edge, error) bool) {
		var d decoder
		for e, err := range entries {
			var edge graph.Edge
			if err == nil {
				key := e.item.Key()[at:]
				if len(types) > 0 {
					if _, t, _, _ := endsOf(key); !slices.Contains(types, graph.EdgeType(t)) {
						continue
					}
				}
				err = e.value(func(b []byte) error { edge, err = d.edge(key, b); return err })
			}
			if !yield(edge, err) || err != nil {
				return
			}
		}
	}
}

func outgoingPrefixes(id graph.ID, types []graph.EdgeType) []string {
	if len(types) == 0 {
		return []string{edgeKey + string(id) + "\x00"}
	}
	types = slices.Compact(slices.Sorted(slices.Values(types)))
	out := make([]string, len(types))
	for i, t := range types {
		out[i] = edgeKey + string(id) + "\x00" + string(t) + "\x00"
	}
	return out
}

// AllEdges yields every edge of the given types (of all types if none is given) in ascending order of key, without evidence.
func (s *Snapshot) AllEdges(types ...graph.EdgeType) iter.Seq2[graph.Edge, error] {
	return decodedEdges(s.scan(edgeKey, ""), len(edgeKey), types)
}

// Evidence returns what an edge stands on, with quotes, in ascending order; graph.ErrNotFound if there is no such edge.
func (s *Snapshot) Evidence(e graph.Edge) ([]graph.Evidence, error) {
	parts, err := s.edgeParts(e.Key())
	if err != nil {
		return nil, err
	}
	if len(parts) == 0 {
		return nil, fmt.Errorf("edge %s -%s-> %s: %w", e.From, e.Type, e.To, graph.ErrNotFound)
	}
	evidence := graph.MergeEdges(parts).Evidence
	for i := range evidence {
		if err := s.quote(&evidence[i]); err != nil {
			return nil, err
		}
	}
	return evidence, nil
}

// edgeParts returns what the owners brought of an edge, ascending by owner.
func (s *Snapshot) edgeParts(edge string) ([]graph.Edge, error) {
	var parts []graph.Edge
	for p, err := range decodedEdges(s.scan(edgePartKey+edge+"\x00", ""), len(edgePartKey), nil) {
		if err != nil {
			return nil, err
		}
		parts = append(parts, p)
	}
	return parts, nil
}

// pieces joins the numbered pieces of a value.
func (s *Snapshot) pieces(key string) ([]byte, error) {
	var out []byte
	found := false
	for e, err := range s.scan(key+"\x00", "") {
		if err == nil {
			found = true
			err = e.value(func(b []byte) error { out = append(out, b...); return nil })
		}
		if err != nil {
			return nil, err
		}
	}
	if !found {
		return nil, graph.ErrNotFound
	}
	return out, nil
}

// Document returns a document with its text and locators, or graph.ErrNotFound.
func (s *Snapshot) Document(id graph.ID) (graph.Document, error) {
	var d graph.Document
	if err := s.getJSON(documentKey+string(id), &d); err != nil {
		return d, fmt.Errorf("document %s: %w", id, err)
	}
	var err error
	if d.Text, err = s.text(id); err != nil {
		return d, err
	}
	b, err := s.pieces(locatorsKey + string(id))
	if err == nil {
		err = json.Unmarshal(b, &d.Locators)
	}
	if err != nil {
		return d, fmt.Errorf("locators of %s: %w", id, err)
	}
	return d, nil
}

// Documents yields the documents without texts and locators, in ascending order of id.
func (s *Snapshot) Documents() iter.Seq2[graph.Document, error] {
	return decoded[graph.Document](s.scan(documentKey, ""))
}

// Sentences returns the sentences of a document, ascending, or graph.ErrNotFound.
func (s *Snapshot) Sentences(doc graph.ID) ([]graph.Sentence, error) {
	b, err := s.pieces(sentencesKey + string(doc))
	if err != nil {
		return nil, fmt.Errorf("sentences of %s: %w", doc, err)
	}
	var out []graph.Sentence
	return out, json.Unmarshal(b, &out)
}

// Names yields the look-up names that start with prefix, in ascending order of key and id.
func (s *Snapshot) Names(prefix string) iter.Seq2[graph.Name, error] {
	if prefix == "" {
		if all, ok := s.allNames(); ok {
			return all
		}
	}
	return s.tableNames(prefix)
}

// tableNames is Names from the tables, whatever files there are beside them.
func (s *Snapshot) tableNames(prefix string) iter.Seq2[graph.Name, error] {
	return func(yield func(graph.Name, error) bool) {
		for e, err := range s.scan(nameKey+prefix, "") {
			var n graph.Name
			if err == nil {
				key, id, ok := strings.Cut(e.key()[len(nameKey):], "\x00")
				if !ok {
					err = fmt.Errorf("name %q without an entity", key)
				}
				n = graph.Name{Key: key, ID: graph.ID(id)}
			}
			if !yield(n, err) || err != nil {
				return
			}
		}
	}
}

// Owned is what an owner (a document or a component) has in the graph.
type Owned struct {
	Data     json.RawMessage // the build's own
	Entities []graph.ID      // it has a part in these
	Edges    []string        // and in these, by key
}

// Owned returns what an owner has in the graph, or graph.ErrNotFound.
func (s *Snapshot) Owned(owner string) (Owned, error) {
	var o Owned
	b, err := s.pieces(ownerKey + owner)
	if err == nil {
		o, err = decodeOwned(b)
	}
	if err != nil {
		return o, fmt.Errorf("owner %s: %w", owner, err)
	}
	return o, nil
}

// Stamps returns for every document that the generation was made from the stamp of the facts that were used.
func (s *Snapshot) Stamps() (map[graph.ID]string, error) {
	out := map[graph.ID]string{}
	for e, err := range s.scan(stampKey, "") {
		if err == nil {
			err = e.value(func(b []byte) error {
				out[graph.ID(e.key()[len(stampKey):])] = string(b)
				return nil
			})
		}
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}
