package tagger

import (
	"math"
	"math/bits"
	"slices"
)

// lattice is the space in which the labels of one sequence are searched and summed over. Scores are logarithms.
type lattice struct {
	kinds  int
	labels int
	// Transitions that are possible, by their kind: between labels that end a span or lie outside and those that begin one or
	// lie outside (closed), and within spans.
	transitions []float32 // labels × labels, by from*labels+to; only the possible ones are used
	expTrans    []float64
	// The same exponentials as forward and backward go through them: by label that may begin what follows, those of all that may
	// end what was; the other way round; and of each kind those within spans, begin and inside to inside, and both to end.
	into, out, within []float64

	n           int
	emit        []float32 // n × labels
	alpha       []float64 // scaled, n × labels
	beta        []float64
	scale       []float64 // of alpha at each position
	top         []float32 // the largest of emit at each position, for total
	weight      []float64 // exp of emit, with the largest of a position at 1
	ends, opens []float64 // of one position, for forward and backward
	best        []float32
	from        []uint8

	// For viterbi: the worst transition from outside, and by label the best transition that it has, to outside or the begin of a
	// span and to a span of one position; and the labels that may be better than outside.
	worst, worstSingle     float32
	kindest, kindestSingle []float32
	rivals, singleRivals   []int
}

func newLattice(kinds int) *lattice {
	l := &lattice{kinds: kinds, labels: 1 + 4*kinds}
	sides := 1 + 2*kinds
	l.ends, l.opens = make([]float64, sides), make([]float64, sides)
	l.into, l.out, l.within = make([]float64, sides*sides), make([]float64, sides*sides), make([]float64, 4*kinds)
	l.kindest, l.kindestSingle = make([]float32, l.labels), make([]float32, l.labels)
	l.transitions = make([]float32, l.labels*l.labels)
	l.expTrans = make([]float64, l.labels*l.labels)
	return l
}

// setTransitions takes the weights of the transitions.
func (l *lattice) setTransitions(w []float32) {
	copy(l.transitions, w)
	for i, v := range w {
		l.expTrans[i] = math.Exp(float64(v))
	}
	L, T := l.labels, l.expTrans
	from := 0
	l.closing(func(last int) {
		to, sides := 0, len(l.ends)
		l.opening(func(first int) {
			l.into[to*sides+from], l.out[from*sides+to] = T[last*L+first], T[last*L+first]
			to++
		})
		from++
	})
	for k := range l.kinds {
		b, i, e := labelOf(k, begin), labelOf(k, inside), labelOf(k, end)
		l.within[4*k], l.within[4*k+1], l.within[4*k+2], l.within[4*k+3] = T[b*L+i], T[i*L+i], T[b*L+e], T[i*L+e]
	}
	l.worst, l.worstSingle = w[outside], float32(math.Inf(1))
	for i := range l.labels {
		l.kindest[i], l.kindestSingle[i] = w[i*L+outside], float32(math.Inf(-1))
	}
	for k := range l.kinds {
		b, s := labelOf(k, begin), labelOf(k, single)
		l.worst, l.worstSingle = min(l.worst, w[b]), min(l.worstSingle, w[s])
		for i := range l.labels {
			l.kindest[i], l.kindestSingle[i] = max(l.kindest[i], w[i*L+b]), max(l.kindestSingle[i], w[i*L+s])
		}
	}
}

// reset makes room for n positions, with all scores zero.
func (l *lattice) reset(n int) {
	l.n = n
	size := n * l.labels
	if cap(l.emit) < size {
		l.emit = make([]float32, size)
		l.alpha, l.beta, l.weight = make([]float64, size), make([]float64, size), make([]float64, size)
		l.best, l.from = make([]float32, size), make([]uint8, size)
		l.scale, l.top = make([]float64, n), make([]float32, n)
	}
	l.emit = l.emit[:size]
	clear(l.emit)
	if cap(l.scale) < n {
		l.scale, l.top = make([]float64, n), make([]float32, n)
	}
	l.scale, l.top = l.scale[:n], l.top[:n]
	l.alpha, l.beta, l.weight, l.best, l.from = l.alpha[:size], l.beta[:size], l.weight[:size], l.best[:size], l.from[:size]
}

// closing calls f for each label after which a span may begin: outside, and the ends of spans.
func (l *lattice) closing(f func(label int)) {
	f(outside)
	for k := range l.kinds {
		f(labelOf(k, end))
		f(labelOf(k, single))
	}
}

// opening calls f for each label that may stand where no span is open: outside, and the begins of spans.
func (l *lattice) opening(f func(label int)) {
	f(outside)
	for k := range l.kinds {
		f(labelOf(k, begin))
		f(labelOf(k, single))
	}
}

// allowed lists, by label, the labels that may follow it.
func allowed(kinds int) [][]int {
	l := newLattice(kinds)
	next := make([][]int, l.labels)
	l.closing(func(from int) { l.opening(func(to int) { next[from] = append(next[from], to) }) })
	for k := range kinds {
		for _, from := range []int{begin, inside} {
			next[labelOf(k, from)] = []int{labelOf(k, inside), labelOf(k, end)}
		}
	}
	return next
}

