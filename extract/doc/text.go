package doc

import (
	"strings"
	"unicode"

	"github.com/tupu-kg/tupu/graph"
)

// maxLocators bounds the locators of one document. Behind the last comes one without numbers, so that what follows is cited by
// offset alone rather than wrongly.
const maxLocators = 200_000

// readText reads a text file: the stored text is the decoded file.
func readText(data []byte, l Limits) (*Page, error) {
	text, charset, err := decode(data, "", l.MaxText)
	if err != nil {
		return nil, err
	}
	if blank(text) {
		return nil, &Unreadable{Reason: "nothing but blanks", Advice: "get it again, or remove it"}
	}
	return newPage(FormatText, textReader, charset, data, text, lines(text)), nil
}

// blank reports whether a text has nothing to see.
func blank(text string) bool {
	for _, r := range text {
		if unicode.IsGraphic(r) && !unicode.IsSpace(r) {
			return false
		}
	}
	return true
}

// lines gives a locator for each line; a line ends with LF, CR LF or CR. In texts with form feeds, as made from a PDF, it has
// the page too.
func lines(text string) []graph.Locator {
	page := 0
	if strings.IndexByte(text, '\f') >= 0 {
		page = 1
	}
	n := strings.Count(text, "\n")
	locators := make([]graph.Locator, 0, min(n+2, maxLocators))
	line := 1
	add := func(start int) bool {
		if len(locators) == maxLocators-1 {
			locators = append(locators, graph.Locator{Start: start})
			return false
		}
		locators = append(locators, graph.Locator{Start: start, Line: line, Page: page})
		return true
	}
	add(0)
	for i := 0; i < len(text); {
		j := strings.IndexAny(text[i:], "\n\r\f")
		if j < 0 {
			break
		}
		i += j + 1
		switch {
		case text[i-1] == '\f':
			page++
			if n := len(locators); locators[n-1].Start == i-1 {
				locators[n-1].Page = page // the line begins with the form feed
				continue
			}
			if i < len(text) && !add(i) {
				return locators
			}
			continue
		case text[i-1] == '\r' && i < len(text) && text[i] == '\n':
			i++
		}
		line++
		if i < len(text) && !add(i) {
			return locators
		}
	}
	return locators
}

func newPage(format, reader, charset string, data []byte, text string, locators []graph.Locator) *Page {
	return &Page{
		Document: graph.Document{
			ID: graph.DocumentID(format, data), Text: text, TextHash: graph.HashText(text),
			Format: format, Charset: charset, Reader: reader, Size: int64(len(data)), Locators: locators,
		},
		Damaged: strings.Count(text, "\uFFFD"),
	}
}
