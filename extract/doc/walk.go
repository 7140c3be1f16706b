package doc

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"unicode/utf8"
)

// Walk finds the text and HTML files among roots, which are files, folders and ZIP archives, and calls file for each in
// ascending order of its path, and skip for everything that it had to pass over. Both are called from the caller's goroutine.
// One file is in memory at a time. A root that is named twice, also by way of a folder, is read once.
//
// Folders are walked with all below them. Hidden files and folders, lock files, parts of web pages, data and program files
// and stores of tupu are passed over in silence within folders. Where they are roots, hidden ones and the folder of a saved
// page are read like others, and the rest is reported. Of symbolic links below a root, those that lead out of it are reported;
// those that lead back to a folder around them are
// reported; one to another folder is followed, once, if the walk would not come by that folder anyway. Roots that are links
// are followed. Only regular files are read.
//
// Walk returns an error if a root does not exist, before anything is read, and the first error of file or of ctx. An input
// that cannot be read is no error.
func Walk(ctx context.Context, roots []string, limits Limits, file func(File) error, skip func(Skipped)) error {
	w := &walker{ctx: ctx, limits: limits.orDefault(), file: file, listed: map[string]int{}}
	for _, root := range roots {
		if _, err := os.Stat(root); err != nil && !errors.Is(err, fs.ErrPermission) {
			return missing(root, err)
		}
	}
	// What lies below two roots is reported once, as it is read once.
	reported := map[Skipped]bool{}
	w.skip = func(s Skipped) {
		if !reported[s] {
			reported[s] = true
			skip(s)
		}
	}
	for _, root := range roots {
		if err := w.root(root); err != nil {
			return err
		}
	}
	w.skip = skip
	slices.SortFunc(w.entries, func(a, b entry) int { return strings.Compare(a.key(), b.key()) })
	for _, e := range w.entries {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := w.read(e); err != nil {
			return err
		}
	}
	return nil
}

func missing(root string, err error) error {
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) {
		return fmt.Errorf("read %s: %w: check the path", root, fs.ErrNotExist)
	}
	return fmt.Errorf("read %s: %w", root, cause(err))
}

