package engine

import (
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/tupu-kg/tupu/query/cypher"
)

// accumulator gathers the values of one group.
type accumulator interface {
	add(x *exec, args []Value, at cypher.Pos) error
	result(x *exec) (Value, error)
}

// aggregates makes accumulators, by name in lower case. Counts need none.
var aggregates = map[string]struct {
	args   int
	result Type
	make   func() accumulator
}{
	"count":          {1, Integer, nil},
	"sum":            {1, Any, func() accumulator { return &summing{} }},
	"avg":            {1, Any, func() accumulator { return &averaging{} }},
	"min":            {1, Any, func() accumulator { return &extreme{sign: 1} }},
	"max":            {1, Any, func() accumulator { return &extreme{sign: -1} }},
	"collect":        {1, ListOf, func() accumulator { return &collecting{} }},
	"stdev":          {1, Float, func() accumulator { return &deviation{sample: 1} }},
	"stdevp":         {1, Float, func() accumulator { return &deviation{} }},
	"percentilecont": {2, Float, func() accumulator { return &percentile{cont: true} }},
	"percentiledisc": {2, Any, func() accumulator { return &percentile{} }},
}

type summing struct{ sum Value }

func (a *summing) add(_ *exec, args []Value, at cypher.Pos) error {
	v := args[0]
	if !v.number() && v.kind != KindDuration {
		return invalid("sum", v, at)
	}
	if a.sum.IsNull() {
		a.sum = v
		return nil
	}
	var err error
	a.sum, err = arithmetic('+', a.sum, v, at)
	return err
}

func (a *summing) result(*exec) (Value, error) {
	if a.sum.IsNull() {
		return OfInt(0), nil
	}
	return a.sum, nil
}

type averaging struct {
	summing
	n int64
}

func (a *averaging) add(x *exec, args []Value, at cypher.Pos) error {
	a.n++
	v := args[0]
	if v.kind == KindInt {
		v = OfFloat(v.Float())
	}
	return a.summing.add(x, []Value{v}, at)
}

func (a *averaging) result(*exec) (Value, error) {
	if a.n == 0 {
		return Null, nil
	}
	return arithmetic('/', a.sum, OfFloat(float64(a.n)), 0)
}

type extreme struct {
	best Value
	sign int
}

func (a *extreme) add(_ *exec, args []Value, _ cypher.Pos) error {
	if a.best.IsNull() || a.sign*order(args[0], a.best) < 0 {
		a.best = args[0]
	}
	return nil
}
func (a *extreme) result(*exec) (Value, error) { return a.best, nil }

type collecting struct{ all []Value }

func (a *collecting) add(x *exec, args []Value, _ cypher.Pos) error {
	a.all = append(a.all, args[0])
	return x.hold(args[0].size())
}
func (a *collecting) result(*exec) (Value, error) { return OfList(a.all), nil }

// deviation is Welford's running variance.
type deviation struct {
	n, mean, sum float64
	sample       float64
}

func (a *deviation) add(_ *exec, args []Value, at cypher.Pos) error {
	if !args[0].number() {
		return invalid("stDev", args[0], at)
	}
	f := args[0].Float()
	a.n++
	d := f - a.mean
	a.mean += d / a.n
	a.sum += d * (f - a.mean)
	return nil
}

func (a *deviation) result(*exec) (Value, error) {
	if a.n < 2 {
		return OfFloat(0), nil
	}
	return OfFloat(math.Sqrt(a.sum / (a.n - a.sample))), nil
}

type percentile struct {
	all  []Value
	p    float64
	cont bool
}

func (a *percentile) add(x *exec, args []Value, at cypher.Pos) error {
	if !args[0].number() || !args[1].number() {
		return invalid("percentile", args[0], at)
	}
	if a.p = args[1].Float(); !(a.p >= 0 && a.p <= 1) {
		return runtime("ArgumentError", "NumberOutOfRange", at, "a percentile is a number from 0 to 1, not %s", formatFloat(a.p))
	}
	a.all = append(a.all, args[0])
	return x.hold(32)
}

