package relate

import (
	"fmt"
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tupu-kg/tupu/extract/text"
	"github.com/tupu-kg/tupu/graph"
)

// parse reads a sentence in which names stand in brackets, with their kind as in forms; parts are written inside names:
// [P [E 明川]新材项目]. A place may tell its kind: [L/bridge 金屿大桥].
func parse(t testing.TB, marked string) *Sentence {
	t.Helper()
	s := &Sentence{}
	var stack []*Name
	for rest := marked; rest != ""; {
		switch rest[0] {
		case '[':
			label, after, ok := strings.Cut(rest[1:], " ")
			if !ok {
				t.Fatalf("%s: a bracket without a kind", marked)
			}
			kind, place, _ := strings.Cut(label, "/")
			n := &Name{Kind: kindOf[kind[0]], Place: graph.PlaceKind(place), Confidence: 1, Range: text.Range{Start: len(s.Text)}}
			stack = append(stack, n)
			rest = after
		case ']':
			n := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			n.End = len(s.Text)
			if len(stack) == 0 {
				s.Names = append(s.Names, *n)
			} else {
				up := stack[len(stack)-1]
				up.Parts = append(up.Parts, *n)
			}
			rest = rest[1:]
		default:
			_, size := decode(rest)
			s.Text += rest[:size]
			rest = rest[size:]
		}
	}
	return s
}

func statements(s *Sentence, keep func(*Statement) bool) string {
	var lines []string
	for _, st := range Read(s) {
		if !keep(&st) {
			continue
		}
		head, tail := s.Text[st.Head.Start:st.Head.End], s.Text[st.Tail.Start:st.Tail.End]
		switch st.Type {
		case graph.Status:
			line := head + " " + st.State
			if st.Modality == graph.Planned {
				line += " planned"
			}
			if st.Date != "" {
				line += " " + st.Date
			}
			lines = append(lines, line)
		case graph.Amount:
			q := st.Quantity
			lines = append(lines, fmt.Sprintf("%s: %s = %g %s %s", head, tail, q.Value, q.Unit, q.Of))
		case graph.HoldsPost:
			lines = append(lines, head+" → "+tail+" as "+st.Post)
		default:
			lines = append(lines, head+" → "+tail)
		}
	}
	sort.Strings(lines)
	return strings.Join(lines, "；")
}

func of(t graph.EdgeType) func(*Statement) bool {
	return func(s *Statement) bool { return s.Type == t }
}

// reads is a sentence and the statements of one type that are read from it.
type reads struct{ sentence, want string }

// expect compares what is read with what is wanted.
func expect(t *testing.T, relation graph.EdgeType, cases []reads) {
	t.Helper()
	for _, c := range cases {
		if diff := cmp.Diff(sorted(c.want), statements(parse(t, c.sentence), of(relation))); diff != "" {
			t.Errorf("%s: %s", c.sentence, diff)
		}
	}
}

func sorted(list string) string {
	all := strings.Split(list, "；")
	sort.Strings(all)
	return strings.Join(all, "；")
}

// TestFormsReadTheirExamples reads for every form the sentence that it was written for, with no other form.
func TestFormsReadTheirExamples(t *testing.T) {
	for i := range forms {
		f := &forms[i]
		s := parse(t, f.example)
		v := &view{Sentence: s}
		v.segment()
		set := compiledForms()
		v.apply(&set.forms[i], set.text(v.skeleton()))
		var got []string
		for _, st := range v.out {
			got = append(got, v.name(&st.Head)+" → "+v.name(&st.Tail))
		}
		sort.Strings(got)
		if diff := cmp.Diff(sorted(f.want), strings.Join(got, "；")); diff != "" {
			t.Errorf("%s of %s: %s", f.relation, f.example, diff)
		}
	}
}

