package cypher

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// The bounds of what is read.
const (
	MaxLength = 1 << 20 // bytes
	MaxDepth  = 300     // brackets, operators and subqueries within each other
)

// Parse reads a query. What it returns for bad text is an *Error with its place.
func Parse(text string) (q *Query, err error) {
	if len(text) > MaxLength {
		return nil, errorf(0, "UnexpectedSyntax", "the query is %d bytes long, and may be %d", len(text), MaxLength).Locate(text)
	}
	tokens, lexErr := lex(text)
	if lexErr != nil {
		return nil, lexErr.Locate(text)
	}
	p := &parser{text: text, tokens: tokens, noPattern: map[int]bool{}}
	defer func() {
		if r := recover(); r != nil {
			e, ok := r.(*Error)
			if !ok {
				panic(r)
			}
			// A pattern that was tried in vain may have come further than the expression that was read in its place.
			if p.furthest != nil && p.furthest.Pos > e.Pos {
				e = p.furthest
			}
			q, err = nil, e.Locate(text)
		}
	}()
	return p.query(), nil
}

// Statements cuts text into queries at semicolons, as files and shells hold them. Each keeps its place in the text: offsets
// are of the pieces' beginnings. Text that cannot be cut comes back whole.
func Statements(text string) (pieces []string, offsets []int) {
	tokens, err := lex(text)
	if err != nil {
		return []string{text}, []int{0}
	}
	from := 0
	cut := func(to int) {
		if strings.TrimSpace(text[from:to]) != "" {
			pieces, offsets = append(pieces, text[from:to]), append(offsets, from)
		}
	}
	some := false
	for _, t := range tokens {
		switch {
		case t.kind == tSymbol && t.text == ";" || t.kind == tEnd:
			if some {
				cut(int(t.pos))
			}
			from, some = int(t.end), false
		default:
			some = true
		}
	}
	return pieces, offsets
}

// parser is a recursive descent over tokens. It panics with an *Error, which Parse catches.
type parser struct {
	text      string
	tokens    []token
	at        int
	depth     int
	noPattern map[int]bool // tokens at which no pattern begins: each is tried once
	furthest  *Error       // why the pattern that came furthest is none
}

func (p *parser) peek() token { return p.tokens[p.at] }

func (p *parser) ahead(n int) token { return p.tokens[min(p.at+n, len(p.tokens)-1)] }

func (p *parser) next() token {
	t := p.tokens[p.at]
	if t.kind != tEnd {
		p.at++
	}
	return t
}

// isKeyword reports whether a token is one of the given words in any case.
func (t token) isKeyword(words ...string) bool {
	if t.kind != tName {
		return false
	}
	for _, w := range words {
		if strings.EqualFold(t.text, w) {
			return true
		}
	}
	return false
}

func (t token) isSymbol(s string) bool { return t.kind == tSymbol && t.text == s }

// accept takes the given keywords if they follow.
func (p *parser) accept(words ...string) bool {
	for i, w := range words {
		if !p.ahead(i).isKeyword(w) {
			return false
		}
	}
	p.at += len(words)
	return true
}

func (p *parser) acceptSymbol(s string) bool {
	if p.peek().isSymbol(s) {
		p.at++
		return true
	}
	return false
}

func (p *parser) expect(words ...string) Pos {
	at := p.peek().pos
	for _, w := range words {
		if !p.peek().isKeyword(w) {
			p.unexpected(w)
		}
		p.next()
	}
	return at
}

func (p *parser) expectSymbol(s string) Pos {
	if !p.peek().isSymbol(s) {
		p.unexpected(strconv.Quote(s))
	}
	return p.next().pos
}

// keywords are the words of clauses and operators, which people misspell.
var keywords = []string{
	"AND", "AS", "ASCENDING", "BY", "CALL", "CASE", "CONTAINS", "COUNT", "DESCENDING", "DISTINCT", "ELSE", "END", "ENDS", "EXISTS", "EXPLAIN", "LIMIT", "MATCH",
	"NOT", "NULL", "OPTIONAL", "ORDER", "PROFILE", "RETURN", "SKIP", "STARTS", "THEN", "UNION", "UNWIND", "WHEN", "WHERE", "WITH", "XOR", "YIELD",
}

// meant guesses at the keyword that the word here was to be, or else the one before it, which was taken for a name. Short words are
// like too many.
func (p *parser) meant() string {
	t := p.peek()
	if t.kind == tName && len(t.text) >= 3 && !slices.ContainsFunc(keywords, func(k string) bool { return t.isKeyword(k) }) {
		if guess := nearest(t.text, keywords, 1+len(t.text)/5); guess != "" {
			return "did you mean " + guess + "?"
		}
	}
	before := p.at - 1
	if before > 0 && p.tokens[before].isSymbol("{") { // EXIST {
		before--
	}
	if before < 0 {
		return ""
	}
	if t = p.tokens[before]; t.kind == tName && len(t.text) >= 5 && !slices.ContainsFunc(keywords, func(k string) bool { return t.isKeyword(k) }) {
		if guess := nearest(t.text, keywords, 1); guess != "" {
			return fmt.Sprintf("did you mean %s where %s stands?", guess, t.text)
		}
	}
	return ""
}

