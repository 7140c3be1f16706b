package cli

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

var verb = regexp.MustCompile(`%(\[[0-9]+\])?[a-z]`)

// Every message in Chinese stands for one that the code says, and takes the same arguments; every command has one.
func TestChinese(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var code strings.Builder
	for _, f := range files {
		if strings.HasSuffix(f, "_test.go") || f == "lang_zh.go" {
			continue
		}
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		code.Write(data)
	}
	root := newTestRoot()
	frame := root.UsageTemplate()
	for english, zh := range chinese {
		quoted := strconv.Quote(english)
		said := strings.Contains(code.String(), quoted) || strings.Contains(code.String(), "`"+english+"`") || strings.Contains(frame, english) ||
			english == about || strings.HasPrefix(english, "%d document") || strings.HasPrefix(english, "unknown ") || isWord(english)
		if !said {
			t.Errorf("%q is said nowhere", english)
		}
		if a, b := len(verb.FindAllString(english, -1)), len(verb.FindAllString(zh, -1)); a != b {
			t.Errorf("%q takes %d arguments, in Chinese %d", english, a, b)
		}
	}
	told := map[string]bool{}
	for _, c := range commands(root) {
		told[c.CommandPath()] = true
		if _, ok := longChinese[c.CommandPath()]; !ok && c.Long != "" && c.Long != about && chinese[c.Long] == "" {
			t.Errorf("%s: the long help has no Chinese", c.CommandPath())
		}
	}
	for path := range longChinese {
		if !told[path] {
			t.Errorf("%s is no command", path)
		}
	}
	for _, c := range commands(root) {
		if _, ok := chinese[c.Short]; !ok {
			t.Logf("%s: %q has no Chinese", c.CommandPath(), c.Short)
		}
	}
}

// isWord reports whether a message is a word that stands in data as well: a column or a type.
func isWord(s string) bool { return !strings.ContainsAny(s, " %") }

func TestLanguage(t *testing.T) {
	for _, c := range []struct {
		args []string
		env  map[string]string
		file string
		want string
	}{
		{nil, nil, "", "en"},
		{nil, map[string]string{"LANG": "zh_CN.UTF-8"}, "", "zh"},
		{nil, map[string]string{"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "", "en"},
		{nil, map[string]string{"LANG": "zh_CN.UTF-8", "TUPU_LANG": "en"}, "", "en"},
		{nil, map[string]string{"TUPU_LANG": "en"}, "zh", "en"},
		{nil, map[string]string{"LANG": "de_DE"}, "zh", "zh"},
		{[]string{"info", "--lang", "en"}, map[string]string{"LANG": "zh_TW"}, "zh", "en"},
		{[]string{"info", "--lang=zh"}, nil, "", "zh"},
		{[]string{"find", "--", "--lang=zh"}, nil, "", "en"},
	} {
		if got := language(c.args, func(name string) string { return c.env[name] }, project{Lang: c.file}); got != c.want {
			t.Errorf("%v, %v, %q: %s, want %s", c.args, c.env, c.file, got, c.want)
		}
	}
}

func TestDefuse(t *testing.T) {
	row := []string{"=1+2", "-1.5", "+x", "@SUM(A1)", "－甲", "漳州", "", "-", "2023"}
	defuse(row)
	if want := []string{"'=1+2", "-1.5", "'+x", "'@SUM(A1)", "'－甲", "漳州", "", "'-", "2023"}; !slices.Equal(row, want) {
		t.Errorf("%q, want %q", row, want)
	}
}

func TestMeant(t *testing.T) {
	for word, want := range map[string]string{"bibtx": " (did you mean bibtex?)", "plian": " (did you mean plain?)", "xyz": ""} {
		if got := meant(word, citationForms); got != want {
			t.Errorf("%s: %q, want %q", word, got, want)
		}
	}
}
