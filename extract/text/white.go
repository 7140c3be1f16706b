package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// White space in Chinese means little by itself: an indent begins a paragraph, a wide gap sets cells or names apart, a
// single space may be an author's, a scraper's, or part of a spaced-out heading; a line end may be one of layout.

// gap is a run of white and invisible characters.
type gap struct {
	start, end int // bytes of the source
	lines      int // line ends in it
	line       int // where its first line end stands
	columns    int // of the blanks before the first line end
	indent     int // columns of the blanks after the last line end
	wide       int // ideographic spaces before the first line end
}

func (f *folder) gap(i int) gap {
	g := gap{start: i}
	s := f.src
	for i < len(s) {
		r, n := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			if r, n = utf8.DecodeRuneInString(s[i:]); r == utf8.RuneError && n == 1 {
				i++
				continue
			}
		}
		c := f.lookup(r).class()
		switch {
		case c == newline:
			if r == '\r' && strings.HasPrefix(s[i+1:], "\n") {
				break
			}
			if g.lines == 0 {
				g.line = i
			}
			g.lines++
			g.indent = 0
		case c == space:
			columns := 1
			if r == '\u3000' || r == '\t' {
				columns = 2
			}
			if g.lines > 0 {
				g.indent += columns
			} else {
				g.columns += columns
				if r == '\u3000' {
					g.wide++
				}
			}
		case c != dropped:
			g.end = i
			return g
		}
		i += n
	}
	g.end = i
	return g
}

// white does the run of white space that begins at src[i] and returns where it ends.
func (f *folder) white(i int) int {
	before := f.last(i)
	if f.src[i] == ' ' && i+1 < len(f.src) && isASCIIGraphic(before) && f.page[0][f.src[i+1]] == 0 && isASCIIGraphic(rune(f.src[i+1])) {
		return i + 1 // between two words of Latin script, the most common case
	}
	g := f.gap(i)
	after := f.ahead(g.end)
	keep := rune(0)
	switch {
	case before == 0:
		// nothing stands before: an indent or empty lines
	case g.lines > 0:
		keep = f.lineEnd(g, before, after)
	case before == '\n' || after == 0:
		// an indent, or blanks at the end
	default:
		keep = f.blank(g, before, after)
	}
	switch at := g.start; {
	case keep == 0:
		f.drop(g.start, g.end)
	default:
		// The space or line end that is kept stands for the one of its kind, so that the way back leads to it.
		if keep == '\n' && g.lines > 0 {
			at = g.line
		}
		r, n := utf8.DecodeRuneInString(f.src[at:])
		if at > g.start {
			f.drop(g.start, at)
		}
		if r != keep {
			f.put(at, n, keep)
		}
		if at+n < g.end {
			f.drop(at+n, g.end)
		}
	}
	if keep == '\n' {
		f.depth = 0
	}
	return g.end
}

// ahead is what the character at src[i:] becomes behind a gap; 0 at the end.
func (f *folder) ahead(i int) rune {
	if i == len(f.src) {
		return 0
	}
	r, n := utf8.DecodeRuneInString(f.src[i:])
	switch e := f.lookup(r); {
	case r == '(' && f.holdsWide(i+n):
		return '（'
	case r == ')' && (f.depth > 0 && f.brackets[f.depth-1] || f.depth == 0 && isWide(f.next(i+n))):
		return '）'
	case e.class() == mark && isWide(f.next(i+n)):
		return e.value()
	}
	return f.written(r)
}

// blank decides what a gap within a line becomes: a space, a line end, or nothing (0).
func (f *folder) blank(g gap, before, after rune) rune {
	switch {
	case isHan(before) && isHan(after):
		if f.spacedOut(g) {
			return 0
		}
		return ' '
	case isTerminal(before) && (g.wide >= 2 || g.columns >= 4):
		return '\n' // paragraphs that a page ran together: 。　　二、
	case isWide(before) || isWide(after):
		if isHan(before) || isHan(after) {
			// Beside a character and a letter or number a single blank is typography; a wide one sets cells apart.
			other := before
			if isHan(before) {
				other = after
			}
			if !isWide(other) && g.columns > 1 {
				return ' '
			}
		}
		return 0
	}
	return ' '
}

