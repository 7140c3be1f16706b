package main

import (
	"math"
	"os"
	"runtime"
	"runtime/debug"
)

// firstCollection is how much memory is taken before the first garbage collection, in bytes. Most commands end before.
const firstCollection = 192 << 20

// delayCollection puts the first garbage collection off: a command that answers a question lives for a tenth of a second, a fourth
// of which went into collecting what it was about to leave anyway. After the first collection all is as Go has it; who sets GOGC or
// GOMEMLIMIT has it their way from the start.
func delayCollection() {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	percent := debug.SetGCPercent(-1)
	debug.SetMemoryLimit(firstCollection)
	collected := new([16]byte) // found unused by the first collection
	runtime.AddCleanup(collected, func(percent int) {
		debug.SetMemoryLimit(math.MaxInt64)
		debug.SetGCPercent(percent)
	}, percent)
}
