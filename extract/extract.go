package extract

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/extract/doc"
	"github.com/tupu-kg/tupu/extract/gazetteer"
	"github.com/tupu-kg/tupu/extract/tagger"
	"github.com/tupu-kg/tupu/extract/text"
	"github.com/tupu-kg/tupu/graph"
)

// codeVersion rises with every change of code that can change facts.
const codeVersion = "16"

// Bounds of what is read from one document; beyond them the facts say so in a note.
const (
	maxSentences = 200_000
	maxMentions  = 200_000
	maxContext   = 3000 // bytes of a sentence that are looked at together; longer ones are cut
)

// Options are the choices of an Extractor. The zero value is what tupu uses.
type Options struct {
	// Model is the file of a model, as Train makes them; the shipped model if nil.
	Model []byte
	// RulesOnly leaves the model out: the rules alone decide.
	RulesOnly bool
	// Names are things that the user has lists of, see ReadNames.
	Names []Listed
	// AnyTypes takes models that know other types of names than tupu; only Evaluate and Names make sense of these.
	AnyTypes bool
}

// Extractor reads facts from documents. It is safe for concurrent use, and the same page and override always give the same
// facts.
type Extractor struct {
	gaz      *gazetteer.Gazetteer
	lex      *lexicon
	rules    *rules // cuts words and marks names, whoever recognises
	clusters *clusters
	model    *trained // nil where the rules alone decide
	list     *list    // of the user; nil if there is none
	version  string
}

// New loads the gazetteer, the dictionary and the model, side by side; it takes some 0.2 s and 90 MB. It returns an error if
// the model given is damaged, or knows other types of names than tupu.
func New(o Options) (*Extractor, error) {
	x := &Extractor{version: o.Version()}
	var loading sync.WaitGroup
	var model *tagger.Model
	var errs [4]error
	loading.Go(func() { x.lex, errs[0] = newLexicon() })
	loading.Go(func() {
		x.gaz, errs[1] = gazetteer.Open()
		x.clusters, errs[2] = readClusters(clusterData)
		if !o.RulesOnly {
			model, errs[3] = o.model()
		}
	})
	loading.Wait()
	if err := errors.Join(errs[:]...); err != nil {
		return nil, err
	}
	if len(o.Names) > 0 {
		x.list = newList(o.Names)
	}
	x.lex.clusters = x.clusters
	x.rules = &rules{lex: x.lex, gaz: x.gaz}
	if model != nil {
		x.model = newTrained(x.rules, model)
	}
	return x, nil
}

// model reads the model of the options.
func (o Options) model() (*tagger.Model, error) {
	data := o.Model
	if data == nil {
		data = []byte(modelData)
	}
	m, err := tagger.Read(data)
	if err != nil {
		return nil, err
	}
	for _, k := range m.Kinds {
		if !o.AnyTypes && !slices.Contains(Kinds, k) {
			return nil, fmt.Errorf("the model knows names of type %q, which tupu does not: it knows %s", k, strings.Join(Kinds, ", "))
		}
	}
	return m, nil
}

// modelData is the shipped model; MODEL.md says what it was trained on.
//
//go:embed data/model.bin
var modelData string

// Version tells extractors apart whose facts may differ: it changes with the code's version, the readers, the word lists, the
// gazetteer, the user's lists and the model. It loads nothing, and costs the hashing of some megabytes once.
func (o Options) Version() string {
	base := version()
	if len(o.Names) > 0 {
		base += "/names/" + hashNames(o.Names)
	}
	switch {
	case o.RulesOnly:
		return base + "/rules"
	case o.Model == nil:
		return base + "/" + shippedModel()
	}
	return base + "/" + shortHash(o.Model)
}

// Version is that of the options that the extractor was made with.
func (x *Extractor) Version() string { return x.version }

func shortHash(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:6])
}

var shippedModel = sync.OnceValue(func() string { return shortHash([]byte(modelData)) })

var version = sync.OnceValue(func() string {
	h := sha256.New()
	for _, data := range append(slices.Clone(wordData), clusterData) {
		fmt.Fprintf(h, "%d\n%s", len(data), data)
	}
	fmt.Fprint(h, doc.Version)
	return "extract/" + codeVersion + "/" + hex.EncodeToString(h.Sum(nil))[:12] + "/" + gazetteer.Version()
})

