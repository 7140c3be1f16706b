package extract

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/extract/company"
	"github.com/tupu-kg/tupu/extract/gazetteer"
	"github.com/tupu-kg/tupu/extract/text"
	"github.com/tupu-kg/tupu/graph"
)

// Declaration is a place where a text gives a short name to what it just named in full: 甲有限公司（以下简称“甲”）. It need not be a
// firm, nor anything that is recognised: 第四届中国国际进口博览会（简称“进博会”）.
type Declaration struct {
	Full, Short text.Range // bytes of the sentence
}

// maxDeclarations bounds the declarations of one sentence.
const maxDeclarations = 64

// declareMarks are the words that declare a short name, and declareLeads what may stand before them.
var (
	declareMarks = []string{"简称", "下称"}
	declareLeads = []string{"以下", "下文", "后文", "以", "下", "后", "统", "证券", "股票", "公司", "中文"}
	declareLinks = []string{"作", "为", ":", "：", " "}
)

// declareQuotes are marks around short names, and around full ones.
var declareQuotes = [][2]string{{"“", "”"}, {"\"", "\""}, {"「", "」"}, {"『", "』"}, {"‘", "’"}, {"《", "》"}, {"'", "'"}, {"【", "】"}, {"〈", "〉"}}

// Declarations finds the declarations of a folded sentence, in order.
func (x *Extractor) Declarations(sentence string) []Declaration {
	return declarations(sentence, x.rules.gaz)
}

// declarations finds the declarations of a sentence, in order.
func declarations(s string, g *gazetteer.Gazetteer) []Declaration {
	var found []Declaration
	for from := 0; len(found) < maxDeclarations; {
		at, mark := -1, ""
		for _, m := range declareMarks {
			if i := strings.Index(s[from:], m); i >= 0 && (at < 0 || from+i < at) {
				at, mark = from+i, m
			}
		}
		if at < 0 {
			break
		}
		from = at + len(mark)
		short, ok := declaredShort(s, from)
		if !ok {
			continue
		}
		end, ok := declaredEnd(s, at)
		if !ok {
			continue
		}
		full, ok := declaredFull(s, end, s[short.Start:short.End], g)
		if !ok {
			continue
		}
		from = short.End
		if !slices.ContainsFunc(found, func(d Declaration) bool {
			return s[d.Full.Start:d.Full.End] == s[full.Start:full.End] && s[d.Short.Start:d.Short.End] == s[short.Start:short.End]
		}) {
			found = append(found, Declaration{full, short})
		}
	}
	return found
}

// declaredShort reads the short name behind the mark.
func declaredShort(s string, start int) (text.Range, bool) {
	for again := true; again; {
		again = false
		for _, w := range declareLinks {
			if strings.HasPrefix(s[start:], w) {
				start, again = start+len(w), true
			}
		}
	}
	r := text.Range{Start: start, End: start}
	for _, q := range declareQuotes {
		rest, ok := strings.CutPrefix(s[start:], q[0])
		if !ok {
			continue
		}
		n := strings.Index(rest, q[1])
		if again := strings.Index(rest, q[0]); again > 0 && (n < 0 || again < n) {
			n = again // the opening mark closes, too: “甲“
		}
		if n <= 0 {
			return r, false
		}
		if r = (text.Range{Start: start + len(q[0]), End: start + len(q[0]) + n}); q[0] == "《" {
			r = text.Range{Start: start, End: start + len(q[0]) + n + len(q[1])}
		}
		break
	}
	if r.Start == r.End {
		n := strings.IndexAny(s[start:], "）),，。；;、！!？?")
		if n <= 0 {
			return r, false
		}
		r.End = start + len(strings.TrimRight(s[start:start+n], " "))
	}
	if i := strings.IndexAny(s[r.Start:r.End], "（("); i > 0 && strings.ContainsAny(s[r.Start+i:r.End], "）)") {
		r.End = r.Start + i // a remark about the name is no part of it
	}
	n := utf8.RuneCountInString(s[r.Start:r.End])
	return r, 2 <= n && n <= 20 && !roles[strings.TrimPrefix(s[r.Start:r.End], "该")]
}

