package export

import (
	"archive/zip"
	"io"
)

// Zip writes the files of a format into one archive. Its members have no times, so the same graph gives the same bytes.
func Zip(w io.Writer, write func(Files) error) error {
	z := zip.NewWriter(w)
	err := write(func(name string) (io.WriteCloser, error) {
		f, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
		return unclosed{f}, err
	})
	if err != nil {
		return err
	}
	return z.Close()
}

// unclosed is a file that the next one ends.
type unclosed struct{ io.Writer }

func (unclosed) Close() error { return nil }
