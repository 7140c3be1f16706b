// Command gen trains the weights of features and clues by which package company divides names, and writes the list of common words:
//
//	go run ./extract/company/gen -named anatomy.json -most 1001 -named extract/company/testdata/names.jsonl -names listed.txt -out extract/company/internal/split
//
// Files of -named have a JSON object a line, {"text": NAME, "label": {"brand": [[TEXT, START, END], ...]}}, of which -most says how
// many of each file's are learnt from; -names has names that are not taken apart, one a line. A trade that a single name to learn
// from has, and none of the others, is not known while that name is learnt from: names to come have such trades too.
//
// The words are the nouns of two to four characters in ../../data/dictionary.txt that are frequent and no trades. The output
// depends on the input alone.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/extract/company/internal/split"
	"github.com/tupu-kg/tupu/extract/gazetteer"
)

type list []string

func (l *list) String() string     { return strings.Join(*l, ",") }
func (l *list) Set(s string) error { *l = append(*l, s); return nil }

func main() {
	log.SetFlags(0)
	var named, names list
	flag.Var(&named, "named", "file of names taken apart, again for more")
	flag.Var(&names, "names", "file of names, again for more")
	most := flag.Int("most", 1001, "most names of a file of -named")
	folds := flag.Int("folds", 0, "say how many brands are right in cross-validation with so many folds, and write nothing")
	dictionary := flag.String("dictionary", "extract/data/dictionary.txt", "the segmenter's dictionary")
	frequency := flag.Int("frequency", 200, "least frequency of a common word")
	out := flag.String("out", "extract/company/internal/split", "folder to write to")
	flag.Parse()
	if err := run(named, names, *most, *folds, *dictionary, *frequency, *out); err != nil {
		log.Fatal("gen: ", err)
	}
}

func run(named, names list, most, folds int, dictionary string, frequency int, out string) error {
	g, err := gazetteer.Open()
	if err != nil {
		return err
	}
	t := trainer{g: g, bear: map[string]int{}}
	for _, path := range named {
		if err := t.read(path, most); err != nil {
			return err
		}
	}
	for _, path := range names {
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for name := range strings.Lines(string(b)) {
			t.count(strings.TrimSpace(name))
		}
	}
	if folds > 0 {
		t.validate(folds)
		return nil
	}
	words, err := common(dictionary, frequency)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(out, "words.txt"), []byte(words), 0o644); err != nil {
		return err
	}
	m := t.train(t.examples)
	if err := os.WriteFile(filepath.Join(out, "clues.txt"), []byte(header+split.FormatClues(m.clues)), 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(out, "weights.txt"), []byte(header+m.weights.String()), 0o644)
}

const header = "# Written by extract/company/gen: what each feature of a way to divide a name weighs.\n"

// common lists the frequent nouns of a dictionary that are no trades.
func common(path string, frequency int) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	var b strings.Builder
	b.WriteString("# Written by extract/company/gen: frequent nouns that are no trades.\n")
	line := 0
	for s := bufio.NewScanner(f); s.Scan(); {
		field := strings.Fields(s.Text())
		if len(field) != 3 || field[2] != "n" && field[2] != "vn" || split.Known().Trade(field[0]) {
			continue
		}
		n, err := strconv.Atoi(field[1])
		if chars := utf8.RuneCountInString(field[0]); err != nil || n < frequency || chars < 2 || chars > 4 {
			continue
		}
		b.WriteString(field[0])
		if line++; line%16 == 0 {
			b.WriteByte('\n')
		} else {
			b.WriteByte(' ')
		}
	}
	return strings.TrimRight(b.String(), " \n") + "\n", nil
}

// example is a name whose brand is known.
type example struct {
	file        string
	rest, brand string
	placed      bool
	form        split.Kind
	trades      []string
}

type trainer struct {
	g        *gazetteer.Gazetteer
	examples []*example
	bear     map[string]int // how many names have a trade
}

func (t *trainer) read(path string, most int) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	s := bufio.NewScanner(f)
	for n := 0; n < most && s.Scan(); n++ {
		var a struct {
			Text  string
			Label struct{ Brand [][]any }
		}
		if err := json.Unmarshal(s.Bytes(), &a); err != nil {
			return fmt.Errorf("%s, line %d: %w", path, n+1, err)
		}
		e := &example{file: path}
		for _, part := range a.Label.Brand {
			e.brand += part[0].(string)
		}
		rest, place, form := split.Strip(t.g, a.Text)
		e.rest, e.placed, e.form = rest, place != "", split.KindOf(form)
		e.trades = split.Known().Trades(e.rest)
		t.count(a.Text)
		t.examples = append(t.examples, e)
	}
	return s.Err()
}

