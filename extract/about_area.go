package extract

import (
	"slices"
	"sort"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/extract/gazetteer"
	"github.com/tupu-kg/tupu/extract/text"
	"github.com/tupu-kg/tupu/graph"
)

// placeChain is a run of place names that stand without a gap, each inside the one before (泉州市泉港区), in bytes of the folded
// text; places are what the last of them may be, ascending by code.
type placeChain struct {
	start, end int
	last       int // where the last name starts
	places     []gazetteer.Place
}

// chains finds the place names in a stretch of the folded text, down to townships. A name may also be one that is unsafe in
// running text (城关区) if it begins the stretch, or goes on from a place that it lies in.
func (a *profile) chains(r byteRange) []placeChain {
	s := a.folded.Text
	var found []placeChain
	add := func(start, end int, places []gazetteer.Place) {
		if n := len(found); n > 0 && found[n-1].end == start {
			if inside := a.inside(places, found[n-1].places); len(inside) > 0 {
				found[n-1].end, found[n-1].last, found[n-1].places = end, start, inside
				return
			}
		}
		found = append(found, placeChain{start, end, start, places})
	}
	extend := func() {
		for n := len(found) - 1; n >= 0; {
			end, places := a.nameAt(byteRange{found[n].end, r.end}, found[n].places)
			if end == 0 {
				return
			}
			add(found[n].end, end, places)
		}
	}
	if end, places := a.nameAt(r, nil); end > 0 {
		add(r.start, end, places)
	}
	extend()
	for _, m := range a.gazetteer.Matches(s[r.start:r.end]) {
		start, end := r.start+m.Start, r.start+m.End
		if n := len(found); n > 0 && start < found[n-1].end {
			continue
		}
		if places := speaking(a.gazetteer.ByName(s[start:end])); len(places) > 0 {
			add(start, end, places)
			extend()
		}
	}
	return found
}

// inside keeps the places that lie in one of several others.
func (a *profile) inside(places, outer []gazetteer.Place) []gazetteer.Place {
	var kept []gazetteer.Place
	for _, p := range places {
		for _, o := range outer {
			if p.Code != o.Code && a.gazetteer.Within(p.Code, o.Code) {
				kept = append(kept, p)
				break
			}
		}
	}
	return kept
}

// longestPlaceName is that of a place in the gazetteer, in code points, with room.
const longestPlaceName = 24

// nameAt finds the longest official name that a stretch begins with: of a place in one of several others, also by the short
// names of zones, or, if none are given, of any place down to the county.
func (a *profile) nameAt(r byteRange, outer []gazetteer.Place) (end int, places []gazetteer.Place) {
	s := a.folded.Text[r.start:r.end]
	n := 0
	for i, c := range s {
		if n > longestPlaceName || i > 0 && n > 1 && !unicode.IsLetter(c) && !strings.ContainsRune("（）()", c) {
			s = s[:i]
			break
		}
		n++
	}
	for stop := len(s); stop > 0; {
		name := s[:stop]
		all := speaking(a.gazetteer.ByName(name))
		if outer != nil {
			all = a.inside(all, outer)
		}
		var fit []gazetteer.Place
		for _, p := range all {
			if p.Name == name && (outer != nil || !low(p)) || outer != nil && p.Kind == graph.Zone && !low(p) {
				fit = append(fit, p)
			}
		}
		if len(fit) > 0 {
			return r.start + stop, fit
		}
		_, width := utf8.DecodeLastRuneInString(name)
		stop -= width
	}
	return 0, nil
}

// low reports whether a place is of township level: a township, or a farm or park that the list of divisions counts so.
func low(p gazetteer.Place) bool {
	return p.Kind == graph.Township || p.Kind == graph.Zone && !strings.Contains(p.Code, "Z")
}

