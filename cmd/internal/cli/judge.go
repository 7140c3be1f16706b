package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/tupu-kg/tupu/extract/text"
	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/query"
	"github.com/tupu-kg/tupu/store"
	"github.com/tupu-kg/tupu/store/ingest"
)

// judgeOptions are those of every command that judges.
type judgeOptions struct {
	file   string
	author string
	note   string
	kind   kindFlag
}

func addJudge(c *cobra.Command, o *judgeOptions) {
	addJudgementsFile(c, &o.file)
	c.Flags().StringVar(&o.author, "author", "", "`name` of who judges (default: TUPU_AUTHOR, else the user's name)")
	c.Flags().StringVar(&o.note, "note", "", "why, for those who read it later")
}

func addJudgementsFile(c *cobra.Command, file *string) {
	c.Flags().StringVar(file, "judgements", "", "`file` of decisions about who is who (default: judgements.jsonl beside the graph)")
}

// judgements is the file of judgements that a command works with.
func (a *app) judgements(file string) string {
	if file != "" {
		return file
	}
	return ingest.JudgementsFile(a.db)
}

// nobody signs judgements where neither flag nor environment say who judges.
const nobody = "anonymous"

// author is who judges.
func (a *app) author(flag string) string {
	name := strings.TrimSpace(visible(flag, false))
	for _, variable := range []string{"TUPU_AUTHOR", "USER", "LOGNAME", "USERNAME"} {
		if name == "" {
			name = strings.TrimSpace(visible(a.Getenv(variable), false))
		}
	}
	if name == "" {
		a.hint("signed \"" + nobody + "\": --author or TUPU_AUTHOR says who judges")
		return nobody
	}
	return name
}

const judgingHelp = `

The decision is a line in judgements.jsonl beside the graph (--judgements names another file). It speaks of names as documents
write them, so it holds when documents are added or replaced and when everything is built anew, and it beats every rule. The
graph follows at once. ` + "`tupu undo`" + ` takes it back, ` + "`tupu judgements`" + ` lists all.`

func newSame(a *app) *cobra.Command {
	return newPairCommand(a, graph.Same, "say that two names are one thing",
		`Same says that two are one: they are merged, with all their names and evidence. Each may be named by any of its names, by a
part that only it has, or by its id, as with show; the decision is written about the fullest name that documents give it.`,
		`  tupu same 立晟化学 立晟新材 --note 工商登记为同一家
  tupu same 漳州榕屿食品有限公司 榕屿食品`)
}

func newDifferent(a *app) *cobra.Command {
	return newPairCommand(a, graph.Different, "say that two names are two things",
		`Different says that two are not one: if they were merged they are parted, and no rule merges them again. Of one that was
merged, give the two names as documents write them, say the full name and the short one. Where one name stands for two things,
split sets single places apart.`,
		`  tupu different 立晟化学 立晟新材
  tupu different 榕屿食品 禾漫食品 --type enterprise --author 李`)
}

func newUnsure(a *app) *cobra.Command {
	return newPairCommand(a, graph.Unsure, "say that two names cannot be told to be one or two",
		`Unsure says that you looked and could not tell. The graph stays as it is, but review does not ask again. A later same or
different replaces it.`,
		`  tupu unsure 屿辰冷链 屿辰集团 --note 待查股权`)
}

func newPairCommand(a *app, v graph.Verdict, short, long, example string) *cobra.Command {
	var o judgeOptions
	c := &cobra.Command{
		Use: string(v) + " A B", Short: short, Long: long + judgingHelp, Example: example,
		Args:              exactly(2, "two names or ids"),
		ValidArgsFunction: a.completeNames(2),
		RunE: func(c *cobra.Command, args []string) error {
			return a.judgePair(c, o, v, args[0], args[1])
		},
	}
	addJudge(c, &o)
	addKind(c, &o.kind, "of both")
	return c
}

