package engine

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/tupu-kg/tupu/query/cypher"
)

// matcher plans one MATCH: it knows the elements of the pattern and the conditions, and puts them into an order in which as
// few rows as possible arise.
type matcher struct {
	c      *compiler
	scope  *scope
	fresh  map[string]bool // variables that this MATCH declares
	groups string          // the variable that the rows are grouped by afterwards
	closed bool            // none may be declared: the pattern is a predicate
	nodes  []*matchNode
	bySlot map[int]*matchNode
	rels   []*matchRel
	paths  []*matchPath
	conds  []*condition
	bound  map[int]bool
	before map[int]bool // slots bound before this MATCH
	made   []int        // slots that this MATCH binds
}

type matchNode struct {
	slot   int
	name   string
	labels []string // all of which it has
}

type matchRel struct {
	slot     int
	name     string
	from, to *matchNode
	dir      Direction
	types    []string
	rng      *cypher.Range
	each     []evalFn // conditions on each relationship of a variable length, which edge holds
	edge     int
	shortest cypher.Shortest
	path     int // slot of a shortest path
	bound    bool
	pos      cypher.Pos
	done     bool
}

// matchPath is a named path that is put together once its elements are there.
type matchPath struct {
	slot  int
	nodes []int
	rels  []*matchRel
	done  bool
}

// condition is one that rows must fulfil, checked as soon as what it reads is there.
type condition struct {
	fn    evalFn
	reads map[int]bool
	sel   float64 // share of rows that fulfil it, guessed
	text  string
	pos   cypher.Pos
	done  bool
	// An equality with a property of a node can be looked up; one between two nodes can be joined.
	node        int
	key         string
	value       evalFn
	valueReads  map[int]bool
	label       string            // the one label that it asks for
	labelled    func(NodeID) bool // whether a node has it, if the Source tells it from the number
	ranged      string            // the operator of a comparison with a property, which node, key and value describe
	left, right evalFn
	leftReads   map[int]bool
	rightReads  map[int]bool
}

// match plans MATCH and OPTIONAL MATCH.
func (c *compiler) match(in operator, now *scope, x *cypher.Match, groups string) operator {
	m := c.newMatcher(now)
	m.groups = groups
	if !x.Optional {
		return m.plan(in, x.Pattern, x.Where)
	}
	inner := m.plan(newLeaf(), x.Pattern, x.Where)
	return newOptional(in, inner, m.made)
}

func (c *compiler) newMatcher(now *scope) *matcher {
	m := &matcher{c: c, scope: now, fresh: map[string]bool{}, bySlot: map[int]*matchNode{}, bound: map[int]bool{}, before: map[int]bool{}}
	for s := now; s != nil; s = s.parent {
		for _, v := range s.vars {
			m.bound[v.slot], m.before[v.slot] = true, true
		}
	}
	return m
}

func (m *matcher) plan(in operator, pattern []*cypher.Path, where cypher.Expr) operator {
	var later []func()
	for _, p := range pattern {
		m.path(p, &later)
	}
	for _, f := range later {
		f()
	}
	m.where(where)
	return m.order(in)
}

