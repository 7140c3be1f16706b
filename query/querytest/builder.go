package querytest

import (
	"strings"
	"testing"

	"github.com/tupu-kg/tupu/graph"
)

// Builder builds a small graph for a test, with evidence that stands in its documents.
type Builder struct {
	b builder
}

// NewBuilder begins an empty graph.
func NewBuilder(t testing.TB) *Builder { return &Builder{builder{t: t, m: graph.NewMemory()}} }

// Document adds a document whose lines are its title and the paragraphs, each a sentence.
func (b *Builder) Document(title string, year int, area string, paragraphs ...string) graph.ID {
	return b.b.document(title, year, area, paragraphs...)
}

// Entity adds an entity, found under its name and its aliases as they are.
func (b *Builder) Entity(e graph.Entity) graph.ID { return b.b.entity(e) }

// Edge adds an edge; fill, if it is not nil, sets its properties.
func (b *Builder) Edge(from graph.ID, t graph.EdgeType, to graph.ID, fill func(*graph.Edge), evidence ...graph.Evidence) {
	b.b.t.Helper()
	b.b.edge(from, t, to, fill, evidence...)
}

// At is the evidence of the first place at which a document says something.
func (b *Builder) At(doc graph.ID, words string) graph.Evidence {
	b.b.t.Helper()
	return b.Inside(doc, words, words)
}

// Inside is the evidence of a name within the first place at which a document says something.
func (b *Builder) Inside(doc graph.ID, words, name string) graph.Evidence {
	b.b.t.Helper()
	text := b.b.docs[doc].Text
	at, in := strings.Index(text, words), strings.Index(words, name)
	if at < 0 || in < 0 {
		b.b.t.Fatalf("%s does not say %q with %q in it", doc, words, name)
	}
	span := graph.NewPositions(doc, text).Span(at+in, at+in+len(name))
	return graph.Evidence{Source: graph.FromText, Span: span, Quote: name, By: "sample", Score: 0.8}
}

// Graph ends the building and returns the graph.
func (b *Builder) Graph() *graph.Memory {
	b.b.m.Seal()
	return b.b.m
}
