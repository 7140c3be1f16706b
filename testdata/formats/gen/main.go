// Command gen makes the files of testdata/formats, in every format, layout and charset that offices publish in, and for each
// what must be read from it. It needs LibreOffice (soffice), Chromium, qpdf, Poppler (pdftotext) with its data, fontTools
// (python3-fonttools) and the fonts Noto CJK, WenQuanYi Zen Hei and AR PL UMing; the files it made are kept.
//
//	go run ./testdata/formats/gen [NAME...]
package main

import (
	"bytes"
	"fmt"
	"log"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/tupu-kg/tupu/extract/text"
)

// block is a part of a document: title, meta (lines below it), h1, h2, p, li or table.
type block struct {
	kind string
	text string
	rows [][]string
}

// want is what must be read: sentences with where they stand, and texts that must not be read.
type want struct {
	lines []wantLine
	never []string
}

type wantLine struct{ at, text string }

var (
	root     = "testdata/formats"
	work     = ""
	only     = map[string]bool{}
	chapters = regexp.MustCompile(`^[一二三四五六七八九十]+、`)
)

func main() {
	log.SetFlags(0)
	for _, name := range os.Args[1:] {
		only[name] = true
	}
	dir, err := os.MkdirTemp("", "formats")
	must(err)
	defer os.RemoveAll(dir)
	work = dir
	must(os.MkdirAll(filepath.Join(root, "files"), 0o755))
	must(os.MkdirAll(filepath.Join(root, "expected"), 0o755))
	words()
	sheets()
	pages()
	printed()
	byHand()
	texts()
	mails()
	archives()
	layouts()
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

// wanted reports whether a file is to be made.
func wanted(name string) bool { return len(only) == 0 || only[name] }

// put writes a file and what must be read from it.
func put(name string, data []byte, w want) {
	must(os.MkdirAll(filepath.Dir(filepath.Join(root, "files", name)), 0o755))
	must(os.WriteFile(filepath.Join(root, "files", name), data, 0o644))
	expect(name, w)
}

// expect writes what must be read from a file, which may lie within another.
func expect(name string, w want) {
	var b strings.Builder
	for _, l := range w.lines {
		fmt.Fprintf(&b, "%s\t%s\n", l.at, l.text)
	}
	for _, s := range w.never {
		fmt.Fprintf(&b, "!\t%s\n", s)
	}
	must(os.WriteFile(filepath.Join(root, "expected", strings.ReplaceAll(name, "/", "__")+".txt"), []byte(b.String()), 0o644))
}

// report reads one of the reports of testdata as blocks.
func report(path string, paragraphs int) []block {
	data, err := os.ReadFile("testdata/reports/" + path)
	must(err)
	s := strings.TrimPrefix(strings.ReplaceAll(string(data), "\r\n", "\n"), "\uFEFF")
	var blocks []block
	head := true
	for i, line := range strings.Split(s, "\n") {
		line = strings.Join(strings.FieldsFunc(line, func(r rune) bool { return r == ' ' || r == '\u3000' || r == '\t' }), "")
		switch {
		case line == "":
			head = false
		case i == 0:
			blocks = append(blocks, block{kind: "title", text: line})
		case head && strings.HasPrefix(line, "（"):
			blocks = append(blocks, block{kind: "meta", text: line})
		case head:
		case chapters.MatchString(line) && len([]rune(line)) < 30:
			blocks = append(blocks, block{kind: "h1", text: line})
		default:
			blocks = append(blocks, block{kind: "p", text: line})
		}
		if len(blocks) == paragraphs {
			break
		}
	}
	return blocks
}

// projects is a table of projects.
func projects() [][]string {
	return [][]string{
		{"序号", "项目名称", "建设单位", "总投资（万元）", "建设内容"},
		{"1", "砺川智能二期项目", "福建砺川智能装备股份有限公司", "86000", "新建厂房4.2万平方米"},
		{"2", "碧洲污水处理厂扩建工程", "龙文区城市建设投资有限公司", "28500", "新增日处理能力4万吨"},
		{"3", "岚诺医药二期项目", "漳州岚诺医药科技股份有限公司", "110000", "建设两条无菌制剂生产线"},
		{"4", "金浔产业园三期", "漳浦县金浔开发有限公司", "45200", "建设标准厂房12栋"},
	}
}

// withTable puts a table behind the n-th block.
func withTable(blocks []block, n int) []block {
	table := []block{{kind: "p", text: "重点项目安排情况如下表所示。"}, {kind: "table", rows: projects()}}
	return slices.Concat(blocks[:n], table, blocks[n:])
}

// sentences is what must be read of blocks; at gives the place of each block by its number from 0, and of rows.
func sentences(blocks []block, at func(i, row int) string) want {
	var w want
	for i, b := range blocks {
		if b.kind == "table" {
			for r, cells := range b.rows {
				w.lines = append(w.lines, wantLine{at(i, r+1), strings.Join(cells, "\t")})
			}
			continue
		}
		for _, r := range text.Sentences(b.text) {
			if s := strings.TrimSpace(b.text[r.Start:r.End]); s != "" {
				w.lines = append(w.lines, wantLine{at(i, 0), s})
			}
		}
	}
	return w
}

func nowhere(int, int) string { return "-" }

// run runs a program in the folder of work.
func run(name string, args ...string) []byte {
	c := exec.Command(name, args...)
	c.Dir = work
	var errs bytes.Buffer
	c.Stderr = &errs
	out, err := c.Output()
	if err != nil {
		log.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, errs.String())
	}
	return out
}

func temp(name string, data []byte) string {
	path := filepath.Join(work, name)
	must(os.WriteFile(path, data, 0o644))
	return path
}

func read(path string) []byte {
	data, err := os.ReadFile(path)
	must(err)
	return data
}

// paged gives the sentences of a PDF their pages, as Poppler finds them.
func paged(path string, w want) want {
	var all []rune
	var starts []int
	for page := range strings.SplitSeq(strings.TrimSuffix(string(run("pdftotext", "-enc", "UTF-8", path, "-")), "\f"), "\f") {
		starts = append(starts, len(all))
		all = append(all, squeezed(page)...)
	}
	from := 0
	for i, l := range w.lines {
		key := squeezed(l.text)
		key = key[:min(len(key), 7)]
		at := index(all, key, from)
		if at < 0 {
			at = index(all, key, 0)
		}
		if at < 0 {
			continue
		}
		page := 0
		for page < len(starts) && starts[page] <= at {
			page++
		}
		w.lines[i].at = fmt.Sprintf("p%d", page)
		from = at
	}
	return w
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

func squeezed(s string) []rune {
	return []rune(strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \t\n\r\u3000\u00a0", r) {
			return -1
		}
		return r
	}, s))
}

func index(all, key []rune, from int) int {
	for i := from; i+len(key) <= len(all); i++ {
		if slices.Equal(all[i:i+len(key)], key) {
			return i
		}
	}
	return -1
}
