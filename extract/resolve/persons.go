package resolve

import "slices"

// persons joins the people of one name in one area, unless their documents give them posts that have nothing in common: then
// those who share a post or the body that they serve are one, and whoever has no post may be any of them.
func (u *clusters) persons(members []int, key string) {
	var circles [][]int // of those with posts, each with what it shares
	var bare []int
	for _, i := range members {
		if len(u.groups[i].Posts) == 0 {
			bare = append(bare, i)
			continue
		}
		joined := []int{i}
		circles = slices.DeleteFunc(circles, func(c []int) bool {
			shares := slices.ContainsFunc(c, func(k int) bool {
				return slices.ContainsFunc(u.groups[k].Posts, func(p string) bool { return slices.Contains(u.groups[i].Posts, p) })
			})
			if shares {
				joined = append(joined, c...)
			}
			return shares
		})
		slices.Sort(joined)
		circles = append(circles, joined)
	}
	if len(circles) < 2 {
		u.link(members, byName, key)
		return
	}
	for _, c := range circles {
		u.link(c, byName, key)
	}
	for _, i := range bare {
		for _, c := range circles {
			u.maybe = append(u.maybe, maybe{i, c[0], 0.4, "the name is the same and so is the area, but several there have it and no post says which"})
		}
	}
	for n, c := range circles {
		for _, other := range circles[n+1:] {
			u.maybe = append(u.maybe, maybe{c[0], other[0], 0.3, "the name is the same and so is the area, but the posts are not"})
		}
	}
}
