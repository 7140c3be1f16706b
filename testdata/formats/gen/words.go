package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// look is how a Word file is set.
type look struct {
	font     string
	columns  int
	header   string
	footer   string // with {page} for the number
	numbered bool   // headings have numbers that are not in their text
	contents bool   // a table of contents
	changes  bool   // deletions and insertions
	box      string // a text box
	note     string // a footnote
	size     int    // half points
}

// docx makes a Word file of blocks.
func docx(blocks []block, l look) []byte {
	if l.size == 0 {
		l.size = 24
	}
	esc := html.EscapeString
	var b strings.Builder
	props := func(bold bool) string {
		s := "<w:rPr>"
		if l.font != "" {
			s += fmt.Sprintf(`<w:rFonts w:ascii="%s" w:hAnsi="%s" w:eastAsia="%s"/>`, l.font, l.font, l.font)
		}
		if bold {
			s += "<w:b/>"
		}
		return s + fmt.Sprintf(`<w:sz w:val="%d"/></w:rPr>`, l.size)
	}
	textRun := func(s string, bold bool) string {
		return "<w:r>" + props(bold) + `<w:t xml:space="preserve">` + esc(s) + "</w:t></w:r>"
	}
	for i, x := range blocks {
		switch x.kind {
		case "title":
			fmt.Fprintf(&b, `<w:p><w:pPr><w:pStyle w:val="Title"/><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:rFonts w:eastAsia="%s"/><w:b/><w:sz w:val="40"/></w:rPr><w:t>%s</w:t></w:r></w:p>`, l.font, esc(x.text))
			if l.contents {
				b.WriteString(`<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent><w:p><w:r><w:t>目录导航</w:t></w:r></w:p></w:sdtContent></w:sdt>`)
				b.WriteString(`<w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr><w:r><w:t>第一章目录条目</w:t></w:r><w:r><w:tab/><w:t>3</w:t></w:r></w:p>`)
			}
		case "meta":
			fmt.Fprintf(&b, `<w:p><w:pPr><w:jc w:val="center"/></w:pPr>%s</w:p>`, textRun(x.text, false))
		case "h1":
			s := x.text
			number := ""
			if l.numbered {
				s = chapters.ReplaceAllString(s, "")
				number = `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>`
			}
			fmt.Fprintf(&b, `<w:p><w:pPr><w:pStyle w:val="Heading1"/>%s</w:pPr>%s</w:p>`, number, textRun(s, true))
		case "table":
			b.WriteString(`<w:tbl><w:tblPr><w:tblBorders><w:top w:val="single" w:sz="4"/><w:left w:val="single" w:sz="4"/><w:bottom w:val="single" w:sz="4"/><w:right w:val="single" w:sz="4"/><w:insideH w:val="single" w:sz="4"/><w:insideV w:val="single" w:sz="4"/></w:tblBorders></w:tblPr>`)
			for _, row := range x.rows {
				b.WriteString("<w:tr>")
				for _, cell := range row {
					fmt.Fprintf(&b, `<w:tc><w:tcPr><w:tcW w:w="1700" w:type="dxa"/></w:tcPr><w:p>%s</w:p></w:tc>`, textRun(cell, false))
				}
				b.WriteString("</w:tr>")
			}
			b.WriteString("</w:tbl>")
		default:
			runs := textRun(x.text, false)
			if l.changes {
				half := len([]rune(x.text)) / 2
				a, z := string([]rune(x.text)[:half]), string([]rune(x.text)[half:])
				runs = textRun(a, false) + `<w:del w:id="1" w:author="a"><w:r><w:delText>已删除的文字</w:delText></w:r></w:del><w:ins w:id="2" w:author="a">` + textRun(z, false) + "</w:ins>" +
					`<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏的文字</w:t></w:r>`
			}
			if l.note != "" && i == len(blocks)-1 {
				runs += `<w:r><w:footnoteReference w:id="2"/></w:r>`
			}
			if l.box != "" && i == len(blocks)-1 {
				runs += `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx><w:txbxContent><w:p>` + textRun(l.box, false) + `</w:p></w:txbxContent></wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p>` + textRun(l.box, false) + `</w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>`
			}
			fmt.Fprintf(&b, `<w:p><w:pPr><w:overflowPunct w:val="0"/><w:ind w:firstLineChars="200" w:firstLine="%d"/><w:jc w:val="both"/></w:pPr>%s</w:p>`, l.size*20, runs)
		}
	}
	section := ""
	if l.header != "" {
		section += `<w:headerReference w:type="default" r:id="rId4"/>`
	}
	if l.footer != "" {
		section += `<w:footerReference w:type="default" r:id="rId5"/>`
	}
	section += `<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="720" w:footer="720"/>`
	if l.columns > 1 {
		section += fmt.Sprintf(`<w:cols w:num="%d" w:space="500"/>`, l.columns)
	}
	const spaces = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml"`
	const head = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`
	document := head + `<w:document ` + spaces + `><w:body>` + b.String() + `<w:sectPr>` + section + `</w:sectPr></w:body></w:document>`
	edge := func(kind, s string) string {
		runs := ""
		for i, part := range strings.Split(s, "{page}") {
			if i > 0 {
				runs += `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`
			}
			runs += `<w:r><w:rPr><w:rFonts w:eastAsia="` + l.font + `"/><w:sz w:val="18"/></w:rPr><w:t xml:space="preserve">` + esc(part) + `</w:t></w:r>`
		}
		return head + `<w:` + kind + ` ` + spaces + `><w:p><w:pPr><w:jc w:val="center"/></w:pPr>` + runs + `</w:p></w:` + kind + `>`
	}
	styles := head + `<w:styles ` + spaces + `><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:before="240" w:after="120"/><w:outlineLvl w:val="0"/></w:pPr></w:style>` +
		`<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/><w:basedOn w:val="Normal"/></w:style></w:styles>`
	numbering := head + `<w:numbering ` + spaces + `><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`
	notes := head + `<w:footnotes ` + spaces + `><w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>分隔</w:t></w:r></w:p></w:footnote><w:footnote w:id="2"><w:p><w:r><w:t>` + esc(l.note) + `</w:t></w:r></w:p></w:footnote></w:footnotes>`
	const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	types := `<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>`
	relations := ""
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	add := func(name, data string) {
		f, err := z.Create(name)
		must(err)
		_, err = f.Write([]byte(data))
		must(err)
	}
	part := func(id, kind, data string) {
		name := kind
		if kind == "header" || kind == "footer" {
			name += "1"
		}
		relations += fmt.Sprintf(`<Relationship Id="%s" Type="%s%s" Target="%s.xml"/>`, id, office, kind, name)
		types += fmt.Sprintf(`<Override PartName="/word/%s.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.%s+xml"/>`, name, kind)
		add("word/"+name+".xml", data)
	}
	add("word/document.xml", document)
	part("rId1", "styles", styles)
	part("rId2", "numbering", numbering)
	if l.note != "" {
		part("rId3", "footnotes", notes)
	}
	if l.header != "" {
		part("rId4", "header", edge("hdr", l.header))
	}
	if l.footer != "" {
		part("rId5", "footer", edge("ftr", l.footer))
	}
	types += `<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>`
	add("[Content_Types].xml", head+`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">`+types+`</Types>`)
	add("_rels/.rels", head+`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="`+office+`officeDocument" Target="word/document.xml"/></Relationships>`)
	add("word/_rels/document.xml.rels", head+`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`+relations+`</Relationships>`)
	must(z.Close())
	return out.Bytes()
}

