package extract

import (
	"cmp"
	"context"
	"slices"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/graph"
)

// Score counts names: those that people marked, those that were found, and those found with just the right stretch and type.
type Score struct {
	Gold  int `json:"gold"`
	Found int `json:"found"`
	Right int `json:"right"`
}

// Precision is the share of the found names that are right, 1 if none was found.
func (s Score) Precision() float64 { return share(s.Right, s.Found) }

// Recall is the share of the marked names that were found, 1 if none was marked.
func (s Score) Recall() float64 { return share(s.Right, s.Gold) }

// F1 is the harmonic mean of precision and recall.
func (s Score) F1() float64 {
	if s.Gold+s.Found == 0 {
		return 1
	}
	return 2 * float64(s.Right) / float64(s.Gold+s.Found)
}

func share(a, b int) float64 {
	if b == 0 {
		return 1
	}
	return float64(a) / float64(b)
}

// Mistake is a name that was missed, invented, cut wrongly or given another type.
type Mistake struct {
	Path       string  `json:"path"`
	Start      int     `json:"start"` // code points
	End        int     `json:"end"`
	Text       string  `json:"text"`
	Gold       string  `json:"gold,omitempty"`  // type that people gave it; empty if they marked nothing just there
	Found      string  `json:"found,omitempty"` // type that was found; empty if nothing was found just there
	Cause      string  `json:"cause"`           // missed, invented, boundary or type
	Confidence float64 `json:"confidence,omitempty"`
	Context    string  `json:"context"` // the name with what stands around it
}

// Evaluation compares what was found in texts with what people marked.
type Evaluation struct {
	All       Score                     `json:"all"`
	Types     map[string]Score          `json:"types"`
	Unseen    map[string]Score          `json:"unseen"` // marked names that the training texts given do not have; only gold and right
	Confusion map[string]map[string]int `json:"confusion"`
	Causes    map[string]int            `json:"causes"`
	// Mistakes come with the surest inventions first, then what was missed, in the order of the texts.
	Mistakes []Mistake `json:"mistakes"`
}

// around is how many characters on each side of a mistake are shown.
const around = 14

// Evaluate finds the names in marked texts and compares. Names that stand in seen, as they are written, are known from
// training; the others are counted apart in Unseen.
func (x *Extractor) Evaluate(ctx context.Context, texts []Labelled, seen map[string]bool) (*Evaluation, error) {
	e := &Evaluation{Types: map[string]Score{}, Unseen: map[string]Score{}, Confusion: map[string]map[string]int{}, Causes: map[string]int{}}
	for i := range texts {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := x.evaluate(e, &texts[i], seen); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(e.Mistakes, func(a, b Mistake) int { return cmp.Compare(b.Confidence, a.Confidence) })
	return e, nil
}

func (x *Extractor) evaluate(e *Evaluation, l *Labelled, seen map[string]bool) error {
	found, err := x.Names(l)
	if err != nil {
		return err
	}
	runes := []rune(l.Text)
	mistake := func(n LabelledName, confidence float64, gold, found, cause string) {
		from, to := max(0, n.Start-around), min(len(runes), n.End+around)
		e.Mistakes = append(e.Mistakes, Mistake{
			Path: l.Path, Start: n.Start, End: n.End, Text: string(runes[n.Start:n.End]), Gold: gold, Found: found,
			Cause: cause, Confidence: confidence, Context: string(runes[from:to]),
		})
		e.Causes[cause]++
	}
	count := func(typ string, gold, found, right int) {
		add := func(s Score) Score { return Score{s.Gold + gold, s.Found + found, s.Right + right} }
		e.All = add(e.All)
		e.Types[typ] = add(e.Types[typ])
	}
	confuse := func(gold, found string) {
		if e.Confusion[gold] == nil {
			e.Confusion[gold] = map[string]int{}
		}
		e.Confusion[gold][found]++
	}
	at := map[[2]int]graph.Mention{}
	for _, m := range found {
		at[[2]int{m.Start, m.End}] = m
	}
	gold := map[[2]int]string{}
	var marked []LabelledName
	for _, n := range l.Names {
		gold[[2]int{n.Start, n.End}] = n.Type
		if n.Type != "ignore" {
			marked = append(marked, n)
		}
	}
	for _, n := range marked {
		m, ok := at[[2]int{n.Start, n.End}]
		right := 0
		switch {
		case ok && string(m.Kind) == n.Type:
			right = 1
			confuse(n.Type, n.Type)
		case ok:
			confuse(n.Type, string(m.Kind))
			mistake(n, m.Confidence, n.Type, string(m.Kind), "type")
		case slices.ContainsFunc(found, func(m graph.Mention) bool { return m.Start < n.End && n.Start < m.End }):
			confuse(n.Type, "boundary")
			mistake(n, 0, n.Type, "", "boundary")
		default:
			confuse(n.Type, "missed")
			mistake(n, 0, n.Type, "", "missed")
		}
		count(n.Type, 1, 0, right)
		if seen != nil && !seen[string(runes[n.Start:n.End])] {
			s := e.Unseen[n.Type]
			e.Unseen[n.Type] = Score{s.Gold + 1, s.Found, s.Right + right}
		}
	}
	for _, m := range found {
		_, ok := gold[[2]int{m.Start, m.End}]
		if !ok && slices.ContainsFunc(l.Names, func(n LabelledName) bool { return n.Type == "ignore" && m.Start < n.End && n.Start < m.End }) {
			continue
		}
		count(string(m.Kind), 0, 1, 0)
		if !ok {
			overlaps := slices.ContainsFunc(marked, func(n LabelledName) bool { return m.Start < n.End && n.Start < m.End })
			if !overlaps {
				confuse("nothing", string(m.Kind))
				mistake(LabelledName{m.Start, m.End, ""}, m.Confidence, "", string(m.Kind), "invented")
			}
		}
	}
	return nil
}

// Names finds the names in a marked text, whatever is marked there, as Extract would.
func (x *Extractor) Names(l *Labelled) ([]graph.Mention, error) {
	r, positions, err := x.readLabelled(l)
	if err != nil {
		return nil, err
	}
	r.recognise()
	r.learn()
	facts := &graph.Facts{Document: graph.Document{Text: l.Text}, Sentences: make([]graph.Sentence, len(r.passages)+1)}
	for i := range r.passages {
		r.passages[i].sentence = i
	}
	w := writer{Extractor: x, reading: r, facts: facts, positions: positions}
	w.write()
	return facts.Mentions, nil
}

// NamesIn are all names that are marked in texts, as they are written.
func NamesIn(texts []Labelled) map[string]bool {
	all := map[string]bool{}
	for i := range texts {
		offsets := byteOffsets(texts[i].Text)
		for _, n := range texts[i].Names {
			all[texts[i].Text[offsets[n.Start]:offsets[n.End]]] = true
		}
	}
	return all
}

// Characters counts the characters of texts.
func Characters(texts []Labelled) int {
	n := 0
	for i := range texts {
		n += utf8.RuneCountInString(texts[i].Text)
	}
	return n
}
