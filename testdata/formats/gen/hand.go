package main

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf16"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// handFont is a font of a PDF written by hand: how its text is encoded and what its dictionaries are.
type handFont struct {
	objects []string // font dictionary first; %d is the number of the next object
	encode  func(s string) []byte
	packed  bool // content is compressed
}

func by(e encoding.Encoding) func(string) []byte {
	return func(s string) []byte {
		out, err := e.NewEncoder().Bytes([]byte(s))
		must(err)
		return out
	}
}

func units(s string) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(s)) {
		out = append(out, byte(u>>8), byte(u))
	}
	return out
}

// cidFont is a font without program of one of Adobe's collections.
func cidFont(name, encoding, ordering string) []string {
	return []string{
		fmt.Sprintf("<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/%s/DescendantFonts[%%d 0 R]>>", name, encoding),
		fmt.Sprintf("<</Type/Font/Subtype/CIDFontType0/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(%s)/Supplement 4>>/DW 1000/FontDescriptor %%d 0 R>>", name, ordering),
		fmt.Sprintf("<</Type/FontDescriptor/FontName/%s/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>", name),
	}
}

// collection inverts one of the tables of characters by CID.
func collection(name string) func(string) []byte {
	packed, err := os.Open("extract/doc/internal/pdf/adobe-" + name + ".txt.gz")
	must(err)
	defer packed.Close()
	z, err := gzip.NewReader(packed)
	must(err)
	table, err := io.ReadAll(z)
	must(err)
	cids := map[rune]int{}
	for cid, r := range []rune(string(table)) {
		if _, ok := cids[r]; !ok {
			cids[r] = cid
		}
	}
	return func(s string) []byte {
		var out []byte
		for _, r := range s {
			cid, ok := cids[r]
			if !ok {
				cid = cids['〓']
			}
			out = append(out, byte(cid>>8), byte(cid))
		}
		return out
	}
}

// page1 is a page set by hand: lines of text at places.
type handLine struct {
	x, y, size float64
	text       string
}

