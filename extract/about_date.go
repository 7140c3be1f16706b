package extract

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// Years that a document may speak of. Other numbers of four digits are no years.
const (
	firstYear = 1949
	lastYear  = 2099
)

// dateFound is a date as a text writes it, in bytes of the text. Parts that are not written, or that cannot be told, are 0:
// 12月27日 has no year, 2024年1月 no day, and 2023年129日, whose 月 a scraper lost, is 2023 alone.
type dateFound struct {
	start, end       int
	year, month, day int
	marked           bool // written with 年, 月 or 日, or with separators, and not a bare number
}

// String is the date as graph.Document holds it: YYYY-MM-DD or a prefix; empty without a year.
func (d dateFound) String() string {
	switch {
	case d.year == 0:
		return ""
	case d.month == 0:
		return fmt.Sprintf("%04d", d.year)
	case d.day == 0:
		return fmt.Sprintf("%04d-%02d", d.year, d.month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day)
}

func (d dateFound) complete() bool { return d.year > 0 && d.month > 0 && d.day > 0 }

// datesIn finds the dates of a text, ascending: 2024-01-11, 2024.1.11, 2024/01/11, 2024年1月11日, 二〇二四年一月十一日, 20240111,
// 1月11日, and what is left of them when signs were lost (20240111日, 2024年0111日). A year alone (2024年) is no date.
func datesIn(s string) []dateFound {
	var found []dateFound
	for i := 0; i < len(s); {
		r, width := utf8.DecodeRuneInString(s[i:])
		if _, ok := digit(r); !ok {
			i += width
			continue
		}
		d, end, ok := dateAt(s, i)
		if ok {
			d.start, d.end = i, end
			found = append(found, d)
			i = end
			continue
		}
		for i < len(s) { // the rest of this number cannot begin a date
			r, width := utf8.DecodeRuneInString(s[i:])
			if _, ok := digit(r); !ok {
				break
			}
			i += width
		}
	}
	return found
}

// digit is the value of an ASCII or Chinese digit.
func digit(r rune) (int, bool) {
	if r >= '0' && r <= '9' {
		return int(r - '0'), true
	}
	switch r {
	case '〇', '○', '零':
		return 0, true
	case '十':
		return 10, true
	}
	if i := strings.IndexRune("一二三四五六七八九", r); i >= 0 {
		return i/len("一") + 1, true
	}
	return 0, false
}

// digitsAt reads the digits at byte i: their values, where they end, and whether they are Chinese. At most nine are read.
func digitsAt(s string, i int) (values []int, end int, han bool) {
	for i < len(s) && len(values) < 9 {
		r, width := utf8.DecodeRuneInString(s[i:])
		v, ok := digit(r)
		if !ok || len(values) > 0 && han != (width > 1) {
			break
		}
		han = width > 1
		values = append(values, v)
		i += width
	}
	return values, i, han
}

// small is the number that digits write, up to 99: [1 2] and [10 2] are 12, [2 10 7] is 27.
func small(values []int) int {
	n := 0
	for i, v := range values {
		switch {
		case v == 10 && i == 0:
			n = 10
		case v == 10:
			n *= 10
		case i > 0 && values[i-1] == 10:
			n += v
		default:
			n = n*10 + v
		}
	}
	return n
}

func plain(values []int) (n int, ok bool) {
	for _, v := range values {
		if v == 10 {
			return 0, false
		}
		n = n*10 + v
	}
	return n, true
}

func skipBlanks(s string, i int) int {
	for i < len(s) && (s[i] == ' ' || s[i] == '\t') {
		i++
	}
	return i
}

func validYear(y int) bool { return y >= firstYear && y <= lastYear }

func validDay(year, month, day int) bool {
	if year == 0 {
		year = 2024 // a leap year: the 29th of February is possible
	}
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	return month >= 1 && month <= 12 && day >= 1 && t.Day() == day && int(t.Month()) == month
}

// dateAt reads a date that begins with the digits at byte i.
func dateAt(s string, i int) (d dateFound, end int, ok bool) {
	first, at, _ := digitsAt(s, i)
	if rest := s[at:]; len(first) <= 3 {
		// 12月27日: a month and a day
		if !strings.HasPrefix(rest, "月") {
			return d, 0, false
		}
		day, stop, _ := digitsAt(s, skipBlanks(s, at+len("月")))
		if len(day) == 0 || len(day) > 3 || !strings.HasPrefix(s[skipBlanks(s, stop):], "日") || !validDay(0, small(first), small(day)) {
			return d, 0, false
		}
		return dateFound{month: small(first), day: small(day), marked: true}, skipBlanks(s, stop) + len("日"), true
	}
	number, ok := plain(first)
	if !ok {
		return d, 0, false
	}
	switch len(first) {
	case 8: // 20240111, 20240111日
		d = dateFound{year: number / 10000, month: number / 100 % 100, day: number % 100}
		if !validYear(d.year) || !validDay(d.year, d.month, d.day) {
			return d, 0, false
		}
		if strings.HasPrefix(s[at:], "日") {
			at, d.marked = at+len("日"), true
		}
		return d, at, true
	case 7: // 2024111日: the 11th of January or the 1st of November
		if d.year = number / 1000; validYear(d.year) && strings.HasPrefix(s[at:], "日") {
			d.marked = true
			return d, at + len("日"), true
		}
		return d, 0, false
	case 6: // 202401月11日
		d = dateFound{year: number / 100, month: number % 100, marked: true}
		if !validYear(d.year) || d.month < 1 || d.month > 12 || !strings.HasPrefix(s[at:], "月") {
			return d, 0, false
		}
		at += len("月")
		return dayAt(s, d, at)
	case 4:
		d = dateFound{year: number, marked: true}
		if !validYear(d.year) {
			return d, 0, false
		}
	default:
		return d, 0, false
	}
	at = skipBlanks(s, at)
	if strings.HasPrefix(s[at:], "年") {
		return monthAt(s, d, at+len("年"))
	}
	if at < len(s) && strings.IndexByte("-./", s[at]) >= 0 {
		return separatedAt(s, d, at)
	}
	return d, 0, false
}

// monthAt reads what follows 年.
func monthAt(s string, d dateFound, at int) (dateFound, int, bool) {
	month, stop, _ := digitsAt(s, skipBlanks(s, at))
	rest := s[skipBlanks(s, stop):]
	switch {
	case len(month) == 0 || len(month) > 4:
		return d, 0, false
	case strings.HasPrefix(rest, "月") && len(month) <= 3 && small(month) >= 1 && small(month) <= 12:
		d.month = small(month)
		return dayAt(s, d, skipBlanks(s, stop)+len("月"))
	case strings.HasPrefix(rest, "日") && len(month) == 4: // 2024年0111日
		n, ok := plain(month)
		if ok && validDay(d.year, n/100, n%100) {
			d.month, d.day = n/100, n%100
			return d, skipBlanks(s, stop) + len("日"), true
		}
		return d, 0, false
	case strings.HasPrefix(rest, "日") && len(month) == 3: // 2024年111日
		return d, skipBlanks(s, stop) + len("日"), true
	}
	return d, 0, false
}

// dayAt reads what follows 月. A day left open (2024年1月  日) leaves the month.
func dayAt(s string, d dateFound, at int) (dateFound, int, bool) {
	day, stop, _ := digitsAt(s, skipBlanks(s, at))
	if len(day) > 0 && len(day) <= 3 && validDay(d.year, d.month, small(day)) {
		d.day = small(day)
		if rest := skipBlanks(s, stop); strings.HasPrefix(s[rest:], "日") {
			stop = rest + len("日")
		}
		return d, stop, true
	}
	if rest := skipBlanks(s, at); len(day) == 0 && strings.HasPrefix(s[rest:], "日") {
		at = rest + len("日")
	}
	return d, at, true
}

// separatedAt reads -01-11, .1.11 or /01/11. Without a day only the form 2024-01 counts: 2024.1 may be any number.
func separatedAt(s string, d dateFound, at int) (dateFound, int, bool) {
	sep := s[at]
	month, stop, han := digitsAt(s, skipBlanks(s, at+1))
	if n := small(month); len(month) == 0 || len(month) > 2 || han || n < 1 || n > 12 {
		return d, 0, false
	}
	d.month = small(month)
	if next := skipBlanks(s, stop); next < len(s) && s[next] == sep {
		day, after, _ := digitsAt(s, skipBlanks(s, next+1))
		if len(day) > 0 && len(day) <= 2 && validDay(d.year, d.month, small(day)) {
			d.day = small(day)
			return d, after, true
		}
	}
	return d, stop, sep == '-' && len(month) == 2 && (stop == len(s) || s[stop] == ' ')
}

// onlyDate reports whether a line holds a date and a time and nothing else.
func onlyDate(s string) bool {
	if longer(s, 40) {
		return false
	}
	dates := datesIn(s)
	if len(dates) != 1 || dates[0].year == 0 {
		return false
	}
	rest := s[:dates[0].start] + s[dates[0].end:]
	return strings.Trim(rest, " T0123456789:：()（）星期一二三四五六日上下午时分秒[]【】-") == ""
}

// yearFound is a year that a text names, 2023年, in bytes of the text.
type yearFound struct {
	start, end, year int
}

// yearsIn finds the years of a text, ascending: 2023年, 2023年度, 二〇二三年. Those of dates count too, and so does the end of a
// span (2021-2025年).
func yearsIn(s string) []yearFound {
	var found []yearFound
	for i := 0; i < len(s); {
		r, width := utf8.DecodeRuneInString(s[i:])
		if _, ok := digit(r); !ok {
			i += width
			continue
		}
		values, end, _ := digitsAt(s, i)
		if n, ok := plain(values); ok && len(values) == 4 && validYear(n) {
			if mark := skipBlanks(s, end); strings.HasPrefix(s[mark:], "年") {
				found = append(found, yearFound{i, mark + len("年"), n})
			}
		}
		i = end
	}
	return found
}

// planSpan is a five-year plan that a text names, in bytes of the text, with its last year.
type planSpan struct {
	start, end, last int
}

// planSpansIn finds five-year plans: 十四五 and 第十四个五年规划 end in 2025.
func planSpansIn(s string) []planSpan {
	var found []planSpan
	for i := 0; i < len(s); {
		j := strings.Index(s[i:], "十")
		if j < 0 {
			break
		}
		i += j
		next := i + len("十")
		ordinal, width := utf8.DecodeRuneInString(s[next:])
		n, ok := digit(ordinal)
		rest := s[min(next+width, len(s)):]
		switch {
		case ok && n >= 1 && n <= 9 && strings.HasPrefix(rest, "五") && !strings.HasPrefix(rest, "五年") && !inNumber(s, i, next+width+len("五")):
			found = append(found, planSpan{i, next + width + len("五"), 2005 + 5*(n-1) + 5})
		case ok && n >= 1 && n <= 9 && strings.HasPrefix(rest, "个五年"):
			found = append(found, planSpan{i, next + width + len("个五年"), 2005 + 5*(n-1) + 5})
		}
		i = next
	}
	return found
}

// inNumber reports whether the characters around [start, end) make it part of a longer number or an ordinal: 二十四五岁.
func inNumber(s string, start, end int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:start])
	after, _ := utf8.DecodeRuneInString(s[end:])
	if _, ok := digit(before); ok || before == '第' {
		return true
	}
	_, ok := digit(after)
	return ok || strings.ContainsRune("岁个年次条项人万亿", after)
}
