package store

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"

	"github.com/dgraph-io/badger/v4"
	"github.com/dgraph-io/ristretto/v2/z"
	"github.com/tupu-kg/tupu/graph"
)

// Facts is the part of the store that a build works on: what was read from each document and the index of its names. One
// process at a time can open it.
type Facts struct {
	db  *badger.DB
	dir string
}

// Path is a path under which a document was given, with the manifest row that applied.
type Path struct {
	Path string          `json:"path"`
	Row  json.RawMessage `json:"row,omitempty"`
}

// Record says which facts are held of a document.
type Record struct {
	Doc   graph.ID `json:"doc"`
	Key   string   `json:"key"`   // of the facts
	Stamp string   `json:"stamp"` // of the facts, the paths and the judgements that touch them: equal stamps, equal contribution
	Paths []Path   `json:"paths"` // ascending
	Size  int64    `json:"size"`  // of the source, bytes
	Parts [3]int   `json:"parts"` // how many pieces the text, the facts and the list of index keys are kept in
	// Unfinished marks a document that is being written or removed; it is not held, and what a crash left of it goes with
	// the next Put or Remove.
	Unfinished bool `json:"unfinished,omitempty"`
}

// Entry is one line of the index of names: the document's opaque value under a key.
type Entry struct {
	Key   string
	Value []byte
}

// OpenFacts opens the facts of the store in dir, making it if need be. It returns ErrLocked while another build is at work.
func OpenFacts(dir string) (*Facts, error) {
	if _, err := readCurrent(dir); err != nil && !errors.Is(err, ErrNoStore) && !errors.Is(err, ErrOlder) {
		return nil, err
	}
	path := filepath.Join(dir, factsDir)
	if err := refuseOther(dir); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(path, 0o755); err != nil {
		return nil, err
	}
	if err := reopened(path); err != nil {
		return nil, fmt.Errorf("open facts of %s: %w", dir, err)
	}
	db, err := openWhole(path)
	if err != nil {
		return nil, lockError(dir, fmt.Errorf("open facts of %s: %w", dir, err))
	}
	f := &Facts{db: db, dir: dir}
	if err := f.checkFormat(); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return f, nil
}

// openWhole opens a database that a killed build may have left with write-ahead files made and not yet sized. Badger sizes such a
// file, says that it is new where it looked for an old one, and gives up; the next attempt finds it empty, which it is.
func openWhole(path string) (*badger.DB, error) {
	for attempts := 0; ; attempts++ {
		db, err := openTables(options(path))
		if err == nil || attempts == maxUnsized || !strings.Contains(err.Error(), z.NewFile.Error()) {
			return db, err
		}
	}
}

// maxUnsized bounds the write-ahead files that a killed build leaves unsized: it makes one at a time.
const maxUnsized = 3

// refuseOther returns an error if dir is a folder of something else.
func refuseOther(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.Name() == factsDir || e.Name() == currentFile {
			return nil
		}
	}
	if len(entries) > 0 {
		return fmt.Errorf("%s is a folder with other files in it: name one that is empty or does not exist", dir)
	}
	return nil
}

// Close closes the facts.
func (f *Facts) Close() error {
	return errors.Join(f.db.Close(), closed(filepath.Join(f.dir, factsDir)))
}

// Badger takes a list of tables (its manifest) that was cut short for one that a crash cut, and removes the tables that it does not
// name any more: what was read from documents that are not at hand would be gone without a word. closedFile, which is there only while
// nobody has the facts open, tells the two apart: it holds the length of the list.
const closedFile = "CLOSED"

// closed notes how long the list of tables is.
func closed(path string) error {
	info, err := os.Stat(filepath.Join(path, badger.ManifestFilename))
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(path, closedFile), strconv.AppendInt(nil, info.Size(), 10), 0o644)
}

// reopened checks that the list of tables is no shorter than it was when it was closed, and takes the note away.
func reopened(path string) error {
	note := filepath.Join(path, closedFile)
	held, err := os.ReadFile(note)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // new, or cut off by a crash
	}
	if err != nil {
		return err
	}
	list := filepath.Join(path, badger.ManifestFilename)
	info, err := os.Stat(list)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	was, _ := strconv.ParseInt(string(held), 10, 64)
	if err != nil || info.Size() < was {
		return fmt.Errorf("%s: %w", list, errDamaged)
	}
	return os.Remove(note)
}

