package cli

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/tupu-kg/tupu/query"
)

type linkOptions struct {
	query.LinkOptions
	scope scopeFlags
}

func newLinks(a *app) *cobra.Command {
	var o linkOptions
	var names []string
	about := ""
	for _, m := range query.LinkMeasures() {
		names = append(names, m.Name)
		about += fmt.Sprintf("  %-12s %s\n", m.Name, m.About)
	}
	c := &cobra.Command{
		Use:   "links",
		Short: "the connections that hold the graph together, or stand out",
		Long: `Links lists connections between two names, each with the documents and areas that it rests on and a sentence.

` + about + `
What everybody is connected with (` + "`tupu ask hubs`" + `) is left out unless --through-hubs. Above a surprise of 10.8 chance would bring a
pair together so often in one case of a thousand; with few documents nothing is surprising. ` + "`tupu rank --by cut`" + ` lists the names that
others hang on, and ` + "`tupu communities --parts`" + ` the parts that nothing connects.`,
		Example: `  tupu links
  tupu links --by skeleton --edges UNDERTAKES,PARTNERS_WITH
  tupu links --by surprise --in 芗城区 --limit 10`,
		Args: exactly(0, "no arguments"),
		RunE: func(c *cobra.Command, _ []string) error {
			if !slices.Contains(names, o.By) {
				return usagef(c, "--by %q: use %s", o.By, strings.Join(names, ", "))
			}
			if o.Least < 1 {
				return usagef(c, "--least %d: use a number above 0", o.Least)
			}
			types, err := o.scope.read(c)
			if err != nil {
				return err
			}
			o.Types, o.Area, o.Year = types, o.scope.area, o.scope.year
			return a.links(c.Context(), o)
		},
	}
	c.Flags().StringVar(&o.By, "by", names[0], strings.Join(names, ", "))
	_ = c.RegisterFlagCompletionFunc("by", cobra.FixedCompletions(names, cobra.ShellCompDirectiveNoFileComp))
	addScope(c, &o.scope)
	c.Flags().IntVar(&o.Least, "least", 2, "bridge: `names` on either side; surprise: documents that name both")
	c.Flags().BoolVar(&o.Hubs, "through-hubs", false, "with what everybody is connected with")
	addLimit(c, &o.Limit, 20, "rows")
	return c
}

func (a *app) links(ctx context.Context, o linkOptions) error {
	empty := result{kind: "links", query: o.LinkOptions, columns: quoteColumns(
		"from", "relations", "to", "from_id", "to_id", "documents", "areas", "apart", "both", "pmi", "log_likelihood",
	)}
	return reply(a, empty, func(r query.Reader) (*query.LinksAnswer, error) {
		return query.Links(ctx, r, o.LinkOptions)
	}, func(answer *query.LinksAnswer) result {
		r := empty
		r.query, r.items, r.truncated = answer.Query, toItems(answer.Links), answer.Total > len(answer.Links)
		for _, l := range answer.Links {
			pmi, surprise := "", ""
			if l.Both > 0 {
				pmi, surprise = score(l.PMI), score(l.LogLikelihood)
			}
			r.rows = append(r.rows, withQuote(first(l.Quotes), l.FromName, joinTypes(l.Relations), l.ToName, string(l.From), string(l.To),
				strconv.Itoa(l.Documents), strconv.Itoa(l.Areas), number(l.Apart), number(l.Both), pmi, surprise))
		}
		r.people = func(p *page) { p.links(answer) }
		var notes []string
		if answer.Total == 0 {
			notes = append(notes, "no such connection")
		}
		if answer.Parts > 1 {
			notes = append(notes, fmt.Sprintf("%d parts that nothing connects with each other", answer.Parts))
		}
		if cut := cutNote(len(answer.Links), answer.Total); cut != "" {
			notes = append(notes, cut)
		}
		r.note = strings.Join(notes, "; ")
		return r
	})
}

func (p *page) links(answer *query.LinksAnswer) {
	for _, l := range answer.Links {
		said := fmt.Sprintf("%s, %s", count(l.Documents, "document"), count(l.Areas, "area"))
		switch {
		case l.Apart > 0:
			said = fmt.Sprintf("%s on the smaller side; %s", count(l.Apart, "name"), said)
		case l.Both > 0:
			said = fmt.Sprintf("%.1f times as often as by chance, surprise %.1f; %s", math.Exp2(l.PMI), l.LogLikelihood, said)
		}
		p.heading(l.FromName + " – " + l.ToName)
		p.paragraph(2, p.words.edgeTypes(l.Relations)+": "+said)
		p.quotes(4, l.Quotes)
	}
}
