package export

import (
	"context"
	"reflect"
	"strconv"
	"strings"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/snappy"
	"github.com/tupu-kg/tupu/graph"
)

// parquetNode, parquetEdge and parquetEvidence are the rows of the three tables. Empty strings and noughts that mean unknown
// are null.
type parquetNode struct {
	ID           string   `parquet:"id"`
	Schema       string   `parquet:"schema,dict"`
	Name         string   `parquet:"name"`
	TupuID       string   `parquet:"tupu_id"`
	Aliases      []string `parquet:"aliases,list"`
	Kind         *string  `parquet:"kind,optional,dict"`
	Code         *string  `parquet:"code,optional"`
	Area         *string  `parquet:"area,optional,dict"`
	Posts        []string `parquet:"posts,list"`
	Level        *string  `parquet:"level,optional,dict"`
	Hub          *string  `parquet:"hub,optional,dict"`
	Confidence   *float64 `parquet:"confidence,optional"`
	Documents    int32    `parquet:"documents"`
	StatusByYear []string `parquet:"status_by_year,list"`
	Paths        []string `parquet:"path,list"`
	Issuer       *string  `parquet:"issuer,optional,dict"`
	Date         *string  `parquet:"date,optional"`
	Year         *int32   `parquet:"year,optional"`
	PlanYear     *int32   `parquet:"plan_year,optional"`
	URL          *string  `parquet:"url,optional"`
	TextHash     *string  `parquet:"text_hash,optional"`
}

type parquetEdge struct {
	ID         string   `parquet:"id"`
	Source     string   `parquet:"source"`
	Target     string   `parquet:"target"`
	Type       string   `parquet:"type,dict"`
	Symmetric  bool     `parquet:"symmetric"`
	Confidence float64  `parquet:"confidence"`
	Year       *int32   `parquet:"year,optional"`
	Years      []int32  `parquet:"years,list"`
	Modality   *string  `parquet:"modality,optional,dict"`
	State      *string  `parquet:"state,optional,dict"`
	Post       *string  `parquet:"post,optional"`
	Role       *string  `parquet:"role,optional,dict"`
	Share      *string  `parquet:"share,optional"`
	Of         *string  `parquet:"of,optional,dict"`
	Amount     *string  `parquet:"amount,optional"`
	Value      *float64 `parquet:"value,optional"`
	Unit       *string  `parquet:"unit,optional,dict"`
	Countable  *bool    `parquet:"countable,optional"`
	Date       *string  `parquet:"date,optional"`
	Basis      *string  `parquet:"basis,optional,dict"`
	Reason     *string  `parquet:"reason,optional"`
	Stem       *string  `parquet:"stem,optional"`
	Score      *float64 `parquet:"score,optional"`
	Sentences  *int32   `parquet:"sentences,optional"`
	Closeness  *float64 `parquet:"closeness,optional"`
	Documents  *int32   `parquet:"documents,optional"`
	Mentions   *int32   `parquet:"mentions,optional"`
	Inside     bool     `parquet:"inside"`
	Evidence   int32    `parquet:"evidence_count"`
}

type parquetEvidence struct {
	Edge      string  `parquet:"edge"`
	Source    string  `parquet:"source,dict"`
	Document  *string `parquet:"document,optional,dict"`
	Path      *string `parquet:"path,optional,dict"`
	Page      *int32  `parquet:"page,optional"`
	Sheet     *string `parquet:"sheet,optional,dict"`
	Row       *int32  `parquet:"row,optional"`
	Paragraph *int32  `parquet:"paragraph,optional"`
	Line      *int32  `parquet:"line,optional"`
	Start     *int32  `parquet:"start,optional"` // code points of the stored text, half open
	End       *int32  `parquet:"end,optional"`
	Quote     *string `parquet:"quote,optional"`
	By        string  `parquet:"by,dict"`
	Score     float64 `parquet:"score"`
	Ref       *string `parquet:"ref,optional"`
}

// known is a value, or null where it is nought.
func known[T comparable](v T) *T {
	var none T
	if v == none {
		return nil
	}
	return &v
}

func split(joined string) []string {
	if joined == "" {
		return nil
	}
	return strings.Split(joined, ";")
}

// mostRows bounds the rows that are held before they are written.
const mostRows = 20_000

// parquetTable writes rows as they come, in row groups of mostRows.
type parquetTable[T any] struct {
	w       *parquet.GenericWriter[T]
	waiting []T
	rows    int // in the open row group
	close   func() error
}

func newParquet[T any](files Files, name string, options ...parquet.WriterOption) (*parquetTable[T], error) {
	f, err := files(name)
	if err != nil {
		return nil, err
	}
	options = append(options, parquet.Compression(&snappy.Codec{}), parquet.CreatedBy("tupu", "1", ""), parquet.DataPageStatistics(true))
	w := parquet.NewGenericWriter[T](f, options...)
	return &parquetTable[T]{w: w, close: f.Close}, nil
}

func (t *parquetTable[T]) row(r T) error {
	if t.waiting = append(t.waiting, r); len(t.waiting) < 1000 {
		return nil
	}
	return t.flush()
}

func (t *parquetTable[T]) flush() error {
	n, err := t.w.Write(t.waiting)
	t.waiting = t.waiting[:0]
	if t.rows += n; err == nil && t.rows >= mostRows {
		t.rows, err = 0, t.w.Flush()
	}
	return err
}

