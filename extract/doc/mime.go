package doc

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"net/url"
	"path"
	"regexp"
	"strconv"
	"strings"

	"github.com/tupu-kg/tupu/graph"
)

// Bounds of messages.
const (
	maxMessageDeep = 8
	maxBodies      = 2000
)

// message is a mail or a web archive taken apart.
type message struct {
	header mail.Header
	bodies []body // in their order, those of parts within parts too
}

// body is a part of a message that has no parts.
type body struct {
	kind     string // text/html
	charset  string // as it is declared, or empty
	name     string // of an attachment
	attached bool
	location string // address of a part of a web page
	id       string
	data     []byte
}

var errMessage = &Unreadable{Reason: "damaged: it is no message that can be taken apart", Advice: "get it again, or save the page or the mail anew"}

// words decodes what stands in headers: =?gbk?B?…?=, and bytes of a charset that nothing names.
func words(s string) string {
	d := mime.WordDecoder{CharsetReader: func(charset string, in io.Reader) (io.Reader, error) {
		data, err := io.ReadAll(in)
		if err != nil {
			return nil, err
		}
		text, _, err := decode(data, charset, 1<<20)
		return strings.NewReader(text), err
	}}
	if out, err := d.DecodeHeader(s); err == nil {
		s = out
	}
	return tidy(printable(s))
}

var parameter = regexp.MustCompile(`(?i);\s*([a-z]+)\*(\d{0,3})\*?\s*=\s*("[^"]*"|[^;\s]*)`)

// extended is a parameter of a header as RFC 2231 writes it, in parts and with a charset of its own (name*=gb18030”%B1%A8.pdf),
// of which package mime knows UTF-8 only; empty if there is none.
func extended(header, name string) string {
	parts := map[int]string{}
	for _, m := range parameter.FindAllStringSubmatch(header, 100) {
		if strings.EqualFold(m[1], name) {
			n, _ := strconv.Atoi(m[2])
			parts[n] = strings.Trim(m[3], `"`)
		}
	}
	var all strings.Builder
	for i := 0; i < len(parts); i++ {
		all.WriteString(parts[i])
	}
	charset, rest, _ := strings.Cut(all.String(), "'")
	_, value, ok := strings.Cut(rest, "'")
	if !ok {
		charset, value = "", all.String()
	}
	raw, err := url.PathUnescape(value)
	if err != nil {
		return ""
	}
	text, _, err := decode([]byte(raw), charset, 1<<20)
	if err != nil {
		return ""
	}
	return tidy(printable(text))
}

// openMessage takes a message apart.
func openMessage(data []byte) (*message, error) {
	data = bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF")), "\r\n")
	if bytes.HasPrefix(data, []byte("From ")) { // as mail boxes part mails
		_, data, _ = bytes.Cut(data, []byte("\n"))
	}
	m, err := mail.ReadMessage(bytes.NewReader(data))
	if err != nil {
		return nil, errMessage
	}
	out := &message{header: m.Header}
	if err := out.part(textproto.MIMEHeader(m.Header), m.Body, 0); err != nil {
		return nil, err
	}
	if len(out.bodies) == 0 {
		return nil, errMessage
	}
	return out, nil
}

