package relate

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/tupu-kg/tupu/graph"
)

// stage is how far something that is built has come, in the order in which stages follow each other.
type stage int

const (
	noStage stage = iota
	preparing
	signedStage
	started
	building
	toppedOut
	completed
	operating
	suspended
	cancelled
)

var stageNames = [...]string{"", "preparing", "signed", "started", "building", "topped_out", "completed", "operating", "suspended", "cancelled"}

func (s stage) String() string { return stageNames[s] }

// word is a word that names a stage.
type word struct {
	text  string
	stage stage
	not   string // what, right behind it, makes it another word, separated by |
}

// stageWords are looked for behind names and, as verbs, in front of them; longer ones first.
var stageWords = sync.OnceValue(func() []word {
	words := []word{
		{"启动设计", preparing, ""},
		{"前期工作", preparing, ""},
		{"前期", preparing, ""},
		{"手续报批", preparing, ""},
		{"谋划", preparing, ""},
		{"筹建", preparing, ""},
		{"筹备", preparing, ""},
		{"研究论证", preparing, ""},
		{"挂牌建设", started, ""},
		{"点火", operating, ""},
		{"策划", preparing, ""},
		{"储备", preparing, ""},
		{"可研", preparing, ""},
		{"立项", preparing, ""},
		{"核准", preparing, ""},
		{"获批", preparing, ""},
		{"获得批复", preparing, ""},
		{"报批", preparing, ""},
		{"签约", signedStage, "额|方|代表"},
		{"签订", signedStage, ""},
		{"落地", signedStage, "见效|生根|落实"},
		{"引进", signedStage, "消化|人才|战略|资金|技术|专业|团队|设备|资本"},
		{"招引", signedStage, ""},
		{"破土", started, ""},
		{"开工建设", started, ""},
		{"动工建设", started, ""},
		{"启动建设", started, ""},
		{"开工", started, "率|面积"},
		{"动工", started, ""},
		{"开建", started, ""},
		{"奠基", started, ""},
		{"启动", started, "资金|仪"},
		{"封顶", toppedOut, ""},
		{"建成投产", operating, ""},
		{"建成投用", operating, ""},
		{"建成通车", operating, ""},
		{"建成", completed, "后|以来|区|面积"},
		{"竣工", completed, "后|面积"},
		{"完工", completed, "后"},
		{"落成", completed, "后"},
		{"贯通", toppedOut, ""},
		{"合龙", toppedOut, ""},
		{"通过验收", completed, ""},
		{"验收", completed, ""},
		{"完成建设", completed, ""},
		{"如期完成", completed, ""},
		{"按期完成", completed, ""},
		{"全面完成", completed, ""},
		{"提前完成", completed, ""},
		{"基本完成", completed, ""},
		{"投入使用", operating, "后"},
		{"投入运营", operating, "后"},
		{"投入运行", operating, "后"},
		{"通气", operating, ""},
		{"通水", operating, "后"},
		{"启用", operating, ""},
		{"开诊", operating, ""},
		{"开学", operating, ""},
		{"招生", operating, ""},
		{"投入生产", operating, "后"},
		{"恢复运营", operating, ""},
		{"试生产", operating, ""},
		{"试运行", operating, ""},
		{"试运营", operating, ""},
		{"并网发电", operating, ""},
		{"并网", operating, ""},
		{"投产", operating, "后|率"},
		{"投用", operating, "后"},
		{"投运", operating, "后"},
		{"通车", operating, "后|里程"},
		{"通航", operating, "后|里程"},
		{"开园", operating, ""},
		{"开馆", operating, ""},
		{"开业", operating, ""},
		{"开通", operating, ""},
		{"揭牌", operating, ""},
		{"挂牌", operating, "督办|上市"},
		{"上线", operating, ""},
		{"开放", operating, "型|式|度|平台|合作|水平|格局|发展"},
		{"运营", operating, "商|效率|成本|管理|收入|主体|模式|中心|服务|机制|情况|方|权|企业|公司|部"},
		{"停工", suspended, ""},
		{"停建", suspended, ""},
		{"缓建", suspended, ""},
		{"取消", cancelled, ""},
		{"建设", building, "者|用地|局|银行|性|单位|指挥部|集团"},
		{"改造", building, ""},
		{"开发", building, "区|商|者|性"},
		{"施工", building, "单位|企业|队"},
		{"升级", building, ""},
		{"推进", building, "会|机制|办"},
		{"实施", building, "方案|意见|细则|办法|条例|路径|主体"},
		{"进度", building, ""},
		{"进展", building, ""},
		{"步伐", building, ""},
		{"在建", building, ""},
		{"续建", building, ""},
	}
	slices.SortStableFunc(words, func(a, b word) int { return len(b.text) - len(a.text) })
	return words
})

