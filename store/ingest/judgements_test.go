package ingest_test

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/store"
	"github.com/tupu-kg/tupu/store/ingest"
)

func firm(surface string) graph.Subject {
	return graph.Subject{Type: graph.KindEnterprise, Surface: surface}
}

// TestJudgeWritesWhatRetiresWhatIsThere: however slow the clock, what is written last comes last, and a file that somebody
// left without a line end is not broken.
func TestJudgeWritesWhatRetiresWhatIsThere(t *testing.T) {
	t.Chdir(t.TempDir())
	const file = "judgements.jsonl"
	theirs := `{"time":"2030-01-01T00:00:00Z","author":"wu","verdict":"different","about":[{"type":"enterprise","surface":"甲"},{"type":"enterprise","surface":"乙"}]}`
	if err := os.WriteFile(file, []byte(theirs), 0o644); err != nil {
		t.Fatal(err)
	}
	now := time.Date(2025, 1, 1, 9, 30, 0, 123456789, time.FixedZone("CST", 8*3600))
	same := graph.Judgement{Verdict: graph.Same, About: []graph.Subject{firm("甲"), firm("乙")}, Note: "R&D <同一家>"}
	for want := 1; want <= 2; want++ {
		written, err := ingest.Judge(file, "li", now, same)
		if err != nil {
			t.Fatal(err)
		}
		if w := written[0]; w.Author != "li" || w.Time != fmt.Sprintf("2030-01-01T00:00:00.%03dZ", want) {
			t.Errorf("written %+v", w)
		}
		all, bad, err := ingest.ReadJudgements(file)
		if err := errors.Join(append(bad, err)...); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(written, graph.EffectiveJudgements(all)); diff != "" || len(all) != 1+want {
			t.Errorf("%d judgements, in force: %s", len(all), diff)
		}
	}
	if b, err := os.ReadFile(file); err != nil || strings.Count(string(b), "\n") != 3 || !strings.Contains(string(b), "R&D <同一家>") {
		t.Errorf("the file is %q, %v", b, err)
	}
	if _, err := ingest.Judge(file, "li", now, graph.Judgement{Verdict: graph.Same, About: same.About[:1]}); err == nil {
		t.Error("a judgement of same about one subject was written")
	}
	if all, _, err := ingest.ReadJudgements("none.jsonl"); all != nil || err != nil {
		t.Errorf("no file gives %v, %v", all, err)
	}
}

// outcome is a change as ids with names: what was, what is.
func outcome(changes []ingest.Change) []string {
	var out []string
	for _, c := range changes {
		var s []string
		for _, e := range c.Before {
			s = append(s, string(e.ID))
		}
		s = append(s, "→")
		for _, e := range c.After {
			s = append(s, fmt.Sprintf("%s %s", e.ID, e.Name))
		}
		out = append(out, strings.Join(s, " | "))
	}
	return out
}

