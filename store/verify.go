package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/graph"
)

// Finding is something that Verify found wrong.
type Finding struct {
	Where string `json:"where"`
	What  string `json:"what"`
}

// Verify checks every invariant of the store in dir: documents are the text that was hashed; sentences and evidence lie
// within it, on character boundaries, with the right code points; edges have evidence and both ends, hang together
// as the rows say, and are the merger of their parts; entities and names belong together; all parts have an owner that knows of them; and the
// mentions of the facts are the text at their spans. It reads everything once. The facts are passed over while a build is at
// work.
func Verify(ctx context.Context, dir string) ([]Finding, error) {
	s, err := Open(dir)
	if err != nil {
		return nil, err
	}
	v := &verifier{ctx: ctx, s: s}
	for _, check := range []func() error{v.documents, v.entities, v.names, v.edges, v.owners, v.facts} {
		if err == nil {
			err = check()
		}
	}
	return v.found, errors.Join(err, s.Close())
}

type verifier struct {
	ctx   context.Context
	s     *Snapshot
	found []Finding
}

func (v *verifier) find(where, what string, args ...any) {
	v.found = append(v.found, Finding{strings.ReplaceAll(where, "\x00", " "), fmt.Sprintf(what, args...)})
}

func (v *verifier) documents() error {
	for d, err := range v.s.Documents() {
		if err == nil {
			err = v.ctx.Err()
		}
		if err != nil {
			return err
		}
		full, err := v.s.Document(d.ID)
		if err != nil {
			v.find(string(d.ID), "%v", err)
			continue
		}
		if graph.HashText(full.Text) != full.TextHash {
			v.find(string(d.ID), "the stored text is not the text that was hashed")
		}
		if !utf8.ValidString(full.Text) {
			v.find(string(d.ID), "the stored text is not UTF-8")
		}
		sentences, err := v.s.Sentences(d.ID)
		if err != nil {
			v.find(string(d.ID), "%v", err)
			continue
		}
		positions := graph.NewPositions(d.ID, full.Text)
		end := 0
		for _, sentence := range sentences {
			if sentence.ByteStart < end {
				v.find(string(d.ID), "the sentence at byte %d begins before the last one ends", sentence.ByteStart)
			}
			end = sentence.ByteEnd
			v.span(string(d.ID), sentence.Span, full.Text, positions)
		}
		for field, origin := range d.Origins {
			if origin.Source == graph.FromText {
				v.span(string(d.ID)+" "+field, origin.Span, full.Text, positions)
			}
		}
	}
	return nil
}

func (v *verifier) span(where string, s graph.Span, text string, positions *graph.Positions) {
	switch {
	case s.ByteStart < 0 || s.ByteEnd > len(text) || s.ByteStart > s.ByteEnd:
		v.find(where, "bytes %d to %d lie outside the text of %d bytes", s.ByteStart, s.ByteEnd, len(text))
	case !boundary(text, s.ByteStart) || !boundary(text, s.ByteEnd):
		v.find(where, "bytes %d to %d cut a character", s.ByteStart, s.ByteEnd)
	case positions.Span(s.ByteStart, s.ByteEnd) != s:
		v.find(where, "bytes %d to %d are not the code points %d to %d", s.ByteStart, s.ByteEnd, s.Start, s.End)
	}
}

func boundary(text string, i int) bool { return i == len(text) || utf8.RuneStart(text[i]) }

// entities compares what the tables say of the nodes with the columns.
func (v *verifier) entities() error {
	nodes := 0
	for n := range uint32(v.s.columns.nodes()) {
		b, err := v.s.columns.nodeRecord(n)
		if err == nil && b == nil {
			continue // found with the edges that end there
		}
		nodes++
		id := v.s.columns.id(n)
		var other graph.ID
		if n > 0 {
			other = v.s.columns.id(n - 1)
		}
		switch {
		case err != nil:
			v.find(string(id), "%v", err)
		case other >= id:
			v.find(string(id), "is out of order")
		case id.Kind() == graph.KindDocument:
			if held, err := v.s.get(documentKey + string(id)); err != nil || !bytes.Equal(held, b) {
				v.find(string(id), "the document is not the same among the nodes")
			}
		default:
			if err := v.entity(id); err != nil {
				return err
			}
		}
	}
	held := 0
	for _, prefix := range []string{entityKey, documentKey} {
		for range v.s.scan(prefix, "") {
			held++
		}
	}
	if held != nodes {
		v.find("entities", "%d, but %d nodes", held, nodes)
	}
	return v.ctx.Err()
}

