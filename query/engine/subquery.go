package engine

import "github.com/tupu-kg/tupu/query/cypher"

// rowsOf runs a plan within an expression, and calls each for its rows until that returns false.
func rowsOf(x *exec, op operator, each func() (bool, error)) error {
	held := x.held
	defer func() {
		op.close(x)
		x.held = held // what the plan held has gone with it
	}()
	if err := op.open(x); err != nil {
		return err
	}
	for {
		if err := x.tick(); err != nil {
			return err
		}
		ok, err := op.next(x)
		if !ok || err != nil {
			return err
		}
		more, err := each()
		if !more || err != nil {
			return err
		}
	}
}

func (c *compiler) patternExpr(x *cypher.PatternExpr, e env) (evalFn, Type) {
	m := c.newMatcher(newScope(e.scope))
	m.closed = true
	if x.Path.Shortest != cypher.NotShortest {
		for _, n := range x.Path.Nodes {
			if n.Var == nil {
				syntax("UnexpectedSyntax", n.Pos, "the ends of a shortest path that is a value must be variables that are defined")
			}
		}
		m.closed = false
		path := *x.Path
		path.Var = &cypher.Name{Pos: x.Pos, Text: " path"}
		op := m.plan(newLeaf(), []*cypher.Path{&path}, nil)
		slot := m.scope.vars[" path"].slot
		all := x.Path.Shortest == cypher.AllShortestPaths
		t := Path
		if all {
			t = listOf(Path)
		}
		return func(r *exec) (Value, error) {
			var found []Value
			err := rowsOf(r, op, func() (bool, error) {
				found = append(found, r.row[slot])
				return all, r.hold(r.row[slot].size())
			})
			switch {
			case err != nil:
				return Null, err
			case all:
				return OfList(found), nil
			case len(found) == 0:
				return Null, nil
			}
			return found[0], nil
		}, t
	}
	if !e.pattern {
		fail("SyntaxError", "UnexpectedSyntax", x.Pos, "write EXISTS { … } or COUNT { … }, or a list: [(a)-->(b) | b]", "a pattern can stand here only within something")
	}
	op := m.plan(newLeaf(), []*cypher.Path{x.Path}, nil)
	return func(r *exec) (Value, error) {
		some := false
		err := rowsOf(r, op, func() (bool, error) {
			some = true
			return false, nil
		})
		return OfBool(some), err
	}, Boolean
}

func (c *compiler) patternComp(x *cypher.PatternComp, e env) (evalFn, Type) {
	m := c.newMatcher(newScope(e.scope))
	op := m.plan(newLeaf(), []*cypher.Path{x.Path}, x.Where)
	each, t := c.expr(x.Map, env{scope: m.scope, where: "a pattern comprehension"})
	return func(r *exec) (Value, error) {
		out := []Value{}
		err := rowsOf(r, op, func() (bool, error) {
			v, err := each(r)
			if err != nil {
				return false, err
			}
			out = append(out, v)
			return true, r.hold(v.size())
		})
		return OfList(out), err
	}, listOf(t)
}

func (c *compiler) subquery(x *cypher.Subquery, e env) (evalFn, Type) {
	op, columns := c.query(x.Query, e.scope, true)
	switch x.Kind {
	case "EXISTS":
		return func(r *exec) (Value, error) {
			some := false
			err := rowsOf(r, op, func() (bool, error) {
				some = true
				return false, nil
			})
			return OfBool(some), err
		}, Boolean
	case "COUNT":
		weight := -1
		if e := c.countable(op); e != nil {
			weight = c.slot()
			op = c.counting(e, []hopCount{{slot: weight}})
		}
		return func(r *exec) (Value, error) {
			n := int64(0)
			err := rowsOf(r, op, func() (bool, error) {
				if weight >= 0 {
					n += r.row[weight].n
				} else {
					n++
				}
				return true, nil
			})
			return OfInt(n), err
		}, Integer
	}
	if len(columns) != 1 {
		syntax("UnexpectedSyntax", x.Pos, "COLLECT wants a query that returns one column")
	}
	slot := columns[0].slot
	return func(r *exec) (Value, error) {
		out := []Value{}
		err := rowsOf(r, op, func() (bool, error) {
			out = append(out, r.row[slot])
			return true, r.hold(r.row[slot].size())
		})
		return OfList(out), err
	}, listOf(columns[0].t)
}
