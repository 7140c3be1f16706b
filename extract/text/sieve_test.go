package text_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/tupu-kg/tupu/extract/text"
	"pgregory.net/rapid"
)

// TestSieve: what a sieve holds back has none of the words once it is folded.
func TestSieve(t *testing.T) {
	words := []string{"负责", "牵头", "未", "无法", "于是"}
	sieve := text.NewSieve(words)
	for source, passes := range map[string]bool{
		"由市教育局負責。": true, "由市教育局牽\n頭": true, "責任在肩": false, "尚⽆法律": true, "項目已經完成": false, "": false,
	} {
		if sieve.Passes(source) != passes {
			t.Errorf("%q passes: %v", source, !passes)
		}
	}
	letters := []rune("负責责負牵頭头牽未末无無⽆法灋于於是 \n(（1Ａ乾于隆臺")
	rapid.Check(t, func(t *rapid.T) {
		source := rapid.StringOfN(rapid.SampledFrom(letters), 0, 12, -1).Draw(t, "source")
		folded := text.Fold(source).Text
		if slices.ContainsFunc(words, func(w string) bool { return strings.Contains(folded, w) }) && !sieve.Passes(source) {
			t.Errorf("%q is %q and does not pass", source, folded)
		}
	})
}
