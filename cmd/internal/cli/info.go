package cli

import (
	"strconv"

	"github.com/spf13/cobra"
	"github.com/tupu-kg/tupu/graph"
)

func newInfo(a *app) *cobra.Command {
	return &cobra.Command{
		Use:     "info",
		Short:   "what the graph holds, and what made it",
		Example: "  tupu info",
		Args:    exactly(0, "no arguments"),
		RunE: func(*cobra.Command, []string) error {
			return a.info()
		},
	}
}

func (a *app) info() error {
	s, err := a.open()
	if err != nil {
		return err
	}
	defer s.Close()
	info, err := s.Info()
	if err != nil {
		return err
	}
	rows := [][]string{
		{"graph", a.db, ""},
		{"format", strconv.Itoa(info.Format), ""},
		{"generation", info.Generation, info.Base},
		{"extractor", info.Extractor, ""},
		{"documents", strconv.Itoa(info.Documents), ""},
	}
	n, of := tally(info.Entities, graph.Kinds)
	rows = append(rows, []string{"entities", strconv.Itoa(n), of})
	n, of = tally(info.Edges, graph.EdgeTypes)
	rows = append(rows, []string{"edges", strconv.Itoa(n), of}, []string{"judgements", strconv.Itoa(info.Judgements), ""})
	if info.Base != "" {
		rows[2][2] = "changes over " + info.Base
	}
	return a.print(result{
		kind: "info", query: struct{}{}, items: []any{info}, columns: []string{"what", "value", "of_which"}, rows: rows,
		people: func(p *page) { p.rows(rows) },
	})
}
