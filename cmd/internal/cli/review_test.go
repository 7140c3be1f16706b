package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/query"
	"github.com/tupu-kg/tupu/query/querytest"
	"github.com/tupu-kg/tupu/store"
	"github.com/tupu-kg/tupu/store/ingest"
)

// pairOf is a MAYBE_SAME that a test puts into a graph.
type pairOf struct {
	left, right graph.ID
	score       float64
	reason      string
}

// plant adds pairs to the graph, as the resolver would.
func plant(t *testing.T, db string, pairs ...pairOf) {
	t.Helper()
	old, err := store.Open(db)
	if err != nil {
		t.Fatal(err)
	}
	defer old.Close()
	var edges []graph.Edge
	for _, p := range pairs {
		var evidence []graph.Evidence
		for _, id := range []graph.ID{p.left, p.right} {
			evidence = nil
			for e, err := range old.Edges(id, graph.Outgoing, graph.MentionedIn) {
				if err != nil {
					t.Fatal(err)
				}
				if evidence, err = old.Evidence(e); err != nil {
					t.Fatal(err)
				}
			}
			if len(evidence) == 0 {
				t.Fatalf("%s is not in the graph", id)
			}
		}
		e, err := graph.NewEdge(p.left, graph.MaybeSame, p.right, evidence[0])
		if err != nil {
			t.Fatal(err)
		}
		e.Score, e.Reason = p.score, p.reason
		edges = append(edges, e)
	}
	g, err := store.NewGeneration(db, old)
	if err != nil {
		t.Fatal(err)
	}
	meta, err := old.Meta()
	if err != nil {
		t.Fatal(err)
	}
	if err := g.SetOwner("test", nil, nil, edges); err != nil {
		t.Fatal(err)
	}
	if err := g.Commit(meta); err != nil {
		t.Fatal(err)
	}
}

const (
	chemicals = graph.ID("enterprise:福建天辰化工有限公司")
	materials = graph.ID("enterprise:泉州天辰新材料有限公司")
	machines  = graph.ID("enterprise:福建海川机械有限公司")
)

