package doc

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode/utf8"
)

// budget is what one archive on disk may still cost, with all the archives in it.
type budget struct {
	limits     Limits
	files      int   // members
	bytes      int64 // unpacked
	suspicious int   // members that swell beyond all measure
}

// maxSuspicious is how many swelling members of one archive are reported one by one; after these the archive is left.
const maxSuspicious = 5

// swellingFrom is the size from which MaxRatio applies: short files of one repeated sign are harmless.
const swellingFrom = 1 << 20

const adviceRepack = "get it again, or unpack it and pack it anew as ZIP"

// directoryReader reads an archive, at first only so much of it as an honest directory can need: archive/zip keeps the whole
// directory in memory, and its size is the archive's to choose.
type directoryReader struct {
	io.ReaderAt
	left int64 // bytes; negative for no bound
}

var errDirectory = errors.New("directory too large")

func (d *directoryReader) ReadAt(p []byte, off int64) (int, error) {
	if d.left >= 0 {
		if d.left -= int64(len(p)); d.left < 0 {
			d.left = 0
			return 0, errDirectory
		}
	}
	return d.ReaderAt.ReadAt(p, off)
}

// member is a file in an archive that is worth reading.
type member struct {
	path string // within the archive, cleaned
	kind kind
	file *zip.File

	beside func(name string) ([]byte, error) // opens a member by its path relative to this one
}

func (m member) key() string {
	if m.kind == kindZIP {
		return m.path + "!/"
	}
	return m.path
}

// archive walks into the ZIP shown as path. Only an error of the caller's functions or of the context comes back.
func (w *walker) archive(shown string, in io.ReaderAt, size int64, b *budget, depth int) error {
	if depth > w.limits.MaxDepth {
		w.pass(shown, fmt.Sprintf("an archive within %d others", depth-1), "unpack it")
		return nil
	}
	r := &directoryReader{ReaderAt: in, left: 1<<20 + 512*int64(w.limits.MaxArchiveFiles)}
	z, err := zip.NewReader(r, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		w.notZIP(shown, in, size, err)
		return nil
	}
	r.left = -1
	if len(z.File) == 0 {
		w.pass(shown, "an empty archive", "remove it")
		return nil
	}
	if b.files -= len(z.File); b.files < 0 {
		w.pass(shown, fmt.Sprintf("more than %d files in one archive", w.limits.MaxArchiveFiles), "unpack it")
		return nil
	}
	members := w.members(shown, z.File)
	var sum int64
	for _, m := range members {
		if sum += int64(min(m.file.UncompressedSize64, uint64(w.limits.MaxFile))); sum > b.bytes {
			w.pass(shown, "unpacks to more than "+bytesText(w.limits.MaxArchiveBytes), "unpack it, or pack it in parts")
			return nil
		}
	}
	for _, m := range members {
		if err := w.ctx.Err(); err != nil {
			return err
		}
		if b.suspicious >= maxSuspicious {
			w.pass(shown, "looks like a ZIP bomb: the rest of it is not read", "unpack it if you know where it comes from")
			return nil
		}
		if err := w.member(shown+"!/"+m.path, m, b, depth); err != nil {
			return err
		}
	}
	return nil
}

// notZIP says why an archive cannot be opened.
func (w *walker) notZIP(shown string, in io.ReaderAt, size int64, err error) {
	head := make([]byte, 16)
	n, _ := in.ReadAt(head, 0)
	switch u := byMagic(head[:n]); {
	case size == 0:
		w.pass(shown, "empty", "get it again")
	case errors.Is(err, errDirectory):
		w.pass(shown, fmt.Sprintf("more than %d files in one archive", w.limits.MaxArchiveFiles), "unpack it")
	case u != nil && !bytes.HasPrefix(head, []byte("PK")):
		w.pass(shown, strings.TrimSuffix(u.Reason, ", not text")+", not a ZIP", u.Advice)
	default:
		w.pass(shown, "a damaged or truncated archive", adviceRepack)
	}
}