// where splits a condition at its ANDs.
func (m *matcher) where(x cypher.Expr) {
	if x == nil {
		return
	}
	if b, ok := x.(*cypher.Binary); ok && b.Op == "AND" {
		m.where(b.Left)
		m.where(b.Right)
		return
	}
	e := env{scope: m.scope, pattern: true, where: "WHERE"}
	cond := &condition{pos: x.At(), text: cypher.PrintExpr(x), sel: 0.5}
	var t Type
	cond.reads = m.c.tracked(m.scope, func() { cond.fn, t = m.c.expr(x, e) })
	if !t.fits(KindBool) {
		syntax("InvalidArgumentType", x.At(), "WHERE wants a condition, and %s is none", t)
	}
	if l, ok := x.(*cypher.HasLabels); ok && !l.Any {
		if v, ok := l.Expr.(*cypher.Var); ok {
			if n := m.bySlot[m.scope.find(v.Name).slot]; n != nil {
				n.labels = append(n.labels, names(l.Labels)...)
				m.asksLabel(cond, n.slot, names(l.Labels))
			}
		}
	}
	if cmp, ok := x.(*cypher.Compare); ok && len(cmp.Ops) == 1 {
		cond.sel = 0.3
		if turned, ok := turn[cmp.Ops[0]]; ok {
			if _, ok := m.c.src.(RangeSource); ok {
				m.ranged(cond, cmp.Exprs[0], cmp.Exprs[1], cmp.Ops[0])
				m.ranged(cond, cmp.Exprs[1], cmp.Exprs[0], turned)
			}
		}
		if cmp.Ops[0] == "=" {
			cond.sel = 0.1
			cond.leftReads = m.c.tracked(m.scope, func() { cond.left, _ = m.c.expr(cmp.Exprs[0], e.inner()) })
			cond.rightReads = m.c.tracked(m.scope, func() { cond.right, _ = m.c.expr(cmp.Exprs[1], e.inner()) })
			m.lookup(cond, cmp.Exprs[0], cond.right, cond.rightReads)
			m.lookup(cond, cmp.Exprs[1], cond.left, cond.leftReads)
		}
	}
	m.conds = append(m.conds, cond)
}

// asksLabel notes that a condition is no more than one label of a node.
func (m *matcher) asksLabel(cond *condition, slot int, labels []string) {
	if len(labels) != 1 {
		return
	}
	cond.node, cond.label = slot, labels[0]
	if s, ok := m.c.src.(LabelSource); ok {
		cond.labelled = s.LabelTest(cond.label)
	}
}

// turn is a comparison read from its other side.
var turn = map[string]string{"<": ">", "<=": ">=", ">": "<", ">=": "<="}

// ranged notes that a comparison with a fixed number can be answered by an index.
func (m *matcher) ranged(cond *condition, x, bound cypher.Expr, op string) {
	switch bound.(type) {
	case *cypher.Int, *cypher.Float, *cypher.Param:
	default:
		return
	}
	m.lookup(cond, x, nil, nil)
	if cond.key != "" {
		cond.ranged = op
		cond.value, _ = m.c.expr(bound, env{scope: m.scope, where: "WHERE"})
	}
}

// lookup notes that an equality can be answered by an index.
func (m *matcher) lookup(cond *condition, x cypher.Expr, value evalFn, reads map[int]bool) {
	p, ok := x.(*cypher.Prop)
	if !ok {
		return
	}
	v, ok := p.Expr.(*cypher.Var)
	if !ok {
		return
	}
	if n := m.bySlot[m.scope.find(v.Name).slot]; n != nil && !reads[n.slot] {
		cond.node, cond.key, cond.value, cond.valueReads = n.slot, p.Key, value, reads
	}
}

func (m *matcher) path(p *cypher.Path, later *[]func()) {
	mp := &matchPath{slot: -1}
	var last *matchNode
	for i, np := range p.Nodes {
		var r *matchRel
		if i > 0 {
			r = m.rel(p.Rels[i-1], later)
		}
		n := m.node(np, later)
		if r != nil {
			r.from, r.to = last, n
			r.shortest = p.Shortest
			m.rels = append(m.rels, r)
			mp.rels = append(mp.rels, r)
		}
		mp.nodes = append(mp.nodes, n.slot)
		last = n
	}
	if p.Var != nil {
		if m.scope.find(p.Var.Text) != nil {
			syntax("VariableAlreadyBound", p.Var.Pos, "variable %s is already defined", p.Var.Text)
		}
		mp.slot = m.declare(p.Var.Text, Path)
		if p.Shortest != cypher.NotShortest {
			mp.rels[0].path = mp.slot
		} else {
			m.paths = append(m.paths, mp)
		}
	}
}

func (m *matcher) declare(name string, t Type) int {
	v := &variable{name, m.c.slot(), t}
	m.scope.add(v)
	m.fresh[name] = true
	m.made = append(m.made, v.slot)
	return v.slot
}

func (m *matcher) anonymous() int {
	s := m.c.slot()
	m.made = append(m.made, s)
	return s
}

