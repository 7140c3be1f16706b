package relate

import (
	"encoding/binary"
	"math"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"unicode/utf8"
)

// Most sentences match no form, and package regexp takes microseconds to find that out: it follows an expression with groups by
// trying. Whether an expression matches at all is answered by an automaton instead, whose states are made as texts ask for them
// (the lazy DFA of Thompson's construction); only what matches is read by package regexp.

// alphabet divides all characters into classes, of which no expression that it was made for tells two members apart.
type alphabet struct {
	cuts  []rune   // where classes begin, ascending; the first is 0
	basic []uint16 // the classes of the basic plane; nil for a small alphabet
}

// newAlphabet makes an alphabet for programs, with some characters that are classes of their own. A table makes it faster, and takes
// 128 kB.
func newAlphabet(programs []*syntax.Prog, own []rune, table bool) *alphabet {
	a := &alphabet{cuts: []rune{0, '\n', '\n' + 1}}
	for _, r := range own {
		a.cuts = append(a.cuts, r, r+1)
	}
	for _, p := range programs {
		for _, ranges := range rangesOf(p) {
			for n := 0; n < len(ranges); n += 2 {
				a.cuts = append(a.cuts, ranges[n], ranges[n+1]+1)
			}
		}
	}
	slices.Sort(a.cuts)
	a.cuts = slices.Compact(a.cuts)
	if table {
		basic := make([]uint16, 1<<16)
		for r, n := rune(0), 0; r < 1<<16; r++ {
			if n+1 < len(a.cuts) && a.cuts[n+1] == r {
				n++
			}
			basic[r] = uint16(n)
		}
		a.basic = basic
	}
	return a
}

// rangesOf lists what the instructions of a program read, each set of characters once, as first and last characters of ranges.
func rangesOf(p *syntax.Prog) [][]rune {
	var all [][]rune
	known := make(map[string]bool)
	var key []byte
	for i := range p.Inst {
		var ranges []rune
		switch in := &p.Inst[i]; {
		case in.Op == syntax.InstRuneAny:
			ranges = []rune{0, utf8.MaxRune}
		case in.Op == syntax.InstRuneAnyNotNL:
			ranges = []rune{0, '\n' - 1, '\n' + 1, utf8.MaxRune}
		case !read(in):
			continue
		case len(in.Rune) == 1:
			ranges = []rune{in.Rune[0], in.Rune[0]}
		default:
			ranges = in.Rune
		}
		key = key[:0]
		for _, r := range ranges {
			key = binary.LittleEndian.AppendUint32(key, uint32(r))
		}
		if !known[string(key)] {
			known[string(key)] = true
			all = append(all, ranges)
		}
	}
	return all
}

func (a *alphabet) class(r rune) uint16 {
	if int(r) < len(a.basic) {
		return a.basic[r]
	}
	lo, hi := 0, len(a.cuts)
	for lo+1 < hi {
		if mid := (lo + hi) / 2; a.cuts[mid] <= r {
			lo = mid
		} else {
			hi = mid
		}
	}
	return uint16(lo)
}

// classes are those of the characters of a text, appended to those given.
func (a *alphabet) classes(out []uint16, s string) []uint16 {
	for _, r := range s {
		out = append(out, a.class(r))
	}
	return out
}

// maxStates bounds the states of an automaton. What needs more is left to package regexp.
const maxStates = 600

// automaton tells whether an expression matches. It is safe for concurrent use: states are made under a lock and read without.
type automaton struct {
	prog *syntax.Prog
	*alphabet
	of    []uint8 // by class of the alphabet, the class of this expression
	some  []rune  // by class of this expression, one of its characters
	first *state  // at the beginning of a text

	mu    sync.Mutex
	known map[string]*state
}

// state is a set of places in a program where a match may have come to.
type state struct {
	at       []uint32 // of instructions that read a character or wait for the end, ascending
	matched  bool     // whatever follows
	atEnd    bool     // if nothing follows
	overflow bool     // there are too many states: nothing is known
	next     []atomic.Pointer[state]
}

// program compiles an expression; nil if it uses what an automaton does not do.
func program(expr string) *syntax.Prog {
	tree, err := syntax.Parse(expr, syntax.Perl)
	if err != nil {
		return nil
	}
	p, err := syntax.Compile(tree.Simplify())
	if err != nil {
		return nil
	}
	for i := range p.Inst {
		switch in := &p.Inst[i]; {
		case in.Op == syntax.InstEmptyWidth && syntax.EmptyOp(in.Arg)&^(syntax.EmptyBeginText|syntax.EmptyEndText) != 0:
			return nil
		case (in.Op == syntax.InstRune || in.Op == syntax.InstRune1) && syntax.Flags(in.Arg)&syntax.FoldCase != 0:
			return nil
		}
	}
	return p
}