// The first letters of the keys, each followed by a slash:
//
//	h/DOC        record           t/DOC f/DOC o/DOC   text, facts, index keys, in numbered pieces
//	k/KEY NUL DOC   index         m/…                 format
const (
	recordKey = "h/"
	textKey   = "t/"
	factsKey  = "f/"
	ownKey    = "o/"
	indexKey  = "k/"
	formatKey = "m/format"
	notesKey  = "m/notes"
)

func (f *Facts) checkFormat() error {
	return f.db.Update(func(tx *badger.Txn) error {
		var held int
		err := getJSON(tx, formatKey, &held)
		if errors.Is(err, badger.ErrKeyNotFound) {
			return setJSON(tx, formatKey, factsFormat)
		}
		if err == nil && held != factsFormat {
			err = fmt.Errorf("%s has format %d, this tupu reads format %d: %w; delete it and build again", f.dir, held, factsFormat, ErrFormat)
		}
		return err
	})
}

// Notes reads what the last build noted for the next one into to; it returns graph.ErrNotFound before the first.
func (f *Facts) Notes(to any) error {
	err := f.db.View(func(tx *badger.Txn) error { return getJSON(tx, notesKey, to) })
	if errors.Is(err, badger.ErrKeyNotFound) {
		err = fmt.Errorf("notes of %s: %w", f.dir, graph.ErrNotFound)
	}
	return err
}

// SetNotes notes something for the next build.
func (f *Facts) SetNotes(notes any) error {
	return f.db.Update(func(tx *badger.Txn) error { return setJSON(tx, notesKey, notes) })
}

// OwnKeys returns the keys under which the index holds a document.
func (f *Facts) OwnKeys(doc graph.ID) ([]string, error) {
	r, err := f.record(doc)
	if err != nil {
		return nil, err
	}
	var keys []string
	err = f.db.View(func(tx *badger.Txn) error {
		own, err := getPieces(tx, ownKey+string(doc), r.Parts[2])
		if err != nil {
			return err
		}
		return json.Unmarshal(own, &keys)
	})
	if err != nil {
		return nil, fmt.Errorf("index keys of %s: %w", doc, err)
	}
	return keys, nil
}

// Records returns the records of all documents held, ascending by document.
func (f *Facts) Records() ([]Record, error) {
	var out []Record
	err := f.db.View(func(tx *badger.Txn) error {
		return scan(tx, recordKey, func(_ string, value []byte) error {
			var r Record
			if err := json.Unmarshal(value, &r); err != nil {
				return err
			}
			if !r.Unfinished {
				out = append(out, r)
			}
			return nil
		})
	})
	return out, err
}

// Mend removes what a crash left of documents that were being written or removed.
func (f *Facts) Mend() error {
	var broken []graph.ID
	err := f.db.View(func(tx *badger.Txn) error {
		return scan(tx, recordKey, func(_ string, value []byte) error {
			var r Record
			if err := json.Unmarshal(value, &r); err != nil {
				return err
			}
			if r.Unfinished {
				broken = append(broken, r.Doc)
			}
			return nil
		})
	})
	for _, doc := range broken {
		if err == nil {
			err = f.Remove(doc)
		}
	}
	return err
}

// Get returns the facts of a document, with its text, or graph.ErrNotFound.
func (f *Facts) Get(doc graph.ID) (*graph.Facts, error) {
	var facts graph.Facts
	err := f.db.View(func(tx *badger.Txn) error {
		var r Record
		if err := getJSON(tx, recordKey+string(doc), &r); err != nil {
			return err
		}
		if r.Unfinished {
			return badger.ErrKeyNotFound
		}
		text, err := getPieces(tx, textKey+string(doc), r.Parts[0])
		if err != nil {
			return err
		}
		b, err := getPieces(tx, factsKey+string(doc), r.Parts[1])
		if err != nil {
			return err
		}
		if err := json.Unmarshal(b, &facts); err != nil {
			return err
		}
		facts.Document.Text = string(text)
		for _, p := range r.Paths {
			facts.Document.Paths = append(facts.Document.Paths, p.Path)
		}
		return nil
	})
	if errors.Is(err, badger.ErrKeyNotFound) {
		return nil, fmt.Errorf("facts of %s: %w", doc, graph.ErrNotFound)
	}
	if err != nil {
		return nil, fmt.Errorf("facts of %s: %w", doc, err)
	}
	return &facts, nil
}

