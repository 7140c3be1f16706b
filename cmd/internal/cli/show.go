package cli

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/tupu-kg/tupu/extract/resolve"
	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/query"
	"github.com/tupu-kg/tupu/store"
	"github.com/tupu-kg/tupu/store/ingest"
)

type showOptions struct {
	query.ShowOptions
	kind     kindFlag
	evidence bool
	why      bool
}

func newShow(a *app) *cobra.Command {
	var o showOptions
	c := &cobra.Command{
		Use:   "show NAME",
		Short: "everything about one name, with its evidence",
		Long: `Show gathers what the graph holds about one thing: its other names, where and when it appears, what is said of it, who is
named with it, each with the sentence and its place. The name may be any of its names, in any script, a part that only it
has, or its id.`,
		Example: `  tupu show 榕屿食品
  tupu show 榕嶼食品 --evidence
  tupu show 鹭汀大桥 --type place
  tupu show 榕屿食品 --why          # which names were merged into it, and by which rule`,
		Args:              exactly(1, "one name or id"),
		ValidArgsFunction: a.completeNames(1),
		RunE: func(c *cobra.Command, args []string) error {
			o.Name = args[0]
			return a.show(c.Context(), o)
		},
	}
	addKind(c, &o.kind, "of what")
	c.Flags().BoolVarP(&o.evidence, "evidence", "v", false, "the sentences in full, with file and position")
	c.Flags().BoolVar(&o.why, "why", false, "say by which rules its names were merged")
	c.Flags().IntVar(&o.Near, "near", 10, "most names that it is named together with; -1 for none")
	return c
}

func (a *app) show(ctx context.Context, o showOptions) error {
	o.Kind, o.Quotes = graph.Kind(o.kind), 1
	if o.evidence {
		o.Quotes = -1
	}
	empty := result{kind: "dossier", query: o.ShowOptions, columns: quoteColumns("group", "relation", "name", "id", "area", "year", "count")}
	return reply(a, empty, func(r query.Reader) (*explained, error) {
		d, err := query.Show(ctx, r, o.ShowOptions)
		if err != nil || !o.why {
			return &explained{Dossier: d}, err
		}
		why, err := a.why(r, d.Entity)
		return &explained{d, why}, err
	}, func(d *explained) result {
		r := empty
		r.query, r.items, r.truncated = d.Query, []any{d}, d.NearTotal > len(d.Near)
		add := func(cells []string, quotes []query.Quote) {
			if len(quotes) == 0 {
				quotes = []query.Quote{first(nil)}
			}
			for _, q := range quotes {
				r.rows = append(r.rows, withQuote(q, cells...))
			}
		}
		for _, n := range d.Documents {
			add([]string{"document", string(graph.MentionedIn), n.Title, string(n.ID), n.Area, number(n.Year), strconv.Itoa(n.Count)}, n.Evidence)
		}
		for _, rel := range d.Relations {
			add([]string{"relation", arrow(rel), rel.Name, string(rel.Other), "", number(rel.Year), strconv.Itoa(rel.Total)}, rel.Quotes)
		}
		for _, lead := range d.Leads {
			add([]string{"lead", string(lead.Type), lead.Name, string(lead.Other), "", "", strconv.Itoa(lead.Total)}, lead.Quotes)
		}
		for _, reason := range d.Why {
			add([]string{"why", string(reason.Rule), reason.Name, "", "", "", strconv.Itoa(reason.Documents)}, nil)
		}
		for _, n := range d.Near {
			add([]string{"near", string(graph.CoMentioned), n.Name, string(n.ID), "", "", strconv.Itoa(n.Sentences)}, n.Evidence)
		}
		r.people = func(p *page) { p.dossier(d, o.evidence) }
		return r
	})
}

// explained is a dossier with the reasons why the entity's names are one, if they were asked for.
type explained struct {
	*query.Dossier
	Why []resolve.Reason `json:"why,omitempty"`
}

// why returns the reasons; of an entity with one name, that it has one.
func (a *app) why(r query.Reader, e graph.Entity) ([]resolve.Reason, error) {
	s, ok := r.(*store.Snapshot)
	if !ok {
		return nil, nil
	}
	why, err := ingest.Why(s, e.ID)
	if len(why) == 0 && err == nil {
		why = []resolve.Reason{{Name: e.Name, Rule: resolve.RuleOwn}}
	}
	return why, err
}

// rules says what the rules that merge names mean.
var rules = map[resolve.Rule]string{
	resolve.RuleOwn:       "its name",
	resolve.RuleJudgement: "somebody decided so",
	resolve.RuleName:      "another writing of the name",
	resolve.RuleDeclared:  "a document declares it short for the other",
	resolve.RuleList:      "your list has both names for one thing",
	resolve.RuleInside:    "in its document only the other can be meant",
	resolve.RuleClipped:   "the beginning of the other, which no other name in its document has",
	resolve.RuleShort:     "brand and trade or place agree, and no other firm has them",
}

// arrow says to programs what a relation is and which way it goes: "PART_OF" from the entity shown, "PART_OF ←" to it.
func arrow(r query.Relation) string {
	if r.Outgoing || r.Type.Symmetric() {
		return string(r.Type)
	}
	return string(r.Type) + " ←"
}

