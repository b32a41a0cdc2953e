// Cuts a text into the passages that get a vector each: for adapters of ports::Embedder. Any thread.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

namespace engram::ports {

// About how many tokens a model makes of a piece of text; of two pieces together about the sum.
using CountTokens = std::function<double(std::string_view piece)>;

// For a model whose tokenizer is not at hand: four Latin letters a token, two of other alphabets, one where each
// character is a word or a picture.
double estimate_tokens(std::string_view piece);

// The passages of a text, in order, as views of it without the blanks around them; none where it is blank. Each has at
// most `tokens_max` (32 and more) tokens by the sum of `count` over its words (at most 32 characters of one are asked
// for at a time), and they are about equally long. A cut stands where a paragraph ends, else where a sentence, a line
// or a word does, else between two characters. The same text is always cut the same.
std::vector<std::string_view> cut_passages(std::string_view text, double tokens_max,
                                           const CountTokens& count = estimate_tokens);

}  // namespace engram::ports
