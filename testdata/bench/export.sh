#!/usr/bin/env bash
# How fast generated graphs are written and in how much memory: each format in a process of its own, for growing numbers of
# edges. Prints MB/s by the clock and by processor time, and the peak memory of the process, generating included.
#
#	testdata/bench/export.sh [FORMAT...]     FORMAT defaults to graphml; EDGES="100000 1000000 10000000"
set -euo pipefail
cd "$(dirname "$0")/../.."
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT
go test -c -o "$temp/export.test" ./graph/export
for format in "${@:-graphml}"; do
	for edges in ${EDGES:-100000 1000000 10000000}; do
		TUPU_BENCH_NODES=$((edges / 10)) /usr/bin/time -o "$temp/time" -f '%U %S %M' \
			"$temp/export.test" -test.run '^$' -test.bench "Write/$format/" -test.benchtime 1x >"$temp/out"
		awk -v format="$format" -v edges="$edges" '
			NR == FNR { if (/^BenchmarkWrite/) { seconds = $3 / 1e9; rate = $5 } next }
			{ printf "%-8s %9d edges %8.0f MB %7.1f s %6.1f MB/s by the clock %6.1f MB/s of processor time %6.0f MB peak\n",
				format, edges, rate * seconds, seconds, rate, rate * seconds / ($1 + $2), $3 / 1024 }' "$temp/out" "$temp/time"
	done
done
