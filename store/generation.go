package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/dgraph-io/badger/v4"
	"github.com/tupu-kg/tupu/graph"
)

// Generation is a generation of the graph in the making. Nobody sees it before Commit. Its methods are for one goroutine.
type Generation struct {
	dir   string
	name  string
	db    *badger.DB
	old   *Snapshot // nil from scratch
	held  layers    // of old
	batch *badger.WriteBatch
	texts *bodyWriter
	over  bool // changes lie over a base

	documents map[graph.ID]bool // touched
	entities  map[graph.ID]bool // touched; from scratch all are, and they are not listed
	edges     map[string]bool   // likewise, by key
}

// EntityPart is what an owner says of an entity. A whole part (of the component that resolved it) beats the parts of owners
// that merely need it to be there.
type EntityPart struct {
	Entity graph.Entity
	Keys   []string // look-up names
	Whole  bool
}

type heldPart struct {
	graph.Entity
	Keys  []string `json:"keys,omitempty"`
	Whole bool     `json:"whole,omitempty"`
}

// growth is the share of its base that the changes over it may reach before both are merged, and minMerge the number of
// entries below which merging is not worth while.
const (
	growth   = 4
	minMerge = 5000
)

// NewGeneration begins a generation that starts as old (which stays open for as long as the new one is in the making), or
// empty if old is nil.
func NewGeneration(dir string, old *Snapshot) (*Generation, error) {
	numbers, err := generations(dir)
	if err != nil {
		return nil, err
	}
	if c, err := readCurrent(dir); err == nil {
		sweep(dir, c.Base, c.Top)
	} else if errors.Is(err, ErrNoStore) {
		sweep(dir)
	} else if !errors.Is(err, ErrOlder) {
		return nil, err
	}
	next := 1
	if len(numbers) > 0 {
		next = slices.Max(numbers) + 1
	}
	g := &Generation{dir: dir, name: genPrefix + strconv.Itoa(next), old: old, documents: map[graph.ID]bool{}, entities: map[graph.ID]bool{}, edges: map[string]bool{}}
	if g.db, err = openTables(options(filepath.Join(dir, g.name))); err != nil {
		return nil, fmt.Errorf("begin %s of %s: %w", g.name, dir, err)
	}
	g.batch = g.db.NewWriteBatch()
	if g.texts, err = createBodies(filepath.Join(dir, g.name)); err != nil {
		return nil, errors.Join(err, g.Discard())
	}
	if old != nil {
		if g.held, err = old.tables(); err == nil {
			err = g.inherit()
		}
		if err != nil {
			return nil, errors.Join(err, g.Discard())
		}
	}
	return g, nil
}

// inherit takes the changes of the old generation over, or all of it when the changes have grown.
func (g *Generation) inherit() error {
	meta, err := g.old.Meta()
	if err != nil {
		return err
	}
	g.over = true
	if g.held.base == nil {
		return nil // the old one is whole and becomes the base
	}
	if meta.Changes <= minMerge || meta.Changes <= entries(g.held.base)/growth {
		return g.copyTop()
	}
	g.over = false
	for e, err := range g.held.scan("", "") {
		if err == nil {
			err = e.value(func(b []byte) error {
				key := e.key()
				if strings.HasPrefix(key, bodyKey) {
					var layer int
					if b, layer, err = g.held.find(key); err == nil {
						b, err = g.copyBody(layer, b)
					}
					if err != nil {
						return err
					}
				}
				return g.set(key, b)
			})
		}
		if err != nil {
			return err
		}
	}
	return g.flush()
}

