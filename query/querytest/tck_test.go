package querytest_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/tupu-kg/tupu/query/cypher"
	"github.com/tupu-kg/tupu/query/engine"
)

// TestTCK runs the scenarios of the openCypher Technology Compatibility Kit that read. A scenario reads if its query holds no
// CREATE, MERGE, SET, DELETE or REMOVE clause; the others are counted.
func TestTCK(t *testing.T) {
	shared := os.Getenv("TUPU_SHARED")
	if shared == "" {
		t.Skip("TUPU_SHARED does not name the folder that holds tck: the openCypher TCK is not run")
	}
	root := filepath.Join(shared, "tck")
	var files []string
	err := filepath.WalkDir(filepath.Join(root, "features"), func(path string, d os.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, ".feature") {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	reads, writes, passed := 0, 0, 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range readFeature(string(text)) {
			if s.writes() {
				writes++
				continue
			}
			reads++
			err := errors.Join(
				s.run(root, func(g *propertyGraph) engine.Source { return g }),
				s.run(root, func(g *propertyGraph) engine.Source { return counting{g} }), // which is planned otherwise
			)
			if err != nil {
				t.Errorf("%s: %s\n%s\n%v", filepath.Base(file), s.name, s.query(), err)
			} else {
				passed++
			}
		}
	}
	t.Logf("%d scenarios: %d read, of which %d pass; %d write, and are not run", reads+writes, reads, passed, writes)
	if reads+writes < 3800 {
		t.Errorf("%d scenarios found: this test must see the whole kit", reads+writes)
	}
}

type scenario struct {
	name  string
	steps []tckStep
}

type tckStep struct {
	text string
	doc  string
	rows [][]string
}

// readFeature reads the scenarios of a feature, with outlines expanded. It knows as much of Gherkin as the kit uses.
func readFeature(text string) []scenario {
	var out []scenario
	var background, current []tckStep
	var name string
	var examples [][]string
	in := "" // background, scenario or examples
	finish := func() {
		switch {
		case name == "":
			return
		case examples == nil:
			out = append(out, scenario{name, current})
			return
		}
		header := examples[0]
		for _, row := range examples[1:] {
			fill := func(s string) string {
				for i, h := range header {
					s = strings.ReplaceAll(s, "<"+h+">", row[i])
				}
				return s
			}
			s := scenario{name: name + " " + strings.Join(row, " | ")}
			for _, step := range current {
				filled := tckStep{text: fill(step.text), doc: fill(step.doc)}
				for _, r := range step.rows {
					cells := make([]string, len(r))
					for i, c := range r {
						cells[i] = fill(c)
					}
					filled.rows = append(filled.rows, cells)
				}
				s.steps = append(s.steps, filled)
			}
			out = append(out, s)
		}
	}
	lines := strings.Split(text, "\n")
	for i := 0; i < len(lines); i++ {
		line := strings.TrimSpace(lines[i])
		first, rest, _ := strings.Cut(line, " ")
		switch {
		case line == "" || strings.HasPrefix(line, "#") || strings.HasPrefix(line, "@") || strings.HasPrefix(line, "Feature:"):
		case strings.HasPrefix(line, "Background:"):
			in = "background"
		case strings.HasPrefix(line, "Scenario:") || strings.HasPrefix(line, "Scenario Outline:"):
			finish()
			_, name, _ = strings.Cut(line, ": ")
			current, examples, in = slices.Clone(background), nil, "scenario"
		case strings.HasPrefix(line, "Examples:"):
			if examples != nil {
				finish()
				examples = nil
			}
			in = "examples"
		case slices.Contains([]string{"Given", "And", "When", "Then", "But"}, first):
			step := tckStep{text: rest}
			if in == "background" {
				background = append(background, step)
			} else {
				current = append(current, step)
			}
		case line == `"""`:
			indent := strings.Index(lines[i], `"""`)
			var doc []string
			for i++; strings.TrimSpace(lines[i]) != `"""`; i++ {
				doc = append(doc, lines[i][min(indent, len(lines[i])):])
			}
			list := &current
			if in == "background" {
				list = &background
			}
			(*list)[len(*list)-1].doc = strings.Join(doc, "\n")
		case strings.HasPrefix(line, "|"):
			row := cells(line)
			switch in {
			case "examples":
				examples = append(examples, row)
			case "background":
				background[len(background)-1].rows = append(background[len(background)-1].rows, row)
			default:
				current[len(current)-1].rows = append(current[len(current)-1].rows, row)
			}
		}
	}
	finish()
	return out
}

func cells(line string) []string {
	var out []string
	var b strings.Builder
	for i := 1; i < len(line); i++ {
		switch {
		case line[i] == '\\' && i+1 < len(line):
			i++
			switch line[i] {
			case 'n':
				b.WriteByte('\n')
			case '|', '\\':
				b.WriteByte(line[i])
			default:
				b.WriteByte('\\')
				b.WriteByte(line[i])
			}
		case line[i] == '|':
			out = append(out, strings.TrimSpace(b.String()))
			b.Reset()
		default:
			b.WriteByte(line[i])
		}
	}
	return out
}

func (s *scenario) query() string {
	for _, step := range s.steps {
		if step.text == "executing query:" {
			return step.doc
		}
	}
	return ""
}

var writing = regexp.MustCompile(`\b(CREATE|MERGE|SET|DELETE|REMOVE)\b`)

func (s *scenario) writes() bool {
	q, err := cypher.Parse(s.query())
	if err != nil {
		return writing.MatchString(s.query())
	}
	found := false
	cypher.Visit(q, func(n any) {
		if _, ok := n.(*cypher.Write); ok {
			found = true
		}
	})
	return found
}

// run plays a scenario on a graph, as it is shown to the query.
func (s *scenario) run(root string, show func(*propertyGraph) engine.Source) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	g := newPropertyGraph()
	params := map[string]engine.Value{}
	var procs []*engine.Procedure
	var plan *engine.Plan
	var compileErr, runErr error
	var got [][]string
	for _, step := range s.steps {
		switch {
		case step.text == "an empty graph", step.text == "any graph", step.text == "no side effects", strings.HasPrefix(step.text, "the side effects"):
		case strings.HasPrefix(step.text, "the binary-tree-"):
			name := strings.Fields(step.text)[1]
			script, err := os.ReadFile(filepath.Join(root, "graphs", name, name+".cypher"))
			if err != nil {
				return err
			}
			if err := g.create(string(script)); err != nil {
				return fmt.Errorf("graph %s: %w", name, err)
			}
		case step.text == "having executed:":
			if err := g.create(step.doc); err != nil {
				return fmt.Errorf("setup %q: %w", step.doc, err)
			}
		case step.text == "parameters are:":
			for _, row := range step.rows {
				v, err := g.value(row[1])
				if err != nil {
					return fmt.Errorf("parameter %s: %w", row[0], err)
				}
				params[row[0]] = v
			}
		case strings.HasPrefix(step.text, "there exists a procedure "):
			p, err := g.procedure(strings.TrimPrefix(step.text, "there exists a procedure "), step.rows)
			if err != nil {
				return err
			}
			procs = append(procs, p)
		case step.text == "executing query:":
			plan, compileErr = engine.Compile(step.doc, show(g), engine.Options{Params: params, Procedures: procs})
			if compileErr != nil {
				continue
			}
			runErr = plan.Run(context.Background(), func(row []engine.Value) bool {
				var cells []string
				for _, v := range row {
					text, err := engine.Format(v, g)
					if err != nil {
						text = err.Error()
					}
					cells = append(cells, text)
				}
				got = append(got, cells)
				return true
			})
		case strings.HasPrefix(step.text, "the result should be"):
			if err := errors.Join(compileErr, runErr); err != nil {
				return err
			}
			if err := sameRows(step, plan.Columns, got); err != nil {
				return err
			}
		case strings.Contains(step.text, "should be raised at"):
			if err := sameError(step.text, compileErr, runErr); err != nil {
				return err
			}
		default:
			return fmt.Errorf("unknown step %q", step.text)
		}
	}
	return nil
}

