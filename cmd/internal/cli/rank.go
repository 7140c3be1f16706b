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

type rankOptions struct {
	query.RankOptions
	kind  kindFlag
	edges []string
}

func newRank(a *app) *cobra.Command {
	var o rankOptions
	c := &cobra.Command{
		Use:   "rank",
		Short: "list the best connected names",
		Long: `Rank orders names by how they are connected: by degree (different names that one is connected with), by strength (the same,
weighted: a sentence that names many counts little), or by pagerank (who is connected with the well connected).`,
		Example: `  tupu rank --type enterprise
  tupu rank --by pagerank --area 芗城区 --limit 5`,
		Args: exactly(0, "no arguments"),
		RunE: func(c *cobra.Command, _ []string) error {
			if !slices.Contains(query.Measures, o.By) {
				return usagef(c, "--by %q: use %s", o.By, strings.Join(query.Measures, ", "))
			}
			types, err := edgeTypes(o.edges)
			if err != nil {
				return usagef(c, "--edges: %w", err)
			}
			o.Types = types
			return a.rank(c.Context(), o)
		},
	}
	c.Flags().StringVar(&o.By, "by", query.Measures[0], strings.Join(query.Measures, ", "))
	_ = c.RegisterFlagCompletionFunc("by", cobra.FixedCompletions(query.Measures, cobra.ShellCompDirectiveNoFileComp))
	addKind(c, &o.kind, "of what")
	c.Flags().StringVar(&o.Area, "area", "", "only what appears in this `area`")
	addEdges(c, &o.edges)
	addLimit(c, &o.Limit, 20, "rows")
	return c
}

func (a *app) rank(ctx context.Context, o rankOptions) error {
	o.Kind = graph.Kind(o.kind)
	empty := result{kind: "ranks", query: o.RankOptions, columns: []string{"rank", "name", "type", "id", "score", "documents", "areas"}}
	return reply(a, empty, func(r query.Reader) (*query.RankAnswer, error) {
		return query.Rank(ctx, r, o.RankOptions)
	}, func(answer *query.RankAnswer) result {
		r := empty
		r.items, r.truncated = toItems(answer.Rows), answer.Total > len(answer.Rows)
		cells := make([][]string, len(answer.Rows))
		for i, row := range answer.Rows {
			score := strconv.FormatFloat(row.Score, 'g', 6, 64)
			cells[i] = []string{strconv.Itoa(row.Rank), row.Name, string(row.Kind), score, strconv.Itoa(row.Documents), strconv.Itoa(row.Areas)}
			r.rows = append(r.rows, []string{strconv.Itoa(row.Rank), row.Name, string(row.Kind), string(row.ID), score, strconv.Itoa(row.Documents), strconv.Itoa(row.Areas)})
		}
		r.people = func(p *page) {
			p.table([]column{{name: "", right: true}, {name: "name"}, {name: "type", spare: 3}, {name: o.By, right: true}, {name: "docs", right: true, spare: 1}, {name: "areas", right: true}}, cells)
		}
		switch {
		case answer.Total == 0:
			r.note = "nothing to rank: no such names are connected"
		case r.truncated:
			r.note = fmt.Sprintf("%d of %d; --limit 0 gives all", len(answer.Rows), answer.Total)
		}
		return r
	})
}
