package store

import (
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tupu-kg/tupu/graph"
	"pgregory.net/rapid"
)

// fill gives properties values; every property of a type gets one, so that none is forgotten when it is coded.
func fill(t *rapid.T, v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fill(t, v.Field(i))
		}
	case reflect.String:
		v.SetString(rapid.StringMatching(`[a-z表]{0,3}`).Draw(t, "text"))
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(rapid.IntRange(-3, 1<<30).Draw(t, "number")))
	case reflect.Float64:
		v.SetFloat(rapid.Float64Range(0, 1).Draw(t, "share"))
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), rapid.IntRange(1, 3).Draw(t, "length"), 3))
		for i := range v.Len() {
			fill(t, v.Index(i))
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		for range rapid.IntRange(1, 3).Draw(t, "entries") {
			key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
			fill(t, key)
			fill(t, value)
			v.SetMapIndex(key, value)
		}
	default:
		t.Fatalf("no value for a %s", v.Kind())
	}
}

// TestCodedDocument: what is coded of a document, its sentences and its locators is read as it was, and a file cut short is known.
func TestCodedDocument(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var d graph.Document
		fill(t, reflect.ValueOf(&d).Elem())
		d.ID = "document:a"
		sentences := make([]graph.Sentence, rapid.IntRange(0, 4).Draw(t, "sentences"))
		for i := range sentences {
			fill(t, reflect.ValueOf(&sentences[i]).Elem())
			sentences[i].Doc = d.ID
		}
		file := append(make([]byte, 8), encodeBody(&d, sentences)...)
		b, err := readBody(d.ID, file, 8)
		if err != nil {
			t.Fatal(err)
		}
		head, err := decodeDocument(d.ID, encodeDocument(&d))
		if err != nil {
			t.Fatal(err)
		}
		head.Text = string(b.text)
		for i := range d.Locators {
			head.Locators = append(head.Locators, b.locator(i))
		}
		if diff := cmp.Diff(d, head); diff != "" {
			t.Error(diff)
		}
		for i, s := range sentences {
			if diff := cmp.Diff(s, b.sentence(i)); diff != "" {
				t.Errorf("sentence %d: %s", i, diff)
			}
		}
		for i := range file {
			if _, err := readBody(d.ID, file[:i], 8); err == nil {
				t.Errorf("%d bytes of %d were taken", i, len(file))
			}
		}
		coded := encodeDocument(&d)
		for i := range coded {
			if _, err := decodeDocument(d.ID, coded[:i]); err == nil {
				t.Errorf("%d bytes of %d were taken for a document", i, len(coded))
			}
		}
	})
}
