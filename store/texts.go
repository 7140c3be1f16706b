package store

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"unsafe"

	"github.com/dgraph-io/ristretto/v2/z"
	"github.com/tupu-kg/tupu/graph"
)

// The bodies of a layer's documents (sentences, locators and text) lie one after the other in a plain file beside its tables, and the
// tables and the columns say where each begins. Readers map the file into memory: a quote then costs what it shows, where a table would
// have the whole document unpacked for it. A body is
//
//	the number of sentences, of locators, the bytes of the words, those of the text     32 bits each
//	sentences: start, end, start and end in bytes, year, role, modality                 32 bits each
//	locators: start, page, row, paragraph, line, heading, sheet                         32 bits each
//	words, each after its length: roles, modalities and sheets are their numbers
//	text, and zeros up to a multiple of four bytes
//
// All numbers are little endian.
const (
	textsFile  = "texts"
	bodyHeader = 4 * 4
	markWords  = 7 // numbers of a sentence or a locator
	markSize   = 4 * markWords
)

// encodeBody codes the body of a document.
func encodeBody(d *graph.Document, sentences []graph.Sentence) []byte {
	var words encoder
	var numbers []string
	word := func(s string) int {
		n := slices.Index(numbers, s)
		if n < 0 {
			n = len(numbers)
			numbers = append(numbers, s)
			words.text(s)
		}
		return n
	}
	marks := make([]byte, 0, markSize*(len(sentences)+len(d.Locators)))
	mark := func(values ...int) {
		for _, v := range values {
			marks = binary.LittleEndian.AppendUint32(marks, uint32(int32(v)))
		}
	}
	for _, s := range sentences {
		mark(s.Start, s.End, s.ByteStart, s.ByteEnd, s.Year, word(string(s.Role)), word(string(s.Modality)))
	}
	for _, l := range d.Locators {
		mark(l.Start, l.Page, l.Row, l.Paragraph, l.Line, l.Heading, word(l.Sheet))
	}
	out := make([]byte, 0, bodyHeader+len(marks)+len(words.b)+len(d.Text)+3)
	for _, n := range []int{len(sentences), len(d.Locators), len(words.b), len(d.Text)} {
		out = binary.LittleEndian.AppendUint32(out, uint32(n))
	}
	out = append(append(append(out, marks...), words.b...), d.Text...)
	return append(out, make([]byte, -len(out)&3)...)
}

// body is a document's body in the memory of the file.
type body struct {
	doc                 graph.ID
	sentences, locators []uint32 // markWords each
	words               []string
	text                []byte
}

// cutBody returns the bytes of the body that begins at a place in the file of a layer, and those of its parts.
func cutBody(file []byte, at uint64) (all, sentences, locators, words, text []byte, err error) {
	fail := fmt.Errorf("byte %d of the texts: %w", at, errDamaged)
	if at > uint64(len(file)) || uint64(len(file))-at < bodyHeader {
		return nil, nil, nil, nil, nil, fail
	}
	rest := file[at+bodyHeader:]
	var parts [4][]byte
	size := uint64(bodyHeader)
	for i := range parts {
		n := uint64(binary.LittleEndian.Uint32(file[at+4*uint64(i):]))
		if i < 2 {
			n *= markSize
		}
		if n > uint64(len(rest)) {
			return nil, nil, nil, nil, nil, fail
		}
		parts[i], rest = rest[:n:n], rest[n:]
		size += n
	}
	size += -size & 3
	if size > uint64(len(file))-at {
		return nil, nil, nil, nil, nil, fail
	}
	return file[at : at+size], parts[0], parts[1], parts[2], parts[3], nil
}

func readBody(doc graph.ID, file []byte, at uint64) (*body, error) {
	_, sentences, locators, words, text, err := cutBody(file, at)
	if err != nil {
		return nil, err
	}
	b := &body{doc: doc, sentences: view[uint32](sentences), locators: view[uint32](locators), text: text}
	d := decoder{b: words}
	for len(d.b) > 0 {
		b.words = append(b.words, d.text())
	}
	return b, d.end()
}

