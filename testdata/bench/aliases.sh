#!/bin/bash
# Who is who, on names that are not in this repository.
#
#   testdata/bench/aliases.sh FOLDER        FOLDER has declared.json, listed.json and anatomy.json
#
# 1. Declared short names: recall and precision of the short names, and how many full names are exact, on the second half of the
#    sentences; the rules were written on the first. A plain pattern reaches 0.955, 0.988 and 0.573.
# 2. Listed firms: a document for each full name and one for each short name, built as any others; none of the firms may be
#    merged, and the short names should be linked to their firm or be left open.
# 3. Anatomy: brands of the last 500 names; the weights and the list of trades were made on the others and on names of our own.
set -euo pipefail
folder="$(realpath "${1:?the folder with declared.json, listed.json and anatomy.json}")"
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
TUPU_SHARED="$(dirname "$(dirname "$folder")")" go test -count=1 ./extract -run 'TestDeclared$' -v | grep -o 'declared short names:.*' || true
TUPU_SHARED="$(dirname "$(dirname "$folder")")" go test -count=1 ./extract/company -run 'TestAnatomy$' -v | grep -o 'brands right:.*' || true
go build -trimpath -o "$work/tupu" ./cmd/tupu
python3 - "$folder/listed.json" "$work" <<'PY'
import json, os, sys
for part in "full", "short":
    os.makedirs(f"{sys.argv[2]}/listed/{part}")
for n, line in enumerate(open(sys.argv[1], encoding="utf-8")):
    firm = json.loads(line)
    with open(f"{sys.argv[2]}/listed/full/{n:04}.txt", "w", encoding="utf-8") as f:
        f.write(f"{firm['fullname']}发布了年度报告。\n")
    with open(f"{sys.argv[2]}/listed/short/{n:04}.txt", "w", encoding="utf-8") as f:
        f.write(f"全市上市公司包括{firm['name']}等企业。{firm['name']}与多家单位签署战略合作协议。\n")
PY
(cd "$work" && ./tupu build listed --db listed.db >/dev/null 2>&1 && ./tupu export --db listed.db --edges MENTIONED_IN,MAYBE_SAME --out listed.graphml)
python3 testdata/bench/listed.py "$folder/listed.json" "$work/listed.graphml" "${2:-0}"
