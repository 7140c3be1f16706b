package main

import (
	"archive/zip"
	"bytes"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// archives packs files of several kinds into a ZIP whose names are in GBK, as packers of Windows write them.
func archives() {
	const name = "各种.zip"
	if !wanted(name) {
		return
	}
	a := report("龙文区/龙文区2024年政府工作报告.txt", 12)
	rows := projects()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	add := func(name string, data []byte) {
		f, err := z.CreateHeader(&zip.FileHeader{Name: string(by(simplifiedchinese.GBK)(name)), NonUTF8: true, Method: zip.Deflate})
		must(err)
		_, err = f.Write(data)
		must(err)
	}
	add("材料/报告.docx", docx(a, look{}))
	pages, w := set(a, 30, true)
	add("材料/报告.pdf", handPDF(handFont{cidFont("STSong-Light", "GBK-EUC-H", "GB1"), by(simplifiedchinese.GBK), true}, pages, nil))
	table, err := z.CreateHeader(&zip.FileHeader{Name: string(by(simplifiedchinese.GBK)("材料/项目.csv")), NonUTF8: true, Method: zip.Deflate})
	must(err)
	for _, r := range rows {
		line := ""
		for i, c := range r {
			if i > 0 {
				line += ","
			}
			line += c
		}
		_, err := table.Write(by(simplifiedchinese.GBK)(line + "\r\n"))
		must(err)
	}
	must(z.Close())
	put(name, b.Bytes(), want{})
	expect(name+"!/材料/报告.docx", sentences(a, paragraphs(a)))
	expect(name+"!/材料/报告.pdf", w)
	var sheet want
	for i, r := range rows {
		if i == 0 {
			continue
		}
		sheet.lines = append(sheet.lines, wantLine{"l" + string(rune('1'+i)), said(rows[0], r)})
	}
	expect(name+"!/材料/项目.csv", sheet)
}
