// Package algo ranks and groups the nodes of a graph, and finds ways through it, over rows compressed into a few arrays (CSR).
//
// A Snapshot holds a whole graph: both directions, types, years and weights of the edges, and the documents that each edge
// rests on. A Filter makes Rows (undirected, parallel edges joined) or Arcs (directed) of the part that counts; the algorithms
// work on these. All three are gonum graphs, so whatever gonum offers runs on them. What gonum does over maps, or from random
// starts, is done here over the arrays, and tested against gonum.
//
// Everything is deterministic: the same graph gives the same digits, whatever the number of workers, because float sums are
// taken over fixed pieces in a fixed order. Work is spread over GOMAXPROCS goroutines.
package algo
