package extract

import (
	_ "embed"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/extract/gazetteer"
	"github.com/tupu-kg/tupu/extract/tagger"
	"github.com/tupu-kg/tupu/extract/text"
	"github.com/tupu-kg/tupu/graph"
)

//go:generate go run ./gen -o data/dictionary.txt

// The word lists. dictionary.txt is generated (see gen); the others are written by hand and say at their heads what they are.
var (
	//go:embed data/dictionary.txt
	dictionaryData string
	//go:embed data/stop.txt
	stopData string
	//go:embed data/verbs.txt
	verbsData string
	//go:embed data/ambivalent.txt
	ambivalentData string
	//go:embed data/nominal.txt
	nominalData string
	//go:embed data/odd.txt
	oddData string
	//go:embed data/plain.txt
	plainData string
	//go:embed data/suffixes.txt
	suffixesData string
	//go:embed data/trades.txt
	tradesData string
	//go:embed data/heads.txt
	headsData string
	//go:embed data/titles.txt
	titlesData string
	//go:embed data/surnames.txt
	surnamesData string
	//go:embed data/known.txt
	knownData string
	//go:embed data/doctrines.txt
	doctrinesData string
	//go:embed data/generic.txt
	genericData string
	//go:embed data/firms.txt
	firmsData string
)

// wordData lists all word lists, for Version.
var wordData = []string{
	dictionaryData, stopData, verbsData, ambivalentData, nominalData, oddData, plainData, suffixesData, tradesData,
	headsData, titlesData, surnamesData, knownData, doctrinesData, genericData,
}

// class says what a word can be in a name.
type class uint8

const (
	classOther   class = iota // a symbol
	classPunct                // punctuation
	classSpace                // white space
	classNumber               // digits
	classLatin                // letters, or letters and digits
	classNumeral              // 一, 十七, 第三
	classMeasure              // 家, 个, 条: ends a name only after a number
	classStop                 // never inside a name
	classSoft                 // a single character that is a word of its own between words, and part of a name inside one
	classVerb                 // what is done to the thing named: ends a name on its left
	classTagVerb              // a verb by the dictionary's tag alone
	classAmbi                 // verb before a name, part of a name elsewhere
	classPlain                // a word that names nothing of its own
	classWord                 // another word of the dictionary
	classOdd                  // a word that the dictionary takes for a place
	classChar                 // a single character, which is what unknown names fall into
	className                 // a name of the gazetteer, or one that everybody knows
)

// Word is one word of a sentence.
type Word struct {
	text.Range        // bytes of the sentence
	Tag        string // part of speech after the dictionary; weak: unknown names have none or a wrong one
	class      class
	roles      role // those of facts, which are far away in memory
	runes      int
	kind       graph.Kind // of a className
	place      graph.PlaceKind
	facts      *wordFacts
}

// wordFacts is what the word lists say of a word wherever it stands.
type wordFacts struct {
	// What every sentence asks comes first: 64 bytes come from memory together.
	sums         tagger.Sums // what the tagger adds wherever the word stands, as it was last seen; see observer.summed
	tag          string      // part of speech
	key          uint64      // hash of the word
	coarse, fine uint16      // clusters
	roles        role
	ending       uint32 // the lengths of the heads that may end where the word does, a bit for each number of characters
	class        class
	seen         bool

	head, list   uint64 // what it closes, and what lists are said to be of; 0 for nothing
	number       int32  // that a word means as lists are counted, -1 for none
	trade, title bool
	surname      bool // a single character
	summed       asSeen
}

// wordMemo remembers the facts of words, and is the memory that texts are cut into words in. It serves one document at a time.
type wordMemo struct {
	lex     *lexicon
	entries []*wordFacts          // words of the dictionary, by number
	known   int                   // how many of these are known
	unknown map[string]*wordFacts // what the segmenter does not know
	plain   map[string]*wordFacts // all others
	placed  map[nameIn]resolved
	called  map[string]calling // what is known of mentions

	first, free []Word // for the words of the document: the first block, which serves the next one too, and the block in use
	cut, marked []Word // of a passage, before and after names are marked
	boundary    []bool // of a passage, by byte
	found, sure []placeMatch
	bytes       []byte // of a passage
	segmentation
}

