package extract

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/graph"
)

// maxLearnt bounds the names that a document teaches.
const maxLearnt = 50_000

// lesson is a name that a document teaches.
type lesson struct {
	kind       graph.Kind
	place      graph.PlaceKind
	confidence float64
}

// learn is the second pass over a document: a name that was found once with confidence is found everywhere, and so are the
// short forms of firms' full names.
func (r *reading) learn() {
	known, lessons := r.lessons()
	if len(lessons) == 0 {
		return
	}
	for i := range r.passages {
		p := &r.passages[i]
		n := len(p.candidates)
		for _, c := range p.repeated(known, lessons) {
			if !slices.ContainsFunc(p.candidates, func(o Candidate) bool { return o.Range == c.Range && !o.Part }) {
				p.candidates = append(p.candidates, c)
			}
		}
		if len(p.candidates) > n {
			p.won = arbitrate(p.Text, p.candidates)
		}
	}
}

// settled is how much more often, by confidence, a name must be of one type than of all others for the document to make it that
// type everywhere.
const settled = 2

// ballot is what speaks for a name to be of a type, added up.
type ballot struct {
	kind       graph.Kind
	confidence float64
}

// settle makes names of the tagger's be of one type throughout the document: the type that most of its confidence speaks for. The
// last part of a foreign person's name is that person (蒂姆·库克: 库克). A project may share its name with a firm or a place.
func (r *reading) settle() {
	votes := make(map[string][]ballot)
	vote := func(name string, kind graph.Kind, confidence float64) {
		of := votes[name]
		i := slices.IndexFunc(of, func(b ballot) bool { return b.kind == kind })
		if i < 0 {
			votes[name] = append(of, ballot{kind, confidence})
			return
		}
		of[i].confidence += confidence
	}
	for i := range r.passages {
		p := &r.passages[i]
		for _, c := range p.won {
			name := p.Text[c.Start:c.End]
			if c.Kind == graph.KindPerson {
				if at := strings.LastIndexAny(name, "·•・."); at > 0 {
					_, dot := utf8.DecodeRuneInString(name[at:])
					vote(name[at+dot:], graph.KindPerson, maxVote)
				}
			}
			vote(name, c.Kind, c.Confidence)
		}
	}
	decided := make(map[string]graph.Kind)
	for name, of := range votes {
		if len(of) < 2 {
			continue
		}
		all := 0.0
		for _, kind := range graph.Kinds {
			for _, b := range of {
				if b.kind == kind {
					all += b.confidence
				}
			}
		}
		for _, b := range of {
			if b.confidence >= settled*(all-b.confidence) {
				decided[name] = b.kind
			}
		}
	}
	if len(decided) == 0 {
		return
	}
	for i := range r.passages {
		p := &r.passages[i]
		changed := false
		for n := range p.candidates {
			c := &p.candidates[n]
			kind, ok := decided[p.Text[c.Start:c.End]]
			if ok && c.By == "tagger" && !c.Part && kind != c.Kind && kind != graph.KindProject && c.Kind != graph.KindProject {
				c.Kind, c.Place, changed = kind, "", true
			}
		}
		if changed {
			p.won = arbitrate(p.Text, p.candidates)
		}
	}
}

// maxVote is the weight of a full name for a part of it, that of any number of mentions.
const maxVote = 1000

// lessons are the names that the document teaches.
func (r *reading) lessons() (*names, map[string]lesson) {
	known := newNames()
	lessons := make(map[string]lesson)
	teach := func(name string, l lesson) {
		old, ok := lessons[name]
		if ok && cmp.Or(cmp.Compare(old.confidence, l.confidence), cmp.Compare(l.kind, old.kind)) >= 0 {
			return
		}
		if ok || len(lessons) < maxLearnt && known.add(name) {
			lessons[name] = l
		}
	}
	for i := range r.passages {
		p := &r.passages[i]
		for _, c := range p.won {
			if c.Confidence < fairName || p.known(c) {
				continue
			}
			name := p.Text[c.Start:c.End]
			teach(name, lesson{c.Kind, c.Place, c.Confidence})
			if c.Kind == graph.KindEnterprise {
				for _, short := range r.shortForms(name) {
					teach(short, lesson{graph.KindEnterprise, "", weakName})
				}
			}
		}
	}
	return known, lessons
}