func (v *verifier) entity(id graph.ID) error {
	var parts []heldPart
	for p, err := range decoded[heldPart](v.s.scan(entityPartKey+string(id)+"\x00", "")) {
		if err != nil {
			return err
		}
		parts = append(parts, p)
	}
	merged := mergeEntityParts(parts)
	if merged == nil {
		v.find(string(id), "nobody brought this entity")
		return nil
	}
	if e, err := v.s.Entity(id); err != nil || !reflect.DeepEqual(e, merged.Entity) {
		v.find(string(id), "the entity is not what was brought")
	}
	var keys []string
	if err := v.s.getJSON(entityKey+string(id), &keys); err != nil || !slices.Equal(keys, merged.Keys) {
		v.find(string(id), "its names are not what was brought")
	}
	for _, key := range keys {
		if _, err := v.s.get(nameKey + key + "\x00" + string(id)); err != nil {
			v.find(string(id), "it cannot be found under its name %q", key)
		}
	}
	return nil
}

func (v *verifier) names() error {
	listed := map[graph.Name]bool{}
	for n, err := range v.s.Names("") {
		if err != nil {
			return err
		}
		listed[n] = true
	}
	held := 0
	for n, err := range v.s.tableNames("") {
		if err != nil {
			return err
		}
		held++
		if !listed[n] {
			v.find("name "+n.Key, "is missing from the list of all names")
		}
		var keys []string
		if err := v.s.getJSON(entityKey+string(n.ID), &keys); err != nil || !slices.Contains(keys, n.Key) {
			v.find("name "+n.Key, "leads to %s, which has no such name", n.ID)
		}
	}
	if len(listed) > held {
		v.find("names", "the list of all names has %d that the graph does not have", len(listed)-held)
	}
	return nil
}

func (v *verifier) edges() error {
	rows, err := v.s.columns.Rows()
	if err == nil {
		err = rows.Check()
	}
	if err != nil {
		v.find("edges", "%v", err)
		return nil
	}
	positions := map[graph.ID]*graph.Positions{}
	var d decoder
	before := ""
	scan := v.s.newScan(rows)
	for at := range uint32(rows.Edges()) {
		if err := v.ctx.Err(); err != nil {
			return err
		}
		e := graph.Edge{From: scan.id(rows.From[at]), Type: rows.Types[rows.Type[at]], To: scan.id(rows.To[at])}
		if err := v.s.columns.whole(&d, at, &e); err != nil {
			v.find("edges", "%v", err)
			return nil
		}
		key := e.Key()
		if before >= key {
			v.find(key, "the edge is out of order")
		}
		before = key
		parts, err := v.s.edgeParts(key)
		if err != nil {
			return err
		}
		if len(parts) == 0 {
			v.find(key, "an edge without evidence")
			continue
		}
		merged := graph.MergeEdges(parts)
		if err := merged.Check(); err != nil {
			v.find(key, "%v", err)
		}
		for _, ev := range merged.Evidence {
			if ev.Source != graph.FromText {
				continue
			}
			body, err := v.s.body(ev.Doc)
			if err != nil {
				v.find(key, "%v", err)
				continue
			}
			text := string(body.text)
			if positions[ev.Doc] == nil {
				if len(positions) > 64 {
					clear(positions)
				}
				positions[ev.Doc] = graph.NewPositions(ev.Doc, text)
			}
			v.span(key, ev.Span, text, positions[ev.Doc])
		}
		if !reflect.DeepEqual(merged, e) {
			v.find(key, "the edge is not the merger of its %d parts", len(parts))
		}
		for _, id := range []graph.ID{e.From, e.To} {
			if !v.there(id) {
				v.find(key, "there is no %s", id)
			}
		}
	}
	brought := 0
	last := ""
	for e, err := range v.s.scan(edgePartKey, "") {
		if err != nil {
			return err
		}
		key := e.key()
		if key = key[:strings.LastIndexByte(key, 0)]; key != last {
			brought++
		}
		last = key
	}
	if brought != rows.Edges() {
		v.find("edges", "%d that somebody brought, %d in the rows", brought, rows.Edges())
	}
	return nil
}

