package cli

import (
	"fmt"
	"sync"
	"time"
)

// progress shows on a terminal how far a build has come; elsewhere it shows nothing.
type progress struct {
	s     *Streams
	words words
	verb  string
	mu    sync.Mutex
	shown time.Time // when the line was last written; zero if there is none
}

const progressEvery = 100 * time.Millisecond

// update may be called from several goroutines; a total of 0 is not known.
func (p *progress) update(done, total int) {
	if !p.s.ErrTerminal {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if now := time.Now(); now.Sub(p.shown) >= progressEvery {
		p.shown = now
		fmt.Fprintf(p.s.Err, "\r\x1b[K%s %d", p.verb, done)
		if total > 0 {
			fmt.Fprint(p.s.Err, p.words.say(" of %d", total))
		}
	}
}

// clear takes the line away, so that what follows starts on a clean one.
func (p *progress) clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.shown.IsZero() {
		fmt.Fprint(p.s.Err, "\r\x1b[K")
		p.shown = time.Time{}
	}
}
