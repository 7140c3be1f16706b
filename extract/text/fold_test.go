package text_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
	"unsafe"

	"github.com/tupu-kg/tupu/extract/text"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

// foldCase is a source, its folded text, and a name in that with the bytes of the source that it must lead back to.
type foldCase struct {
	what, source, want string
	name, bytes        string
}

func checkFolds(t *testing.T, cases []foldCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.what, func(t *testing.T) {
			f := text.Fold(c.source)
			if f.Text != c.want {
				t.Fatalf("Fold(%q)\n got %q\nwant %q", c.source, f.Text, c.want)
			}
			checkWayBack(t, c.source, f)
			if n := strings.Count(f.Text, c.name); c.name != "" && n != 1 {
				t.Fatalf("%q stands %d times in %q, want once", c.name, n, f.Text)
			}
			start := strings.Index(f.Text, c.name)
			from, to := f.Source(start, start+len(c.name))
			if got := c.source[from:to]; got != c.bytes {
				t.Errorf("%q comes from %q, want %q", c.name, got, c.bytes)
			}
			if again := text.Fold(f.Text).Text; again != c.want {
				t.Errorf("folded again: %q, want %q", again, c.want)
			}
		})
	}
}

// failer is what *testing.T and *rapid.T share.
type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

// checkWayBack walks over every character of a folded text and over every byte of its source, and holds the map between them
// to its promises.
func checkWayBack(t failer, source string, f *text.Folded) {
	t.Helper()
	if !utf8.ValidString(f.Text) {
		t.Fatalf("Fold(%q).Text = %q is not UTF-8", source, f.Text)
	}
	first, end := 0, 0 // of the source: where the first character begins, where the last one ended
	at := 0            // the byte of the source up to which At was asked
	for a, r := range f.Text {
		b := a + utf8.RuneLen(r)
		from, to := f.Source(a, b)
		if from < end || to <= from || to > len(source) {
			t.Fatalf("Fold(%q): %q at %d comes from [%d, %d), behind %d of %d", source, r, a, from, to, end, len(source))
		}
		if c, n := utf8.DecodeRuneInString(source[from:]); n != to-from || c == utf8.RuneError && n == 1 {
			t.Fatalf("Fold(%q): %q at %d comes from %q, which is not one character", source, r, a, source[from:to])
		}
		if a == 0 {
			first = from
		}
		for i := a; i < b; i++ {
			if x, y := f.Source(i, i+1); x != from || y != to {
				t.Fatalf("Fold(%q): byte %d of %q comes from [%d, %d), the character from [%d, %d)", source, i, r, x, y, from, to)
			}
			if x, y := f.Source(i, i); x != from || y != from {
				t.Fatalf("Fold(%q): nothing at byte %d comes from [%d, %d), want [%d, %[5]d)", source, i, x, y, from)
			}
			if x, y := f.Source(i, a); x != from || y != from {
				t.Fatalf("Fold(%q): [%d, %d) comes from [%d, %d), want [%d, %[6]d)", source, i, a, x, y, from)
			}
		}
		if x, y := f.Source(0, b); x != first || y != to {
			t.Fatalf("Fold(%q): [0, %d) comes from [%d, %d), want [%d, %d)", source, b, x, y, first, to)
		}
		for ; at <= from; at++ {
			if got := f.At(at); got != a {
				t.Fatalf("Fold(%q).At(%d) = %d, want %d", source, at, got, a)
			}
		}
		end = to
	}
	for ; at <= len(source); at++ {
		if got := f.At(at); got != len(f.Text) {
			t.Fatalf("Fold(%q).At(%d) = %d, want the end %d", source, at, got, len(f.Text))
		}
	}
	// Offsets outside count for the ends.
	if a, b := f.At(-1), f.At(len(source)+1); a != f.At(0) || b != len(f.Text) {
		t.Fatalf("Fold(%q).At gives %d and %d outside the source", source, a, b)
	}
	if a, b := f.Source(-1, len(f.Text)+1); f.Text != "" && (a != first || b != end) {
		t.Fatalf("Fold(%q).Source gives [%d, %d) for more than the text, want [%d, %d)", source, a, b, first, end)
	}
}

