package extract

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/extract/doc"
	"github.com/tupu-kg/tupu/extract/gazetteer"
	"github.com/tupu-kg/tupu/extract/text"
	"github.com/tupu-kg/tupu/graph"
)

// codeVersion rises with every change of code that can change facts.
const codeVersion = "2"

// Bounds of what is read from one document; beyond them the facts say so in a note.
const (
	maxSentences = 200_000
	maxMentions  = 200_000
	maxContext   = 3000 // bytes of a sentence that are looked at together; longer ones are cut
)

// Options are the choices of an Extractor. The zero value is what tupu uses.
type Options struct {
	// Recognizers find the candidates; nil means the rules.
	Recognizers []Recognizer
}

// Extractor reads facts from documents. It is safe for concurrent use, and the same page and override always give the same
// facts.
type Extractor struct {
	gaz         *gazetteer.Gazetteer
	lex         *lexicon
	recognizers []Recognizer
	rules       *rules // cuts words and marks names, whoever recognises
}

// New loads the gazetteer and the dictionary, both at once; it takes some 0.15 s and 60 MB.
func New(o Options) (*Extractor, error) {
	x := &Extractor{recognizers: o.Recognizers}
	var failed error
	var loading sync.WaitGroup
	loading.Go(func() { x.lex, failed = newLexicon() })
	gaz, err := gazetteer.Open()
	loading.Wait()
	if err != nil {
		return nil, fmt.Errorf("open the gazetteer: %w", err)
	}
	if failed != nil {
		return nil, failed
	}
	x.gaz = gaz
	x.rules = &rules{lex: x.lex, gaz: gaz}
	if x.recognizers == nil {
		x.recognizers = []Recognizer{x.rules}
	}
	return x, nil
}

// Version tells extractors apart whose facts may differ: it changes with the code's version, the word lists and the
// gazetteer. It loads nothing, and costs the hashing of two megabytes once.
func Version() string { return version() }

var version = sync.OnceValue(func() string {
	h := sha256.New()
	for _, data := range wordData {
		fmt.Fprintf(h, "%d\n%s", len(data), data)
	}
	return "extract/" + codeVersion + "/" + hex.EncodeToString(h.Sum(nil))[:12] + "/" + gazetteer.Version()
})

// Extract reads the facts of a page: all but Facts.Key and Document.Paths. What the override holds outranks what the page
// says. Time and memory are proportional to the text.
func (x *Extractor) Extract(p *doc.Page, o Override) (*graph.Facts, error) {
	if !utf8.ValidString(p.Document.Text) {
		return nil, fmt.Errorf("document %s: its text is not UTF-8", p.Document.ID)
	}
	folded := text.Fold(p.Document.Text)
	document, notes := about(x.gaz, p, folded, o)
	facts := &graph.Facts{Document: document, Notes: notes}
	facts.Sentences = sections(folded, document.Locators, &document)
	if len(facts.Sentences) > maxSentences {
		facts.Sentences = facts.Sentences[:maxSentences]
		facts.Notes = append(facts.Notes, fmt.Sprintf("only the first %d sentences were read", maxSentences))
	}
	r := x.read(folded, facts.Sentences, document.AreaCode)
	r.recognise(x.recognizers)
	r.learn()
	w := writer{Extractor: x, reading: r, facts: facts, positions: graph.NewPositions(document.ID, document.Text)}
	w.write()
	return facts, nil
}

// passage is a sentence, or a piece of a very long one, with what is found in it.
type passage struct {
	Context
	sentence   int // index in Facts.Sentences
	base       int // byte of the folded document where Text begins
	candidates []Candidate
	won        []Candidate // ascending
}

// reading is a document being read.
type reading struct {
	*Extractor
	folded   *text.Folded
	passages []passage
	area     string
	places   *gazetteer.Matcher // of the area
}

// read cuts the sentences that names are looked for in into words.
func (x *Extractor) read(f *text.Folded, sentences []graph.Sentence, area string) *reading {
	r := &reading{Extractor: x, folded: f, area: area, places: x.gaz.In(area)}
	for n, s := range sentences {
		if s.Role == graph.Chrome {
			continue
		}
		start, end := f.At(s.ByteStart), f.At(s.ByteEnd)
		for start < end {
			stop := cut(f.Text, start, end)
			t := f.Text[start:stop]
			words := x.rules.mark(t, x.lex.words(t, 0), r.places, area)
			r.passages = append(r.passages, passage{
				sentence: n, base: start,
				Context: Context{Text: t, Words: words, Role: s.Role, AreaCode: area},
			})
			start = stop
		}
	}
	return r
}

// cut is where the piece that begins at start ends: at end, or, if that is too far, after the last comma before the limit.
func cut(s string, start, end int) int {
	if end-start <= maxContext {
		return end
	}
	stop := start + maxContext
	for !utf8.RuneStart(s[stop]) {
		stop--
	}
	for _, mark := range []string{"，", ",", "、", " "} {
		if i := strings.LastIndex(s[start:stop], mark); i > maxContext/4 {
			return start + i + len(mark)
		}
	}
	return stop
}

// recognise asks the recognisers and decides between their candidates.
func (r *reading) recognise(recognizers []Recognizer) {
	for i := range r.passages {
		p := &r.passages[i]
		for _, rec := range recognizers {
			p.candidates = append(p.candidates, rec.Recognize(&p.Context)...)
		}
		p.won = arbitrate(p.Text, p.candidates)
	}
}
