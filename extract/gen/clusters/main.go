// Command clusters groups the words of raw text by the words that they stand between, and writes the groups as the recogniser
// reads them (extract/data/clusters.txt.gz):
//
//	go run ./extract/gen/clusters -out extract/data/clusters.txt.gz TEXT...
//
// Words get vectors by skip-grams with negative sampling (Mikolov et al., Distributed Representations of Words and Phrases,
// 2013, section 2.2); vectors are grouped by k-means on the sphere, once coarsely and once finely. One goroutine and a fixed
// seed: the same texts give the same file. It takes some minutes for ten million words.
package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"flag"
	"fmt"
	"log"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"

	"github.com/tupu-kg/tupu/extract"
)

func main() {
	log.SetFlags(0)
	out := flag.String("out", "clusters.txt.gz", "file to write")
	least := flag.Int("least", 10, "words that are seen less often are left out")
	coarse := flag.Int("coarse", 100, "groups of the coarse grouping")
	fine := flag.Int("fine", 800, "groups of the fine one")
	epochs := flag.Int("epochs", 3, "passes over the text")
	flag.Parse()
	if err := run(*out, *least, *coarse, *fine, *epochs, flag.Args()); err != nil {
		log.Fatal(err)
	}
}

func run(out string, least, coarse, fine, epochs int, files []string) error {
	x, err := extract.New(extract.Options{})
	if err != nil {
		return err
	}
	c := newCorpus()
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		for line := range strings.Lines(string(data)) {
			c.add(x.Words(strings.TrimSpace(line)))
		}
		log.Printf("%s: %d words so far, %d different", name, len(c.tokens), len(c.words))
	}
	c.prune(least)
	log.Printf("%d words are seen at least %d times", len(c.words), least)
	v := skipGrams(c, epochs)
	return write(out, c, group(v, coarse), group(v, fine))
}

// corpus is a text as numbers of words; -1 ends a line, -2 stands for a word that is left out.
type corpus struct {
	words  []string
	number map[string]int32
	counts []int
	tokens []int32
}

func newCorpus() *corpus { return &corpus{number: map[string]int32{}} }

func (c *corpus) add(words []string) {
	for _, w := range words {
		n, ok := c.number[w]
		if !ok {
			n = int32(len(c.words))
			c.number[w] = n
			c.words = append(c.words, strings.Clone(w))
			c.counts = append(c.counts, 0)
		}
		c.counts[n]++
		c.tokens = append(c.tokens, n)
	}
	c.tokens = append(c.tokens, -1)
}

// prune leaves out rare words, and numbers the others by falling frequency.
func (c *corpus) prune(least int) {
	order := make([]int32, 0, len(c.words))
	for n := range c.words {
		if c.counts[n] >= least {
			order = append(order, int32(n))
		}
	}
	slices.SortFunc(order, func(a, b int32) int {
		if c.counts[a] != c.counts[b] {
			return c.counts[b] - c.counts[a]
		}
		return strings.Compare(c.words[a], c.words[b])
	})
	to := make([]int32, len(c.words))
	for i := range to {
		to[i] = -2
	}
	words, counts := make([]string, len(order)), make([]int, len(order))
	for i, n := range order {
		to[n], words[i], counts[i] = int32(i), c.words[n], c.counts[n]
	}
	for i, n := range c.tokens {
		if n >= 0 {
			c.tokens[i] = to[n]
		}
	}
	c.words, c.counts, c.number = words, counts, nil
}

const (
	width    = 64 // of a vector
	window   = 3  // words on each side
	negative = 5  // wrong words for each right one
	rate     = 0.03
	often    = 2e-4 // words with a larger share of the text are passed over at times
)

type vectors [][width]float32

