package store

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/tupu-kg/tupu/graph"
)

// Edges are by far most of what a graph holds, and JSON takes ten times as long to read as they do to find. Their values are
// coded by hand: a number whose bits say which properties are there, and these in order, integers as varints, floats as their 64
// bits, little endian, text after its length. The ends and the type stand in the key and are not repeated.

// errCode says that a value is not what the coder writes.
var errCode = errors.New("damaged value")

// encoder writes values. With a list of words, texts that come again and again are written as their numbers in it.
type encoder struct {
	b     []byte
	words *wordList
}

func (e *encoder) int(n int)     { e.b = binary.AppendVarint(e.b, int64(n)) }
func (e *encoder) uint(n uint64) { e.b = binary.AppendUvarint(e.b, n) }
func (e *encoder) float(f float64) {
	e.b = binary.LittleEndian.AppendUint64(e.b, math.Float64bits(f))
}

func (e *encoder) text(s string) {
	e.uint(uint64(len(s)))
	e.b = append(e.b, s...)
}

// word writes text that comes again and again.
func (e *encoder) word(s string) {
	if e.words == nil {
		e.text(s)
		return
	}
	e.uint(uint64(e.words.number(s)))
}

// decoder reads what an encoder wrote. After an error it reads zeros. Words that come again and again (a rule's name, a
// document's id) share their memory.
type decoder struct {
	b     []byte
	err   error
	list  []string          // the words, where their numbers were written
	small []string          // the word that came last with a given length and end
	words map[string]string // others
}

// mostWords bounds what is shared, and longWord what is thought to come again.
const (
	mostWords  = 1 << 14
	longWord   = 64
	smallWords = 1 << 8
)

func (d *decoder) fail() {
	d.err, d.b = errCode, nil
}

func (d *decoder) int() int {
	n, size := binary.Varint(d.b)
	if size <= 0 {
		d.fail()
		return 0
	}
	d.b = d.b[size:]
	return int(n)
}

func (d *decoder) uint() uint64 {
	n, size := binary.Uvarint(d.b)
	if size <= 0 {
		d.fail()
		return 0
	}
	d.b = d.b[size:]
	return n
}

func (d *decoder) float() float64 {
	if len(d.b) < 8 {
		d.fail()
		return 0
	}
	f := math.Float64frombits(binary.LittleEndian.Uint64(d.b))
	d.b = d.b[8:]
	return f
}

// many is how many values follow, each of which takes a byte at least.
func (d *decoder) many() uint64 {
	n := d.uint()
	if n > uint64(len(d.b)) {
		d.fail()
		return 0
	}
	return n
}

func (d *decoder) bytes() []byte {
	n := d.many()
	b := d.b[:n]
	d.b = d.b[n:]
	return b
}

func (d *decoder) text() string { return string(d.bytes()) }

// word is text that comes again and again.
func (d *decoder) word() string {
	if d.list == nil {
		return d.share(d.bytes())
	}
	n := d.uint()
	if n >= uint64(len(d.list)) {
		d.fail()
		return ""
	}
	return d.list[n]
}

func (d *decoder) share(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	if d.small == nil {
		d.small = make([]string, smallWords)
	}
	last := &d.small[(len(b)*31+int(b[len(b)-1])*7+int(b[len(b)/2]))%smallWords]
	if *last != string(b) {
		*last = d.find(b)
	}
	return *last
}

func (d *decoder) find(b []byte) string {
	if s, ok := d.words[string(b)]; ok {
		return s
	}
	s := string(b)
	if len(b) <= longWord {
		if d.words == nil || len(d.words) == mostWords {
			d.words = map[string]string{}
		}
		d.words[s] = s
	}
	return s
}

// end reports what went wrong, and bytes that were not read.
func (d *decoder) end() error {
	if d.err == nil && len(d.b) > 0 {
		return errCode
	}
	return d.err
}

// The bits of an edge's properties, in the order in which they are written.
const (
	hasState = 1 << iota
	hasPost
	hasOf
	hasYear
	hasModality
	hasConfidence
	hasCount
	hasFirst
	isInside
	hasDocuments
	hasMentions
	hasFirstYear
	hasLastYear
	hasSentences
	hasWeight
	hasBasis
	hasRole
	hasShare
	hasDate
	hasValue
	hasUnit
	hasRaw
	isCountable
	hasReason
	hasStem
	hasScore
	hasEvidence
)

// The bits of an evidence.
const (
	hasDoc = 1 << iota
	hasSpan
	hasRef
	hasQuote
)

