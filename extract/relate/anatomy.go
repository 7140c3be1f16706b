package relate

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/extract/text"
	"github.com/tupu-kg/tupu/graph"
)

// A name is taken apart into what stands in front and the tail that says what it is of that:
//
//	青榆 五中 | 明川区 | 分校    a tail of a part: the branch is part of 青榆五中, and lies in 明川区
//	海湾大道 | 2期工程           a tail of works: the stage of a road is part of it
//	城东卫生服务中心 | 业务用房   the building of a body: the body undertakes it
//	七一水闸 | 除险加固工程       works on a thing: they lie there, and concern it

// anatomy reads what the parts of a name say.
func (v *view) anatomy(n *Name) {
	whole := *n
	if n.Kind == graph.KindPerson {
		return
	}
	owner := v.owner(n)
	v.places(n, owner)
	if owner.End > 0 {
		v.fromName(graph.Undertakes, owner, whole, "name:owner")
		if end := v.parent(&owner, v.name(&owner)); end > 0 && owner.Kind == graph.KindEnterprise {
			v.fromName(graph.PartOf, owner, v.part(n, owner.Start-n.Start, owner.Start-n.Start+end, graph.KindEnterprise, ""), "name:subsidiary")
		}
	}
	for depth := 0; depth < 3; depth++ {
		base, tail, ok := v.base(n)
		if !ok {
			return
		}
		v.relate(n, base, tail)
		if base.Kind == "" {
			return
		}
		n = &base
	}
}

func (v *view) fromName(t graph.EdgeType, head, tail Name, by string) {
	v.state(Statement{
		Type: t, Head: head, Tail: tail, Basis: graph.BasisName, // a name has no tense
		Confidence: 0.9 * min(head.Confidence, tail.Confidence), By: by,
	})
}

// regions are parts of countries that no code list has.
var regions = []string{"华东", "华南", "华北", "华中", "西南", "西北", "东北", "东南", "珠三角", "长三角", "京津冀", "大湾区", "亚太"}

func region(name string) bool {
	return slices.ContainsFunc(regions, func(r string) bool { return strings.HasPrefix(name, r) })
}

// home are names of the country that reports are about: that a body lies in it says nothing.
var home = []string{"中国", "全国", "我国", "中华人民共和国", "国家"}

// bare are heads of names of places that a division lends its name to: what it is with them is another place.
var bare = []string{"大桥", "大道", "高速", "铁路", "高铁", "地铁", "北路", "南路", "东路", "西路", "中路", "路", "街", "桥", "湾", "湖", "江", "河", "溪", "岛", "山", "自治区", "自治州", "自治县", "乡", "镇", "村", "县", "区", "市", "省", "城", "州", "周边", "沿线", "片区", "两岸", "流域", "地区", "上游", "中下游", "下游", "沿岸", "尼西亚", "尼亚"}

// places states where a thing lies by the places in its name, each level that is written.
func (v *view) places(n *Name, owner Name) {
	outer := n.Start // where the last place that counted ends
	found := false
	if n.Kind == graph.KindPlace && endsIn(v.name(n), []string{"经济带", "经济区", "城市群", "都市圈", "经济圈", "生态经济区"}) {
		return // a region is not in what it is named for
	}
	line, where := v.stretch(n)
	if line > 0 {
		v.fromName(graph.PartOf, *n, v.part(n, 0, line, graph.KindPlace, placeOf(v.name(n)[:line])), "name:stretch")
	}
	if where.End > 0 {
		v.fromName(graph.LocatedIn, *n, where, "name:place")
		return
	}
	if line := v.workOf(n); line > 0 {
		v.fromName(graph.PartOf, *n, v.part(n, 0, line, graph.KindPlace, placeOf(v.name(n)[:line])), "name:work")
		return
	}
	front := v.sidePlace(n)
	branch := v.branched(n)
	ofLine := containsAny(v.name(n), []string{"公路", "高速", "铁路", "高铁", "线路", "特高压"})
	for i := range n.Parts {
		p := n.Parts[i]
		if p.Kind != graph.KindPlace || p.Start < outer || p.Range == n.Range || p.Start >= owner.Start && p.End <= owner.End && (owner.Kind == graph.KindEnterprise || placedBehind(n.Parts[i+1:], owner.End)) {
			continue
		}
		if n.Kind == graph.KindEnterprise && p.Place.Level() > 3 && !p.Near && !divisionEnd(v.name(&p)) {
			continue // 红塔 is a brand as well as a district
		}
		if v.Text[n.Start:p.Start] == "环" || p.Start > n.Start && p.Place == graph.Country && startsAny(v.Text[p.End:n.End], []string{"商会", "大使馆", "总领事馆", "领事馆", "使馆"}) {
			continue // 环榆湾 goes around it; 青榆美国商会 is of Americans
		}
		if p.Start == n.Start && p.End < branch || front >= 0 && p.Start < front && p.Place.Level() > 0 {
			continue // 青榆 in 青榆五中明川区分校 says where the school is, not the branch
		}
		if lead := v.Text[n.Start:p.Start]; slices.Contains(siblings, lead) && p.Place.Level() > 3 && !divisionEnd(v.name(&p)) {
			p = v.part(n, 0, p.End-n.Start, graph.KindPlace, graph.Other) // 小青榆 is not 青榆
			v.fromName(graph.LocatedIn, *n, p, "name:place")
			outer, found = p.End, true
			continue
		}
		if v.lineEnd(n, &p, ofLine) {
			continue // the ends of a line: 青榆至柳塘
		}
		if p.Place.Level() == 0 {
			if inner := i + 1; inner < len(n.Parts) && n.Parts[inner].Place.Level() > 0 && n.Parts[inner].Start == p.Start && !v.watersOf(n, &p, &n.Parts[inner]) || !v.seat(n, &p) {
				continue // the division it begins with says it: 青榆 in 青榆银沙湾
			}
			for _, more := range []string{"流域", "航道"} {
				if rest, ok := strings.CutSuffix(v.name(&p), more); ok && rest != "" && n.Kind != graph.KindPlace {
					p = v.part(n, p.Start-n.Start, p.End-n.Start-len(more), graph.KindPlace, graph.Water)
				}
			}
			v.fromName(graph.LocatedIn, *n, p, "name:place")
			outer, found = p.End, true
			continue
		}
		for _, level := range v.levels(n, p) {
			v.fromName(graph.LocatedIn, *n, level, "name:place")
			found, outer = true, p.End
		}
	}
	if !found {
		v.region(n)
		v.zone(n)
	}
	v.host(n, outer)
	if n.Kind == graph.KindEnterprise {
		for _, c := range []string{"中国", "（中国）", "(中国)"} {
			if at, ok := cutTail(v.name(n), c); ok {
				at += strings.Index(c, "中国")
				v.fromName(graph.LocatedIn, *n, v.part(n, at, at+len("中国"), graph.KindPlace, graph.Country), "name:place")
			}
		}
	}
}

