package cypher

// Query is a whole query: one or more single queries joined by UNION.
type Query struct {
	Mode  Mode
	Parts []*Single
	All   []bool // for each join between parts: UNION ALL
}

// Mode says what to do with a query.
type Mode uint8

// The modes.
const (
	Run     Mode = iota
	Explain      // show the plan
	Profile      // run, and show the plan with what it did
)

// Single is a query without UNION.
type Single struct {
	Clauses []Clause
}

// Clause is one clause of a query: *Match, *Unwind, *Project, *Call, or one that writes (*Write).
type Clause interface{ At() Pos }

// At is where a node of the tree begins.
func (p Pos) At() Pos { return p }

// Match is MATCH or OPTIONAL MATCH with its WHERE.
type Match struct {
	Pos
	Optional bool
	Pattern  []*Path
	Where    Expr // nil if none
}

// Unwind is UNWIND expr AS name.
type Unwind struct {
	Pos
	List Expr
	Name Name
}

// Project is WITH or RETURN.
type Project struct {
	Pos
	Return   bool
	Distinct bool
	All      bool // *, before the items
	Items    []Item
	Order    []Sort
	Skip     Expr
	Limit    Expr
	Where    Expr // of WITH
}

// Item is one column of a projection.
type Item struct {
	Expr  Expr
	Alias *Name  // nil if none is given
	Text  string // as written, which names the column where there is no alias
}

// Sort is one key of ORDER BY.
type Sort struct {
	Expr Expr
	Desc bool
}

// Call is CALL of a procedure.
type Call struct {
	Pos
	Name     string // with its namespace
	Args     []Expr
	Implicit bool // written without parentheses: arguments come from parameters of the same names
	Yield    []Yield
	YieldAll bool // YIELD *
	Yields   bool // there is a YIELD
	Where    Expr
}

// Yield is one column taken from a procedure.
type Yield struct {
	Field Name
	Alias *Name
}

// Write is a clause that writes: it parses, and is refused by the engine.
type Write struct {
	Pos
	Verb    string  // CREATE, MERGE, SET, DELETE, DETACH DELETE, REMOVE
	Pattern []*Path // of CREATE and MERGE
	Exprs   []Expr  // of DELETE
	Sets    []SetItem
	On      []SetOn // of MERGE
}

// SetItem is one item of SET or REMOVE: a property, or labels.
type SetItem struct {
	To     Expr   // property or variable
	Op     string // =, +=, or empty
	Value  Expr
	Labels []Name
}

// SetOn is ON CREATE SET or ON MATCH SET.
type SetOn struct {
	Match bool
	Sets  []SetItem
}

// Name is a name with its position.
type Name struct {
	Pos
	Text string
}

// Path is one path of a pattern: nodes with relationships between them.
type Path struct {
	Pos
	Var      *Name // p = …
	Shortest Shortest
	Nodes    []*NodePattern
	Rels     []*RelPattern // one fewer than nodes
}

// Shortest says whether a path is a shortest one.
type Shortest uint8

// The kinds of shortest paths.
const (
	NotShortest Shortest = iota
	ShortestPath
	AllShortestPaths
)

// NodePattern is (v:Label {…}).
type NodePattern struct {
	Pos
	Var    *Name
	Labels []Name // all of them, or any if Any is set
	Any    bool   // written with |
	Props  Expr   // *MapLit or *Param, nil if none
	Where  Expr   // (v WHERE …)
}

// Direction is that of a relationship pattern.
type Direction uint8

// The directions.
const (
	Either Direction = iota
	Right
	Left
)

// RelPattern is -[v:TYPE*1..3 {…}]->.
type RelPattern struct {
	Pos
	Var   *Name
	Types []Name
	Dir   Direction
	Props Expr
	Where Expr
	Range *Range // nil for a single relationship
}

// Range is the length of a variable-length relationship; a nil bound is open.
type Range struct {
	Min, Max *int64
}

