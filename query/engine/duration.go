package engine

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// Duration is a length of time. Months have no fixed number of days, nor days of seconds, so that the three are kept apart.
// Nanos is 0 to 999,999,999, also where Seconds is negative.
type Duration struct {
	Months, Days, Seconds, Nanos int64
}

func ofDuration(d Duration) Value {
	d.Seconds += floorDiv(d.Nanos, 1e9)
	d.Nanos = floorMod(d.Nanos, 1e9)
	return Value{kind: KindDuration, ref: &d}
}

// monthSeconds is the mean length of a month of the Gregorian calendar.
const monthSeconds = 2629746

func (d *Duration) compare(o *Duration) int {
	length := func(d *Duration) float64 {
		return float64(d.Months)*monthSeconds + float64(d.Days)*secondsDay + float64(d.Seconds)
	}
	return cmp.Or(cmp.Compare(length(d), length(o)), cmp.Compare(d.Nanos, o.Nanos), cmp.Compare(d.Months, o.Months), cmp.Compare(d.Days, o.Days))
}

// errTooLong says that a duration does not fit.
var errTooLong = errors.New("the duration is too long")

// fraction makes a duration of parts that may be fractions: what is over goes to the next smaller part.
func fraction(months, days, seconds, nanos float64) (Value, error) {
	for _, f := range []float64{months, days, seconds, nanos} {
		if math.IsNaN(f) || math.Abs(f) > 1e18 {
			return Null, errTooLong
		}
	}
	whole, rest := math.Modf(months)
	d := Duration{Months: int64(whole)}
	over := rest * monthSeconds
	wholeDays := math.Trunc(over / secondsDay)
	over -= wholeDays * secondsDay
	whole, rest = math.Modf(days)
	d.Days = int64(whole) + int64(wholeDays)
	over += rest * secondsDay
	whole, rest = math.Modf(seconds)
	d.Seconds = int64(whole)
	wholeOver, restOver := math.Modf(over)
	d.Seconds += int64(wholeOver)
	d.Nanos = int64(math.Round((rest+restOver)*1e9)) + int64(nanos)
	return ofDuration(d), nil
}

// String writes the duration as ISO 8601 does: P1Y2M3DT4H5M6.7S.
func (d *Duration) String() string {
	var b strings.Builder
	b.WriteByte('P')
	part := func(n int64, unit byte) {
		if n != 0 {
			b.WriteString(strconv.FormatInt(n, 10))
			b.WriteByte(unit)
		}
	}
	part(d.Months/12, 'Y')
	part(d.Months%12, 'M')
	part(d.Days, 'D')
	if d.Seconds != 0 || d.Nanos != 0 {
		b.WriteByte('T')
		s, n := d.Seconds, d.Nanos
		if s < 0 && n > 0 {
			s, n = s+1, n-1e9
		}
		part(s/3600, 'H')
		part(s/60%60, 'M')
		if s %= 60; s != 0 || n != 0 {
			if s < 0 || n < 0 {
				b.WriteByte('-')
			}
			b.WriteString(strconv.FormatInt(max(s, -s), 10))
			if n != 0 {
				b.WriteString(strings.TrimRight(fmt.Sprintf(".%09d", max(n, -n)), "0"))
			}
			b.WriteByte('S')
		}
	}
	if b.Len() == 1 {
		return "PT0S"
	}
	return b.String()
}

var (
	durationPattern = regexp.MustCompile(`^([+-]?)P(?:([+-]?[\d.]+)Y)?(?:([+-]?[\d.]+)M)?(?:([+-]?[\d.]+)W)?(?:([+-]?[\d.]+)D)?(?:T(?:([+-]?[\d.]+)H)?(?:([+-]?[\d.]+)M)?(?:([+-]?[\d.]+)S)?)?$`)
	durationAsDate  = regexp.MustCompile(`^P(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2}(?:\.\d+)?)$`)
)

func parseDuration(s string) (Value, error) {
	if m := durationAsDate.FindStringSubmatch(s); m != nil {
		seconds, nanos := decimalSeconds(m[6])
		return ofDuration(Duration{atoi(m[1])*12 + atoi(m[2]), atoi(m[3]), atoi(m[4])*3600 + atoi(m[5])*60 + seconds, nanos}), nil
	}
	m := durationPattern.FindStringSubmatch(s)
	if m == nil || s == "P" || strings.HasSuffix(s, "T") {
		return Null, fmt.Errorf("%q is not a duration: write it as P1Y2M3DT4H5M6S", s)
	}
	var f [9]float64
	for i := 2; i < 8; i++ {
		if m[i] != "" {
			var err error
			if f[i], err = strconv.ParseFloat(m[i], 64); err != nil {
				return Null, fmt.Errorf("%q is not a duration: %q is no number", s, m[i])
			}
		}
	}
	seconds, nanos := decimalSeconds(m[8])
	sign := 1.0
	if m[1] == "-" {
		sign = -1
	}
	return fraction(sign*(f[2]*12+f[3]), sign*(f[4]*7+f[5]), sign*(f[6]*3600+f[7]*60+float64(seconds)), sign*float64(nanos))
}

// decimalSeconds reads seconds with a fraction, exactly.
func decimalSeconds(s string) (seconds, nanos int64) {
	whole, rest, _ := strings.Cut(s, ".")
	seconds = atoi(whole)
	if rest != "" {
		nanos = atoi((rest + "000000000")[:9])
	}
	if strings.HasPrefix(whole, "-") {
		nanos = -nanos
	}
	return seconds, nanos
}

