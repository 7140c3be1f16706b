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
	scope scopeFlags
}

func newRank(a *app) *cobra.Command {
	var o rankOptions
	var names []string
	about := ""
	for _, m := range query.Measures() {
		names = append(names, m.Name)
		about += fmt.Sprintf("  %-12s %s\n", m.Name, m.About)
	}
	c := &cobra.Command{
		Use:   "rank",
		Short: "list the best connected names",
		Long: `Rank orders names by how they are connected, and says of each on how many documents of how many areas its connections rest:
a high rank that rests on one document is that document's, not the world's.

` + about + `
What a text states weighs 1, and a sentence that names many counts little. The measures look at all names; --type lists only
some. Betweenness of more than 20,000 names is estimated, and the answer says how well.`,
		Example: `  tupu rank --type enterprise
  tupu rank --by pagerank --in 芗城区 --year 2023 --limit 5
  tupu rank --by pagerank --from 榕屿食品
  tupu rank --by betweenness --edges UNDERTAKES,PARTNERS_WITH`,
		Args: exactly(0, "no arguments"),
		RunE: func(c *cobra.Command, _ []string) error {
			if !slices.Contains(names, o.By) {
				return usagef(c, "--by %q: use %s", o.By, strings.Join(names, ", "))
			}
			if o.From != "" && o.By != "pagerank" {
				return usagef(c, "--from goes with --by pagerank")
			}
			if o.Sources > 0 && o.By != "betweenness" {
				return usagef(c, "--sources goes with --by betweenness")
			}
			types, err := o.scope.read(c)
			if err != nil {
				return err
			}
			o.Types, o.Area, o.Year = types, o.scope.area, o.scope.year
			return a.rank(c.Context(), o)
		},
	}
	c.Flags().StringVar(&o.By, "by", names[0], strings.Join(names, ", "))
	_ = c.RegisterFlagCompletionFunc("by", cobra.FixedCompletions(names, cobra.ShellCompDirectiveNoFileComp))
	addKind(c, &o.kind, "of what")
	addScope(c, &o.scope)
	c.Flags().StringVar(&o.From, "from", "", "pagerank as seen from this `name` or id")
	_ = c.RegisterFlagCompletionFunc("from", a.completeNames(1))
	addCount(c, &o.Sources, "sources", 0, 1, "follow the paths of betweenness from so many `names` only (default: all of 20,000, else 1000)")
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
		r.query, r.items, r.truncated = answer.Query, toItems(answer.Rows), answer.Total > len(answer.Rows)
		cells := make([][]string, len(answer.Rows))
		for i, row := range answer.Rows {
			cells[i] = []string{strconv.Itoa(row.Rank), row.Name, string(row.Kind), score(row.Score), strconv.Itoa(row.Documents), strconv.Itoa(row.Areas)}
			r.rows = append(r.rows, []string{strconv.Itoa(row.Rank), row.Name, string(row.Kind), string(row.ID), score(row.Score), strconv.Itoa(row.Documents), strconv.Itoa(row.Areas)})
		}
		r.people = func(p *page) {
			p.table([]column{{name: "", right: true}, {name: "name"}, {name: "type", spare: 3}, {name: o.By, right: true}, {name: "docs", right: true, spare: 1}, {name: "areas", right: true}}, cells)
		}
		var notes []string
		if answer.Total == 0 {
			notes = append(notes, "nothing to rank: no such names are connected")
		} else if note := cutNote(len(answer.Rows), answer.Total); note != "" {
			notes = append(notes, note)
		}
		if answer.Sampled != "" {
			notes = append(notes, answer.Sampled)
		}
		r.note = strings.Join(notes, "\n")
		return r
	})
}
