package engine

import (
	"cmp"
	"hash/maphash"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/tupu-kg/tupu/query/cypher"
)

// Kind is the kind of a value.
type Kind uint8

// The kinds, in the order in which values of different kinds are sorted, but for null, which comes last.
const (
	KindNull Kind = iota
	KindMap
	KindNode
	KindRel
	KindList
	KindPath
	KindDateTime
	KindLocalDateTime
	KindDate
	KindTime
	KindLocalTime
	KindDuration
	KindString
	KindBool
	KindInt
	KindFloat
)

// Value is a value of Cypher. The zero value is null. Values are not changed once they are made.
type Value struct {
	kind Kind
	n    int64 // integer, float bits, boolean, node, relationship; size of a list or a map
	ref  any   // string, []Value, map[string]Value, *Held, *PathValue, *temporal, *Duration
}

// PathValue is a path: nodes, and the relationships between them, in the order in which they were walked.
type PathValue struct {
	Nodes []NodeID
	Rels  []RelID
}

// Null is null.
var Null = Value{}

// The makers of values.

// OfBool makes a boolean.
func OfBool(b bool) Value {
	if b {
		return Value{kind: KindBool, n: 1}
	}
	return Value{kind: KindBool}
}

// OfInt makes an integer.
func OfInt(n int64) Value { return Value{kind: KindInt, n: n} }

// OfFloat makes a floating-point number.
func OfFloat(f float64) Value { return Value{kind: KindFloat, n: int64(math.Float64bits(f))} }

// OfString makes a string.
func OfString(s string) Value { return Value{kind: KindString, ref: s} }

// OfList makes a list, which keeps the slice.
func OfList(l []Value) Value {
	n := int64(32)
	for _, x := range l {
		n += x.size()
	}
	return Value{kind: KindList, n: min(n, maxSize), ref: l}
}

// OfMap makes a map, which keeps the Go map.
func OfMap(m map[string]Value) Value {
	n := int64(32)
	for k, x := range m {
		n += int64(len(k)) + 32 + x.size()
	}
	return Value{kind: KindMap, n: min(n, maxSize), ref: m}
}

// maxSize is as large as sizes of values are counted, so that they can be added: lists that hold one list twice grow fast.
const maxSize = 1 << 48

// OfNode makes a node.
func OfNode(n NodeID) Value { return Value{kind: KindNode, n: n.N, ref: n.Held} }

// OfRel makes a relationship.
func OfRel(r RelID) Value { return Value{kind: KindRel, n: r.N, ref: r.Held} }

// OfPath makes a path.
func OfPath(p *PathValue) Value { return Value{kind: KindPath, ref: p} }

// OfStrings makes a list of strings.
func OfStrings(all []string) Value {
	l := make([]Value, len(all))
	for i, s := range all {
		l[i] = OfString(s)
	}
	return OfList(l)
}

// Kind is the value's kind.
func (v Value) Kind() Kind { return v.kind }

// IsNull reports whether the value is null.
func (v Value) IsNull() bool { return v.kind == KindNull }

// Bool, Int, Float, Str, List, Map, Node, Rel and Path give what a value of that kind holds.

// Bool is a boolean's value.
func (v Value) Bool() bool { return v.n != 0 }

// Int is an integer's value.
func (v Value) Int() int64 { return v.n }

// Float is the value of a number of either kind.
func (v Value) Float() float64 {
	if v.kind == KindInt {
		return float64(v.n)
	}
	return math.Float64frombits(uint64(v.n))
}

// Str is a string's value.
func (v Value) Str() string { s, _ := v.ref.(string); return s }

// List is a list's values; they must not be changed.
func (v Value) List() []Value { l, _ := v.ref.([]Value); return l }

// Map is a map's values; they must not be changed.
func (v Value) Map() map[string]Value { m, _ := v.ref.(map[string]Value); return m }

// Node is a node.
func (v Value) Node() NodeID { return NodeID{N: v.n, Held: v.held()} }

// Rel is a relationship.
func (v Value) Rel() RelID { return RelID{N: v.n, Held: v.held()} }

func (v Value) held() *Held { h, _ := v.ref.(*Held); return h }

// Path is a path.
func (v Value) Path() *PathValue { p, _ := v.ref.(*PathValue); return p }

func (v Value) number() bool { return v.kind == KindInt || v.kind == KindFloat }

func (v Value) temporal() *temporal { t, _ := v.ref.(*temporal); return t }

