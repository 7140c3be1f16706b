package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"sync"
	"unsafe"

	"github.com/dgraph-io/ristretto/v2/z"
	"github.com/tupu-kg/tupu/graph"
)

// What readers ask of a generation most lies beside its tables in one file that is mapped into memory: its nodes in ascending order of
// id and its edges in ascending order of key, numbered, with the rows that say how they hang together (graph.Rows). A search in the
// tables costs some microseconds and a step of a scan one; here a step costs nanoseconds, and opening costs next to nothing.
//
// The file of a whole generation holds everything. That of a generation over a base holds the rows anew, and the records of those nodes
// and edges that are not as in the base; nodeAt and edgeAt say for each number where its record lies: below the number of records of the
// base in the base, above it in this file.
//
// What the edges claim (graph.Claims) is written anew likewise: a question that weighs all of them reads no record.
//
// The file begins with a header: magic, the checksums of the rows and of the claims, that of the rest of the header, the number of
// edges with a record in it, and where its sections lie. All numbers are little endian.
const (
	columnsFile  = "columns"
	columnsMagic = "tuPuCOL2"
)

// The sections of the file.
const (
	wordText         = iota // words that records refer to by number, one after the other
	wordEnds                // where each ends, 32 bits each
	idText                  // ids of the nodes with a record here
	idEnds                  // 32 bits
	nodeRecords             // an entity as encodeEntity makes it, a document as encodeDocument does
	nodeStarts              // as edgeStarts
	edgeRecords             // as encoder.edge makes them, each after its length
	edgeStarts              // where each recordsPerStart-th begins, 64 bits
	bodyAt                  // where each document's body begins in the file of its layer, 64 bits: twice that, and one in the base's
	typeNames               // types of edges, ascending, each before a line feed
	nodeAt                  // 32 bits; rows from here on
	edgeAt                  // 32 bits
	rowLeaving              // 32 bits, as all of the rest but types
	rowFrom                 //
	rowTo                   //
	rowType                 // 8 bits
	rowEntered              //
	rowEntering             //
	rowEnteringTypes        // 8 bits
	claimList               // as graph.Claim is in memory; claims from here on
	claimEnds               // 32 bits
	claimText               //
	claimCuts               // 32 bits
	sections
)

const (
	firstRow        = typeNames // the sections from here on are checked before they are used: all others are read with care
	firstClaim      = claimList // these by themselves
	recordsPerStart = 8
	columnsHeader   = len(columnsMagic) + 4 + 4 + 4 + 4 + 8 + sections*16
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// errColumns says that the file of a generation is not as it was written.
var errColumns = fmt.Errorf("file of nodes and edges: %w", errDamaged)

// part is what one file holds.
type part struct {
	file    *os.File
	mapped  []byte
	section [sections][]byte
	sums    [2]uint32 // of the rows and the claims
	edges   uint32    // with a record here

	idEnds                 []uint32
	nodeStarts, edgeStarts []uint64

	once  sync.Once
	words []string
	err   error // of words
}

func openPart(path string) (*part, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	p := &part{file: f}
	if err := p.open(); err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", path, err), p.close())
	}
	return p, nil
}

func (p *part) open() error {
	info, err := p.file.Stat()
	if err != nil {
		return err
	}
	if info.Size() < int64(columnsHeader) {
		return errColumns
	}
	if p.mapped, err = z.Mmap(p.file, false, info.Size()); err != nil {
		return err
	}
	head := p.mapped[:columnsHeader]
	if string(head[:len(columnsMagic)]) != columnsMagic {
		return errColumns
	}
	head = head[len(columnsMagic):]
	p.sums = [2]uint32{binary.LittleEndian.Uint32(head), binary.LittleEndian.Uint32(head[4:])}
	if head = head[8:]; binary.LittleEndian.Uint32(head) != crc32.Checksum(head[8:], castagnoli) {
		return errColumns
	}
	edges := binary.LittleEndian.Uint64(head[8:])
	if edges > graph.MaxRows {
		return errColumns
	}
	p.edges = uint32(edges)
	for i := range p.section {
		at, size := binary.LittleEndian.Uint64(head[16+16*i:]), binary.LittleEndian.Uint64(head[24+16*i:])
		if at > uint64(len(p.mapped)) || size > uint64(len(p.mapped))-at {
			return errColumns
		}
		p.section[i] = p.mapped[at : at+size : at+size]
	}
	p.idEnds = view[uint32](p.section[idEnds])
	p.nodeStarts, p.edgeStarts = view[uint64](p.section[nodeStarts]), view[uint64](p.section[edgeStarts])
	return nil
}