func sameError(want string, compileErr, runErr error) error {
	f := strings.Fields(want)
	kind, code := f[1], f[len(f)-1]
	err := compileErr
	switch {
	case strings.Contains(want, "at runtime"):
		if compileErr != nil {
			return fmt.Errorf("want %s, got it before the run: %w", want, compileErr)
		}
		err = runErr
	case strings.Contains(want, "at any time"):
		if err == nil {
			err = runErr
		}
	}
	var e *cypher.Error
	if !errors.As(err, &e) {
		return fmt.Errorf("want %s, got %v (compiling), %v (running)", want, compileErr, runErr)
	}
	if e.Type != kind || code != "*" && e.Code != code {
		return fmt.Errorf("want %s, got %s: %s: %w", want, e.Type, e.Code, err)
	}
	return nil
}

func sameRows(step tckStep, columns []string, got [][]string) error {
	if step.text == "the result should be empty" {
		if len(got) > 0 {
			return fmt.Errorf("want no rows, got %v", got)
		}
		return nil
	}
	header := step.rows[0]
	if len(header) != len(columns) {
		return fmt.Errorf("want columns %v, got %v", header, columns)
	}
	at := make([]int, len(header))
	for i, h := range header {
		at[i] = slices.Index(columns, h)
		if at[i] < 0 {
			return fmt.Errorf("want columns %v, got %v", header, columns)
		}
	}
	loose := strings.Contains(step.text, "ignoring element order")
	var want, have []string
	for _, row := range step.rows[1:] {
		want = append(want, canonicalRow(row, loose))
	}
	for _, row := range got {
		cells := make([]string, len(at))
		for i, j := range at {
			cells[i] = row[j]
		}
		have = append(have, canonicalRow(cells, loose))
	}
	if !strings.Contains(step.text, "in order") {
		slices.Sort(want)
		slices.Sort(have)
	}
	if !slices.Equal(want, have) {
		return fmt.Errorf("want %s\n got %s", strings.Join(want, "\n     "), strings.Join(have, "\n     "))
	}
	return nil
}

