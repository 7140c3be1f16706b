package extract

import (
	"unicode"

	"github.com/tupu-kg/tupu/extract/tagger"
	"github.com/tupu-kg/tupu/extract/text"
	"github.com/tupu-kg/tupu/graph"
)

// The families of observations that the tagger learns from. Their numbers are part of every model: add at the end.
const (
	seenChar tagger.Family = iota
	seenPair
	seenTriple
	seenWord
	seenWords     // a word and the one behind it
	seenClass     // what a word can be in a name, with its length
	seenCluster   // coarse
	seenFine      // fine
	seenHead      // a word that closes names, a trade, a title, a surname
	seenName      // a name of the gazetteer, or one that everybody knows
	seenRule      // what the rules alone would take
	seenCandidate // what some rule proposes
	seenList      // a member of a list, with what the list is of
	seenQuote     // a short quotation
	seenRole      // a heading
	seenAbbrev    // the shape of Latin letters and digits
	seenFirm      // the short name of a listed company
	seenRepeated  // words that the document has together more than once, one of them unknown
	seenTag       // the part of speech
	families
)

// slotsOf says what positions each family speaks for.
var slotsOf = [families]tagger.Slots{
	seenChar: tagger.AllSlots, seenPair: tagger.AllSlots, seenTriple: tagger.Near,
	seenWord: tagger.AllSlots, seenWords: tagger.Near, seenClass: tagger.AllSlots,
	seenCluster: tagger.AllSlots, seenFine: tagger.Near,
	seenHead: tagger.AllSlots, seenName: tagger.AllSlots, seenRule: tagger.Near, seenCandidate: tagger.Near, seenList: tagger.Near,
	seenQuote: tagger.Near, seenRole: tagger.Within, seenAbbrev: tagger.Near,
	seenFirm: tagger.Near, seenRepeated: tagger.Near, seenTag: tagger.AllSlots,
}

// observer turns a sentence into a sequence of characters with all that is known of them. It reuses its memory: a sequence
// holds until the next.
type observer struct {
	tagger   *tagger.Tagger // adds up what words bring wherever they stand; nil in training
	sequence tagger.Sequence
	runes    []rune
	at       []int32 // by byte of the text, the number of the character that begins there; one more at the end
	offsets  []int32 // by character, its byte; one more at the end
	won      []Candidate
}

func (o *observer) add(f tagger.Family, start, end int32, key uint64) {
	o.sequence.Observations = append(o.sequence.Observations, tagger.Observation{Start: start, End: end, Family: f, Key: key})
}

// span adds an observation for a stretch of bytes.
func (o *observer) span(f tagger.Family, r text.Range, key uint64) {
	if r.Start < r.End {
		o.add(f, o.at[r.Start], o.at[r.End], key)
	}
}

// observe lists all that is known of a sentence: its characters and words, what the rules propose, and which words
// the document has together more than once.
func (o *observer) observe(v *sentence) *tagger.Sequence {
	o.sequence.Observations, o.sequence.Sums = o.sequence.Observations[:0], o.sequence.Sums[:0]
	o.index(v.Text)
	o.repeated(v)
	o.words(v)
	o.firms(v)
	for _, c := range v.found {
		o.span(seenCandidate, c.Range, nameKey(c.Kind, c.Place, c.By, 0))
	}
	o.won = arbitrateInto(o.won[:0], v.Text, v.found)
	for _, c := range o.won {
		o.span(seenRule, c.Range, nameKey(c.Kind, "", "", int(c.Confidence*10+0.5)))
		o.span(seenRule, c.Range, nameKey(c.Kind, c.Place, c.By, 20))
	}
	for _, c := range v.hints {
		by := ""
		if c.Kind == "" {
			by = c.By
		}
		o.span(seenList, c.Range, nameKey(c.Kind, c.Place, by, 0))
	}
	for _, q := range v.quoted {
		o.span(seenQuote, q, 1)
	}
	if v.Role == graph.Heading && o.sequence.Len > 0 {
		o.add(seenRole, 0, int32(o.sequence.Len), 1)
	}
	return &o.sequence
}

