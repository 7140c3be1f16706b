package query

import (
	"cmp"
	"context"
	"slices"

	"github.com/tupu-kg/tupu/graph"
)

// ShowOptions say how much of an entity to show.
type ShowOptions struct {
	Name   string     `json:"name"` // or an id
	Kind   graph.Kind `json:"type,omitempty"`
	Quotes int        `json:"quotes"` // for each relation and document; 1 if 0, all if negative
	Near   int        `json:"near"`   // names that it is mentioned with; 10 if 0, none if negative
}

// Dossier is all that the graph holds about one entity.
type Dossier struct {
	Query     ShowOptions  `json:"query"`
	Entity    graph.Entity `json:"entity"`
	Areas     []SharedArea `json:"areas"`     // whose documents name it, by name; without evidence
	Documents []NamedIn    `json:"documents"` // that name it, by date, then path
	Relations []Relation   `json:"relations"` // what is said of it, by type, then name
	Leads     []Relation   `json:"leads"`     // what may be the same, or shares a stem: no facts; the likeliest first
	Near      []Neighbour  `json:"near"`      // named in one sentence with it, the most often first
	NearTotal int          `json:"near_total"`
	Years     []int        `json:"years,omitempty"` // that its documents look back on
}

// NamedIn is a document that names the entity.
type NamedIn struct {
	ID       graph.ID `json:"id"`
	Path     string   `json:"path"`
	Title    string   `json:"title,omitempty"`
	Date     string   `json:"date,omitempty"`
	Area     string   `json:"area,omitempty"`
	Year     int      `json:"year,omitempty"`
	Count    int      `json:"count"`
	Inside   bool     `json:"inside,omitempty"` // only as part of longer names
	Evidence []Quote  `json:"evidence"`
}

// Relation is an edge to or from the entity, with the other end.
type Relation struct {
	graph.Edge
	Outgoing bool     `json:"outgoing"` // it leads from the entity to the other
	Other    graph.ID `json:"other"`
	Name     string   `json:"name"` // of the other end
	Quotes   []Quote  `json:"quotes"`
	Total    int      `json:"total"` // evidence there is
}

// Neighbour is an entity named together with another.
type Neighbour struct {
	ID        graph.ID   `json:"id"`
	Kind      graph.Kind `json:"type"`
	Name      string     `json:"name"`
	Sentences int        `json:"sentences"`
	Weight    float64    `json:"weight"` // a sentence that names many counts little
	Evidence  []Quote    `json:"evidence"`
}

// Show gathers the dossier of an entity. It returns what Resolve returns when the name is not clear.
func Show(ctx context.Context, r Reader, o ShowOptions) (*Dossier, error) {
	o.Quotes, o.Near = cmp.Or(o.Quotes, 1), cmp.Or(o.Near, 10)
	var kinds []graph.Kind
	if o.Kind != "" {
		kinds = []graph.Kind{o.Kind}
	}
	e, err := Resolve(ctx, r, o.Name, kinds...)
	if err != nil {
		return nil, err
	}
	a := ask(ctx, r)
	d := &Dossier{Query: o, Entity: e}
	limit := max(o.Quotes, 0)
	var near []graph.Edge
	for edge, err := range r.Edges(e.ID, graph.Both) {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, err
		}
		switch {
		case edge.Type == graph.MentionedIn:
			err = a.namedIn(d, edge, limit)
		case edge.Type == graph.AppearsIn && edge.From == e.ID:
			d.Areas = append(d.Areas, SharedArea{
				ID: edge.To, Name: a.name(edge.To), Documents: edge.Documents, Mentions: edge.Mentions,
				FirstYear: edge.FirstYear, LastYear: edge.LastYear, Inside: edge.Inside,
			})
		case edge.Type == graph.AppearsIn, edge.Type == graph.ReportsOn:
			// What appears in a place is the answer of another question.
		case edge.Type == graph.CoMentioned:
			near = append(near, edge)
		default:
			err = a.relation(d, edge, limit)
		}
		if err != nil {
			return nil, err
		}
	}
	slices.SortFunc(d.Areas, func(x, y SharedArea) int { return cmp.Compare(x.Name, y.Name) })
	slices.SortFunc(d.Documents, func(x, y NamedIn) int { return cmp.Or(cmp.Compare(x.Date, y.Date), cmp.Compare(x.Path, y.Path)) })
	for _, in := range d.Documents {
		if in.Year != 0 && !slices.Contains(d.Years, in.Year) {
			d.Years = append(d.Years, in.Year)
		}
	}
	slices.Sort(d.Years)
	d.Relations = slices.DeleteFunc(d.Relations, func(r Relation) bool {
		lead := r.Type == graph.MaybeSame || r.Type == graph.SameStem
		if lead {
			d.Leads = append(d.Leads, r)
		}
		return lead
	})
	slices.SortStableFunc(d.Leads, func(x, y Relation) int {
		return cmp.Or(cmp.Compare(rankType(y.Type), rankType(x.Type)), cmp.Compare(y.Score, x.Score), cmp.Compare(x.Name, y.Name))
	})
	slices.SortStableFunc(d.Relations, func(x, y Relation) int {
		return cmp.Or(cmp.Compare(rankType(x.Type), rankType(y.Type)), cmp.Compare(x.Name, y.Name))
	})
	return d, a.neighbours(d, near, o.Near, limit)
}

func rankType(t graph.EdgeType) int { return slices.Index(graph.EdgeTypes, t) }

func (a *asker) namedIn(d *Dossier, edge graph.Edge, limit int) error {
	doc, err := a.open(edge.To)
	if err != nil {
		return err
	}
	in := NamedIn{ID: doc.ID, Title: doc.Title, Date: doc.Date, Area: doc.Area, Year: doc.Year, Count: edge.Count, Inside: edge.Inside}
	if len(doc.Paths) > 0 {
		in.Path = doc.Paths[0]
	}
	if in.Evidence, _, err = a.quotes(edge, limit); err != nil {
		return err
	}
	d.Documents = append(d.Documents, in)
	return nil
}

func (a *asker) relation(d *Dossier, edge graph.Edge, limit int) error {
	rel := Relation{Edge: edge, Outgoing: edge.From == d.Entity.ID, Other: edge.Other(d.Entity.ID)}
	rel.Name = a.name(rel.Other)
	var err error
	rel.Quotes, rel.Total, err = a.quotes(edge, limit)
	d.Relations = append(d.Relations, rel)
	return err
}

func (a *asker) neighbours(d *Dossier, near []graph.Edge, most, limit int) error {
	slices.SortStableFunc(near, func(x, y graph.Edge) int {
		return cmp.Or(cmp.Compare(y.Sentences, x.Sentences), cmp.Compare(y.Weight, x.Weight), cmp.Compare(x.Other(d.Entity.ID), y.Other(d.Entity.ID)))
	})
	d.NearTotal = len(near)
	for _, edge := range near[:min(max(most, 0), len(near))] {
		other, err := a.Entity(edge.Other(d.Entity.ID))
		if err != nil {
			return err
		}
		n := Neighbour{ID: other.ID, Kind: other.Kind, Name: other.Name, Sentences: edge.Sentences, Weight: edge.Weight}
		if n.Evidence, _, err = a.quotes(edge, limit); err != nil {
			return err
		}
		d.Near = append(d.Near, n)
	}
	return nil
}
