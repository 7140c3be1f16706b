package export

import (
	"encoding/xml"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// elements calls open and end for the elements of an XML file, and text for the words in them. A file that is not well formed is a finding.
func (c *checker) elements(r io.Reader, open func(line int, e xml.StartElement), end func(line int, name string, text string)) error {
	d := xml.NewDecoder(r)
	var words strings.Builder
	root := false
	for {
		line, _ := d.InputPos()
		token, err := d.Token()
		if err == io.EOF {
			if !root {
				c.add(0, "every reader stops here", "no element")
			}
			return nil
		}
		if err != nil {
			if _, syntax := err.(*xml.SyntaxError); !syntax {
				return err
			}
			line, _ := d.InputPos()
			c.add(line, "every reader stops here", "not well-formed XML: %v", err)
			return nil
		}
		switch t := token.(type) {
		case xml.StartElement:
			root = true
			words.Reset()
			open(line, t)
		case xml.CharData:
			words.Write(t)
		case xml.EndElement:
			end(line, t.Name.Local, words.String())
			words.Reset()
		}
	}
}

func attributes(e xml.StartElement) map[string]string {
	out := make(map[string]string, len(e.Attr))
	for _, a := range e.Attr {
		out[a.Name.Local] = a.Value
	}
	return out
}

// graphMLKey is a declared key.
type graphMLKey struct{ domain, name, kind string }

// graphMLCheck is what has been seen of a GraphML file.
type graphMLCheck struct {
	*checker
	keys      map[string]graphMLKey
	folded    map[string]string
	nodes     map[string]bool
	edges     map[string]bool
	pairs     map[string]bool
	inGraph   bool
	direction string
	mixed     bool
	domain    string // of the element that data belong to
	key       string // of the open data
	anyLabel  bool
}

func (c *checker) graphML(r io.Reader) error {
	g := &graphMLCheck{checker: c, keys: map[string]graphMLKey{}, folded: map[string]string{}, nodes: map[string]bool{}, edges: map[string]bool{}, pairs: map[string]bool{}}
	err := c.elements(r, g.open, g.end)
	if len(g.nodes) > 0 && !g.anyLabel {
		c.add(0, "Gephi and Cytoscape show ids instead of names", "no key of nodes is called label or name")
	}
	return err
}

func (g *graphMLCheck) open(line int, e xml.StartElement) {
	a := attributes(e)
	switch e.Name.Local {
	case "key":
		g.declare(line, a)
	case "graph":
		if g.inGraph {
			g.add(line, "Gephi does not read graphs within graphs, graphology reads the first", "a second graph")
		}
		g.inGraph, g.direction = true, a["edgedefault"]
		if g.direction == "undirected" {
			g.add(line, "the direction of relations is lost, and edges that say otherwise make networkx fail", "edgedefault undirected")
		}
	case "node":
		g.domain = "node"
		id := a["id"]
		switch {
		case id == "":
			g.add(line, "Gephi fails on the edges to it", "a node without an id")
		case strings.TrimSpace(id) != id || strings.ContainsAny(id, "\r\n"):
			g.add(line, "Gephi warns, and edges may miss it", "id %q begins or ends with white space", id)
		case g.nodes[id]:
			g.add(line, "readers merge both nodes, or stop", "node %q stands twice", id)
		}
		if len(g.edges) > 0 {
			g.add(line, "readers that go through the file once find edges without ends", "a node after the first edge")
		}
		g.nodes[id] = true
	case "edge":
		g.edge(line, a)
	case "data":
		g.key = a["key"]
		k, known := g.keys[g.key]
		switch {
		case !known:
			g.add(line, "networkx stops here, Gephi leaves it out", "data of the key %q, which is not declared", g.key)
		case g.domain != "" && k.domain != g.domain && k.domain != "all":
			g.add(line, "networkx stops here", "key %q is for %s, not for %s", g.key, k.domain, g.domain)
		}
	}
}

func (g *graphMLCheck) declare(line int, a map[string]string) {
	id := a["id"]
	k := graphMLKey{a["for"], a["attr.name"], a["attr.type"]}
	if g.inGraph {
		g.add(line, "readers do not know it yet where its data come", "key %q after the graph began", id)
	}
	if before, taken := g.folded[strings.ToLower(id)]; taken {
		g.add(line, "Gephi takes both for one column, networkx keeps the last", "key %q and key %q", id, before)
	}
	g.folded[strings.ToLower(id)] = id
	switch k.kind {
	case "boolean", "int", "long", "float", "double", "string":
	default:
		g.add(line, "networkx and graphology stop here, Gephi leaves the column out", "key %q has type %q", id, k.kind)
	}
	switch k.domain {
	case "node", "edge":
	case "all":
		g.add(line, "graphology and Gephi Lite stop here", "key %q is for all", id)
	case "graph":
		g.add(line, "Gephi warns and leaves it out", "key %q is for the graph", id)
	default:
		g.add(line, "readers differ about it", "key %q is for %q", id, k.domain)
	}
	if k.domain == "node" && (strings.EqualFold(k.name, "label") || strings.EqualFold(id, "label") || k.name == "name") {
		g.anyLabel = true
	}
	g.keys[id] = k
}

func (g *graphMLCheck) edge(line int, a map[string]string) {
	g.domain = "edge"
	for _, end := range [2]string{a["source"], a["target"]} {
		if !g.nodes[end] {
			g.add(line, "graphology stops here, Gephi and networkx make up an empty node", "an edge to %q, which is no node", end)
		}
	}
	if id, ok := a["id"]; ok {
		if g.edges[id] {
			g.add(line, "Gephi drops this edge, networkx puts it in the other's place", "edge id %q stands twice", id)
		}
		g.edges[id] = true
	} else {
		g.edges["\x00"+strconv.Itoa(len(g.edges))] = true
	}
	if d := a["directed"]; !g.mixed && (d == "true" && g.direction == "undirected" || d == "false" && g.direction != "undirected") {
		g.mixed = true
		g.add(line, "networkx stops here, graphology takes it for directed", "edges of both directions in one file")
	}
	pair := a["source"] + "\x00" + a["target"] + "\x00" + a["label"]
	if g.pairs[pair] {
		g.add(line, "Gephi merges both, and keeps the properties of the last", "a second edge %s from %s to %s", a["label"], a["source"], a["target"])
	}
	g.pairs[pair] = true
}

func (g *graphMLCheck) end(line int, name, text string) {
	switch name {
	case "node", "edge":
		g.domain = ""
	case "data":
		k := g.keys[g.key]
		g.value(line, k.kind, k.name, strings.TrimSpace(text))
		if k.domain == "edge" && (k.name == "weight" || k.name == "Edge Weight") {
			if w, err := strconv.ParseFloat(strings.TrimSpace(text), 64); err == nil && w <= 0 {
				g.add(line, "Gephi removes edges of weight 0 and warns about negative ones", "weight %v", w)
			}
		}
	}
}

// value checks that text is what its type says.
func (c *checker) value(line int, kind, name, text string) {
	bad := false
	switch kind {
	case "boolean":
		bad = text != "true" && text != "false" && text != "0" && text != "1"
	case "int", "integer", "long", "short", "byte":
		_, err := strconv.ParseInt(text, 10, 64)
		bad = err != nil
	case "float", "double":
		_, err := strconv.ParseFloat(text, 64)
		bad = err != nil
	}
	if bad {
		c.add(line, "networkx stops here, Gephi leaves the value out", "%s is declared %s and is %q", name, kind, clip(text, 40))
	}
}

// gexfCheck is what has been seen of a GEXF file.
type gexfCheck struct {
	*checker
	timeFormat string
	dynamic    bool
	class      string
	blocks     map[string]int
	kinds      map[string]string // of attributes, by class and id
	life       map[string][][2]string
	nodes      map[string]bool
	pairs      map[string]bool
	ids        map[string]bool
	direction  string
	open       string // node or edge
	id         string
	ends       [2]string
	spells     [][2]string
}

func (c *checker) gexf(r io.Reader) error {
	g := &gexfCheck{checker: c, blocks: map[string]int{}, kinds: map[string]string{}, life: map[string][][2]string{}, nodes: map[string]bool{}, pairs: map[string]bool{}, ids: map[string]bool{}}
	return c.elements(r, g.start, g.end)
}

var (
	gexfDate = regexp.MustCompile(`^\d{4}-?\d\d-?\d\d(T[\d:.]+(Z|[+-]\d\d:?\d\d)?)?$`)
	gexfOnes = []string{"integer", "long", "double", "float", "boolean", "string"}
)

func (g *gexfCheck) start(line int, e xml.StartElement) {
	a := attributes(e)
	switch e.Name.Local {
	case "gexf":
		if e.Name.Space != "http://gexf.net/1.3" || a["version"] != "1.3" {
			g.add(line, "readers of 1.3 may refuse it: http://gexf.net/1.3 without www and draft, version 1.3", "name space %q, version %q", e.Name.Space, a["version"])
		}
	case "graph":
		g.timeFormat, g.dynamic = a["timeformat"], a["mode"] == "dynamic"
		if strings.EqualFold(g.timeFormat, "dateTime") {
			g.add(line, "networkx stops here: use date", "timeformat %s", g.timeFormat)
		}
		if g.dynamic && a["timezone"] == "" && g.timeFormat == "date" {
			g.add(line, "days shift with the machine: say timezone", "no timezone")
		}
	case "attributes":
		g.class = a["class"]
		if g.blocks[g.class]++; g.blocks[g.class] == 2 {
			g.add(line, "graphology stops here, Gephi Lite takes the numbers of the first for text", "a second block of attributes of %ss", g.class)
		}
	case "attribute":
		g.kinds[g.class+" "+a["id"]] = a["type"]
		if a["id"] != a["title"] {
			g.add(line, "graphology shows the id, others the title", "attribute %q is called %q", a["id"], a["title"])
		}
		if !slices.Contains(gexfOnes, a["type"]) {
			g.add(line, "networkx stops here, or takes it for text", "attribute %q has type %s", a["id"], a["type"])
		}
	case "node", "edge":
		g.begin(line, e.Name.Local, a)
	case "attvalue":
		kind, known := g.kinds[g.open+" "+a["for"]]
		if !known {
			g.add(line, "networkx and graphology stop here", "value of the attribute %q, which is not declared", a["for"])
		}
		g.value(line, kind, a["for"], a["value"])
	case "spell":
		g.spell(line, a)
	case "color":
		if a["hex"] != "" && a["r"] == "" {
			g.add(line, "networkx stops here: write r, g and b", "colour as hex")
		}
	case "size":
		if a["value"] == "" {
			g.add(line, "Gephi stops here", "a size without a value")
		}
	}
}

func (g *gexfCheck) begin(line int, what string, a map[string]string) {
	g.open, g.id, g.spells = what, a["id"], nil
	if a["start"] != "" || a["end"] != "" {
		g.spell(line, a)
	}
	if what == "node" {
		if g.nodes[g.id] {
			g.add(line, "readers merge both nodes, or stop", "node %q stands twice", g.id)
		}
		g.nodes[g.id] = true
		if a["pid"] != "" {
			g.add(line, "Gephi does not support nested nodes, graphology lays them flat", "node %q is within %q", g.id, a["pid"])
		}
		return
	}
	g.ends = [2]string{a["source"], a["target"]}
	for _, end := range g.ends {
		if !g.nodes[end] {
			g.add(line, "graphology stops here, Gephi and networkx make up an empty node", "an edge to %q, which is no node", end)
		}
	}
	if g.ids[g.id] && g.id != "" {
		g.add(line, "Gephi drops this edge", "edge id %q stands twice", g.id)
	}
	g.ids[g.id] = true
	direction := a["type"]
	if direction == "" {
		direction = "directed"
	}
	if g.direction != "" && direction != g.direction {
		g.add(line, "networkx stops here", "edges of both directions in one file")
	}
	g.direction = direction
	pair := a["source"] + "\x00" + a["target"] + "\x00" + a["kind"]
	if g.pairs[pair] {
		g.add(line, "Gephi merges both", "a second edge of kind %q from %s to %s", a["kind"], a["source"], a["target"])
	}
	g.pairs[pair] = true
}

func (g *gexfCheck) spell(line int, a map[string]string) {
	start, end := a["start"], a["end"]
	if a["timestamp"] != "" {
		g.add(line, "networkx reads None: use intervals", "a point in time")
		return
	}
	if g.timeFormat == "" {
		g.add(line, "networkx stops here: say timeformat", "a life without a timeformat")
	}
	if start == "" || end == "" {
		g.add(line, `networkx reads "None" for the open end: close it`, "a life with an open end")
		return
	}
	if g.timeFormat == "date" {
		for _, at := range [2]string{start, end} {
			if !gexfDate.MatchString(at) {
				g.add(line, "Gephi does not read it as a date: write 2024-01-31", "date %q", at)
			}
		}
	}
	if end < start {
		g.add(line, "Gephi drops it", "a life from %s to %s", start, end)
	}
	for _, other := range g.spells {
		if start <= other[1] && other[0] <= end {
			g.add(line, "Gephi drops the later one", "the lives from %s to %s and from %s to %s overlap", other[0], other[1], start, end)
		}
	}
	g.spells = append(g.spells, [2]string{start, end})
}

func (g *gexfCheck) end(line int, name, _ string) {
	switch name {
	case "node":
		g.life[g.id] = g.spells
		g.open = ""
	case "edge":
		for _, s := range g.spells {
			for _, end := range g.ends {
				held := g.life[end]
				if len(held) > 0 && !slices.ContainsFunc(held, func(l [2]string) bool { return l[0] <= s[0] && s[1] <= l[1] }) {
					g.add(line, "Gephi shows the edge at times without its ends, or not at all", "an edge lives from %s to %s, and its end %s does not", s[0], s[1], end)
				}
			}
		}
		g.open = ""
	case "attributes":
		g.class = ""
	}
}

// svg looks for what a viewer would have to fetch or to have.
func (c *checker) svg(r io.Reader) error {
	return c.elements(r, func(line int, e xml.StartElement) {
		if e.Name.Local == "script" {
			c.add(line, "viewers do not run it, mail programs refuse the file", "a script")
		}
		for _, a := range e.Attr {
			if a.Name.Local == "href" && !strings.HasPrefix(a.Value, "#") && !strings.HasPrefix(a.Value, "data:") {
				c.add(line, "viewers without a network show a hole", "%s", fmt.Sprintf("%s=%q", a.Name.Local, a.Value))
			}
		}
	}, func(int, string, string) {})
}