// lineEnd reports whether a place in a name is where something begins or leads to, or one of two that are named together: 青榆至柳塘,
// 青榆—柳塘遗址.
func (v *view) lineEnd(n, p *Name, ofLine bool) bool {
	before, after := v.Text[n.Start:p.Start], v.Text[p.End:n.End]
	joined := func(mark string) bool { return strings.HasPrefix(after, mark) || strings.HasSuffix(before, mark) }
	return joined("至") || joined("到") && strings.HasSuffix(v.name(n), "段") || joined("—") && (ofLine || n.Kind != graph.KindEnterprise)
}

// stretch is where the line ends that a stretch is of, and the place by which it is told from others: 柳塘河大道 and 青榆 in
// 柳塘河大道青榆段, 柳塘路 in 柳塘路北段. Of the places in its name the one behind says where it is.
func (v *view) stretch(n *Name) (line int, where Name) {
	name := v.name(n)
	bare := strings.TrimRight(name, "）)")
	if n.Kind == graph.KindProject {
		for _, t := range plainTails {
			bare = strings.TrimSuffix(bare, t)
		}
	}
	for _, side := range []string{"西延段", "东延段", "南延段", "北延段", "南延线", "北延线", "东延线", "西延线", "延伸段", "延长线", "联络线", "绕城线", "连接线", "北段", "南段", "东段", "西段", "中段"} {
		front, ok := strings.CutSuffix(bare, side)
		if !ok || v.inPlace(n, n.Start+len(front)) { // 河西段 of 河西
			continue
		}
		for _, p := range n.Parts {
			if p.Kind == graph.KindPlace && p.Place.Level() > 0 && p.End == n.Start+len(front) && p.Start > n.Start && endsIn(v.Text[n.Start:p.Start], stretched) {
				return p.Start - n.Start, p
			}
		}
		if endsIn(front, stretched) && runes(front) > 2 && !endsIn(side, []string{"连接线", "联络线", "绕城线"}) {
			return len(front), Name{}
		}
	}
	if !strings.HasSuffix(bare, "段") {
		return 0, Name{}
	}
	for _, p := range n.Parts {
		if p.Kind == graph.KindPlace && p.Place.Level() > 0 && p.End == n.Start+len(bare)-len("段") && p.Start > max(n.Start, where.Start) {
			where = p
		}
	}
	if front := v.Text[n.Start:max(n.Start, where.Start)]; strings.HasSuffix(front, "至") || strings.HasSuffix(front, "到") {
		where = Name{} // an end of it
	}
	strong := 0
	for i := range bare {
		if rest := bare[i:]; i > 0 && runes(rest) <= 10 && runes(bare[:i]) > 2 && !startsAny(rest, []string{"路", "公路", "铁路", "至", "到"}) &&
			(endsIn(bare[:i], stretched) && (where.End == 0 || i <= where.Start-n.Start) || strings.HasPrefix(rest, "（") || strings.HasPrefix(rest, "(")) && (!strings.Contains(bare[:i], "至") || endsIn(bare[:i], linesWithEnds)) && !v.inPlace(n, n.Start+i) {
			if line = i; !endsIn(bare[:i], []string{"江", "河", "渠", "路", "线", "堤", "街"}) || endsIn(bare[:i], []string{"公路", "铁路", "快速路"}) {
				strong = i
			}
		}
	}
	return cmp.Or(strong, line), where
}

// workOf is where the line ends that a bridge, tunnel or station is of by its name: 青柳高铁 in 青柳高铁明川特大桥; 0 if it is of none.
func (v *view) workOf(n *Name) int {
	name := v.name(n)
	if n.Kind == graph.KindPerson || n.Kind == graph.KindEnterprise || !endsIn(name, []string{"特大桥", "大桥", "隧道", "互通", "枢纽"}) {
		return 0
	}
	line := 0
	for i := range name {
		if i > 0 && runes(name[:i]) >= 4 && runes(name[i:]) >= 4 && endsIn(name[:i], []string{"铁路", "高铁", "高速公路", "高速", "城际"}) && !startsAny(name[i:], []string{"铁路", "公路", "站"}) {
			line = i
			if at := strings.Index(name[i:], "段"); at > 0 && runes(name[i:i+at]) <= 6 { // its stretch
				line = i + at + len("段")
			}
		}
	}
	if runes(name[line:]) < 4 {
		return 0
	}
	return line
}

// linesWithEnds close the names of lines that may be told by where they lead: 青榆至柳塘铁路.
var linesWithEnds = []string{"铁路", "高铁", "公路", "高速", "城际", "工程", "联络线", "连接线"}

// inPlace reports whether a position is inside a division in a name.
func (v *view) inPlace(n *Name, at int) bool {
	return slices.ContainsFunc(n.Parts, func(p Name) bool { return p.Place.Level() > 0 && p.Start < at && at < p.End })
}

// stretched are ends of names of what has stretches.
var stretched = []string{"高速公路", "高速", "公路", "大道", "高铁", "铁路", "干流", "江", "河", "渠", "路", "立交", "线", "国道", "省道", "县道", "碧道", "绿道", "古道", "快速路", "城际", "交流工程", "直流工程", "配置", "改扩建", "管廊", "堤", "街"}

// siblings are what makes the name of a place that of another.
var siblings = []string{"大", "小", "新", "老", "上", "下"}

// zone states that a zone lies in the place that it is named for, though no gazetteer has that.
func (v *view) zone(n *Name) {
	if n.Kind != graph.KindPlace && n.Kind != graph.KindProject {
		return
	}
	for _, t := range []string{"经济技术开发区", "经济开发区", "高新区", "工业园区", "工业区", "物流园区", "大型水库", "大型灌区", "水库", "灌区", "港区"} {
		if at, ok := cutTail(v.name(n), t); ok && !endsIn(v.name(n)[:at], []string{"沿海", "滨海", "临港", "临空", "循环", "高新", "综合", "自贸", "边境"}) {
			if r := runes(v.name(n)[:at]); r == 2 || r == 3 {
				v.fromName(graph.LocatedIn, *n, v.part(n, 0, at, graph.KindPlace, graph.Other), "name:zone")
			}
			return
		}
	}
}

// placedBehind reports whether a place stands behind a position.
func placedBehind(parts []Name, at int) bool {
	return slices.ContainsFunc(parts, func(p Name) bool { return p.Kind == graph.KindPlace && p.Start >= at })
}

// watersOf reports whether a water in the name of works bears the name of a division and nothing more: 青榆水库 in 青榆水库加固.
func (v *view) watersOf(n, water, division *Name) bool {
	return n.Kind == graph.KindProject && water.Place == graph.Water && slices.Contains([]string{"水库", "河", "湖", "溪"}, v.Text[division.End:max(division.End, water.End)])
}

// sidePlace is where the place begins that stands right in front of the tail of a branch, -1 without one.
func (v *view) sidePlace(n *Name) int {
	name := strings.TrimSuffix(strings.TrimSuffix(v.name(n), "项目"), "工程")
	for _, t := range branchTails {
		at, ok := cutTail(name, t)
		if !ok {
			continue
		}
		for _, p := range n.Parts {
			if p.Kind == graph.KindPlace && p.End == n.Start+at && p.Start > n.Start {
				return p.Start
			}
		}
	}
	return -1
}

