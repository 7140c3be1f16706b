package query_test

import (
	"context"
	"errors"
	"testing"

	"github.com/tupu-kg/tupu/query"
	"github.com/tupu-kg/tupu/query/cypher"
	"github.com/tupu-kg/tupu/query/engine"
	"github.com/tupu-kg/tupu/query/querytest"
)

// countdown is a context that is cancelled when it has been asked so many times whether it is.
type countdown struct {
	context.Context
	asked, most int
}

func (c *countdown) Err() error {
	if c.asked++; c.most > 0 && c.asked > c.most {
		return context.Canceled
	}
	return nil
}

// TestRunawaysStop: whatever a query spends its time on, it asks every few dozen steps whether it has been called off, and ends then.
func TestRunawaysStop(t *testing.T) {
	g := shown(t, querytest.Sample(t))
	for _, c := range []struct {
		name, text string
		steps      int // that it takes at least
	}{
		{"variable length", "MATCH (a)-[*..4]-(b) RETURN count(*)", 1000},
		{"product", "MATCH (a), (b), (c), (d) RETURN count(*)", 14641},
		{"product of lists", "UNWIND range(1, 200) AS a UNWIND range(1, 100) AS b RETURN count(*)", 20000},
		{"groups", "UNWIND range(1, 20000) AS x RETURN x % 5000, count(DISTINCT x), collect(x)", 20000},
		{"counted hops", "UNWIND range(1, 1000) AS x MATCH (a)-[r]-() RETURN a, count(r)", 10000},
		{"group of strings", "UNWIND range(1, 20000) AS x RETURN toString(x), max(x)", 20000},
		{"percentile", "UNWIND range(1, 20000) AS x RETURN percentileCont(20000 - x, 0.5)", 60000},
		{"sort", "UNWIND range(1, 20000) AS x WITH x % 777 AS y ORDER BY y RETURN count(y)", 60000},
		{"top", "UNWIND range(1, 20000) AS x WITH x ORDER BY x DESC LIMIT 5000 RETURN count(x)", 60000},
		{"distinct", "UNWIND range(1, 20000) AS x WITH DISTINCT x % 100 AS y RETURN y", 20000},
		{"regular expression", "WITH reduce(s = 'a', x IN range(1, 21) | s + s) AS t RETURN t =~ '(a|b)*c'", 100},
		{"regular expressions", "WITH reduce(s = 'a', x IN range(1, 17) | s + s) AS t UNWIND range(1, 30) AS x WITH t WHERE t =~ 'a*b' RETURN t", 1000},
		{"long texts", "WITH reduce(s = 'a', x IN range(1, 17) | s + s) AS t UNWIND range(1, 100) AS x RETURN count(toUpper(t))", 800},
		{"reduce", "RETURN reduce(s = 0, x IN range(1, 20000) | s + x)", 20000},
		{"growing list", "RETURN size(reduce(s = [], x IN range(1, 1500) | s + x))", 2500},
		{"growing text", "RETURN size(reduce(s = '', x IN range(1, 4000) | s + '天辰化工'))", 4000},
		{"comprehension", "RETURN size([x IN range(1, 20000) WHERE x % 2 = 0 | x * x])", 20000},
		{"quantifier", "RETURN all(x IN range(1, 20000) WHERE x > 0)", 20000},
		{"membership", "WITH range(1, 20000) AS l RETURN -1 IN l", 20000},
		{"join", "MATCH (a), (b) WHERE a.kind = b.kind UNWIND range(1, 100) AS x MATCH (c), (d) WHERE c.name = d.name AND x > 0 RETURN count(*)", 20000},
		{"shortest paths", "UNWIND range(1, 200) AS x MATCH (a:Enterprise), (b:Place), p = allShortestPaths((a)-[*..6]-(b)) RETURN count(p)", 5000},
		{"subquery", "UNWIND range(1, 500) AS x MATCH (a) RETURN x, COUNT { (a)--(b)--(c) }", 20000},
		{"pattern comprehension", "UNWIND range(1, 500) AS x MATCH (a) RETURN size([(a)--(b)--(c) | c.name]) + x AS n", 20000},
		{"union", "UNWIND range(1, 10000) AS x RETURN x UNION UNWIND range(1, 10000) AS x RETURN x", 20000},
		{"properties", "UNWIND range(1, 500) AS x MATCH (a) RETURN a.name, a.kind, x", 50000},
	} {
		run := func(most int) (asked int, err error) {
			ctx := &countdown{Context: context.Background(), most: most}
			plan, err := query.Cypher(g, c.text, query.CypherOptions{})
			if err != nil {
				t.Fatalf("%s: %v", c.name, err)
			}
			err = plan.Run(ctx, func([]engine.Value) bool { return true })
			return ctx.asked, err
		}
		asked, err := run(0)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if asked < c.steps/100 {
			t.Errorf("%s: asked %d times in more than %d steps whether to end", c.name, asked, c.steps)
		}
		for _, at := range []int{1, asked / 3, asked / 2, asked - 1} {
			more, err := run(at)
			if !errors.Is(err, context.Canceled) {
				t.Errorf("%s, called off when it asked for the %dth time of %d: %v", c.name, at, asked, err)
			}
			if more > at+3 {
				t.Errorf("%s asked %d more times after it was called off", c.name, more-at)
			}
		}
	}
}

// TestLongValuesStop: to write a value takes as long as it is large.
func TestLongValuesStop(t *testing.T) {
	g := shown(t, querytest.Sample(t))
	plan, err := query.Cypher(g, "WITH range(1, 20000) AS l RETURN [l, {a: l}]", query.CypherOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var v engine.Value
	if err := plan.Run(context.Background(), func(row []engine.Value) bool { v = row[0]; return true }); err != nil {
		t.Fatal(err)
	}
	ctx := &countdown{Context: context.Background(), most: 10_000}
	if _, err := query.Short(ctx, g, v); !errors.Is(err, context.Canceled) {
		t.Errorf("as a cell: %v", err)
	}
	ctx = &countdown{Context: context.Background(), most: 10_000}
	if _, err := query.Plain(ctx, g, v); !errors.Is(err, context.Canceled) {
		t.Errorf("as JSON: %v", err)
	}
}

// TestValuesAreBounded: what doubles with each step would fill any memory.
func TestValuesAreBounded(t *testing.T) {
	g := shown(t, querytest.Sample(t))
	for _, text := range []string{
		"RETURN reduce(s = 'a', x IN range(1, 50) | s + s)",
		"RETURN reduce(s = [1], x IN range(1, 50) | s + s)",
		"RETURN reduce(s = [1], x IN range(1, 80) | [s, s])",
		"RETURN reduce(s = {}, x IN range(1, 80) | {a: s, b: s})",
		"RETURN reduce(s = 'a,', x IN range(1, 10) | replace(s, 'a', s + s + s))",
		"UNWIND range(1, 3000) AS x WITH [y IN range(1, 3000) | y] AS l RETURN collect(l)",
	} {
		plan, err := query.Cypher(g, text, query.CypherOptions{Memory: 64 << 20})
		if err != nil {
			t.Fatal(err)
		}
		err = plan.Run(context.Background(), func([]engine.Value) bool { return true })
		var e *cypher.Error
		if !errors.As(err, &e) || e.Code != "MemoryLimit" {
			t.Errorf("%s: %v", text, err)
		}
	}
}
