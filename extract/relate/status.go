package relate

import (
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/graph"
)

// verbKind is what a verb in front of names says of them.
type verbKind int

const (
	noVerb      verbKind = iota
	exploreVerb          // thought of: 拟建
	hopeVerb             // wished for: 力促
	doneVerb             // done with: 完成
	stageVerb            // a word of stage as a verb: 开工
	driveVerb            // pushed on: 加快推进
	makeVerb             // made: 新建
	pushVerb             // under way: 加快建设
)

// verbs are those in front of names, but for the words of stage.
var verbs = map[verbKind][]string{
	exploreVerb: {"创建", "争创", "布局", "探索", "规划建设", "计划建设", "拟建", "待建", "规划", "酝酿", "募投项目"},
	hopeVerb:    {"力促", "力争", "争取", "力推", "确保", "保障", "促成"},
	doneVerb:    {"完成", "建成", "建成投用", "实现", "打通"},
	driveVerb: {
		"加快推进", "加快推动", "有序推进", "统筹推进", "加速推进", "扎实推进", "全力推进", "持续推进", "稳步推进", "推进", "加快", "提速", "加速", "抓紧", "紧盯", "实施", "抓好", "参与", "盯紧", "办好", "开展", "铺开",
		"全面铺开", "支持", "服务", "推动", "深化", "促进", "做好", "跟进", "对接", "服务保障",
	},
	makeVerb: {"改造", "打造", "建好", "建好办好", "建好用好", "建设", "新建", "兴建", "建立", "构建", "改扩建", "迁建", "改建", "扩建"},
	pushVerb: {
		"加快建设", "提速建设", "推进建设", "高标准建设", "高水平建设", "高质量建设", "高起点建设", "加速建设", "全力建设", "持续建设", "抓紧建设", "提质建设", "提档建设", "建设", "改造提升", "提升改造", "修缮", "拓宽",
	},
}

// planning are words by which a clause speaks of what shall be.
var planning = []string{"将", "拟", "计划", "预计", "有望", "争取", "力争", "力促", "确保", "即将", "规划", "保障", "有意", "打算", "定于", "待建", "明年", "后年", "元旦", "拟于", "今年年底", "今年底", "下个月", "下月", "下周"}

// stages states the stage of what is built. A list of names shares its predicate, which ends at the clause that has its own.
func (v *view) stages() {
	var front said // of the list before
	for i := range v.lists {
		l := &v.lists[i]
		if !slices.ContainsFunc(l.names, func(n int) bool { return v.canBeBuilt(&v.Names[n]) }) {
			continue
		}
		s, ok := v.predicate(i)
		if !ok {
			s, ok = v.shared(i, front)
		}
		if front = s; !ok {
			front = said{}
			continue
		}
		for _, n := range l.names {
			if v.elsewise(n, s.stage) || v.besideList(l, n) {
				continue
			}
			if name := &v.Names[n]; v.canBeBuilt(name) && (name.Kind == graph.KindProject || s.close) && (s.area || name.Place.Level() == 0 || name.Place == graph.Zone || name.Kind != graph.KindPlace) {
				v.say(name, s)
				if next, ok := v.announced(l, s); ok && (name.Kind == graph.KindProject || projectLike(name) && name.Kind == graph.KindPlace) {
					v.say(name, next)
				}
			}
		}
	}
}

// priceBetween is a price in front of a member of a list: 总投资30亿元的甲、20亿元的乙等项目开工.
var priceBetween = newPattern(`^[”"]?(?:、|和|以及|，)(?:总投资|投资|计划总投资|计划投资)?(?:约|超|近|达)?[0-9.]+(?:万|亿)?(?:美|日|欧)?元的?[“"]?$`)

// priced reports whether nothing but a price stands between a list and the next, so that both are members of one.
func (v *view) priced(i int) bool {
	return i >= 0 && i+1 < len(v.lists) && v.lists[i].End <= v.lists[i+1].Start && priceBetween.MatchString(v.Text[v.lists[i].End:v.lists[i+1].Start])
}

// shared is the predicate of a list that has none of its own but only a price between itself and the next or, as front says, the
// one before.
func (v *view) shared(i int, front said) (said, bool) {
	if v.priced(i-1) && (strings.HasPrefix(front.by, "verb:") || front.by == "stage:of") {
		return front, true
	}
	for ; v.priced(i); i++ {
		if s, ok := v.predicate(i + 1); ok {
			return s, !strings.HasPrefix(s.by, "verb:")
		}
	}
	return said{}, false
}

// besides are things beside a road or in a quarter that bear its name.
var besides = []string{"口袋公园", "管网", "公园", "路口", "地下管廊", "管廊", "雨污", "排水", "停车场", "公交", "站点", "绿化", "景观", "立面"}

// elsewise reports whether what stands right behind a place makes it only the name of another thing, to which the stage belongs:
// 柳塘路口袋公园, or of work on it: that 柳塘路改造 is done does not open the road.
func (v *view) elsewise(n int, st stage) bool {
	name := &v.Names[n]
	if name.Kind != graph.KindPlace {
		return false
	}
	rest := v.Text[v.past(name.End):]
	if (name.Place == graph.Park || name.Place == graph.Zone) && startsAny(rest, []string{"道路", "路网", "供电", "供水", "污水", "标准厂房", "配套道路"}) {
		return true // 谋划实施青榆工业园道路、供电等设施
	}
	return startsAny(rest, besides) || st >= started && st != building && startsAny(rest, []string{"改造", "提升改造", "综合改造", "整治", "修缮", "亮化"}) && !renewed.MatchString(within(rest))
}

// howMany begins what closes a list with how many its members are: 等5个, 两条.
var howMany = newPattern(`^等?(?:一批|一系列|多个|多条|(?:[0-9]+|[一二两三四五六七八九十百]+)(?:个|座|条|所|家|处|批))`)

