package relate

import (
	"slices"
	"strings"

	"github.com/tupu-kg/tupu/graph"
)

const (
	cooperate = `(?:设厂|建厂|签署|签订|签约|签下|合作|合资|联合重组|重组|合并|强强联合|联姻|结成|联合(?:研制|研发|开发|攻关|承担|打造|推出|举办|主办)|共同|共建|牵手|联手|结盟|协议|战略合作|成立|设立|组建|达成|建立)`
	title     = `(?:书记|主席|主任|主任委员|局长|厅长|部长|处长|科长|司长|市长|省长|区长|县长|镇长|乡长|州长|秘书长|会长|理事长|院长|校长|所长|站长|行长|社长|馆长|台长|总编辑|董事长|总经理|总裁|首席执行官|首席财务官|首席运营官|首席经济学家|首席分析师|首席科学家|总监|总工程师|总会计师|总干事|经理|负责人|发言人|总统|副总统|总理|副总理|首相|外长|国王|议长|大臣|总领事|大使|执行董事|独立董事|董事|监事长|院士|教授|研究员|分析师|工程师|创始人|CEO|CFO|COO|CTO|代表|委员|常委|厂长|顾问|总设计师|主编|助理|理事)`
)

// forms are tried in this order; of two that read the same, the first stays.
var forms = []form{
	// Where things lie.
	{
		relation: graph.LocatedIn, need: "位于|地处|坐落|落户|入驻|进驻|选址|落址|扎根|落地|落子|建在|建于", check: seated,
		expr:    `<h:EPLO>(?P<between>~12)(?:位于|地处|坐落|落户|入驻|进驻|选址|落址|扎根|落地|落子|建在|建于)(?:在|于)?<t:L>`,
		example: "“[L 林若川艺术馆]”落户[L 柳塘镇桥头社区]", want: "林若川艺术馆 → 柳塘镇桥头社区",
	},
	{
		relation: graph.LocatedIn, need: "位于|地处|坐落", check: seated,
		expr:    `<h:EPLO>(?P<between>~12)(?:位于|地处|坐落)(?:在|于)?[` + anySign + `]{1,2}~6<t1:L>`,
		example: "[L 林溪枢纽]位于[L 柳塘镇]中部[L 大林溪]", want: "林溪枢纽 → 大林溪",
	},
	{
		relation: graph.LocatedIn, need: "位于|地处|坐落|落户|入驻|设在", check: (*match).inAreas,
		expr:    `(?:位于|地处|坐落|落户|入驻|设)(?:在|于)?<t:L>~6的~6<h:EPLO>`,
		example: "落户[L 青榆开发区]的[E 明川新材]投产", want: "明川新材 → 青榆开发区",
	},
	{
		relation: graph.LocatedIn, need: "的", check: owned,
		expr:    `<t1:L>(?:[东南西北中]部)?的<h:L>`,
		example: "[L 青榆市]的[L 柳塘区]和[L 河西县]是纸业基地", want: "柳塘区 → 青榆市；河西县 → 青榆市",
	},
	{
		relation: graph.LocatedIn, need: "的", check: (*match).inAreas,
		expr:    `<t1:L>(?:[东南西北中]部)?的<h:E>`,
		example: "看好[L 华东]的[E 海棠水泥]、[E 永泽水泥]，以及[L 华南]的[E 明川]", want: "海棠水泥 → 华东；永泽水泥 → 华东；明川 → 华南",
	},
	{
		relation: graph.LocatedIn, need: "落地", check: (*match).inAreas,
		expr:    `^<t1:L>[^。；]{0,40}，落地<h1:P>`,
		example: "[L 中央商务区]累计入驻企业1513家，落地[P 海棠综合体项目]", want: "海棠综合体项目 → 中央商务区",
	},
	{
		relation: graph.LocatedIn, need: "巨头|巨擘|企业|公司|厂商|集团|制造商|生产商|供应商|开发商|龙头|品牌|零售商|运营商|机构|基金|财团", check: (*match).inAreas,
		expr:    `<t1:L>~18(?:巨头|巨擘|企业|公司|厂商|集团|制造商|生产商|供应商|开发商|龙头|品牌|零售商|运营商|机构|基金|财团)(?:之一)?(?:——|—|-)?<h1:EO>`,
		example: "[L 青榆市]另一家大型食品企业——[E 海棠啤酒]", want: "海棠啤酒 → 青榆市",
	},
	{
		relation: graph.LocatedIn, need: "", check: (*match).inAreas,
		expr:    `^(?:[0-9]{1,3}[.、])?<h1:P>[（(]<t:L>[）)][。；]?\s*$`,
		example: "3.[P 明川电池工厂]（[L 柳塘区]、[L 河西区]）", want: "明川电池工厂 → 柳塘区；明川电池工厂 → 河西区",
	},
	{
		relation: graph.LocatedIn, need: "引进|引入|入驻|集聚|汇聚", check: (*match).host,
		expr:    `<t1:L>(?:首批|新|累计|成功|已|先后|共){0,2}(?:引进|引入|入驻|集聚|汇聚)(?:了)?<h:E>`,
		example: "[L/park 柳塘产业园]首批引进[E 明川光学]、[E 永泽制药]等12家企业", want: "明川光学 → 柳塘产业园；永泽制药 → 柳塘产业园",
	},
	{
		relation: graph.LocatedIn, need: "为代表的", check: (*match).inAreas,
		expr:    `以<h:E>为代表的<t1:L>`,
		example: "以[E 明川]和[E 永泽]为代表的[L 青榆]面板企业", want: "明川 → 青榆；永泽 → 青榆",
	},
	{
		relation: graph.LocatedIn, need: "作为", check: (*match).inAreas,
		expr:    `作为<t1:L>~10(?:企业|公司|集团)，<h1:E>`,
		example: "作为[L 青榆]钢铁龙头企业，[E 永泽特钢]扩产", want: "永泽特钢 → 青榆",
	},
	{
		relation: graph.LocatedIn, need: "", check: stacked,
		expr:    `<t1:L><h:L>`,
		example: "[L 华南][L 青榆]、[L 河西]价格上涨", want: "青榆 → 华南；河西 → 华南",
	},
	{
		relation: graph.LocatedIn, need: "", check: stacked,
		expr:    `<t1:L><h1:L><h2:L>`,
		example: "[L 西南][L 青榆][L 河西]等地", want: "青榆 → 西南；河西 → 西南",
	},
	{
		relation: graph.LocatedIn, need: "等", check: (*match).inAreas,
		expr:    `<h:L>等<t1:L>`,
		example: "[L 青榆]、[L 河西]等[L 闽江三角洲]城市", want: "青榆 → 闽江三角洲；河西 → 闽江三角洲",
	},
	{
		relation: graph.LocatedIn, need: "在内的", check: (*match).inAreas,
		expr:    `包括<h:L>在内的~4<t1:L>`,
		example: "包括[L 青榆]、[L 河西]在内的整个[L 闽南]地区", want: "青榆 → 闽南；河西 → 闽南",
	},
	{
		relation: graph.LocatedIn, need: "同为|同属", check: (*match).inAreas,
		expr:    `<h:L>(?:同为|同属)<t1:L>`,
		example: "[L 青榆]、[L 河西]同属[L 闽南]", want: "青榆 → 闽南；河西 → 闽南",
	},
	{
		relation: graph.LocatedIn, need: "总部|注册地", check: (*match).inAreas,
		expr:    `<h:EO>~2(?:的)?(?:总部|注册地址?)(?:所在地)?(?:位于|设在|设于|在|为|是)?<t1:L>`,
		example: "[E 海棠电器]在总部所在地[L 青榆]召开论坛", want: "海棠电器 → 青榆",
	},
	{
		relation: graph.LocatedIn, need: "成立|注册|创立|工厂|基地|分公司|产能|产量|分厂|厂区|拥有|设有|建有|生产线", check: (*match).present,
		expr:    `<h:E>~10在<t:L>(?:注册|创立|成立|共?拥有|设有|建有|不断扩大|的~6(?:工厂|基地|分公司|产能|产量|分厂|厂区|生产线|代线))`,
		example: "[E 海棠啤酒]上周在[L 河西]的新工厂奠基", want: "海棠啤酒 → 河西",
	},
	{
		relation: graph.LocatedIn, need: "建立|建设|新建|设立|兴建|投建", check: (*match).inAreas,
		expr:    `在<t1:L>(?:投资)?(?:建立|建设|新建|设立|兴建|投建)了?~6<h1:PO>`,
		example: "[E 明川重工]拟在[L 青榆临港新城]建立[P 华东基地]", want: "华东基地 → 青榆临港新城",
	},
	{
		relation: graph.LocatedIn, need: "注册成立|设立|成立", check: (*match).inAreas,
		expr:    `在<t1:L>(?:投资)?(?:注册成立|成立|设立)了?(?:全资|控股)?[^，。；` + anySign + `]{0,4}(?:子公司)?<h1:E>`,
		example: "[E 明川枣业]在[L 青榆]设立全资子公司[E 永泽商贸]", want: "永泽商贸 → 青榆",
	},
	{
		relation: graph.LocatedIn, need: "是", check: (*match).inAreas,
		expr:    `<h1:E>是<t1:L>(?:地区|市)?(?:的)?(?:一家|唯一|第.大|最大|规模最大|首家|很具|最具)`,
		example: "[E 明川集团]是[L 青榆]一家民营企业", want: "明川集团 → 青榆",
	},
	{
		relation: graph.LocatedIn, need: "是", check: (*match).inAreas,
		expr:    `<h1:EO>是(?:一家|一个|家)?~30的<t1:L>(?:公司|企业|集团|机构|厂商|银行)`,
		example: "[E 明川集团]是一家经营茶叶和瓷器的[L/country 海国]公司", want: "明川集团 → 海国",
	},
	{
		relation: graph.LocatedIn, need: "举行", check: (*match).inAreas,
		expr:    `<h:PE>~8(?:开工|奠基|揭牌|开业|投产|竣工)~4仪式(?:暨<h:E>~4仪式)?在<t1:L>~4举行`,
		example: "[P 明川钢铁项目]开工奠基仪式在[L 青榆市河西县]隆重举行", want: "明川钢铁项目 → 青榆市河西县",
	},
	{
		relation: graph.LocatedIn, need: "所在的", check: (*match).inAreas,
		expr:    `<h1:EPLO>~8所在的<t1:L>`,
		example: "[L 海棠馆]的选址讲究：所在的[L 青榆名企园区]", want: "",
	},
	{
		relation: graph.LocatedIn, need: "包括|有|如|中的", check: (*match).inAreas,
		expr:    `<t1:L>~8(?:企业|公司|厂商|集团|品牌)(?:中的|中，|包括|已有|有|，如|如)<h:E>`,
		example: "出席洽谈会的[L 青榆]厂商包括[E 明川]、[E 永泽科技]等90家", want: "明川 → 青榆；永泽科技 → 青榆",
	},
	{
		relation: graph.LocatedIn, need: "等", check: (*match).inAreas,
		expr:    `<h:E>等~8<t1:L>~4(?:企业|公司|厂商|集团)`,
		example: "[E 明川电器]、[E 永泽石化]等[L 青榆]企业签约", want: "明川电器 → 青榆；永泽石化 → 青榆",
	},
	{
		relation: graph.LocatedIn, need: "均|都|设有|建有|设厂|建厂|拥有|关闭", check: (*match).present,
		expr:    `<h:E>(?:等~10)?~2[在于](?:[` + placeSign + `](?:的|[东南西北中]部的?))?<t:L>(?:等~6)?(?:均有|都有|均|都|共?拥有|设有|建有|投资设厂|设厂|建厂|关闭)`,
		example: "[E 明川]、[E 永泽]等40家企业在[L 青榆]均有投资", want: "明川 → 青榆；永泽 → 青榆",
	},
	{
		relation: graph.LocatedIn, need: "基地|工厂|园区",
		expr:    `<h1:E><t:L>(?:[两三四五六]|[0-9]+)(?:个|大|座)~4(?:基地|工厂|园区)`,
		example: "[E 明川汽车][L 青榆]、[L 河西]两个生产基地", want: "明川汽车 → 青榆；明川汽车 → 河西",
	},
	{
		relation: graph.LocatedIn, need: "", check: bearing,
		expr:    `<t1:L><h1:E>`,
		example: "供货商为[L/country 海国][E 明川]", want: "明川 → 海国",
	},
	{
		relation: graph.LocatedIn, need: "，", check: (*match).inAreas,
		expr:    `位于<t1:L>[东南西北]?[侧岸]?，[^。；]{0,70}的<h1:P>`,
		example: "位于[L/road 河西街]南侧，地上35层的[P 明川西塔工程]", want: "明川西塔工程 → 河西街",
	},
	{
		relation: graph.LocatedIn, need: "位于", check: (*match).present,
		expr:    `<h1:E>~6(?:关闭|新建|拥有|扩建|收购)了?~2位于<t1:L>的~10(?:工厂|基地|厂|生产线)`,
		example: "[E 明川]也关闭了位于[L 河西县]的控制器工厂", want: "明川 → 河西县",
	},
	{
		relation: graph.LocatedIn, need: "奠基|开工|动工|破土|投产|启动|竣工|建成|落成|开业", check: happening,
		expr:    `<h:PL>，?[^，。；` + anySign + `]{0,14}在<t1:L>(?:内)?~4(?:奠基|开工|动工|破土|投产|启动|竣工|建成|落成|开业)`,
		example: "[P 明川烯烃项目]在[L 河西加工区]内奠基", want: "明川烯烃项目 → 河西加工区",
	},
	{
		relation: graph.LocatedIn, need: "投资|斥资|出资", check: investing,
		expr:    `<h1:E>在<t1:L>(?:投资|斥资|出资)~10(?:建成|建设|新建|兴建|设立)`,
		example: "[E 明川海工集团]在[L 河西港]投资3.2亿美元建设制造基地", want: "明川海工集团 → 河西港",
	},

	{
		relation: graph.LocatedIn, need: "建立|建设|开设|设立|建有|设有|拥有|成立|建起", check: (*match).present,
		expr:    `<h:E>(?:[^，。；：` + anySign + `]{0,6}(?:已|已经|分别|目前|均|先后|陆续|相继|还|也))?(?:分别)?在<t:L>(?:等地|等~8)?(?:分别|均|都)?(?:建立|建设|开设|设立|建有|设有|拥有|成立|建起)了?(?:…16)(?:基地|工厂|公司|办事处|研发中心|中心|研究院|厂|店|网点|机构|代表处)`,
		example: "[E 明川药厂]分别在[L 柳塘]、[L 河西]建立了药材的种植基地", want: "明川药厂 → 柳塘；明川药厂 → 河西",
	},

	{
		relation: graph.LocatedIn, need: "分布|遍布|位于|设在|布局", check: (*match).present,
		expr:    `<h:E>的?~6(?:工厂|基地|门店|公司|生产线|厂区|网点|机构)(?:主要|分别|已)?(?:分布|遍布|位于|设在|布局)(?:在|于)?<t:L>`,
		example: "[E 明川汽车]的生产基地遍布[L 青榆]、[L 河西]", want: "明川汽车 → 青榆；明川汽车 → 河西",
	},
	{
		relation: graph.LocatedIn, need: "拥有|建有|设有|旗下有|现有", check: (*match).present,
		expr:    `<h:E>~3(?:拥有|建有|设有|旗下有|现有)<t:L>(?:等~4)?(?:[两二三四五六七八九十]|[0-9]+)(?:个|大|座|家)~6(?:基地|工厂|园区|公司|厂区|生产线|中心)`,
		example: "[E 明川汽车]拥有[L 青榆]、[L 河西]两个生产基地", want: "明川汽车 → 青榆；明川汽车 → 河西",
	},
	{
		relation: graph.LocatedIn, need: "吸引|吸纳|引来|迎来", check: (*match).host,
		expr:    `<t1:L>~6(?:吸引|吸纳|引来|迎来)了?<h:E>(?:等~12)?(?:落户|入驻|进驻|落地|安家|投资建厂|投资设厂)`,
		example: "[L/park 柳塘产业园]吸引了[E 明川光学]、[E 永泽制药]等企业入驻", want: "明川光学 → 柳塘产业园；永泽制药 → 柳塘产业园",
	},
	{
		relation: graph.LocatedIn, need: "内的|境内", check: (*match).inAreas,
		expr:    `<t1:L>(?:境|辖区|区)?内的?<h:EPL>`,
		example: "[L/park 柳塘产业园]内的[E 明川光学]投产", want: "明川光学 → 柳塘产业园",
	},
	{
		relation: graph.LocatedIn, need: "境内", check: (*match).inAreas,
		expr:    `<h1:EPLO>(?:地处|位于)?在?<t1:L>境内`,
		example: "[L/water 柳塘水库]在[L 青榆市]境内", want: "柳塘水库 → 青榆市",
	},
	{
		relation: graph.LocatedIn, need: "隶属|属", check: inside,
		expr:    `<h1:L>(?:隶属|属于|属)于?<t1:L>`,
		example: "[L/county 河西县]隶属[L/city 青榆市]", want: "河西县 → 青榆市",
	},
	{
		relation: graph.LocatedIn, need: "总部", check: (*match).inAreas,
		expr:    `<h1:E>~6总部(?:[由从]~2[` + placeSign + `])?(?:迁至|迁往|迁到|搬至|搬到|搬迁至|移至)<t1:L>`,
		example: "[E 明川化工]已把总部从[L 青榆]迁至[L 河西]", want: "明川化工 → 河西",
	},
	{
		relation: graph.LocatedIn, need: "（|(", check: bracketed,
		expr:    `<h1:EPO>[（(]<t1:L>[）)]`,
		example: "[E 明川汽车]（[L/city 青榆市]）、[E 永泽电子]（[L/county 河西县]）", want: "明川汽车 → 青榆市；永泽电子 → 河西县",
	},
	{
		relation: graph.LocatedIn, need: "有", check: enumerated,
		expr:    `<t1:L>(?:则|还)?有<h:E>`,
		example: "其中[L/city 青榆市]有[E 明川汽车]、[E 永泽电子]，[L/county 河西县]有[E 海棠重工]", want: "明川汽车 → 青榆市；永泽电子 → 青榆市；海棠重工 → 河西县",
	},
	{
		relation: graph.LocatedIn, need: "：|:", check: enumerated,
		expr:    `<t1:L>(?:[（(]?[0-9两二三四五六七八九十]+家[）)]?)?[：:]<h:E>`,
		example: "[L/city 青榆市]：[E 明川汽车]、[E 永泽电子]；[L/county 河西县]（2家）：[E 海棠重工]、[E 林溪水泥]", want: "明川汽车 → 青榆市；林溪水泥 → 河西县；永泽电子 → 青榆市；海棠重工 → 河西县",
	},

	{
		relation: graph.LocatedIn, need: "首都|首府|省会", check: (*match).apart,
		expr:    `<t1:L>的?(?:首都|首府|省会)<h1:L>`,
		example: "连接[L/country 海国]首都[L/city 青榆]", want: "青榆 → 海国",
	},
	{
		relation: graph.LocatedIn, need: "——|—", check: opening,
		expr:    `<t1:L>[^，。；：` + anySign + `]{0,24}(?:项目|工程|电站|基地|通道|大桥|机组|园区|气田|油田)(?:——|—)<h1:PL>`,
		example: "[L/region 青柳湾区]重点交通工程——[L/bridge 明川大桥]合龙", want: "明川大桥 → 青柳湾区",
	},
	{
		relation: graph.LocatedIn, need: "在", check: opening,
		expr:    `^(?:目前|近日|日前|昨天|今天|与此同时|，){0,2}在<t1:L>，[^。；` + anySign + `]{0,40}<h1:P>(?:[^。；` + anySign + `]{0,24})(?:开工|动工|建成|投产|投用|封顶|竣工|通车|并网|加快|加紧|推进|建设现场|现场|施工)`,
		example: "在[L/province 青川]，规模最大的抽水工程[P 明川水电站]前天并网", want: "明川水电站 → 青川",
	},

	// What belongs to what.
	{
		relation: graph.PartOf, need: "子公司|分公司|控股公司|下属企业|孙公司",
		expr:    `<h1:E>~6(?:是|为|系|作为)<t:E>的?~6(?:子公司|分公司|控股公司|下属企业|孙公司)`,
		example: "[E 明川硅能]是[E 明川控股]的全资子公司", want: "明川硅能 → 明川控股",
	},
	{
		relation: graph.PartOf, need: "子公司|分公司", check: subsidiary,
		expr:    `<t1:EO>的?(?:下属|旗下)?的?(?P<how>~6)(?:子公司|分公司)(?:——|—)?<h:E>`,
		example: "[E 明川控股]全资子公司[E 明川硅能]签约", want: "明川硅能 → 明川控股",
	},
	{
		relation: graph.PartOf, need: "的全资子公司|的子公司|的控股子公司",
		expr:    `<h1:E>（(?:<h2:E>，)?<t1:E>的(?:全资|控股)?子公司）`,
		example: "[E 明川石油勘探公司]（“[E 川油]”，[E 明川集团]的全资子公司）", want: "明川石油勘探公司 → 明川集团；川油 → 明川集团",
	},
	{
		relation: graph.PartOf, need: "下属|旗下|控股|所属", check: direct,
		expr:    `<h1:E>(?P<how>~4)(?:是|为|系)~4<t1:E>(?:下属|旗下|控股|所属)的`,
		example: "[E 明川水泥]是[E 永泽控股公司]下属的国有独资公司", want: "明川水泥 → 永泽控股公司",
	},
	{
		relation: graph.PartOf, need: "控股", check: (*match).majority,
		expr:    `<t1:E>(?:间接|直接)?控股的?<h1:E>`,
		example: "[E 永泽集团]间接控股的[E 明川水泥]扩产", want: "明川水泥 → 永泽集团",
	},
	{
		relation: graph.PartOf, need: "的收购|的并购", check: acquired,
		expr:    `<t1:E>(?P<how>[^。；` + anySign + `]{0,30}?完成)了?对(?:[` + placeSign + `]?[^，。；` + anySign + `]{0,12}(?:商|公司|企业|厂))?<h1:E>(?:(?P<share>(?:5[1-9]|[6-9]\d|100)(?:\.\d+)?[%％])的?(?:股份|股权))?的(?:收购|并购)`,
		example: "[E 明川公司]宣布，该公司已完成对[E 海棠齿轮公司]的收购", want: "海棠齿轮公司 → 明川公司",
	},
	{
		relation: graph.PartOf, need: "收购|并购", check: acquired,
		expr:    `<t1:E>~8(?:宣布|公告|称|表示|透露)，(?P<how>~14)(?:收购|并购)了?<h1:E>`,
		example: "[E 明川啤酒]正式宣布，出资3亿元收购[E 海棠啤酒]80.1%股权", want: "海棠啤酒 → 明川啤酒",
	},
	{
		relation: graph.PartOf, need: "麾下|旗下", check: acquired,
		expr:    `<h1:E>(?P<how>~8)(?:归至?|纳入|并入|归入|投入|加入)<t1:E>(?:麾下|旗下)`,
		example: "[E 海棠啤酒厂]也已归至[E 明川啤酒]麾下", want: "海棠啤酒厂 → 明川啤酒",
	},
	{
		relation: graph.PartOf, need: "公司控股股东",
		expr:    `<h1:E>[^。；` + anySign + `]{0,40}，(?:该)?公司控股股东<t1:E>`,
		example: "[E 海棠光电]发布公告，公司控股股东[E 明川集团]承诺认购", want: "海棠光电 → 明川集团",
	},
	{
		relation: graph.PartOf, need: "从属于",
		expr:    `<h1:E>~10从属于<t1:E>`,
		example: "[E 海棠]从一开始便从属于[E 明川]旗下", want: "海棠 → 明川",
	},
	{
		relation: graph.PartOf, need: "旗下|下属|所属|麾下|属下|下的",
		check:   direct,
		expr:    `<t1:EO>(?:旗下|下属|所属|麾下|属下|下)的?(?P<how>~6)<h:EO>`,
		example: "[E 明川集团]旗下的[E 永泽特钢]", want: "永泽特钢 → 明川集团",
	},
	{
		relation: graph.PartOf, need: "收购|并购|兼并", check: acquired,
		expr:    `<t1:E>(?P<how>~18)(?:收购|并购|兼并)了?(?:位于[` + anySign + `]的|[^，。；` + anySign + `]{0,12}(?:公司|企业|厂商)——)?<h1:E>`,
		example: "[E 明川啤酒]成功收购[E 海棠啤酒]", want: "海棠啤酒 → 明川啤酒",
	},
	{
		relation: graph.PartOf, need: "设立|成立|组建|创办", check: (*match).apart,
		expr:    `<t:E>(?:…30)(?:共同|合资|出资|投资|关于)(?:出资|投资)?(?:设立|成立|组建|创办)(?:了)?(?:合资公司|新公司|合资企业|子公司)?[“\[]?<h1:E>`,
		example: "[E 明川]与[E 永泽]共同出资设立[E 川泽科技]", want: "川泽科技 → 明川；川泽科技 → 永泽",
	},
	{
		relation: graph.PartOf, need: "组建|设立|成立|控股|出资",
		expr:    `<h1:EO>是?由<t:E>~8(?:组建|设立|成立|控股|出资)`,
		example: "[E 川泽科技]由[E 明川集团]投资组建", want: "川泽科技 → 明川集团",
	},
	{
		relation: graph.PartOf, need: "控股股东|实际控制人|母公司",
		expr:    `<h:E>的?(?:控股股东|实际控制人|母公司)(?:将)?(?:由<t1:E>)?(?:是|为|系|变更为)<t2:E>`,
		example: "[E 永泽特钢]的控股股东将变更为[E 明川集团]", want: "永泽特钢 → 明川集团",
	},
	{
		relation: graph.PartOf, need: "子公司", check: buying,
		expr:    `<t1:E>(?:…40)(?:设立|成立|新设|组建|注册)了?(?:全资|控股)?[^，。；` + anySign + `]{0,4}子公司[“"]?<h1:E>`,
		example: "[E 明川枣业]昨晚说已花900万元在[L 青榆]设立全资销售子公司[E 永泽商贸]", want: "永泽商贸 → 明川枣业",
	},
	{
		relation: graph.PartOf, need: "母公司",
		expr:    `<t1:E>作为<h:E>的母公司`,
		example: "新设立[E 明川集团公司]作为[E 永泽]、[E 海棠]的母公司", want: "永泽 → 明川集团公司；海棠 → 明川集团公司",
	},
	{
		relation: graph.PartOf, need: "占股|持股|控股|持有", check: (*match).apart,
		expr:    `<t1:E>(?:占股|持股|控股|持有)(?P<share>(?:5[1-9]|[6-9]\d|100)(?:\.\d+)?%)的<h1:E>`,
		example: "[E 明川]持股80%的[E 海棠金融公司]", want: "海棠金融公司 → 明川",
	},
	{
		relation: graph.PartOf, need: "占股|持股|占",
		expr:    `<h1:E>[^。；]{0,40}其中，<t1:E>出资~10，占股?(?P<share>(?:5[1-9]|[6-9]\d|100)(?:\.\d+)?%)`,
		example: "[E 海棠金融公司]注册资本5亿元，其中，[E 明川]出资4亿元，占股80%", want: "海棠金融公司 → 明川",
	},
	{
		relation: graph.PartOf, need: "母公司|母集团|控股股东|实际控制人",
		expr:    `<h1:E>的?(?:母公司|母集团|控股股东|实际控制人)(?:——|—)?<t1:EO>`,
		example: "[E 明川啤酒]母公司[E 永泽控股]宣布", want: "明川啤酒 → 永泽控股",
	},
	{
		relation: graph.PartOf, need: "合资公司|合资企业",
		expr:    `<t:E>的?(?:合资公司|合资企业)(?:——)?<h1:E>`,
		example: "来自[E 明川]与[E 永泽]的合资公司[E 川泽车辆]", want: "川泽车辆 → 明川；川泽车辆 → 永泽",
	},
	{
		relation: graph.PartOf, need: "的", check: ofGroup,
		expr:    `<t1:E>的<h1:E>`,
		example: "仅有[E 明川集团]的[E 永泽]还未设厂", want: "永泽 → 明川集团",
	},
	{
		relation: graph.PartOf, need: "成立|设立|组建|创办",
		expr:    `<t1:E>(?:[与和]<t2:E>)?(?:并|将|拟|已|全新|新|今年|去年|正式|还|共同|联合|合资){0,3}(?:成立|设立|组建|创办)了?(?:下属|全资|控股)?(?:公司|企业|子公司)?<h1:E>`,
		example: "[E 明川啤酒]与[E 永泽集团]成立[E 川泽啤酒]", want: "川泽啤酒 → 明川啤酒；川泽啤酒 → 永泽集团",
	},
	{
		relation: graph.PartOf, need: "收购|并购", check: acquired,
		expr:    `<t1:E>(?P<how>~18)(?:收购|并购)了?[` + anySign + `](?:旗下|下属|所属)的?<h1:E>`,
		example: "[E 明川啤酒]投资3亿元收购[E 永泽食品公司]旗下[E 海棠啤酒]80.1%股权", want: "海棠啤酒 → 明川啤酒",
	},
	{
		relation: graph.PartOf, need: "股权转让给",
		expr:    `<h1:E>(?P<share>(?:5[1-9]|[6-9]\d|100)(?:\.\d+)?%)的?股权转让给<t1:E>`,
		example: "将[E 明川电子]100%股权转让给[E 永泽联合]", want: "明川电子 → 永泽联合",
	},
	{
		relation: graph.PartOf, need: "国有企业|全资企业|直属企业|控股企业|所属企业",
		expr:    `<h1:E>正?(?:是|为)<t1:EO>的?~4(?:国有|全资|直属|控股|所属)企业`,
		example: "而[E 明川]正是[O 青榆兵团]的大型国有企业", want: "明川 → 青榆兵团",
	},
	{
		relation: graph.PartOf, need: "隶属|归属",
		expr:    `<h1:EO>(?:隶属|归属)于?<t1:EO>`,
		example: "[E 海棠水务]隶属于[E 明川集团]", want: "海棠水务 → 明川集团",
	},

	{
		relation: graph.PartOf, need: "收购|并购|兼并", check: acquired,
		expr:    `<h1:E>(?P<how>~6被)<t1:E>~10(?:收购|并购|兼并)`,
		example: "[E 海棠啤酒]去年被[E 明川啤酒]全资收购", want: "海棠啤酒 → 明川啤酒",
	},
	{
		relation: graph.PartOf, need: "持有|占|拥有", check: held,
		expr:    `<t1:E>~6(?:持有|占|拥有)<h1:E>~2(?P<share>(?:5[1-9]|[6-9]\d|100)(?:\.\d+)?%)的?~2(?:股份|股权)`,
		example: "[E 明川集团]目前持有[E 海棠光电]60%的股份", want: "海棠光电 → 明川集团",
	},
	{
		relation: graph.PartOf, need: "控股股东|母公司|实际控制人", check: (*match).apart,
		expr:    `<t1:E>(?:是|为|系)<h:E>的(?:控股股东|母公司|实际控制人)`,
		example: "[E 明川集团]是[E 海棠光电]的控股股东", want: "海棠光电 → 明川集团",
	},
	{
		relation: graph.PartOf, need: "认购", check: acquired,
		expr:    `<t1:E>(?P<how>~24)认购了?<h1:E>[^。；` + anySign + `]{0,40}(?:持股|占股)(?:比例)?(?:为|达到?|至|升至)?(?P<share>(?:5[1-9]|[6-9]\d|100)(?:\.\d+)?[%％])`,
		example: "[E 明川集团]出资6100万元认购[E 海棠光电]900万股新股，持股比例为55%", want: "海棠光电 → 明川集团",
	},
	{
		relation: graph.PartOf, need: "拥有", check: owns,
		expr:    `<t1:E>(?:目前|现|共|还)?拥有<h:E>`,
		example: "[E 明川食品]拥有[E 海棠乳业]和[E 林溪果品店]", want: "海棠乳业 → 明川食品；林溪果品店 → 明川食品",
	},
	{
		relation: graph.PartOf, need: "旗下|下属|所属",
		expr:    `<h:E>(?:均|都)?(?:是|为|系)<t1:EO>(?:旗下|下属|所属)~6(?:企业|公司|品牌|上市)`,
		example: "[E 海棠光电]为[E 明川集团]旗下企业", want: "海棠光电 → 明川集团",
	},
	{
		relation: graph.PartOf, need: "下辖|下设|辖有", check: (*match).apart,
		expr:    `<t1:EO>(?:下辖|下设|辖有)~4<h:EO>`,
		example: "[E 明川集团]下辖[E 海棠光电]、[E 永泽特钢]等12家子公司", want: "海棠光电 → 明川集团；永泽特钢 → 明川集团",
	},
	{
		relation: graph.PartOf, need: "子公司",
		expr:    `<h1:E>[（(]~2<t1:E>的?(?:全资|控股)?子公司[）)]`,
		example: "[E 海棠光电]（[E 明川集团]子公司）", want: "海棠光电 → 明川集团",
	},
	{
		relation: graph.PartOf, need: "出资", check: (*match).apart,
		expr:    `<t:E>(?:各|分别|各自)出资~12(?:成立|设立|组建)了?~6<h1:E>`,
		example: "[E 明川]和[E 永泽]各出资50%成立[E 川泽科技]", want: "川泽科技 → 明川；川泽科技 → 永泽",
	},
	{
		relation: graph.PartOf, need: "组成部分|一部分|一段|子项目|子工程|配套工程|核心区|起步区|先导区|园中园", check: (*match).apart,
		expr:    `<h1:PL>(?:是|为)~6<t1:PL>的?~4(?:组成部分|一部分|一段|子项目|子工程|配套工程|核心区|起步区|先导区|园中园)`,
		example: "[L/park 柳塘智谷]是[L 青榆开发区]的重要组成部分", want: "柳塘智谷 → 青榆开发区",
	},

	{
		relation: graph.PartOf, need: "子公司", check: (*match).apart,
		expr:    `<t1:E>(?:…20)(?:出售|转让|剥离)(?:旗下|其)?(?:全资|控股)?子公司<h1:E>`,
		example: "[E 明川公司]打算向[E 海棠集团]转让旗下子公司[E 永泽电机]", want: "永泽电机 → 明川公司",
	},
	{
		relation: graph.PartOf, need: "在内的", check: (*match).apart,
		expr:    `<t1:E>(?:…24)包括<h:E>在内的~4(?:控股|全资|下属)?(?:企业|子公司|公司)`,
		example: "[E 明川集团]旗下有包括[E 永泽信号公司]在内的五家控股公司", want: "永泽信号公司 → 明川集团",
	},
	{
		relation: graph.PartOf, need: "实际控制人|控股股东|母公司", check: (*match).apart,
		expr:    `<t1:E>(?:是|为|系)[` + anySign + `]的?~6股东和<h1:E>的?(?:实际控制人|控股股东|母公司)`,
		example: "[E 明川电机]为[E 永泽三川]的第三大股东和[E 海棠股份]的控股股东", want: "海棠股份 → 明川电机",
	},
	{
		relation: graph.PartOf, need: "旗下的|所属的|下属的", check: (*match).built,
		expr:    `<t1:E>(?:旗下|所属|下属)的<h1:L>`,
		example: "[E 明川铜业]旗下的[L/other 柳塘铜矿区]", want: "柳塘铜矿区 → 明川铜业",
	},
	{
		relation: graph.PartOf, need: "收购|并购", check: acquired,
		expr:    `<t:E>，?(?P<how>(?:曾|共同|联合|联手|携手|双方|今天|日前|近日)~8)(?:收购|并购)了?<h1:E>`,
		example: "[E 明川集团]与[E 永泽铜业]，日前联手收购[E 海棠铜业公司]", want: "海棠铜业公司 → 明川集团；海棠铜业公司 → 永泽铜业",
	},

	{
		relation: graph.PartOf, need: "收购|受让|购得|买下", check: acquired,
		expr:    `<t1:E>(?P<how>~6)[向从][` + anySign + `](?:手中|处)?(?:成功)?(?:收购|受让|购得|买下)了?<h1:E>`,
		example: "[E 明川矿业]去年从[E 永泽资源]手中收购[E 海棠铜业]60%的股权", want: "海棠铜业 → 明川矿业",
	},

	{
		relation: graph.PartOf, need: "控制性工程|控制性节点|组成部分|骨干工程|咽喉工程", check: (*match).apart,
		expr:    `<h1:PL>(?:是|为)[^，。；` + anySign + `]{0,20}<t1:PL>的?~6(?:控制性工程|控制性节点工程|组成部分|骨干工程|咽喉工程)`,
		example: "[L/other 明川隧道]是[L/road 青柳高速]的控制性工程", want: "明川隧道 → 青柳高速",
	},
	{
		relation: graph.PartOf, need: "控制性工程|核心项目|重点工程|先行工程", check: (*match).apart,
		expr:    `<t1:PL>的?(?:关键|重点|全线|最大){0,2}(?:控制性工程|控制性节点工程|核心项目|咽喉工程|先行工程)(?:——|—)?<h1:PL>`,
		example: "[L/road 青柳高速]关键控制性工程[L/bridge 明川大桥]建成通车", want: "明川大桥 → 青柳高速",
	},

	// Who builds what.
	{
		relation: graph.Undertakes, need: "由", check: (*match).built,
		expr:    `由<h:EO>~6(?:主导|投资|承建|开发|建设|实施|运营|负责|打造|牵头|兴建|独资)~6的<t:PL>`,
		example: "由[E 明川]主导的[P 永泽8.5代线项目]试生产", want: "明川 → 永泽8.5代线项目",
	},
	{
		relation: graph.Undertakes, need: "建设的|开发的|投资的|经营的|承建的|运营的|兴建的|打造的|拟建的|主导的|总承包的|施工的|修建的", check: (*match).built,
		expr:    `<h:EO>~8(?:建设|开发|投资|经营|承建|运营|兴建|打造|拟建|主导|总承包|施工|修建)的(?:[^，。；]{0,24}(?:——|—))?~4<t:PL>`,
		example: "从[E 明川]和[E 永泽]共同开发的[P 河西天然气项目]采购", want: "明川 → 河西天然气项目；永泽 → 河西天然气项目",
	},
	{
		relation: graph.Undertakes, need: "创建的|创办的|组建的|捐建的",
		expr:    `<h1:EO>(?:[^，。；` + anySign + `]{0,2}联合…40)?(?:创建|创办|组建|捐建)的(?:——|—)?<t:O>`,
		example: "由[O 青榆协会]联合[E 明川]、[E 永泽]等企业创建的[O 青榆联合实验室]揭牌", want: "青榆协会 → 青榆联合实验室",
	},
	{
		relation: graph.Undertakes, need: "", check: owning,
		expr:    `<h1:E>的?<t1:P>`,
		example: "[E 明川集团]（以下简称“[E 川钢]”）[P 河西钢铁项目]动工", want: "明川集团 → 河西钢铁项目",
	},
	{
		relation: graph.Undertakes, need: "建立|建设|兴建|新建|扩建|开建|启动|承建|投建|拟建|打造|开工|实施|动工", check: itself,
		expr:    `<h:EO>(?:…16)(?:建立|建设|兴建|新建|扩建|开建|启动|承建|投建|拟建|打造|开工|实施|动工)(?:建设)?(?:了|的)?(?:总投资~10的)?~4<t1:P>`,
		example: "[E 明川重工]拟在[L 青榆临港新城]建立[P 华东基地]", want: "明川重工 → 华东基地",
	},
	{
		relation: graph.Undertakes, need: "业主|建设单位|实施主体|投资方|开发商|承建|施工单位|投资主体",
		expr:    `<t1:P>的?[（(]?(?:业主|建设单位|实施主体|投资方|开发商|承建单位|承建方|承建商|施工单位|投资主体)(?:单位)?[：:为是]?<h:EO>`,
		example: "[P 明川电缆扩产]（业主：[E 青榆明川电缆有限公司]；总投资12.6亿元）", want: "青榆明川电缆有限公司 → 明川电缆扩产",
	},
	{
		relation: graph.Undertakes, need: "把",
		expr:    `<h1:E>~2把<t1:P>`,
		example: "[E 明川重工]将把[P 青榆基地]建设作为战略", want: "明川重工 → 青榆基地",
	},
	{
		relation: graph.Undertakes, need: "，其", check: (*match).built,
		expr:    `<h1:E>…24，其~10的<t1:PL>将`,
		example: "[E 明川集团]透露，其占地192亩的[L 凉茶工业园]将于明年投产", want: "明川集团 → 凉茶工业园",
	},
	{
		relation: graph.Undertakes, need: "集团|公司|企业", check: (*match).built,
		expr:    `<h1:E>(?:…40)，(?:集团|公司|企业)(?:投资|经营|建设|开发|运营)(?:建设)?的<t1:PL>`,
		example: "[E 明川集团]是一家民营企业，集团经营的[L 河西工业园]投用", want: "明川集团 → 河西工业园",
	},
	{
		relation: graph.Undertakes, need: "援建|捐建|捐资",
		expr:    `<h:EOL>(?:对口|捐资|出资|无偿)?(?:援建|捐建|捐资建设)的<t:PLO>`,
		example: "由[E 明川集团]捐资建设的[O 河西小学]和[L 河西一级公路]", want: "明川集团 → 河西小学；明川集团 → 河西一级公路",
	},
	{
		relation: graph.Undertakes, need: "承建|参建|承担|中标|参与|投建|援建|改造|施工", check: (*match).built,
		expr:    `<h:E>~14(?:承建|参建|承担|中标|参与|投建)了?(?:的)?~12<t:PL>`,
		example: "[E 明川建工]先后承建了[P 河西电站工程]及[L/road 河西干渠]", want: "明川建工 → 河西电站工程；明川建工 → 河西干渠",
	},
	{
		relation: graph.Undertakes, need: "收购|并购|买下|接手", check: buying,
		expr:    `<h1:E>~10(?:收购|并购|买下|接手)了?<t1:P>`,
		example: "[E 明川电力集团]今天成功收购[P 海国风电项目]", want: "明川电力集团 → 海国风电项目",
	},
	{
		relation: graph.Undertakes, need: "中标",
		expr:    `<h:E>(?:[^。；]{0,30}，)?~8中标[^，。；]{0,30}?(?:——|—)?<t1:P>`,
		example: "[E 明川建工]脱颖而出，于4月中标[L 青榆]最大的工程——[P 河西大坝项目]", want: "明川建工 → 河西大坝项目",
	},
	{
		relation: graph.Undertakes, need: "援建|改造|扩建|升级", check: (*match).built,
		expr:    `<h:E>(?:…20)对<t1:PL>(?:的|进行)?~6(?:援建|改造|扩建|升级)`,
		example: "[E 明川集团]出资6172万元重点对[L/water 河西水库]的援建", want: "明川集团 → 河西水库",
	},
	{
		relation: graph.Undertakes, need: "采矿权|开发权|控制权|经营权|特许权", check: (*match).built,
		expr:    `<h1:E>(?:…30)(?:拿下|夺得|获得|取得|竞得)了?<t1:PL>~14(?:采矿权|开发权|控制权|经营权|特许权)`,
		example: "[E 明川]以4亿元的价格夺得了[L 河西矿区]的采矿权", want: "明川 → 河西矿区",
	},
	{
		relation: graph.Undertakes, need: "由", check: (*match).built,
		expr:    `<t:PL>~8由<h:EO>(?:等~8)?~4(?:投资|出资|承建|建设|开发|运营|主导|兴建|修建|打造|施工|总承包|实施|合资|经营)`,
		example: "[L/bridge 河西大桥]由[E 明川集团]和[E 永泽建工]共同投资兴建", want: "明川集团 → 河西大桥；永泽建工 → 河西大桥",
	},
	{
		relation: graph.Undertakes, need: "，由|，项目由|，该项目由", check: unseated,
		expr:    `<t1:PL>[^。；` + anySign + `]{0,30}(?:[` + anySign + `][^。；` + anySign + `]{0,10})?，(?:该项目|项目)?由<h:EO>~4(?:投资|承建|建设|开发|运营|主导)`,
		example: "[P 河西冷链项目]是重点项目，由[E 明川集团]投资建设", want: "明川集团 → 河西冷链项目",
	},
	{
		relation: graph.Undertakes, need: "投资|斥资|出资", check: (*match).built,
		expr:    `<h1:E>~4(?:投资|斥资|出资)~14元(?:人民币)?(?:建设)?的<t1:PL>`,
		example: "[E 明川]投资12亿元的[P 河西玻璃项目]投产", want: "明川 → 河西玻璃项目",
	},
	{
		relation: graph.Undertakes, need: "募集|募资|融资|增发", check: (*match).built,
		expr:    `<h1:E>[^。；` + anySign + `]{0,40}(?:募集|募资|融资|增发)[^。；` + anySign + `]{0,40}(?:用于|投向|投入)(?:建设)?<t:P>`,
		example: "[E 明川玻璃]拟增发募集7亿元，用于[P 河西扩产项目]、[P 瓷砖扩建]等项目", want: "明川玻璃 → 河西扩产项目；明川玻璃 → 瓷砖扩建",
	},
	{
		relation: graph.Undertakes, need: "用于",
		expr:    `向<h1:E>(?:增加投资|增资)，用于<t1:P>`,
		example: "向[E 河西明川物流公司]增加投资，用于[P 河西物流园项目]", want: "河西明川物流公司 → 河西物流园项目",
	},

	{
		relation: graph.Undertakes, need: "合资的|合作的|全资拥有", check: (*match).built,
		expr:    `<h:E>(?:合资的|合作的|全资拥有的?)~4<t1:P>`,
		example: "[E 明川集团]与[E 永泽电子]合资的[P 手机生产基地]开工", want: "明川集团 → 手机生产基地；永泽电子 → 手机生产基地",
	},
	{
		relation: graph.Undertakes, need: "负责", check: (*match).built,
		expr:    `<h:E>~4负责<t:PL>的?(?:建设|开发|运营|施工|投资|改造)`,
		example: "[E 明川集团]负责[P 河西冷链项目]的建设", want: "明川集团 → 河西冷链项目",
	},
	{
		relation: graph.Undertakes, need: "拿下|承接|承揽",
		expr:    `<h:E>~4(?:拿下|承接|承揽)了?<t1:P>`,
		example: "[E 明川建工]成功拿下[P 河西大坝项目]", want: "明川建工 → 河西大坝项目",
	},
	{
		relation: graph.Undertakes, need: "修建|兴建|建起|建成", check: (*match).built,
		expr:    `<h:E>~4(?:出资|捐资|投资|斥资)~14(?:修建|兴建|建起|建成)了?<t:PLO>`,
		example: "[E 明川集团]出资300万元修建了[O 河西小学]", want: "明川集团 → 河西小学",
	},
	{
		relation: graph.Undertakes, need: "建成|推进|完成",
		expr:    `<h1:E>(?:已|正|正在|重点|加快|全力|顺利|目前|今年|去年){0,3}(?:建成|推进|完成)了?<t1:P>`,
		example: "[E 明川集团]去年建成[P 河西冷链项目]", want: "明川集团 → 河西冷链项目",
	},
	{
		relation: graph.Undertakes, need: "在",
		expr:    `<h1:E>[在于][` + placeSign + `](?:投资)?的<t1:P>`,
		example: "[E 明川集团]在[L 河西县]的[P 冷链物流项目]投产", want: "明川集团 → 冷链物流项目",
	},
	{
		relation: graph.Undertakes, need: "（|(",
		expr:    `<t1:P>[（(](?:由)?<h:E>(?:投资|承建|建设|开发)[）)]`,
		example: "[P 河西冷链项目]（[E 明川集团]投资）", want: "明川集团 → 河西冷链项目",
	},
	{
		relation: graph.Undertakes, need: "旗下",
		expr:    `<h1:E>旗下的?<t1:P>`,
		example: "[E 明川集团]旗下[P 河西冷链项目]投产", want: "明川集团 → 河西冷链项目",
	},

	{
		relation: graph.Undertakes, need: "工程|项目", check: (*match).built,
		expr:    `<t:PL>(?:等)?，?(?:都|均)?是<h1:E>(?:在建|承建|投资|开发)?的?~12(?:工程|项目)`,
		example: "[P 明川码头工程]、[L/railway 柳塘城际高铁]等，均是[E 永泽集团]的在手工程", want: "永泽集团 → 明川码头工程；永泽集团 → 柳塘城际高铁",
	},
	{
		relation: graph.Undertakes, need: "采矿权|探矿权|经营权", check: (*match).built,
		expr:    `<h1:E>(?:…16)(?:获取|获得|取得|拥有|竞得)了?<t1:PL>的?~6(?:采矿权|探矿权|经营权)`,
		example: "[E 明川矿业]去年春天竞得[L/other 柳塘铜矿]的采矿权", want: "明川矿业 → 柳塘铜矿",
	},

	// Who works with whom.
	{
		relation: graph.PartnersWith, need: cooperateWords, check: cooperating,
		expr:    `<h1:EOL>(?P<between>~14)(?:与|同|跟|联合|携手|联手)~16(?:[` + placeSign + `]的?)?<t:EOL>(?:…26)` + cooperate,
		example: "[E 明川集团]今日将与[E 海棠石油]和[E 永泽能源]签署采购合同", want: "明川集团 → 海棠石油；明川集团 → 永泽能源",
	},
	{
		relation: graph.PartnersWith, need: cooperateWords, check: cooperating,
		expr:    `<h1:EO>(?:和|及|、)(?:著名的|知名的)?<t1:EO>(?:…20)(?:签署|签订|签约|联合重组|合资|战略合作|共同(?:开发|投资|建设|成立|设立|出资|研发|组建|运营)|牵手|联手|结盟)`,
		example: "[E 明川集团]和[E 永泽集团]在[L 青榆]正式签署合作协议", want: "明川集团 → 永泽集团",
	},
	{
		relation: graph.PartnersWith, need: "子公司", check: (*match).apart,
		expr:    `<h1:E>(?:与|同|和)[` + anySign + `](?:全资|控股|下属|旗下)*子公司<t1:E>(?:…20)` + cooperate,
		example: "[E 明川集团]与[E 永泽股份]全资子公司[E 永泽新材]正式签署合同", want: "明川集团 → 永泽新材",
	},
	{
		relation: graph.PartnersWith, need: "宣布", check: cooperating,
		expr:    `<h1:E>~8宣布，(?:该公司|公司)?(?P<between>~6)(?:与|同)<t1:E>(?:…12)` + cooperate,
		example: "[E 明川钢铁]今天宣布，该公司计划与[E 永泽汽车]成立一家合资公司", want: "明川钢铁 → 永泽汽车",
	},
	{
		relation: graph.PartnersWith, need: "共同|联合|合作|合资",
		expr:    `<all:EO>~14(?:共同|联合|合作|合资)(?:开发|投资|建设|成立|设立|建立|出资|研发|打造|组建|推动|承建|主办|举办|发起|搭建|承办)`,
		example: "由[E 明川]、[E 永泽]和[E 海棠]各按比例共同出资", want: "明川 → 永泽；明川 → 海棠；永泽 → 海棠",
	},
	{
		relation: graph.PartnersWith, need: "签下|签订|签署|发起|共建|签约|联手|携手|结盟|组建", check: sides,
		expr:    `<all:EOL>(?:等~10)?(?:~6|~4在[` + placeSign + `]~4)(?:联手|携手|联合|共同|合作)?(?:签下|签订|签署|发起成立|发起设立|发起|共建|结盟|组建)`,
		example: "[E 明川]、[E 永泽]和[E 海棠]等7家药企联手签下备忘录", want: "明川 → 永泽；明川 → 海棠；永泽 → 海棠",
	},
	{
		relation: graph.PartnersWith, need: cooperateWords, check: cooperating,
		expr:    `<h:EO>等…10(?:与|同|和)<t:EO>(?:等…10)?(?:…20)` + cooperate,
		example: "[E 明川]、[E 永泽]等企业与[E 海棠]等企业的采购协议", want: "明川 → 海棠；永泽 → 海棠",
	},
	{
		relation: graph.PartnersWith, need: "合作|达成", check: cooperating,
		expr:    `<h1:EOL>(?:和|与|同|跟)<t:EOL>(?:等)?~3的?(?:战略|的|全面|还|方面|进一步|已|就~4|原则上|考虑|将|拟|计划|正){0,3}(?:合作|达成)`,
		example: "[E 明川银行]和[E 永泽银行]、[E 海棠银行]的合作项目", want: "明川银行 → 永泽银行；明川银行 → 海棠银行",
	},
	{
		relation: graph.PartnersWith, need: "联合|共同|结成|组成", check: sides,
		expr:    `<all:EO>(?:等~10|和另外~8|及其他~8)(?:(?:联合|共同)(?:进行|开展|完成|实施|主持|承担|研制|攻关|申报|编制)|结成|组成)`,
		example: "[O 青榆研究会]、[O 河西协会]、[O 柳塘测评中心]等多家机构联合进行", want: "青榆研究会 → 河西协会；青榆研究会 → 柳塘测评中心；河西协会 → 柳塘测评中心",
	},
	{
		relation: graph.PartnersWith, need: "联合", check: (*match).apart,
		expr:    `<h1:EO>联合<t:EO>(?:等~12)?(?:共同)?(?:创建|打造|发起|开发|建设|组建|成立|设立|推出|举办|主办)`,
		example: "由[O 青榆协会]联合[E 明川]、[E 永泽]等企业创建", want: "青榆协会 → 明川；青榆协会 → 永泽",
	},
	{
		relation: graph.PartnersWith, need: "联合|携手|联手", check: sides,
		expr:    `(?:联合|携手|联手)<all:EO>(?:等~24)?(?:创建|发起|共同发起|打造|组建|成立|设立)`,
		example: "[E 明川]携手[E 永泽]、[E 海棠]等全国15家机构共同发起宣言", want: "永泽 → 海棠",
	},
	{
		relation: graph.PartnersWith, need: "签约|签订|签署|签下", check: cooperating,
		expr:    `<h1:EOL>~10与<t:EO>，?(?:今日|昨日|双方|分别|共同|正式)?(?:签署|签订|签约|签下)`,
		example: "[L 青榆市]一些单位与[E 明川]、[E 永泽]，分别签署了合作协议", want: "青榆市 → 明川；青榆市 → 永泽",
	},
	{
		relation: graph.PartnersWith, need: "、与", check: cooperating,
		expr:    `<h1:EO>[^，。；]{0,60}、与<t:EO>~4(?:签署|签订|签约)`,
		example: "[E 明川集团]先后与8家银行签署授信、与[E 永泽银行]签订协议", want: "明川集团 → 永泽银行",
	},
	{
		relation: graph.PartnersWith, need: "联合", check: (*match).apart,
		expr:    `<h:EO>联合<t:EO>(?:等~8)?(?:共同)?~2(?:建成|研发|攻关|开展|完成|研制|承担|实施)`,
		example: "[E 明川医药]、[E 永泽核源]联合[O 青榆大学]建成生产线", want: "明川医药 → 青榆大学；永泽核源 → 青榆大学",
	},
	{
		relation: graph.PartnersWith, need: "联合", check: sides,
		expr:    `<all:EO>联合[` + anySign + `]+(?:共同)?~2(?:建成|研发|攻关|开展|完成|研制|承担|实施)`,
		example: "[E 明川医药]、[E 永泽核源]联合[O 青榆大学]建成生产线", want: "明川医药 → 永泽核源",
	},
	{
		relation: graph.PartnersWith, need: "合作伙伴",
		expr:    `<h1:EO>~6选择了?(?:…16)<t1:EO>(?:作)?为~4合作伙伴`,
		example: "[E 明川集团]也选择了[O 青榆兵团]旗下的[E 永泽投资]作为合作伙伴", want: "明川集团 → 永泽投资",
	},
	{
		relation: graph.PartnersWith, need: "合作，",
		expr:    `通过(?:与|同|和)<t:EO>(?:等)?~4合作，<h1:EO>`,
		example: "通过与[E 明川石油]等合作，[E 永泽]也参与开发", want: "永泽 → 明川石油",
	},
	{
		relation: graph.PartnersWith, need: "携手|牵手|联手|结盟", check: (*match).apart,
		expr:    `<h1:EO>~4(?:携手|牵手|联手|结盟)<t:EO>`,
		example: "[E 明川]携手[E 永泽]布局", want: "明川 → 永泽",
	},
	{
		relation: graph.PartnersWith, need: "签约|签订|签署", check: cooperating,
		expr:    `<h:EO>向(?:[` + anySign + `]的)?<t:EO>(?:签约|签订|签署)`,
		example: "[E 明川农业]向[L 青榆]的[E 永泽开发公司]签约采购", want: "明川农业 → 永泽开发公司",
	},
	{
		relation: graph.PartnersWith, need: cooperateWords, check: cooperating,
		expr:    `<h1:EO>(?P<between>[^，。；：！？]{0,14})(?:同|与|和)(?:~4[` + placeSign + `]的?)?~10<t:EO>~2(?:签署|签订|签约|签下|达成)`,
		example: "[E 明川]在拓展[L 青榆]市场时就同[E 永泽公司]签订了框架协议", want: "明川 → 永泽公司",
	},
	{
		relation: graph.PartnersWith, need: "的合作",
		expr:    `与<h1:E>的(?:战略)?合作对<t1:E>`,
		example: "与[E 明川]的合作对[E 永泽]很重要", want: "明川 → 永泽",
	},
	{
		relation: graph.PartnersWith, need: "合作关系",
		expr:    `除~12与~12<h1:E>~6合作关系外…30，<t1:E>`,
		example: "除与领先品牌[E 明川]建立密切合作关系外，[E 永泽]还扩产", want: "明川 → 永泽",
	},
	{
		relation: graph.PartnersWith, need: "合作的",
		expr:    `<h1:E>是<t1:EOL>合作的`,
		example: "[E 明川]是[L 青榆]合作的重点对象", want: "明川 → 青榆",
	},

	{
		relation: graph.PartnersWith, need: "合作伙伴|战略伙伴", check: (*match).apart,
		expr:    `<h1:EO>~4(?:成为|是|为)了?<t1:EO>的?~6(?:合作伙伴|战略伙伴)`,
		example: "[E 明川]正式成为[E 永泽]的战略合作伙伴", want: "明川 → 永泽",
	},
	{
		relation: graph.PartnersWith, need: "签字|签署|签约|签订", check: (*match).apart,
		expr:    `<h1:EO>~8<n1:N>(?:与|和|同)<t1:EO>~8<n2:N>~16(?:签字|签署|签约|签订)`,
		example: "[E 明川]董事长[N 冀明远]与[E 永泽]总经理[N 陆明远]分别代表双方签字", want: "明川 → 永泽",
	},
	{
		relation: graph.PartnersWith, need: "出资", check: sides,
		expr:    `<all:E>(?:各|分别|各自)出资~12(?:成立|设立|组建)`,
		example: "[E 明川]和[E 永泽]各出资50%成立公司", want: "明川 → 永泽",
	},

	{
		relation: graph.PartnersWith, need: "共同|联合|合资|携手|联手|牵手|组成", check: joined,
		expr:    `<h1:EO>~8(?:与|和|同|携手|牵手|联合|联手)<all:EO>(?:等~10)?(?:…10)(?:共同|联合|合资|合作|同投资|成立|组成|进入|收购|开发)`,
		example: "[E 明川集团]携手[E 永泽商贸]、[E 海棠农牧]等共同开发牧场", want: "永泽商贸 → 海棠农牧",
	},
	{
		relation: graph.PartnersWith, need: "获悉|了解到|透露", check: (*match).apart,
		expr:    `从<h1:EO>~4(?:与|和|及)<t1:EO>(?:…6)(?:获悉|了解到)，(?:双方|两家公司|两公司)~8(?:签署|签订|达成|合作)`,
		example: "本报从[E 明川股份]与[E 永泽矿业]了解到，两家公司已达成供货协议", want: "明川股份 → 永泽矿业",
	},

	{
		relation: graph.PartnersWith, need: "主办", check: (*match).apart,
		expr:    `<h1:EO>(?:等~8)?主办[，、]?(?:由)?<t:EO>(?:等~8)?(?:承办|协办|联合承办|共同承办)`,
		example: "由[O 青榆贸促会]主办，[O 河西商会]、[O 柳塘协会]等协办", want: "青榆贸促会 → 河西商会；青榆贸促会 → 柳塘协会",
	},

	// Who holds which post.
	{
		relation: graph.HoldsPost, need: "", check: posted,
		expr:    `<t1:EOL>的?(?P<post>~10` + title + `(?:[、兼]~8` + title + `){0,2})(?:——|—|、)?<h1:N>`,
		example: "[O 青榆大学经济研究所]副所长[N 冀明远]表示", want: "冀明远 → 青榆大学经济研究所",
	},
	{
		relation: graph.HoldsPost, need: "任|当选", check: posted,
		expr:    `<h1:N>~4(?:出任|担任|兼任|升任|当选为?|任命为|任)<t1:EOL>的?(?P<post>~8` + title + `)`,
		example: "任命[N 陆明远]兼任[E 明川公司]CEO", want: "陆明远 → 明川公司",
	},
	{
		relation: graph.HoldsPost, need: "", check: posted,
		expr:    `<t1:EO><h1:N>(?P<post>` + title + `)`,
		example: "[O 青榆陶瓷行业协会][N 尹明远]秘书长告诉记者", want: "尹明远 → 青榆陶瓷行业协会",
	},
}

