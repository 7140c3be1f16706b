package store

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/dgraph-io/ristretto/v2/z"
	"github.com/tupu-kg/tupu/graph"
)

// The texts of a layer's documents lie one after the other in a plain file beside its tables, and the tables say where: a quote is
// then read by itself, where a table would have the whole text unpacked for it. Readers map the file into memory, because an export
// reads a million quotes, and asking the system for each takes longer than all else that is done with it.
const textsFile = "texts"

// textWriter writes the texts of a layer.
type textWriter struct {
	f    *os.File
	w    *bufio.Writer
	size uint64
}

func createTexts(dir string) (*textWriter, error) {
	f, err := os.Create(filepath.Join(dir, textsFile))
	if err != nil {
		return nil, err
	}
	return &textWriter{f: f, w: bufio.NewWriter(f)}, nil
}

// add writes a text and returns what the tables say of it.
func (t *textWriter) add(text []byte) ([]byte, error) {
	place := binary.AppendUvarint(binary.AppendUvarint(nil, t.size), uint64(len(text)))
	t.size += uint64(len(text))
	_, err := t.w.Write(text)
	return place, err
}

// close makes what was written last.
func (t *textWriter) close() error {
	return errors.Join(t.w.Flush(), t.f.Sync(), t.f.Close())
}

// discard gives what was written up.
func (t *textWriter) discard() { _ = t.f.Close() }

// mapTexts maps the texts of a layer into memory; nil if there are none.
func mapTexts(dir string) ([]byte, error) {
	f, err := os.Open(filepath.Join(dir, textsFile))
	if err != nil {
		return nil, err
	}
	defer f.Close() // the mapping stays
	info, err := f.Stat()
	if err != nil || info.Size() == 0 {
		return nil, err
	}
	return z.Mmap(f, false, info.Size())
}

// cut returns a stretch of the texts of a layer, or an error if it is not there.
func cut(texts []byte, at, size uint64) ([]byte, error) {
	if all := uint64(len(texts)); at > all || size > all-at {
		return nil, fmt.Errorf("bytes %d to %d: outside the texts, which have %d: %w", at, at+size, all, errDamaged)
	}
	return texts[at : at+size], nil
}

// place says where a text lies.
type place struct {
	layer    int // 0 the top, 1 the base
	at, size uint64
}

func readPlace(layer int, b []byte) (place, error) {
	d := decoder{b: b}
	p := place{layer, d.uint(), d.uint()}
	return p, d.end()
}

// mostPlaces bounds the places that are kept at hand.
const mostPlaces = 1 << 17

// place says where the text of a document lies, or returns graph.ErrNotFound.
func (s *Snapshot) place(doc graph.ID) (place, error) {
	s.mu.Lock()
	p, ok := s.places[doc]
	s.mu.Unlock()
	if ok {
		return p, nil
	}
	b, layer, err := s.find(bodyKey + string(doc))
	if err == nil {
		p, err = readPlace(layer, b)
	}
	if err != nil {
		return p, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.places == nil || len(s.places) == mostPlaces {
		s.places = map[graph.ID]place{}
	}
	s.places[doc] = p
	return p, nil
}

// read reads bytes of the text of a document.
func (s *Snapshot) read(doc graph.ID, from, to int) (string, error) {
	p, err := s.place(doc)
	if err != nil {
		return "", err
	}
	if to < 0 {
		to = int(p.size)
	}
	if from < 0 || from > to || uint64(to) > p.size {
		return "", fmt.Errorf("bytes %d to %d: outside its text of %d bytes", from, to, p.size)
	}
	b, err := cut(s.texts[p.layer], p.at, p.size)
	if err != nil {
		return "", err
	}
	return string(b[from:to]), nil
}

// text returns the text of a document.
func (s *Snapshot) text(doc graph.ID) (string, error) {
	text, err := s.read(doc, 0, -1)
	if err != nil {
		return "", fmt.Errorf("text of %s: %w", doc, err)
	}
	return text, nil
}

// quote fills in the quote of a text evidence, which is not kept twice.
func (s *Snapshot) quote(e *graph.Evidence) error {
	if e.Source != graph.FromText {
		return nil
	}
	quote, err := s.read(e.Doc, e.ByteStart, max(0, e.ByteEnd))
	if err != nil {
		return fmt.Errorf("evidence in %s: %w", e.Doc, err)
	}
	e.Quote = quote
	return nil
}

// copyText copies a text of the old generation, and returns what the tables say of the copy.
func (g *Generation) copyText(layer int, held []byte) ([]byte, error) {
	p, err := readPlace(layer, held)
	if err != nil {
		return nil, err
	}
	b, err := cut(g.old.texts[layer], p.at, p.size)
	if err != nil {
		return nil, err
	}
	return g.texts.add(b)
}