// String names a kind as messages do.
func (k Kind) String() string {
	return [...]string{
		"null", "a map", "a node", "a relationship", "a list", "a path", "a date and time", "a local date and time", "a date", "a time",
		"a local time", "a duration", "a string", "a boolean", "an integer", "a number",
	}[k]
}

// tri is a truth value of three-valued logic.
type tri uint8

const (
	unknown tri = iota
	no
	yes
)

func toTri(b bool) tri {
	if b {
		return yes
	}
	return no
}

func (t tri) value() Value {
	if t == unknown {
		return Null
	}
	return OfBool(t == yes)
}

// equal compares as = does: what null is part of is unknown.
func equal(a, b Value) tri {
	if a.kind == KindNull || b.kind == KindNull {
		return unknown
	}
	if a.number() && b.number() {
		if a.kind == KindInt && b.kind == KindInt {
			return toTri(a.n == b.n)
		}
		return toTri(compareNumbers(a, b) == 0 && !nan(a) && !nan(b))
	}
	if a.kind != b.kind {
		return no
	}
	switch a.kind {
	case KindList:
		x, y := a.List(), b.List()
		if len(x) != len(y) {
			return no
		}
		out := yes
		for i := range x {
			switch equal(x[i], y[i]) {
			case no:
				return no
			case unknown:
				out = unknown
			}
		}
		return out
	case KindMap:
		x, y := a.Map(), b.Map()
		if len(x) != len(y) {
			return no
		}
		out := yes
		for k, v := range x {
			w, ok := y[k]
			if !ok {
				return no
			}
			switch equal(v, w) {
			case no:
				return no
			case unknown:
				out = unknown
			}
		}
		return out
	}
	return toTri(order(a, b) == 0)
}

func nan(v Value) bool { return v.kind == KindFloat && math.IsNaN(v.Float()) }

// compareNumbers is exact where integers meet fractions that float64 cannot tell apart.
func compareNumbers(a, b Value) int {
	switch {
	case a.kind == KindInt && b.kind == KindInt:
		return cmp.Compare(a.n, b.n)
	case a.kind == KindFloat && b.kind == KindFloat:
		return compareFloats(a.Float(), b.Float())
	case a.kind == KindFloat:
		return -compareNumbers(b, a)
	}
	f := b.Float()
	switch {
	case math.IsNaN(f):
		return -1
	case f >= 1<<63:
		return -1
	case f < -(1 << 63):
		return 1
	}
	whole := int64(f)
	if a.n != whole {
		return cmp.Compare(a.n, whole)
	}
	return cmp.Compare(0, f-float64(whole))
}

// compareFloats sorts NaN last.
func compareFloats(a, b float64) int {
	switch {
	case math.IsNaN(a) && math.IsNaN(b):
		return 0
	case math.IsNaN(a):
		return 1
	case math.IsNaN(b):
		return -1
	}
	return cmp.Compare(a, b)
}

// less compares as < does. Values that have no order are unknown.
func compare(a, b Value) (int, tri) {
	if a.kind == KindNull || b.kind == KindNull {
		return 0, unknown
	}
	if a.number() && b.number() {
		if nan(a) || nan(b) {
			return 0, no
		}
		return compareNumbers(a, b), yes
	}
	if a.kind != b.kind {
		return 0, unknown
	}
	switch a.kind {
	case KindString, KindBool, KindDate, KindTime, KindLocalTime, KindDateTime, KindLocalDateTime:
		return order(a, b), yes
	case KindList:
		x, y := a.List(), b.List()
		for i := range min(len(x), len(y)) {
			c, ok := compare(x[i], y[i])
			if ok != yes {
				return 0, ok
			}
			if c != 0 {
				return c, yes
			}
		}
		return cmp.Compare(len(x), len(y)), yes
	}
	return 0, unknown
}

// rank is the place of a value's kind in the order of all values.
func (v Value) rank() int {
	switch v.kind {
	case KindNull:
		return 100
	case KindInt:
		return int(KindFloat)
	}
	return int(v.kind)
}

