package cli

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/graph/export"
	"github.com/tupu-kg/tupu/query"
	"github.com/tupu-kg/tupu/store"
	"github.com/tupu-kg/tupu/store/ingest"
)

type exportOptions struct {
	format      string
	out         string
	kinds       []string
	edges       []string
	areas       []string
	years       string
	confidence  float64
	noDocuments bool
	ego         []string
	hops        int
	path        []string
	only        []string
	query       string
	params      []string
	community   string
	scores      []string
	excel       bool
	base        string
	plot        string
	judgements  string
}

const exportLong = `Export writes the graph, or a part of it, in a format that other programs read. The form of answers (-o) does not apply.

%s

One file goes to standard output unless --out names it; several go into the folder that --out names, or into one archive if
the name ends in .zip. Without --format the ending of --out decides, and graphml is the usual one.

The flags that choose a part are the same for every format but jsonl, which is always whole. --year takes what is said of
these years, also in plans, and what stands in documents that look back on them. --ego takes a name and what is connected
with it; documents and hubs are reached, but not passed through. --query takes the entities, documents and relationships that a query
in Cypher returns (relationships between the entities, if it returns none), --community a group as ` + "`tupu communities`" + ` numbers them,
or the one that a name is in. Several flags leave what all of them leave.

--score adds what ` + "`tupu rank --by`" + ` reckons from the whole graph to the tables of nodes (graphml, gexf, csv, gephi, neo4j, cypher,
parquet), as columns score_…. Pictures show at most 60 entities and say how many there
are: a solid line is stated, a dashed one planned, a dotted one says that both are named together.`

func newExport(a *app) *cobra.Command {
	var o exportOptions
	c := &cobra.Command{
		Use:   "export",
		Short: "write the graph for other programs, or draw it",
		Long:  fmt.Sprintf(exportLong, formatList()),
		Example: `  tupu export --out graph.graphml
  tupu export --type enterprise --type project --area 芗城区 --no-documents
  tupu export --format svg --ego 榕屿食品 --out 榕屿食品.svg
  tupu export --format png --path 惠松家居,屿辰集团 --out path.png
  tupu export --query "MATCH p = (:Enterprise)-[:UNDERTAKES]->(:Project) RETURN p" --out projects.gexf
  tupu export --community 榕屿食品 --score pagerank,betweenness --out group.graphml
  tupu export --format csv --excel --year 2023-2024 --out tables
  tupu export --format jsonl --out all.jsonl     # tupu import reads it`,
		Args: exactly(0, "no arguments; --out names the file"),
		RunE: func(c *cobra.Command, _ []string) error {
			options, err := o.options(c)
			if err != nil {
				return err
			}
			runtime.GC() // main puts the first collection off for commands that live for a moment; this one may go on for minutes
			if o.format == export.LinesFormat {
				return a.exportLines(c.Context(), o)
			}
			return a.export(c.Context(), c, o, options)
		},
	}
	names := append(export.FormatNames(), export.LinesFormat)
	c.Flags().StringVar(&o.format, "format", "", "`name` of the format: "+strings.Join(names, ", "))
	_ = c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(names, cobra.ShellCompDirectiveNoFileComp))
	c.Flags().StringVar(&o.out, "out", "", "`file` or folder to write instead of standard output")
	c.Flags().StringSliceVar(&o.kinds, "type", nil, "only entities of these `types`: "+strings.Join(kindNames()[1:], ", "))
	addEdges(c, &o.edges)
	c.Flags().StringSliceVar(&o.areas, "area", nil, "only what appears in these `areas`")
	c.Flags().StringVar(&o.years, "year", "", "only what is said of a `year` or years: 2024, 2022-2024, 2022-")
	c.Flags().Float64Var(&o.confidence, "confidence", 0, "least confidence of entities and edges, 0 to 1")
	c.Flags().BoolVar(&o.noDocuments, "no-documents", false, "leave documents and the edges to them out")
	c.Flags().StringSliceVar(&o.ego, "ego", nil, "only these `names` and what is connected with them")
	addCount(c, &o.hops, "hops", 1, 1, "over at most so many steps, with --ego")
	c.Flags().StringSliceVar(&o.path, "path", nil, "only the best connection of two `names`, as tupu path finds it: A,B")
	c.Flags().StringSliceVar(&o.only, "only", nil, "only these `names` and what is between them")
	c.Flags().StringVar(&o.query, "query", "", "only what this query in `Cypher` returns")
	c.Flags().StringArrayVar(&o.params, "param", nil, "`name=value` of a parameter of the query, as for tupu query")
	c.Flags().StringVar(&o.community, "community", "", "only this group of tupu communities: its `number`, or a name in it")
	var measures []string
	for _, m := range query.Measures() {
		measures = append(measures, m.Name)
	}
	c.Flags().StringSliceVar(&o.scores, "score", nil, "columns of what these `measures` say of nodes: "+strings.Join(measures, ", "))
	_ = c.RegisterFlagCompletionFunc("score", cobra.FixedCompletions(measures, cobra.ShellCompDirectiveNoFileComp))
	c.Flags().BoolVar(&o.excel, "excel", false, "CSV that Excel opens rightly: byte order mark, CRLF, no formulas")
	c.Flags().StringVar(&o.base, "base", "", "what identifiers in RDF begin with, an `IRI` (default: urn:tupu:)")
	c.Flags().StringVar(&o.plot, "plot", "", "SVG and PNG: draw these `figures` instead: "+strings.Join(plotNames(), ", "))
	c.Flags().StringVar(&o.judgements, "judgements", "", "jsonl: `file` of decisions about who is who (default: judgements.jsonl beside the graph)")
	return c
}

