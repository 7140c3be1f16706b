package resolve

import (
	"strings"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/extract/gazetteer"
	"github.com/tupu-kg/tupu/extract/text"
	"github.com/tupu-kg/tupu/graph"
)

// Version changes whenever the same facts would resolve otherwise; then everything is resolved anew.
const Version = "resolve-1"

// Keys come in these families. Groups are linked by all but nameFamily, which is only there to find the documents that a
// judgement is about.
const (
	nameFamily      = "name|"      // kind and folded name, as judgements speak of it
	judgementFamily = "judgement|" // the hash of a judgement that says same
	documentFamily  = "within|"    // a link that holds in one document only
)

// Linking reports whether groups that share the key are linked by it.
func Linking(key string) bool { return !strings.HasPrefix(key, nameFamily) }

// NameKey is the key under which the index holds every group of a kind and a name.
func NameKey(kind graph.Kind, name string) string {
	return nameFamily + string(kind) + "|" + text.Key(name)
}

// legalForms close the full name of a firm.
var legalForms = []string{"有限责任公司", "股份有限公司", "集团有限公司", "有限公司", "股份公司", "集团公司", "有限合伙"}

// isFullName reports whether a folded name is the full, registered name of a firm.
func isFullName(name string) bool {
	name = strings.TrimRight(name, "）)")
	for _, form := range legalForms {
		if strings.HasSuffix(name, form) && len(name) > len(form) {
			return true
		}
	}
	return false
}

// distinctive is the number of characters from which on a short name can stand for one firm in many documents.
const distinctive = 4

// higherOffice lists people whose office is above every area that reports speak for. Their names are theirs everywhere, and
// they are set apart in questions about connections: that two districts name them links nothing.
var higherOffice = map[string]bool{
	"习近平": true, "李强": true, "赵乐际": true, "王沪宁": true, "蔡奇": true, "丁薛祥": true, "李希": true, "韩正": true,
	"毛泽东": true, "邓小平": true, "江泽民": true, "胡锦涛": true, "李克强": true, "温家宝": true, "朱镕基": true, "周恩来": true,
	"栗战书": true, "汪洋": true, "赵奇": true, "何立峰": true, "刘鹤": true, "孙春兰": true, "胡春华": true,
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
		if cut := strings.TrimSuffix(name, "项目"); utf8.RuneCountInString(cut) >= distinctive {
			name = cut
		}
		if m.Generic {
			return keyOf(m.Kind, bare(name, m), scope), scope
		}
	case graph.KindEnterprise:
		if m.Generic {
			return keyOf(m.Kind, bare(name, m), scope), scope
		}
		if isFullName(name) {
			return keyOf(m.Kind, fullName(g, name), ""), ""
		}
	default:
		if m.Generic {
			return keyOf(m.Kind, bare(name, m), scope), scope
		}
	}
	return keyOf(m.Kind, name, ""), ""
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
	if rest := strings.TrimPrefix(name, text.Key(m.Scope)); rest != "" {
		return rest
	}
	return name
}

// fullName is the full name of a firm with the place in front in its short form: 福建省天辰化工有限公司 and 福建天辰化工有限公司
// are one.
func fullName(g *gazetteer.Gazetteer, name string) string {
	for _, m := range g.Matches(name) {
		if m.Start != 0 {
			break
		}
		for _, p := range g.ByName(name[:m.End]) {
			if p.Short != "" && text.Key(p.Name) == name[:m.End] {
				return text.Key(p.Short) + name[m.End:]
			}
		}
	}
	return name
}

// clip takes place and legal form off the full name of a firm: what the text may call it further on.
func clip(g *gazetteer.Gazetteer, name string) string {
	full := fullName(g, name)
	for _, m := range g.Matches(full) {
		if m.Start == 0 {
			full = full[m.End:]
		}
		break
	}
	full = strings.TrimRight(full, "）)")
	for _, form := range legalForms {
		if cut, ok := strings.CutSuffix(full, form); ok {
			return cut
		}
	}
	return full
}
