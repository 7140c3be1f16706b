// Package cli is tupu's command line: it translates flags into the options of one library call and prints what comes back.
//
// Main runs one command on a Streams and returns the exit status. Every command is three things: an options struct, a
// constructor that binds flags to it, and a run function that knows nothing of cobra. A reading command ends in a result,
// which is printed as a table for people or as JSON, JSON lines, CSV or TSV for programs.
//
// The invariant: standard output carries data and nothing else, and the same graph and arguments give the same bytes there.
// What is for people only (progress, summaries, hints, errors) goes to standard error. The exit status is decided in one
// place, by exitStatus. Reading commands never load what recognises names, so they start at once.
package cli
