package export

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/tupu-kg/tupu/graph"
)

// SVG draws the graph, or what Options.Plot asks for, as SVG.
func SVG(ctx context.Context, w io.Writer, s Source, o Options) error {
	drawing, err := compose(ctx, s, o)
	if err != nil {
		return err
	}
	return drawing.svg(w)
}

// PNG draws the same as PNG.
func PNG(ctx context.Context, w io.Writer, s Source, o Options) error {
	drawing, err := compose(ctx, s, o)
	if err != nil {
		return err
	}
	return drawing.png(w)
}

// ErrNothingToDraw says that the options leave nothing that a picture could show.
var ErrNothingToDraw = errors.New("nothing to draw")

func compose(ctx context.Context, s Source, o Options) (*scene, error) {
	f, err := newFace()
	if err != nil {
		return nil, err
	}
	if o.Plot != "" {
		return plot(ctx, s, o, f)
	}
	o.NoDocuments = true // documents stand in the evidence; as nodes they would join everything
	v, err := look(ctx, s, o)
	if err != nil {
		return nil, err
	}
	return v.picture(f)
}

// tie is all that joins two nodes of a picture.
type tie struct {
	link
	style  style
	terms  []string
	quotes string
	weight float64
	arrow  int // 1 if every relation goes from a to b, -1 if from b to a, 0 if neither
}

// style says how sure a tie is, from the surest.
type style int

const (
	stated    style = iota // solid
	planned                // dashed
	mentioned              // dotted: named together, which states nothing
)

var (
	dashes = map[style][]float64{planned: {8, 5}, mentioned: {2, 4}}
	legend = map[style]string{stated: "报告或名录所述", planned: "计划或目标", mentioned: "同句或同篇提及，未述关系"}
)

// styleOf says how an edge is drawn.
func styleOf(e *graph.Edge) style {
	switch {
	case e.Type == graph.CoMentioned || e.Type == graph.AppearsIn || e.Type == graph.SameStem || e.Type == graph.MaybeSame:
		return mentioned
	case e.Modality == graph.Planned || e.Modality == graph.Target:
		return planned
	}
	return stated
}

// mostDrawn bounds the nodes of a picture: what stays are those that are best connected with what is asked about.
const mostDrawn = 60

// picture lays out and draws the nodes and edges of the view.
func (v *view) picture(f *face) (*scene, error) {
	nodes, ties, err := v.gather()
	if err != nil {
		return nil, err
	}
	if len(nodes) == 0 {
		return nil, fmt.Errorf("%w: no entity is left; ask for other types, areas or names", ErrNothingToDraw)
	}
	all := len(nodes)
	nodes, ties = v.strongest(nodes, ties)
	d := &drawing{scene: &scene{face: f}, nodes: nodes, ties: ties, centre: map[graph.ID]bool{}}
	for _, id := range v.o.Around {
		d.centre[id] = true
	}
	if len(v.o.Only) > 0 {
		d.first = v.o.Only[0]
	}
	d.scene.title = d.title(v.o, all)
	if err := d.place(); err != nil {
		return nil, err
	}
	d.draw()
	d.frame(all)
	return d.scene, d.scene.err
}

// gather reads the nodes, in ascending order of id, and what ties each pair of them.
func (v *view) gather() ([]*node, []tie, error) {
	var nodes []*node
	number := map[graph.ID]int{}
	for n, err := range v.everyNode() {
		if err != nil {
			return nil, nil, err
		}
		number[n.id] = len(nodes)
		nodes = append(nodes, n)
	}
	between := map[link]*tie{}
	for e, err := range v.edges(stretch{}) {
		if err != nil {
			return nil, nil, err
		}
		a, known := number[e.From]
		b, known2 := number[e.To]
		if !known || !known2 {
			continue
		}
		direction := 1
		if e.Type.Symmetric() {
			direction = 0
		}
		l := link{a, b}
		if a > b {
			l, direction = link{b, a}, -direction
		}
		t := between[l]
		if t == nil {
			t = &tie{link: l, style: mentioned + 1}
			between[l] = t
		}
		s := styleOf(&e.Edge)
		t.weight += float64(len(e.all))
		if s > t.style {
			continue
		}
		if s == mentioned && t.style < mentioned {
			continue
		}
		if s < mentioned && t.style >= mentioned { // what is stated makes it idle to say that both are named together
			t.terms, t.quotes, t.arrow = nil, "", direction
		}
		if t.arrow != direction {
			t.arrow = 0
		}
		t.style = min(t.style, s)
		if len(t.terms) == 0 {
			t.arrow = direction
		}
		term := edgeTerms[e.Type].forward
		switch {
		case e.Type == graph.HoldsPost && e.Post != "":
			term = e.Post
		case e.Type == graph.Undertakes && e.Role != "":
			term = e.Role
		case e.Type == graph.PartOf && e.Share != "":
			term += " " + e.Share
		}
		if !slices.Contains(t.terms, term) {
			t.terms = append(t.terms, term)
		}
		if t.quotes == "" {
			quotes, _, err := v.evidence(nil, bundle{e})
			if err != nil {
				return nil, nil, err
			}
			t.quotes = string(quotes)
		}
	}
	ties := make([]tie, 0, len(between))
	for _, t := range between {
		ties = append(ties, *t)
	}
	slices.SortFunc(ties, func(p, q tie) int { return compareLinks(p.link, q.link) })
	return nodes, ties, nil
}

