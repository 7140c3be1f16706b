package export

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/tupu-kg/tupu/graph"
)

// ftmEntity is one line of a file of FollowTheMoney entities; all values are lists of strings.
type ftmEntity struct {
	ID         string              `json:"id"`
	Schema     string              `json:"schema"`
	Properties map[string][]string `json:"properties"` // json writes the keys in order
}

func newFtM(id, schema string) *ftmEntity {
	return &ftmEntity{id, schema, map[string][]string{}}
}

func (e *ftmEntity) add(property string, values ...string) {
	for _, v := range values {
		if v = oneLine(v); v != "" && !slices.Contains(e.Properties[property], v) {
			e.Properties[property] = append(e.Properties[property], v)
		}
	}
}

// ftmSchemas are the schemas of the kinds. A place is an Address: Territory exists in newer models only. An honour has no
// schema; it becomes a note on who received it.
var ftmSchemas = map[graph.Kind]string{
	graph.KindEnterprise: "Company", graph.KindProject: "Project", graph.KindPlace: "Address", graph.KindOrganization: "Organization", graph.KindPerson: "Person",
}

// ftmAsked are the types of edges that are written only if they are asked for by name: leads, which flood Aleph.
var ftmAsked = []graph.EdgeType{graph.CoMentioned, graph.SameStem, graph.MaybeSame}

// FollowTheMoney writes entities of the FollowTheMoney model as JSON lines, with properties that versions 3 and 4 of it have.
// MENTIONED_IN becomes proof (the documents), LOCATED_IN addressEntity, STATUS and AMOUNT properties of projects and notes of
// others, RECEIVES a note. Other edges become entities of their own with their quotes as summary and their places as recordId,
// because these have no proof. CO_MENTIONED, SAME_STEM and MAYBE_SAME are written only if Types names them; APPEARS_IN and
// REPORTS_ON follow from the others.
func FollowTheMoney(ctx context.Context, w io.Writer, s Source, o Options) error {
	v, err := look(ctx, s, o)
	if err != nil {
		return err
	}
	b := bufio.NewWriterSize(w, 1<<16)
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	for d, err := range v.documents() {
		if err != nil {
			return err
		}
		if err := enc.Encode(ftmDocument(&d)); err != nil {
			return err
		}
	}
	for e, err := range v.entities() {
		if err != nil {
			return err
		}
		if ftmSchemas[e.Kind] == "" {
			continue
		}
		f, err := v.ftmNode(e)
		if err != nil {
			return err
		}
		if err := enc.Encode(f); err != nil {
			return err
		}
	}
	for e, err := range v.edges(stretch{}) {
		if err != nil {
			return err
		}
		if slices.Contains(ftmAsked, e.Type) && !slices.Contains(o.Types, e.Type) {
			continue
		}
		f := ftmLink(e.Edge)
		if f == nil {
			continue
		}
		if err := v.ftmEvidence(f, e); err != nil {
			return err
		}
		if err := enc.Encode(f); err != nil {
			return err
		}
	}
	return b.Flush()
}

func ftmDocument(d *graph.Document) *ftmEntity {
	schema := map[string]string{"text": "PlainText", "html": "HyperText", "pdf": "Pages", "xlsx": "Workbook"}[d.Format]
	if schema == "" {
		schema = "Document"
	}
	f := newFtM(nodeID(d.ID), schema)
	name := path(d)
	f.add("fileName", name[strings.LastIndexByte(name, '/')+1:])
	f.add("title", documentName(d))
	f.add("publisher", d.Issuer)
	f.add("language", "zho")
	f.add("sourceUrl", d.URL)
	f.add("country", "cn")
	if ftmDate(d.Date) {
		f.add("publishedAt", d.Date)
	}
	f.add("notes", string(d.ID))
	return f
}

