package export_test

import (
	"bytes"
	"context"
	"encoding/xml"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
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
	var b bytes.Buffer
	if err := export.GraphML(context.Background(), &b, m, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestGraphMLGolden(t *testing.T) {
	got := write(t, querytest.Sample(t), export.Options{})
	golden := filepath.Join("testdata", "sample.graphml")
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("run with -update if this is meant: %s", diff)
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
	f := parse(t, write(t, querytest.Sample(t), export.Options{}))
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

func TestControlCharactersDoNotBreakTheFile(t *testing.T) {
	m := graph.NewMemory()
	m.AddEntity(graph.Entity{ID: "person:x\f", Kind: graph.KindPerson, Name: "甲\f\x00乙 <&>", Aliases: []string{"丙;丁"}, Confidence: 1})
	m.Seal()
	f := parse(t, write(t, m, export.Options{}))
	if n := f.Graph.Nodes[0]; n.value("name") != "甲 乙 <&>" || n.value("aliases") != "丙；丁" {
		t.Errorf("node: %+v", n)
	}
}

// counts are what a foreign reader must find in a file: nodes, edges, and attributes of both.
func counts(f file) string {
	nodeData, edgeData := 0, 0
	for _, n := range f.Graph.Nodes {
		nodeData += len(n.Data)
	}
	for _, e := range f.Graph.Edges {
		edgeData += len(e.Data)
	}
	return strings.Join([]string{strconv.Itoa(len(f.Graph.Nodes)), strconv.Itoa(len(f.Graph.Edges)), strconv.Itoa(nodeData), strconv.Itoa(edgeData)}, " ")
}

func TestNetworkxReadsGraphML(t *testing.T) {
	if exec.Command("python3", "-c", "import networkx").Run() != nil {
		t.Skip("no networkx (Debian: python3-networkx): the file is not read back by it")
	}
	foreign(t, "python3", "-c", `
import sys, networkx
g = networkx.read_graphml(sys.argv[1], force_multigraph=True)
print(g.number_of_nodes(), g.number_of_edges(), sum(len(d) for _, d in g.nodes(data=True)), sum(len([k for k in d if k != "id"]) for *_, d in g.edges(data=True)))`)
}

func TestGraphologyReadsGraphML(t *testing.T) {
	modules := os.Getenv("TUPU_NODE_MODULES")
	if modules == "" {
		t.Skip("TUPU_NODE_MODULES does not name a folder with graphology, graphology-graphml and @xmldom/xmldom: the file is not read back by graphology")
	}
	t.Setenv("NODE_PATH", modules)
	foreign(t, "node", "-e", `
const {DOMParser} = require("@xmldom/xmldom"); globalThis.DOMParser = DOMParser;
const {MultiDirectedGraph} = require("graphology"); const graphml = require("graphology-graphml");
const g = graphml.parse(MultiDirectedGraph, new DOMParser().parseFromString(require("fs").readFileSync(process.argv[1], "utf8"), "text/xml"));
let n = 0, e = 0;
g.forEachNode((k, a) => n += Object.keys(a).length + ("color" in a ? 2 : 0)); // r, g and b become one colour
 g.forEachEdge((k, a) => e += Object.keys(a).length);
console.log(g.order, g.size, n, e);`)
}

// foreign lets another program read the sample and compares what it counted.
func foreign(t *testing.T, command string, args ...string) {
	t.Helper()
	content := write(t, querytest.Sample(t), export.Options{})
	name := filepath.Join(t.TempDir(), "sample.graphml")
	if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(command, append(args, name)...).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if got, want := strings.TrimSpace(string(out)), counts(parse(t, content)); got != want {
		t.Errorf("nodes, edges, node attributes, edge attributes: %s, want %s", got, want)
	}
}
