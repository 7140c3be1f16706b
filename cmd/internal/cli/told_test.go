package cli

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// sources are the parsed files of packages, without their tests.
func sources(t *testing.T, packages ...string) (files []*ast.File) {
	t.Helper()
	for _, p := range packages {
		names, err := filepath.Glob("../../../" + p + "/*.go")
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, f)
		}
	}
	return files
}

// Every reason and every advice of package doc has words in Chinese.
func TestReasonsInChinese(t *testing.T) {
	constants := map[string]string{}
	var said []ast.Expr
	for _, f := range sources(t, "extract/doc") {
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ValueSpec:
				for i, id := range n.Names {
					if strings.HasPrefix(id.Name, "advice") && i < len(n.Values) {
						constants[id.Name], _ = sample(n.Values[i], nil)
						said = append(said, n.Values[i])
					}
				}
			case *ast.KeyValueExpr:
				if id, ok := n.Key.(*ast.Ident); ok && (id.Name == "Reason" || id.Name == "Advice") {
					said = append(said, n.Value)
				}
			case *ast.CompositeLit: // {"an OFD file", adviceOFD}
				if len(n.Elts) == 2 {
					if id, ok := n.Elts[1].(*ast.Ident); ok && strings.HasPrefix(id.Name, "advice") {
						said = append(said, n.Elts[0])
					}
				}
			case *ast.CallExpr:
				if f, ok := n.Fun.(*ast.SelectorExpr); ok && f.Sel.Name == "pass" && len(n.Args) == 3 {
					said = append(said, n.Args[1], n.Args[2])
				}
			}
			return true
		})
	}
	checked := 0
	for _, e := range said {
		english, ok := sample(e, constants)
		if !ok {
			continue // put together elsewhere
		}
		checked++
		if told, ok := chinese.told(english, 0); !ok || untold(told) != "" {
			t.Errorf("%q is %q in Chinese", english, told)
		}
	}
	if checked < 90 {
		t.Errorf("only %d reasons were found", checked)
	}
}

// Every message about a query has words in Chinese.
func TestCypherInChinese(t *testing.T) {
	function := regexp.MustCompile(`[a-z]+\([a-z]?\)|count|timezone`)
	message := map[string]int{"errorf": 2, "syntax": 2, "runtime": 3, "fail": 4, "Errorf": 0, "New": 0, "expected": 0} // which argument it is
	checked := 0
	check := func(e ast.Expr) {
		english, ok := sample(e, nil)
		if !ok || !strings.Contains(english, " ") {
			return
		}
		checked++
		told := chinese.tell(verb.ReplaceAllString(strings.ReplaceAll(english, "%q", `"7"`), "7"))
		if untold(function.ReplaceAllString(told, "")) != "" {
			t.Errorf("%q is %q in Chinese", english, told)
		}
	}
	for _, f := range sources(t, "query/cypher", "query/engine") {
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				called := ""
				switch f := n.Fun.(type) {
				case *ast.Ident:
					called = f.Name
				case *ast.SelectorExpr:
					called = f.Sel.Name
				}
				if at, ok := message[called]; ok && at < len(n.Args) {
					check(n.Args[at])
					if called == "fail" {
						check(n.Args[3])
					}
				}
			case *ast.AssignStmt: // e.Hint = "…"
				if f, ok := n.Lhs[0].(*ast.SelectorExpr); ok && f.Sel.Name == "Hint" {
					check(n.Rhs[0])
				}
			case *ast.KeyValueExpr:
				if id, ok := n.Key.(*ast.Ident); ok && (id.Name == "Hint" || id.Name == "Msg") {
					check(n.Value)
				}
			}
			return true
		})
	}
	if checked < 100 {
		t.Errorf("only %d messages were found", checked)
	}
}

// sample is a text that an expression may give; ok is false if it has no text of its own.
func sample(e ast.Expr, constants map[string]string) (text string, ok bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		s, err := strconv.Unquote(e.Value)
		return s, err == nil
	case *ast.BinaryExpr:
		a, one := sample(e.X, constants)
		b, two := sample(e.Y, constants)
		if !one {
			a = "7"
		}
		if !two {
			b = "7"
		}
		return a + b, one || two
	case *ast.Ident:
		s, ok := constants[e.Name]
		return s, ok
	case *ast.CallExpr:
		if f, isCall := e.Fun.(*ast.SelectorExpr); isCall && f.Sel.Name == "Sprintf" {
			s, ok := sample(e.Args[0], constants)
			return verb.ReplaceAllString(s, "7"), ok
		}
	}
	return "", false
}

var (
	notWords = regexp.MustCompile("`[^`]*`|“[^”]*”|\"[^\"]*\"|\\S*[/:=.]\\S*|-[a-z-]+|\\b[A-Z][A-Za-z]+\\b|[A-Za-z]*_[A-Za-z_]*|\\([^)]*\\)|（[a-z_\\- ]+）")
	word     = regexp.MustCompile(`[a-z]{3,}`)
	proper   = regexp.MustCompile(`\b(tupu|tesseract|json|jsonl|csv|tsv|help|build|show|ocrmypdf|poppler-utils|prune|remove|chmod|office|find|project|shared|table|ask|anonymous|powershell|gen|nowhere|enterprise|coverage)\b`)
)

// untold is the first English word of a message, names, paths, commands and flags aside.
func untold(s string) string {
	return word.FindString(proper.ReplaceAllString(notWords.ReplaceAllString(s, " "), " "))
}

// What people meet in a first hour, and the answers to all questions, are in Chinese where they ask for it.
func TestMeetsChinese(t *testing.T) {
	inTestdata(t)
	t.Setenv("TUPU_LANG", "zh")
	commands := `build testdata/reports testdata/bad testdata/formats/bad --manifest testdata/manifest.csv --trace
build testdata/reports --dry-run
build nowhere
build
bild
find
find a b
find 火星
search 火星
show 火星
show 第二实验小学
info --colour
info --db
info -o xml
rank --limit x
ask shard
ask shared --area 火星
ask new --year 1999
remove nothing.txt
undo
train
eval
same 甲 乙
extract testdata/bad/空文件.txt
export --format csv
completion pwsh
verify
judgements
path 惠松家居 德赫曼
path 惠松家居 屿辰集团
diff 2022 2023
ego 榕屿食品
show 榕屿食品
communities
links
rank
info
ask place 芗城区
ask timeline 鹭汀大桥`
	for _, q := range newTestRoot().Commands() {
		if q.Name() == "ask" {
			for _, c := range q.Commands() {
				if c.Name() != "place" && c.Name() != "timeline" {
					commands += "\nask " + c.Name()
				}
			}
		}
	}
	for line := range strings.Lines(commands) {
		var stdout, stderr bytes.Buffer
		s := &Streams{Out: &stdout, Err: &stderr, OutTerminal: true, Getenv: func(name string) string {
			if name == "TUPU_LANG" {
				return os.Getenv(name)
			}
			return ""
		}}
		Main(strings.Fields(line), s)
		for out := range strings.Lines(stdout.String() + stderr.String()) {
			if english := untold(out); english != "" {
				t.Errorf("tupu %s: %q in %q", strings.TrimSpace(line), english, strings.TrimSpace(out))
			}
		}
	}
}
