package query_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/query"
)

// named is a graph of names alone.
type named struct {
	query.Reader
	names []string
}

func (n named) Names(prefix string) iter.Seq2[graph.Name, error] {
	return func(yield func(graph.Name, error) bool) {
		for _, name := range n.names {
			if strings.HasPrefix(name, prefix) && !yield(graph.Name{Key: name, ID: graph.ID("enterprise:" + name)}, nil) {
				return
			}
		}
	}
}

func (n named) Entity(id graph.ID) (graph.Entity, error) {
	if id.Kind() != graph.KindEnterprise {
		return graph.Entity{}, graph.ErrNotFound
	}
	return graph.Entity{ID: id, Kind: graph.KindEnterprise, Name: id.Name()}, nil
}

func TestFindForgives(t *testing.T) {
	r := named{graph.NewMemory(), []string{"天辰化工", "惠松家居", "榕屿食品", "榕屿食品二厂", "漳州榕屿食品有限公司", "福建澜桥精密机械有限公司", "绿源cbd运营"}}
	for _, c := range []struct{ text, want string }{
		{"榕屿食品", "exact 榕屿食品, begins 榕屿食品二厂, part 漳州榕屿食品有限公司"},
		{"榕嶼食品", "exact 榕屿食品, begins 榕屿食品二厂, part 漳州榕屿食品有限公司"},
		{"ＣＢＤ", "part 绿源cbd运营"},
		{"rongyu", "pinyin 榕屿食品, pinyin 榕屿食品二厂, pinyin 漳州榕屿食品有限公司"},
		{"hsjj", "initials 惠松家居"},
		{"huisjj", "initials 惠松家居"},
		{"慧松家居", "sound 惠松家居"},
		{"huishong", "sound 惠松家居"},
		{"惠松家俱", "sound 惠松家居"},
		{"澜桥精蜜机器", "similar 福建澜桥精密机械有限公司"},
		{"澜桥密精", "similar 福建澜桥精密机械有限公司"},
		{"天晨化工", "sound 天辰化工"},
		{"天辰工", "similar 天辰化工"},
		{"无此名称", ""},
		{"食堂", ""},
	} {
		answer, err := query.Find(context.Background(), r, query.FindOptions{Text: c.text})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range answer.Found {
			got = append(got, fmt.Sprintf("%s %s", f.How, f.Name))
		}
		if diff := cmp.Diff(c.want, strings.Join(got, ", ")); diff != "" {
			t.Errorf("find %s: %s", c.text, diff)
		}
	}
}

// What only sounds or looks like a name is proposed and never taken for it.
func TestResolveDoesNotGuess(t *testing.T) {
	r := named{graph.NewMemory(), []string{"惠松家居", "榕屿食品"}}
	for _, name := range []string{"慧松家居", "huisong", "惠松家品"} {
		var unknown *query.UnknownError
		_, err := query.Resolve(context.Background(), r, name)
		if !errors.As(err, &unknown) || len(unknown.Near) != 1 || unknown.Near[0].Name != "惠松家居" {
			t.Errorf("%s: %v, want 惠松家居 as a proposal", name, err)
		}
	}
	if e, err := query.Resolve(context.Background(), r, "榕屿"); err != nil || e.Name != "榕屿食品" {
		t.Errorf("榕屿: %v, %v, want the one that holds it", e.Name, err)
	}
}