// spacedOut reports whether a gap between two characters only spreads a word, as in 政 府 工 作 报 告 or in a name of two
// characters that is set as wide as one of three: both its neighbours stand alone, and the gaps beyond are no smaller.
func (f *folder) spacedOut(g gap) bool {
	s := f.src
	_, left := f.back(g.start)
	_, n := utf8.DecodeRuneInString(s[g.end:])
	right := g.end + n
	r, start := f.back(left)
	switch {
	case r == 0 || f.lookup(r).class() == newline:
	case f.lookup(r).class() == space:
		edge := start
		for range 16 {
			if r, start = f.back(edge); f.lookup(r).class() != space {
				break
			}
			edge = start
		}
		if isHan(r) && f.gap(edge).columns < g.columns {
			return false
		}
	case isHan(r) || isWord(r):
		return false
	}
	r, n = utf8.DecodeRuneInString(s[right:])
	for n > 0 && f.isNothing(r, n) {
		right += n
		r, n = utf8.DecodeRuneInString(s[right:])
	}
	switch {
	case n == 0 || f.lookup(r).class() == newline:
	case f.lookup(r).class() == space:
		if next := f.gap(right); next.lines == 0 && next.columns < g.columns {
			r, _ := utf8.DecodeRuneInString(s[next.end:])
			return !isHan(f.written(r))
		}
	case isHan(f.written(r)) || isWord(r):
		return false
	}
	return true
}

// back is the last character before src[i] that is not left out, as it is written in the folded text, and where it begins;
// 0 if there is none.
func (f *folder) back(i int) (r rune, start int) {
	for i > 0 {
		r, n := utf8.DecodeLastRuneInString(f.src[:i])
		i -= n
		if !f.isNothing(r, n) {
			return f.written(r), i
		}
	}
	return 0, 0
}

// lineShape is what the lengths of the lines of a text say.
type lineShape struct {
	known bool
	wrap  int // columns at which lines are broken, 0 if they end where paragraphs do
}

// Lines as long as these can be lines of running text; columns.
const (
	minWrap  = 30
	longLine = 40
	// slack is how far a line may stay behind the full width: a character that does not fit, punctuation that must not
	// begin a line, a number that is kept together.
	slack = 6
)

// lineEnd decides what a run of line ends becomes: a line end, a space, or nothing (0).
func (f *folder) lineEnd(g gap, before, after rune) rune {
	if after == 0 || before == '\n' {
		if before == '\n' {
			return 0
		}
		return '\n'
	}
	if !f.soft(g, before, after) {
		return '\n'
	}
	if isWord(before) && isWord(after) && (unicode.IsLetter(before) || unicode.IsLetter(after)) {
		return ' '
	}
	return 0
}

// soft reports whether the line ends of g stand inside a sentence.
func (f *folder) soft(g gap, before, after rune) bool {
	switch {
	case isTerminal(before) || before == '：' || before == ':':
		return false
	case f.row(g):
		return false // rows of a table, whose cells are parted by tabs
	case strings.ContainsRune("，。、；：！？）》】”’", after):
		return true // no line begins so
	case strings.ContainsRune("（《【“‘", before):
		return true // no line ends so
	case f.numbered(g.end):
		return false
	case before == '，' || before == '、':
		return true
	case g.lines > 1 || g.indent > 1:
		return false
	case !isHan(before) && !isWord(before) && !strings.ContainsRune("”’）》%", before):
		return false
	}
	line := f.src[:g.start]
	if k := strings.LastIndexFunc(line, func(r rune) bool { return f.lookup(r).class() == newline }); k >= 0 {
		_, n := utf8.DecodeRuneInString(line[k:])
		line = line[k+n:]
	}
	if len(line) < minWrap/2*3-slack {
		return false
	}
	width := columns(line)
	if wrap := f.wrap(); wrap > 0 && width >= wrap-slack {
		return true
	}
	// A long line with a whole sentence in it that ends within another.
	return width >= longLine && strings.Contains(line, "。") && isHan(before)
}