// Words cuts a text into the words that the recogniser sees, with names of places whole and numbers as 0.
func (x *Extractor) Words(s string) []string {
	f := text.Fold(s).Text
	places, memo := x.gaz.In(""), x.lex.memo()
	var out []string
	for len(f) > 0 {
		stop := cut(f, 0, len(f))
		for _, w := range x.rules.words(f[:stop], memo, places, "") {
			word := f[w.Start:w.End]
			if w.class == classNumber {
				word = "0"
			}
			if w.class != classSpace {
				out = append(out, word)
			}
		}
		f = f[stop:]
	}
	return out
}

// Extract reads the facts of a page: all but Facts.Key and Document.Paths. What the override holds outranks what the page
// says. Time and memory are proportional to the text.
func (x *Extractor) Extract(p *doc.Page, o Override) (*graph.Facts, error) {
	return x.extract(p, o, (*reading).names, (*writer).write)
}

// Mentions is Extract for those who want the names alone: the same mentions without their parts, and no statements, in some
// three quarters of the time.
func (x *Extractor) Mentions(p *doc.Page, o Override) (*graph.Facts, error) {
	return x.extract(p, o, (*reading).names, (*writer).writeMentions)
}

func (x *Extractor) extract(p *doc.Page, o Override, recognise func(*reading), write func(*writer)) (*graph.Facts, error) {
	if !utf8.ValidString(p.Document.Text) {
		return nil, fmt.Errorf("document %s: its text is not UTF-8", p.Document.ID)
	}
	if !strings.ContainsFunc(p.Document.Text, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		return nil, &doc.Unreadable{Reason: "no Chinese text", Advice: "get it again if it is the error page of a site, or remove it"}
	}
	folded := text.Fold(p.Document.Text)
	layout := newPageLayout(folded, p.Document.Text, p.Document.Locators)
	document, notes := about(x.gaz, p, layout, o)
	facts := &graph.Facts{Document: document, Notes: notes}
	facts.Sentences = sections(layout, &document)
	if len(facts.Sentences) > maxSentences {
		facts.Sentences = facts.Sentences[:maxSentences]
		facts.Notes = append(facts.Notes, fmt.Sprintf("only the first %d sentences were read", maxSentences))
	}
	r := x.read(folded, facts.Sentences, document.AreaCode)
	recognise(r)
	if r.lost > 0 {
		facts.Notes = append(facts.Notes, fmt.Sprintf("%d of the names given do not lie in a sentence of the report, and were left out", r.lost))
	}
	w := writer{Extractor: x, reading: r, facts: facts, positions: graph.NewPositions(document.ID, document.Text)}
	write(&w)
	x.lex.memos.Put(r.memo)
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
	memo     *wordMemo
	lost     int // names given that lie in no sentence
}

// read cuts the sentences that names are looked for in into words.
func (x *Extractor) read(f *text.Folded, sentences []graph.Sentence, area string) *reading {
	r := &reading{Extractor: x, folded: f, area: area, places: x.gaz.In(area), memo: x.lex.memo()}
	r.passages = make([]passage, 0, len(sentences))
	for n, s := range sentences {
		if s.Role == graph.Chrome {
			continue
		}
		start, end := f.At(s.ByteStart), f.At(s.ByteEnd)
		for start < end {
			stop := cut(f.Text, start, end)
			t := f.Text[start:stop]
			words := x.rules.words(t, r.memo, r.places, area)
			r.passages = append(r.passages, passage{
				sentence: n, base: start,
				Context: Context{Text: t, Words: words, Role: s.Role, AreaCode: area},
			})
			start = stop
		}
	}
	counts := repeats{}
	for i := range r.passages {
		counts.count(&r.passages[i].Context)
	}
	for i := range r.passages {
		r.passages[i].Repeats = counts
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

// names finds the names of the document: sentence by sentence, and then by what the whole document says of them.
func (r *reading) names() {
	r.recognise()
	r.settle()
	r.learn()
}

// recognise finds names sentence by sentence.
func (r *reading) recognise() {
	var by Recognizer = r.rules
	if r.model != nil {
		by = r.model
	}
	for i := range r.passages {
		p := &r.passages[i]
		p.candidates = by.Recognize(&p.Context)
		if r.list != nil {
			p.candidates = append(p.candidates, r.list.in(p.Text)...)
		}
		p.won = arbitrate(p.Text, p.candidates)
	}
}