// besideList reports whether what closes a list makes a place in it only the name of another thing, or of work beside it:
// 柳塘路、青榆路等5个口袋公园; 柳塘路、青榆路两条道路配套管网改造.
func (v *view) besideList(l *list, n int) bool {
	name := &v.Names[n]
	behind := v.Text[min(l.End, len(v.Text)):]
	count := howMany.FindString(behind)
	if name.Kind != graph.KindPlace || count == "" {
		return false
	}
	class := within(behind[len(count):])
	for _, w := range []string{"地下", "公共", "综合", "立体", "配套", "新型"} { // 一批地下综合管廊
		class = strings.TrimPrefix(class, w)
	}
	for _, thing := range besides {
		if strings.HasPrefix(class, thing) {
			return !strings.HasSuffix(v.Text[name.Start:name.End], thing[max(0, len(thing)-len("公园")):])
		}
	}
	for _, road := range []string{"道路", "公路", "街道"} {
		if rest, ok := strings.CutPrefix(class, road); ok {
			return startsAny(rest, besides) || startsAny(rest, []string{"配套", "沿线", "两侧", "周边"})
		}
	}
	return false
}

// canBeBuilt leaves out persons, and what cannot be a project by its kind.
func (v *view) canBeBuilt(n *Name) bool {
	return n.Kind != graph.KindPerson && n.Place != graph.Country
}

// said is a predicate of stage.
type said struct {
	stage   stage
	planned bool
	close   bool // close enough to its names, or plain enough, to be said of what is no project by its kind
	area    bool // said of areas that are developed: only then of divisions
	clause  string
	by      string
}

func (v *view) say(n *Name, s said) {
	st := Statement{
		Type: graph.Status, Head: *n, Tail: *n, State: s.stage.String(), Year: v.Year, Modality: graph.Reported,
		Basis: graph.BasisSentence, Confidence: 0.8 * n.Confidence, By: s.by,
	}
	switch {
	case s.planned:
		st.Modality = graph.Planned
	case v.Modality == graph.Background:
		st.Modality = graph.Background
	}
	if n.Kind != graph.KindProject {
		st.Confidence *= 0.9
	}
	if year, date, ok := dateIn(s.clause); ok {
		st.Year, st.Date = year, date
	} else if v.Modality == graph.Reported && v.Year > 0 && st.Modality == graph.Planned { // a review of a year looks ahead
		switch {
		case strings.Contains(s.clause, "元旦"):
			st.Year = v.Year + 1
			st.Date = strconv.Itoa(st.Year) + "-01-01"
		case strings.Contains(s.clause, "明年"):
			st.Year = v.Year + 1
		}
	}
	v.state(st)
}

// window is what stands around a list in its clause: up to the lists beside it.
func (v *view) window(i int) (before, after, rest string) {
	l := &v.lists[i]
	c := v.clauses[l.clause]
	from := c.Start
	if i > 0 && v.lists[i-1].End > from {
		from = v.lists[i-1].End
	}
	end := max(l.End, c.End)
	to := end
	if i+1 < len(v.lists) && v.lists[i+1].Start < to {
		to = v.lists[i+1].Start
	}
	return v.Text[min(from, l.Start):l.Start], v.Text[l.End:max(to, l.End)], v.Text[l.End:max(end, l.End)]
}

// yearsAhead are years to come.
var yearsAhead = newPattern(`(?:今后|未来)(?:的)?[0-9一二两三四五十几]+年`)

// listTail is what closes a list: 等19个工业项目, 两大片区.
var listTail = newPattern(`^(?:等(?:总投资|投资)[0-9.]+(?:万|亿)元的[0-9]+个[^，。；]{0,8}?|(?:等(?:一批|一系列|系列)?(?:[0-9]+|[一二两三四五六七八九十百]+)?|(?:一批|一系列|系列)|(?:[0-9]+|[一二两三四五六七八九十百]+))(?:个|座|条|所|家|大|项|处|批)?[^，。；]{0,8}?|大型|中型|骨干)?(?:新线|灌区|枢纽|通道|场馆|项目|工程|片区|园区|酒店|学校|街区|专班|高速公路|公路|高速|铁路|高铁|道路|城中村|棚户区|水库|大桥|桥梁|电站|医院|机场|泊位|线路|机组)`)

// facilityTails are words by which what closes a list says that its members are things built, whatever their names are else:
// 青榆、柳塘等铁路.
var facilityTails = []string{"公路", "高速", "铁路", "高铁", "水库", "桥", "电站", "机组", "新线", "灌区", "机场"}

// Further such words: those that make projects of its members, and those that make areas of them.
var (
	namedTails = []string{"城中村", "棚户区", "项目", "工程", "片区", "园区", "酒店", "枢纽", "通道", "场馆"}
	areaTails  = []string{"城中村", "棚户区", "片区", "园区", "街区", "组团"}
)

// agreement is what is signed, behind what it is about.
var agreement = newPattern(`^[”"]?的?(?:投资|战略|框架|正式|落户|建设|入园|开发|项目){0,3}(?:合作)?(?:协议书|协议|合同|意向书|意向|备忘录)`)

// atPlace is what stands between a project and the place where something happens to it.
var atPlace = newPattern(`^[^，。；：、的]{0,16}在$`)

// scene is what a predicate is looked for in.
type scene struct {
	*view
	list    *list
	before  string // what stands in front of the list in its clause, from the list before it
	behind  string // what follows the list and what closes it
	lead    string // the clause in front of the list
	at      int    // where the word of stage stands in behind
	stage   stage  // that behind says
	project bool   // the list is of projects by their kind,
	named   bool   // or says so itself: 等19个项目
	closed  bool   // something closes the list
	seated  bool   // the next list is the place where it happens: 甲产业园在乙开工
	plan    bool   // the section speaks of what shall be
}