func (a *percentile) result(x *exec) (Value, error) {
	n := len(a.all)
	if n == 0 {
		return Null, nil
	}
	if err := sorted(x, a.all, order); err != nil {
		return Null, err
	}
	if !a.cont {
		return a.all[max(int(math.Ceil(a.p*float64(n)))-1, 0)], nil
	}
	at := a.p * float64(n-1)
	lo := int(at)
	hi := min(lo+1, n-1)
	f, g := a.all[lo].Float(), a.all[hi].Float()
	return OfFloat(f + (g-f)*(at-float64(lo))), nil
}

// aggregation is what a projection gathers.
type aggregation struct {
	scope *scope // of the rows that are gathered
	items []aggregate
	after bool // it is an ORDER BY that may add none but what needs no variable
}

type aggregate struct {
	name     string
	distinct bool
	star     bool
	args     []evalFn
	arg      int          // the slot of a variable that is the argument, -1 for anything else
	reads    map[int]bool // slots of the rows that the arguments read
	slot     int
	text     string
	at       cypher.Pos
}

// aggregate compiles a call of an aggregate: its value will be in a slot.
func (c *compiler) aggregate(x *cypher.FuncCall, name string, e env) (evalFn, Type) {
	if e.inAgg {
		syntax("NestedAggregation", x.Pos, "an aggregate cannot stand within another")
	}
	if e.aggs == nil {
		fail("SyntaxError", "InvalidAggregation", x.Pos, "compute it in a WITH first", "%s() cannot stand in %s", x.Name, e.where)
	}
	def := aggregates[name]
	if !x.Star && len(x.Args) != def.args {
		syntax("InvalidNumberOfArguments", x.Pos, "%s() wants %d arguments, and has %d", x.Name, def.args, len(x.Args))
	}
	inner := env{scope: e.aggs.scope, inAgg: true, where: e.where}
	if e.aggs.after && len(x.Args) > 0 {
		c.expr(x.Args[0], env{scope: e.scope, hidden: e.hidden, where: e.where, inAgg: true})
		syntax("InvalidAggregation", x.Pos, "%s() in ORDER BY must be a column of the projection", x.Name)
	}
	a := aggregate{name: name, distinct: x.Distinct, star: x.Star, arg: -1, reads: map[int]bool{}, slot: c.slot(), text: cypher.PrintExpr(x), at: x.Pos}
	result := def.result
	for i, arg := range x.Args {
		var f evalFn
		var t Type
		maps.Copy(a.reads, c.tracked(inner.scope, func() { f, t = c.expr(arg, inner) }))
		if v, ok := arg.(*cypher.Var); ok && i == 0 {
			a.arg = e.aggs.scope.find(v.Name).slot
		}
		if i == 0 && (name == "min" || name == "max") {
			result = t
		}
		if i == 0 && name == "collect" {
			result = listOf(t)
		}
		a.args = append(a.args, f)
	}
	e.aggs.items = append(e.aggs.items, a)
	return c.read(a.slot), result
}

// groupRows gathers rows into groups.
type groupRows struct {
	base
	keys     []evalFn
	keySlots []int
	aggs     []aggregate
	groups   *table
	byNode   []int32 // for a single key that is a node: its group and one, by the node's number
	last     int     // the group of the row before, -1 at first: neighbours are often alike
	states   []aggState
	args     [2]Value // of the aggregate that gathers
	at       int
	done     bool

	run     int   // a slot by which rows come in runs, each with another node, if the keys follow from it; -1 if there is none
	whole   bool  // the node is a key: each run is a group, and the keys are left to what comes after
	more    bool  // the first row of the next run is there
	ahead   Value // its node
	weights int   // a slot that says for how many rows a row stands, -1 if for one
}

// runSlot is the slot of a node of which no two stretches of an operator's rows have the same, -1 if there is none, and the label
// of such nodes.
func runSlot(op operator) (slot int, label string) {
	for {
		switch o := op.(type) {
		case *scan:
			if _, ok := o.in.(*leaf); ok {
				return o.slot, o.label
			}
			op = o.in
		case *rangeSeek:
			if _, ok := o.in.(*leaf); ok {
				return o.slot, o.label
			}
			op = o.in
		case *expand:
			op = o.in
		case *walker:
			op = o.in
		case *filter:
			op = o.in
		case *optional:
			op = o.in
		case *unwind:
			op = o.in
		default:
			return -1, ""
		}
	}
}

