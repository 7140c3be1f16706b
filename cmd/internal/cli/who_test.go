package cli

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/tupu-kg/tupu/extract/text"
	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/store"
)

// TestWhoIsWho measures who was taken to be who in the example reports against testdata/who.txt: of two names in documents that
// are one entity, both must be one thing, and nearly all that are one thing must be one entity.
func TestWhoIsWho(t *testing.T) {
	inTestdata(t)
	b, err := os.ReadFile("testdata/who.txt")
	if err != nil {
		t.Fatal(err)
	}
	if status, _, stderr := call("build", "testdata/reports", "--manifest", "testdata/manifest.csv"); status != statusDone {
		t.Fatalf("build: status %d\n%s", status, stderr)
	}
	s, err := store.Open("tupu.db")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	precision, recall, wrong := whoIsWho(t, s, string(b))
	t.Logf("pairwise precision %.4f, recall %.4f", precision, recall)
	for _, w := range wrong {
		t.Logf("  %s", w)
	}
	if precision < 1 || recall < 0.9 {
		t.Errorf("precision %.4f, recall %.4f", precision, recall)
	}
}

// named is a name in a document, with what it is there by the graph and by hand.
type named struct {
	what   string
	kind   graph.Kind
	entity graph.ID
	gold   string
}

func whoIsWho(t *testing.T, s *store.Snapshot, by string) (precision, recall float64, wrong []string) {
	t.Helper()
	thing := map[string]string{}
	scoped := map[string]bool{}
	for n, line := range strings.Split(by, "\n") {
		fields := strings.Split(line, "\t")
		if strings.HasPrefix(line, "#") || len(fields) != 3 {
			continue
		}
		for name := range strings.SplitSeq(fields[2], " | ") {
			key := fields[0] + "|" + text.Key(name)
			thing[key+"|"+fields[1]] = fmt.Sprint("line ", n+1)
			scoped[key] = scoped[key] || fields[1] != "*"
		}
	}
	var all []named
	seen := map[string]bool{}
	for e, err := range s.AllEdges(graph.MentionedIn) {
		if err != nil {
			t.Fatal(err)
		}
		d, err := s.Document(e.To)
		if err != nil {
			t.Fatal(err)
		}
		evidence, err := s.Evidence(e)
		if err != nil {
			t.Fatal(err)
		}
		for _, ev := range evidence {
			kind, name := e.From.Kind(), text.Key(ev.Quote)
			key := string(kind) + "|" + name
			id := key + "|" + string(d.ID) + "|" + string(e.From)
			if seen[id] {
				continue
			}
			seen[id] = true
			gold := thing[key+"|*"]
			if gold == "" {
				gold = thing[key+"|"+d.Area]
			}
			if gold == "" && (scoped[key] || kind == graph.KindPerson) {
				gold = key + "|" + d.Area
			}
			if gold == "" {
				if entity, err := s.Entity(e.From); err == nil && entity.Code != "" {
					gold = "place|#" + entity.Code // the register's own
				} else {
					gold = key
				}
			}
			all = append(all, named{what: fmt.Sprintf("%s in %s", ev.Quote, d.Paths[0]), kind: kind, entity: e.From, gold: gold})
		}
	}
	both, taken, meant := 0, 0, 0
	for i, a := range all {
		for _, b := range all[i+1:] {
			if a.kind != b.kind {
				continue
			}
			one, same := a.entity == b.entity, a.gold == b.gold
			switch {
			case one && same:
				both++
			case one:
				wrong = append(wrong, fmt.Sprintf("merged: %s and %s", a.what, b.what))
			case same:
				wrong = append(wrong, fmt.Sprintf("apart: %s and %s", a.what, b.what))
			}
			if one {
				taken++
			}
			if same {
				meant++
			}
		}
	}
	slices.Sort(wrong)
	return float64(both) / float64(max(taken, 1)), float64(both) / float64(max(meant, 1)), wrong
}
