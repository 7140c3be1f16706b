package query

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/extract/text"
	"github.com/tupu-kg/tupu/graph"
)

// Subjects says in the words of judgements what an entity is: by type and by how the documents write it, where several bear
// the name by area too, and where not even that tells them apart by mention. The entity's own name comes first if documents
// write it, then the longer ones, so that the first is the one to join by; all of them together are the entity. With a name,
// only what is written so. It returns a *NotWrittenError if no document writes the entity so. It reads every mention of the
// entity, and of its namesakes.
func Subjects(ctx context.Context, r Reader, e graph.Entity, name string) ([]graph.Subject, error) {
	a := ask(ctx, r)
	spellings, err := a.spellings(e, text.Key(name))
	if err != nil {
		return nil, err
	}
	if len(spellings) == 0 {
		return nil, a.notWritten(e, name)
	}
	var out []graph.Subject
	for _, s := range spellings {
		subjects, err := a.subjects(e, s)
		if err != nil {
			return nil, err
		}
		out = append(out, subjects...)
	}
	if len(out) == 0 {
		return nil, &NotWrittenError{Name: name, Entity: e}
	}
	return out, nil
}

// NotWrittenError says that no document writes an entity as it was called.
type NotWrittenError struct {
	Name    string
	Entity  graph.Entity
	Written []string // what documents write
}

func (e *NotWrittenError) Error() string {
	if len(e.Written) == 0 {
		return fmt.Sprintf("no document names %s; it is only there because others lie in it, and there is nothing to judge", e.Entity.Name)
	}
	return fmt.Sprintf("no document writes %s as %q, but as %s: give one of these", e.Entity.Name, e.Name, strings.Join(e.Written, ", "))
}

func (a *asker) notWritten(e graph.Entity, name string) error {
	err := &NotWrittenError{Name: name, Entity: e}
	if name == "" {
		return err
	}
	spellings, failed := a.spellings(e, "")
	if failed != nil {
		return failed
	}
	for _, s := range spellings {
		err.Written = append(err.Written, s.name)
	}
	return err
}

// spelling is one name that documents give an entity.
type spelling struct {
	key, name string
	areas     map[string]*spelled // that the documents speak for
	documents int
}

// spelled is where documents of one area write a name.
type spelled struct {
	documents int
	spans     []graph.Span
}

