package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/dgraph-io/badger/v4/y"
	"github.com/tupu-kg/tupu/graph"
)

// Supported yields every edge in ascending order of key with its type, ends, year, modality and weight, and of its evidence the
// documents alone. It is one scan over the parts of edges, stretch by stretch on all processors, and reads their keys and no
// more than the weight of their values, which is what makes it fast. What it yields is only valid until the next one. When the
// context ends it yields its error.
func (s *Snapshot) Supported(ctx context.Context) iter.Seq2[*graph.Edge, error] {
	return func(yield func(*graph.Edge, error) bool) {
		starts := s.stretches()
		type read struct {
			stretch
			err error
		}
		slots := make([]chan read, len(starts))
		for i := range slots {
			slots[i] = make(chan read, 1)
		}
		workers := runtime.GOMAXPROCS(0)
		ahead := make(chan struct{}, 2*workers) // bounds what is read and not yet taken
		next := make(chan int)
		ctx, stop := context.WithCancel(ctx)
		var wait sync.WaitGroup
		defer wait.Wait()
		defer stop()
		for range min(workers, len(starts)) {
			wait.Go(func() {
				for i := range next {
					to := ""
					if i+1 < len(starts) {
						to = starts[i+1]
					}
					stretch, err := s.supportedIn(ctx, starts[i], to)
					slots[i] <- read{stretch, err}
				}
			})
		}
		wait.Go(func() {
			defer close(next)
			for i := range starts {
				select {
				case ahead <- struct{}{}:
				case <-ctx.Done():
					return
				}
				select {
				case next <- i:
				case <-ctx.Done():
					return
				}
			}
		})
		var e graph.Edge
		for i := range slots {
			var got read
			select {
			case got = <-slots[i]:
			case <-ctx.Done():
				yield(&e, ctx.Err())
				return
			}
			<-ahead
			from := 0
			ends := string(got.ends)
			for i := range got.edges {
				got.edges[i].give(&e, ends, got.docs[from:got.edges[i].docs])
				from = got.edges[i].docs
				if !yield(&e, nil) {
					return
				}
			}
			if got.err != nil {
				yield(&e, got.err)
				return
			}
		}
	}
}

// stretches cuts the keys of parts of edges where the larger layer's tables begin. No edge lies in two stretches.
func (s *Snapshot) stretches() []string {
	db := s.top
	if s.base != nil {
		db = s.base
	}
	starts := []string{edgePartKey}
	for _, t := range db.Tables() {
		key := string(y.ParseKey(t.Left))
		if at := strings.LastIndexByte(key, 0); at > 0 && strings.HasPrefix(key, edgePartKey) {
			starts = append(starts, key[:at+1])
		}
	}
	slices.Sort(starts)
	return slices.Compact(starts)
}

// stretch is what was read of neighbouring edges. It is small, because several wait for their turn.
type stretch struct {
	edges []supportedEdge
	ends  []byte     // the ids of their ends, one after the other
	docs  []graph.ID // of all of them, one after the other
}

type supportedEdge struct {
	from, to [2]uint32 // where the ids lie in ends
	docs     int       // where its documents end
	typ      graph.EdgeType
	modality graph.Modality
	year     int
	weight   float64
}

// give makes an edge of it. Only what differs from edge to edge is set.
func (s *supportedEdge) give(e *graph.Edge, ends string, docs []graph.ID) {
	e.From, e.To = graph.ID(ends[s.from[0]:s.from[1]]), graph.ID(ends[s.to[0]:s.to[1]])
	e.Type, e.Modality, e.Year, e.Weight = s.typ, s.modality, s.year, s.weight
	e.Evidence = e.Evidence[:0]
	for _, doc := range docs {
		e.Evidence = append(e.Evidence, graph.Evidence{Span: graph.Span{Doc: doc}})
	}
}

// supportedIn reads the edges whose parts have keys of [from, to), to the end if to is empty.
func (s *Snapshot) supportedIn(ctx context.Context, from, to string) (stretch, error) {
	var out stretch
	var last []byte // the key of the edge at hand
	var d decoder
	n := 0
	for entry, err := range s.scan(edgePartKey, from) {
		if n++; err == nil && n%256 == 0 {
			err = ctx.Err()
		}
		if err != nil {
			return out, err
		}
		key := entry.item.Key()
		if to != "" && string(key) >= to {
			break
		}
		key = key[len(edgePartKey):]
		cut := bytes.LastIndexByte(key, 0)
		if cut < 0 {
			return out, fmt.Errorf("part %q of an edge without an owner", key)
		}
		if len(out.edges) == 0 || !bytes.Equal(last, key[:cut]) {
			if err := out.begin(&d, key[:cut]); err != nil {
				return out, err
			}
			last = append(last[:0], key[:cut]...)
		}
		e := &out.edges[len(out.edges)-1]
		owner := key[cut+1:]
		byDocument := bytes.HasPrefix(owner, documentOwner)
		if byDocument {
			out.docs = append(out.docs, graph.ID(d.share(owner)))
		}
		if !byDocument || e.typ == graph.CoMentioned {
			if err := entry.value(func(b []byte) error { return out.support(&d, b, byDocument) }); err != nil {
				return out, fmt.Errorf("edge %q: %w", key[:cut], err)
			}
		}
		e.docs = len(out.docs)
	}
	return out, nil
}

// documentOwner is how the owners begin that are documents.
var documentOwner = []byte(graph.KindDocument + ":")

// begin begins an edge with what identifies it, out of its key. It shares the start of the edge before, where it is the same.
func (s *stretch) begin(d *decoder, key []byte) error {
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
	if len(s.ends)+len(key) > math.MaxUint32 {
		return errCode
	}
	put := func(id []byte) [2]uint32 {
		from := uint32(len(s.ends))
		s.ends = append(s.ends, id...)
		return [2]uint32{from, uint32(len(s.ends))}
	}
	e := supportedEdge{docs: len(s.docs), typ: graph.EdgeType(d.share(parts[1])), modality: graph.Modality(d.share(parts[5]))}
	n := len(s.edges)
	if n > 0 {
		e.from = s.edges[n-1].from
	}
	if n == 0 || string(s.ends[e.from[0]:e.from[1]]) != string(parts[0]) {
		e.from = put(parts[0])
	}
	e.to = put(parts[2])
	if len(parts[4]) > 0 {
		var err error
		if e.year, err = strconv.Atoi(string(parts[4])); err != nil {
			return fmt.Errorf("edge of the key %q: %w", key, err)
		}
	}
	s.edges = append(s.edges, e)
	return nil
}

// support adds to the last edge what the value of a part tells: the weight, and the documents where its owner is none.
func (s *stretch) support(d *decoder, part []byte, byDocument bool) error {
	e := &s.edges[len(s.edges)-1]
	var p graph.Edge
	d.b, d.err = part, nil
	if d.properties(&p)&hasEvidence != 0 && !byDocument {
		for range d.many() {
			var ev graph.Evidence
			d.evidence(&ev)
			if ev.Doc != "" {
				s.docs = append(s.docs, ev.Doc)
			}
		}
	}
	if e.weight += p.Weight; e.weight != p.Weight {
		e.weight = math.Round(e.weight*1e6) / 1e6 // as graph.MergeEdges does
	}
	return d.err
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
