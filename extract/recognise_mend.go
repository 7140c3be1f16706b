package extract

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/extract/text"
	"github.com/tupu-kg/tupu/graph"
)

// What the tagger gets wrong in ways that can be told from the words alone is mended here: names that begin too late, names
// that are none, and names that are several.

// widened takes in what stands in front of a name and surely belongs to it.
func (v *sentence) widened(r text.Range, kind graph.Kind) text.Range {
	i := v.at(r.Start)
	if i < 1 {
		return r
	}
	before := v.word(i - 1)
	switch {
	case v.is(i, "(", "（"): // 西部（重庆）科学城
		switch v.class(i - 1) {
		case classWord, classPlain, classOdd, classChar, className, classAmbi:
			if !classNouns[before] {
				r.Start = v.Words[i-1].Start
			}
		}
	case (kind == graph.KindProject || kind == graph.KindPlace) && v.class(i-1) == classLatin && highway(before): // G98环岛高速
		r.Start = v.Words[i-1].Start
	case kind == graph.KindPerson && v.Words[i-1].runes == 1 && v.lex.surnames[before] && i > 1 && v.lex.titles[v.word(i-2)] &&
		utf8.RuneCountInString(v.Text[r.Start:r.End]) == 2: // 省长 毛 伟明
		r.Start = v.Words[i-1].Start
	}
	return r
}

// highway reports whether a word is the number of a highway: G98, S1531.
func highway(w string) bool {
	return len(w) > 1 && len(w) < 6 && strings.Contains("GSXYgsxy", w[:1]) && strings.Trim(w[1:], "0123456789") == ""
}

// lines are what a name of two ends (日照至五莲) may be the name of, in a list or alone.
var lines = wordsOf(`铁路 高铁 高速 公路 高速公路 高速铁路 城际铁路 城际 干线 新线 通道 航道 管道 快速路 段`)

// joinLines joins two places with 至 between them to the name of a line: 日照至五莲、聊邯长铁路. found are the names of the sentence,
// ascending.
func (v *sentence) joinLines(found []Candidate) []Candidate {
	out := found[:0]
	for _, c := range found {
		n := len(out) - 1
		if n >= 0 && c.Kind == graph.KindPlace && out[n].Kind == graph.KindPlace && !c.Part && !out[n].Part && v.line(out[n], c) {
			out[n].End, out[n].Place, out[n].Confidence, out[n].By = c.End, graph.Railway, min(out[n].Confidence, c.Confidence), "tagger"
			continue
		}
		out = append(out, c)
	}
	return out
}

// lineEnd reports whether a name is that of a line, or of a stretch of one.
func lineEnd(name string) bool {
	for _, w := range []string{"高速公路", "铁路", "高铁", "公路", "航线", "客运专线"} {
		if i := strings.Index(name, w); i > 0 && (strings.HasSuffix(name, w) || strings.HasSuffix(name, "段")) {
			return true
		}
	}
	return false
}

// line reports whether two places are the ends of a line.
func (v *sentence) line(a, b Candidate) bool {
	gap := v.Text[min(a.End, b.Start):b.Start]
	if gap == "——" || gap == "—" { // 青榆——河西高速公路
		return lineEnd(v.Text[b.Start:b.End])
	}
	if gap != "至" {
		return false
	}
	first, next := v.at(a.Start), v.at(b.End)
	if first < 0 || v.is(first-1, "从", "由", "自") {
		return false
	}
	for ; next >= 0 && next < len(v.Words); next++ {
		switch {
		case lines[v.word(next)]:
			return true
		case v.is(next, "、", "等", "和", "及"), v.class(next) == classNumber, v.class(next) == classNumeral, v.class(next) == classMeasure, v.class(next) == className,
			v.class(next) == classChar, v.is(next, "至", "在建", "重大", "项目", "一批", "一系列", "国际", "机场", "国际机场", "站", "东站", "西站", "南站", "北站"):
		default:
			return false
		}
	}
	return false
}

// apart cuts a stretch that is nothing but names of divisions, none of which lies in the one before it, into these: 西南 四川 重庆,
// but 江苏徐州.
func (v *sentence) apart(r text.Range) []text.Range {
	i := v.at(r.Start)
	if i < 0 || v.Words[i].End >= r.End {
		return []text.Range{r}
	}
	var out []text.Range
	var last Candidate
	for ; i < len(v.Words) && v.Words[i].Start < r.End; i++ {
		w := &v.Words[i]
		if w.class != className || w.kind != graph.KindPlace || w.End > r.End || w.place.Level() == 0 && w.place != graph.Other {
			return []text.Range{r}
		}
		c := Candidate{Range: w.Range, Kind: w.kind, Place: w.place}
		if len(out) > 0 && c.Place != graph.Other && last.Place != graph.Other && v.joins(last, c) {
			out[len(out)-1].End = w.End
		} else {
			out = append(out, w.Range)
		}
		last = c
	}
	return out
}

