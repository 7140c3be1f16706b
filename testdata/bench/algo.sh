#!/usr/bin/env bash
# The algorithms on R-MAT graphs, beside igraph's C core and gonum in the same run, each in a process of its own: wall and CPU seconds,
# the peak of memory, and how far apart the results are. Needs a C compiler and igraph with its headers (libigraph-dev on Debian).
#
#	testdata/bench/algo.sh [NODES:EDGES...]     10000:50000 10000:100000 100000:1000000 1000000:10000000 if none is given
#
# ALGORITHMS names those to run; GRAPHS is a folder in which graphs are kept; PEERS is "igraph gonum" if not set. gonum gets a minute
# and 8 GB for each algorithm; it has no triangles. Sampled betweenness (above 20000 nodes) follows the paths from 50 sources in tupu
# and igraph; which ones differs, so its results are not compared; gonum has only the exact one.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
graphs=${GRAPHS:-$work}
go build -trimpath -o "$work/bench" ./graph/algo/internal/bench
[[ ${PEERS-igraph} != *igraph* ]] || cc -O3 -o "$work/igraph" testdata/bench/algo.c $(pkg-config --cflags --libs igraph)
[ $# -gt 0 ] || set -- 10000:50000 10000:100000 100000:1000000 1000000:10000000
for size in "$@"; do
	nodes=${size%:*} edges=${size#*:}
	graph=$graphs/$nodes-$edges
	[ -f "$graph" ] || "$work/bench" make "$graph" "$nodes" "$edges"
	echo "== $nodes nodes, $edges edges: wall seconds (CPU seconds, MB)"
	printf '%-12s %26s %26s %14s   %s\n' "" tupu igraph "times faster" gonum
	for what in ${ALGORITHMS:-build pagerank components cores triangles bfs paths communities betweenness}; do
		mkdir -p "$work/"{tupu,igraph,gonum}.out
		: | tee "$work/"{tupu,igraph,gonum}.txt
		"$work/bench" run "$graph" "$work/tupu.out" "$what" >"$work/tupu.txt"
		[[ ${PEERS-igraph} != *igraph* ]] || "$work/igraph" "$graph" "$work/igraph.out" "$what" >"$work/igraph.txt"
		[[ ${PEERS-gonum} != *gonum* ]] || (ulimit -v 8000000 && "$work/bench" gonum "$graph" "$work/gonum.out" "$what" >"$work/gonum.txt") 2>/dev/null ||
			echo "$what more 8GB" >"$work/gonum.txt"
		awk '
			function shown(f) { return f in wall ? sprintf("%.4f (%.4f, %d)", wall[f], cpu[f], mb[f]) : "" }
			FNR == 1 { split(FILENAME, at, "/"); file = at[length(at)]; sub(".txt", "", file); name = $1; wall[file] = $2; cpu[file] = $3; mb[file] = $4 }
			END {
				gonum = shown("gonum")
				if (wall["gonum"] == "over") gonum = "did not finish within " cpu["gonum"]
				if (wall["gonum"] == "more") gonum = "needs more than " cpu["gonum"]
				faster = "igraph" in wall ? sprintf("%.1f (%.1f)", wall["igraph"] / (wall["tupu"] + 1e-9), cpu["igraph"] / (cpu["tupu"] + 1e-9)) : ""
				printf "%-12s %26s %26s %14s   %s\n", name, shown("tupu"), shown("igraph"), faster, gonum
			}' "$work/tupu.txt" "$work/igraph.txt" "$work/gonum.txt"
		for peer in igraph gonum; do "$work/bench" compare "$work/tupu.out" "$work/$peer.out" | sed "s/^/   and $peer: /"; done
		rm -r "$work/"{tupu,igraph,gonum}.out
		sed "s/^/$edges /" "$work/tupu.txt" >>"$work/growth"
	done
done

# CPU seconds by the number of edges, and the exponent of their growth by least squares; 1 is linear. Betweenness is left out: it follows
# all sources in one graph and some in another; so are graphs of less than 10^5 edges, where it is the time of the clock's grain.
echo "== CPU seconds by the number of edges, and the exponent of growth (1 is linear)"
awk '
	$1 < 1e5 || $2 == "betweenness" { next }
	!($2 in n) { name[++names] = $2 }
	{ x = log($1); y = log($4 + 1e-6); n[$2]++; sx[$2] += x; sy[$2] += y; xx[$2] += x * x; xy[$2] += x * y; row[$2] = row[$2] sprintf(" %10d %9.4f", $1, $4) }
	END {
		for (i = 1; i <= names; i++) {
			w = name[i]; d = n[w] * xx[w] - sx[w] * sx[w]
			printf "%-12s%s   %s\n", w, row[w], (d > 0 ? sprintf("%.2f", (n[w] * xy[w] - sx[w] * sy[w]) / d) : "-")
		}
	}' "$work/growth"
