package store

import (
	"fmt"
	"sort"

	"github.com/tupu-kg/tupu/graph"
)

// Whoever quotes a sentence needs of its document where this one lies, and no other. Of a document that was quoted, the places of its
// sentences and locators are kept, without what is the same in all of them: that takes a quarter of the memory, and new memory is what
// costs most when a question quotes a few hundred documents.

// outline is where the sentences and the locators of a document lie.
type outline struct {
	sentences []sentenceMark // ascending
	locators  []locatorMark
	texts     []string // that both refer to
}

type sentenceMark struct {
	start, end, byteStart, byteEnd, year int32
	role, modality                       uint32
}

type locatorMark struct {
	start, page, row, paragraph, line, heading int32
	sheet                                      uint32
}

// mostOutlines bounds the outlines that are kept at hand.
const mostOutlines = 1 << 10

// outline returns the outline of a document, or graph.ErrNotFound.
func (s *Snapshot) outline(doc graph.ID) (*outline, error) {
	s.mu.Lock()
	o := s.outlines[doc]
	s.mu.Unlock()
	if o != nil {
		return o, nil
	}
	sentences, err := s.pieces(sentencesKey + string(doc))
	if err != nil {
		return nil, fmt.Errorf("sentences of %s: %w", doc, err)
	}
	locators, err := s.pieces(locatorsKey + string(doc))
	if err != nil {
		return nil, fmt.Errorf("locators of %s: %w", doc, err)
	}
	if o, err = newOutline(sentences, locators); err != nil {
		return nil, fmt.Errorf("sentences and locators of %s: %w", doc, err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.outlines == nil || len(s.outlines) == mostOutlines {
		s.outlines = map[graph.ID]*outline{}
	}
	s.outlines[doc] = o
	return o, nil
}

// newOutline makes an outline of packed sentences and locators.
func newOutline(sentences, locators []byte) (*outline, error) {
	o := &outline{}
	err := eachSentence("", sentences, func(n int) { o.sentences = make([]sentenceMark, 0, n) }, func(s graph.Sentence) {
		o.sentences = append(o.sentences, sentenceMark{
			int32(s.Start), int32(s.End), int32(s.ByteStart), int32(s.ByteEnd), int32(s.Year), o.text(string(s.Role)), o.text(string(s.Modality)),
		})
	})
	if err != nil {
		return nil, err
	}
	return o, eachLocator(locators, func(n int) { o.locators = make([]locatorMark, 0, n) }, func(l graph.Locator) {
		o.locators = append(o.locators, locatorMark{
			int32(l.Start), int32(l.Page), int32(l.Row), int32(l.Paragraph), int32(l.Line), int32(l.Heading), o.text(l.Sheet),
		})
	})
}

// text is the number of a text: the same few come again and again, the last ones most.
func (o *outline) text(s string) uint32 {
	for i := len(o.texts) - 1; i >= 0; i-- {
		if o.texts[i] == s {
			return uint32(i)
		}
	}
	o.texts = append(o.texts, s)
	return uint32(len(o.texts) - 1)
}

// SentenceAt returns the sentence of a document that holds a byte of its text, and whether there is one.
func (s *Snapshot) SentenceAt(doc graph.ID, at int) (graph.Sentence, bool, error) {
	o, err := s.outline(doc)
	if err != nil {
		return graph.Sentence{}, false, err
	}
	i := sort.Search(len(o.sentences), func(i int) bool { return int(o.sentences[i].byteEnd) > at })
	if i == len(o.sentences) || int(o.sentences[i].byteStart) > at {
		return graph.Sentence{}, false, nil
	}
	m := &o.sentences[i]
	return graph.Sentence{
		Span: graph.Span{Doc: doc, Start: int(m.start), End: int(m.end), ByteStart: int(m.byteStart), ByteEnd: int(m.byteEnd)},
		Role: graph.Role(o.texts[m.role]), Modality: graph.Modality(o.texts[m.modality]), Year: int(m.year),
	}, true, nil
}

// Locate returns the locator of a document that holds at a byte of its text, as graph.Document.Locate does.
func (s *Snapshot) Locate(doc graph.ID, at int) (graph.Locator, error) {
	o, err := s.outline(doc)
	if err != nil {
		return graph.Locator{}, err
	}
	i := sort.Search(len(o.locators), func(i int) bool { return int(o.locators[i].start) > at })
	if i == 0 {
		return graph.Locator{}, nil
	}
	m := &o.locators[i-1]
	return graph.Locator{
		Start: int(m.start), Page: int(m.page), Sheet: o.texts[m.sheet], Row: int(m.row), Paragraph: int(m.paragraph), Line: int(m.line), Heading: int(m.heading),
	}, nil
}

// TextBetween returns a stretch of the text of a document, in bytes, half open.
func (s *Snapshot) TextBetween(doc graph.ID, from, to int) (string, error) {
	text, err := s.read(doc, from, max(0, to))
	if err != nil {
		return "", fmt.Errorf("text of %s: %w", doc, err)
	}
	return text, nil
}

// DocumentHead returns a document without its text and locators, or graph.ErrNotFound.
func (s *Snapshot) DocumentHead(id graph.ID) (graph.Document, error) {
	n, ok := s.columns.number(id)
	if !ok {
		return graph.Document{}, fmt.Errorf("document %s: %w", id, graph.ErrNotFound)
	}
	return s.columns.document(n)
}
