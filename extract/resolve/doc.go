// Package resolve decides who is who: it turns the facts of documents and the user's judgements into entities and edges.
//
// All mentions of one name in one document are a Group. Groups that share a key (a normalised name, a declared short name, a
// judgement) form a component, and what comes out of a component depends on nothing outside it: one new document costs what
// it touches, and the order in which documents came cannot matter.
//
//	Facts ──Read──▶ Groups with keys ──(components by shared keys)──▶ Component ──▶ entities
//	Facts + who is who ──Edges──▶ the document's part of every edge
//
// Merging two firms is worse than leaving one firm twice: two full names of firms are never merged by a short name that both
// could bear, and nothing is merged by likeness of spelling.
package resolve
