package cli

import (
	"io"
	"os"
	"strconv"

	"golang.org/x/term"
)

// Streams is all that a command may know of the world around it.
type Streams struct {
	In  io.Reader
	Out io.Writer // data
	Err io.Writer // everything else

	OutTerminal bool // Out is shown to a person
	ErrTerminal bool // Err is; progress is shown only then
	Color       bool // Out understands colours and wants them
	Width       int  // display columns of the terminal; 0 says that lines may be of any length

	Getenv func(string) string
}

// narrowest is the least width that tables are laid out for, however small the terminal says it is.
const narrowest = 40

// System returns the streams of the process.
func System() *Streams {
	s := &Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Getenv: os.Getenv}
	s.OutTerminal = term.IsTerminal(int(os.Stdout.Fd()))
	s.ErrTerminal = term.IsTerminal(int(os.Stderr.Fd())) && s.Getenv("TERM") != "dumb"
	s.Color = s.OutTerminal && s.Getenv("NO_COLOR") == "" && s.Getenv("TERM") != "dumb"
	if s.OutTerminal {
		s.Width = 80
		if columns, _, err := term.GetSize(int(os.Stdout.Fd())); err == nil && columns > 0 {
			s.Width = columns
		} else if columns, err := strconv.Atoi(s.Getenv("COLUMNS")); err == nil && columns > 0 {
			s.Width = columns
		}
		s.Width = max(s.Width, narrowest)
	}
	return s
}
