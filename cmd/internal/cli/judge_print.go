package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/store/ingest"
)

// mostListed bounds the lines about judgements that one command wrote, and about the entities of one change.
const mostListed = 8

// judgedItem is what a judging command did, for programs.
type judgedItem struct {
	File    string          `json:"file"`
	Written []hashed        `json:"written"`
	Already []hashed        `json:"already,omitempty"`
	Undone  []hashed        `json:"undone,omitempty"`
	Changes []ingest.Change `json:"changes"`
	Against []string        `json:"against,omitempty"`
}

// hashed is a judgement with its hash.
type hashed struct {
	Hash string `json:"hash"`
	graph.Judgement
}

func withHashes(js []graph.Judgement) []hashed {
	out := make([]hashed, 0, len(js))
	for _, j := range js {
		out = append(out, hashed{j.Hash(), j})
	}
	return out
}

func (o *judging) result() result {
	item := judgedItem{File: o.file, Written: withHashes(o.written), Already: withHashes(o.already), Changes: o.report.Changes, Against: o.against}
	if item.Changes == nil {
		item.Changes = []ingest.Change{}
	}
	for _, s := range o.back {
		item.Undone = append(item.Undone, hashed{s.Hash, s.Judgement})
	}
	r := result{kind: "judged", query: struct{}{}, items: []any{item}, columns: []string{"group", "hash", "what", "before", "after"}}
	for _, list := range []struct {
		group string
		js    []hashed
	}{{"written", item.Written}, {"already", item.Already}} {
		for _, j := range list.js {
			about := make([]string, len(j.About))
			for i, s := range j.About {
				about[i] = s.String()
			}
			r.rows = append(r.rows, []string{list.group, j.Hash, string(j.Verdict), strings.Join(about, ";"), string(j.Type) + j.Name + j.Of})
		}
	}
	for _, c := range o.report.Changes {
		r.rows = append(r.rows, []string{"change", "", whatChanged(c), ids(c.Before), ids(c.After)})
	}
	r.people = o.page
	r.note = strings.Join(o.against, "\n")
	return r
}

func ids(entities []graph.Entity) string {
	out := make([]string, len(entities))
	for i, e := range entities {
		out[i] = string(e.ID)
	}
	return strings.Join(out, ";")
}

// page tells people what was written, what changed, and how to take it back.
func (o *judging) page(p *page) {
	var rows [][]string
	for _, list := range []struct {
		label string
		js    []graph.Judgement
	}{{"written", o.written}, {"in force already", o.already}} {
		for i, j := range list.js {
			if i == mostListed {
				rows = append(rows, []string{"", fmt.Sprintf("and %d more", len(list.js)-i)})
				break
			}
			said := o.sentence(j)
			if j.Verdict == graph.Undo {
				if at := slices.IndexFunc(o.back, func(s graph.Standing) bool { return s.Hash == j.Of }); at >= 0 {
					said += ": " + o.sentence(o.back[at].Judgement)
				}
			}
			rows = append(rows, []string{list.label, short(j.Hash()) + "  " + said})
		}
	}
	if len(o.written) > 0 {
		rows = append(rows, []string{"", "to " + o.file + ", by " + o.written[0].Author})
	}
	for _, c := range o.report.Changes {
		rows = append(rows, o.changeRows(c)...)
	}
	if len(o.report.Changes) == 0 {
		rows = append(rows, []string{"changed", "nothing in the graph"})
	}
	if len(o.written) > 0 {
		// One line or many: what one command wrote goes with one undo.
		rows = append(rows, []string{"to undo", "tupu undo " + short(o.written[0].Hash())})
	}
	p.facts(rows)
}

// whatChanged names a change.
func whatChanged(c ingest.Change) string {
	switch before, after := len(c.Before), len(c.After); {
	case after == 0:
		return "gone"
	case before == 0:
		return "new"
	case before > 1 && after == 1:
		return "merged"
	case before == 1 && after > 1:
		return "parted"
	case before > 1:
		return "regrouped"
	}
	switch x, y := c.Before[0], c.After[0]; {
	case x.Kind != y.Kind:
		return "retyped"
	case x.Name != y.Name:
		return "renamed"
	}
	return "other names"
}

func (o *judging) changeRows(c ingest.Change) [][]string {
	what := whatChanged(c)
	if what == "other names" {
		row := c.After[0].Name + " (" + string(c.After[0].ID) + ")"
		if lost := without(c.Before[0].Aliases, c.After[0].Aliases); len(lost) > 0 {
			row += ", no longer " + strings.Join(lost, ", ")
		}
		if won := without(c.After[0].Aliases, c.Before[0].Aliases); len(won) > 0 {
			row += ", now also " + strings.Join(won, ", ")
		}
		return [][]string{{"other names", row}}
	}
	var rows [][]string
	list := func(label string, entities []graph.Entity, documents bool) {
		for i, e := range entities {
			if i == 1 {
				label = ""
			}
			if i == mostListed {
				rows = append(rows, []string{label, fmt.Sprintf("and %d more", len(entities)-i)})
				return
			}
			said := e.Name + " (" + string(e.ID) + ")"
			if documents {
				said += ", " + count(o.documents[e.ID], "document")
			}
			rows = append(rows, []string{label, said})
		}
	}
	if len(c.Before) == 0 {
		list(what, c.After, true)
		return rows
	}
	list(what, c.Before, false)
	to := "into"
	if len(c.Before) == 1 && len(c.After) == 1 {
		to = "now"
	}
	list(to, c.After, true)
	return rows
}

// without lists what is in a and not in b.
func without(a, b []string) []string {
	var out []string
	for _, s := range a {
		if !slices.Contains(b, s) {
			out = append(out, s)
		}
	}
	return out
}

// short is the beginning of a hash, which people can be asked to type.
func short(hash string) string { return hash[:min(len(hash), 8)] }

// sentence says a judgement in words.
func (o *judging) sentence(j graph.Judgement) string { return sentenceOf(j, o.places) }

// sentenceOf says a judgement in words; places are those of mentions, by subject.
func sentenceOf(j graph.Judgement, places map[string]string) string {
	return string(j.Verdict) + "  " + contentOf(j, places)
}

// contentOf says what a judgement is about, and what it says of it.
func contentOf(j graph.Judgement, places map[string]string) string {
	about := make([]string, len(j.About))
	for i, s := range j.About {
		about[i] = subjectName(s, places)
	}
	said := strings.Join(about, " and ")
	switch j.Verdict {
	case graph.Retype:
		said += " is of type " + string(j.Type)
	case graph.Rename:
		said += " is called " + j.Name
	case graph.Undo:
		said = short(j.Of)
	}
	return said
}

// subjectName says what a judgement is about: 榕屿食品 (enterprise), 第二实验小学 (organization, 泉港区).
func subjectName(s graph.Subject, places map[string]string) string {
	var in []string
	if s.Type != "" {
		in = append(in, string(s.Type))
	}
	if s.Area != "" {
		in = append(in, s.Area)
	}
	name := s.Surface
	if s.Doc != "" {
		at := places[s.String()]
		if at == "" {
			at = fmt.Sprintf("%s at %d", s.Doc, s.Start)
		}
		in = append(in, at)
		if name == "" {
			name = "a mention"
		}
	}
	return name + " (" + strings.Join(in, ", ") + ")"
}
