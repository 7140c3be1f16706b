//go:build unix

package main

import (
	"syscall"
	"time"
)

// cpuTime is the time that all threads have run.
func cpuTime() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
