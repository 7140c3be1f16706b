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
	value, _, err := l.find(key)
	return value, err
}

// find is get, and says in which layer the value lies: 0 the top, 1 the base.
func (l layers) find(key string) ([]byte, int, error) {
	for layer, db := range []*badger.DB{l.top, l.base} {
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
			break
		}
		if !errors.Is(err, badger.ErrKeyNotFound) {
			return value, layer, err
		}
	}
	return nil, 0, graph.ErrNotFound
}

// entry is what a scan yields. It is only valid until the next one.
type entry struct {
	item *badger.Item
}

// key is the whole key, as a copy.
func (e entry) key() string { return string(e.item.Key()) }

// value calls f with the value, which is only valid within.
func (e entry) value(f func([]byte) error) error { return e.item.Value(f) }

// scan yields the entries whose keys start with prefix, from the key from on, ascending.
func (l layers) scan(prefix, from string) iter.Seq2[entry, error] {
	return func(yield func(entry, error) bool) {
		c := l.cursor(prefix)
		defer c.close()
		c.scan(prefix, from)(yield)
	}
}

// cursor reads several stretches of keys that start with one prefix. Beginning to read costs as much as reading some dozens of
// entries, which a cursor does once.
type cursor struct {
	txns []*badger.Txn
	its  []*badger.Iterator // of the layers, the top first
}

// cursor begins to read. Badger's prefetching is off: it starts a goroutine for every value, and ours lie beside their keys.
func (l layers) cursor(prefix string) *cursor {
	c := &cursor{}
	for _, db := range []*badger.DB{l.top, l.base} {
		if db == nil {
			continue
		}
		tx := db.NewTransaction(false)
		o := badger.DefaultIteratorOptions
		o.Prefix, o.PrefetchValues = []byte(prefix), false
		c.txns, c.its = append(c.txns, tx), append(c.its, tx.NewIterator(o))
	}
	return c
}

func (c *cursor) close() {
	for i, it := range c.its {
		it.Close()
		c.txns[i].Discard()
	}
}

// scan is layers.scan for a prefix that begins as the cursor's does. One scan ends before the next begins.
func (c *cursor) scan(prefix, from string) iter.Seq2[entry, error] {
	return func(yield func(entry, error) bool) {
		for _, it := range c.its {
			it.Seek([]byte(max(prefix, from)))
		}
		under := []byte(prefix)
		for {
			var next *badger.Iterator
			for _, it := range c.its {
				if it.ValidForPrefix(under) && (next == nil || bytes.Compare(it.Item().Key(), next.Item().Key()) < 0) {
					next = it
				}
			}
			if next == nil {
				return
			}
			// The first layer that holds a key has the say; the same key below it is passed over.
			if len(c.its) == 2 && next == c.its[0] {
				if below := c.its[1]; below.Valid() && bytes.Equal(below.Item().Key(), next.Item().Key()) {
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
