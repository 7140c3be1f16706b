package text_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/tupu-kg/tupu/extract/text"
)

// numbered is a text of n sentences that have little in common with each other.
func numbered(from, n int) string {
	var b strings.Builder
	for i := from; i < from+n; i++ {
		fmt.Fprintf(&b, "第%d号项目投资%d万元，建设厂房%d平方米，带动就业%d人。", i, i*7919%10007, i*104729%99991, i*31%997)
	}
	return b.String()
}

func TestSketch(t *testing.T) {
	report := numbered(0, 200)
	for _, c := range []struct {
		what     string
		other    string
		from, to float64
	}{
		{"itself", report, 1, 1},
		{"other blanks and marks", strings.NewReplacer("，", "\n", "。", " ").Replace(report), 1, 1},
		{"a line of the site more", "来源：某某网 " + report + "（责任编辑：某某）", 0.95, 1},
		{"one sentence in twenty changed", strings.ReplaceAll(report, "5号", "五号"), 0.8, 0.99},
		{"half of it", numbered(0, 100), 0.4, 0.6},
		{"the report of another year, with the same turns of phrase", numbered(1000, 200), 0, 0.35},
	} {
		a, b := text.NewSketch(report), text.NewSketch(c.other)
		if got := a.Likeness(b); got < c.from || got > c.to || got != b.Likeness(a) {
			t.Errorf("%s: likeness %.3f and %.3f, want %.2f to %.2f", c.what, got, b.Likeness(a), c.from, c.to)
		}
		shared := slices.ContainsFunc(a.Marks(), func(m uint64) bool { return slices.Contains(b.Marks(), m) })
		if c.from >= 0.8 && !shared {
			t.Errorf("%s: no mark in common", c.what)
		}
		if c.to <= 0.35 && shared {
			t.Errorf("%s: a mark in common", c.what)
		}
	}
	if s := text.NewSketch(numbered(0, 5)); s != nil {
		t.Errorf("a short text has a sketch of %d", len(s))
	}
	if a, b := text.NewSketch(report), text.NewSketch(report[:len(report)/2-len(report)/2%3], report[len(report)/2-len(report)/2%3:]); !slices.Equal(a, b) {
		t.Error("the cuts between texts count")
	}
	if got := text.Sketch(nil).Likeness(nil); got != 0 {
		t.Errorf("likeness of nothing: %v", got)
	}
}
