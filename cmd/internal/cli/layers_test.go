package cli

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/tupu-kg/tupu"

// room is a row of the import table.
type room struct {
	pkg  string
	ours []string // paths below the module, "x/*" for all below x
	not  []string // exceptions to a star
	why  string
}

// house is the import table: what each package may import of ours, and why. A package imports nothing of ours that its row
// does not name; a package without a row needs one, with its one job in CONTRIBUTING.md. What lies in a package's folders gen
// (the command that writes its data) and internal belongs to it, and may import what it may.
var house = []room{
	{"graph", nil, nil, "the nouns know nobody, so that everybody may know them"},
	{"graph/algo", []string{"graph"}, nil, "algorithms see rows of numbers, never a store"},
	{"graph/export", []string{"graph", "graph/algo"}, nil, "a writer of formats works on any graph"},
	{"extract/doc", []string{"graph"}, nil, "reading files knows no Chinese"},
	{"extract/text", []string{"graph"}, nil, "folding is one package's job, and everybody above uses it"},
	{"extract/gazetteer", []string{"graph", "extract/text"}, nil, "finding known names needs folded text and nothing else"},
	{"extract/relate", []string{"graph", "extract/text"}, nil, "what a sentence states follows from its names and words, whoever recognised them"},
	{"extract/company", []string{"graph", "extract/text", "extract/gazetteer"}, nil, "a firm's name is taken apart by known places and trades, for whoever needs its brand"},
	{"extract/tagger", nil, nil, "a sequence model knows numbers and no words"},
	{"extract", []string{"graph", "extract/*"}, []string{"extract/resolve"}, "facts are read from one document; who is who is decided later, from all"},
	{"extract/resolve", []string{"graph", "extract/company", "extract/text", "extract/gazetteer"}, nil, "who is who follows from facts and judgements alone"},
	{"store", []string{"graph"}, nil, "the store keeps nouns and does not know how they are made"},
	{"store/ingest", []string{"graph", "extract", "extract/*", "store"}, nil, "the one place where reading, resolving and keeping meet"},
	{"query/cypher", nil, nil, "a syntax tree needs no graph"},
	{"query/engine", []string{"query/cypher"}, nil, "a query engine knows property graphs, and none of our nouns"},
	{"query", []string{"graph", "graph/algo", "extract/text", "query/cypher", "query/engine"}, nil, "questions run on any graph, so they know no store"},
	{"query/querytest", []string{"graph", "query", "query/engine"}, nil, "a suite for any graph knows none of them"},
	{"cmd/internal/cli", []string{"graph", "graph/*", "extract", "extract/*", "store", "store/*", "query", "query/*", "cmd/internal/*"}, nil, "commands translate between people and packages"},
	{"cmd/internal/web", []string{"graph", "graph/*", "extract", "extract/*", "store", "store/*", "query", "query/*"}, nil, "the page is a sibling of the commands, not their client"},
	{"cmd/tupu", []string{"cmd/internal/cli"}, nil, "main does nothing but start the command line"},
}

// strangers says which modules of others may be imported, and where. Everything else of ours stays free of them, so that
// each can be replaced in one place.
var strangers = []struct {
	prefix string
	in     []string
	why    string
}{
	{"github.com/dgraph-io/badger/", []string{"store"}, "the store can be exchanged in one package"},
	{"github.com/dgraph-io/ristretto/v2/z", []string{"store"}, "only the store's files are mapped into memory"},
	{"golang.org/x/sys/unix", []string{"store"}, "and their pages given back"},
	{"github.com/go-ego/gse", []string{"extract"}, "words are cut where documents are read, never in reading commands"},
	{"gonum.org/v1/gonum", []string{"graph/algo", "graph/export"}, "numbers stay with the algorithms"},
	{"golang.org/x/image/", []string{"graph/export"}, "only pictures need outlines and pixels"},
	{"github.com/parquet-go/", []string{"graph/export"}, "a table format is one of many"},
	{"golang.org/x/net/", []string{"extract/doc"}, "only files are parsed as HTML"},
	{"golang.org/x/text/", []string{"extract/doc", "extract/text"}, "charsets and character widths are settled before anything is recognised"},
	{"github.com/xuri/excelize/", []string{"extract/doc"}, "only files are read as workbooks"},
	{"github.com/spf13/", []string{"cmd/internal/cli"}, "nothing below the commands knows flags"},
	{"github.com/jedib0t/go-pretty/", []string{"cmd/internal/cli"}, "nothing below the commands prints"},
	{"github.com/pelletier/go-toml/", []string{"cmd/internal/cli"}, "nothing below the commands knows the project file"},
	{"golang.org/x/term", []string{"cmd/internal/cli"}, "nothing below the commands knows terminals"},
}

