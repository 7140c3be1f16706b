package store

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"maps"
	"math"
	"os"
	"slices"
	"sort"

	"github.com/tupu-kg/tupu/graph"
)

// columnsWriter writes the columns of a generation: those of the old one but for what changed. First the nodes are given, ascending by
// id, then the edges, ascending by key. It keeps the rows in memory, and the ids of the nodes that are given.
type columnsWriter struct {
	f    *os.File
	w    *bufio.Writer
	size uint64
	err  error // of writing
	old  *columns
	rows *graph.Rows // of old
	over bool        // records of the base are referred to

	section [sections][2]uint64
	words   *wordList
	given   idList
	numbers []uint32 // of the nodes that are given
	nodeAt  []uint32
	edgeAt  []uint32
	oldNode uint32   // the next of the old ones
	oldEdge uint32   //
	renamed []uint32 // what the numbers of the old nodes are now; graph.NoNode for those that are gone

	nodeStarts []uint64
	starts     []uint64 // of the records that are written now
	records    uint32

	from, to []uint32
	kinds    []uint8
	types    []graph.EdgeType // in the order in which they came
	typeOf   map[graph.EdgeType]uint8
	ends     map[graph.ID]uint32 // ends of edges that are no nodes, with numbers from graph.MaxRows on
	encoder  encoder
	claims   graph.ClaimsBuilder

	bodyOf func(doc graph.ID) (uint64, error) // see bodyAt
}

// newColumnsWriter begins columns that start as old, or empty if it is nil. Over says that the new generation lies over the base of
// the old one, or the old one itself if that is whole.
func newColumnsWriter(path string, old *columns, over bool, bodyOf func(graph.ID) (uint64, error)) (*columnsWriter, error) {
	c := &columnsWriter{old: old, over: over, bodyOf: bodyOf, words: newWordList(), typeOf: map[graph.EdgeType]uint8{}, ends: map[graph.ID]uint32{}}
	c.encoder.words = c.words
	c.given = newIDList()
	if old != nil {
		var err error
		if c.rows, err = old.Rows(); err != nil {
			return nil, err
		}
		c.renamed = slices.Repeat([]uint32{graph.NoNode}, old.nodes())
	}
	var err error
	if c.f, err = os.Create(path); err != nil {
		return nil, err
	}
	c.w = bufio.NewWriterSize(c.f, 1<<18)
	c.write(make([]byte, columnsHeader))
	c.begin(nodeRecords)
	return c, nil
}

func (c *columnsWriter) write(b []byte) {
	if c.err == nil {
		_, c.err = c.w.Write(b)
		c.size += uint64(len(b))
	}
}

// begin begins a section, where numbers of 64 bits may lie.
func (c *columnsWriter) begin(section int) {
	c.write(make([]byte, -c.size&7))
	c.section[section][0] = c.size
}

func (c *columnsWriter) end(section int) {
	c.section[section][1] = c.size - c.section[section][0]
}

func (c *columnsWriter) record(section int, b []byte) {
	if c.records%recordsPerStart == 0 {
		c.starts = append(c.starts, c.size-c.section[section][0])
	}
	c.records++
	var length [binary.MaxVarintLen64]byte
	c.write(length[:binary.PutUvarint(length[:], uint64(len(b)))])
	c.write(b)
}

// baseOf is where an old record lies in the base, and whether it does, so that it can stay there.
func (c *columnsWriter) baseOf(at []uint32, n, inBase uint32) (uint32, bool) {
	switch {
	case !c.over:
		return 0, false
	case at == nil:
		return n, c.old.base == nil
	case c.old.base == nil:
		return at[n], true
	}
	return at[n], at[n] < inBase
}

// baseSize is the number of nodes and edges with a record in the base.
func (c *columnsWriter) baseSize() (nodes, edges uint32) {
	switch {
	case !c.over:
		return 0, 0
	case c.old.base == nil:
		return uint32(len(c.old.own.idEnds)), c.old.own.edges
	}
	return uint32(len(c.old.base.idEnds)), c.old.base.edges
}

// node gives a node with its record, or one that is gone (nil).
func (c *columnsWriter) node(id graph.ID, b []byte) error {
	if c.old != nil {
		at, found := c.old.number(id)
		if err := c.keepNodes(at); err != nil {
			return err
		}
		if found {
			c.oldNode = at + 1
			if b != nil {
				c.renamed[at] = uint32(len(c.nodeAt))
			}
		}
	}
	if b != nil {
		c.add(string(id), b)
	}
	return c.err
}

func (c *columnsWriter) add(id string, b []byte) {
	inBase, _ := c.baseSize()
	c.numbers = append(c.numbers, uint32(len(c.nodeAt)))
	c.nodeAt = append(c.nodeAt, inBase+c.given.add(id))
	c.record(nodeRecords, b)
}