func TestStages(t *testing.T) {
	for _, c := range []struct{ modality, sentence, want string }{
		{"reported", "[L/bridge 金屿大桥]、[L/bridge 银湾大桥]等项目正式开工，[L/railway 青榆东站]及配套路网、[L/road 海山大道]顺利通车", "海山大道 operating；金屿大桥 started；银湾大桥 started；青榆东站 operating"},
		{"reported", "落地[P 海棠综合体项目]，[L/building 海丝中心]封顶", "海丝中心 topped_out；海棠综合体项目 signed"},
		{"reported", "[P 明川一期]、[P 永泽二期]建成投产，[P 海棠项目]加快推进", "明川一期 operating；永泽二期 operating；海棠项目 building"},
		{"reported", "总投资30亿元的[E 明川科技]、20亿元的[E 永泽光学]等项目开工建设", "明川科技 started；永泽光学 started"},
		{"reported", "上午动工的项目有总投资6.4亿元的[P 明川综合体项目]，投资2亿元的[P 永泽商业项目]等", "明川综合体项目 started；永泽商业项目 started"},
		{"reported", "双方签署合作协议，涉及[P 明川一期]、[P 永泽物流园项目]等8个项目", "明川一期 signed；永泽物流园项目 signed"},
		{"reported", "[E 明川科技]、[E 永泽光学]等7家光电厂商陆续入驻", "明川科技 operating；永泽光学 operating"},
		{"reported", "[L/park 明川产业园]累计入驻企业307家", ""},
		{"reported", "[P 明川数据中心项目]完成主体施工", "明川数据中心项目 building"},
		{"reported", "投产线路包括[L/railway 青柳线]在内的12条，在建线路包括[L/railway 永泽线]，待建线路有[L/railway 明川线]等5条", "明川线 preparing planned；永泽线 building；青柳线 operating"},
		{"reported", "投资4亿元的[P 明川钢管项目]前天在[L/city 青榆]破土动工", "明川钢管项目 started"},
		{"reported", "[L/bridge 柳塘大桥]全长17公里，是两岸最长的桥，将于本月底通车", "柳塘大桥 operating planned"},
		{"reported", "正在建设中的[L/bridge 柳塘大桥]与已建成的[L/bridge 青榆大桥]全长12公里，规划中的[L/railway 青柳铁路]长9公里", "柳塘大桥 building；青柳铁路 preparing planned；青榆大桥 completed"},
		{"reported", "[P 明川核电项目]因故暂停，[P 永泽面板项目]预计明年量产", "明川核电项目 suspended；永泽面板项目 operating planned"},
		{"reported", "海国社消息（记者 王明远）：由海国企业承建的[P 明川项目]今天（5月8日）正式开工", "明川项目 started"},
		{"reported", "海国“十四五”规划重点工程——[P 明川水电站]全面投产", "明川水电站 operating"},
		{"reported", "[L/railway 青柳铁路]铺轨完成，为年底开通运营奠定基础，[L/road 青榆高速]明年开通后，两地更近", "青柳铁路 operating planned；青榆高速 operating planned"},
		{"reported", "[L/railway 青柳高铁]北起[L/building 青榆站]，南至[L/building 柳塘站]，全长83公里，线路计划2031年夏建成通车", "青柳高铁 operating planned"},
		{"reported", "开通[L/other 明川广场]至[L/building 客运中心]的公交线路", ""},
		{"reported", "建成省级现代产业园、[L/park 明川示范基地]，新近实施了总投资2亿元的[L/scenic 柳塘乐园]等项目", "明川示范基地 completed；柳塘乐园 building"},
		{"planned", "谋划启动[P 柳塘路西延]，启动实施[P 明川二期]，谋划实施[L/park 岚石工业园]道路、供电等设施", "明川二期 started planned；柳塘路西延 preparing"},
		{"reported", "[P 明川物流园项目]等投资6亿元的9个项目完成签约", "明川物流园项目 signed"},
		{"reported", "落户[L/zone 青榆开发区]的[E 明川科技有限公司]是[E 永泽集团]子公司", ""},
		{"reported", "去年建成投运了总长度33公里、输气能力4亿立方米的[P 明川输气工程]", "明川输气工程 operating"},
		{"reported", "[L/park 明川产业园]昨天在[L/city 青榆]开工建设", "明川产业园 started"},
		{"reported", "正在建设的项目：[P 明川物流园项目]、[P 永泽新材项目]", "明川物流园项目 building；永泽新材项目 building"},
		{"reported", "[L/road 柳塘路]建设基本完工", "柳塘路 completed"},
		{"reported", "即将开工建设的[L/railway 明川铁路]全长120公里", "明川铁路 started planned"},
		{"reported", "[P 柳塘路北延]、[P 河西路东延]等两条路，正在做地籍详查", "柳塘路北延 preparing；河西路东延 preparing"},
		{"planned", "着力打造活力[L/city 青榆]", ""},
		{"reported", "[P 明川安置房二期]仍有两栋楼未交付", ""},
		{"reported", "[L/zone 青榆开发区]12个项目同日奠基", ""},
		{"reported", "[L/park 明川园]、[P 永泽中心]两个项目奠基", "明川园 started；永泽中心 started"},
		{"reported", "按时完成[P 明川输变电工程]用地协调任务", ""},
		{"reported", "建成[L/road 柳塘路]、[L/road 河西路]等一批公共停车场", ""},
		{"reported", "建成[L/road 柳塘路]、[L/road 河西路]等一批公交站点", ""},
		{"planned", "重点推进[P 明川一期]、[P 永泽项目]等项目开工建设", "明川一期 started planned；永泽项目 started planned"},
		{"reported", "未来五年，先启动[P 明川停车场项目]建设", "明川停车场项目 started planned"},
		{"reported", "上月通车的[P 明川高速项目]2019年动工", "明川高速项目 operating"},
		{"reported", "[L/road 柳塘大道]河西段全线通车", "柳塘大道 operating"},
		{"reported", "推进[L/village 柳塘]、[L/village 河西]两个城中村改造", "柳塘 building；河西 building"},
		{"reported", "[L/railway 青榆铁路]启动联调联试", "青榆铁路 building"},
		{"reported", "[P 明川一期]已完成可行性研究报告审批", "明川一期 preparing"},
		{"reported", "[L/other 柳塘铜矿]停产", "柳塘铜矿 suspended"},
		{"reported", "[E 明川重工]停产", ""},
		{"planned", "力促[P 明川项目]、[P 永泽项目]等一批项目落地", "明川项目 signed planned；永泽项目 signed planned"},
		{"planned", "确保[P 锦川小学项目]于2024年8月竣工", "锦川小学项目 completed planned 2024-08"},
		{"planned", "加快[L/bridge 金屿大桥]、[L/road 环城路]等项目建设", "环城路 building；金屿大桥 building"},
		{"planned", "全力推动[P 明川新材]、[P 永泽膜材]等项目前期工作，保障开工建设", "明川新材 preparing；永泽膜材 preparing"},
		{"planned", "加速推进[P 惠南污水厂扩建工程]，争取于2024年上半年开工建设", "惠南污水厂扩建工程 started planned"},
		{"planned", "推动[P 明川海洋牧场项目]投产落地", "明川海洋牧场项目 operating planned"},
		{"planned", "重点推动[L/park 华悦产业园]等19个工业项目和[P 明川生产线]等17个技改项目建设", "华悦产业园 building；明川生产线 building"},
		{"", "[P 永泽8.5代线项目]计划于今年8月份开始试生产", "永泽8.5代线项目 operating planned"},
		{"", "[P 明川项目]尚未开工", ""},
		{"", "如果[P 明川项目]建成投产", ""},
		{"reported", "[L/park 数字产业园]建成标准厂房68万平方米，累计入驻企业307家", ""},
		{"reported", "[L/county 柳塘区]持续推进创建工作", ""},
		{"reported", "[E 明川]与[E 永泽]签约", ""},
		{"planned", "提速[L/zone 商务区]、[L/other 南山]等片区综合开发运营", "南山 building；商务区 building"},
		{"", "[P 明川项目]的主体建设、外立面装修及绿化工程已全部竣工", "明川项目 completed"},
		{"reported", "实现[P 明川一期]、[P 永泽生产线]等25个工业项目开工", "明川一期 started；永泽生产线 started"},
		{"reported", "竣工投产的有[P 明川一期]、[P 永泽项目]，在建的有[P 海棠项目]", "明川一期 operating；永泽项目 operating；海棠项目 building"},
		{"reported", "[L/road 环城路]、[L/road 人民路]等一批骨干路网投用", "人民路 operating；环城路 operating"},
		{"reported", "[L/building 明川大厦]完成主体封顶", "明川大厦 topped_out"},
		{"reported", "力促[P 明川一期]投产，[P 永泽项目]开工", "明川一期 operating planned；永泽项目 started planned"},
		{"reported", "完成[P 明川项目]用地征收", "明川项目 preparing"},
		{"reported", "由[E 永泽集团]投资建设的[P 永泽项目]，在[L/county 河西县]开工建设", "永泽项目 started"},
		{"reported", "[L/park 明川产业园]、[L/park 永泽小镇]等建设加快推进", "明川产业园 building；永泽小镇 building"},
		{"planned", "实施[L/water 明川水库]除险加固、[L/road 海山路]提升改造", "明川水库 building；海山路 building"},
		{"planned", "推进[P 明川项目]等12个在建项目，[P 海棠项目]、[P 永泽项目]等8个新开工项目", "明川项目 building；永泽项目 started planned；海棠项目 started planned"},
		{"reported", "[O 明川中学]、[O 柳塘小学]等新改扩建学校增加学位", ""},
		{"reported", "[P 明川修缮项目]获得[O 青榆文物局]立项批复", "明川修缮项目 preparing"},
		{"reported", "续建[P 明川项目]", "明川项目 building"},
		{"planned", "谋划建设[L/park 明川产业园]", "明川产业园 preparing"},
		{"reported", "[P 明川项目]落户[L/park 永泽园区]", "明川项目 signed"},
		{"planned", "支持[E 明川科技]建设研发中心", ""},
		{"planned", "高标准建设[L/zone 青榆自贸港]的根本保证", ""},
		{"planned", "打造辐射[L/other 华北]的采购平台", ""},
		{"reported", "[P 明川项目]在[L/park 柳塘产业园]内奠基", "明川项目 started"},
		{"planned", "持续跟进[P 明川项目]，争取年内签约", "明川项目 signed planned"},
		{"planned", "增强[L 明川港区]开放功能，探索[L 明川]机制", ""},
		{"planned", "打造[L 明川湾]文旅新地标，规划建设[P 明川大桥项目]", "明川大桥项目 preparing planned"},
		{"planned", "新建[O 第三中学]，改扩建[P 永泽医院病房楼]", "永泽医院病房楼 building planned；第三中学 building planned"},
		{"reported", "[P 明川项目]开工在即", "明川项目 started planned"},
		{"reported", "[P 明川项目]落地动建", "明川项目 started"},
		{"reported", "[P 明川项目]已建成即将投产", "明川项目 completed"},
		{"reported", "[L/road 柳塘路]口袋公园、[L/road 海山路]管网投用", ""},
		{"planned", "启动[L/road 海山路]改造", ""},
		{"planned", "建设[L/road 柳塘路]、[L/road 海山路]等5个口袋公园", ""},
		{"planned", "建成[L/scenic 柳塘公园]、[L/scenic 海山公园]等5个口袋公园", "柳塘公园 completed planned；海山公园 completed planned"},
		{"planned", "完成[L/road 柳塘路]、[L/road 海山路]两条道路配套管网改造施工", ""},
		{"planned", "围绕[L/road 柳榆高速]等重点项目专班式推进用地审批、资金保障等工作", ""},
		{"planned", "探索[L/zone 柳塘新区]建设管理新机制", ""},
		{"reported", "[L/road 海山路]、[L/road 人民路]沿街立面改造完成，[O 永泽医院]完成改扩建", "人民路 completed；永泽医院 completed；海山路 completed"},
		{"reported", "打通[L/road 明川大道]（[L/road 海山路]至[L/road 人民路]）、[L/road 柳塘三路]等断头路", "明川大道 completed；柳塘三路 completed"},
		{"reported", "新签约超亿元项目71个，其中[P 明川模块]、[P 永泽冷柜]投资超30亿元", "明川模块 signed；永泽冷柜 signed"},
		{"reported", "[P 明川项目]、[P 永泽项目]等9个工程投用或加快建设", ""},
		{"planned", "加快[L/railway 青柳高铁]、[P 明川地铁二期]前期和建设", "明川地铁二期 building；青柳高铁 building"},
		{"planned", "启动[P 明川护理楼]前期", "明川护理楼 preparing"},
		{"planned", "创建[L/scenic 落鹭山国家公园]", "落鹭山国家公园 preparing planned"},
		{"planned", "推动[L/city 青柳]、[L/city 柳榆]等铁路纳规", "柳榆 preparing；青柳 preparing"},
		{"planned", "抓好[P 明川纤维]等35个拟竣工投产项目", "明川纤维 operating planned"},
		{"planned", "实施“十大产业项目”：[P 明川储能]、[P 永泽变压器工厂]", "明川储能 building；永泽变压器工厂 building"},
		{"planned", "支持[E 明川航空]建设[P 永泽测试场]", "永泽测试场 building planned"},
		{"reported", "[L/building 银湾码头]通车一年日均车流超4万车次", "银湾码头 operating"},
	} {
		s := parse(t, c.sentence)
		s.Modality = graph.Modality(c.modality)
		if diff := cmp.Diff(c.want, statements(s, of(graph.Status))); diff != "" {
			t.Errorf("%s: %s", c.sentence, diff)
		}
	}
}

