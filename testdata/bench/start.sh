#!/usr/bin/env bash
# How long a person waits: first build, build with nothing new, and cold find, show and ask, each a whole process, beside a
# process that only prints its version. Prints the median of RUNS runs in milliseconds and the peak memory in MB.
#
#	testdata/bench/start.sh [FOLDER [NAME]]     FOLDER defaults to testdata/reports, NAME is what to find and show
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=${1:-testdata/reports}
name=${2:-}
runs=${RUNS:-9}
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT
CGO_ENABLED=0 go build -trimpath -o "$temp/tupu" ./cmd/tupu

# measure LABEL SETUP COMMAND...: SETUP runs before every run and is not timed.
measure() {
	local label=$1 setup=$2 i
	shift 2
	for ((i = 0; i < runs; i++)); do
		eval "$setup"
		/usr/bin/time -o "$temp/times" -a -f '%e %M' "$@" >/dev/null 2>"$temp/err" || { cat "$temp/err" >&2; exit 1; }
	done
	sort -n "$temp/times" | awk -v label="$label" '{ t[NR] = $1; if ($2 > m) m = $2 } END { printf "%-24s %6.0f ms %6.0f MB\n", label, 1000 * t[int((NR + 1) / 2)], m / 1024 }'
	rm "$temp/times"
}

export TUPU_DB=$temp/bench.db
measure "version (baseline)" : "$temp/tupu" version
measure "first build" 'rm -rf "$TUPU_DB"' "$temp/tupu" build "$folder"
measure "build, nothing new" : "$temp/tupu" build "$folder"
[ -n "$name" ] || name=$("$temp/tupu" find -o tsv 公司 | awk -F'\t' 'NR == 2 { print $1 }')
measure "find" : "$temp/tupu" find "$name"
measure "show" : "$temp/tupu" show "$name"
measure "ask shared" : "$temp/tupu" ask shared --type all