func (m *matcher) undefined(n *cypher.Name) {
	if m.closed {
		var near []string
		for s := m.scope; s != nil; s = s.parent {
			near = append(near, s.names...)
		}
		fail("SyntaxError", "UndefinedVariable", n.Pos, cypher.DidYouMean(n.Text, near), "variable %s is not defined, and a pattern that is a condition defines none", n.Text)
	}
}

func (m *matcher) node(p *cypher.NodePattern, later *[]func()) *matchNode {
	var slot int
	name := ""
	if p.Var == nil {
		slot = m.anonymous()
	} else {
		name = p.Var.Text
		if v := m.scope.find(name); v != nil {
			if !v.t.fits(KindNode) {
				syntax("VariableTypeConflict", p.Var.Pos, "%s is %s, and cannot be a node", name, v.t)
			}
			slot = v.slot
			m.c.read(slot)
		} else {
			m.undefined(p.Var)
			slot = m.declare(name, Node)
		}
	}
	n := m.bySlot[slot]
	if n == nil {
		n = &matchNode{slot: slot, name: name}
		m.bySlot[slot] = n
		m.nodes = append(m.nodes, n)
	}
	if len(p.Labels) > 0 {
		want := names(p.Labels)
		if !p.Any {
			n.labels = append(n.labels, want...)
		}
		test := labelTest(want, p.Any)
		sel := 1.0
		if total := m.c.stats.Nodes; total > 0 {
			sel = max(m.c.labelCount(want, p.Any)/total, 1e-9)
		}
		text := name + ":" + strings.Join(want, map[bool]string{true: "|", false: ":"}[p.Any])
		cond := &condition{reads: map[int]bool{slot: true}, sel: sel, text: text, pos: p.Pos}
		m.asksLabel(cond, slot, want)
		cond.fn = func(x *exec) (Value, error) {
			v := x.row[slot]
			if v.kind != KindNode {
				return Null, nil
			}
			if cond.labelled != nil {
				return OfBool(cond.labelled(v.Node())), nil
			}
			have, err := x.src.Labels(v.Node())
			return OfBool(test(have)), err
		}
		m.conds = append(m.conds, cond)
	}
	m.props(p.Props, slot, name, later, func(cond *condition) {
		cond.node = slot
		m.conds = append(m.conds, cond)
	})
	if p.Where != nil {
		*later = append(*later, func() { m.where(p.Where) })
	}
	return n
}

// props makes a condition of each property that a pattern asks for, once all variables are declared.
func (m *matcher) props(x cypher.Expr, slot int, name string, later *[]func(), add func(*condition)) {
	switch x := x.(type) {
	case *cypher.Param:
		fail("SyntaxError", "InvalidParameterUse", x.Pos, "write its properties out: {name: $"+x.Name+".name}", "a pattern cannot take all its properties from a parameter")
	case *cypher.MapLit:
		for i, key := range x.Keys {
			*later = append(*later, func() {
				cond := &condition{pos: key.Pos, key: key.Text, sel: 0.1, text: name + "." + key.Text + " = " + cypher.PrintExpr(x.Values[i])}
				cond.valueReads = m.c.tracked(m.scope, func() {
					cond.value, _ = m.c.expr(x.Values[i], env{scope: m.scope, where: "a pattern"})
				})
				cond.reads = map[int]bool{slot: true}
				for s := range cond.valueReads {
					cond.reads[s] = true
				}
				value := cond.value
				cond.fn = func(r *exec) (Value, error) {
					have, err := getProperty(r, r.row[slot], key.Text, key.Pos)
					if err != nil {
						return Null, err
					}
					want, err := value(r)
					return equal(have, want).value(), err
				}
				if cond.valueReads[slot] {
					cond.value = nil
				}
				add(cond)
			})
		}
	}
}

