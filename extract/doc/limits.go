package doc

import "fmt"

// Limits bound what is read, so that no input, however made, takes all memory or never ends, and say whether other programs may
// help. A zero field means its default.
type Limits struct {
	MaxFile         int64 // largest file, and largest member of an archive, bytes; default 64 MiB
	MaxText         int64 // largest stored text, bytes of UTF-8; default 64 MiB
	MaxHTML         int64 // largest HTML page, bytes; default 16 MiB
	MaxPages        int   // most pages of a PDF; default 5,000
	MaxFiles        int   // most files and folders looked at below one root; default 1,000,000
	MaxArchiveFiles int   // most members of one archive, with those of the archives in it; default 20,000
	MaxArchiveBytes int64 // most bytes unpacked from one archive, with the archives in it; default 1 GiB
	MaxRatio        int   // a member larger than 1 MiB may be at most this many times larger than it is packed; default 200
	Convert         bool  // let LibreOffice, Poppler and tesseract, where they are installed, read what is not read otherwise
	MaxDepth        int   // archives within archives: 1 reads no archive inside another; default 3
}

func (l Limits) orDefault() Limits {
	set := func(v *int64, d int64) {
		if *v <= 0 {
			*v = d
		}
	}
	setInt := func(v *int, d int) {
		if *v <= 0 {
			*v = d
		}
	}
	set(&l.MaxFile, 64<<20)
	set(&l.MaxText, 64<<20)
	set(&l.MaxHTML, 16<<20)
	setInt(&l.MaxPages, 5_000)
	setInt(&l.MaxFiles, 1_000_000)
	setInt(&l.MaxArchiveFiles, 20_000)
	set(&l.MaxArchiveBytes, 1<<30)
	setInt(&l.MaxRatio, 200)
	setInt(&l.MaxDepth, 3)
	return l
}

// bytesText writes a size for people: "64 MB".
func bytesText(n int64) string {
	switch {
	case n >= 1<<20:
		return fmt.Sprintf("%d MB", (n+1<<19)>>20)
	case n >= 1<<10:
		return fmt.Sprintf("%d KB", (n+1<<9)>>10)
	}
	return fmt.Sprintf("%d bytes", n)
}

const adviceSplit = "split it, one report a file"

func tooLarge(size, limit int64) *Unreadable {
	return &Unreadable{
		Reason: fmt.Sprintf("too large: %s, at most %s are read", bytesText(size), bytesText(limit)),
		Advice: adviceSplit,
	}
}
