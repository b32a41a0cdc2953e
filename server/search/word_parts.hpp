// Words of UAX #29 into what people would call words.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "search/word_break.hpp"

namespace engram::search {

// Appends the parts of the word at bytes [begin, end) of `text`.
void append_word_parts(std::string_view text, std::size_t begin, std::size_t end, std::vector<Token>& out);

}  // namespace engram::search
