package store

import (
	"reflect"
	"testing"

	"github.com/tupu-kg/tupu/graph"
)

// filled sets one field of an edge, or all if it is negative, to something that is not zero.
func filled(field int) graph.Edge {
	e := graph.Edge{From: "enterprise:甲", Type: graph.Status, To: "document:1"}
	v := reflect.ValueOf(&e).Elem()
	for i := range v.NumField() {
		if name := v.Type().Field(i).Name; field >= 0 && i != field || name == "From" || name == "Type" || name == "To" {
			continue
		}
		switch f := v.Field(i); f.Kind() {
		case reflect.String:
			f.SetString("词" + v.Type().Field(i).Name)
		case reflect.Int:
			f.SetInt(int64(1000 + i))
		case reflect.Float64:
			f.SetFloat(float64(i) + 0.1)
		case reflect.Bool:
			f.SetBool(true)
		case reflect.Slice:
			f.Set(reflect.ValueOf([]graph.Evidence{
				{Source: graph.FromText, Span: graph.Span{Doc: "document:1", Start: 1, End: 2, ByteStart: 3, ByteEnd: 6}, By: "rule", Score: 0.5},
				{Source: graph.FromRegister, By: "register", Ref: "350505", Score: 1},
				{Source: graph.FromText, Span: graph.Span{Doc: "document:2", End: 1, ByteEnd: 3}, Quote: "厂", By: "rule"},
			}))
		}
	}
	return e
}

// TestCodeHoldsEveryProperty: a property that graph.Edge gains must not be forgotten here.
func TestCodeHoldsEveryProperty(t *testing.T) {
	for field := -1; field < reflect.TypeFor[graph.Edge]().NumField(); field++ {
		want := filled(field)
		got, err := new(decoder).edge([]byte(want.Key()), encodeEdge(&want))
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("field %d: %+v, want %+v (%v)", field, got, want, err)
		}
	}
}

func FuzzDecodeEdge(f *testing.F) {
	for field := -1; field < reflect.TypeFor[graph.Edge]().NumField(); field++ {
		e := filled(field)
		f.Add([]byte(e.Key()), encodeEdge(&e))
	}
	f.Fuzz(func(t *testing.T, key, value []byte) {
		e, err := new(decoder).edge(key, value)
		if err != nil {
			return
		}
		again, err := new(decoder).edge(key, encodeEdge(&e))
		if err != nil || len(again.Evidence) != len(e.Evidence) || again.Raw != e.Raw || again.Modality != e.Modality {
			t.Errorf("%+v, and coded again %+v (%v)", e, again, err)
		}
	})
}

func FuzzDecodeOwned(f *testing.F) {
	for _, o := range []Owned{{}, {Data: []byte(`{"a":1}`), Entities: []graph.ID{"enterprise:甲", "enterprise:乙"}, Edges: []string{"a\x00b"}}} {
		f.Add(encodeOwned(&o))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		o, err := decodeOwned(b)
		if err != nil {
			return
		}
		again, err := decodeOwned(encodeOwned(&o))
		if err != nil || !reflect.DeepEqual(again, o) {
			t.Errorf("%+v, and coded again %+v (%v)", o, again, err)
		}
	})
}
