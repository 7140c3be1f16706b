package graph

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"sort"
	"strings"
	"time"
)

// Verdict is what a judgement decides.
type Verdict string

// The verdicts. Same, Different and Unsure are about two subjects, the others about one.
const (
	Same      Verdict = "same"
	Different Verdict = "different"
	Unsure    Verdict = "unsure"
	Retype    Verdict = "retype" // the subject is of kind Type
	Rename    Verdict = "rename" // the subject's entity is called Name
	Drop      Verdict = "drop"   // the subject is no entity
	Split     Verdict = "split"  // the mention (document, start, end) stands apart from its namesakes
)

// Judgement is a person's decision about who is who. It names what it is about by type, surface and area or by mention,
// never by a derived id, so it survives every rebuild, every new model and every replaced document.
type Judgement struct {
	Time    string    `json:"time"` // RFC 3339
	Author  string    `json:"author"`
	Verdict Verdict   `json:"verdict"`
	About   []Subject `json:"about"`
	Type    Kind      `json:"type,omitempty"` // of retype
	Name    string    `json:"name,omitempty"` // of rename
	Note    string    `json:"note,omitempty"`
}

// Subject is what a judgement is about: all mentions of a surface and type (in documents that speak for Area, if it is
// given), or the one mention at [Start, End) code points of Doc.
type Subject struct {
	Type    Kind   `json:"type,omitempty"`
	Surface string `json:"surface,omitempty"`
	Area    string `json:"area,omitempty"`
	Doc     ID     `json:"doc,omitempty"`
	Start   int    `json:"start,omitempty"`
	End     int    `json:"end,omitempty"`
}

func (t Subject) String() string {
	if t.Doc != "" {
		return fmt.Sprintf("%s[%d,%d)", t.Doc, t.Start, t.End)
	}
	s := string(t.Type) + ":" + t.Surface
	if t.Area != "" {
		s += "@" + t.Area
	}
	return s
}

// Hash identifies the judgement by all it says; evidence of source judgement refers to it.
func (j Judgement) Hash() string {
	b, err := json.Marshal(j)
	if err != nil {
		panic(err) // a struct of strings and numbers always marshals
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:8])
}

// Check reports what is wrong with the judgement in itself.
func (j Judgement) Check() error {
	if _, err := time.Parse(time.RFC3339, j.Time); err != nil {
		return fmt.Errorf("time %q: write it as 2025-01-31T09:30:00Z", j.Time)
	}
	want := 1
	switch j.Verdict {
	case Same, Different, Unsure:
		want = 2
	case Retype:
		if _, err := ParseKind(string(j.Type)); err != nil {
			return err
		}
	case Rename:
		if strings.TrimSpace(j.Name) == "" {
			return fmt.Errorf("rename without a name")
		}
	case Drop, Split:
	default:
		return fmt.Errorf("unknown verdict %q: use same, different, unsure, retype, rename, drop or split", j.Verdict)
	}
	if len(j.About) != want {
		return fmt.Errorf("%s is about %d subjects, not %d", j.Verdict, want, len(j.About))
	}
	for _, t := range j.About {
		byMention := t.Doc != "" && t.End > t.Start && t.Start >= 0
		if j.Verdict == Split && !byMention {
			return fmt.Errorf("split needs a mention: doc, start and end")
		}
		if byMention {
			continue
		}
		if t.Surface == "" || t.Type == "" {
			return fmt.Errorf("subject %v: needs a type and a surface, or doc, start and end", t)
		}
		if _, err := ParseKind(string(t.Type)); err != nil {
			return err
		}
	}
	return nil
}

// family is what a later judgement must share with an earlier one to retire it.
func (j Judgement) family() string {
	family := string(j.Verdict)
	about := make([]string, len(j.About))
	for i, t := range j.About {
		about[i] = t.String()
	}
	if len(about) == 2 {
		family = "pair"
		sort.Strings(about)
	}
	return family + "\x00" + strings.Join(about, "\x00")
}

// EffectiveJudgements orders judgements by time, author and hash, and leaves out those that a later one about the same
// subjects retires, and repeats.
func EffectiveJudgements(all []Judgement) []Judgement {
	type hashed struct {
		Judgement
		at   time.Time
		hash string
	}
	sorted := make([]hashed, len(all))
	for i, j := range all {
		at, _ := time.Parse(time.RFC3339, j.Time) // checked when it was read; the zero time sorts first
		sorted[i] = hashed{j, at, j.Hash()}
	}
	slices.SortFunc(sorted, func(a, b hashed) int {
		if c := a.at.Compare(b.at); c != 0 {
			return c
		}
		if c := compare(a.Author, b.Author); c != 0 {
			return c
		}
		return compare(a.hash, b.hash)
	})
	last := make(map[string]int, len(sorted))
	for i, j := range sorted {
		last[j.family()] = i
	}
	out := make([]Judgement, 0, len(last))
	for i, j := range sorted {
		if last[j.family()] == i {
			out = append(out, j.Judgement)
		}
	}
	return out
}

const maxJudgementLine = 1 << 20

// ReadJudgements reads JSON lines. Lines that cannot be used are left out and returned as errors with the name and the
// number of the line; blank lines are passed over.
func ReadJudgements(name string, r io.Reader) ([]Judgement, []error) {
	var out []Judgement
	var bad []error
	scanner := bufio.NewScanner(r)
	scanner.Buffer(make([]byte, 0, 4096), maxJudgementLine)
	for n := 1; scanner.Scan(); n++ {
		line := bytes.TrimSpace(scanner.Bytes())
		if len(line) == 0 {
			continue
		}
		var j Judgement
		err := json.Unmarshal(line, &j)
		if err == nil {
			err = j.Check()
		}
		if err != nil {
			bad = append(bad, fmt.Errorf("%s:%d: judgement left out: %w", name, n, err))
			continue
		}
		out = append(out, j)
	}
	if err := scanner.Err(); err != nil {
		bad = append(bad, fmt.Errorf("%s: %w", name, err))
	}
	return out, bad
}