// branched is where the body ends of which a name's is a branch; 0 if it is none.
func (v *view) branched(n *Name) int {
	if n.Kind != graph.KindOrganization {
		return 0
	}
	if base, tail, ok := v.base(n); ok && tail == "branch" {
		return base.End
	}
	return 0
}

// seat reports whether a place that is no division says where the thing is: a park or a bay in front of what is no place of
// that name itself. Of what is named for a river only works and what stands at the water do.
func (v *view) seat(n, p *Name) bool {
	rest := v.Text[p.End:n.End]
	switch {
	case n.Kind == graph.KindEnterprise || runes(rest) < 2 || slices.Contains(plainTails, rest) || slices.Contains(bare, rest) || startsAny(rest, bareFronts) || onlyPhase(rest):
	case p.Start == n.Start && (p.Place == "" || p.Place == graph.Other) && v.Text[p.Start] >= utf8.RuneSelf && !startsAny(rest, []string{"大学", "铁道", "冶金"}) && !endsIn(rest, notSeated):
		return true
	case p.Start == n.Start && p.Place == graph.Building && endsIn(v.name(p), []string{"站", "机场", "码头"}):
		return true
	}
	if p.Start != n.Start && p.Place != graph.Water || runes(rest) < 2 || slices.Contains(plainTails, rest) || slices.Contains(bare, rest) {
		return false
	}
	switch p.Place {
	case graph.Park, graph.Zone:
		return true
	case graph.Scenic:
		return n.Kind != graph.KindEnterprise
	case graph.Water:
		return n.Kind == graph.KindProject && !startsAny(rest, []string{"大桥", "大道", "高速"}) || n.Kind != graph.KindEnterprise && endsIn(v.name(p), []string{"湖", "河", "湾", "水库"}) || endsIn(v.name(n), []string{"桥", "公园", "水库", "湿地", "码头", "港", "步道"})
	}
	return false
}

// notSeated close names of regions and of what is named for a region without being a thing in it.
var notSeated = []string{"大湾区", "走廊", "旅游带", "通道", "三省", "镇", "社区", "钢城", "产业城", "经济带", "经济圈", "大地", "乐园", "大学", "码头", "堡", "内陆港", "航站楼"}

// bareFronts begin what makes the name of a place that of another.
var bareFronts = []string{"大桥", "大道", "高速", "铁路", "高铁", "地铁", "路", "街", "至"}

// hosts are ends of the names of places in front of works that lie there.
var hosts = []string{"街道", "镇", "乡", "机场", "火车站", "高铁站", "运河", "河", "湖", "水库", "公园", "景区", "古镇", "古城", "片区", "社区", "花园", "小区"}

// host states that works lie at the place in front of their name, which no gazetteer has: 青榆机场 in 青榆机场改扩建工程.
func (v *view) host(n *Name, covered int) {
	ends := hosts
	switch n.Kind {
	case graph.KindEnterprise:
		ends = []string{"县", "旗", "镇", "街道"}
	case graph.KindPlace, graph.KindOrganization:
		ends = []string{"湖", "县", "旗", "镇", "乡", "街道"}
	}
	name := v.name(n)
	best, from := 0, 0
	for _, c := range []string{"与", "和", "、"} { // 与 in 青榆馆与柳塘公园整治工程
		if i := strings.LastIndex(name, c); n.Kind == graph.KindProject && i > 0 {
			from = max(from, i+len(c))
		}
	}
	if n.Kind == graph.KindEnterprise {
		from = max(from, covered-n.Start) // 乡 in 青省壮乡水泥
	}
	for i := range name {
		if i > from && runes(name[from:i]) >= 2 && runes(name[i:]) >= 2 && endsIn(name[:i], ends) && !startsAny(name[i:], []string{"区", "村", "口", "道", "社区", "治理区", "大桥", "沿线", "南", "北", "州", "卫生", "服务", "北路", "南路", "东路", "西路", "路", "大道"}) {
			best = i
			break
		}
	}
	if best > 0 && n.Kind == graph.KindProject {
		for _, more := range hostEnds { // 青榆河口, 青榆花园东区
			if strings.HasPrefix(name[best:], more) && runes(name[best+len(more):]) >= 2 {
				best += len(more)
				break
			}
		}
	}
	if best == 0 || covered > n.Start && n.Start+best == covered+len("镇") || n.Start+best <= covered && divisionEnd(name[:best]) || slices.Contains(plainTails, name[best:]) || onlyPhase(name[best:]) {
		return
	}
	if front := name[from:best]; endsIn(front, []string{"山水林田湖", "滨湖", "环湖", "临湖", "沿河", "滨河"}) || n.Start+best > covered && endsIn(front, []string{"镇", "乡"}) && v.cityFront(n, best) {
		return
	}
	v.fromName(graph.LocatedIn, *n, v.part(n, from, best, graph.KindPlace, graph.Other), "name:host")
}

// hostEnds may follow the place where works lie, and belong to its name.
var hostEnds = []string{"河口", "湖区", "湿地公园", "国家湿地公园", "东区", "西区", "南区", "北区"}

// cityFront reports whether the name with which a body's begins, up to a character that ends names of towns, is that of a city or
// county with the beginning of another name: 青榆镇 in 青榆镇海园林公司.
func (v *view) cityFront(n *Name, end int) bool {
	return slices.ContainsFunc(n.Parts, func(p Name) bool {
		level := p.Place.Level()
		return p.Kind == graph.KindPlace && level > 0 && level < 5 && p.End == n.Start+end-len("镇")
	})
}