func TestFoldWidths(t *testing.T) {
	checkFolds(t, []foldCase{
		{"letters and digits", "ＡＢＣ（中国）电子２０２４年", "ABC（中国）电子2024年", "ABC（中国）电子2024", "ＡＢＣ（中国）电子２０２４"},
		{"marks within a number of full width", "共１，２３４．５万元，１２：３０开工", "共1,234.5万元，12:30开工", "1,234.5", "１，２３４．５"},
		{"marks behind a number of full width", "增至１００％，其中：２家", "增至100%，其中：2家", "100%，其中", "１００％，其中"},
		{"marks of half width beside Chinese", "是否?是!好;共5.2%,其中:", "是否？是！好；共5.2%，其中：", "5.2%，其中", "5.2%,其中"},
		{"marks between letters and digits", "1,000 and 12:30; yes? no!", "1,000 and 12:30; yes? no!", "12:30;", "12:30;"},
		{"marks before a radical", "占5.2%,⼈均", "占5.2%，人均", "人均", "⼈均"},
		{"marks before bytes that are no text", "占5.2%,\xff\xfe人均", "占5.2%，人均", "，人", ",\xff\xfe人"},
		{"brackets beside Chinese or around it", "蓝鲸(LJ)与GDP(产值)和(a)", "蓝鲸（LJ）与GDP（产值）和（a）", "（LJ）", "(LJ)"},
		{"brackets of both widths", "（a) b (一）", "（a）b（一）", "（一）", "(一）"},
		{"brackets of code", "f(x) (y)", "f(x) (y)", "(y)", "(y)"},
		{"brackets around a radical", "a (⼀)", "a（一）", "（一）", "(⼀)"},
		{"brackets around a form of full width", "f(ａ＋ｂ)", "f(a+b)", "(a+b)", "(ａ＋ｂ)"},
		{"quotation marks", "「台商」、『青禾』、﹁雲杉﹂", "“台商”、‘青禾’、“云杉”", "“云杉”", "﹁雲杉﹂"},
		{"half-width katakana block", "｢青禾｣､南港｡", "“青禾”、南港。", "青禾”、南港", "青禾｣､南港"},
		{"small forms", "甲﹐乙﹑丙﹔丁﹕﹙一﹚﹪", "甲，乙、丙；丁：（一）%", "丁：（一）", "丁﹕﹙一﹚"},
		{"dots", "马克・吐温、让‧雅克、乔•布朗", "马克·吐温、让·雅克、乔·布朗", "乔·布朗", "乔•布朗"},
		{"a bullet", "•一期", "•一期", "一期", "一期"},
		{"currency", "￥１００与＄５０", "¥100与$50", "¥100", "￥１００"},
		{"hyphens", "A‐B‑C－D", "A-B-C-D", "B-C", "B‑C"},
		{"an ampersand of full width between words", "Ｈ ＆ Ｍ公司", "H & M公司", "H & M", "Ｈ ＆ Ｍ"},
		{"a bracket that a line leaves open", "（青禾。\na) b", "（青禾。\na) b", "a) b", "a) b"},
		{"what has no other form", "㎡①ﬁ～", "㎡①ﬁ~", "①ﬁ", "①ﬁ"},
	})
}

// TestFoldFullWidthASCII compares every full-width form with Unicode's, but for the six that Chinese text is written with.
func TestFoldFullWidthASCII(t *testing.T) {
	for r := rune(0xFF01); r <= 0xFF5E; r++ {
		want := norm.NFKC.String(string(r))
		if strings.ContainsRune("！（），：；？", r) {
			want = string(r)
		}
		if got := text.Fold(string(r)).Text; got != want {
			t.Errorf("Fold(%c) = %q, want %q", r, got, want)
		}
	}
}

func TestFoldRadicals(t *testing.T) {
	checkFolds(t, []foldCase{
		{"Kangxi radicals", "⻄⻔⼦⽔泵⼀期⼯程", "西门子水泵一期工程", "西门子水泵", "⻄⻔⼦⽔泵"},
		{"traditional radicals", "⾞⾨⾺⿓", "车门马龙", "马龙", "⾺⿓"},
		{"a radical of four bytes", "⺇一", "𠘨一", "一", "一"},
		{"compatibility ideographs", "\uf9a3佛、\ufa19社、樂\uf9bf", "念佛、神社、乐乐", "神社", "\ufa19社"},
		{"compatibility form of a character of both scripts", "崑\uf9d5山賓館", "昆仑山宾馆", "昆仑山", "崑\uf9d5山"},
		{"a name apart from a radical", "王伟 ⽅明", "王伟 方明", "方明", "⽅明"},
		{"a spaced-out word with radicals", "⼯ 程 进 度", "工程进度", "工程", "⼯ 程"},
	})
}

