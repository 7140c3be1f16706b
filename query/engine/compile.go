package engine

import (
	"context"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/tupu-kg/tupu/query/cypher"
)

// exec is one run of a plan.
type exec struct {
	ctx    context.Context
	src    Source
	params map[string]Value
	row    []Value
	steps  int   // since the run last looked whether it has been called off
	held   int64 // bytes that sorting, grouping and joining hold
	limit  int64
	now    time.Time
	hash   hasher
	hops   [][]Hop // buffers to use again
}

// pollSteps is after how many steps a run looks whether it has been called off. A step takes up to some microseconds.
const pollSteps = 64

// tick is a step.
func (x *exec) tick() error { return x.work(1) }

// work is as many steps as something takes.
func (x *exec) work(steps int) error {
	if x.steps += steps; x.steps < pollSteps {
		return nil
	}
	x.steps = 0
	return x.ctx.Err()
}

// readSteps is what reading properties from a graph counts.
const readSteps = 8

// hold counts memory against the limit.
func (x *exec) hold(bytes int64) error {
	x.held += bytes
	if x.limit > 0 && x.held > x.limit {
		return &cypher.Error{
			Type: "MemoryError", Code: "MemoryLimit", Msg: fmt.Sprintf("the query holds more than %d MB", x.limit>>20),
			Hint: "ask for less: a LIMIT without ORDER BY, fewer columns in WITH, or a narrower MATCH",
		}
	}
	return nil
}

// The bounds of single values, in bytes: small enough that what is done with one ends soon. A list or a map must also fit into
// what a run may hold.
const (
	maxValue = 256 << 20
	maxText  = 16 << 20
)

// fits reports an error if a value would be larger than one may be.
func (x *exec) fits(bytes, most int64) error {
	if x.limit > 0 {
		most = min(most, x.limit)
	}
	if bytes <= most {
		return nil
	}
	return &cypher.Error{
		Type: "MemoryError", Code: "MemoryLimit", Msg: fmt.Sprintf("the query makes a list, a map or a text of more than %d MB", most>>20),
		Hint: "return the parts as rows of their own",
	}
}

// keep is a value that has been made, if it is not too large.
func (x *exec) keep(v Value) (Value, error) {
	if err := x.fits(v.size(), maxValue); err != nil {
		return Null, err
	}
	return v, nil
}

func (x *exec) buffer() []Hop {
	if n := len(x.hops); n > 0 {
		b := x.hops[n-1]
		x.hops = x.hops[:n-1]
		return b[:0]
	}
	return make([]Hop, 0, 64)
}

func (x *exec) release(b []Hop) {
	if cap(b) > 0 {
		x.hops = append(x.hops, b)
	}
}

type evalFn func(*exec) (Value, error)

// variable is a declared variable and the slot that holds it.
type variable struct {
	name string
	slot int
	t    Type
}

// scope is what variables can be seen. Nested scopes see their parents'.
type scope struct {
	parent *scope
	vars   map[string]*variable
	names  []string // in the order of declaration
}

func newScope(parent *scope) *scope { return &scope{parent: parent, vars: map[string]*variable{}} }

func (s *scope) find(name string) *variable {
	for ; s != nil; s = s.parent {
		if v := s.vars[name]; v != nil {
			return v
		}
	}
	return nil
}

func (s *scope) add(v *variable) {
	if s.vars[v.name] == nil {
		s.names = append(s.names, v.name)
	}
	s.vars[v.name] = v
}

// compiler turns one query into a plan. It panics with a *cypher.Error, which Compile catches.
type compiler struct {
	params map[string]Value
	src    Source
	stats  *Stats
	procs  map[string]*Procedure
	slots  int
	random int            // calls of rand() so far
	reads  []map[int]bool // slots read by the expressions being compiled, innermost last
}

func (c *compiler) slot() int {
	c.slots++
	return c.slots - 1
}

func fail(typ, code string, at cypher.Pos, hint, msg string, args ...any) {
	panic(&cypher.Error{Type: typ, Code: code, Pos: at, Msg: fmt.Sprintf(msg, args...), Hint: hint})
}

func syntax(code string, at cypher.Pos, msg string, args ...any) {
	fail("SyntaxError", code, at, "", msg, args...)
}

// runtime makes an error of a running query.
func runtime(typ, code string, at cypher.Pos, msg string, args ...any) error {
	return &cypher.Error{Type: typ, Code: code, Pos: at, Msg: fmt.Sprintf(msg, args...)}
}

// env is where an expression stands.
type env struct {
	scope   *scope
	aggs    *aggregation // where aggregates may stand, nil elsewhere
	inAgg   bool         // within an aggregate
	pattern bool         // a pattern may stand here as a predicate
	subst   []substitute // expressions that are columns already
	strict  bool         // variables are seen through substitutes alone
	hidden  *scope       // what strict hides, to tell an unknown variable from a hidden one
	where   string       // what the place is called, for messages
}

// substitute is an expression whose value a slot holds.
type substitute struct {
	text string
	slot int
	t    Type
	free bool // usable everywhere, not only outside of expressions with aggregates
}