const cooperateWords = "设厂|建厂|签署|签订|签约|签下|合作|合资|重组|合并|强强联合|联姻|结成|联合|共同|共建|牵手|联手|结盟|协议|成立|设立|组建|达成|建立"

// stacked reports whether the first of adjacent places contains the others: a region or division in front of divisions.
func stacked(m *match) bool {
	outer := &m.Names[m.tails[0]]
	for _, h := range m.heads {
		if n := &m.Names[h]; n.Place.Level() != 0 && outer.Place.Level() != 0 && n.Place.Level() <= outer.Place.Level() {
			return false
		}
	}
	return m.inAreas() && (outer.Place.Level() != 0 || region(m.name(outer)))
}

// seated reports whether what stands between a name and the verb of its seat leaves it the verb's subject.
func seated(m *match) bool {
	between := m.groups["between"]
	if startsAny(m.after, []string{"的", "以东", "以南", "以西", "以北"}) && m.Names[m.heads[0]].Kind != graph.KindPlace && m.Names[m.heads[0]].Kind != graph.KindProject ||
		startsAny(m.after, []string{"以东", "以南", "以西", "以北"}) {
		return false // 甲公司位于乙的工厂, 甲港位于乙以北80公里
	}
	if containsAny(between, []string{"收购", "包括", "了", "对", "的", "与", "在", "向"}) {
		return false
	}
	for _, h := range m.heads {
		if m.Names[h].Kind == graph.KindPlace && m.Names[h].Place.Level() > 0 && (runes(between) > 2 || endsIn(m.before, []string{"在", "于"})) {
			return false
		}
	}
	return m.inAreas()
}