// unexpected ends the parsing with what was wanted.
func (p *parser) unexpected(wanted string) {
	t := p.peek()
	if t.kind == tBadNumber {
		panic(errorf(t.pos, "UnexpectedSyntax", "found %s, expected %s", t.describe(), wanted))
	}
	e := errorf(t.pos, "UnexpectedSyntax", "expected %s, found %s", wanted, t.describe())
	e.Hint = p.meant()
	panic(e)
}

func (p *parser) enter(at Pos) {
	if p.depth++; p.depth > MaxDepth {
		panic(errorf(at, "UnexpectedSyntax", "this is nested more than %d deep", MaxDepth))
	}
}

func (p *parser) leave() { p.depth-- }

// reserved are the words that are no variables unless they stand between backticks.
var reserved = map[string]bool{
	"ALL": false, "AND": true, "AS": true, "ASC": true, "ASCENDING": true, "BY": true, "CALL": true, "CASE": true, "CONTAINS": true, "CREATE": true,
	"DELETE": true, "DESC": true, "DESCENDING": true, "DETACH": true, "DISTINCT": true, "ELSE": true, "END": true, "ENDS": true, "FALSE": true,
	"IN": true, "IS": true, "LIMIT": true, "MATCH": true, "MERGE": true, "NOT": true, "NULL": true, "ON": true, "OPTIONAL": true, "OR": true,
	"ORDER": true, "REMOVE": true, "RETURN": true, "SET": true, "SKIP": true, "STARTS": true, "THEN": true, "TRUE": true, "UNION": true,
	"UNWIND": true, "WHEN": true, "WHERE": true, "WITH": true, "XOR": true, "YIELD": true,
}

func isReserved(t token) bool { return t.kind == tName && reserved[strings.ToUpper(t.text)] }

// isVariable reports whether a token can be the name of a variable.
func isVariable(t token) bool { return t.kind == tQuoted || t.kind == tName && !isReserved(t) }

func (p *parser) variable(what string) Name {
	t := p.peek()
	if !isVariable(t) {
		if isReserved(t) {
			e := errorf(t.pos, "UnexpectedSyntax", "expected %s, found the word %s", what, strings.ToUpper(t.text))
			e.Hint = "a name that is a word of the language stands between backticks"
			panic(e)
		}
		p.unexpected(what)
	}
	p.next()
	return Name{t.pos, t.text}
}

// anyName reads the name of a label, type, property or map key, which may be a word of the language.
func (p *parser) anyName(what string) Name {
	t := p.peek()
	if t.kind != tName && t.kind != tQuoted {
		p.unexpected(what)
	}
	p.next()
	return Name{t.pos, t.text}
}

func (p *parser) query() *Query {
	q := &Query{}
	switch {
	case p.accept("EXPLAIN"):
		q.Mode = Explain
	case p.accept("PROFILE"):
		q.Mode = Profile
	}
	p.parts(q, true)
	p.acceptSymbol(";")
	if p.peek().kind != tEnd {
		p.unexpected("a clause (MATCH, WITH, RETURN, …) or the end of the query")
	}
	return q
}

// parts reads single queries joined by UNION.
func (p *parser) parts(q *Query, top bool) {
	for {
		q.Parts = append(q.Parts, p.single(top))
		if !p.accept("UNION") {
			return
		}
		q.All = append(q.All, p.accept("ALL"))
		if n := len(q.All); n > 1 && q.All[n-1] != q.All[n-2] {
			panic(errorf(p.tokens[p.at-1].pos, "InvalidClauseComposition", "UNION and UNION ALL cannot be mixed in one query"))
		}
	}
}

