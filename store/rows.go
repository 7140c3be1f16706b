package store

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/tupu-kg/tupu/graph"
)

// EdgeSupport gives of the edges from number first on and before end, in order, their year and weight and the documents that they stand
// on. The documents are only valid until the next; parts of the graph may be read side by side.
func (s *Snapshot) EdgeSupport(first, end uint32, give func(year int, weight float64, docs []graph.ID)) error {
	var d decoder
	var docs []graph.ID
	for n := first; n < end; n++ {
		var e graph.Edge
		bits, err := s.columns.begin(&d, n, &e)
		if err != nil {
			return fmt.Errorf("edge %d of %d: %w", n, end, err)
		}
		docs = docs[:0]
		if bits&hasEvidence != 0 {
			for range d.many() {
				var ev graph.Evidence
				d.evidence(&ev)
				if ev.Doc != "" && (len(docs) == 0 || docs[len(docs)-1] != ev.Doc) {
					docs = append(docs, ev.Doc)
				}
			}
		}
		if d.end() != nil {
			return fmt.Errorf("edge %d of %d: %w", n, end, errColumns)
		}
		give(e.Year, e.Weight, docs)
	}
	return nil
}

// derived is the path of a file that was derived from this generation. It lies in the folder of the generation, and goes with
// it: a generation does not change, and the next one has none.
func (s *Snapshot) derived(name string) (string, error) {
	if name == "" || filepath.Base(name) != name || strings.HasPrefix(name, ".") {
		return "", fmt.Errorf("derived file %q: not a plain name", name)
	}
	return filepath.Join(s.dir, s.current.Top, "derived-"+name), nil
}

// Derived reads a file that was derived from this generation. It returns graph.ErrNotFound if there is none yet.
func (s *Snapshot) Derived(name string, read func(r io.ReaderAt, size int64) error) error {
	path, err := s.derived(name)
	if err != nil {
		return err
	}
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("derived file %s: %w", name, graph.ErrNotFound)
	}
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	return read(f, info.Size())
}

// Derive writes a file derived from this generation, for Derived to read. Readers see it whole or not at all.
func (s *Snapshot) Derive(name string, write func(io.Writer) error) error {
	path, err := s.derived(name)
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.new")
	if err != nil {
		return err
	}
	err = errors.Join(f.Chmod(0o644), write(f)) // for all who may read the graph
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	return err
}
