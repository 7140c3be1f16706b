//go:build linux || darwin

package cli

import "syscall"

// freeBytes is how much may still be written to the disk of a folder, and whether that is known.
func freeBytes(dir string) (n uint64, known bool) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		return 0, false
	}
	return s.Bavail * uint64(s.Bsize), true
}