// strongest keeps the nodes that are asked about and those best tied to them, or to all where none is asked about.
func (v *view) strongest(nodes []*node, ties []tie) ([]*node, []tie) {
	if len(nodes) <= mostDrawn {
		return nodes, ties
	}
	centre := map[graph.ID]bool{}
	for _, id := range v.o.Around {
		centre[id] = true
	}
	score := make([]float64, len(nodes))
	for _, t := range ties {
		w := t.weight
		if t.style < mentioned {
			w += 10 // a stated relation tells more than many common mentions
		}
		for _, end := range [2][2]int{{t.a, t.b}, {t.b, t.a}} {
			if len(centre) == 0 || centre[nodes[end[1]].id] {
				score[end[0]] += w
			}
		}
	}
	order := make([]int, len(nodes))
	for i, n := range nodes {
		order[i] = i
		if centre[n.id] {
			score[i] = math.Inf(1)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(score[b], score[a]) })
	order = order[:mostDrawn]
	slices.Sort(order)
	number := make(map[int]int, len(order))
	kept := make([]*node, len(order))
	for i, old := range order {
		number[old], kept[i] = i, nodes[old]
	}
	var held []tie
	for _, t := range ties {
		a, in := number[t.a]
		b, in2 := number[t.b]
		if in && in2 {
			t.a, t.b = a, b
			held = append(held, t)
		}
	}
	return kept, held
}

// drawing is a picture in the making.
type drawing struct {
	*scene
	nodes  []*node
	ties   []tie
	centre map[graph.ID]bool // what is asked about
	path   bool              // it is one path from end to end
	first  graph.ID          // where a path begins
	at     []point
	boxes  []box
	labels [][]string
	radius []float64
	wide   []float64 // of the label
	low    point     // corners of what is drawn
	high   point
}

const (
	labelSize = 13.0
	lineStep  = 16.0
	perLine   = 10  // characters of a label in one line
	ring      = 4.0 // around what is asked about
)

func (d *drawing) title(o Options, all int) string {
	if len(o.Around) == 1 {
		for _, n := range d.nodes {
			if n.id == o.Around[0] {
				return n.name + " 的关系图"
			}
		}
	}
	if all > len(d.nodes) {
		return fmt.Sprintf("关系图：%d 个实体中的 %d 个", all, len(d.nodes))
	}
	if d.chain() {
		order := d.order()
		return d.nodes[order[0]].name + " 与 " + d.nodes[order[len(order)-1]].name + " 的联系"
	}
	return fmt.Sprintf("关系图：%d 个实体", all)
}

// wrap cuts a label into lines of about the same length.
func wrap(s string) []string {
	n := utf8.RuneCountInString(s)
	if n <= perLine+2 {
		return []string{s}
	}
	lines := (n + perLine - 1) / perLine
	step := (n + lines - 1) / lines
	var out []string
	for r := []rune(s); len(r) > 0; {
		k := min(step, len(r))
		out = append(out, strings.TrimSpace(string(r[:k])))
		r = r[k:]
	}
	return out
}

