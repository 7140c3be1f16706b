//go:build unix

package store

import "golang.org/x/sys/unix"

// release gives the pages of a mapped file back, which come again when they are read.
func release(mapped []byte) {
	if len(mapped) > 0 {
		_ = unix.Madvise(mapped, unix.MADV_DONTNEED) // a hint
	}
}