func (p *parser) single(top bool) *Single {
	s := &Single{}
	for {
		t := p.peek()
		c := p.clause()
		if c == nil {
			break
		}
		if n := len(s.Clauses); n > 0 {
			if last, ok := s.Clauses[n-1].(*Project); ok && last.Return {
				panic(errorf(t.pos, "InvalidClauseComposition", "nothing can follow RETURN but UNION"))
			}
		}
		s.Clauses = append(s.Clauses, c)
	}
	if len(s.Clauses) == 0 {
		p.unexpected("a clause: MATCH, OPTIONAL MATCH, UNWIND, WITH, RETURN or CALL")
	}
	if t := p.peek(); t.kind != tEnd && !t.isKeyword("UNION") && !t.isSymbol(";") && !t.isSymbol("}") {
		p.unexpected("a clause (MATCH, WITH, RETURN, …) or the end of the query")
	}
	switch last := s.Clauses[len(s.Clauses)-1].(type) {
	case *Project:
		if !last.Return {
			panic(errorf(p.peek().pos, "InvalidClauseComposition", "a query cannot end with WITH: RETURN is missing"))
		}
	case *Match, *Unwind:
		if top {
			panic(errorf(p.peek().pos, "InvalidClauseComposition", "RETURN is missing at the end of the query"))
		}
	case *Call:
		if len(s.Clauses) > 1 && top && last.Yields {
			panic(errorf(p.peek().pos, "InvalidClauseComposition", "RETURN is missing at the end of the query"))
		}
	}
	return s
}

// clause reads the next clause, or nothing where none begins.
func (p *parser) clause() Clause {
	t := p.peek()
	switch {
	case t.isKeyword("MATCH"):
		p.next()
		return p.match(t.pos, false)
	case t.isKeyword("OPTIONAL"):
		p.next()
		p.expect("MATCH")
		return p.match(t.pos, true)
	case t.isKeyword("UNWIND"):
		p.next()
		list := p.expr()
		p.expect("AS")
		return &Unwind{t.pos, list, p.variable("a variable")}
	case t.isKeyword("WITH"), t.isKeyword("RETURN"):
		p.next()
		return p.project(t)
	case t.isKeyword("CALL"):
		p.next()
		return p.call(t.pos)
	case t.isKeyword("CREATE"):
		p.next()
		return &Write{Pos: t.pos, Verb: "CREATE", Pattern: p.pattern()}
	case t.isKeyword("MERGE"):
		p.next()
		w := &Write{Pos: t.pos, Verb: "MERGE", Pattern: []*Path{p.path()}}
		for p.accept("ON") {
			on := SetOn{Match: p.accept("MATCH")}
			if !on.Match {
				p.expect("CREATE")
			}
			p.expect("SET")
			on.Sets = p.sets()
			w.On = append(w.On, on)
		}
		return w
	case t.isKeyword("SET"):
		p.next()
		return &Write{Pos: t.pos, Verb: "SET", Sets: p.sets()}
	case t.isKeyword("REMOVE"):
		p.next()
		w := &Write{Pos: t.pos, Verb: "REMOVE"}
		for {
			w.Sets = append(w.Sets, p.setTarget())
			if !p.acceptSymbol(",") {
				return w
			}
		}
	case t.isKeyword("DELETE"), t.isKeyword("DETACH"):
		p.next()
		w := &Write{Pos: t.pos, Verb: "DELETE"}
		if t.isKeyword("DETACH") {
			p.expect("DELETE")
			w.Verb = "DETACH DELETE"
		}
		w.Exprs = p.exprs()
		return w
	}
	return nil
}

func (p *parser) sets() []SetItem {
	var out []SetItem
	for {
		s := p.setTarget()
		if s.Labels == nil {
			switch {
			case p.acceptSymbol("="):
				s.Op = "="
			case p.acceptSymbol("+="):
				s.Op = "+="
			default:
				p.unexpected(`"=" or "+="`)
			}
			s.Value = p.expr()
		}
		out = append(out, s)
		if !p.acceptSymbol(",") {
			return out
		}
	}
}

func (p *parser) setTarget() SetItem {
	e := p.postfix()
	if l, ok := e.(*HasLabels); ok {
		return SetItem{To: l.Expr, Labels: l.Labels}
	}
	return SetItem{To: e}
}

func (p *parser) match(at Pos, optional bool) *Match {
	m := &Match{Pos: at, Optional: optional, Pattern: p.pattern()}
	if p.accept("WHERE") {
		m.Where = p.expr()
	}
	return m
}

func (p *parser) project(t token) *Project {
	w := &Project{Pos: t.pos, Return: t.isKeyword("RETURN")}
	w.Distinct = p.accept("DISTINCT")
	if w.All = p.acceptSymbol("*"); !w.All || p.acceptSymbol(",") {
		for {
			from := p.peek().pos
			i := Item{Expr: p.expr()}
			i.Text = p.text[from:p.tokens[p.at-1].end]
			if p.accept("AS") {
				name := p.variable("a name for the column")
				i.Alias = &name
			}
			w.Items = append(w.Items, i)
			if !p.acceptSymbol(",") {
				break
			}
		}
	}
	if p.accept("ORDER") {
		p.expect("BY")
		for {
			s := Sort{Expr: p.expr()}
			if p.accept("DESC") || p.accept("DESCENDING") {
				s.Desc = true
			} else if !p.accept("ASC") {
				p.accept("ASCENDING")
			}
			w.Order = append(w.Order, s)
			if !p.acceptSymbol(",") {
				break
			}
		}
	}
	if p.accept("SKIP") {
		w.Skip = p.expr()
	}
	if p.accept("LIMIT") {
		w.Limit = p.expr()
	}
	if !w.Return && p.accept("WHERE") {
		w.Where = p.expr()
	}
	return w
}

