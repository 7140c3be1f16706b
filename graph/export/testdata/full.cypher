CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE;
UNWIND [
  {id: 'n4f69bf63d3a778f0', props: {name: '=𠮷田精工', schema: 'Enterprise', tupu_id: 'enterprise:=𠮷田精工', confidence: 0.4, documents: 1}},
  {id: 'n3c683dea1185e830', props: {name: '屿辰集团', schema: 'Enterprise', tupu_id: 'enterprise:屿辰集团', confidence: 0.9, documents: 1}},
  {id: 'n7f18fca9d8439772', props: {name: '榕屿冷链', schema: 'Enterprise', tupu_id: 'enterprise:榕屿冷链', confidence: 0.9, documents: 2}},
  {id: 'n142a36d6b51d475a', props: {name: '漳州榕屿食品有限公司', schema: 'Enterprise', tupu_id: 'enterprise:漳州榕屿食品有限公司', aliases: ['榕屿；食品', '榕屿食品'], confidence: 0.9, documents: 1}}
] AS row
MERGE (n:Entity {id: row.id}) SET n += row.props, n:Enterprise;
UNWIND [
  {id: 'n63ca3bb9ceb387ab', props: {name: '省级龙头企业', schema: 'Honour', tupu_id: 'honour:省级龙头企业', level: '省级', confidence: 0.9, documents: 1}}
] AS row
MERGE (n:Entity {id: row.id}) SET n += row.props, n:Honour;
UNWIND [
  {id: 'ndac383b909a0a8d1', props: {name: '第二实验小学', schema: 'Organization', tupu_id: 'organization:第二实验小学@芗城区', area: '芗城区', confidence: 0.8}}
] AS row
MERGE (n:Entity {id: row.id}) SET n += row.props, n:Organization;
UNWIND [
  {id: 'n81897a22763107e7', props: {name: '林砚秋', schema: 'Person', tupu_id: 'person:林砚秋', posts: ['董事长'], confidence: 0.9, documents: 1}}
] AS row
MERGE (n:Entity {id: row.id}) SET n += row.props, n:Person;
UNWIND [
  {id: 'n0be3e816487266ba', props: {name: '漳州市', schema: 'Place', tupu_id: 'place:漳州市', kind: 'city', code: '3506', hub: 'it contains the areas', confidence: 1.0}},
  {id: 'nc565f967c6468094', props: {name: '芗城区', schema: 'Place', tupu_id: 'place:芗城区', kind: 'county', code: '350602', confidence: 1.0}},
  {id: 'n85d328d5f3de3da2', props: {name: '金屿大桥', schema: 'Place', tupu_id: 'place:金屿大桥', kind: 'bridge', confidence: 0.9, documents: 1, status_by_year: ['2025:operating (planned)']}},
  {id: 'n41cd0563f224c9a7', props: {name: '龙海区', schema: 'Place', tupu_id: 'place:龙海区', kind: 'county', code: '350604', confidence: 1.0}}
] AS row
MERGE (n:Entity {id: row.id}) SET n += row.props, n:Place;
UNWIND [
  {id: 'n4387092b4418ed7e', props: {name: '榕屿食品中央厨房项目', schema: 'Project', tupu_id: 'project:榕屿食品中央厨房项目', confidence: 0.9, documents: 2, status_by_year: ['2023:signed']}},
  {id: 'n8b4734e5484a0432', props: {name: '榕屿食品中央厨房项目一期', schema: 'Project', tupu_id: 'project:榕屿食品中央厨房项目一期', confidence: 0.9, documents: 1, status_by_year: ['2024:started', '2025:completed (planned)']}},
  {id: 'nee380454288ee7b4', props: {name: '金屿大桥工程', schema: 'Project', tupu_id: 'project:金屿大桥工程', confidence: 0.9, documents: 1}}
] AS row
MERGE (n:Entity {id: row.id}) SET n += row.props, n:Project;
UNWIND [
  {id: 'n101a377f2f64be97', props: {name: '未具名.txt', schema: 'Document', tupu_id: 'document:4634ad0fd3265599', path: ['未具名.txt'], text_hash: '34557c9fc2561481af4b609d2da5727d81236a14148755ee2fdee9a3ef6f681a'}},
  {id: 'n9c982724bf5e35cf', props: {name: '表/项目;清单.xlsx', schema: 'Document', tupu_id: 'document:4fc0822dcce55bb2', area: '龙海区', path: ['表/项目；清单.xlsx', '备份/项目清单.xlsx'], year: 2023, text_hash: 'cc4757790c473830606864d972918ab6886dc01d054e54e39634416b581e0051'}},
  {id: 'n847a0a466ab26948', props: {name: '芗城区2024年政府工作报告', schema: 'Document', tupu_id: 'document:a24571e59ebeb6ac', area: '芗城区', path: ['报告/芗城区2024.pdf'], issuer: '芗城区人民政府', date: '2024-12-31', year: 2024, plan_year: 2025, url: 'https://example.org/报告?id=1&x=<2>', text_hash: 'd41fb59642d48371d73ef24b38b3445823b2b4b6499e864fcb3af41a5b0e919b'}}
] AS row
MERGE (n:Entity {id: row.id}) SET n += row.props, n:Document;
UNWIND [
  {s: 'n4f69bf63d3a778f0', t: 'n847a0a466ab26948', id: 'edbc947803f6fa617', props: {weight: 1.0, confidence: 0.8, symmetric: false, years: [2024], mentions: 2, evidence: '报告/芗城区2024.pdf:p2 “=𠮷田精工”', evidence_count: 1}},
  {s: 'n3c683dea1185e830', t: 'n847a0a466ab26948', id: 'ec4b7663edcac28ae', props: {weight: 1.0, confidence: 0.8, symmetric: false, years: [2024], mentions: 2, evidence: '报告/芗城区2024.pdf:p1 “屿辰集团”', evidence_count: 1}},
  {s: 'n7f18fca9d8439772', t: 'n9c982724bf5e35cf', id: 'e3cf7dd14b85baa4b', props: {weight: 1.0, confidence: 0.8, symmetric: false, years: [2023], mentions: 1, evidence: '表/项目;清单.xlsx:项目!2 “榕屿冷链”', evidence_count: 1}},
  {s: 'n7f18fca9d8439772', t: 'n847a0a466ab26948', id: 'ef34abec349ff34f3', props: {weight: 1.0, confidence: 0.8, symmetric: false, inside: true, years: [2024], mentions: 2, evidence: '报告/芗城区2024.pdf:p2 “榕屿冷链”', evidence_count: 1}},
  {s: 'n142a36d6b51d475a', t: 'n847a0a466ab26948', id: 'e54e872ef6c1254c6', props: {weight: 1.0, confidence: 0.8, symmetric: false, years: [2024], mentions: 2, evidence: '报告/芗城区2024.pdf:p1 “漳州榕屿食品有限公司”', evidence_count: 1}},
  {s: 'n63ca3bb9ceb387ab', t: 'n847a0a466ab26948', id: 'ea561c3a563796f20', props: {weight: 1.0, confidence: 0.8, symmetric: false, years: [2024], mentions: 2, evidence: '报告/芗城区2024.pdf:p2 “省级龙头企业”', evidence_count: 1}},
  {s: 'n81897a22763107e7', t: 'n847a0a466ab26948', id: 'e55d285e51240f95b', props: {weight: 1.0, confidence: 0.8, symmetric: false, years: [2024], mentions: 2, evidence: '报告/芗城区2024.pdf:p2 “林砚秋”', evidence_count: 1}},
  {s: 'n85d328d5f3de3da2', t: 'n847a0a466ab26948', id: 'e799df676cc595895', props: {weight: 1.0, confidence: 0.8, symmetric: false, inside: true, years: [2024], mentions: 2, evidence: '报告/芗城区2024.pdf:p3 “金屿大桥”', evidence_count: 1}},
  {s: 'n4387092b4418ed7e', t: 'n9c982724bf5e35cf', id: 'e10904c4b9a8c6e50', props: {weight: 1.0, confidence: 0.8, symmetric: false, years: [2023], mentions: 1, evidence: '表/项目;清单.xlsx:项目!1 “榕屿食品中央厨房项目”', evidence_count: 1}},
  {s: 'n4387092b4418ed7e', t: 'n847a0a466ab26948', id: 'edcb04e85f5b053ef', props: {weight: 1.0, confidence: 0.8, symmetric: false, years: [2024], mentions: 2, evidence: '报告/芗城区2024.pdf:p1 “榕屿食品中央厨房项目”', evidence_count: 1}},
  {s: 'n8b4734e5484a0432', t: 'n847a0a466ab26948', id: 'e7048ae6e972f9688', props: {weight: 1.0, confidence: 0.8, symmetric: false, years: [2024], mentions: 2, evidence: '报告/芗城区2024.pdf:p1 “榕屿食品中央厨房项目一期”', evidence_count: 1}},
  {s: 'nee380454288ee7b4', t: 'n847a0a466ab26948', id: 'e1013dfec62b39cb7', props: {weight: 1.0, confidence: 0.8, symmetric: false, years: [2024], mentions: 2, evidence: '报告/芗城区2024.pdf:p3 “金屿大桥工程”', evidence_count: 1}}
] AS row
MATCH (a:Entity {id: row.s}) MATCH (b:Entity {id: row.t}) MERGE (a)-[r:MENTIONED_IN {id: row.id}]->(b) SET r += row.props;
UNWIND [
  {s: 'n9c982724bf5e35cf', t: 'n41cd0563f224c9a7', id: 'e6e7d70fe9e443d5d', props: {weight: 1.0, confidence: 1.0, symmetric: false, years: [2023], evidence: 'manifest 资料.csv:3', evidence_count: 1}},
  {s: 'n847a0a466ab26948', t: 'nc565f967c6468094', id: 'e70db556adbfc39d7', props: {weight: 1.0, confidence: 0.8, symmetric: false, years: [2024], evidence: '报告/芗城区2024.pdf:p1 “芗城区”', evidence_count: 1}}
] AS row
MATCH (a:Entity {id: row.s}) MATCH (b:Entity {id: row.t}) MERGE (a)-[r:REPORTS_ON {id: row.id}]->(b) SET r += row.props;
UNWIND [
  {s: 'n4f69bf63d3a778f0', t: 'nc565f967c6468094', id: 'e74ccd131d683bcbc', props: {weight: 1.0, confidence: 0.8, symmetric: false, years: [2024], documents: 1, mentions: 2, evidence: '报告/芗城区2024.pdf:p2 “=𠮷田精工”', evidence_count: 1}},
  {s: 'n3c683dea1185e830', t: 'nc565f967c6468094', id: 'ebabdb80b728656f8', props: {weight: 1.0, confidence: 0.8, symmetric: false, years: [2024], documents: 1, mentions: 2, evidence: '报告/芗城区2024.pdf:p1 “屿辰集团”', evidence_count: 1}},
  {s: 'n7f18fca9d8439772', t: 'nc565f967c6468094', id: 'e6a44710e3286b1bd', props: {weight: 1.0, confidence: 0.8, symmetric: false, inside: true, years: [2024], documents: 1, mentions: 2, evidence: '报告/芗城区2024.pdf:p2 “榕屿冷链”', evidence_count: 1}},
  {s: 'n142a36d6b51d475a', t: 'nc565f967c6468094', id: 'efe7e41b10d51dad1', props: {weight: 1.0, confidence: 0.8, symmetric: false, years: [2024], documents: 1, mentions: 2, evidence: '报告/芗城区2024.pdf:p1 “漳州榕屿食品有限公司”', evidence_count: 1}},
  {s: 'n63ca3bb9ceb387ab', t: 'nc565f967c6468094', id: 'ec6fed8acda46c9aa', props: {weight: 1.0, confidence: 0.8, symmetric: false, years: [2024], documents: 1, mentions: 2, evidence: '报告/芗城区2024.pdf:p2 “省级龙头企业”', evidence_count: 1}},
  {s: 'n81897a22763107e7', t: 'nc565f967c6468094', id: 'ec77fef755ca91c33', props: {weight: 1.0, confidence: 0.8, symmetric: false, years: [2024], documents: 1, mentions: 2, evidence: '报告/芗城区2024.pdf:p2 “林砚秋”', evidence_count: 1}},
  {s: 'n85d328d5f3de3da2', t: 'nc565f967c6468094', id: 'e38b041b1327289b8', props: {weight: 1.0, confidence: 0.8, symmetric: false, inside: true, years: [2024], documents: 1, mentions: 2, evidence: '报告/芗城区2024.pdf:p3 “金屿大桥”', evidence_count: 1}},
  {s: 'n4387092b4418ed7e', t: 'nc565f967c6468094', id: 'efcac4b9cbe1ba0a4', props: {weight: 1.0, confidence: 0.8, symmetric: false, years: [2024], documents: 1, mentions: 2, evidence: '报告/芗城区2024.pdf:p1 “榕屿食品中央厨房项目”', evidence_count: 1}},
  {s: 'n4387092b4418ed7e', t: 'n41cd0563f224c9a7', id: 'e77f1b0b63c772b77', props: {weight: 1.0, confidence: 0.8, symmetric: false, years: [2023], documents: 1, mentions: 1, evidence: '表/项目;清单.xlsx:项目!1 “榕屿食品中央厨房项目”', evidence_count: 1}},
  {s: 'n8b4734e5484a0432', t: 'nc565f967c6468094', id: 'e7742b6a4800e9d8c', props: {weight: 1.0, confidence: 0.8, symmetric: false, years: [2024], documents: 1, mentions: 2, evidence: '报告/芗城区2024.pdf:p1 “榕屿食品中央厨房项目一期”', evidence_count: 1}},
  {s: 'nee380454288ee7b4', t: 'nc565f967c6468094', id: 'ea86580dc2cb93d62', props: {weight: 1.0, confidence: 0.8, symmetric: false, years: [2024], documents: 1, mentions: 2, evidence: '报告/芗城区2024.pdf:p3 “金屿大桥工程”', evidence_count: 1}}
] AS row
MATCH (a:Entity {id: row.s}) MATCH (b:Entity {id: row.t}) MERGE (a)-[r:APPEARS_IN {id: row.id}]->(b) SET r += row.props;
UNWIND [
  {s: 'n142a36d6b51d475a', t: 'nc565f967c6468094', id: 'eacba72eb023fd0d1', props: {weight: 1.0, confidence: 0.8, symmetric: false, years: [2024], basis: ['name'], evidence: '报告/芗城区2024.pdf:p1 “漳州榕屿食品有限公司”', evidence_count: 1}},
  {s: 'nc565f967c6468094', t: 'n0be3e816487266ba', id: 'efd677a70e029b154', props: {weight: 1.0, confidence: 1.0, symmetric: false, evidence: 'register division:3506', evidence_count: 1}},
  {s: 'n41cd0563f224c9a7', t: 'n0be3e816487266ba', id: 'e30e4c5f44a613251', props: {weight: 1.0, confidence: 1.0, symmetric: false, evidence: 'register division:3506', evidence_count: 1}}
] AS row
MATCH (a:Entity {id: row.s}) MATCH (b:Entity {id: row.t}) MERGE (a)-[r:LOCATED_IN {id: row.id}]->(b) SET r += row.props;
UNWIND [
  {s: 'n7f18fca9d8439772', t: 'n4f69bf63d3a778f0', id: 'e1261e31cdc62328d', props: {weight: 1.0, confidence: 0.8, symmetric: false, years: [2024], share: ['51%'], basis: ['sentence'], evidence: '报告/芗城区2024.pdf:p2 “=𠮷田精工持有榕屿冷链51%股权。”', evidence_count: 1}},
  {s: 'n8b4734e5484a0432', t: 'n4387092b4418ed7e', id: 'e9f5233b2ccb092d5', props: {weight: 1.0, confidence: 0.8, symmetric: false, years: [2024], basis: ['name'], evidence: '报告/芗城区2024.pdf:p1 “榕屿食品中央厨房项目一期”', evidence_count: 1}}
] AS row
MATCH (a:Entity {id: row.s}) MATCH (b:Entity {id: row.t}) MERGE (a)-[r:PART_OF {id: row.id}]->(b) SET r += row.props;
UNWIND [
  {s: 'nee380454288ee7b4', t: 'n85d328d5f3de3da2', id: 'eac7e59bd9d31bc61', props: {weight: 1.0, confidence: 0.8, symmetric: false, years: [2025], modality: ['planned'], basis: ['name'], evidence: '报告/芗城区2024.pdf:p3 “金屿大桥工程”', evidence_count: 1}}
] AS row
MATCH (a:Entity {id: row.s}) MATCH (b:Entity {id: row.t}) MERGE (a)-[r:CONCERNS {id: row.id}]->(b) SET r += row.props;
UNWIND [
  {s: 'n3c683dea1185e830', t: 'n4387092b4418ed7e', id: 'e43deb001d4bb381e', props: {weight: 1.0, confidence: 0.8, symmetric: false, years: [2025], modality: ['planned'], basis: ['sentence'], evidence: '报告/芗城区2024.pdf:p1 “屿辰集团”', evidence_count: 1}},
  {s: 'n142a36d6b51d475a', t: 'n4387092b4418ed7e', id: 'e450a98231dbafed4', props: {weight: 1.0, confidence: 0.8, symmetric: false, years: [2024], modality: ['reported'], role: ['建设'], basis: ['name'], evidence: '报告/芗城区2024.pdf:p1 “建设榕屿食品中央厨房项目”', evidence_count: 1}}
] AS row
MATCH (a:Entity {id: row.s}) MATCH (b:Entity {id: row.t}) MERGE (a)-[r:UNDERTAKES {id: row.id}]->(b) SET r += row.props;
UNWIND [
  {s: 'n3c683dea1185e830', t: 'n142a36d6b51d475a', id: 'e91d0cdf6b276d317', props: {weight: 1.0, confidence: 0.8, symmetric: true, years: [2024], modality: ['reported'], evidence: '报告/芗城区2024.pdf:p1 “漳州榕屿食品有限公司（以下简称“榕屿食品”）与屿辰集团合作”', evidence_count: 1}}
] AS row
MATCH (a:Entity {id: row.s}) MATCH (b:Entity {id: row.t}) MERGE (a)-[r:PARTNERS_WITH {id: row.id}]->(b) SET r += row.props;
UNWIND [
  {s: 'n142a36d6b51d475a', t: 'n63ca3bb9ceb387ab', id: 'e84faefea5726ad94', props: {weight: 1.0, confidence: 0.8, symmetric: false, years: [2024], modality: ['reported'], evidence: '报告/芗城区2024.pdf:p2 “获评省级龙头企业”', evidence_count: 1}}
] AS row
MATCH (a:Entity {id: row.s}) MATCH (b:Entity {id: row.t}) MERGE (a)-[r:RECEIVES {id: row.id}]->(b) SET r += row.props;
UNWIND [
  {s: 'n85d328d5f3de3da2', t: 'n847a0a466ab26948', id: 'ef96094c4111a425e', props: {weight: 1.0, confidence: 0.8, symmetric: false, years: [2025], modality: ['planned'], state: ['operating'], evidence: '报告/芗城区2024.pdf:p3 “金屿大桥工程将于2025年通车”', evidence_count: 1}},
  {s: 'n4387092b4418ed7e', t: 'n9c982724bf5e35cf', id: 'e96d25e26e6672a89', props: {weight: 1.0, confidence: 0.8, symmetric: false, years: [2023], modality: ['reported'], state: ['signed'], evidence: '表/项目;清单.xlsx:项目!1 “榕屿食品中央厨房项目 签约”', evidence_count: 1}},
  {s: 'n8b4734e5484a0432', t: 'n847a0a466ab26948', id: 'e16e4e5261007cc58', props: {weight: 1.0, confidence: 0.8, symmetric: false, years: [2025], modality: ['planned'], state: ['completed'], date: ['2025-08'], evidence: '报告/芗城区2024.pdf:p1 “计划2025年8月建成”', evidence_count: 1}},
  {s: 'n8b4734e5484a0432', t: 'n847a0a466ab26948', id: 'e6ff6ad079083a76a', props: {weight: 1.0, confidence: 0.8, symmetric: false, years: [2024], modality: ['reported'], state: ['started'], evidence: '报告/芗城区2024.pdf:p1 “榕屿食品中央厨房项目一期已开工”', evidence_count: 1}}
] AS row
MATCH (a:Entity {id: row.s}) MATCH (b:Entity {id: row.t}) MERGE (a)-[r:STATUS {id: row.id}]->(b) SET r += row.props;
UNWIND [
  {s: 'n4387092b4418ed7e', t: 'n847a0a466ab26948', id: 'ef8e7c2e120f7d7a3', props: {weight: 1.0, confidence: 0.8, symmetric: false, years: [2024], modality: ['reported'], of: ['total'], amount: ['总投资3.2亿元'], value: [320000000.0], unit: ['元'], countable: [true], evidence: '报告/芗城区2024.pdf:p1 “总投资3.2亿元”', evidence_count: 1}},
  {s: 'n8b4734e5484a0432', t: 'n847a0a466ab26948', id: 'e74fdd28da44623e7', props: {weight: 1.0, confidence: 0.8, symmetric: false, years: [2024], modality: ['target'], of: ['capacity'], amount: ['年产值"10亿元"'], value: [1000000000.0], unit: ['元'], countable: [false], reason: ['it is not said of which year'], evidence: '报告/芗城区2024.pdf:p1 “年产值"10亿元"”', evidence_count: 1}}
] AS row
MATCH (a:Entity {id: row.s}) MATCH (b:Entity {id: row.t}) MERGE (a)-[r:AMOUNT {id: row.id}]->(b) SET r += row.props;
UNWIND [
  {s: 'n81897a22763107e7', t: 'n142a36d6b51d475a', id: 'ed658d50538a542f8', props: {weight: 1.0, confidence: 0.8, symmetric: false, years: [2024], post: ['董事长'], evidence: '报告/芗城区2024.pdf:p2 “林砚秋任漳州榕屿食品有限公司董事长”', evidence_count: 1}},
  {s: 'n81897a22763107e7', t: 'nc565f967c6468094', id: 'e22811cc8d823db5e', props: {weight: 1.0, confidence: 0.8, symmetric: false, years: [2024], modality: ['background'], post: ['副区长'], evidence: '报告/芗城区2024.pdf:p2 “林砚秋”', evidence_count: 1}}
] AS row
MATCH (a:Entity {id: row.s}) MATCH (b:Entity {id: row.t}) MERGE (a)-[r:HOLDS_POST {id: row.id}]->(b) SET r += row.props;
UNWIND [
  {s: 'n3c683dea1185e830', t: 'n142a36d6b51d475a', id: 'e7b598ef77c791abb', props: {weight: 1.0, confidence: 0.8, symmetric: true, years: [2024], sentences: 1, closeness: 0.5, evidence: '报告/芗城区2024.pdf:p1 “漳州榕屿食品有限公司”', evidence_count: 1}},
  {s: 'n7f18fca9d8439772', t: 'n142a36d6b51d475a', id: 'e1e500196d8d55a07', props: {weight: 1.0, confidence: 0.8, symmetric: true, years: [2023], sentences: 1, closeness: 1.0, evidence: '表/项目;清单.xlsx:项目!2 “榕屿冷链、榕屿食品参会”', evidence_count: 1}}
] AS row
MATCH (a:Entity {id: row.s}) MATCH (b:Entity {id: row.t}) MERGE (a)-[r:CO_MENTIONED {id: row.id}]->(b) SET r += row.props;
UNWIND [
  {s: 'n7f18fca9d8439772', t: 'n142a36d6b51d475a', id: 'e582d562c3609308b', props: {weight: 1.0, confidence: 0.8, symmetric: true, years: [2024], stem: ['榕屿'], evidence: '报告/芗城区2024.pdf:p1 “榕屿”', evidence_count: 1}}
] AS row
MATCH (a:Entity {id: row.s}) MATCH (b:Entity {id: row.t}) MERGE (a)-[r:SAME_STEM {id: row.id}]->(b) SET r += row.props;
UNWIND [
  {s: 'n3c683dea1185e830', t: 'n7f18fca9d8439772', id: 'e30d21c44d5940894', props: {weight: 1.0, confidence: 1.0, symmetric: true, reason: ['names share 屿'], score: 0.35, evidence: 'judgement 00112233aabbccdd', evidence_count: 1}}
] AS row
MATCH (a:Entity {id: row.s}) MATCH (b:Entity {id: row.t}) MERGE (a)-[r:MAYBE_SAME {id: row.id}]->(b) SET r += row.props;