// speaking keeps the places that documents speak for.
func speaking(places []gazetteer.Place) []gazetteer.Place {
	var kept []gazetteer.Place
	for _, p := range places {
		switch p.Kind {
		case graph.Country, graph.Province, graph.City, graph.County, graph.Township, graph.Zone:
			kept = append(kept, p)
		}
	}
	return kept
}

func (a *profile) firstPlaces(r byteRange) (placeChain, bool) {
	if c := a.chains(r); len(c) > 0 {
		return c[0], true
	}
	return placeChain{}, false
}

// findArea finds the area that a document speaks for. It asks, in this order: the manifest; the place that the title begins
// with; the body that issues it; the body that its speaker speaks for; a place in brackets or elsewhere in the title; the
// meeting at which it was given (在泉港区第四届人民代表大会…), which may be that of a larger area, and so comes late; the place
// that a clause of a news title begins with, if the text names no other of its level as often; the page's header; the page's record number; the file's name; and last, with little confidence, the place that the text names far more often than any
// other of the level that its words (全区, 我市) tell.
//
// A name that several places have means the one whose surroundings the document names most; without a clear answer it is
// passed over and noted.
func (a *profile) findArea(o Override) {
	if o.Area != "" {
		a.givenArea(o)
		return
	}
	var doubts []string
	try := func(r byteRange, accept func(placeChain) bool, by string, score float64) bool {
		if r.empty() {
			return false
		}
		for _, c := range a.chains(r) {
			if !accept(c) {
				continue
			}
			if name, ok := a.unknownZone(c, r.end); ok {
				a.doc.Area, a.doc.AreaCode = text.Name(a.folded.Text[c.start:name]), ""
				a.doc.Origins["area"] = a.quote(byteRange{c.start, name}, by, score)
				a.note("area: %s is not in the gazetteer, so it has no place in the hierarchy; name the area in a manifest", a.doc.Area)
				return true
			}
			p, ok := a.choose(c.places, c)
			if !ok {
				doubts = append(doubts, a.folded.Text[c.last:c.end])
				return false
			}
			a.setArea(p, a.quote(byteRange{c.start, c.end}, by, score))
			return true
		}
		return false
	}
	title := byteRange{a.title.start + titleLead(a.folded.Text[a.title.start:a.title.end]), a.title.end}
	anywhere := func(placeChain) bool { return true }
	titleFirst := func(c placeChain) bool { return c.start == title.start }
	titled := genre(a.doc.Title)
	switch {
	case titled && try(title, titleFirst, "rule:title", 0.95):
	case !a.press && try(a.issuer, func(c placeChain) bool { return c.start <= a.issuer.start+len("中共") }, "rule:issuer", 0.9):
	case a.areaOfSpeaker(try):
	case titled && try(title, anywhere, "rule:title", 0.7):
	case a.areaOfMeeting(try):
	case try(title, titleFirst, "rule:title", 0.6):
	case try(title, a.subject, "rule:title", 0.6):
	case a.areaOfHeader():
	case a.areaOfRecord():
	case a.areaOfFileName(o):
	case a.areaOfText():
	case len(doubts) > 0:
		a.note("area: %s is the name of several places; give the area in a manifest", doubts[0])
	default:
		a.note("area: no title, issuer, heading or record number names one; give it in a manifest")
	}
}

// areaOfFileName takes the place that the file's name names first.
func (a *profile) areaOfFileName(o Override) bool {
	if o.FileName == "" {
		return false
	}
	b := &profile{gazetteer: a.gazetteer, folded: text.Fold(o.FileName)}
	s := b.folded.Text
	c, ok := b.firstPlaces(byteRange{titleLead(s), len(s)})
	if !ok {
		return false
	}
	p, ok := a.choose(c.places, c)
	if ok {
		a.setArea(p, fileName(o, "rule:file-name", 0.6))
	}
	return ok
}