// part reads a part with all the parts in it.
func (m *message) part(h textproto.MIMEHeader, in io.Reader, deep int) error {
	if deep > maxMessageDeep || len(m.bodies) >= maxBodies {
		return errMessage
	}
	kind, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil && kind == "" {
		kind = "text/plain"
	}
	if strings.HasPrefix(kind, "multipart/") {
		parts := multipart.NewReader(in, params["boundary"])
		for {
			p, err := parts.NextRawPart()
			if errors.Is(err, io.EOF) {
				return nil
			}
			if err != nil {
				return errMessage
			}
			if err := m.part(p.Header, p, deep+1); err != nil {
				return err
			}
		}
	}
	switch strings.ToLower(strings.TrimSpace(h.Get("Content-Transfer-Encoding"))) {
	case "base64":
		in = base64.NewDecoder(base64.StdEncoding, in)
	case "quoted-printable":
		in = quotedprintable.NewReader(in)
	}
	data, err := io.ReadAll(in)
	if err != nil {
		return errMessage
	}
	b := body{kind: kind, charset: params["charset"], location: h.Get("Content-Location"), id: strings.Trim(h.Get("Content-Id"), "<> "), data: data}
	disposition, more, _ := mime.ParseMediaType(h.Get("Content-Disposition"))
	b.name = cmp.Or(words(more["filename"]), extended(h.Get("Content-Disposition"), "filename"), words(params["name"]), extended(h.Get("Content-Type"), "name"))
	b.attached = disposition == "attachment" || b.name != "" && !strings.HasPrefix(kind, "image/") && b.location == ""
	if kind == "message/rfc822" {
		b.attached = true
		if b.name == "" {
			b.name = "mail.eml"
		}
	}
	m.bodies = append(m.bodies, b)
	return nil
}

// first is the first part of a kind that is not attached, or nil.
func (m *message) first(kind string) *body {
	for i := range m.bodies {
		if b := &m.bodies[i]; b.kind == kind && !b.attached && len(bytes.TrimSpace(b.data)) > 0 {
			return b
		}
	}
	return nil
}

// readMHTML reads a web page that a browser saved with all its parts in one file: the stored text is that of the page, or of
// the frames that it consists of.
func readMHTML(data []byte, l Limits) (*Page, error) {
	m, err := openMessage(data)
	if err != nil {
		return nil, err
	}
	root := m.first("text/html")
	if _, params, err := mime.ParseMediaType(m.header.Get("Content-Type")); err == nil {
		for i := range m.bodies {
			if b := &m.bodies[i]; params["start"] != "" && b.id == strings.Trim(params["start"], "<> ") && b.kind == "text/html" {
				root = b
			}
		}
	}
	if root == nil {
		return nil, &Unreadable{Reason: "a web archive without a page", Advice: advicePage}
	}
	p, weight, err := htmlText(root.data, root.charset, l)
	var frames []string
	if p != nil {
		frames = p.Frames
		p.Frames = nil
	}
	missing := []string{}
	for _, address := range frames {
		b := m.at(root, address)
		if b == nil || b == root {
			missing = append(missing, address)
			continue
		}
		framed, heavy, bad := htmlText(b.data, b.charset, l)
		if bad != nil || heavy <= weight/4 || heavy < minWeight {
			continue // a counter, an advertisement
		}
		if err != nil || weight < minWeight || p.Document.Text == "" {
			framed.Document.URL, framed.Meta = p.Document.URL, merged(p.Meta, framed.Meta)
			p, err, weight = framed, nil, heavy
			p.Frames = nil
			continue
		}
		p.append(framed)
	}
	if err != nil {
		return nil, err
	}
	p.Frames = missing
	if p.Document.URL == "" {
		for _, u := range []string{m.header.Get("Snapshot-Content-Location"), root.location} {
			if strings.HasPrefix(u, "http") && p.Document.URL == "" {
				p.Document.URL = u
			}
		}
	}
	return p.of(FormatMHTML, mhtmlReader, data), nil
}

// at is the part at an address that a page names, or nil.
func (m *message) at(page *body, address string) *body {
	id, isID := strings.CutPrefix(address, "cid:")
	full := address
	if base, err := url.Parse(page.location); err == nil {
		if u, err := base.Parse(address); err == nil {
			full = u.String()
		}
	}
	for i := range m.bodies {
		b := &m.bodies[i]
		if isID && b.id == id || !isID && b.location != "" && (b.location == address || b.location == full) {
			if b.kind == "text/html" {
				return b
			}
		}
	}
	return nil
}

func merged(a, b map[string]string) map[string]string {
	for k, v := range a {
		if _, ok := b[k]; !ok {
			b[k] = v
		}
	}
	return b
}