// newAutomaton makes an automaton over an alphabet that the program was among.
func newAutomaton(p *syntax.Prog, a *alphabet) *automaton {
	m := &automaton{prog: p, alphabet: a, of: make([]uint8, len(a.cuts)), known: make(map[string]*state)}
	// Classes are one if all instructions read them alike: each set of characters parts those that it holds some of.
	size := []int{len(a.cuts)}
	for _, ranges := range rangesOf(p) {
		held := make([]int, len(size))
		each := func(f func(class int)) {
			for n := 0; n < len(ranges); n += 2 {
				for c := int(a.class(ranges[n])); c <= int(a.class(ranges[n+1])); c++ {
					f(c)
				}
			}
		}
		each(func(c int) { held[m.of[c]]++ })
		to := make([]int, len(held))
		for id, n := range held {
			if to[id] = id; n > 0 && n < size[id] {
				to[id] = len(size)
				size[id] -= n
				size = append(size, n)
			}
		}
		if len(size) > math.MaxUint8 {
			return nil
		}
		each(func(c int) { m.of[c] = uint8(to[m.of[c]]) })
	}
	m.some = make([]rune, len(size))
	for c := len(a.cuts) - 1; c >= 0; c-- {
		m.some[m.of[c]] = a.cuts[c]
	}
	m.first = m.state(m.follow(nil, uint32(p.Start), syntax.EmptyBeginText))
	return m
}

func read(in *syntax.Inst) bool {
	switch in.Op {
	case syntax.InstRune, syntax.InstRune1, syntax.InstRuneAny, syntax.InstRuneAnyNotNL:
		return true
	}
	return false
}

// follow adds to a set all instructions that are reached from one without reading a character.
func (m *automaton) follow(set []uint32, pc uint32, now syntax.EmptyOp) []uint32 {
	if slices.Contains(set, pc) {
		return set
	}
	set = append(set, pc)
	switch in := &m.prog.Inst[pc]; in.Op {
	case syntax.InstAlt, syntax.InstAltMatch:
		set = m.follow(set, in.Out, now)
		set = m.follow(set, in.Arg, now)
	case syntax.InstCapture, syntax.InstNop:
		set = m.follow(set, in.Out, now)
	case syntax.InstEmptyWidth:
		if syntax.EmptyOp(in.Arg)&^now == 0 {
			set = m.follow(set, in.Out, now)
		}
	}
	return set
}

// state is the state of a set of instructions.
func (m *automaton) state(set []uint32) *state {
	var at []uint32
	matched := false
	for _, pc := range set {
		switch in := &m.prog.Inst[pc]; {
		case in.Op == syntax.InstMatch:
			matched = true
		case read(in) || in.Op == syntax.InstEmptyWidth && syntax.EmptyOp(in.Arg)&syntax.EmptyEndText != 0:
			at = append(at, pc)
		}
	}
	slices.Sort(at)
	at = slices.Compact(at)
	key := make([]byte, 0, 2*len(at)+1)
	if matched {
		key = append(key, '!')
	}
	for _, pc := range at {
		key = append(key, byte(pc), byte(pc>>8), byte(pc>>16))
	}
	if s, ok := m.known[string(key)]; ok {
		return s
	}
	s := &state{at: at, matched: matched, atEnd: matched, next: make([]atomic.Pointer[state], len(m.some))}
	if s.overflow = len(m.known) >= maxStates; s.overflow {
		s.next = nil
		return s
	}
	var last []uint32
	for _, pc := range at {
		if in := &m.prog.Inst[pc]; in.Op == syntax.InstEmptyWidth {
			last = m.follow(last, in.Out, syntax.EmptyEndText)
		}
	}
	s.atEnd = s.atEnd || slices.ContainsFunc(last, func(pc uint32) bool { return m.prog.Inst[pc].Op == syntax.InstMatch })
	m.known[string(key)] = s
	return s
}