// Put keeps the facts of a document with its paths and index, in place of any held of it. The record is written last: what
// a crash leaves half written does not count.
func (f *Facts) Put(facts *graph.Facts, paths []Path, index []Entry, stamp string) error {
	doc := facts.Document.ID
	if err := f.Remove(doc); err != nil {
		return err
	}
	stored := *facts
	stored.Document.Paths = nil
	b, err := json.Marshal(&stored)
	if err != nil {
		return err
	}
	r := Record{Doc: doc, Key: facts.Key, Size: facts.Document.Size}
	err = f.batch(func(w *badger.WriteBatch) error {
		var err error
		if r.Parts[0], err = setPieces(w, textKey+string(doc), []byte(facts.Document.Text)); err != nil {
			return err
		}
		r.Parts[1], err = setPieces(w, factsKey+string(doc), b)
		return err
	})
	if err != nil {
		return err
	}
	return f.index(r, paths, index, stamp)
}

// Reindex gives a document that is held other paths, another index and another stamp.
func (f *Facts) Reindex(doc graph.ID, paths []Path, index []Entry, stamp string) error {
	r, err := f.record(doc)
	if err != nil {
		return err
	}
	if err := f.dropIndex(r); err != nil {
		return err
	}
	return f.index(r, paths, index, stamp)
}

