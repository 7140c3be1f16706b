package company

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Fit says how well a short name suits a full one. None of them says that the two are one firm: others may have the brand.
type Fit int

// The fits, from none to the best.
const (
	NoFit    Fit = iota
	Clipped      // the short name is the beginning of the brand: 罗普 of 罗普斯金铝业
	Loose        // the second half of the brand, and the trade: 福田汽车 of 北汽福田汽车
	Skipping     // brand and trade, but not all of the brand: 恒通科技 of 恒通创新赛木科技
	Extended     // the brand and some characters more: 力芯微 of 力芯微电子, or a brand of its own
	ByBrand      // the brand: 九牧王 of 九牧王股份有限公司
	ByForm       // the brand and what sort of firm it is: 严牌股份 of 浙江严牌过滤技术股份有限公司
	ByTrade      // the brand, or the place, with words or characters of the trade: 锋尚文化 of 北京锋尚世纪文化传媒股份有限公司
	Exact        // all of brand and trade: 天辰化工 of 福建天辰化工有限公司
)

// Short says how the name suits a full name that it may be short for: its characters stand in the full name in their order,
// the first two, which are the brand's, side by side, and it claims neither another place nor another form.
func (n Name) Short(full Name) Fit {
	if n.Branch() || full.Branch() {
		return NoFit
	}
	own, whole := n.Core(), full.Core()
	placed := n.Placed(full)
	if n.Place != "" && !placed {
		own = n.Place + own // 德昌股份 of 宁波德昌电机: 德昌 is a county too
	}
	form := ""
	for _, f := range []string{"股份", "集团", "控股", "企业"} {
		if strings.HasPrefix(strings.Trim(n.Form, "()"), f) {
			form = f
		}
	}
	switch {
	case form != "" && !strings.Contains(full.Form, form), own == "", whole == "":
		return NoFit
	case full.Brand == "" && placed && n.Brand == "":
		switch {
		case own == whole:
			return Exact
		case within(own, whole):
			return ByTrade
		}
		return NoFit
	case utf8.RuneCountInString(own) < 2:
		return NoFit
	case full.Brand == "" && !placed && (full.Place != "" && full.Place != "中国" || utf8.RuneCountInString(own) < 4):
		return NoFit // 建设机械 of 陕西建设机械股份有限公司
	case firstRunes(own, 2) != firstRunes(whole, 2):
		if second := secondHalf(full.Brand); second != "" && strings.HasPrefix(own, firstRunes(second, 2)) && within(own, whole[len(full.Brand)-len(second):]) {
			return Loose
		}
		return NoFit
	case !within(own, whole):
		return NoFit
	case own == whole && (full.Trade != "" || full.Brand == "" || n.Form == "股份" && full.Form == "股份有限公司"),
		own == whole && (form == "集团" || form == "控股") && strings.HasPrefix(strings.TrimPrefix(full.Form, "("), form):
		return Exact // 岚桥集团 of 福建岚桥集团股份有限公司, not of 岚桥化工集团
	case full.Brand == "":
		return ByTrade
	case own == full.Brand && strings.HasPrefix(full.Trade, "集团"):
		return NoFit // 沈机集团昆明机床股份有限公司 is a firm of 沈机集团
	case own == full.Brand && form != "":
		return ByForm
	case own == full.Brand:
		return ByBrand
	case strings.HasPrefix(full.Brand, own):
		return Clipped
	case strings.HasPrefix(own, full.Brand) && n.Trade == "":
		return Extended // 海泰科 is a brand of its own, and no 天津海泰科技
	case strings.HasPrefix(own, full.Brand):
		return ByTrade
	}
	return Skipping
}

// ordinary are trades that say so little that two firms which share them, and a part of their brands, share nothing.
var ordinary = []string{"科技", "技术", "材料", "新材", "装备", "设备", "实业", "发展", "投资", "控股", "国际", "信息", "电子", "股份", "集团", "工业", "产业", "智能", "环境", "能源", "文化", "生物", "电气"}

// Telling reports whether the name has a trade that says more than that it is a firm like many.
func (n Name) Telling() bool { return n.Trade != "" && !slices.Contains(ordinary, n.Trade) }

// secondHalf is what follows the first two characters of a brand of four or more: firms put the brand of those that own them
// before their own, 北汽福田.
func secondHalf(brand string) string {
	if utf8.RuneCountInString(brand) < 4 {
		return ""
	}
	return brand[len(firstRunes(brand, 2)):]
}

