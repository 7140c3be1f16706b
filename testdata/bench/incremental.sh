#!/bin/bash
# What adding one document to ten thousand costs, and whether the graph is then the one that a build from nothing gives.
#
#   testdata/bench/incremental.sh TEXT.xz [DOCUMENTS]
#
# TEXT.xz is raw text in UTF-8 (xz), which is cut into documents. The document that is added names thirty of the firms, bodies
# and projects that most documents name. The summaries of the builds say what was resolved and written anew (--trace); the
# graphs are compared as exported, byte for byte.
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
(cd "$work/texts" && split -C $((bytes * 19 / 20 / documents)) -d -a 5 --additional-suffix=.txt ../all t)
cd "$work"
ls texts | tail -n +$((documents + 1)) | sed 's,^,texts/,' | xargs -r rm
summary() {
    (time ./tupu build "$@" --trace) >log 2>&1 || true
    grep -E '^(documents|mentions|entities|edges|resolved|leads|rewritten|time|real|user)' log
}

echo "build of $(ls texts | wc -l) documents"
summary texts --db one.db
./tupu query --db one.db --limit 0 -o tsv "MATCH (e)-[:MENTIONED_IN]->(d:Document) WHERE e:Enterprise OR e:Organization OR e:Project
    WITH e, count(d) AS documents WHERE documents > 2 RETURN e.name ORDER BY documents DESC, e.name LIMIT 30" | tail -n +2 >names
paste - - <names | while read -r a b; do
    echo "${a}与${b:-有关单位}签署战略合作协议，${a}等单位获评年度先进。"
done >texts/new.txt
echo "one more, which names $(wc -l <names) of those that most documents name"
summary texts/new.txt --db one.db
./tupu query --db one.db -o tsv "MATCH (d:Document)<-[:MENTIONED_IN]-(e)-[:MENTIONED_IN]->(o:Document)
    WHERE d.paths = ['texts/new.txt'] AND o.paths <> d.paths RETURN count(DISTINCT e) AS named_there_and_elsewhere"
echo "build of all from nothing"
summary texts --db two.db
./tupu export --db one.db --out one.graphml
./tupu export --db two.db --out two.graphml
cmp one.graphml two.graphml && echo "the graphs are the same: $(stat -c %s one.graphml) bytes"
