package export_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/graph/export"
)

// lines writes a graph in the complete form, with facts that say nothing.
func lines(t testing.TB, m *graph.Memory, judgements ...graph.Judgement) string {
	t.Helper()
	var b bytes.Buffer
	if err := export.Lines(context.Background(), &b, reads(m), judgements, m); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func reads(m *graph.Memory) iter.Seq2[export.Read, error] {
	return func(yield func(export.Read, error) bool) {
		for d, err := range m.Documents() {
			if err == nil {
				d, err = m.Document(d.ID)
			}
			r := export.Read{Facts: &graph.Facts{Key: "key of " + string(d.ID), Document: d, Notes: []string{"a note"}}}
			r.Facts.Sentences, _ = m.Sentences(d.ID)
			if len(d.Paths) > 1 {
				r.Rows = map[string]json.RawMessage{d.Paths[0]: json.RawMessage(`{"year":2023}`)}
			}
			if !yield(r, err) || err != nil {
				return
			}
		}
	}
}

// TestWhatWeWriteIsClean reads every file that is written with the readers' rules.
func TestWhatWeWriteIsClean(t *testing.T) {
	m := full(t)
	check := func(name, content string) {
		t.Helper()
		_, findings, err := export.Check(name, strings.NewReader(content))
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for _, f := range findings {
			t.Errorf("%s:%d: %s: %s", name, f.Line, f.What, f.Then)
		}
	}
	scores := []export.Score{{By: "pagerank", Of: map[graph.ID]float64{"enterprise:屿辰集团": 0.25}}, {By: "degree"}}
	for _, f := range export.Formats {
		for _, o := range []export.Options{{}, {Excel: true}, {Scores: scores}, {NoDocuments: true, Types: []graph.EdgeType{graph.PartOf, graph.CoMentioned}}} {
			for name, content := range written(t, f.Name, m, o) {
				if ext := path.Ext(name); f.One != nil {
					check("full"+f.Extension, content)
				} else if ext != ".txt" {
					check(name, content)
				}
			}
		}
	}
	check("all.jsonl", lines(t, m))
}

func TestCheckFindsTraps(t *testing.T) {
	const graphML = `<graphml xmlns="http://graphml.graphdrawing.org/xmlns">%s<graph edgedefault="directed">%s</graph></graphml>`
	keys := `<key id="label" for="node" attr.name="label" attr.type="string"/><key id="weight" for="edge" attr.name="weight" attr.type="double"/>`
	nodes := `<node id="a"><data key="label">甲</data></node><node id="b"/>`
	const gexf = `<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3"><graph mode="dynamic" timeformat="date" timezone="UTC">%s<nodes>%s</nodes><edges>%s</edges></graph></gexf>`
	two := `<node id="a" label="甲"><spells><spell start="2022-01-01" end="2023-12-31"/></spells></node><node id="b" label="乙"/>`
	for _, c := range []struct{ name, file, content, want string }{
		{"form feed of a PDF", "g.graphml", fmt.Sprintf(graphML, keys, nodes+"\f"), "every reader stops here"},
		{"list type", "g.graphml", fmt.Sprintf(graphML, keys+`<key id="x" for="node" attr.name="x" attr.type="liststring"/>`, nodes), "networkx and graphology stop here"},
		{"key for all", "g.graphml", fmt.Sprintf(graphML, keys+`<key id="x" for="all" attr.name="x" attr.type="string"/>`, nodes), "Gephi Lite stop here"},
		{"keys that differ by case", "g.graphml", fmt.Sprintf(graphML, keys+`<key id="Label" for="node" attr.name="Label" attr.type="string"/>`, nodes), "Gephi takes both for one column"},
		{"undeclared key", "g.graphml", fmt.Sprintf(graphML, keys, `<node id="a"><data key="year">2024</data></node>`), "networkx stops here"},
		{"no names", "g.graphml", fmt.Sprintf(graphML, "", `<node id="a"/>`), "show ids instead of names"},
		{"boolean", "g.graphml", fmt.Sprintf(graphML, keys+`<key id="x" for="node" attr.name="x" attr.type="boolean"/>`, `<node id="a"><data key="x">yes</data></node>`), "Gephi leaves the value out"},
		{"mixed direction", "g.graphml", fmt.Sprintf(graphML, keys, nodes+`<edge source="a" target="b" directed="false"/>`), "graphology takes it for directed"},
		{"edge id twice", "g.graphml", fmt.Sprintf(graphML, keys, nodes+`<edge id="0" source="a" target="b"/><edge id="0" source="b" target="a"/>`), "Gephi drops this edge"},
		{"edge into nothing", "g.graphml", fmt.Sprintf(graphML, keys, nodes+`<edge source="a" target="c"/>`), "make up an empty node"},
		{"parallel edges", "g.graphml", fmt.Sprintf(graphML, keys, nodes+`<edge source="a" target="b" label="X"/><edge source="a" target="b" label="X"/>`), "keeps the properties of the last"},
		{"weight 0", "g.graphml", fmt.Sprintf(graphML, keys, nodes+`<edge source="a" target="b"><data key="weight">0</data></edge>`), "removes edges of weight 0"},
		{"white space in an id", "g.graphml", fmt.Sprintf(graphML, keys, `<node id=" a"/>`), "edges may miss it"},
		{"cut short", "g.graphml", "<graphml><graph>", "every reader stops here"},

		{"draft", "g.gexf", strings.ReplaceAll(fmt.Sprintf(gexf, "", two, ""), "http://gexf.net/1.3", "http://www.gexf.net/1.3draft"), "without www and draft"},
		{"hex", "g.gexf", fmt.Sprintf(gexf, "", `<node id="a"><viz:color hex="#ff0000"/></node>`, ""), "write r, g and b"},
		{"dateTime", "g.gexf", strings.ReplaceAll(fmt.Sprintf(gexf, "", two, ""), `timeformat="date"`, `timeformat="dateTime"`), "use date"},
		{"no time zone", "g.gexf", strings.ReplaceAll(fmt.Sprintf(gexf, "", two, ""), ` timezone="UTC"`, ""), "say timezone"},
		{"no time format", "g.gexf", strings.ReplaceAll(fmt.Sprintf(gexf, "", two, ""), ` timeformat="date"`, ""), "say timeformat"},
		{"bare year", "g.gexf", fmt.Sprintf(gexf, "", `<node id="a"><spells><spell start="2022" end="2023"/></spells></node>`, ""), "write 2024-01-31"},
		{"open end", "g.gexf", fmt.Sprintf(gexf, "", `<node id="a" start="2022-01-01"/>`, ""), "for the open end"},
		{"overlap", "g.gexf", fmt.Sprintf(gexf, "", `<node id="a"><spells><spell start="2022-01-01" end="2023-12-31"/><spell start="2023-01-01" end="2024-12-31"/></spells></node>`, ""), "Gephi drops the later one"},
		{"edge outlives its end", "g.gexf", fmt.Sprintf(gexf, "", two, `<edge source="a" target="b" kind="X"><spells><spell start="2024-01-01" end="2024-12-31"/></spells></edge>`), "without its ends"},
		{"two blocks", "g.gexf", fmt.Sprintf(gexf, `<attributes class="node"/><attributes class="node" mode="dynamic"/>`, two, ""), "takes the numbers of the first for text"},
		{"title", "g.gexf", fmt.Sprintf(gexf, `<attributes class="node"><attribute id="0" title="year" type="integer"/></attributes>`, two, ""), "graphology shows the id"},
		{"big number", "g.gexf", fmt.Sprintf(gexf, `<attributes class="node"><attribute id="x" title="x" type="bigdecimal"/></attributes>`, two, ""), "takes it for text"},
		{"mixed", "g.gexf", fmt.Sprintf(gexf, "", two, `<edge source="a" target="b"/><edge source="b" target="a" type="undirected"/>`), "networkx stops here"},
		{"kinds", "g.gexf", fmt.Sprintf(gexf, "", two, `<edge source="a" target="b" kind="X"/><edge source="a" target="b" kind="X"/>`), "Gephi merges both"},
		{"size", "g.gexf", fmt.Sprintf(gexf, "", `<node id="a"><viz:size/></node>`, ""), "Gephi stops here"},

		{"mark", "nodes.csv", "\uFEFFid:ID,name,:LABEL\na,甲,Entity\n", "part of the first column"},
		{"boolean of Neo4j", "edges.csv", ":START_ID,:END_ID,:TYPE,symmetric:boolean\na,b,X,yes\n", "takes it for false"},
		{"number of Neo4j", "nodes.csv", "id:ID,years:int[]\na,2024;next\n", "neo4j-admin stops"},
		{"lines of Neo4j", "nodes.csv", "id:ID,name\na,\"甲\n乙\"\n", "--multiline-fields"},
		{"empty id", "nodes.csv", "id:ID,name\n,甲\n", "neo4j-admin stops"},
		{"id twice", "nodes.csv", "id,name\na,甲\na,乙\n", "others merge both rows"},
		{"quote", "nodes.csv", "id,name\na,\"甲\nb,乙\n", "rest of the file for one cell"},
		{"cells", "nodes.csv", "id,name\na,甲,乙\n", "others shift or leave cells out"},
		{"GBK", "nodes.csv", "id,name\na,\xbc\xd7\n", "save as UTF-8"},
		{"formula", "nodes.csv", "\uFEFFid,name\r\na,=1+1\r\n", "Excel runs it as a formula"},
		{"type of Gephi", "edges.csv", "Source,Target,Type\na,b,UNDERTAKES\n", "relations belong into Kind"},
		{"weight of Gephi", "edges.csv", "Source,Target,Weight\na,b,0\n", "removes edges of weight 0"},
		{"pair of Gephi", "edges.csv", "Source,Target,Kind\na,b,X\na,b,X\n", "Gephi merges both"},

		{"underscore", "e.ftm", `{"id":"enterprise_1","schema":"Company","properties":{"name":["甲"]}}`, "references to it are dropped"},
		{"signature", "e.ftm", `{"id":"a.b","schema":"Company","properties":{"name":["甲"]}}`, "for a signature"},
		{"range", "e.ftm", `{"id":"a","schema":"Project","properties":{"startDate":["2022-2024"]}}`, "the date is dropped"},
		{"proof of a link", "e.ftm", `{"id":"a","schema":"UnknownLink","properties":{"proof":["b"]}}`, "the schema does not have it"},
		{"its tools' name", "e.ftm.json", `{"id":"enterprise_1","schema":"Company","properties":{"name":["甲"]}}`, "references to it are dropped"},
		{"number", "e.ftm", `{"id":"a","schema":"Project","properties":{"amount":[5]}}`, "values are lists of strings"},
		{"country", "e.ijson", `{"id":"a","schema":"Company","properties":{"country":["CN"]}}`, "codes are in lower case"},
		{"reference", "e.jsonl", `{"id":"a","schema":"Company","properties":{"proof":["b"]}}`, "hangs in the air"},
		{"Chinese reference", "e.ftm", `{"id":"a","schema":"Company","properties":{"proof":["企业:甲"]}}`, "the reference is dropped"},

		{"triple", "g.nt", "<urn:a> <urn:b> \"甲\n", "rdflib, Jena and others stop here"},
		{"relative", "g.nt", "<a> <urn:b> \"甲\" .\n", "put the file's own address before it"},
		{"context", "g.jsonld", `{"@context": "https://schema.org", "@graph": []}`, "goes to the network"},
		{"no context", "g.jsonld", `{"items": []}`, "readers find no triples"},
		{"no JSON", "g.jsonld", "{\n\"@context\": {},\n]}", "no reader reads it"},

		{"BEGIN", "g.cypher", "BEGIN\nCREATE CONSTRAINT x IF NOT EXISTS FOR (n:E) REQUIRE n.id IS UNIQUE;\nMERGE (n:E {id: 'a'});\n", "Memgraph refuses it"},
		{"transactions", "g.cypher", "CALL { RETURN 1 } IN TRANSACTIONS;\n", "needs :auto"},
		{"open quote", "g.cypher", "CREATE INDEX;\nMERGE (n:E {name: 'it's'});\nMERGE (m);\n", "waits for the rest"},
		{"no constraint", "g.cypher", "MERGE (n:E {id: 'a'});\n", "searches all nodes"},
		{"no end", "g.cypher", "RETURN 1\n", "does not run the last statement"},

		{"address", "g.svg", `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><image xlink:href="http://example.org/a.png"/></svg>`, "show a hole"},
		{"not Parquet", "g.parquet", "PAR1", "no reader opens it"},
		{"markup", "g.md", "# 甲\n\n- <b>乙</b>\n", "take it for markup"},
		{"script", "g.md", "甲 </script >\n", "take it for markup"},
		{"bell", "g.md", "甲\a\n", "show a box"},
		{"no place", "g.md", "[甲](<../enterprise/乙.md)\n", "is no link"},
		{"GBK", "g.md", "\xbc\xd7\n", "save as UTF-8"},
		{"not PNG", "g.png", "PNG", "no program shows it"},
		{"cut short", "g.jsonl", "{\"record\":\"tupu\",\"version\":1}\n", "tupu import refuses the file"},
		{"other text", "g.jsonl", "{\"record\":\"tupu\",\"version\":1}\n{\"record\":\"document\",\"document\":{\"id\":\"document:1\",\"text_hash\":\"x\"},\"text\":\"甲\"}\n", "tupu import leaves the line out"},
	} {
		_, findings, err := export.Check(c.file, strings.NewReader(c.content))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if !slices.ContainsFunc(findings, func(f export.Finding) bool { return strings.Contains(f.Then, c.want) && f.What != "" }) {
			t.Errorf("%s: nothing says %q: %+v", c.name, c.want, findings)
		}
	}
}

func TestCheckSumsUpWhatIsAlike(t *testing.T) {
	_, findings, err := export.Check("nodes.csv", strings.NewReader("id,name\n"+strings.Repeat("a,b\n", 20)))
	if err != nil || len(findings) != 5 || findings[4].More != 14 || findings[0].Line != 3 {
		t.Errorf("%v: %+v", err, findings)
	}
}

func TestCheckDoesNotKnowAllFiles(t *testing.T) {
	for name, want := range map[string]string{"a.docx": "use .graphml", "a.jsonl": "not a file that tupu export"} {
		if _, _, err := export.Check(name, strings.NewReader("{}\n")); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// FuzzCheck gives anything to the readers: they find or pass, and end.
func FuzzCheck(f *testing.F) {
	m := full(f)
	names := []string{"a.graphml", "a.gexf", "a.csv", "a.ftm", "a.jsonl", "a.nt", "a.jsonld", "a.cypher", "a.parquet", "a.svg", "a.md"}
	for i, name := range names {
		for _, format := range export.Formats {
			if format.Extension == path.Ext(name) {
				f.Add(i, []byte(written(f, format.Name, m, export.Options{})[format.Name]))
			}
		}
	}
	f.Add(2, []byte("Source,Target\na,\"b\n"))
	f.Add(4, []byte(lines(f, m)))
	f.Fuzz(func(t *testing.T, which int, content []byte) {
		name := names[uint(which)%uint(len(names))]
		_, findings, err := export.Check(name, bytes.NewReader(content))
		for _, finding := range findings {
			if finding.What == "" || finding.Then == "" || finding.Line < 0 {
				t.Errorf("%s: %+v", name, finding)
			}
		}
		_ = err
	})
}

func TestLinesAreReadBack(t *testing.T) {
	m := full(t)
	j := graph.Judgement{
		Time: "2025-01-31T09:30:00Z", Author: "王", Verdict: graph.Different,
		About: []graph.Subject{{Type: graph.KindEnterprise, Surface: "屿辰集团"}, {Type: graph.KindEnterprise, Surface: "榕屿冷链"}},
	}
	later := j
	later.Time = "2025-02-01T09:30:00Z"
	first := lines(t, m, later, j, j)
	back := graph.NewMemory()
	var judgements []graph.Judgement
	held := map[graph.ID]export.Read{}
	for item, err := range export.ReadLines(strings.NewReader(first)) {
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case item.Read != nil:
			held[item.Read.Facts.Document.ID] = *item.Read
			back.AddDocument(item.Read.Facts.Document, item.Read.Facts.Sentences)
		case item.Judgement != nil:
			judgements = append(judgements, *item.Judgement)
		case item.Entity != nil:
			back.AddEntity(*item.Entity)
		case item.Edge != nil:
			if err := back.AddEdge(*item.Edge); err != nil {
				t.Fatal(err)
			}
		}
	}
	back.Seal()
	if len(judgements) != 2 || judgements[0].Time != j.Time {
		t.Errorf("judgements: %+v", judgements)
	}
	var b bytes.Buffer
	again := func(yield func(export.Read, error) bool) {
		for d := range back.Documents() {
			if !yield(held[d.ID], nil) {
				return
			}
		}
	}
	if err := export.Lines(context.Background(), &b, again, judgements, back); err != nil {
		t.Fatal(err)
	}
	if b.String() != first {
		t.Error("written, read and written again, the lines differ")
	}
}

// FuzzReadLines gives anything to the reader of the complete form: it yields what can be used, and ends.
func FuzzReadLines(f *testing.F) {
	f.Add([]byte(lines(f, full(f))))
	f.Add([]byte("{\"record\":\"tupu\",\"version\":2}\n"))
	f.Add([]byte("{\"record\":\"tupu\",\"version\":1}\n{\"record\":\"facts\",\"doc\":\"x\"}\n"))
	f.Fuzz(func(t *testing.T, content []byte) {
		for item, err := range export.ReadLines(bytes.NewReader(content)) {
			if err == nil && item.Edge != nil && item.Edge.Check() != nil {
				t.Errorf("an edge that cannot be: %+v", item.Edge)
			}
			if err == nil && item.Read != nil && graph.HashText(item.Read.Facts.Document.Text) != item.Read.Facts.Document.TextHash {
				t.Error("another text than was read")
			}
		}
	})
}
