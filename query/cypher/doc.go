// Package cypher turns openCypher text into a syntax tree with positions, and a tree back into text. It knows the language and
// no graph: names of labels, types, properties, functions and procedures are not looked up here.
//
// The parser is made by hand. Cypher's patterns and expressions begin alike, its keywords are also names, and a message that
// says what was expected has to know where the reader stands; a recursive descent says all of this in one place, is faster
// than a generated parser, and adds no module.
//
// Reading is bounded: text longer than MaxLength and nesting deeper than MaxDepth are refused. Parsing the text that Print
// writes gives the same tree but for positions.
package cypher
