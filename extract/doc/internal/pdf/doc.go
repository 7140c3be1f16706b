// Package pdf reads the text of PDF files: characters with their places, and the lines that are drawn between them. What
// belongs together is for its caller to see.
//
// It is written for files that may be damaged or made to do harm: everything is in memory, every loop and every nesting is
// bounded, and what a file may cost is counted in steps and bytes, not in time, so that the result is the same on any machine.
// A file whose table of objects is damaged is searched for its objects. Files that are encrypted but open without a
// password are read.
package pdf
