package extract

import (
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/tupu-kg/tupu/extract/text"
	"github.com/tupu-kg/tupu/graph"
	"pgregory.net/rapid"
)

// outlineOf writes the sentences of a text one a line: role, modality and year, and the sentence.
func outlineOf(s string, d graph.Document, locators []graph.Locator) []string {
	d.Text = s
	var out []string
	for _, n := range sections(newPageLayout(text.Fold(s), d.Text, locators), &d) {
		tense := "-"
		if n.Modality != "" {
			tense = string(n.Modality) + " " + strconv.Itoa(n.Year)
		}
		out = append(out, string(n.Role)+" | "+tense+" | "+s[n.ByteStart:n.ByteEnd])
	}
	return out
}

func TestSections(t *testing.T) {
	for _, c := range []struct {
		name     string
		text     string
		title    string
		years    [2]int
		locators []graph.Locator
		want     []string
	}{
		{
			name: "review, plan, and what follows the plan", years: [2]int{2023, 2024}, title: "政府工作报告",
			text: "政府工作报告\n各位代表：\n请予审议。\n一、2023年工作回顾\n（一）聚力项目建设。云溪大桥通车。完成年度任务。\n（二）解决突出问题。整改完毕。\n二、2024年工作目标任务\n1.产业\n开工青禾项目。\n三、加强自身建设\n依法行政。\n",
			want: []string{
				"heading | - | 政府工作报告", "body | - | 各位代表：", "body | - | 请予审议。",
				"heading | reported 2023 | 一、2023年工作回顾",
				"body | reported 2023 | （一）聚力项目建设。", "body | reported 2023 | 云溪大桥通车。", "body | reported 2023 | 完成年度任务。",
				"body | reported 2023 | （二）解决突出问题。", "body | reported 2023 | 整改完毕。",
				"heading | planned 2024 | 二、2024年工作目标任务", "heading | planned 2024 | 1.产业", "body | planned 2024 | 开工青禾项目。",
				"heading | planned 2024 | 三、加强自身建设", "body | planned 2024 | 依法行政。",
			},
		},
		{
			name: "a heading goes on behind a dash", years: [2]int{0, 0},
			text: "二、2025年工作安排——向实处用力\n开工青禾项目。\n",
			want: []string{"heading | planned 2025 | 二、2025年工作安排——向实处用力", "body | planned 2025 | 开工青禾项目。"},
		},
		{
			name: "a review inside a plan ends with its number", years: [2]int{2023, 2024},
			text: "一、2024年工作安排\n（一）2023年项目建设情况\n完成九个。\n（二）重点任务\n开工十个。\n",
			want: []string{
				"heading | planned 2024 | 一、2024年工作安排", "heading | reported 2023 | （一）2023年项目建设情况", "body | reported 2023 | 完成九个。",
				"heading | planned 2024 | （二）重点任务", "body | planned 2024 | 开工十个。",
			},
		},
		{
			name: "unnumbered headings of news", years: [2]int{2024, 2025},
			text: "2024年凝心聚力求突破\n过去一年，成绩喜人。\n2025年奋力前行\n2025年，将开工青禾项目。\n突出民生，办好实事\n建成三所学校。\n",
			want: []string{
				"heading | reported 2024 | 2024年凝心聚力求突破", "body | reported 2024 | 过去一年，成绩喜人。",
				"heading | planned 2025 | 2025年奋力前行", "body | planned 2025 | 2025年，将开工青禾项目。",
				"heading | planned 2025 | 突出民生，办好实事", "body | planned 2025 | 建成三所学校。",
			},
		},
		{
			name: "five-year plans", years: [2]int{2025, 2026},
			text: "一、“十四五”时期发展成就和“十五五”时期主要目标\n“十四五”时期，成绩斐然。\n数字可观。\n“十五五”时期，前景广阔。\n二、“十五五”时期主要目标任务\n建设新城。\n三、“十五五”目标任务和2026年工作安排\n“十五五”时期，要久久为功。\n今年是开局之年。\n四、强化政府建设\n廉洁奉公。\n",
			want: []string{
				"heading | reported 2025 | 一、“十四五”时期发展成就和“十五五”时期主要目标", "body | reported 2025 | “十四五”时期，成绩斐然。", "body | reported 2025 | 数字可观。",
				"body | planned 2030 | “十五五”时期，前景广阔。",
				"heading | planned 2030 | 二、“十五五”时期主要目标任务", "body | planned 2030 | 建设新城。",
				"heading | planned 2026 | 三、“十五五”目标任务和2026年工作安排", "body | planned 2030 | “十五五”时期，要久久为功。", "body | planned 2026 | 今年是开局之年。",
				"heading | planned 2026 | 四、强化政府建设", "body | planned 2026 | 廉洁奉公。",
			},
		},
		{
			name: "full term", years: [2]int{2021, 2022},
			text: "一、过去五年工作回顾\n成绩斐然。\n二、今后五年工作目标\n前景广阔。\n三、2022年重点工作\n开工青禾项目。\n",
			want: []string{
				"heading | reported 2021 | 一、过去五年工作回顾", "body | reported 2021 | 成绩斐然。",
				"heading | planned 2026 | 二、今后五年工作目标", "body | planned 2026 | 前景广阔。",
				"heading | planned 2022 | 三、2022年重点工作", "body | planned 2022 | 开工青禾项目。",
			},
		},
		{
			name: "problems and next steps without years", years: [2]int{2023, 2024},
			text: "一、工作情况\n完成了。\n二、存在的问题\n尚有差距。\n三、下一步打算\n改进。\n",
			want: []string{
				"heading | reported 2023 | 一、工作情况", "body | reported 2023 | 完成了。", "heading | reported 2023 | 二、存在的问题", "body | reported 2023 | 尚有差距。",
				"heading | planned 2024 | 三、下一步打算", "body | planned 2024 | 改进。",
			},
		},
		{
			name: "notes", years: [2]int{2023, 2024},
			text: "一、2024年工作安排\n开工。\n名词解释\n1.青禾项目：一个项目。\n",
			want: []string{
				"heading | planned 2024 | 一、2024年工作安排", "body | planned 2024 | 开工。", "heading | background 0 | 名词解释", "body | background 0 | 1.青禾项目：一个项目。",
			},
		},
		{
			name: "a bulletin reports throughout", years: [2]int{2023, 0}, title: "长沙县2023年国民经济和社会发展统计公报",
			text: "长沙县2023年国民经济和社会发展统计公报\n一、综合\n人口增长。\n二、农业\n粮食增产。\n",
			want: []string{
				"heading | reported 2023 | 长沙县2023年国民经济和社会发展统计公报", "heading | reported 2023 | 一、综合", "body | reported 2023 | 人口增长。",
				"heading | reported 2023 | 二、农业", "body | reported 2023 | 粮食增产。",
			},
		},
		{
			name: "a work plan plans throughout", years: [2]int{0, 2024}, title: "湟中区2024年工作要点",
			text: "湟中区2024年工作要点\n一、抓好产业\n建设园区。\n",
			want: []string{"heading | planned 2024 | 湟中区2024年工作要点", "heading | planned 2024 | 一、抓好产业", "body | planned 2024 | 建设园区。"},
		},
		{
			name: "bold headings and items of a list", years: [2]int{2023, 2024},
			text:     "2024年重点工作安排以及需要全区上下共同推动落实的若干重大事项的有关情况说明与工作要求安排\n推进如下：\n1.青禾项目\n2.云溪大桥\n",
			locators: []graph.Locator{{Start: 0, Paragraph: 1, Heading: 2}, {Start: 129, Paragraph: 2}},
			want: []string{
				"heading | planned 2024 | 2024年重点工作安排以及需要全区上下共同推动落实的若干重大事项的有关情况说明与工作要求安排",
				"body | planned 2024 | 推进如下：", "body | planned 2024 | 1.青禾项目", "body | planned 2024 | 2.云溪大桥",
			},
		},
		{
			name: "chrome has no tense", years: [2]int{2023, 2024},
			text: "下载 打印 全屏 收藏\n一、2023年工作回顾\n完成了年度建设的各项重点目标并且超过了预期的水平。代开发票，加微信13800000000。\n扫一扫在手机上查看当前页面\n",
			want: []string{
				"chrome | - | 下载 打印 全屏 收藏", "heading | reported 2023 | 一、2023年工作回顾", "body | reported 2023 | 完成了年度建设的各项重点目标并且超过了预期的水平。",
				"chrome | - | 代开发票，加微信13800000000。", "chrome | - | 扫一扫在手机上查看当前页面",
			},
		},
		{
			name: "spans are of the source", years: [2]int{2023, 2024},
			text: "　　一、2023年工作回顧\n　　豐澤區(qū)發(fā)展；經(jīng)濟平穩(wěn)。\n",
			want: []string{"heading | reported 2023 | 一、2023年工作回顧", "body | reported 2023 | 豐澤區(qū)發(fā)展；", "body | reported 2023 | 經(jīng)濟平穩(wěn)。"},
		},
		{
			name: "short lines of news open no section", years: [2]int{2024, 0},
			text: "开工奠基。\n奋力完成全年任务\n企业忙生产。\n",
			want: []string{"body | - | 开工奠基。", "heading | - | 奋力完成全年任务", "body | - | 企业忙生产。"},
		},
		{
			name: "short lines that parts of reports are called", years: [2]int{2023, 2024},
			text: "工作回顾\n成绩喜人。\n下一步工作打算\n开工。\n",
			want: []string{"heading | reported 2023 | 工作回顾", "body | reported 2023 | 成绩喜人。", "heading | planned 2024 | 下一步工作打算", "body | planned 2024 | 开工。"},
		},
		{name: "nothing", text: " \n\n", want: nil},
		{
			name: "no years known", text: "一、工作回顾\n完成。\n二、下一步安排\n继续。\n",
			want: []string{"heading | reported 0 | 一、工作回顾", "body | reported 0 | 完成。", "heading | planned 0 | 二、下一步安排", "body | planned 0 | 继续。"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := outlineOf(c.text, graph.Document{ID: "document:test", Title: c.title, Year: c.years[0], PlanYear: c.years[1]}, c.locators)
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

// checkSentences proves that sentences are ascending, on character boundaries, not blank, and hold every character that
// folding keeps.
func checkSentences(t interface{ Errorf(string, ...any) }, f *text.Folded, d graph.Document, sentences []graph.Sentence) {
	at := 0
	covered := make([]bool, len(d.Text))
	for _, s := range sentences {
		if s.ByteStart < at || s.ByteEnd <= s.ByteStart || s.ByteEnd > len(d.Text) {
			t.Errorf("sentence [%d,%d) after %d in %d bytes", s.ByteStart, s.ByteEnd, at, len(d.Text))
			return
		}
		q := d.Text[s.ByteStart:s.ByteEnd]
		if !utf8.ValidString(q) && utf8.ValidString(d.Text) || strings.TrimSpace(q) == "" {
			t.Errorf("sentence %q", q)
		}
		if s.Start != utf8.RuneCountInString(d.Text[:s.ByteStart]) || s.End != s.Start+utf8.RuneCountInString(q) {
			t.Errorf("sentence %q: code points [%d,%d)", q, s.Start, s.End)
		}
		for i := s.ByteStart; i < s.ByteEnd; i++ {
			covered[i] = true
		}
		at = s.ByteEnd
	}
	for i, r := range f.Text {
		if unicode.IsSpace(r) {
			continue
		}
		from, to := f.Source(i, i+utf8.RuneLen(r))
		if from < to && !covered[from] {
			t.Errorf("%q at %d is in no sentence", r, from)
			return
		}
	}
}

func TestSectionsCover(t *testing.T) {
	parts := []string{"一、", "（一）", "1.", "2023年", "工作回顾", "工作安排", "。", "；", "\n", "\r\n", "　　", "區(qū)", "發(fā)展", "，", "“", "”", "下载", "打印", "\u200b", "A1 b", "!", "？", "私服", "加QQ", "𠮷", "\ufeff", "第一部分", "名词解释"}
	rapid.Check(t, func(rt *rapid.T) {
		s := strings.Join(rapid.SliceOfN(rapid.SampledFrom(parts), 0, 80).Draw(rt, "parts"), "")
		f := text.Fold(s)
		d := graph.Document{ID: "document:test", Text: s, Year: 2023, PlanYear: 2024}
		checkSentences(rt, f, d, sections(newPageLayout(f, d.Text, nil), &d))
	})
}

func FuzzSections(f *testing.F) {
	f.Add("一、2023年工作回顾\n（一）豐澤區(qū)發(fā)展。\n二、下一步\n")
	f.Add("第\n(十\n①\n〔")
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			t.Skip("stored text is UTF-8")
		}
		folded := text.Fold(s)
		d := graph.Document{ID: "document:test", Text: s, Title: s, Year: 2023, PlanYear: 2024}
		checkSentences(t, folded, d, sections(newPageLayout(folded, d.Text, nil), &d))
	})
}

func BenchmarkSections(b *testing.B) {
	s := strings.Repeat("一、2023年工作回顾\n（一）聚力项目建设。云溪大桥建成通车，青禾新材料项目开工，全年完成投资十二亿元，增长百分之七。\n", 500)
	f := text.Fold(s)
	d := graph.Document{ID: "document:test", Text: s, Year: 2023, PlanYear: 2024}
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		sections(newPageLayout(f, d.Text, nil), &d)
	}
}