func TestAmounts(t *testing.T) {
	expect(t, graph.Amount, []reads{
		{"[P 明川项目]总投资12.5亿元，建筑面积8.6万平方米", "明川项目: 建筑面积8.6万平方米 = 86000 平方米 area；明川项目: 总投资12.5亿元 = 1.25e+09 元 total"},
		{"总投资3.2亿元的[P 明川项目]开工", "明川项目: 总投资3.2亿元 = 3.2e+08 元 total"},
		{"总投资超50亿元的[P 明川项目]和[P 永泽项目]签约", ""},
		{"引进22亿元[E 明川家电]、10亿元[P 永泽物流园]等项目", "明川家电: 22亿元 = 2.2e+09 元 total；永泽物流园: 10亿元 = 1e+09 元 total"},
		{"[E 明川]、[E 永泽]粗钢产量分别为4028万吨、560万吨", "明川: 4028万吨 = 4.028e+07 吨 capacity；永泽: 560万吨 = 5.6e+06 吨 capacity"},
		{"[E 本川]将在[L 青榆]投资8亿美元新建工厂", "本川: 投资8亿美元 = 8e+08 美元 total"},
		{"[P 明川项目]8月开工，全年完成投资1.6亿元", "明川项目: 全年完成投资1.6亿元 = 1.6e+08 元 done so far"},
		{"[L 中心]等96个项目，总投资179.2亿元", ""},
		{"引进投资1.5亿元的[E 明川食品]、投资1.4亿元的[E 永泽食品]、投资1.2亿元的海棠等", "明川食品: 投资1.5亿元 = 1.5e+08 元 total；永泽食品: 投资1.4亿元 = 1.4e+08 元 total"},
		{"[E 明川]收入同比增长19.2%", ""},
		{"[E 明川集团]其下属公司虚报收入7亿元", ""},
		{"[E 明川风电]在[L/county 柳塘县]建厂，6兆瓦风电机组批量下线", ""},
		{"[P 明川钢铁项目]主要建设50吨级炉", ""},
		{"总投资220亿元、时速350公里的[L/railway 青柳高铁]开通", "青柳高铁: 总投资220亿元 = 2.2e+10 元 total"},
		{"[E 明川铝电]的8万吨电解铝产能投产", "明川铝电: 8万吨电解铝产能 = 80000 吨 capacity"},
		{"[E 明川食品]总资产为6亿澳元（约合28亿元人民币）", "明川食品: 总资产为6亿澳元 = 6e+08 澳元 other"},
		{"[E 明川]的看点是[P 年产7万台电机项目]", ""},
		{"总投资超过9亿元的“云上”[P 明川配套项目]，刚刚开工", "明川配套项目: 总投资超过9亿元 = 9e+08 元 total"},
		{"投入1700万元实施[P 明川整治]", "明川整治: 投入1700万元 = 1.7e+07 元 other"},
		{"[P 明川特高压工程]开工，这是[L/country 海国]头一条线，工程总投资23亿元，线路全长70公里", "明川特高压工程: 工程总投资23亿元 = 2.3e+09 元 total；明川特高压工程: 线路全长70公里 = 70 公里 other"},
		{"项目位于[L/village 明川村]南侧、[L/water 柳塘湾]北侧，占地51亩，总投资3亿元", ""},
		{"年产值5亿元的[E 明川]投产", "明川: 年产值5亿元 = 5e+08 元 revenue"},
		{"[E 明川]出口量从80年代末200万辆降到50万辆", "明川: 出口量从80年代末200万辆降到50万辆 = 500000 辆 capacity"},
		{"[E 明川]扣去各项费用之前的经营利润(EBIT)为7100万元", "明川: 经营利润(EBIT)为7100万元 = 7.1e+07 元 revenue"},
		{"[E 明川]售价每吨7000元", ""},
		{"[E 明川]是大企业，公司实现营业收入199.9亿元", "明川: 实现营业收入199.9亿元 = 1.999e+10 元 revenue"},
		{"[E 明川稀土]生产稀土氧化物6万吨、功能材料7749吨", "明川稀土: 功能材料7749吨 = 7749 吨 capacity；明川稀土: 生产稀土氧化物6万吨 = 60000 吨 capacity"},
		{"[E 明川]和[E 永泽]收入均近20亿元", "明川: 收入均近20亿元 = 2e+09 元 revenue；永泽: 收入均近20亿元 = 2e+09 元 revenue"},
		{"随着[E 明川]产能从30万辆提升到70万辆", "明川: 产能从30万辆提升到70万辆 = 700000 辆 capacity"},
		{"[E 明川]也在[L/city 青榆]共拥有10条生产线", "明川: 10条生产线 = 10 条 capacity"},
		{"[E 明川]透露，在[L/county 河西]、[L/county 柳塘]等地的种植面积已发展至23500亩", "明川: 种植面积已发展至23500亩 = 23500 亩 area"},
		{"[P 明川项目]投产，全县装机容量突破780万千瓦", ""},
		{"改造之后，[E 明川]释放出9万辆的产能", "明川: 9万辆的产能 = 90000 辆 capacity"},
		{"[E 明川]定增4450万股募资13.2亿元", "明川: 募资13.2亿元 = 1.32e+09 元 other"},
		{"[E 明川]实现20.8亿营收", "明川: 实现20.8亿营收 = 2.08e+09 元 revenue"},
		{"[L/park 柳塘科技园]年内动工项目8个，总投资31亿元", ""},
		{"[E 明川]要在[L/county 河西]、[L/county 柳塘]各建一座电站，装机均为5万千瓦", ""},
		{"[E 明川]在[L/county 河西]的水泥项目，总投资7亿元", ""},
		{"[E 明川]一名经理说，这笔买卖的成交价约9亿元", ""},
		{"[L/zone 柳塘新区]招来投资3000万元以上项目17个", ""},
		{"[E 明川]新建年产3000台水泵项目", ""},
		{"[E 明川]办妥全资子公司[E 永泽]的设立，注册资本800万元", "永泽: 注册资本800万元 = 8e+06 元 capital"},
		{"[P 明川中心项目]([E 海棠国际])建筑面积4.5万平方米", "明川中心项目: 建筑面积4.5万平方米 = 45000 平方米 area"},
		{"全长120公里的[L/road 柳塘高速]开工", "柳塘高速: 全长120公里 = 120 公里 other"},
		{"[E 明川]去年亏损3亿元", "明川: 亏损3亿元 = 3e+08 元 other"},
		{"[P 明川项目]年度计划投资1.2亿元、完成投资10-12亿元", "明川项目: 完成投资10-12亿元 = 1e+09 元 done so far；明川项目: 年度计划投资1.2亿元 = 1.2e+08 元 annual plan"},
	})
}

