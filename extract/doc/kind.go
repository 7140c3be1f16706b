package doc

import (
	"bytes"
	"path"
	"strings"
)

// kind says what to do with a file, going by its name.
type kind int

const (
	kindUnknown kind = iota
	kindText         // read as text
	kindHTML         // read as HTML
	kindPDF
	kindDOCX
	kindXLSX
	kindCSV // a table as text, or data of programs
	kindMHTML
	kindEmail
	kindZIP        // walked into
	kindForeign    // a format that reports come in, but that is not read without the help of others: skipped with advice
	kindIrrelevant // never a report: passed over in silence within folders
)

// Advice for the formats of kindForeign. Where a program can help, build --convert asks it.
const (
	adviceOffice  = "save it as .docx or .pdf, or let LibreOffice do it: --convert"
	adviceSheet   = "save it as .xlsx or .csv, or let LibreOffice do it: --convert"
	adviceImage   = "recognise its text (tesseract -l chi_sim) and save that as .txt, or let tesseract do it: --convert"
	adviceArchive = "unpack it, or pack it again as ZIP"
	adviceMedia   = "save its transcript as .txt"
	adviceOFD     = "open it in an OFD reader and export a PDF"
	adviceText    = "save its text as .txt (UTF-8) or .html"
	advicePage    = "open it in a browser and save the page as HTML"
)

// foreign formats by extension.
var foreign = map[string]Unreadable{
	".ofd": {"an OFD file", adviceOFD}, ".ceb": {"a CEB file", "open it in Apabi Reader and print it into a PDF"},
	".caj": {"a CAJ file", "open it in CAJViewer and print it into a PDF"}, ".epub": {"EPUB is not read", adviceText},
	".doc": {"a word processor file of the old kind", adviceOffice}, ".dot": {"a word processor file of the old kind", adviceOffice},
	".wps": {"a WPS file", adviceOffice}, ".wpt": {"a WPS file", adviceOffice}, ".rtf": {"an RTF file", adviceOffice},
	".odt": {"an OpenDocument file", adviceOffice}, ".pages": {"a Pages file", adviceOffice},
	".xls": {"a spreadsheet of the old kind", adviceSheet}, ".xlsb": {"a spreadsheet of the old kind", adviceSheet},
	".et": {"a WPS spreadsheet", adviceSheet}, ".ods": {"an OpenDocument spreadsheet", adviceSheet},
	".ppt": {"slides", adviceOffice}, ".pptx": {"slides", adviceOffice}, ".dps": {"slides", adviceOffice}, ".odp": {"slides", adviceOffice},
	".webarchive": {"a web archive of Safari", advicePage}, ".msg": {"a mail of Outlook", "save it as .eml or as text"},
	".png": {"a picture", adviceImage}, ".jpg": {"a picture", adviceImage}, ".jpeg": {"a picture", adviceImage}, ".gif": {"a picture", adviceImage},
	".bmp": {"a picture", adviceImage}, ".tif": {"a picture", adviceImage}, ".tiff": {"a picture", adviceImage}, ".webp": {"a picture", adviceImage},
	".heic": {"a picture", adviceImage},
	".rar":  {"a RAR archive", adviceArchive}, ".7z": {"a 7z archive", adviceArchive}, ".tar": {"a tar archive", adviceArchive},
	".gz": {"a packed file", adviceArchive}, ".tgz": {"a tar archive", adviceArchive}, ".bz2": {"a packed file", adviceArchive},
	".xz": {"a packed file", adviceArchive}, ".zst": {"a packed file", adviceArchive}, ".lzh": {"an LZH archive", adviceArchive},
	".mp3": {"sound", adviceMedia}, ".wav": {"sound", adviceMedia}, ".m4a": {"sound", adviceMedia},
	".mp4": {"a film", adviceMedia}, ".avi": {"a film", adviceMedia}, ".mov": {"a film", adviceMedia}, ".wmv": {"a film", adviceMedia},
}

