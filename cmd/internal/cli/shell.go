package cli

import (
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"strings"

	"github.com/tupu-kg/tupu/query"
	"github.com/tupu-kg/tupu/query/cypher"
	"github.com/tupu-kg/tupu/query/engine"
	"golang.org/x/term"
)

// InTerminal reports whether a person types the input.
func (s *Streams) InTerminal() bool {
	f, ok := s.In.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

const shellHelp = `A query ends with ; or an empty line. Tab completes labels, types, properties and names; the arrows bring earlier queries back,
also those of earlier shells (TUPU_HISTORY names their file, or - for none).
:help shows this, :quit (or Ctrl-D) ends. Ctrl-C stops a running query.`

// shell reads queries from a terminal and answers them until it is left.
func (a *app) shell(ctx context.Context, o queryOptions, params map[string]engine.Value) error {
	s, err := a.open()
	if err != nil {
		return err
	}
	defer s.Close()
	if err := s.Hold(); err != nil {
		return err
	}
	in := a.In.(*os.File)
	ctx = context.WithoutCancel(ctx) // an interrupt ends a query, and not the shell
	g, err := query.NewPropertyGraph(ctx, s)
	if err != nil {
		return err
	}
	a.hint("Cypher on " + a.db + ". " + shellHelp)
	t := term.NewTerminal(struct {
		io.Reader
		io.Writer
	}{in, a.Out}, "cypher> ")
	earlier, err := openHistory(historyFile())
	if err != nil {
		a.hint("the history of queries: " + err.Error())
	}
	t.History = earlier
	t.AutoCompleteCallback = (&completer{ctx: ctx, r: s}).complete
	var pending []string
	for {
		line, err := readRaw(in, t)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		trimmed := strings.TrimSpace(line)
		if len(pending) == 0 {
			switch trimmed {
			case "":
				continue
			case ":quit", ":exit", ":q":
				return nil
			case ":help", "help", "?":
				a.hint(shellHelp)
				continue
			}
		}
		pending = append(pending, line)
		if trimmed != "" && !strings.HasSuffix(trimmed, ";") {
			t.SetPrompt("     -> ")
			continue
		}
		text := strings.Join(pending, "\n")
		if err := earlier.keep(pending); err != nil {
			a.hint("this query is not kept for the next shell: " + err.Error() + "; TUPU_HISTORY names another file, or - for none")
			earlier.file = ""
		}
		pending = nil
		t.SetPrompt("cypher> ")
		a.answer(ctx, g, o, text, params)
	}
}

// answer runs a query in a shell: an error is shown, and an interrupt ends the query alone.
func (a *app) answer(ctx context.Context, g *query.PropertyGraph, o queryOptions, text string, params map[string]engine.Value) {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt)
	defer stop()
	pieces, _ := cypher.Statements(text)
	for _, piece := range pieces {
		if err := a.queryOne(ctx, g.In(ctx), o, piece, params); err != nil {
			if errors.Is(err, context.Canceled) {
				a.hint("stopped")
				return
			}
			a.hint(err.Error())
			return
		}
	}
}

// readRaw reads one line with the terminal in raw mode, and puts it back.
func readRaw(in *os.File, t *term.Terminal) (string, error) {
	was, err := term.MakeRaw(int(in.Fd()))
	if err != nil {
		return "", err
	}
	defer func() { _ = term.Restore(int(in.Fd()), was) }()
	if w, h, err := term.GetSize(int(in.Fd())); err == nil && w > 0 {
		_ = t.SetSize(w, h)
	}
	line, err := t.ReadLine()
	if errors.Is(err, term.ErrPasteIndicator) {
		err = nil
	}
	return line, err
}

// completer completes the word before the cursor.
type completer struct {
	ctx context.Context
	r   query.Reader
}

func (c *completer) complete(line string, pos int, key rune) (string, int, bool) {
	if key != '\t' {
		return "", 0, false
	}
	from := strings.LastIndexAny(line[:pos], " :.|([{,'\"=") + 1
	word := line[from:pos]
	before := byte(' ')
	if from > 0 {
		before = line[from-1]
	}
	labels, types, keys := query.CypherNames()
	var known []string
	switch before {
	case ':', '|':
		known = append(labels, types...)
	case '.', '{', ',':
		known = keys
	case '\'', '"':
		found, err := query.Find(c.ctx, c.r, query.FindOptions{Text: word, Limit: mostCompletions})
		if err != nil || word == "" {
			return "", 0, false
		}
		for _, f := range found.Found {
			if strings.HasPrefix(f.Name, word) {
				known = append(known, f.Name)
			}
		}
	default:
		known = []string{
			"MATCH", "OPTIONAL MATCH", "WHERE", "RETURN", "WITH", "UNWIND", "ORDER BY", "SKIP", "LIMIT", "UNION", "DISTINCT", "CALL", "YIELD",
			"EXISTS", "COUNT", "EXPLAIN", "PROFILE", "CONTAINS", "STARTS WITH", "ENDS WITH",
		}
	}
	common := ""
	for _, k := range known {
		if len(word) > len(k) || !strings.EqualFold(k[:len(word)], word) {
			continue
		}
		if common == "" {
			common = k
			continue
		}
		n := 0
		for n < len(common) && n < len(k) && common[n] == k[n] {
			n++
		}
		common = strings.ToValidUTF8(common[:n], "")
	}
	if len(common) <= len(word) {
		return "", 0, false
	}
	return line[:from] + common + line[pos:], from + len(common), true
}