func TestHonours(t *testing.T) {
	expect(t, graph.Receives, []reads{
		{"[E 泉川机械]获第六届青榆市质量奖，[E 明川]、[E 永泽]获青榆市质量奖提名奖", "明川 → 青榆市质量奖提名奖；永泽 → 青榆市质量奖提名奖；泉川机械 → 第六届青榆市质量奖"},
		{"[P 海山大道工程]荣登“A级施工单位”", "海山大道工程 → A级施工单位"},
		{"[N 王明远]获全国模范调解员、[O 柳塘派出所]获全省“枫桥式派出所”", "柳塘派出所 → 全省“枫桥式派出所”；王明远 → 全国模范调解员"},
		{"[L 河西县]是全国十大煤炭市场之一", "河西县 → 全国十大煤炭市场"},
		{"[E 明川]获得首轮2500万元融资", ""},
		{"[O 柳塘医院]被[O 青榆文明委]授予“文明先进单位”的荣誉称号", "柳塘医院 → “文明先进单位”的荣誉称号"},
		{"[L/county 柳塘县]荣膺“瓷器大县”“茶叶强县”", "柳塘县 → 瓷器大县；柳塘县 → 茶叶强县"},
		{"[L/railway 青柳线]纳入[O 铁路局]今年的计划开工项目", ""},
		{"[E 明川]和[E 永泽]拿到生产计划指标", ""},
		{"从[O 青榆协会]获悉，订单增长", ""},
		{"推动[L 浮山村]争创“全国最美渔村”", ""},
		{"[L/city 青榆]区位优越，曾被[O 海棠杂志]评为最佳商业城市", "青榆 → 最佳商业城市"},
		{"[E 明川公司]（[L/city 青榆]）获得省质量金奖", "明川公司 → 省质量金奖"},
		{"省农业厅命名[L/park 柳塘农园]为首批示范园区", "柳塘农园 → 首批示范园区"},
		{"[P 明川项目]是[L/province 青川]首个获省里立项的示范工程", ""},
	})
}