// subject reports whether a place in the title is what a news text is about: a county or the like with which a clause of the
// title begins, named three times and twice as often as any other.
func (a *profile) subject(c placeChain) bool {
	s := a.folded.Text
	if before, _ := utf8.DecodeLastRuneInString(s[a.title.start:c.start]); c.start > a.title.start && !unicode.IsPunct(before) && !unicode.IsSpace(before) {
		return false
	}
	if len(c.places) != 1 || !districtLike(c.places[0]) {
		return false
	}
	counts := map[string]int{}
	for _, m := range a.gazetteer.Matches(s) {
		if places := speaking(a.gazetteer.ByName(s[m.Start:m.End])); len(places) == 1 && districtLike(places[0]) {
			counts[places[0].Code]++
		}
	}
	own, most := counts[c.places[0].Code], 0
	for code, n := range counts {
		if code != c.places[0].Code {
			most = max(most, n)
		}
	}
	return own >= 3 && own >= 2*most
}

// districtLike reports whether a place is a county, a district, or a zone with a government of its own.
func districtLike(p gazetteer.Place) bool {
	return p.Kind == graph.County || p.Kind == graph.Zone && p.Government && !low(p)
}

func (a *profile) setArea(p gazetteer.Place, origin graph.Evidence) {
	a.doc.Area, a.doc.AreaCode = p.Name, p.Code
	a.doc.Origins["area"] = origin
}

// givenArea resolves the manifest's area, which may be a name, a chain of names (泉州市泉港区) or a code.
func (a *profile) givenArea(o Override) {
	a.doc.Origins["area"] = manifest(o)
	name := text.Name(o.Area)
	if p, ok := a.gazetteer.ByCode(name); ok {
		a.doc.Area, a.doc.AreaCode = p.Name, p.Code
		return
	}
	places := speaking(a.gazetteer.ByName(name))
	if len(places) == 0 {
		b := &profile{gazetteer: a.gazetteer, folded: text.Fold(name)}
		if c := b.chains(byteRange{0, len(b.folded.Text)}); len(c) == 1 && c[0].start == 0 && c[0].end == len(b.folded.Text) {
			places = c[0].places
		}
	}
	switch p, ok := a.choose(places, placeChain{}); {
	case ok:
		a.doc.Area, a.doc.AreaCode = p.Name, p.Code
	case len(places) > 1:
		a.doc.Area = name
		a.note("area: %s: %s is the name of several places; give its code or the name of its city before it", o.Ref, name)
	default:
		a.doc.Area = name
		a.note("area: %s: %s is not in the gazetteer, so it has no place in the hierarchy", o.Ref, name)
	}
}

// zoneWords end the names of zones, and zoneBodies run them.
var (
	zoneWords  = []string{"开发区", "投资区", "高新区", "新区", "示范区", "试验区", "实验区", "管理区", "度假区", "保税区", "保税港区", "合作区", "工业区", "工业园区", "产业园区", "园区", "风景区", "风景名胜区", "集聚区", "经开区"}
	zoneBodies = []string{"管委会", "管理委员会", "党工委", "工委"}
)

// unknownZone reports that a chain of places is only the beginning of the name of a zone with a management of its own that
// the gazetteer does not know (泉州市临海石化工业园区管委会), and where that name ends.
func (a *profile) unknownZone(c placeChain, end int) (int, bool) {
	rest := a.folded.Text[c.end:end]
	for _, b := range zoneBodies {
		i := strings.Index(rest, b)
		if i <= 0 || longer(rest[:i], 16) || !plainWords(rest[:i]) {
			continue
		}
		for _, w := range zoneWords {
			if strings.HasSuffix(rest[:i], w) {
				return c.end + i, true
			}
		}
	}
	return 0, false
}

