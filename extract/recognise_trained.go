package extract

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/extract/tagger"
	"github.com/tupu-kg/tupu/extract/text"
	"github.com/tupu-kg/tupu/graph"
)

// trained is the recogniser that decides with a model, to which the rules' proposals are observations among others. What the
// rules propose and the model does not take stays a candidate for parts.
type trained struct {
	rules *rules
	model *tagger.Model
	masks bool      // titles of works are no names; they are where a model of other types says so
	pool  sync.Pool // of *tagging
}

// tagging is the memory of one goroutine.
type tagging struct {
	observer observer
	tagger   *tagger.Tagger
	sentence sentence

	// Of the second stage.
	spanFeatures spanFeatures
	scores       []float64
}

var _ Recognizer = (*trained)(nil)

// outsideBias is added to the odds of being no name: names that the model just misses are worth more than what it invents
// there. Measured on texts kept apart from training.
const outsideBias = -0.3

func newTrained(r *rules, m *tagger.Model) *trained {
	t := &trained{rules: r, model: m, masks: true}
	for _, k := range m.Kinds {
		t.masks = t.masks && slices.Contains(Kinds, k)
	}
	t.pool.New = func() any {
		g := &tagging{tagger: m.NewTagger(outsideBias)}
		g.observer.tagger = g.tagger
		return g
	}
	return t
}

var masks = map[string]bool{"rule:title": true, "rule:document": true, "rule:doctrine": true, "rule:event": true}

// Recognize finds the candidates of one sentence.
func (t *trained) Recognize(s *Context) []Candidate {
	g := t.pool.Get().(*tagging)
	defer t.pool.Put(g)
	v := t.rules.look(s, &g.sentence)
	sequence := g.observer.observe(v)
	var spans []tagger.Span
	if second := t.model.Rescorer; second != nil {
		spans = g.rescored(v, sequence, second)
	} else {
		spans = g.tagger.Tag(sequence)
	}
	out := make([]Candidate, 0, len(v.found)+len(spans))
	for _, c := range v.found {
		// Of the masks those of titles, laws and doctrines hold: nothing is named inside them, however much it looks like it.
		if c.Part = c.Kind != ""; c.Part || t.masks && masks[c.By] {
			out = append(out, c)
		}
	}
	for _, span := range spans {
		r := paired(s.Text, text.Range{Start: int(g.observer.offsets[span.Start]), End: int(g.observer.offsets[span.End])})
		kind := graph.Kind(t.model.Kinds[span.Kind])
		if r = v.widened(v.led(r), kind); v.clause(r) || kind == graph.KindProject && v.output(r) {
			// The name in the clause is what the rules would take there.
			for _, c := range arbitrate(s.Text, v.found) {
				if r.Start <= c.Start && c.End <= r.End && !v.clause(c.Range) {
					out = append(out, c)
				}
			}
			continue
		}
		if r.Start == r.End || v.partial(r.Start, r.End) || v.borrowed(r) || t.masks && v.none(r, kind) {
			continue
		}
		if (kind == graph.KindEnterprise || kind == graph.KindProject) && t.masks && parkName(s.Text[r.Start:r.End]) {
			kind = graph.KindPlace
		}
		if kind == graph.KindPlace {
			for _, r := range v.apart(r) {
				out = append(out, v.informed(Candidate{Range: r, Kind: kind, Confidence: span.Confidence, By: "tagger"}))
			}
			continue
		}
		out = append(out, v.informed(Candidate{Range: r, Kind: kind, Confidence: span.Confidence, By: "tagger"}))
	}
	if t.masks {
		out = v.priced(v.marked(v.listedFirms(v.quotedFirms(out))))
	}
	return v.fullNames(v.joinLines(out))
}