// host reports whether the place is one that firms move into, and the firms of the list have moved in.
func (m *match) host() bool {
	n := &m.Names[m.tails[0]]
	return (n.Place.Level() == 0 || n.Place == graph.Zone) && !endsIn(m.before, []string{"、", "和", "及", "与"}) && m.present() && m.Modality != graph.Planned
}

// present is inAreas for what is there already.
func (m *match) present() bool { return m.inAreas() && !containsAny(m.groups["all"], hopes) }

// owned is inAreas for what is a place's; the last of a list that has something of its own is no member: 华北的青榆、华南的河西.
func owned(m *match) bool {
	if n := len(m.heads); n > 1 && strings.HasPrefix(m.after, "的") {
		m.heads = m.heads[:n-1]
	}
	return m.inAreas()
}

// investing is present for a firm that founds something: 由甲在乙投资设立的丙 is in 乙, not 甲.
func investing(m *match) bool { return m.present() && !strings.HasSuffix(m.before, "由") }

// buying reports whether a firm buys something, and is not the one that it is bought of: 甲与乙达成收购丙的协议.
func buying(m *match) bool {
	return !endsIn(m.before, []string{"与", "同", "跟", "和", "向", "从", "自"})
}

func acquired(m *match) bool {
	if !buying(m) {
		return false
	}
	if assets.MatchString(m.after) && !startsAny(m.after, []string{"大部分", "绝大部分", "的大部分"}) || conditional(m.before) {
		return false
	}
	if startsAny(strings.TrimLeft(m.after, closers), []string{"旗下", "下属", "所属"}) {
		return false
	}
	return m.majority() && !containsAny(m.groups["how"], hopes)
}

