package engine

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/query/cypher"
)

// function is one that is called by name.
type function struct {
	least, most int
	args        [][]Kind // that an argument may be, as far as its type is known before the run; none for any
	nulls       bool     // null arguments are its own business; otherwise the result is null then
	result      Type
	run         func(r *exec, a []Value, at cypher.Pos) (Value, error)
}

var (
	numbers   = []Kind{KindInt, KindFloat}
	strs      = []Kind{KindString}
	lists     = []Kind{KindList}
	listsStrs = []Kind{KindList, KindString}
)

// invalid is the error of an argument whose kind shows only in the run.
func invalid(name string, v Value, at cypher.Pos) error {
	return runtime("TypeError", "InvalidArgumentValue", at, "%s() cannot take %s", name, v.kind)
}

func argument(name string, err error, at cypher.Pos) error {
	if err == nil {
		return nil
	}
	return runtime("ArgumentError", "InvalidArgumentValue", at, "%s(): %v", name, err)
}

func float1(name string, f func(float64) float64) function {
	return function{least: 1, most: 1, args: [][]Kind{numbers}, result: Float, run: func(_ *exec, a []Value, at cypher.Pos) (Value, error) {
		if !a[0].number() {
			return Null, invalid(name, a[0], at)
		}
		return OfFloat(f(a[0].Float())), nil
	}}
}

func string1(name string, f func(string) string) function {
	return function{least: 1, most: 1, args: [][]Kind{strs}, result: Text, run: func(_ *exec, a []Value, at cypher.Pos) (Value, error) {
		if a[0].kind != KindString {
			return Null, invalid(name, a[0], at)
		}
		return OfString(f(a[0].Str())), nil
	}}
}

// temporalFunction makes a temporal value of nothing (now), text, a map or another temporal value.
func temporalFunction(name string, k Kind) function {
	return function{least: 0, most: 1, nulls: true, result: Type{Kind: k}, run: func(r *exec, a []Value, at cypher.Pos) (Value, error) {
		if len(a) == 0 {
			return now(r, k), nil
		}
		var v Value
		var err error
		switch a[0].kind {
		case KindNull:
			return Null, nil
		case KindString:
			v, err = parseTemporal(k, a[0].Str())
		case KindMap:
			v, err = build(k, a[0].Map(), nil, 0, false)
		default:
			v, err = convert(k, a[0])
		}
		return v, argument(name, err, at)
	}}
}

// now is the time at which the run began, so that it is one time throughout.
func now(r *exec, k Kind) Value {
	t := r.now.UTC()
	seconds := t.Unix()
	return ofTemporal(k, temporal{days: floorDiv(seconds, secondsDay), nanos: floorMod(seconds, secondsDay)*1e9 + int64(t.Nanosecond())})
}

func truncateFunction(name string, k Kind) function {
	return function{least: 2, most: 3, result: Type{Kind: k}, run: func(_ *exec, a []Value, at cypher.Pos) (Value, error) {
		if a[0].kind != KindString {
			return Null, invalid(name, a[0], at)
		}
		var m map[string]Value
		if len(a) == 3 {
			if a[2].kind != KindMap {
				return Null, invalid(name, a[2], at)
			}
			m = a[2].Map()
		}
		v, err := truncate(k, a[0].Str(), a[1], m)
		return v, argument(name, err, at)
	}}
}

func betweenFunction(name, in string) function {
	return function{least: 2, most: 2, result: Type{Kind: KindDuration}, run: func(_ *exec, a []Value, at cypher.Pos) (Value, error) {
		v, err := between(a[0], a[1], in)
		return v, argument(name, err, at)
	}}
}

// maxList bounds the lists that range makes.
const maxList = 10_000_000

// functions are all by their names in lower case.
var functions = makeFunctions()