// identifies reports whether an expression is the node of a slot, or a property that only one node of the label has.
func (c *compiler) identifies(x cypher.Expr, now *scope, slot int, label string) bool {
	switch x := x.(type) {
	case *cypher.Var:
		return now.find(x.Name).slot == slot
	case *cypher.Prop:
		s, ok := c.src.(UniqueSource)
		return ok && s.Unique(label, x.Key) && isVar(x.Expr) && c.identifies(x.Expr, now, slot, label)
	}
	return false
}

func isVar(x cypher.Expr) bool {
	_, ok := x.(*cypher.Var)
	return ok
}

// counted is the grouping with the counting of hops in the place of an expansion of which the aggregates want no more than numbers.
// Where each row is a group of its own, nothing is left to gather: then it is the counting alone.
func (o *groupRows) counted(c *compiler, keyReads map[int]bool) operator {
	e := c.countable(o.in)
	if e == nil || keyReads[e.rel] || keyReads[e.to] {
		return o
	}
	single := o.whole && oneRow(e.in)
	alone, distinct := single, false
	var counts []hopCount
	var texts []string
	for i := range o.aggs {
		a := &o.aggs[i]
		switch {
		case a.name == "count" && (a.star || a.arg == e.rel || a.arg == e.to):
			counts = append(counts, hopCount{slot: a.slot, ends: a.distinct && a.arg == e.to})
			texts = append(texts, a.text)
			distinct = distinct || a.distinct
		case a.reads[e.rel] || a.reads[e.to] || a.name != "count" && a.name != "min" && a.name != "max" && !a.distinct:
			return o // it needs what the hops lead to, or as many values as there are hops
		default:
			alone = false
		}
	}
	if alone {
		d := c.counting(e, counts)
		d.info.Detail += " " + strings.Join(texts, ", ")
		return d
	}
	if distinct {
		return o
	}
	for i := range o.aggs {
		if a := &o.aggs[i]; a.arg == e.rel || a.arg == e.to {
			a.args = nil
		}
	}
	o.weights = c.slot()
	d := c.counting(e, []hopCount{{slot: o.weights}})
	o.in, o.info.In = d, []*PlanNode{d.info}
	return o
}

// oneRow reports whether an operator gives no more than one row for each node that runSlot tells of.
func oneRow(op operator) bool {
	for {
		switch o := op.(type) {
		case *scan:
			_, first := o.in.(*leaf)
			return first
		case *rangeSeek:
			_, first := o.in.(*leaf)
			return first
		case *filter:
			op = o.in
		default:
			return false
		}
	}
}

// aggState is what one aggregate has gathered, by group. Counts are kept flat.
type aggState struct {
	counts []int64
	all    []accumulator
	pairs  pairSet // of DISTINCT: group and small number seen together
	seen   *table  // of DISTINCT: group and any other value
	stamps []int32 // of DISTINCT in runs: the run in which a small number was seen last, by the number
	runs   int32
	// lasting is what stamps take, for the next runs too.
	lasting int64
}

func (o *groupRows) open(x *exec) error {
	o.more = false
	o.groups, o.byNode, o.last, o.at, o.done = newTableFor(o.info.Est), nil, -1, 0, false
	o.states = make([]aggState, len(o.aggs))
	return o.base.open(x)
}

func (o *groupRows) close(x *exec) {
	o.groups, o.byNode, o.states = nil, nil, nil
	o.base.close(x)
}

// maxDense bounds the numbers of nodes that are looked up in an array.
const maxDense = 1 << 27

