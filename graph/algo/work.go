package algo

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// piece is the number of nodes that a worker takes at a time. It is a constant because float sums are taken piece by piece:
// a piece that followed the number of workers would move the last digits.
const piece = 2048

// pieces is the number of pieces of n nodes.
func pieces(n int) int { return (n + piece - 1) / piece }

// each calls do for every piece of [0, n), on as many goroutines as there are processors.
func each(n int, do func(p, lo, hi int)) {
	many(pieces(n), func(_, p int) { do(p, p*piece, min(n, (p+1)*piece)) })
}

// workers is the number of goroutines for n independent pieces of work.
func workers(n int) int { return max(1, min(n, runtime.GOMAXPROCS(0))) }

// many calls do(worker, i) for every i of [0, n); calls with one worker's number follow each other.
func many(n int, do func(worker, i int)) {
	w := workers(n)
	if w == 1 {
		for i := range n {
			do(0, i)
		}
		return
	}
	var next atomic.Int64
	var wait sync.WaitGroup
	for worker := range w {
		wait.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				do(worker, i)
			}
		})
	}
	wait.Wait()
}

// sum adds the sums of pieces in order.
func sum(parts []float64) float64 {
	total := 0.0
	for _, p := range parts {
		total += p
	}
	return total
}

// turnstile lets pieces of work be joined in their order, whoever finishes first.
type turnstile struct {
	mu   sync.Mutex
	cond sync.Cond
	next int
}

func newTurnstile() *turnstile {
	t := &turnstile{}
	t.cond.L = &t.mu
	return t
}

// pass waits for its turn, calls join, and lets the next one pass.
func (t *turnstile) pass(i int, join func()) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for t.next != i {
		t.cond.Wait()
	}
	join()
	t.next++
	t.cond.Broadcast()
}