// known reports whether a name is one word that the gazetteer or the list of known names has: it is looked at in every sentence
// anyway, and where it was not taken it stands in a slogan or a title.
func (p *passage) known(c Candidate) bool {
	i, ok := slices.BinarySearchFunc(p.Words, c.Start, func(w Word, start int) int { return cmp.Compare(w.Start, start) })
	return ok && p.Words[i].End == c.End && p.Words[i].class == className
}

// repeated finds the names that the document taught wherever they stand.
func (p *passage) repeated(known *names, lessons map[string]lesson) []Candidate {
	v := &sentence{Context: &p.Context}
	quoted := false
	before, i := rune(0), 0 // the character at i
	for next, r := range p.Text {
		first, at := before, i
		before, i = r, next
		if next == 0 || first < utf8.RuneSelf && !('A' <= first && first <= 'z') || !known.mayBeginWith(first, r) {
			continue
		}
		longer := false
		for end := range known.at(p.Text, at) {
			if !v.whole(at, end) {
				continue
			}
			if !quoted {
				v.quotes()
				v.found, quoted = nil, true
			}
			l := lessons[p.Text[at:end]]
			n := len(v.found)
			v.add(at, end, l.kind, l.place, l.confidence, "document")
			if len(v.found) > n {
				v.found[n].Part = longer // 明川光学 in 明川光学模组线, which was taught as well
			}
			longer = true
		}
	}
	return v.found
}

// whole reports whether a known name may stand at [start, end): it tears no word apart, and if it is short, it does not stand
// among single characters, which may be a longer unknown name.
func (v *sentence) whole(start, end int) bool {
	first, last := v.inside(start), v.inside(end-1)
	long := utf8.RuneCountInString(v.Text[start:end]) >= 4
	if v.Words[first].Start != start && (!long || v.class(first) == className) {
		return false
	}
	if v.Words[last].End != end && (!long || v.class(last) == className) {
		return false
	}
	if utf8.RuneCountInString(v.Text[start:end]) == 2 {
		for _, j := range []int{first - 1, last + 1} {
			if v.class(j) == classChar && !isCommon(v.word(j)) {
				return false
			}
		}
	}
	return true
}

// legalForms close full names of firms, longest first.
var legalForms = []string{"集团股份有限公司", "集团有限责任公司", "控股集团有限公司", "股份有限公司", "有限责任公司", "集团有限公司", "控股有限公司", "有限公司", "集团公司", "总公司", "股份公司", "公司"}

// shortForms are the forms that a firm's full name is shortened to: without its legal form, and without the places in front;
// empty unless the name has a legal form.
func (r *reading) shortForms(full string) []string {
	core := full
	for _, form := range legalForms {
		if rest, ok := strings.CutSuffix(full, form); ok {
			core = rest
			break
		}
	}
	if core == full || strings.ContainsAny(core, "()（）") {
		return nil
	}
	var short []string
	take := func(s string) {
		if utf8.RuneCountInString(s) >= 4 {
			short = append(short, s)
		}
	}
	take(core)
	words := r.rules.words(core, r.memo, r.places, r.area)
	i := 0
	for i < len(words) && words[i].class == className && words[i].kind == graph.KindPlace {
		i++
	}
	if i == 0 || i == len(words) {
		return short
	}
	v := &sentence{rules: r.rules, Context: &Context{Text: core, Words: words}}
	if v.proper(i, len(words)) {
		take(core[words[i].Start:])
	}
	return short
}