func skipGrams(c *corpus, epochs int) vectors {
	rng := rand.New(rand.NewPCG(1, 2))
	in, out := make(vectors, len(c.words)), make(vectors, len(c.words))
	total := 0
	for i := range in {
		total += c.counts[i]
		for k := range in[i] {
			in[i][k] = (rng.Float32() - 0.5) / width
		}
	}
	// Wrong words are drawn by frequency to the power of three quarters.
	table := make([]int32, 0, 1<<22)
	sum := 0.0
	for _, n := range c.counts {
		sum += math.Pow(float64(n), 0.75)
	}
	cum := 0.0
	for i, n := range c.counts {
		cum += math.Pow(float64(n), 0.75)
		for float64(len(table)) < cum/sum*float64(1<<22) {
			table = append(table, int32(i))
		}
	}
	keep := make([]float64, len(c.words))
	for i, n := range c.counts {
		share := float64(n) / float64(total)
		keep[i] = math.Sqrt(often/share) + often/share
	}
	sigmoid := make([]float32, 1024)
	for i := range sigmoid {
		sigmoid[i] = float32(1 / (1 + math.Exp(-(float64(i)/1024*12 - 6))))
	}
	steps, done := float64(total*epochs), 0
	line := make([]int32, 0, 1024)
	for epoch := range epochs {
		for i := 0; i < len(c.tokens); {
			line = line[:0]
			for ; i < len(c.tokens) && c.tokens[i] != -1; i++ {
				if n := c.tokens[i]; n >= 0 {
					done++
					if keep[n] >= 1 || rng.Float64() < keep[n] {
						line = append(line, n)
					}
				}
			}
			i++
			a := float32(rate * max(0.001, 1-float64(done)/steps))
			for p, center := range line {
				reach := 1 + rng.IntN(window)
				for q := max(0, p-reach); q <= min(len(line)-1, p+reach); q++ {
					if q != p {
						learn(&in[center], out, line[q], table, rng, a, sigmoid)
					}
				}
			}
		}
		log.Printf("pass %d of %d", epoch+1, epochs)
	}
	for i := range in {
		normalise(&in[i])
	}
	return in
}

func learn(v *[width]float32, out vectors, right int32, table []int32, rng *rand.Rand, a float32, sigmoid []float32) {
	var grad [width]float32
	for n := range negative + 1 {
		target, label := right, float32(1)
		if n > 0 {
			target, label = table[rng.IntN(len(table))], 0
			if target == right {
				continue
			}
		}
		u := &out[target]
		dot := float32(0)
		for k := range v {
			dot += v[k] * u[k]
		}
		p := float32(0)
		switch {
		case dot >= 6:
			p = 1
		case dot > -6:
			p = sigmoid[int((dot+6)/12*1024)]
		}
		g := a * (label - p)
		for k := range v {
			grad[k] += g * u[k]
			u[k] += g * v[k]
		}
	}
	for k := range v {
		v[k] += grad[k]
	}
}

func normalise(v *[width]float32) {
	sum := 0.0
	for _, x := range v {
		sum += float64(x) * float64(x)
	}
	if sum == 0 {
		return
	}
	inv := float32(1 / math.Sqrt(sum))
	for k := range v {
		v[k] *= inv
	}
}

// group is k-means on the sphere, begun with the k most frequent words as centres.
func group(v vectors, k int) []int {
	k = min(k, len(v))
	centres := slices.Clone(v[:k])
	of := make([]int, len(v))
	for round := range 12 {
		moved := 0
		for i := range v {
			best, at := float32(-2), 0
			for c := range centres {
				dot := float32(0)
				for j := range v[i] {
					dot += v[i][j] * centres[c][j]
				}
				if dot > best {
					best, at = dot, c
				}
			}
			if of[i] != at {
				of[i] = at
				moved++
			}
		}
		if moved == 0 {
			break
		}
		sums := make(vectors, k)
		for i, c := range of {
			for j := range v[i] {
				sums[c][j] += v[i][j]
			}
		}
		for c := range sums {
			if sums[c] != ([width]float32{}) {
				normalise(&sums[c])
				centres[c] = sums[c]
			}
		}
		log.Printf("%d groups, round %d: %d words moved", k, round+1, moved)
	}
	return of
}

func write(out string, c *corpus, coarse, fine []int) error {
	order := make([]int, len(c.words))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		if fine[a] != fine[b] {
			return fine[a] - fine[b]
		}
		return strings.Compare(c.words[a], c.words[b])
	})
	var b bytes.Buffer
	for _, i := range order {
		if !strings.ContainsAny(c.words[i], " \t\n") {
			fmt.Fprintf(&b, "%d %d %s\n", coarse[i]+1, fine[i]+1, c.words[i])
		}
	}
	f, err := os.Create(out)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	z, err := gzip.NewWriterLevel(w, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := z.Write(b.Bytes()); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}
