package cli

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"

	"github.com/spf13/cobra"
	"github.com/tupu-kg/tupu/extract"
	"github.com/tupu-kg/tupu/extract/doc"
	"github.com/tupu-kg/tupu/graph"
)

func newExtract(a *app) *cobra.Command {
	var what, model, mentions string
	var limits doc.Limits
	var names []string
	c := &cobra.Command{
		Use:   "extract PATH...",
		Short: "print what is recognised in files, without a graph",
		Long: `Extract prints the mentions or statements that are recognised in files, folders and ZIP archives, and keeps nothing: for
measuring, and for programs that want the names alone. It writes JSON lines unless -o asks for another form. Positions
count code points of the stored text, which for a text file is the decoded file without a byte order mark; the end is
exclusive.`,
		Example: `  tupu extract testdata/reports/芗城区/2025年芗城区政府工作报告.txt
  tupu extract testdata/reports --what statements -o tsv
  tupu extract testdata/reports/未具名材料.txt --what statements --mentions testdata/names.jsonl`,
		Args: atLeast(1, "a file or folder to read"),
		RunE: func(c *cobra.Command, args []string) error {
			if what != "mentions" && what != "statements" {
				return usagef(c, "--what %q: use mentions or statements", what)
			}
			if !c.Flags().Changed("output") {
				a.format = jsonl
			}
			return a.extract(c.Context(), what, model, mentions, names, args, limits)
		},
	}
	addConvert(c, &limits.Convert)
	addModel(c, &model)
	addNames(c, &names)
	c.Flags().StringVar(&what, "what", "mentions", "mentions or statements")
	c.Flags().StringVar(&mentions, "mentions", "", "take the names from this `FILE` (JSON lines, as extract prints them) instead of recognising them")
	_ = c.RegisterFlagCompletionFunc("what", cobra.FixedCompletions([]string{"mentions", "statements"}, cobra.ShellCompDirectiveNoFileComp))
	return c
}

// mentionLine and statementLine are what extract prints; their keys are a promise.
type mentionLine struct {
	Doc        string     `json:"doc"`
	Start      int        `json:"start"`
	End        int        `json:"end"`
	Text       string     `json:"text"`
	Type       graph.Kind `json:"type"`
	Confidence float64    `json:"confidence"`
}

type statementLine struct {
	Doc        string         `json:"doc"`
	Start      int            `json:"start"`
	End        int            `json:"end"`
	Type       graph.EdgeType `json:"type"`
	Head       statementEnd   `json:"head"`
	Tail       statementEnd   `json:"tail"`
	State      string         `json:"state,omitempty"`
	Modality   graph.Modality `json:"modality,omitempty"`
	Year       int            `json:"year,omitempty"`
	Basis      graph.Basis    `json:"basis,omitempty"`
	Confidence float64        `json:"confidence"`
}

type statementEnd struct {
	Text  string     `json:"text"`
	Type  graph.Kind `json:"type,omitempty"`
	Start int        `json:"start"`
	End   int        `json:"end"`
}

// extract prints document by document where the form is JSON lines, and all at the end in other forms.
func (a *app) extract(ctx context.Context, what, model, mentions string, names, paths []string, limits doc.Limits) error {
	given, err := readGiven(mentions)
	if err != nil {
		return err
	}
	reading, err := readingWith(model)
	if err != nil {
		return err
	}
	if reading.Names, err = a.readNames(names); err != nil {
		return err
	}
	x, err := extract.New(reading)
	if err != nil {
		return err
	}
	r := result{kind: what, query: map[string]any{"what": what, "paths": paths}, columns: []string{"doc", "start", "end", "type", "text", "confidence"}}
	if what == "statements" {
		r.columns = []string{"doc", "start", "end", "type", "head", "tail", "state", "modality", "year", "basis", "confidence"}
	}
	var skips []doc.Skipped
	skip := func(s doc.Skipped) { skips = append(skips, s) }
	named := map[string]string{} // how a file was named, by its cleaned path
	for _, path := range paths {
		named[filepath.ToSlash(filepath.Clean(path))] = path
	}
	read, p := 0, progress{s: a.Streams, words: a.words, verb: a.words.tell("reading")}
	facts := func(f doc.File, page *doc.Page) (*graph.Facts, error) {
		override := extract.Override{FileName: extract.FileTitle(f.Path)}
		switch {
		case given != nil:
			return x.ExtractGiven(page, override, given.of(cmp.Or(named[f.Path], f.Path), f.Path))
		case what == "mentions":
			return x.Mentions(page, override)
		}
		return x.Extract(page, override)
	}
	for e := range extractions(ctx, facts, paths, limits) {
		if e.skipped != nil {
			skip(*e.skipped)
			continue
		}
		if err = e.err; err != nil {
			break
		}
		read++
		p.update(read, 0)
		path := cmp.Or(named[e.path], e.path)
		if what == "statements" {
			r.addStatements(path, e.facts)
		} else {
			r.addMentions(path, e.facts)
		}
		if a.format != jsonl {
			continue
		}
		if err = writeLines(a.Out, r.items); err != nil {
			break
		}
		r.items, r.rows = r.items[:0], r.rows[:0]
	}
	p.clear()
	if err != nil {
		return err
	}
	if a.format != jsonl {
		if err := a.print(r); err != nil {
			return err
		}
	}
	a.printSkipped(skips)
	return a.outcome(read > 0, skips, paths)
}

