#!/usr/bin/env bash
# How large stores are written and read: generated documents into a store, the whole graph into compressed rows by a scan and again
# from the file that the scan left, and GraphML out. Prints wall and CPU seconds, for growing numbers of edges.
#
#	testdata/bench/store.sh [EDGES...]     100000 1000000 10000000 if none is given; STORES=DIR keeps the stores
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
stores=${STORES:-$work}
go build -trimpath -o "$work/bench" ./cmd/internal/cli/internal/bench
go build -trimpath -o "$work/tupu" ./cmd/tupu
[ $# -gt 0 ] || set -- 100000 1000000 10000000
for edges in "$@"; do
	dir=$stores/$edges
	echo "== $edges edges: seconds wall, CPU"
	if [ ! -d "$dir" ]; then
		mkdir -p "$dir"
		"$work/bench" make "$dir" $((edges / 10)) "$edges"
	fi
	rm -f "$dir"/gen-*/derived-*
	"$work/bench" snapshot "$dir"
	/usr/bin/time -o "$work/time" -f '%e %U %S %M' "$work/tupu" export --db "$dir" --format graphml | wc -c >"$work/bytes"
	awk 'NR == FNR { bytes = $1; next } { printf "%-10s %9.3f %9.3f   %.0f MB, %.1f MB/s by the clock, %.1f MB/s of processor time, %.0f MB peak, pages of the store among them\n",
		"graphml", $1, $2 + $3, bytes / 1e6, bytes / 1e6 / $1, bytes / 1e6 / ($2 + $3), $4 / 1024 }' "$work/bytes" "$work/time"
done
