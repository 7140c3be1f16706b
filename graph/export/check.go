package export

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"image/png"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/graph"
)

// Finding is something in a file that a reader of its format stumbles over.
type Finding struct {
	Line int    `json:"line,omitempty"` // 0 where the whole file is meant
	What string `json:"what"`           // what stands there
	Then string `json:"then"`           // which readers do what about it
	More int    `json:"more,omitempty"` // findings of the same kind further down that are not listed
}

// mostAlike bounds the findings of one kind that are listed.
const mostAlike = 5

// checker gathers findings.
type checker struct {
	findings []Finding
	alike    map[string]int // findings of each kind
	last     map[string]int // the last finding of each kind that is listed
}

// add notes a finding; what it leads to says of which kind it is.
func (c *checker) add(line int, then, what string, args ...any) {
	if c.alike == nil {
		c.alike, c.last = map[string]int{}, map[string]int{}
	}
	if c.alike[then]++; c.alike[then] > mostAlike {
		c.findings[c.last[then]].More++
		return
	}
	c.last[then] = len(c.findings)
	c.findings = append(c.findings, Finding{Line: line, What: fmt.Sprintf(what, args...), Then: then})
}

// ErrUnknownFile says that a file is of no format that Check knows.
var ErrUnknownFile = errors.New("of no format that tupu writes")

// Check reads a file with the rules of the programs that read its format, and returns the format and what would go wrong, in
// the order of lines. The name tells the format by its ending. Memory grows with the number of ids in the file.
func Check(name string, r io.Reader) (format string, findings []Finding, err error) {
	c := &checker{}
	ext := strings.ToLower(filepath.Ext(name))
	if strings.HasSuffix(strings.ToLower(name), ".ftm.json") || strings.HasSuffix(strings.ToLower(name), ".ftm.jsonl") {
		ext = ".ftm" // as FollowTheMoney's own tools name it
	}
	switch ext {
	case ".graphml", ".xml":
		format, err = "graphml", c.graphML(r)
	case ".gexf":
		format, err = "gexf", c.gexf(r)
	case ".csv":
		format, err = c.csv(r)
	case ".ftm", ".ijson":
		format, err = "ftm", c.ftm(r)
	case ".jsonl", ".ndjson":
		format, err = c.jsonLines(r)
	case ".nt":
		format, err = "nt", c.ntriples(r)
	case ".jsonld", ".json":
		format, err = "jsonld", c.jsonLD(r)
	case ".cypher", ".cql":
		format, err = "cypher", c.cypher(r)
	case ".parquet":
		format, err = "parquet", c.parquet(r)
	case ".svg":
		format, err = "svg", c.svg(r)
	case ".png":
		format = "png"
		if _, failed := png.Decode(bufio.NewReader(r)); failed != nil {
			c.add(0, "no program shows it: write it again", "%v", failed)
		}
	case ".md":
		format, err = "markdown", c.markdown(r)
	default:
		return "", nil, fmt.Errorf("%s: %w: the ending says which, use .graphml, .gexf, .csv, .ftm, .jsonl, .nt, .jsonld, .cypher, .parquet, .svg, .png or .md", name, ErrUnknownFile)
	}
	slices.SortStableFunc(c.findings, func(a, b Finding) int { return cmp.Compare(a.Line, b.Line) })
	return format, c.findings, err
}

// lines calls do with each line of a text file, and notes what no reader of text takes.
func (c *checker) lines(r io.Reader, do func(n int, line []byte)) error {
	b := bufio.NewReaderSize(r, 1<<16)
	for n := 1; ; n++ {
		line, err := readLine(b)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
		if n == 1 && bytes.HasPrefix(line, []byte("\uFEFF")) {
			c.add(1, "readers take it for a part of the first word: save without a byte order mark", "byte order mark")
			line = line[3:]
		}
		if !utf8.Valid(line) {
			c.add(n, "readers stop or show other characters: save as UTF-8", "not UTF-8")
		}
		do(n, bytes.TrimRight(line, "\r\n"))
	}
}

