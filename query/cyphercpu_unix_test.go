//go:build unix

package query_test

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/tupu-kg/tupu/query"
	"github.com/tupu-kg/tupu/query/engine"
)

// TestBenchTimes prints what the benchmark's queries cost, in CPU time, which a busy machine does not stretch, and wall time: with
// the plan made beforehand, as prepared statements have it, and with parsing and planning.
func TestBenchTimes(t *testing.T) {
	if os.Getenv("TUPU_BENCH_CPU") == "" {
		t.Skip("TUPU_BENCH_CPU is not set: the costs of queries are not printed")
	}
	ctx := context.Background()
	all := generate(benchEdges()/10, benchEdges())
	c, w := used(t), time.Now()
	g, err := query.NewCompactGraph(ctx, all)
	if err != nil {
		t.Fatal(err)
	}
	printTimes("tupu", "loading", used(t)-c, time.Since(w), fmt.Sprintf("%d edges", len(all.edges)))
	mid, far := fmt.Sprintf("%06d", benchEdges()/20), fmt.Sprintf("%06d", benchEdges()*9/100)
	for _, q := range benchQueries {
		text := strings.NewReplacer("050000", mid, "090000", far).Replace(q.query)
		plan, err := query.Cypher(g, text, query.CypherOptions{})
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
			plan, err := query.Cypher(g, text, query.CypherOptions{})
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
