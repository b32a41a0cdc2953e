// Emoji and their sequences (UTS #51).
#pragma once

#include <unicode/umachine.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "search/word_break.hpp"

namespace engram::search {

bool is_symbol(UChar32 c);

// Whether the characters between two word boundaries are an emoji, a flag or a keycap such as #️⃣.
bool is_symbol_sequence(std::string_view text);

// Appends the symbol at bytes [begin, end) of `text`, and each of several that a joiner or tags make one: a fire
// engine and a woman, a black flag.
void append_symbol(std::string_view text, std::size_t begin, std::size_t end, std::vector<Token>& out);

// Without skin tones and the choice of a presentation.
std::string plain_symbol(std::string_view symbol);

}  // namespace engram::search