const (
	maxMemo   = 60_000 // different words that a memo keeps from one document to the next
	wordBlock = 16_384 // words of a block: 1.4 MB, enough for a document of 60 kB
)

// memo returns a memo that an earlier document left, or a new one.
func (l *lexicon) memo() *wordMemo {
	if m, ok := l.memos.Get().(*wordMemo); ok && m.known+len(m.unknown)+len(m.plain)+len(m.placed)+len(m.called) < maxMemo {
		m.free = m.first
		return m
	}
	return &wordMemo{
		lex: l, entries: make([]*wordFacts, len(l.segmenter.entries)), unknown: make(map[string]*wordFacts, 256),
		plain: make(map[string]*wordFacts, 256), placed: make(map[nameIn]resolved, 256), called: make(map[string]calling, 256),
	}
}

// nameIn is a name in a document, or behind a name, that speaks for an area.
type nameIn struct{ name, area string }

// resolved is the place that a name means, if that can be told.
type resolved struct {
	place gazetteer.Place
	ok    bool
}

// resolve is gaz.Resolve, which is asked for the same names again and again.
func (m *wordMemo) resolve(gaz *gazetteer.Gazetteer, name, area string) (gazetteer.Place, bool) {
	p, known := m.placed[nameIn{name, area}]
	if !known {
		p.place, p.ok = gaz.Resolve(name, area)
		m.placed[nameIn{strings.Clone(name), area}] = p // the text that the name is a piece of must not live on
	}
	return p.place, p.ok
}

// calling is the name that a stretch of folded text is, and whether many areas have it.
type calling struct {
	name    string
	generic bool
}

// call says what is known of a stretch that is a name.
func (m *wordMemo) call(s string) calling {
	c, known := m.called[s]
	if !known {
		s = strings.Clone(s) // the text that it is a piece of must not live on
		c = calling{text.Name(s), m.lex.isGeneric(s)}
		m.called[s] = c
	}
	return c
}

// keep copies words to where they stay until the memo serves another document.
func (m *wordMemo) keep(words []Word) []Word {
	if len(words) > cap(m.free)-len(m.free) {
		m.free = make([]Word, 0, max(wordBlock, len(words)))
		if m.first == nil {
			m.first = m.free
		}
	}
	n := len(m.free)
	m.free = append(m.free, words...)
	return m.free[n:len(m.free):len(m.free)]
}

// of returns the facts of a word that the segmenter did not cut.
func (m *wordMemo) of(w string) *wordFacts { return m.in(m.plain, w, "") }

// entry returns the facts of a word of the segmenter.
func (m *wordMemo) entry(w string, number int32) *wordFacts {
	if number == noEntry {
		return m.in(m.unknown, w, unknownTag)
	}
	f := m.entries[number]
	if f == nil {
		f = m.lex.facts(w, m.lex.segmenter.entries[number].tag)
		m.entries[number] = f
		m.known++
	}
	return f
}

func (m *wordMemo) in(known map[string]*wordFacts, w, tag string) *wordFacts {
	if f, ok := known[w]; ok {
		return f
	}
	f := m.lex.facts(w, tag)
	known[strings.Clone(w)] = f // the text that it is a piece of must not live on
	return f
}

// facts looks a word up in all lists.
func (l *lexicon) facts(w, tag string) *wordFacts {
	runes := utf8.RuneCountInString(w)
	f := &wordFacts{tag: tag, class: l.classify(w, tag, runes), key: wordKey(w)}
	cluster := w
	if w[0] >= '0' && w[0] <= '9' {
		cluster = "0" // numbers are one word
	}
	f.coarse, f.fine = l.clusters.of(cluster)
	f.number = -1
	if n, ok := count(w); ok {
		f.number = int32(min(n, math.MaxInt32))
	}
	if h, ok := l.heads[w]; ok {
		f.head = nameKey(h.kind, h.place, "head", int(h.reach))
	}
	if h, ok := l.lists[w]; ok {
		f.list = nameKey(h.kind, h.place, "list", 0)
	}
	f.trade, f.title, f.surname = l.trades[w], l.titles[w], runes == 1 && l.surnames[w]
	one, two := lastTwo(w)
	f.ending = l.headEnds[one]
	if two != one { // of the heads that end with the character alone, those of one character
		f.ending = f.ending&2 | l.headEnds[two]
	}
	if l.names.mayBegin(w) {
		f.roles |= beginsKnown
	}
	if l.firms.mayBegin(w) {
		f.roles |= beginsFirm
	}
	if strings.HasSuffix(w, "期") {
		f.roles |= rolePhase
	}
	if closing[w] != "" {
		f.roles |= roleOpening
	}
	for r, words := range roleWords {
		if words[w] {
			f.roles |= 1 << r
		}
	}
	return f
}

