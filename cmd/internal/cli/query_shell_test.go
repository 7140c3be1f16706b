package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func keepQuery(t *testing.T, h *shellHistory, lines ...string) {
	t.Helper()
	if err := h.keep(lines); err != nil {
		t.Fatal(err)
	}
}

// TestShellHistory: the arrows bring back whole queries.
func TestShellHistory(t *testing.T) {
	h := &shellHistory{}
	h.Add("a line")
	keepQuery(t, h, "RETURN 1;")
	keepQuery(t, h, "MATCH (n)", "RETURN n", "")
	keepQuery(t, h, "MATCH (n)", "RETURN n;")
	keepQuery(t, h, "MATCH (n) // all", "RETURN n;")
	if h.Len() != 2 || h.At(0) != "MATCH (n) RETURN n;" || h.At(1) != "RETURN 1;" {
		t.Errorf("the history holds %q", h.all)
	}
	for range 2 * mostEarlier {
		keepQuery(t, h, "RETURN 1;")
		keepQuery(t, h, "RETURN 2;")
	}
	if h.Len() != mostEarlier {
		t.Errorf("%d queries are kept, want %d", h.Len(), mostEarlier)
	}
}

// TestHistoryOutlivesTheShell: the next shell has the queries of the last one, and nobody else can read them.
func TestHistoryOutlivesTheShell(t *testing.T) {
	file := filepath.Join(t.TempDir(), "state", "history")
	t.Setenv(historyVariable, file)
	h, err := openHistory(historyFile())
	if err != nil {
		t.Fatal(err)
	}
	keepQuery(t, h, "MATCH (n)", "RETURN n", "")
	keepQuery(t, h, "RETURN 2;")
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("the file: %v, %v", info, err)
	}
	if h, err = openHistory(historyFile()); err != nil || h.Len() != 2 || h.At(0) != "RETURN 2;" || h.At(1) != "MATCH (n) RETURN n;" {
		t.Errorf("the next shell has %q, %v", h.all, err)
	}
	// A long file is read from its end, and shortened.
	if err := os.WriteFile(file, []byte(strings.Repeat("RETURN 'much';\nRETURN 'more';\n", mostHistory/20)), 0o600); err != nil {
		t.Fatal(err)
	}
	if h, err = openHistory(historyFile()); err != nil || h.Len() != mostEarlier {
		t.Errorf("of a long file: %d queries, %v", h.Len(), err)
	}
	if info, err = os.Stat(file); err != nil || info.Size() > mostHistory {
		t.Errorf("the long file: %v, %v", info, err)
	}
	for _, none := range []string{"", "-"} {
		t.Setenv(historyVariable, none)
		if h, err = openHistory(historyFile()); err != nil || h.file != "" || h.Len() != 0 {
			t.Errorf("TUPU_HISTORY=%s: %q in %q, %v", none, h.all, h.file, err)
		}
	}
	t.Setenv(historyVariable, filepath.Join(file, "below a file"))
	if h, err = openHistory(historyFile()); err == nil {
		if err = h.keep([]string{"RETURN 1;"}); err == nil {
			t.Error("a query was kept below a file")
		}
	}
	if h.Len() == 0 && h.keep([]string{"RETURN 1;"}) == nil && h.Len() != 1 {
		t.Errorf("without a file the shell has %q", h.all)
	}
}