// roles are what a text calls somebody for its own length only: they are nobody's name.
var roles = wordsOf(`公司 本公司 集团 本集团 发行人 上市公司 标的公司 目标公司 项目公司 母公司 子公司 控股股东 交易对方 甲方 乙方 丙方 双方 各方 三方 本次发行 本次交易 本行 银行 基金 协议 合同 通知 意见`)

// declaredEnd finds where the full name ends before the mark: before the bracket that the declaration stands in, or before a
// comma.
func declaredEnd(s string, mark int) (int, bool) {
	lead := strings.TrimRight(s[:mark], " ")
	for again := true; again; {
		again = false
		for _, w := range declareLeads {
			if rest, ok := strings.CutSuffix(lead, w); ok {
				lead, again = strings.TrimRight(rest, " "), true
				break
			}
		}
	}
	before := strings.TrimRight(lead, " ,，:：;；")
	if cut := strings.TrimRight(strings.TrimSuffix(strings.TrimSuffix(before, "("), "（"), " "); cut != before {
		return len(cut), cut != ""
	}
	if before == lead {
		return 0, false
	}
	// (1606.HK，以下简称“甲”): the bracket holds something else first, of which the name is not, unless that is a name itself.
	if open := openBracket(before); open > 0 && !slices.ContainsFunc(legalForms, func(form string) bool { return strings.HasSuffix(before, form) }) {
		return len(strings.TrimRight(s[:open], " ")), true
	}
	return len(before), before != ""
}

// openBracket is where the last bracket of s that is not closed opens, -1 if there is none.
func openBracket(s string) int {
	depth := 0
	for i := len(s); i > 0; {
		r, size := utf8.DecodeLastRuneInString(s[:i])
		i -= size
		switch r {
		case ')', '）':
			depth++
		case '(', '（':
			if depth == 0 {
				return i
			}
			depth--
		case '。', '；':
			return -1
		}
	}
	return -1
}

// beforeNames stand right before names in full: whoever owns, founds, meets or calls them.
var beforeNames = func() []string {
	words := strings.Fields(`与 和 及 以及 暨 跟 同 向 由 对 给 为 在 将 从 被 让 使 把 是 即 系 名为 叫 叫做 称为 之一 等 后 前 下 上 的 了 并 又 而 但 至 到 于 自 以 按 据 经 因 凭
		收购 并购 投资 设立 成立 组建 新设 发布 公布 发行 联合 联手 携手 认购 增资 参股 控股 持有 转让 出售 签署 签订 获得 获 拟 已 其 该 本 向 委托 聘请 出资 引入 入股
		子公司 分公司 全资子公司 控股子公司 附属公司 孙公司 全资附属公司 母公司 控股公司 参股公司 股东 控股股东 大股东 发起人 管理人 承销商 合作方 交易对方 实际控制人 集团旗下 旗下 下属 所属
		品牌 平台 龙头 企业 公司 公司名 厂商 运营商 服务商 供应商 提供商 引领者 领导者 领先者 领投方 投资方 跟投方 获评 入选 开发商 制造商 机构 上市公司 关联方 关联企业 服装龙头 便利店 平台公司 项目公司 运营主体 主体公司 初创公司 企业名
		获悉 消息 显示 称 报道 宣布 表示 透露 指出 包括 例如 比如 如 以及 或 或者 分别为 分别是 分别 主要 现 原 近日 日前 今日 昨日 目前 此次 本次 当天`)
	slices.SortFunc(words, func(a, b string) int { return len(b) - len(a) })
	return words
}()

