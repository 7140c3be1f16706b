package extract

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"
)

// Labelled is a text in which people marked the names, to train on or to measure by.
type Labelled struct {
	Path  string
	Text  string
	Names []LabelledName // ascending, not overlapping
	// Plain says that the text is a single sentence out of any context, and not a document with a head and sections.
	Plain bool
}

// LabelledName is a marked name: a stretch of code points and its type, "enterprise" and so on, or "ignore" for stretches that
// count neither way.
type LabelledName struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Type  string `json:"type"`
}

// inlineTypes are the types of names marked within the text: {ENT:天辰化工}.
var inlineTypes = map[string]string{"ENT": "enterprise", "PRJ": "project", "PLC": "place", "ORG": "organization", "PER": "person"}

// ReadLabelled reads marked texts from a file, or from all such files of a folder:
//
//	NAME.txt beside NAME.gold.jsonl   text, and a line of JSON for each name: {"start", "end", "type"}, in code points
//	NAME.txt                          text with the names marked in it: {ENT:天辰化工} (ENT, PRJ, PLC, ORG, PER)
//	NAME.json, NAME.jsonl             a line of JSON for each sentence: {"text", "label": {type: {name: [[first, last]]}}}
//	NAME.bio, NAME.conll              a character and its label a line (B-, I-, E-, S-, O), sentences parted by empty lines
//
// Errors name file and line.
func ReadLabelled(path string) ([]Labelled, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("read labelled text: %w", err)
	}
	if info.IsDir() {
		entries, err := os.ReadDir(path)
		if err != nil {
			return nil, fmt.Errorf("read labelled text: %w", err)
		}
		var all []Labelled
		for _, e := range entries {
			if name := e.Name(); !e.IsDir() && slices.Contains([]string{".txt", ".json", ".jsonl", ".bio", ".conll"}, filepath.Ext(name)) && !strings.HasSuffix(name, ".gold.jsonl") {
				docs, err := ReadLabelled(filepath.Join(path, name))
				if err != nil {
					return nil, err
				}
				all = append(all, docs...)
			}
		}
		if len(all) == 0 {
			return nil, fmt.Errorf("read labelled text: no .txt, .json, .jsonl, .bio or .conll in %s", path)
		}
		return all, nil
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read labelled text: %w", err)
	}
	if !utf8.Valid(data) {
		return nil, fmt.Errorf("read labelled text: %s is not UTF-8: convert it", path)
	}
	switch filepath.Ext(path) {
	case ".json", ".jsonl":
		return readSentences(path, data)
	case ".bio", ".conll":
		return readBIO(path, data)
	}
	gold, err := os.ReadFile(strings.TrimSuffix(path, filepath.Ext(path)) + ".gold.jsonl")
	if err != nil {
		l, err := readInline(path, string(data))
		return []Labelled{l}, err
	}
	l := Labelled{Path: path, Text: string(data)}
	for n, line := range bytes.Split(gold, []byte("\n")) {
		if line = bytes.TrimSpace(line); len(line) == 0 {
			continue
		}
		var name LabelledName
		if err := json.Unmarshal(line, &name); err != nil {
			return nil, fmt.Errorf("read labelled text: %s.gold.jsonl:%d: %w", strings.TrimSuffix(path, filepath.Ext(path)), n+1, err)
		}
		l.Names = append(l.Names, name)
	}
	return []Labelled{l}, l.settle()
}

// settle sorts the names and checks that they lie within the text and do not overlap.
func (l *Labelled) settle() error {
	slices.SortFunc(l.Names, func(a, b LabelledName) int { return a.Start - b.Start })
	n, last := utf8.RuneCountInString(l.Text), 0
	for _, name := range l.Names {
		if name.Start < last || name.End <= name.Start || name.End > n {
			return fmt.Errorf("read labelled text: %s: the name at %d to %d overlaps another or lies outside the text of %d characters", l.Path, name.Start, name.End, n)
		}
		last = name.End
	}
	return nil
}

