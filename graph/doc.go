// Package graph holds the nouns that everything else in tupu is said with: Document, Span, Mention, Statement, Entity,
// Edge, Evidence and Judgement, their kinds and identities, and Memory, a small graph that lives in memory.
//
// The graph is a function of documents and judgements. What is read from one document is immutable (Facts); entities and
// edges are derived from all facts and from the user's judgements, and every edge carries the Evidence that it stands on:
//
//	Document ──extract──▶ Facts (Sentences, Mentions, Statements) ──resolve──▶ Entities, Edges(Evidence)
//	                                                   Judgements ──┘
//
// The invariant: an edge without evidence cannot be built (NewEdge refuses it), and the quote of a text evidence is the
// stored text of its document at the evidence's span. The package does no input or output and imports nothing of ours.
package graph
