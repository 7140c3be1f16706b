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

// Cypher asks random queries of the sample graph in memory and of a reader made of it: the rows must be equal.
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
	})
}

// RowsOf runs a query and writes its first 10,000 rows, sorted unless they are ordered.
func RowsOf(ctx context.Context, g *query.PropertyGraph, text string) ([]string, error) {
	plan, err := query.Cypher(g, text, query.CypherOptions{Memory: 64 << 20})
	if err != nil {
		return nil, err
	}
	var out []string
	var failed error
	err = plan.Run(ctx, func(row []engine.Value) bool {
		cells := make([]string, len(row))
		for i, v := range row {
			if cells[i], failed = query.Short(ctx, g, v); failed != nil {
				return false
			}
		}
		out = append(out, strings.Join(cells, " | "))
		return len(out) < 10_000
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
				b.WriteString(pick("-", "<-") + fmt.Sprintf("[r%d%s%s]", rels, kinds(), length) + "-" + node())
			}
		}
		if rapid.Bool().Draw(t, "where") {
			n := pick(names...)
			b.WriteString(" WHERE " + pick(n+".confidence > 0.75", n+".name = '天辰化工'", n+".year >= 2023 OR "+n+".kind IS NOT NULL", "("+n+")-->()", "NOT ("+n+")-[:APPEARS_IN]->()", n+".id < "+pick(names...)+".id", n+".name = "+pick(names...)+".name"))
		}
		b.WriteString(" ")
	}
	n := pick(names...)
	b.WriteString("RETURN " + pick(strings.Join(names, ", "), "count(*)", n+", count(*)", "DISTINCT "+n, n+".name AS x, collect(DISTINCT "+pick(names...)+".id)[0] IS NULL"))
	return b.String()
}
