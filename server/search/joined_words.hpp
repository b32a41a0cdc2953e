// Words with hyphens between them, as people also write them in one: e-mail and email.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "search/word_break.hpp"

namespace engram::search {

// Appends a kJoined token for every two to four words of `tokens` from number `first` on that single hyphens join. No
// longer than what cut_word leaves, and each word has a letter.
void append_joined_words(std::string_view text, std::size_t first, std::vector<Token>& tokens);

// Without its hyphens.
std::string join_words(std::string_view raw);

}  // namespace engram::search
