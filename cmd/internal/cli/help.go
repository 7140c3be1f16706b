package cli

import (
	"strings"

	"github.com/spf13/cobra"
)

// newHelp is the help command. Unlike cobra's own it refuses what it does not know.
func newHelp(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND or TOPIC]",
		Short: "help about a command or a topic",
		Long:  "Help about a command (`tupu help build`, `tupu help ask shared`) or a topic: formats, cypher, project, names, exit-codes, environment.",
		ValidArgsFunction: func(c *cobra.Command, args []string, toComplete string) ([]string, cobra.ShellCompDirective) {
			about, _, err := c.Root().Find(args)
			if err != nil {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			var names []string
			for _, sub := range about.Commands() {
				if !sub.Hidden && strings.HasPrefix(sub.Name(), toComplete) {
					names = append(names, sub.Name()+"\t"+sub.Short)
				}
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(c *cobra.Command, args []string) error {
			about, rest, err := c.Root().Find(args)
			if err != nil {
				return usagef(c, "%w", err)
			}
			if len(rest) > 0 {
				return a.noSuchCommand(about, rest)
			}
			about.InitDefaultHelpFlag()
			return about.Help()
		},
	}
}

// newTopics are pages of help that belong to no command.
func newTopics() []*cobra.Command {
	return []*cobra.Command{
		{Use: "formats", Short: "forms of answers, and the JSON keys that are promised", Long: formatsHelp},
		{Use: "project", Short: "a file that says what is the same for every command", Long: projectHelp},
		{Use: "names", Short: "lists of names to look out for", Long: namesHelp},
		{Use: "cypher", Short: "the query language, with an investigator's queries", Long: cypherHelp},
		{Use: "exit-codes", Short: "what the exit status says", Long: exitCodesHelp},
		{Use: "environment", Short: "variables that tupu looks at", Long: environmentHelp},
	}
}

const exitCodesHelp = `The exit status of every command:

    0  done, also when nothing was found
    1  an error, also a name that can mean several; verify or doctor found something; or no input could be read
    2  wrong use: an unknown command, flag or question, a missing name
    3  done, but some inputs were skipped; each is named with its reason on standard error
  130  interrupted (Ctrl-C); what was finished before is safe
`

const environmentHelp = `Variables that tupu looks at:

  TUPU_DB    folder of the graph, where --db does not say; tupu.db if neither does
  TUPU_AUTHOR
             who judges, where --author does not say; else USER, LOGNAME or USERNAME
  TUPU_LANG  language of help and messages, where --lang does not say: en or zh; else tupu.toml, LC_ALL, LC_MESSAGES or LANG
  TUPU_HISTORY
             file of the queries that the shell of ` + "`tupu query`" + ` brings back; - for none. Else tupu/history where the system keeps
             what programs remember (XDG_STATE_HOME or ~/.local/state)
  NO_COLOR   no colours, if it is not empty
  TERM       no colours and no progress line, if it is "dumb"
  COLUMNS    width of the tables, on a terminal that does not tell its own
`