// predicate finds what is said of a list: by the verb in front, by the words behind, or by both.
func (v *view) predicate(i int) (said, bool) {
	before, after, rest := v.window(i)
	l := &v.lists[i]
	c := scene{
		view: v, list: l, before: before, plan: v.Modality == graph.Planned || yearsAhead.MatchString(v.Text[:l.Start]),
		lead: v.Text[min(v.clauses[l.clause].Start, l.Start):l.Start],
	}
	if start := v.clauses[l.clause].Start; before == "" && l.clause > 0 && l.Start-start <= len("“") && strings.HasSuffix(v.Text[:start], "：") { // 实施“八大工程”：A、B
		if head := v.Text[v.clauses[l.clause-1].Start:start]; programme.MatchString(head) {
			c.before = head
		}
	}
	c.project = slices.ContainsFunc(l.names, func(n int) bool { return v.Names[n].Kind == graph.KindProject })
	clause := v.Text[v.clauses[l.clause].Start:max(v.clauses[l.clause].End, l.End)]
	if containsAny(clause, denials) || containsAny(rest, []string{"尚未", "还未", "未能", "未开工"}) {
		return said{}, false
	}
	if !c.project && containsAny(rest, []string{"路侧", "沿线", "两侧", "周边环境"}) {
		return said{}, false
	}
	if (c.project || c.works() || startsAny(after, []string{"获"})) && before == "" && !hasStage(after) {
		after = rest
	}
	if name := &v.Names[l.names[0]]; atPlace.MatchString(after) && i+1 < len(v.lists) && v.Names[v.lists[i+1].names[0]].Kind == graph.KindPlace && (c.project || name.Kind == graph.KindPlace && projectLike(name)) {
		if after = rest; !c.project { // 甲产业园昨天在乙破土动工
			c.seated, after = true, v.Text[min(v.lists[i+1].End, l.End+len(rest)):l.End+len(rest)]
		}
	}
	tail := listTail.FindString(after)
	c.behind, c.closed = after[len(tail):], tail != ""
	c.named = containsAny(tail, namedTails) || containsAny(tail, facilityTails)
	c.stage, c.at = firstStage(c.behind)
	reach := 10
	if c.project || c.named {
		reach = 60
	}
	if c.stage != noStage && endsIn(c.behind[:c.at], []string{"未", "没", "没有", "不", "无法"}) { // 仍有两栋楼未交付
		return said{}, false
	}
	if c.stage != noStage && runes(c.behind[:c.at]) > reach {
		c.stage = noStage
	}
	s := said{clause: clause, area: containsAny(tail, areaTails) || containsAny(tail, facilityTails)}
	verb, kind := c.verb()
	if kind != noVerb {
		s.by = "verb:" + verb
	}
	attribute := (kind == stageVerb || kind == doneVerb) && strings.HasSuffix(strings.TrimRight(before, openers), verb+"的") || // 即将开工的甲全长120公里
		(kind == stageVerb || kind == pushVerb || kind == exploreVerb) && strings.HasSuffix(strings.TrimRight(before, openers), verb+"中的")
	if kind != noVerb && !c.project && !attribute && verb != "在建" && c.larger() || verb == "打造" && c.Names[l.names[0]].Place.Level() > 0 && c.Names[l.names[0]].Place != graph.Zone { // 打造实力柳塘
		return said{}, false
	}
	if verb == "开通" && !c.project && startsAny(c.behind, []string{"至", "到"}) { // 开通甲至乙的公交线路
		return said{}, false
	}
	if strings.HasSuffix(tail, "项目") && !c.counts(tail) {
		return said{}, false
	}
	if (kind == makeVerb || kind == pushVerb || kind == noVerb) && containsAny(c.lead, []string{"签订", "签署", "签约", "签下"}) && agreement.MatchString(c.behind) { // 签订建设甲的协议
		s.stage, s.close, s.by = signedStage, true, "stage:agreed"
		s.planned = plansIn(c.lead)
		return s, c.project || c.named
	}
	ok := false
	switch kind {
	case hopeVerb:
		ok = c.hoped(&s, verb)
	case driveVerb:
		ok = c.driven(&s, verb)
	case pushVerb, makeVerb:
		if strings.HasSuffix(strings.TrimRight(before, openers), verb+"的") { // 由甲建设的A，在乙开工
			if own, ok := c.plainly(i, said{clause: clause, area: s.area}); ok {
				return own, true
			}
		}
		ok = c.made(&s, verb, kind)
	case exploreVerb:
		if verb == "布局" && !c.project && !c.named || verb == "创建" && !c.plan || (verb == "创建" || verb == "争创") && (c.Names[l.names[0]].Place.Level() > 0 || c.stage != noStage && c.stage != building) {
			return said{}, false
		}
		s.stage, s.planned, s.close, ok = preparing, true, true, !containsAny(rest, []string{"机制", "模式", "路径", "制度", "办法", "体系", "经验"})
	case doneVerb:
		ok = c.reached(&s, verb)
	case stageVerb:
		ok = c.staged(&s, verb)
	default:
		if st, _ := firstStage(tail); st != noStage && c.stage == noStage && containsAny(tail, listed) { // A等8个新开工项目
			s.stage, s.close, s.by = st, true, "stage:tail"
			s.planned = c.plan && st != building && st != preparing
			return s, true
		}
		if renewed.MatchString(c.behind) {
			s.stage, s.close, s.by = completed, true, "stage:renewed"
			s.planned = plansIn(c.lead) || c.plan || plansIn(c.behind)
			return s, true
		}
		if st := c.among(); st != noStage {
			s.stage, s.close, s.by = st, true, "stage:among"
			s.planned = c.plan && st != building && st != preparing
			return s, true
		}
		if st := c.nominal(); st != noStage {
			s.stage, s.close, s.by = st, true, "stage:of"
			s.planned = plansIn(c.lead)
			return s, true
		}
		return c.plainly(i, s)
	}
	if st, _ := firstStage(tail); ok && st > building && containsAny(tail, []string{"拟", "计划"}) { // 抓好A等35个拟投产项目
		s.stage, s.planned = st, true
	}
	return s, ok
}