func (a *app) judgePair(c *cobra.Command, o judgeOptions, v graph.Verdict, first, second string) error {
	ctx := c.Context()
	var js []graph.Judgement
	held, err := a.inForce(o.file)
	if err != nil {
		return err
	}
	err = a.read(func(r query.Reader) error {
		left, err := query.Resolve(ctx, r, first, kindsOf(o.kind)...)
		if err != nil {
			return err
		}
		right, err := query.Resolve(ctx, r, second, kindsOf(o.kind)...)
		if err != nil {
			return err
		}
		var about []graph.Subject
		if left.ID == right.ID {
			about, err = a.twoNames(c, r, v, left, first, second)
		} else {
			about, err = pairSubjects(ctx, r, left, right)
		}
		if err != nil {
			return err
		}
		j := graph.Judgement{Verdict: v, About: about, Note: o.note}
		if js, err = replacing(ctx, r, held, j, left.ID, right.ID); err != nil {
			return err
		}
		if left.ID != right.ID {
			js = append(js, j)
		} else if len(js) == 0 {
			js = append(js, j)
			if v == graph.Different {
				return a.hintHeld(ctx, r, held, left)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return a.judge(ctx, o, js, nil)
}

// hintHeld tells people which judgements hold an entity together that they want to part: what these name stays where it is.
func (a *app) hintHeld(ctx context.Context, r query.Reader, held []graph.Standing, e graph.Entity) error {
	for _, h := range held {
		if h.Verdict != graph.Same {
			continue
		}
		joins, err := connects(ctx, r, h.About, e.ID, e.ID)
		if err != nil {
			return err
		}
		if joins {
			a.hint(fmt.Sprintf("%s is held together by %s; `tupu undo %s` parts these", e.Name, sentenceOf(h.Judgement, nil), short(h.Hash)))
		}
	}
	return nil
}

func kindsOf(k kindFlag) []graph.Kind {
	if k == "" {
		return nil
	}
	return []graph.Kind{graph.Kind(k)}
}

// pairSubjects says what two entities are.
func pairSubjects(ctx context.Context, r query.Reader, left, right graph.Entity) ([]graph.Subject, error) {
	var about []graph.Subject
	for _, e := range []graph.Entity{left, right} {
		subjects, err := query.Subjects(ctx, r, e, "")
		if err != nil {
			return nil, err
		}
		about = append(about, subjects[0])
	}
	return about, nil
}

// twoNames says what two names of one entity are.
func (a *app) twoNames(c *cobra.Command, r query.Reader, v graph.Verdict, e graph.Entity, first, second string) ([]graph.Subject, error) {
	all, err := query.Subjects(c.Context(), r, e, "")
	if err != nil {
		return nil, err
	}
	var names []string
	for _, s := range all {
		if !slices.Contains(names, s.Surface) {
			names = append(names, s.Surface)
		}
	}
	switch {
	case v == graph.Unsure:
		return nil, fmt.Errorf("both are %s (%s) already; `tupu different` parts them", e.Name, e.ID)
	case text.Key(first) == text.Key(second), graph.ID(first) == e.ID, graph.ID(second) == e.ID:
		what := "documents write it " + strings.Join(names, ", ") + ": give two of these"
		if len(names) == 1 {
			what = "documents write it in one way only: `tupu split` sets single places of it apart"
		}
		return nil, usagef(c, "%q and %q are both %s (%s); %s", first, second, e.Name, e.ID, what)
	}
	var about []graph.Subject
	for _, name := range []string{first, second} {
		subjects, err := query.Subjects(c.Context(), r, e, name)
		if err != nil {
			return nil, err
		}
		about = append(about, subjects[0])
	}
	return about, nil
}

// replacing says a judgement of a pair by the names by which others in force speak of the same two, so that it retires them. Of
// one entity that a judgement made of two, the two names given are those that its longer names hold.
func replacing(ctx context.Context, r query.Reader, inForce []graph.Standing, j graph.Judgement, left, right graph.ID) ([]graph.Judgement, error) {
	var js []graph.Judgement
	for _, other := range inForce {
		if len(other.About) != 2 || other.Verdict == j.Verdict || sameSubjects(other.About, j.About) {
			continue
		}
		if left == right && !longerNames(other.About, j.About) {
			continue
		}
		joins, err := connects(ctx, r, other.About, left, right)
		if err != nil {
			return nil, err
		}
		if joins {
			js = append(js, graph.Judgement{Verdict: j.Verdict, About: other.About, Note: j.Note})
		}
	}
	return js, nil
}

// longerNames reports whether each of two subjects has the name of the other's counterpart in its own: 漳州立晟化学有限公司
// and 立晟化学.
func longerNames(long, short []graph.Subject) bool {
	holds := func(i, j int) bool { return strings.Contains(text.Key(long[i].Surface), text.Key(short[j].Surface)) }
	return holds(0, 0) && holds(1, 1) && !(holds(0, 1) && holds(1, 0)) || holds(0, 1) && holds(1, 0) && !(holds(0, 0) && holds(1, 1))
}

func sameSubjects(a, b []graph.Subject) bool {
	return len(a) == 2 && len(b) == 2 && (a[0] == b[0] && a[1] == b[1] || a[0] == b[1] && a[1] == b[0])
}

// connects reports whether two subjects mean two entities, in either order.
func connects(ctx context.Context, r query.Reader, about []graph.Subject, left, right graph.ID) (bool, error) {
	var meant [2][]graph.ID
	for i, s := range about {
		var err error
		if meant[i], err = query.Meant(ctx, r, s); err != nil {
			return false, err
		}
	}
	between := func(x, y graph.ID) bool { return slices.Contains(meant[0], x) && slices.Contains(meant[1], y) }
	return between(left, right) || between(right, left), nil
}

func newRename(a *app) *cobra.Command {
	var o judgeOptions
	c := &cobra.Command{
		Use:   "rename NAME NEW",
		Short: "give a thing another name to be shown by",
		Long: `Rename gives a thing the name that it is shown by. Its other names still lead to it, and its id stays, as it is made of what
documents write.` + judgingHelp,
		Example: `  tupu rename 惠松家居 福建惠松家居有限公司
  tupu rename enterprise:惠松家居 惠松家居`,
		Args:              exactly(2, "a name or id, and the new name"),
		ValidArgsFunction: a.completeNames(1),
		RunE: func(c *cobra.Command, args []string) error {
			name := text.Name(visible(args[1], false))
			if name == "" {
				return usagef(c, "rename needs the new name")
			}
			return a.rename(c.Context(), o, args[0], name)
		},
	}
	addJudge(c, &o)
	addKind(c, &o.kind, "of what")
	return c
}

func (a *app) rename(ctx context.Context, o judgeOptions, name, to string) error {
	held, err := a.inForce(o.file)
	if err != nil {
		return err
	}
	var js []graph.Judgement
	err = a.read(func(r query.Reader) error {
		e, err := query.Resolve(ctx, r, name, kindsOf(o.kind)...)
		if err != nil {
			return err
		}
		// One that renames it already is replaced, by whichever of its names it does so: two would contend.
		for _, j := range held {
			if j.Verdict != graph.Rename {
				continue
			}
			meant, err := query.Meant(ctx, r, j.About[0])
			if err != nil {
				return err
			}
			if slices.Contains(meant, e.ID) {
				js = append(js, graph.Judgement{Verdict: graph.Rename, About: j.About, Name: to, Note: o.note})
			}
		}
		if len(js) > 0 {
			return nil
		}
		subjects, err := query.Subjects(ctx, r, e, "")
		if err != nil {
			return err
		}
		js = []graph.Judgement{{Verdict: graph.Rename, About: subjects[:1], Name: to, Note: o.note}}
		return nil
	})
	if err != nil {
		return err
	}
	return a.judge(ctx, o, js, nil)
}

func newRetype(a *app) *cobra.Command {
	var o judgeOptions
	var only bool
	c := &cobra.Command{
		Use:   "retype NAME TYPE",
		Short: "say what kind of thing a name is",
		Long: `Retype gives a thing another type, wherever documents name it: ` + strings.Join(kindNames()[1:], ", ") + `. All its names are
meant, and stay one; with --only just the one given, and what bears it is parted from the rest.` + judgingHelp,
		Example: `  tupu retype 蓝田开发区 organization
  tupu retype 蓝田开发区 place`,
		Args: exactly(2, "a name or id, and a type"),
		ValidArgsFunction: func(c *cobra.Command, args []string, toComplete string) ([]string, cobra.ShellCompDirective) {
			if len(args) == 1 {
				return kindNames()[1:], cobra.ShellCompDirectiveNoFileComp
			}
			return a.completeNames(1)(c, args, toComplete)
		},
		RunE: func(c *cobra.Command, args []string) error {
			kind, err := graph.ParseKind(args[1])
			if err != nil || kind == graph.KindDocument {
				return usagef(c, "unknown type %q: use %s", args[1], strings.Join(kindNames()[1:], ", "))
			}
			return a.judgeKind(c.Context(), o, args[0], only, func(e graph.Entity, j *graph.Judgement) error {
				if e.Kind == kind {
					return fmt.Errorf("%s (%s) is a %s already", e.Name, e.ID, kind)
				}
				j.Verdict, j.Type = graph.Retype, kind
				return nil
			})
		},
	}
	addJudge(c, &o)
	addKind(c, &o.kind, "that it has now")
	c.Flags().BoolVar(&only, "only", false, "only the name given, not the other names of what it is")
	return c
}

func newDrop(a *app) *cobra.Command {
	var o judgeOptions
	var only bool
	c := &cobra.Command{
		Use:   "drop NAME",
		Short: "say that a name is no thing at all",
		Long: `Drop takes a name out that was recognised by mistake, wherever documents have it, with all that was said of it. The documents
stay, and search still finds the words. All names of the thing are meant; with --only just the one given.` + judgingHelp,
		Example: `  tupu drop 紫屿船业 --note 误识
  tupu drop enterprise:启丰源纸业`,
		Args:              exactly(1, "one name or id"),
		ValidArgsFunction: a.completeNames(1),
		RunE: func(c *cobra.Command, args []string) error {
			return a.judgeKind(c.Context(), o, args[0], only, func(_ graph.Entity, j *graph.Judgement) error {
				j.Verdict = graph.Drop
				return nil
			})
		},
	}
	addJudge(c, &o)
	addKind(c, &o.kind, "of what")
	c.Flags().BoolVar(&only, "only", false, "only the name given, not the other names of what it is")
	return c
}

// judgeKind judges what everything that an entity is called is, or only the name given, in one line for each subject.
func (a *app) judgeKind(ctx context.Context, o judgeOptions, name string, only bool, verdict func(graph.Entity, *graph.Judgement) error) error {
	held, err := a.inForce(o.file)
	if err != nil {
		return err
	}
	var js []graph.Judgement
	err = a.read(func(r query.Reader) error {
		e, err := query.Resolve(ctx, r, name, kindsOf(o.kind)...)
		if err != nil {
			return err
		}
		j := graph.Judgement{Note: o.note}
		if err := verdict(e, &j); err != nil {
			return err
		}
		as := ""
		if only && graph.ID(name) != e.ID {
			as = name
		}
		subjects, err := query.Subjects(ctx, r, e, as)
		if err != nil {
			return err
		}
		for i, s := range subjects {
			subjects[i] = asRead(s, held)
			one := j
			one.About = subjects[i : i+1]
			js = append(js, one)
			if i > 0 && j.Verdict == graph.Retype { // the rules that made its names one may be those of its type
				js = append(js, graph.Judgement{Verdict: graph.Same, About: []graph.Subject{subjects[0], subjects[i]}, Note: o.note})
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return a.judge(ctx, o, js, nil)
}

// asRead is a subject with the type that documents were read with, where a judgement in force gave it the one it has: a new
// judgement of what it is then retires that one.
func asRead(s graph.Subject, inForce []graph.Standing) graph.Subject {
	for _, h := range slices.Backward(inForce) {
		if h.Verdict != graph.Retype || h.Type != s.Type {
			continue
		}
		was := s
		was.Type = h.About[0].Type
		if was == h.About[0] {
			return was
		}
	}
	return s
}

// read lets f read the newest generation.
func (a *app) read(f func(query.Reader) error) error {
	s, err := a.open()
	if err != nil {
		return err
	}
	return errors.Join(f(s), s.Close())
}

// inForce reads the judgements in force; lines that cannot be used are warned about when the graph is resolved.
func (a *app) inForce(file string) ([]graph.Standing, error) {
	all, _, err := ingest.ReadJudgements(a.judgements(file))
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(graph.Standings(all), func(s graph.Standing) bool { return s.State != graph.InForce }), nil
}

// judge writes judgements, brings the graph in line, and prints what was written and what changed. What says the same and is
// in force already is not written again.
func (a *app) judge(ctx context.Context, o judgeOptions, js []graph.Judgement, back []graph.Standing) error {
	done, err := a.writeJudgements(o, js)
	if err != nil {
		return err
	}
	done.back = back
	if done.report, err = a.bringInLine(ctx, o.file); err != nil {
		return done.unapplied(err)
	}
	err = a.read(func(r query.Reader) error { return done.look(ctx, r, a, o.file) })
	if err != nil {
		return err
	}
	return a.print(done.result())
}

// writeJudgements writes what is not in force already.
func (a *app) writeJudgements(o judgeOptions, js []graph.Judgement) (*judging, error) {
	held, err := a.inForce(o.file)
	if err != nil {
		return nil, err
	}
	out := &judging{file: a.judgements(o.file), documents: map[graph.ID]int{}, places: map[string]string{}}
	var fresh []graph.Judgement
	for _, j := range js {
		at := slices.IndexFunc(held, func(s graph.Standing) bool { return saysTheSame(s.Judgement, j) })
		if at < 0 {
			fresh = append(fresh, j)
		} else {
			out.already = append(out.already, held[at].Judgement)
		}
	}
	if len(fresh) > 0 {
		out.written, err = ingest.Judge(out.file, a.author(o.author), time.Now(), fresh...)
	}
	return out, err
}

func saysTheSame(a, b graph.Judgement) bool {
	return a.Verdict == b.Verdict && a.Type == b.Type && a.Name == b.Name && a.Of == b.Of &&
		(slices.Equal(a.About, b.About) || sameSubjects(a.About, b.About))
}

// bringInLine resolves what the judgements touch.
func (a *app) bringInLine(ctx context.Context, file string) (*ingest.Report, error) {
	if !store.Exists(a.db) {
		return nil, a.explain(store.ErrNoStore)
	}
	r, err := ingest.Build(ctx, ingest.Options{Store: a.db, Judgements: file, Changes: true})
	if err != nil {
		return nil, a.explain(err)
	}
	for _, w := range r.Warnings {
		fmt.Fprintf(a.Err, "warning: %s\n", visible(w, false))
	}
	return r, nil
}

// judging is what came of judging.
type judging struct {
	file      string
	written   []graph.Judgement
	already   []graph.Judgement // that say what was to be written
	back      []graph.Standing  // taken back by what was written
	report    *ingest.Report
	documents map[graph.ID]int  // that name the entities that came out of changes
	places    map[string]string // of mentions that judgements are about, by subject
	against   []string          // what else stands against what was written
}

// unapplied says that what was written is not in the graph yet.
func (o *judging) unapplied(err error) error {
	if len(o.written) == 0 {
		return err
	}
	return fmt.Errorf("%w\n      the judgement is in %s, but not in the graph yet: `tupu judgements --apply` brings it there", err, o.file)
}

// look reads from the new graph what people want to know of the changes.
func (o *judging) look(ctx context.Context, r query.Reader, a *app, file string) error {
	for _, c := range o.report.Changes {
		for _, e := range c.After {
			for _, err := range r.Edges(e.ID, graph.Outgoing, graph.MentionedIn) {
				if err != nil {
					return err
				}
				o.documents[e.ID]++
			}
		}
	}
	judged := slices.Concat(o.written, o.already)
	about := make([]graph.Subject, 0, len(judged))
	for _, j := range judged {
		about = append(about, j.About...)
	}
	for _, s := range o.back {
		about = append(about, s.About...)
	}
	if err := placesOf(r, about, o.places); err != nil {
		return err
	}
	held, err := a.inForce(file)
	if err != nil {
		return err
	}
	for _, j := range judged {
		if err := o.contrary(ctx, r, held, j); err != nil {
			return err
		}
	}
	return nil
}

// contrary finds the judgements that keep a judgement of a pair from having its way.
func (o *judging) contrary(ctx context.Context, r query.Reader, held []graph.Standing, j graph.Judgement) error {
	if j.Verdict != graph.Same && j.Verdict != graph.Different {
		return nil
	}
	left, err := query.Meant(ctx, r, j.About[0])
	if err != nil {
		return err
	}
	right, err := query.Meant(ctx, r, j.About[1])
	if err != nil {
		return err
	}
	one := slices.ContainsFunc(left, func(id graph.ID) bool { return slices.Contains(right, id) })
	if one == (j.Verdict == graph.Same) || len(left) == 0 || len(right) == 0 {
		return nil
	}
	other, still := graph.Different, "they are still two"
	if one {
		other, still = graph.Same, "they are still one"
	}
	var by []string
	for _, h := range held {
		if h.Verdict != other {
			continue
		}
		touches := false
		for _, s := range h.About {
			meant, err := query.Meant(ctx, r, s)
			if err != nil {
				return err
			}
			touches = touches || slices.ContainsFunc(meant, func(id graph.ID) bool { return slices.Contains(left, id) || slices.Contains(right, id) })
		}
		if touches {
			by = append(by, h.Hash+" ("+o.sentence(h.Judgement)+")")
		}
	}
	if len(by) > 0 {
		still += "; in force, and perhaps the reason: " + strings.Join(by, ", ") + "; `tupu undo HASH` takes one back"
	}
	o.against = append(o.against, still)
	return nil
}

// placesOf gathers where the mentions that judgements are about stand, as people cite it, by subject.
func placesOf(r query.Reader, about []graph.Subject, places map[string]string) error {
	for _, s := range about {
		if s.Doc == "" || places[s.String()] != "" {
			continue
		}
		d, err := r.Document(s.Doc)
		if errors.Is(err, graph.ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		at := 0
		for n := range d.Text { // to the byte of a code point
			if at++; at > s.Start {
				l := d.Locate(n)
				places[s.String()] = where(query.Quote{Source: graph.FromText, Path: d.Paths[0], Page: l.Page, Line: l.Line, Para: l.Paragraph})
				break
			}
		}
	}
	return nil
}
