package extract

import (
	"strings"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/graph"
)

// persons finds names of persons by the titles in front of them or behind them, and names in foreign dress by their dots.
func (v *sentence) persons() {
	for i := range v.Words {
		w := &v.Words[i]
		if w.class == className && w.place.Level() > 3 { // 东园镇王建忠获…
			if next := v.person(i+1, false); next > i+1 && v.is(next, "获", "荣获", "获得", "获评", "当选", "入选", "被授予") {
				v.add(v.Words[i+1].Start, v.Words[next-1].End, graph.KindPerson, "", weakName, "rule:person")
			}
		}
		switch {
		case w.facts.title || v.role(i, roleReporter):
			v.titled(i, v.role(i, roleReporter))
		case v.role(i, roleDot):
			v.foreign(i)
		case v.role(i, roleSpeech):
			v.speaker(i)
		}
	}
}

// speech are verbs whose subject, right before them, may be a person without a title.
var speech = wordsOf(`说 表示 指出 认为 介绍 告诉 坦言 称 透露 强调 分析 解释 回忆 感慨 直言 笑着说`)

// titled looks for a person right behind a title (区长林清伏), several behind 记者, and one right before it (林清伏区长).
func (v *sentence) titled(i int, several bool) {
	j := i + 1
	if v.is(j, "、", ",", ";") && !several {
		j = len(v.Words)
	}
	for n := 0; n < 6 && j < len(v.Words); n++ {
		for v.class(j) == classSpace {
			j++
		}
		next := v.person(j, true)
		if several {
			next = v.chunk(j, next)
		}
		if next == j {
			break
		}
		v.add(v.Words[j].Start, v.Words[next-1].End, graph.KindPerson, "", firmName, "rule:person")
		j = next
		if !several {
			break
		}
		if v.is(j, "、", "和", "/") {
			j++
		}
	}
	if !several && !v.is(i, "代表", "专家", "经理", "顾问") {
		v.before(i, fairName)
	}
}

// chunk extends a name in a list of reporters over single characters to the next blank: 洪方博涛, who has two surnames.
func (v *sentence) chunk(j, next int) int {
	if next == j && (!v.lex.surnames[v.word(j)] || v.Words[j].runes != 1) {
		return j
	}
	next = max(next, j+1)
	end, runes := next, 0
	for n := j; n < next; n++ {
		runes += v.Words[n].runes
	}
	for v.class(end) == classChar && runes < 4 {
		runes += v.Words[end].runes
		end++
	}
	if c := v.class(end); (c == classSpace || c == classPunct) && runes > 1 {
		return end
	}
	if next == j+1 && v.Words[j].runes == 1 {
		return j
	}
	return next
}

// speaker looks for a person right before a verb of speech, after punctuation or a title.
func (v *sentence) speaker(i int) {
	if v.class(i-1) == classChar || v.class(i-1) == classWord {
		v.before(i, weakName)
	}
}

// before adds the person whose name ends where word i begins, if it fills the stretch from a boundary.
func (v *sentence) before(i int, confidence float64) {
	for j := i - 1; j >= 0 && j >= i-3; j-- {
		if next := v.person(j, false); next == i {
			switch c := v.class(j - 1); {
			case c == classPunct, c == classSpace, c == className, c == classStop && !v.is(j-1, "的", "各"), c == classVerb, c == classPlain:
				v.add(v.Words[j].Start, v.Words[i-1].End, graph.KindPerson, "", confidence, "rule:person")
			}
			return
		}
	}
}

// person returns the word after a person's name that begins at word j, or j if none does: a surname and one or two characters
// that are no words of their own. Right behind a title, a given name may be a word (王 建国).
func (v *sentence) person(j int, title bool) int {
	if j < 0 || j >= len(v.Words) {
		return j
	}
	w := v.word(j)
	given := 0 // characters
	next := j + 1
	switch n := v.Words[j].runes; {
	case v.lex.surnames[w] && n <= 2 && v.class(j) != classVerb && v.class(j) != classPunct:
	case v.class(j) == classWord && n == 2 || v.class(j) == classOdd && n == 2: // surname and given name cut as one word
		_, size := utf8.DecodeRuneInString(w)
		if !v.lex.surnames[w[:size]] || !title && v.class(j) == classWord {
			return j
		}
		given = 1
	case v.class(j) == classWord && n == 3 && title && v.lex.surnames[firstRune(w)]:
		return next
	default:
		return j
	}
	for next < len(v.Words) && given < 2 {
		n := v.Words[next]
		ok := false
		switch n.class {
		case classChar:
			ok = !strings.Contains("向同等对在及与和为说称指曾已将于从到把被", v.word(next))
		case classSoft, classMeasure, classNumeral:
			ok = n.runes == 1 && given == 1 && !strings.Contains("到达为获说称赴据会能可应要拟需居列", v.word(next)) || n.runes == 1 && given == 0 && v.class(next+1) == classChar
		case classWord, classOdd:
			ok = n.runes == 2 && given == 0 && (title || v.class(next) == classWord)
		case classStop:
			ok = n.runes == 1 && given == 0 && v.class(next+1) == classChar && strings.Contains("向如其和之", v.word(next))
		}
		if !ok || given+n.runes > 2 {
			break
		}
		given += n.runes
		next++
	}
	if given == 0 {
		return j
	}
	// A longer run of single characters is no person's name.
	if v.class(next) == classChar && !isCommon(v.word(next)) && !v.lex.surnames[v.word(next)] {
		return j
	}
	return next
}

func firstRune(s string) string {
	_, size := utf8.DecodeRuneInString(s)
	return s[:size]
}

// transliterated are characters that foreign names are written with.
const transliterated = "阿埃艾安昂奥巴拜班邦保鲍贝本比彼波伯勃博布查达戴丹道得德登邓迪蒂丁东多恩尔法凡菲费芬弗佛夫福富盖甘冈高戈哥格古哈海汉豪赫亨胡华霍基吉加贾杰金卡凯坎康考科克肯库昆拉莱兰朗劳勒雷里利莉林琳刘卢鲁路伦罗洛马玛迈麦曼" +
	"梅门蒙米密明摩莫默姆穆内纳娜南尼涅宁纽诺努欧帕潘佩彭皮普奇齐恰乔切琼日荣瑞若撒萨塞赛桑森沙莎山舍圣施史舒斯丝松苏索塔泰坦汤唐特提廷图托瓦万旺威韦维温沃乌伍西希锡夏香肖谢辛休雅亚扬耶叶伊因英尤于约泽扎詹珍朱卓佐"

// foreign finds a name in foreign dress around a dot: 鲁伯特·默多克.
func (v *sentence) foreign(i int) {
	walk := func(j, step int) int {
		runes := 0
		for n := j; n >= 0 && n < len(v.Words); n += step {
			if v.Words[n].runes+runes > 8 || strings.Trim(v.word(n), transliterated) != "" {
				return n
			}
			runes += v.Words[n].runes
		}
		if step < 0 {
			return -1
		}
		return len(v.Words)
	}
	from, to := walk(i-1, -1)+1, walk(i+1, 1)
	if from == i || to == i+1 || v.Words[i].Start-v.Words[from].Start < 4 {
		return
	}
	v.add(v.Words[from].Start, v.Words[to-1].End, graph.KindPerson, "", fairName, "rule:person")
}
