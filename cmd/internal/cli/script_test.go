package cli

import (
	"errors"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"tupu": func() { os.Exit(Main(os.Args[1:], System())) }})
}

var update = flag.Bool("update", false, "rewrite what the scripts compare output with")

// TestScripts runs the scripts that say what the command line promises.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:           "../../../testdata/script",
		UpdateScripts: *update,
		Setup: func(e *testscript.Env) error {
			// A terminal or a shell's settings must not decide how a test ends.
			e.Setenv("TUPU_DB", "")
			e.Setenv("NO_COLOR", "")
			e.Setenv("COLUMNS", "")
			testdata, err := filepath.Abs("../../../testdata")
			e.Setenv("TESTDATA", testdata)
			return err
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"status": status},
	})
}

// status runs a command that must end with a given status: status 3 tupu build reports.
func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status N command [args...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("status %d, want %d", got, want)
	}
}
