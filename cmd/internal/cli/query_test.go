package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// helpQueries are the queries that help shows.
func helpQueries() []string {
	var out []string
	for _, block := range strings.Split(cypherHelp, "\n\n") {
		if strings.HasPrefix(block, "  ") {
			out = append(out, strings.TrimSpace(block))
		}
	}
	return out
}

func TestQueriesOfTheHelp(t *testing.T) {
	golden, err := filepath.Abs("../../../testdata/golden")
	if err != nil {
		t.Fatal(err)
	}
	inTestdata(t)
	if status, _, stderr := call("build", "testdata/reports", "--manifest", "testdata/manifest.csv"); status != statusDone {
		t.Fatalf("build: status %d\n%s", status, stderr)
	}
	queries := helpQueries()
	if len(queries) != 12 {
		t.Fatalf("%d queries in the help, want 12", len(queries))
	}
	for i, q := range queries {
		name := fmt.Sprintf("cypher_%02d.txt", i+1)
		t.Run(name, func(t *testing.T) {
			args := []string{"query", q, "-o", "table"}
			for param, value := range map[string]string{"name": "明湾电子", "from": "屿辰集团", "to": "惠松家居"} {
				args = append(args, "--param", param+"="+value)
			}
			status, got, stderr := call(args...)
			if status != statusDone || stderr != "" {
				t.Fatalf("status %d: %s", status, stderr)
			}
			file := filepath.Join(golden, name)
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("tupu query %q (-want +got):\n%s", q, diff)
			}
		})
	}
}

// TestQueriesOfTheReadme: the README holds the queries that help shows.
func TestQueriesOfTheReadme(t *testing.T) {
	b, err := os.ReadFile("../../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	readme := strings.Join(strings.Fields(string(b)), " ")
	for _, q := range helpQueries() {
		if !strings.Contains(readme, strings.Join(strings.Fields(q), " ")) {
			t.Errorf("the README lacks %s", q)
		}
	}
}
