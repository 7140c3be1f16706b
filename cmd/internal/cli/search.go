package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"
	"github.com/tupu-kg/tupu/query"
)

func newSearch(a *app) *cobra.Command {
	var o query.SearchOptions
	c := &cobra.Command{
		Use:   "search TEXT",
		Short: "find sentences by their words",
		Long: `Search lists the sentences that hold a text, in simplified or traditional script and in any width, by the dates of the
documents; sentences in which no name was recognised too.`,
		Example: `  tupu search 未能按计划通车
  tupu search 投產 --area 龙海区 --year 2023`,
		Args: exactly(1, "one text"),
		RunE: func(c *cobra.Command, args []string) error {
			o.Text = args[0]
			if strings.TrimSpace(o.Text) == "" {
				return usagef(c, "search needs a text to look for")
			}
			return a.search(c.Context(), o)
		},
	}
	c.Flags().StringVar(&o.Area, "area", "", "only documents that speak for this `area`")
	c.Flags().IntVar(&o.Year, "year", 0, "only documents that look back on this `year`")
	addLimit(c, &o.Limit, 50, "sentences")
	return c
}

func (a *app) search(ctx context.Context, o query.SearchOptions) error {
	empty := result{kind: "sentences", query: o, columns: quoteColumns("area", "year", "date", "title")}
	return reply(a, empty, func(r query.Reader) (*query.SearchAnswer, error) {
		return query.Search(ctx, r, o)
	}, func(answer *query.SearchAnswer) result {
		r := empty
		r.items, r.truncated = toItems(answer.Sentences), answer.Total > len(answer.Sentences)
		for _, q := range answer.Sentences {
			r.rows = append(r.rows, withQuote(q, q.Area, number(q.Year), q.Date, q.Title))
		}
		r.people = func(p *page) {
			p.quotes(0, answer.Sentences)
		}
		switch {
		case answer.Documents == 0:
			r.note = "no document held speaks for that area and year; `tupu ask coverage` lists those held"
		case answer.Total == 0:
			r.note = a.words.say("no sentence holds %q", o.Text)
			if o.Area != "" || o.Year != 0 {
				r.note += " there; leave --area and --year out to look everywhere"
			}
		case r.truncated:
			r.note = a.words.say("%d of %d; --limit 0 gives all", len(answer.Sentences), answer.Total)
		}
		return r
	})
}
