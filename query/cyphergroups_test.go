package query_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/tupu-kg/tupu/query"
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
		}
	}
}

// TestPlansOfGroups: what is only counted is not walked, and what is needed is.
func TestPlansOfGroups(t *testing.T) {
	g := shown(t, querytest.Sample(t))
	for text, counted := range map[string]bool{
		"MATCH (a)<-[r:APPEARS_IN]-() RETURN a.name, count(r)":                     true,
		"MATCH (a)--(b) RETURN count(*)":                                           true,
		"MATCH (a)--(b) RETURN a, count(DISTINCT b)":                               false,
		"MATCH (a)--(b:Place) RETURN a, count(b)":                                  false,
		"MATCH (a)--(b) RETURN b, count(*)":                                        true, // begun at b
		"MATCH (a)--(b) RETURN a, b, count(*)":                                     false,
		"MATCH (a)-[r]-(b) RETURN a, count(r), max(b.name)":                        false,
		"MATCH (a)-[r]-()-[s]-() RETURN a, count(s)":                               false, // s must not be r
		"MATCH (a:Enterprise)-[r:MENTIONED_IN]->() RETURN a, count(r), count(r.x)": false,
	} {
		plan, err := query.Cypher(g, text, query.CypherOptions{})
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for n := plan.Root; ; n = n.In[0] {
			found = found || n.Name == "CountHops"
			if len(n.In) == 0 {
				break
			}
		}
		if found != counted {
			t.Errorf("%s: hops are counted: %v, want %v", text, found, counted)
		}
	}
}