// counts reports whether a number that closes a list without 等 is that of its members: 柳塘开发区40个项目 are not the zone.
func (c *scene) counts(tail string) bool {
	m := countOf.FindStringSubmatch(tail)
	if m == nil {
		return true
	}
	n, err := strconv.Atoi(m[1])
	if err != nil {
		n = slices.Index(smallNumbers, strings.Replace(m[1], "两", "二", 1))
	}
	return n == len(c.list.names)
}

// countOf is the number of a list's members.
var countOf = newPattern(`^([0-9]+|[一二两三四五六七八九])(?:个|项|宗)`)

// smallNumbers are the numerals of the numbers that are their indexes.
var smallNumbers = strings.Split("零一二三四五六七八九", "")

// larger reports whether the names are only the beginning of what the verb is about: 建设A的根本保证, 落地A保税业务.
func (c *scene) larger() bool {
	behind := strings.TrimLeft(c.behind, closers)
	if startsAny(behind, []string{"的", "机制", "模式", "制度", "管理"}) {
		return true
	}
	if c.closed || behind == "" || c.stage != noStage || startsAny(behind, ends) {
		return false
	}
	first := c.Names[c.list.names[0]]
	return first.Kind == graph.KindPlace && first.Place.Level() > 0 || runes(behind) > 2 && !unicode.IsDigit(firstRune(behind))
}

// ends are words behind a name that leave it what the verb is about.
var ends = []string{"等", "和", "及", "与", "、", "建设", "项目", "工程", "片区", "园区", "一期", "二期", "三期", "首期", "主体", "改造", "提升", "开发", "整治", "配套", "起步区", "核心区", "（", "(", "以及", "至", "扩", "二", "三", "四", "新", "升级", "更新"}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// hoped: 力促A、B落地.
func (c *scene) hoped(s *said, verb string) bool {
	s.close, s.planned = true, true
	switch c.stage {
	case noStage:
		s.stage = building
		return c.project || c.named
	case preparing:
		s.stage, s.planned = preparing, false
	case building:
		s.stage, s.planned = building, verb != "保障" || c.plan
	default:
		s.stage = c.stage
	}
	return true
}

// driven: 加快推进A、B建设, 推动A投产.
func (c *scene) driven(s *said, verb string) bool {
	s.close = c.stage != noStage || c.named
	switch {
	case c.stage == preparing || (c.project || c.named) && startsAny(c.behind, []string{"纳入", "列入", "洽谈"}):
		s.stage, s.close = preparing, true
	case !c.project && !c.closed && c.Names[c.list.names[0]].Kind == graph.KindEnterprise && c.ahead():
		return false // 支持A建设B
	case !c.project && !c.named && (c.stage == noStage || !c.closed && runes(strings.TrimLeft(c.behind[:c.at], closers)) > 4):
		return false
	case !c.project && !c.named && c.Names[c.list.names[0]].Kind == graph.KindEnterprise && object(c.behind, c.at, c.stage):
		return false // 支持A建设研发中心
	case c.stage == noStage:
		for n := c.list.clause + 1; n <= c.list.clause+maxAhead && c.nameless(n); n++ {
			if next, ok := c.promised(n); ok {
				s.stage, s.planned, s.clause = next.stage, true, next.clause
				return true
			}
		}
		if s.stage = building; verb == "跟进" || verb == "对接" || containsAny(c.before, []string{"谋划", "策划"}) {
			s.stage = preparing
		}
	case c.stage == building || containsBuilding(c.behind) && (c.stage != started || strings.HasPrefix(c.behind[c.at:], "建设")):
		s.stage = building
	default: // 推动A投产: it is not there yet
		s.stage, s.planned = c.stage, c.plan || verb != "推动" && verb != "促进" && verb != "实施"
	}
	return true
}

// ahead reports whether what is said behind the list is said of another that follows at once: 支持A建设B.
func (c *scene) ahead() bool {
	end := c.list.End + len(c.behind)
	return c.stage != noStage && end < len(c.Text) && slices.ContainsFunc(c.lists, func(l list) bool { return l.clause == c.list.clause && l.Start == end })
}

// made: 加快建设A, 新建A、B. A plan that says no more promises work, not its end.
func (c *scene) made(s *said, verb string, kind verbKind) bool {
	s.close, s.stage = true, building
	if containsAny(c.before, []string{"谋划", "策划"}) {
		s.stage = preparing
		return true
	}
	if strings.Contains(c.before, verb+"了") {
		s.stage = completed
	}
	s.planned = plansIn(c.lead) || kind == makeVerb && c.plan && !strings.HasPrefix(verb, "建好")
	return true
}

// reached: 完成A建设, 建成A, 实现A投产.
func (c *scene) reached(s *said, verb string) bool {
	s.close, s.planned = true, c.plan || plansIn(c.lead)
	switch {
	case containsAny(c.behind, []string{"任务", "协调", "目标"}): // 完成甲工程用地协调任务
		return false
	case c.stage == preparing:
		s.stage, s.planned = preparing, false
	case strings.HasPrefix(verb, "建成投"):
		s.stage = operating
	case verb == "实现" && c.stage != noStage:
		s.stage = c.stage
	case verb == "完成" && c.stage == noStage && containsAny(c.behind, []string{"征收", "征迁", "选址", "设计", "招标", "招投标", "规划", "编制", "拆迁", "报批", "土地", "用地"}):
		s.stage, s.planned = preparing, false
	case verb == "建成" || verb == "打通" || c.stage == building || c.stage == completed || c.stage == noStage && verb == "完成" && c.project:
		s.stage = completed
	case c.stage > building:
		s.stage = c.stage
	default:
		return false
	}
	return true
}

// staged: 开工A、B, 签约落地A.
func (c *scene) staged(s *said, verb string) bool {
	w, _ := stageAt(verb)
	if c.stage == preparing && w != building || containsAny(c.before, []string{"谋划", "策划"}) { // 启动A前期
		s.stage, s.close = preparing, true
		return true
	}
	if w == started && c.stage == building && containsAny(c.behind, []string{"打桩", "主体施工", "安装阶段", "施工阶段"}) {
		w = building
	}
	if c.stage > w && c.stage != building && (c.project || c.named) {
		w = c.stage
	}
	s.stage, s.close = w, true
	if own, _ := firstStage(c.behind); own != noStage && own != w { // 8日通车的甲于2008年开工: the year is of what follows
		s.clause = c.lead
	}
	if w == building {
		return true
	}
	s.planned = plansIn(c.lead) || c.plan && w != preparing
	return true
}

