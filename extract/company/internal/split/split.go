package split

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/extract/gazetteer"
	"github.com/tupu-kg/tupu/graph"
)

// Division is a way to divide a name: places, s[:Start], the brand, s[Start:Brand], and the trade behind it; s is the name
// without s[InnerStart:InnerEnd], if these differ, which is a place as well.
type Division struct {
	Start, Brand         int
	InnerStart, InnerEnd int
	Features             Vector
	Clues                []Clue
	Score                float64
}

// Brand is the brand that a division finds in its name.
func Brand(name string, d *Division) string {
	if d.InnerStart < d.InnerEnd {
		name = name[:d.InnerStart] + name[d.InnerEnd:]
	}
	return name[d.Start:d.Brand]
}

// Divide finds the best way to divide a name from which legal form and brackets are taken off. Placed says that a place was in
// the brackets; a name without a legal form has no place behind the brand.
func (l *Lexicon) Divide(g *gazetteer.Gazetteer, name string, placed bool, form Kind) (best Division) {
	first := true
	l.Divisions(g, name, placed, form, func(d *Division) {
		if first || d.Score > best.Score {
			best, first = *d, false
		}
	})
	return best
}

// Divisions shows every way to divide a name, see Divide. The division is only valid until see returns.
func (l *Lexicon) Divisions(g *gazetteer.Gazetteer, name string, placed bool, form Kind, see func(*Division)) {
	l.divisions(g, name, placed, form, see)
	if placed || form == NoForm {
		return
	}
	for _, m := range inner(g, name) {
		if m.Start < 2*wide {
			continue
		}
		l.divisions(g, name[:m.Start]+name[m.End:], true, form, func(d *Division) {
			if d.Start == d.Brand || d.Start >= m.Start || d.Brand > m.Start || d.Brand == len(name)-(m.End-m.Start) {
				return // 日出东方 has no trade: 东方 is no place there
			}
			d.InnerStart, d.InnerEnd = m.Start, m.End
			d.Features[PlaceInner]++
			d.Score += l.weights[PlaceInner]
			see(d)
		})
		return
	}
}

// wide is the number of bytes of a Chinese character.
const wide = 3

// longestBrand bounds the characters of a brand that is looked at.
const longestBrand = 10

// divisions shows the ways to divide a name that has its places in front.
func (l *Lexicon) divisions(g *gazetteer.Gazetteer, name string, placed bool, form Kind, see func(*Division)) {
	trades := l.readTrades(name)
	places := placesIn(g, name)
	tradeCuts, wordCuts := l.cuts(name)
	for _, f := range fronts(g, name) {
		d := Division{Start: f.end, Brand: f.end}
		copy(d.Features[:], trades[f.end].features[:])
		d.Features[NoBrand] = 1
		if f.end == 0 && !placed {
			d.Features[NothingInFront] = 1
		}
		d.Features[NoBrandBehind] = float64(min(1, f.city+f.county))
		d.Features[NoBrandTown] = float64(f.town)
		if form == Loose {
			d.Features[NoBrandLoose] = 1
		}
		l.finish(&d, name, f, placed, see)
		n := 0
		for i := f.end; i < len(name) && (n < longestBrand || inWord(name, i)); {
			_, size := utf8.DecodeRuneInString(name[i:])
			if i, n = i+size, n+1; inWord(name, i) {
				continue
			}
			d := Division{Start: f.end, Brand: i}
			copy(d.Features[:], trades[i].features[:])
			l.brand(&d, name, n, places)
			d.Features[CutsTrade], d.Features[CutsWord] = cut(tradeCuts[i], f.end, n), cut(wordCuts[i], f.end, n)
			l.finish(&d, name, f, placed, see)
		}
	}
}

// inWord reports whether a byte stands inside a word of Latin letters and digits, which is never cut.
func inWord(name string, i int) bool {
	return i > 0 && i < len(name) && latin(name[i-1]) && latin(name[i])
}

