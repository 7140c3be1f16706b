package export

import (
	"cmp"
	"math"
	"slices"
)

// point is a place in a picture; y grows downwards.
type point struct{ x, y float64 }

// link joins two nodes by number.
type link struct{ a, b int }

func compareLinks(p, q link) int { return cmp.Or(cmp.Compare(p.a, q.a), cmp.Compare(p.b, q.b)) }

// mostStress bounds the nodes that are laid out by stress, whose cost grows with their square.
const mostStress = 600

// arrange gives n nodes places so that linked ones are about gap apart. Small graphs are laid out by stress majorisation
// (Gansner, Koren, North 2004; one node at a time), large ones by forces that reach a few gaps far (Fruchterman, Reingold
// 1991, the variant with a grid). Nothing in it is left to chance, and products are rounded before they are added, so that
// machines with and without fused multiplication agree.
func arrange(n int, links []link, gap float64) []point {
	near := make([][]int, n)
	for _, l := range links {
		if l.a != l.b {
			near[l.a], near[l.b] = append(near[l.a], l.b), append(near[l.b], l.a)
		}
	}
	at := spiral(near, gap)
	switch {
	case n < 2:
	case n <= mostStress:
		stress(at, near, gap)
	default:
		forces(at, near, gap)
	}
	return at
}

// spiral places the nodes on a sunflower's spiral, each component from its best connected node outwards.
func spiral(near [][]int, gap float64) []point {
	n := len(near)
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(len(near[b]), len(near[a])) })
	at := make([]point, n)
	placed := make([]bool, n)
	const cos, sin = -0.7373688780783197, 0.6754902942615238 // of the golden angle
	dir := point{1, 0}
	k := 0
	for _, first := range order {
		if placed[first] {
			continue
		}
		placed[first] = true
		for queue := []int{first}; len(queue) > 0; queue = queue[1:] {
			i := queue[0]
			r := float64(gap * 0.6 * math.Sqrt(float64(k)))
			at[i] = point{float64(dir.x * r), float64(dir.y * r)}
			dir = point{float64(dir.x*cos) - float64(dir.y*sin), float64(dir.x*sin) + float64(dir.y*cos)}
			k++
			for _, j := range near[i] {
				if !placed[j] {
					placed[j] = true
					queue = append(queue, j)
				}
			}
		}
	}
	return at
}

// stress moves each node in turn to where its distances to all others are nearest to gap times the hops between them.
func stress(at []point, near [][]int, gap float64) {
	n := len(at)
	apart := float32(max(2, 0.5*math.Sqrt(float64(n)))) // hops that stand for no way at all
	hops := make([]float32, n*n)
	for i := range n {
		row := hops[i*n : (i+1)*n]
		for j := range row {
			row[j] = -1
		}
		row[i] = 0
		for queue := []int{i}; len(queue) > 0; queue = queue[1:] {
			for _, j := range near[queue[0]] {
				if row[j] < 0 {
					row[j] = row[queue[0]] + 1
					queue = append(queue, j)
				}
			}
		}
		for j := range row {
			if row[j] < 0 {
				row[j] = apart
			}
		}
	}
	for range 200 {
		moved := 0.0
		for i := range n {
			var x, y, weight float64
			for j := range n {
				if i == j {
					continue
				}
				d := float64(hops[i*n+j])
				w := 1 / float64(d*d)
				d = float64(d * gap)
				dx, dy := at[i].x-at[j].x, at[i].y-at[j].y
				length := math.Sqrt(float64(dx*dx) + float64(dy*dy))
				if length < 1e-9 {
					dx, dy, length = 1, float64(i-j), math.Sqrt(1+float64(i-j)*float64(i-j))
				}
				x += float64(w * (at[j].x + float64(d*dx/length)))
				y += float64(w * (at[j].y + float64(d*dy/length)))
				weight += w
			}
			p := point{x / weight, y / weight}
			moved = max(moved, math.Abs(p.x-at[i].x), math.Abs(p.y-at[i].y))
			at[i] = p
		}
		if moved < 0.1 {
			break
		}
	}
}

