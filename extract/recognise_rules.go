package extract

import (
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/extract/gazetteer"
	"github.com/tupu-kg/tupu/extract/text"
	"github.com/tupu-kg/tupu/graph"
)

// rules is the first recogniser: gazetteers, heads of names (化工, 大桥), lists (A、B等19个项目), titles of persons, declared
// short names, and masks for what only looks like names. Precision comes before recall.
type rules struct {
	lex *lexicon
	gaz *gazetteer.Gazetteer
}

var _ Recognizer = (*rules)(nil)

// Confidence of what the rules find, by how much of the name is known to be a name.
const (
	sureName   = 0.9 // the gazetteer has it, or everybody knows it
	firmName   = 0.8 // a proper part and a head
	fairName   = 0.7 // an unknown proper part
	weakName   = 0.6 // the words around make it a name
	leastNamed = 0.5 // what counts as found
)

// Recognize finds the candidates of one sentence.
func (r *rules) Recognize(s *Context) []Candidate { return r.look(s, &sentence{}).found }

// look applies the rules to a sentence, in the memory of another.
func (r *rules) look(s *Context, v *sentence) *sentence {
	*v = sentence{rules: r, Context: s, quoted: v.quoted[:0], found: v.found[:0], hints: v.hints[:0]}
	roles := v.roles()
	if roles&roleOpening != 0 {
		v.quotes()
	}
	if roles&(roleDocument|roleAct) != 0 {
		v.documents()
	}
	v.places()
	v.trades()
	v.heads()
	if roles&rolePhase != 0 {
		v.phases()
	}
	if roles&roleStretch != 0 {
		v.stretches()
	}
	v.stack()
	v.lists()
	v.siblings()
	v.persons()
	v.declared()
	return v
}

// sentence is a sentence under the rules.
type sentence struct {
	*rules
	*Context
	quoted []text.Range // short quotations with their marks, and titles of works
	firms  map[int]bool // words that a firm's short name begins with, though they are words of their own
	found  []Candidate
	hints  []Candidate // members of lists, whether or not they look like names, with what the list is of
}

func (v *sentence) add(start, end int, kind graph.Kind, place graph.PlaceKind, confidence float64, by string) {
	if kind != "" && v.partial(start, end) || kind == graph.KindProject && by == "rule:suffix" && v.slogan(start, end) {
		return
	}
	v.found = append(v.found, Candidate{Range: text.Range{Start: start, End: end}, Kind: kind, Place: place, Confidence: confidence, By: by})
}

func (v *sentence) word(i int) string { return v.Text[v.Words[i].Start:v.Words[i].End] }

// is reports whether word i exists and is one of the given.
func (v *sentence) is(i int, any ...string) bool {
	if i < 0 || i >= len(v.Words) {
		return false
	}
	w := v.word(i)
	for _, a := range any {
		if a == w {
			return true
		}
	}
	return false
}

// class of word i; punctuation beyond the ends.
func (v *sentence) class(i int) class {
	if i < 0 || i >= len(v.Words) {
		return classPunct
	}
	return v.Words[i].class
}

