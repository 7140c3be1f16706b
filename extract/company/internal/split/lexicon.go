package split

import (
	_ "embed"
	"math"
	"strings"
	"sync"
)

//go:embed trades.txt
var tradesText string

//go:embed brands.txt
var brandsText string

//go:embed words.txt
var wordsText string

//go:embed weights.txt
var weightsText string

//go:embed clues.txt
var cluesText string

// Lexicon knows the words and characters that the parts of firms' names are made of. It is safe for concurrent use.
type Lexicon struct {
	trades  map[string]bool
	words   map[string]bool  // that anybody uses
	brandly map[rune]float64 // of a character, the logarithm of how much likelier it stands in a brand than in a trade
	foreign map[rune]bool    // that foreign names are written with
	grand   map[string]bool  // that end brands and are no trades
	longest int              // bytes of the longest word
	weights Vector
	clues   map[Clue]float64
	without map[string]bool // trades that are not to be known: in training, those of one name alone
}

// How often the characters of each line of brands.txt stand in brands, how many those of all brands were, and the bounds of
// what is concluded from that.
var brandTiers = [...]float64{100, 40, 15, 6}

const (
	brandTotal  = 13_000
	unseen      = 0.7
	mostBrandly = 2.5
)

const (
	foreign = "斯尔德克尼姆特拉罗维奇诺巴普布莱格赛萨菲奥埃艾阿伊乌哈霍赫卡科库凯基加戈盖佩皮帕波博贝比马麦迈米莫穆内纳努里利鲁伦隆兰洛勒雷瑞森逊夏施茨蒂丹达代登邓顿托图弗福法夫芬沃瓦威韦温文耶约尤扎泽兹朱珀珍默欧美思迪曼"
	grand   = "伟业 兴业 创业 鸿业 宏业 建业 基业 大业 恒业 盛业 广业 百业 新业 联合 宏图 世纪 天下 时代 东方 之星 世家 同创 天成 四方"
	digits  = "一二三四五六七八九十零百千壹贰叁肆伍陆柒捌玖号"
)

// Known is the lexicon that the program carries.
var Known = sync.OnceValue(func() *Lexicon {
	l := &Lexicon{trades: set(tradesText), words: set(wordsText), brandly: map[rune]float64{}, foreign: map[rune]bool{}, grand: set(grand), weights: parseWeights(weightsText), clues: parseClues(cluesText)}
	for _, r := range foreign {
		l.foreign[r] = true
	}
	inTrades, total := map[rune]float64{}, 0.0
	for w := range l.trades {
		l.longest = max(l.longest, len(w))
		for _, r := range w {
			inTrades[r]++
			total++
		}
	}
	for w := range l.words {
		l.longest = max(l.longest, len(w))
	}
	inBrands, tier := map[rune]float64{}, 0
	for line := range strings.Lines(brandsText) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for _, r := range strings.TrimSpace(line) {
			inBrands[r] = brandTiers[tier]
		}
		tier++
	}
	for _, counts := range []map[rune]float64{inTrades, inBrands} {
		for r := range counts {
			odds := math.Log(max(inBrands[r], unseen)/brandTotal) - math.Log(max(inTrades[r], unseen)/total)
			l.brandly[r] = min(max(odds, -mostBrandly), mostBrandly)
		}
	}
	return l
})

// set reads words that blanks divide, without the lines that begin with #.
func set(text string) map[string]bool {
	words := map[string]bool{}
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, "#") {
			for w := range strings.FieldsSeq(line) {
				words[w] = true
			}
		}
	}
	return words
}

// Trade reports whether a word says what a firm does.
func (l *Lexicon) Trade(word string) bool { return l.trades[word] && !l.without[word] }

// Trades lists the trades that stand anywhere in a name.
func (l *Lexicon) Trades(name string) []string {
	var list []string
	for i := range name {
		for j := i + 1; j <= min(len(name), i+l.longest); j++ {
			if l.trades[name[i:j]] {
				list = append(list, name[i:j])
			}
		}
	}
	return list
}

// With is the lexicon with other weights, and without some of its trades.
func (l *Lexicon) With(weights Vector, clues map[Clue]float64, without map[string]bool) *Lexicon {
	other := *l
	other.weights, other.clues, other.without = weights, clues, without
	return &other
}

// Weights are those of the lexicon's features.
func (l *Lexicon) Weights() Vector { return l.weights }