// step is the state behind a character of a class.
func (m *automaton) step(s *state, class uint8) *state {
	m.mu.Lock()
	defer m.mu.Unlock()
	var set []uint32
	r := m.some[class]
	for _, pc := range s.at {
		if in := &m.prog.Inst[pc]; read(in) && in.MatchRune(r) {
			set = m.follow(set, in.Out, 0)
		}
	}
	set = m.follow(set, uint32(m.prog.Start), 0) // a match may begin anywhere
	next := m.state(set)
	s.next[class].Store(next)
	return next
}

// may reports whether a text whose characters are of the given classes may match; if it is false, it does not.
func (m *automaton) may(classes []uint16) bool {
	s := m.first
	for _, c := range classes {
		if s.decided() {
			break
		}
		s = m.after(s, m.of[c])
	}
	return s.matched || s.atEnd || s.overflow
}

// mayMatch is may for a text.
func (m *automaton) mayMatch(text string) bool {
	s := m.first
	for _, r := range text {
		if s.decided() {
			break
		}
		s = m.after(s, m.of[m.class(r)])
	}
	return s.matched || s.atEnd || s.overflow
}

// decided reports whether what follows changes nothing.
func (s *state) decided() bool { return s.matched || s.overflow || len(s.at) == 0 }

func (m *automaton) after(s *state, class uint8) *state {
	if next := s.next[class].Load(); next != nil {
		return next
	}
	return m.step(s, class)
}

// pattern is an expression that seldom matches. It is compiled when it is first asked.
type pattern struct {
	re    func() *regexp.Regexp
	quick func() *automaton // nil if there is none
}

func newPattern(expr string) *pattern {
	return &pattern{
		re: sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) }),
		quick: sync.OnceValue(func() *automaton {
			p := program(expr)
			if p == nil {
				return nil
			}
			return newAutomaton(p, newAlphabet([]*syntax.Prog{p}, nil, false))
		}),
	}
}

func (p *pattern) may(s string) bool {
	quick := p.quick()
	return quick == nil || quick.mayMatch(s)
}

// The methods of package regexp.

func (p *pattern) MatchString(s string) bool { return p.may(s) && p.re().MatchString(s) }

func (p *pattern) FindString(s string) string {
	if !p.may(s) {
		return ""
	}
	return p.re().FindString(s)
}

func (p *pattern) FindStringIndex(s string) []int {
	if !p.may(s) {
		return nil
	}
	return p.re().FindStringIndex(s)
}

func (p *pattern) FindStringSubmatch(s string) []string {
	if !p.may(s) {
		return nil
	}
	return p.re().FindStringSubmatch(s)
}

func (p *pattern) FindAllStringIndex(s string, n int) [][]int {
	if !p.may(s) {
		return nil
	}
	return p.re().FindAllStringIndex(s, n)
}

func (p *pattern) ReplaceAllString(s, by string) string {
	if !p.may(s) {
		return s
	}
	return p.re().ReplaceAllString(s, by)
}

// wordSet finds which of many words a text holds, in one pass.
type wordSet struct {
	ids    map[string]int
	words  []string
	starts [][]int // by class of an alphabet, the words whose first character it is
}

// add takes a word in and returns its number.
func (w *wordSet) add(word string) int {
	id, ok := w.ids[word]
	if !ok {
		id = len(w.words)
		w.ids[word] = id
		w.words = append(w.words, word)
	}
	return id
}

// firsts are the first characters of the words.
func (w *wordSet) firsts() []rune {
	var all []rune
	for _, word := range w.words {
		r, _ := utf8.DecodeRuneInString(word)
		all = append(all, r)
	}
	return all
}

// index makes the set ready to be asked about texts in classes of an alphabet that has its first characters as classes of their own.
func (w *wordSet) index(a *alphabet) {
	w.starts = make([][]int, len(a.cuts))
	for id, r := range w.firsts() {
		w.starts[a.class(r)] = append(w.starts[a.class(r)], id)
	}
}

// in is the set of the words that a text holds whose characters are of the given classes.
func (w *wordSet) in(s string, classes []uint16) bits {
	found := make(bits, (len(w.words)+63)/64)
	n := 0
	for i := range s {
		for _, id := range w.starts[classes[n]] {
			if !found.has(id) && strings.HasPrefix(s[i:], w.words[id]) {
				found.add(id)
			}
		}
		n++
	}
	return found
}

// bits is a set of numbers.
type bits []uint64

func (b bits) has(n int) bool { return b[n/64]>>(n%64)&1 != 0 }

func (b bits) add(n int) { b[n/64] |= 1 << (n % 64) }

func (b bits) hasAny(all []int) bool {
	return slices.ContainsFunc(all, b.has)
}
