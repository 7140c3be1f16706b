package graph_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/tupu-kg/tupu/graph"
	"pgregory.net/rapid"
)

func evidence(doc string, start int, score float64) graph.Evidence {
	return graph.Evidence{Source: graph.FromText, Span: graph.Span{Doc: graph.ID(doc), Start: start, End: start + 2, ByteStart: 3 * start, ByteEnd: 3*start + 6}, By: "test", Score: score}
}

func TestNewEdgeRefusesWhatNobodyCanCheck(t *testing.T) {
	for _, c := range []struct {
		name     string
		from, to graph.ID
		kind     graph.EdgeType
		evidence []graph.Evidence
		want     string
	}{
		{"no evidence", "a", "b", graph.LocatedIn, nil, "no evidence"},
		{"unknown type", "a", "b", "LIKES", []graph.Evidence{evidence("d", 0, 1)}, "unknown type"},
		{"no edge has this type", "a", "b", graph.ShortFor, []graph.Evidence{evidence("d", 0, 1)}, "unknown type"},
		{"one end", "a", "a", graph.LocatedIn, []graph.Evidence{evidence("d", 0, 1)}, "two different ends"},
		{"text without a span", "a", "b", graph.LocatedIn, []graph.Evidence{{Source: graph.FromText, By: "x"}}, "without a span"},
		{"register without a reference", "a", "b", graph.LocatedIn, []graph.Evidence{{Source: graph.FromRegister, By: "x"}}, "without a reference"},
		{"reader unknown", "a", "b", graph.LocatedIn, []graph.Evidence{{Source: graph.FromRegister, Ref: "x"}}, "nobody read"},
	} {
		_, err := graph.NewEdge(c.from, c.kind, c.to, c.evidence...)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want one that says %q", c.name, err, c.want)
		}
	}
}

func TestSymmetricEdgesAreStoredOnce(t *testing.T) {
	a, err := graph.NewEdge("person:甲", graph.CoMentioned, "person:乙", evidence("d", 1, 0.5))
	if err != nil {
		t.Fatal(err)
	}
	b, err := graph.NewEdge("person:乙", graph.CoMentioned, "person:甲", evidence("d", 1, 0.5))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(a, b); diff != "" {
		t.Errorf("the two directions differ: %s", diff)
	}
}

// TestMergeEdgesIsTheSameInSteps: merging some parts first and the rest later gives what merging all at once gives.
func TestMergeEdgesIsTheSameInSteps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var parts []graph.Edge
		for i := range rapid.IntRange(2, 8).Draw(t, "parts") {
			e, err := graph.NewEdge("enterprise:甲", graph.AppearsIn, "place:乙", evidence(fmt.Sprintf("document:%d", i), rapid.IntRange(0, 9).Draw(t, "start"), 0.5))
			if err != nil {
				t.Fatal(err)
			}
			e.Documents, e.Mentions = 1, rapid.IntRange(1, 5).Draw(t, "mentions")
			e.FirstYear = rapid.IntRange(2020, 2025).Draw(t, "year")
			e.LastYear, e.Inside = e.FirstYear, rapid.Bool().Draw(t, "inside")
			parts = append(parts, e)
		}
		all := graph.MergeEdges(parts)
		cut := rapid.IntRange(1, len(parts)-1).Draw(t, "cut")
		steps := graph.MergeEdges([]graph.Edge{graph.MergeEdges(parts[:cut]), graph.MergeEdges(parts[cut:])})
		if diff := cmp.Diff(all, steps); diff != "" {
			t.Fatalf("in steps it differs: %s", diff)
		}
		if err := all.Check(); err != nil {
			t.Fatal(err)
		}
	})
}

func TestPositionsCountCodePoints(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.RuneFrom([]rune("a泉𠮷é\n")), 0, 300, -1).Draw(t, "text")
		p := graph.NewPositions("document:x", text)
		for start := range text {
			got := p.Span(start, len(text))
			if want := utf8.RuneCountInString(text[:start]); got.Start != want {
				t.Fatalf("byte %d of %q: code point %d, want %d", start, text, got.Start, want)
			}
			if want := utf8.RuneCountInString(text); got.End != want {
				t.Fatalf("end of %q: code point %d, want %d", text, got.End, want)
			}
		}
	})
}

func judgement(at, author string, v graph.Verdict, about ...graph.Subject) graph.Judgement {
	return graph.Judgement{Time: at, Author: author, Verdict: v, About: about}
}

func TestLaterJudgementsRetireEarlierOnes(t *testing.T) {
	a, b := graph.Subject{Type: graph.KindEnterprise, Surface: "甲"}, graph.Subject{Type: graph.KindEnterprise, Surface: "乙"}
	same := judgement("2025-01-01T00:00:00Z", "li", graph.Same, a, b)
	different := judgement("2025-01-02T00:00:00+08:00", "li", graph.Different, b, a) // 16:00 of the day before, still later than same
	drop := judgement("2024-01-01T00:00:00Z", "wu", graph.Drop, a)
	all := []graph.Judgement{different, drop, same, drop}
	want := []graph.Judgement{drop, different}
	for range 10 {
		rand.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		if diff := cmp.Diff(want, graph.EffectiveJudgements(all)); diff != "" {
			t.Fatalf("in force: %s", diff)
		}
	}
}

func TestReadJudgementsLeavesOutWhatCannotBeUsed(t *testing.T) {
	in := `{"time":"2025-01-01T00:00:00Z","author":"li","verdict":"drop","about":[{"type":"person","surface":"甲"}]}

{"time":"yesterday","verdict":"drop","about":[{"type":"person","surface":"甲"}]}
{"time":"2025-01-01T00:00:00Z","verdict":"same","about":[{"type":"person","surface":"甲"}]}
{"time":"2025-01-01T00:00:00Z","verdict":"split","about":[{"type":"person","surface":"甲"}]}
not json
`
	good, bad := graph.ReadJudgements("j.jsonl", strings.NewReader(in))
	if len(good) != 1 || good[0].Verdict != graph.Drop {
		t.Errorf("read %+v", good)
	}
	var lines []string
	for _, err := range bad {
		line, _, _ := strings.Cut(err.Error(), ": ")
		lines = append(lines, line)
	}
	if diff := cmp.Diff([]string{"j.jsonl:3", "j.jsonl:4", "j.jsonl:5", "j.jsonl:6"}, lines); diff != "" {
		t.Errorf("complaints: %s", diff)
	}
}

func FuzzReadJudgements(f *testing.F) {
	f.Add(`{"time":"2025-01-01T00:00:00Z","verdict":"drop","about":[{"type":"person","surface":"甲"}]}`)
	f.Fuzz(func(t *testing.T, in string) {
		good, _ := graph.ReadJudgements("f", strings.NewReader(in))
		for _, j := range graph.EffectiveJudgements(good) {
			if err := j.Check(); err != nil {
				t.Errorf("in force though wrong: %v", err)
			}
		}
	})
}