func (m *matcher) rel(p *cypher.RelPattern, later *[]func()) *matchRel {
	r := &matchRel{types: distinctNames(p.Types), dir: [...]Direction{Both, Out, In}[p.Dir], rng: p.Range, pos: p.Pos, path: -1, edge: -1}
	t := Rel
	if p.Range != nil {
		t = listOf(Rel)
	}
	if p.Var == nil {
		r.slot = m.anonymous()
	} else {
		r.name = p.Var.Text
		if v := m.scope.find(r.name); v != nil {
			if m.fresh[r.name] && v.t.Kind == t.Kind {
				syntax("RelationshipUniquenessViolation", p.Var.Pos, "%s cannot stand twice in one MATCH: no relationship is used twice", r.name)
			}
			if !v.t.fits(t.Kind) || t.Kind == KindList && !v.t.elem().fits(KindRel) {
				syntax("VariableTypeConflict", p.Var.Pos, "%s is %s, and cannot be a relationship", r.name, v.t)
			}
			r.slot, r.bound = v.slot, true
			m.c.read(v.slot)
		} else {
			m.undefined(p.Var)
			r.slot = m.declare(r.name, t)
		}
	}
	if p.Range == nil {
		m.props(p.Props, r.slot, r.name, later, func(cond *condition) {
			cond.value = nil // there is no index of relationships
			m.conds = append(m.conds, cond)
		})
	} else if p.Props != nil {
		r.edge = m.c.slot()
		m.props(p.Props, r.edge, r.name, later, func(cond *condition) { r.each = append(r.each, cond.fn) })
	}
	if p.Where != nil {
		*later = append(*later, func() { m.where(p.Where) })
	}
	return r
}

func (c *compiler) labelCount(labels []string, some bool) float64 {
	out := math.Inf(1)
	if some {
		out = 0
	}
	for _, l := range labels {
		n := c.stats.Labels[l]
		if c.stats.Labels == nil {
			n = c.stats.Nodes / 4
		}
		if some {
			out += n
		} else {
			out = min(out, n)
		}
	}
	if math.IsInf(out, 1) {
		return c.stats.Nodes
	}
	return out
}

// degree estimates the hops of a node over types in a direction.
func (m *matcher) degree(r *matchRel) float64 {
	s := m.c.stats
	rels := s.Rels
	if len(r.types) > 0 && s.Types != nil {
		rels = 0
		for _, t := range r.types {
			rels += s.Types[t]
		}
	}
	d := rels / max(s.Nodes, 1)
	if r.dir == Both {
		d *= 2
	}
	if r.rng != nil {
		steps := 3.0
		if r.rng.Max != nil {
			steps = min(float64(*r.rng.Max), 6)
		}
		d = math.Pow(max(d, 1.1), steps)
	}
	return max(d, 1e-6)
}

// ready reports whether all slots that are read are bound.
func (m *matcher) ready(reads map[int]bool) bool {
	for s := range reads {
		if !m.bound[s] {
			return false
		}
	}
	return true
}

// settle checks the conditions and builds the paths whose parts are there.
func (m *matcher) settle(op operator) operator {
	for again := true; again; {
		again = false
		for _, p := range m.paths {
			if p.done || !m.pathReady(p) {
				continue
			}
			p.done, again = true, true
			m.bound[p.slot] = true
			op = &assign{newBase(op, "Path", "", op.node().Est), []evalFn{p.build}, []int{p.slot}}
		}
		for _, cond := range m.conds {
			if cond.done || !m.ready(cond.reads) {
				continue
			}
			cond.done, again = true, true
			op = &filter{newBase(op, "Filter", cond.text, op.node().Est*cond.sel), cond.fn, cond.pos}
		}
	}
	return op
}

func (m *matcher) pathReady(p *matchPath) bool {
	for _, n := range p.nodes {
		if !m.bound[n] {
			return false
		}
	}
	for _, r := range p.rels {
		if !r.done {
			return false
		}
	}
	return true
}

