//go:build !linux && !darwin

package cli

// freeBytes is not known here.
func freeBytes(string) (n uint64, known bool) { return 0, false }
