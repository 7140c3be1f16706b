package ingest

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/tupu-kg/tupu/extract/resolve"
	"github.com/tupu-kg/tupu/extract/text"
	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/store"
)

// Near copies are documents with nearly the same text about the same area and year: one report from two sites, or as a page and
// as a PDF. One of them counts; the others are held and linked to it, and bring nothing to the graph.
//
// Which one counts depends on the documents held alone. They are put in an order (see better), and each is a copy of the first
// one before it that is near to it and is no copy itself. A document that comes or goes can only change this for those that
// a chain of near copies joins it to; these are looked at again.

// alike is the likeness from which texts are near copies.
const alike = 0.8

// The families of keys in the index of names that hold copies. Nothing is linked by them.
const (
	nearFamily = "near|" // a mark of a text's sketch
	textFamily = "text|" // the document itself; the value is its nearText
	copyFamily = "copy|" // the document itself; the value is the one that it is a copy of
)

// linking reports whether groups are linked by a key of the index.
func linking(key string) bool {
	return resolve.Linking(key) && !strings.HasPrefix(key, nearFamily) && !strings.HasPrefix(key, textFamily) && !strings.HasPrefix(key, copyFamily)
}

// nearText is what decides whether documents are near copies, and which of them counts.
type nearText struct {
	Sketch text.Sketch `json:"sketch"`
	Area   string      `json:"area,omitempty"`
	Year   int         `json:"year,omitempty"`
	Plan   int         `json:"plan,omitempty"`
	Date   string      `json:"date,omitempty"`
	Format string      `json:"format"`
	OCR    bool        `json:"ocr,omitempty"`
}

func nearTextOf(f *graph.Facts) nearText {
	d := &f.Document
	var sentences []string
	for _, s := range f.Sentences {
		if s.Role != graph.Chrome {
			sentences = append(sentences, text.Fold(d.Text[s.ByteStart:s.ByteEnd]).Text)
		}
	}
	return nearText{
		Sketch: text.NewSketch(sentences...), Area: cmp.Or(d.AreaCode, d.Area), Year: d.Year, Plan: d.PlanYear, Date: d.Date,
		Format: d.Format, OCR: strings.HasPrefix(d.Reader, "ocr/"),
	}
}

// near reports whether two texts are near copies. What one of them does not say it does not contradict.
func (n nearText) near(o nearText) bool {
	if n.Area != "" && o.Area != "" && n.Area != o.Area || n.Year != 0 && o.Year != 0 && n.Year != o.Year || n.Plan != 0 && o.Plan != 0 && n.Plan != o.Plan {
		return false
	}
	return n.Sketch.Likeness(o.Sketch) >= alike
}

// formats that are cited by page come first.
var citable = map[string]int{"pdf": 4, "docx": 3, "html": 2, "mhtml": 2}

// better orders documents: those that say more about themselves first, then those that can be cited better, then by id.
func better(a, b graph.ID, texts map[graph.ID]nearText) int {
	x, y := texts[a], texts[b]
	known := func(n nearText) int {
		k := 0
		for _, has := range []bool{n.Area != "", n.Year != 0, n.Date != ""} {
			if has {
				k++
			}
		}
		return k
	}
	flag := map[bool]int{true: 1}
	return cmp.Or(cmp.Compare(known(y), known(x)), cmp.Compare(flag[x.OCR], flag[y.OCR]), cmp.Compare(citable[y.Format], citable[x.Format]), cmp.Compare(a, b))
}

// nearEntries are the lines of the index that a text is found by.
func nearEntries(doc graph.ID, n nearText) ([]store.Entry, error) {
	value, err := json.Marshal(n)
	if err != nil {
		return nil, err
	}
	entries := []store.Entry{{Key: textFamily + string(doc), Value: value}}
	for _, mark := range n.Sketch.Marks() {
		entries = append(entries, store.Entry{Key: fmt.Sprintf("%s%016x", nearFamily, mark)})
	}
	return entries, nil
}

// nearText is what the index holds of a document's text.
func (b *build) nearText(doc graph.ID) (n nearText, held bool, err error) {
	err = b.facts.Lookup(textFamily+string(doc), func(_ graph.ID, value []byte) error {
		held = true
		return json.Unmarshal(value, &n)
	})
	if err != nil {
		err = fmt.Errorf("index of %s: %w", doc, err)
	}
	return n, held, err
}

// copyOf is the document that one is held as a copy of; empty if it counts.
func (b *build) copyOf(doc graph.ID) (of graph.ID, err error) {
	err = b.facts.Lookup(copyFamily+string(doc), func(_ graph.ID, value []byte) error {
		of = graph.ID(value)
		return nil
	})
	return of, err
}

// copies says of every document that a chain of near copies joins to one of the given ones whether it is a copy, and of which
// document; gone are those that are about to be removed.
func (b *build) copies(given []graph.ID, gone map[graph.ID]bool) (map[graph.ID]graph.ID, error) {
	texts := map[graph.ID]nearText{}
	neighbours := map[graph.ID][]graph.ID{}
	see := func(doc graph.ID) error {
		if _, known := texts[doc]; known {
			return nil
		}
		n, _, err := b.nearText(doc)
		texts[doc] = n
		return err
	}
	queue := slices.Clone(given)
	for i := 0; i < len(queue); i++ {
		doc := queue[i]
		if _, done := neighbours[doc]; done {
			continue
		}
		neighbours[doc] = nil
		if err := see(doc); err != nil {
			return nil, err
		}
		found := map[graph.ID]bool{}
		for _, mark := range texts[doc].Sketch.Marks() {
			err := b.facts.Lookup(fmt.Sprintf("%s%016x", nearFamily, mark), func(other graph.ID, _ []byte) error {
				found[other] = true
				return nil
			})
			if err != nil {
				return nil, err
			}
		}
		for _, other := range slices.Sorted(maps.Keys(found)) {
			if err := see(other); err != nil {
				return nil, err
			}
			if other != doc && texts[doc].near(texts[other]) {
				neighbours[doc] = append(neighbours[doc], other)
				queue = append(queue, other)
			}
		}
	}
	docs := slices.Collect(maps.Keys(neighbours))
	slices.SortFunc(docs, func(x, y graph.ID) int { return better(x, y, texts) })
	of := map[graph.ID]graph.ID{}
	for _, doc := range docs {
		if gone[doc] {
			continue
		}
		of[doc] = ""
		near := neighbours[doc]
		slices.SortFunc(near, func(x, y graph.ID) int { return better(x, y, texts) })
		for _, other := range near {
			if first, decided := of[other]; decided && first == "" {
				of[doc] = other
				break
			}
		}
	}
	return of, nil
}
