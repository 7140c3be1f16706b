package engine

import (
	"math"
	"slices"

	"github.com/tupu-kg/tupu/query/cypher"
)

// accumulator gathers the values of one group.
type accumulator interface {
	add(x *exec, args []Value, at cypher.Pos) error
	result() Value
}

// aggregates makes accumulators, by name in lower case.
var aggregates = map[string]struct {
	args   int
	result Type
	make   func() accumulator
}{
	"count":          {1, Integer, func() accumulator { return &counting{} }},
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

type counting struct{ n int64 }

func (a *counting) add(_ *exec, _ []Value, _ cypher.Pos) error { a.n++; return nil }
func (a *counting) result() Value                              { return OfInt(a.n) }

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

func (a *summing) result() Value {
	if a.sum.IsNull() {
		return OfInt(0)
	}
	return a.sum
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

func (a *averaging) result() Value {
	if a.n == 0 {
		return Null
	}
	v, err := arithmetic('/', a.sum, OfFloat(float64(a.n)), 0)
	if err != nil {
		return Null
	}
	return v
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
func (a *extreme) result() Value { return a.best }

type collecting struct{ all []Value }

func (a *collecting) add(x *exec, args []Value, _ cypher.Pos) error {
	a.all = append(a.all, args[0])
	return x.hold(args[0].size())
}
func (a *collecting) result() Value { return OfList(a.all) }

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

func (a *deviation) result() Value {
	if a.n < 2 {
		return OfFloat(0)
	}
	return OfFloat(math.Sqrt(a.sum / (a.n - a.sample)))
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

func (a *percentile) result() Value {
	n := len(a.all)
	if n == 0 {
		return Null
	}
	slices.SortFunc(a.all, order)
	if !a.cont {
		return a.all[max(int(math.Ceil(a.p*float64(n)))-1, 0)]
	}
	at := a.p * float64(n-1)
	lo := int(at)
	hi := min(lo+1, n-1)
	f, g := a.all[lo].Float(), a.all[hi].Float()
	return OfFloat(f + (g-f)*(at-float64(lo)))
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
	slot     int
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
	a := aggregate{name: name, distinct: x.Distinct, star: x.Star, slot: c.slot(), at: x.Pos}
	result := def.result
	for i, arg := range x.Args {
		f, t := c.expr(arg, inner)
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
	state    [][]accumulator
	seen     [][]*table
	at       int
	done     bool
}

func (o *groupRows) open(x *exec) error {
	o.groups, o.state, o.seen, o.at, o.done = newTable(), nil, nil, 0, false
	return o.base.open(x)
}

func (o *groupRows) close(x *exec) {
	o.groups, o.state, o.seen = nil, nil, nil
	o.base.close(x)
}

func (o *groupRows) group(x *exec, key []Value) (int, error) {
	g, there, err := o.groups.find(x, key)
	if err != nil || there {
		return g, err
	}
	state := make([]accumulator, len(o.aggs))
	var seen []*table
	for i, a := range o.aggs {
		state[i] = aggregates[a.name].make()
		if a.distinct && seen == nil {
			seen = make([]*table, len(o.aggs))
		}
		if a.distinct {
			seen[i] = newTable()
		}
	}
	o.state, o.seen = append(o.state, state), append(o.seen, seen)
	return g, x.hold(int64(len(o.aggs)) * 64)
}

func (o *groupRows) load(x *exec) error {
	key := make([]Value, len(o.keys))
	args := make([]Value, 2)
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
		for i, k := range o.keys {
			if key[i], err = k(x); err != nil {
				return err
			}
		}
		g, err := o.group(x, key)
		if err != nil {
			return err
		}
	items:
		for i := range o.aggs {
			a := &o.aggs[i]
			for j, f := range a.args {
				if args[j], err = f(x); err != nil {
					return err
				}
				if j == 0 && args[j].IsNull() {
					continue items
				}
			}
			if a.distinct {
				_, there, err := o.seen[g][i].find(x, args[:1])
				if err != nil {
					return err
				}
				if there {
					continue
				}
			}
			if err := o.state[g][i].add(x, args, a.at); err != nil {
				return err
			}
		}
	}
	if len(o.keys) == 0 {
		_, err := o.group(x, nil)
		return err
	}
	return nil
}

func (o *groupRows) next(x *exec) (bool, error) {
	if !o.done {
		if err := o.load(x); err != nil {
			return false, err
		}
		o.done = true
	}
	if o.at == len(o.state) {
		return false, nil
	}
	for i, v := range o.groups.entries[o.at].key {
		x.row[o.keySlots[i]] = v
	}
	for i, a := range o.aggs {
		x.row[a.slot] = o.state[o.at][i].result()
	}
	o.at++
	o.info.Rows++
	return true, nil
}