// order is the total order that ORDER BY uses; 0 says that grouping takes the two for one.
func order(a, b Value) int {
	if c := cmp.Compare(a.rank(), b.rank()); c != 0 {
		return c
	}
	switch a.kind {
	case KindInt, KindFloat:
		return compareNumbers(a, b)
	case KindBool:
		return cmp.Compare(a.n, b.n)
	case KindNode, KindRel:
		return compareHeld(a.n, b.n, a.held(), b.held())
	case KindString:
		return strings.Compare(a.Str(), b.Str())
	case KindList:
		return slices.CompareFunc(a.List(), b.List(), order)
	case KindMap:
		x, y := a.Map(), b.Map()
		p, q := sortedKeys(x), sortedKeys(y)
		if c := slices.Compare(p, q); c != 0 {
			return c
		}
		for _, k := range p {
			if c := order(x[k], y[k]); c != 0 {
				return c
			}
		}
		return 0
	case KindPath:
		p, q := a.Path(), b.Path()
		for i := range min(len(p.Nodes), len(q.Nodes)) {
			if c := p.Nodes[i].compare(q.Nodes[i]); c != 0 {
				return c
			}
			if i < len(p.Rels) && i < len(q.Rels) {
				if c := p.Rels[i].compare(q.Rels[i]); c != 0 {
					return c
				}
			}
		}
		return cmp.Compare(len(p.Nodes), len(q.Nodes))
	case KindDuration:
		return a.ref.(*Duration).compare(b.ref.(*Duration))
	case KindNull:
		return 0
	}
	return a.temporal().compare(b.temporal(), a.kind)
}

func sortedKeys(m map[string]Value) []string { return slices.Sorted(maps.Keys(m)) }

// hasher hashes values so that those that order takes for one have one hash.
type hasher struct{ seed maphash.Seed }

func newHasher() hasher { return hasher{maphash.MakeSeed()} }

func mix(h, x uint64) uint64 {
	h ^= x
	h *= 0x9e3779b97f4a7c15
	return h ^ h>>29
}

func (h hasher) hash(v Value) uint64 {
	switch v.kind {
	case KindNull:
		return 0x51
	case KindInt:
		return mix(uint64(KindFloat), uint64(v.n))
	case KindFloat:
		f := v.Float()
		if f == math.Trunc(f) && math.Abs(f) < 1<<63 {
			return mix(uint64(KindFloat), uint64(int64(f)))
		}
		if math.IsNaN(f) {
			return mix(uint64(KindFloat), 1)
		}
		return mix(uint64(KindFloat)+100, uint64(v.n))
	case KindBool, KindNode, KindRel:
		return mix(uint64(v.kind), uint64(v.n))
	case KindString:
		return maphash.String(h.seed, v.Str())
	case KindList:
		return h.hashAll(v.List())
	case KindMap:
		out := uint64(len(v.Map()))
		for k, x := range v.Map() {
			out += mix(maphash.String(h.seed, k), h.hash(x)) // in any order
		}
		return mix(uint64(KindMap), out)
	case KindPath:
		out := uint64(KindPath)
		for _, n := range v.Path().Nodes {
			out = mix(out, uint64(n.N))
		}
		for _, r := range v.Path().Rels {
			out = mix(out, uint64(r.N))
		}
		return out
	case KindDuration:
		d := v.ref.(*Duration)
		return mix(mix(mix(uint64(d.Months), uint64(d.Days)), uint64(d.Seconds)), uint64(d.Nanos))
	}
	s, n := v.temporal().instant(v.kind)
	return mix(mix(uint64(v.kind), uint64(s)), uint64(n))
}

func (h hasher) hashAll(all []Value) uint64 {
	out := uint64(len(all))
	for _, v := range all {
		out = mix(out, h.hash(v))
	}
	return out
}

func (h *Held) size() int64 {
	if h == nil {
		return 0
	}
	return int64(40 + len(h.Key) + h.Bytes)
}

// size estimates the bytes that a value holds.
func (v Value) size() int64 {
	n := int64(32)
	switch v.kind {
	case KindString:
		n += int64(len(v.Str())) + 16
	case KindList, KindMap:
		return v.n
	case KindNode, KindRel:
		n += v.held().size()
	case KindPath:
		for _, x := range v.Path().Nodes {
			n += 16 + x.Held.size()
		}
		for _, x := range v.Path().Rels {
			n += 16 + x.Held.size()
		}
	case KindDate, KindTime, KindLocalTime, KindDateTime, KindLocalDateTime, KindDuration:
		n += 48
	}
	return n
}

