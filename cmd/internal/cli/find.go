package cli

import (
	"context"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/query"
)

type findOptions struct {
	query.FindOptions
	kind kindFlag
}

func newFind(a *app) *cobra.Command {
	var o findOptions
	c := &cobra.Command{
		Use:   "find TEXT",
		Short: "find names by a part of them",
		Long: `Find lists the names that hold a text, in simplified or traditional script and in any width: exact names first, then those
that begin with it, then by the number of documents. Names are also found by their pinyin (rongyu), by its initials (rysp),
and by both mixed with characters (榕yu). Where no name fits, those are shown that sound like the text or differ from it by
a typing mistake; the column how says so. For words in sentences there is search.`,
		Example: `  tupu find 食品
  tupu find rongyu
  tupu find 第二實驗小學 --type organization`,
		Args:              exactly(1, "one text"),
		ValidArgsFunction: a.completeNames(1),
		RunE: func(c *cobra.Command, args []string) error {
			o.Text = args[0]
			if strings.TrimSpace(o.Text) == "" {
				return usagef(c, "find needs a text to look for")
			}
			return a.find(c.Context(), o)
		},
	}
	addKind(c, &o.kind, "of what")
	addLimit(c, &o.Limit, 50, "names")
	return c
}

func (a *app) find(ctx context.Context, o findOptions) error {
	o.Kind = graph.Kind(o.kind)
	empty := result{kind: "names", query: o.FindOptions, columns: []string{"name", "type", "id", "documents", "areas", "matched", "aliases", "how"}}
	return reply(a, empty, func(r query.Reader) (*query.FindAnswer, error) {
		return query.Find(ctx, r, o.FindOptions)
	}, func(answer *query.FindAnswer) result {
		r := empty
		r.items, r.truncated = toItems(answer.Found), answer.Total > len(answer.Found)
		for _, f := range answer.Found {
			r.rows = append(r.rows, []string{f.Name, string(f.Kind), string(f.ID), strconv.Itoa(f.Documents), strconv.Itoa(f.Areas), f.Matched, strings.Join(f.Aliases, ";"), string(f.How)})
		}
		r.people = func(p *page) {
			cells := make([][]string, len(answer.Found))
			for i, f := range answer.Found {
				cells[i] = []string{f.Name, string(f.Kind), strconv.Itoa(f.Documents), strconv.Itoa(f.Areas), string(f.ID), strings.Join(f.Aliases, ", ")}
			}
			p.table([]column{{name: "name"}, {name: "type", spare: 3}, {name: "docs", right: true, spare: 1}, {name: "areas", right: true}, {name: "id"}, {name: "also", clip: clipsEnd}}, cells)
		}
		switch {
		case answer.Total == 0:
			r.note = a.words.say("no name holds %q; `tupu search %s` looks in the sentences", o.Text, o.Text)
		case answer.Guessed():
			r.note = a.words.say("no name holds %q; these sound or look like it", o.Text)
		case r.truncated:
			r.note = a.words.say("%d of %d; --limit 0 gives all", len(answer.Found), answer.Total)
		}
		return r
	})
}
