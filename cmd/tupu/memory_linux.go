package main

import (
	"runtime/debug"
	"syscall"
)

// largePages has the memory up to the first garbage collection come in pages of 2 MB, where the system gives them to those who
// ask. Recognition looks things up all over tables of many megabytes: with pages of 4 kB, a sixth of its time goes into finding
// where they lie in memory, and into being given them one by one. The heap takes the memory and gives it back untouched; what is
// allocated from then on lies there first. That costs some two milliseconds, and a collection, so it comes before delayCollection.
func largePages() {
	if syscall.Madvise(make([]byte, firstCollection), syscall.MADV_HUGEPAGE) == nil {
		debug.FreeOSMemory()
	}
}
