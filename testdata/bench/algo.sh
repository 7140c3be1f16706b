#!/usr/bin/env bash
# The algorithms on R-MAT graphs, beside igraph's C core and gonum in the same run: wall and CPU seconds of each, how far apart the
# results are, and the peak of memory. Needs a C compiler and igraph with its headers (libigraph-dev on Debian).
#
#	testdata/bench/algo.sh [NODES:EDGES...]     10000:50000 100000:1000000 1000000:10000000 if none is given
#
# gonum is left out above GONUM nodes (100000 if not set), and its betweenness, communities and paths above 20000; it has no triangles.
# Sampled betweenness follows the paths from 50 sources in both; which ones differs, so its results are not compared.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
go build -trimpath -o "$work/bench" ./graph/algo/internal/bench
cc -O3 -o "$work/igraph" testdata/bench/algo.c $(pkg-config --cflags --libs igraph)
[ $# -gt 0 ] || set -- 10000:50000 100000:1000000 1000000:10000000
for size in "$@"; do
	nodes=${size%:*} edges=${size#*:}
	"$work/bench" make "$work/graph" "$nodes" "$edges"
	mkdir -p "$work/"{tupu,igraph,gonum}.out
	"$work/bench" run "$work/graph" "$work/tupu.out" >"$work/tupu.txt"
	"$work/igraph" "$work/graph" "$work/igraph.out" >"$work/igraph.txt"
	if ((nodes <= ${GONUM:-100000})); then
		"$work/bench" gonum "$work/graph" "$work/gonum.out" >"$work/gonum.txt"
	else
		: >"$work/gonum.txt"
	fi
	echo "== $nodes nodes, $edges edges: seconds wall (CPU)"
	awk '
		FNR == 1 { file++ }
		{ wall[file, $1] = $2; cpu[file, $1] = $3 }
		file == 1 { name[++n] = $1 }
		END {
			printf "%-12s %20s %20s %16s %20s\n", "", "tupu", "igraph", "times faster", "gonum"
			for (i = 1; i <= n; i++) {
				w = name[i]
				if (w == "memory") { printf "%-12s %17s MB %17s MB\n", w, wall[1, w], wall[2, w]; continue }
				a = sprintf("%.4f (%.4f)", wall[1, w], cpu[1, w]); b = sprintf("%.4f (%.4f)", wall[2, w], cpu[2, w])
				r = sprintf("%.1f (%.1f)", wall[2, w] / (wall[1, w] + 1e-9), cpu[2, w] / (cpu[1, w] + 1e-9))
				g = (3, w) in wall ? sprintf("%.4f (%.4f)", wall[3, w], cpu[3, w]) : ""
				printf "%-12s %20s %20s %16s %20s\n", w, a, b, r, g
			}
		}' "$work/tupu.txt" "$work/igraph.txt" "$work/gonum.txt"
	"$work/bench" compare "$work/tupu.out" "$work/igraph.out"
	if [ -s "$work/gonum.txt" ]; then
		echo "-- and with gonum"
		"$work/bench" compare "$work/tupu.out" "$work/gonum.out"
	fi
	rm -r "$work/"*.out
	sed "s/^/$edges /" "$work/tupu.txt" >>"$work/slopes"
done

# The exponent of the growth of CPU time with the edges, from the smallest to the largest graph; 1 is linear. Betweenness is left out: it
# follows all sources in one graph and some in another.
echo "== growth of CPU time with the edges (1 is linear)"
awk '
	$2 == "memory" || $2 == "betweenness" { next }
	!($2 in first) { first[$2] = $1; least[$2] = $4; name[++n] = $2 }
	{ last[$2] = $1; most[$2] = $4 }
	END { for (i = 1; i <= n; i++) { w = name[i]; if (last[w] > first[w] && least[w] > 0) printf "%-12s %.2f\n", w, log(most[w] / least[w]) / log(last[w] / first[w]) } }
' "$work/slopes"
