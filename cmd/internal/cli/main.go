package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"regexp"
	"strings"
	"syscall"

	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"github.com/tupu-kg/tupu/query"
)

// The exit statuses; `tupu help exit-codes` explains them to people.
const (
	statusDone        = 0
	statusError       = 1
	statusUsage       = 2
	statusSkipped     = 3
	statusInterrupted = 130
)

// Main runs the command that args name (without the program's own name) and returns the exit status. An interrupt cancels
// the command, which then stops as soon as it can; a second one ends the process at once.
func Main(args []string, s *Streams) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)
	// Under a Chinese locale the library would take “ and · for two columns wide; terminals show them as one.
	text.OverrideRuneWidthEastAsianWidth(false)

	return run(ctx, &app{Streams: s}, args)
}

func run(ctx context.Context, a *app, args []string) int {
	a.project, a.projectErr = readProject()
	a.words = wordsOf(language(args, a.Getenv, a.project))
	root := newRoot(a)
	root.SetArgs(args)
	root.SetIn(a.In)
	root.SetOut(a.Out)
	root.SetErr(a.Err)
	err := root.ExecuteContext(ctx)
	status := exitStatus(ctx, err)
	if message := a.errorMessage(err, status); message != "" {
		fmt.Fprintf(a.Err, "tupu: %s\n", message)
	}
	return status
}

// usageError is a command line that makes no sense; help names the command whose help shows what does.
type usageError struct {
	err  error
	help string
}

func (e *usageError) Error() string { return e.err.Error() }
func (e *usageError) Unwrap() error { return e.err }

// errSkipped says that the work was done but for some inputs, each of which has been named already.
var errSkipped = errors.New("some inputs were skipped")

// errFindings says that a check found something, which has been printed already.
var errFindings = errors.New("findings")

// exitStatus is the one place where errors become exit statuses.
func exitStatus(ctx context.Context, err error) int {
	var usage *usageError
	switch {
	case err == nil:
		return statusDone
	case ctx.Err() != nil && errors.Is(err, context.Canceled):
		return statusInterrupted
	case errors.As(err, &usage):
		return statusUsage
	case errors.Is(err, errSkipped):
		return statusSkipped
	}
	return statusError
}

// errorMessage is what people read about err, or empty where they have read it already.
func (a *app) errorMessage(err error, status int) string {
	var usage *usageError
	var ambiguous *query.AmbiguousError
	switch {
	case err == nil, errors.Is(err, errSkipped), errors.Is(err, errFindings):
		return ""
	case status == statusInterrupted:
		return a.words.say("interrupted; what was finished before is safe")
	case errors.As(err, &usage):
		return a.words.tell(usage.Error()) + "\n      " + a.words.say("`%s --help` shows how it is used", usage.help)
	case errors.As(err, &ambiguous):
		return a.words.choices(ambiguous)
	}
	message := visible(a.words.tell(err.Error()), true)
	if advice := a.systemAdvice(err); advice != "" {
		message += "\n      " + advice
	}
	return message
}

// choices lists what an ambiguous name can mean.
func (w words) choices(e *query.AmbiguousError) string {
	p := &page{words: w}
	p.paragraph(0, fmt.Sprintf("%q can mean several; name one by its id:", e.Name))
	rows := make([][]string, len(e.Candidates))
	for i, c := range e.Candidates {
		rows[i] = []string{"     ", string(c.ID), c.Name, count(c.Documents, "document")}
	}
	p.rows(rows)
	return strings.TrimSuffix(p.String(), "\n")
}

// noNumber is what package strconv says of a value that is no number.
var noNumber = regexp.MustCompile(`strconv\.Parse(Int|Uint): parsing .*`)

// usagef returns a usageError of a command.
func usagef(c *cobra.Command, format string, args ...any) error {
	return &usageError{err: fmt.Errorf(format, args...), help: c.CommandPath()}
}

// app is what the commands share: the streams and the flags that all of them have.
type app struct {
	*Streams
	db         string
	project    project
	projectErr error
	words      words
	lang       langFlag
	excel      bool
	format     format
	free       func(dir string) (n uint64, known bool) // in place of freeBytes, for tests
}

