package graph_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
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

func undo(at, author string, of graph.Judgement) graph.Judgement {
	return graph.Judgement{Time: at, Author: author, Verdict: graph.Undo, Of: of.Hash()}
}

func TestWhatIsUndoneCountsAsNeverMade(t *testing.T) {
	a, b := graph.Subject{Type: graph.KindEnterprise, Surface: "甲"}, graph.Subject{Type: graph.KindEnterprise, Surface: "乙"}
	same := judgement("2025-01-01T00:00:00Z", "li", graph.Same, a, b)
	different := judgement("2025-01-02T00:00:00Z", "wu", graph.Different, a, b)
	back := undo("2025-01-03T00:00:00Z", "wu", different)
	backByLi := undo("2025-01-03T00:00:00Z", "li", different)
	early := undo("2024-01-01T00:00:00Z", "wu", different) // by a clock that is a year slow
	again := undo("2025-01-04T00:00:00Z", "wu", back)
	drop := judgement("2025-01-05T00:00:00Z", "li", graph.Drop, a)
	retype := judgement("2025-01-06T00:00:00Z", "li", graph.Retype, a)
	retype.Type = graph.KindPlace
	for _, c := range []struct {
		name string
		all  []graph.Judgement
		want []graph.Judgement
	}{
		{"what had been retired is in force again", []graph.Judgement{same, different, back}, []graph.Judgement{same}},
		{"an undo that a slow clock wrote", []graph.Judgement{same, different, early}, []graph.Judgement{same}},
		{"an undo of the undo", []graph.Judgement{same, different, back, again}, []graph.Judgement{different}},
		{"one of two undos undone", []graph.Judgement{same, different, back, backByLi, again}, []graph.Judgement{same}},
		{"all undone", []graph.Judgement{different, back}, nil},
		{"an undo of what is not there", []graph.Judgement{same, back}, []graph.Judgement{same}},
		{"retype retires drop", []graph.Judgement{drop, retype}, []graph.Judgement{retype}},
		{"and drop comes back", []graph.Judgement{drop, retype, undo("2025-01-07T00:00:00Z", "li", retype)}, []graph.Judgement{drop}},
	} {
		for range 5 {
			rand.Shuffle(len(c.all), func(i, j int) { c.all[i], c.all[j] = c.all[j], c.all[i] })
			if diff := cmp.Diff(c.want, graph.EffectiveJudgements(c.all), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("%s: %s", c.name, diff)
			}
		}
	}
}

func TestStandingsSayWhatRetiredOrUndid(t *testing.T) {
	a, b := graph.Subject{Type: graph.KindEnterprise, Surface: "甲"}, graph.Subject{Type: graph.KindEnterprise, Surface: "乙"}
	same := judgement("2025-01-01T00:00:00Z", "li", graph.Same, a, b)
	unsure := judgement("2025-01-02T00:00:00Z", "wu", graph.Unsure, b, a)
	drop := judgement("2025-01-03T00:00:00Z", "wu", graph.Drop, a)
	back := undo("2025-01-04T00:00:00Z", "wu", drop)
	got := graph.Standings([]graph.Judgement{back, same, drop, unsure, same})
	want := []graph.Standing{
		{same, same.Hash(), graph.Retired, unsure.Hash()},
		{unsure, unsure.Hash(), graph.InForce, ""},
		{drop, drop.Hash(), graph.Undone, back.Hash()},
		{back, back.Hash(), graph.InForce, ""},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("standings: %s", diff)
	}
}

// TestALongChainOfUndosEnds: undoing the undo of an undo may go on for as long as the file is.
func TestALongChainOfUndosEnds(t *testing.T) {
	first := judgement("2025-01-01T00:00:00Z", "li", graph.Drop, graph.Subject{Type: graph.KindPerson, Surface: "甲"})
	all := []graph.Judgement{first}
	for range 20001 {
		all = append(all, undo("2025-01-01T00:00:00Z", "li", all[len(all)-1]))
	}
	if got := graph.EffectiveJudgements(all); len(got) != 0 {
		t.Errorf("in force: %v", got)
	}
	if got := graph.EffectiveJudgements(all[:len(all)-1]); len(got) != 1 {
		t.Errorf("in force: %v", got)
	}
}

func TestReadJudgementsLeavesOutWhatCannotBeUsed(t *testing.T) {
	in := `{"time":"2025-01-01T00:00:00Z","author":"li","verdict":"drop","about":[{"type":"person","surface":"甲"}]}

{"time":"yesterday","verdict":"drop","about":[{"type":"person","surface":"甲"}]}
{"time":"2025-01-01T00:00:00Z","verdict":"same","about":[{"type":"person","surface":"甲"}]}
{"time":"2025-01-01T00:00:00Z","verdict":"split","about":[{"type":"person","surface":"甲"}]}
not json
<<<<<<< HEAD
{"time":"2025-01-01T00:00:00Z","verdict":"undo","about":[]}
` + `{"verdict":"` + strings.Repeat("x", 1<<20) + `"}
{"time":"2025-01-01T00:00:00Z","author":"li","verdict":"undo","of":"0123456789abcdef"}`
	good, bad := graph.ReadJudgements("j.jsonl", strings.NewReader(in))
	if len(good) != 2 || good[0].Verdict != graph.Drop || good[1].Verdict != graph.Undo {
		t.Errorf("read %+v", good)
	}
	var lines []string
	for _, err := range bad {
		line, _, _ := strings.Cut(err.Error(), ": ")
		lines = append(lines, line)
	}
	if diff := cmp.Diff([]string{"j.jsonl:3", "j.jsonl:4", "j.jsonl:5", "j.jsonl:6", "j.jsonl:7", "j.jsonl:8", "j.jsonl:9"}, lines); diff != "" {
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
