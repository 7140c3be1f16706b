package engine

import (
	"errors"
	"slices"

	"github.com/tupu-kg/tupu/query/cypher"
)

// walker follows relationships of a variable length, deep first; none is used twice on one way.
type walker struct {
	base
	from, to, rels int
	dir            Direction
	types          []string
	into           bool
	unique         []int
	min, max       int
	back           bool // it walks from the pattern's end: the list is turned around
	each           []evalFn
	edge           int

	stack   []step
	trail   []RelID
	running bool
	first   bool // the way of no length is still to be given
	start   NodeID
}

type step struct {
	hops []Hop
	at   int
}

func (o *walker) open(x *exec) error {
	o.reset(x)
	return o.base.open(x)
}

func (o *walker) reset(x *exec) {
	for _, s := range o.stack {
		x.release(s.hops)
	}
	o.stack, o.trail, o.running = o.stack[:0], o.trail[:0], false
}

func (o *walker) close(x *exec) {
	o.reset(x)
	o.base.close(x)
}

func (o *walker) push(x *exec, n NodeID) error {
	hops, err := x.src.Expand(x.buffer(), n, o.dir, o.types)
	if err != nil {
		return err
	}
	o.stack = append(o.stack, step{hops: hops})
	return nil
}

// allowed reports whether a relationship fulfils the conditions on each.
func allowed(x *exec, each []evalFn, edge int, r RelID) (bool, error) {
	for _, f := range each {
		x.row[edge] = OfRel(r)
		v, err := f(x)
		if err != nil {
			return false, err
		}
		if v.kind != KindBool || !v.Bool() {
			return false, nil
		}
	}
	return true, nil
}

// give binds the end of the way so far, if it may end there.
func (o *walker) give(x *exec, n NodeID) bool {
	if o.into {
		if v := x.row[o.to]; v.kind != KindNode || !v.Node().Is(n) {
			return false
		}
	}
	list := make([]Value, len(o.trail))
	for i, r := range o.trail {
		list[i] = OfRel(r)
	}
	if o.back {
		slices.Reverse(list)
	}
	x.row[o.rels] = OfList(list)
	if !o.into {
		x.row[o.to] = OfNode(n)
	}
	o.info.Rows++
	return true
}

func (o *walker) next(x *exec) (bool, error) {
	for {
		if !o.running {
			ok, err := o.in.next(x)
			if !ok || err != nil {
				return false, err
			}
			v := x.row[o.from]
			if v.kind != KindNode {
				if v.IsNull() {
					continue
				}
				return false, noNode(v)
			}
			o.start, o.running, o.first = v.Node(), true, true
			if o.max > 0 {
				if err := o.push(x, o.start); err != nil {
					return false, err
				}
			}
		}
		if o.first {
			o.first = false
			if o.min == 0 && o.give(x, o.start) {
				return true, nil
			}
		}
		ok, err := o.step(x)
		if ok || err != nil {
			return ok, err
		}
		o.running = false
	}
}

// step goes on to the next way that counts.
func (o *walker) step(x *exec) (bool, error) {
	for len(o.stack) > 0 {
		if err := x.tick(); err != nil {
			return false, err
		}
		top := &o.stack[len(o.stack)-1]
		if top.at == len(top.hops) {
			x.release(top.hops)
			o.stack = o.stack[:len(o.stack)-1]
			if len(o.trail) > 0 {
				o.trail = o.trail[:len(o.trail)-1]
			}
			continue
		}
		h := top.hops[top.at]
		top.at++
		if slices.ContainsFunc(o.trail, h.Rel.Is) || used(x, o.unique, h.Rel) {
			continue
		}
		ok, err := allowed(x, o.each, o.edge, h.Rel)
		if err != nil {
			return false, err
		}
		if !ok {
			continue
		}
		o.trail = append(o.trail, h.Rel)
		length := len(o.trail)
		given := length >= o.min && o.give(x, h.Node)
		if length < o.max {
			if err := x.hold(0); err != nil {
				return false, err
			}
			if err := o.push(x, h.Node); err != nil {
				return false, err
			}
		} else {
			o.trail = o.trail[:length-1]
		}
		if given {
			return true, nil
		}
	}
	return false, nil
}

// boundRels checks a list of relationships that is bound already against a pattern of variable length.
type boundRels struct {
	base
	rels, from, to int
	fromSet, toSet bool
	dir            Direction
	types          []string
	rng            *cypher.Range
	unique         []int
	at             cypher.Pos
	pending        [][2]NodeID
}

func (o *boundRels) open(x *exec) error {
	o.pending = nil
	return o.base.open(x)
}

