package tagger

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"sync"
)

// Options say how to train. The zero value of each field has a meaning.
type Options struct {
	Families []Slots                       // by Family, the slots that its observations use; all for those beyond the list
	Drop     map[Family]float64            // share of a family's observations that are left out in training, so that the model does not rest on them
	Least    int                           // an observation is learnt if it is seen at least so often; 2 if 0
	Epochs   int                           // passes over the examples; 12 if 0
	Rate     float64                       // of learning; 0.2 if 0
	Penalty  float64                       // on absolute values, in units of one example; 0.02 if 0
	Members  int                           // models that are trained with seeds of their own and averaged; 1 if 0. Two are trained at a time
	Seed     uint64                        // of the order of the examples and of what is left out
	Progress func(epoch int, loss float64) // called after each epoch of the first member, by one goroutine
}

func (o *Options) defaults() {
	if o.Least == 0 {
		o.Least = 2
	}
	if o.Epochs == 0 {
		o.Epochs = 12
	}
	if o.Rate == 0 {
		o.Rate = 0.2
	}
	if o.Penalty == 0 {
		o.Penalty = 0.02
	}
}

func maskOf(families []Slots, f Family) Slots {
	if int(f) < len(families) {
		return families[f]
	}
	return AllSlots
}

// Train learns a model from examples. Its time is proportional to epochs times observations times kinds, on one processor;
// its memory to the different observations times kinds. It returns an error if there is nothing to learn, if a gold span is
// out of its sequence, or if ctx ends.
func Train(ctx context.Context, kinds []string, examples []Example, o Options) (*Model, error) {
	o.defaults()
	if len(kinds) == 0 || len(kinds) > 60 {
		return nil, fmt.Errorf("train: %d kinds: give 1 to 60", len(kinds))
	}
	spans := 0
	for i := range examples {
		if err := check(&examples[i], len(kinds)); err != nil {
			return nil, fmt.Errorf("train: example %d: %w", i, err)
		}
		spans += len(examples[i].Gold)
	}
	if spans == 0 {
		return nil, errors.New("train: no example has a marked span")
	}
	t := newTrainer(kinds, examples, o)
	if err := t.trainMembers(ctx); err != nil {
		return nil, err
	}
	return t.model(), nil
}

// trainMembers trains all members and leaves the mean of their weights in t. Averaging models that differ by the order of
// learning takes out what each learnt by chance.
func (t *trainer) trainMembers(ctx context.Context) error {
	const atATime = 2
	members := max(1, t.o.Members)
	for from := 0; from < members; from += atATime {
		var running sync.WaitGroup
		group := make([]*trainer, min(atATime, members-from))
		errs := make([]error, len(group))
		for i := range group {
			group[i] = t.member(from + i)
			running.Go(func() { errs[i] = group[i].run(ctx, from+i == 0) })
		}
		running.Wait()
		if err := errors.Join(errs...); err != nil {
			return errs[0]
		}
		for _, g := range group {
			for i, w := range g.weights {
				t.weights[i] += w / float32(members)
			}
			for i, w := range g.trans {
				t.trans[i] += w / float32(members)
			}
		}
	}
	return nil
}

// member is a trainer for the same examples with weights and a seed of its own.
func (t *trainer) member(n int) *trainer {
	m := *t
	m.lattice = newLattice(len(t.kinds))
	m.rng = rand.New(rand.NewPCG(t.o.Seed+uint64(n), 0x7E57))
	m.order = slices.Clone(t.order)
	m.weights, m.squares, m.sums = make([]float32, len(t.weights)), make([]float32, len(t.weights)), make([]float32, len(t.weights))
	m.touched = make([]uint32, len(t.weights)/t.labels)
	m.trans, m.transSq = make([]float32, len(t.trans)), make([]float32, len(t.trans))
	return &m
}

// run is the training of one member; its weights are then the means over the later two thirds of its steps.
func (t *trainer) run(ctx context.Context, report bool) error {
	for epoch := range t.o.Epochs {
		loss, err := t.epoch(ctx)
		if err != nil {
			return err
		}
		if report && t.o.Progress != nil {
			t.o.Progress(epoch+1, loss)
		}
	}
	for slot := range t.touched {
		t.pay(uint32(slot))
	}
	for i, w := range t.weights {
		if w != 0 { // what the penalty took away stays away
			t.weights[i] = t.sums[i] / float32(t.step-t.from)
		}
	}
	t.squares, t.sums = nil, nil
	return nil
}

func check(e *Example, kinds int) error {
	last := 0
	for _, g := range e.Gold {
		if g.Start < last || g.End <= g.Start || g.End > e.Len || g.Kind < 0 || g.Kind >= kinds {
			return fmt.Errorf("span %d to %d of kind %d does not fit a sequence of %d, or overlaps the one before", g.Start, g.End, g.Kind, e.Len)
		}
		last = g.End
	}
	for _, o := range e.Observations {
		if o.Start < 0 || o.End <= o.Start || int(o.End) > e.Len {
			return fmt.Errorf("observation %d to %d does not fit a sequence of %d", o.Start, o.End, e.Len)
		}
	}
	return nil
}

