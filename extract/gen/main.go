// Command gen writes the segmenter's dictionary, ../data/dictionary.txt, from the simplified Chinese dictionary of
// github.com/go-ego/gse in the module cache.
//
// What it leaves out and why: words of a frequency under -min, because loading time and memory grow with the number of words
// and every rare word can swallow a piece of a name; names of persons and transliterations (tags nr, nrt, nrfg), because they
// glue unknown names to their neighbours, unless they are of two characters and frequent, which ordinary words with a wrong
// tag are (顾客); words over -longest characters, because they are idioms and names that the rules take apart anyway. The file
// is sorted, so that a change of the threshold is a readable difference.
package main

import (
	"bufio"
	"bytes"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

func main() {
	least := flag.Int("min", 10, "least frequency of a word")
	longest := flag.Int("longest", 5, "most characters of a word")
	out := flag.String("o", "data/dictionary.txt", "file to write")
	flag.Parse()
	if err := run(*least, *longest, *out); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(least, longest int, out string) error {
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/go-ego/gse").Output()
	if err != nil {
		return fmt.Errorf("find gse in the module cache: %w", err)
	}
	source := filepath.Join(strings.TrimSpace(string(dir)), "data", "dict", "zh", "s_1.txt")
	data, err := os.ReadFile(source)
	if err != nil {
		return fmt.Errorf("read gse's dictionary: %w", err)
	}
	lines := trim(data, least, longest)
	var b bytes.Buffer
	for _, l := range lines {
		b.WriteString(l)
		b.WriteByte('\n')
	}
	if err := os.WriteFile(out, b.Bytes(), 0o644); err != nil {
		return fmt.Errorf("write the dictionary: %w", err)
	}
	return nil
}

// trim returns the kept lines, "word frequency tag", sorted, one a word.
func trim(data []byte, least, longest int) []string {
	seen := make(map[string]bool)
	var lines []string
	for s := bufio.NewScanner(bytes.NewReader(data)); s.Scan(); {
		f := strings.Fields(s.Text())
		if len(f) != 3 || seen[f[0]] {
			continue
		}
		n, err := strconv.Atoi(f[1])
		runes := utf8.RuneCountInString(f[0])
		if err != nil || n < least || runes > longest || !chinese(f[0]) || strings.HasPrefix(f[2], "nr") && (runes != 2 || n < 10*least) {
			continue
		}
		seen[f[0]] = true
		lines = append(lines, f[0]+" "+f[1]+" "+f[2])
	}
	sort.Strings(lines)
	return lines
}

func chinese(s string) bool {
	for _, r := range s {
		if !unicode.Is(unicode.Han, r) {
			return false
		}
	}
	return true
}
