package cli

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/query"
)

type showOptions struct {
	query.ShowOptions
	kind     kindFlag
	evidence bool
}

func newShow(a *app) *cobra.Command {
	var o showOptions
	c := &cobra.Command{
		Use:   "show NAME",
		Short: "everything about one name, with its evidence",
		Long: `Show gathers what the graph holds about one thing: its other names, where and when it appears, what is said of it, who is
named with it, each with the sentence and its place. The name may be any of its names, in any script, a part that only it
has, or its id.`,
		Example: `  tupu show 榕屿食品
  tupu show 榕嶼食品 --evidence
  tupu show 鹭汀大桥 --type place`,
		Args:              exactly(1, "one name or id"),
		ValidArgsFunction: a.completeNames(1),
		RunE: func(c *cobra.Command, args []string) error {
			o.Name = args[0]
			return a.show(c.Context(), o)
		},
	}
	addKind(c, &o.kind, "of what")
	c.Flags().BoolVarP(&o.evidence, "evidence", "v", false, "the sentences in full, with file and position")
	c.Flags().IntVar(&o.Near, "near", 10, "most names that it is named together with; -1 for none")
	return c
}

func (a *app) show(ctx context.Context, o showOptions) error {
	o.Kind, o.Quotes = graph.Kind(o.kind), 1
	if o.evidence {
		o.Quotes = -1
	}
	empty := result{kind: "dossier", query: o.ShowOptions, columns: quoteColumns("group", "relation", "name", "id", "area", "year", "count")}
	return reply(a, empty, func(r query.Reader) (*query.Dossier, error) {
		return query.Show(ctx, r, o.ShowOptions)
	}, func(d *query.Dossier) result {
		r := empty
		r.query, r.items, r.truncated = d.Query, []any{d}, d.NearTotal > len(d.Near)
		add := func(cells []string, quotes []query.Quote) {
			if len(quotes) == 0 {
				quotes = []query.Quote{first(nil)}
			}
			for _, q := range quotes {
				r.rows = append(r.rows, withQuote(q, cells...))
			}
		}
		for _, n := range d.Documents {
			add([]string{"document", string(graph.MentionedIn), n.Title, string(n.ID), n.Area, number(n.Year), strconv.Itoa(n.Count)}, n.Evidence)
		}
		for _, rel := range d.Relations {
			add([]string{"relation", arrow(rel), rel.Name, string(rel.Other), "", number(rel.Year), strconv.Itoa(rel.Total)}, rel.Quotes)
		}
		for _, n := range d.Near {
			add([]string{"near", string(graph.CoMentioned), n.Name, string(n.ID), "", "", strconv.Itoa(n.Sentences)}, n.Evidence)
		}
		r.people = func(p *page) { p.dossier(d, o.evidence) }
		return r
	})
}

// arrow says what a relation is and which way it goes: "PART_OF" from the entity shown, "PART_OF of" to it.
func arrow(r query.Relation) string {
	if r.Outgoing || r.Type.Symmetric() {
		return string(r.Type)
	}
	return string(r.Type) + " ←"
}

func (p *page) dossier(d *query.Dossier, full bool) {
	kind := string(d.Entity.Kind)
	if d.Entity.Place != "" {
		kind += ": " + string(d.Entity.Place)
	}
	p.title(d.Entity.Name, kind, string(d.Entity.ID))
	areas := make([]string, len(d.Areas))
	for i, in := range d.Areas {
		areas[i] = in.Name
		if y := years(in.FirstYear, in.LastYear); y != "" {
			areas[i] += " " + y
		}
		if in.Inside {
			areas[i] += " (" + insideOnly(true) + ")"
		}
	}
	spans := make([]string, len(d.Years))
	for i, y := range d.Years {
		spans[i] = strconv.Itoa(y)
	}
	p.facts([][]string{
		{"also", strings.Join(d.Entity.Aliases, ", ")},
		{"code", d.Entity.Code},
		{"posts", strings.Join(d.Entity.Posts, ", ")},
		{"areas", strings.Join(areas, ", ")},
		{"years", strings.Join(spans, ", ")},
		{"set apart", d.Entity.Hub},
		{"confidence", decimal(d.Entity.Confidence)},
	})
	if len(d.Relations) > 0 {
		p.heading("What is said of it")
		p.relations(d.Relations, full)
	}
	if len(d.Documents) > 0 {
		p.heading("Named in " + count(len(d.Documents), "document"))
		p.namedIn(d.Documents, full)
	}
	if len(d.Near) > 0 {
		title := "Named in one sentence with"
		if d.NearTotal > len(d.Near) {
			title += fmt.Sprintf(" (%d of %d; --near %d shows all)", len(d.Near), d.NearTotal, d.NearTotal)
		}
		p.heading(title)
		p.near(d.Near, full)
	}
}

func (p *page) relations(relations []query.Relation, full bool) {
	var cells [][]string
	var inside []string
	for _, r := range relations {
		tense := strings.Join(slices.DeleteFunc([]string{r.Qualifier(), r.Raw, r.Share, string(r.Modality), number(r.Year)}, func(s string) bool { return s == "" }), " ")
		if full {
			p.title(r.Name, arrow(r), tense, string(r.Other))
			p.quotes(2, r.Quotes)
			continue
		}
		q := first(r.Quotes)
		sentence, meant := cell(q)
		cells = append(cells, []string{arrow(r), r.Name, tense, sentence, where(q)})
		inside = append(inside, meant)
	}
	p.table(append([]column{{name: "relation"}, {name: "name"}, {name: ""}}, evidence(inside)...), cells)
}

func (p *page) namedIn(documents []query.NamedIn, full bool) {
	var cells [][]string
	var inside []string
	for _, n := range documents {
		title := n.Title
		if title == "" {
			title = n.Path
		}
		if full {
			p.title(title, n.Area, number(n.Year), insideOnly(n.Inside))
			p.quotes(2, n.Evidence)
			continue
		}
		q := first(n.Evidence)
		sentence, meant := cell(q)
		cells = append(cells, []string{n.Area, number(n.Year), strconv.Itoa(n.Count), insideOnly(n.Inside), sentence, where(q)})
		inside = append(inside, meant)
	}
	p.table(append([]column{{name: "area"}, {name: "year"}, {name: "times", right: true}, {name: ""}}, evidence(inside)...), cells)
}

func (p *page) near(near []query.Neighbour, full bool) {
	var cells [][]string
	var inside []string
	for _, n := range near {
		if full {
			p.title(n.Name, string(n.Kind), count(n.Sentences, "sentence"))
			p.quotes(2, n.Evidence)
			continue
		}
		q := first(n.Evidence)
		sentence, meant := cell(q)
		cells = append(cells, []string{n.Name, string(n.Kind), strconv.Itoa(n.Sentences), sentence, where(q)})
		inside = append(inside, meant)
	}
	p.table(append([]column{{name: "name"}, {name: "type", spare: 3}, {name: "sentences", right: true}}, evidence(inside)...), cells)
}
