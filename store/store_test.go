package store_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/query"
	"github.com/tupu-kg/tupu/query/querytest"
	"github.com/tupu-kg/tupu/store"
	"pgregory.net/rapid"
)

func document(n int) *graph.Facts {
	text := fmt.Sprintf("第%d号报告。天辰化工开工。", n)
	d := graph.Document{
		ID: graph.DocumentID("text", []byte(text)), Text: text, TextHash: graph.HashText(text), Format: "text", Reader: "test",
		Locators: []graph.Locator{{Start: 0, Line: 1}},
	}
	p := graph.NewPositions(d.ID, text)
	middle := strings.Index(text, "天")
	return &graph.Facts{Key: fmt.Sprintf("key-%d", n), Document: d, Sentences: []graph.Sentence{{Span: p.Span(0, middle), Role: graph.Body}, {Span: p.Span(middle, len(text)), Role: graph.Body}}}
}

func TestOpenSaysWhatIsMissing(t *testing.T) {
	dir := t.TempDir()
	if _, err := store.Open(filepath.Join(dir, "none")); !errors.Is(err, store.ErrNoStore) {
		t.Errorf("open of nothing: %v, want ErrNoStore", err)
	}
	other := filepath.Join(dir, "other")
	if err := os.Mkdir(other, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		content string
		want    error
	}{{`{"format":99,"top":"gen-1"}`, store.ErrFormat}} {
		if err := os.WriteFile(filepath.Join(other, "CURRENT"), []byte(c.content), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := store.Open(other); !errors.Is(err, c.want) {
			t.Errorf("open with CURRENT %s: %v, want %v", c.content, err, c.want)
		}
		if _, err := store.NewGeneration(other, nil); !errors.Is(err, c.want) {
			t.Errorf("a generation with CURRENT %s: %v, want %v", c.content, err, c.want)
		}
		if _, err := store.OpenFacts(other); !errors.Is(err, c.want) {
			t.Errorf("open facts with CURRENT %s: %v, want %v", c.content, err, c.want)
		}
	}
}

func TestSecondBuilderIsTurnedAway(t *testing.T) {
	dir := t.TempDir()
	f, err := store.OpenFacts(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := store.OpenFacts(dir); !errors.Is(err, store.ErrLocked) {
		t.Errorf("second opening: %v, want ErrLocked", err)
	}
}

// TestKilledWhileAFileIsMade: a build that is killed between making a write-ahead file and sizing it leaves an empty one.
func TestKilledWhileAFileIsMade(t *testing.T) {
	dir := t.TempDir()
	f, err := store.OpenFacts(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "facts", "00001.mem"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if f, err = store.OpenFacts(dir); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestFactsKeepDocumentsAndIndex(t *testing.T) {
	f, err := store.OpenFacts(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	facts := document(1)
	long := document(2)
	long.Document.Text = strings.Repeat("泉", 1<<20) // more than one piece
	for _, one := range []*graph.Facts{facts, long} {
		index := []store.Entry{{Key: "k", Value: []byte(`1`)}, {Key: "k2", Value: []byte(`2`)}}
		if err := f.Put(one, []store.Path{{Path: "b"}, {Path: "a"}}, index, "stamp"); err != nil {
			t.Fatal(err)
		}
	}
	got, err := f.Get(long.Document.ID)
	if err != nil {
		t.Fatal(err)
	}
	want := *long
	want.Document.Paths = []string{"a", "b"}
	if diff := cmp.Diff(&want, got); diff != "" {
		t.Errorf("facts differ: %s", diff)
	}
	if err := f.Reindex(facts.Document.ID, []store.Path{{Path: "c"}}, []store.Entry{{Key: "k3", Value: []byte(`3`)}}, "later"); err != nil {
		t.Fatal(err)
	}
	lookup := func(key string) (docs []graph.ID) {
		if err := f.Lookup(key, func(doc graph.ID, _ []byte) error { docs = append(docs, doc); return nil }); err != nil {
			t.Fatal(err)
		}
		return docs
	}
	if diff := cmp.Diff([]graph.ID{long.Document.ID}, lookup("k")); diff != "" {
		t.Errorf("k: %s", diff)
	}
	if diff := cmp.Diff([]graph.ID{facts.Document.ID}, lookup("k3")); diff != "" {
		t.Errorf("k3: %s", diff)
	}
	if err := f.Remove(long.Document.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Get(long.Document.ID); !errors.Is(err, graph.ErrNotFound) {
		t.Errorf("get of what was removed: %v", err)
	}
	var keys []string
	if err := f.Keys(func(key string) error { keys = append(keys, key); return nil }); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"k3"}, keys); diff != "" {
		t.Errorf("keys: %s", diff)
	}
	records, err := f.Records()
	if err != nil || len(records) != 1 || records[0].Stamp != "later" || records[0].Paths[0].Path != "c" {
		t.Errorf("records: %+v, %v", records, err)
	}
}

// model is what a generation should hold: what each owner brought.
type model struct {
	entities map[string][]store.EntityPart
	edges    map[string][]graph.Edge
	docs     map[graph.ID]*graph.Facts
}

func (m model) memory(t *rapid.T) *graph.Memory {
	out := graph.NewMemory()
	for _, f := range m.docs {
		out.AddDocument(f.Document, f.Sentences)
	}
	parts := map[string][]graph.Edge{}
	entities := map[graph.ID]store.EntityPart{}
	for _, owner := range slices.Sorted(maps.Keys(m.entities)) {
		for _, p := range m.entities[owner] {
			if held, ok := entities[p.Entity.ID]; !ok || p.Whole && !held.Whole {
				entities[p.Entity.ID] = p
			}
		}
	}
	for _, p := range entities {
		out.AddEntity(p.Entity, p.Keys...)
	}
	for _, owner := range slices.Sorted(maps.Keys(m.edges)) {
		for _, e := range m.edges[owner] {
			parts[e.Key()] = append(parts[e.Key()], e)
		}
	}
	for _, p := range parts {
		if err := out.AddEdge(graph.MergeEdges(p)); err != nil {
			t.Fatal(err)
		}
	}
	out.Seal()
	return out
}

// TestGenerationsAgreeWithMemory makes random generations over one another and compares each, as read from disk, with the
// same graph in memory.
func TestGenerationsAgreeWithMemory(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		dir, err := os.MkdirTemp("", "store")
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(dir)
		m := model{map[string][]store.EntityPart{}, map[string][]graph.Edge{}, map[graph.ID]*graph.Facts{}}
		for range rapid.IntRange(1, 4).Draw(t, "generations") {
			var old *store.Snapshot
			if old, err = store.Open(dir); err != nil && !errors.Is(err, store.ErrNoStore) {
				t.Fatal(err)
			}
			g, err := store.NewGeneration(dir, old)
			if err != nil {
				t.Fatal(err)
			}
			for n := range 3 {
				change(t, g, m, n)
			}
			if rapid.Bool().Draw(t, "discard") && old != nil {
				if err := errors.Join(g.Discard(), old.Close()); err != nil {
					t.Fatal(err)
				}
				return
			}
			if err := g.Commit(store.Meta{Extractor: "test"}); err != nil {
				t.Fatal(err)
			}
			if old != nil {
				if err := old.Close(); err != nil {
					t.Fatal(err)
				}
			}
			s, err := store.Open(dir)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(querytest.Dump(t, m.memory(t)), querytest.Dump(t, s)); diff != "" {
				t.Fatalf("memory and store differ: %s", diff)
			}
			want, err1 := query.Snapshot(context.Background(), m.memory(t))
			made, err2 := query.Snapshot(context.Background(), s)
			read, err3 := query.Snapshot(context.Background(), s) // from the file that the one before left
			if err := errors.Join(err1, err2, err3); err != nil {
				t.Fatal(err)
			}
			if fmt.Sprint(*want) != fmt.Sprint(*made) || fmt.Sprint(*made) != fmt.Sprint(*read) {
				t.Fatalf("snapshots of memory and store differ:\n%v\n%v\n%v", *want, *made, *read)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func change(t *rapid.T, g *store.Generation, m model, n int) {
	f := document(n)
	doc := f.Document.ID
	owner := string(doc)
	if rapid.IntRange(0, 3).Draw(t, "what") == 0 {
		if err := errors.Join(g.DropOwner(owner), g.DropDocument(doc)); err != nil {
			t.Fatal(err)
		}
		delete(m.entities, owner)
		delete(m.edges, owner)
		delete(m.docs, doc)
		return
	}
	var parts []store.EntityPart
	var edges []graph.Edge
	for i := range rapid.IntRange(0, 4).Draw(t, "entities") {
		id := graph.NewID(graph.KindEnterprise, string(rune('甲'+i)), "")
		name := rapid.SampledFrom([]string{"甲厂", "乙厂", "丙厂"}).Draw(t, "name")
		parts = append(parts, store.EntityPart{Entity: graph.Entity{ID: id, Kind: graph.KindEnterprise, Name: name}, Keys: []string{name}, Whole: rapid.Bool().Draw(t, "whole")})
		span := f.Sentences[1].Span
		ev := graph.Evidence{Source: graph.FromText, Span: span, Quote: f.Document.Text[span.ByteStart:span.ByteEnd], By: "test", Score: 0.5}
		to := graph.NewID(graph.KindPlace, "泉港区", "")
		e, err := graph.NewEdge(id, graph.AppearsIn, to, ev)
		if err != nil {
			t.Fatal(err)
		}
		e.Documents, e.Mentions, e.FirstYear, e.LastYear = 1, rapid.IntRange(1, 9).Draw(t, "mentions"), 2020+n, 2020+n
		edges = append(edges, e)
	}
	slices.SortFunc(parts, func(a, b store.EntityPart) int { return strings.Compare(string(a.Entity.ID), string(b.Entity.ID)) })
	if err := g.SetDocument(f.Document, f.Sentences, "stamp"); err != nil {
		t.Fatal(err)
	}
	if err := g.SetOwner(owner, json.RawMessage(`[]`), parts, edges); err != nil {
		t.Fatal(err)
	}
	m.entities[owner], m.edges[owner], m.docs[doc] = parts, edges, f
}

// generationOf writes a graph in memory as one generation, and opens it.
func generationOf(t *testing.T, m *graph.Memory) query.Reader {
	dir := t.TempDir()
	g, err := store.NewGeneration(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	keys := map[graph.ID][]string{}
	for n := range m.Names("") {
		keys[n.ID] = append(keys[n.ID], n.Key)
	}
	var parts []store.EntityPart
	for e := range m.Entities("") {
		parts = append(parts, store.EntityPart{Entity: e, Keys: keys[e.ID], Whole: true})
	}
	var edges []graph.Edge
	for e := range m.AllEdges() {
		if e.Evidence, err = m.Evidence(e); err != nil {
			t.Fatal(err)
		}
		edges = append(edges, e)
	}
	for d := range m.Documents() {
		full, err := m.Document(d.ID)
		if err != nil {
			t.Fatal(err)
		}
		sentences, err := m.Sentences(d.ID)
		if err != nil {
			t.Fatal(err)
		}
		if err := g.SetDocument(full, sentences, "stamp"); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(g.SetOwner("sample", nil, parts, edges), g.Commit(store.Meta{})); err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// TestSnapshotConforms runs the conformance suites on a generation that one owner brought.
func TestSnapshotConforms(t *testing.T) {
	querytest.Reader(t, generationOf)
	querytest.Cypher(t, generationOf)
}

// TestOlderStore: what an older version left is not read, and a build makes it anew.
func TestOlderStore(t *testing.T) {
	dir := t.TempDir()
	small(t, dir, 1, 5, 4).Close()
	if err := os.WriteFile(filepath.Join(dir, "CURRENT"), []byte(`{"format":2,"top":"gen-1"}`), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Open(dir); !errors.Is(err, store.ErrOlder) || !strings.Contains(err.Error(), "tupu build") {
		t.Errorf("open: %v", err)
	}
	f, err := store.OpenFacts(dir)
	if err != nil {
		t.Fatalf("its facts: %v", err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	s := small(t, dir, 2, 5, 4)
	defer s.Close()
	if info, err := s.Info(); err != nil || info.Documents != 2 || info.Generation != "gen-2" {
		t.Errorf("after a build: %+v, %v", info, err)
	}
}

// TestTruncatedStore: a store with a file cut short says so, and what helps; it does not panic.
func TestTruncatedStore(t *testing.T) {
	dir := t.TempDir()
	if err := small(t, dir, 3, 40, 20).Close(); err != nil {
		t.Fatal(err)
	}
	tables, err := filepath.Glob(filepath.Join(dir, "gen-*", "*.sst"))
	if err != nil || len(tables) == 0 {
		t.Fatalf("tables: %v, %v", tables, err)
	}
	columns, err := filepath.Glob(filepath.Join(dir, "gen-*", "columns"))
	if err != nil || len(columns) == 0 {
		t.Fatalf("columns: %v, %v", columns, err)
	}
	manifests, err := filepath.Glob(filepath.Join(dir, "gen-*", "MANIFEST"))
	if err != nil || len(manifests) == 0 {
		t.Fatalf("manifests: %v, %v", manifests, err)
	}
	for _, name := range slices.Concat(tables, columns, manifests) {
		whole, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, size := range []int{0, 3, len(whole) / 3, len(whole) / 2, len(whole) - 1} {
			if err := os.WriteFile(name, whole[:size], 0o644); err != nil {
				t.Fatal(err)
			}
			s, err := store.Open(dir)
			if err == nil {
				err = errors.Join(s.Hold(), s.Close())
			}
			if err == nil || !strings.Contains(err.Error(), "delete the store and build it again") {
				t.Errorf("%s cut to %d of %d: %v", filepath.Base(name), size, len(whole), err)
			}
		}
		if err := os.WriteFile(name, whole, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	s, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// TestTruncatedFacts: facts of which the list of tables was cut short say so, and nothing is lost while they do.
func TestTruncatedFacts(t *testing.T) {
	dir := t.TempDir()
	open := func() error {
		f, err := store.OpenFacts(dir)
		if err != nil {
			return err
		}
		return f.Close()
	}
	for range 2 {
		if err := open(); err != nil {
			t.Fatal(err)
		}
	}
	list := filepath.Join(dir, "facts", "MANIFEST")
	whole, err := os.ReadFile(list)
	if err != nil {
		t.Fatal(err)
	}
	for _, size := range []int{0, len(whole) / 2, len(whole) - 1} {
		if err := os.WriteFile(list, whole[:size], 0o644); err != nil {
			t.Fatal(err)
		}
		if err := open(); err == nil || !strings.Contains(err.Error(), "delete the store and build it again") {
			t.Errorf("cut to %d of %d: %v", size, len(whole), err)
		}
	}
	if err := os.WriteFile(list, whole, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := open(); err != nil {
		t.Errorf("whole again: %v", err)
	}
}
