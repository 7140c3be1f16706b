package ingest_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tupu-kg/tupu/store"
	"github.com/tupu-kg/tupu/store/ingest"
)

// childStore names the store that this test binary builds instead of running tests, when a test started it to be killed.
const childStore = "TUPU_TEST_BUILD"

func TestMain(m *testing.M) {
	if db := os.Getenv(childStore); db != "" {
		if _, err := ingest.Build(context.Background(), ingest.Options{Store: db, Paths: []string{"reports"}}); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// TestKilledBuildsLeaveAWholeGraph kills builds at random moments. After each kill the store opens (or has no generation
// yet), every invariant holds, and in the end the next build gives the graph of a build that was left in peace.
func TestKilledBuildsLeaveAWholeGraph(t *testing.T) {
	if testing.Short() {
		t.Skip("kills 30 builds; not in -short")
	}
	t.Chdir(t.TempDir())
	if err := os.Mkdir("reports", 0o755); err != nil {
		t.Fatal(err)
	}
	write := func(n, from int) {
		text := heads[n%3] + "\n\n一、2023年工作回顾\n\n" + strings.Join(sentences[from:], "") + fmt.Sprintf("新增企业%d家。\n", n)
		if err := os.WriteFile(filepath.Join("reports", fmt.Sprintf("%02d.txt", n)), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for n := range 40 {
		write(n, n%len(sentences))
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	builder := func(db string) *exec.Cmd {
		c := exec.Command(self)
		c.Env = append(os.Environ(), childStore+"="+db)
		c.Stderr = os.Stderr
		return c
	}
	begin := time.Now()
	if err := builder("measured.db").Run(); err != nil {
		t.Fatal(err)
	}
	length := time.Since(begin) // bounds the moments to choose from
	random := rand.New(rand.NewPCG(1, 2))
	for kill := range 30 {
		write(random.IntN(40), random.IntN(len(sentences))) // so that there is always something to do
		c := builder("killed.db")
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		moment := time.NewTimer(time.Duration(random.Int64N(int64(length))))
		<-moment.C
		if err := c.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
			t.Fatal(err)
		}
		_ = c.Wait() // killed, or done before
		findings, err := store.Verify(context.Background(), "killed.db")
		if err != nil && !errors.Is(err, store.ErrNoStore) {
			t.Fatalf("after kill %d: %v", kill+1, err)
		}
		if len(findings) > 0 {
			t.Fatalf("after kill %d: %v", kill+1, findings)
		}
	}
	build(t, ingest.Options{Store: "killed.db", Paths: []string{"reports"}})
	build(t, ingest.Options{Store: "peace.db", Paths: []string{"reports"}})
	if dump(t, "killed.db") != dump(t, "peace.db") {
		t.Error("the graph after 30 kills is not that of a build left in peace")
	}
}
