package engine

import (
	"cmp"
	"strings"
)

// NodeID says which node of a Source is meant, RelID which relationship. A Source that numbers all it has needs no more than N; one
// that reads as it goes gives what it needs to know again along in Held, so that nothing has to be remembered for values that are
// gone. They are compared with Is.
type (
	NodeID struct {
		_    [0]func() // == would compare where the key is kept
		N    int64     // equal where the node is
		Held *Held
	}
	RelID struct {
		_    [0]func()
		N    int64
		Held *Held
	}
)

// Held is what goes along with a node or a relationship.
type Held struct {
	Key   string // tells apart two that have one number by chance, and orders them
	Data  any    // the Source's own; it is not changed
	Bytes int    // that Data takes, roughly
}

// Is reports whether two are the same node.
func (n NodeID) Is(o NodeID) bool { return n.N == o.N && n.Held.is(o.Held) }

// Is reports whether two are the same relationship.
func (r RelID) Is(o RelID) bool { return r.N == o.N && r.Held.is(o.Held) }

func (h *Held) is(o *Held) bool { return h == o || h != nil && o != nil && h.Key == o.Key }

func (n NodeID) compare(o NodeID) int { return compareHeld(n.N, o.N, n.Held, o.Held) }
func (r RelID) compare(o RelID) int   { return compareHeld(r.N, o.N, r.Held, o.Held) }

func compareHeld(a, b int64, p, q *Held) int {
	if p == nil || q == nil {
		return cmp.Compare(a, b)
	}
	if p == q {
		return 0
	}
	return strings.Compare(p.Key, q.Key)
}

// Direction says which of a node's relationships are meant.
type Direction uint8

// The directions.
const (
	Both Direction = iota
	Out
	In
)

// RelInfo is what a relationship is.
type RelInfo struct {
	From, To NodeID
	Type     string
}

// Hop is one step from a node: the relationship, and the node at its other end.
type Hop struct {
	Rel  RelID
	Node NodeID
}

// Source is a property graph that queries run on. Implementations answer in a fixed order. One that is used by several runs
// at once must be safe for that.
type Source interface {
	// Nodes lists the nodes of a label, of all if it is empty.
	Nodes(label string) (Cursor, error)
	// Find lists the nodes of a label (of any, if it is empty) whose property equals a value, and reports whether there is an
	// index that knows; without one the engine filters.
	Find(label, key string, value Value) ([]NodeID, bool, error)
	// Expand appends a node's hops over relationships of the given types (all, if there are none) to a buffer. A loop is one
	// hop, also in both directions.
	Expand(buf []Hop, n NodeID, dir Direction, types []string) ([]Hop, error)
	Labels(n NodeID) ([]string, error)
	NodeProperty(n NodeID, key string) (Value, error) // Null if it has none
	NodeProperties(n NodeID) (map[string]Value, error)
	Rel(r RelID) (RelInfo, error)
	RelProperty(r RelID, key string) (Value, error)
	RelProperties(r RelID) (map[string]Value, error)
	// Stats tells the planner about the graph; figures may be estimates.
	Stats() *Stats
}

// LabelSource is a Source that tells a node's label from its number.
type LabelSource interface {
	Source
	LabelTest(label string) func(NodeID) bool
}

// DegreeSource is a Source that counts a node's hops without walking them.
type DegreeSource interface {
	Source
	// Degree makes a counter of the hops that Expand gives of a node and that lead to nodes of a label (of any, if it is empty); with
	// ends, of the different nodes that they lead to. A counter serves one run at a time.
	Degree(dir Direction, types []string, label string, ends bool) func(NodeID) int64
}

// UniqueSource is a Source that knows properties by which nodes can be told apart.
type UniqueSource interface {
	Source
	// Unique reports whether all nodes of a label (all nodes, if it is empty) have a property, each another value.
	Unique(label, key string) bool
}

// RangeSource is a Source with indexes of properties that are numbers.
type RangeSource interface {
	Source
	// FindRange lists the nodes of a label whose property is <, <=, > or >= a number, in the order of Nodes. It reports whether an
	// index knows, and whether it knows exactly: otherwise there may be others among them, which the engine leaves out.
	FindRange(label, key, op string, bound float64) (found []NodeID, known, exact bool, err error)
}

// Cursor yields nodes in batches.
type Cursor interface {
	// Next fills the buffer and says with how many; none says that there are no more.
	Next(buf []NodeID) (int, error)
	Close()
}

// Stats are figures about a graph. Labels, Types and Keys also serve to guess at names that are misspelt: they are complete,
// or nil.
type Stats struct {
	Nodes  float64
	Rels   float64
	Labels map[string]float64 // nodes by label
	Types  map[string]float64 // relationships by type
	Keys   map[string]bool    // properties of nodes and relationships
	// Indexed lists properties that Find has an index for.
	Indexed map[string]bool
}

// Param is an argument or a column of a procedure.
type Param struct {
	Name string
	Type Type
}

// Procedure is what CALL can call.
type Procedure struct {
	Name  string
	Args  []Param // all have to be given, but the last Optional
	Yield []Param
	// Optional counts the last arguments that may be left out; they are null then.
	Optional int
	Doc      string // a line for people
	// Run gives the rows; it may stop early when yield returns false.
	Run func(c *Context, args []Value, yield func([]Value) bool) error
}