func TestNamesTakenApart(t *testing.T) {
	type want struct {
		relation graph.EdgeType
		list     string
	}
	for _, c := range []struct {
		sentence string
		want     want
	}{
		{"[P [E 明川化学]新材料项目]", want{graph.Undertakes, "明川化学 → 明川化学新材料项目"}},
		{"[P [L/city 青榆]五中[L/zone 明川区]分校工程]", want{graph.PartOf, "青榆五中明川区分校 → 青榆五中"}},
		{"[P [L/city 青榆]五中[L/zone 明川区]分校工程]", want{graph.LocatedIn, "青榆五中明川区分校工程 → 明川区"}},
		{"[P [E 明川电子]柔性线路板项目]", want{graph.LocatedIn, ""}},
		{"[L/railway [L/city 青榆]至[L/city 柳塘]高速铁路]", want{graph.PartOf, ""}},
		{"[L/railway 青榆至柳塘城际铁路[L/county 河西]段]", want{graph.PartOf, "青榆至柳塘城际铁路河西段 → 青榆至柳塘城际铁路"}},
		{"[L/bridge 青柳高铁明川溪特大桥]", want{graph.PartOf, "青柳高铁明川溪特大桥 → 青柳高铁"}},
		{"[L/road 青柳高速复线]、[L/road 青柳高速连接线]", want{graph.PartOf, ""}},
		{"[E 明川电气局三公司青榆铁路项目部]", want{graph.PartOf, "明川电气局三公司青榆铁路项目部 → 明川电气局三公司"}},
		{"[O [L/country 海国]常驻世界海事组织代表处]", want{graph.PartOf, ""}},
		{"[P [L/city 青榆]—[L/city 柳塘]特高压工程]", want{graph.LocatedIn, ""}},
		{"[L/scenic [L/other 明川堆]—柳塘遗址]", want{graph.LocatedIn, ""}},
		{"[P 柳塘路照明提升项目]", want{graph.LocatedIn, "柳塘路照明提升项目 → 柳塘路"}},
		{"[P 海湾大道2期工程]", want{graph.PartOf, "海湾大道2期工程 → 海湾大道"}},
		{"[P 明川实业二期]", want{graph.Undertakes, "明川实业 → 明川实业二期"}},
		{"[P 明川光伏一期组件项目]", want{graph.Undertakes, "明川光伏 → 明川光伏一期组件项目"}},
		{"[P [E 明川新材]PTA二期]", want{graph.PartOf, "明川新材PTA二期 → 明川新材PTA"}},
		{"[E 国电明川公司]", want{graph.PartOf, "国电明川公司 → 国电"}},
		{"[E 国电明川]", want{graph.PartOf, ""}},
		{"[P 明川体育中心二期]", want{graph.PartOf, "明川体育中心二期 → 明川体育中心"}},
		{"[P [E 明川化学新材料]项目]", want{graph.Undertakes, "明川化学 → 明川化学新材料项目"}},
		{"[P [E 明川]纸业技改]", want{graph.Undertakes, "明川纸业 → 明川纸业技改"}},
		{"[P 明川集团白酒项目]", want{graph.Undertakes, "明川集团 → 明川集团白酒项目"}},
		{"[P 明川集团永泽公司化肥项目]", want{graph.PartOf, "明川集团永泽公司 → 明川集团"}},
		{"[L/park [E 明川集团]物流园区]", want{graph.Undertakes, "明川集团 → 明川集团物流园区"}},
		{"[O [L/city 青榆]铁路局]", want{graph.LocatedIn, "青榆铁路局 → 青榆"}},
		{"[E [E 明川]技术公司]", want{graph.PartOf, ""}},
		{"[L/road 海山高速[L/city 青榆]段]", want{graph.PartOf, "海山高速青榆段 → 海山高速"}},
		{"[P [L/township 洋浦]港散货码头]", want{graph.LocatedIn, "洋浦港散货码头 → 洋浦港"}},
		{"[P 小[L/township 洋浦]苗种场]", want{graph.LocatedIn, "小洋浦苗种场 → 小洋浦"}},
		{"[P 七一水闸除险加固工程]", want{graph.LocatedIn, "七一水闸除险加固工程 → 七一水闸"}},
		{"[P 七一水闸除险加固工程]", want{graph.Concerns, "七一水闸除险加固工程 → 七一水闸"}},
		{"[P [L/bridge 金屿大桥]项目]", want{graph.Concerns, "金屿大桥项目 → 金屿大桥"}},
		{"[L [L/province 青省][L/city 榆州市]东区]", want{graph.LocatedIn, "青省榆州市东区 → 榆州市；青省榆州市东区 → 青省"}},
		{"[E [L/country 中国]海棠公司]", want{graph.LocatedIn, ""}},
		{"[E 海棠中国]", want{graph.LocatedIn, "海棠中国 → 中国"}},
		{"[L/bridge [L/city 青榆]大桥]", want{graph.LocatedIn, ""}},
		{"[O [L/city 青榆]发改委价格监督局]", want{graph.PartOf, "青榆发改委价格监督局 → 青榆发改委"}},
		{"[O [L/city 青榆]市广告管理委员会]", want{graph.PartOf, ""}},
		{"[E [E 明川钢铁]（集团）公司]", want{graph.PartOf, ""}},
		{"[O 青榆大学口腔医院柳塘研究所]", want{graph.PartOf, "青榆大学口腔医院柳塘研究所 → 青榆大学口腔医院；青榆大学口腔医院 → 青榆大学"}},
		{"[L/road S270线[L/township 双塘]段]", want{graph.PartOf, "S270线双塘段 → S270线"}},
		{"[L/road 柳塘至[L/township 双塘]高速[L/city 河西]段]", want{graph.LocatedIn, "柳塘至双塘高速河西段 → 河西"}},
		{"[L/road 海山北路东段]", want{graph.PartOf, "海山北路东段 → 海山北路"}},
		{"[P 柳塘旅游小镇（一期）]", want{graph.PartOf, "柳塘旅游小镇（一期） → 柳塘旅游小镇"}},
		{"[P 青榆核电二期]", want{graph.Undertakes, ""}},
		{"[P 青榆核电二期]", want{graph.PartOf, "青榆核电二期 → 青榆核电"}},
		{"[E [E 明川][L/city 青榆]]", want{graph.PartOf, "明川青榆 → 明川"}},
		{"[E [E 明川]纸业公司]", want{graph.PartOf, ""}},
		{"[E [E 明川]汽车金融公司]", want{graph.PartOf, "明川汽车金融公司 → 明川"}},
		{"[L/park [L/park 柳塘科学城]首开区]", want{graph.PartOf, "柳塘科学城首开区 → 柳塘科学城"}},
		{"[L/park [L/park 柳塘科学城]首开区]", want{graph.LocatedIn, ""}},
		{"[O [L/city 青榆]师院附小[L/zone 明川区]分校]", want{graph.LocatedIn, "青榆师院附小明川区分校 → 明川区"}},
		{"[P [L/water 大榆河流域]综合治理]", want{graph.LocatedIn, "大榆河流域综合治理 → 大榆河"}},
		{"[P [L/other 环榆湾]数据中心项目]", want{graph.PartOf, ""}},
		{"[O [L/city 青榆][L/country 海国]商会]", want{graph.LocatedIn, "青榆海国商会 → 青榆"}},
		{"[P 明榆高速公路扩容工程]", want{graph.PartOf, ""}},
		{"[P 明榆高速公路扩容工程]", want{graph.Concerns, "明榆高速公路扩容工程 → 明榆高速公路"}},
		{"[L/road [L/city 青榆]——[L/city 河西]高速公路]", want{graph.LocatedIn, ""}},
		{"[L/county [L/province 青川省][L/city 甘榆]州柳塘县]", want{graph.LocatedIn, "青川省甘榆州柳塘县 → 甘榆州；青川省甘榆州柳塘县 → 青川省"}},
		{"[P 明川水电站4号机组]", want{graph.PartOf, "明川水电站4号机组 → 明川水电站"}},
		{"[P 河西北三环东延]", want{graph.PartOf, "河西北三环东延 → 河西北三环"}},
		{"[P 海山路东延]", want{graph.Concerns, ""}},
		{"[P 通济街改造提升]", want{graph.LocatedIn, "通济街改造提升 → 通济街"}},
		{"[P [O 青榆医科大学][L/water 榆湾]研究基地]", want{graph.LocatedIn, "青榆医科大学榆湾研究基地 → 榆湾"}},
	} {
		got := statements(parse(t, c.sentence), of(c.want.relation))
		if diff := cmp.Diff(sorted(c.want.list), got); diff != "" {
			t.Errorf("%s: %s", c.sentence, diff)
		}
	}
}