// irrelevant lists extensions of files that accompany reports or pages and never hold one: parts of web pages, data, programs,
// settings, unfinished downloads.
var irrelevant = set(`.css .js .mjs .map .ico .svg .woff .woff2 .ttf .eot .swf
	.json .jsonl .ndjson .xml .yaml .yml .toml .ini .conf .cfg .lock .sum .mod .graphml .gexf .parquet .db .sqlite .dta .sav
	.go .py .pyc .java .class .c .h .cc .cpp .rs .ts .rb .pl .r .sh .bat .ps1 .ipynb .sql .exe .dll .so .a .o .jar .test
	.log .bak .tmp .temp .swp .part .partial .crdownload .download .lnk .url .torrent .sha256 .md5 .sig .asc .p7s .ics .vcf`)

// irrelevantNames lists whole names, without extension, of files that are about a folder and not in its subject.
var irrelevantNames = set(`readme license licence notice copying changelog contributing authors makefile dockerfile thumbs desktop`)

func set(words string) map[string]bool {
	s := map[string]bool{}
	for _, w := range strings.Fields(words) {
		s[w] = true
	}
	return s
}

// kindOf goes by the name of a file. Unless the user named the file itself, what is about a folder (README) is irrelevant.
func kindOf(name string, named bool) kind {
	base := strings.ToLower(path.Base(name))
	ext := path.Ext(base)
	if !named && irrelevantNames[strings.TrimSuffix(base, ext)] {
		return kindIrrelevant
	}
	if strings.HasPrefix(base, "~$") || strings.HasPrefix(base, ".~") || strings.HasSuffix(base, "~") {
		return kindIrrelevant // lock files and copies of editors and office programs
	}
	switch ext {
	case ".txt", ".text", ".md", ".markdown":
		return kindText
	case ".html", ".htm", ".shtml", ".xhtml":
		return kindHTML
	case ".pdf":
		return kindPDF
	case ".docx", ".docm", ".dotx", ".dotm":
		return kindDOCX
	case ".xlsx", ".xlsm", ".xltx":
		return kindXLSX
	case ".csv", ".tsv":
		return kindCSV
	case ".mht", ".mhtml":
		return kindMHTML
	case ".eml":
		return kindEmail
	case ".zip":
		return kindZIP
	}
	if irrelevant[ext] {
		return kindIrrelevant
	}
	if _, ok := foreign[ext]; ok {
		return kindForeign
	}
	return kindUnknown
}

// mayBeOther reports whether a file of a foreign or unknown name is worth a look at its content: office programs and web
// servers write HTML, and people give files of today's formats, under names like 报告.doc, 报表.xls, content.jsp or content_123.
func mayBeOther(name string, k kind) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".doc", ".dot", ".xls", ".wps", ".et", ".rtf":
		return true
	}
	return k == kindUnknown
}

// unread says why a file of this name is not read.
func unread(name string, k kind) *Unreadable {
	ext := strings.ToLower(path.Ext(name))
	if u, ok := foreign[ext]; ok {
		return &u
	}
	reason := "an unknown format"
	switch {
	case k == kindIrrelevant:
		reason = "not a kind of file that reports come in"
	case ext != "":
		reason += " (" + printable(ext) + ")"
	}
	return &Unreadable{Reason: reason, Advice: adviceText}
}

// passedOver reports whether a folder or file is hidden, or a folder that programs keep for themselves.
func passedOver(base string) bool {
	return strings.HasPrefix(base, ".") || base == "__MACOSX" || base == "node_modules" || base == "$RECYCLE.BIN" || base == "System Volume Information"
}

// companions are the endings of folders in which browsers keep the parts of a saved page: 报告.html and 报告_files.
var companions = []string{"_files", ".files", "_file"}

// companionOf is the name that a folder's page has without its extension, if the folder may belong to one.
func companionOf(folder string) (page string, ok bool) {
	for _, c := range companions {
		if page, ok = strings.CutSuffix(folder, c); ok && page != "" {
			return page, true
		}
	}
	return "", false
}