// place lays the nodes out and makes room for their labels.
func (d *drawing) place() error {
	n := len(d.nodes)
	d.labels, d.radius, d.wide, d.boxes = make([][]string, n), make([]float64, n), make([]float64, n), make([]box, n)
	for i, n := range d.nodes {
		d.labels[i] = wrap(clip(n.name, 3*perLine))
		d.radius[i] = min(8+float64(3*math.Sqrt(float64(n.named))), 22)
		if d.centre[n.id] {
			d.radius[i] += ring
		}
		for _, l := range d.labels[i] {
			w, err := d.face.width(l, labelSize)
			if err != nil {
				return err
			}
			d.wide[i] = max(d.wide[i], w)
		}
		wide := max(2*d.radius[i], d.wide[i])
		const margin = 6
		d.boxes[i] = box{wide/2 + margin, wide/2 + margin, d.radius[i] + margin, d.radius[i] + float64(lineStep*float64(len(d.labels[i]))) + margin + 2}
	}
	links := make([]link, len(d.ties))
	for i, t := range d.ties {
		links[i] = t.link
	}
	d.at = arrange(len(d.nodes), links, 130+float64(6*math.Sqrt(float64(len(d.nodes)))))
	if d.path = d.chain(); d.path {
		x := 0.0
		for i, k := range d.order() {
			if i > 0 {
				x += d.boxes[k].left
			}
			d.at[k] = point{x, 0}
			x += d.boxes[k].right + 130 // what the edge says stands between
		}
	}
	separate(d.at, d.boxes)
	for i := range d.at { // so that rounding to a tenth cannot bring boxes together again
		d.at[i] = point{math.Round(d.at[i].x), math.Round(d.at[i].y)}
	}
	return nil
}

// chain reports whether the picture is of one path from end to end.
func (d *drawing) chain() bool {
	if len(d.ties) != len(d.nodes)-1 || len(d.ties) == 0 {
		return false
	}
	degree := make([]int, len(d.nodes))
	for _, t := range d.ties {
		degree[t.a]++
		degree[t.b]++
	}
	ends := 0
	for _, n := range degree {
		if n == 1 {
			ends++
		} else if n != 2 {
			return false
		}
	}
	return ends == 2
}

// order lists the nodes of a chain from one end to the other, from the one that was asked about first if it is an end.
func (d *drawing) order() []int {
	near := make([][]int, len(d.nodes))
	for _, t := range d.ties {
		near[t.a], near[t.b] = append(near[t.a], t.b), append(near[t.b], t.a)
	}
	at := slices.IndexFunc(near, func(n []int) bool { return len(n) == 1 })
	out, from := []int{at}, -1
	for len(out) < len(d.nodes) {
		next := near[at][0]
		if next == from && len(near[at]) > 1 {
			next = near[at][1]
		}
		from, at = at, next
		out = append(out, at)
	}
	if d.nodes[out[len(out)-1]].id == d.first {
		slices.Reverse(out)
	}
	return out
}

func (d *drawing) draw() {
	taken := make([][2]point, 0, 2*len(d.nodes)) // corners of what must not be written over
	d.low, d.high = point{math.Inf(1), math.Inf(1)}, point{math.Inf(-1), math.Inf(-1)}
	for i, p := range d.at {
		b := d.boxes[i]
		low, high := point{p.x - b.left, p.y - b.up}, point{p.x + b.right, p.y + b.down}
		taken = append(taken, [2]point{low, high})
		d.low, d.high = point{min(d.low.x, low.x), min(d.low.y, low.y)}, point{max(d.high.x, high.x), max(d.high.y, high.y)}
	}
	slices.SortStableFunc(d.ties, func(a, b tie) int { return cmp.Compare(b.style, a.style) }) // the surest on top
	for _, t := range d.ties {
		d.tie(t)
	}
	for i := len(d.ties) - 1; i >= 0; i-- { // the surest are named first
		d.name(d.ties[i], &taken)
	}
	for i, n := range d.nodes {
		c := ink(colours[n.kind])
		radius := d.radius[i]
		if d.centre[n.id] {
			d.circle(d.at[i], radius, black, "")
			radius -= ring
		}
		d.circle(d.at[i], radius, c, n.name+"（"+termOr(kindTerms, n.kind)+"）"+string(n.id))
		for k, l := range d.labels[i] {
			d.text(point{d.at[i].x, d.at[i].y + d.radius[i] + 1 + float64(lineStep*float64(k+1)) - 3}, 0.5, labelSize, black, l)
		}
	}
}