// choose tells which of several places of one name is meant: the only one, or the one whose surroundings the document names
// clearly most, or a province or city before lower places. Townships are chosen only where the surroundings are named.
func (a *profile) choose(places []gazetteer.Place, c placeChain) (gazetteer.Place, bool) {
	if len(places) == 0 {
		return gazetteer.Place{}, false
	}
	places = a.outermost(places)
	var high []gazetteer.Place
	for _, p := range places {
		if !low(p) {
			high = append(high, p)
		}
	}
	if len(places) == 1 && (len(high) == 1 || c.last > c.start) {
		return places[0], true
	}
	around := a.surroundings()
	type vote struct {
		place gazetteer.Place
		n     int
	}
	votes := make([]vote, len(places))
	for i, p := range places {
		votes[i] = vote{p, around[p.Code]}
		for _, up := range a.gazetteer.Ancestors(p.Code) {
			if up.Kind != graph.Country {
				votes[i].n += around[up.Code]
			}
		}
	}
	sort.SliceStable(votes, func(i, j int) bool { return votes[i].n > votes[j].n })
	if votes[0].n >= 2 && (len(votes) == 1 || votes[0].n >= 2*votes[1].n) && (!low(votes[0].place) || votes[0].n >= 3) {
		return votes[0].place, true
	}
	if len(high) == 1 {
		return high[0], true
	}
	for _, kind := range []graph.PlaceKind{graph.Country, graph.Province, graph.City} {
		for _, p := range high {
			if p.Kind == kind {
				return p, true
			}
		}
	}
	return gazetteer.Place{}, false
}

// outermost leaves out the places that lie in another of the list: 吉林 is the province before the city.
func (a *profile) outermost(places []gazetteer.Place) []gazetteer.Place {
	var kept []gazetteer.Place
	for _, p := range places {
		if len(a.inside([]gazetteer.Place{p}, places)) == 0 {
			kept = append(kept, p)
		}
	}
	return kept
}

// surroundingText is how much of a text's beginning is asked for its surroundings, in bytes.
const surroundingText = 60_000

// surroundings counts, by code, the places that the beginning of the document, its page and its record number name for sure,
// and their parents up to the province once each time.
func (a *profile) surroundings() map[string]int {
	if a.around != nil {
		return a.around
	}
	a.around = map[string]int{}
	count := func(s string, weight int) {
		for _, m := range a.gazetteer.Matches(s) {
			places := speaking(a.gazetteer.ByName(s[m.Start:m.End]))
			if len(places) != 1 || places[0].Kind == graph.Country {
				continue
			}
			a.around[places[0].Code] += weight
			for _, up := range a.gazetteer.Ancestors(places[0].Code) {
				if up.Kind != graph.Country {
					a.around[up.Code] += weight
				}
			}
		}
	}
	end := min(len(a.folded.Text), surroundingText)
	for end < len(a.folded.Text) && a.folded.Text[end]&0xC0 == 0x80 {
		end++
	}
	count(a.folded.Text[:end], 1)
	for _, name := range []string{"sitename", "contentsource", "title", "keywords", "description"} {
		count(text.Fold(a.page.Meta[name]).Text, 3)
	}
	if code, _, ok := a.record(); ok {
		if p, ok := a.gazetteer.ByCode(code); ok {
			a.around[p.Code] += 5
			for _, up := range a.gazetteer.Ancestors(p.Code) {
				if up.Kind != graph.Country {
					a.around[up.Code] += 5
				}
			}
		}
	}
	return a.around
}

// areaOfSpeaker takes the place of the body that the speaker speaks for.
func (a *profile) areaOfSpeaker(try func(byteRange, func(placeChain) bool, string, float64) bool) bool {
	r, ok := a.spokenFor()
	return ok && try(r, func(c placeChain) bool { return c.start == r.start }, "rule:speaker", 0.85)
}