// renewed is what is said of something old that has been made new: 完成改扩建, “白改黑”完成.
var renewed = newPattern(`^(?:已|均|全部|全面|顺利|分别|基本){0,2}(?:完成[^，。；、]{0,7}?(?:改造|改扩建|扩建|迁建|重建|修缮|加固)(?:提升)?$|(?:[^，。；、]{0,6}(?:改造|改扩建|扩建|修缮|整治|加固)|[“"]白改黑[”"])(?:工程|项目)?(?:全面|全部|顺利|基本)?(?:完成|完工|竣工)$)`)

// among is the stage of the sum of which the names of a list are told to be part: 新签约项目71宗，其中A、B投资超30亿元.
func (c *scene) among() stage {
	if i := c.list.clause; i > 0 && strings.TrimRight(c.lead, openers) == "其中" && c.project && c.stage == noStage {
		front := c.Text[c.clauses[i-1].Start:c.clauses[i-1].End]
		if st, at := firstStage(front); st != noStage && sumOf.MatchString(front[at:]) && c.nameless(i-1) {
			return st
		}
	}
	if i := c.list.clause; i > 0 && strings.TrimRight(c.lead, openers) == "涉及" && (c.project || c.named) && c.stage == noStage && c.nameless(i-1) {
		if front := c.Text[c.clauses[i-1].Start:c.clauses[i-1].End]; containsAny(front, []string{"签署", "签订", "签约"}) && containsAny(front, []string{"项目", "协议"}) {
			return signedStage
		}
	}
	return noStage
}

// sumOf is a number of projects.
var sumOf = newPattern(`项目[0-9一二三四五六七八九十百余多]+(?:个|宗|项)$|[0-9一二三四五六七八九十百余多]+(?:个|宗|项)[^，。；]{0,10}项目$`)

// listed are words by which what closes a list says how far its members have come.
var listed = []string{"在建", "续建", "开工", "竣工", "投产", "签约", "储备", "前期"}

// heading is what stands between a stage as an attribute and the names that have reached it: 竣工投产的项目有A、B.
var heading = newPattern(`(?:的[^，。；的]{0,12}?|项目|工程|线路|新线|铁路|公路|高速|机组|电站|机场|码头|园区|企业)(?:有|包括|主要有|如)[：:]?|的[^，。；的]{0,6}?(?:项目|工程)[：:]$`)

// nominal is the stage that stands as an attribute in front of a list: 此次开工的项目有A、B.
func (c *scene) nominal() stage {
	front := strings.TrimRight(c.lead, openers)
	if front == "" && strings.HasSuffix(c.before, "：") { // 正在建设的项目：A、B
		front = c.before
	}
	front = strings.ReplaceAll(front, "有限", "——") // 有 of 有限公司 heads no list
	at := heading.FindStringIndex(front)
	if at == nil || containsAny(front[at[1]:], []string{"以及", "还有"}) || hasStage(front[at[1]:]) || runes(front[at[1]:]) > 60 {
		return noStage
	}
	st, from := firstStage(front[:at[0]])
	if st == noStage || runes(front[from:at[0]]) > 12 {
		return noStage
	}
	return st
}

// plainly reads what stands behind a list, without a verb in front.
func (c *scene) plainly(i int, s said) (said, bool) {
	v, l := c.view, c.list
	loose := c.project || c.named
	if loose && c.stage == noStage && slices.Contains([]string{"完成", "已完成", "顺利完成", "圆满完成", "均完成", "全部完成"}, strings.TrimLeft(c.behind, closers)) {
		s.stage, s.close, s.by = completed, true, "stage"
		s.planned = c.plan || plansIn(c.lead)
		return s, true
	}
	if endsIn(strings.TrimRight(c.lead, openers), topics) { // 围绕A等重点项目推进审批: something else is pushed
		return said{}, false
	}
	if next, ok := c.ready(); ok && (loose || c.works()) && (c.stage == noStage || c.stage == building && !pushed(c.behind)) {
		return next, true
	}
	if c.stage == noStage || c.stage == building && (!pushed(c.behind) || !loose && startsAny(c.behind[c.at:], []string{"步伐", "进展", "进度"}) && !c.works()) {
		return v.later(i, c.project, c.works())
	}
	behind, at := c.behind, c.at
	if strings.HasPrefix(behind[at+len(c.stageWord(behind[at:])):], "或") {
		return said{}, false // 投用或加快建设: nobody can tell which
	}
	if !loose {
		if rest, ok := strings.CutPrefix(behind, "等"); ok && at >= len("等") {
			behind, at = rest, at-len("等")
		}
	}
	if many := countTail.FindString("等" + behind[:at]); many != "" && !loose { // 等一批骨干路网投用
		behind, at = behind[at:], 0
	}
	plain := (runes(behind[:at]) <= 8 || c.stage == operating && runes(behind[:at]) <= 12) && (i+1 >= len(v.lists) || v.lists[i+1].Start >= v.clauses[l.clause].End || c.project || c.seated)
	if !loose {
		if endsIn(strings.TrimRight(c.lead, openers), []string{"在", "于", "与", "向", "对", "从", "到", "位于", "入驻", "落户", "获", "获得", "经"}) {
			return said{}, false
		}
		kind := v.Names[l.names[0]].Kind
		if strings.HasPrefix(behind, "举行") && strings.Contains(c.lead, "在") { // 在甲举行通车仪式: of something else
			return said{}, false
		}
		if !plain || !adverbial(behind[:at]) || strings.HasPrefix(behind[at:], "停产") && (kind != graph.KindPlace || v.Names[l.names[0]].Place.Level() > 0) || kind == graph.KindEnterprise && (c.stage < toppedOut && c.stage != started || startsAny(behind[at:], []string{"运行", "运作", "试运行", "试产"})) || object(behind, at, c.stage) {
			return said{}, false
		}
	}
	s.stage, s.close, s.by = c.stage, true, "stage"
	s.planned = plansIn(behind[:at]) || strings.HasPrefix(behind[at:], c.stageWord(behind[at:])+"在即")
	if c.stage != building && c.stage != preparing {
		s.planned = s.planned || plansIn(c.lead) || c.plan || c.before == "" && v.carried(i)
	}
	return s, true
}

