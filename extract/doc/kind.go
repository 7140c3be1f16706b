package doc

import (
	"bytes"
	"path"
	"strings"
)

// kind says what to do with a file, going by its name.
type kind int

const (
	kindUnknown    kind = iota
	kindText            // read as text
	kindHTML            // read as HTML
	kindZIP             // walked into
	kindForeign         // a format that reports come in, but that is not read: skipped with advice
	kindIrrelevant      // never a report: passed over in silence within folders
)

// Advice for the formats of kindForeign.
const (
	adviceOffice  = "save it as plain text (UTF-8) or as a web page (.html)"
	adviceSheet   = "save the sheet as a web page (.html) or as text"
	adviceImage   = "recognise its text (tesseract -l chi_sim) and save that as .txt"
	adviceArchive = "unpack it, or pack it again as ZIP"
	adviceMedia   = "save its transcript as .txt"
	advicePDF     = "convert it to text (pdftotext -enc UTF-8)"
	adviceText    = "save its text as .txt (UTF-8) or .html"
	adviceMHTML   = "open it in a browser and save the page as HTML"
)

// foreign formats by extension.
var foreign = map[string]Unreadable{
	".pdf": {"PDF is not read", advicePDF}, ".ofd": {"OFD is not read", "open it in an OFD reader and export text or PDF"},
	".caj": {"CAJ is not read", adviceText}, ".epub": {"EPUB is not read", adviceText},
	".doc": {"a word processor file", adviceOffice}, ".docx": {"a word processor file", adviceOffice}, ".docm": {"a word processor file", adviceOffice},
	".wps": {"a word processor file", adviceOffice}, ".wpt": {"a word processor file", adviceOffice}, ".rtf": {"a word processor file", adviceOffice},
	".odt": {"a word processor file", adviceOffice}, ".pages": {"a word processor file", adviceOffice},
	".xls": {"a spreadsheet", adviceSheet}, ".xlsx": {"a spreadsheet", adviceSheet}, ".xlsm": {"a spreadsheet", adviceSheet},
	".et": {"a spreadsheet", adviceSheet}, ".ods": {"a spreadsheet", adviceSheet},
	".ppt": {"slides", adviceOffice}, ".pptx": {"slides", adviceOffice}, ".dps": {"slides", adviceOffice}, ".odp": {"slides", adviceOffice},
	".mht": {"a web archive", adviceMHTML}, ".mhtml": {"a web archive", adviceMHTML}, ".webarchive": {"a web archive", adviceMHTML},
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
	.json .jsonl .ndjson .csv .tsv .xml .yaml .yml .toml .ini .conf .cfg .lock .sum .mod .graphml .gexf .parquet .db .sqlite .dta .sav
	.go .py .pyc .java .class .c .h .cc .cpp .rs .ts .rb .pl .r .sh .bat .ps1 .ipynb .sql .exe .dll .so .a .o .jar .test
	.log .bak .tmp .temp .swp .part .partial .crdownload .download .lnk .url .torrent .sha256 .md5 .sig .asc`)

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

// mayBePage reports whether a file of a foreign or unknown name is worth a look at its first bytes: office programs and web
// servers write HTML under names like 报告.doc, 报表.xls, content.jsp or content_123.
func mayBePage(name string, k kind) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".doc", ".xls", ".wps":
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
	{"%PDF-", Unreadable{"a PDF, not text", advicePDF}},
	{"PK\x03\x04", Unreadable{"a ZIP archive or an office file, not text", "name it .zip, or save its text as .txt"}},
	{"PK\x05\x06", Unreadable{"an empty ZIP archive, not text", "remove it"}},
	{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Unreadable{"an office file, not text", adviceOffice}},
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

// format is what the content of a text or HTML file says about its format: pages are saved under .txt, and texts under .html.
func format(k kind, data []byte) string {
	switch {
	case k == kindText && pageHead(data):
		return FormatHTML
	case k == kindHTML && !markup(data):
		return FormatText
	case k == kindHTML:
		return FormatHTML
	}
	return FormatText
}