func canonicalRow(row []string, loose bool) string {
	out := make([]string, len(row))
	for i, c := range row {
		r := &reader{s: c, loose: loose}
		out[i] = r.value()
		if r.space(); r.at < len(r.s) {
			out[i] = "UNREADABLE " + c
		}
	}
	return strings.Join(out, " | ")
}

// reader reads values as the kit writes them, and writes them in one form.
type reader struct {
	s     string
	at    int
	loose bool
}

func (r *reader) space() {
	for r.at < len(r.s) && r.s[r.at] == ' ' {
		r.at++
	}
}

func (r *reader) take(c string) bool {
	r.space()
	if strings.HasPrefix(r.s[r.at:], c) {
		r.at += len(c)
		return true
	}
	return false
}

func (r *reader) until(stop string) string {
	from := r.at
	for r.at < len(r.s) && !strings.ContainsRune(stop, rune(r.s[r.at])) {
		if r.s[r.at] == '`' {
			for r.at++; r.at < len(r.s) && r.s[r.at] != '`'; r.at++ {
			}
		}
		r.at++
	}
	return strings.ReplaceAll(strings.TrimSpace(r.s[from:min(r.at, len(r.s))]), "`", "")
}

func (r *reader) value() string {
	switch {
	case r.take("'"):
		var b strings.Builder
		for r.at < len(r.s) && r.s[r.at] != '\'' {
			if r.s[r.at] == '\\' && r.at+1 < len(r.s) {
				r.at++
				switch r.s[r.at] {
				case 'n':
					b.WriteByte('\n')
				case 't':
					b.WriteByte('\t')
				case 'r':
					b.WriteByte('\r')
				case 'u':
					n, _ := strconv.ParseInt(r.s[r.at+1:r.at+5], 16, 32)
					b.WriteRune(rune(n))
					r.at += 4
				default:
					b.WriteByte(r.s[r.at])
				}
			} else {
				b.WriteByte(r.s[r.at])
			}
			r.at++
		}
		r.at++
		return strconv.Quote(b.String())
	case strings.HasPrefix(r.s[r.at:], "[:"):
		r.at++
		out := "[" + r.labels()
		r.space()
		if strings.HasPrefix(r.s[r.at:], "{") {
			out += r.value()
		}
		r.take("]")
		return out + "]"
	case r.take("["):
		var items []string
		for !r.take("]") && r.at < len(r.s) {
			items = append(items, r.value())
			r.take(",")
		}
		if r.loose {
			slices.Sort(items)
		}
		return "[" + strings.Join(items, ", ") + "]"
	case r.take("{"):
		var items []string
		for !r.take("}") && r.at < len(r.s) {
			r.space()
			key := r.until(":")
			r.at++
			items = append(items, key+": "+r.value())
			r.take(",")
		}
		slices.Sort(items)
		return "{" + strings.Join(items, ", ") + "}"
	case r.take("("):
		out := "(" + r.labels()
		r.space()
		if strings.HasPrefix(r.s[r.at:], "{") {
			out += r.value()
		}
		r.take(")")
		return out + ")"
	case r.take("<"):
		out := "<"
		for r.at < len(r.s) && !r.take(">") {
			switch r.s[r.at] {
			case '<', '-', '>':
				out += r.s[r.at : r.at+1]
				r.at++
				if strings.HasSuffix(out, "-") && r.at < len(r.s) && r.s[r.at] == '>' {
					out += ">"
					r.at++
				}
			default:
				out += r.value()
			}
		}
		return out + ">"
	}
	word := r.until(",]})|")
	if f, err := strconv.ParseFloat(word, 64); err == nil {
		if strings.ContainsAny(word, ".eEnN") {
			if f == 0 {
				f = 0
			}
			return "float " + strconv.FormatFloat(math.Abs(f)*map[bool]float64{true: -1, false: 1}[f < 0], 'g', -1, 64)
		}
		return word
	}
	return word
}

func (r *reader) labels() string {
	var out []string
	for r.take(":") {
		out = append(out, ":"+r.until(": {)]"))
	}
	slices.Sort(out)
	return strings.Join(out, "")
}
