#!/usr/bin/env bash
# Six Cypher queries on a generated graph of 10^5 entities and 10^6 edges, warm, on a store as the shell asks it, against kuzu (npm) and
# sqlite3 (Python's module) on the same data in the same run: CPU and wall time of each, in ms, the least of several. Then opening, cold
# processes that answer the first, and all six as people ask them: a `tupu query` each, the median of 11. cypher.txt holds figures.
# Wants go, node, npm, python3 and GNU time.
#
# usage: testdata/bench/cypher.sh [EDGES [FOLDER]]     FOLDER keeps what is made for the next run
set -euo pipefail
cd "$(dirname "$0")/../.."
edges=${1:-1000000}
out=${2:-$(mktemp -d)}
[ $# -ge 2 ] || trap 'rm -rf "$out"' EXIT
mkdir -p "$out"
here=testdata/bench
export TUPU_BENCH_EDGES=$edges TUPU_BENCH_OUT=$out

[ -d "$out/node_modules/kuzu" ] || npm install --silent --prefix "$out" kuzu@0.11.3 >/dev/null
CGO_ENABLED=0 go build -trimpath -o "$out/tupu" ./cmd/tupu
if ! "$out/tupu" info --db "$out/tupu.db" >/dev/null 2>&1; then # none, or one of an older version
	rm -rf "$out/tupu.db"
	go test ./query -run 'TestBenchData$' -count 1 >"$out/log" || { cat "$out/log" >&2; exit 1; }
	go test ./cmd/internal/cli -run 'TestBenchStore$' -count 1 >"$out/log" || { cat "$out/log" >&2; exit 1; }
fi
[ -e "$out/graph.sqlite" ] || python3 $here/cypher.py "$out" "$edges"
[ -e "$out/graph.kuzu" ] || node $here/cypher.mjs "$out" "$edges"

TUPU_BENCH_CPU=1 go test ./cmd/internal/cli -run 'TestBenchTimes$' -count 1 -v | grep '^tupu'
node $here/cypher.mjs "$out" "$edges"
python3 $here/cypher.py "$out" "$edges"

# cold LABEL WHAT COMMAND...: a whole process, the median of 11
cold() {
	local label=$1 what=$2 i
	shift 2
	: >"$out/times"
	for ((i = 0; i < 11; i++)); do
		/usr/bin/time -o "$out/times" -a -f '%e %U %S' "$@" >/dev/null
	done
	awk '{ print $1, $2 + $3 }' "$out/times" | sort -n | awk -v label="$label" -v what="$what" '
		{ w[NR] = $1; c[NR] = $2 }
		END { m = int((NR + 1) / 2); printf "%-10s  %-11s cpu %9.0f  wall %9.0f\n", label, what, 1000 * c[m], 1000 * w[m] }'
}
mid=企业$(printf %06d $((edges / 20))) far=企业$(printf %06d $((edges * 9 / 100)))
ask() { # WHAT QUERY
	cold "tupu query" "$1" "$out/tupu" query --db "$out/tupu.db" --param mid="$mid" --param far="$far" "$2"
}
ask neighbours "MATCH (a:Enterprise {name: \$mid})-[:CO_MENTIONED]-(b) RETURN b.name"
cold kuzu cold node $here/cypher.mjs "$out" "$edges" cold
cold sqlite cold sqlite3 "$out/graph.sqlite" "SELECT n.name FROM node s JOIN near h ON h.a = s.n JOIN node n ON n.n = h.b WHERE s.name = '$mid'"
ask twohop "MATCH (a:Enterprise {name: \$mid})-[:CO_MENTIONED]-(b)-[:CO_MENTIONED]-(c) RETURN count(DISTINCT c)"
ask grouping "MATCH (e:Enterprise)-[:APPEARS_IN]->(p:Place) WITH e, count(DISTINCT p) AS n WHERE n >= 2 RETURN count(e)"
ask shortest "MATCH (a:Enterprise {name: \$mid}), (b:Enterprise {name: \$far}), p = shortestPath((a)-[:CO_MENTIONED*..8]-(b)) RETURN length(p)"
ask filter "MATCH (e:Enterprise) WHERE e.confidence > 0.998 RETURN count(*)"
ask top "MATCH (e:Enterprise)<-[r:CO_MENTIONED]-() RETURN e.name, count(r) AS n ORDER BY n DESC LIMIT 10"
ask degrees "MATCH (n)-[r]-() RETURN n.name, count(r) AS n ORDER BY n DESC LIMIT 10"