// copyTop copies the changes with their marks of what is gone.
func (g *Generation) copyTop() error {
	err := g.held.top.View(func(tx *badger.Txn) error {
		it := tx.NewIterator(badger.DefaultIteratorOptions)
		defer it.Close()
		for it.Rewind(); it.Valid(); it.Next() {
			item := it.Item()
			value, err := item.ValueCopy(nil)
			if err == nil && item.UserMeta() != gone && bytes.HasPrefix(item.Key(), []byte(bodyKey)) {
				value, err = g.copyBody(0, value)
			}
			if err != nil {
				return err
			}
			if err := g.batch.SetEntry(badger.NewEntry(item.KeyCopy(nil), value).WithMeta(item.UserMeta())); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return g.flush()
}

// entries counts the entries of a layer from its tables' own figures, which is exact for a closed generation.
func entries(db *badger.DB) int {
	n := 0
	for _, t := range db.Tables() {
		n += int(t.KeyCount)
	}
	return n
}

// view reads the generation as written so far; flush first.
func (g *Generation) view() layers {
	switch {
	case !g.over:
		return layers{top: g.db}
	default:
		return layers{top: g.db, base: g.base()}
	}
}

func (g *Generation) base() *badger.DB {
	if g.held.base != nil {
		return g.held.base
	}
	return g.held.top
}

func (g *Generation) flush() error {
	err := g.batch.Flush()
	g.batch = g.db.NewWriteBatch()
	return err
}

func (g *Generation) set(key string, value []byte) error {
	return g.batch.Set([]byte(key), bytes.Clone(value))
}

func (g *Generation) setJSON(key string, from any) error {
	b, err := json.Marshal(from)
	if err != nil {
		return err
	}
	return g.batch.Set([]byte(key), b)
}

func (g *Generation) drop(key string) error {
	if g.over {
		return g.batch.SetEntry(badger.NewEntry([]byte(key), nil).WithMeta(gone))
	}
	return g.batch.Delete([]byte(key))
}

// dropAll drops what starts with prefix, as the old generation has it.
func (g *Generation) dropAll(prefix string) error {
	if g.old == nil {
		return nil
	}
	for e, err := range g.held.scan(prefix, "") {
		if err == nil {
			err = g.drop(e.key())
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// SetDocument puts a document with its sentences in, in place of one of the same id.
func (g *Generation) SetDocument(d graph.Document, sentences []graph.Sentence, stamp string) error {
	where, err := g.texts.add(encodeBody(&d, sentences))
	if err != nil {
		return err
	}
	if err := g.batch.Set([]byte(bodyKey+string(d.ID)), where); err != nil {
		return err
	}
	g.documents[d.ID] = true
	return errors.Join(g.batch.Set([]byte(stampKey+string(d.ID)), []byte(stamp)), g.batch.Set([]byte(documentKey+string(d.ID)), encodeDocument(&d)))
}

// DropDocument takes a document out; what it owns goes with DropOwner.
func (g *Generation) DropDocument(id graph.ID) error {
	for _, key := range []string{bodyKey, stampKey} {
		if err := g.drop(key + string(id)); err != nil {
			return err
		}
	}
	g.documents[id] = true
	return g.drop(documentKey + string(id))
}

// SetOwner replaces all that an owner brings: its own data, its parts of entities and its parts of edges. An edge's part
// must carry evidence; its quotes are not kept, they are the document's text. Parts that stay as they were cost a look; what
// they are part of is not merged anew for them.
func (g *Generation) SetOwner(owner string, data json.RawMessage, entities []EntityPart, edges []graph.Edge) error {
	o := Owned{Data: data}
	stays := map[string]bool{} // keys of parts
	for _, p := range entities {
		o.Entities = append(o.Entities, p.Entity.ID)
		key := entityPartKey + string(p.Entity.ID) + "\x00" + owner
		b, err := json.Marshal(heldPart{p.Entity, p.Keys, p.Whole})
		if err != nil {
			return err
		}
		same, err := g.setPart(key, b)
		if err != nil {
			return err
		}
		if stays[key] = true; !same {
			g.touch(p.Entity.ID, "")
		}
	}
	for _, e := range edges {
		if err := e.Check(); err != nil {
			return fmt.Errorf("part of %s: %w", owner, err)
		}
		edge := e.Key()
		o.Edges = append(o.Edges, edge)
		evidence := slices.Clone(e.Evidence)
		for i := range evidence {
			evidence[i].Quote = ""
		}
		e.Evidence = evidence
		key := edgePartKey + edge + "\x00" + owner
		same, err := g.setPart(key, encodeEdge(&e))
		if err != nil {
			return err
		}
		if stays[key] = true; !same {
			g.touch("", edge)
		}
	}
	if err := g.dropOwner(owner, stays); err != nil {
		return err
	}
	_, err := setPieces(g.batch, ownerKey+owner, encodeOwned(&o))
	return err
}

// setPart writes a part, unless the old generation has the very same.
func (g *Generation) setPart(key string, b []byte) (same bool, err error) {
	if g.old != nil {
		held, err := g.held.get(key)
		if err == nil && bytes.Equal(held, b) {
			return true, nil
		}
		if err != nil && !errors.Is(err, graph.ErrNotFound) {
			return false, err
		}
	}
	return false, g.batch.Set([]byte(key), b)
}

// DropOwner takes out all that an owner had brought to the old generation.
func (g *Generation) DropOwner(owner string) error { return g.dropOwner(owner, nil) }

// dropOwner takes out what an owner had brought, but for the parts that stay.
func (g *Generation) dropOwner(owner string, stays map[string]bool) error {
	if g.old == nil {
		return nil
	}
	o, err := g.old.Owned(owner)
	if errors.Is(err, graph.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, id := range o.Entities {
		key := entityPartKey + string(id) + "\x00" + owner
		if stays[key] {
			continue
		}
		g.touch(id, "")
		if err := g.drop(key); err != nil {
			return err
		}
	}
	for _, edge := range o.Edges {
		key := edgePartKey + edge + "\x00" + owner
		if stays[key] {
			continue
		}
		g.touch("", edge)
		if err := g.drop(key); err != nil {
			return err
		}
	}
	return g.dropAll(ownerKey + owner + "\x00")
}

// Commit merges the parts of all that was touched, closes the generation and makes it the one that readers open.
func (g *Generation) Commit(meta Meta) error {
	if err := g.flush(); err != nil {
		return err
	}
	if err := g.writeColumns(); err != nil {
		return err
	}
	if err := g.flush(); err != nil {
		return err
	}
	c := current{Format: Format, Top: g.name}
	if g.over {
		c.Base = g.old.current.Base
		if c.Base == "" {
			c.Base = g.old.current.Top
		}
		for range (layers{top: g.db}).scan("", "") {
			meta.Changes++
		}
	}
	if err := g.setJSON(metaKey, meta); err != nil {
		return err
	}
	if err := g.batch.Flush(); err != nil {
		return err
	}
	if err := writeNames(filepath.Join(g.dir, g.name, namesFile), g.db); err != nil {
		return err
	}
	if err := errors.Join(g.texts.close(), g.db.Close()); err != nil {
		return err
	}
	return writeCurrent(g.dir, c)
}

// Discard gives the generation up.
func (g *Generation) Discard() error {
	g.batch.Cancel()
	if g.texts != nil {
		g.texts.discard()
	}
	return errors.Join(g.db.Close(), os.RemoveAll(filepath.Join(g.dir, g.name)))
}

// touch notes what must be merged anew.
func (g *Generation) touch(entity graph.ID, edge string) {
	if g.old == nil {
		return
	}
	if entity != "" {
		g.entities[entity] = true
	}
	if edge != "" {
		g.edges[edge] = true
	}
}

// mergeParts hands what must be merged anew to merge, key by key in ascending order, with all its parts: from scratch, whatever
// has parts under the prefix; else what is listed.
func mergeParts[T any](g *Generation, prefix string, listed []string, decode func(key, value []byte) (T, error), merge func(key string, parts []T) error) error {
	c := g.view().cursor(prefix)
	defer c.close()
	var parts []T
	take := func(key []byte, e entry) error {
		return e.value(func(b []byte) error {
			p, err := decode(key, b)
			parts = append(parts, p)
			return err
		})
	}
	for _, key := range listed {
		parts = parts[:0]
		for e, err := range c.scan(prefix+key+"\x00", "") {
			if err == nil {
				err = take(e.item.Key()[len(prefix):], e)
			}
			if err != nil {
				return err
			}
		}
		if err := merge(key, parts); err != nil {
			return err
		}
	}
	if g.old != nil {
		return nil
	}
	var last []byte
	for e, err := range c.scan(prefix, "") {
		if err != nil {
			return err
		}
		key := e.item.Key()[len(prefix):]
		if key = key[:bytes.LastIndexByte(key, 0)]; !bytes.Equal(key, last) && len(parts) > 0 {
			if err := merge(string(last), parts); err != nil {
				return err
			}
			parts = parts[:0]
		}
		last = append(last[:0], key...)
		if err := take(key, e); err != nil {
			return err
		}
	}
	if len(parts) > 0 {
		return merge(string(last), parts)
	}
	return nil
}

// writeColumns merges what was touched, and writes the columns.
func (g *Generation) writeColumns() error {
	var old *columns
	if g.old != nil {
		old = g.old.columns
	}
	c, err := newColumnsWriter(filepath.Join(g.dir, g.name, columnsFile), old, g.over, g.bodyOf)
	if err != nil {
		return err
	}
	for _, step := range []func(*columnsWriter) error{g.nodes, g.mergeEdges, (*columnsWriter).finish} {
		if err := step(c); err != nil {
			c.discard()
			return err
		}
	}
	return nil
}

// nodes writes the documents and the entities; documents come first by their ids.
func (g *Generation) nodes(c *columnsWriter) error {
	documents := g.documentNodes(c)
	first := true
	entity := func(id string, parts []heldPart) error {
		if first && graph.ID(id).Kind() > graph.KindDocument {
			first = false
			if err := documents(); err != nil {
				return err
			}
		}
		return g.mergeEntity(c, id, parts)
	}
	ids := make([]string, 0, len(g.entities))
	for id := range g.entities {
		ids = append(ids, string(id))
	}
	slices.Sort(ids)
	err := mergeParts(g, entityPartKey, ids, func(_, b []byte) (heldPart, error) {
		var p heldPart
		err := json.Unmarshal(b, &p)
		return p, err
	}, entity)
	if err == nil && first {
		err = documents()
	}
	if err != nil {
		return err
	}
	return c.endNodes()
}

func (g *Generation) documentNodes(c *columnsWriter) func() error {
	return func() error {
		for _, id := range slices.Sorted(maps.Keys(g.documents)) {
			b, err := g.view().get(documentKey + string(id))
			if errors.Is(err, graph.ErrNotFound) {
				b, err = nil, nil
			}
			if err == nil {
				err = c.node(id, b)
			}
			if err != nil {
				return err
			}
		}
		return nil
	}
}

// bodyOf says where the body of a document lies, as the columns keep it.
func (g *Generation) bodyOf(doc graph.ID) (uint64, error) {
	b, layer, err := g.view().find(bodyKey + string(doc))
	if errors.Is(err, graph.ErrNotFound) {
		return noBody, nil
	}
	if err != nil {
		return 0, err
	}
	at, err := readPlace(b)
	return at<<1 | uint64(layer), err
}

func (g *Generation) mergeEntity(c *columnsWriter, id string, parts []heldPart) error {
	merged := mergeEntityParts(parts)
	if g.old != nil {
		var before []string
		err := g.old.getJSON(entityKey+id, &before)
		if err != nil && !errors.Is(err, graph.ErrNotFound) {
			return err
		}
		for _, key := range before {
			if err := g.drop(nameKey + key + "\x00" + id); err != nil {
				return err
			}
		}
	}
	if merged == nil {
		return errors.Join(g.drop(entityKey+id), c.node(graph.ID(id), nil))
	}
	for _, key := range merged.Keys {
		if err := g.batch.Set([]byte(nameKey+key+"\x00"+id), nil); err != nil {
			return err
		}
	}
	if err := c.node(graph.ID(id), encodeEntity(&merged.Entity)); err != nil {
		return err
	}
	return g.setJSON(entityKey+id, merged.Keys)
}

// mergeEntityParts returns the part that counts, nil if there is none.
func mergeEntityParts(parts []heldPart) *heldPart {
	var merged *heldPart
	for i := range parts {
		if p := &parts[i]; merged == nil || p.Whole && !merged.Whole {
			merged = p
		}
	}
	return merged
}

func (g *Generation) mergeEdges(c *columnsWriter) error {
	var d decoder
	return mergeParts(g, edgePartKey, slices.Sorted(maps.Keys(g.edges)), d.edge, func(key string, parts []graph.Edge) error {
		if len(parts) == 0 {
			return c.edge(key, nil)
		}
		merged := graph.MergeEdges(parts)
		return c.edge(key, &merged)
	})
}

// endsOf reads the ends and the type of an edge out of its key.
func endsOf(key []byte) (from, t, to []byte, ok bool) {
	from, key, _ = bytes.Cut(key, nul)
	t, key, _ = bytes.Cut(key, nul)
	to, _, ok = bytes.Cut(key, nul)
	return from, t, to, ok
}

var nul = []byte{0}
