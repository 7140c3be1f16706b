package doc

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Bounds of a workbook. Excelize keeps the parts of a workbook and its shared strings in memory, about ten bytes for each byte
// of XML.
const (
	maxWorkbook = 32 << 20 // bytes of XML
	maxSheets   = 256
	maxMerges   = 100_000
)

// readXLSX reads a workbook: the stored text is the rows of its visible sheets as they are shown, a row a line, see
// writer.table.
func readXLSX(data []byte, l Limits) (page *Page, err error) {
	o, err := openOffice(data, l)
	if err != nil {
		return nil, err
	}
	// Excelize looks into every part: each must be whole, and all together must be bounded before it is let at them.
	var sum uint64
	for _, f := range o.parts {
		if strings.HasSuffix(strings.ToLower(f.Name), ".xml") || strings.HasSuffix(f.Name, ".rels") {
			sum += min(f.UncompressedSize64, 1<<40)
		}
	}
	if sum > maxWorkbook {
		return nil, &Unreadable{Reason: "too large: a workbook of " + bytesText(int64(min(sum, 1<<50))) + " unpacked, at most " + bytesText(maxWorkbook) + " are read", Advice: "save its sheets as CSV"}
	}
	damaged := &Unreadable{Reason: "damaged: it cannot be read as a workbook", Advice: "get it again, or " + adviceOpenOffice}
	defer func() {
		if recover() != nil {
			page, err = nil, damaged
		}
	}()
	size := int64(2*maxWorkbook + l.MaxFile)
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{
		UnzipSizeLimit: size, UnzipXMLSizeLimit: size,
		// Dates in the computer's own form are shown as computers in China show them.
		CultureInfo: excelize.CultureNameZhCN, ShortDatePattern: "yyyy/m/d", LongDatePattern: "yyyy年m月d日",
	})
	if err != nil {
		return nil, damaged
	}
	defer func() { _ = f.Close() }() // it only removes temporary files, and there are none
	if f.Styles != nil && f.Styles.NumFmts != nil {
		for _, n := range f.Styles.NumFmts.NumFmt {
			if n != nil {
				n.FormatCode = invariant(n.FormatCode)
			}
		}
	}
	parts, err := sheetParts(o)
	if err != nil {
		return nil, err
	}
	w := &writer{limit: l.MaxText}
	sheets := f.GetSheetList()
	w.truncated = len(sheets) > maxSheets
	for _, sheet := range sheets[:min(len(sheets), maxSheets)] {
		if visible, err := f.GetSheetVisible(sheet); err == nil && !visible {
			continue
		}
		rows, whole, err := sheetRows(f, o, sheet, parts[sheet])
		if errors.Is(err, errNoCells) {
			continue
		}
		if err != nil {
			return nil, damaged
		}
		w.truncated = w.truncated || !whole
		w.table(sheet, rows)
	}
	if blank(w.b.String()) {
		return nil, &Unreadable{Reason: "a workbook without text", Advice: "get it again, or remove it"}
	}
	return w.page(FormatXLSX, xlsxReader, data), nil
}

// invariant writes a number format as the file format has it. Programs store what people in China type: ! before a character
// that is shown as it is (0!.0,"万元" shows 56000 as 5.6万元), and names of the halves of a day. Numerals in Chinese are shown
// as figures, which say the same.
func invariant(code string) string {
	var b strings.Builder
	quoted := false
	for i, r := range code {
		switch {
		case r == '"':
			quoted = !quoted
		case r == '!' && !quoted && i+1 < len(code):
			r = '\\'
		}
		b.WriteRune(r)
	}
	return strings.NewReplacer("[DBNum1]", "", "[DBNum2]", "", "[DBNum3]", "", "上午/下午", "AM/PM").Replace(b.String())
}

// errNoCells is the error of a sheet that has no cells, but a chart or a dialogue.
var errNoCells = errors.New("no cells")

