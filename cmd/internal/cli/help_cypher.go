package cli

const cypherHelp = `tupu query asks the graph in openCypher; what writes is refused, because the graph follows from documents and judgements.

Labels: Enterprise, Project, Place, Organization, Person, Honour, Document.
Relationships: MENTIONED_IN, REPORTS_ON, APPEARS_IN, LOCATED_IN, PART_OF, CONCERNS, UNDERTAKES, PARTNERS_WITH, RECEIVES, STATUS,
AMOUNT, HOLDS_POST, CO_MENTIONED, SAME_STEM, MAYBE_SAME.
Properties: id, name, aliases, confidence of entities; kind and code of places; title, year, area, paths of documents; count,
inside, documents, mentions, first_year, last_year, sentences, weight, modality, basis, role of relationships. What is unknown is
null. evidence is the list of quotes that a relationship or an entity stands on: sentence, path, line, document.
Procedures: tupu.find(text) YIELD node, name, documents; tupu.rank(by, type) YIELD node, name, score, rank;
tupu.communities(resolution, least) YIELD community, node, name, strength, broker; tupu.path(from, to) YIELD hop, source,
relationship, target.

Enterprises that the reports of several areas name:

  MATCH (e:Enterprise)-[:APPEARS_IN]->(p:Place {kind: 'county'})
  WITH e, collect(p.name) AS areas WHERE size(areas) > 1
  RETURN e.name, areas ORDER BY size(areas) DESC, e.name

The sentences behind an edge:

  MATCH (e:Enterprise {name: $name})-[r:UNDERTAKES]->(p:Project)
  UNWIND r.evidence AS q RETURN p.name, q.sentence, q.path, q.line

Who undertakes most projects:

  MATCH (e:Enterprise)-[:UNDERTAKES]->(p:Project) RETURN e.name, count(DISTINCT p) AS projects ORDER BY projects DESC, e.name

What lies in a place, at any depth:

  MATCH (x)-[:LOCATED_IN*1..3]->(:Place {name: '芗城区'}) RETURN labels(x)[0] AS type, x.name ORDER BY type, x.name

Enterprises named together, and how often:

  MATCH (a:Enterprise)-[r:CO_MENTIONED]-(b:Enterprise) WHERE a.id < b.id
  RETURN a.name, b.name, r.sentences ORDER BY r.sentences DESC, a.name, b.name LIMIT 20

How two names are connected:

  MATCH (a {name: $from}), (b {name: $to}), p = shortestPath((a)-[:CO_MENTIONED|LOCATED_IN|UNDERTAKES|PART_OF*..6]-(b)) RETURN p

Names of one document alone:

  MATCH (n:Enterprise) WHERE COUNT { (n)-[:MENTIONED_IN]->() } = 1 RETURN n.name ORDER BY n.name

Places that are named in reports of areas in which they do not lie:

  MATCH (x:Place)-[:APPEARS_IN]->(a:Place) WHERE x.kind = 'park' AND NOT (x)-[:LOCATED_IN*1..3]->(a)
  RETURN x.name, collect(a.name) AS areas ORDER BY x.name

Firms that appear for the first time in a year:

  MATCH (e:Enterprise)-[r:APPEARS_IN]->(a:Place) WITH e, min(r.first_year) AS first WHERE first = 2024 RETURN e.name ORDER BY e.name

Phases of projects:

  MATCH (p:Project)-[:PART_OF]->(whole:Project) RETURN whole.name, collect(p.name) AS phases ORDER BY whole.name

Documents by area and year:

  MATCH (d:Document)-[:REPORTS_ON]->(a:Place) RETURN a.name, d.year, count(*) AS documents ORDER BY a.name, d.year

The best connected organisations:

  CALL tupu.rank('pagerank', 'organization') YIELD name, score, rank RETURN rank, name, round(score, 4) AS score LIMIT 10
`