// maxHeadRunes bounds the heads of names, in characters.
const maxHeadRunes = 31

// lastTwo is the last character of a word, and its last two, or the one if it has no more.
func lastTwo(w string) (one, two string) {
	_, n := utf8.DecodeLastRuneInString(w)
	_, m := utf8.DecodeLastRuneInString(w[:len(w)-n])
	return w[len(w)-n:], w[len(w)-n-m:]
}

// role is a set of what words are to rules that ask every word.
type role uint32

const (
	roleDocument role = 1 << iota
	roleLaw
	roleMade
	roleSlogan
	roleSpeech
	roleReporter
	roleDot
	roleClause
	roleEtc
	roleJointly
	roleSide
	roleAct
	roleStretch
	rolePhase   // ends with 期
	roleOpening // a mark that begins a quotation
	beginsKnown // a name that everybody knows may begin where the word does
	beginsFirm  // a firm's short name may
)

// roleWords are the words of each role, in their order.
var roleWords = [...]map[string]bool{
	documentHeads, laws, made, slogans, speech, wordsOf(`记者 通讯员`), wordsOf(`· • ・`), clauseWords, wordsOf(`等`), jointly, sides,
	wordsOf(`法`), wordsOf(`段`),
}

// roles are those that some word of the sentence has: a rule that asks for others need not look at its words.
func (v *sentence) roles() role {
	all := role(0)
	for i := range v.Words {
		all |= v.Words[i].roles
	}
	return all
}

func (v *sentence) role(i int, r role) bool { return v.Words[i].roles&r != 0 }

// reach says how far a name reaches to the left of its head.
type reach uint8

const (
	reachForm reach = iota + 1
	reachLong
	reachNear
	reachBody
	reachMask
	reachEvent
)

// nameHead is a word that closes names and decides their type.
type nameHead struct {
	word  string
	kind  graph.Kind // "" for a mask
	place graph.PlaceKind
	reach reach
}

// listHead is a word that lists are said to be of.
type listHead struct {
	kind  graph.Kind // "" for goods and trades: their lists hold no names, but places that goods come from
	place graph.PlaceKind
	goods string // the word, of a list of goods
}

// known is a name that everybody knows.
type known struct {
	kind  graph.Kind
	place graph.PlaceKind
	mask  bool
}

// lexicon is what the rules know about words. It is read-only once made.
type lexicon struct {
	segmenter  *segmenter
	classes    map[string]class // of our own lists; they outrank the dictionary's tags
	heads      map[string]nameHead
	headRunes  int // characters of the longest head
	trades     map[string]bool
	lists      map[string]listHead
	titles     map[string]bool
	surnames   map[string]bool
	known      map[string]known
	names      *names // finds the known ones
	genericSet map[string]bool
	firms      *names // short names of listed companies
	clusters   *clusters
	memos      sync.Pool         // of *wordMemo
	headEnds   map[string]uint32 // of the heads with an end of one or two characters, the lengths in characters, a bit for each
}

// newLexicon reads the embedded lists and loads the segmenter; it takes about 0.15 s and 40 MB.
func newLexicon() (*lexicon, error) {
	l := &lexicon{
		classes: make(map[string]class, 4096), heads: make(map[string]nameHead, 1024), headEnds: make(map[string]uint32), trades: make(map[string]bool),
		lists: make(map[string]listHead), titles: make(map[string]bool), surnames: make(map[string]bool),
		known: make(map[string]known, 2048), genericSet: make(map[string]bool),
	}
	// Later lists outrank earlier ones.
	for _, list := range []struct {
		data  string
		class class
	}{{nominalData, classWord}, {oddData, classOdd}, {plainData, classPlain}, {verbsData, classVerb}, {ambivalentData, classAmbi}, {stopData, classStop}} {
		for w := range entries(list.data) {
			c := list.class
			if c == classVerb && utf8.RuneCountInString(w) == 1 {
				c = classSoft
			}
			l.classes[w] = c
		}
	}
	if err := l.readHeads(); err != nil {
		return nil, err
	}
	for w := range entries(tradesData) {
		l.trades[w] = true
	}
	for w := range entries(titlesData) {
		l.titles[w] = true
	}
	for w := range entries(surnamesData) {
		l.surnames[w] = true
	}
	for w := range entries(genericData) {
		l.genericSet[w] = true
	}
	l.firms = newNames()
	for name := range entries(firmsData) {
		l.firms.add(name)
	}
	if err := l.readKnown(); err != nil {
		return nil, err
	}
	segmenter, err := newSegmenter(l.ownWords(), dictionaryData)
	if err != nil {
		return nil, err
	}
	l.segmenter = segmenter
	return l, nil
}

