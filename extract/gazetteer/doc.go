// Package gazetteer finds the names of known places and knows which place contains which: the administrative divisions of
// China from the country down to townships, and functional zones with a management of their own that no list of codes has.
//
// A Gazetteer is read-only after Open and safe for concurrent use. Names are matched in folded text (package text). A name
// that many places bear, and one that is an ordinary word too, is only matched where the context supports it: MatchesIn knows
// the area that a document speaks for. What a matched name means is a question of its own; Resolve answers it or says that it
// cannot.
//
// The data are those of a day (see NOTICE); divisions change, and a place that is missing is simply not known here.
package gazetteer