func (d *drawing) tie(t tie) {
	a, b := d.at[t.a], d.at[t.b]
	colour, width := ink{90, 90, 90}, 1.6
	if t.style == mentioned {
		colour, width = ink{165, 165, 165}, 1.2
	}
	dx, dy := b.x-a.x, b.y-a.y
	length := math.Sqrt(float64(dx*dx) + float64(dy*dy))
	if length == 0 {
		return
	}
	dx, dy = dx/length, dy/length
	out, back := d.radius[t.a], d.radius[t.b]
	if t.style != mentioned { // an arrow must not end behind a label
		if t.arrow < 0 {
			out = min(d.exit(t.a, dx, dy), length-back)
		}
		if t.arrow > 0 {
			back = min(d.exit(t.b, -dx, -dy), length-out)
		}
	}
	from := point{a.x + float64(dx*out), a.y + float64(dy*out)}
	to := point{b.x - float64(dx*back), b.y - float64(dy*back)}
	about := d.nodes[t.a].name + " – " + d.nodes[t.b].name + "：" + strings.Join(t.terms, "、")
	if t.quotes != "" {
		about += "\n" + t.quotes
	}
	d.line(from, to, width, colour, dashes[t.style], about)
	if t.style == mentioned {
		return
	}
	switch t.arrow {
	case 1:
		d.arrow(from, to, 9, colour)
	case -1:
		d.arrow(to, from, 9, colour)
	}
}

// exit is how far a line from the middle of a node in a direction runs within the node or its label.
func (d *drawing) exit(i int, dx, dy float64) float64 {
	out := d.radius[i]
	half, bottom := d.wide[i]/2+2, d.radius[i]+float64(lineStep*float64(len(d.labels[i])))+2
	if dy <= 0 {
		return out
	}
	down := bottom / dy // where it comes out below, if it is not out at a side by then
	if side := math.Abs(float64(dx * down)); side <= half {
		return max(out, down)
	}
	across := half / math.Abs(dx)
	if float64(dy*across) > d.radius[i] {
		return max(out, across)
	}
	return out
}

// name writes on a tie what it says, where there is room; common mentions are told by their line alone.
func (d *drawing) name(t tie, taken *[][2]point) {
	if t.style == mentioned && !d.path && !slices.ContainsFunc(t.terms, func(s string) bool { return s == "字号相同" || s == "疑似同一" }) {
		return
	}
	const size = 10.5
	text := strings.Join(t.terms, "、")
	if d.path {
		text += fmt.Sprintf("（%d 处）", int(t.weight))
	}
	w, err := d.face.width(text, size)
	if err != nil {
		return
	}
	a, b := d.at[t.a], d.at[t.b]
	for _, share := range [...]float64{0.5, 0.42, 0.58, 0.34, 0.66} {
		c := point{a.x + float64((b.x-a.x)*share), a.y + float64((b.y-a.y)*share)}
		low, high := point{c.x - w/2 - 2, c.y - size/2 - 3}, point{c.x + w/2 + 2, c.y + size/2 + 3}
		if slices.ContainsFunc(*taken, func(o [2]point) bool {
			return low.x < o[1].x && o[0].x < high.x && low.y < o[1].y && o[0].y < high.y
		}) {
			continue
		}
		*taken = append(*taken, [2]point{low, high})
		d.rectangle(point{c.x - w/2 - 1, c.y - 2}, point{c.x + w/2 + 1, c.y + 2}, white, "") // the line would show in the blank half of a bracket
		d.text(point{c.x, c.y + size*0.35}, 0.5, size, grey, text)
		return
	}
}

// frame puts the title above and the legend below, and moves all to where the picture begins.
func (d *drawing) frame(all int) {
	const margin, top = 24.0, 64.0
	d.move(point{margin - d.low.x, top - d.low.y})
	d.width, d.height = d.high.x-d.low.x+2*margin, d.high.y-d.low.y+top+margin
	used := d.text(point{margin, 32}, 0, 18, black, d.scene.title)
	d.width = max(d.width, used+2*margin)
	var kinds []graph.Kind
	for _, k := range graph.Kinds {
		if slices.ContainsFunc(d.nodes, func(n *node) bool { return n.kind == k }) {
			kinds = append(kinds, k)
		}
	}
	x, y := margin, d.height+6
	widest := x
	for _, k := range kinds {
		d.circle(point{x + 6, y}, 6, colours[k], "")
		x += 18 + d.text(point{x + 17, y + 4.5}, 0, 12, black, kindTerms[k]) + 16
	}
	widest = max(widest, x)
	x, y = margin, y+24
	for s := stated; s <= mentioned; s++ {
		if !slices.ContainsFunc(d.ties, func(t tie) bool { return t.style == s }) {
			continue
		}
		d.line(point{x, y}, point{x + 34, y}, 1.6, ink{90, 90, 90}, dashes[s], "")
		x += 40 + d.text(point{x + 40, y + 4.5}, 0, 12, black, legend[s]) + 20
	}
	widest = max(widest, x)
	y += 22
	note := "圆的大小：提到它的文件数"
	if all > len(d.nodes) {
		note += fmt.Sprintf("；共 %d 个实体，只画关系最密的 %d 个", all, len(d.nodes))
	}
	widest = max(widest, margin+d.text(point{margin, y + 4}, 0, 11, grey, note)+margin)
	d.width, d.height = math.Ceil(max(d.width, widest)), math.Ceil(y+margin)
}