func TestRows(t *testing.T) {
	for _, c := range []struct {
		row, undertakes, locatedIn, amounts string
	}{
		{
			"3 [P 明川电路板二期] [E 青榆明川电路公司] [L/park 柳塘电子园]、[L/park 永泽园] 新建厂房11万平方米、生产线6条 21.5亿元", "青榆明川电路公司 → 明川电路板二期",
			"明川电路板二期 → 柳塘电子园；明川电路板二期 → 永泽园", "明川电路板二期: 21.5亿元 = 2.15e+09 元 total；明川电路板二期: 厂房11万平方米 = 110000 平方米 area",
		},
		{"项目名称：[P 明川产业园]，建设单位：[E 永泽集团]，建设地点：[L/county 柳塘县]", "永泽集团 → 明川产业园", "明川产业园 → 柳塘县", ""},
		{"[P 明川产业园] [E 永泽集团]", "", "", ""}, // no row
	} {
		for relation, want := range map[graph.EdgeType]string{graph.Undertakes: c.undertakes, graph.LocatedIn: c.locatedIn, graph.Amount: c.amounts} {
			got := statements(parse(t, c.row), func(s *Statement) bool { return s.Type == relation && s.By != "name:owner" })
			if diff := cmp.Diff(sorted(want), got); diff != "" {
				t.Errorf("%s of %s: %s", relation, c.row, diff)
			}
		}
	}
}

