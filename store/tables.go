package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/dgraph-io/badger/v4"
	"github.com/dgraph-io/badger/v4/table"
)

// errDamaged says that a file is not as it was written, and what helps.
var errDamaged = errors.New("damaged; delete the store and build it again: the documents and the judgements are untouched")

// openTables opens a database after a look at its tables: Badger believes what a table says of itself, and panics in a goroutine
// of its own when one was cut short.
func openTables(o badger.Options) (*badger.DB, error) {
	if err := checkTables(o); err != nil {
		return nil, err
	}
	return badger.Open(o)
}

// checkTables checks that the tables which the manifest names end as tables do. What they hold Badger checks itself.
func checkTables(o badger.Options) error {
	name := filepath.Join(o.Dir, badger.ManifestFilename)
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // a database that is to be made
	}
	if err != nil {
		return err
	}
	defer f.Close()
	manifest, size, err := badger.ReplayManifestFile(f, o.ExternalMagicVersion, o)
	if err != nil {
		return fmt.Errorf("%s: %w (%w)", name, errDamaged, err)
	}
	if o.ReadOnly { // closed for good: what a writer left behind in a crash is no damage
		info, err := f.Stat()
		if err != nil {
			return err
		}
		held, err := filepath.Glob(filepath.Join(o.Dir, "*.sst"))
		if err != nil {
			return err
		}
		if info.Size() != size || len(held) != len(manifest.Tables) {
			return fmt.Errorf("%s: %w", name, errDamaged)
		}
	}
	for id := range manifest.Tables {
		if err := checkTable(table.NewFilename(id, o.Dir)); err != nil {
			return err
		}
	}
	return nil
}

// checkTable checks the end of a table: index, its length, checksum, its length, the lengths in four bytes each.
func checkTable(name string) error {
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s: %w (it is missing)", name, errDamaged)
	}
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	at := info.Size()
	for range 2 { // from the end: the checksum, then the index
		var length [4]byte
		if at -= int64(len(length)); at < 0 {
			return fmt.Errorf("%s: %w", name, errDamaged)
		}
		if _, err := f.ReadAt(length[:], at); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		n := int64(binary.BigEndian.Uint32(length[:]))
		if n == 0 || n > at {
			return fmt.Errorf("%s: %w", name, errDamaged)
		}
		at -= n
	}
	return nil
}
