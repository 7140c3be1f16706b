// Package split divides what is left of a firm's name without its legal form into place, brand and trade.
//
// Every way to divide a name has features (how long the brand is, how many known words of trades, common words and unknown
// characters follow it, what places stand in front), and the best is the one whose features weigh most. The weights are those
// of a log-linear model that gen trains on names taken apart by hand; what the trade is made of is hidden, and always its best
// reading. Characters at the ends of brands and at the beginnings of trades (clues) are weighed with them: they speak where no
// list has the word.
package split