// formatList is the table of formats in the help.
func formatList() string {
	var b strings.Builder
	for _, f := range export.Formats {
		fmt.Fprintf(&b, "  %-10s%s\n", f.Name, f.About)
	}
	fmt.Fprintf(&b, "  %-10s%s", export.LinesFormat, "everything: texts, what was read in them, judgements, graph; for tupu import")
	return b.String()
}

func plotNames() []string {
	names := make([]string, len(export.Plots))
	for i, p := range export.Plots {
		names[i] = string(p)
	}
	return names
}

// options reads the flags; names of entities are looked up later.
func (o *exportOptions) options(c *cobra.Command) (export.Options, error) {
	out := export.Options{
		MinConfidence: o.confidence, NoDocuments: o.noDocuments, Hops: o.hops, Excel: o.excel, Base: o.base, Plot: export.PlotKind(o.plot), Program: "tupu " + programVersion(),
	}
	names := strings.Join(append(export.FormatNames(), export.LinesFormat), ", ")
	if c.Flags().Changed("output") {
		return out, usagef(c, "-o is the form of answers, and export writes a format: use --format %s, and --out for the file", names)
	}
	if o.format == "" {
		if o.format = export.FormatOf(strings.TrimSuffix(o.out, ".zip")); o.format == "" {
			o.format = "graphml"
		}
	}
	if o.format != export.LinesFormat {
		if _, err := export.FindFormat(o.format); err != nil {
			return out, usagef(c, "--format %q: use %s", o.format, names)
		}
	}
	for _, s := range o.kinds {
		var k kindFlag
		if err := k.Set(s); err != nil {
			return out, usagef(c, "--type %q: %w", s, err)
		}
		if k != "" {
			out.Kinds = append(out.Kinds, graph.Kind(k))
		}
	}
	var err error
	if out.Types, err = edgeTypes(o.edges); err != nil {
		return out, usagef(c, "--edges: %w", err)
	}
	if out.FromYear, out.ToYear, err = yearRange(o.years); err != nil {
		return out, usagef(c, "--year %q: %w", o.years, err)
	}
	if len(o.path) != 0 && len(o.path) != 2 {
		return out, usagef(c, "--path takes two names: A,B")
	}
	picture := o.format == "svg" || o.format == "png"
	if o.plot != "" && (!picture || !slices.Contains(plotNames(), o.plot)) {
		return out, usagef(c, "--plot %q: use %s, with --format svg or png", o.plot, strings.Join(plotNames(), ", "))
	}
	for _, name := range o.scores {
		if !slices.ContainsFunc(query.Measures(), func(m query.Measure) bool { return m.Name == name }) {
			return out, usagef(c, "--score %q: use the measures of tupu rank --by", name)
		}
	}
	if o.scores != nil && !slices.Contains([]string{"graphml", "gexf", "csv", "gephi", "neo4j", "cypher", "parquet", export.LinesFormat}, o.format) {
		return out, usagef(c, "--score goes with formats that have columns: graphml, gexf, csv, gephi, neo4j, cypher, parquet")
	}
	if !(o.confidence >= 0 && o.confidence <= 1) {
		return out, usagef(c, "--confidence %g: use 0 to 1", o.confidence)
	}
	if c.Flags().Changed("hops") && len(o.ego) == 0 {
		return out, usagef(c, "--hops goes with --ego")
	}
	if o.base != "" && o.format != "nt" && o.format != "jsonld" {
		return out, usagef(c, "--base goes with --format nt or jsonld")
	}
	if o.judgements != "" && o.format != export.LinesFormat {
		return out, usagef(c, "--judgements goes with --format %s", export.LinesFormat)
	}
	if o.params != nil && o.query == "" {
		return out, usagef(c, "--param goes with --query")
	}
	if o.excel && o.format != "csv" && o.format != "gephi" {
		return out, usagef(c, "--excel goes with --format csv")
	}
	if o.format == export.LinesFormat {
		for _, flag := range []string{"type", "edges", "area", "year", "confidence", "no-documents", "ego", "path", "only", "query", "community", "score"} {
			if c.Flags().Changed(flag) {
				return out, usagef(c, "jsonl is always whole, so that an equal graph can be made of it: leave --%s out", flag)
			}
		}
	}
	return out, nil
}

