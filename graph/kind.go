package graph

import (
	"fmt"
	"strings"
)

// Kind says what an entity is. Its text form is lower case ("enterprise"); Label gives the node label ("Enterprise").
type Kind string

// The kinds of nodes. KindDocument is the kind of document nodes only; no mention has it.
const (
	KindEnterprise   Kind = "enterprise"
	KindProject      Kind = "project"
	KindPlace        Kind = "place"
	KindOrganization Kind = "organization"
	KindPerson       Kind = "person"
	KindHonour       Kind = "honour"
	KindDocument     Kind = "document"
)

// Kinds lists the kinds of entities in the order in which they are shown; documents are not entities.
var Kinds = []Kind{KindEnterprise, KindProject, KindPlace, KindOrganization, KindPerson, KindHonour}

// Label is the node label of the kind, as queries and exports write it: "Enterprise".
func (k Kind) Label() string {
	if k == "" {
		return ""
	}
	return strings.ToUpper(string(k[:1])) + string(k[1:])
}

// ParseKind reads a kind from its text form or its label, in any case.
func ParseKind(s string) (Kind, error) {
	k := Kind(strings.ToLower(s))
	for _, known := range Kinds {
		if k == known {
			return k, nil
		}
	}
	if k == KindDocument {
		return k, nil
	}
	return "", fmt.Errorf("unknown type %q: use one of %s", s, joinKinds())
}

func joinKinds() string {
	names := make([]string, len(Kinds))
	for i, k := range Kinds {
		names[i] = string(k)
	}
	return strings.Join(names, ", ")
}

// EdgeType is the type of a relationship.
type EdgeType string

// The relationship types; their ends and properties are described at the fields of Edge.
const (
	MentionedIn  EdgeType = "MENTIONED_IN"
	ReportsOn    EdgeType = "REPORTS_ON"
	AppearsIn    EdgeType = "APPEARS_IN"
	LocatedIn    EdgeType = "LOCATED_IN"
	PartOf       EdgeType = "PART_OF"
	Concerns     EdgeType = "CONCERNS"
	Undertakes   EdgeType = "UNDERTAKES"
	PartnersWith EdgeType = "PARTNERS_WITH"
	Receives     EdgeType = "RECEIVES"
	Status       EdgeType = "STATUS"
	Amount       EdgeType = "AMOUNT"
	HoldsPost    EdgeType = "HOLDS_POST"
	CoMentioned  EdgeType = "CO_MENTIONED"
	SameStem     EdgeType = "SAME_STEM"
	MaybeSame    EdgeType = "MAYBE_SAME"
	// ShortFor joins a declared short name to its full name. It is a statement only: the resolver merges its ends.
	ShortFor EdgeType = "SHORT_FOR"
)

// EdgeTypes lists the types that edges can have, in the order in which they are shown.
var EdgeTypes = []EdgeType{
	MentionedIn, ReportsOn, AppearsIn, LocatedIn, PartOf, Concerns, Undertakes, PartnersWith,
	Receives, Status, Amount, HoldsPost, CoMentioned, SameStem, MaybeSame,
}

// Symmetric reports whether an edge of this type reads the same from both ends. Such an edge is stored once, from the
// smaller id to the larger.
func (t EdgeType) Symmetric() bool {
	return t == CoMentioned || t == PartnersWith || t == SameStem || t == MaybeSame
}

// Valid reports whether edges can have this type.
func (t EdgeType) Valid() bool {
	for _, known := range EdgeTypes {
		if t == known {
			return true
		}
	}
	return false
}

// Modality is the tense of a statement: what was done, what is promised, a figure to reach, or mere background.
type Modality string

// The modalities. The empty modality is that of edges that have no tense (MENTIONED_IN, CO_MENTIONED, …).
const (
	Reported   Modality = "reported"
	Planned    Modality = "planned"
	Target     Modality = "target"
	Background Modality = "background"
)

// Basis says what a statement was read from.
type Basis string

// The bases, from the weaker to the stronger.
const (
	BasisName     Basis = "name"     // the parts of a name
	BasisSentence Basis = "sentence" // words of a sentence
)

// PlaceKind says what a place is.
type PlaceKind string

// The kinds of places.
const (
	Country  PlaceKind = "country"
	Province PlaceKind = "province"
	City     PlaceKind = "city"
	County   PlaceKind = "county"
	Township PlaceKind = "township"
	Village  PlaceKind = "village"
	Zone     PlaceKind = "zone"
	Park     PlaceKind = "park"
	Road     PlaceKind = "road"
	Railway  PlaceKind = "railway"
	Bridge   PlaceKind = "bridge"
	Water    PlaceKind = "water"
	Scenic   PlaceKind = "scenic"
	Building PlaceKind = "building"
	Other    PlaceKind = "other"
)

// Level is the level of an administrative division, from the country (1) down to the village (6); a zone stands with the counties (4).
// It is 0 for places that are no divisions.
func (k PlaceKind) Level() int {
	switch k {
	case Country:
		return 1
	case Province:
		return 2
	case City:
		return 3
	case County, Zone:
		return 4
	case Township:
		return 5
	case Village:
		return 6
	}
	return 0
}
