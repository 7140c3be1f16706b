package export_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/graph/export"
)

// foundBy is what a program that is not ours finds in a file, or in files: nodes by class, edges by type, the names of the
// nodes, and how many evidences there are, as far as the format has them.
type foundBy struct {
	Nodes    map[string]int
	Edges    map[string]int
	Names    []string
	Evidence int
}

// present is what is there to be found.
func present(t *testing.T, m *graph.Memory, folded bool) foundBy {
	t.Helper()
	f := foundBy{Nodes: map[string]int{}, Edges: map[string]int{}}
	for e, err := range m.Entities("") {
		if err != nil {
			t.Fatal(err)
		}
		f.Nodes[e.Kind.Label()]++
		f.Names = append(f.Names, e.Name)
	}
	for d, err := range m.Documents() {
		if err != nil {
			t.Fatal(err)
		}
		f.Nodes["Document"]++
		name := d.Title
		if name == "" {
			name = d.Paths[0]
		}
		f.Names = append(f.Names, name)
	}
	slices.Sort(f.Names)
	last := ""
	for e, err := range m.AllEdges() {
		if err != nil {
			t.Fatal(err)
		}
		all, err := m.Evidence(e)
		if err != nil {
			t.Fatal(err)
		}
		f.Evidence += len(all)
		if key := fmt.Sprint(e.From, e.Type, e.To); !folded || key != last {
			f.Edges[string(e.Type)]++
			last = key
		}
	}
	return f
}

// folder writes the files of a format and returns where they are.
func folder(t *testing.T, format string, m *graph.Memory, o export.Options) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range written(t, format, m, o) {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// python finds an interpreter that has a module: one may be on the path, and Debian's beside it.
func python(t *testing.T, module, debian string) string {
	t.Helper()
	for _, p := range []string{"python3", "/usr/bin/python3"} {
		if exec.Command(p, "-c", "import "+module).Run() == nil {
			return p
		}
	}
	t.Skipf("no Python with %s (Debian: %s): the file is not read back by it", module, debian)
	return ""
}

// modules names the folder with the packages of npm, or skips.
func modules(t *testing.T, packages ...string) {
	t.Helper()
	dir := os.Getenv("TUPU_NODE_MODULES")
	for _, p := range packages {
		if _, err := os.Stat(filepath.Join(dir, p)); dir == "" || err != nil {
			t.Skipf("TUPU_NODE_MODULES does not name a folder with %s: the file is not read back by it", strings.Join(packages, ", "))
		}
	}
	t.Setenv("NODE_PATH", dir)
}

// foreign runs a program that prints a foundBy.
func foreign(t *testing.T, want foundBy, command string, args ...string) {
	t.Helper()
	c := exec.Command(command, args...)
	c.Env = append(os.Environ(), "PYTHONIOENCODING=utf-8")
	var problems strings.Builder
	c.Stderr = &problems
	out, err := c.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, problems.String())
	}
	var got foundBy
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	slices.Sort(got.Names)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("there, and found: %s", diff)
	}
}

const printFound = `
import json, collections
def found(nodes, edges, names, evidence):
    print(json.dumps({"Nodes": collections.Counter(nodes), "Edges": collections.Counter(edges), "Names": list(names), "Evidence": int(evidence)}))
`

func TestNetworkxReadsGraphML(t *testing.T) {
	m := full(t)
	foreign(t, present(t, m, true), python(t, "networkx", "python3-networkx"), "-c", printFound+`
import sys, networkx
g = networkx.read_graphml(sys.argv[1], force_multigraph=True)
n = [d for _, d in g.nodes(data=True)]; e = [d for *_, d in g.edges(data=True)]
assert all(isinstance(d["weight"], float) and isinstance(d["symmetric"], bool) for d in e)
found([d["schema"] for d in n], [d["interaction"] for d in e], [d["name"] for d in n], sum(d["evidence_count"] for d in e))`,
		filepath.Join(folder(t, "graphml", m, export.Options{}), "graphml"))
}

func TestIgraphReadsGraphML(t *testing.T) {
	m := full(t)
	foreign(t, present(t, m, true), python(t, "igraph", "python3-igraph"), "-c", printFound+`
import sys, igraph
g = igraph.Graph.Read_GraphML(sys.argv[1])
assert g.is_directed()
found(g.vs["schema"], g.es["interaction"], g.vs["name"], sum(g.es["evidence_count"]))`,
		filepath.Join(folder(t, "graphml", m, export.Options{}), "graphml"))
}