// inner is the place of an operand.
func (e env) inner() env {
	e.pattern = false
	return e
}

func (e env) with(s *scope) env {
	e.scope = s
	return e
}

// expr compiles an expression.
func (c *compiler) expr(x cypher.Expr, e env) (evalFn, Type) {
	if len(e.subst) > 0 {
		text := cypher.PrintExpr(x)
		for _, s := range e.subst {
			if s.text == text {
				return c.read(s.slot), s.t
			}
		}
	}
	switch x := x.(type) {
	case *cypher.Null:
		return constant(Null), Type{Kind: KindNull}
	case *cypher.Bool:
		return constant(OfBool(x.Value)), Boolean
	case *cypher.Int:
		return constant(OfInt(x.Value)), Integer
	case *cypher.Float:
		return constant(OfFloat(x.Value)), Float
	case *cypher.String:
		return constant(OfString(x.Value)), Text
	case *cypher.Param:
		if _, ok := c.params[x.Name]; !ok {
			fail("ParameterMissing", "MissingParameter", x.Pos, "give it with --param "+x.Name+"=…", "the query uses $%s, which is not given", x.Name)
		}
		name := x.Name
		return func(r *exec) (Value, error) { return r.params[name], nil }, Any
	case *cypher.Var:
		return c.variable(x.Name, x.Pos, e)
	case *cypher.ListLit:
		return c.list(x, e.inner())
	case *cypher.MapLit:
		return c.mapLit(x, e.inner())
	case *cypher.Prop:
		f, t := c.expr(x.Expr, e.inner())
		return c.property(f, t, x.Key, x.Pos)
	case *cypher.HasLabels:
		return c.hasLabels(x, e.inner())
	case *cypher.Index:
		return c.index(x, e.inner())
	case *cypher.Slice:
		return c.slice(x, e.inner())
	case *cypher.Unary:
		return c.unary(x, e)
	case *cypher.Binary:
		return c.binary(x, e)
	case *cypher.Compare:
		return c.compare(x, e.inner())
	case *cypher.IsNull:
		f, _ := c.expr(x.Expr, e.inner())
		not := x.Not
		return func(r *exec) (Value, error) {
			v, err := f(r)
			return OfBool(v.IsNull() != not), err
		}, Boolean
	case *cypher.Case:
		return c.caseExpr(x, e)
	case *cypher.FuncCall:
		return c.call(x, e)
	case *cypher.ListComp:
		return c.listComp(x, e.inner())
	case *cypher.Quantifier:
		return c.quantifier(x, e.inner())
	case *cypher.Reduce:
		return c.reduce(x, e.inner())
	case *cypher.PatternExpr:
		return c.patternExpr(x, e)
	case *cypher.PatternComp:
		return c.patternComp(x, e.inner())
	case *cypher.Subquery:
		return c.subquery(x, e.inner())
	case *cypher.MapProj:
		return c.mapProj(x, e.inner())
	}
	panic(fmt.Sprintf("unknown expression %T", x))
}

func constant(v Value) evalFn { return func(*exec) (Value, error) { return v, nil } }

func (c *compiler) read(slot int) evalFn {
	for _, r := range c.reads {
		r[slot] = true
	}
	return func(r *exec) (Value, error) { return r.row[slot], nil }
}

// tracked compiles and says which slots that the scope sees are read.
func (c *compiler) tracked(s *scope, compile func()) map[int]bool {
	read := map[int]bool{}
	c.reads = append(c.reads, read)
	compile()
	c.reads = c.reads[:len(c.reads)-1]
	seen := map[int]bool{}
	for ; s != nil; s = s.parent {
		for _, v := range s.vars {
			if read[v.slot] {
				seen[v.slot] = true
			}
		}
	}
	return seen
}

func (c *compiler) variable(name string, at cypher.Pos, e env) (evalFn, Type) {
	if v := e.scope.find(name); v != nil {
		return c.read(v.slot), v.t
	}
	if e.hidden != nil && e.hidden.find(name) != nil {
		if e.strict {
			fail("SyntaxError", "AmbiguousAggregationExpression", at, "put it in a WITH or a column of its own first",
				"%s stands beside an aggregate, but is no column that rows are grouped by", name)
		}
		fail("SyntaxError", "UndefinedVariable", at, "make what you need of it a column", "%s cannot be seen in %s: rows are distinct or grouped, and columns are all that is left of them", name, e.where)
	}
	var near []string
	for s := e.scope; s != nil; s = s.parent {
		near = append(near, s.names...)
	}
	fail("SyntaxError", "UndefinedVariable", at, cypher.DidYouMean(name, near), "variable %s is not defined", name)
	return nil, Any
}

func (c *compiler) list(x *cypher.ListLit, e env) (evalFn, Type) {
	fns := make([]evalFn, len(x.Items))
	elem := Type{Kind: KindNull}
	for i, item := range x.Items {
		var t Type
		fns[i], t = c.expr(item, e)
		if i == 0 {
			elem = t
		} else {
			elem = join(elem, t)
		}
	}
	return func(r *exec) (Value, error) {
		out := make([]Value, len(fns))
		for i, f := range fns {
			var err error
			if out[i], err = f(r); err != nil {
				return Null, err
			}
		}
		return r.keep(OfList(out))
	}, listOf(elem)
}