func latin(c byte) bool {
	return '0' <= c && c <= '9' || 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z'
}

// finish adds what the places in front say, and shows the division.
func (l *Lexicon) finish(d *Division, name string, f front, placed bool, see func(*Division)) {
	d.Features[PlaceSure], d.Features[PlaceCity], d.Features[PlaceCounty], d.Features[PlaceTown] = float64(f.sure), float64(f.city), float64(f.county), float64(f.town)
	if f.end == 0 && !placed {
		d.Features[NoPlace] = 1
	}
	d.Score = d.Features.Dot(&l.weights)
	d.Clues = clues(d.Clues[:0], name[d.Start:d.Brand], name[d.Brand:])
	for _, c := range d.Clues {
		d.Score += l.clues[c]
	}
	see(d)
}

// brand notes what the brand, of n characters, says.
func (l *Lexicon) brand(d *Division, name string, n int, places map[[2]int]bool) {
	f, start, end := &d.Features, d.Start, d.Brand
	brand := name[start:end]
	if f[NoBrand+Feature(min(n, int(ManyChars-NoBrand)))] = 1; NoBrand+Feature(n) > ManyChars {
		f[EachMore] = float64(NoBrand + Feature(n) - ManyChars + 1)
	}
	if end == len(name) {
		f[NoTrade] = 1
	}
	strange := n < 3
	for _, r := range brand {
		f[BrandTradely] += max(0, -l.brandly[r])
		if strings.ContainsRune(digits, r) {
			f[BrandDigit]++
		}
		strange = strange || !l.foreign[r]
	}
	if !strange {
		f[BrandForeign] = float64(n - 2)
	}
	flag := func(which Feature, is bool) {
		if is {
			f[which] = 1
		}
	}
	flag(BrandOfTrades, l.made(brand))
	flag(BrandIsWord, l.words[brand])
	back := func(chars int) string { return brand[max(0, len(brand)-chars*wide):] }
	flag(BrandGrand, n > 2 && l.grand[back(2)])
	flag(BrandEndsTrade, n > 3 && (l.Trade(back(2)) || n > 4 && l.Trade(back(3))))
	flag(BrandBeginsTrade, n > 2 && (l.Trade(brand[:min(len(brand), 2*wide)]) || n > 3 && l.Trade(brand[:min(len(brand), 3*wide)])))
	flag(BrandIsPlace, places[[2]int{start, end}])
	for chars := 2; chars*wide <= len(brand)-2*wide; chars++ {
		flag(BrandEndsPlace, places[[2]int{end - chars*wide, end}])
	}
}

// cuts finds, for each place in a name, where the last word of trades begins that stands across it, and the last common word; -1
// where none does.
func (l *Lexicon) cuts(name string) (trades, words []int) {
	trades, words = make([]int, len(name)+1), make([]int, len(name)+1)
	for i := range trades {
		trades[i], words[i] = -1, -1
	}
	for a := range name {
		for b := a + 2*wide; b <= min(len(name), a+4*wide); b += wide {
			word := name[a:b]
			if trade, common := l.Trade(word), l.words[word]; trade || common {
				for i := a + 1; i < b; i++ {
					if trade {
						trades[i] = a
					}
					if common {
						words[i] = a
					}
				}
			}
		}
	}
	return trades, words
}

// cut is 1 if a word that begins at a place is cut at the end of a brand of n characters that begins at start.
func cut(word, start, n int) float64 {
	if word > start || word == start && n > 1 {
		return 1
	}
	return 0
}

// made reports whether a string is made of words of trades.
func (l *Lexicon) made(s string) bool {
	reached := make([]bool, len(s)+1)
	reached[0] = true
	for i := range s {
		for j := i + wide; reached[i] && j <= min(len(s), i+l.longest); j += wide {
			reached[j] = reached[j] || l.Trade(s[i:j])
		}
	}
	return reached[len(s)]
}

