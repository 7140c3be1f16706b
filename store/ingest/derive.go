package ingest

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/tupu-kg/tupu/extract/gazetteer"
	"github.com/tupu-kg/tupu/extract/resolve"
	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/store"
)

// placed says which entity a group of a document is in, and in which component that came about.
type placed struct {
	Ref       string   `json:"r"`
	Component string   `json:"c"`
	Entity    graph.ID `json:"e"`
}

// componentData is what a generation remembers of a component.
type componentData struct {
	Keys     []string   `json:"keys"`
	Entities []graph.ID `json:"entities"`

	Why    map[graph.ID][]resolve.Reason `json:"why,omitempty"`    // of entities that several names were merged into
	Brands []string                      `json:"brands,omitempty"` // by which its firms are set beside others, ascending
}

const componentOwner = "component:"

// derive makes a new generation out of what differs between the facts and the last one. It resolves the components that the
// changed documents touch or touched, and writes the edges of the changed documents and of those in which somebody is now
// another entity.
func (b *build) derive() error {
	old, err := store.Open(b.o.Store)
	if err != nil && !errors.Is(err, store.ErrNoStore) && !errors.Is(err, store.ErrOlder) {
		return err
	}
	d := &derivation{build: b, old: old, changes: newChanges(b.o.Changes && old != nil), assign: map[graph.ID]map[string]placed{}, recheck: map[graph.ID]bool{}, came: map[graph.ID]resolve.Bearer{}, went: map[graph.ID]bool{}, brands: map[string][]resolve.Stemmed{}}
	if old != nil {
		defer func() { _ = old.Close() }()
	}
	if err := d.diff(); err != nil {
		return err
	}
	if old != nil && len(d.changed) == 0 && len(d.gone) == 0 && d.sameMeta() {
		same, err := d.sameTouches()
		if err != nil || same {
			return errors.Join(err, b.count(old))
		}
	}
	if d.g, err = b.rest.gazetteer(); err != nil {
		return err
	}
	if d.generation, err = store.NewGeneration(b.o.Store, old); err != nil {
		return err
	}
	d.gather = d.index()
	if err := d.run(); err != nil {
		return errors.Join(err, d.generation.Discard())
	}
	if err := d.generation.Commit(d.meta()); err != nil {
		return err
	}
	made, err := store.Open(b.o.Store)
	if err != nil {
		return err
	}
	return errors.Join(b.count(made), made.Close())
}

func (b *build) count(s *store.Snapshot) error {
	info, err := s.Info()
	b.report.Entities, b.report.Edges, b.report.Generation = info.Entities, info.Edges, info.Generation
	return err
}

type derivation struct {
	*build
	old        *store.Snapshot // nil before the first generation
	generation *store.Generation
	judged     *judgements
	touches    map[string][]int // by hash of the judgements, in how many documents their subjects are found
	g          *gazetteer.Gazetteer

	stamps  map[graph.ID]string // of the facts, now
	changed []graph.ID          // documents whose facts differ from those of the old generation, ascending
	gone    []graph.ID          // documents that the old generation has and the facts have not, ascending

	gather  *resolve.Gatherer
	look    *resolve.Leads
	assign  map[graph.ID]map[string]placed // by document and ref, what was resolved this time
	recheck map[graph.ID]bool              // unchanged documents in which somebody may be another entity now
	came    map[graph.ID]resolve.Bearer    // what leads are looked for between, of the components resolved this time
	went    map[graph.ID]bool              // entities that those had before
	brands  map[string][]resolve.Stemmed   // of these components, now and before; with the firms that have it now
	changes *changes                       // which entities became which; nil if nobody asked
}

