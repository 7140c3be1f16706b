package gazetteer

import (
	_ "embed"
	"fmt"
	"sort"
	"strings"

	"github.com/tupu-kg/tupu/extract/gazetteer/internal/format"
	"github.com/tupu-kg/tupu/extract/text"
	"github.com/tupu-kg/tupu/graph"
)

//go:embed places.bin
var data string

// rules changes when the code here would find other names in the same text or give other answers about them.
const rules = "1"

// Version identifies the data and the rules of matching. It costs nothing.
func Version() string { return "gazetteer/" + rules + "/" + dataVersion }

// Country is the code of the country, in which all places lie.
const Country = "100000"

// Place is one place.
type Place struct {
	Code       string          // see the package comment
	Name       string          // official: 泉港区
	Short      string          // 泉港; empty if too short or a word of its own
	Kind       graph.PlaceKind // country, province, city, county, township or zone
	Parent     string          // code of the place above; empty for the country
	Government bool            // a zone with a management of its own: it counts as a county does
}

// Gazetteer answers questions about places. It is read-only.
type Gazetteer struct {
	d       *format.Data
	pairs   []uint64      // set of bits, by hash, of the first two characters of the names that are safe anywhere
	runs    []run         // a table, by hash, of where the names are that begin with two characters
	shift   uint8         // of hashes, for runs
	managed map[int][]int // by zone, the townships that it runs
}

// Open opens the embedded data, which are read in place: about two milliseconds and half a megabyte.
func Open() (*Gazetteer, error) {
	d, err := format.Open(data)
	if err != nil {
		return nil, fmt.Errorf("gazetteer: %w", err)
	}
	g := &Gazetteer{d: d, managed: map[int][]int{}}
	g.indexNames()
	for i := range d.Len() {
		p := d.Place(i)
		if p.Kind == format.Township && p.Parent != g.register(i) {
			g.managed[p.Parent] = append(g.managed[p.Parent], i)
		}
	}
	return g, nil
}

var kinds = [...]graph.PlaceKind{
	format.Country: graph.Country, format.Province: graph.Province, format.City: graph.City,
	format.County: graph.County, format.Township: graph.Township, format.Zone: graph.Zone,
}

func (g *Gazetteer) place(i int) Place {
	p := g.d.Place(i)
	out := Place{Code: format.Code(p.Key), Name: g.d.Text(p.Name), Kind: kinds[p.Kind], Government: p.Government}
	if p.Short >= 0 {
		out.Short = g.d.Text(p.Short)
	}
	if p.Parent != i {
		out.Parent = format.Code(g.d.Key(p.Parent))
	}
	return out
}

// find returns the position of a code. Codes of two and four digits, and those of twelve that the statistics write, count as
// the six or nine digits that they stand for.
func (g *Gazetteer) find(code string) (int, bool) {
	switch len(code) {
	case 2, 4:
		code = (code + "0000")[:6]
	case 12:
		code = strings.TrimSuffix(code, "000")
		if short, ok := strings.CutSuffix(code, "000"); ok {
			code = short
		}
	}
	key, ok := format.ParseCode(code)
	if !ok {
		return 0, false
	}
	i := sort.Search(g.d.Len(), func(i int) bool { return g.d.Key(i) >= key })
	return i, i < g.d.Len() && g.d.Key(i) == key
}

// ByCode returns the place of a code. Codes that leave out zeros at the end (35, 3505) or have them (350505000000) are
// understood.
func (g *Gazetteer) ByCode(code string) (Place, bool) {
	i, ok := g.find(code)
	if !ok {
		return Place{}, false
	}
	return g.place(i), true
}

// bearers returns the positions of the places that bear a name, ascending.
func (g *Gazetteer) bearers(name string) []int {
	id, ok := g.name(name)
	if !ok {
		folded := text.Name(name)
		if folded == name {
			return nil
		}
		if id, ok = g.name(folded); !ok {
			return nil
		}
	}
	return g.bearing(id)
}