// trade is the best way to read the end of a name as words of trades.
type trade struct {
	score    float64
	features [tradeFeatures]float64
}

// with is the reading with one more feature.
func (t trade) with(l *Lexicon, f Feature, by float64) trade {
	t.features[f] += by
	t.score += l.weights[f] * by
	return t
}

func (t trade) char(l *Lexicon, r rune) trade {
	b := l.brandly[r]
	return t.with(l, UnknownChar, 1).with(l, UnknownBrandly, max(0, b)).with(l, UnknownTradely, max(0, -b))
}

// readTrades reads every end of a name as words of trades.
func (l *Lexicon) readTrades(name string) []trade {
	best, run := make([]trade, len(name)+1), make([]trade, len(name)+1) // run: in a run of unknown characters
	better := func(at *trade, other trade) {
		if other.score > at.score {
			*at = other
		}
	}
	for i := len(name) - 1; i >= 0; i-- {
		if !utf8.RuneStart(name[i]) {
			continue
		}
		r, size := utf8.DecodeRuneInString(name[i:])
		behind := i + size
		ends, goes := best[behind].char(l, r), run[behind].char(l, r)
		if behind == len(name) {
			goes = ends
		}
		best[i] = goes.with(l, Unknown, 1)
		better(&best[i], ends.with(l, Unknown, 1).with(l, UnknownSingle, 1))
		run[i] = goes
		better(&run[i], ends)
		if strings.HasPrefix(name[behind:], "业") && !l.grand[name[i:behind+wide]] {
			better(&best[i], best[behind+wide].with(l, Business, 1).with(l, BusinessBrandly, max(0, l.brandly[r])))
		}
		for j := i + wide; j <= min(len(name), i+l.longest); j += wide {
			switch word := name[i:j]; {
			case l.Trade(word):
				better(&best[i], best[j].with(l, TradeWord, 1))
			case l.words[word]:
				better(&best[i], best[j].with(l, TwoWord+Feature(min(max(len(word)/wide-2, 0), int(FourWord-TwoWord))), 1))
			}
		}
	}
	return best
}

// placesIn finds the names of provinces, cities and counties of two to four characters in a name.
func placesIn(g *gazetteer.Gazetteer, name string) map[[2]int]bool {
	places := map[[2]int]bool{}
	for i := range name {
		for j := i + 2*wide; j <= min(len(name), i+4*wide); j += wide {
			if utf8.ValidString(name[i:j]) && slices.ContainsFunc(g.ByFolded(name[i:j]), func(p gazetteer.Place) bool { return p.Kind != graph.Township && p.Kind != graph.Zone }) {
				places[[2]int{i, j}] = true
			}
		}
	}
	return places
}

// inner lists the places that may stand between brand and trade, or behind both.
func inner(g *gazetteer.Gazetteer, rest string) []gazetteer.Match {
	list := g.Matches(rest)
	for i := range rest {
		if size := len(rest) - i; size >= 2*wide && size <= 5*wide && len(list) == 0 && slices.ContainsFunc(g.ByFolded(rest[i:]), func(p gazetteer.Place) bool { return p.Kind == graph.Province || p.Kind == graph.City }) {
			return []gazetteer.Match{{Start: i, End: len(rest)}}
		}
	}
	return list
}

// front is a way to read the places that a name begins with: where they end, and how many of those that are not safe anywhere
// are surely places, or called like a city, a county, a town.
type front struct {
	end int // bytes

	sure, city, county, town int
}

// maxFronts bounds the ways to read places in front.
const maxFronts = 6

