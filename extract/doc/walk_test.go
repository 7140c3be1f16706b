package doc_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/tupu-kg/tupu/extract/doc"
)

// found is what a walk hands on: files as "path (format): text" in their order, and what it skips, sorted.
type found struct {
	files   []string
	skipped []string
}

func walk(t testing.TB, limits doc.Limits, roots ...string) found {
	t.Helper()
	var f found
	err := doc.Walk(context.Background(), roots, limits, func(file doc.File) error {
		f.files = append(f.files, fmt.Sprintf("%s (%s): %s", file.Path, file.Format, file.Data))
		return nil
	}, func(s doc.Skipped) { f.skipped = append(f.skipped, s.String()) })
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(f.skipped)
	return f
}

func (f found) check(t *testing.T, files, skipped []string) {
	t.Helper()
	if diff := cmp.Diff(files, f.files); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(skipped, f.skipped); diff != "" {
		t.Errorf("skipped (-want +got):\n%s", diff)
	}
}

// tree makes files of the names and contents, in a new folder, and goes there.
func tree(t testing.TB, files map[string]string) {
	t.Helper()
	dir := t.TempDir()
	for name, data := range files {
		to := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to, []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
}

// packed is a member of a ZIP. Mode, flags and method go into its header as they are.
type packed struct {
	name, data string
	mode       fs.FileMode
	flags      uint16
	stored     bool
	raw        bool   // data are stored as they are, with the sizes below
	method     uint16 // of raw data
	size       uint64 // that raw data are said to unpack to
	extra      []byte
	unnamed    bool // the name is in no charset that is named
}

func pack(t testing.TB, members ...packed) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, m := range members {
		h := &zip.FileHeader{Name: m.name, Method: zip.Deflate, Flags: m.flags, Extra: m.extra, NonUTF8: m.unnamed}
		if m.stored {
			h.Method = zip.Store
		}
		if m.mode != 0 {
			h.SetMode(m.mode)
		}
		create := z.CreateHeader
		if m.raw {
			h.Method, h.UncompressedSize64, h.CompressedSize64 = m.method, m.size, uint64(len(m.data))
			create = z.CreateRaw
		}
		w, err := create(h)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(m.name, "/") {
			continue
		}
		if _, err := w.Write([]byte(m.data)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestWalkFolders(t *testing.T) {
	const page = "<!DOCTYPE html><p>页</p>"
	tree(t, map[string]string{
		"r/b.txt":                 "乙",
		"r/a.md":                  "甲",
		"r/B.TXT":                 "大写",
		"r/a/c.html":              page,
		"r/a b.htm":               page,
		"r/a.zip":                 pack(t, packed{name: "z.txt", data: "丁"}, packed{name: "c.txt", data: "丙"}),
		"r/a.zip b.txt":           "空格在叹号前",
		"r/page saved.txt":        page,
		"r/text saved.html":       "没有标签",
		"r/old.doc":               "\xEF\xBB\xBF<!-- Word -->\n<html><body>旧</body></html>",
		"r/content_12":            "<html><p>无扩展名</p></html>",
		"r/content.jsp":           "<?xml version='1.0'?><!DOCTYPE HTML><p>动态</p>",
		"r/real.doc":              "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
		"r/report.pdf":            "%PDF-1.7",
		"r/scan.JPG":              "\xFF\xD8\xFF",
		"r/book.xlsx":             "PK\x03\x04",
		"r/a page.pdf":            page,
		"r/a pdf.docx":            "%PDF-1.4",
		"r/notes":                 "无扩展名的文本",
		"r/notes.xyz":             "不认识",
		"r/README.md":             "about the folder",
		"r/style.css":             "p {}",
		"r/data.csv":              "a,b",
		"r/~$b.docx":              "lock",
		"r/b.txt~":                "copy",
		"r/.hidden.txt":           "藏",
		"r/.git/config.txt":       "藏",
		"r/__MACOSX/b.txt":        "藏",
		"r/node_modules/p/b.txt":  "藏",
		"r/saved.html":            page,
		"r/saved_files/ad.html":   page,
		"r/other_files/kept.html": page,
		"r/db/CURRENT":            "1",
		"r/new/facts/KEYREGISTRY": "k",
		"r/new/facts/MANIFEST":    "m",
		"r/new/facts/000001.vlog": "v",
		"r/db/facts/a.txt":        "藏",
		"r/empty/nothing.css":     "",
	})
	walk(t, doc.Limits{}, "r").check(t, []string{
		"r/B.TXT (text): 大写",
		"r/a b.htm (html): " + page,
		"r/a page.pdf (pdf): " + page,
		"r/a pdf.docx (pdf): %PDF-1.4",
		"r/a.md (text): 甲",
		"r/a.zip b.txt (text): 空格在叹号前",
		"r/a.zip!/c.txt (text): 丙",
		"r/a.zip!/z.txt (text): 丁",
		"r/a/c.html (html): " + page,
		"r/b.txt (text): 乙",
		"r/book.xlsx (xlsx): PK\x03\x04",
		"r/content.jsp (html): <?xml version='1.0'?><!DOCTYPE HTML><p>动态</p>",
		"r/content_12 (html): <html><p>无扩展名</p></html>",
		"r/old.doc (html): \xEF\xBB\xBF<!-- Word -->\n<html><body>旧</body></html>",
		"r/other_files/kept.html (html): " + page,
		"r/page saved.txt (html): " + page,
		"r/report.pdf (pdf): %PDF-1.7",
		"r/saved.html (html): " + page,
		"r/text saved.html (text): 没有标签",
	}, []string{
		"r/notes.xyz: an unknown format (.xyz): save its text as .txt (UTF-8) or .html",
		"r/notes: an unknown format: save its text as .txt (UTF-8) or .html",
		"r/real.doc: a word processor file of the old kind: save it as .docx or .pdf, or let LibreOffice do it: --convert",
		"r/scan.JPG: a picture: recognise its text (tesseract -l chi_sim) and save that as .txt, or let tesseract do it: --convert",
	})
}

func TestWalkRoots(t *testing.T) {
	tree(t, map[string]string{
		"r/a.txt": "甲", "r/b/c.txt": "丙", "README.md": "读我", "notes": "无扩展名的文本", ".hidden/d.txt": "丁", ".e.txt": "戊",
		"style.css": "p {}", "db/CURRENT": "1", "db/facts/x.txt": "藏", "z.zip": pack(t, packed{name: "f.txt", data: "己"}),
		"saved.html": "<p>页", "saved_files/g.txt": "庚",
	})
	for _, c := range []struct {
		what           string
		roots          []string
		files, skipped []string
	}{
		{"a file", []string{"r/a.txt"}, []string{"r/a.txt (text): 甲"}, nil},
		{"a path that is not clean", []string{"./r//b/../a.txt"}, []string{"r/a.txt (text): 甲"}, nil},
		{"named twice", []string{"r", "r/"}, []string{"r/a.txt (text): 甲", "r/b/c.txt (text): 丙"}, nil},
		{"named by way of its folder too", []string{"r/b/c.txt", "r", "./r/b"}, []string{"r/a.txt (text): 甲", "r/b/c.txt (text): 丙"}, nil},
		{"a file before and after its folder", []string{"notes", "."}, []string{
			"notes (text): 无扩展名的文本", "r/a.txt (text): 甲", "r/b/c.txt (text): 丙", "saved.html (html): <p>页", "z.zip!/f.txt (text): 己",
		}, nil},
		{"in the order of paths, not of roots", []string{"z.zip", "r/b", "r/a.txt"}, []string{"r/a.txt (text): 甲", "r/b/c.txt (text): 丙", "z.zip!/f.txt (text): 己"}, nil},
		{"what folders pass over, when it is named", []string{"README.md", ".hidden", ".e.txt", "notes", "saved_files"}, []string{
			".e.txt (text): 戊", ".hidden/d.txt (text): 丁", "README.md (text): 读我", "notes (text): 无扩展名的文本", "saved_files/g.txt (text): 庚",
		}, nil},
		{"what is no report, when it is named", []string{"style.css", "db"}, nil, []string{
			"db: a store of tupu, not a folder of reports: name the folder with the reports",
			"style.css: not a kind of file that reports come in: save its text as .txt (UTF-8) or .html",
		}},
	} {
		t.Run(c.what, func(t *testing.T) { walk(t, doc.Limits{}, c.roots...).check(t, c.files, c.skipped) })
	}
}

func TestWalkMissingRoot(t *testing.T) {
	tree(t, map[string]string{"r/a.txt": "甲"})
	for root, want := range map[string]string{
		"r/b.txt":   "read r/b.txt: file does not exist: check the path",
		"r/a.txt/b": "read r/a.txt/b: file does not exist: check the path",
		"":          "read : file does not exist: check the path",
	} {
		err := doc.Walk(context.Background(), []string{"r", root}, doc.Limits{}, func(f doc.File) error {
			t.Errorf("%s was read", f.Path)
			return nil
		}, func(s doc.Skipped) { t.Errorf("skipped %v", s) })
		if !errors.Is(err, fs.ErrNotExist) || err.Error() != want {
			t.Errorf("root %q: error %v, want %s", root, err, want)
		}
	}
	if got := walk(t, doc.Limits{}); got.files != nil || got.skipped != nil {
		t.Errorf("without roots: %v", got)
	}
}

func TestWalkStops(t *testing.T) {
	tree(t, map[string]string{"r/a.txt": "甲", "r/b.zip": pack(t, packed{name: "b.txt", data: "乙"}, packed{name: "c.txt", data: "丙"}), "r/d.txt": "丁"})
	enough := errors.New("enough")
	for _, c := range []struct {
		at   string
		want []string
	}{
		{"r/a.txt", []string{"r/a.txt"}},
		{"r/b.zip!/b.txt", []string{"r/a.txt", "r/b.zip!/b.txt"}},
	} {
		var paths []string
		err := doc.Walk(context.Background(), []string{"r"}, doc.Limits{}, func(f doc.File) error {
			paths = append(paths, f.Path)
			if f.Path == c.at {
				return enough
			}
			return nil
		}, func(s doc.Skipped) { t.Errorf("skipped %v", s) })
		if err != enough {
			t.Errorf("error %v, want the one of the file", err)
		}
		if diff := cmp.Diff(c.want, paths); diff != "" {
			t.Errorf("files (-want +got):\n%s", diff)
		}
		ctx, cancel := context.WithCancel(context.Background())
		paths = nil
		err = doc.Walk(ctx, []string{"r"}, doc.Limits{}, func(f doc.File) error {
			if paths = append(paths, f.Path); f.Path == c.at {
				cancel()
			}
			return nil
		}, func(s doc.Skipped) { t.Errorf("skipped %v", s) })
		if !errors.Is(err, context.Canceled) {
			t.Errorf("error %v, want that of the context", err)
		}
		if diff := cmp.Diff(c.want, paths); diff != "" {
			t.Errorf("files (-want +got):\n%s", diff)
		}
	}
}

func link(t *testing.T, target, name string) {
	t.Helper()
	if err := os.Symlink(target, name); err != nil {
		t.Fatal(err)
	}
}

func TestWalkLinks(t *testing.T) {
	tree(t, map[string]string{
		"out/secret.txt": "外", "out/pic.css": "p {}", "r/a.txt": "甲", "r/b/c.txt": "丙", "r/.h/d.txt": "丁",
	})
	link(t, "a.txt", "r/e.txt")
	link(t, "../out/secret.txt", "r/f.txt")
	link(t, "../out/pic.css", "r/g.css")
	link(t, "../out", "r/h")
	link(t, "nowhere.txt", "r/i.txt")
	link(t, "..", "r/b/j")       // the folder itself, in a circle
	link(t, "b", "r/k")          // the walk comes by it anyway
	link(t, ".h", "r/l")         // and not by this one
	link(t, ".h", "r/m")         // once is enough
	link(t, "../.h", "r/.h/n")   // a circle
	link(t, "p.txt", "r/o.txt")  // a link to a link …
	link(t, "o.txt", "r/p.txt")  // … that comes back
	link(t, "r", "link to root") // a root may be a link
	out, err := filepath.EvalSymlinks("out")
	if err == nil {
		out, err = filepath.Abs(out)
	}
	if err != nil {
		t.Fatal(err)
	}
	files := []string{"%/a.txt (text): 甲", "%/b/c.txt (text): 丙", "%/e.txt (text): 甲", "%/l/d.txt (text): 丁"}
	skipped := []string{
		"%/b/j: a link back to a folder that it lies in: remove the link",
		"%/f.txt: a link that leads out of the folder: name its target itself: " + out + "/secret.txt",
		"%/h: a link that leads out of the folder: name its target itself: " + out,
		"%/i.txt: a link that leads nowhere: remove it, or mend its target",
		"%/l/n: a link back to a folder that it lies in: remove the link",
		"%/o.txt: a link that leads nowhere: remove it, or mend its target",
		"%/p.txt: a link that leads nowhere: remove it, or mend its target",
	}
	for _, root := range []string{"r", "link to root"} {
		under := func(list []string) (out []string) {
			for _, s := range list {
				out = append(out, strings.ReplaceAll(s, "%", root))
			}
			return out
		}
		walk(t, doc.Limits{}, root).check(t, under(files), under(skipped))
	}
	var once []string
	for _, s := range skipped {
		once = append(once, strings.ReplaceAll(s, "%", "r"))
	}
	if diff := cmp.Diff(once, walk(t, doc.Limits{}, "r", "r").skipped); diff != "" {
		t.Errorf("skipped of a root named twice (-want +got):\n%s", diff)
	}
}

func TestWalkSpecialFiles(t *testing.T) {
	tree(t, map[string]string{"r/a.txt": "甲", "r/shut.txt": "关", "r/closed/b.txt": "闭"})
	if err := syscall.Mkfifo("r/pipe.txt", 0o644); err != nil {
		t.Skipf("no pipes here: %v", err)
	}
	want := []string{"r/pipe.txt: a named pipe, which may never end: save its text in a file"}
	files := []string{"r/a.txt (text): 甲", "r/closed/b.txt (text): 闭", "r/shut.txt (text): 关"}
	walk(t, doc.Limits{}, "r").check(t, files, want)
	walk(t, doc.Limits{}, "r/pipe.txt").check(t, nil, want)
	walk(t, doc.Limits{}, "/dev/zero").check(t, nil, []string{"/dev/zero: a device, which may never end: save its text in a file"})
	if os.Geteuid() == 0 {
		return // nothing is forbidden to root
	}
	for _, name := range []string{"r/shut.txt", "r/closed"} {
		if err := os.Chmod(name, 0); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { os.Chmod(name, 0o755) })
	}
	walk(t, doc.Limits{}, "r").check(t, files[:1], []string{
		"r/closed: no permission to read it: give yourself the right to read it (chmod u+r)", want[0],
		"r/shut.txt: no permission to read it: give yourself the right to read it (chmod u+r)",
	})
}

func TestWalkNamesThatCannotBeShown(t *testing.T) {
	tree(t, map[string]string{
		"r/" + encode(t, gbk, "泉港区报告.txt"): "甲", "r/a\x1b[2Jb.txt": "乙", "r/a\u202Eb.txt": "丙", "r/c\uFFFDd.txt": "丁", "r/c\x07d.txt": "戊",
	})
	walk(t, doc.Limits{}, "r").check(t, []string{
		"r/a\uFFFD[2Jb.txt (text): 乙", "r/a\uFFFDb.txt (text): 丙", "r/c\uFFFDd.txt (text): 戊", "r/泉港区报告.txt (text): 甲",
	}, []string{"r/c\uFFFDd.txt: its name, as far as it can be printed, is that of another file: rename it"})
}

func TestWalkZIP(t *testing.T) {
	inner := pack(t, packed{name: "c.txt", data: "丙"}, packed{name: "deep.zip", data: pack(t, packed{name: "d.txt", data: "丁"})})
	tree(t, map[string]string{"z.zip": pack(t,
		packed{name: "目录/"},
		packed{name: "目录/b.txt", data: "乙"},
		packed{name: `windows\a.txt`, data: "甲"},
		packed{name: "./e//f.txt", data: "己"},
		packed{name: "inner.zip", data: inner},
		packed{name: "inner.zip a.txt", data: "空格在叹号前"},
		packed{name: encode(t, gbk, "泉港区/政府工作报告.txt"), data: "国标", unnamed: true},
		packed{name: encode(t, big5, "龍海區政府工作報告.txt"), data: "大五", unnamed: true},
		packed{name: encode(t, gbk, "福建.txt"), data: "短名", unnamed: true},
		packed{name: "page.html", data: "<p>页</p>"},
		packed{name: "page_files/ad.html", data: "<p>广告</p>"},
		packed{name: "other_files/kept.html", data: "<p>留</p>"},
		packed{name: "word.doc", data: "<html><p>旧</p></html>"},
		packed{name: "noext", data: "<!doctype html><p>无</p>"},
		packed{name: ".hidden/a.txt", data: "藏"}, packed{name: "__MACOSX/._b.txt", data: "藏"}, packed{name: "README.txt", data: "读我"},
		packed{name: "style.css", data: "p {}"},
		packed{name: "scan.pdf", data: "%PDF-1.7"},
		packed{name: "unknown", data: "不认识"},
	)})
	walk(t, doc.Limits{}, "z.zip").check(t, []string{
		"z.zip!/e/f.txt (text): 己",
		"z.zip!/inner.zip a.txt (text): 空格在叹号前",
		"z.zip!/inner.zip!/c.txt (text): 丙",
		"z.zip!/inner.zip!/deep.zip!/d.txt (text): 丁",
		"z.zip!/noext (html): <!doctype html><p>无</p>",
		"z.zip!/other_files/kept.html (html): <p>留</p>",
		"z.zip!/page.html (html): <p>页</p>",
		"z.zip!/scan.pdf (pdf): %PDF-1.7",
		"z.zip!/windows/a.txt (text): 甲",
		"z.zip!/word.doc (html): <html><p>旧</p></html>",
		"z.zip!/泉港区/政府工作报告.txt (text): 国标",
		"z.zip!/目录/b.txt (text): 乙",
		"z.zip!/福建.txt (text): 短名",
		"z.zip!/龍海區政府工作報告.txt (text): 大五",
	}, []string{
		"z.zip!/unknown: an unknown format: save its text as .txt (UTF-8) or .html",
	})
}

func TestWalkBadZIP(t *testing.T) {
	good := pack(t, packed{name: "a.txt", data: "甲"})
	damaged := strings.Replace(pack(t, packed{name: "a.txt", data: "stored as it is", stored: true}), "stored", "soiled", 1)
	for _, c := range []struct {
		what, data     string
		files, skipped []string
	}{
		{
			"slip", pack(t,
				packed{name: "../../etc/a.txt", data: "恶"}, packed{name: "/abs.txt", data: "恶"}, packed{name: `C:\b.txt`, data: "恶"},
				packed{name: `b\..\..\c.txt`, data: "恶"}, packed{name: "x/../d.txt", data: "恶"}, packed{name: "..good.txt", data: "藏"}, packed{name: "e..f.txt", data: "善"}),
			[]string{"z.zip!/e..f.txt (text): 善"},
			[]string{
				"z.zip!/../../etc/a.txt: a name that leads out of the archive: do not trust this archive; unpack what you need by hand",
				"z.zip!//abs.txt: a name that leads out of the archive: do not trust this archive; unpack what you need by hand",
				"z.zip!/C:/b.txt: a name that leads out of the archive: do not trust this archive; unpack what you need by hand",
				"z.zip!/b/../../c.txt: a name that leads out of the archive: do not trust this archive; unpack what you need by hand",
				"z.zip!/x/../d.txt: a name that leads out of the archive: do not trust this archive; unpack what you need by hand",
			},
		},
		{
			"members that cannot be read", pack(t,
				packed{name: "a.txt", data: "甲"}, packed{name: "a.txt", data: "又"}, packed{name: "./a.txt", data: "再"},
				packed{name: "link.txt", data: "/etc/passwd", mode: fs.ModeSymlink | 0o777},
				packed{name: "locked.txt", data: "密", flags: 1, raw: true, size: 3},
				packed{name: "method.txt", data: "x", raw: true, method: 14, size: 3},
				packed{name: "broken.txt", data: "\xFF\xFF\xFF", raw: true, method: zip.Deflate, size: 3}),
			[]string{"z.zip!/a.txt (text): 甲"},
			[]string{
				"z.zip!/a.txt: a second file of this name in the archive: unpack it and rename one of them",
				"z.zip!/a.txt: a second file of this name in the archive: unpack it and rename one of them",
				"z.zip!/broken.txt: damaged in its archive: get it again, or unpack it and pack it anew as ZIP",
				"z.zip!/link.txt: a link or a special file in an archive: pack the file itself",
				"z.zip!/locked.txt: packed with a password: unpack it with its password",
				"z.zip!/method.txt: packed by method 14, which is not read: unpack it and pack it anew as ZIP",
			},
		},
		{"a wrong checksum", damaged, nil, []string{"z.zip!/a.txt: damaged in its archive: get it again, or unpack it and pack it anew as ZIP"}},
		{"truncated", good[:len(good)-8], nil, []string{"z.zip: a damaged or truncated archive: get it again, or unpack it and pack it anew as ZIP"}},
		{"no bytes", "", nil, []string{"z.zip: empty: get it again"}},
		{"no members", pack(t), nil, []string{"z.zip: an empty archive: remove it"}},
		{"another format", "Rar!\x1A\x07\x00", nil, []string{"z.zip: a RAR archive, not a ZIP: unpack it, or pack it again as ZIP"}},
		{"text", "岚溪区工作报告", nil, []string{"z.zip: a damaged or truncated archive: get it again, or unpack it and pack it anew as ZIP"}},
		{"something in front", "#!/bin/sh\n" + good, []string{"z.zip!/a.txt (text): 甲"}, nil},
		{"a bad archive in a good one", pack(t, packed{name: "b.txt", data: "乙"}, packed{name: "a.zip", data: "PK"}), []string{"z.zip!/b.txt (text): 乙"}, []string{
			"z.zip!/a.zip: a damaged or truncated archive: get it again, or unpack it and pack it anew as ZIP",
		}},
	} {
		t.Run(c.what, func(t *testing.T) {
			tree(t, map[string]string{"z.zip": c.data})
			walk(t, doc.Limits{}, "z.zip").check(t, c.files, c.skipped)
		})
	}
}

func TestWalkZIPNamesInUnicodeField(t *testing.T) {
	// The field holds version 1, the CRC-32 of the name in the header, and the name in UTF-8.
	field := func(name string, sum uint32) []byte {
		b := []byte{0x75, 0x70, byte(5 + len(name)), 0, 1, byte(sum), byte(sum >> 8), byte(sum >> 16), byte(sum >> 24)}
		return append(append([]byte{0xFE, 0xCA, 1, 0, 'x'}, b...), name...)
	}
	const header = "\x80\x81.txt"
	tree(t, map[string]string{
		"right.zip": pack(t, packed{name: header, data: "甲", unnamed: true, extra: field("岚溪.txt", crc32.ChecksumIEEE([]byte(header)))}),
		"wrong.zip": pack(t, packed{name: encode(t, gbk, "泉港区.txt"), data: "乙", unnamed: true, extra: field("岚溪.txt", 1)}),
	})
	walk(t, doc.Limits{}, "right.zip", "wrong.zip").check(t, []string{"right.zip!/岚溪.txt (text): 甲", "wrong.zip!/泉港区.txt (text): 乙"}, nil)
}

func TestWalkZIPBombs(t *testing.T) {
	const mb = 1 << 20
	zeros := strings.Repeat("0", 2*mb)
	bomb := func(n int) []packed {
		var members []packed
		for i := range n {
			members = append(members, packed{name: fmt.Sprintf("bomb%d.txt", i), data: zeros})
		}
		return members
	}
	// Says that it unpacks to a few bytes, and unpacks to two million.
	liar := func() packed {
		z, err := zip.NewReader(strings.NewReader(pack(t, packed{name: "a", data: zeros})), int64(len(pack(t, packed{name: "a", data: zeros}))))
		if err != nil {
			t.Fatal(err)
		}
		r, err := z.File[0].OpenRaw()
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if _, err := b.ReadFrom(r); err != nil {
			t.Fatal(err)
		}
		return packed{name: "liar.txt", data: b.String(), raw: true, method: zip.Deflate, size: 10}
	}()
	nested := pack(t, packed{name: "a.txt", data: "甲"})
	for i := range 3 {
		nested = pack(t, packed{name: fmt.Sprintf("%d.zip", i), data: nested})
	}
	within := pack(t, packed{name: "d.txt", data: "丁丁丁"}, packed{name: "e.txt", data: "戊"})
	both := pack(t, packed{name: "a.txt", data: "甲"}, packed{name: "b.txt", data: "乙乙"}, packed{name: "c.zip", data: within})
	outside := int64(3 + 6 + len(within))
	for _, c := range []struct {
		what, data     string
		limits         doc.Limits
		files, skipped []string
	}{
		{"a member that swells", pack(t, append(bomb(1), packed{name: "a.txt", data: "甲"})...), doc.Limits{}, []string{"z.zip!/a.txt (text): 甲"}, []string{
			"z.zip!/bomb0.txt: unpacks to more than 200 times its size: unpack it if you know where it comes from",
		}},
		{"many that swell", pack(t, append(bomb(7), packed{name: "z.txt", data: "末"})...), doc.Limits{}, nil, []string{
			"z.zip!/bomb0.txt: unpacks to more than 200 times its size: unpack it if you know where it comes from",
			"z.zip!/bomb1.txt: unpacks to more than 200 times its size: unpack it if you know where it comes from",
			"z.zip!/bomb2.txt: unpacks to more than 200 times its size: unpack it if you know where it comes from",
			"z.zip!/bomb3.txt: unpacks to more than 200 times its size: unpack it if you know where it comes from",
			"z.zip!/bomb4.txt: unpacks to more than 200 times its size: unpack it if you know where it comes from",
			"z.zip: looks like a ZIP bomb: the rest of it is not read: unpack it if you know where it comes from",
		}},
		{"a ratio that is allowed", pack(t, packed{name: "a.txt", data: zeros}), doc.Limits{MaxRatio: 2000}, []string{"z.zip!/a.txt (text): " + zeros}, nil},
		{"a size that lies", pack(t, liar, packed{name: "m.txt", data: "末"}), doc.Limits{}, []string{"z.zip!/m.txt (text): 末"}, []string{
			"z.zip!/liar.txt: damaged in its archive: get it again, or unpack it and pack it anew as ZIP",
		}},
		{"a member that is too large", pack(t, packed{name: "a.txt", data: "一二三"}, packed{name: "b.txt", data: "一二三四"}), doc.Limits{MaxFile: 9}, []string{"z.zip!/a.txt (text): 一二三"}, []string{
			"z.zip!/b.txt: too large: 12 bytes, at most 9 bytes are read: split it, one report a file",
		}},
		{"archives in archives", nested, doc.Limits{}, nil, []string{"z.zip!/2.zip!/1.zip!/0.zip: an archive within 3 others: unpack it"}},
		{"no archive in archives", nested, doc.Limits{MaxDepth: 1}, nil, []string{"z.zip!/2.zip: an archive within 1 others: unpack it"}},
		{"deeper archives", nested, doc.Limits{MaxDepth: 4}, []string{"z.zip!/2.zip!/1.zip!/0.zip!/a.txt (text): 甲"}, nil},
		{"as many files as are allowed", both, doc.Limits{MaxArchiveFiles: 5}, []string{"z.zip!/a.txt (text): 甲", "z.zip!/b.txt (text): 乙乙", "z.zip!/c.zip!/d.txt (text): 丁丁丁", "z.zip!/c.zip!/e.txt (text): 戊"}, nil},
		{"more files, with those of the archive within", both, doc.Limits{MaxArchiveFiles: 4}, []string{"z.zip!/a.txt (text): 甲", "z.zip!/b.txt (text): 乙乙"}, []string{
			"z.zip!/c.zip: more than 4 files in one archive: unpack it",
		}},
		{"more files", both, doc.Limits{MaxArchiveFiles: 2}, nil, []string{"z.zip: more than 2 files in one archive: unpack it"}},
		{"as many bytes as are allowed", both, doc.Limits{MaxArchiveBytes: outside + 12}, []string{"z.zip!/a.txt (text): 甲", "z.zip!/b.txt (text): 乙乙", "z.zip!/c.zip!/d.txt (text): 丁丁丁", "z.zip!/c.zip!/e.txt (text): 戊"}, nil},
		{"more bytes, with those of the archive within", both, doc.Limits{MaxArchiveBytes: outside + 11}, []string{"z.zip!/a.txt (text): 甲", "z.zip!/b.txt (text): 乙乙"}, []string{
			fmt.Sprintf("z.zip!/c.zip: unpacks to more than %d bytes: unpack it, or pack it in parts", outside+11),
		}},
		{"more bytes", both, doc.Limits{MaxArchiveBytes: 200}, nil, []string{"z.zip: unpacks to more than 200 bytes: unpack it, or pack it in parts"}},
	} {
		t.Run(c.what, func(t *testing.T) {
			tree(t, map[string]string{"z.zip": c.data})
			walk(t, c.limits, "z.zip").check(t, c.files, c.skipped)
		})
	}
}

func TestWalkLimits(t *testing.T) {
	tree(t, map[string]string{"r/a.txt": "甲", "r/b/c.txt": "丙丙", "r/d.txt": "丁", "s/e.txt": "戊"})
	walk(t, doc.Limits{MaxFiles: 4}, "r", "s").check(t, []string{"r/a.txt (text): 甲", "r/b/c.txt (text): 丙丙", "r/d.txt (text): 丁", "s/e.txt (text): 戊"}, nil)
	walk(t, doc.Limits{MaxFiles: 2}, "r", "s").check(t, []string{"r/a.txt (text): 甲", "s/e.txt (text): 戊"}, []string{
		"r: more than 2 files and folders: name the folders below it one by one",
	})
	walk(t, doc.Limits{MaxFile: 3}, "r").check(t, []string{"r/a.txt (text): 甲", "r/d.txt (text): 丁"}, []string{
		"r/b/c.txt: too large: 6 bytes, at most 3 bytes are read: split it, one report a file",
	})
}

func FuzzZIP(f *testing.F) {
	f.Add([]byte(pack(f, packed{name: "a.txt", data: "甲"}, packed{name: "b.zip", data: pack(f, packed{name: "c.html", data: "<p>丙</p>"})})))
	f.Add([]byte(pack(f, packed{name: "../a.txt", data: "恶"}, packed{name: encode(f, gbk, "泉港区.txt"), data: "乙", unnamed: true})))
	f.Add([]byte(pack(f, packed{name: "a.txt", data: "stored", raw: true, size: 6}, packed{name: "l.txt", data: "/", mode: fs.ModeSymlink})))
	f.Add([]byte(pack(f, packed{name: "a.txt", data: "x", raw: true, method: 14, size: 1 << 60}, packed{name: "d/"})))
	f.Add([]byte("PK\x05\x06"))
	dir := f.TempDir()
	limits := doc.Limits{MaxFile: 1 << 16, MaxArchiveBytes: 1 << 18, MaxArchiveFiles: 64, MaxDepth: 2}
	f.Fuzz(func(t *testing.T, data []byte) {
		name := filepath.Join(dir, fmt.Sprint(os.Getpid())+".zip")
		if err := os.WriteFile(name, data, 0o644); err != nil {
			t.Fatal(err)
		}
		shown := filepath.ToSlash(name)
		total, last := 0, ""
		err := doc.Walk(context.Background(), []string{name}, limits, func(file doc.File) error {
			within, ok := strings.CutPrefix(file.Path, shown+"!/")
			if !ok || !utf8.ValidString(file.Path) || strings.HasPrefix(within, "/") {
				t.Fatalf("file %q in %q", file.Path, shown)
			}
			for _, name := range strings.Split(within, "!/") {
				if name != path.Clean(name) || name == ".." || strings.HasPrefix(name, "../") {
					t.Fatalf("file %q leads out of its archive", file.Path)
				}
			}
			if file.Path < last {
				t.Fatalf("%q comes after %q", file.Path, last)
			}
			last = file.Path
			if total += len(file.Data); len(file.Data) > 1<<16 || total > 1<<18 {
				t.Fatalf("%d bytes of %q, %d bytes in all", len(file.Data), file.Path, total)
			}
			return nil
		}, func(s doc.Skipped) {
			if !strings.HasPrefix(s.Path, shown) || !utf8.ValidString(s.Path) || s.Reason == "" || s.Advice == "" {
				t.Fatalf("skipped %+v", s)
			}
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
