package text_test

import (
	"strings"
	"testing"

	"github.com/tupu-kg/tupu/extract/text"
	"pgregory.net/rapid"
)

func TestSound(t *testing.T) {
	const none, inside, first = 0, 1, 2
	for _, c := range []struct {
		typed, name string
		how         text.Spelling
		want        int
	}{
		{"rongyu", "榕屿食品", text.Spelled, first},
		{"rongyusp", "榕屿食品", text.Spelled, none},
		{"rongyuship", "榕屿食品", text.Spelled, first},
		{"Rong Yu", "漳州榕屿食品有限公司", text.Spelled, inside},
		{"róngyǔ", "榕屿食品", text.Spelled, first},
		{"榕yu", "榕嶼食品", text.Spelled, first},
		{"chongqing", "重庆长江轴承", text.Spelled, first},
		{"zhongxing", "中兴", text.Spelled, first},
		{"xiamen", "厦门", text.Spelled, first},
		{"shamen", "厦门", text.Spelled, first},
		{"lvye", "绿野", text.Spelled, first},
		{"lüye", "绿野", text.Spelled, first},
		{"lu", "吕厝", text.Spelled, none},
		{"lucuo", "吕厝", text.Loose, first},
		{"xian", "西安", text.Spelled, first},
		{"xian", "先导", text.Spelled, first},
		{"ry", "榕屿食品", text.Initials, first},
		{"rysp", "漳州榕屿食品有限公司", text.Initials, inside},
		{"ryshp", "榕屿食品", text.Initials, first},
		{"rongysp", "榕屿食品", text.Initials, first},
		{"rpsy", "榕屿食品", text.Initials, none},
		{"蓉鱼", "榕屿食品", text.Loose, first},
		{"蓉鱼", "榕屿食品", text.Initials, none},
		{"zangzou", "漳州", text.Loose, first},
		{"zangzou", "漳州", text.Spelled, none},
		{"fulan", "湖南", text.Loose, none}, // two mistakes in one syllable are too many
		{"lanan", "南安", text.Loose, first},
		{"cbd", "湖里cbd", text.Spelled, inside},
		{"r", "榕屿食品", text.Initials, none},
		{"榕屿", "榕屿食品", text.Spelled, none}, // as it is written, other searches find it
		{"", "榕屿食品", text.Loose, none},
	} {
		got := none
		if s := text.NewSound(c.typed, c.how); s != nil {
			switch found, begins := s.In(text.Key(c.name)); {
			case begins:
				got = first
			case found:
				got = inside
			}
		}
		if got != c.want {
			t.Errorf("%q in %s, spelling %d: %d, want %d", c.typed, c.name, c.how, got, c.want)
		}
	}
}

// Whatever is typed and named, a name holds its own sound, and nothing panics.
func TestSoundOfAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		typed, name := rapid.String().Draw(t, "typed"), text.Key(rapid.String().Draw(t, "name"))
		for _, how := range []text.Spelling{text.Spelled, text.Initials, text.Loose} {
			s := text.NewSound(typed, how)
			if s == nil {
				continue
			}
			if found, _ := s.In(name); !found && strings.Contains(name, text.Key(typed)) && how != text.Initials {
				t.Errorf("%q is not heard in %q", typed, name)
			}
		}
	})
}