// owns reports whether what a firm has is firms: not the customers, partners or shares that a list of firms may be of.
func owns(m *match) bool {
	return m.apart() && !containsAny(within(m.after), []string{"客户", "用户", "伙伴", "供应商", "股", "%", "品牌", "商标", "专利", "权", "产品", "系列"})
}

// subsidiary reports whether nothing between a firm and its subsidiary makes that another's: 向甲出售子公司乙.
func subsidiary(m *match) bool {
	return !containsAny(m.groups["how"], []string{"出售", "收购", "转让", "剥离", "买下", "竞购"}) && m.apart()
}

// direct reports whether nothing between a firm and what it is part of makes another of it: 甲旗下公司与乙, 甲将为乙旗下的工厂供货.
func direct(m *match) bool {
	return m.apart() && !containsAny(m.groups["how"], []string{"与", "和", "将", "并"})
}

// held reports whether shares are held and not just changing hands: 收购甲持有的乙75%股权.
func held(m *match) bool {
	clause := m.before[strings.LastIndexAny(m.before, "，。；")+1:]
	return m.apart() && !containsAny(clause+m.after[:min(len(m.after), 30)], []string{"收购", "受让", "转让", "出售", "竞购", "购买"})
}

// assets is what is bought of a firm when the firm is not: its business, or a part of its shares.
var assets = newPattern(`^["”]?的?[^，。；：]{0,14}?(?:资产|业务|部分股权|部分股份|少数股权)|^["”]?的?(?:约)?(?:[1-4]?[0-9](?:\.[0-9]+)?)[%％]`)