// extraction is what became of one file: facts, or the reason why there are none.
type extraction struct {
	path    string
	facts   *graph.Facts
	skipped *doc.Skipped
	err     error // ends the run
}

// extractions reads files on all processors and yields what became of them in the order in which the walk finds them. At most one
// more document than there are processors is held at a time.
func extractions(ctx context.Context, facts func(doc.File, *doc.Page) (*graph.Facts, error), paths []string, limits doc.Limits) iter.Seq[extraction] {
	return func(yield func(extraction) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		queue := make(chan chan extraction, runtime.GOMAXPROCS(0))
		put := func(work func() extraction) error {
			answer := make(chan extraction, 1)
			select {
			case queue <- answer:
				go func() { answer <- work() }()
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		var failed error
		go func() {
			defer close(queue)
			failed = doc.Walk(ctx, paths, limits, func(f doc.File) error {
				return put(func() extraction { return extractFile(facts, f, limits) })
			}, func(s doc.Skipped) {
				_ = put(func() extraction { return extraction{skipped: &s} }) // the walk itself finds that ctx has ended
			})
		}()
		for answer := range queue {
			if !yield(<-answer) {
				return
			}
		}
		if failed != nil {
			yield(extraction{err: failed})
		}
	}
}

// extractFile reads the facts of one file.
func extractFile(read func(doc.File, *doc.Page) (*graph.Facts, error), f doc.File, limits doc.Limits) extraction {
	page, err := doc.Read(f, limits)
	var facts *graph.Facts
	if err == nil {
		facts, err = read(f, page)
	}
	var unreadable *doc.Unreadable
	if errors.As(err, &unreadable) {
		s := unreadable.Skipped(f.Path)
		return extraction{skipped: &s}
	}
	if err != nil {
		return extraction{err: fmt.Errorf("read %s: %w", f.Path, err)}
	}
	return extraction{path: f.Path, facts: facts}
}

func (r *result) addMentions(path string, facts *graph.Facts) {
	for _, m := range facts.Mentions {
		r.items = append(r.items, mentionLine{path, m.Start, m.End, m.Text, m.Kind, m.Confidence})
		r.rows = append(r.rows, []string{path, strconv.Itoa(m.Start), strconv.Itoa(m.End), string(m.Kind), m.Text, decimal(m.Confidence)})
	}
}

func (r *result) addStatements(path string, facts *graph.Facts) {
	end := func(m graph.Mention) statementEnd { return statementEnd{m.Text, m.Kind, m.Start, m.End} }
	for _, s := range facts.Statements {
		r.items = append(r.items, statementLine{path, s.Start, s.End, s.Type, end(s.Head), end(s.Tail), s.State, s.Modality, s.Year, s.Basis, s.Confidence})
		r.rows = append(r.rows, []string{
			path, strconv.Itoa(s.Start), strconv.Itoa(s.End), string(s.Type), s.Head.Text, s.Tail.Text,
			s.State, string(s.Modality), number(s.Year), string(s.Basis), decimal(s.Confidence),
		})
	}
}

// givenNames are names from a file, by the document that they are of; those without one are of every document.
type givenNames map[string][]extract.Given

func (g givenNames) of(paths ...string) []extract.Given {
	names := slices.Clone(g[""])
	for n, path := range paths {
		if !slices.Contains(paths[:n], path) {
			names = append(names, g[path]...)
		}
	}
	slices.SortStableFunc(names, func(a, b extract.Given) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) })
	return names
}

// readGiven reads names in the form that extract prints; nil without a file.
func readGiven(path string) (givenNames, error) {
	if path == "" {
		return nil, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("the names given: %w", err)
	}
	defer f.Close()
	names := givenNames{}
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		var m mentionLine
		if err := json.Unmarshal(lines.Bytes(), &m); err != nil {
			return nil, fmt.Errorf("%s:%d: not a line of JSON as tupu extract prints it: %w", path, n, err)
		}
		names[m.Doc] = append(names[m.Doc], extract.Given{Start: m.Start, End: m.End, Kind: m.Type})
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return names, nil
}
