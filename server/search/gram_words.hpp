// Scripts without spaces between words, and Hangul, whose words carry endings: pairs of characters find both, and ICU
// never loads its dictionaries.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "search/word_break.hpp"

namespace engram::search {

// Where the first run of characters of such a script begins in the bytes [begin, end) of `text`; `end` if none does.
std::size_t find_grams(std::string_view text, std::size_t begin, std::size_t end);

// Appends the pairs of characters of the run that begins at `begin`, and each character; gives where the run ends.
// Marks on its characters, and what cannot be seen, belong to the character before them.
std::size_t append_grams(std::string_view text, std::size_t begin, std::size_t end, std::vector<Token>& out);

}  // namespace engram::search