// index writes the list of keys and the unfinished record before the index itself, so that a crash in between leaves enough
// to clean up by.
func (f *Facts) index(r Record, paths []Path, index []Entry, stamp string) error {
	sort.Slice(paths, func(i, j int) bool { return paths[i].Path < paths[j].Path })
	r.Paths, r.Stamp, r.Unfinished = paths, stamp, true
	keys := make([]string, len(index))
	for i, e := range index {
		keys[i] = e.Key
	}
	own, err := json.Marshal(keys)
	if err != nil {
		return err
	}
	err = f.batch(func(b *badger.WriteBatch) error {
		var err error
		r.Parts[2], err = setPieces(b, ownKey+string(r.Doc), own)
		return err
	})
	if err != nil {
		return err
	}
	if err := f.setRecord(r); err != nil {
		return err
	}
	err = f.batch(func(b *badger.WriteBatch) error {
		for _, e := range index {
			if err := b.Set([]byte(indexKey+e.Key+"\x00"+string(r.Doc)), e.Value); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	r.Unfinished = false
	return f.setRecord(r)
}

func (f *Facts) setRecord(r Record) error {
	return f.db.Update(func(tx *badger.Txn) error { return setJSON(tx, recordKey+string(r.Doc), r) })
}

func (f *Facts) batch(fill func(*badger.WriteBatch) error) error {
	b := f.db.NewWriteBatch()
	defer b.Cancel()
	if err := fill(b); err != nil {
		return err
	}
	return b.Flush()
}

func (f *Facts) record(doc graph.ID) (Record, error) {
	var r Record
	err := f.db.View(func(tx *badger.Txn) error { return getJSON(tx, recordKey+string(doc), &r) })
	if errors.Is(err, badger.ErrKeyNotFound) {
		err = fmt.Errorf("record of %s: %w", doc, graph.ErrNotFound)
	}
	return r, err
}

// dropIndex takes a document out of the index and leaves its record unfinished.
func (f *Facts) dropIndex(r Record) error {
	var keys []string
	err := f.db.View(func(tx *badger.Txn) error {
		own, err := getPieces(tx, ownKey+string(r.Doc), r.Parts[2])
		if err != nil {
			return err
		}
		return json.Unmarshal(own, &keys)
	})
	if errors.Is(err, badger.ErrKeyNotFound) && r.Unfinished {
		err = nil // the removal had come past the index
	}
	if err != nil {
		return fmt.Errorf("index of %s: %w", r.Doc, err)
	}
	r.Unfinished = true
	if err := f.setRecord(r); err != nil {
		return err
	}
	return f.batch(func(b *badger.WriteBatch) error {
		for _, key := range keys {
			if err := b.Delete([]byte(indexKey + key + "\x00" + string(r.Doc))); err != nil {
				return err
			}
		}
		return nil
	})
}

// Remove takes a document out; it is no error if it is not held.
func (f *Facts) Remove(doc graph.ID) error {
	r, err := f.record(doc)
	if errors.Is(err, graph.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := f.dropIndex(r); err != nil {
		return err
	}
	err = f.batch(func(b *badger.WriteBatch) error {
		for i, prefix := range []string{textKey, factsKey, ownKey} {
			for n := range r.Parts[i] {
				if err := b.Delete(pieceKey(prefix+string(doc), n)); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return f.db.Update(func(tx *badger.Txn) error { return tx.Delete([]byte(recordKey + string(doc))) })
}

// Lookup calls yield with the documents that the index holds under a key, ascending, and with their values, which are only
// valid during the call.
func (f *Facts) Lookup(key string, yield func(doc graph.ID, value []byte) error) error {
	prefix := indexKey + key + "\x00"
	return f.db.View(func(tx *badger.Txn) error {
		return scan(tx, prefix, func(k string, value []byte) error { return yield(graph.ID(k[len(prefix):]), value) })
	})
}

// Keys calls yield with every key of the index, ascending, once each.
func (f *Facts) Keys(yield func(key string) error) error {
	return f.db.View(func(tx *badger.Txn) error {
		o := badger.DefaultIteratorOptions
		o.PrefetchValues, o.Prefix = false, []byte(indexKey)
		it := tx.NewIterator(o)
		defer it.Close()
		last := ""
		for it.Rewind(); it.Valid(); it.Next() {
			k := it.Item().Key()[len(indexKey):]
			k = k[:bytes.LastIndexByte(k, 0)]
			if string(k) == last {
				continue
			}
			last = string(k)
			if err := yield(last); err != nil {
				return err
			}
		}
		return nil
	})
}

// pieceSize keeps values below the size at which Badger moves them out of its tables.
const pieceSize = 512 << 10

func pieceKey(key string, n int) []byte {
	return binary.BigEndian.AppendUint32(append([]byte(key), 0), uint32(n))
}

func setPieces(batch *badger.WriteBatch, key string, value []byte) (int, error) {
	n := 0
	for ; n == 0 || len(value) > 0; n++ {
		piece := value[:min(pieceSize, len(value))]
		value = value[len(piece):]
		if err := batch.Set(pieceKey(key, n), bytes.Clone(piece)); err != nil {
			return 0, err
		}
	}
	return n, nil
}

func getPieces(tx *badger.Txn, key string, parts int) ([]byte, error) {
	var out []byte
	for n := range parts {
		item, err := tx.Get(pieceKey(key, n))
		if err != nil {
			return nil, fmt.Errorf("piece %d of %q: %w", n, key, err)
		}
		if err := item.Value(func(v []byte) error { out = append(out, v...); return nil }); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func getJSON(tx *badger.Txn, key string, to any) error {
	item, err := tx.Get([]byte(key))
	if err != nil {
		return err
	}
	return item.Value(func(v []byte) error { return json.Unmarshal(v, to) })
}

func setJSON(tx *badger.Txn, key string, from any) error {
	b, err := json.Marshal(from)
	if err != nil {
		return err
	}
	return tx.Set([]byte(key), b)
}

func scan(tx *badger.Txn, prefix string, yield func(key string, value []byte) error) error {
	o := badger.DefaultIteratorOptions
	o.Prefix, o.PrefetchSize = []byte(prefix), 32
	it := tx.NewIterator(o)
	defer it.Close()
	for it.Rewind(); it.Valid(); it.Next() {
		item := it.Item()
		if err := item.Value(func(v []byte) error { return yield(string(item.Key()), v) }); err != nil {
			return err
		}
	}
	return nil
}
