// Asks kuzu the questions of cypher.sh. usage: node cypher.mjs FOLDER EDGES [cold]
// FOLDER holds nodes.csv, edges.csv and node_modules; the database is made in it as graph.kuzu by the first run.
import { createRequire } from "node:module";
import { existsSync, readFileSync, writeFileSync } from "node:fs";

const [folder, edges, cold] = [process.argv[2], Number(process.argv[3]), process.argv[4] === "cold"];
const kuzu = createRequire(folder + "/x.js")("kuzu");
const six = (n) => "企业" + String(n).padStart(6, "0");
const [mid, far] = [six(edges / 20), six((edges * 9) / 100)];
const whole = folder + "/graph.kuzu";
const made = existsSync(whole);

let begun = performance.now();
let db = new kuzu.Database(whole, 1 << 30);
let c = new kuzu.Connection(db);
await c.init();
if (made && !cold) print("opening", null, performance.now() - begun, "");

const ask = async (prepared) => {
  const r = await c.execute(prepared, {});
  const rows = await r.getAll();
  r.close();
  return rows;
};

if (cold) {
  await ask(await c.prepare(`MATCH (a:Enterprise {name: '${mid}'})-[:CO_MENTIONED]-(b:Enterprise) RETURN b.name`));
  process.exit(0);
}

if (!made) {
  // The name is the key of a table: the one index that kuzu has.
  const lines = { Enterprise: [], Place: [], CO_MENTIONED: [], APPEARS_IN: [] };
  const names = new Map();
  for (const line of readFileSync(folder + "/nodes.csv", "utf8").trimEnd().split("\n")) {
    const [id, label, name, confidence] = line.split(",");
    names.set(id, name);
    lines[label].push(name + "," + confidence);
  }
  for (const line of readFileSync(folder + "/edges.csv", "utf8").trimEnd().split("\n")) {
    const [a, b, type] = line.split(",");
    lines[type].push(names.get(a) + "," + names.get(b));
  }
  for (const t of [
    "NODE TABLE Enterprise(name STRING, confidence DOUBLE, PRIMARY KEY (name))",
    "NODE TABLE Place(name STRING, confidence DOUBLE, PRIMARY KEY (name))",
    "REL TABLE CO_MENTIONED(FROM Enterprise TO Enterprise)",
    "REL TABLE APPEARS_IN(FROM Enterprise TO Place)",
  ])
    await c.query("CREATE " + t);
  for (const [table, all] of Object.entries(lines)) {
    writeFileSync(`${folder}/${table}.csv`, all.join("\n") + "\n");
    await c.query(`COPY ${table} FROM '${folder}/${table}.csv' (HEADER=false)`);
  }
  await c.query("CHECKPOINT");
  process.exit(0);
}

function print(name, cpu, wall, answer) {
  const n = (x) => (x === null ? "        –" : x.toFixed(3).padStart(9));
  console.log(`kuzu        ${name.padEnd(11)} cpu ${n(cpu)}  wall ${n(wall)}  ${answer}`);
}

for (const [name, cypher] of [
  ["neighbours", `MATCH (a:Enterprise {name: '${mid}'})-[:CO_MENTIONED]-(b:Enterprise) RETURN b.name`],
  ["twohop", `MATCH (a:Enterprise {name: '${mid}'})-[r:CO_MENTIONED]-(b:Enterprise)-[s:CO_MENTIONED]-(c:Enterprise) WHERE id(r) <> id(s) RETURN count(DISTINCT c.name)`],
  ["grouping", "MATCH (e:Enterprise)-[:APPEARS_IN]->(p:Place) WITH e, count(DISTINCT p.name) AS n WHERE n >= 2 RETURN count(e)"],
  ["shortest", `MATCH p = (a:Enterprise {name: '${mid}'})-[:CO_MENTIONED* SHORTEST 1..8]-(b:Enterprise {name: '${far}'}) RETURN length(p)`],
  ["filter", "MATCH (e:Enterprise) WHERE e.confidence > 0.998 RETURN count(*)"],
  ["top", "MATCH (e:Enterprise)<-[r:CO_MENTIONED]-(:Enterprise) RETURN e.name, count(r) AS n ORDER BY n DESC LIMIT 10"],
]) {
  const prepared = await c.prepare(cypher);
  if (!prepared.isSuccess()) throw new Error(prepared.getErrorMessage());
  let [cpu, wall, rows] = [Infinity, Infinity, null];
  for (let i = 0; i < 10; i++) {
    const [u, w] = [process.cpuUsage(), performance.now()];
    rows = await ask(prepared);
    const spent = process.cpuUsage(u);
    [cpu, wall] = [Math.min(cpu, (spent.user + spent.system) / 1e3), Math.min(wall, performance.now() - w)];
  }
  print(name, cpu, wall, rows.length === 1 ? Object.values(rows[0])[0] : rows.length + " rows");
}
process.exit(0);
