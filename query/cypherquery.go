package query

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/query/engine"
)

// CypherOptions say how a Cypher query is run.
type CypherOptions struct {
	Params map[string]engine.Value
	Memory int64 // bytes that sorting, grouping and joining may hold; 1 GB if 0
	Now    time.Time
}

// defaultMemory bounds what a query holds, in bytes.
const defaultMemory = 1 << 30

// Cypher compiles a query on a graph, with the procedures tupu.find, tupu.rank, tupu.communities and tupu.path. An error of the query is a
// *cypher.Error with its place.
func Cypher(g *PropertyGraph, text string, o CypherOptions) (*engine.Plan, error) {
	if o.Memory == 0 {
		o.Memory = defaultMemory
	}
	return engine.Compile(text, g, engine.Options{Params: o.Params, Memory: o.Memory, Now: o.Now, Procedures: procedures(g)})
}

// procedures are what CALL can call.
func procedures(g *PropertyGraph) []*engine.Procedure {
	param := func(name string, t engine.Type) engine.Param { return engine.Param{Name: name, Type: t} }
	return []*engine.Procedure{
		{
			Name: "tupu.find", Doc: "entities with a name that holds a text, in any script, the likeliest first",
			Args: []engine.Param{param("text", engine.Text)}, Yield: []engine.Param{param("node", engine.Node), param("name", engine.Text), param("documents", engine.Integer)},
			Run: func(c *engine.Context, args []engine.Value, yield func([]engine.Value) bool) error {
				if args[0].IsNull() {
					return nil
				}
				found, err := Find(c, g.reader(), FindOptions{Text: args[0].Str()})
				if err != nil {
					return err
				}
				for _, f := range found.Found {
					if !yield([]engine.Value{engine.OfNode(g.NodeOf(f.ID)), engine.OfString(f.Name), engine.OfInt(int64(f.Documents))}) {
						return nil
					}
				}
				return nil
			},
		},
		{
			Name: "tupu.rank", Doc: "entities by a measure of tupu rank --by, degree if none is named",
			Args: []engine.Param{param("by", engine.Text), param("type", engine.Text)}, Optional: 2,
			Yield: []engine.Param{param("node", engine.Node), param("name", engine.Text), param("score", engine.Float), param("rank", engine.Integer)},
			Run: func(c *engine.Context, args []engine.Value, yield func([]engine.Value) bool) error {
				o := RankOptions{By: args[0].Str()}
				if !args[1].IsNull() {
					kind, err := graph.ParseKind(args[1].Str())
					if err != nil {
						return err
					}
					o.Kind = kind
				}
				ranks, err := Rank(c, g.reader(), o)
				if err != nil {
					return err
				}
				for _, r := range ranks.Rows {
					row := []engine.Value{engine.OfNode(g.NodeOf(r.ID)), engine.OfString(r.Name), engine.OfFloat(r.Score), engine.OfInt(int64(r.Rank))}
					if !yield(row) {
						return nil
					}
				}
				return nil
			},
		},
		{
			Name: "tupu.communities", Doc: "entities that belong together by their connections, a row a member, the largest community first",
			Args: []engine.Param{param("resolution", engine.Float), param("least", engine.Integer)}, Optional: 2,
			Yield: []engine.Param{param("community", engine.Integer), param("node", engine.Node), param("name", engine.Text), param("strength", engine.Float), param("broker", engine.Float)},
			Run: func(c *engine.Context, args []engine.Value, yield func([]engine.Value) bool) error {
				o := CommunityOptions{Members: -1}
				if !args[0].IsNull() {
					o.Resolution = args[0].Float()
				}
				if !args[1].IsNull() {
					o.Least = int(max(args[1].Int(), 1))
				}
				answer, err := Communities(c, g.reader(), o)
				if err != nil {
					return err
				}
				for _, community := range answer.Communities {
					for _, m := range community.Members {
						row := []engine.Value{engine.OfInt(int64(community.Number)), engine.OfNode(g.NodeOf(m.ID)), engine.OfString(m.Name), engine.OfFloat(m.Strength), engine.OfFloat(m.Broker)}
						if !yield(row) {
							return nil
						}
					}
				}
				return nil
			},
		},
		{
			Name: "tupu.path", Doc: "the path between two names that rests on most, a row a hop",
			Args:  []engine.Param{param("from", engine.Text), param("to", engine.Text)},
			Yield: []engine.Param{param("hop", engine.Integer), param("source", engine.Node), param("relationship", engine.Rel), param("target", engine.Node)},
			Run: func(c *engine.Context, args []engine.Value, yield func([]engine.Value) bool) error {
				answer, err := Path(c, g.reader(), PathOptions{From: args[0].Str(), To: args[1].Str()})
				if errors.Is(err, graph.ErrNotFound) {
					return nil
				}
				if err != nil {
					return err
				}
				for i, h := range answer.Hops {
					hop, err := g.hop(h.Start, &h.Edge)
					if err != nil {
						return err
					}
					row := []engine.Value{engine.OfInt(int64(i + 1)), engine.OfNode(g.NodeOf(h.Start)), engine.OfRel(hop.Rel), engine.OfNode(hop.Node)}
					if !yield(row) {
						return nil
					}
				}
				return nil
			},
		},
	}
}

// Names that a shell can complete.