// levels are the places by which a division in a name says where the thing is: each of a stack of them (青省 and 榆州市 in
// 青省榆州市), without the country that all lie in; or, where it only lends its name, the place that bears it (青榆湾).
func (v *view) levels(n *Name, whole Name) []Name {
	for _, h := range home {
		if rest, ok := strings.CutPrefix(v.name(&whole), h); ok {
			if rest == "" {
				return nil
			}
			whole.Start += len(h)
		}
	}
	official := 0 // bytes behind the short name of a prefecture that its official name has more
	rest := v.Text[whole.End:n.End]
	if n.Kind == graph.KindPlace && endsIn(rest, []string{"自治区", "自治州", "自治县"}) {
		return nil // the division itself, by its full name
	}
	if port := strings.TrimPrefix(rest, "港"); port != rest && runes(port) > 1 { // 青榆港 in 青榆港散货码头
		for _, more := range []string{"区", "务", "口", "湾"} {
			if strings.HasPrefix(port, more) {
				port = ""
			}
		}
		if port != "" {
			return []Name{v.part(n, whole.Start-n.Start, whole.End-n.Start+len("港"), graph.KindPlace, graph.Other)}
		}
	}
	if slices.Contains(bare, rest) || n.Kind == graph.KindPlace && runes(rest) == 1 && rest != "港" && rest != "站" || rest == "" && n.Kind == graph.KindPlace {
		return nil
	}
	for _, b := range bare {
		if !strings.HasPrefix(rest, b) || b == "城" || whole.Place.Level() < 3 || startsAny(rest[len(b):], []string{"海", "口", "泊"}) {
			continue
		}
		if runes(b) > 1 && !endsIn(b, waterEnds) && !endsIn(b, roadEnds) {
			break
		}
		if n.Kind == graph.KindPlace && runes(b) == 1 && runes(rest) == 2 && endsIn(b, waterEnds) && !endsIn(rest, []string{"畔", "段", "区", "岸", "口", "滩", "边"}) {
			break // 江南 in 青榆江南 is a district, and 青榆江 no river
		}
		if b == "州" && whole.Place == graph.City { // 甘榆 in 甘榆州柳塘县
			official = len(b)
			break
		}
		if strings.ContainsAny(b, "乡镇村县区市省") { // the official name, which the gazetteer does not have
			if level := whole.Place.Level(); divisionEnd(v.name(&whole)) || (b == "乡" || b == "镇") && level < 5 || (b == "县" || b == "区" || b == "市") && level > 4 {
				break // 海镇 of 青榆海镇园林公司 is no town of 青榆
			}
			whole.End += len(b)
			break
		}
		if b == "桥" || b == "大桥" {
			return nil // 青榆桥小镇 is named for a bridge, which nothing lies in
		}
		if endsIn(b, roadEnds) {
			if n.Kind == graph.KindEnterprise || n.Kind == graph.KindOrganization {
				break // 青榆铁路局
			}
			return nil
		}
		if n.Kind == graph.KindPlace && divisionEnd(rest) || endsIn(v.name(&whole), officialEnds) {
			break // 江南区 in 青榆江南区 has no river, nor is 青榆市 in 青榆市湖滨学校 a lake
		}
		whole.End += len(b)
		whole.Place = graph.Water
		return []Name{v.part(n, whole.Start-n.Start, whole.End-n.Start, graph.KindPlace, graph.Water)}
	}
	var inside []Name
	last := func(p Name) Name { // by its official name, 甘榆州
		return v.part(n, p.Start-n.Start, p.End-n.Start+official, graph.KindPlace, p.Place)
	}
	at := whole.Start
	for at < whole.End {
		best := Name{}
		for _, p := range n.Parts {
			if p.Kind == graph.KindPlace && p.Start == at && p.End <= whole.End && (p.Range != whole.Range || at > whole.Start) && p.End > best.End && p.End-p.Start < whole.End-whole.Start {
				best = p
			}
		}
		if best.End == 0 {
			break
		}
		inside = append(inside, best)
		at = best.End
	}
	if len(inside) < 2 || at < whole.End {
		return []Name{last(whole)}
	}
	if official > 0 {
		inside[len(inside)-1] = last(inside[len(inside)-1])
	}
	return inside
}

// officialEnds close the official names of divisions, and hardly ever another's.
var officialEnds = []string{"省", "市", "县", "区", "镇", "乡", "街道", "旗"}

// divisionEnd reports whether a name is the official one of a division.
func divisionEnd(name string) bool {
	return endsIn(name, []string{"省", "市", "县", "区", "镇", "乡", "村", "街道", "州", "旗"})
}

// region states that a thing lies in the region in front of its name, which no gazetteer has.
func (v *view) region(n *Name) {
	if n.Kind != graph.KindProject {
		return // 西北欧, 亚太公司
	}
	name := v.name(n)
	for _, r := range regions {
		i := strings.Index(name, r)
		if i < 0 || len(name) == len(r) || startsAny(name[i+len(r):], []string{"大学", "财", "交通", "师范", "医"}) {
			continue
		}
		if rest := name[i+len(r):]; i == 0 && n.Kind == graph.KindEnterprise && !strings.ContainsAny(rest, "公司") || strings.HasPrefix(rest, "地区") {
			continue
		}
		v.fromName(graph.LocatedIn, *n, v.part(n, i, i+len(r), graph.KindPlace, graph.Other), "name:region")
		return
	}
}

// part is a stretch of a name as a name.
func (v *view) part(n *Name, from, to int, kind graph.Kind, place graph.PlaceKind) Name {
	r := text.Range{Start: n.Start + from, End: n.Start + to}
	for _, p := range n.Parts {
		if p.Range == r && p.Kind == kind {
			return p
		}
	}
	return Name{Range: r, Kind: kind, Place: place, Confidence: 0.8 * n.Confidence, Parts: v.within(n, r)}
}

// within are the parts of a name that lie in a stretch of it.
func (v *view) within(n *Name, r text.Range) []Name {
	var out []Name
	for _, p := range n.Parts {
		if r.Start <= p.Start && p.End <= r.End && p.Range != r {
			out = append(out, p)
		}
	}
	return out
}

// owner is the firm with whose name that of a project begins; zero if none does.
func (v *view) owner(n *Name) Name {
	if n.Kind == graph.KindPlace && n.Place == graph.Park {
		for _, p := range n.Parts {
			if p.Kind == graph.KindEnterprise && p.Start == n.Start && endsIn(v.name(&p), firmEnds) && endsIn(v.Text[p.End:n.End], parkEnds) {
				return p
			}
		}
		return v.company(n)
	}
	if n.Kind != graph.KindProject {
		return Name{}
	}
	best := v.company(n)
	if m := phased.FindStringIndex(v.name(n)); m != nil && best.End == 0 && endsIn(v.name(n)[:m[0]], firmEnds) && runes(v.name(n)[:m[0]]) <= 8 && runes(v.name(n)[m[1]:]) > 2 {
		best = v.part(n, 0, m[0], graph.KindEnterprise, "") // 明川光伏一期组件项目
	}
	for _, p := range n.Parts {
		if onlyPhase(v.Text[p.End:max(p.End, n.End)]) && endsIn(v.name(&p), builtPhased) {
			continue // the power station is what has phases
		}
		if slices.Contains(plainTails, v.Text[p.End:max(p.End, n.End)]) && endsIn(v.name(&p), []string{"风电", "光伏", "水电", "核电"}) {
			continue // nor does 青榆西风电项目 have a firm in front
		}
		if (p.Kind == graph.KindEnterprise || p.Kind == graph.KindOrganization) && (p.Start == n.Start || v.placed(n, &p)) && p.End < n.End && p.End > best.End && !v.own(n, &p) {
			best = p
		}
	}
	if best.End == 0 || endsIn(v.name(&best), []string{"公司", "集团", "厂"}) {
		return best
	}
	if best.Kind == graph.KindEnterprise {
		for _, t := range ownTrades { // 明川化学 of 明川化学新材料项目: what follows the trade is what is made
			if i := strings.Index(v.name(&best), t); i > 0 && runes(v.name(&best)[:i]) >= 2 && i+len(t) < best.End-best.Start {
				best = v.part(n, best.Start-n.Start, best.Start-n.Start+i+len(t), graph.KindEnterprise, "")
				break
			}
		}
		for _, t := range ownTrades { // and 明川纸业 of 明川纸业技改
			if rest, ok := strings.CutPrefix(v.Text[best.End:n.End], t); ok && runes(rest) >= 2 && !endsIn(v.name(&best), ownTrades) {
				best = v.part(n, best.Start-n.Start, best.End-n.Start+len(t), graph.KindEnterprise, "")
				break
			}
		}
	}
	for _, p := range n.Parts { // 澄科 of 青榆澄科显示项目 and not 青榆澄科: where a short name is says the place
		if p.Kind == graph.KindPlace && p.Place.Level() > 0 && v.name(&p) != "中国" && p.Start == best.Start && best.Kind == graph.KindEnterprise && runes(v.Text[p.End:max(p.End, best.End)]) >= 2 && !slices.Contains(firmEnds, v.Text[p.End:max(p.End, best.End)]) {
			return v.part(n, p.End-n.Start, best.End-n.Start, graph.KindEnterprise, "")
		}
	}
	return best
}

