package tagger

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestBoundLeavesTheBestLabeling searches stretches of any scores under any transitions, with bounds and with all labels possible.
func TestBoundLeavesTheBestLabeling(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := newModel([]string{"a", "b", "c"}, nil, 0.05)
		for i := range m.transitions {
			m.transitions[i] = rapid.Float32Range(-6, 3).Draw(t, "transition")
		}
		g := m.NewTagger(-0.3)
		n := rapid.IntRange(1, 12).Draw(t, "positions")
		g.scores = make([]int32, n*8*m.words)
		for p := range n {
			for label := range m.labels {
				g.scores[p*8*m.words+label] = int32(rapid.IntRange(-120, 120).Draw(t, "score"))
			}
			of := g.scores[p*8*m.words:][:m.labels]
			g.best = append(g.best, of[outside])
			for part := 1 + begin; part <= 1+single; part++ {
				g.best = append(g.best, max(of[part], of[part+4], of[part+8]))
			}
		}
		g.bound.find(g.scores, 8*m.words, 0, n, n)
		g.near.find(g.best, bestRow, 0, n, n)
		all := uint64(1)<<len(m.Kinds) - 1
		l := g.lattice
		l.reset(n)
		for p := range n {
			for label := range m.labels {
				l.emit[p*m.labels+label] = float32(g.scores[p*8*m.words+label]) * m.unit
			}
			l.emit[p*m.labels] = g.outside(p)
		}
		want := slices.Clone(l.viterbi(nil, slices.Repeat([]uint64{all}, n)))
		if got := l.viterbi(nil, g.bound.possible); !slices.Equal(got, want) {
			t.Fatalf("%v, want %v", got, want)
		}
		for p, label := range want {
			if label != outside && g.near.possible[p] == 0 {
				t.Fatalf("%v is best, but %d is found to be outside", want, p)
			}
		}
	})
}
