package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// said is a row as a sentence: each cell behind the name of its column.
func said(header, row []string) string {
	var parts []string
	for i, cell := range row {
		if cell != "" {
			parts = append(parts, header[i]+"："+cell)
		}
	}
	return strings.Join(parts, "，") + "。"
}

// sheets makes workbooks and tables as text.
func sheets() {
	rows := projects()
	if wanted("sheet/项目表.xlsx") {
		f := excelize.NewFile()
		set := func(sheet, at string, v any) { must(f.SetCellValue(sheet, at, v)) }
		const first = "重点项目"
		must(f.SetSheetName("Sheet1", first))
		var w want
		set(first, "A1", "2024年龙文区重点项目表")
		must(f.MergeCell(first, "A1", "F1"))
		set(first, "F2", "单位：万元")
		header := []string{"类别", "项目名称", "建设单位", "总投资", "开工日期", "进展"}
		for i, h := range header {
			set(first, fmt.Sprintf("%c3", 'A'+i), h)
		}
		w.lines = []wantLine{{first + "!1", "2024年龙文区重点项目表"}, {first + "!2", "单位：万元"}}
		money, err := f.NewStyle(&excelize.Style{NumFmt: 3})
		must(err)
		format := "yyyy年m月d日"
		day, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
		must(err)
		short, err := f.NewStyle(&excelize.Style{NumFmt: 14})
		must(err)
		for i, r := range []struct {
			kind, name, by string
			total          int
			day            float64
			said, state    string
		}{
			{"工业", "砺川智能二期项目", "福建砺川智能装备股份有限公司", 86000, 45400, "2024年4月18日", "完成投资3.2亿元，主体封顶。"},
			{"", "岚诺医药二期项目", "漳州岚诺医药科技股份有限公司", 110000, 45444, "2024年6月1日", "已开工"},
			{"交通", "锦渚大桥", "龙海区城市建设投资有限公司", 92000, 45292, "2024/1/1", "主桥合龙。引桥全部完成。"},
		} {
			n := i + 4
			if r.kind != "" {
				set(first, fmt.Sprintf("A%d", n), r.kind)
			}
			set(first, fmt.Sprintf("B%d", n), r.name)
			set(first, fmt.Sprintf("C%d", n), r.by)
			set(first, fmt.Sprintf("D%d", n), r.total)
			must(f.SetCellStyle(first, fmt.Sprintf("D%d", n), fmt.Sprintf("D%d", n), money))
			set(first, fmt.Sprintf("E%d", n), r.day)
			must(f.SetCellStyle(first, fmt.Sprintf("E%d", n), fmt.Sprintf("E%d", n), day))
			if r.said == "2024/1/1" { // in the computer's own form
				must(f.SetCellStyle(first, fmt.Sprintf("E%d", n), fmt.Sprintf("E%d", n), short))
			}
			set(first, fmt.Sprintf("F%d", n), r.state)
			kind := r.kind
			if kind == "" {
				kind = "工业"
			}
			total := fmt.Sprintf("%d,000", r.total/1000)
			w.lines = append(w.lines, wantLine{fmt.Sprintf("%s!%d", first, n), said(header, []string{kind, r.name, r.by, total, r.said, strings.TrimRight(r.state, "。")})})
		}
		must(f.MergeCell(first, "A4", "A5"))
		set(first, "A8", "注：数据截至2024年12月。")
		w.lines = append(w.lines, wantLine{first + "!8", "注：数据截至2024年12月。"})
		const second = "两行表头"
		_, err = f.NewSheet(second)
		must(err)
		for at, v := range map[string]any{"A1": "项目", "B1": "投资（亿元）", "D1": "责任单位", "B2": "总投资", "C2": "年度计划", "A3": "碧洲文化艺术中心", "B3": 3.5, "C3": 1.2, "D3": "区文体旅局", "A4": "内林片区改造", "B4": 2, "C4": 0.8, "D4": "区住建局"} {
			set(second, at, v)
		}
		must(f.MergeCell(second, "A1", "A2"))
		must(f.MergeCell(second, "B1", "C1"))
		must(f.MergeCell(second, "D1", "D2"))
		w.lines = append(w.lines,
			wantLine{second + "!3", "项目：碧洲文化艺术中心，投资（亿元）·总投资：3.5，投资（亿元）·年度计划：1.2，责任单位：区文体旅局。"},
			wantLine{second + "!4", "项目：内林片区改造，投资（亿元）·总投资：2，投资（亿元）·年度计划：0.8，责任单位：区住建局。"})
		_, err = f.NewSheet("隐藏")
		must(err)
		set("隐藏", "A1", "看不见的一张表")
		must(f.SetSheetVisible("隐藏", false))
		_, err = f.NewSheet("空表")
		must(err)
		var b bytes.Buffer
		must(f.Write(&b))
		w.never = []string{"看不见的一张表"}
		put("sheet/项目表.xlsx", b.Bytes(), w)
	}
	table := func(sep rune, crlf bool) []byte {
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		w.Comma, w.UseCRLF = sep, crlf
		must(w.WriteAll(rows))
		return b.Bytes()
	}
	line := func(place string) (w want) {
		for i, r := range rows[1:] {
			w.lines = append(w.lines, wantLine{fmt.Sprintf(place, i+2), said(rows[0], r)})
		}
		return w
	}
	if wanted("sheet/导出.xlsx") {
		put("sheet/导出.xlsx", office("导出.csv", table(',', false), "xlsx", "--infilter=CSV:44,34,76,1"), line("导出!%d"))
	}
	if wanted("sheet/项目.csv") {
		put("sheet/项目.csv", append([]byte("\xEF\xBB\xBF"), table(',', true)...), line("l%d"))
	}
	if wanted("sheet/项目GBK.csv") {
		put("sheet/项目GBK.csv", by(simplifiedchinese.GB18030)(string(table(',', true))), line("l%d"))
	}
	if wanted("sheet/项目Unicode.csv") {
		utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes(table('\t', true))
		must(err)
		put("sheet/项目Unicode.csv", utf16, line("l%d"))
	}
}