// Verbs in front of names. Drives push what is under way; hopes by which it is only wished for are in hoping.
var (
	pushes    = []string{"加快建设", "提速建设", "推进建设", "高标准建设", "高水平建设", "高质量建设", "高起点建设", "加速建设", "全力建设", "持续建设", "抓紧建设", "建设"}
	drives    = []string{"加快推进", "加快推动", "有序推进", "统筹推进", "加速推进", "扎实推进", "全力推进", "持续推进", "稳步推进", "推进", "加快", "提速", "加速", "抓紧", "紧盯", "实施", "抓好", "参与", "盯紧", "办好", "开展", "铺开", "全面铺开", "支持", "服务", "推动", "深化", "促进", "做好"}
	hoping    = []string{"力促", "力争", "争取", "力推", "确保", "保障", "促成"}
	making    = []string{"打造", "建好", "建设", "新建", "兴建", "建立", "构建"}
	exploring = []string{"探索", "规划建设", "计划建设", "拟建", "规划", "酝酿"}
	done      = []string{"完成", "建成", "建成投用", "实现"}
	planning  = []string{"将", "拟", "计划", "预计", "有望", "争取", "力争", "力促", "确保", "即将", "规划", "保障", "有意", "打算", "定于", "明年", "元旦", "拟于"}
)

