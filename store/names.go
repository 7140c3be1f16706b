package store

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
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

// openNames opens the file of names of a layer; nil if it is not there or not whole.
func openNames(path string) *os.File {
	f, err := os.Open(path)
	if err != nil {
		return nil
	}
	var size int64
	head := make([]byte, len(fmt.Sprintf(namesHeader, 0)))
	info, err := f.Stat()
	if err == nil {
		_, err = io.ReadFull(f, head)
	}
	if err == nil {
		_, err = fmt.Sscanf(string(head), namesHeader, &size)
	}
	if err != nil || size != info.Size() {
		_ = f.Close()
		return nil
	}
	return f
}

// record is a name of a layer.
type record struct {
	name graph.Name
	gone bool
}

func (r record) less(o record) bool {
	return r.name.Key < o.name.Key || r.name.Key == o.name.Key && r.name.ID < o.name.ID
}

// records yields the records of a file. Their strings share the memory of what was read at a time.
func records(f *os.File) iter.Seq2[record, error] {
	return func(yield func(record, error) bool) {
		buffer := make([]byte, namesChunk)
		rest := ""
		for {
			n, err := f.Read(buffer)
			chunk := rest + string(buffer[:n])
			for len(chunk) > 0 {
				key, more, ok := strings.Cut(chunk[1:], "\x00")
				id, more, ok2 := strings.Cut(more, "\x00")
				if !ok || !ok2 {
					break
				}
				if !yield(record{graph.Name{Key: key, ID: graph.ID(id)}, chunk[0] == '-'}, nil) {
					return
				}
				chunk = more
			}
			rest = chunk
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				yield(record{}, err)
				return
			}
		}
	}
}

// shared yields the records of a file that is mapped into memory, with strings in this memory.
func shared(mapped []byte) iter.Seq2[record, error] {
	return func(yield func(record, error) bool) {
		for rest := unsafe.String(unsafe.SliceData(mapped), len(mapped)); len(rest) > 0; {
			mark := rest[0]
			key, more, ok := strings.Cut(rest[1:], "\x00")
			id, more, ok2 := strings.Cut(more, "\x00")
			if !ok || !ok2 || !yield(record{graph.Name{Key: key, ID: graph.ID(id)}, mark == '-'}, nil) {
				return
			}
			rest = more
		}
	}
}

// nameFiles opens the files of the layers, the top first; false if one of them is missing.
func (s *Snapshot) nameFiles() ([]*os.File, bool) {
	var files []*os.File
	for _, layer := range []string{s.current.Top, s.current.Base} {
		if layer == "" {
			continue
		}
		f := openNames(filepath.Join(s.dir, layer, namesFile))
		if f == nil {
			for _, f := range files {
				_ = f.Close()
			}
			return nil, false
		}
		files = append(files, f)
	}
	return files, true
}

// ScanNames yields every name, in ascending order of key and id, as Names does but faster. The strings of a name are valid only until
// the next: what is kept must be cloned.
func (s *Snapshot) ScanNames() iter.Seq2[graph.Name, error] {
	return func(yield func(graph.Name, error) bool) {
		files, ok := s.nameFiles()
		if !ok {
			s.tableNames("")(yield)
			return
		}
		var layers []iter.Seq2[record, error]
		var errs []error
		for _, f := range files {
			info, err := f.Stat()
			if err == nil {
				var mapped []byte
				if mapped, err = z.Mmap(f, false, info.Size()); err == nil {
					defer func() { _ = z.Munmap(mapped) }()
					layers = append(layers, shared(mapped[len(fmt.Sprintf(namesHeader, 0)):]))
				}
			}
			errs = append(errs, err, f.Close())
		}
		if err := errors.Join(errs...); err != nil {
			yield(graph.Name{}, err)
			return
		}
		all := layers[0]
		if len(layers) > 1 {
			all = merged(layers[0], layers[1])
		}
		for r, err := range all {
			if !r.gone && !yield(r.name, err) || err != nil {
				return
			}
		}
	}
}

// allNames yields every name from the files of the layers; false if one of them is missing.
func (s *Snapshot) allNames() (iter.Seq2[graph.Name, error], bool) {
	files, ok := s.nameFiles()
	if !ok {
		return nil, false
	}
	return func(yield func(graph.Name, error) bool) {
		defer func() {
			for _, f := range files {
				_ = f.Close()
			}
		}()
		if len(files) == 1 {
			for r, err := range records(files[0]) {
				if !yield(r.name, err) || err != nil {
					return
				}
			}
			return
		}
		for r, err := range merged(records(files[0]), records(files[1])) {
			if !r.gone && !yield(r.name, err) || err != nil {
				return
			}
		}
	}, true
}

// merged yields the records of two layers, ascending; of one name, that of the upper layer.
func merged(top, base iter.Seq2[record, error]) iter.Seq2[record, error] {
	return func(yield func(record, error) bool) {
		next, stop := iter.Pull2(top)
		defer stop()
		upper, err, more := next()
		for lower, lowerErr := range base {
			for more && err == nil && lowerErr == nil && upper.less(lower) {
				if !yield(upper, nil) {
					return
				}
				upper, err, more = next()
			}
			if err == nil {
				err = lowerErr
			}
			if err != nil {
				yield(record{}, err)
				return
			}
			if more && upper.name == lower.name {
				continue // the upper one comes when its turn is
			}
			if !yield(lower, nil) {
				return
			}
		}
		for more {
			if !yield(upper, err) || err != nil {
				return
			}
			upper, err, more = next()
		}
	}
}
