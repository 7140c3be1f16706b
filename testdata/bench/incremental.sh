#!/bin/bash
# What adding one document to ten thousand costs, and whether the graph is then the one that a build from nothing gives.
#
#   testdata/bench/incremental.sh TEXT.xz [DOCUMENTS]
#
# TEXT.xz is raw text in UTF-8 (xz), which is cut into documents. The summaries of the builds say what was resolved and written
# anew (--trace); the graphs are compared as exported, byte for byte.
set -euo pipefail
raw="$(realpath "${1:?the raw text, packed by xz}")"
documents="${2:-10000}"
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
go build -trimpath -o "$work/tupu" ./cmd/tupu
mkdir "$work/texts"
xz -dc "$raw" 2>/dev/null | iconv -c -f utf-8 -t utf-8 | grep -v '^[[:space:]]*$' >"$work/all" || true
bytes=$(stat -c %s "$work/all")
(cd "$work/texts" && split -C $((bytes / (documents + 1))) -d -a 5 --additional-suffix=.txt ../all t)
cd "$work"
ls texts | tail -n +$((documents + 2)) | sed 's,^,texts/,' | xargs -r rm
last="$(grep -l 股份有限公司 texts/*.txt | tail -1)"
mv "$last" one.txt
echo "build of $(ls texts | wc -l) documents"
(./tupu build texts --db one.db --trace 2>&1 || true) | grep -E '^(documents|mentions|resolved|rewritten|time)'
mv one.txt "$last"
echo "one more"
(./tupu build "$last" --db one.db --trace 2>&1 || true) | grep -E '^(documents|mentions|resolved|rewritten|time)'
echo "build of all from nothing"
(./tupu build texts --db two.db --trace 2>&1 || true) | grep -E '^(documents|mentions|resolved|rewritten|time)'
./tupu export --db one.db --out one.graphml
./tupu export --db two.db --out two.graphml
cmp one.graphml two.graphml && echo "the graphs are the same: $(stat -c %s one.graphml) bytes"
