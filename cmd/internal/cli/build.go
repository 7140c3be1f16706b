package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/tupu-kg/tupu/extract/doc"
	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/store"
	"github.com/tupu-kg/tupu/store/ingest"
)

type buildOptions struct {
	manifest   string
	judgements string
	prune      bool
	workers    int
	why        bool
	convert    bool
	trace      bool
	dryRun     bool
	names      []string
	model      string
}

func newBuild(a *app) *cobra.Command {
	var o buildOptions
	c := &cobra.Command{
		Use:   "build [PATH...]",
		Short: "read files and folders into the graph",
		Long: `Build reads the files, folders and ZIP archives at the paths into the graph: text, web pages (.html, .mht), PDF, Word
(.docx), Excel (.xlsx), tables as text (.csv) and mails (.eml) with what is attached to them. What was read before and has not changed is not
read again; other documents of the graph stay. A file that cannot be read is named with the reason and what can be done,
and the others are built; the exit status is then 3.

With --trace the summary says how many groups of linked names were resolved, and for how many documents edges were written:
adding a document costs what it touches, whatever the graph holds, and gives the graph that a build from nothing would give.

Title, area, date and years are read from each document; where it says nothing of its title, area or years, the name of its
file is asked (2023年芗城区政府工作报告.pdf). What could not be read is said, not guessed: give it in a manifest, a CSV file
with the columns path, title, area, year, plan_year, url, of which all but path may be empty or left out. Paths are those
that build prints. A manifest holds for the build that it is given to: give it every time.

Files of older and other programs (.doc, .wps, .rtf, .xls) and scans are skipped with advice. With --convert LibreOffice
(soffice), Poppler (pdftotext, pdftoppm) and tesseract are asked for help, as far as they are installed; what is
recognised from pictures may have wrong characters.

Names to look out for, with the ids that you give them, can be given in a list of your own (tupu help names). What is the same
for every build can stand in a file tupu.toml; then build needs no path (tupu help project).

The summary goes to standard error. With -o it goes to standard output in that form.`,
		Example: `  tupu build testdata/reports --manifest testdata/manifest.csv
  tupu build testdata/reports/芗城区 testdata/reports/各区材料.zip --db zhangzhou.db
  tupu build testdata/reports --prune     # and forget what is no longer there`,
		RunE: func(c *cobra.Command, args []string) error {
			paths, err := a.pathsOr(c, args)
			if err != nil {
				return err
			}
			return a.build(c.Context(), o, paths, c.Flags().Changed("output"))
		},
	}
	addNames(c, &o.names)
	c.Flags().BoolVar(&o.dryRun, "dry-run", false, "say what would be read, skipped and dropped, and change nothing")
	c.Flags().StringVar(&o.manifest, "manifest", a.project.Manifest, "CSV `file` with path, title, area, year, plan_year, url")
	c.Flags().StringVar(&o.judgements, "judgements", "", "`file` of decisions about who is who (default: judgements.jsonl beside the graph)")
	c.Flags().BoolVar(&o.prune, "prune", false, "drop documents whose files are gone")
	addConvert(c, &o.convert)
	addModel(c, &o.model)
	c.Flags().IntVar(&o.workers, "workers", 0, "documents read at a time (default: one a processor)")
	c.Flags().BoolVar(&o.why, "why", false, "say for each document why something about it is not known")
	c.Flags().BoolVar(&o.trace, "trace", false, "say how much of the graph was resolved anew and written anew")
	return c
}

