// Package resolve decides who is who: it turns the facts of documents and the user's judgements into entities and edges.
//
// All mentions of one name in one document are a Group. Groups that share a key (a normalised name, a short name that the
// document declares, a judgement) form a component, and so do names of firms of which one may be short for the other: an index
// has them on one shelf, and they are compared there (Gatherer). What comes out of a component depends on nothing outside it:
// one new document costs what it touches, and the order in which documents came cannot matter.
//
//	Facts ──Read──▶ Groups with keys ──Gatherer──▶ Component ──▶ entities with reasons, leads
//	Facts + who is who ──Edges──▶ the document's part of every edge
//
// A short name for which its component has no firm is looked for once more, across components: pairs of characters find the full
// names that hold it (Bearers, Open). That makes leads and no entities, so it is a stage of its own, which a change repeats only
// for the short names that what changed is plausible for.
//
// Merging two firms is worse than leaving one firm twice. Within a document, a short name is the one firm's that can have it.
// Across documents it is joined to a full name only if no other firm of the component can have it and the trade or the place
// agrees, and no place disagrees; what is likely but not certain becomes MAYBE_SAME, and firms that share a brand, in whatever
// component, SAME_STEM (Stems, SameStem): leads, shown apart from facts. Two full names of firms are merged by a person's word alone, and nothing by likeness of
// spelling. People of one name in one area are one unless their posts have nothing in common.
package resolve