// PlotKind is a plot of figures over the graph.
type PlotKind string

// The plots.
const (
	PlotStatus  PlotKind = "status"  // projects by stage and year
	PlotMoney   PlotKind = "money"   // sums that may be added, by district
	PlotDegrees PlotKind = "degrees" // how many entities have how many relations
)

// Plots lists the plots.
var Plots = []PlotKind{PlotStatus, PlotMoney, PlotDegrees}

func plot(ctx context.Context, s Source, o Options, f *face) (*scene, error) {
	switch o.Plot {
	case PlotStatus:
		return plotStatus(ctx, s, o, f)
	case PlotMoney:
		return plotMoney(ctx, s, o, f)
	case PlotDegrees:
		return plotDegrees(ctx, s, o, f)
	}
	names := make([]string, len(Plots))
	for i, p := range Plots {
		names[i] = string(p)
	}
	return nil, fmt.Errorf("unknown plot %q: use %s", o.Plot, strings.Join(names, ", "))
}

// stateInks are the colours of the stages, in the order of states.
var stateInks = []ink{{199, 199, 199}, {158, 202, 225}, {253, 208, 162}, {244, 165, 30}, {217, 140, 70}, {116, 196, 118}, {35, 139, 69}, {203, 24, 29}, {90, 90, 90}}

// plotStatus draws a column of stages for each year: filled what is reported, pale and dashed what is planned. A project
// counts once in a year, a stage and a tense, however many documents say it.
func plotStatus(ctx context.Context, s Source, o Options, f *face) (*scene, error) {
	o.Types = []graph.EdgeType{graph.Status}
	o.NoDocuments = false
	if len(o.Kinds) == 0 {
		o.Kinds = []graph.Kind{graph.KindProject}
	}
	v, err := look(ctx, s, o)
	if err != nil {
		return nil, err
	}
	type cell struct {
		year    int
		state   string
		planned bool
	}
	seen := map[cell]map[graph.ID]bool{}
	undated := map[graph.ID]bool{}
	low, high := math.MaxInt, 0
	for e, err := range v.edges(stretch{}) {
		if err != nil {
			return nil, err
		}
		if e.Modality == graph.Background {
			continue
		}
		if e.Year == 0 {
			undated[e.From] = true
			continue
		}
		c := cell{e.Year, e.State, e.Modality == graph.Planned || e.Modality == graph.Target}
		if seen[c] == nil {
			seen[c] = map[graph.ID]bool{}
		}
		seen[c][e.From] = true
		low, high = min(low, e.Year), max(high, e.Year)
	}
	const mostYears = 30
	low = max(low, high-mostYears+1)
	if len(seen) == 0 {
		return nil, fmt.Errorf("%w: no project has a stage with a year", ErrNothingToDraw)
	}
	tallest := 0
	total := map[int]int{}
	for c, of := range seen {
		total[c.year] += len(of)
		tallest = max(tallest, total[c.year])
	}
	d := &scene{face: f, title: "项目进展：各年各阶段的项目数"}
	const left, top, high2, step, bar = 70.0, 70.0, 320.0, 72.0, 44.0
	bottom := top + high2
	right := left + step*float64(high-low+1)
	axis(d, left, right, top, bottom, float64(tallest), "个")
	var used [9][2]bool
	for y := low; y <= high; y++ {
		x := left + step*float64(y-low) + (step-bar)/2
		at := bottom
		d.text(point{x + bar/2, bottom + 18}, 0.5, 12, black, strconv.Itoa(y))
		for i, state := range states {
			for p := range 2 {
				n := len(seen[cell{y, state, p == 1}])
				if n == 0 {
					continue
				}
				used[i][p] = true
				h := high2 * float64(n) / float64(nice(float64(tallest)))
				about := fmt.Sprintf("%d 年 %s %d 个", y, stateTerms[state], n)
				if p == 1 {
					d.outline(point{x, at - h}, point{x + bar, at}, stateInks[i], about+"（计划）")
				} else {
					d.rectangle(point{x, at - h}, point{x + bar, at}, stateInks[i], about)
				}
				if h > 14 {
					d.text(point{x + bar/2, at - h/2 + 4}, 0.5, 11, black, strconv.Itoa(n))
				}
				at -= h
			}
		}
	}
	x, y := right+30, top
	for i := range states {
		for p := range 2 {
			if !used[i][p] {
				continue
			}
			name := stateTerms[states[i]]
			if p == 1 {
				name += "（计划）"
				d.outline(point{x, y}, point{x + 22, y + 14}, stateInks[i], "")
			} else {
				d.rectangle(point{x, y}, point{x + 22, y + 14}, stateInks[i], "")
			}
			d.text(point{x + 30, y + 11.5}, 0, 12, black, name)
			y += 22
		}
	}
	note := "同一项目同年同阶段只计一次；虚框为计划或目标"
	if len(undated) > 0 {
		note += fmt.Sprintf("；%d 个项目的进展未写明年份，未计入", len(undated))
	}
	return finish(d, right+150, max(bottom+44, y+20), note)
}

