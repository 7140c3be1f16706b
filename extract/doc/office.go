package doc

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

const (
	adviceOpenOffice = "open it in an office program, save it anew, and give that"
	adviceUnlock     = "open it with its password and save it without one"
)

// office is a file of an office program of today: a ZIP of XML parts.
type office struct {
	parts  map[string]*zip.File
	limits Limits
	left   int64 // bytes that may still be unpacked
}

// maxParts bounds the members of an office file.
const maxParts = 20_000

// openOffice opens the ZIP. What office programs protect by a password is no ZIP but an OLE container.
func openOffice(data []byte, l Limits) (*office, error) {
	if bytes.HasPrefix(data, []byte(oleMagic)) {
		return nil, oleReason(data)
	}
	r := &directoryReader{ReaderAt: bytes.NewReader(data), left: 1<<20 + 512*maxParts}
	z, err := zip.NewReader(r, int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) || len(z.File) > maxParts {
		return nil, &Unreadable{Reason: "damaged or truncated", Advice: "get it again, or " + adviceOpenOffice}
	}
	r.left = -1
	o := &office{parts: make(map[string]*zip.File, len(z.File)), limits: l, left: 4 * l.MaxFile}
	for _, f := range z.File {
		name := strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(f.Name, `\`, "/")), "/")
		if _, twice := o.parts[name]; !twice {
			o.parts[name] = f
		}
	}
	return o, nil
}

// part unpacks a part. A part that is not there gives no data and no error.
func (o *office) part(name string) ([]byte, error) {
	f := o.parts[name]
	if f == nil {
		return nil, nil
	}
	if f.Flags&1 != 0 {
		return nil, &Unreadable{Reason: "protected with a password", Advice: adviceUnlock}
	}
	size, packed := f.UncompressedSize64, f.CompressedSize64
	if size > swellingFrom && packed <= size/uint64(o.limits.MaxRatio+1) {
		return nil, &Unreadable{Reason: fmt.Sprintf("unpacks to more than %d times its size", o.limits.MaxRatio), Advice: adviceOpenOffice}
	}
	if size > uint64(o.left) || size > uint64(o.limits.MaxFile) {
		return nil, tooLarge(int64(min(size, 1<<62)), o.limits.MaxFile)
	}
	in, err := f.Open()
	if err != nil {
		return nil, officeDamage(name, err)
	}
	defer in.Close()
	data, err := readAll(in, int64(size), min(o.left, o.limits.MaxFile))
	if err != nil {
		return nil, officeDamage(name, err)
	}
	o.left -= int64(len(data))
	return data, nil
}

func officeDamage(name string, err error) *Unreadable {
	var u *Unreadable
	if errors.As(err, &u) {
		return u
	}
	return &Unreadable{Reason: "damaged: its part " + printable(name) + " cannot be read", Advice: "get it again, or " + adviceOpenOffice}
}

// relation is where a part's relationship leads.
type relation struct{ kind, target string }

// relations gives the relationships of a part by their ids. A part without them has none.
func (o *office) relations(from string) (map[string]relation, error) {
	dir, base := path.Split(from)
	data, err := o.part(dir + "_rels/" + base + ".rels")
	if err != nil {
		return nil, err
	}
	all := map[string]relation{}
	for d := xmlReader(data); len(all) < maxParts; {
		t, err := d.Token()
		if err != nil {
			break // what cannot be read of them is as if it were not there; the usual names count
		}
		e, ok := t.(xml.StartElement)
		if !ok || e.Name.Local != "Relationship" {
			continue
		}
		target := attr(e, "Target")
		if !strings.HasPrefix(target, "/") {
			target = "/" + dir + target
		}
		all[attr(e, "Id")] = relation{path.Base(attr(e, "Type")), strings.TrimPrefix(path.Clean(target), "/")}
	}
	return all, nil
}

// related gives the part that a part's relationships name for a type, as the last word of its address: "officeDocument",
// "styles". The name is empty if there is none.
func (o *office) related(from, kind string) (string, error) {
	all, err := o.relations(from)
	if err != nil {
		return "", err
	}
	found := ""
	for _, r := range all {
		if r.kind == kind && (found == "" || r.target < found) {
			found = r.target
		}
	}
	return found, nil
}

// officeFormat tells by its parts what an office file is; empty if it is another ZIP.
func officeFormat(data []byte) string {
	r := &directoryReader{ReaderAt: bytes.NewReader(data), left: 1<<20 + 512*maxParts}
	z, err := zip.NewReader(r, int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		// A truncated file has no directory; its first members still tell.
		head := data[:min(len(data), 4<<10)]
		switch {
		case !bytes.HasPrefix(head, []byte("PK\x03\x04")):
			return ""
		case bytes.Contains(head, []byte("word/")):
			return FormatDOCX
		case bytes.Contains(head, []byte("xl/")):
			return FormatXLSX
		}
		return ""
	}
	for _, f := range z.File[:min(len(z.File), maxParts)] {
		switch f.Name {
		case "word/document.xml":
			return FormatDOCX
		case "xl/workbook.xml":
			return FormatXLSX
		}
	}
	return ""
}

const oleMagic = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"

// utf16Name is a name as OLE directories hold it.
func utf16Name(s string) []byte {
	b := make([]byte, 0, 2*len(s))
	for i := range len(s) {
		b = append(b, s[i], 0)
	}
	return b
}

// oleReason says what an OLE container is: files of office programs before 2007, and protected ones of today.
func oleReason(data []byte) *Unreadable {
	switch {
	case bytes.Contains(data, utf16Name("EncryptedPackage")):
		return &Unreadable{Reason: "protected with a password", Advice: adviceUnlock}
	case bytes.Contains(data, utf16Name("WordDocument")):
		return &Unreadable{Reason: "a Word file of the old kind (.doc)", Advice: adviceOffice}
	case bytes.Contains(data, utf16Name("Workbook")), bytes.Contains(data, utf16Name("Book")):
		return &Unreadable{Reason: "a spreadsheet of the old kind (.xls)", Advice: adviceSheet}
	}
	return &Unreadable{Reason: "an office file of the old kind", Advice: adviceOffice}
}

// xmlReader reads XML that may be declared in any charset but is UTF-8, as office programs write it.
func xmlReader(data []byte) *xml.Decoder {
	if bytes.HasPrefix(data, []byte("\xFF\xFE")) || bytes.HasPrefix(data, []byte("\xFE\xFF")) {
		if text, _, err := decode(data, "", 4*int64(len(data))); err == nil {
			data = []byte(text)
		}
	}
	d := xml.NewDecoder(bytes.NewReader(data))
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	return d
}

// attr is the value of an attribute by its local name.
func attr(e xml.StartElement, name string) string {
	for i := range e.Attr {
		if e.Attr[i].Name.Local == name {
			return e.Attr[i].Value
		}
	}
	return ""
}