// yearRange reads 2024, 2022-2024, 2022- and -2024; an open end is 0.
func yearRange(s string) (from, to int, err error) {
	if s == "" {
		return 0, 0, nil
	}
	first, last, ranged := strings.Cut(s, "-")
	read := func(s string) int {
		n, failed := strconv.Atoi(s)
		if s != "" && (failed != nil || n < 1000 || n > 9999) {
			err = errors.New("use 2024, 2022-2024, 2022- or -2024")
		}
		return n
	}
	if from = read(first); !ranged {
		return from, from, err
	}
	if to = read(last); err == nil && (from == 0 && to == 0 || to != 0 && from > to) {
		err = errors.New("use 2024, 2022-2024, 2022- or -2024")
	}
	return from, to, err
}

func (a *app) export(ctx context.Context, c *cobra.Command, o exportOptions, options export.Options) error {
	format, err := export.FindFormat(o.format)
	if err != nil {
		return err
	}
	if format.Many != nil && (o.out == "" || o.out == "-") {
		return usagef(c, "%s is several files: name a folder, or an archive that ends in .zip, with --out", o.format)
	}
	if o.format == "png" && a.OutTerminal && o.out == "" {
		return usagef(c, "a PNG cannot be shown here: name a file with --out")
	}
	s, err := a.open()
	if err != nil {
		return err
	}
	defer s.Close()
	if err := o.names(ctx, s, &options); err != nil {
		return err
	}
	if err := o.found(ctx, c, s, &options); err != nil {
		return err
	}
	if len(o.scores) > 0 {
		scores, err := query.Score(ctx, s, o.scores...)
		if err != nil {
			return err
		}
		for _, x := range scores {
			options.Scores = append(options.Scores, export.Score{By: x.By, Of: x.Of})
			if x.Sampled != "" {
				a.hint(x.By + ": " + x.Sampled)
			}
		}
	}
	return a.writeFormat(ctx, format, o.out, s, options)
}

