package engine

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/tupu-kg/tupu/query/cypher"
)

// Context is what a procedure may know of the run that calls it.
type Context struct {
	context.Context
	Source Source
}

// query compiles a query whose variables may come from an outer one; each part begins at a row that is there.
func (c *compiler) query(q *cypher.Query, outer *scope, sub bool) (operator, []*variable) {
	var parts []operator
	var columns []*variable
	for i, s := range q.Parts {
		op, cols := c.single(s, outer, sub)
		if i == 0 {
			parts, columns = append(parts, op), cols
			continue
		}
		// All parts put their columns where the first does.
		fns, slots := make([]evalFn, len(columns)), make([]int, len(columns))
		for j, want := range columns {
			at := -1
			for k, have := range cols {
				if have.name == want.name {
					at = k
				}
			}
			if at < 0 || len(cols) != len(columns) {
				fail("SyntaxError", "DifferentColumnsInUnion", s.Clauses[len(s.Clauses)-1].At(), "rename them with AS",
					"all parts of a UNION must have the same columns: the first has %s, and this one %s", namesOf(columns), namesOf(cols))
			}
			fns[j], slots[j] = c.read(cols[at].slot), want.slot
		}
		parts = append(parts, &assign{newBase(op, "Rename", "", op.node().Est), fns, slots})
	}
	if len(parts) == 1 {
		return parts[0], columns
	}
	u := &union{parts: parts, info: &PlanNode{Name: "Union"}}
	for _, p := range parts {
		u.info.In = append(u.info.In, p.node())
		u.info.Est += p.node().Est
	}
	if !q.All[0] {
		return &distinct{base: newBase(u, "Distinct", "", u.info.Est), slots: slotsOf(columns)}, columns
	}
	return u, columns
}

func namesOf(vars []*variable) string {
	names := make([]string, len(vars))
	for i, v := range vars {
		names[i] = v.name
	}
	return strings.Join(names, ", ")
}

func slotsOf(vars []*variable) []int {
	out := make([]int, len(vars))
	for i, v := range vars {
		out[i] = v.slot
	}
	return out
}

func (c *compiler) single(s *cypher.Single, outer *scope, sub bool) (operator, []*variable) {
	now := newScope(outer)
	var op operator = newLeaf()
	var columns []*variable
	for i, clause := range s.Clauses {
		switch x := clause.(type) {
		case *cypher.Match:
			groups := ""
			if i+1 < len(s.Clauses) {
				groups = groupedBy(s.Clauses[i+1])
			}
			op = c.match(op, now, x, groups)
		case *cypher.Unwind:
			f, t := c.expr(x.List, env{scope: now, where: "UNWIND"})
			if now.find(x.Name.Text) != nil {
				syntax("VariableAlreadyBound", x.Name.Pos, "variable %s is already defined", x.Name.Text)
			}
			elem := t.elem()
			if t.known() && t.Kind != KindList {
				elem = t
			}
			v := &variable{x.Name.Text, c.slot(), elem}
			now.add(v)
			op = &unwind{base: newBase(op, "Unwind", cypher.PrintExpr(x.List)+" AS "+x.Name.Text, op.node().Est*10), list: f, slot: v.slot}
		case *cypher.Project:
			op, now, columns = c.project(op, now, outer, x)
		case *cypher.Call:
			op, columns = c.procedure(op, now, x, len(s.Clauses) == 1 && !sub)
		case *cypher.Write:
			fail("ReadOnlyError", "ReadOnly", x.Pos, "change the documents and run `tupu build`, or record a judgement (`tupu help same`, `tupu help drop`)",
				"%s would change the graph, which follows from documents and judgements alone", x.Verb)
		}
	}
	return op, columns
}

// groupedBy is the variable by which, or by a property of which, a projection groups its rows, if that is all it groups by.
func groupedBy(clause cypher.Clause) string {
	x, ok := clause.(*cypher.Project)
	if !ok {
		return ""
	}
	name, aggregates := "", false
	for _, item := range x.Items {
		if containsAggregate(item.Expr) {
			aggregates = true
			continue
		}
		of := item.Expr
		if p, ok := of.(*cypher.Prop); ok {
			of = p.Expr
		}
		v, ok := of.(*cypher.Var)
		if !ok || name != "" && v.Name != name {
			return ""
		}
		name = v.Name
	}
	if !aggregates {
		return ""
	}
	return name
}

