package engine

import (
	"cmp"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // zones by name, also on machines that have no table of them
)

// temporal is a date, a time or both. The kind of its value says which parts count.
type temporal struct {
	days   int64  // since 1970-01-01, local
	nanos  int64  // of the day, local
	offset int64  // seconds east of UTC
	zone   string // its name, if it has one
}

const (
	dayNanos   = 86400 * 1e9
	secondsDay = 86400
	maxYear    = 999999999
)

func hasDate(k Kind) bool { return k == KindDate || k == KindDateTime || k == KindLocalDateTime }
func hasTime(k Kind) bool { return k != KindDate }
func hasZone(k Kind) bool { return k == KindDateTime || k == KindTime }

func ofTemporal(k Kind, t temporal) Value {
	if !hasDate(k) {
		t.days = 0
	}
	if !hasTime(k) {
		t.nanos = 0
	}
	if !hasZone(k) {
		t.offset, t.zone = 0, ""
	}
	if k == KindTime {
		t.zone = ""
	}
	return Value{kind: k, ref: &t}
}

// instant is the time in UTC, for comparing.
func (t *temporal) instant(k Kind) (seconds, nanos int64) {
	return t.days*secondsDay + t.nanos/1e9 - t.offset, t.nanos % 1e9
}

func (t *temporal) compare(o *temporal, k Kind) int {
	s, n := t.instant(k)
	p, q := o.instant(k)
	return cmp.Or(cmp.Compare(s, p), cmp.Compare(n, q))
}

// daysOf counts the days from 1970-01-01 to a date of the proleptic Gregorian calendar.
func daysOf(y, m, d int64) int64 {
	if m <= 2 {
		y--
	}
	era := floorDiv(y, 400)
	yoe := y - era*400
	doy := (153*((m+9)%12)+2)/5 + d - 1
	doe := yoe*365 + yoe/4 - yoe/100 + doy
	return era*146097 + doe - 719468
}

func civil(days int64) (y, m, d int64) {
	z := days + 719468
	era := floorDiv(z, 146097)
	doe := z - era*146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	d = doy - (153*mp+2)/5 + 1
	m = mp + 3
	if m > 12 {
		m -= 12
	}
	y = yoe + era*400
	if m <= 2 {
		y++
	}
	return y, m, d
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b != 0 && (a < 0) != (b < 0) {
		q--
	}
	return q
}

func floorMod(a, b int64) int64 { return a - floorDiv(a, b)*b }

func leap(y int64) bool { return y%4 == 0 && (y%100 != 0 || y%400 == 0) }