// likely builds a graph with three firms that might be one, each with another.
func likely(t *testing.T) {
	t.Helper()
	t.Chdir(t.TempDir())
	for name, text := range map[string]string{
		"quangang-2023.txt": `泉港区2023年政府工作报告

一、2023年工作回顾

福建天辰化工有限公司（以下简称“天辰化工”）建成投产，全年实现产值二十四亿元，带动上下游企业三十余家集聚发展，成为石化园区的龙头。

泉州天辰新材料有限公司与福建海川机械有限公司签约。
`,
		"fengze-2024.txt": `豐澤區2024年政府工作報告

一、2024年工作回顾

福建天辰化工有限公司設立研發中心。泉州天辰新材料有限公司与福建天辰化工有限公司共建实验室。
`,
	} {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if status, _, stderr := call("build", "quangang-2023.txt", "fengze-2024.txt"); status != statusDone {
		t.Fatalf("build: status %d\n%s", status, stderr)
	}
	plant(t, "tupu.db",
		pairOf{chemicals, materials, 0.9, "one brand (天辰) in one city"},
		pairOf{materials, machines, 0.7, "a reason"},
		pairOf{chemicals, machines, 0.6, "a reason"})
}

// talk runs a command on a terminal of so many columns, into which a person types.
func talk(width int, typed string, args ...string) (status int, out, err string) {
	var stdout, stderr bytes.Buffer
	env := func(name string) string { return map[string]string{"TUPU_AUTHOR": "李"}[name] }
	s := &Streams{In: strings.NewReader(typed), Out: &stdout, Err: &stderr, OutTerminal: true, Width: width, Getenv: env}
	status = Main(args, s)
	return status, stdout.String(), stderr.String()
}

// inForce lists the judgements in force in words.
func inForce(t *testing.T) []string {
	t.Helper()
	all, bad, err := ingest.ReadJudgements("judgements.jsonl")
	if err != nil || len(bad) > 0 {
		t.Fatal(err, bad)
	}
	var out []string
	for _, j := range graph.EffectiveJudgements(all) {
		out = append(out, fmt.Sprintf("%s: %s %v", j.Author, j.Verdict, j.About))
	}
	return out
}

// firms is a graph of two firms that might be one: one document names both.
func firms(t *testing.T) *graph.Memory {
	b := querytest.NewBuilder(t)
	long := "海川机械有限公司建成投产，全年实现产值二十四亿元，带动上下游企业三十余家集聚发展，成为园区龙头，获评省级单项冠军。"
	east := b.Document("东区2023年政府工作报告", 2023, "东区", long, "海川机械厂与海川机械有限公司共建实验室，南海集团参会。")
	west := b.Document("西区2024年政府工作报告", 2024, "西区", "海川機械廠設立研發中心，南海集團入股。")
	area := b.Entity(graph.Entity{ID: "place:东区", Kind: graph.KindPlace, Name: "东区", Place: graph.County})
	other := b.Entity(graph.Entity{ID: "place:西区", Kind: graph.KindPlace, Name: "西区", Place: graph.County})
	firm := b.Entity(graph.Entity{ID: "enterprise:海川机械有限公司", Kind: graph.KindEnterprise, Name: "海川机械有限公司"})
	works := b.Entity(graph.Entity{ID: "enterprise:海川机械厂", Kind: graph.KindEnterprise, Name: "海川机械厂", Aliases: []string{"海川機械廠"}})
	group := b.Entity(graph.Entity{ID: "enterprise:南海集团", Kind: graph.KindEnterprise, Name: "南海集团"})
	b.Edge(firm, graph.MentionedIn, east, nil, b.At(east, "海川机械有限公司"))
	b.Edge(works, graph.MentionedIn, east, nil, b.At(east, "海川机械厂"))
	b.Edge(works, graph.MentionedIn, west, nil, b.At(west, "海川機械廠"))
	b.Edge(group, graph.MentionedIn, east, nil, b.At(east, "南海集团"))
	appears := func(id, place, doc graph.ID, year int, name string) {
		b.Edge(id, graph.AppearsIn, place, func(e *graph.Edge) { e.Documents, e.Mentions, e.FirstYear, e.LastYear = 1, 1, year, year }, b.At(doc, name))
	}
	appears(firm, area, east, 2023, "海川机械有限公司")
	appears(works, area, east, 2023, "海川机械厂")
	appears(works, other, west, 2024, "海川機械廠")
	b.Edge(works, graph.PartOf, group, nil, b.At(west, "南海集團入股"))
	for _, pair := range [][2]graph.ID{{firm, works}, {firm, group}, {works, group}} {
		b.Edge(pair[0], graph.CoMentioned, pair[1], func(e *graph.Edge) { e.Sentences, e.Weight = 1, 1 }, b.Inside(east, "海川机械厂与海川机械有限公司", "海川机械厂"))
	}
	return b.Graph()
}

const screen = `Pair 1, 2 to come; likely 0.90: one brand (海川) and trade (机械)
海川机械厂                             | 海川机械有限公司
enterprise, 2 documents                | enterprise, 1 document
also: 海川機械廠                       |
in: 东区 2023, 西区 2024               | in: 东区 2023
PART_OF 南海集团                       |
with: 南海集团, 海川机械有限公司       | with: 南海集团, 海川机械厂
西区2024年政府工作报告.txt:2           | 东区2023年政府工作报告.txt:2
海川機械廠設立研發中心，南海集團入股。 | 海川机械有限公司建成投产，全年实现产值
                                       | 二十四亿元，带动上下游企业三十余家…
东区2023年政府工作报告.txt:3           |
海川机械厂与海川机械有限公司共建实验室 |
，南海集团参会。                       |
both: in 东区; with 南海集团; named together in 1 sentence, as two are
  东区2023年政府工作报告.txt:3
  海川机械厂与海川机械有限公司共建实验室，南海集团参会。
`

// A pair fits a screen of 80 columns and 24 lines, and its sides align though characters are two columns wide.
func TestAPairFitsAScreen(t *testing.T) {
	c, err := query.Compare(t.Context(), firms(t), query.Pair{Left: "enterprise:海川机械厂", Right: "enterprise:海川机械有限公司", Score: 0.9, Reason: "one brand (海川) and trade (机械)"}, 1)
	if err != nil {
		t.Fatal(err)
	}
	const title = "Pair 1, 2 to come"
	p := &page{}
	p.comparison(c, title)
	if diff := cmp.Diff(screen, p.String()); diff != "" {
		t.Errorf("the screen: %s", diff)
	}
	c.LeftSide.Entity.Aliases = strings.Split(strings.Repeat("海川機械廠（東區分廠）,", 30), ",")
	c.RightSide.Areas = slices.Repeat(c.RightSide.Areas, 20)
	c.RightSide.Relations = slices.Repeat(c.LeftSide.Relations, 20)
	c.RightSide.Documents = slices.Repeat(c.LeftSide.Documents, 20)
	for _, width := range []int{40, 72, 80, 120, 300} {
		p := &page{width: width}
		p.comparison(c, title)
		lines := strings.Split(p.String()+prompt, "\n")
		if len(lines) > 24 && width >= 80 {
			t.Errorf("%d columns: %d lines\n%s", width, len(lines), p)
		}
		bars := map[int]bool{}
		for _, l := range lines {
			if displayWidth(l) > width && l != prompt {
				t.Errorf("%d columns: %q takes %d", width, l, displayWidth(l))
			}
			if left, _, found := strings.Cut(l, " |"); found {
				bars[displayWidth(left)] = true
			}
		}
		if len(bars) != 1 {
			t.Errorf("%d columns: the sides meet at %v", width, bars)
		}
		colored := &page{width: width, color: true}
		colored.comparison(c, title)
		if plain := text.StripEscape(colored.String()); plain != p.String() {
			t.Errorf("%d columns: colours move something: %s", width, cmp.Diff(p.String(), plain))
		}
	}
}

// Answers are written as they come, the graph follows at the end, and what is answered is not asked again.
func TestReviewGoesOnWhereItStopped(t *testing.T) {
	likely(t)
	pairs := func(out string) (asked []string) {
		shown := false
		for l := range strings.Lines(out) {
			if shown { // the names are under the title
				asked = append(asked, strings.Join(strings.Fields(l), " "))
			}
			shown = strings.HasPrefix(l, "Pair ")
		}
		return asked
	}
	const first, second, third = "福建天辰化工有限公司 | 泉州天辰新材料有限公司", "泉州天辰新材料有限公司 | 福建海川机械有限公司", "福建天辰化工有限公司 | 福建海川机械有限公司"
	unordered := func(want string) string { // the sides are in the order of ids
		names := strings.Split(want, " | ")
		slices.Sort(names)
		return strings.Join(names, " | ")
	}
	check := func(typed string, want ...string) (out, stderr string) {
		t.Helper()
		status, out, stderr := talk(80, typed, "review")
		if status != statusDone {
			t.Fatalf("status %d\n%s", status, stderr)
		}
		var got, wanted []string
		for _, p := range pairs(out) {
			got = append(got, unordered(p))
		}
		for _, p := range want {
			wanted = append(wanted, unordered(p))
		}
		if diff := cmp.Diff(wanted, got); diff != "" {
			t.Fatalf("typed %q, asked: %s\n%s", typed, diff, out)
		}
		return out, stderr
	}
	// What was skipped comes once more at the end; input that ends is a person that leaves.
	out, _ := check("跳过\nwhat\nunsure\ns\ns", first, second, third, first, third)
	for _, want := range []string{"please answer with one of these letters", "answered  1: same 0, different 0, unsure 1", "left      2 pairs; `tupu review` asks them"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in\n%s", want, out)
		}
	}
	// The unsure one is not asked again. One answer is taken back, and asked again.
	out, _ = check("n\nb\ny\nn\n", first, third, first, third)
	for _, want := range []string{"answered  2: same 1, different 1, unsure 0", "merged    泉州天辰新材料有限公司", "into      泉州天辰新材料有限公司"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in\n%s", want, out)
		}
	}
	plant(t, "tupu.db", pairOf{materials, machines, 0.7, "a reason"}) // the others are no pairs any more
	if _, stderr := check(""); !strings.Contains(stderr, "all are answered") {
		t.Errorf("when all is answered: %s", stderr)
	}
	want := []string{
		"李: unsure [enterprise:泉州天辰新材料有限公司 enterprise:福建海川机械有限公司]",
		"李: same [enterprise:泉州天辰新材料有限公司 enterprise:福建天辰化工有限公司]",
		"李: different [enterprise:福建天辰化工有限公司 enterprise:福建海川机械有限公司]",
	}
	if diff := cmp.Diff(want, inForce(t)); diff != "" {
		t.Errorf("in force: %s", diff)
	}
}