func readInline(path, data string) (Labelled, error) {
	l := Labelled{Path: path}
	var text strings.Builder
	runes, line := 0, 1
	write := func(s string) {
		text.WriteString(s)
		runes += utf8.RuneCountInString(s)
		line += strings.Count(s, "\n")
	}
	for rest := data; rest != ""; {
		before, marked, ok := strings.Cut(rest, "{")
		write(before)
		if !ok {
			break
		}
		inner, after, ok := strings.Cut(marked, "}")
		code, name, typed := strings.Cut(inner, ":")
		if !ok || !typed || inlineTypes[code] == "" || name == "" {
			return l, fmt.Errorf("read labelled text: %s:%d: a brace must be {TYPE:name} with TYPE ENT, PRJ, PLC, ORG or PER, and without another in it", path, line)
		}
		start := runes
		write(name)
		l.Names = append(l.Names, LabelledName{start, runes, inlineTypes[code]})
		rest = after
	}
	l.Text = text.String()
	return l, nil
}

func readSentences(path string, data []byte) ([]Labelled, error) {
	var all []Labelled
	for n, line := range bytes.Split(data, []byte("\n")) {
		if line = bytes.TrimSpace(line); len(line) == 0 {
			continue
		}
		var s struct {
			Text  string
			Label map[string]map[string][][2]int
		}
		if err := json.Unmarshal(line, &s); err != nil {
			return nil, fmt.Errorf("read labelled text: %s:%d: %w", path, n+1, err)
		}
		l := Labelled{Path: fmt.Sprintf("%s:%d", path, n+1), Text: s.Text, Plain: true}
		for kind, names := range s.Label {
			for _, places := range names {
				for _, p := range places {
					l.Names = append(l.Names, LabelledName{p[0], p[1] + 1, kind})
				}
			}
		}
		// A few sentences of public corpora mark a name within another: the longer one stays.
		slices.SortFunc(l.Names, func(a, b LabelledName) int {
			if a.Start != b.Start {
				return a.Start - b.Start
			}
			if a.End != b.End {
				return b.End - a.End
			}
			return strings.Compare(a.Type, b.Type)
		})
		kept := l.Names[:0]
		for _, name := range l.Names {
			if len(kept) == 0 || name.Start >= kept[len(kept)-1].End {
				kept = append(kept, name)
			}
		}
		l.Names = kept
		if err := l.settle(); err != nil {
			return nil, err
		}
		all = append(all, l)
	}
	return all, nil
}

func readBIO(path string, data []byte) ([]Labelled, error) {
	var all []Labelled
	var text strings.Builder
	var names []LabelledName
	runes := 0
	first := 1
	flush := func() {
		if runes > 0 {
			all = append(all, Labelled{Path: fmt.Sprintf("%s:%d", path, first), Text: text.String(), Names: names, Plain: true})
		}
		text.Reset()
		names, runes = nil, 0
	}
	scanner := bufio.NewScanner(bytes.NewReader(data))
	open := false
	for n := 1; scanner.Scan(); n++ {
		fields := strings.Fields(scanner.Text())
		if len(fields) == 0 {
			flush()
			first, open = n+1, false
			continue
		}
		if len(fields) < 2 {
			return nil, fmt.Errorf("read labelled text: %s:%d: a character and its label are wanted", path, n)
		}
		token, label := fields[0], fields[len(fields)-1]
		start := runes
		text.WriteString(token)
		runes += utf8.RuneCountInString(token)
		part, kind, _ := strings.Cut(label, "-")
		switch {
		case label == "O":
			open = false
		case part == "B" || part == "S" || !open || names[len(names)-1].Type != kind:
			names = append(names, LabelledName{start, runes, kind})
			open = part != "S"
		case part == "I" || part == "M" || part == "E":
			names[len(names)-1].End = runes
			open = part != "E"
		default:
			return nil, fmt.Errorf("read labelled text: %s:%d: label %q is none of O, B-, I-, E-, S-", path, n, label)
		}
	}
	flush()
	return all, scanner.Err()
}
