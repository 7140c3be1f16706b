package store_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/store"
)

// ownerPart is what one owner brings in a round of TestColumnsOverABase.
type ownerPart struct {
	entities []store.EntityPart
	edges    []graph.Edge
}

// randomPart draws entities and edges, some of which join what nobody brings.
func randomPart(t *testing.T, r *rand.Rand, span graph.Span) ownerPart {
	t.Helper()
	id := func() graph.ID {
		return graph.ID(fmt.Sprintf("%s:%d", []string{"enterprise", "place", "person"}[r.IntN(3)], r.IntN(8)))
	}
	var p ownerPart
	for _, name := range slices.Sorted(slices.Values([]graph.ID{id(), id(), id()})) {
		e := graph.Entity{ID: name, Kind: name.Kind(), Name: name.Name() + fmt.Sprint(r.IntN(3)), Confidence: 0.5, Aliases: []string{"a"}[:r.IntN(2):1]}
		if len(e.Aliases) == 0 {
			e.Aliases = nil
		}
		if n := len(p.entities); n == 0 || p.entities[n-1].Entity.ID != name {
			p.entities = append(p.entities, store.EntityPart{Entity: e, Keys: []string{e.Name}, Whole: true})
		}
	}
	seen := map[string]bool{}
	for range 6 {
		types := []graph.EdgeType{graph.CoMentioned, graph.LocatedIn, graph.Status, graph.Undertakes}
		e, err := graph.NewEdge(id(), types[r.IntN(len(types))], id(), graph.Evidence{Source: graph.FromText, Span: span, By: "test", Score: 0.5 + float64(r.IntN(3))/10})
		if err != nil {
			continue // both ends are one
		}
		if e.Type == graph.Status {
			e.State, e.Year, e.Modality = []string{"started", "completed"}[r.IntN(2)], 2020+r.IntN(3), graph.Planned
		}
		if !seen[e.Key()] {
			seen[e.Key()] = true
			p.edges = append(p.edges, e)
		}
	}
	return p
}

// everything reads a store in all the ways in which it can be read.
func everything(t *testing.T, s *store.Snapshot) []string {
	t.Helper()
	var out []string
	add := func(err error, what string, args ...any) {
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		out = append(out, fmt.Sprintf(what, args...))
	}
	for e, err := range s.Entities("") {
		add(err, "%+v", e)
	}
	for d, err := range s.Documents() {
		add(err, "%s", d.ID)
	}
	for e, err := range s.AllEdges() {
		add(err, "%+v", e)
		evidence, err := s.Evidence(e)
		add(err, "%+v", evidence)
	}
	for e, err := range s.AllEdges(graph.Status, graph.LocatedIn) {
		add(err, "%+v", e)
	}
	for n := range 8 {
		for _, dir := range []graph.Direction{graph.Both, graph.Incoming, graph.Outgoing} {
			for e, err := range s.Edges(graph.ID(fmt.Sprintf("place:%d", n)), dir) {
				add(err, "%d: %+v", dir, e)
			}
			for e, err := range s.Edges(graph.ID(fmt.Sprintf("enterprise:%d", n)), dir, graph.Undertakes, graph.CoMentioned) {
				add(err, "%d: %+v", dir, e)
			}
		}
	}
	rows, err := s.Rows()
	if err == nil {
		err = rows.Check()
	}
	add(err, "%+v", *rows)
	for n := range uint32(rows.Nodes()) {
		name, err := s.NodeName(n)
		add(err, "%s %s", s.NodeID(n), name)
	}
	return out
}

// TestColumnsOverABase: whatever changes came one after the other, a store reads as one that was made of the result at once.
func TestColumnsOverABase(t *testing.T) {
	for seed := range uint64(2) {
		r := rand.New(rand.NewPCG(seed, 1))
		dir, d := t.TempDir(), document(1)
		held := map[string]ownerPart{}
		var old *store.Snapshot
		for round := range 6 {
			g, err := store.NewGeneration(dir, old)
			if err != nil {
				t.Fatal(err)
			}
			if round == 0 {
				if err := g.SetDocument(d.Document, d.Sentences, "stamp"); err != nil {
					t.Fatal(err)
				}
			}
			for _, n := range r.Perm(6)[:3] { // an owner is set once in a generation
				owner := fmt.Sprintf("component:%d", n)
				if r.IntN(4) == 0 {
					delete(held, owner)
					err = g.DropOwner(owner)
				} else {
					held[owner] = randomPart(t, r, d.Sentences[1].Span)
					err = g.SetOwner(owner, nil, held[owner].entities, held[owner].edges)
				}
				if err != nil {
					t.Fatal(err)
				}
			}
			if err := g.Commit(store.Meta{}); err != nil {
				t.Fatal(err)
			}
			if old != nil {
				old.Close()
			}
			if old, err = store.Open(dir); err != nil {
				t.Fatal(err)
			}
			at := t.TempDir()
			whole, err := store.NewGeneration(at, nil)
			if err == nil {
				err = whole.SetDocument(d.Document, d.Sentences, "stamp")
			}
			for owner, part := range held {
				if err == nil {
					err = whole.SetOwner(owner, nil, part.entities, part.edges)
				}
			}
			if err == nil {
				err = whole.Commit(store.Meta{})
			}
			if err != nil {
				t.Fatal(err)
			}
			at1, err := store.Open(at)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(everything(t, at1), everything(t, old)); diff != "" {
				t.Fatalf("seed %d, round %d (-made at once +made in steps):\n%s", seed, round, diff)
			}
			at1.Close()
		}
		old.Close()
	}
}

// TestDamagedColumns: whatever bytes the file of nodes and edges holds, reading ends with an error or an answer, never with a panic, and
// damaged rows are known.
func TestDamagedColumns(t *testing.T) {
	dir := t.TempDir()
	small(t, dir, 3, 5, 4).Close()
	name := filepath.Join(dir, "gen-1", "columns")
	sound, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	read := func() (err error) {
		s, err := store.Open(dir)
		if err != nil {
			return err
		}
		defer s.Close()
		for e, failed := range s.Entities("") {
			err = failed
			_ = e
		}
		for e, failed := range s.AllEdges() {
			if failed != nil {
				return failed
			}
			if _, err = s.Evidence(e); err != nil {
				return err
			}
		}
		_, err = s.Entity("enterprise:0000001")
		_, _ = s.Document("document:x")
		return err
	}
	for at := 0; at < len(sound); at += max(3, len(sound)/30) {
		damaged := slices.Clone(sound)
		damaged[at] ^= 0xff
		if err := os.WriteFile(name, damaged, 0o644); err != nil {
			t.Fatal(err)
		}
		_ = read()
	}
	for _, length := range []int{0, 10, len(sound) / 2} {
		if err := os.WriteFile(name, sound[:length], 0o644); err != nil {
			t.Fatal(err)
		}
		if err := read(); err == nil {
			t.Errorf("%d bytes of %d were taken", length, len(sound))
		}
	}
	damaged := slices.Clone(sound)
	damaged[len(damaged)-2] ^= 1 // within the rows
	if err := os.WriteFile(name, damaged, 0o644); err != nil {
		t.Fatal(err)
	}
	if findings, err := store.Verify(context.Background(), dir); err == nil && len(findings) == 0 {
		t.Error("verify finds damaged rows sound")
	}
}
