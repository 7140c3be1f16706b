package cli

import (
	"bytes"
	"strings"
	"testing"
	"unicode"

	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/query"
	"pgregory.net/rapid"
)

func TestTable(t *testing.T) {
	columns := []column{{name: "name"}, {name: "n", right: true}, {name: "never"}, {name: "quote", clip: clipsEnd}}
	rows := [][]string{
		{"天辰化工", "7", "", "天辰化工一期建成投产，二期加快推进。"},
		{"ABC科技", "12", "", "引进ABC科技。"},
	}
	for _, test := range []struct {
		width int
		want  string
	}{
		{0, `
NAME       N  QUOTE
天辰化工   7  天辰化工一期建成投产，二期加快推进。
ABC科技   12  引进ABC科技。
`},
		{40, `
NAME       N  QUOTE
天辰化工   7  天辰化工一期建成投产，二…
ABC科技   12  引进ABC科技。
`},
	} {
		p := &page{width: test.width}
		p.table(columns, rows)
		if got := "\n" + p.String(); got != test.want {
			t.Errorf("width %d:\n%s\nwant:\n%s", test.width, got, test.want)
		}
	}
}

// No line of a table is wider than the terminal, as long as every column can have the width that it needs at least.
func TestTableFits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 4).Draw(t, "columns")
		columns := make([]column, n)
		for i := range columns {
			columns[i] = column{name: "c", clip: clipping(rapid.IntRange(int(wraps), int(clipsTop)).Draw(t, "clip")), right: rapid.Bool().Draw(t, "right")}
		}
		cell := rapid.StringOfN(rapid.SampledFrom([]rune("泉港区a b“”·（)，\t\n\x1bé")), 0, 60, -1)
		rows := rapid.SliceOfN(rapid.SliceOfN(cell, n, n), 1, 5).Draw(t, "rows")
		p := &page{width: rapid.IntRange(narrowest, 120).Draw(t, "width")}
		p.table(columns, rows)
		for l := range strings.Lines(p.String()) {
			if w := displayWidth(strings.TrimSuffix(l, "\n")); w > p.width {
				t.Fatalf("line of %d columns on a page of %d: %q", w, p.width, l)
			}
			if strings.ContainsAny(l, "\t\x1b") {
				t.Fatalf("control character in %q", l)
			}
		}
	})
}

func TestAround(t *testing.T) {
	const s = "一年来，我们坚持项目为王，狠抓招商引资，天辰化工一期建成投产，百宏化学二期加快推进。"
	for _, test := range []struct {
		inside string
		width  int
		want   string
	}{
		{"天辰化工", 0, s},
		{"天辰化工", 200, s},
		{"一年来", 20, "一年来，我们坚持项…"},
		{"天辰化工", 30, "…天辰化工一期建成投产，百宏化…"},
		{"百宏化学", 30, "…百宏化学二期加快推进。"},
		{"不在其中", 11, "一年来，我…"},
	} {
		if got := around(s, test.inside, test.width); got != test.want {
			t.Errorf("around(%q, %d) = %q, want %q", test.inside, test.width, got, test.want)
		}
	}
}

// A page too narrow for all columns leaves those out that can be spared, the first of them first.
func TestTableSpares(t *testing.T) {
	columns := []column{{name: "name"}, {name: "type", spare: 2}, {name: "docs", right: true, spare: 1}, {name: "evidence", clip: clipsEnd}}
	rows := [][]string{{"福建天辰化工有限公司", "enterprise", "2", "福建天辰化工有限公司建成投产"}}
	for width, want := range map[int]string{
		80: "NAME                  TYPE        DOCS  EVIDENCE\n福建天辰化工有限公司  enterprise     2  福建天辰化工有限公司建成投产\n",
		52: "NAME             TYPE        EVIDENCE\n福建天辰化工有   enterprise  福建天辰化工有限公司建…\n限公司\n",
		40: "NAME            EVIDENCE\n福建天辰化工有  福建天辰化工有限公司建…\n限公司\n",
	} {
		p := &page{width: width}
		p.table(columns, rows)
		if p.String() != want {
			t.Errorf("width %d:\n%s\nwant:\n%s", width, p.String(), want)
		}
	}
}

