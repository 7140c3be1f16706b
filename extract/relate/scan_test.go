package relate

import (
	"regexp"
	"testing"

	"pgregory.net/rapid"
)

// TestAutomataAgree asks automata and package regexp whether the expressions of forms match, of texts made of their own characters,
// names and words.
func TestAutomataAgree(t *testing.T) {
	set := compiledForms()
	pieces := append([]string{"在", "的", "与", "，", "。", "由", "等", "（", "）", "、", "公司", "位于", "3", "亿元", "x"}, set.needed.words...)
	for k := range rune(len(kindsOrder)) {
		for i := range rune(3) {
			for range 12 { // names are what forms look for before all
				pieces = append(pieces, string(firstSign+k<<8+i))
			}
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s := ""
		for _, piece := range rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 24).Draw(t, "pieces") {
			s += piece
		}
		text := set.text(s)
		for i := range set.forms {
			f := &set.forms[i]
			quick := f.quick()
			if quick == nil {
				t.Fatalf("%s has no automaton", f.expr)
			}
			want, may := f.re().MatchString(s), quick.may(text.classes)
			if want && !may || may && !want && len(quick.known) < maxStates {
				t.Fatalf("%s: matches %v, automaton %v", f.expr, want, may)
			}
		}
	})
}

// TestPatterns asks both about short texts, at whose ends anchored expressions match or not.
func TestPatterns(t *testing.T) {
	for _, expr := range []string{`^a+$`, `(?:b|c)$`, `^(?:x{2,3}|中?国)[0-9]`, `$`, `\bz`} {
		p, re := newPattern(expr), regexp.MustCompile(expr)
		rapid.Check(t, func(t *rapid.T) {
			s := rapid.StringOfN(rapid.RuneFrom([]rune("abcxz中国0 ")), 0, 6, -1).Draw(t, "s")
			if got, want := p.MatchString(s), re.MatchString(s); got != want {
				t.Fatalf("%s on %q: %v, want %v", expr, s, got, want)
			}
			if got, want := p.FindString(s), re.FindString(s); got != want {
				t.Fatalf("%s on %q: %q, want %q", expr, s, got, want)
			}
		})
	}
}