const graphology = `
const {DOMParser} = require("@xmldom/xmldom"); globalThis.DOMParser = DOMParser;
const {MultiDirectedGraph} = require("graphology");
const text = require("fs").readFileSync(process.argv[1], "utf8");
function report(g, type) {
  const f = {Nodes: {}, Edges: {}, Names: [], Evidence: 0};
  g.forEachNode((_, a) => { f.Nodes[a.schema] = (f.Nodes[a.schema] || 0) + 1; f.Names.push(a.name); if (!(a.size > 0) || !a.color) throw a; });
  g.forEachEdge((_, a) => { const t = type(a); f.Edges[t] = (f.Edges[t] || 0) + 1; f.Evidence += a.evidence_count; });
  console.log(JSON.stringify(f));
}
`

func TestGraphologyReadsGraphML(t *testing.T) {
	modules(t, "graphology", "graphology-graphml", "@xmldom/xmldom")
	m := full(t)
	foreign(t, present(t, m, true), "node", "-e", graphology+`
report(require("graphology-graphml").parse(MultiDirectedGraph, new DOMParser().parseFromString(text, "text/xml")), a => a.interaction);`,
		filepath.Join(folder(t, "graphml", m, export.Options{}), "graphml"))
}

func TestNetworkxReadsGEXF(t *testing.T) {
	m := full(t)
	foreign(t, present(t, m, true), python(t, "networkx", "python3-networkx"), "-c", printFound+`
import sys, networkx
g = networkx.read_gexf(sys.argv[1])
n = [d for _, d in g.nodes(data=True)]; e = [d for *_, d in g.edges(data=True)]
assert all(d["viz"]["size"] > 0 and d["viz"]["color"]["r"] and "x" in d["viz"]["position"] for d in n)
spells = {k: d.get("spells") for k, d in g.nodes(data=True)}
for a, b, d in g.edges(data=True):
    for start, end in d.get("spells", []):
        for node in (a, b): # an edge lives within its ends
            assert spells[node] is None or any(s <= start and end <= f for s, f in spells[node]), (a, b, d, spells[node])
found([d["schema"] for d in n], [d["label"] for d in e], [d["name"] for d in n], sum(d["evidence_count"] for d in e))`,
		filepath.Join(folder(t, "gexf", m, export.Options{}), "gexf"))
}

func TestGraphologyReadsGEXF(t *testing.T) {
	modules(t, "graphology", "graphology-gexf", "@xmldom/xmldom")
	m := full(t)
	foreign(t, present(t, m, true), "node", "-e", graphology+`
report(require("graphology-gexf").parse(MultiDirectedGraph, text), a => a.label);`,
		filepath.Join(folder(t, "gexf", m, export.Options{}), "gexf"))
}

// TestGEXFIsValid reads the file with the schema of the format. The XSD that comes with it puts colours and positions into
// another name space and refuses what Gephi writes itself, so RelaxNG is asked.
func TestGEXFIsValid(t *testing.T) {
	if exec.Command("xmllint", "--version").Run() != nil {
		t.Skip("no xmllint (Debian: libxml2-utils): the GEXF is not read with the schema of the format")
	}
	for _, m := range []*graph.Memory{full(t), graph.NewMemory()} {
		name := filepath.Join(folder(t, "gexf", m, export.Options{}), "gexf")
		if out, err := exec.Command("xmllint", "--noout", "--relaxng", filepath.Join("testdata", "schema", "gexf.rng"), name).CombinedOutput(); err != nil {
			t.Errorf("%v: %s", err, out)
		}
	}
}

func TestHyparquetReadsParquet(t *testing.T) {
	modules(t, "hyparquet")
	m := full(t)
	// A score for every second entity: what has none is null, as documents are.
	score := map[graph.ID]float64{}
	for e, err := range m.Entities("") {
		if err != nil {
			t.Fatal(err)
		}
		if len(e.Name)%2 == 0 {
			score[e.ID] = float64(len(e.Name)) / 3
		}
	}
	dir := folder(t, "parquet", m, export.Options{Scores: []export.Score{{By: "pagerank", Of: score}, {By: "degree", Of: map[graph.ID]float64{}}}})
	scores, err := json.Marshal(score)
	if err != nil {
		t.Fatal(err)
	}
	foreign(t, present(t, m, false), "node", "--input-type=module", "-e", `
import {createRequire} from "node:module"; import {readFileSync} from "node:fs"; import {pathToFileURL} from "node:url";
const {parquetReadObjects} = await import(pathToFileURL(process.env.NODE_PATH + "/hyparquet/src/index.js").href);
async function rows(name) { const b = readFileSync(process.argv[1] + "/" + name); return parquetReadObjects({file: b.buffer.slice(b.byteOffset, b.byteOffset + b.byteLength)}); }
const f = {Nodes: {}, Edges: {}, Names: [], Evidence: 0};
const ids = new Set(), scores = JSON.parse(process.argv[2]);
if (Object.keys(scores).length < 2) throw "too few scores to tell anything";
for (const n of await rows("nodes.parquet")) { f.Nodes[n.schema] = (f.Nodes[n.schema] || 0) + 1; f.Names.push(n.name); ids.add(n.id); if (!Array.isArray(n.aliases) || n.score_pagerank != (scores[n.tupu_id] ?? null) || n.score_degree !== null && n.score_degree !== undefined) throw n; }
const edges = new Set();
for (const e of await rows("edges.parquet")) { f.Edges[e.type] = (f.Edges[e.type] || 0) + 1; edges.add(e.id); if (!ids.has(e.source) || !ids.has(e.target) || e.evidence_count < 1) throw e; }
for (const e of await rows("evidence.parquet")) { f.Evidence++; if (!edges.has(e.edge) || e.source == "text" && !(e.end > e.start && e.quote)) throw e; }
console.log(JSON.stringify(f));`, dir, string(scores))
}

