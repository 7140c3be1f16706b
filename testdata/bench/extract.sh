#!/bin/bash
# Speed of extraction on distinct text, against gse's bare segmentation of the same text in the same run.
#
#   testdata/bench/extract.sh TEXT.xz [MEGABYTES]
#
# TEXT.xz is raw text in UTF-8 (xz). It is cut into files of 40 kB. Two things are measured, on one processor and on two:
#
#   Mentions  texts are read, normalised, recognised, and what a document says of its names is settled: what tupu extract prints
#             by default, and Extractor.Mentions gives.
#   Facts     all that a graph is built from: the same, and the parts of names and the statements of each sentence besides (tupu
#             build, Extractor.Extract).
#
# Each is printed in MB for a second of the clock and for one of all processors together, which is what counts on a machine that
# others use. Then the time from the start of the process to the first mention, and the memory of a run over all files, both of
# tupu extract.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
raw="${1:?the raw text, packed by xz}"
raw="$(realpath "$raw")"
megabytes="${2:-8}"

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
xz -dc "$raw" 2>/dev/null | head -c "$((megabytes * 1000000))" | iconv -c -f utf-8 -t utf-8 >"$work/all" || true
mkdir "$work/texts"
(cd "$work/texts" && split -C 40000 -d -a 4 --additional-suffix=.txt ../all t)
texts="$work/texts"
echo "$(ls "$texts" | wc -l) files, $(cat "$texts"/*.txt | wc -c) bytes"

TUPU_BENCH="$texts" go test ./extract -run '^$' -bench 'Segment$' -benchtime 3x -cpu 1 | grep -E '^Benchmark'
# Each number of processors has a process of its own: of a list, go test runs the first with as many as the last.
for what in Mentions Facts; do
  for processors in 1 2; do
    TUPU_BENCH="$texts" go test ./extract -run '^$' -bench "$what\$" -benchtime 3x -cpu "$processors" | grep -E '^Benchmark'
  done
done

go build -trimpath -o "$work/bin/tupu" ./cmd/tupu
first="$texts/t0000.txt"
for _ in 1 2 3; do
  /usr/bin/time -f 'start to first mention: %e s, %M KB' sh -c "'$work/bin/tupu' extract '$first' 2>/dev/null | head -1 >/dev/null"
done
/usr/bin/time -f 'all files: %e s, %M KB' "$work/bin/tupu" extract "$texts" -o jsonl >/dev/null
ls -l "$work/bin/tupu" | awk '{print "binary: " $5 " bytes"}'