// declaredFull finds the full name that ends at end: not further back than a clause or a quotation opens, at least as far back
// as the characters of the short name go, and from there up to a word that stands before names, or to a place.
func declaredFull(s string, end int, short string, g *gazetteer.Gazetteer) (text.Range, bool) {
	for _, q := range declareQuotes {
		inner, ok := strings.CutSuffix(s[:end], q[1])
		if !ok {
			continue
		}
		i := strings.LastIndex(inner, q[0])
		switch {
		case i < 0:
		case q[0] == "《":
			return text.Range{Start: i, End: end}, true
		default:
			return text.Range{Start: i + len(q[0]), End: len(inner)}, i+len(q[0]) < len(inner)
		}
	}
	limit := clauseStart(s, end)
	if limit >= end {
		return text.Range{}, false
	}
	latest, ok := spelt(s[limit:end], short)
	if latest += limit; !ok {
		latest = end
	}
	start := limit
	places := g.Matches(s[limit:end])
	starts, inside := map[int]bool{}, func(at int) bool {
		return slices.ContainsFunc(places, func(m gazetteer.Match) bool { return limit+m.Start < at && at < limit+m.End })
	}
	for _, m := range places {
		starts[limit+m.Start] = true
	}
	placed := -1
	for at := latest; at > limit; {
		if at < end && opened(s[limit:at]) && !inside(at) || starts[at] && at == latest {
			if ok || utf8.RuneCountInString(s[at:end]) >= 4 {
				start = at
				break
			}
		}
		if starts[at] && placed < 0 && ok {
			placed = at // 投资深圳市优必选科技有限公司: a firm's name begins with its place
		}
		_, size := utf8.DecodeLastRuneInString(s[:at])
		at -= size
	}
	if open, after, ok := strings.Cut(s[start:end], "）"); ok && strings.HasPrefix(open, "（") && utf8.RuneCountInString(after) >= 4 {
		start = end - len(after) // （文/春夏）华虹无锡集成电路研发和制造基地项目
	}
	if placed >= 0 && slices.ContainsFunc(legalForms, func(form string) bool { return strings.HasSuffix(s[:end], form) }) && start < placed && !starts[start] {
		start = placed
	}
	return text.Range{Start: start, End: end}, utf8.RuneCountInString(s[start:end]) >= 2
}

// opened reports whether a word that stands before names ends here.
func opened(s string) bool {
	return slices.ContainsFunc(beforeNames, func(w string) bool { return strings.HasSuffix(s, w) })
}

// clauseStart is where the clause or the quotation that reaches to end begins. Closed brackets belong to the name.
func clauseStart(s string, end int) int {
	depth := 0
	for i := end; i > 0; {
		r, size := utf8.DecodeLastRuneInString(s[:i])
		switch {
		case r == ')' || r == '）':
			depth++
		case r == '(' || r == '（':
			if depth == 0 {
				return i
			}
			depth--
		case depth > 0:
		case strings.ContainsRune("，,。；;：:、！!？?“”\"「」『』‘’《》【】—\n", r):
			return i
		}
		i -= size
	}
	if i := strings.LastIndexAny(s[:end], "）)"); depth > 0 && i >= 0 {
		for _, r := range s[i:] {
			return i + utf8.RuneLen(r) // it closes what was never opened
		}
	}
	return 0
}

// spelt returns the latest place in full from which on the characters of a short name stand there in their order.
func spelt(full, short string) (int, bool) {
	full, short = strings.ToLower(full), strings.ToLower(short)
	at := len(full)
	for i := len(short); i > 0; {
		r, size := utf8.DecodeLastRuneInString(short[:i])
		i -= size
		if unicode.IsSpace(r) || strings.ContainsRune("()（）·-", r) {
			continue
		}
		if at = strings.LastIndex(full[:at], string(r)); at < 0 {
			return 0, false
		}
	}
	return at, true
}

