package store_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/query"
	"github.com/tupu-kg/tupu/store"
)

// small writes a store of documents that each name pairs of firms, and opens it.
func small(t testing.TB, dir string, documents, firms, pairs int) *store.Snapshot {
	t.Helper()
	g, err := store.NewGeneration(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	for n := range documents {
		f := document(n)
		if err := g.SetDocument(f.Document, f.Sentences, "stamp"); err != nil {
			t.Fatal(err)
		}
		span := f.Sentences[1].Span
		ev := graph.Evidence{Source: graph.FromText, Span: span, By: "test", Score: 0.5}
		firm := func() graph.ID { return graph.ID(fmt.Sprintf("enterprise:%07d", r.IntN(firms))) }
		seen := map[string]bool{}
		var edges []graph.Edge
		for range pairs {
			e, err := graph.NewEdge(firm(), graph.CoMentioned, firm(), ev)
			if err != nil || seen[e.Key()] {
				continue // a firm with itself, or the same pair again
			}
			seen[e.Key()] = true
			e.Sentences, e.Weight = 1, 0.5
			edges = append(edges, e)
		}
		if err := g.SetOwner(string(f.Document.ID), nil, nil, edges); err != nil {
			t.Fatal(err)
		}
	}
	if err := g.Commit(store.Meta{}); err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestDamagedFileIsMadeAnew: a derived file is worth nothing by itself.
func TestDamagedFileIsMadeAnew(t *testing.T) {
	dir := t.TempDir()
	s := small(t, dir, 3, 5, 4)
	defer s.Close()
	ctx := context.Background()
	want, err := query.Snapshot(ctx, s)
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "gen-1", "derived-*"))
	if err != nil || len(files) != 1 {
		t.Fatalf("derived files: %v, %v", files, err)
	}
	for _, damage := range [][]byte{nil, []byte("tuPuROW1"), []byte("something else")} {
		if err := os.WriteFile(files[0], damage, 0o644); err != nil {
			t.Fatal(err)
		}
		got, err := query.Snapshot(ctx, s)
		if err != nil || fmt.Sprint(*got) != fmt.Sprint(*want) {
			t.Errorf("with %q in its place: %v, %v", damage, got, err)
		}
		if b, err := os.ReadFile(files[0]); err != nil || len(b) < 100 {
			t.Errorf("%q was left, %v", b, err)
		}
	}
}

func TestDerivedFiles(t *testing.T) {
	s := small(t, t.TempDir(), 1, 5, 4)
	defer s.Close()
	if err := s.Derived("x", nil); !errors.Is(err, graph.ErrNotFound) {
		t.Errorf("a file that is not there: %v", err)
	}
	wrong := errors.New("wrong")
	if err := s.Derive("x", func(w io.Writer) error { _, _ = io.WriteString(w, "half"); return wrong }); !errors.Is(err, wrong) {
		t.Errorf("an error while writing: %v", err)
	}
	if err := s.Derived("x", nil); !errors.Is(err, graph.ErrNotFound) {
		t.Errorf("a file half written: %v", err)
	}
	for _, name := range []string{"", "..", "../x", "a/b"} {
		if err := s.Derive(name, func(io.Writer) error { return nil }); err == nil {
			t.Errorf("the name %q was taken", name)
		}
	}
}

// BenchmarkSnapshot measures the snapshot of a generated store of TUPU_EDGES edges (100,000 if unset): by a scan, and from its
// file. TUPU_STORE names a folder in which the store is kept from one run to the next.
func BenchmarkSnapshot(b *testing.B) {
	edges := 100000
	if n, err := strconv.Atoi(os.Getenv("TUPU_EDGES")); err == nil {
		edges = n
	}
	dir := os.Getenv("TUPU_STORE")
	if dir == "" {
		dir = b.TempDir()
	}
	s, err := store.Open(dir)
	if errors.Is(err, store.ErrNoStore) {
		start := time.Now()
		s = small(b, dir, max(edges/100, 1), max(edges/10, 2), 100)
		b.Logf("store made in %s", time.Since(start))
	} else if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	ctx := context.Background()
	read := func(b *testing.B) {
		for b.Loop() {
			snapshot, err := query.Snapshot(ctx, s)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(len(snapshot.Targets)), "edges")
		}
	}
	b.Run("scan", func(b *testing.B) {
		for b.Loop() {
			if _, err := query.Snapshot(ctx, scanned{s}); err != nil {
				b.Fatal(err)
			}
		}
	})
	if _, err := query.Snapshot(ctx, s); err != nil { // so that the file is there
		b.Fatal(err)
	}
	b.Run("file", read)
}

// scanned is a store that keeps no files.
type scanned struct{ *store.Snapshot }

// Derived says that there is none.
func (scanned) Derived(string, func(io.ReaderAt, int64) error) error { return graph.ErrNotFound }

// Derive keeps none.
func (scanned) Derive(string, func(io.Writer) error) error { return nil }
