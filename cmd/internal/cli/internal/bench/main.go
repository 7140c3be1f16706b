// Command bench makes stores of any size, and measures how they are written and read; testdata/bench/store.sh runs it.
//
//	bench make DIR NODES EDGES     writes a store of generated documents, each of which names firms, places and projects
//	bench snapshot DIR             reads the whole graph into compressed rows: by a scan, and again from the file that the scan left
//
// Each prints a line "what wall cpu", in seconds.
package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/query"
	"github.com/tupu-kg/tupu/store"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	switch {
	case len(args) == 4 && args[0] == "make":
		nodes, err := strconv.Atoi(args[2])
		if err != nil {
			return err
		}
		edges, err := strconv.Atoi(args[3])
		if err != nil {
			return err
		}
		return timed("make", func() error { return generate(args[1], nodes, edges) })
	case len(args) == 2 && args[0] == "snapshot":
		s, err := store.Open(args[1])
		if err != nil {
			return err
		}
		defer s.Close()
		for _, from := range []string{"scan", "file"} {
			edges := 0
			if err := timed(from, func() error {
				rows, err := query.Snapshot(context.Background(), s)
				if err == nil {
					edges = len(rows.Targets)
				}
				return err
			}); err != nil {
				return err
			}
			fmt.Printf("%-10s %9d\n", "edges", edges)
		}
		return nil
	}
	return fmt.Errorf("use make DIR NODES EDGES or snapshot DIR")
}

func timed(what string, do func() error) error {
	begun, cpu := time.Now(), cpuTime()
	if err := do(); err != nil {
		return err
	}
	fmt.Printf("%-10s %9.3f %9.3f\n", what, time.Since(begun).Seconds(), (cpuTime() - cpu).Seconds())
	return nil
}

// perDocument is the number of edges that a document brings, and sentences the number of its sentences.
const (
	perDocument = 1000
	sentences   = 40
)

func firm(i int) graph.ID {
	return graph.ID(fmt.Sprintf("enterprise:漳州第%07d号食品有限公司", i))
}

func project(i int) graph.ID { return graph.ID(fmt.Sprintf("project:第%07d号中央厨房项目", i)) }

func node(i int) graph.ID {
	if i%4 == 0 {
		return project(i)
	}
	return firm(i)
}

// document makes the n-th document, and says where its sentences lie.
func document(n int) (graph.Document, []graph.Sentence) {
	var b strings.Builder
	var at []int
	for i := range sentences {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "第%d号报告第%d段说，有关企业与福建禾漫食品有限公司签约，共建中央厨房项目，总投资3.2亿元，年内开工建设。", n, i)
	}
	text := b.String()
	id := graph.DocumentID("text", []byte(text))
	d := graph.Document{
		ID: id, Text: text, TextHash: graph.HashText(text), Format: "text", Paths: []string{fmt.Sprintf("报告/第%d份政府工作报告.txt", n)},
		Title: "政府工作报告", Year: 2020 + n%5, Locators: []graph.Locator{{Start: 0, Paragraph: 1}},
	}
	positions := graph.NewPositions(id, text)
	out := make([]graph.Sentence, len(at))
	for i, from := range at {
		to := len(text)
		if i+1 < len(at) {
			to = at[i+1]
		}
		out[i] = graph.Sentence{Span: positions.Span(from, to)}
	}
	return d, out
}

// generate writes a store. Half of the edges are mentions together, the others what a text states and where a name stands.
func generate(dir string, nodes, edges int) error {
	g, err := store.NewGeneration(dir, nil)
	if err != nil {
		return err
	}
	r := rand.New(rand.NewPCG(1, 2))
	for lo := 0; lo < nodes; lo += perDocument {
		var parts []store.EntityPart
		for i := lo; i < min(nodes, lo+perDocument); i++ {
			id := node(i)
			e := graph.Entity{ID: id, Kind: id.Kind(), Name: id.Name(), Aliases: []string{"第" + strconv.Itoa(i) + "号"}, Confidence: 0.93}
			parts = append(parts, store.EntityPart{Entity: e, Keys: []string{e.Name, e.Aliases[0]}, Whole: true})
		}
		if err := g.SetOwner(fmt.Sprintf("component:%07d", lo), nil, parts, nil); err != nil {
			return err
		}
	}
	for n := range (edges + perDocument - 1) / perDocument {
		d, cut := document(n)
		if err := g.SetDocument(d, cut, "stamp"); err != nil {
			return err
		}
		var all []graph.Edge
		seen := map[string]bool{}
		for len(all) < perDocument {
			from, t, to := node(r.IntN(nodes)), graph.CoMentioned, node(r.IntN(nodes))
			switch k := len(all) % 10; {
			case k < 3:
				t, to = graph.MentionedIn, d.ID
			case k < 5:
				t, from, to = graph.Undertakes, firm(4*r.IntN(nodes/4)+1), project(4*r.IntN(nodes/4))
			}
			span := cut[r.IntN(len(cut))].Span
			e, err := graph.NewEdge(from, t, to, graph.Evidence{Source: graph.FromText, Span: span, By: "rule:sentence", Score: 0.87})
			if err != nil || seen[e.Key()] {
				continue // a name with itself, or the same again
			}
			seen[e.Key()] = true
			switch t {
			case graph.CoMentioned:
				e.Sentences, e.Weight = 1, 0.5
			case graph.MentionedIn:
				e.Count, e.First = 1, span.Start
			default:
				e.Basis, e.Role = graph.BasisSentence, "builds"
			}
			all = append(all, e)
		}
		if err := g.SetOwner(string(d.ID), nil, nil, all); err != nil {
			return err
		}
	}
	return g.Commit(store.Meta{Extractor: "bench"})
}
