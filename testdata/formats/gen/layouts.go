package main

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"mime/quotedprintable"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// prose are paragraphs of the genre, with figures, letters, brackets and quotation marks at which lines break.
var prose = []string{
	"2024年，平和县紧盯“产业倍增、城市更新、乡村振兴”三条主线，全县实现地区生产总值318.6亿元，同比增长5.9%；规模以上工业增加值增长7.2%，固定资产投资增长8.4%，一般公共预算收入完成14.03亿元。",
	"沐岚新材料（平和）有限公司年产12万吨可降解薄膜项目4月动工，9月完成主体结构封顶，累计完成投资5.6亿元，占年度计划的112%，预计2025年6月投产。",
	"圭泽电缆二期厂房竣工验收，桐汀家具智能仓储项目试运行，两家企业全年新增用工1,260人。",
	"琯溪蜜柚全产业链项目引进璟川食品、禾屿生物2家企业，建成NFC果汁生产线3条，带动32个行政村、1.4万户果农增收。",
	"山格镇工业集中区完成征地860亩，污水处理厂（一期）日处理能力达2万吨，110千伏枋岭输变电工程建成送电。",
	"国道G235线小溪至坂仔段改扩建工程全长18.7公里，总投资9.3亿元，已完成路基工程的76%，花山溪大桥左幅贯通。",
	"县第三实验小学、县中医院医技楼投入使用，新增学位1620个、床位240张；坂仔镇卫生院迁建项目因用地手续未齐全，开工时间推迟至2025年一季度。",
	"改造老旧小区26个、惠及居民3418户，新建口袋公园7座，更新供水管网41公里，城区公共停车泊位增加到5200个。",
	"霞寨镇、芦溪镇整合农文旅资源，高峰生态谷游客中心封顶，“三坪风景区—灵通山”旅游专线开通，全年接待游客486万人次，实现旅游收入39.7亿元。",
	"在看到成绩的同时，我们也清醒地认识到，全县发展还存在不少短板：工业龙头项目偏少，桐汀家具产业园三期招商进度不及预期，部分乡镇污水管网建设滞后。对此，我们将采取有力措施，切实加以解决。",
	"2025年是“十四五”规划收官之年，计划安排重点项目148个，年度投资162亿元，其中新开工56个、竣工49个，力争引进投资超10亿元的制造业项目3个以上。",
	"推动沐岚新材料三期、圭泽电缆特种线缆研发中心等12个项目上半年开工，确保花山溪大桥12月底前通车，启动县文化艺术中心、县体育公园前期工作。",
	"加快建设山格镇标准厂房15万平方米，完善“一站式”企业服务中心，全年为企业减税降费6.8亿元，新增“小巨人”企业2家、省级工程研究中心1家。",
}

const plainTitle = "平和县2024年国民经济和社会发展计划执行情况报告"

// body is prose with headings.
func body() []block {
	var blocks []block
	for i, s := range prose {
		switch i {
		case 0:
			blocks = append(blocks, block{kind: "h1", text: "一、2024年计划执行情况"})
		case 9:
			blocks = append(blocks, block{kind: "h1", text: "二、存在的困难和问题"})
		case 10:
			blocks = append(blocks, block{kind: "h1", text: "三、2025年工作安排"})
		}
		blocks = append(blocks, block{kind: "p", text: s})
	}
	return blocks
}

