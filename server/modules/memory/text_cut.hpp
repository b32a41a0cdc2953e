// Where a text may be cut.
#pragma once

#include <cstddef>
#include <string_view>

namespace engram::memory {

// The nearest place at or before `at` where a character as people see it begins: what belongs to the one before it
// stays with that (accents, the parts of an emoji, a flag's two letters), up to 64 bytes of them. `text` is well-formed
// UTF-8.
std::size_t character_start(std::string_view text, std::size_t at);

// The same for a word, where one begins within 24 bytes before `at`; else as character_start.
std::size_t word_start(std::string_view text, std::size_t at);

}  // namespace engram::memory
