package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/extract/text"
	"github.com/tupu-kg/tupu/graph"
)

// pageLine is a line of a folded text without the blanks around it. Blank lines are left out of a layout.
type pageLine struct {
	start, end int  // bytes of the folded text, not empty
	heading    int  // the weight that the reader saw, graph.Locator.Heading
	level      int  // of its numbering: 1 第一部分, 2 一、, 3 (一), 4 1., 5 (1); 0 if it has none
	chrome     bool // it belongs to the page and not to the report
}

// pageLayout is a folded text cut into lines: its head (title, issuer, date, page tools), its running text and its tail
// (signature, page tools, links).
//
//	lines   0 ........ head ................ tail ........ len(lines)
//	        title      first running text    after the last
type pageLayout struct {
	folded *text.Folded
	lines  []pageLine
	head   int // lines[:head] stand before the running text
	tail   int // lines[tail:] stand after it
}

// Bounds of what counts as head and tail, in lines that are not blank: enough for pages whose tables hold one cell a line.
const (
	maxHead = 80
	maxTail = 60
)

// newPageLayout cuts the folded text of a source into lines and tells page furniture from report. It takes one pass over the
// text, and about 40 bytes for each line.
func newPageLayout(f *text.Folded, source string, locators []graph.Locator) *pageLayout {
	l := &pageLayout{folded: f}
	next := 0
	add := func(start, end int) {
		start, end = trimmed(f.Text, start, end)
		if start >= end {
			return
		}
		n := pageLine{start: start, end: end, level: numbering(f.Text[start:end])}
		if len(locators) > 0 {
			_, width := utf8.DecodeRuneInString(f.Text[start:])
			at, _ := f.Source(start, start+width)
			for next < len(locators) && locators[next].Start <= at {
				next++
			}
			if next > 0 {
				n.heading = locators[next-1].Heading
			}
		}
		l.lines = append(l.lines, n)
	}
	for start := 0; start < len(f.Text); {
		end := len(f.Text)
		if i := strings.IndexByte(f.Text[start:], '\n'); i >= 0 {
			end = start + i
		}
		if len(l.lines) < maxHead && !longer(f.Text[start:end], 200) {
			for _, cut := range titleCuts(f, source, start, end) {
				add(start, cut)
				start = cut
			}
		}
		add(start, end)
		start = end + 1
	}
	l.findHead()
	l.findTail()
	l.markChrome()
	return l
}

// titleCuts finds where a line that folding joined from several is a title's end or beginning, which is set alone.
func titleCuts(f *text.Folded, source string, start, end int) []int {
	from, to := f.Source(start, end)
	if from >= to || strings.IndexByte(source[from:to], '\n') < 0 {
		return nil
	}
	var cuts []int
	piece := start
	for at := from; ; {
		i := strings.IndexByte(source[at:to], '\n')
		stop := end
		if i >= 0 {
			at += i + 1
			stop = min(f.At(at), end)
		}
		if a, b := trimmed(f.Text, piece, stop); a < b && titleLike(f.Text[a:b]) && genre(f.Text[a:b]) && numbering(f.Text[a:b]) == 0 {
			if piece > start && (len(cuts) == 0 || cuts[len(cuts)-1] < piece) && !brokenTitle(f.Text[start:piece]) {
				cuts = append(cuts, piece)
			}
			if stop < end {
				cuts = append(cuts, stop)
			}
		}
		if i < 0 {
			return cuts
		}
		piece = stop
	}
}

func (l *pageLayout) text(i int) string { return l.folded.Text[l.lines[i].start:l.lines[i].end] }

func (l *pageLayout) findHead() {
	l.head = min(len(l.lines), maxHead)
	for i := range l.lines[:l.head] {
		if s := l.text(i); l.lines[i].level == 1 || l.lines[i].level == 2 || salutation(s) || longer(s, 79) || longer(s, 39) && ended(s) {
			l.head = i
			return
		}
	}
}

func (l *pageLayout) findTail() {
	l.tail = len(l.lines)
	floor := max(l.head, len(l.lines)-maxTail)
	for l.tail > floor {
		s := l.text(l.tail - 1)
		if longer(s, 59) && !strings.Contains(s, "://") || longer(s, 24) && ended(s) {
			return
		}
		l.tail--
	}
}

