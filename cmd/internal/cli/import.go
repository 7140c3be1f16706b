package cli

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/graph/export"
	"github.com/tupu-kg/tupu/store"
	"github.com/tupu-kg/tupu/store/ingest"
)

type rawJSON = json.RawMessage

type importOptions struct {
	judgements string
}

func newImport(a *app) *cobra.Command {
	var o importOptions
	c := &cobra.Command{
		Use:   "import FILE...",
		Short: "take in what another graph was exported to (--format jsonl)",
		Long: `Import takes the documents, what was read in them, and the judgements out of files that tupu export --format jsonl wrote, puts
them into the graph and resolves anew: into an empty graph it restores an equal one, into another it merges both. The
documents' files need not be on this machine.

A document that is held already stays as it is. A path that another document has here becomes FILE!/path. Judgements are
added to the file of judgements. A line that cannot be used is named and left out; the exit status is then 3.`,
		Example: `  tupu export --format jsonl --out zhangzhou.jsonl
  tupu import zhangzhou.jsonl --db both.db`,
		Args: atLeast(1, "a file that tupu export --format jsonl wrote"),
		RunE: func(c *cobra.Command, args []string) error {
			return a.imports(c.Context(), o, args, c.Flags().Changed("output"))
		},
	}
	c.Flags().StringVar(&o.judgements, "judgements", "", "`file` of decisions about who is who (default: judgements.jsonl beside the graph)")
	return c
}

func (a *app) imports(ctx context.Context, o importOptions, files []string, report bool) error {
	file := cmp.Or(o.judgements, ingest.JudgementsFile(a.db))
	for _, name := range files {
		if err := checkLines(name); err != nil {
			return err
		}
	}
	skipped := false
	for _, name := range files {
		in := &incoming{app: a, name: name}
		// Judgements stand after the documents and must be known when these are resolved: they are read first.
		if err := in.readJudgements(); err != nil {
			return err
		}
		added, err := ingest.AddJudgements(file, in.judgements)
		if err != nil {
			return err
		}
		if added > 0 {
			a.hint(fmt.Sprintf("%s added to %s", count(added, "judgement"), file))
		}
		r, err := ingest.Import(ctx, ingest.Options{Store: a.db, Judgements: o.judgements}, filepath.Base(name), in.documents())
		if err != nil {
			return a.explain(err)
		}
		if err := a.printReport(r, report, false, false); err != nil {
			return err
		}
		a.compare(in.counts, r)
		skipped = skipped || in.bad > 0
	}
	if skipped {
		return errSkipped
	}
	return nil
}

// checkLines reports a file that is not of the complete form before anything is taken out of others.
func checkLines(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	for _, err := range export.ReadLines(io.LimitReader(f, 4096)) {
		if errors.Is(err, export.ErrNotLines) {
			return fmt.Errorf("%s: %w", name, err)
		}
		break
	}
	return nil
}

// compare tells people where the graph that was resolved here is not the one that was exported.
func (a *app) compare(there *export.Counts, r *ingest.Report) {
	if there == nil || r.Documents != there.Documents {
		return // merged with others
	}
	entities, edges := 0, 0
	for kind, n := range r.Entities {
		if kind != graph.KindDocument {
			entities += n
		}
	}
	for _, n := range r.Edges {
		edges += n
	}
	if entities != there.Entities || edges != there.Edges {
		a.hint(fmt.Sprintf("the graph there had %d entities and %d edges: another version of tupu, or other judgements, resolved it", there.Entities, there.Edges))
	}
}

// incoming is one file being imported.
type incoming struct {
	*app
	name       string
	judgements []graph.Judgement
	counts     *export.Counts
	bad        int
}

// each reads the file, names what cannot be used, and hands on the rest.
func (in *incoming) each(name bool, do func(export.Item) bool) error {
	f, err := os.Open(in.name)
	if err != nil {
		return err
	}
	defer f.Close()
	for item, err := range export.ReadLines(f) {
		var line *export.LineError
		switch {
		case errors.As(err, &line):
			if name {
				in.bad++
				fmt.Fprintf(in.Err, "skipped %s\n", visible(fmt.Sprintf("%s:%d: %v", in.name, line.Line, line.Err), false))
			}
			continue
		case err != nil:
			return fmt.Errorf("%s: %w", in.name, err)
		}
		if !do(item) {
			return nil
		}
	}
	return nil
}

func (in *incoming) readJudgements() error {
	return in.each(false, func(i export.Item) bool {
		if i.Judgement != nil {
			in.judgements = append(in.judgements, *i.Judgement)
		}
		return true
	})
}

func (in *incoming) documents() iter.Seq2[ingest.Document, error] {
	return func(yield func(ingest.Document, error) bool) {
		stopped := false
		err := in.each(true, func(i export.Item) bool {
			if i.Counts != nil {
				in.counts = i.Counts
			}
			if i.Read == nil {
				return true
			}
			d := ingest.Document{Facts: i.Read.Facts}
			for _, path := range i.Read.Facts.Document.Paths {
				d.Paths = append(d.Paths, store.Path{Path: path, Row: i.Read.Rows[path]})
			}
			stopped = !yield(d, nil)
			return !stopped
		})
		if err != nil && !stopped {
			yield(ingest.Document{}, err)
		}
	}
}
