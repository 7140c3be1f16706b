//go:build unix

package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/tupu-kg/tupu/query"
	"github.com/tupu-kg/tupu/query/engine"
	"github.com/tupu-kg/tupu/store"
)

// benchQueries are the six that are compared with other engines; $mid and $far are firms.
var benchQueries = []struct{ name, query string }{
	{"neighbours", "MATCH (a:Enterprise {name: $mid})-[:CO_MENTIONED]-(b) RETURN b.name"},
	{"twohop", "MATCH (a:Enterprise {name: $mid})-[:CO_MENTIONED]-(b)-[:CO_MENTIONED]-(c) RETURN count(DISTINCT c)"},
	{"grouping", "MATCH (e:Enterprise)-[:APPEARS_IN]->(p:Place) WITH e, count(DISTINCT p) AS n WHERE n >= 2 RETURN count(e)"},
	{"shortest", "MATCH (a:Enterprise {name: $mid}), (b:Enterprise {name: $far}), p = shortestPath((a)-[:CO_MENTIONED*..8]-(b)) RETURN length(p)"},
	{"filter", "MATCH (e:Enterprise) WHERE e.confidence > 0.998 RETURN count(*)"},
	{"top", "MATCH (e:Enterprise)<-[r:CO_MENTIONED]-() RETURN e.name, count(r) AS n ORDER BY n DESC LIMIT 10"},
}

// TestBenchTimes prints what the benchmark's queries cost on the store that TestBenchStore made, as the shell asks it, in CPU time, which
// a busy machine does not stretch, and wall time: with the plan made beforehand, as prepared statements have it, and with parsing and
// planning.
func TestBenchTimes(t *testing.T) {
	dir := os.Getenv("TUPU_BENCH_OUT")
	if dir == "" || os.Getenv("TUPU_BENCH_CPU") == "" {
		t.Skip("TUPU_BENCH_CPU is not set, or TUPU_BENCH_OUT: the costs of queries are not printed")
	}
	ctx := context.Background()
	c, w := used(t), time.Now()
	s, err := store.Open(filepath.Join(dir, "tupu.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	g, err := query.NewPropertyGraph(ctx, s)
	if err != nil {
		t.Fatal(err)
	}
	printTimes("tupu", "opening", used(t)-c, time.Since(w), fmt.Sprintf("%.0f edges", g.Stats().Rels))
	edges := int(g.Stats().Rels)
	o := query.CypherOptions{Params: map[string]engine.Value{
		"mid": engine.OfString(fmt.Sprintf("企业%06d", edges/20)), "far": engine.OfString(fmt.Sprintf("企业%06d", edges*9/100)),
	}}
	for _, q := range benchQueries {
		plan, err := query.Cypher(g, q.query, o)
		if err != nil {
			t.Fatal(err)
		}
		var last []engine.Value
		rows := 0
		run := func(plan *engine.Plan) {
			rows = 0
			err := plan.Run(ctx, func(row []engine.Value) bool {
				rows++
				last = row
				return true
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		cpu, wall := least(t, func() { run(plan) })
		answer := strconv.Itoa(rows) + " rows"
		if rows == 1 {
			answer = engine.Display(last[0])
		}
		printTimes("tupu", q.name, cpu, wall, answer)
		cpu, wall = least(t, func() {
			plan, err := query.Cypher(g, q.query, o)
			if err != nil {
				t.Fatal(err)
			}
			run(plan)
		})
		printTimes("tupu parse", q.name, cpu, wall, answer)
	}
}

func printTimes(engine, what string, cpu, wall time.Duration, answer string) {
	ms := func(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1e6 }
	fmt.Printf("%-10s  %-11s cpu %9.3f  wall %9.3f  %s\n", engine, what, ms(cpu), ms(wall), answer)
}

// least is what something costs at least, of ten times: of runs of a thousand where it takes less than a millisecond.
func least(t *testing.T, do func()) (cpu, wall time.Duration) {
	cpu, wall = time.Hour, time.Hour
	begun := time.Now()
	do()
	n := 1
	if time.Since(begun) < 5*time.Millisecond {
		n = 200
	}
	for range 10 {
		c, w := used(t), time.Now()
		for range n {
			do()
		}
		cpu, wall = min(cpu, (used(t)-c)/time.Duration(n)), min(wall, time.Since(w)/time.Duration(n))
	}
	return cpu, wall
}

// used is the CPU time of the process.
func used(t *testing.T) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
