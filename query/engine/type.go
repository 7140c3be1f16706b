package engine

// Type is what is known of an expression's value before it runs. Any says that nothing is.
type Type struct {
	Kind Kind
	Elem *Type // of lists, nil if unknown
}

// Types that expressions have. Number is an integer or a floating-point number.
var (
	Any     = Type{Kind: kindAny}
	Number  = Type{Kind: kindNumber}
	Boolean = Type{Kind: KindBool}
	Integer = Type{Kind: KindInt}
	Float   = Type{Kind: KindFloat}
	Text    = Type{Kind: KindString}
	ListOf  = Type{Kind: KindList}
	MapOf   = Type{Kind: KindMap}
	Node    = Type{Kind: KindNode}
	Rel     = Type{Kind: KindRel}
	Path    = Type{Kind: KindPath}
)

const (
	kindAny    Kind = 200
	kindNumber Kind = 201
)

func (t Type) is(kinds ...Kind) bool {
	for _, k := range kinds {
		if t.Kind == k {
			return true
		}
	}
	return false
}

// known reports whether the type says anything against another: neither any nor null.
func (t Type) known() bool { return t.Kind != kindAny && t.Kind != KindNull }

// fits reports whether a value of the type can be one of the kinds.
func (t Type) fits(kinds ...Kind) bool {
	if !t.known() || t.is(kinds...) {
		return true
	}
	if t.Kind == kindNumber {
		for _, k := range kinds {
			if k == KindInt || k == KindFloat {
				return true
			}
		}
	}
	for _, k := range kinds {
		if k == kindNumber && t.is(KindInt, KindFloat) {
			return true
		}
	}
	return false
}

func listOf(elem Type) Type { return Type{KindList, &elem} }

// elem is the type of a list's elements.
func (t Type) elem() Type {
	if t.Kind == KindList && t.Elem != nil {
		return *t.Elem
	}
	return Any
}

// join is a type that holds the values of both.
func join(a, b Type) Type {
	switch {
	case a.Kind == KindNull:
		return b
	case b.Kind == KindNull:
		return a
	case a.Kind == b.Kind && a.Kind == KindList:
		return listOf(join(a.elem(), b.elem()))
	case a.Kind == b.Kind:
		return a
	case a.is(KindInt, KindFloat, kindNumber) && b.is(KindInt, KindFloat, kindNumber):
		return Number
	}
	return Any
}

// String names the type as messages do.
func (t Type) String() string {
	switch t.Kind {
	case kindAny:
		return "any value"
	case kindNumber:
		return "a number"
	}
	return t.Kind.String()
}