// Owned reports whether the short name is all that the full one has behind the name of its owner, with or without the trade:
// 寒武纪 of 中科寒武纪科技, 新集能源 of 中煤新集能源.
func (n Name) Owned(full Name) bool {
	own, second := n.Core(), secondHalf(full.Brand)
	return second != "" && (own == second || own == second+full.Trade)
}

// Listed is the form of a short name that says nothing of its form but bears a mark of an exchange: no other firms are listed.
const Listed = "股份(上市)"

// Placed reports whether the name names its place, and the full name the same one: 珠海冠宇 of 珠海冠宇电池股份有限公司.
func (n Name) Placed(full Name) bool { return n.Place != "" && samePlace(n.Place, full.Place) }

// samePlace reports whether one of two rows of places has the other in it: 泉州, 福建省泉州市.
func samePlace(a, b string) bool {
	a, b = bare(a), bare(b)
	return a != "" && b != "" && (strings.Contains(a, b) || strings.Contains(b, a))
}

var bare = strings.NewReplacer("省", "", "市", "", "县", "", "自治区", "").Replace

// Initials reports whether the name may be made of the first character of the full one's place and characters of its trade in
// their order: 莱钢股份 of 莱芜钢铁股份有限公司, which has no brand. Others of the place may be called so; it is a lead and no more.
func (n Name) Initials(full Name) bool {
	own := n.Core()
	if n.Place != "" || full.Brand != "" || full.Place == "" || utf8.RuneCountInString(own) < 2 || n.Branch() || full.Branch() {
		return false
	}
	first := firstRunes(own, 1)
	return slices.Contains(placeInitials(full), first) && within(own[len(first):], full.Trade)
}

// placeInitials are the first characters of the nearest and of the widest place of a name.
func placeInitials(n Name) []string {
	list := []string{firstRunes(bare(n.Place), 1)}
	if near := firstRunes(bare(n.At), 1); near != list[0] && near != "" {
		list = append(list, near)
	}
	return list
}

func firstRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// within reports whether the characters of a stand in b in their order.
func within(a, b string) bool {
	for _, r := range a {
		i := strings.IndexRune(b, r)
		if i < 0 {
			return false
		}
		_, size := utf8.DecodeRuneInString(b[i:]) // 1 for a byte that is no character, which is longer as r
		b = b[i+size:]
	}
	return true
}

// Stem is what firms are gathered by: the first two characters of the brand, of a name without a brand those of the place, of
// one without either those of the trade. Most short names share it with the full name. It is empty where nothing tells the
// firm from others.
func (n Name) Stem() string {
	switch {
	case utf8.RuneCountInString(n.Brand) >= 2:
		return firstRunes(n.Brand, 2)
	case n.Brand != "":
		return ""
	case n.Place != "":
		return firstRunes(bare(n.At), 2) // and of 德昌股份, whose brand is the name of a county too
	case utf8.RuneCountInString(n.Trade) >= 2:
		return firstRunes(n.Trade, 2)
	}
	return ""
}

// Bridges are what a full name shares with short names whose stem is another: the second half of its brand (福田汽车 of
// 北汽福田汽车), its wider place (福建水务 of 福建泉州水务), initials of place and trade (莱钢 of 莱芜钢铁). Each bears the next
// character of the short name, so that a full name is gathered with those that can be short for it, and not with all of their
// stem: what every brand of four characters joined would in the end be one.
func (n Name) Bridges(full bool) []string {
	var list []string
	add := func(bridge string) {
		if !slices.Contains(list, bridge) {
			list = append(list, bridge)
		}
	}
	if !full {
		stem := n.Stem()
		if stem == "" {
			return nil
		}
		rest := n.Core()
		if n.Brand != "" || n.Place == "" {
			rest = rest[len(stem):]
		}
		add(stem + "|" + firstRunes(rest, 1))
		if n.Place == "" {
			add(stem + initialsBridge)
		}
		return list
	}
	offer := func(stem, rest string) {
		add(stem + "|")
		for _, r := range rest {
			add(stem + "|" + string(r))
		}
	}
	if second := secondHalf(n.Brand); second != "" {
		stem := firstRunes(second, 2)
		offer(stem, second[len(stem):]+n.Trade)
	}
	if n.Brand != "" || n.Place == "" {
		return list
	}
	if wide := firstRunes(bare(n.Place), 2); wide != n.Stem() {
		offer(wide, n.Trade)
	}
	for _, place := range placeInitials(n) {
		for _, r := range firstRunes(n.Trade, maxInitials) {
			add(place + string(r) + initialsBridge)
		}
	}
	return list
}

// initialsBridge ends the bridges of initials.
const initialsBridge = "|#"

// maxInitials bounds the characters of a trade of which the second initial is looked for.
const maxInitials = 4