// magic lists the first bytes of formats that come under wrong names.
var magic = []struct {
	bytes string
	Unreadable
}{
	{"%PDF-", Unreadable{"a PDF, not text", "name it .pdf"}},
	{"PK\x03\x04", Unreadable{"a ZIP archive or an office file, not text", "name it .zip, or save its text as .txt"}},
	{"PK\x05\x06", Unreadable{"an empty ZIP archive, not text", "remove it"}},
	{oleMagic, Unreadable{"an office file, not text", adviceOffice}},
	{"{\\rtf", Unreadable{"an RTF file, not text", adviceOffice}},
	{"\x89PNG\r", Unreadable{"a picture, not text", adviceImage}},
	{"\xFF\xD8\xFF", Unreadable{"a picture, not text", adviceImage}},
	{"GIF89a", Unreadable{"a picture, not text", adviceImage}},
	{"GIF87a", Unreadable{"a picture, not text", adviceImage}},
	{"Rar!\x1A", Unreadable{"a RAR archive, not text", adviceArchive}},
	{"7z\xBC\xAF\x27\x1C", Unreadable{"a 7z archive, not text", adviceArchive}},
	{"\x1F\x8B", Unreadable{"a packed file, not text", adviceArchive}},
	{"\xFD7zXZ\x00", Unreadable{"a packed file, not text", adviceArchive}},
	{"\x28\xB5\x2F\xFD", Unreadable{"a packed file, not text", adviceArchive}},
	{"SQLite format 3\x00", Unreadable{"a database, not text", adviceText}},
	{"\x7FELF", Unreadable{"a program, not text", "remove it"}},
	{"MZ\x90\x00", Unreadable{"a program, not text", "remove it"}},
}

// byMagic says what data is if its first bytes are those of another format, or nil.
func byMagic(data []byte) *Unreadable {
	for i := range magic {
		if bytes.HasPrefix(data, []byte(magic[i].bytes)) {
			u := magic[i].Unreadable
			return &u
		}
	}
	return nil
}

// pageHead reports whether data begins as an HTML page does: with a document type, an html element, or a comment or an XML
// declaration before one of these. It looks at the first KiB, in any charset.
func pageHead(data []byte) bool {
	head := bytes.ReplaceAll(data[:min(len(data), 1<<10)], []byte{0}, nil) // UTF-16 has a zero beside each letter
	head = bytes.ToLower(head)
	for range 16 {
		head = bytes.TrimLeft(head, " \t\r\n\f\xEF\xBB\xBF\xFE\xFF")
		switch {
		case bytes.HasPrefix(head, []byte("<!doctype html")), bytes.HasPrefix(head, []byte("<html")):
			return true
		case bytes.HasPrefix(head, []byte("<!--")):
			_, rest, _ := bytes.Cut(head, []byte("-->"))
			head = rest
		case bytes.HasPrefix(head, []byte("<?xml")):
			_, rest, _ := bytes.Cut(head, []byte(">"))
			head = rest
		default:
			return false
		}
	}
	return false
}

// markup reports whether data has anything that looks like a tag, in any charset.
func markup(data []byte) bool {
	for {
		i := bytes.IndexByte(data, '<')
		if i < 0 {
			return false
		}
		data = bytes.TrimLeft(data[i+1:], "\x00")
		if len(data) == 0 {
			return false
		}
		if c := data[0] | 0x20; c >= 'a' && c <= 'z' || data[0] == '!' || data[0] == '/' {
			return true
		}
	}
}

// format is what the content of a file says about its format: pages are saved under .txt, texts under .html, and PDFs and
// office files of today under any name.
func format(k kind, data []byte) string {
	if f := contentFormat(data); f != "" {
		return f
	}
	switch {
	case k == kindPDF:
		return FormatPDF
	case k == kindDOCX:
		return FormatDOCX
	case k == kindXLSX:
		return FormatXLSX
	case k == kindMHTML:
		return FormatMHTML
	case k == kindEmail:
		return FormatEmail
	case (k == kindText || k == kindCSV) && pageHead(data):
		return FormatHTML
	case k == kindCSV:
		return FormatCSV
	case k == kindHTML && !markup(data):
		return FormatText
	case k == kindHTML:
		return FormatHTML
	}
	return FormatText
}

// contentFormat is the format that data have beyond doubt, whatever their name; empty if that cannot be told.
func contentFormat(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte("%PDF-")):
		return FormatPDF
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return officeFormat(data)
	case mimeHead(data):
		return FormatMHTML
	}
	return ""
}

// mimeHead reports whether data begins as a web page with its parts does, as browsers and Word write it.
func mimeHead(data []byte) bool {
	head := bytes.ToLower(data[:min(len(data), 2<<10)])
	return (bytes.HasPrefix(head, []byte("mime-version:")) || bytes.HasPrefix(head, []byte("from:"))) &&
		bytes.Contains(head, []byte("content-type: multipart/related"))
}
