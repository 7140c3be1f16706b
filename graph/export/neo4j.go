package export

import (
	"bufio"
	"context"
	"io"
	"regexp"
	"strconv"
	"strings"

	"github.com/tupu-kg/tupu/graph"
)

const neo4jReadme = `neo4j-admin database import full --nodes=nodes.csv --relationships=edges.csv neo4j

Then, so that names and ids are found without a scan:

CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE;
CREATE INDEX entity_name IF NOT EXISTS FOR (n:Entity) ON (n.name);

Every node has the label Entity and its own. Lists are arrays.
`

// Neo4j writes nodes.csv and edges.csv for neo4j-admin database import, and the command in README.txt. Rows are single lines,
// lists are split at semicolons, empty cells are no properties, and every node has the label Entity beside its own.
func Neo4j(ctx context.Context, files Files, s Source, o Options) error {
	v, err := look(ctx, s, o)
	if err != nil {
		return err
	}
	nodes, err := newTable(files, "nodes.csv", false)
	if err != nil {
		return err
	}
	columns := without(v.nodeColumns(), "label")
	head := []string{"id:ID"}
	for _, c := range columns {
		head = append(head, c.name+neo4jType(c.name, c.field))
	}
	err = nodes.row(append(head, ":LABEL"))
	for n, each := range v.everyNode() {
		if err == nil {
			err = each
		}
		if err != nil {
			break
		}
		err = nodes.row(append(values([]string{n.key()}, columns, n), "Entity;"+n.kind.Label()))
	}
	if err := nodes.close(err); err != nil {
		return err
	}
	edges, err := newTable(files, "edges.csv", false)
	if err != nil {
		return err
	}
	relations := without(edgeColumns, "label", "interaction")
	head = []string{":START_ID", ":END_ID", ":TYPE", "id"}
	for _, c := range relations {
		head = append(head, c.name+neo4jType(c.name, c.field))
	}
	err = edges.row(head)
	for r, each := range v.relations(false) {
		if err == nil {
			err = each
		}
		if err != nil {
			break
		}
		err = edges.row(values([]string{r.source, r.target, string(r.kind), r.id}, relations, r))
	}
	if err := edges.close(err); err != nil {
		return err
	}
	readme, err := files("README.txt")
	if err != nil {
		return err
	}
	_, err = io.WriteString(readme, neo4jReadme)
	if closing := readme.Close(); err == nil {
		err = closing
	}
	return err
}

// numeric are the lists that hold numbers.
var numeric = map[string]field{"years": integer, "value": real, "countable": boolean}

// neo4jType is the type of a column after its name in a header.
func neo4jType(name string, f field) string {
	t := map[field]string{integer: ":int", real: ":double", boolean: ":boolean"}
	if f == lists {
		if n := numeric[name]; n != "" {
			return t[n] + "[]"
		}
		return ":string[]"
	}
	return t[f]
}

// block is the number of rows of one statement of a Cypher script.
const block = 500

// Cypher writes a script of statements that can be run again and again, for cypher-shell and for Memgraph: a constraint, then
// nodes and relationships in blocks, one statement for each label and type, because these cannot be parameters.
func Cypher(ctx context.Context, w io.Writer, s Source, o Options) error {
	v, err := look(ctx, s, o)
	if err != nil {
		return err
	}
	c := &cypherWriter{w: bufio.NewWriterSize(w, 1<<16)}
	c.raw("CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE;\n")
	columns := without(v.nodeColumns(), "label")
	kind := graph.Kind("")
	for n, err := range v.everyNode() {
		if err != nil {
			return err
		}
		if n.kind != kind {
			c.end()
			kind = n.kind
			c.tail = "MERGE (n:Entity {id: row.id}) SET n += row.props, n:" + cypherName(kind.Label())
		}
		c.row("{id: " + cypherString(n.key()) + ", props: " + cypherMap(columns, n) + "}")
	}
	c.end()
	types := o.Types
	if len(types) == 0 {
		types = graph.EdgeTypes
	}
	relations := without(edgeColumns, "label", "interaction")
	for _, t := range types {
		v.o.Types = []graph.EdgeType{t}
		c.tail = "MATCH (a:Entity {id: row.s}) MATCH (b:Entity {id: row.t}) MERGE (a)-[r:" + cypherName(string(t)) + " {id: row.id}]->(b) SET r += row.props"
		for r, err := range v.relations(false) {
			if err != nil {
				return err
			}
			c.row("{s: " + cypherString(r.source) + ", t: " + cypherString(r.target) + ", id: " + cypherString(r.id) + ", props: " + cypherMap(relations, r) + "}")
		}
		c.end()
	}
	if c.err != nil {
		return c.err
	}
	return c.w.Flush()
}

// cypherWriter writes rows in blocks and keeps the first error.
type cypherWriter struct {
	w    *bufio.Writer
	tail string // what is done with each row
	n    int    // rows in the open statement
	err  error
}

func (c *cypherWriter) raw(parts ...string) {
	for _, s := range parts {
		if c.err == nil {
			_, c.err = c.w.WriteString(s)
		}
	}
}

func (c *cypherWriter) row(r string) {
	switch c.n {
	case 0:
		c.raw("UNWIND [\n")
	case block:
		c.end()
		c.raw("UNWIND [\n")
	default:
		c.raw(",\n")
	}
	c.raw("  ", r)
	c.n++
}

func (c *cypherWriter) end() {
	if c.n > 0 {
		c.raw("\n] AS row\n", c.tail, ";\n")
	}
	c.n = 0
}

var plainName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

// cypherName quotes a name where it needs it.
func cypherName(s string) string {
	if plainName.MatchString(s) {
		return s
	}
	return "`" + strings.ReplaceAll(s, "`", "``") + "`"
}

var cypherEscapes = strings.NewReplacer(`\`, `\\`, `'`, `\'`, "\n", `\n`, "\r", `\r`, "\t", `\t`)

func cypherString(s string) string { return "'" + cypherEscapes.Replace(s) + "'" }

func cypherMap[T any](columns []column[T], of *T) string {
	var b strings.Builder
	b.WriteByte('{')
	for _, c := range columns {
		value := c.value(of)
		if value == "" {
			continue
		}
		if b.Len() > 1 {
			b.WriteString(", ")
		}
		b.WriteString(cypherName(c.name))
		b.WriteString(": ")
		f, many := c.field, c.field == lists
		if many {
			if f = numeric[c.name]; f == "" {
				f = text
			}
		}
		if !many {
			b.WriteString(cypherValue(f, value))
			continue
		}
		b.WriteByte('[')
		for i, one := range strings.Split(value, ";") {
			if i > 0 {
				b.WriteString(", ")
			}
			b.WriteString(cypherValue(f, one))
		}
		b.WriteByte(']')
	}
	b.WriteByte('}')
	return b.String()
}

func cypherValue(f field, value string) string {
	switch f {
	case text:
		return cypherString(value)
	case real: // so that a whole number is of the same type as others
		if _, err := strconv.Atoi(value); err == nil {
			return value + ".0"
		}
	}
	return value
}