// build puts a path together.
func (p *matchPath) build(x *exec) (Value, error) {
	first := x.row[p.nodes[0]]
	if first.kind != KindNode {
		return Null, nil
	}
	path := &PathValue{Nodes: []NodeID{first.Node()}}
	at := first.Node()
	for i, r := range p.rels {
		rels := []Value{x.row[r.slot]}
		if r.rng != nil {
			rels = x.row[r.slot].List()
		}
		for _, v := range rels {
			if v.kind != KindRel {
				return Null, nil
			}
			info, err := x.src.Rel(v.Rel())
			if err != nil {
				return Null, err
			}
			if info.From.Is(at) {
				at = info.To
			} else {
				at = info.From
			}
			path.Rels, path.Nodes = append(path.Rels, v.Rel()), append(path.Nodes, at)
		}
		if end := x.row[p.nodes[i+1]]; end.kind == KindNode {
			at = end.Node()
		}
	}
	return OfPath(path), nil
}

// order plans the whole: what costs least is next.
func (m *matcher) order(in operator) operator {
	op := m.settle(in)
	for {
		if best := m.nextRel(); best != nil {
			op = m.settle(m.follow(op, best))
			continue
		}
		n := m.nextNode()
		if n == nil {
			return op
		}
		op = m.settle(m.start(op, n, op != in || in.node().Est > 1))
	}
}

// nextRel is the cheapest relationship that hangs on something bound.
func (m *matcher) nextRel() *matchRel {
	var best *matchRel
	least := math.Inf(1)
	for _, r := range m.rels {
		if r.done {
			continue
		}
		from, to := m.bound[r.from.slot], m.bound[r.to.slot]
		cost := math.Inf(1)
		switch {
		case r.bound && (r.rng == nil || from || to):
			cost = 0.01
		case r.shortest != cypher.NotShortest:
			if from && to {
				cost = 1
			}
		case from && to:
			cost = m.degree(r) / max(m.c.stats.Nodes, 1)
			if r.rng != nil {
				cost = m.degree(r)
			}
		case from:
			cost = m.degree(r) * m.share(r.to)
			if r.rng != nil {
				cost = m.degree(r)
			}
		case to:
			cost = m.degree(r) * m.share(r.from)
			if r.rng != nil {
				cost = m.degree(r)
			}
		}
		if cost < least {
			best, least = r, cost
		}
	}
	return best
}

// share is the part of all nodes that a pattern lets through.
func (m *matcher) share(n *matchNode) float64 {
	share := 1.0
	if m.c.stats.Nodes > 0 && len(n.labels) > 0 {
		share = m.c.labelCount(n.labels, false) / m.c.stats.Nodes
	}
	for _, cond := range m.conds {
		if !cond.done && cond.value != nil && cond.node == n.slot {
			share *= cond.sel
		}
	}
	return max(share, 1e-9)
}

// nextNode is the node from which the rest is best begun.
func (m *matcher) nextNode() *matchNode {
	var best *matchNode
	least := math.Inf(1)
	for _, n := range m.nodes {
		if m.bound[n.slot] {
			continue
		}
		_, cost := m.access(n)
		if cost < least {
			best, least = n, cost
		}
	}
	if best != nil && m.groups != "" && m.whole() {
		for _, n := range m.nodes {
			if n.name == m.groups && !m.bound[n.slot] {
				return n // so that the rows of a group come together
			}
		}
	}
	return best
}

// whole reports whether all relationships of a type are followed from whatever end the pattern is begun: it is one relationship, of
// which only labels are asked for.
func (m *matcher) whole() bool {
	if len(m.rels) != 1 || len(m.nodes) != 2 || len(m.before) > 0 {
		return false
	}
	r := m.rels[0]
	if r.rng != nil || r.bound || r.shortest != cypher.NotShortest {
		return false
	}
	for _, cond := range m.conds {
		if cond.label == "" {
			return false
		}
	}
	return true
}