func TestSQLiteReadsCSV(t *testing.T) {
	if exec.Command("sqlite3", "--version").Run() != nil {
		t.Skip("no sqlite3 (Debian: sqlite3): the CSV files are not read back by it")
	}
	m := full(t)
	dir := folder(t, "csv", m, export.Options{})
	foreign(t, present(t, m, false), "sqlite3", ":memory:", "-cmd", ".mode csv",
		"-cmd", ".import "+filepath.Join(dir, "nodes.csv")+" nodes", "-cmd", ".import "+filepath.Join(dir, "edges.csv")+" edges",
		"-cmd", ".import "+filepath.Join(dir, "evidence.csv")+" evidence", "-cmd", ".mode list", `
select json_object(
  'Nodes', (select json_group_object(schema, n) from (select schema, count(*) n from nodes group by 1)),
  'Edges', (select json_group_object(type, n) from (select e.type, count(*) n from edges e join nodes a on a.id = source join nodes b on b.id = target group by 1)),
  'Names', (select json_group_array(name) from nodes),
  'Evidence', (select count(*) from evidence v join edges e on e.id = v.edge where v.source <> 'text' or cast(v."end" as integer) > cast(v.start as integer) and v.quote <> ''));`)
}

const rdflib = printFound + `
import sys, rdflib
from rdflib.namespace import RDF, RDFS
T = rdflib.Namespace("https://github.com/tupu-kg/tupu/vocabulary#")
PROV = rdflib.Namespace("http://www.w3.org/ns/prov#"); OA = rdflib.Namespace("http://www.w3.org/ns/oa#")
g = rdflib.Graph(); g.parse(sys.argv[1], format=sys.argv[2])
classes = ["Enterprise", "Project", "Place", "Organization", "Person", "Honour", "Document"]
nodes = [(s, c) for c in classes for s in g.subjects(RDF.type, T[c])]
edges, evidence = [], 0
for s in g.subjects(RDF.type, T.Statement):
    words = g.value(s, RDF.predicate).split("#")[1]
    edges.append("".join("_" + c if c.isupper() else c.upper() for c in words))
    ends = g.value(s, RDF.subject), g.value(s, RDF.object)
    assert all((e, RDF.type, None) in g for e in ends)
    tense = str(g.value(s, T.modality) or "reported")
    plain = (ends[0], g.value(s, RDF.predicate), ends[1]) in g
    if tense != "reported" and plain: # a promise must not be said without its tense, unless it is reported as well
        assert any(str(g.value(o, T.modality) or "reported") == "reported" for o in g.subjects(RDF.object, ends[1]) if g.value(o, RDF.subject) == ends[0] and g.value(o, RDF.predicate) == g.value(s, RDF.predicate)), s
    spans = list(g.objects(s, PROV.wasDerivedFrom)); assert spans
    evidence += len(spans)
    for span in spans:
        if (span, RDF.type, OA.SpecificResource) not in g: continue
        position = [x for x in g.objects(span, OA.hasSelector) if (x, RDF.type, OA.TextPositionSelector) in g][0]
        quote = [x for x in g.subjects(RDF.type, OA.TextQuoteSelector) if str(x).startswith(str(span))][0]
        exact = str(g.value(quote, OA.exact)); start, end = int(g.value(position, OA.start)), int(g.value(position, OA.end))
        assert len(exact) == end - start, (exact, start, end) # code points
        assert (g.value(span, OA.hasSource), RDF.type, T.Document) in g
found([c for _, c in nodes], edges, [str(g.value(s, RDFS.label)) for s, _ in nodes], evidence)`

