package ingest

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/tupu-kg/tupu/extract/resolve"
	"github.com/tupu-kg/tupu/graph"
)

// notes are what a build leaves for the next one: under which rules and judgements the index was made.
type notes struct {
	Resolver   string            `json:"resolver"`
	Judgements []graph.Judgement `json:"judgements"`
}

// judgements are those in force.
type judgements struct {
	list     []graph.Judgement
	prepared *resolve.Judgements
}

// judgements reads the judgements in force and says which documents those that came or went since the last build are about.
func (b *build) judgements() (*judgements, map[graph.ID]bool, error) {
	js := &judgements{}
	f, err := os.Open(b.o.Judgements)
	switch {
	case err == nil:
		all, bad := graph.ReadJudgements(b.o.Judgements, f)
		for _, err := range bad {
			b.warn("%v", err)
		}
		js.list = graph.EffectiveJudgements(all)
		if err := f.Close(); err != nil {
			return nil, nil, err
		}
	case !errors.Is(err, fs.ErrNotExist):
		return nil, nil, fmt.Errorf("judgements: %w", err)
	}
	js.prepared = resolve.NewJudgements(js.list)
	stale := map[graph.ID]bool{}
	var before notes
	if err := b.facts.Notes(&before); err != nil && !errors.Is(err, graph.ErrNotFound) {
		return nil, nil, err
	}
	if before.Resolver != resolve.Version {
		records, err := b.facts.Records()
		for _, r := range records {
			stale[r.Doc] = true
		}
		return js, stale, err
	}
	changed := map[string]graph.Judgement{}
	for _, j := range before.Judgements {
		changed[j.Hash()] = j
	}
	for _, j := range js.list {
		if hash := j.Hash(); changed[hash].Verdict != "" {
			delete(changed, hash)
		} else {
			changed[hash] = j
		}
	}
	for _, j := range changed {
		for _, about := range j.About {
			if about.Doc != "" {
				stale[about.Doc] = true
				continue
			}
			key := resolve.NameKey(about.Type, about.Surface)
			err := b.facts.Lookup(key, func(doc graph.ID, _ []byte) error { stale[doc] = true; return nil })
			if err != nil {
				return nil, nil, err
			}
		}
	}
	return js, stale, nil
}
