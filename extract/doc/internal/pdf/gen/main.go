// Command gen makes the tables of characters by CID for the collections Adobe-GB1 and Adobe-CNS1, from the CMap resources that
// Adobe publishes (Debian: poppler-data):
//
//	go run ./extract/doc/internal/pdf/gen /usr/share/poppler/cMap extract/doc/internal/pdf
//
// A table is packed UTF-8: the n-th character is that of CID n, U+FFFD where there is none or more than one.
package main

import (
	"bytes"
	"compress/gzip"
	"encoding/hex"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"unicode/utf16"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 3 {
		log.Fatal("usage: gen FOLDER_OF_CMAPS TARGET")
	}
	for _, set := range []string{"GB1", "CNS1"} {
		from := filepath.Join(os.Args[1], "Adobe-"+set, "Adobe-"+set+"-UCS2")
		data, err := os.ReadFile(from)
		if err != nil {
			log.Fatal(err)
		}
		table, err := characters(data)
		if err != nil {
			log.Fatalf("%s: %v", from, err)
		}
		var packed bytes.Buffer
		w, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
		if err != nil {
			log.Fatal(err)
		}
		if _, err := w.Write([]byte(string(table))); err != nil {
			log.Fatal(err)
		}
		if err := w.Close(); err != nil {
			log.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(os.Args[2], "adobe-"+map[string]string{"GB1": "gb1", "CNS1": "cns1"}[set]+".txt.gz"), packed.Bytes(), 0o644); err != nil {
			log.Fatal(err)
		}
	}
}

var (
	section = regexp.MustCompile(`(?s)beginbf(char|range)(.*?)endbf`)
	token   = regexp.MustCompile(`<([0-9A-Fa-f]+)>|[\[\]]`)
)

// characters reads the sections bfchar and bfrange.
func characters(cmap []byte) ([]rune, error) {
	var table []rune
	set := func(cid int, code string, add int) error {
		b, err := hex.DecodeString(code)
		if err != nil || len(b)%2 != 0 || cid > 0xFFFF {
			return fmt.Errorf("code %q of CID %d", code, cid)
		}
		units := make([]uint16, len(b)/2)
		for i := range units {
			units[i] = uint16(b[2*i])<<8 | uint16(b[2*i+1])
		}
		for len(table) <= cid {
			table = append(table, '\uFFFD')
		}
		if runes := utf16.Decode(units); len(runes) == 1 {
			table[cid] = runes[0] + rune(add)
		}
		return nil
	}
	number := func(s string) int {
		n, _ := strconv.ParseInt(s, 16, 32)
		return int(n)
	}
	for _, m := range section.FindAllSubmatch(cmap, -1) {
		var words []string
		for _, t := range token.FindAllSubmatch(m[2], -1) {
			if t[1] != nil {
				words = append(words, string(t[1]))
			} else {
				words = append(words, string(t[0]))
			}
		}
		for len(words) > 1 {
			first := number(words[0])
			if string(m[1]) == "char" {
				if err := set(first, words[1], 0); err != nil {
					return nil, err
				}
				words = words[2:]
				continue
			}
			last := number(words[1])
			if words[2] != "[" {
				for cid := first; cid <= last; cid++ {
					if err := set(cid, words[2], cid-first); err != nil {
						return nil, err
					}
				}
				words = words[3:]
				continue
			}
			words = words[3:]
			for cid := first; words[0] != "]"; cid++ {
				if err := set(cid, words[0], 0); err != nil {
					return nil, err
				}
				words = words[1:]
			}
			words = words[1:]
		}
	}
	return table, nil
}
