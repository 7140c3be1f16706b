package export

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/graph"
)

// Source is a graph to be written; graph.Memory documents what the methods promise.
type Source interface {
	Entities(kind graph.Kind) iter.Seq2[graph.Entity, error]
	Edges(id graph.ID, dir graph.Direction, types ...graph.EdgeType) iter.Seq2[graph.Edge, error]
	AllEdges(types ...graph.EdgeType) iter.Seq2[graph.Edge, error]
	Evidence(e graph.Edge) ([]graph.Evidence, error)
	Document(id graph.ID) (graph.Document, error)
	Documents() iter.Seq2[graph.Document, error]
}

// Options say what of a graph is written. The zero value writes all.
type Options struct {
	Kinds         []graph.Kind     // of entities
	Types         []graph.EdgeType // of edges
	Areas         []graph.ID       // only what appears in one of these places, and they
	MinConfidence float64          // of entities and edges
	NoDocuments   bool             // leave documents and the edges to them out
}

// Writer writes a graph in one format.
type Writer func(ctx context.Context, w io.Writer, s Source, o Options) error

// Formats are the formats there are, by name.
var Formats = map[string]Writer{"graphml": GraphML}

// FormatNames lists the formats, sorted.
func FormatNames() []string {
	names := make([]string, 0, len(Formats))
	for name := range Formats {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// nodeID is the id of a node in exports.
func nodeID(id graph.ID) string { return digest("n", string(id)) }

func digest(letter, s string) string {
	sum := sha256.Sum256([]byte(s))
	return letter + hex.EncodeToString(sum[:8])
}

// view is a source seen through options.
type view struct {
	Source
	ctx   context.Context
	o     Options
	nodes map[graph.ID]int // that are written, with the documents that name them
	docs  map[graph.ID]*graph.Document
}

func look(ctx context.Context, s Source, o Options) (*view, error) {
	v := &view{Source: s, ctx: ctx, o: o, nodes: map[graph.ID]int{}, docs: map[graph.ID]*graph.Document{}}
	var in map[graph.ID]bool
	if len(o.Areas) > 0 {
		in = map[graph.ID]bool{}
		for _, area := range o.Areas {
			in[area] = true
			for e, err := range s.Edges(area, graph.Incoming, graph.AppearsIn, graph.ReportsOn) {
				if err != nil {
					return nil, err
				}
				in[e.From] = true
			}
		}
	}
	for e, err := range s.Entities("") {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, err
		}
		if (len(o.Kinds) == 0 || slices.Contains(o.Kinds, e.Kind)) && (in == nil || in[e.ID]) && e.Confidence >= o.MinConfidence {
			v.nodes[e.ID] = 0
		}
	}
	if !o.NoDocuments {
		for d, err := range s.Documents() {
			if err != nil {
				return nil, err
			}
			if in == nil || in[d.ID] {
				v.nodes[d.ID] = 0
			}
		}
	}
	for e, err := range s.AllEdges(graph.MentionedIn) {
		if err != nil {
			return nil, err
		}
		if _, ok := v.nodes[e.From]; ok {
			v.nodes[e.From]++
		}
	}
	return v, nil
}

func (v *view) has(id graph.ID) bool { _, ok := v.nodes[id]; return ok }

// bundle is all edges of one type from one node to another: formats that allow one edge a pair and type fold them into text.
type bundle []graph.Edge

// bundles yields the edges between nodes that are written, those of one pair and type together.
func (v *view) bundles() iter.Seq2[bundle, error] {
	return func(yield func(bundle, error) bool) {
		var held bundle
		for e, err := range v.AllEdges(v.o.Types...) {
			if err == nil {
				err = v.ctx.Err()
			}
			if err != nil {
				yield(nil, err)
				return
			}
			if !v.has(e.From) || !v.has(e.To) || e.Confidence < v.o.MinConfidence {
				continue
			}
			if len(held) > 0 && (held[0].From != e.From || held[0].Type != e.Type || held[0].To != e.To) {
				if !yield(held, nil) {
					return
				}
				held = nil
			}
			held = append(held, e)
		}
		if len(held) > 0 {
			yield(held, nil)
		}
	}
}

// fold joins a property of the edges of a bundle, each value once, in the order of the edges.
func (b bundle) fold(value func(*graph.Edge) string) string {
	var out []string
	for i := range b {
		if s := value(&b[i]); s != "" && !slices.Contains(out, s) {
			out = append(out, strings.ReplaceAll(s, ";", "；"))
		}
	}
	return strings.Join(out, ";")
}

func year(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// shown is the number of quotes that an edge carries as text; the number of all stands beside them.
const shown = 3

// evidence is the evidence of a bundle as text, and how many there are.
func (v *view) evidence(b bundle) (string, int, error) {
	var quotes []string
	n := 0
	for _, e := range b {
		all, err := v.Evidence(e)
		if err != nil {
			return "", 0, err
		}
		n += len(all)
		for _, ev := range all {
			if len(quotes) == shown {
				break
			}
			q, err := v.cite(ev)
			if err != nil {
				return "", 0, err
			}
			quotes = append(quotes, q)
		}
	}
	return strings.Join(quotes, " | "), n, nil
}

// maxDocs bounds the documents kept at hand for citing.
const maxDocs = 128

// cite writes one evidence as a line: path:line “quote”.
func (v *view) cite(e graph.Evidence) (string, error) {
	if e.Source != graph.FromText {
		return string(e.Source) + " " + e.Ref, nil
	}
	d := v.docs[e.Doc]
	if d == nil {
		doc, err := v.Document(e.Doc)
		if err != nil {
			return "", err
		}
		if len(v.docs) >= maxDocs {
			clear(v.docs)
		}
		doc.Text = ""
		d = &doc
		v.docs[e.Doc] = d
	}
	where := string(d.ID)
	if len(d.Paths) > 0 {
		where = d.Paths[0]
	}
	switch l := d.Locate(e.ByteStart); {
	case l.Page > 0:
		where += ":p" + strconv.Itoa(l.Page)
	case l.Line > 0:
		where += ":" + strconv.Itoa(l.Line)
	case l.Paragraph > 0:
		where += ":¶" + strconv.Itoa(l.Paragraph)
	}
	return fmt.Sprintf("%s “%s”", where, clip(oneLine(e.Quote), 160)), nil
}

// clip cuts text after n characters.
func clip(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n]) + "…"
}

// oneLine replaces each run of white space and control characters by a space.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
}
