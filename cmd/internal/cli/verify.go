package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/tupu-kg/tupu/store"
)

func newVerify(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "verify",
		Short: "check the graph against its own rules",
		Long: `Verify reads the whole graph and checks what must hold: every quote is the text at its place, every edge has evidence and both
ends, every name leads to its entity, every part has an owner. It prints what it finds and then exits with status 1; no
finding, no rows.`,
		Example: "  tupu verify",
		Args:    exactly(0, "no arguments"),
		RunE: func(c *cobra.Command, _ []string) error {
			return a.verify(c.Context())
		},
	}
}

func (a *app) verify(ctx context.Context) error {
	findings, err := store.Verify(ctx, a.db)
	if err != nil {
		return a.explain(err)
	}
	r := result{kind: "findings", query: struct{}{}, items: toItems(findings), columns: []string{"where", "what"}}
	for _, f := range findings {
		r.rows = append(r.rows, []string{f.Where, f.What})
	}
	if err := a.print(r); err != nil {
		return err
	}
	if len(findings) > 0 {
		a.hint(fmt.Sprintf("%d findings: delete %s and build again; the documents and judgements are untouched", len(findings), a.db))
		return errFindings
	}
	if a.format == table {
		a.hint(a.db + " is sound")
	}
	return nil
}
