package doc

import (
	"fmt"
	"strings"

	"github.com/tupu-kg/tupu/graph"
)

// The formats that Read knows.
const (
	FormatText  = "text"
	FormatHTML  = "html"
	FormatPDF   = "pdf"
	FormatDOCX  = "docx"
	FormatXLSX  = "xlsx"
	FormatCSV   = "csv"
	FormatMHTML = "mhtml" // a web page with all its parts in one file
	FormatEmail = "email"
)

// Readers' names and versions, as Document.Reader holds them. A version rises with every change that can alter stored text
// or locators, because offsets hold for one version only.
const (
	textReader  = "text/1"
	htmlReader  = "html/4"
	pdfReader   = "pdf/2"
	docxReader  = "docx/2"
	xlsxReader  = "xlsx/2"
	csvReader   = "csv/2"
	mhtmlReader = "mhtml/2"
	emailReader = "email/2"

	// Version names the versions of all readers.
	Version = textReader + " " + htmlReader + " " + pdfReader + " " + docxReader + " " + xlsxReader + " " + csvReader + " " + mhtmlReader + " " + emailReader
)

// File is one file as it was found: its path, what it looks like, and its bytes.
type File struct {
	Path   string // as given, cleaned, with forward slashes; members of archives as a.zip!/dir/b.txt
	Format string // FormatText, FormatHTML, …
	Data   []byte // the whole file; whoever gets it owns it
}

// Skipped is an input that was not read: what it is, why not, and what its owner can do about it. Reason and Advice are
// short phrases in lower case without a full stop.
type Skipped struct {
	Path   string `json:"path"`
	Reason string `json:"reason"`
	Advice string `json:"advice"`
}

// String says all of it in one line.
func (s Skipped) String() string {
	if s.Advice == "" {
		return s.Path + ": " + s.Reason
	}
	return s.Path + ": " + s.Reason + ": " + s.Advice
}

// Page is what a reader makes of one file.
type Page struct {
	// Document has what follows from the bytes alone: ID, Text, TextHash, Format, Charset, Reader, Size, Locators, and for
	// HTML the Title and the URL where the page names them.
	Document graph.Document
	// Meta holds an HTML page's meta tags by lower-case name ("articletitle", "pubdate", "contentsource", "og:url", …), the
	// first of a name, and under "title" the whole title element with the site's name; nil for text.
	Meta map[string]string
	// Furniture is text of the page that is not stored (navigation, footer, record numbers), to learn whose page it is; at
	// most 16 KiB. No evidence may point into it.
	Furniture string
	// Frames are the addresses of frames, whose content is not in the file; at most 16.
	Frames []string
	// Damaged counts the U+FFFD in the stored text: characters that the file's encoding did not allow or that were lost
	// before.
	Damaged int
	// Pictures are the numbers of the pages of a PDF that are pictures without text.
	Pictures []int
	// Recognised says that the text was recognised from pictures, so that characters may be wrong.
	Recognised bool
	// Salvaged says that the file is damaged and that another program read what is left of it.
	Salvaged bool
	// Truncated says that the page held more elements than are read, and that its text is cut off.
	Truncated bool
}

// Warnings says in short sentences what a user should know about a page that was read, with less than all of it.
func (p *Page) Warnings() []string {
	var w []string
	switch {
	case p.Damaged > 0 && p.Document.Charset == "":
		w = append(w, fmt.Sprintf("%d characters could not be read", p.Damaged))
	case p.Damaged > 0:
		w = append(w, fmt.Sprintf("%d characters could not be decoded as %s", p.Damaged, p.Document.Charset))
	}
	if len(p.Pictures) > 0 {
		w = append(w, "pages that are pictures without text: "+pageList(p.Pictures))
	}
	if p.Recognised {
		w = append(w, "its text was recognised from pictures: compare what matters with the original")
	}
	if p.Salvaged {
		w = append(w, "it is damaged: text may be missing")
	}
	if p.Truncated {
		w = append(w, "the page is too long and was cut off")
	}
	if len(p.Frames) > 0 {
		w = append(w, "text in frames is not in this file: "+strings.Join(p.Frames, ", "))
	}
	return w
}

// Unreadable is the error of Read for content that cannot become a document.
type Unreadable struct {
	Reason string
	Advice string
}

// Error gives the reason and the advice.
func (u *Unreadable) Error() string {
	if u.Advice == "" {
		return u.Reason
	}
	return u.Reason + ": " + u.Advice
}

// Skipped is the same as a report about the file at path.
func (u *Unreadable) Skipped(path string) Skipped {
	return Skipped{Path: path, Reason: u.Reason, Advice: u.Advice}
}

// Read makes a page of a file. The result depends on the format, the bytes and the limits alone, never on the path, and, where
// Limits.Convert lets other programs help, on these. The error is an *Unreadable; Read never panics. Time and memory are linear
// in the size of the file.
func Read(f File, limits Limits) (*Page, error) {
	l := limits.orDefault()
	if int64(len(f.Data)) > l.MaxFile {
		return nil, tooLarge(int64(len(f.Data)), l.MaxFile)
	}
	if len(f.Data) == 0 {
		return nil, &Unreadable{Reason: "empty", Advice: "get it again, or remove it"}
	}
	if (f.Format == FormatPDF || f.Format == FormatDOCX || f.Format == FormatXLSX) && pageHead(f.Data) {
		return nil, &Unreadable{Reason: "a web page, not what its name says: the download may have failed", Advice: "open it in a browser; get the file again, or name the page .html if it is the report"}
	}
	switch f.Format {
	case FormatPDF:
		p, err := readPDF(f.Data, l)
		if err != nil && l.Convert {
			return convertedPDF(f, l, err)
		}
		return p, err
	case FormatDOCX:
		return readDOCX(f.Data, l)
	case FormatXLSX:
		return readXLSX(f.Data, l)
	}
	if l.Convert && (f.Format == FormatOffice || f.Format == FormatSheet || f.Format == FormatPicture) {
		return converted(f, l)
	}
	if u := byMagic(f.Data); u != nil {
		return nil, u
	}
	switch f.Format {
	case FormatText:
		return readText(f.Data, l)
	case FormatHTML:
		return readHTML(f.Data, l)
	case FormatCSV:
		return readCSV(f.Data, l)
	case FormatMHTML:
		return readMHTML(f.Data, l)
	case FormatEmail:
		return readEmail(f.Data, l)
	}
	return nil, &Unreadable{Reason: fmt.Sprintf("format %q is not known", f.Format), Advice: "give one of the formats that package doc names"}
}
