package text_test

import (
	"testing"

	"github.com/tupu-kg/tupu/extract/text"
	"pgregory.net/rapid"
)

func TestFoldReadings(t *testing.T) {
	checkFolds(t, []foldCase{
		{"in a name", "豐澤區(qū)青禾電子", "丰泽区青禾电子", "丰泽区青禾电子", "豐澤區(qū)青禾電子"},
		{"in a word", "產業發(fā)展良好", "产业发展良好", "发展", "發(fā)展"},
		{"behind the name, outside of it", "入駐豐澤區(qū)。", "入驻丰泽区。", "丰泽区", "豐澤區"},
		{"in simplified text", "丰泽区(qū)内", "丰泽区内", "区内", "区(qū)内"},
		{"brackets of full width", "豐澤區（qū）內", "丰泽区内", "区内", "區（qū）內"},
		{"brackets of both widths", "豐澤區(qū）內", "丰泽区内", "区内", "區(qū）內"},
		{"one after the other", "長(cháng)樂(lè)(yuè)港", "长乐港", "长乐港", "長(cháng)樂(lè)(yuè)港"},
		{"combining tones", "豐澤區(qu\u0304)內，綠(lu\u0308\u0300)地", "丰泽区内，绿地", "绿地", "綠(lu\u0308\u0300)地"},
		{"ü and letters of old input methods", "女(nǚ)工，高(ɡāo)爐，滿(mǎn)產，滿(măn)", "女工，高炉，满产，满", "高炉", "高(ɡāo)爐"},
		{"of a word", "泉州(quán zhōu)港，平安(píng’ān)路", "泉州港，平安路", "平安路", "平安(píng’ān)路"},
		{"of a word that reads as one syllable", "西安(xī'ān)路", "西安路", "西安路", "西安(xī'ān)路"},
		{"of four syllables", "甲(yī èr sān sì)乙", "甲乙", "甲乙", "甲(yī èr sān sì)乙"},
		{"syllables without an initial", "嗯(ńg)，兒(ér)童，安(ān)", "嗯，儿童，安", "儿童", "兒(ér)童"},
		{"within brackets", "（豐澤區(qū)內）", "（丰泽区内）", "（丰泽区内）", "（豐澤區(qū)內）"},
		{"before a bracket", "豐澤區(qū)(南港)", "丰泽区（南港）", "区（南港）", "區(qū)(南港)"},
		{"behind a blank", "豐澤區 (qū)內", "丰泽区内", "区内", "區 (qū)內"},
		{"before a mark", "豐澤區(qū),其中", "丰泽区，其中", "区，其中", "區(qū),其中"},
		{"without a tone, in a text that shows the damage", "過(guo)濾器產業發(fā)展", "过滤器产业发展", "过滤器", "過(guo)濾器"},
		{"without a tone, before the damage shows", "面(mian)積\n區(qū)", "面积\n区", "面积", "面(mian)積"},
	})
}

// TestFoldKeepsOtherBrackets: what is no reading is text.
func TestFoldKeepsOtherBrackets(t *testing.T) {
	checkFolds(t, []foldCase{
		{"without a tone, in clean text", "過(guo)濾器", "过（guo）滤器", "过（guo）滤器", "過(guo)濾器"},
		{"a unit", "面積(mm)，產業發(fā)展", "面积（mm），产业发展", "面积（mm）", "面積(mm)"},
		{"one letter", "長度(m)，產業發(fā)展", "长度（m），产业发展", "长度（m）", "長度(m)"},
		{"two words without tones", "產業(fa zhan)發(fā)展", "产业（fa zhan）发展", "产业（fa zhan）", "產業(fa zhan)"},
		{"a short form", "青禾(QH)發(fā)展", "青禾（QH）发展", "青禾（QH）", "青禾(QH)"},
		{"no syllable", "青禾(fāx)", "青禾（fāx）", "（fāx）", "(fāx)"},
		{"with a digit", "青禾(fā1)", "青禾（fā1）", "（fā1）", "(fā1)"},
		{"five syllables", "甲(yī èr sān sì wǔ)", "甲（yī èr sān sì wǔ）", "sì wǔ）", "sì wǔ)"},
		{"one tone for two syllables", "甲(fāzhan)", "甲（fāzhan）", "（fāzhan）", "(fāzhan)"},
		{"nothing in it", "青禾()", "青禾（）", "（）", "()"},
		{"no end", "青禾(fā", "青禾（fā", "（fā", "(fā"},
		{"behind no character", "ABC(fā)", "ABC(fā)", "(fā)", "(fā)"},
		{"at the beginning", "(fā)展", "（fā）展", "（fā）", "(fā)"},
		{"at the beginning of a line", "青禾\n(fā)", "青禾\n(fā)", "(fā)", "(fā)"},
	})
}

// TestFoldTakesSyllablesApart: a tone on every syllable makes a reading, and a tone that one of them lacks makes none.
func TestFoldTakesSyllablesApart(t *testing.T) {
	// Each begins with a consonant, so that they read in one way alone.
	toned := []string{"qū", "fā", "zhuāng", "xióng", "lüè", "nǚ", "yuán", "wēng", "jiǒng", "quē", "shuǐ", "cè"}
	plain := []string{"qu", "fa", "zhuang", "xiong", "yuan", "weng", "shui", "ce"}
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(rapid.SampledFrom(toned), 1, 3).Draw(t, "syllables")
		reading := ""
		for i, s := range list {
			if i > 0 {
				reading += rapid.SampledFrom([]string{" ", "'", "-", "’"}).Draw(t, "between")
			}
			reading += s
		}
		if got := text.Fold("甲(" + reading + ")乙").Text; got != "甲乙" {
			t.Fatalf("(%s) is not left out: %q", reading, got)
		}
		more := reading + " " + rapid.SampledFrom(plain).Draw(t, "without a tone")
		if got, want := text.Fold("甲("+more+")乙").Text, "甲（"+more+"）乙"; got != want {
			t.Fatalf("(%s) is no reading: %q, want %q", more, got, want)
		}
	})
}
