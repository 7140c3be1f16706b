//go:build unix

package main

import (
	"fmt"
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

// memory prints the peak of the memory held.
func memory() {
	kb := usage().Maxrss
	if runtime.GOOS == "darwin" {
		kb /= 1024
	}
	fmt.Printf("%-12s %6d MB\n", "memory", kb/1024)
}