// none reports whether a name that the tagger found is surely none.
func (v *sentence) none(r text.Range, kind graph.Kind) bool {
	i, last := v.at(r.Start), v.inside(r.End-1)
	if i < 0 {
		return false
	}
	one := i == last
	name := v.Text[r.Start:r.End]
	switch kind {
	case graph.KindEnterprise:
		if bareForms[name] || acronyms[strings.ToUpper(name)] || parties[name] || utf8.RuneCountInString(name) > 2 && strings.Trim(name, provinces) == "" { // CEO, 韩方, 中老泰
			return true
		}
		if front, ok := strings.CutSuffix(name, "公司"); ok && v.lex.known[front].place == graph.Country { // 一家海国公司
			return true
		}
		if strings.HasSuffix(name, "控") && strings.HasPrefix(v.Text[r.End:], "断面") { // 青溪国控断面 is where a water is watched
			return true
		}
	case graph.KindPerson:
		return false
	case graph.KindProject:
		if countedAreas.MatchString(name) { // 青榆3县铁路: three counties
			return true
		}
		if steps[v.word(last)] { // 芗城段征收: what a project needs, and none itself
			return true
		}
	}
	if (kind == graph.KindOrganization || kind == graph.KindEnterprise) && !one && v.counts(i) { // 三所农村小学; but 三一重工
		return true
	}
	if one && v.Words[i].runes == 4 && (v.Words[i].Tag == "i" || v.Words[i].Tag == "l" || v.Words[i].Tag == "z") { // 通江达海
		return true
	}
	// 省人民医院南院 and 省纺织集团 are names to those alone whom the speaker speaks to.
	relative := func(j int) bool { return j >= 0 && v.Words[j].runes == 1 && v.is(j, "省", "市", "区", "县") }
	if relative(i) && !strings.HasPrefix(name, "省道") && !strings.HasPrefix(name, "县道") {
		return true
	}
	return relative(i-1) && (kind == graph.KindEnterprise || kind == graph.KindOrganization) && v.class(i) != className
}

// bareForms are forms of firms without a name.
var bareForms = wordsOf(`有限公司 有限责任公司 股份有限公司 集团公司 集团有限公司 分公司 子公司 公司 集团`)

// countedAreas is a number of divisions in front of what all of them have.
var countedAreas = regexp.MustCompile(`\p{Han}[0-9一二三四五六七八九十]+[县市区省州镇乡][^道]`)

// steps are what is done for projects, and no projects.
var steps = wordsOf(`征收 征迁 征拆 征地 搬迁安置`)

// counts reports whether word i begins a count of things: 三所, 两 家.
func (v *sentence) counts(i int) bool {
	front := v.word(i)
	if v.Words[i].runes == 1 && i+1 < len(v.Words) {
		front += v.word(i + 1)
	}
	r := []rune(front)
	return len(r) == 2 && strings.ContainsRune("一二两三四五六七八九十几数", r[0]) && strings.ContainsRune("所家个座批间", r[1])
}

// parks end names of places where firms are: one that is named for a firm is not the firm, and one that is being built is no less a
// place than a road.
var parks = strings.Fields(`加工园 产业园 工业园 科技园 物流园 创业园 软件园 孵化园 创意园 生态园 示范园`)

func parkName(name string) bool {
	return slices.ContainsFunc(parks, func(park string) bool { return strings.HasSuffix(name, park) })
}

// provinces are the characters that countries and provinces are shortened to. A name of nothing else is that of their ties.
const provinces = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔滇藏陕甘青宁新港澳台中美日韩俄英法德欧亚非印泰越老柬缅巴"

// parties are sides of a treaty.
var parties = wordsOf(`中方 韩方 日方 美方 俄方 英方 法方 德方 港方 台方 澳方 欧方 印方 外方 甲方 乙方 双方 我方 对方`)

// acronyms are words of Latin letters that reports use and that name no firm.
var acronyms = wordsOf(`CEO COO CFO CTO CPO CIO CMO VP GM HR IT AI PC TV LED LCD OLED USB CPU GPU MCU LPG LNG CNG PTA PVC PE PP PET PX ABS MDI TDI DMC EVA POE GDP GNP CPI PPI PMI IPO
	ETF REITS P2P B2B B2C C2C O2O ERP CRM APP WIFI GPS 3C 3D 4G 5G 6G BT BOT PPP EPC EMC ESG FDI QFII OEM ODM R&D VR AR XR MR NFC RFID IOT ICT SUV MPV EV HEV PHEV ETC DNA RNA PCR CT
	MRI CAR DRG DIP 4A 5A AAA AA WTO RCEP ISO HACCP GMP GAP GSP IDC SAAS PAAS IAAS CDMO CRO CMO UV AMOLED MICROLED IGBT SIC NBA CBA VOC VOCS COD PM2 TEU KTV VIP DIY Q1 Q2 Q3 Q4 A股 B股 H股 IP NGO SPA KPI`)