func (p *parser) call(at Pos) *Call {
	c := &Call{Pos: at}
	c.Pos = p.peek().pos
	c.Name = p.dotted("the name of a procedure")
	if p.acceptSymbol("(") {
		if !p.acceptSymbol(")") {
			c.Args = p.exprs()
			p.expectSymbol(")")
		}
	} else {
		c.Implicit = true
	}
	if c.Yields = p.accept("YIELD"); c.Yields {
		if p.acceptSymbol("*") {
			c.YieldAll = true
		} else if p.peek().isSymbol("-") {
			p.next()
		} else {
			for {
				y := Yield{Field: p.variable("a column of the procedure")}
				if p.accept("AS") {
					name := p.variable("a name for the column")
					y.Alias = &name
				}
				c.Yield = append(c.Yield, y)
				if !p.acceptSymbol(",") {
					break
				}
			}
		}
		if p.accept("WHERE") {
			c.Where = p.expr()
		}
	}
	return c
}

// dotted reads a name with its namespace.
func (p *parser) dotted(what string) string {
	name := p.anyName(what).Text
	for p.acceptSymbol(".") {
		name += "." + p.anyName(what).Text
	}
	return name
}

func (p *parser) exprs() []Expr {
	var out []Expr
	for {
		out = append(out, p.expr())
		if !p.acceptSymbol(",") {
			return out
		}
	}
}

// pattern reads the paths of a MATCH or CREATE.
func (p *parser) pattern() []*Path {
	var out []*Path
	for {
		out = append(out, p.path())
		if !p.acceptSymbol(",") {
			return out
		}
	}
}

// path reads a path that may have a name and be a shortest one.
func (p *parser) path() *Path {
	at := p.peek().pos
	var name *Name
	if isVariable(p.peek()) && p.ahead(1).isSymbol("=") {
		n := p.variable("the name of a path")
		name = &n
		p.next()
	}
	path := p.maybeShortest()
	if path == nil {
		path = p.chain()
	}
	path.Pos, path.Var = at, name
	return path
}

// maybeShortest reads shortestPath(…) or allShortestPaths(…).
func (p *parser) maybeShortest() *Path {
	t := p.peek()
	if !t.isKeyword("shortestPath", "allShortestPaths") || !p.ahead(1).isSymbol("(") {
		return nil
	}
	p.next()
	p.next()
	path := p.chain()
	path.Pos = t.pos
	path.Shortest = ShortestPath
	if t.isKeyword("allShortestPaths") {
		path.Shortest = AllShortestPaths
	}
	if len(path.Rels) != 1 {
		panic(errorf(t.pos, "UnexpectedSyntax", "%s wants two nodes with one relationship between them", t.text))
	}
	p.expectSymbol(")")
	return path
}

// chain reads nodes with relationships between them.
func (p *parser) chain() *Path {
	path := &Path{Pos: p.peek().pos, Nodes: []*NodePattern{p.node()}}
	for p.startsRel() {
		path.Rels = append(path.Rels, p.rel())
		path.Nodes = append(path.Nodes, p.node())
	}
	return path
}

// startsRel reports whether a relationship pattern follows: -[, --, <-[ or <--.
func (p *parser) startsRel() bool {
	i := 0
	if p.peek().isSymbol("<") {
		i++
	}
	if !p.ahead(i).isSymbol("-") {
		return false
	}
	return p.ahead(i+1).isSymbol("[") || p.ahead(i+1).isSymbol("-")
}

func (p *parser) node() *NodePattern {
	t := p.peek()
	if !t.isSymbol("(") {
		p.unexpected(`a node in parentheses, as in (n:Enterprise)`)
	}
	p.next()
	n := &NodePattern{Pos: t.pos}
	if isVariable(p.peek()) {
		name := p.variable("a variable")
		n.Var = &name
	}
	n.Labels, n.Any = p.labels()
	n.Props = p.patternProps()
	if p.accept("WHERE") {
		n.Where = p.expr()
	}
	if !p.peek().isSymbol(")") {
		p.unexpected(`":" and a label, "{" and properties, or ")"`)
	}
	p.next()
	return n
}