var phased = newPattern(`[一二三四五]期`)

// company is the firm with whose legal form in it a name begins: 明川集团 in 明川集团白酒项目. What stands behind the form may be
// the name of its part: 明川集团永泽公司 in 明川集团永泽公司化肥项目.
func (v *view) company(n *Name) Name {
	name, end := v.name(n), 0
	for _, form := range []string{"集团", "公司"} {
		if i := strings.Index(name, form); i > 0 {
			end = max(end, i+len(form))
		}
	}
	if front := strings.TrimSuffix(strings.TrimSuffix(name[:end], "公司"), "集团"); runes(front) < 2 || runes(name[end:]) < 2 {
		return Name{}
	}
	return v.part(n, 0, end, graph.KindEnterprise, "")
}

// placed reports whether nothing but places stands in front of a part: 澄科 in 青榆澄科新型显示.
func (v *view) placed(n, p *Name) bool {
	at := n.Start
	for _, o := range n.Parts {
		if o.Kind == graph.KindPlace && o.Start == at && o.End <= p.Start {
			at = o.End
		}
	}
	return at == p.Start
}

// own reports whether a body in front of a project is the thing built and not who builds it: 第二医院 in 第二医院项目.
func (v *view) own(n, p *Name) bool {
	rest := v.Text[p.End:n.End]
	return p.Kind == graph.KindOrganization && (slices.Contains(plainTails, rest) || onlyPhase(rest) || endsIn(rest, repairTails) || endsIn(rest, worksTails) && !buildingTail(rest))
}

// Tails of names, by what they say of what stands in front; longest first where one ends another.
var (
	branchTails = []string{"校区", "分校", "分院", "院区", "分公司", "分行", "支行", "分会", "分局", "分中心", "分部", "分社", "分店", "新馆", "分馆", "分指挥部", "分园", "基地校", "分团", "旗舰店", "南馆", "北馆", "东馆", "西馆", "调查总队", "国际校园"}
	officeTails = []string{"代表处", "办事处", "委员会", "研究院", "医院", "工作站", "研究所", "研究中心", "研究室", "教研室", "实验室", "司", "局", "厅", "处", "科", "系", "学院", "中心", "室", "办公室", "专委会", "部", "馆", "基地", "所", "支队", "大队", "分会", "办"}
	bodyEnds    = []string{"创新中心", "大学", "学院", "科学院", "研究院", "研究所", "实验室", "交易所", "组织", "协会", "学会", "商会", "联合会", "委员会", "发改委", "改革委", "国资委", "卫健委", "委", "部", "总局", "局", "厅", "政府", "总统府", "高检院", "法院", "检察院", "医院", "银行", "集团", "公司", "中学", "小学", "厂"}
	worksTails  = []string{"延伸工程", "延伸段", "扩建工程", "改扩建工程", "改造工程", "拓宽工程", "提升工程", "互通", "北拓", "南拓", "东拓", "西拓", "北延", "南延", "东延", "西延", "标段工程", "标段", "主体工程", "泊位", "货场", "立交", "首开区", "专用线", "复线", "邻里中心项目", "邻里中心", "段工程"}
	repairTails = []string{"除险加固工程", "加固工程", "整治工程", "治理工程", "修缮工程", "维修工程", "清淤工程", "改造提升工程", "保护工程", "生态修复工程"}
	housing     = []string{"业务用房", "新业务用房", "扩建工程", "扩建项目", "扩容项目", "扩容工程", "改扩建工程", "改扩建项目", "迁建项目", "迁建工程", "新建项目", "建设项目", "综合楼", "门诊楼", "住院楼", "教学楼", "研发中心", "科创实践基地"}
	plainTails  = []string{"建设项目", "建设工程", "项目", "工程"}
)

// ownTrades are trades that belong to a firm's name when more of a project's name follows.
var ownTrades = []string{"化学", "化工", "石化", "科技", "实业", "环保", "重工", "制药", "药业", "纸业"}

// firmEnds are trades with which a firm's short name ends: what has phases is the firm's, not the firm.
var firmEnds = []string{
	"化学", "化工", "科技", "实业", "集团", "食品", "医药", "药业", "制药", "重工", "石化", "纸业", "鞋业", "服饰", "股份", "控股", "水产", "机械", "装备", "建材", "环保", "矿业", "铝业", "钢铁", "水泥", "陶瓷", "卫浴", "家居", "纺织", "化纤",
	"电气", "电器", "精密", "热电", "能源", "新能源", "新材料", "电子", "光伏", "玻璃", "橡胶", "轮胎", "啤酒", "汽车", "光电", "电力", "生物", "智能", "数控", "包装", "特钢", "气体", "油脂", "饲料", "铜业", "硅业", "锂业", "钛业", "汽配", "锂电", "水漆", "索具", "农牧", "牧业", "乳业", "酒业",
}

func buildingTail(tail string) bool {
	return slices.ContainsFunc(housing, func(h string) bool { return strings.HasSuffix(tail, h) })
}

// base cuts a name into what it is of and the tail that says so.
func (v *view) base(n *Name) (base Name, tail string, ok bool) {
	name := v.name(n)
	bare := name
	if n.Kind == graph.KindProject {
		for _, t := range plainTails {
			if rest, cut := strings.CutSuffix(name, t); cut && utf8.RuneCountInString(rest) > 2 {
				bare = rest
				break
			}
		}
	}
	if end := phaseStart(bare); end > 0 {
		return v.typed(n, end, n.Kind), "phase", true
	}
	for _, t := range branchTails {
		if at, cut := cutTail(bare, t); cut {
			if end := v.branchBase(n, bare[:at]); end > 0 {
				return v.typed(n, end, branchKind(n.Kind)), "branch", true
			}
		}
	}
	if n.Kind == graph.KindProject {
		if end, what := roadside(name); end > 0 {
			return v.typed(n, end, graph.KindPlace), what, true
		}
		for _, group := range []struct {
			tails []string
			what  string
		}{{repairTails, "repair"}, {housing, "housing"}, {worksTails, "works"}} {
			for _, t := range group.tails {
				for _, s := range []string{name, bare} {
					if at, cut := cutTail(s, t); cut && utf8.RuneCountInString(s[:at]) > 1 {
						return v.typed(n, trimWork(s[:trimOrdinal(s[:at])]), graph.KindProject), group.what, true
					}
				}
			}
		}
		if bare != name && builtName(bare) {
			return v.typed(n, len(bare), graph.KindProject), "plain", true
		}
	}
	if n.Kind == graph.KindPlace {
		if end := v.placeBase(n, name); end > 0 {
			return v.typed(n, end, graph.KindPlace), "site", true
		}
	}
	if n.Kind == graph.KindOrganization {
		if at := strings.Index(name, "附属"); at > 0 && builtBody(name[:at]) {
			return v.typed(n, at, graph.KindOrganization), "office", true
		}
		if end := officeBase(name); end > 0 {
			return v.typed(n, end, graph.KindOrganization), "office", true
		}
	}
	if n.Kind == graph.KindEnterprise {
		if end := v.parent(n, name); end > 0 {
			return v.typed(n, end, graph.KindEnterprise), "subsidiary", true
		}
	}
	return Name{}, "", false
}

