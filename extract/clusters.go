package extract

import (
	"bufio"
	"bytes"
	"compress/gzip"
	_ "embed"
	"fmt"
	"strconv"
	"strings"
)

// clusters says which words stand in like surroundings, as was learnt from raw text (see gen/clusters): two numbers a word, of
// a coarse and of a fine grouping; 0 for words that were not seen often enough.
type clusters struct {
	groups map[string]cluster
}

type cluster struct{ coarse, fine uint16 }

func (c *clusters) of(word string) (coarse, fine uint16) {
	if c == nil {
		return 0, 0
	}
	g := c.groups[word]
	return g.coarse, g.fine
}

//go:embed data/clusters.txt.gz
var clusterData string

// readClusters reads lines of coarse, fine and word, packed.
func readClusters(data string) (*clusters, error) {
	z, err := gzip.NewReader(strings.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("clusters: %w", err)
	}
	c := &clusters{groups: make(map[string]cluster, 1<<16)}
	s := bufio.NewScanner(z)
	for s.Scan() {
		a, rest, _ := bytes.Cut(s.Bytes(), []byte(" "))
		b, word, _ := bytes.Cut(rest, []byte(" "))
		coarse, err := strconv.ParseUint(string(a), 10, 16)
		if err != nil {
			return nil, fmt.Errorf("clusters: %w", err)
		}
		fine, err := strconv.ParseUint(string(b), 10, 16)
		if err != nil {
			return nil, fmt.Errorf("clusters: %w", err)
		}
		c.groups[string(word)] = cluster{uint16(coarse), uint16(fine)}
	}
	return c, s.Err()
}