// labels reads :A:B, or :A|B.
func (p *parser) labels() (names []Name, some bool) {
	if !p.acceptSymbol(":") {
		return nil, false
	}
	names = append(names, p.anyName("a label"))
	for {
		switch {
		case !some && (p.acceptSymbol(":") || p.acceptSymbol("&")):
		case (some || len(names) == 1) && p.acceptSymbol("|"):
			some = true
			p.acceptSymbol(":")
		default:
			return names, some
		}
		names = append(names, p.anyName("a label"))
	}
}

// patternProps reads the properties of a node or relationship pattern.
func (p *parser) patternProps() Expr {
	switch t := p.peek(); {
	case t.isSymbol("{"):
		return p.mapLit()
	case t.kind == tParam:
		p.next()
		return &Param{t.pos, t.text}
	}
	return nil
}

func (p *parser) rel() *RelPattern {
	r := &RelPattern{Pos: p.peek().pos}
	left := p.acceptSymbol("<")
	p.expectSymbol("-")
	if p.acceptSymbol("[") {
		p.relBody(r)
	}
	p.expectSymbol("-")
	right := p.acceptSymbol(">")
	switch {
	case left && !right:
		r.Dir = Left
	case right && !left:
		r.Dir = Right
	}
	return r
}

func (p *parser) relBody(r *RelPattern) {
	if isVariable(p.peek()) {
		name := p.variable("a variable")
		r.Var = &name
	}
	if p.acceptSymbol(":") {
		for {
			r.Types = append(r.Types, p.anyName("a type of relationships"))
			if !p.acceptSymbol("|") {
				break
			}
			p.acceptSymbol(":")
		}
	}
	if t := p.peek(); p.acceptSymbol("*") {
		r.Range = p.bounds(t.pos)
	} else if t.isSymbol("..") {
		panic(errorf(t.pos, "InvalidRelationshipPattern", "a length begins with *, as in [:PART_OF*1..3]"))
	}
	r.Props = p.patternProps()
	if p.accept("WHERE") {
		r.Where = p.expr()
	}
	if !p.peek().isSymbol("]") {
		p.unexpected(`":" and a type, "*" and a length, "{" and properties, or "]"`)
	}
	p.next()
}

// bounds reads what follows the star of a variable length.
func (p *parser) bounds(at Pos) *Range {
	r := &Range{}
	if p.peek().isSymbol("-") {
		panic(errorf(at, "InvalidRelationshipPattern", "a length cannot be negative"))
	}
	bound := func() *int64 {
		t := p.peek()
		if t.kind != tInt {
			return nil
		}
		p.next()
		n := integer(t, false)
		return &n
	}
	r.Min = bound()
	if p.acceptSymbol("..") {
		if p.peek().isSymbol("-") {
			panic(errorf(at, "InvalidRelationshipPattern", "a length cannot be negative"))
		}
		r.Max = bound()
	} else if r.Min != nil {
		same := *r.Min
		r.Max = &same
	}
	return r
}

// The expressions, from the operators that bind least to those that bind most.

func (p *parser) expr() Expr {
	p.enter(p.peek().pos)
	defer p.leave()
	return p.or()
}

func (p *parser) or() Expr {
	return p.leftAssociative(p.xor, "OR")
}

func (p *parser) xor() Expr {
	return p.leftAssociative(p.and, "XOR")
}

func (p *parser) and() Expr {
	return p.leftAssociative(p.not, "AND")
}

// leftAssociative reads operands with a word between them. The tree that it makes leans to the left, and counts towards the
// depth.
func (p *parser) leftAssociative(operand func() Expr, word string) Expr {
	left := operand()
	n := 0
	for {
		t := p.peek()
		if !t.isKeyword(word) {
			p.depth -= n
			return left
		}
		p.enter(t.pos)
		n++
		p.next()
		left = &Binary{t.pos, word, left, operand()}
	}
}

func (p *parser) not() Expr {
	t := p.peek()
	if !t.isKeyword("NOT") {
		return p.comparison()
	}
	p.enter(t.pos)
	defer p.leave()
	p.next()
	return &Unary{t.pos, "NOT", p.not()}
}

func (p *parser) comparison() Expr {
	first := p.predicate()
	var c *Compare
	for {
		t := p.peek()
		op := ""
		for _, o := range []string{"=", "<>", "<", ">", "<=", ">="} {
			if t.isSymbol(o) {
				op = o
			}
		}
		if t.isSymbol("!") && p.ahead(1).isSymbol("=") {
			e := errorf(t.pos, "UnexpectedSyntax", `"!=" is no operator`)
			e.Hint = `write "<>"`
			panic(e)
		}
		if op == "" {
			if c == nil {
				return first
			}
			return c
		}
		p.next()
		if t.isSymbol("=") && p.peek().isSymbol("=") {
			e := errorf(t.pos, "UnexpectedSyntax", `"==" is no operator`)
			e.Hint = `write "="`
			panic(e)
		}
		if c == nil {
			c = &Compare{Pos: t.pos, Exprs: []Expr{first}}
		}
		c.Ops = append(c.Ops, op)
		c.Exprs = append(c.Exprs, p.predicate())
	}
}

