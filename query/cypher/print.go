package cypher

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Print writes a query as Cypher, with a clause a line. Parsing it again gives the same tree but for positions and the texts
// of items.
func Print(q *Query) string {
	p := &printer{}
	switch q.Mode {
	case Explain:
		p.s("EXPLAIN ")
	case Profile:
		p.s("PROFILE ")
	}
	p.query(q, "\n")
	return p.String()
}

// PrintExpr writes an expression as Cypher.
func PrintExpr(e Expr) string {
	p := &printer{}
	p.expr(e, 0)
	return p.String()
}

type printer struct{ strings.Builder }

func (p *printer) s(all ...string) {
	for _, s := range all {
		p.WriteString(s)
	}
}

// QuoteName writes a name, between backticks where it must be.
func QuoteName(s string) string {
	plain := s != ""
	for i, r := range s {
		if i == 0 && !startsName(r) || i > 0 && !inName(r) {
			plain = false
		}
	}
	if plain && !reserved[strings.ToUpper(s)] {
		return s
	}
	return "`" + strings.ReplaceAll(s, "`", "``") + "`"
}

// words are those that begin an expression of their own, so that a function of the name must be quoted.
var words = map[string]bool{
	"NULL": true, "TRUE": true, "FALSE": true, "CASE": true, "ALL": true, "ANY": true, "NONE": true, "SINGLE": true, "REDUCE": true,
	"SHORTESTPATH": true, "ALLSHORTESTPATHS": true,
}

// QuoteString writes a string literal.
func QuoteString(s string) string {
	var b strings.Builder
	b.WriteByte('\'')
	for _, r := range s {
		switch r {
		case '\'', '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case '\n':
			b.WriteString(`\n`)
		case '\r':
			b.WriteString(`\r`)
		case '\t':
			b.WriteString(`\t`)
		default:
			if r < ' ' || r == utf8.RuneError {
				b.WriteString(`\u`)
				h := strconv.FormatInt(int64(r), 16)
				b.WriteString(strings.Repeat("0", 4-len(h)) + h)
			} else {
				b.WriteRune(r)
			}
		}
	}
	b.WriteByte('\'')
	return b.String()
}

func (p *printer) query(q *Query, gap string) {
	for i, part := range q.Parts {
		if i > 0 {
			p.s(gap, "UNION")
			if q.All[i-1] {
				p.s(" ALL")
			}
			p.s(gap)
		}
		for j, c := range part.Clauses {
			if j > 0 {
				p.s(gap)
			}
			p.clause(c)
		}
	}
}

func (p *printer) clause(c Clause) {
	switch c := c.(type) {
	case *Match:
		if c.Optional {
			p.s("OPTIONAL ")
		}
		p.s("MATCH ")
		p.match(c)
	case *Unwind:
		p.s("UNWIND ")
		p.expr(c.List, 0)
		p.s(" AS ", QuoteName(c.Name.Text))
	case *Project:
		p.project(c)
	case *Call:
		p.call(c)
	case *Write:
		p.write(c)
	}
}

func (p *printer) match(c *Match) {
	p.pattern(c.Pattern)
	p.where(c.Where)
}

func (p *printer) where(e Expr) {
	if e != nil {
		p.s(" WHERE ")
		p.expr(e, 0)
	}
}

func (p *printer) project(c *Project) {
	if c.Return {
		p.s("RETURN ")
	} else {
		p.s("WITH ")
	}
	if c.Distinct {
		p.s("DISTINCT ")
	}
	if c.All {
		p.s("*")
	}
	for i, item := range c.Items {
		if i > 0 || c.All {
			p.s(", ")
		}
		p.expr(item.Expr, 0)
		if item.Alias != nil {
			p.s(" AS ", QuoteName(item.Alias.Text))
		}
	}
	for i, s := range c.Order {
		if i == 0 {
			p.s(" ORDER BY ")
		} else {
			p.s(", ")
		}
		p.expr(s.Expr, 0)
		if s.Desc {
			p.s(" DESC")
		}
	}
	if c.Skip != nil {
		p.s(" SKIP ")
		p.expr(c.Skip, 0)
	}
	if c.Limit != nil {
		p.s(" LIMIT ")
		p.expr(c.Limit, 0)
	}
	p.where(c.Where)
}

