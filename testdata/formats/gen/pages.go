package main

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"html"
	"mime"
	"mime/quotedprintable"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

const (
	menu = `<div class="top"><a href="/">网站首页</a> <a href="/zw">政务公开</a> <a href="/fw">办事服务</a> <a href="/hd">互动交流</a></div>
<div class="location">您现在的位置：<a href="/">首页</a> &gt; <a href="/zw">政务公开</a> &gt; <a href="/bg">政府工作报告</a></div>`
	foot = `<div class="related"><h3>相关链接</h3><ul><li><a href="1.html">某某集团落户我区的消息</a></li><li><a href="2.html">区长调研重点项目的消息</a></li></ul></div>
<div class="footer">主办：龙文区人民政府办公室　闽ICP备00000000号　<a href="/map">网站地图</a></div>`
)

var furniture = []string{"网站首页", "办事服务", "相关链接", "某某集团落户", "ICP备"}

// layout writes blocks as a page.
type layout struct {
	name    string
	blocks  []block
	source  string // the line of date and source, or empty
	write   func(blocks []block, source string) string
	charset encoding.Encoding // nil for UTF-8
	never   []string
}

func tag(name, s string) string { return "<" + name + ">" + html.EscapeString(s) + "</" + name + ">" }

func paras(blocks []block, p func(b block) string) string {
	var b strings.Builder
	for _, x := range blocks {
		if x.kind == "table" {
			b.WriteString(`<table border="1" cellspacing="0">`)
			for _, row := range x.rows {
				b.WriteString("<tr>")
				for _, cell := range row {
					b.WriteString(tag("td", cell))
				}
				b.WriteString("</tr>\n")
			}
			b.WriteString("</table>\n")
			continue
		}
		b.WriteString(p(x) + "\n")
	}
	return b.String()
}

