package graph

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// ID identifies a node and can be read by people: "enterprise:天辰化工", "organization:第二实验小学@泉港区" for a name that
// many areas have, "document:3f0c…" for a document. It is derived from normalised names, never from counters, so the same
// documents and judgements give the same ids.
type ID string

// NewID builds the id of an entity. The name must already be normalised; scope is the area that a generic name belongs to,
// or empty.
func NewID(kind Kind, name, scope string) ID {
	if scope == "" {
		return ID(string(kind) + ":" + name)
	}
	return ID(string(kind) + ":" + name + "@" + scope)
}

// DocumentID identifies a document by its format and the bytes of its source.
func DocumentID(format string, source []byte) ID {
	h := sha256.New()
	h.Write([]byte(format))
	h.Write([]byte{0})
	h.Write(source)
	return ID(string(KindDocument) + ":" + hex.EncodeToString(h.Sum(nil)[:8]))
}

// Kind is the kind that the id names, or empty if there is none.
func (id ID) Kind() Kind {
	kind, _, ok := strings.Cut(string(id), ":")
	if !ok {
		return ""
	}
	return Kind(kind)
}

// Name is the part of the id after the kind, with its scope.
func (id ID) Name() string {
	_, name, _ := strings.Cut(string(id), ":")
	return name
}