// formatFloat writes a number as Cypher does: always with a fraction or an exponent.
func formatFloat(f float64) string {
	switch {
	case math.IsNaN(f):
		return "NaN"
	case math.IsInf(f, 1):
		return "Infinity"
	case math.IsInf(f, -1):
		return "-Infinity"
	}
	if a := math.Abs(f); a != 0 && (a < 1e-3 || a >= 1e7) {
		s := strconv.FormatFloat(f, 'E', -1, 64)
		mantissa, exponent, _ := strings.Cut(s, "E")
		if !strings.Contains(mantissa, ".") {
			mantissa += ".0"
		}
		exponent = strings.TrimPrefix(exponent, "+")
		negative := strings.HasPrefix(exponent, "-")
		exponent = strings.TrimLeft(strings.TrimPrefix(exponent, "-"), "0")
		if negative {
			exponent = "-" + exponent
		}
		return mantissa + "E" + exponent
	}
	s := strconv.FormatFloat(f, 'f', -1, 64)
	if !strings.Contains(s, ".") {
		s += ".0"
	}
	return s
}

// Format writes a value as Cypher does; src describes nodes and relationships.
func Format(v Value, src Source) (string, error) {
	var b strings.Builder
	err := format(&b, v, src)
	return b.String(), err
}

func format(b *strings.Builder, v Value, src Source) error {
	switch v.kind {
	case KindNull:
		b.WriteString("null")
	case KindBool:
		b.WriteString(strconv.FormatBool(v.Bool()))
	case KindInt:
		b.WriteString(strconv.FormatInt(v.n, 10))
	case KindFloat:
		b.WriteString(formatFloat(v.Float()))
	case KindString:
		b.WriteString(cypher.QuoteString(v.Str()))
	case KindList:
		b.WriteByte('[')
		for i, x := range v.List() {
			if i > 0 {
				b.WriteString(", ")
			}
			if err := format(b, x, src); err != nil {
				return err
			}
		}
		b.WriteByte(']')
	case KindMap:
		return formatMap(b, v.Map(), src)
	case KindNode:
		return formatNode(b, v.Node(), src)
	case KindRel:
		info, err := src.Rel(v.Rel())
		if err != nil {
			return err
		}
		return formatRel(b, v.Rel(), info.Type, src)
	case KindPath:
		p := v.Path()
		b.WriteByte('<')
		for i, n := range p.Nodes {
			if i > 0 {
				info, err := src.Rel(p.Rels[i-1])
				if err != nil {
					return err
				}
				left := !info.From.Is(p.Nodes[i-1])
				if left {
					b.WriteByte('<')
				}
				b.WriteByte('-')
				if err := formatRel(b, p.Rels[i-1], info.Type, src); err != nil {
					return err
				}
				b.WriteByte('-')
				if !left {
					b.WriteByte('>')
				}
			}
			if err := formatNode(b, n, src); err != nil {
				return err
			}
		}
		b.WriteByte('>')
	default:
		b.WriteString(cypher.QuoteString(v.text()))
	}
	return nil
}

// text is a temporal value or a duration as ISO 8601 writes it.
func (v Value) text() string {
	if d, ok := v.ref.(*Duration); ok {
		return d.String()
	}
	return v.temporal().format(v.kind)
}

func formatMap(b *strings.Builder, m map[string]Value, src Source) error {
	b.WriteByte('{')
	for i, k := range sortedKeys(m) {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(cypher.QuoteName(k))
		b.WriteString(": ")
		if err := format(b, m[k], src); err != nil {
			return err
		}
	}
	b.WriteByte('}')
	return nil
}

func formatNode(b *strings.Builder, n NodeID, src Source) error {
	labels, err := src.Labels(n)
	if err != nil {
		return err
	}
	props, err := src.NodeProperties(n)
	if err != nil {
		return err
	}
	b.WriteByte('(')
	for _, l := range labels {
		b.WriteString(":" + cypher.QuoteName(l))
	}
	if len(props) > 0 {
		if len(labels) > 0 {
			b.WriteByte(' ')
		}
		if err := formatMap(b, props, src); err != nil {
			return err
		}
	}
	b.WriteByte(')')
	return nil
}

func formatRel(b *strings.Builder, r RelID, kind string, src Source) error {
	props, err := src.RelProperties(r)
	if err != nil {
		return err
	}
	b.WriteString("[:" + cypher.QuoteName(kind))
	if len(props) > 0 {
		b.WriteByte(' ')
		if err := formatMap(b, props, src); err != nil {
			return err
		}
	}
	b.WriteByte(']')
	return nil
}

// Display writes a value that is neither a node, a relationship nor made of such as people read it: strings and times without
// quotes.
func Display(v Value) string {
	switch v.kind {
	case KindNull:
		return "null"
	case KindMap, KindList, KindNode, KindRel, KindPath:
		return v.kind.String()
	}
	return plain(v)
}
