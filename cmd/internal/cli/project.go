package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/spf13/cobra"
	"github.com/tupu-kg/tupu/extract"
)

// projectFile is looked for in the current folder.
const projectFile = "tupu.toml"

// project is what a project file says. Flags and variables outrank it.
type project struct {
	Paths    []string          `toml:"paths"`    // of build
	DB       string            `toml:"db"`       // folder of the graph
	Manifest string            `toml:"manifest"` // CSV file
	Names    []string          `toml:"names"`    // CSV files
	Lang     string            `toml:"lang"`     // of messages
	Areas    map[string]string `toml:"areas"`    // area of the documents whose paths begin so
}

// maxProject bounds the file, in bytes.
const maxProject = 1 << 20

// readProject reads the project file, if there is one.
func readProject() (project, error) {
	var p project
	info, err := os.Stat(projectFile)
	if errors.Is(err, fs.ErrNotExist) {
		return p, nil
	}
	if err == nil && info.Size() > maxProject {
		err = errors.New("too large for a project file")
	}
	var data []byte
	if err == nil {
		data, err = os.ReadFile(projectFile)
	}
	if err != nil {
		return p, fmt.Errorf("%s: %w", projectFile, err)
	}
	d := toml.NewDecoder(strings.NewReader(strings.TrimPrefix(string(data), "\ufeff"))).DisallowUnknownFields()
	err = d.Decode(&p)
	var unknown *toml.StrictMissingError
	var wrong *toml.DecodeError
	switch {
	case errors.As(err, &unknown) && len(unknown.Errors) > 0:
		line, _ := unknown.Errors[0].Position()
		key := strings.Join(unknown.Errors[0].Key(), ".")
		err = fmt.Errorf("%s:%d: unknown key %q%s: `tupu help project` lists the keys", projectFile, line, key, meant(key, projectKeys))
	case errors.As(err, &wrong):
		line, column := wrong.Position()
		err = fmt.Errorf("%s:%d:%d: %w: `tupu help project` shows how it is written", projectFile, line, column, wrong)
	case err != nil:
		err = fmt.Errorf("%s: %w", projectFile, err)
	}
	return p, err
}

var projectKeys = []string{"paths", "db", "manifest", "names", "lang", "areas"}

// pathsOr is args, or what the project file names.
func (a *app) pathsOr(c *cobra.Command, args []string) ([]string, error) {
	if len(args) > 0 {
		return args, nil
	}
	if len(a.project.Paths) == 0 {
		return nil, usagef(c, "%s", a.words.say("%s needs a file or folder to read, or a file %s here that names one (`tupu help project`)", name(c), projectFile))
	}
	return a.project.Paths, nil
}

// readNames reads the lists of names that are given, or those of the project file.
func (a *app) readNames(files []string) ([]extract.Listed, error) {
	if len(files) == 0 {
		files = a.project.Names
	}
	var all []extract.Listed
	for _, file := range files {
		f, err := os.Open(file)
		if err != nil {
			return nil, fmt.Errorf("names: %w: check the path", err)
		}
		rows, bad := extract.ReadNames(file, f)
		_ = f.Close()
		for _, err := range bad {
			fmt.Fprint(a.Err, a.words.say("warning: %s\n", visible(err.Error(), false)))
		}
		if len(rows) == 0 {
			return nil, fmt.Errorf("%s: no name in it can be used: its first line names the columns (name, type, aliases, id)", file)
		}
		all = append(all, rows...)
	}
	return all, nil
}

// addNames binds --names.
func addNames(c *cobra.Command, files *[]string) {
	c.Flags().StringArrayVar(files, "names", nil, "CSV `file` of names to recognise exactly: name, type, aliases, id; may be given several times")
}

// areaRows are the areas of the project file as rows of a manifest, by the beginning of paths.
func (a *app) areaRows() map[string]extract.Override {
	if len(a.project.Areas) == 0 {
		return nil
	}
	rows := map[string]extract.Override{}
	for path, area := range a.project.Areas {
		rows[strings.TrimSuffix(strings.ReplaceAll(path, `\`, "/"), "/")] = extract.Override{Area: area, Ref: projectFile + " areas " + path}
	}
	return rows
}

// meant says which of the known words was probably meant, in brackets behind the wrong one; empty if none is near.
func meant(word string, known []string) string {
	best, least := "", 3
	for _, k := range known {
		if d := distance(strings.ToLower(word), strings.ToLower(k)); d < least && d < max(len(k), 2) {
			best, least = k, d
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf(" (did you mean %s?)", best)
}

// distance is the number of characters to change, put in, take out or exchange with the next to make b of a. It costs their
// product.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	rows := [3][]int{make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)}
	for j := range rows[1] {
		rows[1][j] = j
	}
	for i := range x {
		rows[2][0] = i + 1
		for j := range y {
			change := 1
			if x[i] == y[j] {
				change = 0
			}
			rows[2][j+1] = min(rows[1][j]+change, rows[1][j+1]+1, rows[2][j]+1)
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				rows[2][j+1] = min(rows[2][j+1], rows[0][j-1]+1)
			}
		}
		rows[0], rows[1], rows[2] = rows[1], rows[2], rows[0]
	}
	return rows[1][len(y)]
}

const projectHelp = `A file tupu.toml in the current folder says what would otherwise be given with every command. With it, "tupu build" alone
reads the reports:

  paths    = ["reports", "archive.zip"]    # what build reads where it is given no path
  db       = "tupu.db"                     # folder of the graph
  manifest = "manifest.csv"                # title, area and years of documents: tupu help build
  names    = ["watch.csv"]                 # names to recognise exactly: tupu help names
  lang     = "zh"                          # of help and messages: en or zh

  [areas]                                  # which area the documents of a folder speak for, where no manifest says
  "reports/xiangcheng" = "芗城区"
  "reports/longwen"    = "350603"

All keys may be left out. Flags outrank variables (tupu help environment), and these outrank the file. Paths are those from the
current folder.
`

const namesHelp = `A list of names is a CSV file of things that you look out for, or know by other names than the reports use:

  name,type,aliases,id
  漳州榕屿食品有限公司,enterprise,榕屿食品;榕屿,913506000000000000
  汀湾一号,project,,P-17

Its first line names the columns; all but name may be missing, and a column note is not read. type is enterprise (also where
it is empty), project, place, organization or person. Several aliases are separated by semicolons. Headings and types may be
in Chinese: 名称, 类型, 别名, 编号; 企业, 项目, 地点, 机构, 人物.

"tupu build FOLDER --names FILE.csv" recognises these names wherever they stand exactly, in simplified or traditional script
and in any width, takes the names of a row for one thing, and shows it under its first name. tupu show tells the id, and finds
by it. The evidence is the sentence, and beside it, as register, the line of the list. Where a listed name stands within a
longer one, the longer one is another thing: 榕屿食品二期项目 is a project.

Give the list with every build, or name it in tupu.toml; another list reads all documents anew.
`

// nearFiles says which file or folder beside a missing path was probably meant.
func nearFiles(path string) string {
	dir, base := ".", path
	if i := strings.LastIndexAny(strings.TrimRight(path, `/\`), `/\`); i >= 0 {
		dir, base = path[:i+1], path[i+1:]
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return ""
	}
	var names []string
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") {
			names = append(names, e.Name())
		}
	}
	if slices.Contains(names, base) {
		return ""
	}
	return meant(strings.TrimRight(base, `/\`), names)
}