// access is how a node is found: by an index, if a condition allows, and how many there will be.
func (m *matcher) access(n *matchNode) (*condition, float64) {
	count := m.c.stats.Nodes
	if len(n.labels) > 0 {
		count = m.c.labelCount(n.labels, false)
	}
	for _, cond := range m.conds {
		if !cond.done && cond.ranged == "" && cond.value != nil && cond.node == n.slot && m.c.stats.Indexed[cond.key] && m.ready(cond.valueReads) {
			return cond, 1
		}
	}
	for _, cond := range m.conds {
		if !cond.done && cond.ranged != "" && cond.node == n.slot {
			return cond, max(count*cond.sel, 1)
		}
	}
	for _, cond := range m.conds {
		if !cond.done && len(cond.reads) == 1 && cond.reads[n.slot] && cond.sel < 0.5 {
			count *= 0.9 // what can be filtered early is a little better than what cannot
		}
	}
	return nil, max(count, 1)
}

// start finds a node of a part of the pattern that hangs on nothing bound.
func (m *matcher) start(in operator, n *matchNode, product bool) operator {
	label := ""
	for _, l := range n.labels {
		if label == "" || m.c.labelCount([]string{l}, false) < m.c.labelCount([]string{label}, false) {
			label = l
		}
	}
	text := "(" + n.name
	if label != "" {
		text += ":" + label
	}
	text += ")"
	cond, est := m.access(n)
	for _, l := range m.conds { // what is found under a label has it
		if l.label != "" && l.label == label && l.node == n.slot {
			l.done = true
		}
	}
	if cond != nil {
		m.bind(n.slot)
		if cond.ranged != "" {
			cond.done = true
			return &rangeSeek{base: newBase(in, "IndexRange", text+" "+cond.text, in.node().Est*est), slot: n.slot, label: label, key: cond.key, op: cond.ranged, value: cond.value, cond: cond.fn}
		}
		return &seek{base: newBase(in, "IndexSeek", text+" "+cond.text, in.node().Est*est), slot: n.slot, label: label, key: cond.key, value: cond.value}
	}
	if product {
		if op := m.join(in, n, label, text, est); op != nil {
			return op
		}
	}
	m.bind(n.slot)
	name := "Scan"
	if product {
		name = "Scan for each row"
	}
	return &scan{base: newBase(in, name, text, in.node().Est*est), slot: n.slot, label: label}
}

func (m *matcher) bind(slot int) {
	m.bound[slot] = true
}

// join reads a node's candidates once and joins them by an equality, in place of a product.
func (m *matcher) join(in operator, n *matchNode, label, text string, est float64) operator {
	for _, cond := range m.conds {
		if cond.done || cond.left == nil {
			continue
		}
		left, right, leftReads, rightReads := cond.left, cond.right, cond.leftReads, cond.rightReads
		if leftReads[n.slot] {
			left, right, leftReads, rightReads = right, left, rightReads, leftReads
		}
		if len(rightReads) != 1 || !rightReads[n.slot] || len(leftReads) == 0 || !m.ready(leftReads) {
			continue
		}
		start := newLeaf()
		var inner operator = &scan{base: newBase(start, "Scan", text, est), slot: n.slot, label: label}
		for _, f := range m.conds {
			if !f.done && len(f.reads) == 1 && f.reads[n.slot] {
				f.done = true
				inner = &filter{newBase(inner, "Filter", f.text, inner.node().Est*f.sel), f.fn, f.pos}
			}
		}
		cond.done = true
		m.bind(n.slot)
		o := &hashJoin{base: newBase(in, "HashJoin", cond.text, max(in.node().Est, inner.node().Est)), inner: inner, left: left, right: right, slots: []int{n.slot}}
		o.info.In = append(o.info.In, inner.node())
		return o
	}
	return nil
}