// contains reports whether an expression holds an aggregate outside of subqueries.
func containsAggregate(x cypher.Expr) bool {
	found := false
	walk(x, func(e cypher.Expr) bool {
		if f, ok := e.(*cypher.FuncCall); ok {
			if _, ok := aggregates[strings.ToLower(f.Name)]; ok {
				found = true
			}
		}
		return !found
	})
	return found
}

// variables lists the variables that an expression names.
func variables(x cypher.Expr) map[string]bool {
	out := map[string]bool{}
	walk(x, func(e cypher.Expr) bool {
		if v, ok := e.(*cypher.Var); ok {
			out[v.Name] = true
		}
		return true
	})
	return out
}

// walk visits an expression and what it is made of, but for subqueries and patterns.
func walk(x cypher.Expr, visit func(cypher.Expr) bool) {
	if x == nil || !visit(x) {
		return
	}
	all := func(xs ...cypher.Expr) {
		for _, y := range xs {
			if y != nil {
				walk(y, visit)
			}
		}
	}
	switch x := x.(type) {
	case *cypher.ListLit:
		all(x.Items...)
	case *cypher.MapLit:
		all(x.Values...)
	case *cypher.Prop:
		all(x.Expr)
	case *cypher.HasLabels:
		all(x.Expr)
	case *cypher.Index:
		all(x.Expr, x.Index)
	case *cypher.Slice:
		all(x.Expr, x.From, x.To)
	case *cypher.Unary:
		all(x.Expr)
	case *cypher.Binary:
		all(x.Left, x.Right)
	case *cypher.Compare:
		all(x.Exprs...)
	case *cypher.IsNull:
		all(x.Expr)
	case *cypher.Case:
		all(x.Subject, x.Else)
		all(x.When...)
		all(x.Then...)
	case *cypher.FuncCall:
		all(x.Args...)
	case *cypher.ListComp:
		all(x.List, x.Where, x.Map)
	case *cypher.Quantifier:
		all(x.List, x.Where)
	case *cypher.Reduce:
		all(x.Init, x.List, x.Expr)
	case *cypher.MapProj:
		for _, i := range x.Items {
			all(i.Value)
		}
	}
}

// simple reports whether an expression is a variable or a property of one, which may stand beside aggregates.
func simple(x cypher.Expr) bool {
	switch x := x.(type) {
	case *cypher.Var:
		return true
	case *cypher.Prop:
		return simple(x.Expr)
	}
	return false
}