// informed adds what the rules know of a name that the tagger found: what sort of place it is, and who knew the name.
func (v *sentence) informed(c Candidate) Candidate {
	for _, rule := range v.found {
		if rule.Range == c.Range && rule.Kind == c.Kind {
			c.Place = rule.Place
			if rule.By == "gazetteer" || rule.By == "rule:known" || rule.By == "rule:declared" {
				c.By = rule.By
			}
			return c
		}
	}
	if c.Kind == graph.KindPlace {
		if kind, place, ok := v.ownHead(c.Start, c.End); ok && kind == graph.KindPlace {
			c.Place = place
		}
	}
	return c
}

// quotedFirms adds the members of a list of firms that stand in quotation marks each, as brands do: “景川”、“吉岭”等企业.
func (v *sentence) quotedFirms(out []Candidate) []Candidate {
	for _, h := range v.hints {
		name := v.Text[h.Start:h.End]
		inner, ok := strings.CutPrefix(name, "“")
		inner, closed := strings.CutSuffix(inner, "”")
		if n := utf8.RuneCountInString(inner); h.Kind != graph.KindEnterprise || !ok || !closed || n < 2 || n > 6 {
			continue
		}
		if !slices.ContainsFunc(out, func(c Candidate) bool { return !c.Part && c.Start < h.End && h.Start < c.End }) {
			start := h.Start + len("“")
			out = append(out, Candidate{Range: text.Range{Start: start, End: start + len(inner)}, Kind: h.Kind, Confidence: weakName, By: "rule:enumeration"})
		}
	}
	return out
}

// listedFirms makes firms of what a list of firms has for members and what else would be a road, a port or a mountain: 青柳铁路、榆湾港等企业.
// Divisions and zones stay what they are.
func (v *sentence) listedFirms(out []Candidate) []Candidate {
	for _, h := range v.hints {
		if h.Kind != graph.KindEnterprise {
			continue
		}
		for i := range out {
			c := &out[i]
			if c.Kind == graph.KindPlace && c.Range == h.Range && !c.Part && firmPlaces[c.Place] {
				c.Kind, c.Place, c.By = graph.KindEnterprise, "", "rule:enumeration"
			}
		}
	}
	return out
}

// firmPlaces are kinds of places that firms are called like, and may be.
var firmPlaces = map[graph.PlaceKind]bool{graph.Railway: true, graph.Road: true, graph.Building: true, graph.Scenic: true, graph.Water: true, graph.Other: true, "": true}

// exchangeMark is what an exchange puts before the short name of a listed firm in trouble, and the name's first two characters.
var exchangeMark = regexp.MustCompile(`(?:^|[^A-Za-z0-9])(ST\p{Han}{2})`)

// marked adds the short names with an exchange's mark that nothing else found: *ST岚能. They end with a word.
func (v *sentence) marked(out []Candidate) []Candidate {
	if !strings.Contains(v.Text, "ST") {
		return out
	}
	for _, m := range exchangeMark.FindAllStringSubmatchIndex(v.Text, -1) {
		r := text.Range{Start: m[2], End: m[3]}
		if w := v.Words[v.inside(r.End-1)]; w.End > r.End && utf8.RuneCountInString(v.Text[r.End:w.End]) <= 2 {
			r.End = w.End
		}
		if !slices.ContainsFunc(out, func(c Candidate) bool {
			return !c.Part && c.Start < r.End && r.Start < c.End && c.Kind == graph.KindEnterprise
		}) {
			out = append(out, Candidate{Range: r, Kind: graph.KindEnterprise, Confidence: firmName, By: "rule:listed"})
		}
	}
	return out
}

// clauseWords stand in clauses and not in names.
var clauseWords = wordsOf(`由 将 被 把 已 已经 正在 并 签 签下 签订 签约 位于 从 在 向 处`)

// leads are verbs that stand in front of names and never begin one.
var leads = wordsOf(`确保 推动 推进 加快 支持 启动 完成 实施 谋划 争取 力争 力促 抓好 做好 加强 做优 做特 做大 做强`)