// stages states the stage of what is built. A list of names shares its predicate, which ends at the clause that has its own.
func (v *view) stages() {
	for i := range v.lists {
		l := &v.lists[i]
		if !slices.ContainsFunc(l.names, func(n int) bool { return v.canBeBuilt(&v.Names[n]) }) {
			continue
		}
		s, ok := v.predicate(i)
		if !ok {
			continue
		}
		for _, n := range l.names {
			if name := &v.Names[n]; v.canBeBuilt(name) && (name.Kind == graph.KindProject || s.close) && (s.area || name.Place.Level() == 0 || name.Place == graph.Zone || name.Kind != graph.KindPlace) {
				v.say(name, s)
				if next, ok := v.announced(l, s); ok && (name.Kind == graph.KindProject || projectLike(name) && name.Kind == graph.KindPlace) {
					v.say(name, next)
				}
			}
		}
	}
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

// listTail is what closes a list: 等19个工业项目, 两大片区.
var listTail = regexp.MustCompile(`^(?:等)?(?:一批|一系列|系列)?(?:[0-9]+|[一二两三四五六七八九十百]+)?(?:个|座|条|所|家|大|项|处|批)?[^，。；]{0,8}?(?:项目|工程|片区|园区|酒店|学校|街区|专班|高速公路|公路|高速|铁路|高铁|道路|水库|大桥|桥梁|电站|医院|机场|泊位|线路|机组)`)

// predicate finds what is said of a list: by the verb in front, by the words behind, or by both.
func (v *view) predicate(i int) (said, bool) {
	before, after, rest := v.window(i)
	l := &v.lists[i]
	lead := v.Text[min(v.clauses[l.clause].Start, l.Start):l.Start]
	project := v.Names[l.names[0]].Kind == graph.KindProject
	clause := v.Text[v.clauses[l.clause].Start:max(v.clauses[l.clause].End, l.End)]
	if containsAny(clause, denials) || containsAny(rest, []string{"尚未", "还未", "未能", "未开工"}) {
		return said{}, false
	}
	if project && before == "" && !hasStage(after) {
		after = rest
	}
	tail := listTail.FindString(after)
	behind := after[len(tail):]
	named := containsAny(tail, []string{"项目", "工程", "片区", "园区", "酒店", "公路", "高速", "铁路", "高铁", "水库", "桥", "电站", "机组"}) // the list says that it is of projects
	s := said{clause: clause, area: containsAny(rest, []string{"片区", "园区", "街区", "组团"})}
	if containsAny(rest, []string{"路侧", "沿线", "两侧", "周边环境"}) && !project {
		return said{}, false
	}
	st, at := firstStage(behind)
	reach := 10
	if project || named {
		reach = 60
	}
	if st != noStage && runes(behind[:at]) > reach {
		st = noStage
	}
	inPlan := v.Modality == graph.Planned
	switch verb, kind := lastVerb(before, project || named); kind {
	case "hope":
		s.by = "verb:" + verb
		if st == noStage || st == building || st == preparing {
			if st == noStage && !project && !named {
				return said{}, false
			}
			s.stage, s.planned, s.close = max(st, building), true, true
			if st == preparing {
				s.stage, s.planned = preparing, false
			}
			return s, true
		}
		s.stage, s.planned, s.close = st, true, true
		return s, true
	case "drive":
		s.by = "verb:" + verb
		s.close = st != noStage || named
		switch {
		case st == preparing:
			s.stage, s.close = preparing, true
		case !project && !named && (st == noStage || tail == "" && runes(strings.TrimLeft(behind[:at], closers)) > 2):
			return said{}, false
		case st == noStage:
			for c := l.clause + 1; c <= l.clause+maxAhead && v.nameless(c); c++ {
				if next, ok := v.promised(c); ok {
					s.stage, s.planned, s.clause = next.stage, true, next.clause
					return s, true
				}
			}
			s.stage = building
		case containsBuilding(behind):
			s.stage = building
		default: // 推动A投产: it is not there yet
			s.stage, s.planned = st, inPlan || verb != "推动" && verb != "促进" && verb != "实施"
		}
		return s, true
	case "push":
		s.stage, s.close, s.by = building, true, "verb:"+verb
		if strings.Contains(before, verb+"了") {
			s.stage = completed
		}
		s.planned = plansIn(lead)
		if s.planned {
			s.stage = completed
		}
		return s, true
	case "explore":
		s.stage, s.planned, s.close, s.by = started, true, true, "verb:"+verb
		return s, true
	case "make":
		s.close, s.by = true, "verb:"+verb
		if s.stage = building; strings.Contains(before, verb+"了") {
			s.stage = completed
		}
		s.planned = inPlan && verb != "建好" && verb != "改造" && verb != "修缮" || plansIn(lead)
		if s.planned && s.stage == building {
			s.stage = completed
		}
		return s, true
	case "done":
		s.close, s.by = true, "verb:"+verb
		switch {
		case st == preparing:
			s.stage = preparing
		case strings.HasPrefix(verb, "建成投"):
			s.stage, s.planned = operating, inPlan
		case verb == "建成" || st == building || st == completed || st == noStage && verb == "完成" && project:
			s.stage, s.planned = completed, inPlan
		case st > building:
			s.stage, s.planned = st, inPlan
		default:
			return said{}, false
		}
		s.planned = s.planned || plansIn(lead)
		if s.stage == preparing {
			s.planned = false
		}
		return s, true
	case "stage":
		w, _ := stageOf(verb)
		if st > w && st != building && (project || named) {
			w = st
		}
		if w == building {
			break
		}
		s.stage, s.close, s.by = w, true, "verb:"+verb
		s.planned = plansIn(lead) || inPlan && w != preparing
		return s, true
	}
	// Nothing in front: what stands behind must say it by itself.
	if st == noStage || st == building && (!pushed(behind) || !project && !named && startsAny(behind[at:], []string{"步伐", "进展", "进度"})) {
		return v.later(i, project)
	}
	plain := (runes(behind[:at]) <= 8 || st == operating && runes(behind[:at]) <= 12) && (i+1 >= len(v.lists) || v.lists[i+1].Start >= v.clauses[l.clause].End || project)
	if !project && !named {
		kind := v.Names[l.names[0]].Kind
		if !plain || !adverbial(behind[:at]) || kind == graph.KindEnterprise && st < toppedOut && st != started {
			return said{}, false
		}
		if object(behind, at, st) {
			return said{}, false
		}
	}
	s.stage, s.close, s.by = st, true, "stage"
	s.planned = plansIn(behind[:at]) || plansIn(lead) || inPlan && st != building && st != preparing
	if st == building || st == preparing {
		s.planned = plansIn(behind[:at])
	}
	return s, true
}

var (
	adverbs = []string{"正式", "已经", "已", "顺利", "全面", "全线", "主线路", "主体", "主桥", "主塔", "主楼", "成功", "即将", "陆续", "先后", "同时", "也", "均", "将", "都", "同步", "如期", "提前", "有望", "预计", "计划", "年内", "近日", "日前", "于", "在", "全部", "相继", "率先", "整体", "全年", "提速", "加快", "加速", "有序", "持续", "抓紧", "稳步", "大坝", "土建", "主体结构", "封关", "连接线", "试", "一期", "二期", "落地", "建设", "工程", "项目"}
	dates   = regexp.MustCompile(`[0-9]+(?:年|月|日|时)|[今明去当]年|上半年|下半年|元旦|春节前?|[年月]底|月初|当天|昨日|昨天|本月`)
)

// adverbial reports whether a stretch says no more than how or when.
func adverbial(s string) bool {
	s = dates.ReplaceAllString(s, "")
	for _, a := range adverbs {
		s = strings.ReplaceAll(s, a, "")
	}
	return runes(strings.Trim(s, closers)) <= 1
}

// later looks into the next clause, if no other name stands there, for what is said of a project that ends its own.
func (v *view) later(i int, project bool) (said, bool) {
	l := &v.lists[i]
	next := l.clause + 1
	if !project || next >= len(v.clauses) || i+1 < len(v.lists) && v.lists[i+1].clause <= next {
		return said{}, false
	}
	c := v.clauses[next]
	clause := v.Text[c.Start:c.End]
	if !startsAny(clause, []string{"目前", "已", "一期", "该项目", "项目", "主体", "预计", "将", "计划", "现"}) || containsAny(clause, denials) {
		return said{}, false
	}
	st, at := firstStage(clause)
	if st == noStage || st == building && !pushed(clause) {
		return said{}, false
	}
	return said{stage: st, planned: plansIn(clause[:at]) || v.Modality == graph.Planned && st != building, clause: clause, by: "stage:next"}, true
}

// announced is what the clauses behind a list that name nothing announce of it with a date: 主桥合龙，预计2025年2月通车.
func (v *view) announced(l *list, s said) (said, bool) {
	for c := l.clause + 1; c <= l.clause+maxAhead && v.nameless(c); c++ {
		clause := v.Text[v.clauses[c].Start:v.clauses[c].End]
		st, _ := firstStage(clause)
		if _, _, dated := dateIn(clause); (dated || containsAny(clause, soon)) && st > s.stage && st != building && startsAny(clause, []string{"预计", "计划", "力争", "争取", "确保", "将于"}) && !containsAny(clause, denials) {
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

var soon = []string{"年内", "年底", "月底", "月前", "上半年", "下半年", "季度"}

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

func plansIn(s string) bool { return containsAny(s, planning) }

func pushed(s string) bool {
	return containsAny(s, []string{"加快", "推进", "顺利", "有序", "取得", "提速", "全面", "正在", "在建", "续建", "良好", "超过预期", "加速", "抓紧", "如期", "稳步", "扎实", "完成年度"})
}

func containsBuilding(s string) bool {
	return containsAny(s, []string{"建设", "开发", "改造", "升级", "施工", "进度", "步伐", "节点", "工程"})
}

func hasStage(s string) bool { st, _ := firstStage(s); return st != noStage }

// object reports whether the word of stage has an object of its own, so that it is not said of the name: 建成标准厂房68万平方米.
func object(s string, at int, st stage) bool {
	for _, w := range stageWords() {
		if strings.HasPrefix(s[at:], w.text) {
			rest := strings.TrimLeft(s[at+len(w.text):], "”」了")
			for again := true; again; {
				again = false
				for _, x := range stageWords() {
					if cut, ok := strings.CutPrefix(rest, x.text); ok && x.text != "建设" {
						rest, again = cut, true
					}
				}
			}
			return runes(rest) > 2 && !containsAny(rest, []string{"仪式", "现场", "大会", "建设"})
		}
	}
	return false
}

// firstStage is the stage that a stretch names, the furthest of those that follow each other at once, and where it begins. What
// is only prepared is that, whatever shall come of it.
func firstStage(s string) (stage, int) {
	if i := strings.Index(s, "前期"); i >= 0 {
		return preparing, i
	}
	best, at := noStage, -1
	for i := 0; i < len(s); {
		st, size := stageAt(s[i:])
		switch {
		case st == noStage:
			_, size = decode(s[i:])
			i += size
			continue
		case at < 0:
			best, at = st, i
		case runes(s[at:i]) > 14 && best != building || runes(s[at:i]) > 36 || strings.ContainsAny(s[at:i], "，。；"):
			return best, at
		case best == building || st != building && st > best && st < suspended:
			best = st
		}
		i += size
	}
	return best, max(at, 0)
}

func decode(s string) (rune, int) {
	for _, r := range s {
		return r, len(string(r))
	}
	return 0, 1
}

func stageAt(s string) (stage, int) {
	for _, w := range stageWords() {
		rest, ok := strings.CutPrefix(s, w.text)
		if !ok {
			continue
		}
		if w.not != "" && startsAny(rest, strings.Split(w.not, "|")) {
			return noStage, 0
		}
		return w.stage, len(w.text)
	}
	return noStage, 0
}

func stageOf(w string) (stage, int) { return stageAt(w) }

// lastVerb is the verb in front of a list, if only what belongs to the list stands between them.
func lastVerb(before string, loose bool) (string, string) {
	type kindOfVerb struct {
		kind  string
		words []string
	}
	stages := make([]string, 0, 64)
	for _, w := range stageWords() {
		if w.stage != building || w.text == "续建" || w.text == "在建" {
			stages = append(stages, w.text)
		}
	}
	best, kind, end := "", "", -1
	for _, k := range []kindOfVerb{{"explore", exploring}, {"hope", hoping}, {"done", done}, {"stage", stages}, {"drive", drives}, {"make", making}, {"push", pushes}} {
		for _, w := range k.words {
			at := strings.LastIndex(before, w)
			if at < 0 {
				continue
			}
			if e := at + len(w); e > end || e == end && len(w) > len(best) {
				best, kind, end = w, k.kind, e
			}
		}
	}
	if end < 0 {
		return "", ""
	}
	between := before[end:]
	if containsAny(between, []string{"在", "仪式", "于", "与", "对", "暨", "后", "的", "至", "到", "、", "代表", "企业", "公司", "成为"}) && !strings.HasPrefix(between, "总投资") && !strings.HasPrefix(between, "投资") && between != "的" {
		return "", ""
	}
	switch {
	case (kind == "make" || kind == "push") && containsAny(before, exploring):
		kind = "explore"
	case kind == "make" && best == "新建" && containsAny(before[:end], drives):
		kind, best = "push", "加快建设"
	}
	limit := 3
	if loose {
		limit = 8
	}
	trimmed := strings.Trim(between, openers+"了的：")
	if startsAny(trimmed, []string{"总投资", "投资", "计划总投资"}) {
		return best, kind
	}
	if runes(trimmed) > limit {
		return "", ""
	}
	return best, kind
}

var yearMonth = regexp.MustCompile(`(20[0-9]{2})年(?:([0-9]{1,2})月(?:([0-9]{1,2})日)?)?`)

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