func (t *parquetTable[T]) end(err error) error {
	if err == nil {
		err = t.flush()
	}
	if closing := t.w.Close(); err == nil {
		err = closing
	}
	if closing := t.close(); err == nil {
		err = closing
	}
	return err
}

// Parquet writes nodes.parquet, edges.parquet and evidence.parquet, compressed with Snappy, which every reader has. Lists are
// lists, and what is unknown is null.
func Parquet(ctx context.Context, files Files, s Source, o Options) error {
	v, err := look(ctx, s, o)
	if err != nil {
		return err
	}
	row := v.parquetRow()
	nodes, err := newParquet[any](files, "nodes.parquet", parquet.SchemaOf(reflect.New(row).Interface()))
	if err != nil {
		return err
	}
	for n, each := range v.everyNode() {
		if err == nil {
			err = each
		}
		if err != nil {
			break
		}
		err = nodes.row(v.parquetRowOf(row, n))
	}
	if err := nodes.end(err); err != nil {
		return err
	}
	edges, err := newParquet[parquetEdge](files, "edges.parquet")
	if err != nil {
		return err
	}
	for e, each := range v.edges(stretch{}) {
		if err == nil {
			err = each
		}
		if err != nil {
			break
		}
		err = edges.row(parquetEdgeOf(e))
	}
	if err := edges.end(err); err != nil {
		return err
	}
	evidence, err := newParquet[parquetEvidence](files, "evidence.parquet")
	if err != nil {
		return err
	}
	for p, each := range v.proofs() {
		if err == nil {
			err = each
		}
		if err != nil {
			break
		}
		row := parquetEvidence{
			Edge: p.edge, Source: string(p.Source), Document: known(p.doc), Path: known(p.path), Page: known(int32(p.at.Page)), Sheet: known(p.at.Sheet),
			Row: known(int32(p.at.Row)), Paragraph: known(int32(p.at.Paragraph)), Line: known(int32(p.at.Line)), Quote: known(p.Quote), By: p.By, Score: p.Score, Ref: known(p.Ref),
		}
		if p.Source == graph.FromText {
			start, end := int32(p.Start), int32(p.End)
			row.Start, row.End = &start, &end
		}
		err = evidence.row(row)
	}
	return evidence.end(err)
}

// parquetRow is parquetNode with a column for each score.
func (v *view) parquetRow() reflect.Type {
	fields := reflect.VisibleFields(reflect.TypeFor[parquetNode]())
	for i, s := range v.o.Scores {
		fields = append(fields, reflect.StructField{
			Name: "Score" + strconv.Itoa(i), Type: reflect.TypeFor[*float64](), Tag: reflect.StructTag(`parquet:"score_` + s.By + `,optional"`),
		})
	}
	for i := range fields {
		fields[i].Index, fields[i].Offset = nil, 0
	}
	return reflect.StructOf(fields)
}

func (v *view) parquetRowOf(t reflect.Type, n *node) any {
	row := reflect.New(t)
	fixed := reflect.ValueOf(parquetNodeOf(n))
	for i := range fixed.NumField() {
		row.Elem().Field(i).Set(fixed.Field(i))
	}
	for i, s := range v.o.Scores {
		if x, ok := s.Of[n.id]; ok {
			row.Elem().Field(fixed.NumField() + i).Set(reflect.ValueOf(&x))
		}
	}
	return row.Interface()
}

func parquetNodeOf(n *node) parquetNode {
	e, d := &n.entity, &n.document
	r := parquetNode{
		ID: n.key(), Schema: n.kind.Label(), Name: n.name, TupuID: string(n.id), Aliases: e.Aliases, Kind: known(string(e.Place)), Code: known(e.Code),
		Area: known(e.Area), Posts: e.Posts, Level: known(e.Level), Hub: known(e.Hub), Documents: int32(n.named), StatusByYear: split(n.status()), Paths: d.Paths,
		Issuer: known(d.Issuer), Date: known(d.Date), Year: known(int32(d.Year)), PlanYear: known(int32(d.PlanYear)), URL: known(d.URL), TextHash: known(d.TextHash),
	}
	if n.kind == graph.KindDocument {
		r.Area = known(d.Area)
	} else {
		r.Confidence = &e.Confidence
	}
	return r
}

func parquetEdgeOf(e told) parquetEdge {
	r := parquetEdge{
		ID: digest("e", e.Key()), Source: nodeID(e.From), Target: nodeID(e.To), Type: string(e.Type), Symmetric: e.Type.Symmetric(), Confidence: e.Confidence,
		Year: known(int32(e.Year)), Modality: known(string(e.Modality)), State: known(e.State), Post: known(e.Post), Role: known(e.Role), Share: known(e.Share),
		Of: known(e.Of), Amount: known(e.Raw), Value: known(e.Value), Unit: known(e.Unit), Date: known(e.Date), Basis: known(string(e.Basis)), Reason: known(e.Reason),
		Stem: known(e.Stem), Score: known(e.Score), Sentences: known(int32(e.Sentences)), Closeness: known(e.Weight), Documents: known(int32(e.Documents)),
		Mentions: known(int32(e.Mentions + e.Count)), Inside: e.Inside, Evidence: int32(len(e.all)),
	}
	for _, y := range e.years {
		r.Years = append(r.Years, int32(y))
	}
	if e.Type == graph.Amount {
		countable := e.Countable
		r.Countable = &countable
	}
	return r
}
