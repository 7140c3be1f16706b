package cli

import "testing"

// TestShellHistory: the arrows bring back whole queries.
func TestShellHistory(t *testing.T) {
	h := &shellHistory{}
	h.Add("a line")
	h.keep([]string{"RETURN 1;"})
	h.keep([]string{"MATCH (n)", "RETURN n", ""})
	h.keep([]string{"MATCH (n)", "RETURN n;"})
	h.keep([]string{"MATCH (n) // all", "RETURN n;"})
	if h.Len() != 2 || h.At(0) != "MATCH (n) RETURN n;" || h.At(1) != "RETURN 1;" {
		t.Errorf("the history holds %q", h.all)
	}
	for range 2 * mostEarlier {
		h.keep([]string{"RETURN 1;"})
		h.keep([]string{"RETURN 2;"})
	}
	if h.Len() != mostEarlier {
		t.Errorf("%d queries are kept, want %d", h.Len(), mostEarlier)
	}
}
