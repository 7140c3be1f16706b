package extract_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tupu-kg/tupu/extract"
	"github.com/tupu-kg/tupu/extract/doc"
	"github.com/tupu-kg/tupu/graph"
)

func TestReadNames(t *testing.T) {
	rows, errs := extract.ReadNames("own.csv", strings.NewReader("名称,类型,别名,编号\n"+
		"漳州青蓝纸业有限公司,企业,青蓝纸业；青蓝,A1\n"+
		"汀湾一号,项目,,\n"+
		"青蓝包装,企业,青蓝,A2\n"+ // 青蓝 is taken
		"甲,企业,,\n"+
		"乙方,外星人,,\n"+
		"漳州青蓝纸业有限公司,企业,,A3\n"))
	want := []extract.Listed{
		{Kind: graph.KindEnterprise, Name: "漳州青蓝纸业有限公司", Aliases: []string{"青蓝纸业", "青蓝"}, ID: "A1", Ref: "own.csv:2"},
		{Kind: graph.KindProject, Name: "汀湾一号", Ref: "own.csv:3"},
		{Kind: graph.KindEnterprise, Name: "青蓝包装", ID: "A2", Ref: "own.csv:4"},
	}
	if diff := cmp.Diff(want, rows, cmp.Transformer("none", func(s []string) string { return strings.Join(s, ";") })); diff != "" {
		t.Errorf("rows: %s", diff)
	}
	var got []string
	for _, err := range errs {
		got = append(got, err.Error())
	}
	if diff := cmp.Diff([]string{
		`own.csv:4: name "青蓝" stands at own.csv:2 already: keep it in one of the rows`,
		`own.csv:5: name "甲": write names of 2 to 66 characters`,
		`own.csv:6: type "外星人": use enterprise, project, place, organization, person`,
		`own.csv:7: name "漳州青蓝纸业有限公司" stands at own.csv:2 already: keep it in one of the rows`,
	}, got); diff != "" {
		t.Errorf("errors: %s", diff)
	}
	if _, errs := extract.ReadNames("own.csv", strings.NewReader("企业\n甲乙\n")); len(errs) == 0 {
		t.Error("a list without a column name is read")
	}
}

// What a list holds is recognised wherever it stands exactly, and is a part of what holds it whole.
func TestListedNames(t *testing.T) {
	o := extract.Options{Names: []extract.Listed{
		{Kind: graph.KindEnterprise, Name: "漳州青蓝纸业有限公司", Aliases: []string{"青蓝", "QLZ"}, ID: "A1", Ref: "own.csv:2"},
		{Kind: graph.KindProject, Name: "汀湾一号", Ref: "own.csv:3"},
	}}
	if o.Version() == (extract.Options{}).Version() {
		t.Error("a list does not change the version")
	}
	x, err := extract.New(o)
	if err != nil {
		t.Fatal(err)
	}
	page, err := doc.Read(doc.File{Path: "a.txt", Format: doc.FormatText, Data: []byte("2023年，青藍在我区开工，汀湾一号封顶，QLZ与QLZX签约。青蓝二期项目开工。")}, doc.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	facts, err := x.Extract(page, extract.Override{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	see := func(m graph.Mention, part string) {
		if m.By == extract.ByNames {
			got = append(got, part+m.Text+" is "+m.Listed.Name+" at "+m.Listed.Ref)
		}
	}
	for _, m := range facts.Mentions {
		see(m, "")
		for _, p := range m.Parts {
			see(p, "part ")
		}
	}
	if diff := cmp.Diff([]string{
		"青藍 is 漳州青蓝纸业有限公司 at own.csv:2", "汀湾一号 is 汀湾一号 at own.csv:3", "QLZ is 漳州青蓝纸业有限公司 at own.csv:2",
		"part 青蓝 is 漳州青蓝纸业有限公司 at own.csv:2",
	}, got); diff != "" {
		t.Error(diff)
	}
}
