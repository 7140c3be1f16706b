package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"github.com/tupu-kg/tupu/graph"
)

// words are messages in another language, by what stands in the code; nil is English. What is not in it stays English, so that
// a message can be written before it is translated. Data (JSON, CSV, TSV) and what programs read are never translated.
type words map[string]string

// say is a message in the user's language, with its arguments put in as fmt.Sprintf does.
func (w words) say(english string, args ...any) string {
	if other, ok := w[english]; ok {
		english = other
	}
	if len(args) == 0 {
		return english
	}
	return fmt.Sprintf(english, args...)
}

// count is a number of things, for people.
func (w words) count(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return w.say("%d "+thing, n)
}

// languages are those that messages come in.
var languages = []string{"en", "zh"}

// wordsOf are the words of a language; an unknown one is English.
func wordsOf(lang string) words {
	if lang == "zh" {
		return chinese
	}
	return nil
}

// language is what --lang says, else TUPU_LANG, the project file, or the locale. It is needed before flags are parsed, for the
// help texts; a wrong one is refused when they are.
func language(args []string, getenv func(string) string, p project) string {
	for i, arg := range args {
		if arg == "--" {
			break
		}
		if value, ok := strings.CutPrefix(arg, "--lang="); ok {
			return value
		}
		if arg == "--lang" && i+1 < len(args) {
			return args[i+1]
		}
	}
	for _, said := range []string{getenv("TUPU_LANG"), p.Lang} {
		if said != "" {
			return said
		}
	}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if locale := getenv(name); locale != "" {
			if strings.HasPrefix(locale, "zh") {
				return "zh"
			}
			break
		}
	}
	return "en"
}

// langFlag is --lang.
type langFlag string

// String, Set and Type make a langFlag a flag.
func (l *langFlag) String() string { return "" }

// Type is the placeholder in help texts.
func (l *langFlag) Type() string { return "LANG" }

// Set takes one of the languages.
func (l *langFlag) Set(s string) error {
	for _, known := range languages {
		if s == known {
			*l = langFlag(s)
			return nil
		}
	}
	return fmt.Errorf("use %s", strings.Join(languages, " or "))
}

// translate puts the help of a command and all below it into another language.
func (w words) translate(c *cobra.Command) {
	if w == nil {
		return
	}
	c.Short = w.say(c.Short)
	c.Long = w.say(c.Long)
	if long, ok := longChinese[c.CommandPath()]; ok {
		c.Long = long
	}
	for _, g := range c.Groups() {
		g.Title = w.say(g.Title)
	}
	for _, flags := range []*pflag.FlagSet{c.LocalNonPersistentFlags(), c.PersistentFlags()} {
		flags.VisitAll(func(f *pflag.Flag) { f.Usage = w.say(f.Usage) })
	}
	for _, sub := range c.Commands() {
		w.translate(sub)
	}
}

// usageTemplate is cobra's frame of a help text in another language.
func (w words) usageTemplate(english string) string {
	var pairs []string
	for _, s := range []string{
		"Usage:", "Aliases:", "Examples:", "Available Commands:", "Additional Commands:", "Global Flags:", "Flags:", "Additional help topics:",
		`Use "{{.CommandPath}} [command] --help" for more information about a command.`,
	} {
		pairs = append(pairs, s, w.say(s))
	}
	return strings.NewReplacer(pairs...).Replace(english)
}

// relations are types of edges in plain words, as people read them after the name of what the edge leaves.
var relations = map[graph.EdgeType]string{
	graph.MentionedIn: "is named in", graph.ReportsOn: "reports on", graph.AppearsIn: "is named in reports of", graph.LocatedIn: "lies in",
	graph.PartOf: "is part of", graph.Concerns: "is about", graph.Undertakes: "undertakes", graph.PartnersWith: "partners with",
	graph.Receives: "receives", graph.Status: "stage", graph.Amount: "figure", graph.HoldsPost: "holds a post in",
	graph.CoMentioned: "named together with", graph.SameStem: "shares its stem with", graph.MaybeSame: "may be the same as",
}

// backward are the same read from what the edge enters.
var backward = map[graph.EdgeType]string{
	graph.MentionedIn: "names", graph.ReportsOn: "is reported on by", graph.AppearsIn: "its reports name", graph.LocatedIn: "there lies",
	graph.PartOf: "has as a part", graph.Concerns: "is the matter of", graph.Undertakes: "is undertaken by", graph.Receives: "goes to",
	graph.HoldsPost: "has in a post",
}

// edgeType is the name of a type of edges in a table: as it stands in the graph, or in plain words of another language.
func (w words) edgeType(t graph.EdgeType) string {
	if w == nil {
		return string(t)
	}
	return w.relation(t, true)
}

// edgeTypes are the names of several.
func (w words) edgeTypes(types []graph.EdgeType) string {
	names := make([]string, len(types))
	for i, t := range types {
		names[i] = w.edgeType(t)
	}
	if w == nil {
		return strings.Join(names, " ")
	}
	return strings.Join(names, "、")
}

// relation says in plain words what an edge is, read from one of its ends.
func (w words) relation(t graph.EdgeType, outgoing bool) string {
	said, ok := relations[t]
	if back, turned := backward[t]; turned && !outgoing {
		said, ok = back, true
	}
	if !ok {
		return string(t)
	}
	return w.say(said)
}