func sheetRows(f *excelize.File, o *office, sheet, part string) (rows []sheetRow, whole bool, err error) {
	in, err := f.Rows(sheet)
	if err != nil {
		return nil, false, errNoCells
	}
	defer func() { _ = in.Close() }()
	for n := 1; in.Next(); n++ {
		if len(rows) >= maxSheetRows {
			return rows, false, nil
		}
		cells, err := in.Columns()
		if err != nil {
			return nil, false, err
		}
		r := sheetRow{number: n, cells: cells[:min(len(cells), maxSheetColumns)]}
		for i, c := range r.cells {
			r.cells[i] = tidy(cut(strings.ToValidUTF8(c, "\uFFFD"), maxCell))
		}
		if r.filled() > 0 {
			rows = append(rows, r)
		}
	}
	if err := in.Error(); err != nil {
		return nil, false, err
	}
	merged, err := merges(o, part)
	if err != nil {
		return nil, false, err
	}
	spread(rows, merged)
	return rows, true, nil
}

// area is a rectangle of merged cells, from 1.
type area struct{ left, top, right, bottom int }

// merges reads what cells of a sheet are merged. It reads the sheet's XML for itself: Excelize would keep every cell for it.
func merges(o *office, part string) ([]area, error) {
	data, err := o.part(part)
	if err != nil || !bytes.Contains(data, []byte("mergeCell")) {
		return nil, err
	}
	d := xmlReader(data)
	var list []area
	for {
		t, err := d.RawToken()
		if errors.Is(err, io.EOF) || len(list) >= maxMerges {
			return list, nil
		}
		if err != nil {
			return nil, err
		}
		e, ok := t.(xml.StartElement)
		if !ok || e.Name.Local != "mergeCell" {
			continue
		}
		from, to, ok := strings.Cut(attr(e, "ref"), ":")
		if !ok {
			continue
		}
		var a area
		var bad1, bad2 error
		a.left, a.top, bad1 = excelize.CellNameToCoordinates(from)
		a.right, a.bottom, bad2 = excelize.CellNameToCoordinates(to)
		if bad1 == nil && bad2 == nil && a.left <= a.right && a.top <= a.bottom {
			list = append(list, a)
		}
	}
}

// sheetParts gives the part of each sheet by its name.
func sheetParts(o *office) (map[string]string, error) {
	main, err := o.related("", "officeDocument")
	if err != nil {
		return nil, err
	}
	data, err := o.part(main)
	if err != nil {
		return nil, err
	}
	targets, err := o.relations(main)
	if err != nil {
		return nil, err
	}
	parts := map[string]string{}
	for d := xmlReader(data); len(parts) <= maxSheets; {
		t, err := d.Token()
		if err != nil {
			break
		}
		if e, ok := t.(xml.StartElement); ok && e.Name.Local == "sheet" {
			parts[attr(e, "name")] = targets[attr(e, "id")].target
		}
	}
	return parts, nil
}

// spread tells rows of the merged cells in them: a cell that reaches down stands in each row below.
func spread(rows []sheetRow, merged []area) {
	for _, a := range merged {
		if a.left > maxSheetColumns || a.right-a.left > maxSheetColumns {
			continue
		}
		i, found := slices.BinarySearchFunc(rows, a.top, func(r sheetRow, n int) int { return r.number - n })
		if !found || a.left > len(rows[i].cells) || rows[i].cells[a.left-1] == "" {
			continue
		}
		top := &rows[i]
		if a.right > a.left {
			if top.wide == nil {
				top.wide = make([]int, len(top.cells))
			}
			top.wide[a.left-1] = a.right - a.left + 1
			continue
		}
		for j := i + 1; j < len(rows) && rows[j].number <= a.bottom; j++ {
			r := &rows[j]
			for len(r.cells) < a.left {
				r.cells = append(r.cells, "")
			}
			for len(r.above) < len(r.cells) {
				r.above = append(r.above, false)
			}
			r.cells[a.left-1], r.above[a.left-1] = top.cells[a.left-1], true
		}
	}
}