func TestWrap(t *testing.T) {
	for _, test := range []struct {
		s     string
		width int
		want  string
	}{
		{"天辰化工一期", 5, "天辰\n化工\n一期"},
		{"one two three", 8, "one two \nthree"},
		{"one two", 3, "one \ntwo"},
		{"泉", 1, "泉"},
		{"a\n泉港区", 4, "a\n泉港\n区"},
		{"", 4, ""},
	} {
		if got := wrap(test.s, test.width); got != test.want {
			t.Errorf("wrap(%q, %d) = %q, want %q", test.s, test.width, got, test.want)
		}
	}
}

func TestVisible(t *testing.T) {
	if got := visible("a\tb\nc\x1b[31m\u202e泉\u2028港", false); got != "a b c [31m泉 港" {
		t.Errorf("got %q", got)
	}
	if got := visible("a\tb\nc", true); got != "a b\nc" {
		t.Errorf("got %q", got)
	}
}

func TestFormats(t *testing.T) {
	r := result{
		kind: "names", query: map[string]string{"text": "泉港"}, items: toItems([]map[string]string{{"name": "<泉港>\n一中"}}),
		truncated: true, columns: []string{"name", "type"}, rows: [][]string{{"<泉港>\n一\t中", `o"r`}},
	}
	for form, want := range map[format]string{
		asJSON: `{
  "schema_version": 1,
  "kind": "names",
  "query": {
    "text": "泉港"
  },
  "items": [
    {
      "name": "<泉港>\n一中"
    }
  ],
  "truncated": true
}
`,
		jsonl: `{"name":"<泉港>\n一中"}` + "\n",
		asCSV: "name,type\n<泉港> 一 中,\"o\"\"r\"\n",
		tsv:   "name\ttype\n<泉港> 一 中\to\"r\n",
		table: "NAME          TYPE\n<泉港> 一 中  o\"r\n",
	} {
		var b bytes.Buffer
		a := &app{Streams: &Streams{Out: &b}, format: form}
		if err := a.print(r); err != nil {
			t.Fatal(err)
		}
		if b.String() != want {
			t.Errorf("%s:\n%s\nwant:\n%s", form, b.String(), want)
		}
	}
}

func TestOneLine(t *testing.T) {
	for _, test := range []struct{ s, want string }{
		{"屿\n  辰冷链", "屿辰冷链"},
		{"屿\r\n辰冷链，\n二期", "屿辰冷链，二期"},
		{"Apache\nBeam 处理", "Apache Beam 处理"},
		{"处理\nBeam", "处理 Beam"},
		{"1180 亩\n", "1180 亩"},
		{"\n\u3000天辰\u202e\x1b化工", "天辰 化工"},
		{"", ""},
	} {
		got, at := oneLine(test.s)
		if got != test.want {
			t.Errorf("%q: got %q, want %q", test.s, got, test.want)
		}
		runes, out := []rune(test.s), []rune(got)
		if len(at) != len(runes)+1 || at[len(runes)] != len(out) {
			t.Fatalf("%q: %v", test.s, at)
		}
		for i, r := range runes {
			if unicode.Is(unicode.Han, r) && out[at[i]] != r {
				t.Errorf("%q: character %d leads to %q", test.s, i, out[at[i]])
			}
		}
	}
}

// Quotes from one sentence show it once, with all that they mean standing out, across the lines it is broken into.
func TestQuotes(t *testing.T) {
	q := query.Quote{Source: graph.FromText, Document: "document:1", Path: "a.txt", Line: 3, Sentence: "天辰\n化工与百宏化学签约。", From: 0, To: 5}
	second := q
	second.From, second.To = 6, 10
	p := &page{width: 12, color: true}
	p.quotes(0, []query.Quote{q, second})
	const on, off = "\x1b[1m", "\x1b[0m"
	want := "\x1b[2ma.txt:3\x1b[0m\n  " + on + "天辰化工" + off + "与\n  " + on + "百宏化学" + off + "签\n  约。\n"
	if p.String() != want {
		t.Errorf("got\n%q, want\n%q", p.String(), want)
	}
}