// row reports whether the line before a gap or the one behind it has a tab between words.
func (f *folder) row(g gap) bool {
	start := strings.LastIndexByte(f.src[:g.start], '\n') + 1
	end := len(f.src)
	if n := strings.IndexByte(f.src[g.end:], '\n'); n >= 0 {
		end = g.end + n
	}
	return parted(f.src[start:g.start]) || parted(f.src[g.end:end])
}

func parted(line string) bool {
	i := strings.IndexByte(line, '\t')
	return i >= 0 && strings.TrimSpace(line[:i]) != "" && strings.TrimSpace(line[i:]) != ""
}

// wrap is the width at which the lines of the text are broken, or 0.
func (f *folder) wrap() int {
	if !f.lines.known {
		f.lines = lineShape{known: true, wrap: wrapWidth(f.src)}
	}
	return f.lines.wrap
}

// wrapWidth finds the width that lines are filled to: the largest share of the long lines ends within slack below it, and
// most of these end within a sentence.
func wrapWidth(s string) int {
	const widest = 240
	var full, inside [widest + 1]int
	long := 0
	for len(s) > 0 {
		line := s
		if n := strings.IndexByte(s, '\n'); n >= 0 {
			line, s = s[:n], s[n+1:]
		} else {
			s = ""
		}
		line = strings.TrimRight(line, " \r\t　")
		width := columns(line)
		if width < minWrap {
			continue
		}
		long++
		if width <= widest {
			full[width]++
			if last, _ := utf8.DecodeLastRuneInString(line); !isTerminal(last) && last != '：' && last != ':' {
				inside[width]++
			}
		}
	}
	best, share := 0, 0
	for w := minWrap; w <= widest; w++ {
		n, broken := 0, 0
		for k := max(minWrap, w-slack); k <= w; k++ {
			n += full[k]
			broken += inside[k]
		}
		if full[w] > 0 && n > share && broken*2 > n {
			best, share = w, n
		}
	}
	if share < 3 || share*2 < long {
		return 0
	}
	return best
}

// columns is the width of a line: two for a character of Chinese, one for others.
func columns(line string) int {
	n := 0
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c < utf8.RuneSelf:
			n++
		case c >= 0xE0:
			n += 2
		case c >= 0xC0:
			n++
		}
	}
	return n
}

// numbered reports whether a line that begins at src[i:] begins with the number or the bullet of a heading or an item.
func (f *folder) numbered(i int) bool {
	const numerals = "0123456789０１２３４５６７８９一二三四五六七八九十百〇○⼀⼆⼋⼗"
	s := f.src[i:min(len(f.src), i+32)]
	r, n := utf8.DecodeRuneInString(s)
	switch {
	case strings.ContainsRune("•●○◆◇■□▲△★☆※·-－—*▪", r):
		return true
	case '①' <= r && r <= '⓿' || '❶' <= r && r <= '➓' || '㈠' <= r && r <= '㈩':
		return true
	case strings.ContainsRune("(（【[〔第", r):
		s = s[n:]
		rest := strings.TrimLeft(s, numerals)
		if rest == s {
			return r == '【'
		}
		next, _ := utf8.DecodeRuneInString(rest)
		return strings.ContainsRune(")）】]〕章节条部篇", next)
	}
	rest := strings.TrimLeft(s, numerals)
	if rest == s || rest == "" {
		return false
	}
	next, n := utf8.DecodeRuneInString(rest)
	switch next {
	case '、', '）', ')', '．':
		return true
	case '.':
		after, _ := utf8.DecodeRuneInString(rest[n:])
		return after < '0' || after > '9'
	case '是': // 一是, 二是
		return !('0' <= s[0] && s[0] <= '9')
	}
	return false
}

// isTerminal reports whether r ends a sentence, or closes something that a sentence ended in.
func isTerminal(r rune) bool {
	return strings.ContainsRune("。！？；…!?;", r)
}

// isWord reports whether r belongs to words or numbers of other scripts than Chinese.
func isWord(r rune) bool {
	return r < utf8.RuneSelf && isASCIIAlnum(byte(r)) || r >= utf8.RuneSelf && !isHan(r) && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

func isASCIIAlnum(c byte) bool {
	return '0' <= c && c <= '9' || 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z'
}

func isASCIIGraphic(r rune) bool { return ' ' < r && r < 0x7F }