func (a *app) build(ctx context.Context, o buildOptions, paths []string, report bool) error {
	reading, err := readingWith(o.model)
	if err != nil {
		return err
	}
	if reading.Names, err = a.readNames(o.names); err != nil {
		return err
	}
	if !o.dryRun && !a.hasRoom() {
		return errNoRoom
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	p := progress{s: a.Streams, words: a.words, verb: a.words.tell("reading")}
	update := func(done, total int) {
		p.update(done, total)
		if done%64 == 0 && !a.hasRoom() {
			stop(errNoRoom)
		}
	}
	options := ingest.Options{
		Store: a.db, Judgements: o.judgements, Paths: paths, Manifest: o.manifest, Areas: a.areaRows(), Reading: reading, Notes: o.why,
		Prune: o.prune, Workers: o.workers, Progress: update, Limits: doc.Limits{Convert: o.convert},
	}
	if o.dryRun {
		plan, err := ingest.PlanBuild(ctx, options)
		if err != nil {
			return a.explain(a.missingPath(err, paths))
		}
		return a.printPlan(plan)
	}
	r, err := ingest.Build(ctx, options)
	p.clear()
	if errors.Is(context.Cause(ctx), errNoRoom) {
		return errNoRoom
	}
	if r == nil {
		return a.explain(a.missingPath(err, paths))
	}
	if err != nil {
		a.printSkipped(r.Skipped)
		return a.explain(err)
	}
	if err := a.printReport(r, report, o.why, o.trace); err != nil {
		return err
	}
	if advice := a.afterBuild(r); advice != "" {
		a.hint(advice)
	}
	if r.Removed > 0 && len(r.Skipped) == 0 {
		return nil // the folder has become empty, and --prune followed
	}
	return a.outcome(r.Given > 0, r.Skipped, paths)
}

// outcome is the error of a command that read files, if any: nothing could be read, or not all.
func (a *app) outcome(read bool, skipped []doc.Skipped, paths []string) error {
	switch {
	case !read && len(skipped) > 0:
		return errors.New(a.words.say("no input could be read; the reasons are above"))
	case !read:
		return a.nothingRead(paths)
	case len(skipped) > 0:
		return errSkipped
	}
	return nil
}

// skipped says in a line why an input was not read.
func (a *app) skipped(s doc.Skipped) string {
	if a.words == nil || s.Advice == "" {
		return s.String()
	}
	return a.words.say("%s: %s: %s", s.Path, a.words.tell(s.Reason), a.words.tell(s.Advice))
}

// printSkipped names every input that was not read, with the reason and what can be done.
func (a *app) printSkipped(skipped []doc.Skipped) {
	for _, s := range skipped {
		fmt.Fprint(a.Err, a.words.say("skipped %s\n", visible(a.skipped(s), false)))
	}
}

func newRemove(a *app) *cobra.Command {
	var o buildOptions
	c := &cobra.Command{
		Use:   "remove DOC...",
		Short: "take documents out of the graph, as if they had never been in it",
		Long: `Remove takes documents out of the graph: by path as build printed it, by id, or by title. The graph is then the one that a
build without them would give. Files with the same bytes are one document, which goes from all its paths. The files themselves
are not touched; the next build of their folder reads them again.`,
		Example: `  tupu remove testdata/reports/未具名材料.txt
  tupu remove testdata/reports/新闻/芗城区一季度集中签约.html --db tupu.db`,
		Args:              atLeast(1, "a document: its path, id or title"),
		ValidArgsFunction: a.completeDocuments,
		RunE: func(c *cobra.Command, args []string) error {
			return a.remove(c.Context(), o, args, c.Flags().Changed("output"))
		},
	}
	c.Flags().BoolVar(&o.dryRun, "dry-run", false, "say which documents would go, and change nothing")
	c.Flags().StringVar(&o.judgements, "judgements", "", "`file` of decisions about who is who (default: judgements.jsonl beside the graph)")
	return c
}

// printPlan says what a build or a removal would do.
func (a *app) printPlan(plan *ingest.Plan) error {
	a.printSkipped(plan.Skipped)
	r := result{kind: "plan", query: struct{}{}, columns: []string{"what", "path"}}
	for _, step := range plan.Steps {
		r.items = append(r.items, step)
		r.rows = append(r.rows, []string{step.What, step.Path})
	}
	r.note = fmt.Sprintf("would read %d, drop %d, leave %d unchanged; nothing was done", plan.Count(ingest.WouldRead), plan.Count(ingest.WouldDrop), plan.Unchanged)
	return a.print(r)
}

func (a *app) remove(ctx context.Context, o buildOptions, documents []string, report bool) error {
	if !store.Exists(a.db) {
		return a.explain(store.ErrNoStore)
	}
	options := ingest.Options{Store: a.db, Judgements: o.judgements}
	if o.dryRun {
		plan, err := ingest.PlanRemove(ctx, options, documents)
		if err != nil {
			return a.explain(err)
		}
		return a.printPlan(plan)
	}
	r, err := ingest.Remove(ctx, options, documents)
	if err != nil {
		return a.explain(err)
	}
	return a.printReport(r, report, false, false)
}

// printReport prints the report of a build: to people on standard error, or, if -o asks for it, in that form to programs.
func (a *app) printReport(r *ingest.Report, toOut, why, trace bool) error {
	a.printSkipped(r.Skipped)
	a.printUnknown(r.Unknown, why)
	for _, w := range r.Warnings {
		fmt.Fprint(a.Err, a.words.say("warning: %s\n", visible(a.words.tell(w), false)))
	}
	if toOut {
		return a.print(result{kind: "build", query: struct{}{}, items: []any{r}, columns: []string{"what", "count", "of_which"}, rows: summary(r, trace)})
	}
	p := &page{width: a.Width, words: a.words}
	rows := summary(r, trace)
	for _, row := range rows {
		row[0] = a.words.say(row[0])
	}
	p.rows(rows, 1)
	_, err := a.Err.Write(p.Bytes())
	return err
}

// printUnknown says for each document what could not be inferred; why says it with the reasons.
func (a *app) printUnknown(unknown []ingest.Unknown, why bool) {
	if len(unknown) == 0 {
		return
	}
	p := &page{width: a.Width, words: a.words}
	for _, u := range unknown {
		if why {
			p.paragraph(0, u.Path)
			for _, note := range u.Notes {
				p.paragraph(4, note)
			}
			continue
		}
		fields := make([]string, len(u.Notes))
		for i, note := range u.Notes {
			field, _, _ := strings.Cut(note, ":") // a note begins with the property that it is about
			fields[i] = a.words.say(field)
		}
		p.paragraph(0, a.words.say("%s: not known: %s", u.Path, strings.Join(fields, a.words.say(", "))))
	}
	placeless := 0
	for _, u := range unknown {
		if slices.ContainsFunc(u.Notes, func(note string) bool { return strings.HasPrefix(note, "area:") }) {
			placeless++
		}
	}
	if placeless > 0 {
		p.paragraph(0, a.words.say("without an area, so in no answer about districts: %d", placeless))
	}
	if !why {
		p.faintly(0, a.words.say("(--why says why; a manifest can give title, area and years: tupu help build)"))
	}
	_, _ = a.Err.Write(p.Bytes()) // what cannot be said on standard error cannot be said at all
}

// summary is the report in rows: what, how many, and of which sorts; trace adds what the build had to do again.
func summary(r *ingest.Report, trace bool) [][]string {
	counts := []string{}
	for _, c := range []struct {
		n    int
		what string
	}{{r.Added, "added"}, {r.Replaced, "replaced"}, {r.Removed, "removed"}, {r.Reread, "read anew"}, {r.Unchanged, "unchanged"}, {r.Copies, "near copies (not counted)"}} {
		if c.n > 0 {
			counts = append(counts, fmt.Sprintf("%s %d", c.what, c.n))
		}
	}
	rows := [][]string{{"documents", strconv.Itoa(r.Documents), strings.Join(counts, ", ")}}
	rows = append(rows, []string{"mentions", strconv.Itoa(r.Mentions), "in documents read this time"})
	n, of := tally(r.Entities, graph.Kinds)
	rows = append(rows, []string{"entities", strconv.Itoa(n), of})
	n, of = tally(r.Edges, graph.EdgeTypes)
	rows = append(rows, []string{"edges", strconv.Itoa(n), of})
	rows = append(rows, []string{"skipped", strconv.Itoa(len(r.Skipped)), ""})
	if trace {
		rows = append(rows, []string{"resolved", strconv.Itoa(r.Components), fmt.Sprintf("groups of linked names, %d names of documents in them", r.Names)},
			[]string{"leads", strconv.Itoa(r.Leads), "open short names whose full names were looked for"},
			[]string{"rewritten", strconv.Itoa(r.Rewritten), "documents whose edges were written anew"})
	}
	rows = append(rows, []string{"time", fmt.Sprintf("%.2f s", r.Elapsed.Seconds()), speed(r.Bytes, r.Elapsed)})
	return rows
}

// tally adds up counts and names those that are not nought, in a fixed order.
func tally[K ~string](counts map[K]int, order []K) (sum int, of string) {
	var parts []string
	for _, k := range order {
		if n := counts[k]; n > 0 {
			sum += n
			parts = append(parts, fmt.Sprintf("%s %d", k, n))
		}
	}
	return sum, strings.Join(parts, ", ")
}

func speed(bytes int64, d time.Duration) string {
	if bytes == 0 || d <= 0 {
		return ""
	}
	size := fmt.Sprintf("%.1f MB", float64(bytes)/1e6)
	if bytes < 1e6 {
		size = fmt.Sprintf("%.1f kB", float64(bytes)/1e3)
	}
	return fmt.Sprintf("%s read, %.2f MB/s", size, float64(bytes)/1e6/d.Seconds())
}