func (c *compiler) mapLit(x *cypher.MapLit, e env) (evalFn, Type) {
	fns := make([]evalFn, len(x.Values))
	for i, item := range x.Values {
		fns[i], _ = c.expr(item, e)
	}
	return func(r *exec) (Value, error) {
		out := make(map[string]Value, len(fns))
		for i, f := range fns {
			v, err := f(r)
			if err != nil {
				return Null, err
			}
			out[x.Keys[i].Text] = v
		}
		return r.keep(OfMap(out))
	}, MapOf
}

func (c *compiler) mapProj(x *cypher.MapProj, e env) (evalFn, Type) {
	base, _ := c.variable(x.Var.Text, x.Pos, e)
	type item struct {
		key string
		fn  evalFn // nil for all
	}
	items := make([]item, len(x.Items))
	for i, p := range x.Items {
		items[i].key = p.Key.Text
		switch {
		case p.All:
		case p.Prop:
			items[i].fn, _ = c.property(base, Any, p.Key.Text, p.Key.Pos)
		case p.Value != nil:
			items[i].fn, _ = c.expr(p.Value, e)
		default:
			items[i].fn, _ = c.variable(p.Key.Text, p.Key.Pos, e)
		}
	}
	return func(r *exec) (Value, error) {
		b, err := base(r)
		if err != nil || b.IsNull() {
			return Null, err
		}
		out := map[string]Value{}
		for _, i := range items {
			if i.fn == nil {
				all, err := properties(r, b, x.Pos)
				if err != nil {
					return Null, err
				}
				for k, v := range all.Map() {
					out[k] = v
				}
				continue
			}
			if out[i.key], err = i.fn(r); err != nil {
				return Null, err
			}
		}
		return r.keep(OfMap(out))
	}, MapOf
}

func (c *compiler) property(f evalFn, t Type, key string, at cypher.Pos) (evalFn, Type) {
	if t.Kind == KindPath {
		syntax("InvalidArgumentType", at, "a path has no properties; nodes(p) and relationships(p) have")
	}
	if t.is(KindInt, KindFloat, kindNumber, KindBool, KindString, KindList) {
		fail("TypeError", "InvalidArgumentType", at, "", "%s has no properties", t)
	}
	return func(r *exec) (Value, error) {
		v, err := f(r)
		if err != nil {
			return Null, err
		}
		return getProperty(r, v, key, at)
	}, Any
}

func getProperty(r *exec, v Value, key string, at cypher.Pos) (Value, error) {
	switch v.kind {
	case KindNull:
		return Null, nil
	case KindNode:
		if err := r.work(readSteps); err != nil {
			return Null, err
		}
		return r.src.NodeProperty(v.Node(), key)
	case KindRel:
		if err := r.work(readSteps); err != nil {
			return Null, err
		}
		return r.src.RelProperty(v.Rel(), key)
	case KindMap:
		return v.Map()[key], nil
	case KindDuration:
		out, _ := v.ref.(*Duration).component(key)
		return out, nil
	case KindDate, KindTime, KindLocalTime, KindDateTime, KindLocalDateTime:
		out, _ := v.temporal().component(v.kind, key)
		return out, nil
	}
	return Null, runtime("TypeError", "InvalidArgumentType", at, "%s has no property %s", v.kind, key)
}

func (c *compiler) hasLabels(x *cypher.HasLabels, e env) (evalFn, Type) {
	f, t := c.expr(x.Expr, e)
	if !t.fits(KindNode, KindRel) {
		syntax("InvalidArgumentType", x.Pos, "%s has no labels", t)
	}
	test := labelTest(names(x.Labels), x.Any)
	return func(r *exec) (Value, error) {
		v, err := f(r)
		if err != nil {
			return Null, err
		}
		switch v.kind {
		case KindNull:
			return Null, nil
		case KindNode:
			have, err := r.src.Labels(v.Node())
			return OfBool(test(have)), err
		case KindRel:
			info, err := r.src.Rel(v.Rel())
			return OfBool(test([]string{info.Type})), err
		}
		return Null, runtime("TypeError", "InvalidArgumentType", x.Pos, "%s has no labels", v.kind)
	}, Boolean
}

func names(all []cypher.Name) []string {
	out := make([]string, len(all))
	for i, n := range all {
		out[i] = n.Text
	}
	return out
}

func labelTest(want []string, some bool) func(have []string) bool {
	if len(want) == 1 {
		one := want[0]
		return func(have []string) bool { return len(have) > 0 && have[0] == one || slices.Contains(have, one) }
	}
	return func(have []string) bool {
		for _, w := range want {
			if slices.Contains(have, w) == some {
				return some
			}
		}
		return !some
	}
}

