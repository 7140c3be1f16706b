//go:build !unix

package main

import "time"

var begun = time.Now()

// cpuTime is wall time where the system does not tell.
func cpuTime() time.Duration { return time.Since(begun) }

// peak is 0 where the system does not tell.
func peak() int64 { return 0 }
