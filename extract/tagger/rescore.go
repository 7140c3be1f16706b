package tagger

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
)

// Rescorer is the second stage of a model: a logistic regression that says of each candidate span whether it is right, from what
// the first stage thinks of it and of its rivals and from what can be seen of a whole span alone: its words, its length, its
// neighbours on both sides. It must learn from candidates of a model that has not learnt from their texts.
type Rescorer struct {
	weights []float32 // of features, modulo their number
	odds    float64   // the weight of the first stage's log-odds
}

// rescorerFeatures is how many different features a Rescorer holds; more share their weights.
const rescorerFeatures = 1 << 20

// Case is a candidate span with what is seen of it.
type Case struct {
	Span              // Confidence is that of the first stage
	Features []uint64 // hashes; Hash makes them
	Right    bool     // in training: the span is right
}

// logOdds of a probability, bounded.
func logOdds(p float64) float64 {
	const least = 1e-4
	return math.Log((p + least) / (1 - p + least))
}

// Level is a probability in steps of half a unit of log-odds, as features hold it.
func Level(p float64) int { return int(math.Round(2 * logOdds(p))) }

// Score is the probability that a case is right.
func (r *Rescorer) Score(c *Case) float64 {
	s := r.odds * logOdds(c.Confidence)
	for _, f := range c.Features {
		s += float64(r.weights[f%rescorerFeatures])
	}
	return 1 / (1 + math.Exp(-s))
}

