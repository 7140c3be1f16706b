package cli

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strconv"

	"github.com/spf13/cobra"
	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/query"
	"github.com/tupu-kg/tupu/store"
)

type diffOptions struct {
	query.DiffOptions
	kind  kindFlag
	scope scopeFlags
	with  string
}

// aYear is what diff takes for a year.
var aYear = regexp.MustCompile(`^[0-9]{4}$`)

func newDiff(a *app) *cobra.Command {
	var o diffOptions
	c := &cobra.Command{
		Use:   "diff OLD NEW",
		Short: "what two years, two areas or two graphs have that the other has not",
		Long: `Diff compares what the documents of two years say, or those of two areas: the names that only one side has, and the connections.
--with compares this graph with another, say the one of last month (tupu diff --with last-month.db): what is gone is in the
other only.

What one side lacks is absent from its documents, not from the world. The last line says how many documents each side has.`,
		Example: `  tupu diff 2022 2023
  tupu diff 2022 2023 --in 芗城区 --type enterprise
  tupu diff 芗城区 漳浦县 --year 2023`,
		Args: func(c *cobra.Command, args []string) error {
			if o.with == "" {
				return exactly(2, "two years or two areas, or --with")(c, args)
			}
			return exactly(0, "no arguments with --with")(c, args)
		},
		RunE: func(c *cobra.Command, args []string) error {
			types, err := o.scope.read(c)
			if err != nil {
				return err
			}
			if len(args) == 2 {
				o.Old, o.New = args[0], args[1]
				if o.Old == o.New {
					return usagef(c, "%q on both sides: name two years or two areas", o.Old)
				}
				switch old, now := aYear.MatchString(o.Old), aYear.MatchString(o.New); {
				case old && now && o.scope.year != 0:
					return usagef(c, "--year goes with two areas, or with --with")
				case !old && !now && o.scope.area != "":
					return usagef(c, "--in goes with two years, or with --with")
				}
			}
			o.Types, o.Area, o.Year = types, o.scope.area, o.scope.year
			return a.diff(c.Context(), o)
		},
	}
	addKind(c, &o.kind, "of what")
	addScope(c, &o.scope)
	c.Flags().StringVar(&o.with, "with", "", "the `folder` of another graph, taken as the old one")
	_ = c.MarkFlagDirname("with")
	addLimit(c, &o.Limit, 30, "rows of each list")
	return c
}

func (a *app) diff(ctx context.Context, o diffOptions) error {
	o.Kind = graph.Kind(o.kind)
	empty := result{kind: "changes", query: o.DiffOptions, columns: []string{"change", "what", "name", "type", "id", "relation", "other", "other_id", "documents"}}
	return reply(a, empty, func(r query.Reader) (*query.DiffAnswer, error) {
		if o.with == "" {
			return query.Diff(ctx, r, nil, o.DiffOptions)
		}
		old, err := store.Open(o.with)
		if errors.Is(err, store.ErrNoStore) {
			return nil, fmt.Errorf("no graph at %s: --with takes the folder that `tupu build` made", o.with)
		}
		if err != nil {
			return nil, err
		}
		defer old.Close()
		return query.Diff(ctx, r, old, o.DiffOptions)
	}, func(answer *query.DiffAnswer) result {
		r := empty
		r.query, r.items, r.truncated = answer.Query, toItems(answer.Changes), answer.Truncated
		for _, x := range answer.Changes {
			r.rows = append(r.rows, []string{x.Change, x.What, x.Name, string(x.Kind), string(x.ID), string(x.Relation), x.OtherName, string(x.Other), strconv.Itoa(x.Documents)})
		}
		old, now := "the other graph", "this graph"
		if o.with == "" {
			old, now = o.Old, o.New
		}
		r.people = func(p *page) { p.diff(answer, old, now) }
		r.note = fmt.Sprintf("%s: %s; %s: %s", old, count(answer.OldDocuments, "document"), now, count(answer.NewDocuments, "document"))
		if answer.OldDocuments == 0 || answer.NewDocuments == 0 {
			r.note += "; a side without documents says nothing (`tupu ask coverage` lists what is held)"
		}
		r.note += fmt.Sprintf("\nnames: %d new, %d gone; connections: %d new, %d gone", answer.NewNames, answer.GoneNames, answer.NewEdges, answer.GoneEdges)
		if answer.Truncated {
			r.note += fmt.Sprintf("\nthe first %d of each list; --limit 0 gives all", o.Limit)
		}
		return r
	})
}

func (p *page) diff(answer *query.DiffAnswer, old, now string) {
	for _, list := range []struct{ what, change, title string }{
		{"name", "new", "Names only in " + now},
		{"name", "gone", "Names only in " + old},
		{"edge", "new", "Connections only in " + now},
		{"edge", "gone", "Connections only in " + old},
	} {
		var cells [][]string
		for _, x := range answer.Changes {
			if x.What == list.what && x.Change == list.change {
				cells = append(cells, []string{x.Name, string(x.Kind), string(x.Relation), x.OtherName, strconv.Itoa(x.Documents)})
			}
		}
		if len(cells) > 0 {
			p.heading(list.title)
			p.table([]column{{name: "name"}, {name: "type", spare: 2}, {name: "relation"}, {name: "with"}, {name: "docs", right: true, spare: 1}}, cells)
		}
	}
}