func (c *compiler) index(x *cypher.Index, e env) (evalFn, Type) {
	f, t := c.expr(x.Expr, e)
	i, it := c.expr(x.Index, e)
	if t.is(KindInt, KindFloat, kindNumber, KindBool, KindString, KindPath) {
		fail("TypeError", "InvalidArgumentType", x.Pos, "", "%s has no elements", t)
	}
	if t.Kind == KindList && !it.fits(KindInt) {
		fail("TypeError", "InvalidArgumentType", x.Pos, "", "elements of a list are numbered by integers, not by %s", it)
	}
	return func(r *exec) (Value, error) {
		v, err := f(r)
		if err != nil {
			return Null, err
		}
		k, err := i(r)
		if err != nil {
			return Null, err
		}
		switch v.kind {
		case KindNull:
			return Null, nil
		case KindList:
			if k.IsNull() {
				return Null, nil
			}
			if k.kind != KindInt {
				return Null, runtime("TypeError", "ListElementAccessByNonInteger", x.Pos, "elements of a list are numbered by integers, not by %s", k.kind)
			}
			l, n := v.List(), k.n
			if n < 0 {
				n += int64(len(l))
			}
			if n < 0 || n >= int64(len(l)) {
				return Null, nil
			}
			return l[n], nil
		case KindMap, KindNode, KindRel:
			if k.IsNull() {
				return Null, nil
			}
			if k.kind != KindString {
				return Null, runtime("TypeError", "MapElementAccessByNonString", x.Pos, "%s is read by strings, not by %s", v.kind, k.kind)
			}
			return getProperty(r, v, k.Str(), x.Pos)
		}
		return Null, runtime("TypeError", "InvalidArgumentType", x.Pos, "%s has no elements", v.kind)
	}, t.elem()
}

func (c *compiler) slice(x *cypher.Slice, e env) (evalFn, Type) {
	f, t := c.expr(x.Expr, e)
	if !t.fits(KindList) {
		fail("TypeError", "InvalidArgumentType", x.Pos, "", "%s has no elements", t)
	}
	bound := func(b cypher.Expr) evalFn {
		if b == nil {
			return nil
		}
		fn, _ := c.expr(b, e)
		return fn
	}
	from, to := bound(x.From), bound(x.To)
	return func(r *exec) (Value, error) {
		v, err := f(r)
		if err != nil || v.IsNull() {
			return Null, err
		}
		if v.kind != KindList {
			return Null, runtime("TypeError", "InvalidArgumentType", x.Pos, "%s has no elements", v.kind)
		}
		l := v.List()
		n := int64(len(l))
		ends := [2]int64{0, n}
		for i, b := range []evalFn{from, to} {
			if b == nil {
				continue
			}
			w, err := b(r)
			if err != nil || w.IsNull() {
				return Null, err
			}
			if w.kind != KindInt {
				return Null, runtime("TypeError", "InvalidArgumentType", x.Pos, "elements of a list are numbered by integers, not by %s", w.kind)
			}
			at := w.n
			if at < 0 {
				at += n
			}
			ends[i] = min(max(at, 0), n)
		}
		if ends[0] >= ends[1] {
			return OfList(nil), nil
		}
		return OfList(l[ends[0]:ends[1]:ends[1]]), nil
	}, t
}

func (c *compiler) unary(x *cypher.Unary, e env) (evalFn, Type) {
	if x.Op == "NOT" {
		f, t := c.expr(x.Expr, e)
		if !t.fits(KindBool) {
			syntax("InvalidArgumentType", x.Pos, "NOT wants a boolean, and %s is none", t)
		}
		return func(r *exec) (Value, error) {
			v, err := f(r)
			if err != nil || v.IsNull() {
				return Null, err
			}
			if v.kind != KindBool {
				return Null, runtime("TypeError", "InvalidArgumentType", x.Pos, "NOT wants a boolean, not %s", v.kind)
			}
			return OfBool(!v.Bool()), nil
		}, Boolean
	}
	f, t := c.expr(x.Expr, e.inner())
	if !t.fits(KindInt, KindFloat, KindDuration) {
		syntax("InvalidArgumentType", x.Pos, "%s has no sign", t)
	}
	minus := x.Op == "-"
	return func(r *exec) (Value, error) {
		v, err := f(r)
		switch {
		case err != nil || v.IsNull():
			return Null, err
		case v.kind == KindInt && minus:
			if v.n == math.MinInt64 {
				return Null, runtime("ArithmeticError", "IntegerOverflow", x.Pos, "the result does not fit into 64 bits")
			}
			return OfInt(-v.n), nil
		case v.kind == KindFloat && minus:
			return OfFloat(-v.Float()), nil
		case v.kind == KindDuration && minus:
			d := v.ref.(*Duration)
			return ofDuration(Duration{-d.Months, -d.Days, -d.Seconds, -d.Nanos}), nil
		case v.number() || v.kind == KindDuration:
			return v, nil
		}
		return Null, runtime("TypeError", "InvalidArgumentType", x.Pos, "%s has no sign", v.kind)
	}, t
}

