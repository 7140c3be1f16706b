package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/store"
	"github.com/tupu-kg/tupu/store/ingest"
)

type judgementsOptions struct {
	file  string
	all   bool
	idle  bool
	apply bool
}

func newJudgements(a *app) *cobra.Command {
	var o judgementsOptions
	c := &cobra.Command{
		Use:   "judgements",
		Short: "list the decisions about who is who",
		Long: `Judgements lists the decisions in force, oldest first, with the number of documents that each touches in this graph. One that
touches nothing speaks of names that no document held has, or has in its area; it does no harm, and will hold when one does.
With --all also those that a later one retired, and those taken back.

The file, judgements.jsonl beside the graph, is meant to be shared. Lines are only ever added, and their order does not
matter: in git, a line "judgements.jsonl merge=union" in .gitattributes joins the work of several people by itself. Of two
decisions about the same names the later one holds. After taking over a file from others, --apply brings the graph in line;
so does every build.`,
		Example: `  tupu judgements
  tupu judgements --all -o jsonl
  tupu judgements --idle          # those that touch nothing
  tupu judgements --apply         # after others' decisions were merged into the file`,
		Args: exactly(0, "no arguments"),
		RunE: func(c *cobra.Command, _ []string) error {
			if o.apply {
				return a.judge(c.Context(), judgeOptions{file: o.file}, nil, nil)
			}
			return a.listJudgements(o)
		},
	}
	addJudgementsFile(c, &o.file)
	c.Flags().BoolVar(&o.all, "all", false, "also those that are retired or undone")
	c.Flags().BoolVar(&o.idle, "idle", false, "only those that touch nothing in this graph")
	c.Flags().BoolVar(&o.apply, "apply", false, "bring the graph in line with the file")
	c.MarkFlagsMutuallyExclusive("all", "idle", "apply")
	return c
}

// listedJudgement is a judgement as the list shows it.
type listedJudgement struct {
	Hash string `json:"hash"`
	graph.Judgement
	State     string `json:"state"`               // in force, retired, undone
	By        string `json:"by,omitempty"`        // what retired or undid it
	Applied   bool   `json:"applied"`             // the graph knows it
	Documents []int  `json:"documents,omitempty"` // in which each of its subjects is found, where it is applied
	Idle      bool   `json:"idle"`                // it touches nothing
}

func (a *app) listJudgements(o judgementsOptions) error {
	file := a.judgements(o.file)
	all, bad, err := ingest.ReadJudgements(file)
	if err != nil {
		return err
	}
	for _, err := range bad {
		fmt.Fprintf(a.Err, "warning: %s\n", visible(err.Error(), false))
	}
	touched, places, built, err := a.judged(all)
	if err != nil {
		return err
	}
	var list []listedJudgement
	pending := 0
	for _, s := range graph.Standings(all) {
		l := listedJudgement{Hash: s.Hash, Judgement: s.Judgement, State: string(s.State), By: s.By}
		if s.State == graph.InForce && s.Verdict != graph.Undo {
			l.Documents, l.Applied = touched[s.Hash]
			l.Idle = l.Applied && slices.Contains(l.Documents, 0)
			if !l.Applied {
				pending++
			}
		} else if !o.all {
			continue
		}
		if l.Idle || !o.idle {
			list = append(list, l)
		}
	}
	r := result{
		kind: "judgements", query: struct {
			File string `json:"file"`
		}{file}, items: toItems(list),
		columns: []string{"hash", "time", "author", "verdict", "about", "says", "documents", "state", "by", "note"},
	}
	for _, l := range list {
		about := make([]string, len(l.About))
		for i, s := range l.About {
			about[i] = s.String()
		}
		counts := make([]string, len(l.Documents))
		for i, n := range l.Documents {
			counts[i] = strconv.Itoa(n)
		}
		r.rows = append(r.rows, []string{l.Hash, l.Time, l.Author, string(l.Verdict), strings.Join(about, ";"), string(l.Type) + l.Name + l.Of, strings.Join(counts, ";"), l.State, l.By, l.Note})
	}
	r.people = func(p *page) {
		for _, l := range list {
			p.listed(l, places)
		}
	}
	switch {
	case len(all) == 0:
		r.note = "no judgements in " + file + "; `tupu same A B` or `tupu review` writes the first"
	case len(list) == 0 && o.idle:
		r.note = "every judgement in force touches something"
	case len(list) == 0:
		r.note = fmt.Sprintf("of %s in %s none are in force; --all lists all", count(len(all), "judgement"), file)
	case pending > 0 && built:
		r.note = count(pending, "judgement") + " not in the graph yet; `tupu judgements --apply` brings them there"
	case !built:
		r.note = "no graph at " + a.db + ": what they touch is known once it is built"
	}
	return a.print(r)
}

// listed shows a judgement to people.
func (p *page) listed(l listedJudgement, places map[string]string) {
	state := l.State
	switch {
	case l.By != "":
		state += " by " + short(l.By)
	case l.Verdict == graph.Undo:
	case l.Idle:
		state = "touches nothing"
	case !l.Applied:
		state = "not in the graph yet"
	default:
		counts := make([]string, len(l.Documents))
		for i, n := range l.Documents {
			counts[i] = strconv.Itoa(n)
		}
		state += ", in " + strings.Join(counts, " and ") + " document"
		if !slices.Equal(l.Documents, []int{1}) {
			state += "s"
		}
	}
	day, _, _ := strings.Cut(l.Time, "T")
	p.title(short(l.Hash), day, l.Author, string(l.Verdict), state)
	p.paragraph(2, contentOf(l.Judgement, places))
	if l.Note != "" {
		p.faintly(2, "note: "+l.Note)
	}
}