func (p *printer) call(c *Call) {
	p.s("CALL ", dotted(c.Name))
	if !c.Implicit {
		p.s("(")
		p.exprs(c.Args)
		p.s(")")
	}
	if c.Yields {
		p.s(" YIELD ")
		switch {
		case c.YieldAll:
			p.s("*")
		case len(c.Yield) == 0:
			p.s("-")
		}
		for i, y := range c.Yield {
			if i > 0 {
				p.s(", ")
			}
			p.s(QuoteName(y.Field.Text))
			if y.Alias != nil {
				p.s(" AS ", QuoteName(y.Alias.Text))
			}
		}
		p.where(c.Where)
	}
}

// dotted quotes the parts of a name with a namespace. A part that holds a dot itself cannot be told from two.
func dotted(name string) string {
	parts := strings.Split(name, ".")
	for i, s := range parts {
		parts[i] = QuoteName(s)
		if words[strings.ToUpper(s)] {
			parts[i] = "`" + s + "`"
		}
	}
	return strings.Join(parts, ".")
}

func (p *printer) write(c *Write) {
	p.s(c.Verb, " ")
	p.pattern(c.Pattern)
	p.exprs(c.Exprs)
	p.sets(c.Sets)
	for _, on := range c.On {
		if on.Match {
			p.s(" ON MATCH SET ")
		} else {
			p.s(" ON CREATE SET ")
		}
		p.sets(on.Sets)
	}
}

func (p *printer) sets(sets []SetItem) {
	for i, s := range sets {
		if i > 0 {
			p.s(", ")
		}
		p.expr(s.To, postfixLevel)
		for _, l := range s.Labels {
			p.s(":", QuoteName(l.Text))
		}
		if s.Op != "" {
			p.s(" ", s.Op, " ")
			p.expr(s.Value, 0)
		}
	}
}

func (p *printer) pattern(paths []*Path) {
	for i, path := range paths {
		if i > 0 {
			p.s(", ")
		}
		p.path(path)
	}
}

func (p *printer) path(path *Path) {
	if path.Var != nil {
		p.s(QuoteName(path.Var.Text), " = ")
	}
	switch path.Shortest {
	case ShortestPath:
		p.s("shortestPath(")
	case AllShortestPaths:
		p.s("allShortestPaths(")
	}
	for i, n := range path.Nodes {
		if i > 0 {
			p.rel(path.Rels[i-1])
		}
		p.node(n)
	}
	if path.Shortest != NotShortest {
		p.s(")")
	}
}

func (p *printer) node(n *NodePattern) {
	p.s("(")
	if n.Var != nil {
		p.s(QuoteName(n.Var.Text))
	}
	p.labels(n.Labels, n.Any)
	p.props(n.Props, n.Var != nil || len(n.Labels) > 0)
	if n.Where != nil {
		p.where(n.Where)
	}
	p.s(")")
}

func (p *printer) labels(labels []Name, some bool) {
	for i, l := range labels {
		if i > 0 && some {
			p.s("|")
		} else {
			p.s(":")
		}
		p.s(QuoteName(l.Text))
	}
}

func (p *printer) props(e Expr, space bool) {
	if e != nil {
		if space {
			p.s(" ")
		}
		p.expr(e, 0)
	}
}

func (p *printer) rel(r *RelPattern) {
	if r.Dir == Left {
		p.s("<")
	}
	p.s("-")
	if r.Var != nil || len(r.Types) > 0 || r.Range != nil || r.Props != nil || r.Where != nil {
		p.s("[")
		if r.Var != nil {
			p.s(QuoteName(r.Var.Text))
		}
		for i, t := range r.Types {
			if i == 0 {
				p.s(":")
			} else {
				p.s("|")
			}
			p.s(QuoteName(t.Text))
		}
		if r.Range != nil {
			p.s("*")
			lo, hi := r.Range.Min, r.Range.Max
			if lo != nil {
				p.s(strconv.FormatInt(*lo, 10))
			}
			if hi != nil && (lo == nil || *lo != *hi) || hi == nil && lo != nil {
				p.s("..")
				if hi != nil {
					p.s(strconv.FormatInt(*hi, 10))
				}
			}
		}
		p.props(r.Props, r.Var != nil || len(r.Types) > 0 || r.Range != nil)
		p.where(r.Where)
		p.s("]")
	}
	p.s("-")
	if r.Dir == Right {
		p.s(">")
	}
}