func (c *compiler) binary(x *cypher.Binary, e env) (evalFn, Type) {
	switch x.Op {
	case "AND", "OR", "XOR":
		return c.logic(x, e)
	}
	e = e.inner()
	f, ft := c.expr(x.Left, e)
	g, gt := c.expr(x.Right, e)
	at := x.Pos
	both := func(do func(r *exec, a, b Value) (Value, error)) evalFn {
		return func(r *exec) (Value, error) {
			a, err := f(r)
			if err != nil {
				return Null, err
			}
			b, err := g(r)
			if err != nil {
				return Null, err
			}
			return do(r, a, b)
		}
	}
	switch x.Op {
	case "IN":
		if !gt.fits(KindList) {
			syntax("InvalidArgumentType", at, "IN wants a list, and %s is none", gt)
		}
		return both(func(r *exec, a, b Value) (Value, error) {
			if b.IsNull() {
				return Null, nil
			}
			if b.kind != KindList {
				return Null, runtime("TypeError", "InvalidArgumentType", at, "IN wants a list, not %s", b.kind)
			}
			out := no
			for _, v := range b.List() {
				if err := r.tick(); err != nil {
					return Null, err
				}
				switch equal(a, v) {
				case yes:
					return OfBool(true), nil
				case unknown:
					out = unknown
				}
			}
			return out.value(), nil
		}), Boolean
	case "STARTS WITH", "ENDS WITH", "CONTAINS":
		test := map[string]func(s, t string) bool{"STARTS WITH": strings.HasPrefix, "ENDS WITH": strings.HasSuffix, "CONTAINS": strings.Contains}[x.Op]
		return both(func(_ *exec, a, b Value) (Value, error) {
			if a.kind != KindString || b.kind != KindString {
				return Null, nil
			}
			return OfBool(test(a.Str(), b.Str())), nil
		}), Boolean
	case "=~":
		return both(c.regex(x)), Boolean
	case "+":
		return both(func(r *exec, a, b Value) (Value, error) { return r.add(a, b, at) }), sumType(ft, gt, at)
	}
	if !ft.fits(KindInt, KindFloat, KindDuration, KindDate, KindTime, KindLocalTime, KindDateTime, KindLocalDateTime) {
		syntax("InvalidArgumentType", at, "%s cannot stand before %s", ft, x.Op)
	}
	if !gt.fits(KindInt, KindFloat, KindDuration) {
		syntax("InvalidArgumentType", at, "%s cannot stand after %s", gt, x.Op)
	}
	op := x.Op[0]
	t := Any
	switch {
	case op == '^':
		t = Float
	case ft.Kind == KindInt && gt.Kind == KindInt:
		t = Integer
	case ft.is(KindInt, KindFloat, kindNumber) && gt.is(KindInt, KindFloat, kindNumber):
		t = Number
	}
	return both(func(_ *exec, a, b Value) (Value, error) { return arithmetic(op, a, b, at) }), t
}

func sumType(a, b Type, at cypher.Pos) Type {
	switch {
	case a.Kind == KindList || b.Kind == KindList:
		return ListOf
	case !a.known() || !b.known():
		return Any
	case a.Kind == KindInt && b.Kind == KindInt:
		return Integer
	case a.is(KindInt, KindFloat, kindNumber) && b.is(KindInt, KindFloat, kindNumber):
		return Number
	case a.Kind == KindString && b.Kind == KindString:
		return Text
	case a.is(KindBool, KindMap, KindNode, KindRel, KindPath) || b.is(KindBool, KindMap, KindNode, KindRel, KindPath):
		syntax("InvalidArgumentType", at, "%s and %s cannot be added", a, b)
	}
	return Any
}

// regex compiles a pattern that is written out once, and others as they come.
func (c *compiler) regex(x *cypher.Binary) func(r *exec, a, b Value) (Value, error) {
	compile := func(s string) (*regexp.Regexp, error) {
		re, err := regexp.Compile(`^(?s:` + s + `)$`)
		if err != nil {
			return nil, runtime("ArgumentError", "InvalidRegularExpression", x.Pos, "%q is not a regular expression: %v", s, err)
		}
		return re, nil
	}
	var last string
	var re *regexp.Regexp
	if s, ok := x.Right.(*cypher.String); ok {
		fixed, err := compile(s.Value)
		if err != nil {
			panic(err)
		}
		last, re = s.Value, fixed
	}
	return func(r *exec, a, b Value) (Value, error) {
		if a.kind != KindString || b.kind != KindString {
			return Null, nil
		}
		if s := b.Str(); re == nil || s != last {
			var err error
			if re, err = compile(s); err != nil {
				return Null, err
			}
			last = s
		}
		s := a.Str()
		if len(s) <= longText {
			return OfBool(re.MatchString(s)), r.work(len(s) / matchStep)
		}
		text := &pollingReader{r: r, text: strings.NewReader(s)}
		found := re.MatchReader(text)
		return OfBool(found), text.err
	}
}

// The bytes of texts or lists that are worked on in a step, and that are matched with a regular expression; matching texts that are
// longer than longText looks between whether the run has been called off.
const (
	bytesStep = 16 << 10
	matchStep = 1 << 10
	longText  = 256 << 10
)

// pollingReader ends a text when the run has been called off.
type pollingReader struct {
	r    *exec
	text *strings.Reader
	n    int
	err  error
}