// conditional reports whether the clause in front makes what follows a condition.
func conditional(before string) bool {
	return containsAny(before[strings.LastIndexAny(before, "，。；")+1:], []string{"如果", "假如", "倘若", "一旦", "若"})
}

// bearing reports whether a place right in front of a firm says where it is from: nothing else ends there.
func bearing(m *match) bool {
	place := &m.Names[m.tails[0]]
	return m.inAreas() && (place.Place.Level() > 0 || region(m.name(place))) && !endsIn(m.before, []string{"、", "和", "与", "到", "至", "在"})
}

// happening reports whether what is begun or opened at a place is something built.
func happening(m *match) bool {
	return m.inAreas() && !slices.ContainsFunc(m.heads, func(h int) bool {
		n := &m.Names[h]
		return n.Kind == graph.KindPlace && !projectLike(n)
	})
}

// opening reports whether a place with which a sentence opens is where its project is.
func opening(m *match) bool {
	return m.inAreas() && m.Names[m.tails[0]].Place != graph.Country
}

// ofGroup reports whether a firm of another is one of a group: 明川集团的永泽.
func ofGroup(m *match) bool {
	return endsIn(m.name(&m.Names[m.tails[0]]), []string{"集团"}) || endsIn(m.name(&m.Names[m.heads[0]]), []string{"厂", "分公司"})
}

