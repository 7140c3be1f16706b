package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/tupu-kg/tupu/extract/text"
	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/query"
)

func newSplit(a *app) *cobra.Command {
	var o judgeOptions
	c := &cobra.Command{
		Use:   "split NAME PLACE...",
		Short: "say that at some places a name means another thing",
		Long: `Split says that at the places given a name does not mean what it means elsewhere: two people of one name, two schools. What
the name means there becomes a thing of its own, one for all the places given; rename can then tell it from its namesake, and
same can join it to what it is. A place is a file, for all of it, or a line (FILE:11) or paragraph (FILE:¶4), as ` + "`tupu show\nNAME -v`" + ` prints it.` + judgingHelp,
		Example:           "  tupu split 榕屿食品 testdata/reports/龙海区/龍海區2022年政府工作報告.txt --note 另一家",
		Args:              atLeast(2, "a name or id, and the places where it means another thing, as `tupu show NAME -v` prints them"),
		ValidArgsFunction: a.completeNames(1),
		RunE: func(c *cobra.Command, args []string) error {
			return a.split(c.Context(), o, args[0], args[1:])
		},
	}
	addJudge(c, &o)
	addKind(c, &o.kind, "of what")
	return c
}

func (a *app) split(ctx context.Context, o judgeOptions, name string, places []string) error {
	var js []graph.Judgement
	err := a.read(func(r query.Reader) error {
		d, err := query.Show(ctx, r, query.ShowOptions{Name: name, Kind: graph.Kind(o.kind), Quotes: -1, Near: -1})
		if err != nil {
			return err
		}
		mentions, err := mentionsAt(d, places)
		if err != nil {
			return err
		}
		for i, m := range mentions {
			js = append(js, graph.Judgement{Verdict: graph.Split, About: []graph.Subject{m}, Note: o.note})
			if i > 0 { // each stands apart for itself: these are one
				js = append(js, graph.Judgement{Verdict: graph.Same, About: []graph.Subject{mentions[i-1], m}, Note: o.note})
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return a.judge(ctx, o, js, nil)
}

// mentionsAt lists the mentions of an entity at places, as people write these. Every place must hold one.
func mentionsAt(d *query.Dossier, places []string) ([]graph.Subject, error) {
	found := make([]bool, len(places))
	var out []graph.Subject
	var there []string
	all := 0
	for _, in := range d.Documents {
		for _, q := range in.Evidence {
			all++
			if at := where(q); !slices.Contains(there, at) {
				there = append(there, at)
			}
			meant := false
			for i, place := range places {
				if place == where(q) || place == q.Path || place == string(q.Document) {
					meant, found[i] = true, true
				}
			}
			if meant {
				out = append(out, graph.Subject{Type: d.Entity.Kind, Surface: text.Name(q.Text), Doc: q.Document, Start: q.Start, End: q.End})
			}
		}
	}
	for i, place := range places {
		if !found[i] {
			if len(there) > mostListed {
				there = append(there[:mostListed], fmt.Sprintf("and %d more", len(there)-mostListed))
			}
			return nil, fmt.Errorf("%s (%s) is not named at %s; it is at:\n      %s", d.Entity.Name, d.Entity.ID, place, strings.Join(there, "\n      "))
		}
	}
	if len(out) == all {
		return nil, fmt.Errorf("these are all places that name %s (%s): nothing would be left to part from; name some of them, or use rename", d.Entity.Name, d.Entity.ID)
	}
	return out, nil
}