// salutation reports whether a line greets the meeting, which ends a report's head.
func salutation(s string) bool {
	for _, w := range []string{"各位代表", "各位委员", "各位领导", "同志们", "主任、"} {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

// pageTools are the words of buttons and menus. A line that holds nothing else is chrome.
var pageTools = wordSet(`下载 打印 全屏 收藏 关闭 返回 加大 还原 减小 缩小 放大 大 中 小 大中小 特大 默认 字号 字体 字体大小 文字大小 打印本页 关闭窗口
关闭本页 关闭页面 打印页面 我要打印 我要纠错 纠错 收藏本页 加入收藏 设为首页 返回顶部 回到顶部 返回首页 返回列表 分享 分享到 一键分享 转发 微信 微博
新浪微博 腾讯微博 QQ QQ空间 QQ好友 空间 朋友圈 百度贴吧 人人网 豆瓣 首页 网站首页 主页 上一篇 下一篇 上一页 下一页 末页 尾页 没有了 无 繁体 简体
繁體 繁体版 简体版 无障碍 无障碍阅读 无障碍浏览 适老化 长者模式 长者版 老年模式 关怀版 关怀模式 手机版 移动版 电脑版 客户端 登录 注册 退出 搜索 高级搜索
站内搜索 语音播报 朗读 听新闻 播放 暂停 停止 English EN T A X 复制链接 复制 点赞 评论 举报 网站地图 联系我们 关于我们 隐私声明 网站声明 网站导航
智能问答 扫一扫 二维码 附件下载 下载附件 查看全文 展开全文 阅读全文 全文 目录 更多 更多>> 显示 隐藏 视力保护色 保护视力色 背景色 白 黄 蓝 绿 粉`)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}

// onlyTools reports whether a line consists of page tools, numbers beside them, and marks.
func onlyTools(s string) bool {
	if longer(s, 120) {
		return false
	}
	tools, words := 0, 0
	for w := range strings.FieldsFuncSeq(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		words++
		if pageTools[w] {
			tools++
		} else if !numeric(w) {
			return false
		}
	}
	return words == 0 || tools > 0
}

// furniture are phrases that no report contains, wherever they stand in a short line.
var furniture = phrasesOf(
	"扫一扫在手机", "扫一扫，在手机", "手机扫一扫", "扫描二维码", "扫码关注", "扫码阅读", "手机上查看当前页", "手机打开当前页", "ICP备", "ICP证",
	"公网安备", "公安备案", "网站标识码", "点击图片进入", "点击进入专题", "下载客户端", "打印本页", "关闭窗口", "浏览器不支持", "浏览器版本", "分享到微信", "分享到微博",
	"您是第", "字体：", "字号：", "字体大小", "Copyright", "All Rights Reserved", "©",
)

// records are marks of a site's registration; a line that has one is a footer, however long.
var records = phrasesOf("ICP备", "ICP证", "公网安备", "公安备案号", "网站标识码")

// footer are phrases that reports may contain too: they count in a page's head and tail only.
var footer = phrasesOf(
	"版权所有", "技术支持", "主办单位", "承办单位", "主办：", "承办：", "协办：", "主办:", "承办:", "协办:", "免责声明", "未经授权", "未经许可", "本网站", "公众号", "原文链接", "阅读原文", "联系电话", "邮编", "返回顶部",
	"网站管理", "运行维护", "不代表本", "二维码", "登录", "无障碍",
)

// links open lists of other pages.
var links = wordSet(`相关解读 相关报道 相关文档 相关链接 相关新闻 相关阅读 相关文件 相关附件 相关政策 相关稿件 相关推荐 相关信息 相关内容 相关专题 文字解读 图片解读 图文解读 视频解读
媒体解读 政策解读 专家解读 部门解读 音频解读 一图读懂 延伸阅读 推荐阅读 热门推荐 热门文章 热点推荐 猜你喜欢 最新文章 最新新闻 最新信息 为您推荐 上一篇 下一篇
附件下载 政策图解 解读回应 解读材料 友情链接 网站链接`)

// markChrome marks the lines that belong to the page: tools, metadata, paths of navigation, links, records.
func (l *pageLayout) markChrome() {
	value, crumb, list := false, false, false // the line before was a bare label, was a navigation mark, a list of links began
	for i := range l.lines {
		s := l.text(i)
		wasValue, wasCrumb := value, crumb
		value, crumb = false, false
		head, tail := i < l.head, i >= l.tail
		chrome := list && tail
		var fields []pageField
		if head || tail || colon(s) >= 0 {
			fields = fieldsOf(s)
		}
		switch {
		case chrome:
		case navigationMark(s):
			chrome, crumb = true, true
		case !ended(s) && hasAny(s, records, 400):
			chrome = true
		case onlyTools(s) || navigation(s) || hasAny(s, furniture, 60) || attachment(s):
			chrome = true
		case links[strings.TrimRight(s, ":： ")] || i >= l.head && linksLine(s):
			chrome = true
			list = tail
		case len(fields) > 0 && fields[0].lead <= len("【(") && (head || tail || fields[0].label.strict) && !ended(s):
			chrome = true
			value = (head || tail) && len(fields) == 1 && fields[0].start == fields[0].end && fields[0].label.about != titleField
		case wasValue && !longer(s, 60) && !meetingLine(s) && !genre(s):
			chrome = true
		case wasCrumb && head && !longer(s, 20):
			chrome = true
		case head && onlyDate(s):
			chrome = true
		case (head || tail) && !ended(s) && hasAny(s, footer, 80):
			chrome = true
		}
		l.lines[i].chrome = chrome
	}
}

// hasAny reports whether a string of at most limit characters contains one of the phrases.
func hasAny(s string, p *phrases, limit int) bool {
	if longer(s, limit) {
		return false
	}
	for range p.in(s) {
		return true
	}
	return false
}

// phrases finds any of many phrases in one pass over a text: by their first characters, of which a set of bits is asked before.
type phrases struct {
	first   [16]uint64 // by the lowest bits of the characters
	byFirst map[rune][]string
}

func phrasesOf(all ...string) *phrases {
	p := &phrases{byFirst: make(map[rune][]string)}
	for _, phrase := range all {
		r, _ := utf8.DecodeRuneInString(phrase)
		p.first[r/64%16] |= 1 << (r % 64)
		p.byFirst[r] = append(p.byFirst[r], phrase)
	}
	return p
}

// in yields the bytes of s at which one of the phrases begins, or several do.
func (p *phrases) in(s string) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		for i, r := range s {
			if p.first[r/64%16]>>(r%64)&1 == 0 {
				continue
			}
			for _, phrase := range p.byFirst[r] {
				if strings.HasPrefix(s[i:], phrase) {
					if !yield(i) {
						return
					}
					break
				}
			}
		}
	}
}

