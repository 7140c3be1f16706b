package cypher

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Error is what is wrong with a query, and where. The engine that runs trees uses it too, so that there is one kind of
// message for people.
type Error struct {
	Type string // kind of error in openCypher's terms: SyntaxError, TypeError, ArgumentError, …
	Code string // the finer name that openCypher gives it: UndefinedVariable, …
	Pos  Pos
	Msg  string // what is wrong
	Hint string // what to do, where that can be said
	At   Place  // of Pos, once the text is known
}

// Place is a position as people count: line and column from 1, the column in code points.
type Place struct {
	Line   int
	Column int
	Source string // the line's text
}

// Error is the message with its place: "line 1, column 14: …".
func (e *Error) Error() string {
	msg := e.Msg
	if e.Hint != "" {
		msg += "; " + e.Hint
	}
	if e.At.Line == 0 {
		return msg
	}
	return fmt.Sprintf("line %d, column %d: %s", e.At.Line, e.At.Column, msg)
}

// Locate fills in the place of an error in the text of its query.
func (e *Error) Locate(text string) *Error {
	at := min(max(int(e.Pos), 0), len(text))
	start := strings.LastIndexByte(text[:at], '\n') + 1
	line := text[start:]
	if end := strings.IndexByte(line, '\n'); end >= 0 {
		line = line[:end]
	}
	e.At = Place{
		Line:   1 + strings.Count(text[:at], "\n"),
		Column: 1 + utf8.RuneCountInString(text[start:at]),
		Source: strings.TrimRight(line, "\r"),
	}
	return e
}

// errorf makes a syntax error.
func errorf(at Pos, code, format string, args ...any) *Error {
	return &Error{Type: "SyntaxError", Code: code, Pos: at, Msg: fmt.Sprintf(format, args...)}
}
