package export

import (
	"bufio"
	"context"
	"encoding/xml"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/tupu-kg/tupu/graph"
)

// attribute is one declared key of a GraphML file. Only types that every reader knows are used, every key is declared, and no
// key stands for nodes and edges at once.
type attribute struct{ id, domain, name, kind string }

// Key ids differ by more than case, because a reader folds it. "type" is avoided as a node attribute: readers use it.
var attributes = []attribute{
	{"label", "node", "label", "string"},
	{"name", "node", "name", "string"},
	{"schema", "node", "schema", "string"},
	{"tupu_id", "node", "tupu_id", "string"},
	{"aliases", "node", "aliases", "string"},
	{"kind", "node", "kind", "string"},
	{"code", "node", "code", "string"},
	{"area", "node", "area", "string"},
	{"hub", "node", "hub", "string"},
	{"confidence", "node", "confidence", "double"},
	{"documents", "node", "documents", "int"},
	{"path", "node", "path", "string"},
	{"issuer", "node", "issuer", "string"},
	{"date", "node", "date", "string"},
	{"year", "node", "year", "int"},
	{"plan_year", "node", "plan_year", "int"},
	{"url", "node", "url", "string"},
	{"size", "node", "size", "double"},
	{"r", "node", "r", "int"},
	{"g", "node", "g", "int"},
	{"b", "node", "b", "int"},
	{"e_label", "edge", "label", "string"},
	{"interaction", "edge", "interaction", "string"},
	{"weight", "edge", "weight", "double"},
	{"e_confidence", "edge", "confidence", "double"},
	{"symmetric", "edge", "symmetric", "boolean"},
	{"inside", "edge", "inside", "boolean"},
	{"years", "edge", "years", "string"},
	{"modality", "edge", "modality", "string"},
	{"state", "edge", "state", "string"},
	{"post", "edge", "post", "string"},
	{"amount", "edge", "amount", "string"},
	{"basis", "edge", "basis", "string"},
	{"evidence", "edge", "evidence", "string"},
	{"evidence_count", "edge", "evidence_count", "int"},
}

// colours of the kinds, by red, green and blue.
var colours = map[graph.Kind][3]int{
	graph.KindEnterprise: {214, 96, 77}, graph.KindProject: {244, 165, 30}, graph.KindPlace: {67, 147, 195},
	graph.KindOrganization: {90, 174, 97}, graph.KindPerson: {153, 112, 171}, graph.KindHonour: {191, 129, 45}, graph.KindDocument: {150, 150, 150},
}

// GraphML writes the graph as GraphML 1.0, in the subset that Gephi, Gephi Lite, Cytoscape, networkx and graphology read
// alike: directed, keys first, nodes before edges, one edge for each pair and type (several states, years or modalities are
// folded into text), weights of at least 1. An edge of a symmetric type says so in an attribute.
func GraphML(ctx context.Context, w io.Writer, s Source, o Options) error {
	v, err := look(ctx, s, o)
	if err != nil {
		return err
	}
	x := &graphML{w: bufio.NewWriterSize(w, 1<<16)}
	x.raw(xml.Header, `<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"`,
		` xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">`, "\n")
	for _, a := range attributes {
		x.raw(` <key id="`, a.id, `" for="`, a.domain, `" attr.name="`, a.name, `" attr.type="`, a.kind, `"/>`, "\n")
	}
	x.raw(` <graph id="G" edgedefault="directed">`, "\n")
	if err := x.nodes(v); err != nil {
		return err
	}
	for b, err := range v.bundles() {
		if err == nil {
			err = x.edge(v, b)
		}
		if err != nil {
			return err
		}
	}
	x.raw(" </graph>\n</graphml>\n")
	if x.err != nil {
		return x.err
	}
	return x.w.Flush()
}

// graphML writes elements and keeps the first error.
type graphML struct {
	w   *bufio.Writer
	err error
}

func (x *graphML) raw(parts ...string) {
	for _, s := range parts {
		if x.err == nil {
			_, x.err = x.w.WriteString(s)
		}
	}
}

func (x *graphML) text(s string) {
	if x.err == nil {
		x.err = xml.EscapeText(x.w, []byte(s))
	}
}

