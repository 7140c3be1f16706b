package resolve

import (
	"cmp"
	"slices"
	"strings"

	"github.com/tupu-kg/tupu/graph"
)

// Rule says why the mentions of a name are taken to be an entity's.
type Rule string

// The rules, from the surest to the boldest.
const (
	RuleOwn       Rule = "own name"       // it is the name that the entity has
	RuleJudgement Rule = "judgement"      // a person says so
	RuleName      Rule = "same name"      // another writing of a name, or with another place or word in front or behind
	RuleDeclared  Rule = "declared short" // the document says that it is short for the other
	RuleInside    Rule = "short in document"
	RuleList      Rule = "listed" // a list of the user's has both names for one thing
	RuleClipped   Rule = "clipped in document"
	RuleShort     Rule = "short elsewhere" // brand and trade or place agree, and no other firm has them
)

// Reason says why the mentions of one name are an entity's.
type Reason struct {
	Name      string     `json:"name"`
	Rule      Rule       `json:"rule"`
	With      string     `json:"with,omitempty"` // the name that they were joined to
	Judgement string     `json:"judgement,omitempty"`
	Documents int        `json:"documents"`
	In        []graph.ID `json:"in"` // the first of them, ascending
}

// maxDocuments bounds the documents that a reason lists.
const maxDocuments = 20

// reasons explains a cluster: how each of its groups is joined, over others, to the one that has the entity's name.
func (u *clusters) reasons(members []int) []Reason {
	list := make([]Group, len(members))
	for k, i := range members {
		list[k] = u.groups[i]
	}
	start := members[fullest(list)]
	own := Reason{Name: u.groups[start].Name, Rule: RuleOwn}
	why := map[int]Reason{start: own}
	for queue := []int{start}; len(queue) > 0; queue = queue[1:] {
		at := queue[0]
		for _, j := range u.joints[at] {
			if _, seen := why[j.with]; seen {
				continue
			}
			queue = append(queue, j.with)
			reason := Reason{Name: u.groups[j.with].Name, Rule: ruleOf(j), With: u.groups[at].Name}
			if hash, ok := strings.CutPrefix(j.key, judgementFamily); ok {
				reason.Judgement = hash
			}
			if reason.Name == reason.With && (reason.Rule == RuleName || reason.Rule == RuleJudgement) {
				reason = why[at] // it is there for the same reason as its namesake
			}
			why[j.with] = reason
		}
	}
	type kind struct {
		name, with, judgement string
		rule                  Rule
	}
	at := map[kind]int{}
	var out []Reason
	for _, i := range members {
		r := why[i]
		k := kind{r.Name, r.With, r.Judgement, r.Rule}
		n, ok := at[k]
		if !ok {
			n = len(out)
			at[k] = n
			out = append(out, r)
		}
		doc := u.groups[i].Doc
		if last := len(out[n].In) - 1; last >= 0 && out[n].In[last] == doc {
			continue
		}
		if out[n].Documents++; len(out[n].In) < maxDocuments {
			out[n].In = append(out[n].In, doc)
		}
	}
	slices.SortFunc(out, func(a, b Reason) int {
		first := func(r Reason) int {
			if r.Rule == RuleOwn {
				return 0
			}
			return 1
		}
		return cmp.Or(cmp.Compare(first(a), first(b)), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.With, b.With), cmp.Compare(a.Judgement, b.Judgement))
	})
	return out
}

func ruleOf(j joint) Rule {
	switch j.by {
	case byJudgement:
		return RuleJudgement
	case byList:
		return RuleList
	case byShortName:
		return RuleShort
	case byDocument:
		rest := strings.TrimPrefix(j.key, documentFamily)
		switch {
		case strings.HasPrefix(rest, inDeclared+"|"):
			return RuleDeclared
		case strings.HasPrefix(rest, inClipped+"|"):
			return RuleClipped
		}
		return RuleInside
	}
	return RuleName
}