// weigh fills weight and top from the scores in emit.
func (l *lattice) weigh() {
	L := l.labels
	for p := range l.n {
		e, w := l.emit[p*L:(p+1)*L], l.weight[p*L:(p+1)*L]
		l.top[p] = slices.Max(e)
		for i, score := range e {
			w[i] = math.Exp(float64(score - l.top[p]))
		}
	}
}

// forward fills alpha and scale from weight.
func (l *lattice) forward() {
	L := l.labels
	for p := range l.n {
		a, w := l.alpha[p*L:(p+1)*L], l.weight[p*L:(p+1)*L]
		if p == 0 {
			clear(a)
			l.opening(func(to int) { a[to] = w[to] })
		} else {
			l.step(l.alpha[(p-1)*L:p*L], a, w)
		}
		if p == l.n-1 { // no span stays open
			for k := range l.kinds {
				a[labelOf(k, begin)], a[labelOf(k, inside)] = 0, 0
			}
		}
		sum := 0.0
		for _, v := range a {
			sum += v
		}
		l.scale[p] = sum
		inv := 1 / sum
		for i := range a {
			a[i] *= inv
		}
	}
}

// total is the logarithm of the sum over all labelings, after forward.
func (l *lattice) total() float64 {
	total := 0.0
	for p, sum := range l.scale {
		total += math.Log(sum) + float64(l.top[p])
	}
	return total
}

// step adds up, for each label at a position, the labels before it.
func (l *lattice) step(before, a, w []float64) {
	ends, into := l.ends, l.into
	ends[0] = before[outside]
	for k := range l.kinds {
		b := (*[4]float64)(before[1+4*k:])
		ends[1+2*k], ends[2+2*k] = b[end], b[single]
	}
	a[outside] = w[outside] * dot(into, ends)
	for k := range l.kinds {
		into = into[len(ends):]
		b, a, w, t := (*[4]float64)(before[1+4*k:]), (*[4]float64)(a[1+4*k:]), (*[4]float64)(w[1+4*k:]), (*[4]float64)(l.within[4*k:])
		if w[begin] == 0 && w[single] == 0 {
			a[begin], a[single] = 0, 0
			into = into[len(ends):]
		} else {
			a[begin] = w[begin] * dot(into, ends)
			into = into[len(ends):]
			a[single] = w[single] * dot(into, ends)
		}
		a[inside] = w[inside] * (b[begin]*t[0] + b[inside]*t[1])
		a[end] = w[end] * (b[begin]*t[2] + b[inside]*t[3])
	}
}

// dot is the product of a with as many numbers of row, in two sums, of which the processor does one beside the other.
func dot(row, a []float64) float64 {
	if len(a) == 11 { // five kinds, the usual number
		r, a := (*[11]float64)(row), (*[11]float64)(a)
		return r[0]*a[0] + r[2]*a[2] + r[4]*a[4] + r[6]*a[6] + r[8]*a[8] + r[10]*a[10] +
			(r[1]*a[1] + r[3]*a[3] + r[5]*a[5] + r[7]*a[7] + r[9]*a[9])
	}
	row = row[:len(a)]
	even, odd, i := 0.0, 0.0, 0
	for ; i+1 < len(a); i += 2 {
		even += row[i] * a[i]
		odd += row[i+1] * a[i+1]
	}
	if i < len(a) {
		even += row[i] * a[i]
	}
	return even + odd
}

// backward fills beta from a position on, scaled as alpha is.
func (l *lattice) backward(first int) {
	L := l.labels
	last := l.beta[(l.n-1)*L : l.n*L]
	clear(last)
	l.closing(func(i int) { last[i] = 1 })
	opens := l.opens
	for p := l.n - 2; p >= first; p-- {
		b, after, w := l.beta[p*L:(p+1)*L], l.beta[(p+1)*L:(p+2)*L], l.weight[(p+1)*L:(p+2)*L]
		inv := 1 / l.scale[p+1]
		opens[0] = after[outside] * w[outside] * inv
		for k := range l.kinds {
			after, w := (*[4]float64)(after[1+4*k:]), (*[4]float64)(w[1+4*k:])
			opens[1+2*k], opens[2+2*k] = after[begin]*w[begin]*inv, after[single]*w[single]*inv
		}
		out := l.out
		b[outside] = dot(out, opens)
		for k := range l.kinds {
			b, after, w, t := (*[4]float64)(b[1+4*k:]), (*[4]float64)(after[1+4*k:]), (*[4]float64)(w[1+4*k:]), (*[4]float64)(l.within[4*k:])
			out = out[len(opens):]
			if own := (*[4]float64)(l.weight[p*L+1+4*k:]); own[end] == 0 && own[single] == 0 { // nothing leads there
				b[end], b[single] = 0, 0
				out = out[len(opens):]
			} else {
				b[end] = dot(out, opens)
				out = out[len(opens):]
				b[single] = dot(out, opens)
			}
			on, stop := after[inside]*w[inside]*inv, after[end]*w[end]*inv
			b[begin] = on*t[0] + stop*t[2]
			b[inside] = on*t[1] + stop*t[3]
		}
	}
}