func navigationMark(s string) bool {
	return strings.Trim(s, ">»›/|·→- ") == "" && strings.ContainsAny(s, ">»›/→")
}

// navigation reports whether a line is a path of navigation: 首页 > 政务公开 > 规划计划.
func navigation(s string) bool {
	if longer(s, 120) {
		return false
	}
	front := strings.TrimLeft(s, "【[(")
	for _, w := range []string{"您的位置", "您现在的位置", "您当前的位置", "您所在的位置", "你的位置", "当前位置", "当前所在位置", "所在位置", "现在位置"} {
		if strings.HasPrefix(front, w) {
			return true
		}
	}
	marks := strings.Count(s, ">") + strings.Count(s, "»") + strings.Count(s, "›") + strings.Count(s, "→")
	return marks > 0 && (strings.HasPrefix(s, "首页") || strings.HasPrefix(s, "主页") || strings.HasPrefix(s, "网站首页") || marks > 1 && !ended(s))
}

// colon is where the first colon of a line stands, -1 if there is none.
func colon(s string) int {
	half, full := strings.IndexByte(s, ':'), strings.Index(s, "：")
	if half < 0 || full >= 0 && full < half {
		return full
	}
	return half
}

// linksLine reports whether a line opens a list of links and holds its first one: 相关链接:《…》政策解读.
func linksLine(s string) bool {
	i := colon(s)
	return i > 0 && links[strings.TrimSpace(s[:i])] && !longer(s, 80)
}

// attachment reports whether a line is the name of a file to be downloaded.
func attachment(s string) bool {
	if longer(s, 80) {
		return false
	}
	s = strings.TrimRight(s, ")）] ")
	if dot := strings.LastIndexByte(s, '.'); dot < 0 || dot < len(s)-len(".docx") {
		return false
	}
	s = strings.ToLower(s)
	for _, ext := range []string{".doc", ".docx", ".pdf", ".xls", ".xlsx", ".zip", ".rar", ".wps", ".ofd", ".et", ".ppt", ".pptx"} {
		if strings.HasSuffix(s, ext) {
			return true
		}
	}
	return false
}

