package extract

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReadManifest(t *testing.T) {
	for _, c := range []struct {
		name, data string
		want       map[string]Override
		errs       []string
	}{
		{
			name: "all columns",
			data: "path,title,area,year,plan_year,url\nreports/a.txt,\"工作报告,2023\",泉港区,2023,2024,http://example.org/a\n./b/../c.txt,,,,,\n",
			want: map[string]Override{
				"reports/a.txt": {Title: "工作报告,2023", Area: "泉港区", Year: 2023, PlanYear: 2024, URL: "http://example.org/a", Ref: "m.csv:2"},
				"c.txt":         {Ref: "m.csv:3"},
			},
		},
		{
			name: "any order and case, and blanks", data: "\ufeffYear, AREA ,Plan Year,Path,备注\r\n2023年,泉港区,２０２４, a.zip!/b.txt ,好\r\n\r\n,,,\r\n",
			want: map[string]Override{"a.zip!/b.txt": {Area: "泉港区", Year: 2023, PlanYear: 2024, Ref: "m.csv:2"}},
		},
		{
			name: "Chinese header, semicolons, backslashes", data: "路径;标题;地区;年份;计划年份;网址\na\\b.txt;报告;丰泽区;2024;2025;http://example.org\n",
			want: map[string]Override{"a/b.txt": {Title: "报告", Area: "丰泽区", Year: 2024, PlanYear: 2025, URL: "http://example.org", Ref: "m.csv:2"}},
		},
		{name: "tabs", data: "path\tarea\na.txt\t泉港区\n", want: map[string]Override{"a.txt": {Area: "泉港区", Ref: "m.csv:2"}}},
		{
			name: "problems", data: "path,area,year,colour\na.txt,泉港区,去年,红\n,丰泽区,2023,\nb.txt,鲤城区,2023,,,x\nc.txt,洛江区,2023,\nd.txt,,1023,\n./c.txt,晋江市,2024,\n",
			want: map[string]Override{"c.txt": {Area: "洛江区", Year: 2023, Ref: "m.csv:5"}},
			errs: []string{
				`m.csv:1:16: column "colour" is not known: use path, title, area, year, plan_year, url or note`,
				`m.csv:2:11: "去年" is no year: write it as 2023`,
				`m.csv:3:1: row without a path`,
				`m.csv:4:18: cell "x" has no column: quote cells that contain a separator`,
				`m.csv:6:8: "1023" is no year: write it as 2023`,
				`m.csv:7:1: path "c.txt" stands in line 5 already: keep one of the rows`,
			},
		},
		{name: "no path", data: "标题,地区\n报告,泉港区\n", errs: []string{"m.csv:1:1: no column path: the first line must name the columns"}, want: map[string]Override{}},
		{
			name: "columns twice", data: "path,area,地区\na.txt,泉港区,丰泽区\n", errs: []string{`m.csv:1:11: column "地区" stands twice`},
			want: map[string]Override{"a.txt": {Area: "泉港区", Ref: "m.csv:2"}},
		},
		{
			name: "a quote left open", data: "path,title\na.txt,\"报告\nb.txt,x\n", want: map[string]Override{},
			errs: []string{`m.csv:2:1: extraneous or missing " in quoted-field: double the quotes inside a quoted cell, and close it`},
		},
		{name: "empty", data: "\n \n", errs: []string{"m.csv:1:1: manifest is empty: its first line must name the columns, at least path"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, errs := ReadManifest("m.csv", strings.NewReader(c.data))
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			var texts []string
			for _, err := range errs {
				texts = append(texts, err.Error())
			}
			if diff := cmp.Diff(c.errs, texts); diff != "" {
				t.Errorf("errors -want +got\n%s", diff)
			}
		})
	}
}

func TestReadManifestInGB18030(t *testing.T) {
	// 路径,标题,地区,年份 and a row: the report of a district.
	data := "\xc2\xb7\xbe\xb6,\xb1\xea\xcc\xe2,\xb5\xd8\xc7\xf8,\xc4\xea\xb7\xdd\n" +
		"a.txt,\xd5\xfe\xb8\xae\xb9\xa4\xd7\xf7\xb1\xa8\xb8\xe6,\xc8\xaa\xb8\xdb\xc7\xf8,2023\n"
	got, errs := ReadManifest("m.csv", strings.NewReader(data))
	want := map[string]Override{"a.txt": {Title: "政府工作报告", Area: "泉港区", Year: 2023, Ref: "m.csv:2"}}
	if diff := cmp.Diff(want, got); diff != "" || len(errs) > 0 {
		t.Errorf("-want +got\n%s%v", diff, errs)
	}
}

func TestReadManifestIsBounded(t *testing.T) {
	if _, errs := ReadManifest("m.csv", &endless{}); len(errs) != 1 || !strings.Contains(errs[0].Error(), "larger than 64 MiB") {
		t.Errorf("endless manifest: %v", errs)
	}
	rows := "path,year\n" + strings.Repeat("a.txt,x\n", 300)
	_, errs := ReadManifest("m.csv", strings.NewReader(rows))
	if len(errs) != maxManifestErrors+1 || errs[maxManifestErrors].Error() != "m.csv: and 200 more problems" {
		t.Errorf("%d errors, the last %v", len(errs), errs[len(errs)-1])
	}
	broken := io.MultiReader(strings.NewReader("path\na.txt\n"), failing{})
	if got, errs := ReadManifest("m.csv", broken); got != nil || len(errs) != 1 || !errors.Is(errs[0], errBroken) {
		t.Errorf("broken reader: %v %v", got, errs)
	}
}

type endless struct{}

func (*endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'a'
	}
	return len(p), nil
}

var errBroken = fmt.Errorf("broken")

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errBroken }

func FuzzReadManifest(f *testing.F) {
	f.Add([]byte("path,title\na.txt,\"报告\"\n"))
	f.Add([]byte("路径;年份\n;;\"\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		rows, errs := ReadManifest("m.csv", strings.NewReader(string(data)))
		for path, o := range rows {
			if path == "" || !strings.HasPrefix(o.Ref, "m.csv:") {
				t.Errorf("row %q: %+v", path, o)
			}
		}
		for _, err := range errs {
			if !strings.HasPrefix(err.Error(), "m.csv") {
				t.Errorf("error without its place: %v", err)
			}
		}
	})
}