// noRoads are words in 路 that are no roads: 线路 in 柔性线路板项目.
var noRoads = []string{"线路", "电路", "网路", "气路", "油路", "管路", "回路", "链路", "光路"}

// roadside is where the road ends with which the name of works begins, and whether these are part of it or only lie there.
func roadside(name string) (int, string) {
	for i := range name {
		if i == 0 || runes(name[:i]) < 3 || runes(name[i:]) < 2 || !endsIn(name[:i], []string{"大道", "高铁", "高速", "公路", "路", "街", "东环", "西环", "南环", "北环", "二环", "三环", "四环", "干渠", "港区", "机场"}) ||
			startsAny(name[i:], []string{"道", "区", "坊", "巷", "路", "镇", "村", "沿线", "周边", "公路", "网", "口", "段", "港", "灯", "专用线", "站", "集装箱", "货"}) && !strings.HasSuffix(name[:i], "港区") || endsIn(name[:i], noRoads) {
			continue
		}
		rest := name[i:]
		if endsIn(strings.TrimSuffix(strings.TrimSuffix(rest, "项目"), "工程"), []string{"扩容", "扩建", "扩能", "改扩建", "扩能改造"}) {
			return i, "plain" // what makes a road wider is no part of it
		}
		if strings.HasSuffix(name[:i], "机场") && !containsAny(rest, []string{"航站楼", "跑道", "航站区"}) {
			return i, "host" // work at an airport is none of its parts
		}
		if endsIn(rest, worksTails) || containsAny(rest, []string{"延伸", "东延", "西延", "南延", "北延", "航站楼", "跑道"}) || onlyPhase(rest) || slices.Contains(plainTails, rest) {
			return i, "works"
		}
		return i, "host"
	}
	return 0, ""
}

func branchKind(k graph.Kind) graph.Kind {
	if k == graph.KindProject {
		return graph.KindOrganization
	}
	return k
}

func cutTail(name, tail string) (int, bool) {
	rest, ok := strings.CutSuffix(name, tail)
	return len(rest), ok && rest != ""
}

// phaseStart is where the phase at the end of a name begins (二期, 2期, 第四标段), 0 without one.
func phaseStart(name string) int {
	for _, b := range []string{"（）", "()"} { // 青榆小镇（一期）
		open, shut := b[:len(b)/2], b[len(b)/2:]
		if front, ok := strings.CutSuffix(name, shut); ok {
			if at := strings.LastIndex(front, open); at > 6 && onlyPhase(front[at+len(open):]) {
				return at
			}
		}
	}
	rest, ok := strings.CutSuffix(name, "扩建")
	if !ok {
		rest = name
	}
	for _, unit := range []string{"期", "标段", "号机组"} {
		if r, ok := strings.CutSuffix(rest, unit); ok {
			if at := trimOrdinal(r); at < len(r) && at > 6 {
				return at
			}
		}
	}
	return 0
}

// onlyPhase reports whether what stands behind a name says nothing but which phase of it is meant.
func onlyPhase(rest string) bool {
	const name = "甲乙丙"
	return phaseStart(name+rest) == len(name)
}

// trimWork is the length of a name without the kind of work that stands behind it: 青柳高速 in 青柳高速扩能改造.
func trimWork(s string) int {
	for _, w := range []string{"扩能", "升级", "提质", "综合", "快速化", "品质", "绿化", "亮化", "景观", "道路"} {
		if rest, ok := strings.CutSuffix(s, w); ok && runes(rest) > 1 {
			return len(rest)
		}
	}
	return len(s)
}

// trimOrdinal is the length of a name without the number at its end.
func trimOrdinal(s string) int {
	n := strings.TrimRight(s, "0123456789一二三四五六七八九十、IVⅠⅡⅢⅣ")
	if n != s {
		n = strings.TrimSuffix(n, "第")
	}
	return len(n)
}

var roadEnds = []string{"大道", "高速", "公路", "快速路", "高铁", "铁路", "路", "街", "大桥", "桥", "线", "隧道"}

var waterEnds = []string{"水闸", "水库", "河", "湖", "港", "湾", "渠", "溪", "江", "堤"}

var parkEnds = []string{"经开区", "高新区", "港区", "产业园区", "产业园", "工业园区", "工业园", "科技园", "园区", "物流园", "开发区", "小镇", "花园", "花园东区", "小区", "社区"}

func endsIn(s string, ends []string) bool {
	return slices.ContainsFunc(ends, func(e string) bool { return strings.HasSuffix(s, e) })
}

// builtName reports whether a name is that of something that can be built by itself: a bridge, a school, a park.
func builtName(name string) bool {
	return endsIn(name, roadEnds) || endsIn(name, waterEnds) || endsIn(name, parkEnds) || endsIn(name, []string{"医院", "小学", "中学", "学校", "大学", "学院", "馆", "中心", "机场", "车站", "水厂", "污水处理厂", "电站"})
}

// typed is the front of a name, with the kind that its end gives it.
func (v *view) typed(n *Name, end int, otherwise graph.Kind) Name {
	name := v.name(n)[:end]
	for _, p := range n.Parts {
		if p.Start == n.Start && p.End == n.Start+end && !(p.Kind == graph.KindPlace && strings.HasSuffix(name, "厂")) {
			b := p
			b.Parts = v.within(n, p.Range)
			if p.Kind == graph.KindPlace && (p.Place == "" || p.Place == graph.Other) {
				b.Place = placeOf(name)
			}
			return b
		}
	}
	kind, place := otherwise, placeOf(name)
	switch {
	case place != "":
		kind = graph.KindPlace
	case endsIn(name, []string{"公司", "集团", "厂"}):
		kind = graph.KindEnterprise
	case endsIn(name, []string{"医院", "小学", "中学", "学校", "大学", "学院", "中心", "一中", "二中", "三中", "五中", "协会", "研究院", "馆"}):
		kind = graph.KindOrganization
	}
	return v.part(n, 0, end, kind, place)
}

