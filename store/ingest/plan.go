package ingest

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/tupu-kg/tupu/extract/doc"
	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/store"
)

// The steps of a plan.
const (
	WouldRead = "read"
	WouldDrop = "drop"
)

// Plan says what a build or a removal would do.
type Plan struct {
	Steps     []Step        `json:"steps"` // ascending by path
	Unchanged int           `json:"unchanged"`
	Skipped   []doc.Skipped `json:"skipped,omitempty"` // as far as their names and kinds tell; more may turn out to be unreadable
}

// Step is what would be done with a document.
type Step struct {
	What  string `json:"what"` // WouldRead or WouldDrop
	Path  string `json:"path"`
	Title string `json:"title,omitempty"`
}

// Count is the number of steps of one sort.
func (p *Plan) Count(what string) int {
	n := 0
	for _, s := range p.Steps {
		if s.What == what {
			n++
		}
	}
	return n
}

// PlanBuild says what Build would do, and changes nothing. It reads the files and extracts none.
func PlanBuild(ctx context.Context, o Options) (*Plan, error) {
	plan := &Plan{}
	err := planned(o, func(b *build) error {
		if err := b.readManifest(); err != nil {
			return err
		}
		version := newResources(o).version
		seen, begun := map[string]bool{}, map[string]bool{}
		err := doc.Walk(ctx, o.Paths, o.Limits, func(f doc.File) error {
			seen[f.Path] = true
			id := graph.DocumentID(f.Format, f.Data)
			key := factsKey(id, b.row(f.Path), version)
			switch r, held := b.records[id]; {
			case held && r.Key == key:
				plan.Unchanged++
			case !begun[key]:
				begun[key] = true
				plan.Steps = append(plan.Steps, Step{What: WouldRead, Path: f.Path})
			}
			return ctx.Err()
		}, func(s doc.Skipped) { plan.Skipped = append(plan.Skipped, s) })
		if err != nil || !o.Prune {
			return err
		}
		for _, r := range b.records {
			for _, p := range r.Paths {
				if !seen[p.Path] && vanished(p.Path) {
					plan.Steps = append(plan.Steps, Step{What: WouldDrop, Path: p.Path})
				}
			}
		}
		return nil
	})
	return plan.sorted(), err
}

// PlanRemove says what Remove would do, and changes nothing.
func PlanRemove(_ context.Context, o Options, documents []string) (*Plan, error) {
	plan := &Plan{}
	err := planned(o, func(b *build) error {
		drop := map[graph.ID]bool{}
		for _, name := range documents {
			ids, err := b.find(name)
			if err != nil {
				return err
			}
			for _, id := range ids {
				drop[id] = true
			}
		}
		for id, r := range b.records {
			if !drop[id] {
				plan.Unchanged++
				continue
			}
			f, err := b.facts.Get(id)
			if err != nil {
				return err
			}
			for _, p := range r.Paths {
				plan.Steps = append(plan.Steps, Step{WouldDrop, p.Path, f.Document.Title})
			}
		}
		return nil
	})
	return plan.sorted(), err
}

func (p *Plan) sorted() *Plan {
	slices.SortFunc(p.Steps, func(a, b Step) int { return strings.Compare(a.Path+a.What, b.Path+b.What) })
	return p
}

// planned calls look with what is held now. A store that does not exist is not made.
func planned(o Options, look func(*build) error) error {
	b := &build{o: o, report: &Report{}, records: map[graph.ID]store.Record{}}
	if !store.Exists(o.Store) {
		return look(b)
	}
	facts, err := store.OpenFacts(o.Store)
	if err != nil {
		return err
	}
	b.facts = facts
	records, err := facts.Records()
	for _, r := range records {
		b.records[r.Doc] = r
	}
	if err == nil {
		err = look(b)
	}
	return errors.Join(err, facts.Close())
}
