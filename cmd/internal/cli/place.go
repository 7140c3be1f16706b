package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"
	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/query"
)

type placeOptions struct {
	query.PlaceOptions
	kind     kindFlag
	evidence bool
}

func newPlace(a *app) *cobra.Command {
	var o placeOptions
	c := &cobra.Command{
		Use:   "place NAME",
		Short: "what lies in a place, and what the reports that speak for it name",
		Long: `Place lists what lies in a place as far as documents or the administrative register say so, and, for an area that reports
speak for, what these reports name.`,
		Example: `  tupu ask place 芗城区
  tupu ask place 芗城区 --type enterprise -o csv`,
		Args:              exactly(1, "the name or id of one place"),
		ValidArgsFunction: a.completeNames(1),
		RunE: func(c *cobra.Command, args []string) error {
			o.Name = args[0]
			return a.place(c.Context(), o)
		},
	}
	addKind(c, &o.kind, "of what")
	c.Flags().BoolVarP(&o.evidence, "evidence", "v", false, "the sentences in full, with file and position")
	addLimit(c, &o.Limit, 100, "rows of each list")
	return c
}

func (a *app) place(ctx context.Context, o placeOptions) error {
	o.Kind, o.Quotes = graph.Kind(o.kind), 1
	if o.evidence {
		o.Quotes = -1
	}
	empty := result{kind: "place", query: o.PlaceOptions, columns: quoteColumns("group", "name", "type", "id", "documents", "mentions", "first_year", "last_year", "inside")}
	return reply(a, empty, func(r query.Reader) (*query.PlaceAnswer, error) {
		return query.Place(ctx, r, o.PlaceOptions)
	}, func(answer *query.PlaceAnswer) result {
		r := empty
		r.query, r.truncated, r.items = answer.Query, answer.Truncated, []any{answer}
		for _, list := range []struct {
			name string
			rows []query.PlaceRow
		}{{"located", answer.Located}, {"appearing", answer.Appearing}} {
			for _, row := range list.rows {
				r.rows = append(r.rows, withQuote(first(row.Evidence), list.name, row.Name, string(row.Kind), string(row.ID), number(row.Documents), number(row.Mentions),
					number(row.FirstYear), number(row.LastYear), yes(row.Inside)))
			}
		}
		r.people = func(p *page) { p.place(answer, o.evidence) }
		if answer.Truncated {
			r.note = a.words.say("the first %d of each list; --limit 0 gives all", o.Limit)
		}
		return r
	})
}

func (p *page) place(answer *query.PlaceAnswer, full bool) {
	p.title(answer.Place.Name, string(answer.Place.Place), string(answer.Place.ID))
	facts := [][]string{{"code", answer.Place.Code}, {"lies in", strings.Join(answer.Within, ", ")}, {"also", strings.Join(answer.Place.Aliases, ", ")}}
	for i, d := range answer.Documents {
		label := ""
		if i == 0 {
			label = "documents"
		}
		facts = append(facts, []string{label, describe(d)})
	}
	p.facts(facts)
	for _, list := range []struct {
		title string
		rows  []query.PlaceRow
	}{{"Lies there", answer.Located}, {"Named in its documents", answer.Appearing}} {
		if len(list.rows) == 0 {
			continue
		}
		p.heading(list.title)
		if full {
			for _, row := range list.rows {
				p.title(row.Name, string(row.Kind), string(row.ID))
				p.quotes(2, row.Evidence)
			}
			continue
		}
		cells, inside := make([][]string, len(list.rows)), make([]string, len(list.rows))
		for i, row := range list.rows {
			q := first(row.Evidence)
			sentence, meant := cell(q)
			cells[i] = []string{row.Name, string(row.Kind), years(row.FirstYear, row.LastYear), number(row.Mentions), insideOnly(row.Inside), sentence, where(q)}
			inside[i] = meant
		}
		p.table(append([]column{{name: "name"}, {name: "type", spare: 3}, {name: "years", spare: 4}, {name: "mentions", right: true}, {name: ""}}, evidence(inside)...), cells)
	}
}

// describe names a document in a line.
func describe(d query.CoveredDoc) string {
	parts := []string{}
	for _, s := range []string{d.Title, years(d.Year, d.Plan), d.Path} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, "  ")
}
