package cli

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/query"
	"github.com/tupu-kg/tupu/store"
)

type reviewOptions struct {
	judgeOptions
	query.PairOptions
	limit   int
	answers string
}

func newReview(a *app) *cobra.Command {
	var o reviewOptions
	c := &cobra.Command{
		Use:   "review",
		Short: "decide, pair by pair, which likely namesakes are one",
		Long: `Review shows the pairs that are likely one thing and were not merged, the likeliest first: one pair a screen, with what is known
of both and sentences side by side. You answer

  y  same        n  different      u  unsure: do not ask again
  s  skip        b  back: undo the last answer and ask it again
  m  more of both                  q  quit

Every answer is written at once, and the graph follows at the end. Stop when you like: what is answered is not asked again.
What you skip comes once more at the end, and then with the next review.

On no terminal, or with -o, it lists the pairs instead. Each line of -o jsonl is a pair; give it the key "answer" (same,
different or unsure, with a "note" if you like), and --answers takes it back. Lines without an answer are passed over:

  tupu review -o jsonl > pairs.jsonl
  jq -c 'select(.score >= 0.9) + {answer: "same"}' pairs.jsonl | tupu review --answers -` + judgingHelp,
		Example: `  tupu review
  tupu review --type enterprise --min-score 0.8`,
		Args: exactly(0, "no arguments"),
		RunE: func(c *cobra.Command, _ []string) error {
			o.Kind = graph.Kind(o.kind)
			if o.answers != "" {
				return a.takeAnswers(c.Context(), o)
			}
			return a.review(c.Context(), o)
		},
	}
	addJudge(c, &o.judgeOptions)
	addKind(c, &o.kind, "of what")
	c.Flags().Float64Var(&o.Least, "min-score", 0, "only pairs at least so likely, 0 to 1")
	addLimit(c, &o.limit, 0, "pairs")
	c.Flags().StringVar(&o.answers, "answers", "", "take the answers from a `file` of pairs, - for standard input, and ask nothing")
	return c
}

// review asks about the pairs, or lists them for programs.
func (a *app) review(ctx context.Context, o reviewOptions) error {
	s, answer, err := a.pairs(ctx, o)
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }()
	left := len(answer.Pairs)
	if o.limit > 0 && left > o.limit {
		answer.Pairs = answer.Pairs[:o.limit]
	}
	if a.format != table {
		return a.listPairs(ctx, s, answer, left > len(answer.Pairs))
	}
	if left == 0 {
		a.hint(noPairs(answer))
		return nil
	}
	r := &reviewer{app: a, o: o, s: s, lines: readLines(a.In), queue: answer.Pairs}
	if err := r.ask(ctx); err != nil {
		return err
	}
	if err := s.Close(); err != nil {
		return err
	}
	return r.finish(ctx)
}

func noPairs(answer *query.PairsAnswer) string {
	what := "no pair is likely one thing and not merged"
	if answer.Query.Kind != "" || answer.Query.Least > 0 {
		what += ", of that type and score"
	}
	if answer.Judged > 0 {
		what = fmt.Sprintf("all are answered: %s; `tupu judgements` lists the answers", count(answer.Judged, "pair"))
	}
	return what
}

// pairs opens the graph, in line with the judgements, and lists what is to be asked.
func (a *app) pairs(ctx context.Context, o reviewOptions) (*store.Snapshot, *query.PairsAnswer, error) {
	held, err := a.inForce(o.file)
	if err != nil {
		return nil, nil, err
	}
	s, err := a.open()
	if err != nil {
		return nil, nil, err
	}
	behind, err := pending(s, held)
	if err == nil && behind {
		// Others' answers came with the file, or a review was cut off.
		if err = s.Close(); err == nil {
			_, err = a.bringInLine(ctx, o.file)
		}
		if err == nil {
			s, err = a.open()
		}
	}
	if err == nil {
		err = s.Hold()
	}
	if err != nil {
		return nil, nil, err
	}
	js := make([]graph.Judgement, len(held))
	for i, h := range held {
		js[i] = h.Judgement
	}
	answer, err := query.Pairs(ctx, s, js, o.PairOptions)
	if err != nil {
		return nil, nil, errors.Join(err, s.Close())
	}
	return s, answer, nil
}

// listPairs prints the pairs for programs.
func (a *app) listPairs(ctx context.Context, s *store.Snapshot, answer *query.PairsAnswer, truncated bool) error {
	r := result{
		kind: "pairs", query: answer.Query, truncated: truncated,
		columns: []string{
			"score", "reason", "left", "left_id", "left_documents", "left_where", "left_sentence", "right", "right_id", "right_documents",
			"right_where", "right_sentence", "both_areas", "both_documents", "both_near",
		},
	}
	for _, p := range answer.Pairs {
		c, err := query.Compare(ctx, s, p, 1)
		if err != nil {
			return err
		}
		r.items = append(r.items, c)
		row := []string{decimal(c.Score), c.Reason}
		for _, d := range []*query.Dossier{c.LeftSide, c.RightSide} {
			q := first(telling(d, 1))
			row = append(row, d.Entity.Name, string(d.Entity.ID), strconv.Itoa(len(d.Documents)), where(q), q.Sentence)
		}
		r.rows = append(r.rows, append(row, strings.Join(c.Both.Areas, ";"), number(c.Both.Documents), strings.Join(c.Both.Near, ";")))
	}
	if len(answer.Pairs) == 0 {
		r.note = noPairs(answer)
	}
	return a.print(r)
}