// judged reads from the graph, if there is one, what the judgements touch, and where the mentions that they are about stand.
func (a *app) judged(all []graph.Judgement) (touched map[string][]int, places map[string]string, built bool, err error) {
	places = map[string]string{}
	s, err := store.Open(a.db)
	if errors.Is(err, store.ErrNoStore) {
		return nil, places, false, nil
	}
	if err != nil {
		return nil, nil, false, err
	}
	defer s.Close()
	for _, j := range all {
		if err := placesOf(s, j.About, places); err != nil {
			return nil, nil, false, err
		}
	}
	touched, err = ingest.Judged(s)
	return touched, places, true, err
}

func newUndo(a *app) *cobra.Command {
	var o judgeOptions
	var only bool
	c := &cobra.Command{
		Use:   "undo [HASH...]",
		Short: "take a decision back",
		Long: `Undo takes back your last decision, or those named by their hashes (or the beginnings of them), as ` + "`tupu judgements`" + ` lists
them; with a decision all that the same command wrote, unless --only is given. It adds a line that says so and deletes none, so
that files of several people merge. What the decision had retired is in force again. An undo can be undone by its own hash.`,
		Example: `  tupu undo
  tupu undo --note 误判`,
		ValidArgsFunction: a.completeJudgements(&o),
		RunE: func(c *cobra.Command, args []string) error {
			return a.undo(c.Context(), o, args, only)
		},
	}
	addJudge(c, &o)
	c.Flags().BoolVar(&only, "only", false, "not what the same command wrote with it")
	return c
}

// completeJudgements offers the hashes of the judgements in force.
func (a *app) completeJudgements(o *judgeOptions) cobra.CompletionFunc {
	return func(_ *cobra.Command, _ []string, toComplete string) ([]string, cobra.ShellCompDirective) {
		held, err := a.inForce(o.file)
		if err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		var out []string
		for _, s := range slices.Backward(held) {
			if strings.HasPrefix(s.Hash, toComplete) && len(out) < mostCompletions {
				out = append(out, s.Hash+"\t"+sentenceOf(s.Judgement, nil))
			}
		}
		return out, cobra.ShellCompDirectiveNoFileComp
	}
}

func (a *app) undo(ctx context.Context, o judgeOptions, hashes []string, only bool) error {
	file := a.judgements(o.file)
	all, _, err := ingest.ReadJudgements(file)
	if err != nil {
		return err
	}
	standings := graph.Standings(all)
	var back []graph.Standing
	o.author = a.author(o.author)
	if len(hashes) == 0 {
		last, err := lastOf(standings, o.author, file)
		if err != nil {
			return err
		}
		back = append(back, last)
	}
	for _, h := range hashes {
		s, err := byHash(standings, h, file)
		if err != nil {
			return err
		}
		back = append(back, s)
	}
	if !only {
		for _, s := range standings {
			written := func(b graph.Standing) bool {
				return b.Time == s.Time && b.Author == s.Author && (b.Verdict == graph.Undo) == (s.Verdict == graph.Undo)
			}
			known := func(b graph.Standing) bool { return b.Hash == s.Hash }
			if s.State == graph.InForce && slices.ContainsFunc(back, written) && !slices.ContainsFunc(back, known) {
				back = append(back, s)
			}
		}
	}
	js := make([]graph.Judgement, len(back))
	for i, s := range back {
		js[i] = graph.Judgement{Verdict: graph.Undo, Of: s.Hash, Note: o.note}
	}
	return a.judge(ctx, o, js, back)
}

// lastOf is the last judgement in force of an author.
func lastOf(all []graph.Standing, author, file string) (graph.Standing, error) {
	other := ""
	for _, s := range slices.Backward(all) {
		if s.State != graph.InForce || s.Verdict == graph.Undo {
			continue
		}
		if s.Author == author {
			return s, nil
		}
		if other == "" {
			other = fmt.Sprintf("; the last is %s by %s: `tupu undo %s` takes it back", s.Hash, s.Author, s.Hash)
		}
	}
	return graph.Standing{}, fmt.Errorf("no judgement of %s is in force in %s%s", author, file, other)
}

// byHash is the judgement in force whose hash begins so.
func byHash(all []graph.Standing, prefix, file string) (graph.Standing, error) {
	var found []graph.Standing
	for _, s := range all {
		if prefix != "" && strings.HasPrefix(s.Hash, strings.ToLower(prefix)) {
			found = append(found, s)
		}
	}
	switch {
	case len(found) == 0:
		return graph.Standing{}, fmt.Errorf("no judgement %s in %s; `tupu judgements --all` lists them", prefix, file)
	case len(found) > 1:
		return graph.Standing{}, fmt.Errorf("%d judgements begin with %s; give more of the hash", len(found), prefix)
	case found[0].State != graph.InForce:
		return graph.Standing{}, fmt.Errorf("judgement %s is not in force: it was %s by %s", found[0].Hash, found[0].State, found[0].By)
	}
	return found[0], nil
}

// pending reports whether judgements are in force that the graph does not know, or known that are no longer in force.
func pending(r *store.Snapshot, inForce []graph.Standing) (bool, error) {
	touched, err := ingest.Judged(r)
	if err != nil {
		return false, err
	}
	n := 0
	for _, s := range inForce {
		if s.Verdict == graph.Undo {
			continue
		}
		if _, known := touched[s.Hash]; !known {
			return true, nil
		}
		n++
	}
	return n != len(touched), nil
}