// wordFile packs the parts of a Word file: the body, the last section's properties, and parts by kind (styles, numbering,
// footnotes, header1, footer2), whose relationship is named as the part.
func wordFile(body, section string, parts map[string]string) []byte {
	const (
		head   = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`
		spaces = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml"`
		office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	)
	roots := map[string]string{"styles": "styles", "numbering": "numbering", "footnotes": "footnotes", "endnotes": "endnotes", "comments": "comments", "settings": "settings", "header": "hdr", "footer": "ftr"}
	types := `<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>`
	relations := ""
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	add := func(name, data string) {
		f, err := z.Create(name)
		must(err)
		_, err = f.Write([]byte(head + data))
		must(err)
	}
	add("word/document.xml", `<w:document `+spaces+`><w:body>`+body+`<w:sectPr>`+section+`</w:sectPr></w:body></w:document>`)
	for _, name := range sortedKeys(parts) {
		kind := strings.TrimRight(name, "0123456789")
		add("word/"+name+".xml", `<w:`+roots[kind]+` `+spaces+`>`+parts[name]+`</w:`+roots[kind]+`>`)
		relations += fmt.Sprintf(`<Relationship Id="%s" Type="%s%s" Target="%s.xml"/>`, name, office, kind, name)
		types += fmt.Sprintf(`<Override PartName="/word/%s.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.%s+xml"/>`, name, kind)
	}
	add("[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">`+types+`</Types>`)
	add("_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="`+office+`officeDocument" Target="word/document.xml"/></Relationships>`)
	add("word/_rels/document.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`+relations+`</Relationships>`)
	must(z.Close())
	return out.Bytes()
}

// wp is a paragraph of a Word file; props and look are the inside of its own and of its run's properties.
func wp(props, look, text string) string {
	return `<w:p><w:pPr>` + props + `</w:pPr><w:r><w:rPr>` + look + `</w:rPr><w:t xml:space="preserve">` + html.EscapeString(text) + `</w:t></w:r></w:p>`
}

// song is the look of running text in a font and size (half points).
func song(font string, size int) string {
	return fmt.Sprintf(`<w:rFonts w:ascii="%[1]s" w:hAnsi="%[1]s" w:eastAsia="%[1]s"/><w:sz w:val="%[2]d"/>`, font, size)
}

// wordField is a field with the text that was last shown for it.
func wordField(instruction, look, shown string) string {
	return `<w:r><w:rPr>` + look + `</w:rPr><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:rPr>` + look + `</w:rPr><w:instrText xml:space="preserve"> ` + instruction + ` </w:instrText></w:r><w:r><w:rPr>` + look + `</w:rPr><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:rPr>` + look + `</w:rPr><w:t>` + shown + `</w:t></w:r><w:r><w:rPr>` + look + `</w:rPr><w:fldChar w:fldCharType="end"/></w:r>`
}

func wordRun(look, text string) string {
	return `<w:r><w:rPr>` + look + `</w:rPr><w:t xml:space="preserve">` + html.EscapeString(text) + `</w:t></w:r>`
}

const (
	indented = `<w:ind w:firstLineChars="200" w:firstLine="480"/><w:jc w:val="both"/>`
	centred  = `<w:jc w:val="center"/>`
	a4       = `<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1700" w:right="1588" w:bottom="1600" w:left="1588" w:header="851" w:footer="992"/>`
)

// plain gives lines their places by a pattern with the number of the line from 1, or none.
func plain(place string, lines ...string) (w want) {
	for i, l := range lines {
		at := place
		if strings.Contains(place, "%d") {
			at = fmt.Sprintf(place, i+1)
		}
		w.lines = append(w.lines, wantLine{at, l})
	}
	return w
}

// layouts makes files in layouts that are harder than those of the other files.
func layouts() {
	numberedWord()
	mergedWord()
	boxedWord()
	longTable()
	oddAndEven()
	frontMatter()
	gazette()
	traditionalGazette()
	numberFormats()
	officeSheet()
	delimited()
	forwardedMail()
	snapshot()
	nestedFrames()
	sites()
}

// numberedWord makes a Word file whose numbers all come from its lists.
func numberedWord() {
	const name = "word/多级编号.docx"
	if !wanted(name) {
		return
	}
	level := func(n int, format, text, more string) string {
		return fmt.Sprintf(`<w:lvl w:ilvl="%d"><w:start w:val="1"/><w:numFmt w:val="%s"/>%s<w:lvlText w:val="%s"/></w:lvl>`, n, format, more, text)
	}
	const none, space = `<w:suff w:val="nothing"/>`, `<w:suff w:val="space"/>`
	numbering := `<w:abstractNum w:abstractNumId="5"><w:multiLevelType w:val="multilevel"/>` +
		level(0, "chineseCounting", "%1、", none) + level(1, "chineseCountingThousand", "（%2）", none) + level(2, "decimal", "%3.", none) + level(3, "decimal", "(%4)", none) + level(4, "decimalEnclosedCircleChinese", "%5", none) + `</w:abstractNum>` +
		`<w:abstractNum w:abstractNumId="6"><w:multiLevelType w:val="multilevel"/>` + level(0, "chineseCountingThousand", "第%1章", space) + level(1, "decimal", "%1.%2", space+`<w:isLgl/>`) + level(2, "chineseCountingThousand", "第%3条", space+`<w:lvlRestart w:val="0"/>`) + `</w:abstractNum>` +
		`<w:abstractNum w:abstractNumId="7"><w:multiLevelType w:val="hybridMultilevel"/>` + level(0, "bullet", "", "") + `</w:abstractNum>` +
		`<w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="6"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>` +
		`<w:num w:numId="4"><w:abstractNumId w:val="5"/><w:lvlOverride w:ilvl="2"><w:startOverride w:val="1"/></w:lvlOverride></w:num>` +
		`<w:num w:numId="5"><w:abstractNumId w:val="5"/><w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="upperRoman"/><w:suff w:val="space"/><w:lvlText w:val="%1)"/></w:lvl></w:lvlOverride></w:num>`
	styles := `<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>` +
		`<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="1"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr><w:outlineLvl w:val="1"/></w:pPr></w:style>`
	list := func(number, level int) string {
		return fmt.Sprintf(`<w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr>`, level, number)
	}
	var b strings.Builder
	var said []string
	add := func(props, text, shown string) {
		b.WriteString(wp(props, "", text))
		said = append(said, shown)
	}
	add(`<w:pStyle w:val="1"/>`, "产业发展", "第一章 产业发展")
	add(`<w:pStyle w:val="2"/>`, "沐岚新材料项目进展", "1.1 沐岚新材料项目进展")
	add(`<w:pStyle w:val="2"/>`, "圭泽电缆项目进展", "1.2 圭泽电缆项目进展")
	add(list(2, 2), "圭泽电缆二期厂房竣工验收。", "第一条 圭泽电缆二期厂房竣工验收。")
	add(`<w:pStyle w:val="1"/>`, "城乡建设", "第二章 城乡建设")
	add(`<w:pStyle w:val="2"/>`, "交通项目", "2.1 交通项目")
	add(list(2, 2), "花山溪大桥左幅贯通。", "第二条 花山溪大桥左幅贯通。")
	add(list(1, 0), "强化工业支撑", "一、强化工业支撑")
	add(list(1, 1), "做大龙头企业", "（一）做大龙头企业")
	add(list(1, 2), "推动沐岚新材料三期开工。", "1.推动沐岚新材料三期开工。")
	add(list(1, 2), "推动圭泽电缆研发中心开工。", "2.推动圭泽电缆研发中心开工。")
	add(list(1, 3), "落实用地126亩。", "(1)落实用地126亩。")
	add(list(1, 4), "征收耕地48亩。", "①征收耕地48亩。")
	add(list(1, 4), "征收林地78亩。", "②征收林地78亩。")
	add(list(1, 1), "培育中小企业", "（二）培育中小企业")
	add(list(1, 2), "新增“小巨人”企业2家。", "1.新增“小巨人”企业2家。")
	add(list(1, 0), "改善城乡面貌", "二、改善城乡面貌")
	add(list(4, 2), "新建口袋公园7座。", "1.新建口袋公园7座。")
	add(list(4, 2), "更新供水管网41公里。", "2.更新供水管网41公里。")
	add(list(3, 0), "这一条只有圆点。", "这一条只有圆点。")
	add(list(5, 0), "附则由县发展和改革局解释。", "III) 附则由县发展和改革局解释。")
	add("", "没有编号的一段。", "没有编号的一段。")
	put(name, wordFile(b.String(), a4, map[string]string{"styles": styles, "numbering": numbering}), plain("¶%d", said...))
}

// mergedWord makes a Word file with LibreOffice of a page whose tables have merged cells.
func mergedWord() {
	const name = "word/合并单元格.docx"
	if !wanted(name) {
		return
	}
	temp("t.html", []byte(`<html><head><meta charset="utf-8"></head><body><p align="center">平和县2024年重点项目进展表</p>
<table border="1" cellspacing="0"><thead><tr><th rowspan="2">类别</th><th rowspan="2">项目名称</th><th colspan="2">投资（亿元）</th><th rowspan="2">责任单位</th></tr><tr><th>总投资</th><th>已完成</th></tr></thead>
<tr><td rowspan="3">工业</td><td>沐岚新材料薄膜项目</td><td>12.8</td><td>5.6</td><td rowspan="2">县工信局</td></tr>
<tr><td>圭泽电缆二期</td><td>6.5</td><td>6.5</td></tr><tr><td>桐汀家具智能仓储项目</td><td>2.2</td><td>1.9</td><td>山格镇</td></tr>
<tr><td>交通</td><td>花山溪大桥</td><td colspan="2">纳入国道G235线改扩建工程</td><td>县交通运输局</td></tr></table><p>表中投资为开工以来累计数。</p></body></html>`))
	run("soffice", "--headless", "--infilter=HTML (StarWriter)", "--convert-to", "docx:MS Word 2007 XML", "t.html")
	put(name, read(filepath.Join(work, "t.docx")), plain("¶%d", "平和县2024年重点项目进展表",
		"类别\t项目名称\t投资（亿元）\t\t责任单位", "\t\t总投资\t已完成", "工业\t沐岚新材料薄膜项目\t12.8\t5.6\t县工信局", "\t圭泽电缆二期\t6.5\t6.5",
		"\t桐汀家具智能仓储项目\t2.2\t1.9\t山格镇", "交通\t花山溪大桥\t纳入国道G235线改扩建工程\t\t县交通运输局", "表中投资为开工以来累计数。"))
}

// boxedWord makes a Word file with text boxes old and new, notes of both kinds, comments, fields and headers for first pages.
func boxedWord() {
	const name = "word/框注批注.docx"
	if !wanted(name) {
		return
	}
	box := func(text string) string { return `<w:txbxContent>` + wp("", "", text) + `</w:txbxContent>` }
	drawn := func(text string) string {
		return `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:txbx>` + box(text) + `</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>` + box(text) + `</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>`
	}
	old := func(text string) string {
		return `<w:r><w:pict><v:shape><v:textbox>` + box(text) + `</v:textbox></v:shape></w:pict></w:r>`
	}
	note := func(kind, id string) string { return `<w:r><w:` + kind + `Reference w:id="` + id + `"/></w:r>` }
	b := `<w:p><w:pPr>` + centred + `</w:pPr>` + wordRun(`<w:b/>`, "平和县重点项目简报") + `</w:p>` +
		`<w:p>` + drawn("编印：县重点项目办。") + old("第12期（总第96期）") + `</w:p>` +
		`<w:p>` + wordRun("", "沐岚新材料薄膜项目") + note("footnote", "3") + wordRun("", "累计完成投资") + `<w:r><w:t>5.6</w:t></w:r><w:r><w:t>亿元，</w:t></w:r><w:commentRangeStart w:id="0"/>` + wordRun("", "占年度计划的") + `<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>` + wordRun("", "112%。") + `</w:p>` +
		`<w:p><w:hyperlink r:id="x"><w:r><w:t>圭泽电缆二期</w:t></w:r></w:hyperlink><w:smartTag w:element="date"><w:r><w:t>2024年11月</w:t></w:r></w:smartTag>` + wordRun("", "竣工，见第") + wordField(`PAGEREF _Toc1 \h`, "", "3") + wordRun("", "页。") + note("endnote", "2") + `</w:p>` +
		`<w:tbl><w:tr><w:tc><w:p>` + wordRun("", "责任单位") + `</w:p></w:tc><w:tc><w:p>` + wordRun("", "县工信局") + drawn("联系人：林工。") + `</w:p></w:tc></w:tr><w:tr><w:tc><w:p>` + wordRun("", "进度") + `</w:p></w:tc><w:tc><w:p>` + wordRun("", "主体封顶") + `</w:p><w:p>` + wordRun("", "设备进场") + `</w:p></w:tc></w:tr></w:tbl>` +
		`<w:p>` + wordRun("", "报：县委办、县政府办。") + `<w:r><w:br/></w:r>` + wordRun("", "发：各乡镇、县直各单位。") + `<w:r><w:br w:type="page"/></w:r></w:p>` +
		`<w:p><w:pPr><w:sectPr><w:headerReference w:type="first" r:id="header1"/><w:titlePg/></w:sectPr></w:pPr>` + wordRun("", "以下为附件。") + `</w:p>` +
		`<w:p>` + wordRun("", "附件：2024年开工项目清单。") + `</w:p>`
	w := plain("-", "平和县重点项目简报", "编印：县重点项目办。", "第12期（总第96期）", "沐岚新材料薄膜项目累计完成投资5.6亿元，占年度计划的112%。", "圭泽电缆二期2024年11月竣工，见第3页。",
		"责任单位\t县工信局 联系人：林工。", "进度\t主体封顶 设备进场", "报：县委办、县政府办。", "发：各乡镇、县直各单位。", "以下为附件。", "附件：2024年开工项目清单。", "年产12万吨可降解薄膜。", "含特种线缆车间。")
	w.never = []string{"这个数字请再核", "首页的页眉", "普通的页眉", "分隔线"}
	put(name, wordFile(b, `<w:headerReference w:type="default" r:id="header2"/>`+a4, map[string]string{
		"header1":   wp("", "", "首页的页眉"),
		"header2":   wp("", "", "普通的页眉"),
		"footnotes": `<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>分隔线</w:t></w:r></w:p></w:footnote><w:footnote w:id="3"><w:p><w:r><w:footnoteRef/></w:r>` + wordRun("", "年产12万吨可降解薄膜。") + `</w:p></w:footnote>`,
		"endnotes":  `<w:endnote w:type="continuationSeparator" w:id="1"><w:p><w:r><w:t>分隔线</w:t></w:r></w:p></w:endnote><w:endnote w:id="2"><w:p><w:r><w:endnoteRef/></w:r>` + wordRun("", "含特种线缆车间。") + `</w:p></w:endnote>`,
		"comments":  `<w:comment w:id="0" w:author="a">` + wp("", "", "这个数字请再核") + `</w:comment>`,
	}), w)
}

// longTable makes a PDF of a table that goes over pages, its header again on each, with cells that reach down and rows of two
// lines.
func longTable() {
	const name = "pdf/跨页表格.pdf"
	if !wanted(name) {
		return
	}
	look := song("Noto Serif CJK SC", 21)
	cell := func(width int, props, text string) string {
		return fmt.Sprintf(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>%s</w:tcPr>%s</w:tc>`, width, props, wp("", look, text))
	}
	towns := []string{"小溪镇", "山格镇", "文峰镇", "南胜镇", "坂仔镇", "安厚镇", "大溪镇", "霞寨镇", "九峰镇", "芦溪镇"}
	firms := []string{"沐岚新材料", "圭泽电缆", "桐汀家具", "璟川食品", "禾屿生物"}
	kinds := []string{"薄膜生产线", "智能仓储中心", "冷链物流园", "标准厂房", "研发检测中心"}
	b := wp(centred, song("Noto Serif CJK SC", 32), "平和县2024年重点项目一览表") + wp("", look, "以下为全县50个重点项目的进展情况。")
	said := []string{"平和县2024年重点项目一览表", "以下为全县50个重点项目的进展情况。", "乡镇\t项目名称\t总投资（亿元）\t进展情况"}
	b += `<w:tbl><w:tblPr><w:tblW w:w="8700" w:type="dxa"/><w:tblBorders><w:top w:val="single" w:sz="4"/><w:left w:val="single" w:sz="4"/><w:bottom w:val="single" w:sz="4"/><w:right w:val="single" w:sz="4"/><w:insideH w:val="single" w:sz="4"/><w:insideV w:val="single" w:sz="4"/></w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid><w:gridCol w:w="1200"/><w:gridCol w:w="3000"/><w:gridCol w:w="1500"/><w:gridCol w:w="3000"/></w:tblGrid>` +
		`<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>` + cell(1200, "", "乡镇") + cell(3000, "", "项目名称") + cell(1500, "", "总投资（亿元）") + cell(3000, "", "进展情况") + `</w:tr>`
	for i := range 50 {
		town, props := "", `<w:vMerge/>`
		if i%5 == 0 {
			town, props = towns[i/5], `<w:vMerge w:val="restart"/>`
		}
		project := firms[(i+i/5)%5] + kinds[i%5] + "项目"
		money := fmt.Sprintf("%d.%d", 1+i%7, i%10)
		state := []string{"主体封顶", "已投产", "正在办理用地预审、环评和施工图审查手续", "完成基础工程，累计完成投资的六成以上", "开工"}[(i*3)%5]
		b += `<w:tr><w:trPr><w:cantSplit/></w:trPr>` + cell(1200, props, town) + cell(3000, "", project) + cell(1500, "", money) + cell(3000, "", state) + `</w:tr>`
		said = append(said, town+"\t"+project+"\t"+money+"\t"+state)
	}
	b += `</w:tbl>` + wp("", look, "注：总投资为立项批复数。")
	said = append(said, "注：总投资为立项批复数。")
	foot := `<w:p><w:pPr>` + centred + `</w:pPr>` + wordRun(look, "第") + wordField("PAGE", look, "1") + wordRun(look, "页 共") + wordField("NUMPAGES", look, "4") + wordRun(look, "页") + `</w:p>`
	data := office("l.docx", wordFile(b, `<w:headerReference w:type="default" r:id="header1"/><w:footerReference w:type="default" r:id="footer1"/>`+a4, map[string]string{
		"header1": wp(`<w:jc w:val="right"/>`, song("Noto Serif CJK SC", 18), "平和县发展和改革局编印"), "footer1": foot,
	}), "pdf")
	w := paged(temp("l.pdf", data), plain("-", said...))
	for i := range w.lines[3:53] { // a row's place is where its own words are, and towns repeat nowhere
		w.lines[3+i].at = "-"
	}
	w.never = []string{"发展和改革局编印", "第1页", "页 共"}
	put(name, data, w)
}

// oddAndEven makes a PDF with other headers and numbers on even pages, none on the first, and notes at the foot of pages.
func oddAndEven() {
	const name = "pdf/奇偶页脚注.pdf"
	if !wanted(name) {
		return
	}
	look := song("AR PL UMing CN", 32)
	mark := func(id int) string {
		return fmt.Sprintf(`<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="%d"/></w:r>`, id)
	}
	b := wp(centred, `<w:b/>`+song("AR PL UMing CN", 44), plainTitle)
	blocks := body()
	var lines []block
	lines = append(lines, block{kind: "p", text: plainTitle})
	notes := map[int]string{3: "可降解薄膜指以聚乳酸为原料的农用地膜。", 11: "“小巨人”企业指专精特新中小企业中的佼佼者。"}
	footnotes := `<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote><w:footnote w:type="continuationSeparator" w:id="1"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>`
	for i, x := range blocks {
		runs := wordRun(look, x.text)
		if n, ok := notes[i]; ok {
			runs += mark(i)
			footnotes += fmt.Sprintf(`<w:footnote w:id="%d"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>%s</w:p></w:footnote>`, i, wordRun(song("AR PL UMing CN", 18), n))
		}
		b += `<w:p><w:pPr>` + indented + `</w:pPr>` + runs + `</w:p>`
		lines = append(lines, x)
	}
	page := func(align, before, after string) string {
		return `<w:p><w:pPr><w:jc w:val="` + align + `"/></w:pPr>` + wordRun(look, before) + wordField("PAGE", look, "1") + wordRun(look, after) + `</w:p>`
	}
	data := office("o.docx", wordFile(b, `<w:headerReference w:type="default" r:id="header1"/><w:headerReference w:type="even" r:id="header2"/><w:footerReference w:type="default" r:id="footer1"/><w:footerReference w:type="even" r:id="footer2"/>`+a4+`<w:titlePg/>`, map[string]string{
		"header1": wp(`<w:jc w:val="right"/>`, song("AR PL UMing CN", 18), "平和县第十八届人民代表大会第四次会议文件（九）"),
		"header2": wp("", song("AR PL UMing CN", 18), "计划执行情况报告"),
		"footer1": page("right", "— ", " —"), "footer2": page("left", "— ", " —"), "footnotes": footnotes, "settings": `<w:evenAndOddHeaders/>`,
	}), "pdf")
	w := sentences(lines, nowhere)
	w = paged(temp("o.pdf", data), w)
	for i, l := range w.lines { // the notes of the first page stand behind the paragraph that goes on over its end
		if strings.HasPrefix(l.text, "推动沐岚新材料三期") {
			w.lines = slices.Insert(w.lines, i+1, wantLine{"p1", "1" + notes[3]}, wantLine{"p1", "2" + notes[11]})
			break
		}
	}
	w.never = []string{"会议文件（九）", "— 3 —", "— 2 —"}
	put(name, data, w)
}

// frontMatter makes a PDF with a cover, contents whose pages have Roman numbers, and a text numbered anew as 3 / 9.
func frontMatter() {
	const name = "pdf/封面目录.pdf"
	if !wanted(name) {
		return
	}
	look := song("Noto Sans CJK SC", 28)
	small := song("Noto Sans CJK SC", 18)
	entry := func(text, page string) string {
		return `<w:p><w:pPr><w:tabs><w:tab w:val="right" w:leader="dot" w:pos="8700"/></w:tabs></w:pPr>` + wordRun(look, text) + `<w:r><w:tab/></w:r>` + wordRun(look, page) + `</w:p>`
	}
	b := strings.Repeat(wp("", look, ""), 6) + wp(centred, `<w:b/>`+song("Noto Sans CJK SC", 52), "平和县统计年报") + wp(centred, song("Noto Sans CJK SC", 36), "二〇二四年") +
		strings.Repeat(wp("", look, ""), 8) + wp(centred, look, "平和县统计局") +
		`<w:p><w:pPr><w:sectPr>` + a4 + `</w:sectPr></w:pPr></w:p>` +
		wp(centred, `<w:b/>`+song("Noto Sans CJK SC", 32), "目　录") + entry("一、2024年计划执行情况", "1") + entry("二、存在的困难和问题", "3") + entry("三、2025年工作安排", "4") +
		`<w:p><w:pPr><w:sectPr><w:footerReference w:type="default" r:id="footer1"/>` + a4 + `<w:pgNumType w:fmt="lowerRoman" w:start="1"/></w:sectPr></w:pPr></w:p>`
	w := plain("-", "平和县统计年报", "二〇二四年", "平和县统计局")
	blocks := body()
	for _, x := range blocks {
		if x.kind == "h1" {
			b += wp(centred, `<w:b/>`+look, x.text)
			continue
		}
		b += wp(indented, look, x.text)
	}
	w.lines = append(w.lines, sentences(blocks, nowhere).lines...)
	foot := func(before string) string {
		return `<w:p><w:pPr>` + centred + `</w:pPr>` + wordRun(small, before) + wordField("PAGE", small, "1") + `</w:p>`
	}
	data := office("f.docx", wordFile(b, `<w:headerReference w:type="default" r:id="header1"/><w:footerReference w:type="default" r:id="footer2"/>`+a4+`<w:pgNumType w:start="1"/>`, map[string]string{
		"header1": wp(centred+`<w:pBdr><w:bottom w:val="single" w:sz="6"/></w:pBdr>`, small, "平和县统计年报（2024）"),
		"footer1": foot(""),
		"footer2": `<w:p><w:pPr>` + centred + `</w:pPr>` + wordField("PAGE", small, "1") + wordRun(small, " / ") + wordField("SECTIONPAGES", small, "4") + `</w:p>`,
	}), "pdf")
	w = paged(temp("f.pdf", data), w)
	for i, l := range w.lines {
		if chapters.MatchString(l.text) {
			w.lines[i].at = "-" // Poppler finds it in the contents
		}
	}
	w.never = []string{"统计年报（2024）", "……", "......", "1 / "}
	put(name, data, w)
}

// chromium prints a page.
func chromium(source string, more ...string) []byte {
	temp("c.html", []byte(source))
	_ = os.Remove(filepath.Join(work, "c.pdf"))
	run("chromium", append([]string{"--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--print-to-pdf=c.pdf"}, append(more, "file://"+filepath.Join(work, "c.html"))...)...)
	return read(filepath.Join(work, "c.pdf"))
}

// gazette makes a PDF in three columns below a head, with a heading across them in the middle of the page, and numbers in the
// margin that the style sheet sets.
func gazette() {
	const name = "pdf/三栏简报.pdf"
	if !wanted(name) {
		return
	}
	var b strings.Builder
	b.WriteString(`<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><style>@page{size:A4;margin:22mm 16mm;@bottom-center{content:"第 " counter(page) " 页，共 " counter(pages) " 页";font-size:9pt}@top-left{content:"平和政务简报";font-size:9pt}}
body{font-family:"Noto Serif CJK SC";font-size:10.5pt;line-height:1.6;margin:0} h1{text-align:center;font-size:24pt;margin:0} .no{text-align:center;border-bottom:1px solid} .c{column-count:3;column-gap:9mm;text-align:justify} .c h2{column-span:all;text-align:center;font-size:14pt} p{text-indent:2em;margin:0}</style></head><body><h1>平和政务简报</h1><p class="no">2024年第12期（12月30日印发）</p><div class="c">`)
	w := plain("-", "平和政务简报", "2024年第12期（12月30日印发）")
	blocks := body()
	for _, x := range blocks {
		if x.kind == "h1" {
			b.WriteString(tag("h2", x.text))
		} else {
			b.WriteString(tag("p", x.text))
		}
	}
	for _, x := range []string{"编辑：县政府办信息科。", "印数：300份。"} {
		blocks = append(blocks, block{kind: "p", text: x})
		b.WriteString(tag("p", x))
	}
	b.WriteString(`</div></body></html>`)
	w.lines = append(w.lines, sentences(blocks, nowhere).lines...)
	data := chromium(b.String())
	w = paged(temp("c.pdf", data), w)
	w.never = []string{"页，共"}
	put(name, data, w)
}

// traditionalGazette makes a PDF in traditional script, two columns, with numbers of pages in full-width digits.
func traditionalGazette() {
	const name = "pdf/繁體公報.pdf"
	if !wanted(name) {
		return
	}
	texts := []string{
		"金屯鄉公所為推動漁港再造，與沐嵐新材料股份有限公司簽訂合作備忘錄，規劃興建冷凍倉儲中心一座，總經費新臺幣3億6,000萬元，預計民國114年6月動工。",
		"鄉長表示，「西浦漁港景觀橋」已於去年12月完工啟用，橋長186公尺，由圭澤營造有限公司承攬；周邊步道工程因物料短缺，展延工期90天。",
		"為照顧長者，本鄉於南澳、東溪、後壁三村設置社區照顧關懷據點，全年服務28,400人次，並與璟川食品合作提供送餐服務。",
		"教育方面，西浦國小第二校舍改建工程進度達72%，新設幼兒園2所，增加名額150名。",
		"展望新年度，鄉公所將持續爭取中央補助，加速辦理東溪抽水站改善工程、南澳產業園區（第二期）開發案，並檢討未如期發包之工程。",
	}
	look := song("AR PL UMing TW", 28)
	b := wp(centred, `<w:b/>`+song("AR PL UMing TW", 40), "金屯鄉公報") + wp(centred, look, "中華民國113年冬字第24期")
	b += `<w:p><w:pPr><w:sectPr><w:headerReference w:type="default" r:id="header1"/><w:footerReference w:type="default" r:id="footer1"/>` + a4 + `<w:pgNumType w:fmt="decimalFullWidth"/></w:sectPr></w:pPr></w:p>`
	var blocks []block
	for range 3 {
		for _, s := range texts {
			s = fmt.Sprintf("第%d號、", len(blocks)+1) + s
			b += wp(indented, look, s)
			blocks = append(blocks, block{kind: "p", text: s})
		}
	}
	foot := `<w:p><w:pPr>` + centred + `</w:pPr>` + wordRun(look, "第") + wordField(`PAGE \* DBCHAR`, look, "１") + wordRun(look, "頁") + `</w:p>`
	data := office("g.docx", wordFile(b, `<w:headerReference w:type="default" r:id="header1"/><w:footerReference w:type="default" r:id="footer1"/><w:type w:val="continuous"/>`+a4+`<w:pgNumType w:fmt="decimalFullWidth"/><w:cols w:num="2" w:space="500"/>`, map[string]string{
		"header1": wp(centred, song("AR PL UMing TW", 18), "金屯鄉公報　113年冬字第24期　政令"), "footer1": foot,
	}), "pdf")
	w := plain("-", "金屯鄉公報", "中華民國113年冬字第24期")
	w.lines = append(w.lines, sentences(blocks, nowhere).lines...)
	w = paged(temp("g.pdf", data), w)
	w.never = []string{"第24期　政令", "第24期 政令", "第１頁", "第２頁", "第2頁"}
	put(name, data, w)
}

// numberFormats makes a workbook in which most cells look other than what is stored.
func numberFormats() {
	const name = "sheet/数字格式.xlsx"
	if !wanted(name) {
		return
	}
	f := excelize.NewFile()
	const sheet = "进度"
	must(f.SetSheetName("Sheet1", sheet))
	header := []string{"项目名称", "总投资", "完成比例", "年度计划", "开工日期", "竣工月份", "备案时间", "产值", "增减", "编号"}
	for i, h := range header {
		must(f.SetCellValue(sheet, fmt.Sprintf("%c1", 'A'+i), h))
	}
	formats := []string{"", `¥#,##0.00`, `0.0%`, `0!.0,"万元"`, `yyyy"年"m"月"d"日"`, `[$-804]yyyy"年"m"月";@`, `yyyy/m/d h:mm`, `#,##0.0_ `, `#,##0;[Red](#,##0)`, `000`}
	rows := []struct {
		values []any
		shown  []string
	}{
		{[]any{"沐岚新材料薄膜项目", 128000000, 0.4375, 56000, 45392, 45809, 45306.604166667, 23456.78, -1200, 7}, []string{"沐岚新材料薄膜项目", "¥128,000,000.00", "43.8%", "5.6万元", "2024年4月10日", "2025年6月", "2024/1/15 14:30", "23,456.8", "(1,200)", "007"}},
		{[]any{"圭泽电缆二期", 65000000.5, 1, 123000, 44927, 45627, 44562.375, 900, 350, 12}, []string{"圭泽电缆二期", "¥65,000,000.50", "100.0%", "12.3万元", "2023年1月1日", "2024年12月", "2022/1/1 9:00", "900.0", "350", "012"}},
	}
	var w want
	for i, r := range rows {
		for c, v := range r.values {
			at := fmt.Sprintf("%c%d", 'A'+c, i+2)
			must(f.SetCellValue(sheet, at, v))
			if formats[c] != "" {
				style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &formats[c]})
				must(err)
				must(f.SetCellStyle(sheet, at, at, style))
			}
		}
		w.lines = append(w.lines, wantLine{fmt.Sprintf("%s!%d", sheet, i+2), said(header, r.shown)})
	}
	var b bytes.Buffer
	must(f.Write(&b))
	put(name, b.Bytes(), w)
}

// officeSheet makes a workbook with LibreOffice of a sheet with a title, a unit, a header in two rows, headings between rows, a
// sum, formulas, and notes.
func officeSheet() {
	const name = "sheet/两行表头.xlsx"
	if !wanted(name) {
		return
	}
	cell := func(attributes, text string) string {
		return `<table:table-cell office:value-type="string" ` + attributes + `><text:p>` + text + `</text:p></table:table-cell>`
	}
	number := func(v string) string {
		return `<table:table-cell office:value-type="float" office:value="` + v + `"><text:p>` + v + `</text:p></table:table-cell>`
	}
	covered := func(n int) string {
		return fmt.Sprintf(`<table:covered-table-cell table:number-columns-repeated="%d"/>`, n)
	}
	line := func(cells ...string) string {
		return `<table:table-row>` + strings.Join(cells, "") + `</table:table-row>`
	}
	down, across := `table:number-rows-spanned="2" table:number-columns-spanned="1"`, `table:number-rows-spanned="1" table:number-columns-spanned="3"`
	fods := `<?xml version="1.0" encoding="UTF-8"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body><office:spreadsheet><table:table table:name="附表1">` +
		line(cell(`table:number-columns-spanned="7" table:number-rows-spanned="1"`, "平和县2024年重点项目投资完成情况表"), covered(6)) +
		line(cell("", "填报单位：县发展和改革局"), `<table:table-cell table:number-columns-repeated="5"/>`, cell("", "单位：亿元")) +
		line(cell(down, "序号"), cell(down, "项目名称"), cell(across, "投资"), covered(2), cell(down, "建设起止年限"), cell(down, "责任单位")) +
		line(covered(2), cell("", "总投资"), cell("", "2024年计划"), cell("", "2024年完成"), covered(2)) +
		line(`<table:table-cell/>`, cell("", "合计"), `<table:table-cell table:formula="of:=SUM([.C7:.C10])" office:value-type="float" office:value="30.8"><text:p>30.8</text:p></table:table-cell>`, number("11.7"), number("13.2"), `<table:table-cell/>`, `<table:table-cell/>`) +
		line(cell("", "一、工业项目")) +
		line(number("1"), cell("", "沐岚新材料薄膜项目"), number("12.8"), number("5"), number("5.6"), cell("", "2024-2025"), cell(`table:number-rows-spanned="2" table:number-columns-spanned="1"`, "县工信局")) +
		line(number("2"), cell("", "圭泽电缆二期"), number("6.5"), number("2.5"), number("3.4"), cell("", "2023-2024"), covered(1)) +
		line(cell("", "二、交通项目")) +
		line(number("3"), cell("", "花山溪大桥"), number("11.5"), number("4.2"), number("4.2"), cell("", "2022-2025"), cell("", "县交通运输局")) +
		line(cell("", "备注：花山溪大桥含引道工程。")) +
		`</table:table></office:spreadsheet></office:body></office:document>`
	w := want{lines: []wantLine{
		{"附表1!1", "平和县2024年重点项目投资完成情况表"},
		{"附表1!2", "填报单位：县发展和改革局\t\t\t\t\t\t单位：亿元"},
		{"附表1!5", "项目名称：合计，投资·总投资：30.8，投资·2024年计划：11.7，投资·2024年完成：13.2。"},
		{"附表1!6", "一、工业项目"},
		{"附表1!7", "序号：1，项目名称：沐岚新材料薄膜项目，投资·总投资：12.8，投资·2024年计划：5，投资·2024年完成：5.6，建设起止年限：2024-2025，责任单位：县工信局。"},
		{"附表1!8", "序号：2，项目名称：圭泽电缆二期，投资·总投资：6.5，投资·2024年计划：2.5，投资·2024年完成：3.4，建设起止年限：2023-2024，责任单位：县工信局。"},
		{"附表1!9", "二、交通项目"},
		{"附表1!10", "序号：3，项目名称：花山溪大桥，投资·总投资：11.5，投资·2024年计划：4.2，投资·2024年完成：4.2，建设起止年限：2022-2025，责任单位：县交通运输局。"},
		{"附表1!11", "备注：花山溪大桥含引道工程。"},
	}}
	put(name, office("s.fods", []byte(fods), "xlsx"), w)
}

// delimited makes tables as text in GB18030: with semicolons, cells of two lines and commas in numbers, and with tabs below a
// title.
func delimited() {
	gb := by(simplifiedchinese.GB18030)
	if name := "sheet/分号GB18030.csv"; wanted(name) {
		data := "项目名称;建设单位;总投资;完成比例;备注\r\n沐岚新材料薄膜项目;沐岚新材料（平和）有限公司;1.2万;43.8%;\"主体封顶，\r\n设备进场\"\r\n圭泽电缆二期;圭泽电缆有限公司;6,500.00;100%;\"含\"\"特种线缆\"\"车间；已投产\"\r\n花山溪大桥;平和县交通建设有限公司;$1,150;36.5%;\r\n"
		w := plain("-", "项目名称：沐岚新材料薄膜项目，建设单位：沐岚新材料（平和）有限公司，总投资：1.2万，完成比例：43.8%，备注：主体封顶， 设备进场。",
			"项目名称：圭泽电缆二期，建设单位：圭泽电缆有限公司，总投资：6,500.00，完成比例：100%，备注：含\"特种线缆\"车间；已投产。",
			"项目名称：花山溪大桥，建设单位：平和县交通建设有限公司，总投资：$1,150，完成比例：36.5%。")
		w.lines[0].at, w.lines[1].at, w.lines[2].at = "l2", "l4", "l5"
		put(name, gb(data), w)
	}
	if name := "sheet/制表符GB18030.tsv"; wanted(name) {
		data := "平和县工业企业产值表\n统计时间\t2024年12月\n企业名称\t产值（万元）\t\t从业人员\n\t本年\t上年\t\n沐岚新材料\t45600\t38200\t420\n圭泽电缆\t28900\t26100\t315\n"
		w := plain("l%d", "平和县工业企业产值表", "统计时间\t2024年12月", "企业名称：沐岚新材料，产值（万元）·本年：45600，产值（万元）·上年：38200，从业人员：420。", "企业名称：圭泽电缆，产值（万元）·本年：28900，产值（万元）·上年：26100，从业人员：315。")
		w.lines[2].at, w.lines[3].at = "l5", "l6"
		put(name, gb(data), w)
	}
}

// forwardedMail makes a mail as Chinese mail programs forward it: quoted-printable GB2312, a picture in the text, and names of
// attached files in three ways of writing.
func forwardedMail() {
	const name = "mail/转发.eml"
	if !wanted(name) {
		return
	}
	gb := by(simplifiedchinese.GBK)
	quoted := func(s string) string {
		var b bytes.Buffer
		w := quotedprintable.NewWriter(&b)
		_, err := w.Write(gb(s))
		must(err)
		must(w.Close())
		return b.String()
	}
	word := func(s string) string { return "=?gb2312?B?" + base64.StdEncoding.EncodeToString(gb(s)) + "?=" }
	page := `<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><style>body{font-size:14px}</style></head><body><div>各位同事：</div><div>　　现将12月份项目进展转发给你们。沐岚新材料薄膜项目已完成主体封顶，<b>圭泽电缆二期</b>竣工验收。</div><div><br></div><div><img src="cid:logo"></div><div style="border-top:1px solid #ccc"><div><b>发件人：</b>县重点办</div><div><b>主题：</b>项目进展</div></div><table border="1"><tr><td>项目</td><td>进展</td></tr><tr><td>花山溪大桥</td><td>左幅贯通</td></tr></table></body></html>`
	table := "项目,进展情况\r\n花山溪大桥,左幅贯通\r\n坂仔镇卫生院迁建项目,前期\r\n"
	attach := func(kind, names, data string) string {
		return "--M\r\nContent-Type: " + kind + "\r\nContent-Disposition: attachment; " + names + "\r\nContent-Transfer-Encoding: base64\r\n\r\n" + lines76(base64.StdEncoding.EncodeToString([]byte(data))) + "\r\n"
	}
	mail := "Received: from mail.example.com\r\nFrom: " + word("县重点办") + " <a@example.gov.cn>\r\nTo: b@example.gov.cn\r\nSubject: " + word("转发：12月份重点") + "\r\n " + word("项目进展") + "\r\nDate: Mon, 30 Dec 2024 16:20:11 +0800 (CST)\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"M\"\r\n\r\nThis is a multi-part message in MIME format.\r\n" +
		"--M\r\nContent-Type: multipart/related; boundary=\"R\"; type=\"multipart/alternative\"\r\n\r\n--R\r\nContent-Type: multipart/alternative; boundary=\"A\"\r\n\r\n--A\r\nContent-Type: text/plain; charset=\"gb2312\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" + quoted("各位同事：") + "\r\n--A\r\nContent-Type: text/html; charset=\"gb2312\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" + quoted(page) + "\r\n--A--\r\n\r\n" +
		"--R\r\nContent-Type: image/gif; name=\"logo.gif\"\r\nContent-ID: <logo>\r\nContent-Transfer-Encoding: base64\r\n\r\nR0lGODlhAQABAAAAACw=\r\n--R--\r\n\r\n" +
		attach("text/csv; name*=gb18030''"+escaped(gb("进展一.csv")), "filename*=gb18030''"+escaped(gb("进展一.csv")), string(gb(table))) +
		attach("application/octet-stream", "filename=\""+word("进展二.csv")+"\"", string(gb(table))) +
		attach("application/octet-stream", "filename*0*=utf-8''"+url.PathEscape("进展")+"; filename*1*="+url.PathEscape("三.csv"), table) +
		"--M--\r\n"
	put(name, []byte(mail), plain("-", "转发：12月份重点项目进展", "各位同事：", "现将12月份项目进展转发给你们。", "沐岚新材料薄膜项目已完成主体封顶，圭泽电缆二期竣工验收。", "发件人：县重点办", "主题：项目进展", "项目\t进展", "花山溪大桥\t左幅贯通"))
	rows := plain("l%d", "", "项目：花山溪大桥，进展情况：左幅贯通。", "项目：坂仔镇卫生院迁建项目，进展情况：前期。")
	rows.lines = rows.lines[1:]
	for _, n := range []string{"一", "二", "三"} {
		expect(name+"!/进展"+n+".csv", rows)
	}
}

func escaped(b []byte) string {
	var s strings.Builder
	for _, c := range b {
		if c < 0x80 {
			s.WriteByte(c)
			continue
		}
		fmt.Fprintf(&s, "%%%02X", c)
	}
	return s.String()
}

// snapshot lets Chromium save a page with all its parts, as "save as, web page, single file" does.
func snapshot() {
	const name = "web/浏览器快照.mhtml"
	if !wanted(name) {
		return
	}
	var b strings.Builder
	b.WriteString(`<!DOCTYPE html><html><head><meta charset="utf-8"><title>` + plainTitle + `_平和县人民政府门户网站</title><meta name="ArticleTitle" content="` + plainTitle + `"><meta name="PubDate" content="2025-01-08 10:20"></head><body><header class="site-header"><a href="/">网站首页</a><a href="/zw">政务公开</a></header><div class="crumb">当前位置：<a href="/">首页</a> / <a href="/jh">计划总结</a></div>
<div class="article"><h1 class="article-title">` + plainTitle + `</h1><div class="article-info"><span>发布时间：2025-01-08 10:20</span><span>字号：<a href="#">大</a> <a href="#">中</a> <a href="#">小</a></span></div><div id="con" class="article-con"></div></div><iframe src="data:text/html;charset=utf-8,%3Cp%3E访问统计%3C/p%3E"></iframe><footer><p>版权所有：平和县人民政府办公室　网站标识码：0000000000</p></footer><script>const t=` + js(body()) + `;for(const [k,s] of t){const e=document.createElement(k);e.textContent=s;document.getElementById("con").append(e)}</script></body></html>`)
	temp("snap.html", []byte(b.String()))
	w := plain("-", plainTitle)
	w.lines = append(w.lines, sentences(body(), nowhere).lines...)
	w.never = []string{"网站首页", "版权所有", "访问统计", "当前位置"}
	here := "file://" + filepath.Join(work, "snap.html")
	// Not the address of a file of the machine that made the page, but one that an office has.
	put(name, bytes.ReplaceAll(saveAsMHTML(here), []byte(here), []byte("https://www.example.gov.cn/jhzj/t1.html")), w)
}

func js(blocks []block) string {
	pairs := make([][2]string, len(blocks))
	for i, x := range blocks {
		pairs[i] = [2]string{map[string]string{"h1": "h3", "p": "p"}[x.kind], x.text}
	}
	data, err := json.Marshal(pairs)
	must(err)
	return string(data)
}

// saveAsMHTML asks Chromium for a snapshot over its debugging pipe: messages end with a zero byte.
func saveAsMHTML(address string) []byte {
	toIn, toOut, err := os.Pipe()
	must(err)
	fromIn, fromOut, err := os.Pipe()
	must(err)
	c := exec.Command("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe", "about:blank")
	c.Dir, c.ExtraFiles = work, []*os.File{toIn, fromOut}
	must(c.Start())
	defer func() {
		must(c.Process.Kill())
		_ = c.Wait()
	}()
	in := bufio.NewReaderSize(fromIn, 1<<20)
	id := 0
	type message struct {
		ID     int             `json:"id"`
		Method string          `json:"method"`
		Result json.RawMessage `json:"result"`
	}
	receive := func() (m message) {
		line, err := in.ReadBytes(0)
		must(err)
		must(json.Unmarshal(line[:len(line)-1], &m))
		return m
	}
	call := func(session, method string, params any) json.RawMessage {
		id++
		request := map[string]any{"id": id, "method": method, "params": params}
		if session != "" {
			request["sessionId"] = session
		}
		data, err := json.Marshal(request)
		must(err)
		_, err = toOut.Write(append(data, 0))
		must(err)
		for {
			if m := receive(); m.ID == id {
				return m.Result
			}
		}
	}
	var target struct{ TargetID string }
	must(json.Unmarshal(call("", "Target.createTarget", map[string]string{"url": "about:blank"}), &target))
	var session struct{ SessionID string }
	must(json.Unmarshal(call("", "Target.attachToTarget", map[string]any{"targetId": target.TargetID, "flatten": true}), &session))
	call(session.SessionID, "Page.enable", map[string]any{})
	call(session.SessionID, "Page.navigate", map[string]string{"url": address})
	for receive().Method != "Page.loadEventFired" {
	}
	var saved struct{ Data string }
	must(json.Unmarshal(call(session.SessionID, "Page.captureSnapshot", map[string]string{"format": "mhtml"}), &saved))
	return []byte(saved.Data)
}

// nestedFrames makes a page of frames within frames, as Internet Explorer saved it.
func nestedFrames() {
	const name = "web/旧站框架.htm"
	if !wanted(name) {
		return
	}
	gb := by(simplifiedchinese.GBK)
	folder := filepath.Join(root, "files/web/旧站框架.files")
	must(os.MkdirAll(folder, 0o755))
	write := func(name, source string) { must(os.WriteFile(filepath.Join(folder, name), gb(source), 0o644)) }
	put(name, gb(`<HTML><HEAD><TITLE>平和之窗</TITLE><META http-equiv=Content-Type content="text/html; charset=gb2312"></HEAD><FRAMESET rows=90,* frameBorder=0><FRAME name=top src="旧站框架.files/top.htm" scrolling=no><FRAMESET cols=160,*><FRAME name=left src="旧站框架.files/left.htm"><FRAME name=main src="旧站框架.files/bg.htm"></FRAMESET></FRAMESET></HTML>`), want{})
	must(os.Remove(filepath.Join(root, "expected", strings.ReplaceAll(name, "/", "__")+".txt")))
	write("top.htm", `<HTML><HEAD><META http-equiv=Content-Type content="text/html; charset=gb2312"></HEAD><BODY><IMG src="banner.gif" alt="平和之窗"><MARQUEE>欢迎访问平和之窗网站</MARQUEE></BODY></HTML>`)
	write("left.htm", `<HTML><BODY><A href="1.htm">领导之窗</A><BR><A href="2.htm">政府文件</A><BR><A href="3.htm">招商引资</A></BODY></HTML>`)
	var b strings.Builder
	b.WriteString(`<HTML><HEAD><META http-equiv=Content-Type content="text/html; charset=gb2312"><STYLE>TD {FONT-SIZE: 9pt}</STYLE></HEAD><BODY><TABLE width="95%" align=center><TBODY><TR><TD align=middle><FONT color=#ff0000 size=5><B>` + plainTitle + `</B></FONT></TD></TR><TR><TD align=middle>发布时间：2025-1-8　阅读次数：123</TD></TR><TR><TD><SPAN style="LINE-HEIGHT: 150%">`)
	for _, x := range body() {
		b.WriteString("　　" + html.EscapeString(x.text) + "<BR>\r\n")
	}
	b.WriteString(`</SPAN></TD></TR><TR><TD align=right>【<A href="javascript:window.print()">打印本页</A>】【<A href="javascript:window.close()">关闭窗口</A>】</TD></TR></TBODY></TABLE></BODY></HTML>`)
	write("bg.htm", b.String())
	w := plain("-", plainTitle)
	w.lines = append(w.lines, sentences(body(), nowhere).lines...)
	w.never = []string{"欢迎访问", "领导之窗", "打印本页", "关闭窗口"}
	expect("web/旧站框架.files/bg.htm", w)
}

// sites makes pages as the content systems of today write them, and a press release in traditional script.
func sites() {
	blocks := body()
	said := func(extra ...string) want {
		w := plain("-", plainTitle)
		w.lines = append(w.lines, sentences(blocks, nowhere).lines...)
		w.never = extra
		return w
	}
	if name := "web/TRS分页.html"; wanted(name) {
		var b strings.Builder
		b.WriteString(`<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd"><html xmlns="http://www.w3.org/1999/xhtml"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"/><title>` + plainTitle + `--平和县人民政府</title><meta name="SiteName" content="平和县人民政府"/><meta name="ColumnName" content="规划计划"/><meta name="ArticleTitle" content="` + plainTitle + `"/><meta name="PubDate" content="2025-01-08 10:20:00"/><meta name="ContentSource" content="县发展和改革局"/></head><body><div id="top_bg"><ul class="nav_ul"><li><a href="../">首页</a></li><li><a href="../../zwgk/">政务公开</a></li><li><a href="../../hdjl/">互动交流</a></li></ul><div class="search"><input value="请输入关键字"/></div></div>
<div class="dqwz">您当前所在位置：<a href="../../" title="首页" class="CurrChnlCls">首页</a> &gt; <a href="../" class="CurrChnlCls">规划计划</a></div><div class="xxgk_table"><table><tr><td><b>索 引 号</b></td><td>PH00101-2501-2025-00003</td><td><b>文号</b></td><td>无</td></tr><tr><td><b>发布机构</b></td><td>平和县发展和改革局</td><td><b>发文日期</b></td><td>2025-01-08</td></tr></table></div><div class="xl_con"><div class="xl_tit">` + plainTitle + `</div><div class="xl_sx">日期：2025-01-08 &nbsp;来源：县发展和改革局 &nbsp;点击数：<script>document.write(1)</script> &nbsp;字体：【<a href="javascript:doZoom(20)">大</a> <a href="javascript:doZoom(14)">小</a>】</div><div id="detailCont"><div class="view TRS_UEDITOR trs_paper_default trs_word"><style type="text/css">.trs_word p{margin:0}</style>`)
		for i, x := range blocks {
			if x.kind == "h1" {
				b.WriteString(`<p class="p2" style="text-indent: 2em; line-height: 2;"><strong><span style="font-family:黑体; font-size: 16pt;">` + html.EscapeString(x.text) + `</span></strong></p>`)
				continue
			}
			if i == 5 {
				b.WriteString(`<p align="center"><img src="./W020250108.jpg" alt="" oldsrc="W020250108.jpg"/></p>`)
			}
			b.WriteString(`<p class="p" style="text-indent: 2em;"><span style="font-family:仿宋_GB2312;">` + strings.ReplaceAll(html.EscapeString(x.text), "，", `，</span><span style="font-family:仿宋_GB2312;">`) + `</span></p>`)
		}
		b.WriteString(`</div></div><div class="fj"></div><div class="xgxx"><div class="tit">相关信息</div><ul><li><a href="./t1.html">平和县2023年国民经济和社会发展统计公报</a><span>2024-04-02</span></li><li><a href="./t2.html">沐岚新材料项目签约仪式举行</a><span>2024-03-11</span></li></ul></div><div class="share">分享到：<a class="bds_weixin"></a></div><div class="page_turn">上一篇：<a href="./t3.html">平和县2024年预算执行情况</a> 下一篇：没有了</div></div><div class="foot"><p>主办单位：平和县人民政府办公室　网站标识码：3506280001　闽公网安备 35062802000001号</p></div></body></html>`)
		put(name, []byte(b.String()), said("首页", "互动交流", "索 引 号", "PH00101", "相关信息", "签约仪式举行", "分享到", "上一篇", "主办单位：平和县人民政府办公室"))
	}
	if name := "web/集约化平台.html"; wanted(name) {
		var b strings.Builder
		b.WriteString(`<!doctype html><html lang="zh-cn"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>平和县人民政府 规划计划 ` + plainTitle + `</title><meta name="ArticleTitle" content="` + plainTitle + `"><meta name="PubDate" content="2025-01-08"></head><body><div class="wzd" role="navigation"><a href="#skip">无障碍</a><a href="/en">English</a></div><div class="container"><ul class="sub-nav"><li><a href="/a">县政府领导</a></li><li><a href="/b">机构职能</a></li></ul><div class="main-txt"><ucaptitle><h2>` + plainTitle + `</h2></ucaptitle><div class="xxxq_info"><span>信息来源：县发展和改革局</span><span>发布日期：2025-01-08</span><span>浏览次数：<em id="hits">56</em></span></div><div class="wzcon j-fontContent"><ucapcontent>`)
		for _, x := range blocks {
			b.WriteString(`<section style="box-sizing:border-box"><section><p style="white-space:normal"><span leaf="">` + html.EscapeString(x.text) + `</span></p></section></section>`)
		}
		b.WriteString(`</ucapcontent></div><div class="qrcode"><p>扫一扫在手机打开当前页</p></div><div class="tools"><a href="javascript:window.print()">【打印本页】</a><a href="javascript:window.close()">【关闭窗口】</a></div></div></div><div class="hot"><h4>热门信息</h4><ol><li><a href="/1">县长调研圭泽电缆二期项目建设</a></li><li><a href="/2">花山溪大桥建设提速</a></li><li><a href="/3">璟川食品获评省级龙头企业</a></li></ol></div><footer><a href="/s">网站声明</a> <a href="/m">网站地图</a><p>闽ICP备05000000号</p></footer></body></html>`)
		put(name, []byte(b.String()), said("无障碍", "机构职能", "扫一扫", "打印本页", "热门信息", "县长调研", "网站声明"))
	}
	if name := "web/繁體新聞稿.html"; wanted(name) {
		lines := []string{"金屯鄉公所與沐嵐新材料簽訂合作備忘錄", "金屯鄉公所今（十二）日與沐嵐新材料股份有限公司簽訂合作備忘錄，雙方將於南澳產業園區興建冷凍倉儲中心，總經費新臺幣3億6,000萬元。", "鄉長指出，圭澤營造承攬的「西浦漁港景觀橋」已於去年12月完工啟用，帶動遊客成長兩成五。", "至於延宕多時的東溪抽水站改善工程，公所將於三個月內重新發包，並要求廠商提出趕工計畫。", "沐嵐新材料董事長則說，該公司在臺投資已逾十年，此次合作可望創造120個在地就業機會。"}
		var b strings.Builder
		b.WriteString(`<html lang="zh-Hant"><head><meta charset="utf-8"><title>金屯鄉公所-新聞稿-` + lines[0] + `</title></head><body><a class="accesskey" href="#C">跳到主要內容區塊</a><table width="100%"><tr><td><a href="/">回首頁</a>｜<a href="/sitemap">網站導覽</a>｜<a href="/mail">首長信箱</a></td></tr></table><table><tr><td width="180" valign="top"><a href="/n">新聞稿</a><br><a href="/p">公告</a><br><a href="/l">法令規章</a></td><td><div id="C"><h3>` + lines[0] + `</h3><div class="tool">字型大小：<a href="#">小</a><a href="#">中</a><a href="#">大</a>　<a href="#">友善列印</a></div><div class="cp">`)
		blocks := []block{{kind: "h1", text: lines[0]}}
		for _, l := range lines[1:] {
			b.WriteString("<p>　　" + l + "</p>")
			blocks = append(blocks, block{kind: "p", text: l})
		}
		b.WriteString(`</div><ul class="info"><li>發布日期：113-12-12</li><li>點閱數：86</li></ul><a href="javascript:history.back()">回上一頁</a></div></td></tr></table><div class="footer">地址：金屯鄉中正路1號　電話：（06）000-0000　Copyright © 金屯鄉公所</div></body></html>`)
		w := sentences(blocks, nowhere)
		w.never = []string{"回首頁", "網站導覽", "法令規章", "友善列印", "回上一頁", "Copyright"}
		put(name, []byte(b.String()), w)
	}
}