// word is a word of a number; empty if there is none, in a damaged file.
func (b *body) word(n uint32) string {
	if int(n) < len(b.words) {
		return b.words[n]
	}
	return ""
}

func signed(n uint32) int { return int(int32(n)) }

func (b *body) sentence(i int) graph.Sentence {
	m := b.sentences[markWords*i:]
	return graph.Sentence{
		Span: graph.Span{Doc: b.doc, Start: signed(m[0]), End: signed(m[1]), ByteStart: signed(m[2]), ByteEnd: signed(m[3])},
		Year: signed(m[4]), Role: graph.Role(b.word(m[5])), Modality: graph.Modality(b.word(m[6])),
	}
}

func (b *body) locator(i int) graph.Locator {
	m := b.locators[markWords*i:]
	return graph.Locator{
		Start: signed(m[0]), Page: signed(m[1]), Row: signed(m[2]), Paragraph: signed(m[3]), Line: signed(m[4]), Heading: signed(m[5]), Sheet: b.word(m[6]),
	}
}

// cut returns bytes of the text, half open.
func (b *body) cut(from, to int) ([]byte, error) {
	if from < 0 || from > to || to > len(b.text) {
		return nil, fmt.Errorf("bytes %d to %d: outside its text of %d bytes", from, to, len(b.text))
	}
	return b.text[from:to], nil
}

// bodyWriter writes the bodies of a layer.
type bodyWriter struct {
	f    *os.File
	w    *bufio.Writer
	size uint64
}

func createBodies(dir string) (*bodyWriter, error) {
	f, err := os.Create(filepath.Join(dir, textsFile))
	if err != nil {
		return nil, err
	}
	return &bodyWriter{f: f, w: bufio.NewWriter(f)}, nil
}

// add writes a body and returns what the tables say of it: where it begins.
func (t *bodyWriter) add(body []byte) ([]byte, error) {
	place := binary.AppendUvarint(nil, t.size)
	t.size += uint64(len(body))
	_, err := t.w.Write(body)
	return place, err
}

// close makes what was written last.
func (t *bodyWriter) close() error {
	return errors.Join(t.w.Flush(), t.f.Sync(), t.f.Close())
}

// discard gives what was written up.
func (t *bodyWriter) discard() { _ = t.f.Close() }

