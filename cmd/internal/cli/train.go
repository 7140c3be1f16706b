package cli

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/tupu-kg/tupu/extract"
	"github.com/tupu-kg/tupu/extract/tagger"
)

// addModel binds --model.
func addModel(c *cobra.Command, model *string) {
	c.Flags().StringVar(model, "model", "", "recognise names with the model in `file`, as tupu train makes it (default: the one shipped)")
}

// readingWith are the options of an extractor with a model of the user's, or the shipped one.
func readingWith(model string) (extract.Options, error) {
	if model == "" {
		return extract.Options{}, nil
	}
	data, err := os.ReadFile(model)
	if err != nil {
		return extract.Options{}, fmt.Errorf("model: %w", err)
	}
	return extract.Options{Model: data}, nil
}

// labelledHelp says in what form marked texts come.
const labelledHelp = `Marked texts are files, or folders of files, of these forms:

  NAME.txt with NAME.gold.jsonl beside it: text, and a line {"start", "end", "type"} for each name, in code points
  NAME.txt alone: text with the names marked in it, as in {ENT:天辰化工}一期 (ENT, PRJ, PLC, ORG, PER)
  NAME.json or NAME.jsonl: a sentence a line, {"text", "label": {type: {name: [[first, last]]}}}
  NAME.bio or NAME.conll: a character and its label a line (B-, I-, E-, S-, O), an empty line between sentences`

type trainOptions struct {
	data   []string
	out    string
	types  []string
	epochs int
	seed   uint64
	member int
	drop   float64
	penal  float64
	second bool
}

func newTrain(a *app) *cobra.Command {
	var o trainOptions
	c := &cobra.Command{
		Use:   "train --data FILE... --out MODEL",
		Short: "learn to recognise names from texts in which you marked them",
		Long: `Train learns a model from marked texts: the more, and the more like the texts it is meant for, the better. Fifty pages of
your own region together with those in testdata/train are a beginning. Keep some pages back and measure with tupu eval.
Use the model with --model of build and extract.

The same texts give the same model, byte for byte. A hundred thousand characters take some ten seconds.

` + labelledHelp,
		Example: `  tupu train --data testdata/train/news-09.txt --epochs 2 --out own.model
  tupu eval --data testdata/train/news-08.txt --model own.model`,
		Args: exactly(0, "no arguments: give the marked texts with --data"),
		RunE: func(c *cobra.Command, _ []string) error {
			if len(o.data) == 0 || o.out == "" {
				return usagef(c, "--data and --out are needed: the marked texts, and the file to write the model to")
			}
			return a.train(c.Context(), o)
		},
	}
	c.Flags().StringArrayVar(&o.data, "data", nil, "marked texts: a `file` or folder (may be given several times)")
	c.Flags().StringVar(&o.out, "out", "", "`file` to write the model to")
	c.Flags().StringSliceVar(&o.types, "types", nil, "types of names to learn, where they are others than tupu's (such a model serves tupu eval only)")
	c.Flags().IntVar(&o.epochs, "epochs", 0, "passes over the texts (default: 16)")
	c.Flags().IntVar(&o.member, "members", 1, "models to train with different seeds and to average: better, and as many times slower")
	c.Flags().Float64Var(&o.drop, "drop", 0.3, "share of what is seen that is left out at each step; more for few texts")
	c.Flags().Float64Var(&o.penal, "penalty", 0.06, "on weights: more gives a smaller model")
	c.Flags().BoolVar(&o.second, "second", false, "learn a second stage too, which weighs whole names: better, takes several times as long, and reading with it is slower")
	c.Flags().Uint64Var(&o.seed, "seed", 0, "another number gives another order of learning")
	return c
}

func readLabelled(paths []string) ([]extract.Labelled, error) {
	var all []extract.Labelled
	for _, path := range paths {
		texts, err := extract.ReadLabelled(path)
		if err != nil {
			return nil, err
		}
		all = append(all, texts...)
	}
	return all, nil
}

func (a *app) train(ctx context.Context, o trainOptions) error {
	texts, err := readLabelled(o.data)
	if err != nil {
		return err
	}
	x, err := extract.New(extract.Options{RulesOnly: true})
	if err != nil {
		return err
	}
	names := 0
	for i := range texts {
		names += len(texts[i].Names)
	}
	fmt.Fprintf(a.Err, "%d texts, %d characters, %d names\n", len(texts), extract.Characters(texts), names)
	m, err := x.Train(ctx, texts, extract.TrainOptions{Kinds: o.types, Drop: o.drop, Second: o.second, Tagger: tagger.Options{
		Epochs: o.epochs, Seed: o.seed, Members: o.member, Penalty: o.penal,
		Progress: func(epoch int, loss float64) { fmt.Fprintf(a.Err, "pass %d: loss %.3f a sentence\n", epoch, loss) },
	}})
	if err != nil {
		return err
	}
	if err := writeFile(o.out, m.Write); err != nil {
		return err
	}
	observations, weights := m.Size()
	fmt.Fprintf(a.Err, "%s: %d observations, %d weights; use it with --model %s\n", o.out, observations, weights, o.out)
	return nil
}

type evalOptions struct {
	data, seen []string
	model      string
	rules      bool
	errors     int
}

