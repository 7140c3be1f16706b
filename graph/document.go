package graph

import (
	"crypto/sha256"
	"encoding/hex"
	"sort"
	"unicode/utf8"
)

// Document is one source. The same content at two paths is one document.
type Document struct {
	ID       ID       `json:"id"`
	Text     string   `json:"-"`         // stored text, never altered after decoding or extraction; UTF-8
	TextHash string   `json:"text_hash"` // SHA-256 of Text, hex
	Format   string   `json:"format"`    // "text", "html", "pdf", "docx", "xlsx", …
	Charset  string   `json:"charset,omitempty"`
	Reader   string   `json:"reader"` // name and version of the reader that made Text
	Paths    []string `json:"paths"`  // as given to build, cleaned, with forward slashes, sorted; members of archives as a.zip!/b.txt
	Size     int64    `json:"size"`   // of the source, bytes

	Title    string `json:"title,omitempty"`
	Issuer   string `json:"issuer,omitempty"`
	Date     string `json:"date,omitempty"`      // YYYY-MM-DD, or a prefix of it
	Year     int    `json:"year,omitempty"`      // the year looked back on; 0 if unknown
	PlanYear int    `json:"plan_year,omitempty"` // the year planned for; 0 if unknown
	Area     string `json:"area,omitempty"`      // official name of the area that the document speaks for
	AreaCode string `json:"area_code,omitempty"` // its code in the gazetteer, if it has one
	URL      string `json:"url,omitempty"`
	CopyOf   ID     `json:"copy_of,omitempty"` // the document that it is a near copy of and that counts for it

	// Origins says for each inferred property (by its JSON key) where it was read; a manifest's row is source manifest.
	Origins  map[string]Evidence `json:"origins,omitempty"`
	Locators []Locator           `json:"locators,omitempty"` // ascending by Start
}

// Locator tells where in its source a stretch of the stored text stands, as people cite it. It holds until the next
// locator's Start. Fields that do not apply are zero; numbers count from 1.
type Locator struct {
	Start     int    `json:"start"` // byte offset in the stored text
	Page      int    `json:"page,omitempty"`
	Sheet     string `json:"sheet,omitempty"`
	Row       int    `json:"row,omitempty"`
	Paragraph int    `json:"paragraph,omitempty"`
	Line      int    `json:"line,omitempty"`
	Heading   int    `json:"heading,omitempty"` // 1 the document's title, 2 and more its headings by weight, 0 running text
}

// Locate returns the locator that holds at a byte offset of the stored text.
func (d *Document) Locate(offset int) Locator {
	i := sort.Search(len(d.Locators), func(i int) bool { return d.Locators[i].Start > offset })
	if i == 0 {
		return Locator{}
	}
	return d.Locators[i-1]
}

// HashText is the hash that Document.TextHash holds.
func HashText(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// Span is a stretch of a document's stored text, half open, on character boundaries, in code points (Start, End) and in
// bytes (ByteStart, ByteEnd); both are fixed when the document is read.
type Span struct {
	Doc       ID  `json:"doc,omitempty"`
	Start     int `json:"start"`
	End       int `json:"end"`
	ByteStart int `json:"byte_start"`
	ByteEnd   int `json:"byte_end"`
}

// Len is the length of the span in bytes.
func (s Span) Len() int { return s.ByteEnd - s.ByteStart }

// Contains reports whether o lies within s, in the same document.
func (s Span) Contains(o Span) bool {
	return s.Doc == o.Doc && s.ByteStart <= o.ByteStart && o.ByteEnd <= s.ByteEnd
}

// Compare orders spans by document, start and end.
func (s Span) Compare(o Span) int {
	switch {
	case s.Doc != o.Doc:
		return compare(s.Doc, o.Doc)
	case s.ByteStart != o.ByteStart:
		return compare(s.ByteStart, o.ByteStart)
	default:
		return compare(s.ByteEnd, o.ByteEnd)
	}
}

func compare[T int | int64 | float64 | string | ID | EdgeType | Kind](a, b T) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// Positions turns byte offsets of one text into spans without counting the text anew for each. It costs one pass over the
// text and four bytes for every 64 of it. The zero value is not usable; see NewPositions.
type Positions struct {
	doc   ID
	text  string
	marks []int32 // marks[i] is the number of code points that start before byte 64*i
}

const markEvery = 64

// NewPositions prepares the positions of a document's stored text.
func NewPositions(doc ID, text string) *Positions {
	p := &Positions{doc: doc, text: text, marks: make([]int32, 0, len(text)/markEvery+1)}
	n := int32(0)
	for i := 0; i < len(text); i++ {
		if i%markEvery == 0 {
			p.marks = append(p.marks, n)
		}
		if utf8.RuneStart(text[i]) {
			n++
		}
	}
	if len(text)%markEvery == 0 {
		p.marks = append(p.marks, n)
	}
	return p
}

// Span returns the span of the bytes [start, end), which must be character boundaries of the text.
func (p *Positions) Span(start, end int) Span {
	return Span{Doc: p.doc, Start: p.runes(start), End: p.runes(end), ByteStart: start, ByteEnd: end}
}

func (p *Positions) runes(offset int) int {
	mark := offset / markEvery
	n := int(p.marks[mark])
	for i := mark * markEvery; i < offset; i++ {
		if utf8.RuneStart(p.text[i]) {
			n++
		}
	}
	return n
}