// What is the same as one of a pair is what the other is not: the third pair follows from two answers.
func TestReviewDoesNotAskWhatFollows(t *testing.T) {
	likely(t)
	_, out, _ := talk(80, "same\ndifferent\n", "review")
	if !strings.Contains(out, "1 pair followed from these") || strings.Count(out, prompt) != 2 {
		t.Errorf("printed\n%s", out)
	}
}

// Pairs go out as lines and come back with answers.
func TestAnswersComeFromAPipe(t *testing.T) {
	likely(t)
	status, out, stderr := talk(80, "", "review", "-o", "jsonl")
	if status != statusDone || stderr != "" {
		t.Fatalf("status %d\n%s", status, stderr)
	}
	var answered strings.Builder
	for line := range strings.Lines(out) {
		var pair map[string]any
		if err := json.Unmarshal([]byte(line), &pair); err != nil {
			t.Fatal(err)
		}
		if pair["score"].(float64) > 0.8 {
			pair["answer"], pair["note"] = "same", "同一品牌"
		}
		b, err := json.Marshal(pair)
		if err != nil {
			t.Fatal(err)
		}
		answered.Write(append(b, '\n'))
	}
	status, out, stderr = talk(80, answered.String(), "review", "--answers", "-")
	if status != statusDone || !strings.Contains(out, "merged") {
		t.Errorf("status %d\n%s%s", status, out, stderr)
	}
	want := []string{"李: same [enterprise:泉州天辰新材料有限公司 enterprise:福建天辰化工有限公司]"}
	if diff := cmp.Diff(want, inForce(t)); diff != "" {
		t.Errorf("in force: %s", diff)
	}
	// The same again writes nothing; a line that cannot be used does not stop the others, nor does an answer without sense.
	status, out, stderr = talk(80, "{}\nnonsense\n"+answered.String()+`{"answer":"perhaps"}`+"\n"+`{"answer":"same","about":[]}`, "review", "--answers", "-")
	if status != statusSkipped || !strings.Contains(out, "in force already") || strings.Count(stderr, "skipped standard input:") != 3 {
		t.Errorf("status %d\n%s%s", status, out, stderr)
	}
	if diff := cmp.Diff(want, inForce(t)); diff != "" {
		t.Errorf("in force: %s", diff)
	}
	if status, _, stderr := talk(80, "nonsense", "review", "--answers", "-"); status != statusError || !strings.Contains(stderr, "no answer in standard input could be read") {
		t.Errorf("status %d\n%s", status, stderr)
	}
}