func (p *part) close() error {
	var err error
	if p.mapped != nil {
		err = z.Munmap(p.mapped)
		p.mapped = nil
	}
	return errors.Join(err, p.file.Close())
}

// little reports whether this machine's numbers lie in memory as they do in the file.
func little() bool {
	one := uint16(1)
	return *(*byte)(unsafe.Pointer(&one)) == 1
}

// view shows bytes of the file as numbers.
func view[T uint32 | uint64 | graph.Claim](b []byte) []T {
	var zero T
	n := len(b) / int(unsafe.Sizeof(zero))
	if n == 0 {
		return nil
	}
	if at := unsafe.Pointer(unsafe.SliceData(b)); little() && uintptr(at)%unsafe.Alignof(zero) == 0 {
		return unsafe.Slice((*T)(at), n)
	}
	out := make([]T, n)
	_, _ = binary.Decode(b, binary.LittleEndian, out)
	return out
}

// littleEndian is what view shows as numbers.
func littleEndian[T uint32 | uint64 | graph.Claim](values []T) []byte {
	if len(values) == 0 {
		return nil
	}
	if little() {
		return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(values))), len(values)*int(unsafe.Sizeof(values[0])))
	}
	b, _ := binary.Append(nil, binary.LittleEndian, values)
	return b
}

// id is the id of a node with a record here, in the memory of the file.
func (p *part) id(n uint32) []byte {
	from, to := uint32(0), uint32(0)
	if int(n) < len(p.idEnds) {
		to = p.idEnds[n]
	}
	if n > 0 && int(n) <= len(p.idEnds) {
		from = p.idEnds[n-1]
	}
	if text := p.section[idText]; from <= to && int(to) <= len(text) {
		return text[from:to]
	}
	return nil
}

// nthRecord is the n-th of those that lie one after the other, nil if there are not as many.
func nthRecord(data []byte, starts []uint64, n uint32) ([]byte, error) {
	if int(n/recordsPerStart) >= len(starts) {
		return nil, nil
	}
	at := starts[n/recordsPerStart]
	if at > uint64(len(data)) {
		return nil, errColumns
	}
	rest := data[at:]
	for skip := n % recordsPerStart; ; skip-- {
		if len(rest) == 0 {
			return nil, nil
		}
		size, used := binary.Uvarint(rest)
		if used <= 0 || size > uint64(len(rest)-used) {
			return nil, errColumns
		}
		if skip == 0 {
			return rest[used : used+int(size)], nil
		}
		rest = rest[used+int(size):]
	}
}

func (p *part) node(n uint32) ([]byte, error) {
	return nthRecord(p.section[nodeRecords], p.nodeStarts, n)
}

func (p *part) edge(n uint32) ([]byte, error) {
	return nthRecord(p.section[edgeRecords], p.edgeStarts, n)
}

// wordList returns the words that records refer to.
func (p *part) wordList() ([]string, error) {
	p.once.Do(func() {
		all, ends := string(p.section[wordText]), view[uint32](p.section[wordEnds])
		p.words = make([]string, len(ends))
		from := uint32(0)
		for i, to := range ends {
			if from > to || int(to) > len(all) {
				p.err = errColumns
				return
			}
			p.words[i] = all[from:to]
			from = to
		}
	})
	return p.words, p.err
}

// columns are the nodes and edges of a generation.
type columns struct {
	own, base      *part    // base is nil for a whole generation
	nodeAt, edgeAt []uint32 // nil where all records lie in their order in own

	once sync.Once
	rows graph.Rows
	err  error // of the rows

	claims func() (*graph.Claims, error)
}

// openColumns opens the columns of a generation.
func openColumns(dir string, c current) (*columns, error) {
	out := &columns{}
	out.claims = sync.OnceValues(out.readClaims)
	var err error
	if out.own, err = openPart(filepath.Join(dir, c.Top, columnsFile)); err != nil {
		return nil, err
	}
	if c.Base != "" {
		if out.base, err = openPart(filepath.Join(dir, c.Base, columnsFile)); err != nil {
			return nil, errors.Join(err, out.close())
		}
	}
	out.nodeAt, out.edgeAt = view[uint32](out.own.section[nodeAt]), view[uint32](out.own.section[edgeAt])
	return out, nil
}