// ReadRune reads the next character.
func (p *pollingReader) ReadRune() (rune, int, error) {
	if p.n++; p.n%bytesStep == 0 && p.err == nil {
		p.err = p.r.tick()
	}
	if p.err != nil {
		return 0, 0, p.err
	}
	return p.text.ReadRune()
}

func (c *compiler) logic(x *cypher.Binary, e env) (evalFn, Type) {
	f, ft := c.expr(x.Left, e)
	g, gt := c.expr(x.Right, e)
	for _, t := range []Type{ft, gt} {
		if !t.fits(KindBool) {
			syntax("InvalidArgumentType", x.Pos, "%s wants booleans, and %s is none", x.Op, t)
		}
	}
	truth := func(r *exec, f evalFn) (tri, error) {
		v, err := f(r)
		switch {
		case err != nil || v.IsNull():
			return unknown, err
		case v.kind != KindBool:
			return unknown, runtime("TypeError", "InvalidArgumentType", x.Pos, "%s wants booleans, not %s", x.Op, v.kind)
		}
		return toTri(v.Bool()), nil
	}
	if x.Op == "XOR" {
		return func(r *exec) (Value, error) {
			a, err := truth(r, f)
			if err != nil {
				return Null, err
			}
			b, err := truth(r, g)
			if err != nil || a == unknown || b == unknown {
				return Null, err
			}
			return OfBool(a != b), nil
		}, Boolean
	}
	decides := no
	if x.Op == "OR" {
		decides = yes
	}
	return func(r *exec) (Value, error) {
		a, err := truth(r, f)
		if err != nil {
			return Null, err
		}
		if a == decides {
			return a.value(), nil
		}
		b, err := truth(r, g)
		if err != nil {
			return Null, err
		}
		if b == decides || a != unknown {
			return b.value(), nil
		}
		return Null, nil
	}, Boolean
}

func (c *compiler) compare(x *cypher.Compare, e env) (evalFn, Type) {
	fns := make([]evalFn, len(x.Exprs))
	for i, y := range x.Exprs {
		fns[i], _ = c.expr(y, e)
	}
	ops := make([]func(a, b Value) tri, len(x.Ops))
	for i, op := range x.Ops {
		ops[i] = comparison(op)
	}
	if len(ops) == 1 {
		f, g, op := fns[0], fns[1], ops[0]
		return func(r *exec) (Value, error) {
			a, err := f(r)
			if err != nil {
				return Null, err
			}
			b, err := g(r)
			if err != nil {
				return Null, err
			}
			return op(a, b).value(), nil
		}, Boolean
	}
	return func(r *exec) (Value, error) {
		a, err := fns[0](r)
		if err != nil {
			return Null, err
		}
		out := yes
		for i, op := range ops {
			b, err := fns[i+1](r)
			if err != nil {
				return Null, err
			}
			switch op(a, b) {
			case no:
				return OfBool(false), nil
			case unknown:
				out = unknown
			}
			a = b
		}
		return out.value(), nil
	}, Boolean
}

func comparison(op string) func(a, b Value) tri {
	if op == "=" {
		return equal
	}
	if op == "<>" {
		return func(a, b Value) tri {
			switch equal(a, b) {
			case yes:
				return no
			case no:
				return yes
			}
			return unknown
		}
	}
	holds := map[string]func(c int) bool{
		"<": func(c int) bool { return c < 0 }, "<=": func(c int) bool { return c <= 0 },
		">": func(c int) bool { return c > 0 }, ">=": func(c int) bool { return c >= 0 },
	}[op]
	return func(a, b Value) tri {
		c, ok := compare(a, b)
		if ok != yes {
			return ok
		}
		return toTri(holds(c))
	}
}

func (c *compiler) caseExpr(x *cypher.Case, e env) (evalFn, Type) {
	var subject evalFn
	if x.Subject != nil {
		subject, _ = c.expr(x.Subject, e.inner())
	}
	when, then := make([]evalFn, len(x.When)), make([]evalFn, len(x.When))
	t := Type{Kind: KindNull}
	for i := range x.When {
		w := e
		w.pattern = subject == nil
		when[i], _ = c.expr(x.When[i], w)
		var tt Type
		then[i], tt = c.expr(x.Then[i], e.inner())
		if t = join(t, tt); tt.Kind == kindAny {
			t = Any
		}
	}
	otherwise := constant(Null)
	if x.Else != nil {
		var tt Type
		otherwise, tt = c.expr(x.Else, e.inner())
		t = join(t, tt)
	}
	return func(r *exec) (Value, error) {
		var s Value
		if subject != nil {
			var err error
			if s, err = subject(r); err != nil {
				return Null, err
			}
		}
		for i, w := range when {
			v, err := w(r)
			if err != nil {
				return Null, err
			}
			hit := v.kind == KindBool && v.Bool()
			if subject != nil {
				hit = equal(s, v) == yes
			}
			if hit {
				return then[i](r)
			}
		}
		return otherwise(r)
	}, t
}

// local declares a variable of a comprehension.
func (c *compiler) local(e env, name string, t Type) (env, int) {
	s := newScope(e.scope)
	v := &variable{name, c.slot(), t}
	s.add(v)
	return e.with(s), v.slot
}