// fronts lists the ways to read places in front: none, the known names that are safe anywhere (江苏无锡), and behind or instead
// of them the name of a county that is a word or a brand as well (佛山市南海). Each must lie in the one before.
func fronts(g *gazetteer.Gazetteer, name string) []front {
	end, code := 0, ""
	for _, country := range []string{"中国", "中华"} {
		if strings.HasPrefix(name, country) {
			end, code = len(country), gazetteer.Country
		}
	}
	for _, country := range abroad {
		if strings.HasPrefix(name, country) && len(name) > len(country)+wide {
			return []front{{end: 0, city: 1}, {end: len(country)}}
		}
	}
	for {
		m := g.Matches(name[end:])
		if len(m) == 0 || m[0].Start != 0 {
			break
		}
		p, ok := g.Resolve(name[end:end+m[0].End], code)
		if end > 0 && (!ok || !g.Within(p.Code, code)) {
			break
		}
		end, code = end+m[0].End, p.Code
		if strings.HasPrefix(name[end:], "市") || strings.HasPrefix(name[end:], "县") { // 吴江市, which is a district now
			end += wide
		}
	}
	f := front{end: end}
	list := []front{f}
	for len(list) < maxFronts {
		next, sure, p := nextPlace(g, name, end, code)
		if next == end {
			break
		}
		end, code = next, p.Code
		switch {
		case sure:
			f.sure++
		case p.Kind == graph.Township:
			f.town++
		case p.Kind == graph.County:
			f.county++
		default:
			f.city++
		}
		f.end = end
		list = append(list, f)
	}
	return list
}

// nextPlace finds the longest place that a name has from end on, in the one before, and whether it is surely one.
func nextPlace(g *gazetteer.Gazetteer, name string, end int, code string) (next int, sure bool, at gazetteer.Place) {
	next, at = end, gazetteer.Place{Code: code}
	within := len(code) >= 6 && code[2:4] != "00" // of a city or a county the towns may be called without the word for town
	for i := range name[end:] {
		if i < 2*wide || i > 10*wide {
			continue
		}
		word := name[end : end+i]
		for _, p := range g.ByFolded(word) {
			official := p.Name == word
			town := p.Kind != graph.Township || official && code != "" || within && utf8.RuneCountInString(name[end+i:]) > 4
			if town && (code == "" || g.Within(p.Code, code)) {
				next, sure, at = end+i, official, p
			}
		}
	}
	if end == 0 {
		return next, sure, at
	}
	for _, zone := range zones {
		i := strings.Index(name[end:], zone)
		if i < 0 || i == wide || i > maxZone || end+i+len(zone) <= next || strings.HasPrefix(name[end+i+len(zone):], "林") {
			continue
		}
		next, sure, at = end+i+len(zone), true, gazetteer.Place{Code: code} // 宁波梅山保税港区
	}
	return next, sure, at
}

// abroad are countries and regions in front of the names of firms from there.
var abroad = strings.Fields(`日本 韩国 美国 英国 法国 德国 俄罗斯 意大利 西班牙 加拿大 澳大利亚 新加坡 马来西亚 泰国 越南 印度尼西亚 印度 菲律宾 巴西 阿根廷 墨西哥 瑞士 瑞典 荷兰 丹麦 挪威 芬兰 比利时
	奥地利 土耳其 以色列 南非 新西兰 葡萄牙 波兰 匈牙利 沙特 阿联酋 哈萨克斯坦 巴基斯坦 柬埔寨 缅甸 欧洲 亚洲 北美`)

// maxZone is the most bytes of what a zone's name has before the word for what it is.
const maxZone = 4 * wide

// zones follow the name of a place and belong to it.
var zones = strings.Fields(`新区 开发区 经济开发区 经济技术开发区 高新区 高新技术开发区 高新技术产业开发区 工业园区 工业园 保税区 保税港区 综合保税区 自贸区 自贸试验区 自由贸易试验区
	示范区 合作区 试验区 度假区 产业园区 工业集中区 新城区 城区 街道`)

// Zone reports whether a row of places ends with a zone.
func Zone(places string) bool {
	return slices.ContainsFunc(zones, func(zone string) bool { return strings.HasSuffix(places, zone) })
}
