package store

import (
	"bytes"
	"errors"
	"iter"

	"github.com/dgraph-io/badger/v4"
	"github.com/tupu-kg/tupu/graph"
)

// gone marks an entry of the upper layer that hides one of the base.
const gone = 1

// layers reads the changes of a generation over its base as one ordered map. The base may be nil.
type layers struct {
	top, base *badger.DB
}

func (l layers) close() error {
	var errs []error
	for _, db := range []*badger.DB{l.top, l.base} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	return errors.Join(errs...)
}

// get returns a copy of the value of a key, or graph.ErrNotFound.
func (l layers) get(key string) ([]byte, error) {
	for _, db := range []*badger.DB{l.top, l.base} {
		if db == nil {
			continue
		}
		var value []byte
		hidden := false
		err := db.View(func(tx *badger.Txn) error {
			item, err := tx.Get([]byte(key))
			if err != nil {
				return err
			}
			hidden = item.UserMeta() == gone
			value, err = item.ValueCopy(nil)
			return err
		})
		if hidden {
			return nil, graph.ErrNotFound
		}
		if !errors.Is(err, badger.ErrKeyNotFound) {
			return value, err
		}
	}
	return nil, graph.ErrNotFound
}

// entry is what a scan yields. It is only valid until the next one.
type entry struct {
	item *badger.Item
}

// key is the whole key, as a copy.
func (e entry) key() string { return string(e.item.Key()) }

// value calls f with the value.
func (e entry) value(f func([]byte) error) error { return e.item.Value(f) }

// scan yields the entries whose keys start with prefix, from the key from on, ascending; without values it reads keys alone.
func (l layers) scan(prefix, from string, values bool) iter.Seq2[entry, error] {
	return func(yield func(entry, error) bool) {
		var cursors []*badger.Iterator
		for _, db := range []*badger.DB{l.top, l.base} {
			if db == nil {
				continue
			}
			tx := db.NewTransaction(false)
			defer tx.Discard()
			o := badger.DefaultIteratorOptions
			o.Prefix, o.PrefetchValues, o.PrefetchSize = []byte(prefix), values, 64
			it := tx.NewIterator(o)
			defer it.Close()
			it.Seek([]byte(max(prefix, from)))
			cursors = append(cursors, it)
		}
		for {
			var next *badger.Iterator
			for _, it := range cursors {
				if it.Valid() && (next == nil || bytes.Compare(it.Item().Key(), next.Item().Key()) < 0) {
					next = it
				}
			}
			if next == nil {
				return
			}
			// The first layer that holds a key has the say; the same key below it is passed over.
			if len(cursors) == 2 && next == cursors[0] {
				if below := cursors[1]; below.Valid() && bytes.Equal(below.Item().Key(), next.Item().Key()) {
					below.Next()
				}
			}
			if next.Item().UserMeta() != gone && !yield(entry{next.Item()}, nil) {
				return
			}
			next.Next()
		}
	}
}
