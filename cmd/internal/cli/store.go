package cli

import (
	"errors"
	"fmt"
	"os"

	"github.com/tupu-kg/tupu/query"
	"github.com/tupu-kg/tupu/store"
)

// open opens the newest generation of the graph, for reading.
func (a *app) open() (*store.Snapshot, error) {
	s, err := store.Open(a.db)
	if err != nil {
		return nil, a.explain(err)
	}
	return s, nil
}

// explain says what to do about an error of the store.
func (a *app) explain(err error) error {
	if info, statErr := os.Stat(a.db); errors.Is(err, store.ErrNoStore) || err != nil && statErr == nil && !info.IsDir() {
		return a.noGraph()
	}
	return err
}

// reply asks one question of the graph and prints what to makes of the answer. A name that nobody has is no error: the
// answer is empty, and people are told where else to look.
func reply[T any](a *app, empty result, ask func(query.Reader) (T, error), to func(T) result) error {
	s, err := a.open()
	if err != nil {
		return err
	}
	defer s.Close()
	if empty.note = a.emptyGraph(s); empty.note != "" {
		return a.print(empty)
	}
	found, err := ask(s)
	var unknown *query.UnknownError
	var noArea *query.NoAreaError
	if errors.As(err, &unknown) || errors.As(err, &noArea) {
		empty.note = err.Error()
		return a.print(empty)
	}
	if err != nil {
		return err
	}
	return a.print(to(found))
}

// hint tells people something about an answer that is not part of it.
func (a *app) hint(s string) { fmt.Fprintln(a.Err, visible(a.words.tell(s), true)) }
