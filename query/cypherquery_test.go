package query_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/query"
	"github.com/tupu-kg/tupu/query/cypher"
	"github.com/tupu-kg/tupu/query/querytest"
)

func TestCypherOnTheSample(t *testing.T) {
	ctx := context.Background()
	g := shown(t, querytest.Sample(t))
	for _, c := range []struct{ query, want string }{
		{"MATCH (e:Enterprise) RETURN e.name ORDER BY e.name", "天辰化工; 福海粮油"},
		{"MATCH (e {name: '天辰化工'})-[r:APPEARS_IN]->(p) RETURN p.name, r.first_year, r.inside ORDER BY p.name", "丰泽区 | 2024 | false; 泉港区 | 2023 | false"},
		{"MATCH (e {id: 'enterprise:天辰化工'}) RETURN e", "(天辰化工:Enterprise)"},
		{"MATCH (x)-[:LOCATED_IN*]->(p {name: '福建省'}) RETURN x.name ORDER BY x.name", "丰泽区; 泉州市; 泉港区; 金屿大桥; 金屿大桥"},
		{"MATCH (d:Document) RETURN count(*), min(d.year)", "3 | 2023"},
		{"MATCH (d {name: '泉港区2023年政府工作报告'}) RETURN d.year", "2023"},
		{"MATCH (e:Enterprise)-[r:CO_MENTIONED]-(f:Enterprise) WHERE e.id < f.id UNWIND r.evidence AS q RETURN q.quote", "天辰化工与福海粮油签约。"},
		{"MATCH p = shortestPath((a {name: '福海粮油'})-[:CO_MENTIONED|APPEARS_IN|LOCATED_IN*..6]-(b {name: '福建省'})) RETURN length(p)", "3"},
		{"MATCH (e:Enterprise) WHERE EXISTS { (e)-[:APPEARS_IN]->({name: '丰泽区'}) } RETURN e.name", "天辰化工"},
		{"MATCH (e:Enterprise) RETURN e.name, COUNT { (e)-[:MENTIONED_IN]->() } AS n ORDER BY e.name", "天辰化工 | 2; 福海粮油 | 1"},
		{"MATCH (a:Enterprise), (b:Project) WHERE b.name STARTS WITH a.name RETURN b.name", "天辰化工一期"},
		{"MATCH (a:Place), (b:Place) WHERE a.kind = b.kind AND a.id < b.id RETURN a.name, b.name", "丰泽区 | 泉港区"},
		{"CALL tupu.find('金嶼') YIELD node RETURN node.name", "金屿大桥"},
		{"CALL tupu.rank('degree', 'enterprise') YIELD name, rank RETURN name, rank ORDER BY rank, name LIMIT 1", "天辰化工 | 1"},
		{"CALL tupu.communities(1.0, 2) YIELD community, node, name WHERE community = 1 RETURN name = node.name, count(*) > 1", "true | true"},
		{"CALL tupu.communities() YIELD community RETURN min(community)", "1"},
		{"MATCH (n:Nothing) RETURN n", ""},
		{"MATCH (a)-[:NOTHING]->(b) RETURN a", ""},
		{"MATCH (n) RETURN count(n)", "11"},
	} {
		got, err := querytest.RowsOf(ctx, g, c.query)
		if err != nil {
			t.Errorf("%s: %v", c.query, err)
		} else if s := strings.Join(got, "; "); s != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.query, s, c.want)
		}
	}
}

// shown shows a graph to Cypher.
func shown(t testing.TB, r query.Reader) *query.PropertyGraph {
	t.Helper()
	g, err := query.NewPropertyGraph(context.Background(), r)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestRandomQueries(t *testing.T) {
	querytest.Cypher(t, func(_ *testing.T, m *graph.Memory) query.Reader { return m })
}

// FuzzCypher runs whatever parses: it must neither panic nor go on past its deadline.
func FuzzCypher(f *testing.F) {
	for _, q := range []string{
		"MATCH (n)-[r*1..3]->(m) WHERE n.name =~ '.*' RETURN n, collect(r), count(*) ORDER BY n.name LIMIT 3",
		"UNWIND range(1, 10) AS x WITH x, x % 3 AS y RETURN y, sum(x), avg(x), percentileCont(x, 0.5)",
		"MATCH p = shortestPath((a)-[*]-(b)) WHERE a <> b RETURN p, [x IN nodes(p) | x.name]",
		"RETURN date('2024-01-31') + duration('P1M'), duration.between(date('2020-02-29'), datetime()), date.truncate('week', date())",
		"MATCH (a) OPTIONAL MATCH (a)-[r]-(b {x: a.x}) RETURN a, r, reduce(s = '', x IN keys(a) | s + x)",
		"RETURN toInteger('12'), substring('abc', 1, 2), split('a,b', ','), CASE 1 WHEN 1 THEN 'x' END, {a: [1, null]}.a[-1]",
		"MATCH (a)-[r]-(b:Place) WITH a, count(DISTINCT b) AS n, count(*) AS m WHERE n > 1 RETURN a.name, n, m ORDER BY n DESC SKIP 1 LIMIT 3",
		"MATCH (a:Enterprise)<-[r]-() RETURN a.name, max(a.confidence), count(r) AS n ORDER BY n LIMIT 2",
		"CALL tupu.find('天') YIELD node WITH node MATCH (node)--(x) RETURN EXISTS { (x)--() }, COUNT { (x) }",
	} {
		f.Add(q)
	}
	all := shown(f, querytest.Sample(f))
	f.Fuzz(func(t *testing.T, text string) {
		ctx, stop := context.WithTimeout(context.Background(), 500*time.Millisecond)
		defer stop()
		begun := time.Now()
		_, err := querytest.RowsOf(ctx, all.In(ctx), text)
		var e *cypher.Error
		if err != nil && !errors.As(err, &e) && !errors.Is(err, context.DeadlineExceeded) && !errors.Is(err, graph.ErrNotFound) {
			var ambiguous *query.AmbiguousError
			if !errors.As(err, &ambiguous) && !strings.Contains(text, "tupu.") {
				t.Errorf("%q: %v", text, err)
			}
		}
		if took := time.Since(begun); took > 10*time.Second {
			t.Errorf("%q went on for %s", text, took)
		}
	})
}

// TestErrorsOfPlansSayWhatToDo: what only the plan finds wrong says why, and what to do.
func TestErrorsOfPlansSayWhatToDo(t *testing.T) {
	g := shown(t, querytest.Sample(t))
	for text, want := range map[string]string{
		"MATCH (e) RETURN DISTINCT e.name AS n ORDER BY e.kind":    "line 1, column 48: e cannot be seen in ORDER BY: rows are distinct or grouped, and columns are all that is left of them; make what you need of it a column",
		"MATCH (e) WITH count(e) AS n WHERE e.kind = 'x' RETURN n": "line 1, column 36: e cannot be seen in WHERE: rows are distinct or grouped, and columns are all that is left of them; make what you need of it a column",
		"MATCH (e) RETURN e, 1 AS x UNION MATCH (f) RETURN f":      "line 1, column 44: all parts of a UNION must have the same columns: the first has e, x, and this one f; rename them with AS",
	} {
		if _, err := query.Cypher(g, text, query.CypherOptions{}); err == nil || err.Error() != want {
			t.Errorf("%s:\n got %v\nwant %s", text, err, want)
		}
	}
}