func (l *lexicon) readHeads() error {
	reaches := map[string]reach{"form": reachForm, "long": reachLong, "near": reachNear, "body": reachBody}
	for line := range entries(suffixesData) {
		f := strings.Fields(line)
		if len(f) < 3 || len(f) != 4 && f[1] == string(graph.KindPlace) || reaches[f[len(f)-1]] == 0 {
			return fmt.Errorf("suffixes.txt: %q is no head", line)
		}
		h := nameHead{word: f[0], kind: graph.Kind(f[1]), reach: reaches[f[len(f)-1]]}
		if h.kind == graph.KindPlace {
			h.place = graph.PlaceKind(f[2])
		}
		switch h.kind {
		case "mask":
			h.kind, h.reach = "", reachMask
		case "event":
			h.kind, h.reach = "", reachEvent
		}
		l.heads[h.word] = h
		runes := utf8.RuneCountInString(h.word)
		if runes > maxHeadRunes {
			return fmt.Errorf("suffixes.txt: %q is longer than %d characters", line, maxHeadRunes)
		}
		one, two := lastTwo(h.word)
		l.headEnds[one] |= 1 << runes
		if two != one {
			l.headEnds[two] |= 1 << runes
		}
		l.headRunes = max(l.headRunes, runes)
	}
	for line := range entries(headsData) {
		f := strings.Fields(line)
		if len(f) != 3 {
			return fmt.Errorf("heads.txt: %q is no head of lists", line)
		}
		h := listHead{kind: graph.Kind(f[1])}
		if f[1] == "goods" {
			h = listHead{goods: f[0]}
		}
		if f[2] != "-" {
			h.place = graph.PlaceKind(f[2])
		}
		l.lists[f[0]] = h
	}
	return nil
}

func (l *lexicon) readKnown() error {
	for line := range entries(knownData) {
		kind, list, ok := strings.Cut(line, ":")
		f := strings.Fields(kind)
		if !ok || len(f) != 2 {
			return fmt.Errorf("known.txt: %q has no type", line)
		}
		k := known{kind: graph.Kind(f[0])}
		if f[1] != "-" {
			k.place = graph.PlaceKind(f[1])
		}
		for _, name := range strings.Fields(list) {
			l.known[name] = k
		}
	}
	for name := range entries(doctrinesData) {
		l.known[name] = known{mask: true}
	}
	l.names = newNames()
	for name := range l.known {
		l.names.add(name)
	}
	return nil
}

// ownWords are the words of our lists that the segmenter must know to cut at their ends, sorted.
func (l *lexicon) ownWords() []string {
	var own []string
	add := func(w string) {
		if utf8.RuneCountInString(w) > 1 && !strings.ContainsFunc(w, func(r rune) bool { return !unicode.Is(unicode.Han, r) }) {
			own = append(own, w)
		}
	}
	for w := range l.classes {
		add(w)
	}
	for w := range l.heads {
		add(w)
	}
	for w := range l.trades {
		add(w)
	}
	for w := range l.lists {
		add(w)
	}
	for w := range l.titles {
		add(w)
	}
	slices.Sort(own)
	return slices.Compact(own)
}

// entries yields the lines of a word list that are neither empty nor comments.
func entries(data string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for line := range strings.SplitSeq(data, "\n") {
			line = strings.TrimSpace(line)
			if line != "" && line[0] != '#' && !yield(line) {
				return
			}
		}
	}
}

