package resolve

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/extract/company"
	"github.com/tupu-kg/tupu/extract/gazetteer"
	"github.com/tupu-kg/tupu/extract/text"
	"github.com/tupu-kg/tupu/graph"
)

// Version changes whenever the same facts would resolve otherwise; then everything is resolved anew.
const Version = "resolve-17"

// Keys come in these families. Groups are linked by all but nameFamily, which is only there to find the documents that a
// judgement is about, and shelfFamily, which is only there to find the names of firms that have to do with each other.
const (
	nameFamily      = "name|"      // kind and folded name, as judgements speak of it
	judgementFamily = "judgement|" // the hash of a judgement that says same
	listFamily      = "listed|"    // kind and name of a thing that the user has a list of
	documentFamily  = "within|"    // a link that holds in one document only
	postFamily      = "post|"      // a person's name and the firm that he or she serves
	schoolFamily    = "school|"    // what a college's name begins with, and its city
	firmFamily      = "firm|"      // the name of a firm: it gathers what others of the name may be, and makes none of them one
	shelfFamily     = "shelf|"     // where names of firms that may be one stand; it gathers nothing by itself
)

// Linking reports whether groups that share the key are linked by it.
func Linking(key string) bool {
	return !strings.HasPrefix(key, nameFamily) && !strings.HasPrefix(key, shelfFamily)
}

// NameKey is the key under which the index holds every group of a kind and a name.
func NameKey(kind graph.Kind, name string) string {
	return nameFamily + string(kind) + "|" + text.Key(name)
}

// distinctive is the number of characters from which on a short name can stand for one firm in many documents.
const distinctive = 4

// higherOffice lists people whose office is above every area that reports speak for. Their names are theirs everywhere, and
// they are set apart in questions about connections: that two districts name them links nothing.
var higherOffice = map[string]bool{
	"习近平": true, "李强": true, "赵乐际": true, "王沪宁": true, "蔡奇": true, "丁薛祥": true, "李希": true, "韩正": true,
	"毛泽东": true, "邓小平": true, "江泽民": true, "胡锦涛": true, "李克强": true, "温家宝": true, "朱镕基": true, "周恩来": true,
	"栗战书": true, "汪洋": true, "何立峰": true, "刘鹤": true, "孙春兰": true, "胡春华": true,
}

// nationalBrands lists brands of two or three characters that mean one firm wherever they are written.
var nationalBrands = map[string]bool{
	"华为": true, "腾讯": true, "阿里": true, "百度": true, "京东": true, "美团": true, "小米": true, "比亚迪": true, "格力": true, "美的": true, "海尔": true,
	"海信": true, "联想": true, "中兴": true, "万科": true, "万达": true, "吉利": true, "奇瑞": true, "茅台": true, "五粮液": true, "中石化": true, "中石油": true,
	"中海油": true, "中核": true, "中建": true, "中铁": true, "中车": true, "宝武": true, "中粮": true, "华润": true, "招商局": true, "特斯拉": true, "宝马": true,
	"奔驰": true, "奥迪": true, "苹果": true, "三星": true, "西门子": true, "巴斯夫": true, "空客": true, "波音": true, "富士康": true, "京东方": true, "字节跳动": true,
}

// primary returns the key that names a group: kind, normalised name and, where many areas or people bear the name, the scope
// that it holds in.
func primary(g *gazetteer.Gazetteer, d *graph.Document, m *graph.Mention) (key, scope string) {
	name := text.Key(m.FoldedName())
	scope = m.Scope
	if scope == "" {
		scope = areaOf(d)
	}
	switch m.Kind {
	case graph.KindPlace:
		if m.Code != "" {
			return keyOf(m.Kind, "#"+m.Code, ""), ""
		}
		if m.Generic || m.Place == graph.Village || m.Place == graph.Township {
			return keyOf(m.Kind, bare(name, m), scope), scope
		}
	case graph.KindPerson:
		if higherOffice[name] {
			return keyOf(m.Kind, name, ""), ""
		}
		return keyOf(m.Kind, name, areaOf(d)), areaOf(d)
	case graph.KindProject:
		name = undertaking(name)
		if m.Generic {
			return keyOf(m.Kind, bare(name, m), scope), scope
		}
	case graph.KindEnterprise:
		if m.Generic {
			return keyOf(m.Kind, bare(name, m), scope), scope
		}
		if company.Full(name) {
			if n := company.Parse(g, name); n.Brand == "" && n.Place == "" {
				return keyOf(m.Kind, name, scope), scope // 集团股份有限公司: of which nothing says
			}
			return keyOf(m.Kind, fullName(g, name), ""), ""
		}
		if cut := strings.TrimSuffix(name, "公司"); utf8.RuneCountInString(cut) >= distinctive && !company.Parse(g, name).Branch() {
			name = cut // 文松彩印公司
		}
		if ambiguous(name) {
			scope = circle(g, d, graph.Province)
			return keyOf(m.Kind, name, scope), scope
		}
	default:
		if m.Generic {
			return keyOf(m.Kind, bare(name, m), scope), scope
		}
	}
	return keyOf(m.Kind, name, ""), ""
}

