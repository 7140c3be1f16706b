package export

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"testing"

	"pgregory.net/rapid"
)

// What parts write comes in their order, whoever is quick and however much they write; after the first that fails nothing comes.
func TestBeside(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.IntRange(0, 12).Draw(t, "parts")
		fails := rapid.IntRange(0, 20).Draw(t, "fails")
		var want bytes.Buffer
		sizes := make([]int, parts)
		line := func(part int) []byte { return bytes.Repeat([]byte(fmt.Sprintf("%4d\n", part)), 20) }
		for part := range sizes {
			sizes[part] = rapid.SampledFrom([]int{0, 1, 5, 10, 11, 50}).Draw(t, "size")
			if part <= fails {
				want.Write(bytes.Repeat(line(part), sizes[part]))
			}
		}
		wrong := errors.New("no more")
		var got bytes.Buffer
		err := beside(&got, parts, 1000, func(part int, w io.Writer) error {
			for range sizes[part] {
				if _, err := w.Write(line(part)); err != nil {
					return err
				}
			}
			if part == fails {
				return wrong
			}
			return nil
		})
		if (err != nil) != (fails < parts) || err != nil && !errors.Is(err, wrong) {
			t.Fatalf("%d parts of which %d fails: %v", parts, fails, err)
		}
		if !bytes.Equal(got.Bytes(), want.Bytes()) {
			t.Fatalf("%d bytes, want %d, or in another order", got.Len(), want.Len())
		}
	})
}

type broken struct{ left int }

func (b *broken) Write(p []byte) (int, error) {
	if b.left -= len(p); b.left < 0 {
		return 0, io.ErrShortWrite
	}
	return len(p), nil
}

// A full disk is told, and nobody waits for ever.
func TestBesideBroken(t *testing.T) {
	for _, size := range []int{1, 1001} {
		err := beside(&broken{3}, 20, 1000, func(_ int, w io.Writer) error {
			for range 3 {
				if _, err := w.Write(make([]byte, size)); err != nil {
					return err
				}
			}
			return nil
		})
		if !errors.Is(err, io.ErrShortWrite) {
			t.Errorf("parts of %d bytes: %v", size, err)
		}
	}
}
