// Where the words of a phrase stand side by side in a text.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "ports/search_index.hpp"
#include "search/analysis.hpp"
#include "search/language.hpp"

namespace engram::search {

// Appends a span for each such place: from the first word to the last. `tokens` are those of the text, as
// break_words() gives them. Words are the same by spelling, or by their stem in the text's language.
void add_phrase_spans(std::string_view text, std::span<const Token> tokens, const std::vector<QueryWord>& phrase,
                      Language language, std::vector<ports::Highlight>& spans);

}  // namespace engram::search