func makeFunctions() map[string]function {
	f := map[string]function{
		"id": {least: 1, most: 1, args: [][]Kind{{KindNode, KindRel}}, result: Integer, run: func(_ *exec, a []Value, at cypher.Pos) (Value, error) {
			if a[0].kind != KindNode && a[0].kind != KindRel {
				return Null, invalid("id", a[0], at)
			}
			return OfInt(a[0].n), nil
		}},
		"labels": {least: 1, most: 1, args: [][]Kind{{KindNode}}, result: listOf(Text), run: func(r *exec, a []Value, at cypher.Pos) (Value, error) {
			if a[0].kind != KindNode {
				return Null, invalid("labels", a[0], at)
			}
			l, err := r.src.Labels(a[0].Node())
			return OfStrings(l), err
		}},
		"type": {least: 1, most: 1, args: [][]Kind{{KindRel}}, result: Text, run: func(r *exec, a []Value, at cypher.Pos) (Value, error) {
			if a[0].kind != KindRel {
				return Null, invalid("type", a[0], at)
			}
			info, err := r.src.Rel(a[0].Rel())
			return OfString(info.Type), err
		}},
		"startnode": ends("startNode", func(i RelInfo) NodeID { return i.From }),
		"endnode":   ends("endNode", func(i RelInfo) NodeID { return i.To }),
		"properties": {least: 1, most: 1, args: [][]Kind{{KindNode, KindRel, KindMap}}, result: MapOf, run: func(r *exec, a []Value, at cypher.Pos) (Value, error) {
			return properties(r, a[0], at)
		}},
		"keys": {least: 1, most: 1, args: [][]Kind{{KindNode, KindRel, KindMap}}, result: listOf(Text), run: func(r *exec, a []Value, at cypher.Pos) (Value, error) {
			p, err := properties(r, a[0], at)
			if err != nil {
				return Null, err
			}
			return OfStrings(sortedKeys(p.Map())), nil
		}},
		"nodes": {least: 1, most: 1, args: [][]Kind{{KindPath}}, result: listOf(Node), run: func(_ *exec, a []Value, at cypher.Pos) (Value, error) {
			if a[0].kind != KindPath {
				return Null, invalid("nodes", a[0], at)
			}
			var out []Value
			for _, n := range a[0].Path().Nodes {
				out = append(out, OfNode(n))
			}
			return OfList(out), nil
		}},
		"relationships": {least: 1, most: 1, args: [][]Kind{{KindPath}}, result: listOf(Rel), run: func(_ *exec, a []Value, at cypher.Pos) (Value, error) {
			if a[0].kind != KindPath {
				return Null, invalid("relationships", a[0], at)
			}
			var out []Value
			for _, n := range a[0].Path().Rels {
				out = append(out, OfRel(n))
			}
			return OfList(out), nil
		}},
		"length": {least: 1, most: 1, args: [][]Kind{{KindPath}}, result: Integer, run: func(_ *exec, a []Value, at cypher.Pos) (Value, error) {
			if a[0].kind != KindPath {
				return Null, invalid("length", a[0], at)
			}
			return OfInt(int64(len(a[0].Path().Rels))), nil
		}},
		"size": {least: 1, most: 1, args: [][]Kind{{KindList, KindString, KindMap}}, result: Integer, run: func(_ *exec, a []Value, at cypher.Pos) (Value, error) {
			switch a[0].kind {
			case KindList:
				return OfInt(int64(len(a[0].List()))), nil
			case KindString:
				return OfInt(int64(utf8.RuneCountInString(a[0].Str()))), nil
			case KindMap:
				return OfInt(int64(len(a[0].Map()))), nil
			}
			return Null, invalid("size", a[0], at)
		}},
		"coalesce": {least: 1, most: 1 << 20, nulls: true, result: Any, run: func(_ *exec, a []Value, _ cypher.Pos) (Value, error) {
			for _, v := range a {
				if !v.IsNull() {
					return v, nil
				}
			}
			return Null, nil
		}},
		"exists": {least: 1, most: 1, nulls: true, result: Boolean, run: func(_ *exec, a []Value, _ cypher.Pos) (Value, error) {
			return OfBool(!a[0].IsNull()), nil
		}},
		"head": element("head", func(l []Value) int { return 0 }),
		"last": element("last", func(l []Value) int { return len(l) - 1 }),
		"tail": {least: 1, most: 1, args: [][]Kind{lists}, result: ListOf, run: func(_ *exec, a []Value, at cypher.Pos) (Value, error) {
			if a[0].kind != KindList {
				return Null, invalid("tail", a[0], at)
			}
			if len(a[0].List()) == 0 {
				return a[0], nil
			}
			return OfList(a[0].List()[1:]), nil
		}},
		"reverse": {least: 1, most: 1, args: [][]Kind{listsStrs}, result: Any, run: func(_ *exec, a []Value, at cypher.Pos) (Value, error) {
			switch a[0].kind {
			case KindList:
				l := slices.Clone(a[0].List())
				slices.Reverse(l)
				return OfList(l), nil
			case KindString:
				l := []rune(a[0].Str())
				slices.Reverse(l)
				return OfString(string(l)), nil
			}
			return Null, invalid("reverse", a[0], at)
		}},
		"range": {least: 2, most: 3, nulls: true, result: listOf(Integer), run: rangeList},
		"isempty": {least: 1, most: 1, args: [][]Kind{{KindList, KindString, KindMap}}, result: Boolean, run: func(_ *exec, a []Value, at cypher.Pos) (Value, error) {
			switch a[0].kind {
			case KindList:
				return OfBool(len(a[0].List()) == 0), nil
			case KindString:
				return OfBool(a[0].Str() == ""), nil
			case KindMap:
				return OfBool(len(a[0].Map()) == 0), nil
			}
			return Null, invalid("isEmpty", a[0], at)
		}},
		"isnan": {least: 1, most: 1, args: [][]Kind{numbers}, result: Boolean, run: func(_ *exec, a []Value, _ cypher.Pos) (Value, error) {
			return OfBool(nan(a[0])), nil
		}},

		"toboolean": {least: 1, most: 1, args: [][]Kind{{KindBool, KindString, KindInt}}, result: Boolean, run: func(_ *exec, a []Value, at cypher.Pos) (Value, error) {
			switch v := a[0]; v.kind {
			case KindBool:
				return v, nil
			case KindInt:
				return OfBool(v.n != 0), nil
			case KindString:
				switch strings.ToLower(strings.TrimSpace(v.Str())) {
				case "true":
					return OfBool(true), nil
				case "false":
					return OfBool(false), nil
				}
				return Null, nil
			}
			return Null, invalid("toBoolean", a[0], at)
		}},
		"tointeger": {least: 1, most: 1, args: [][]Kind{{KindBool, KindString, KindInt, KindFloat}}, result: Integer, run: func(_ *exec, a []Value, at cypher.Pos) (Value, error) {
			switch v := a[0]; v.kind {
			case KindInt:
				return v, nil
			case KindBool:
				return OfInt(v.n), nil
			case KindFloat:
				return whole(v.Float()), nil
			case KindString:
				s := strings.TrimSpace(v.Str())
				if n, err := strconv.ParseInt(s, 10, 64); err == nil {
					return OfInt(n), nil
				}
				if f, err := strconv.ParseFloat(s, 64); err == nil && !strings.ContainsAny(s, "xXpP_") {
					return whole(f), nil
				}
				return Null, nil
			}
			return Null, invalid("toInteger", a[0], at)
		}},
		"tofloat": {least: 1, most: 1, args: [][]Kind{{KindString, KindInt, KindFloat}}, result: Float, run: func(_ *exec, a []Value, at cypher.Pos) (Value, error) {
			switch v := a[0]; v.kind {
			case KindInt, KindFloat:
				return OfFloat(v.Float()), nil
			case KindString:
				s := strings.TrimSpace(v.Str())
				if f, err := strconv.ParseFloat(s, 64); err == nil && !strings.ContainsAny(s, "xXpP_") {
					return OfFloat(f), nil
				}
				return Null, nil
			}
			return Null, invalid("toFloat", a[0], at)
		}},
		"tostring": {least: 1, most: 1, result: Text, run: func(_ *exec, a []Value, at cypher.Pos) (Value, error) {
			switch v := a[0]; v.kind {
			case KindMap, KindNode, KindRel, KindList, KindPath:
				return Null, invalid("toString", v, at)
			default:
				return OfString(plain(v)), nil
			}
		}},

		"rand":      {result: Float, run: func(*exec, []Value, cypher.Pos) (Value, error) { return OfFloat(rand.Float64()), nil }},
		"timestamp": {result: Integer, run: func(r *exec, _ []Value, _ cypher.Pos) (Value, error) { return OfInt(r.now.UnixMilli()), nil }},
		"pi":        {result: Float, run: func(*exec, []Value, cypher.Pos) (Value, error) { return OfFloat(math.Pi), nil }},
		"e":         {result: Float, run: func(*exec, []Value, cypher.Pos) (Value, error) { return OfFloat(math.E), nil }},
		"abs": {least: 1, most: 1, args: [][]Kind{numbers}, result: Number, run: func(_ *exec, a []Value, at cypher.Pos) (Value, error) {
			switch v := a[0]; {
			case v.kind == KindInt && v.n == math.MinInt64:
				return Null, runtime("ArithmeticError", "IntegerOverflow", at, "the result does not fit into 64 bits")
			case v.kind == KindInt:
				return OfInt(max(v.n, -v.n)), nil
			case v.kind == KindFloat:
				return OfFloat(math.Abs(v.Float())), nil
			}
			return Null, invalid("abs", a[0], at)
		}},
		"sign": {least: 1, most: 1, args: [][]Kind{numbers}, result: Integer, run: func(_ *exec, a []Value, at cypher.Pos) (Value, error) {
			if !a[0].number() {
				return Null, invalid("sign", a[0], at)
			}
			switch f := a[0].Float(); {
			case f > 0:
				return OfInt(1), nil
			case f < 0:
				return OfInt(-1), nil
			}
			return OfInt(0), nil
		}},
		"round": {least: 1, most: 2, args: [][]Kind{numbers, {KindInt}}, result: Float, run: func(_ *exec, a []Value, at cypher.Pos) (Value, error) {
			if !a[0].number() {
				return Null, invalid("round", a[0], at)
			}
			f := a[0].Float()
			if len(a) == 2 {
				if a[1].kind != KindInt || a[1].n < 0 || a[1].n > 300 {
					return Null, invalid("round", a[1], at)
				}
				p := math.Pow(10, float64(a[1].n))
				return OfFloat(math.Round(f*p) / p), nil
			}
			return OfFloat(math.Floor(f + 0.5)), nil
		}},
		"atan2": {least: 2, most: 2, args: [][]Kind{numbers, numbers}, result: Float, run: func(_ *exec, a []Value, at cypher.Pos) (Value, error) {
			if !a[0].number() || !a[1].number() {
				return Null, invalid("atan2", a[0], at)
			}
			return OfFloat(math.Atan2(a[0].Float(), a[1].Float())), nil
		}},

		"left":  part("left", func(r []rune, n int) []rune { return r[:n] }),
		"right": part("right", func(r []rune, n int) []rune { return r[len(r)-n:] }),
		"substring": {least: 2, most: 3, args: [][]Kind{strs, {KindInt}, {KindInt}}, result: Text, run: func(_ *exec, a []Value, at cypher.Pos) (Value, error) {
			if a[0].kind != KindString {
				return Null, invalid("substring", a[0], at)
			}
			s := []rune(a[0].Str())
			length := int64(len(s))
			for _, v := range a[1:] {
				if v.kind != KindInt {
					return Null, invalid("substring", v, at)
				}
				if v.n < 0 {
					return Null, runtime("ArgumentError", "NegativeIntegerArgument", at, "substring() wants no negative numbers")
				}
			}
			if len(a) == 3 {
				length = a[2].n
			}
			from := min(a[1].n, int64(len(s)))
			return OfString(string(s[from : from+min(length, int64(len(s))-from)])), nil
		}},
		"replace": {least: 3, most: 3, args: [][]Kind{strs, strs, strs}, result: Text, run: func(r *exec, a []Value, at cypher.Pos) (Value, error) {
			for _, v := range a {
				if v.kind != KindString {
					return Null, invalid("replace", v, at)
				}
			}
			if err := r.fits(int64(len(a[0].Str()))+int64(strings.Count(a[0].Str(), a[1].Str()))*int64(len(a[2].Str())), maxText); err != nil {
				return Null, err
			}
			return OfString(strings.ReplaceAll(a[0].Str(), a[1].Str(), a[2].Str())), nil
		}},
		"split": {least: 2, most: 2, args: [][]Kind{strs, {KindString, KindList}}, result: listOf(Text), run: func(r *exec, a []Value, at cypher.Pos) (Value, error) {
			if a[0].kind != KindString || a[1].kind != KindString {
				return Null, invalid("split", a[1], at)
			}
			parts := int64(strings.Count(a[0].Str(), a[1].Str()) + 1)
			if err := r.fits(int64(len(a[0].Str()))+64*parts, maxValue); err != nil {
				return Null, err
			}
			return OfStrings(strings.Split(a[0].Str(), a[1].Str())), nil
		}},
		"date":          temporalFunction("date", KindDate),
		"time":          temporalFunction("time", KindTime),
		"localtime":     temporalFunction("localtime", KindLocalTime),
		"datetime":      temporalFunction("datetime", KindDateTime),
		"localdatetime": temporalFunction("localdatetime", KindLocalDateTime),
		"datetime.fromepoch": {least: 2, most: 2, args: [][]Kind{numbers, numbers}, result: Type{Kind: KindDateTime}, run: func(_ *exec, a []Value, _ cypher.Pos) (Value, error) {
			return epoch(int64(a[0].Float()), int64(a[1].Float())), nil
		}},
		"datetime.fromepochmillis": {least: 1, most: 1, args: [][]Kind{numbers}, result: Type{Kind: KindDateTime}, run: func(_ *exec, a []Value, _ cypher.Pos) (Value, error) {
			ms := int64(a[0].Float())
			return epoch(floorDiv(ms, 1000), floorMod(ms, 1000)*1e6), nil
		}},
		"duration": {least: 1, most: 1, result: Type{Kind: KindDuration}, run: func(_ *exec, a []Value, at cypher.Pos) (Value, error) {
			switch a[0].kind {
			case KindDuration:
				return a[0], nil
			case KindString:
				v, err := parseDuration(a[0].Str())
				return v, argument("duration", err, at)
			case KindMap:
				v, err := durationOf(a[0].Map())
				return v, argument("duration", err, at)
			}
			return Null, invalid("duration", a[0], at)
		}},
		"duration.between":   betweenFunction("duration.between", ""),
		"duration.inmonths":  betweenFunction("duration.inMonths", "months"),
		"duration.indays":    betweenFunction("duration.inDays", "days"),
		"duration.inseconds": betweenFunction("duration.inSeconds", "seconds"),
	}
	for name, fn := range map[string]func(float64) float64{
		"ceil": math.Ceil, "floor": math.Floor, "sqrt": math.Sqrt, "exp": math.Exp, "log": math.Log, "log10": math.Log10,
		"sin": math.Sin, "cos": math.Cos, "tan": math.Tan, "asin": math.Asin, "acos": math.Acos, "atan": math.Atan, "cot": func(x float64) float64 { return 1 / math.Tan(x) },
		"degrees": func(x float64) float64 { return x * 180 / math.Pi }, "radians": func(x float64) float64 { return x * math.Pi / 180 },
		"haversin": func(x float64) float64 { return (1 - math.Cos(x)) / 2 },
	} {
		f[name] = float1(name, fn)
	}
	for name, fn := range map[string]func(string) string{
		"toupper": strings.ToUpper, "tolower": strings.ToLower, "upper": strings.ToUpper, "lower": strings.ToLower, "trim": strings.TrimSpace,
		"ltrim": func(s string) string { return strings.TrimLeftFunc(s, unicode.IsSpace) },
		"rtrim": func(s string) string { return strings.TrimRightFunc(s, unicode.IsSpace) },
	} {
		f[name] = string1(name, fn)
	}
	for name, k := range map[string]Kind{"date": KindDate, "time": KindTime, "localtime": KindLocalTime, "datetime": KindDateTime, "localdatetime": KindLocalDateTime} {
		f[name+".truncate"] = truncateFunction(name+".truncate", k)
		for _, clock := range []string{"transaction", "statement", "realtime"} {
			f[name+"."+clock] = function{most: 1, result: Type{Kind: k}, run: func(r *exec, _ []Value, _ cypher.Pos) (Value, error) { return now(r, k), nil }}
		}
	}
	f["rels"] = f["relationships"]
	f["elementid"] = function{least: 1, most: 1, args: [][]Kind{{KindNode, KindRel}}, result: Text, run: func(_ *exec, a []Value, at cypher.Pos) (Value, error) {
		if a[0].kind != KindNode && a[0].kind != KindRel {
			return Null, invalid("elementId", a[0], at)
		}
		return OfString(strconv.FormatInt(a[0].n, 10)), nil
	}}
	for _, name := range []string{"toBoolean", "toInteger", "toFloat", "toString"} {
		inner := f[strings.ToLower(name)].run
		f[strings.ToLower(name)+"ornull"] = function{least: 1, most: 1, result: Any, run: func(r *exec, a []Value, at cypher.Pos) (Value, error) {
			v, err := inner(r, a, at)
			if err != nil {
				return Null, nil
			}
			return v, nil
		}}
	}
	return f
}

