// Package algo ranks and groups the nodes of a graph, over rows compressed into a few arrays (CSR). Rows implements gonum's
// graph interfaces, so whatever gonum offers runs on it; what gonum does over maps, or from random starts, is done here over
// the arrays, and tested against gonum.
//
// Everything is deterministic: the same graph gives the same digits.
package algo
