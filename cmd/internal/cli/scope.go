package cli

import (
	"fmt"
	"strconv"

	"github.com/spf13/cobra"
	"github.com/tupu-kg/tupu/graph"
)

// scopeFlags are the flags of the questions about connections that say which edges count.
type scopeFlags struct {
	edges []string
	area  string
	year  int
}

// addScope binds --edges, --in and --year.
func addScope(c *cobra.Command, s *scopeFlags) {
	addEdges(c, &s.edges)
	c.Flags().StringVar(&s.area, "in", "", "only what documents say that report on this `area` or a place in it")
	c.Flags().StringVar(&s.area, "area", "", "")
	_ = c.Flags().MarkHidden("area") // what the ready-made questions call it
	c.Flags().IntVar(&s.year, "year", 0, "only what is of this `year`, or said by documents that look back on it")
}

// read checks the flags.
func (s *scopeFlags) read(c *cobra.Command) ([]graph.EdgeType, error) {
	if s.year != 0 && (s.year < 1000 || s.year > 9999) {
		return nil, usagef(c, "--year %d: use four digits", s.year)
	}
	types, err := edgeTypes(s.edges)
	if err != nil {
		return nil, usagef(c, "--edges: %w", err)
	}
	return types, nil
}

// score writes a number as the tables of measures do.
func score(x float64) string { return strconv.FormatFloat(x, 'g', 6, 64) }

// cutNote says that a limit left some out.
func cutNote(shown, total int) string {
	if shown >= total {
		return ""
	}
	return fmt.Sprintf("%d of %d; --limit 0 gives all", shown, total)
}