func (c *columns) close() error {
	var errs []error
	for _, p := range []*part{c.own, c.base} {
		if p != nil {
			errs = append(errs, p.close())
		}
	}
	return errors.Join(errs...)
}

// Rows returns the rows, once they are known to be as they were written.
func (c *columns) Rows() (*graph.Rows, error) {
	c.once.Do(func() {
		p := c.own
		if sumOf(p.section[firstRow:firstClaim]) != p.sums[0] {
			c.err = errColumns
			return
		}
		if len(p.section[rowFrom]) > 4*letAfter*100 {
			release(p.mapped) // a large file, of which most has been summed up only
		}
		r := &c.rows
		for name := range strings.Lines(string(p.section[typeNames])) {
			r.Types = append(r.Types, graph.EdgeType(strings.TrimSuffix(name, "\n")))
		}
		r.Leaving, r.From, r.To, r.Type = view[uint32](p.section[rowLeaving]), view[uint32](p.section[rowFrom]), view[uint32](p.section[rowTo]), p.section[rowType]
		r.Entered, r.Entering, r.EnteringTypes = view[uint32](p.section[rowEntered]), view[uint32](p.section[rowEntering]), p.section[rowEnteringTypes]
		if len(r.Leaving) != c.nodes()+1 || c.edgeAt != nil && len(c.edgeAt) != r.Edges() {
			c.err = errColumns
		}
	})
	return &c.rows, c.err
}

func sumOf(sections [][]byte) uint32 {
	sum := uint32(0)
	for _, b := range sections {
		sum = crc32.Update(sum, castagnoli, b)
	}
	return sum
}

// readClaims returns the claims, once they are known to be as they were written.
func (c *columns) readClaims() (*graph.Claims, error) {
	p := c.own
	rows, err := c.Rows()
	if err != nil {
		return nil, err
	}
	out := &graph.Claims{List: view[graph.Claim](p.section[claimList]), Ends: view[uint32](p.section[claimEnds]), Text: string(p.section[claimText]), Cuts: view[uint32](p.section[claimCuts])}
	if sumOf(p.section[firstClaim:]) != p.sums[1] || !out.Check(rows.Edges()) {
		return nil, errColumns
	}
	return out, nil
}

// nodes is the number of nodes.
func (c *columns) nodes() int {
	if c.nodeAt == nil {
		return len(c.own.idEnds)
	}
	return len(c.nodeAt)
}

// nodePart says where the record of a node lies.
func (c *columns) nodePart(n uint32) (*part, uint32) {
	switch {
	case c.nodeAt == nil:
		return c.own, n
	case c.base == nil:
		return c.own, c.nodeAt[n]
	}
	at := c.nodeAt[n]
	if bound := uint32(len(c.base.idEnds)); at >= bound {
		return c.own, at - bound
	}
	return c.base, at
}

// edgePart says where the record of an edge lies.
func (c *columns) edgePart(e uint32) (*part, uint32) {
	if c.base == nil || c.edgeAt == nil {
		return c.own, e
	}
	at := c.edgeAt[e]
	if at >= c.base.edges {
		return c.own, at - c.base.edges
	}
	return c.base, at
}

// idBytes is the id of a node, in the memory of the file.
func (c *columns) idBytes(n uint32) []byte {
	p, at := c.nodePart(n)
	return p.id(at)
}

// id is the id of a node.
func (c *columns) id(n uint32) graph.ID { return graph.ID(c.idBytes(n)) }

// number is the number of a node and whether there is one of that id; if there is none, that of the first after it.
func (c *columns) number(id graph.ID) (uint32, bool) {
	n := sort.Search(c.nodes(), func(i int) bool { return string(c.idBytes(uint32(i))) >= string(id) })
	return uint32(n), n < c.nodes() && string(c.idBytes(uint32(n))) == string(id)
}

// nodeRecord is the record of a node; nil of one that is only the end of an edge.
func (c *columns) nodeRecord(n uint32) ([]byte, error) {
	p, at := c.nodePart(n)
	return p.node(at)
}

// entity returns the entity of a number, or graph.ErrNotFound.
func (c *columns) entity(n uint32) (graph.Entity, error) {
	id := c.id(n)
	b, err := c.nodeRecord(n)
	if err == nil && (b == nil || id.Kind() == graph.KindDocument) {
		err = graph.ErrNotFound
	}
	if err != nil {
		return graph.Entity{}, fmt.Errorf("entity %s: %w", id, err)
	}
	return decodeEntity(id, b)
}