// itself reports whether what a firm builds it builds itself, and not its subsidiary: 甲下属乙投资建设的丙.
func itself(m *match) bool {
	_, behind, ok := strings.Cut(m.groups["all"], m.groups["h"])
	if ok && len(m.heads) > 1 && startsAny(behind, []string{"签", "达成", "就"}) && containsAny(m.groups["h"], []string{"与", "和", "同"}) {
		m.heads = m.heads[:1] // 甲与乙签订建设丙的协议: 乙 is who it is agreed with
	}
	return !endsIn(m.before, []string{"与", "和", "同", "跟"}) && (!ok || !startsAny(behind, []string{"下属", "旗下", "所属", "全资", "控股", "子公司", "的子公司"}))
}

// unseated is built for what is not only where something lies: 项目位于甲北侧，由乙承建.
func unseated(m *match) bool {
	lead := m.before[strings.LastIndexAny(m.before, "，。；：")+1:]
	return m.built() && !containsAny(lead, seatVerbs)
}

// owning reports whether a firm in front of a project stands there as its owner: nothing makes it the end of another phrase.
func owning(m *match) bool {
	for _, w := range []string{"、", "和", "与", "在", "为", "对", "向"} {
		if len(m.before) > 0 && w != "在" && w != "为" && w != "对" && w != "向" {
			continue
		}
		if len(m.before) >= len(w) && m.before[len(m.before)-len(w):] == w {
			return false
		}
	}
	return true
}

