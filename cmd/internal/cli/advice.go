package cli

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/tupu-kg/tupu/store"
	"github.com/tupu-kg/tupu/store/ingest"
)

// noGraph says what to do where there is no graph: where one lies nearby, or how one is made.
func (a *app) noGraph() error {
	if info, err := os.Stat(a.db); err == nil && !info.IsDir() {
		return errors.New(a.words.say("%s is a file, and a graph is a folder: say with --db where it is", a.db))
	}
	if found := nearbyGraph(a.db); found != "" {
		return errors.New(a.words.say("no graph at %s, but there is one at %s: --db %s takes it", a.db, found, found))
	}
	return errors.New(a.words.say("no graph at %s: run `tupu build FOLDER` first, or say with --db where it is", a.db))
}

// nearbyGraph finds a graph in the current folder, in those above, or in the folder that was named by mistake; empty if there
// is none.
func nearbyGraph(named string) string {
	base := filepath.Base(named)
	tries := []string{filepath.Join(named, "tupu.db")}
	for up, i := "..", 0; i < 4; up, i = filepath.Join(up, ".."), i+1 {
		tries = append(tries, filepath.Join(up, base))
	}
	if entries, err := os.ReadDir("."); err == nil && len(entries) <= 1000 {
		for _, e := range entries {
			if e.IsDir() {
				tries = append(tries, e.Name(), filepath.Join(e.Name(), base))
			}
		}
	}
	for _, path := range tries {
		if filepath.Clean(path) != filepath.Clean(named) && store.Exists(path) {
			return path
		}
	}
	return ""
}

// systemAdvice says what to do where the system refused; empty for other errors, and those that say it themselves.
func (a *app) systemAdvice(err error) string {
	switch {
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return a.words.say("choose a place that you may use (--db for the graph, --out for a file), or ask whoever owns it for the right to")
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, errNoRoom):
		return a.words.say("make room, or choose another place with --db or --out; what was there before is safe")
	case errors.Is(err, fs.ErrNotExist) && !strings.Contains(err.Error(), "check the path"):
		return a.words.say("check the path, and put it in quotes if it has spaces")
	}
	return ""
}

// missingPath is the error about an input that does not exist, with what was probably meant.
func (a *app) missingPath(err error, paths []string) error {
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for _, path := range paths {
		if _, statErr := os.Stat(path); errors.Is(statErr, fs.ErrNotExist) {
			here, wdErr := os.Getwd()
			if wdErr != nil {
				here = "the current folder"
			}
			return errors.New(a.words.say("%s does not exist in %s%s: check the path, and put it in quotes if it has spaces", path, here, nearFiles(path)))
		}
	}
	return err
}

// afterBuild tells people what the report of a build means for them, and what to do next; empty if nothing needs be said.
func (a *app) afterBuild(r *ingest.Report) string {
	entities := 0
	for _, n := range r.Entities {
		entities += n
	}
	switch {
	case r.Added+r.Reread > 0 && r.Mentions == 0:
		return a.words.say("no name was recognised in what was read: tupu reads reports in Chinese. `tupu search 企业` shows what the text looks like; a PDF or page without text needs to be recognised (OCR) first")
	case r.Documents > 0 && entities == 0:
		return a.words.say("the graph holds documents and no names: see `tupu ask coverage`")
	case a.ErrTerminal && r.Added > 0 && r.Added == r.Documents:
		return a.words.say("next: `tupu ask shared` names enterprises that several districts' reports name; `tupu ask` lists all questions")
	}
	return ""
}

// nothingRead is the error of a build that found nothing to read.
func (a *app) nothingRead(paths []string) error {
	where := strings.Join(paths, ", ")
	if len(paths) == 1 {
		if entries, err := os.ReadDir(paths[0]); err == nil && len(entries) == 0 {
			return errors.New(a.words.say("%s is empty: put reports into it, or name the folder that holds them", where))
		}
	}
	return errors.New(a.words.say("no reports in %s: it holds only files that are passed over (data, programs, hidden files). `tupu help build` says which files are read", where))
}

// emptyGraph says what to do with a graph without documents; empty if it has some.
func (a *app) emptyGraph(s *store.Snapshot) string {
	for range s.Documents() {
		return ""
	}
	return a.words.say("the graph at %s holds no documents: `tupu build FOLDER` reads some", a.db)
}
