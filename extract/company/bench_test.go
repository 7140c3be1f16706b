package company_test

import (
	"testing"

	"github.com/tupu-kg/tupu/extract/company"
)

func BenchmarkParse(b *testing.B) {
	g := places(b)
	names := []string{"江苏无锡泓谷汽车零部件股份有限公司", "德泓（泉州）机电有限公司", "岚桥化工", "宁波梅山保税港区岚桥股权投资合伙企业(有限合伙)"}
	for i := range b.N {
		company.Parse(g, names[i%len(names)])
	}
}