func cooperating(m *match) bool {
	for _, h := range m.heads {
		if m.Names[h].Kind == graph.KindPlace && (m.groups["between"] != "" || endsIn(m.before, []string{"在", "、", "和"})) {
			return false
		}
	}
	if _, behind, ok := strings.Cut(m.groups["all"], m.groups["t"]+m.groups["t1"]); ok && startsAny(behind, []string{"全资", "控股", "下属", "旗下", "子公司"}) {
		return false
	}
	if m.divisions() && !containsAny(m.groups["all"], []string{"签", "协议", "共建"}) {
		return false // that two cities work together is no deal
	}
	if containsAny(m.groups["all"]+m.after[:min(len(m.after), 30)], rivalry) || endsIn(m.before, []string{"与", "同", "跟", "向"}) {
		return false
	}
	if containsAny(m.groups["between"], []string{"母公司", "子公司", "旗下", "控股股东"}) {
		return false // 甲的母公司乙与丙签约
	}
	return m.apart() && !strings.ContainsAny(m.groups["between"], "（()）") && !containsAny(m.groups["between"], []string{"等", "竞争", "相比", "对比", "不同"})
}

// divisions reports whether both sides are places.
func (m *match) divisions() bool {
	return len(m.heads) > 0 && len(m.tails) > 0 && m.Names[m.heads[0]].Kind == graph.KindPlace && m.Names[m.tails[0]].Kind == graph.KindPlace
}

