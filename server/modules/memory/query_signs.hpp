// The signs of the query language, as keyboards of all kinds make them. Each answers how many bytes at the front of
// `text` are such a sign; 0: none is.
#pragma once

#include <cstddef>
#include <string_view>

namespace engram::memory {

inline constexpr std::size_t kQuoteFamilies = 2;  // "…" “…” „…“ and «…»: the quotes of one close each other

std::size_t space_at(std::string_view text);
std::size_t minus_at(std::string_view text);
std::size_t colon_at(std::string_view text);
std::size_t quote_at(std::string_view text, std::size_t family);

// A letter, a digit, or part of a character that is not ASCII.
bool is_word_byte(char c);
bool has_word(std::string_view text);

}  // namespace engram::memory
