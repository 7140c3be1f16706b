package cli

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// tell translates a message that was put together elsewhere: a reason for which a file was skipped, an error, a finding. What
// is not known stays as it is; names, quotes and paths are never touched. Only what people read goes through it.
func (w words) tell(message string) string {
	if w == nil || !strings.ContainsFunc(message, func(r rune) bool { return r >= 'a' && r <= 'z' }) {
		return message
	}
	if told, ok := w.told(message, 0); ok {
		return told
	}
	return message
}

// maxTold bounds how deep messages may lie in messages, and longestTold how long they may be, in bytes.
const (
	maxTold     = 6
	longestTold = 4 << 10
)

func (w words) told(message string, deep int) (string, bool) {
	if deep > maxTold || len(message) > longestTold {
		return message, false
	}
	if other, ok := w[message]; ok && !strings.Contains(message, "%") {
		return other, true
	}
	for _, t := range toldForms() {
		if !strings.Contains(message, t.longest) {
			continue
		}
		m := t.english.FindStringSubmatch(message)
		if m == nil {
			continue
		}
		args := make([]any, len(m)-1)
		for i, s := range m[1:] {
			if t.inner[i] {
				s, _ = w.told(s, deep+1)
			}
			args[i] = s
		}
		return fmt.Sprintf(t.chinese, args...), true
	}
	// A list of messages, each by itself. Sentences and names in it stay.
	for _, by := range [][2]string{{"\n", "\n"}, {"; ", "；"}, {", ", "，"}} {
		parts := strings.Split(message, by[0])
		if len(parts) < 2 {
			continue
		}
		some := false
		for i, part := range parts {
			indent := part[:len(part)-len(strings.TrimLeft(part, " "))]
			said, ok := w.told(part[len(indent):], deep+1)
			parts[i], some = indent+said, some || ok
		}
		if some {
			return strings.Join(parts, by[1]), true
		}
	}
	return message, false
}

// toldForm is a message with places for what differs.
type toldForm struct {
	english *regexp.Regexp
	chinese string
	inner   []bool // the place holds a message itself
	longest string // piece of the English that never differs
}

var toldVerb = regexp.MustCompile(`%[sdv]`)

// begins is 1 for a message that begins with a place for what differs, else 0.
func begins(message string) int {
	if strings.HasPrefix(message, "%") && !strings.HasPrefix(message, "%d") {
		return 1
	}
	return 0
}

// toldForms are the messages of chineseTold and chineseCypher, those with the most text that is fixed first.
var toldForms = sync.OnceValue(func() []toldForm {
	type rated struct {
		toldForm
		fixed int
		text  string
	}
	var list []rated
	all := maps.Clone(chineseTold)
	maps.Copy(all, chineseCypher)
	for english, zh := range all {
		t := rated{toldForm: toldForm{chinese: zh}, text: english}
		var pattern strings.Builder
		pattern.WriteString("(?s)^")
		last := 0
		piece := func(s string) {
			pattern.WriteString(regexp.QuoteMeta(s))
			t.fixed += len(s)
			if len(s) > len(t.longest) {
				t.longest = s
			}
		}
		for _, at := range toldVerb.FindAllStringIndex(english, -1) {
			piece(english[last:at[0]])
			last = at[1]
			switch english[at[0]+1] {
			case 'd':
				pattern.WriteString(`(-?[\d.,]+)`)
			default:
				pattern.WriteString(`((?:[^;\n]|;[^ ])+?)`) // lists are taken apart first
			}
			t.inner = append(t.inner, english[at[0]+1] == 'v')
		}
		piece(english[last:])
		pattern.WriteString("$")
		t.english = regexp.MustCompile(pattern.String())
		list = append(list, t)
	}
	slices.SortFunc(list, func(a, b rated) int {
		// What begins with a place for anything comes last.
		return cmp.Or(cmp.Compare(begins(a.text), begins(b.text)), cmp.Compare(b.fixed, a.fixed), cmp.Compare(a.text, b.text))
	})
	forms := make([]toldForm, len(list))
	for i := range list {
		forms[i] = list[i].toldForm
	}
	return forms
})
