// Package relate reads typed statements off the names of one sentence: what is part of what, where it lies, who builds it, who
// works with whom, what stage it has reached, what it costs, what it was awarded, who holds which post.
//
// Read takes a sentence with its names as they were recognised and knows nothing of how. There are three sources:
//
//   - the names themselves (anatomy.go): 松澜化学新材料项目 is 松澜化学's, 青榆五中明川区分校 is part of 青榆五中;
//   - forms (forms.go): rules as data over the sentence with each name as one sign, every one with the sentence it was written
//     for, which the tests read;
//   - readers of what forms cannot say: stages (status.go), which a list of names shares and which end at the clause that has
//     its own; figures (amount.go), which belong to one subject; awards (honour.go), rows of tables (row.go).
//
// What a sentence denies, hopes for under a condition, or says of something unnamed is no statement. All positions are bytes
// of Sentence.Text.
package relate
