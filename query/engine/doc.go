// Package engine checks, plans and runs Cypher on any property graph behind Source. It knows no nouns of tupu and no store.
//
// Compile finds every error that can be found before anything runs, with its place in the text. Rows are pulled: a LIMIT stops
// the work. A run obeys its context, and the memory that it may hold; what it gives is the same for the same graph.
//
// All variables of a query have a slot of one row, each declaration its own, so that operators bind values in place and only
// sorting, grouping and joining copy.
package engine