// money is the sums of one district.
type money struct {
	area    string
	sum     float64
	n       int
	flagged int // figures that must not be summed
}

// plotMoney draws a bar for each district: the total investments of projects in 元 that may be summed, each project's once,
// with the largest figure of the latest year.
func plotMoney(ctx context.Context, s Source, o Options, f *face) (*scene, error) {
	o.Types = []graph.EdgeType{graph.Amount}
	o.NoDocuments = false
	if len(o.Kinds) == 0 {
		o.Kinds = []graph.Kind{graph.KindProject}
	}
	v, err := look(ctx, s, o)
	if err != nil {
		return nil, err
	}
	type figure struct {
		year  int
		value float64
	}
	best := map[string]map[graph.ID]figure{}
	flagged := map[string]int{}
	for e, err := range v.edges(stretch{}) {
		if err != nil {
			return nil, err
		}
		if e.Unit != "元" || e.Of != "total" {
			continue
		}
		doc, err := v.document(e.To)
		if err != nil {
			return nil, err
		}
		area := cmp.Or(doc.Area, "地区不明")
		if !e.Countable {
			flagged[area]++
			continue
		}
		if best[area] == nil {
			best[area] = map[graph.ID]figure{}
		}
		now := figure{cmp.Or(e.Year, documentYear(doc)), e.Value}
		if held, ok := best[area][e.From]; !ok || now.year > held.year || now.year == held.year && now.value > held.value {
			best[area][e.From] = now
		}
	}
	var rows []money
	for area, figures := range best {
		m := money{area: area, flagged: flagged[area], n: len(figures)}
		values := make([]float64, 0, len(figures))
		for _, f := range figures {
			values = append(values, f.value)
		}
		slices.Sort(values) // so that the sum does not depend on the order of a map
		for _, value := range values {
			m.sum += value
		}
		rows = append(rows, m)
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("%w: no project has a total in 元 that may be summed", ErrNothingToDraw)
	}
	slices.SortFunc(rows, func(a, b money) int { return cmp.Or(cmp.Compare(b.sum, a.sum), cmp.Compare(a.area, b.area)) })
	const most = 40
	left := len(rows) - most
	rows = rows[:min(len(rows), most)]
	d := &scene{face: f, title: "项目总投资：按报告所属地区"}
	const margin, top, step, wide = 24.0, 70.0, 30.0, 420.0
	names := 0.0
	for _, r := range rows {
		w, err := f.width(r.area, 13)
		if err != nil {
			return nil, err
		}
		names = max(names, w)
	}
	x := margin + names + 12
	widest := 0.0
	for i, r := range rows {
		y := top + step*float64(i)
		w := max(1, wide*r.sum/rows[0].sum)
		label := fmt.Sprintf("%s 亿元（%d 个项目）", strconv.FormatFloat(r.sum/1e8, 'f', 2, 64), r.n)
		if r.flagged > 0 {
			label += fmt.Sprintf("，另有 %d 个数不可加总", r.flagged)
		}
		d.text(point{margin + names, y + 15}, 1, 13, black, r.area)
		d.rectangle(point{x, y + 2}, point{x + w, y + 20}, colours[graph.KindProject], r.area+" "+label)
		widest = max(widest, x+w+8+d.text(point{x + w + 8, y + 15}, 0, 12, grey, label))
	}
	note := "每个项目取最近一年的最大总额，只计可加总者；总额含计划数"
	if left > 0 {
		note += fmt.Sprintf("；另有 %d 个地区未画", left)
	}
	return finish(d, widest+margin, top+step*float64(len(rows))+16, note)
}