// ready is the stage that the clauses behind a list make ready for, or date in the years to come: 铺轨完成，为年底开通奠定基础,
// 预计明年通车后.
func (c *scene) ready() (said, bool) {
	for n := c.list.clause; n <= c.list.clause+maxAhead && n < len(c.clauses); n++ {
		clause := c.Text[max(c.clauses[n].Start, min(c.list.End, c.clauses[n].End)):c.clauses[n].End]
		if n > c.list.clause && !c.nameless(n) {
			break
		}
		word := readied.FindStringSubmatch(clause)
		if word == nil {
			word = afterwards.FindStringSubmatch(clause)
		}
		if word == nil {
			continue
		}
		if st, _ := firstStage(word[1]); st > building && st < suspended {
			return said{stage: st, planned: true, close: true, clause: clause, by: "stage:ready"}, true
		}
	}
	return said{}, false
}

var (
	readied    = newPattern(`^(?:将)?为(?:[^，。；]{0,12}?)(开通运营|建成通车|开通|通车|投产|投用|开园|运营|竣工|启用)(?:[^，。；]{0,6}?)(?:奠定|打下|做好?[^，。；]{0,4}准备|创造)`)
	afterwards = newPattern(`^(?:预计|计划|将于)?(?:到)?(?:明年|后年|今年(?:年?底|下半年))[^，。；]{0,6}?(建成通车|开通|通车|投产|投用|建成|启用)后`)
)

// works reports whether all of a list are things that are built by their kind: roads, bridges, buildings.
func (c *scene) works() bool {
	return !slices.ContainsFunc(c.list.names, func(i int) bool {
		n := &c.Names[i]
		return n.Kind != graph.KindProject && !(n.Kind == graph.KindPlace && slices.Contains([]graph.PlaceKind{graph.Road, graph.Railway, graph.Bridge, graph.Building}, n.Place))
	})
}

// topics stand in front of what work is done for.
var topics = []string{"围绕", "聚焦", "针对", "紧盯", "依托"}

// countTail closes a list of what is no project by its kind: 等一批骨干路网.
var countTail = newPattern(`^等(?:一批|一系列|多个|多条|(?:[0-9]+|[一二两三四五六七八九十百]+)(?:个|座|条|所|家|大|项|处|批))[^，。；的]{0,8}$`)

// stageWord is the word of stage with which a stretch begins.
func (c *scene) stageWord(s string) string {
	_, size := stageAt(s)
	return s[:size]
}

// carried reports whether the clause in front hopes for its own list, so that this one is hoped for too: 力促A投产，B开工.
func (v *view) carried(i int) bool {
	l := &v.lists[i]
	if i == 0 || l.clause == 0 || v.lists[i-1].clause != l.clause-1 {
		return false
	}
	front := &v.lists[i-1]
	lead := v.Text[v.clauses[front.clause].Start:front.Start]
	return containsAny(lead, []string{"力促", "力争", "争取", "力推", "确保"}) || lead == "" && v.carried(i-1)
}

var (
	adverbs = []string{"举行", "北岸", "南岸", "东岸", "西岸", "站房", "刚刚", "首台机组", "首批机组", "盛大", "隆重", "圆满", "开始", "今起", "今日", "今天", "昨天", "昨日", "日前", "正在", "还在", "仍在", "已于", "目前", "宣布", "被", "对外", "处于", "进入", "投入", "正式", "已经", "已", "顺利", "全面", "全线", "主线路", "主体", "主桥", "主塔", "主楼", "成功", "即将", "陆续", "先后", "同时", "也", "均", "将", "都", "同步", "如期", "提前", "有望", "预计", "计划", "年内", "近日", "日前", "于", "在", "全部", "相继", "率先", "整体", "全年", "提速", "加快", "加速", "有序", "持续", "抓紧", "稳步", "大坝", "土建", "主体结构", "主体", "扎实", "全力", "大力", "高效", "统筹", "保护", "修缮", "改造", "提升", "开发", "整治", "三期", "四期", "完成", "封关", "连接线", "基本", "全部机组", "所有机组", "一期", "二期", "落地", "建设", "工程", "项目"}
	dates   = newPattern(`[0-9]+(?:年|月|日|时)|[今明去当]年|上半年|下半年|元旦|春节前?|[年月]底|月初|当天|昨日|昨天|本月|[春秋]季`)
)

// stretchOf is the stretch of a road that a stage is said of: 柳塘大道河西段全线通车.
var stretchOf = newPattern(`^[^，。；、的]{1,4}段`)

// adverbial reports whether a stretch says no more than how or when.
func adverbial(s string) bool {
	s = dates.ReplaceAllString(brackets.ReplaceAllString(s, ""), "")
	s = strings.TrimPrefix(s, stretchOf.FindString(s))
	for _, a := range adverbs {
		s = strings.ReplaceAll(s, a, "")
	}
	return runes(strings.Trim(s, closers)) <= 1
}