// predicate reads IN, STARTS WITH, ENDS WITH, CONTAINS, =~ and IS NULL.
func (p *parser) predicate() Expr {
	left := p.sum()
	n := 0
	for {
		t := p.peek()
		op := ""
		switch {
		case p.accept("IN"):
			op = "IN"
		case p.accept("STARTS"):
			p.expect("WITH")
			op = "STARTS WITH"
		case p.accept("ENDS"):
			p.expect("WITH")
			op = "ENDS WITH"
		case p.accept("CONTAINS"):
			op = "CONTAINS"
		case p.acceptSymbol("=~"):
			op = "=~"
		case t.isKeyword("IS"):
			p.next()
			not := p.accept("NOT")
			p.expect("NULL")
			p.enter(t.pos)
			n++
			left = &IsNull{t.pos, left, not}
			continue
		default:
			p.depth -= n
			return left
		}
		p.enter(t.pos)
		n++
		left = &Binary{t.pos, op, left, p.sum()}
	}
}

func (p *parser) sum() Expr     { return p.symbols(p.product, "+", "-") }
func (p *parser) product() Expr { return p.symbols(p.power, "*", "/", "%") }
func (p *parser) power() Expr   { return p.symbols(p.unary, "^") }

// symbols is leftAssociative for symbols.
func (p *parser) symbols(operand func() Expr, ops ...string) Expr {
	left := operand()
	n := 0
loop:
	for {
		t := p.peek()
		for _, op := range ops {
			if t.isSymbol(op) {
				p.enter(t.pos)
				n++
				p.next()
				left = &Binary{t.pos, op, left, operand()}
				continue loop
			}
		}
		p.depth -= n
		return left
	}
}

func (p *parser) unary() Expr {
	t := p.peek()
	if !t.isSymbol("-") && !t.isSymbol("+") {
		return p.postfix()
	}
	p.enter(t.pos)
	defer p.leave()
	p.next()
	// A minus before digits belongs to them, or the least integer could not be written.
	if n := p.peek(); t.text == "-" && (n.kind == tInt || n.kind == tFloat) {
		after := p.ahead(1)
		if !after.isSymbol(".") && !after.isSymbol("[") && !after.isSymbol(":") {
			p.next()
			if n.kind == tInt {
				return &Int{t.pos, integer(n, true)}
			}
			return &Float{t.pos, -float(n)}
		}
	}
	return &Unary{t.pos, t.text, p.unary()}
}

func integer(t token, negative bool) int64 {
	digits := t.text
	base := 10
	if len(digits) > 2 && digits[0] == '0' && (digits[1]|0x20 == 'x' || digits[1] == 'o') {
		base = map[byte]int{'x': 16, 'o': 8}[digits[1]|0x20]
		digits = digits[2:]
	}
	if negative {
		digits = "-" + digits
	}
	n, err := strconv.ParseInt(digits, base, 64)
	if err != nil {
		panic(errorf(t.pos, "IntegerOverflow", "%s does not fit into 64 bits", t.text))
	}
	return n
}

func float(t token) float64 {
	f, err := strconv.ParseFloat(t.text, 64)
	if errors.Is(err, strconv.ErrRange) && math.IsInf(f, 0) {
		panic(errorf(t.pos, "FloatingPointOverflow", "%s is too large a number", t.text))
	}
	return f
}

// postfix reads an atom with what is appended to it: .key, [index], [from..to], :Label.
func (p *parser) postfix() Expr {
	e := p.atom()
	n := 0
	defer func() { p.depth -= n }()
	for {
		t := p.peek()
		p.enter(t.pos)
		n++
		switch {
		case t.isSymbol("."):
			p.next()
			key := p.anyName("a property")
			e = &Prop{key.Pos, e, key.Text}
		case t.isSymbol("["):
			p.next()
			e = p.subscript(t.pos, e)
		case t.isSymbol(":"):
			names, some := p.labels()
			return &HasLabels{t.pos, e, names, some}
		case t.isSymbol("{"):
			v, ok := e.(*Var)
			if !ok {
				return e
			}
			e = p.mapProjection(v)
		default:
			return e
		}
	}
}

func (p *parser) subscript(at Pos, e Expr) Expr {
	if p.acceptSymbol("..") {
		s := &Slice{Pos: at, Expr: e}
		if !p.peek().isSymbol("]") {
			s.To = p.expr()
		}
		p.expectSymbol("]")
		return s
	}
	i := p.expr()
	if p.acceptSymbol("..") {
		s := &Slice{Pos: at, Expr: e, From: i}
		if !p.peek().isSymbol("]") {
			s.To = p.expr()
		}
		p.expectSymbol("]")
		return s
	}
	p.expectSymbol("]")
	return &Index{at, e, i}
}

