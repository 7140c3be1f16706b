package ingest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sort"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/tupu-kg/tupu/extract"
	"github.com/tupu-kg/tupu/extract/doc"
	"github.com/tupu-kg/tupu/extract/gazetteer"
	"github.com/tupu-kg/tupu/extract/resolve"
	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/store"
)

// Options say what to build. The zero value of each field but Store has a meaning.
type Options struct {
	Store      string                      // directory; made if need be
	Judgements string                      // file of JSON lines; judgements.jsonl beside the store if empty; it need not exist
	Paths      []string                    // files, folders and archives; none resolves anew what is held
	Manifest   string                      // CSV of what is known about documents; none if empty
	Areas      map[string]extract.Override // by the beginning of paths, what is known of documents without an area in the manifest
	Notes      bool                        // report what is unknown of unchanged documents too
	Prune      bool                        // drop the documents whose files have vanished
	Changes    bool                        // report which entities became which; for judgements, as a first build changes everything
	Workers    int                         // documents extracted at once; one for each processor if 0
	Limits     doc.Limits                  // of reading
	Reading    extract.Options             // how documents are read; where another model reads them, they are read anew
	Extractor  *extract.Extractor          // loaded by Reading when it is first needed if nil; give one to share it between builds
	Progress   func(done, found int)       // called from one goroutine after each document extracted; found counts those known so far
}

// Report says what a build did.
type Report struct {
	Documents  int                    `json:"documents"` // held now
	Added      int                    `json:"added"`
	Replaced   int                    `json:"replaced"` // paths that hold other content than before
	Removed    int                    `json:"removed"`
	Unchanged  int                    `json:"unchanged"`
	Copies     int                    `json:"copies"`   // near copies of other documents among those added or read anew: they do not count
	Reread     int                    `json:"reread"`   // held before, but read anew: by another extractor, or another row of the manifest
	Given      int                    `json:"given"`    // paths given this time whose content is held now
	Mentions   int                    `json:"mentions"` // in the documents read this time
	Entities   map[graph.Kind]int     `json:"entities"`
	Edges      map[graph.EdgeType]int `json:"edges"`
	Skipped    []doc.Skipped          `json:"skipped,omitempty"`
	Warnings   []string               `json:"warnings,omitempty"`
	Unknown    []Unknown              `json:"unknown,omitempty"`
	Bytes      int64                  `json:"bytes"` // of the sources read and extracted this time
	Elapsed    time.Duration          `json:"elapsed"`
	Components int                    `json:"components"` // resolved this time
	Names      int                    `json:"names"`      // in these: a name of one document counts once
	Leads      int                    `json:"leads"`      // short names whose firms were looked for across components this time
	Rewritten  int                    `json:"rewritten"`  // documents whose edges were written anew
	Generation string                 `json:"generation"`
	Changes    []Change               `json:"changes,omitempty"`
}

// Unknown lists what could not be inferred about a document that was read this time.
type Unknown struct {
	Path  string   `json:"path"`
	Notes []string `json:"notes"`
}

// Build reads the paths into the store and makes a new generation if anything changed. Inputs that cannot be read are
// skipped and reported; what was read from them before is kept. It returns store.ErrLocked while another build is at work.
// On an error or a cancelled context the store keeps its last generation, and the next build goes on from there.
func Build(ctx context.Context, o Options) (*Report, error) {
	for _, path := range o.Paths { // before a store is made for nothing
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("read %s: %w: check the path", path, fs.ErrNotExist)
		}
	}
	return run(ctx, o, func(b *build) error {
		if err := b.readManifest(); err != nil {
			return err
		}
		if err := b.walk(); err != nil {
			return err
		}
		b.settlePaths()
		return nil
	})
}