// declared adds the short names that a sentence declares, with the types of their full names.
func (v *sentence) declared() {
	if !strings.Contains(v.Text, "称") {
		return
	}
	for _, d := range declarations(v.Text, v.gaz) {
		var full *Candidate
		for n := range v.found {
			if c := &v.found[n]; c.End == d.Full.End && c.Kind != "" && (full == nil || c.Start < full.Start) {
				full = c
			}
		}
		if full != nil {
			v.add(d.Short.Start, d.Short.End, full.Kind, full.Place, full.Confidence, "rule:declared")
		}
	}
}

// fullNames mends where full names of firms begin. The name that a sentence declares a short name for begins where the declaration
// says; one that was cut behind its place (杭州 可靠护理用品股份有限公司) begins with the place. Declared names that were not found are
// added.
func (v *sentence) fullNames(found []Candidate) []Candidate {
	var declared []Declaration
	if strings.Contains(v.Text, "称") {
		declared = declarations(v.Text, v.gaz)
	}
	whole := map[int]bool{}      // ends of the full names that were found
	var places []gazetteer.Match // once a full name asks for them
	for n := range found {
		c := &found[n]
		if c.Kind != graph.KindEnterprise || c.Part || !company.Full(v.Text[c.Start:c.End]) {
			continue
		}
		if len(whole) == 0 {
			places = v.gaz.Matches(v.Text)
		}
		whole[c.End] = true
		if i := slices.IndexFunc(declared, func(d Declaration) bool { return d.Full.End == c.End }); i >= 0 {
			c.Start = declared[i].Full.Start
			continue
		}
		for _, p := range places {
			if gap := v.Text[min(p.End, c.Start):c.Start]; p.Start < c.Start && p.End <= c.Start && utf8.RuneCountInString(gap) <= 2 && joins(gap) &&
				!slices.ContainsFunc(places, func(o gazetteer.Match) bool { return o.Start == c.Start && (gap == "" || v.lies(o, p)) }) {
				c.Start = p.Start
				break
			}
		}
		c.Start = v.begun(c.Range, places)
	}
	for _, d := range declared {
		if full := v.Text[d.Full.Start:d.Full.End]; company.Full(full) && utf8.RuneCountInString(full) <= maxFirm && !strings.ContainsAny(full, "“”《》") {
			if !whole[d.Full.End] {
				found = append(found, Candidate{Range: d.Full, Kind: graph.KindEnterprise, Confidence: firmName, By: "rule:declared"})
			}
			if !slices.ContainsFunc(found, func(c Candidate) bool { return !c.Part && c.Range == d.Short }) {
				found = append(found, Candidate{Range: d.Short, Kind: graph.KindEnterprise, Confidence: firmName, By: "rule:declared"})
			}
		}
	}
	return found
}

// lies reports whether one of two places of the sentence lies in the other.
func (v *sentence) lies(in, of gazetteer.Match) bool {
	outer, ok := v.gaz.Resolve(v.Text[of.Start:of.End], "")
	inner, found := v.gaz.Resolve(v.Text[in.Start:in.End], outer.Code)
	return ok && found && v.gaz.Within(inner.Code, outer.Code)
}

