package cli

import (
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

func newMan(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "man FOLDER",
		Short: "write manual pages for man",
		Long: `Man writes a manual page for every command into a folder, which is made if need be. They are in the language of the messages:
copy them to a folder man1 of your manual path, such as ~/.local/share/man/man1.`,
		Example: `  tupu man man1`,
		Args:    exactly(1, "a folder to write to"),
		RunE: func(c *cobra.Command, args []string) error {
			if err := os.MkdirAll(args[0], 0o755); err != nil {
				return err
			}
			root := c.Root()
			root.DisableAutoGenTag = true // the same program writes the same bytes
			date := time.Unix(0, 0).UTC()
			if err := doc.GenManTree(root, &doc.GenManHeader{Section: "1", Source: "tupu " + programVersion(), Manual: "tupu", Date: &date}, args[0]); err != nil {
				return fmt.Errorf("man: %w", err)
			}
			a.hint(a.words.say("manual pages written; `man %s/tupu.1` shows the first", args[0]))
			return nil
		},
	}
}
