package export

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/graph"
)

// mostInDossier bounds the relations of one type, the documents and the neighbours that a dossier lists.
const mostInDossier = 200

// Markdown writes a dossier for each entity, in a folder for each kind, and index.md, which lists them. A dossier has the
// names, areas, stages, amounts and relations of its entity, each with its first quotes and where they stand, and says how
// many more there are.
func Markdown(ctx context.Context, files Files, s Source, o Options) error {
	v, err := look(ctx, s, o)
	if err != nil {
		return err
	}
	type listed struct {
		name, file string
		documents  int
	}
	index := map[graph.Kind][]listed{}
	taken := map[string]bool{}
	for n, err := range v.everyNode() {
		if err != nil {
			return err
		}
		if n.kind == graph.KindDocument {
			continue
		}
		file := dossierFile(n)
		if taken[strings.ToLower(file)] {
			file = strings.TrimSuffix(file, ".md") + "-" + n.key() + ".md"
		}
		taken[strings.ToLower(file)] = true
		index[n.kind] = append(index[n.kind], listed{n.name, file, n.named})
		if err := v.dossier(files, file, n); err != nil {
			return err
		}
	}
	f, err := files("index.md")
	if err != nil {
		return err
	}
	b := bufio.NewWriter(f)
	fmt.Fprint(b, "# 图谱\n")
	for _, kind := range graph.Kinds {
		all := index[kind]
		if len(all) == 0 {
			continue
		}
		slices.SortStableFunc(all, func(a, b listed) int { return cmp.Compare(b.documents, a.documents) })
		fmt.Fprintf(b, "\n## %s（%d）\n\n", kindTerms[kind], len(all))
		for _, l := range all {
			fmt.Fprintf(b, "- [%s](<%s>)（%d 份文件）\n", escapeMarkdown(l.name), l.file, l.documents)
		}
	}
	return flushing{f, b}.Close()
}

// dossierFile is the path of a dossier: the name without what some file systems refuse, and not longer than they allow.
func dossierFile(n *node) string {
	name := strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(`/\:*?"<>|#%`, r), unicode.IsControl(r):
			return '_'
		}
		return r
	}, n.id.Name())
	name = strings.Trim(name, ". ")
	if name == "" || len(name) > 150 {
		short := name
		for len(short) > 120 {
			_, size := utf8.DecodeLastRuneInString(short)
			short = short[:len(short)-size]
		}
		name = strings.TrimLeft(short+"-"+n.key(), "-")
	}
	return string(n.kind) + "/" + name + ".md"
}

var markdownEscapes = strings.NewReplacer(
	`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", "&lt;", ">", "&gt;", "#", `\#`, "|", `\|`, "~", `\~`, "&", "&amp;",
)

// escapeMarkdown makes text of any document safe to stand in Markdown, in one line.
func escapeMarkdown(s string) string { return markdownEscapes.Replace(oneLine(s)) }

func (v *view) dossier(files Files, file string, n *node) error {
	f, err := files(file)
	if err != nil {
		return err
	}
	b := bufio.NewWriter(f)
	err = v.writeDossier(b, n)
	if closing := (flushing{f, b}).Close(); err == nil {
		err = closing
	}
	return err
}

// section is the edges of one type and direction in a dossier.
type section struct {
	title string
	edges []graph.Edge
}

func (v *view) writeDossier(b io.Writer, n *node) error {
	e := &n.entity
	fmt.Fprintf(b, "# %s\n\n- 类型：%s\n- 编号：`%s`\n", escapeMarkdown(n.name), kindTerms[n.kind], strings.ReplaceAll(string(n.id), "`", "'"))
	property := func(name string, values ...string) {
		if s := strings.Join(values, "、"); s != "" {
			fmt.Fprintf(b, "- %s：%s\n", name, escapeMarkdown(s))
		}
	}
	property("别名", e.Aliases...)
	property("代码", e.Code)
	property("所属地区", e.Area)
	property("职务", e.Posts...)
	property("级别", e.Level)
	if e.Hub != "" {
		property("枢纽", e.Hub)
	}
	fmt.Fprintf(b, "- 可信度：%.2f\n- 提到它的文件：%d 份\n", e.Confidence, n.named)
	sections, err := v.sections(n.id)
	if err != nil {
		return err
	}
	for _, s := range sections {
		fmt.Fprintf(b, "\n## %s（%d）\n\n", s.title, len(s.edges))
		for i, edge := range s.edges {
			if i == mostInDossier {
				fmt.Fprintf(b, "- 另有 %d 条\n", len(s.edges)-i)
				break
			}
			if err := v.dossierEdge(b, n.id, edge); err != nil {
				return err
			}
		}
	}
	return nil
}

// sections sorts the edges of a node by what they say of it.
func (v *view) sections(id graph.ID) ([]section, error) {
	var out []section
	at := map[string]int{}
	for _, t := range graph.EdgeTypes {
		if len(v.o.Types) > 0 && !slices.Contains(v.o.Types, t) {
			continue
		}
		for _, dir := range []graph.Direction{graph.Outgoing, graph.Incoming} {
			title := edgeTerms[t].forward
			if dir == graph.Incoming {
				title = edgeTerms[t].backward
			}
			for e, err := range v.Edges(id, dir, t) {
				if err != nil {
					return nil, err
				}
				// Where documents are left out, what they say of it is still told, with its place.
				if e.Confidence < v.o.MinConfidence || !v.wanted(&e) || !v.has(e.Other(id)) && e.To.Kind() != graph.KindDocument {
					continue
				}
				if in, err := v.now(e); err != nil {
					return nil, err
				} else if !in {
					continue
				}
				i, ok := at[title]
				if !ok {
					i = len(out)
					at[title] = i
					out = append(out, section{title: title})
				}
				out[i].edges = append(out[i].edges, e)
			}
		}
	}
	return out, nil
}

func (v *view) dossierEdge(b io.Writer, id graph.ID, e graph.Edge) error {
	other := e.Other(id)
	name := string(other)
	if other.Kind() == graph.KindDocument {
		if d, err := v.document(other); err == nil {
			name = documentName(d)
		}
	} else if n, err := v.Entity(other); err == nil {
		name = n.Name
	}
	var said []string
	add := func(s string) {
		if s != "" {
			said = append(said, s)
		}
	}
	if e.Year != 0 {
		add(fmt.Sprint(e.Year) + "年")
	}
	add(e.Date)
	add(termOr(stateTerms, e.State))
	add(e.Post)
	add(e.Role)
	add(e.Share)
	add(termOr(ofTerms, e.Of))
	add(e.Raw)
	if e.Modality != "" && e.Modality != graph.Reported {
		add(modalityTerms[e.Modality])
	}
	if e.Type == graph.Amount && !e.Countable {
		add("不可加总：" + e.Reason)
	}
	if e.Inside {
		add("只在更长的名称中出现")
	}
	line := escapeMarkdown(name)
	if len(said) > 0 {
		line += "：" + escapeMarkdown(strings.Join(said, "，"))
	}
	fmt.Fprintf(b, "- %s\n", line)
	all, err := v.Evidence(e)
	if err != nil {
		return err
	}
	for i, ev := range all {
		if i == shown {
			fmt.Fprintf(b, "  - 另有 %d 处\n", len(all)-i)
			break
		}
		cited, err := v.cite(nil, &ev)
		if err != nil {
			return err
		}
		fmt.Fprintf(b, "  - %s\n", escapeMarkdown(string(cited)))
	}
	return nil
}
