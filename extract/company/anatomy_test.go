package company_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tupu-kg/tupu/extract/company"
	"github.com/tupu-kg/tupu/extract/gazetteer"
)

func TestX(t *testing.T) {
	g, err := gazetteer.Open()
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(os.Getenv("TUPU_SHARED"), "corpus/aliases/anatomy.json"))
	if err != nil {
		t.Skip()
	}
	lines := strings.Split(strings.TrimSpace(string(b)), "\n")
	if os.Getenv("HELD") != "" {
		lines = lines[len(lines)-500:]
	} else {
		lines = lines[:len(lines)-500]
	}
	right := 0
	for _, l := range lines {
		var a struct {
			Text  string
			Label struct{ Place, Brand, Trade, Suffix [][]any }
		}
		if err := json.Unmarshal([]byte(l), &a); err != nil {
			t.Fatal(err)
		}
		brand := ""
		for _, x := range a.Label.Brand {
			brand += x[0].(string)
		}
		n := company.Parse(g, a.Text)
		if n.Brand == brand {
			right++
		} else if os.Getenv("HELD") != "" {
			cls := "other"
			switch {
			case brand == "":
				cls = "none wanted"
			case n.Brand == "":
				cls = "none got"
			case strings.HasPrefix(n.Brand, brand):
				cls = "longer behind"
			case strings.HasSuffix(n.Brand, brand):
				cls = "longer before"
			case strings.HasPrefix(brand, n.Brand):
				cls = "shorter behind"
			case strings.HasSuffix(brand, n.Brand):
				cls = "shorter before"
			}
			fmt.Println(strings.Contains(l, "\"symbol\""), cls, len(brand)/3, len(n.Brand)/3)
		} else if testing.Verbose() {
			fmt.Printf("%s: want %q got %+v\n", a.Text, brand, n)
		}
	}
	t.Logf("%d of %d: %.4f", right, len(lines), float64(right)/float64(len(lines)))
}