var (
	ftmID   = regexp.MustCompile(`^[0-9a-zA-Z]([0-9a-zA-Z.\-]*[0-9a-zA-Z])?$`)
	ftmDay  = regexp.MustCompile(`^\d{4}(-\d\d?(-\d\d?(T\d\d?(:\d\d?(:\d\d?)?)?)?)?)?$`)
	ftmRefs = []string{
		"addressEntity", "proof", "participant", "project", "owner", "asset", "employee", "employer", "subject", "object", "document", "entity", "resolved", "parent", "holder", "post",
		"organization", "member", "director", "contract", "supplier", "authority", "involved", "location", "partOf",
	}
	ftmDates     = []string{"date", "startDate", "endDate", "publishedAt", "authoredAt", "createdAt", "modifiedAt", "retrievedAt", "birthDate", "deathDate", "incorporationDate", "dissolutionDate"}
	ftmIntervals = []string{
		"ProjectParticipant", "UnknownLink", "Ownership", "Directorship", "Employment", "Membership", "Occupancy", "Documentation", "ContractAward", "Payment", "Representation", "Family", "Associate",
	}
)

func (c *checker) ftm(r io.Reader) error {
	known := map[string]int{}
	type reference struct {
		line     int
		property string
		to       string
	}
	var references []reference
	err := c.lines(r, func(n int, line []byte) {
		if len(bytes.TrimSpace(line)) == 0 {
			return
		}
		var e struct {
			ID, Schema string
			Properties map[string]json.RawMessage
		}
		if err := json.Unmarshal(line, &e); err != nil {
			c.add(n, "ftm and Aleph stop here", "not JSON: %v", err)
			return
		}
		switch {
		case e.ID == "" || e.Schema == "":
			c.add(n, "ftm and Aleph stop here", "no id or no schema")
		case !ftmID.MatchString(e.ID) || len(e.ID) > 255:
			c.add(n, "references to it are dropped: ids are of letters, digits, points and hyphens", "id %q", e.ID)
		case strings.Contains(e.ID, "."):
			c.add(n, "Aleph signs ids after a point, and takes this one's end for a signature", "id %q", e.ID)
		}
		if before := known[e.ID]; before > 0 {
			c.add(n, "ftm aggregate merges both into one entity", "id %q stands in line %d, too", e.ID, before)
		}
		known[e.ID] = n
		for _, property := range slices.Sorted(keysOf(e.Properties)) {
			var values []string
			if json.Unmarshal(e.Properties[property], &values) != nil {
				c.add(n, "the property is dropped: values are lists of strings, also numbers", "%s is %s", property, clip(string(e.Properties[property]), 40))
				continue
			}
			if property == "proof" && slices.Contains(ftmIntervals, e.Schema) {
				c.add(n, "the property is dropped without a word: the schema does not have it", "proof of %s", e.Schema)
			}
			for _, v := range values {
				switch {
				case slices.Contains(ftmRefs, property):
					if !ftmID.MatchString(v) {
						c.add(n, "the reference is dropped", "%s points to %q", property, v)
					} else {
						references = append(references, reference{n, property, v})
					}
				case slices.Contains(ftmDates, property) && !ftmDay.MatchString(v):
					c.add(n, "the date is dropped: no ranges and no zones, 2024, 2024-03 or 2024-03-05", "%s is %q", property, v)
				case property == "country" && v != strings.ToLower(v):
					c.add(n, "the country is dropped: codes are in lower case", "country %q", v)
				}
			}
		}
	})
	for _, ref := range references {
		if known[ref.to] == 0 {
			c.add(ref.line, "the edge hangs in the air until the other file is loaded, too", "%s points to %q, which is not in this file", ref.property, ref.to)
		}
	}
	return err
}

