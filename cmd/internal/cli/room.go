package cli

import (
	"errors"
	"os"
	"path/filepath"
)

// leastRoom is the room on the disk, in bytes, with which a build begins and goes on. The store maps its files into memory,
// and a disk that fills up below such a file ends the program without a word.
const leastRoom = 64 << 20

var errNoRoom = errors.New("the disk is nearly full")

// hasRoom reports whether the disk on which a graph lies, or will lie, has room for a build; true where that cannot be known.
func (a *app) hasRoom() bool {
	free := a.free
	if free == nil {
		free = freeBytes
	}
	dir, err := filepath.Abs(a.db)
	if err != nil {
		return true
	}
	for parent := filepath.Dir(dir); ; dir, parent = parent, filepath.Dir(parent) {
		if _, err := os.Stat(dir); err == nil || parent == dir {
			break
		}
	}
	n, known := free(dir)
	return !known || n >= leastRoom
}