// answered is an answer that was given.
type answered struct {
	pair    query.Pair
	verdict graph.Verdict
	written []graph.Judgement
}

// reviewer asks about one pair after the other.
type reviewer struct {
	*app
	o     reviewOptions
	s     *store.Snapshot
	lines <-chan string

	queue   []query.Pair
	again   bool // those that were skipped come once more
	skipped []query.Pair
	answers []answered
	asked   int
	shown   bool // a pair was
	follows int  // pairs that other answers decided
}

// readLines reads what a person types, without keeping an interrupt waiting.
func readLines(in io.Reader) <-chan string {
	lines := make(chan string)
	go func() {
		defer close(lines)
		scanner := bufio.NewScanner(in)
		for scanner.Scan() {
			lines <- scanner.Text()
		}
	}()
	return lines
}

// errQuit says that the person wants to stop.
var errQuit = errors.New("quit")

func (r *reviewer) ask(ctx context.Context) error {
	for {
		if len(r.queue) == 0 {
			if r.again || len(r.skipped) == 0 {
				return nil
			}
			r.queue, r.skipped, r.again = r.skipped, nil, true
		}
		pair := r.queue[0]
		r.queue = r.queue[1:]
		if r.decided(pair) {
			r.follows++
			continue
		}
		if err := r.askOne(ctx, pair); errors.Is(err, errQuit) {
			r.queue = append([]query.Pair{pair}, r.queue...)
			return nil
		} else if err != nil {
			return err
		}
	}
}

// decided reports whether a pair follows from the answers: what is the same as one of the two is what the other is not.
func (r *reviewer) decided(p query.Pair) bool {
	parent := map[graph.ID]graph.ID{}
	root := func(id graph.ID) graph.ID {
		for parent[id] != "" {
			id = parent[id]
		}
		return id
	}
	for _, a := range r.answers {
		if x, y := root(a.pair.Left), root(a.pair.Right); a.verdict == graph.Same && x != y {
			parent[x] = y
		}
	}
	left, right := root(p.Left), root(p.Right)
	for _, a := range r.answers {
		x, y := root(a.pair.Left), root(a.pair.Right)
		if a.verdict == graph.Different && (x == left && y == right || x == right && y == left) {
			return true
		}
	}
	return left == right
}

const prompt = "one thing? y same, n different, u unsure, s skip, b back, m more, q quit: "

func (r *reviewer) askOne(ctx context.Context, pair query.Pair) error {
	c, err := query.Compare(ctx, r.s, pair, 1)
	if err != nil {
		return err
	}
	r.asked++
	page := &page{width: r.Width, color: r.Color, words: r.words}
	if r.shown {
		page.WriteByte('\n')
	}
	r.shown = true
	page.comparison(c, fmt.Sprintf("Pair %d, %d to come", r.asked, len(r.queue)+len(r.skipped)))
	for {
		page.WriteString(r.words.tell(prompt))
		if _, err := r.Out.Write(page.Bytes()); err != nil {
			return err
		}
		page.Reset()
		var line string
		var open bool
		select {
		case <-ctx.Done():
			return ctx.Err()
		case line, open = <-r.lines:
		}
		if !open {
			fmt.Fprintln(r.Out)
			return errQuit
		}
		switch strings.ToLower(strings.TrimSpace(line)) {
		case "y", "yes", "same", "是", "同", "相同":
			return r.record(c, graph.Same)
		case "n", "no", "different", "否", "不同":
			return r.record(c, graph.Different)
		case "u", "unsure", "不确定":
			return r.record(c, graph.Unsure)
		case "s", "skip", "跳过":
			r.skipped = append(r.skipped, pair)
			return nil
		case "b", "back", "返回":
			if len(r.answers) == 0 {
				page.paragraph(0, "nothing is answered yet")
				continue
			}
			return r.back(pair)
		case "m", "more", "更多":
			all, err := query.Compare(ctx, r.s, pair, -1)
			if err != nil {
				return err
			}
			page.dossier(&explained{Dossier: all.LeftSide}, true)
			page.WriteByte('\n')
			page.dossier(&explained{Dossier: all.RightSide}, true)
		case "q", "quit", "exit", "退出":
			return errQuit
		default:
			page.paragraph(0, "please answer with one of these letters, or its word")
		}
	}
}

// record writes an answer.
func (r *reviewer) record(c *query.Comparison, v graph.Verdict) error {
	done, err := r.writeJudgements(r.o.judgeOptions, []graph.Judgement{{Verdict: v, About: c.About[:], Note: r.o.note}})
	if err != nil {
		return err
	}
	r.answers = append(r.answers, answered{c.Pair, v, done.written})
	return nil
}

