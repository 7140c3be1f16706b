// Command readings makes ../../readings.txt, the pinyin of characters, from the table in the Go module
// github.com/mozillazg/go-pinyin:
//
//	go mod download -json github.com/mozillazg/go-pinyin@v0.21.0      # says where its Dir is
//	go run ./extract/text/gen/readings -dict DIR/pinyin_dict.go -out extract/text/readings.txt
//
// Each line is a syllable without its tone and the characters that are read so, by code. Of each character the first three
// readings are kept: further ones are dialects and antiquities. The output depends on the input alone.
package main

import (
	"bufio"
	"bytes"
	"flag"
	"log"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"
)

const mostReadings = 3

var entry = regexp.MustCompile(`^\s*0x([0-9A-F]+): "([^"]+)"`)

func main() {
	dict := flag.String("dict", "", "pinyin_dict.go of the module")
	out := flag.String("out", "", "file to write")
	flag.Parse()
	if err := run(*dict, *out); err != nil {
		log.Fatal(err)
	}
}

func run(dict, out string) error {
	f, err := os.Open(dict)
	if err != nil {
		return err
	}
	defer f.Close()
	chars := map[string][]rune{}
	for s := bufio.NewScanner(f); s.Scan(); {
		m := entry.FindStringSubmatch(s.Text())
		if m == nil {
			continue
		}
		code, err := strconv.ParseUint(m[1], 16, 32)
		if err != nil {
			return err
		}
		if code < 0x4E00 || code > 0x9FFF { // names outside the first block are folded or too rare to be typed
			continue
		}
		var kept []string
		for reading := range strings.SplitSeq(m[2], ",") {
			if s := plain(reading); s != "" && !slices.Contains(kept, s) && len(kept) < mostReadings {
				kept = append(kept, s)
			}
		}
		for _, s := range kept {
			chars[s] = append(chars[s], rune(code))
		}
	}
	var b bytes.Buffer
	for _, s := range slices.Sorted(maps.Keys(chars)) {
		slices.Sort(chars[s])
		b.WriteString(s + " " + string(chars[s]) + "\n")
	}
	return os.WriteFile(out, b.Bytes(), 0o644)
}

// plain is a reading without its tone, with v for ü; empty if it is no syllable of standard Chinese.
func plain(reading string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(reading) {
		switch {
		case r == 0x308: // diaeresis
			s := strings.TrimSuffix(b.String(), "u")
			b.Reset()
			b.WriteString(s + "v")
		case 'a' <= r && r <= 'z':
			b.WriteRune(r)
		case r == 'ê' || r == 0x302:
			return ""
		}
	}
	return b.String()
}