func (p *page) dossier(d *explained, full bool) {
	kind := string(d.Entity.Kind)
	if d.Entity.Place != "" {
		kind += ": " + string(d.Entity.Place)
	}
	p.title(d.Entity.Name, kind, string(d.Entity.ID))
	areas := make([]string, len(d.Areas))
	for i, in := range d.Areas {
		areas[i] = in.Name
		if y := years(in.FirstYear, in.LastYear); y != "" {
			areas[i] += " " + y
		}
		if in.Inside {
			areas[i] += " (" + insideOnly(true) + ")"
		}
	}
	spans := make([]string, len(d.Years))
	for i, y := range d.Years {
		spans[i] = strconv.Itoa(y)
	}
	p.facts([][]string{
		{"also", strings.Join(d.Entity.Aliases, ", ")},
		{"code", d.Entity.Code},
		{"own id", strings.Join(d.Entity.OwnIDs, ", ")},
		{"posts", strings.Join(d.Entity.Posts, ", ")},
		{"areas", strings.Join(areas, ", ")},
		{"years", strings.Join(spans, ", ")},
		{"set apart", d.Entity.Hub},
		{"confidence", decimal(d.Entity.Confidence)},
	})
	if len(d.Why) > 0 {
		p.heading("Why its names are one")
		p.reasons(d)
	}
	if len(d.Relations) > 0 {
		p.heading("What is said of it")
		p.relations(d.Relations, full)
	}
	if len(d.Documents) > 0 {
		p.heading(p.words.say("Named in %s", p.words.count(len(d.Documents), "document")))
		p.namedIn(d.Documents, full)
	}
	if len(d.Leads) > 0 {
		p.heading("Leads, no facts: what may be the same, or only shares a name's stem")
		p.leads(d.Leads, full)
	}
	if len(d.Near) > 0 {
		title := p.words.say("Named in one sentence with")
		if d.NearTotal > len(d.Near) {
			title += p.words.say(" (%d of %d; --near %d shows all)", len(d.Near), d.NearTotal, d.NearTotal)
		}
		p.heading(title)
		p.near(d.Near, full)
	}
}

// reasons lists the names, and what merged each with which other one.
func (p *page) reasons(d *explained) {
	paths := map[graph.ID]string{}
	for _, n := range d.Documents {
		paths[n.ID] = n.Path
	}
	cells := make([][]string, len(d.Why))
	for i, r := range d.Why {
		where := ""
		if len(r.In) > 0 {
			where = paths[r.In[0]]
		}
		documents := ""
		if r.Documents > 0 {
			documents = strconv.Itoa(r.Documents)
		}
		cells[i] = []string{r.Name, rules[r.Rule], strings.TrimSpace(r.With + " " + r.Judgement), documents, where}
	}
	p.table([]column{{name: "name"}, {name: "why"}, {name: "with"}, {name: "documents", right: true}, {name: "first"}}, cells)
}

// leads lists what may be the same with the reason, and what shares a stem.
func (p *page) leads(leads []query.Relation, full bool) {
	var cells [][]string
	var inside []string
	for _, r := range leads {
		reason := r.Reason
		if r.Type == graph.SameStem {
			reason = "the stem " + r.Stem
		}
		if full {
			p.title(r.Name, p.words.edgeType(r.Type), reason, string(r.Other))
			p.quotes(2, r.Quotes)
			continue
		}
		q := first(r.Quotes)
		sentence, meant := cell(q)
		cells = append(cells, []string{p.words.edgeType(r.Type), r.Name, reason, sentence, where(q)})
		inside = append(inside, meant)
	}
	p.table(append([]column{{name: "lead"}, {name: "name"}, {name: "because"}}, evidence(inside)...), cells)
}

func (p *page) relations(relations []query.Relation, full bool) {
	var cells [][]string
	var inside []string
	for _, r := range relations {
		tense := strings.Join(slices.DeleteFunc([]string{r.Qualifier(), r.Raw, r.Share, string(r.Modality), number(r.Year)}, func(s string) bool { return s == "" }), " ")
		if full {
			p.title(r.Name, p.words.relation(r.Type, r.Outgoing || r.Type.Symmetric()), tense, string(r.Other))
			p.quotes(2, r.Quotes)
			continue
		}
		q := first(r.Quotes)
		sentence, meant := cell(q)
		cells = append(cells, []string{p.words.relation(r.Type, r.Outgoing || r.Type.Symmetric()), r.Name, tense, sentence, where(q)})
		inside = append(inside, meant)
	}
	p.table(append([]column{{name: "relation"}, {name: "name"}, {name: ""}}, evidence(inside)...), cells)
}

func (p *page) namedIn(documents []query.NamedIn, full bool) {
	var cells [][]string
	var inside []string
	for _, n := range documents {
		title := n.Title
		if title == "" {
			title = n.Path
		}
		if full {
			p.title(title, n.Area, number(n.Year), insideOnly(n.Inside))
			p.quotes(2, n.Evidence)
			continue
		}
		q := first(n.Evidence)
		sentence, meant := cell(q)
		cells = append(cells, []string{n.Area, number(n.Year), strconv.Itoa(n.Count), insideOnly(n.Inside), sentence, where(q)})
		inside = append(inside, meant)
	}
	p.table(append([]column{{name: "area"}, {name: "year"}, {name: "times", right: true}, {name: ""}}, evidence(inside)...), cells)
}

func (p *page) near(near []query.Neighbour, full bool) {
	var cells [][]string
	var inside []string
	for _, n := range near {
		if full {
			p.title(n.Name, string(n.Kind), count(n.Sentences, "sentence"))
			p.quotes(2, n.Evidence)
			continue
		}
		q := first(n.Evidence)
		sentence, meant := cell(q)
		cells = append(cells, []string{n.Name, string(n.Kind), strconv.Itoa(n.Sentences), sentence, where(q)})
		inside = append(inside, meant)
	}
	p.table(append([]column{{name: "name"}, {name: "type", spare: 3}, {name: "sentences", right: true}}, evidence(inside)...), cells)
}
