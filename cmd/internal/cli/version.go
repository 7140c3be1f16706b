package cli

import (
	"runtime"
	"runtime/debug"
	"strconv"

	"github.com/spf13/cobra"
	"github.com/tupu-kg/tupu/extract"
	"github.com/tupu-kg/tupu/store"
)

// buildInfo is what `tupu version` prints.
type buildInfo struct {
	Version   string `json:"version"`
	Commit    string `json:"commit,omitempty"`
	Go        string `json:"go"`
	Platform  string `json:"platform"`
	Store     int    `json:"store_format"`
	Schema    int    `json:"schema_version"`
	Extractor string `json:"extractor"`
}

// programVersion is the version of the module that the program was built from.
func programVersion() string {
	if built, ok := debug.ReadBuildInfo(); ok && built.Main.Version != "" {
		return built.Main.Version
	}
	return "(devel)"
}

func newVersion(a *app) *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "version of the program, of its extractor and of the graphs it reads",
		Example: "  tupu version -o json",
		Args:    exactly(0, "no arguments"),
		RunE:    func(*cobra.Command, []string) error { return a.version() },
	}
}

func (a *app) version() error {
	v := buildInfo{
		Version: programVersion(), Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH, Store: store.Format,
		Schema: schemaVersion, Extractor: extract.Options{}.Version(),
	}
	if built, ok := debug.ReadBuildInfo(); ok {
		for _, s := range built.Settings {
			if s.Key == "vcs.revision" {
				v.Commit = s.Value
			}
		}
	}
	rows := [][]string{
		{"tupu", v.Version},
		{"commit", v.Commit},
		{"go", v.Go + " " + v.Platform},
		{"store format", strconv.Itoa(v.Store)},
		{"json schema", strconv.Itoa(v.Schema)},
		{"extractor", v.Extractor},
	}
	return a.print(result{
		kind: "version", query: struct{}{}, items: []any{v}, columns: []string{"what", "value"}, rows: rows,
		people: func(p *page) { p.rows(rows) },
	})
}