func (p *printer) exprs(all []Expr) {
	for i, e := range all {
		if i > 0 {
			p.s(", ")
		}
		p.expr(e, 0)
	}
}

// The levels of binding, from the least.
const (
	orLevel = iota + 1
	xorLevel
	andLevel
	notLevel
	compareLevel
	predicateLevel
	sumLevel
	productLevel
	powerLevel
	unaryLevel
	postfixLevel
)

var binaryLevels = map[string]int{
	"OR": orLevel, "XOR": xorLevel, "AND": andLevel, "IN": predicateLevel, "STARTS WITH": predicateLevel, "ENDS WITH": predicateLevel,
	"CONTAINS": predicateLevel, "=~": predicateLevel, "+": sumLevel, "-": sumLevel, "*": productLevel, "/": productLevel, "%": productLevel,
	"^": powerLevel,
}

func levelOf(e Expr) int {
	switch e := e.(type) {
	case *Binary:
		return binaryLevels[e.Op]
	case *Compare:
		return compareLevel
	case *IsNull:
		return predicateLevel
	case *Unary:
		if e.Op == "NOT" {
			return notLevel
		}
		return unaryLevel
	case *Int:
		if e.Value < 0 {
			return unaryLevel
		}
	case *Float:
		if math.Signbit(e.Value) {
			return unaryLevel
		}
	case *HasLabels:
		return unaryLevel // nothing can be appended to it
	}
	return postfixLevel + 1
}

// expr writes an expression, in parentheses if it binds less than its place asks for.
func (p *printer) expr(e Expr, level int) {
	if levelOf(e) < level {
		p.s("(")
		defer p.s(")")
	}
	switch e := e.(type) {
	case *Null:
		p.s("null")
	case *Bool:
		p.s(strconv.FormatBool(e.Value))
	case *Int:
		p.s(strconv.FormatInt(e.Value, 10))
	case *Float:
		s := strconv.FormatFloat(e.Value, 'g', -1, 64)
		if !strings.ContainsAny(s, ".e") {
			s += ".0"
		}
		p.s(s)
	case *String:
		p.s(QuoteString(e.Value))
	case *ListLit:
		p.s("[")
		if len(e.Items) > 0 && readsAsComprehension(e.Items[0]) {
			p.s("(")
			p.expr(e.Items[0], 0)
			p.s(")")
			if len(e.Items) > 1 {
				p.s(", ")
			}
			p.exprs(e.Items[1:])
		} else {
			p.exprs(e.Items)
		}
		p.s("]")
	case *MapLit:
		p.s("{")
		for i, k := range e.Keys {
			if i > 0 {
				p.s(", ")
			}
			p.s(QuoteName(k.Text), ": ")
			p.expr(e.Values[i], 0)
		}
		p.s("}")
	case *Var:
		p.s(QuoteName(e.Name))
	case *Param:
		p.s("$")
		for i, r := range e.Name {
			if !inName(r) {
				p.s("`", strings.ReplaceAll(e.Name, "`", "``"), "`")
				return
			}
			_ = i
		}
		if e.Name == "" {
			p.s("``")
		}
		p.s(e.Name)
	case *Prop:
		p.expr(e.Expr, postfixLevel)
		p.s(".", QuoteName(e.Key))
	case *HasLabels:
		p.expr(e.Expr, postfixLevel)
		p.labels(e.Labels, e.Any)
	case *Index:
		p.expr(e.Expr, postfixLevel)
		p.s("[")
		p.expr(e.Index, 0)
		p.s("]")
	case *Slice:
		p.expr(e.Expr, postfixLevel)
		p.s("[")
		if e.From != nil {
			p.expr(e.From, 0)
		}
		p.s("..")
		if e.To != nil {
			p.expr(e.To, 0)
		}
		p.s("]")
	case *Unary:
		p.unary(e)
	case *Binary:
		p.expr(e.Left, binaryLevels[e.Op])
		p.s(" ", e.Op, " ")
		p.expr(e.Right, binaryLevels[e.Op]+1)
	case *Compare:
		for i, x := range e.Exprs {
			if i > 0 {
				p.s(" ", e.Ops[i-1], " ")
			}
			p.expr(x, compareLevel+1)
		}
	case *IsNull:
		p.expr(e.Expr, predicateLevel)
		if e.Not {
			p.s(" IS NOT NULL")
		} else {
			p.s(" IS NULL")
		}
	case *Case:
		p.caseExpr(e)
	case *FuncCall:
		p.s(dotted(e.Name), "(")
		if e.Star {
			p.s("*")
		}
		if e.Distinct {
			p.s("DISTINCT ")
		}
		p.exprs(e.Args)
		p.s(")")
	case *ListComp:
		p.s("[", QuoteName(e.Var.Text), " IN ")
		p.expr(e.List, 0)
		p.where(e.Where)
		if e.Map != nil {
			p.s(" | ")
			p.expr(e.Map, 0)
		}
		p.s("]")
	case *PatternComp:
		p.s("[")
		p.path(e.Path)
		p.where(e.Where)
		p.s(" | ")
		p.expr(e.Map, 0)
		p.s("]")
	case *Quantifier:
		p.s(e.Kind, "(", QuoteName(e.Var.Text), " IN ")
		p.expr(e.List, 0)
		p.where(e.Where)
		p.s(")")
	case *Reduce:
		p.s("reduce(", QuoteName(e.Acc.Text), " = ")
		p.expr(e.Init, 0)
		p.s(", ", QuoteName(e.Var.Text), " IN ")
		p.expr(e.List, 0)
		p.s(" | ")
		p.expr(e.Expr, 0)
		p.s(")")
	case *PatternExpr:
		p.path(e.Path)
	case *Subquery:
		p.subquery(e)
	case *MapProj:
		p.mapProj(e)
	}
}