// document returns the document of a number without text and locators, or graph.ErrNotFound.
func (c *columns) document(n uint32) (graph.Document, error) {
	id := c.id(n)
	b, err := c.nodeRecord(n)
	if err == nil && (b == nil || id.Kind() != graph.KindDocument) {
		err = graph.ErrNotFound
	}
	if err != nil {
		return graph.Document{}, fmt.Errorf("document %s: %w", id, err)
	}
	return decodeDocument(id, b)
}

// noBody stands for the body of what is only the end of an edge.
const noBody = math.MaxUint64

// body says in which layer and where the body of a document begins, and whether there is one.
func (c *columns) body(doc graph.ID) (layer int, at uint64, ok bool) {
	first, _ := c.number(graph.ID(documentOwner))
	n, ok := c.number(doc)
	places := view[uint64](c.own.section[bodyAt])
	if !ok || n < first || int(n-first) >= len(places) || places[n-first] == noBody {
		return 0, 0, false
	}
	return int(places[n-first] & 1), places[n-first] >> 1, true
}

// documentOwner is how the ids and the owners begin that are documents.
var documentOwner = []byte(graph.KindDocument + ":")

// name is the name of an entity or the title of a document; empty if it has none.
func (c *columns) name(n uint32) (string, error) {
	b, err := c.nodeRecord(n)
	if err != nil || b == nil {
		return "", err
	}
	d := decoder{b: b}
	if !bytes.HasPrefix(c.idBytes(n), documentOwner) && d.uint()&hasName == 0 {
		return "", d.err
	}
	name := d.text()
	return name, d.err
}

// properties reads all of an edge but its ends, its type and its evidence.
func (c *columns) properties(d *decoder, n uint32, e *graph.Edge) error {
	_, err := c.begin(d, n, e)
	return err
}

// begin reads an edge up to its evidence, and returns the bits of what it has.
func (c *columns) begin(d *decoder, n uint32, e *graph.Edge) (uint64, error) {
	p, at := c.edgePart(n)
	b, err := p.edge(at)
	if err == nil && b == nil {
		err = errColumns
	}
	if err == nil {
		d.list, err = p.wordList()
	}
	if err != nil {
		return 0, err
	}
	d.b, d.err = b, nil
	bits := d.properties(e)
	if d.err != nil {
		return 0, errColumns
	}
	return bits, nil
}

// whole reads all of an edge but its ends and its type.
func (c *columns) whole(d *decoder, n uint32, e *graph.Edge) error {
	bits, err := c.begin(d, n, e)
	if err != nil {
		return err
	}
	if bits&hasEvidence != 0 {
		e.Evidence = make([]graph.Evidence, d.many())
		for i := range e.Evidence {
			d.evidence(&e.Evidence[i])
		}
	}
	if d.end() != nil {
		return errColumns
	}
	return nil
}

// find is the number of the edge of a key (see graph.Edge.Key), and whether there is one; if there is none, that of the first after it.
func (c *columns) find(key string) (uint32, bool, error) {
	r, err := c.Rows()
	if err != nil {
		return 0, false, err
	}
	from, t, to, ok := endsOf([]byte(key))
	if !ok {
		return 0, false, fmt.Errorf("edge of the key %q: %w", key, errCode)
	}
	n, ok := c.number(graph.ID(from))
	if !ok {
		return r.Leaving[n], false, nil
	}
	kind := sort.Search(len(r.Types), func(i int) bool { return string(r.Types[i]) >= string(t) })
	row, end := r.Leaving[n], r.Leaving[n+1]
	first := row + uint32(sort.Search(int(end-row), func(i int) bool { return int(r.Type[row+uint32(i)]) >= kind }))
	if kind == len(r.Types) || string(r.Types[kind]) != string(t) {
		return first, false, nil
	}
	_, end = r.LeavingOf(n, kind)
	other, ok := c.number(graph.ID(to))
	first += uint32(sort.Search(int(end-min(first, end)), func(i int) bool { return r.To[first+uint32(i)] >= other }))
	if !ok {
		return first, false, nil
	}
	var d decoder
	for ; first < end && r.To[first] == other; first++ { // several of one type between the same two
		e := graph.Edge{From: graph.ID(from), Type: graph.EdgeType(t), To: graph.ID(to)}
		if err := c.properties(&d, first, &e); err != nil {
			return 0, false, err
		}
		if held := e.Key(); held >= key {
			return first, held == key, nil
		}
	}
	return first, false, nil
}