// encodeEdge codes all of an edge but its ends and its type.
func encodeEdge(e *graph.Edge) []byte {
	out := encoder{b: make([]byte, 0, 48+64*len(e.Evidence))}
	out.edge(e)
	return out.b
}

func (e *encoder) edge(from *graph.Edge) {
	e.uint(bitsOf(from))
	word := func(s string) {
		if s != "" {
			e.word(s)
		}
	}
	text := func(s string) {
		if s != "" {
			e.text(s)
		}
	}
	number := func(n int) {
		if n != 0 {
			e.int(n)
		}
	}
	float := func(f float64) {
		if f != 0 {
			e.float(f)
		}
	}
	word(from.State)
	word(from.Post)
	word(from.Of)
	number(from.Year)
	word(string(from.Modality))
	float(from.Confidence)
	number(from.Count)
	number(from.First)
	number(from.Documents)
	number(from.Mentions)
	number(from.FirstYear)
	number(from.LastYear)
	number(from.Sentences)
	float(from.Weight)
	word(string(from.Basis))
	word(from.Role)
	word(from.Share)
	word(from.Date)
	float(from.Value)
	word(from.Unit)
	text(from.Raw)
	text(from.Reason)
	word(from.Stem)
	float(from.Score)
	if len(from.Evidence) > 0 {
		e.uint(uint64(len(from.Evidence)))
		for i := range from.Evidence {
			e.evidence(&from.Evidence[i])
		}
	}
}

func bitsOf(e *graph.Edge) uint64 {
	bits := uint64(0)
	for _, p := range [...]struct {
		there bool
		bit   uint64
	}{
		{e.State != "", hasState},
		{e.Post != "", hasPost},
		{e.Of != "", hasOf},
		{e.Year != 0, hasYear},
		{e.Modality != "", hasModality},
		{e.Confidence != 0, hasConfidence},
		{e.Count != 0, hasCount},
		{e.First != 0, hasFirst},
		{e.Inside, isInside},
		{e.Documents != 0, hasDocuments},
		{e.Mentions != 0, hasMentions},
		{e.FirstYear != 0, hasFirstYear},
		{e.LastYear != 0, hasLastYear},
		{e.Sentences != 0, hasSentences},
		{e.Weight != 0, hasWeight},
		{e.Basis != "", hasBasis},
		{e.Role != "", hasRole},
		{e.Share != "", hasShare},
		{e.Date != "", hasDate},
		{e.Value != 0, hasValue},
		{e.Unit != "", hasUnit},
		{e.Raw != "", hasRaw},
		{e.Countable, isCountable},
		{e.Reason != "", hasReason},
		{e.Stem != "", hasStem},
		{e.Score != 0, hasScore},
		{len(e.Evidence) > 0, hasEvidence},
	} {
		if p.there {
			bits |= p.bit
		}
	}
	return bits
}

func (e *encoder) evidence(ev *graph.Evidence) {
	bits := uint64(0)
	if ev.Doc != "" {
		bits |= hasDoc
	}
	if ev.Start != 0 || ev.End != 0 || ev.ByteStart != 0 || ev.ByteEnd != 0 {
		bits |= hasSpan
	}
	if ev.Ref != "" {
		bits |= hasRef
	}
	if ev.Quote != "" {
		bits |= hasQuote
	}
	e.uint(bits)
	e.word(string(ev.Source))
	e.word(ev.By)
	e.float(ev.Score)
	if bits&hasDoc != 0 {
		e.word(string(ev.Doc))
	}
	if bits&hasSpan != 0 {
		e.int(ev.Start)
		e.int(ev.End)
		e.int(ev.ByteStart)
		e.int(ev.ByteEnd)
	}
	if bits&hasRef != 0 {
		e.text(ev.Ref)
	}
	if bits&hasQuote != 0 {
		e.text(ev.Quote)
	}
}

// edge decodes the edge whose key (as graph.Edge.Key makes it, with whatever comes after) and value are given.
func (d *decoder) edge(key, value []byte) (graph.Edge, error) {
	var e graph.Edge
	from, t, to, ok := endsOf(key)
	if !ok {
		return e, fmt.Errorf("edge of the key %q: %w", key, errCode)
	}
	e.From, e.Type, e.To = graph.ID(d.share(from)), graph.EdgeType(d.share(t)), graph.ID(to)
	d.b, d.err = value, nil
	d.rest(&e)
	if err := d.end(); err != nil {
		return graph.Edge{}, fmt.Errorf("edge %s -%s-> %s: %w", e.From, e.Type, e.To, err)
	}
	return e, nil
}