// seen is an observation of an example whose weights are known.
type seen struct {
	start, end int32
	row        uint32
	family     Family
}

type trainer struct {
	o        Options
	kinds    []string
	labels   int
	examples []Example
	seen     [][]seen
	keys     []uint64 // by row, mixed
	families []Family // by row
	first    []uint32 // by row, its first slot row
	weights  []float32
	squares  []float32 // sums of squared gradients
	touched  []uint32  // by slot row, the step at which its penalty was last paid
	sums     []float32 // of the weights over the steps since averaging began
	from     uint32    // the step at which averaging begins
	trans    []float32
	transSq  []float32
	next     [][]int
	lattice  *lattice
	grad     []float32 // of emissions, positions × labels
	order    []int
	step     uint32
	rng      *rand.Rand
	keep     []bool
}

func newTrainer(kinds []string, examples []Example, o Options) *trainer {
	t := &trainer{o: o, kinds: kinds, labels: 1 + 4*len(kinds), examples: examples, lattice: newLattice(len(kinds)), next: allowed(len(kinds))}
	counts := map[uint64]uint32{}
	for i := range examples {
		for _, ob := range examples[i].Observations {
			counts[mix(ob.Key, ob.Family)]++
		}
	}
	rows := map[uint64]uint32{}
	slots := uint32(0)
	t.seen = make([][]seen, len(examples))
	for i := range examples {
		e := &examples[i]
		kept := make([]seen, 0, len(e.Observations))
		for _, ob := range e.Observations {
			key := mix(ob.Key, ob.Family)
			if counts[key] < uint32(o.Least) {
				continue
			}
			row, ok := rows[key]
			if !ok {
				row = uint32(len(t.keys))
				rows[key] = row
				t.keys = append(t.keys, key)
				t.families = append(t.families, ob.Family)
				t.first = append(t.first, slots)
				slots += slotCount
			}
			kept = append(kept, seen{ob.Start, ob.End, row, ob.Family})
		}
		t.seen[i] = kept
		t.order = append(t.order, i)
	}
	t.weights = make([]float32, int(slots)*t.labels)
	t.from = uint32(o.Epochs * len(examples) / 3)
	t.trans = make([]float32, t.labels*t.labels)
	return t
}

func (t *trainer) epoch(ctx context.Context) (loss float64, err error) {
	t.rng.Shuffle(len(t.order), func(i, j int) { t.order[i], t.order[j] = t.order[j], t.order[i] })
	for n, i := range t.order {
		if n%256 == 0 && ctx.Err() != nil {
			return 0, ctx.Err()
		}
		if t.examples[i].Len > 0 {
			loss += t.learn(i)
		}
	}
	return loss / float64(max(1, len(t.order))), nil
}

// pay applies the penalty that a slot row owes since it was last used, at the rate that each weight has now.
func (t *trainer) pay(slot uint32) {
	due := t.step - t.touched[slot]
	t.touched[slot] = t.step
	if due == 0 {
		return
	}
	penalty := float32(t.o.Rate*t.o.Penalty) * float32(due) / float32(len(t.examples))
	w, sq := t.weights[int(slot)*t.labels:(int(slot)+1)*t.labels], t.squares[int(slot)*t.labels:(int(slot)+1)*t.labels]
	if t.step > t.from {
		share := float32(min(due, t.step-t.from))
		for i, v := range w {
			t.sums[int(slot)*t.labels+i] += share * v
		}
	}
	for i, v := range w {
		if v == 0 {
			continue
		}
		cut := penalty / (1e-3 + float32(math.Sqrt(float64(sq[i]))))
		switch {
		case v > cut:
			w[i] = v - cut
		case v < -cut:
			w[i] = v + cut
		default:
			w[i] = 0
		}
	}
}