// spellings lists how documents write an entity, or only the name with a key if there is one, best first.
func (a *asker) spellings(e graph.Entity, only string) ([]*spelling, error) {
	byKey := map[string]*spelling{}
	add := func(name, area string) *spelled {
		key := text.Key(name)
		if key == "" || only != "" && key != only {
			return nil
		}
		s := byKey[key]
		if s == nil {
			s = &spelling{key: key, name: text.Name(name), areas: map[string]*spelled{}}
			byKey[key] = s
		}
		if s.areas[area] == nil {
			s.areas[area] = &spelled{}
		}
		return s.areas[area]
	}
	areas, err := a.reportedAreas()
	if err != nil {
		return nil, err
	}
	for edge, err := range a.Edges(e.ID, graph.Both, graph.MentionedIn, graph.ReportsOn) {
		if err == nil {
			err = a.ctx.Err()
		}
		if err != nil {
			return nil, err
		}
		if edge.Type == graph.ReportsOn { // the area that a document speaks for need not be named in its text
			if s := add(areas[edge.From], areas[edge.From]); s != nil {
				s.documents++
			}
			continue
		}
		evidence, err := a.Evidence(edge)
		if err != nil {
			return nil, err
		}
		seen := map[*spelled]bool{}
		for _, ev := range evidence {
			s := add(ev.Quote, areas[edge.To])
			if s == nil {
				continue
			}
			s.spans = append(s.spans, ev.Span)
			if !seen[s] {
				seen[s] = true
				s.documents++
			}
		}
	}
	out := slices.Collect(maps.Values(byKey))
	for _, s := range out {
		for _, in := range s.areas {
			s.documents += in.documents
		}
	}
	own := text.Key(e.Name)
	slices.SortFunc(out, func(x, y *spelling) int {
		if (x.key == own) != (y.key == own) {
			if x.key == own {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(utf8.RuneCountInString(y.key), utf8.RuneCountInString(x.key)), cmp.Compare(y.documents, x.documents), cmp.Compare(x.key, y.key))
	})
	return out, nil
}

// reportedAreas says for each document which area it speaks for.
func (a *asker) reportedAreas() (map[graph.ID]string, error) {
	if a.areaOf != nil {
		return a.areaOf, nil
	}
	out := map[graph.ID]string{}
	for d, err := range a.Documents() {
		if err != nil {
			return nil, err
		}
		out[d.ID] = d.Area
	}
	a.areaOf = out
	return out, nil
}

// subjects says what one spelling of an entity is.
func (a *asker) subjects(e graph.Entity, s *spelling) ([]graph.Subject, error) {
	others, err := a.bearers(s.key, e.Kind)
	if err != nil {
		return nil, err
	}
	others = slices.DeleteFunc(others, func(id graph.ID) bool { return id == e.ID })
	whole := graph.Subject{Type: e.Kind, Surface: s.name}
	if len(others) == 0 && e.Area == "" {
		return []graph.Subject{whole}, nil
	}
	taken := map[string]bool{"": true} // areas whose documents give the name to others too
	for _, id := range others {
		other, err := a.Entity(id)
		if err != nil {
			return nil, err
		}
		theirs, err := a.spellings(other, s.key)
		if err != nil {
			return nil, err
		}
		for _, t := range theirs {
			for area := range t.areas {
				taken[area] = true
			}
		}
	}
	areas := slices.Collect(maps.Keys(s.areas))
	slices.SortFunc(areas, func(x, y string) int {
		return cmp.Or(cmp.Compare(s.areas[y].documents, s.areas[x].documents), cmp.Compare(x, y))
	})
	var out, single []graph.Subject
	for _, area := range areas {
		if !taken[area] {
			one := whole
			one.Area = area
			out = append(out, one)
			continue
		}
		for _, span := range s.areas[area].spans {
			one := whole
			one.Doc, one.Start, one.End = span.Doc, span.Start, span.End
			single = append(single, one)
		}
	}
	return append(out, single...), nil
}

// bearers lists the entities of a kind, or of all, that go by a folded name.
func (a *asker) bearers(key string, kind graph.Kind) ([]graph.ID, error) {
	var out []graph.ID
	for n, err := range a.Names(key) {
		if err != nil {
			return nil, err
		}
		if n.Key != key {
			break // longer names follow
		}
		if kind == "" || n.ID.Kind() == kind {
			out = append(out, n.ID)
		}
	}
	return out, nil
}

// Meant lists the entities that a subject of a judgement means now, ascending: none if no document holds it, several if it
// says less than would tell them apart.
func Meant(ctx context.Context, r Reader, s graph.Subject) ([]graph.ID, error) {
	a := ask(ctx, r)
	var out []graph.ID
	if s.Doc != "" {
		for edge, err := range a.Edges(s.Doc, graph.Incoming, graph.MentionedIn) {
			if err != nil {
				return nil, err
			}
			evidence, err := a.Evidence(edge)
			if err != nil {
				return nil, err
			}
			if slices.ContainsFunc(evidence, func(e graph.Evidence) bool { return e.Start == s.Start && e.End == s.End }) {
				out = append(out, edge.From)
			}
		}
		slices.Sort(out)
		return out, nil
	}
	key := text.Key(s.Surface)
	bear, err := a.bearers(key, s.Type)
	if err == nil && len(bear) == 0 {
		bear, err = a.bearers(key, "") // another judgement may have given it another type
	}
	if err != nil || s.Area == "" {
		return bear, err
	}
	for _, id := range bear {
		e, err := a.Entity(id)
		if err != nil {
			return nil, err
		}
		spellings, err := a.spellings(e, key)
		if err != nil {
			return nil, err
		}
		for _, spelled := range spellings {
			for area := range spelled.areas {
				if text.Key(area) == text.Key(s.Area) {
					out = append(out, id)
				}
			}
		}
	}
	return slices.Compact(out), nil
}