func (c *compiler) project(in operator, now, outer *scope, x *cypher.Project) (operator, *scope, []*variable) {
	verb := "WITH"
	if x.Return {
		verb = "RETURN"
	}
	var items []cypher.Item
	if x.All {
		for _, name := range now.names {
			items = append(items, cypher.Item{Expr: &cypher.Var{Pos: x.Pos, Name: name}, Text: name})
		}
		if len(items) == 0 && x.Return {
			syntax("NoVariablesInScope", x.Pos, "RETURN * has nothing to return: no variable is defined")
		}
	}
	items = append(items, x.Items...)
	names := make([]string, len(items))
	taken := map[string]bool{}
	grouping := false
	for i, item := range items {
		_, isVar := item.Expr.(*cypher.Var)
		switch {
		case item.Alias != nil:
			names[i] = item.Alias.Text
		case isVar:
			names[i] = item.Expr.(*cypher.Var).Name
		default:
			names[i] = item.Text
		}
		if taken[names[i]] {
			at := item.Expr.At()
			if item.Alias != nil {
				at = item.Alias.Pos
			}
			syntax("ColumnNameConflict", at, "two columns are called %s", names[i])
		}
		taken[names[i]] = true
		grouping = grouping || containsAggregate(item.Expr)
	}

	after := newScope(outer)
	columns := make([]*variable, len(items))
	var cells, keys []cell
	var subst []substitute
	grouped := map[string]bool{}
	aggs := &aggregation{scope: now}
	keyReads := map[int]bool{}
	run, label := runSlot(in)
	whole, random := false, c.random
	op := in
	add := func(i int, t Type, slot int) {
		columns[i] = &variable{names[i], slot, t}
		after.add(columns[i])
	}
	for i, item := range items {
		if grouping && containsAggregate(item.Expr) {
			continue
		}
		var f evalFn
		var t Type
		for slot := range c.tracked(now, func() { f, t = c.expr(item.Expr, env{scope: now, where: verb}) }) {
			keyReads[slot] = true
		}
		slot := c.slot()
		add(i, t, slot)
		if grouping {
			whole = whole || c.identifies(item.Expr, now, run, label)
			keys = append(keys, newCell(f, slot, item.Expr, now))
			for name := range variables(item.Expr) {
				grouped[name] = true
			}
		} else {
			cells = append(cells, newCell(f, slot, item.Expr, now))
		}
		subst = append(subst, substitute{text: cypher.PrintExpr(item.Expr), slot: slot, t: t, free: simple(item.Expr)})
	}
	keyed := len(subst)
	early := map[int]bool{} // columns that aggregates' columns or the order read
	read := func(compile func()) { maps.Copy(early, c.tracked(after, compile)) }
	for i, item := range items {
		if !grouping || !containsAggregate(item.Expr) {
			continue
		}
		var f evalFn
		var t Type
		read(func() {
			f, t = c.expr(item.Expr, env{scope: newScope(nil), aggs: aggs, subst: free(subst[:keyed]), strict: true, hidden: now, where: verb})
		})
		slot := c.slot()
		add(i, t, slot)
		cells = append(cells, cell{f, slot, -1})
		subst = append(subst, substitute{text: cypher.PrintExpr(item.Expr), slot: slot, t: t, free: true})
	}
	// The scope lists columns as they are written.
	after.names = names

	// What follows the projection sees its columns, and where rows are still those from before, their variables too.
	tail := env{scope: after, where: verb}
	if grouping || x.Distinct {
		tail.hidden = now
		tail.subst = subst
	} else {
		both := newScope(now)
		for _, v := range columns {
			both.add(v)
		}
		tail.scope = both
	}
	var sorts []evalFn
	var desc []bool
	for _, s := range x.Order {
		e := tail
		e.where = "ORDER BY"
		if grouping {
			e.aggs = &aggregation{scope: now, after: true}
			e.hidden = now
			if containsAggregate(s.Expr) {
				e.subst = free(subst)
				e.strict, e.hidden = true, only(now, grouped)
				if !allGrouped(variables(s.Expr), now, after, grouped) {
					e.strict, e.hidden = false, now
				}
			}
		}
		var f evalFn
		read(func() { f, _ = c.expr(s.Expr, e) })
		if e.aggs != nil {
			aggs.items = append(aggs.items, e.aggs.items...)
		}
		sorts, desc = append(sorts, f), append(desc, s.Desc)
	}

	for _, item := range items {
		if _, isVar := item.Expr.(*cypher.Var); !x.Return && !isVar && item.Alias == nil {
			fail("SyntaxError", "NoExpressionAlias", item.Expr.At(), "add AS and a name", "a column of WITH needs a name")
		}
	}

	est := op.node().Est
	if grouping {
		est = max(1, est/4)
		if len(keys) == 0 {
			est = 1
		}
		detail := ""
		for i, item := range items {
			if !containsAggregate(item.Expr) {
				detail += ", " + names[i]
			}
		}
		for slot := range keyReads {
			if slot != run {
				run = -1
			}
		}
		if c.random > random || len(keys) == 0 {
			run = -1
		}
		g := &groupRows{base: newBase(op, "Group", strings.TrimPrefix(detail, ", "), est), aggs: aggs.items, run: run, whole: whole && run >= 0, weights: -1}
		if g.whole {
			cells = append(keys, cells...)
		} else {
			g.keys, g.keySlots = unzip(keys)
		}
		op = g
		if c.random == random {
			op = g.counted(c, keyReads)
		}
	}
	skip, most := c.bound(x.Skip, "SKIP"), c.bound(x.Limit, "LIMIT")
	var late []cell // properties that only the rows that are left in the end need
	if len(sorts) > 0 && most != nil && !x.Distinct {
		cells, late = split(cells, func(l cell) bool { return l.of < 0 || early[l.slot] })
	}
	op = compute(op, cells, columns)
	if x.Distinct {
		est = max(1, est/2)
		op = &distinct{base: newBase(op, "Distinct", "", est), slots: slotsOf(columns)}
	}
	if n, ok := x.Limit.(*cypher.Int); ok {
		est = min(est, float64(n.Value))
	}
	if len(sorts) > 0 {
		keep := slotsOf(columns)
		for _, l := range late {
			keep[slices.Index(keep, l.slot)] = l.of
		}
		if x.Where != nil {
			for s := tail.scope; s != nil && s != outer; s = s.parent {
				for _, v := range s.vars {
					keep = append(keep, v.slot)
				}
			}
		}
		name, detail := "Sort", ""
		if most != nil {
			name = "Top"
		}
		for i, s := range x.Order {
			detail += ", " + cypher.PrintExpr(s.Expr)
			if desc[i] {
				detail += " DESC"
			}
		}
		op = &sortRows{base: newBase(op, name, strings.TrimPrefix(detail, ", "), est), keys: sorts, desc: desc, keep: unique(keep), skip: skip, most: most}
	}
	if skip != nil || most != nil {
		detail := ""
		if x.Skip != nil {
			detail = "skip " + cypher.PrintExpr(x.Skip) + " "
		}
		if x.Limit != nil {
			detail += cypher.PrintExpr(x.Limit)
		}
		op = &limit{base: newBase(op, "Limit", strings.TrimSpace(detail), est), skip: skip, most: most}
	}
	op = compute(op, late, columns)
	if x.Where != nil {
		tail.where = "WHERE"
		op = c.filter(op, x.Where, tail)
	}
	return op, after, columns
}