// names looks the names up that choose a part of the graph.
func (o *exportOptions) names(ctx context.Context, s *store.Snapshot, options *export.Options) error {
	for _, area := range o.areas {
		place, err := query.Resolve(ctx, s, area, graph.KindPlace)
		if err != nil {
			return err
		}
		options.Areas = append(options.Areas, place.ID)
	}
	for _, list := range []struct {
		names []string
		to    *[]graph.ID
	}{{o.ego, &options.Around}, {o.only, &options.Only}} {
		for _, name := range list.names {
			e, err := query.Resolve(ctx, s, name)
			if err != nil {
				return err
			}
			*list.to = append(*list.to, e.ID)
		}
	}
	if len(o.path) == 0 {
		return nil
	}
	answer, err := query.Path(ctx, s, query.PathOptions{From: o.path[0], To: o.path[1], Types: options.Types})
	if err != nil {
		return err
	}
	if !answer.Found {
		return fmt.Errorf("no connection between %s and %s: `tupu path` says more", o.path[0], o.path[1])
	}
	options.Only = append(options.Only, answer.From.ID)
	for _, h := range answer.Hops {
		options.Only = append(options.Only, h.End)
	}
	return nil
}

// found looks up what a query and a community choose of a graph, and leaves what both and the names before them leave.
func (o *exportOptions) found(ctx context.Context, c *cobra.Command, s *store.Snapshot, options *export.Options) error {
	take := func(flag string, ids map[graph.ID]bool) error {
		var both []graph.ID
		if len(options.Only) == 0 {
			both = slices.Sorted(maps.Keys(ids))
		}
		for _, id := range options.Only {
			if ids[id] {
				both = append(both, id)
			}
		}
		if len(both) == 0 {
			return fmt.Errorf("nothing to export: %s leaves no entity or document; %s", flag, map[string]string{
				"--query":     "let it return nodes, relationships or paths (RETURN e, r, p), not their properties, and try it with tupu query",
				"--community": "leave the other flags out",
			}[flag])
		}
		options.Only = both
		return nil
	}
	if o.query != "" {
		params, err := queryParams(o.params)
		if err != nil {
			return usagef(c, "%w", err)
		}
		found, err := query.CypherSubgraph(ctx, s, o.query, query.CypherOptions{Params: params})
		if err != nil {
			return queryError(err)
		}
		if err := take("--query", found.IDs); err != nil {
			return err
		}
		if len(found.Edges) > 0 {
			options.OnlyEdges = found.Edges
		}
	}
	if o.community == "" {
		return nil
	}
	members, err := o.members(ctx, s)
	if err != nil {
		return err
	}
	return take("--community", members)
}

// members are the names in the community asked for.
func (o *exportOptions) members(ctx context.Context, s *store.Snapshot) (map[graph.ID]bool, error) {
	answer, err := query.Communities(ctx, s, query.CommunityOptions{Least: 1, Members: -1})
	if err != nil {
		return nil, err
	}
	number, numbered := strconv.Atoi(o.community)
	var named graph.ID
	if numbered != nil {
		e, err := query.Resolve(ctx, s, o.community)
		if err != nil {
			return nil, err
		}
		named = e.ID
	}
	for _, group := range answer.Communities {
		members := map[graph.ID]bool{}
		for _, m := range group.Members {
			members[m.ID] = true
		}
		if numbered == nil && group.Number == number || numbered != nil && members[named] {
			return members, nil
		}
	}
	if numbered == nil {
		return nil, fmt.Errorf("--community %d: there are %d; `tupu communities` lists them", number, len(answer.Communities))
	}
	return nil, fmt.Errorf("--community: %s is in no group, it has no connections that count, or is what everybody is connected with (`tupu ask hubs`)", named)
}

// writeFormat writes one file or several.
func (a *app) writeFormat(ctx context.Context, format export.Format, out string, s export.Source, options export.Options) error {
	if format.One != nil {
		write := func(w io.Writer) error { return format.One(ctx, w, s, options) }
		if out == "" || out == "-" {
			return write(a.Out)
		}
		return writeFile(out, write)
	}
	write := func(files export.Files) error { return format.Many(ctx, files, s, options) }
	if strings.EqualFold(filepath.Ext(out), ".zip") {
		return writeFile(out, func(w io.Writer) error { return export.Zip(w, write) })
	}
	return writeFolder(out, write)
}