// spamWords are what advertisements of hackers sell; law is what a report says of them (查处私服案件3起 is
// no spam), and spamContact how to get them.
var (
	spamWords = phrasesOf(strings.Fields(`私服 私彩 开发票 六合彩 时时彩 北京赛车 博彩 赌场 赌博网 娱乐城 百家乐 老虎机 棋牌 投注 彩票 代开发票 代开票 代写论文 代孕 发票代开 办证 刻章
裸聊 迷药 春药 伟哥 外挂 辅助器 刷单 网赚 德州扑克 成人视频 无码 一夜情 约炮 高利贷 信用卡套现 枪支 假币 传奇sf 股票配资 澳门葡京`)...)
	law = []string{
		"打击", "查处", "整治", "取缔", "禁止", "严禁", "侦破", "破获", "案", "治理", "违法", "犯罪", "防范", "销售额", "收入", "公益金", "中心", "审批", "服务", "管理", "推进", "建设", "规范",
		"抓获", "缴获", "宣传", "监管", "专项", "严厉", "安全", "行动", "群众",
	}
	spamContact = []string{
		"QQ", "qq", "微信", "加微", "电话", "客服", "热线", "www.", "http", ".com", ".net", ".cc", "官网", "网址", "TG", "Telegram", "薇信", "V信", "开户", "注册送", "免费试玩",
		"最新网址", "登录网址",
	}
)