// follow binds a relationship and the end of it that is not bound.
func (m *matcher) follow(in operator, r *matchRel) operator {
	r.done = true
	from, to, dir := r.from, r.to, r.dir
	fromSet, toSet := m.bound[from.slot], m.bound[to.slot]
	var unique []int
	for _, o := range m.rels {
		if o != r && (o.done && o.shortest == cypher.NotShortest || o.bound && m.bound[o.slot]) {
			unique = append(unique, o.slot)
		}
	}
	// The label of the end that a single relationship finds is checked where it is found.
	end := to
	if !fromSet && toSet {
		end = from
	}
	var label *condition
	if r.rng == nil && r.shortest == cypher.NotShortest && !r.bound && !m.bound[end.slot] && from != to {
		label = m.labelOf(end)
	}
	name := func(n *matchNode) string {
		if label != nil && n == end {
			return n.name + ":" + label.label
		}
		return n.name
	}
	arrow := func(a, b *matchNode, d Direction) string {
		t := ""
		if len(r.types) > 0 {
			t = ":" + strings.Join(r.types, "|")
		}
		l := ""
		if r.rng != nil {
			l = "*"
		}
		body := ""
		if r.name+t+l != "" {
			body = "[" + r.name + t + l + "]"
		}
		ends := [...][2]string{{"-", "-"}, {"-", "->"}, {"<-", "-"}}[d]
		return fmt.Sprintf("(%s)%s%s%s(%s)", name(a), ends[0], body, ends[1], name(b))
	}
	detail := arrow(from, to, dir)
	est := in.node().Est * m.degree(r)
	m.bind(from.slot)
	m.bind(to.slot)
	defer m.bind(r.slot)
	if r.bound {
		if r.rng == nil {
			return &boundRel{base: newBase(in, "BoundRelationship", detail, in.node().Est), rel: r.slot, from: from.slot, to: to.slot, fromSet: fromSet, toSet: toSet || from == to && fromSet, dir: dir, types: r.types, unique: unique, at: r.pos}
		}
		return &boundRels{base: newBase(in, "BoundRelationships", detail, in.node().Est), rels: r.slot, from: from.slot, to: to.slot, fromSet: fromSet, toSet: toSet, dir: dir, types: r.types, rng: r.rng, unique: unique, at: r.pos}
	}
	if r.shortest != cypher.NotShortest {
		if r.path >= 0 {
			m.bind(r.path)
		}
		lo, hi := lengths(r.rng)
		return &shortest{
			base: newBase(in, "ShortestPath", detail, in.node().Est), from: from.slot, to: to.slot, rels: r.slot, path: r.path, dir: dir, types: r.types,
			min: lo, max: hi, all: r.shortest == cypher.AllShortestPaths, each: r.each, edge: r.edge, single: r.rng == nil,
		}
	}
	back := false
	if !fromSet && toSet {
		from, to, back = to, from, true
		dir = [...]Direction{Both, In, Out}[dir]
		fromSet, toSet = true, false
	}
	into := toSet || from == to
	step := "Expand"
	if into {
		step = "ExpandInto"
		est = in.node().Est * min(1, m.degree(r)/max(m.c.stats.Nodes, 1)+0.1)
	}
	if r.rng == nil {
		e := &expand{base: newBase(in, step, detail, est), from: from.slot, to: to.slot, rel: r.slot, dir: dir, types: r.types, into: into, unique: unique}
		if label != nil {
			label.done = true
			e.label, e.labelled = label.label, label.labelled
			e.info.Est *= label.sel
		}
		return e
	}
	lo, hi := lengths(r.rng)
	return &walker{
		base: newBase(in, "Walk", detail, est), from: from.slot, to: to.slot, rels: r.slot, dir: dir, types: r.types, into: into, unique: unique,
		min: lo, max: hi, back: back, each: r.each, edge: r.edge,
	}
}

// labelOf is a condition that asks for a label of a node, and can be checked by the node's number.
func (m *matcher) labelOf(n *matchNode) *condition {
	for _, cond := range m.conds {
		if !cond.done && cond.labelled != nil && cond.node == n.slot {
			return cond
		}
	}
	return nil
}

// lengths are the bounds of a variable length.
func lengths(r *cypher.Range) (lo, hi int) {
	lo, hi = 1, math.MaxInt32
	if r == nil {
		return 1, 1
	}
	if r.Min != nil {
		lo = int(min(*r.Min, math.MaxInt32))
	}
	if r.Max != nil {
		hi = int(min(*r.Max, math.MaxInt32))
	}
	return lo, hi
}

// distinctNames are names without repeats.
func distinctNames(all []cypher.Name) []string {
	var out []string
	for _, n := range all {
		if !slices.Contains(out, n.Text) {
			out = append(out, n.Text)
		}
	}
	return out
}
