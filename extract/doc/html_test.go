package doc_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tupu-kg/tupu/extract/doc"
	"github.com/tupu-kg/tupu/graph"
)

// said is a line of stored text with what its locator says of it.
type said struct {
	heading, row int
	text         string
}

// stored is the whole stored text of lines, and its locators.
func stored(lines []said) (string, []graph.Locator) {
	var text strings.Builder
	var locators []graph.Locator
	for i, l := range lines {
		locators = append(locators, graph.Locator{Start: text.Len(), Paragraph: i + 1, Row: l.row, Heading: l.heading})
		text.WriteString(l.text + "\n")
	}
	return text.String(), locators
}

// htmlCase is a page, and all that must be made of it.
type htmlCase struct {
	what      string
	page      string
	lines     []said
	title     string // the first line of level 1 if empty
	furniture []string
	url       string
	frames    []string
}

func (c htmlCase) check(t *testing.T) {
	p, err := doc.Read(doc.File{Path: "page.html", Format: doc.FormatHTML, Data: []byte(c.page)}, doc.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	text, locators := stored(c.lines)
	if diff := cmp.Diff(strings.SplitAfter(text, "\n"), strings.SplitAfter(p.Document.Text, "\n")); diff != "" {
		t.Errorf("stored text (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(locators, p.Document.Locators); diff != "" {
		t.Errorf("locators (-want +got):\n%s", diff)
	}
	for _, l := range c.lines {
		if c.title == "" && l.heading == 1 {
			c.title = l.text
		}
	}
	if p.Document.Title != c.title {
		t.Errorf("title %q, want %q", p.Document.Title, c.title)
	}
	if diff := cmp.Diff(c.furniture, strings.FieldsFunc(p.Furniture, func(r rune) bool { return r == '\n' })); diff != "" && len(c.furniture)+len(p.Furniture) > 0 {
		t.Errorf("furniture (-want +got):\n%s", diff)
	}
	if p.Document.URL != c.url {
		t.Errorf("url %q, want %q", p.Document.URL, c.url)
	}
	if diff := cmp.Diff(c.frames, p.Frames); diff != "" {
		t.Errorf("frames (-want +got):\n%s", diff)
	}
	if p.Document.Reader != "html/4" || p.Document.Format != "html" || p.Document.Charset != "utf-8" || p.Damaged != 0 || p.Truncated {
		t.Errorf("reader %q, format %q, charset %q, damaged %d, truncated %v", p.Document.Reader, p.Document.Format, p.Document.Charset, p.Damaged, p.Truncated)
	}
}

func TestReadPages(t *testing.T) {
	for _, c := range []htmlCase{
		{
			what: "as TRS makes it",
			page: `<!DOCTYPE html><html><head><meta charset="utf-8">
<meta name="ArticleTitle" content="岚溪区2024年工作报告"><meta name="PubDate" content="2025-01-06 09:00">
<meta name="ContentSource" content="区政府办公室"><title>岚溪区2024年工作报告_政府工作报告_岚溪区人民政府</title>
<link rel="canonical" href="https://www.example.gov.cn/zwgk/t20250106_1.htm"></head>
<body><div class="header"><a href="/">首页</a><a href="/zwgk/">政务公开</a></div>
<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; 工作报告</div>
<div class="article"><h1>岚溪区2024年工作报告</h1>
<div class="info"><span>发布时间：2025-01-06 09:00</span><span>来源：区政府办公室</span><span>字体：[大 中 小]</span></div>
<div class="view TRS_UEDITOR trs_paper_default">
<p style="text-align: center;"><strong>——2025年1月3日在区人民代表大会会议上</strong></p>
<p style="text-align: center;"><strong>一、工作回顾</strong></p>
<p style="text-indent: 2em;">　　一年来，全区完成固定资产投资四十二亿元，<span>同比</span>
<span>增长</span>百分之六。</p>
<p><strong>（一）产业有了新气象。</strong></p>
<p><strong>云桥电子二期</strong>投产，新增产值3.5 亿元；雁洲物流园竣工。</p>
<p>&nbsp;</p>
<p>各位代表，谢谢大家！</p></div>
<div class="share">分享到：<a href="#">微信</a><a href="#">微博</a></div>
<div class="related"><h3>相关链接</h3><ul><li><a href="/2.htm">鹿岩区2024年工作报告</a></li></ul></div></div>
<div class="footer"><p>主办：岚溪区人民政府办公室，地址：岚溪区和平路1号。</p>
<p><a href="http://www.beian.gov.cn/portal/registerSystemInfo?recordcode=35069902000001">公安备案</a></p></div></body></html>`,
			lines: []said{
				{1, 0, "岚溪区2024年工作报告"},
				{0, 0, "发布时间：2025-01-06 09:00来源：区政府办公室字体：[大 中 小]"},
				{2, 0, "——2025年1月3日在区人民代表大会会议上"},
				{2, 0, "一、工作回顾"},
				{0, 0, "一年来，全区完成固定资产投资四十二亿元，同比增长百分之六。"},
				{3, 0, "（一）产业有了新气象。"},
				{0, 0, "云桥电子二期投产，新增产值3.5 亿元；雁洲物流园竣工。"},
				{0, 0, "各位代表，谢谢大家！"},
			},
			furniture: []string{
				"首页政务公开", "当前位置：首页>政务公开> 工作报告", "分享到：微信微博", "相关链接", "鹿岩区2024年工作报告",
				"主办：岚溪区人民政府办公室，地址：岚溪区和平路1号。", "公安备案", "公安备案号 35069902000001",
			},
			url: "https://www.example.gov.cn/zwgk/t20250106_1.htm",
		},
		{
			what: "as UCAP makes it, with an index above the text",
			page: `<html><head><title>岚溪区人民政府</title><meta charset="utf-8"></head><body>
<ul class="nav"><li><a href="/">首页</a></li><li><a href="/a">新闻</a></li></ul>
<div class="main"><table class="index"><tr><td>索引号</td><td>LX01-2025</td><td>生成日期</td><td>2025-01-06</td></tr>
<tr><td>发布机构</td><td>岚溪区人民政府办公室</td><td>有效性</td><td>有效</td></tr></table>
<div class="title"><ucaptitle>关于岚溪区二〇二四年计划执行情况的报告</ucaptitle></div>
<div class="date">时间：2025-01-06 浏览量：<script>count()</script></div>
<div class="content"><ucapcontent><p>一、计划执行情况</p>
<p>雁洲大桥建成通车，云桥电子扩建项目开工。</p>
<p>二、计划安排</p><p>年内建成排涝泵站两座，新增停车位八百个。</p></ucapcontent></div>
<div class="print">【打印】【关闭】</div></div>
<footer>版权所有：岚溪区人民政府</footer></body></html>`,
			lines: []said{
				{1, 0, "关于岚溪区二〇二四年计划执行情况的报告"},
				{0, 0, "时间：2025-01-06 浏览量："},
				{0, 0, "一、计划执行情况"},
				{0, 0, "雁洲大桥建成通车，云桥电子扩建项目开工。"},
				{0, 0, "二、计划安排"},
				{0, 0, "年内建成排涝泵站两座，新增停车位八百个。"},
			},
			furniture: []string{
				"首页", "新闻", "索引号\tLX01-2025\t生成日期\t2025-01-06", "发布机构\t岚溪区人民政府办公室\t有效性\t有效",
				"【打印】【关闭】", "版权所有：岚溪区人民政府",
			},
		},
		{
			what: "fonts and tables for the looks of it",
			page: `<HTML><HEAD><META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=utf-8"><TITLE>岚溪区工作报告</TITLE></HEAD>
<BODY BGCOLOR=#FFFFFF><TABLE WIDTH=760><TR><TD COLSPAN=2><A HREF=/>首页</A> | <A HREF=/a>概况</A> | <A HREF=/b>新闻</A></TD></TR>
<TR><TD WIDTH=160><TABLE><TR><TD><A HREF=1.htm>去年的报告</A></TD></TR><TR><TD><A HREF=2.htm>前年的报告</A></TD></TR></TABLE></TD>
<TD><CENTER><FONT SIZE=5 FACE=黑体><B>岚溪区工作报告</B></FONT></CENTER>
<CENTER>2025年1月6日</CENTER>
<FONT SIZE=3>
<P>过去一年，全区新办企业三百家，<FONT COLOR=RED>云桥电子</FONT>产值翻番。
<P ALIGN=CENTER><B>一、过去一年
<P>雁洲物流园竣工，<I>鹿岩水库</I>蓄水。</B>
<P><FONT FACE="黑体">（一）农业</FONT>
<P>春耕面积不减，渔获增加。</FONT></TD></TR>
<TR><TD COLSPAN=2 ALIGN=CENTER>版权所有 岚溪在线</TD></TR></TABLE></BODY></HTML>`,
			lines: []said{
				{1, 0, "岚溪区工作报告"},
				{0, 0, "2025年1月6日"},
				{0, 0, "过去一年，全区新办企业三百家，云桥电子产值翻番。"},
				{2, 0, "一、过去一年"},
				{0, 0, "雁洲物流园竣工，鹿岩水库蓄水。"},
				{3, 0, "（一）农业"},
				{0, 0, "春耕面积不减，渔获增加。"},
			},
			furniture: []string{"首页|概况|新闻", "去年的报告", "前年的报告", "版权所有 岚溪在线"},
		},
		{
			what: "breaks for paragraphs",
			page: `<meta charset=utf-8><title>云桥电子投产 - 岚溪新闻网</title><body><div id=top>岚溪新闻网</div>
<h2>云桥电子投产</h2><div>2025-03-02 来源：岚溪日报 记者：方木</div>
<div id="zoom">　　昨天上午，云桥电子二期投产。<br>
　　“设备都是新的，”厂长说，<br/>“六月满产。”<br><br>
　　区长到场祝贺，并看了车间。<br clear=all></div>
<p>责任编辑：方木</p></body>`,
			lines: []said{
				{1, 0, "云桥电子投产"},
				{0, 0, "2025-03-02 来源：岚溪日报 记者：方木"},
				{0, 0, "昨天上午，云桥电子二期投产。"},
				{0, 0, "“设备都是新的，”厂长说，"},
				{0, 0, "“六月满产。”"},
				{0, 0, "区长到场祝贺，并看了车间。"},
			},
			furniture: []string{"岚溪新闻网", "责任编辑：方木"},
		},
		{
			what: "a table of data row by row",
			page: `<meta charset=utf-8><body><h1>岚溪区重点项目表</h1>
<p>全年安排重点项目三个，总投资十六亿元，分三批开工。</p>
<table border=1><caption>单位：亿元</caption>
<thead><tr><th>序号<th>项目<th colspan=2>投资</tr></thead>
<tr><td rowspan=2>1</td><td>云桥电子二期</td><td>8</td><td>新建</td></tr>
<tr><td>雁洲物流园</td><td>5</td><td><p>续建</p><p>年内竣工</p></td></tr>
<tr><td>2</td><td>鹿岩水库</td><td></td><td>扩建</td></tr>
<tr><td colspan=4>注：金额四舍五入。</td></tr>
<tr><td></td><td> </td></tr></table>
<p>以上项目由区发展和改革局调度，每月通报一次。</p></body>`,
			lines: []said{
				{1, 0, "岚溪区重点项目表"},
				{0, 0, "全年安排重点项目三个，总投资十六亿元，分三批开工。"},
				{0, 0, "单位：亿元"},
				{0, 1, "序号\t项目\t投资"},
				{0, 2, "1\t云桥电子二期\t8\t新建"},
				{0, 3, "\t雁洲物流园\t5\t续建 年内竣工"},
				{0, 4, "2\t鹿岩水库\t\t扩建"},
				{0, 5, "注：金额四舍五入。"},
				{0, 0, "以上项目由区发展和改革局调度，每月通报一次。"},
			},
		},
		{
			what: "text that is not shown",
			page: `<meta charset=utf-8><title>通知</title><body><div style="display: none">云桥集团隐藏的话，谁也看不见。</div>
<p>岚溪区今年修路三条，建桥一座，种树两万棵。<span style="visibility:hidden">暗语</span></p>
<p hidden>另一句隐藏的话。</p><!-- 注释里的雁洲公司 --><script>var s = "脚本里的鹿岩公司，三亿元。";</script>
<style>p { content: "样式里的公司" }</style><noscript>请打开脚本，再看本页。</noscript>
<textarea>文本框里的字</textarea><select><option>选项</option></select><button>提交</button>
<p>来年再修两条，再建一座。<ruby>岚<rt>lán</rt></ruby>溪欢迎您。</p></body>`,
			lines: []said{
				{0, 0, "岚溪区今年修路三条，建桥一座，种树两万棵。"},
				{0, 0, "来年再修两条，再建一座。岚溪欢迎您。"},
			},
		},
		{
			what: "hidden until a script has run",
			page: `<meta charset=utf-8><body style="display:none"><div id="wrap" style="display:none"><h1>雁洲街道简报</h1><p>街道上半年改造老旧小区四个，惠及居民九百户。</p></div></body>`,
			lines: []said{
				{1, 0, "雁洲街道简报"},
				{0, 0, "街道上半年改造老旧小区四个，惠及居民九百户。"},
			},
		},
		{
			what: "the title that the header gives, among other headings",
			page: `<meta charset=utf-8><meta property="og:title" content="鹿岩镇二季度简报"><meta property="og:url" content="https://example.org/q2">
<title>鹿岩镇</title><body><h1>鹿岩镇人民政府</h1><div><b>鹿岩镇二季度简报</b></div><h3>简报第4期</h3>
<div class="article-content"><h2>一、农业</h2><p>早稻收割完成，亩产略增。</p><h3>（一）水利</h3><p>水库除险加固，灌渠清淤九公里。</p><h4>1.机耕路</h4><p>修了三条，通了五村。</p></div></body>`,
			lines: []said{
				{1, 0, "鹿岩镇二季度简报"},
				{2, 0, "一、农业"},
				{0, 0, "早稻收割完成，亩产略增。"},
				{3, 0, "（一）水利"},
				{0, 0, "水库除险加固，灌渠清淤九公里。"},
				{4, 0, "1.机耕路"},
				{0, 0, "修了三条，通了五村。"},
			},
			furniture: []string{"鹿岩镇人民政府", "简报第4期"},
			url:       "https://example.org/q2",
		},
		{
			what: "the title element with the site's name behind it",
			page: `<!-- saved from url=(0029)http://example.org/news/7.htm -->
<html><head><meta charset=utf-8><title>鹿岩水库开始蓄水|要闻|岚溪网</title></head><body>
<div>鹿岩水库开始蓄水</div><div>时间：2025年4月1日</div>
<div class="con_text"><p>今天，鹿岩水库开始蓄水，库容六百万立方米。</p><p>下游三镇受益，灌溉农田两万亩。</p></div></body></html>`,
			lines: []said{
				{1, 0, "鹿岩水库开始蓄水"},
				{0, 0, "时间：2025年4月1日"},
				{0, 0, "今天，鹿岩水库开始蓄水，库容六百万立方米。"},
				{0, 0, "下游三镇受益，灌溉农田两万亩。"},
			},
			url: "http://example.org/news/7.htm",
		},
		{
			what: "no title at all",
			page: `<meta charset=utf-8><body><p>岚溪区今年修路三条，建桥一座，种树两万棵。</p><p>来年再修两条，再建一座。</p></body>`,
			lines: []said{
				{0, 0, "岚溪区今年修路三条，建桥一座，种树两万棵。"},
				{0, 0, "来年再修两条，再建一座。"},
			},
		},
		{
			what: "navigation, lists of links and page tools around and within the text",
			page: `<meta charset=utf-8><title>一季度简报</title><body>
<nav><a href="/">首页</a><a href="/news">要闻，要看</a></nav><aside>热搜：岚溪茶叶节，开幕了。</aside>
<article><h1>一季度简报</h1><div class="toolbar">字号：大 中 小 打印</div>
<p>一季度，全区工业用电增长，外贸回稳。<a href="/yq">云桥电子</a>订单排到六月。</p>
<p>[打印] [关闭]</p><p><a href="#">打印</a> <a href="#">关闭</a></p>
<p><a href="/1">春茶开采</a> <a href="/2">路灯亮了</a></p>
<div class="pager">上一篇：<a href="/0">简报</a></div>
<p>二季度，抓好防汛，备足物资。</p></article>
<div class="comments"><p>网友：好消息，点赞。</p></div>
<div class="recommend"><p>雁洲公司招聘，月薪五千，包吃住。</p></div></body>`,
			lines: []said{
				{1, 0, "一季度简报"},
				{0, 0, "一季度，全区工业用电增长，外贸回稳。云桥电子订单排到六月。"},
				{0, 0, "[打印] [关闭]"},
				{0, 0, "二季度，抓好防汛，备足物资。"},
			},
			furniture: []string{
				"首页要闻，要看", "热搜：岚溪茶叶节，开幕了。", "字号：大 中 小 打印", "打印关闭", "春茶开采路灯亮了", "上一篇：简报",
				"网友：好消息，点赞。", "雁洲公司招聘，月薪五千，包吃住。",
			},
		},
		{
			what: "a frame beside the text",
			page: `<meta charset=utf-8><body><p>岚溪区今年修路三条，建桥一座，种树两万棵。</p><iframe src="list.htm">旧浏览器看到的话</iframe><iframe src="about:blank"></iframe></body>`,
			lines: []said{
				{0, 0, "岚溪区今年修路三条，建桥一座，种树两万棵。"},
			},
			frames: []string{"list.htm"},
		},
		{
			what: "tags that overlap, are not closed or close nothing",
			page: `<meta charset=utf-8><body><p><b>一、农业<p>早稻收割完成，亩产略增。</b>晚稻插完，<i>秧苗<b>齐整</i>，水足。</b>
</div></p></table><li>第一件，修路。<li>第二件，<a href=1>建<a href=2>桥</a>。<div/>第三件，种树，护林。</body></html></p>`,
			lines: []said{
				{3, 0, "一、农业"},
				{0, 0, "早稻收割完成，亩产略增。晚稻插完，秧苗齐整，水足。"},
				{0, 0, "第一件，修路。"},
				{0, 0, "第二件，建桥。"},
				{0, 0, "第三件，种树，护林。"},
			},
		},
		{
			what: "blanks, entities and unknown tags",
			page: `<meta charset=utf-8><body><div>岚溪&amp;鹿岩 两地
合办 A&nbsp;B 展会，展位&#65292;五百&lt;个&gt;，<o:p>三天</o:p>
成交　四亿元。use  two
words</div><pre>第一行，照原样。
第二行，也是。</pre></body>`,
			lines: []said{
				{0, 0, "岚溪&鹿岩 两地合办 A B 展会，展位，五百<个>，三天成交 四亿元。use two words"},
				{0, 0, "第一行，照原样。"},
				{0, 0, "第二行，也是。"},
			},
		},
	} {
		t.Run(c.what, c.check)
	}
}

func TestReadPagesWithoutText(t *testing.T) {
	for _, c := range []struct{ what, page, want string }{
		{
			"frames only", `<html><head><title>岚溪</title></head><frameset cols="20%,*"><frame src="menu.htm"><frame src="main.htm"><noframes>请换浏览器。</noframes></frameset></html>`,
			"a page without text: what it shows lies in frames (menu.htm, main.htm): open the frame in a browser and save that page",
		},
		{
			"a script only", `<html><body><div id="app"></div><script>render({title: "岚溪区工作报告", text: "全区投资四十亿元。"})</script></body></html>`,
			"a page without text: a script may fetch it: open it in a browser and save the page as shown, or its text as .txt",
		},
	} {
		t.Run(c.what, func(t *testing.T) {
			p, err := doc.Read(doc.File{Format: doc.FormatHTML, Data: []byte(c.page)}, doc.Limits{})
			var unreadable *doc.Unreadable
			if !errors.As(err, &unreadable) {
				t.Fatalf("page %+v, error %v, want an *Unreadable", p, err)
			}
			if err.Error() != c.want {
				t.Errorf("error %q\nwant  %q", err, c.want)
			}
		})
	}
}

// TestReadHugeTokens: a picture or a script within a tag must not cost the text behind it.
func TestReadHugeTokens(t *testing.T) {
	const head, tail = "<meta charset=utf-8><p>岚溪区今年修路三条，建桥一座，种树两万棵。</p>", "<p>来年再修两条，再建一座。</p>"
	const before, after = "岚溪区今年修路三条，建桥一座，种树两万棵。\n", "来年再修两条，再建一座。\n"
	huge := strings.Repeat("A1/+", 300_000)
	for _, c := range []struct{ what, between, want string }{
		{"a picture in a tag", `<img src="data:image/png;base64,` + huge + `">`, ""},
		{"a script", "<script>" + huge + "</script>", ""},
		{"a script, closed in upper case", "<SCRIPT>" + huge + "</SCRIPT>", ""},
		{"a style, closed in mixed case", "<style>" + huge + "</Style >", ""},
		{"a comment", "<!-- " + huge + " -->", ""},
		{"a text without tags", "<p>" + huge + "&amp;。", huge + "&。\n"},
	} {
		t.Run(c.what, func(t *testing.T) {
			p, err := doc.Read(doc.File{Format: doc.FormatHTML, Data: []byte(head + c.between + tail)}, doc.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if want := before + c.want + after; p.Document.Text != want {
				t.Errorf("%d bytes of text %.100q…, want %d bytes", len(p.Document.Text), p.Document.Text, len(want))
			}
		})
	}
}

func TestReadOverlongPages(t *testing.T) {
	const text = "岚溪区今年修路三条，建桥一座，种树两万棵。"
	page := "<meta charset=utf-8><body><p>" + text + "</p>" + strings.Repeat("<br>", 400_000) + "<p>再也看不到的一句话。</p>"
	p, err := doc.Read(doc.File{Format: doc.FormatHTML, Data: []byte(page)}, doc.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if p.Document.Text != text+"\n" || !p.Truncated {
		t.Errorf("text %q, truncated %v, want %q and true", p.Document.Text, p.Truncated, text+"\n")
	}
	if diff := cmp.Diff([]string{"the page is too long and was cut off"}, p.Warnings()); diff != "" {
		t.Errorf("warnings (-want +got):\n%s", diff)
	}
	deep := strings.Repeat("<div>", 50_000) + text + strings.Repeat("</div>", 50_000) + "<p>后面还有一句，也在。</p>"
	if p, err = doc.Read(doc.File{Format: doc.FormatHTML, Data: []byte("<meta charset=utf-8>" + deep)}, doc.Limits{}); err != nil {
		t.Fatal(err)
	}
	if want := text + "\n后面还有一句，也在。\n"; p.Document.Text != want || p.Truncated {
		t.Errorf("text %q, truncated %v, want %q and false", p.Document.Text, p.Truncated, want)
	}
}

func TestReadMetaAndWarnings(t *testing.T) {
	p, err := doc.Read(doc.File{Format: doc.FormatHTML, Data: []byte(`<meta charset=utf-8><meta name="PubDate" content=" 2025-01-06
09:00 "><meta name=pubdate content=2024-01-01><meta property="og:title" content="简报"><meta name=empty content=""><title> 简报 - 岚溪网 </title>
<link rel=canonical href="/q1.htm"><frame src="a.htm"><p>岚溪区今年修路三条，建桥` + "\uFFFD" + `一座，种树两万棵。</p>`)}, doc.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"pubdate": "2025-01-06 09:00", "og:title": "简报", "title": "简报 - 岚溪网", "canonical": "/q1.htm"}
	if diff := cmp.Diff(want, p.Meta); diff != "" {
		t.Errorf("meta (-want +got):\n%s", diff)
	}
	warnings := []string{"1 characters could not be decoded as utf-8", "text in frames is not in this file: a.htm"}
	if diff := cmp.Diff(warnings, p.Warnings()); diff != "" {
		t.Errorf("warnings (-want +got):\n%s", diff)
	}
}