// pages makes web pages as government sites have them.
func pages() {
	a := report("龙文区/龙文区2024年政府工作报告.txt", 40)
	traditional := report("台商投资区/2024年管委會工作報告.txt", 40)
	source := "发布时间：2024-12-26　来源：龙文区人民政府办公室"
	font := func(b block) string {
		return `<font face="仿宋" size="3"><font color="#333333">　　` + html.EscapeString(b.text) + `</font></font><br>`
	}
	trs := func(blocks []block, source string) string {
		return `<!DOCTYPE html><html><head><meta charset="utf-8"><title>` + blocks[0].text + `_龙文区人民政府</title><meta name="ArticleTitle" content="` + blocks[0].text + `"><meta name="PubDate" content="2024-12-26 08:30"></head><body>` + menu +
			`<div class="main"><h1 class="title">` + blocks[0].text + `</h1><div class="info">` + source + `　<a href="javascript:print()">打印</a></div><div class="TRS_Editor"><style>.TRS_Editor P{line-height:2}</style>` +
			paras(blocks[1:], func(b block) string {
				if b.kind == "h1" {
					return `<p style="text-align:center"><strong>` + html.EscapeString(b.text) + `</strong></p>`
				}
				return "<p>　　" + html.EscapeString(b.text) + "</p>"
			}) + `</div></div>` + foot + `</body></html>`
	}
	for _, l := range []layout{
		{"web/TRS.html", withTable(a, 6), source, trs, nil, furniture},
		{"web/UCAP.html", a, "", func(blocks []block, _ string) string {
			return `<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>龙文区人民政府</title></head><body>` + menu +
				`<table class="index"><tr><td>索引号：</td><td>LW00100-2024</td></tr></table><ucaptitle><h2>` + blocks[0].text + `</h2></ucaptitle><div class="pages_content" id="UCAP-CONTENT"><ucapcontent>` +
				paras(blocks[1:], func(b block) string {
					return `<p><span style="font-size: 16px;">` + html.EscapeString(b.text) + `</span></p>`
				}) + `</ucapcontent></div>` + foot + `</body></html>`
		}, nil, furniture},
		{"web/手工表格.htm", a, "", func(blocks []block, _ string) string {
			return `<HTML><HEAD><META content="text/html; charset=gb2312" http-equiv=Content-Type><TITLE>龙文之窗</TITLE></HEAD><BODY bgcolor=#ffffff>
<TABLE width=780 align=center><TR><TD height=30><A href=/>网站首页</A> | <A href=/zw>办事服务</A></TD></TR></TABLE>
<TABLE width=780 align=center><TR><TD align=center><B><FONT size=5 color=red>` + blocks[0].text + `</FONT></B></TD></TR>
<TR><TD>` + paras(blocks[1:], font) + `</TD></TR></TABLE>
<TABLE width=780 align=center><TR><TD align=center><A href=/about>关于我们</A> 闽ICP备00000000号</TD></TR></TABLE></BODY></HTML>`
		}, simplifiedchinese.GBK, []string{"网站首页", "办事服务", "关于我们"}},
		{"web/字体汤.html", a, "", func(blocks []block, _ string) string {
			return `<html><head><meta http-equiv="Content-Type" content="text/html; charset=gbk"><title>无标题文档</title></head><body>
<p><a href="/">网站首页</a> <a href="/x">办事服务</a></p><center><b>` + blocks[0].text + `</b></center><hr><font face="宋体"><font size="3">` +
				paras(blocks[1:], func(b block) string {
					return `<font>　　` + strings.ReplaceAll(html.EscapeString(b.text), "，", `，</font><font lang="ZH-CN">`) + `</font><br><br>`
				}) + `</font></font><hr><p align="center"><a href="/">关于我们</a> | <a href="/y">网站地图</a></p></body></html>`
		}, simplifiedchinese.GBK, []string{"网站首页", "关于我们", "网站地图"}},
		{"web/繁體Big5.html", traditional, "", func(blocks []block, _ string) string {
			return `<html><head><meta http-equiv="Content-Type" content="text/html; charset=big5"><title>` + blocks[0].text + `</title></head><body><div class="nav"><a href="/">回首頁</a></div><h1>` + blocks[0].text + `</h1><div id="zoom">` +
				paras(blocks[1:], func(b block) string { return html.EscapeString(b.text) + "<br/>" }) + `</div><div class="footer">版權所有</div></body></html>`
		}, traditionalchinese.Big5, []string{"回首頁", "版權所有"}},
		{"web/UTF16.html", a, "", func(blocks []block, _ string) string {
			return `<html><head><title>` + blocks[0].text + `</title></head><body><nav><a href="/">网站首页</a></nav><article><h2>` + blocks[0].text + `</h2>` +
				paras(blocks[1:], func(b block) string { return "<section><p>" + html.EscapeString(b.text) + "</p></section>" }) + `</article><footer>网站地图</footer></body></html>`
		}, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), []string{"网站首页", "网站地图"}},
		{"web/Word存的网页.htm", withTable(a, 4), "", func(blocks []block, _ string) string {
			return `<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word"><head><meta http-equiv=Content-Type content="text/html; charset=gb2312"><meta name=Generator content="Microsoft Word 11"><!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]--><style><!-- p.MsoNormal{text-indent:24pt} --></style></head><body lang=ZH-CN><div class=Section1>` +
				paras(blocks, func(b block) string {
					if b.kind == "title" {
						return `<p class=MsoNormal align=center style='text-align:center'><b><span lang=EN-US style='font-size:22.0pt;font-family:方正小标宋简体'>` + html.EscapeString(b.text) + `<o:p></o:p></span></b></p>`
					}
					return "<p class=MsoNormal><span style='font-size:16.0pt;font-family:仿宋_GB2312'>" + strings.ReplaceAll(html.EscapeString(b.text), "，", "，\r\n") + "<span lang=EN-US><o:p></o:p></span></span></p>"
				}) + `</div></body></html>`
		}, simplifiedchinese.GBK, nil},
		{"web/手工DIV.html", a, source, func(blocks []block, source string) string {
			return `<!doctype html><html><head><meta charset="gb18030"><title>` + blocks[0].text + ` - 龙文区人民政府门户网站</title></head><body><div class="wrap"><div class="head-nav"><ul><li><a href="/">网站首页</a></li><li><a href="/x">办事服务</a></li></ul></div><div><div><div class="bt">` + blocks[0].text + `</div><div>` + source + `</div><div><div>` +
				paras(blocks[1:], func(b block) string { return "<div>&nbsp;&nbsp;&nbsp;&nbsp;" + html.EscapeString(b.text) + "</div>" }) + `</div></div></div></div></div>` + foot + `</body></html>`
		}, simplifiedchinese.GB18030, furniture},
	} {
		if !wanted(l.name) {
			continue
		}
		data := []byte(l.write(l.blocks, l.source))
		if l.charset != nil {
			data = by(l.charset)(string(data))
		}
		w := sentences(l.blocks, nowhere)
		if l.source != "" {
			w.lines = append(w.lines[:1:1], append([]wantLine{{"-", strings.ReplaceAll(l.source, "　", " ")}}, w.lines[1:]...)...)
			if strings.Contains(l.name, "TRS") {
				w.lines[1].text += " 打印"
			}
		}
		w.never = l.never
		put(l.name, data, w)
	}
	framed(a)
}

