package export

import (
	"context"
	"encoding/xml"
	"io"

	"github.com/tupu-kg/tupu/graph"
)

// colours of the kinds, by red, green and blue.
var colours = map[graph.Kind][3]uint8{
	graph.KindEnterprise: {214, 96, 77}, graph.KindProject: {244, 165, 30}, graph.KindPlace: {67, 147, 195},
	graph.KindOrganization: {90, 174, 97}, graph.KindPerson: {153, 112, 171}, graph.KindHonour: {191, 129, 45}, graph.KindDocument: {150, 150, 150},
}

// drawn are the properties of nodes that say how they are drawn.
var drawn = []column[node]{
	{"size", real, func(n *node) string { return float(n.size()) }},
	{"r", integer, func(n *node) string { return float(float64(colours[n.kind][0])) }},
	{"g", integer, func(n *node) string { return float(float64(colours[n.kind][1])) }},
	{"b", integer, func(n *node) string { return float(float64(colours[n.kind][2])) }},
}

// GraphML writes the graph as GraphML 1.0, in the subset that Gephi, Gephi Lite, Cytoscape, networkx and graphology read
// alike: directed, keys first, nodes before edges, one edge for each pair and type (several states, years or modalities are
// folded into text), weights of at least 1. An edge of a symmetric type says so in an attribute.
//
// Only types that every reader knows are used, every key is declared, no key stands for nodes and edges at once, and no two
// keys differ by case alone.
func GraphML(ctx context.Context, w io.Writer, s Source, o Options) error {
	v, err := look(ctx, s, o)
	if err != nil {
		return err
	}
	x := newXML(w)
	x.raw(xml.Header, `<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"`,
		` xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">`, "\n")
	taken := map[string]bool{}
	columns := append(v.nodeColumns(), drawn...)
	nodes, edges := make([]tag, len(columns)), make([]tag, len(edgeColumns))
	declare := func(t *tag, domain, name string, f field) {
		id := name
		if taken[id] {
			id = "e_" + id
		}
		taken[id] = true
		*t = tag{`<data key="` + id + `">`, "</data>"}
		x.raw(` <key id="`, id, `" for="`, domain, `" attr.name="`, name, `" attr.type="`, f.scalar(), `"/>`, "\n")
	}
	for i, c := range columns {
		declare(&nodes[i], "node", c.name, c.field)
	}
	for i, c := range edgeColumns {
		declare(&edges[i], "edge", c.name, c.field)
	}
	x.raw(` <graph id="G" edgedefault="directed">`, "\n")
	var cuts []graph.ID // where the edges may be cut into pieces
	written := 0
	for n, err := range v.everyNode() {
		if err != nil {
			return err
		}
		if written++; written%perStretch == 0 {
			cuts = append(cuts, n.id)
		}
		x.raw(`  <node id="`, n.key(), `">`)
		for i, c := range columns {
			x.element(nodes[i], c.value(n))
		}
		x.raw("</node>\n")
	}
	if err := x.flush(); err != nil {
		return err
	}
	stretches := v.stretches(cuts)
	err = beside(w, len(stretches), stretchBytes, func(i int, w io.Writer) error {
		x := newXML(w)
		for r, err := range v.relationsIn(stretches[i], true) {
			if err != nil {
				return err
			}
			x.raw(`  <edge id="`, r.id, `" source="`, r.source, `" target="`, r.target, `" label="`, string(r.kind), `">`)
			for i, c := range edgeColumns {
				x.element(edges[i], c.value(r))
			}
			x.raw("</edge>\n")
		}
		return x.flush()
	})
	if err != nil {
		return err
	}
	x.raw(" </graph>\n</graphml>\n")
	return x.flush()
}

// perStretch is the number of nodes whose edges are written as one piece: a few megabytes, so that several are at hand at a time.
const perStretch = 512

// stretchBytes is what a piece may hold until its turn has come.
const stretchBytes = 4 << 20

// tag is the beginning and the end of an element.
type tag struct{ open, close string }
