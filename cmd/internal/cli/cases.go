package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/query"
)

// caseQuestion is how one of query.Questions is asked on the command line.
type caseQuestion struct {
	name, short, long string
	example           string
	named             bool // takes the name of one entity
	years             bool // takes a number of years
}

var caseQuestions = []caseQuestion{
	{
		"status", "the last stage that was reported of each project",
		`Status lists what is built with the last stage that a document reports: preparing, signed, started, building, topped_out,
completed, operating, suspended or cancelled. Bridges, schools and parks count as projects do. "planned only" is what was
promised and of which no stage is reported in the documents held.`,
		"  tupu ask status --area 芗城区\n  tupu ask status 鹭汀大桥 --evidence", true, false,
	},
	{
		"promises", "what was promised, and what became of it",
		`Promises compares what plans promise for a year with what later documents report: delivered, delivered later, under way,
promised again, stopped, or "not in the reports held since". The last is no verdict: what the documents held do not say may
have happened all the same. Where no later document of the area is held, nothing can be said.`,
		"  tupu ask promises --area 龙海区\n  tupu ask promises --year 2023 -o csv", true, false,
	},
	{
		"repeated", "what was promised for several years",
		"Repeated lists what plans of several years promise, first what is promised with the same stage again.",
		"  tupu ask repeated\n  tupu ask repeated --area 芗城区 --evidence", true, false,
	},
	{
		"phantoms", "candidates: promised at least twice, no start in the reports held",
		`Phantoms lists what was promised in at least two documents and of which no start is reported, although documents of the area
about the years since are held. These are candidates to look into: a start may stand in a document that is not held, or
under another name.`,
		"  tupu ask phantoms\n  tupu ask phantoms --years 2", true, true,
	},
	{
		"delivery", "how many promises of each area and year were delivered",
		`Delivery counts for each area what its plans promised for a year and what became of it, as promises has it. Those of which
nothing can be known, because no later report is held, are counted apart and not in the rate.`,
		"  tupu ask delivery\n  tupu ask delivery --area 龙文区 -o csv", false, false,
	},
	{
		"timeline", "all that is said of one project by year, and the years of which nothing is said",
		"Timeline lists stages, sums and awards of one thing by the year that is meant, as the documents say it. Contradictions stay.",
		"  tupu ask timeline 碧洲污水处理厂扩建工程\n  tupu ask timeline 鹭汀大桥 --evidence", true, false,
	},
	{
		"who-builds", "firms and bodies with the projects that they build, own or invest in",
		"Who-builds lists what firms and bodies undertake, with place, sums and last stage of each project.",
		"  tupu ask who-builds\n  tupu ask who-builds 屿辰集团", true, false,
	},
	{
		"money", "sums by area, year and kind, without counting twice",
		`Money adds up what documents say of single projects: total investment, annual plan, done so far. A sum is counted once, however
many documents repeat it. Not counted, and listed with the reason, are sums over several projects, targets, figures that are
not exact, and parts of what is counted.`,
		"  tupu ask money\n  tupu ask money --area 龙海区 --year 2023 --evidence", true, false,
	},
	{
		"changed-amounts", "sums and sizes that differ between documents",
		"Changed-amounts lists things of which several documents give different figures for the same: the total, the area, the capacity.",
		"  tupu ask changed-amounts\n  tupu ask changed-amounts 立晟化学高端聚酯项目", true, false,
	},
	{
		"conflicts", "projects claimed by several areas, and reports that contradict each other",
		`Conflicts lists what one document has finished and another has not, and projects of which several areas report a stage. Roads,
railways, waters and bridges may be claimed by all whom they cross.`,
		"  tupu ask conflicts\n  tupu ask conflicts --evidence", true, false,
	},
	{
		"shared-projects", "projects that documents of several areas name",
		"Shared-projects lists projects that documents of at least two areas name.",
		"  tupu ask shared-projects\n  tupu ask shared-projects --area 龙文区", false, false,
	},
	{
		"parks", "parks and zones that host firms from several districts",
		"Parks lists parks and zones with the firms that lie there or are named in one sentence with them, if several districts name these.",
		"  tupu ask parks\n  tupu ask parks 金浔产业园", true, false,
	},
	{
		"new", "enterprises that an area names for the first time in a year",
		`New lists what the documents of an area name in a year and not before. It needs a document on the year before: without one the
answer is unknown.`,
		"  tupu ask new --area 龙文区 --year 2023\n  tupu ask new --type project", false, false,
	},
	{
		"gone", "enterprises that an area named in the year before and no more",
		`Gone lists what the documents of an area named in the year before and neither in the year nor later. Absent from the documents
held is not absent from the district.`,
		"  tupu ask gone --area 芗城区 --year 2023\n  tupu ask gone", false, false,
	},
	{
		"families", "firms with their subsidiaries, and firms that share a stem",
		"Families lists firms with what documents say is part of them. Firms whose names share a stem are listed apart: a lead, not a fact.",
		"  tupu ask families\n  tupu ask families 屿辰集团", true, false,
	},
	{
		"responsible", "which office, body or person is to see to what",
		`Responsible lists projects, places and bodies with those who are to see to them, as a sentence says: 由…牵头, 责任单位, 牵头单位.
What is to be seen to and has no name of its own stands under the area of the report. With a NAME, of a project or of an office.`,
		"  tupu ask responsible\n  tupu ask responsible 碧洲污水处理厂扩建工程", true, false,
	},
	{
		"denied", "what reports say was not done, beside what was promised or reported of it",
		`Denied lists what a sentence says has not happened (未能按时开工, 尚未合龙), with all stages that are said of the same thing: first
what somebody reports all the same, then what was promised.`,
		"  tupu ask denied\n  tupu ask denied 锦渚大桥 --evidence", true, false,
	},
	{
		"wording", "promises in the words of the year before",
		`Wording lists sentences of an area's plan that repeat one of its plan for the year before, with both sentences and how alike they
are: the share of pairs of neighbouring characters that both have, 1 for the same words. From 0.8 on a sentence is listed.`,
		"  tupu ask wording\n  tupu ask wording --area 芗城区 --evidence", false, false,
	},
	{
		"lone-source", "relations that rest on a single sentence",
		"Lone-source lists relations of firms, bodies and projects that one sentence of one document says and no other.",
		"  tupu ask lone-source\n  tupu ask lone-source --area 芗城区", true, false,
	},
}

