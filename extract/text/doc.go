// Package text folds Chinese text for matching, with a way back to the source, and cuts it into sentences.
//
// Reports come dirty: in traditional script, with pinyin that a scraper stuck behind the characters (豐澤區(qū)), in full- and
// half-width forms, with invisible characters, with lines broken inside sentences. Fold makes of it the text that one would
// have typed by hand, which is what names, words and rules are matched on, and Folded leads every stretch of that text back
// to its bytes in the source. Name and Key fold single names, to show them and to look them up.
//
// The canonical forms are:
//   - simplified characters; characters that both scripts have (著, 乾, 瞭) are left alone in simplified text;
//   - letters, digits and symbols of half width; ，；：？！ and round brackets of full width where they stand beside a
//     character of Chinese (5.2%,其中 becomes 5.2%，其中), and as they are between letters and digits (1,000 and 12:30);
//   - the quotation marks “ ” ‘ ’ also for 「 」 『 』, the dot · for all its look-alikes;
//   - one space where words are set apart, none beside Chinese punctuation or between a character and a number;
//   - '\n' at the ends of lines that end something, once for any run of them, and none inside sentences.
//
// The invariant: Folded.Text is valid UTF-8, each of its characters stands for one character of the source, in the same
// order, and what is left out of it stands for nothing. Lengths in bytes differ, so offsets must go through Source and At.
//
// Limits: only 一 to 龥 and its extensions are converted as Unicode's tables and OpenCC's dictionaries have them, with longest
// match and without understanding, which errs about once in a hundred thousand characters. A single space between two
// words of Chinese is kept even where a scraper put it, because lists of names are written so. Ligatures, circled numbers,
// square units (㎡) and combining marks are left as they are.
package text