// data writes a value, or nothing if it is empty.
func (x *graphML) data(key, value string) {
	if value == "" {
		return
	}
	x.raw(`<data key="`, key, `">`)
	x.text(value)
	x.raw("</data>")
}

func (x *graphML) number(key string, n int) {
	if n != 0 {
		x.data(key, strconv.Itoa(n))
	}
}

func (x *graphML) float(key string, f float64) {
	x.data(key, strconv.FormatFloat(f, 'f', -1, 64))
}

func (x *graphML) nodes(v *view) error {
	for e, err := range v.Entities("") {
		if err != nil {
			return err
		}
		if !v.has(e.ID) {
			continue
		}
		x.open(e.ID, e.Name, e.Kind)
		x.data("aliases", list(e.Aliases))
		x.data("kind", string(e.Place))
		x.data("code", e.Code)
		x.data("area", e.Area)
		x.data("hub", e.Hub)
		x.float("confidence", e.Confidence)
		x.close(e.Kind, v.nodes[e.ID])
	}
	for d, err := range v.Documents() {
		if err != nil {
			return err
		}
		if !v.has(d.ID) {
			continue
		}
		name := d.Title
		if name == "" && len(d.Paths) > 0 {
			name = d.Paths[0]
		}
		x.open(d.ID, name, graph.KindDocument)
		x.data("area", d.Area)
		x.data("path", list(d.Paths))
		x.data("issuer", d.Issuer)
		x.data("date", d.Date)
		x.number("year", d.Year)
		x.number("plan_year", d.PlanYear)
		x.data("url", d.URL)
		x.close(graph.KindDocument, 0)
	}
	return x.err
}

func (x *graphML) open(id graph.ID, name string, kind graph.Kind) {
	x.raw(`  <node id="`, nodeID(id), `">`)
	x.data("label", clip(oneLine(name), 24))
	x.data("name", oneLine(name))
	x.data("schema", kind.Label())
	x.data("tupu_id", string(id))
}

func (x *graphML) close(kind graph.Kind, documents int) {
	x.number("documents", documents)
	x.float("size", 10+math.Round(40*math.Log2(1+float64(documents)))/10)
	for i, key := range []string{"r", "g", "b"} {
		x.data(key, strconv.Itoa(colours[kind][i]))
	}
	x.raw("</node>\n")
}

// list joins values with semicolons; one inside a value becomes its full-width form, as readers split at it.
func list(values []string) string {
	safe := make([]string, len(values))
	for i, v := range values {
		safe[i] = strings.ReplaceAll(oneLine(v), ";", "；")
	}
	return strings.Join(safe, ";")
}

func (x *graphML) edge(v *view, b bundle) error {
	e := b[0]
	evidence, n, err := v.evidence(b)
	if err != nil {
		return err
	}
	weight, confidence, inside := float64(n), 0.0, true
	for _, one := range b {
		confidence, inside = max(confidence, one.Confidence), inside && one.Inside
	}
	id := digest("e", string(e.From)+"\x00"+string(e.Type)+"\x00"+string(e.To))
	x.raw(`  <edge id="`, id, `" source="`, nodeID(e.From), `" target="`, nodeID(e.To), `" label="`, string(e.Type), `">`)
	x.data("e_label", string(e.Type))
	x.data("interaction", string(e.Type))
	x.float("weight", max(1, weight))
	x.float("e_confidence", confidence)
	x.data("symmetric", strconv.FormatBool(e.Type.Symmetric()))
	if inside {
		x.data("inside", "true")
	}
	x.data("years", b.fold(func(e *graph.Edge) string { return year(e.Year) }))
	x.data("modality", b.fold(func(e *graph.Edge) string { return string(e.Modality) }))
	x.data("state", b.fold(func(e *graph.Edge) string { return e.State }))
	x.data("post", b.fold(func(e *graph.Edge) string { return e.Post }))
	x.data("amount", b.fold(func(e *graph.Edge) string { return e.Raw }))
	x.data("basis", b.fold(func(e *graph.Edge) string { return string(e.Basis) }))
	x.data("evidence", evidence)
	x.number("evidence_count", n)
	x.raw("</edge>\n")
	return x.err
}
