package extract

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDatesIn(t *testing.T) {
	for s, want := range map[string][]string{
		"2024-01-11 10:48":     {"2024-01-11"},
		"2024/1/11、2024.01.12": {"2024-01-11", "2024-01-12"},
		"2024年1月11日":           {"2024-01-11"},
		"2024 年 1 月 11 日":      {"2024-01-11"},
		"2024年1月 日":            {"2024-01"},
		"2024年1月以来":            {"2024-01"},
		"2024-01":              {"2024-01"},
		"二〇二四年一月十一日":           {"2024-01-11"},
		"二○二三年十二月二十七日":         {"2023-12-27"},
		"20240111":             {"2024-01-11"},
		"20231219日":            {"2023-12-19"},
		"2023年1219日":           {"2023-12-19"},
		"2023年129日":            {"2023"}, // the 29th of January or the 9th of December
		"2023129日":             {"2023"},
		"202312月19日":           {"2023-12-19"},
		"2023年13月1日":           nil,
		"2023-02-30":           nil, // no such day, and 2023-02 is not what is written
		"2023年2月30日":           {"2023-02"},
		"12月27日讯":              {"12-27"},
		"2月29日":                {"02-29"},
		"13月1日":                nil,
		"2024年":                nil,
		"2024.1":               nil, // any number
		"1234567890":           nil,
		"35050502000123":       nil,
		"第十四届全国人民代表大会":         nil,
		"二十四五岁":                nil,
		"2023-2025年":           nil,
		"2021年1月—2023年12月31日止": {"2021-01", "2023-12-31"},
	} {
		var got []string
		for _, d := range datesIn(s) {
			text := d.String()
			if d.year == 0 {
				text = dateFound{year: 2000, month: d.month, day: d.day}.String()[5:]
			}
			got = append(got, text)
			if d.start < 0 || d.end <= d.start || d.end > len(s) {
				t.Errorf("%q: [%d,%d)", s, d.start, d.end)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q -want +got\n%s", s, diff)
		}
	}
}

func TestYearsIn(t *testing.T) {
	for s, want := range map[string][]int{
		"2023年工作回顾和2024年安排": {2023, 2024}, "二〇二三年": {2023}, "2021-2025年": {2025}, "2023 年度": {2023}, "1200年": nil, "12023年": nil, "2023": nil, "十四五": nil, "三年行动": nil,
	} {
		var got []int
		for _, y := range yearsIn(s) {
			got = append(got, y.year)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q -want +got\n%s", s, diff)
		}
	}
}

func TestPlanSpansIn(t *testing.T) {
	for s, want := range map[string][]int{
		"“十四五”时期": {2025}, "“十三五”和“十四五”": {2020, 2025}, "第十五个五年规划": {2030}, "十一五": {2010}, "二十四五岁": nil, "第十四五个": nil, "十五年": nil, "二十五": nil, "十五五年": nil, "": nil,
	} {
		var got []int
		for _, p := range planSpansIn(s) {
			got = append(got, p.last)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q -want +got\n%s", s, diff)
		}
	}
}

func FuzzDatesIn(f *testing.F) {
	f.Add("2024年1月11日 20231219日 二〇二四年 十五五 2023-02-30")
	f.Fuzz(func(t *testing.T, s string) {
		at := 0
		for _, d := range datesIn(s) {
			if d.start < at || d.end <= d.start || d.end > len(s) {
				t.Fatalf("[%d,%d) after %d in %q", d.start, d.end, at, s)
			}
			at = d.end
			if d.year != 0 && !validYear(d.year) || d.day > 0 && !validDay(d.year, d.month, d.day) || d.month > 12 {
				t.Fatalf("%+v in %q", d, s)
			}
		}
		for _, y := range yearsIn(s) {
			if !validYear(y.year) || y.end > len(s) {
				t.Fatalf("%+v in %q", y, s)
			}
		}
		for _, p := range planSpansIn(s) {
			if p.start >= p.end || p.end > len(s) {
				t.Fatalf("%+v in %q", p, s)
			}
		}
	})
}