// nameKey is the key of a name that something proposes.
func nameKey(kind graph.Kind, place graph.PlaceKind, by string, n int) uint64 {
	return tagger.Hash(string(kind), string(place), by) + uint64(n)
}

// firms adds the names of listed companies, with how they lie to the words.
func (o *observer) firms(v *sentence) {
	for i := 0; i < len(v.Words); {
		if v.Words[i].roles&beginsFirm == 0 {
			i++
			continue
		}
		start, next := v.Words[i].Start, i+1
		for end := range v.lex.firms.at(v.Text, start) {
			whole := v.inside(end-1) + 1
			key := uint64(min(o.at[end]-o.at[start], 5)) << 2
			if v.Words[whole-1].End == end {
				key |= 1
			}
			if whole == i+1 {
				key |= 2
			}
			o.span(seenFirm, text.Range{Start: start, End: end}, key)
			next = max(next, whole)
			break
		}
		i = next
	}
}

// index numbers the characters.
func (o *observer) index(s string) {
	if cap(o.at) < len(s)+1 {
		o.at = make([]int32, 2*len(s)+1)
	}
	o.at = o.at[:len(s)+1]
	o.runes, o.offsets = o.runes[:0], o.offsets[:0]
	for i, r := range s {
		o.at[i] = int32(len(o.runes))
		o.runes = append(o.runes, shape(r))
		o.offsets = append(o.offsets, int32(i))
	}
	o.at[len(s)] = int32(len(o.runes))
	o.offsets = append(o.offsets, int32(len(s)))
	o.sequence.Len = len(o.runes)
}

// shape makes all digits one, and all letters of a case.
func shape(r rune) rune {
	switch {
	case r >= 0x2E80:
		return r
	case r >= '0' && r <= '9':
		return '0'
	case r >= 'a' && r <= 'z':
		return 'a'
	case r >= 'A' && r <= 'Z':
		return 'A'
	case r > 0x80 && unicode.IsLetter(r):
		return 'a'
	}
	return r
}

// words adds what is known of the words, of the characters in them, and of those across their ends.
func (o *observer) words(v *sentence) {
	for i := range v.Words {
		w := &v.Words[i]
		start, end := o.at[w.Start], o.at[w.End]
		if sums := o.summed(w, start, end); sums != nil {
			o.sequence.Sums = append(o.sequence.Sums, tagger.Placed{Start: start, Sums: sums})
		} else {
			o.word(w, start, end)
		}
		o.across(start, end)
		if i+1 < len(v.Words) {
			next := &v.Words[i+1]
			o.add(seenWords, start, o.at[next.End], w.facts.key*31+next.facts.key)
		}
		if i > 0 && w.class == className && v.role(i-1, roleSlogan) { // 美丽江西
			o.add(seenHead, start, end, 5)
		}
	}
}

// longestSummed bounds the words whose observations are added up, in characters: longer ones do not come back.
const longestSummed = 12

// asSeen is what the observations of a word depend on beside its facts.
type asSeen struct {
	class class
	kind  graph.Kind
	place graph.PlaceKind
}

// summed is what the word at [start, end) brings wherever it stands, added up when it is seen for the second time; nil before.
func (o *observer) summed(w *Word, start, end int32) tagger.Sums {
	if o.tagger == nil || end-start > longestSummed {
		return nil
	}
	f, now := w.facts, asSeen{w.class, w.kind, w.place}
	if f.sums != nil && f.summed == now {
		return f.sums
	}
	if !f.seen {
		f.seen = true
		return nil
	}
	n := len(o.sequence.Observations)
	o.word(w, start, end)
	own := o.sequence.Observations[n:]
	for i := range own {
		own[i].Start -= start
		own[i].End -= start
	}
	f.summed, f.sums = now, o.tagger.Sum(int(end-start), own)
	o.sequence.Observations = o.sequence.Observations[:n]
	return f.sums
}

// word adds what a word brings wherever it stands.
func (o *observer) word(w *Word, start, end int32) {
	o.within(start, end)
	own := w.facts
	o.add(seenWord, start, end, own.key)
	o.add(seenClass, start, end, uint64(w.class)<<3|uint64(min(w.runes, 7)))
	if w.Tag != "" {
		o.add(seenTag, start, end, wordKey(w.Tag))
	}
	if own.coarse > 0 {
		o.add(seenCluster, start, end, uint64(own.coarse))
		o.add(seenFine, start, end, uint64(own.fine))
	}
	if w.class == classLatin || w.class == classNumber {
		o.add(seenAbbrev, start, end, uint64(w.class)<<8|uint64(min(end-start, 20)))
	}
	o.heads(w, start, end)
}

