package doc

import (
	"bytes"
	"strings"

	"github.com/tupu-kg/tupu/graph"
)

// maxFurniture bounds Page.Furniture, bytes.
const maxFurniture = 16 << 10

// readHTML reads a page: the stored text is its title, the line with date and source, and its main text.
func readHTML(data []byte, l Limits) (*Page, error) {
	p, _, err := htmlText(data, "", l)
	if err != nil {
		return nil, err
	}
	return p, nil
}

// htmlText is readHTML with the weight of the text. Label is the charset that stands beside the page, or empty. Of a page
// without text it gives the error and, for its frames, a page without text.
func htmlText(data []byte, label string, l Limits) (*Page, int, error) {
	return htmlArticle(data, label, l, (*article).find)
}

// htmlWhole reads all of a page, as in mails, where nothing is furniture.
func htmlWhole(data []byte, label string, l Limits) (*Page, error) {
	p, _, err := htmlArticle(data, label, l, (*article).keepAll)
	return p, err
}

func htmlArticle(data []byte, label string, l Limits, find func(*article)) (*Page, int, error) {
	if int64(len(data)) > l.MaxHTML {
		return nil, 0, tooLarge(int64(len(data)), l.MaxHTML)
	}
	if label == "" {
		label = declaredCharset(data)
	}
	source, charset, err := decode(data, label, l.MaxText)
	if err != nil {
		return nil, 0, err
	}
	p := parse(source)
	a := newArticle(p, false)
	if a.weight < minWeight {
		// Some sites hide the text until a script has run.
		if all := newArticle(p, true); all.weight > a.weight {
			a = all
		}
	}
	find(a)
	text, locators := a.write()
	out := newPage(FormatHTML, htmlReader, charset, data, text, locators)
	out.Document.Title = a.titleText()
	out.Document.URL = p.url()
	out.Meta = p.meta
	if p.title != "" {
		out.Meta["title"] = p.title
	}
	if p.canonical != "" {
		out.Meta["canonical"] = p.canonical
	}
	out.Furniture = a.furniture()
	out.Frames = p.frames
	out.Truncated = p.truncated
	if blank(text) {
		return out, 0, a.empty()
	}
	return out, a.weight, nil
}

// empty says why a page without text cannot become a document.
func (a *article) empty() *Unreadable {
	if len(a.page.frames) > 0 {
		return &Unreadable{Reason: "a page without text: what it shows lies in frames (" + strings.Join(a.page.frames, ", ") + ")", Advice: "open the frame in a browser and save that page"}
	}
	return &Unreadable{Reason: "a page without text: a script may fetch it", Advice: "open it in a browser and save the page as shown, or its text as .txt"}
}

// url is the address that the page gives for itself, or that a browser noted when it saved it.
func (p *page) url() string {
	for _, u := range []string{p.canonical, p.meta["og:url"], p.meta["url"], p.saved} {
		if strings.HasPrefix(u, "http://") || strings.HasPrefix(u, "https://") {
			return u
		}
	}
	return ""
}

// declaredCharset is the charset that a page's header names, or empty: of <meta charset=gbk>, of
// <meta content="text/html; charset=gb2312"> and of an XML declaration.
func declaredCharset(data []byte) string {
	head := bytes.ToLower(data[:min(len(data), 4<<10)])
	for _, mark := range []string{"charset", "encoding"} {
		rest := head
		for {
			i := bytes.Index(rest, []byte(mark))
			if i < 0 {
				break
			}
			rest = bytes.TrimLeft(rest[i+len(mark):], " \t\r\n")
			value, ok := bytes.CutPrefix(rest, []byte("="))
			if !ok {
				continue
			}
			value = bytes.TrimLeft(value, " \t\r\n\"'")
			n := 0
			for n < len(value) && n < 32 && (value[n] >= 'a' && value[n] <= 'z' || value[n] >= '0' && value[n] <= '9' || value[n] == '-' || value[n] == '_') {
				n++
			}
			if n > 0 {
				return string(value[:n])
			}
		}
	}
	return ""
}

// write gives the stored text, a kept line a line, and a locator for each.
func (a *article) write() (string, []graph.Locator) {
	var b strings.Builder
	var locators []graph.Locator
	for i := range a.lines {
		l := &a.lines[i]
		if !l.kept {
			continue
		}
		if n := len(locators); n < maxLocators-1 {
			locators = append(locators, graph.Locator{Start: b.Len(), Paragraph: n + 1, Row: l.row, Heading: a.level(i)})
		} else if n == maxLocators-1 {
			locators = append(locators, graph.Locator{Start: b.Len()})
		}
		b.WriteString(l.text)
		b.WriteByte('\n')
	}
	return b.String(), locators
}

// furniture is the text of the lines that are not kept, and the numbers of records that links name.
func (a *article) furniture() string {
	var b strings.Builder
	for _, l := range a.lines {
		if l.kept {
			continue
		}
		if b.Len()+len(l.text) >= maxFurniture {
			break
		}
		b.WriteString(l.text)
		b.WriteByte('\n')
	}
	for _, number := range a.page.records {
		if line := "公安备案号 " + number + "\n"; number != "" && b.Len()+len(line) < maxFurniture {
			b.WriteString(line)
		}
	}
	return b.String()
}
