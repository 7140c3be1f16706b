// Package tagger is a linear-chain conditional random field: it learns from marked sequences which stretches of a sequence are
// of which kind, and marks new ones. It knows nothing of what the positions are; here they are characters.
//
//	Sequence{Len, Observations} ──Model.Tag──▶ []Span{Start, End, Kind, Confidence}
//	[]Example{Sequence, Gold} ──Train──▶ *Model ──Write──▶ file ──Read──▶ *Model
//
// What is known of a sequence are Observations: a key (the hash of a character, a word, a class, the kind of a name in a
// gazetteer) seen at a stretch. An observation speaks for the labels of the positions in its stretch and of the two before and
// behind it, with a weight for each of eight slots: so one look-up serves all positions near by, and one idea serves n-grams,
// words and names alike.
//
// Labels are BIOES: kind k has Begin, Inside, End and Single, and Outside is common to all. Only sequences of labels that make
// whole spans are possible, in training as in tagging. Training is by stochastic gradient with a rate for each weight
// (AdaGrad: Duchi, Hazan, Singer 2011, section 1.1) and a penalty on absolute values, which leaves most weights zero; the rest
// are kept in one byte each. The confidence of a span is its marginal probability under the model (Sutton and McCallum, An
// Introduction to Conditional Random Fields, section 4).
//
// The invariant: the same examples and options give the same model, byte for byte, and the same sequence the same spans. A
// Model is read-only and safe for concurrent use.
package tagger
