package relate

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
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
		{"前期", preparing, "和建设|及建设|与建设"},
		{"手续报批", preparing, ""},
		{"谋划", preparing, ""},
		{"筹建", preparing, ""},
		{"待建", preparing, ""},
		{"筹备", preparing, ""},
		{"研究论证", preparing, ""},
		{"挂牌建设", started, ""},
		{"点火", operating, ""},
		{"策划", preparing, ""},
		{"储备", preparing, ""},
		{"可研", preparing, ""},
		{"立项", preparing, ""},
		{"纳规", preparing, ""},
		{"核准", preparing, ""},
		{"获批", preparing, ""},
		{"获得批复", preparing, ""},
		{"报批", preparing, ""},
		{"公开招标", preparing, ""},
		{"立项批复", preparing, ""},
		{"动建", started, ""},
		{"启动实施", started, ""},
		{"打桩", building, ""},
		{"投入运用", operating, ""},
		{"落地动建", started, ""},
		{"全线贯通", completed, ""},
		{"收官", completed, ""},
		{"交工", completed, ""},
		{"纳客", operating, ""},
		{"迎客", operating, ""},
		{"试产", operating, ""},
		{"投入运作", operating, ""},
		{"正式运作", operating, ""},
		{"实体化运作", operating, ""},
		{"营业", operating, "额|收入|利润|部|执照|厅|税|面积|网点|成本"},
		{"运行", operating, "试验|机制|间隔|管理|效率|情况|成本|质量|图|时间|速度|监测|体系|调度|态势|在|相关|设施|安全|平稳|良好|保持|稳健|中|方案|费|数据|模式"},
		{"铺轨", building, ""},
		{"安装设备", building, ""},
		{"签约", signedStage, "额|方|代表"},
		{"签订", signedStage, ""},
		{"落地", signedStage, "见效|落实"},
		{"引进", signedStage, "国际|国外|国内|先进|外资|大公司|消化|人才|战略|资金|技术|专业|团队|设备|资本"},
		{"招引", signedStage, ""},
		{"破土", started, ""},
		{"开工建设", started, ""},
		{"动工建设", started, ""},
		{"启动建设", started, ""},
		{"开工", started, "率|面积"},
		{"动工", started, ""},
		{"开建", started, ""},
		{"奠基", started, ""},
		{"启动", started, "资金|仪|重组|申报|上市|辅导|评选"},
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
		{"达产", operating, ""},
		{"试运行", operating, ""},
		{"全容量运行", operating, ""},
		{"正式运行", operating, ""},
		{"全面运行", operating, ""},
		{"商业生产", operating, ""},
		{"设备安装", building, ""},
		{"设备调试", building, ""},
		{"土地平整", building, ""},
		{"桩基施工", building, ""},
		{"除险加固", building, ""},
		{"改扩建", building, ""},
		{"扩建", building, ""},
		{"扩容", building, ""},
		{"修缮", building, ""},
		{"整治", building, ""},
		{"落户", signedStage, ""},
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
		{"开放", operating, "型|式|度|平台|合作|水平|格局|发展|功能|创新|门户|高地|枢纽|试点|大通道"},
		{"运营", operating, "筹备|由|商|效率|成本|管理|收入|主体|模式|中心|服务|机制|情况|方|权|企业|公司|部|提升|转变|转型|并重"},
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
		{"联调联试", building, ""},
		{"启动联调联试", building, ""},
		{"完成主体施工", building, ""},
		{"完成主体工程", building, ""},
		{"完成路基", building, ""},
		{"完成总工程量", building, ""},
		{"地籍详查", preparing, ""},
		{"开始规划建设", preparing, ""},
		{"迁驻", operating, ""},
		{"入驻", operating, "率|企业|商户|园区|单位|机构|商家|项目|人员|品牌|团队|平台|家|干部|队员|条件|仪式|意向|协议"},
		{"通过环评", preparing, ""},
		{"环境影响评价", preparing, ""},
		{"进入招标", preparing, ""},
		{"招标阶段", preparing, ""},
		{"规划设计", preparing, "院|研究院|公司|图|方案|单位|理念|大赛|师"},
		{"可行性研究", preparing, ""},
		{"初步设计", preparing, ""},
		{"列入国家规划", preparing, ""},
		{"等待国家批准", preparing, ""},
		{"规划之中", preparing, ""},
		{"规划中", preparing, "的"},
		{"打下第一根桩", started, ""},
		{"打下第一桩", started, ""},
		{"动土", started, ""},
		{"复工", building, "复产|率"},
		{"开始铺轨", building, ""},
		{"安装调试", building, ""},
		{"主体施工", building, ""},
		{"紧张施工", building, ""},
		{"交付使用", operating, "后"},
		{"交付", operating, "量|能力|率|后|订单"},
		{"商业运行", operating, ""},
		{"商业运营", operating, ""},
		{"对外开放", operating, "水平|程度|格局|新|的"},
		{"开门迎客", operating, ""},
		{"开盘", operating, "价"},
		{"开港", operating, ""},
		{"供水", operating, "能力|量|公司|厂|管|区|范围|人口|安全|工程|一体化|保障|率|价"},
		{"供气", operating, "能力|量|公司|站|管|区|范围|安全|工程|保障|价"},
		{"供热", operating, "能力|量|公司|站|管|区|面积|范围|安全|工程|保障|价"},
		{"送电", operating, "量|能力|工程"},
		{"下闸蓄水", operating, ""},
		{"停产", suspended, ""},
		{"暂停建设", suspended, ""},
		{"暂停施工", suspended, ""},
		{"因故暂停", suspended, ""},
		{"量产", operating, "车|机型|版|后"},
		{"规划阶段", preparing, ""},
		{"叫停", suspended, ""},
		{"搁浅", suspended, ""},
		{"烂尾", suspended, ""},
		{"中止", suspended, ""},
		{"关停", suspended, ""},
		{"下马", cancelled, ""},
	}
	slices.SortStableFunc(words, func(a, b word) int { return len(b.text) - len(a.text) })
	return words
})