// placeOf is the kind of place that the end of a name tells, "" if it is none.
func placeOf(name string) graph.PlaceKind {
	switch {
	case endsIn(name, []string{"大桥", "桥"}):
		return graph.Bridge
	case endsIn(name, []string{"高铁", "铁路", "地铁"}):
		return graph.Railway
	case endsIn(name, roadEnds):
		return graph.Road
	case endsIn(name, waterEnds):
		return graph.Water
	case endsIn(name, parkEnds):
		return graph.Park
	}
	return ""
}

// branchBase is where the body ends that a branch is of: 青榆五中 in 青榆五中明川区分校, 青榆师院基地校 in 青榆师院基地校小学校区.
func (v *view) branchBase(n *Name, front string) int {
	end := len(front)
	for _, p := range n.Parts { // a place in front of the tail says where the branch is
		if p.Kind == graph.KindPlace && p.End == n.Start+len(front) && p.Start > n.Start {
			end = min(end, p.Start-n.Start)
		}
	}
	base := front[:end]
	for _, side := range []string{"第一", "第二", "第三", "小学", "中学", "东", "西", "南", "北", "新", "老"} {
		if rest, ok := strings.CutSuffix(base, side); ok && builtBody(rest) {
			return len(rest)
		}
	}
	if builtBody(base) {
		return len(base)
	}
	// The longest front that is a body by itself.
	for i := range base {
		if i > 0 && i < len(base) && builtBody(base[:i]) && !strings.HasPrefix(base[i:], "心") {
			end = i
		}
	}
	if end < len(base) && builtBody(base[:end]) {
		return end
	}
	for _, p := range n.Parts {
		if p.Start == n.Start && p.End < n.Start+len(base) && (p.Kind == graph.KindOrganization || p.Kind == graph.KindEnterprise) {
			return p.End - n.Start
		}
	}
	if endsIn(front, []string{"馆"}) || runes(base) >= 4 && n.Kind != graph.KindProject && !endsIn(v.name(n), []string{"分会", "分中心", "分指挥部"}) {
		return len(base)
	}
	return 0
}

var bodyMarks = append([]string{"中心", "联", "保健院", "卫生院", "福利院", "敬老院", "中", "小", "校", "附小", "附中", "师院", "医大", "银行", "保险", "证券", "石化", "石油", "电信", "移动", "联通", "博物馆", "图书馆"}, bodyEnds...)

func builtBody(name string) bool { return runes(name) >= 3 && endsIn(name, bodyMarks) }

// officeBase is where the body ends that an office is of: 发改委 in 发改委价格监督局; 0 if the name is not that of an office.
func officeBase(name string) int {
	if !endsIn(name, officeTails) || strings.Contains(name, "常驻") { // 海国常驻国际组织代表处 is of the country
		return 0
	}
	best := 0
	for i := range name {
		rest := name[i:]
		if i == 0 || runes(name[:i]) < 3 || runes(rest) < 3 || startsAny(rest, []string{"员", "会", "门", "队", "（", "(", "直属", "部", "采购", "监察"}) || !endsIn(name[:i], bodyEnds) {
			continue
		}
		if strings.HasSuffix(name[:i], "部") && endsIn(rest, []string{"研究院", "学院", "医院"}) {
			return 0 // what a ministry founds with others is none of its offices
		}
		best = i
	}
	return best
}

// placeBase is where the place ends that another is at: 龙溪路 in 龙溪路站, 青柳高铁 in 青柳高铁青榆东站, 五一水闸 in 五一水闸文化广场.
func (v *view) placeBase(n *Name, name string) int {
	if rest, ok := strings.CutSuffix(name, "站"); ok && !strings.HasSuffix(rest, "电") && !strings.HasSuffix(rest, "水") {
		for _, p := range n.Parts {
			if p.Start == n.Start && p.Place.Level() == 0 && p.End < n.Start+len(rest) {
				return p.End - n.Start
			}
		}
		if runes(rest) >= 3 && endsIn(rest, append(roadEnds, "站", "新城", "门", "寺", "园")) {
			return len(rest)
		}
	}
	for _, t := range []string{"拓展区", "首开区", "协同区", "起步区", "启动区", "核心区"} {
		if front, ok := strings.CutSuffix(name, t); ok && runes(front) > 3 && endsIn(front, []string{"区", "城", "园", "基地", "港", "镇"}) {
			return len(front)
		}
	}
	for i := range name {
		if i == 0 || runes(name[:i]) < 3 {
			continue
		}
		if rest := name[i:]; strings.HasSuffix(name[:i], "机场") && runes(rest) < 8 && endsIn(rest, []string{"航站楼", "跑道"}) || strings.HasSuffix(name[:i], "港区") && endsIn(rest, []string{"码头", "泊位"}) ||
			strings.HasSuffix(name[:i], "港") && strings.HasSuffix(rest, "港区") && runes(rest) > 3 {
			return i
		}
		if i > 0 && runes(name[i:]) >= 2 && runes(name[:i]) >= 3 && endsIn(name[:i], []string{"大道", "高铁", "高速", "水闸", "水库", "产业园", "地铁"}) &&
			!startsAny(name[i:], []string{"区", "公路", "铁路"}) {
			if endsIn(name[i:], []string{"连接线", "联络线", "复线", "新线", "支线"}) {
				return 0 // a line of its own
			}
			return i
		}
	}
	return 0
}

// parent is where the firm ends that another bears in front of its name: 本田 in 本田中国, 比亚迪 in 比亚迪汽车金融公司.
func (v *view) parent(n *Name, name string) int {
	for _, tail := range []string{"（中国）", "(中国)", "中国"} {
		if rest, ok := strings.CutSuffix(name, tail); ok && runes(rest) >= 2 {
			return len(strings.TrimSuffix(rest, "汽车"))
		}
	}
	if front, rest, ok := strings.Cut(name, "集团"); ok && runes(front) >= 2 && runes(rest) >= 4 && !onlyForm(rest) && !strings.ContainsAny(rest[:len("（")], "（()）") {
		end := len(front) + len("集团") // 青榆集团明川药业公司
		if strings.HasPrefix(rest, "公司") {
			end += len("公司")
		}
		return end
	}
	if strings.HasSuffix(name, "项目部") {
		end := 0
		for i := range name { // 明川电气局三公司 in 明川电气局三公司青榆铁路项目部
			if runes(name[:i]) >= 4 && runes(name[i:]) >= 4 && endsIn(name[:i], []string{"公司", "集团", "局", "工程处"}) {
				end = i
			}
		}
		if end > 0 {
			return end
		}
	}
	if endsIn(name, []string{"事业部", "项目部"}) {
		for _, p := range n.Parts {
			if p.Kind == graph.KindEnterprise && p.Start == n.Start && p.End < n.End {
				for _, o := range n.Parts { // 明川-永泽 in 明川-永泽海棠销售事业部
					if o.Kind == graph.KindEnterprise && o.Start == p.End+len("-") && v.Text[p.End] == '-' {
						return o.End - n.Start
					}
				}
				return p.End - n.Start
			}
		}
	}
	for _, g := range groups {
		if !endsIn(name, []string{"公司", "集团"}) {
			break // 明川雪花 may as well be the brand of a firm that several own
		}
		whole := strings.TrimPrefix(name, "中国")
		if rest, ok := strings.CutPrefix(whole, g); ok && runes(rest) >= 2 && !onlyForm(rest) && !startsAny(rest, []string{"集团", "公司", "股份", "有限"}) {
			return len(name) - len(rest)
		}
	}
	best := 0
	for _, p := range n.Parts { // 明川青榆
		if p.Kind == graph.KindPlace && p.Place.Level() > 1 && p.End == n.End && p.Start > n.Start && v.firmAt(n, p.Start) {
			return p.Start - n.Start
		}
	}
	if rest, ok := strings.CutSuffix(name, "公司"); ok { // 中远瀛海唐山公司
		for _, p := range n.Parts {
			if p.Kind == graph.KindPlace && p.Place.Level() > 1 && p.End == n.Start+len(rest) && runes(v.Text[n.Start:p.Start]) >= 2 {
				return p.Start - n.Start
			}
		}
	}
	for _, p := range n.Parts {
		if p.Kind == graph.KindEnterprise && p.Start == n.Start && p.End < n.End && p.End-n.Start > best && endsIn(name, []string{"公司", "分公司"}) &&
			otherLine(v.Text[p.End:n.End]) {
			best = p.End - n.Start
		}
	}
	return best
}