// listValue reads a list.
func listValue(v Value, at cypher.Pos) ([]Value, error) {
	if v.kind != KindList {
		return nil, runtime("TypeError", "InvalidArgumentType", at, "expected a list, not %s", v.kind)
	}
	return v.List(), nil
}

func (c *compiler) overList(list cypher.Expr, e env, at cypher.Pos) (evalFn, Type) {
	f, t := c.expr(list, e)
	if !t.fits(KindList) {
		syntax("InvalidArgumentType", at, "expected a list, and %s is none", t)
	}
	return f, t.elem()
}

func (c *compiler) listComp(x *cypher.ListComp, e env) (evalFn, Type) {
	list, elem := c.overList(x.List, e, x.Pos)
	inner, slot := c.local(e, x.Var.Text, elem)
	inner = c.noAggregates(inner, "a list comprehension")
	var where, each evalFn
	t := elem
	if x.Where != nil {
		inner.pattern = true
		where, _ = c.expr(x.Where, inner)
		inner.pattern = false
	}
	if x.Map != nil {
		each, t = c.expr(x.Map, inner)
	}
	return func(r *exec) (Value, error) {
		v, err := list(r)
		if err != nil || v.IsNull() {
			return Null, err
		}
		l, err := listValue(v, x.Pos)
		if err != nil {
			return Null, err
		}
		out := make([]Value, 0, len(l))
		for _, item := range l {
			if err := r.tick(); err != nil {
				return Null, err
			}
			r.row[slot] = item
			if where != nil {
				ok, err := where(r)
				if err != nil {
					return Null, err
				}
				if ok.kind != KindBool || !ok.Bool() {
					continue
				}
			}
			if each != nil {
				if item, err = each(r); err != nil {
					return Null, err
				}
			}
			out = append(out, item)
		}
		return r.keep(OfList(out))
	}, listOf(t)
}

// noAggregates is the place within something that has rows of its own.
func (c *compiler) noAggregates(e env, where string) env {
	e.aggs = nil
	e.where = where
	return e
}

func (c *compiler) quantifier(x *cypher.Quantifier, e env) (evalFn, Type) {
	list, elem := c.overList(x.List, e, x.Pos)
	inner, slot := c.local(e, x.Var.Text, elem)
	inner = c.noAggregates(inner, x.Kind+"()")
	inner.pattern = true
	where, t := c.read(slot), elem
	if x.Where != nil {
		where, t = c.expr(x.Where, inner)
	}
	if !t.fits(KindBool) {
		syntax("InvalidArgumentType", x.Pos, "%s() wants a condition, and %s is none", x.Kind, t)
	}
	return func(r *exec) (Value, error) {
		v, err := list(r)
		if err != nil || v.IsNull() {
			return Null, err
		}
		l, err := listValue(v, x.Pos)
		if err != nil {
			return Null, err
		}
		trues, unknowns := 0, 0
		for _, item := range l {
			if err := r.tick(); err != nil {
				return Null, err
			}
			r.row[slot] = item
			ok, err := where(r)
			if err != nil {
				return Null, err
			}
			switch {
			case ok.IsNull():
				unknowns++
			case ok.kind != KindBool:
				return Null, runtime("TypeError", "InvalidArgumentType", x.Pos, "%s() wants a condition, not %s", x.Kind, ok.kind)
			case ok.Bool():
				trues++
			}
		}
		falses := len(l) - trues - unknowns
		out := unknown
		switch x.Kind {
		case "all":
			out = decide(falses > 0, no, unknowns == 0, yes)
		case "any":
			out = decide(trues > 0, yes, unknowns == 0, no)
		case "none":
			out = decide(trues > 0, no, unknowns == 0, yes)
		case "single":
			out = decide(trues > 1, no, unknowns == 0, toTri(trues == 1))
		}
		return out.value(), nil
	}, Boolean
}

func decide(a bool, x tri, b bool, y tri) tri {
	switch {
	case a:
		return x
	case b:
		return y
	}
	return unknown
}

func (c *compiler) reduce(x *cypher.Reduce, e env) (evalFn, Type) {
	start, _ := c.expr(x.Init, e)
	list, elem := c.overList(x.List, e, x.Pos)
	inner, acc := c.local(e, x.Acc.Text, Any)
	inner, slot := c.local(inner, x.Var.Text, elem)
	each, _ := c.expr(x.Expr, c.noAggregates(inner, "reduce()"))
	return func(r *exec) (Value, error) {
		a, err := start(r)
		if err != nil {
			return Null, err
		}
		v, err := list(r)
		if err != nil || v.IsNull() {
			return Null, err
		}
		l, err := listValue(v, x.Pos)
		if err != nil {
			return Null, err
		}
		for _, item := range l {
			if err := r.tick(); err != nil {
				return Null, err
			}
			r.row[acc], r.row[slot] = a, item
			if a, err = each(r); err != nil {
				return Null, err
			}
		}
		return a, nil
	}, Any
}