// cause is what the system said, without the operation and the path that the caller names itself.
func cause(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

// walker lists everything below the roots first, so that paths come in one order however the roots lie, and then reads.
type walker struct {
	ctx    context.Context
	limits Limits
	file   func(File) error
	skip   func(Skipped)

	entries []entry
	listed  map[string]int // index of the entry with a path
}

// entry is a file to be read.
type entry struct {
	path  string // as it is shown
	name  string // as the system knows it
	kind  kind
	named bool // the user named the file itself
}

// key orders entries as their paths, and those of members, are ordered.
func (e entry) key() string {
	if e.kind == kindZIP {
		return e.path + "!/"
	}
	return e.path
}

// pass reports an input that is not read.
func (w *walker) pass(path, reason, advice string) {
	w.skip(Skipped{Path: path, Reason: reason, Advice: advice})
}

func (w *walker) root(name string) error {
	shown := printable(filepath.ToSlash(filepath.Clean(name)))
	info, err := os.Stat(name)
	if err != nil {
		if errors.Is(err, fs.ErrPermission) {
			w.denied(shown)
			return nil
		}
		return missing(name, err)
	}
	switch {
	case info.IsDir():
		real, err := filepath.EvalSymlinks(name)
		if err == nil {
			real, err = filepath.Abs(real)
		}
		if err != nil {
			w.failed(shown, err)
			return nil
		}
		f := folder{walker: w, root: shown, real: real, followed: map[string]bool{}, left: w.limits.MaxFiles}
		return f.walk(filepath.Clean(name), shown)
	case !info.Mode().IsRegular():
		w.irregular(shown, info.Mode())
	default:
		w.add(entry{path: shown, name: name, kind: kindOf(shown, true), named: true})
	}
	return nil
}

func (w *walker) add(e entry) {
	if i, ok := w.listed[e.path]; ok {
		switch old := &w.entries[i]; {
		case filepath.Clean(old.name) != filepath.Clean(e.name):
			w.pass(e.path, "its name, as far as it can be printed, is that of another file", "rename it")
		case e.named:
			old.kind, old.named = e.kind, true
		}
		return
	}
	w.listed[e.path] = len(w.entries)
	w.entries = append(w.entries, e)
}

func (w *walker) denied(path string) {
	w.pass(path, "no permission to read it", "give yourself the right to read it (chmod u+r)")
}

func (w *walker) failed(path string, err error) {
	switch {
	case errors.Is(err, fs.ErrPermission):
		w.denied(path)
	case errors.Is(err, fs.ErrNotExist):
		w.pass(path, "gone since its folder was listed", "build again")
	default:
		w.pass(path, "the system could not read it: "+cause(err).Error(), "copy it to another place and name that")
	}
}

func (w *walker) irregular(path string, mode fs.FileMode) {
	what := "a special file"
	switch {
	case mode&fs.ModeNamedPipe != 0:
		what = "a named pipe, which may never end"
	case mode&fs.ModeDevice != 0:
		what = "a device, which may never end"
	case mode&fs.ModeSocket != 0:
		what = "a socket"
	}
	w.pass(path, what, "save its text in a file")
}

// folder is the walk below one root.
type folder struct {
	*walker
	root     string          // as shown
	real     string          // where it really lies
	followed map[string]bool // real folders that links led to
	left     int             // files and folders that may still be looked at
}

// walk lists the folder name, which is shown as path.
func (f *folder) walk(name, shown string) error {
	if err := f.ctx.Err(); err != nil {
		return err
	}
	items, err := os.ReadDir(name)
	if err != nil {
		f.failed(shown, err)
	}
	names := make(map[string]bool, len(items))
	for _, item := range items {
		names[item.Name()] = true
	}
	if names["KEYREGISTRY"] && names["MANIFEST"] && shown != f.root { // the facts of a store that its first build is making just now
		return nil
	}
	if names["CURRENT"] && names["facts"] {
		if shown == f.root {
			f.pass(shown, "a store of tupu, not a folder of reports", "name the folder with the reports")
		}
		return nil
	}
	for _, item := range items {
		base := item.Name()
		if passedOver(base) {
			continue
		}
		if f.left--; f.left == -1 {
			f.pass(f.root, fmt.Sprintf("more than %d files and folders", f.limits.MaxFiles), "name the folders below it one by one")
		}
		if f.left < 0 {
			return nil
		}
		at, show := filepath.Join(name, base), path.Join(shown, printable(base))
		switch {
		case item.Type()&fs.ModeSymlink != 0:
			err = f.link(at, show)
		case item.IsDir():
			if stem, ok := companionOf(base); ok && (names[stem+".html"] || names[stem+".htm"] || names[stem+".shtml"]) {
				continue
			}
			err = f.walk(at, show)
		default:
			err = nil
			f.found(at, show, item.Type())
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// found lists a file within a folder.
func (f *folder) found(name, shown string, mode fs.FileMode) {
	k := kindOf(shown, false)
	switch {
	case !mode.IsRegular():
		f.irregular(shown, mode)
	case k != kindIrrelevant:
		f.add(entry{path: shown, name: name, kind: k})
	}
}

// link follows a symbolic link, if it stays below the root and its target is not listed on its own.
func (f *folder) link(name, shown string) error {
	real, err := filepath.EvalSymlinks(name)
	if err == nil {
		real, err = filepath.Abs(real)
	}
	var info fs.FileInfo
	if err == nil {
		info, err = os.Stat(real)
	}
	if errors.Is(err, fs.ErrPermission) {
		f.denied(shown)
		return nil
	}
	if err != nil {
		f.pass(shown, "a link that leads nowhere", "remove it, or mend its target")
		return nil
	}
	rel, err := filepath.Rel(f.real, real)
	if err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		if info.IsDir() || kindOf(shown, false) != kindIrrelevant {
			f.pass(shown, "a link that leads out of the folder", "name its target itself: "+printable(filepath.ToSlash(real)))
		}
		return nil
	}
	if !info.IsDir() {
		f.found(name, shown, info.Mode().Type())
		return nil
	}
	if here, err := filepath.EvalSymlinks(filepath.Dir(name)); err == nil {
		if here, err = filepath.Abs(here); err == nil && (here == real || strings.HasPrefix(here, strings.TrimSuffix(real, string(filepath.Separator))+string(filepath.Separator))) {
			f.pass(shown, "a link back to a folder that it lies in", "remove the link")
			return nil
		}
	}
	if f.own(rel) || f.followed[real] {
		return nil
	}
	f.followed[real] = true
	return f.walk(name, shown)
}

// own reports whether the walk comes by the folder at rel, relative to the root, without any link.
func (f *folder) own(rel string) bool {
	for _, part := range strings.Split(filepath.ToSlash(rel), "/") {
		if part != "." && passedOver(part) {
			return false
		}
		if _, ok := companionOf(part); ok {
			return false
		}
	}
	return true
}

// read reads one listed file and hands it on.
func (w *walker) read(e entry) error {
	if e.kind == kindIrrelevant || e.kind == kindForeign && !mayBeOther(e.path, e.kind) && w.conversion(e.path) == "" {
		w.skip(unread(e.path, e.kind).Skipped(e.path))
		return nil
	}
	// A pipe that took the file's place since it was listed must not block.
	in, err := os.OpenFile(e.name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		w.failed(e.path, err)
		return nil
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		w.failed(e.path, err)
		return nil
	}
	if !info.Mode().IsRegular() {
		w.irregular(e.path, info.Mode())
		return nil
	}
	if e.kind == kindZIP {
		b := &budget{limits: w.limits, files: w.limits.MaxArchiveFiles, bytes: w.limits.MaxArchiveBytes}
		return w.archive(e.path, in, info.Size(), b, 1)
	}
	b := &budget{limits: w.limits, files: w.limits.MaxArchiveFiles, bytes: w.limits.MaxArchiveBytes}
	return w.content(e.path, e.kind, e.named, in, info.Size(), b, 1, func(name string) ([]byte, error) {
		return readRegular(filepath.Join(filepath.Dir(e.name), filepath.FromSlash(name)), w.limits.MaxHTML)
	})
}

// readRegular reads a file that is no larger than the limit.
func readRegular(name string, limit int64) ([]byte, error) {
	in, err := os.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return nil, errors.Join(err, fs.ErrInvalid)
	}
	return readAll(in, info.Size(), limit)
}

// content reads a file's or an archive member's bytes from in and hands them on as a File. Size is what is said of it, which
// need not be true. Beside opens files beside it, and may be nil.
func (w *walker) content(shown string, k kind, named bool, in io.Reader, size int64, b *budget, depth int, beside func(string) ([]byte, error)) error {
	if k == kindForeign || k == kindUnknown {
		head := make([]byte, 4<<10)
		n, err := io.ReadFull(in, head)
		if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			w.broken(shown, err)
			return nil
		}
		head = head[:n]
		switch {
		case pageHead(head):
			k = kindHTML
		case mimeHead(head):
			k = kindMHTML
		case bytes.HasPrefix(head, []byte("%PDF-")):
			k = kindPDF
		case bytes.HasPrefix(head, []byte("PK\x03\x04")):
			// an office file or not: its parts tell, below
		case w.conversion(shown) != "":
		case k == kindUnknown && named:
			k = kindText // Read refuses what is no text
		default:
			w.skip(unread(shown, k).Skipped(shown))
			return nil
		}
		in = io.MultiReader(bytes.NewReader(head), in)
	}
	if size > w.limits.MaxFile {
		w.skip(tooLarge(size, w.limits.MaxFile).Skipped(shown))
		return nil
	}
	data, err := readAll(in, size, w.limits.MaxFile)
	if err != nil {
		w.broken(shown, err)
		return nil
	}
	if (k == kindForeign || k == kindUnknown) && officeFormat(data) == "" {
		if to := w.conversion(shown); to != "" {
			return w.file(File{Path: shown, Format: to, Data: data})
		}
		w.skip(unread(shown, k).Skipped(shown))
		return nil
	}
	if k == kindCSV && !named && !chineseTable(data) {
		return nil
	}
	switch f := (File{Path: shown, Format: format(k, data), Data: data}); f.Format {
	case FormatEmail:
		return w.mail(f, b, depth)
	case FormatHTML:
		return w.framed(f, beside)
	default:
		return w.file(f)
	}
}

// mail hands a mail on, and what is attached to it as files within it: a.eml!/b.docx.
func (w *walker) mail(f File, b *budget, depth int) error {
	files, text := attachments(f.Data)
	if text || len(files) == 0 {
		if err := w.file(f); err != nil {
			return err
		}
	}
	if depth > w.limits.MaxDepth {
		w.pass(f.Path, "a mail within others: what is attached to it is not read", "save the mail by itself")
		return nil
	}
	slices.SortStableFunc(files, func(a, b attachment) int { return strings.Compare(a.name, b.name) })
	for _, a := range files {
		if err := w.ctx.Err(); err != nil {
			return err
		}
		shown, k := f.Path+"!/"+a.name, kindOf(a.name, false)
		var err error
		if b.files--; b.files < 0 {
			w.pass(f.Path, fmt.Sprintf("more than %d files in one mail", w.limits.MaxArchiveFiles), "save what is attached to it, and give that")
			return nil
		}
		switch {
		case k == kindIrrelevant:
		case k == kindZIP:
			err = w.archive(shown, bytes.NewReader(a.data), int64(len(a.data)), b, depth+1)
		case k == kindForeign && !mayBeOther(a.name, k) && w.conversion(a.name) == "":
			w.skip(unread(a.name, k).Skipped(shown))
		default:
			err = w.content(shown, k, false, bytes.NewReader(a.data), int64(len(a.data)), b, depth+1, nil)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// framed hands a page on, or, if all that it shows lies in frames that were saved with it, these. Beside opens a file by its
// path relative to the page; it is nil where there is none.
func (w *walker) framed(f File, beside func(string) ([]byte, error)) error {
	names := frameFiles(f.Data)
	if beside == nil || len(names) == 0 {
		return w.file(f)
	}
	own, weight, _ := htmlText(f.Data, "", w.limits)
	found := false
	for _, name := range names {
		data, err := beside(name)
		if err != nil {
			continue
		}
		_, heavy, err := htmlText(data, "", w.limits)
		if err != nil || heavy < minWeight || heavy <= weight/4 {
			continue // a menu, a counter, an advertisement
		}
		found = true
		at := path.Join(path.Dir(f.Path), name)
		folder, _, _ := strings.Cut(name, "/")
		_, hidden := companionOf(folder)
		_, listed := w.listed[at]
		if hidden || !listed && !strings.Contains(f.Path, "!/") {
			// No walk comes by the folder of a saved page, nor by what lies beside a page that was named itself.
			if err := w.file(File{Path: at, Format: FormatHTML, Data: data}); err != nil {
				return err
			}
		}
	}
	if found && (own == nil || weight < minWeight) {
		return nil
	}
	return w.file(f)
}

// frameFiles are the files below a page's folder that its frames show.
func frameFiles(data []byte) []string {
	if !bytes.Contains(bytes.ToLower(data), []byte("frame")) {
		return nil
	}
	source, _, err := decode(data, declaredCharset(data), int64(4*len(data)))
	if err != nil {
		return nil
	}
	var names []string
	for _, address := range parse(source).frames {
		u, err := url.Parse(strings.ReplaceAll(address, `\`, "/"))
		if err != nil || u.IsAbs() || u.Host != "" || u.Path == "" {
			continue
		}
		if name := path.Clean(u.Path); !outside(name) && kindOf(name, true) == kindHTML && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// broken reports an error while content was read.
func (w *walker) broken(shown string, err error) {
	var u *Unreadable
	if errors.As(err, &u) {
		w.skip(u.Skipped(shown))
		return
	}
	w.failed(shown, err)
}

// readAll reads at most limit bytes; size is a guess. More than limit is an *Unreadable.
func readAll(in io.Reader, size, limit int64) ([]byte, error) {
	const trusted = 1 << 20 // what is said of a size is believed this far before any byte has come
	data := make([]byte, 0, min(max(size, 0)+1, trusted))
	for {
		if len(data) == cap(data) {
			data = slices.Grow(data, int(min(max(size+1-int64(len(data)), 512), int64(len(data)))))
		}
		n, err := in.Read(data[len(data):min(int64(cap(data)), limit+1)])
		data = data[:len(data)+n]
		if int64(len(data)) > limit {
			return nil, tooLarge(max(size, int64(len(data))), limit)
		}
		if errors.Is(err, io.EOF) {
			return data, nil
		}
		if err != nil {
			return nil, err
		}
	}
}

// printable is a name fit for paths in reports: names that are not UTF-8 are decoded, control characters replaced.
func printable(name string) string {
	if !utf8.ValidString(name) {
		name = decodeName(name)
	}
	return strings.Map(func(r rune) rune {
		if r < 0x20 || r >= 0x7F && r < 0xA0 || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 {
			return utf8.RuneError // would move the cursor or turn the line around
		}
		return r
	}, name)
}
