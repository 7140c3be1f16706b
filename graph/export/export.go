package export

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"strings"

	"github.com/tupu-kg/tupu/graph"
)

// Source is a graph to be written; graph.Memory documents what the methods promise.
type Source interface {
	Entity(id graph.ID) (graph.Entity, error)
	Entities(kind graph.Kind) iter.Seq2[graph.Entity, error]
	Edges(id graph.ID, dir graph.Direction, types ...graph.EdgeType) iter.Seq2[graph.Edge, error]
	AllEdges(types ...graph.EdgeType) iter.Seq2[graph.Edge, error]
	Evidence(e graph.Edge) ([]graph.Evidence, error)
	Document(id graph.ID) (graph.Document, error)
	Documents() iter.Seq2[graph.Document, error]
}

// Options say what of a graph is written, and how. The zero value writes all.
type Options struct {
	Kinds         []graph.Kind     // of entities
	Types         []graph.EdgeType // of edges
	Areas         []graph.ID       // only what appears in one of these places, and they
	FromYear      int              // only what is said of this year and later, or stands in a document of these years; 0 for any
	ToYear        int              // likewise, of this year and earlier
	MinConfidence float64          // of entities and edges
	NoDocuments   bool             // leave documents and the edges to them out
	Around        []graph.ID       // only these and what is connected with them
	Hops          int              // over at most so many edges; 1 if 0
	Only          []graph.ID       // only these: a path, a community
	OnlyEdges     map[string]bool  // only these edges, by graph.Edge.Key: those that a query found; nil for all
	Scores        []Score          // columns of nodes, where a format has columns

	Plot    PlotKind // SVG and PNG: draw these figures instead of the graph
	Excel   bool     // CSV for Excel: byte order mark, CRLF, and cells that it would take for formulas disarmed
	Base    string   // of the identifiers in RDF; "urn:tupu:" if empty
	Program string   // name and version of the program that read the documents, for RDF; "tupu" if empty
}

// Score is a column of numbers that were reckoned from the whole graph. It is named after the measure, with score_ before it.
type Score struct {
	By string
	Of map[graph.ID]float64
}

// Files makes the files of a format that needs several; names are relative, with forward slashes. What it returns is closed
// before the next one is made, unless the format says otherwise.
type Files func(name string) (io.WriteCloser, error)

// Format is a format to write. One of its writers is set.
type Format struct {
	Name      string
	Extension string // of its file, with the dot; empty if there are several
	About     string // half a line for people
	One       func(ctx context.Context, w io.Writer, s Source, o Options) error
	Many      func(ctx context.Context, files Files, s Source, o Options) error
}

// Formats are the formats there are, in the order in which they are shown. The complete form is not among them, because it
// needs more than a graph: see Lines.
var Formats = []Format{
	{"graphml", ".graphml", "Gephi, Gephi Lite, Cytoscape, networkx, igraph", GraphML, nil},
	{"gexf", ".gexf", "Gephi with a timeline of years, colours, sizes, positions", GEXF, nil},
	{"csv", "", "tables of nodes, edges and evidence", nil, CSV},
	{"gephi", "", "tables of nodes and edges with the headers that Gephi looks for", nil, GephiCSV},
	{"neo4j", "", "tables for neo4j-admin database import", nil, Neo4j},
	{"cypher", ".cypher", "script for cypher-shell", Cypher, nil},
	{"ftm", ".ftm", "FollowTheMoney entities, for Aleph and OpenSanctions", FollowTheMoney, nil},
	{"jsonld", ".jsonld", "JSON-LD with PROV-O statements and Web Annotation selectors", JSONLD, nil},
	{"nt", ".nt", "the same as N-Triples", NTriples, nil},
	{"parquet", "", "tables of nodes, edges and evidence for DuckDB, pandas, Spark", nil, Parquet},
	{"markdown", "", "a dossier for each entity, and an index", nil, Markdown},
	{"svg", ".svg", "picture", SVG, nil},
	{"png", ".png", "picture", PNG, nil},
}

// FormatNames lists the formats.
func FormatNames() []string {
	names := make([]string, len(Formats))
	for i, f := range Formats {
		names[i] = f.Name
	}
	return names
}

// FindFormat returns the format of a name.
func FindFormat(name string) (Format, error) {
	for _, f := range Formats {
		if f.Name == name {
			return f, nil
		}
	}
	return Format{}, fmt.Errorf("unknown format %q: use %s", name, strings.Join(FormatNames(), ", "))
}

// FormatOf returns the name of the format that a file's name tells, or nothing.
func FormatOf(file string) string {
	ext := strings.ToLower(filepath.Ext(file))
	switch ext {
	case "":
		return ""
	case ".json":
		return "jsonld"
	case ".jsonl":
		return LinesFormat
	case ".cql":
		return "cypher"
	}
	for _, f := range Formats {
		if f.Extension == ext {
			return f.Name
		}
	}
	return ""
}

// hash is the number that a node has in exports: the first 8 bytes of the SHA-256 of its id.
func hash(id graph.ID) uint64 {
	sum := sha256.Sum256([]byte(id))
	return binary.BigEndian.Uint64(sum[:8])
}

// nodeID is the id of a node in exports.
func nodeID(id graph.ID) string { return digest("n", string(id)) }

func digest(letter, s string) string {
	sum := sha256.Sum256([]byte(s))
	var b [17]byte
	b[0] = letter[0]
	hex.Encode(b[1:], sum[:8])
	return string(b[:])
}
