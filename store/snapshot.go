package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/dgraph-io/badger/v4"
	"github.com/dgraph-io/ristretto/v2/z"
	"github.com/tupu-kg/tupu/graph"
)

// Snapshot is one generation of the graph, for reading. It does not change while builds go on, and any number of goroutines
// and processes may read at once.
type Snapshot struct {
	dir     string
	current current
	columns *columns
	tables  func() (layers, error) // opens them when they are first asked: most questions never do
	opened  layers

	texts, names [2][]byte // of the layers, the top first

	mu     sync.Mutex
	bodies map[graph.ID]*body // of documents that were read of late
}

// The first letters of the keys of a generation, each followed by a slash:
//
//	d/DOC  document        t/DOC  where its body lies (see texts.go)
//	n/ID   an entity's keys  p/ID NUL OWNER  the owner's part of an entity  a/KEY NUL ID  names
//	v/EDGE NUL OWNER  the owner's part of an edge
//	x/OWNER what it owns   g/DOC stamp           m/… meta
//
// EDGE is graph.Edge.Key, which holds five NULs. What the parts make together is in the columns (see columns.go).
const (
	documentKey   = "d/"
	bodyKey       = "t/"
	entityKey     = "n/"
	entityPartKey = "p/"
	nameKey       = "a/"
	edgePartKey   = "v/"
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

// Open opens the newest generation of the store in dir. It returns ErrNoStore before the first build has finished, and ErrOlder and
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
	return nil, fmt.Errorf("open %s: %w", dir, err)
}

// open opens the files beside the tables of the layers.
func (s *Snapshot) open() error {
	s.tables = sync.OnceValues(s.openTables)
	var err error
	for i, layer := range []string{s.current.Top, s.current.Base} {
		if layer == "" {
			continue
		}
		if s.texts[i], err = mapFile(filepath.Join(s.dir, layer, textsFile)); err != nil {
			return err
		}
		s.names[i] = mapNames(filepath.Join(s.dir, layer, namesFile))
	}
	s.columns, err = openColumns(s.dir, s.current)
	return err
}

func (s *Snapshot) openTables() (layers, error) {
	var err error
	if s.opened.top, err = openGeneration(s.dir, s.current.Top); err == nil && s.current.Base != "" {
		s.opened.base, err = openGeneration(s.dir, s.current.Base)
	}
	return s.opened, err
}

// Hold makes sure that all of the generation can be read to the end: otherwise its tables are opened only when something asks for them,
// and the build after the next one removes them. Who reads for long holds.
func (s *Snapshot) Hold() error {
	_, err := s.tables()
	return err
}

func (s *Snapshot) get(key string) ([]byte, error) {
	l, err := s.tables()
	if err != nil {
		return nil, err
	}
	return l.get(key)
}

func (s *Snapshot) scan(prefix, from string) iter.Seq2[entry, error] {
	l, err := s.tables()
	if err != nil {
		return func(yield func(entry, error) bool) { yield(entry{}, err) }
	}
	return l.scan(prefix, from)
}

func openGeneration(dir, name string) (*badger.DB, error) {
	path := filepath.Join(dir, name)
	if _, err := os.Stat(path); err != nil {
		return nil, err
	}
	return openTables(options(path).WithReadOnly(true).WithBypassLockGuard(false))
}

