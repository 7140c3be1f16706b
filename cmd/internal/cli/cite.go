package cli

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/spf13/cobra"
	"github.com/tupu-kg/tupu/query"
)

// citationForms are the forms of a citation.
var citationForms = []string{"plain", "markdown", "bibtex"}

func newCite(a *app) *cobra.Command {
	var o query.CiteOptions
	form := citationForms[0]
	c := &cobra.Command{
		Use:   "cite PLACE or NAME",
		Short: "a citation of a document, a sentence, or what names somebody",
		Long: `Cite prints who issued a document, its title, date, page or line and URL, and the words that are cited. A document is named
by its path, the end of it, its title or id; a place in it is written as other answers print it: report.txt:15 for a line,
page.html:¶4 for a paragraph, file.pdf:p3 for a page. Of a name, each document that names it is cited with a sentence.

The URL is that of the manifest (tupu help build) or of the page itself. What is not known is left out. With -o json the parts
come one by one.`,
		Example: `  tupu cite testdata/reports/漳浦县/2025年漳浦县政府工作报告.txt:11
  tupu cite 芗城区一季度集中签约.html --quote 展台 --form markdown
  tupu cite 惠松家居 --form bibtex`,
		Args:              exactly(1, "a document or a name"),
		ValidArgsFunction: a.completeNames(1),
		RunE: func(c *cobra.Command, args []string) error {
			if !slices.Contains(citationForms, form) {
				return usagef(c, "--form %q%s: use %s", form, meant(form, citationForms), strings.Join(citationForms, ", "))
			}
			o.What = args[0]
			return a.cite(c.Context(), o, form, c.Flags().Changed("output"))
		},
	}
	c.Flags().StringVar(&form, "form", form, "of the citation: "+strings.Join(citationForms, ", "))
	c.Flags().StringVar(&o.Quote, "quote", "", "cite the sentence that holds this `text`")
	addLimit(c, &o.Limit, 50, "documents")
	_ = c.RegisterFlagCompletionFunc("form", cobra.FixedCompletions(citationForms, cobra.ShellCompDirectiveNoFileComp))
	return c
}

func (a *app) cite(ctx context.Context, o query.CiteOptions, form string, data bool) error {
	empty := result{kind: "citations", query: o, columns: []string{"title", "issuer", "date", "area", "year", "path", "page", "sheet", "row", "line", "paragraph", "url", "quote"}}
	empty.people = func(*page) {}
	if !data {
		a.format = table // a citation is text, wherever it goes
	}
	return reply(a, empty, func(r query.Reader) (*query.CiteAnswer, error) {
		return query.Cite(ctx, r, o)
	}, func(answer *query.CiteAnswer) result {
		r := empty
		r.items, r.truncated = toItems(answer.Citations), answer.Total > len(answer.Citations)
		for _, c := range answer.Citations {
			r.rows = append(r.rows, []string{c.Title, c.Issuer, c.Date, c.Area, number(c.Year), c.Path, number(c.Page), c.Sheet, number(c.Row), number(c.Line), number(c.Paragraph), c.URL, c.Quote})
		}
		r.people = func(p *page) {
			for _, c := range answer.Citations {
				p.WriteString(visible(cited(c, form), true) + "\n")
			}
		}
		if r.truncated {
			r.note = a.words.say("%d of %d; --limit 0 gives all", len(answer.Citations), answer.Total)
		}
		return r
	})
}

// cited is a citation in one of the forms. The words around the parts are Chinese, as the documents are.
func cited(c query.Citation, form string) string {
	title := c.Title
	if title == "" {
		title = path.Base(c.Path)
	}
	place := citedPlace(c)
	quote, _ := oneLine(c.Quote)
	quote = strings.Map(func(r rune) rune { // what nobody sees is no part of the words
		if unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, quote)
	switch form {
	case "markdown":
		head := "《" + markdown(title) + "》"
		if c.URL != "" {
			head = "[" + head + "](<" + strings.NewReplacer("<", "%3C", ">", "%3E", "\n", "").Replace(c.URL) + ">)"
		}
		s := strings.Join(nonEmpty(markdown(c.Issuer), head, c.Date, place), "，") + "。"
		if quote != "" {
			return "> " + markdown(quote) + "\n\n" + "—— " + s + "\n"
		}
		return s
	case "bibtex":
		return bibtex(c, title, place, quote)
	}
	s := strings.Join(nonEmpty(c.Issuer, "《"+title+"》", c.Date, place, c.URL), "，")
	if quote != "" {
		return s + "：“" + quote + "”"
	}
	return s + "。"
}

// citedPlace says where in the document the words stand.
func citedPlace(c query.Citation) string {
	switch {
	case c.Page > 0:
		return fmt.Sprintf("第%d页", c.Page)
	case c.Row > 0:
		return strings.Join(nonEmpty(c.Sheet, fmt.Sprintf("第%d行", c.Row)), " ")
	case c.Line > 0:
		return fmt.Sprintf("第%d行", c.Line)
	case c.Paragraph > 0:
		return fmt.Sprintf("第%d段", c.Paragraph)
	}
	return ""
}

// markdown escapes what Markdown would take for its own.
func markdown(s string) string {
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, ">", `\>`, "`", "\\`", "#", `\#`, "|", `\|`).Replace(s)
}

func bibtex(c query.Citation, title, place, quote string) string {
	id := c.Document.Name()
	key := "tupu-" + id[:min(len(id), 12)]
	if n := max(c.Page, c.Row, c.Line, c.Paragraph); n > 0 {
		key += "-" + strconv.Itoa(n)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "@techreport{%s,\n", key)
	field := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "  %s = {%s},\n", name, value)
		}
	}
	field("title", "{"+tex(title)+"}")
	if c.Issuer != "" {
		field("institution", "{"+tex(c.Issuer)+"}")
	}
	year, rest, _ := strings.Cut(c.Date, "-")
	field("year", year)
	month, _, _ := strings.Cut(rest, "-")
	field("month", strings.TrimPrefix(month, "0"))
	field("date", c.Date)
	field("url", strings.NewReplacer("{", "%7B", "}", "%7D").Replace(visible(c.URL, false)))
	field("pages", number(c.Page))
	if quote != "" {
		quote = "“" + quote + "”"
	}
	if c.Page > 0 {
		place = ""
	}
	field("note", tex(strings.Join(nonEmpty(place, quote), "：")))
	return b.String() + "}\n"
}

// tex escapes what TeX would take for its own.
func tex(s string) string {
	s, _ = oneLine(s)
	return strings.NewReplacer(`\`, `\textbackslash{}`, "{", `\{`, "}", `\}`, "%", `\%`, "&", `\&`, "$", `\$`, "#", `\#`, "_", `\_`,
		"~", `\textasciitilde{}`, "^", `\textasciicircum{}`).Replace(s)
}
