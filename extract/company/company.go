// Package company takes the names of firms apart: 福建天辰化工有限公司 is 福建 (where), 天辰 (the brand, by which people tell it from
// other firms), 化工 (its trade) and 有限公司 (its legal form). Brands are what firms are recognised and confused by, so who is who
// rests on them.
//
// The parts are found by known places, by known trades and by what is left: a brand is short, stands before the
// trade, and is the only part that no list can know. A name without a brand (东莞市铝业有限公司) has none, and is told from others by
// nothing but its place and its trade.
package company

import (
	"slices"
	"strings"

	"github.com/tupu-kg/tupu/extract/company/internal/split"
	"github.com/tupu-kg/tupu/extract/gazetteer"
)

// Name is a firm's name, taken apart. A part that the name does not have is empty.
type Name struct {
	Place string // where: in front of the brand, 江苏无锡, or behind it, in brackets or alone
	At    string // the last, the nearest, of the places: 无锡
	Brand string
	Trade string // all of it: 汽车零部件
	Form  string // legal form with what belongs to it: 集团股份有限公司; empty in a short name
}

// Core is brand and trade: what the firm is called by others who leave out where it is and its legal form.
func (n Name) Core() string { return n.Brand + n.Trade }

// branches close names of what is only a part of a firm.
var branches = []string{"分公司", "子公司", "分行", "支行", "分店", "分厂", "办事处", "营业部", "分理处", "经营部", "服务部", "销售部"}

// Branch reports whether the name is that of a part of a firm (北京分公司): it is not the firm.
func (n Name) Branch() bool {
	return slices.ContainsFunc(branches, func(b string) bool { return strings.HasSuffix(n.Form, b) })
}

// legal are the forms that only full names have.
var legal = []string{"有限公司", "责任公司", "股份公司", "集团公司", "有限合伙", "责任有限公司"}

// Full reports whether a folded name ends as the full, registered name of a firm does.
func Full(name string) bool {
	name = strings.TrimRight(name, "）)")
	before := strings.TrimSpace(name)
	for _, form := range split.Forms {
		before = strings.TrimSuffix(before, form)
	}
	return strings.Trim(before, "()（）") != "" && slices.ContainsFunc(legal, func(form string) bool { return strings.HasSuffix(name, form) })
}

// Trade reports whether a word says what a firm does.
func Trade(word string) bool { return split.Known().Trade(word) }

// maxName bounds the length in bytes of what is looked at: longer strings are no names.
const maxName = 180

// Parse takes a folded name apart.
func Parse(g *gazetteer.Gazetteer, name string) Name {
	var n Name
	if len(name) > maxName {
		n.Brand = name
		return n
	}
	rest, place, form := split.Strip(g, name)
	n.Place, n.Form = place, form
	d := split.Known().Divide(g, rest, n.Place != "", split.KindOf(n.Form))
	if d.InnerStart < d.InnerEnd { // 岚桥南通重工, 岚桥传动机械杭州
		n.Place = rest[d.InnerStart:d.InnerEnd]
		rest = rest[:d.InnerStart] + rest[d.InnerEnd:]
	}
	n.Place = rest[:d.Start] + n.Place
	n.Brand, n.Trade = rest[d.Start:d.Brand], rest[d.Brand:]
	n.At = nearest(g, n.Place)
	return n
}

// nearest is the last of the places that stand in a row: 无锡 of 江苏无锡.
func nearest(g *gazetteer.Gazetteer, places string) string {
	m := g.Matches(places)
	switch n := len(m); {
	case n > 1 && m[n-1].End == len(places):
		return places[m[n-1].Start:]
	case n > 0 && m[n-1].End < len(places) && split.Zone(places):
		return places[m[n-1].Start:m[n-1].End] // 宁波梅山保税港区: of a zone that no list has, what it is in
	}
	for i := range places {
		if i > 0 && len(places)-i >= 6 && len(g.ByName(places[i:])) > 0 {
			return places[i:]
		}
	}
	return places
}
