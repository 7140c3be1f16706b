package export

import (
	"io"
	"runtime"
	"sync"
)

// beside writes parts that do not depend on each other on all processors, and what they write to w in their order: what comes before
// its turn waits, up to most bytes of each of the few that are begun, so that the memory does not grow with the parts. It returns the
// error of the first part that failed. The goroutines have ended when it returns.
func beside(w io.Writer, parts, most int, write func(part int, w io.Writer) error) error {
	workers := min(parts, runtime.GOMAXPROCS(0))
	if workers <= 1 {
		for part := range parts {
			if err := write(part, w); err != nil {
				return err
			}
		}
		return nil
	}
	q := &queue{w: w, most: most}
	q.moved.L = &q.mu
	var wait sync.WaitGroup
	for range workers {
		wait.Go(func() {
			for p := q.begin(parts, 2*workers); p != nil; p = q.begin(parts, 2*workers) {
				q.end(p, write(p.part, p))
			}
		})
	}
	wait.Wait()
	return q.err
}

// queue is whose turn it is to write.
type queue struct {
	w     io.Writer
	most  int
	mu    sync.Mutex
	moved sync.Cond
	begun int
	turn  int // the part that writes; all before it have ended
	ended map[int]*waiting
	free  [][]byte // to be written to again
	err   error
}

// begin hands out the next part, once no more than a number of them are begun and not yet written; nil if there is none left, or one
// has failed.
func (q *queue) begin(parts, ahead int) *waiting {
	q.mu.Lock()
	defer q.mu.Unlock()
	for q.err == nil && q.begun < parts && q.begun >= q.turn+ahead {
		q.moved.Wait()
	}
	if q.err != nil || q.begun == parts {
		return nil
	}
	p := &waiting{q: q, part: q.begun}
	q.begun++
	if n := len(q.free); n > 0 {
		p.held, q.free = q.free[n-1], q.free[:n-1]
	}
	return p
}

// end takes a part that was written to its end, and writes what waited for it.
func (q *queue) end(p *waiting, err error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	p.failed = err
	if q.ended == nil {
		q.ended = map[int]*waiting{}
	}
	q.ended[p.part] = p
	for next := q.ended[q.turn]; next != nil && q.err == nil; next = q.ended[q.turn] {
		delete(q.ended, q.turn)
		if _, q.err = q.w.Write(next.held); q.err == nil {
			q.err = next.failed
		}
		q.free = append(q.free, next.held[:0])
		q.turn++
	}
	q.moved.Broadcast()
}

// waiting is what a part writes to.
type waiting struct {
	q      *queue
	part   int
	held   []byte
	failed error
}

func (p *waiting) Write(b []byte) (int, error) {
	if len(p.held)+len(b) <= p.q.most {
		p.held = append(p.held, b...)
		return len(b), nil
	}
	p.q.mu.Lock()
	for p.q.err == nil && p.q.turn != p.part {
		p.q.moved.Wait()
	}
	err := p.q.err
	p.q.mu.Unlock()
	// Nobody else writes until this part has ended.
	if err == nil {
		_, err = p.q.w.Write(p.held)
	}
	if err == nil {
		_, err = p.q.w.Write(b)
	}
	p.held = p.held[:0]
	return len(b), err
}