func epoch(seconds, nanos int64) Value {
	return ofTemporal(KindDateTime, temporal{days: floorDiv(seconds, secondsDay), nanos: floorMod(seconds, secondsDay)*1e9 + nanos})
}

// whole cuts the fraction off; what does not fit into an integer is null.
func whole(f float64) Value {
	if math.IsNaN(f) || f >= 1<<63 || f < -(1<<63) {
		return Null
	}
	return OfInt(int64(f))
}

func ends(name string, end func(RelInfo) NodeID) function {
	return function{least: 1, most: 1, args: [][]Kind{{KindRel}}, result: Node, run: func(r *exec, a []Value, at cypher.Pos) (Value, error) {
		if a[0].kind != KindRel {
			return Null, invalid(name, a[0], at)
		}
		info, err := r.src.Rel(a[0].Rel())
		return OfNode(end(info)), err
	}}
}

func element(name string, which func([]Value) int) function {
	return function{least: 1, most: 1, args: [][]Kind{lists}, result: Any, run: func(_ *exec, a []Value, at cypher.Pos) (Value, error) {
		if a[0].kind != KindList {
			return Null, invalid(name, a[0], at)
		}
		l := a[0].List()
		if len(l) == 0 {
			return Null, nil
		}
		return l[which(l)], nil
	}}
}