// bearing lists the places that bear a name.
func (g *Gazetteer) bearing(id int) []int {
	from, to := g.d.Bearers(id)
	list := make([]int, 0, to-from)
	for at := from; at < to; at++ {
		list = append(list, g.d.Bearer(at))
	}
	return list
}

func (g *Gazetteer) name(name string) (id int, ok bool) {
	low, high := g.beginning(firstPair(name))
	id = low + sort.Search(high-low, func(i int) bool { return g.d.Text(low+i) >= name })
	return id, id < high && g.d.Text(id) == name
}

// ByName returns the places that a name can mean, official, short or otherwise, ascending by code. The name is folded where
// it has to be.
func (g *Gazetteer) ByName(name string) []Place {
	return g.places(g.bearers(name))
}

// places are those at some positions, in their order.
func (g *Gazetteer) places(at []int) []Place {
	var list []Place
	for _, i := range at {
		list = append(list, g.place(i))
	}
	return list
}

// ByFolded is ByName for a name that is folded already, which costs a tenth where no place bears it.
func (g *Gazetteer) ByFolded(name string) []Place {
	id, ok := g.name(name)
	if !ok {
		return nil
	}
	return g.places(g.bearing(id))
}

// register is the place that the code of place i names as the one above: the county of a township, also where a zone runs it.
func (g *Gazetteer) register(i int) int {
	if key := g.d.Key(i); key%2000 != 0 {
		if up, ok := g.position(key - key%2000); ok {
			return up
		}
	}
	return g.d.Place(i).Parent
}

func (g *Gazetteer) position(key uint32) (int, bool) {
	i := sort.Search(g.d.Len(), func(i int) bool { return g.d.Key(i) >= key })
	return i, i < g.d.Len() && g.d.Key(i) == key
}

// deepest bounds the steps from a township to the country; data with a loop would not pass the tests.
const deepest = 8

// above returns the places above place i, nearest first.
func (g *Gazetteer) above(i int) []int {
	var list []int
	for range deepest {
		up := g.d.Place(i).Parent
		if up == i {
			break
		}
		list = append(list, up)
		i = up
	}
	return list
}

// Ancestors returns the places above the place of a code, nearest first, up to the country; none if the code is not known. A
// township that a zone runs has the zone among them and not its county.
func (g *Gazetteer) Ancestors(code string) []Place {
	i, ok := g.find(code)
	if !ok {
		return nil
	}
	return g.places(g.above(i))
}

// Within reports whether the place of a code is the area or lies below it. A township that a zone runs lies within the zone
// and within the county that its code names.
func (g *Gazetteer) Within(code, area string) bool {
	i, ok := g.find(code)
	if !ok {
		return false
	}
	of, ok := g.find(area)
	return ok && g.within(i, of)
}

func (g *Gazetteer) within(i, area int) bool {
	if i == area || g.register(i) == area {
		return true
	}
	for range deepest {
		up := g.d.Place(i).Parent
		if up == area {
			return true
		}
		if up == i {
			break
		}
		i = up
	}
	return false
}

// Label returns the official name of the place of a code, and where other places bear that name too, as scope, the name of
// the nearest place above that tells it apart from all of them; its code where none does. Name and scope together belong to
// one place only. Both are empty if the code is not known.
func (g *Gazetteer) Label(code string) (name, scope string) {
	i, ok := g.find(code)
	if !ok {
		return "", ""
	}
	p := g.d.Place(i)
	name = g.d.Text(p.Name)
	others := map[int]bool{} // names of the places above the others
	alone := true
	from, to := g.d.Bearers(p.Name)
	for at := from; at < to; at++ {
		other := g.d.Bearer(at)
		if other == i || g.d.Place(other).Name != p.Name {
			continue
		}
		alone = false
		for _, up := range g.above(other) {
			others[g.d.Place(up).Name] = true
		}
	}
	if alone {
		return name, ""
	}
	for _, up := range g.above(i) {
		if id := g.d.Place(up).Name; !others[id] {
			return name, g.d.Text(id)
		}
	}
	return name, format.Code(p.Key)
}
