package graph

import (
	"bufio"
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
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
	Undo      Verdict = "undo"   // the judgement with the hash Of counts as never made; about nothing else
)

// Judgement is a person's decision about who is who. It names what it is about by type, surface and area or by mention,
// never by a derived id, so it survives every rebuild, every new model and every replaced document.
type Judgement struct {
	Time    string    `json:"time"` // RFC 3339
	Author  string    `json:"author"`
	Verdict Verdict   `json:"verdict"`
	About   []Subject `json:"about,omitempty"`
	Type    Kind      `json:"type,omitempty"` // of retype
	Name    string    `json:"name,omitempty"` // of rename
	Of      string    `json:"of,omitempty"`   // of undo: the hash of the judgement taken back
	Note    string    `json:"note,omitempty"`
}

// Subject is what a judgement is about: all mentions of a surface and type (in documents that speak for Area, if it is
// given), or the one mention at [Start, End) code points of Doc; then type and surface only tell people what stands there.
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
	case Undo:
		want = 0
		if j.Of == "" {
			return fmt.Errorf("undo without the hash of a judgement in \"of\"")
		}
	default:
		return fmt.Errorf("unknown verdict %q: use same, different, unsure, retype, rename, drop, split or undo", j.Verdict)
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

// family is what a later judgement must share with an earlier one to retire it. Whether two are one is one question, and so
// is what something is.
func (j Judgement) family() string {
	family := string(j.Verdict)
	about := make([]string, len(j.About))
	for i, t := range j.About {
		about[i] = t.String()
	}
	switch j.Verdict {
	case Same, Different, Unsure:
		family = "pair"
		sort.Strings(about)
	case Retype, Drop:
		family = "kind"
	case Undo:
		about = append(about, j.Of)
	}
	return family + "\x00" + strings.Join(about, "\x00")
}

// State says whether a judgement holds.
type State string

// The states of a judgement.
const (
	InForce State = "in force"
	Retired State = "retired" // by a later judgement about the same subjects
	Undone  State = "undone"  // taken back by a judgement of verdict undo
)

// Standing is a judgement among others.
type Standing struct {
	Judgement
	Hash  string // of the judgement
	State State
	By    string // the hash of what retired or undid it
}

// Standings orders judgements by time, author and hash, without repeats, and says which are in force. One that is undone
// counts as never made: what it had retired is in force again, and an undo can itself be undone. It does not matter whether
// an undo comes before or after what it takes back: clocks differ, hashes do not.
func Standings(all []Judgement) []Standing {
	type dated struct {
		Standing
		at time.Time
	}
	sorted := make([]dated, 0, len(all))
	seen := make(map[string]bool, len(all))
	for _, j := range all {
		hash := j.Hash()
		if seen[hash] {
			continue
		}
		seen[hash] = true
		at, _ := time.Parse(time.RFC3339, j.Time) // checked when it was read; the zero time sorts first
		sorted = append(sorted, dated{Standing{j, hash, InForce, ""}, at})
	}
	slices.SortFunc(sorted, func(a, b dated) int {
		return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.Author, b.Author), cmp.Compare(a.Hash, b.Hash))
	})
	out := make([]Standing, len(sorted))
	for i := range sorted {
		out[i] = sorted[i].Standing
	}
	settleUndone(out)
	last := make(map[string]int, len(out))
	for i := range out {
		if out[i].State == InForce {
			last[out[i].family()] = i
		}
	}
	for i := range out {
		if by := last[out[i].family()]; out[i].State == InForce && by != i {
			out[i].State, out[i].By = Retired, out[by].Hash
		}
	}
	return out
}

// settleUndone marks what is undone. A judgement is, if an undo of it is not undone itself; hashes make a circle impossible.
func settleUndone(all []Standing) {
	undoers := map[string][]int{}
	for i := range all {
		if all[i].Verdict == Undo {
			undoers[all[i].Of] = append(undoers[all[i].Of], i)
		}
	}
	settled := make([]bool, len(all))
	var stack []int
	for i := range all {
		// A stack of our own: an undo of an undo of an undo may go on for as long as the file is.
		stack = append(stack, i)
	next:
		for len(stack) > 0 {
			at := stack[len(stack)-1]
			if !settled[at] {
				for _, by := range undoers[all[at].Hash] {
					if !settled[by] && by != at {
						stack = append(stack, by)
						continue next
					}
				}
				settled[at] = true
				for _, by := range undoers[all[at].Hash] {
					if all[by].State == InForce {
						all[at].State, all[at].By = Undone, all[by].Hash
						break
					}
				}
			}
			stack = stack[:len(stack)-1]
		}
	}
}

// EffectiveJudgements orders judgements by time, author and hash, and leaves out repeats, those that a later one about the
// same subjects retires, those that are undone, and the undoing itself.
func EffectiveJudgements(all []Judgement) []Judgement {
	out := make([]Judgement, 0, len(all))
	for _, s := range Standings(all) {
		if s.State == InForce && s.Verdict != Undo {
			out = append(out, s.Judgement)
		}
	}
	return out
}

// maxJudgementLine bounds a line of judgements, in bytes.
const maxJudgementLine = 1 << 20

// ReadJudgements reads JSON lines. Lines that cannot be used are left out and returned as errors with the name and the
// number of the line; blank lines are passed over.
func ReadJudgements(name string, r io.Reader) ([]Judgement, []error) {
	var out []Judgement
	var bad []error
	lines := bufio.NewReaderSize(r, 1<<16)
	for n := 1; ; n++ {
		line, whole, err := readLine(lines, maxJudgementLine)
		if n == 1 {
			line = bytes.TrimPrefix(line, []byte("\ufeff"))
		}
		if line = bytes.TrimSpace(line); len(line) > 0 {
			j, wrong := parseJudgement(line, whole)
			if wrong == nil {
				out = append(out, j)
			} else {
				bad = append(bad, fmt.Errorf("%s:%d: judgement left out: %w", name, n, wrong))
			}
		}
		if err != nil {
			if !errors.Is(err, io.EOF) {
				bad = append(bad, fmt.Errorf("%s: %w", name, err))
			}
			return out, bad
		}
	}
}

func parseJudgement(line []byte, whole bool) (j Judgement, err error) {
	if !whole {
		return j, fmt.Errorf("longer than %d bytes", maxJudgementLine)
	}
	for _, mark := range []string{"<<<<<<<", "=======", ">>>>>>>", "|||||||"} {
		if bytes.HasPrefix(line, []byte(mark)) {
			return j, fmt.Errorf("git left %s here: delete this line and keep the judgements of both sides", mark)
		}
	}
	if err := json.Unmarshal(line, &j); err != nil {
		return j, err
	}
	return j, j.Check()
}

// readLine reads a line of at most limit bytes; of a longer one it returns the beginning, and reads the rest past.
func readLine(r *bufio.Reader, limit int) (line []byte, whole bool, err error) {
	whole = true
	for {
		part, err := r.ReadSlice('\n')
		if len(line)+len(part) <= limit {
			line = append(line, part...)
		} else {
			whole = false
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, whole, err
		}
	}
}