func keysOf[V any](m map[string]V) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// jsonLines is tupu's own form, or FollowTheMoney under another name.
func (c *checker) jsonLines(r io.Reader) (string, error) {
	b := bufio.NewReader(r)
	first, _ := b.Peek(200)
	if bytes.Contains(first, []byte(`"schema"`)) {
		return "ftm", c.ftm(b)
	}
	nodes := map[uint64]bool{}
	lengths := map[graph.ID]int{}
	line := 1
	for item, err := range ReadLines(b) {
		line++
		var bad *LineError
		switch {
		case errors.As(err, &bad):
			line = bad.Line
			c.add(bad.Line, "tupu import leaves the line out", "%v", bad.Err)
			continue
		case errors.Is(err, ErrNotLines):
			return LinesFormat, err
		case err != nil:
			c.add(0, "tupu import refuses the file", "%v", err)
			return LinesFormat, nil
		}
		switch {
		case item.Read != nil:
			line++ // two lines each
			d := &item.Read.Facts.Document
			nodes[hash(d.ID)] = true
			lengths[d.ID] = len(d.Text)
		case item.Entity != nil:
			nodes[hash(item.Entity.ID)] = true
		case item.Edge != nil:
			e := item.Edge
			for _, end := range [2]graph.ID{e.From, e.To} {
				if !nodes[hash(end)] {
					c.add(line, "the graph is not the one that was written: export it again", "edge to %s, which is not there", end)
				}
			}
			for _, ev := range e.Evidence {
				if n, held := lengths[ev.Doc]; ev.Source == graph.FromText && (!held || ev.ByteEnd > n) {
					c.add(line, "the sentence cannot be shown: export the graph again", "evidence at bytes %d to %d of %s, which is not there", ev.ByteStart, ev.ByteEnd, ev.Doc)
				}
			}
		}
	}
	return LinesFormat, nil
}

var (
	ntIRI     = `<[^\x00-\x20<>"{}|^` + "`" + `\\]+>`
	ntBlank   = `_:[^\s<>"]+`
	ntLiteral = `"(?:[^"\\\n\r]|\\[tbnrf"'\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*"(?:@[a-zA-Z]+(?:-[a-zA-Z0-9]+)*|\^\^` + ntIRI + `)?`
	ntLine    = regexp.MustCompile(`^\s*(` + ntIRI + `|` + ntBlank + `)\s*(` + ntIRI + `)\s*(` + ntIRI + `|` + ntBlank + `|` + ntLiteral + `)\s*\.\s*(?:#.*)?$`)
	ntScheme  = regexp.MustCompile(`^<[a-zA-Z][a-zA-Z0-9+.\-]*:`)
)

func (c *checker) ntriples(r io.Reader) error {
	return c.lines(r, func(n int, line []byte) {
		if text := bytes.TrimSpace(line); len(text) == 0 || text[0] == '#' {
			return
		}
		terms := ntLine.FindSubmatch(line)
		if terms == nil {
			c.add(n, "rdflib, Jena and others stop here", "not a triple: %s", clip(string(line), 80))
			return
		}
		for _, term := range terms[1:] {
			if term[0] == '<' && !ntScheme.Match(term) {
				c.add(n, "readers refuse it, or put the file's own address before it", "relative identifier %s", term)
			}
		}
	})
}

// What Markdown shows as it stands, and what begins as a tag of HTML would.
var (
	markdownCode = regexp.MustCompile("`[^`]*`")
	markdownLink = regexp.MustCompile(`\]\(<[^<>]*>\)`)
	markdownOpen = regexp.MustCompile(`\]\(<[^>]*$`)
	markdownTag  = regexp.MustCompile(`<[A-Za-z/!?][^>]*>?`)
)

func (c *checker) markdown(r io.Reader) error {
	return c.lines(r, func(n int, line []byte) {
		if at := bytes.IndexFunc(line, func(r rune) bool { return r != '\t' && unicode.IsControl(r) }); at >= 0 {
			c.add(n, "readers leave it out or show a box", "control character %q", line[at])
		}
		line = markdownLink.ReplaceAll(markdownCode.ReplaceAll(line, nil), []byte("]"))
		if markdownOpen.Match(line) {
			c.add(n, "it is no link for readers: its target has no end in the line", "%s", clip(string(line), 60))
		} else if tag := markdownTag.Find(line); tag != nil {
			c.add(n, "readers that allow HTML take it for markup, others leave it out: write &lt;", "%s", clip(string(tag), 60))
		}
	})
}