// viterbi returns the best labeling in which each position has outside or labels of the kinds that its set of bits in possible has.
func (l *lattice) viterbi(path []uint8, possible []uint64) []uint8 {
	L, T := l.labels, l.transitions
	const never = float32(-1e30)
	for p, kinds := range possible {
		e, s, from := l.emit[p*L:(p+1)*L], l.best[p*L:(p+1)*L], l.from[p*L:(p+1)*L]
		if p == 0 {
			s[outside] = e[outside]
			for ; kinds != 0; kinds &= kinds - 1 {
				i := 1 + 4*bits.TrailingZeros64(kinds)
				s[i+begin], s[i+inside], s[i+end], s[i+single] = e[i+begin], never, never, e[i+single]
			}
			continue
		}
		before, front := l.best[(p-1)*L:p*L], possible[p-1]
		if front == 0 {
			l.rivals, l.singleRivals = l.rivals[:0], l.singleRivals[:0]
		} else {
			l.contenders(before, front)
		}
		reach := func(to int, rivals []int) {
			best, at := before[outside]+T[to], outside
			for _, i := range rivals {
				if v := before[i] + T[i*L+to]; v > best {
					best, at = v, i
				}
			}
			s[to], from[to] = best+e[to], uint8(at)
		}
		reach(outside, l.rivals)
		for ; kinds != 0; kinds &= kinds - 1 {
			k := bits.TrailingZeros64(kinds)
			i := 1 + 4*k
			reach(i+begin, l.rivals)
			reach(i+single, l.singleRivals)
			if front>>k&1 == 0 {
				s[i+inside], s[i+end] = never, never
				continue
			}
			for _, to := range [2]int{i + inside, i + end} {
				x, y := before[i]+T[i*L+to], before[i+1]+T[(i+1)*L+to]
				if x >= y {
					s[to], from[to] = x+e[to], uint8(i)
				} else {
					s[to], from[to] = y+e[to], uint8(i+1)
				}
			}
		}
	}
	last := l.best[(l.n-1)*L : l.n*L]
	at, best := outside, last[outside]
	for kinds := possible[l.n-1]; kinds != 0; kinds &= kinds - 1 {
		i := 1 + 4*bits.TrailingZeros64(kinds)
		for _, to := range [2]int{i + end, i + single} {
			if last[to] > best {
				best, at = last[to], to
			}
		}
	}
	path = append(path[:0], make([]uint8, l.n)...)
	for p := l.n - 1; p >= 0; p-- {
		path[p] = uint8(at)
		at = int(l.from[p*L+at])
	}
	return path
}

// confidence is the probability of a span after forward and backward.
func (l *lattice) confidence(s Span) float64 {
	L := l.labels
	if s.End-s.Start == 1 {
		i := s.Start*L + labelOf(s.Kind, single)
		return l.alpha[i] * l.beta[i]
	}
	at := labelOf(s.Kind, begin)
	v := l.alpha[s.Start*L+at]
	for p := s.Start + 1; p < s.End; p++ {
		to := labelOf(s.Kind, inside)
		if p == s.End-1 {
			to = labelOf(s.Kind, end)
		}
		v *= l.expTrans[at*L+to] * l.weight[p*L+to] / l.scale[p]
		at = to
	}
	return v * l.beta[(s.End-1)*L+at]
}

// contenders lists the labels that end spans and may lead on better than outside does: most are so far behind that no transition
// makes up for it, and need not be looked at again for each label that follows.
func (l *lattice) contenders(before []float32, kinds uint64) {
	l.rivals, l.singleRivals = l.rivals[:0], l.singleRivals[:0]
	level, singleLevel := before[outside]+l.worst, before[outside]+l.worstSingle
	for ; kinds != 0; kinds &= kinds - 1 {
		k := bits.TrailingZeros64(kinds)
		for _, i := range [2]int{labelOf(k, end), labelOf(k, single)} {
			if before[i]+l.kindest[i] >= level {
				l.rivals = append(l.rivals, i)
			}
			if before[i]+l.kindestSingle[i] >= singleLevel {
				l.singleRivals = append(l.singleRivals, i)
			}
		}
	}
}

// spansOf reads the spans off a labeling.
func spansOf(path []uint8, add func(start, end, kind int)) {
	for p := 0; p < len(path); p++ {
		if path[p] == outside {
			continue
		}
		kind, part := (int(path[p])-1)/4, (int(path[p])-1)%4
		start := p
		if part == begin {
			for p++; p < len(path)-1 && (int(path[p])-1)%4 != end; p++ {
			}
		}
		add(start, p+1, kind)
	}
}
