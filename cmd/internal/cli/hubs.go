package cli

import (
	"context"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"
	"github.com/tupu-kg/tupu/query"
)

func newHubs(a *app) *cobra.Command {
	var limit int
	c := &cobra.Command{
		Use:   "hubs",
		Short: "what is set apart in questions about connections, and why",
		Long: `Hubs lists the areas that documents speak for, the places that contain one, and persons of higher office. Everything is
connected with these, so that two others both are says nothing about them: ask shared lists them apart, and path goes
around them.`,
		Example: `  tupu ask hubs
  tupu ask hubs -o csv`,
		Args: exactly(0, "no arguments"),
		RunE: func(c *cobra.Command, _ []string) error { return a.hubs(c.Context(), limit) },
	}
	addLimit(c, &limit, 50, "rows")
	return c
}

func (a *app) hubs(ctx context.Context, limit int) error {
	empty := result{kind: "hubs", query: map[string]int{"limit": limit}, columns: quoteColumns("name", "type", "id", "degree", "documents", "areas", "reason")}
	return reply(a, empty, func(r query.Reader) (*query.HubsAnswer, error) {
		return query.Hubs(ctx, r)
	}, func(answer *query.HubsAnswer) result {
		r := empty
		hubs := answer.Hubs
		if limit > 0 && len(hubs) > limit {
			hubs, r.truncated = hubs[:limit], true
			r.note = fmt.Sprintf("%d of %d; --limit 0 gives all", limit, len(answer.Hubs))
		}
		r.items = toItems(hubs)
		cells := make([][]string, len(hubs))
		for i, h := range hubs {
			cells[i] = []string{h.Name, string(h.Kind), strconv.Itoa(h.Degree), strconv.Itoa(h.Documents), strconv.Itoa(h.Areas), h.Reason}
			r.rows = append(r.rows, withQuote(first(h.Evidence), h.Name, string(h.Kind), string(h.ID), strconv.Itoa(h.Degree), strconv.Itoa(h.Documents), strconv.Itoa(h.Areas), h.Reason))
		}
		r.people = func(p *page) {
			p.table([]column{{name: "name"}, {name: "type", spare: 3}, {name: "connected", right: true}, {name: "docs", right: true, spare: 1}, {name: "areas", right: true}, {name: "why"}}, cells)
		}
		return r
	})
}
