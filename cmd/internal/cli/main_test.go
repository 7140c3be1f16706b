package cli

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/tupu-kg/tupu/store"
)

// call runs a command in the test's own process.
func call(args ...string) (status int, out, err string) {
	var stdout, stderr bytes.Buffer
	status = Main(args, &Streams{Out: &stdout, Err: &stderr, In: strings.NewReader(""), Getenv: func(string) string { return "" }})
	return status, stdout.String(), stderr.String()
}

// inTestdata changes to a folder with a copy of the example reports.
func inTestdata(t *testing.T) {
	t.Helper()
	from, err := filepath.Abs("../../../testdata")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	if err := os.CopyFS("testdata", os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
}

// commands lists all commands that do something.
func commands(c *cobra.Command) []*cobra.Command {
	var all []*cobra.Command
	if c.Runnable() {
		all = append(all, c)
	}
	for _, sub := range c.Commands() {
		all = append(all, commands(sub)...)
	}
	return all
}

func newTestRoot() *cobra.Command {
	return newRoot(&app{Streams: &Streams{Getenv: func(string) string { return "" }}})
}

// Every command says what it does and shows how, and the examples do what they show: on the example reports, in the order of
// the list, each succeeds and prints something.
func TestExamples(t *testing.T) {
	inTestdata(t)
	if status, _, stderr := call("build", "testdata/reports", "--manifest", "testdata/manifest.csv"); status != statusDone {
		t.Fatalf("build: status %d\n%s", status, stderr)
	}
	ran := 0
	for _, c := range commands(newTestRoot()) {
		if c.Short == "" {
			t.Errorf("%s: no short help", c.CommandPath())
		}
		if !c.HasParent() || c.Name() == "help" {
			continue
		}
		if c.Example == "" {
			t.Errorf("%s: no example", c.CommandPath())
		}
		for line := range strings.Lines(c.Example) {
			line, _, _ = strings.Cut(line, "#")
			args := arguments(line)
			if len(args) == 0 || args[0] != "tupu" {
				t.Errorf("%s: example %q does not run tupu", c.CommandPath(), line)
				continue
			}
			status, out, stderr := call(args[1:]...)
			if status != statusDone {
				t.Errorf("%s: status %d\n%s", strings.TrimSpace(line), status, stderr)
			}
			if out == "" && c.Name() != "build" && c.Name() != "remove" && c.Name() != "export" && c.Name() != "import" && c.Name() != "doctor" && c.Name() != "train" && c.Name() != "man" {
				t.Errorf("%s: printed nothing", strings.TrimSpace(line))
			}
			for _, empty := range []string{"nothing is named", "no name holds", "no sentence holds", "no connection", "is named in more than one"} {
				if strings.Contains(stderr, empty) {
					t.Errorf("%s: shows nothing: %s", strings.TrimSpace(line), stderr)
				}
			}
			ran++
		}
	}
	if ran < 20 {
		t.Errorf("only %d examples", ran)
	}
}

// Every kind of items that a command prints is described in the help about formats.
func TestFormatsHelp(t *testing.T) {
	inTestdata(t)
	call("build", "testdata/reports")
	for kind, args := range map[string][]string{
		"shared": {"ask", "shared"}, "place": {"ask", "place", "芗城区"}, "coverage": {"ask", "coverage"}, "hubs": {"ask", "hubs"},
		"questions": {"ask"}, "dossier": {"show", "榕屿食品"}, "names": {"find", "榕屿"}, "sentences": {"search", "榕屿"},
		"path": {"path", "榕屿食品", "屿辰冷链"}, "ranks": {"rank"}, "links": {"links"}, "communities": {"communities"}, "ego": {"ego", "榕屿食品"}, "changes": {"diff", "2022", "2023"}, "mentions": {"extract", "testdata/reports/未具名材料.txt"},
		"statements": {"extract", "--what", "statements", "testdata/reports/未具名材料.txt"}, "build": {"build", "testdata/reports"},
		"judged": {"unsure", "屿辰冷链", "屿辰集团"}, "judgements": {"judgements"}, "pairs": {"review"}, "info": {"info"}, "findings": {"verify"}, "diagnoses": {"doctor", "testdata/manifest.csv"}, "version": {"version"},
	} {
		_, out, stderr := call(append(args, "-o", "json")...)
		if !strings.Contains(out, `"kind": "`+kind+`"`) {
			t.Errorf("tupu %s: no kind %q in\n%s%s", strings.Join(args, " "), kind, out, stderr)
		}
		if !strings.Contains(formatsHelp, "\n"+kind+" ") {
			t.Errorf("help formats does not describe %q", kind)
		}
	}
}

func TestInterrupted(t *testing.T) {
	inTestdata(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var stdout, stderr bytes.Buffer
	a := &app{Streams: &Streams{Out: &stdout, Err: &stderr, Getenv: func(string) string { return "" }}}
	if status := run(ctx, a, []string{"build", "testdata/reports"}); status != statusInterrupted {
		t.Errorf("status %d\n%s", status, stderr.String())
	}
	if stderr.String() != "tupu: interrupted; what was finished before is safe\n" || stdout.Len() > 0 {
		t.Errorf("printed %q, %q", stdout.String(), stderr.String())
	}
}

// A disk without room is found before the graph is touched.
func TestNoRoom(t *testing.T) {
	inTestdata(t)
	var stdout, stderr bytes.Buffer
	a := &app{Streams: &Streams{Out: &stdout, Err: &stderr, Getenv: func(string) string { return "" }}, free: func(string) (uint64, bool) { return 1 << 20, true }}
	status := run(t.Context(), a, []string{"build", "testdata/reports", "--db", "some/where.db"})
	if status != statusError || !strings.HasPrefix(stderr.String(), "tupu: the disk is nearly full\n      make room") || store.Exists("some/where.db") {
		t.Errorf("status %d, %q", status, stderr.String())
	}
}

// A second build on a graph gives way and says so.
func TestLocked(t *testing.T) {
	inTestdata(t)
	facts, err := store.OpenFacts("tupu.db")
	if err != nil {
		t.Fatal(err)
	}
	defer facts.Close()
	status, _, stderr := call("build", "testdata/reports")
	if want := "tupu: tupu.db: another build is running on this store; wait for it to end, or choose another store with --db\n"; status != statusError || stderr != want {
		t.Errorf("status %d, %q, want %q", status, stderr, want)
	}
}

// How far a build has come is shown on a terminal and leaves nothing behind; elsewhere it is not shown.
func TestProgress(t *testing.T) {
	inTestdata(t)
	for _, terminal := range []bool{true, false} {
		var stderr bytes.Buffer
		s := &Streams{Out: &bytes.Buffer{}, Err: &stderr, ErrTerminal: terminal, Getenv: func(string) string { return "" }}
		if status := Main([]string{"build", "testdata/reports", "--db", t.TempDir() + "/new.db"}, s); status != statusDone {
			t.Fatalf("status %d\n%s", status, stderr.String())
		}
		shown, summary, _ := strings.Cut(stderr.String(), "\r\x1b[K")
		if strings.Contains(stderr.String(), "reading 1 of ") != terminal || strings.Contains(shown, "documents") == terminal {
			t.Errorf("terminal %v: %q", terminal, stderr.String())
		}
		if at := strings.LastIndex(summary, "\r\x1b[K"); terminal && strings.Contains(summary[at:], "reading") {
			t.Errorf("progress stays: %q", summary)
		}
	}
}

// On a terminal answers are tables that fit it, and colours can be had and refused; elsewhere neither.
func TestTerminal(t *testing.T) {
	inTestdata(t)
	call("build", "testdata/reports")
	for _, test := range []struct {
		terminal, color bool
		width           int
	}{{true, true, 100}, {true, false, 60}, {false, false, 0}} {
		var stdout bytes.Buffer
		s := &Streams{Out: &stdout, Err: &bytes.Buffer{}, OutTerminal: test.terminal, Color: test.color, Width: test.width, Getenv: func(string) string { return "" }}
		if status := Main([]string{"ask", "shared", "--type", "all"}, s); status != statusDone {
			t.Fatalf("status %d", status)
		}
		if isTable := strings.Contains(stdout.String(), "EVIDENCE"); isTable != test.terminal {
			t.Errorf("%+v: table %v", test, isTable)
		}
		if colored := strings.Contains(stdout.String(), "\x1b["); colored != test.color {
			t.Errorf("%+v: colours %v", test, colored)
		}
		for l := range strings.Lines(stdout.String()) {
			if w := displayWidth(strings.TrimSuffix(l, "\n")); test.width > 0 && w > test.width {
				t.Errorf("%+v: a line of %d columns: %s", test, w, l)
			}
		}
	}
}

// arguments splits a line as a shell does that knows no more than double quotes.
func arguments(line string) []string {
	var out []string
	for i, part := range strings.Split(line, `"`) {
		if i%2 == 1 {
			out = append(out, part)
		} else {
			out = append(out, strings.Fields(part)...)
		}
	}
	return out
}