// TestFoldEquivalents: a character that Unicode calls the same as another folds as that one does.
func TestFoldEquivalents(t *testing.T) {
	for _, block := range [][2]rune{{0x2F00, 0x2FD5}, {0xF900, 0xFAD9}, {0x2F800, 0x2FA1D}} {
		for r := block[0]; r <= block[1]; r++ {
			same := norm.NFKC.String(string(r))
			if got, want := text.Fold(string(r)).Text, text.Fold(same).Text; got != want {
				t.Errorf("Fold(%U) = %q, but Fold(%s) = %q", r, got, same, want)
			}
		}
	}
}

func TestFoldInvisible(t *testing.T) {
	checkFolds(t, []foldCase{
		{"zero width", "青\u200b禾\u200c电\u200d子\u2060厂\ufeff。", "青禾电子厂。", "青禾电子厂", "青\u200b禾\u200c电\u200d子\u2060厂"},
		{"byte order mark", "\ufeff青禾", "青禾", "青禾", "青禾"},
		{"soft hyphen", "Quan\u00adgang项\u00ad目", "Quangang项目", "Quangang", "Quan\u00adgang"},
		{"control characters", "青\x00禾\x08电\x1f子\x7f厂\u0080", "青禾电子厂", "青禾电子厂", "青\x00禾\x08电\x1f子\x7f厂"},
		{"direction", "\u200e青\u202a禾\u202c\u2066、", "青禾、", "青禾", "青\u202a禾"},
		{"variation selectors", "葛\U000e0100城☀\ufe0f", "葛城☀", "葛城", "葛\U000e0100城"},
		{"objects and annotations", "附\ufffc件\ufff9", "附件", "附件", "附\ufffc件"},
		{"bytes that are no text", "青\xff禾\xe4\xb8电\xc0\x80子", "青禾电子", "青禾电子", "青\xff禾\xe4\xb8电\xc0\x80子"},
		{"the replacement character is text", "青\ufffd禾", "青\ufffd禾", "青\ufffd禾", "青\ufffd禾"},
		{"around the space between two names", "王伟\u200b \u200b李娜", "王伟 李娜", "王伟 李娜", "王伟\u200b \u200b李娜"},
		{"in a spaced-out word", "进\u200b 度 安\ufeff 排", "进度安排", "进度", "进\u200b 度"},
		{"combining marks stay", "Cafe\u0301", "Cafe\u0301", "e\u0301", "e\u0301"},
	})
}

// TestFoldNothing: where nothing is kept, every offset leads to the end of an empty text.
func TestFoldNothing(t *testing.T) {
	for _, source := range []string{"", "\u200b\u200b", "   ", "\n\n", "\xff\xfe", "\ufeff\u3000"} {
		f := text.Fold(source)
		if f.Text != "" {
			t.Errorf("Fold(%q) = %q, want nothing", source, f.Text)
		}
		checkWayBack(t, source, f)
	}
}

func TestFoldSpaces(t *testing.T) {
	checkFolds(t, []foldCase{
		{"around a number", "第 3 季度共 12 个", "第3季度共12个", "共12个", "共 12 个"},
		{"around a word", "用 Go 语言", "用Go语言", "Go语言", "Go 语言"},
		{"beside punctuation", "青禾 ，雲杉 。 藍鯨", "青禾，云杉。蓝鲸", "云杉。蓝鲸", "雲杉 。 藍鯨"},
		{"between names", "王伟 李娜", "王伟 李娜", "李娜", "李娜"},
		{"a wide blank between names", "王伟　　李娜", "王伟 李娜", "王伟 李娜", "王伟　　李娜"},
		{"names of two characters spread to three", "张 三　李 四", "张三 李四", "李四", "李 四"},
		{"a spread heading", "进 度 安 排 表", "进度安排表", "安排", "安 排"},
		{"between words", "New \t York\u00a0City\u2003Hall", "New York City Hall", "York City", "York\u00a0City"},
		{"at the ends", "\u3000\u3000全市 \u3000", "全市", "全市", "全市"},
		{"a spread name at the end of its line", "张　三 \n李四", "张三\n李四", "张三", "张　三"},
		{"paragraphs run together with narrow blanks", "到此结束。    二、下一步", "到此结束。\n二、下一步", "二、", "二、"},
		{"paragraphs run together", "到此结束。\u3000\u3000二、下一步", "到此结束。\n二、下一步", "二、", "二、"},
	})
	// Cells are kept apart from numbers once; the single blank that this leaves is typography to the next reader.
	if got := text.Fold("产值  12").Text; got != "产值 12" {
		t.Errorf("two blanks before a number give %q, want one", got)
	}
}

