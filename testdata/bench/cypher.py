"""Asks sqlite3 the questions of cypher.sh, with indexes and prepared statements. usage: cypher.py FOLDER EDGES

FOLDER holds nodes.csv and edges.csv; the database is made in it as graph.sqlite by the first run, with each symmetric edge
stored both ways in a table of its own, which is the fastest that it can have."""
import csv, os, sqlite3, sys, time

out, edges = sys.argv[1], int(sys.argv[2])
whole = out + "/graph.sqlite"
if not os.path.exists(whole):
    db = sqlite3.connect(whole)
    db.execute("CREATE TABLE node (n INTEGER PRIMARY KEY, id TEXT, label TEXT, name TEXT, confidence REAL)")
    db.execute("CREATE TABLE near (a INTEGER, b INTEGER, PRIMARY KEY (a, b)) WITHOUT ROWID")
    db.execute("CREATE TABLE edge (a INTEGER, type TEXT, b INTEGER, PRIMARY KEY (a, type, b)) WITHOUT ROWID")
    ids = {}
    with open(out + "/nodes.csv") as f:
        for i, (id, label, name, conf) in enumerate(csv.reader(f)):
            ids[id] = i
            db.execute("INSERT INTO node VALUES (?, ?, ?, ?, ?)", (i, id, label, name, float(conf)))
    with open(out + "/edges.csv") as f:
        all = [(ids[a], t, ids[b]) for a, b, t in csv.reader(f)]
    db.executemany("INSERT INTO edge VALUES (?, ?, ?)", sorted(all))
    db.executemany("INSERT INTO near VALUES (?, ?)", sorted({p for a, t, b in all if t == "CO_MENTIONED" for p in ((a, b), (b, a))}))
    for index in ("name ON node (name)", "confidence ON node (label, confidence)", "entering ON edge (type, b, a)", "leaving ON edge (type, a, b)"):
        db.execute("CREATE INDEX " + index)
    db.execute("ANALYZE")
    db.commit()
    sys.exit()

begun, cpu = time.perf_counter(), time.process_time()
db = sqlite3.connect("file:" + whole + "?mode=ro", uri=True)
db.execute("PRAGMA cache_size = -400000")
db.execute("SELECT 1 FROM node LIMIT 1").fetchall()


def say(name, cpu, wall, answer):
    print("sqlite      %-11s cpu %9.3f  wall %9.3f  %s" % (name, cpu * 1e3, wall * 1e3, answer))


say("opening", time.process_time() - cpu, time.perf_counter() - begun, "")
mid, far = "企业%06d" % (edges // 20), "企业%06d" % (edges * 9 // 100)
for name, times, sql, args in [
    ("neighbours", 2000, "SELECT n.name FROM node s JOIN near h ON h.a = s.n JOIN node n ON n.n = h.b WHERE s.name = ?", (mid,)),
    ("twohop", 500, "SELECT count(DISTINCT j.b) FROM node s JOIN near h ON h.a = s.n JOIN near j ON j.a = h.b WHERE s.name = ? AND j.b <> s.n", (mid,)),
    ("grouping", 1, "SELECT count(*) FROM (SELECT 1 FROM edge WHERE type = 'APPEARS_IN' GROUP BY a HAVING count(DISTINCT b) >= 2)", ()),
    ("shortest", 1, """WITH RECURSIVE way (n, d) AS (
        SELECT n, 0 FROM node WHERE name = ? UNION SELECT near.b, d + 1 FROM way JOIN near ON near.a = way.n WHERE d < 8)
        SELECT d FROM way WHERE n = (SELECT n FROM node WHERE name = ?) LIMIT 1""", (mid, far)),
    ("filter", 2000, "SELECT count(*) FROM node WHERE label = 'Enterprise' AND confidence > 0.998", ()),
    ("top", 1, "SELECT n.name, count(*) AS c FROM edge e JOIN node n ON n.n = e.b WHERE e.type = 'CO_MENTIONED' GROUP BY e.b ORDER BY c DESC LIMIT 10", ()),
]:
    cpu, wall = 1e9, 1e9
    for _ in range(10 if name != "shortest" else 3):
        c, w = time.process_time(), time.perf_counter()
        for _ in range(times):
            rows = db.execute(sql, args).fetchall()  # the module keeps the prepared statement
        cpu, wall = min(cpu, (time.process_time() - c) / times), min(wall, (time.perf_counter() - w) / times)
    say(name, cpu, wall, rows[0][0] if len(rows) == 1 else "%d rows" % len(rows))