// isSpam reports whether a sentence is an advertisement stuck into a page: wares of that trade with a way to get them, or
// several of them, and nothing of what a report says about crime or lotteries.
func isSpam(s string) bool {
	if longer(s, 200) {
		return false
	}
	wares := 0
	for range spamWords.in(s) {
		wares++
	}
	if wares == 0 {
		return false
	}
	for _, w := range law {
		if strings.Contains(s, w) {
			return false
		}
	}
	if wares > 1 {
		return true
	}
	for _, w := range spamContact {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// pageLabel is a label of page metadata; what it is about is read by about.
type pageLabel struct {
	name   string
	about  fieldKind
	strict bool // no report's running text has it
}

type fieldKind int

const (
	otherField fieldKind = iota
	titleField
	issuerField
	sourceField // a source of the page: the issuer, or the paper that printed it
	madeField   // the day on which the document was made
	dateField   // the day on which it was published
)

// pageLabels are matched in this order, so a label comes before those that it begins with.
var pageLabels = []pageLabel{
	{"索引号", otherField, true},
	{"索引编号", otherField, true},
	{"文号", otherField, true},
	{"发文字号", otherField, true},
	{"文件编号", otherField, false},
	{"主题分类", otherField, true},
	{"体裁分类", otherField, true},
	{"组配分类", otherField, true},
	{"信息分类", otherField, true},
	{"公开类别", otherField, true},
	{"信息类别", otherField, true},
	{"所属分类", otherField, true},
	{"服务对象", otherField, false},
	{"主题词", otherField, true},
	{"关键词", otherField, false},
	{"关键字", otherField, false},
	{"有效性", otherField, true},
	{"文件效力", otherField, true},
	{"效力状态", otherField, true},
	{"是否有效", otherField, true},
	{"公开方式", otherField, true},
	{"公开形式", otherField, true},
	{"公开范围", otherField, true},
	{"公开时限", otherField, true},
	{"生效日期", otherField, true},
	{"废止日期", otherField, true},
	{"失效日期", otherField, true},
	{"失效时间", otherField, true},
	{"实施日期", otherField, true},
	{"信息名称", titleField, true},
	{"文件名称", titleField, false},
	{"文件标题", titleField, true},
	{"标题", titleField, false},
	{"名称", titleField, false},
	{"发布机构", issuerField, true},
	{"发文机关", issuerField, true},
	{"发文机构", issuerField, true},
	{"发文单位", issuerField, true},
	{"发布单位", issuerField, true},
	{"制发机关", issuerField, true},
	{"公开机构", issuerField, true},
	{"公开单位", issuerField, true},
	{"公开责任部门", issuerField, true},
	{"责任部门", issuerField, false},
	{"发布部门", issuerField, true},
	{"编制机关", issuerField, false},
	{"信息来源", sourceField, true},
	{"文章来源", sourceField, true},
	{"稿件来源", sourceField, true},
	{"新闻来源", sourceField, true},
	{"来源", sourceField, false},
	{"稿源", sourceField, true},
	{"供稿单位", sourceField, true},
	{"供稿", sourceField, false},
	{"公文生成日期", madeField, true},
	{"生成日期", madeField, true},
	{"成文日期", madeField, true},
	{"成文时间", madeField, true},
	{"发文日期", madeField, true},
	{"发文时间", madeField, true},
	{"印发日期", madeField, true},
	{"签发日期", madeField, true},
	{"发布日期", dateField, true},
	{"发布时间", dateField, true},
	{"公开日期", dateField, true},
	{"公开时间", dateField, true},
	{"更新日期", dateField, true},
	{"更新时间", dateField, true},
	{"发表时间", dateField, true},
	{"发布于", dateField, false},
	{"时间", dateField, false},
	{"日期", dateField, false},
	{"浏览次数", otherField, true},
	{"浏览量", otherField, true},
	{"浏览", otherField, false},
	{"点击数", otherField, true},
	{"点击次数", otherField, true},
	{"点击量", otherField, true},
	{"点击率", otherField, true},
	{"访问量", otherField, true},
	{"访问次数", otherField, true},
	{"阅读次数", otherField, true},
	{"阅读量", otherField, true},
	{"阅读数", otherField, true},
	{"阅读", otherField, false},
	{"人气", otherField, false},
	{"字体大小", otherField, true},
	{"字体显示", otherField, true},
	{"字体", otherField, true},
	{"字号", otherField, true},
	{"视力保护色", otherField, true},
	{"保护视力色", otherField, true},
	{"背景色", otherField, false},
	{"分享到", otherField, true},
	{"分享至", otherField, true},
	{"分享", otherField, false},
	{"责任编辑", otherField, true},
	{"值班编辑", otherField, true},
	{"网络编辑", otherField, true},
	{"编辑", otherField, false},
	{"责编", otherField, true},
	{"作者", otherField, false},
	{"记者", otherField, false},
	{"撰稿", otherField, false},
	{"校对", otherField, false},
	{"编审", otherField, false},
	{"初审", otherField, false},
	{"复审", otherField, false},
	{"终审", otherField, false},
	{"审核", otherField, false},
	{"监制", otherField, false},
	{"录入", otherField, false},
	{"排版", otherField, false},
	{"网站地址", otherField, false},
	{"网址", otherField, false},
	{"地址", otherField, false},
	{"电话", otherField, false},
	{"邮编", otherField, false},
	{"邮箱", otherField, false},
}

// labelsByFirst are the positions of the labels by their first character.
var labelsByFirst = func() map[rune][]int {
	m := map[rune][]int{}
	for n := range pageLabels {
		r, _ := utf8.DecodeRuneInString(pageLabels[n].name)
		m[r] = append(m[r], n)
	}
	return m
}()

// pageField is a label of page metadata and what stands behind it, in bytes of the line.
type pageField struct {
	label      *pageLabel
	lead       int // where the label begins
	start, end int // its value, without blanks; empty if the line ends with the label
}

// fieldsOf finds metadata in a line: 发布机构:泉港区人民政府 公文生成日期:2024-01-05. A label stands at the line's start or
// behind something that is no word, may be spaced out (索 引 号), and is followed by a colon unless it is the whole line.
func fieldsOf(s string) []pageField {
	if longer(s, 300) {
		return nil
	}
	var fields []pageField
	word := false // the character before is part of a word
	for i := 0; i < len(s); {
		r, width := utf8.DecodeRuneInString(s[i:])
		if !word {
			if label, end, ok := labelAt(s, i); ok {
				if n := len(fields); n > 0 {
					_, fields[n-1].end = trimmed(s, fields[n-1].start, i)
					fields[n-1].end = max(fields[n-1].end, fields[n-1].start)
				}
				start, stop := trimmed(s, end, len(s))
				if start > stop {
					start = stop
				}
				fields = append(fields, pageField{label, i, start, stop})
				i, word = end, false
				continue
			}
		}
		word = unicode.IsLetter(r)
		i += width
	}
	for i := range fields {
		f := &fields[i]
		v := strings.TrimRight(s[f.start:f.end], " 【[(（|")
		f.end = f.start + len(v)
	}
	return fields
}

// labelAt finds a label at byte i of a line, and where its value begins.
func labelAt(s string, i int) (label *pageLabel, end int, ok bool) {
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(s[i:], " "))
	for _, n := range labelsByFirst[first] {
		at, found := spaced(s, i, pageLabels[n].name)
		if !found {
			continue
		}
		rest := strings.TrimLeft(s[at:], " 】])")
		switch {
		case rest == "" && strings.TrimSpace(s[:i]) == "" && pageLabels[n].strict:
			return &pageLabels[n], len(s), true
		case strings.HasPrefix(rest, ":"):
			return &pageLabels[n], len(s) - len(rest) + 1, true
		case strings.HasPrefix(rest, "："):
			return &pageLabels[n], len(s) - len(rest) + len("："), true
		}
	}
	return nil, 0, false
}

// spaced matches a word at byte i of s, with spaces allowed between its characters.
func spaced(s string, i int, word string) (end int, ok bool) {
	for _, r := range word {
		for i < len(s) && s[i] == ' ' {
			i++
		}
		got, width := utf8.DecodeRuneInString(s[i:])
		if got != r {
			return 0, false
		}
		i += width
	}
	return i, true
}

// numbering is the level of the number that a line begins with, and 0 if it has none: 1 第一部分, 2 一、, 3 (一), 4 1. or
// 1、, 5 (1) or ①.
func numbering(s string) int {
	digits := func(s, set string) int { // bytes of the number that s begins with, at most four characters
		n := 0
		for i, r := range s {
			if n == 4 || !strings.ContainsRune(set, r) {
				return i
			}
			n++
		}
		return len(s)
	}
	const han, arabic = "一二三四五六七八九十百", "0123456789"
	starts := func(s string, marks ...string) bool {
		for _, m := range marks {
			if strings.HasPrefix(s, m) {
				return true
			}
		}
		return false
	}
	if rest, ok := strings.CutPrefix(s, "第"); ok {
		if n := digits(rest, han+arabic); n > 0 && starts(rest[n:], "部分", "章", "篇") {
			return 1
		}
		return 0
	}
	if n := digits(s, han); n > 0 {
		if starts(s[n:], "、", ".", "．") {
			return 2
		}
		return 0
	}
	if n := digits(s, arabic); n > 0 {
		if rest := s[n:]; starts(rest, "、", "．") || starts(rest, ".") && (len(rest) == 1 || rest[1] < '0' || rest[1] > '9') {
			return 4
		}
		return 0
	}
	for _, bracket := range []string{"(", "（", "〔"} {
		rest, ok := strings.CutPrefix(s, bracket)
		if !ok {
			continue
		}
		if n := digits(rest, han); n > 0 && starts(rest[n:], ")", "）", "〕") {
			return 3
		}
		if n := digits(rest, arabic); n > 0 && starts(rest[n:], ")", "）", "〕") {
			return 5
		}
	}
	switch r, _ := utf8.DecodeRuneInString(s); {
	case r >= '①' && r <= '⒇':
		return 5
	case r >= '㈠' && r <= '㈩':
		return 3
	}
	return 0
}

// trimmed moves the ends of [start, end) over white space.
func trimmed(s string, start, end int) (int, int) {
	for start < end {
		r, width := utf8.DecodeRuneInString(s[start:end])
		if !unicode.IsSpace(r) {
			break
		}
		start += width
	}
	for start < end {
		r, width := utf8.DecodeLastRuneInString(s[start:end])
		if !unicode.IsSpace(r) {
			break
		}
		end -= width
	}
	return start, end
}

// longer reports whether s has more than n characters.
func longer(s string, n int) bool {
	return len(s) > n && (len(s) > utf8.UTFMax*n || utf8.RuneCountInString(s) > n)
}

// ended reports whether s ends like a sentence.
func ended(s string) bool {
	s = strings.TrimRight(s, "”\"')）』」 ")
	for _, mark := range []string{"。", "!", "！", "?", "？", ";", "；", "…"} {
		if strings.HasSuffix(s, mark) {
			return true
		}
	}
	return false
}

// numeric reports whether s consists of digits.
func numeric(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