func TestFoldLineEnds(t *testing.T) {
	const head = "一、项目推进情况"
	// Twenty characters a line, as a page of print has them.
	wrapped := []string{
		"青禾电子在南港片区新建厂房三座并于上月交",
		"付使用配套道路与管网由雲杉建設同步完成预",
		"计明年首季投产后可新增岗位约三百个带动周",
		"边十余家企业为其配套供货并吸引人才返乡。",
	}
	checkFolds(t, []foldCase{
		{"ends of lines of their own", "甲项目\n乙项目\n", "甲项目\n乙项目\n", "乙项目", "乙项目"},
		{"of other systems", "甲\r\n乙\r丙\u2028丁\u0085戊\v己\f庚", "甲\n乙\n丙\n丁\n戊\n己\n庚", "乙\n丙\n丁", "乙\r丙\u2028丁"},
		{"the way back finds the line end", "甲项目 \r\n \r\n 乙", "甲项目\n乙", "\n", "\n"},
		{"empty lines and blanks", "\n \n甲项目 \n\n\u3000乙项目\n\n", "甲项目\n乙项目\n", "甲项目\n乙", "甲项目 \n\n\u3000乙"},
		{"behind a comma", "青禾，\n雲杉", "青禾，云杉", "青禾，云杉", "青禾，\n雲杉"},
		{"before a mark", "青禾\n，雲杉", "青禾，云杉", "青禾，云杉", "青禾\n，雲杉"},
		{"before a mark of half width", "青禾\n｡", "青禾。", "青禾。", "青禾\n｡"},
		{"behind a bracket that opens", "青禾（\n南港）", "青禾（南港）", "（南港）", "（\n南港）"},
		{"behind a colon", "名单：\n青禾，", "名单：\n青禾，", "青禾", "青禾"},
		{"before an item", "包括、\n（一）青禾\n2.雲杉", "包括、\n（一）青禾\n2.云杉", "云杉", "雲杉"},
		{"before an item of radicals", "包括，\n⼆、雲杉", "包括，\n二、云杉", "二、云杉", "⼆、雲杉"},
		{
			"of print", head + "\n" + strings.Join(wrapped, "\n") + "\n二、下一步\n",
			head + "\n" + strings.ReplaceAll(strings.Join(wrapped, ""), "雲杉建設", "云杉建设") + "\n二、下一步\n",
			"上月交付使用", "上月交\n付使用",
		},
		{
			"of print, indented and with carriage returns", "\u3000\u3000" + strings.Join(wrapped, "\r\n"),
			strings.ReplaceAll(strings.Join(wrapped, ""), "雲杉建設", "云杉建设"), "周边十余家", "周\r\n边十余家",
		},
		{
			"short lines between carriage returns", "本期报告到此为止，下期报告改在月末发布，敬请各位读者留意。\r目录\r附表一\r附表二",
			"本期报告到此为止，下期报告改在月末发布，敬请各位读者留意。\n目录\n附表一\n附表二", "目录\n附表一", "目录\r附表一",
		},
		{"of three lines of print", strings.Join(wrapped[1:], "\n"), strings.Replace(strings.Join(wrapped[1:], ""), "雲杉建設", "云杉建设", 1), "周边", "周\n边"},
		{"two lines are no print yet", wrapped[0] + "\n" + wrapped[2], wrapped[0] + "\n" + wrapped[2], "上月交\n计明", "上月交\n计明"},
		{
			"of print before an indent", wrapped[0] + "\n" + wrapped[2] + "\n\u3000\u3000" + wrapped[0] + "\n" + wrapped[3],
			wrapped[0] + wrapped[2] + "\n" + wrapped[0] + wrapped[3], "带动周\n青禾", "带动周\n\u3000\u3000青禾",
		},
		{
			"of a long line with a sentence in it", "本期报告到此为止。下期报告改在月末发布敬请各位读者留\n意", "本期报告到此为止。下期报告改在月末发布敬请各位读者留意",
			"留意", "留\n意",
		},
		{
			"of print between numbers",
			"the new harbour works of the town began in May 1994\nand over the whole of the summer they went on 24 by\n" +
				"7 without a rest until the storms closed it in 199\n5 and then the heavy lorries had to bring it there",
			"the new harbour works of the town began in May 1994 and over the whole of the summer they went on 24 by " +
				"7 without a rest until the storms closed it in 1995 and then the heavy lorries had to bring it there",
			"1995", "199\n5",
		},
		{"of print in Latin script", latin("\n"), latin(" "), "steadily over", "steadily\nover"},
	})
}

