// Package export writes graphs in formats that other programs read. Each writer keeps to the subset of its format that the
// readers agree on, and the same graph always gives the same bytes.
//
// Ids in exports are ASCII, a letter and 16 hex digits of the SHA-256 of ours, because some readers take no others; the
// attribute tupu_id keeps ours. The stored text is never altered: control characters that a format cannot hold are replaced
// one for one.
package export