// Remove takes documents, named by path, id or title, out of the store as if they had never been there. It returns an error
// wrapping graph.ErrNotFound, and removes nothing, if one of them is not held.
func Remove(ctx context.Context, o Options, documents []string) (*Report, error) {
	return run(ctx, o, func(b *build) error {
		for _, name := range documents {
			ids, err := b.find(name)
			if err != nil {
				return err
			}
			for _, id := range ids {
				b.drop[id] = true
			}
		}
		return nil
	})
}

// run opens the store, lets prepare say what changes, and carries it through.
func run(ctx context.Context, o Options, prepare func(*build) error) (*Report, error) {
	start := time.Now()
	if o.Judgements == "" {
		o.Judgements = JudgementsFile(o.Store)
	}
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	facts, err := store.OpenFacts(o.Store)
	if err != nil {
		return nil, err
	}
	b := &build{ctx: ctx, o: o, facts: facts, report: &Report{}, drop: map[graph.ID]bool{}, rows: map[string]extract.Override{}, seen: map[string]sighting{}, rest: newResources(o)}
	err = b.run(prepare)
	b.report.Elapsed = time.Since(start)
	return b.report, errors.Join(err, facts.Close())
}

// build is one run of the pipeline.
type build struct {
	ctx    context.Context
	o      Options
	facts  *store.Facts
	report *Report
	rest   *resources

	rows    map[string]extract.Override // of the manifest, by path
	records map[graph.ID]store.Record   // held before this run
	seen    map[string]sighting         // by path, what was found there this time
	drop    map[graph.ID]bool           // to be removed
	paths   map[graph.ID][]store.Path   // of every document that shall be held
	fresh   map[graph.ID]bool           // extracted in this run
	narrow  map[graph.ID]rejudged       // documents of which judgements changed something, and nothing else
}

// sighting is the document found at a path.
type sighting struct {
	doc  graph.ID
	size int64
}

// resources are loaded when first needed: a build that finds nothing new must not wait for them.
type resources struct {
	extractor func() (*extract.Extractor, error)
	gazetteer func() (*gazetteer.Gazetteer, error)
	version   string // of the extractor
}

func newResources(o Options) *resources {
	version := o.Reading.Version()
	if o.Extractor != nil {
		version = o.Extractor.Version()
	}
	return &resources{
		version:   version,
		gazetteer: sync.OnceValues(gazetteer.Open),
		extractor: sync.OnceValues(func() (*extract.Extractor, error) {
			if o.Extractor != nil {
				return o.Extractor, nil
			}
			return extract.New(o.Reading)
		}),
	}
}

func (b *build) run(prepare func(*build) error) error {
	if err := b.facts.Mend(); err != nil {
		return err
	}
	records, err := b.facts.Records()
	if err != nil {
		return err
	}
	b.records, b.paths, b.fresh = map[graph.ID]store.Record{}, map[graph.ID][]store.Path{}, map[graph.ID]bool{}
	b.narrow = map[graph.ID]rejudged{}
	for _, r := range records {
		b.records[r.Doc], b.paths[r.Doc] = r, r.Paths
	}
	if err := prepare(b); err != nil {
		return err
	}
	for id := range b.drop {
		delete(b.paths, id)
	}
	if err := b.settleFacts(); err != nil {
		return err
	}
	if err := b.derive(); err != nil {
		return err
	}
	return nil
}

func (b *build) warn(format string, args ...any) {
	b.report.Warnings = append(b.report.Warnings, fmt.Sprintf(format, args...))
}

func (b *build) readManifest() error {
	if b.o.Manifest == "" {
		return nil
	}
	f, err := os.Open(b.o.Manifest)
	if err != nil {
		return fmt.Errorf("manifest: %w", err)
	}
	defer f.Close()
	rows, bad := extract.ReadManifest(b.o.Manifest, f)
	for _, err := range bad {
		b.warn("%v", err)
	}
	b.rows = rows
	return nil
}

