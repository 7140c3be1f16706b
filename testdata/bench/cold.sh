#!/usr/bin/env bash
# How long a person waits for an answer: each a whole process that opens the graph anew, on the example reports and on a generated
# graph (graph.py) of ENTITIES. Prints the median and the least of RUNS runs in ms of processor time and by the clock, beside a
# process that only prints its version.
#
#	testdata/bench/cold.sh [ENTITIES]     100000 if not given; 0 asks the example reports alone
set -euo pipefail
cd "$(dirname "$0")/../.."
entities=${1:-100000}
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT
CGO_ENABLED=0 go build -trimpath -o "$temp/tupu" ./cmd/tupu
"$temp/tupu" build testdata/reports --manifest testdata/manifest.csv --db "$temp/examples.db" 2>/dev/null
graphs="$temp/examples.db"
if [ "$entities" -gt 0 ]; then
	python3 testdata/bench/graph.py "$entities" >"$temp/graph.jsonl"
	"$temp/tupu" import "$temp/graph.jsonl" --db "$temp/generated.db" 2>/dev/null
	graphs="$graphs $temp/generated.db"
fi
RUNS=${RUNS:-9} python3 - "$temp/tupu" $graphs <<'PY'
import csv, io, os, resource, subprocess, sys, time

tupu, graphs, runs = sys.argv[1], sys.argv[2:], int(os.environ["RUNS"])

def measure(*args):
    cpu, wall = [], []
    for _ in range(runs):
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run([tupu, *args], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        wall.append(1e3 * (time.perf_counter() - start))
        cpu.append(1e3 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime))
    cpu.sort(), wall.sort()
    print("%-36s processor %5.0f (least %5.0f)   clock %5.0f (least %5.0f)" % (" ".join(args)[:36], cpu[runs // 2], cpu[0], wall[runs // 2], wall[0]))

measure("version")
for graph in graphs:
    os.environ["TUPU_DB"] = graph
    print(os.path.basename(graph))
    rows = list(csv.DictReader(io.StringIO(subprocess.run([tupu, "find", "公司", "--limit", "1", "-o", "csv"], capture_output=True, text=True).stdout)))
    name = rows[0]["name"]
    for args in (["find", name], ["find", "公司"], ["find", "hengxin"], ["find", "rysp"], ["find", name[:2] + "口" + name[3:]], ["show", name], ["__complete", "show", name[:1]]):
        measure(*args)
    for question in ("shared", "coverage", "status", "promises", "repeated", "phantoms", "delivery", "timeline", "who-builds", "money", "changed-amounts", "conflicts", "families",
                     "shared-projects", "parks", "new", "gone", "responsible", "denied", "wording", "lone-source", "hubs"):
        measure("ask", question)
PY