// framed makes a page in frames, as a browser saves it.
func framed(a []block) {
	main := `<html><head><meta charset="utf-8"><title>正文</title></head><body><p align="center"><b>` + a[0].text + `</b></p>` +
		paras(a[1:], func(b block) string { return "<p>" + html.EscapeString(b.text) + "</p>" }) + `</body></html>`
	side := `<html><body><a href="1">网站首页</a><br><a href="2">办事服务</a></body></html>`
	if wanted("web/框架.html") {
		put("web/框架.html", []byte(`<html><head><title>龙文区</title></head><frameset cols="200,*"><frame src="框架_files/menu.html"><frame src="./框架_files/main.html"></frameset></html>`), want{})
		must(os.Remove(filepath.Join(root, "expected/web__框架.html.txt")))
		must(os.MkdirAll(filepath.Join(root, "files/web/框架_files"), 0o755))
		must(os.WriteFile(filepath.Join(root, "files/web/框架_files/menu.html"), []byte(side), 0o644))
		w := sentences(a, nowhere)
		w.never = []string{"网站首页"}
		put("web/框架_files/main.html", []byte(main), w)
	}
	if wanted("web/框架.mht") {
		part := func(kind, location, data string) string {
			return "------=_B\r\nContent-Type: " + kind + "; charset=\"utf-8\"\r\nContent-Transfer-Encoding: base64\r\nContent-Location: " + location + "\r\n\r\n" + lines76(base64.StdEncoding.EncodeToString([]byte(data))) + "\r\n"
		}
		mht := "From: <Saved by Blink>\r\nSnapshot-Content-Location: http://www.example.gov.cn/bg/index.html\r\nSubject: =?utf-8?Q?=E9=BE=99=E6=96=87?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----=_B\"\r\n\r\n" +
			part("text/html", "http://www.example.gov.cn/bg/index.html", `<html><frameset cols="200,*"><frame src="menu.html"><frame src="main.html"></frameset></html>`) +
			part("text/html", "http://www.example.gov.cn/bg/menu.html", side) + part("text/html", "http://www.example.gov.cn/bg/main.html", main) + "------=_B--\r\n"
		w := sentences(a, nowhere)
		w.never = []string{"网站首页"}
		put("web/框架.mht", []byte(mht), w)
	}
	if wanted("web/整页.mhtml") {
		var q bytes.Buffer
		e := quotedprintable.NewWriter(&q)
		page := `<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>` + a[0].text + `</title></head><body>` + menu + `<h1>` + a[0].text + `</h1><div class="article-content">` +
			paras(a[1:], func(b block) string { return "<p>" + html.EscapeString(b.text) + "</p>" }) + `</div>` + foot + `</body></html>`
		_, err := e.Write(by(simplifiedchinese.GBK)(page))
		must(err)
		must(e.Close())
		mht := "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"B\"\r\n\r\n--B\r\nContent-Type: text/html; charset=\"gb2312\"\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: file:///C:/a.htm\r\n\r\n" + q.String() + "\r\n--B\r\nContent-Type: image/gif\r\nContent-Transfer-Encoding: base64\r\nContent-Location: file:///C:/a.gif\r\n\r\nR0lGODlhAQABAAAAACw=\r\n--B--\r\n"
		w := sentences(a, nowhere)
		w.never = furniture
		put("web/整页.mhtml", []byte(mht), w)
	}
}

