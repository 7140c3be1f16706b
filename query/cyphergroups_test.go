package query_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/tupu-kg/tupu/query"
	"github.com/tupu-kg/tupu/query/cypher"
	"github.com/tupu-kg/tupu/query/engine"
	"github.com/tupu-kg/tupu/query/querytest"
)

// TestGroupsInRuns: rows that come in runs of one node are gathered run by run, and hops that are only counted are not walked. What
// comes of it is what comes of rows in any other order.
func TestGroupsInRuns(t *testing.T) {
	ctx := context.Background()
	g := shown(t, querytest.Sample(t))
	for _, pattern := range []string{
		"(a)-[r]->(b)", "(a)<-[r]-(b)", "(a)-[r]-(b)", "(a:Enterprise)-[r:MENTIONED_IN|APPEARS_IN]->(b)", "(a:Place)-[r]-(b:Place)", "(a)-[r:NOTHING]-(b)",
		"(a)--(c)-[r]-(b)", "(a) WHERE a.confidence > 0.7 MATCH (a)-[r]-(b)", "(a) OPTIONAL MATCH (a)-[r:APPEARS_IN]-(b)", "(a), (b)-[r]->()",
	} {
		for _, returns := range []string{
			"a, count(*)", "a, count(r)", "a, count(b), count(*)", "a.name, count(r)", "a.name, count(*) AS n ORDER BY n DESC, a.name LIMIT 3", "a, count(DISTINCT b)", "a, count(DISTINCT r), count(DISTINCT b)",
			"a, count(DISTINCT type(r)), min(b.name), max(r.year)", "a, a.kind, sum(size(b.name)), avg(size(b.id))", "a.kind, count(DISTINCT b)", "b, count(*)", "count(*)", "count(DISTINCT a)", "a, rand() < 2, count(r)",
			"a, size(collect(b)), size(collect(DISTINCT b.kind))", "count(r), a.name + 'x'", "a, percentileDisc(b.confidence, 0.5)", "labels(a), count(b)", "a = b, count(*)",
			"a.id, a.name, count(DISTINCT b) AS n, count(r) AS m ORDER BY n DESC, m, a.id LIMIT 4", "a.name AS x, a.id AS y, a.kind AS x2 ORDER BY y, b.id, type(r) SKIP 2 LIMIT 3",
			"a.id, max(a.confidence), count(DISTINCT a.kind), count(r)", "a.name, count(r) + size(a.name)", "a, count(DISTINCT r), count(DISTINCT a)",
			"a.id AS x, sum(size(b.name)) AS s, a.confidence AS c ORDER BY s DESC, c, x LIMIT 3",
		} {
			text := "MATCH " + pattern + " RETURN " + returns
			other := "MATCH " + pattern + " WITH a, b, r ORDER BY b.id, type(r), a.id DESC RETURN " + returns
			want, err := querytest.RowsOf(ctx, g, other)
			if err != nil {
				t.Fatalf("%s: %v", other, err)
			}
			got, err := querytest.RowsOf(ctx, g, text)
			if !strings.Contains(returns, "ORDER BY") {
				slices.Sort(got)
				slices.Sort(want)
			}
			if err != nil || !slices.Equal(got, want) {
				t.Errorf("%s: %v\n%s\nwant\n%s", text, err, strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
			got, err = querytest.PlainRowsOf(ctx, g, text)
			if !strings.Contains(returns, "ORDER BY") {
				slices.Sort(got)
			}
			if err != nil || !slices.Equal(got, want) {
				t.Errorf("%s, with a plain plan: %v\n%s\nwant\n%s", text, err, strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		}
	}
}

// TestPlansOfGroups: what is only counted is not walked, and what is needed is; where nothing is left to gather, nothing gathers; and
// properties of rows that a LIMIT cuts off are not read.
func TestPlansOfGroups(t *testing.T) {
	g := shown(t, querytest.Sample(t))
	for text, want := range map[string]string{
		"MATCH (a)<-[r:APPEARS_IN]-() RETURN a.name, count(r)": "Project < Group < CountHops < Scan", // two may have one name
		"MATCH (a:Enterprise)<-[r:APPEARS_IN]-() RETURN a.name, count(r) AS n ORDER BY n LIMIT 3": "Project a.name < Limit 3 < Top n < Project n < " +
			"CountHops (a)<-[r:APPEARS_IN]-() count(r) < Scan (a:Enterprise)",
		"MATCH (a)-[:APPEARS_IN]->(p:Place) WITH a, count(DISTINCT p) AS n, count(*) AS m WHERE n > 1 RETURN count(a)": "Project < Group < Filter < Project < " +
			"CountHops (a)-[:APPEARS_IN]->(p:Place) count(DISTINCT p), count(*) < Scan (a)",
		"MATCH (a) WHERE a.confidence > 0.5 MATCH (a)--(b) RETURN a, count(DISTINCT b)":  "Project < CountHops < IndexRange",
		"MATCH (a) WHERE a.kind IS NULL MATCH (a)--(b) WHERE b:Place RETURN a, count(b)": "Project < CountHops (a)--(b:Place) count(b) < Filter < Scan",
		"MATCH (a)--(b) RETURN count(*)":                                                 "Project < Group < CountHops < Scan",
		"MATCH (a)--(b:Place) RETURN a, max(a.name), count(b)":                           "Project < Group < CountHops < Scan",
		"MATCH (a)--(b) RETURN a.id, count(*)":                                           "Project < CountHops < Scan (a)",
		"MATCH (a)--(b) RETURN b, count(*)":                                              "Project < CountHops < Scan (b)",
		"MATCH (a)--(b) RETURN a, b, count(*)":                                           "Project < Group < Expand < Scan",
		"MATCH (a)-[r]-(b) RETURN a, count(r), max(b.name)":                              "Project < Group < Expand < Scan",
		"MATCH (a)-[r]-(b) RETURN a, count(r), sum(a.confidence)":                        "Project < Group < Expand < Scan",
		"MATCH (a)-[r]-(b) RETURN a, rand() < 2, count(r)":                               "Project < Group < Expand < Scan",
		"MATCH (a)-[r]-()-[s]-() RETURN a, count(s)":                                     "Project < Group < Expand < Expand < Scan", // s must not be r
		"MATCH (a)--(c), (b)--(c) RETURN a, count(DISTINCT b)":                           "Project < Group < Expand < Expand < Scan",
		"MATCH (a:Enterprise)-[r:MENTIONED_IN]->() RETURN a, count(r), count(r.x)":       "Project < Group < Expand < Scan",
		"MATCH (a) RETURN a.name, a.kind AS k ORDER BY k LIMIT 2":                        "Project a.name < Limit < Top k < Project k < Scan",
		"MATCH (a) RETURN a.name, a.kind AS k ORDER BY k":                                "Sort k < Project a.name, k < Scan",
		"MATCH (a) RETURN DISTINCT a.name, a.kind AS k ORDER BY k LIMIT 2":               "Limit < Top < Distinct < Project a.name, k < Scan",
		"MATCH (a) RETURN a.name AS n ORDER BY size(n) LIMIT 2":                          "Limit < Top < Project n < Scan",
	} {
		plan, err := query.Cypher(g, text, query.CypherOptions{})
		if err != nil {
			t.Fatal(err)
		}
		n := plan.Root
		for i, step := range strings.Split(want, " < ") {
			if i > 0 {
				n = n.In[0]
			}
			if line := n.Name + " " + n.Detail; !strings.HasPrefix(line, step) {
				t.Errorf("%s: step %d is %q, want %q", text, i, line, step)
			}
			if len(n.In) == 0 {
				break
			}
		}
	}
}

// TestCountedGroupsHoldNothing: groups that are whole when they come are given away at once, however many there are, and of those that
// are ordered as many are held as asked for. What has to be gathered by hash keeps to the limit.
func TestCountedGroupsHoldNothing(t *testing.T) {
	g := shown(t, newRing(20_000))
	for text, fits := range map[string]bool{
		"MATCH (a)--(b) RETURN a, count(DISTINCT b)":                                      true,
		"MATCH (a)--(b) RETURN a.id, count(b) AS n ORDER BY n DESC LIMIT 10":              true,
		"MATCH (a)--(b) RETURN a, sum(size(b.id))":                                        true,
		"MATCH (a)-->(b) RETURN a.id + b.id, count(*)":                                    false,
		"MATCH (a)-->(b) RETURN a.id, b.id, count(*) AS n ORDER BY n DESC, a.id LIMIT 10": false,
	} {
		plan, err := query.Cypher(g, text, query.CypherOptions{Memory: 64 << 10})
		if err != nil {
			t.Fatal(err)
		}
		rows := 0
		err = plan.Run(context.Background(), func([]engine.Value) bool { rows++; return true })
		var e *cypher.Error
		if fits && (err != nil || rows == 0) || !fits && (!errors.As(err, &e) || e.Code != "MemoryLimit") {
			t.Errorf("%s: %d rows, %v", text, rows, err)
		}
	}
}