func (p *parser) mapProjection(v *Var) Expr {
	m := &MapProj{Pos: v.Pos, Var: Name{v.Pos, v.Name}}
	p.expectSymbol("{")
	if p.acceptSymbol("}") {
		return m
	}
	for {
		i := MapProjItem{}
		switch {
		case p.acceptSymbol("."):
			if i.All = p.acceptSymbol("*"); !i.All {
				i.Key, i.Prop = p.anyName("a property"), true
			}
		default:
			i.Key = p.anyName(`"." and a property, or a key`)
			if p.acceptSymbol(":") {
				i.Value = p.expr()
			}
		}
		m.Items = append(m.Items, i)
		if !p.acceptSymbol(",") {
			p.expectSymbol("}")
			return m
		}
	}
}

func (p *parser) atom() Expr {
	t := p.peek()
	switch t.kind {
	case tInt:
		p.next()
		return &Int{t.pos, integer(t, false)}
	case tFloat:
		p.next()
		return &Float{t.pos, float(t)}
	case tBadNumber:
		panic(errorf(t.pos, "InvalidNumberLiteral", "%s is not a number", t.text))
	case tString:
		p.next()
		return &String{t.pos, t.text}
	case tParam:
		p.next()
		return &Param{t.pos, t.text}
	case tSymbol:
		switch t.text {
		case "(":
			return p.parenthesis()
		case "[":
			return p.bracket()
		case "{":
			return p.mapLit()
		}
	case tName:
		if e := p.word(t); e != nil {
			return e
		}
	}
	if isVariable(t) {
		if p.startsCall() {
			return p.funcCall()
		}
		p.next()
		return &Var{t.pos, t.text}
	}
	p.unexpected("an expression")
	return nil
}

// word reads what begins with a keyword, or nothing if the word is a name here.
func (p *parser) word(t token) Expr {
	opens := func(s string) bool { return p.ahead(1).isSymbol(s) }
	switch {
	case t.isKeyword("NULL"):
		p.next()
		return &Null{t.pos}
	case t.isKeyword("TRUE"), t.isKeyword("FALSE"):
		p.next()
		return &Bool{t.pos, t.isKeyword("TRUE")}
	case t.isKeyword("CASE"):
		return p.caseExpr()
	case t.isKeyword("EXISTS", "COUNT", "COLLECT") && opens("{"):
		return p.subquery(t)
	case t.isKeyword("shortestPath", "allShortestPaths") && opens("("):
		return &PatternExpr{t.pos, p.maybeShortest()}
	case t.isKeyword("ALL", "ANY", "NONE", "SINGLE") && opens("(") && isVariable(p.ahead(2)) && p.ahead(3).isKeyword("IN"):
		p.next()
		p.next()
		q := &Quantifier{Pos: t.pos, Kind: strings.ToLower(t.text), Var: p.variable("a variable")}
		p.expect("IN")
		q.List = p.expr()
		if p.accept("WHERE") {
			q.Where = p.expr()
		}
		p.expectSymbol(")")
		return q
	case t.isKeyword("REDUCE") && opens("(") && p.ahead(3).isSymbol("="):
		p.next()
		p.next()
		r := &Reduce{Pos: t.pos, Acc: p.variable("a variable")}
		p.expectSymbol("=")
		r.Init = p.expr()
		p.expectSymbol(",")
		r.Var = p.variable("a variable")
		p.expect("IN")
		r.List = p.expr()
		p.expectSymbol("|")
		r.Expr = p.expr()
		p.expectSymbol(")")
		return r
	}
	return nil
}

func (p *parser) caseExpr() Expr {
	c := &Case{Pos: p.next().pos}
	if !p.peek().isKeyword("WHEN") {
		c.Subject = p.expr()
	}
	for p.accept("WHEN") {
		c.When = append(c.When, p.expr())
		p.expect("THEN")
		c.Then = append(c.Then, p.expr())
	}
	if len(c.When) == 0 {
		p.unexpected("WHEN")
	}
	if p.accept("ELSE") {
		c.Else = p.expr()
	}
	p.expect("END")
	return c
}

// subquery reads EXISTS, COUNT or COLLECT { … }: a query, or a pattern with an optional WHERE.
func (p *parser) subquery(t token) Expr {
	p.enter(t.pos)
	defer p.leave()
	p.next()
	p.expectSymbol("{")
	s := &Subquery{Pos: t.pos, Kind: strings.ToUpper(t.text), Query: &Query{}}
	if at := p.peek(); at.isSymbol("(") || isVariable(at) && p.ahead(1).isSymbol("=") || at.isKeyword("shortestPath", "allShortestPaths") {
		s.Query.Parts = []*Single{{Clauses: []Clause{p.match(at.pos, false)}}}
	} else {
		p.parts(s.Query, false)
	}
	p.expectSymbol("}")
	return s
}

