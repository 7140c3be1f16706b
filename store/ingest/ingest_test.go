package ingest_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tupu-kg/tupu/extract"
	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/store"
	"github.com/tupu-kg/tupu/store/ingest"
	"pgregory.net/rapid"
)

var extractor = sync.OnceValues(func() (*extract.Extractor, error) { return extract.New(extract.Options{}) })

func build(t fataler, o ingest.Options) *ingest.Report {
	t.Helper()
	x, err := extractor()
	if err != nil {
		t.Fatal(err)
	}
	o.Extractor = x
	r, err := ingest.Build(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

type fataler interface {
	Helper()
	Fatal(...any)
}

// dump lists all that a store holds, as JSON lines.
func dump(t fataler, dir string) string {
	t.Helper()
	s, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var out strings.Builder
	lines(t, &out, s.Documents())
	lines(t, &out, s.Entities(""))
	for e, err := range s.AllEdges() {
		if err != nil {
			t.Fatal(err)
		}
		if e.Evidence, err = s.Evidence(e); err != nil {
			t.Fatal(err)
		}
		line(t, &out, e)
	}
	lines(t, &out, s.Names(""))
	touched, err := ingest.Judged(s)
	if err != nil {
		t.Fatal(err)
	}
	line(t, &out, touched)
	return out.String()
}

func lines[T any](t fataler, out *strings.Builder, all iter.Seq2[T, error]) {
	t.Helper()
	for v, err := range all {
		if err != nil {
			t.Fatal(err)
		}
		line(t, out, v)
	}
}

func line(t fataler, out *strings.Builder, v any) {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	out.Write(append(b, '\n'))
}

func clean(t fataler, dir string) {
	t.Helper()
	findings, err := store.Verify(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(findings) > 0 {
		t.Fatal(fmt.Sprintf("verify of %s: %v", dir, findings))
	}
}

// sentences are what random reports are made of: names that are shared, short, full, generic, nested and contested.
var sentences = []string{
	"福建天澄化工有限公司（以下简称“天澄化工”）二期项目开工建设。",
	"广东天澄化工有限公司落户园区。",
	"天澄化工产值增长一成，海川机械、云帆科技、天澄化工等3家企业获评省级专精特新企业。",
	"推进云帆科技智能装备项目，加快云帆科技智能装备建设。",
	"第二实验小学建成投用，镇海区第二实验小学扩建。",
	"甬江科创中心与宁波大学签约。",
	"金塘大桥项目竣工通车，金塘大桥连接镇海区和定海区。",
	"深入学习贯彻习近平总书记重要讲话精神。",
	"区长王海平调研海川机械有限公司。",
	"清泉村农房改造完成。",
	"福建云谷天澄船舶股份有限公司投产。",
	"*ST云澄股份等企业获评省级专精特新企业。",
	"北仑天澄船舶有限公司、天澄船舶等2家企业增产。",
	"天澄、天澄食品等2家企业签约。",
	"福建省天澄化工股份有限公司投产。",
}

var heads = []string{"镇海区2023年政府工作报告", "北仑区2023年政府工作报告", "镇海区2024年政府工作报告", "一段没有来历的文字"}

func report(t *rapid.T) string {
	var b strings.Builder
	b.WriteString(rapid.SampledFrom(heads).Draw(t, "head") + "\n\n一、2023年工作回顾\n\n")
	for _, s := range rapid.SliceOfN(rapid.SampledFrom(sentences), 1, 5).Draw(t, "sentences") {
		b.WriteString(s)
	}
	// Long texts of one kind are near copies of each other, unless they are about different areas or years.
	if n := rapid.IntRange(0, 2).Draw(t, "long"); n > 0 {
		b.WriteString("\n" + longText(n))
	}
	return b.String() + "\n"
}

// longText is a text without names that is long enough to have copies.
func longText(n int) string {
	var b strings.Builder
	for i := range 40 {
		fmt.Fprintf(&b, "第%d项工作按计划完成，累计投入资金%d万元，惠及群众%d户，比上年多%d户。", n*100+i, n*1000+i*37, n*300+i*11, i)
	}
	return b.String()
}

var subjects = []graph.Subject{
	{Type: graph.KindEnterprise, Surface: "天澄化工"},
	{Type: graph.KindEnterprise, Surface: "福建天澄化工有限公司"},
	{Type: graph.KindEnterprise, Surface: "广东天澄化工有限公司"},
	{Type: graph.KindEnterprise, Surface: "海川机械"},
	{Type: graph.KindEnterprise, Surface: "天澄化工", Area: "北仑区"},
	{Type: graph.KindOrganization, Surface: "第二实验小学"},
	{Type: graph.KindPlace, Surface: "金塘大桥"},
	{Type: graph.KindEnterprise, Surface: "云帆科技"},
}

func judgement(t *rapid.T, n int) graph.Judgement {
	j := graph.Judgement{
		Time: fmt.Sprintf("2025-01-01T00:00:%02dZ", n), Author: "li",
		Verdict: rapid.SampledFrom([]graph.Verdict{graph.Same, graph.Different, graph.Unsure, graph.Retype, graph.Rename, graph.Drop}).Draw(t, "verdict"),
		About:   []graph.Subject{rapid.SampledFrom(subjects).Draw(t, "about")},
	}
	switch j.Verdict {
	case graph.Same, graph.Different, graph.Unsure:
		j.About = append(j.About, rapid.SampledFrom(subjects).Draw(t, "and"))
	case graph.Retype:
		j.Type = rapid.SampledFrom(graph.Kinds).Draw(t, "type")
	case graph.Rename:
		j.Name = "新名称"
	}
	return j
}

// TestAnyHistoryGivesTheGraphOfAFreshBuild adds, replaces and removes documents, judges and rebuilds at random, and compares
// the graph with that of a build from scratch, in another order, with another number of workers.
func TestAnyHistoryGivesTheGraphOfAFreshBuild(t *testing.T) {
	t.Chdir(t.TempDir())
	rapid.Check(t, func(t *rapid.T) {
		root, err := os.MkdirTemp(".", "case")
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(root)
		held := map[string]bool{}
		stored := map[string]string{} // what the store has of each path
		var judged []graph.Judgement
		db, file := filepath.Join(root, "a.db"), filepath.Join(root, "judgements.jsonl")
		for range rapid.IntRange(1, 5).Draw(t, "builds") {
			var paths []string
			for _, name := range rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"1.txt", "2.txt", "3.txt", "4.txt"}), 1, 3, rapid.ID[string]).Draw(t, "files") {
				path := filepath.Join(root, name)
				if held[path] && rapid.IntRange(0, 3).Draw(t, "remove") == 0 {
					x, err := extractor()
					if err != nil {
						t.Fatal(err)
					}
					if _, err := ingest.Remove(context.Background(), ingest.Options{Store: db, Extractor: x}, []string{path}); err != nil && !errors.Is(err, graph.ErrNotFound) {
						t.Fatal(err)
					}
					// The same bytes at two paths are one document: it goes from both. What was written since is not in the store yet.
					gone := stored[path]
					for other, text := range maps.Clone(stored) {
						if text != gone {
							continue
						}
						delete(stored, other)
						if slices.Contains(paths, other) {
							continue
						}
						delete(held, other)
						if err := os.Remove(other); err != nil {
							t.Fatal(err)
						}
					}
					continue
				}
				if err := os.WriteFile(path, []byte(report(t)), 0o644); err != nil {
					t.Fatal(err)
				}
				paths = append(paths, path)
				held[path] = true
			}
			if rapid.Bool().Draw(t, "judge") {
				f, err := os.OpenFile(file, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
				if err != nil {
					t.Fatal(err)
				}
				j := judgement(t, len(judged))
				if len(judged) > 0 && rapid.IntRange(0, 3).Draw(t, "undo") == 0 {
					j = graph.Judgement{Time: j.Time, Verdict: graph.Undo, Of: rapid.SampledFrom(judged).Draw(t, "of").Hash()}
				}
				judged = append(judged, j)
				if err := errors.Join(json.NewEncoder(f).Encode(j), f.Close()); err != nil {
					t.Fatal(err)
				}
			}
			build(t, ingest.Options{Store: db, Paths: paths, Workers: 1})
			for _, path := range paths {
				text, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				stored[path] = string(text)
			}
			clean(t, db)
		}
		var all []string
		for path := range held { // the order of a map: another each time
			all = append(all, path)
		}
		scratch := filepath.Join(root, "b.db")
		build(t, ingest.Options{Store: scratch, Paths: all, Workers: 8})
		clean(t, scratch)
		if diff := cmp.Diff(dump(t, scratch), dump(t, db)); diff != "" {
			t.Fatalf("from scratch and by steps differ: %s", diff)
		}
	})
}

// TestNearCopiesCountOnce builds one report as two sites have it, in two formats, and with another area's report beside them that
// has the same words: one of the copies counts, and when it goes another one does.
func TestNearCopiesCountOnce(t *testing.T) {
	t.Chdir(t.TempDir())
	body := "镇海区2023年政府工作报告\n\n一、2023年工作回顾\n\n福建天澄化工有限公司建成投产。" + longText(1)
	files := map[string]string{
		"a/报告.txt":  body + "\n",
		"b/报告.txt":  "来源：镇海新闻网\n" + body + "本网编辑整理。\n",
		"b/报告.html": "<html><head><title>镇海区2023年政府工作报告</title></head><body><h1>镇海区2023年政府工作报告</h1><p>" + strings.ReplaceAll(body, "\n", "</p><p>") + "</p></body></html>",
		"c/报告.txt":  strings.ReplaceAll(body, "镇海区", "北仑区") + "\n",
	}
	for path, text := range files {
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	counted := func(db string) (primary []string, copies int) {
		t.Helper()
		clean(t, db)
		s, err := store.Open(db)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		for d, err := range s.Documents() {
			if err != nil {
				t.Fatal(err)
			}
			if d.CopyOf != "" {
				copies++
				continue
			}
			primary = append(primary, d.Paths...)
		}
		slices.Sort(primary)
		firm, err := s.Entity("enterprise:福建天澄化工有限公司")
		if err != nil {
			t.Fatal(err)
		}
		named := 0
		for _, err := range s.Edges(firm.ID, graph.Outgoing, graph.MentionedIn) {
			if err != nil {
				t.Fatal(err)
			}
			named++
		}
		if named != len(primary) {
			t.Errorf("named in %d documents, %d count", named, len(primary))
		}
		return primary, copies
	}
	r := build(t, ingest.Options{Store: "one.db", Paths: []string{"a", "b", "c"}})
	if r.Copies != 2 || r.Documents != 4 {
		t.Errorf("%d documents, %d near copies; want 4 and 2", r.Documents, r.Copies)
	}
	first, copies := counted("one.db")
	if len(first) != 2 || copies != 2 || first[1] != "c/报告.txt" {
		t.Errorf("%v count, %d copies", first, copies)
	}
	// One after the other, the same.
	for _, folder := range []string{"c", "b", "a"} {
		build(t, ingest.Options{Store: "steps.db", Paths: []string{folder}})
	}
	if diff := cmp.Diff(dump(t, "one.db"), dump(t, "steps.db")); diff != "" {
		t.Errorf("at once and by steps differ: %s", diff)
	}
	// Without the one that counts, another does.
	x, err := extractor()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ingest.Remove(context.Background(), ingest.Options{Store: "one.db", Extractor: x}, first[:1]); err != nil {
		t.Fatal(err)
	}
	second, copies := counted("one.db")
	if len(second) != 2 || copies != 1 || second[0] == first[0] {
		t.Errorf("without %s: %v count, %d copies", first[0], second, copies)
	}
}

func TestNothingNewMakesNoGeneration(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("a.txt", []byte(heads[0]+"\n\n"+sentences[0]), 0o644); err != nil {
		t.Fatal(err)
	}
	first := build(t, ingest.Options{Store: "a.db", Paths: []string{"a.txt"}})
	second := build(t, ingest.Options{Store: "a.db", Paths: []string{"a.txt"}})
	if first.Generation != second.Generation || second.Unchanged != 1 || first.Added != 1 {
		t.Errorf("first %+v, second %+v", first, second)
	}
}

func TestRemoveTakesADocumentFromAllItsPaths(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, path := range []string{"a.txt", "copy.txt"} {
		if err := os.WriteFile(path, []byte(heads[0]+"\n\n"+sentences[0]), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile("b.txt", []byte(heads[1]+"\n\n"+sentences[8]), 0o644); err != nil {
		t.Fatal(err)
	}
	build(t, ingest.Options{Store: "a.db", Paths: []string{"a.txt", "copy.txt", "b.txt"}})
	x, err := extractor()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ingest.Remove(context.Background(), ingest.Options{Store: "a.db", Extractor: x}, []string{"copy.txt"}); err != nil {
		t.Fatal(err)
	}
	clean(t, "a.db")
	build(t, ingest.Options{Store: "b.db", Paths: []string{"b.txt"}})
	if diff := cmp.Diff(dump(t, "b.db"), dump(t, "a.db")); diff != "" {
		t.Errorf("something of the document is left: %s", diff)
	}
}

func TestAddingADocumentResolvesWhatItTouches(t *testing.T) {
	t.Chdir(t.TempDir())
	for i, s := range []string{sentences[0], sentences[8]} {
		if err := os.WriteFile(fmt.Sprintf("%d.txt", i), []byte(heads[i]+"\n\n"+s), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	build(t, ingest.Options{Store: "a.db", Paths: []string{"0.txt"}})
	r := build(t, ingest.Options{Store: "a.db", Paths: []string{"1.txt"}})
	if r.Rewritten != 1 {
		t.Errorf("%d documents were written anew for one that shares nothing with the other", r.Rewritten)
	}
}

// TestADocumentThatNamesOthersResolvesThemAlone: one document more, which names two firms of forty, resolves these and gives the
// graph of a build from nothing.
func TestADocumentThatNamesOthersResolvesThemAlone(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.Mkdir("texts", 0o755); err != nil {
		t.Fatal(err)
	}
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join("texts", name), []byte(heads[3]+"\n\n"+text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	brands := []string{"澄岚", "泓谷", "砺川", "屿辰", "柏岫", "禾漫", "途衍", "惠崧"}
	trades := []string{"化工", "机械", "食品", "物流", "纺织"}
	for i, brand := range brands {
		for k, trade := range trades {
			write(fmt.Sprintf("%d%d.txt", i, k), fmt.Sprintf("福建%s%s有限公司（以下简称“%s%s”）投产，%s%s产值增长%d%%。", brand, trade, brand, trade, brand, trade, 10*i+k))
		}
	}
	all := build(t, ingest.Options{Store: "a.db", Paths: []string{"texts"}})
	write("new.txt", "砺川机械与屿辰物流签约。")
	r := build(t, ingest.Options{Store: "a.db", Paths: []string{"texts"}})
	// Two firms, of a full and a short name, and the two names of the new one; not the four others of each brand.
	if r.Rewritten != 1 || r.Leads != 0 || r.Components != 2 || r.Names != 2*2+2 || all.Names < 2*len(brands)*len(trades) {
		t.Errorf("%d documents written anew, %d components with %d names; the first build had %d with %d", r.Rewritten, r.Components, r.Names, all.Components, all.Names)
	}
	clean(t, "a.db")
	build(t, ingest.Options{Store: "b.db", Paths: []string{"texts"}})
	if diff := cmp.Diff(dump(t, "b.db"), dump(t, "a.db")); diff != "" {
		t.Errorf("a build from nothing gives another graph: %s", diff)
	}
	s, err := store.Open("a.db")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	named := map[graph.ID]int{}
	for e, err := range s.AllEdges() {
		if err != nil {
			t.Fatal(err)
		}
		if e.Type == graph.MentionedIn {
			named[e.From]++
		}
	}
	for _, id := range []graph.ID{"enterprise:福建砺川机械有限公司", "enterprise:福建屿辰物流有限公司"} {
		if named[id] != 2 {
			t.Errorf("%s is named in %d documents, want 2", id, named[id])
		}
	}
}

func TestReadersKeepTheirGeneration(t *testing.T) {
	t.Chdir(t.TempDir())
	write := func(n int) {
		if err := os.WriteFile("a.txt", []byte(heads[0]+"\n\n"+sentences[n]), 0o644); err != nil {
			t.Fatal(err)
		}
		build(t, ingest.Options{Store: "a.db", Paths: []string{"a.txt"}})
	}
	write(0)
	s, err := store.Open("a.db")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	before, err := s.Info()
	if err != nil {
		t.Fatal(err)
	}
	for n := range 4 {
		write(n + 1)
	}
	after, err := s.Info()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("the reader's generation changed under it: %s", diff)
	}
}

// TestOpenNamesAreLookedForAgain: a short name that no firm of its own component has gets a lead when a firm comes whose full
// name holds its characters, and loses it with that firm.
func TestOpenNamesAreLookedForAgain(t *testing.T) {
	t.Chdir(t.TempDir())
	for i, s := range []string{"*ST岚澄股份与多家企业签约，*ST岚澄股份等企业获评专精特新企业。", "福建岚谷天澄化工股份有限公司投产。", sentences[8]} {
		if err := os.WriteFile(fmt.Sprintf("%d.txt", i), []byte(heads[0]+"\n\n"+s), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	leads := func() (n int) {
		s, err := store.Open("a.db")
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		for e, err := range s.AllEdges() {
			if err != nil {
				t.Fatal(err)
			}
			if e.Type == graph.MaybeSame {
				n++
			}
		}
		return n
	}
	build(t, ingest.Options{Store: "a.db", Paths: []string{"0.txt"}})
	if n := leads(); n != 0 {
		t.Fatalf("%d leads to nobody", n)
	}
	if r := build(t, ingest.Options{Store: "a.db", Paths: []string{"2.txt"}}); r.Leads != 0 {
		t.Errorf("%d names looked for again for a document that has none of their characters", r.Leads)
	}
	if r := build(t, ingest.Options{Store: "a.db", Paths: []string{"1.txt"}}); r.Leads != 1 || leads() != 1 {
		t.Errorf("%d names looked for again, %d leads, want one", r.Leads, leads())
	}
	clean(t, "a.db")
	build(t, ingest.Options{Store: "b.db", Paths: []string{"0.txt", "1.txt", "2.txt"}})
	if diff := cmp.Diff(dump(t, "b.db"), dump(t, "a.db")); diff != "" {
		t.Errorf("a build from nothing gives another graph: %s", diff)
	}
	x, err := extractor()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ingest.Remove(context.Background(), ingest.Options{Store: "a.db", Extractor: x}, []string{"1.txt"}); err != nil {
		t.Fatal(err)
	}
	if n := leads(); n != 0 {
		t.Errorf("%d leads to a firm that is gone", n)
	}
	clean(t, "a.db")
}