// rest reads all of an edge that encoder.edge wrote.
func (d *decoder) rest(e *graph.Edge) {
	if d.properties(e)&hasEvidence != 0 {
		e.Evidence = make([]graph.Evidence, d.many())
		for i := range e.Evidence {
			d.evidence(&e.Evidence[i])
		}
	}
}

// properties reads what comes before the evidence, and returns the bits of what is there.
func (d *decoder) properties(e *graph.Edge) uint64 {
	bits := d.uint()
	if bits >= hasEvidence<<1 {
		d.fail()
		return 0
	}
	if bits&(hasState|hasPost|hasOf|hasYear|hasModality) != 0 {
		if bits&hasState != 0 {
			e.State = d.word()
		}
		if bits&hasPost != 0 {
			e.Post = d.word()
		}
		if bits&hasOf != 0 {
			e.Of = d.word()
		}
		if bits&hasYear != 0 {
			e.Year = d.int()
		}
		if bits&hasModality != 0 {
			e.Modality = graph.Modality(d.word())
		}
	}
	if bits&hasConfidence != 0 {
		e.Confidence = d.float()
	}
	if bits&hasCount != 0 {
		e.Count = d.int()
	}
	if bits&hasFirst != 0 {
		e.First = d.int()
	}
	e.Inside = bits&isInside != 0
	if bits&hasDocuments != 0 {
		e.Documents = d.int()
	}
	if bits&hasMentions != 0 {
		e.Mentions = d.int()
	}
	if bits&hasFirstYear != 0 {
		e.FirstYear = d.int()
	}
	if bits&hasLastYear != 0 {
		e.LastYear = d.int()
	}
	if bits&hasSentences != 0 {
		e.Sentences = d.int()
	}
	if bits&hasWeight != 0 {
		e.Weight = d.float()
	}
	if bits&hasBasis != 0 {
		e.Basis = graph.Basis(d.word())
	}
	if bits&hasRole != 0 {
		e.Role = d.word()
	}
	if bits&hasShare != 0 {
		e.Share = d.word()
	}
	if bits&hasDate != 0 {
		e.Date = d.word()
	}
	if bits&hasValue != 0 {
		e.Value = d.float()
	}
	if bits&hasUnit != 0 {
		e.Unit = d.word()
	}
	if bits&hasRaw != 0 {
		e.Raw = d.text()
	}
	e.Countable = bits&isCountable != 0
	if bits&hasReason != 0 {
		e.Reason = d.text()
	}
	if bits&hasStem != 0 {
		e.Stem = d.word()
	}
	if bits&hasScore != 0 {
		e.Score = d.float()
	}
	return bits
}

func (d *decoder) evidence(ev *graph.Evidence) {
	bits := d.uint()
	ev.Source, ev.By, ev.Score = graph.Source(d.word()), d.word(), d.float()
	if bits&hasDoc != 0 {
		ev.Doc = graph.ID(d.word())
	}
	if bits&hasSpan != 0 {
		ev.Start, ev.End, ev.ByteStart, ev.ByteEnd = d.int(), d.int(), d.int(), d.int()
	}
	if bits&hasRef != 0 {
		ev.Ref = d.text()
	}
	if bits&hasQuote != 0 {
		ev.Quote = d.text()
	}
}

// The bits of an entity's properties.
const (
	hasKind = 1 << iota // other than the id tells
	hasName
	hasAliases
	isSure // its confidence
	hasPlace
	hasCode
	hasArea
	hasPosts
	hasOwnIDs
	hasLevel
	hasHub
)

// encodeEntity codes all of an entity but its id, the name first.
func encodeEntity(e *graph.Entity) []byte {
	bits := uint64(0)
	body := encoder{b: make([]byte, 0, 64)}
	text := func(s string, bit uint64) {
		if s != "" {
			bits |= bit
			body.text(s)
		}
	}
	texts := func(all []string, bit uint64) {
		if len(all) > 0 {
			bits |= bit
			body.uint(uint64(len(all)))
			for _, s := range all {
				body.text(s)
			}
		}
	}
	text(e.Name, hasName)
	if e.Kind != e.ID.Kind() {
		text(string(e.Kind), hasKind)
	}
	texts(e.Aliases, hasAliases)
	if e.Confidence != 0 {
		bits |= isSure
		body.float(e.Confidence)
	}
	text(string(e.Place), hasPlace)
	text(e.Code, hasCode)
	text(e.Area, hasArea)
	texts(e.Posts, hasPosts)
	texts(e.OwnIDs, hasOwnIDs)
	text(e.Level, hasLevel)
	text(e.Hub, hasHub)
	return append(binary.AppendUvarint(make([]byte, 0, len(body.b)+2), bits), body.b...)
}

