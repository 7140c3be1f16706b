package export

import "github.com/tupu-kg/tupu/graph"

// The words of pictures and dossiers, which are for readers of Chinese.
var kindTerms = map[graph.Kind]string{
	graph.KindEnterprise: "企业", graph.KindProject: "项目", graph.KindPlace: "地点", graph.KindOrganization: "机构",
	graph.KindPerson: "人物", graph.KindHonour: "荣誉", graph.KindDocument: "文件",
}

// forward and backward are what an edge says of its first end, and of its second.
var edgeTerms = map[graph.EdgeType]struct{ forward, backward string }{
	graph.MentionedIn:  {"见于", "提到"},
	graph.ReportsOn:    {"报告", "见报告"},
	graph.AppearsIn:    {"出现于", "出现"},
	graph.LocatedIn:    {"位于", "辖有"},
	graph.PartOf:       {"属于", "包含"},
	graph.Concerns:     {"建设", "建设项目"},
	graph.Undertakes:   {"承担", "承担方"},
	graph.PartnersWith: {"合作", "合作"},
	graph.Receives:     {"获得", "获得者"},
	graph.Status:       {"进展", "进展"},
	graph.Amount:       {"数额", "数额"},
	graph.HoldsPost:    {"任职", "任职者"},
	graph.CoMentioned:  {"同句提及", "同句提及"},
	graph.SameStem:     {"字号相同", "字号相同"},
	graph.MaybeSame:    {"疑似同一", "疑似同一"},
}

var stateTerms = map[string]string{
	"preparing": "前期", "signed": "签约", "started": "开工", "building": "在建", "topped_out": "封顶", "completed": "建成",
	"operating": "投用", "suspended": "停缓建", "cancelled": "取消",
}

// states in the order in which a project goes through them.
var states = []string{"preparing", "signed", "started", "building", "topped_out", "completed", "operating", "suspended", "cancelled"}

var modalityTerms = map[graph.Modality]string{
	graph.Reported: "已述", graph.Planned: "计划", graph.Target: "目标", graph.Background: "背景",
}

var ofTerms = map[string]string{
	"total": "总额", "annual plan": "年度计划", "done so far": "已完成", "area": "面积", "capacity": "产能",
}

// termOr is the Chinese word for a value, or the value where there is none.
func termOr[K ~string](terms map[K]string, k K) string {
	if t, ok := terms[k]; ok {
		return t
	}
	return string(k)
}
