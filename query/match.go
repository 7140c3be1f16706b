package query

import (
	"cmp"
	"hash/maphash"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/extract/text"
	"github.com/tupu-kg/tupu/graph"
)

// How says how a name fits what was typed.
type How string

// The ways in which a name fits, the closest first. Sound and Similar are guesses: they are made only where nothing fits in
// one of the other ways.
const (
	Exact    How = "exact"
	Begins   How = "begins"   // it begins with the text
	Part     How = "part"     // it holds the text
	Pinyin   How = "pinyin"   // it is spelled so
	Initials How = "initials" // its syllables begin so
	Sound    How = "sound"    // it is written with other characters of the same sound, or sounds much like it
	Similar  How = "similar"  // it differs by a character or two
)

// fit is how closely a name fits; less is closer.
type fit int

const (
	exactly fit = iota
	begins
	holds
	asSpelled
	asSpelledInside
	abbreviated
	abbreviatedInside
	sounds // from here on guesses
	soundsInside
	oneOff
	twoOff
	unfit
)

var hows = [...]How{
	exactly: Exact, begins: Begins, holds: Part, asSpelled: Pinyin, asSpelledInside: Pinyin, abbreviated: Initials,
	abbreviatedInside: Initials, sounds: Sound, soundsInside: Sound, oneOff: Similar, twoOff: Similar,
}

// matcher says how names fit a text. It is for one search: once a name fits well, it makes no more guesses.
type matcher struct {
	key                      string
	spelled, initials, loose *text.Sound
	mistyped                 *mistyped
	guess                    bool
}

// newMatcher prepares the search for a key (see text.Key).
func newMatcher(key string) *matcher {
	return &matcher{
		key: key, guess: true, mistyped: newMistyped(key),
		spelled: text.NewSound(key, text.Spelled), initials: text.NewSound(key, text.Initials), loose: text.NewSound(key, text.Loose),
	}
}

func (m *matcher) fit(name string) fit {
	f := m.closely(name)
	if f < sounds {
		m.guess = false
	}
	if f < unfit || !m.guess {
		return f
	}
	if m.loose != nil {
		if found, first := m.loose.In(name); first {
			return sounds
		} else if found {
			return soundsInside
		}
	}
	return m.mistyped.fit(name)
}

func (m *matcher) closely(name string) fit {
	switch i := strings.Index(name, m.key); {
	case i == 0 && len(name) == len(m.key):
		return exactly
	case i == 0:
		return begins
	case i > 0:
		return holds
	}
	if m.initials == nil { // which takes what is spelled, too
		return unfit
	}
	found, first := m.initials.In(name)
	if !found {
		return unfit
	}
	if inside, begins := m.spelled.In(name); begins {
		return asSpelled
	} else if inside {
		return asSpelledInside
	}
	if first {
		return abbreviated
	}
	return abbreviatedInside
}

// mistyped finds a text in names with a character or two wrong, missing, too many or in the wrong order: the automaton of
// Wu and Manber, "Fast text searching allowing errors" (1992), with transpositions.
type mistyped struct {
	most int         // mistakes
	end  uint64      // the bit that says that all was found
	some [256]uint64 // by the low byte of a character: whether it may be in the text at all
	char map[rune]uint64
}

// newMistyped allows no mistake in a text of two characters, one in up to five, else two.
func newMistyped(key string) *mistyped {
	m := &mistyped{char: map[rune]uint64{}}
	n := utf8.RuneCountInString(key)
	switch {
	case n < 3 || n > 60:
		return m
	case n < 6:
		m.most = 1
	default:
		m.most = 2
	}
	m.end = 1 << n
	i := 1 // bit i: so many characters were found
	for _, r := range key {
		m.char[r] |= 1 << i
		m.some[byte(r)] |= 1 << i
		i++
	}
	return m
}

func (m *mistyped) fit(name string) fit {
	if m.most == 0 {
		return unfit
	}
	// at[k] says what was found with up to k mistakes; was is at before the last character, for transpositions.
	at, was := [3]uint64{1, 0b11, 0b111}, [3]uint64{}
	var last uint64
	found := unfit
	for _, r := range name {
		c := m.some[byte(r)]
		if c != 0 {
			c = m.char[r]
		}
		before := at
		at[0] = before[0]<<1&c | 1
		for k := 1; k <= m.most; k++ {
			at[k] = before[k]<<1&c | // the same
				before[k-1] | // one too many
				before[k-1]<<1 | // another
				at[k-1]<<1 | // one missing
				was[k-1]<<2&(c<<1)&last | // two the wrong way round
				1
		}
		was, last = before, c
		if at[1]&m.end != 0 {
			return oneOff
		}
		if m.most > 1 && at[2]&m.end != 0 {
			found = twoOff
		}
	}
	return found
}

// mostWeighed bounds the entities of one search whose documents are counted: of more, those with the shortest names that fit
// best are kept.
const mostWeighed = 200

// hit is an entity with its name that fits best.
type hit struct {
	id     graph.ID
	key    string
	fit    fit
	length int // of the key, characters
}