// startsCall reports whether a function call follows: a dotted name and a parenthesis.
func (p *parser) startsCall() bool {
	i := 1
	for p.ahead(i).isSymbol(".") && (p.ahead(i+1).kind == tName || p.ahead(i+1).kind == tQuoted) {
		i += 2
	}
	return p.ahead(i).isSymbol("(")
}

func (p *parser) funcCall() Expr {
	t := p.peek()
	f := &FuncCall{Pos: t.pos, Name: p.dotted("the name of a function")}
	p.expectSymbol("(")
	if p.peek().isSymbol("*") && p.ahead(1).isSymbol(")") {
		if !strings.EqualFold(f.Name, "count") {
			panic(errorf(p.peek().pos, "UnexpectedSyntax", "only count takes *"))
		}
		p.next()
		p.next()
		f.Star = true
		return f
	}
	f.Distinct = p.accept("DISTINCT")
	if !p.acceptSymbol(")") {
		f.Args = p.exprs()
		p.expectSymbol(")")
	}
	return f
}

func (p *parser) mapLit() Expr {
	m := &MapLit{Pos: p.expectSymbol("{")}
	p.enter(m.Pos)
	defer p.leave()
	if p.acceptSymbol("}") {
		return m
	}
	for {
		key := p.anyName("a key")
		p.expectSymbol(":")
		m.Keys, m.Values = append(m.Keys, key), append(m.Values, p.expr())
		if !p.acceptSymbol(",") {
			if !p.peek().isSymbol("}") {
				p.unexpected(`"," or "}"`)
			}
			p.next()
			return m
		}
	}
}

// parenthesis reads a pattern used as a predicate, or an expression in parentheses.
func (p *parser) parenthesis() Expr {
	at := p.peek().pos
	if path := p.tryPattern(p.chain); path != nil {
		return &PatternExpr{at, path}
	}
	p.expectSymbol("(")
	e := p.expr()
	if !p.peek().isSymbol(")") {
		p.unexpected(`an operator or ")"`)
	}
	p.next()
	return e
}

// bracket reads a list, a list comprehension or a pattern comprehension.
func (p *parser) bracket() Expr {
	at := p.expectSymbol("[")
	p.enter(at)
	defer p.leave()
	if p.acceptSymbol("]") {
		return &ListLit{Pos: at}
	}
	if isVariable(p.peek()) && p.ahead(1).isKeyword("IN") {
		return p.listComprehension(at)
	}
	if p.peek().isSymbol("(") || isVariable(p.peek()) && p.ahead(1).isSymbol("=") && p.ahead(2).isSymbol("(") {
		from := p.at
		if path := p.tryPattern(p.path); path != nil {
			if p.peek().isSymbol("|") || p.peek().isKeyword("WHERE") {
				c := &PatternComp{Pos: at, Path: path}
				if p.accept("WHERE") {
					c.Where = p.expr()
				}
				p.expectSymbol("|")
				c.Map = p.expr()
				p.expectSymbol("]")
				return c
			}
			p.at = from
		}
	}
	items := p.exprs()
	if !p.peek().isSymbol("]") {
		p.unexpected(`"," or "]"`)
	}
	p.next()
	return &ListLit{at, items}
}

func (p *parser) listComprehension(at Pos) Expr {
	c := &ListComp{Pos: at, Var: p.variable("a variable")}
	p.expect("IN")
	c.List = p.expr()
	if p.accept("WHERE") {
		c.Where = p.expr()
	}
	if p.acceptSymbol("|") {
		c.Map = p.expr()
	}
	if !p.peek().isSymbol("]") {
		p.unexpected(`WHERE, "|" or "]"`)
	}
	p.next()
	return c
}

// tryPattern reads a pattern of at least one relationship, or nothing: then the reader stands where it stood.
func (p *parser) tryPattern(read func() *Path) (path *Path) {
	from, depth := p.at, p.depth
	if p.noPattern[from] {
		return nil
	}
	defer func() {
		if r := recover(); r != nil {
			e, ok := r.(*Error)
			if !ok {
				panic(r)
			}
			if p.furthest == nil || e.Pos > p.furthest.Pos {
				p.furthest = e
			}
			path = nil
		}
		if path == nil {
			p.at, p.depth = from, depth
			p.noPattern[from] = true
		}
	}()
	if path = read(); len(path.Rels) == 0 {
		path = nil
	}
	return path
}

// String names the direction as an arrow.
func (d Direction) String() string {
	return [...]string{"--", "-->", "<--"}[d]
}
