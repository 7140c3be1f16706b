// Package store keeps what was read and what was derived from it in one directory, on Badger.
//
//	tupu.db/
//	  facts/    what was read from each document, the index of names, the paths; only a build opens it
//	  gen-7/    a whole generation of the graph, or the changes over a base; closed for good before anybody reads it
//	  CURRENT   names the generation that readers open; replaced by a rename, so it flips at once or not at all
//
// Beside its tables a generation has files for what readers ask most: the texts, the names, and its nodes and edges by number (see
// columns.go).
//
// A crash therefore leaves the last whole generation, readers go on with the one they opened while a build runs, and a small
// change makes a small generation over a base, which is merged when it has grown.
//
// The package keeps bytes and knows nothing of how they are read or resolved: the index of names and the records of owners
// are opaque to it. Its invariant: every edge and entity that a reader sees is the merger of parts that owners (documents
// and components) brought, and goes when the last part goes.
package store