// mapFile maps a file into memory; nil if it is empty.
func mapFile(path string) ([]byte, error) {
	f, err := os.Open(path)
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

func readPlace(b []byte) (uint64, error) {
	d := decoder{b: b}
	at := d.uint()
	return at, d.end()
}

// copyBody copies a body of a layer of the old generation, and returns what the tables say of the copy.
func (g *Generation) copyBody(layer int, held []byte) ([]byte, error) {
	at, err := readPlace(held)
	if err != nil {
		return nil, err
	}
	all, _, _, _, _, err := cutBody(g.old.texts[layer], at)
	if err != nil {
		return nil, err
	}
	return g.texts.add(all)
}

// mostBodies bounds the bodies that are kept at hand; their bytes stay in the file.
const mostBodies = 1 << 14

// body returns the body of a document, or graph.ErrNotFound.
func (s *Snapshot) body(doc graph.ID) (*body, error) {
	s.mu.Lock()
	b := s.bodies[doc]
	s.mu.Unlock()
	if b != nil {
		return b, nil
	}
	layer, at, ok := s.columns.body(doc)
	if !ok {
		return nil, fmt.Errorf("text of %s: %w", doc, graph.ErrNotFound)
	}
	b, err := readBody(doc, s.texts[layer], at)
	if err != nil {
		return nil, fmt.Errorf("text of %s: %w", doc, err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.bodies == nil || len(s.bodies) == mostBodies {
		s.bodies = map[graph.ID]*body{}
	}
	s.bodies[doc] = b
	return b, nil
}

// Document returns a document with its text and locators, or graph.ErrNotFound.
func (s *Snapshot) Document(id graph.ID) (graph.Document, error) {
	d, err := s.DocumentHead(id)
	if err != nil {
		return d, err
	}
	b, err := s.body(id)
	if err != nil {
		return d, err
	}
	d.Text = string(b.text)
	for i := range len(b.locators) / markWords {
		d.Locators = append(d.Locators, b.locator(i))
	}
	return d, nil
}

// DocumentHead returns a document without its text and locators, or graph.ErrNotFound.
func (s *Snapshot) DocumentHead(id graph.ID) (graph.Document, error) {
	n, ok := s.columns.number(id)
	if !ok {
		return graph.Document{}, fmt.Errorf("document %s: %w", id, graph.ErrNotFound)
	}
	return s.columns.document(n)
}

// Sentences returns the sentences of a document, ascending, or graph.ErrNotFound.
func (s *Snapshot) Sentences(doc graph.ID) ([]graph.Sentence, error) {
	b, err := s.body(doc)
	if err != nil {
		return nil, err
	}
	var out []graph.Sentence
	for i := range len(b.sentences) / markWords {
		out = append(out, b.sentence(i))
	}
	return out, nil
}

// SentenceAt returns the sentence of a document that holds a byte of its text, and whether there is one.
func (s *Snapshot) SentenceAt(doc graph.ID, at int) (graph.Sentence, bool, error) {
	b, err := s.body(doc)
	if err != nil {
		return graph.Sentence{}, false, err
	}
	n := len(b.sentences) / markWords
	i := sort.Search(n, func(i int) bool { return signed(b.sentences[markWords*i+3]) > at })
	if i == n || signed(b.sentences[markWords*i+2]) > at {
		return graph.Sentence{}, false, nil
	}
	return b.sentence(i), true, nil
}

// Locate returns the locator of a document that holds at a byte of its text, as graph.Document.Locate does.
func (s *Snapshot) Locate(doc graph.ID, at int) (graph.Locator, error) {
	b, err := s.body(doc)
	if err != nil {
		return graph.Locator{}, err
	}
	i := sort.Search(len(b.locators)/markWords, func(i int) bool { return signed(b.locators[markWords*i]) > at })
	if i == 0 {
		return graph.Locator{}, nil
	}
	return b.locator(i - 1), nil
}

// TextBetween returns a stretch of the text of a document, in bytes, half open.
func (s *Snapshot) TextBetween(doc graph.ID, from, to int) (string, error) {
	b, err := s.body(doc)
	if err != nil {
		return "", err
	}
	text, err := b.cut(from, to)
	if err != nil {
		return "", fmt.Errorf("text of %s: %w", doc, err)
	}
	return string(text), nil
}

// Spoken yields the sentences of a document, ascending, with their texts, which are in the memory of the file: what is kept must be
// cloned.
func (s *Snapshot) Spoken(doc graph.ID) (iter.Seq2[graph.Sentence, string], error) {
	b, err := s.body(doc)
	if err != nil {
		return nil, err
	}
	return func(yield func(graph.Sentence, string) bool) {
		text := unsafe.String(unsafe.SliceData(b.text), len(b.text))
		for i := range len(b.sentences) / markWords {
			at := b.sentence(i)
			from := min(max(0, at.ByteStart), len(text)) // they lie within it, but for a damaged file
			if !yield(at, text[from:min(max(from, at.ByteEnd), len(text))]) {
				return
			}
		}
	}, nil
}

// quote fills in the quote of a text evidence, which is not kept twice.
func (s *Snapshot) quote(e *graph.Evidence) error {
	if e.Source != graph.FromText {
		return nil
	}
	b, err := s.body(e.Doc)
	if err != nil {
		return fmt.Errorf("evidence in %s: %w", e.Doc, err)
	}
	quote, err := b.cut(e.ByteStart, max(0, e.ByteEnd))
	if err != nil {
		return fmt.Errorf("evidence in %s: %w", e.Doc, err)
	}
	e.Quote = string(quote)
	return nil
}