// ftmDate reports whether a date is one or a beginning of one: 2024, 2024-03, 2024-03-05.
func ftmDate(s string) bool {
	if len(s) != 4 && len(s) != 7 && len(s) != 10 {
		return false
	}
	for i, c := range []byte(s) {
		if (i == 4 || i == 7) != (c == '-') || c != '-' && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}

func (v *view) ftmNode(e graph.Entity) (*ftmEntity, error) {
	f := newFtM(nodeID(e.ID), ftmSchemas[e.Kind])
	f.add("name", e.Name)
	f.add("alias", e.Aliases...)
	f.add("country", "cn")
	f.add("notes", string(e.ID))
	switch e.Kind {
	case graph.KindPlace:
		f.add("full", e.Name)
		switch e.Place {
		case graph.Province:
			f.add("state", e.Name)
		case graph.City:
			f.add("city", e.Name)
		}
		if e.Code != "" {
			f.add("remarks", "GB/T 2260 "+e.Code)
		}
	case graph.KindPerson:
		f.add("position", e.Posts...)
	}
	project := e.Kind == graph.KindProject
	for edge, err := range v.Edges(e.ID, graph.Outgoing, graph.MentionedIn, graph.LocatedIn, graph.Status, graph.Amount, graph.Receives) {
		if err != nil {
			return nil, err
		}
		if len(v.o.Types) > 0 && !slices.Contains(v.o.Types, edge.Type) || edge.Confidence < v.o.MinConfidence || !v.has(edge.To) && edge.Type != graph.Receives && !v.o.NoDocuments {
			continue
		}
		if in, err := v.now(edge); err != nil {
			return nil, err
		} else if !in {
			continue
		}
		switch edge.Type {
		case graph.MentionedIn:
			if v.has(edge.To) {
				f.add("proof", nodeID(edge.To))
			}
		case graph.LocatedIn:
			if v.has(edge.To) && edge.To.Kind() == graph.KindPlace {
				f.add("addressEntity", nodeID(edge.To))
			}
		case graph.Status:
			said := strings.TrimSpace(year(edge.Year) + " " + edge.State + " (" + string(edge.Modality) + ")")
			if project {
				f.add("status", said)
			} else {
				f.add("notes", "STATUS "+said)
			}
		case graph.Amount:
			currency := map[string]string{"元": "CNY", "美元": "USD", "港元": "HKD", "欧元": "EUR"}[edge.Unit]
			if project && edge.Countable && edge.Of == "total" && currency != "" && edge.Modality != graph.Background {
				f.add("amount", float(edge.Value))
				f.add("currency", currency)
				continue
			}
			said := strings.Join(strings.Fields("AMOUNT "+year(edge.Year)+" "+edge.Of+" "+edge.Raw+" ("+string(edge.Modality)+")"), " ")
			if edge.Reason != "" {
				said += ", not to be summed: " + edge.Reason
			}
			f.add("notes", said)
		case graph.Receives:
			name := edge.To.Name()
			if honour, err := v.Entity(edge.To); err == nil {
				name = honour.Name
			}
			f.add("notes", strings.TrimSpace("RECEIVES "+year(edge.Year)+" "+name))
		}
	}
	return f, nil
}

// legal reports whether FollowTheMoney lets a kind act.
func legal(id graph.ID) bool {
	k := id.Kind()
	return k == graph.KindEnterprise || k == graph.KindOrganization || k == graph.KindPerson
}

// ftmLink is an edge as an entity, or nil where it is not written as one.
func ftmLink(e graph.Edge) *ftmEntity {
	id := digest("e", e.Key())
	from, to := nodeID(e.From), nodeID(e.To)
	unknown := func(role string) *ftmEntity {
		if ftmSchemas[e.From.Kind()] == "" || ftmSchemas[e.To.Kind()] == "" {
			return nil
		}
		f := newFtM(id, "UnknownLink")
		f.add("subject", from)
		f.add("object", to)
		f.add("role", role)
		return f
	}
	var f *ftmEntity
	switch e.Type {
	case graph.Undertakes:
		if !legal(e.From) || e.To.Kind() != graph.KindProject {
			f = unknown("undertakes")
			break
		}
		f = newFtM(id, "ProjectParticipant")
		f.add("participant", from)
		f.add("project", to)
		f.add("role", e.Role)
	case graph.PartOf:
		if e.From.Kind() != graph.KindEnterprise || !legal(e.To) {
			f = unknown("part of")
			break
		}
		f = newFtM(id, "Ownership")
		f.add("owner", to)
		f.add("asset", from)
		f.add("percentage", strings.TrimSuffix(e.Share, "%"))
	case graph.HoldsPost:
		if e.To.Kind() != graph.KindOrganization && e.To.Kind() != graph.KindEnterprise {
			f = unknown(e.Post)
			break
		}
		f = newFtM(id, "Employment")
		f.add("employee", from)
		f.add("employer", to)
		f.add("role", e.Post)
	case graph.LocatedIn:
		if e.From.Kind() != graph.KindPlace {
			return nil // addressEntity says it
		}
		f = unknown("located in")
	case graph.PartnersWith:
		f = unknown("partners with")
	case graph.Concerns:
		f = unknown("concerns")
	case graph.CoMentioned:
		f = unknown("co-mentioned")
	case graph.SameStem:
		f = unknown("name shares the stem " + e.Stem)
	case graph.MaybeSame:
		f = unknown("maybe the same: " + e.Reason)
	}
	if f == nil {
		return nil
	}
	if e.Year != 0 {
		f.add("date", strconv.Itoa(e.Year))
	}
	if e.Modality != "" {
		f.add("status", string(e.Modality))
	}
	return f
}

// ftmEvidence says on an edge where it stands: its quotes as summary, their places as recordId.
func (v *view) ftmEvidence(f *ftmEntity, e told) error {
	for i, ev := range e.all {
		if i == shown {
			f.add("description", strconv.Itoa(len(e.all))+" evidences")
			break
		}
		if ev.Source != graph.FromText {
			f.add("recordId", string(ev.Source)+" "+ev.Ref)
			continue
		}
		d, err := v.document(ev.Doc)
		if err != nil {
			return err
		}
		f.add("summary", ev.Quote)
		f.add("recordId", path(d)+where(d.Locate(ev.ByteStart)))
		f.add("sourceUrl", d.URL)
	}
	return nil
}
