package query

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/graph"
)

// chargeWords are what a sentence that puts somebody in charge holds at least.
var chargeWords = []string{"牵头", "负责", "责任", "主抓", "主管单位"}

// charges are the forms of a clause that put somebody in charge. The groups are the office and the words; behind the words nothing
// may follow but a helper or what is done: 由龙海区第一医院牵头的医疗集团 is about the hospitals.
var charges = sync.OnceValue(func() []*regexp.Regexp {
	const end = `(?:$|[、（()）]|实施|推进|建设|落实|统筹|具体|组织|抓)`
	return []*regexp.Regexp{
		regexp.MustCompile(`由([\p{Han}、（）]{2,30}?)(?:作为|担任|任|为)?(牵头负责|牵头单位|责任单位|主管单位|牵头|负责|主抓)` + end),
		regexp.MustCompile(`^([\p{Han}]{1,16}(?:局|委|委员会|办公室|办|街道|镇|乡|指挥部|专班))(?:作为|为|是)?(牵头负责|牵头单位|责任单位|主管单位|牵头|负责|主抓)` + end),
		regexp.MustCompile(`(责任单位|牵头单位|责任部门|牵头部门|主管单位|责任领导|牵头领导|责任人)(?:为|是)?([\p{Han}、（）]{2,40})$`),
	}
})

// charge is who is in charge, in bytes of the folded sentence, and the words that say so.
type charge struct {
	from, to int
	words    string
}

// inCharge reads the clause at i, or, where a colon ends it, the one behind.
func inCharge(clauses []clause, i int) (charge, bool) {
	c := clauses[i]
	for n, form := range charges() {
		m := form.FindStringSubmatchIndex(c.text)
		if m == nil {
			continue
		}
		office, words := m[2:4], m[4:6]
		if n == 2 {
			office, words = words, office
		}
		return charge{c.from + office[0], c.from + office[1], c.text[words[0]:words[1]]}, true
	}
	label := strings.TrimLeft(c.text, "（(")
	if i+1 < len(clauses) && slices.Contains([]string{"责任单位", "牵头单位", "责任部门", "牵头部门", "主管单位", "责任领导", "牵头领导", "责任人"}, label) {
		next := clauses[i+1]
		end := strings.IndexAny(next.text, "（(）)")
		if end < 0 {
			end = len(next.text)
		}
		if n := utf8.RuneCountInString(next.text[:end]); n >= 2 && n <= 40 {
			return charge{next.from, next.from + end, label}, true
		}
	}
	return charge{}, false
}

// responsible lists what somebody is to see to, with the office, body or person, as sentences say. What has no name of its own is
// listed under the area of the document.
func (in *inquiry) responsible() error {
	found := map[graph.ID][]Said{}
	err := in.spokenWith(chargeWords, func(s *spoken) error {
		if in.o.Year != 0 && cmp.Or(s.at.Year, s.doc.Year) != in.o.Year {
			return nil
		}
		clauses := s.clauses()
		for i := range clauses {
			who, ok := inCharge(clauses, i)
			if !ok {
				continue
			}
			things, task, err := in.task(s, clauses, i, who)
			if err != nil || task == "" {
				return err
			}
			q, err := in.quoted(s, who.from, who.to, "words:"+who.words, 0.8)
			if err != nil {
				return err
			}
			q.What, q.Name = who.words, s.fold.Text[who.from:who.to]
			for _, n := range s.names {
				if n.from == who.from && n.to == who.to {
					q.Other, q.Name = n.id, ""
				}
			}
			if area := s.doc.area; len(things) == 0 && area != "" {
				q.What += ": " + task
				things = []graph.ID{area}
			}
			for _, id := range things {
				if (in.entity == "" || in.entity == id || in.entity == q.Other) && (in.o.Kind == "" || in.o.Kind == id.Kind()) {
					found[id] = append(found[id], q)
				}
			}
		}
		return nil
	})
	for _, id := range slices.Sorted(maps.Keys(found)) {
		said, rank := found[id], 0
		if len(in.held[id]) > 0 {
			rank = 1
		}
		var offices []string
		for i := range said {
			if said[i].Other != "" {
				said[i].Name = in.name(said[i].Other)
			}
			if !slices.Contains(offices, said[i].Name) {
				offices = append(offices, said[i].Name)
			}
		}
		in.add(in.number(id), rank, "led by "+strings.Join(offices, "; "), "", func(in *inquiry, c *Case) error {
			c.Said = said
			return nil
		})
	}
	return err
}

// task finds what somebody who is named in the clause at i is to see to: the things that the clause itself or the nearest one before
// it names, else the one behind; and the words of the task, empty if there is none.
func (in *inquiry) task(s *spoken, clauses []clause, i int, who charge) ([]graph.ID, string, error) {
	order := []int{i}
	for j := i - 1; j >= 0; j-- {
		order = append(order, j)
	}
	if i+1 < len(clauses) && who.from < clauses[i].to {
		order = append(order, i+1)
	}
	for _, j := range order {
		var things []graph.ID
		for _, n := range s.names {
			if n.from < clauses[j].from || n.to > clauses[j].to || n.from < who.to && who.from < n.to {
				continue
			}
			thing, err := in.isThing(n.id)
			if err != nil {
				return nil, "", err
			}
			if thing && (j != i || n.from >= who.to || n.to <= who.from) {
				things = append(things, n.id)
			}
		}
		if len(things) > 0 {
			return things, clauses[j].text, nil
		}
	}
	if i > 0 {
		return nil, clauses[i-1].text, nil
	}
	if i+1 < len(clauses) && who.from < clauses[i].to {
		return nil, clauses[i+1].text, nil
	}
	return nil, "", nil
}