const (
	numerals = "一二三四五六七八九十百千零〇两"
	measures = "个家所条座项处位名种类次批件宗份辆台套间户人元年月日时分秒届期级号层站段平片号"
	// common are characters that say nothing by themselves: one of them alone between words is no sign of an unknown name.
	common = "新老大小高低东西南北中上下内外前后左右总副分支主省市区县乡镇村街路院校厂店馆园场水电气煤油天地家国民军党政企工农商学医药文体旅车船机房" +
		"楼桥线网型式双旧多单全半零首末建改扩迁修拆产供销运输储排污废绿红蓝白黑型性化式型业率量点性史型度板管件品群堂厅室台网库池坝堤渠泵井岸"
)

// han reports whether a character is a Chinese one.
func han(r rune) bool {
	return r >= 0x4E00 && r <= 0x9FFF || r == '〇' || r >= 0x2E80 && unicode.Is(unicode.Han, r)
}

// words cuts a folded text into words that cover it, and appends them to those given; base is added to their offsets.
func (l *lexicon) words(words []Word, s string, base int, memo *wordMemo) []Word {
	memo.bytes = append(memo.bytes[:0], s...)
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		j := i + size
		switch {
		case han(r):
			for j < len(s) {
				r, size := utf8.DecodeRuneInString(s[j:])
				if !han(r) {
					break
				}
				j += size
			}
			words = l.han(words, s[i:j], memo.bytes[i:j], base+i, memo)
		case r >= '0' && r <= '9' || unicode.IsLetter(r):
			c := classNumber
			if unicode.IsLetter(r) {
				c = classLatin
			}
			for j < len(s) {
				r, size := utf8.DecodeRuneInString(s[j:])
				switch {
				case unicode.IsLetter(r) && !unicode.Is(unicode.Han, r):
					c = classLatin
				case r >= '0' && r <= '9':
				case (r == '.' || r == ',') && c == classNumber && j+1 < len(s) && s[j+1] >= '0' && s[j+1] <= '9':
				default:
					size = 0
				}
				if size == 0 {
					break
				}
				j += size
			}
			facts := memo.of(s[i:j])
			words = append(words, Word{Range: text.Range{Start: base + i, End: base + j}, class: c, roles: facts.roles, runes: utf8.RuneCountInString(s[i:j]), facts: facts})
		default:
			c := classOther
			if unicode.IsSpace(r) {
				c = classSpace
			} else if unicode.IsPunct(r) {
				c = classPunct
			}
			facts := memo.of(s[i:j])
			words = append(words, Word{Range: text.Range{Start: base + i, End: base + j}, class: c, roles: facts.roles, runes: 1, facts: facts})
		}
		i = j
	}
	return words
}

// han cuts Chinese characters, which are given twice, as the segmenter takes bytes; base is added to the offsets of the words.
func (l *lexicon) han(words []Word, s string, bytes []byte, base int, memo *wordMemo) []Word {
	for _, t := range l.segmenter.segment(bytes, &memo.segmentation) {
		facts := memo.entry(s[t.start:t.end], t.number)
		words = append(words, Word{Range: text.Range{Start: base + t.start, End: base + t.end}, Tag: facts.tag, class: facts.class, roles: facts.roles, runes: t.runes, facts: facts})
	}
	return words
}

func (l *lexicon) classify(w, tag string, runes int) class {
	if c, ok := l.classes[w]; ok {
		return c
	}
	if runes == 1 {
		switch {
		case strings.Contains(numerals, w):
			return classNumeral
		case strings.Contains(measures, w):
			return classMeasure
		}
		return classChar
	}
	if _, ok := l.heads[w]; ok || l.trades[w] || l.titles[w] {
		return classPlain
	}
	if _, ok := l.lists[w]; ok {
		return classPlain
	}
	if strings.HasPrefix(w, "第") || strings.Trim(w, numerals) == "" {
		return classNumeral
	}
	switch tag {
	case "ns":
		return classOdd
	case "v", "vi", "vd", "vq":
		return classTagVerb
	case "p", "c", "u", "ul", "uj", "ud", "uz", "uv", "r", "rr", "rz", "d", "y", "e", "o", "t", "z", "ad", "df":
		return classStop
	case "i", "l":
		if runes > 3 {
			return classStop
		}
	case "m", "mq", "q":
		return classNumeral
	}
	return classWord
}

// isCommon reports whether a single character says nothing by itself.
func isCommon(s string) bool { return strings.Contains(common, s) }