// later looks into the next clause, if no other name stands there, for what is said of a project that ends its own.
func (v *view) later(i int, project, works bool) (said, bool) {
	l := &v.lists[i]
	next := l.clause + 1
	if !project && !works || next >= len(v.clauses) || i+1 < len(v.lists) && v.lists[i+1].clause == l.clause && !v.leading(l) || !v.nameless(next) {
		return said{}, false
	}
	for n := next; n < len(v.clauses) && n <= l.clause+maxAhead && v.nameless(n); n++ {
		clause := v.Text[v.clauses[n].Start:v.clauses[n].End]
		if startsAny(withoutSubject(clause), resumes) {
			next = n
			break
		}
		if hasStage(clause) {
			break
		}
	}
	if lead := v.Text[min(v.clauses[l.clause].Start, l.Start):l.Start]; works && !project && endsIn(strings.TrimRight(lead, openers), []string{"至", "到", "起", "于", "自", "达"}) {
		return said{}, false // 南至甲: where something leads to
	}
	if !project && !startsAny(withoutSubject(v.Text[v.clauses[next].Start:v.clauses[next].End]), resumes) {
		return said{}, false
	}
	c := v.clauses[next]
	clause := withoutSubject(v.Text[c.Start:c.End])
	if !startsAny(clause, []string{"在", "正在", "于", "力争", "争取", "目前", "已", "一期", "该项目", "项目", "主体", "预计", "将", "计划", "现", "刚刚", "日前", "近日", "今天", "昨天", "正式", "现已", "有望"}) || containsAny(clause, denials) {
		return said{}, false
	}
	st, at := firstStage(clause)
	if st == noStage || st == building && !pushed(clause) {
		return said{}, false
	}
	return said{stage: st, planned: plansIn(clause[:at]) || v.Modality == graph.Planned && st != building, clause: clause, close: works, by: "stage:next"}, true
}

// withoutSubject is a clause without the word that takes up what the sentence is about: 主线预计2031年通车.
func withoutSubject(clause string) string {
	for _, w := range []string{"该项目", "该工程", "项目", "工程", "线路", "全线", "主线", "车站", "大桥", "电站", "机场"} {
		if rest, ok := strings.CutPrefix(clause, w); ok && startsAny(rest, resumes) {
			return rest
		}
	}
	return clause
}

// leading reports whether the other names in a list's clause are places that it leads to or lies at: 北起甲，南至乙.
func (v *view) leading(l *list) bool {
	clause := v.Text[v.clauses[l.clause].Start:v.clauses[l.clause].End]
	return v.nameless(l.clause) && startsAny(v.Text[l.End:], []string{"北起", "南起", "东起", "西起", "起于", "起自", "连接", "途经", "途径", "经过", "横跨", "穿越", "跨越"}) && !hasStage(clause)
}

// resumes begin a clause that goes on about what the sentence began with: 全长17公里，是两岸最长的桥，将于本月底通车.
var resumes = []string{"将于", "预计", "计划于", "计划20", "力争20", "已于", "目前已", "现已", "目前正", "有望"}

// announced is what the clauses behind a list that name nothing announce of it with a date: 主桥合龙，预计2025年2月通车.
func (v *view) announced(l *list, s said) (said, bool) {
	for c := l.clause + 1; c <= l.clause+maxAhead && v.nameless(c); c++ {
		clause := withoutSubject(v.Text[v.clauses[c].Start:v.clauses[c].End])
		st, _ := firstStage(clause)
		if _, _, dated := dateIn(clause); (dated || containsAny(clause, soon)) && st > s.stage && st != building && startsAny(clause, []string{"预计", "计划", "力争", "力促", "争取", "确保", "将于"}) && !containsAny(clause, denials) {
			return said{stage: st, planned: true, close: true, clause: clause, by: "stage:announced"}, true
		}
	}
	return said{}, false
}

// maxAhead bounds the clauses behind a list that are looked at for what is promised of it.
const maxAhead = 4

// nameless reports whether a clause names nothing but places, so that it may speak of what was named before.
func (v *view) nameless(i int) bool {
	return i < len(v.clauses) && !slices.ContainsFunc(v.lists, func(l list) bool {
		return l.clause == i && slices.ContainsFunc(l.names, func(n int) bool { return v.Names[n].Kind != graph.KindPlace })
	})
}

var soon = []string{"年内", "年底", "月底", "月前", "上半年", "下半年", "季度", "尽早", "尽快", "早日"}

// promised is the stage that a clause without names promises with a date: 争取于2024年上半年开工建设, 2023年6月前开工.
func (v *view) promised(i int) (said, bool) {
	clause := v.Text[v.clauses[i].Start:v.clauses[i].End]
	st, at := firstStage(clause)
	if st == building && strings.Contains(clause, "开工建设") {
		st = started
	}
	_, _, dated := dateIn(clause)
	if !dated && !containsAny(clause, soon) || st == noStage || st == building || st == preparing || containsAny(clause, denials) {
		return said{}, false
	}
	// In a review a date alone promises nothing.
	hoped := startsAny(clause, []string{"争取", "力争", "确保", "保障", "预计", "计划", "力促"})
	return said{stage: st, clause: clause}, hoped || v.Modality == graph.Planned && !object(clause, at, st)
}

func startsAny(s string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(s, w) })
}

func plansIn(s string) bool { return containsAny(whatPlanned.ReplaceAllString(s, ""), planning) }

// whatPlanned is what has 规划 in it and says what something is, not that it is planned: “十四五”规划重点工程.
var whatPlanned = newPattern(`(?:五[”"]?|发展|总体|国家|专项|中长期)规划(?:纲要)?|规划(?:重点|重大)`)

func pushed(s string) bool {
	return containsAny(s, []string{"加快", "推进", "顺利", "有序", "取得", "提速", "全面", "正在", "在建", "续建", "良好", "超过预期", "加速", "抓紧", "如期", "稳步", "扎实", "完成年度", "桩基", "平整", "安装", "调试", "联调联试", "完成主体", "主体施工", "完成路基", "完成总工程量"})
}

func containsBuilding(s string) bool {
	return containsAny(s, []string{"建设", "开发", "改造", "升级", "施工", "进度", "步伐", "节点", "工程"})
}

// verbEnds are words that, between a verb and a list, make the list no object of the verb.
var verbEnds = []string{"在", "仪式", "于", "与", "对", "暨", "后", "的", "至", "到", "、", "代表", "企业", "公司", "成为"}

