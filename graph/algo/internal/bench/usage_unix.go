//go:build unix

package main

import (
	"runtime"
	"syscall"
	"time"
)

func usage() syscall.Rusage {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return u
}

// cpuTime is the time that all threads have run.
func cpuTime() time.Duration {
	u := usage()
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// peak is the most memory that was held, in bytes.
func peak() int64 {
	max := usage().Maxrss
	if runtime.GOOS != "darwin" {
		max *= 1024
	}
	return max
}