// rivalry are words that make what several do together no common cause.
var rivalry = []string{"争夺", "竞争", "竞标", "角逐", "竞购", "抢购"}

// sides reports whether a list may be the sides of one agreement: bodies of whatever kind, or places with a common undertaking.
func sides(m *match) bool {
	return len(m.heads) > 1 && !containsAny(m.groups["all"]+m.after[:min(len(m.after), 30)], rivalry) && !endsIn(m.before, []string{"在", "与", "和", "同", "向", "、", "的"})
}

// joined is sides for those whom another works with all at once.
func joined(m *match) bool {
	return len(m.heads) > 1 && !containsAny(m.groups["all"]+m.after[:min(len(m.after), 30)], rivalry) && !containsAny(m.groups["all"], []string{"分别", "先后"})
}

// posted reports whether a post is one: no verb stands in it.
func posted(m *match) bool {
	return !containsAny(m.groups["post"], []string{"的", "表示", "介绍", "称", "说", "等", "与", "在", "率", "访", "会见", "邀请", "记者", "了", "是"})
}

// inside reports whether the first of two divisions lies in the second by its level.
func inside(m *match) bool {
	inner, outer := &m.Names[m.heads[0]], &m.Names[m.tails[0]]
	return m.inAreas() && outer.Place.Level() > 0 && (inner.Place.Level() == 0 || inner.Place.Level() > outer.Place.Level())
}

// bracketed reports whether a place in brackets says where the name in front is: it is a division.
func bracketed(m *match) bool { return m.Names[m.tails[0]].Place.Level() > 0 && m.inAreas() }

// enumerated reports whether a place in front of its firms opens a clause, as the divisions of an enumeration do.
func enumerated(m *match) bool {
	at := strings.TrimRight(m.before, openers)
	opens := at == "" || endsIn(at, []string{"，", "；", "。", "：", "其中", "、", " "})
	several := len(m.heads) > 1 || strings.Count(m.before+m.groups["all"]+m.after, "有") > 1
	return opens && several && m.Names[m.tails[0]].Place.Level() > 0 && m.present()
}
