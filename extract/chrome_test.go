package extract

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tupu-kg/tupu/extract/text"
)

func chromeLines(s string) (chrome, body []string) {
	f := text.Fold(s)
	l := newPageLayout(f, s, nil)
	for i, n := range l.lines {
		if n.chrome {
			chrome = append(chrome, l.text(i))
		} else {
			body = append(body, l.text(i))
		}
	}
	return chrome, body
}

func TestChrome(t *testing.T) {
	const prose = "全市上下聚焦高质量发展首要任务，扎实推进重点项目建设，主要经济指标稳步回升，民生福祉持续改善，社会大局保持稳定，各项工作取得新的进展和成效。\n"
	for _, c := range []struct {
		name, text   string
		chrome, body []string
	}{
		{"tools", "下载 打印 全屏 收藏\n【字号：大 中 小】\nT+\n" + prose, []string{"下载 打印 全屏 收藏", "【字号：大中小】", "T+"}, nil},
		{"tools, one a line", "分享到：\n微信\n微博\n×\n" + prose, []string{"分享到：", "微信", "微博", "×"}, nil},
		{"metadata in one line", "索引号：QZ-2024-001 文号：某政〔2024〕1号 发布机构：某市人民政府\n" + prose, []string{"索引号：QZ-2024-001文号：某政〔2024〕1号 发布机构：某市人民政府"}, nil},
		{"metadata, spaced out", "索 引 号：QZ001\n主题分类：计划\n" + prose, []string{"索引号：QZ001", "主题分类：计划"}, nil},
		{"metadata, label and value apart", "发布机构\n某市人民政府\n" + prose, []string{"发布机构", "某市人民政府"}, nil},
		{"navigation", "当前位置：首页 > 政务公开 > 计划规划\n首页\n>\n市情要览\n" + prose, []string{"当前位置：首页>政务公开>计划规划", "首页", ">", "市情要览"}, nil},
		{
			"what stands behind the text", prose + "（来源：某某日报）\n责任编辑：甲乙\n附件：重点项目表.xlsx\n相关解读\n一图读懂重点任务清单\n专家谈\n",
			[]string{"（来源：某某日报）", "责任编辑：甲乙", "附件：重点项目表.xlsx", "相关解读", "一图读懂重点任务清单", "专家谈"},
			nil,
		},
		{
			"records", prose + "版权所有：某市人民政府办公室\n闽ICP备05000001号 闽公网安备35000000000000号\n扫一扫在手机打开当前页\n",
			[]string{"版权所有：某市人民政府办公室", "闽ICP备05000001号 闽公网安备35000000000000号", "扫一扫在手机打开当前页"},
			nil,
		},
		{"numbers of readers", "浏览次数：\n1024\n" + prose, []string{"浏览次数：", "1024"}, nil},
		{
			"report's own words stay", "建设时间：2023年\n" + prose + "名称：青禾项目，投资三亿元。\n推广“扫一扫”支付。\n附件\n2026年民生实事\n" + prose, nil,
			[]string{"建设时间：2023年", "名称：青禾项目，投资三亿元。", "推广“扫一扫”支付。", "附件", "2026年民生实事"},
		},
		{"an interview stays", prose + "记者：前期准备工作有哪些？\n", nil, []string{"记者：前期准备工作有哪些？"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			chrome, body := chromeLines(c.text)
			var rest []string
			for _, s := range body {
				if s+"\n" != prose {
					rest = append(rest, s)
				}
			}
			if diff := cmp.Diff(c.chrome, chrome); diff != "" {
				t.Errorf("chrome -want +got\n%s", diff)
			}
			if diff := cmp.Diff(c.body, rest); diff != "" {
				t.Errorf("body -want +got\n%s", diff)
			}
		})
	}
}

func TestIsSpam(t *testing.T) {
	for s, want := range map[string]bool{
		"代开发票，加微信13800000000":      true,
		"六合彩开奖 澳门葡京 百家乐":           true,
		"最新私服 www.example.org":     true,
		"查处代开发票案件12起。":             false,
		"严厉打击赌博、私彩等违法行为。":          false,
		"发行福利彩票，筹集公益金3亿元。":         false,
		"新增市场主体7812家。":             false,
		"棋牌室整治取得成效。":               false,
		"":                         false,
		strings.Repeat("私服QQ", 90): false, // too long for an advertisement
	} {
		if got := isSpam(s); got != want {
			t.Errorf("isSpam(%q) = %v", s, got)
		}
	}
}

func TestNumbering(t *testing.T) {
	for s, want := range map[string]int{
		"第一部分 回顾": 1, "第二章 任务": 1, "第3篇": 1, "第一，要": 0, "一、回顾": 2, "十二、安排": 2, "一.回顾": 2, "（一）项目": 3, "(十一)项目": 3, "㈠项目": 3, "1.项目": 4, "12、项目": 4,
		"1.5万亩": 0, "2023年": 0, "（1）项目": 5, "(12)项目": 5, "①项目": 5, "⑴项目": 5, "（2024年1月）": 0, "一是项目": 0, "一带一路": 0, "": 0, "第": 0, "(": 0, "（一": 0, "1": 0, "123456、": 0,
	} {
		if got := numbering(s); got != want {
			t.Errorf("numbering(%q) = %d, want %d", s, got, want)
		}
	}
}

func TestUnnumbered(t *testing.T) {
	for s, want := range map[string]string{
		"第一部分 回顾": "回顾", "第二章：任务": "任务", "一、回顾": "回顾", "（一）项目": "项目", "12、项目": "项目", "①项目": "项目", "㈠项目": "项目", "回顾": "回顾",
	} {
		if got := unnumbered(s); got != want {
			t.Errorf("unnumbered(%q) = %q, want %q", s, got, want)
		}
	}
}

func FuzzLayout(f *testing.F) {
	f.Add("首页 > 政务\n一、回顾\n")
	f.Add("第\n（\n①\n㈠")
	f.Fuzz(func(t *testing.T, s string) {
		l := newPageLayout(text.Fold(s), s, nil)
		at := 0
		for i, n := range l.lines {
			if n.start < at || n.end <= n.start {
				t.Fatalf("line %d [%d,%d) after %d", i, n.start, n.end, at)
			}
			at = n.end
			line := l.text(i)
			unnumbered(line)
			for _, field := range fieldsOf(line) {
				if field.start < 0 || field.end < field.start || field.end > len(line) {
					t.Fatalf("field %+v of %q", field, line)
				}
			}
		}
	})
}
