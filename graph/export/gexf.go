package export

import (
	"context"
	"encoding/xml"
	"io"
	"slices"
	"strconv"

	"github.com/tupu-kg/tupu/graph"
)

// GEXF writes the graph as GEXF 1.3 with a life by years, colours, sizes and, up to mostPlaced nodes, positions, in the subset
// that Gephi, networkx and graphology read alike: directed, one edge for each pair and kind, one block of attributes for each
// class with ids that are their titles, colours as numbers, closed intervals of whole years, consecutive ones as one.
//
// An edge lives in the years that it is about, and a node in those of its edges. What is about no year, as what stands in a
// register, holds always, and so do its ends. GEXF goes over the edges twice and holds 40 bytes for each node.
func GEXF(ctx context.Context, w io.Writer, s Source, o Options) error {
	v, err := look(ctx, s, o)
	if err != nil {
		return err
	}
	life, err := v.lives()
	if err != nil {
		return err
	}
	at, err := v.positions()
	if err != nil {
		return err
	}
	x := newXML(w)
	x.raw(xml.Header, `<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">`, "\n",
		" <meta><creator>tupu</creator><description>", "entities and relations, each with its evidence", "</description></meta>\n")
	if len(life) > 0 {
		x.raw(` <graph mode="dynamic" defaultedgetype="directed" timeformat="date" timerepresentation="interval" timezone="UTC">`, "\n")
	} else {
		x.raw(` <graph mode="static" defaultedgetype="directed">`, "\n")
	}
	nodes := gexfColumns(x, "node", v.nodeColumns())
	edges := gexfColumns(x, "edge", edgeColumns)
	x.raw("  <nodes>\n")
	for n, err := range v.everyNode() {
		if err != nil {
			return err
		}
		x.raw(`   <node id="`, n.key(), `" label="`, escapeXML(clip(n.name, 24)), `">`)
		gexfValues(x, nodes, n)
		h := hash(n.id)
		x.spells(life[h])
		c := colours[n.kind]
		x.raw(`<viz:color r="`, strconv.Itoa(int(c[0])), `" g="`, strconv.Itoa(int(c[1])), `" b="`, strconv.Itoa(int(c[2])), `"/>`)
		if p, ok := at[h]; ok {
			x.raw(`<viz:position x="`, tenth(p.x), `" y="`, tenth(-p.y), `" z="0"/>`) // Gephi's y grows upwards
		}
		x.raw(`<viz:size value="`, float(n.size()), `"/></node>`, "\n")
	}
	x.raw("  </nodes>\n  <edges>\n")
	for r, err := range v.relations(true) {
		if err != nil {
			return err
		}
		x.raw(`   <edge id="`, r.id, `" source="`, r.source, `" target="`, r.target, `" type="directed" kind="`, string(r.kind),
			`" label="`, string(r.kind), `" weight="`, strconv.Itoa(max(1, r.count)), `">`)
		gexfValues(x, edges, r)
		var years span
		for i := range r.bundle {
			years.add(r.bundle[i].years...)
		}
		x.spells(years)
		x.raw("</edge>\n")
	}
	x.raw("  </edges>\n </graph>\n</gexf>\n")
	return x.flush()
}

// gexfField is a field as GEXF calls it.
func gexfField(f field) string {
	if f == integer {
		return "integer"
	}
	return f.scalar()
}

// gexfColumns declares the columns that GEXF has no place of its own for, and returns them.
func gexfColumns[T any](x *xmlWriter, class string, all []column[T]) []column[T] {
	var out []column[T]
	x.raw(`  <attributes class="`, class, `" mode="static">`, "\n")
	for _, c := range all {
		if c.name == "label" || c.name == "weight" || c.name == "interaction" {
			continue
		}
		out = append(out, c)
		x.raw(`   <attribute id="`, c.name, `" title="`, c.name, `" type="`, gexfField(c.field), `"/>`, "\n")
	}
	x.raw("  </attributes>\n")
	return out
}

func gexfValues[T any](x *xmlWriter, columns []column[T], of *T) {
	x.raw("<attvalues>")
	for _, c := range columns {
		if value := c.value(of); value != "" {
			x.raw(`<attvalue for="`, c.name, `" value="`, escapeXML(value), `"/>`)
		}
	}
	x.raw("</attvalues>")
}

// span is a set of years, from firstYear on; years before and after count as none.
type span struct {
	bits   [2]uint64
	always bool
}

const firstYear = 1949

func (s *span) add(years ...int) {
	for _, y := range years {
		if i := y - firstYear; i >= 0 && i < 128 {
			s.bits[i/64] |= 1 << (i % 64)
		}
	}
}

// runs lists the first and last years of stretches without a gap.
func (s span) runs() [][2]int {
	var out [][2]int
	for i := range 128 {
		if s.bits[i/64]>>(i%64)&1 == 0 {
			continue
		}
		if n := len(out); n > 0 && out[n-1][1] == firstYear+i-1 {
			out[n-1][1]++
		} else {
			out = append(out, [2]int{firstYear + i, firstYear + i})
		}
	}
	return out
}

// spells writes the years as closed intervals that do not overlap; nothing for what holds always.
func (x *xmlWriter) spells(s span) {
	runs := s.runs()
	if s.always || len(runs) == 0 {
		return
	}
	x.raw("<spells>")
	for _, r := range runs {
		x.raw(`<spell start="`, strconv.Itoa(r[0]), `-01-01" end="`, strconv.Itoa(r[1]), `-12-31"/>`)
	}
	x.raw("</spells>")
}

// lives gathers the years of each node's edges; nothing at all if no edge has any.
func (v *view) lives() (map[uint64]span, error) {
	life := map[uint64]span{}
	dated := false
	for b, err := range v.bundles(true) {
		if err != nil {
			return nil, err
		}
		var s span
		for i := range b {
			s.add(b[i].years...)
		}
		if s.bits == [2]uint64{} {
			s.always = true
		} else {
			dated = true
		}
		for _, id := range [2]graph.ID{b[0].From, b[0].To} {
			h := hash(id)
			held := life[h]
			held.bits[0] |= s.bits[0]
			held.bits[1] |= s.bits[1]
			held.always = held.always || s.always
			life[h] = held
		}
	}
	if !dated {
		return nil, nil
	}
	return life, nil
}

// mostPlaced bounds the nodes that are given positions; a program that shows more has layouts of its own.
const mostPlaced = 20_000

// positions lays the nodes out; it returns nothing if there are too many.
func (v *view) positions() (map[uint64]point, error) {
	if many, err := v.more(mostPlaced); many || err != nil {
		return nil, err
	}
	number := map[uint64]int{}
	var order []uint64
	for n, err := range v.everyNode() {
		if err != nil {
			return nil, err
		}
		h := hash(n.id)
		number[h] = len(order)
		order = append(order, h)
	}
	var links []link
	for b, err := range v.bundles(true) {
		if err != nil {
			return nil, err
		}
		links = append(links, link{number[hash(b[0].From)], number[hash(b[0].To)]})
	}
	slices.SortFunc(links, compareLinks)
	at := map[uint64]point{}
	for i, p := range arrange(len(order), slices.Compact(links), 100) {
		at[order[i]] = p
	}
	return at, nil
}

// tenth writes a coordinate with one decimal.
func tenth(f float64) string {
	s := strconv.FormatFloat(f, 'f', 1, 64)
	if s == "-0.0" {
		return "0.0"
	}
	return s
}
