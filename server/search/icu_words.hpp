// The word boundaries of UAX #29 by ICU, scripts without spaces as pairs of characters.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "search/word_break.hpp"

namespace engram::search {

// Appends the words of the bytes [begin, end) of `text`.
void append_icu_words(std::string_view text, std::size_t begin, std::size_t end, std::vector<Token>& out);

}  // namespace engram::search