// TestFoldItems: what begins with a number or a bullet begins a line, even behind a comma.
func TestFoldItems(t *testing.T) {
	for item, own := range map[string]bool{
		"一、青禾": true, "⼗、青禾": true, "12、青禾": true, "１２、青禾": true, "3）青禾": true, "3)青禾": true, "3.青禾": true, "3．青禾": true, "（三）青禾": true, "(3)青禾": true,
		"〔三〕青禾": true, "【青禾】": true, "第三章": true, "第3条": true, "一是青禾": true, "①青禾": true, "㈠青禾": true, "●青禾": true, "-青禾": true, "★青禾": true,
		"2.5亿元": false, "1是": false, "12个": false, "一个": false, "第三产业": false, "（青禾）": false, "青禾": false, "第一": false, "3": false,
	} {
		want := "包括，" + text.Fold(item).Text
		if own {
			want = "包括，\n" + text.Fold(item).Text
		}
		if got := text.Fold("包括，\n" + item).Text; got != want {
			t.Errorf("before %s: %q, want %q", item, got, want)
		}
	}
}

// latin is a paragraph whose lines are as long as each other.
func latin(end string) string {
	return strings.Join([]string{
		"the new harbour works of the town went on steadily",
		"over the whole of the summer and most of the autumn",
		"until the first of the storms closed all the roads",
		"that the heavy lorries had used to bring the stone",
	}, end) + "."
}

func TestFoldLeavesCodeAndWordsAlone(t *testing.T) {
	for _, s := range []string{
		"if (a > b) { return f(x, y); } // why: not?",
		`fmt.Println("a b", 'c')`,
		"https://a.example/x?q=1,2;3#top",
		"mail@a.example; v1.2.3-rc.1",
		"C++ and C# (2024)",
		"naïve café, Übung, Привет, мир! こんにちは",
		"使用`x = f(a, b)`即可",
		"青禾电子GH-200型（二期）",
		"á(qū)",
	} {
		f := text.Fold(s)
		if f.Text != s || unsafe.StringData(f.Text) != unsafe.StringData(s) {
			t.Errorf("Fold(%q) = %q, want the source itself", s, f.Text)
		}
		checkWayBack(t, s, f)
	}
}

// TestFoldIsOneForOne folds every character there is, alone: it is left out, or becomes one character that stays.
func TestFoldIsOneForOne(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if !utf8.ValidRune(r) {
			continue
		}
		got := text.Fold(string(r)).Text
		if n := utf8.RuneCountInString(got); n > 1 {
			t.Errorf("Fold(%U) = %q, want at most one character", r, got)
		}
		if got == "" && !standsForNothing(r) {
			t.Errorf("Fold(%U) leaves %q out", r, r)
		}
		// 薴 is 苧 in simplified text, and 苧 of traditional text is 苎.
		if again := text.Fold(got).Text; again != got && r != '薴' {
			t.Errorf("Fold(%U) = %q, and folded again %q", r, got, again)
		}
	}
}

// standsForNothing reports whether Unicode knows r as white, invisible or a placeholder.
func standsForNothing(r rune) bool {
	return unicode.In(r, unicode.White_Space, unicode.Cc, unicode.Cf, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point) ||
		r == '\u034f' || r == '\ufffc' || 0xE0000 <= r && r <= 0xE0FFF
}