// keepNodes takes the old nodes over up to a number.
func (c *columnsWriter) keepNodes(to uint32) error {
	inBase, _ := c.baseSize()
	for ; c.oldNode < to; c.oldNode++ {
		b, err := c.old.nodeRecord(c.oldNode)
		if err != nil {
			return err
		}
		if b == nil {
			continue // it was only the end of an edge
		}
		c.renamed[c.oldNode] = uint32(len(c.nodeAt))
		if at, ok := c.baseOf(c.old.nodeAt, c.oldNode, inBase); ok {
			c.nodeAt = append(c.nodeAt, at)
		} else {
			c.add(string(c.old.idBytes(c.oldNode)), b)
		}
	}
	return c.err
}

// endNodes is called between the nodes and the edges.
func (c *columnsWriter) endNodes() error {
	if c.old != nil {
		if err := c.keepNodes(uint32(c.old.nodes())); err != nil {
			return err
		}
	}
	c.end(nodeRecords)
	c.nodeStarts, c.records, c.starts = c.starts, 0, nil
	c.begin(edgeRecords)
	return c.err
}

// held is the number of a node, graph.NoNode if there is none.
func (c *columnsWriter) held(id graph.ID) uint32 {
	if n, ok := c.given.find(string(id)); ok {
		return c.numbers[n]
	}
	if c.old != nil {
		if n, ok := c.old.number(id); ok {
			return c.renamed[n]
		}
	}
	return graph.NoNode
}

// number is the number of a node, one from graph.MaxRows on if there is none.
func (c *columnsWriter) number(id graph.ID) uint32 {
	if n := c.held(id); n != graph.NoNode {
		return n
	}
	n, ok := c.ends[id]
	if !ok {
		n = graph.MaxRows + uint32(len(c.ends))
		c.ends[id] = n
	}
	return n
}

func (c *columnsWriter) typeNumber(t graph.EdgeType) (uint8, error) {
	n, ok := c.typeOf[t]
	if !ok {
		if len(c.types) > math.MaxUint8 {
			return 0, fmt.Errorf("more than %d types of edges", len(c.types))
		}
		n = uint8(len(c.types))
		c.types, c.typeOf[t] = append(c.types, t), n
	}
	return n, nil
}

// edge gives the edge of a key, or one that is gone (nil).
func (c *columnsWriter) edge(key string, e *graph.Edge) error {
	if c.old != nil {
		at, found, err := c.old.find(key)
		if err == nil {
			err = c.keepEdges(at)
		}
		if err != nil {
			return err
		}
		if found {
			c.oldEdge = at + 1
		}
	}
	if e == nil {
		return nil
	}
	t, err := c.typeNumber(e.Type)
	if err != nil {
		return err
	}
	return c.addEdge(c.number(e.From), c.number(e.To), t, e)
}

func (c *columnsWriter) addEdge(from, to uint32, t uint8, e *graph.Edge) error {
	_, inBase := c.baseSize()
	if c.over {
		c.edgeAt = append(c.edgeAt, inBase+c.records)
	}
	c.claims.Add(uint32(len(c.from)), e, c.held)
	c.from, c.to, c.kinds = append(c.from, from), append(c.to, to), append(c.kinds, t)
	c.encoder.b = c.encoder.b[:0]
	c.encoder.edge(e)
	c.record(edgeRecords, c.encoder.b)
	return c.err
}

// keepEdges takes the old edges over up to a number.
func (c *columnsWriter) keepEdges(to uint32) error {
	if c.oldEdge >= to {
		return nil
	}
	var kinds [math.MaxUint8 + 1]int16 // what the old numbers of types are now
	for i := range kinds {
		kinds[i] = -1
	}
	_, inBase := c.baseSize()
	var d decoder
	ends := func(old uint32) uint32 {
		if n := c.renamed[old]; n != graph.NoNode {
			return n
		}
		return c.number(c.old.id(old))
	}
	for ; c.oldEdge < to; c.oldEdge++ {
		kind := c.rows.Type[c.oldEdge]
		if kinds[kind] < 0 {
			t, err := c.typeNumber(c.rows.Types[kind])
			if err != nil {
				return err
			}
			kinds[kind] = int16(t)
		}
		from, end, t := ends(c.rows.From[c.oldEdge]), ends(c.rows.To[c.oldEdge]), uint8(kinds[kind])
		at, stays := c.baseOf(c.old.edgeAt, c.oldEdge, inBase)
		e := graph.Edge{Type: c.rows.Types[kind]} // as much of its ends as claims need
		if _, claims := slices.BinarySearch(graph.Claimed, e.Type); claims || !stays {
			e.To = c.old.id(c.rows.To[c.oldEdge])
			if err := c.old.whole(&d, c.oldEdge, &e); err != nil {
				return err
			}
		}
		if stays {
			c.claims.Add(uint32(len(c.from)), &e, c.held)
			c.edgeAt = append(c.edgeAt, at)
			c.from, c.to, c.kinds = append(c.from, from), append(c.to, end), append(c.kinds, t)
			continue
		}
		if err := c.addEdge(from, end, t, &e); err != nil {
			return err
		}
	}
	return nil
}