func (o *boundRels) next(x *exec) (bool, error) {
	for {
		if len(o.pending) > 0 {
			p := o.pending[0]
			o.pending = o.pending[1:]
			if o.toSet && (x.row[o.to].kind != KindNode || !x.row[o.to].Node().Is(p[1])) {
				continue
			}
			x.row[o.from], x.row[o.to] = OfNode(p[0]), OfNode(p[1])
			o.info.Rows++
			return true, nil
		}
		if err := x.tick(); err != nil {
			return false, err
		}
		ok, err := o.in.next(x)
		if !ok || err != nil {
			return false, err
		}
		v := x.row[o.rels]
		if v.kind != KindList {
			if v.IsNull() {
				continue
			}
			return false, runtime("TypeError", "InvalidArgumentType", o.at, "a pattern uses %s as a list of relationships", v.kind)
		}
		if err := o.ways(x, v.List()); err != nil {
			return false, err
		}
	}
}

// ways finds where the list can begin and end.
func (o *boundRels) ways(x *exec, list []Value) error {
	lo, hi := lengths(o.rng)
	if len(list) < lo || len(list) > hi {
		return nil
	}
	infos := make([]RelInfo, len(list))
	for i, v := range list {
		if v.kind != KindRel {
			return runtime("TypeError", "InvalidArgumentType", o.at, "a pattern uses %s as a relationship", v.kind)
		}
		var err error
		if infos[i], err = x.src.Rel(v.Rel()); err != nil {
			return err
		}
		if len(o.types) > 0 && !slices.Contains(o.types, infos[i].Type) || used(x, o.unique, v.Rel()) {
			return nil
		}
	}
	var starts []NodeID
	switch {
	case o.fromSet:
		if v := x.row[o.from]; v.kind == KindNode {
			starts = []NodeID{v.Node()}
		}
	case len(list) == 0:
		if v := x.row[o.to]; v.kind == KindNode {
			starts = []NodeID{v.Node()}
		}
	default:
		starts = []NodeID{infos[0].From}
		if !infos[0].To.Is(infos[0].From) {
			starts = append(starts, infos[0].To)
		}
	}
	for _, s := range starts {
		at, ok := s, true
		for _, i := range infos {
			switch {
			case i.From.Is(at) && o.dir != In:
				at = i.To
			case i.To.Is(at) && o.dir != Out:
				at = i.From
			default:
				ok = false
			}
			if !ok {
				break
			}
		}
		if ok {
			o.pending = append(o.pending, [2]NodeID{s, at})
		}
	}
	return nil
}

// shortest finds the shortest ways between two bound nodes, searching breadth first from both ends, always on from the
// smaller front.
type shortest struct {
	base
	from, to, rels, path int
	dir                  Direction
	types                []string
	min, max             int
	all, single          bool
	each                 []evalFn
	edge                 int
	found                []*PathValue
}

func (o *shortest) open(x *exec) error {
	o.found = nil
	return o.base.open(x)
}

func (o *shortest) next(x *exec) (bool, error) {
	for {
		if len(o.found) > 0 {
			p := o.found[0]
			o.found = o.found[1:]
			list := make([]Value, len(p.Rels))
			for i, r := range p.Rels {
				list[i] = OfRel(r)
			}
			x.row[o.rels] = OfList(list)
			if o.single {
				x.row[o.rels] = list[0]
			}
			if o.path >= 0 {
				x.row[o.path] = OfPath(p)
			}
			o.info.Rows++
			return true, nil
		}
		ok, err := o.in.next(x)
		if !ok || err != nil {
			return false, err
		}
		a, b := x.row[o.from], x.row[o.to]
		if a.kind != KindNode || b.kind != KindNode {
			continue
		}
		if o.found, err = o.search(x, a.Node(), b.Node()); err != nil {
			return false, err
		}
	}
}

// front is one side of the search.
type front struct {
	reached map[int64]*reached // by the node's number
	level   []*reached
	steps   int
	dir     Direction
}

// reached is a node that a front has come to, with the hops by which it came there first.
type reached struct {
	node  NodeID
	depth int
	from  []arrival
}

type arrival struct {
	rel RelID
	at  *reached
}

func newFront(n NodeID, dir Direction) *front {
	start := &reached{node: n}
	return &front{map[int64]*reached{n.N: start}, []*reached{start}, 0, dir}
}

// errSameNumber is as good as impossible, but a path over the wrong node would be worse than none.
var errSameNumber = errors.New("two nodes have one number: the path between them cannot be found")