// at is the index of the word that begins at a byte, -1 if none does.
func (v *sentence) at(offset int) int {
	lo, hi := 0, len(v.Words)
	for lo < hi {
		mid := (lo + hi) / 2
		if v.Words[mid].Start < offset {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo < len(v.Words) && v.Words[lo].Start == offset {
		return lo
	}
	return -1
}

const longestQuote = 24 // characters; what is longer is speech, and read like any text

// closing are the marks that end what others begin.
var closing = map[string]string{"“": "”", "‘": "’", "「": "」", "『": "』", "《": "》", "〈": "〉", "\"": "\"", "【": "】"}

// quotes finds short quotations: what they hold is a slogan, a brand, a name, but never a sentence with names in it.
func (v *sentence) quotes() {
	for i := 0; i < len(v.Words); i++ {
		if v.Words[i].class != classPunct || !v.role(i, roleOpening) {
			continue
		}
		end := closing[v.word(i)]
		runes := 0
		for j := i + 1; j < len(v.Words); j++ {
			if v.word(j) == end {
				span := text.Range{Start: v.Words[i].Start, End: v.Words[j].End}
				if v.is(i, "《", "〈") {
					v.add(span.Start, span.End, "", "", 1, "rule:title")
				} else {
					v.quoted = append(v.quoted, span)
				}
				i = j
				break
			}
			if runes += v.Words[j].runes; runes > longestQuote && end != "》" || v.is(j, "。", "；", ";") {
				break
			}
		}
	}
}

// partial reports whether a span stands inside a short quotation without being all of it, or crosses one of its marks.
func (v *sentence) partial(start, end int) bool {
	for _, q := range v.quoted {
		if end <= q.Start || q.End <= start || start <= q.Start && q.End <= end {
			continue
		}
		_, first := utf8.DecodeRuneInString(v.Text[q.Start:])
		_, last := utf8.DecodeLastRuneInString(v.Text[:q.End])
		if start != q.Start+first || end != q.End-last {
			return true
		}
	}
	return false
}

// slogan reports whether a span is all of a quotation: “雪亮工程” is a campaign, no project.
func (v *sentence) slogan(start, end int) bool {
	for _, q := range v.quoted {
		if q.Start < start && end < q.End {
			return true
		}
	}
	return false
}

// places turns the words that are names of the gazetteer, or known to everybody, into candidates.
func (v *sentence) places() {
	for i := range v.Words {
		w := &v.Words[i]
		if w.class != className {
			continue
		}
		if w.kind == "" {
			v.add(w.Start, w.End, "", "", 1, "rule:doctrine")
			continue
		}
		by, confidence := "gazetteer", sureName
		if _, ok := v.lex.known[v.word(i)]; ok {
			by = "rule:known"
		}
		if w.kind == graph.KindPlace && i > 0 && v.role(i-1, roleSlogan) {
			continue // 美丽安徽, 平安安徽
		}
		if w.kind == graph.KindPlace && w.place.Level() > 0 && !v.ends(i+1) && v.awarded(i) {
			continue
		}
		v.add(w.Start, w.End, w.kind, w.place, confidence, by)
	}
}

// documentHeads close names of laws and plans.
var documentHeads = wordsOf(`条例 规划 办法 规定 纲要 实施细则 总体规划 总体方案 规划纲要 发展规划 专项规划 管理办法`)

// laws are documents whose names hold verbs: 停车管理条例, 公平竞争审查条例.
var laws = wordsOf(`条例 办法 规定 实施细则 管理办法`)

// made are verbs of those who make documents; the name of one begins behind them.
var made = wordsOf(`出台 制定 实施 颁布 修订 推动 推进 落实 贯彻 执行 发布 印发 通过 起草 编制 完善 审议 制订 修改 施行 落实好 根据 依据 按照 严格 启动 开展 深化 加快 支持 完成 获批 批复`)

// documents masks a place with which the name of a law or a plan begins: 重庆市停车管理条例.
func (v *sentence) documents() {
	for i := range v.Words {
		if !v.role(i, roleDocument) && !(v.role(i, roleAct) && v.ends(i+1)) {
			continue
		}
		law := v.role(i, roleLaw)
		for j := i - 1; j >= 0 && j > i-10; j-- {
			if verb := v.class(j) == classVerb || v.class(j) == classTagVerb; !namelike(v.class(j)) && !(verb && law) || v.role(j, roleMade) {
				break
			}
			if v.class(j) == className {
				if v.Words[j].kind == graph.KindPlace && (j < i-1 || v.is(i, "法")) {
					v.add(v.Words[j].Start, v.Words[i].End, "", "", 1, "rule:document")
				}
				break
			}
		}
	}
}

// slogans are adjectives that make a promise of a place's name.
var slogans = wordsOf(`美丽 平安 法治 健康 数字 多彩 美好 好客 诚信 智慧 文明 活力 幸福 和谐 清廉 信用 品质 大美 七彩 锦绣 富美 书香 文化 新时代 现代化 新 清新 质量 科技 生态 绿色 创新 开放 双拥 安全 畅通`)

// awards are verbs behind which a place begins the name of a title, not its own: 获评2023年福建省优秀案例.
var awards = wordsOf(`获 获评 荣获 荣膺 获得 入选 评为 评定为 认定为 认定 授予 被授予 命名 命名为 列为 创建 争创 跻身 荣登 摘得 斩获 夺得 申报 定为`)

// awarded reports whether word i follows such a verb, with at most a year or the number of a session between.
func (v *sentence) awarded(i int) bool {
	for n := i - 1; n >= 0 && n > i-5; n-- {
		switch {
		case awards[v.word(n)]:
			return true
		case v.class(n) == classNumber, v.class(n) == classNumeral, v.is(n, "年", "年度", "届", "度", "批"):
		default:
			return false
		}
	}
	return false
}

// ends reports whether a name may end before word i: no word follows that would carry it on.
func (v *sentence) ends(i int) bool {
	switch v.class(i) {
	case classPunct, classSpace, classOther, classStop, classSoft, classVerb, classTagVerb, classAmbi, classNumber, classNumeral:
		return true
	}
	return false
}

// stack joins adjacent places into one name (东园镇龙苍社区, 福厦高铁泉州东站), and a place with the firm behind it (福建三钢).
func (v *sentence) stack() {
	if !v.adjacent() {
		return
	}
	ends := make(map[int][]Candidate)
	for _, c := range v.found {
		if c.Kind == graph.KindPlace {
			ends[c.End] = append(ends[c.End], c)
		}
	}
	// Candidates are joined from the left, so that three levels join in two steps.
	for n := 0; n < len(v.found); n++ {
		c := v.found[n]
		if c.Kind != graph.KindPlace && c.Kind != graph.KindEnterprise || len(v.found) > 4*len(v.Words)+64 {
			continue
		}
		for _, front := range ends[c.Start] {
			if !v.joins(front, c) {
				continue
			}
			joined := Candidate{
				Range: text.Range{Start: front.Start, End: c.End}, Kind: c.Kind, Place: c.Place,
				Confidence: min(front.Confidence, c.Confidence), By: c.By,
			}
			if v.partial(joined.Start, joined.End) || contains(ends[joined.End], joined) {
				continue
			}
			v.found = append(v.found, joined)
			if joined.Kind == graph.KindPlace {
				ends[joined.End] = append(ends[joined.End], joined)
			}
		}
	}
}

// adjacent reports whether some candidate begins where a place ends.
func (v *sentence) adjacent() bool {
	for i := range v.found {
		for k := range v.found {
			if v.found[i].End == v.found[k].Start && v.found[i].Kind == graph.KindPlace {
				return true
			}
		}
	}
	return false
}

// stretches finds parts of lines and rivers: 沿江高铁渝宜段, 嘉陵江重庆段.
func (v *sentence) stretches() {
	for i := 2; i < len(v.Words); i++ {
		if !v.role(i, roleStretch) || v.class(i-1) != className && v.class(i-1) != classChar {
			continue
		}
		j := i - 1
		for j > 0 && i-j < 3 && v.class(j) == classChar && v.class(j-1) == classChar {
			j--
		}
		if v.is(j-1, "(", "（") && v.is(i+1, ")", "）") { // 大运河国家文化公园（安徽段）
			for _, c := range v.found {
				if c.End == v.Words[j-1].Start && c.Kind == graph.KindPlace {
					v.add(c.Start, v.Words[i+1].End, graph.KindPlace, c.Place, c.Confidence, "rule:suffix")
					break
				}
			}
			continue
		}
		for _, c := range v.found {
			if c.End == v.Words[j].Start && c.Kind == graph.KindPlace && (c.Place == graph.Railway || c.Place == graph.Road || c.Place == graph.Water) {
				v.add(c.Start, v.Words[i].End, graph.KindPlace, c.Place, c.Confidence, "rule:suffix")
				break
			}
		}
	}
}

func contains(all []Candidate, c Candidate) bool {
	for _, a := range all {
		if a.Range == c.Range {
			return true
		}
	}
	return false
}

// joins reports whether a place in front of another belongs to its name: it contains it, as far as the gazetteer knows, or
// the second is no division.
func (v *sentence) joins(front, c Candidate) bool {
	switch {
	case c.Kind == graph.KindEnterprise:
		return front.Place.Level() > 0 && front.Place.Level() < 5 && front.By != "rule:suffix" && !v.is(v.inside(front.Start), "中国", "我国")
	case c.Place.Level() == 0 && front.Place.Level() > 0:
		return true
	case front.Place.Level() == 0:
		line := front.Place == graph.Railway || front.Place == graph.Road
		return c.Place.Level() == 0 && (line || front.Place == graph.Park)
	}
	inner, outer := v.gaz.ByName(v.Text[c.Start:c.End]), v.gaz.ByName(v.Text[front.Start:front.End])
	if len(inner) == 0 || len(outer) == 0 { // one is a stack itself, a country or a village
		return front.Place.Level() < c.Place.Level() || c.Place == graph.Zone && front.Place == graph.County
	}
	for _, i := range inner {
		for _, o := range outer {
			if i.Code != o.Code && v.gaz.Within(i.Code, o.Code) {
				return true
			}
		}
	}
	return false
}

// words cuts a sentence into words that cover it, of which each name of the gazetteer, and each that everybody knows, is one. They
// hold until the memo serves another document.
func (r *rules) words(s string, memo *wordMemo, places *gazetteer.Matcher, area string) []Word {
	memo.cut = r.lex.words(memo.cut[:0], s, 0, memo)
	return memo.keep(r.mark(s, memo.cut, memo, places, area))
}

// placeMatch is a name that everybody knows, or of a place.
type placeMatch struct {
	text.Range
	kind  graph.Kind
	place graph.PlaceKind
}

// mark returns the words of a sentence, recut so that each name is one word; they hold until the memo cuts another.
func (r *rules) mark(s string, words []Word, memo *wordMemo, places *gazetteer.Matcher, area string) []Word {
	memo.boundary = append(memo.boundary[:0], make([]bool, len(s)+1)...)
	boundary := memo.boundary
	for _, w := range words {
		boundary[w.Start] = true
	}
	boundary[len(s)] = true
	matches := memo.found[:0]
	for _, m := range places.Matches(s) {
		name := s[m.Start:m.End]
		p, ok := memo.resolve(r.gaz, name, area)
		if p, ok = r.place(name, p, ok); ok && !r.ordinary(s, words, m.Start, m.End, p.Kind) {
			matches = append(matches, placeMatch{text.Range{Start: m.Start, End: m.End}, graph.KindPlace, p.Kind})
		}
	}
	all := memo.sure[:0] // ascending, not overlapping
	next := 0            // where the last match ended
	for w, n := 0, 0; w < len(words); w++ {
		i := words[w].Start
		if i < next {
			continue
		}
		best := placeMatch{}
		for n < len(matches) && matches[n].Start < i {
			n++
		}
		if n < len(matches) && matches[n].Start == i && aligned(s, words, boundary, matches[n].Range) {
			best = matches[n]
		}
		if words[w].roles&beginsKnown != 0 {
			for end := range r.lex.names.at(s, i) {
				if !boundary[end] {
					continue
				}
				if end > best.End {
					k := r.lex.known[s[i:end]]
					best = placeMatch{text.Range{Start: i, End: end}, k.kind, k.place}
					if k.mask {
						best.kind = ""
					}
				}
				break
			}
		}
		if best.End > 0 {
			all = append(all, best)
			next = best.End
		}
	}
	memo.found, memo.sure = matches, all
	if len(all) == 0 {
		return words
	}
	for n := range all {
		all[n].End = r.shorten(s, all[n].Range)
	}
	out := memo.marked[:0]
	i, from := 0, 0 // from is where out ends
	for _, m := range append(all, placeMatch{Range: text.Range{Start: len(s), End: len(s)}}) {
		for from < m.Start {
			for words[i].End <= from {
				i++
			}
			if w := words[i]; w.Start == from && w.End <= m.Start {
				out = append(out, w)
				from = w.End
			} else { // what a match left of a word, all of it Chinese characters
				end := min(w.End, m.Start)
				out = r.lex.words(out, s[from:end], from, memo)
				from = end
			}
		}
		if m.Start < m.End {
			facts := memo.of(s[m.Start:m.End])
			out = append(out, Word{Range: m.Range, class: className, roles: facts.roles, runes: utf8.RuneCountInString(s[m.Start:m.End]), kind: m.kind, place: m.place, facts: facts})
			from = m.End
		}
	}
	memo.marked = out
	return out
}

// ordinary reports whether a name of the gazetteer is an ordinary word or phrase where it stands: 资源 is a county, 中心镇 and
// 小城镇 are towns, 自由贸易港 is the alias of a zone, but reports mean what the words say.
func (r *rules) ordinary(s string, words []Word, start, end int, kind graph.PlaceKind) bool {
	name := s[start:end]
	if _, ok := r.lex.classes[name]; ok && r.lex.classes[name] != classOdd {
		return true
	}
	if _, ok := r.lex.heads[name]; ok {
		return true
	}
	if kind == graph.Zone {
		return false // 台商区 is matched in its own city only
	}
	n := sort.Search(len(words), func(n int) bool { return words[n].Start >= start })
	plain, covered := false, 0
	for ; n < len(words) && words[n].End <= end; n++ {
		covered += words[n].runes
		switch c := words[n].class; {
		case c == classPlain || c == classAmbi:
			plain = true
		case words[n].runes == 1 && (c == classStop || c == classSoft || c == classNumeral || isCommon(s[words[n].Start:words[n].End])):
		default:
			return false
		}
	}
	return plain && covered == utf8.RuneCountInString(name)
}

// shorten gives back the last character of an official name where it begins the next word: 杭州 in 杭州市民.
func (r *rules) shorten(s string, m text.Range) int {
	last, size := utf8.DecodeLastRuneInString(s[m.Start:m.End])
	next, _ := utf8.DecodeRuneInString(s[m.End:])
	if !strings.ContainsRune("省市区县镇", last) || !strings.ContainsRune("民长场值容域位间会级属", next) || len(r.gaz.ByName(s[m.Start:m.End-size])) == 0 {
		return m.End
	}
	return m.End - size
}

// place is the place that a name of the gazetteer means, as resolved, or, if that cannot be told, one of those that it may mean,
// without its code.
func (r *rules) place(name string, p gazetteer.Place, resolved bool) (gazetteer.Place, bool) {
	if resolved {
		return p, true
	}
	all := r.gaz.ByName(name)
	if len(all) == 0 {
		return gazetteer.Place{}, false
	}
	p = all[0]
	p.Code = ""
	return p, true
}

// aligned reports whether a name of the gazetteer may stand at a span: it does not tear words of the dictionary apart, unless
// it is an official name (泉港区), which outweighs them.
func aligned(s string, words []Word, boundary []bool, m text.Range) bool {
	if boundary[m.Start] && boundary[m.End] {
		return true
	}
	if !boundary[m.Start] || utf8.RuneCountInString(s[m.Start:m.End]) < 3 {
		return false
	}
	return strings.ContainsAny(s[m.Start:m.End][m.End-m.Start-3:], "省市区县镇乡")
}