func (d *derivation) diff() error {
	records, err := d.facts.Records()
	if err != nil {
		return err
	}
	before := map[graph.ID]string{}
	if d.old != nil {
		if before, err = d.old.Stamps(); err != nil {
			return err
		}
	}
	d.stamps = map[graph.ID]string{}
	for _, r := range records {
		d.stamps[r.Doc] = r.Stamp
		if n, ok := d.narrow[r.Doc]; ok && n.stamp != before[r.Doc] {
			delete(d.narrow, r.Doc) // a build was cut off since
		}
		if stamp, held := before[r.Doc]; !held || stamp != r.Stamp {
			d.changed = append(d.changed, r.Doc)
		}
	}
	for doc := range before {
		if _, held := d.stamps[doc]; !held {
			d.gone = append(d.gone, doc)
		}
	}
	slices.Sort(d.changed)
	slices.Sort(d.gone)
	if d.judged, _, err = d.judgements(); err != nil {
		return err
	}
	d.touches, err = d.touched(d.judged)
	return err
}

func (d *derivation) meta() store.Meta {
	meta := store.Meta{Extractor: d.rest.version, Judgements: len(d.judged.list)}
	if len(d.o.Paths) == 0 && d.old != nil { // nothing was read
		if before, err := d.old.Meta(); err == nil {
			meta.Extractor = before.Extractor
		}
	}
	return meta
}

func (d *derivation) sameMeta() bool {
	meta, err := d.old.Meta()
	return err == nil && meta.Extractor == d.meta().Extractor && meta.Judgements == d.meta().Judgements
}

func (d *derivation) run() error {
	if err := d.resolve(); err != nil {
		return err
	}
	if err := d.leads(); err != nil {
		return err
	}
	if err := d.stems(); err != nil {
		return err
	}
	for _, doc := range d.gone {
		if err := errors.Join(d.generation.DropDocument(doc), d.generation.DropOwner(string(doc))); err != nil {
			return err
		}
	}
	if err := d.judge(); err != nil {
		return err
	}
	if err := d.compare(); err != nil {
		return err
	}
	rewrite := slices.Clone(d.changed)
	for _, doc := range slices.Sorted(maps.Keys(d.recheck)) {
		moved, err := d.moved(doc)
		if err != nil {
			return err
		}
		if moved {
			rewrite = append(rewrite, doc)
		}
	}
	slices.Sort(rewrite)
	d.report.Rewritten = len(rewrite)
	return d.write(rewrite)
}

// resolve resolves every component that has a key of a changed or vanished document.
func (d *derivation) resolve() error {
	if d.old == nil {
		return d.facts.Keys(func(key string) error { return d.component(key) })
	}
	seeds := map[string]bool{}
	for _, doc := range d.changed {
		var err error
		n, narrow := d.narrow[doc]
		keys := n.keys
		if !narrow {
			keys, err = d.facts.OwnKeys(doc)
		}
		if err != nil {
			return err
		}
		for _, key := range keys {
			seeds[key] = true
		}
	}
	for _, doc := range slices.Concat(d.changed, d.gone) {
		before, err := d.before(doc)
		if err != nil {
			return err
		}
		n, narrow := d.narrow[doc]
		for _, p := range before {
			if narrow && !n.refs[p.Ref] {
				continue
			}
			c, err := d.oldComponent(p.Component)
			if err != nil {
				return err
			}
			for _, key := range c.Keys {
				seeds[key] = true
			}
		}
	}
	for _, key := range slices.Sorted(maps.Keys(seeds)) {
		if err := d.component(key); err != nil {
			return err
		}
	}
	return nil
}