// readsAsComprehension reports whether an expression begins as a list comprehension does: [x IN …
func readsAsComprehension(e Expr) bool {
	for {
		switch x := e.(type) {
		case *Binary:
			if v, ok := x.Left.(*Var); ok && v != nil && x.Op == "IN" {
				return true
			}
			e = x.Left
		case *Compare:
			e = x.Exprs[0]
		case *IsNull:
			e = x.Expr
		default:
			return false
		}
	}
}

func (p *printer) unary(e *Unary) {
	if e.Op == "NOT" {
		p.s("NOT ")
		p.expr(e.Expr, notLevel)
		return
	}
	p.s(e.Op)
	// Digits after a minus would become part of a literal.
	switch x := e.Expr.(type) {
	case *Int, *Float:
		p.s("(")
		p.expr(x, 0)
		p.s(")")
	default:
		p.expr(x, unaryLevel)
	}
}

func (p *printer) caseExpr(e *Case) {
	p.s("CASE")
	if e.Subject != nil {
		p.s(" ")
		p.expr(e.Subject, 0)
	}
	for i := range e.When {
		p.s(" WHEN ")
		p.expr(e.When[i], 0)
		p.s(" THEN ")
		p.expr(e.Then[i], 0)
	}
	if e.Else != nil {
		p.s(" ELSE ")
		p.expr(e.Else, 0)
	}
	p.s(" END")
}

func (p *printer) subquery(e *Subquery) {
	p.s(e.Kind, " { ")
	if len(e.Query.Parts) == 1 && len(e.Query.Parts[0].Clauses) == 1 {
		if m, ok := e.Query.Parts[0].Clauses[0].(*Match); ok && !m.Optional {
			p.match(m)
			p.s(" }")
			return
		}
	}
	p.query(e.Query, " ")
	p.s(" }")
}

func (p *printer) mapProj(e *MapProj) {
	p.s(QuoteName(e.Var.Text), " {")
	for i, item := range e.Items {
		if i > 0 {
			p.s(", ")
		}
		switch {
		case item.All:
			p.s(".*")
		case item.Prop:
			p.s(".", QuoteName(item.Key.Text))
		default:
			p.s(QuoteName(item.Key.Text))
			if item.Value != nil {
				p.s(": ")
				p.expr(item.Value, 0)
			}
		}
	}
	p.s("}")
}