// learn takes one step on one example and returns its loss, the negative logarithm of the probability of the gold labels.
func (t *trainer) learn(i int) float64 {
	e, L := &t.examples[i], t.labels
	t.step++
	l := t.lattice
	l.reset(e.Len)
	l.setTransitions(t.trans)
	all := t.seen[i]
	if cap(t.keep) < len(all) {
		t.keep = make([]bool, len(all))
	}
	t.keep = t.keep[:len(all)]
	for n := range all {
		s := &all[n]
		t.keep[n] = true
		if d, ok := t.o.Drop[s.family]; ok && t.rng.Float64() < d {
			t.keep[n] = false
			continue
		}
		ob := Observation{Start: s.start, End: s.end}
		ob.slots(int32(e.Len), maskOf(t.o.Families, s.family), func(p int32, slot int) {
			at := t.first[s.row] + uint32(slot)
			t.pay(at)
			w := t.weights[int(at)*L : (int(at)+1)*L]
			to := l.emit[int(p)*L : (int(p)+1)*L]
			for k, v := range w {
				to[k] += v
			}
		})
	}
	l.weigh()
	l.forward()
	z := l.total()
	l.backward(0)

	// The gradient of the logarithm of the probability: what the gold has, less what the model expects.
	if cap(t.grad) < len(l.emit) {
		t.grad = make([]float32, len(l.emit))
	}
	t.grad = t.grad[:len(l.emit)]
	for k := range t.grad {
		t.grad[k] = -float32(l.alpha[k] * l.beta[k])
	}
	path := goldPath(e)
	score := 0.0
	for p, label := range path {
		t.grad[p*L+int(label)]++
		score += float64(l.emit[p*L+int(label)])
		if p > 0 {
			score += float64(t.trans[int(path[p-1])*L+int(label)])
		}
	}
	t.learnTransitions(path)
	rate := float32(t.o.Rate)
	for n := range all {
		if !t.keep[n] {
			continue
		}
		s := &all[n]
		ob := Observation{Start: s.start, End: s.end}
		ob.slots(int32(e.Len), maskOf(t.o.Families, s.family), func(p int32, slot int) {
			at := int(t.first[s.row]) + slot
			w, sq := t.weights[at*L:(at+1)*L], t.squares[at*L:(at+1)*L]
			for k, g := range t.grad[int(p)*L : (int(p)+1)*L] {
				if g > 1e-4 || g < -1e-4 {
					sq[k] += g * g
					w[k] += rate * g / (1e-3 + float32(math.Sqrt(float64(sq[k]))))
				}
			}
		})
	}
	return z - score
}

func goldPath(e *Example) []uint8 {
	path := make([]uint8, e.Len)
	for _, g := range e.Gold {
		if g.End-g.Start == 1 {
			path[g.Start] = uint8(labelOf(g.Kind, single))
			continue
		}
		for p := g.Start; p < g.End; p++ {
			path[p] = uint8(labelOf(g.Kind, inside))
		}
		path[g.Start], path[g.End-1] = uint8(labelOf(g.Kind, begin)), uint8(labelOf(g.Kind, end))
	}
	return path
}

func (t *trainer) learnTransitions(path []uint8) {
	l, L := t.lattice, t.labels
	grad := make([]float64, L*L)
	for p := 1; p < l.n; p++ {
		before, after, w := l.alpha[(p-1)*L:p*L], l.beta[p*L:(p+1)*L], l.weight[p*L:(p+1)*L]
		inv := 1 / l.scale[p]
		for from, list := range t.next {
			a := before[from] * inv
			if a < 1e-9 {
				continue
			}
			for _, to := range list {
				grad[from*L+to] -= a * l.expTrans[from*L+to] * w[to] * after[to]
			}
		}
		grad[int(path[p-1])*L+int(path[p])]++
	}
	for i, g := range grad {
		if g != 0 {
			t.transSq[i] += float32(g * g)
			t.trans[i] += float32(t.o.Rate * g / (1e-3 + math.Sqrt(float64(t.transSq[i]))))
		}
	}
}

// leastWeight is the absolute value, of 127, that some weight of a slot row must have for the row to be kept. What is left out
// changes scores by a few hundredths, and is a third of all rows.
const leastWeight = 3

// model prunes and quantises what was learnt.
func (t *trainer) model() *Model {
	top := float32(0)
	for _, w := range t.weights {
		top = max(top, w, -w)
	}
	for _, w := range t.trans {
		top = max(top, w, -w)
	}
	m := newModel(t.kinds, t.o.Families, top/127)
	copy(m.transitions, t.trans)
	order := make([]int, len(t.keys))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		if t.keys[a] < t.keys[b] {
			return -1
		}
		return 1
	})
	row := make([]int8, t.labels)
	var weights []int8 // slot rows
	for _, r := range order {
		mask := maskOf(t.o.Families, t.families[r])
		var held Slots
		at := len(weights)
		for slot := range slotCount {
			if mask>>slot&1 == 0 {
				continue
			}
			some := false
			from := (int(t.first[r]) + slot) * t.labels
			for k, w := range t.weights[from : from+t.labels] {
				row[k] = int8(math.RoundToEven(float64(w / m.unit)))
				some = some || row[k] >= leastWeight || row[k] <= -leastWeight
			}
			if some {
				held |= 1 << slot
				weights = append(weights, row...)
			}
		}
		if held != 0 {
			m.keys = append(m.keys, t.keys[r])
			m.rows = append(m.rows, rowRef{uint32(at / t.labels), held})
		}
	}
	m.index()
	columns, rows := make([]byte, len(weights)), len(weights)/t.labels
	for i, w := range weights {
		columns[i%t.labels*rows+i/t.labels] = byte(w)
	}
	m.pack(columns, rows)
	return m
}