func (t *trainer) count(name string) {
	trades := split.Known().Trades(name)
	slices.Sort(trades)
	for _, w := range slices.Compact(trades) {
		t.bear[w]++
	}
}

// model is what is learnt.
type model struct {
	weights split.Vector
	clues   map[split.Clue]float64
}

// lexicon is that with which an example is looked at.
func (t *trainer) lexicon(e *example, m *model) *split.Lexicon {
	without := map[string]bool{}
	for _, w := range e.trades {
		without[w] = t.bear[w] < 2
	}
	return split.Known().With(m.weights, m.clues, without)
}

// How the weights are found: passes over the names, the length of a step, and how strongly weights are drawn to nothing.
const (
	passes   = 8
	step     = 0.15
	draw     = 0.0005
	clueStep = 0.1 // and those of clues, which are many and of which few names speak
	clueDraw = 0.01
)

// train finds the weights that make the right brands likeliest: of all ways to divide a name, those that find its brand.
func (t *trainer) train(examples []*example) *model {
	m := &model{start, map[split.Clue]float64{}}
	var squares split.Vector
	clueSquares := map[split.Clue]float64{}
	random := rand.New(rand.NewPCG(1, 2))
	for range passes {
		for _, k := range random.Perm(len(examples)) {
			e := examples[k]
			var all []split.Division
			t.lexicon(e, m).Divisions(t.g, e.rest, e.placed, e.form, func(d *split.Division) {
				one := *d
				one.Clues = slices.Clone(d.Clues)
				all = append(all, one)
			})
			highest := math.Inf(-1)
			for i := range all {
				highest = max(highest, all[i].Score)
			}
			total, right := 0.0, 0.0
			for i := range all {
				p := math.Exp(all[i].Score - highest)
				if total += p; split.Brand(e.rest, &all[i]) == e.brand {
					right += p
				}
			}
			if right == 0 {
				continue
			}
			var slope split.Vector
			clueSlope := map[split.Clue]float64{}
			for i := range all {
				p := math.Exp(all[i].Score - highest)
				by := -p / total
				if split.Brand(e.rest, &all[i]) == e.brand {
					by += p / right
				}
				for f, v := range all[i].Features {
					slope[f] += by * v
				}
				for _, c := range all[i].Clues {
					clueSlope[c] += by
				}
			}
			for c, v := range clueSlope { // each is of its own: their order does not matter
				v -= clueDraw * m.clues[c]
				clueSquares[c] += v * v
				m.clues[c] += clueStep * v / math.Sqrt(clueSquares[c]+1)
			}
			for f := range slope {
				slope[f] -= draw * (m.weights[f] - start[f])
				squares[f] += slope[f] * slope[f]
				m.weights[f] += step * slope[f] / math.Sqrt(squares[f]+1)
			}
		}
	}
	return m
}

// start are weights to begin with, from which those that few names speak of do not go far.
var start = split.Vector{
	split.TradeWord: -0.1, split.TwoWord: -0.8, split.ThreeWord: -0.8, split.FourWord: -0.8, split.Unknown: -1.5, split.UnknownChar: -0.6, split.UnknownBrandly: -0.2, split.UnknownSingle: -0.8,
	split.Business: -1.8, split.BusinessBrandly: -0.5, split.NoBrand: -0.6, split.OneChar: -4, split.ThreeChars: -0.7, split.FourChars: -1.2, split.FiveChars: -3, split.SixChars: -4.5, split.ManyChars: -5,
	split.EachMore: -1, split.BrandTradely: -0.8, split.BrandOfTrades: -2, split.NothingInFront: -0.5, split.PlaceCity: -1.1, split.PlaceCounty: -1.1, split.PlaceTown: -1.1, split.PlaceSure: -0.3,
}

// validate says how many brands are found by weights that were learnt from other names.
func (t *trainer) validate(folds int) {
	right, all := map[string]int{}, map[string]int{}
	for fold := range folds {
		var learn []*example
		for i, e := range t.examples {
			if i%folds != fold {
				learn = append(learn, e)
			}
		}
		m := t.train(learn)
		for i, e := range t.examples {
			if i%folds != fold {
				continue
			}
			d := t.lexicon(e, m).Divide(t.g, e.rest, e.placed, e.form)
			if all[e.file]++; split.Brand(e.rest, &d) == e.brand {
				right[e.file]++
			} else {
				log.Printf("%s: want %q, got %q", e.rest, e.brand, split.Brand(e.rest, &d))
			}
		}
	}
	for file := range all {
		log.Printf("%s: %d of %d", file, right[file], all[file])
	}
}
