package cli

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/tupu-kg/tupu/query"
)

type communityOptions struct {
	query.CommunityOptions
	scope scopeFlags
}

func newCommunities(a *app) *cobra.Command {
	var o communityOptions
	c := &cobra.Command{
		Use:   "communities",
		Short: "which names belong together by their connections",
		Long: `Communities groups names so that many connections lie within the groups and few between them (Louvain). Each group says on how many
documents of which areas its inner connections rest; of each name it says how strongly it is connected within, and how
evenly its connections are spread over several groups (broker). What everybody is connected with (` + "`tupu ask hubs`" + `) is left out
unless --with-hubs. With --parts the groups are those that nothing at all connects with each other. A group is a lead, not a fact.`,
		Example: `  tupu communities
  tupu communities --in 芗城区 --year 2023
  tupu communities --parts --with-hubs
  tupu communities --edges UNDERTAKES,PARTNERS_WITH --members 0 -o csv`,
		Args: exactly(0, "no arguments"),
		RunE: func(c *cobra.Command, _ []string) error {
			types, err := o.scope.read(c)
			if err != nil {
				return err
			}
			if !(o.Resolution > 0) {
				return usagef(c, "--resolution %g: use a number above 0", o.Resolution)
			}
			if o.Parts && c.Flags().Changed("resolution") {
				return usagef(c, "--resolution does not go with --parts, which asks for no size")
			}
			o.Types, o.Area, o.Year = types, o.scope.area, o.scope.year
			if o.Members == 0 {
				o.Members = -1
			}
			return a.communities(c.Context(), o)
		},
	}
	addScope(c, &o.scope)
	c.Flags().BoolVar(&o.Hubs, "with-hubs", false, "with what everybody is connected with")
	c.Flags().BoolVar(&o.Parts, "parts", false, "only groups that nothing connects with others")
	c.Flags().Float64Var(&o.Resolution, "resolution", 1, "above 1 for smaller groups, below for larger ones")
	addCount(c, &o.Least, "least", 3, 1, "members of a group")
	addCount(c, &o.Members, "members", 10, 0, "most members listed of each; 0 for all")
	addLimit(c, &o.Limit, 20, "groups")
	return c
}

// communityColumns are those of CSV and TSV, which have a row for each member.
var communityColumns = []string{"community", "size", "documents", "areas", "name", "type", "id", "strength", "broker"}

func (a *app) communities(ctx context.Context, o communityOptions) error {
	empty := result{kind: "communities", query: o.CommunityOptions, columns: communityColumns}
	return reply(a, empty, func(r query.Reader) (*query.CommunitiesAnswer, error) {
		return query.Communities(ctx, r, o.CommunityOptions)
	}, func(answer *query.CommunitiesAnswer) result {
		r := empty
		r.query, r.items, r.truncated = answer.Query, toItems(answer.Communities), answer.Total > len(answer.Communities)
		for _, group := range answer.Communities {
			for _, m := range group.Members {
				r.rows = append(r.rows, []string{
					strconv.Itoa(group.Number), strconv.Itoa(group.Size), strconv.Itoa(group.Documents), strings.Join(group.Areas, "、"),
					m.Name, string(m.Kind), string(m.ID), score(m.Strength), score(m.Broker),
				})
			}
		}
		r.people = func(p *page) { p.communities(answer) }
		if answer.Total == 0 {
			r.note = fmt.Sprintf("no group of %d or more", answer.Query.Least)
			return r
		}
		notes := []string{fmt.Sprintf("modularity %.3f", answer.Modularity)}
		if answer.Assortativity != nil {
			notes = append(notes, fmt.Sprintf("assortativity by district %.3f", *answer.Assortativity))
		}
		if cut := cutNote(len(answer.Communities), answer.Total); cut != "" {
			notes = append(notes, cut)
		}
		r.note = strings.Join(notes, "; ")
		return r
	})
}

func (p *page) communities(answer *query.CommunitiesAnswer) {
	for _, group := range answer.Communities {
		said := fmt.Sprintf("%d  %s, %s", group.Number, count(group.Size, "name"), count(group.Documents, "document"))
		if len(group.Areas) > 0 {
			said += " of " + strings.Join(group.Areas, "、")
		}
		p.heading(said)
		cells := make([][]string, len(group.Members))
		for i, m := range group.Members {
			cells[i] = []string{m.Name, string(m.Kind), score(m.Strength), strconv.FormatFloat(m.Broker, 'f', 2, 64)}
		}
		p.table([]column{{name: "name"}, {name: "type", spare: 2}, {name: "strength", right: true}, {name: "broker", right: true, spare: 1}}, cells)
	}
}