// FitRescorer learns from cases by AdaGrad (Duchi, Hazan and Singer 2011) with a small quadratic penalty. The same cases in the same
// order give the same weights. Its time is proportional to the features of all cases. It returns an error if ctx ends.
func FitRescorer(ctx context.Context, cases []Case) (*Rescorer, error) {
	const (
		passes  = 4
		rate    = 0.02
		penalty = 1e-4
		start   = 1e-3 // of the sums of squares
		damping = 0.1  // of the log-odds, which are larger than features
	)
	r := &Rescorer{weights: make([]float32, rescorerFeatures), odds: 1}
	squares := make([]float32, rescorerFeatures)
	oddsSquares := float64(0)
	order := make([]int, len(cases))
	for i := range order {
		order[i] = i
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for range passes {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for n, i := range order {
			if n%4096 == 0 && ctx.Err() != nil {
				return nil, ctx.Err()
			}
			c := &cases[i]
			miss := r.Score(c)
			if c.Right {
				miss--
			}
			for _, f := range c.Features {
				f %= rescorerFeatures
				g := miss + penalty*float64(r.weights[f])
				squares[f] += float32(g * g)
				r.weights[f] -= float32(rate * g / math.Sqrt(float64(squares[f])+start))
			}
			g := miss * damping * logOdds(c.Confidence)
			oddsSquares += g * g
			r.odds -= rate * g / math.Sqrt(oddsSquares+start)
		}
	}
	r.quantise()
	return r, nil
}

// rescorerUnit is what a weight of 1 stands for in a file.
const rescorerUnit = 1.0 / 64

// quantise rounds the weights to what a file holds, so that a model means the same before it is written and after.
func (r *Rescorer) quantise() {
	for i, w := range r.weights {
		r.weights[i] = float32(math.Round(float64(max(-127, min(127, w/rescorerUnit))))) * rescorerUnit
	}
	r.odds = float64(float32(r.odds))
}

// leastGain is the probability from which on a span is better taken than left.
const leastGain = 0.36

// Choose picks spans that do not overlap, ascending, such that the sum of their confidences over leastGain is greatest.
func Choose(spans []Span, length int) []Span {
	byEnd := slices.Clone(spans)
	slices.SortStableFunc(byEnd, func(a, b Span) int { return a.End - b.End })
	gain, taken := make([]float64, length+1), make([]int, length+1)
	next := 0
	for p := 1; p <= length; p++ {
		gain[p], taken[p] = gain[p-1], -1
		for ; next < len(byEnd) && byEnd[next].End == p; next++ {
			s := &byEnd[next]
			if g := gain[s.Start] + s.Confidence - leastGain; g > gain[p] {
				gain[p], taken[p] = g, next
			}
		}
	}
	var chosen []Span
	for p := length; p > 0; {
		if taken[p] < 0 {
			p--
			continue
		}
		chosen = append(chosen, byEnd[taken[p]])
		p = byEnd[taken[p]].Start
	}
	slices.Reverse(chosen)
	return chosen
}

// Candidates returns all spans of a sequence that are at least so probable, ascending by start; they may overlap.
func (t *Tagger) Candidates(s *Sequence, least float64) []Span {
	if s.Len == 0 {
		return nil
	}
	t.sum(s)
	t.lead(s.Len)
	var spans []Span
	t.runs(s.Len, true, func(from, to, base int, _ uint64) {
		t.weigh(from, to, base, s.Len, from)
		t.lattice.each(least, func(c Span) {
			c.Start += from
			c.End += from
			spans = append(spans, c)
		})
	})
	return spans
}

// weigh sums over the labelings of [start, end), where all around is outside, with the kinds that are likely, of the stretch last bound,
// which begins at base; what ends at a position from first on can be asked for its confidence then.
func (t *Tagger) weigh(start, end, base, n, first int) {
	m, L, W, l := t.m, t.m.labels, t.m.words, t.lattice
	l.reset(end - start)
	for p := start; p < end; p++ {
		scores, w := t.scores[p*8*W:p*8*W+L], l.weight[(p-start)*L:(p-start+1)*L]
		top := scores[outside] + max(0, t.other[p])
		w[outside] = t.exponential(top - scores[outside])
		for k := range m.Kinds {
			own := w[1+4*k : 5+4*k]
			if t.bound.likely[p-base]>>k&1 == 0 {
				clear(own)
				continue
			}
			for i, score := range scores[1+4*k : 5+4*k] {
				own[i] = t.exponential(top - score)
			}
		}
	}
	if start > 0 {
		l.opening(func(to int) { l.weight[to] *= l.expTrans[to] })
	}
	if end < n {
		last := l.weight[(end-start-1)*L:]
		l.closing(func(from int) { last[from] *= l.expTrans[from*L] })
	}
	l.forward()
	l.backward(first - start)
}

// exponential is that of so many units below zero.
func (t *Tagger) exponential(below int32) float64 {
	if int(below) < len(t.exps) {
		return t.exps[below]
	}
	return 0
}

// least is the logarithm of what is too little to be weighed.
const least = -40

// exponentials are those of all differences of scores that can be weighed, by the difference in units.
func (m *Model) exponentials() []float64 {
	all := make([]float64, 1+int(min(1<<16, -least/m.unit)))
	for i := range all {
		all[i] = math.Exp(-float64(i) * float64(m.unit))
	}
	return all
}

// each calls f with every span of at least a probability, after forward and backward, ascending by start.
func (l *lattice) each(least float64, f func(Span)) {
	L := l.labels
	for start := range l.n {
		a, b := l.alpha[start*L:(start+1)*L], l.beta[start*L:(start+1)*L]
		for k := range l.kinds {
			if i := labelOf(k, single); a[i]*b[i] >= least {
				f(Span{Start: start, End: start + 1, Kind: k, Confidence: min(1, a[i]*b[i])})
			}
			at := labelOf(k, begin)
			v := a[at]
			if v*b[at] < least {
				continue
			}
			for p := start + 1; p < l.n; p++ {
				w, back, inv := l.weight[p*L:(p+1)*L], l.beta[p*L:(p+1)*L], 1/l.scale[p]
				stop, on := labelOf(k, end), labelOf(k, inside)
				if whole := v * l.expTrans[at*L+stop] * w[stop] * inv * back[stop]; whole >= least {
					f(Span{Start: start, End: p + 1, Kind: k, Confidence: min(1, whole)})
				}
				if v *= l.expTrans[at*L+on] * w[on] * inv; v*back[on] < least {
					break
				}
				at = on
			}
		}
	}
}