// nameScanner is a Reader that yields all names faster than Names does, ascending by key and id. The strings of a name are valid only
// until the next: what is kept must be cloned.
type nameScanner interface {
	ScanNames() iter.Seq2[graph.Name, error]
}

// search reads all names and returns the n entities that fit best (all if n is 0), the closest first, and how many fit; guesses only if
// nothing fits otherwise.
func (a *asker) search(key string, kinds []graph.Kind, n int) ([]hit, int, error) {
	m := newMatcher(key)
	best := newHits()
	guesses := true
	checked := 0
	names := a.Names("")
	if s, ok := a.Reader.(nameScanner); ok {
		names = s.ScanNames()
	}
	for n, err := range names {
		if checked++; err == nil && checked%1024 == 1 {
			err = a.ctx.Err()
		}
		if err != nil {
			return nil, 0, err
		}
		if len(kinds) > 0 && !slices.Contains(kinds, n.ID.Kind()) {
			continue
		}
		f := m.fit(n.Key)
		if f == unfit {
			continue
		}
		if guesses && f < sounds {
			guesses = false
			best = newHits()
		}
		best.add(n, f)
	}
	closest := newLeast(n, func(x, y *hit) int {
		if x.fit != y.fit || x.length != y.length {
			return cmp.Or(cmp.Compare(x.fit, y.fit), cmp.Compare(x.length, y.length))
		}
		return cmp.Or(cmp.Compare(x.key, y.key), cmp.Compare(x.id, y.id))
	})
	for i := range best.all {
		if h := &best.all[i]; closest.wants(h) {
			closest.add(h)
		}
	}
	found, _ := closest.all()
	hits := make([]hit, len(found))
	for i, h := range found {
		hits[i] = *h
	}
	return hits, len(best.all), nil
}

// hits are the entities found so far, each with the name that fits best, of such as fit alike the first. A map of as many ids would
// take longer than all else that a search does.
type hits struct {
	all   []hit
	seed  maphash.Seed
	slots []uint32 // a power of two, at most half of them taken: the number in all and one
}

func newHits() *hits { return &hits{seed: maphash.MakeSeed(), slots: make([]uint32, 256)} }

// add adds what fits, which it clones.
func (h *hits) add(n graph.Name, f fit) {
	at := h.slot(n.ID)
	if held := h.slots[at]; held != 0 {
		if one := &h.all[held-1]; f < one.fit {
			one.key, one.fit, one.length = strings.Clone(n.Key), f, utf8.RuneCountInString(n.Key)
		}
		return
	}
	h.all = append(h.all, hit{graph.ID(strings.Clone(string(n.ID))), strings.Clone(n.Key), f, utf8.RuneCountInString(n.Key)})
	h.slots[at] = uint32(len(h.all))
	if 2*len(h.all) > len(h.slots) {
		h.slots = make([]uint32, 4*len(h.slots))
		for i := range h.all {
			h.slots[h.slot(h.all[i].id)] = uint32(i + 1)
		}
	}
}

// slot is where an id stands, or would.
func (h *hits) slot(id graph.ID) int {
	at := int(maphash.String(h.seed, string(id))) & (len(h.slots) - 1)
	for h.slots[at] != 0 && h.all[h.slots[at]-1].id != id {
		at = (at + 1) & (len(h.slots) - 1)
	}
	return at
}

// weighed makes candidates of hits, those in more documents first among those that fit alike.
func (a *asker) weighed(hits []hit) ([]Candidate, error) {
	type ranked struct {
		Candidate
		fit fit
	}
	all := make([]ranked, 0, len(hits))
	for _, h := range hits {
		e, err := a.Entity(h.id)
		if err != nil {
			return nil, err
		}
		c := Candidate{ID: h.id, Kind: e.Kind, Name: e.Name, Matched: h.key, How: hows[h.fit], Aliases: e.Aliases}
		if c.Documents, c.Areas, err = a.weight(h.id); err != nil {
			return nil, err
		}
		all = append(all, ranked{c, h.fit})
	}
	slices.SortFunc(all, func(x, y ranked) int {
		return cmp.Or(cmp.Compare(x.fit, y.fit), cmp.Compare(y.Documents, x.Documents), cmp.Compare(x.Name, y.Name), cmp.Compare(x.ID, y.ID))
	})
	out := make([]Candidate, len(all))
	for i := range all {
		out[i] = all[i].Candidate
	}
	return out, nil
}

// complete reads of the entities found no more than limit.
func (a *asker) complete(key string, limit int) ([]Candidate, error) {
	if limit <= 0 {
		return nil, nil
	}
	hits, _, err := a.search(key, nil, limit)
	if err != nil {
		return nil, err
	}
	var out []Candidate
	for _, h := range hits {
		if h.fit >= sounds {
			break
		}
		e, err := a.Entity(h.id)
		if err != nil {
			return nil, err
		}
		out = append(out, Candidate{ID: h.id, Kind: e.Kind, Name: e.Name, Matched: h.key, How: hows[h.fit], Aliases: e.Aliases})
	}
	return out, nil
}
