package cli

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/query"
)

// where says where a quote can be looked up: file:line, or the page, the sheet and row or the paragraph where the file has no
// lines.
func where(q query.Quote) string {
	switch {
	case q.Source != graph.FromText:
		return string(q.Source) + " " + q.Ref
	case q.Page > 0:
		return fmt.Sprintf("%s:p%d", q.Path, q.Page)
	case q.Sheet != "":
		return fmt.Sprintf("%s:%s!%d", q.Path, visible(q.Sheet, false), q.Row)
	case q.Line > 0:
		return q.Path + ":" + strconv.Itoa(q.Line)
	case q.Para > 0:
		return fmt.Sprintf("%s:¶%d", q.Path, q.Para)
	}
	return q.Path
}

// quoteColumns are those of a quote in CSV and TSV, after the columns of what it is evidence of.
func quoteColumns(before ...string) []string {
	return append(before, "path", "line", "paragraph", "start", "end", "quote", "sentence", "source", "ref", "page", "sheet", "row")
}

// withQuote is a row of CSV and TSV that ends in a quote.
func withQuote(q query.Quote, cells ...string) []string {
	return appendQuote(slices.Clone(cells), q)
}

// appendQuote appends the cells of a quote.
func appendQuote(row []string, q query.Quote) []string {
	if q.Source != graph.FromText {
		return append(row, q.Path, "", "", "", "", "", "", string(q.Source), q.Ref, "", "", "")
	}
	return append(row, q.Path, number(q.Line), number(q.Para), strconv.Itoa(q.Start), strconv.Itoa(q.End), q.Text, q.Sentence, string(q.Source), "", number(q.Page), q.Sheet, number(q.Row))
}

// evidence are the columns of a table for people in which the sentence of a quote and its place stand; inside says for each
// row what of the sentence is meant.
func evidence(inside []string) []column {
	return []column{{name: "evidence", clip: clipsEnd, inside: inside}, {name: "where", clip: clipsTop, source: true}}
}

// first is the first of some quotes, or one that says nothing.
func first(quotes []query.Quote) query.Quote {
	if len(quotes) == 0 {
		return query.Quote{Source: graph.FromText}
	}
	return quotes[0]
}

// quotes writes quotes in full: where each stands, and the sentence, with what is meant in it made to stand out. Quotes from
// one sentence share it.
func (p *page) quotes(indent int, quotes []query.Quote) {
	for len(quotes) > 0 {
		q, n := quotes[0], 1
		for n < len(quotes) && quotes[n].Document == q.Document && quotes[n].Sentence == q.Sentence && where(quotes[n]) == where(q) {
			n++
		}
		said := ""
		if q.Modality != "" {
			said = "  (" + q.Modality + ")"
		}
		p.faintly(indent, where(q)+said)
		if q.Source == graph.FromText {
			sentence, at := oneLine(q.Sentence)
			lines := p.wrapped(indent+2, sentence)
			if p.color {
				strong(lines, marked(quotes[:n], at))
			}
			p.lines(indent+2, lines)
		}
		quotes = quotes[n:]
	}
}

// marked says for each character of a sentence on one line whether one of the quotes means it; at leads from the characters of
// the sentence as it is stored to those.
func marked(quotes []query.Quote, at []int) []bool {
	last := len(at) - 1
	marks := make([]bool, at[last])
	for _, q := range quotes {
		for i := at[min(max(q.From, 0), last)]; i < at[min(max(q.To, 0), last)]; i++ {
			marks[i] = true
		}
	}
	return marks
}

// strong makes the marked characters of a text in lines stand out. This comes after wrapping, which would count what it
// writes: a name may be broken over two lines.
func strong(lines []string, marks []bool) {
	i := 0
	for n, l := range lines {
		var b strings.Builder
		on := false
		for _, r := range l {
			if now := i < len(marks) && marks[i]; now != on {
				if on = now; on {
					b.WriteString(text.Bold.EscapeSeq())
				} else {
					b.WriteString(text.EscapeReset)
				}
			}
			b.WriteRune(r)
			i++
		}
		if on {
			b.WriteString(text.EscapeReset)
		}
		lines[n] = b.String()
	}
}

// oneLine makes stored text, which may be wrapped anywhere, a line for people: a line end between Chinese characters goes,
// with the blanks around it, any other becomes a space. at leads from each character of s, and from its end, to its place in
// the line.
func oneLine(s string) (line string, at []int) {
	runes := []rune(s)
	at = make([]int, len(runes)+1)
	out := make([]rune, 0, len(runes))
	for i := 0; i < len(runes); {
		blank, broken := i, false
		for blank < len(runes) && unicode.IsSpace(runes[blank]) {
			broken = broken || runes[blank] == '\n' || runes[blank] == '\r'
			blank++
		}
		for k := i; k < blank; k++ {
			if at[k] = len(out); !broken {
				out = append(out, ' ')
			}
		}
		if broken && len(out) > 0 && blank < len(runes) && !(wide(out[len(out)-1]) && wide(runes[blank])) {
			out = append(out, ' ')
		}
		if i = blank; i < len(runes) {
			at[i] = len(out)
			if r := visible(string(runes[i]), false); r != "" {
				out = append(out, []rune(r)...)
			}
			i++
		}
	}
	at[len(runes)] = len(out)
	return string(out), at
}

// wide reports whether a character is one that Chinese text is set in, without spaces between words.
func wide(r rune) bool { return text.RuneWidth(r) == 2 }

// cell is the sentence of a quote and what is meant in it, for a table.
func cell(q query.Quote) (sentence, inside string) {
	sentence, _ = oneLine(q.Sentence)
	inside, _ = oneLine(q.Text)
	return sentence, inside
}

// insideOnly marks what is named only as part of longer names.
func insideOnly(inside bool) string {
	if inside {
		return "inside names"
	}
	return ""
}
