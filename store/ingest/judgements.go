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
	"reflect"
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
const indexed = 2

// notes are what a build leaves for the next one: under which rules and judgements the index was made.
type notes struct {
	Resolver   string            `json:"resolver"`
	Indexed    int               `json:"indexed"`
	Judgements []graph.Judgement `json:"judgements"`
}

// judgements are those in force.
type judgements struct {
	list     []graph.Judgement
	bad      []error                 // lines that cannot be used
	read     map[string][]graph.Kind // what may have been read with another type, by name key
	prepared *resolve.Judgements
	before   *resolve.Judgements // those that the index was made under; nil if it was made by other rules
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
	js.before = resolve.NewJudgements(before.Judgements)
	if before.Resolver != resolve.Version || before.Indexed != indexed {
		js.before = nil
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
	js.read = readAs(slices.Concat(before.Judgements, js.list))
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
			} else if err := b.named(about, js.read, func(doc graph.ID) { stale[doc] = true }); err != nil {
				return nil, nil, err
			}
		}
	}
	return js, stale, nil
}

// readAs says for names that judgements gave a type which types they may have been read with.
func readAs(all []graph.Judgement) map[string][]graph.Kind {
	out := map[string][]graph.Kind{}
	for _, j := range all {
		if j.Verdict == graph.Retype && j.About[0].Type != j.Type {
			key := resolve.NameKey(j.Type, j.About[0].Surface)
			out[key] = append(out[key], j.About[0].Type)
		}
	}
	return out
}

// named calls yield once with each document that holds the name of a subject and speaks for its area. What has the type of
// the subject by a judgement only is in the index under the type that it was read with.
func (b *build) named(about graph.Subject, read map[string][]graph.Kind, yield func(graph.ID)) error {
	seen := map[graph.ID]bool{}
	kinds := []graph.Kind{about.Type}
	for i := 0; i < len(kinds); i++ {
		key := resolve.NameKey(kinds[i], about.Surface)
		for _, kind := range read[key] {
			if !slices.Contains(kinds, kind) {
				kinds = append(kinds, kind)
			}
		}
		err := b.facts.Lookup(key, func(doc graph.ID, value []byte) error {
			var area string
			if err := json.Unmarshal(value, &area); err != nil {
				return fmt.Errorf("index of %s: %w", doc, err)
			}
			if !seen[doc] && (about.Area == "" || text.Key(about.Area) == text.Key(area)) {
				seen[doc] = true
				yield(doc)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// touched counts for each judgement in force the documents in which each of its subjects is found.
func (b *build) touched(js *judgements) (map[string][]int, error) {
	out := make(map[string][]int, len(js.list))
	for _, j := range js.list {
		counts := make([]int, len(j.About))
		for i, about := range j.About {
			if about.Doc == "" {
				if err := b.named(about, js.read, func(graph.ID) { counts[i]++ }); err != nil {
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

// rejudged is what judgements changed in a document of which nothing else changed.
type rejudged struct {
	stamp string          // of the document before
	refs  map[string]bool // of groups that were otherwise, are no more, or are new
	keys  []string        // of these groups, before and now
}

// rejudge compares the groups of a document with what they were under the judgements before. Only what these keys link need
// be resolved.
func (b *build) rejudge(stamp string, was, is *resolve.Reading) rejudged {
	n := rejudged{stamp: stamp, refs: map[string]bool{}}
	before := make(map[string]*resolve.Group, len(was.Groups))
	for i := range was.Groups {
		before[was.Groups[i].Ref] = &was.Groups[i]
	}
	changed := func(g *resolve.Group) {
		n.refs[g.Ref] = true
		n.keys = append(n.keys, g.Keys...)
	}
	for i := range is.Groups {
		g := &is.Groups[i]
		held := before[g.Ref]
		delete(before, g.Ref)
		if held != nil && reflect.DeepEqual(held, g) {
			continue
		}
		if changed(g); held != nil {
			changed(held)
		}
	}
	for _, g := range before {
		changed(g)
	}
	return n
}