// forces lets linked nodes attract and near ones repel each other while it grows colder.
func forces(at []point, near [][]int, gap float64) {
	const rounds, mostInCell = 120, 48
	n := len(at)
	push := make([]point, n)
	type cell struct{ x, y int32 }
	size := 2 * gap
	of := func(p point) cell { return cell{int32(math.Floor(p.x / size)), int32(math.Floor(p.y / size))} }
	for round := range rounds {
		cells := map[cell][]int{}
		for i, p := range at {
			if c := of(p); len(cells[c]) < mostInCell {
				cells[c] = append(cells[c], i)
			}
		}
		for i, p := range at {
			f := point{-float64(p.x * 0.02), -float64(p.y * 0.02)}
			c := of(p)
			for dx := int32(-1); dx <= 1; dx++ {
				for dy := int32(-1); dy <= 1; dy++ {
					for _, j := range cells[cell{c.x + dx, c.y + dy}] {
						if i == j {
							continue
						}
						x, y := p.x-at[j].x, p.y-at[j].y
						d := float64(x*x) + float64(y*y)
						if d < 1e-9 {
							x, y, d = float64(i-j), 1, float64(i-j)*float64(i-j)+1
						}
						if s := float64(gap*gap) / d; d < float64(size*size) {
							f.x += float64(x * s)
							f.y += float64(y * s)
						}
					}
				}
			}
			for _, j := range near[i] {
				x, y := p.x-at[j].x, p.y-at[j].y
				s := math.Sqrt(float64(x*x)+float64(y*y)) / gap
				f.x -= float64(x * s)
				f.y -= float64(y * s)
			}
			push[i] = f
		}
		heat := float64(gap*3) * float64(rounds-round) / rounds
		for i := range at {
			f := push[i]
			d := math.Sqrt(float64(f.x*f.x) + float64(f.y*f.y))
			if d == 0 {
				continue
			}
			s := min(d, heat) / d
			at[i] = point{at[i].x + float64(f.x*s), at[i].y + float64(f.y*s)}
		}
	}
}

// box is what a node and its label take up around the node's place.
type box struct{ left, right, up, down float64 }

// overlap is how far two boxes would have to move apart along x and along y; not positive where they do not meet.
func overlap(p point, a box, q point, b box) (float64, float64) {
	return min(p.x+a.right, q.x+b.right) - max(p.x-a.left, q.x-b.left), min(p.y+a.down, q.y+b.down) - max(p.y-a.up, q.y-b.up)
}

// separate moves the nodes until no two boxes overlap: pairs that do are pushed apart where it takes least, and what still
// overlaps after many rounds is given more room.
func separate(at []point, boxes []box) {
	for {
		for range 300 {
			clean := true
			for i := range at {
				for j := i + 1; j < len(at); j++ {
					x, y := overlap(at[i], boxes[i], at[j], boxes[j])
					if x <= 0 || y <= 0 {
						continue
					}
					clean = false
					if x < y {
						if at[i].x > at[j].x {
							x = -x
						}
						at[i].x -= float64(x*0.5) + sign(x, 0.05)
						at[j].x += float64(x*0.5) + sign(x, 0.05)
						continue
					}
					if at[i].y > at[j].y {
						y = -y
					}
					at[i].y -= float64(y*0.5) + sign(y, 0.05)
					at[j].y += float64(y*0.5) + sign(y, 0.05)
				}
			}
			if clean {
				return
			}
		}
		for i := range at {
			at[i].x = float64(at[i].x*1.2) + float64(i%7)*0.1
			at[i].y = float64(at[i].y*1.2) + float64(i%5)*0.1
		}
	}
}

// sign is a small step in the direction of x.
func sign(x, step float64) float64 {
	if x < 0 {
		return -step
	}
	return step
}
