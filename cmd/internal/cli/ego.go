package cli

import (
	"context"
	"fmt"
	"math"
	"strconv"

	"github.com/spf13/cobra"
	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/query"
)

type egoOptions struct {
	query.EgoOptions
	scope scopeFlags
}

func newEgo(a *app) *cobra.Command {
	var o egoOptions
	c := &cobra.Command{
		Use:   "ego NAME",
		Short: "who is around a name, how strongly, and on what that rests",
		Long: `Ego lists the names that one is connected with, in as many steps as asked for, with the documents and areas that the connections
rest on. Of names that stand together in documents it says whether that is more often than chance would have it: times is how many times
as often as by chance, surprise the log likelihood ratio (above 10.8 chance would bring it in one case of a thousand; with few documents
nothing is surprising). The search does not go on through what everybody is connected with (` + "`tupu ask hubs`" + `) unless
--through-hubs. At the end it lists names that are not connected with it but have acquaintances in common: leads, not facts.

` + "`tupu show NAME`" + ` prints the sentences.`,
		Example: `  tupu ego 榕屿食品
  tupu ego 榕屿食品 --steps 2 --edges UNDERTAKES,PARTNERS_WITH
  tupu ego 榕屿食品 --in 芗城区 --year 2023`,
		Args:              exactly(1, "a name or id"),
		ValidArgsFunction: a.completeNames(1),
		RunE: func(c *cobra.Command, args []string) error {
			types, err := o.scope.read(c)
			if err != nil {
				return err
			}
			if o.Steps < 1 || o.Steps > 3 {
				return usagef(c, "--steps %d: use 1, 2 or 3; beyond that lies nearly everything", o.Steps)
			}
			o.Name, o.Types, o.Area, o.Year = args[0], types, o.scope.area, o.scope.year
			return a.ego(c.Context(), o)
		},
	}
	c.Flags().IntVar(&o.Steps, "steps", 1, "how far: 1 to 3")
	addScope(c, &o.scope)
	c.Flags().BoolVar(&o.Hubs, "through-hubs", false, "go on through what is set apart, too")
	addLimit(c, &o.Limit, 30, "names")
	return c
}

func (a *app) ego(ctx context.Context, o egoOptions) error {
	empty := result{kind: "ego", query: o.EgoOptions, columns: []string{
		"group", "name", "type", "id", "steps", "relations", "strength", "documents", "areas", "both", "named", "pmi", "log_likelihood", "common", "adamic_adar", "hub",
	}}
	return reply(a, empty, func(r query.Reader) (*query.EgoAnswer, error) {
		return query.Ego(ctx, r, o.EgoOptions)
	}, func(answer *query.EgoAnswer) result {
		r := empty
		r.query, r.truncated = answer.Query, answer.Total > len(answer.Around)
		r.items = []any{answer}
		for _, x := range answer.Around {
			pmi, surprise := "", ""
			if x.Both > 0 {
				pmi, surprise = score(x.PMI), score(x.LogLikelihood)
			}
			r.rows = append(r.rows, []string{
				"around", x.Name, string(x.Kind), string(x.ID), strconv.Itoa(x.Steps), joinTypes(x.Relations), score(x.Strength), strconv.Itoa(x.Documents),
				strconv.Itoa(x.Areas), number(x.Both), number(x.Named), pmi, surprise, "", "", x.Hub,
			})
		}
		for _, l := range answer.Likely {
			r.rows = append(r.rows, []string{"likely", l.Name, string(l.Kind), string(l.ID), "", "", "", "", "", "", "", "", "", strconv.Itoa(l.Common), score(l.AdamicAdar), ""})
		}
		r.people = func(p *page) { p.ego(answer) }
		if answer.Total == 0 {
			r.note = fmt.Sprintf("%s has no connections among those that count; `tupu show %s` prints where it is named", answer.Entity.ID, answer.Entity.Name)
		} else {
			r.note = cutNote(len(answer.Around), answer.Total)
		}
		return r
	})
}

func joinTypes(types []graph.EdgeType) string {
	return words(nil).edgeTypes(types)
}

func (p *page) ego(answer *query.EgoAnswer) {
	if len(answer.Around) == 0 {
		return
	}
	p.title(answer.Entity.Name, string(answer.Entity.ID), fmt.Sprintf("%s around it, %s among all", count(answer.Total, "name"), count(answer.Edges, "connection")))
	cells := make([][]string, len(answer.Around))
	for i, x := range answer.Around {
		times, surprise := "", ""
		if x.Both > 0 {
			times, surprise = strconv.FormatFloat(math.Exp2(x.PMI), 'f', 1, 64), strconv.FormatFloat(x.LogLikelihood, 'f', 1, 64)
		}
		steps := ""
		if answer.Query.Steps > 1 {
			steps = strconv.Itoa(x.Steps)
		}
		cells[i] = []string{x.Name, string(x.Kind), steps, p.words.edgeTypes(x.Relations), strconv.Itoa(x.Documents), strconv.Itoa(x.Areas), times, surprise}
	}
	p.table([]column{
		{name: "name"},
		{name: "type", spare: 2},
		{name: "steps", right: true},
		{name: "relations", spare: 1},
		{name: "docs", right: true},
		{name: "areas", right: true},
		{name: "times", right: true, spare: 4},
		{name: "surprise", right: true, spare: 3},
	}, cells)
	if len(answer.Likely) > 0 {
		p.heading("Not connected with it, but with acquaintances in common")
		cells := make([][]string, len(answer.Likely))
		for i, l := range answer.Likely {
			cells[i] = []string{l.Name, string(l.Kind), strconv.Itoa(l.Common), strconv.FormatFloat(l.AdamicAdar, 'f', 2, 64)}
		}
		p.table([]column{{name: "name"}, {name: "type", spare: 2}, {name: "in common", right: true}, {name: "adamic-adar", right: true, spare: 1}}, cells)
	}
}
