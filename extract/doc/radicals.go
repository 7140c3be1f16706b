package doc

import (
	"strings"
	"sync"

	"golang.org/x/text/unicode/norm"
)

// radicals are the radicals of Unicode, each followed by the ideograph that it stands for, as extract/text/gen/radicals.txt has
// them. Fonts of PDF files give the one for the other, since both look alike.
const radicals = "" +
	"⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺇𠘨⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺑𡯂⺒巳⺓幺⺔彑⺕彐⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母" +
	"⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺪𤴔⺫目⺬示⺭礻⺮𥫗⺯糹⺰纟⺱罓⺲罒⺳㓁⺴冗⺵𦉫⺶羊⺷𦍌⺸𦍋⺹耂⺺肀⺻聿⺼肉⺽𦥑" +
	"⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇𧢲⻈讠⻉贝⻊𧾷⻋车⻌辶⻍辶⻎辶⻏邑⻐钅⻑長⻒镸⻓长⻔门⻕𨸏⻖阝⻗雨⻘青⻙韦⻚页⻛风" +
	"⻜飞⻝食⻞𩙿⻟飠⻠饣⻡𩠐⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟⼀一⼁丨⼂丶⼃丿⼄乙⼅亅" +
	"⼆二⼇亠⼈人⼉儿⼊入⼋八⼌冂⼍冖⼎冫⼏几⼐凵⼑刀⼒力⼓勹⼔匕⼕匚⼖匸⼗十⼘卜⼙卩⼚厂⼛厶⼜又⼝口⼞囗⼟土⼠士⼡夂⼢夊⼣夕" +
	"⼤大⼥女⼦子⼧宀⼨寸⼩小⼪尢⼫尸⼬屮⼭山⼮巛⼯工⼰己⼱巾⼲干⼳幺⼴广⼵廴⼶廾⼷弋⼸弓⼹彐⼺彡⼻彳⼼心⼽戈⼾戶⼿手⽀支⽁攴" +
	"⽂文⽃斗⽄斤⽅方⽆无⽇日⽈曰⽉月⽊木⽋欠⽌止⽍歹⽎殳⽏毋⽐比⽑毛⽒氏⽓气⽔水⽕火⽖爪⽗父⽘爻⽙爿⽚片⽛牙⽜牛⽝犬⽞玄⽟玉" +
	"⽠瓜⽡瓦⽢甘⽣生⽤用⽥田⽦疋⽧疒⽨癶⽩白⽪皮⽫皿⽬目⽭矛⽮矢⽯石⽰示⽱禸⽲禾⽳穴⽴立⽵竹⽶米⽷糸⽸缶⽹网⽺羊⽻羽⽼老⽽而" +
	"⽾耒⽿耳⾀聿⾁肉⾂臣⾃自⾄至⾅臼⾆舌⾇舛⾈舟⾉艮⾊色⾋艸⾌虍⾍虫⾎血⾏行⾐衣⾑襾⾒見⾓角⾔言⾕谷⾖豆⾗豕⾘豸⾙貝⾚赤⾛走" +
	"⾜足⾝身⾞車⾟辛⾠辰⾡辵⾢邑⾣酉⾤釆⾥里⾦金⾧長⾨門⾩阜⾪隶⾫隹⾬雨⾭靑⾮非⾯面⾰革⾱韋⾲韭⾳音⾴頁⾵風⾶飛⾷食⾸首⾹香" +
	"⾺馬⾻骨⾼高⾽髟⾾鬥⾿鬯⿀鬲⿁鬼⿂魚⿃鳥⿄鹵⿅鹿⿆麥⿇麻⿈黃⿉黍⿊黑⿋黹⿌黽⿍鼎⿎鼓⿏鼠⿐鼻⿑齊⿒齒⿓龍⿔龜⿕龠"

var radicalTable = sync.OnceValue(func() map[rune]rune {
	m := map[rune]rune{}
	list := []rune(radicals)
	for i := 0; i < len(list); i += 2 {
		m[list[i]] = list[i+1]
	}
	return m
})

// simplifiedRadicals are radicals whose ideograph has another shape in mainland China: fonts made there show that one.
var simplifiedRadicals = map[rune]rune{'⼾': '户', '⾭': '青'}

// traditionalTable is the set of frequent characters that only traditional script has.
var traditionalTable = sync.OnceValue(func() map[rune]bool {
	m := map[rune]bool{}
	for _, r := range commonTraditional {
		m[r] = true
	}
	return m
})

func isTraditional(r rune) bool { return r >= 0x4E00 && traditionalTable()[r] }

// traditional reports whether a text of so many characters, of which count are only of traditional script, is in it.
func traditional(count, chars int) bool { return count*20 >= chars }

// foldRadicals turns radicals and compatibility forms of ideographs into the ideographs, takes ligatures of letters apart, and
// drops marks of direction. Simplified says in which script the text is.
func foldRadicals(s string, simplified bool) string {
	plain := true
	for _, r := range s {
		if r >= 0x2E80 && r <= 0x2FDF || r >= 0xF900 && r <= 0xFAFF || r >= 0xFB00 && r <= 0xFB06 || r >= 0x2F800 && r <= 0x2FA1F || r >= 0x200B && r <= 0x200F || r == 0xAD || r == 0x2015 {
			plain = false
		}
	}
	if plain {
		return s
	}
	table := radicalTable()
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 0x2E80 && r <= 0x2FDF:
			if to, ok := simplifiedRadicals[r]; ok && simplified {
				return to
			}
			if to, ok := table[r]; ok {
				return to
			}
		case r >= 0xF900 && r <= 0xFAFF, r >= 0x2F800 && r <= 0x2FA1F:
			if to := []rune(norm.NFC.String(string(r))); len(to) == 1 {
				return to[0]
			}
		case r == 0x2015: // fonts show the dash and the bar alike
			return '—'
		case r >= 0x200B && r <= 0x200F, r == 0xAD:
			return -1
		}
		return r
	}, ligatures.Replace(s))
}

var ligatures = strings.NewReplacer("\uFB00", "ff", "\uFB01", "fi", "\uFB02", "fl", "\uFB03", "ffi", "\uFB04", "ffl", "\uFB05", "st", "\uFB06", "st")
