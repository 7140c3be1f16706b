// Package export writes graphs in formats that other programs read, draws them, and reads what was written.
//
// Formats lists the formats there are. Each writer keeps to the subset of its format that the readers agree on, and the same
// graph always gives the same bytes. What is written is chosen by Options, alike for all of them. Lines is tupu's own complete
// form, which ReadLines reads back. Check reads a file of any of the formats with the rules of its readers and says what
// would go wrong where.
//
// Ids in exports are ASCII, a letter and 16 hex digits of the SHA-256 of ours, because some readers take no others; the
// property tupu_id keeps ours. The stored text is never altered: control characters that a format cannot hold are replaced
// one for one. Nothing that an edge stands on is dropped silently: formats that show a few quotes say how many there are.
//
// Writers hold a set of the nodes written (about 20 bytes for each) and one node or edge at a time, but for those that need
// positions or a node's years, which say so.
package export
