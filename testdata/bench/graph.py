"""A graph of any size as the lines that `tupu import` takes: reports of made-up firms, projects and parks in areas over ten years.

    testdata/bench/graph.py [ENTITIES] >graph.jsonl
"""
import json, random, hashlib, sys

entities = int(sys.argv[1]) if len(sys.argv) > 1 else 100000
rng = random.Random(7)
areas = [("芗城区", "350602"), ("龙文区", "350603"), ("龙海区", "350604"), ("漳浦县", "350623"), ("云霄县", "350622"), ("诏安县", "350624"),
         ("东山县", "350626"), ("南靖县", "350627"), ("平和县", "350628"), ("华安县", "350629"), ("长泰区", "350605"), ("鲤城区", "350502"),
         ("丰泽区", "350503"), ("洛江区", "350504"), ("泉港区", "350505"), ("惠安县", "350521"), ("安溪县", "350524"), ("永春县", "350525"),
         ("德化县", "350526"), ("石狮市", "350581"), ("晋江市", "350582"), ("南安市", "350583")]
years = range(2014, 2025)
chars = "安宝北昌成诚达德东方福港高光广国海和恒宏鸿华辉汇佳嘉建江金锦京景君凯康科乐力立利联龙隆茂美明南宁鹏平启千强庆瑞润三山尚申胜盛世顺四泰天通同万维文祥新信兴旭亚阳耀业益银盈永友宇远源云泽展正志中众卓"
def word(n): return "".join(rng.choice(chars) for _ in range(n))
names, seen = [], set()
def name(kind, make):
    while True:
        s = make()
        if s not in seen:
            seen.add(s)
            names.append((kind, s))
            return
for i in range(entities):
    k = i % 10
    if k < 5: name("enterprise", lambda: word(3) + rng.choice(["科技", "食品", "机械", "化工", "新材料", "电子", "物流"]) + rng.choice(["有限公司", "股份有限公司", "集团"]))
    elif k < 8: name("project", lambda: word(3) + rng.choice(["产业基地", "生产线", "扩建", "物流中心", "研发中心"]) + "项目")
    elif k < 9: name("place", lambda: word(3) + rng.choice(["产业园", "工业园", "物流园"]))
    else: name("organization", lambda: word(3) + rng.choice(["实验学校", "研究院", "医院", "协会"]))
home = [rng.randrange(len(areas)) for _ in names]
members = {}
for i, (kind, s) in enumerate(names):
    places = {home[i]} | {rng.randrange(len(areas)) for _ in range(rng.choice([0, 0, 0, 0, 0, 0, 0, 1, 1, 3]))}
    first = rng.randrange(len(years))
    for a in places:
        for y in range(first, min(len(years), first + rng.choice([1, 1, 2, 3]))):
            members.setdefault((a, y), []).append(i)

def out(o): print(json.dumps(o, ensure_ascii=False, separators=(",", ":")))
stages = [("开工建设", "started"), ("加快建设", "building"), ("建成投产", "operating"), ("竣工", "completed")]
out({"record": "tupu", "version": 1})
lines, facts = [], []
for (a, y), who in sorted(members.items()):
    year, (area, code) = years[y], areas[a]
    rng.shuffle(who)
    text, at, byte, mentions, sentences, statements, locators = [], 0, 0, [], [], [], []
    doc = "document:" + hashlib.sha256(f"{area}{year}".encode()).hexdigest()[:16]
    def put(s):
        global_at[0] += len(s); global_at[1] += len(s.encode()); text.append(s)
    global_at = [0, 0]
    head = f"{year}年{area}政府工作报告\n"
    locators.append({"start": 0, "line": 1})
    sentences.append({"doc": doc, "start": 0, "end": len(head) - 1, "byte_start": 0, "byte_end": len(head.encode()) - 1, "role": "title"})
    put(head)
    line = 1
    for j in range(0, len(who), 3):
        group = who[j:j + 3]
        line += 1
        s0 = list(global_at)
        locators.append({"start": s0[0], "line": line})
        spans = []
        for n, i in enumerate(group):
            if n: put("、")
            kind, s = names[i]
            m = {"doc": doc, "start": global_at[0], "end": global_at[0] + len(s), "byte_start": global_at[1], "byte_end": global_at[1] + len(s.encode()),
                 "type": kind, "text": s, "name": s, "confidence": 0.9, "by": "gen"}
            if kind == "place": m["kind"] = "park"
            spans.append(m)
            put(s)
        word_, state = rng.choice(stages)
        planned = rng.random() < 0.4
        amount = rng.randrange(1, 90)
        put(("将于明年" if planned else "") + word_ + f"，总投资{amount}亿元。")
        e = list(global_at)
        sent = {"doc": doc, "start": s0[0], "end": e[0], "byte_start": s0[1], "byte_end": e[1], "role": "body",
                "modality": "planned" if planned else "reported", "year": year + planned}
        sentences.append(sent)
        mentions += spans
        base = {k: sent[k] for k in ("doc", "start", "end", "byte_start", "byte_end")}
        projects = [m for m in spans if m["type"] == "project"]
        for m in projects:
            statements.append(base | {"type": "STATUS", "head": m, "tail": m, "state": state, "modality": sent["modality"], "year": sent["year"], "basis": "sentence", "confidence": 0.8, "by": "gen"})
            for f in spans:
                if f["type"] == "enterprise":
                    statements.append(base | {"type": "UNDERTAKES", "head": f, "tail": m, "modality": sent["modality"], "year": sent["year"], "basis": "sentence", "confidence": 0.8, "by": "gen"})
        if len(projects) == 1:
            raw = f"总投资{amount}亿元"
            off = [e[0] - 1 - len(raw), e[1] - 3 - len(raw.encode())]
            tail = {"doc": doc, "start": off[0], "end": off[0] + len(raw), "byte_start": off[1], "byte_end": off[1] + len(raw.encode()), "type": "", "text": raw, "name": raw, "confidence": 0, "by": "statement"}
            statements.append(base | {"type": "AMOUNT", "head": projects[0], "tail": tail, "amount": {"value": amount * 1e8, "unit": "元", "of": "total", "raw": raw, "countable": True},
                                      "modality": sent["modality"], "year": sent["year"], "basis": "sentence", "confidence": 0.8, "by": "gen"})
        put("\n")
    body = "".join(text)
    h = hashlib.sha256(body.encode()).hexdigest()
    did = "document:" + h[:16]
    origin = {"source": "manifest", "by": "gen", "score": 1, "ref": "manifest.csv:1"}
    out({"record": "document", "document": {"id": did, "text_hash": h, "format": "text", "charset": "utf-8", "reader": "text/1", "paths": [f"reports/{area}/{year}.txt"], "size": len(body.encode()),
         "title": head.strip(), "date": f"{year+1}-01-10", "year": year, "plan_year": year + 1, "area": area, "area_code": code,
         "origins": {k: origin for k in ("title", "date", "year", "plan_year", "area")}, "locators": locators}, "text": body})
    rec = json.dumps({"record": "facts", "doc": did, "key": h[:32], "sentences": sentences, "mentions": mentions, "statements": statements}, ensure_ascii=False, separators=(",", ":")).replace(doc, did)
    print(rec)
out({"record": "end", "counts": {"documents": len(members), "judgements": 0, "entities": 0, "edges": 0}})