// maxWhole bounds files that are read as a whole.
const maxWhole = 1 << 30

// ErrLargeFile says that a file is too large for a format that has to be read as a whole.
var ErrLargeFile = fmt.Errorf("larger than %d GB, which is not read as a whole: export a part of the graph", maxWhole>>30)

func wholeOf(r io.Reader) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(r, maxWhole+1))
	if err == nil && len(b) > maxWhole {
		err = ErrLargeFile
	}
	return b, err
}

func (c *checker) jsonLD(r io.Reader) error {
	b, err := wholeOf(r)
	if err != nil {
		return err
	}
	var whole any
	if err := json.Unmarshal(b, &whole); err != nil {
		line := 0
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			line = 1 + bytes.Count(b[:min(int(syntax.Offset), len(b))], []byte("\n"))
		}
		c.add(line, "no reader reads it", "not JSON: %v", err)
		return nil
	}
	top, _ := whole.(map[string]any)
	if top == nil || top["@context"] == nil {
		c.add(0, "readers find no triples: it may be JSON of another kind", "no @context")
	}
	var contexts func(v any)
	contexts = func(v any) {
		switch v := v.(type) {
		case string:
			c.add(0, "every reader goes to the network for it: write the context into the file", "@context %q", v)
		case []any:
			for _, one := range v {
				contexts(one)
			}
		}
	}
	if top != nil {
		contexts(top["@context"])
	}
	return nil
}

// cypher looks for what cypher-shell, the Browser and Memgraph treat differently, and for quotes that do not end.
func (c *checker) cypher(r io.Reader) error {
	quote := byte(0)
	began, constrained, merged := 0, false, 0
	ended := true
	err := c.lines(r, func(n int, line []byte) {
		text := strings.TrimSpace(string(line))
		if quote == 0 {
			upper := strings.ToUpper(text)
			switch {
			case strings.HasPrefix(upper, "CREATE CONSTRAINT"), strings.HasPrefix(upper, "CREATE INDEX"):
				constrained = true
			case strings.HasPrefix(upper, "MERGE ("), strings.HasPrefix(upper, "MATCH ("):
				if merged == 0 {
					merged = n
				}
			case upper == "BEGIN" || upper == "BEGIN;" || upper == "COMMIT" || upper == "COMMIT;" || upper == ":BEGIN" || upper == ":COMMIT":
				c.add(n, "Memgraph refuses it, and so do drivers: leave transactions to the program that runs the script", "%s", text)
			case strings.Contains(upper, "IN TRANSACTIONS"):
				c.add(n, "the Browser needs :auto before it, and drivers refuse it within a transaction", "%s", clip(text, 60))
			}
		}
		for i := 0; i < len(line); i++ {
			switch b := line[i]; {
			case quote != 0 && quote != '`' && b == '\\':
				i++
			case quote != 0 && b == quote:
				quote = 0
			case quote == 0 && (b == '\'' || b == '"' || b == '`'):
				quote, began = b, n
			case quote == 0 && b == '/' && i+1 < len(line) && line[i+1] == '/':
				i = len(line)
			}
		}
		if text != "" && !strings.HasPrefix(text, "//") {
			ended = quote == 0 && strings.HasSuffix(text, ";")
		}
	})
	if quote != 0 {
		c.add(began, "cypher-shell waits for the rest, and runs nothing from here", "a quote that does not end")
	} else if !ended {
		c.add(0, "cypher-shell does not run the last statement", "it does not end with a semicolon")
	}
	if merged > 0 && !constrained {
		c.add(merged, "every row searches all nodes: create a constraint or an index first", "MERGE or MATCH without a constraint before it")
	}
	return err
}
