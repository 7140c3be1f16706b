package engine

import (
	"context"
	"errors"
	"fmt"
	"sort"
	"time"

	"github.com/tupu-kg/tupu/query/cypher"
)

// Options say how a query is compiled and run. The zero value is a query without parameters or bounds.
type Options struct {
	Params     map[string]Value
	Procedures []*Procedure
	Memory     int64     // most bytes that sorting, grouping and joining hold; no bound if 0
	Now        time.Time // the time of date() and its like; that of the run if zero
}

// Plan is a compiled query. It runs once at a time.
type Plan struct {
	Columns []string
	Mode    cypher.Mode
	Notes   []string // for people: names that the graph does not have
	Root    *PlanNode

	text  string
	root  operator
	slots []int
	size  int
	src   Source
	opts  Options
}

// Compile parses, checks and plans a query. What is wrong is a *cypher.Error with its place.
func Compile(text string, src Source, o Options) (p *Plan, err error) {
	q, err := cypher.Parse(text)
	if err != nil {
		return nil, err
	}
	stats := src.Stats()
	c := &compiler{params: o.Params, src: src, stats: stats, procs: map[string]*Procedure{}}
	for _, proc := range o.Procedures {
		c.procs[proc.Name] = proc
	}
	defer func() {
		if r := recover(); r != nil {
			e, ok := r.(*cypher.Error)
			if !ok {
				panic(r)
			}
			p, err = nil, e.Locate(text)
		}
	}()
	root, columns := c.query(q, nil, false)
	p = &Plan{Mode: q.Mode, Root: root.node(), text: text, root: root, size: c.slots, src: src, opts: o, Notes: notes(q, stats)}
	for _, v := range columns {
		p.Columns = append(p.Columns, v.name)
		p.slots = append(p.slots, v.slot)
	}
	return p, nil
}

// Run gives the rows one after another, until yield returns false. A row is the caller's to keep.
func (p *Plan) Run(ctx context.Context, yield func(row []Value) bool) error {
	x := &exec{
		ctx: ctx, src: p.src, params: p.opts.Params, row: make([]Value, p.size), limit: p.opts.Memory, now: p.opts.Now, hash: newHasher(),
	}
	if x.now.IsZero() {
		x.now = time.Now()
	}
	err := rowsOf(x, p.root, func() (bool, error) {
		if len(p.slots) == 0 { // a procedure without columns
			return true, nil
		}
		row := make([]Value, len(p.slots))
		for i, s := range p.slots {
			row[i] = x.row[s]
		}
		return yield(row), nil
	})
	var e *cypher.Error
	if errors.As(err, &e) {
		located := *e
		return located.Locate(p.text)
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("the query took longer than it may: %w", err)
	}
	return err
}

// notes lists the labels, types and properties that a query names and the graph does not have.
func notes(q *cypher.Query, s *Stats) []string {
	var out []string
	said := map[string]bool{}
	say := func(what, name string, have func(string) bool, known []string) {
		if have(name) || said[what+name] {
			return
		}
		said[what+name] = true
		note := fmt.Sprintf("this graph has no %s %s", what, name)
		if guess := cypher.DidYouMean(name, known); guess != "" {
			note += ": " + guess
		}
		out = append(out, note)
	}
	keys := func(m map[string]float64) []string {
		var all []string
		for k := range m {
			all = append(all, k)
		}
		sort.Strings(all)
		return all
	}
	labels, types := keys(s.Labels), keys(s.Types)
	var props []string
	for k := range s.Keys {
		props = append(props, k)
	}
	sort.Strings(props)
	cypher.Visit(q, func(n any) {
		switch n := n.(type) {
		case *cypher.NodePattern:
			if s.Labels != nil {
				for _, l := range n.Labels {
					say("label", l.Text, func(name string) bool { _, ok := s.Labels[name]; return ok }, labels)
				}
			}
			if m, ok := n.Props.(*cypher.MapLit); ok && s.Keys != nil {
				for _, k := range m.Keys {
					say("property", k.Text, func(name string) bool { return s.Keys[name] }, props)
				}
			}
		case *cypher.RelPattern:
			if s.Types != nil {
				for _, t := range n.Types {
					say("type of relationships", t.Text, func(name string) bool { _, ok := s.Types[name]; return ok }, types)
				}
			}
		case *cypher.Prop:
			if v, ok := n.Expr.(*cypher.Var); ok && v != nil && s.Keys != nil {
				if guess := cypher.DidYouMean(n.Key, props); guess != "" {
					say("property", n.Key, func(name string) bool { return s.Keys[name] }, props)
				}
			}
		}
	})
	return out
}