// TestChangesSayWhatBecameOfWhom judges step by step, without any paths, and takes all back in the end.
func TestChangesSayWhatBecameOfWhom(t *testing.T) {
	t.Chdir(t.TempDir())
	for name, text := range map[string]string{
		"a.txt": heads[0] + "\n\n福建天澄化工有限公司（以下简称“天澄化工”）二期项目开工建设。海川机械获评省级专精特新企业。",
		"b.txt": heads[1] + "\n\n海川机械有限公司投产。海川机械扩产。",
	} {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	build(t, ingest.Options{Store: "a.db", Paths: []string{"a.txt", "b.txt"}})
	fresh := dump(t, "a.db")
	doc := func(path string) graph.ID {
		s, err := store.Open("a.db")
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		for d, err := range s.Documents() {
			if err == nil && d.Paths[0] == path {
				return d.ID
			}
		}
		t.Fatal(path)
		return ""
	}
	b := doc("b.txt")
	text := "北仑区2023年政府工作报告\n\n海川机械有限公司投产。"
	at := len([]rune(text))
	var judged []graph.Judgement
	step := func(j graph.Judgement, want ...string) {
		t.Helper()
		written, err := ingest.Judge("judgements.jsonl", "li", time.Now(), j)
		if err != nil {
			t.Fatal(err)
		}
		judged = append(judged, written...)
		r := build(t, ingest.Options{Store: "a.db", Changes: true})
		if diff := cmp.Diff(want, outcome(r.Changes)); diff != "" {
			t.Errorf("%s of %v: %s", j.Verdict, j.About, diff)
		}
		clean(t, "a.db")
	}
	pair := []graph.Subject{firm("海川机械有限公司"), firm("福建天澄化工有限公司")}
	step(graph.Judgement{Verdict: graph.Same, About: pair},
		"enterprise:海川机械有限公司 | enterprise:福建天澄化工有限公司 | → | enterprise:福建天澄化工有限公司 福建天澄化工有限公司")
	step(graph.Judgement{Verdict: graph.Different, About: pair},
		"enterprise:福建天澄化工有限公司 | → | enterprise:海川机械有限公司 海川机械有限公司 | enterprise:福建天澄化工有限公司 福建天澄化工有限公司")
	step(graph.Judgement{Verdict: graph.Rename, About: []graph.Subject{firm("海川机械有限公司")}, Name: "海川"},
		"enterprise:海川机械有限公司 | → | enterprise:海川机械有限公司 海川")
	step(graph.Judgement{Verdict: graph.Split, About: []graph.Subject{{Doc: b, Start: at, End: at + 4}}},
		fmt.Sprintf("enterprise:海川机械有限公司 | → | enterprise:海川机械@%s#%d 海川机械 | enterprise:海川机械有限公司 海川", b, at))
	step(graph.Judgement{Verdict: graph.Retype, About: []graph.Subject{firm("福建天澄化工有限公司")}, Type: graph.KindProject},
		"enterprise:福建天澄化工有限公司 | → | enterprise:天澄化工 天澄化工 | project:福建天澄化工有限公司 福建天澄化工有限公司")
	step(graph.Judgement{Verdict: graph.Drop, About: []graph.Subject{firm("天澄化工")}}, "enterprise:天澄化工 | →")
	step(graph.Judgement{Verdict: graph.Drop, About: []graph.Subject{firm("没有这家")}})

	s, err := store.Open("a.db")
	if err != nil {
		t.Fatal(err)
	}
	touched, err := ingest.Judged(s)
	if err := errors.Join(err, s.Close()); err != nil {
		t.Fatal(err)
	}
	want := map[string][]int{}
	for i, counts := range [][]int{1: {1, 1}, 2: {1}, 3: {1}, 4: {1}, 5: {1}, 6: {0}} {
		if counts != nil {
			want[judged[i].Hash()] = counts
		}
	}
	if diff := cmp.Diff(want, touched); diff != "" {
		t.Errorf("touched: %s", diff)
	}

	for _, j := range judged {
		if _, err := ingest.Judge("judgements.jsonl", "wu", time.Now(), graph.Judgement{Verdict: graph.Undo, Of: j.Hash()}); err != nil {
			t.Fatal(err)
		}
	}
	build(t, ingest.Options{Store: "a.db"})
	if diff := cmp.Diff(fresh, dump(t, "a.db")); diff != "" {
		t.Errorf("all is undone, and yet: %s", diff)
	}
}

// TestAJudgementResolvesWhatItTouches: of documents with many names in common only the components that are judged are
// resolved, and the graph is that of a build from scratch.
func TestAJudgementResolvesWhatItTouches(t *testing.T) {
	t.Chdir(t.TempDir())
	paths := []string{"0.txt", "1.txt", "2.txt"}
	for i, path := range paths {
		if err := os.WriteFile(path, []byte(heads[i]+"\n\n"+strings.Join(sentences, "")), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	all := build(t, ingest.Options{Store: "a.db", Paths: paths})
	var of string
	for _, j := range []graph.Judgement{
		{Verdict: graph.Same, About: []graph.Subject{firm("海川机械有限公司"), firm("云帆科技")}},
		{Verdict: graph.Drop, About: []graph.Subject{{Type: graph.KindPlace, Surface: "金塘大桥"}}},
		{Verdict: graph.Undo},
		{Verdict: graph.Retype, About: []graph.Subject{firm("云帆科技")}, Type: graph.KindOrganization},
		{Verdict: graph.Rename, About: []graph.Subject{firm("海川机械有限公司")}, Name: "海川"},
	} {
		if j.Verdict == graph.Undo {
			j.Of = of
		}
		written, err := ingest.Judge("judgements.jsonl", "li", time.Now(), j)
		if err != nil {
			t.Fatal(err)
		}
		of = written[0].Hash()
		r := build(t, ingest.Options{Store: "a.db"})
		if r.Components > 3 || r.Components*3 > all.Components {
			t.Errorf("%s resolved %d components of %d", j.Verdict, r.Components, all.Components)
		}
		clean(t, "a.db")
		scratch := fmt.Sprint(j.Verdict, ".db")
		build(t, ingest.Options{Store: scratch, Paths: paths})
		if diff := cmp.Diff(dump(t, scratch), dump(t, "a.db")); diff != "" {
			t.Errorf("%s: from scratch and by steps differ: %s", j.Verdict, diff)
		}
	}
}
