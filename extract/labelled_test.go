package extract

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tupu-kg/tupu/extract/tagger"
)

func writeFiles(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestReadLabelled(t *testing.T) {
	dir := writeFiles(t, map[string]string{
		"inline.txt":        "引进{ENT:润禾食品}，建设{PRJ:润禾食品二期}。\n",
		"beside.txt":        "引进润禾食品。\n",
		"beside.gold.jsonl": `{"start": 2, "end": 6, "text": "润禾食品", "type": "enterprise"}` + "\n",
		"sentences.json":    `{"text": "润禾食品落户", "label": {"company": {"润禾食品": [[0, 3]]}}}` + "\n",
		"tags.bio":          "润 B-ENT\n禾 I-ENT\n落 O\n\n某 O\n",
	})
	for _, c := range []struct {
		file string
		want []Labelled
	}{
		{"inline.txt", []Labelled{{Text: "引进润禾食品，建设润禾食品二期。\n", Names: []LabelledName{{2, 6, "enterprise"}, {9, 15, "project"}}}}},
		{"beside.txt", []Labelled{{Text: "引进润禾食品。\n", Names: []LabelledName{{2, 6, "enterprise"}}}}},
		{"sentences.json", []Labelled{{Text: "润禾食品落户", Names: []LabelledName{{0, 4, "company"}}, Plain: true}}},
		{"tags.bio", []Labelled{{Text: "润禾落", Names: []LabelledName{{0, 2, "ENT"}}, Plain: true}, {Text: "某", Plain: true}}},
	} {
		got, err := ReadLabelled(filepath.Join(dir, c.file))
		if err != nil {
			t.Errorf("%s: %v", c.file, err)
			continue
		}
		for i := range got {
			got[i].Path = ""
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.file, diff)
		}
	}
	all, err := ReadLabelled(dir)
	if err != nil || len(all) != 5 {
		t.Errorf("the folder gives %d texts, %v; want 5", len(all), err)
	}
}

func TestReadLabelledSaysWhereItFails(t *testing.T) {
	dir := writeFiles(t, map[string]string{
		"brace.txt":      "一行\n引进{ENT 润禾}\n",
		"type.txt":       "引进{FIRM:润禾}\n",
		"line.json":      `{"text": "润禾", "label": {}}` + "\n{\n",
		"label.bio":      "润 B-ENT\n禾 X-ENT\n",
		"cells.bio":      "润\n",
		"out.txt":        "润禾\n",
		"out.gold.jsonl": `{"start": 1, "end": 9, "type": "enterprise"}` + "\n",
		"gbk.txt":        "\xc8\xf3\xba\xcc",
	})
	for file, want := range map[string]string{
		"brace.txt": "brace.txt:2: a brace must be {TYPE:name}", "type.txt": "type.txt:1: a brace must be", "line.json": "line.json:2: ",
		"label.bio": `label.bio:2: label "X-ENT" is none of`, "cells.bio": "cells.bio:1: a character and its label are wanted",
		"out.txt": "out.txt: the name at 1 to 9 overlaps another or lies outside the text of 3 characters", "gbk.txt": "is not UTF-8: convert it",
		"gone.txt": "no such file",
	} {
		if _, err := ReadLabelled(filepath.Join(dir, file)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v; want %s", file, err, want)
		}
	}
}

// A model that is trained on a few texts finds names in others, and the same texts give the same model.
func TestTrainAndEvaluate(t *testing.T) {
	var texts []Labelled
	for _, firm := range []string{"润禾食品", "恒岳机械", "泽川化工", "明昊电子", "卓瑞科技"} {
		l, err := readInline("a.txt", "引进{ENT:"+firm+"}落户园区。{ENT:"+firm+"}建成投产，产值增长。全区经济平稳。\n")
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, l)
	}
	x, err := New(Options{RulesOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	var models [2]strings.Builder
	for i := range models {
		m, err := x.Train(context.Background(), texts[:4], TrainOptions{Tagger: tagger.Options{Epochs: 8}})
		if err != nil {
			t.Fatal(err)
		}
		if err := m.Write(&models[i]); err != nil {
			t.Fatal(err)
		}
	}
	if models[0].String() != models[1].String() {
		t.Error("two trainings on the same texts give different models")
	}
	y, err := New(Options{Model: []byte(models[0].String())})
	if err != nil {
		t.Fatal(err)
	}
	e, err := y.Evaluate(context.Background(), texts[4:], NamesIn(texts[:4]))
	if err != nil {
		t.Fatal(err)
	}
	if want := (Score{Gold: 2, Found: 2, Right: 2}); e.All != want {
		t.Errorf("%+v, want %+v; mistakes: %+v", e.All, want, e.Mistakes)
	}
	if want := (Score{Gold: 2, Right: 2}); e.Unseen["enterprise"] != want {
		t.Errorf("unseen: %+v, want %+v", e.Unseen["enterprise"], want)
	}
	if x.Version() == y.Version() || y.Version() == (Options{}).Version() {
		t.Error("extractors with different models have one version")
	}
}

func TestEvaluateNamesCauses(t *testing.T) {
	x, err := New(Options{RulesOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	l, err := readInline("a.txt", "{PLC:泉港区}与{ENT:丰泽区}，{PLC:惠安县东园}镇，某{PER:甲乙}。\n")
	if err != nil {
		t.Fatal(err)
	}
	e, err := x.Evaluate(context.Background(), []Labelled{l}, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]int{"type": 1, "boundary": 1, "missed": 1}
	if diff := cmp.Diff(want, e.Causes); diff != "" {
		t.Errorf("causes (-want +got):\n%s\n%+v", diff, e.Mistakes)
	}
	if e.All != (Score{Gold: 4, Found: 3, Right: 1}) {
		t.Errorf("%+v", e.All)
	}
}