type caseOptions struct {
	query.CaseOptions
	kind     kindFlag
	evidence bool
}

func newCase(a *app, q caseQuestion) *cobra.Command {
	var o caseOptions
	use, args := q.name, exactly(0, "no arguments")
	if q.named {
		use, args = q.name+" [NAME]", atMostOne
	}
	c := &cobra.Command{
		Use: use, Short: q.short, Long: q.long, Example: q.example, Args: args,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 1 {
				o.Name = args[0]
			}
			return a.cases(c.Context(), q.name, o)
		},
	}
	if q.named {
		c.ValidArgsFunction = a.completeNames(1)
	}
	addKind(c, &o.kind, "of what")
	c.Flags().StringVar(&o.Area, "area", "", "only what documents of this `area` say")
	c.Flags().IntVar(&o.Year, "year", 0, "only what is meant of this `year`")
	if q.years {
		c.Flags().IntVar(&o.Years, "years", 1, "reports on so many `years` since the first promise must be held")
	}
	c.Flags().BoolVarP(&o.evidence, "evidence", "v", false, "the sentences in full, with file and position")
	addLimit(c, &o.Limit, 100, "cases")
	return c
}

func atMostOne(c *cobra.Command, args []string) error {
	if len(args) > 1 {
		return usagef(c, "%d names given: give one, in quotes if it has spaces", len(args))
	}
	return nil
}

func (a *app) cases(ctx context.Context, question string, o caseOptions) error {
	o.Kind = graph.Kind(o.kind)
	o.Quotes = 1
	if o.evidence {
		o.Quotes = -1
	}
	empty := result{
		kind: question, query: o.CaseOptions,
		columns: quoteColumns("name", "type", "id", "finding", "detail", "relation", "what", "other", "year", "date", "modality", "area", "value", "unit", "counted", "why"),
	}
	return reply(a, empty, func(r query.Reader) (*query.CaseAnswer, error) {
		return query.Cases(ctx, r, question, o.CaseOptions)
	}, func(answer *query.CaseAnswer) result {
		r := empty
		r.query, r.truncated = answer.Query, answer.Truncated
		r.items = toItems(answer.Cases)
		r.pieces, r.more = len(answer.Cases), func(n int, yield func([]string)) { caseRows(&answer.Cases[n], yield) }
		r.people = func(p *page) { p.cases(answer, question, o.evidence) }
		r.note = caseNote(answer, question, o)
		return r
	})
}