// led leaves verbs out that a name was taken with.
func (v *sentence) led(r text.Range) text.Range {
	for i := v.at(r.Start); i >= 0 && i < len(v.Words) && v.Words[i].End <= r.End && leads[v.word(i)]; i++ {
		r.Start = v.Words[i].End
	}
	if i := v.at(r.Start); i > 0 && v.is(i, "建") && v.is(i-1, "将", "拟", "欲", "要", "正", "在", "已", "再") && v.Words[i].End < r.End { // 将建明川物流园
		r.Start = v.Words[i].End
	}
	return r
}

// borrowed reports whether a stretch is the name of a division that only lends itself to a slogan (美丽江西) or to the name of a
// title (获评2023年福建省优秀案例).
func (v *sentence) borrowed(r text.Range) bool {
	i := v.at(r.Start)
	if i < 0 || v.Words[i].End != r.End || v.class(i) != className || v.Words[i].kind != graph.KindPlace || v.Words[i].place.Level() == 0 {
		return false
	}
	return i > 0 && slogans[v.word(i-1)] && !kept[v.word(i-1)] || !v.ends(i+1) && v.awarded(i)
}

// kept are words of slogans that also stand before a place that means itself: 谱写中国式现代化江西篇章.
var kept = wordsOf(`现代化 新 开放 创新 科技 文化 生态 绿色 质量`)

// What parties do together, and words for parties that are no names.
var (
	jointly = wordsOf(`共建 合建 联建 共办 合办 合资 组建 筹建 设立 成立 创办`)
	sides   = wordsOf(`合作方 投资方 双方 三方 各方 多方 中方 外方 港方 台方 方面 伙伴 企业 公司 单位 高校 院校 机构 政府 集团 团队`)
)

// clause reports whether a stretch is more than a name: 启丰源纸业由中心城区整体搬迁, 瑞士合作方共建钟表研究院.
func (v *sentence) clause(r text.Range) bool {
	for i := v.inside(r.Start) + 1; i < len(v.Words) && v.Words[i].End < r.End; i++ {
		if v.role(i, roleClause) || v.role(i, roleJointly) && v.role(i-1, roleSide) {
			return true
		}
	}
	return false
}

// output reports whether a stretch says what something makes, and is not named a project: 榕屿食品分厂日产冷冻面团.
func (v *sentence) output(r text.Range) bool {
	for i := v.inside(r.Start) + 1; i < len(v.Words) && v.Words[i].End < r.End; i++ {
		if v.is(i, "日产", "月产") {
			return !strings.HasSuffix(v.Text[r.Start:r.End], "项目")
		}
	}
	return false
}

// pairs are marks that belong together in a name: 成渝绵“科技创新金三角”, 西部（重庆）科学城.
var pairs = [...][2]string{{"“", "”"}, {"（", "）"}, {"(", ")"}, {"「", "」"}}

// paired mends a name that is cut between two marks that belong together: it takes in the missing one if that stands right
// beside it, and leaves a mark out that stands at its end alone.
func paired(s string, r text.Range) text.Range {
	for _, p := range pairs {
		name := s[r.Start:r.End]
		opened, closed := strings.Count(name, p[0]), strings.Count(name, p[1])
		switch {
		case opened == closed:
		case opened > closed && strings.HasSuffix(name, p[0]):
			r.End -= len(p[0])
		case opened > closed && strings.HasPrefix(s[r.End:], p[1]):
			r.End += len(p[1])
		case opened > closed && strings.HasPrefix(name, p[0]):
			r.Start += len(p[0])
		case closed > opened && strings.HasPrefix(name, p[1]):
			r.Start += len(p[1])
		case closed > opened && strings.HasSuffix(s[:r.Start], p[0]):
			r.Start -= len(p[0])
		case closed > opened && strings.HasSuffix(name, p[1]):
			r.End -= len(p[1])
		}
	}
	return r
}
