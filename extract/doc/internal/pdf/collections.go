package pdf

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"io"
	"sync"
)

//go:embed adobe-gb1.txt.gz
var packedGB1 []byte

//go:embed adobe-cns1.txt.gz
var packedCNS1 []byte

// gb1 and cns1 are the characters of Adobe's collections by CID.
var (
	gb1  = sync.OnceValue(func() []rune { return unpack(packedGB1) })
	cns1 = sync.OnceValue(func() []rune { return unpack(packedCNS1) })
)

func unpack(packed []byte) []rune {
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		panic(err) // it is part of the program
	}
	text, err := io.ReadAll(r)
	if err != nil {
		panic(err)
	}
	return []rune(string(text))
}