// within adds the characters of [start, end), and the pairs and triples of them.
func (o *observer) within(start, end int32) {
	for i := start; i < end; i++ {
		o.add(seenChar, i, i+1, uint64(o.runes[i]))
		if i+2 <= end {
			o.pair(i)
		}
		if i+3 <= end {
			o.triple(i)
		}
	}
}

// across adds the pairs and triples of characters that begin in [start, end) and end behind it.
func (o *observer) across(start, end int32) {
	n := int32(len(o.runes))
	if end < n {
		o.pair(end - 1)
		if end-2 >= start {
			o.triple(end - 2)
		}
	}
	if end+1 < n {
		o.triple(end - 1)
	}
}

func (o *observer) pair(i int32) {
	o.add(seenPair, i, i+2, uint64(o.runes[i])<<21|uint64(o.runes[i+1]))
}

func (o *observer) triple(i int32) {
	o.add(seenTriple, i, i+3, uint64(o.runes[i])<<42|uint64(o.runes[i+1])<<21|uint64(o.runes[i+2]))
}

// wordKey hashes one word (FNV-1a, 64 bits).
func wordKey(w string) uint64 {
	const prime = 1099511628211
	h := uint64(14695981039346656037)
	for i := range len(w) {
		h = (h ^ uint64(w[i])) * prime
	}
	return h
}

// heads adds what the word lists say of a word.
func (o *observer) heads(w *Word, start, end int32) {
	f := w.facts
	switch w.class {
	case className:
		o.add(seenName, start, end, nameKey(w.kind, w.place, "", 0))
		return
	case classPunct, classSpace, classOther, classNumber, classStop:
		return
	}
	if f.head != 0 {
		o.add(seenHead, start, end, f.head)
	}
	if f.trade {
		o.add(seenHead, start, end, 2)
	}
	if f.title {
		o.add(seenHead, start, end, 3)
	}
	if f.surname {
		o.add(seenHead, start, end, 4)
	}
	if f.list != 0 {
		o.add(seenHead, start, end, f.list)
	}
}

// rare reports whether a word is one that unknown names fall into.
func rare(c class) bool { return c == classChar || c == classOdd || c == classLatin }

// pairsIn are the pairs of words in a document with an unknown word, by how often they stand together.
type repeats map[uint64]int32

// count adds the pairs of a sentence.
func (n repeats) count(v *Context) {
	for i := 0; i+1 < len(v.Words); i++ {
		if a, b := &v.Words[i], &v.Words[i+1]; namelike(a.class) && namelike(b.class) && (rare(a.class) || rare(b.class)) {
			n[wordKey(v.Text[a.Start:b.End])]++
		}
	}
}

// namelike reports whether a word may stand in a name.
func namelike(c class) bool {
	switch c {
	case classChar, classOdd, classLatin, classWord, classPlain, classAmbi, classSoft, classMeasure, classNumeral, className:
		return true
	}
	return false
}

// repeated adds the pairs of words that the document has more than once.
func (o *observer) repeated(v *sentence) {
	if v.Repeats == nil {
		return
	}
	for i := 0; i+1 < len(v.Words); i++ {
		a, b := &v.Words[i], &v.Words[i+1]
		if !namelike(a.class) || !namelike(b.class) || !rare(a.class) && !rare(b.class) {
			continue
		}
		n := v.Repeats[wordKey(v.Text[a.Start:b.End])]
		if n < 2 {
			continue
		}
		bucket := uint64(1)
		switch {
		case n > 8:
			bucket = 4
		case n > 4:
			bucket = 3
		case n > 2:
			bucket = 2
		}
		o.add(seenRepeated, o.at[a.Start], o.at[b.End], bucket<<8|uint64(a.class)<<4|uint64(b.class))
		o.add(seenRepeated, o.at[a.Start], o.at[b.End], bucket)
	}
}