func monthLength(y, m int64) int64 {
	switch m {
	case 2:
		if leap(y) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// weekday is 1 for Monday to 7 for Sunday.
func weekday(days int64) int64 { return floorMod(days+3, 7) + 1 }

// week is the ISO week and the year that it belongs to.
func week(days int64) (year, week int64) {
	thursday := days - weekday(days) + 4
	y, _, _ := civil(thursday)
	return y, (thursday-daysOf(y, 1, 1))/7 + 1
}

// weekStart is the Monday of a year's first week.
func weekStart(year int64) int64 {
	fourth := daysOf(year, 1, 4)
	return fourth - weekday(fourth) + 1
}

func addMonths(days, months int64) int64 {
	y, m, d := civil(days)
	total := y*12 + m - 1 + months
	y, m = floorDiv(total, 12), floorMod(total, 12)+1
	return daysOf(y, m, min(d, monthLength(y, m)))
}

// merged are the zones that the IANA time zone database has joined with another because the two agree since 1970: the lines of its
// file backward (July 2026) for which its file backzone tells other times of the years before. Systems differ in whether they
// carry those, and a query must not depend on that.
var merged = map[string]string{
	"Africa/Accra": "Africa/Abidjan", "Africa/Addis_Ababa": "Africa/Nairobi", "Africa/Asmara": "Africa/Nairobi",
	"Africa/Bamako": "Africa/Abidjan", "Africa/Bangui": "Africa/Lagos", "Africa/Banjul": "Africa/Abidjan",
	"Africa/Blantyre": "Africa/Maputo", "Africa/Brazzaville": "Africa/Lagos", "Africa/Bujumbura": "Africa/Maputo",
	"Africa/Conakry": "Africa/Abidjan", "Africa/Dakar": "Africa/Abidjan", "Africa/Dar_es_Salaam": "Africa/Nairobi",
	"Africa/Djibouti": "Africa/Nairobi", "Africa/Douala": "Africa/Lagos", "Africa/Freetown": "Africa/Abidjan",
	"Africa/Gaborone": "Africa/Maputo", "Africa/Harare": "Africa/Maputo", "Africa/Kampala": "Africa/Nairobi",
	"Africa/Kigali": "Africa/Maputo", "Africa/Kinshasa": "Africa/Lagos", "Africa/Libreville": "Africa/Lagos",
	"Africa/Lome": "Africa/Abidjan", "Africa/Luanda": "Africa/Lagos", "Africa/Lubumbashi": "Africa/Maputo",
	"Africa/Lusaka": "Africa/Maputo", "Africa/Malabo": "Africa/Lagos", "Africa/Maseru": "Africa/Johannesburg",
	"Africa/Mbabane": "Africa/Johannesburg", "Africa/Mogadishu": "Africa/Nairobi", "Africa/Niamey": "Africa/Lagos",
	"Africa/Nouakchott": "Africa/Abidjan", "Africa/Ouagadougou": "Africa/Abidjan", "Africa/Porto-Novo": "Africa/Lagos",
	"America/Anguilla": "America/Puerto_Rico", "America/Antigua": "America/Puerto_Rico", "America/Aruba": "America/Puerto_Rico",
	"America/Atikokan": "America/Panama", "America/Blanc-Sablon": "America/Puerto_Rico", "America/Cayman": "America/Panama",
	"America/Creston": "America/Phoenix", "America/Curacao": "America/Puerto_Rico", "America/Dominica": "America/Puerto_Rico",
	"America/Grenada": "America/Puerto_Rico", "America/Guadeloupe": "America/Puerto_Rico", "America/Montserrat": "America/Puerto_Rico",
	"America/Nassau": "America/Toronto", "America/Port_of_Spain": "America/Puerto_Rico", "America/St_Kitts": "America/Puerto_Rico",
	"America/St_Lucia": "America/Puerto_Rico", "America/St_Thomas": "America/Puerto_Rico", "America/St_Vincent": "America/Puerto_Rico",
	"America/Tortola": "America/Puerto_Rico", "Antarctica/DumontDUrville": "Pacific/Port_Moresby",
	"Antarctica/McMurdo": "Pacific/Auckland", "Antarctica/Syowa": "Asia/Riyadh", "Asia/Aden": "Asia/Riyadh",
	"Asia/Bahrain": "Asia/Qatar", "Asia/Brunei": "Asia/Kuching", "Asia/Kuala_Lumpur": "Asia/Singapore", "Asia/Kuwait": "Asia/Riyadh",
	"Asia/Muscat": "Asia/Dubai", "Asia/Phnom_Penh": "Asia/Bangkok", "Asia/Vientiane": "Asia/Bangkok",
	"Atlantic/Reykjavik": "Africa/Abidjan", "Atlantic/St_Helena": "Africa/Abidjan", "Europe/Amsterdam": "Europe/Brussels",
	"Europe/Copenhagen": "Europe/Berlin", "Europe/Guernsey": "Europe/London", "Europe/Isle_of_Man": "Europe/London",
	"Europe/Jersey": "Europe/London", "Europe/Ljubljana": "Europe/Belgrade", "Europe/Luxembourg": "Europe/Brussels",
	"Europe/Monaco": "Europe/Paris", "Europe/Oslo": "Europe/Berlin", "Europe/Sarajevo": "Europe/Belgrade",
	"Europe/Skopje": "Europe/Belgrade", "Europe/Stockholm": "Europe/Berlin", "Europe/Vaduz": "Europe/Zurich",
	"Europe/Zagreb": "Europe/Belgrade", "Indian/Antananarivo": "Africa/Nairobi", "Indian/Christmas": "Asia/Bangkok",
	"Indian/Cocos": "Asia/Yangon", "Indian/Comoro": "Africa/Nairobi", "Indian/Kerguelen": "Indian/Maldives", "Indian/Mahe": "Asia/Dubai",
	"Indian/Mayotte": "Africa/Nairobi", "Indian/Reunion": "Asia/Dubai", "Pacific/Chuuk": "Pacific/Port_Moresby",
	"Pacific/Funafuti": "Pacific/Tarawa", "Pacific/Majuro": "Pacific/Tarawa", "Pacific/Midway": "Pacific/Pago_Pago",
	"Pacific/Pohnpei": "Pacific/Guadalcanal", "Pacific/Saipan": "Pacific/Guam", "Pacific/Wake": "Pacific/Tarawa",
	"Pacific/Wallis": "Pacific/Tarawa",
}

func loadZone(name string) (*time.Location, error) {
	if to, ok := merged[name]; ok {
		name = to
	}
	if name == "Local" { // the machine's own
		return nil, fmt.Errorf("there is no time zone %q", name)
	}
	return time.LoadLocation(name)
}

// settle computes the offset of a named zone for the local time.
func (t *temporal) settle() error {
	if t.zone == "" {
		return nil
	}
	loc, err := loadZone(t.zone)
	if err != nil {
		return fmt.Errorf("there is no time zone %q", t.zone)
	}
	y, m, d := civil(t.days)
	_, offset := time.Date(int(y), time.Month(m), int(d), 0, 0, int(t.nanos/1e9), 0, loc).Zone()
	t.offset = int64(offset)
	return nil
}

// at moves a time to another zone; the instant stays.
func (t *temporal) at(offset int64, zone string) error {
	seconds, nanos := t.instant(KindDateTime)
	if zone != "" {
		loc, err := loadZone(zone)
		if err != nil {
			return fmt.Errorf("there is no time zone %q", zone)
		}
		_, o := time.Unix(seconds, 0).In(loc).Zone()
		offset = int64(o)
	}
	local := seconds + offset
	t.days, t.nanos = floorDiv(local, secondsDay), floorMod(local, secondsDay)*1e9+nanos
	t.offset, t.zone = offset, zone
	return nil
}

func (t *temporal) format(k Kind) string {
	var b strings.Builder
	if hasDate(k) {
		y, m, d := civil(t.days)
		switch {
		case y > 9999:
			fmt.Fprintf(&b, "+%d", y)
		case y < 0:
			fmt.Fprintf(&b, "-%04d", -y)
		default:
			fmt.Fprintf(&b, "%04d", y)
		}
		fmt.Fprintf(&b, "-%02d-%02d", m, d)
	}
	if hasDate(k) && hasTime(k) {
		b.WriteByte('T')
	}
	if hasTime(k) {
		s := t.nanos / 1e9
		fmt.Fprintf(&b, "%02d:%02d", s/3600, s/60%60)
		if nanos := t.nanos % 1e9; s%60 != 0 || nanos != 0 {
			fmt.Fprintf(&b, ":%02d", s%60)
			if nanos != 0 {
				b.WriteString(strings.TrimRight(fmt.Sprintf(".%09d", nanos), "0"))
			}
		}
	}
	if hasZone(k) {
		b.WriteString(formatOffset(t.offset))
		if t.zone != "" {
			b.WriteString("[" + t.zone + "]")
		}
	}
	return b.String()
}

func formatOffset(o int64) string {
	if o == 0 {
		return "Z"
	}
	sign := byte('+')
	if o < 0 {
		sign, o = '-', -o
	}
	s := fmt.Sprintf("%c%02d:%02d", sign, o/3600, o/60%60)
	if o%60 != 0 {
		s += fmt.Sprintf(":%02d", o%60)
	}
	return s
}

var (
	datePattern = regexp.MustCompile(`^([+-]?\d{4,9}|\d{4})(?:-(\d{2})(?:-(\d{2}))?|-?W(\d{2})(?:-?(\d))?|-(\d{3})|)$`)
	dateCompact = regexp.MustCompile(`^(\d{4})(?:(\d{2})(\d{2})?|(\d{3}))$`)
	timePattern = regexp.MustCompile(`^(\d{2})(?::?(\d{2})(?::?(\d{2})(?:[.,](\d{1,9}))?)?)?$`)
	zonePattern = regexp.MustCompile(`^([+-])(\d{2})(?::?(\d{2})(?::?(\d{2}))?)?$`)
	zoneAt      = regexp.MustCompile(`(Z|z|[+-]\d{2}(?::?\d{2}(?::?\d{2})?)?)?(\[[^\]]+\])?$`)
)

func atoi(s string) int64 {
	n, _ := strconv.ParseInt(s, 10, 64)
	return n
}

func parseDate(s string) (int64, error) {
	bad := fmt.Errorf("%q is not a date: write it as 2024-08-31", s)
	if m := dateCompact.FindStringSubmatch(s); m != nil {
		y := atoi(m[1])
		if m[4] != "" {
			return ordinal(y, atoi(m[4]))
		}
		day := int64(1)
		if m[3] != "" {
			day = atoi(m[3])
		}
		return calendar(y, atoi(m[2]), day)
	}
	m := datePattern.FindStringSubmatch(s)
	if m == nil {
		return 0, bad
	}
	y := atoi(m[1])
	switch {
	case m[4] != "":
		day := int64(1)
		if m[5] != "" {
			day = atoi(m[5])
		}
		return weekDate(y, atoi(m[4]), day)
	case m[6] != "":
		return ordinal(y, atoi(m[6]))
	}
	month, day := int64(1), int64(1)
	if m[2] != "" {
		month = atoi(m[2])
	}
	if m[3] != "" {
		day = atoi(m[3])
	}
	return calendar(y, month, day)
}

func within(what string, n, lo, hi int64) error {
	if n < lo || n > hi {
		return fmt.Errorf("%s is %d, and must be %d to %d", what, n, lo, hi)
	}
	return nil
}

func calendar(y, m, d int64) (int64, error) {
	if err := within("year", y, -maxYear, maxYear); err != nil {
		return 0, err
	}
	if err := within("month", m, 1, 12); err != nil {
		return 0, err
	}
	if err := within("day", d, 1, monthLength(y, m)); err != nil {
		return 0, err
	}
	return daysOf(y, m, d), nil
}

func ordinal(y, d int64) (int64, error) {
	most := int64(365)
	if leap(y) {
		most = 366
	}
	if err := within("ordinalDay", d, 1, most); err != nil {
		return 0, err
	}
	return daysOf(y, 1, 1) + d - 1, nil
}

func weekDate(y, w, d int64) (int64, error) {
	if err := within("year", y, -maxYear, maxYear); err != nil {
		return 0, err
	}
	if err := within("week", w, 1, (weekStart(y+1)-weekStart(y))/7); err != nil {
		return 0, err
	}
	if err := within("dayOfWeek", d, 1, 7); err != nil {
		return 0, err
	}
	return weekStart(y) + (w-1)*7 + d - 1, nil
}

func quarterDate(y, q, d int64) (int64, error) {
	if err := within("quarter", q, 1, 4); err != nil {
		return 0, err
	}
	start := daysOf(y, q*3-2, 1)
	if err := within("dayOfQuarter", d, 1, addMonths(start, 3)-start); err != nil {
		return 0, err
	}
	return start + d - 1, nil
}

func parseTime(s string) (int64, error) {
	m := timePattern.FindStringSubmatch(s)
	if m == nil {
		return 0, fmt.Errorf("%q is not a time: write it as 21:40:32", s)
	}
	nanos := int64(0)
	if m[4] != "" {
		nanos = atoi((m[4] + "000000000")[:9])
	}
	return clock(atoi(m[1]), atoi(m[2]), atoi(m[3]), nanos)
}

func clock(h, m, s, nanos int64) (int64, error) {
	for _, c := range []struct {
		what  string
		n, hi int64
	}{{"hour", h, 23}, {"minute", m, 59}, {"second", s, 59}, {"nanosecond", nanos, 999999999}} {
		if err := within(c.what, c.n, 0, c.hi); err != nil {
			return 0, err
		}
	}
	return (h*3600+m*60+s)*1e9 + nanos, nil
}

func parseOffset(s string) (int64, bool) {
	if s == "Z" || s == "z" {
		return 0, true
	}
	m := zonePattern.FindStringSubmatch(s)
	if m == nil {
		return 0, false
	}
	o := atoi(m[2])*3600 + atoi(m[3])*60 + atoi(m[4])
	if m[1] == "-" {
		o = -o
	}
	return o, o >= -18*3600 && o <= 18*3600
}

// parseTemporal reads a temporal value of a kind from text.
func parseTemporal(k Kind, s string) (Value, error) {
	var t temporal
	var err error
	rest := s
	if hasDate(k) {
		day, clock, both := strings.Cut(s, "T")
		if t.days, err = parseDate(day); err != nil {
			return Null, err
		}
		if k == KindDate && !both {
			return ofTemporal(k, t), nil
		}
		rest = clock
		if !both {
			return ofTemporal(k, t), t.settle()
		}
	}
	zone := zoneAt.FindStringSubmatchIndex(rest)
	offset, name := "", ""
	if zone[2] >= 0 {
		offset = rest[zone[2]:zone[3]]
	}
	if zone[4] >= 0 {
		name = strings.Trim(rest[zone[4]:zone[5]], "[]")
	}
	if t.nanos, err = parseTime(rest[:zone[0]]); err != nil {
		return Null, err
	}
	if offset != "" {
		o, ok := parseOffset(offset)
		if !ok {
			return Null, fmt.Errorf("%q is not an offset from UTC", offset)
		}
		t.offset = o
	}
	if name != "" {
		if offset != "" {
			if err := t.at(t.offset, name); err != nil {
				return Null, err
			}
		} else {
			t.zone = name
			if err := t.settle(); err != nil {
				return Null, err
			}
		}
	}
	return ofTemporal(k, t), nil
}

// parts reads integers out of a map.
type parts struct {
	m   map[string]Value
	err error
}

func (p *parts) has(keys ...string) bool {
	for _, k := range keys {
		if v, ok := p.m[k]; ok && !v.IsNull() {
			return true
		}
	}
	return false
}

func (p *parts) get(key string, otherwise int64) int64 {
	v, ok := p.m[key]
	if !ok || v.IsNull() {
		return otherwise
	}
	if v.kind != KindInt {
		if p.err == nil {
			p.err = fmt.Errorf("%s must be an integer, and is %s", key, v.kind)
		}
		return otherwise
	}
	return v.n
}

// build makes a temporal value of a kind from a map. base and of are what parts that the map leaves out come from, if any;
// keep says that a zone in the map replaces that of base without moving the time.
func build(k Kind, m map[string]Value, base *temporal, of Kind, keep bool) (Value, error) {
	p := &parts{m: m}
	var t temporal
	if base != nil {
		t = *base
	}
	baseDate, baseTime := base != nil && hasDate(of), base != nil && hasTime(of)
	zoned := base != nil && hasZone(of)
	take := func(key string) error {
		v, ok := m[key]
		if !ok || v.IsNull() {
			return nil
		}
		if v.kind < KindDateTime || v.kind > KindLocalTime {
			return fmt.Errorf("%s must be a temporal value, and is %s", key, v.kind)
		}
		o := v.temporal()
		if key != "time" {
			if !hasDate(v.kind) {
				return fmt.Errorf("%s has no date", v.kind)
			}
			t.days, baseDate = o.days, true
		}
		if key != "date" {
			if !hasTime(v.kind) {
				return fmt.Errorf("%s has no time", v.kind)
			}
			t.nanos, baseTime = o.nanos, true
			if hasZone(v.kind) {
				t.offset, t.zone, zoned = o.offset, o.zone, true
			}
		}
		return nil
	}
	for _, key := range []string{"datetime", "date", "time"} {
		if err := take(key); err != nil {
			return Null, err
		}
	}
	if hasDate(k) {
		if err := p.date(&t, baseDate); err != nil {
			return Null, err
		}
	}
	if hasTime(k) {
		if err := p.time(&t, baseTime); err != nil {
			return Null, err
		}
	}
	if hasZone(k) {
		if err := t.settle(); err != nil {
			return Null, err
		}
		if v, ok := m["timezone"]; ok && !v.IsNull() {
			if v.kind != KindString {
				return Null, fmt.Errorf("timezone must be a string, and is %s", v.kind)
			}
			offset, isOffset := parseOffset(v.Str())
			name := ""
			if !isOffset {
				name = v.Str()
			}
			if zoned && baseTime && !keep {
				if err := t.at(offset, name); err != nil {
					return Null, err
				}
			} else {
				t.offset, t.zone = offset, name
				if err := t.settle(); err != nil {
					return Null, err
				}
			}
		}
	}
	return ofTemporal(k, t), p.err
}

func (p *parts) date(t *temporal, base bool) error {
	y, m, d := int64(0), int64(1), int64(1)
	if base {
		y, m, d = civil(t.days)
	} else if !p.has("year") {
		return fmt.Errorf("a date needs a year")
	}
	start := t.days
	if !base {
		start = 0
	}
	var err error
	switch {
	case p.has("week", "dayOfWeek"):
		wy, w := int64(0), int64(1)
		dow := int64(1)
		if base {
			wy, w = week(start)
			dow = weekday(start)
		}
		t.days, err = weekDate(p.get("year", wy), p.get("week", w), p.get("dayOfWeek", dow))
	case p.has("ordinalDay"):
		t.days, err = ordinal(p.get("year", y), p.get("ordinalDay", 1))
	case p.has("quarter", "dayOfQuarter"):
		q, dq := (m-1)/3+1, int64(1)
		if base {
			dq = start - daysOf(y, q*3-2, 1) + 1
		}
		t.days, err = quarterDate(p.get("year", y), p.get("quarter", q), p.get("dayOfQuarter", dq))
	default:
		t.days, err = calendar(p.get("year", y), p.get("month", m), p.get("day", d))
	}
	if p.err != nil {
		return p.err
	}
	return err
}

func (p *parts) time(t *temporal, base bool) error {
	n := int64(0)
	if base {
		n = t.nanos
	}
	s := n / 1e9
	sub := n % 1e9
	milli, micro, nano := sub/1e6, sub/1e3%1e3, sub%1e3
	total := p.get("millisecond", milli)*1e6 + p.get("microsecond", micro)*1e3 + p.get("nanosecond", nano)
	var err error
	t.nanos, err = clock(p.get("hour", s/3600), p.get("minute", s/60%60), p.get("second", s%60), total)
	if p.err != nil {
		return p.err
	}
	return err
}

// convert makes a temporal value of a kind from one of another.
func convert(k Kind, v Value) (Value, error) {
	if v.kind < KindDateTime || v.kind > KindLocalTime {
		return Null, fmt.Errorf("%s is no temporal value", v.kind)
	}
	if hasDate(k) && !hasDate(v.kind) {
		return Null, fmt.Errorf("%s has no date", v.kind)
	}
	if !hasDate(k) && !hasTime(v.kind) {
		return Null, fmt.Errorf("%s has no time", v.kind)
	}
	return ofTemporal(k, *v.temporal()), nil
}

// truncate cuts a temporal value to a unit, and then sets the parts that a map gives.
func truncate(k Kind, unit string, v Value, m map[string]Value) (Value, error) {
	if v.kind < KindDateTime || v.kind > KindLocalTime {
		return Null, fmt.Errorf("%s is no temporal value", v.kind)
	}
	t := *v.temporal()
	y, month, _ := civil(t.days)
	whole := true // the time of day goes
	step := int64(0)
	switch strings.ToLower(unit) {
	case "millennium":
		t.days = daysOf(floorDiv(y, 1000)*1000, 1, 1)
	case "century":
		t.days = daysOf(floorDiv(y, 100)*100, 1, 1)
	case "decade":
		t.days = daysOf(floorDiv(y, 10)*10, 1, 1)
	case "year":
		t.days = daysOf(y, 1, 1)
	case "weekyear":
		wy, _ := week(t.days)
		t.days = weekStart(wy)
	case "quarter":
		t.days = daysOf(y, (month-1)/3*3+1, 1)
	case "month":
		t.days = daysOf(y, month, 1)
	case "week":
		t.days -= weekday(t.days) - 1
	case "day":
	case "hour":
		step = 3600 * 1e9
	case "minute":
		step = 60 * 1e9
	case "second":
		step = 1e9
	case "millisecond":
		step = 1e6
	case "microsecond":
		step = 1e3
	default:
		return Null, fmt.Errorf("%q is no unit to cut a time to", unit)
	}
	if step > 0 {
		whole = false
		t.nanos -= t.nanos % step
	}
	if whole {
		t.nanos = 0
	}
	of := v.kind
	switch {
	case of == KindDate && k == KindDateTime, of == KindLocalDateTime && k == KindDateTime:
		of = KindDateTime
	case of == KindDate:
		of = KindLocalDateTime
	}
	return build(k, m, &t, of, true)
}

// component reads a part of a temporal value by its name.
func (t *temporal) component(k Kind, key string) (Value, bool) {
	if hasDate(k) {
		y, m, d := civil(t.days)
		switch key {
		case "year":
			return OfInt(y), true
		case "quarter":
			return OfInt((m-1)/3 + 1), true
		case "month":
			return OfInt(m), true
		case "week":
			_, w := week(t.days)
			return OfInt(w), true
		case "weekYear":
			wy, _ := week(t.days)
			return OfInt(wy), true
		case "dayOfQuarter", "quarterDay":
			return OfInt(t.days - daysOf(y, (m-1)/3*3+1, 1) + 1), true
		case "day":
			return OfInt(d), true
		case "ordinalDay":
			return OfInt(t.days - daysOf(y, 1, 1) + 1), true
		case "dayOfWeek", "weekDay":
			return OfInt(weekday(t.days)), true
		}
	}
	if hasTime(k) {
		s, n := t.nanos/1e9, t.nanos%1e9
		switch key {
		case "hour":
			return OfInt(s / 3600), true
		case "minute":
			return OfInt(s / 60 % 60), true
		case "second":
			return OfInt(s % 60), true
		case "millisecond":
			return OfInt(n / 1e6), true
		case "microsecond":
			return OfInt(n / 1e3), true
		case "nanosecond":
			return OfInt(n), true
		}
	}
	if hasZone(k) {
		switch key {
		case "timezone":
			if t.zone != "" {
				return OfString(t.zone), true
			}
			return OfString(formatOffset(t.offset)), true
		case "offset":
			return OfString(formatOffset(t.offset)), true
		case "offsetMinutes":
			return OfInt(t.offset / 60), true
		case "offsetSeconds":
			return OfInt(t.offset), true
		}
	}
	if k == KindDateTime {
		s, n := t.instant(k)
		switch key {
		case "epochSeconds":
			return OfInt(s), true
		case "epochMillis":
			return OfInt(s*1000 + n/1e6), true
		}
	}
	return Null, false
}
