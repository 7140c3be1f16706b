package graph

// Facts is all that was read from one document. It is immutable and filed under Key, the hash of the document's bytes, its
// manifest row and the extractor (version, model, gazetteers, watch lists): the same key always means the same facts.
type Facts struct {
	Key        string      `json:"key"`
	Document   Document    `json:"document"`
	Sentences  []Sentence  `json:"sentences,omitempty"`  // all of the text that is read as sentences, ascending
	Mentions   []Mention   `json:"mentions,omitempty"`   // ascending, not overlapping
	Statements []Statement `json:"statements,omitempty"` // by sentence, then type, head and tail
	Notes      []string    `json:"notes,omitempty"`      // what could not be inferred, for people
}

// Role says what a sentence is in its document.
type Role string

// The roles of sentences. Chrome is what belongs to the page and not to the report (下载 打印 收藏, share buttons, record
// numbers): nothing is recognised in it.
const (
	Body    Role = "body"
	Heading Role = "heading"
	Chrome  Role = "chrome"
)

// Sentence is a stretch of text that statements are read from, with the tense that its section gives it.
type Sentence struct {
	Span
	Role     Role     `json:"role"`
	Modality Modality `json:"modality,omitempty"` // reported in a review, planned in a plan; empty if the section does not say
	Year     int      `json:"year,omitempty"`     // the year that the section speaks of; 0 if unknown
}

// Mention is a name in a text. Mentions are flat and longest; the names inside one are its parts.
type Mention struct {
	Span
	Kind       Kind      `json:"type"`
	Text       string    `json:"text"`              // the stored text at the span, dirt and all
	Name       string    `json:"name,omitempty"`    // Text folded (simplified, half width, scrapers' dirt removed), where it differs
	Code       string    `json:"code,omitempty"`    // of the gazetteer entry that the name was matched with, if one only fits
	Place      PlaceKind `json:"kind,omitempty"`    // of a place
	Confidence float64   `json:"confidence"`        // 0 to 1
	By         string    `json:"by"`                // who found it: "gazetteer", "rule:suffix", "document", "tagger"
	Generic    bool      `json:"generic,omitempty"` // a name that many areas have (第二实验小学): it belongs to its area
	Scope      string    `json:"scope,omitempty"`   // area written in front of a generic name (泉港区 in 泉港区第二实验小学)
	// Listed says which thing of a list of the user's it is.
	Listed *Listing `json:"listed,omitempty"`
	// Parts are names inside the mention: 天辰化工 in 天辰化工一期. They are names in their own right but not mentions, and
	// have no parts themselves.
	Parts []Mention `json:"parts,omitempty"`
}

// Listing is a thing of a list that the user keeps.
type Listing struct {
	Name string `json:"name"`         // folded
	ID   string `json:"id,omitempty"` // the user's own
	Ref  string `json:"ref"`          // file:line
}

// FoldedName is Name, or Text where folding changed nothing.
func (m *Mention) FoldedName() string {
	if m.Name != "" {
		return m.Name
	}
	return m.Text
}

// Statement is a typed relation that one sentence states.
type Statement struct {
	Span                 // the sentence
	Type       EdgeType  `json:"type"`
	Head       Mention   `json:"head"` // a mention of the sentence, or a part of one
	Tail       Mention   `json:"tail"` // likewise; for RECEIVES and AMOUNT text as written, of no kind or of kind honour
	State      string    `json:"state,omitempty"`
	Post       string    `json:"post,omitempty"`
	Role       string    `json:"role,omitempty"`
	Share      string    `json:"share,omitempty"`
	Quantity   *Quantity `json:"amount,omitempty"`
	Modality   Modality  `json:"modality,omitempty"`
	Year       int       `json:"year,omitempty"`
	Date       string    `json:"date,omitempty"` // more exact than Year where the text says so: 2024-08
	Basis      Basis     `json:"basis,omitempty"`
	Confidence float64   `json:"confidence"`
	By         string    `json:"by"` // the rule or feature that made it
}

// Quantity is money or size said of something.
type Quantity struct {
	Value     float64 `json:"value"`
	Unit      string  `json:"unit"` // 元, 美元, 平方米, 吨/年, …
	Of        string  `json:"of"`   // total, annual plan, done so far, area, capacity
	Raw       string  `json:"raw"`  // as written
	Countable bool    `json:"countable"`
	Why       string  `json:"why,omitempty"` // why it must not be summed
}