// firstStage is the stage that a stretch names, the furthest of those that follow each other at once, and where it begins. What
// is only prepared is that, whatever shall come of it.
func firstStage(s string) (stage, int) {
	if i := strings.Index(s, "前期"); i >= 0 && !startsAny(s[i+len("前期"):], []string{"和建设", "及建设", "与建设"}) {
		return preparing, i
	}
	best, at, last := noStage, -1, 0
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
		case best >= completed && containsAny(s[last:i], []string{"即将", "将", "待", "预计", "有望", "力争", "争取", "计划", "准备", "或"}):
			return best, at // 已建成即将投产
		case best == building || st != building && st > best && st < suspended:
			best = st
		}
		i += size
		last = i
	}
	return best, max(at, 0)
}

func decode(s string) (rune, int) {
	for _, r := range s {
		return r, len(string(r))
	}
	return 0, 1
}

// stagesBy are the stage words by their first characters.
var stagesBy = sync.OnceValue(func() map[rune][]word {
	by := make(map[rune][]word)
	for _, w := range stageWords() {
		first, _ := utf8.DecodeRuneInString(w.text)
		by[first] = append(by[first], w)
	}
	return by
})

func stageAt(s string) (stage, int) {
	first, _ := utf8.DecodeRuneInString(s)
	for _, w := range stagesBy()[first] {
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

func hasStage(s string) bool { st, _ := firstStage(s); return st != noStage }

// since is how long something has been at a stage: 通车一年.
var since = newPattern(`^(?:已?满?|近|仅)(?:[0-9]+|[一二两三四五六七八九十半]+)(?:个)?[年月周天]`)

// object reports whether the word of stage has an object of its own, so that it is not said of the name: 建成标准厂房68万平方米.
func object(s string, at int, st stage) bool {
	for _, w := range stageWords() {
		if strings.HasPrefix(s[at:], w.text) {
			rest := strings.TrimLeft(s[at+len(w.text):], "”」了")
			for again := true; again; {
				again = false
				for _, a := range []string{"基本", "全面", "全部", "顺利", "正式", "主体", "已"} {
					if cut, ok := strings.CutPrefix(rest, a); ok && hasStage(cut) {
						rest = cut
					}
				}
				for _, x := range stageWords() {
					if cut, ok := strings.CutPrefix(rest, x.text); ok && x.text != "建设" {
						rest, again = cut, true
					}
				}
			}
			return runes(rest) > 2 && !pushed(rest) && !since.MatchString(rest) && !containsAny(rest, []string{"仪式", "现场", "大会", "建设"})
		}
	}
	return false
}