// TestPairs: in a list of pairs each has its own partner only.
func TestPairs(t *testing.T) {
	expect(t, graph.PartnersWith, []reads{
		{"[O 海国工商会]与[E 明川珠宝]、[E 永泽科技]与[E 海棠实业]、[L/country 海国]“[E 林溪影视]”与[E 柳塘公司]等签订了意向书", "林溪影视 → 柳塘公司；永泽科技 → 海棠实业；海国工商会 → 明川珠宝"},
		{"[E 明川]与[E 永泽]、[E 海棠]签订协议", "明川 → 永泽；明川 → 海棠；永泽 → 海棠"},
	})
}

// TestBuilders: who builds what stands in another clause.
func TestBuilders(t *testing.T) {
	expect(t, graph.Undertakes, []reads{
		{"启动[O 柳塘第三中学]建设，新建[P 明川敬老院]", ""},
		{"[E 明川化工]去年扩产，建设[P 永泽园项目]", "明川化工 → 永泽园项目"},
		{"[E 明川集团]下属[E 永泽科技]投资建设的[P 面板项目]投产", "永泽科技 → 面板项目"},
		{"[E 明川集团]与[O 青榆合作局]签订了在[L/city 柳塘]建设[P 水泥粉磨站项目]的协议", "明川集团 → 水泥粉磨站项目"},
		{"项目位于[L/water 柳塘湾]北侧，占地51亩，由[E 明川环保]建设", ""},
		{"海国社消息：由海国企业承建的[P 明川项目]开工", ""},
		{"[E 海国社]消息（联播）：由海国企业承建的[P 明川项目]开工", ""},
	})
}