func newEval(a *app) *cobra.Command {
	var o evalOptions
	c := &cobra.Command{
		Use:   "eval --data FILE...",
		Short: "measure how well names are recognised in texts in which you marked them",
		Long: `Eval recognises the names in marked texts and compares them with the marks: precision (share of the found that is right),
recall (share of the marked that is found) and F1 for each type, recall of names that do not stand in the training texts
given with --seen, what was taken for what, and the mistakes themselves, the surest inventions first.

` + labelledHelp,
		Example: `  tupu eval --data testdata/train/news-01.txt --errors 5
  tupu eval --data testdata/train/news-01.txt --seen testdata/train/news-02.txt -o json`,
		Args: exactly(0, "no arguments: give the marked texts with --data"),
		RunE: func(c *cobra.Command, _ []string) error {
			if len(o.data) == 0 {
				return usagef(c, "--data is needed: the marked texts")
			}
			return a.eval(c.Context(), o)
		},
	}
	c.Flags().StringArrayVar(&o.data, "data", nil, "marked texts: a `file` or folder (may be given several times)")
	c.Flags().StringArrayVar(&o.seen, "seen", nil, "marked texts that the model was trained on: a `file` or folder (may be given several times)")
	addModel(c, &o.model)
	c.Flags().BoolVar(&o.rules, "rules", false, "measure the rules without a model")
	c.Flags().IntVar(&o.errors, "errors", 20, "mistakes to print")
	return c
}

func (a *app) eval(ctx context.Context, o evalOptions) error {
	texts, err := readLabelled(o.data)
	if err != nil {
		return err
	}
	var seen map[string]bool
	if len(o.seen) > 0 {
		trained, err := readLabelled(o.seen)
		if err != nil {
			return err
		}
		seen = extract.NamesIn(trained)
	}
	reading, err := readingWith(o.model)
	if err != nil {
		return err
	}
	reading.RulesOnly, reading.AnyTypes = o.rules, true
	x, err := extract.New(reading)
	if err != nil {
		return err
	}
	e, err := x.Evaluate(ctx, texts, seen)
	if err != nil {
		return err
	}
	mistakes := len(e.Mistakes)
	if o.errors >= 0 {
		e.Mistakes = e.Mistakes[:min(o.errors, mistakes)]
	}
	r := result{
		kind: "evaluation", query: map[string]any{"data": o.data, "seen": o.seen, "model": o.model}, items: []any{e},
		columns: []string{"type", "precision", "recall", "f1", "marked", "found", "right", "unseen", "unseen_recall"},
		rows:    scoreRows(e), truncated: len(e.Mistakes) < mistakes,
	}
	r.people = func(p *page) { printEvaluation(p, e) }
	if r.truncated {
		r.note = fmt.Sprintf("%d of %d mistakes; --errors -1 gives all", len(e.Mistakes), mistakes)
	}
	return a.print(r)
}

func scoreRows(e *extract.Evaluation) [][]string {
	three := func(v float64) string { return strconv.FormatFloat(v, 'f', 3, 64) }
	row := func(name string, s, unseen extract.Score) []string {
		cells := []string{name, three(s.Precision()), three(s.Recall()), three(s.F1()), strconv.Itoa(s.Gold), strconv.Itoa(s.Found), strconv.Itoa(s.Right), "", ""}
		if unseen.Gold > 0 {
			cells[7], cells[8] = strconv.Itoa(unseen.Gold), three(unseen.Recall())
		}
		return cells
	}
	var rows [][]string
	var unseen extract.Score
	for _, typ := range sortedKeys(e.Types) {
		u := e.Unseen[typ]
		unseen.Gold, unseen.Right = unseen.Gold+u.Gold, unseen.Right+u.Right
		rows = append(rows, row(typ, e.Types[typ], u))
	}
	return append(rows, row("all", e.All, unseen))
}

func printEvaluation(p *page, e *extract.Evaluation) {
	p.table([]column{
		{name: "type"},
		{name: "precision", right: true},
		{name: "recall", right: true},
		{name: "f1", right: true},
		{name: "marked", right: true},
		{name: "found", right: true},
		{name: "right", right: true},
		{name: "unseen", right: true},
		{name: "recall", right: true},
	}, scoreRows(e))
	p.heading("What was taken for what")
	var rows [][]string
	for _, gold := range sortedKeys(e.Confusion) {
		for _, found := range sortedKeys(e.Confusion[gold]) {
			rows = append(rows, []string{gold, found, strconv.Itoa(e.Confusion[gold][found])})
		}
	}
	p.table([]column{{name: "marked"}, {name: "found"}, {name: "times", right: true}}, rows)
	if len(e.Mistakes) == 0 {
		return
	}
	p.heading("Mistakes")
	rows = nil
	for _, m := range e.Mistakes {
		rows = append(rows, []string{m.Cause, m.Text, m.Gold, m.Found, strings.Join(strings.Fields(m.Context), " "), fmt.Sprintf("%s:%d", m.Path, m.Start)})
	}
	p.table([]column{{name: "cause"}, {name: "text"}, {name: "marked"}, {name: "found"}, {name: "context"}, {name: "where"}}, rows)
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
