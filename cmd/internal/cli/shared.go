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

type sharedOptions struct {
	query.SharedOptions
	kind     kindFlag
	evidence bool
}

func newShared(a *app) *cobra.Command {
	o := sharedOptions{kind: kindFlag(graph.KindEnterprise)}
	c := &cobra.Command{
		Use:   "shared",
		Short: "which enterprises (or others, with --type) are named in the reports of several districts",
		Long: `Shared lists what is named in documents that speak for at least two areas, with a sentence from each. Areas are districts,
counties, county-level cities and zones with a government of their own; --level counts cities or provinces instead.

Set apart are the areas themselves, places that contain one of them, and persons of higher office: every district has reason
to name these. What is named only inside longer names (泉州师范学院 in 泉州师范学院附属小学) is listed apart, too.`,
		Example: `  tupu ask shared
  tupu ask shared --type all --evidence
  tupu ask shared --type place --area 芗城区 --year 2023 -o csv`,
		Args: exactly(0, "no arguments"),
		RunE: func(c *cobra.Command, _ []string) error {
			if !slices.Contains(query.Levels, o.Level) {
				return usagef(c, "--level %q: use %s", o.Level, strings.Join(query.Levels, ", "))
			}
			return a.shared(c.Context(), o)
		},
	}
	addKind(c, &o.kind, "of what")
	c.Flags().StringVar(&o.Area, "area", "", "only what this `area` shares with others")
	c.Flags().IntVar(&o.Year, "year", 0, "only documents that look back on this `year`")
	c.Flags().StringVar(&o.Level, "level", query.Levels[0], "of the areas: "+strings.Join(query.Levels, ", "))
	c.Flags().BoolVarP(&o.evidence, "evidence", "v", false, "the sentences in full, with file and position")
	addLimit(c, &o.Limit, 100, "rows of each list")
	return c
}

func (a *app) shared(ctx context.Context, o sharedOptions) error {
	o.Kind = graph.Kind(o.kind)
	o.Quotes = 1
	if o.evidence {
		o.Quotes = -1
	}
	empty := result{kind: "shared", query: o.SharedOptions, columns: quoteColumns("group", "name", "type", "id", "area", "documents", "mentions", "first_year", "last_year", "inside")}
	return reply(a, empty, func(r query.Reader) (*query.SharedAnswer, error) {
		return query.Shared(ctx, r, o.SharedOptions)
	}, func(answer *query.SharedAnswer) result {
		r := empty
		r.query, r.truncated = answer.Query, answer.Truncated
		for _, list := range []struct {
			name string
			rows []query.SharedRow
		}{{"shared", answer.Shared}, {"inside", answer.Inside}, {"set_apart", answer.Hubs}} {
			for _, row := range list.rows {
				r.items = append(r.items, sharedItem{list.name, row})
				for _, in := range row.Areas {
					r.rows = append(r.rows, withQuote(first(in.Evidence), list.name, row.Name, string(row.Kind), string(row.ID), in.Name, strconv.Itoa(in.Documents),
						strconv.Itoa(in.Mentions), number(in.FirstYear), number(in.LastYear), yes(in.Inside)))
				}
			}
		}
		r.people = func(p *page) { p.shared(answer, o) }
		r.note = a.sharedNote(answer, o)
		return r
	})
}

// sharedItem is a row of the answer with the list that it stands in.
type sharedItem struct {
	Group string `json:"group"` // shared, inside or set_apart
	query.SharedRow
}

// sharedNote says what an empty answer means, and what a cut one leaves out.
func (a *app) sharedNote(answer *query.SharedAnswer, o sharedOptions) string {
	switch {
	case len(answer.Areas) == 0:
		return a.words.say("no document says which %s it speaks for: give areas in a manifest (tupu help build), or see `tupu ask coverage`", o.Level)
	case len(answer.Areas) == 1:
		return a.words.say("all documents speak for %s: build reports of other areas as well", answer.Areas[0])
	case len(answer.Shared)+len(answer.Inside) == 0:
		what := "nothing"
		if o.kind != "" {
			what = "no " + string(o.kind)
		}
		note := fmt.Sprintf("%s is named in more than one of %s", what, strings.Join(answer.Areas, ", "))
		if o.kind != "" {
			note += "; --type all looks at everything"
		}
		return note
	case answer.Truncated:
		return a.words.say("the first %d of each list; --limit 0 gives all", o.Limit)
	}
	return ""
}

func (p *page) shared(answer *query.SharedAnswer, o sharedOptions) {
	show := p.sharedTable
	if o.evidence {
		show = p.sharedInFull
	}
	if len(answer.Shared) > 0 {
		show(answer.Shared, o)
	}
	if len(answer.Inside) > 0 {
		p.heading("Named only inside longer names")
		show(answer.Inside, o)
	}
	if len(answer.Hubs) > 0 {
		p.heading("Set apart: every district has reason to name these")
		p.sharedHubs(answer.Hubs)
	}
}

// sharedTable has a row for each entity and area.
func (p *page) sharedTable(rows []query.SharedRow, o sharedOptions) {
	var cells [][]string
	var inside []string
	for _, row := range rows {
		name, kind := row.Name, string(row.Kind)
		if o.kind != "" {
			kind = "" // all are of the type that was asked for
		}
		for _, in := range row.Areas {
			q := first(in.Evidence)
			sentence, meant := cell(q)
			cells = append(cells, []string{name, kind, in.Name, years(in.FirstYear, in.LastYear), strconv.Itoa(in.Documents), sentence, where(q)})
			inside = append(inside, meant)
			name, kind = "", "" // once is enough
		}
	}
	p.table(append([]column{{name: "name"}, {name: "type", spare: 3}, {name: "area"}, {name: "years", spare: 4}, {name: "docs", right: true, spare: 1}}, evidence(inside)...), cells)
}

// sharedInFull has a block for each entity.
func (p *page) sharedInFull(rows []query.SharedRow, _ sharedOptions) {
	for i, row := range rows {
		if i > 0 {
			p.WriteByte('\n')
		}
		p.title(row.Name, string(row.Kind), string(row.ID))
		for _, in := range row.Areas {
			said := fmt.Sprintf("%s  %s, %s", in.Name, count(in.Documents, "document"), count(in.Mentions, "mention"))
			if y := years(in.FirstYear, in.LastYear); y != "" {
				said += ", " + y
			}
			p.paragraph(2, said)
			p.quotes(4, in.Evidence)
		}
	}
}

func (p *page) sharedHubs(rows []query.SharedRow) {
	cells := make([][]string, len(rows))
	for i, row := range rows {
		cells[i] = []string{row.Name, string(row.Kind), strconv.Itoa(len(row.Areas)), strconv.Itoa(row.Mentions), row.Hub}
	}
	p.table([]column{{name: "name"}, {name: "type", spare: 3}, {name: "areas", right: true}, {name: "mentions", right: true}, {name: "why"}}, cells)
}
