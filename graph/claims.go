package graph

import "slices"

// Claim is what an edge says in one document, as far as it is weighed before anything is shown. Its texts are numbers of words of the
// Claims that it belongs to; 0 is none.
type Claim struct {
	Value    float64 // of an amount
	Edge     uint32  // its number
	Doc      uint32  // the number of the document, NoNode if it is not held
	Year     int32   // as the edge has it
	Date     uint32
	Modality uint32
	Says     uint32 // the state; what stands there of an amount; else the post, the share or the role
	Of, Unit uint32 // of an amount
	Reason   uint32 // why it does not count
	Bits     uint32 // ClaimCounts and such
}

// The bits of a Claim.
const (
	ClaimCounts = 1 << iota // its amount can be counted
	ClaimAlone              // the edge rests on nothing else
)

// NoNode is no number of a node.
const NoNode = ^uint32(0)

// Claimed are the types of edges that make claims, ascending.
var Claimed = []EdgeType{Amount, HoldsPost, PartnersWith, PartOf, Receives, Status, Undertakes}

// Claims are what the edges of a graph claim, apart from their places in the documents: all that questions over many edges read.
type Claims struct {
	List []Claim  // by type, in the order of Claimed, then ascending by edge, then in the order of the evidence
	Ends []uint32 // where the claims of each type end
	Text string   // the words, one after the other
	Cuts []uint32 // where each ends
}

// Of returns the claims of a type of edges.
func (c *Claims) Of(t EdgeType) []Claim {
	n, ok := slices.BinarySearch(Claimed, t)
	if !ok || n >= len(c.Ends) {
		return nil
	}
	from := uint32(0)
	if n > 0 {
		from = c.Ends[n-1]
	}
	return c.List[from:c.Ends[n]]
}

// Word is a word of a number; empty if there is none.
func (c *Claims) Word(n uint32) string {
	if n == 0 || int(n) > len(c.Cuts) {
		return ""
	}
	from := uint32(0)
	if n > 1 {
		from = c.Cuts[n-2]
	}
	return c.Text[from:c.Cuts[n-1]]
}

// Check reports whether the numbers are such that Of and Word do not panic, for a graph of so many edges.
func (c *Claims) Check(edges int) bool {
	ascends := func(ends []uint32, last int) bool {
		return slices.IsSorted(ends) && (len(ends) == 0 || int(ends[len(ends)-1]) <= last)
	}
	return ascends(c.Ends, len(c.List)) && ascends(c.Cuts, len(c.Text)) && !slices.ContainsFunc(c.List, func(c Claim) bool { return int(c.Edge) >= edges })
}

// ClaimsBuilder makes Claims of edges that come in ascending order of their numbers. The zero value is ready.
type ClaimsBuilder struct {
	lists [7][]Claim // of each of Claimed
	words map[string]uint32
	text  []byte
	cuts  []uint32
}

// Add adds what an edge claims; number tells the numbers of documents, NoNode of those that are not held.
func (b *ClaimsBuilder) Add(edge uint32, e *Edge, number func(ID) uint32) {
	at, ok := slices.BinarySearch(Claimed, e.Type)
	if !ok {
		return
	}
	says, of := e.Role, ""
	switch {
	case e.State != "":
		says = e.State
	case e.Of != "" || e.Raw != "":
		says, of = e.Raw, e.Of
	case e.Type == HoldsPost:
		says = e.Post
	case e.Type == PartOf:
		says = e.Share
	}
	c := Claim{
		Value: e.Value, Edge: edge, Year: int32(e.Year), Date: b.word(e.Date), Modality: b.word(string(e.Modality)),
		Says: b.word(says), Of: b.word(of), Unit: b.word(e.Unit), Reason: b.word(e.Reason),
	}
	if e.Countable {
		c.Bits |= ClaimCounts
	}
	if len(e.Evidence) == 1 {
		c.Bits |= ClaimAlone
	}
	add := func(doc ID) {
		c.Doc = number(doc)
		b.lists[at] = append(b.lists[at], c)
	}
	if e.To.Kind() == KindDocument {
		add(e.To)
		return
	}
	for i, ev := range e.Evidence {
		if ev.Doc != "" && !slices.ContainsFunc(e.Evidence[:i], func(o Evidence) bool { return o.Doc == ev.Doc }) {
			add(ev.Doc)
		}
	}
}

func (b *ClaimsBuilder) word(s string) uint32 {
	if s == "" {
		return 0
	}
	n, ok := b.words[s]
	if !ok {
		if b.words == nil {
			b.words = map[string]uint32{}
		}
		b.text = append(b.text, s...)
		b.cuts = append(b.cuts, uint32(len(b.text)))
		n = uint32(len(b.cuts))
		b.words[s] = n
	}
	return n
}

// Claims returns what was added.
func (b *ClaimsBuilder) Claims() *Claims {
	c := &Claims{Text: string(b.text), Cuts: b.cuts}
	for i := range Claimed {
		c.List = append(c.List, b.lists[i]...)
		c.Ends = append(c.Ends, uint32(len(c.List)))
	}
	return c
}