// What graphs are queried by.

// Rows says how the nodes and edges of the generation hang together. They share the memory of a file, and are not changed.
func (s *Snapshot) Rows() (*graph.Rows, error) { return s.columns.Rows() }

// Claims returns what the edges of the generation claim. They share the memory of a file, and are not changed.
func (s *Snapshot) Claims() (*graph.Claims, error) { return s.columns.claims() }

// NodeID is the id of the node of a number.
func (s *Snapshot) NodeID(n uint32) graph.ID { return s.columns.id(n) }

// NodeNumber is the number of the node of an id and whether there is one; if there is none, that of the first after it.
func (s *Snapshot) NodeNumber(id graph.ID) (uint32, bool) { return s.columns.number(id) }

// NodeName is the name of an entity or the title of a document; empty if it has none.
func (s *Snapshot) NodeName(n uint32) (string, error) { return s.columns.name(n) }

// NodeEntity returns the entity of a number, or graph.ErrNotFound.
func (s *Snapshot) NodeEntity(n uint32) (graph.Entity, error) { return s.columns.entity(n) }

// NodeDocument returns the document of a number without its text and locators, or graph.ErrNotFound.
func (s *Snapshot) NodeDocument(n uint32) (graph.Document, error) { return s.columns.document(n) }

// EdgeProperties reads all of the edge of a number but its ends, its type and its evidence.
func (s *Snapshot) EdgeProperties(edge uint32, to *graph.Edge) error {
	return s.columns.properties(new(decoder), edge, to)
}

// EdgeReader returns a function that reads all of the edge of a number but its ends and its type, and its evidence, without quotes, only
// when asked to; the memory of the evidence that is there is used again. It costs less than EdgeProperties where edges are read in
// ascending order, and is not for several goroutines.
func (s *Snapshot) EdgeReader() func(edge uint32, to *graph.Edge, evidence bool) error {
	r := edgeReader{c: s.columns}
	return r.read
}

// edgeReader reads edges one after the other: it knows where the record after the last one begins.
type edgeReader struct {
	c    *columns
	d    decoder
	part *part
	next uint32 // the number, in the part, of the record with which rest begins
	rest []byte
}

func (r *edgeReader) read(n uint32, to *graph.Edge, evidence bool) error {
	b, err := r.record(n)
	if err != nil {
		return err
	}
	held := to.Evidence[:0]
	*to = graph.Edge{From: to.From, Type: to.Type, To: to.To}
	r.d.b, r.d.err = b, nil
	bits := r.d.properties(to)
	if evidence && bits&hasEvidence != 0 {
		for range r.d.many() {
			held = append(held, graph.Evidence{})
			r.d.evidence(&held[len(held)-1])
		}
		to.Evidence = held
	}
	if r.d.err != nil {
		return errColumns
	}
	return nil
}

func (r *edgeReader) record(n uint32) ([]byte, error) {
	p, at := r.c.edgePart(n)
	if p != r.part {
		var err error
		if r.d.list, err = p.wordList(); err != nil {
			return nil, err
		}
		r.part, r.rest = p, nil
	}
	if r.rest == nil || at < r.next || at/recordsPerStart != r.next/recordsPerStart {
		if int(at/recordsPerStart) >= len(p.edgeStarts) || p.edgeStarts[at/recordsPerStart] > uint64(len(p.section[edgeRecords])) {
			return nil, errColumns
		}
		r.next, r.rest = at-at%recordsPerStart, p.section[edgeRecords][p.edgeStarts[at/recordsPerStart]:]
	}
	for {
		size, used := binary.Uvarint(r.rest)
		if used <= 0 || size > uint64(len(r.rest)-used) {
			return nil, errColumns
		}
		b := r.rest[used : used+int(size)]
		r.rest = r.rest[used+int(size):]
		if r.next++; r.next > at {
			return b, nil
		}
	}
}

// EdgeEvidence returns what the edge of a number stands on, in ascending order, without quotes.
func (s *Snapshot) EdgeEvidence(edge uint32) ([]graph.Evidence, error) {
	var e graph.Edge
	err := s.columns.whole(new(decoder), edge, &e)
	return e.Evidence, err
}
