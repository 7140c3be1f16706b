package engine

import (
	"testing"
	"time"
)

// TestMergedZones: zones are joined only where they agree since 1970, and none with one that is joined itself.
func TestMergedZones(t *testing.T) {
	for name, to := range merged {
		if _, ok := merged[to]; ok {
			t.Errorf("%s is joined with %s, which is joined itself", name, to)
		}
		own, err := time.LoadLocation(name)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		other, err := time.LoadLocation(to)
		if err != nil {
			t.Errorf("%s: %v", to, err)
			continue
		}
		end := time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
		for at := time.Date(1970, 1, 2, 0, 0, 0, 0, time.UTC); at.Before(end); at = at.Add(24 * time.Hour) {
			_, a := at.In(own).Zone()
			_, b := at.In(other).Zone()
			if a != b {
				t.Errorf("%s is %d seconds from UTC on %s, and %s is %d", name, a, at.Format(time.DateOnly), to, b)
				break
			}
		}
	}
}