// Expr is an expression.
type Expr interface{ At() Pos }

// The literals.
type (
	// Null is null.
	Null struct{ Pos }
	// Bool is true or false.
	Bool struct {
		Pos
		Value bool
	}
	// Int is a whole number.
	Int struct {
		Pos
		Value int64
	}
	// Float is a floating-point number.
	Float struct {
		Pos
		Value float64
	}
	// String is a string.
	String struct {
		Pos
		Value string
	}
	// ListLit is [a, b].
	ListLit struct {
		Pos
		Items []Expr
	}
	// MapLit is {a: 1}.
	MapLit struct {
		Pos
		Keys   []Name
		Values []Expr
	}
)

type (
	// Var is the use of a variable.
	Var struct {
		Pos
		Name string
	}
	// Param is $name.
	Param struct {
		Pos
		Name string
	}
	// Prop is expr.key.
	Prop struct {
		Pos  // of the key
		Expr Expr
		Key  string
	}
	// HasLabels is expr:Label:Label, or expr:A|B.
	HasLabels struct {
		Pos
		Expr   Expr
		Labels []Name
		Any    bool
	}
	// Index is expr[index].
	Index struct {
		Pos
		Expr, Index Expr
	}
	// Slice is expr[from..to]; a nil end is open.
	Slice struct {
		Pos
		Expr, From, To Expr
	}
	// Unary is NOT, - or +.
	Unary struct {
		Pos
		Op   string
		Expr Expr
	}
	// Binary is an operator between two expressions: OR, XOR, AND, + - * / % ^, IN, STARTS WITH, ENDS WITH, CONTAINS, =~.
	Binary struct {
		Pos         // of the operator
		Op          string
		Left, Right Expr
	}
	// Compare is a chain of comparisons: a < b <= c.
	Compare struct {
		Pos
		Exprs []Expr
		Ops   []string // =, <>, <, >, <=, >=; one fewer than expressions
	}
	// IsNull is IS NULL or IS NOT NULL.
	IsNull struct {
		Pos
		Expr Expr
		Not  bool
	}
	// Case is CASE; Subject is nil for the form with conditions.
	Case struct {
		Pos
		Subject    Expr
		When, Then []Expr
		Else       Expr
	}
	// FuncCall is name(args); count(*) has Star set.
	FuncCall struct {
		Pos
		Name     string // with its namespace, as written
		Distinct bool
		Star     bool
		Args     []Expr
	}
	// ListComp is [x IN list WHERE p | e].
	ListComp struct {
		Pos
		Var   Name
		List  Expr
		Where Expr
		Map   Expr
	}
	// PatternComp is [p = (a)-->(b) WHERE p | e].
	PatternComp struct {
		Pos
		Path  *Path
		Where Expr
		Map   Expr
	}
	// Quantifier is all, any, none or single(x IN list WHERE p).
	Quantifier struct {
		Pos
		Kind  string // lower case
		Var   Name
		List  Expr
		Where Expr
	}
	// Reduce is reduce(acc = init, x IN list | e).
	Reduce struct {
		Pos
		Acc  Name
		Init Expr
		Var  Name
		List Expr
		Expr Expr
	}
	// PatternExpr is a pattern used as a predicate, or a shortest path used as a value.
	PatternExpr struct {
		Pos
		Path *Path
	}
	// Subquery is EXISTS, COUNT or COLLECT { … }.
	Subquery struct {
		Pos
		Kind  string // upper case
		Query *Query // a Match alone where a pattern is written
	}
	// MapProj is v {.key, .*, key: expr, v2}.
	MapProj struct {
		Pos
		Var   Name
		Items []MapProjItem
	}
	// MapProjItem is one item of a map projection: .key and v2 have no Value.
	MapProjItem struct {
		Key   Name
		Prop  bool // .key
		All   bool // .*
		Value Expr
	}
)
