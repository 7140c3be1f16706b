package text_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/tupu-kg/tupu/extract/text"
	"pgregory.net/rapid"
)

func cut(s string) []string {
	var list []string
	for _, r := range text.Sentences(s) {
		list = append(list, s[r.Start:r.End])
	}
	return list
}

func TestSentences(t *testing.T) {
	for _, c := range []struct {
		what, text string
		want       []string
	}{
		{"nothing", "", nil},
		{"no mark", "青禾电子", []string{"青禾电子"}},
		{"marks", "青禾投产。云杉？蓝鲸！南港；北港", []string{"青禾投产。", "云杉？", "蓝鲸！", "南港；", "北港"}},
		{"commas and colons", "青禾，云杉：蓝鲸、南港", []string{"青禾，云杉：蓝鲸、南港"}},
		{"line ends", "青禾\n云杉\n", []string{"青禾\n", "云杉\n"}},
		{"a mark before a line end", "青禾。\n云杉", []string{"青禾。\n", "云杉"}},
		{"empty lines", "青禾\n\n \n云杉", []string{"青禾\n\n \n", "云杉"}},
		{"a line end first", "\n\n青禾", []string{"\n\n", "青禾"}},
		{"closing marks", "“青禾。”（云杉。）《蓝鲸！》再", []string{"“青禾。”", "（云杉。）", "《蓝鲸！》", "再"}},
		{"several closing marks", "（“青禾。”）云杉", []string{"（“青禾。”）", "云杉"}},
		{"closing marks of half width", "青禾。\")云杉", []string{"青禾。\")", "云杉"}},
		{"marks of the same kind", "青禾？！云杉。……蓝鲸！！！", []string{"青禾？！", "云杉。……", "蓝鲸！！！"}},
		{"no closing mark behind a line end", "青禾\n”云杉", []string{"青禾\n", "”云杉"}},
		{"an ellipsis alone", "青禾……云杉", []string{"青禾……云杉"}},
		{"an indent", "青禾。\n　　云杉", []string{"青禾。\n", "　　云杉"}},
		{"a blank before a word", "青禾。 云杉", []string{"青禾。", " 云杉"}},
		{"blanks at the end of a line", "青禾。 \t\r\n云杉", []string{"青禾。 \t\r\n", "云杉"}},
		{"blanks at the end of the text", "青禾。 \u3000", []string{"青禾。 \u3000"}},
		{"blanks behind the last line end", "青禾\n \u00a0\ufeff", []string{"青禾\n \u00a0\ufeff"}},
		{"blanks alone", "  ", []string{"  "}},
		{"half width beside Chinese", "青禾;云杉?蓝鲸!南港", []string{"青禾;", "云杉?", "蓝鲸!", "南港"}},
		{"half width before Chinese", "GH200;云杉", []string{"GH200;", "云杉"}},
		{"half width between words", "a; b? c! d;e", []string{"a; b? c! d;e"}},
		{"half width at the end", "青禾?!", []string{"青禾?!"}},
		{"a full stop is none", "GH 2.5 v1. 青禾.", []string{"GH 2.5 v1. 青禾."}},
		{"a decimal and an address", "https://a.example/?q=1;r=2 青禾。", []string{"https://a.example/?q=1;r=2 青禾。"}},
		{"bytes that are no text", "青\xff禾。\xe3\x80云\xef\xbc", []string{"青\xff禾。", "\xe3\x80云\xef\xbc"}},
	} {
		t.Run(c.what, func(t *testing.T) {
			if diff := cmp.Diff(c.want, cut(c.text)); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			checkSentences(t, c.text)
		})
	}
}