// begun is where the full name at r begins. One without a brand (器材股份有限公司), or with a single character of it, lacks its
// beginning, which is all that stands before it in its clause, from the first place on, if that makes a name. So does one before
// which a single character of an unknown word is left over.
func (v *sentence) begun(r text.Range, places []gazetteer.Match) int {
	from := r.Start
	for n := 0; from > 0 && n <= maxLacking; n++ { // clauses have no bound
		_, size := utf8.DecodeLastRuneInString(v.Text[:from])
		from -= size
	}
	limit := from + clauseStart(v.Text[from:], r.End-from)
	if limit >= r.Start {
		return r.Start
	}
	lacking := v.lacking(r)
	for at := r.Start; at > limit; {
		inPlace := slices.ContainsFunc(places, func(p gazetteer.Match) bool { return p.Start < at && at < p.End })
		if front := v.Text[limit:at]; !inPlace && opened(front) && !(lacking && slices.ContainsFunc(withinNames, func(w string) bool { return strings.HasSuffix(front, w) })) {
			limit = at
			break
		}
		_, size := utf8.DecodeLastRuneInString(v.Text[:at])
		at -= size
	}
	gap := v.Text[limit:r.Start]
	if runes := utf8.RuneCountInString(gap); runes == 0 || runes > maxLacking || strings.ContainsAny(gap, apartFromNames) {
		return r.Start
	}
	left := v.inside(limit)
	over := utf8.RuneCountInString(gap) == 1 && (v.Words[left].Start < limit || v.class(left) == classChar && !isCommon(gap) || strings.Contains("新大中小", gap))
	if !over && !lacking {
		return r.Start
	}
	for i := left; i < len(v.Words) && v.Words[i].Start < r.Start; i++ {
		if v.Words[i].runes > 1 && v.class(i) == classVerb && !company.Trade(v.word(i)) {
			return r.Start
		}
	}
	start := limit
	if n := slices.IndexFunc(places, func(p gazetteer.Match) bool { return limit <= p.Start && p.Start < r.Start }); n >= 0 {
		start = places[n].Start
	}
	if whole := (text.Range{Start: start, End: r.End}); utf8.RuneCountInString(v.Text[start:r.End]) <= maxFirm && !v.lacking(whole) {
		return start
	}
	return r.Start
}

// maxLacking is the number of characters of the longest beginning of a name that is taken in, and apartFromNames what no such
// beginning has.
const (
	maxLacking     = 12
	apartFromNames = "的在由向是有被让使将已了等个家其该我 \t0123456789·—-《》“”\""
)

// withinNames stand before names, and inside them too: 某某软件与技术服务股份有限公司.
var withinNames = []string{"与", "和", "及", "至", "投资", "控股"}

// lacking reports whether a full name lacks what every one has: a place in front, or a brand of two characters.
func (v *sentence) lacking(r text.Range) bool {
	name := text.Key(v.Text[r.Start:r.End])
	n := company.Parse(v.gaz, name)
	switch utf8.RuneCountInString(n.Brand) {
	case 0:
		return n.Place == "" || !strings.HasPrefix(name, n.Place)
	case 1:
		r, _ := utf8.DecodeRuneInString(n.Brand)
		return r >= utf8.RuneSelf && n.Trade != ""
	}
	_, size := utf8.DecodeRuneInString(n.Brand)
	return company.Trade(n.Brand[size:]) // 胜工业 is no brand
}

// maxFirm is the number of characters of the longest name of a firm that a declaration alone makes one.
const maxFirm = 40

// joins reports whether what stands between a place and the rest of a firm's name can belong to the name.
func joins(gap string) bool {
	return !strings.ContainsAny(gap, "的在与和及由向对为是有省市县区镇乡村、，。；：（）()“”\"《》 0123456789")
}

// shortFor states the short names that a sentence declares.
func (w *writer) shortFor(p *passage, mentions []graph.Mention,
	state func(t graph.EdgeType, head, tail graph.Mention, basis graph.Basis, confidence float64, by string),
) {
	if !strings.Contains(p.Text, "称") {
		return
	}
	for _, d := range declarations(p.Text, w.gaz) {
		var full, short *graph.Mention
		for i := range mentions {
			m := &mentions[i]
			start, end := w.folded.At(m.ByteStart)-p.base, w.folded.At(m.ByteEnd)-p.base
			if end >= d.Full.End && start < d.Full.End {
				full = m
			}
			if start == d.Short.Start {
				short = m
			}
		}
		if full != nil && short != nil && full != short && full.Kind == short.Kind {
			state(graph.ShortFor, *short, *full, graph.BasisSentence, min(full.Confidence, short.Confidence), "rule:declared")
		}
	}
}
