package engine

import (
	"errors"
	"slices"

	"github.com/tupu-kg/tupu/query/cypher"
)

// PlanNode is one operator of a plan, for people.
type PlanNode struct {
	Name   string      `json:"operator"`
	Detail string      `json:"detail,omitempty"`
	Est    float64     `json:"estimated_rows"`
	Rows   int64       `json:"rows"` // that it gave; of a plan that has run
	In     []*PlanNode `json:"inputs,omitempty"`
}

// operator is a step of a plan. After open, each next that is true has put one more row into the run's row.
type operator interface {
	open(*exec) error
	next(*exec) (bool, error)
	close(*exec)
	node() *PlanNode
}

// base is what operators with one input share.
type base struct {
	in   operator
	info *PlanNode
}

func (b *base) open(x *exec) error { return b.in.open(x) }
func (b *base) close(x *exec)      { b.in.close(x) }
func (b *base) node() *PlanNode    { return b.info }

func newBase(in operator, name, detail string, est float64) base {
	return base{in, &PlanNode{Name: name, Detail: detail, Est: est, In: []*PlanNode{in.node()}}}
}

// leaf gives one row: what is there already.
type leaf struct {
	info *PlanNode
	done bool
}

func newLeaf() *leaf { return &leaf{info: &PlanNode{Name: "Start", Est: 1}} }

func (l *leaf) open(*exec) error { l.done = false; return nil }
func (l *leaf) close(*exec)      {}
func (l *leaf) node() *PlanNode  { return l.info }
func (l *leaf) next(*exec) (bool, error) {
	if l.done {
		return false, nil
	}
	l.done = true
	l.info.Rows++
	return true, nil
}

// scan binds a slot to each node of a label in turn, for each row.
type scan struct {
	base
	slot   int
	label  string
	cursor Cursor
	buf    []NodeID
	at, n  int
}

func (o *scan) open(x *exec) error {
	o.drop()
	if o.buf == nil {
		o.buf = make([]NodeID, 256)
	}
	return o.base.open(x)
}

func (o *scan) drop() {
	if o.cursor != nil {
		o.cursor.Close()
		o.cursor = nil
	}
	o.at, o.n = 0, 0
}

func (o *scan) close(x *exec) {
	o.drop()
	o.base.close(x)
}

func (o *scan) next(x *exec) (bool, error) {
	for {
		if err := x.tick(); err != nil {
			return false, err
		}
		if o.at < o.n {
			x.row[o.slot] = OfNode(o.buf[o.at])
			o.at++
			o.info.Rows++
			return true, nil
		}
		if o.cursor == nil {
			ok, err := o.in.next(x)
			if !ok || err != nil {
				return false, err
			}
			if o.cursor, err = x.src.Nodes(o.label); err != nil {
				return false, err
			}
		}
		var err error
		o.at = 0
		if o.n, err = o.cursor.Next(o.buf); err != nil {
			return false, err
		}
		if o.n == 0 {
			o.drop()
		}
	}
}

// seek binds a slot to the nodes that an index knows.
type seek struct {
	base
	slot       int
	label, key string
	value      evalFn
	found      []NodeID
}

func (o *seek) open(x *exec) error {
	o.found = nil
	return o.base.open(x)
}