func part(name string, cut func([]rune, int) []rune) function {
	return function{least: 2, most: 2, args: [][]Kind{strs, {KindInt}}, result: Text, run: func(_ *exec, a []Value, at cypher.Pos) (Value, error) {
		if a[0].kind != KindString || a[1].kind != KindInt {
			return Null, invalid(name, a[0], at)
		}
		if a[1].n < 0 {
			return Null, runtime("ArgumentError", "NegativeIntegerArgument", at, "%s() wants no negative length", name)
		}
		s := []rune(a[0].Str())
		return OfString(string(cut(s, int(min(a[1].n, int64(len(s))))))), nil
	}}
}

func rangeList(r *exec, a []Value, at cypher.Pos) (Value, error) {
	step := int64(1)
	for _, v := range a {
		if v.kind != KindInt {
			return Null, runtime("ArgumentError", "InvalidArgumentType", at, "range() wants integers, not %s", v.kind)
		}
	}
	if len(a) == 3 {
		step = a[2].n
	}
	if step == 0 {
		return Null, runtime("ArgumentError", "NumberOutOfRange", at, "the step of range() must not be 0")
	}
	from, to := a[0].n, a[1].n
	if step > 0 && from > to || step < 0 && from < to {
		return OfList(nil), nil
	}
	n := (uint64(to) - uint64(from)) / uint64(step)
	if step < 0 {
		n = (uint64(from) - uint64(to)) / uint64(-step)
	}
	if n >= maxList {
		return Null, runtime("ArgumentError", "NumberOutOfRange", at, "range() would make a list of more than %d numbers", maxList)
	}
	if err := r.hold(int64(n) * 32); err != nil {
		return Null, err
	}
	defer func() { r.held -= int64(n) * 32 }()
	out := make([]Value, n+1)
	for i := range out {
		if err := r.tick(); err != nil {
			return Null, err
		}
		out[i] = OfInt(from + int64(i)*step)
	}
	return OfList(out), nil
}

