package cli

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/query"
)

// kindFlag is a type of entities; all types if it is empty.
type kindFlag graph.Kind

const everyKind = "all"

// String, Set and Type make a kindFlag a flag.
func (k *kindFlag) String() string {
	if *k == "" {
		return everyKind
	}
	return string(*k)
}

// Type is the placeholder in help texts.
func (k *kindFlag) Type() string { return "TYPE" }

// Set takes a type of entities, in any case, or all.
func (k *kindFlag) Set(s string) error {
	if strings.EqualFold(s, everyKind) {
		*k = ""
		return nil
	}
	kind, err := graph.ParseKind(s)
	if err != nil || kind == graph.KindDocument {
		return fmt.Errorf("use %s", strings.Join(kindNames(), ", "))
	}
	*k = kindFlag(kind)
	return nil
}

func kindNames() []string {
	names := []string{everyKind}
	for _, k := range graph.Kinds {
		names = append(names, string(k))
	}
	return names
}

// addKind binds --type.
func addKind(c *cobra.Command, k *kindFlag, usage string) {
	c.Flags().Var(k, "type", usage+": "+strings.Join(kindNames(), ", "))
	_ = c.RegisterFlagCompletionFunc("type", cobra.FixedCompletions(kindNames(), cobra.ShellCompDirectiveNoFileComp))
}

// addConvert binds --convert.
func addConvert(c *cobra.Command, convert *bool) {
	c.Flags().BoolVar(convert, "convert", false, "let LibreOffice, Poppler and tesseract read .doc, .wps, .rtf, .xls and scans")
}

// countFlag is a whole number of at least some value.
type countFlag struct {
	to    *int
	least int
}

// String, Set and Type make a countFlag a flag.
func (f *countFlag) String() string {
	if f.to == nil {
		return ""
	}
	return strconv.Itoa(*f.to)
}

// Type is the placeholder in help texts.
func (f *countFlag) Type() string { return "int" }

// Set takes a number.
func (f *countFlag) Set(s string) error {
	n, err := strconv.ParseInt(s, 0, strconv.IntSize)
	if err != nil {
		return err
	}
	if n < int64(f.least) {
		return fmt.Errorf("use %d or more", f.least)
	}
	*f.to = int(n)
	return nil
}

// addCount binds a flag that takes a whole number of at least some value.
func addCount(c *cobra.Command, to *int, name string, usual, least int, usage string) {
	*to = usual
	c.Flags().Var(&countFlag{to, least}, name, usage)
}

// addLimit binds --limit, with 0 for no limit.
func addLimit(c *cobra.Command, limit *int, usual int, what string) {
	addCount(c, limit, "limit", usual, 0, "most "+what+"; 0 for all")
}

// atLeast and exactly check the number of arguments and say what is missing.
func atLeast(n int, what string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) < n {
			return usagef(c, "%s needs %s", name(c), what)
		}
		return nil
	}
}

func exactly(n int, what string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) > n {
			return usagef(c, "%s takes %s, and %q is too much (a name with spaces needs quotes)", name(c), what, args[n])
		}
		return atLeast(n, what)(c, args)
	}
}

// name is what a command is called after the program: "ask shared".
func name(c *cobra.Command) string { return strings.TrimPrefix(c.CommandPath(), "tupu ") }

// mostCompletions bounds what a shell offers for a name.
const mostCompletions = 50

// completeNames offers the names that hold what was typed so far, in whatever script, or are spelled so.
func (a *app) completeNames(most int) cobra.CompletionFunc {
	return func(c *cobra.Command, args []string, toComplete string) ([]string, cobra.ShellCompDirective) {
		if len(args) >= most || toComplete == "" {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		s, err := a.open()
		if err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		defer s.Close()
		found, err := query.Complete(c.Context(), s, toComplete, mostCompletions)
		if err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		var names []string
		for _, f := range found {
			names = append(names, f.Name+"\t"+string(f.Kind))
		}
		return names, cobra.ShellCompDirectiveNoFileComp
	}
}

// completeDocuments offers the paths of the documents held.
func (a *app) completeDocuments(_ *cobra.Command, _ []string, toComplete string) ([]string, cobra.ShellCompDirective) {
	s, err := a.open()
	if err != nil {
		return nil, cobra.ShellCompDirectiveDefault
	}
	defer s.Close()
	var paths []string
	for d, err := range s.Documents() {
		if err != nil {
			break
		}
		for _, p := range d.Paths {
			if strings.HasPrefix(p, toComplete) {
				paths = append(paths, p+"\t"+d.Title)
			}
		}
	}
	return paths, cobra.ShellCompDirectiveNoFileComp
}

// addEdges binds --edges.
func addEdges(c *cobra.Command, to *[]string) {
	c.Flags().StringSliceVar(to, "edges", nil, "only over edges of these `types`: LOCATED_IN, CO_MENTIONED, …")
	_ = c.RegisterFlagCompletionFunc("edges", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		var names []string
		for _, t := range graph.EdgeTypes {
			names = append(names, string(t))
		}
		return names, cobra.ShellCompDirectiveNoFileComp
	})
}

// edgeTypes reads types of edges in any case.
func edgeTypes(names []string) ([]graph.EdgeType, error) {
	var types []graph.EdgeType
	for _, n := range names {
		t := graph.EdgeType(strings.ToUpper(strings.TrimSpace(n)))
		if !t.Valid() {
			var known []string
			for _, t := range graph.EdgeTypes {
				known = append(known, string(t))
			}
			return nil, fmt.Errorf("unknown type %q: use %s", n, strings.Join(known, ", "))
		}
		types = append(types, t)
	}
	return types, nil
}