// exportLines writes the complete form.
func (a *app) exportLines(ctx context.Context, o exportOptions) error {
	if !store.Exists(a.db) {
		return a.explain(store.ErrNoStore)
	}
	s, err := a.open()
	if err != nil {
		return err
	}
	defer s.Close()
	judgements, bad, err := ingest.ReadJudgements(cmp.Or(o.judgements, ingest.JudgementsFile(a.db)))
	if err != nil {
		return err
	}
	for _, err := range bad {
		a.hint(err.Error())
	}
	write := func(w io.Writer) error {
		return export.Lines(ctx, w, readings(ingest.Documents(ctx, a.db)), judgements, s)
	}
	if o.out == "" || o.out == "-" {
		return write(a.Out)
	}
	return writeFile(o.out, write)
}

// readings turns what a store holds into what the complete form holds.
func readings(documents iter.Seq2[ingest.Document, error]) iter.Seq2[export.Read, error] {
	return func(yield func(export.Read, error) bool) {
		for d, err := range documents {
			r := export.Read{Facts: d.Facts}
			for _, p := range d.Paths {
				if p.Row != nil {
					if r.Rows == nil {
						r.Rows = map[string]rawJSON{}
					}
					r.Rows[p.Path] = p.Row
				}
			}
			if !yield(r, err) || err != nil {
				return
			}
		}
	}
}

// writeFile writes a file as a whole or not at all: to a new file beside it, which then takes its name. What is there and is
// no file (a pipe, a device) is written to as it is.
func writeFile(name string, write func(io.Writer) error) error {
	if there, err := os.Stat(name); err == nil && !there.Mode().IsRegular() {
		f, err := os.OpenFile(name, os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		return errors.Join(write(f), f.Close())
	}
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*")
	if err != nil { // names the new file, which nobody asked for
		var at *fs.PathError
		if errors.As(err, &at) {
			err = at.Err
		}
		return fmt.Errorf("write %s: %w", name, err)
	}
	w := bufio.NewWriter(f)
	err = write(w)
	if err == nil {
		err = w.Flush()
	}
	if err == nil {
		err = f.Chmod(0o644)
	}
	err = errors.Join(err, f.Close())
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("write %s: %w", name, err), os.Remove(f.Name()))
	}
	return nil
}

// writeFolder writes a folder as a whole or not at all: into a new one beside it, which then takes its name. A folder that is
// there gets the files one by one, in place of those of the same names; others in it stay.
func writeFolder(name string, write func(export.Files) error) error {
	name = filepath.Clean(name)
	made, err := os.MkdirTemp(filepath.Dir(name), "."+filepath.Base(name)+".*")
	if err != nil {
		var at *fs.PathError
		if errors.As(err, &at) {
			err = at.Err
		}
		return fmt.Errorf("write %s: %w", name, err)
	}
	var files []string
	err = write(func(file string) (io.WriteCloser, error) {
		path := filepath.Join(made, filepath.FromSlash(file))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return nil, err
		}
		files = append(files, file)
		return os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	})
	if err == nil {
		err = os.Chmod(made, 0o755)
	}
	if err == nil {
		err = takeFolder(made, name, files)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("write %s: %w", name, err), os.RemoveAll(made))
	}
	return nil
}

// takeFolder brings a folder under its name.
func takeFolder(made, name string, files []string) error {
	there, err := os.Stat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return os.Rename(made, name)
	}
	if err != nil {
		return err
	}
	if !there.IsDir() {
		return errors.New("it is a file: name a folder, or an archive that ends in .zip")
	}
	for _, file := range files {
		to := filepath.Join(name, filepath.FromSlash(file))
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			return err
		}
		if err := os.Rename(filepath.Join(made, filepath.FromSlash(file)), to); err != nil {
			return err
		}
	}
	return os.RemoveAll(made)
}