// members lists what is worth reading, in ascending order of path, and reports the rest where it is no trifle.
func (w *walker) members(shown string, files []*zip.File) []member {
	pages := map[string]bool{} // pages without extension, to know their companion folders
	names := make([]string, len(files))
	for i, f := range files {
		names[i] = strings.ReplaceAll(memberName(f), `\`, "/")
		if kindOf(names[i], false) == kindHTML {
			pages[strings.TrimSuffix(path.Clean(names[i]), path.Ext(names[i]))] = true
		}
	}
	byName := make(map[string]*zip.File, len(files))
	for i, f := range files {
		byName[path.Clean(names[i])] = f
	}
	var members []member
	seen := map[string]bool{}
	for i, f := range files {
		name := names[i]
		if strings.HasSuffix(name, "/") {
			continue
		}
		if outside(name) {
			w.pass(shown+"!/"+name, "a name that leads out of the archive", "do not trust this archive; unpack what you need by hand")
			continue
		}
		clean := path.Clean(name)
		if aside(clean, pages) {
			continue
		}
		m := member{path: clean, kind: kindOf(clean, false), file: f}
		if m.kind == kindHTML {
			m.beside = func(name string) ([]byte, error) {
				return w.unpack(byName[path.Join(path.Dir(clean), name)])
			}
		}
		at := shown + "!/" + clean
		switch {
		case m.kind == kindIrrelevant:
		case f.Mode()&fs.ModeType != 0:
			w.pass(at, "a link or a special file in an archive", "pack the file itself")
		case seen[clean]:
			w.pass(at, "a second file of this name in the archive", "unpack it and rename one of them")
		case m.kind == kindForeign && !mayBeOther(clean, m.kind) && w.conversion(clean) == "":
			w.skip(unread(clean, m.kind).Skipped(at))
		case f.Flags&1 != 0:
			w.pass(at, "packed with a password", "unpack it with its password")
		default:
			seen[clean] = true
			members = append(members, m)
		}
	}
	slices.SortStableFunc(members, func(a, b member) int { return strings.Compare(a.key(), b.key()) })
	return members
}

// outside reports whether a member's name leads out of the archive or is none.
func outside(name string) bool {
	if name == "" || strings.HasPrefix(name, "/") || len(name) > 1 && name[1] == ':' {
		return true
	}
	return slices.Contains(strings.Split(name, "/"), "..") || path.Clean(name) == "."
}

// aside reports whether a member lies in a hidden folder or among the parts of a saved page.
func aside(clean string, pages map[string]bool) bool {
	parts := strings.Split(clean, "/")
	for i, part := range parts {
		if passedOver(part) {
			return true
		}
		if stem, ok := companionOf(part); ok && i < len(parts)-1 && pages[path.Join(path.Join(parts[:i]...), stem)] {
			return true
		}
	}
	return false
}

// member reads one member and hands it on, or walks into it.
func (w *walker) member(shown string, m member, b *budget, depth int) error {
	size, packed := m.file.UncompressedSize64, m.file.CompressedSize64
	ratio := uint64(w.limits.MaxRatio)
	if size > swellingFrom && packed <= size/(ratio+1) {
		b.suspicious++
		w.skip(swelling(w.limits.MaxRatio).Skipped(shown))
		return nil
	}
	if size > uint64(w.limits.MaxFile) {
		w.skip(tooLarge(int64(min(size, 1<<62)), w.limits.MaxFile).Skipped(shown))
		return nil
	}
	in, err := m.file.Open()
	if err != nil {
		w.unpackable(shown, m.file, err)
		return nil
	}
	defer in.Close()
	meter := &meter{in: in, budget: b, most: max(swellingFrom, int64(min(packed, uint64(w.limits.MaxFile)))*int64(w.limits.MaxRatio)), what: m.file}
	if m.kind != kindZIP {
		return w.content(shown, m.kind, false, meter, int64(size), b, depth, m.beside)
	}
	data, err := readAll(meter, int64(size), w.limits.MaxFile)
	if err != nil {
		w.broken(shown, err)
		return nil
	}
	return w.archive(shown, bytes.NewReader(data), int64(len(data)), b, depth+1)
}

// unpack gives a small member whole.
func (w *walker) unpack(f *zip.File) ([]byte, error) {
	if f == nil || f.Mode()&fs.ModeType != 0 || f.Flags&1 != 0 || f.UncompressedSize64 > uint64(w.limits.MaxHTML) {
		return nil, fs.ErrNotExist
	}
	in, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer in.Close()
	return readAll(in, int64(f.UncompressedSize64), w.limits.MaxHTML)
}

func swelling(ratio int) *Unreadable {
	return &Unreadable{Reason: fmt.Sprintf("unpacks to more than %d times its size", ratio), Advice: "unpack it if you know where it comes from"}
}

// unpackable reports a member that cannot be unpacked, with what is wrong.
func (w *walker) unpackable(shown string, f *zip.File, err error) {
	w.skip(unpackError(f, err).Skipped(shown))
}

func unpackError(f *zip.File, err error) *Unreadable {
	var corrupt flate.CorruptInputError
	switch {
	case errors.Is(err, zip.ErrAlgorithm):
		return &Unreadable{Reason: fmt.Sprintf("packed by method %d, which is not read", f.Method), Advice: "unpack it and pack it anew as ZIP"}
	case errors.Is(err, zip.ErrFormat), errors.Is(err, zip.ErrChecksum), errors.Is(err, io.ErrUnexpectedEOF), errors.As(err, &corrupt):
		return &Unreadable{Reason: "damaged in its archive", Advice: adviceRepack}
	}
	return &Unreadable{Reason: "cannot be unpacked: " + cause(err).Error(), Advice: adviceRepack}
}

// meter counts what comes out of an archive while it comes, because sizes in archives may lie, and stops at its bounds.
type meter struct {
	in     io.Reader
	budget *budget
	most   int64 // bytes of this member that its packed size justifies
	what   *zip.File
}

func (m *meter) Read(p []byte) (int, error) {
	n, err := m.in.Read(p)
	m.most -= int64(n)
	m.budget.bytes -= int64(n)
	switch {
	case m.most < 0:
		m.budget.suspicious++
		return n, swelling(m.budget.limits.MaxRatio)
	case m.budget.bytes < 0:
		m.budget.suspicious = maxSuspicious
		return n, &Unreadable{Reason: "its archive unpacks to more than " + bytesText(m.budget.limits.MaxArchiveBytes), Advice: "unpack it, or pack it in parts"}
	case err != nil && !errors.Is(err, io.EOF):
		return n, unpackError(m.what, err)
	}
	return n, err
}

// unicodePath is the extra field in which some packers give the name in UTF-8 beside one in the system's code page.
const unicodePath = 0x7075

// memberName is the name of a member as its packer meant it. ZIP programs of Windows write Chinese names in GBK, and those of
// Taiwan in Big5, without saying so.
func memberName(f *zip.File) string {
	name := f.Name
	if f.NonUTF8 {
		for extra := f.Extra; len(extra) >= 4; {
			id, n := binary.LittleEndian.Uint16(extra), int(binary.LittleEndian.Uint16(extra[2:]))
			if extra = extra[4:]; n > len(extra) {
				break
			}
			field := extra[:n]
			extra = extra[n:]
			if id == unicodePath && n > 5 && field[0] == 1 && binary.LittleEndian.Uint32(field[1:]) == crc32.ChecksumIEEE([]byte(name)) && utf8.Valid(field[5:]) {
				return printable(string(field[5:]))
			}
		}
		name = decodeName(name)
	}
	return printable(name)
}