// handPDF writes a PDF file: pages of lines, and drawn lines in the operators of rules.
func handPDF(f handFont, pages [][]handLine, rules []string) []byte {
	var out bytes.Buffer
	var offsets []int
	object := func(s string) int {
		offsets = append(offsets, out.Len())
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", len(offsets), s)
		return len(offsets)
	}
	out.WriteString("%PDF-1.4\n%\xE2\xE3\xCF\xD3\n")
	kids := ""
	first := 3 + len(f.objects)
	for i := range pages {
		kids += fmt.Sprintf("%d 0 R ", first+2*i)
	}
	object("<</Type/Catalog/Pages 2 0 R>>")
	object(fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>>>", kids, len(pages)))
	for i, o := range f.objects {
		if strings.Contains(o, "%d") {
			o = fmt.Sprintf(o, 3+i+1)
		}
		object(o)
	}
	for i, lines := range pages {
		var c bytes.Buffer
		if i < len(rules) {
			c.WriteString(rules[i])
		}
		c.WriteString("BT\n")
		for _, l := range lines {
			fmt.Fprintf(&c, "/F1 %g Tf 1 0 0 1 %g %g Tm <%s> Tj\n", l.size, l.x, l.y, hex.EncodeToString(f.encode(l.text)))
		}
		c.WriteString("ET\n")
		data, filter := c.Bytes(), ""
		if f.packed {
			var z bytes.Buffer
			w := zlib.NewWriter(&z)
			_, err := w.Write(data)
			must(err)
			must(w.Close())
			data, filter = z.Bytes(), "/Filter/FlateDecode"
		}
		object(fmt.Sprintf("<</Type/Page/Parent 2 0 R/Contents %d 0 R>>", len(offsets)+2))
		object(fmt.Sprintf("<</Length %d%s>>\nstream\n%s\nendstream", len(data), filter, data))
	}
	start := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, o := range offsets {
		fmt.Fprintf(&out, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&out, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, start)
	return out.Bytes()
}

// set breaks blocks into lines of so many characters, as typesetters do, and puts them on pages with a number at the foot.
func set(blocks []block, width int, half bool) (pages [][]handLine, w want) {
	const left, top, bottom, size = 72.0, 770.0, 90.0, 14.0
	var page []handLine
	y := top
	end := func() {
		page = append(page, handLine{280, 50, 10, fmt.Sprintf("- %d -", len(pages)+1)})
		pages = append(pages, page)
		page, y = nil, top
	}
	line := func(x, s float64, text string) string {
		if y < bottom {
			end()
		}
		page = append(page, handLine{x, y, s, text})
		y -= 1.7 * s
		return fmt.Sprintf("p%d", len(pages)+1)
	}
	wide := func(r rune) float64 {
		if r < 0x80 && half {
			return 0.5
		}
		return 1
	}
	for _, b := range blocks {
		s, indent := size, 2.0
		if b.kind == "title" || b.kind == "meta" {
			if b.kind == "title" {
				s = 20
			}
			n := 0.0
			for _, r := range b.text {
				n += wide(r)
			}
			if n*s < 450 {
				at := line((595-n*s)/2, s, b.text)
				w.lines = append(w.lines, wantLine{at, b.text})
				continue
			}
		}
		runes := []rune(b.text)
		places := make([]string, len(runes))
		for i := 0; i < len(runes); {
			x, n := left, 0.0
			if i == 0 {
				x += indent * s
				n = indent
			}
			j := i
			for j < len(runes) && n+wide(runes[j]) <= float64(width)*size/s {
				n += wide(runes[j])
				j++
			}
			if j < len(runes) && strings.ContainsRune("，。、；：！？）》”", runes[j]) && j-i > 2 {
				j-- // no line begins with a mark
			}
			at := line(x, s, string(runes[i:j]))
			for k := i; k < j; k++ {
				places[k] = at
			}
			i = j
		}
		one := sentences([]block{b}, nowhere)
		from := 0
		for _, l := range one.lines {
			k := index(runes, []rune(l.text), from)
			l.at = places[k]
			from = k
			w.lines = append(w.lines, l)
		}
	}
	end()
	w.never = []string{"- 1 -"}
	return pages, w
}

// byHand makes PDF files whose fonts have no map to Unicode, as Chinese programs wrote them for decades.
func byHand() {
	a := report("龙文区/龙文区2024年政府工作报告.txt", 40)
	traditional := report("台商投资区/2024年管委會工作報告.txt", 40)
	gb1, cns1 := collection("gb1"), collection("cns1")
	type file struct {
		name   string
		blocks []block
		font   handFont
		half   bool
	}
	gb := func(name, encoding string, encode func(string) []byte) handFont {
		return handFont{cidFont(name, encoding, "GB1"), encode, true}
	}
	for _, c := range []file{
		{"pdf/手工GBK-EUC.pdf", a, gb("STSong-Light", "GBK-EUC-H", by(simplifiedchinese.GBK)), true},
		{"pdf/手工GB-EUC.pdf", a, gb("STSong-Light", "GB-EUC-H", by(simplifiedchinese.GBK)), true},
		{"pdf/手工GBK2K.pdf", a, gb("SimSun", "GBK2K-H", by(simplifiedchinese.GB18030)), true},
		{"pdf/手工UniGB-UCS2.pdf", a, gb("STSong-Light", "UniGB-UCS2-H", units), true},
		{"pdf/手工UniGB-UTF16.pdf", a, gb("STSongStd-Light", "UniGB-UTF16-H", units), true},
		{"pdf/手工Identity-GB1.pdf", a, gb("STSong-Light", "Identity-H", gb1), false},
		{"pdf/手工ETen-B5.pdf", traditional, handFont{cidFont("MSung-Light", "ETen-B5-H", "CNS1"), by(traditionalchinese.Big5), false}, true},
		{"pdf/手工UniCNS.pdf", traditional, handFont{cidFont("MSung-Light", "UniCNS-UTF16-H", "CNS1"), units, true}, true},
		{"pdf/手工Identity-CNS1.pdf", traditional, handFont{cidFont("MSung-Light", "Identity-H", "CNS1"), cns1, true}, false},
	} {
		if !wanted(c.name) {
			continue
		}
		blocks := c.blocks
		for i := range blocks { // what an encoding does not have would be lost
			blocks[i].text = strings.NewReplacer("𣗋", "树", "—", "—").Replace(blocks[i].text)
		}
		pages, w := set(blocks, 30, c.half)
		put(c.name, handPDF(c.font, pages, nil), w)
	}
	radicals(a)
	ownCmap(a)
	grids()
	damaged(a, gb("STSong-Light", "GBK-EUC-H", by(simplifiedchinese.GBK)))
}

// radicals makes a file whose map to Unicode gives radicals and compatibility forms for ideographs.
func radicals(blocks []block) {
	const name = "pdf/手工部首.pdf"
	if !wanted(name) {
		return
	}
	swap := strings.NewReplacer("一", "⼀", "工", "⼯", "大", "⼤", "民", "⺠", "长", "⻓", "门", "⻔", "车", "⻋", "見", "⾒", "水", "⽔", "力", "⼒", "人", "⼈", "口", "⼝", "金", "⾦", "木", "⽊", "土", "⼟", "山", "⼭", "文", "⽂", "方", "⽅", "日", "⽇", "月", "⽉", "里", "⾥", "高", "⾼", "用", "⽤", "生", "⽣", "石", "⽯", "龙", "⻰", "业", "业")
	text := swap.Replace(all(blocks))
	codes := map[rune]int{}
	var order []rune
	for _, r := range text {
		if codes[r] == 0 {
			order = append(order, r)
			codes[r] = len(order)
		}
	}
	var chars strings.Builder
	for i, r := range order {
		if i%100 == 0 {
			if i > 0 {
				chars.WriteString("endbfchar\n")
			}
			fmt.Fprintf(&chars, "%d beginbfchar\n", min(100, len(order)-i))
		}
		fmt.Fprintf(&chars, "<%04X> <%s>\n", i+1, hex.EncodeToString(units(string(r))))
	}
	cmap := "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n" + chars.String() + "endbfchar\nendcmap end end"
	f := handFont{objects: []string{
		"<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+SourceHanSerif/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode 5 0 R>>",
		"<</Type/Font/Subtype/CIDFontType0/BaseFont/ABCDEF+SourceHanSerif/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 1000>>",
		fmt.Sprintf("<</Length %d>>\nstream\n%s\nendstream", len(cmap), cmap),
	}, packed: true, encode: func(s string) []byte {
		var out []byte
		for _, r := range swap.Replace(s) {
			out = append(out, byte(codes[r]>>8), byte(codes[r]))
		}
		return out
	}}
	for i := 1; i <= 9; i++ { // the numbers of pages
		if r := rune('0' + i); codes[r] == 0 {
			log0(r)
		}
	}
	pages, w := set(blocks, 30, false)
	put(name, handPDF(f, pages, nil), w)
}

func log0(r rune) { fmt.Fprintf(os.Stderr, "no code for %q\n", r) }

func all(blocks []block) string {
	var b strings.Builder
	for _, x := range blocks {
		b.WriteString(x.text)
		for _, row := range x.rows {
			b.WriteString(strings.Join(row, ""))
		}
	}
	b.WriteString("- 0123456789")
	return b.String()
}

// ownCmap makes a file with an embedded TrueType font of which only the font's own table tells the characters.
func ownCmap(blocks []block) {
	const name = "pdf/手工内嵌字体.pdf"
	if !wanted(name) {
		return
	}
	temp("text.txt", []byte(all(blocks)))
	run("/usr/bin/python3", "-m", "fontTools.subset", "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc", "--font-number=0", "--text-file=text.txt", "--output-file=sub.ttf", "--drop-tables+=GSUB,GPOS,GDEF,vhea,vmtx", "--no-hinting")
	font := read(work + "/sub.ttf")
	dump := string(run("/usr/bin/python3", "-c", "from fontTools.ttLib import TTFont\nf=TTFont('sub.ttf')\nfor c,n in f.getBestCmap().items(): print(c, f.getGlyphID(n))"))
	gids := map[rune]int{}
	for line := range strings.Lines(dump) {
		var c, g int
		_, err := fmt.Sscan(line, &c, &g)
		must(err)
		gids[rune(c)] = g
	}
	var z bytes.Buffer
	w := zlib.NewWriter(&z)
	_, err := w.Write(font)
	must(err)
	must(w.Close())
	f := handFont{objects: []string{
		"<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+WenQuanYiZenHei/Encoding/Identity-H/DescendantFonts[%d 0 R]>>",
		"<</Type/Font/Subtype/CIDFontType2/BaseFont/ABCDEF+WenQuanYiZenHei/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 1000/CIDToGIDMap/Identity/FontDescriptor %d 0 R>>",
		"<</Type/FontDescriptor/FontName/ABCDEF+WenQuanYiZenHei/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 900/Descent -200/CapHeight 900/StemV 80/FontFile2 %d 0 R>>",
		fmt.Sprintf("<</Length %d/Length1 %d/Filter/FlateDecode>>\nstream\n%s\nendstream", z.Len(), len(font), strings.ReplaceAll(z.String(), "%", "%%")),
	}, packed: true, encode: func(s string) []byte {
		var out []byte
		for _, r := range s {
			out = append(out, byte(gids[r]>>8), byte(gids[r]))
		}
		return out
	}}
	f.objects[3] = strings.ReplaceAll(f.objects[3], "%%", "%")
	pages, want := set(blocks, 30, false)
	put(name, handPDF(f, pages, nil), want)
}

// grids makes tables: with lines and merged cells, and without lines.
func grids() {
	f := handFont{cidFont("STSong-Light", "UniGB-UTF16-H", "GB1"), units, true}
	rows := [][]string{
		{"类别", "项目名称", "建设单位", "总投资"},
		{"工业", "砺川智能二期项目", "砺川智能装备公司", "8.6亿元"},
		{"", "岚诺医药二期项目", "岚诺医药公司", "11亿元"},
		{"交通", "锦渚大桥", "城市建设投资公司", "9.2亿元"},
		{"", "后坂路改造工程", "公路事业发展中心", "0.8亿元"},
	}
	xs := []float64{60, 120, 270, 420, 535}
	if wanted("pdf/手工合并单元格.pdf") {
		lines := []handLine{{150, 780, 18, "2024年龙文区重点项目表"}, {60, 740, 12, "以下项目按类别排列，投资为计划总投资。"}}
		var rules strings.Builder
		rules.WriteString("0.5 w\n")
		y := 720.0
		var w want
		w.lines = append(w.lines, wantLine{"p1", lines[0].text}, wantLine{"p1", lines[1].text})
		for r, row := range rows {
			from := xs[0]
			if row[0] == "" {
				from = xs[1] // the cell above reaches down
			}
			fmt.Fprintf(&rules, "%g %g m %g %g l S\n", from, y, xs[4], y)
			for c, cell := range row {
				if cell == "" {
					continue
				}
				at := y - 18
				if r > 0 && c == 0 {
					at = y - 30 // in the middle of two rows
				}
				lines = append(lines, handLine{xs[c] + 6, at, 12, cell})
			}
			y -= 24
			w.lines = append(w.lines, wantLine{"p1", strings.Join(row, "\t")})
		}
		fmt.Fprintf(&rules, "%g %g m %g %g l S\n", xs[0], y, xs[4], y)
		for _, x := range xs {
			fmt.Fprintf(&rules, "%g 720 m %g %g l S\n", x, x, y)
		}
		lines = append(lines, handLine{60, y - 30, 12, "注：数据截至2024年12月。"})
		w.lines = append(w.lines, wantLine{"p1", "注：数据截至2024年12月。"})
		put("pdf/手工合并单元格.pdf", handPDF(f, [][]handLine{lines}, []string{rules.String()}), w)
	}
	if wanted("pdf/手工无线表.pdf") {
		lines := []handLine{{150, 780, 18, "2024年龙文区重点项目表"}, {60, 740, 12, "以下项目按类别排列，投资为计划总投资。"}}
		w := want{lines: []wantLine{{"p1", lines[0].text}, {"p1", lines[1].text}}}
		y := 700.0
		for _, row := range projects() {
			for c, cell := range row {
				lines = append(lines, handLine{[]float64{60, 95, 230, 400, 480}[c], y, 9.5, cell})
			}
			w.lines = append(w.lines, wantLine{"p1", strings.Join(row, "\t")})
			y -= 18
		}
		lines = append(lines, handLine{60, y - 30, 12, "数据来源于区发展和改革局。"})
		w.lines = append(w.lines, wantLine{"p1", "数据来源于区发展和改革局。"})
		put("pdf/手工无线表.pdf", handPDF(f, [][]handLine{lines}, nil), w)
	}
}

// damaged makes PDF files that can be read though their table of objects is wrong, and some that cannot.
func damaged(blocks []block, f handFont) {
	pages, w := set(blocks, 30, true)
	good := handPDF(f, pages, nil)
	if wanted("pdf/手工坏目录.pdf") {
		bad := bytes.Replace(good, []byte("startxref\n"), []byte("startxref\n9"), 1)
		put("pdf/手工坏目录.pdf", bad, w)
	}
	for name, data := range map[string][]byte{
		"bad/截断.pdf":  good[:len(good)/2],
		"bad/坏内容.pdf": bytes.Replace(good, []byte("stream\nx\x9c"), []byte("stream\nx\x9c\xff\xff\xff\xff"), 1),
		"bad/扫描件.pdf": handPDF(handFont{objects: []string{"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"}}, [][]handLine{nil, nil}, []string{"q 595 0 0 842 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x00 EI Q\n", "q 595 0 0 842 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x00 EI Q\n"}),
	} {
		if wanted(name) {
			must(os.MkdirAll(root+"/bad", 0o755))
			must(os.WriteFile(root+"/"+name, data, 0o644))
		}
	}
}