func TestRDFLibReadsNTriples(t *testing.T) {
	m := full(t)
	foreign(t, present(t, m, false), python(t, "rdflib", "python3-rdflib"), "-c", rdflib, filepath.Join(folder(t, "nt", m, export.Options{}), "nt"), "nt")
}

func TestRDFLibReadsJSONLD(t *testing.T) {
	m := full(t)
	foreign(t, present(t, m, false), python(t, "rdflib", "python3-rdflib"), "-c", rdflib, filepath.Join(folder(t, "jsonld", m, export.Options{}), "jsonld"), "json-ld")
}

// TestBothFormsOfRDFSayTheSame compares the triples.
func TestBothFormsOfRDFSayTheSame(t *testing.T) {
	m := full(t)
	p := python(t, "rdflib", "python3-rdflib")
	out, err := exec.Command(p, "-c", `
import sys, rdflib
a, b = rdflib.Graph(), rdflib.Graph()
a.parse(sys.argv[1], format="nt"); b.parse(sys.argv[2], format="json-ld")
print(len(a) > 500, set(a) == set(b))`, filepath.Join(folder(t, "nt", m, export.Options{}), "nt"), filepath.Join(folder(t, "jsonld", m, export.Options{}), "jsonld")).CombinedOutput()
	if err != nil || strings.TrimSpace(string(out)) != "True True" {
		t.Errorf("%v: %s", err, out)
	}
}

// TestModelKnowsFollowTheMoney reads the file with the model that FollowTheMoney publishes: schemas, properties, what they may
// point to, and the form of ids and dates.
func TestModelKnowsFollowTheMoney(t *testing.T) {
	modules(t, "@alephdata/followthemoney")
	m := full(t)
	types := append([]graph.EdgeType{}, graph.EdgeTypes...)
	name := filepath.Join(folder(t, "ftm", m, export.Options{Types: types}), "ftm")
	out, err := exec.Command("node", "-e", `
const base = process.env.NODE_PATH + "/@alephdata/followthemoney/dist/";
const {Model} = require(base + "followthemoney.umd.js");
const model = new Model(require(base + "defaultModel.json"));
const lines = require("fs").readFileSync(process.argv[1], "utf8").trim().split("\n").map(JSON.parse);
const byID = new Map(lines.map(l => [l.id, l]));
if (byID.size != lines.length) throw "an id stands twice";
const count = {};
for (const l of lines) {
  const schema = model.getSchema(l.schema);
  count[l.schema] = (count[l.schema] || 0) + 1;
  if (!/^[0-9a-zA-Z]([0-9a-zA-Z.\-]*[0-9a-zA-Z])?$/.test(l.id)) throw "id " + l.id;
  model.getEntity({...l, properties: l.properties});
  for (const required of schema.required || []) if (!(l.properties[required] || []).length) throw l.schema + " without " + required + ": " + JSON.stringify(l);
  for (const [name, values] of Object.entries(l.properties)) {
    const property = schema.getProperties().get(name);
    if (!property) throw l.schema + " has no property " + name;
    if (property.stub) throw name + " is a stub";
    for (const v of values) {
      if (typeof v != "string" || v == "") throw name + " is " + JSON.stringify(v);
      if (property.type.name == "date" && !/^\d{4}(-\d\d(-\d\d)?)?$/.test(v)) throw "date " + v;
      if (property.type.name == "number" && !/^\d+(\.\d+)?$/.test(v)) throw "number " + v;
      if (property.type.name == "entity") {
        const other = byID.get(v);
        if (!other) throw name + " points to nothing: " + v;
        if (!model.getSchema(other.schema).isA(property.getRange())) throw l.schema + "." + name + " must not point to " + other.schema;
      }
    }
  }
}
console.log(JSON.stringify(count));`, name).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	var got map[string]int
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	want := map[string]int{
		"PlainText": 1, "Pages": 1, "Workbook": 1, "Company": 4, "Project": 3, "Address": 4, "Organization": 1, "Person": 1,
		"ProjectParticipant": 2, "Ownership": 1, "Employment": 1, "UnknownLink": 10,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("schemas: %s", diff)
	}
}

// TestDrawingsCanBeShown reads a picture with a program that shows SVG.
func TestDrawingsCanBeShown(t *testing.T) {
	if exec.Command("xmllint", "--version").Run() != nil {
		t.Skip("no xmllint (Debian: libxml2-utils): the SVG is not read back")
	}
	name := filepath.Join(folder(t, "svg", full(t), export.Options{}), "svg")
	if out, err := exec.CommandContext(context.Background(), "xmllint", "--noout", name).CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}
