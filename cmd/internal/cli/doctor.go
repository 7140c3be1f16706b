package cli

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/tupu-kg/tupu/graph/export"
)

func newDoctor(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "doctor FILE...",
		Short: "say what would go wrong where in a file that other programs are to read",
		Long: `Doctor reads files of the formats that export writes (also those of other programs) with the rules of the programs that read
them, Gephi, Gephi Lite, networkx, Cytoscape, Neo4j, Aleph, Excel, rdflib, and says what each would stumble over, and where.
Of a folder or a ZIP archive it reads all files that it knows. The exit status is 1 if it found something.`,
		Example: `  tupu export --out graph.gexf
  tupu doctor graph.gexf`,
		Args: atLeast(1, "a file, folder or archive"),
		RunE: func(c *cobra.Command, args []string) error { return a.doctor(c.Context(), args) },
	}
}

// diagnosis is a finding with its file.
type diagnosis struct {
	File string `json:"file"`
	export.Finding
}

func (a *app) doctor(ctx context.Context, names []string) error {
	r := result{kind: "diagnoses", query: names, columns: []string{"file", "line", "what", "then", "more"}}
	read := 0
	check := func(name string, content io.Reader) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		_, findings, err := export.Check(name, content)
		if err != nil {
			if errors.Is(err, export.ErrUnknownFile) {
				return err
			}
			return fmt.Errorf("%s: %w", name, err)
		}
		read++
		for _, f := range findings {
			r.items = append(r.items, diagnosis{name, f})
			line, more := "", ""
			if f.Line > 0 {
				line = strconv.Itoa(f.Line)
			}
			if f.More > 0 {
				more = strconv.Itoa(f.More)
			}
			r.rows = append(r.rows, []string{name, line, f.What, f.Then, more})
		}
		return nil
	}
	for _, name := range names {
		if err := eachPart(name, check); err != nil {
			return err
		}
	}
	switch {
	case read == 0:
		return fmt.Errorf("no file in %s: %w", strings.Join(names, ", "), export.ErrUnknownFile)
	case len(r.items) == 0:
		a.hint("nothing found: " + count(read, "file"))
		return a.print(r)
	}
	r.people = func(p *page) {
		for _, row := range r.rows {
			at := row[0]
			if row[1] != "" {
				at += ":" + row[1]
			}
			p.paragraph(0, at+": "+row[2])
			then := row[3]
			if row[4] != "" {
				then += " (and " + row[4] + " more like it)"
			}
			p.paragraph(4, then)
		}
	}
	if err := a.print(r); err != nil {
		return err
	}
	return errFindings
}

// eachPart calls check with a file, or with the files in a folder or archive that are of a format to check.
func eachPart(name string, check func(string, io.Reader) error) error {
	info, err := os.Stat(name)
	if err != nil {
		return err
	}
	if info.IsDir() {
		return filepath.WalkDir(name, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			return partOf(path, check, func() (io.ReadCloser, error) { return os.Open(path) })
		})
	}
	if strings.EqualFold(filepath.Ext(name), ".zip") {
		z, err := zip.OpenReader(name)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		defer z.Close()
		for _, f := range z.File {
			if err := partOf(name+"!/"+f.Name, check, f.Open); err != nil {
				return err
			}
		}
		return nil
	}
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	return check(name, f)
}

// partOf checks one of several files, and passes over those of other formats.
func partOf(name string, check func(string, io.Reader) error, open func() (io.ReadCloser, error)) error {
	f, err := open()
	if err != nil {
		return err
	}
	defer f.Close()
	if err := check(name, f); !errors.Is(err, export.ErrUnknownFile) {
		return err
	}
	return nil
}