// append adds the text of a frame to that of its page.
func (p *Page) append(framed *Page) {
	n, paragraph := len(p.Document.Text), 0
	if k := len(p.Document.Locators); k > 0 {
		paragraph = p.Document.Locators[k-1].Paragraph
	}
	p.Document.Text += framed.Document.Text
	for _, at := range framed.Document.Locators {
		if len(p.Document.Locators) >= maxLocators {
			break
		}
		at.Start += n
		at.Paragraph += paragraph
		p.Document.Locators = append(p.Document.Locators, at)
	}
	p.Truncated = p.Truncated || framed.Truncated
}

// of makes the page of a part the page of the whole file.
func (p *Page) of(format, reader string, data []byte) *Page {
	whole := newPage(format, reader, p.Document.Charset, data, p.Document.Text, p.Document.Locators)
	whole.Document.Title, whole.Document.URL = p.Document.Title, p.Document.URL
	whole.Meta, whole.Furniture, whole.Frames, whole.Truncated = p.Meta, p.Furniture, p.Frames, p.Truncated
	return whole
}

// readEmail reads a mail: the stored text is its subject and its text. What is attached is for Walk to find.
func readEmail(data []byte, l Limits) (*Page, error) {
	m, err := openMessage(data)
	if err != nil {
		return nil, err
	}
	p, err := m.text(l)
	if err != nil {
		return nil, err
	}
	if p == nil {
		return nil, &Unreadable{Reason: "a mail without text", Advice: "save what is attached to it, and give that"}
	}
	whole := p.of(FormatEmail, emailReader, data)
	whole.Document.Title = words(m.header.Get("Subject"))
	if whole.Meta == nil {
		whole.Meta = map[string]string{}
	}
	if date, err := m.header.Date(); err == nil {
		whole.Meta["pubdate"] = date.Format("2006-01-02")
	}
	return whole, nil
}

// text is the text of a mail below its subject; nil without one.
func (m *message) text(l Limits) (*Page, error) {
	w := &writer{limit: l.MaxText}
	if subject := words(m.header.Get("Subject")); subject != "" {
		w.line(subject, graph.Locator{Paragraph: 1, Heading: 1})
	}
	add := func(text string, locators []graph.Locator) {
		n := len(w.locators)
		for i, at := range locators {
			end := len(text)
			if i+1 < len(locators) {
				end = locators[i+1].Start
			}
			at.Line, at.Paragraph = 0, i+1+n
			w.line(strings.TrimRight(text[at.Start:end], " \t\r\n\u3000\f"), at)
		}
	}
	if b := m.first("text/html"); b != nil {
		if p, err := htmlWhole(b.data, b.charset, l); err == nil {
			add(p.Document.Text, p.Document.Locators)
			p.Document.Text, p.Document.Locators = w.b.String(), w.locators
			return p, nil
		}
	}
	b := m.first("text/plain")
	if b == nil {
		return nil, nil
	}
	text, charset, err := decode(b.data, b.charset, l.MaxText)
	if err != nil {
		return nil, err
	}
	if blank(text) {
		return nil, nil
	}
	add(text, lines(text))
	return newPage(FormatEmail, emailReader, charset, nil, w.b.String(), w.locators), nil
}

// attachment is a file that a mail carries.
type attachment struct {
	name string
	data []byte
}

// attachments lists what a mail carries, by name, those of one name numbered; text says whether it has text of its own.
func attachments(data []byte) (list []attachment, text bool) {
	m, err := openMessage(data)
	if err != nil {
		return nil, true // Read says what is wrong
	}
	seen := map[string]int{}
	for _, b := range m.bodies {
		if !b.attached {
			continue
		}
		name := strings.Trim(path.Base(path.Clean("/"+strings.ReplaceAll(b.name, `\`, "/"))), "/. ")
		if name == "" {
			name = "attachment"
		}
		seen[name]++
		if n := seen[name]; n > 1 {
			ext := path.Ext(name)
			name = strings.TrimSuffix(name, ext) + " (" + writeNumber("decimal", n) + ")" + ext
		}
		list = append(list, attachment{name, b.data})
	}
	return list, m.first("text/html") != nil || m.first("text/plain") != nil
}