// fragments are what dirty text is made of.
var fragments = []string{
	"青禾", "雲杉", "區", "乾", "著", "著名", "崑", "国", "國", "⼀", "⻄", "\uf9d5", "(qū)", "（fā）", "(guo)", "(xī'ān)", "(", ")", "（", "）", "(a",
	" ", "  ", "\u3000", "\u3000\u3000", "\t", "\n", "\r\n", "\r", "\u2028", "\u00a0", "\u200b", "\u00ad", "\ufeff", "\x00", "\ufe0f",
	"，", "。", "、", "：", ",", ".", ";", "!", "?", "｡", "｢", "」", "“", "”", "•", "－", "Ａ", "１", "％", "a", "bc", "1", "20", "一、", "（一）",
	"全市青禾电子与云杉建设合计新增产值若干万元", "a long line of plain words that says nothing", "\xff", "\xe4\xb8", "\xf0\x9f", "𠮷", "⺇", "é", "e\u0301",
}

var dirtyText = rapid.Custom(func(t *rapid.T) string {
	return strings.Join(rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(fragments), rapid.StringN(0, 3, -1)), 0, 40).Draw(t, "fragments"), "")
})

func TestFoldMapsAnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		source := dirtyText.Draw(t, "source")
		f := text.Fold(source)
		checkWayBack(t, source, f)
		checkLines(t, f.Text)
	})
}

// checkLines holds a folded text to its form: line ends and blanks stand alone, neither at the beginning, and no blank beside
// Chinese punctuation.
func checkLines(t failer, folded string) {
	t.Helper()
	const punctuation = "，。、；：？！（）《》【】“”‘’…—"
	before := '\n'
	for i, r := range folded {
		if (before == '\n' || before == ' ') && (r == '\n' || r == ' ') {
			t.Fatalf("%q at %d of %q stands behind %q", r, i, folded, before)
		}
		if r == ' ' && strings.ContainsRune(punctuation, before) || before == ' ' && strings.ContainsRune(punctuation, r) {
			t.Fatalf("a blank at %d of %q stands beside punctuation", i, folded)
		}
		if r != ' ' && r != '\n' && (unicode.IsSpace(r) || unicode.IsControl(r)) {
			t.Fatalf("%q at %d of %q is no blank that folding leaves", r, i, folded)
		}
		before = r
	}
	if strings.HasSuffix(folded, " ") {
		t.Fatalf("%q ends in a blank", folded)
	}
}

// TestFoldLosesNothing: where no brackets may hold a reading, all that is left out is blank or invisible.
func TestFoldLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		source := strings.ToValidUTF8(strings.Map(func(r rune) rune {
			if r == '(' || r == '（' {
				return -1
			}
			return r
		}, dirtyText.Draw(t, "source")), "")
		f := text.Fold(source)
		kept := map[int]bool{}
		for i := range f.Text {
			from, _ := f.Source(i, i+1)
			kept[from] = true
		}
		for i, r := range source {
			if !kept[i] && !standsForNothing(r) {
				t.Fatalf("Fold(%q) = %q leaves %q at %d out", source, f.Text, r, i)
			}
		}
	})
}

// cleanText draws paragraphs in the form that Fold gives.
var cleanText = rapid.Custom(func(t *rapid.T) string {
	han := rapid.StringMatching(`[青禾电子云杉建设蓝鲸纺织厂区发展规划与产业园]{1,8}`)
	word := rapid.StringMatching(`[A-Za-z]{1,6}( [A-Za-z]{1,6})?|[1-9][0-9]{0,3}(\.[0-9])?%?`)
	var b strings.Builder
	for range rapid.IntRange(1, 3).Draw(t, "sentences") {
		for i := range rapid.IntRange(1, 3).Draw(t, "clauses") {
			if i > 0 {
				b.WriteString(rapid.SampledFrom([]string{"，", "、", "：", "；"}).Draw(t, "mark"))
			}
			b.WriteString(han.Draw(t, "beginning"))
			for range rapid.IntRange(0, 3).Draw(t, "parts") {
				switch rapid.IntRange(0, 3).Draw(t, "kind") {
				case 0:
					b.WriteString(word.Draw(t, "word") + han.Draw(t, "han"))
				case 1:
					b.WriteString("（" + han.Draw(t, "in brackets") + "）" + han.Draw(t, "han"))
				case 2:
					b.WriteString("“" + han.Draw(t, "quoted") + "”")
				case 3:
					b.WriteString("王伟 李建国 张三" + han.Draw(t, "han"))
				}
			}
		}
		b.WriteString("。")
		if rapid.Bool().Draw(t, "paragraph") {
			b.WriteString("\n")
		}
	}
	return b.String()
})

func TestFoldLeavesCleanTextAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := cleanText.Draw(t, "text")
		f := text.Fold(s)
		if f.Text != s || unsafe.StringData(f.Text) != unsafe.StringData(s) {
			t.Fatalf("Fold(%q) = %q, want the source itself", s, f.Text)
		}
		checkWayBack(t, s, f)
	})
}

// dirt is how sources write characters of cleanText.
var dirt = map[rune][]string{
	'电':  {"電", "電(diàn)"},
	'云':  {"雲", "云（yún）"},
	'设':  {"設", "設(shè)"},
	'蓝':  {"藍"},
	'鲸':  {"鯨", "鲸(jīng)"},
	'纺':  {"紡"},
	'织':  {"織"},
	'厂':  {"廠", "⼚"},
	'区':  {"區(qū)", "區"},
	'发':  {"發(fā)"},
	'青':  {"⻘"},
	'子':  {"⼦"},
	'李':  {"\uf9e1"},
	'建':  {"建\U000e0100"},
	'“':  {"「", "〝"},
	'”':  {"」", "〞"},
	'1':  {"１"},
	'5':  {"５"},
	'%':  {"％", "﹪"},
	'A':  {"Ａ"},
	'z':  {"ｚ"},
	'。':  {"｡", "。\u3000", "。 "},
	'、':  {"､", "﹑"},
	'，':  {"﹐", "，\n", " ，"},
	' ':  {"\u3000", "\u00a0", "\u200b \u200b"},
	'\n': {"\r\n", "\n\n", " \n\u3000\u3000"},
}

// TestFoldUndoesDirt soils a clean text and wants it back, each character with the place at which it was soiled.
func TestFoldUndoesDirt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := cleanText.Draw(t, "text")
		var b strings.Builder
		var starts []int
		for _, r := range want {
			b.WriteString(rapid.SampledFrom([]string{"", "", "", "\u200b", "\u00ad", "\x01", "\xff"}).Draw(t, "before"))
			starts = append(starts, b.Len())
			b.WriteString(rapid.SampledFrom(append(dirt[r], string(r))).Draw(t, "as"))
		}
		source := b.String()
		f := text.Fold(source)
		if f.Text != want {
			t.Fatalf("Fold(%q)\n got %q\nwant %q", source, f.Text, want)
		}
		checkWayBack(t, source, f)
		k := 0
		for i, r := range want {
			// Blanks, and a comma with a blank before it, begin behind what was written for them.
			if from, _ := f.Source(i, i+1); r != ' ' && r != '\n' && r != '，' && from != starts[k] {
				t.Fatalf("Fold(%q): %q at %d comes from %d, want %d", source, r, i, from, starts[k])
			}
			k++
		}
	})
}

func FuzzFold(f *testing.F) {
	for _, s := range append([]string{
		"",
		"豐澤區(qū)經濟發(fā)展，過(guo)去",
		"崑崙山、乾隆、乾燥、著名、昇腾",
		"共１，２３４．５万元,其中(⼀)５％",
		"政 府\u200b 工 作　王伟\u3000李娜",
		"一行，\r\n续行\r标题\u2028\n（一）项",
		"((((((((((一)))))))))) (xī'ān",
		"\xff青\xe4\xb8禾\xf0",
		latin("\n"),
		strings.Repeat("青禾电子在南港片区新建厂房三座并于上月交\n", 5),
	}, fragments...) {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, source string) {
		folded := text.Fold(source)
		checkWayBack(t, source, folded)
		checkLines(t, folded.Text)
		for _, name := range []string{text.Name(source), text.Key(source), text.Simplify(folded.Text)} {
			if !utf8.ValidString(name) {
				t.Fatalf("a name of %q is %q, which is not UTF-8", source, name)
			}
		}
	})
}
