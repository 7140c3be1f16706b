package query

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"

	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/graph/algo"
)

// supporter is a Reader whose edges have numbers, and that tells of stretches of them which documents they rest on.
type supporter interface {
	algo.Numbered
	Rows() (*graph.Rows, error)
}

// keeper is a Reader that keeps files derived from the graph for as long as it does not change.
type keeper interface {
	Derived(name string, read func(r io.ReaderAt, size int64) error) error // graph.ErrNotFound if there is none yet
	Derive(name string, write func(io.Writer) error) error
}

// snapshotFile is the name under which a keeper keeps the snapshot.
const snapshotFile = "rows"

// Snapshot returns the whole graph in compressed rows: from the file that the Reader keeps, or by one scan, after which the
// file is there. A file that cannot be read is made anew; one that cannot be written (a graph on a disk for reading only) is
// done without. Whoever asks several questions should ask for it once.
func Snapshot(ctx context.Context, r Reader) (*algo.Snapshot, error) {
	k, keeps := r.(keeper)
	if keeps {
		var s *algo.Snapshot
		err := k.Derived(snapshotFile, func(f io.ReaderAt, size int64) (err error) {
			s, err = algo.ReadSnapshot(stoppable{ctx, f}, size)
			return err
		})
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err == nil {
			return s, nil
		}
	}
	years := map[graph.ID]int{}
	for d, err := range r.Documents() {
		if err != nil {
			return nil, err
		}
		years[d.ID] = d.Year
	}
	s, err := compressed(ctx, r, years)
	if err != nil {
		return nil, err
	}
	if keeps {
		_ = k.Derive(snapshotFile, func(w io.Writer) error {
			b := bufio.NewWriter(w)
			return errors.Join(s.Write(b), b.Flush())
		})
	}
	return s, nil
}

// stoppable is a file whose reading ends with the context.
type stoppable struct {
	ctx context.Context
	io.ReaderAt
}

// ReadAt reads.
func (s stoppable) ReadAt(b []byte, at int64) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.ReaderAt.ReadAt(b, at)
}

func compressed(ctx context.Context, r Reader, years map[graph.ID]int) (*algo.Snapshot, error) {
	if n, ok := r.(supporter); ok {
		rows, err := n.Rows()
		if err != nil {
			return nil, err
		}
		return algo.NewNumberedSnapshot(ctx, rows, n, years)
	}
	return algo.NewSnapshot(supported(ctx, r), years)
}

// supported yields all edges with their evidence, until the context ends.
func supported(ctx context.Context, r Reader) iter.Seq2[*graph.Edge, error] {
	return func(yield func(*graph.Edge, error) bool) {
		n := 0
		for e, err := range r.AllEdges() {
			if n++; err == nil && n%1024 == 1 {
				err = ctx.Err()
			}
			if err == nil {
				e.Evidence, err = r.Evidence(e)
			}
			if !yield(&e, err) || err != nil {
				return
			}
		}
	}
}

// scope is the part of the graph that a question about connections looks at.
type scope struct {
	*asker
	snapshot  *algo.Snapshot
	selection *algo.Selection
	areas     []graph.ID // that documents must speak for; any if empty
}

// withoutHubs leaves hubs and their edges out of the selection.
func (sc *scope) withoutHubs() error {
	hubs, err := sc.hubs()
	if err != nil {
		return err
	}
	sc.selection.Without(func(id graph.ID) bool { return hubs[id] != "" })
	return nil
}

// look selects what counts: edges of the types (what is stated and CO_MENTIONED if none is given) that rest on documents of an area (a
// place with all areas in it) and a year, where these are given.
func (a *asker) look(types []graph.EdgeType, area string, year int, byDocuments bool) (*scope, error) {
	if len(types) == 0 {
		types = append(slices.Clone(statedTypes), graph.CoMentioned)
	}
	f := algo.Filter{Types: types, Year: year, Docs: byDocuments}
	sc := &scope{asker: a}
	var err error
	if area != "" {
		if sc.areas, err = a.spokenFor(area); err != nil {
			return nil, err
		}
		f.Areas = sc.areas
	}
	if sc.snapshot, err = Snapshot(a.ctx, a.Reader); err != nil {
		return nil, err
	}
	sc.selection = sc.snapshot.Select(f)
	return sc, nil
}

// districts says for each node of rows which area most of the documents that its edges rest on report on, -1 if none: of
// several with as many the first by id.
func (sc *scope) districts(rows *algo.Rows) []int32 {
	type in struct{ node, area int32 }
	docs := map[in]map[int32]bool{}
	for u, e := range sc.selection.Edges() {
		for _, d := range sc.selection.Docs(e) {
			area := sc.snapshot.Documents[d].Area
			if area < 0 {
				continue
			}
			for _, node := range [2]int32{u, sc.snapshot.Targets[e]} {
				key := in{node, area}
				if docs[key] == nil {
					docs[key] = map[int32]bool{}
				}
				docs[key][d] = true
			}
		}
	}
	best := map[int32]in{} // the area, and in the place of the node the number of documents
	for key, of := range docs {
		n := int32(len(of))
		if held, ok := best[key.node]; !ok || n > held.node || n == held.node && key.area < held.area {
			best[key.node] = in{n, key.area}
		}
	}
	out := make([]int32, rows.Len())
	for i, id := range rows.IDs {
		out[i] = -1
		if u, ok := sc.snapshot.Find(id); ok {
			if b, ok := best[u]; ok {
				out[i] = b.area
			}
		}
	}
	return out
}

// checkYear reports a year that nothing can be of.
func checkYear(year int) error {
	if year < 0 || year > 9999 {
		return fmt.Errorf("year %d: use four digits", year)
	}
	return nil
}

// byScore orders by falling score, then id.
func byScore(x, y float64, a, b graph.ID) int { return cmp.Or(cmp.Compare(y, x), cmp.Compare(a, b)) }
