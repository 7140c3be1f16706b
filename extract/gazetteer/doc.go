// Package gazetteer finds the names of known places and knows which place contains which: the administrative divisions of
// China from the country down to townships, and the functional zones that no list of codes has (new areas, development zones,
// 泉州台商投资区), with their hierarchy.
//
// A name is matched only where it is safe. Official names (泉港区, 东园镇) are safe anywhere, but for those that any such place
// could bear (城区, 工业园区). Short names of cities and counties (泉州, 惠安) are safe anywhere unless they are words, or parts of
// words, too (和平, 资源; 南和 in 河南和). Those, the short names of townships (东园) and the short names of zones (台商区) are matched
// by a Matcher alone, in documents that speak for a place around. What a matched name means is a question of its own; Resolve
// answers it, or says that it cannot.
//
// Codes are the six digits of GB/T 2260 for provinces, cities and counties (350000, 350500, 350505), nine digits for
// townships, and for zones of ours those of the place that they lie in with Z and two more digits (350500Z01). The country is
// 100000.
//
// The invariant: every place but the country has one parent, and the parents lead to the country. A township that a zone runs
// has the zone as its parent, and lies within the county that its code names as well.
//
// Limits: the divisions are those of the statistics of June 2023 and have no villages; Hong Kong, Macao and Taiwan have no
// divisions here. The list of zones is hand-kept and not complete. Gazetteer is read-only and safe for concurrent use.
package gazetteer
