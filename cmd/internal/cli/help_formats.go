package cli

const formatsHelp = `The forms of an answer, chosen with -o:

  table   for people: columns that fit the terminal; the usual form on one
  tsv     a header and a line for each row, tabs and line ends within cells replaced by spaces; the usual form elsewhere
  csv     the same, with cells quoted where they must be
  json    one object with the items in it, see below
  jsonl   one item a line, nothing around them

Rows come in the same order in every form, and the same graph gives the same bytes. In csv and tsv each row carries one
quote unless -v (--evidence) asks for all where the command has it; json and jsonl carry as many as the table would show.

The object of json:

  {"schema_version": 1, "kind": "names", "query": {…}, "items": […], "truncated": false}

kind says what the items are, query repeats what was asked, truncated says that a limit left some out. Keys are a promise:
they may be added, they are never renamed or removed, and keep their types. A key whose value is empty, nought or false may
be left out.

kind       from          items
shared     ask shared    group (shared, inside, set_apart), id, type, name, aliases, areas [id, name, documents, mentions,
                         first_year, last_year, inside, evidence], documents, mentions, first_year, last_year, hub
place      ask place     one: place (an entity), within, documents, located [id, type, name, evidence],
                         appearing [id, type, name, documents, mentions, first_year, last_year, inside, evidence], truncated
coverage   ask coverage  group "area": id, name, years [year, reviews, plans]; group "unknown": a document
hubs       ask hubs      id, type, name, reason, degree, documents, areas, evidence
questions  ask           name, about
dossier    show          one: entity, areas, documents [id, path, title, date, area, year, count, inside, evidence],
                         relations [an edge with outgoing, other, name, quotes, total], near [id, type, name, sentences,
                         weight, evidence], near_total, years
names      find          id, type, name, matched, how (exact, begins, part, pinyin, initials, sound, similar), aliases, documents,
                         areas
sentences  search        quotes
citations  cite          document, path, title, issuer, date, area, year, url, page, sheet, row, line, paragraph, quote
path       path          an edge with way, start, end, start_name, end_name, quotes, total
ego        ego           one: entity, around [id, type, name, steps, relations, strength, documents, areas, hub, both, named, pmi,
                         log_likelihood], total, edges, likely [id, type, name, common, adamic_adar]
ranks      rank          rank, id, type, name, score, documents, areas
links      links         from, to, from_name, to_name, relations, documents, areas, apart (bridge), both, pmi, log_likelihood
                         (surprise), quotes
communities communities  community, size, members [id, type, name, strength, broker], areas, documents
changes    diff          what, change, id, type, name, relation, other, other_name, documents
mentions   extract       doc, start, end, text, type, confidence
statements extract       doc, start, end, type, head [text, type, start, end], tail [likewise], state, modality, year, basis,
                         confidence
build      build, import documents, added, replaced, removed, unchanged, mentions, entities {type: n}, edges {type: n},
                         skipped [path, reason, advice], unknown [path, notes], warnings, bytes, elapsed (nanoseconds),
                         components, rewritten, generation; remove prints it, too
plan       build, remove with --dry-run
                         what (read, drop), path, title
info       info          format, generation, base, extractor, judgements, documents, entities {type: n}, edges {type: n}
judged     same, different, unsure, split, rename, retype, drop, undo, review --answers, judgements --apply
                         one: file, written [a judgement], already [a judgement], undone [a judgement], changes [before
                         [an entity], after [an entity]], against
judgements judgements    a judgement with state (in force, retired, undone), by, applied, documents (for each subject), idle
pairs      review        score, reason, about [two subjects], left (a dossier), right (a dossier), both {areas, documents,
                         sentences, evidence, near}; the key answer, with note if need be, makes it one for --answers
findings   verify        where, what
diagnoses  doctor        file, line, what, then, more (findings of the same kind that are not listed)
version    version       version, commit, go, platform, store_format, schema_version, extractor

a quote    source (text, manifest, register, judgement), document, path, title, date, area, year, url, line, page, paragraph,
           start, end, quote, sentence, from, to, modality, by, score, ref
           quote is the stored text at [start, end), and stands at [from, to) of sentence; all four count code points
an entity  id, type, name, aliases, confidence, kind, code, area, posts, own_ids, level, hub
a document id, path, paths, title, date, area, year, plan_year
a judgement hash, time, author, verdict, about [a subject], type (of retype), name (of rename), of (of undo), note
a subject  type, surface, area; or doc, start, end, in code points
an edge    from, type, to, state, post, of, year, modality, confidence, and the properties that its type has
`
