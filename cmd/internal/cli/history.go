package cli

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// mostEarlier bounds the queries that the arrows bring back, and mostHistory the bytes of the file that are read for them.
const (
	mostEarlier = 500
	mostHistory = 1 << 20
)

// historyVariable names a file for the shell's queries; nothing and - mean none.
const historyVariable = "TUPU_HISTORY"

// historyFile is where the shell keeps its queries: where the platform keeps what programs remember, unless the environment says
// otherwise. It is empty if they are not to be kept.
func historyFile() string {
	if name, ok := os.LookupEnv(historyVariable); ok {
		if name == "-" {
			return ""
		}
		return name
	}
	dir := os.Getenv("XDG_STATE_HOME")
	switch {
	case runtime.GOOS == "windows":
		dir = os.Getenv("LocalAppData")
	case runtime.GOOS == "darwin":
		dir, _ = os.UserConfigDir()
	case !filepath.IsAbs(dir):
		home, err := os.UserHomeDir()
		if err != nil {
			return ""
		}
		dir = filepath.Join(home, ".local", "state")
	}
	if dir == "" {
		return ""
	}
	return filepath.Join(dir, "tupu", "history")
}

// shellHistory keeps whole queries, also those that were typed in several lines, from one shell to the next.
type shellHistory struct {
	all  []string
	file string // empty if they are not to outlive the shell
}

// openHistory reads the queries of earlier shells. With an error the history is good for this shell.
func openHistory(file string) (*shellHistory, error) {
	h := &shellHistory{}
	if file == "" {
		return h, nil
	}
	f, err := os.Open(file)
	if errors.Is(err, fs.ErrNotExist) {
		h.file = file
		return h, nil
	}
	if err != nil {
		return h, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return h, err
	}
	long := info.Size() > mostHistory
	if long {
		_, err = f.Seek(-mostHistory, io.SeekEnd)
	}
	var b []byte
	if err == nil {
		b, err = io.ReadAll(io.LimitReader(f, mostHistory))
	}
	if err != nil {
		return h, err
	}
	if long { // the first line is cut
		_, b, _ = bytes.Cut(b, []byte("\n"))
	}
	lines := bufio.NewScanner(bytes.NewReader(b))
	lines.Buffer(nil, mostHistory)
	for lines.Scan() {
		h.add(strings.TrimSpace(lines.Text()))
	}
	h.file = file
	if long {
		err = h.shorten()
	}
	return h, err
}

// shorten writes the file anew with what is left of it.
func (h *shellHistory) shorten() error {
	f, err := os.CreateTemp(filepath.Dir(h.file), "history.*")
	if err != nil {
		return err
	}
	_, err = f.WriteString(strings.Join(h.all, "\n") + "\n")
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), h.file)
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	return err
}

// Add leaves lines alone: what counts is the query that they make.
func (h *shellHistory) Add(string) {}

// Len is the number of queries.
func (h *shellHistory) Len() int { return len(h.all) }

// At is a query, the newest first.
func (h *shellHistory) At(i int) string { return h.all[len(h.all)-1-i] }

// keep makes one line of a query, and adds it to the file. One with a comment to the end of a line stays out: in one line it would be
// another.
func (h *shellHistory) keep(lines []string) error {
	if len(lines) > 1 && slices.ContainsFunc(lines, func(l string) bool { return strings.Contains(l, "//") }) {
		return nil
	}
	query := strings.TrimSpace(strings.Join(lines, " "))
	if !strings.HasSuffix(query, ";") {
		query += ";"
	}
	if !h.add(query) || h.file == "" {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(h.file), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(h.file, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o600) // for nobody else: a query tells what somebody looks for
	if err != nil {
		return err
	}
	_, err = f.WriteString(query + "\n")
	return errors.Join(err, f.Close())
}

// add appends a query, unless it is the last one again.
func (h *shellHistory) add(query string) bool {
	if n := len(h.all); query == "" || n > 0 && h.all[n-1] == query {
		return false
	}
	if h.all = append(h.all, query); len(h.all) > mostEarlier {
		h.all = h.all[1:]
	}
	return true
}