func (o *seek) next(x *exec) (bool, error) {
	for {
		if len(o.found) > 0 {
			x.row[o.slot] = OfNode(o.found[0])
			o.found = o.found[1:]
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
		v, err := o.value(x)
		if err != nil {
			return false, err
		}
		if v.IsNull() {
			continue
		}
		if o.found, _, err = x.src.Find(o.label, o.key, v); err != nil {
			return false, err
		}
	}
}

// rangeSeek binds a slot to the nodes that an index of an ordered property offers, or to all: the condition is checked after.
type rangeSeek struct {
	base
	slot       int
	label, key string
	op         string // <, <=, > or >=, with the property on the left
	value      evalFn
	cond       evalFn // the whole condition, for what an index does not know exactly
	exact      bool
	found      []NodeID
}

func (o *rangeSeek) open(x *exec) error {
	o.found = nil
	return o.base.open(x)
}

func (o *rangeSeek) next(x *exec) (bool, error) {
	for {
		if len(o.found) > 0 {
			x.row[o.slot] = OfNode(o.found[0])
			o.found = o.found[1:]
			if !o.exact {
				v, err := o.cond(x)
				if err != nil {
					return false, err
				}
				if v.kind != KindBool || !v.Bool() {
					continue
				}
			}
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
		v, err := o.value(x)
		if err != nil {
			return false, err
		}
		if v.IsNull() {
			continue
		}
		if o.found, err = o.candidates(x, v); err != nil {
			return false, err
		}
	}
}

func (o *rangeSeek) candidates(x *exec, v Value) ([]NodeID, error) {
	if s, ok := x.src.(RangeSource); ok && v.number() {
		found, known, exact, err := s.FindRange(o.label, o.key, o.op, v.Float())
		if known || err != nil {
			o.exact = exact && (v.kind == KindFloat || v.n > -1<<53 && v.n < 1<<53)
			return found, err
		}
	}
	o.exact = false
	c, err := x.src.Nodes(o.label)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	var all []NodeID
	buf := make([]NodeID, 256)
	for {
		n, err := c.Next(buf)
		if n == 0 || err != nil {
			return all, err
		}
		if err := errors.Join(x.tick(), x.hold(int64(n)*8)); err != nil {
			return nil, err
		}
		all = append(all, buf[:n]...)
	}
}

// expand follows single relationships from a bound node.
type expand struct {
	base
	from, to, rel int
	dir           Direction
	types         []string
	into          bool // the other end is bound
	unique        []int
	label         string            // of the other end, if the Source tells labels from numbers
	labelled      func(NodeID) bool // whether it has it

	hops    []Hop
	at      int
	running bool
}

func (o *expand) open(x *exec) error {
	o.running = false
	return o.base.open(x)
}

func (o *expand) close(x *exec) {
	x.release(o.hops)
	o.hops, o.running = nil, false
	o.base.close(x)
}

func (o *expand) next(x *exec) (bool, error) {
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
			if o.hops == nil {
				o.hops = x.buffer()
			}
			if o.hops, err = x.src.Expand(o.hops[:0], v.Node(), o.dir, o.types); err != nil {
				return false, err
			}
			o.at, o.running = 0, true
		}
		for o.at < len(o.hops) {
			if err := x.tick(); err != nil {
				return false, err
			}
			h := o.hops[o.at]
			o.at++
			if o.into {
				if v := x.row[o.to]; v.kind != KindNode || !v.Node().Is(h.Node) {
					continue
				}
			}
			if o.labelled != nil && !o.labelled(h.Node) || used(x, o.unique, h.Rel) {
				continue
			}
			x.row[o.rel] = OfRel(h.Rel)
			if !o.into {
				x.row[o.to] = OfNode(h.Node)
			}
			o.info.Rows++
			return true, nil
		}
		o.running = false
	}
}

// countHops counts the hops of a node in place of following them, where nothing but their number is asked for. A node that has none
// gives no row.
type countHops struct {
	base
	from   int
	counts []hopCount
}

type hopCount struct {
	slot  int
	ends  bool // different nodes at the other ends are counted, and not hops
	count func(NodeID) int64
}

// countable is an operator as an expansion whose rows are as many as a node's hops, if it is one and the Source counts those.
func (c *compiler) countable(op operator) *expand {
	e, ok := op.(*expand)
	if _, counts := c.src.(DegreeSource); !ok || !counts || e.into || len(e.unique) > 0 {
		return nil
	}
	return e
}

// counting counts what an expansion would give.
func (c *compiler) counting(e *expand, counts []hopCount) *countHops {
	for i := range counts {
		counts[i].count = c.src.(DegreeSource).Degree(e.dir, e.types, e.label, counts[i].ends)
	}
	return &countHops{newBase(e.in, "CountHops", e.info.Detail, e.in.node().Est), e.from, counts}
}

func (o *countHops) next(x *exec) (bool, error) {
	for {
		if err := x.tick(); err != nil {
			return false, err
		}
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
		some := true
		for i := range o.counts {
			c := &o.counts[i]
			n := c.count(v.Node())
			some = n > 0
			x.row[c.slot] = OfInt(n)
		}
		if some {
			o.info.Rows++
			return true, nil
		}
	}
}

func noNode(v Value) error {
	return runtime("TypeError", "InvalidArgumentType", 0, "a pattern begins at %s, and not at a node", v.kind)
}

// used reports whether a relationship is bound by one of the slots: in one MATCH none is used twice.
func used(x *exec, slots []int, r RelID) bool {
	for _, s := range slots {
		switch v := x.row[s]; v.kind {
		case KindRel:
			if v.Rel().Is(r) {
				return true
			}
		case KindList:
			for _, e := range v.List() {
				if e.kind == KindRel && e.Rel().Is(r) {
					return true
				}
			}
		}
	}
	return false
}

