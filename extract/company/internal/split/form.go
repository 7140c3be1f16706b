package split

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/extract/gazetteer"
)

// Forms close names of firms, longest first where one ends another.
var Forms = []string{
	"集团股份有限公司", "集团有限责任公司", "控股集团有限公司", "控股股份有限公司", "(集团)股份有限公司", "(集团)有限责任公司", "(集团)有限公司", "(控股)有限公司", "(控股)股份有限公司",
	"股份有限公司", "责任有限公司", "有限责任公司", "集团有限公司", "控股有限公司", "有限公司", "有限合伙", "集团公司", "(集团)公司", "总公司", "分公司", "子公司", "股份公司", "公司",
	"股份", "(集团)", "集团", "控股", "(有限合伙)", "(普通合伙)", "(特殊普通合伙)", "合伙企业", "(合伙)", "(个人独资)", "(个体工商户)", "(个体)", "个体工商户", "个体户", "个体", "股份合作社", "专业合作社", "合作社", "联社", "有限责任商行", "株式会社", "会社", "企业",
	"经营部", "经销部", "门市部", "营业部", "批发部", "维修部", "服务部", "销售部", "供应部", "代理处", "办事处", "分理处", "经营处", "服务处", "分店", "分厂", "总店", "总厂", "分行", "支行", "服务社", "工作室", "商行", "商号", "商店", "厂", "店",
}

// Kind says what a legal form is worth: one that only registered names have, or one that is also put behind what a firm does.
type Kind int

// The kinds of legal forms.
const (
	NoForm     Kind = iota
	Loose           // 公司
	Registered      // 有限公司
)

// KindOf is the kind of a form as Strip returns it.
func KindOf(form string) Kind {
	switch form {
	case "":
		return NoForm
	case "公司":
		return Loose
	}
	return Registered
}

// Strip takes the legal form and brackets off a name. The place is the one in the brackets, if that is what stands there.
func Strip(g *gazetteer.Gazetteer, name string) (rest, place, form string) {
	rest = strings.ReplaceAll(strings.ReplaceAll(name, "（", "("), "）", ")")
	for _, limited := range []string{"有限公司", "有限责任公司"} {
		// 某某银行股份有限公司北京分行: what follows is which part of the firm.
		if before, after, ok := strings.Cut(rest, limited); ok && before != "" && after != "" && !strings.HasPrefix(after, "(") {
			rest, form = before+limited, after
		}
	}
	for _, f := range abroadForms {
		if behind, ok := strings.CutPrefix(rest, f); ok && behind != "" { // 株式会社岚桥制作所
			rest, form = behind, f
		}
	}
	for {
		cut := rest
		for _, f := range Forms {
			if before, ok := strings.CutSuffix(rest, f); ok && before != "" && !ownsForm(rest, f) {
				rest, form = before, f+form
				break
			}
		}
		if cut == rest {
			break
		}
	}
	if before, ok := strings.CutSuffix(rest, "中心"); ok && before != "" && strings.HasPrefix(form, "(") { // 岚桥投资中心(有限合伙)
		rest, form = before, "中心"+form
	}
	rest, place = brackets(g, rest)
	for _, f := range []string{"集团", "控股"} { // 甲医药集团(天津)股份有限公司
		if before, ok := strings.CutSuffix(rest, f); ok && before != "" && form != "" {
			rest, form = before, f+form
		}
	}
	return rest, place, form
}

// abroadForms stand in front of names as well as behind them.
var abroadForms = []string{"株式会社", "有限会社"}

// ownsForm reports whether what a name ends with as forms do is part of a longer word, or of all the brand that it has: 大酒店, 横店.
func ownsForm(name, form string) bool {
	if utf8.RuneCountInString(form) > 1 {
		return false
	}
	rest := strings.TrimSuffix(name, form)
	if utf8.RuneCountInString(rest) < 2 {
		return true
	}
	for i := range rest {
		if n := utf8.RuneCountInString(rest[i:]); n > 1 && n < 4 && Known().Trade(name[i:]) {
			return true
		}
	}
	return false
}

// brackets takes brackets out of a name: the place in them is its place, other words are left out.
func brackets(g *gazetteer.Gazetteer, name string) (rest, place string) {
	before, behind, ok := strings.Cut(name, "(")
	inside, after, closed := strings.Cut(behind, ")")
	if !ok || !closed || before == "" {
		return name, ""
	}
	if f := fronts(g, inside); f[len(f)-1].end == len(inside) || slices.Contains(abroad, inside) {
		place = inside
	}
	return before + after, place
}