// before returns who was who in a document of the old generation.
func (d *derivation) before(doc graph.ID) ([]placed, error) {
	owned, err := d.old.Owned(string(doc))
	if errors.Is(err, graph.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var out []placed
	return out, json.Unmarshal(owned.Data, &out)
}

// oldComponent returns what the old generation remembers of a component; nothing if there was none.
func (d *derivation) oldComponent(id string) (componentData, error) {
	var c componentData
	if d.old == nil {
		return c, nil
	}
	owned, err := d.old.Owned(componentOwner + id)
	if errors.Is(err, graph.ErrNotFound) {
		return c, nil
	}
	if err != nil {
		return c, err
	}
	return c, json.Unmarshal(owned.Data, &c)
}

// component resolves the component of a key, once.
func (d *derivation) component(key string) error {
	if !linking(key) {
		return nil
	}
	if err := d.ctx.Err(); err != nil {
		return err
	}
	keys, groups, err := d.gather.Component(key)
	if err != nil || len(keys) == 0 {
		return err
	}
	return d.settle(keys, groups)
}

// index gives a gatherer what the facts' index holds.
func (d *derivation) index() *resolve.Gatherer {
	return resolve.NewGatherer(d.g,
		func(key string, yield func([]resolve.Group)) error { return lookup(d.facts, key, yield) },
		func(shelf string, yield func([]string)) error { return lookup(d.facts, shelf, yield) })
}

// lookup decodes what the index holds under a key, document by document.
func lookup[T any](facts *store.Facts, key string, yield func(T)) error {
	return facts.Lookup(key, func(doc graph.ID, value []byte) error {
		var found T
		if err := json.Unmarshal(value, &found); err != nil {
			return fmt.Errorf("index of %s under %q: %w", doc, key, err)
		}
		yield(found)
		return nil
	})
}

// settle resolves the groups of a component and puts what comes out in the place of the components that had its keys.
func (d *derivation) settle(keys []string, groups []resolve.Group) error {
	id := keys[0]
	var before []componentData
	for _, key := range keys {
		c, err := d.oldComponent(key)
		if err != nil {
			return err
		}
		if len(c.Keys) == 0 {
			continue
		}
		before = append(before, c)
		for _, e := range c.Entities {
			d.went[e] = true
		}
		for _, brand := range c.Brands {
			if d.brands[brand] == nil {
				d.brands[brand] = []resolve.Stemmed{}
			}
		}
		if key != id || len(groups) == 0 {
			if err := d.generation.DropOwner(componentOwner + key); err != nil {
				return err
			}
		}
	}
	if len(groups) == 0 {
		return nil
	}
	d.report.Components++
	d.report.Names += len(groups)
	data := componentData{Keys: keys}
	var parts []store.EntityPart
	stubs := map[graph.ID]bool{}
	resolved, edges, err := resolve.Component(d.g, groups)
	if err != nil {
		return fmt.Errorf("component %s: %w", id, err)
	}
	for _, b := range resolve.Bearers(d.g, resolved, edges) {
		d.came[b.ID] = b
	}
	stems := resolve.Stems(d.g, resolved, edges)
	data.Brands = slices.Sorted(maps.Keys(stems))
	for brand, firms := range stems {
		d.brands[brand] = append(d.brands[brand], firms...)
	}
	for _, r := range resolved {
		data.Entities = append(data.Entities, r.Entity.ID)
		d.changes.came(r.Entity)
		if len(r.Why) > 1 {
			if data.Why == nil {
				data.Why = map[graph.ID][]resolve.Reason{}
			}
			data.Why[r.Entity.ID] = r.Why
		}
		parts = append(parts, store.EntityPart{Entity: r.Entity, Keys: r.Keys, Whole: true})
		for _, m := range r.Members {
			if d.assign[m.Doc] == nil {
				d.assign[m.Doc] = map[string]placed{}
			}
			d.assign[m.Doc][m.Ref] = placed{m.Ref, id, r.Entity.ID}
		}
		above, to, err := resolve.Above(d.g, r.Entity)
		if err != nil {
			return err
		}
		for i, e := range above {
			if !stubs[e.ID] {
				stubs[e.ID] = true
				parts = append(parts, store.EntityPart{Entity: e, Keys: resolve.LookUp(e)})
				edges = append(edges, to[i])
			}
		}
	}
	// While one entity stays the one it was, the documents that name it stay as they are.
	if len(before) != 1 || before[0].Keys[0] != id || len(before[0].Entities) != 1 || !slices.Equal(before[0].Entities, data.Entities) {
		for _, g := range groups {
			d.recheck[g.Doc] = true
		}
	} else {
		d.changes.link(data.Entities[0], data.Entities[0])
	}
	b, err := json.Marshal(data)
	if err != nil {
		return err
	}
	return d.generation.SetOwner(componentOwner+id, b, parts, edges)
}

// moved reports whether somebody in an unchanged document is another entity than before, or came out of another component.
func (d *derivation) moved(doc graph.ID) (bool, error) {
	if _, changed := slices.BinarySearch(d.changed, doc); changed || d.old == nil {
		return false, nil
	}
	before, err := d.before(doc)
	if err != nil {
		return false, err
	}
	for _, p := range before {
		if now, ok := d.assign[doc][p.Ref]; ok && now != p {
			return true, nil
		}
	}
	return false, nil
}

// written is what one document brings to the generation.
type written struct {
	facts *graph.Facts
	data  json.RawMessage
	edges []graph.Edge
	err   error
}

// write writes the documents' parts. They are computed in parallel and written in the given order.
func (d *derivation) write(docs []graph.ID) error {
	slots := make([]chan written, len(docs))
	for i := range slots {
		slots[i] = make(chan written, 1)
	}
	ahead := make(chan struct{}, 4*d.o.Workers) // bounds what is computed and not yet written
	stop := make(chan struct{})
	next := make(chan int)
	var workers sync.WaitGroup
	for range d.o.Workers {
		workers.Go(func() {
			for i := range next {
				slots[i] <- d.contribution(docs[i])
			}
		})
	}
	workers.Go(func() {
		defer close(next)
		for i := range docs {
			select {
			case ahead <- struct{}{}:
				next <- i
			case <-stop:
				return
			}
		}
	})
	err := func() error {
		for i, doc := range docs {
			if err := d.ctx.Err(); err != nil {
				return err
			}
			w := <-slots[i]
			<-ahead
			if w.err != nil {
				return w.err
			}
			if _, changed := slices.BinarySearch(d.changed, doc); changed {
				if err := d.generation.SetDocument(w.facts.Document, w.facts.Sentences, d.stamps[doc]); err != nil {
					return err
				}
			}
			if err := d.generation.SetOwner(string(doc), w.data, nil, w.edges); err != nil {
				return err
			}
		}
		return nil
	}()
	close(stop)
	workers.Wait()
	return err
}

// contribution computes what a document brings.
func (d *derivation) contribution(doc graph.ID) written {
	f, err := d.facts.Get(doc)
	if err != nil {
		return written{err: err}
	}
	if f.Document.CopyOf, err = d.copyOf(doc); err != nil {
		return written{err: err}
	}
	if f.Document.CopyOf != "" {
		return written{f, json.RawMessage("[]"), nil, nil}
	}
	r := resolve.Read(d.g, f, d.judged.prepared)
	where := map[string]placed{}
	if d.old != nil {
		_, changed := slices.BinarySearch(d.changed, doc)
		if n, narrow := d.narrow[doc]; narrow || !changed {
			before, err := d.before(doc)
			if err != nil {
				return written{err: err}
			}
			for _, p := range before {
				if !n.refs[p.Ref] {
					where[p.Ref] = p
				}
			}
		}
	}
	maps.Copy(where, d.assign[doc])
	entities := make(map[string]graph.ID, len(where))
	list := make([]placed, 0, len(where))
	for _, ref := range slices.Sorted(maps.Keys(where)) {
		entities[ref] = where[ref].Entity
		list = append(list, where[ref])
	}
	for _, g := range r.Groups {
		if entities[g.Ref] == "" {
			return written{err: fmt.Errorf("%v was not resolved: the index does not hold it; delete the store and build again", &g)}
		}
	}
	edges, err := resolve.Edges(r, entities)
	if err != nil {
		return written{err: err}
	}
	data, err := json.Marshal(list)
	return written{f, data, edges, err}
}