// boundRel binds the ends of a relationship that is bound already.
type boundRel struct {
	base
	rel, from, to  int
	fromSet, toSet bool
	dir            Direction // from from to to
	types          []string
	unique         []int
	pending        [][2]NodeID
	at             cypher.Pos
}

func (o *boundRel) open(x *exec) error {
	o.pending = nil
	return o.base.open(x)
}

func (o *boundRel) next(x *exec) (bool, error) {
	for {
		for len(o.pending) > 0 {
			p := o.pending[0]
			o.pending = o.pending[1:]
			if o.fromSet && (x.row[o.from].kind != KindNode || !x.row[o.from].Node().Is(p[0])) ||
				o.toSet && (x.row[o.to].kind != KindNode || !x.row[o.to].Node().Is(p[1])) {
				continue
			}
			if o.from == o.to && !p[0].Is(p[1]) {
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
		v := x.row[o.rel]
		if v.kind != KindRel {
			if v.IsNull() {
				continue
			}
			return false, runtime("TypeError", "InvalidArgumentType", o.at, "a pattern uses %s as a relationship", v.kind)
		}
		info, err := x.src.Rel(v.Rel())
		if err != nil {
			return false, err
		}
		if len(o.types) > 0 && !slices.Contains(o.types, info.Type) || used(x, o.unique, v.Rel()) {
			continue
		}
		o.pending = o.pending[:0]
		if o.dir != In {
			o.pending = append(o.pending, [2]NodeID{info.From, info.To})
		}
		if o.dir == In || o.dir == Both && !info.From.Is(info.To) {
			o.pending = append(o.pending, [2]NodeID{info.To, info.From})
		}
	}
}

// filter lets rows through that fulfil a condition.
type filter struct {
	base
	cond evalFn
	at   cypher.Pos
}

func (o *filter) next(x *exec) (bool, error) {
	for {
		if err := x.tick(); err != nil {
			return false, err
		}
		ok, err := o.in.next(x)
		if !ok || err != nil {
			return false, err
		}
		v, err := o.cond(x)
		if err != nil {
			return false, err
		}
		switch {
		case v.kind == KindBool:
			if v.Bool() {
				o.info.Rows++
				return true, nil
			}
		case !v.IsNull():
			return false, runtime("TypeError", "InvalidArgumentType", o.at, "WHERE wants a condition, not %s", v.kind)
		}
	}
}

// assign puts the values of expressions into slots.
type assign struct {
	base
	fns   []evalFn
	slots []int
}

func (o *assign) next(x *exec) (bool, error) {
	ok, err := o.in.next(x)
	if !ok || err != nil {
		return false, err
	}
	for i, f := range o.fns {
		v, err := f(x)
		if err != nil {
			return false, err
		}
		x.row[o.slots[i]] = v
	}
	o.info.Rows++
	return true, nil
}

// unwind gives a row for each element of a list.
type unwind struct {
	base
	list evalFn
	slot int
	left []Value
}

func (o *unwind) open(x *exec) error {
	o.left = nil
	return o.base.open(x)
}

func (o *unwind) next(x *exec) (bool, error) {
	for {
		if len(o.left) > 0 {
			x.row[o.slot] = o.left[0]
			o.left = o.left[1:]
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
		v, err := o.list(x)
		if err != nil {
			return false, err
		}
		switch v.kind {
		case KindNull:
		case KindList:
			o.left = v.List()
		default:
			o.left = []Value{v}
		}
	}
}

// optional gives the rows of its inner plan for each row, or one with nulls.
type optional struct {
	base
	inner   operator
	slots   []int
	running bool
	some    bool
}

func newOptional(in, inner operator, slots []int) *optional {
	o := &optional{base: newBase(in, "Optional", "", in.node().Est), inner: inner, slots: slots}
	o.info.In = append(o.info.In, inner.node())
	return o
}

func (o *optional) open(x *exec) error {
	o.running = false
	return o.base.open(x)
}

func (o *optional) close(x *exec) {
	o.inner.close(x)
	o.base.close(x)
}

func (o *optional) next(x *exec) (bool, error) {
	for {
		if !o.running {
			ok, err := o.in.next(x)
			if !ok || err != nil {
				return false, err
			}
			if err := o.inner.open(x); err != nil {
				return false, err
			}
			o.running, o.some = true, false
		}
		ok, err := o.inner.next(x)
		if err != nil {
			return false, err
		}
		if ok {
			o.some = true
			o.info.Rows++
			return true, nil
		}
		o.running = false
		if !o.some {
			for _, s := range o.slots {
				x.row[s] = Null
			}
			o.info.Rows++
			return true, nil
		}
	}
}

// limit skips rows and ends after some.
type limit struct {
	base
	skip, most   evalFn
	toSkip, left int64 // left is negative if there is no bound
}

func (o *limit) open(x *exec) error {
	var err error
	if o.toSkip, err = bound(x, o.skip, 0); err != nil {
		return err
	}
	if o.left, err = bound(x, o.most, -1); err != nil {
		return err
	}
	return o.base.open(x)
}

func bound(x *exec, f evalFn, otherwise int64) (int64, error) {
	if f == nil {
		return otherwise, nil
	}
	v, err := f(x)
	return v.n, err
}

func (o *limit) next(x *exec) (bool, error) {
	if o.left == 0 {
		return false, nil
	}
	for {
		ok, err := o.in.next(x)
		if !ok || err != nil {
			return false, err
		}
		if o.toSkip > 0 {
			o.toSkip--
			continue
		}
		if o.left > 0 {
			o.left--
		}
		o.info.Rows++
		return true, nil
	}
}

// table is a set of rows of values, found by hash.
type table struct {
	slots   []int32 // by hash, open addressing: the number of an entry and one
	first   int     // slots to begin with
	entries []entry
	values  []Value // room for keys to come
}

type entry struct {
	key  []Value
	hash uint64 // 0 of one that is not found by it
}

func newTable() *table { return &table{} }

// newTableFor is a table that will hold about so many keys.
func newTableFor(keys float64) *table {
	t := newTable()
	for t.first = 64; float64(t.first) < 2*keys && t.first < 1<<18; t.first *= 2 {
	}
	return t
}

// find returns the number of a key, and whether it was there already. It keeps a copy of a new key.
func (t *table) find(x *exec, key []Value) (int, bool, error) {
	h := x.hash.hashAll(key) | 1
	if 2*len(t.entries) >= len(t.slots) {
		if err := t.grow(x); err != nil {
			return 0, false, err
		}
	}
	at := t.place(h)
	for ; t.slots[at] > 0; at = (at + 1) & (len(t.slots) - 1) {
		if e := &t.entries[t.slots[at]-1]; e.hash == h && equalKeys(e.key, key) {
			return int(t.slots[at]) - 1, true, nil
		}
	}
	n, err := t.add(x, key)
	if err != nil {
		return 0, false, err
	}
	t.entries[n].hash = h
	t.slots[at] = int32(n) + 1
	return n, false, nil
}

func equalKeys(a, b []Value) bool {
	for i := range a {
		if !same(a[i], b[i]) && order(a[i], b[i]) != 0 {
			return false
		}
	}
	return true
}

// place is where the entry of a hash is looked for first.
func (t *table) place(h uint64) int { return int(mix(0, h)>>20) & (len(t.slots) - 1) }

func (t *table) grow(x *exec) error {
	size := max(64, t.first, 4*len(t.slots))
	if err := x.hold(int64(size-len(t.slots)) * 4); err != nil {
		return err
	}
	t.slots = make([]int32, size)
	for i, e := range t.entries {
		if e.hash == 0 {
			continue
		}
		at := t.place(e.hash)
		for t.slots[at] > 0 {
			at = (at + 1) & (size - 1)
		}
		t.slots[at] = int32(i) + 1
	}
	return nil
}

// add keeps a copy of a key that find will not find.
func (t *table) add(x *exec, key []Value) (int, error) {
	bytes := int64(48)
	for _, v := range key {
		bytes += v.size()
	}
	if err := x.hold(bytes); err != nil {
		return 0, err
	}
	if len(t.values) < len(key) { // many keys share one piece of memory
		t.values = make([]Value, max(len(key), min(4096, 64+len(t.entries))))
	}
	kept := t.values[:len(key):len(key)]
	t.values = t.values[len(key):]
	copy(kept, key)
	t.entries = append(t.entries, entry{key: kept})
	return len(t.entries) - 1, nil
}

// distinct lets each combination of slots through once.
type distinct struct {
	base
	slots []int
	seen  *table
	key   []Value
}

func (o *distinct) open(x *exec) error {
	o.seen, o.key = newTable(), make([]Value, len(o.slots))
	return o.base.open(x)
}

func (o *distinct) next(x *exec) (bool, error) {
	for {
		if err := x.tick(); err != nil {
			return false, err
		}
		ok, err := o.in.next(x)
		if !ok || err != nil {
			return false, err
		}
		for i, s := range o.slots {
			o.key[i] = x.row[s]
		}
		_, there, err := o.seen.find(x, o.key)
		if err != nil {
			return false, err
		}
		if !there {
			o.info.Rows++
			return true, nil
		}
	}
}

// sortRows orders rows, and keeps no more than a limit asks for.
type sortRows struct {
	base
	keys       []evalFn
	desc       []bool
	keep       []int // slots that are used after it
	skip, most evalFn
	rows       []sortRow
	at         int
	done       bool
}

type sortRow struct {
	key, row []Value
	n        int
	bytes    int64
}

// stopped ends sorting when the run is called off.
type stopped struct{ error }

// sorted sorts, and stops at once, halfway, when the run is called off.
func sorted[T any](x *exec, all []T, compare func(a, b T) int) (err error) {
	defer func() {
		if r := recover(); r != nil {
			s, ok := r.(stopped)
			if !ok {
				panic(r)
			}
			err = s.error
		}
	}()
	slices.SortFunc(all, func(a, b T) int {
		if err := x.tick(); err != nil {
			panic(stopped{err})
		}
		return compare(a, b)
	})
	return nil
}

func (o *sortRows) open(x *exec) error {
	o.rows, o.at, o.done = nil, 0, false
	return o.base.open(x)
}

func (o *sortRows) close(x *exec) {
	o.rows = nil
	o.base.close(x)
}

func (o *sortRows) compare(a, b sortRow) int {
	for i := range a.key {
		c := order(a.key[i], b.key[i])
		if o.desc[i] {
			c = -c
		}
		if c != 0 {
			return c
		}
	}
	return a.n - b.n
}

func (o *sortRows) load(x *exec) error {
	most := -1
	if o.most != nil {
		l, err := bound(x, o.most, 0)
		if err != nil {
			return err
		}
		s, err := bound(x, o.skip, 0)
		if err != nil {
			return err
		}
		if l+s >= 0 && l+s < 1<<30 {
			most = int(l + s)
		}
	}
	if most == 0 {
		return nil
	}
	n := 0
	var worst sortRow // of those that are kept, once some have been dropped
	cut := false
	scratch := make([]Value, len(o.keys))
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
		r := sortRow{n: n, bytes: 64, key: scratch}
		n++
		for i, k := range o.keys {
			if r.key[i], err = k(x); err != nil {
				return err
			}
			r.bytes += r.key[i].size()
		}
		if cut && o.compare(r, worst) >= 0 {
			continue
		}
		cells := make([]Value, len(o.keys)+len(o.keep))
		r.key, r.row = cells[:len(o.keys)], cells[len(o.keys):]
		copy(r.key, scratch)
		for i, s := range o.keep {
			r.row[i] = x.row[s]
			r.bytes += r.row[i].size()
		}
		if err := x.hold(r.bytes); err != nil {
			return err
		}
		o.rows = append(o.rows, r)
		if most > 0 && len(o.rows) >= 2*most+64 {
			if err := sorted(x, o.rows, o.compare); err != nil {
				return err
			}
			for _, gone := range o.rows[most:] {
				x.held -= gone.bytes
			}
			clear(o.rows[most:])
			o.rows = o.rows[:most]
			worst, cut = o.rows[most-1], true
		}
	}
	if err := sorted(x, o.rows, o.compare); err != nil {
		return err
	}
	if most > 0 && len(o.rows) > most {
		o.rows = o.rows[:most]
	}
	return nil
}

func (o *sortRows) next(x *exec) (bool, error) {
	if !o.done {
		if err := o.load(x); err != nil {
			return false, err
		}
		o.done = true
	}
	if o.at == len(o.rows) {
		return false, nil
	}
	for i, s := range o.keep {
		x.row[s] = o.rows[o.at].row[i]
	}
	o.at++
	o.info.Rows++
	return true, nil
}

// union gives the rows of its parts one after another, in common slots.
type union struct {
	parts []operator
	info  *PlanNode
	at    int
}

func (o *union) node() *PlanNode { return o.info }
func (o *union) open(x *exec) error {
	o.at = 0
	return o.parts[0].open(x)
}

func (o *union) close(x *exec) {
	for _, p := range o.parts {
		p.close(x)
	}
}

func (o *union) next(x *exec) (bool, error) {
	for {
		ok, err := o.parts[o.at].next(x)
		if ok || err != nil {
			o.info.Rows++
			return ok, err
		}
		if o.at+1 == len(o.parts) {
			return false, nil
		}
		o.at++
		if err := o.parts[o.at].open(x); err != nil {
			return false, err
		}
	}
}

// hashJoin joins the rows of its input with those of an inner plan, which depends on none, where two expressions are equal.
type hashJoin struct {
	base
	inner       operator
	left, right evalFn
	slots       []int // that the inner plan binds
	rows        map[uint64][][]Value
	keys        map[uint64][]Value
	match       [][]Value
	matchKeys   []Value
	want        Value
	built       bool
}

func (o *hashJoin) open(x *exec) error {
	o.match = nil // what was built stays: it depends on no row
	return o.base.open(x)
}

func (o *hashJoin) close(x *exec) {
	o.rows, o.keys, o.built = nil, nil, false
	o.inner.close(x)
	o.base.close(x)
}

func (o *hashJoin) build(x *exec) error {
	o.rows, o.keys, o.built = map[uint64][][]Value{}, map[uint64][]Value{}, true
	if err := o.inner.open(x); err != nil {
		return err
	}
	for {
		ok, err := o.inner.next(x)
		if !ok || err != nil {
			return err
		}
		k, err := o.right(x)
		if err != nil {
			return err
		}
		if k.IsNull() {
			continue
		}
		row := make([]Value, len(o.slots))
		bytes := k.size() + 48
		for i, s := range o.slots {
			row[i] = x.row[s]
			bytes += row[i].size()
		}
		if err := x.hold(bytes); err != nil {
			return err
		}
		h := x.hash.hash(k)
		o.rows[h] = append(o.rows[h], row)
		o.keys[h] = append(o.keys[h], k)
	}
}

func (o *hashJoin) next(x *exec) (bool, error) {
	for {
		for len(o.match) > 0 {
			if err := x.tick(); err != nil {
				return false, err
			}
			row, key := o.match[0], o.matchKeys[0]
			o.match, o.matchKeys = o.match[1:], o.matchKeys[1:]
			if equal(o.want, key) != yes {
				continue
			}
			for i, s := range o.slots {
				x.row[s] = row[i]
			}
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
		if !o.built {
			if err := o.build(x); err != nil {
				return false, err
			}
		}
		if o.want, err = o.left(x); err != nil {
			return false, err
		}
		h := x.hash.hash(o.want)
		o.match, o.matchKeys = o.rows[h], o.keys[h]
	}
}

// call runs a procedure for each row.
type call struct {
	base
	proc   *Procedure
	args   []evalFn
	fields []int // of the procedure's columns
	slots  []int
	rows   [][]Value
	held   int64 // bytes in them
	at     cypher.Pos
	void   bool // it gives no rows, and lets those through that come in
}

func (o *call) open(x *exec) error {
	o.rows, o.held = nil, 0
	return o.base.open(x)
}

func (o *call) next(x *exec) (bool, error) {
	for {
		if len(o.rows) > 0 {
			row := o.rows[0]
			o.rows = o.rows[1:]
			for i, f := range o.fields {
				x.row[o.slots[i]] = row[f]
			}
			o.info.Rows++
			return true, nil
		}
		x.held -= o.held
		o.held = 0
		ok, err := o.in.next(x)
		if !ok || err != nil {
			return false, err
		}
		args := make([]Value, len(o.proc.Args))
		for i, f := range o.args {
			if args[i], err = f(x); err != nil {
				return false, err
			}
			if args[i], err = coerce(args[i], o.proc.Args[i].Type); err != nil {
				return false, runtime("TypeError", "InvalidArgumentType", o.at, "%s of %s: %v", o.proc.Args[i].Name, o.proc.Name, err)
			}
		}
		var failed error
		err = o.proc.Run(&Context{Context: x.ctx, Source: x.src}, args, func(row []Value) bool {
			bytes := int64(24)
			for _, v := range row {
				bytes += v.size()
			}
			if failed = x.hold(bytes); failed == nil {
				o.held += bytes
				failed = x.tick()
			}
			o.rows = append(o.rows, row)
			return failed == nil
		})
		if failed != nil {
			err = failed
		}
		if err != nil {
			return false, err
		}
		if o.void {
			o.rows = nil
			o.info.Rows++
			return true, nil
		}
	}
}