// find returns what a front knows of a node, nil if it has not come there.
func (f *front) find(n NodeID) (*reached, error) {
	r := f.reached[n.N]
	if r != nil && !r.node.Is(n) {
		return nil, errSameNumber
	}
	return r, nil
}

func (o *shortest) search(x *exec, a, b NodeID) ([]*PathValue, error) {
	if a.Is(b) {
		if o.min == 0 {
			return []*PathValue{{Nodes: []NodeID{a}}}, nil
		}
		return nil, nil
	}
	held := x.held
	defer func() { x.held = held }() // the fronts go
	f, g := newFront(a, o.dir), newFront(b, [...]Direction{Both, In, Out}[o.dir])
	for f.steps+g.steps < o.max && len(f.level) > 0 && len(g.level) > 0 {
		near, far := f, g
		if len(g.level) < len(f.level) {
			near, far = g, f
		}
		if err := o.grow(x, near); err != nil {
			return nil, err
		}
		length := -1
		for _, r := range near.level {
			there, err := far.find(r.node)
			if err != nil {
				return nil, err
			}
			if there != nil && (length < 0 || near.steps+there.depth < length) {
				length = near.steps + there.depth
			}
		}
		if length >= 0 {
			if length < o.min {
				return nil, nil
			}
			return o.paths(x, f, g, length)
		}
	}
	return nil, nil
}

func (o *shortest) grow(x *exec, f *front) error {
	f.steps++
	var next []*reached
	hops := x.buffer()
	defer func() { x.release(hops) }()
	for _, at := range f.level {
		var err error
		if hops, err = x.src.Expand(hops[:0], at.node, f.dir, o.types); err != nil {
			return err
		}
		for _, h := range hops {
			if err := x.tick(); err != nil {
				return err
			}
			there, err := f.find(h.Node)
			if err != nil {
				return err
			}
			if there != nil && (there.depth < f.steps || !o.all) {
				continue
			}
			ok, err := allowed(x, o.each, o.edge, h.Rel)
			if err != nil {
				return err
			}
			if !ok {
				continue
			}
			if there == nil {
				if err := x.hold(160 + h.Node.Held.size()); err != nil {
					return err
				}
				there = &reached{node: h.Node, depth: f.steps}
				f.reached[h.Node.N] = there
				next = append(next, there)
			}
			if err := x.hold(24 + h.Rel.Held.size()); err != nil {
				return err
			}
			there.from = append(there.from, arrival{h.Rel, at})
		}
	}
	f.level = next
	return nil
}

// paths puts the halves together where the fronts have met.
func (o *shortest) paths(x *exec, f, g *front, length int) ([]*PathValue, error) {
	var out []*PathValue
	middle := min(f.steps, length)
	var meet [][2]*reached
	for n, r := range g.reached {
		if here := f.reached[n]; r.depth == length-middle && here != nil && here.depth == middle {
			meet = append(meet, [2]*reached{here, r})
		}
	}
	slices.SortFunc(meet, func(a, b [2]*reached) int { return a[0].node.compare(b[0].node) })
	for _, m := range meet {
		heads, err := o.halves(x, m[0])
		if err != nil {
			return nil, err
		}
		tails, err := o.halves(x, m[1])
		if err != nil {
			return nil, err
		}
		for _, h := range heads {
			for _, t := range tails {
				if err := x.tick(); err != nil {
					return nil, err
				}
				p := &PathValue{Nodes: slices.Clone(h.Nodes), Rels: slices.Clone(h.Rels)}
				slices.Reverse(p.Nodes)
				slices.Reverse(p.Rels)
				p.Nodes, p.Rels = append(p.Nodes, t.Nodes[1:]...), append(p.Rels, t.Rels...)
				if err := x.hold(OfPath(p).size()); err != nil {
					return nil, err
				}
				out = append(out, p)
				if !o.all {
					return out, nil
				}
			}
		}
	}
	return out, nil
}

// halves are the ways from a node back to where its front began.
func (o *shortest) halves(x *exec, r *reached) ([]*PathValue, error) {
	if r.depth == 0 {
		return []*PathValue{{Nodes: []NodeID{r.node}}}, nil
	}
	var out []*PathValue
	for _, a := range r.from {
		rest, err := o.halves(x, a.at)
		if err != nil {
			return nil, err
		}
		for _, w := range rest {
			if err := x.tick(); err != nil {
				return nil, err
			}
			p := &PathValue{append([]NodeID{r.node}, w.Nodes...), append([]RelID{a.rel}, w.Rels...)}
			if err := x.hold(OfPath(p).size()); err != nil {
				return nil, err
			}
			out = append(out, p)
			if !o.all {
				return out, nil
			}
		}
	}
	return out, nil
}
