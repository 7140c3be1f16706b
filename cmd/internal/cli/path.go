package cli

import (
	"context"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"
	"github.com/tupu-kg/tupu/query"
)

type pathOptions struct {
	query.PathOptions
	edges    []string
	evidence bool
}

func newPath(a *app) *cobra.Command {
	var o pathOptions
	c := &cobra.Command{
		Use:   "path A B",
		Short: "how two names are connected, with the sentence for each step",
		Long: `Path finds the best connections between two names and prints the sentence that each step stands on. What a text states is
nearer than being named in one sentence; with --by-evidence, what more documents say is nearer. It does not go through what
everybody is connected with (` + "`tupu ask hubs`" + ` lists it) unless --through-hubs allows it.`,
		Example: `  tupu path 惠松家居 屿辰集团
  tupu path 惠松家居 屿辰集团 --through-hubs --most 3
  tupu path 惠松家居 屿辰集团 --paths 3 --by-evidence
  tupu path 榕屿食品 屿辰冷链 --avoid 金浔产业园 --edges CO_MENTIONED`,
		Args:              exactly(2, "two names or ids"),
		ValidArgsFunction: a.completeNames(2),
		RunE: func(c *cobra.Command, args []string) error {
			o.From, o.To = args[0], args[1]
			types, err := edgeTypes(o.edges)
			if err != nil {
				return usagef(c, "--edges: %w", err)
			}
			if o.Ways < 1 || o.Ways > 100 {
				return usagef(c, "--paths %d: use 1 to 100", o.Ways)
			}
			o.Types = types
			return a.path(c.Context(), o)
		},
	}
	addCount(c, &o.Most, "most", 6, 1, "most `steps`")
	c.Flags().IntVar(&o.Ways, "paths", 1, "how many `paths`, no two through the same names, the best first")
	c.Flags().BoolVar(&o.Weigh, "by-evidence", false, "prefer what rests on more documents")
	c.Flags().BoolVar(&o.Hubs, "through-hubs", false, "go through what is set apart, too")
	c.Flags().StringSliceVar(&o.Avoid, "avoid", nil, "`names` or ids that the path must not go through")
	addEdges(c, &o.edges)
	c.Flags().BoolVarP(&o.evidence, "evidence", "v", false, "all sentences of each step")
	return c
}

func (a *app) path(ctx context.Context, o pathOptions) error {
	o.Quotes = 1
	if o.evidence {
		o.Quotes = -1
	}
	empty := result{kind: "path", query: o.PathOptions, columns: append(quoteColumns("step", "from", "relation", "to", "from_id", "to_id"), "way")}
	return reply(a, empty, func(r query.Reader) (*query.PathAnswer, error) {
		return query.Path(ctx, r, o.PathOptions)
	}, func(answer *query.PathAnswer) result {
		r := empty
		r.query = answer.Query
		for _, hops := range answer.Ways {
			r.items = append(r.items, toItems(hops)...)
			for i, h := range hops {
				quotes := h.Quotes
				if len(quotes) == 0 {
					quotes = []query.Quote{first(nil)}
				}
				for _, q := range quotes {
					row := withQuote(q, strconv.Itoa(i+1), h.StartName, string(h.Type), h.EndName, string(h.Start), string(h.End))
					r.rows = append(r.rows, append(row, strconv.Itoa(h.Way)))
				}
			}
		}
		r.people = func(p *page) { p.path(answer) }
		if !answer.Found {
			r.note = fmt.Sprintf("no connection between %s and %s in %d steps", answer.From.ID, answer.To.ID, answer.Query.Most)
			if !o.Hubs {
				r.note += "; --through-hubs also goes through what everybody is connected with"
			}
		}
		if n := len(answer.Ways); n > 0 && n < answer.Query.Ways {
			r.note = fmt.Sprintf("%s, and no more in %d steps", count(n, "path"), answer.Query.Most)
			if answer.Cut {
				r.note = fmt.Sprintf("%s; there may be more, but too many names lie around these: narrow the edges, or name what to avoid", count(n, "path"))
			}
		}
		return r
	})
}

func (p *page) path(answer *query.PathAnswer) {
	for i, hops := range answer.Ways {
		if len(answer.Ways) > 1 {
			p.heading(fmt.Sprintf("Path %d: %s", i+1, count(len(hops), "step")))
		}
		p.way(hops)
	}
}

func (p *page) way(hops []query.Hop) {
	for i, h := range hops {
		if i == 0 {
			p.title(h.StartName, string(h.Start))
		}
		said := "→"
		if h.Type.Symmetric() {
			said = "–"
		} else if h.From != h.Start {
			said = "←"
		}
		said += " " + p.words.edgeType(h.Type)
		if h.Total > len(h.Quotes) {
			said += fmt.Sprintf(" (1 of %d sentences)", h.Total)
		}
		p.paragraph(2, said)
		p.quotes(4, h.Quotes)
		p.title(h.EndName, string(h.End))
	}
}