func durationOf(m map[string]Value) (Value, error) {
	get := func(key string) float64 {
		if v, ok := m[key]; ok && v.number() {
			return v.Float()
		}
		return 0
	}
	for k, v := range m {
		if !v.number() && !v.IsNull() {
			return Null, fmt.Errorf("%s must be a number, and is %s", k, v.kind)
		}
	}
	nanos := get("milliseconds")*1e6 + get("microseconds")*1e3 + get("nanoseconds")
	return fraction(get("years")*12+get("quarters")*3+get("months"), get("weeks")*7+get("days"), get("hours")*3600+get("minutes")*60+get("seconds"), nanos)
}

func (d *Duration) component(key string) (Value, bool) {
	switch key {
	case "years":
		return OfInt(d.Months / 12), true
	case "quarters":
		return OfInt(d.Months / 3), true
	case "months":
		return OfInt(d.Months), true
	case "weeks":
		return OfInt(d.Days / 7), true
	case "days":
		return OfInt(d.Days), true
	case "hours":
		return OfInt(d.Seconds / 3600), true
	case "minutes":
		return OfInt(d.Seconds / 60), true
	case "seconds":
		return OfInt(d.Seconds), true
	case "milliseconds":
		return OfInt(d.Seconds*1e3 + d.Nanos/1e6), true
	case "microseconds":
		return OfInt(d.Seconds*1e6 + d.Nanos/1e3), true
	case "nanoseconds":
		return OfInt(d.Seconds*1e9 + d.Nanos), true
	case "quartersOfYear":
		return OfInt(d.Months / 3 % 4), true
	case "monthsOfQuarter":
		return OfInt(d.Months % 3), true
	case "monthsOfYear":
		return OfInt(d.Months % 12), true
	case "daysOfWeek":
		return OfInt(d.Days % 7), true
	case "minutesOfHour":
		return OfInt(d.Seconds / 60 % 60), true
	case "secondsOfMinute":
		return OfInt(d.Seconds % 60), true
	case "millisecondsOfSecond":
		return OfInt(d.Nanos / 1e6), true
	case "microsecondsOfSecond":
		return OfInt(d.Nanos / 1e3), true
	case "nanosecondsOfSecond":
		return OfInt(d.Nanos), true
	}
	return Null, false
}

// addDuration adds a duration to a temporal value, sign times.
func addDuration(v Value, d *Duration, sign int64) (Value, error) {
	t := *v.temporal()
	if max(d.Months, -d.Months) > maxYear*24 || max(d.Days, -d.Days) > maxYear*800 || max(d.Seconds, -d.Seconds) > 1<<56 {
		return Null, errTooLong
	}
	if hasDate(v.kind) {
		t.days = addMonths(t.days, sign*d.Months) + sign*d.Days
	}
	if v.kind == KindDate {
		// Whole days among the seconds count; what is over is lost.
		seconds := d.Seconds
		if seconds < 0 && d.Nanos > 0 {
			seconds++
		}
		t.days += sign * (seconds / secondsDay)
		return ofTemporal(v.kind, t), nil
	}
	if err := t.settle(); err != nil {
		return Null, err
	}
	zone := t.zone
	nanos := t.nanos + sign*d.Nanos + sign*(d.Seconds%secondsDay)*1e9
	t.days += sign*(d.Seconds/secondsDay) + floorDiv(nanos, dayNanos)
	t.nanos = floorMod(nanos, dayNanos)
	if zone != "" {
		if err := t.at(t.offset, zone); err != nil {
			return Null, err
		}
	}
	return ofTemporal(v.kind, t), nil
}

// between is the duration from one temporal value to another, in months, days and seconds as far as in allows.
func between(a, b Value, in string) (Value, error) {
	if a.IsNull() || b.IsNull() {
		return Null, nil
	}
	for _, v := range []Value{a, b} {
		if v.kind < KindDateTime || v.kind > KindLocalTime {
			return Null, fmt.Errorf("%s is no temporal value", v.kind)
		}
	}
	x, y := *a.temporal(), *b.temporal()
	dated := hasDate(a.kind) && hasDate(b.kind)
	switch {
	case hasDate(a.kind) && !hasDate(b.kind):
		y.days = x.days
	case !hasDate(a.kind) && hasDate(b.kind):
		x.days = y.days
	}
	switch za, zb := hasZone(a.kind), hasZone(b.kind); {
	case za && !zb:
		y.offset, y.zone = x.offset, x.zone
		if err := y.settle(); err != nil {
			return Null, err
		}
	case zb && !za:
		x.offset, x.zone = y.offset, y.zone
		if err := x.settle(); err != nil {
			return Null, err
		}
	case za && zb:
		if err := y.at(x.offset, x.zone); err != nil {
			return Null, err
		}
	}
	d := Duration{}
	later := x // a moved by the months and days that are counted
	if dated && in != "seconds" {
		if in != "days" {
			d.Months = monthsBetween(&x, &y)
			later.days = addMonths(x.days, d.Months)
		}
		if in != "months" {
			d.Days = y.days - later.days
			switch {
			case d.Days > 0 && y.nanos < later.nanos:
				d.Days--
			case d.Days < 0 && y.nanos > later.nanos:
				d.Days++
			}
			later.days += d.Days
		}
	}
	if in == "seconds" || in == "" {
		if err := later.settle(); err != nil {
			return Null, err
		}
		s, n := later.instant(KindDateTime)
		p, q := y.instant(KindDateTime)
		d.Seconds, d.Nanos = p-s, q-n
	}
	return ofDuration(d), nil
}

func monthsBetween(x, y *temporal) int64 {
	ay, am, ad := civil(x.days)
	by, bm, bd := civil(y.days)
	months := (by-ay)*12 + bm - am
	c := cmp.Or(cmp.Compare(bd, ad), cmp.Compare(y.nanos, x.nanos))
	switch {
	case months > 0 && c < 0:
		months--
	case months < 0 && c > 0:
		months++
	}
	return months
}