func (v *verifier) there(id graph.ID) bool {
	prefix := entityKey
	if id.Kind() == graph.KindDocument {
		prefix = documentKey
	}
	_, err := v.s.get(prefix + string(id))
	return err == nil
}

// owners checks that every part's owner lists it and that every listed part is there.
func (v *verifier) owners() error {
	listed := map[string]int{}
	last := ""
	for e, err := range v.s.scan(ownerKey, "") {
		if err != nil {
			return err
		}
		owner := e.key()[len(ownerKey):]
		if owner = owner[:strings.LastIndexByte(owner[:len(owner)-4], 0)]; owner == last {
			continue
		}
		last = owner
		o, err := v.s.Owned(owner)
		if err != nil {
			v.find(owner, "%v", err)
			continue
		}
		listed[edgePartKey] += len(o.Edges)
		listed[entityPartKey] += len(o.Entities)
		for _, key := range o.Edges {
			if _, err := v.s.get(edgePartKey + key + "\x00" + owner); err != nil {
				v.find(owner, "its part of %s is missing", strings.ReplaceAll(key, "\x00", " "))
			}
		}
		for _, id := range o.Entities {
			if _, err := v.s.get(entityPartKey + string(id) + "\x00" + owner); err != nil {
				v.find(owner, "its part of %s is missing", id)
			}
		}
	}
	for _, prefix := range []string{edgePartKey, entityPartKey} {
		held := 0
		for range v.s.scan(prefix, "") {
			held++
		}
		if held != listed[prefix] {
			v.find("owners", "%d parts under %s, %d that an owner lists", held, prefix, listed[prefix])
		}
	}
	return nil
}

func (v *verifier) facts() error {
	stamps, err := v.s.Stamps()
	if err != nil {
		return err
	}
	documents := 0
	for range v.s.scan(documentKey, "") {
		documents++
	}
	if documents != len(stamps) {
		v.find("documents", "%d, but %d stamps", documents, len(stamps))
	}
	f, err := OpenFacts(v.s.dir)
	if errors.Is(err, ErrLocked) {
		return nil
	}
	if err != nil {
		return err
	}
	records, err := f.Records()
	for _, r := range records {
		if err := v.record(f, r, stamps); err != nil {
			return errors.Join(err, f.Close())
		}
	}
	slices.SortStableFunc(v.found, func(a, b Finding) int { return strings.Compare(a.Where, b.Where) })
	return errors.Join(err, f.Close())
}

func (v *verifier) record(f *Facts, r Record, stamps map[graph.ID]string) error {
	if err := v.ctx.Err(); err != nil {
		return err
	}
	if stamps[r.Doc] != r.Stamp {
		return nil // a build was cut off between the facts and the graph; the next one goes on from there
	}
	facts, err := f.Get(r.Doc)
	if err != nil {
		v.find(string(r.Doc), "%v", err)
		return nil
	}
	text := facts.Document.Text
	if graph.HashText(text) != facts.Document.TextHash {
		v.find(string(r.Doc), "the text of its facts is not the text that was hashed")
		return nil
	}
	positions := graph.NewPositions(r.Doc, text)
	mention := func(m *graph.Mention) {
		v.span(string(r.Doc), m.Span, text, positions)
		if m.ByteStart >= 0 && m.ByteEnd <= len(text) && m.ByteStart <= m.ByteEnd && text[m.ByteStart:m.ByteEnd] != m.Text {
			v.find(string(r.Doc), "the mention %q is not the text at bytes %d to %d", m.Text, m.ByteStart, m.ByteEnd)
		}
	}
	for i := range facts.Mentions {
		mention(&facts.Mentions[i])
		for j := range facts.Mentions[i].Parts {
			mention(&facts.Mentions[i].Parts[j])
		}
	}
	return nil
}