func lines76(s string) string {
	var b strings.Builder
	for len(s) > 76 {
		b.WriteString(s[:76] + "\r\n")
		s = s[76:]
	}
	return b.String() + s
}

// printed makes PDF files as Chromium prints pages.
func printed() {
	a := report("龙文区/龙文区2024年政府工作报告.txt", 40)
	body := func(blocks []block) string {
		return paras(blocks, func(b block) string {
			switch b.kind {
			case "title":
				return tag("h1", b.text)
			case "h1":
				return tag("h2", b.text)
			}
			return tag("p", b.text)
		})
	}
	notice()
	for _, c := range []struct {
		name   string
		blocks []block
		style  string
		header bool
		never  []string
	}{
		{"pdf/打印CFF.pdf", a, `body{font-family:"Noto Serif CJK SC";font-size:16px;line-height:1.8} h1{text-align:center} p{text-indent:2em;text-align:justify}`, false, nil},
		{"pdf/打印TrueType.pdf", a, `body{font-family:"WenQuanYi Zen Hei";font-size:15px} p{text-indent:2em}`, false, nil},
		{"pdf/打印页眉页脚.pdf", withTable(a, 6), `body{font-family:"Noto Sans CJK SC";font-size:14px} table{border-collapse:collapse} td{border:1px solid #000;padding:4px}`, true, []string{"file://", "1/2", "打印件标题"}},
		{"pdf/打印双栏.pdf", a, `body{font-family:"AR PL UMing CN";font-size:14px} div{column-count:2;column-gap:40px} p{text-indent:2em;margin:0}`, false, nil},
	} {
		if !wanted(c.name) {
			continue
		}
		temp("p.html", []byte(`<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>打印件标题</title><style>`+c.style+`</style></head><body><div>`+body(c.blocks)+`</div></body></html>`))
		args := []string{"--headless", "--no-sandbox", "--disable-gpu", "--print-to-pdf=p.pdf"}
		if !c.header {
			args = append(args, "--no-pdf-header-footer")
		}
		_ = os.Remove(filepath.Join(work, "p.pdf"))
		run("chromium", append(args, "file://"+filepath.Join(work, "p.html"))...)
		w := paged(filepath.Join(work, "p.pdf"), sentences(c.blocks, nowhere))
		w.never = c.never
		put(c.name, read(filepath.Join(work, "p.pdf")), w)
	}
}

// notice prints an official document: a red head, a title of two lines, a raised mark of a note, a signature set to the right, and a
// line of cells without lines.
func notice() {
	const name = "pdf/红头文件.pdf"
	if !wanted(name) {
		return
	}
	temp("n.html", []byte(`<html><head><meta charset="utf-8"><style>body{font-family:"WenQuanYi Zen Hei";font-size:16px} .h{color:red;font-size:40px;text-align:center;letter-spacing:0.5em;border-bottom:3px solid red} h1{text-align:center;font-size:24px} p{text-indent:2em} .r{text-align:right} .c{text-align:center;text-indent:0} sup{font-size:10px}</style></head><body>
<div class="h">龙文区人民政府文件</div><p class="c">龙政〔2024〕12号</p><h1>龙文区人民政府关于下达<br>2024年重点项目投资计划的通知</h1><p style="text-indent:0">各镇人民政府、街道办事处，区直各有关单位：</p>
<p>经区政府研究同意，现将2024年重点项目投资计划下达给你们<sup>①</sup>，请认真组织实施。</p><p>一、总体要求。坚持项目为王，力争全年完成投资120亿元，其中福建砺川智能装备股份有限公司二期项目完成3.2亿元。</p>
<p class="r">龙文区人民政府</p><p class="r">2024年3月18日</p><table style="width:100%"><tr><td>联系人：张三</td><td>电话：0596-1234567</td><td>抄送：区委办</td></tr></table></body></html>`))
	run("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--print-to-pdf=n.pdf", "--no-pdf-header-footer", "file://"+filepath.Join(work, "n.html"))
	var w want
	for _, s := range []string{
		"龙文区人民政府文件", "龙政〔2024〕12号", "龙文区人民政府关于下达2024年重点项目投资计划的通知", "各镇人民政府、街道办事处，区直各有关单位：",
		"经区政府研究同意，现将2024年重点项目投资计划下达给你们①，请认真组织实施。", "一、总体要求。",
		"坚持项目为王，力争全年完成投资120亿元，其中福建砺川智能装备股份有限公司二期项目完成3.2亿元。", "龙文区人民政府", "2024年3月18日",
		"联系人：张三 电话：0596-1234567 抄送：区委办",
	} {
		w.lines = append(w.lines, wantLine{"p1", s})
	}
	put(name, read(filepath.Join(work, "n.pdf")), w)
}

