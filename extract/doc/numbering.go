package doc

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// paragraphNumber names a list of a Word file and a level in it; the list is empty or "0" for none.
type paragraphNumber struct {
	list  string
	level int
}

// maxLevels is how many levels Word's lists have.
const maxLevels = 9

// numbering gives the numbers that Word shows in front of paragraphs (一、 (二) 3.) and does not keep in their text.
type numbering struct {
	lists    map[string]*numberList
	abstract map[string]*[maxLevels]numberLevel
	counters map[string]*[maxLevels]int // by abstract list: lists of one kind count on
	started  map[string]bool            // lists whose own start has been heeded
}

type numberList struct {
	abstract string
	starts   [maxLevels]int // that this list begins anew with, -1 for none
}

type numberLevel struct {
	format string
	text   string // with %1 for the number of level 1
	start  int
}

func readNumbering(data []byte) *numbering {
	n := &numbering{
		lists: map[string]*numberList{}, abstract: map[string]*[maxLevels]numberLevel{},
		counters: map[string]*[maxLevels]int{}, started: map[string]bool{},
	}
	x := xmlReader(data)
	var levels *[maxLevels]numberLevel
	var list *numberList
	level := -1
	for range maxXMLTokens {
		t, err := x.Token()
		if err != nil {
			break
		}
		e, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		switch e.Name.Local {
		case "abstractNum":
			levels, list = &[maxLevels]numberLevel{}, nil
			for i := range levels {
				levels[i].start = 1
			}
			if len(n.abstract) < 10_000 {
				n.abstract[attr(e, "abstractNumId")] = levels
			}
		case "num":
			list, levels = &numberList{starts: [maxLevels]int{-1, -1, -1, -1, -1, -1, -1, -1, -1}}, nil
			if len(n.lists) < 10_000 {
				n.lists[attr(e, "numId")] = list
			}
		case "abstractNumId":
			if list != nil {
				list.abstract = attr(e, "val")
			}
		case "lvl", "lvlOverride":
			if level, err = strconv.Atoi(attr(e, "ilvl")); err != nil || level >= maxLevels {
				level = -1
			}
		}
		if level < 0 {
			continue
		}
		value := attr(e, "val")
		switch {
		case e.Name.Local == "startOverride" && list != nil:
			list.starts[level], _ = strconv.Atoi(value)
		case levels == nil:
		case e.Name.Local == "numFmt":
			levels[level].format = value
		case e.Name.Local == "lvlText":
			levels[level].text = cut(value, 64)
		case e.Name.Local == "start":
			levels[level].start, _ = strconv.Atoi(value)
		}
	}
	return n
}

// next counts a paragraph of a list and gives its number as Word shows it; bullets are none.
func (n *numbering) next(p paragraphNumber) string {
	if n == nil || p.list == "" || p.level < 0 || p.level >= maxLevels {
		return ""
	}
	list := n.lists[p.list]
	if list == nil {
		return ""
	}
	levels := n.abstract[list.abstract]
	if levels == nil {
		return ""
	}
	counters := n.counters[list.abstract]
	if counters == nil {
		counters = &[maxLevels]int{}
		for i := range counters {
			counters[i] = levels[i].start - 1
		}
		n.counters[list.abstract] = counters
	}
	if !n.started[p.list] {
		n.started[p.list] = true
		for i, start := range list.starts {
			if start >= 0 {
				counters[i] = start - 1
			}
		}
	}
	counters[p.level]++
	for i := p.level + 1; i < maxLevels; i++ {
		counters[i] = levels[i].start - 1
	}
	if f := levels[p.level].format; f == "bullet" || f == "none" {
		return ""
	}
	text := levels[p.level].text
	for i := range p.level + 1 {
		value := counters[i]
		if i < p.level && value < levels[i].start {
			value = levels[i].start
		}
		text = strings.ReplaceAll(text, "%"+strconv.Itoa(i+1), writeNumber(levels[i].format, value))
	}
	if last := text[max(len(text)-1, 0):]; last >= "0" && last <= "9" || last == "." || last == ")" {
		text += " " // as the tab behind it shows
	}
	return text
}

// writeNumber writes a number in one of Word's formats; those that Chinese reports do not use are written in digits.
func writeNumber(format string, n int) string {
	switch format {
	case "chineseCounting", "chineseCountingThousand", "ideographDigital", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand", "ideographTraditional":
		return chineseNumber(n)
	case "decimalEnclosedCircle", "decimalEnclosedCircleChinese":
		if n >= 1 && n <= 20 {
			return string(rune('①' + n - 1))
		}
	case "decimalFullWidth":
		return strings.Map(func(r rune) rune { return r - '0' + '０' }, strconv.Itoa(max(n, 0)))
	case "upperLetter", "lowerLetter":
		if n >= 1 && n <= 26 {
			letter := string(rune('A' + n - 1))
			if format == "lowerLetter" {
				letter = strings.ToLower(letter)
			}
			return letter
		}
	case "upperRoman", "lowerRoman":
		if n >= 1 && n <= 39 {
			s := strings.Repeat("X", n/10) + []string{"", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"}[n%10]
			if format == "lowerRoman" {
				s = strings.ToLower(s)
			}
			return s
		}
	}
	return strconv.Itoa(n)
}

// chineseNumber writes 1 to 999 as headings do: 十二, 二十, 一百零五.
func chineseNumber(n int) string {
	if n < 0 || n > 999 {
		return strconv.Itoa(n)
	}
	digits := []rune("零一二三四五六七八九")
	if n == 0 {
		return "零"
	}
	var b strings.Builder
	if n >= 100 {
		b.WriteRune(digits[n/100])
		b.WriteRune('百')
		if n%100 > 0 && n%100 < 10 {
			b.WriteRune('零')
		}
	}
	if tens := n % 100 / 10; tens > 0 {
		if tens > 1 || n >= 100 {
			b.WriteRune(digits[tens])
		}
		b.WriteRune('十')
	}
	if n%10 > 0 {
		b.WriteRune(digits[n%10])
	}
	return b.String()
}
