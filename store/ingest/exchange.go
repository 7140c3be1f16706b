package ingest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"os"
	"slices"
	"strings"

	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/store"
)

// Document is all that a store holds of one document, so that another can hold it too.
type Document struct {
	Facts *graph.Facts // with the text; the paths stand in Paths
	Paths []store.Path
}

// Documents yields what the store in dir holds, in ascending order of id. It returns store.ErrLocked while a build is at work.
func Documents(ctx context.Context, dir string) iter.Seq2[Document, error] {
	return func(yield func(Document, error) bool) {
		facts, err := store.OpenFacts(dir)
		if err != nil {
			yield(Document{}, err)
			return
		}
		stopped, err := eachDocument(ctx, facts, yield)
		if closing := facts.Close(); err == nil {
			err = closing
		}
		if err != nil && !stopped {
			yield(Document{}, err)
		}
	}
}

func eachDocument(ctx context.Context, facts *store.Facts, yield func(Document, error) bool) (stopped bool, err error) {
	records, err := facts.Records()
	if err != nil {
		return false, err
	}
	for _, r := range records {
		if err := ctx.Err(); err != nil {
			return false, err
		}
		f, err := facts.Get(r.Doc)
		if err != nil {
			return false, err
		}
		if !yield(Document{f, r.Paths}, nil) {
			return true, nil
		}
	}
	return false, nil
}

// Import puts documents that another store held into this one, as if they had been read here, and makes a new generation.
// What is held already stays as it is and has the paths of both. Where a path of theirs is held by another document here, it
// becomes from!/path, and the report says so; from is what the other store is called, a file's name. An error among the
// documents ends the import, and the store keeps its last generation.
func Import(ctx context.Context, o Options, from string, documents iter.Seq2[Document, error]) (*Report, error) {
	return run(ctx, o, func(b *build) error {
		at := map[string]graph.ID{}
		for id, paths := range b.paths {
			for _, p := range paths {
				at[p.Path] = id
			}
		}
		for d, err := range documents {
			if err == nil {
				err = b.ctx.Err()
			}
			if err != nil {
				return err
			}
			if err := b.receive(d, from, at); err != nil {
				return err
			}
		}
		for id, paths := range b.paths {
			if len(paths) == 0 { // of an import or a build that ended early
				delete(b.paths, id)
			}
		}
		return nil
	})
}

func (b *build) receive(d Document, from string, at map[string]graph.ID) error {
	id := d.Facts.Document.ID
	if _, held := b.records[id]; !held && !b.fresh[id] {
		b.report.Mentions += len(d.Facts.Mentions)
		b.report.Bytes += d.Facts.Document.Size
		b.fresh[id] = true
		if err := b.facts.Put(d.Facts, nil, nil, ""); err != nil {
			return err
		}
	}
	paths := slices.Clone(b.paths[id])
	for _, p := range d.Paths {
		if other, taken := at[p.Path]; taken && other != id {
			renamed := from + "!/" + p.Path
			b.warn("%s: another document has this path here; this one is %s", p.Path, renamed)
			p.Path = renamed
		}
		if slices.ContainsFunc(paths, func(q store.Path) bool { return q.Path == p.Path }) {
			continue
		}
		at[p.Path] = id
		paths = append(paths, p)
	}
	if len(paths) == 0 {
		return fmt.Errorf("document %s has no path: what is nowhere cannot be kept", id)
	}
	slices.SortFunc(paths, func(p, q store.Path) int { return strings.Compare(p.Path, q.Path) })
	b.paths[id] = paths
	b.report.Given++
	return nil
}

// AddJudgements appends to a file those judgements that it does not have, and returns how many they were.
func AddJudgements(file string, judgements []graph.Judgement) (int, error) {
	held, _, err := ReadJudgements(file)
	if err != nil {
		return 0, err
	}
	known := map[string]bool{}
	for _, j := range held {
		known[j.Hash()] = true
	}
	var lines []byte
	n := 0
	for _, j := range judgements {
		if known[j.Hash()] {
			continue
		}
		known[j.Hash()] = true
		line, err := json.Marshal(j)
		if err != nil {
			return 0, err
		}
		lines = append(append(lines, line...), '\n')
		n++
	}
	if n == 0 {
		return 0, nil
	}
	f, err := os.OpenFile(file, os.O_CREATE|os.O_RDWR|os.O_APPEND, 0o644)
	if err != nil {
		return 0, fmt.Errorf("judgements: %w", err)
	}
	if err = endLine(f); err == nil {
		_, err = f.Write(lines)
	}
	return n, errors.Join(err, f.Close())
}

// endLine ends the last line of a file that somebody wrote without.
func endLine(f *os.File) error {
	info, err := f.Stat()
	if err != nil || info.Size() == 0 {
		return err
	}
	last := make([]byte, 1)
	if _, err := f.ReadAt(last, info.Size()-1); err != nil || last[0] == '\n' {
		return err
	}
	_, err = f.Write([]byte("\n"))
	return err
}
