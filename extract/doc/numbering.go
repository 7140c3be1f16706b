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
	starts   [maxLevels]int          // that this list begins anew with, -1 for none
	own      [maxLevels]*numberLevel // levels that are this list's own; nil for those of the abstract list
}

type numberLevel struct {
	format  string
	text    string // with %1 for the number of level 1
	start   int
	legal   bool   // all numbers in it are written in digits
	suffix  string // what stands behind it: nothing, space, or a tab if it is empty
	restart int    // levels below this one begin it anew, -1 for all that are higher
}

func readNumbering(data []byte) *numbering {
	n := &numbering{
		lists: map[string]*numberList{}, abstract: map[string]*[maxLevels]numberLevel{},
		counters: map[string]*[maxLevels]int{}, started: map[string]bool{},
	}
	x := xmlReader(data)
	var levels *[maxLevels]numberLevel
	var list *numberList
	var now *numberLevel // that is being read
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
			levels, list, now = &[maxLevels]numberLevel{}, nil, nil
			for i := range levels {
				levels[i].start, levels[i].restart = 1, -1
			}
			if len(n.abstract) < 10_000 {
				n.abstract[attr(e, "abstractNumId")] = levels
			}
		case "num":
			list, levels = &numberList{starts: [maxLevels]int{-1, -1, -1, -1, -1, -1, -1, -1, -1}}, nil
			now = nil
			if len(n.lists) < 10_000 {
				n.lists[attr(e, "numId")] = list
			}
		case "abstractNumId":
			if list != nil {
				list.abstract = attr(e, "val")
			}
		case "lvl", "lvlOverride":
			if level, err = strconv.Atoi(attr(e, "ilvl")); err != nil || level < 0 || level >= maxLevels {
				level = -1
			}
			switch now = nil; {
			case level < 0:
			case levels != nil:
				now = &levels[level]
			case list != nil && e.Name.Local == "lvl":
				now = &numberLevel{start: 1, restart: -1}
				list.own[level] = now
			}
		}
		value := attr(e, "val")
		number, _ := strconv.Atoi(value)
		switch {
		case e.Name.Local == "startOverride" && list != nil && level >= 0:
			list.starts[level] = number
		case now == nil:
		case e.Name.Local == "numFmt":
			now.format = value
		case e.Name.Local == "lvlText":
			now.text = cut(value, 64)
		case e.Name.Local == "start":
			now.start = number
		case e.Name.Local == "isLgl":
			now.legal = on(e)
		case e.Name.Local == "suff":
			now.suffix = value
		case e.Name.Local == "lvlRestart":
			now.restart = number
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
	at := func(i int) numberLevel {
		if own := list.own[i]; own != nil {
			return *own
		}
		return levels[i]
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
			if list.own[i] != nil {
				counters[i] = list.own[i].start - 1
			}
			if start >= 0 {
				counters[i] = start - 1
			}
		}
	}
	counters[p.level]++
	for i := p.level + 1; i < maxLevels; i++ {
		if after := at(i).restart; after < 0 || p.level < after {
			counters[i] = at(i).start - 1
		}
	}
	l := at(p.level)
	if l.format == "bullet" || l.format == "none" {
		return ""
	}
	text := l.text
	for i := range p.level + 1 {
		format := at(i).format
		if l.legal {
			format = "decimal"
		}
		text = strings.ReplaceAll(text, "%"+strconv.Itoa(i+1), writeNumber(format, max(counters[i], at(i).start)))
	}
	last := text[max(len(text)-1, 0):]
	if text != "" && (l.suffix == "space" || l.suffix != "nothing" && (last >= "0" && last <= "9" || last == "." || last == ")")) {
		text += " " // where a tab stands, it only shows behind figures
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