// office converts a file with LibreOffice.
func office(name string, data []byte, to string, more ...string) []byte {
	temp(name, data)
	ext, _, _ := strings.Cut(to, ":")
	made := filepath.Join(work, strings.TrimSuffix(name, filepath.Ext(name))+"."+ext)
	_ = os.Remove(made) // it says nothing if it cannot read the file
	run("soffice", slices.Concat([]string{"--headless"}, more, []string{"--convert-to", to, name})...)
	return read(made)
}

// paragraphs numbers blocks as a reader counts paragraphs, a row of a table as one.
func paragraphs(blocks []block) func(i, row int) string {
	first := make([]int, len(blocks))
	n := 1
	for i, b := range blocks {
		first[i] = n
		n += max(len(b.rows), 1)
	}
	return func(i, row int) string { return fmt.Sprintf("¶%d", first[i]+max(row-1, 0)) }
}

// words makes Word files, and the PDF files that LibreOffice makes of them.
func words() {
	a := report("龙文区/龙文区2024年政府工作报告.txt", 40)
	b := report("芗城区/2023年芗城区政府工作报告.txt", 60)
	short := report("芗城区/2025年芗城区政府工作报告.txt", 9)
	for _, c := range []struct {
		name   string
		blocks []block
		look   look
		never  []string
	}{
		{"word/段落.docx", a, look{}, nil},
		{"word/页眉页脚.docx", withTable(a, 6), look{header: "龙文区人民政府文件页眉", footer: "第 {page} 页脚"}, []string{"文件页眉", "页脚"}},
		{"word/自动编号.docx", a, look{numbered: true, contents: true}, []string{"目录导航", "目录条目"}},
		{"word/修订.docx", short, look{changes: true}, []string{"已删除的文字", "隐藏的文字"}},
		{"word/文本框脚注.docx", short, look{box: "文本框里的一句话。", note: "脚注里的一句话。"}, []string{"分隔"}},
	} {
		if !wanted(c.name) {
			continue
		}
		w := sentences(c.blocks, paragraphs(c.blocks))
		w.never = c.never
		n := len(c.blocks)
		for _, extra := range []string{c.look.box, c.look.note} {
			if extra != "" {
				n++
				w.lines = append(w.lines, wantLine{fmt.Sprintf("¶%d", n), extra})
			}
		}
		put(c.name, docx(c.blocks, c.look), w)
	}
	if wanted("word/LibreOffice.docx") {
		blocks := withTable(a, 6)
		put("word/LibreOffice.docx", office("x.docx", docx(blocks, look{font: "Noto Serif CJK SC", header: "导出页眉"}), "odt"), want{})
		odt := read(filepath.Join(work, "x.odt"))
		os.Remove(filepath.Join(root, "files/word/LibreOffice.docx"))
		w := sentences(blocks, paragraphs(blocks))
		w.never = []string{"导出页眉"}
		put("word/LibreOffice.docx", office("y.odt", odt, "docx"), w)
	}
	for _, c := range []struct {
		name   string
		blocks []block
		look   look
		tagged bool
		never  []string
	}{
		{"pdf/宋体CFF.pdf", a, look{font: "Noto Serif CJK SC", size: 26}, false, nil},
		{"pdf/黑体TrueType.pdf", a, look{font: "WenQuanYi Zen Hei", size: 32}, false, nil},
		{"pdf/明体页眉页脚.pdf", b, look{font: "AR PL UMing CN", header: "芗城区人民代表大会会议材料", footer: "— {page} —", size: 32}, false, []string{"会议材料", "— 1 —"}},
		{"pdf/双栏.pdf", b, look{font: "Noto Serif CJK SC", columns: 2, footer: "第 {page} 页", size: 20}, false, []string{"第 1 页", "第1页"}},
		{"pdf/双栏页眉.pdf", a, look{font: "WenQuanYi Zen Hei", columns: 2, header: "漳州市公报 2024年第3期", size: 21}, false, []string{"市公报"}},
		{"pdf/表格.pdf", withTable(a, 6), look{font: "Noto Sans CJK SC", header: "年度报告汇编", footer: "{page}", size: 21}, false, []string{"报告汇编"}},
		{"pdf/带标签.pdf", withTable(a, 4), look{font: "Noto Serif CJK SC", header: "带标签的页眉", footer: "共享页脚 {page}", size: 22}, true, []string{"带标签的页眉", "共享页脚"}},
		{"pdf/单页.pdf", short[:5], look{font: "Noto Serif CJK SC", header: "单页的页眉", footer: "- {page} -"}, false, []string{"单页的页眉", "- 1 -"}},
	} {
		if !wanted(c.name) {
			continue
		}
		to := "pdf"
		if c.tagged {
			to = `pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}`
		}
		data := office("x.docx", docx(c.blocks, c.look), to)
		w := paged(temp("x.pdf", data), sentences(c.blocks, nowhere))
		w.never = c.never
		put(c.name, data, w)
	}
	for name, args := range map[string][]string{
		"pdf/对象流.pdf":   {"--object-streams=generate", "--linearize"},
		"pdf/加密RC4.pdf": {"--allow-weak-crypto", "--encrypt", "", "owner", "128", "--use-aes=n", "--"},
		"pdf/加密AES.pdf": {"--allow-weak-crypto", "--encrypt", "", "owner", "128", "--use-aes=y", "--"},
		"pdf/加密256.pdf": {"--encrypt", "", "owner", "256", "--"},
		"bad/密码.pdf":    {"--encrypt", "user", "owner", "256", "--"},
	} {
		if !wanted(name) {
			continue
		}
		data := office("x.docx", docx(short, look{font: "Noto Serif CJK SC"}), "pdf")
		path := temp("x.pdf", data)
		w := paged(path, sentences(short, nowhere))
		run("qpdf", append(append([]string{"x.pdf"}, args...), "y.pdf")...)
		if strings.HasPrefix(name, "bad/") {
			must(os.MkdirAll(filepath.Join(root, "bad"), 0o755))
			must(os.WriteFile(filepath.Join(root, name), read(filepath.Join(work, "y.pdf")), 0o644))
			continue
		}
		put(name, read(filepath.Join(work, "y.pdf")), w)
	}
	for name, to := range map[string]string{"旧格式.doc": "doc", "富文本.rtf": "rtf", "开放文档.odt": "odt"} {
		if wanted("bad/" + name) {
			must(os.MkdirAll(filepath.Join(root, "bad"), 0o755))
			must(os.WriteFile(filepath.Join(root, "bad", name), office("x.docx", docx(short, look{}), to), 0o644))
		}
	}
}
