package format_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tupu-kg/tupu/extract/gazetteer/internal/format"
	"pgregory.net/rapid"
)

func TestCodes(t *testing.T) {
	for _, code := range []string{"100000", "350500", "350500001", "350500999", "350500Z01", "350500Z99", "350501", "829999Z99"} {
		key, ok := format.ParseCode(code)
		if !ok || format.Code(key) != code {
			t.Errorf("%s becomes %d, %v, %s", code, key, ok, format.Code(key))
		}
	}
	for _, code := range []string{"", "35", "35050", "3505000", "350500000", "350500Z00", "350500Z0x", "35050x", "Z50500", "350500z01", "+35050", "三五零"} {
		if key, ok := format.ParseCode(code); ok {
			t.Errorf("%q is taken for the code %s", code, format.Code(key))
		}
	}
}

func TestCodesKeepTheirOrder(t *testing.T) {
	code := rapid.Custom(func(t *rapid.T) string {
		six := rapid.IntRange(100000, 829999).Draw(t, "six")
		switch rapid.IntRange(0, 2).Draw(t, "level") {
		case 0:
			return fmt.Sprintf("%06d", six)
		case 1:
			return fmt.Sprintf("%06d%03d", six, rapid.IntRange(1, 999).Draw(t, "town"))
		}
		return fmt.Sprintf("%06dZ%02d", six, rapid.IntRange(1, 99).Draw(t, "zone"))
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b := code.Draw(t, "a"), code.Draw(t, "b")
		x, okX := format.ParseCode(a)
		y, okY := format.ParseCode(b)
		if !okX || !okY || (x < y) != (a < b) || format.Code(x) != a {
			t.Errorf("%s is %d, %s is %d", a, x, b, y)
		}
	})
}

var tables = format.Tables{
	Places: []format.Place{
		{Key: 200000000, Name: 0, Short: -1, Parent: 0, Kind: format.Country},
		{Key: 701010000, Name: 3, Short: 2, Parent: 0, Kind: format.County, Near: true},
		{Key: 701010001, Name: 1, Short: -1, Parent: 1, Kind: format.Zone, Government: true},
	},
	Names: []format.Name{
		{Text: "中国", Wide: true, Places: []int{0}},
		{Text: "台商区", Places: []int{1, 2}},
		{Text: "泉港", Wide: true, Places: []int{1}},
		{Text: "泉港区", Wide: true, Places: []int{1}},
	},
	Near: []format.Near{{Place: 2, Name: 1}},
}

func TestEncodeAndOpen(t *testing.T) {
	data, err := tables.Encode()
	if err != nil {
		t.Fatal(err)
	}
	d, err := format.Open(string(data))
	if err != nil {
		t.Fatal(err)
	}
	var got format.Tables
	for i := range d.Len() {
		got.Places = append(got.Places, d.Place(i))
	}
	for i := range d.Names() {
		n := format.Name{Text: d.Text(i), Wide: d.Wide(i)}
		for from, to := d.Bearers(i); from < to; from++ {
			n.Places = append(n.Places, d.Bearer(from))
		}
		got.Names = append(got.Names, n)
	}
	for i := range d.NearLen() {
		got.Near = append(got.Near, d.NearAt(i))
	}
	if diff := cmp.Diff(tables, got); diff != "" {
		t.Error(diff)
	}
}

func TestEncodeRefusesDisorder(t *testing.T) {
	for _, broken := range []format.Tables{
		{Places: []format.Place{{Key: 2}, {Key: 1}}},
		{Names: []format.Name{{Text: "b"}, {Text: "a"}}},
		{Places: make([]format.Place, 1<<16+1)},
	} {
		if _, err := broken.Encode(); err == nil {
			t.Errorf("%d places and %d names are encoded", len(broken.Places), len(broken.Names))
		}
	}
}

func TestOpenRefusesOtherData(t *testing.T) {
	data, err := tables.Encode()
	if err != nil {
		t.Fatal(err)
	}
	for n := range data {
		if _, err := format.Open(string(data[:n])); err == nil {
			t.Errorf("%d of %d bytes are opened", n, len(data))
		}
	}
	if _, err := format.Open(string(data) + "x"); err == nil {
		t.Error("a byte too many is not noticed")
	}
}
