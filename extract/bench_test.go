package extract

import (
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"

	"github.com/go-ego/gse"

	"github.com/tupu-kg/tupu/extract/doc"
	"github.com/tupu-kg/tupu/extract/text"
	"github.com/tupu-kg/tupu/graph"
)

// benchFiles reads the folder of texts that testdata/bench/extract.sh makes.
func benchFiles(b *testing.B) (files []doc.File, size int64) {
	b.Helper()
	dir := os.Getenv("TUPU_BENCH")
	if dir == "" {
		b.Skip("TUPU_BENCH does not name a folder of texts; testdata/bench/extract.sh makes one")
	}
	names, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	if err != nil || len(names) == 0 {
		b.Fatalf("no texts in %s: %v", dir, err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			b.Fatal(err)
		}
		files = append(files, doc.File{Path: name, Format: doc.FormatText, Data: data})
		size += int64(len(data))
	}
	return files, size
}

// BenchmarkMentions reads texts, one after the other, and finds the names in them, on as many processors as -cpu says: reading,
// normalising, recognising and the pass over the document.
func BenchmarkMentions(b *testing.B) { benchPages(b, (*Extractor).Mentions) }

// BenchmarkFacts does what BenchmarkMentions does, and reads the parts of names and what is stated of them too.
func BenchmarkFacts(b *testing.B) { benchPages(b, (*Extractor).Extract) }

func benchPages(b *testing.B, read func(*Extractor, *doc.Page, Override) (*graph.Facts, error)) {
	files, size := benchFiles(b)
	largePages()
	x, err := New(Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(size)
	defer reportProcessorTime(b, size)()
	for b.Loop() {
		b.StopTimer()
		next := make(chan doc.File, len(files))
		for _, f := range files {
			next <- f
		}
		close(next)
		b.StartTimer()
		parallel(func() {
			for f := range next {
				page, err := doc.Read(f, doc.Limits{})
				if err != nil {
					continue // a file that is cut within a character
				}
				if _, err := read(x, page, Override{}); err != nil {
					b.Error(err)
				}
			}
		})
	}
}

// reportProcessorTime begins to count what the processors do, and returns what reports it, in MB a second of all processors
// together: on a machine that others use, MB of the clock's second say little.
func reportProcessorTime(b *testing.B, size int64) func() {
	start := processorTime()
	return func() {
		if spent := processorTime() - start; spent > 0 {
			b.ReportMetric(float64(size)*float64(b.N)/1e6/spent.Seconds(), "MB/cpu-s")
		}
	}
}

// parallel runs a function on every processor and waits.
func parallel(f func()) {
	var all sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		all.Go(f)
	}
	all.Wait()
}

// BenchmarkSegment is the baseline: gse alone cuts the same folded texts into words, on one processor.
func BenchmarkSegment(b *testing.B) {
	files, size := benchFiles(b)
	largePages()
	x, err := New(Options{RulesOnly: true})
	if err != nil {
		b.Fatal(err)
	}
	texts := make([][]byte, 0, len(files))
	for _, f := range files {
		texts = append(texts, []byte(text.Fold(string(f.Data)).Text))
	}
	segment := gseSegment(b, x.lex)
	b.SetBytes(size)
	defer reportProcessorTime(b, size)()
	for b.Loop() {
		for _, t := range texts {
			segment(t)
		}
	}
}

// gseSegment is gse's own segmentation with the words that ours knows.
func gseSegment(t testing.TB, l *lexicon) func([]byte) []gse.Segment {
	t.Helper()
	seg := gse.Segmenter{SkipLog: true, NotLoadHMM: true, Dict: gse.NewDict()}
	for w, err := range dictionaryWords(l.ownWords(), dictionaryData) {
		if err != nil {
			t.Fatal(err)
		}
		if err := seg.AddToken(w.text, w.frequency, w.tag); err != nil {
			t.Fatal(err)
		}
	}
	seg.CalcToken()
	return seg.Segment
}