// cell is a column of a projection.
type cell struct {
	fn   evalFn
	slot int
	of   int // the slot of a node or a relationship, if it is a property of one; -1 otherwise
}

func newCell(fn evalFn, slot int, x cypher.Expr, now *scope) cell {
	l := cell{fn, slot, -1}
	if p, ok := x.(*cypher.Prop); ok && isVar(p.Expr) {
		if v := now.find(p.Expr.(*cypher.Var).Name); v.t.Kind == KindNode || v.t.Kind == KindRel {
			l.of = v.slot
		}
	}
	return l
}

func unzip(cells []cell) (fns []evalFn, slots []int) {
	for _, l := range cells {
		fns, slots = append(fns, l.fn), append(slots, l.slot)
	}
	return fns, slots
}

// split parts cells in two, each in order.
func split(all []cell, first func(cell) bool) (a, b []cell) {
	for _, l := range all {
		if first(l) {
			a = append(a, l)
		} else {
			b = append(b, l)
		}
	}
	return a, b
}

// compute puts some of a projection's columns into their slots.
func compute(in operator, cells []cell, columns []*variable) operator {
	if len(cells) == 0 {
		return in
	}
	fns, slots := unzip(cells)
	var names []string
	for _, v := range columns {
		if slices.Contains(slots, v.slot) {
			names = append(names, v.name)
		}
	}
	return &assign{newBase(in, "Project", strings.Join(names, ", "), in.node().Est), fns, slots}
}

func unique(all []int) []int {
	seen := map[int]bool{}
	var out []int
	for _, n := range all {
		if !seen[n] {
			seen[n] = true
			out = append(out, n)
		}
	}
	return out
}

// free are the substitutes that may stand beside an aggregate.
func free(all []substitute) []substitute {
	var out []substitute
	for _, s := range all {
		if s.free {
			out = append(out, s)
		}
	}
	return out
}

// only is a scope with some of the variables of another.
func only(s *scope, names map[string]bool) *scope {
	out := newScope(nil)
	for name := range names {
		if v := s.find(name); v != nil {
			out.add(v)
		}
	}
	return out
}

// allGrouped reports whether every variable that was hidden is part of what rows are grouped by.
func allGrouped(used map[string]bool, before, after *scope, grouped map[string]bool) bool {
	for name := range used {
		if after.vars[name] == nil && before.find(name) != nil && !grouped[name] {
			return false
		}
	}
	return true
}

// bound compiles the number of SKIP or LIMIT.
func (c *compiler) bound(x cypher.Expr, what string) evalFn {
	if x == nil {
		return nil
	}
	switch n := x.(type) {
	case *cypher.Int:
		if n.Value < 0 {
			syntax("NegativeIntegerArgument", n.Pos, "%s wants a number of rows, and %d is negative", what, n.Value)
		}
	case *cypher.Float, *cypher.String, *cypher.Bool, *cypher.Null, *cypher.ListLit, *cypher.MapLit:
		syntax("InvalidArgumentType", x.At(), "%s wants an integer", what)
	}
	constant := true
	walk(x, func(e cypher.Expr) bool {
		switch e.(type) {
		case *cypher.Var, *cypher.PatternComp, *cypher.PatternExpr, *cypher.Subquery, *cypher.MapProj:
			constant = false
		}
		return constant
	})
	if !constant {
		syntax("NonConstantExpression", x.At(), "%s cannot depend on the rows", what)
	}
	f, _ := c.expr(x, env{scope: newScope(nil), where: what})
	return func(r *exec) (Value, error) {
		v, err := f(r)
		if err != nil {
			return Null, err
		}
		if v.kind != KindInt {
			return Null, runtime("SyntaxError", "InvalidArgumentType", x.At(), "%s wants an integer, not %s", what, v.kind)
		}
		if v.n < 0 {
			return Null, runtime("SyntaxError", "NegativeIntegerArgument", x.At(), "%s wants a number of rows, and %d is negative", what, v.n)
		}
		return v, nil
	}
}