// areaOfMeeting takes the place whose congress or council met: the name before 第…届.
func (a *profile) areaOfMeeting(try func(byteRange, func(placeChain) bool, string, float64) bool) bool {
	l := a.layout
	for i := range min(l.head+2, len(l.lines)) {
		s := head(l.text(i), 400)
		for at := 0; ; {
			j := strings.Index(s[at:], "届")
			if j < 0 {
				break
			}
			at += j + len("届")
			ordinal := strings.LastIndex(s[:at], "第")
			if ordinal <= 0 || longer(s[ordinal:at], 6) {
				continue
			}
			rest := s[at:]
			if !strings.HasPrefix(rest, "人民代表大会") && !strings.HasPrefix(rest, "人大") && !strings.HasPrefix(rest, "委员会") && !strings.HasPrefix(rest, "政协") && !strings.HasPrefix(rest, "全国人民代表大会") {
				continue
			}
			stop := l.lines[i].start + ordinal
			if strings.HasPrefix(rest, "全国人民代表大会") {
				r := byteRange{l.lines[i].start + at, l.lines[i].start + at + len("全国人民代表大会")}
				for _, p := range a.gazetteer.ByName("中国") {
					if p.Kind == graph.Country {
						a.setArea(p, a.quote(r, "rule:meeting", 0.8))
						return true
					}
				}
				continue
			}
			r := byteRange{l.lines[i].start, stop}
			if try(r, func(c placeChain) bool { return c.end == stop }, "rule:meeting", 0.75) {
				return true
			}
		}
	}
	return false
}

// areaOfHeader takes the place that the page's header names as its own: 泉州市泉港区人民政府.
func (a *profile) areaOfHeader() bool {
	for _, name := range []string{"sitename", "contentsource", "title"} {
		value := text.Name(a.page.Meta[name])
		if value == "" || press(value) {
			continue
		}
		b := &profile{gazetteer: a.gazetteer, folded: text.Fold(value)}
		chains := b.chains(byteRange{0, len(b.folded.Text)})
		if name == "title" && len(chains) > 1 {
			chains = chains[len(chains)-1:] // the site's name comes last
		}
		if len(chains) == 0 {
			continue
		}
		if p, ok := a.choose(chains[0].places, chains[0]); ok {
			a.setArea(p, meta(name, value, "rule:page-header", 0.7))
			return true
		}
	}
	return false
}

// record finds the number under which the public security register knows the site (公安备案号, 闽公网安备35050502000123号): its
// first six digits are the code of the county that keeps it.
func (a *profile) record() (code, number string, ok bool) {
	l := a.layout
	var sources []string
	for _, i := range l.ends() {
		sources = append(sources, l.text(i))
	}
	sources = append(sources, text.Fold(a.page.Furniture).Text)
	for _, s := range sources {
		for _, w := range []string{"公网安备", "公安备案", "网安备"} {
			for at := 0; ; {
				j := strings.Index(s[at:], w)
				if j < 0 {
					break
				}
				at += j + len(w)
				rest := strings.TrimLeft(head(s[at:], 30), "号: ：案编[第(")
				n := 0
				for n < len(rest) && rest[n] >= '0' && rest[n] <= '9' {
					n++
				}
				if n < 12 || n > 16 {
					continue
				}
				if _, known := a.gazetteer.ByCode(rest[:6]); known {
					return rest[:6], rest[:n], true
				}
			}
		}
	}
	return "", "", false
}

// areaOfRecord takes the place of the record number. The office of a city's government lies in one of its districts, so the
// words of the text (全市, 全省) lift the place to their level; a place of which the text says nothing, and whose parents it
// does not name either, is left unless the text speaks of an area of that level without naming it.
func (a *profile) areaOfRecord() bool {
	code, number, ok := a.record()
	if !ok || a.press && !strings.ContainsRune("省市县区州旗盟", first(a.doc.Issuer)) { // a paper's site lies in some district; 区融媒体中心 lies in its own
		return false
	}
	p, _ := a.gazetteer.ByCode(code)
	level, said := a.ownLevel(1)
	if said && !ofLevel(p, level) {
		found := false
		for _, up := range a.gazetteer.Ancestors(code) {
			if ofLevel(up, level) {
				p, found = up, true
				break
			}
		}
		if !found {
			return false
		}
	}
	if !said && a.surroundings()[p.Code] <= 5 { // 5 of them from the number itself
		return false
	}
	a.setArea(p, graph.Evidence{Source: graph.FromRegister, Ref: "公安备案号 " + number, By: "rule:record-number", Score: 0.65})
	return true
}