// cancels is a writer that ends a command when the command has asked something.
type cancels struct {
	bytes.Buffer
	cancel func()
}

func (c *cancels) Write(b []byte) (int, error) {
	if bytes.Contains(b, []byte(prompt)) && bytes.Contains(c.Bytes(), []byte(prompt)) {
		c.cancel()
	}
	return c.Buffer.Write(b)
}

// An interrupt ends a review though nobody types; what was answered is kept, and the graph follows with the next one.
func TestAnInterruptedReviewKeepsItsAnswers(t *testing.T) {
	likely(t)
	ctx, cancel := context.WithCancel(t.Context())
	typed, person := io.Pipe()
	defer person.Close()
	go func() { _, _ = io.WriteString(person, "y\n") }()
	var stderr bytes.Buffer
	a := &app{Streams: &Streams{
		In: typed, Out: &cancels{cancel: cancel}, Err: &stderr, OutTerminal: true, Width: 80, Getenv: func(string) string { return "李" },
	}}
	if status := run(ctx, a, []string{"review", "--db", "tupu.db"}); status != statusInterrupted {
		t.Errorf("status %d\n%s", status, stderr.String())
	}
	if got := inForce(t); len(got) != 1 {
		t.Errorf("in force: %v", got)
	}
	status, out, _ := talk(80, "", "show", string(materials))
	if status != statusDone || strings.Contains(out, "天辰化工,") {
		t.Errorf("the graph has followed already:\n%s", out)
	}
	talk(80, "q\n", "review")
	if _, out, _ = talk(80, "", "show", string(materials)); !strings.Contains(out, "天辰化工") {
		t.Errorf("the graph has not followed:\n%s", out)
	}
}