// decodeEntity decodes the entity of an id.
func decodeEntity(id graph.ID, b []byte) (graph.Entity, error) {
	d := decoder{b: b}
	bits := d.uint()
	text := func(bit uint64) string {
		if bits&bit == 0 {
			return ""
		}
		return d.text()
	}
	texts := func(bit uint64) []string {
		if bits&bit == 0 {
			return nil
		}
		all := make([]string, d.many())
		for i := range all {
			all[i] = d.text()
		}
		return all
	}
	e := graph.Entity{ID: id, Kind: id.Kind(), Name: text(hasName)}
	if bits&hasKind != 0 {
		e.Kind = graph.Kind(d.text())
	}
	e.Aliases = texts(hasAliases)
	if bits&isSure != 0 {
		e.Confidence = d.float()
	}
	e.Place, e.Code, e.Area = graph.PlaceKind(text(hasPlace)), text(hasCode), text(hasArea)
	e.Posts, e.OwnIDs, e.Level, e.Hub = texts(hasPosts), texts(hasOwnIDs), text(hasLevel), text(hasHub)
	if bits >= hasHub<<1 {
		d.fail()
	}
	if err := d.end(); err != nil {
		return graph.Entity{}, fmt.Errorf("entity %s: %w", id, err)
	}
	return e, nil
}

// encodeDocument codes all of a document but its id, its text and its locators.
func encodeDocument(d *graph.Document) []byte {
	var e encoder
	e.text(d.Title)
	for _, s := range []string{d.TextHash, d.Format, d.Charset, d.Reader, d.Issuer, d.Date, d.Area, d.AreaCode, d.URL, string(d.CopyOf)} {
		e.text(s)
	}
	for _, n := range []int{int(d.Size), d.Year, d.PlanYear, len(d.Paths), len(d.Origins)} {
		e.int(n)
	}
	for _, path := range d.Paths {
		e.text(path)
	}
	for _, field := range slices.Sorted(maps.Keys(d.Origins)) {
		origin := d.Origins[field]
		e.text(field)
		e.evidence(&origin)
	}
	return e.b
}

// decodeDocument decodes the document of an id.
func decodeDocument(id graph.ID, b []byte) (graph.Document, error) {
	d := decoder{b: b}
	out := graph.Document{ID: id, Title: d.text()}
	for _, s := range []*string{&out.TextHash, &out.Format, &out.Charset, &out.Reader, &out.Issuer, &out.Date, &out.Area, &out.AreaCode, &out.URL, (*string)(&out.CopyOf)} {
		*s = d.text()
	}
	size := d.int()
	out.Size, out.Year, out.PlanYear = int64(size), d.int(), d.int()
	paths, origins := d.int(), d.int()
	if paths < 0 || paths > len(d.b) || origins < 0 || origins > len(d.b) {
		d.fail()
		paths, origins = 0, 0
	}
	for range paths {
		out.Paths = append(out.Paths, d.text())
	}
	for range origins {
		if out.Origins == nil {
			out.Origins = make(map[string]graph.Evidence, origins)
		}
		field := d.text()
		var origin graph.Evidence
		d.evidence(&origin)
		out.Origins[field] = origin
	}
	if err := d.end(); err != nil {
		return graph.Document{}, fmt.Errorf("document %s: %w", id, err)
	}
	return out, nil
}

// encodeOwned codes what an owner has.
func encodeOwned(o *Owned) []byte {
	var e encoder
	e.text(string(o.Data))
	e.uint(uint64(len(o.Entities)))
	for _, id := range o.Entities {
		e.text(string(id))
	}
	e.uint(uint64(len(o.Edges)))
	for _, key := range o.Edges {
		e.text(key)
	}
	return e.b
}

func decodeOwned(b []byte) (Owned, error) {
	var o Owned
	d := decoder{b: b}
	if data := d.bytes(); len(data) > 0 {
		o.Data = json.RawMessage(data)
	}
	for range d.many() {
		o.Entities = append(o.Entities, graph.ID(d.text()))
	}
	for range d.many() {
		o.Edges = append(o.Edges, d.text())
	}
	return o, d.end()
}