func properties(r *exec, v Value, at cypher.Pos) (Value, error) {
	switch v.kind {
	case KindNull, KindMap:
		return v, nil
	case KindNode:
		m, err := r.src.NodeProperties(v.Node())
		return OfMap(m), err
	case KindRel:
		m, err := r.src.RelProperties(v.Rel())
		return OfMap(m), err
	}
	return Null, invalid("properties", v, at)
}

// call compiles the call of a function or an aggregate.
func (c *compiler) call(x *cypher.FuncCall, e env) (evalFn, Type) {
	name := strings.ToLower(x.Name)
	if _, ok := aggregates[name]; ok {
		return c.aggregate(x, name, e)
	}
	f, ok := functions[name]
	if !ok {
		known := slices.Sorted(maps.Keys(functions))
		known = append(known, slices.Sorted(maps.Keys(aggregates))...)
		fail("SyntaxError", "UnknownFunction", x.Pos, cypher.DidYouMean(name, known), "there is no function %s()", x.Name)
	}
	if x.Distinct {
		syntax("UnexpectedSyntax", x.Pos, "DISTINCT belongs into aggregates, and %s() is none", x.Name)
	}
	if n := len(x.Args); n < f.least || n > f.most {
		want := fmt.Sprint(f.least)
		if f.most != f.least {
			want += " to " + fmt.Sprint(f.most)
		}
		syntax("InvalidNumberOfArguments", x.Pos, "%s() wants %s arguments, and has %d", x.Name, want, n)
	}
	if name == "rand" {
		c.random++
	}
	if e.inAgg && name == "rand" {
		syntax("NonConstantExpression", x.Pos, "rand() cannot stand within an aggregate")
	}
	fns := make([]evalFn, len(x.Args))
	t := f.result
	for i, a := range x.Args {
		inner := e.inner()
		inner.pattern = name == "exists"
		var at Type
		fns[i], at = c.expr(a, inner)
		if i < len(f.args) && f.args[i] != nil && !at.fits(f.args[i]...) {
			syntax("InvalidArgumentType", x.Pos, "%s() cannot take %s", x.Name, at)
		}
		if i == 0 {
			switch name {
			case "head", "last":
				t = at.elem()
			case "tail", "reverse":
				t = at
			case "coalesce":
				t = at
			}
		} else if name == "coalesce" {
			if t = join(t, at); !at.known() {
				t = Any
			}
		}
	}
	if name == "exists" && len(x.Args) == 1 {
		if _, isPattern := x.Args[0].(*cypher.PatternExpr); isPattern {
			return fns[0], Boolean
		}
	}
	run, at, nulls := f.run, x.Pos, f.nulls
	args := make([]Value, len(fns))
	return func(r *exec) (Value, error) {
		for i, fn := range fns {
			v, err := fn(r)
			if err != nil {
				return Null, err
			}
			if v.IsNull() && !nulls {
				return Null, nil
			}
			args[i] = v
		}
		if len(args) > 0 { // what is long takes long
			if err := r.work(int(args[0].size() / bytesStep)); err != nil {
				return Null, err
			}
		}
		return run(r, args, at)
	}, t
}