// row is what is known about the document at a path: its row of the manifest, the area of its folder where that has none, and what
// the file's name says.
func (b *build) row(path string) extract.Override {
	row := b.rows[path]
	row.FileName = extract.FileTitle(path)
	if row.Area != "" {
		return row
	}
	for beginning := path; beginning != ""; {
		if known, ok := b.o.Areas[beginning]; ok {
			row.Area = known.Area
			row.Ref = strings.TrimPrefix(row.Ref+"; "+known.Ref, "; ")
			break
		}
		beginning = beginning[:max(strings.LastIndexByte(beginning, '/'), 0)]
	}
	return row
}

// job is a document to be extracted.
type job struct {
	file doc.File
	id   graph.ID
	row  extract.Override
	key  string
}

// walk finds the documents and extracts those whose facts are not held.
func (b *build) walk() error {
	ctx, cancel := context.WithCancel(b.ctx)
	defer cancel()
	jobs, results := make(chan job), make(chan result, b.o.Workers)
	var workers sync.WaitGroup
	for range b.o.Workers {
		workers.Go(func() {
			for j := range jobs {
				results <- b.extract(j)
			}
		})
	}
	var found atomic.Int64
	begun := map[string]bool{}
	var walkErr error
	var skipped []doc.Skipped
	go func() {
		walkErr = doc.Walk(ctx, b.o.Paths, b.o.Limits, func(f doc.File) error {
			if err := ctx.Err(); err != nil {
				return err
			}
			id := graph.DocumentID(f.Format, f.Data)
			b.seen[f.Path] = sighting{id, int64(len(f.Data))}
			row := b.row(f.Path)
			key := factsKey(id, row, b.rest.version)
			if r, ok := b.records[id]; ok && r.Key == key || begun[key] {
				return nil
			}
			begun[key] = true
			found.Add(1)
			select {
			case jobs <- job{f, id, row, key}:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		}, func(s doc.Skipped) { skipped = append(skipped, s) })
		close(jobs)
		workers.Wait()
		close(results)
	}()
	done := 0
	var err error
	var warnings []string
	for r := range results {
		done++
		for _, w := range r.warnings {
			warnings = append(warnings, r.file.Path+": "+w)
		}
		if b.o.Progress != nil {
			b.o.Progress(done, int(found.Load()))
		}
		if err != nil {
			continue // only to let the workers end
		}
		if err = b.keep(r); err != nil {
			cancel()
		}
	}
	if err == nil {
		err = walkErr
	}
	slices.Sort(warnings)
	b.report.Warnings = append(b.report.Warnings, warnings...)
	b.report.Skipped = append(b.report.Skipped, skipped...)
	sort.SliceStable(b.report.Skipped, func(i, j int) bool { return b.report.Skipped[i].Path < b.report.Skipped[j].Path })
	return err
}

type result struct {
	job
	facts    *graph.Facts
	near     nearText // of the facts
	warnings []string // about the file, though it was read
	skipped  *doc.Skipped
	err      error
}

func (b *build) extract(j job) result {
	r := result{job: j}
	x, err := b.rest.extractor()
	if err != nil {
		r.err = err
		return r
	}
	page, err := doc.Read(j.file, b.o.Limits)
	if err == nil {
		r.warnings = page.Warnings()
		r.facts, err = x.Extract(page, j.row)
	}
	var unreadable *doc.Unreadable
	if errors.As(err, &unreadable) {
		s := unreadable.Skipped(j.file.Path)
		r.skipped = &s
		return r
	}
	if err != nil {
		r.err = fmt.Errorf("read %s: %w", j.file.Path, err)
		return r
	}
	if r.facts.Document.ID != j.id {
		r.err = fmt.Errorf("read %s: the reader calls it %s, the walk %s", j.file.Path, r.facts.Document.ID, j.id)
		return r
	}
	r.facts.Key = j.key
	r.near = nearTextOf(r.facts)
	return r
}

// keep stores the facts of a document, and what its text is like. Its paths and its index come when all paths are known; a
// document without a path is not held.
func (b *build) keep(r result) error {
	if r.err != nil {
		return r.err
	}
	if r.skipped != nil {
		b.report.Skipped = append(b.report.Skipped, *r.skipped)
		b.fresh[r.id] = false
		return nil
	}
	b.report.Mentions += len(r.facts.Mentions)
	b.report.Bytes += r.facts.Document.Size
	if len(r.facts.Notes) > 0 {
		b.report.Unknown = append(b.report.Unknown, Unknown{r.file.Path, r.facts.Notes})
	}
	b.fresh[r.id] = true
	entries, err := nearEntries(r.id, r.near)
	if err != nil {
		return err
	}
	return b.facts.Put(r.facts, nil, entries, "")
}

// factsKey is the hash of all that a document's facts depend on.
func factsKey(id graph.ID, row extract.Override, extractor string) string {
	h := sha256.New()
	fmt.Fprintf(h, "%s\x00%s\x00%s", id, rowJSON(row), extractor)
	return hex.EncodeToString(h.Sum(nil)[:16])
}

func rowJSON(row extract.Override) json.RawMessage {
	if row == (extract.Override{}) {
		return nil
	}
	b, err := json.Marshal(row)
	if err != nil {
		panic(err) // a struct of strings and numbers always marshals
	}
	return b
}

// settlePaths decides which document each path holds now.
func (b *build) settlePaths() {
	at := map[string]graph.ID{}
	rows := map[string]json.RawMessage{}
	for id, paths := range b.paths {
		for _, p := range paths {
			at[p.Path], rows[p.Path] = id, p.Row
		}
	}
	for _, path := range slices.Sorted(mapKeys(b.seen)) {
		s := b.seen[path]
		if kept, tried := b.fresh[s.doc]; tried && !kept {
			if _, held := at[path]; held {
				b.warn("%s: cannot be read any more; what was read from it before is kept (build --prune does not drop it, remove does)", path)
			}
			continue
		}
		if before, held := at[path]; held && before != s.doc {
			b.report.Replaced++
		}
		at[path], rows[path] = s.doc, rowJSON(b.row(path))
	}
	for _, path := range slices.Sorted(mapKeys(b.rows)) {
		if _, held := at[path]; !held {
			b.warn("%s: no document %s: write paths as build prints them", b.rows[path].Ref, path)
		}
	}
	for path := range at {
		if _, there := b.seen[path]; !there && b.o.Prune && vanished(path) {
			delete(at, path)
		}
	}
	b.paths = map[graph.ID][]store.Path{}
	for _, path := range slices.Sorted(mapKeys(at)) {
		b.paths[at[path]] = append(b.paths[at[path]], store.Path{Path: path, Row: rows[path]})
	}
}

// vanished reports whether the file at a path, or the archive around it, is no more.
func vanished(path string) bool {
	outer, _, _ := strings.Cut(path, "!/")
	_, err := os.Stat(filepath.FromSlash(outer))
	return errors.Is(err, fs.ErrNotExist)
}

// find returns the documents that a name means: an id, a path, or a title that only one document has.
func (b *build) find(name string) ([]graph.ID, error) {
	if _, ok := b.records[graph.ID(name)]; ok {
		return []graph.ID{graph.ID(name)}, nil
	}
	clean := filepath.ToSlash(filepath.Clean(name))
	var titled []graph.ID
	for id, r := range b.records {
		for _, p := range r.Paths {
			if p.Path == clean {
				return []graph.ID{id}, nil
			}
		}
		f, err := b.facts.Get(id)
		if err != nil {
			return nil, err
		}
		if f.Document.Title == name {
			titled = append(titled, id)
		}
	}
	switch len(titled) {
	case 1:
		return titled, nil
	case 0:
		return nil, fmt.Errorf("document %q: %w; `tupu ask coverage -o tsv` lists those held, name one by its path, id or title", name, graph.ErrNotFound)
	}
	slices.Sort(titled)
	return nil, fmt.Errorf("document %q: %d documents have this title, name one by its path or id: %v", name, len(titled), titled)
}

// settleFacts brings the facts in line with the paths and the judgements: documents without a path go, rows that no longer
// apply are read anew, and indexes that judgements or paths changed are made anew.
func (b *build) settleFacts() error {
	now, err := b.facts.Records()
	if err != nil {
		return err
	}
	judgements, stale, err := b.judgements()
	if err != nil {
		return err
	}
	for _, err := range judgements.bad {
		b.warn("%v", err)
	}
	held := map[graph.ID]store.Record{}
	gone := map[graph.ID]bool{}
	var touched, affected []graph.ID // documents to be indexed anew; those and what goes
	stamps := map[graph.ID]string{}  // of documents of which only the judgements changed
	for _, r := range now {
		if err := b.ctx.Err(); err != nil {
			return err
		}
		held[r.Doc] = r
		paths, stay := b.paths[r.Doc]
		_, before := b.records[r.Doc]
		switch {
		case !stay:
			if before {
				b.report.Removed++
			}
			gone[r.Doc] = true
			affected = append(affected, r.Doc)
			continue
		case !before:
			b.report.Added++
		case !b.fresh[r.Doc]:
			b.report.Unchanged++
		default:
			b.report.Reread++
		}
		if err := b.settleRow(r, paths); err != nil {
			return err
		}
		if !b.fresh[r.Doc] && !stale[r.Doc] && samePaths(r.Paths, paths) && r.Stamp != "" {
			continue
		}
		if !b.fresh[r.Doc] && samePaths(r.Paths, paths) {
			stamps[r.Doc] = r.Stamp
		}
		touched, affected = append(touched, r.Doc), append(affected, r.Doc)
	}
	if err := b.settleCopies(touched, affected, gone, held, stamps, judgements); err != nil {
		return err
	}
	for _, doc := range affected {
		if gone[doc] {
			if err := b.facts.Remove(doc); err != nil {
				return err
			}
		}
	}
	b.report.Documents = len(b.paths)
	if err := b.given(); err != nil {
		return err
	}
	return b.facts.SetNotes(notes{Resolver: resolve.Version, Indexed: indexed, Judgements: judgements.list})
}

// given counts the paths that were given this time and are held, and gathers what is unknown of unchanged documents.
func (b *build) given() error {
	for _, path := range slices.Sorted(mapKeys(b.seen)) {
		id := b.seen[path].doc
		if _, held := b.paths[id]; !held {
			continue
		}
		b.report.Given++
		if !b.o.Notes || b.fresh[id] {
			continue
		}
		f, err := b.facts.Get(id)
		if err != nil {
			return err
		}
		if len(f.Notes) > 0 {
			b.report.Unknown = append(b.report.Unknown, Unknown{path, f.Notes})
		}
	}
	sort.SliceStable(b.report.Unknown, func(i, j int) bool { return b.report.Unknown[i].Path < b.report.Unknown[j].Path })
	return nil
}

func samePaths(a, b []store.Path) bool {
	return slices.EqualFunc(a, b, func(x, y store.Path) bool { return x.Path == y.Path && string(x.Row) == string(y.Row) })
}

// settleRow reads a document anew if what applies of what is known by its paths (of the first path with a manifest's row, else of
// the first whose name says something) is other than what it was read with.
func (b *build) settleRow(r store.Record, paths []store.Path) error {
	var row extract.Override
	for _, p := range paths {
		if p.Row == nil {
			continue
		}
		var own extract.Override
		if err := json.Unmarshal(p.Row, &own); err != nil {
			return err
		}
		if row == (extract.Override{}) || row.Ref == "" && own.Ref != "" {
			row = own
		}
	}
	key := factsKey(r.Doc, row, b.rest.version)
	if key == r.Key {
		return nil
	}
	for _, p := range paths {
		if _, seen := b.seen[p.Path]; !seen {
			continue
		}
		var read *result
		outer, _, _ := strings.Cut(p.Path, "!/")
		err := doc.Walk(b.ctx, []string{filepath.FromSlash(outer)}, b.o.Limits, func(f doc.File) error {
			if f.Path == p.Path && read == nil {
				res := b.extract(job{f, r.Doc, row, key})
				read = &res
			}
			return nil
		}, func(doc.Skipped) {})
		if err != nil {
			return err
		}
		if read != nil && graph.DocumentID(read.file.Format, read.file.Data) == r.Doc {
			return b.keep(*read)
		}
	}
	return nil // its file was not given this time: it stays as it was read
}

// settleCopies indexes documents anew: those that were touched, and before them, so that a crash in between leaves nothing
// undone, those that have become copies of others, or have ceased to be.
func (b *build) settleCopies(touched, affected []graph.ID, gone map[graph.ID]bool, held map[graph.ID]store.Record, stamps map[graph.ID]string, js *judgements) error {
	of, err := b.copies(affected, gone)
	if err != nil {
		return err
	}
	again := map[graph.ID]bool{}
	for _, doc := range touched {
		again[doc] = true
	}
	for _, doc := range slices.Sorted(mapKeys(of)) {
		was, err := b.copyOf(doc)
		if err != nil {
			return err
		}
		if !again[doc] && was != of[doc] {
			if err := b.reindex(doc, held[doc].Paths, js, of[doc], ""); err != nil {
				return err
			}
		}
	}
	for _, doc := range touched {
		if err := b.ctx.Err(); err != nil {
			return err
		}
		if of[doc] != "" {
			b.report.Copies++
		}
		stamp := stamps[doc]
		if was, err := b.copyOf(doc); err != nil {
			return err
		} else if was != of[doc] {
			stamp = ""
		}
		if err := b.reindex(doc, b.paths[doc], js, of[doc], stamp); err != nil {
			return err
		}
	}
	return nil
}

// reindex enters a document into the index by what its text is like and, unless it is a copy, by the names in it.
// A stamp says that only judgements changed since it was indexed.
func (b *build) reindex(id graph.ID, paths []store.Path, js *judgements, copyOf graph.ID, stamp string) error {
	f, err := b.facts.Get(id)
	if err != nil {
		return err
	}
	n, held, err := b.nearText(id)
	if err != nil {
		return err
	}
	if !held {
		n = nearTextOf(f)
	}
	entries, err := nearEntries(id, n)
	if err != nil {
		return err
	}
	g, err := b.rest.gazetteer()
	if err != nil {
		return err
	}
	r := resolve.Read(g, f, js.prepared)
	if stamp != "" && js.before != nil && copyOf == "" {
		b.narrow[id] = b.rejudge(stamp, resolve.Read(g, f, js.before), r)
	}
	if copyOf != "" {
		entries = append(entries, store.Entry{Key: copyFamily + string(id), Value: []byte(copyOf)})
	} else {
		index := r.Index()
		for _, key := range slices.Sorted(mapKeys(index)) {
			var held any = f.Document.Area // under a name, for the judgements about it
			if resolve.Linking(key) {
				held = index[key]
			}
			value, err := json.Marshal(held)
			if err != nil {
				return err
			}
			entries = append(entries, store.Entry{Key: key, Value: value})
		}
		shelves := r.Shelves()
		for _, shelf := range slices.Sorted(mapKeys(shelves)) {
			value, err := json.Marshal(shelves[shelf])
			if err != nil {
				return err
			}
			entries = append(entries, store.Entry{Key: shelf, Value: value})
		}
	}
	h := sha256.New()
	fmt.Fprintf(h, "%s\x00%s\x00%s\x00%s", f.Key, resolve.Version, r.Stamp, copyOf)
	for _, p := range paths {
		fmt.Fprintf(h, "\x00%s", p.Path)
	}
	return b.facts.Reindex(id, paths, entries, hex.EncodeToString(h.Sum(nil)[:16]))
}

func mapKeys[K comparable, V any](m map[K]V) func(func(K) bool) {
	return func(yield func(K) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}