func first(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// ownLevels are the words by which a document speaks of its own area, by the signs at the end of such an area's name.
var ownLevels = []struct {
	sign  string
	words []string
}{
	{"省", []string{"全省", "我省", "省委"}},
	{"市", []string{"全市", "我市", "市委"}},
	{"县", []string{"全县", "我县", "县委"}},
	{"区", []string{"全区", "我区", "区委", "党工委"}},
	{"州", []string{"全州", "我州", "州委"}},
	{"旗", []string{"全旗", "我旗", "旗委"}},
	{"盟", []string{"全盟", "我盟", "盟委"}},
	{"镇", []string{"全镇", "我镇", "镇党委"}},
	{"乡", []string{"全乡", "我乡", "乡党委"}},
}

// ownLevelsBy are, by the first character of a word, the levels that have such words, and the low bytes of these characters: most
// characters of a text have others.
var ownLevelsBy = sync.OnceValues(func() (by map[rune][]int, lows [256]bool) {
	by = make(map[rune][]int)
	for n, l := range ownLevels {
		for _, w := range l.words {
			r, _ := utf8.DecodeRuneInString(w)
			if !slices.Contains(by[r], n) {
				by[r] = append(by[r], n)
			}
			lows[byte(r)] = true
		}
	}
	return by, lows
})

// ownLevel is the sign of the level on which a document speaks of itself, if it does so at least so many times and far more
// often than on any other.
func (a *profile) ownLevel(least int) (sign string, ok bool) {
	counts := make([]int, len(ownLevels))
	levels, lows := ownLevelsBy()
	for i, r := range a.folded.Text {
		if !lows[byte(r)] {
			continue
		}
		for _, n := range levels[r] {
			for _, w := range ownLevels[n].words {
				if strings.HasPrefix(a.folded.Text[i:], w) {
					counts[n]++
				}
			}
		}
	}
	best, second := 0, 0
	for k, l := range ownLevels {
		n := counts[k]
		switch {
		case n > best:
			best, second, sign = n, best, l.sign
		case n > second:
			second = n
		}
	}
	return sign, best >= least && 2*best >= 3*second
}

func ofLevel(p gazetteer.Place, sign string) bool { return strings.HasSuffix(p.Name, sign) }

// areaOfText takes the place that the text names clearly most among those of its own level. News and other texts that do not
// speak of an area of their own get none.
func (a *profile) areaOfText() bool {
	level, ok := a.ownLevel(3)
	if !ok {
		return false
	}
	type tally struct {
		place gazetteer.Place
		n     int
		first byteRange
	}
	counts := map[string]*tally{}
	best, second := &tally{}, 0
	for _, m := range a.gazetteer.Matches(a.folded.Text) {
		var p gazetteer.Place
		n := 0
		for _, q := range speaking(a.gazetteer.ByName(a.folded.Text[m.Start:m.End])) {
			if ofLevel(q, level) && (!low(q) && (q.Kind != graph.Zone || q.Government) || q.Kind == graph.Township && (level == "镇" || level == "乡")) {
				p = q
				n++
			}
		}
		if n != 1 {
			continue
		}
		t := counts[p.Code]
		if t == nil {
			t = &tally{place: p, first: byteRange{m.Start, m.End}}
			counts[p.Code] = t
		}
		t.n++
	}
	codes := make([]string, 0, len(counts))
	for code := range counts {
		codes = append(codes, code)
	}
	sort.Strings(codes)
	for _, code := range codes {
		if t := counts[code]; t.n > best.n {
			best, second = t, best.n
		} else if t.n > second {
			second = t.n
		}
	}
	if best.n < 3 || best.n < 3*second {
		return false
	}
	a.setArea(best.place, a.quote(best.first, "rule:frequency", 0.4))
	return true
}
