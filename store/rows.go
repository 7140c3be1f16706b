package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/tupu-kg/tupu/graph"
)

// Supported yields every edge in ascending order of key with its type, ends, year, modality and weight, and of its evidence the
// documents alone. It is one scan over the parts of edges, and reads their keys and no more than the weight of
// their values, which is what makes it fast.
func (s *Snapshot) Supported() iter.Seq2[graph.Edge, error] {
	return func(yield func(graph.Edge, error) bool) {
		var e graph.Edge
		var last []byte // the key of the edge at hand
		for entry, err := range s.scan(edgePartKey, "", true) {
			if err != nil {
				yield(graph.Edge{}, err)
				return
			}
			key := entry.item.Key()[len(edgePartKey):]
			cut := bytes.LastIndexByte(key, 0)
			if cut < 0 {
				yield(graph.Edge{}, fmt.Errorf("part %q of an edge without an owner", key))
				return
			}
			if len(last) == 0 || !bytes.Equal(last, key[:cut]) {
				if len(last) > 0 && !yield(e, nil) {
					return
				}
				if err := identity(key[:cut], &e); err != nil {
					yield(graph.Edge{}, err)
					return
				}
				last = append(last[:0], key[:cut]...)
			}
			owner := key[cut+1:]
			byDocument := bytes.HasPrefix(owner, documentOwner)
			if byDocument {
				e.Evidence = append(e.Evidence, graph.Evidence{Span: graph.Span{Doc: graph.ID(owner)}})
			}
			if !byDocument || e.Type == graph.CoMentioned {
				err := entry.value(func(b []byte) error { return support(&e, b, byDocument) })
				if err != nil {
					yield(graph.Edge{}, fmt.Errorf("edge %s -%s-> %s: %w", e.From, e.Type, e.To, err))
					return
				}
			}
		}
		if len(last) > 0 {
			yield(e, nil)
		}
	}
}

// documentOwner is how the owners begin that are documents.
var documentOwner = []byte(graph.KindDocument + ":")

// identity reads what identifies an edge out of its key. The ends keep their strings where they did not change.
func identity(key []byte, e *graph.Edge) error {
	var parts [6][]byte
	rest := key
	for i := range parts {
		at := bytes.IndexByte(rest, 0)
		if at < 0 {
			if i != len(parts)-1 {
				return fmt.Errorf("edge of the key %q: damaged", key)
			}
			at = len(rest)
		}
		parts[i] = rest[:at]
		rest = rest[min(at+1, len(rest)):]
	}
	from, typ, to := e.From, e.Type, e.To
	if string(from) != string(parts[0]) {
		from = graph.ID(parts[0])
	}
	if string(typ) != string(parts[1]) {
		typ = graph.EdgeType(parts[1])
	}
	if string(to) != string(parts[2]) {
		to = graph.ID(parts[2])
	}
	*e = graph.Edge{From: from, Type: typ, To: to, Modality: graph.Modality(parts[5]), Evidence: e.Evidence[:0]}
	if len(parts[4]) > 0 {
		year, err := strconv.Atoi(string(parts[4]))
		if err != nil {
			return fmt.Errorf("edge of the key %q: %w", key, err)
		}
		e.Year = year
	}
	return nil
}

// support adds what the value of a part tells: the weight, and the documents where its owner is none.
func support(e *graph.Edge, part []byte, byDocument bool) error {
	if byDocument {
		w, err := weightIn(part)
		first := len(e.Evidence) == 1
		if e.Weight += w; !first {
			e.Weight = math.Round(e.Weight*1e6) / 1e6 // as graph.MergeEdges does
		}
		return err
	}
	var p graph.Edge
	if err := json.Unmarshal(part, &p); err != nil {
		return err
	}
	e.Weight += p.Weight
	for _, ev := range p.Evidence {
		if ev.Doc != "" {
			e.Evidence = append(e.Evidence, graph.Evidence{Span: graph.Span{Doc: ev.Doc}})
		}
	}
	return nil
}

var weightKey = []byte(`,"weight":`)

// weightIn reads the weight out of an edge in JSON as we write it, without decoding it. Within a string its key cannot
// stand: there quotes have a backslash before them.
func weightIn(b []byte) (float64, error) {
	at := bytes.Index(b, weightKey)
	if at < 0 {
		return 0, nil
	}
	b = b[at+len(weightKey):]
	if end := bytes.IndexAny(b, ",}"); end >= 0 {
		b = b[:end]
	}
	return strconv.ParseFloat(string(b), 64)
}

// derived is the path of a file that was derived from this generation. It lies in the folder of the generation, and goes with
// it: a generation does not change, and the next one has none.
func (s *Snapshot) derived(name string) (string, error) {
	if name == "" || filepath.Base(name) != name || strings.HasPrefix(name, ".") {
		return "", fmt.Errorf("derived file %q: not a plain name", name)
	}
	return filepath.Join(s.dir, s.current.Top, "derived-"+name), nil
}

// Derived opens a file that was derived from this generation. It returns graph.ErrNotFound if there is none yet.
func (s *Snapshot) Derived(name string) (io.ReadCloser, error) {
	path, err := s.derived(name)
	if err != nil {
		return nil, err
	}
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("derived file %s: %w", name, graph.ErrNotFound)
	}
	return f, err
}

// Derive writes a file derived from this generation, for Derived to open. Readers see it whole or not at all.
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
