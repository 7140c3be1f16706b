#!/usr/bin/env python3
"""Counts who was taken to be who: listed.py FIRMS.json GRAPH.graphml [errors]

FIRMS.json has a line {"name", "fullname"} for each firm; GRAPH.graphml is the export of a graph of documents full/N.txt and
short/N.txt, each of which names the N-th firm (from 0) by its full or its short name alone.
"""
import collections
import json
import re
import sys
import xml.etree.ElementTree as ET

firms = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
shown = int(sys.argv[3]) if len(sys.argv) > 3 else 0
ns = "{http://graphml.graphdrawing.org/xmlns}"
nodes, at, maybe = {}, {}, collections.defaultdict(set)
for node in ET.parse(sys.argv[2]).getroot().iter(ns + "node"):
    nodes[node.get("id")] = {d.get("key"): d.text for d in node}
for edge in ET.parse(sys.argv[2]).getroot().iter(ns + "edge"):
    a, b = edge.get("source"), edge.get("target")
    if edge.get("label") == "MENTIONED_IN" and nodes[a]["schema"] == "Enterprise":
        m = re.search(r"(full|short)/0*(\d+)\.txt$", nodes[b]["path"])
        at.setdefault((m[1], int(m[2])), []).append(a)
    elif edge.get("label") == "MAYBE_SAME":
        maybe[a].add(b)
        maybe[b].add(a)

def key(name):
    return name.replace("（", "(").replace("）", ")").lower()


owners = collections.defaultdict(set)
whole = 0
for n, firm in enumerate(firms):
    for e in at.get(("full", n), []):
        names = [nodes[e]["name"], *(nodes[e].get("aliases") or "").split("|")]
        if key(firm["fullname"]) in [key(name.strip()) for name in names]:
            owners[e].add(firm["fullname"])
            whole += 1
merged = {e: o for e, o in owners.items() if len(o) > 1}
print(f"full names: {len(firms)}, found as one name {whole}; entities that are several firms: {len(merged)}")
for e, o in list(merged.items())[:shown]:
    print("  merged:", nodes[e]["name"], *sorted(o))

count, errors = collections.Counter(), []
for n, firm in enumerate(firms):
    mine = set(at.get(("full", n), []))
    short = set(at.get(("short", n), []))
    linked = [e for e in short if owners.get(e)]
    if not short:
        what = "not found"
    elif any(firm["fullname"] in owners[e] for e in linked):
        what = "rightly"
    elif linked:
        what = "wrongly"
        errors.append((firm["name"], firm["fullname"], [nodes[e]["name"] for e in linked]))
    elif any(maybe[e] & mine for e in short):
        what = "open, MAYBE_SAME with it"
    elif any(maybe[e] for e in short):
        what = "open, MAYBE_SAME with others"
    else:
        what = "open"
    count[what] += 1
total = len(firms)
for what, n in count.most_common():
    print(f"short names {what}: {n} ({n / total:.4f})")
for e in errors[:shown]:
    print("  wrongly:", *e)
if shown:
    left = [f"{f['name']}<{f['fullname']}" for n, f in enumerate(firms)
            if any(f["fullname"] in owners[e] for e in at.get(("full", n), []))
            and at.get(("short", n)) and not any(owners.get(e) for e in at[("short", n)])]
    print("  left:", *left[:: max(1, len(left) // shown)])