// firmAt reports whether what stands in front of a position of a name is the short name of a firm.
func (v *view) firmAt(n *Name, end int) bool {
	front := v.Text[n.Start:end]
	return slices.Contains(groups, front) || slices.ContainsFunc(n.Parts, func(p Name) bool {
		return p.Kind == graph.KindEnterprise && p.Start == n.Start && p.End == end
	})
}

// otherLine reports whether what follows a firm's short name makes it another firm's: 明川汽车金融公司 is one of 明川, while
// 明川纸业公司 is the full name of 明川.
func otherLine(rest string) bool {
	return containsAny(rest, []string{"金融", "财务", "B2B", "租赁"}) || containsAny(rest, []string{"（中国", "(中国"}) && !onlyForm(rest)
}

// groups are groups of firms so large that those of them bear the group's short name in front of their own name.
var groups = []string{"国电", "华能", "大唐", "华电", "中电投", "中石化", "中石油", "中海油", "中铝", "中色", "中粮", "中铁", "中建", "中交", "中冶", "中核", "中广核", "神华", "华润", "保利", "国投", "中煤", "中化", "中车", "中燃"}

// onlyForm reports whether what follows a firm's short name is nothing but its legal form.
func onlyForm(rest string) bool {
	for again := true; again && rest != ""; {
		again = false
		for _, w := range []string{"（集团）", "(集团)", "集团", "股份", "有限", "责任", "控股", "总公司", "公司", "科技", "实业", "发展", "投资", "制造", "工业", "国际", "技术", "汽车", "石油", "天然气", "能源", "电子", "电器", "电气", "通信", "食品", "饮料", "水泥", "钢铁", "化工", "制药", "药业", "医药", "机械", "重工", "传媒"} {
			if cut, ok := strings.CutPrefix(rest, w); ok {
				rest, again = cut, true
			}
		}
	}
	return rest == ""
}

// relate states what the tail of a name says.
func (v *view) relate(n *Name, base Name, tail string) {
	head := *n
	switch {
	case base.Kind == graph.KindPerson:
	case tail == "phase" && (base.Kind == graph.KindEnterprise || base.Kind == graph.KindProject && endsIn(v.name(&base), firmEnds) && !v.owned(n, &base)) && n.Kind == graph.KindProject && !endsIn(v.name(&base), builtPhased):
		base.Kind = graph.KindEnterprise
		v.fromName(graph.Undertakes, base, head, "name:owner")
	case tail == "phase":
		v.fromName(graph.PartOf, head, base, "name:phase")
	case tail == "branch":
		if n.Kind == graph.KindProject {
			body := v.part(n, 0, len(strings.TrimSuffix(strings.TrimSuffix(v.name(n), "项目"), "工程")), graph.KindOrganization, "")
			v.fromName(graph.PartOf, body, base, "name:branch")
			v.fromName(graph.Concerns, head, body, "name:works")
			return
		}
		v.fromName(graph.PartOf, head, base, "name:branch")
	case tail == "host":
		v.fromName(graph.LocatedIn, head, base, "name:host")
	case tail == "office" || tail == "subsidiary":
		v.fromName(graph.PartOf, head, base, "name:"+tail)
	case tail == "site":
		if endsIn(v.name(n), []string{"拓展区", "首开区", "协同区", "起步区", "启动区", "核心区", "航站楼", "跑道", "码头", "泊位", "港区"}) || base.Place == graph.Road || base.Place == graph.Railway || base.Place == graph.Park || base.Place == graph.Zone || endsIn(v.name(&base), []string{"机场", "科学城"}) || strings.HasSuffix(strings.TrimSuffix(v.name(n), "）"), "段") {
			if strings.HasSuffix(v.name(n), "站") && base.End == n.End-len("站") || base.Place.Level() > 0 && base.Place != graph.Zone { // a port of a city lies there
				v.fromName(graph.LocatedIn, head, base, "name:site")
			} else {
				v.fromName(graph.PartOf, head, base, "name:site")
			}
			return
		}
		v.fromName(graph.LocatedIn, head, base, "name:site")
	case tail == "repair":
		if base.Kind == graph.KindPlace {
			v.fromName(graph.LocatedIn, head, base, "name:works")
		}
		v.concerns(head, base)
	case tail == "housing":
		if base.Kind == graph.KindEnterprise || base.Kind == graph.KindOrganization {
			v.fromName(graph.Undertakes, base, head, "name:owner")
		}
		v.concerns(head, base)
	case tail == "works":
		if base.Kind == graph.KindPlace {
			v.fromName(graph.PartOf, head, base, "name:works")
			v.concerns(head, base)
		} else if base.Kind == graph.KindEnterprise || base.Kind == graph.KindOrganization {
			v.fromName(graph.Undertakes, base, head, "name:owner")
		}
	case tail == "plain":
		v.concerns(head, base)
	}
}

// builtPhased close names of what is built in phases, not of firms.
var builtPhased = []string{"厂", "站", "中心", "基地", "核电", "抽蓄", "风电场", "学院", "大学", "实验室", "医院", "学校", "中学", "小学"}

// owned reports whether a shorter front than base is the firm whose project a name is of: 明川新材 in 明川新材PTA二期.
func (v *view) owned(n, base *Name) bool {
	o := v.owner(n)
	return o.End > 0 && o.End < base.End
}

func (v *view) concerns(head, base Name) {
	if strings.HasPrefix(v.name(&head), "原") {
		return // 原海棠小镇项目: it goes by another name now
	}
	if base.Kind == graph.KindPlace && base.Place.Level() == 0 || base.Kind == graph.KindOrganization {
		v.fromName(graph.Concerns, head, base, "name:works")
	}
}