// back takes the last answer back and asks it again, and then the pair that was on the screen.
func (r *reviewer) back(now query.Pair) error {
	last := r.answers[len(r.answers)-1]
	var undo []graph.Judgement
	for _, j := range last.written {
		undo = append(undo, graph.Judgement{Verdict: graph.Undo, Of: j.Hash()})
	}
	if _, err := r.writeJudgements(r.o.judgeOptions, undo); err != nil {
		return err
	}
	r.answers = r.answers[:len(r.answers)-1]
	r.queue = append([]query.Pair{last.pair, now}, r.queue...)
	r.asked -= 2
	return nil
}

// finish brings the graph in line and says what came of it.
func (r *reviewer) finish(ctx context.Context) error {
	done := &judging{file: r.judgements(r.o.file), documents: map[graph.ID]int{}, places: map[string]string{}}
	counts := map[graph.Verdict]int{}
	for _, a := range r.answers {
		counts[a.verdict]++
		done.written = append(done.written, a.written...)
	}
	var err error
	if len(r.answers) > 0 {
		if done.report, err = r.bringInLine(ctx, r.o.file); err != nil {
			return done.unapplied(err)
		}
		if err := r.read(func(q query.Reader) error { return done.look(ctx, q, r.app, r.o.file) }); err != nil {
			return err
		}
	}
	page := &page{width: r.Width, color: r.Color, words: r.words}
	rows := [][]string{
		{"answered", fmt.Sprintf("%d: same %d, different %d, unsure %d", len(r.answers), counts[graph.Same], counts[graph.Different], counts[graph.Unsure])},
	}
	if r.follows > 0 {
		rows = append(rows, []string{"", fmt.Sprintf("%s followed from these", count(r.follows, "pair"))})
	}
	if left := len(r.queue) + len(r.skipped); left > 0 {
		rows = append(rows, []string{"left", count(left, "pair") + "; `tupu review` asks them"})
	}
	if done.report != nil {
		for _, c := range done.report.Changes {
			rows = append(rows, done.changeRows(c)...)
		}
		rows = append(rows, []string{"written", "to " + done.file + "; `tupu judgements` lists all, `tupu undo HASH` takes one back"})
	}
	page.WriteByte('\n')
	page.facts(rows)
	if _, err := r.Out.Write(page.Bytes()); err != nil {
		return err
	}
	for _, against := range done.against {
		r.hint(against)
	}
	return nil
}

// maxAnswerLine bounds a line of answers, which may carry two dossiers, in bytes.
const maxAnswerLine = 64 << 20

// takeAnswers reads pairs with answers.
func (a *app) takeAnswers(ctx context.Context, o reviewOptions) error {
	in, file := a.In, "standard input"
	if o.answers != "-" {
		f, err := os.Open(o.answers)
		if err != nil {
			return fmt.Errorf("answers: %w", err)
		}
		defer f.Close()
		in, file = f, o.answers
	}
	var js []graph.Judgement
	bad := 0
	scanner := bufio.NewScanner(in)
	scanner.Buffer(nil, maxAnswerLine)
	for n := 1; scanner.Scan(); n++ {
		j, err := readAnswer(scanner.Bytes(), o.note)
		switch {
		case err != nil:
			a.hint(fmt.Sprintf("skipped %s:%d: %s", visible(file, false), n, visible(err.Error(), false)))
			bad++
		case j != nil:
			// Of two answers to one pair the later counts.
			js = slices.DeleteFunc(js, func(earlier graph.Judgement) bool { return sameSubjects(earlier.About, j.About) })
			js = append(js, *j)
		}
	}
	if err := scanner.Err(); err != nil {
		return fmt.Errorf("answers from %s: %w", file, err)
	}
	if len(js) == 0 && bad > 0 {
		return fmt.Errorf("no answer in %s could be read; the reasons are above", file)
	}
	if err := a.judge(ctx, o.judgeOptions, js, nil); err != nil {
		return err
	}
	if bad > 0 {
		return errSkipped
	}
	return nil
}

// readAnswer reads a pair with an answer; nil if it has none.
func readAnswer(line []byte, note string) (*graph.Judgement, error) {
	if len(strings.TrimSpace(string(line))) == 0 {
		return nil, nil
	}
	var said struct {
		About  []graph.Subject `json:"about"`
		Answer string          `json:"answer"`
		Note   string          `json:"note"`
	}
	if err := json.Unmarshal(line, &said); err != nil {
		return nil, fmt.Errorf("%w: give pairs as `tupu review -o jsonl` prints them, with an answer", err)
	}
	j := &graph.Judgement{Time: "2000-01-01T00:00:00Z", Verdict: graph.Verdict(said.Answer), About: said.About, Note: said.Note}
	if j.Note == "" {
		j.Note = note
	}
	switch j.Verdict {
	case "", "skip":
		return nil, nil
	case graph.Same, graph.Different, graph.Unsure:
		return j, j.Check() // the time is set when it is written
	}
	return nil, fmt.Errorf("answer %q: use same, different or unsure", said.Answer)
}