// works are what "工程" behind them adds nothing to.
var works = []string{"扩建", "改造", "迁建", "新建", "续建", "加固", "提升", "延伸", "修缮", "整治", "治理", "修复", "扩容", "期", "建设", "拓宽"}

// undertaking is the name of a project without the word for project or works at its end, where enough is left to tell it by.
func undertaking(name string) string {
	if cut := strings.TrimSuffix(name, "项目"); utf8.RuneCountInString(cut) >= distinctive {
		name = cut
	}
	cut, ok := strings.CutSuffix(name, "工程")
	if ok && utf8.RuneCountInString(cut) > distinctive && slices.ContainsFunc(works, func(w string) bool { return strings.HasSuffix(cut, w) }) {
		return cut
	}
	return name
}

// ambiguous reports whether a brand is so short that many firms bear it. Such a one is one within a province.
func ambiguous(name string) bool {
	return utf8.RuneCountInString(name) < distinctive && !nationalBrands[name] && !latin(name)
}

func keyOf(kind graph.Kind, name, scope string) string {
	if scope == "" {
		return string(kind) + "|" + name
	}
	return string(kind) + "|" + name + "@" + scope
}

// areaOf is the scope of what a document calls by a generic name: its area, or itself where that is unknown.
func areaOf(d *graph.Document) string {
	if d.Area != "" {
		return d.Area
	}
	return string(d.ID)
}

// bare takes the area in front off a generic name: 泉港区第二实验小学 is 第二实验小学 of 泉港区.
func bare(name string, m *graph.Mention) string {
	if m.Scope == "" {
		return name
	}
	for _, p := range m.Parts {
		if p.Kind == graph.KindPlace && p.ByteStart == m.ByteStart {
			if rest := strings.TrimPrefix(name, text.Key(p.FoldedName())); rest != "" {
				return rest
			}
		}
	}
	scope := text.Key(m.Scope)
	for _, front := range []string{scope, strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(scope, "街道"), "镇"), "乡")} {
		if rest, ok := strings.CutPrefix(name, front); ok && rest != "" && utf8.RuneCountInString(front) > 1 {
			return rest // 石码中心小学 of 石码街道
		}
	}
	return name
}

// fullName is the full name of a firm with the place in front in its short form: 福建省天辰化工有限公司 and 福建天辰化工有限公司
// are one.
func fullName(g *gazetteer.Gazetteer, name string) string {
	end := placeInFront(g, name)
	for _, p := range g.ByName(name[:end]) {
		if p.Short != "" && text.Key(p.Name) == name[:end] {
			return text.Key(p.Short) + name[end:]
		}
	}
	return name
}

// placeInFront returns where the place that a name begins with ends, 0 if there is none.
func placeInFront(g *gazetteer.Gazetteer, name string) int {
	if m := g.Matches(name); len(m) > 0 && m[0].Start == 0 {
		return m[0].End
	}
	return 0
}

// circle names the province or city that a document speaks for or in, or the document itself where that is not known.
func circle(g *gazetteer.Gazetteer, d *graph.Document, kind graph.PlaceKind) string {
	if p, ok := g.ByCode(d.AreaCode); ok {
		for _, p := range append([]gazetteer.Place{p}, g.Ancestors(p.Code)...) {
			if p.Kind == kind {
				return p.Name
			}
		}
	}
	return areaOf(d)
}

// latin reports whether a name is written in Latin letters and digits alone.
func latin(name string) bool {
	for i := range len(name) {
		if name[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// Keys of documentFamily say by what rule the document links the names.
const (
	inDeclared  = "declared"
	inShortened = "short"
	inClipped   = "clipped"
)

// marks stand before and behind the short names of listed firms, and are no part of them.
var (
	marksBefore = []string{"退市", "S*ST", "SST", "*ST", "ST", "PT", "XD", "XR", "DR", "S"}
	marksBehind = []string{"A股", "B股", "H股", "A", "B", "(退)", "退", "-U", "-W"}
)

// unlisted is the short name of a listed firm without the marks of the exchange (*ST北讯, 深振业A), and whether it had any.
func unlisted(name string) (bare string, listed bool) {
	for _, mark := range marksBefore {
		if rest, ok := strings.CutPrefix(name, mark); ok && startsWide(rest) {
			name, listed = rest, true
			break
		}
	}
	for cut := true; cut; { // 武锅B退
		cut = false
		for _, mark := range marksBehind {
			if rest, ok := strings.CutSuffix(name, mark); ok && utf8.RuneCountInString(rest) >= 2 && (!latin(rest[len(rest)-1:]) || mark == "退") {
				name, listed, cut = rest, true, true
				break
			}
		}
	}
	return name, listed
}

// startsWide reports whether a name begins with Chinese, as what stands behind a mark does.
func startsWide(name string) bool {
	r, size := utf8.DecodeRuneInString(name)
	return size >= 3 && r != utf8.RuneError
}