// add adds numbers, and joins lists and strings.
func (x *exec) add(a, b Value, at cypher.Pos) (Value, error) {
	if a.kind == KindList || b.kind == KindList || a.kind == KindString || b.kind == KindString {
		most := int64(maxText)
		if a.kind == KindList || b.kind == KindList {
			most = maxValue
		}
		if err := x.fits(a.size()+b.size(), most); err != nil {
			return Null, err
		}
		if err := x.work(int((a.size() + b.size()) / bytesStep)); err != nil {
			return Null, err
		}
	}
	switch {
	case a.kind == KindList && b.kind == KindList:
		return OfList(slices.Concat(a.List(), b.List())), nil
	case a.IsNull() || b.IsNull():
		return Null, nil
	case a.kind == KindList:
		return OfList(append(slices.Clone(a.List()), b)), nil
	case b.kind == KindList:
		return OfList(append([]Value{a}, b.List()...)), nil
	case a.kind == KindString && b.kind == KindString:
		return OfString(a.Str() + b.Str()), nil
	case a.kind == KindString && b.number():
		return OfString(a.Str() + plain(b)), nil
	case a.number() && b.kind == KindString:
		return OfString(plain(a) + b.Str()), nil
	}
	return arithmetic('+', a, b, at)
}

// plain writes a number, string or boolean as toString does.
func plain(v Value) string {
	switch v.kind {
	case KindString:
		return v.Str()
	case KindInt, KindFloat, KindBool:
		s, _ := Format(v, nil)
		return s
	}
	return v.text()
}

func arithmetic(op byte, a, b Value, at cypher.Pos) (Value, error) {
	if a.IsNull() || b.IsNull() {
		return Null, nil
	}
	overflow := func() (Value, error) {
		return Null, runtime("ArithmeticError", "IntegerOverflow", at, "the result does not fit into 64 bits")
	}
	switch {
	case a.kind == KindInt && b.kind == KindInt && op != '^':
		x, y := a.n, b.n
		switch op {
		case '+':
			if s := x + y; (s > x) == (y > 0) {
				return OfInt(s), nil
			}
			return overflow()
		case '-':
			if s := x - y; (s < x) == (y > 0) {
				return OfInt(s), nil
			}
			return overflow()
		case '*':
			if x == 0 || y == 0 {
				return OfInt(0), nil
			}
			if s := x * y; s/y == x && !(x == -1 && y == math.MinInt64) && !(y == -1 && x == math.MinInt64) {
				return OfInt(s), nil
			}
			return overflow()
		}
		if y == 0 {
			return Null, runtime("ArithmeticError", "DivisionByZero", at, "division by zero")
		}
		if y == -1 {
			if op == '%' {
				return OfInt(0), nil
			}
			if x == math.MinInt64 {
				return overflow()
			}
		}
		if op == '/' {
			return OfInt(x / y), nil
		}
		return OfInt(x % y), nil
	case a.number() && b.number():
		x, y := a.Float(), b.Float()
		switch op {
		case '+':
			return OfFloat(x + y), nil
		case '-':
			return OfFloat(x - y), nil
		case '*':
			return OfFloat(x * y), nil
		case '/':
			return OfFloat(x / y), nil
		case '%':
			return OfFloat(math.Mod(x, y)), nil
		}
		return OfFloat(math.Pow(x, y)), nil
	}
	v, ok, err := temporalArithmetic(op, a, b)
	if err != nil {
		return Null, runtime("ArgumentError", "InvalidArgumentValue", at, "%v", err)
	}
	if !ok {
		return Null, runtime("TypeError", "InvalidArgumentType", at, "%s %c %s has no meaning", a.kind, op, b.kind)
	}
	return v, nil
}

func temporalArithmetic(op byte, a, b Value) (Value, bool, error) {
	isTime := func(v Value) bool { return v.kind >= KindDateTime && v.kind <= KindLocalTime }
	var v Value
	var err error
	sign := int64(1)
	if op == '-' {
		sign = -1
	}
	switch {
	case (op == '+' || op == '-') && isTime(a) && b.kind == KindDuration:
		v, err = addDuration(a, b.ref.(*Duration), sign)
	case op == '+' && a.kind == KindDuration && isTime(b):
		v, err = addDuration(b, a.ref.(*Duration), 1)
	case (op == '+' || op == '-') && a.kind == KindDuration && b.kind == KindDuration:
		x, y := a.ref.(*Duration), b.ref.(*Duration)
		v = ofDuration(Duration{x.Months + sign*y.Months, x.Days + sign*y.Days, x.Seconds + sign*y.Seconds, x.Nanos + sign*y.Nanos})
	case op == '*' && a.kind == KindDuration && b.number():
		v, err = scale(a.ref.(*Duration), b.Float())
	case op == '*' && a.number() && b.kind == KindDuration:
		v, err = scale(b.ref.(*Duration), a.Float())
	case op == '/' && a.kind == KindDuration && b.number():
		v, err = scale(a.ref.(*Duration), 1/b.Float())
	default:
		return Null, false, nil
	}
	return v, true, err
}

func scale(d *Duration, f float64) (Value, error) {
	return fraction(float64(d.Months)*f, float64(d.Days)*f, float64(d.Seconds)*f, float64(d.Nanos)*f)
}
