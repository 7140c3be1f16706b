package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/dgraph-io/badger/v4"
)

// Format is the version of the generations of the graph. A build makes one of this version out of the facts, whatever there was before.
const Format = 4

// factsFormat is the version of the facts. Another version cannot be read; the documents must be built anew.
const factsFormat = 2

// The reasons for which a store cannot be opened.
var (
	ErrNoStore = errors.New("no graph here")
	ErrLocked  = errors.New("another build is running on this store")
	ErrFormat  = errors.New("store of another format")
	ErrOlder   = errors.New("store of an older version of tupu") // a build brings it up to date
)

const (
	factsDir    = "facts"
	currentFile = "CURRENT"
	genPrefix   = "gen-"
)

// current is the content of CURRENT.
type current struct {
	Format int    `json:"format"`
	Base   string `json:"base,omitempty"` // the generation that Top changes; empty if Top is whole
	Top    string `json:"top"`
}

// readCurrent returns ErrNoStore if no build has finished here yet, ErrOlder for a store of an older version and ErrFormat for one
// that cannot be read at all.
func readCurrent(dir string) (current, error) {
	name := filepath.Join(dir, currentFile)
	b, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return current{}, fmt.Errorf("%s: %w", dir, ErrNoStore)
	}
	if err != nil {
		return current{}, err
	}
	var c current
	if err := json.Unmarshal(b, &c); err != nil {
		return current{}, fmt.Errorf("%s: damaged (%w); delete the store and build it again, the documents are untouched", name, err)
	}
	if c.Format >= factsFormat && c.Format < Format {
		return current{}, fmt.Errorf("%s: %w: run `tupu build` with its documents once, which reads nothing anew that it knows", dir, ErrOlder)
	}
	if c.Format != Format {
		return current{}, fmt.Errorf("%s has format %d, this tupu reads format %d: %w; delete it and build again, judgements lie outside it and survive", dir, c.Format, Format, ErrFormat)
	}
	if c.Top == "" || filepath.Base(c.Top) != c.Top || filepath.Base(c.Base) != c.Base && c.Base != "" {
		return current{}, fmt.Errorf("%s: names no generation; delete the store and build it again", name)
	}
	return c, nil
}

// writeCurrent flips the pointer.
func writeCurrent(dir string, c current) error {
	b, err := json.Marshal(c)
	if err != nil {
		return err
	}
	temp := filepath.Join(dir, currentFile+".new")
	f, err := os.Create(temp)
	if err != nil {
		return err
	}
	_, err = f.Write(append(b, '\n'))
	if err == nil {
		err = f.Sync()
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Rename(temp, filepath.Join(dir, currentFile))
	}
	return err
}

// Exists reports whether dir holds a store, whole or begun.
func Exists(dir string) bool {
	for _, name := range []string{currentFile, factsDir} {
		if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
			return true
		}
	}
	return false
}

// generations lists the numbers of the generation directories there are.
func generations(dir string) ([]int, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var out []int
	for _, e := range entries {
		if n, err := strconv.Atoi(strings.TrimPrefix(e.Name(), genPrefix)); err == nil && strings.HasPrefix(e.Name(), genPrefix) {
			out = append(out, n)
		}
	}
	return out, nil
}

// sweep removes the generations that neither keep nor any reader can need. A directory that cannot be removed (an open
// reader on Windows) is left for the next build.
func sweep(dir string, keep ...string) {
	numbers, err := generations(dir)
	if err != nil {
		return
	}
next:
	for _, n := range numbers {
		name := genPrefix + strconv.Itoa(n)
		for _, k := range keep {
			if name == k {
				continue next
			}
		}
		_ = os.RemoveAll(filepath.Join(dir, name))
	}
}

// options are those of every Badger here: little memory, no chatter. The defaults take 85 MB at open.
func options(dir string) badger.Options {
	return badger.DefaultOptions(dir).WithLogger(nil).WithMetricsEnabled(false).
		WithMemTableSize(16 << 20).WithNumMemtables(3).WithValueLogFileSize(64 << 20).
		WithBlockCacheSize(16 << 20).WithNumCompactors(2).WithDetectConflicts(false)
}

func lockError(dir string, err error) error {
	if err != nil && strings.Contains(err.Error(), "Cannot acquire directory lock") {
		return fmt.Errorf("%s: %w; wait for it to end, or choose another store with --db", dir, ErrLocked)
	}
	return err
}
