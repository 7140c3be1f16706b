package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/graph/export"
	"github.com/tupu-kg/tupu/query"
)

type exportOptions struct {
	format      string
	out         string
	kinds       []string
	edges       []string
	areas       []string
	confidence  float64
	noDocuments bool
}

func newExport(a *app) *cobra.Command {
	var o exportOptions
	c := &cobra.Command{
		Use:   "export",
		Short: "write the graph for other programs",
		Long: `Export writes the graph in a format that other programs read: GraphML for Gephi, Gephi Lite, Cytoscape, networkx. It goes to
standard output unless --out names a file. The form of answers (-o) does not apply.`,
		Example: `  tupu export --out graph.graphml
  tupu export --type enterprise --type project --area 芗城区 --no-documents`,
		Args: exactly(0, "no arguments; --out names the file"),
		RunE: func(c *cobra.Command, _ []string) error {
			if c.Flags().Changed("output") {
				return usagef(c, "-o is the form of answers, and export writes a format: use --format %s, and --out for the file", strings.Join(export.FormatNames(), ", "))
			}
			if export.Formats[o.format] == nil {
				return usagef(c, "--format %q: use %s", o.format, strings.Join(export.FormatNames(), ", "))
			}
			options, err := o.options()
			if err != nil {
				return usagef(c, "%w", err)
			}
			return a.export(c.Context(), o, options)
		},
	}
	c.Flags().StringVar(&o.format, "format", "graphml", strings.Join(export.FormatNames(), ", "))
	_ = c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(export.FormatNames(), cobra.ShellCompDirectiveNoFileComp))
	c.Flags().StringVar(&o.out, "out", "", "`file` to write instead of standard output")
	c.Flags().StringSliceVar(&o.kinds, "type", nil, "only entities of these `types`: "+strings.Join(kindNames()[1:], ", "))
	addEdges(c, &o.edges)
	c.Flags().StringSliceVar(&o.areas, "area", nil, "only what appears in these `areas`")
	c.Flags().Float64Var(&o.confidence, "confidence", 0, "least confidence of entities and edges, 0 to 1")
	c.Flags().BoolVar(&o.noDocuments, "no-documents", false, "leave documents and the edges to them out")
	return c
}

func (o *exportOptions) options() (export.Options, error) {
	out := export.Options{MinConfidence: o.confidence, NoDocuments: o.noDocuments}
	for _, s := range o.kinds {
		var k kindFlag
		if err := k.Set(s); err != nil {
			return out, fmt.Errorf("--type %q: %w", s, err)
		}
		if k != "" {
			out.Kinds = append(out.Kinds, graph.Kind(k))
		}
	}
	var err error
	if out.Types, err = edgeTypes(o.edges); err != nil {
		return out, fmt.Errorf("--edges: %w", err)
	}
	return out, nil
}

func (a *app) export(ctx context.Context, o exportOptions, options export.Options) error {
	s, err := a.open()
	if err != nil {
		return err
	}
	defer s.Close()
	for _, area := range o.areas {
		place, err := query.Resolve(ctx, s, area, graph.KindPlace)
		if err != nil {
			return err
		}
		options.Areas = append(options.Areas, place.ID)
	}
	write := func(w io.Writer) error { return export.Formats[o.format](ctx, w, s, options) }
	if o.out == "" || o.out == "-" {
		return write(a.Out)
	}
	return writeFile(o.out, write)
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
