// Package extract reads one document: what it is (title, issuer, date, years, area), its sentences with the tense of their
// sections, the names in it and what is said of them.
//
//	doc.Page ─▶ about ─▶ sections ─▶ words ─▶ Recognizers ─▶ arbitrate ─▶ learn ─▶ mentions ─▶ statements ─▶ graph.Facts
//	            title,   sentences   gse,     candidates     one name a   second    parts
//	            area     and tense   places   that overlap   place        pass
//
// An Extractor holds what all documents share: the gazetteer, the dictionary and word lists, and the Recognizers, which only
// propose. What becomes a mention is decided afterwards for all of them together: the weightiest of overlapping candidates
// wins, and a name that was found once with confidence is found wherever the document repeats it. Names inside a mention that
// lost to it become its parts.
//
// The invariant: the facts depend on the page, the override and Version alone; all spans lie within the stored text, on
// character boundaries; mentions do not overlap. Everything is recognised in folded text (package text) and written down in
// positions of the stored one.
//
// The limits are the constants at the head of extract.go; a document that exceeds one says so in its notes.
package extract
