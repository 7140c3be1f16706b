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

// Placed reports whether the name names its place, and the full name the same one: 珠海冠宇 of 珠海冠宇电池股份有限公司. A place within
// that of the full name is another one: 福建泉州水务 is no 福建水务有限公司.
func (n Name) Placed(full Name) bool {
	own, whole := bare(n.Place), bare(full.Place)
	return own != "" && whole != "" && (strings.Contains(whole, own) || strings.HasSuffix(own, whole))
}

var bare = strings.NewReplacer("省", "", "市", "", "县", "", "自治区", "").Replace

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

// Stem is what names of firms begin with that may be one's: the first two characters of brand and trade, of a name without a brand
// those of the place, if it has one. It is empty where nothing tells the firm from others.
func (n Name) Stem() string {
	if n.Brand == "" && n.Place != "" {
		return firstRunes(bare(n.At), 2) // and of 德昌股份, whose brand is the name of a county too
	}
	if core := n.Core(); utf8.RuneCountInString(core) > 1 {
		return firstRunes(core, 2)
	}
	return ""
}

// Shelves are where an index of names keeps the name of a firm: a short name stands on one shelf, at least, with every full name
// that it may be short for, and names of one brand stand on one. One shelf is that of the stem. Of the others each bears the next
// character of the short name, so that few names stand there: of a full name the second half of its brand (福田汽车 of
// 北汽福田汽车) and its wider place (福建水务 of 福建泉州水务). It is nil where nothing tells the firm from others.
func (n Name) Shelves(full bool) []string {
	stem := n.Stem()
	if stem == "" {
		return nil
	}
	list := []string{stem}
	add := func(stem, next string) {
		if shelf := stem + "|" + next; !slices.Contains(list, shelf) {
			list = append(list, shelf)
		}
	}
	if !full {
		rest := n.Core()
		if n.Brand != "" || n.Place == "" {
			rest = rest[len(stem):]
		}
		add(stem, firstRunes(rest, 1))
		return list
	}
	offer := func(stem, rest string) {
		add(stem, "")
		for _, r := range rest {
			add(stem, string(r))
		}
	}
	if second := secondHalf(n.Brand); second != "" {
		stem := firstRunes(second, 2)
		offer(stem, second[len(stem):]+n.Trade)
	}
	if wide := firstRunes(bare(n.Place), 2); n.Brand == "" && n.Place != "" && wide != stem {
		offer(wide, n.Trade)
	}
	return list
}
