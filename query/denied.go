package query

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/tupu-kg/tupu/graph"
)

// denialWords are the words that deny, and denial a clause that denies a stage. The stages are those of the words in stageOf.
var (
	denialWords = []string{"未", "没有", "无法", "不能", "推迟", "延后", "暂缓"}
	denial      = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?:未能|尚未|仍未|并未|暂未|迟迟未|没有|没能|无法|不能|未|推迟|延后|暂缓)([\p{Han}0-9]{0,8}?)(开工|动工|启动|奠基|建成|竣工|完工|完成|交房|交付|通车|投产|投用|运营|开业|开放|合龙|封顶|签约|落地|实施)`)
	})
)

// stageOf says which stage a word means.
func stageOf(word string) string {
	switch word {
	case "开工", "动工", "启动", "奠基", "实施":
		return "started"
	case "合龙", "封顶":
		return "topped_out"
	case "签约", "落地":
		return "signed"
	case "建成", "竣工", "完工", "完成", "交房", "交付":
		return "completed"
	}
	return "operating"
}

// denied lists what documents say has not happened, with all else that is said of the same thing: first what another document
// reports all the same, then what was promised.
func (in *inquiry) denied() error {
	found := map[graph.ID][]Said{}
	err := in.spokenWith(denialWords, func(s *spoken) error {
		if in.o.Year != 0 && cmp.Or(s.at.Year, s.doc.Year) != in.o.Year {
			return nil
		}
		var topic graph.ID // a clause that names nothing goes on about what the one before named
		for _, c := range s.clauses() {
			m := denial().FindStringSubmatchIndex(c.text)
			for _, n := range s.names {
				if n.from < c.from || n.to > c.to || m != nil && n.to > c.from+m[2] && n.from >= c.from+m[0] {
					continue
				}
				thing, err := in.isThing(n.id)
				if err != nil {
					return err
				}
				if thing {
					topic = n.id
				}
			}
			if m == nil || topic == "" || in.entity != "" && topic != in.entity || in.o.Kind != "" && topic.Kind() != in.o.Kind {
				continue
			}
			q, err := in.quoted(s, c.from+m[0], c.from+m[1], "words:denied", 0.8)
			if err != nil {
				return err
			}
			q.What = "not " + stageOf(c.text[m[4]:m[5]]) + " (" + c.text[m[0]:m[1]] + ")"
			q.Relation = graph.Status
			found[topic] = append(found[topic], q)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(found)) {
		node := in.number(id)
		in.addDenied(node, found[id], in.claimsOf(node, graph.Status))
	}
	return nil
}

// addDenied adds what is denied of a thing, and says what it is at odds with.
func (in *inquiry) addDenied(node uint32, denied []Said, said []claim) {
	rank, detail := 2, ""
	var findings []string
	for _, d := range denied {
		state, _, _ := strings.Cut(strings.TrimPrefix(d.What, "not "), " ")
		if f := fmt.Sprintf("not %s in %d, says %s", state, d.Reported, cmp.Or(d.Area, "a document")); !slices.Contains(findings, f) {
			findings = append(findings, f)
		}
		for i := range said {
			switch s := &said[i]; {
			case s.doc.id == d.doc && s.year > d.Year || int(s.rank) < stageRank(state):
			case !s.planned && s.year <= d.Year && rank > 0:
				rank, detail = 0, fmt.Sprintf("reported %s in %d by %s", in.claims.Word(s.Says), s.year, cmp.Or(s.doc.Area, "a document"))
			case s.planned && s.year <= d.Year && rank > 1:
				rank, detail = 1, fmt.Sprintf("promised for %d: %s", s.year, in.claims.Word(s.Says))
			}
		}
	}
	in.add(node, rank, strings.Join(findings, "; "), detail, func(in *inquiry, c *Case) error {
		c.Said = append(in.sayings(said), denied...)
		slices.SortStableFunc(c.Said, func(x, y Said) int {
			return cmp.Or(cmp.Compare(x.Year, y.Year), cmp.Compare(x.Reported, y.Reported))
		})
		return nil
	})
}
