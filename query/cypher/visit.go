package cypher

import "reflect"

// Visit calls f with every node of a tree (clauses, patterns and expressions), outer ones first.
func Visit(q *Query, f func(node any)) { visit(reflect.ValueOf(q), f) }

func visit(v reflect.Value, f func(any)) {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return
		}
		if v.Elem().Kind() == reflect.Struct {
			f(v.Interface())
		}
		visit(v.Elem(), f)
	case reflect.Interface:
		if !v.IsNil() {
			visit(v.Elem(), f)
		}
	case reflect.Slice:
		for i := range v.Len() {
			visit(v.Index(i), f)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			visit(v.Field(i), f)
		}
	}
}
