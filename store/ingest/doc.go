// Package ingest is the pipeline that makes a graph out of files: it reads and extracts what is new, keeps the facts, and
// resolves what they touch into a new generation. The command, the page and other programs use it alike.
//
//	files ──walk──▶ known? ──▶ read, extract (parallel) ──▶ facts ──▶ touched components ──resolve──▶ new generation
//
// Its promise: the graph depends on the documents, their manifest rows and the judgements alone, byte for byte, and not on
// the order of files, the number of workers, the machine, or what was built before.
package ingest
