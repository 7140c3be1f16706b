package export_test

import (
	"context"
	"fmt"
	"io"
	"iter"
	"os"
	"slices"
	"sort"
	"strconv"
	"strings"
	"testing"

	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/graph/export"
)

// generated is a graph of any size that is never in memory: entities with names of usual length, ten relations from each, and
// an evidence of a usual sentence for each relation, from a thousand documents.
type generated struct{ nodes int }

const (
	perNode       = 10
	generatedDocs = 1000
)

func (g generated) id(i int) graph.ID {
	return graph.ID(fmt.Sprintf("enterprise:漳州第%08d号食品有限公司", i))
}

func (g generated) entity(i int) graph.Entity {
	id := g.id(i)
	return graph.Entity{ID: id, Kind: graph.KindEnterprise, Name: id.Name(), Aliases: []string{"第" + strconv.Itoa(i) + "号食品"}, Confidence: 0.93}
}

func (g generated) Entity(id graph.ID) (graph.Entity, error) {
	return graph.Entity{}, fmt.Errorf("%s: %w", id, graph.ErrNotFound)
}

func (g generated) Entities(graph.Kind) iter.Seq2[graph.Entity, error] {
	return func(yield func(graph.Entity, error) bool) {
		for i := range g.nodes {
			if !yield(g.entity(i), nil) {
				return
			}
		}
	}
}

func (g generated) edge(i, k int) graph.Edge {
	to := (i + 1 + k*(g.nodes/perNode) + (i*2654435761+k)%(g.nodes/perNode-1)) % g.nodes
	return graph.Edge{From: g.id(i), Type: graph.PartOf, To: g.id(to), Confidence: 0.87, Basis: graph.BasisSentence, Share: "51%"}
}

func (g generated) EdgesWithEvidence(first, end graph.ID, _ func(graph.ID, graph.EdgeType, graph.ID) bool) iter.Seq2[graph.Edge, error] {
	from := sort.Search(g.nodes, func(i int) bool { return g.id(i) >= first })
	to := sort.Search(g.nodes, func(i int) bool { return end != "" && g.id(i) >= end })
	return func(yield func(graph.Edge, error) bool) {
		for i := from; i < to; i++ {
			for k := range perNode {
				e := g.edge(i, k)
				var err error
				if e.Evidence, err = g.Evidence(e); !yield(e, err) {
					return
				}
			}
		}
	}
}

func (g generated) AllEdges(types ...graph.EdgeType) iter.Seq2[graph.Edge, error] {
	return func(yield func(graph.Edge, error) bool) {
		if len(types) > 0 && !slices.Contains(types, graph.PartOf) {
			return
		}
		for i := range g.nodes {
			for k := range perNode {
				if !yield(g.edge(i, k), nil) {
					return
				}
			}
		}
	}
}

func (g generated) Edges(graph.ID, graph.Direction, ...graph.EdgeType) iter.Seq2[graph.Edge, error] {
	return func(func(graph.Edge, error) bool) {}
}

const generatedQuote = "漳州第八号食品有限公司与福建禾漫食品有限公司签约，共建中央厨房项目，总投资3.2亿元。"

func (g generated) docID(i int) graph.ID { return graph.ID(fmt.Sprintf("document:%016x", i)) }

func (g generated) Evidence(e graph.Edge) ([]graph.Evidence, error) {
	h := len(e.To)
	for _, c := range []byte(e.From[len(e.From)-28:]) {
		h = 31*h + int(c)
	}
	h &= 1<<30 - 1
	at := h % 4000
	return []graph.Evidence{{
		Source: graph.FromText, Quote: generatedQuote, By: "rule:sentence", Score: 0.87,
		Span: graph.Span{Doc: g.docID(h % generatedDocs), Start: at, End: at + 40, ByteStart: 3 * at, ByteEnd: 3*at + len(generatedQuote)},
	}}, nil
}

func (g generated) Document(id graph.ID) (graph.Document, error) {
	n, err := strconv.ParseInt(strings.TrimPrefix(string(id), "document:"), 16, 64)
	if err != nil {
		return graph.Document{}, err
	}
	d := graph.Document{ID: id, Paths: []string{fmt.Sprintf("报告/第%d份政府工作报告.html", n)}, Title: "政府工作报告", Year: 2020 + int(n%5)}
	for i := range 100 {
		d.Locators = append(d.Locators, graph.Locator{Start: 120 * i, Paragraph: i + 1})
	}
	return d, nil
}

func (g generated) Documents() iter.Seq2[graph.Document, error] {
	return func(yield func(graph.Document, error) bool) {
		for i := range generatedDocs {
			if d, err := g.Document(g.docID(i)); !yield(d, err) {
				return
			}
		}
	}
}

// counter counts bytes.
type counter int64

func (c *counter) Write(p []byte) (int, error) { *c += counter(len(p)); return len(p), nil }

// BenchmarkWrite writes generated graphs; testdata/bench/export.sh adds peak memory and compares sizes.
func BenchmarkWrite(b *testing.B) {
	nodes := 10_000
	if s := os.Getenv("TUPU_BENCH_NODES"); s != "" {
		var err error
		if nodes, err = strconv.Atoi(s); err != nil {
			b.Fatal(err)
		}
	}
	for _, name := range []string{"graphml", "cypher", "ftm", "nt", "csv", "neo4j", "parquet"} {
		f, err := export.FindFormat(name)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(fmt.Sprintf("%s/edges=%d", name, nodes*perNode), func(b *testing.B) {
			for b.Loop() {
				var n counter
				var err error
				if f.One != nil {
					err = f.One(context.Background(), &n, generated{nodes}, export.Options{})
				} else {
					err = f.Many(context.Background(), func(string) (io.WriteCloser, error) { return closing{&n}, nil }, generated{nodes}, export.Options{})
				}
				if err != nil {
					b.Fatal(err)
				}
				b.SetBytes(int64(n))
			}
		})
	}
}

type closing struct{ io.Writer }

func (closing) Close() error { return nil }