// group finds the group of a key, or makes one.
func (o *groupRows) group(x *exec, key []Value) (int, error) {
	if o.last >= 0 && slices.EqualFunc(o.groups.entries[o.last].key, key, same) {
		return o.last, nil
	}
	dense := len(key) == 1 && key[0].kind == KindNode && key[0].n >= 0 && key[0].n < maxDense && key[0].held() == nil
	if dense {
		n := int(key[0].n)
		if n >= len(o.byNode) {
			grown := make([]int32, max(n+1, 2*len(o.byNode), 1024))
			if err := x.hold(int64(len(grown)-len(o.byNode)) * 4); err != nil {
				return 0, err
			}
			copy(grown, o.byNode)
			o.byNode = grown
		}
		if g := o.byNode[n]; g > 0 {
			o.last = int(g) - 1
			return o.last, nil
		}
		g, err := o.groups.add(x, key)
		if err != nil {
			return 0, err
		}
		o.byNode[n] = int32(g) + 1
		o.last = g
		return g, o.begin(x)
	}
	g, there, err := o.groups.find(x, key)
	if err != nil {
		return 0, err
	}
	o.last = g
	if there {
		return g, nil
	}
	return g, o.begin(x)
}

// begin makes what a new group gathers into.
func (o *groupRows) begin(x *exec) error {
	for i, a := range o.aggs {
		s := &o.states[i]
		if a.name == "count" {
			s.counts = append(s.counts, 0)
		} else {
			s.all = append(s.all, aggregates[a.name].make())
		}
	}
	return x.hold(int64(len(o.aggs)) * 32)
}

// same is a quick way to say that two values are one; it may say no where order says yes.
func same(a, b Value) bool {
	if a.kind != b.kind || a.n != b.n {
		return false
	}
	switch a.kind {
	case KindInt, KindFloat, KindBool, KindNull:
		return true
	case KindNode, KindRel:
		return a.held().is(b.held())
	case KindString:
		return a.Str() == b.Str()
	}
	return false
}

// fresh reports whether a value of a DISTINCT aggregate is new in its group.
func (s *aggState) fresh(x *exec, g int, v Value) (bool, error) {
	if s.runs > 0 && (v.kind == KindNode || v.kind == KindRel) && v.n >= 0 && v.n < maxDense && v.held() == nil {
		at := int(v.n)<<1 | int(v.kind&1)
		if at >= len(s.stamps) {
			grown := make([]int32, max(at+1, 2*len(s.stamps), 1024))
			bytes := int64(len(grown)-len(s.stamps)) * 4
			if err := x.hold(bytes); err != nil {
				return false, err
			}
			s.lasting += bytes
			copy(grown, s.stamps)
			s.stamps = grown
		}
		first := s.stamps[at] != s.runs
		s.stamps[at] = s.runs
		return first, nil
	}
	if (v.kind == KindNode || v.kind == KindRel) && v.n >= 0 && v.n < 1<<31 && v.held() == nil {
		// Nodes and relationships never meet in one aggregate but by a union of both: the lowest bit tells them apart.
		return s.pairs.add(x, uint64(g)<<32|uint64(v.n)<<1|uint64(v.kind&1))
	}
	if s.seen == nil {
		s.seen = newTable()
	}
	_, there, err := s.seen.find(x, []Value{OfInt(int64(g)), v})
	return !there, err
}

// pairSet is a set of numbers by open addressing; nought is kept apart.
type pairSet struct {
	slots []uint64
	n     int
	zero  bool
}

func (p *pairSet) add(x *exec, v uint64) (bool, error) {
	if v == 0 {
		was := p.zero
		p.zero = true
		return !was, nil
	}
	if 2*(p.n+1) > len(p.slots) {
		old := p.slots
		p.slots = make([]uint64, max(16, 2*len(old)))
		if err := x.hold(int64(len(p.slots)-len(old)) * 8); err != nil {
			return false, err
		}
		for _, o := range old {
			if o != 0 {
				p.slots[p.find(o)] = o
			}
		}
	}
	at := p.find(v)
	if p.slots[at] == v {
		return false, nil
	}
	p.slots[at] = v
	p.n++
	return true, nil
}

func (p *pairSet) find(v uint64) int {
	mask := len(p.slots) - 1
	at := int(mix(0, v)>>20) & mask
	for p.slots[at] != 0 && p.slots[at] != v {
		at = (at + 1) & mask
	}
	return at
}

