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

// TestBenchTimes prints what the benchmark's queries cost, in CPU time, which a busy machine does not stretch, and wall time.
func TestBenchTimes(t *testing.T) {
	if os.Getenv("TUPU_BENCH_CPU") == "" {
		t.Skip("TUPU_BENCH_CPU is not set: the costs of queries are not printed")
	}
	ctx := context.Background()
	g, err := query.NewCompactGraph(ctx, generate(benchEdges()/10, benchEdges()))
	if err != nil {
		t.Fatal(err)
	}
	mid, far := fmt.Sprintf("%06d", benchEdges()/20), fmt.Sprintf("%06d", benchEdges()*9/100)
	for _, q := range benchQueries {
		text := strings.NewReplacer("050000", mid, "090000", far).Replace(q.query)
		cpu, wall := time.Hour, time.Hour
		var last []engine.Value
		rows := 0
		for range 10 {
			c, w := used(t), time.Now()
			plan, err := query.Cypher(g, text, query.CypherOptions{})
			if err != nil {
				t.Fatal(err)
			}
			rows = 0
			err = plan.Run(ctx, func(row []engine.Value) bool {
				rows++
				last = row
				return true
			})
			if err != nil {
				t.Fatal(err)
			}
			cpu, wall = min(cpu, used(t)-c), min(wall, time.Since(w))
		}
		answer := strconv.Itoa(rows) + " rows"
		if rows == 1 {
			answer = engine.Display(last[0])
		}
		fmt.Printf("tupu    %-11s cpu %9.3f  wall %9.3f  %s\n", q.name, float64(cpu.Microseconds())/1e3, float64(wall.Microseconds())/1e3, answer)
	}
}

// used is the CPU time of the process.
func used(t *testing.T) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