// filter compiles a condition over rows.
func (c *compiler) filter(in operator, x cypher.Expr, e env) operator {
	e.pattern = true
	if e.where == "" {
		e.where = "WHERE"
	}
	f, t := c.expr(x, e)
	if !t.fits(KindBool) {
		syntax("InvalidArgumentType", x.At(), "WHERE wants a condition, and %s is none", t)
	}
	return &filter{newBase(in, "Filter", cypher.PrintExpr(x), in.node().Est/2), f, x.At()}
}

func (c *compiler) procedure(in operator, now *scope, x *cypher.Call, standalone bool) (operator, []*variable) {
	p := c.procs[x.Name]
	if p == nil {
		var known []string
		for name := range c.procs {
			known = append(known, name)
			if strings.EqualFold(name, x.Name) {
				p = c.procs[name]
			}
		}
		if p == nil {
			fail("ProcedureError", "ProcedureNotFound", x.Pos, cypher.DidYouMean(x.Name, slices.Sorted(slices.Values(known))), "there is no procedure %s", x.Name)
		}
	}
	o := &call{base: newBase(in, "Call", p.Name, in.node().Est*10), proc: p, at: x.Pos, void: len(p.Yield) == 0}
	e := env{scope: now, where: "the arguments of CALL"}
	if x.Implicit {
		if !standalone {
			syntax("InvalidArgumentPassingMode", x.Pos, "within a query, the arguments of %s stand in parentheses", p.Name)
		}
		for _, a := range p.Args {
			f, _ := c.expr(&cypher.Param{Pos: x.Pos, Name: a.Name}, e)
			o.args = append(o.args, f)
		}
	} else {
		if n := len(x.Args); n > len(p.Args) || n < len(p.Args)-p.Optional {
			syntax("InvalidNumberOfArguments", x.Pos, "%s wants %d arguments, and has %d", signature(p), len(p.Args), n)
		}
		for i, arg := range x.Args {
			f, t := c.expr(arg, e)
			if want := p.Args[i].Type; want.known() && !t.fits(want.Kind) && !(want.Kind == KindFloat && t.Kind == KindInt) {
				syntax("InvalidArgumentType", arg.At(), "%s of %s is %s, and not %s", p.Args[i].Name, p.Name, want, t)
			}
			o.args = append(o.args, f)
		}
	}
	yields := x.Yield
	switch {
	case x.YieldAll && !standalone:
		syntax("UnexpectedSyntax", x.Pos, "YIELD * cannot stand within a query: name the columns")
	case !x.Yields && standalone || x.YieldAll:
		for _, y := range p.Yield {
			yields = append(yields, cypher.Yield{Field: cypher.Name{Pos: x.Pos, Text: y.Name}})
		}
	}
	var columns []*variable
	for _, y := range yields {
		field := -1
		var known []string
		for i, have := range p.Yield {
			known = append(known, have.Name)
			if have.Name == y.Field.Text {
				field = i
			}
		}
		if field < 0 {
			fail("SyntaxError", "UndefinedVariable", y.Field.Pos, cypher.DidYouMean(y.Field.Text, known), "%s yields no %s", signature(p), y.Field.Text)
		}
		name := y.Field
		if y.Alias != nil {
			name = *y.Alias
		}
		if now.find(name.Text) != nil {
			fail("SyntaxError", "VariableAlreadyBound", name.Pos, "rename it with AS", "variable %s is already defined", name.Text)
		}
		v := &variable{name.Text, c.slot(), p.Yield[field].Type}
		now.add(v)
		columns = append(columns, v)
		o.fields, o.slots = append(o.fields, field), append(o.slots, v.slot)
	}
	var op operator = o
	if x.Where != nil {
		op = c.filter(op, x.Where, env{scope: now})
	}
	return op, columns
}

// signature is a procedure as its callers see it.
func signature(p *Procedure) string {
	list := func(all []Param) string {
		names := make([]string, len(all))
		for i, a := range all {
			names[i] = a.Name
		}
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s(%s)", p.Name, list(p.Args))
}

// coerce makes a value fit a type, or says why it does not.
func coerce(v Value, t Type) (Value, error) {
	switch {
	case v.IsNull() || !t.known() || v.kind == t.Kind || t.Kind == kindNumber && v.number():
		return v, nil
	case t.Kind == KindFloat && v.kind == KindInt:
		return OfFloat(v.Float()), nil
	}
	return v, fmt.Errorf("is %s, and not %s", t, v.kind)
}