func TestSentencesOfOffsets(t *testing.T) {
	want := []text.Range{{Start: 0, End: 9}, {Start: 9, End: 16}}
	if diff := cmp.Diff(want, text.Sentences("青禾。云杉\n")); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// TestSentencesTooLong: the last comma within the bound is the best place to cut, then a comma of half width, 、, a blank, and
// any character.
func TestSentencesTooLong(t *testing.T) {
	const most = text.MaxSentence
	han := func(bytes int) string { return strings.Repeat("禾", bytes/3) }
	for _, c := range []struct {
		what, text string
		want       []int // lengths in bytes
	}{
		{"as long as may be", strings.Repeat("a", most), []int{most}},
		{"a byte more", strings.Repeat("a", most+1), []int{most, 1}},
		{"characters stay whole", han(most + 2), []int{most - most%3, 3}},
		{"at a comma", han(60_000) + "，" + han(9_000), []int{60_003, 9_000}},
		{"at the last comma", han(48_000) + "，" + han(6_000) + "，" + han(30_000), []int{54_006, 30_000}},
		{"not at a comma far away", han(9_000) + "，" + han(60_000), []int{most - most%3, 69_003 - (most - most%3)}},
		{"a full comma before others", han(48_000) + "，" + han(3_000) + ", 、" + han(30_000), []int{48_003, 33_005}},
		{"a comma of half width", han(48_000) + "," + han(3_000) + "、 " + han(30_000), []int{48_001, 33_004}},
		{"、", han(48_000) + "、" + han(3_000) + " " + han(30_000), []int{48_003, 33_001}},
		{"a blank", han(48_000) + " " + han(33_000), []int{48_001, 33_000}},
		{"with a mark behind", han(60_000) + "，" + han(9_000) + "。" + "云杉", []int{60_003, 9_003, 6}},
		{"a long tail of blanks", "青禾。" + strings.Repeat("\n", 2*most), []int{most, most, 9}},
		{"bytes that begin no character", strings.Repeat("\x80", most+5), []int{most, 5}},
		{"thrice as long", strings.Repeat("a", 3*most), []int{most, most, most}},
	} {
		t.Run(c.what, func(t *testing.T) {
			var got []int
			for _, r := range text.Sentences(c.text) {
				got = append(got, r.End-r.Start)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			checkSentences(t, c.text)
		})
	}
}

// checkSentences holds sentences to what is promised of those of any text.
func checkSentences(t failer, s string) {
	t.Helper()
	const blank = " \t\r\n\u3000\u00a0\ufeff"
	end, valid := 0, utf8.ValidString(s)
	for _, r := range text.Sentences(s) {
		if r.Start != end || r.End <= r.Start || r.End > len(s) || r.End-r.Start > text.MaxSentence {
			t.Fatalf("[%d, %d) follows on %d in %d bytes", r.Start, r.End, end, len(s))
		}
		end = r.End
		if valid && end < len(s) && !utf8.RuneStart(s[end]) {
			t.Fatalf("the sentence that ends at %d breaks a character", end)
		}
		visible := strings.TrimRight(s[r.Start:r.End], blank)
		if strings.Contains(visible, "\n") {
			t.Fatalf("%q goes on behind a line end", visible)
		}
		if _, rest, ok := strings.Cut(visible, "。"); ok && strings.TrimLeft(rest, "。；！？!?…”’」』）》】)\"") != "" {
			t.Fatalf("%q goes on behind its end", visible)
		}
	}
	if end != len(s) {
		t.Fatalf("the sentences end at %d of %d bytes", end, len(s))
	}
}

func TestSentencesCoverAnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := dirtyText.Draw(t, "text")
		checkSentences(t, s)
		checkSentences(t, text.Fold(s).Text)
	})
}

// TestSentencesOfSentences: a sentence has no end within.
func TestSentencesOfSentences(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := cleanText.Draw(t, "text")
		for _, sentence := range cut(s) {
			if diff := cmp.Diff([]string{sentence}, cut(sentence)); diff != "" {
				t.Fatalf("-want +got\n%s", diff)
			}
		}
	})
}

func FuzzSentences(f *testing.F) {
	for _, s := range []string{
		"", "\n", " \n ", "青禾。", "青禾。”）\n\n　　云杉？！蓝鲸", "a; b;青禾!c", "。。。……", "青禾。 \t\r\n", "\"青禾。\")", "青禾\n”",
		"\xe3\x80", "\xef\xbc\x9b\xef\xbc", "\x80\x80;\x80", "；\xff！", "\ufeff\u00a0\n\ufeff",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		checkSentences(t, s)
		checkSentences(t, text.Fold(s).Text)
		// The bound is far beyond what a fuzzer writes, so some inputs are made long.
		if n := len(s); 0 < n && n <= 64 {
			checkSentences(t, strings.Repeat(s, text.MaxSentence/n+2))
		}
	})
}
