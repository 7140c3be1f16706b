package export_test

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/graph/export"
	"github.com/tupu-kg/tupu/query/querytest"
)

var update = flag.Bool("update", false, "write the golden files anew")

func write(t testing.TB, m export.Source, o export.Options) string {
	t.Helper()
	return written(t, "graphml", m, o)["graphml"]
}

// written is what a format makes of a graph: the contents of its files by name, or of its one file under the format's name.
func written(t testing.TB, format string, m export.Source, o export.Options) map[string]string {
	t.Helper()
	f, err := export.FindFormat(format)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	if f.One != nil {
		var b bytes.Buffer
		if err := f.One(context.Background(), &b, m, o); err != nil {
			t.Fatal(err)
		}
		return map[string]string{format: b.String()}
	}
	open := ""
	err = f.Many(context.Background(), func(name string) (io.WriteCloser, error) {
		if open != "" {
			t.Errorf("%s is begun before %s is closed", name, open)
		}
		open = name
		return &member{close: func(content string) {
			if open = ""; out[name] != "" {
				t.Errorf("%s is written twice", name)
			}
			out[name] = content
		}}, nil
	}, m, o)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

type member struct {
	bytes.Buffer
	close func(string)
}

func (m *member) Close() error { m.close(m.String()); return nil }

// TestGolden shows what each format makes of a graph that has everything. Tables of Parquet and pixels are looked at by
// readers instead: their bytes may change with a library.
func TestGolden(t *testing.T) {
	m := full(t)
	for _, f := range export.Formats {
		if f.Name == "parquet" || f.Name == "png" {
			continue
		}
		for name, got := range written(t, f.Name, m, export.Options{}) {
			golden := filepath.Join("testdata", f.Name, strings.ReplaceAll(name, "/", "_"))
			if f.One != nil {
				golden = filepath.Join("testdata", "full"+f.Extension)
			}
			if *update {
				if err := os.MkdirAll(filepath.Dir(golden), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("%s: run with -update if this is meant: %s", golden, diff)
			}
		}
	}
}

func TestSameGraphSameBytes(t *testing.T) {
	for _, f := range export.Formats {
		one, two := written(t, f.Name, full(t), export.Options{}), written(t, f.Name, full(t), export.Options{})
		if len(one) == 0 || !maps.Equal(one, two) {
			t.Errorf("%s: two writings differ", f.Name)
		}
	}
}

type file struct {
	Keys []struct {
		ID   string `xml:"id,attr"`
		For  string `xml:"for,attr"`
		Name string `xml:"attr.name,attr"`
		Type string `xml:"attr.type,attr"`
	} `xml:"key"`
	Graph struct {
		Direction string `xml:"edgedefault,attr"`
		Nodes     []item `xml:"node"`
		Edges     []item `xml:"edge"`
	} `xml:"graph"`
}

type item struct {
	ID       string `xml:"id,attr"`
	Source   string `xml:"source,attr"`
	Target   string `xml:"target,attr"`
	Label    string `xml:"label,attr"`
	Directed string `xml:"directed,attr"`
	Data     []struct {
		Key   string `xml:"key,attr"`
		Value string `xml:",chardata"`
	} `xml:"data"`
}

func (i item) value(key string) string {
	for _, d := range i.Data {
		if d.Key == key {
			return d.Value
		}
	}
	return ""
}

func parse(t *testing.T, s string) file {
	t.Helper()
	var f file
	if err := xml.Unmarshal([]byte(s), &f); err != nil {
		t.Fatal(err)
	}
	return f
}

// TestGraphMLKeepsToWhatReadersAgreeOn goes through the traps of the readers one by one.
func TestGraphMLKeepsToWhatReadersAgreeOn(t *testing.T) {
	f := parse(t, write(t, full(t), export.Options{}))
	if f.Graph.Direction != "directed" {
		t.Error("a mixed or undirected file is read differently by every reader")
	}
	keys, folded := map[string]string{}, map[string]bool{}
	for _, k := range f.Keys {
		keys[k.ID] = k.For
		if folded[strings.ToLower(k.ID)] {
			t.Errorf("key %s collides with another when case is folded", k.ID)
		}
		folded[strings.ToLower(k.ID)] = true
		if !strings.Contains(" boolean int long float double string ", " "+k.Type+" ") {
			t.Errorf("key %s has type %s, which some reader refuses", k.ID, k.Type)
		}
		if k.For != "node" && k.For != "edge" {
			t.Errorf("key %s is for %q, which some reader refuses", k.ID, k.For)
		}
	}
	ascii := regexp.MustCompile(`^[ne][0-9a-f]{16}$`)
	nodes, edges, pairs := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, n := range f.Graph.Nodes {
		if !ascii.MatchString(n.ID) || nodes[n.ID] {
			t.Errorf("node id %q is not ASCII or not unique", n.ID)
		}
		nodes[n.ID] = true
		if n.value("label") == "" || n.value("name") == "" || n.value("tupu_id") == "" || n.value("schema") == "" {
			t.Errorf("node %s lacks a label, a name, a schema or our id", n.ID)
		}
	}
	for _, e := range f.Graph.Edges {
		if !ascii.MatchString(e.ID) || edges[e.ID] {
			t.Errorf("edge id %q is not ASCII or not unique in the file", e.ID)
		}
		edges[e.ID] = true
		if !nodes[e.Source] || !nodes[e.Target] {
			t.Errorf("edge %s has an end that is not there", e.ID)
		}
		pair := e.Source + e.Label + e.Target
		if pairs[pair] {
			t.Errorf("two edges %s between one pair: readers merge them", e.Label)
		}
		pairs[pair] = true
		if w := e.value("weight"); w == "" || w == "0" || strings.HasPrefix(w, "-") || strings.HasPrefix(w, "0.") {
			t.Errorf("edge %s has weight %q: readers drop edges of weight 0", e.ID, w)
		}
		if e.Directed != "" || e.Label == "" || e.value("interaction") != e.Label || e.value("evidence") == "" {
			t.Errorf("edge %s: direction %q, label %q, interaction %q, evidence %q", e.ID, e.Directed, e.Label, e.value("interaction"), e.value("evidence"))
		}
	}
	for _, i := range append(f.Graph.Nodes, f.Graph.Edges...) {
		for _, d := range i.Data {
			if want := "node"; keys[d.Key] == "" || keys[d.Key] == want && i.Source != "" {
				t.Errorf("data %s of %s has no key of its own kind", d.Key, i.ID)
			}
		}
	}
}

func TestGraphMLFoldsWhatOneEdgeMayNotHold(t *testing.T) {
	f := parse(t, write(t, querytest.Sample(t), export.Options{Types: []graph.EdgeType{graph.Status}}))
	if len(f.Graph.Edges) != 1 {
		t.Fatalf("%d edges for two states of one thing in one document", len(f.Graph.Edges))
	}
	e := f.Graph.Edges[0]
	if e.value("state") != "operating;started" || e.value("years") != "2024;2023" || e.value("modality") != "planned;reported" {
		t.Errorf("folded: %+v", e)
	}
}

func TestFilters(t *testing.T) {
	m := querytest.Sample(t)
	for _, c := range []struct {
		name         string
		o            export.Options
		nodes, edges int
	}{
		{"enterprises", export.Options{Kinds: []graph.Kind{graph.KindEnterprise}, NoDocuments: true}, 2, 1},
		{"certain", export.Options{MinConfidence: 0.85, NoDocuments: true, Types: []graph.EdgeType{graph.LocatedIn}}, 5, 3},
		{"one area", export.Options{Areas: []graph.ID{"place:丰泽区"}, NoDocuments: true, Types: []graph.EdgeType{graph.AppearsIn}}, 4, 5},
	} {
		f := parse(t, write(t, m, c.o))
		if len(f.Graph.Nodes) != c.nodes || len(f.Graph.Edges) != c.edges {
			t.Errorf("%s: %d nodes and %d edges, want %d and %d", c.name, len(f.Graph.Nodes), len(f.Graph.Edges), c.nodes, c.edges)
		}
	}
}

// TestPartsAreAlikeInEveryFormat chooses parts of a graph that has everything.
func TestPartsAreAlikeInEveryFormat(t *testing.T) {
	m := full(t)
	for _, c := range []struct {
		name     string
		o        export.Options
		in, out  []string // names of nodes
		edges    []string // "TYPE from>to" by names, some of those that must be there
		notEdges []string // and must not
	}{
		{
			name: "what is said of 2025", o: export.Options{FromYear: 2025, ToYear: 2025, NoDocuments: true},
			in: []string{"屿辰集团", "榕屿食品中央厨房项目", "金屿大桥工程", "金屿大桥"}, out: []string{"林砚秋", "龙海区"},
			edges:    []string{"UNDERTAKES 屿辰集团>榕屿食品中央厨房项目", "CONCERNS 金屿大桥工程>金屿大桥"},
			notEdges: []string{"UNDERTAKES 漳州榕屿食品有限公司>榕屿食品中央厨房项目"},
		},
		{
			name: "2023 and earlier", o: export.Options{ToYear: 2023},
			in: []string{"榕屿冷链", "榕屿食品中央厨房项目", "龙海区"}, out: []string{"林砚秋", "芗城区2024年政府工作报告"},
			edges: []string{"APPEARS_IN 榕屿食品中央厨房项目>龙海区"},
		},
		{
			name: "around a person", o: export.Options{Around: []graph.ID{"person:林砚秋"}, NoDocuments: true},
			in: []string{"林砚秋", "芗城区", "漳州榕屿食品有限公司"}, out: []string{"屿辰集团", "漳州市"},
			edges: []string{"HOLDS_POST 林砚秋>芗城区"},
		},
		{
			name: "two steps around a person, over posts and what firms do", o: export.Options{Around: []graph.ID{"person:林砚秋"}, Hops: 2, Types: []graph.EdgeType{graph.HoldsPost, graph.Undertakes}},
			in: []string{"榕屿食品中央厨房项目"}, out: []string{"屿辰集团", "漳州市", "芗城区2024年政府工作报告"},
		},
		{
			name: "a hub is not passed through", o: export.Options{Around: []graph.ID{"place:龙海区"}, Hops: 2, Types: []graph.EdgeType{graph.LocatedIn}},
			in: []string{"漳州市"}, out: []string{"芗城区"},
		},
		{
			name: "some names", o: export.Options{Only: []graph.ID{"enterprise:屿辰集团", "enterprise:漳州榕屿食品有限公司"}},
			in: []string{"屿辰集团", "漳州榕屿食品有限公司"}, out: []string{"林砚秋", "芗城区2024年政府工作报告"},
			edges: []string{"CO_MENTIONED 屿辰集团>漳州榕屿食品有限公司", "PARTNERS_WITH 屿辰集团>漳州榕屿食品有限公司"},
		},
		{
			name: "sure ones", o: export.Options{MinConfidence: 0.5, NoDocuments: true},
			in: []string{"屿辰集团"}, out: []string{"=𠮷田精工"},
		},
	} {
		f := parse(t, write(t, m, c.o))
		names, byID := map[string]bool{}, map[string]string{}
		for _, n := range f.Graph.Nodes {
			names[n.value("name")], byID[n.ID] = true, n.value("name")
		}
		edges := map[string]bool{}
		for _, e := range f.Graph.Edges {
			edges[e.Label+" "+byID[e.Source]+">"+byID[e.Target]] = true
		}
		for _, name := range c.in {
			if !names[name] {
				t.Errorf("%s: no %s", c.name, name)
			}
		}
		for _, name := range c.out {
			if names[name] {
				t.Errorf("%s: %s", c.name, name)
			}
		}
		for _, e := range c.edges {
			if !edges[e] {
				t.Errorf("%s: no %s", c.name, e)
			}
		}
		for _, e := range c.notEdges {
			if edges[e] {
				t.Errorf("%s: %s", c.name, e)
			}
		}
		// Other formats have the same nodes and, unfolded, at least as many edges.
		if rows := strings.Count(written(t, "csv", m, c.o)["nodes.csv"], "\n"); rows != len(f.Graph.Nodes)+1 {
			t.Errorf("%s: %d nodes in GraphML, %d rows of CSV", c.name, len(f.Graph.Nodes), rows)
		}
		g := written(t, "gexf", m, c.o)["gexf"]
		if n, e := strings.Count(g, "<node "), strings.Count(g, "<edge "); n != len(f.Graph.Nodes) || e != len(f.Graph.Edges) {
			t.Errorf("%s: %d nodes and %d edges in GraphML, %d and %d in GEXF", c.name, len(f.Graph.Nodes), len(f.Graph.Edges), n, e)
		}
	}
}

// TestExcel looks at what spreadsheets in China need, and at what others must not get.
func TestExcel(t *testing.T) {
	m := full(t)
	for name, plain := range written(t, "csv", m, export.Options{}) {
		excel := written(t, "csv", m, export.Options{Excel: true})[name]
		if strings.HasPrefix(plain, "\uFEFF") || strings.Contains(plain, "\r") {
			t.Errorf("%s has a byte order mark or CRLF without being asked", name)
		}
		if !strings.HasPrefix(excel, "\uFEFF") || strings.Count(excel, "\r\n") != strings.Count(excel, "\n") {
			t.Errorf("%s for Excel has no byte order mark or no CRLF", name)
		}
		if name == "nodes.csv" && (!strings.Contains(excel, ",'=𠮷田精工,") || !strings.Contains(plain, ",=𠮷田精工,")) {
			t.Errorf("%s: what Excel takes for a formula is not disarmed, or for others too", name)
		}
	}
}

// TestAPlannedThingIsNeverSaidPlainly is the rule of tense for triples.
func TestAPlannedThingIsNeverSaidPlainly(t *testing.T) {
	nt := written(t, "nt", full(t), export.Options{Types: []graph.EdgeType{graph.Undertakes, graph.Concerns, graph.HoldsPost}})["nt"]
	plain := map[string]int{}
	for line := range strings.Lines(nt) {
		for _, word := range []string{"undertakes", "concerns", "holdsPost"} {
			if strings.Contains(line, "> <https://github.com/tupu-kg/tupu/vocabulary#"+word+"> <") {
				plain[word]++
			}
		}
	}
	if want := map[string]int{"undertakes": 1, "holdsPost": 1}; !maps.Equal(plain, want) {
		t.Errorf("plain triples %v, want %v", plain, want)
	}
}

// TestABrokenSourceIsReported stops at each edge in turn.
func TestABrokenSourceIsReported(t *testing.T) {
	m := full(t)
	for _, f := range export.Formats {
		for after := range 3 {
			s := &breaking{Memory: m, after: after * 10}
			var err error
			if f.One != nil {
				err = f.One(context.Background(), io.Discard, s, export.Options{})
			} else {
				err = f.Many(context.Background(), func(string) (io.WriteCloser, error) { return &member{close: func(string) {}}, nil }, s, export.Options{})
			}
			if !errors.Is(err, errBroken) {
				t.Errorf("%s: %v after %d edges", f.Name, err, s.after)
			}
		}
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		if f.One != nil {
			if err := f.One(ctx, io.Discard, m, export.Options{}); !errors.Is(err, context.Canceled) {
				t.Errorf("%s: %v of a cancelled context", f.Name, err)
			}
		}
	}
}

var errBroken = errors.New("broken")

// breaking is a graph whose evidence cannot be read after some edges.
type breaking struct {
	*graph.Memory
	after int
	seen  int
}

func (b *breaking) Evidence(e graph.Edge) ([]graph.Evidence, error) {
	if b.seen++; b.seen > b.after {
		return nil, errBroken
	}
	return b.Memory.Evidence(e)
}

func TestControlCharactersDoNotBreakTheFile(t *testing.T) {
	m := graph.NewMemory()
	m.AddEntity(graph.Entity{ID: "person:x\f", Kind: graph.KindPerson, Name: "甲\f\x00乙 <&>", Aliases: []string{"丙;丁"}, Confidence: 1})
	m.Seal()
	f := parse(t, write(t, m, export.Options{}))
	if n := f.Graph.Nodes[0]; n.value("name") != "甲 乙 <&>" || n.value("aliases") != "丙；丁" {
		t.Errorf("node: %+v", n)
	}
}