// CypherNames lists labels, types of relationships and properties that queries can use, each sorted.
func CypherNames() (nodeLabels, types, keys []string) {
	for _, t := range graph.EdgeTypes {
		types = append(types, string(t))
	}
	slices.Sort(types)
	return slices.Sorted(maps.Keys(labelKinds)), types, slices.Sorted(maps.Keys(propertyNames))
}

// Plain makes a Go value of a Cypher value, as JSON is to show it: nodes and relationships with all their properties and their
// evidence, paths as lists of both in turn.
func Plain(ctx context.Context, g *PropertyGraph, v engine.Value) (any, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	switch v.Kind() {
	case engine.KindNull:
		return nil, nil
	case engine.KindBool:
		return v.Bool(), nil
	case engine.KindInt:
		return v.Int(), nil
	case engine.KindFloat:
		return jsonFloat(v.Float()), nil
	case engine.KindString:
		return v.Str(), nil
	case engine.KindList:
		out := make([]any, len(v.List()))
		for i, x := range v.List() {
			var err error
			if out[i], err = Plain(ctx, g, x); err != nil {
				return nil, err
			}
		}
		return out, nil
	case engine.KindMap:
		return plainMap(ctx, g, v.Map())
	case engine.KindNode:
		p, err := g.NodeProperties(v.Node())
		if err != nil {
			return nil, err
		}
		out, err := plainMap(ctx, g, p)
		if err != nil {
			return nil, err
		}
		id := g.ID(v.Node())
		out["label"] = id.Kind().Label()
		if id.Kind() != graph.KindDocument {
			evidence, err := g.NodeProperty(v.Node(), evidenceKey)
			if err != nil {
				return nil, err
			}
			if out[evidenceKey], err = Plain(ctx, g, evidence); err != nil {
				return nil, err
			}
		}
		return out, nil
	case engine.KindRel:
		e, err := g.edge(v.Rel())
		if err != nil {
			return nil, err
		}
		out, err := plainMap(ctx, g, edgeProps(e))
		if err != nil {
			return nil, err
		}
		out["from"], out["type"], out["to"] = string(e.From), string(e.Type), string(e.To)
		evidence, err := g.RelProperty(v.Rel(), evidenceKey)
		if err != nil {
			return nil, err
		}
		out[evidenceKey], err = Plain(ctx, g, evidence)
		return out, err
	case engine.KindPath:
		p := v.Path()
		var out []any
		for i, n := range p.Nodes {
			if i > 0 {
				r, err := Plain(ctx, g, engine.OfRel(p.Rels[i-1]))
				if err != nil {
					return nil, err
				}
				out = append(out, r)
			}
			x, err := Plain(ctx, g, engine.OfNode(n))
			if err != nil {
				return nil, err
			}
			out = append(out, x)
		}
		return out, nil
	}
	return engine.Display(v), nil
}

func plainMap(ctx context.Context, g *PropertyGraph, m map[string]engine.Value) (map[string]any, error) {
	out := make(map[string]any, len(m))
	for k, x := range m {
		var err error
		if out[k], err = Plain(ctx, g, x); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// jsonFloat makes null of what JSON cannot write.
func jsonFloat(f float64) any {
	if f != f || f > 1e308 || f < -1e308 {
		return nil
	}
	return f
}

// Short writes a value for a cell of a table: nodes by name, relationships by type and ends, strings without quotes.
func Short(ctx context.Context, g *PropertyGraph, v engine.Value) (string, error) {
	if v.Kind() == engine.KindString {
		return v.Str(), nil
	}
	var b strings.Builder
	err := writeShort(ctx, g, v, &b)
	return b.String(), err
}

func writeShort(ctx context.Context, g *PropertyGraph, v engine.Value, b *strings.Builder) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	switch v.Kind() {
	case engine.KindNull:
	case engine.KindString:
		b.WriteString(v.Str())
	case engine.KindNode:
		id := g.ID(v.Node())
		name, err := g.NodeProperty(v.Node(), "name")
		if err != nil {
			return err
		}
		if name.IsNull() {
			b.WriteString("(" + string(id) + ")")
		} else {
			b.WriteString("(" + name.Str() + ":" + id.Kind().Label() + ")")
		}
	case engine.KindRel:
		b.WriteString("[" + g.typeOf(v.Rel()) + "]")
	case engine.KindList:
		b.WriteByte('[')
		for i, x := range v.List() {
			if i > 0 {
				b.WriteString(", ")
			}
			if err := writeShort(ctx, g, x, b); err != nil {
				return err
			}
		}
		b.WriteByte(']')
	case engine.KindMap:
		b.WriteByte('{')
		for i, k := range slices.Sorted(maps.Keys(v.Map())) {
			if i > 0 {
				b.WriteString(", ")
			}
			b.WriteString(k + ": ")
			if err := writeShort(ctx, g, v.Map()[k], b); err != nil {
				return err
			}
		}
		b.WriteByte('}')
	case engine.KindPath:
		p := v.Path()
		for i, n := range p.Nodes {
			if i > 0 {
				rel := p.Rels[i-1]
				left, right := "-", "->"
				if int64(g.rows.From[rel.N]) != p.Nodes[i-1].N {
					left, right = "<-", "-"
				}
				b.WriteString(left + "[" + g.typeOf(rel) + "]" + right)
			}
			if err := writeShort(ctx, g, engine.OfNode(n), b); err != nil {
				return err
			}
		}
	default:
		b.WriteString(engine.Display(v))
	}
	return nil
}
