package store

import (
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tupu-kg/tupu/graph"
	"pgregory.net/rapid"
)

// fill gives properties values; every property of a type gets one, so that none is forgotten when it is packed.
func fill(t *rapid.T, v reflect.Value) {
	for i := range v.NumField() {
		switch f := v.Field(i); f.Kind() {
		case reflect.Struct:
			fill(t, f)
		case reflect.String:
			f.SetString(rapid.StringMatching(`[a-z表]{0,3}`).Draw(t, "text"))
		case reflect.Int:
			f.SetInt(int64(rapid.IntRange(-3, 1<<40).Draw(t, "number")))
		default:
			t.Fatalf("no value for %s", v.Type().Field(i).Name)
		}
	}
}

func TestPackedIsUnpacked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sentences := make([]graph.Sentence, rapid.IntRange(0, 4).Draw(t, "sentences"))
		for i := range sentences {
			fill(t, reflect.ValueOf(&sentences[i]).Elem())
			sentences[i].Doc = "document:a"
		}
		got, err := unpackSentences("document:a", packSentences(sentences))
		if diff := cmp.Diff(sentences, got); err != nil || diff != "" {
			t.Errorf("sentences: %v %s", err, diff)
		}
		locators := make([]graph.Locator, rapid.IntRange(1, 4).Draw(t, "locators"))
		for i := range locators {
			fill(t, reflect.ValueOf(&locators[i]).Elem())
		}
		places, err := unpackLocators(packLocators(locators))
		if diff := cmp.Diff(locators, places); err != nil || diff != "" {
			t.Errorf("locators: %v %s", err, diff)
		}
		b := packSentences(sentences)
		for i := 1; i < len(b); i++ {
			if _, err := unpackSentences("document:a", b[:i]); err == nil {
				t.Errorf("%d bytes of %d were taken", i, len(b))
			}
		}
	})
}