// While a build is at work a judgement is written, and waits.
func TestAJudgementDuringABuildWaits(t *testing.T) {
	likely(t)
	facts, err := store.OpenFacts("tupu.db")
	if err != nil {
		t.Fatal(err)
	}
	status, out, stderr := talk(80, "", "drop", "海川机械")
	if err := facts.Close(); err != nil {
		t.Fatal(err)
	}
	if status != statusError || out != "" || !strings.Contains(stderr, "another build is running") ||
		!strings.Contains(stderr, "the judgement is in judgements.jsonl, but not in the graph yet: `tupu judgements --apply` brings it there") {
		t.Errorf("status %d\n%s%s", status, out, stderr)
	}
	if status, out, _ := talk(80, "", "judgements", "--apply"); status != statusDone || !strings.Contains(out, "gone") {
		t.Errorf("status %d\n%s", status, out)
	}
}

// A review speaks Chinese where it is asked to.
func TestReviewInChinese(t *testing.T) {
	likely(t)
	t.Setenv("TUPU_LANG", "zh")
	hash := regexp.MustCompile(`[0-9a-f]{16}`)
	for _, args := range [][]string{{"review"}, {"review", "--min-score", "0.95"}, {"review", "-o", "csv", "--type", "person"}, {"review", "--answers", "-"}} {
		for _, typed := range []string{"x\nb\nm\ny\nn\nq\n", "s\nu\nn\nu\nq\n", "u\nu\n"} {
			var stdout, stderr bytes.Buffer
			env := func(name string) string { return map[string]string{"TUPU_AUTHOR": "李", "TUPU_LANG": "zh"}[name] }
			Main(append(args, "--judgements", "answers.jsonl"), &Streams{In: strings.NewReader(typed), Out: &stdout, Err: &stderr, OutTerminal: len(args) < 4, Width: 140, Getenv: env})
			out := stdout.String()
			if len(args) > 3 {
				out = "" // for programs
			}
			for line := range strings.Lines(strings.NewReplacer("a reason", "", "one brand", "", "in one city", "", "answers.jsonl", "").Replace(out + stderr.String())) {
				if english := untold(hash.ReplaceAllString(line, "")); english != "" {
					t.Errorf("%v: %q in %q", args, english, line)
				}
			}
		}
	}
}
