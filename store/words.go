package store

import "hash/maphash"

// idList numbers texts in the order in which they came. It keeps them in one piece of memory, where a map would take three times as
// much.
type idList struct {
	text  []byte
	ends  []uint32
	seed  maphash.Seed
	slots []uint32 // a power of two, at most half of them taken: the number and one
}

func newIDList() idList { return idList{seed: maphash.MakeSeed(), slots: make([]uint32, 1024)} }

// at is the text of a number.
func (l *idList) at(n uint32) string { return string(l.bytes(n)) }

func (l *idList) bytes(n uint32) []byte {
	from := uint32(0)
	if n > 0 {
		from = l.ends[n-1]
	}
	return l.text[from:l.ends[n]]
}

// find returns the number of a text.
func (l *idList) find(text string) (uint32, bool) {
	for at := maphash.String(l.seed, text); ; at++ {
		n := l.slots[at&uint64(len(l.slots)-1)]
		if n == 0 {
			return 0, false
		}
		if string(l.bytes(n-1)) == text {
			return n - 1, true
		}
	}
}

// add appends a text that is not there, and returns its number.
func (l *idList) add(text string) uint32 {
	l.text = append(l.text, text...)
	l.ends = append(l.ends, uint32(len(l.text)))
	if 2*len(l.ends) > len(l.slots) {
		l.slots = make([]uint32, 2*len(l.slots))
		for n := range uint32(len(l.ends) - 1) {
			l.place(n)
		}
	}
	n := uint32(len(l.ends) - 1)
	l.place(n)
	return n
}

func (l *idList) place(n uint32) {
	at := maphash.Bytes(l.seed, l.bytes(n))
	for l.slots[at&uint64(len(l.slots)-1)] != 0 {
		at++
	}
	l.slots[at&uint64(len(l.slots)-1)] = n + 1
}

// wordList numbers the words that come again and again.
type wordList struct{ idList }

func newWordList() *wordList { return &wordList{newIDList()} }

// number is the number of a word, which it gets where it has none.
func (w *wordList) number(word string) uint32 {
	n, ok := w.find(word)
	if !ok {
		n = w.add(word)
	}
	return n
}