// texts makes text files in every charset.
func texts() {
	a := report("龙文区/龙文区2024年政府工作报告.txt", 12)
	traditional := report("台商投资区/2024年管委會工作報告.txt", 12)
	for _, c := range []struct {
		name    string
		blocks  []block
		charset encoding.Encoding
		end     string
	}{
		{"text/UTF8.txt", a, nil, "\n"},
		{"text/GB18030.txt", a, simplifiedchinese.GB18030, "\r\n"},
		{"text/Big5.txt", traditional, traditionalchinese.Big5, "\r\n"},
		{"text/UTF16BE.txt", a, unicode.UTF16(unicode.BigEndian, unicode.UseBOM), "\r\n"},
	} {
		if !wanted(c.name) {
			continue
		}
		var b strings.Builder
		for _, x := range c.blocks {
			b.WriteString(x.text + c.end)
		}
		data := []byte(b.String())
		if c.charset != nil {
			data = by(c.charset)(b.String())
		}
		put(c.name, data, sentences(c.blocks, func(i, _ int) string { return fmt.Sprintf("l%d", i+1) }))
	}
}

// mails makes mails, with text in both forms and with files attached.
func mails() {
	a := report("龙文区/龙文区2024年政府工作报告.txt", 12)
	subject := "报送政府工作报告"
	var plain, rich strings.Builder
	for _, b := range a {
		plain.WriteString(b.text + "\r\n")
		rich.WriteString("<div>" + html.EscapeString(b.text) + "</div>")
	}
	w := sentences(a, nowhere)
	w.lines = append([]wantLine{{"¶1", subject}}, w.lines...)
	gbk := by(simplifiedchinese.GBK)
	if wanted("mail/纯文本.eml") {
		put("mail/纯文本.eml", []byte("From: =?GBK?B?"+base64.StdEncoding.EncodeToString(gbk("区政府办"))+"?= <a@example.gov.cn>\r\nTo: b@example.gov.cn\r\nSubject: =?GBK?B?"+base64.StdEncoding.EncodeToString(gbk(subject))+"?=\r\nDate: Thu, 26 Dec 2024 09:00:00 +0800\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=GBK\r\nContent-Transfer-Encoding: base64\r\n\r\n"+lines76(base64.StdEncoding.EncodeToString(gbk(plain.String())))+"\r\n"), w)
	}
	if wanted("mail/附件.eml") {
		short := report("芗城区/2025年芗城区政府工作报告.txt", 9)
		file := docx(short, look{})
		mail := "From: a@example.gov.cn\r\nSubject: " + mime.BEncoding.Encode("utf-8", subject) + "\r\nDate: Thu, 26 Dec 2024 09:00:00 +0800\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=M\r\n\r\n--M\r\nContent-Type: multipart/alternative; boundary=A\r\n\r\n--A\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + plain.String() + "\r\n--A\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" + lines76(base64.StdEncoding.EncodeToString([]byte("<html><body>"+rich.String()+"</body></html>"))) + "\r\n--A--\r\n--M\r\nContent-Type: application/octet-stream; name=\"" + mime.BEncoding.Encode("utf-8", "报告.docx") + "\"\r\nContent-Disposition: attachment; filename=\"" + mime.BEncoding.Encode("utf-8", "报告.docx") + "\"\r\nContent-Transfer-Encoding: base64\r\n\r\n" + lines76(base64.StdEncoding.EncodeToString(file)) + "\r\n--M--\r\n"
		put("mail/附件.eml", []byte(mail), w)
		expect("mail/附件.eml!/报告.docx", sentences(short, paragraphs(short)))
	}
}
