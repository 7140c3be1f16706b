package store

import (
	"bufio"
	"errors"
	"fmt"
	"iter"
	"os"
	"sort"
	"strings"
	"unsafe"

	"github.com/dgraph-io/badger/v4"
	"github.com/dgraph-io/ristretto/v2/z"
	"github.com/tupu-kg/tupu/graph"
)

// A search for a part of a name reads all names. Badger hands out a key in half a microsecond, so that 10^5 entities would
// take longer than people wait for; a plain file beside each layer's tables is read ten times as fast. It holds a record for
// each name that the layer has or hides, ascending:
//
//	mark KEY NUL ID NUL        mark is + or, for a name of the base that is gone, -
//
// and begins with a line that says how long it is. Where it is missing or cut off, the tables are read.
const (
	namesFile   = "names"
	namesHeader = "tupu names 1 %012d\n"
	namesChunk  = 256 << 10
)

// writeNames writes the file of names of a layer.
func writeNames(path string, db *badger.DB) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(f, namesChunk)
	size, err := fmt.Fprintf(w, namesHeader, 0)
	if err == nil {
		var records int
		records, err = copyNames(w, db)
		size += records
	}
	err = errors.Join(err, w.Flush())
	if err == nil {
		_, err = f.WriteAt(fmt.Appendf(nil, namesHeader, size), 0)
	}
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// copyNames writes the records and returns their bytes.
func copyNames(w *bufio.Writer, db *badger.DB) (int, error) {
	size := 0
	err := db.View(func(tx *badger.Txn) error {
		o := badger.DefaultIteratorOptions
		o.Prefix, o.PrefetchValues = []byte(nameKey), false
		it := tx.NewIterator(o)
		defer it.Close()
		for it.Rewind(); it.Valid(); it.Next() {
			mark := byte('+')
			if it.Item().UserMeta() == gone {
				mark = '-'
			}
			key := it.Item().Key()[len(nameKey):]
			size += 1 + len(key) + 1
			if err := errors.Join(w.WriteByte(mark), second(w.Write(key)), w.WriteByte(0)); err != nil {
				return err
			}
		}
		return nil
	})
	return size, err
}

func second(_ int, err error) error { return err }

// mapNames maps the file of names of a layer into memory; nil if it is not there or not whole.
func mapNames(path string) []byte {
	b, err := mapFile(path)
	if err != nil || b == nil {
		return nil
	}
	var size int
	if head := len(fmt.Sprintf(namesHeader, 0)); len(b) < head {
		size = -1
	} else if _, err := fmt.Sscanf(string(b[:head]), namesHeader, &size); err != nil {
		size = -1
	}
	if size != len(b) {
		_ = z.Munmap(b)
		return nil
	}
	return b
}

// record is a name of a layer.
type record struct {
	name graph.Name
	gone bool
}

func (r record) less(o record) bool {
	return r.name.Key < o.name.Key || r.name.Key == o.name.Key && r.name.ID < o.name.ID
}

// readRecord reads the record with which bytes of a file begin, and returns those behind it; its strings are in the memory of the file.
func readRecord(rest string) (record, string, bool) {
	if rest == "" {
		return record{}, "", false
	}
	key, more, ok := strings.Cut(rest[1:], "\x00")
	id, more, ok2 := strings.Cut(more, "\x00")
	return record{graph.Name{Key: key, ID: graph.ID(id)}, rest[0] == '-'}, more, ok && ok2
}

// records yields the records of a file from a key on.
func records(file []byte, from string) iter.Seq[record] {
	return func(yield func(record) bool) {
		all := unsafe.String(unsafe.SliceData(file), len(file))[len(fmt.Sprintf(namesHeader, 0)):]
		// A mark is behind the end of an id, and no id begins with one.
		begin := func(at int) int {
			for at > 0 && at < len(all) && (all[at-1] != 0 || all[at] != '+' && all[at] != '-') {
				at++
			}
			return at
		}
		first := 0
		if from != "" {
			first = begin(sort.Search(len(all), func(at int) bool {
				r, _, ok := readRecord(all[begin(at):])
				return !ok || r.name.Key >= from
			}))
		}
		for r, rest, ok := readRecord(all[first:]); ok && yield(r); r, rest, ok = readRecord(rest) {
		}
	}
}

// ScanNames yields every name, in ascending order of key and id, as Names does but faster. The strings of a name are valid only until
// the next: what is kept must be cloned.
func (s *Snapshot) ScanNames() iter.Seq2[graph.Name, error] { return s.scanNames("") }

// scanNames is ScanNames of those that start with prefix.
func (s *Snapshot) scanNames(prefix string) iter.Seq2[graph.Name, error] {
	if s.names[0] == nil || s.names[1] == nil && s.current.Base != "" {
		return s.tableNames(prefix)
	}
	return func(yield func(graph.Name, error) bool) {
		all := records(s.names[0], prefix)
		if s.current.Base != "" {
			all = merged(all, records(s.names[1], prefix))
		}
		for r := range all {
			if !strings.HasPrefix(r.name.Key, prefix) || !r.gone && !yield(r.name, nil) {
				return
			}
		}
	}
}

// Names yields the look-up names that start with prefix, in ascending order of key and id.
func (s *Snapshot) Names(prefix string) iter.Seq2[graph.Name, error] {
	return func(yield func(graph.Name, error) bool) {
		for n, err := range s.scanNames(prefix) {
			if !yield(graph.Name{Key: strings.Clone(n.Key), ID: graph.ID(strings.Clone(string(n.ID)))}, err) || err != nil {
				return
			}
		}
	}
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

// merged yields the records of two layers, ascending; of one name, that of the upper layer.
func merged(top, base iter.Seq[record]) iter.Seq[record] {
	return func(yield func(record) bool) {
		next, stop := iter.Pull(top)
		defer stop()
		upper, more := next()
		for lower := range base {
			for ; more && upper.less(lower); upper, more = next() {
				if !yield(upper) {
					return
				}
			}
			if more && upper.name == lower.name {
				continue // the upper one comes when its turn is
			}
			if !yield(lower) {
				return
			}
		}
		for ; more && yield(upper); upper, more = next() {
		}
	}
}
