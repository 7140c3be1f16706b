package querytest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/query"
	"github.com/tupu-kg/tupu/query/engine"
	"pgregory.net/rapid"
)

// Cypher asks random queries of the sample graph in memory and of a reader made of it, and of the first with a plan that uses none of
// what the graph knows besides its nodes and relationships: the rows must be equal.
func Cypher(t *testing.T, open func(t *testing.T, m *graph.Memory) query.Reader) {
	t.Helper()
	ctx := context.Background()
	m := Sample(t)
	r := open(t, m)
	inMemory, err := query.NewPropertyGraph(ctx, m)
	if err != nil {
		t.Fatal(err)
	}
	g, err := query.NewPropertyGraph(ctx, r)
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		text := randomQuery(t)
		want, err := RowsOf(ctx, inMemory, text)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		got, err := RowsOf(ctx, g, text)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%s:\n%s\n\nwant\n%s", text, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		if len(want) == maxRows {
			return // which of them come first may be another matter of the plan
		}
		got, err = PlainRowsOf(ctx, inMemory, text)
		if err != nil {
			t.Fatalf("%s, with a plain plan: %v", text, err)
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%s, with a plain plan:\n%s\n\nwant\n%s", text, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	})
}

const (
	maxRows = 10_000
	memory  = 64 << 20
)

// RowsOf runs a query and writes its first 10,000 rows, sorted unless they are ordered.
func RowsOf(ctx context.Context, g *query.PropertyGraph, text string) ([]string, error) {
	plan, err := query.Cypher(g, text, query.CypherOptions{Memory: memory})
	if err != nil {
		return nil, err
	}
	return rowsOf(ctx, g, text, plan)
}

// PlainRowsOf is RowsOf by a plan that knows of no index, no labels by number, no unique properties and no degrees.
func PlainRowsOf(ctx context.Context, g *query.PropertyGraph, text string) ([]string, error) {
	plan, err := engine.Compile(text, struct{ engine.Source }{g}, engine.Options{Memory: memory})
	if err != nil {
		return nil, err
	}
	return rowsOf(ctx, g, text, plan)
}

func rowsOf(ctx context.Context, g *query.PropertyGraph, text string, plan *engine.Plan) ([]string, error) {
	var out []string
	var failed error
	err := plan.Run(ctx, func(row []engine.Value) bool {
		cells := make([]string, len(row))
		for i, v := range row {
			if cells[i], failed = query.Short(ctx, g, v); failed != nil {
				return false
			}
		}
		out = append(out, strings.Join(cells, " | "))
		return len(out) < maxRows
	})
	if !strings.Contains(text, "ORDER BY") {
		slices.Sort(out)
	}
	return out, errors.Join(err, failed)
}

// randomQuery draws a query that reads.
func randomQuery(t *rapid.T) string {
	pick := func(all ...string) string { return rapid.SampledFrom(all).Draw(t, "pick") }
	label := func() string {
		return pick("", ":Enterprise", ":Place", ":Project", ":Document", ":Enterprise|Place", ":Nothing")
	}
	kinds := func() string {
		return pick("", ":MENTIONED_IN", ":APPEARS_IN", ":LOCATED_IN", ":CO_MENTIONED|LOCATED_IN", ":STATUS", ":APPEARS_IN|APPEARS_IN")
	}
	props := func() string {
		return pick("", "", " {name: '天辰化工'}", " {name: '泉港区'}", " {kind: 'county'}", " {id: 'place:泉州市'}")
	}
	var b strings.Builder
	names := []string{}
	node := func() string {
		if len(names) > 0 && rapid.IntRange(0, 3).Draw(t, "again") == 0 {
			return "(" + pick(names...) + ")"
		}
		names = append(names, fmt.Sprintf("n%d", len(names)))
		return "(" + names[len(names)-1] + label() + props() + ")"
	}
	rels := 0
	single := []string{"null"} // variables of single relationships
	for i := range rapid.IntRange(1, 2).Draw(t, "matches") {
		if i > 0 {
			b.WriteString(pick("MATCH ", "OPTIONAL MATCH "))
		} else {
			b.WriteString("MATCH ")
		}
		for j := range rapid.IntRange(1, 2).Draw(t, "paths") {
			if j > 0 {
				b.WriteString(", ")
			}
			b.WriteString(node())
			for range rapid.IntRange(0, 2).Draw(t, "rels") {
				rels++
				length := pick("", "", "", "*1..2", "*0..1")
				if length == "" {
					single = append(single, fmt.Sprintf("r%d", rels))
				}
				b.WriteString(pick("-", "<-") + fmt.Sprintf("[r%d%s%s]", rels, kinds(), length) + "-" + node())
			}
		}
		if rapid.Bool().Draw(t, "where") {
			n := pick(names...)
			b.WriteString(" WHERE " + pick(n+".confidence > 0.75", n+".name = '天辰化工'", n+".year >= 2023 OR "+n+".kind IS NOT NULL", "("+n+")-->()", "NOT ("+n+")-[:APPEARS_IN]->()", n+".id < "+pick(names...)+".id", n+".name = "+pick(names...)+".name"))
		}
		b.WriteString(" ")
	}
	n, o, r := pick(names...), pick(names...), pick(single...)
	b.WriteString(pick(
		"RETURN "+strings.Join(names, ", "),
		"RETURN count(*)",
		"RETURN "+n+", count(*)",
		"RETURN DISTINCT "+n,
		"RETURN "+n+".name AS x, collect(DISTINCT "+o+".id)[0] IS NULL",
		"RETURN "+n+".name AS x, "+n+".kind AS k, "+o+".confidence AS c, "+n+".id AS y ORDER BY y DESC, c, "+o+".id SKIP 1 LIMIT 4",
		"RETURN "+n+", count("+r+"), count(DISTINCT "+o+"), count(DISTINCT "+r+")",
		"RETURN "+n+".id AS x, "+n+".name AS y, count("+r+") AS c ORDER BY c DESC, x LIMIT 3",
		"RETURN "+n+".id AS x, max("+n+".confidence), count(DISTINCT "+o+".kind), count(DISTINCT "+n+".kind) AS c ORDER BY c, x SKIP 1 LIMIT 3",
		"RETURN count("+r+"), count(DISTINCT "+n+"), min("+n+".confidence), sum(size("+o+".id))",
		"WITH "+n+" AS x, count(DISTINCT "+o+") AS c WHERE c >= 2 RETURN count(x), sum(c)",
		"RETURN "+n+".name AS x, COUNT { ("+n+")-"+"[:APPEARS_IN|MENTIONED_IN]-(:Place) }, COUNT { ("+n+")--() } AS c ORDER BY c, x LIMIT 5",
	))
	return b.String()
}
