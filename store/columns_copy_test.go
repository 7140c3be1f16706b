package store

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tupu-kg/tupu/graph"
)

// generationOf commits a generation over the newest one in which one owner brings some firms and edges between them.
func generationOf(t *testing.T, dir, owner string, firms ...int) {
	t.Helper()
	old, err := Open(dir)
	if err != nil {
		old = nil
	} else {
		defer old.Close()
	}
	var entities []EntityPart
	var edges []graph.Edge
	for i, n := range firms {
		id := graph.ID(fmt.Sprintf("enterprise:%d", n))
		entities = append(entities, EntityPart{Entity: graph.Entity{ID: id, Kind: id.Kind(), Name: owner}, Keys: []string{owner}})
		if i > 0 {
			e, err := graph.NewEdge(entities[i-1].Entity.ID, graph.PartnersWith, id, graph.Evidence{Source: graph.FromRegister, By: owner, Ref: owner, Score: 1})
			if err != nil {
				t.Fatal(err)
			}
			edges = append(edges, e)
		}
	}
	g, err := NewGeneration(dir, old)
	if err == nil {
		err = g.SetOwner(owner, nil, entities, edges)
	}
	if err == nil {
		err = g.Commit(Meta{})
	}
	if err != nil {
		t.Fatal(err)
	}
}

// TestColumnsAreCopied: when changes have grown, base and changes become one file, which reads as both did.
func TestColumnsAreCopied(t *testing.T) {
	dir := t.TempDir()
	generationOf(t, dir, "a", 1, 2, 3, 4)
	generationOf(t, dir, "b", 2, 5, 3)
	generationOf(t, dir, "a", 1, 3, 6)
	s, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if s.columns.base == nil {
		t.Fatal("the generation lies over no base")
	}
	c, err := newColumnsWriter(filepath.Join(t.TempDir(), columnsFile), s.columns, false, func(graph.ID) (uint64, error) { return noBody, nil })
	if err != nil {
		t.Fatal(err)
	}
	name := c.f.Name()
	if err := c.endNodes(); err != nil {
		t.Fatal(err)
	}
	if err := c.finish(); err != nil {
		t.Fatal(err)
	}
	own, err := openPart(name)
	if err != nil {
		t.Fatal(err)
	}
	whole := &columns{own: own}
	defer whole.close()
	all := func(c *columns) (out []string) {
		rows, err := c.Rows()
		if err != nil {
			t.Fatal(err)
		}
		for n := range uint32(rows.Nodes()) {
			e, err := c.entity(n)
			out = append(out, fmt.Sprintf("%+v %v", e, err))
		}
		for n := range uint32(rows.Edges()) {
			var e graph.Edge
			err := c.whole(new(decoder), n, &e)
			out = append(out, fmt.Sprintf("%d %d %+v %v", rows.From[n], rows.To[n], e, err))
		}
		return out
	}
	want := all(s.columns)
	if diff := cmp.Diff(want, all(whole)); diff != "" || len(want) != 5+4 {
		t.Errorf("%d nodes and edges (-before +copied):\n%s", len(want), diff)
	}
}
