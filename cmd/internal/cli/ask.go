package cli

import (
	"strings"

	"github.com/spf13/cobra"
)

func newAsk(a *app) *cobra.Command {
	c := &cobra.Command{
		Use:   "ask [QUESTION]",
		Short: "answer one of the ready-made questions; alone it lists them",
		Long:  "Ask answers a question about the whole graph. `tupu help ask QUESTION` says more about one.",
		Example: `  tupu ask shared
  tupu ask place 芗城区
  tupu ask coverage -o csv`,
		Args: a.noSuchCommand,
		RunE: func(c *cobra.Command, _ []string) error { return a.listQuestions(c) },
	}
	c.AddCommand(newShared(a), newPlace(a), newCoverage(a), newHubs(a))
	for _, q := range caseQuestions {
		c.AddCommand(newCase(a, q))
	}
	return c
}

// question is a line of the list of questions.
type question struct {
	Name  string `json:"name"`
	About string `json:"about"`
}

func (a *app) listQuestions(c *cobra.Command) error {
	r := result{kind: "questions", query: struct{}{}, columns: []string{"question", "about"}}
	for _, sub := range c.Commands() {
		name, _, _ := strings.Cut(sub.Use, " [")
		r.items = append(r.items, question{sub.Name(), sub.Short})
		r.rows = append(r.rows, []string{name, sub.Short})
	}
	return a.print(r)
}
