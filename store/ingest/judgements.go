package ingest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/tupu-kg/tupu/extract/resolve"
	"github.com/tupu-kg/tupu/extract/text"
	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/store"
)

// JudgementsFile is where the judgements about a store are, if nobody says otherwise: beside it.
func JudgementsFile(store string) string {
	return filepath.Join(filepath.Dir(filepath.Clean(store)), "judgements.jsonl")
}

// ReadJudgements reads a file of judgements. A file that is not there holds none. Lines that cannot be used are left out and
// returned as errors of their own.
func ReadJudgements(file string) (all []graph.Judgement, bad []error, err error) {
	f, err := os.Open(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, fmt.Errorf("judgements: %w", err)
	}
	all, bad = graph.ReadJudgements(file, f)
	return all, bad, f.Close()
}

// Judge adds judgements to a file, making it if need be, and returns them as they were written: with the author, and all with
// one time, which is now or, where the file already holds a later one, just after that, so that they retire what they must.
// The graph does not follow before the next Build, which needs no paths for it.
func Judge(file, author string, now time.Time, js ...graph.Judgement) ([]graph.Judgement, error) {
	held, _, err := ReadJudgements(file)
	if err != nil {
		return nil, err
	}
	now = now.UTC().Truncate(time.Millisecond)
	for _, j := range held {
		if at, err := time.Parse(time.RFC3339, j.Time); err == nil && !now.After(at) {
			now = at.UTC().Truncate(time.Millisecond).Add(time.Millisecond)
		}
	}
	var lines bytes.Buffer
	if broken, err := lacksLineEnd(file); err != nil {
		return nil, err
	} else if broken {
		lines.WriteByte('\n')
	}
	written := slices.Clone(js)
	e := json.NewEncoder(&lines)
	e.SetEscapeHTML(false)
	for i := range written {
		j := &written[i]
		j.Time, j.Author = now.Format("2006-01-02T15:04:05.000Z07:00"), author
		if err := j.Check(); err != nil {
			return nil, fmt.Errorf("judgement %s: %w", j.Verdict, err)
		}
		if err := e.Encode(j); err != nil {
			return nil, err
		}
	}
	f, err := os.OpenFile(file, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return nil, fmt.Errorf("judgements: %w", err)
	}
	_, err = f.Write(lines.Bytes()) // in one piece, so that two who judge at once do not mix their lines
	if err == nil {
		err = f.Sync()
	}
	if err := errors.Join(err, f.Close()); err != nil {
		return nil, fmt.Errorf("write %s: %w", file, err)
	}
	return written, nil
}

// lacksLineEnd reports whether the last line of a file was never ended, as editors and merges leave it.
func lacksLineEnd(file string) (bool, error) {
	f, err := os.Open(file)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || info.Size() == 0 {
		return false, err
	}
	last := make([]byte, 1)
	_, err = f.ReadAt(last, info.Size()-1)
	return last[0] != '\n', err
}

// Judged says what the judgements in force touch in a generation: for the hash of each, in how many documents each of its
// subjects is found. One that is not listed came after the generation was made, or is no longer in force.
func Judged(s *store.Snapshot) (map[string][]int, error) {
	owned, err := s.Owned(judgementsOwner)
	if errors.Is(err, graph.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var touched map[string][]int
	if err := json.Unmarshal(owned.Data, &touched); err != nil {
		return nil, fmt.Errorf("what judgements touch: %w", err)
	}
	return touched, nil
}

const judgementsOwner = "judgements"

// indexed is raised when the index holds other values under the same keys.
const indexed = 1

// notes are what a build leaves for the next one: under which rules and judgements the index was made.
type notes struct {
	Resolver   string            `json:"resolver"`
	Indexed    int               `json:"indexed"`
	Judgements []graph.Judgement `json:"judgements"`
}

// judgements are those in force.
type judgements struct {
	list     []graph.Judgement
	bad      []error // lines that cannot be used
	prepared *resolve.Judgements
}

// judgements reads the judgements in force and says which documents those that came or went since the last build are about.
func (b *build) judgements() (*judgements, map[graph.ID]bool, error) {
	js := &judgements{}
	all, bad, err := ReadJudgements(b.o.Judgements)
	if err != nil {
		return nil, nil, err
	}
	js.list, js.bad = graph.EffectiveJudgements(all), bad
	js.prepared = resolve.NewJudgements(js.list)
	stale := map[graph.ID]bool{}
	var before notes
	if err := b.facts.Notes(&before); err != nil && !errors.Is(err, graph.ErrNotFound) {
		return nil, nil, err
	}
	if before.Resolver != resolve.Version || before.Indexed != indexed {
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
			} else if err := b.named(about, func(doc graph.ID) { stale[doc] = true }); err != nil {
				return nil, nil, err
			}
		}
	}
	return js, stale, nil
}

// named calls yield with the documents that hold the name of a subject and speak for its area.
func (b *build) named(about graph.Subject, yield func(graph.ID)) error {
	return b.facts.Lookup(resolve.NameKey(about.Type, about.Surface), func(doc graph.ID, value []byte) error {
		var area string
		if err := json.Unmarshal(value, &area); err != nil {
			return fmt.Errorf("index of %s: %w", doc, err)
		}
		if about.Area == "" || text.Key(about.Area) == text.Key(area) {
			yield(doc)
		}
		return nil
	})
}

// touched counts for each judgement in force the documents in which each of its subjects is found.
func (b *build) touched(js *judgements) (map[string][]int, error) {
	out := make(map[string][]int, len(js.list))
	for _, j := range js.list {
		counts := make([]int, len(j.About))
		for i, about := range j.About {
			if about.Doc == "" {
				if err := b.named(about, func(graph.ID) { counts[i]++ }); err != nil {
					return nil, err
				}
				continue
			}
			f, err := b.facts.Get(about.Doc)
			switch {
			case errors.Is(err, graph.ErrNotFound):
			case err != nil:
				return nil, err
			case holds(f, about):
				counts[i]++
			}
		}
		out[j.Hash()] = counts
	}
	return out, nil
}

// holds reports whether a document has a mention, or a part of one, where a subject says.
func holds(f *graph.Facts, about graph.Subject) bool {
	there := func(m *graph.Mention) bool { return m.Start == about.Start && m.End == about.End }
	for i := range f.Mentions {
		m := &f.Mentions[i]
		if there(m) {
			return true
		}
		for j := range m.Parts {
			if there(&m.Parts[j]) {
				return true
			}
		}
	}
	return false
}

// judge notes in the generation what the judgements touch.
func (d *derivation) judge() error {
	if len(d.touches) == 0 {
		return d.generation.DropOwner(judgementsOwner)
	}
	data, err := json.Marshal(d.touches)
	if err != nil {
		return err
	}
	return d.generation.SetOwner(judgementsOwner, data, nil, nil)
}

// sameTouches reports whether the old generation knows what the judgements touch now.
func (d *derivation) sameTouches() (bool, error) {
	before, err := Judged(d.old)
	return err == nil && maps.EqualFunc(before, d.touches, slices.Equal), err
}
