// Command spans lays out the marked texts that the shipped model was trained on, for whoever holds the corpora that they come
// from. The project keeps only where the names stand (testdata/train/spans.jsonl), not the texts.
//
//	go run ./extract/gen/spans -corpus FOLDER -out FOLDER
//
// FOLDER of -corpus has provinces/NAME.txt, raw/economy-2011.txt and raw/national-news-2022-2026.txt (unpacked). For each line of spans.jsonl it writes
// NAME.txt and NAME.gold.jsonl as `tupu train --data` reads them. Offsets are code points.
package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"

	"github.com/tupu-kg/tupu/extract"
)

// marked is a line of spans.jsonl: stretches of a source, which are joined by empty lines, and the names in what they give.
type marked struct {
	Name   string   `json:"name"`
	Source string   `json:"source"`
	Parts  [][2]int `json:"parts"`
	Names  [][3]any `json:"names"` // start, end, type
}

var types = map[string]string{"ENT": "enterprise", "PRJ": "project", "PLC": "place", "ORG": "organization", "PER": "person"}

func main() {
	log.SetFlags(0)
	corpus := flag.String("corpus", "", "folder of the corpora")
	spans := flag.String("spans", "testdata/train/spans.jsonl", "where the names stand")
	out := flag.String("out", "", "folder to write to")
	flag.Parse()
	if err := run(*corpus, *spans, *out); err != nil {
		log.Fatal(err)
	}
}

func run(corpus, spans, out string) error {
	data, err := os.ReadFile(spans)
	if err != nil {
		return err
	}
	sources := map[string][]rune{}
	for n, line := range bytes.Split(data, []byte("\n")) {
		if len(line) == 0 {
			continue
		}
		var m marked
		if err := json.Unmarshal(line, &m); err != nil {
			return fmt.Errorf("%s:%d: %w", spans, n+1, err)
		}
		if sources[m.Source] == nil {
			text, err := os.ReadFile(filepath.Join(corpus, m.Source))
			if err != nil {
				return err
			}
			sources[m.Source] = []rune(string(text))
		}
		if err := m.write(sources[m.Source], out); err != nil {
			return fmt.Errorf("%s:%d: %w", spans, n+1, err)
		}
	}
	return nil
}

func (m *marked) write(source []rune, out string) error {
	parts := make([]string, len(m.Parts))
	for i, p := range m.Parts {
		if p[0] < 0 || p[1] < p[0] || p[1] > len(source) {
			return fmt.Errorf("%s has %d characters, not %d: it is another version", m.Source, len(source), p[1])
		}
		parts[i] = string(source[p[0]:p[1]])
	}
	var gold bytes.Buffer
	e := json.NewEncoder(&gold)
	for _, n := range m.Names {
		start, _ := n[0].(float64)
		end, _ := n[1].(float64)
		code, _ := n[2].(string)
		if err := e.Encode(extract.LabelledName{Start: int(start), End: int(end), Type: types[code]}); err != nil {
			return err
		}
	}
	if err := os.WriteFile(filepath.Join(out, m.Name+".txt"), []byte(strings.Join(parts, "\n\n")), 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(out, m.Name+".gold.jsonl"), gold.Bytes(), 0o644)
}