// caseRows yields a row for each statement, and one for a case without any.
func caseRows(c *query.Case, yield func(row []string)) {
	row := append(make([]string, 0, 32), c.Name, string(c.Kind), string(c.ID), c.Finding, c.Detail)
	about := len(row)
	if len(c.Said) == 0 {
		yield(appendQuote(append(row, make([]string, 11)...), first(nil)))
	}
	for i := range c.Said {
		s := &c.Said[i]
		value := ""
		if s.Unit != "" {
			value = plainDecimal(s.Value)
		}
		row = append(row[:about], string(s.Relation), s.What, s.Name, number(s.Year), s.Date, string(s.Modality), s.Area, value, s.Unit, yes(s.Counted), s.Why)
		row = appendQuote(row, first(s.Evidence))
		yield(row)
	}
}

// needsCoverage are the questions whose answers mean nothing without what is held.
var needsCoverage = map[string]bool{"promises": true, "phantoms": true, "new": true, "gone": true, "delivery": true, "repeated": true}

func (p *page) cases(answer *query.CaseAnswer, question string, full bool) {
	if full {
		for i, c := range answer.Cases {
			if i > 0 {
				p.WriteByte('\n')
			}
			p.title(c.Name, string(c.Kind), c.Finding, c.Detail)
			for _, s := range c.Said {
				p.paragraph(2, strings.Join(nonEmpty(number(s.Year), s.Area, p.words.said(s), s.Why), "  "))
				p.quotes(4, s.Evidence)
			}
		}
	} else if len(answer.Cases) > 0 {
		var cells [][]string
		var inside []string
		for _, c := range answer.Cases {
			name, finding := c.Name, strings.Join(nonEmpty(c.Finding, c.Detail), "; ")
			if len(c.Said) == 0 {
				cells = append(cells, []string{name, finding, "", "", "", "", ""})
				inside = append(inside, "")
			}
			for _, s := range c.Said {
				q := first(s.Evidence)
				sentence, meant := cell(q)
				at := ""
				if len(s.Evidence) > 0 {
					at = where(q)
				}
				cells = append(cells, []string{name, finding, number(s.Year), s.Area, strings.Join(nonEmpty(p.words.said(s), s.Why), "; "), sentence, at})
				inside = append(inside, meant)
				name, finding = "", ""
			}
		}
		p.table(append([]column{{name: "name"}, {name: "finding"}, {name: "year", spare: 4}, {name: "area", spare: 3}, {name: "said"}}, evidence(inside)...), cells)
	}
	if needsCoverage[question] && len(answer.Coverage) > 0 {
		p.heading("Held (R looks back on the year, P plans for it, . is not held)")
		p.held(answer.Coverage)
	}
}

// said is a statement in a few words.
func (w words) said(s query.Said) string {
	what := s.What
	if s.Modality == graph.Planned || s.Modality == graph.Target {
		what = string(s.Modality) + ": " + what
	}
	if s.Date != "" {
		what += " " + s.Date
	}
	relation := w.edgeType(s.Relation)
	if s.Relation == graph.Status || s.Relation == graph.Amount || s.Relation == graph.AppearsIn {
		relation = ""
	}
	return strings.Join(nonEmpty(relation, s.Name, what), " ")
}

func nonEmpty(parts ...string) []string {
	var out []string
	for _, s := range parts {
		if strings.TrimSpace(s) != "" {
			out = append(out, s)
		}
	}
	return out
}

// caseNote says what an empty answer means, and what a cut one leaves out.
func caseNote(answer *query.CaseAnswer, question string, o caseOptions) string {
	switch {
	case len(answer.Coverage) == 0:
		return "no document says which area it speaks for: give areas in a manifest (tupu help build), or see `tupu ask coverage`"
	case len(answer.Cases) == 0 && o.Name != "":
		return fmt.Sprintf("the documents held say nothing of that of %s; `tupu show %s` prints all that is known", o.Name, o.Name)
	case len(answer.Cases) == 0:
		return "nothing of that in the documents held; `tupu ask coverage` shows which these are"
	case answer.Truncated:
		return fmt.Sprintf("the first %d; --limit 0 gives all", o.Limit)
	}
	return ""
}
