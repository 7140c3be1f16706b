// Package query answers the ready-made questions: which names several districts share, what is known about a name or a place,
// how two names are connected, which documents are held, where a word stands. It reads any graph behind Reader and changes
// none.
//
// Every answer carries its evidence as quotes: the sentence, the place of the name in it, and where the document can be found.
// Answers are ordered by rank, then name, then id, and are the same for the same graph. Absent from the documents held is not
// absent from the world: answers say what is held, and nothing more.
package query