// plotDegrees draws how many entities have how many others beside them, on logarithmic scales.
func plotDegrees(ctx context.Context, s Source, o Options, f *face) (*scene, error) {
	o.NoDocuments = true
	v, err := look(ctx, s, o)
	if err != nil {
		return nil, err
	}
	degree := map[uint64]int{}
	for b, err := range v.bundles(true) {
		if err != nil {
			return nil, err
		}
		degree[hash(b[0].From)]++
		degree[hash(b[0].To)]++
	}
	if len(degree) == 0 {
		return nil, fmt.Errorf("%w: no entity has a relation to another", ErrNothingToDraw)
	}
	of := map[int]int{}
	largest, tallest := 1, 1
	for _, k := range degree {
		of[k]++
		largest, tallest = max(largest, k), max(tallest, of[k])
	}
	d := &scene{face: f, title: "关系数的分布"}
	const left, top, side = 80.0, 70.0, 380.0
	decades := func(n int) float64 { return max(1, math.Ceil(math.Log10(float64(n)))) }
	across, up := decades(largest), decades(tallest)
	for i := 0; float64(i) <= across; i++ {
		x := left + side*float64(i)/across
		d.line(point{x, top}, point{x, top + side}, 0.8, pale, nil, "")
		d.text(point{x, top + side + 18}, 0.5, 12, black, strconv.Itoa(int(math.Pow10(i))))
	}
	for i := 0; float64(i) <= up; i++ {
		y := top + side - side*float64(i)/up
		d.line(point{left, y}, point{left + side, y}, 0.8, pale, nil, "")
		d.text(point{left - 8, y + 4}, 1, 12, black, strconv.Itoa(int(math.Pow10(i))))
	}
	ks := make([]int, 0, len(of))
	for k := range of {
		ks = append(ks, k)
	}
	slices.Sort(ks)
	for _, k := range ks {
		p := point{left + side*math.Log10(float64(k))/across, top + side - side*math.Log10(float64(of[k]))/up}
		d.circle(p, 4, colours[graph.KindPlace], fmt.Sprintf("%d 个实体各有 %d 个关系", of[k], k))
	}
	d.text(point{left + side/2, top + side + 40}, 0.5, 12, grey, "关系数（同一对实体同类关系计一次）")
	d.text(point{left - 50, top - 14}, 0, 12, grey, "实体数")
	return finish(d, left+side+40, top+side+64, fmt.Sprintf("%d 个实体有关系", len(degree)))
}

// nice is the least of 1, 2, 5, 10, 20, … that is not below n.
func nice(n float64) float64 {
	for unit := 1.0; ; unit *= 10 {
		for _, k := range [3]float64{1, 2, 5} {
			if k*unit >= n {
				return k * unit
			}
		}
	}
}

// axis draws level lines with their numbers.
func axis(d *scene, left, right, top, bottom, most float64, unit string) {
	n := nice(most)
	step := max(1, n/5)
	for k := 0.0; k <= n; k += step {
		y := bottom - (bottom-top)*k/n
		d.line(point{left, y}, point{right, y}, 0.8, pale, nil, "")
		d.text(point{left - 8, y + 4}, 1, 12, black, float(k))
	}
	d.text(point{left - 8, top - 14}, 1, 12, grey, unit)
}

// finish puts the title and a note to a plot.
func finish(d *scene, width, height float64, note string) (*scene, error) {
	w := d.text(point{24, 32}, 0, 18, black, d.title)
	n := d.text(point{24, height}, 0, 11, grey, note)
	d.width, d.height = math.Ceil(max(width, w+48, n+48)), math.Ceil(height+20)
	return d, d.err
}
