package text_test

import (
	"strings"
	"testing"
	"unicode"
	"unsafe"

	"github.com/tupu-kg/tupu/extract/text"
	"pgregory.net/rapid"
)

func TestName(t *testing.T) {
	for _, c := range []struct{ name, want string }{
		{"", ""},
		{" \n\u3000\u200b", ""},
		{"豐澤區(qū)", "丰泽区"},
		{"  青禾電子\n", "青禾电子"},
		{"青禾 电子\n有限公司", "青禾电子有限公司"},
		{"王 伟", "王伟"},
		{"王伟 李娜", "王伟李娜"},
		{"青禾  ABC  电子", "青禾ABC电子"},
		{"New \n York", "New York"},
		{"New York", "New York"},
		{"ＡＢＣ（中国）", "ABC（中国）"},
		{"ABC(中国) 公司", "ABC（中国）公司"},
		{"Go 1.26 工具", "Go 1.26工具"},
		{"青禾「二期」", "青禾“二期”"},
		{"马克・吐温", "马克·吐温"},
		{"⻄⻔子", "西门子"},
		{"昇腾产业园", "昇腾产业园"},
	} {
		if got := text.Name(c.name); got != c.want {
			t.Errorf("Name(%q) = %q, want %q", c.name, got, c.want)
		}
		if again := text.Name(c.want); again != c.want {
			t.Errorf("Name(%q) = %q, want it as it is", c.want, again)
		}
	}
}

func TestNameReturnsACleanName(t *testing.T) {
	for _, s := range []string{"青禾电子（南港）有限公司", "ABC", "GH-200", "昇腾"} {
		if got := text.Name(s); got != s || unsafe.StringData(got) != unsafe.StringData(s) {
			t.Errorf("Name(%q) = %q, want the name itself", s, got)
		}
	}
}

func TestSimplify(t *testing.T) {
	for _, c := range []struct{ folded, want string }{
		{"乾县", "干县"},
		{"昇腾", "升腾"},
		{"濛洲", "蒙洲"},
		{"崑崙", "昆仑"},
		{"青禾ABC，一 ", "青禾ABC，一 "},
		{"國", "國"}, // of traditional text alone, so Fold has done it
		{"", ""},
	} {
		if got := text.Simplify(c.folded); got != c.want {
			t.Errorf("Simplify(%q) = %q, want %q", c.folded, got, c.want)
		}
	}
}

func TestKey(t *testing.T) {
	for _, c := range []struct {
		want  string
		names []string
	}{
		{"", []string{"", " ", "“”", "\u200b"}},
		{"丰泽区", []string{"丰泽区", "豐澤區", "豐澤區(qū)", " 丰 泽 区 ", "丰泽\u200b区", "《丰泽区》", "“丰泽区”", "「豐澤區」", "\"丰泽区\""}},
		{"abc(中国)", []string{"ABC（中国）", "abc(中国)", "ＡＢＣ【中国】", "A B C〔中国〕", "Abc[中国]", "abc{中国}", "abc〖中国〗", "ABC ﹙中國﹚"}},
		{"青禾,云杉", []string{"青禾，云杉", "青禾,云杉", "青禾﹐雲杉"}},
		{"青禾:二期!", []string{"青禾：二期！", "青禾:二期!"}},
		{"gh-200", []string{"GH-200", "ｇｈ－２００", "GH—200", "GH–200", "GH−200", "GH‑200", "gh─200"}},
		{"升腾", []string{"昇腾", "昇騰", "升腾"}},
		{"干县", []string{"乾县", "乾縣", "干县"}},
		{"昆仑山", []string{"崑崙山", "崑\uf9d5山", "昆仑山"}},
		{"ⅱ期", []string{"Ⅱ期", "ⅱ期"}},
		{"newyork", []string{"New York", "NEW  YORK", "new\nyork"}},
		{"马克·吐温", []string{"马克·吐温", "马克・吐温", "馬克•吐溫"}},
		{"1~3号", []string{"1~3号", "１～３號"}},
	} {
		for _, name := range c.names {
			if got := text.Key(name); got != c.want {
				t.Errorf("Key(%q) = %q, want %q", name, got, c.want)
			}
		}
	}
}

// TestKeyTellsNamesApart: what makes a difference to a reader makes one to the key.
func TestKeyTellsNamesApart(t *testing.T) {
	keys := map[string]string{}
	for _, name := range []string{"青禾一期", "青禾二期", "青禾", "青禾(一期", "青禾·一期", "青禾、一期", "青禾,一期", "青禾-一期", "青禾1期", "青禾ⅰ期", "青禾i期"} {
		key := text.Key(name)
		if other, ok := keys[key]; ok {
			t.Errorf("%q and %q have one key %q", name, other, key)
		}
		keys[key] = name
	}
}

// TestKeyOfSoiledName: however a name is soiled, its key stays.
func TestKeyOfSoiledName(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringMatching(`[青禾电子云杉建设蓝鲸纺织厂区发]{1,8}([A-Za-z0-9]{1,4}|（[厂区发织]{1,3}）)?`).Draw(t, "name")
		var b strings.Builder
		for _, r := range name {
			b.WriteString(rapid.SampledFrom([]string{"", "", "\u200b", "\u00ad", "\xff"}).Draw(t, "before"))
			b.WriteString(rapid.SampledFrom(append(dirt[r], string(r))).Draw(t, "as"))
		}
		if got, want := text.Key(b.String()), text.Key(name); got != want {
			t.Fatalf("Key(%q) = %q, but Key(%q) = %q", b.String(), got, name, want)
		}
	})
}

// TestNamesOfAnyText: no name holds a line end, two blanks, or a blank at an end or beside a Chinese character, and no key
// any blank or capital.
func TestNamesOfAnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := dirtyText.Draw(t, "text")
		name := text.Name(s)
		before := ' '
		for i, r := range name + " " {
			inside := 0 < i && i < len(name)
			switch {
			case r == '\n', r == ' ' && before == ' ' && name != "",
				inside && r == ' ' && unicode.Is(unicode.Unified_Ideograph, before),
				inside && before == ' ' && unicode.Is(unicode.Unified_Ideograph, r):
				t.Fatalf("Name(%q) = %q has %q behind %q at %d", s, name, r, before, i)
			}
			before = r
		}
		for _, r := range text.Key(s) {
			if r == ' ' || r == '\n' || unicode.ToLower(r) != r {
				t.Fatalf("Key(%q) = %q holds %q", s, text.Key(s), r)
			}
		}
	})
}