// gather adds the row to a group.
func (o *groupRows) gather(x *exec, g int) error {
	args := &o.args
items:
	for i := range o.aggs {
		a := &o.aggs[i]
		for j, f := range a.args {
			var err error
			if args[j], err = f(x); err != nil {
				return err
			}
			if j == 0 && args[j].IsNull() {
				continue items
			}
		}
		s := &o.states[i]
		if a.distinct {
			fresh, err := s.fresh(x, g, args[0])
			if err != nil {
				return err
			}
			if !fresh {
				continue
			}
		}
		if s.counts != nil {
			if o.weights >= 0 && !a.distinct {
				s.counts[g] += x.row[o.weights].n
			} else {
				s.counts[g]++
			}
		} else if err := s.all[g].add(x, args[:], a.at); err != nil {
			return err
		}
	}
	return nil
}

// nextRun gathers one run, which is a group, and gives it.
func (o *groupRows) nextRun(x *exec) (bool, error) {
	if o.done {
		return false, nil
	}
	if o.more {
		x.row[o.run] = o.ahead
	} else {
		ok, err := o.in.next(x)
		if !ok || err != nil {
			o.done = true
			return false, err
		}
	}
	held := x.held
	for i, a := range o.aggs {
		s := &o.states[i]
		s.runs++
		s.seen, s.pairs = nil, pairSet{}
		if a.name == "count" {
			s.counts = append(s.counts[:0], 0)
		} else {
			s.all = append(s.all[:0], aggregates[a.name].make())
		}
	}
	node := x.row[o.run]
	for {
		if err := x.tick(); err != nil {
			return false, err
		}
		if err := o.gather(x, 0); err != nil {
			return false, err
		}
		ok, err := o.in.next(x)
		if err != nil {
			return false, err
		}
		if !ok {
			o.done = true
			break
		}
		if o.more = !x.row[o.run].Node().Is(node.Node()); o.more {
			break
		}
	}
	o.ahead, x.row[o.run] = x.row[o.run], node
	x.held = held // what the run held is given away
	for i := range o.states {
		x.held += o.states[i].lasting
		o.states[i].lasting = 0
	}
	return o.give(x, 0)
}

func (o *groupRows) load(x *exec) error {
	key := make([]Value, len(o.keys))
	var node NodeID
	for {
		if err := x.tick(); err != nil {
			return err
		}
		ok, err := o.in.next(x)
		if err != nil {
			return err
		}
		if !ok {
			break
		}
		g := o.last
		if o.run < 0 || g < 0 || !x.row[o.run].Node().Is(node) {
			for i, k := range o.keys {
				if key[i], err = k(x); err != nil {
					return err
				}
			}
			if g, err = o.group(x, key); err != nil {
				return err
			}
			if o.run >= 0 {
				node = x.row[o.run].Node()
			}
		}
		if err := o.gather(x, g); err != nil {
			return err
		}
	}
	if len(o.keys) == 0 && len(o.groups.entries) == 0 {
		_, err := o.group(x, nil)
		return err
	}
	return nil
}

func (o *groupRows) next(x *exec) (bool, error) {
	if o.whole {
		return o.nextRun(x)
	}
	if !o.done {
		if err := o.load(x); err != nil {
			return false, err
		}
		o.done = true
	}
	if o.at == len(o.groups.entries) {
		return false, nil
	}
	for i, v := range o.groups.entries[o.at].key {
		x.row[o.keySlots[i]] = v
	}
	o.at++
	return o.give(x, o.at-1)
}

// give puts what the aggregates have gathered for a group into the row.
func (o *groupRows) give(x *exec, g int) (bool, error) {
	for i, a := range o.aggs {
		if s := &o.states[i]; s.counts != nil {
			x.row[a.slot] = OfInt(s.counts[g])
		} else {
			v, err := s.all[g].result(x)
			if err != nil {
				return false, err
			}
			x.row[a.slot] = v
		}
	}
	o.info.Rows++
	return true, nil
}