// testStrangers may be imported by tests and suites of tests only.
var testStrangers = []string{"github.com/google/go-cmp/", "pgregory.net/rapid", "github.com/rogpeppe/go-internal/"}

type goPackage struct {
	ImportPath                         string
	Imports, TestImports, XTestImports []string
}

// TestHouse checks the import table against the imports that there are.
func TestHouse(t *testing.T) {
	packages := listPackages(t)
	if len(packages) < 10 {
		t.Fatalf("only %d packages listed: this test must see the whole module", len(packages))
	}
	for _, p := range packages {
		pkg, ours := strings.CutPrefix(p.ImportPath, module+"/")
		if !ours {
			t.Errorf("%s: the module's root holds no package", p.ImportPath)
			continue
		}
		if pkg = owner(pkg); pkg == "bin" {
			continue // what somebody tries out where nothing is kept
		}
		row := slices.IndexFunc(house, func(r room) bool { return r.pkg == pkg })
		if row < 0 {
			t.Errorf("%s has no row in the import table: give it one, with the reason", pkg)
			continue
		}
		for _, imported := range p.Imports {
			if of, ok := strings.CutPrefix(imported, module+"/"); ok {
				if of = owner(of); of != pkg && (!matches(of, house[row].ours) || matches(of, house[row].not)) {
					t.Errorf("%s imports %s, and must not: %s", p.ImportPath, of, house[row].why)
				}
			} else if why := stranger(pkg, imported); why != "" {
				t.Errorf("%s imports %s, and must not: %s", p.ImportPath, imported, why)
			}
		}
		for _, imported := range slices.Concat(p.TestImports, p.XTestImports) {
			if strings.HasPrefix(imported, module) || matchesPrefix(imported, testStrangers) {
				continue // a test may come from anywhere in the house
			}
			if why := stranger(pkg, imported); why != "" {
				t.Errorf("tests of %s import %s, and must not: %s", p.ImportPath, imported, why)
			}
		}
	}
}

// owner is the package that a package belongs to: itself, unless it lies in another's folder gen or internal.
func owner(pkg string) string {
	from := 0
	if strings.HasPrefix(pkg, "cmd/internal/") {
		from = len("cmd/internal") // which belongs to nobody
	}
	for _, below := range []string{"/gen/", "/internal/"} {
		if at := strings.Index((pkg + "/")[from:], below); at > 0 {
			return owner(pkg[:from+at])
		}
	}
	first, _, _ := strings.Cut(pkg, "/")
	if first == "bin" {
		return first
	}
	return pkg
}

func matches(pkg string, patterns []string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool {
		below, star := strings.CutSuffix(p, "*")
		return pkg == p || star && strings.HasPrefix(pkg, below)
	})
}

func matchesPrefix(path string, prefixes []string) bool {
	return slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(path, p) })
}

// stranger says why pkg must not import a package that is not ours, or nothing if it may.
func stranger(pkg, imported string) string {
	if first, _, _ := strings.Cut(imported, "/"); !strings.Contains(first, ".") {
		return "" // the standard library
	}
	for _, s := range strangers {
		if strings.HasPrefix(imported, s.prefix) {
			if slices.Contains(s.in, pkg) {
				return ""
			}
			return "only " + strings.Join(s.in, " and ") + " may: " + s.why
		}
	}
	if matchesPrefix(imported, testStrangers) {
		if strings.HasSuffix(pkg, "test") {
			return "" // a suite of tests
		}
		return "it is for tests"
	}
	return "no row of the import table allows it"
}

func listPackages(t *testing.T) []goPackage {
	t.Helper()
	goTool, err := exec.LookPath("go")
	if err != nil {
		t.Skip("no go command on the path: the import table is not checked")
	}
	c := exec.Command(goTool, "list", "-e", "-json=ImportPath,Imports,TestImports,XTestImports", module+"/...")
	out, err := c.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var packages []goPackage
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p goPackage
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return packages
		} else if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
}