// finish writes the rest.
func (c *columnsWriter) finish() error {
	if c.old != nil {
		if err := c.keepEdges(uint32(c.rows.Edges())); err != nil {
			return err
		}
	}
	c.end(edgeRecords)
	some := c.over || len(c.ends) > 0
	claims := c.claims.Claims()
	c.numberEnds(claims.List)
	types, place := c.types, make([]uint8, len(c.types))
	c.types = slices.Sorted(slices.Values(types))
	for i, t := range types {
		at, _ := slices.BinarySearch(c.types, t)
		place[i] = uint8(at)
	}
	for i, t := range c.kinds {
		c.kinds[i] = place[t]
	}
	rows, err := graph.NewRows(len(c.nodeAt), c.types, c.from, c.to, c.kinds)
	if err != nil {
		return err
	}
	bodies, err := c.bodies()
	if err != nil {
		return err
	}
	var names []byte
	for _, t := range c.types {
		names = append(names, t+"\n"...)
	}
	if !some {
		c.nodeAt = nil
	}
	rest := [sections][]byte{
		wordText: c.words.text, wordEnds: littleEndian(c.words.ends),
		idText: c.given.text, idEnds: littleEndian(c.given.ends),
		nodeStarts: littleEndian(c.nodeStarts), edgeStarts: littleEndian(c.starts), bodyAt: littleEndian(bodies),
		typeNames: names, nodeAt: littleEndian(c.nodeAt), edgeAt: littleEndian(c.edgeAt),
		rowLeaving: littleEndian(rows.Leaving), rowFrom: littleEndian(rows.From), rowTo: littleEndian(rows.To), rowType: rows.Type,
		rowEntered: littleEndian(rows.Entered), rowEntering: littleEndian(rows.Entering), rowEnteringTypes: rows.EnteringTypes,
		claimList: littleEndian(claims.List), claimEnds: littleEndian(claims.Ends), claimText: []byte(claims.Text), claimCuts: littleEndian(claims.Cuts),
	}
	for i, b := range rest {
		if i != nodeRecords && i != edgeRecords { // they are there
			c.begin(i)
			c.write(b)
			c.end(i)
		}
	}
	if err := errors.Join(c.err, c.w.Flush()); err != nil {
		return err
	}
	head := binary.LittleEndian.AppendUint64(nil, uint64(c.records))
	for _, s := range c.section {
		head = binary.LittleEndian.AppendUint64(binary.LittleEndian.AppendUint64(head, s[0]), s[1])
	}
	all := []byte(columnsMagic)
	for _, sum := range []uint32{sumOf(rest[firstRow:firstClaim]), sumOf(rest[firstClaim:]), crc32.Checksum(head, castagnoli), 0} {
		all = binary.LittleEndian.AppendUint32(all, sum)
	}
	_, err = c.f.WriteAt(append(all, head...), 0)
	return errors.Join(err, c.f.Sync(), c.f.Close())
}

// bodies says where the bodies of the documents lie.
func (c *columnsWriter) bodies() ([]uint64, error) {
	from := sort.Search(len(c.nodeAt), func(n int) bool { return c.id(uint32(n)) >= graph.ID(documentOwner) })
	var places []uint64
	for n := from; n < len(c.nodeAt); n++ {
		id := c.id(uint32(n))
		if id.Kind() != graph.KindDocument {
			break
		}
		at, err := c.bodyOf(id)
		if err != nil {
			return nil, err
		}
		places = append(places, at)
	}
	return places, nil
}

// id is the id of a node.
func (c *columnsWriter) id(n uint32) graph.ID {
	inBase, _ := c.baseSize()
	at := c.nodeAt[n]
	switch {
	case at >= inBase:
		return graph.ID(c.given.at(at - inBase))
	case c.old.base != nil:
		return graph.ID(c.old.base.id(at))
	}
	return graph.ID(c.old.own.id(at))
}

// discard gives the file up.
func (c *columnsWriter) discard() { _ = c.f.Close() }

// numberEnds gives the ends of edges that are no nodes a place among them. There are none in a graph that is sound.
func (c *columnsWriter) numberEnds(claims []graph.Claim) {
	if len(c.ends) == 0 {
		return
	}
	inBase, _ := c.baseSize()
	ids := slices.Sorted(maps.Keys(c.ends))
	nodes := make([]uint32, 0, len(c.nodeAt)+len(ids))
	now := make([]uint32, len(c.nodeAt)) // of the numbers so far
	ends := make([]uint32, len(ids))     // of the numbers from graph.MaxRows on
	put := func(id graph.ID) {
		ends[c.ends[id]-graph.MaxRows] = uint32(len(nodes))
		nodes = append(nodes, inBase+c.given.add(string(id)))
	}
	for n, at := range c.nodeAt {
		for id := c.id(uint32(n)); len(ids) > 0 && ids[0] < id; {
			put(ids[0])
			ids = ids[1:]
		}
		now[n] = uint32(len(nodes))
		nodes = append(nodes, at)
	}
	for _, id := range ids {
		put(id)
	}
	c.nodeAt = nodes
	for i := range claims {
		if doc := &claims[i].Doc; *doc != graph.NoNode {
			*doc = now[*doc]
		}
	}
	for _, of := range [][]uint32{c.from, c.to} {
		for i, n := range of {
			if n >= graph.MaxRows {
				of[i] = ends[n-graph.MaxRows]
			} else {
				of[i] = now[n]
			}
		}
	}
}