// Close ends the reading.
func (s *Snapshot) Close() error {
	errs := []error{s.opened.close()}
	if s.columns != nil {
		errs = append(errs, s.columns.close())
	}
	for _, files := range []*[2][]byte{&s.texts, &s.names} {
		for i, b := range files {
			if b != nil {
				errs = append(errs, z.Munmap(b))
				files[i] = nil
			}
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

// Info counts what the generation holds.
func (s *Snapshot) Info() (Info, error) {
	meta, err := s.Meta()
	if err != nil {
		return Info{}, err
	}
	info := Info{
		Format: Format, Generation: s.current.Top, Base: s.current.Base, Extractor: meta.Extractor, Judgements: meta.Judgements,
		Entities: map[graph.Kind]int{}, Edges: map[graph.EdgeType]int{},
	}
	rows, err := s.columns.Rows()
	if err != nil {
		return info, err
	}
	for n := range uint32(rows.Nodes()) {
		if b, err := s.columns.nodeRecord(n); err != nil || b == nil {
			continue
		}
		if kind := s.columns.id(n).Kind(); kind == graph.KindDocument {
			info.Documents++
		} else {
			info.Entities[kind]++
		}
	}
	for t, n := range rows.Counts() {
		if n > 0 {
			info.Edges[rows.Types[t]] = n
		}
	}
	return info, nil
}

// Entity returns the entity of an id, or graph.ErrNotFound.
func (s *Snapshot) Entity(id graph.ID) (graph.Entity, error) {
	n, ok := s.columns.number(id)
	if !ok {
		return graph.Entity{}, fmt.Errorf("entity %s: %w", id, graph.ErrNotFound)
	}
	return s.columns.entity(n)
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

// letAfter is after how many nodes or edges a pass over all of them lets go of memory: some 10 MB.
const letAfter = 1 << 15

// let gives back the memory that mapped files take, so that a pass over a graph larger than the memory does not seem to need all
// of it. What others read of them meanwhile comes again from the system's cache.
func (s *Snapshot) let() {
	for _, p := range []*part{s.columns.own, s.columns.base} {
		if p != nil {
			release(p.mapped)
		}
	}
	for _, t := range s.texts {
		release(t)
	}
}

// Entities yields the entities of a kind (of all kinds if it is empty) in ascending order of id.
func (s *Snapshot) Entities(kind graph.Kind) iter.Seq2[graph.Entity, error] {
	return func(yield func(graph.Entity, error) bool) {
		from, to := uint32(0), uint32(s.columns.nodes())
		if kind != "" {
			from, _ = s.columns.number(graph.ID(kind + ":"))
			to, _ = s.columns.number(graph.ID(kind + ";")) // which comes next
		}
		for n := from; n < to; n++ {
			if n > from && (n-from)%letAfter == 0 {
				s.let()
			}
			e, err := s.columns.entity(n)
			if errors.Is(err, graph.ErrNotFound) {
				continue // a document, or the end of an edge that is no entity
			}
			if !yield(e, err) || err != nil {
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
// leave it, then those that enter it, each in ascending order of key. It costs what it yields.
func (s *Snapshot) Edges(id graph.ID, dir graph.Direction, types ...graph.EdgeType) iter.Seq2[graph.Edge, error] {
	return func(yield func(graph.Edge, error) bool) {
		rows, err := s.columns.Rows()
		if err != nil {
			yield(graph.Edge{}, err)
			return
		}
		n, ok := s.columns.number(id)
		if !ok {
			return
		}
		scan := s.newScan(rows)
		numbers := scan.typeNumbers(types)
		if dir != graph.Incoming {
			for _, t := range numbers {
				for from, to := rows.LeavingOf(n, t); from < to; from++ {
					if e, err := scan.edge(from); !yield(e, err) || err != nil {
						return
					}
				}
			}
		}
		if dir == graph.Outgoing {
			return
		}
		var entering []uint32
		for _, t := range numbers {
			from, to := rows.EnteringOf(n, t)
			entering = append(entering, rows.Entering[from:to]...)
		}
		slices.Sort(entering)
		for _, at := range entering {
			if e, err := scan.edge(at); !yield(e, err) || err != nil {
				return
			}
		}
	}
}

// edgeScan reads edges one after the other.
type edgeScan struct {
	c    *columns
	rows *graph.Rows
	d    decoder
	ids  map[uint32]graph.ID // some of those that were read of late
}

func (s *Snapshot) newScan(rows *graph.Rows) *edgeScan {
	return &edgeScan{c: s.columns, rows: rows, ids: map[uint32]graph.ID{}}
}

// typeNumbers are the numbers of types, of all if none is given, ascending.
func (s *edgeScan) typeNumbers(types []graph.EdgeType) []int {
	var out []int
	for t, name := range s.rows.Types {
		if len(types) == 0 || slices.Contains(types, name) {
			out = append(out, t)
		}
	}
	return out
}

// edge reads an edge without its evidence.
func (s *edgeScan) edge(at uint32) (graph.Edge, error) {
	e := graph.Edge{From: s.id(s.rows.From[at]), Type: s.rows.Types[s.rows.Type[at]], To: s.id(s.rows.To[at])}
	if err := s.c.properties(&s.d, at, &e); err != nil {
		return graph.Edge{}, fmt.Errorf("edge %s -%s-> %s: %w", e.From, e.Type, e.To, err)
	}
	return e, nil
}

// mostIDs bounds the ids that a scan keeps at hand.
const mostIDs = 1 << 12

func (s *edgeScan) id(n uint32) graph.ID {
	id, ok := s.ids[n]
	if !ok {
		if len(s.ids) == mostIDs {
			clear(s.ids)
		}
		id = s.c.id(n)
		s.ids[n] = id
	}
	return id
}

// AllEdges yields every edge of the given types (of all types if none is given) in ascending order of key, without evidence.
func (s *Snapshot) AllEdges(types ...graph.EdgeType) iter.Seq2[graph.Edge, error] {
	return func(yield func(graph.Edge, error) bool) {
		rows, err := s.columns.Rows()
		if err != nil {
			yield(graph.Edge{}, err)
			return
		}
		scan := s.newScan(rows)
		var wanted [math.MaxUint8 + 1]bool
		for _, t := range scan.typeNumbers(types) {
			wanted[t] = true
		}
		for at, t := range rows.Type {
			if !wanted[t] {
				continue
			}
			if e, err := scan.edge(uint32(at)); !yield(e, err) || err != nil {
				return
			}
		}
	}
}

// Evidence returns what an edge stands on, with quotes, in ascending order; graph.ErrNotFound if there is no such edge.
func (s *Snapshot) Evidence(e graph.Edge) ([]graph.Evidence, error) {
	at, found, err := s.columns.find(e.Key())
	if err == nil && !found {
		err = graph.ErrNotFound
	}
	var held graph.Edge
	if err == nil {
		err = s.columns.whole(new(decoder), at, &held)
	}
	if err != nil {
		return nil, fmt.Errorf("edge %s -%s-> %s: %w", e.From, e.Type, e.To, err)
	}
	for i := range held.Evidence {
		if err := s.quote(&held.Evidence[i]); err != nil {
			return nil, err
		}
	}
	return held.Evidence, nil
}

// edgeParts returns what the owners brought of an edge, ascending by owner.
func (s *Snapshot) edgeParts(edge string) ([]graph.Edge, error) {
	var parts []graph.Edge
	var d decoder
	for e, err := range s.scan(edgePartKey+edge+"\x00", "") {
		if err == nil {
			key := e.item.Key()[len(edgePartKey):]
			err = e.value(func(b []byte) error {
				p, err := d.edge(key, b)
				parts = append(parts, p)
				return err
			})
		}
		if err != nil {
			return nil, err
		}
	}
	return parts, nil
}

// pieces joins the numbered pieces of a value: all but the last are full.
func (s *Snapshot) pieces(key string) ([]byte, error) {
	var out []byte
	for n := 0; ; n++ {
		b, err := s.get(string(pieceKey(key, n)))
		if n > 0 && errors.Is(err, graph.ErrNotFound) {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		if n == 0 && len(b) < pieceSize {
			return b, nil
		}
		if out = append(out, b...); len(b) < pieceSize {
			return out, nil
		}
	}
}

// Documents yields the documents without texts and locators, in ascending order of id.
func (s *Snapshot) Documents() iter.Seq2[graph.Document, error] {
	return func(yield func(graph.Document, error) bool) {
		n, _ := s.columns.number(graph.ID(graph.KindDocument + ":"))
		end, _ := s.columns.number(graph.ID(graph.KindDocument + ";")) // which comes next
		for ; n < end; n++ {
			d, err := s.columns.document(n)
			if errors.Is(err, graph.ErrNotFound) {
				continue // the end of an edge that is none
			}
			if !yield(d, err) || err != nil {
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