func TestPosts(t *testing.T) {
	expect(t, graph.HoldsPost, []reads{
		{"[E 霸川集团]首席执行官[N 万明远]透露", "万明远 → 霸川集团 as 首席执行官"},
		{"[L 青榆]市长[N 王明远]，市委常委、[O 临港新城管委会]主任[N 薛明远]出席", "王明远 → 青榆 as 市长；薛明远 → 临港新城管委会 as 主任"},
		{"[E 明川]与[L 青榆]市的[N 王明远]会面", ""},
	})
}

// FuzzRead reads sentences with names at random places and checks what every statement promises.
func FuzzRead(f *testing.F) {
	for i := range forms {
		f.Add(forms[i].example, uint8(0))
	}
	f.Add("[P 明川项目]总投资1-2亿元，[L 甲]", uint8(1))
	f.Fuzz(func(t *testing.T, marked string, plan uint8) {
		if len(marked) > 2000 || strings.Count(marked, "[") > 40 {
			return
		}
		s := lenient(marked)
		if plan%2 == 1 {
			s.Modality = graph.Planned
		}
		first := Read(s)
		for _, st := range first {
			for _, end := range []Name{st.Head, st.Tail} {
				if end.Start < 0 || end.Start >= end.End || end.End > len(s.Text) {
					t.Fatalf("%q: %s from [%d, %d) of %d bytes", s.Text, st.Type, end.Start, end.End, len(s.Text))
				}
			}
			if !slices.Contains(graph.EdgeTypes, st.Type) || st.By == "" || st.Confidence <= 0 || st.Confidence > 1 {
				t.Fatalf("%q: %+v", s.Text, st)
			}
		}
		if diff := cmp.Diff(first, Read(s)); diff != "" {
			t.Fatalf("a second reading differs: %s", diff)
		}
	})
}

// lenient reads marks wherever they make sense, and leaves the others in the text.
func lenient(marked string) *Sentence {
	s := &Sentence{}
	open := -1
	var kind graph.Kind
	for i := 0; i < len(marked); {
		if marked[i] == '[' && open < 0 && i+2 < len(marked) && kindOf[marked[i+1]] != "" && marked[i+2] == ' ' {
			open, kind = len(s.Text), kindOf[marked[i+1]]
			i += 3
			continue
		}
		if marked[i] == ']' && open >= 0 {
			if open < len(s.Text) {
				s.Names = append(s.Names, Name{Range: text.Range{Start: open, End: len(s.Text)}, Kind: kind, Confidence: 1})
			}
			open = -1
			i++
			continue
		}
		_, size := decode(marked[i:])
		s.Text += strings.ToValidUTF8(marked[i:min(i+size, len(marked))], "?")
		i += size
	}
	return s
}