// reaching are words by which what is built only has to do with the places of a list: 打造辐射A的平台.
var reaching = []string{"辐射", "面向", "覆盖", "链接", "连接", "立足", "服务"}

// verb is the verb in front of a list, if only what belongs to the list stands between them.
func (c *scene) verb() (string, verbKind) {
	best, kind, end := lastVerb(c.before)
	if end < 0 || best == "规划" && whatPlanned.MatchString(c.before) {
		return "", noVerb
	}
	between := c.before[end:]
	if containsAny(between, reaching) {
		return "", noVerb
	}
	if size := measuredOff.FindString(between); size != "" {
		between = between[len(size):]
	}
	invested := strings.HasPrefix(between, "总投资") || strings.HasPrefix(between, "投资")
	if attribute := attributed.MatchString(between); attribute && kind == stageVerb && c.project && c.stage == noStage || strings.HasSuffix(between, "——") && runes(between) <= 18 && !strings.Contains(between, "的") && (kind == stageVerb || kind == makeVerb) {
		return best, kind // 在建的最大的水利工程——A
	}
	if front, ok := strings.CutSuffix(strings.TrimRight(between, openers), "、"); ok && (kind == doneVerb || kind == makeVerb || kind == pushVerb || kind == stageVerb) &&
		runes(front) <= 14 && endsIn(front, []string{"园", "中心", "基地", "学校", "馆", "厂", "站", "路", "桥", "医院", "公园", "小区"}) && !containsAny(front, []string{"的", "在", "等", "和", "与"}) {
		return best, kind // 建成省级现代产业园、A
	}
	if containsAny(between, verbEnds) && !invested && between != "的" && between != "中的" || strings.HasSuffix(best, "创建") && strings.HasPrefix(between, "的") {
		return "", noVerb
	}
	switch {
	case (kind == makeVerb || kind == pushVerb) && containsAny(c.before, verbs[exploreVerb]):
		kind = exploreVerb
	case kind == makeVerb && best == "新建" && containsAny(c.before[:end], verbs[driveVerb]):
		kind, best = pushVerb, "加快建设"
	}
	limit := 3
	if c.project || c.named {
		limit = 8
	}
	trimmed := strings.Trim(between, openers+"了的：")
	if (c.project || c.named) && programme.MatchString(between) { // 实施“八大工程”：A、B
		return best, kind
	}
	if startsAny(trimmed, []string{"总投资", "投资", "计划总投资"}) || runes(trimmed) <= limit {
		return best, kind
	}
	return "", noVerb
}

// frontVerb is a verb in front of names.
type frontVerb struct {
	text string
	kind verbKind
	not  []string // what, right behind it, makes it another word
}

// frontVerbs are the verbs in front of names in the order in which one outranks another of the same letters, by their first
// characters.
var frontVerbs = sync.OnceValues(func() (all []frontVerb, by map[rune][]int) {
	add := func(v frontVerb, not string) {
		if not != "" {
			v.not = strings.Split(not, "|")
		}
		all = append(all, v)
	}
	for k := exploreVerb; k <= pushVerb; k++ {
		for _, w := range verbs[k] {
			add(frontVerb{text: w, kind: k}, "")
		}
		if k == stageVerb {
			for _, w := range stageWords() {
				if w.text != "落户" && w.text != "入驻" && w.text != "迁驻" && (w.stage != building || w.text == "续建" || w.text == "在建") {
					add(frontVerb{text: w.text, kind: k}, w.not)
				}
			}
		}
	}
	by = make(map[rune][]int)
	for n, v := range all {
		first, _ := utf8.DecodeRuneInString(v.text)
		by[first] = append(by[first], n)
	}
	return all, by
})

// lastVerb is the verb that ends last in a stretch, the longest of those that end together; of each, where it stands last counts.
func lastVerb(s string) (best string, kind verbKind, end int) {
	all, by := frontVerbs()
	number := len(all)
	end = -1
	var seen []int
	for at := len(s); at > 0; {
		first, size := utf8.DecodeLastRuneInString(s[:at])
		at -= size
		for _, n := range by[first] {
			v := &all[n]
			if !strings.HasPrefix(s[at:], v.text) || slices.Contains(seen, n) {
				continue
			}
			seen = append(seen, n)
			if v.not != nil && startsAny(s[at+len(v.text):], v.not) {
				continue
			}
			e := at + len(v.text)
			if e > end || e == end && (len(v.text) > len(best) || len(v.text) == len(best) && n < number) {
				best, kind, end, number = v.text, v.kind, e, n
			}
		}
	}
	return best, kind, end
}

// attributed is what stands between a stage as an attribute and the name of what has reached it.
var attributed = newPattern(`^的[^，。；、：]{0,14}(?:——|—)$`)

// measuredOff is a size or price between a verb and what it is of: 建成总长7公里的甲.
var measuredOff = newPattern(`^了?(?:[^，。；、：的0-9]{0,4}(?:总投资|总长度?|全长|占地|总面积|建筑面积|库容|能力|装机)[约近超达共]{0,2}[0-9.]+[^，。；、：的]{0,9}、?){1,3}的`)

// programme is the name of several projects in front of their list.
var programme = newPattern(`[“"]?[^，。；：“”"]{0,12}(?:项目|工程|行动)[”"]?[：:]$`)

var yearMonth = newPattern(`(20[0-9]{2})年(?:([0-9]{1,2})月(?:([0-9]{1,2})日)?)?`)

// dateIn is the year that a clause names, and the date as far as it says.
func dateIn(clause string) (year int, date string, ok bool) {
	m := yearMonth.FindStringSubmatch(clause)
	if m == nil {
		return 0, "", false
	}
	year, _ = strconv.Atoi(m[1])
	if m[2] != "" {
		month, _ := strconv.Atoi(m[2])
		date = m[1] + "-" + pad(month)
		if m[3] != "" {
			day, _ := strconv.Atoi(m[3])
			date += "-" + pad(day)
		}
	}
	return year, date, true
}

func pad(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}
