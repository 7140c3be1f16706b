package extract

import (
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tupu-kg/tupu/extract/doc"
	"github.com/tupu-kg/tupu/extract/gazetteer"
	"github.com/tupu-kg/tupu/extract/text"
	"github.com/tupu-kg/tupu/graph"
	"pgregory.net/rapid"
)

var testGazetteer = sync.OnceValues(gazetteer.Open)

func openGazetteer(t testing.TB) *gazetteer.Gazetteer {
	t.Helper()
	g, err := testGazetteer()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// textPage is the page of a plain text.
func textPage(t testing.TB, s string) *doc.Page {
	t.Helper()
	p, err := doc.Read(doc.File{Path: "a.txt", Format: doc.FormatText, Data: []byte(s)}, doc.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// profiled is what a test expects of a document; notes are beginnings of notes.
type profiled struct {
	Title, Issuer, Date string
	Year, PlanYear      int
	Area, Code          string
}

const longParagraph = "一年来，全区上下凝心聚力、真抓实干，着力稳增长、促改革、调结构、惠民生、防风险、保稳定，经济社会发展取得了来之不易的新成绩，人民群众的获得感、幸福感、安全感不断增强，各项事业迈上新的台阶。\n"

var aboutCases = []struct {
	name      string
	text      string
	meta      map[string]string
	furniture string
	want      profiled
	notes     []string // beginnings of notes that must be there; every other note that begins so must not
}{
	{
		name: "full term of a district",
		text: "政府工作报告\n——2022年1月5日在苏州市吴江区第十七届人民代表大会第一次会议上\n吴江区人民政府区长 沈知远\n各位代表：\n现在，我代表吴江区人民政府，向大会报告工作，请予审议。\n" +
			"一、过去五年工作回顾\n过去五年，全区上下接续奋斗。\n二、今后五年的奋斗目标\n今后五年，我们要走在前列。\n三、2022年重点工作\n（一）抓好创新。\n",
		want:  profiled{"政府工作报告", "吴江区人民政府", "2022-01-05", 2021, 2022, "吴江区", "320509"},
		notes: []string{"year: the report looks back on five years"},
	},
	{
		name: "statistical bulletin",
		text: "长沙县2023年国民经济和社会发展统计公报\n长沙县统计局\n2024年3月28日\n2023年，全县坚持稳中求进。\n一、综合\n初步核算，全年实现地区生产总值两千亿元。\n二、农业\n粮食产量稳定。\n",
		want: profiled{"长沙县2023年国民经济和社会发展统计公报", "长沙县统计局", "2024-03-28", 2023, 0, "长沙县", "430121"},
	},
	{
		name: "plan report with both years in the title",
		text: "关于嘉善县2023年国民经济和社会发展计划执行情况与2024年国民经济和社会发展计划（草案）的报告\n——2024年1月16日在嘉善县第十七届人民代表大会第三次会议上\n嘉善县发展和改革局\n各位代表：\n" +
			"受县人民政府委托，现将计划执行情况和计划草案提请审议。\n一、计划执行情况\n全年经济回升向好。\n二、计划安排\n坚持稳中求进。\n",
		want: profiled{"关于嘉善县2023年国民经济和社会发展计划执行情况与2024年国民经济和社会发展计划（草案）的报告", "嘉善县发展和改革局", "2024-01-16", 2023, 2024, "嘉善县", "330421"},
	},
	{
		name: "budget report, title in two lines",
		text: "佛山市南海区2023年预算执行情况和\n2024年预算草案的报告\n佛山市南海区财政局\n各位代表：\n一、预算执行情况\n收入平稳增长。\n二、预算草案\n坚持过紧日子。\n",
		want: profiled{"佛山市南海区2023年预算执行情况和2024年预算草案的报告", "佛山市南海区财政局", "", 2023, 2024, "南海区", "440605"},
		notes: []string{
			"date: ",
		},
	},
	{
		name: "year of the meeting in the title, meeting in January",
		text: "2024年大连市政府工作报告\n发布时间：2024-01-26 来源：大连日报\n各位代表：\n现在，我代表市人民政府向大会报告工作。\n一、工作回顾\n一年来，成绩喜人。\n二、工作安排\n我们要再接再厉。\n",
		want: profiled{"2024年大连市政府工作报告", "大连市政府", "2024-01-26", 2023, 2024, "大连市", "210200"},
	},
	{
		name: "the nation",
		text: "政府工作报告\n——2024年3月5日在第十四届全国人民代表大会第二次会议上\n各位代表：\n现在，我代表国务院，向大会报告政府工作。\n一、2023年工作回顾\n过去一年很不平凡。\n二、今年经济社会发展总体要求和政策取向\n今年是关键一年。\n",
		want: profiled{"政府工作报告", "", "2024-03-05", 2023, 2024, "中国", gazetteer.Country},
	},
	{
		name: "township under its county",
		text: "博罗县石湾镇2023年工作总结和2024年工作计划\n石湾镇人民政府\n2023年12月20日\n一、2023年工作总结\n全镇经济平稳。\n二、2024年工作计划\n抓好招商。\n",
		want: profiled{"博罗县石湾镇2023年工作总结和2024年工作计划", "石湾镇人民政府", "2023-12-20", 2023, 2024, "石湾镇", "441322121"},
	},
	{
		name: "news lead in January, completed by the plan's year",
		text: "三晋新闻网1月15日讯（记者 某某）1月15日，太谷区第二届人民代表大会第四次会议开幕，区长向大会报告政府工作，与会代表共话发展，会场内外气氛热烈，大家纷纷表示要把蓝图变为现实，把承诺变为行动，一步一个脚印往前走。\n" +
			"2023年稳扎稳打\n过去一年，全区经济稳中向好。\n2024年乘势而上\n2024年，全区将实施一批项目。\n",
		want:  profiled{"", "三晋新闻网", "2024-01-15", 2023, 2024, "太谷区", "140703"},
		notes: []string{"title: "},
	},
	{
		name: "a name of several districts, told by its surroundings",
		text: "鼓楼区2024年政府工作报告\n2024年1月9日\n各位代表：\n一、2023年工作回顾\n" + "紫金山、玄武湖游人如织。南京都市圈建设提速，江宁区、浦口区、栖霞区与我区协同发展，南京市给予大力支持。\n二、2024年工作安排\n继续努力。\n",
		want: profiled{"鼓楼区2024年政府工作报告", "", "2024-01-09", 2023, 2024, "鼓楼区", "320106"},
	},
	{
		name:  "a name of several districts, left open",
		text:  "鼓楼区2024年政府工作报告\n2024年1月9日\n各位代表：\n一、2023年工作回顾\n经济平稳。\n二、2024年工作安排\n继续努力。\n",
		want:  profiled{"鼓楼区2024年政府工作报告", "", "2024-01-09", 2023, 2024, "", ""},
		notes: []string{"area: 鼓楼区 is the name of several places"},
	},
	{
		name: "a name that is also a word, behind its city",
		text: "西安市新城区2023年政府工作报告\n成文日期：2023年2月3日\n各位代表：\n一、2022年工作回顾\n经济平稳。\n二、2023年工作安排\n继续努力。\n",
		want: profiled{"西安市新城区2023年政府工作报告", "", "2023-02-03", 2022, 2023, "新城区", "610102"},
	},
	{
		name: "digits that lost 年 and 月",
		text: "沁阳市2023年政府工作总结\n发布机构：沁阳市人民政府办公室\n公文生成日期：20231219日\n一、主要成效\n实事办实。\n二、2024年工作打算\n接着干。\n",
		want: profiled{"沁阳市2023年政府工作总结", "沁阳市人民政府办公室", "2023-12-19", 2023, 2024, "沁阳市", "410882"},
	},
	{
		name: "digits that lost 月 and may be two dates",
		text: "沁阳市2023年工作总结\n发布时间：2023年129日\n沁阳市人民政府\n一、主要成效\n实事办实。\n",
		want: profiled{"沁阳市2023年工作总结", "沁阳市人民政府", "2023", 2023, 0, "沁阳市", "410882"},
	},
	{
		name: "full-width digits",
		text: "２０２４年文昌市政府工作报告\n时间：２０２４年１月１８日　　来源：文昌市人民政府　　浏览次数：\n各位代表：\n一、２０２３年工作回顾\n经济平稳。\n二、２０２４年工作安排\n继续努力。\n",
		want: profiled{"2024年文昌市政府工作报告", "文昌市人民政府", "2024-01-18", 2023, 2024, "文昌市", "469005"},
	},
	{
		name: "signature in Chinese numerals",
		text: "宁乡市2023年法治政府建设情况的报告\n2023年，宁乡市依法行政水平不断提高，各项工作取得新成效，营商环境持续优化，群众满意度进一步提升，法治宣传教育深入人心，行政执法更加规范有序。\n" +
			"一、主要做法\n规范执法行为，完善执法程序，让人民群众在每一个案件中感受到公平正义。\n宁乡市人民政府\n二〇二四年一月十八日\n",
		want: profiled{"宁乡市2023年法治政府建设情况的报告", "宁乡市人民政府", "2024-01-18", 2023, 0, "宁乡市", "430182"},
	},
	{
		name:      "record number, with words of its level",
		text:      "2023年工作总结\n2024年1月3日\n" + longParagraph + "全区新增企业三千家，全区财政收入稳步增长，全区重点项目加快推进。\n",
		furniture: "网站地图 湘公网安备 43010402000123号 湘ICP备05000618号",
		want:      profiled{"2023年工作总结", "", "2024-01-03", 2023, 0, "岳麓区", "430104"},
	},
	{
		name:      "record number of a city's office",
		text:      "2023年工作总结\n2024年1月3日\n全市上下同心。全市新增企业三千家，我市财政收入稳步增长，全市重点项目加快推进。\n",
		furniture: "公安备案号：43010402000123",
		want:      profiled{"2023年工作总结", "", "2024-01-03", 2023, 0, "长沙市", "430100"},
	},
	{
		name: "page header",
		text: "2023年度工作报告\n各位代表：\n一、2023年工作回顾\n经济平稳。\n二、2024年工作安排\n继续努力。\n",
		meta: map[string]string{"articletitle": "2023年度工作报告", "pubdate": "2024-01-08 09:30", "contentsource": "区政府办", "sitename": "青岛市即墨区人民政府", "og:url": "http://example.org/a"},
		want: profiled{"2023年度工作报告", "区政府办", "2024-01-08", 2023, 2024, "即墨区", "370215"},
	},
	{
		name: "a table of one cell a line",
		text: "索引号\n000014349/2024-00021\n发布机构\n丹阳市人民政府办公室\n成文日期\n2024年1月22日\n标题\n丹阳市2024年政府工作报告\n各位代表：\n一、2023年工作回顾\n经济平稳。\n二、2024年工作安排\n继续努力。\n",
		want: profiled{"丹阳市2024年政府工作报告", "丹阳市人民政府办公室", "2024-01-22", 2023, 2024, "丹阳市", "321181"},
	},
	{
		name: "work plan only",
		text: "湟中区2024年工作要点\n2024年2月18日\n今年工作的总体要求是稳中求进。\n一、抓好产业\n建设园区。\n二、抓好民生\n办好实事。\n",
		want: profiled{"湟中区2024年工作要点", "", "2024-02-18", 0, 2024, "湟中区", "630106"},
	},
	{
		name: "half a year",
		text: "句容市2024年上半年工作总结和下半年工作安排\n2024年7月10日\n一、上半年工作总结\n经济平稳。\n二、下半年工作安排\n继续努力。\n",
		want: profiled{"句容市2024年上半年工作总结和下半年工作安排", "", "2024-07-10", 2024, 2024, "句容市", "321183"},
	},
	{
		name: "traditional script with pinyin",
		text: "2024年思明區(qū)政府工作報告\n發(fā)布時間：2024-01-05\n各位代表：\n一、2023年工作回顧\n經(jīng)濟平穩(wěn)。\n二、2024年工作安排\n繼續(xù)努力。\n",
		want: profiled{"2024年思明区政府工作报告", "思明区政府", "2024-01-05", 2023, 2024, "思明区", "350203"},
	},
	{
		name: "zone whose report is read at the county's congress",
		text: "管委会工作报告\n（2023年1月  日 惠安县第十八届人民代表大会第二次会议）\n泉州台商投资区管委会\n各位代表：\n一、2022年工作回顾\n经济平稳。\n二、2023年工作安排\n继续努力。\n",
		want: profiled{"管委会工作报告", "泉州台商投资区管委会", "2023-01", 2022, 2023, "泉州台商投资区", "350500Z01"},
	},
	{
		name:  "zone that no list has",
		text:  "绵阳市青莲湖文旅示范区管委会2023年工作总结\n2023年12月25日\n一、2023年工作情况\n项目落地。\n二、2024年工作打算\n继续努力。\n",
		want:  profiled{"绵阳市青莲湖文旅示范区管委会2023年工作总结", "绵阳市青莲湖文旅示范区管委会", "2023-12-25", 2023, 2024, "绵阳市青莲湖文旅示范区", ""},
		notes: []string{"area: 绵阳市青莲湖文旅示范区 is not in the gazetteer"},
	},
	{
		name: "news of a company",
		text: "天路新材宣布，其位于中部的工厂将于年内投产，投资总额约三亿元。公司负责人表示，此举将进一步完善产能布局。\n分析人士认为，行业景气度有望回升，但原料价格仍有波动。\n",
		want: profiled{},
		notes: []string{
			"title: ", "issuer: ", "date: ", "year: ", "area: no title",
		},
	},
	{
		name: "news with a whole date",
		text: "赣南报2023年5月6日讯 上犹县一批农旅项目集中开放，游客纷至沓来，各景区推出丰富多彩的活动，民宿一房难求，带动周边村民增收致富，乡村面貌焕然一新，成为区域协调发展的生动缩影。\n",
		want: profiled{"", "赣南报", "2023-05-06", 2023, 0, "", ""},
		notes: []string{
			"title: ", "area: ",
		},
	},
	{
		name: "league and banner",
		text: "阿拉善左旗2023年政府工作报告\n——2023年1月4日在阿拉善左旗第十七届人民代表大会第二次会议上\n旗长 某某\n各位代表：\n一、2022年工作回顾\n经济平稳。\n二、2023年工作安排\n继续努力。\n",
		want: profiled{"阿拉善左旗2023年政府工作报告", "", "2023-01-04", 2022, 2023, "阿拉善左旗", "152921"},
	},
	{
		name: "political consultative conference, meeting in December",
		text: "政协常务委员会工作报告\n（2023年12月26日在政协宁津县第十一届委员会第三次会议上）\n各位委员：\n一、一年来工作回顾\n履职有为。\n二、今后工作建议\n凝聚共识。\n",
		want: profiled{"政协常务委员会工作报告", "", "2023-12-26", 2023, 2024, "宁津县", "371422"},
	},
	{
		name: "department of a province",
		text: "浙江省水利厅2023年工作总结\n信息来源：浙江省水利厅\n发布日期：2024/01/12\n一、2023年工作情况\n水网建设提速。\n二、2024年工作思路\n继续努力。\n",
		want: profiled{"浙江省水利厅2023年工作总结", "浙江省水利厅", "2024-01-12", 2023, 2024, "浙江省", "330000"},
	},
	{
		name: "page furniture before the title",
		text: "首页 > 政务公开 > 政府工作报告\n【字号：\n大\n中\n小\n】\n下载 打印 全屏 收藏\n代开发票 办证 微信同号\n2025年兴化市政府工作报告\n来源：兴化日报\n2025-01-14 08:00\n各位代表：\n" +
			"一、2024年工作回顾\n经济平稳。\n二、2025年工作安排\n继续努力。\n扫一扫在手机上查看当前页面\n",
		want: profiled{"2025年兴化市政府工作报告", "兴化市政府", "2025-01-14", 2024, 2025, "兴化市", "321281"},
	},
	{
		name: "five-year plan in the headings",
		text: "2021年舒城县政府工作报告\n2021年2月2日\n各位代表：\n一、“十三五”时期和2020年工作回顾\n成绩来之不易。\n二、“十四五”时期主要目标任务\n前景光明。\n三、2021年重点工作\n开好局。\n",
		want: profiled{"2021年舒城县政府工作报告", "舒城县政府", "2021-02-02", 2020, 2021, "舒城县", "341523"},
	},
	{
		name: "the year that the review's heading leaves out",
		text: "迭部县政府工作报告\n2025年1月6日\n各位代表：\n一、“十四五”以来工作回顾\n成绩来之不易。\n二、2025年工作安排\n开好局。\n",
		want: profiled{"迭部县政府工作报告", "迭部县政府", "2025-01-06", 2024, 2025, "迭部县", "623024"},
	},
	{
		name: "neither heading names a year, and the date does",
		text: "政府工作报告\n（2023年1月10日在永春县第十八届人民代表大会第二次会议上）\n县长 某某\n各位代表：\n一、过去一年工作回顾\n成绩来之不易。\n二、今年工作安排\n开好局。\n",
		want: profiled{"政府工作报告", "", "2023-01-10", 2022, 2023, "永春县", "350525"},
	},
	{
		name: "notice of a government with a report in it",
		text: "古田县人民政府关于印发2024年政府工作报告的通知\n古政〔2024〕1号\n各乡镇人民政府，县直各单位：\n现将2024年政府工作报告印发给你们，请认真贯彻执行，确保各项目标任务落到实处、取得实效，以优异成绩回报全县人民。\n" +
			"一、2023年工作回顾\n成绩来之不易。\n二、2024年工作安排\n开好局。\n古田县人民政府\n2024年1月29日\n",
		want: profiled{"古田县人民政府关于印发2024年政府工作报告的通知", "古田县人民政府", "2024-01-29", 2023, 2024, "古田县", "350922"},
	},
	{
		name: "progress of what was promised",
		text: "大田县2023年为民办实事项目完成情况\n来源：本站 发布时间：2024-02-01\n2023年，十件实事全部办结，群众满意度持续提升，相关资金足额到位，项目管理规范有序，后续管护责任落实到位，长效机制逐步健全。\n",
		want: profiled{"大田县2023年为民办实事项目完成情况", "", "2024-02-01", 2023, 0, "大田县", "350425"},
	},
	{
		name: "promises",
		text: "2024年尤溪县为民办实事项目\n发布机构：尤溪县人民政府办公室\n发布日期：2024年2月8日\n1.新建学校。\n2.改造道路。\n",
		want: profiled{"2024年尤溪县为民办实事项目", "尤溪县人民政府办公室", "2024-02-08", 0, 2024, "尤溪县", "350426"},
	},
	{
		name: "a supporter is not the supported",
		text: "衢州市人民政府关于支持江山市高质量发展的意见\n2023年5月18日\n各县（市、区）人民政府：\n现提出如下意见。\n一、总体要求\n统筹推进。\n",
		want: profiled{"衢州市人民政府关于支持江山市高质量发展的意见", "衢州市人民政府", "2023-05-18", 2023, 0, "衢州市", "330800"},
	},
	{
		name: "frequency, with words of its level",
		text: "工作总结\n" + "我县坚持项目为王，全县工业增加值增长。德清县获评先进，德清县新增企业，德清县城乡面貌一新，安吉县前来考察。全县就业稳定，我县教育提质。\n",
		want: profiled{"工作总结", "", "", 0, 0, "德清县", "330521"},
		notes: []string{
			"date: ", "year: ",
		},
	},
}

func TestAbout(t *testing.T) {
	g := openGazetteer(t)
	for _, c := range aboutCases {
		t.Run(c.name, func(t *testing.T) {
			p := textPage(t, c.text)
			p.Meta, p.Furniture = c.meta, c.furniture
			d, notes := about(g, p, layoutOf(p), Override{})
			got := profiled{d.Title, d.Issuer, d.Date, d.Year, d.PlanYear, d.Area, d.AreaCode}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("-want +got\n%s%v", diff, notes)
			}
			for _, n := range c.notes {
				if !anyPrefix(notes, n) {
					t.Errorf("no note %q in %q", n, notes)
				}
			}
			for _, key := range []string{"title: ", "date: ", "year: ", "plan_year: ", "area: "} {
				expected := anyPrefix(c.notes, strings.TrimSpace(key))
				if anyPrefix(notes, key) && !expected {
					t.Errorf("unexpected note %s in %q", key, notes)
				}
			}
			checkOrigins(t, d)
		})
	}
}

func anyPrefix(list []string, prefix string) bool {
	for _, s := range list {
		if strings.HasPrefix(s, prefix) {
			return true
		}
	}
	return false
}

// checkOrigins proves that every property that is known has an evidence, which quotes the stored text where it is text.
func checkOrigins(t interface{ Errorf(string, ...any) }, d graph.Document) {
	has := map[string]bool{
		"title": d.Title != "", "issuer": d.Issuer != "", "date": d.Date != "", "year": d.Year != 0, "plan_year": d.PlanYear != 0,
		"area": d.Area != "", "url": d.URL != "",
	}
	for key, want := range has {
		origin, ok := d.Origins[key]
		if ok != want {
			t.Errorf("origin of %s: %v, but it is known: %v", key, ok, want)
			continue
		}
		if !ok {
			continue
		}
		if err := origin.Check(); err != nil {
			t.Errorf("origin of %s: %v", key, err)
		}
		if origin.Source == graph.FromText && d.Text[origin.ByteStart:origin.ByteEnd] != origin.Quote {
			t.Errorf("origin of %s quotes %q, the text has %q", key, origin.Quote, d.Text[origin.ByteStart:origin.ByteEnd])
		}
		if origin.Score <= 0 || origin.Score > 1 {
			t.Errorf("origin of %s: score %v", key, origin.Score)
		}
	}
	for key := range d.Origins {
		if _, ok := has[key]; !ok {
			t.Errorf("origin of unknown property %q", key)
		}
	}
}

func TestAboutEvidenceIsTheSourceAsWritten(t *testing.T) {
	p := textPage(t, "\u30002024年思明區(qū)政府工作報告\n發(fā)布時間：2024-01-05\n各位代表：\n")
	d, _ := about(openGazetteer(t), p, layoutOf(p), Override{})
	for key, want := range map[string]string{"area": "思明區", "title": "2024年思明區(qū)政府工作報告", "date": "2024-01-05"} {
		if got := d.Origins[key]; got.Quote != want || got.Doc != d.ID {
			t.Errorf("%s: %q in %s, want %q in %s", key, got.Quote, got.Doc, want, d.ID)
		}
	}
}

func TestAboutManifestWins(t *testing.T) {
	g := openGazetteer(t)
	p := textPage(t, "2024年大连市政府工作报告\n2024-01-26\n各位代表：\n一、2023年工作回顾\n二、2024年工作安排\n")
	o := Override{Title: "报告", Area: "泉州市泉港区", URL: "http://example.org/x", Year: 2019, PlanYear: 2020, Ref: "m.csv:7"}
	d, notes := about(g, p, layoutOf(p), o)
	got := profiled{d.Title, d.Issuer, d.Date, d.Year, d.PlanYear, d.Area, d.AreaCode}
	if diff := cmp.Diff(profiled{"报告", "大连市政府", "2024-01-26", 2019, 2020, "泉港区", "350505"}, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if d.URL != o.URL || len(notes) != 0 {
		t.Errorf("url %q, notes %q", d.URL, notes)
	}
	for _, key := range []string{"title", "area", "url", "year", "plan_year"} {
		if e := d.Origins[key]; e.Source != graph.FromManifest || e.Ref != "m.csv:7" {
			t.Errorf("origin of %s: %+v", key, e)
		}
	}
	checkOrigins(t, d)
}

func TestAboutManifestArea(t *testing.T) {
	for _, c := range []struct{ given, area, code, note string }{
		{"350505", "泉港区", "350505", ""},
		{"豐澤區", "丰泽区", "350503", ""},
		{"南京市鼓楼区", "鼓楼区", "320106", ""},
		{"鼓楼区", "鼓楼区", "", "area: m.csv:2: 鼓楼区 is the name of several places"},
		{"新泽区", "新泽区", "", "area: m.csv:2: 新泽区 is not in the gazetteer"},
	} {
		p := textPage(t, "工作总结\n经济平稳。\n")
		d, notes := about(openGazetteer(t), p, layoutOf(p), Override{Area: c.given, Ref: "m.csv:2"})
		if d.Area != c.area || d.AreaCode != c.code || c.note == "" == anyPrefix(notes, "area:") || !anyPrefix(notes, c.note) {
			t.Errorf("%s: %s %q, notes %q", c.given, d.Area, d.AreaCode, notes)
		}
	}
}

// TestAboutAnything feeds heads thrown together from their parts: whatever comes, nothing panics, evidence is exact, and the
// same document gives the same answer.
func TestAboutAnything(t *testing.T) {
	g := openGazetteer(t)
	parts := []string{
		"2024年", "泉港区", "政府工作报告", "\n", "——", "第十七届人民代表大会", "（", "）", "在", "上", "発布", "時間：", "2024-01-05", "来源：", "公网安备", "35050502000123", "一、", "（一）", "工作回顾", "工作安排",
		"“十四五”", "各位代表：", "12月27日讯", "閩南網(wǎng)", "区", "(qū)", " ", "\u200b", "管委会", "关于", "和", "标题", "发布机构", "索引号", "\t", "。", "𠮷", "年", "月", "日", "二〇二三年", "届", "第", "我代表", "人民政府", ">", "首页",
	}
	rapid.Check(t, func(rt *rapid.T) {
		s := strings.Join(rapid.SliceOfN(rapid.SampledFrom(parts), 1, 60).Draw(rt, "parts"), "")
		p := &doc.Page{Document: graph.Document{ID: "document:test", Text: s, Format: "text"}}
		p.Furniture = s
		p.Meta = map[string]string{"articletitle": s, "sitename": s, "pubdate": s}
		f := text.Fold(s)
		d, notes := about(g, p, newPageLayout(f, s, p.Document.Locators), Override{})
		checkOrigins(rt, d)
		again, notesAgain := about(g, p, newPageLayout(text.Fold(s), s, p.Document.Locators), Override{})
		if diff := cmp.Diff(d, again); diff != "" || !cmp.Equal(notes, notesAgain) {
			rt.Errorf("not the same twice: %s", diff)
		}
		checkSentences(rt, f, d, sections(newPageLayout(f, d.Text, nil), &d))
	})
}

func layoutOf(p *doc.Page) *pageLayout {
	return newPageLayout(text.Fold(p.Document.Text), p.Document.Text, p.Document.Locators)
}

// A file's name is asked where the text says nothing, and only if it reads like a report's.
func TestFileName(t *testing.T) {
	silent := "各位代表：\n一年来，甲项目建成投产。\n"
	for _, c := range []struct{ path, text, title, area string }{
		{"报告/2023年芗城区政府工作报告.pdf", silent, "2023年芗城区政府工作报告", "芗城区"},
		{`D:\报告\泉州市泉港区工作总结(1).docx`, silent, "泉州市泉港区工作总结", "泉港区"},
		{"泉州市泉港区工作总结.docx", silent, "泉州市泉港区工作总结", "泉港区"},
		{"芗城区.txt", silent, "", ""},
		{"2023年芗城区政府工作报告.txt", "2023年泉港区政府工作报告\n" + silent, "2023年泉港区政府工作报告", "泉港区"},
	} {
		p := textPage(t, c.text)
		d, _ := about(openGazetteer(t), p, layoutOf(p), Override{FileName: FileTitle(c.path)})
		if d.Title != c.title || d.Area != c.area {
			t.Errorf("%s: title %q, area %q, want %q and %q", c.path, d.Title, d.Area, c.title, c.area)
		}
		if o, ok := d.Origins["area"]; c.area != "" && (!ok || o.By == "") {
			t.Errorf("%s: the area has no evidence", c.path)
		}
	}
}