const about = `tupu reads Chinese local-government and business reports, finds the enterprises, projects, places, organisations and
people they name, and keeps them as a graph in which every edge leads back to the sentence that it stands on.

  tupu build reports/        makes the graph of a folder
  tupu ask shared            which enterprises appear in the reports of several districts
  tupu show 榕屿食品         everything about one name, with its evidence
`

func newRoot(a *app) *cobra.Command {
	root := &cobra.Command{
		Use: "tupu",
		// Help and completion work whatever the project file says.
		PersistentPreRunE: func(c *cobra.Command, _ []string) error {
			if c.Name() == "help" || c.Name() == "completion" {
				return nil
			}
			return a.projectErr
		},
		Short:         "a knowledge graph of Chinese local reports, with its evidence",
		Long:          about,
		Version:       programVersion(),
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          a.noSuchCommand,
		RunE:          func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.SetVersionTemplate("tupu {{.Version}}\n")
	root.CompletionOptions.SetDefaultShellCompDirective(cobra.ShellCompDirectiveNoFileComp)
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return usagef(c, "%s", noNumber.ReplaceAllString(err.Error(), "a whole number is needed"))
	})
	a.addFlags(root.PersistentFlags())

	const making, asking, correcting, keeping = "make", "ask", "correct", "keep"
	root.AddGroup(&cobra.Group{ID: making, Title: "Making the graph:"}, &cobra.Group{ID: asking, Title: "Asking it:"},
		&cobra.Group{ID: correcting, Title: "Correcting it:"}, &cobra.Group{ID: keeping, Title: "Looking after it:"})
	add := func(group string, commands ...*cobra.Command) {
		for _, c := range commands {
			c.GroupID = group
		}
		root.AddCommand(commands...)
	}
	add(making, newBuild(a), newRemove(a), newImport(a), newExtract(a), newTrain(a), newEval(a))
	add(asking, newAsk(a), newShow(a), newFind(a), newSearch(a), newCite(a), newPath(a), newEgo(a), newRank(a), newLinks(a), newCommunities(a), newDiff(a), newQuery(a), newExport(a))
	add(correcting, newReview(a), newSame(a), newDifferent(a), newUnsure(a), newSplit(a), newRename(a), newRetype(a), newDrop(a), newUndo(a), newJudgements(a))
	add(keeping, newInfo(a), newVerify(a), newDoctor(a), newVersion(a), newCompletion(a), newMan(a))
	root.AddCommand(newTopics()...)
	root.CompletionOptions.DisableDefaultCmd = true
	help := newHelp(a)
	help.GroupID = keeping
	root.SetHelpCommand(help)
	if a.words != nil {
		root.SetUsageTemplate(a.words.usageTemplate(root.UsageTemplate()))
		a.words.translate(root)
	}
	return root
}

// addFlags binds the flags that every command has.
func (a *app) addFlags(flags *pflag.FlagSet) {
	a.format = tsv
	if a.OutTerminal {
		a.format = table
	}
	db := a.Getenv("TUPU_DB")
	if db == "" {
		db = cmp.Or(a.project.DB, "tupu.db")
	}
	flags.StringVar(&a.db, "db", db, "`folder` of the graph; TUPU_DB sets the default")
	flags.Var(&a.lang, "lang", "language of help and messages: en or zh (default: that of the locale)")
	flags.BoolVar(&a.excel, "excel", false, "csv for Excel: with a byte order mark, and no cell that Excel would run as a formula")
	flags.VarP(&a.format, "output", "o", "form of the answer: table, json, jsonl, csv or tsv (default: table on a terminal, else tsv)")
}

// noSuchCommand refuses the arguments of a command that only has subcommands, and says what was probably meant.
func (a *app) noSuchCommand(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	what := "command"
	if c.HasParent() {
		what = "question"
	}
	message := a.words.say("unknown "+what+" %q", args[0])
	if c.SuggestionsMinimumDistance <= 0 {
		c.SuggestionsMinimumDistance = 2
	}
	if near := c.SuggestionsFor(args[0]); len(near) > 0 {
		message += a.words.say(": did you mean %s?", strings.Join(near, a.words.say(" or ")))
	}
	return usagef(c, "%s", message)
}
